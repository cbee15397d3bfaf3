"""Every number in an explanation is the one that is used: early roundings, units, discounts, nets, minimums."""

from datetime import UTC, date, datetime

import pytest

from billingcore.presets import preset
from billingcore.proration import (
    Change,
    Charge,
    Clock,
    Credit,
    CreditBasis,
    Measure,
    MoneyRounding,
    ProrationPolicy,
    Sides,
    Stage,
    TaxOrder,
    prorate_change,
)
from samples import LARGE, SMALL, VAT_20, billed, flat, money, policy, seats

DAY = date(2026, 1, 24)
DAYS = Measure(clock=Clock.DAY)


def sums(rule, change, *lines):
    return [line.explain() for line in prorate_change(rule, change, lines).lines]


def test_a_fraction_that_is_rounded_first_is_shown():
    # 24120 / 44640 = 0.540322…: 0.54032 of 10000.00
    to = Change.to(datetime(2026, 1, 24, 6, tzinfo=UTC), flat("20000.00", "Huge"))
    found = sums(preset("paddle").policy.in_zone(UTC), to, billed(flat("10000.00", "Big")))
    assert found[0] == (
        "credit for Big × 1: 10000.00 EUR × 24120/44640 minutes, the fraction rounded first to 5 decimals half up: "
        "0.54032 = 5403.20 (sides.credit)"
    )


@pytest.mark.parametrize(
    ("currency", "price", "told"),
    [
        # 10000.00 / 31 = 322.5806… a day, × 17 = 5483.86; 20.005 / 31 = 0.6453…; 2005 / 31 = 64.677…
        ("EUR", "10000.00", "10000.00 EUR × 17/31 days, the rate rounded first to 2 decimals half up: 322.58 × 17 = 5483.86"),
        ("KWD", "20.005", "20.005 KWD × 17/31 days, the rate rounded first to 2 decimals half up: 0.65 × 17 = 11.050"),
        (
            "JPY", "2005",
            "2005 JPY × 17/31 days, the rate rounded first to 2 decimals half up: 64.68 × 17 = 1099.56 → 1100 half up",
        ),
    ],
)  # fmt: skip
def test_a_daily_rate_that_is_rounded_first_is_shown(currency, price, told):
    old, new = flat(price, "Old", currency=currency), flat(price, "New", currency=currency)
    found = sums(preset("rounded_daily_rate").policy, Change.to(DAY, new), billed(old))
    assert found == [f"credit for Old × 1: {told} (sides.credit)", f"charge for New × 1: {told} (sides.charge)"]


def test_units_that_are_rounded_apart_are_shown_apart():
    rule = ProrationPolicy(DAYS, MoneyRounding(stage=Stage.UNIT))
    found = sums(rule, Change.to(DAY, seats("9.99"), 4), billed(seats("7.77"), quantity=4))
    assert found == [  # 7.77 × 17/31 = 4.2609…, and 9.99 × 17/31 = 5.4783…
        "credit for Seats × 4: 31.08 EUR, 7.77 for each of 4 × 17/31 days = 4.26096… → 4.26 half up, × 4 = 17.04 (sides.credit)",
        "charge for Seats × 4: 39.96 EUR, 9.99 for each of 4 × 17/31 days = 5.47838… → 5.48 half up, × 4 = 21.92 (sides.charge)",
    ]


def test_a_discount_beside_a_difference_counts_money_not_days():
    sides = Sides(Credit.DIFFERENCE_FULL, CreditBasis.BILLED_GROSS, charge=Charge.DIFFERENCE_FULL)
    line = billed(seats("10.00"), quantity=5, discount=money("10.00"))
    found = sums(ProrationPolicy(DAYS, sides=sides), Change.to(DAY, seats("10.00"), 3), line)
    assert found[1] == (  # 20.00 of 50.00 go back, and so do 2/5 of the discount
        "discount taken back on Seats × 5: 10.00 EUR × 2000/5000 minor units of the price that go back = 4.00 "
        "(sides.discount_reversal)"
    )


def test_a_credit_and_a_charge_below_the_minimum_are_told():
    rule = ProrationPolicy(DAYS, sides=Sides(minimum_credit_minor=2000, minimum_charge_minor=3000))
    told = prorate_change(rule, Change.to(DAY, LARGE), [billed(SMALL)]).explain().split("\n")
    assert told[1:4] == [
        "  credit of 16.45 EUR is below the minimum of 20.00: not given (sides.minimum_credit_minor)",
        "  charge of 27.42 EUR is below the minimum of 30.00: not made (sides.minimum_charge_minor)",
        "  net 0.00 - 0.00 = 0.00 EUR, nothing to bill (timing.settle)",
    ]


def test_a_net_that_is_rounded_once_says_so():
    # 10000.00 × 17/30 = 5666.666… on either side of 20000.00 × 17/30 = 11333.333…: net 5666.67, not 5666.66
    found = sums(policy("zuora_30_days"), Change.to(DAY, flat("20000.00", "B")), billed(flat("10000.00", "A")))
    assert found[1] == (
        "charge for B × 1: 20000.00 EUR × 17/30 days = 11333.33333… → 11333.33 half up, adjusted by 0.01 so that the "
        "lines come to the rounded net = 11333.34 (sides.charge, rounding.stage)"
    )


def test_a_limit_is_told_after_the_rounding_that_it_limits():
    found = sums(preset("polar").policy, Change.to(DAY, LARGE), billed(SMALL, given=money("20.00")))
    assert found[0] == (
        "credit for Small × 1: 30.00 EUR × 17/31 days = 16.45161… → 16.45 half up, no more than the 10.00 that is left of "
        "what was billed (sides.credit)"
    )


def test_a_gross_amount_is_told_with_and_without_its_tax():
    # 30.00 and 20 % are 36.00; × 17/31 = 19.7419… → 19.74; / 1.2 = 16.45
    rule = policy("chargebee_day", rounding={"tax_order": TaxOrder.GROSS_THEN_SPLIT})
    found = sums(rule, Change.to(DAY, LARGE), billed(SMALL, ruling=VAT_20))
    assert found[0] == (
        "credit for Small × 1: 30.00 EUR, 36.00 with its tax × 17/31 days = 19.74193… → 19.74 half up, 16.45 without tax "
        "(sides.credit)"
    )
