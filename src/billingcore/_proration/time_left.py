"""How much time is left of a period, over how much: two whole numbers, before any rounding."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Final

from billingcore._checks import check_date, refuse
from billingcore._kernel import Rounding, round_share
from billingcore._proration.choices import Basis, Clock, FixedDays, OnSwitch, RoundStep
from billingcore._proration.policy import Measure
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, InstantPeriod, InstantSchedule, Period, Schedule, civil_date
from billingcore.cycles._calendar import OFF_CALENDAR, day_in_month, is_month_end, month_length, month_number
from billingcore.cycles._instants import check_instant, microseconds_of
from billingcore.errors import InvalidValueError, OutOfRangeError

Running = Period | InstantPeriod
Share = tuple[int, int, RoundStep | None]
"""A numerator, a denominator, and the rounding of the two that is still to be done."""

WHOLE: Final[Share] = (1, 1, None)
WHOLE_DAYS: Final = frozenset({Clock.DAY, Clock.MONTH})
DAY_MICROSECONDS: Final = 86_400_000_000
_UNIT_MICROSECONDS: Final = {Clock.SECOND: 1_000_000, Clock.MINUTE: 60_000_000}
_MONTH: Final = 30
_DAYS_A_YEAR: Final = 365
_MONTHS_A_YEAR: Final = 12


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
        words = "a tzinfo object: which civil day an instant is depends on the zone; use policy.in_zone(...)"
        refuse("zone", None, words=words)
    return civil_date(at, measure.zone)


def day_as_written(measure: Measure, at: date) -> date:
    """Return the civil day of a cut; as the instant is written where instants alone are measured."""
    exact = measure.clock not in WHOLE_DAYS and measure.zone is None
    return date(at.year, at.month, at.day) if exact else civil_day(measure, at)


def later(at: date, days: int) -> date:
    """Return a date or an instant so many days later.

    Raises:
        OutOfRangeError: off the calendar.
    """
    try:
        return at + timedelta(days=days)
    except OverflowError:
        raise OutOfRangeError("at", str(at), OFF_CALENDAR) from None


def start_of(period: Running) -> date:
    """Return the day or the instant at which a period starts."""
    return period.start if isinstance(period, Period) else period.start_at


def end_of(period: Running) -> date:
    """Return the day or the instant at which a period ends."""
    return period.end if isinstance(period, Period) else period.end_at


def bounds(measure: Measure, period: Running) -> tuple[date, date]:
    """Return the civil days on which a period starts and ends."""
    return civil_day(measure, start_of(period)), civil_day(measure, end_of(period))


def running_of(line: BilledPeriod) -> Running:
    """Return the time that a line was billed for: exact where it was billed to the instant."""
    return line.period if line.span is None else line.span


def time_left(measure: Measure, period: Running, at: date, cadence: Cadence | None = None) -> tuple[int, int]:
    """Return the time from a date or an instant to the end of a period, over the length that the basis names.

    Args:
        measure: clock, zone and basis.
        period: the period; for a stub its full period is the reference.
        at: where it is cut; to the new plan's side.
        cadence: the nominal length of the period, where the basis needs one; else that of the period.

    Raises:
        InvalidTypeError: an instant that must become a day without a zone, or the other way round.
        InvalidValueError: a basis that does not fit the cadence.
    """
    if type(period) is Period and period.joined is not None:
        return _parts_left(measure, period, at, cadence)
    if measure.clock is Clock.DAY:
        num, den = _days_left(measure, _in_days(measure, period), civil_day(measure, at), cadence)
    elif measure.clock is Clock.MONTH:
        start, end = bounds(measure, period.full)
        num, den = _months_left(start, end, civil_day(measure, at))
    elif type(period) is Period and type(at) is date and measure.zone is None:
        num, den = _days_left(measure, period, at, cadence)  # midnights: every day has the same length
    else:
        num, den = _instants_left(measure, period, at, cadence)
    return max(num, 0), max(den, 1)  # of a period without a whole day nothing is left


def _parts_left(measure: Measure, period: Period, at: date, cadence: Cadence | None) -> tuple[int, int]:
    """Return what is left of a period that takes in several: of the cut one its share, of each later one all, as 1."""
    exact, cut = type(at) is datetime and measure.clock not in WHOLE_DAYS, civil_day(measure, at)
    shares = [
        (1, 1)
        if cut < part.start and not part.is_stub
        else time_left(measure, part, at if exact else max(cut, part.start), cadence)
        for part in period.parts
    ]
    left, den = sum([Fraction(*share) for share in shares]), max([den for _, den in shares])
    return (int(left * den), den) if (left * den).denominator == 1 else (left.numerator, left.denominator)


def _in_days(measure: Measure, period: Running) -> Period:
    """Return a period as civil days; one without a whole day as the day on which it lies, of which nothing is left."""
    if type(period) is Period:
        return period
    start, end = bounds(measure, period)
    full_start, full_end = bounds(measure, period.full)
    if end == start or full_end == full_start:
        return Period(later(start, -1), start)
    return Period(start, end, None if period.full is period else Period(full_start, full_end))


def _days_left(measure: Measure, period: Period, day: date, cadence: Cadence | None) -> tuple[int, int]:
    end, full, basis = period.end, period.full, measure.basis
    left = (end - day).days
    if basis is Basis.ACTUAL_PERIOD:
        return left, (full.end - full.start).days
    if isinstance(basis, FixedDays):
        left = _trimmed(basis.days, day, end) if basis.trimmed else left
        total = fixed_length(basis, cadence)
        return min(left, total), total
    if basis is Basis.STRICT_30_360:
        months = 0 if cadence is None else cadence.months
        return _of_360(end) - _of_360(day), months * _MONTH or _of_360(full.end) - _of_360(full.start)
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
    if day_in_month(month_number(full.start) + months, full.start.day) == full.end:
        return True
    # counted back: 29 February to 30 March, of an anchor on the 30th
    return day_in_month(month_number(full.end) - months, full.end.day) == full.start


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
    unit = _UNIT_MICROSECONDS[measure.clock]
    full, basis = period.full, measure.basis
    # A civil day may begin before the period does: no more is left than all of it.
    begun = max(_tick(measure, at, unit), _tick(measure, start_of(period), unit))
    left = _tick(measure, end_of(period), unit) - begun
    if isinstance(basis, FixedDays):
        total = fixed_length(basis, cadence) * DAY_MICROSECONDS // unit
        return min(left, total), total
    first = _tick(measure, start_of(full), unit)
    if basis is Basis.NOMINAL_PERIOD and cadence is not None:
        return left, _tick(measure, _nominal_end(measure, full, cadence), unit) - first
    return left, _tick(measure, end_of(full), unit) - first


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
        words = "a tzinfo object: when a day begins depends on the zone; use policy.in_zone(...)"
        refuse("zone", None, words=words)
    return microseconds_of(datetime.combine(at, time(), measure.zone)) // unit


def stepped(step: RoundStep, num: int, den: int) -> tuple[int, int]:
    """Return ``num / den`` with the decimals of a step, as a numerator and a power of ten."""
    power = 10**step.digits
    return round_share(power, num, den, step.mode), power


def interval_of(running: Running, cadence: Cadence) -> Cadence:
    """Return the interval of the bill dates that run: the plan's, unless a plan of another interval kept older dates.

    Nothing on record says which those were; the length of the full period tells months from years and from days.
    """
    full = running.full
    days = full.days if isinstance(full, Period) else (full.end_at - full.start_at).days
    own = cadence.days or cadence.months * _DAYS_A_YEAR // _MONTHS_A_YEAR
    if not days or (days * 3 <= own * 4 and own * 3 <= days * 4):  # calendar rules move a bill date by some days
        return cadence
    months = round_share(days, _MONTHS_A_YEAR, _DAYS_A_YEAR, Rounding.HALF_UP)
    return Cadence.monthly(months) if months else Cadence.daily(days)


def share_of_price(
    measure: Measure, running: Running, cut: date, cadence: Cadence, runs: Cadence, switch: OnSwitch
) -> Share:
    """Return the share of a plan's price for the rest of a running period, which may be one of another interval."""
    step = measure.fraction
    if cadence == runs:
        return *time_left(measure, running, cut, cadence), step
    if switch is OnSwitch.KEEP_CONVERTED and cadence.months and runs.months:
        num, den = time_left(measure, running, cut, runs)
        return num * runs.months, den * cadence.months, step
    if not isinstance(measure.basis, FixedDays):
        by_month = measure.clock is Clock.MONTH
        measure = Measure(measure.clock, measure.zone, Basis.ACTUAL_PERIOD if by_month else Basis.NOMINAL_PERIOD)
    num, den = time_left(measure, running, cut, cadence)
    return num, cadence.months if measure.clock is Clock.MONTH and cadence.months else den, step


def share_left(measure: Measure, line: BilledPeriod, cut: date) -> Share:
    """Return the share of a billed line that is left.

    A line for a full period is worth its amount at the start. A line for a part was
    billed for the share that was left then: what is left of it is measured against that.
    """
    period, cadence, step = running_of(line), line.plan.cadence, measure.fraction
    num, den = time_left(measure, period, cut, cadence)
    if period.reference is None:
        return num, den, step
    billed_num, billed_den = time_left(measure, period, start_of(period), cadence)
    if not billed_num:
        return 0, 1, None
    if step is not None:
        return stepped(step, num, den)[0], stepped(step, billed_num, billed_den)[0] or 1, None
    if den == billed_den:
        return min(num, billed_num), billed_num, None
    return num * billed_den, den * billed_num, None
