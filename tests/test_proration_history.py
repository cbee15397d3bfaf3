"""Histories of one period: many changes of its lines, and what stays on record for the next one."""

from datetime import UTC, date, datetime
from fractions import Fraction

import attrs
import pytest

from billingcore import MONTHLY, BilledPeriod, InstantPeriod, Period, PerSeatPrice, Plan, Scheme, proration
from billingcore.changes import RefusedReason, quote_credit
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.proration import Change, fold_changes, prorate_change
from billingcore.tax import Charged, OutsideScope, TaxComponent
from samples import (
    APRIL,
    BILLED_31,
    DIFFERENCE,
    FREE,
    FROM_10_JANUARY,
    HUGE_93,
    JANUARY,
    KEEP,
    LARGE,
    LARGE_62,
    POLICIES,
    SMALL,
    SMALL_31,
    SWISS,
    TEN,
    TWENTIETH,
    TWENTY_FOURTH,
    UNTAXED,
    UPGRADE,
    XL,
    YEAR,
    YEARLY_600,
    YEARLY_1200,
    billed,
    bought,
    change,
    changed,
    day,
    flat,
    given_back,
    money,
    started_untaxed,
)

ELSEWHERE = OutsideScope("US", (), "2026-11-23")
ADDON, OTHER = flat("10.00", "Addon"), flat("5.00", "Other")


def test_a_change_before_a_later_one_is_refused():
    later = prorate_change(DIFFERENCE, UPGRADE, [billed(SMALL)])
    with pytest.raises(InvalidValueError, match="in the order of time"):
        prorate_change(DIFFERENCE, Change.to(date(2026, 1, 20), flat("70.00")), later.billed_after)


def test_a_history_adds_its_changes_up():
    changes = [Change.to(date(2026, 4, 11), flat("60.00")), Change.to(date(2026, 4, 21), flat("30.00", "Back"))]
    history = fold_changes(KEEP, [billed(flat("30.00"), APRIL)], changes)
    assert (history.credit, history.charge, history.net) == (money("40.00"), money("50.00"), money("10.00"))
    assert [each.ended_on for each in history.billed_after] == [date(2026, 4, 11), date(2026, 4, 21), None]
    assert history.next_bill == APRIL.end
    assert history.explain().endswith("together 50.00 - 40.00: net 10.00 EUR")
    empty = fold_changes(KEEP, [billed(SMALL)], [])
    assert (empty.net, empty.next_bill, empty.lines) == (money("0.00"), FROM_10_JANUARY.end, ())


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((KEEP, (), ()), InvalidValueError),
        ((KEEP, (1,), ()), InvalidTypeError),
        ((KEEP, (billed(SMALL),), (1,)), InvalidTypeError),
        ((None, (billed(SMALL),), ()), InvalidTypeError),
    ],
)
def test_a_history_refuses_what_is_not_billed_or_not_a_change(arguments, error):
    with pytest.raises(error):
        proration.ChangeHistory(*arguments)


@pytest.mark.parametrize(
    ("preset", "net"),
    [
        ("difference_remaining", "20.32"),  # (50.00 - 20.00) × 21/31
        ("shopify", "21.00"),  # 30.00 × 21/30
        ("braintree", "19.35"),  # 30.00 × 20/31: the day stays with the old plan
        ("unibee", "19.40"),  # 30.00 / 31 = 0.97, × 20
        ("dodo", "30.00"),
        ("recurly_only_changed", "20.32"),
        ("stripe_classic", "20.32"),  # 33.87 - 13.55
        ("stripe", "20.32"),
        ("polar", "20.32"),
    ],
)
def test_a_discount_lasts_over_two_changes(preset, net):
    policy, line = POLICIES[preset], billed(SMALL, discount=TEN)
    steps = [Change.to(TWENTIETH, LARGE, discount=TEN), Change.to(TWENTIETH, XL, discount=TEN)]
    assert prorate_change(policy, steps[1], [line]).net == money(net)
    assert fold_changes(policy, [line], steps).net == money(net)


@pytest.mark.parametrize("day", range(10, 32))
@pytest.mark.parametrize("off", ["0.01", "3.33", "9.99", "29.99", "30.00"])
def test_a_discounted_change_undone_is_worth_nothing(day, off):
    first, off = date(2026, 1, day), money(off)
    start = billed(SMALL, discount=off)
    for preset in ("stripe_classic", "dodo", "polar"):
        there, back = Change.to(first, LARGE, discount=off), Change.to(first, SMALL, discount=off)
        assert fold_changes(POLICIES[preset], [start], [there, back]).net == money("0.00")


