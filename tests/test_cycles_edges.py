"""The edges of billing time: stubs cut again, relativedeltas, sequences, the calendar's ends, hostile input."""

import copy
import json
import pickle
import re
import sys
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from dateutil.relativedelta import MO, relativedelta

import billingcore.cycles as face
from billingcore import BillingError, InvalidTypeError, InvalidValueError, OutOfRangeError
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
    Stub,
    Term,
    Trial,
    TrialChange,
    Unit,
    Weekday,
    move_bill_date,
    renew_early,
    resume_schedule,
)
from billingcore.daycounts import DayCount, period_share
from billingcore.records import from_record, to_record
from samples import JANUARY

FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1))
LAST = Schedule(date(2024, 1, 31), MONTHLY)
NOON, NOON_LATER = datetime(2024, 4, 30, 12, tzinfo=UTC), datetime(2024, 5, 31, 12, tzinfo=UTC)


class Birthday(date):
    """A subclass of date, as some libraries make them."""


HOSTILE = [
    None,
    True,
    1,
    1.5,
    "2024-01-31",
    b"2024-01-31",
    (2024, 1, 31),
    datetime(2024, 1, 31, tzinfo=UTC),
    Birthday(2024, 1, 31),
    object(),
    [],
    float("nan"),
]


# Periods


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


MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))


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


def test_a_full_period_is_no_stub():
    assert not JANUARY.is_stub
    assert JANUARY.full is JANUARY
    assert JANUARY.fraction == 1
    assert JANUARY.parts == (JANUARY,)
    assert JANUARY.explain() == "2026-01-01 to 2026-02-01: 31 days, a full period"


def test_the_number_of_a_period_is_a_label():
    assert Period(JANUARY.start, JANUARY.end, None, 7) == JANUARY
    assert hash(Period(JANUARY.start, JANUARY.end, None, 7)) == hash(JANUARY)
    assert Period(JANUARY.start, JANUARY.end, JANUARY) != JANUARY


@pytest.mark.parametrize("value", HOSTILE)
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
    for value, name in ((JANUARY, "end"), (LAST, "anchor"), (MONTHLY, "count"), (DayOfMonth(1), "day")):
        with pytest.raises(AttributeError):
            setattr(value, name, date(2030, 1, 1))
        assert not hasattr(value, "__dict__")


# Cadences


@pytest.mark.parametrize(
    ("delta", "cadence"),
    [
        (relativedelta(days=10), Cadence(10, Unit.DAY)),
        (relativedelta(hours=48), Cadence(2, Unit.DAY)),
        (relativedelta(weeks=2), Cadence(2, Unit.WEEK)),
        (relativedelta(days=7), Cadence(1, Unit.WEEK)),
        (relativedelta(months=3), Cadence(3, Unit.MONTH)),
        (relativedelta(months=12), Cadence(1, Unit.YEAR)),
        (relativedelta(years=1, months=6), Cadence(18, Unit.MONTH)),
        (relativedelta(years=2), Cadence(2, Unit.YEAR)),
        (relativedelta(years=1, months=-6), Cadence(6, Unit.MONTH)),
    ],
)
def test_a_relativedelta_that_means_a_cadence_is_one(delta, cadence):
    assert Cadence.of(delta) == cadence
    assert Schedule(date(2024, 1, 31), delta) == Schedule(date(2024, 1, 31), cadence)
    assert Schedule.by_rule(Weekday.MONDAY, delta, date(2024, 1, 31)) if cadence.unit is Unit.WEEK else True
    assert Trial.lasting(date(2024, 1, 31), delta) == Trial.lasting(date(2024, 1, 31), cadence)
    assert Term.of(date(2024, 1, 31), delta, 2).end == date(2024, 1, 31) + 2 * delta


@pytest.mark.parametrize(
    ("delta", "reason"),
    [
        (relativedelta(months=1, days=3), "months and days together"),
        (relativedelta(years=1, weeks=1), "months and days together"),
        (relativedelta(months=1, day=31), "day is no length of time"),
        (relativedelta(month=2), "month is no length of time"),
        (relativedelta(months=1, weekday=MO(1)), "weekday is no length of time"),
        (relativedelta(year=2024, hour=3), "year, hour is no length of time"),
        (relativedelta(months=1, leapdays=1), "leapdays is no length of time"),
        (relativedelta(hours=5), "a cadence counts whole days"),
        (relativedelta(days=1, microseconds=1), "a cadence counts whole days"),
        (relativedelta(days=1.5), "a cadence counts whole days or months"),
        (relativedelta(), "must advance"),
        (relativedelta(months=-1), "must advance"),
        (relativedelta(years=-1), "must advance"),
        (relativedelta(days=-7), "must advance"),
        (relativedelta(days=5_000_000), "must advance"),
        (relativedelta(months=5_000_000), "must advance"),
        (relativedelta(months=1, days=-1), "must advance"),
    ],
)
def test_a_relativedelta_that_means_no_cadence_is_refused_with_a_reason(delta, reason):
    with pytest.raises(InvalidValueError, match=reason) as refused:
        Schedule(date(2024, 1, 31), delta)
    assert (refused.value.name, refused.value.value) == ("cadence", delta)
    assert str(refused.value).startswith("cadence relativedelta(")


class Lasting(relativedelta):
    """A subclass, as calendar programs make them."""


