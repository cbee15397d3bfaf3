"""The last day that is in time, checked with a calendar (23 November 2026 is a Monday)."""

import pickle
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import MONTHLY, Term, Weekday
from billingcore.deadlines import (
    BusinessCalendar,
    BusinessDaysAfter,
    BusinessDaysBefore,
    DaysAfter,
    DaysBefore,
    DaysThenMonthEnd,
    Deadline,
    MonthEndPlus,
)
from billingcore.errors import OutOfRangeError
from billingcore.records import from_record, to_record
from samples import ONE_DAY

THANKSGIVING = date(2026, 11, 26)
US = BusinessCalendar([THANKSGIVING, date(2026, 12, 25), date(2026, 11, 28)])  # the last is a Saturday: no difference
GULF = BusinessCalendar(weekend=[Weekday.FRIDAY, Weekday.SATURDAY])
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))

CASES = [  # rule, counted from, last day, and why
    # within n days: the start never counts
    (DaysAfter(15), date(2026, 11, 1), date(2026, 11, 16)),  # 1 + 15
    (DaysAfter(15, inclusive=False), date(2026, 11, 1), date(2026, 11, 15)),  # 1 + 15 - 1
    (DaysAfter(15), date(2026, 12, 20), date(2027, 1, 4)),  # 11 days to the 31st, 4 more
    (DaysAfter(15), date(2028, 2, 20), date(2028, 3, 6)),  # 9 days to 29 February, 6 more
    (DaysAfter(15), date(2027, 2, 20), date(2027, 3, 7)),  # 8 days to 28 February, 7 more
    (DaysAfter(0), date(2026, 11, 1), date(2026, 11, 1)),  # due on receipt
    (DaysAfter(1, inclusive=False), date(2026, 11, 1), date(2026, 11, 1)),
    (DaysAfter(30), date(2026, 1, 31), date(2026, 3, 2)),  # net 30: 28 days to 28 February, 2 more
    (DaysAfter(60), date(2026, 11, 1), date(2026, 12, 31)),  # 29 to the 30th, 31 more
    # at least n days before: the renewal day never counts
    (DaysBefore(30), date(2027, 1, 1), date(2026, 12, 2)),  # 2 to 31 December are 30 days
    (DaysBefore(30, inclusive=False), date(2027, 1, 1), date(2026, 12, 1)),  # 30 clear days
    (DaysBefore(0), date(2027, 1, 1), date(2027, 1, 1)),
    (DaysBefore(30), date(2028, 3, 1), date(2028, 1, 31)),  # 29 days of February, 1 of January
    # the end of the month, and n days more
    (MonthEndPlus(), date(2026, 1, 15), date(2026, 1, 31)),
    (MonthEndPlus(), date(2026, 1, 31), date(2026, 1, 31)),
    (MonthEndPlus(10), date(2026, 1, 15), date(2026, 2, 10)),  # the 10th of the month after
    (MonthEndPlus(30), date(2026, 1, 15), date(2026, 3, 2)),  # 28 in February, 2 more
    (MonthEndPlus(30), date(2028, 1, 15), date(2028, 3, 1)),  # 29 in February, 1 more
    (MonthEndPlus(months=1), date(2026, 1, 31), date(2026, 2, 28)),
    (MonthEndPlus(15, months=1), date(2026, 11, 3), date(2027, 1, 15)),
    (MonthEndPlus(months=-1), date(2027, 1, 1), date(2026, 12, 31)),  # notice in the prior calendar month
    (MonthEndPlus(months=-1), date(2027, 3, 31), date(2027, 2, 28)),
    (MonthEndPlus(), date(9999, 12, 1), date(9999, 12, 31)),
    # the other reading of "30 days end of month"
    (DaysThenMonthEnd(30), date(2026, 1, 15), date(2026, 2, 28)),  # 14 February
    (DaysThenMonthEnd(45), date(2026, 1, 15), date(2026, 3, 31)),  # 1 March
    (DaysThenMonthEnd(0), date(2026, 1, 15), date(2026, 1, 31)),
    # business days
    (BusinessDaysAfter(1, US), date(2026, 11, 23), date(2026, 11, 24)),
    (BusinessDaysAfter(3, US), date(2026, 11, 23), date(2026, 11, 27)),  # 24, 25, not 26, 27
    (BusinessDaysAfter(2, US), date(2026, 11, 25), date(2026, 11, 30)),  # 27, 30
    (BusinessDaysAfter(1, US), date(2026, 11, 28), date(2026, 11, 30)),  # from a Saturday
    (BusinessDaysAfter(5, US), date(2026, 11, 29), date(2026, 12, 4)),  # from a Sunday: Monday to Friday
    (BusinessDaysAfter(5, US, inclusive=False), date(2026, 11, 29), date(2026, 12, 3)),
    (BusinessDaysAfter(1, US, inclusive=False), date(2026, 11, 28), date(2026, 11, 28)),  # the start itself
    (BusinessDaysAfter(0, US), date(2026, 11, 28), date(2026, 11, 28)),
    (BusinessDaysAfter(10, BusinessCalendar()), date(2026, 11, 23), date(2026, 12, 7)),  # two weeks
    (BusinessDaysAfter(1, GULF), date(2026, 11, 26), date(2026, 11, 29)),  # Thursday to Sunday
    (BusinessDaysAfter(22, US), date(2026, 12, 1), date(2027, 1, 1)),  # 22 weekdays to 31 December, less Christmas
    # business days before
    (BusinessDaysBefore(1, US), date(2026, 11, 24), date(2026, 11, 23)),
    (BusinessDaysBefore(1, US), date(2026, 11, 23), date(2026, 11, 20)),  # from a Monday to the Friday before
    (BusinessDaysBefore(2, US), date(2026, 11, 28), date(2026, 11, 25)),  # 27, not 26, 25
    (BusinessDaysBefore(3, US), date(2026, 11, 30), date(2026, 11, 24)),  # 27, 25, 24
    (BusinessDaysBefore(3, US, inclusive=False), date(2026, 11, 30), date(2026, 11, 23)),  # 3 clear business days
    (BusinessDaysBefore(0, US), date(2026, 11, 28), date(2026, 11, 28)),
    (BusinessDaysBefore(10, BusinessCalendar()), date(2026, 12, 7), date(2026, 11, 23)),  # two weeks
    (BusinessDaysBefore(1, GULF), date(2026, 11, 29), date(2026, 11, 26)),  # Sunday to Thursday
]


