"""Subscriptions of instants that start or end between two boundaries: first and last stubs, to the second."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

import attrs

from billingcore._checks import check
from billingcore.cycles._calendar import LEADS_OFF_CALENDAR
from billingcore.cycles._instant_schedules import InstantSchedule, refuse_skipped
from billingcore.cycles._instants import InstantPeriod, check_instant, local_time, microseconds_of
from billingcore.cycles._periods import Periods
from billingcore.cycles._rules import DayRule
from billingcore.cycles._stubs import Aligned, Stub
from billingcore.errors import InvalidValueError, OutOfRangeError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

    from billingcore.cycles._cadences import Cadence

_MICROSECOND: Final = timedelta(microseconds=1)
_MIDNIGHT: Final = time()


@attrs.frozen(init=False)
class AlignedInstantSchedule(Aligned[datetime, InstantPeriod]):
    """The periods of a subscription to the second, whose boundaries are those of an `InstantSchedule`.

    As `AlignedSchedule` for days: the subscription begins at ``start_at``; period 0
    is its first. All boundaries but the first and the last are those of
    ``schedule``. A stub has the schedule's full period around it as its reference,
    measured in UTC: a start on 10 January, at 12:00, is 21.5 of 31 days.

    Args:
        start_at: the first instant; it is written in the zone of the schedule.
        schedule: whose boundaries count: a calendar rule's, the account's, or one from ``start_at`` itself.
        until_at: the first instant after the subscription; None while it is open.
        first: what becomes of a start between two boundaries: ``Stub.SHORT`` or ``Stub.NONE``.
        last: what becomes of an end between two boundaries, likewise.

    A period of instants has one full period, so there is no long stub: bill the
    short one together with the full period next to it, which costs the same.

    Raises:
        InvalidTypeError: instants that are not aware, no `InstantSchedule`, no `Stub`.
        InvalidValueError: an end that is not after the start; ``Stub.NONE`` at an end that needs one; ``Stub.LONG``.
        OutOfRangeError: a first or last period that reaches outside years 1 to 9999.

    >>> from billingcore.cycles import MONTHLY, DayOfMonth
    >>> start_at = datetime(2026, 1, 10, 12, tzinfo=UTC)
    >>> aligned = AlignedInstantSchedule.by_rule(start_at, DayOfMonth(1), MONTHLY, UTC)
    >>> print(aligned.period(0), aligned.period(0).fraction)
    2026-01-10 12:00:00+00:00 to 2026-02-01 00:00:00+00:00 43/62
    >>> print(aligned.period(1))
    2026-02-01 00:00:00+00:00 to 2026-03-01 00:00:00+00:00
    """

    start_at: datetime = attrs.field(eq=False)
    schedule: InstantSchedule
    until_at: datetime | None = attrs.field(default=None, eq=False)
    first: Stub = Stub.SHORT
    last: Stub = Stub.SHORT
    _start: int = attrs.field(init=False, repr=False)
    _until: int | None = attrs.field(init=False, repr=False)
    _low: int = attrs.field(init=False, eq=False, repr=False)
    _high: int | None = attrs.field(init=False, eq=False, repr=False)

    def __init__(
        self,
        start_at: datetime,
        schedule: InstantSchedule,
        until_at: datetime | None = None,
        first: Stub = Stub.SHORT,
        last: Stub = Stub.SHORT,
    ) -> None:
        check_instant("start_at", start_at)
        zone = check("schedule", schedule, InstantSchedule).zone
        start = local_time("start_at", start_at, zone)
        until = None if until_at is None else local_time("until_at", check_instant("until_at", until_at), zone)
        if until is not None and microseconds_of(until) <= microseconds_of(start):
            raise InvalidValueError("until_at", until, f"a subscription must end after it starts ({start})")
        for name, stub in (("first", first), ("last", last)):
            if check(name, stub, Stub) is Stub.LONG:
                problem = (
                    "a period of instants is no long stub; bill a short one together with the full period next to it"
                )
                raise InvalidValueError(name, stub, problem)
        put = object.__setattr__
        put(self, "start_at", start)
        put(self, "schedule", schedule)
        put(self, "until_at", until)
        put(self, "first", first)
        put(self, "last", last)
        put(self, "_start", microseconds_of(start))
        put(self, "_until", None if until is None else microseconds_of(until))
        self._put_numbers(("start_at", "until_at"), first, last)

    @classmethod
    def by_rule(
        cls,
        start_at: datetime,
        rule: DayRule,
        cadence: "Cadence | relativedelta",
        zone: tzinfo,
        until_at: datetime | None = None,
        *,
        time_of_day: time = _MIDNIGHT,
        first: Stub = Stub.SHORT,
        last: Stub = Stub.SHORT,
    ) -> "AlignedInstantSchedule":
        """Return a subscription billed on the days of a calendar rule, at a time on the clock of a zone.

        ``time_of_day`` is midnight unless another is given, as in `InstantSchedule.by_rule`.
        """
        schedule = InstantSchedule.by_rule(start_at, rule, cadence, zone, time_of_day=time_of_day)
        return cls(start_at, schedule, until_at, first, last)

    @classmethod
    def by_anniversary(
        cls,
        start_at: datetime,
        cadence: "Cadence | relativedelta",
        zone: tzinfo,
        until_at: datetime | None = None,
        *,
        rule: DayRule | None = None,
        last: Stub = Stub.SHORT,
    ) -> "AlignedInstantSchedule":
        """Return a subscription billed from its own start; only its end can leave a stub. ``rule`` as in `Schedule`."""
        return cls(start_at, InstantSchedule(start_at, cadence, zone, rule), until_at, Stub.NONE, last)

    @classmethod
    def backwards(
        cls,
        start_at: datetime,
        until_at: datetime,
        cadence: "Cadence | relativedelta",
        zone: tzinfo,
        *,
        rule: DayRule | None = None,
        first: Stub = Stub.SHORT,
    ) -> "AlignedInstantSchedule":
        """Return a subscription whose boundaries are counted back from its end, so that the stub comes first.

        ``rule`` is the day to come back to, as in `Schedule`.
        """
        return cls(start_at, InstantSchedule(until_at, cadence, zone, rule), until_at, first, Stub.NONE)

    @property
    def count(self) -> int | None:
        """The number of periods; None while the subscription is open."""
        return self._count()

    def _parts(self) -> tuple[InstantSchedule, datetime, datetime | None]:
        return self.schedule, self.start_at, self.until_at

    _moment = staticmethod(microseconds_of)

    @staticmethod
    def _before(name: str, at: datetime) -> datetime:
        return local_time(name, at, UTC) - _MICROSECOND

    def boundary(self, n: int) -> datetime:
        """Return the instant at which period ``n`` begins; for the number of periods, that at which the last one ends.

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: before the first period or after the last one, or off the calendar.
        """
        return self._boundary(n)

    def period(self, n: int) -> InstantPeriod:
        """Return period ``n``; the first is 0.

        Raises:
            InvalidTypeError: not an int.
            InvalidValueError: a day that the zone skipped altogether.
            OutOfRangeError: before the first period or after the last one, or off the calendar.
        """
        self._check(n)
        return self._period("n", n, n)

    def _period(self, name: str, value: object, n: int) -> InstantPeriod:
        number = self._low + n
        try:
            full = self.schedule.period(number)
        except OutOfRangeError:
            raise OutOfRangeError(name, value, LEADS_OFF_CALENDAR) from None
        except InvalidValueError as error:  # a day that the zone skipped: it has another number in the schedule
            raise InvalidValueError(name, value, error.problem) from None
        start = full.start_at if n else self.start_at
        end = full.end_at if self.until_at is None or number != self._high else self.until_at
        part = InstantPeriod(start, end, full, n)
        return InstantPeriod(start, end, None, n) if part.microseconds == full.microseconds else part

    def index_of(self, instant: datetime) -> int:
        """Return the number of the period that contains the instant.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
            OutOfRangeError: an instant before the subscription or after it.
        """
        return self._index_of("instant", check_instant("instant", instant))

    def period_containing(self, instant: datetime) -> InstantPeriod:
        """Return the one period that contains the instant.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
            OutOfRangeError: an instant before the subscription or after it.
        """
        return self._period("instant", instant, self.index_of(instant))

    def is_boundary(self, instant: datetime) -> bool:
        """Say whether an instant is a boundary: the start, a bill date after it, or the end.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
        """
        return self._is_boundary(check_instant("instant", instant))

    def cycles(self, instant: datetime, count: int) -> Periods[InstantPeriod]:
        """Return ``count`` periods, the first of which contains the instant; a stub counts as one: it is a bill.

        Raises:
            InvalidTypeError: not an aware ``datetime``, not an int.
            InvalidValueError: fewer than 1; a day among them that the zone skipped (see `InstantSchedule`).
            OutOfRangeError: an instant outside the subscription; more periods than it has; one off the calendar.
        """
        return self._listed("instant", instant, self._cycles(instant, count))

    def periods(self, start_at: datetime | None = None, until_at: datetime | None = None) -> Periods[InstantPeriod]:
        """Return the periods that touch the time from ``start_at`` to ``until_at``, as a lazy sequence.

        Time before the subscription and after it holds no period and is passed over.

        Args:
            start_at: the first instant that is asked for; None for the start of the subscription.
            until_at: the first instant that is not asked for; None for the end of the subscription.

        Raises:
            InvalidTypeError: an instant that is not an aware ``datetime``.
            InvalidValueError: an ``until_at`` before ``start_at``; none for a subscription without an end; a day between
                them that the zone skipped (see `InstantSchedule`).
            OutOfRangeError: a period that reaches outside years 1 to 9999.
        """
        if start_at is not None:
            check_instant("start_at", start_at)
        if until_at is not None:
            check_instant("until_at", until_at)
        elif self.until_at is None:
            problem = "an open subscription has no last period; say up to which instant"
            raise InvalidValueError("until_at", until_at, problem)
        return self._listed("start_at", start_at, self._numbers(("start_at", "until_at"), start_at, until_at))

    def _listed(self, name: str, value: object, numbers: range) -> Periods[InstantPeriod]:
        low = self._low
        refuse_skipped(name, value, self.schedule, range(numbers.start + low, numbers.stop + low), low)
        return Periods(self, numbers)

    def describe(self) -> str:
        """Return the subscription in words: from when, until when, and on which days and at which time it is billed.

        >>> from billingcore.cycles import MONTHLY, DayOfMonth
        >>> start_at = datetime(2026, 1, 10, 12, tzinfo=UTC)
        >>> AlignedInstantSchedule.by_rule(start_at, DayOfMonth(1), MONTHLY, UTC).describe()
        'from 2026-01-10 12:00:00+00:00, every month from 2026-02-01, on day 1 of the month, at 00:00:00 on the clock'
        """
        return self._describe()

    def __str__(self) -> str:
        return self.describe()

    def explain(self, until_at: datetime | None = None) -> str:
        """Return the periods in words: which one is a stub and why, and which boundary is unusual (see `InstantSchedule`).

        Args:
            until_at: the first instant that is not asked for; None for the end of the subscription.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
            InvalidValueError: no ``until_at`` for a subscription without an end; a day that the zone skipped.

        >>> from billingcore.cycles import MONTHLY, DayOfMonth
        >>> start_at = datetime(2026, 1, 10, 12, tzinfo=UTC)
        >>> aligned = AlignedInstantSchedule.by_rule(start_at, DayOfMonth(1), MONTHLY, UTC)
        >>> print(aligned.explain(aligned.boundary(1)))
        from 2026-01-10 12:00:00+00:00, every month from 2026-02-01, on day 1 of the month, at 00:00:00 on the clock
        period 0: 2026-01-10 12:00:00+00:00 to 2026-02-01 00:00:00+00:00: 21 days, 12:00:00 of the 31 days, 0:00:00 from
        2026-01-01 00:00:00+00:00 to 2026-02-01 00:00:00+00:00; short first stub: it starts between two boundaries
        """
        return self._explain(self.periods(None, until_at))
