"""Schedules: bill dates counted from an anchor, to both ends of the calendar, as sequences and in words."""

import pickle
import sys
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY as RRULE_MONTHLY
from dateutil.rrule import rrule

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import (
    ANNUAL,
    END_OF_MONTH,
    HALF_YEARLY,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    InstantPeriod,
    MonthDay,
    Period,
    Periods,
    Resume,
    Schedule,
    Term,
    Trial,
    TrialChange,
    Weekday,
    move_bill_date,
    renew_early,
    resume_schedule,
)
from billingcore.errors import OutOfRangeError
from samples import FROM_THE_31ST, JANUARY, NOT_DAYS, boundaries

NOON, NOON_LATER = datetime(2024, 4, 30, 12, tzinfo=UTC), datetime(2024, 5, 31, 12, tzinfo=UTC)
AL = AlignedSchedule(date(2024, 1, 10), Schedule(date(2024, 1, 15), MONTHLY))


def test_schedules_reach_to_the_last_day_of_the_calendar():
    assert FROM_THE_31ST.boundary(95_711) == date(9999, 12, 31)
    assert FROM_THE_31ST.index_of(date.max) == 95_711
    assert len(FROM_THE_31ST.periods(date(2024, 1, 31))) == 95_711
    assert FROM_THE_31ST.periods(date(2024, 1, 31))[-1].end == date.max
    assert Schedule(date.min, Cadence.daily()).boundary(3_652_058) == date.max
    assert Schedule(date.min, ANNUAL).index_of(date.min) == 0


@pytest.mark.parametrize("n", [95_712, -24_289, 10**9, -(10**9), 10**30, -(10**30)])
def test_off_the_calendar_is_our_own_error(n):
    for schedule in (FROM_THE_31ST, Schedule(date(2024, 1, 31), Cadence.daily(31))):
        if schedule is FROM_THE_31ST or abs(n) > 10**6:
            for ask in (schedule.boundary, schedule.period):
                with pytest.raises(OutOfRangeError):
                    ask(n)


@pytest.mark.parametrize(
    ("ask", "name", "value"),
    [
        (lambda: FROM_THE_31ST.period(95_711), "n", 95_711),
        (lambda: FROM_THE_31ST.period_containing(date.max), "day", date.max),
        (lambda: Schedule(date.min, WEEKLY).period_containing(date.max), "day", date.max),
        (lambda: Schedule(date(2024, 1, 15), MONTHLY).periods(date(9999, 12, 1), date.max), "until", date.max),
        (lambda: FROM_THE_31ST.periods(date.min, date(2024, 1, 1)), "start", date.min),
        (lambda: FROM_THE_31ST.cycles(date.min, 1), "day", date.min),
        (lambda: FROM_THE_31ST.cycles(date(9999, 11, 30), 2), "count", 2),
        (lambda: Schedule.by_rule(date(9999, 3, 1), MonthDay(2, 29), ANNUAL), "start", date(9999, 3, 1)),
        (lambda: Schedule.by_rule(date.max, Weekday.MONDAY, WEEKLY), "start", date.max),
        (lambda: AlignedSchedule.by_rule(date(9999, 12, 2), DayOfMonth(1), MONTHLY), "start", date(9999, 12, 2)),
        (lambda: AL.boundary(95_713), "n", 95_713),
        (lambda: AL.period(95_712), "n", 95_712),
        (lambda: AL.period_containing(date.max), "day", date.max),
        (lambda: AL.periods(until=date.max), "until", date.max),
        (lambda: Trial.lasting(date(9999, 12, 25), Cadence.daily(14)), "length", Cadence.daily(14)),
        (lambda: Trial(date(9999, 1, 1), date(9999, 12, 1)).extended(MONTHLY), "by", MONTHLY),
        (
            lambda: Trial(date(9999, 1, 1), date.max).changed(date(9999, 12, 30), TrialChange.RESTART, WEEKLY),
            "length",
            WEEKLY,
        ),
        (lambda: Term.of(date(2024, 1, 1), ANNUAL, 9000), "cycles", 9000),
        (lambda: Term(FROM_THE_31ST, 200_000, 1), "first", 200_000),
        (lambda: move_bill_date(Schedule(date(2024, 1, 15), MONTHLY), 95_709, date.max), "to", date.max),
        (lambda: resume_schedule(FROM_THE_31ST, date.min, date.max, Resume.RESTART), "paused_on", date.min),
        (lambda: resume_schedule(FROM_THE_31ST, date(2024, 1, 31), date.max, Resume.RESTART), "resumed_on", date.max),
        (lambda: resume_schedule(FROM_THE_31ST, date(2024, 1, 31), date.max, Resume.KEEP_DAYS), "resumed_on", date.max),
        (
            lambda: resume_schedule(FROM_THE_31ST, date(2024, 1, 31), date.max, Resume.KEEP_DATES),
            "resumed_on",
            date.max,
        ),
        (lambda: renew_early(FROM_THE_31ST, date(9999, 12, 1)), "on", date(9999, 12, 1)),
        (lambda: renew_early(FROM_THE_31ST, date(9999, 12, 1), restart=True), "on", date(9999, 12, 1)),
    ],
)
def test_off_the_calendar_names_what_the_caller_gave(ask, name, value):
    """It named steps on the way: "n 1" for a trial of 14 days, "month 120001" for a start."""
    with pytest.raises(OutOfRangeError) as raised:
        ask()
    assert (raised.value.name, raised.value.value) == (name, value)
    assert str(raised.value).endswith("it leads to a day outside the calendar (years 1 to 9999)")