@pytest.mark.parametrize(("rule", "start_on", "last_on"), CASES, ids=str)
def test_the_last_day(rule, start_on, last_on):
    deadline = rule.deadline(start_on)
    assert (deadline.start_on, deadline.last_on, deadline.rule) == (start_on, last_on, rule)
    assert deadline.allows(last_on)
    assert deadline.days_left(last_on) == 0
    if last_on < date.max:
        assert deadline.first_late_on == last_on + ONE_DAY
        assert not deadline.allows(last_on + ONE_DAY)
    assert str(start_on) in deadline.explain()
    assert f"{last_on} is the last day" in deadline.explain()
    assert pickle.loads(pickle.dumps(deadline)) == deadline
    assert hash(deadline) == hash(rule.deadline(start_on))


def test_the_dispute_window_of_the_guide():
    """Invoices can be disputed within 15 days from the day they were issued; day 15 counts unless a policy says no."""
    window = DaysAfter(15).deadline(date(2026, 11, 1))
    assert [window.allows(date(2026, 11, day)) for day in (1, 15, 16, 17)] == [True, True, True, False]
    assert window.days_left(date(2026, 11, 18)) == -2


def test_the_notice_of_non_renewal_of_a_term():
    term = Term.of(date(2026, 1, 31), MONTHLY, 12)
    assert DaysBefore(30).deadline(term.end).last_on == date(2027, 1, 1)


def test_a_deadline_explains_how_it_was_counted():
    assert DaysBefore(1, inclusive=False).deadline(date(2027, 1, 1)).explain() == (
        "1 day before 2027-01-01, the last one excluded: 2026-12-30 is the last day"
    )
    assert MonthEndPlus(10).deadline(date(2026, 1, 15)).explain() == (
        "end of the month of 2026-01-15 + 10 days: 2026-02-10 is the last day"
    )
    assert MonthEndPlus(0, 2).deadline(date(2026, 1, 15)).explain() == (
        "end of the month +2 months from 2026-01-15: 2026-03-31 is the last day"
    )
    assert DaysThenMonthEnd(30).deadline(date(2026, 1, 15)).explain() == (
        "end of the month 30 days after 2026-01-15: 2026-02-28 is the last day"
    )


