"""Schedules of instants by a rule, at a time of day: what they begin with, and what they refuse."""

import pickle
from datetime import UTC, date, datetime, time, timedelta, timezone
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
    Cadence,
    DayOfMonth,
    InstantSchedule,
    MonthDay,
    Schedule,
    Weekday,
)
from billingcore.errors import OutOfRangeError

BERLIN = ZoneInfo("Europe/Berlin")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")
TORONTO = ZoneInfo("America/Toronto")
NINE = time(9, 30)
DAILY = Cadence.daily()


def at(zone, *parts, fold=0):
    return datetime(*parts, tzinfo=zone, fold=fold)


@pytest.mark.parametrize(
    ("start_at", "rule", "cadence", "zone", "time_of_day", "first", "second"),
    [
        # the 1st at midnight, from the 10th: the next 1st
        (at(UTC, 2026, 1, 10, 12), DayOfMonth(1), MONTHLY, UTC, time(), "2026-02-01 00:00:00+00:00", "2026-03-01 00:00:00+00:00"),
        # 12:00 on the 1st is after midnight: that bill day has begun, so the next one; midnight itself is "at or after"
        (at(UTC, 2026, 2, 1, 12), DayOfMonth(1), MONTHLY, UTC, time(), "2026-03-01 00:00:00+00:00", "2026-04-01 00:00:00+00:00"),
        (at(UTC, 2026, 2, 1), DayOfMonth(1), MONTHLY, UTC, time(), "2026-02-01 00:00:00+00:00", "2026-03-01 00:00:00+00:00"),
        # 09:30 on the same day is still to come at 09:00, and is over at 10:00
        (at(UTC, 2026, 2, 1, 9), DayOfMonth(1), MONTHLY, UTC, NINE, "2026-02-01 09:30:00+00:00", "2026-03-01 09:30:00+00:00"),
        (at(UTC, 2026, 2, 1, 10), DayOfMonth(1), MONTHLY, UTC, NINE, "2026-03-01 09:30:00+00:00", "2026-04-01 09:30:00+00:00"),
        # 23:30 in UTC on 31 January is 00:30 on 1 February in Berlin: that bill day has begun
        (at(UTC, 2026, 1, 31, 23, 30), DayOfMonth(1), MONTHLY, BERLIN, time(), "2026-03-01 00:00:00+01:00", "2026-04-01 00:00:00+02:00"),
        (at(UTC, 2026, 1, 31, 12), END_OF_MONTH, MONTHLY, BERLIN, time(), "2026-02-28 00:00:00+01:00", "2026-03-31 00:00:00+02:00"),
        (at(UTC, 2026, 5, 20), MonthDay(1, 1), QUARTERLY, UTC, time(), "2026-07-01 00:00:00+00:00", "2026-10-01 00:00:00+00:00"),
        (at(UTC, 2026, 3, 4), Weekday.SUNDAY, WEEKLY, NEW_YORK, NINE, "2026-03-08 09:30:00-04:00", "2026-03-15 09:30:00-04:00"),
        # the clock skipped 00:00 on 4 November 2018 in São Paulo: 01:00 that day, and midnight again from then on
        (at(SAO_PAULO, 2018, 10, 10), DayOfMonth(4), MONTHLY, SAO_PAULO, time(), "2018-11-04 01:00:00-02:00", "2018-12-04 00:00:00-02:00"),
        # 01:30 came twice in New York on 1 November 2026: the first of the two, or the second where that is said
        (at(NEW_YORK, 2026, 10, 15), DayOfMonth(1), MONTHLY, NEW_YORK, time(1, 30), "2026-11-01 01:30:00-04:00", "2026-12-01 01:30:00-05:00"),
        (
            at(NEW_YORK, 2026, 10, 15), DayOfMonth(1), MONTHLY, NEW_YORK, time(1, 30, fold=1),
            "2026-11-01 01:30:00-05:00", "2026-12-01 01:30:00-05:00",
        ),
        # Samoa had no 30 December 2011; and 30 March 1919 in Toronto had no 23:45: the boundary lies on the 31st
        (at(APIA, 2011, 12, 5), DayOfMonth(30), MONTHLY, APIA, time(), "2012-01-30 00:00:00+14:00", "2012-02-29 00:00:00+14:00"),
        (at(TORONTO, 1919, 3, 5), DayOfMonth(30), MONTHLY, TORONTO, time(23, 45), "1919-04-30 23:45:00-04:00", "1919-05-30 23:45:00-04:00"),
    ],
)  # fmt: skip
def test_a_rule_begins_with_its_first_instant_from_the_start(start_at, rule, cadence, zone, time_of_day, first, second):
    schedule = InstantSchedule.by_rule(start_at, rule, cadence, zone, time_of_day=time_of_day)
    assert [str(schedule.boundary(n)) for n in (0, 1)] == [first, second]
    assert str(schedule.anchor_at) == first
    assert (schedule.rule, schedule.cadence, schedule.zone) == (rule, cadence, zone)
    assert pickle.loads(pickle.dumps(schedule)) == schedule == attrs.evolve(schedule)


