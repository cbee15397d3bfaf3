"""Day counts: how many days a stretch of time has, over how many, as exact fractions.

Two questions are answered here. `period_share` says which share of its full
period a part is: the factor of a proration. `year_fraction` says which share of a
year lies between two dates, as interest and yearly rates need it.

Every convention on one example: a year is billed from 31 January 2023, and cancelled on 28 February. Of its 365 days
337 are left, 30 of them in a leap year. First the share of the period, then that of a year where one is counted:

>>> year = Period(date(2023, 1, 31), date(2024, 1, 31))
>>> left = Period(date(2023, 2, 28), year.end, year)
>>> for count in DayCount:
...     of_a_year = year_fraction(left.start, left.end, count) if count.counts_years else "none"
...     print(f"{count.value:22} {period_share(left, count)!s:8} {of_a_year}")
actual_period          337/365  none
thirty_day_month       337/360  none
thirty_day_trimmed     37/40    none
actual_actual_isda     734/795  20552/22265
thirty_360_us          11/12    11/12
thirty_360_bond_basis  37/40    37/40
thirty_e_360           83/90    83/90
actual_365_fixed       337/365  337/365
actual_360             337/365  337/360

The guide "Billing time" says how each of these is counted, and where it is published (`DayCount.definition`).
"""

from datetime import date
from fractions import Fraction
from typing import Final

from billingcore._checks import check, check_date
from billingcore._choices import Choice
from billingcore._doors import own_door
from billingcore.cycles import Period
from billingcore.cycles._calendar import is_month_end, month_number
from billingcore.errors import InvalidValueError

__all__ = ["DayCount", "period_share", "year_fraction"]

_MONTH: Final = 30
_FEBRUARY: Final = 2
_YEAR_360: Final = 360
_YEAR_365: Final = 365
_LEAP_YEAR: Final = 366


class DayCount(Choice):
    """A convention for counting days; `definition` names where it is published.

    For billing: ``ACTUAL_PERIOD`` (the default everywhere), ``THIRTY_DAY_MONTH``,
    ``THIRTY_DAY_TRIMMED``. For interest and yearly rates: the others.
    """

    ACTUAL_PERIOD = "actual_period"
    """Actual days over the actual days of the full period."""
    THIRTY_DAY_MONTH = "thirty_day_month"
    """Actual days over 30 for each month of the full period."""
    THIRTY_DAY_TRIMMED = "thirty_day_trimmed"
    """Days over 30 for each month, where a month whose end is crossed has 30 days above the line too."""
    ACTUAL_ACTUAL_ISDA = "actual_actual_isda"
    """Days in leap years over 366, the others over 365."""
    THIRTY_360_US = "thirty_360_us"
    """As the bond basis; where time starts on the last day of February, that day is a 30th, at either end."""
    THIRTY_360_BOND_BASIS = "thirty_360_bond_basis"
    """Every month has 30 days, a year 360; a 31st at the end is a 30th where the start is a 30th or 31st."""
    THIRTY_E_360 = "thirty_e_360"
    """Every month has 30 days, a year 360; a 31st is a 30th at either end."""
    ACTUAL_365_FIXED = "actual_365_fixed"
    """Actual days over 365."""
    ACTUAL_360 = "actual_360"
    """Actual days over 360."""

    @property
    def definition(self) -> str:
        """Where the convention is published.

        >>> DayCount.ACTUAL_360.definition
        '2006 ISDA Definitions, section 4.16(e)'
        """
        return _DEFINITIONS[self]

    @property
    def counts_years(self) -> bool:
        """Whether the convention gives a fraction of a year; the others need a full period."""
        return self not in _OF_A_PERIOD


_OF_A_PERIOD: Final = frozenset({DayCount.ACTUAL_PERIOD, DayCount.THIRTY_DAY_MONTH, DayCount.THIRTY_DAY_TRIMMED})
_DEFINITIONS: Final = {
    DayCount.ACTUAL_PERIOD: "ICMA Primary Market Handbook, rule 251: days over the days of the regular period",
    DayCount.THIRTY_DAY_MONTH: "Zuora, proration setting '30 days in a month'; Shopify app billing",
    DayCount.THIRTY_DAY_TRIMMED: "Kill Bill, org.killbill.invoice.proration.fixed.days",
    DayCount.ACTUAL_ACTUAL_ISDA: "2006 ISDA Definitions, section 4.16(b)",
    DayCount.THIRTY_360_US: "SIFMA Standard Securities Calculation Methods: 30/360 with the rule for the end of February",
    DayCount.THIRTY_360_BOND_BASIS: "2006 ISDA Definitions, section 4.16(f); MSRB rule G-33",
    DayCount.THIRTY_E_360: "2006 ISDA Definitions, section 4.16(g); Eurobond basis",
    DayCount.ACTUAL_365_FIXED: "2006 ISDA Definitions, section 4.16(d)",
    DayCount.ACTUAL_360: "2006 ISDA Definitions, section 4.16(e)",
}


