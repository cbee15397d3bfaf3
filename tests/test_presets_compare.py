"""A comparison of policies: its rows, its forms, and which policies come to an amount."""

from datetime import UTC, date

import pytest
from billingcore.presets import (
    DIRECTIONAL_PRESETS,
    PRESETS,
    ComparedRow,
    Comparison,
    compare,
    policies_matching,
    policies_of,
)

from billingcore.cycles import ANNUAL, WEEKLY, Period
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.proration import Change, DirectionalPolicy, DirectionBy, ProrationPolicy, prorate_change
from billingcore.records import from_record, to_record
from samples import FROM_10_JANUARY, LARGE, SMALL, SPAN, UPGRADE, UPGRADE_AT, billed, flat, money

DAY = date(2026, 1, 14)
WEEK = Period(date(2026, 1, 10), date(2026, 1, 17))
WEEK_PLAN, DEARER = (flat(price, name, WEEKLY) for price, name in (("7.00", "Week"), ("14.00", "Weeks")))


def test_a_row_that_does_not_fit_is_never_due():
    fixed_30 = {"shopify": PRESETS["shopify"].policy}
    weekly = flat("7.00", "Week", WEEKLY)
    change = Change.to(date(2026, 1, 12), flat("9.00", "More", WEEKLY))
    lines = [billed(weekly, Period(date(2026, 1, 10), date(2026, 1, 17)))]
    (row,) = compare(change, fixed_30, lines).rows
    assert (row.result, row.net, row.due) == (None, None, "")
    assert policies_matching(change, fixed_30, money("1.00"), lines) == ()


def test_a_policy_that_does_not_fit_is_a_row_with_its_reason():
    compared = compare(Change.to(DAY, DEARER), policies_of(), [billed(WEEK_PLAN, WEEK)])
    unfit = {row.name: row.reason for row in compared.rows if row.result is None}
    assert list(unfit) == [
        "zuora_30_days", "paddle_months", "shopify", "samsung_prorated_charge", "samsung_prorated_date",
        "killbill_fixed_30", "fastspring",
    ]  # fmt: skip
    assert unfit["zuora_30_days"].startswith("basis 'fixed 30 days every month': a plan billed every week")
    line = next(line for line in compared.text().split("\n") if line.startswith("shopify"))
    assert "does not fit: basis 'fixed 30 days every month'" in line
    assert "does not fit: basis" in compared.html()
    record = next(each for each in compared.records() if each["policy"] == "shopify")
    assert (record["net_minor"], record["due"], record["reason"]) == (None, None, unfit["shopify"])
    assert from_record(to_record(compared)) == compared
    # 7.00 × 3/7 of seven days, by whole days or by the second
    matching = policies_matching(Change.to(DAY, DEARER), policies_of(), money("3.00"), [billed(WEEK_PLAN, WEEK)])
    assert "polar" in matching
    assert not unfit.keys() & set(matching)


def test_a_free_plan_cannot_be_bought_as_time_and_is_compared():
    compared = compare(Change.to(date(2026, 1, 24), flat("0.00", "Free")), policies_of(), [billed(SMALL)])
    unfit = {row.name: row.reason for row in compared.rows if row.result is None}
    assert set(unfit) == {"samsung_prorated_date", "google_charge_full_price"}
    assert set(unfit.values()) == {"plan 'Free': time of a free plan cannot be bought"}


def test_what_is_wrong_for_every_policy_is_still_an_error():
    with pytest.raises(InvalidValueError, match="a change lies within the newest billed period"):
        compare(Change.to(date(2027, 1, 1), LARGE), policies_of(), [billed(SMALL)])


def test_a_plan_without_a_rank_is_a_row_too():
    plain = ProrationPolicy()
    ranked = DirectionalPolicy(plain, plain, plain, plain, plain, DirectionBy.RANK, ranks=("Small",))
    assert compare(UPGRADE, {"ranked": ranked}, [billed(SMALL)]).rows[0].reason.startswith("ranks 'Large'")


