"""A comparison of rules: its rows, its forms, and which rules come to an amount."""

from datetime import UTC, date

import attrs
import pytest

from billingcore.cycles import ANNUAL, WEEKLY, Period
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.proration import (
    Change,
    Clock,
    DirectionBy,
    Measure,
    OnSwitch,
    PlanOrder,
    ProrationPolicy,
    Rulebook,
    Sale,
    Settlement,
    prorate_change,
)
from billingcore.records import from_record, to_record
from billingcore.vendors import (
    RULEBOOKS,
    ComparedRow,
    Comparison,
    compare,
    policies_matching,
    rulebook,
    rulebooks_of,
)
from samples import APRIL, FROM_10_JANUARY, LARGE, MID_APRIL, SMALL, SPAN, UPGRADE, UPGRADE_AT, billed, flat, money

DAY = date(2026, 1, 14)
_HINT = ("the instant of the change (a datetime, and span= on what was billed)",)
WEEK = Period(date(2026, 1, 10), date(2026, 1, 17))
WEEK_PLAN, DEARER = (flat(price, name, WEEKLY) for price, name in (("7.00", "Week"), ("14.00", "Weeks")))


def test_a_row_that_does_not_fit_is_never_due():
    fixed_30 = rulebooks_of("shopify")
    weekly = flat("7.00", "Week", WEEKLY)
    change = Change.to(date(2026, 1, 12), flat("9.00", "More", WEEKLY))
    lines = [billed(weekly, Period(date(2026, 1, 10), date(2026, 1, 17)))]
    (row,) = compare(change, fixed_30, lines).rows
    assert (row.result, row.net, row.due) == (None, None, "")
    found = policies_matching(change, fixed_30, money("1.00"), lines)
    assert (found.names, found.nearest) == ((), ())
    assert found.explain() == "no rule comes to that; nearest: none fits the plans"


def test_rules_that_do_not_fit_are_a_row_with_their_reason():
    compared = compare(Change.to(DAY, DEARER), rulebooks_of(), [billed(WEEK_PLAN, WEEK)])
    unfit = {row.names: row.reason for row in compared.rows if row.result is None}
    months, weeks = "2026-01-10 to 2026-01-17 is not made of months", "a plan billed every week is not a multiple of it"
    assert list(unfit) == [
        ("zuora_30_days", "samsung_prorated_charge", "samsung_prorated_date", "shopify"),
        ("paddle_months", "fastspring"),
        ("killbill_fixed_30",),
    ]
    assert [words in reason for words, reason in zip((weeks, months, weeks), unfit.values(), strict=True)] == [True] * 3
    line = next(line for line in compared.text().split("\n") if line.startswith("zuora_30_days"))
    assert line.startswith("zuora_30_days, samsung_prorated_charge, samsung_prorated_date +1  ")
    assert "does not fit: basis 'fixed 30 days every month'" in line
    assert "does not fit: basis" in compared.html()
    record = next(each for each in compared.records() if each["rules"].startswith("zuora_30_days"))
    assert (record["net_minor"], record["due"], record["reason"]) == (None, None, next(iter(unfit.values())))
    assert from_record(to_record(compared)) == compared
    # 7.00 × 3/7 of seven days, by whole days or by the second
    matching = policies_matching(Change.to(DAY, DEARER), rulebooks_of(), money("3.00"), [billed(WEEK_PLAN, WEEK)])
    assert "polar" in matching.names
    assert not {name for names in unfit for name in names} & set(matching.names)


def test_a_free_plan_cannot_be_bought_as_time_and_is_compared():
    rules = {name: book.upgrade.policy for name, book in RULEBOOKS.items()}  # free is cheaper: most books let it wait
    compared = compare(Change.to(date(2026, 1, 24), flat("0.00", "Free")), rules, [billed(SMALL)])
    (unfit,) = [row for row in compared.rows if row.result is None]
    assert set(unfit.names) == {"samsung_prorated_date", "google_charge_full_price", "google_time_proration"}
    assert unfit.reason == "plan 'Free': time of a free plan cannot be bought"


def test_what_is_wrong_for_every_policy_is_still_an_error():
    with pytest.raises(InvalidValueError, match="a change lies within the newest billed period"):
        compare(Change.to(date(2027, 1, 1), LARGE), rulebooks_of(), [billed(SMALL)])


def test_a_plan_without_a_rank_is_a_row_too():
    ranked = Rulebook.of("ranked", ProrationPolicy()).ordered(PlanOrder(DirectionBy.RANK, ("Small",)))
    assert compare(UPGRADE, {"ranked": ranked}, [billed(SMALL)]).rows[0].reason.startswith("ranks 'Large'")