def test_a_subclass_of_relativedelta_is_one():
    assert Cadence.of(Lasting(months=3)) == QUARTERLY
    with pytest.raises(InvalidValueError, match="day is no length of time"):
        Cadence.of(Lasting(months=3, day=1))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Cadence.monthly(12), ANNUAL),
        (Cadence.daily(7), WEEKLY),
        (Cadence.daily(14), Cadence.weekly(2)),
        (Cadence.quarterly(4), ANNUAL),
        (Cadence.half_yearly(2), ANNUAL),
    ],
)
def test_cadences_of_one_length_are_equal(left, right):
    assert left == right
    assert hash(left) == hash(right)
    assert {left: 1}[right] == 1
    assert Cadence.of(left.to_relativedelta()) == left
    assert Schedule(date(2024, 1, 31), left) == Schedule(date(2024, 1, 31), right)
    assert from_record(to_record(left)).describe() == left.describe() != right.describe()


def test_cadences_of_other_lengths_differ():
    assert Cadence.daily(12) != Cadence.monthly(12)
    assert Cadence.daily(30) != MONTHLY
    assert len({MONTHLY, WEEKLY, ANNUAL, QUARTERLY, HALF_YEARLY, Cadence.daily()}) == 6
    assert (relativedelta(months=1) == MONTHLY) is False  # python-dateutil 2.9 has no working != for other types
    assert MONTHLY != 1


def test_something_that_only_looks_like_a_relativedelta_is_refused():
    pretender = type("relativedelta", (), {"months": 1})()
    for value in (pretender, *HOSTILE, Unit.MONTH):
        with pytest.raises(InvalidTypeError, match="a Cadence"):
            Cadence.of(value)


def test_cadences_by_name():
    assert Cadence.quarterly() == QUARTERLY == Cadence(3, Unit.MONTH)
    assert Cadence.half_yearly(3) == Cadence(18, Unit.MONTH)
    assert Cadence.half_yearly() == HALF_YEARLY == Cadence(6, Unit.MONTH)
    assert (Cadence.weekly(), Cadence.yearly()) == (WEEKLY, ANNUAL)
    assert Cadence.monthly(2).to_relativedelta() == relativedelta(months=2)
    assert Cadence.yearly().to_relativedelta() == relativedelta(years=1)
    assert Cadence.weekly(2).to_relativedelta() == relativedelta(weeks=2)
    assert Cadence.daily(10).to_relativedelta() == relativedelta(days=10)
    assert str(Cadence.weekly()) == "every week"


@pytest.mark.parametrize("count", [0, -1, 4_000_001, 10**30])
def test_a_cadence_advances(count):
    for make in (Cadence.daily, Cadence.monthly, Cadence.quarterly, Cadence.half_yearly, Cadence.yearly):
        with pytest.raises(InvalidValueError, match="must advance"):
            make(count)


@pytest.mark.parametrize("count", [True, 1.0, "1", None, Fraction(1)])
def test_a_cadence_counts_in_ints(count):
    for make in (Cadence.weekly, Cadence.quarterly, Cadence.half_yearly):
        with pytest.raises(InvalidTypeError):
            make(count)


def test_a_cadence_has_a_unit():
    with pytest.raises(InvalidTypeError, match="a Unit"):
        Cadence(1, "month")


# Rules


@pytest.mark.parametrize(
    ("rule", "cadence", "said"),
    [
        (DayOfMonth(1), WEEKLY, "a day of the month comes round in months"),
        (END_OF_MONTH, Cadence.daily(30), "a day of the month comes round in months"),
        (MonthDay(1, 1), WEEKLY, "a day of the month comes round in months"),
        (Weekday.MONDAY, MONTHLY, "a weekday comes round in weeks"),
        (Weekday.MONDAY, Cadence.daily(10), "a weekday comes round in weeks"),
        (MonthDay(1, 1), Cadence.monthly(5), "does not keep to the months of a year"),
        (MonthDay(1, 1), Cadence.monthly(18), "does not keep to the months of a year"),
    ],
)
def test_rules_and_cadences_that_contradict_each_other(rule, cadence, said):
    with pytest.raises(InvalidValueError, match=said):
        Schedule.by_rule(rule, cadence, date(2024, 1, 1))


@pytest.mark.parametrize(
    ("anchor", "cadence", "rule"),
    [
        (date(2024, 4, 29), MONTHLY, END_OF_MONTH),
        (date(2024, 4, 30), MONTHLY, DayOfMonth(29)),
        (date(2024, 2, 28), MONTHLY, DayOfMonth(31)),  # the 29th is the last day of that month
        (date(2024, 4, 30), ANNUAL, MonthDay(5, 30)),
        (date(2024, 5, 1), QUARTERLY, MonthDay(1, 1)),
        (date(2024, 1, 2), WEEKLY, Weekday.MONDAY),
    ],
)
def test_an_anchor_that_is_no_day_of_its_rule(anchor, cadence, rule):
    with pytest.raises(InvalidValueError, match="the anchor is no day"):
        Schedule(anchor, cadence, rule)


@pytest.mark.parametrize("make", [DayOfMonth, lambda v: MonthDay(v, 1), lambda v: MonthDay(1, v)])
def test_rules_are_checked(make):
    for value in (True, "1", None, 1.0):
        with pytest.raises(InvalidTypeError):
            make(value)
    for value in (0, 32, -1):
        with pytest.raises(InvalidValueError):
            make(value)


@pytest.mark.parametrize(("month", "day"), [(2, 30), (4, 31), (13, 1)])
def test_days_that_no_year_has(month, day):
    with pytest.raises(InvalidValueError):
        MonthDay(month, day)


