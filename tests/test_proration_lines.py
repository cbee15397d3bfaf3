"""A line of proration is its terms: rounded where the policy says so, and every number in its words is the one that is used."""

from datetime import UTC, date, datetime
from fractions import Fraction

import attrs
import pytest
from billingcore.presets import PRESETS, preset

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money import Rounding
from billingcore.proration import (
    Balance,
    Change,
    Charge,
    Clock,
    Credit,
    CreditBasis,
    Measure,
    MoneyRounding,
    ProrationLine,
    ProrationPolicy,
    RoundStep,
    Side,
    Sides,
    Stage,
    TaxOrder,
    fold_changes,
    prorate_change,
)
from samples import (
    APRIL,
    FROM_10_JANUARY,
    HALF_UP,
    KEEP,
    LARGE,
    MID_APRIL,
    REMAINING,
    SMALL,
    TWENTIETH,
    TWENTY_FOURTH,
    UNKNOWN,
    UNTAXED,
    UPGRADE,
    VAT_20,
    XL,
    billed,
    flat,
    money,
    policy,
    running_after,
    seats,
)

LINE = ProrationLine(Side.CREDIT, SMALL, 1, money("30.00"), 17, 31, UNTAXED, HALF_UP, "days", "sides.credit")
DAYS = Measure(clock=Clock.DAY)


def sums(rule, change, *lines):
    return [line.explain() for line in prorate_change(rule, change, lines).lines]


def test_a_rate_is_rounded_in_major_units():
    rule = policy("rounded_daily_rate")
    assert prorate_change(rule, Change.cancel(date(2026, 1, 24)), [billed(SMALL)]).credit == money("16.49")  # 0.97 × 17
    dinars = billed(flat("30.000", currency="KWD"))
    assert prorate_change(rule, Change.cancel(date(2026, 1, 24)), [dinars]).credit == money("16.490", "KWD")
    line = prorate_change(rule, UPGRADE, [billed(SMALL)]).lines[0]
    assert "the rate rounded first to 2 decimals half up" in line.explain()


def test_paddle_multiplies_the_rounded_fraction_also_of_a_part():
    rule = PRESETS["paddle"].policy
    first = prorate_change(rule, Change.to(date(2026, 1, 24), LARGE), [billed(SMALL)])
    (running,) = running_after(first)
    second = prorate_change(rule, Change.cancel(date(2026, 2, 1)), [running])
    assert second.credit == money("14.52")  # 27.42 × 0.29032 / 0.54839


def test_units_are_rounded_before_they_are_multiplied():
    rule = policy("recurly_rebill", rounding={"stage": Stage.UNIT})
    result = prorate_change(rule, Change.to(date(2026, 1, 24), seats("1.01"), 7), [billed(seats("0.99"), quantity=5)])
    assert (result.credit, result.charge) == (money("2.70"), money("3.85"))  # 0.54 × 5, 0.55 × 7
    assert "for each of 5" in result.explain()
    price = prorate_change(
        PRESETS["recurly_only_changed"].policy,
        Change.to(date(2026, 1, 24), seats("1.99"), 5),
        [billed(seats("0.99"), quantity=5)],
    )
    assert price.charge == money("2.75")  # 1.00 × 17/31 → 0.55, × 5
    both = prorate_change(
        PRESETS["recurly_only_changed"].policy,
        Change.to(date(2026, 1, 24), seats("1.99"), 6),
        [billed(seats("0.99"), quantity=5)],
    )
    assert both.charge == money("3.83")  # (11.94 - 4.95) × 17/31
    gone = prorate_change(
        PRESETS["recurly_only_changed"].policy, Change.cancel(date(2026, 1, 24)), [billed(seats("0.99"), quantity=5)]
    )
    assert gone.credit == money("2.70")
    added = prorate_change(
        PRESETS["recurly_only_changed"].policy,
        Change.add(date(2026, 1, 24), seats("0.99"), 5, ruling=UNTAXED),
        running=FROM_10_JANUARY,
    )
    assert added.charge == money("2.70")


def test_a_net_is_rounded_once():
    rule = PRESETS["zuora_actual_days"].policy
    quarter = Change.to(date(2026, 4, 23), flat("0.05"))  # 8 of 30 days
    result = prorate_change(rule, quarter, [billed(flat("0.03"), APRIL)])
    assert (result.credit, result.charge, result.net) == (money("0.01"), money("0.02"), money("0.01"))  # 0.0053 → 0.01
    assert "adjusted by 0.01" in result.explain()
    capped = prorate_change(rule, quarter, [billed(flat("30.00"), APRIL, given=money("29.99"))])
    assert capped.credit == money("0.01")


