"""Billing time: half-open periods, cadences, and schedules counted from an anchor."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final

import attrs

from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.sourced import check_date

__all__ = ["Cadence", "Period", "Schedule", "Unit"]

_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORTEST_MONTH: Final = 28
_MAX_COUNT: Final = 4_000_000  # every day of the calendar; nothing longer can advance within it


@attrs.frozen(init=False)
class Period:
    """A half-open stretch of civil days: ``start`` belongs to it, ``end`` is the first day after it.

    Args:
        start: the first day.
        end: the first day that no longer belongs to it; later than ``start``.
        reference: for a stub, the full period to which it belongs: the denominator of its share. None for a full period.
        index: its number in the schedule that made it; a label that equality ignores.

    Raises:
        InvalidTypeError: a date that is not a civil date.
        InvalidValueError: an end that is not after the start.

    >>> february = Period(date(2026, 1, 31), date(2026, 2, 28))
    >>> february.days, february.contains(date(2026, 2, 28))
    (28, False)
    """

    start: date
    end: date
    reference: "Period | None" = None
    index: int | None = attrs.field(default=None, eq=False)

    def __init__(
        self, start: date, end: date, reference: "Period | None" = None, index: int | None = None
    ) -> None:
        if type(start) is not date or type(end) is not date:
            check_date("start", start)
            check_date("end", end)
        if end <= start:
            raise InvalidValueError("end", end, f"a period must end after it starts ({start})")
        if reference is not None and type(reference) is not Period:
            raise InvalidTypeError("reference", reference, "the full Period to which the stub belongs")
        if index is not None and type(index) is not int:
            raise InvalidTypeError("index", index, "an int")
        _put_start(self, start)
        _put_end(self, end)
        _put_reference(self, reference)
        _put_index(self, index)

    @property
    def days(self) -> int:
        """The number of civil days in the period."""
        return (self.end - self.start).days

    @property
    def full(self) -> "Period":
        """The full period: the reference of a stub, else the period itself."""
        return self.reference or self

    @property
    def fraction(self) -> Fraction:
        """The exact share of the full period: 1 unless the period is a stub."""
        return Fraction(self.days, self.full.days)

    def contains(self, day: date) -> bool:
        """Say whether the day belongs to the period."""
        return self.start <= check_date("day", day) < self.end

    def split(self, day: date) -> "tuple[Period, Period]":
        """Cut the period before a day; both parts keep the full period as their reference.

        Raises:
            InvalidValueError: a day on which nothing is cut: the first one, or one outside the period.

        >>> used, unused = Period(date(2026, 1, 31), date(2026, 2, 28)).split(date(2026, 2, 15))
        >>> used.fraction, unused.fraction
        (Fraction(15, 28), Fraction(13, 28))
        """
        if not self.start < check_date("day", day) < self.end:
            raise InvalidValueError("day", day, f"the period is cut between {self.start} and {self.end}, both excluded")
        return Period(self.start, day, self.full), Period(day, self.end, self.full)

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


_put_start = Period.__dict__["start"].__set__
_put_end = Period.__dict__["end"].__set__
_put_reference = Period.__dict__["reference"].__set__
_put_index = Period.__dict__["index"].__set__


class Unit(Enum):
    """What a cadence counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    __hash__ = object.__hash__


@attrs.frozen
class Cadence:
    """How often: a count of days, weeks, months or years.

    Raises:
        InvalidTypeError: a count that is not an int, a unit that is not a `Unit`.
        InvalidValueError: a count below 1: the cadence would not advance.

    >>> Cadence(3, Unit.MONTH).describe(), Cadence(1, Unit.YEAR).months
    ('every 3 months', 12)
    """

    count: int
    unit: Unit

    def __attrs_post_init__(self) -> None:
        if type(self.count) is not int:
            raise InvalidTypeError("count", self.count, "an int of 1 or more")
        if type(self.unit) is not Unit:
            raise InvalidTypeError("unit", self.unit, "a Unit, such as Unit.MONTH")
        if not 1 <= self.count <= _MAX_COUNT:
            raise InvalidValueError("count", self.count, f"a cadence must advance: give 1 to {_MAX_COUNT}")

    @property
    def months(self) -> int:
        """The length in months; 0 where the cadence counts days."""
        return self.count * _UNIT_MONTHS.get(self.unit, 0)

    @property
    def days(self) -> int:
        """The length in days; 0 where the cadence counts months."""
        return self.count * _UNIT_DAYS.get(self.unit, 0)

    def describe(self) -> str:
        """Return the cadence in words: ``every month``, ``every 2 weeks``."""
        return f"every {self.unit.value}" if self.count == 1 else f"every {self.count} {self.unit.value}s"