def test_the_time_of_day_is_kept_where_the_anchor_does_not_say_it():
    anchor = at(SAO_PAULO, 2018, 11, 4, 1)  # the first instant of that day
    midnight = InstantSchedule(anchor, DAILY, SAO_PAULO, None, time())
    one = InstantSchedule(anchor, DAILY, SAO_PAULO)
    assert str(midnight.boundary(1)) == "2018-11-05 00:00:00-02:00"
    assert str(one.boundary(1)) == "2018-11-05 01:00:00-02:00"
    assert midnight != one
    assert one == InstantSchedule(anchor, DAILY, SAO_PAULO, None, time(1))
    assert midnight != InstantSchedule(anchor, DAILY, SAO_PAULO, None, time(fold=1))  # the second of two midnights
    assert midnight.describe() == "every day from 2018-11-04, at 00:00:00 on the clock"
    assert midnight.explain_boundary(0) == "; the clock skipped 2018-11-04 00:00:00, so it ends at 2018-11-04 01:00:00"


@pytest.mark.parametrize("zone", [UTC, BERLIN])
def test_a_time_of_day_that_is_not_the_anchors_is_refused(zone):
    anchor = at(zone, 2026, 1, 1, 9)
    with pytest.raises(InvalidValueError, match="time_of_day '09:30:00': the anchor is at 09:00:00 on the clock"):
        InstantSchedule(anchor, MONTHLY, zone, None, NINE)
    second = at(NEW_YORK, 2026, 11, 1, 1, 30, fold=1)
    with pytest.raises(InvalidValueError, match="the anchor is at 01:30:00 on the clock"):
        InstantSchedule(second, MONTHLY, NEW_YORK, None, time(1, 30))


@pytest.mark.parametrize("ask", [
    lambda value: InstantSchedule(at(UTC, 2026, 1, 1), MONTHLY, UTC, None, value),
    lambda value: InstantSchedule.by_rule(at(UTC, 2026, 1, 1), DayOfMonth(1), MONTHLY, UTC, time_of_day=value),
])  # fmt: skip
def test_a_time_of_day_is_a_time_without_a_zone(ask):
    for value in ("00:00", 0, timedelta(0), at(UTC, 2026, 1, 1)):
        with pytest.raises(InvalidTypeError, match=r"time_of_day must be a datetime\.time"):
            ask(value)
    with pytest.raises(InvalidValueError, match="read on the clock of the zone"):
        ask(time(tzinfo=UTC))


def test_a_rule_off_the_calendar_names_what_the_caller_gave():
    west, end = timezone(timedelta(hours=-12)), at(UTC, 9999, 12, 2)
    for ask, name, value in (
        (lambda: InstantSchedule.by_rule(end, DayOfMonth(1), MONTHLY, UTC), "start_at", end),
        (lambda: InstantSchedule.by_rule(end, DayOfMonth(31), MONTHLY, west, time_of_day=time(13)), "start_at", end),
        (
            lambda: InstantSchedule(at(west, 9999, 12, 31, 11), DAILY, west, None, time(13)),
            "anchor_at",
            at(west, 9999, 12, 31, 11),
        ),
        (lambda: InstantSchedule.by_rule(end, MonthDay(12, 31), ANNUAL, UTC).cycles(end, 2), "count", 2),
    ):
        with pytest.raises(OutOfRangeError) as raised:
            ask()
        assert (raised.value.name, raised.value.value) == (name, value)
    with pytest.raises(InvalidValueError, match="a weekday comes round in weeks"):
        InstantSchedule.by_rule(at(UTC, 2026, 1, 1), Weekday.MONDAY, MONTHLY, UTC)