def test_the_first_and_the_last_day_of_the_calendar_are_boundaries_or_not():
    for schedule in (
        FROM_THE_31ST,
        Schedule(date(2024, 1, 31), Cadence.daily(9)),
        Schedule(date(2024, 1, 15), MONTHLY),
    ):
        assert not schedule.is_boundary(date.min)
    assert not Schedule(date(2024, 1, 15), MONTHLY).is_boundary(date.max)
    assert FROM_THE_31ST.is_boundary(date.max)
    assert Schedule(date.min, ANNUAL).is_boundary(date.min)


def test_a_period_that_reaches_off_the_calendar():
    with pytest.raises(OutOfRangeError):
        FROM_THE_31ST.period_containing(date.max)
    with pytest.raises(OutOfRangeError):
        FROM_THE_31ST.period_containing(date.min)
    with pytest.raises(OutOfRangeError):
        Schedule(date(2024, 1, 15), MONTHLY).periods(date(9999, 12, 1), date.max)
    with pytest.raises(OutOfRangeError):
        FROM_THE_31ST.cycles(date(9999, 11, 30), 2)
    with pytest.raises(OutOfRangeError):
        Schedule.by_rule(date(9999, 12, 2), DayOfMonth(1), MONTHLY)
    with pytest.raises(OutOfRangeError):
        Schedule.by_rule(date.max, Weekday.MONDAY, WEEKLY)
    with pytest.raises(OutOfRangeError):
        Term.of(date(2024, 1, 1), ANNUAL, 9000)
    with pytest.raises(OutOfRangeError):
        Term.of(date(9999, 1, 31), MONTHLY, 12)
    assert Term.of(date(9999, 1, 31), MONTHLY, 11).end == date.max
    with pytest.raises(OutOfRangeError):
        AlignedSchedule(date(2024, 1, 1), Schedule(date(2024, 1, 15), MONTHLY)).periods(until=date.max)
    with pytest.raises(OutOfRangeError):
        Trial.lasting(date(9999, 12, 30), Cadence.daily(2))


@pytest.mark.parametrize("value", [value for value in NOT_DAYS if type(value) is not int])
def test_a_schedule_refuses_what_is_not_a_number(value):
    aligned = AlignedSchedule(FROM_THE_31ST.anchor, FROM_THE_31ST, date(2024, 2, 29))
    for ask in (
        FROM_THE_31ST.boundary,
        FROM_THE_31ST.period,
        FROM_THE_31ST.is_clamped,
        aligned.period,
        aligned.boundary,
    ):
        with pytest.raises(InvalidTypeError):
            ask(value)
    with pytest.raises(InvalidTypeError):
        FROM_THE_31ST.cycles(date(2024, 1, 31), value)