def test_a_window_from_the_purchase_needs_its_day():
    change, rules = Change.cancel(UPGRADE.at), rulebooks_of("microsoft_csp")
    assert compare(change, rules, [billed(SMALL)]).rows[0].reason.startswith("purchased_on None")
    row = compare(change, rules, [billed(SMALL)], purchased_on=FROM_10_JANUARY.start).rows[0]
    assert row.cells()[1] == "30.00"  # 14 days after the purchase
    found = policies_matching(change, rules, money("-30.00"), [billed(SMALL)], purchased_on=FROM_10_JANUARY.start)
    assert found.names == ("microsoft_csp",)


def settled(how):
    return attrs.evolve(ProrationPolicy.keep_dates(), settlement=how)


DOWN = Change.to(UPGRADE.at, flat("10.00"))


@pytest.mark.parametrize(
    ("rules", "change", "due", "minor"),
    [
        (rulebook("polar"), UPGRADE, "now", 1097),  # 20.00 × 17/31
        (rulebook("nadles"), UPGRADE, "next invoice", 0),
        (rulebook("nadles"), Change.to(UPGRADE.at, flat("300.00", "Year", ANNUAL)), "now", 28355),  # 300.00 - 16.45
        (rulebook("google_deferred"), UPGRADE, "nothing", 0),
        (rulebook("none"), UPGRADE, "nothing", 0),
        (rulebook("chargebee"), Change.cancel(UPGRADE.at), "carried", 0),
        (rulebook("nadles").upgrade.policy, Change.cancel(UPGRADE.at), "carried", 0),  # no invoice is left to wait for
        (rulebook("nadles"), DOWN, "next invoice", 0),
        (settled(Settlement.CARRY), DOWN, "carried", 0),
        (settled(Settlement.REFUND), DOWN, "refunded", 0),
        (settled(Settlement.REFUND_PAID), DOWN, "refunded", 0),
        (settled(Settlement.FORFEIT), DOWN, "lost", 0),
        (settled(Settlement.APART), DOWN, "now, refunded", 548),  # 10.00 × 17/31 = 5.483…
    ],
)
def test_a_comparison_says_when_the_net_is_due_and_what_becomes_of_credit(rules, change, due, minor):
    compared = compare(change, {"it": rules}, [billed(SMALL)])
    assert (compared.rows[0].due, compared.records()[0]["due"]) == (due, due)
    assert compared.records()[0]["due_now_minor"] == minor
    assert f"  {due}  " in compared.text()


def test_rules_with_equal_figures_share_a_row():
    same = compare(
        UPGRADE, rulebooks_of("zoho", "braintree", "killbill", "polar", "lago", "chargebee"), [billed(SMALL)]
    )
    assert [row.names for row in same.rows] == [("zoho", "killbill", "polar", "lago", "chargebee"), ("braintree",)]
    assert same.rows[0].name == "zoho, killbill, polar +2"
    assert same.rows[1].name == "braintree"
    assert same.records()[0]["rules"] == "zoho, killbill, polar, lago, chargebee"
    three = ComparedRow(("a", "b", "c"), None, "it does not fit")
    assert three.name == "a, b, c"
    # one net, but another fate of the credit
    ways = {how.value: settled(how) for how in Settlement}
    assert [row.names for row in compare(DOWN, ways, [billed(SMALL)]).rows] == [
        ("carry",), ("refund", "refund_paid"), ("forfeit",), ("apart",), ("next_invoice",),
    ]  # fmt: skip
    # one net, but another next bill
    keep, restart = ProrationPolicy.nothing(), ProrationPolicy.at_period_end()
    assert len(compare(UPGRADE, {"a": keep, "b": restart}, [billed(SMALL)]).rows) == 1
    assert len(compare(Change.to(DAY, SMALL), {"a": keep, "b": ProrationPolicy.restart()}, [billed(SMALL)]).rows) == 2


@pytest.mark.parametrize("name", ["a\nb", "\u202eevil", "", " "])
def test_a_name_that_would_break_the_table_is_refused(name):
    with pytest.raises(InvalidValueError, match="rules"):
        compare(UPGRADE, {name: ProrationPolicy()}, [billed(SMALL)])


def test_a_net_that_no_policy_can_meet_is_an_error():
    with pytest.raises(InvalidTypeError, match="net"):
        policies_matching(UPGRADE, rulebooks_of(), 10.97, [billed(SMALL)])
    with pytest.raises(CurrencyMismatchError):
        policies_matching(UPGRADE, rulebooks_of(), money("10.97", "USD"), [billed(SMALL)])