def test_a_deadline_on_a_free_day_can_be_moved():
    saturday = DaysAfter(5).deadline(date(2026, 11, 23))
    moved = saturday.rolled(US)
    assert (moved.last_on, moved.counted_on) == (date(2026, 11, 30), date(2026, 11, 28))
    holiday = DaysAfter(3).deadline(date(2026, 11, 23)).rolled(US)
    assert holiday.last_on == date(2026, 11, 27)
    friday = DaysAfter(4).deadline(date(2026, 11, 23))
    assert friday.rolled(US) is friday
    with pytest.raises(InvalidTypeError, match="a BusinessCalendar"):
        friday.rolled([THANKSGIVING])


def test_a_deadline_that_is_counted_back_is_moved_back():
    """30 days before 5 January is Sunday 6 December; moved on to Monday it was a notice of 29 days."""
    plain = BusinessCalendar()
    notice = DaysBefore(30).deadline(date(2027, 1, 5)).rolled(plain)
    assert (notice.last_on, notice.counted_on) == (date(2026, 12, 4), date(2026, 12, 6))
    assert notice.explain().endswith("2026-12-04 is the last day, as 2026-12-06 is no business day")
    prior_month = MonthEndPlus(months=-1).deadline(date(2026, 12, 5))  # Monday 30 November
    assert prior_month.rolled(BusinessCalendar([date(2026, 11, 30)])).last_on == date(2026, 11, 27)
    assert MonthEndPlus().deadline(date(2026, 10, 5)).rolled(plain).last_on == date(2026, 11, 2)  # from a Saturday, on
    unchanged = BusinessDaysBefore(2, US).deadline(date(2026, 12, 1))
    assert unchanged.rolled(US) is unchanged
    assert unchanged.rolled(BusinessCalendar([unchanged.last_on])).last_on == date(2026, 11, 26)


def test_a_deadline_that_is_moved_twice_keeps_the_day_that_was_counted():
    once = DaysAfter(5).deadline(date(2026, 11, 23)).rolled(US)  # from Saturday 28 to Monday 30 November
    twice = once.rolled(BusinessCalendar([date(2026, 11, 30)]))
    assert (twice.last_on, twice.counted_on) == (date(2026, 12, 1), date(2026, 11, 28))
    assert twice.rolled(US) is twice


@pytest.mark.parametrize(
    ("start_on", "last_on", "rule", "counted_on", "said"),
    [
        (date(2026, 1, 1), date(2036, 1, 1), DaysAfter(15), None, "last_on 2036-01-01: 15 days after 2026-01-01"),
        (date(2026, 1, 1), date(2026, 1, 15), DaysAfter(15), None, "the last one included, is 2026-01-16"),
        (date(2026, 1, 1), date(2026, 1, 2), DaysBefore(1), None, "is 2025-12-31"),
        (date(2026, 1, 1), date(2026, 1, 19), DaysAfter(15), date(2026, 1, 17), "counted_on 2026-01-17: 15 days after"),
        (date(2026, 1, 1), date(2026, 1, 16), DaysAfter(15), date(2026, 1, 16), "ends on a business day after"),
        (date(2026, 1, 1), date(2026, 1, 15), DaysAfter(15), date(2026, 1, 16), "ends on a business day after"),
        (date(2027, 1, 5), date(2026, 12, 7), DaysBefore(30), date(2026, 12, 6), "ends on a business day before"),
        (date(2026, 1, 1), date(2026, 3, 1), MonthEndPlus(), None, "end of the month of 2026-01-01, is 2026-01-31"),
        (date(2026, 1, 1), date(2026, 1, 3), BusinessDaysAfter(1, BusinessCalendar()), None, "is 2026-01-02"),
    ],
)
def test_a_deadline_ends_when_its_rule_says(start_on, last_on, rule, counted_on, said):
    """A record with another last day explained "15 days after 2026-01-01: 2036-01-01 is the last day"."""
    with pytest.raises(InvalidValueError, match=re.escape(said)):
        Deadline(start_on, last_on, rule, counted_on)
    right = rule.deadline(start_on)
    assert Deadline(start_on, right.last_on, rule) == right
    days = {"last_on": str(last_on), "counted_on": counted_on and str(counted_on)}
    with pytest.raises(InvalidValueError, match=re.escape(said)):
        from_record(to_record(right) | days)


