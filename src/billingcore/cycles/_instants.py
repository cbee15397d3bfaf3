"""Instants: when one becomes a civil date, and periods of instants for systems that bill to the second."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from billingcore._checks import check, refuse
from billingcore.cycles._calendar import LEADS_OFF_CALENDAR, OFF_CALENDAR, check_index, naming
from billingcore.cycles._periods import Periods
from billingcore.cycles._rules import DayRule
from billingcore.cycles._schedules import Schedule
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

    from billingcore.cycles._cadences import Cadence

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_A_DAY: Final = 86_400_000_000
_A_SECOND: Final = 1_000_000
_HALF_A_DAY: Final = timedelta(hours=12)
_LOOKED_AT_TOGETHER: Final = 28  # days between two looks at the offset of a zone


def civil_date(instant: datetime, zone: tzinfo) -> date:
    """Return the civil date of an instant in a zone: the one step from instants to dates.

    Args:
        instant: an aware ``datetime``.
        zone: the zone whose calendar counts, usually the customer's: a ``tzinfo`` object, never a name (looking a
            name up opens files).

    Raises:
        InvalidTypeError: not an aware ``datetime``, not a ``tzinfo``, or one that does not know its offset.
        OutOfRangeError: the date is off the calendar.

    >>> from datetime import timedelta, timezone
    >>> print(civil_date(datetime(2026, 1, 1, 7, 30, tzinfo=UTC), timezone(timedelta(hours=-8))))
    2025-12-31
    """
    check_instant("instant", instant)
    return _local("instant", instant, check_zone("zone", zone)).date()


def check_instant(name: str, value: object) -> datetime:
    """Return the value if it is an aware ``datetime``.

    Raises:
        InvalidTypeError: anything else; a naive ``datetime`` names no instant.
    """
    if type(value) is not datetime or value.tzinfo is None or _offset(value) is None:
        raise InvalidTypeError(name, value, "an aware datetime: an instant, with its tzinfo")
    return value


def check_zone(name: str, value: object) -> tzinfo:
    """Return the value if it is a zone object.

    Raises:
        InvalidTypeError: anything else, a zone's name included.
    """
    if not isinstance(value, tzinfo):
        refuse(name, value, tzinfo)
    return value


def microseconds_of(instant: datetime) -> int:
    """Return the microseconds since 1970 in UTC; differences of local times would ignore the changes of clocks."""
    since = instant - _EPOCH
    return since.days * _A_DAY + since.seconds * _A_SECOND + since.microseconds


@attrs.frozen(init=False)
class InstantPeriod:
    """A half-open stretch of time between two instants, measured in UTC.

    A day on which clocks change is 23 or 25 hours long, and two periods are equal
    if their instants are, whatever zones they are written in.

    Args:
        start_at: the first instant.
        end_at: the first instant that no longer belongs to it.
        reference: for a stub, the full period to which it belongs. None for a full period.
        index: its number in the schedule that made it; a label that equality ignores.

    ``microseconds`` is its length.

    Raises:
        InvalidTypeError: an instant that is not an aware ``datetime``.
        InvalidValueError: an end that is not after the start; a reference that is a stub itself, or that does not
            contain the stub.
        OutOfRangeError: a number that no schedule reaches.

    >>> from datetime import timedelta
    >>> january = InstantPeriod(datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC))
    >>> used, unused = january.split(datetime(2024, 1, 16, 12, tzinfo=UTC))
    >>> unused.fraction
    Fraction(1, 2)
    """

    start_at: datetime = attrs.field(eq=False)
    end_at: datetime = attrs.field(eq=False)
    reference: "InstantPeriod | None" = None
    index: int | None = attrs.field(default=None, eq=False)
    _start: int = attrs.field(init=False, repr=False)
    microseconds: int = attrs.field(init=False, repr=False)
    """The length of the period."""

    def __init__(
        self,
        start_at: datetime,
        end_at: datetime,
        reference: "InstantPeriod | None" = None,
        index: int | None = None,
    ) -> None:
        start = microseconds_of(check_instant("start_at", start_at))
        end = microseconds_of(check_instant("end_at", end_at))
        if end <= start:
            raise InvalidValueError("end_at", end_at, f"a period must end after it starts ({start_at})")
        if reference is not None:
            _check_reference(start, end, reference)
        check_index(index)
        put = object.__setattr__
        put(self, "start_at", start_at)
        put(self, "end_at", end_at)
        put(self, "reference", reference)
        put(self, "index", index)
        put(self, "_start", start)
        put(self, "microseconds", end - start)

    @property
    def full(self) -> "InstantPeriod":
        """The full period: the reference of a stub, else the period itself."""
        return self.reference or self

    @property
    def fraction(self) -> Fraction:
        """The exact share of the full period: 1 unless the period is a stub."""
        return Fraction(self.microseconds, self.full.microseconds)

    def contains(self, instant: datetime) -> bool:
        """Say whether the instant belongs to the period."""
        return 0 <= microseconds_of(check_instant("instant", instant)) - self._start < self.microseconds

    def split(self, instant: datetime) -> "tuple[InstantPeriod, InstantPeriod]":
        """Cut the period at an instant; both parts keep the full period as their reference.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
            InvalidValueError: an instant at which nothing is cut: the first one, or one outside the period.
        """
        if not 0 < microseconds_of(check_instant("instant", instant)) - self._start < self.microseconds:
            problem = f"the period is cut between {self.start_at} and {self.end_at}, both excluded"
            raise InvalidValueError("instant", instant, problem)
        return InstantPeriod(self.start_at, instant, self.full), InstantPeriod(instant, self.end_at, self.full)

    def explain(self) -> str:
        """Return the period and its share in words, with the time that was measured.

        >>> day = InstantPeriod(datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC))
        >>> day.split(datetime(2024, 1, 1, 6, tzinfo=UTC))[0].explain()
        '2024-01-01 00:00:00+00:00 to 2024-01-01 06:00:00+00:00: 6:00:00 of the 1 day, 0:00:00 from 2024-01-01
        00:00:00+00:00 to 2024-01-02 00:00:00+00:00'
        """
        length = timedelta(microseconds=self.microseconds)
        if self.reference is None:
            return f"{self}: {length}, a full period"
        return f"{self}: {length} of the {timedelta(microseconds=self.full.microseconds)} from {self.full}"

    def __str__(self) -> str:
        return f"{self.start_at} to {self.end_at}"


def _check_reference(start: int, end: int, reference: object) -> None:
    full = check("reference", reference, InstantPeriod)
    if full.reference is not None:
        problem = "a share is counted over a full period, and this is a stub; give its own full period"
        raise InvalidValueError("reference", str(full), problem)
    full_start, full_end = microseconds_of(full.start_at), microseconds_of(full.end_at)
    if start < full_start or end > full_end:
        raise InvalidValueError("reference", str(full), "a stub lies within its full period, and this one does not")


@attrs.frozen(init=False)
class InstantSchedule:
    """Boundaries that keep the local time of day of an anchor in its zone.

    Boundary ``n`` is the civil date that `Schedule` gives, at the anchor's time of
    day. Where clocks are put forward over that time, it is counted on from before
    the change (02:30 becomes 03:30, as in RFC 5545 and PEP 495); where clocks are
    put back and the time comes twice, it is the first of the two, or the second if
    the anchor was one.

    A zone that skipped a whole date (Samoa, 30 December 2011) leaves that day no
    time: its boundary coincides with the next one, and asking for the empty period
    between them is refused, also in the middle of a list of periods. No instant lies
    in it.

    Args:
        anchor_at: the instant of boundary 0.
        cadence: how often; a ``relativedelta`` is taken where it means a cadence.
        zone: the zone whose clock is kept: a ``tzinfo`` object, never a name.
        rule: the day to come back to, as in `Schedule`.

    Raises:
        InvalidTypeError: arguments of the wrong type.
        InvalidValueError: a rule that contradicts the anchor or the cadence.

    >>> from datetime import timedelta, timezone
    >>> from billingcore.cycles import Cadence
    >>> zone = timezone(timedelta(hours=1))
    >>> monthly = InstantSchedule(datetime(2024, 1, 31, 9, 30, tzinfo=zone), Cadence.monthly(), zone)
    >>> print(monthly.boundary(1), "|", monthly.boundary(2))
    2024-02-29 09:30:00+01:00 | 2024-03-31 09:30:00+01:00
    """

    anchor_at: datetime = attrs.field(eq=False)
    cadence: "Cadence"
    zone: tzinfo
    rule: DayRule | None = None
    _civil: Schedule = attrs.field(init=False, repr=False)
    _time: time = attrs.field(init=False, repr=False)
    _fold: int = attrs.field(init=False, repr=False)

    def __init__(
        self, anchor_at: datetime, cadence: "Cadence | relativedelta", zone: tzinfo, rule: DayRule | None = None
    ) -> None:
        check_instant("anchor_at", anchor_at)
        anchor = _local("anchor_at", anchor_at, check_zone("zone", zone))
        civil = Schedule(anchor.date(), cadence, rule)
        put = object.__setattr__
        put(self, "anchor_at", anchor)
        put(self, "cadence", civil.cadence)
        put(self, "zone", zone)
        put(self, "rule", rule)
        put(self, "_civil", civil)
        put(self, "_time", anchor.time())
        put(self, "_fold", anchor.fold)

    def boundary(self, n: int) -> datetime:
        """Return the instant of boundary ``n``, written in the schedule's zone.

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: an instant before year 1 or after year 9999.
        """
        wall = datetime.combine(self._civil.boundary(n), self._time, self.zone)
        try:
            real = _local("n", wall, self.zone)
            if wall.fold and _on_the_clock(real) != _on_the_clock(wall):
                real = _local("n", wall.replace(fold=0), self.zone)  # skipped: count on from before the change
        except OutOfRangeError:
            raise OutOfRangeError("n", n, LEADS_OFF_CALENDAR) from None
        return real

    def period(self, n: int) -> InstantPeriod:
        """Return period ``n``.

        Raises:
            InvalidTypeError: not an int.
            InvalidValueError: a day that the zone skipped altogether.
            OutOfRangeError: an instant before year 1 or after year 9999.
        """
        with naming("n", n):
            start, end = self.boundary(n), self.boundary(n + 1)
        if start == end:
            raise InvalidValueError("n", n, f"the zone skipped this day; the next period begins at {end}")
        return InstantPeriod(start, end, None, n)

    def is_clamped(self, n: int) -> bool:
        """Say whether boundary ``n`` falls on an earlier day than the schedule's own, for want of one in its month.

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: a day before year 1 or after year 9999.
        """
        return self._civil.is_clamped(n)

    def index_of(self, instant: datetime) -> int:
        """Return the number of the one period that contains the instant.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
            OutOfRangeError: an instant before year 1 or after year 9999.
        """
        at = microseconds_of(check_instant("instant", instant))
        n = self._civil.index_of(_local("instant", instant, self.zone).date())
        with naming("instant", instant):
            while microseconds_of(self.boundary(n)) > at:  # once at most, unless clocks moved across midnight
                n -= 1
            while microseconds_of(self.boundary(n + 1)) <= at:
                n += 1
        return n

    def period_containing(self, instant: datetime) -> InstantPeriod:
        """Return the one period that contains the instant.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
            OutOfRangeError: an instant before year 1 or after year 9999.
        """
        return self.period(self.index_of(instant))

    def periods(self, start_at: datetime, until_at: datetime) -> Periods[InstantPeriod]:
        """Return the periods that touch the time from ``start_at`` to ``until_at``, the latter excluded.

        Raises:
            InvalidTypeError: an instant that is not an aware ``datetime``.
            InvalidValueError: an ``until_at`` before ``start_at``; a day between them that the zone skipped (see
                `InstantSchedule`): list the periods up to it and those from it on.
            OutOfRangeError: a period that reaches outside years 1 to 9999.
        """
        numbers = self._numbers(start_at, until_at)
        skipped = self._skipped(numbers)
        if skipped is not None:
            at = self.boundary(skipped)
            problem = f"the zone skipped the day of period {skipped}; list up to {at}, and from {at} on"
            raise InvalidValueError("start_at", start_at, problem)
        return Periods(self, numbers)

    def _numbers(self, start_at: datetime, until_at: datetime) -> range:
        start = microseconds_of(check_instant("start_at", start_at))
        until = microseconds_of(check_instant("until_at", until_at))
        if until < start:
            raise InvalidValueError("until_at", until_at, f"periods are listed forwards; give {start_at} or later")
        with naming("start_at", start_at):
            first = self.index_of(start_at)
        if until == start:
            return range(first, first)
        with naming("until_at", until_at):
            stop = self.index_of(until_at)
            while microseconds_of(self.boundary(stop)) < until:
                stop += 1
        while microseconds_of(self.boundary(stop - 1)) == until:  # a skipped day ends at once: it is not asked for
            stop -= 1
        return range(first, stop)

    def _skipped(self, numbers: range) -> int | None:
        """Return the first of some periods whose day the zone skipped, or None.

        Only a cadence of one day fits into a skipped date. The offset of the zone is
        looked at every four weeks, and each day where it has grown by half a day or
        more in between: a zone that crosses the date line stays on the other side.
        """
        if self.cadence.days != 1 or not numbers:
            return None
        before = self.boundary(numbers[0]).utcoffset() or timedelta(0)
        for low in numbers[::_LOOKED_AT_TOGETHER]:
            high = min(low + _LOOKED_AT_TOGETHER, numbers.stop)
            after = self.boundary(high).utcoffset() or timedelta(0)
            if after - before >= _HALF_A_DAY:
                for n in range(low, min(high + 1, numbers.stop)):  # the offset is that of the day's end already
                    if self.boundary(n) == self.boundary(n + 1):
                        return n
            before = after
        return None

    def describe(self) -> str:
        """Return the schedule in words: how often, from when, on which day, at which time on the clocks of its zone.

        >>> from billingcore.cycles import Cadence
        >>> InstantSchedule(datetime(2024, 1, 31, 9, 30, tzinfo=UTC), Cadence.monthly(), UTC).describe()
        'every month from 2024-01-31, on day 31 of the month, at 09:30:00 on the clock'
        """
        return f"{self._civil.describe()}, at {self._time} on the clock"

    def __str__(self) -> str:
        return self.describe()

    def explain(self, start_at: datetime, until_at: datetime) -> str:
        """Return the periods that touch the time from ``start_at`` to ``until_at``, and say which boundary is unusual.

        A boundary is clamped for want of a day in its month, moved by a time that the
        clock skipped, or one of two instants at which the clock showed its time. A
        day that the zone skipped is said to have no time.

        Raises:
            InvalidTypeError: an instant that is not an aware ``datetime``.
            InvalidValueError: an ``until_at`` before ``start_at``.
            OutOfRangeError: a period that reaches outside years 1 to 9999.

        >>> from billingcore.cycles import Cadence
        >>> monthly = InstantSchedule(datetime(2026, 1, 31, 12, tzinfo=UTC), Cadence.monthly(), UTC)
        >>> print(monthly.explain(monthly.boundary(0), monthly.boundary(1)))
        every month from 2026-01-31, on day 31 of the month, at 12:00:00 on the clock
        period 0: 2026-01-31 12:00:00+00:00 to 2026-02-28 12:00:00+00:00: 28 days, 0:00:00, a full period; 2026-02 has
        no day 31, so it ends on its last day
        """
        lines = [self.describe()]
        for n in self._numbers(start_at, until_at):
            begins = self._explain_boundary(n, "starts") if len(lines) == 1 else ""
            empty = self.boundary(n) == self.boundary(n + 1)
            what = f"the zone skipped {self._civil.boundary(n)}: no time" if empty else self.period(n).explain()
            lines.append(f"period {n}: {what}{begins}{'' if empty else self._explain_boundary(n + 1, 'ends')}")
        return "\n".join(lines)

    def _explain_boundary(self, n: int, what: str) -> str:
        """Return why boundary ``n`` is not simply the anchor's time on the schedule's own day; empty where it is."""
        wall, real = datetime.combine(self._civil.boundary(n), self._time, self.zone), self.boundary(n)
        clamped, shown = self._civil.explain_boundary(n, what), _on_the_clock(wall)
        if _on_the_clock(real) != shown:
            return f"{clamped}; the clock skipped {shown}, so it {what} at {_on_the_clock(real)}"
        folds = [microseconds_of(wall.replace(fold=fold)) for fold in (0, 1)]
        if folds[0] != folds[1]:
            which = "second" if wall.fold else "first"
            return f"{clamped}; the clock showed {shown} twice, and it {what} at the {which} of the two"
        return clamped


def _offset(instant: datetime) -> object:
    try:
        return instant.utcoffset()
    except Exception:  # noqa: BLE001 - a foreign tzinfo that cannot say where it is may raise anything
        return None


def _local(name: str, instant: datetime, zone: tzinfo) -> datetime:
    """Return the instant as the clocks of a zone show it; by way of UTC, so that times which clocks skip become real.

    Raises:
        InvalidTypeError: a zone that does not know its offset from UTC.
        OutOfRangeError: the time is off the calendar; ``name`` says which argument led there.
    """
    try:
        return instant.astimezone(UTC).astimezone(zone)
    except Exception as error:  # noqa: BLE001 - a foreign tzinfo may raise anything
        # Offsets are shorter than a day: only from the first or the last year can they lead off the calendar.
        at_an_end = instant.year in (date.min.year, date.max.year) and isinstance(error, OverflowError | ValueError)
        if at_an_end and _offset(_EPOCH.replace(tzinfo=zone)) is not None:
            raise OutOfRangeError(name, instant, OFF_CALENDAR) from None
        raise InvalidTypeError("zone", zone, "a tzinfo object that knows its offset from UTC") from None


def _on_the_clock(instant: datetime) -> datetime:
    return instant.replace(tzinfo=None, fold=0)
