"""How much time is left of a period, over how much: two whole numbers, before any rounding."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from billingcore._checks import check_date
from billingcore._proration.options import Basis, Clock, FixedDays
from billingcore._proration.policy import Measure
from billingcore.cycles import Cadence, InstantPeriod, InstantSchedule, Period, Schedule, civil_date
from billingcore.cycles._calendar import OFF_CALENDAR, day_in_month, is_month_end, month_length, month_number
from billingcore.cycles._instants import check_instant, microseconds_of
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError

Running = Period | InstantPeriod
UNIT_MICROSECONDS: Final = {Clock.MILLISECOND: 1_000, Clock.SECOND: 1_000_000, Clock.MINUTE: 60_000_000}
DAY_MICROSECONDS: Final = 86_400_000_000
_MONTH: Final = 30


def check_at(name: str, at: object) -> date:
    """Return a civil date, or an aware ``datetime``.

    Raises:
        InvalidTypeError: anything else.
    """
    return check_instant(name, at) if type(at) is datetime else check_date(name, at)


def civil_day(measure: Measure, at: date) -> date:
    """Return the civil day of a date or an instant in the zone of the measure.

    Raises:
        InvalidTypeError: an instant, where the measure names no zone.
    """
    if not isinstance(at, datetime):
        return at
    if measure.zone is None:
        raise InvalidTypeError("zone", None, "a tzinfo object: which civil day an instant is depends on the zone")
    return civil_date(at, measure.zone)


def later(at: date, days: int) -> date:
    """Return a date or an instant so many days later.

    Raises:
        OutOfRangeError: off the calendar.
    """
    try:
        return at + timedelta(days=days)
    except OverflowError:
        raise OutOfRangeError("at", str(at), OFF_CALENDAR) from None


def bounds(measure: Measure, period: Running) -> tuple[date, date]:
    """Return the civil days on which a period starts and ends."""
    if isinstance(period, Period):
        return period.start, period.end
    return civil_day(measure, period.start_at), civil_day(measure, period.end_at)


def time_left(measure: Measure, period: Running, at: date, cadence: Cadence | None = None) -> tuple[int, int]:
    """Return the time from a date or an instant to the end of a period, over the length that the basis names.

    Args:
        measure: clock, zone and basis.
        period: the period; for a stub its full period is the reference.
        at: where it is cut; to the new plan's side. Not before the period's start.
        cadence: the nominal length of the period, where the basis needs one; else that of the period.

    Raises:
        InvalidTypeError: an instant that must become a day without a zone, or the other way round.
        InvalidValueError: a basis that does not fit the cadence.
    """
    clock = measure.clock
    if clock is Clock.DAY:
        day = civil_day(measure, at)
        if type(period) is Period:
            return _days_left(measure, period, day, cadence)
        start, end = bounds(measure, period.full)
        line_start, line_end = bounds(measure, period)
        if end == start or line_end == line_start:
            raise InvalidValueError("period", str(period), "it has no whole day; use a clock of seconds")
        whole = None if period.full is period else Period(start, end)
        return _days_left(measure, Period(line_start, line_end, whole), day, cadence)
    if clock is Clock.MONTH:
        start, end = bounds(measure, period.full)
        return _months_left(start, end, civil_day(measure, at))
    if type(period) is Period and type(at) is date and measure.zone is None:
        return _days_left(measure, period, at, cadence)  # midnights: every day has the same length
    return _instants_left(measure, period, at, cadence)


def _days_left(measure: Measure, period: Period, day: date, cadence: Cadence | None) -> tuple[int, int]:
    end, full, basis = period.end, period.full, measure.basis
    left = (end - day).days
    if basis is Basis.ACTUAL_PERIOD:
        if period.joined is not None and left > 0:
            rest = Period(day, end, full, None, period.joined)
            if any(part.full.days != full.days for part in rest.parts):
                return rest.fraction.numerator, rest.fraction.denominator
        return left, (full.end - full.start).days
    if type(basis) is FixedDays:
        left = _trimmed(basis.days, day, end) if basis.trimmed else left
        total = fixed_length(basis, cadence)
        return min(left, total), total
    if basis is Basis.STRICT_30_360:
        months = 0 if cadence is None else cadence.months
        return _of_360(end) - _of_360(day), months * _MONTH or _of_360(full.end) - _of_360(full.start)
    if basis is Basis.MONTHS_THEN_DAYS:
        return _months_then_days(full, day, end)
    return left, _calendar_length(full, cadence) if basis is Basis.CALENDAR_MONTH else _nominal_length(full, cadence)


def _nominal_length(full: Period, cadence: Cadence | None) -> int:
    """Return the days that a cadence has from the period's start: those of the period itself, unless it was moved."""
    if cadence is None or Schedule(full.end, cadence).boundary(-1) == full.start:
        return full.days  # counted back as well: 29 February to 30 March is a whole month of an anchor on the 30th
    return (Schedule(full.start, cadence).boundary(1) - full.start).days