@given(DAYS, st.integers(0, 400))
def test_days_are_counted_without_the_start(start, days):
    assert DaysAfter(days).deadline(start).last_on == start + days * ONE_DAY
    assert DaysBefore(days).deadline(start).last_on == start - days * ONE_DAY
    if days:
        assert DaysAfter(days, inclusive=False).deadline(start).last_on == start + (days - 1) * ONE_DAY
    assert DaysBefore(days, inclusive=False).deadline(start).last_on == start - (days + 1) * ONE_DAY


@given(DAYS, st.integers(0, 60), st.sets(st.integers(0, 120)), st.sets(st.sampled_from(Weekday), max_size=6))
def test_business_days_are_those_that_a_walk_counts(start, days, holidays, weekend):
    calendar = BusinessCalendar([start + n * ONE_DAY for n in holidays], weekend)
    day, left = start, days
    while left:
        day += ONE_DAY
        left -= calendar.is_business_day(day)
    assert calendar.plus(start, days) == day
    assert BusinessDaysAfter(days, calendar).deadline(start).last_on == day
    back, left = start, days
    while left:
        back -= ONE_DAY
        left -= calendar.is_business_day(back)
    assert calendar.minus(start, days) == back
    preceding = calendar.preceding(start)
    assert calendar.is_business_day(preceding)
    assert not any(calendar.is_business_day(start - n * ONE_DAY) for n in range((start - preceding).days))
    following = calendar.following(start)
    assert calendar.is_business_day(following)
    assert not any(calendar.is_business_day(start + n * ONE_DAY) for n in range((following - start).days))


@given(DAYS, st.integers(-40, 40))
def test_a_month_end_is_one(start, months):
    last = MonthEndPlus(months=months).deadline(start).last_on
    assert (last + ONE_DAY).day == 1
    assert (last.year - start.year) * 12 + last.month - start.month == months


def test_far_counts_take_no_walk():
    assert BusinessDaysAfter(2_000_000, US).deadline(date(2026, 1, 1)).last_on.year == 9692
    with pytest.raises(OutOfRangeError):
        BusinessDaysAfter(4_000_000, US).deadline(date(2026, 1, 1))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: DaysAfter(4_000_000).deadline(date(2026, 1, 1)),
        lambda: DaysAfter(1).deadline(date.max),
        lambda: DaysAfter(0).deadline(date.max).first_late_on,
        lambda: DaysBefore(1).deadline(date.min),
        lambda: MonthEndPlus(1).deadline(date.max),
        lambda: MonthEndPlus(0, 1).deadline(date.max),
        lambda: MonthEndPlus(0, -1).deadline(date.min),
        lambda: MonthEndPlus(0, 120_000).deadline(date.min),
        lambda: DaysThenMonthEnd(1).deadline(date.max),
        lambda: US.plus(date.max, 1),
        lambda: BusinessCalendar([date(9999, 12, 31)]).following(date.max),
        lambda: BusinessCalendar([date(1, 1, 1)]).preceding(date.min),
        lambda: US.minus(date.min, 1),
        lambda: BusinessDaysAfter(1, US).deadline(date.max),
        lambda: BusinessDaysBefore(1, US).deadline(date.min),
    ],
)
def test_off_the_calendar_is_our_own_error(ask):
    with pytest.raises(OutOfRangeError) as raised:
        ask()
    assert raised.value.name in {"start_on", "day", "days", "last_on"}  # what the caller gave, never a step in between


@pytest.mark.parametrize(
    "rule", [DaysAfter(9), DaysBefore(9), MonthEndPlus(9), DaysThenMonthEnd(9), BusinessDaysAfter(9, US)], ids=str
)
def test_off_the_calendar_names_the_day_from_which_was_counted(rule):
    edge = date.min if isinstance(rule, DaysBefore) else date.max
    with pytest.raises(OutOfRangeError, match=f"^start_on {edge}: the day lies outside the calendar"):
        rule.deadline(edge)