@pytest.mark.parametrize("rule", [31, "month end", DayOfMonth, object()])
def test_what_is_no_rule(rule):
    with pytest.raises(InvalidTypeError, match="END_OF_MONTH"):
        Schedule(date(2024, 1, 31), MONTHLY, rule)


# The ends of the calendar


def test_schedules_reach_to_the_last_day_of_the_calendar():
    assert LAST.boundary(95_711) == date(9999, 12, 31)
    assert LAST.index_of(date.max) == 95_711
    assert len(LAST.periods(date(2024, 1, 31))) == 95_711
    assert LAST.periods(date(2024, 1, 31))[-1].end == date.max
    assert Schedule(date.min, Cadence.daily()).boundary(3_652_058) == date.max
    assert Schedule(date.min, ANNUAL).index_of(date.min) == 0


@pytest.mark.parametrize("n", [95_712, -24_289, 10**9, -(10**9), 10**30, -(10**30)])
def test_off_the_calendar_is_our_own_error(n):
    for schedule in (LAST, Schedule(date(2024, 1, 31), Cadence.daily(31))):
        if schedule is LAST or abs(n) > 10**6:
            for ask in (schedule.boundary, schedule.period):
                with pytest.raises(OutOfRangeError):
                    ask(n)


AL = AlignedSchedule(date(2024, 1, 10), Schedule(date(2024, 1, 15), MONTHLY))


@pytest.mark.parametrize(
    ("ask", "name", "value"),
    [
        (lambda: LAST.period(95_711), "n", 95_711),
        (lambda: LAST.period_containing(date.max), "day", date.max),
        (lambda: Schedule(date.min, WEEKLY).period_containing(date.max), "day", date.max),
        (lambda: Schedule(date(2024, 1, 15), MONTHLY).periods(date(9999, 12, 1), date.max), "until", date.max),
        (lambda: LAST.periods(date.min, date(2024, 1, 1)), "start", date.min),
        (lambda: LAST.cycles(date.min, 1), "day", date.min),
        (lambda: LAST.cycles(date(9999, 11, 30), 2), "count", 2),
        (lambda: Schedule.by_rule(MonthDay(2, 29), ANNUAL, date(9999, 3, 1)), "start", date(9999, 3, 1)),
        (lambda: Schedule.by_rule(Weekday.MONDAY, WEEKLY, date.max), "start", date.max),
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
        (lambda: Term(LAST, 200_000, 1), "first", 200_000),
        (lambda: move_bill_date(Schedule(date(2024, 1, 15), MONTHLY), 95_709, date.max), "to", date.max),
        (lambda: resume_schedule(LAST, date.min, date.max, Resume.RESTART), "paused_on", date.min),
        (lambda: resume_schedule(LAST, date(2024, 1, 31), date.max, Resume.RESTART), "resumed_on", date.max),
        (lambda: resume_schedule(LAST, date(2024, 1, 31), date.max, Resume.KEEP_DAYS), "resumed_on", date.max),
        (lambda: resume_schedule(LAST, date(2024, 1, 31), date.max, Resume.KEEP_DATES), "resumed_on", date.max),
        (lambda: renew_early(LAST, date(9999, 12, 1)), "on", date(9999, 12, 1)),
        (lambda: renew_early(LAST, date(9999, 12, 1), restart=True), "on", date(9999, 12, 1)),
    ],
)
def test_off_the_calendar_names_what_the_caller_gave(ask, name, value):
    """It named steps on the way: "n 1" for a trial of 14 days, "month 120001" for a start."""
    with pytest.raises(OutOfRangeError) as raised:
        ask()
    assert (raised.value.name, raised.value.value) == (name, value)
    assert str(raised.value).endswith("it leads to a day outside the calendar (years 1 to 9999)")


def test_the_first_and_the_last_day_of_the_calendar_are_boundaries_or_not():
    for schedule in (LAST, Schedule(date(2024, 1, 31), Cadence.daily(9)), Schedule(date(2024, 1, 15), MONTHLY)):
        assert not schedule.is_boundary(date.min)
    assert not Schedule(date(2024, 1, 15), MONTHLY).is_boundary(date.max)
    assert LAST.is_boundary(date.max)
    assert Schedule(date.min, ANNUAL).is_boundary(date.min)


def test_a_period_that_reaches_off_the_calendar():
    with pytest.raises(OutOfRangeError):
        LAST.period_containing(date.max)
    with pytest.raises(OutOfRangeError):
        LAST.period_containing(date.min)
    with pytest.raises(OutOfRangeError):
        Schedule(date(2024, 1, 15), MONTHLY).periods(date(9999, 12, 1), date.max)
    with pytest.raises(OutOfRangeError):
        LAST.cycles(date(9999, 11, 30), 2)
    with pytest.raises(OutOfRangeError):
        Schedule.by_rule(DayOfMonth(1), MONTHLY, date(9999, 12, 2))
    with pytest.raises(OutOfRangeError):
        Schedule.by_rule(Weekday.MONDAY, WEEKLY, date.max)
    with pytest.raises(OutOfRangeError):
        Term.of(date(2024, 1, 1), ANNUAL, 9000)
    with pytest.raises(OutOfRangeError):
        Term.of(date(9999, 1, 31), MONTHLY, 12)
    assert Term.of(date(9999, 1, 31), MONTHLY, 11).end == date.max
    with pytest.raises(OutOfRangeError):
        AlignedSchedule(date(2024, 1, 1), Schedule(date(2024, 1, 15), MONTHLY)).periods(until=date.max)
    with pytest.raises(OutOfRangeError):
        Trial.lasting(date(9999, 12, 30), Cadence.daily(2))


