"""How often a subscription is billed."""

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from billingcore._checks import check, check_int
from billingcore._choices import Choice
from billingcore.cycles._calendar import MONTHS_A_YEAR
from billingcore.errors import InvalidTypeError, InvalidValueError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

_MAX_COUNT: Final = 4_000_000  # every day of the calendar; nothing longer can advance within it
_DAYS_A_WEEK: Final = 7


class Unit(Choice):
    """What a cadence counts."""

    DAY = "day"
    """Days."""
    WEEK = "week"
    """Weeks of seven days."""
    MONTH = "month"
    """Calendar months; a day that a month does not have becomes its last one."""
    YEAR = "year"
    """Years of twelve calendar months."""


@attrs.frozen(eq=False)
class Cadence:
    """How often: a count of days, weeks, months or years.

    A quarter is 3 months and a half-year 6; `Cadence.quarterly` and
    `Cadence.half_yearly` spell that out. Cadences of one length are equal, however
    they are written: 12 months and a year, 7 days and a week.

    Args:
        count: how many of the unit; 1 or more.
        unit: what is counted.

    Raises:
        InvalidTypeError: a count that is not an int, a unit that is not a `Unit`.
        InvalidValueError: a count below 1: the cadence would not advance.

    >>> Cadence(3, Unit.MONTH).describe(), Cadence(1, Unit.YEAR).months
    ('every 3 months', 12)
    """

    _wanted: ClassVar[str] = "a Cadence, such as MONTHLY"

    count: int
    unit: Unit

    def __eq__(self, other: object) -> bool:
        if other is self:
            return True
        if type(other) is not Cadence:
            return NotImplemented
        return self.months == other.months and self.days == other.days

    def __hash__(self) -> int:
        return hash((self.months, self.days))

    def __attrs_post_init__(self) -> None:
        _check_count(self.count)
        check("unit", self.unit, Unit)

    @property
    def months(self) -> int:
        """The length in months; 0 where the cadence counts days."""
        return self.count * _UNIT_MONTHS.get(self.unit, 0)

    @property
    def days(self) -> int:
        """The length in days; 0 where the cadence counts months."""
        return self.count * _UNIT_DAYS.get(self.unit, 0)

    @classmethod
    def daily(cls, count: int = 1) -> "Cadence":
        """Return every ``count`` days."""
        return cls(count, Unit.DAY)

    @classmethod
    def weekly(cls, count: int = 1) -> "Cadence":
        """Return every ``count`` weeks."""
        return cls(count, Unit.WEEK)

    @classmethod
    def monthly(cls, count: int = 1) -> "Cadence":
        """Return every ``count`` months."""
        return cls(count, Unit.MONTH)

    @classmethod
    def quarterly(cls, count: int = 1) -> "Cadence":
        """Return every ``count`` quarters of 3 months."""
        return cls(3 * _check_count(count), Unit.MONTH)

    @classmethod
    def half_yearly(cls, count: int = 1) -> "Cadence":
        """Return every ``count`` half-years of 6 months."""
        return cls(6 * _check_count(count), Unit.MONTH)

    @classmethod
    def yearly(cls, count: int = 1) -> "Cadence":
        """Return every ``count`` years."""
        return cls(count, Unit.YEAR)

    @classmethod
    def of(cls, value: "Cadence | relativedelta") -> "Cadence":
        """Return the cadence that a value stands for: itself, or the one that a ``relativedelta`` means.

        A ``relativedelta`` is taken in its largest unit: 12 months are a year, and
        7 days are a week, because it does not keep apart how it was written. A subclass
        of ``relativedelta`` is one.

        Raises:
            InvalidTypeError: neither a `Cadence` nor a ``relativedelta``.
            InvalidValueError: a ``relativedelta`` that is no cadence: months mixed with days (it has no day that
                could stick), parts of a day, an absolute field such as ``day=31``, fractions, nothing at all, or
                going back.

        >>> from dateutil.relativedelta import relativedelta
        >>> Cadence.of(relativedelta(months=3)).describe(), Cadence.of(relativedelta(weeks=2)).describe()
        ('every 3 months', 'every 2 weeks')
        >>> Cadence.of(relativedelta(months=1, days=3))
        Traceback (most recent call last):
        ...
        billingcore.errors.InvalidValueError: cadence relativedelta(months=+1, days=+3): months and days together ...
        """
        if type(value) is Cadence:
            return value
        # Whoever made one has loaded dateutil: nothing is opened here.
        if any(kind.__name__ == "relativedelta" for kind in type(value).__mro__):
            from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - only where one is at hand

            if isinstance(value, relativedelta):
                return _of_relativedelta(value)
        raise InvalidTypeError("cadence", value, "a Cadence, such as Cadence(1, Unit.MONTH), or a relativedelta")

    def to_relativedelta(self) -> "relativedelta":
        """Return the cadence as a ``dateutil.relativedelta.relativedelta``, for code that counts with those.

        Multiply it by ``n`` and add it to the anchor once; adding it again and
        again loses the anchor's day.

        >>> Cadence.quarterly().to_relativedelta()
        relativedelta(months=+3)
        """
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - not needed to calculate

        if self.unit is Unit.YEAR:
            return relativedelta(years=self.count)
        return relativedelta(months=self.months, days=self.days)

    def describe(self) -> str:
        """Return the cadence in words: ``every month``, ``every 2 weeks``."""
        return f"every {self.unit.value}" if self.count == 1 else f"every {self.count} {self.unit.value}s"

    def __str__(self) -> str:
        return self.describe()