def year_fraction(start: date, end: date, count: DayCount) -> Fraction:
    """Return the share of a year between two dates, the end excluded.

    Args:
        start: the first day.
        end: the first day that does not count; ``start`` or later.
        count: a convention that counts years.

    Raises:
        InvalidTypeError: arguments of the wrong type.
        InvalidValueError: an end before the start; a convention that needs a full period.

    >>> year_fraction(date(2023, 2, 28), date(2024, 1, 31), DayCount.ACTUAL_ACTUAL_ISDA)  # 307/365 + 30/366
    Fraction(20552, 22265)
    """
    if check_date("end", end) < check_date("start", start):
        raise InvalidValueError("end", end, f"time is counted forwards; give {start} or a later day")
    _check_count(count)
    if not count.counts_years:
        problem = "this convention is a share of a billing period; use period_share, or one that counts years"
        raise InvalidValueError("count", count, problem)
    if count is DayCount.ACTUAL_ACTUAL_ISDA:
        return _actual_actual(start, end)
    if count is DayCount.ACTUAL_365_FIXED:
        return Fraction((end - start).days, _YEAR_365)
    if count is DayCount.ACTUAL_360:
        return Fraction((end - start).days, _YEAR_360)
    return Fraction(_days_of_360(start, end, count), _YEAR_360)


def period_share(part: Period, count: DayCount = DayCount.ACTUAL_PERIOD) -> Fraction:
    """Return the share that a part is of its full period.

    ``ACTUAL_PERIOD``: actual days over the actual days of the full period; the only
    one whose shares add up to 1 for every way to cut a period.

    ``THIRTY_DAY_MONTH``: actual days over 30 for each month of the full period.
    ``THIRTY_DAY_TRIMMED``: the same denominator, but every month whose end is
    crossed counts 30 days above it too (16 January to 1 February are 15). For both,
    a full period is 1 whatever its days, and no part is more than 1.

    A convention that counts years: its fraction of the part over its fraction of
    the full period, so that 30/360 gives thirtieths of a month.

    Args:
        part: a `Period`; its ``full`` period is the denominator.
        count: the convention.

    Raises:
        InvalidTypeError: arguments of the wrong type.
        InvalidValueError: a fixed month for a full period that is not made of months.

    >>> year = Period(date(2023, 1, 31), date(2024, 1, 31))
    >>> left = Period(date(2023, 2, 28), year.end, year)
    >>> period_share(left), period_share(left, DayCount.THIRTY_DAY_MONTH), period_share(left, DayCount.THIRTY_E_360)
    (Fraction(337, 365), Fraction(337, 360), Fraction(83, 90))
    """
    check("part", part, Period)
    _check_count(count)
    if count is DayCount.ACTUAL_PERIOD:
        return part.fraction
    return sum((_share_of_one(piece, count) for piece in part.parts), Fraction(0))


def _share_of_one(part: Period, count: DayCount) -> Fraction:
    full = part.full
    if (part.start, part.end) == (full.start, full.end):
        return Fraction(1)
    if count.counts_years:
        # A period with a part has two days or more, and no convention counts those as no time.
        return year_fraction(part.start, part.end, count) / year_fraction(full.start, full.end, count)
    months = month_number(full.end) - month_number(full.start)
    if not months or not _is_whole_months(full):
        raise InvalidValueError("part", part, f"{full} is not made of months; a month of 30 days has no meaning for it")
    days = part.days if count is DayCount.THIRTY_DAY_MONTH else _trimmed_days(part)
    return min(Fraction(days, _MONTH * months), Fraction(1))


def _is_whole_months(full: Period) -> bool:
    """Say whether a period goes from a day to the same day of a later month.

    A month's end stands for a later day that its month does not have, at either end:
    31 January to 28 February, 28 February to 30 March.
    """
    first, last = full.start.day, full.end.day
    return first == last or (first < last and is_month_end(full.start)) or (first > last and is_month_end(full.end))


def _trimmed_days(part: Period) -> int:
    """Return the actual days, with every month whose end is crossed counted as 30."""
    months = month_number(part.end) - month_number(part.start)
    return _MONTH * months + part.end.day - part.start.day


def _actual_actual(start: date, end: date) -> Fraction:
    """Return the days in leap years over 366 and the others over 365; O(1), by counting whole years."""
    if start.year == end.year:
        return Fraction((end - start).days, _length_of_year(start.year))
    first = Fraction((date(start.year, 12, 31) - start).days + 1, _length_of_year(start.year))
    last = Fraction((end - date(end.year, 1, 1)).days, _length_of_year(end.year))
    return first + (end.year - start.year - 1) + last


def _length_of_year(year: int) -> int:
    return _LEAP_YEAR if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else _YEAR_365


def _days_of_360(start: date, end: date, count: DayCount) -> int:
    first, last = start.day, end.day
    if count is DayCount.THIRTY_E_360:
        first, last = min(first, _MONTH), min(last, _MONTH)
    else:
        if count is DayCount.THIRTY_360_US and _ends_february(start):
            last = _MONTH if _ends_february(end) else last
            first = _MONTH
        first = min(first, _MONTH)
        if first == _MONTH:
            last = min(last, _MONTH)
    return _MONTH * (month_number(end) - month_number(start)) + last - first


def _ends_february(day: date) -> bool:
    return day.month == _FEBRUARY and is_month_end(day)


def _check_count(count: object) -> None:
    check("count", count, DayCount)


own_door(__name__)