@pytest.mark.parametrize("value", [value for value in HOSTILE if type(value) is not int])
def test_a_schedule_refuses_what_is_no_number(value):
    aligned = AlignedSchedule(LAST.anchor, LAST, date(2024, 2, 29))
    for ask in (LAST.boundary, LAST.period, LAST.is_clamped, aligned.period, aligned.boundary):
        with pytest.raises(InvalidTypeError):
            ask(value)
    with pytest.raises(InvalidTypeError):
        LAST.cycles(date(2024, 1, 31), value)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_schedule_refuses_what_is_no_civil_date(value):
    daily = Schedule(date(2024, 1, 31), Cadence.daily())
    asks = [
        *(s.index_of for s in (LAST, daily)),
        *(s.period_containing for s in (LAST, daily)),
        LAST.is_boundary,
        lambda v: LAST.periods(v, date(2030, 1, 1)),
        lambda v: LAST.cycles(v, 1),
        lambda v: Schedule(v, MONTHLY),
        lambda v: Schedule.by_rule(END_OF_MONTH, MONTHLY, v),
        lambda v: AlignedSchedule(v, LAST),
        AlignedSchedule(LAST.anchor, LAST).index_of,
        lambda v: Trial(v, date(2030, 1, 1)),
        lambda v: Trial(date(2024, 1, 1), v),
        lambda v: Trial(date(2024, 1, 1), date(2024, 2, 1)).changed(v, TrialChange.END_NOW),
        lambda v: move_bill_date(LAST, 0, v),
        lambda v: resume_schedule(LAST, v, date(2030, 1, 1), Resume.RESTART),
        lambda v: resume_schedule(LAST, date(2024, 1, 31), v, Resume.RESTART),
        lambda v: renew_early(LAST, v),
    ]
    for ask in asks:
        with pytest.raises(InvalidTypeError):
            ask(value)
    if value is not None:
        with pytest.raises(InvalidTypeError):
            LAST.periods(date(2024, 1, 31), value)
        with pytest.raises(InvalidTypeError):
            AlignedSchedule(date(2024, 1, 1), LAST, value)


# Sequences


def test_a_sequence_of_periods_is_one():
    periods = LAST.periods(date(2024, 1, 31), date(2025, 1, 31))
    assert isinstance(periods, Periods)
    assert periods == LAST.cycles(date(2024, 2, 1), 12)
    assert hash(periods) == hash(LAST.cycles(date(2024, 2, 1), 12))
    assert periods != periods[1:]
    assert periods[3] in periods
    assert periods[3] not in periods[4:]
    assert Period(periods[3].start, periods[3].end) in periods  # its number is a label
    assert Period(periods[3].start, periods[3].end, None, 77) in periods
    assert Period(periods[3].start, periods[3].end, periods[3]) not in periods
    assert Period(periods[3].start, date(2024, 5, 1)) not in periods
    for other in ("x", None, 3, Period(date(1, 1, 1), date(1, 1, 2)), JANUARY.start, InstantPeriod(NOON, NOON_LATER)):
        assert other not in periods
    aligned = AlignedSchedule(date(2024, 2, 10), LAST, date(2024, 6, 10)).periods()
    assert all(period in aligned and period in list(aligned) for period in aligned)
    assert LAST.period(2) in aligned
    assert LAST.period(0) not in aligned
    assert periods.index(periods[5]) == 5
    assert next(reversed(periods)) == periods[-1]
    with pytest.raises(IndexError):
        periods[12]
    assert pickle.loads(pickle.dumps(periods)) == periods
    with pytest.raises(InvalidTypeError, match="a range"):
        Periods(LAST, [1, 2])


def test_a_sequence_costs_nothing_until_it_is_asked():
    everything = LAST.periods(date(1, 2, 28))
    assert len(everything) > 119_000
    assert sys.getsizeof(everything) < 200
    assert everything[60_000:][5].index == everything[60_005].index


def test_periods_are_listed_forwards():
    assert len(LAST.periods(date(2024, 3, 15), date(2024, 3, 15))) == 0
    with pytest.raises(InvalidValueError, match="forwards"):
        LAST.periods(date(2024, 3, 15), date(2024, 3, 14))
    with pytest.raises(InvalidValueError, match="forwards"):
        AlignedSchedule(date(2024, 3, 15), LAST).periods(until=date(2024, 3, 14))
    with pytest.raises(InvalidValueError, match="1 cycle or more"):
        LAST.cycles(date(2024, 3, 15), 0)


# Alignment


def test_an_aligned_subscription_has_an_end_or_none():
    closed = AlignedSchedule(date(2024, 1, 10), LAST, date(2024, 3, 15))
    assert closed.count == 3
    for n in (-1, 3):
        with pytest.raises(OutOfRangeError, match="numbered from 0 to 2"):
            closed.period(n)
    for day in (date(2024, 1, 9), date(2024, 3, 15)):
        with pytest.raises(OutOfRangeError, match="runs from"):
            closed.period_containing(day)
    opened = AlignedSchedule(date(2024, 1, 10), LAST)
    assert opened.count is None
    with pytest.raises(OutOfRangeError, match="runs from 2024-01-10 until it ends"):
        opened.index_of(date(2024, 1, 9))
    assert opened.boundary(0) == date(2024, 1, 10)
    assert str(opened.period(600)) == str(LAST.period(599))
    assert opened.periods()[-1].end == date.max
    with pytest.raises(OutOfRangeError, match="numbered from 0"):
        opened.boundary(-1)


