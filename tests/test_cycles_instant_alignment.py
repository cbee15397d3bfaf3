"""Subscriptions to the second that start or end between two boundaries: their stubs, their words, their laws."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import (
    ANNUAL,
    END_OF_MONTH,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    AlignedInstantSchedule,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    InstantPeriod,
    InstantSchedule,
    MonthDay,
    Schedule,
    Stub,
    Weekday,
)
from billingcore.errors import OutOfRangeError

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")
DAILY = Cadence.daily()
HOUR = 3_600_000_000


def at(zone, *parts, fold=0):
    return datetime(*parts, tzinfo=zone, fold=fold)


def closed():
    """10 January at noon to 15 March at 06:00, on the 1st at midnight."""
    return AlignedInstantSchedule.by_rule(
        at(UTC, 2026, 1, 10, 12), DayOfMonth(1), MONTHLY, UTC, at(UTC, 2026, 3, 15, 6)
    )


@pytest.mark.parametrize(
    ("aligned", "expected"),
    [
        (
            closed(),
            [
                ("2026-01-10 12:00:00+00:00", "2026-02-01 00:00:00+00:00", Fraction(43, 62)),  # 21.5 of 31 days
                ("2026-02-01 00:00:00+00:00", "2026-03-01 00:00:00+00:00", Fraction(1)),
                ("2026-03-01 00:00:00+00:00", "2026-03-15 06:00:00+00:00", Fraction(57, 124)),  # 14.25 of 31 days
            ],
        ),
        (  # both ends in one period: 6 hours of 28 days
            AlignedInstantSchedule.by_rule(at(UTC, 2026, 2, 3, 6), DayOfMonth(1), MONTHLY, UTC, at(UTC, 2026, 2, 3, 12)),
            [("2026-02-03 06:00:00+00:00", "2026-02-03 12:00:00+00:00", Fraction(6, 28 * 24))],
        ),
        (  # March in Berlin has 743 hours; from noon on the 29th, when the clock has changed, 12 + 2 × 24 of them are left
            AlignedInstantSchedule.by_rule(at(BERLIN, 2026, 3, 29, 12), DayOfMonth(1), MONTHLY, BERLIN, at(BERLIN, 2026, 5, 1)),
            [
                ("2026-03-29 12:00:00+02:00", "2026-04-01 00:00:00+02:00", Fraction(60, 743)),
                ("2026-04-01 00:00:00+02:00", "2026-05-01 00:00:00+02:00", Fraction(1)),
            ],
        ),
        (  # the account's day at 09:30, whenever it began: 16.5 hours and 9 days of 31
            AlignedInstantSchedule(
                at(UTC, 2026, 2, 5, 17), InstantSchedule(at(UTC, 2023, 8, 15, 9, 30), MONTHLY, UTC), at(UTC, 2026, 3, 15, 9, 30)
            ),
            [
                ("2026-02-05 17:00:00+00:00", "2026-02-15 09:30:00+00:00", Fraction(9 * 48 + 33, 31 * 48)),
                ("2026-02-15 09:30:00+00:00", "2026-03-15 09:30:00+00:00", Fraction(1)),
            ],
        ),
        (  # a bill day at 09:30, from 06:30 that day: 3 hours of January's 31 days
            AlignedInstantSchedule.by_rule(
                at(UTC, 2026, 2, 1, 6, 30), DayOfMonth(1), MONTHLY, UTC, at(UTC, 2026, 3, 1, 9, 30), time_of_day=time(9, 30)
            ),
            [
                ("2026-02-01 06:30:00+00:00", "2026-02-01 09:30:00+00:00", Fraction(3, 31 * 24)),
                ("2026-02-01 09:30:00+00:00", "2026-03-01 09:30:00+00:00", Fraction(1)),
            ],
        ),
        (  # from its own start: the end alone leaves a stub, of 3 of 31 days
            AlignedInstantSchedule.by_anniversary(at(UTC, 2026, 1, 31, 9), MONTHLY, UTC, at(UTC, 2026, 3, 3, 9)),
            [
                ("2026-01-31 09:00:00+00:00", "2026-02-28 09:00:00+00:00", Fraction(1)),
                ("2026-02-28 09:00:00+00:00", "2026-03-03 09:00:00+00:00", Fraction(3, 31)),
            ],
        ),
        (  # counted back from 30 June, a month's end: 1 of 31 days to 31 May
            AlignedInstantSchedule.backwards(at(UTC, 2026, 5, 30), at(UTC, 2026, 6, 30), MONTHLY, UTC, rule=END_OF_MONTH),
            [
                ("2026-05-30 00:00:00+00:00", "2026-05-31 00:00:00+00:00", Fraction(1, 31)),
                ("2026-05-31 00:00:00+00:00", "2026-06-30 00:00:00+00:00", Fraction(1)),
            ],
        ),
        (  # 01:30 came twice in New York: the end is the second of the two, an hour after the boundary at the first
            AlignedInstantSchedule(
                at(NEW_YORK, 2026, 10, 31, 1, 30), InstantSchedule(at(NEW_YORK, 2026, 10, 31, 1, 30), DAILY, NEW_YORK),
                at(NEW_YORK, 2026, 11, 1, 1, 30, fold=1),
            ),
            [
                ("2026-10-31 01:30:00-04:00", "2026-11-01 01:30:00-04:00", Fraction(1)),
                ("2026-11-01 01:30:00-04:00", "2026-11-01 01:30:00-05:00", Fraction(1, 25)),
            ],
        ),
    ],
)  # fmt: skip
def test_the_periods_and_their_shares(aligned, expected):
    periods = aligned.periods()
    assert [(str(period.start_at), str(period.end_at), period.fraction) for period in periods] == expected
    assert [period.is_stub for period in periods] == [share != 1 for _, _, share in expected]
    assert [period.index for period in periods] == list(range(len(expected)))
    assert aligned.count == len(expected) == len(periods)
    assert all(period in periods for period in list(periods))
    assert pickle.loads(pickle.dumps(aligned)) == aligned == attrs.evolve(aligned)


def test_an_aligned_subscription_has_an_end_or_none():
    for n in (-1, 3):
        with pytest.raises(OutOfRangeError, match="numbered from 0 to 2"):
            closed().period(n)
    for instant in (at(UTC, 2026, 1, 10, 11, 59), at(UTC, 2026, 3, 15, 6)):
        with pytest.raises(OutOfRangeError, match="runs from 2026-01-10 12:00:00"):
            closed().period_containing(instant)
    opened = AlignedInstantSchedule(at(UTC, 2026, 1, 10, 12), closed().schedule)
    assert opened.count is None
    assert str(opened.period(600)) == "2076-01-01 00:00:00+00:00 to 2076-02-01 00:00:00+00:00"
    assert str(opened.period(0)) == str(closed().period(0))
    assert len(opened.periods(until_at=at(UTC, 2026, 3, 1))) == 2
    with pytest.raises(OutOfRangeError, match="until it ends"):
        opened.index_of(at(UTC, 2026, 1, 1))
    for ask in (opened.periods, opened.explain):
        with pytest.raises(InvalidValueError, match="until_at None: an open subscription has no last period"):
            ask()
    for ask, name, value in (
        (lambda: opened.period(200_000), "n", 200_000),
        (lambda: opened.boundary(200_000), "n", 200_000),
        (lambda: opened.cycles(at(UTC, 2026, 2, 1), 200_000), "count", 200_000),
        (lambda: opened.periods(until_at=at(UTC, 9999, 12, 2)), "until_at", at(UTC, 9999, 12, 2)),
        (lambda: opened.period_containing(at(UTC, 9999, 12, 2)), "instant", at(UTC, 9999, 12, 2)),
        (lambda: AlignedInstantSchedule(at(UTC, 9999, 12, 2), opened.schedule), "start_at", at(UTC, 9999, 12, 2)),
        (
            lambda: AlignedInstantSchedule(at(UTC, 2026, 1, 1), opened.schedule, at(UTC, 9999, 12, 2)),
            "until_at",
            at(UTC, 9999, 12, 2),
        ),
    ):
        with pytest.raises(OutOfRangeError) as raised:
            ask()
        assert (raised.value.name, raised.value.value) == (name, value)


def test_what_is_asked_for_is_cut_to_what_exists():
    aligned = closed()
    assert [p.index for p in aligned.periods(at(UTC, 2020, 1, 1), at(UTC, 2030, 1, 1))] == [0, 1, 2]
    assert [p.index for p in aligned.periods(at(UTC, 2026, 2, 1), at(UTC, 2026, 2, 1, 1))] == [1]
    assert list(aligned.periods(at(UTC, 2020, 1, 1), at(UTC, 2021, 1, 1))) == []
    assert list(aligned.periods(at(UTC, 2027, 1, 1))) == []
    with pytest.raises(InvalidValueError, match="listed forwards"):
        aligned.periods(at(UTC, 2026, 2, 1), at(UTC, 2026, 1, 1))
    assert [p.index for p in aligned.cycles(at(UTC, 2026, 1, 10, 12), 2)] == [0, 1]
    with pytest.raises(OutOfRangeError, match="count 3: the subscription has 2 periods from 2026-02-10"):
        aligned.cycles(at(UTC, 2026, 2, 10), 3)
    with pytest.raises(InvalidValueError, match="1 cycle or more"):
        aligned.cycles(at(UTC, 2026, 2, 10), 0)


def test_the_boundaries_are_the_start_the_bill_dates_and_the_end():
    aligned = closed()
    boundaries = [at(UTC, 2026, 1, 10, 12), at(UTC, 2026, 2, 1), at(UTC, 2026, 3, 1), at(UTC, 2026, 3, 15, 6)]
    assert [aligned.boundary(n) for n in range(4)] == boundaries
    hours = [at(UTC, 2025, 12, 25) + timedelta(hours=n) for n in range(100 * 24)]
    assert [hour for hour in hours if aligned.is_boundary(hour)] == boundaries
    second = at(NEW_YORK, 2026, 11, 1, 1, 30, fold=1)
    folded = AlignedInstantSchedule.by_anniversary(second, DAILY, NEW_YORK)
    assert folded.is_boundary(second)
    assert not folded.is_boundary(second.replace(fold=0))  # an hour before it, though Python calls them equal


@pytest.mark.parametrize(
    ("start_at", "until_at", "first", "last", "said"),
    [
        (at(UTC, 2026, 1, 10), None, Stub.NONE, Stub.SHORT, "start_at .*the start lies between two boundaries"),
        (
            at(UTC, 2026, 2, 1),
            at(UTC, 2026, 3, 2),
            Stub.NONE,
            Stub.NONE,
            "until_at .*the end lies between two boundaries",
        ),
        (at(UTC, 2026, 2, 1), at(UTC, 2026, 2, 1), Stub.SHORT, Stub.SHORT, "until_at .*must end after it starts"),
        (at(UTC, 2026, 1, 10), None, Stub.LONG, Stub.SHORT, "first .*no long stub"),
        (at(UTC, 2026, 1, 10), None, Stub.SHORT, Stub.LONG, "last .*no long stub"),
    ],
)
def test_contradictions_are_refused(start_at, until_at, first, last, said):
    with pytest.raises(InvalidValueError, match=said):
        AlignedInstantSchedule(start_at, closed().schedule, until_at, first, last)


def test_only_one_end_can_leave_a_stub_where_the_other_is_an_anchor():
    start_at, until_at = at(UTC, 2026, 1, 10), at(UTC, 2026, 3, 15)
    forwards = AlignedInstantSchedule.by_anniversary(start_at, MONTHLY, UTC, until_at)
    backwards = AlignedInstantSchedule.backwards(start_at, until_at, MONTHLY, UTC)
    assert (forwards.first, forwards.last) == (Stub.NONE, Stub.SHORT)
    assert (backwards.first, backwards.last) == (Stub.SHORT, Stub.NONE)
    with pytest.raises(InvalidValueError, match="the end lies between"):
        AlignedInstantSchedule.by_anniversary(start_at, MONTHLY, UTC, until_at, last=Stub.NONE)
    with pytest.raises(InvalidValueError, match="the start lies between"):
        AlignedInstantSchedule.backwards(start_at, until_at, MONTHLY, UTC, first=Stub.NONE)


def test_an_alignment_of_instants_takes_no_schedule_of_days():
    with pytest.raises(InvalidTypeError, match="schedule must be an InstantSchedule"):
        AlignedInstantSchedule(at(UTC, 2026, 1, 10), Schedule(date(2026, 1, 1), MONTHLY))


def test_equal_instants_make_equal_subscriptions():
    here = closed()
    there = AlignedInstantSchedule(at(BERLIN, 2026, 1, 10, 13), here.schedule, at(BERLIN, 2026, 3, 15, 7))
    assert here == there
    assert hash(here) == hash(there)
    assert str(there.start_at) == "2026-01-10 12:00:00+00:00"
    first, second = (
        AlignedInstantSchedule(at(NEW_YORK, 2026, 11, 1, 1, 30, fold=fold), InstantSchedule(at(UTC, 2026, 1, 1), MONTHLY, NEW_YORK))
        for fold in (0, 1)
    )  # fmt: skip
    assert first != second


def test_a_subscription_of_instants_explains_itself():
    assert closed().explain().splitlines() == [
        (
            "from 2026-01-10 12:00:00+00:00 until 2026-03-15 06:00:00+00:00, every month from 2026-02-01, on day 1 of the "
            "month, at 00:00:00 on the clock"
        ),
        (
            "period 0: 2026-01-10 12:00:00+00:00 to 2026-02-01 00:00:00+00:00: 21 days, 12:00:00 of the 31 days, 0:00:00 "
            "from 2026-01-01 00:00:00+00:00 to 2026-02-01 00:00:00+00:00; short first stub: it starts between two boundaries"
        ),
        "period 1: 2026-02-01 00:00:00+00:00 to 2026-03-01 00:00:00+00:00: 28 days, 0:00:00, a full period",
        (
            "period 2: 2026-03-01 00:00:00+00:00 to 2026-03-15 06:00:00+00:00: 14 days, 6:00:00 of the 31 days, 0:00:00 "
            "from 2026-03-01 00:00:00+00:00 to 2026-04-01 00:00:00+00:00; short last stub: it ends between two boundaries"
        ),
    ]
    assert str(closed()) == closed().describe() == closed().explain().splitlines()[0]
    one = AlignedInstantSchedule(at(UTC, 2026, 2, 3), closed().schedule, at(UTC, 2026, 2, 4))
    assert one.explain().endswith("short first and last stub: it starts and ends between two boundaries")
    clamped = AlignedInstantSchedule.by_rule(at(UTC, 2026, 2, 28), DayOfMonth(31), MONTHLY, UTC)
    assert clamped.explain(at(UTC, 2026, 3, 31)).endswith("2026-02 has no day 31, so it starts on its last day")


def test_a_day_that_never_was_is_refused_with_the_number_in_the_subscription():
    schedule = InstantSchedule(at(APIA, 2011, 12, 1), DAILY, APIA)  # 30 December is its period 29
    aligned = AlignedInstantSchedule(at(APIA, 2011, 12, 28, 12), schedule, at(APIA, 2012, 1, 1, 6))
    assert aligned.count == 5
    with pytest.raises(InvalidValueError, match="n 2: the zone skipped this day"):
        aligned.period(2)
    for ask in (aligned.periods, aligned.explain, lambda: aligned.cycles(at(APIA, 2011, 12, 29), 2)):
        with pytest.raises(InvalidValueError, match="the zone skipped the day of period 2; list up to 2011-12-31"):
            ask()
    until, since = aligned.periods(until_at=at(APIA, 2011, 12, 31)), aligned.periods(at(APIA, 2011, 12, 31))
    assert [period.index for period in [*until, *since]] == [0, 1, 3, 4]
    assert sum(period.microseconds for period in [*until, *since]) == (12 + 24 + 24 + 6) * HOUR
    ends = AlignedInstantSchedule(at(APIA, 2011, 12, 28), schedule, at(APIA, 2011, 12, 31))
    assert ends.count == 2  # it ends where the skipped day does, and that day is no period of it


# Laws

STARTS = st.datetimes(datetime(1975, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
ZONES = st.sampled_from(
    [UTC, BERLIN, NEW_YORK, ZoneInfo("America/Sao_Paulo"), ZoneInfo("America/Havana"), ZoneInfo("Australia/Lord_Howe")]
)
RULED = st.one_of(
    st.tuples(st.builds(DayOfMonth, st.integers(1, 31)) | st.just(END_OF_MONTH), st.sampled_from([MONTHLY, QUARTERLY, ANNUAL])),
    st.tuples(st.builds(MonthDay, st.integers(1, 12), st.integers(1, 28)), st.sampled_from([QUARTERLY, ANNUAL])),
    st.tuples(st.sampled_from(Weekday), st.just(WEEKLY)),
)  # fmt: skip
TIMES = st.sampled_from([time(), time(0, 30), time(2, 30), time(12)])
LENGTHS = st.integers(1, 400 * 86_400_000_000)


@given(STARTS, RULED, ZONES, TIMES, LENGTHS, st.data())
def test_the_periods_touch_without_a_gap_from_the_start_to_the_end(start_at, ruled, zone, time_of_day, length, data):
    until_at = start_at + timedelta(microseconds=length)
    aligned = AlignedInstantSchedule.by_rule(start_at, *ruled, zone, until_at, time_of_day=time_of_day)
    periods = list(aligned.periods())
    assert InstantPeriod(start_at, until_at) == InstantPeriod(periods[0].start_at, periods[-1].end_at)
    assert all(earlier.end_at.astimezone(UTC) == later.start_at.astimezone(UTC) for earlier, later in pairwise(periods))
    assert sum(period.microseconds for period in periods) == length
    assert not any(period.is_stub for period in periods[1:-1])
    assert all(0 < period.fraction <= 1 for period in periods)
    instant = start_at + timedelta(microseconds=data.draw(st.integers(0, length - 1)))
    assert [n for n, period in enumerate(periods) if period.contains(instant)] == [aligned.index_of(instant)]
    assert aligned.period_containing(instant) == periods[aligned.index_of(instant)]


@given(st.dates(date(1975, 1, 1), date(2035, 1, 1)), RULED, st.integers(1, 1500))
def test_at_midnight_in_utc_a_subscription_is_the_one_of_days(start, ruled, length):
    until = start + timedelta(length)
    civil = AlignedSchedule.by_rule(start, *ruled, until)
    aligned = AlignedInstantSchedule.by_rule(
        at(UTC, start.year, start.month, start.day), *ruled, UTC, datetime.combine(until, time(), UTC)
    )
    assert aligned.count == civil.count
    for instants, days in zip(aligned.periods(), civil.periods(), strict=True):
        assert (instants.start_at.date(), instants.end_at.date()) == (days.start, days.end)
        assert instants.microseconds == days.days * 24 * HOUR
        assert (instants.fraction, instants.is_stub, instants.index) == (days.fraction, days.is_stub, days.index)


@given(STARTS, st.sampled_from([DAILY, WEEKLY, MONTHLY, Cadence.daily(10)]), ZONES, LENGTHS)
def test_counted_back_the_last_period_is_full(start_at, cadence, zone, length):
    until_at = start_at + timedelta(microseconds=length)
    aligned = AlignedInstantSchedule.backwards(start_at, until_at, cadence, zone)
    last = aligned.period(aligned.count - 1)
    assert last.end_at.astimezone(UTC) == until_at
    assert not last.is_stub or aligned.count == 1
    assert aligned.boundary(aligned.count).astimezone(UTC) == until_at
