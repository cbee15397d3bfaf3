"""Prices in steps and by the package, shares of a sale, and coupons."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.cycles import MONTHLY
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.money import ExactAmount, Rounding, total
from billingcore.plans import Coupon, PackagePrice, Plan, Stacking, Tier, TieredPrice, TierMode, share_of_sale, take_off
from samples import money

STEPS = (
    Tier(10, money("5.00")),
    Tier(20, money("4.00"), money("1.00")),
    Tier(None, ExactAmount(Fraction(1, 3), "EUR")),
)


@pytest.mark.parametrize(
    ("mode", "quantity", "expected"),
    [
        (TierMode.GRADUATED, 10, "50.00"), (TierMode.GRADUATED, 11, "55.00"),  # 50.00 + 4.00 + 1.00
        (TierMode.GRADUATED, 20, "91.00"), (TierMode.GRADUATED, 25, "91.02"),  # and 5/3 of a cent
        (TierMode.VOLUME, 10, "50.00"), (TierMode.VOLUME, 11, "45.00"), (TierMode.VOLUME, 900, "3.00"),
        (TierMode.STAIRSTEP, 3, "0.00"), (TierMode.STAIRSTEP, 11, "1.00"), (TierMode.STAIRSTEP, 20, "1.00"),
    ],
)  # fmt: skip
def test_a_price_in_steps(mode, quantity, expected):
    price = TieredPrice(mode, STEPS)
    assert price.charge_for(quantity) == money(expected)
    assert Plan("Steps", price, MONTHLY).charge_for(quantity) == money(expected)
    assert Plan("Steps", price, MONTHLY).currency == "EUR"


@given(st.integers(1, 5000))
def test_a_graduated_price_never_falls(quantity):
    price = TieredPrice(TierMode.GRADUATED, STEPS)
    assert price.charge_for(quantity) <= price.charge_for(quantity + 1)


def test_a_package_that_is_begun_is_paid():
    price = PackagePrice(money("5.00"), 100, free=100)
    assert [price.charge_for(count) for count in (1, 100, 101, 200, 201)] == [
        money(each) for each in ("0.00", "0.00", "5.00", "5.00", "10.00")
    ]
    assert price.currency == "EUR"


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Tier(0, money("1.00")), InvalidValueError),
        (lambda: Tier(1, 1), InvalidTypeError),
        (lambda: Tier(1, money("-1.00")), InvalidValueError),
        (lambda: Tier(1, ExactAmount(Fraction(-1), "EUR")), InvalidValueError),
        (lambda: Tier(1, money("1.00"), money("1.00", "USD")), CurrencyMismatchError),
        (lambda: Tier(1, money("1.00"), 1), InvalidTypeError),
        (lambda: TieredPrice("graduated", STEPS), InvalidTypeError),
        (lambda: TieredPrice(TierMode.VOLUME, list(STEPS)), InvalidTypeError),
        (lambda: TieredPrice(TierMode.VOLUME, STEPS, 0), InvalidValueError),
        (lambda: TieredPrice(TierMode.VOLUME, STEPS, 1, "up"), InvalidTypeError),
        (lambda: TieredPrice(TierMode.VOLUME, ()), InvalidValueError),
        (lambda: TieredPrice(TierMode.VOLUME, STEPS[:2]), InvalidValueError),
        (lambda: TieredPrice(TierMode.VOLUME, (STEPS[1], STEPS[0], STEPS[2])), InvalidValueError),
        (lambda: TieredPrice(TierMode.VOLUME, (STEPS[2], STEPS[2])), InvalidValueError),
        (lambda: TieredPrice(TierMode.VOLUME, (STEPS[0], Tier(None, money("1.00", "USD")))), CurrencyMismatchError),
        (lambda: PackagePrice(money("5.00"), 0), InvalidValueError),
        (lambda: PackagePrice(money("5.00"), 1, True), InvalidTypeError),
        (lambda: PackagePrice(money("5.00"), 1, -1), InvalidValueError),
        (lambda: share_of_sale(money("1.00"), 1), InvalidTypeError),
        (lambda: share_of_sale(money("1.00"), Fraction(101)), InvalidValueError),
        (lambda: share_of_sale(money("1.00"), Fraction(1), money("1.00", "USD")), CurrencyMismatchError),
    ],
)
def test_what_prices_refuse(make, error):
    with pytest.raises(error):
        make()


def test_a_share_of_a_sale():
    assert share_of_sale(money("50.00"), Fraction(6, 5)) == money("0.60")
    assert share_of_sale(money("0.50"), Fraction(1), None, Rounding.UP) == money("0.01")


TEN, FIVE_EUROS = Coupon("TEN", percent=Fraction(10)), Coupon("FIVE", amount=money("5.00"))


def test_a_coupon_takes_no_more_than_the_price():
    assert TEN.off(money("99.99")) == money("10.00")
    assert FIVE_EUROS.off(money("3.00")) == money("3.00")
    assert attrs.evolve(TEN, at_most=money("4.00")).off(money("99.99")) == money("4.00")


def test_a_coupon_counts_cycles():
    three = attrs.evolve(TEN, cycles=3)
    assert [three.holds_in(cycle) for cycle in (-1, 0, 2, 3)] == [False, True, True, False]
    assert TEN.holds_in(10**6)
    with pytest.raises(InvalidTypeError, match="cycle"):
        TEN.holds_in(None)


@pytest.mark.parametrize(
    ("coupons", "stacking", "percent_first", "expected"),
    [
        ((TEN, FIVE_EUROS), Stacking.EACH_ON_FULL, False, ("10.00", "5.00")),
        ((FIVE_EUROS, TEN), Stacking.COMPOUND_IN_ORDER, False, ("5.00", "9.50")),
        ((FIVE_EUROS, TEN), Stacking.COMPOUND_IN_ORDER, True, ("5.00", "10.00")),
        ((Coupon("ALL", percent=Fraction(100)), TEN), Stacking.EACH_ON_FULL, False, ("100.00", "0.00")),
        ((), Stacking.EACH_ON_FULL, False, ()),
    ],
)
def test_coupons_stack(coupons, stacking, percent_first, expected):
    taken = take_off(money("100.00"), coupons, stacking, percent_first=percent_first)
    assert taken == tuple(money(each) for each in expected)


@given(st.integers(0, 10**6), st.lists(st.integers(0, 100), max_size=5), st.sampled_from(Stacking))
def test_coupons_never_take_more_than_the_price(price, percents, stacking):
    coupons = [Coupon(f"C{at}", percent=Fraction(each)) for at, each in enumerate(percents)]
    amount = money("0.01") * price
    assert total(take_off(amount, coupons, stacking), "EUR") <= amount


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Coupon("A"), InvalidValueError),
        (lambda: Coupon("A", Fraction(1), money("1.00")), InvalidValueError),
        (lambda: Coupon("", Fraction(1)), InvalidValueError),
        (lambda: Coupon("A", Fraction(1, 10**13)), InvalidValueError),
        (lambda: Coupon("A", amount=money("-1.00")), InvalidValueError),
        (lambda: Coupon("A", amount=money("1.00"), at_most=money("1.00", "USD")), CurrencyMismatchError),
        (lambda: Coupon("A", Fraction(1), cycles=0), InvalidValueError),
        (lambda: FIVE_EUROS.off(money("1.00", "USD")), CurrencyMismatchError),
        (lambda: attrs.evolve(TEN, at_most=money("1.00")).off(money("1.00", "USD")), CurrencyMismatchError),
        (lambda: TEN.off(money("-1.00")), InvalidValueError),
        (lambda: take_off(money("1.00"), [1], Stacking.EACH_ON_FULL), InvalidTypeError),
        (lambda: take_off(money("1.00"), [TEN], "full"), InvalidTypeError),
    ],
)
def test_what_coupons_refuse(make, error):
    with pytest.raises(error):
        make()