@pytest.mark.parametrize(
    ("name", "change", "due", "minor"),
    [
        ("polar", UPGRADE, "now", 1097),  # 20.00 × 17/31
        ("nadles", UPGRADE, "next invoice", 0),
        ("nadles", Change.to(UPGRADE.at, flat("300.00", "Year", ANNUAL)), "now", 28355),  # 300.00 - 16.45
        ("store_deferred", UPGRADE, "nothing", 0),
        ("polar", Change.cancel(UPGRADE.at), "nothing", 0),
    ],
)
def test_a_comparison_says_when_the_net_is_due(name, change, due, minor):
    compared = compare(change, policies_of(name), [billed(SMALL)])
    assert (compared.rows[0].due, compared.records()[0]["due"]) == (due, due)
    assert compared.records()[0]["due_now_minor"] == minor
    assert f"  {due}  " in compared.text()


@pytest.mark.parametrize("name", ["a\nb", "\u202eevil", "", " "])
def test_a_name_that_would_break_the_table_is_refused(name):
    with pytest.raises(InvalidValueError, match="name"):
        compare(UPGRADE, {name: ProrationPolicy()}, [billed(SMALL)])


def test_a_net_that_no_policy_can_meet_is_an_error():
    with pytest.raises(InvalidTypeError, match="net"):
        policies_matching(UPGRADE, policies_of(), 10.97, [billed(SMALL)])
    with pytest.raises(CurrencyMismatchError):
        policies_matching(UPGRADE, policies_of(), money("10.97", "USD"), [billed(SMALL)])


def test_a_row_has_a_result_or_a_reason():
    result = prorate_change(ProrationPolicy(), UPGRADE, [billed(SMALL)])
    for given in ((None, ""), (result, "both")):
        with pytest.raises(InvalidValueError, match="reason"):
            ComparedRow("a", *given)
    with pytest.raises(InvalidTypeError, match="reason"):
        ComparedRow("a", None, 1)
    assert ComparedRow("a", None, "too short").net is None


def test_a_comparison_as_html_escapes_every_text():
    compared = compare(UPGRADE, {"<b>&": ProrationPolicy()}, [billed(SMALL)])
    assert "<b>" not in compared.html()
    assert "<td>&lt;b&gt;&amp;</td><td>16.45</td>" in compared.html()
    assert compared._repr_html_() == compared.html()
    assert str(compared) == compared.text()


def test_a_comparison_as_records_has_plain_values():
    compared = compare(Change.cancel(date(2026, 1, 24)), policies_of("chargebee_day"), [billed(SMALL)])
    assert compared.records() == (
        {
            "policy": "chargebee_day", "currency": "EUR", "credit_minor": 1645, "charge_minor": 0, "converted_minor": 0,
            "net_minor": -1645, "due": "nothing", "due_now_minor": 0, "next_bill_on": None, "reason": None,
        },
    )  # fmt: skip
    assert compared.text().endswith("none")
    assert compare(UPGRADE, policies_of("polar"), [billed(SMALL)]).records()[0]["next_bill_on"] == "2026-02-10"
    assert compared.rows[0].net == money("-16.45")


def test_a_policy_by_direction_is_compared_too():
    down = Change.to(date(2026, 1, 24), flat("10.00"))
    compared = compare(down, DIRECTIONAL_PRESETS, [billed(SMALL)], zone=UTC)
    assert [row.cells()[1:] for row in compared.rows] == [("0.00", "0.00", "0.00", "nothing", "2026-02-10")] * 2
    assert compare(UPGRADE, DIRECTIONAL_PRESETS, [billed(SMALL)]).rows[0].net == money("10.97")


@pytest.mark.parametrize("junk", [None, [], {"a": None}, {"a": 1}])
def test_what_is_compared_is_a_mapping_of_policies(junk):
    with pytest.raises(InvalidTypeError, match="policies"):
        compare(UPGRADE, junk, [billed(SMALL)])


def test_a_comparison_is_checked():
    with pytest.raises(InvalidValueError, match="rows"):
        compare(UPGRADE, {}, [billed(SMALL)])
    with pytest.raises(InvalidTypeError, match="rows"):
        Comparison([1])
    result = prorate_change(ProrationPolicy(), UPGRADE, [billed(SMALL)])
    with pytest.raises(InvalidTypeError, match="name"):
        ComparedRow(1, result)
    with pytest.raises(InvalidTypeError, match="result"):
        ComparedRow("a", 1)


def test_which_presets_come_to_an_amount():
    assert policies_matching(UPGRADE_AT, policies_of(), money("33.55"), [billed(SMALL, span=SPAN)], zone=UTC) == (
        "goto_meeting",
    )
    assert (
        policies_matching(UPGRADE, policies_of("polar"), money("1.00"), running=FROM_10_JANUARY, billed=[billed(SMALL)])
        == ()
    )