def test_aligned_periods_are_cut_to_what_exists():
    closed = AlignedSchedule(date(2024, 1, 10), LAST, date(2024, 3, 15))
    assert [p.index for p in closed.periods(date(2020, 1, 1), date(2030, 1, 1))] == [0, 1, 2]
    assert [p.index for p in closed.periods(date(2024, 2, 1), date(2024, 2, 2))] == [1]
    assert list(closed.periods(date(2020, 1, 1), date(2021, 1, 1))) == []
    assert list(closed.periods(date(2025, 1, 1), date(2026, 1, 1))) == []
    assert list(closed.periods(date(2024, 1, 10), date(2024, 1, 10))) == []
    long = AlignedSchedule(date(2024, 1, 10), LAST, first=Stub.LONG)
    assert [str(long.period(n)) for n in (0, 1)] == ["2024-01-10 to 2024-02-29", "2024-02-29 to 2024-03-31"]
    opened = AlignedSchedule(date(2024, 1, 10), LAST)
    assert [p.index for p in opened.periods(until=date(2024, 3, 1))] == [0, 1, 2]


def test_named_alignments():
    start = date(2024, 5, 20)
    assert AlignedSchedule.by_anniversary(start, MONTHLY).period(0) == Period(start, date(2024, 6, 20))
    by_rule = AlignedSchedule.by_rule(start, MonthDay(1, 1), QUARTERLY)
    assert by_rule == AlignedSchedule(start, Schedule(date(2024, 7, 1), QUARTERLY, MonthDay(1, 1)))
    backwards = AlignedSchedule.backwards(start, date(2024, 8, 1), MONTHLY, first=Stub.LONG)
    assert [str(p) for p in backwards.periods()] == ["2024-05-20 to 2024-07-01", "2024-07-01 to 2024-08-01"]


@pytest.mark.parametrize(
    ("start", "until", "first", "last", "said"),
    [
        (date(2024, 1, 10), None, Stub.NONE, Stub.SHORT, "the start lies between two boundaries"),
        (date(2024, 1, 31), date(2024, 3, 1), Stub.SHORT, Stub.NONE, "the end lies between two boundaries"),
        (date(2024, 1, 31), date(2024, 1, 31), Stub.SHORT, Stub.SHORT, "must end after it starts"),
    ],
)
def test_contradictions_are_refused(start, until, first, last, said):
    with pytest.raises(InvalidValueError, match=said):
        AlignedSchedule(start, LAST, until, first, last)


def test_alignments_take_a_rule():
    """A contract of month ends to 30 June had a stub of 28 of 29 days from 30 January."""
    start, until = date(2026, 1, 31), date(2026, 6, 30)
    backwards = AlignedSchedule.backwards(start, until, MONTHLY, rule=END_OF_MONTH)
    assert [str(period.end) for period in backwards.periods()] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
    ]
    assert not any(period.is_stub for period in backwards.periods())
    april = date(2026, 4, 30)
    assert AlignedSchedule.by_anniversary(april, MONTHLY, rule=END_OF_MONTH).boundary(1) == date(2026, 5, 31)
    assert AlignedSchedule.by_anniversary(april, MONTHLY, until, rule=DayOfMonth(31)).count == 2
    assert Term.of(april, MONTHLY, 1, rule=END_OF_MONTH).end == date(2026, 5, 31)
    with pytest.raises(InvalidValueError, match="the anchor is no day on the last day of the month"):
        AlignedSchedule.backwards(start, date(2026, 6, 29), MONTHLY, rule=END_OF_MONTH)


def test_an_aligned_subscription_counts_its_cycles():
    closed = AlignedSchedule(date(2024, 1, 10), LAST, date(2024, 3, 15))
    assert [str(period) for period in closed.cycles(date(2024, 1, 10), 2)] == [
        "2024-01-10 to 2024-01-31",
        "2024-01-31 to 2024-02-29",
    ]
    assert closed.cycles(date(2024, 2, 10), 2) == closed.periods(date(2024, 2, 10))
    with pytest.raises(OutOfRangeError, match="count 3: the subscription has 2 periods from 2024-02-10 on"):
        closed.cycles(date(2024, 2, 10), 3)
    with pytest.raises(OutOfRangeError, match="runs from"):
        closed.cycles(date(2024, 1, 9), 1)
    with pytest.raises(InvalidValueError, match="1 cycle or more"):
        closed.cycles(date(2024, 1, 10), 0)
    opened = AlignedSchedule(date(2024, 1, 10), LAST)
    assert opened.cycles(date(2024, 1, 10), 13)[-1].end == date(2025, 1, 31)
    with pytest.raises(OutOfRangeError, match="count 200000: it leads to a day outside the calendar"):
        opened.cycles(date(2024, 1, 10), 200_000)


def test_an_aligned_subscription_knows_its_boundaries():
    closed = AlignedSchedule(date(2024, 1, 10), LAST, date(2024, 3, 15))
    boundaries = {date(2024, 1, 10), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 15)}
    days = [date(2023, 12, 31) + timedelta(n) for n in range(120)]
    assert {day for day in days if closed.is_boundary(day)} == boundaries
    assert boundaries == {closed.boundary(n) for n in range(4)}
    long = AlignedSchedule(date(2024, 1, 10), LAST, first=Stub.LONG)
    assert not long.is_boundary(date(2024, 1, 31))  # within the long stub
    assert long.is_boundary(date(2024, 2, 29))
    assert str(closed) == closed.describe() == closed.explain().splitlines()[0]


