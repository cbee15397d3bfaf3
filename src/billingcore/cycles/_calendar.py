"""Whole months on the calendar: the arithmetic that anchors and schedules share.

A month has a number, ``year * 12 + month - 1``, so that counting months is
counting integers; a day that a month does not have becomes its last day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final

from billingcore._checks import check
from billingcore.errors import InvalidValueError, OutOfRangeError

MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SHORTEST_MONTH: Final = 28
LONGEST_MONTH: Final = 31
MONTHS_A_YEAR: Final = 12
MAX_CYCLES: Final = 4_000_000
"""More than the days of the calendar: no cadence advances so often within it, so no period has a number beyond it."""
OFF_CALENDAR: Final = "the day lies outside the calendar (years 1 to 9999)"
LEADS_OFF_CALENDAR: Final = "it leads to a day outside the calendar (years 1 to 9999)"


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month, 1 to 12.

    >>> month_length(2024, 2), month_length(2100, 2), month_length(2000, 2)
    (29, 28, 29)
    """
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):  # noqa: PLR2004 - February, leap years
        return SHORTEST_MONTH + 1
    return MONTH_DAYS[month - 1]


def day_in_month(number: int, day: int) -> date:
    """Return a day of month ``number``, or the month's last day where it has no such day.

    Raises:
        OutOfRangeError: a month outside years 1 to 9999.
    """
    year, month = divmod(number, MONTHS_A_YEAR)
    try:
        return date(year, month + 1, min(day, month_length(year, month + 1)))
    except (ValueError, OverflowError):
        raise OutOfRangeError("month", number, OFF_CALENDAR) from None


def month_number(day: date) -> int:
    """Return the number of the month in which a day lies."""
    return day.year * MONTHS_A_YEAR + day.month - 1


def is_month_end(day: date) -> bool:
    """Say whether a day is the last one of its month."""
    return day.day == month_length(day.year, day.month)


def check_index(index: object) -> None:
    """Refuse what is not the number of a period in a schedule, nor None.

    Raises:
        InvalidTypeError: not an int.
        OutOfRangeError: a number that no schedule reaches.
    """
    if index is not None and not -MAX_CYCLES <= check("index", index, int) <= MAX_CYCLES:
        raise OutOfRangeError("index", index, f"no schedule has that many periods; give up to {MAX_CYCLES}")


def check_cycles(count: int) -> int:
    """Return how many cycles are asked for.

    Raises:
        InvalidTypeError: not an int.
        InvalidValueError: fewer than 1.
    """
    if check("count", count, int) < 1:
        raise InvalidValueError("count", count, "give 1 cycle or more")
    return count


def day_plus(name: str, day: date, days: int) -> date:
    """Return the day so many days later (earlier for a negative number).

    Raises:
        OutOfRangeError: the answer is off the calendar; ``name`` says which argument led there.
    """
    try:
        return date.fromordinal(day.toordinal() + days)
    except (ValueError, OverflowError):
        raise OutOfRangeError(name, days, OFF_CALENDAR) from None


@contextmanager
def naming(name: str, value: object) -> Iterator[None]:
    """Let whatever lies off the calendar be told of what the caller gave, and not of a step on the way.

    Raises:
        OutOfRangeError: instead of the one that was raised within.
    """
    try:
        yield
    except OutOfRangeError:
        raise OutOfRangeError(name, value, LEADS_OFF_CALENDAR) from None