def _check_count(count: object) -> int:
    problem = f"a cadence must advance: give 1 to {_MAX_COUNT}"
    return check_int("count", count, 1, _MAX_COUNT, problem)


_ABSOLUTE: Final = ("year", "month", "day", "weekday", "hour", "minute", "second", "microsecond")
_WITHIN_A_DAY: Final = ("hours", "minutes", "seconds", "microseconds")


def _of_relativedelta(delta: "relativedelta") -> Cadence:
    def refused(problem: str) -> InvalidValueError:
        return InvalidValueError("cadence", delta, problem)

    absolute = [name for name in _ABSOLUTE if getattr(delta, name) is not None]
    if absolute or delta.leapdays:
        names = ", ".join(absolute) or "leapdays"
        raise refused(f"{names} is no length of time; give months or days, and the day as the anchor")
    if any(getattr(delta, name) for name in _WITHIN_A_DAY):
        raise refused("a cadence counts whole days; for times of day use an instant as the anchor")
    years, months, days = delta.years, delta.months, delta.days
    if type(years) is not int or type(months) is not int or type(days) is not int:
        raise refused("a cadence counts whole days or months; a fraction of one has no bill date")
    months += years * MONTHS_A_YEAR
    if min(months, days) < 0 or not (months or days) or max(months, days) > _MAX_COUNT:
        raise refused(f"a cadence must advance: give 1 to {_MAX_COUNT} days or months")
    if months and days:
        raise refused("months and days together leave no day of the month to come back to; give one of them")
    if months:
        years, rest = divmod(months, MONTHS_A_YEAR)
        return Cadence(months, Unit.MONTH) if rest else Cadence(years, Unit.YEAR)
    weeks, rest = divmod(days, _DAYS_A_WEEK)
    return Cadence(days, Unit.DAY) if rest else Cadence(weeks, Unit.WEEK)


_UNIT_MONTHS: Final = {Unit.MONTH: 1, Unit.YEAR: MONTHS_A_YEAR}
_UNIT_DAYS: Final = {Unit.DAY: 1, Unit.WEEK: _DAYS_A_WEEK}
WEEKLY: Final = Cadence(1, Unit.WEEK)
"""Every 7 days."""
MONTHLY: Final = Cadence(1, Unit.MONTH)
"""Every month."""
QUARTERLY: Final = Cadence(3, Unit.MONTH)
"""Every 3 months."""
HALF_YEARLY: Final = Cadence(6, Unit.MONTH)
"""Every 6 months."""
ANNUAL: Final = Cadence(1, Unit.YEAR)
"""Every 12 months."""
