"""Facts with a date and a source: what is refused, and what a look-up by date answers."""

import pickle
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import InvalidTypeError, InvalidValueError, NoRateForDateError
from billingcore.sourced import Confidence, History, Sourced, check_date

CHECKED = date(2026, 11, 23)


def fact(value, since, until=None):
    return Sourced(value, since, until, "the gazette", CHECKED)


def history(*rows):
    return History("VAT rate of Erewhon", rows)


STANDARD = history(
    fact("20 %", date(2011, 1, 4)),
    fact("17.5 %", date(2010, 1, 1), date(2011, 1, 4)),
    fact("15 %", date(2008, 12, 1), date(2009, 12, 31)),  # a gap of one day follows
)


class Day(date):
    pass


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 1, 31, tzinfo=UTC),
        datetime(2026, 1, 31),  # noqa: DTZ001 - a naive instant is what is refused
        Day(2026, 1, 31),
        "2026-01-31",
        20260131,
        None,
        True,
    ],
)
def test_what_is_not_exactly_a_civil_date_is_refused(value):
    with pytest.raises(InvalidTypeError, match=r"^change_on must be a datetime\.date \(an instant becomes"):
        check_date("change_on", value)
    with pytest.raises(InvalidTypeError):
        fact(1, value)
    with pytest.raises(InvalidTypeError):
        Sourced(1, CHECKED, None, "x", value)
    with pytest.raises(InvalidTypeError):
        STANDARD.on(value)
    with pytest.raises(InvalidTypeError):
        STANDARD.find(value)
    with pytest.raises(InvalidTypeError):
        STANDARD.rows[0].holds_on(value)
    if value is not None:
        with pytest.raises(InvalidTypeError):
            fact(1, CHECKED, value)


def test_a_civil_date_passes():
    assert check_date("day", CHECKED) is CHECKED


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"until": date(2026, 1, 1)}, InvalidValueError, r"until .*: a fact must end after it starts \(2026-01-01\)"),
        ({"until": date(2025, 12, 31)}, InvalidValueError, "a fact must end after it starts"),
        ({"source": ""}, InvalidValueError, "a fact needs a source: say where it was read"),
        ({"source": " \t\n"}, InvalidValueError, "a fact needs a source"),
        ({"source": None}, InvalidTypeError, "source must be a str that says where the fact was read"),
        ({"source": b"x"}, InvalidTypeError, "source must be a str"),
        ({"confidence": "high"}, InvalidTypeError, "confidence must be a Confidence"),
        ({"confidence": None}, InvalidTypeError, "confidence must be a Confidence"),
        ({"note": None}, InvalidTypeError, "note must be a str"),
    ],
)
def test_a_fact_that_says_too_little_is_refused(changes, error, said):
    row = fact(1, date(2026, 1, 1))
    with pytest.raises(error, match=said):
        attrs.evolve(row, **changes)
    attrs.validators.set_disabled(True)
    try:
        with pytest.raises(error, match=said):
            attrs.evolve(row, **changes)
    finally:
        attrs.validators.set_disabled(False)


def test_a_fact_holds_from_its_first_day_to_the_day_before_its_end():
    row = fact(1, date(2026, 1, 1), date(2026, 1, 3))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)]
    assert [row.holds_on(day) for day in days] == [False, True, True, False]
    assert fact(1, date(2026, 1, 1)).holds_on(date.max)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2008, 12, 1), "15 %"),
        (date(2009, 12, 30), "15 %"),
        (date(2010, 1, 1), "17.5 %"),
        (date(2011, 1, 3), "17.5 %"),
        (date(2011, 1, 4), "20 %"),
        (date.max, "20 %"),
    ],
)
def test_the_fact_of_a_day(day, value):
    assert STANDARD.on(day).value == value
    assert STANDARD.find(day).value == value


@pytest.mark.parametrize("day", [date.min, date(2008, 11, 30), date(2009, 12, 31)])
def test_no_fact_on_a_day(day):
    assert STANDARD.find(day) is None
    with pytest.raises(NoRateForDateError, match=r"the VAT rate of Erewhon is known from 2008-12-01$") as caught:
        STANDARD.on(day)
    assert caught.value.value == day


def test_no_fact_after_the_last():
    ended = history(fact("15 %", date(2008, 12, 1), date(2009, 12, 31)))
    with pytest.raises(NoRateForDateError, match=r"known from 2008-12-01 until 2009-12-31 \(excluded\)$"):
        ended.on(date(2009, 12, 31))


def test_the_rows_are_kept_in_order_of_date():
    assert [row.value for row in STANDARD.rows] == ["15 %", "17.5 %", "20 %"]
    with pytest.raises(InvalidTypeError, match="rows must be a tuple of Sourced values"):
        History("x", [*STANDARD.rows])  # a list from the caller could change later


@pytest.mark.parametrize(
    "rows",
    [
        (fact(1, date(2026, 1, 1)), fact(2, date(2026, 1, 1))),
        (fact(1, date(2026, 1, 1)), fact(2, date(2027, 1, 1))),
        (fact(1, date(2026, 1, 1), date(2026, 1, 3)), fact(2, date(2026, 1, 2))),
        (fact(2, date(2026, 1, 2)), fact(1, date(2026, 1, 1), date(2026, 1, 3))),
    ],
)
def test_two_facts_on_one_day_are_refused(rows):
    with pytest.raises(InvalidValueError, match=r"the VAT rate of Erewhon has two facts on \d{4}-\d\d-\d\d; end the"):
        history(*rows)


def test_a_history_of_nothing_is_refused():
    with pytest.raises(InvalidValueError, match="the VAT rate of Erewhon needs at least one fact"):
        history()


@pytest.mark.parametrize("row", [None, "20 %", ("20 %", CHECKED)])
def test_a_bare_value_is_not_a_fact(row):
    with pytest.raises(InvalidTypeError, match="rows must be a tuple of Sourced values"):
        history(row)


@pytest.mark.parametrize("rows", [None, 5, 1.5, "ab"])
def test_rows_that_are_not_rows(rows):
    with pytest.raises(InvalidTypeError):
        History("x", rows)


@pytest.mark.parametrize("name", [None, 5, b"x"])
def test_a_name_that_is_not_text(name):
    with pytest.raises(InvalidTypeError, match="name must be a str"):
        History(name, STANDARD.rows)


def test_equal_hashable_picklable_frozen():
    again = pickle.loads(pickle.dumps(STANDARD))
    assert again == STANDARD
    assert hash(again) == hash(STANDARD)
    assert again.on(date(2011, 1, 4)).value == "20 %"
    assert history(*reversed(STANDARD.rows)) == STANDARD
    assert pickle.loads(pickle.dumps(Confidence.LOW)) is Confidence.LOW
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        STANDARD.name = "x"


DAYS = st.dates(date(2000, 1, 1), date(2001, 12, 31))


@given(st.lists(DAYS, min_size=2, max_size=12, unique=True), st.booleans(), st.data())
def test_a_day_has_at_most_one_fact_whatever_the_order_of_the_rows(days, open_ended, data):
    starts = sorted(days)
    rows = []
    for since, until in pairwise(starts):
        shorter = data.draw(st.integers(1, (until - since).days))
        rows.append(fact(since, since, since + timedelta(shorter)))
    if open_ended:
        rows.append(fact(starts[-1], starts[-1]))
    facts = history(*data.draw(st.permutations(rows)))
    day = data.draw(DAYS)
    holding = [row for row in rows if row.holds_on(day)]
    assert len(holding) <= 1
    assert facts.find(day) == (holding[0] if holding else None)
