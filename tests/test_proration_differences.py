"""Differences of prices: today's price with the discount that was billed, parts of no days, fractions rounded first."""

from datetime import date

import pytest

from billingcore.cycles import ANNUAL, WEEKLY, Period
from billingcore.errors import InvalidTypeError
from billingcore.money import Rounding
from billingcore.presets import PRESETS, compare, policies_matching
from billingcore.proration import (
    Basis,
    Change,
    Charge,
    Clock,
    Credit,
    CreditBasis,
    Effective,
    Measure,
    OnSwitch,
    ProrationPolicy,
    RoundStep,
    Sides,
    Timing,
    fold_changes,
    prorate_change,
)
from samples import DAY_RESET, LARGE, SMALL, billed, flat, money

TEN, XL = money("10.00"), flat("60.00", "XL")
TWENTIETH = date(2026, 1, 20)  # 21 of 31 days left
REMAINING = {"credit": Credit.DIFFERENCE_REMAINING, "charge": Charge.DIFFERENCE_REMAINING}


def test_a_difference_to_todays_price_keeps_the_discount_in_its_proportion():
    policy = ProrationPolicy(Measure(clock=Clock.DAY), sides=Sides(**REMAINING, credit_basis=CreditBasis.CURRENT_PRICE))
    change = Change.to(TWENTIETH, XL, discount=TEN, price_now=flat("36.00", "Small"))
    # 10.00 on 30.00 is 12.00 on 36.00: (60.00 - 10.00) - (36.00 - 12.00) = 26.00; × 21/31 = 17.6129
    assert prorate_change(policy, change, [billed(SMALL, discount=TEN)]).net == money("17.61")
    # without a discount: (60.00 - 10.00) - 36.00 = 14.00; × 21/31 = 9.4839
    assert prorate_change(policy, change, [billed(SMALL)]).net == money("9.48")


def test_a_fraction_that_is_rounded_first_is_taken_back_out_of_a_part():
    policy = ProrationPolicy(
        Measure(clock=Clock.DAY, fraction_rounding=RoundStep(2, Rounding.HALF_UP)), sides=Sides(**REMAINING)
    )
    steps = [Change.to(TWENTIETH, LARGE), Change.to(TWENTIETH, XL)]
    # 21/31 = 0.68: 20.00 × 0.68 = 13.60, then 10.00 × 0.68 = 6.80; at once 30.00 × 0.68
    assert fold_changes(policy, [billed(SMALL)], steps).net == money("20.40")
    assert prorate_change(policy, steps[1], [billed(SMALL)]).net == money("20.40")


def test_a_day_of_the_old_plan_leaves_no_part_to_compare_with_on_the_last_day():
    last = date(2026, 2, 9)
    steps = [Change.to(last, LARGE), Change.to(last, XL)]
    assert fold_changes(PRESETS["braintree"].policy, [billed(SMALL)], steps).net == money("0.00")


def test_a_row_that_does_not_fit_is_never_due():
    fixed_30 = {"shopify": PRESETS["shopify"].policy}
    weekly = flat("7.00", "Week", WEEKLY)
    change = Change.to(date(2026, 1, 12), flat("9.00", "More", WEEKLY))
    lines = [billed(weekly, Period(date(2026, 1, 10), date(2026, 1, 17)))]
    (row,) = compare(change, fixed_30, lines).rows
    assert (row.result, row.net, row.due) == (None, None, "")
    assert policies_matching(change, fixed_30, money("1.00"), lines) == ()


@pytest.mark.parametrize(("least", "dropped"), [(1000, False), (1001, True)])
def test_only_what_is_below_the_minimum_is_said_to_be(least, dropped):
    policy = ProrationPolicy(Measure(clock=Clock.DAY), sides=Sides(minimum_credit_minor=least))
    text = prorate_change(policy, Change.cancel(date(2026, 1, 31)), [billed(flat("31.00", "Even"))]).explain()
    assert ("below the minimum" in text) is dropped  # 31.00 × 10/31 = 10.00


def test_a_part_of_no_days_is_compared_with_nothing():
    policy = ProrationPolicy(Measure(clock=Clock.DAY, basis=Basis.STRICT_30_360), sides=Sides(**REMAINING))
    line = billed(SMALL, Period(date(2025, 12, 31), date(2026, 1, 31)))
    steps = [Change.to(date(2026, 1, 30), LARGE), Change.to(date(2026, 1, 30), XL)]  # the 30th is the last of 30 days
    assert fold_changes(policy, [line], steps).net == money("0.00")


@pytest.mark.parametrize("capped", [0, 1, 2])
def test_a_rounded_net_goes_to_a_line_that_has_room(capped):
    lines = [billed(flat("10.00", f"Plan {at}")) for at in range(3)]
    lines[capped] = lines[capped].with_credit_given(money("4.52"))  # 5.48 is left
    result = prorate_change(PRESETS["zuora_actual_days"].policy, Change.cancel(date(2026, 1, 24)), lines)
    assert result.credit == money("16.45")  # 10.00 × 17/31 = 5.4839 twice, and 5.48: 16.4477
    assert [line.rounded.amount for line in result.lines] == ["5.48"] * 3


def test_a_swap_of_equals_below_the_minimum_says_why_its_charge_is_cut():
    policy = ProrationPolicy(Measure(clock=Clock.DAY), sides=Sides(minimum_charge_minor=100))
    dearer = prorate_change(policy, Change.to(date(2026, 1, 24), flat("31.00", "Other")), [billed(SMALL)])
    assert dearer.net == money("0.00")  # (31.00 - 30.00) × 17/31 = 0.55, below 1.00
    assert "so that less than the minimum is not billed" in dearer.explain()


@pytest.mark.parametrize("lines", [["Small"], ("Small",)])
def test_an_item_is_looked_for_among_billed_periods_only(lines):
    with pytest.raises(InvalidTypeError, match="BilledPeriod"):
        prorate_change(PRESETS["polar"].policy, Change.remove(TWENTIETH, item="Small"), lines)


def test_a_contract_that_ends_takes_the_period_that_runs_where_nothing_was_billed():
    nothing = Sides(credit=Credit.NONE, charge=Charge.NONE)
    policy = ProrationPolicy(sides=nothing, timing=Timing(effective=Effective.TERM_END, interval_change=OnSwitch.KEEP))
    result = prorate_change(
        policy,
        Change.to(TWENTIETH, LARGE),
        running=Period(date(2026, 1, 10), date(2026, 2, 10)),
        term_end=date(2026, 12, 10),
    )
    assert (result.net, result.next_bill_on) == (money("0.00"), date(2026, 12, 10))


@pytest.mark.parametrize(
    ("preset", "change", "field"),
    [
        ("polar", Change.to(TWENTIETH, LARGE), None),
        ("stripe_classic", Change.to(TWENTIETH, flat("300.00", "Year", ANNUAL)), "timing.interval_change"),
        (None, Change.to(TWENTIETH, LARGE), "timing.anchor"),
    ],
)
def test_a_result_names_what_started_a_new_period(preset, change, field):
    policy = PRESETS[preset].policy if preset else DAY_RESET
    assert prorate_change(policy, change, [billed(SMALL)]).restarted_by == field


def test_what_is_no_policy_and_no_list_of_lines_is_refused():
    with pytest.raises(InvalidTypeError, match="a ProrationPolicy, or None"):
        PRESETS["polar"].policy.differences("x")
    with pytest.raises(InvalidTypeError, match="a list or a tuple of BilledPeriod"):
        compare(Change.to(TWENTIETH, LARGE), {"polar": PRESETS["polar"].policy}, None)