@pytest.mark.parametrize("value", NOT_DAYS)
def test_a_schedule_refuses_what_is_not_a_civil_date(value):
    daily = Schedule(date(2024, 1, 31), Cadence.daily())
    asks = [
        *(s.index_of for s in (FROM_THE_31ST, daily)),
        *(s.period_containing for s in (FROM_THE_31ST, daily)),
        FROM_THE_31ST.is_boundary,
        lambda v: FROM_THE_31ST.periods(v, date(2030, 1, 1)),
        lambda v: FROM_THE_31ST.cycles(v, 1),
        lambda v: Schedule(v, MONTHLY),
        lambda v: Schedule.by_rule(v, END_OF_MONTH, MONTHLY),
        lambda v: AlignedSchedule(v, FROM_THE_31ST),
        AlignedSchedule(FROM_THE_31ST.anchor, FROM_THE_31ST).index_of,
        lambda v: Trial(v, date(2030, 1, 1)),
        lambda v: Trial(date(2024, 1, 1), v),
        lambda v: Trial(date(2024, 1, 1), date(2024, 2, 1)).changed(v, TrialChange.END_NOW),
        lambda v: move_bill_date(FROM_THE_31ST, 0, v),
        lambda v: resume_schedule(FROM_THE_31ST, v, date(2030, 1, 1), Resume.RESTART),
        lambda v: resume_schedule(FROM_THE_31ST, date(2024, 1, 31), v, Resume.RESTART),
        lambda v: renew_early(FROM_THE_31ST, v),
    ]
    for ask in asks:
        with pytest.raises(InvalidTypeError):
            ask(value)
    if value is not None:
        with pytest.raises(InvalidTypeError):
            FROM_THE_31ST.periods(date(2024, 1, 31), value)
        with pytest.raises(InvalidTypeError):
            AlignedSchedule(date(2024, 1, 1), FROM_THE_31ST, value)


def test_a_sequence_of_periods_is_one():
    periods = FROM_THE_31ST.periods(date(2024, 1, 31), date(2025, 1, 31))
    assert isinstance(periods, Periods)
    assert periods == FROM_THE_31ST.cycles(date(2024, 2, 1), 12)
    assert hash(periods) == hash(FROM_THE_31ST.cycles(date(2024, 2, 1), 12))
    assert periods != periods[1:]
    assert periods[3] in periods
    assert periods[3] not in periods[4:]
    assert Period(periods[3].start, periods[3].end) in periods  # its number is a label
    assert Period(periods[3].start, periods[3].end, None, 77) in periods
    assert Period(periods[3].start, periods[3].end, periods[3]) not in periods
    assert Period(periods[3].start, date(2024, 5, 1)) not in periods
    for other in ("x", None, 3, Period(date(1, 1, 1), date(1, 1, 2)), JANUARY.start, InstantPeriod(NOON, NOON_LATER)):
        assert other not in periods
    aligned = AlignedSchedule(date(2024, 2, 10), FROM_THE_31ST, date(2024, 6, 10)).periods()
    assert all(period in aligned and period in list(aligned) for period in aligned)
    assert FROM_THE_31ST.period(2) in aligned
    assert FROM_THE_31ST.period(0) not in aligned
    assert periods.index(periods[5]) == 5
    assert next(reversed(periods)) == periods[-1]
    with pytest.raises(IndexError):
        periods[12]
    assert pickle.loads(pickle.dumps(periods)) == periods
    with pytest.raises(InvalidTypeError, match="a range"):
        Periods(FROM_THE_31ST, [1, 2])


def test_a_sequence_costs_nothing_until_it_is_asked():
    everything = FROM_THE_31ST.periods(date(1, 2, 28))
    assert len(everything) > 119_000
    assert sys.getsizeof(everything) < 200
    assert everything[60_000:][5].index == everything[60_005].index