@pytest.mark.parametrize(
    ("preset", "credit"),
    [
        ("polar", "21.93"),  # 30.00 × 17/31 = 16.45, and (15.00 - 5.00) × 17/31 = 5.48
        ("paddle", "21.93"),
        ("stripe_classic", "21.93"),
        ("braintree", "20.65"),  # the day of the end stays paid, as that of a change: 40.00 × 16/31, rounded on the net
        ("difference_remaining", "21.93"),
        ("unibee", "20.64"),  # 30.00 / 31 = 0.97 and 10.00 / 31 = 0.32, × 16: 15.52 and 5.12
        ("recurly_only_changed", "21.94"),  # 16.45, and 8.23 less 2.74: the discount goes back on its own
        ("shopify", "22.67"),  # 30.00 × 17/30 = 17.00, and 10.00 × 17/30 = 5.67
        ("dodo", "40.00"),  # 30.00 + 10.00
    ],
)
def test_every_billed_line_is_credited(preset, credit):
    extra = billed(flat("15.00", "Extra"), discount=money("5.00"), ruling=ELSEWHERE)
    result = prorate_change(POLICIES[preset], Change.cancel(date(2026, 1, 24)), [billed(SMALL), extra])
    assert result.credit == money(credit)
    assert [line.ruling for line in result.lines if line.side.value == "credit"] == [ELSEWHERE, UNTAXED]


@pytest.mark.parametrize("preset", ["difference_remaining", "recurly_only_changed"])
@pytest.mark.parametrize("change", [Change.cancel(TWENTY_FOURTH), Change.remove(TWENTY_FOURTH)])
def test_a_plan_and_its_add_on_end_on_their_own(preset, change):
    """Their prices were summed to 39.98, which nobody sells: 16.44 came back of 30.00."""
    full = Period(date(2026, 1, 10), date(2026, 2, 10))
    extra = BilledPeriod.of_plan(flat("9.99", "Extra"), 1, Period(date(2026, 1, 17), full.end, full))
    result = prorate_change(POLICIES[preset], change, [billed(SMALL), extra])
    # 9.99 × 24/31 = 7.73 was billed: × 17/24 = 5.475…; 30.00 × 17/31 = 16.451…
    assert [(line.base, line.amount) for line in result.lines] == [
        (money("7.73"), money("5.48")),
        (money("30.00"), money("16.45")),
    ]


def test_what_was_added_counts_beside_what_was_there():
    policy = POLICIES["difference_remaining"]
    steps = [Change.add(TWENTIETH, flat("15.00", "Extra")), Change.cancel(TWENTIETH)]
    added, ended = fold_changes(policy, [billed(SMALL)], steps).steps
    assert (added.charge, ended.credit) == (money("10.16"), money("30.48"))  # 15.00 × 21/31, 45.00 × 21/31


def test_todays_price_is_not_credited_beyond_what_is_left_of_a_line():
    policy, day = POLICIES["stripe_classic"], date(2026, 1, 11)
    assert prorate_change(policy, Change.cancel(day), [billed(SMALL)]).credit == money("29.03")  # 30.00 × 30/31
    assert prorate_change(policy, Change.cancel(day), [billed(SMALL, given=money("25.00"))]).credit == money("5.00")


def test_a_cancelled_history_has_each_line_once():
    history = fold_changes(POLICIES["polar"], [billed(SMALL)], [Change.cancel(date(2026, 1, 24))])
    assert [line.credit_given for line in history.billed_after] == [money("16.45")]  # 30.00 × 17/31


def test_alternating_tax_decisions_keep_few_lines_in_force():
    changes = [Change.to(TWENTIETH, flat(f"{31 + at}.00"), ruling=ELSEWHERE if at % 2 else UNTAXED) for at in range(60)]
    history = fold_changes(POLICIES["difference_remaining"], [billed(SMALL)], changes)
    assert sum(line.ended_on is None for line in history.billed_after) <= 14
    assert 4035 <= history.net.amount_minor <= 4095  # 60.00 × 21/31 = 40.645, each step within half a cent


@pytest.mark.parametrize("name", ["chargebee", "dodo", "recurly_full", "recurly_rebill", "microsoft_csp"])
@pytest.mark.parametrize("on", [day(2), day(11), day(21), day(31)])
def test_a_cancellation_gives_back_what_it_would_have_without_the_change(name, on):
    assert given_back(change(started_untaxed(), LARGE_62, day(2)).subscription, on, name) == given_back(
        started_untaxed(), on, name
    )


@pytest.mark.parametrize(
    ("first", "discount", "back"),
    [(SMALL_31, None, "11.00"), (FREE, None, "0.00"), (SMALL_31, "31.00", "0.00"), (SMALL_31, "10.00", "7.45")],
)
def test_todays_price_is_that_of_what_was_billed(first, discount, back):
    """31.00 × 11/31; nothing of a free plan; 21.00 × 11/31 = 7.45."""
    paid = started_untaxed(first, discount=None if discount is None else money(discount))
    assert given_back(change(paid, LARGE_62, day(11)).subscription, day(21), "stripe_classic") == money(back)