_UNIT_MONTHS: Final = {Unit.MONTH: 1, Unit.YEAR: 12}
_UNIT_DAYS: Final = {Unit.DAY: 1, Unit.WEEK: 7}
MONTHLY: Final = Cadence(1, Unit.MONTH)
ANNUAL: Final = Cadence(1, Unit.YEAR)


@attrs.frozen
class Schedule:
    """The boundaries of a subscription: counted from an anchor, never from the last boundary.

    The anchor's day sticks: from 31 January, monthly, come 28 (or 29) February,
    31 March, 30 April. Boundary ``n`` is ``anchor + n × cadence`` clamped to the
    month's end, whatever ``n`` is; every answer costs the same.

    Args:
        anchor: the day of boundary 0.
        cadence: how often.

    Raises:
        InvalidTypeError: an anchor that is not a civil date, a cadence that is not a `Cadence`.

    >>> monthly = Schedule(date(2024, 1, 31), MONTHLY)
    >>> [str(monthly.boundary(n)) for n in (0, 1, 2, 3, 13)]
    ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2025-02-28']
    """

    anchor: date
    cadence: Cadence
    _months: int = attrs.field(init=False, eq=False, repr=False)
    _days: int = attrs.field(init=False, eq=False, repr=False)
    _first: int = attrs.field(init=False, eq=False, repr=False)
    _day: int = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        anchor = check_date("anchor", self.anchor)
        if type(self.cadence) is not Cadence:
            raise InvalidTypeError("cadence", self.cadence, "a Cadence, such as Cadence(1, Unit.MONTH)")
        months = self.cadence.months
        put = object.__setattr__
        put(self, "_months", months)
        put(self, "_days", self.cadence.days)
        put(self, "_first", anchor.year * 12 + anchor.month - 1 if months else anchor.toordinal())
        put(self, "_day", anchor.day)

    def boundary(self, n: int) -> date:
        """Return the day of boundary ``n``: the anchor for 0, later days for 1, 2, …, earlier ones for -1, -2, ….

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: a day before year 1 or after year 9999.
        """
        if type(n) is not int:
            raise InvalidTypeError("n", n, "an int")
        try:
            if not self._months:
                return date.fromordinal(self._first + n * self._days)
            year, month = divmod(self._first + n * self._months, 12)
            day = self._day
            if day > _SHORTEST_MONTH:
                last = _MONTH_DAYS[month]
                if day > last:
                    leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
                    day = last + 1 if leap else last
            return date(year, month + 1, day)
        except (ValueError, OverflowError):
            raise OutOfRangeError("n", n, "the boundary lies outside the calendar (years 1 to 9999)") from None

    def period(self, n: int) -> Period:
        """Return period ``n``: from boundary ``n`` to boundary ``n + 1``, the latter excluded."""
        return Period(self.boundary(n), self.boundary(n + 1), None, n)

    def index_of(self, day: date) -> int:
        """Return the number of the one period that contains the day; below 0 before the anchor.

        >>> Schedule(date(2024, 1, 31), MONTHLY).index_of(date(2024, 2, 28))
        0
        """
        check_date("day", day)
        if not self._months:
            return (day.toordinal() - self._first) // self._days
        n = (day.year * 12 + day.month - 1 - self._first) // self._months
        return n - 1 if self.boundary(n) > day else n

    def period_containing(self, day: date) -> Period:
        """Return the one period that contains the day.

        >>> print(Schedule(date(2024, 1, 31), MONTHLY).period_containing(date(2024, 3, 1)))
        2024-02-29 to 2024-03-31
        """
        return self.period(self.index_of(day))

    def periods(self, start: date, until: date) -> Iterator[Period]:
        """Yield, one at a time, the periods that touch the days from ``start`` to ``until``, the latter excluded.

        Raises:
            InvalidTypeError: a date that is not a civil date.
        """
        first, last = check_date("start", start), check_date("until", until)
        n = self.index_of(first)
        while self.boundary(n) < last:
            yield self.period(n)
            n += 1
