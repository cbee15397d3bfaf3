"""Plain records: every value and back, by way of JSON too."""

import copy
import inspect
import json
import pickle
import types
import typing
from datetime import date
from enum import Enum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore import records
from billingcore.cycles import MONTHLY, Schedule, Weekday
from billingcore.errors import OutOfRangeError
from billingcore.money import ExactAmount, Money
from billingcore.profiles import GOTO_RESCUE
from billingcore.records import from_record, record_types, to_record
from samples import FROM_31_JANUARY, SAMPLES, sample, upgrade

ids = {"ids": lambda value: type(value).__name__}
BILL = upgrade()[1].document
RECORD = to_record(BILL)
OURS = ("disputes", "ledger", "payments", "places", "profiles", "money")
PARTS = {"str", "int", "bool", "date", "datetime", "tzinfo", "Fraction", "NoneType"}


def plain(value):
    """Whether a value is made of what JSON has, with no float."""
    if type(value) is dict:
        return all(type(key) is str and plain(each) for key, each in value.items())
    if type(value) is list:
        return all(map(plain, value))
    return value is None or type(value) in (str, int, bool)


@pytest.mark.parametrize("value", SAMPLES, **ids)
def test_a_value_survives_its_record_and_json(value):
    record = to_record(value)
    assert plain(record)
    assert record["type"] == type(value).__name__
    again = from_record(json.loads(json.dumps(record)))
    assert again == value
    assert type(again) is type(value)
    assert hash(again) == hash(value)
    assert to_record(again) == record  # the same words each time, derived ones among them


@pytest.mark.parametrize("value", SAMPLES, **ids)
def test_a_value_survives_pickle_copy_and_deepcopy(value):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    assert copy.copy(value) == copy.deepcopy(value) == value
    if hasattr(value, "explain") and not inspect.signature(value.explain).parameters:
        assert pickle.loads(pickle.dumps(value)).explain() == value.explain() == from_record(to_record(value)).explain()


@given(st.sampled_from(SAMPLES))
def test_writing_and_reading_change_nothing(value):
    record = to_record(value)
    before = copy.deepcopy(record)
    from_record(record)
    assert record == before == to_record(value)


def test_every_type_of_record_has_a_sample():
    """A new value class of these modules needs a sample, so that it is known to survive its record."""
    sampled = {type(value) for value in SAMPLES}
    kinds = record_types().values()
    assert [kind for kind in kinds if kind.__module__.split(".")[1] in OURS and kind not in sampled] == []


def readable(hint, parts):
    """Whether a field of that type can be read back."""
    arguments = typing.get_args(hint)
    if arguments:
        known = typing.get_origin(hint) in (tuple, frozenset, typing.Union, types.UnionType) or parts(hint)
        return known and all(readable(each, parts) for each in arguments if each is not ...)
    if isinstance(hint, typing.TypeVar) or parts(hint):
        return True
    return hint.__name__ in PARTS or issubclass(hint, Enum)


@pytest.mark.parametrize("kind", record_types().values(), ids=lambda kind: kind.__name__)
def test_every_field_of_every_type_can_be_read(kind):
    """A float, a mapping or a Decimal in a new class would be written, or fail, and never come back."""

    def parts(hint):
        found = typing.get_origin(hint) or hint
        return records._part_types().get(found.__name__) is found

    for name, hint in records._hints(kind).items():
        assert readable(hint, parts), f"{kind.__name__}.{name}"


@given(st.sampled_from(["JPY", "EUR", "KWD", "CLF"]), st.integers(-(10**18), 10**18))
def test_money_is_written_in_major_units_and_read_back(currency, amount):
    value = Money(amount, currency)
    assert from_record(to_record(value)) == value
    assert to_record(value) == {"type": "Money", "amount": value.amount, "currency": currency}


@given(st.fractions(max_denominator=10**40), st.integers(0, 300))
def test_an_exact_share_of_hundreds_of_digits_survives(share, digits):
    value = ExactAmount(share / (10**digits + 1), "EUR")
    assert from_record(to_record(value)) == value


def test_a_share_without_end_is_refused_where_it_is_made_or_read():
    with pytest.raises(OutOfRangeError, match="limited to 400 digits"):
        ExactAmount(Fraction(1, 10**400), "EUR")
    record = {"type": "ExactAmount", "amount_minor": f"1/1{'0' * 400}", "currency": "EUR"}
    with pytest.raises(OutOfRangeError, match="limited to 400 digits"):
        from_record(record)


@pytest.mark.parametrize("rule", Weekday)
def test_a_rule_whose_value_is_a_number_survives(rule):
    schedule = Schedule.by_rule(date(2026, 11, 23), rule, sample(type(MONTHLY)))
    assert from_record(to_record(schedule)) == schedule


def test_dates_shares_and_groups_are_written_as_people_write_them():
    assert to_record(FROM_31_JANUARY)["start"] == "2026-01-31"
    assert to_record(BILL)["lines"][1]["credit"] == {"type": "Money", "amount": "13.93", "currency": "EUR"}
    assert to_record(sample(type(GOTO_RESCUE.payments)))["recurring"] == []
    recurring = to_record(GOTO_RESCUE)["payments"]["recurring"]
    assert recurring == [
        "American Express",
        "Discover",
        "MasterCard",
        "PayPal",
        "Visa",
    ]  # sorted: the same in every run
    assert to_record(ExactAmount(Fraction(9750, 7), "EUR"))["amount_minor"] == "9750/7"


def test_totals_are_written_for_the_reader_and_may_be_left_out():
    assert (RECORD["total"]["amount"], RECORD["tax"]["amount"], RECORD["payable"]["amount"]) == (
        "55.28",
        "9.21",
        "55.28",
    )
    short = {key: part for key, part in RECORD.items() if key not in ("total", "tax", "payable", "taxes", "subtotal")}
    assert from_record(short) == BILL