def test_the_reference_of_a_long_stub_is_the_period_around_its_short_piece():
    both = AlignedSchedule.by_rule(
        date(2026, 1, 10), DayOfMonth(1), MONTHLY, date(2026, 4, 20), first=Stub.LONG, last=Stub.LONG
    )
    first, last = both.periods()
    assert (str(first.reference), str(first.joined)) == ("2026-01-01 to 2026-02-01", "2026-02-01 to 2026-03-01")
    assert (str(last.reference), str(last.joined)) == ("2026-04-01 to 2026-05-01", "2026-03-01 to 2026-04-01")


def test_an_alignment_has_its_types():
    for arguments in (
        (date(2024, 1, 1), MONTHLY),
        (date(2024, 1, 1), LAST, None, "short"),
        (date(2024, 1, 1), LAST, None, Stub.SHORT, None),
    ):
        with pytest.raises(InvalidTypeError):
            AlignedSchedule(*arguments)


# Explanations


def test_a_schedule_explains_its_clamped_boundaries():
    assert LAST.explain(date(2024, 1, 31), date(2024, 4, 30)).splitlines() == [
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
            LAST,
            date(2024, 2, 29),
            date(2024, 3, 31),
            ["2024-02-29 to 2024-03-31: 31 days, a full period; 2024-02 has no day 31, so it starts on its last day"],
        ),
        (
            LAST,
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


def test_an_aligned_schedule_explains_its_stubs():
    def reasons(first: Stub, last: Stub, until: date) -> list[str]:
        aligned = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY, until, first=first, last=last)
        return [line.partition("; ")[2] for line in aligned.explain().splitlines()[1:]]

    late, early = "it starts between two boundaries", "it ends between two boundaries"
    assert reasons(Stub.SHORT, Stub.SHORT, date(2026, 3, 20)) == [
        f"short first stub: {late}",
        "",
        f"short last stub: {early}",
    ]
    assert reasons(Stub.LONG, Stub.LONG, date(2026, 4, 20)) == [f"long first stub: {late}", f"long last stub: {early}"]
    assert reasons(Stub.SHORT, Stub.SHORT, date(2026, 1, 20)) == [
        "short first and last stub: it starts and ends between two boundaries"
    ]


def test_an_aligned_schedule_explains_a_clamped_boundary_too():
    aligned = AlignedSchedule(date(2026, 2, 10), Schedule(date(2026, 1, 31), MONTHLY), date(2026, 3, 31))
    lines = aligned.explain().splitlines()
    assert lines[0] == "from 2026-02-10 until 2026-03-31, every month from 2026-01-31, on day 31 of the month"
    assert lines[1].endswith("it starts between two boundaries; 2026-02 has no day 31, so it ends on its last day")
    assert lines[2] == "period 1: 2026-02-28 to 2026-03-31: 31 days, a full period"
    later = AlignedSchedule(date(2026, 4, 30), Schedule(date(2026, 1, 31), MONTHLY), date(2026, 6, 10))
    assert [line.partition(": ")[2] for line in later.explain().splitlines()[1:]] == [
        "2026-04-30 to 2026-05-31: 31 days, a full period; 2026-04 has no day 31, so it starts on its last day",
        # 30 June would be clamped, but is not reached
        (
            "2026-05-31 to 2026-06-10: 10 of the 30 days from 2026-05-31 to 2026-06-30; short last stub: it ends between "
            "two boundaries"
        ),
    ]
    with pytest.raises(InvalidValueError, match="how far"):
        AlignedSchedule(date(2026, 2, 10), LAST).explain()


# Trials, terms, moves, pauses, early renewals


def test_a_trial_of_months_is_clamped_like_any_month():
    assert Trial.lasting(date(2024, 1, 31), MONTHLY).first_paid_on == date(2024, 2, 29)
    assert Trial.lasting(date(2024, 1, 31), Cadence.daily(30)).first_paid_on == date(2024, 3, 1)
    assert Trial.lasting(date(2024, 1, 31), Cadence.daily(30)).days == 30


def test_a_trial_can_be_extended():
    trial = Trial(date(2024, 3, 1), date(2024, 3, 15))
    assert trial.extended(MONTHLY).first_paid_on == date(2024, 4, 15)
    assert trial.extended_to(date(2024, 3, 20)) == Trial(date(2024, 3, 1), date(2024, 3, 20))
    with pytest.raises(InvalidValueError, match="later than 2024-03-15"):
        trial.extended_to(date(2024, 3, 15))
    assert trial.extended(WEEKLY).explain() == (
        "free for 21 days from 2024-03-01; the first paid day and new anchor is 2024-03-22"
    )


def test_a_change_during_a_trial():
    trial = Trial(date(2024, 3, 1), date(2024, 3, 15))
    assert trial.changed(date(2024, 3, 10), TrialChange.KEEP_END, MONTHLY) is trial
    shorter = trial.changed(date(2024, 3, 10), TrialChange.FROM_START, WEEKLY)  # 8 March is over
    assert shorter.first_paid_on == date(2024, 3, 10)
    with pytest.raises(InvalidTypeError, match="the length of the new trial"):
        trial.changed(date(2024, 3, 10), TrialChange.RESTART)
    with pytest.raises(InvalidTypeError, match="a TrialChange"):
        trial.changed(date(2024, 3, 10), "restart")
    with pytest.raises(InvalidValueError, match="the trial runs from"):
        trial.changed(date(2024, 3, 15), TrialChange.END_NOW)
    with pytest.raises(InvalidValueError, match="a trial has a free day"):
        trial.changed(date(2024, 3, 1), TrialChange.END_NOW)


