"""Periods: half-open stretches of civil days, their stubs and shares, and what they refuse."""

import json
import pickle
from datetime import date
from fractions import Fraction

import pytest

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import MONTHLY, DayOfMonth, Period, Periods
from billingcore.errors import OutOfRangeError
from billingcore.records import from_record, to_record
from samples import FROM_THE_31ST, JANUARY, NOT_DAYS

FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1))
MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))


def test_a_long_stub_counts_each_day_over_its_own_month():
    long = Period(date(2026, 1, 10), date(2026, 3, 1), JANUARY, joined=FEBRUARY)
    assert long.fraction == Fraction(22, 31) + 1
    assert long.parts == (Period(date(2026, 1, 10), date(2026, 2, 1), JANUARY), FEBRUARY)
    assert long.explain() == (
        "2026-01-10 to 2026-03-01: 22 of the 31 days from 2026-01-01 to 2026-02-01 "
        "and 28 of the 28 days from 2026-02-01 to 2026-03-01"
    )


@pytest.mark.parametrize("cut", [date(2026, 1, 20), date(2026, 2, 1), date(2026, 2, 15)])
def test_a_long_stub_can_be_cut_anywhere(cut):
    long = Period(date(2026, 1, 10), date(2026, 3, 1), JANUARY, joined=FEBRUARY)
    used, unused = long.split(cut)
    assert used.fraction + unused.fraction == long.fraction
    assert used.days + unused.days == 50


def test_a_long_last_stub_is_joined_to_the_month_before():
    long = Period(date(2026, 1, 1), date(2026, 2, 10), FEBRUARY, joined=JANUARY)
    assert long.fraction == 1 + Fraction(9, 28)
    assert [part.full for part in long.parts] == [JANUARY, FEBRUARY]


@pytest.mark.parametrize(
    ("reference", "joined", "said"),
    [
        (None, FEBRUARY, "next to the reference"),
        (JANUARY, Period(date(2026, 2, 2), date(2026, 3, 1)), "next to the reference"),
        (JANUARY, Period(date(2026, 2, 1), date(2026, 2, 28)), "within its reference"),
        (Period(date(2026, 1, 11), date(2026, 2, 1)), FEBRUARY, "within its reference"),
    ],
)
def test_a_long_stub_lies_within_two_neighbouring_periods(reference, joined, said):
    with pytest.raises(InvalidValueError, match=said):
        Period(date(2026, 1, 10), date(2026, 3, 1), reference, joined=joined)


def test_a_long_period_can_join_several_full_ones():
    long = Period(date(2026, 1, 1), date(2026, 3, 10), MARCH, joined=(JANUARY, FEBRUARY))
    assert long.fraction == 1 + 1 + Fraction(9, 31)
    assert long.parts == (JANUARY, FEBRUARY, Period(date(2026, 3, 1), date(2026, 3, 10), MARCH))
    used, unused = long.split(date(2026, 2, 15))
    assert (used.fraction, unused.fraction) == (1 + Fraction(14, 28), Fraction(14, 28) + Fraction(9, 31))
    assert (
        Period(date(2026, 1, 20), date(2026, 4, 1), JANUARY, joined=(FEBRUARY, MARCH)).fraction == Fraction(12, 31) + 2
    )
    one = Period(date(2026, 1, 1), date(2026, 2, 10), FEBRUARY, joined=(JANUARY,))
    assert one.joined == JANUARY
    for value in (long, one):
        assert from_record(json.loads(json.dumps(to_record(value)))) == value
        assert pickle.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("joined", [(), (JANUARY, MARCH), (FEBRUARY, JANUARY)])
def test_joined_periods_follow_each_other(joined):
    with pytest.raises(InvalidValueError, match="follow each other without a gap"):
        Period(date(2026, 1, 1), date(2026, 4, 10), Period(date(2026, 4, 1), date(2026, 5, 1)), joined=joined)


