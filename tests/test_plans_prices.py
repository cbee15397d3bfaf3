"""Prices in steps and by the package, and shares of a sale."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore._plans.prices import share_of_sale
from billingcore.cycles import MONTHLY
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.money import ExactAmount, Rounding
from billingcore.plans import PackagePrice, Plan, Tier, TieredPrice, TierMode
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
def test_a_price_in_steps_is_charged_by_its_mode(mode, quantity, expected):
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
def test_prices_refuse_steps_and_amounts_without_meaning(make, error):
    with pytest.raises(error):
        make()


def test_a_share_of_a_sale():
    assert share_of_sale(money("50.00"), Fraction(6, 5)) == money("0.60")
    assert share_of_sale(money("0.50"), Fraction(1), None, Rounding.UP) == money("0.01")


@pytest.mark.parametrize(
    "price", [lambda: PackagePrice(money("10.00"), 0), lambda: TieredPrice(TierMode.VOLUME, STEPS, 0)]
)
def test_a_package_or_a_block_holds_at_least_one_unit(price):
    with pytest.raises(InvalidValueError, match=r"(size|block) 0: give 1 to 1000000000"):
        price()
