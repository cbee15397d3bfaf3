"""`_checks`: one way to check an argument, and the words of what was wanted."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from fractions import Fraction
from itertools import count, repeat

import pytest

from billingcore._checks import (
    MAX_ITEMS,
    asked,
    check,
    check_date,
    check_fields,
    check_int,
    check_set,
    check_share,
    check_tuple,
    collected,
    mapped,
    refuse,
    setters,
    wanted,
)
from billingcore.cycles import Cadence, Unit
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money import Money, Rounding
from billingcore.payments import PaymentMethod, PaymentRules


class OddZone(tzinfo):
    def utcoffset(self, moment):
        return timedelta(hours=1)


class Shout(str):
    __slots__ = ()


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ((int,), "an int"),
        ((bool,), "True or False"),
        ((str, None), "a str, or None"),
        ((Rounding,), "a Rounding, such as Rounding.HALF_UP"),
        ((Unit, None), "a Unit, such as Unit.DAY, or None"),
        ((Money,), "Money, such as Money.of('30.00', 'EUR')"),
        ((PaymentRules,), "a PaymentRules"),
        ((int, str, Fraction), "an int, a str or a Fraction, such as Fraction(20, 100) for 20 %"),
        ((tzinfo,), "a tzinfo object, such as zoneinfo.ZoneInfo('Europe/Berlin')"),
    ],
)
def test_the_words_of_a_class_come_with_it(kinds, words):
    assert wanted(*kinds) == words
    with pytest.raises(InvalidTypeError) as caught:
        check("it", object, *kinds)
    assert (caught.value.name, caught.value.value, caught.value.expected) == ("it", object, words)
    with pytest.raises(InvalidTypeError):
        refuse("it", 1, *kinds)


def test_a_value_of_a_kind_is_returned():
    assert check("it", 3, int) == 3
    assert check("it", None, int, None) is None
    assert check("it", UTC, tzinfo, None) is UTC
    zone = OddZone()
    assert check("it", zone, tzinfo, None) is zone


@pytest.mark.parametrize(
    ("value", "kind"), [(True, int), (Shout("x"), str), (datetime(2026, 1, 1, tzinfo=UTC), date), (None, int)]
)
def test_a_subclass_is_not_its_class(value, kind):
    with pytest.raises(InvalidTypeError):
        check("it", value, kind)


def test_a_text_can_say_what_it_means():
    with pytest.raises(InvalidTypeError, match="day must be an ISO date such as '2026-02-15', not 3"):
        check("day", 3, str, words="an ISO date such as '2026-02-15'")


def test_fields_are_checked_by_name():
    month = Cadence(1, Unit.MONTH)
    check_fields(month, count=int, unit=(Unit, None))
    with pytest.raises(InvalidTypeError, match="unit must be True or False"):
        check_fields(month, count=int, unit=bool)


def test_a_date_is_not_an_instant():
    assert check_date("day", date(2026, 1, 31)) == date(2026, 1, 31)
    with pytest.raises(InvalidTypeError, match="becomes a civil date once, in an explicit zone"):
        check_date("day", datetime(2026, 1, 31, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "bounds", "error", "said"),
    [
        (True, (0,), InvalidTypeError, "an int of 0 or more"),
        ("3", (1, 9), InvalidTypeError, "an int of 1 or more"),
        (0, (1,), InvalidValueError, "n 0: give 1 or more"),
        (0, (1, 9), InvalidValueError, "n 0: give 1 to 9"),
        (10, (1, 9), OutOfRangeError, "n 10: give 1 to 9"),
        (10, (1, 9, "a hand has nine fingers"), OutOfRangeError, "n 10: a hand has nine fingers"),
    ],
)
def test_an_int_lies_within_its_bounds(value, bounds, error, said):
    with pytest.raises(error, match=said) as caught:
        check_int("n", value, *bounds)
    assert type(caught.value) is error


def test_an_int_at_its_bounds_will_do():
    assert [check_int("n", value, 1, 9) for value in (1, 9)] == [1, 9]
    assert check_int("n", 10**30, 0) == 10**30


@pytest.mark.parametrize(
    ("value", "error", "said"),
    [
        (0.2, InvalidTypeError, "a Fraction, such as"),
        (Fraction(-1, 10**9), InvalidValueError, "give 0 to 1"),
        (Fraction(10**9 + 1, 10**9), InvalidValueError, "give 0 to 1"),
        (Fraction(1, 10**400), OutOfRangeError, "limited to 400 digits"),
        (Fraction(10**400), OutOfRangeError, "limited to 400 digits"),
        (Fraction(-(10**400)), OutOfRangeError, "limited to 400 digits"),
    ],
)
def test_a_share_lies_within_its_bounds_and_can_be_written_out(value, error, said):
    with pytest.raises(error, match=said) as caught:
        check_share("share", value, most=1)
    assert type(caught.value) is error
    assert len(repr(caught.value)) < 1000


def test_a_share_at_its_bounds_will_do():
    for share in (Fraction(0), Fraction(1), Fraction(1, 10**400 - 1)):
        assert check_share("share", share, most=1) is share
    assert check_share("share", Fraction(10**400 - 1)) == 10**400 - 1
    with pytest.raises(InvalidValueError, match="give 0 or more"):
        check_share("share", Fraction(-1))


def test_a_tuple_and_a_set_hold_values_of_their_kinds():
    check_tuple("days", (1, 2), int)
    check_tuple("days", (1, "2"), int, str)
    check_set("methods", frozenset({PaymentMethod.VISA}), PaymentMethod)
    for values in ([1], 1, None):
        with pytest.raises(InvalidTypeError, match="days must be a tuple of int values, not"):
            check_tuple("days", values, int)
    with pytest.raises(InvalidTypeError, match="a tuple of int values, not True"):
        check_tuple("days", (1, True), int)
    with pytest.raises(InvalidTypeError, match=r"a frozenset of PaymentMethod values, not \{'visa'\}"):
        check_set("methods", {"visa"}, PaymentMethod)
    with pytest.raises(InvalidTypeError, match="a frozenset of PaymentMethod values, not 'visa'"):
        check_set("methods", frozenset({"visa"}), PaymentMethod)


def test_an_iterable_is_read_once_and_not_without_end():
    assert collected("days", (n for n in (3, 1)), int) == (3, 1)
    for values in ("31", b"31", 5, None, int):
        with pytest.raises(InvalidTypeError, match="days must be a collection of int values"):
            collected("days", values, int)
    with pytest.raises(InvalidTypeError, match="not None"):
        collected("days", repeat(None), int)
    with pytest.raises(OutOfRangeError, match="more than 3 values; pass fewer at once"):
        collected("days", count(), int, most=3)
    assert collected("days", range(3), int, most=3) == (0, 1, 2)
    assert MAX_ITEMS == 1_000_000


def test_an_iterable_that_fails_while_it_is_read_is_refused():
    def broken():
        yield 1
        raise RuntimeError("the file was closed")

    problem = "it raised RuntimeError while it was read; pass a collection of int values"
    with pytest.raises(InvalidValueError, match=problem) as caught:
        collected("days", broken(), int)
    assert str(caught.value.__cause__) == "the file was closed"


def test_what_a_function_of_the_caller_raises_is_the_cause_of_our_error():
    assert asked("rates", max, 1, 2) == 2
    with pytest.raises(InvalidValueError, match=r"it raised ZeroDivisionError for 1, 0; let it answer") as caught:
        asked("rates", lambda a, b: a // b, 1, 0)
    assert type(caught.value.__cause__) is ZeroDivisionError
    with pytest.raises(InvalidTypeError, match="an int, not 'x'"):
        asked("rates", lambda: check("n", "x", int))


def test_setters_set_the_fields_of_a_frozen_class_in_order():
    put_amount, put_currency = setters(Money)
    made = object.__new__(Money)
    put_amount(made, 3000)
    put_currency(made, "EUR")
    assert made == Money(3000, "EUR")


def test_a_mapping_without_end_is_not_read_to_it():
    class Endless(dict):
        def items(self):
            return ((n, n) for n in range(10**12))

    with pytest.raises(OutOfRangeError, match="more than 1000000 values; pass fewer at once"):
        mapped("nets", Endless(), "a mapping")
