"""Schedules: the boundaries of billing periods, counted from an anchor."""

from datetime import date
from typing import TYPE_CHECKING

import attrs

from billingcore._checks import check, check_date, check_words
from billingcore.cycles._cadences import Cadence
from billingcore.cycles._calendar import (
    LEADS_OFF_CALENDAR,
    MONTH_DAYS,
    OFF_CALENDAR,
    SHORTEST_MONTH,
    check_cycles,
    day_plus,
    month_number,
    naming,
)
from billingcore.cycles._periods import Period, Periods
from billingcore.cycles._rules import END_OF_MONTH, DayRule, check_anchor, check_rule, first_by_rule, sticky_day
from billingcore.errors import InvalidValueError, OutOfRangeError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


@attrs.frozen(init=False)
class Schedule:
    """The boundaries of a subscription: counted from an anchor, never from the last boundary.

    The anchor's day sticks: from 31 January, monthly, come 28 (or 29) February,
    31 March, 30 April. Boundary ``n`` is ``anchor + n * cadence`` clamped to the
    month's end, whatever ``n`` is; every answer costs the same.

    Args:
        anchor: the day of boundary 0.
        cadence: how often; a ``relativedelta`` is taken where it means a cadence (see `Cadence.of`).
        rule: the day to come back to, where the anchor alone does not say it: 30 April with `END_OF_MONTH` leads to
            31 May, 28 February with ``DayOfMonth(30)`` to 30 March. None: the anchor's own day.

    Raises:
        InvalidTypeError: an anchor that is not a civil date, a cadence that is not a `Cadence`, a rule that is none.
        InvalidValueError: a rule that contradicts the anchor or the cadence.

    >>> monthly = Schedule(date(2024, 1, 31), Cadence.monthly())
    >>> [str(monthly.boundary(n)) for n in (0, 1, 2, 3, 13)]
    ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2025-02-28']
    """

    anchor: date
    cadence: Cadence
    rule: DayRule | None = None
    _months: int = attrs.field(init=False, eq=False, repr=False)
    _days: int = attrs.field(init=False, eq=False, repr=False)
    _first: int = attrs.field(init=False, eq=False, repr=False)
    _day: int = attrs.field(init=False, eq=False, repr=False)

    def __init__(self, anchor: date, cadence: "Cadence | relativedelta", rule: DayRule | None = None) -> None:
        check_date("anchor", anchor)
        cadence = Cadence.of(cadence)
        day = anchor.day
        if rule is not None:
            check_anchor(anchor, check_rule(rule, cadence), cadence)
            day = sticky_day(rule)
        months = cadence.months
        put = object.__setattr__
        put(self, "anchor", anchor)
        put(self, "cadence", cadence)
        put(self, "rule", rule)
        put(self, "_months", months)
        put(self, "_days", cadence.days)
        put(self, "_first", month_number(anchor) if months else anchor.toordinal())
        put(self, "_day", day)

    @classmethod
    def by_rule(cls, start: date, rule: DayRule, cadence: "Cadence | relativedelta") -> "Schedule":
        """Return the schedule of a calendar rule whose boundary 0 is its first day on or after ``start``.

        Raises:
            InvalidTypeError: as for the schedule itself.
            InvalidValueError: a rule that contradicts the cadence.
            OutOfRangeError: there is no such day on the calendar.

        >>> from billingcore.cycles import QUARTERLY, DayOfMonth, MonthDay
        >>> print(Schedule.by_rule(date(2026, 5, 20), DayOfMonth(15), QUARTERLY).anchor)
        2026-06-15
        >>> print(Schedule.by_rule(date(2026, 5, 20), MonthDay(1, 1), QUARTERLY).anchor)
        2026-07-01
        """
        cadence = Cadence.of(cadence)
        check_rule(rule, cadence)
        with naming("start", check_date("start", start)):
            anchor = first_by_rule(rule, cadence, start)
        return cls(anchor, cadence, rule)

    def boundary(self, n: int) -> date:
        """Return the day of boundary ``n``: the anchor for 0, later days for 1, 2, …, earlier ones for -1, -2, ….

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: a day before year 1 or after year 9999.
        """
        if type(n) is not int:
            check("n", n, int)
        try:
            if not self._months:
                return date.fromordinal(self._first + n * self._days)
            year, month = divmod(self._first + n * self._months, 12)
            day = self._day
            if day > SHORTEST_MONTH:  # month_length, written out: this is the hot path
                last = MONTH_DAYS[month]
                if day > last:
                    leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
                    day = last + 1 if leap else last
            return date(year, month + 1, day)
        except (ValueError, OverflowError):
            raise OutOfRangeError("n", n, OFF_CALENDAR) from None

    def period(self, n: int) -> Period:
        """Return period ``n``: from boundary ``n`` to boundary ``n + 1``, the latter excluded.

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: a boundary before year 1 or after year 9999.
        """
        try:
            return Period(self.boundary(n), self.boundary(n + 1), None, n)
        except OutOfRangeError:
            raise OutOfRangeError("n", n, LEADS_OFF_CALENDAR) from None

    def index_of(self, day: date) -> int:
        """Return the number of the one period that contains the day; below 0 before the anchor.

        Raises:
            InvalidTypeError: not a civil date.

        >>> Schedule(date(2024, 1, 31), Cadence.monthly()).index_of(date(2024, 2, 28))
        0
        """
        check_date("day", day)
        if not self._months:
            return (day.toordinal() - self._first) // self._days
        n = (day.year * 12 + day.month - 1 - self._first) // self._months
        return n - 1 if self.boundary(n) > day else n

    def period_containing(self, day: date) -> Period:
        """Return the one period that contains the day.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: the period reaches outside years 1 to 9999.

        >>> print(Schedule(date(2024, 1, 31), Cadence.monthly()).period_containing(date(2024, 3, 1)))
        2024-02-29 to 2024-03-31
        """
        if type(day) is not date:
            check_date("day", day)
        try:
            if not self._months:
                return self.period((day.toordinal() - self._first) // self._days)
            n = (day.year * 12 + day.month - 1 - self._first) // self._months
            start = self.boundary(n)
            if start > day:
                return Period(self.boundary(n - 1), start, None, n - 1)
            return Period(start, self.boundary(n + 1), None, n)
        except OutOfRangeError:
            raise OutOfRangeError("day", day, LEADS_OFF_CALENDAR) from None

    def periods(self, start: date, until: date | None = None) -> Periods[Period]:
        """Return the periods that touch the days from ``start`` to ``until``, the latter excluded, as a lazy sequence.

        The last period is listed whole, so the one that runs past year 9999 cannot be
        asked for.

        Args:
            start: a day of the first period.
            until: the first day that is not asked for; None for all that fit on the calendar.

        Raises:
            InvalidTypeError: a date that is not a civil date.
            InvalidValueError: an ``until`` before ``start``.
            OutOfRangeError: a period that reaches outside years 1 to 9999.

        >>> year = Schedule(date(2024, 1, 31), Cadence.monthly()).periods(date(2024, 1, 31), date(2025, 1, 31))
        >>> len(year), str(year[1]), [str(period) for period in year[-1:]]
        (12, '2024-02-29 to 2024-03-31', ['2024-12-31 to 2025-01-31'])
        """
        first = self.index_of(start)
        if until is None:
            stop = self.index_of(date.max)
        elif check_date("until", until) < start:
            raise InvalidValueError("until", until, f"periods are listed forwards; give {start} or a later day")
        else:
            stop = first if until == start else self.index_of(day_plus("until", until, -1)) + 1
        return self._span(first, stop, ("start", start), ("until", until))

    def cycles(self, day: date, count: int) -> Periods[Period]:
        """Return ``count`` periods, the first of which contains the day: "for 3 months" means 3 cycles.

        Adding 3 months to a day that was clamped gives another answer: from 28
        February on a schedule of the 31st, the third period ends on 31 May, not on
        the 28th.

        Raises:
            InvalidTypeError: not a civil date, not an int.
            InvalidValueError: fewer than 1.
            OutOfRangeError: a period that reaches outside years 1 to 9999.

        >>> discounted = Schedule(date(2025, 1, 31), Cadence.monthly()).cycles(date(2025, 2, 28), 3)
        >>> [str(period) for period in discounted]
        ['2025-02-28 to 2025-03-31', '2025-03-31 to 2025-04-30', '2025-04-30 to 2025-05-31']
        """
        check_cycles(count)
        first = self.index_of(day)
        return self._span(first, first + count, ("day", day), ("count", count))

    def _span(self, first: int, stop: int, low: tuple[str, object], high: tuple[str, object]) -> Periods[Period]:
        if first < stop:  # whatever lies off the calendar is refused now, not in the middle of a bill run
            with naming(*low):
                self.boundary(first)
            with naming(*high):
                self.boundary(stop)
        return Periods(self, range(first, stop))

    def is_boundary(self, day: date) -> bool:
        """Say whether a period begins on the day.

        Raises:
            InvalidTypeError: not a civil date.
        """
        try:
            return self.boundary(self.index_of(day)) == day
        except OutOfRangeError:  # the period that contains it begins before the calendar does
            return False

    def is_clamped(self, n: int) -> bool:
        """Say whether boundary ``n`` falls on an earlier day than the schedule's own, for want of one in its month.

        >>> [Schedule(date(2024, 1, 30), Cadence.monthly()).is_clamped(n) for n in (0, 1, 2)]
        [False, True, False]
        """
        return bool(self._months) and self.rule is not END_OF_MONTH and self.boundary(n).day < self._day

    def describe(self) -> str:
        """Return the schedule in words: how often, from when, and on which day.

        >>> Schedule(date(2024, 1, 31), Cadence.monthly()).describe()
        'every month from 2024-01-31, on day 31 of the month'
        """
        words = f"{self.cadence.describe()} from {self.anchor}"
        if self.rule is not None:
            return f"{words}, {self.rule.describe()}"
        return f"{words}, on day {self._day} of the month" if self._months else words

    def explain(self, start: date, until: date) -> str:
        """Return the periods that touch the days from ``start`` to ``until``, and say which boundary was clamped.

        The start of the first period is explained too; that of each other one is the
        end of the one before.

        Raises:
            InvalidTypeError: a date that is not a civil date.
            InvalidValueError: an ``until`` before ``start``.
            OutOfRangeError: a period that reaches outside years 1 to 9999.

        >>> print(Schedule(date(2026, 1, 31), Cadence.monthly()).explain(date(2026, 1, 31), date(2026, 3, 31)))
        every month from 2026-01-31, on day 31 of the month
        period 0: 2026-01-31 to 2026-02-28: 28 days, a full period; 2026-02 has no day 31, so it ends on its last day
        period 1: 2026-02-28 to 2026-03-31: 31 days, a full period
        """
        check_date("until", until)
        lines = [self.describe()]
        for n in self.periods(start, until).numbers:
            begins = self.explain_boundary(n, "starts") if len(lines) == 1 else ""
            lines.append(f"period {n}: {self.period(n).explain()}{begins}{self.explain_boundary(n + 1)}")
        return "\n".join(lines)

    def explain_boundary(self, n: int, what: str = "ends") -> str:
        """Return why boundary ``n`` is not on the schedule's own day; an empty text where it is.

        Args:
            n: the number of the boundary.
            what: what a period does there, in words: "ends" or "starts".

        Raises:
            InvalidTypeError: not an int, not a str.
            InvalidValueError: words that cannot be printed.
            OutOfRangeError: a day before year 1 or after year 9999.
        """
        check_words("what", what)
        if not self.is_clamped(n):
            return ""
        return f"; {str(self.boundary(n))[:7]} has no day {self._day}, so it {what} on its last day"

    def __str__(self) -> str:
        return self.describe()


def check_schedule(value: object) -> Schedule:
    """Return the value if it is a `Schedule`.

    Raises:
        InvalidTypeError: anything else, an `AlignedSchedule` too: it says where to find its own.
    """
    return check("schedule", value, Schedule, words="a Schedule; of an AlignedSchedule give its .schedule")
