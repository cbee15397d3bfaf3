"""Charges, and the differences of prices that stand for both sides."""

from datetime import UTC, date, timedelta

import attrs
import pytest

from billingcore.cycles import ANNUAL, InstantPeriod, Period
from billingcore.proration import (
    Basis,
    Change,
    CreditOf,
    FixedDays,
    OnSwitch,
    fold_changes,
    prorate_change,
)
from billingcore.tax import UNTAXED as NO_TAX
from samples import (
    APRIL,
    DAY_RESET,
    DIFFERENCE,
    KEEP,
    LARGE,
    LATE,
    MID_APRIL,
    POLICIES,
    SMALL,
    SPAN,
    TEN,
    TO_THE_INSTANT,
    TWENTIETH,
    TWENTY_FOURTH,
    UNTAXED,
    VAT_20,
    XL,
    billed,
    flat,
    money,
    policy,
    running_after,
)

DATE = POLICIES["samsung_prorated_date"]


def test_a_discount_of_the_new_plan_is_prorated_with_it():
    result = prorate_change(
        KEEP, Change(MID_APRIL, flat("60.00"), discount=money("20.00")), [billed(flat("30.00"), APRIL)]
    )
    assert (result.charge, result.next_price) == (money("20.00"), money("40.00"))
    reset = prorate_change(
        DAY_RESET, Change(MID_APRIL, flat("60.00"), discount=money("20.00")), [billed(flat("30.00"), APRIL)]
    )
    (running,) = running_after(reset)
    assert (running.charge, running.discount, running.net) == (money("60.00"), money("20.00"), money("40.00"))
    gross = POLICIES["recurly_only_changed"]
    assert prorate_change(
        gross, Change(MID_APRIL, flat("60.00"), discount=money("20.00")), [billed(flat("30.00"), APRIL)]
    ).charge == money("15.00")


def test_the_old_price_of_a_part_is_that_of_its_plan_less_its_discount():
    rule = DIFFERENCE
    part = Period(MID_APRIL, APRIL.end, APRIL)
    line = attrs.evolve(billed(flat("40.00"), part, discount=money("5.00")), charge=money("20.00"))  # 40.00 less 10.00
    result = prorate_change(rule, Change.to(date(2026, 4, 21), flat("60.00")), [line])
    assert result.charge == money("10.00")  # (60.00 - 30.00) × 10/30
    gross = policy("recurly_only_changed")
    assert prorate_change(gross, Change.to(date(2026, 4, 21), flat("60.00")), [line]).charge == money(
        "6.67"
    )  # 20.00 / 3


def test_a_charge_without_a_tax_decision_is_untaxed():
    """It gave figures, and raised when asked for its line."""
    result = prorate_change(KEEP, Change.add(MID_APRIL, flat("10.00")), running=APRIL)
    (line,) = result.lines
    assert (result.charge, line.amount, line.ruling) == (money("5.00"), money("5.00"), NO_TAX)
    assert result.ruling is NO_TAX
    assert "charge for Rescue × 1: 10.00 EUR × 15/30 days = 5.00 (sale)" in result.explain()
    beside = prorate_change(KEEP, Change.add(MID_APRIL, flat("10.00")), [billed(SMALL, APRIL, ruling=VAT_20)])
    assert beside.ruling == VAT_20  # that of what was billed last


def test_a_difference_keeps_what_was_billed_and_its_tax_decisions():
    line = billed(flat("10.00"), APRIL, ruling=VAT_20)
    up = prorate_change(DIFFERENCE, Change.to(MID_APRIL, flat("30.00"), ruling=UNTAXED), [line])
    assert [each.ruling for each in up.billed_after] == [VAT_20, UNTAXED]
    down = prorate_change(DIFFERENCE, Change.to(MID_APRIL, flat("4.00"), ruling=UNTAXED), up.billed_after)
    assert [(each.amount, each.ruling) for each in down.lines] == [(money("10.00"), UNTAXED), (money("3.00"), VAT_20)]
    assert sum(each.remaining.amount_minor for each in running_after(down)) == 200  # 4.00 × 15/30
    same = prorate_change(DIFFERENCE, Change.to(MID_APRIL, flat("10.00", "Other")), [line])
    assert (same.lines, running_after(same)[-1].plan.name) == ((), "Other")
    ended = prorate_change(DIFFERENCE, Change.cancel(MID_APRIL), up.billed_after)
    assert ended.credit == money("15.00")
    old = prorate_change(POLICIES["braintree"], Change.to(date(2026, 4, 30), flat("4.00")), [line])
    assert (old.credit, old.billed_after) == (money("0.00"), (line,))


def test_a_whole_difference_with_a_new_period_carries_the_value_over():
    """The sale keeps the bill dates, but another interval, or the first paid plan, starts a new period."""
    year = flat("50.00", "Year", ANNUAL)
    result = prorate_change(POLICIES["dodo"], Change.to(MID_APRIL, year), [billed(flat("30.00"), APRIL)])
    assert (result.net, result.next_bill_on) == (money("20.00"), date(2027, 4, 16))
    assert [each.remaining for each in result.billed_after] == [money("0.00"), money("50.00")]
    free = policy("dodo", free_to_paid=OnSwitch.RESTART)
    first = prorate_change(free, Change.to(MID_APRIL, LARGE), [billed(flat("0.00"), APRIL)])
    assert (first.net, first.next_bill_on) == (money("50.00"), date(2026, 5, 16))


