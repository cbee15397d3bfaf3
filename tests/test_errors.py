"""The exception ladder: what it says, that it says it quickly, and that it survives pickling."""

import copy
import os
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore import errors
from billingcore.errors import (
    BillingError,
    CurrencyMismatchError,
    InexactAmountError,
    InvalidTypeError,
    InvalidValueError,
    NoRateForDateError,
    OutOfRangeError,
    RefusedError,
    UnknownCountryError,
    UnknownCurrencyError,
    UnknownSubdivisionError,
    shown,
    shown_in_order,
)

VALUE_ERRORS = [
    InvalidValueError,
    InexactAmountError,
    NoRateForDateError,
    OutOfRangeError,
    UnknownCountryError,
    UnknownCurrencyError,
    UnknownSubdivisionError,
]


@attrs.frozen
class TooLate:
    """A refusal, with as much behind it as somebody likes."""

    why: str

    def explain(self):
        return f"too late: {self.why}"


EXAMPLES = [
    InvalidTypeError("amount", 9.99, "an int"),
    CurrencyMismatchError("EUR", "USD"),
    RefusedError(TooLate("15 days have passed")),
    *(kind("name", ("a", 1), "say it otherwise") for kind in VALUE_ERRORS),
]


class Holiday(date):
    """A subclass of date, as some libraries make them."""


class Unspeakable:
    def __repr__(self):
        raise RuntimeError("no")


class Counterfeit(int):
    def bit_length(self):
        raise RuntimeError("no")


class Bottomless(list):
    def __len__(self):
        raise RuntimeError("no")


class Verbose:
    def __repr__(self):
        return "v" * 10_000


def test_every_error_is_a_billing_error_and_a_builtin_one():
    assert issubclass(InvalidTypeError, BillingError)
    assert issubclass(InvalidTypeError, TypeError)
    assert issubclass(InvalidValueError, BillingError)
    assert issubclass(InvalidValueError, ValueError)
    for leaf in (CurrencyMismatchError, *VALUE_ERRORS):
        assert issubclass(leaf, InvalidValueError)


def test_every_error_is_public():
    defined = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, BillingError)}
    assert set(errors.__all__) == defined
    assert {type(each).__name__ for each in EXAMPLES} | {"BillingError"} == defined


def test_an_error_says_what_was_wrong_and_what_to_do():
    assert str(InvalidTypeError("day", "2026", "a date")) == "day must be a date, not '2026' (str)"
    assert str(InvalidValueError("count", 0, "give 1 or more")) == "count 0: give 1 or more"
    assert str(CurrencyMismatchError("EUR", "USD")) == "cannot combine EUR with USD: convert one of them first"
    told = pickle.loads(pickle.dumps(CurrencyMismatchError("EUR", "USD", "open another ledger")))
    assert (str(told), told.remedy) == ("cannot combine EUR with USD: open another ledger", "open another ledger")


def test_the_values_are_kept():
    error = InvalidTypeError("amount", 9.99, "an int")
    assert (error.name, error.value, error.expected) == ("amount", 9.99, "an int")
    error = OutOfRangeError("n", 7, "too far")
    assert (error.name, error.value, error.problem) == ("n", 7, "too far")
    error = CurrencyMismatchError("EUR", "USD")
    assert (error.left, error.right, error.name, error.value) == ("EUR", "USD", "currency", "USD")
    assert "EUR" in error.problem