def test_a_term_counts_cycles():
    term = Term.of(date(2024, 1, 31), MONTHLY, 12)
    assert (term.start, term.end) == (date(2024, 1, 31), date(2025, 1, 31))
    assert term.contains(date(2025, 1, 30))
    assert not term.contains(date(2025, 1, 31))
    assert len(term.periods) == 12
    assert str(term.renewal(1)) == "2025-01-31 to 2025-02-28"
    assert term.explain().startswith("12 cycles, every month from 2024-01-31")
    for arguments in ((MONTHLY, 0, 1), (LAST, 0, "1"), (LAST, None, 1), (LAST, 0, True)):
        with pytest.raises(InvalidTypeError):
            Term(*arguments)
    with pytest.raises(InvalidValueError, match="1 cycle or more"):
        Term(LAST, 0, 0)


def test_postponing_adds_whole_periods_and_a_stub():
    monthly = Schedule(date(2026, 1, 1), MONTHLY)
    move = move_bill_date(monthly, 0, date(2026, 3, 10))
    assert [str(period) for period in move.added] == ["2026-02-01 to 2026-03-01", "2026-03-01 to 2026-03-10"]
    assert sum(period.fraction for period in move.added) == 1 + Fraction(9, 31)
    assert move.after.fraction == 1 + 1 + Fraction(9, 31)
    assert move.after.explain() == (
        "2026-01-01 to 2026-03-10: 31 of the 31 days from 2026-01-01 to 2026-02-01 and 28 of the 28 days from "
        "2026-02-01 to 2026-03-01 and 9 of the 31 days from 2026-03-01 to 2026-04-01"
    )
    assert move.schedule == Schedule(date(2026, 3, 10), MONTHLY)
    assert move.removed is None
    assert move.explain() == (
        "postponed from 2026-02-01 to 2026-03-10; added 2026-02-01 to 2026-03-01: 28 days, a full period; "
        "2026-03-01 to 2026-03-10: 9 of the 31 days from 2026-03-01 to 2026-04-01"
    )


@pytest.mark.parametrize(
    ("to", "added"),
    [
        (date(2026, 2, 2), [("2026-02-01", Fraction(1, 28))]),
        (date(2026, 3, 1), [("2026-02-01", Fraction(1))]),
        (date(2026, 3, 2), [("2026-02-01", Fraction(1)), ("2026-03-01", Fraction(1, 31))]),
    ],
)
def test_postponing_around_a_bill_date(to, added):
    move = move_bill_date(Schedule(date(2026, 1, 1), MONTHLY), 0, to)
    assert [(str(period.start), period.fraction) for period in move.added] == added
    assert move.added[-1].end == to
    assert move.after.fraction == 1 + sum(fraction for _, fraction in added)


@pytest.mark.parametrize(
    ("anchor", "to", "share", "of_thirty"),
    [
        # 40 days were called 40 of the 31 days of January, and no more than one month of 30
        (date(2026, 1, 1), date(2026, 2, 10), 1 + Fraction(9, 28), 1 + Fraction(9, 30)),
        # two full periods: 28 days to 28 February, 31 more; they were 59 of the 28 days
        (date(2026, 1, 31), date(2026, 3, 31), Fraction(2), Fraction(2)),
        (date(2026, 1, 31), date(2026, 2, 15), Fraction(15, 28), Fraction(15, 30)),
    ],
)
def test_a_moved_period_is_what_was_billed_and_what_was_added(anchor, to, share, of_thirty):
    move = move_bill_date(Schedule(anchor, MONTHLY), 0, to)
    assert move.after.fraction == share
    assert period_share(move.after, DayCount.THIRTY_DAY_MONTH) == of_thirty
    assert from_record(to_record(move)) == move


def test_bringing_forward_removes_days():
    monthly = Schedule(date(2026, 1, 1), MONTHLY)
    move = move_bill_date(monthly, 0, date(2026, 1, 20))
    assert (move.added, move.removed.fraction) == ((), Fraction(12, 31))
    assert move.explain() == (
        "brought forward from 2026-02-01 to 2026-01-20; "
        "removed 2026-01-20 to 2026-02-01: 12 of the 31 days from 2026-01-01 to 2026-02-01"
    )


def test_a_moved_bill_date_can_keep_a_rule():
    month_ends = Schedule(date(2026, 1, 31), QUARTERLY, END_OF_MONTH)
    kept = move_bill_date(month_ends, 0, date(2026, 2, 28)).schedule
    assert kept == Schedule(date(2026, 2, 28), QUARTERLY, END_OF_MONTH)
    assert move_bill_date(month_ends, 0, date(2026, 2, 20)).schedule.rule is None
    chosen = move_bill_date(LAST, 0, date(2024, 4, 30), DayOfMonth(30)).schedule
    assert chosen.boundary(1) == date(2024, 5, 30)


def test_every_month_has_an_end():
    ends = ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"]
    yearly = Schedule(date(2025, 12, 31), Cadence.yearly(), END_OF_MONTH)
    for end in ends[:-1]:
        assert move_bill_date(yearly, 0, date.fromisoformat(f"2026-{end}")).schedule.rule is END_OF_MONTH
        assert move_bill_date(yearly, 0, date.fromisoformat(f"2026-{end[:3]}27")).schedule.rule is None
    assert move_bill_date(yearly, -1, date(2025, 11, 30)).schedule.rule is END_OF_MONTH


