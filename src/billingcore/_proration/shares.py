"""Which billed lines a change touches, what each is worth, and which share of it is left."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from billingcore._checks import check
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.measuring import (
    DAY_MICROSECONDS,
    Running,
    bounds,
    civil_day,
    end_of,
    later,
    start_of,
    time_left,
)
from billingcore._proration.options import Clock, DayOwner, RoundStep
from billingcore._proration.policy import Measure
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, Period
from billingcore.cycles._instants import microseconds_of
from billingcore.errors import InvalidTypeError, InvalidValueError

CHANGE_WANTED: Final = "a Change, such as Change.to(day, plan)"
LINES_WANTED: Final = "BilledPeriod values in a list or a tuple, oldest first"


def lines_of(billed: object) -> tuple[BilledPeriod, ...]:
    """Return what was billed as a tuple.

    Raises:
        InvalidTypeError: no list or tuple, or something in it that is not a BilledPeriod.
    """
    if not isinstance(billed, (list, tuple)):
        raise InvalidTypeError("billed", billed, LINES_WANTED)
    for line in billed:
        check("billed", line, BilledPeriod)
    return tuple(billed)


def cut_of(measure: Measure, change: Change) -> date:
    """Return where the period is cut: the change, or the day after it where its day stays with the old plan."""
    at = change.at
    if measure.clock is not Clock.DAY:
        return at
    day = civil_day(measure, at)
    owner = measure.cancel_day if change.kind is ChangeKind.CANCEL else measure.change_day
    return day if owner is DayOwner.NEW else later(day, 1)


def split_by_item(
    change: Change, billed: tuple[BilledPeriod, ...]
) -> tuple[tuple[BilledPeriod, ...], tuple[BilledPeriod, ...]]:
    """Return the billed lines that a change may touch, and those of other items.

    Raises:
        InvalidTypeError: something that is not a BilledPeriod.
        InvalidValueError: an item that was not billed.
    """
    touched, others = list[BilledPeriod](), list[BilledPeriod]()
    for line in billed:
        check("billed", line, BilledPeriod)
        (touched if line.plan.name == change.item else others).append(line)
    if not touched:
        names = ", ".join(dict.fromkeys([line.plan.name for line in others])) or "nothing"
        raise InvalidValueError("item", change.item, f"it was not billed; {names} was")
    return tuple(touched), tuple(others)


def next_end(billed: Sequence[BilledPeriod]) -> date | None:
    """Return when the newest line in force ends, or None where none is."""
    return next((end_of(running_of(line)) for line in reversed(billed) if line.ended_on is None), None)


def running_of(line: BilledPeriod) -> Running:
    """Return the time that a line was billed for: exact where it was billed to the instant."""
    return line.period if line.span is None else line.span


def days_since_start(measure: Measure, line: BilledPeriod, at: date) -> int:
    """Return how many whole days a line has run."""
    if line.span is not None and type(at) is datetime:
        return (microseconds_of(at) - microseconds_of(line.span.start_at)) // DAY_MICROSECONDS
    return (civil_day(measure, at) - line.period.start).days


def holds(measure: Measure, period: Running, at: date) -> bool:
    """Say whether a date or an instant lies within a period."""
    if type(period) is Period:
        return period.start <= civil_day(measure, at) < period.end
    if type(at) is datetime:
        return period.contains(at)
    start, end = bounds(measure, period)
    return start <= at <= end


def _follows(measure: Measure, line: BilledPeriod, at: date) -> bool:
    """Say whether a line starts on the day after: where a day stays with the old plan, it does so after a change on it."""
    return measure.change_day is DayOwner.OLD and line.period.start == later(civil_day(measure, at), 1)


def serving(measure: Measure, change: Change, billed: Sequence[BilledPeriod], cut: date) -> Iterator[BilledPeriod]:
    """Yield the lines that a change touches, newest first: in force when it comes, and not replaced before.

    Raises:
        InvalidTypeError: something that is not a BilledPeriod.
        InvalidValueError: a change before a later one, or outside what was billed.
    """
    newest = True
    for line in reversed(billed):
        check("billed", line, BilledPeriod)
        if line.ended_on is not None:
            continue
        period = running_of(line)
        if holds(measure, period, cut) or holds(measure, period, change.at) or _follows(measure, line, change.at):
            yield line
        elif newest:
            problem = f"a change lies within the newest billed period ({period}); give changes in their order"
            raise InvalidValueError("at", str(change.at), problem)
        newest = False
    if newest and billed:
        raise InvalidValueError("billed", str(billed[-1].period), "every billed period was replaced; nothing is left")


def share_left(measure: Measure, line: BilledPeriod, cut: date) -> tuple[int, int, RoundStep | None]:
    """Return the share of a billed line that is left, and the rounding of it that is still to be done.

    A line for a full period is worth its amount at the start. A line for a part was
    billed for the share that was left then: what is left of it is measured against that.
    """
    period, cadence, step = running_of(line), line.plan.cadence, measure.fraction_rounding
    num, den = time_left(measure, period, cut, cadence)
    num = max(num, 0)
    if period.reference is None:
        return num, den, step
    return _relative(measure, period, cadence, (num, den), step)


def _relative(
    measure: Measure, period: Running, cadence: Cadence, left: tuple[int, int], step: RoundStep | None
) -> tuple[int, int, RoundStep | None]:
    num, den = left
    start = start_of(period)
    billed_num, billed_den = time_left(measure, period, start, cadence)
    if billed_num <= 0:
        return 0, 1, None
    if step is not None:
        return step.of(num, den)[0], step.of(billed_num, billed_den)[0] or 1, None
    if den == billed_den:
        return min(num, billed_num), billed_num, None
    return num * billed_den, den * billed_num, None