def test_a_difference_has_no_price_of_today():
    """31.00 paid, and 21.00 for the difference of 21 days: 22.00 are unused on the 21st, not 33.00 or 66.00."""
    paid = prorate_change(POLICIES["difference_remaining"], Change.to(day(11), LARGE_62), BILLED_31).billed_after
    paid = prorate_change(POLICIES["none"], Change.to(day(15), HUGE_93), paid).billed_after
    assert prorate_change(POLICIES["stripe_classic"], Change.cancel(day(21)), paid).credit == money("22.00")


def test_the_full_refund_window_runs_from_the_purchase():
    yearly = bought(SWISS, YEARLY_600, 1, day(1)).subscription
    late = change(yearly, YEARLY_1200, date(2026, 12, 1)).subscription
    assert given_back(late, date(2026, 12, 20), "microsoft_csp") == money("19.73")  # 600 × 12/365, not all of it
    kept = fold_changes(
        POLICIES["microsoft_csp"], [billed(YEARLY_600, YEAR)], [Change.cancel(date(2026, 12, 20))], purchased_on=day(1)
    )
    assert kept.credit == money("19.73")
    soon = fold_changes(
        POLICIES["microsoft_csp"], [billed(YEARLY_600, YEAR)], [Change.cancel(day(20))], purchased_on=day(1)
    )
    assert soon.credit == money("600.00")


@pytest.mark.parametrize(
    "name", ["chargebee", "recurly_rebill", "google_charge_prorated_price", "difference_remaining"]
)
@pytest.mark.parametrize("to", [YEARLY_1200, HUGE_93], ids=lambda to: to.name)
def test_another_interval_is_measured_against_the_period_that_was_billed(name, to):
    between = change(started_untaxed(), YEARLY_600, day(11)).subscription
    after, direct = (change(each, to, day(21), name).document for each in (between, started_untaxed()))
    assert type(after) is type(direct)
    assert [line.net for line in after.lines] == [line.net for line in direct.lines]


def test_an_earlier_credit_keeps_its_room():
    first = bought(SWISS, SMALL_31, 1, day(1), number="S-1")
    noted = quote_credit(SWISS, first.subscription, first.document, day(5), {1: money("15.00")}).numbered("C-1")
    larger = change(noted.subscription, LARGE_62, day(11)).subscription
    assert given_back(larger, day(21), "chargebee") == money("11.00")  # 31 × 11/31, of the 16.00 that are left
    rest = quote_credit(SWISS, larger, first.document, day(12), {1: money("16.00")}, earlier=(noted.document,))
    assert rest.subscription.billed[-1].remaining == money("0.00")


def test_undoing_a_change_that_moved_no_money_costs_nothing():
    larger = change(started_untaxed(), LARGE_62, day(11)).subscription
    assert change(larger, SMALL_31, day(21), "dodo").document.subtotal == money("0.00")
    discounted = change(started_untaxed(discount=money("10.00")), LARGE_62, day(11)).subscription
    assert change(discounted, SMALL_31, day(21), "recurly_only_changed").document.subtotal == money("0.00")


def test_the_same_seats_under_a_rule_of_changed_units():
    """ZeroDivisionError: no unit was added, but the price of the billed ones was another."""
    ten, fifteen = (Plan(f"{price} a seat", PerSeatPrice(money(price)), MONTHLY) for price in ("10.00", "15.00"))
    paid = change(started_untaxed(ten, 2), fifteen, day(11), quantity=2).subscription
    rule, again = POLICIES["recurly_only_changed"], Change.to(day(21), fifteen, 2)
    assert prorate_change(rule, again, paid.billed).net == money("3.54")  # 2 × 5.00 × 11/31
    renamed = attrs.evolve(fifteen, name="15.00 a seat, renamed")
    assert change(paid, renamed, day(21), "recurly_only_changed", 2).document.subtotal == money("3.54")
    # a quote refuses what holds already
    assert change(paid, fifteen, day(21), "recurly_only_changed", 2).reason is RefusedReason.ALREADY_ACCEPTED


def test_what_was_billed_at_another_price_is_a_difference_of_all_its_units():
    """15.00 a seat, billed at 20.00 for two: 10.00 more, 5.00 a seat."""
    fifteen = Plan("15.00 a seat", PerSeatPrice(money("15.00")), MONTHLY)
    nothing = money("0.00")
    billed = BilledPeriod(fifteen, 2, JANUARY, money("20.00"), nothing, UNTAXED, nothing)
    result = prorate_change(POLICIES["recurly_only_changed"], Change.to(day(21), fifteen, 2), [billed])
    assert result.charge == money("3.54")  # 2 × round(5.00 × 11/31 = 1.774)