@pytest.mark.parametrize("to", [date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 29)])
def test_a_bill_date_moves_to_another_day_after_the_start(to):
    with pytest.raises(InvalidValueError, match="give another day after its start"):
        move_bill_date(LAST, 0, to)


def test_resuming_within_the_period_or_after_it():
    monthly = Schedule(date(2026, 1, 1), MONTHLY)
    within = resume_schedule(monthly, date(2026, 1, 11), date(2026, 1, 21), Resume.KEEP_DATES)
    assert str(within.unused) == "2026-01-11 to 2026-01-21"
    assert (str(within.current), within.current_is_paid) == ("2026-01-21 to 2026-02-01", True)
    after = resume_schedule(monthly, date(2026, 1, 11), date(2026, 3, 1), Resume.KEEP_DATES)
    assert (after.current, after.current_is_paid) == (Period(date(2026, 3, 1), date(2026, 4, 1)), False)
    kept = resume_schedule(monthly, date(2026, 1, 21), date(2026, 3, 11), Resume.KEEP_DAYS)  # a pause of 49 days
    assert kept.current.explain() == "2026-03-11 to 2026-03-22: 11 of the 31 days from 2026-02-19 to 2026-03-22"
    assert kept.current.fraction == kept.unused.fraction == Fraction(11, 31)
    whole = resume_schedule(monthly, date(2026, 1, 1), date(2026, 3, 1), Resume.KEEP_DAYS)
    assert not whole.unused.is_stub
    assert (str(whole.current), str(whole.schedule.anchor)) == ("2026-03-01 to 2026-04-01", "2026-04-01")
    restarted = resume_schedule(monthly, date(2026, 1, 11), date(2026, 1, 21), Resume.RESTART)
    assert restarted.explain() == (
        "paused from 2026-01-11 to 2026-01-21; 21 of the 31 days from 2026-01-01 to 2026-02-01 unused; goes on "
        "2026-01-21 to 2026-02-21 (to be billed), then every month from 2026-01-21, on day 21 of the month"
    )
    assert "(already billed)" in within.explain()
    with pytest.raises(InvalidTypeError, match="a Resume"):
        resume_schedule(monthly, date(2026, 1, 11), date(2026, 1, 21), "restart")
    with pytest.raises(InvalidValueError, match="a pause ends after it starts"):
        resume_schedule(monthly, date(2026, 1, 11), date(2026, 1, 11), Resume.RESTART)


def test_renewing_early():
    annual = Schedule(date(2026, 1, 1), ANNUAL)
    kept = renew_early(annual, date(2026, 12, 2))
    assert kept.unused is None
    assert kept.explain() == "renewed on 2026-12-02: 2027-01-01 to 2028-01-01, after 2026-01-01 to 2027-01-01"
    at_once = renew_early(annual, date(2026, 12, 2), restart=True)
    assert at_once.explain().endswith(
        "unused 2026-12-02 to 2027-01-01: 30 of the 365 days from 2026-01-01 to 2027-01-01"
    )
    with pytest.raises(InvalidValueError, match="nothing to restart"):
        renew_early(annual, date(2026, 1, 1), restart=True)
    with pytest.raises(InvalidTypeError, match="True or False"):
        renew_early(annual, date(2026, 1, 2), restart=1)


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: move_bill_date(s, 0, date(2026, 1, 1)),
        lambda s: resume_schedule(s, date(2026, 1, 1), date(2026, 1, 2), Resume.RESTART),
        lambda s: renew_early(s, date(2026, 1, 1)),
        lambda s: Term(s, 0, 1),
    ],
)
def test_moves_need_a_schedule(ask):
    with pytest.raises(InvalidTypeError, match="a Schedule"):
        ask(MONTHLY)
    aligned = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
    with pytest.raises(InvalidTypeError, match=re.escape("of an AlignedSchedule give its .schedule")):
        ask(aligned)


def test_the_schedule_of_an_aligned_one_can_be_moved():
    aligned = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
    inner = aligned.schedule
    assert inner.index_of(date(2026, 2, 10)) == 0  # its first bill date is 1 February
    assert move_bill_date(inner, 0, date(2026, 2, 20)).after.fraction == Fraction(19, 28)
    with pytest.raises(InvalidTypeError, match=re.escape("of an AlignedSchedule give its .schedule")):
        Term(aligned, 0, 12)
    assert str(Term(inner, 0, 12)) == "2026-02-01 to 2027-02-01"


# The face


def test_the_face_of_the_package():
    assert dir(face) == sorted(face.__all__)
    for name in face.__all__:
        assert getattr(face, name) is not None
    with pytest.raises(AttributeError, match=re.escape("has no attribute 'Calender'")):
        face.Calender  # noqa: B018 - the look-up is the test


def test_every_error_is_ours_and_short():
    with pytest.raises(BillingError) as raised:
        Schedule("x" * 10_000, MONTHLY)
    assert len(str(raised.value)) < 300
    assert isinstance(raised.value, TypeError)


def test_copies_are_equal():
    for value in (LAST, JANUARY, AlignedSchedule(date(2024, 1, 10), LAST), Term(LAST, 0, 3), END_OF_MONTH):
        assert copy.deepcopy(value) == value
        assert pickle.loads(pickle.dumps(value)) == value