RULES = [
    DaysAfter,
    DaysBefore,
    DaysThenMonthEnd,
    MonthEndPlus,
    lambda days: BusinessDaysAfter(days, US),
    lambda days: BusinessDaysBefore(days, US),
    lambda days: US.plus(date(2026, 1, 1), days),
    lambda days: US.minus(date(2026, 1, 1), days),
]


@pytest.mark.parametrize("make", RULES)
def test_days_are_a_count(make):
    for value in (True, 15.0, "15", None, timedelta(15)):
        with pytest.raises(InvalidTypeError):
            make(value)
    for value in (-1, 4_000_001, 10**30):
        with pytest.raises(InvalidValueError):
            make(value)


def test_a_count_that_excludes_its_last_day_needs_a_day():
    for make in (lambda: DaysAfter(0, inclusive=False), lambda: BusinessDaysAfter(0, US, inclusive=False)):
        with pytest.raises(InvalidValueError, match="give 1 to"):
            make()


@pytest.mark.parametrize("value", [None, "yes", 1, 0])
def test_inclusive_is_a_bool(value):
    business = [
        lambda days, value, kind=kind: kind(days, US, value) for kind in (BusinessDaysAfter, BusinessDaysBefore)
    ]
    for make in (DaysAfter, DaysBefore, *business):
        with pytest.raises(InvalidTypeError, match="True or False"):
            make(5, value)


@pytest.mark.parametrize("value", [None, "2026-01-01", 5, datetime(2026, 1, 1, tzinfo=UTC), True])
def test_a_deadline_counts_from_a_civil_date(value):
    rules = [DaysAfter(1), DaysBefore(1), MonthEndPlus(), DaysThenMonthEnd(1), BusinessDaysAfter(1, US)]
    asks = [rule.deadline for rule in [*rules, BusinessDaysBefore(1, US)]]
    asks += [US.preceding, lambda day: US.minus(day, 1)]
    deadline = rules[0].deadline(date(2026, 1, 1))
    asks += [deadline.allows, deadline.days_left, US.is_business_day, US.following, lambda day: US.plus(day, 1)]
    asks += [
        lambda day: Deadline(day, date(2026, 1, 1), rules[0]),
        lambda day: Deadline(date(2026, 1, 1), day, rules[0]),
    ]
    if value is not None:
        asks.append(lambda day: Deadline(date(2026, 1, 1), date(2026, 1, 2), rules[0], day))
        asks.append(lambda day: BusinessCalendar([day]))
    for ask in asks:
        with pytest.raises(InvalidTypeError):
            ask(value)


def test_calendars_and_rules_have_their_types():
    for make in (
        lambda: BusinessCalendar("2026-01-01"),
        lambda: BusinessCalendar(5),
        lambda: BusinessCalendar([[]]),
        lambda: BusinessCalendar([], [5]),
        lambda: BusinessCalendar([], None),
        lambda: BusinessDaysAfter(5, [THANKSGIVING]),
        lambda: BusinessDaysBefore(5, [THANKSGIVING]),
        lambda: Deadline(date(2026, 1, 1), date(2026, 1, 2), "15 days"),
        lambda: MonthEndPlus(0, "1"),
        lambda: MonthEndPlus(0, True),
    ):
        with pytest.raises(InvalidTypeError):
            make()
    with pytest.raises(InvalidValueError, match="a working weekday"):
        BusinessCalendar([], list(Weekday))
    with pytest.raises(InvalidValueError, match="give -120000 to 120000"):
        MonthEndPlus(0, 200_000)


def test_a_calendar_is_a_value():
    holidays = [THANKSGIVING]
    calendar = BusinessCalendar(holidays)
    holidays.append(date(2026, 11, 27))
    assert calendar == BusinessCalendar({THANKSGIVING})
    assert hash(calendar) == hash(BusinessCalendar(iter([THANKSGIVING])))
    assert pickle.loads(pickle.dumps(calendar)).plus(date(2026, 11, 25), 1) == date(2026, 11, 27)
