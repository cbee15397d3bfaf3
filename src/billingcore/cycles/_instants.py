"""Instants: when one becomes a civil date, and periods of instants for systems that bill to the second."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from typing import Final

import attrs

from billingcore._checks import check, check_date, refuse
from billingcore.cycles._calendar import OFF_CALENDAR, check_index, naming
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_A_DAY: Final = 86_400_000_000
_A_SECOND: Final = 1_000_000


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
    return local_time("instant", instant, check_zone("zone", zone)).date()


def start_of_day(on: date, zone: tzinfo) -> datetime:
    """Return the first instant of a civil day in a zone, written in that zone.

    That is midnight, unless the clocks of the zone say otherwise: where midnight is
    skipped, the day begins when the clock has been put forward; where midnight
    comes twice, it begins at the first of the two.

    Args:
        on: the day.
        zone: the zone whose calendar counts: a ``tzinfo`` object such as a ``zoneinfo.ZoneInfo``, never a name (looking
            a name up opens files), and never None: a day has no first instant without a zone.

    Raises:
        InvalidTypeError: not a civil date; not a ``tzinfo``, or one that does not know its offset.
        InvalidValueError: a day that the zone skipped altogether, as Samoa skipped 30 December 2011; the error names
            the day that came instead.
        OutOfRangeError: the instant is off the calendar in UTC.

    >>> from datetime import timedelta, timezone
    >>> print(start_of_day(date(2026, 1, 31), timezone(timedelta(hours=-8))))
    2026-01-31 00:00:00-08:00
    """
    midnight = datetime.combine(check_date("on", on), time(), check_zone("zone", zone))
    with naming("on", on):
        first = local_time("on", midnight, zone)
        if on_the_clock(first) != on_the_clock(midnight):
            first = _first_after_gap(on, first, zone)
    if first.date() != on:
        raise InvalidValueError("on", on, f"the zone skipped this day; give the next one that it had, {first.date()}")
    return first


def _first_after_gap(on: date, near: datetime, zone: tzinfo) -> datetime:
    """Return the first instant of a day whose midnight the clock skipped, or of the day after where it has none.

    Clocks are put forward by a day at most, so it lies within a day of ``near``. It
    is looked for, as a zone does not say when its clocks change.
    """
    near = near.astimezone(UTC)

    def shifted(by: int) -> datetime:
        try:
            return local_time("on", near + timedelta(microseconds=by), zone)
        except OverflowError:
            raise OutOfRangeError("on", on, OFF_CALENDAR) from None

    def begun(by: int) -> int:
        return int(shifted(by).date() >= on)

    return shifted(bisect_left(range(-_A_DAY, _A_DAY), 1, key=begun) - _A_DAY)


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

    @property
    def is_stub(self) -> bool:
        """Whether the period is only a part of a full one."""
        return self.reference is not None

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


def _offset(instant: datetime) -> object:
    try:
        return instant.utcoffset()
    except Exception:  # noqa: BLE001 - a foreign tzinfo that cannot say where it is may raise anything
        return None


def local_time(name: str, instant: datetime, zone: tzinfo) -> datetime:
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


def on_the_clock(instant: datetime) -> datetime:
    """Return what the clock of an instant's zone shows, without the zone."""
    return instant.replace(tzinfo=None, fold=0)
