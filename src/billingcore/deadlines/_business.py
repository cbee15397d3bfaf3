"""Business days: weekdays without the holidays that the caller gives."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Final, TypeVar

import attrs

from billingcore._checks import check_date, check_int, collected
from billingcore.cycles import Weekday
from billingcore.cycles._calendar import OFF_CALENDAR, day_plus
from billingcore.errors import InvalidValueError, OutOfRangeError, shown_in_order

T = TypeVar("T")

_MAX_DAYS: Final = 4_000_000  # every day of the calendar
_DAYS_A_WEEK: Final = 7


@attrs.frozen(init=False)
class BusinessCalendar:
    """Which days are business days: those outside the weekend and the holidays that the caller gives.

    No holiday is shipped: they differ by place and contract, and change.

    Args:
        holidays: civil dates; none by default.
        weekend: weekdays without business; Saturday and Sunday by default.

    Raises:
        InvalidTypeError: a holiday that is not a civil date, a weekend that is not made of `Weekday`.
        InvalidValueError: a weekend of seven days.

    >>> calendar = BusinessCalendar([date(2026, 11, 26)])
    >>> print(calendar.plus(date(2026, 11, 25), 1))
    2026-11-27
    """

    holidays: frozenset[date] = attrs.field(repr=shown_in_order)
    weekend: frozenset[Weekday] = attrs.field(repr=shown_in_order)
    _sorted: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)  # holidays on working weekdays
    _working: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)  # numbers of the working weekdays

    def __init__(
        self,
        holidays: Iterable[date] = (),
        weekend: Iterable[Weekday] = (Weekday.SATURDAY, Weekday.SUNDAY),
    ) -> None:
        days = frozenset(collected("holidays", holidays, date))
        free = frozenset(collected("weekend", weekend, Weekday))
        working = tuple(weekday.value for weekday in Weekday if weekday not in free)
        if not working:
            raise InvalidValueError("weekend", free, "a calendar needs a working weekday")
        put = object.__setattr__
        put(self, "holidays", days)
        put(self, "weekend", free)
        put(self, "_working", working)
        put(self, "_sorted", tuple(sorted(day.toordinal() for day in days if day.weekday() in working)))

    def is_business_day(self, day: date) -> bool:
        """Say whether a day is neither a holiday nor in a weekend."""
        return check_date("day", day).weekday() in self._working and day not in self.holidays

    def following(self, day: date) -> date:
        """Return the day itself if it is a business day, else the next one.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: there is none on the calendar.
        """
        try:
            return day if self.is_business_day(day) else self.plus(day, 1)
        except OutOfRangeError:
            raise OutOfRangeError("day", day, OFF_CALENDAR) from None

    def preceding(self, day: date) -> date:
        """Return the day itself if it is a business day, else the one before.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: there is none on the calendar.
        """
        try:
            return day if self.is_business_day(day) else self.minus(day, 1)
        except OutOfRangeError:
            raise OutOfRangeError("day", day, OFF_CALENDAR) from None

    def plus(self, day: date, days: int) -> date:
        """Return the n-th business day after a day; the day itself for 0. The day never counts.

        Raises:
            InvalidTypeError: not a civil date, not an int.
            InvalidValueError: a negative number, or one beyond the calendar.
            OutOfRangeError: it is off the calendar.
        """
        check_date("day", day)
        check_count(days)
        start = day.toordinal()
        found = self._weekdays_after(start, days)
        passed = 0
        while days and (holidays := self._holidays_between(start, found)) > passed:
            passed = holidays  # each holiday on the way costs one more day, which may pass another holiday
            found = self._weekdays_after(start, days + holidays)
        return day_plus("days", day, found - start)

    def minus(self, day: date, days: int) -> date:
        """Return the n-th business day before a day; the day itself for 0. The day never counts.

        Raises:
            InvalidTypeError: not a civil date, not an int.
            InvalidValueError: a negative number, or one beyond the calendar.
            OutOfRangeError: it is off the calendar.

        >>> print(BusinessCalendar([date(2026, 11, 26)]).minus(date(2026, 11, 30), 2))
        2026-11-25
        """
        check_date("day", day)
        check_count(days)
        start = day.toordinal()
        found = self._weekdays_before(start, days)
        passed = 0
        while days and (holidays := self._holidays_between(found - 1, start - 1)) > passed:
            passed = holidays
            found = self._weekdays_before(start, days + holidays)
        return day_plus("days", day, found - start)

    def _holidays_between(self, after: int, until: int) -> int:
        return bisect_right(self._sorted, until) - bisect_right(self._sorted, after)

    def _weekdays_after(self, start: int, count: int) -> int:
        """Return the ``count``-th working weekday after a day, holidays not considered."""
        if not count:
            return start
        a_week = len(self._working)
        weeks, rest = divmod(count - 1, a_week)
        # Ordinal 1 is a Monday, so that (ordinal - 1) % 7 is the weekday.
        weekday = (start - 1) % _DAYS_A_WEEK
        at = bisect_left(self._working, weekday + 1) + rest
        later, at = divmod(at, a_week)
        return start - weekday + (weeks + later) * _DAYS_A_WEEK + self._working[at]

    def _weekdays_before(self, start: int, count: int) -> int:
        """Return the ``count``-th working weekday before a day, holidays not considered."""
        if not count:
            return start
        weekday = (start - 1) % _DAYS_A_WEEK
        weeks, at = divmod(bisect_left(self._working, weekday) - count, len(self._working))  # weeks is below 0, or 0
        return start - weekday + weeks * _DAYS_A_WEEK + self._working[at]


def check_count(days: object, least: int = 0) -> int:
    """Return a number of days if it is an int that a deadline can be counted by."""
    return check_int("days", days, least, _MAX_DAYS)