def test_a_price_that_is_not_charged_in_full_on_the_first_instant():
    weeks = InstantPeriod(SPAN.start_at, SPAN.start_at + timedelta(days=28))
    rule = policy("polar", basis=FixedDays(30))
    result = prorate_change(
        rule,
        Change.to(SPAN.start_at, flat("30.00")),
        [billed(SMALL, Period(date(2026, 1, 10), date(2026, 2, 7)), span=weeks)],
    )
    (running,) = running_after(result)
    assert (running.net, running.span.full) == (money("28.00"), weeks)
    assert prorate_change(rule, Change.cancel(SPAN.start_at), [running]).credit == money("28.00")


@pytest.mark.parametrize("name", ["difference_remaining", "recurly_only_changed", "dodo"])
def test_many_differences_are_put_together_and_keep_their_worth(name):
    plans = [flat(f"{30 + at}.00", f"Plan {at}") for at in range(1, 41)]
    up = [Change.to(date(2026, 1, 11 + at // 10), plan) for at, plan in enumerate(plans)]
    history = fold_changes(POLICIES[name], [billed(SMALL)], [*up, Change.cancel(date(2026, 1, 14))])
    running = history.steps[39].billed_after
    assert sum(line.ended_on is None for line in running) == 12
    whole = sum(line.remaining.amount_minor for line in running if line.ended_on is None)
    assert history.credit.amount_minor <= whole <= 3000 + history.charge.amount_minor
    assert abs(history.steps[-1].credit - money("70.00" if name == "dodo" else "60.97")).amount_minor <= 40  # × 27/31


@pytest.mark.parametrize(
    ("change", "paid", "charge"),
    [
        (Change.add(date(2026, 1, 20), flat("12.00", "Extra")), SMALL, "8.00"),  # 12.00 × 20/30, from the 21st
        (Change.to(date(2026, 1, 20), LARGE), flat("0.00", "Free"), "33.33"),  # 50.00 × 20/30
        (Change.to(date(2026, 1, 20), flat("0.00", "Other")), flat("0.00", "Free"), "0.00"),
    ],
)
def test_what_has_nothing_to_exchange_for_time_is_charged(change, paid, charge):
    result = prorate_change(DATE, change, [billed(paid)])
    assert (result.charge, result.converted, result.next_bill) == (money(charge), money("0.00"), date(2026, 2, 10))
    assert result.billed_after[-1].net == money(charge)
    assert "the bill dates are kept" in result.explain()
    bought = prorate_change(DATE, Change.to(TWENTY_FOURTH, LARGE), [billed(SMALL)])
    assert (bought.charge, bought.converted, bought.next_bill) == (money("0.00"), money("16.00"), date(2026, 2, 3))


def test_a_difference_to_todays_price_keeps_the_discount_in_its_proportion():
    policy = attrs.evolve(DIFFERENCE, credit_of=CreditOf.PRICE_NOW)
    change = Change.to(TWENTIETH, XL, discount=TEN, price_now=flat("36.00", "Small"))
    # 10.00 on 30.00 is 12.00 on 36.00: (60.00 - 10.00) - (36.00 - 12.00) = 26.00; × 21/31 = 17.6129
    assert prorate_change(policy, change, [billed(SMALL, discount=TEN)]).net == money("17.61")
    # without a discount: (60.00 - 10.00) - 36.00 = 14.00; × 21/31 = 9.4839
    assert prorate_change(policy, change, [billed(SMALL)]).net == money("9.48")


def test_a_day_of_the_old_plan_leaves_no_part_to_compare_with_on_the_last_day():
    last = date(2026, 2, 9)
    steps = [Change.to(last, LARGE), Change.to(last, XL)]
    assert fold_changes(POLICIES["braintree"], [billed(SMALL)], steps).net == money("0.00")


def test_a_part_of_no_days_is_compared_with_nothing():
    rule = policy("difference_remaining", basis=Basis.STRICT_30_360)
    line = billed(SMALL, Period(date(2025, 12, 31), date(2026, 1, 31)))
    steps = [Change.to(date(2026, 1, 30), LARGE), Change.to(date(2026, 1, 30), XL)]  # the 30th is the last of 30 days
    assert fold_changes(rule, [line], steps).net == money("0.00")


def test_a_credit_from_two_lines_is_no_more_than_the_difference():
    lines = [billed(flat("30.00")), billed(flat("20.00"))]
    result = prorate_change(POLICIES["braintree"], Change.to(TWENTY_FOURTH, flat("20.00")), lines)
    assert result.credit == money("15.48")  # (30.00 + 20.00 - 20.00) × 16/31
    assert [line.amount for line in result.lines] == [money("10.32"), money("5.16")]  # 20.00 × 16/31, and the rest


def test_nothing_is_charged_for_no_time():
    """31.00 were charged for a line that never came on record."""
    result = prorate_change(POLICIES["dodo"].in_zone(UTC), LATE, [TO_THE_INSTANT])
    assert (result.lines, result.net, result.billed_after) == ((), money("0.00"), (TO_THE_INSTANT,))
