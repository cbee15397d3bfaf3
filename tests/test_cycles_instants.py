"""Instants and zones: 23 and 25 hours, clocks that skip and repeat, a date that never was."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import (
    ANNUAL,
    END_OF_MONTH,
    MONTHLY,
    WEEKLY,
    Cadence,
    InstantPeriod,
    InstantSchedule,
    Schedule,
    civil_date,
    start_of_day,
)
from billingcore.errors import OutOfRangeError

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")
HOUR = 3_600_000_000
DAILY = Cadence.daily()
ZONES = st.sampled_from(
    [
        UTC,
        BERLIN,
        NEW_YORK,
        ZoneInfo("Pacific/Kiritimati"),
        ZoneInfo("Etc/GMT+12"),
        ZoneInfo("Australia/Lord_Howe"),
        ZoneInfo("America/Sao_Paulo"),
        ZoneInfo("Africa/Casablanca"),
        timezone(timedelta(hours=5, minutes=45)),
    ]
)
INSTANTS = st.datetimes(datetime(1975, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def at(zone: tzinfo, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=zone, fold=fold)


# Civil dates


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (UTC, date(2026, 1, 1)),
        (ZoneInfo("Pacific/Kiritimati"), date(2026, 1, 2)),  # +14
        (ZoneInfo("Etc/GMT+12"), date(2025, 12, 31)),  # -12
        (NEW_YORK, date(2026, 1, 1)),
        (tz.tzoffset(None, -12 * 3600), date(2025, 12, 31)),
    ],
)
def test_one_instant_is_three_dates_on_earth(zone, expected):
    assert civil_date(at(UTC, 2026, 1, 1, 11, 0), zone) == expected


def test_samoa_never_had_30_december_2011():
    last_of_the_29th = at(UTC, 2011, 12, 30, 9, 59, 59)
    assert civil_date(last_of_the_29th, APIA) == date(2011, 12, 29)
    assert civil_date(last_of_the_29th + timedelta(seconds=1), APIA) == date(2011, 12, 31)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "", "../../etc/passwd", None, 1, timedelta(hours=1), ZoneInfo])
def test_a_zone_is_an_object_and_never_a_name(zone):
    with pytest.raises(InvalidTypeError, match="a tzinfo object"):
        civil_date(at(UTC, 2026, 1, 1), zone)
    with pytest.raises(InvalidTypeError, match="a tzinfo object"):
        InstantSchedule(at(UTC, 2026, 1, 1), MONTHLY, zone)


class Mute(tzinfo):
    """A zone that does not know its offset."""


class Vague(tzinfo):
    def utcoffset(self, _):
        return None


class Wrong(tzinfo):
    def utcoffset(self, _):
        return timedelta(days=3)


class Sub(datetime):
    """A subclass of datetime, as pandas makes them."""


@pytest.mark.parametrize(
    "instant",
    [
        date(2026, 1, 1),
        datetime(2026, 1, 1),  # noqa: DTZ001 - the naive one
        "2026-01-01T00:00:00Z",
        0,
        None,
        Sub(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=Mute()),
        datetime(2026, 1, 1, tzinfo=Vague()),
        datetime(2026, 1, 1, tzinfo=Wrong()),
    ],
)
def test_an_instant_is_aware(instant):
    period = InstantPeriod(at(UTC, 2026, 1, 1), at(UTC, 2026, 2, 1))
    schedule = InstantSchedule(at(UTC, 2026, 1, 1), MONTHLY, UTC)
    for ask in (
        lambda: civil_date(instant, UTC),
        lambda: InstantPeriod(instant, at(UTC, 2026, 2, 1)),
        lambda: InstantPeriod(at(UTC, 2026, 1, 1), instant),
        lambda: InstantSchedule(instant, MONTHLY, UTC),
        lambda: period.contains(instant),
        lambda: period.split(instant),
        lambda: schedule.index_of(instant),
        lambda: schedule.period_containing(instant),
        lambda: schedule.periods(instant, at(UTC, 2026, 2, 1)),
        lambda: schedule.periods(at(UTC, 2026, 2, 1), instant),
    ):
        with pytest.raises(InvalidTypeError, match="an aware datetime"):
            ask()


class Broken(tzinfo):
    def utcoffset(self, _):
        raise RuntimeError


class BrokenLater(tzinfo):
    """A zone that knows its offset until 2030."""

    def utcoffset(self, instant):
        if instant.year >= 2030:
            raise LookupError
        return timedelta(hours=1)

    def dst(self, _):
        return timedelta(0)


@pytest.mark.parametrize("zone", [Mute(), Vague(), Wrong(), Broken()], ids=lambda zone: type(zone).__name__)
def test_zones_that_cannot_answer(zone):
    """One without an offset was called "a day outside the calendar"; a RuntimeError of another leaked."""
    for ask in (
        lambda: civil_date(at(UTC, 2026, 1, 1), zone),
        lambda: civil_date(at(UTC, 9999, 12, 31), zone),
        lambda: InstantSchedule(at(UTC, 2026, 1, 1), MONTHLY, zone),
    ):
        with pytest.raises(InvalidTypeError, match="zone must be a tzinfo object that knows its offset from UTC"):
            ask()
    with pytest.raises(InvalidTypeError, match="an aware datetime"):
        civil_date(datetime(2026, 1, 1, tzinfo=zone), UTC)


def test_a_zone_that_breaks_later():
    schedule = InstantSchedule(at(UTC, 2029, 1, 1), MONTHLY, BrokenLater())
    assert str(schedule.boundary(1)) == "2029-02-01 01:00:00+01:00"
    with pytest.raises(InvalidTypeError, match="knows its offset"):
        schedule.boundary(15)


def test_instants_off_the_calendar():
    with pytest.raises(OutOfRangeError):
        civil_date(datetime.max.replace(tzinfo=UTC), timezone(timedelta(hours=14)))
    with pytest.raises(OutOfRangeError):
        civil_date(datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), UTC)
    with pytest.raises(OutOfRangeError):
        InstantSchedule(at(UTC, 2026, 1, 1), ANNUAL, UTC).boundary(8000)


def test_off_the_calendar_names_what_the_caller_gave():
    east, end = timezone(timedelta(hours=14)), at(UTC, 9999, 12, 31, 23)
    west, start = timezone(timedelta(hours=-12)), at(UTC, 1, 1, 1)
    utc = InstantSchedule(at(UTC, 2026, 1, 1), ANNUAL, UTC)
    easterly = InstantSchedule(at(UTC, 9999, 12, 25), DAILY, east)
    westerly = InstantSchedule(at(west, 1, 1, 1, 11), DAILY, west)
    early = InstantSchedule(at(east, 1, 1, 2, 10), DAILY, east)
    for ask, name, value in (
        (lambda: civil_date(end, east), "instant", end),
        (lambda: civil_date(start, west), "instant", start),
        (lambda: InstantSchedule(end, DAILY, east), "anchor_at", end),
        (lambda: utc.boundary(8000), "n", 8000),
        (lambda: utc.period(7973), "n", 7973),
        (lambda: utc.index_of(end), "instant", end),
        (lambda: utc.period_containing(end), "instant", end),
        (lambda: utc.periods(at(UTC, 2026, 1, 1), end), "until_at", end),
        (lambda: easterly.index_of(end), "instant", end),
        (lambda: easterly.periods(at(UTC, 9999, 12, 25), end), "until_at", end),
        (lambda: easterly.periods(end, end), "start_at", end),
        (lambda: westerly.boundary(-1), "n", -1),
        (lambda: early.boundary(-1), "n", -1),  # 10:00 on 1 January of year 1 in the east: in UTC the year before
    ):
        with pytest.raises(OutOfRangeError) as raised:
            ask()
        assert (raised.value.name, raised.value.value) == (name, value)


# The first instant of a day


@pytest.mark.parametrize(
    ("zone", "on", "expected"),
    [
        (
            "Europe/Berlin",
            date(2026, 3, 29),
            "2026-03-29 00:00:00+01:00",
        ),  # the clock changes at 02:00: not midnight's matter
        ("America/Sao_Paulo", date(2018, 11, 3), "2018-11-03 00:00:00-03:00"),
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04 01:00:00-02:00"),  # 00:00 became 01:00
        (
            "America/Sao_Paulo",
            date(2018, 2, 18),
            "2018-02-18 00:00:00-03:00",
        ),  # 23:00 of the 17th came twice; midnight once
        ("Asia/Beirut", date(2022, 3, 27), "2022-03-27 01:00:00+03:00"),
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-26 01:00:00+03:00"),
        ("America/Santiago", date(2024, 9, 8), "2024-09-08 01:00:00-03:00"),
        ("America/Havana", date(2024, 3, 10), "2024-03-10 01:00:00-04:00"),
        ("America/Havana", date(2024, 11, 3), "2024-11-03 00:00:00-04:00"),  # 01:00 became 00:00: midnight came twice
        ("America/Toronto", date(1919, 3, 31), "1919-03-31 00:30:00-04:00"),  # 23:30 of the 30th became 00:30
        ("America/St_Johns", date(2010, 11, 7), "2010-11-07 00:00:00-02:30"),  # 00:01 became 23:01 of the 6th
        ("Asia/Pyongyang", date(2018, 5, 5), "2018-05-05 00:00:00+09:00"),  # 23:30 of the 4th became 00:00
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-29 00:00:00-10:00"),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-31 00:00:00+14:00"),
        ("Pacific/Kwajalein", date(1969, 9, 30), "1969-09-30 00:00:00+11:00"),  # this day came twice, nearly whole
    ],
)
def test_the_first_instant_of_a_day(zone, on, expected):
    for each in (ZoneInfo(zone), tz.gettz(zone)):
        first = start_of_day(on, each)
        assert str(first) == expected
        assert first.tzinfo is each
        assert civil_date(first.astimezone(UTC) - timedelta(microseconds=1), each) < on


@pytest.mark.parametrize(
    ("zone", "on", "instead"),
    [
        ("Pacific/Apia", date(2011, 12, 30), date(2011, 12, 31)),
        ("Pacific/Fakaofo", date(2011, 12, 30), date(2011, 12, 31)),
        ("Pacific/Kiritimati", date(1994, 12, 31), date(1995, 1, 1)),
        ("Pacific/Kwajalein", date(1993, 8, 21), date(1993, 8, 22)),
    ],
)
def test_a_day_that_never_was_has_no_first_instant(zone, on, instead):
    for each in (ZoneInfo(zone), tz.gettz(zone)):
        with pytest.raises(InvalidValueError, match=f"on {on}: the zone skipped this day; give .* {instead}") as raised:
            start_of_day(on, each)
        assert raised.value.name == "on"
        assert civil_date(start_of_day(instead, each), each) == instead


class LateFirstDay(tzinfo):
    """A zone whose very first day on the calendar begins at 01:00."""

    def utcoffset(self, instant):
        return timedelta(hours=1 if instant.hour else 0)

    def fromutc(self, instant):
        return instant + timedelta(hours=1)


class Skipping(tzinfo):
    """A zone of old code: it reads a time that its clock skips, 00:00 to 01:00 on 1 March 2026, by the offset after."""

    def utcoffset(self, instant):
        return timedelta(hours=1 if instant.replace(tzinfo=None) >= datetime(2026, 3, 1) else 0)  # noqa: DTZ001 - local

    def fromutc(self, instant):
        return instant + self.utcoffset(instant)


def test_a_zone_may_read_a_skipped_midnight_from_either_side():
    assert start_of_day(date(2026, 3, 1), Skipping()).replace(tzinfo=None) == datetime(2026, 3, 1, 1)  # noqa: DTZ001 - local


def test_what_has_no_first_instant():
    for on in ("2026-01-01", at(UTC, 2026, 1, 1), None):
        with pytest.raises(InvalidTypeError, match=r"on must be a datetime\.date"):
            start_of_day(on, UTC)
    for zone in ("Europe/Berlin", None, ZoneInfo, Mute(), Broken()):
        with pytest.raises(InvalidTypeError, match="zone must be a tzinfo object"):
            start_of_day(date(2026, 1, 1), zone)
    for on, zone in (
        (date.min, timezone(timedelta(hours=14))),  # in UTC the year before
        (date.min, LateFirstDay()),
    ):
        with pytest.raises(OutOfRangeError) as raised:
            start_of_day(on, zone)
        assert (raised.value.name, raised.value.value) == ("on", on)
    assert start_of_day(date.max, UTC).isoformat() == "9999-12-31T00:00:00+00:00"


@given(st.dates(date(1975, 1, 1), date(2035, 1, 1)), ZONES)
def test_a_day_begins_when_its_date_does(on, zone):
    try:
        first = start_of_day(on, zone)
    except InvalidValueError:
        assert (zone, on) == (ZoneInfo("Pacific/Kiritimati"), date(1994, 12, 31))
        return
    assert civil_date(first, zone) == on
    assert civil_date(first.astimezone(UTC) - timedelta(microseconds=1), zone) < on


# Periods of instants


def test_days_of_23_and_25_hours():
    for day, hours in ((date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 6, 1), 24)):
        start = at(NEW_YORK, day.year, day.month, day.day)
        period = InstantSchedule(start, DAILY, NEW_YORK).period(0)
        assert period.microseconds == hours * HOUR


def test_a_local_difference_would_be_an_hour_out():
    """B13: subtracting two local times of one zone ignores the change of clocks; two folds compare equal."""
    start, end = at(NEW_YORK, 2026, 3, 8), at(NEW_YORK, 2026, 3, 9)
    assert end - start == timedelta(hours=24)
    assert InstantPeriod(start, end).microseconds == 82_800_000_000
    first, second = at(NEW_YORK, 2026, 11, 1, 1, 30), at(NEW_YORK, 2026, 11, 1, 1, 30, fold=1)
    assert first == second
    assert InstantPeriod(first, second).microseconds == HOUR


def test_periods_are_equal_when_their_instants_are():
    here = InstantPeriod(at(BERLIN, 2026, 1, 1), at(BERLIN, 2026, 2, 1))
    there = InstantPeriod(at(UTC, 2025, 12, 31, 23), at(UTC, 2026, 1, 31, 23), None, 4)
    assert here == there
    assert hash(here) == hash(there)
    assert here != InstantPeriod(here.start_at, here.end_at, here)
    assert pickle.loads(pickle.dumps(here)) == here
    assert str(here) == "2026-01-01 00:00:00+01:00 to 2026-02-01 00:00:00+01:00"


def test_shares_to_the_second():
    january = InstantPeriod(at(UTC, 2024, 1, 1), at(UTC, 2024, 2, 1))
    used, unused = january.split(at(UTC, 2024, 1, 16, 12))
    assert (used.fraction, unused.fraction) == (Fraction(1, 2), Fraction(1, 2))
    assert used.full == january == january.full
    assert january.contains(january.start_at)
    assert not january.contains(january.end_at)
    for cut in (january.start_at, january.end_at):
        with pytest.raises(InvalidValueError, match="is cut between"):
            january.split(cut)
    for end_at in (january.start_at, at(UTC, 2023, 12, 31)):
        with pytest.raises(InvalidValueError, match="must end after"):
            InstantPeriod(january.start_at, end_at)
    with pytest.raises(InvalidTypeError):
        InstantPeriod(january.start_at, january.end_at, "x")
    for start_at, end_at in ((at(UTC, 2023, 12, 31), at(UTC, 2024, 1, 2)), (at(UTC, 2024, 1, 31), at(UTC, 2024, 2, 2))):
        with pytest.raises(InvalidValueError, match="lies within its full period"):
            InstantPeriod(start_at, end_at, january)
    with pytest.raises(InvalidValueError, match="this is a stub"):
        InstantPeriod(used.start_at, used.end_at, used)
    with pytest.raises(InvalidTypeError):
        InstantPeriod(january.start_at, january.end_at, None, True)


@given(INSTANTS, st.integers(2, 10**14), ZONES, st.data())
def test_a_share_does_not_depend_on_the_zone_it_is_written_in(start, length, zone, data):
    end = start + timedelta(microseconds=length)
    cut = start + timedelta(microseconds=data.draw(st.integers(1, length - 1)))
    here, there = InstantPeriod(start, end), InstantPeriod(start.astimezone(zone), end.astimezone(zone))
    assert here == there
    for ours, theirs in zip(here.split(cut), there.split(cut.astimezone(zone)), strict=True):
        assert ours == theirs
        assert ours.fraction == theirs.fraction


# Schedules of instants


def test_boundaries_keep_the_time_of_day():
    schedule = InstantSchedule(at(BERLIN, 2026, 1, 31, 9, 30), MONTHLY, BERLIN)
    assert [str(schedule.boundary(n)) for n in range(4)] == [
        "2026-01-31 09:30:00+01:00",
        "2026-02-28 09:30:00+01:00",
        "2026-03-31 09:30:00+02:00",
        "2026-04-30 09:30:00+02:00",
    ]


def test_the_anchor_is_read_in_the_zone_of_the_schedule():
    schedule = InstantSchedule(at(UTC, 2026, 1, 31, 23, 30), MONTHLY, BERLIN)
    assert str(schedule.anchor_at) == "2026-02-01 00:30:00+01:00"
    assert str(schedule.boundary(1)) == "2026-03-01 00:30:00+01:00"
    month_end = InstantSchedule(at(BERLIN, 2026, 4, 30, 12), MONTHLY, BERLIN, END_OF_MONTH)
    assert str(month_end.boundary(1)) == "2026-05-31 12:00:00+02:00"
    assert month_end.rule is END_OF_MONTH


def test_a_time_that_the_clock_skips_is_counted_on_from_before():
    """RFC 5545 3.3.5: 02:30 on the day when clocks go from 02:00 to 03:00 is 03:30."""
    schedule = InstantSchedule(at(NEW_YORK, 2026, 3, 7, 2, 30), DAILY, NEW_YORK)
    assert [str(schedule.boundary(n)) for n in range(3)] == [
        "2026-03-07 02:30:00-05:00",
        "2026-03-08 03:30:00-04:00",
        "2026-03-09 02:30:00-04:00",
    ]


def test_a_time_that_comes_twice_is_the_first_of_the_two():
    schedule = InstantSchedule(at(NEW_YORK, 2026, 10, 31, 1, 30), DAILY, NEW_YORK)
    assert str(schedule.boundary(1)) == "2026-11-01 01:30:00-04:00"
    assert schedule.period(1).microseconds == 25 * HOUR


def test_an_anchor_in_the_second_hour_stays_there():
    anchor = at(NEW_YORK, 2025, 11, 2, 1, 30, fold=1)
    schedule = InstantSchedule(anchor, Cadence.daily(364), NEW_YORK)
    assert str(schedule.boundary(0)) == "2025-11-02 01:30:00-05:00"
    assert str(schedule.boundary(1)) == "2026-11-01 01:30:00-05:00"
    daily = InstantSchedule(at(NEW_YORK, 2026, 11, 1, 1, 30, fold=1), Cadence.daily(492), NEW_YORK)
    assert daily.boundary(1).date() == date(2028, 3, 7)
    skipping = InstantSchedule(
        at(ZoneInfo("Europe/London"), 2025, 10, 26, 1, 30, fold=1), DAILY, ZoneInfo("Europe/London")
    )
    in_the_gap = (date(2026, 3, 29) - date(2025, 10, 26)).days
    assert str(skipping.boundary(in_the_gap)) == "2026-03-29 02:30:00+01:00"  # forward, as for the first hour


def test_samoa_bills_no_day_that_was_not_there():
    schedule = InstantSchedule(at(APIA, 2011, 12, 28), DAILY, APIA)
    assert [str(schedule.boundary(n)) for n in (1, 2, 3, 4)] == [
        "2011-12-29 00:00:00-10:00",
        "2011-12-31 00:00:00+14:00",
        "2011-12-31 00:00:00+14:00",
        "2012-01-01 00:00:00+14:00",
    ]
    assert schedule.period(1).microseconds == 24 * HOUR
    with pytest.raises(InvalidValueError, match="the zone skipped this day"):
        schedule.period(2)
    assert schedule.index_of(at(APIA, 2011, 12, 31)) == 3
    assert schedule.period_containing(at(APIA, 2011, 12, 31, 12)).index == 3
    with pytest.raises(
        InvalidValueError, match="the zone skipped the day of period 2; list up to 2011-12-31"
    ) as raised:
        schedule.periods(at(APIA, 2011, 12, 28), at(APIA, 2012, 1, 3))  # it gave two periods, and failed on the third
    assert raised.value.name == "start_at"
    until = schedule.periods(at(APIA, 2011, 12, 28), at(APIA, 2011, 12, 31))
    since = schedule.periods(at(APIA, 2011, 12, 31), at(APIA, 2012, 1, 3))
    assert [period.index for period in [*until, *since]] == [0, 1, 3, 4, 5]
    assert sum(period.microseconds for period in [*until, *since]) == 5 * 24 * HOUR
    monthly = InstantSchedule(at(APIA, 2011, 11, 30), MONTHLY, APIA)
    assert monthly.period(0).microseconds == 30 * 24 * HOUR  # 30 November to 31 December, and no 30th in between


@pytest.mark.parametrize(
    ("name", "year", "month", "day"),
    [
        ("Pacific/Apia", 2011, 12, 30),
        ("Pacific/Fakaofo", 2011, 12, 30),
        ("Pacific/Kwajalein", 1993, 8, 21),
        ("Pacific/Kiritimati", 1994, 12, 31),
        ("Pacific/Kanton", 1994, 12, 31),
    ],
)
def test_a_skipped_day_is_found_wherever_it_lies_in_the_list(name, year, month, day):
    zone = ZoneInfo(name)
    skipped = date(year, month, day)
    for before in (0, 1, 27, 28, 29, 400):
        for after in (1, 2, 28, 400):
            start, end = skipped - timedelta(before + 1), skipped + timedelta(after)
            schedule = InstantSchedule(at(zone, start.year, start.month, start.day), DAILY, zone)
            until = at(zone, end.year, end.month, end.day)
            if after == 1:
                assert len(schedule.periods(schedule.anchor_at, until)) == before + 1
            else:
                with pytest.raises(InvalidValueError, match=f"skipped the day of period {before + 1};"):
                    schedule.periods(schedule.anchor_at, until)


def test_long_lists_of_days_are_cheap(quickly):
    schedule = InstantSchedule(at(NEW_YORK, 2026, 1, 1), DAILY, NEW_YORK)
    assert len(quickly(lambda: schedule.periods(at(NEW_YORK, 2026, 1, 1), at(NEW_YORK, 2056, 1, 1)))) == 10_957


# Explanations


def test_a_schedule_of_instants_explains_its_clamped_boundaries():
    schedule = InstantSchedule(at(BERLIN, 2026, 1, 31, 9, 30), MONTHLY, BERLIN)
    assert [schedule.is_clamped(n) for n in range(4)] == [False, True, False, True]
    assert schedule.explain(at(BERLIN, 2026, 2, 28, 9, 30), at(BERLIN, 2026, 4, 30, 9, 30)).splitlines() == [
        "every month from 2026-01-31, on day 31 of the month, at 09:30:00 on the clock",
        (
            "period 1: 2026-02-28 09:30:00+01:00 to 2026-03-31 09:30:00+02:00: 30 days, 23:00:00, a full period; 2026-02 has "
            "no day 31, so it starts on its last day"
        ),
        (
            "period 2: 2026-03-31 09:30:00+02:00 to 2026-04-30 09:30:00+02:00: 30 days, 0:00:00, a full period; 2026-04 has "
            "no day 31, so it ends on its last day"
        ),
    ]
    assert str(schedule) == schedule.describe()


def test_a_schedule_of_instants_explains_gaps_and_folds():
    spring = InstantSchedule(at(NEW_YORK, 2026, 3, 7, 2, 30), DAILY, NEW_YORK)
    assert spring.explain(spring.boundary(0), spring.boundary(2)).splitlines()[1:] == [
        (
            "period 0: 2026-03-07 02:30:00-05:00 to 2026-03-08 03:30:00-04:00: 1 day, 0:00:00, a full period; the clock "
            "skipped 2026-03-08 02:30:00, so it ends at 2026-03-08 03:30:00"
        ),
        "period 1: 2026-03-08 03:30:00-04:00 to 2026-03-09 02:30:00-04:00: 23:00:00, a full period",
    ]
    assert "so it starts at 2026-03-08 03:30:00" in spring.explain(spring.boundary(1), spring.boundary(2))
    autumn = InstantSchedule(at(NEW_YORK, 2026, 10, 31, 1, 30), DAILY, NEW_YORK)
    assert autumn.explain(autumn.boundary(0), autumn.boundary(1)).endswith(
        "; the clock showed 2026-11-01 01:30:00 twice, and it ends at the first of the two"
    )
    second = InstantSchedule(at(NEW_YORK, 2026, 11, 1, 1, 30, fold=1), DAILY, NEW_YORK)
    assert second.explain(second.boundary(0), second.boundary(1)).endswith(
        "; the clock showed 2026-11-01 01:30:00 twice, and it starts at the second of the two"
    )


def test_a_schedule_of_instants_explains_a_day_that_never_was():
    schedule = InstantSchedule(at(APIA, 2011, 12, 28), DAILY, APIA)
    assert schedule.explain(schedule.boundary(0), at(APIA, 2012, 1, 1)).splitlines()[1:] == [
        "period 0: 2011-12-28 00:00:00-10:00 to 2011-12-29 00:00:00-10:00: 1 day, 0:00:00, a full period",
        (
            "period 1: 2011-12-29 00:00:00-10:00 to 2011-12-31 00:00:00+14:00: 1 day, 0:00:00, a full period; the clock "
            "skipped 2011-12-30 00:00:00, so it ends at 2011-12-31 00:00:00"
        ),
        "period 2: the zone skipped 2011-12-30: no time",
        "period 3: 2011-12-31 00:00:00+14:00 to 2012-01-01 00:00:00+14:00: 1 day, 0:00:00, a full period",
    ]


@given(INSTANTS, st.sampled_from([DAILY, WEEKLY, MONTHLY, ANNUAL, Cadence.daily(10)]), ZONES, INSTANTS)
def test_exactly_one_period_contains_an_instant(anchor, cadence, zone, instant):
    schedule = InstantSchedule(anchor, cadence, zone)
    assert schedule.boundary(0) == anchor
    n = schedule.index_of(instant)
    period = schedule.period_containing(instant)
    assert period.index == n
    assert period.contains(instant)
    assert not schedule.period(n - 1).contains(instant)
    assert not schedule.period(n + 1).contains(instant)


@given(INSTANTS, ZONES, st.integers(-30, 30))
def test_the_days_are_those_of_the_civil_schedule(anchor, zone, n):
    schedule = InstantSchedule(anchor, MONTHLY, zone)
    civil = Schedule(civil_date(anchor, zone), MONTHLY)
    found = civil_date(schedule.boundary(n), zone)
    assert found - civil.boundary(n) in (timedelta(0), timedelta(days=1))  # a time skipped at midnight is the next day


def test_clocks_that_go_back_over_midnight():
    """Newfoundland, 7 November 2010: at 00:01 clocks went back to 23:01 of the 6th, after midnight had come once."""
    zone = ZoneInfo("America/St_Johns")
    schedule = InstantSchedule(at(zone, 2010, 11, 5), DAILY, zone)
    again_the_6th = at(zone, 2010, 11, 6, 23, 30, fold=1)
    assert schedule.boundary(2) < again_the_6th.astimezone(UTC)
    assert schedule.index_of(again_the_6th) == 2
    assert schedule.period(2).microseconds == 25 * HOUR


def test_periods_of_instants_are_listed():
    schedule = InstantSchedule(at(BERLIN, 2026, 1, 1), MONTHLY, BERLIN)
    year = schedule.periods(at(BERLIN, 2026, 1, 1), at(BERLIN, 2027, 1, 1))
    assert len(year) == 12
    assert all(earlier.end_at == later.start_at for earlier, later in pairwise(year))
    assert sum(period.microseconds for period in year) == 365 * 24 * HOUR
    assert InstantPeriod(at(UTC, 2026, 1, 31, 23), at(UTC, 2026, 2, 28, 23)) in year  # February, written in UTC
    assert InstantPeriod(at(UTC, 2026, 1, 31, 22), at(UTC, 2026, 2, 28, 23)) not in year
    assert InstantPeriod(at(UTC, 2026, 12, 31, 23), at(UTC, 2027, 1, 31, 23)) not in year
    assert len(schedule.periods(at(UTC, 2026, 1, 15), at(UTC, 2026, 2, 15))) == 2
    assert len(schedule.periods(at(UTC, 2026, 1, 15), at(UTC, 2026, 1, 15))) == 0
    with pytest.raises(InvalidValueError, match="forwards"):
        schedule.periods(at(UTC, 2026, 1, 15), at(UTC, 2026, 1, 14))
    assert schedule == InstantSchedule(at(UTC, 2025, 12, 31, 23), MONTHLY, BERLIN)
    assert pickle.loads(pickle.dumps(schedule)) == schedule
