"""Rounding to a step, conversion at a rate, and exact amounts from major units, their order and their size."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import (
    CurrencyMismatchError,
    InexactAmountError,
    InvalidTypeError,
    InvalidValueError,
    OutOfRangeError,
    UnknownCurrencyError,
)
from billingcore.money import ExactAmount, Money, Rounding, convert, round_to_step
from samples import money

FIVE = money("0.05", "CHF")


@pytest.mark.parametrize(
    ("amount", "mode", "rounded"),
    [
        ("1.66", Rounding.HALF_UP, "1.65"),  # 33.2 steps
        ("1.68", Rounding.HALF_UP, "1.70"),  # 33.6 steps
        ("-1.68", Rounding.HALF_UP, "-1.70"),
        ("1.66", Rounding.UP, "1.70"),
        ("-1.66", Rounding.CEILING, "-1.65"),
        ("-1.66", Rounding.FLOOR, "-1.70"),
        ("0.02", Rounding.HALF_UP, "0.00"),
        ("1.65", Rounding.UP, "1.65"),
    ],
)
def test_an_amount_is_rounded_to_a_step(amount, mode, rounded):
    assert round_to_step(money(amount, "CHF"), FIVE, mode) == money(rounded, "CHF")


def test_an_exact_amount_is_rounded_to_a_step_once():
    exact = ExactAmount(Fraction(49, 20), "CHF")  # 2.45 centimes: 0.49 of a step; by way of 2 or 3 it is the same
    tie = ExactAmount(Fraction(5, 2), "CHF")  # half of a step
    assert round_to_step(exact, FIVE, Rounding.HALF_UP) == money("0.00", "CHF")
    assert round_to_step(tie, FIVE, Rounding.HALF_UP) == FIVE
    assert round_to_step(tie, FIVE, Rounding.HALF_DOWN) == money("0.00", "CHF")


def test_a_step_is_above_nothing_and_of_the_same_currency():
    for step in (money("0.00", "CHF"), money("-0.05", "CHF")):
        with pytest.raises(InvalidValueError, match="a step is above 0"):
            round_to_step(money("1.00", "CHF"), step, Rounding.HALF_UP)
    with pytest.raises(CurrencyMismatchError):
        round_to_step(money("1.00"), FIVE, Rounding.HALF_UP)
    with pytest.raises(InvalidTypeError, match="rounding must be a Rounding"):
        round_to_step(money("1.00", "CHF"), FIVE, "half_up")


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**4), st.sampled_from(Rounding))
def test_a_rounded_amount_is_a_multiple_of_the_step_and_less_than_one_away(minor, step, mode):
    rounded = round_to_step(Money(minor, "CHF"), Money(step, "CHF"), mode).amount_minor
    assert rounded % step == 0
    assert abs(rounded - minor) < step


@pytest.mark.parametrize(
    ("amount", "currency", "rate", "mode", "converted"),
    [
        ("100.00 EUR", "JPY", "164.25", Rounding.HALF_UP, "16425 JPY"),
        ("1000 JPY", "EUR", "0.0061", Rounding.HALF_UP, "6.10 EUR"),
        ("1.00 EUR", "KWD", "0.3355", Rounding.HALF_EVEN, "0.336 KWD"),  # 335.5 fils: a tie, to the even one
        ("-10.01 EUR", "USD", "1.1", Rounding.HALF_UP, "-11.01 USD"),  # 11.011
        ("-10.01 EUR", "USD", "1.1", Rounding.UP, "-11.02 USD"),
        ("5.00 EUR", "EUR", "1", Rounding.HALF_UP, "5.00 EUR"),
    ],
)
def test_an_amount_is_converted_at_a_rate_of_major_units(amount, currency, rate, mode, converted):
    assert convert(Money.parse(amount), currency, Fraction(rate), mode) == Money.parse(converted)


def test_what_cannot_be_converted_is_refused():
    for rate, error in ((1.1, InvalidTypeError), (Fraction(0), InvalidValueError), (Fraction(-1), InvalidValueError)):
        with pytest.raises(error):
            convert(money("1.00"), "USD", rate, Rounding.HALF_UP)
    with pytest.raises(UnknownCurrencyError):
        convert(money("1.00"), "XXQ", Fraction(1), Rounding.HALF_UP)
    with pytest.raises(OutOfRangeError):
        convert(Money(10**18, "EUR"), "USD", Fraction(2), Rounding.HALF_UP)


@pytest.mark.parametrize(
    ("amount", "minor"),
    [("0.0004", Fraction(1, 25)), (Decimal("-0.0004"), Fraction(-1, 25)), (3, Fraction(300)), (Fraction(1, 3), Fraction(100, 3)),
     (Decimal("0E-999999"), Fraction(0)), ("+1", Fraction(100))],
)  # fmt: skip
def test_an_exact_amount_is_made_of_major_units(amount, minor):
    assert ExactAmount.of(amount, "USD") == ExactAmount(minor, "USD")


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        (0.1, InvalidTypeError), (True, InvalidTypeError), (None, InvalidTypeError), ("1e3", InvalidValueError),
        (Decimal("NaN"), InvalidValueError), (Decimal("1E+999999"), OutOfRangeError), (Decimal("1E-999999"), OutOfRangeError),
        (Fraction(1, 10**400), OutOfRangeError), (10**401, OutOfRangeError),
    ],
)  # fmt: skip
def test_what_is_not_an_exact_amount_is_refused(amount, error):
    with pytest.raises(error):
        ExactAmount.of(amount, "USD")


def test_exact_amounts_have_an_order_a_size_and_a_truth_value():
    third, half = ExactAmount.of(Fraction(1, 3), "EUR"), ExactAmount.of("0.5", "EUR")
    again = ExactAmount.of(Fraction(1, 2), "EUR")
    assert third < half <= again
    assert half > third
    assert half >= again >= third
    assert not third > half
    assert sorted([half, -half, third]) == [-half, third, half]
    assert abs(-half) == half == abs(half)
    assert bool(third)
    assert not money("0.00").exact()
    with pytest.raises(CurrencyMismatchError):
        _ = third < ExactAmount.of(1, "USD")
    with pytest.raises(InvalidTypeError):
        _ = third >= 1


def test_a_text_may_have_a_sign_either_way():
    assert Money.of("+12.57", "GBP") == Money.of("12.57", "GBP") == Money.of(Decimal("+12.57"), "GBP")
    for text in ("++1", "+-1", "+", "1+"):
        with pytest.raises(InvalidValueError, match="plain digits"):
            Money.of(text, "GBP")


def test_zeros_beyond_the_digits_of_a_currency_have_a_remedy_of_their_own():
    with pytest.raises(
        InexactAmountError, match="JPY has 0 decimal digits; leave out the zeros beyond, or pass a Decimal"
    ):
        Money.of("1.0", "JPY")
    with pytest.raises(InexactAmountError, match="round first, with a mode that you name"):
        Money.of("1.5", "JPY")
    assert Money.of(Decimal("1.0"), "JPY") == Money(1, "JPY")
