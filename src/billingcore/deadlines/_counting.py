"""What the rules of deadlines share: how days are counted, and how a count is put into words."""

from datetime import date

from billingcore._checks import check
from billingcore.cycles._calendar import OFF_CALENDAR, day_plus
from billingcore.deadlines._business import check_count
from billingcore.errors import OutOfRangeError


def check_bool(inclusive: object) -> bool:
    """Return the field of the rules if it is a bool."""
    return check("inclusive", inclusive, bool)


def days_counted(days: int, inclusive: bool) -> int:  # noqa: FBT001 - the field of the rules, handed on
    """Return how many days after the start the last one is."""
    return check_count(days, 0 if check_bool(inclusive) else 1) - (0 if inclusive else 1)


def month_end(day: date, months: int) -> date:
    """Return the last day of the month, so many months on: the day before the first of the month after."""
    year, month = divmod(day.year * 12 + day.month + months, 12)
    try:
        if (year, month) == (date.max.year + 1, 0):  # the month after is off the calendar, its last day is not
            return date.max
        return day_plus("days", date(year, month + 1, 1), -1)
    except (ValueError, OverflowError):
        raise OutOfRangeError("months", months, OFF_CALENDAR) from None


def number(count: int, what: str, *, signed: bool = False) -> str:
    """Return a number of things in words: ``1 day``, ``-2 months``."""
    shown = f"{count:+d}" if signed else f"{count}"
    return f"{shown} {what}" if abs(count) == 1 else f"{shown} {what}s"


def included(inclusive: bool) -> str:  # noqa: FBT001 - the field of the rules, put into words
    """Return whether the last day is still in time, in words."""
    return "included" if inclusive else "excluded"