def test_a_row_has_a_result_or_a_reason():
    result = prorate_change(ProrationPolicy(), UPGRADE, [billed(SMALL)])
    for given in ((None, ""), (result, "both")):
        with pytest.raises(InvalidValueError, match="reason"):
            ComparedRow(("a",), *given)
    with pytest.raises(InvalidTypeError, match="reason"):
        ComparedRow(("a",), None, 1)
    with pytest.raises(InvalidValueError, match="a row has the name of one or more rules"):
        ComparedRow((), result)
    with pytest.raises(InvalidValueError, match="names"):
        ComparedRow(("a", "b\nc"), result)
    assert ComparedRow(("a",), None, "too short").net is None


def test_a_comparison_as_html_escapes_every_text():
    compared = compare(UPGRADE, {"<b>&": ProrationPolicy()}, [billed(SMALL)])
    assert "<b>" not in compared.html()
    assert "<td>&lt;b&gt;&amp;</td><td>16.45</td>" in compared.html()
    assert compared._repr_html_() == compared.html()
    assert str(compared) == compared.text()


def test_a_comparison_as_records_has_plain_values():
    compared = compare(Change.cancel(date(2026, 1, 24)), rulebooks_of("chargebee"), [billed(SMALL)])
    assert compared.records() == (
        {
            "rules": "chargebee", "currency": "EUR", "credit_minor": 1645, "charge_minor": 0, "converted_minor": 0,
            "net_minor": -1645, "due": "carried", "due_now_minor": 0, "next_bill_on": None, "reason": None,
        },
    )  # fmt: skip
    assert compared.text().endswith("none")
    assert compare(UPGRADE, rulebooks_of("polar"), [billed(SMALL)]).records()[0]["next_bill_on"] == "2026-02-10"
    assert compared.rows[0].net == money("-16.45")


def test_what_happens_decides_the_row():
    cheaper = Change.to(date(2026, 1, 24), flat("10.00"))
    compared = compare(cheaper, rulebooks_of("lago", "killbill", "unibee"), [billed(SMALL)], zone=UTC)
    (row,) = compared.rows
    assert row.names == ("lago", "killbill", "unibee")
    assert row.cells()[1:] == ("0.00", "0.00", "0.00", "nothing", "2026-02-10")
    assert compare(UPGRADE, rulebooks_of("lago"), [billed(SMALL)]).rows[0].net == money("10.97")


@pytest.mark.parametrize("junk", [None, [], {"a": None}, {"a": 1}])
def test_what_is_compared_is_a_mapping_of_rules(junk):
    with pytest.raises(InvalidTypeError, match="rules"):
        compare(UPGRADE, junk, [billed(SMALL)])


def test_a_comparison_is_checked():
    with pytest.raises(InvalidValueError, match="rows"):
        compare(UPGRADE, {}, [billed(SMALL)])
    with pytest.raises(InvalidTypeError, match="rows"):
        Comparison([1])
    result = prorate_change(ProrationPolicy(), UPGRADE, [billed(SMALL)])
    for names in (1, "a", (1,), ["a"]):
        with pytest.raises(InvalidTypeError, match="names"):
            ComparedRow(names, result)
    with pytest.raises(InvalidTypeError, match="result"):
        ComparedRow(("a",), 1)
    with pytest.raises(InvalidTypeError, match="zone"):
        compare(UPGRADE, rulebooks_of("polar"), [billed(SMALL)], zone="UTC")
    for ask in (compare, lambda *given: policies_matching(*given[:2], money("10.97"), given[2])):
        with pytest.raises(InvalidTypeError, match=r"pass zone=\.\.\.") as refused:
            ask(UPGRADE_AT, rulebooks_of("chargebee"), [billed(SMALL, span=SPAN)])
        assert "in_zone" not in str(refused.value)


def test_which_rules_come_to_an_amount():
    found = policies_matching(UPGRADE_AT, rulebooks_of(), money("33.55"), [billed(SMALL, span=SPAN)], zone=UTC)
    assert (found.names, found.nearest, found.tell_apart) == (("goto",), (), ())
    assert found.explain() == "goto"