def test_periods_are_listed_forwards():
    assert len(FROM_THE_31ST.periods(date(2024, 3, 15), date(2024, 3, 15))) == 0
    with pytest.raises(InvalidValueError, match="forwards"):
        FROM_THE_31ST.periods(date(2024, 3, 15), date(2024, 3, 14))
    with pytest.raises(InvalidValueError, match="forwards"):
        AlignedSchedule(date(2024, 3, 15), FROM_THE_31ST).periods(until=date(2024, 3, 14))
    with pytest.raises(InvalidValueError, match="1 cycle or more"):
        FROM_THE_31ST.cycles(date(2024, 3, 15), 0)


def test_a_schedule_explains_its_clamped_boundaries():
    assert FROM_THE_31ST.explain(date(2024, 1, 31), date(2024, 4, 30)).splitlines() == [
        "every month from 2024-01-31, on day 31 of the month",
        "period 0: 2024-01-31 to 2024-02-29: 29 days, a full period; 2024-02 has no day 31, so it ends on its last day",
        "period 1: 2024-02-29 to 2024-03-31: 31 days, a full period",
        "period 2: 2024-03-31 to 2024-04-30: 30 days, a full period; 2024-04 has no day 31, so it ends on its last day",
    ]
    by_rule = Schedule(date(2024, 4, 30), MONTHLY, END_OF_MONTH)
    assert by_rule.describe() == str(by_rule) == "every month from 2024-04-30, on the last day of the month"
    assert not by_rule.is_clamped(0)
    assert Schedule(date(2024, 1, 1), WEEKLY).describe() == "every week from 2024-01-01"
    assert Schedule(date(2024, 1, 1), WEEKLY, Weekday.MONDAY).describe() == "every week from 2024-01-01, on Mondays"


@pytest.mark.parametrize(
    ("schedule", "start", "until", "said"),
    [
        (
            Schedule(date(2023, 2, 28), MONTHLY, DayOfMonth(30)),
            date(2023, 2, 28),
            date(2023, 4, 30),
            [
                "2023-02-28 to 2023-03-30: 30 days, a full period; 2023-02 has no day 30, so it starts on its last day",
                "2023-03-30 to 2023-04-30: 31 days, a full period",
            ],
        ),
        (
            FROM_THE_31ST,
            date(2024, 2, 29),
            date(2024, 3, 31),
            ["2024-02-29 to 2024-03-31: 31 days, a full period; 2024-02 has no day 31, so it starts on its last day"],
        ),
        (
            FROM_THE_31ST,
            date(2024, 4, 30),
            date(2024, 7, 1),
            [
                "2024-04-30 to 2024-05-31: 31 days, a full period; 2024-04 has no day 31, so it starts on its last day",
                "2024-05-31 to 2024-06-30: 30 days, a full period; 2024-06 has no day 31, so it ends on its last day",
                "2024-06-30 to 2024-07-31: 31 days, a full period",
            ],
        ),
    ],
)
def test_the_start_of_the_first_period_is_explained_too(schedule, start, until, said):
    lines = schedule.explain(start, until).splitlines()[1:]
    assert [line.partition(": ")[2] for line in lines] == said


def test_the_31st_comes_back_after_february():
    """https://github.com/polarsource/polar/issues/10664: 31 Jan, 29 Feb, 29 Mar, 29 Apr for ever."""
    assert boundaries(Schedule(date(2024, 1, 31), MONTHLY), 4) == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
    ]


def test_day_31_bills_every_month():
    """https://github.com/killbill/killbill/issues/127: after 31 March the account was billed no more."""
    schedule = Schedule(date(2017, 1, 31), MONTHLY)
    assert [str(period) for period in schedule.periods(date(2017, 1, 31), date(2017, 4, 30))] == [
        "2017-01-31 to 2017-02-28",
        "2017-02-28 to 2017-03-31",
        "2017-03-31 to 2017-04-30",
    ]
    first = AlignedSchedule.by_rule(date(2013, 1, 1), DayOfMonth(31), MONTHLY)
    assert [str(first.period(n)) for n in range(3)] == [
        "2013-01-01 to 2013-01-31",
        "2013-01-31 to 2013-02-28",
        "2013-02-28 to 2013-03-31",
    ]