def test_used_and_unused_rounded_apart_may_lose_a_cent():
    line = billed(flat("0.01"), APRIL)
    together = prorate_change(KEEP, Change.to(MID_APRIL, flat("0.01")), [line])
    apart = prorate_change(
        policy("chargebee_day", rounding={"balance": Balance.INDEPENDENT}), Change.to(MID_APRIL, flat("0.01")), [line]
    )
    assert (together.credit, together.used) == (money("0.01"), money("0.00"))
    assert (apart.credit, apart.used) == (money("0.01"), money("0.01"))


def test_a_reversal_with_a_complement_takes_the_credit_as_it_is():
    rule = policy("microsoft_csp", rounding={"balance": Balance.COMPLEMENT})
    result = prorate_change(rule, Change.to(MID_APRIL, flat("0.01")), [billed(flat("0.01"), APRIL)])
    assert [line.net for line in result.lines] == [money("-0.01"), money("0.00"), money("0.01")]
    assert prorate_change(
        PRESETS["microsoft_csp"].policy, Change.to(MID_APRIL, flat("0.01")), [billed(flat("0.01"), APRIL)]
    ).credit == money("0.00")


def test_a_line_explains_its_sum():
    assert LINE.explain() == "credit for Small × 1: 30.00 EUR × 17/31 days = 16.45161… → 16.45 half up (sides.credit)"
    assert (LINE.net, LINE.fraction, LINE.exact.amount_minor) == (
        money("-16.45"),
        Fraction(17, 31),
        Fraction(51000, 31),
    )


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("side", "credit", InvalidTypeError), ("num", True, InvalidTypeError), ("num", -1, InvalidValueError),
        ("den", 0, InvalidValueError), ("den", 10**41, InvalidValueError), ("units", 0, InvalidValueError),
        ("base", money("-1.00"), InvalidValueError), ("at_most", money("1.00", "USD"), CurrencyMismatchError),
        ("adjustment", 1, InvalidTypeError), ("fraction_rounding", 5, InvalidTypeError), ("ruling", None, InvalidTypeError),
        ("counted", "a\nb", InvalidValueError), ("quantity", 0, InvalidValueError), ("num", 10**30, OutOfRangeError),
        ("tax_order", "after", InvalidTypeError),
    ],
)  # fmt: skip
def test_a_line_is_checked(field, value, error):
    with pytest.raises(error):
        attrs.evolve(LINE, **{field: value})


def test_a_tax_that_is_not_known_is_not_prorated():
    with pytest.raises(InvalidValueError, match="ruling"):
        attrs.evolve(LINE, ruling=UNKNOWN, tax_order=TaxOrder.PRORATE_TAX)
    assert attrs.evolve(LINE, ruling=UNKNOWN).tax is None


def test_a_fraction_that_is_rounded_first_is_taken_back_out_of_a_part():
    policy = ProrationPolicy(
        Measure(clock=Clock.DAY, fraction_rounding=RoundStep(2, Rounding.HALF_UP)), sides=Sides(**REMAINING)
    )
    steps = [Change.to(TWENTIETH, LARGE), Change.to(TWENTIETH, XL)]
    # 21/31 = 0.68: 20.00 × 0.68 = 13.60, then 10.00 × 0.68 = 6.80; at once 30.00 × 0.68
    assert fold_changes(policy, [billed(SMALL)], steps).net == money("20.40")
    assert prorate_change(policy, steps[1], [billed(SMALL)]).net == money("20.40")


@pytest.mark.parametrize("capped", [0, 1, 2])
def test_a_rounded_net_goes_to_a_line_that_has_room(capped):
    lines = [billed(flat("10.00", f"Plan {at}")) for at in range(3)]
    lines[capped] = lines[capped].with_credit_given(money("4.52"))  # 5.48 is left
    result = prorate_change(PRESETS["zuora_actual_days"].policy, Change.cancel(date(2026, 1, 24)), lines)
    assert result.credit == money("16.45")  # 10.00 × 17/31 = 5.4839 twice, and 5.48: 16.4477
    assert [line.rounded.amount for line in result.lines] == ["5.48"] * 3