def test_where_none_fits_the_nearest_are_named():
    """10.81 comes from 20.00 × 16.75/31, by the second: on days the nearest is 10.97, and an instant would tell more."""
    found = policies_matching(UPGRADE, rulebooks_of("braintree", "polar", "none"), money("10.81"), [billed(SMALL)])
    assert (found.names, found.nearest) == (
        (),
        (("polar", money("10.97")), ("braintree", money("10.32")), ("none", money("0.00"))),
    )
    assert found.tell_apart == _HINT
    assert found.explain() == "no rule comes to that; nearest: polar: 10.97 EUR; braintree: 10.32 EUR; none: 0.00 EUR"
    instant = policies_matching(UPGRADE_AT, rulebooks_of(), money("10.81"), [billed(SMALL, span=SPAN)], zone=UTC)
    assert set(instant.names) >= {"stripe", "stripe_classic", "polar", "recurly", "maxio_keep_period", "paddle"}
    four = policies_matching(
        UPGRADE, rulebooks_of("braintree", "polar", "none", "goto"), money("10.81"), [billed(SMALL)]
    )
    assert len(four.nearest) == 3
    tie = policies_matching(UPGRADE, rulebooks_of("zoho", "polar"), money("10.00"), [billed(SMALL)])
    assert [name for name, _ in tie.nearest] == ["polar", "zoho"]
    days = policies_matching(UPGRADE, rulebooks_of("zoho", "braintree"), money("10.00"), [billed(SMALL)])
    assert days.tell_apart == ()  # both count days: an instant would not help


def test_further_figures_tell_rules_apart():
    """Half of 30.00 and of 60.00: 15.00 is a difference in one line, or 30.00 less 15.00."""
    change, line = Change.to(MID_APRIL, flat("60.00")), [billed(SMALL, APRIL)]
    rules = rulebooks_of("polar", "shopify", "braintree", "chargebee")
    found = policies_matching(change, rules, money("15.00"), line)
    assert (found.names, found.tell_apart) == (("polar", "shopify", "chargebee"), ("credit", "charge"))
    assert found.explain() == "polar, shopify, chargebee; to tell them apart, look at credit, charge"
    alone = policies_matching(change, rules, money("15.00"), line, credit=money("0.00"))
    assert (alone.names, alone.tell_apart) == (("shopify",), ())
    alike = policies_matching(change, rulebooks_of("zoho", "chargebee"), money("15.00"), line)
    assert (alike.names, alike.tell_apart) == (("zoho", "chargebee"), ())  # one rule: no figure tells them apart
    assert alike.explain() == "zoho, chargebee"
    both = policies_matching(change, rules, money("15.00"), line, credit=money("15.00"), charge=money("30.00"))
    assert both.names == ("polar", "chargebee")
    assert both.tell_apart == _HINT
    none = policies_matching(change, rules, money("15.00"), line, charge=money("29.00"))
    assert (none.names, none.nearest[0]) == ((), ("chargebee", money("15.00")))
    given = policies_matching(change, rules, money("15.00"), line, charge=money("30.00"))
    assert given.names == ("polar", "chargebee")
    assert "charge" not in given.tell_apart


def test_the_next_bill_tells_rules_apart_and_instants_need_no_hint():
    """On the first day all is unused: 60.00 less 30.00, with the dates kept or from that day on."""
    clocks = {"kept": ProrationPolicy.keep_dates(Clock.DAY), "new": ProrationPolicy.restart()}
    later = Change.to(MID_APRIL, flat("60.00"))
    line = [billed(SMALL, APRIL)]
    restarted = {
        "longer": attrs.evolve(clocks["new"], sale=Sale.RESTART_LONGER),
        "plain": rulebook("samsung_no_proration"),
    }
    assert policies_matching(later, restarted, money("60.00"), line).names == ("longer",)
    two = {"a": clocks["new"], "b": attrs.evolve(clocks["kept"], interval_change=OnSwitch.RESTART)}
    first = Change.to(APRIL.start, flat("60.00"))
    assert policies_matching(first, two, money("30.00"), line).tell_apart == ()  # one day, one next bill
    exact = policies_matching(UPGRADE_AT, rulebooks_of("polar", "stripe"), money("10.81"), [billed(SMALL, span=SPAN)])
    assert (exact.names, exact.tell_apart) == (("polar", "stripe"), ())
    waits = {"now": ProrationPolicy.nothing(), "buys": ProrationPolicy(Sale.BUY_TIME, Measure(Clock.DAY))}
    bought = policies_matching(later, waits, money("0.00"), line)
    assert (bought.names, bought.tell_apart) == (("now", "buys"), ("credit", "next bill"))


def test_a_figure_is_an_amount_in_the_currency_of_the_plans():
    for name in ("credit", "charge"):
        with pytest.raises(InvalidTypeError, match=name):
            policies_matching(UPGRADE, rulebooks_of("polar"), money("1.00"), [billed(SMALL)], **{name: 1})
        dollars = {name: money("1.00", "USD")}
        with pytest.raises(CurrencyMismatchError):
            policies_matching(UPGRADE, rulebooks_of("polar"), money("1.00"), [billed(SMALL)], **dollars)
