"""Subscriptions that start or end between two boundaries: first and last stubs."""

from datetime import date
from typing import TYPE_CHECKING

import attrs

from billingcore._checks import check, check_date
from billingcore.cycles._calendar import LEADS_OFF_CALENDAR, day_plus
from billingcore.cycles._periods import Period, Periods
from billingcore.cycles._rules import DayRule
from billingcore.cycles._schedules import Schedule
from billingcore.cycles._stubs import Aligned, Stub
from billingcore.errors import InvalidValueError, OutOfRangeError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

    from billingcore.cycles._cadences import Cadence


@attrs.frozen(init=False)
class AlignedSchedule(Aligned[date, Period]):
    """The periods of a subscription whose boundaries are those of a calendar, an account, or its own start.

    The subscription begins on ``start``; period 0 is its first. All boundaries but
    the first and the last are those of ``schedule``. A stub has the schedule's full
    period around it as its reference, whatever part of it was cut off: a start on
    20 May in a calendar quarter is 42 of 91 days.

    Args:
        start: the first day.
        schedule: whose boundaries count: a calendar rule's, the account's, or one from ``start`` itself.
        until: the first day after the subscription; None while it is open.
        first: what becomes of a start between two boundaries.
        last: what becomes of an end between two boundaries.

    A long stub takes in the full period next to it; where there is none left (the
    subscription is too short, or the other stub took it) it stays short.

    Raises:
        InvalidTypeError: dates that are not civil dates, no `Schedule`, no `Stub`.
        InvalidValueError: an end that is not after the start; ``Stub.NONE`` at an end that needs one.
        OutOfRangeError: a first or last period that reaches outside years 1 to 9999.

    >>> from billingcore.cycles import MONTHLY, DayOfMonth
    >>> aligned = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
    >>> print(aligned.period(0), aligned.period(0).fraction)
    2026-01-10 to 2026-02-01 22/31
    >>> print(aligned.period(1))
    2026-02-01 to 2026-03-01
    """

    start: date
    schedule: Schedule
    until: date | None = None
    first: Stub = Stub.SHORT
    last: Stub = Stub.SHORT
    _low: int = attrs.field(init=False, eq=False, repr=False)
    _high: int | None = attrs.field(init=False, eq=False, repr=False)

    def __init__(
        self,
        start: date,
        schedule: Schedule,
        until: date | None = None,
        first: Stub = Stub.SHORT,
        last: Stub = Stub.SHORT,
    ) -> None:
        check_date("start", start)
        check("schedule", schedule, Schedule)
        if until is not None and check_date("until", until) <= start:
            raise InvalidValueError("until", until, f"a subscription must end after it starts ({start})")
        for name, stub in (("first", first), ("last", last)):
            check(name, stub, Stub)
        put = object.__setattr__
        put(self, "start", start)
        put(self, "schedule", schedule)
        put(self, "until", until)
        put(self, "first", first)
        put(self, "last", last)
        self._put_numbers(("start", "until"), first, last)

    @classmethod
    def by_rule(
        cls,
        start: date,
        rule: DayRule,
        cadence: "Cadence | relativedelta",
        until: date | None = None,
        *,
        first: Stub = Stub.SHORT,
        last: Stub = Stub.SHORT,
    ) -> "AlignedSchedule":
        """Return a subscription billed on the days of a calendar rule: the 1st, a weekday, 1 January."""
        return cls(start, Schedule.by_rule(start, rule, cadence), until, first, last)

    @classmethod
    def by_anniversary(
        cls,
        start: date,
        cadence: "Cadence | relativedelta",
        until: date | None = None,
        *,
        rule: DayRule | None = None,
        last: Stub = Stub.SHORT,
    ) -> "AlignedSchedule":
        """Return a subscription billed from its own start; only its end can leave a stub. ``rule`` as in `Schedule`."""
        return cls(start, Schedule(start, cadence, rule), until, Stub.NONE, last)

    @classmethod
    def backwards(
        cls,
        start: date,
        until: date,
        cadence: "Cadence | relativedelta",
        *,
        rule: DayRule | None = None,
        first: Stub = Stub.SHORT,
    ) -> "AlignedSchedule":
        """Return a subscription whose boundaries are counted back from its end, so that the stub comes first.

        ``rule`` is the day to come back to, as in `Schedule`: `END_OF_MONTH` for a
        contract of month ends that is over on 30 June.

        >>> from billingcore.cycles import Cadence
        >>> contract = AlignedSchedule.backwards(date(2026, 1, 10), date(2026, 12, 31), Cadence.quarterly())
        >>> [str(period) for period in contract.periods()][:2]
        ['2026-01-10 to 2026-03-31', '2026-03-31 to 2026-06-30']
        """
        return cls(start, Schedule(until, cadence, rule), until, first, Stub.NONE)

    @property
    def count(self) -> int | None:
        """The number of periods; None while the subscription is open."""
        return self._count()

    def _parts(self) -> tuple[Schedule, date, date | None]:
        return self.schedule, self.start, self.until

    _moment = staticmethod(date.toordinal)

    @staticmethod
    def _before(name: str, at: date) -> date:
        return day_plus(name, at, -1)

    def boundary(self, n: int) -> date:
        """Return the day on which period ``n`` begins; for the number of periods, the day on which the last one ends.

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: before the first period or after the last one, or off the calendar.
        """
        return self._boundary(n)

    def period(self, n: int) -> Period:
        """Return period ``n``; the first is 0.

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: before the first period or after the last one, or off the calendar.
        """
        self._check(n)
        return self._period("n", n, n)

    def _period(self, name: str, value: object, n: int) -> Period:
        number = self._low + n
        try:
            if n and number != self._high:
                return Period(self.schedule.boundary(number), self.schedule.boundary(number + 1), None, n)
            return self._edge(n, number)
        except OutOfRangeError:
            raise OutOfRangeError(name, value, LEADS_OFF_CALENDAR) from None

    def _edge(self, n: int, number: int) -> Period:
        """Return the first or the last period, which may be a stub."""
        schedule, start, end = self.schedule, self.start, self.until
        if n:
            start = schedule.boundary(number)
        if end is None or number != self._high:
            end = schedule.boundary(number + 1)
        low = schedule.period_containing(start)
        if (start, end) == (low.start, low.end):
            return Period(start, end, None, n)
        if end <= low.end:
            return Period(start, end, low, n)
        high = schedule.period_containing(day_plus("until", end, -1))
        # The reference of a long stub is the full period around its short piece; the other one is joined to it.
        return Period(start, end, low, n, high) if end == high.end else Period(start, end, high, n, low)

    def index_of(self, day: date) -> int:
        """Return the number of the period that contains the day.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: a day before the subscription or after it.
        """
        return self._index_of("day", check_date("day", day))

    def period_containing(self, day: date) -> Period:
        """Return the one period that contains the day.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: a day before the subscription or after it.
        """
        return self._period("day", day, self.index_of(day))

    def is_boundary(self, day: date) -> bool:
        """Say whether a day is a boundary: the start, a bill date after it, or the end.

        Raises:
            InvalidTypeError: not a civil date.
        """
        return self._is_boundary(check_date("day", day))

    def cycles(self, day: date, count: int) -> Periods[Period]:
        """Return ``count`` periods, the first of which contains the day; a stub counts as one: it is a bill.

        Raises:
            InvalidTypeError: not a civil date, not an int.
            InvalidValueError: fewer than 1.
            OutOfRangeError: a day outside the subscription; more periods than it has; one off the calendar.

        >>> from billingcore.cycles import MONTHLY, DayOfMonth
        >>> aligned = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
        >>> [str(period) for period in aligned.cycles(date(2026, 1, 10), 2)]
        ['2026-01-10 to 2026-02-01', '2026-02-01 to 2026-03-01']
        """
        return Periods(self, self._cycles(day, count))

    def periods(self, start: date | None = None, until: date | None = None) -> Periods[Period]:
        """Return the periods that touch the days from ``start`` to ``until``, as a lazy sequence.

        Days before the subscription and after it hold no period and are passed over.

        Args:
            start: the first day that is asked for; None for the start of the subscription.
            until: the first day that is not asked for; None for the end of the subscription or of the calendar.

        Raises:
            InvalidTypeError: a date that is not a civil date.
            InvalidValueError: an ``until`` before ``start``.
        """
        if start is not None:
            check_date("start", start)
        if until is not None:
            check_date("until", until)
        elif self.until is None:  # all that fit on the calendar
            first = self.start if start is None else max(start, self.start)
            return Periods(self, range(self.index_of(first), self.index_of(date.max)))
        return Periods(self, self._numbers(("start", "until"), start, until))

    def describe(self) -> str:
        """Return the subscription in words: from when, until when, and on which days it is billed.

        >>> from billingcore.cycles import MONTHLY, DayOfMonth
        >>> AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY).describe()
        'from 2026-01-10, every month from 2026-02-01, on day 1 of the month'
        """
        return self._describe()

    def __str__(self) -> str:
        return self.describe()

    def explain(self, until: date | None = None) -> str:
        """Return the periods in words: which one is a stub and why, which boundary was clamped, also the first one.

        Args:
            until: the first day that is not asked for; None for the end of the subscription.

        Raises:
            InvalidTypeError: not a civil date.
            InvalidValueError: no ``until`` for a subscription without an end.

        >>> from billingcore.cycles import QUARTERLY, MonthDay
        >>> print(AlignedSchedule.by_rule(date(2024, 5, 20), MonthDay(1, 1), QUARTERLY).explain(date(2024, 10, 1)))
        from 2024-05-20, every 3 months from 2024-07-01, on day 1 of month 1
        period 0: 2024-05-20 to 2024-07-01: 42 of the 91 days from 2024-04-01 to 2024-07-01; short first stub: it starts
        between two boundaries
        period 1: 2024-07-01 to 2024-10-01: 92 days, a full period
        """
        if until is None and self.until is None:
            raise InvalidValueError("until", until, "an open subscription has no last period; say how far to explain")
        return self._explain(self.periods(self.start, until))
