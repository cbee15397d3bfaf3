"""Coupons: what they take off, for how many cycles, and how they stack."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.money import Money, total
from billingcore.plans import Coupon, Stacking, take_off
from samples import money

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
def test_coupons_stack_as_they_are_told(coupons, stacking, percent_first, expected):
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
def test_coupons_refuse_amounts_and_terms_without_meaning(make, error):
    with pytest.raises(error):
        make()


def test_coupons_come_in_an_order():
    coupon = Coupon("A", percent=Fraction(10))
    assert take_off(Money(100, "EUR"), [coupon], Stacking.EACH_ON_FULL) == (Money(10, "EUR"),)
    with pytest.raises(InvalidTypeError, match="coupons must be a tuple or list of Coupon values"):
        take_off(Money(100, "EUR"), {coupon}, Stacking.EACH_ON_FULL)


def test_a_percentage_of_endless_parts_says_so():
    with pytest.raises(InvalidValueError, match="a percentage is written in parts of up to"):
        Coupon("FINE", percent=Fraction(1, 10**20))
