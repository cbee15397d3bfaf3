"""Subscriptions that start or end between two boundaries: first and last stubs."""

from datetime import date
from typing import TYPE_CHECKING

import attrs

from billingcore._checks import check, check_date
from billingcore._choices import Choice
from billingcore.cycles._calendar import LEADS_OFF_CALENDAR, day_plus, naming
from billingcore.cycles._periods import Period, Periods
from billingcore.cycles._rules import DayRule
from billingcore.cycles._schedules import Schedule
from billingcore.errors import InvalidValueError, OutOfRangeError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

    from billingcore.cycles._cadences import Cadence


class Stub(Choice):
    """What happens to the days between the start or the end of a subscription and the nearest boundary.

    ``SHORT``: they are a period of their own. ``LONG``: they are billed together
    with the full period next to them. ``NONE``: there must be none.
    """

    SHORT = "short"
    LONG = "long"
    NONE = "none"


@attrs.frozen(init=False)
class AlignedSchedule:
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
        low, high = _numbers(schedule, start, until, first, last)
        put = object.__setattr__
        put(self, "start", start)
        put(self, "schedule", schedule)
        put(self, "until", until)
        put(self, "first", first)
        put(self, "last", last)
        put(self, "_low", low)  # the first period ends on the schedule's boundary low + 1
        put(self, "_high", high)  # the last period begins on the schedule's boundary high

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
        return None if self._high is None else self._high - self._low + 1

    def boundary(self, n: int) -> date:
        """Return the day on which period ``n`` begins; for the number of periods, the day on which the last one ends.

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: before the first period or after the last one, or off the calendar.
        """
        if check("n", n, int) == self.count and self.until is not None:
            return self.until
        self._check(n)
        try:
            return self.start if n == 0 else self.schedule.boundary(self._low + n)
        except OutOfRangeError:
            raise OutOfRangeError("n", n, LEADS_OFF_CALENDAR) from None

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
        if check_date("day", day) < self.start or (self.until is not None and day >= self.until):
            raise OutOfRangeError(
                "day", day, f"the subscription runs from {self.start} until {self.until or 'it ends'}"
            )
        number = max(self.schedule.index_of(day), self._low)
        return (number if self._high is None else min(number, self._high)) - self._low

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
        if check_date("day", day) in (self.start, self.until):
            return True
        if day < self.start or (self.until is not None and day > self.until):
            return False
        return self.boundary(self.index_of(day)) == day

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
        if check("count", count, int) < 1:
            raise InvalidValueError("count", count, "give 1 cycle or more")
        first = self.index_of(day)
        stop = first + count
        if self.count is not None and stop > self.count:
            raise OutOfRangeError("count", count, f"the subscription has {self.count - first} periods from {day} on")
        with naming("count", count):
            self.boundary(stop)
        return Periods(self, range(first, stop))

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
        low = self.start if start is None else check_date("start", start)
        if until is not None and check_date("until", until) < low:
            raise InvalidValueError("until", until, f"periods are listed forwards; give {low} or a later day")
        ends = [day for day in (until, self.until) if day is not None]
        first = max(low, self.start)
        if ends and min(ends) <= first:
            return Periods(self, range(0))
        stop = self.index_of(day_plus("until", min(ends), -1)) + 1 if ends else self.index_of(date.max)
        if not ends or self.until is None:
            with naming("until", until):
                self.boundary(stop)  # whatever lies off the calendar is refused now, not in the middle of a bill run
        return Periods(self, range(self.index_of(first), stop))

    def describe(self) -> str:
        """Return the subscription in words: from when, until when, and on which days it is billed.

        >>> from billingcore.cycles import MONTHLY, DayOfMonth
        >>> AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY).describe()
        'from 2026-01-10, every month from 2026-02-01, on day 1 of the month'
        """
        head = f"from {self.start}" + (f" until {self.until}" if self.until else "")
        return f"{head}, {self.schedule.describe()}"

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
        lines = [self.describe()]
        for n, period in enumerate(self.periods(self.start, until)):
            lines.append(f"period {n}: {period.explain()}{self._why_stub(n, period)}{self._why_clamped(n)}")
        return "\n".join(lines)

    def _why_stub(self, n: int, period: Period) -> str:
        if period.reference is None:
            return ""
        length = "short" if period.joined is None else "long"
        late = n == 0 and not self.schedule.is_boundary(self.start)
        early = self.until is not None and period.end == self.until and not self.schedule.is_boundary(self.until)
        if late and early:
            return f"; {length} first and last stub: it starts and ends between two boundaries"
        if late:
            return f"; {length} first stub: it starts between two boundaries"
        return f"; {length} last stub: it ends between two boundaries"

    def _why_clamped(self, n: int) -> str:
        schedule, number = self.schedule, self._low + n
        begins = "" if n or schedule.boundary(number) != self.start else schedule.explain_boundary(number, "starts")
        return begins if number == self._high else begins + schedule.explain_boundary(number + 1)

    def _check(self, n: int) -> None:
        count = self.count
        if check("n", n, int) < 0 or (count is not None and n >= count):
            last = "" if count is None else f" to {count - 1}"
            raise OutOfRangeError("n", n, f"the periods of this subscription are numbered from 0{last}")


def _numbers(schedule: Schedule, start: date, until: date | None, first: Stub, last: Stub) -> tuple[int, int | None]:
    """Return the schedule's numbers of the first and the last period, once each long stub has taken in a full one."""
    low = schedule.index_of(start)
    starts_late = not schedule.is_boundary(start)
    if starts_late and first is Stub.NONE:
        problem = f"the start lies between two boundaries ({schedule.period(low)}); allow a stub or move the start"
        raise InvalidValueError("start", start, problem)
    if until is None:
        return (low + 1 if starts_late and first is Stub.LONG else low), None
    high = schedule.index_of(day_plus("until", until, -1))
    ends_early = not schedule.is_boundary(until)
    if ends_early and last is Stub.NONE:
        problem = f"the end lies between two boundaries ({schedule.period(high)}); allow a stub or move the end"
        raise InvalidValueError("until", until, problem)
    full = high - low + 1 - starts_late - ends_early  # below 0 where both ends lie in one period
    if starts_late and first is Stub.LONG and full > 0:
        low, full = low + 1, full - 1
    if ends_early and last is Stub.LONG and full > 0:
        high -= 1
    return low, high