@pytest.mark.parametrize(
    ("prices", "credit"),
    [
        (("10.00",), "5.48"),  # 10.00 × 17/31 = 5.4839
        (("10.00", "10.00", "10.00"), "16.45"),  # 30.00 × 17/31 = 16.4516, not 3 × 5.48
        (("0.01", "0.01", "0.01"), "0.02"),  # 0.03 × 17/31 = 0.0165, not 3 × 0.01
        (("10.00", "25.00"), "19.19"),  # 35.00 × 17/31 = 19.1935
    ],
)
def test_the_net_of_a_cancellation_is_rounded_once(prices, credit):
    lines = [billed(flat(price, f"Plan {at}")) for at, price in enumerate(prices)]
    result = prorate_change(PRESETS["zuora_actual_days"].policy, Change.cancel(TWENTY_FOURTH), lines)
    assert result.credit == money(credit)
    assert sum(line.net.amount_minor for line in result.lines) == -result.credit_minor
    assert sum(line.credit_given.amount_minor for line in result.billed_after) == result.credit_minor


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
    found = sums(preset("rounded_daily_rate").policy, Change.to(TWENTY_FOURTH, new), billed(old))
    assert found == [f"credit for Old × 1: {told} (sides.credit)", f"charge for New × 1: {told} (sides.charge)"]


def test_units_that_are_rounded_apart_are_shown_apart():
    rule = ProrationPolicy(DAYS, MoneyRounding(stage=Stage.UNIT))
    found = sums(rule, Change.to(TWENTY_FOURTH, seats("9.99"), 4), billed(seats("7.77"), quantity=4))
    assert found == [  # 7.77 × 17/31 = 4.2609…, and 9.99 × 17/31 = 5.4783…
        "credit for Seats × 4: 31.08 EUR, 7.77 for each of 4 × 17/31 days = 4.26096… → 4.26 half up, × 4 = 17.04 (sides.credit)",
        "charge for Seats × 4: 39.96 EUR, 9.99 for each of 4 × 17/31 days = 5.47838… → 5.48 half up, × 4 = 21.92 (sides.charge)",
    ]


def test_a_discount_beside_a_difference_counts_money_not_days():
    sides = Sides(Credit.DIFFERENCE_FULL, CreditBasis.BILLED_GROSS, charge=Charge.DIFFERENCE_FULL)
    line = billed(seats("10.00"), quantity=5, discount=money("10.00"))
    found = sums(ProrationPolicy(DAYS, sides=sides), Change.to(TWENTY_FOURTH, seats("10.00"), 3), line)
    assert found[1] == (  # 20.00 of 50.00 go back, and so do 2/5 of the discount
        "discount taken back on Seats × 5: 10.00 EUR × 2000/5000 minor units of the price that go back = 4.00 "
        "(sides.discount_reversal)"
    )


def test_a_credit_and_a_charge_below_the_minimum_are_told():
    rule = ProrationPolicy(DAYS, sides=Sides(minimum_credit_minor=2000, minimum_charge_minor=3000))
    told = prorate_change(rule, Change.to(TWENTY_FOURTH, LARGE), [billed(SMALL)]).explain().split("\n")
    assert told[1:4] == [
        "  credit of 16.45 EUR is below the minimum of 20.00: not given (sides.minimum_credit_minor)",
        "  charge of 27.42 EUR is below the minimum of 30.00: not made (sides.minimum_charge_minor)",
        "  net 0.00 - 0.00 = 0.00 EUR, nothing to bill (timing.settle)",
    ]


def test_a_net_that_is_rounded_once_says_so():
    # 10000.00 × 17/30 = 5666.666… on either side of 20000.00 × 17/30 = 11333.333…: net 5666.67, not 5666.66
    found = sums(
        policy("zuora_30_days"), Change.to(TWENTY_FOURTH, flat("20000.00", "B")), billed(flat("10000.00", "A"))
    )
    assert found[1] == (
        "charge for B × 1: 20000.00 EUR × 17/30 days = 11333.33333… → 11333.33 half up, adjusted by 0.01 so that the "
        "lines come to the rounded net = 11333.34 (sides.charge, rounding.stage)"
    )


def test_a_limit_is_told_after_the_rounding_that_it_limits():
    found = sums(preset("polar").policy, Change.to(TWENTY_FOURTH, LARGE), billed(SMALL, given=money("20.00")))
    assert found[0] == (
        "credit for Small × 1: 30.00 EUR × 17/31 days = 16.45161… → 16.45 half up, no more than the 10.00 that is left of "
        "what was billed (sides.credit)"
    )


def test_a_gross_amount_is_told_with_and_without_its_tax():
    # 30.00 and 20 % are 36.00; × 17/31 = 19.7419… → 19.74; / 1.2 = 16.45
    rule = policy("chargebee_day", rounding={"tax_order": TaxOrder.GROSS_THEN_SPLIT})
    found = sums(rule, Change.to(TWENTY_FOURTH, LARGE), billed(SMALL, ruling=VAT_20))
    assert found[0] == (
        "credit for Small × 1: 30.00 EUR, 36.00 with its tax × 17/31 days = 19.74193… → 19.74 half up, 16.45 without tax "
        "(sides.credit)"
    )
