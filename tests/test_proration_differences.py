"""Differences of prices: today's price with the discount that was billed, parts of no days, fractions rounded first."""

from datetime import date

import pytest

from billingcore.cycles import WEEKLY, Period
from billingcore.money import Rounding
from billingcore.presets import PRESETS, compare, policies_matching
from billingcore.proration import (
    Change,
    Charge,
    Clock,
    Credit,
    CreditBasis,
    Measure,
    ProrationPolicy,
    RoundStep,
    Sides,
    fold_changes,
    prorate_change,
)
from proration_samples import LARGE, SMALL, billed, flat, money

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