def test_a_refusal_that_was_not_granted_says_why_and_is_kept():
    refused = TooLate("15 days have passed")
    error = RefusedError(refused)
    assert error.refused is refused
    assert str(error) == "too late: 15 days have passed"
    assert repr(error) == "RefusedError(TooLate(why='15 days have passed'))"
    assert len(repr(RefusedError(TooLate("x" * 10_000)))) == len("RefusedError()") + 80


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(
    "through",
    [
        copy.copy,
        copy.deepcopy,
        *(lambda error, p=protocol: pickle.loads(pickle.dumps(error, p)) for protocol in range(6)),
    ],
)
def test_an_error_survives_a_round_trip(error, through):
    again = through(error)
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)
    assert again.args == error.args


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_message_starts_in_lower_case_and_does_not_end_in_a_point(error):
    assert str(error)[0].islower()
    assert not str(error).endswith(".")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (9.5, "9.5"),
        (True, "True"),
        ("EUR", "'EUR'"),
        (date(2026, 1, 31), "2026-01-31"),
        (date(1, 1, 1), "0001-01-01"),
        (Holiday(2026, 1, 31), "Holiday(2026, 1, 31)"),  # not exactly a date: its type is what is wrong
        (datetime(2026, 1, 31, tzinfo=UTC), "datetime.datetime(2026, 1, 31, 0, 0, tzinfo=datetime.timezone.utc)"),
        ([date(2026, 1, 31)], "[datetime.date(2026, 1, 31)]"),
        (2**256 - 1, repr(2**256 - 1)),  # 78 digits: still shown
        (2**256, "an int of 257 bits"),
        (-(10**6000), "an int of 19932 bits"),
        ("x" * 78, repr("x" * 78)),  # 80 characters with its quotes
        ("x" * 79, "'" + "x" * 78 + "…"),
        (b"x" * 10**6, "b'" + "x" * 77 + "…"),
        ([0] * 80, "[0, 0, 0, 0, 0, 0, 0, 0, ...]"),
        ([0] * 81, "a list of 81 items"),
        ([[[[1]]]], "[[[[...]]]]"),
        ((0,) * 10**6, "a tuple of 1000000 items"),
        (dict.fromkeys(range(1000)), "a dict of 1000 items"),
        (set(range(1000)), "a set of 1000 items"),
        (frozenset(range(1000)), "a frozenset of 1000 items"),
        ([1, 2], "[1, 2]"),
        ((13, 28), "(13, 28)"),
        ({"a": {1: (2,)}}, "{'a': {1: (2,)}}"),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], "[1, 2, 3, 4, 5, 6, 7, 8, ...]"),
        (Unspeakable(), "<Unspeakable>"),
        (Counterfeit(5), "<Counterfeit>"),
        (Bottomless(), "<Bottomless>"),
        (Verbose(), "v" * 79 + "…"),
        ("\ud800", "'\\ud800'"),
        ("a\nb\x00", "'a\\nb\\x00'"),
    ],
    ids=lambda value: f"{type(value).__name__}",
)
def test_a_value_is_shown_within_80_characters(value, text):
    assert shown(value) == text
    assert len(shown(value)) <= 80


HUGE = [
    10**100_000,
    -(10**100_000),
    "x" * 10**6,
    b"x" * 10**6,
    bytearray(10**6),
    [0] * 10**6,
    ["x" * 10**6] * 80,
    [10**100_000],
    {"a": ["x" * 10**6]},
    [["x"] * 80] * 80,
    [[[["x"] * 80] * 80] * 80] * 80,
    dict.fromkeys(range(80), dict.fromkeys(range(80), "x" * 10**6)),
    (10**100_000,) * 80,
    Fraction(10**100_000 + 1, 10**100_000),
    Decimal("1E+999999"),
    Decimal(10**4000),
]


@pytest.mark.parametrize("value", HUGE, ids=lambda value: type(value).__name__)
def test_a_huge_value_is_shown_in_bounded_time(quickly, value):
    assert len(quickly(lambda: str(InvalidValueError("value", value, "too much")))) < 120


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.decimals(),
        lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_anything_is_shown(value):
    assert len(shown(value)) <= 80
    assert len(str(InvalidTypeError("x", value, "an int"))) < 200


def test_a_set_is_shown_in_one_order():
    code = "from billingcore.profiles import GOTO_RESCUE; print(GOTO_RESCUE)"
    seeds = [{"PYTHONHASHSEED": seed, "PATH": os.environ["PATH"]} for seed in ("1", "2", "3")]
    texts = {
        subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout for env in seeds
    }
    assert len(texts) == 1
    assert shown_in_order(frozenset()) == "frozenset()"


def test_the_repr_of_an_error_is_short():
    assert len(repr(InvalidValueError("name", "x" * 10**6, "problem"))) < 200
    assert repr(InvalidTypeError("day", 5, "a date")) == "InvalidTypeError('day', 5, 'a date')"


def test_a_value_whose_class_has_no_name_to_read_is_shown_all_the_same():
    class Nameless(type):
        @property
        def __name__(cls):
            raise RuntimeError

    class Value(metaclass=Nameless):
        def __repr__(self):
            raise RuntimeError

    assert (
        str(InvalidTypeError("day", Value(), "a datetime.date")) == "day must be a datetime.date, not <Value> (Value)"
    )