def test_created_on_31_march_bills_on_31_may():
    """https://github.com/killbill/killbill/issues/2133: in arrears, billed on 30 May."""
    assert boundaries(Schedule(date(2025, 3, 31), MONTHLY), 3) == ["2025-03-31", "2025-04-30", "2025-05-31"]


def test_an_anniversary_on_the_30th_passes_29_february():
    """https://github.com/getlago/lago-api/pull/1840: 30 January over 29 February of a leap year."""
    schedule = Schedule(date(2024, 1, 30), MONTHLY)
    assert boundaries(schedule, 3) == ["2024-01-30", "2024-02-29", "2024-03-30"]
    assert str(schedule.period_containing(date(2024, 2, 28))) == "2024-01-30 to 2024-02-29"
    assert str(schedule.period_containing(date(2024, 2, 29))) == "2024-02-29 to 2024-03-30"


def test_periods_tile_on_29_february_and_on_long_days():
    """https://github.com/getlago/lago-api/pull/6173: yearly on 29 Feb, quarterly and half-yearly on 29 or later."""
    for anchor in (date(2024, 2, 29), date(2023, 11, 29), date(2023, 11, 30), date(2024, 1, 31), date(2024, 8, 31)):
        for cadence in (QUARTERLY, HALF_YEARLY, ANNUAL):
            schedule = Schedule(anchor, cadence)
            day = anchor
            seen = []
            while day < date(2034, 1, 1):  # whichever day is asked for, the same periods come back
                period = schedule.period_containing(day)
                if not seen or seen[-1] != period:
                    seen.append(period)
                day += timedelta(days=1)
            assert all(earlier.end == later.start for earlier, later in pairwise(seen))
            assert seen == list(schedule.periods(anchor, date(2034, 1, 1)))


def test_an_annual_plan_ends_after_a_year():
    """An anchor without a month made an annual plan of 15 April 2025 end on 1 April 2026: 351 of 365 days."""
    assert Schedule(date(2025, 4, 15), ANNUAL).period(0).days == 365
    assert str(Schedule(date(2025, 4, 15), ANNUAL).boundary(1)) == "2026-04-15"


def test_an_annual_anchor_later_in_the_year_is_the_first_bill_date():
    """Start 15 January 2024 with an anchor of 15 June gave a first period of 17 months."""
    first = AlignedSchedule.by_rule(date(2024, 1, 15), MonthDay(6, 15), ANNUAL).period(0)
    assert (str(first.end), first.fraction) == ("2024-06-15", Fraction(152, 366))


def test_rrule_skips_short_months_and_a_schedule_does_not():
    """dateutil#53, #149, #1079 and RFC 5545: a monthly rule of the 31st has no February, April, June, …."""
    skipped = [found.date() for found in rrule(RRULE_MONTHLY, dtstart=datetime(2024, 1, 31, tzinfo=UTC), count=5)]
    assert [day.month for day in skipped] == [1, 3, 5, 7, 8]
    schedule = Schedule(date(2024, 1, 31), MONTHLY)
    assert [schedule.boundary(n).month for n in range(5)] == [1, 2, 3, 4, 5]


def test_stepping_drifts_and_counting_does_not():
    """dateutil#1134, #1135, #1149: adding a month again and again forgets the 31st."""
    day = date(2024, 1, 31)
    for _ in range(3):
        day += relativedelta(months=1)
    assert day == date(2024, 4, 29)
    assert Schedule(date(2024, 1, 31), MONTHLY).boundary(3) == date(2024, 4, 30)


NEW_YEAR = date(2026, 1, 1)
SCHEDULE = Schedule(NEW_YEAR, MONTHLY)


def test_a_history_of_periods_is_explained_up_to_a_day():
    with pytest.raises(InvalidTypeError, match=r"until must be a datetime.date"):
        SCHEDULE.explain(NEW_YEAR, None)
    with pytest.raises(InvalidValueError, match=r"what .*stands on documents"):
        SCHEDULE.explain_boundary(0, "ends\nforged")