@pytest.mark.parametrize("name", ["none", "google_without_proration"])
def test_at_an_instant_no_part_of_a_day_is_lost(name):
    policy, polar = POLICIES[name].in_zone(UTC), POLICIES["polar"].in_zone(UTC)
    at = datetime(2026, 1, 11, 18, tzinfo=UTC)
    span = InstantPeriod(datetime(2026, 1, 1, 18, tzinfo=UTC), datetime(2026, 2, 1, 18, tzinfo=UTC))
    for record in (BILLED_31, (BilledPeriod.of_plan(SMALL_31, 1, JANUARY, UNTAXED, span=span),)):
        after = record
        for number in range(5):
            after = prorate_change(policy, Change.to(at, (LARGE_62, SMALL_31)[number % 2]), after).billed_after
        assert after == record
        expected = prorate_change(polar, Change.cancel(at), record).credit
        assert prorate_change(polar, Change.cancel(at), after).credit == expected


@pytest.mark.parametrize("days", [(), (5,), (5, 9, 20), tuple(range(2, 29))])
def test_any_number_of_such_changes_loses_nothing(days):
    changes = [Change.to(day(each), LARGE_62 if at % 2 else HUGE_93) for at, each in enumerate(days)]
    history = fold_changes(POLICIES["none"], BILLED_31, changes)
    assert history.billed_after == BILLED_31
    ended = prorate_change(POLICIES["chargebee"], Change.cancel(day(29)), history.billed_after)
    assert ended.credit == money("3.00")  # 31 × 3/31


def test_no_tax_moves_where_no_money_does():
    def french(percent):
        share = Fraction(percent, 100)
        return Charged("FR", (TaxComponent("TVA", "FR", share),), Scheme.UNION_OSS, (), "2026-11-23")

    billed = (BilledPeriod.of_plan(SMALL_31, 1, JANUARY, french(20)),)
    assert (
        prorate_change(POLICIES["none"], Change.to(day(11), LARGE_62, ruling=french(10)), billed).billed_after == billed
    )


def test_an_explanation_says_that_what_was_billed_stays_on_record():
    text = prorate_change(POLICIES["none"], Change.to(day(11), LARGE_62), BILLED_31).explain()
    assert "what was billed stays on record" in text
    assert "on record" not in prorate_change(POLICIES["chargebee"], Change.to(day(11), LARGE_62), BILLED_31).explain()
    assert "on record" not in prorate_change(POLICIES["none"], Change.cancel(day(11)), BILLED_31).explain()


def test_an_addition_may_be_dated_before_the_newest_one():
    usual = POLICIES["chargebee"]
    first, second = Change.add(day(20), ADDON), Change.add(day(15), OTHER)
    after = prorate_change(usual, first, BILLED_31).billed_after
    result = prorate_change(usual, second, after)
    assert (result.charge, str(result.period)) == (money("2.74"), "2026-01-15 to 2026-02-01")  # 5.00 × 17/31
    assert fold_changes(usual, BILLED_31, [first, second]).charge == money("6.61")  # 10.00 × 12/31 = 3.87, and 2.74


def test_an_addition_may_be_dated_before_a_change():
    usual = POLICIES["chargebee"]
    after = prorate_change(usual, Change.to(day(4), LARGE_62), BILLED_31).billed_after
    assert prorate_change(usual, Change.add(day(3), ADDON), after).charge == money("9.35")  # 10.00 × 29/31


@pytest.mark.parametrize("name", ["recurly_full", "chargebee"])
@pytest.mark.parametrize("then", [Change.cancel(day(12)), Change.to(day(12), LARGE_62)], ids=["cancel", "change"])
def test_after_the_end_a_history_is_over(name, then):
    """62.00 of 31.00 came back: once nothing was in force, the next change started from the old record again."""
    with pytest.raises(InvalidValueError, match="every billed period was replaced; nothing is left"):
        fold_changes(POLICIES[name], BILLED_31, [Change.cancel(day(11)), then])


def test_credit_is_put_on_the_line_in_force_where_two_have_the_same_days():
    rule = POLICIES["chargebee"]
    once = changed(SWISS, started_untaxed(), LARGE_62, 1, day(11), rule, number="U-1")
    twice = changed(SWISS, once.subscription, HUGE_93, 1, day(11), rule, number="U-2")
    noted = quote_credit(SWISS, twice.subscription, twice.document, day(12), {1: money("5.00")})
    assert [line.credit_given.amount for line in noted.subscription.billed] == ["21.00", "42.00", "5.00"]
