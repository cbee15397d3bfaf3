"""Days that a calendar names: a day of the month, its last day, a weekday, a month and day."""

from datetime import date

import attrs

from billingcore._checks import check, check_date
from billingcore._choices import Choice
from billingcore.cycles._cadences import Cadence
from billingcore.cycles._calendar import (
    LONGEST_MONTH,
    MONTH_DAYS,
    MONTHS_A_YEAR,
    day_in_month,
    day_plus,
    month_length,
    month_number,
)
from billingcore.errors import InvalidTypeError, InvalidValueError

_DAYS_A_WEEK = 7


class Weekday(Choice):
    """A day of the week as a bill day; the values are those of ``date.weekday()``.

    >>> Weekday.of(date(2026, 11, 23))
    <Weekday.MONDAY: 0>
    """

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """Return the weekday of a date.

        Raises:
            InvalidTypeError: not a civil date.
        """
        return cls(check_date("day", day).weekday())

    def describe(self) -> str:
        """Return the rule in words."""
        return f"on {self.name.capitalize()}s"


class MonthEnd(Choice):
    """The last day of the month as a bill day: 30 April, 31 May, 28 or 29 February."""

    LAST_DAY = "last_day"
    """The last day, whichever it is."""

    def describe(self) -> str:
        """Return the rule in words."""
        return "on the last day of the month"


END_OF_MONTH = MonthEnd.LAST_DAY
"""The last day of the month as a bill day."""


@attrs.frozen
class DayOfMonth:
    """A day of the month as a bill day; a month without it is billed on its last day.

    Args:
        day: 1 to 31.

    Raises:
        InvalidTypeError: not an int.
        InvalidValueError: no day of any month.

    >>> DayOfMonth(31).describe()
    'on day 31 of the month'
    """

    day: int

    def __attrs_post_init__(self) -> None:
        if not 1 <= check("day", self.day, int) <= LONGEST_MONTH:
            raise InvalidValueError("day", self.day, f"a day of the month is 1 to {LONGEST_MONTH}")

    def describe(self) -> str:
        """Return the rule in words."""
        return f"on day {self.day} of the month"


@attrs.frozen
class MonthDay:
    """A month and a day as a bill day, every year; 29 February is the 28th in common years.

    With quarters or half-years it fixes the months too: 1 January means 1
    January, April, July and October.

    Args:
        month: 1 to 12.
        day: a day that the month has in a leap year.

    Raises:
        InvalidTypeError: not ints.
        InvalidValueError: no such month or day.

    >>> MonthDay(2, 29).describe()
    'on day 29 of month 2'
    """

    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        if not 1 <= check("month", self.month, int) <= MONTHS_A_YEAR:
            raise InvalidValueError("month", self.month, "a month is 1 to 12")
        longest = max(MONTH_DAYS[self.month - 1], month_length(2000, self.month))
        if not 1 <= check("day", self.day, int) <= longest:
            raise InvalidValueError("day", self.day, f"month {self.month} has days 1 to {longest}")

    def describe(self) -> str:
        """Return the rule in words."""
        return f"on day {self.day} of month {self.month}"


DayRule = DayOfMonth | MonthDay | MonthEnd | Weekday
"""On which day of a calendar bills come."""
_RULES = (DayOfMonth, MonthDay, MonthEnd, Weekday)


def sticky_day(rule: DayRule) -> int:
    """Return the day of the month that a rule keeps to."""
    return rule.day if isinstance(rule, DayOfMonth | MonthDay) else LONGEST_MONTH


def check_rule(rule: object, cadence: Cadence) -> "DayRule":
    """Return the rule if it can go with the cadence.

    Raises:
        InvalidTypeError: no day rule.
        InvalidValueError: a rule and a cadence that contradict each other.
    """
    if not isinstance(rule, _RULES):
        raise InvalidTypeError("rule", rule, "a DayOfMonth, a MonthDay, a Weekday or END_OF_MONTH")
    if isinstance(rule, Weekday):
        if cadence.days % _DAYS_A_WEEK or not cadence.days:
            problem = f"a weekday comes round in weeks, not {cadence.describe()}; give a cadence of weeks"
            raise InvalidValueError("rule", rule, problem)
        return rule
    months = cadence.months
    if not months:
        problem = f"a day of the month comes round in months, not {cadence.describe()}; give a date or a weekday"
        raise InvalidValueError("rule", rule, problem)
    if isinstance(rule, MonthDay) and MONTHS_A_YEAR % months and months % MONTHS_A_YEAR:
        problem = f"{cadence.describe()} does not keep to the months of a year; give a date as the anchor"
        raise InvalidValueError("rule", rule, problem)
    return rule


def check_anchor(anchor: date, rule: DayRule, cadence: Cadence) -> None:
    """Refuse an anchor that is not a day of its rule.

    Raises:
        InvalidValueError: the anchor and the rule contradict each other.
    """
    if isinstance(rule, Weekday):
        fits = anchor.weekday() == rule.value
    else:
        fits = anchor.day == min(sticky_day(rule), month_length(anchor.year, anchor.month))
        if isinstance(rule, MonthDay):
            fits = fits and (anchor.month - rule.month) % min(cadence.months, MONTHS_A_YEAR) == 0
    if not fits:
        problem = f"the anchor is no day {rule.describe()}; give one that is, or use Schedule.by_rule"
        raise InvalidValueError("anchor", anchor, problem)


def first_by_rule(rule: DayRule, cadence: Cadence, start: date) -> date:
    """Return the first day on or after ``start`` on which the rule bills.

    Raises:
        OutOfRangeError: there is none on the calendar.
    """
    if isinstance(rule, Weekday):
        return day_plus("start", start, (rule.value - start.weekday()) % _DAYS_A_WEEK)
    number, day = month_number(start), sticky_day(rule)
    step = 1
    if isinstance(rule, MonthDay):
        step = min(cadence.months, MONTHS_A_YEAR)
        number += (rule.month - start.month) % step
    found = day_in_month(number, day)
    return found if found >= start else day_in_month(number + step, day)
