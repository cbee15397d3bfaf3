"""A comparison: policies that do not fit, when money is due, names that can be printed, nets that can be met."""

from datetime import date

import pytest

from billingcore.cycles import ANNUAL, WEEKLY, Period
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.presets import ComparedRow, compare, policies_matching, policies_of
from billingcore.proration import Change, DirectionalPolicy, DirectionBy, ProrationPolicy, prorate_change
from billingcore.records import from_record, to_record
from samples import LARGE, SMALL, UPGRADE, billed, flat, money

DAY = date(2026, 1, 14)
WEEK = Period(date(2026, 1, 10), date(2026, 1, 17))
WEEK_PLAN, DEARER = (flat(price, name, WEEKLY) for price, name in (("7.00", "Week"), ("14.00", "Weeks")))


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