def fixed_length(basis: FixedDays, cadence: Cadence | None) -> int:
    """Return how many days a cadence has where a month, a week or a year is taken to have a fixed number."""
    if cadence is None or cadence == basis.of:
        return basis.days
    mine, theirs = (cadence.months, basis.of.months) if basis.of.months else (cadence.days, basis.of.days)
    if not mine or (basis.days * mine) % theirs:
        problem = f"a plan billed {cadence.describe()} is not a multiple of it; choose a basis that fits"
        raise InvalidValueError("basis", basis.describe(), problem)
    return basis.days * mine // theirs


def _trimmed(days: int, start: date, end: date) -> int:
    """Return the days from start to end, every month whose end is crossed counted with a fixed number of days."""
    return days * (month_number(end) - month_number(start)) + end.day - start.day


def _of_360(day: date) -> int:
    return month_number(day) * _MONTH + (_MONTH if is_month_end(day) else min(day.day, _MONTH))


def _calendar_length(full: Period, cadence: Cadence | None) -> int:
    """Return the days of the calendar months from the one in which the period starts, as many as the cadence has."""
    months = 1 if cadence is None else cadence.months
    if not months or _is_whole(full, months):
        return full.days  # a whole period, whatever its months: 31 January to 28 February has 28 days
    first = month_number(full.start)
    return (day_in_month(first + months, 1) - day_in_month(first, 1)).days


def _is_whole(full: Period, months: int) -> bool:
    """Say whether a period goes from a day to the same day so many months later, or from month's end to month's end."""
    last = month_number(full.start) + months
    if day_in_month(last, full.start.day) == full.end:
        return True
    if day_in_month(month_number(full.end) - months, full.end.day) == full.start:
        return True  # counted back: 29 February to 30 March, of an anchor on the 30th
    return month_number(full.end) == last and is_month_end(full.start) and is_month_end(full.end)


def _months_then_days(full: Period, day: date, end: date) -> tuple[int, int]:
    """Count whole months back from the end; what is left over is a share of the month that it cuts."""
    number, months = month_number(end), month_number(full.end) - month_number(full.start)
    if not months:
        return (end - day).days, full.days
    whole = number - month_number(day)
    if day_in_month(number - whole, end.day) < day:
        whole -= 1
    cut_end = day_in_month(number - whole, end.day)
    length = (cut_end - day_in_month(number - whole - 1, end.day)).days
    return whole * length + (cut_end - day).days, months * length


def _months_left(start: date, end: date, day: date) -> tuple[int, int]:
    """Return the months that are left, over those of the period; a month is used when it is over, not when it begins."""
    total = month_number(end) - month_number(start)
    if not total:
        raise InvalidValueError("clock", "month", f"{start} to {end} is not made of months; use the day clock")
    used = month_number(day) - month_number(start)
    if day.day < min(start.day, month_length(day.year, day.month)):
        used -= 1
    return total - used, total


def _instants_left(measure: Measure, period: Running, at: date, cadence: Cadence | None) -> tuple[int, int]:
    unit = UNIT_MICROSECONDS[measure.clock]
    full = period.full
    # A civil day may begin before the period does: no more is left than all of it.
    begun = max(_tick(measure, at, unit), _tick(measure, start_of(period), unit))
    left = _tick(measure, end_of(period), unit) - begun
    basis = measure.basis
    if type(basis) is FixedDays:
        total = fixed_length(basis, cadence) * DAY_MICROSECONDS // unit
        return min(left, total), total
    first = _tick(measure, start_of(full), unit)
    if basis is Basis.NOMINAL_PERIOD and cadence is not None:
        return left, _tick(measure, _nominal_end(measure, full, cadence), unit) - first
    return left, _tick(measure, end_of(full), unit) - first


def start_of(period: Running) -> date:
    return period.start if isinstance(period, Period) else period.start_at


def end_of(period: Running) -> date:
    return period.end if isinstance(period, Period) else period.end_at


def _nominal_end(measure: Measure, full: Running, cadence: Cadence) -> date:
    if isinstance(full, Period):
        regular = Schedule(full.end, cadence).boundary(-1) == full.start
        return full.end if regular else Schedule(full.start, cadence).boundary(1)
    zone = measure.zone or UTC
    if InstantSchedule(full.end_at, cadence, zone).boundary(-1) == full.start_at:
        return full.end_at
    return InstantSchedule(full.start_at, cadence, zone).boundary(1)


def _tick(measure: Measure, at: date, unit: int) -> int:
    """Return an instant, or the midnight of a day, cut to whole units since 1970 in UTC."""
    if type(at) is datetime:
        return microseconds_of(at) // unit
    if measure.zone is None:
        raise InvalidTypeError("zone", None, "a tzinfo object: when a day begins depends on the zone")
    return microseconds_of(datetime.combine(at, time(), measure.zone)) // unit