def test_a_schedule_of_instants_counts_its_cycles_and_knows_its_boundaries():
    schedule = InstantSchedule(at(BERLIN, 2025, 1, 31, 9, 30), MONTHLY, BERLIN)
    day = at(BERLIN, 2025, 2, 28, 9, 30)
    assert [str(period) for period in schedule.cycles(day, 2)] == [
        "2025-02-28 09:30:00+01:00 to 2025-03-31 09:30:00+02:00",
        "2025-03-31 09:30:00+02:00 to 2025-04-30 09:30:00+02:00",
    ]
    assert schedule.is_boundary(day)
    assert schedule.is_boundary(at(UTC, 2025, 2, 28, 8, 30))
    assert not schedule.is_boundary(at(UTC, 2025, 2, 28, 9, 30))
    with pytest.raises(InvalidValueError, match="give 1 cycle or more"):
        schedule.cycles(day, 0)
    with pytest.raises(OutOfRangeError, match="count 200000: it leads to a day outside the calendar"):
        schedule.cycles(day, 200_000)
    first = InstantSchedule(at(UTC, 1, 1, 15), MONTHLY, UTC)
    assert not first.is_boundary(at(UTC, 1, 1, 2))  # its period begins before the calendar does
    with pytest.raises(OutOfRangeError, match="instant "):
        first.cycles(at(UTC, 1, 1, 2), 1)


def test_cycles_with_a_day_that_never_was_are_refused():
    schedule = InstantSchedule(at(APIA, 2011, 12, 28), DAILY, APIA)
    assert len(schedule.cycles(schedule.anchor_at, 2)) == 2
    with pytest.raises(
        InvalidValueError, match="the zone skipped the day of period 2; list up to 2011-12-31"
    ) as raised:
        schedule.cycles(schedule.anchor_at, 3)
    assert raised.value.name == "instant"


RULES = st.one_of(
    st.builds(DayOfMonth, st.integers(1, 31)),
    st.just(END_OF_MONTH),
    st.builds(MonthDay, st.integers(1, 12), st.integers(1, 28)),
)
STARTS = st.datetimes(datetime(1975, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
ZONES = st.sampled_from([UTC, BERLIN, SAO_PAULO, NEW_YORK, APIA, ZoneInfo("America/Havana"), ZoneInfo("Asia/Beirut")])
TIMES = st.sampled_from([time(), NINE, time(0, 30), time(2, 30), time(23, 59, 59)])


@given(STARTS, RULES, st.sampled_from([MONTHLY, QUARTERLY, ANNUAL]), ZONES, TIMES)
def test_no_boundary_lies_between_the_start_and_the_first_one(start_at, rule, cadence, zone, time_of_day):
    schedule = InstantSchedule.by_rule(start_at, rule, cadence, zone, time_of_day=time_of_day)
    assert schedule.boundary(0).astimezone(UTC) >= start_at
    if isinstance(rule, MonthDay) and cadence is not ANNUAL:
        return
    before = schedule.boundary(-1).astimezone(UTC)
    assert before < start_at or date(2011, 12, 30) <= before.date() <= date(2011, 12, 31)  # a day that Samoa skipped


@given(STARTS, RULES, st.sampled_from([MONTHLY, QUARTERLY, ANNUAL]), st.integers(-40, 40))
def test_at_midnight_in_utc_the_boundaries_are_those_of_days(start_at, rule, cadence, n):
    midnight = datetime.combine(start_at.date(), time(), UTC)
    civil = Schedule.by_rule(start_at.date(), rule, cadence)
    schedule = InstantSchedule.by_rule(midnight, rule, cadence, UTC)
    assert schedule.boundary(n) == datetime.combine(civil.boundary(n), time(), UTC)
    assert schedule.is_boundary(schedule.boundary(n))