@pytest.mark.parametrize(
    "reference",
    [
        Period(date(2020, 1, 1), date(2020, 1, 2)),
        FEBRUARY,
        Period(date(2026, 1, 2), date(2026, 2, 1)),
        Period(date(2026, 1, 1), date(2026, 1, 31)),
    ],
)
def test_a_stub_lies_within_its_full_period(reference):
    """31 of the 1 days: a share of a period that has nothing to do with the stub."""
    with pytest.raises(
        InvalidValueError, match="a stub lies within its full period; 2026-01-01 to 2026-02-01 does not"
    ):
        Period(date(2026, 1, 1), date(2026, 2, 1), reference)
    record = to_record(Period(date(2026, 1, 1), date(2026, 2, 1), JANUARY)) | {"reference": to_record(reference)}
    with pytest.raises(InvalidValueError, match="a stub lies within its full period"):
        from_record(record)


def test_a_full_period_is_not_a_stub_itself():
    """References of references, 2,000 deep, ended in a RecursionError of hash, repr and to_record."""
    part = Period(date(2026, 1, 10), date(2026, 2, 1), JANUARY)
    for make in (
        lambda: Period(date(2026, 1, 20), date(2026, 2, 1), part),
        lambda: Period(date(2026, 1, 20), date(2026, 3, 1), FEBRUARY, joined=part),
        lambda: Period(date(2026, 1, 20), date(2026, 4, 1), MARCH, joined=(part, FEBRUARY)),
    ):
        with pytest.raises(InvalidValueError, match="this is a stub; give its own full period"):
            make()


def test_a_full_period_is_not_a_stub():
    assert not JANUARY.is_stub
    assert JANUARY.full is JANUARY
    assert JANUARY.fraction == 1
    assert JANUARY.parts == (JANUARY,)
    assert JANUARY.explain() == "2026-01-01 to 2026-02-01: 31 days, a full period"


def test_the_number_of_a_period_is_a_label():
    assert Period(JANUARY.start, JANUARY.end, None, 7) == JANUARY
    assert hash(Period(JANUARY.start, JANUARY.end, None, 7)) == hash(JANUARY)
    assert Period(JANUARY.start, JANUARY.end, JANUARY) != JANUARY


@pytest.mark.parametrize("value", NOT_DAYS)
def test_a_period_takes_civil_dates_only(value):
    for make in (
        lambda: Period(value, date(2026, 2, 1)),
        lambda: Period(date(2026, 1, 1), value),
        lambda: JANUARY.contains(value),
        lambda: JANUARY.split(value),
    ):
        with pytest.raises(InvalidTypeError):
            make()


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 2, 1), date(2025, 12, 31)])
def test_a_period_is_cut_inside(day):
    with pytest.raises(InvalidValueError, match="is cut between"):
        JANUARY.split(day)


def test_a_period_ends_after_it_starts():
    for end in (date(2026, 1, 1), date(2025, 12, 31)):
        with pytest.raises(InvalidValueError, match="must end after it starts"):
            Period(date(2026, 1, 1), end)


@pytest.mark.parametrize("value", [0, "x", date(2026, 1, 1), [JANUARY], (JANUARY, 1)])
def test_references_and_numbers_have_their_types(value):
    with pytest.raises(InvalidTypeError):
        Period(JANUARY.start, JANUARY.end, value)
    with pytest.raises(InvalidTypeError):
        Period(JANUARY.start, JANUARY.end, JANUARY, joined=value)
    if value != 0:
        with pytest.raises(InvalidTypeError):
            Period(JANUARY.start, JANUARY.end, None, value)
    with pytest.raises(InvalidTypeError):
        Period(JANUARY.start, JANUARY.end, None, True)


def test_values_are_frozen():
    for value, name in ((JANUARY, "end"), (FROM_THE_31ST, "anchor"), (MONTHLY, "count"), (DayOfMonth(1), "day")):
        with pytest.raises(AttributeError):
            setattr(value, name, date(2030, 1, 1))
        assert not hasattr(value, "__dict__")


FEBRUARY_FIRST = date(2026, 2, 1)
NEW_YEAR = date(2026, 1, 1)


def test_a_period_has_a_number_that_a_schedule_can_reach():
    assert Period(NEW_YEAR, FEBRUARY_FIRST, index=-4_000_000).index == -4_000_000
    for index in (4_000_001, -4_000_001, 10**6000):
        with pytest.raises(OutOfRangeError, match="no schedule has that many periods"):
            Period(NEW_YEAR, FEBRUARY_FIRST, index=index)


def test_what_does_not_number_periods_is_no_source_of_them():
    with pytest.raises(InvalidTypeError, match=r"source must be a schedule: what has period\(n\) and index_of\(day\)"):
        Periods("2026", range(3))
