"""Which billed lines a change touches: those in force when it comes, newest first."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from billingcore._checks import collected
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.choices import Clock, DayOwner, Sale
from billingcore._proration.policy import Measure, ProrationPolicy
from billingcore._proration.time_left import Running, bounds, civil_day, end_of, later, running_of
from billingcore.billed import BilledPeriod
from billingcore.cycles import InstantPeriod, Period
from billingcore.errors import InvalidValueError

_MOST_LINES: Final = 100_000


def lines_of(billed: Iterable[BilledPeriod]) -> tuple[BilledPeriod, ...]:
    """Return what was billed as a tuple.

    Raises:
        InvalidTypeError: not a collection, or something in it that is not a BilledPeriod.
        OutOfRangeError: more than 100,000 lines.
    """
    return collected("billed", billed, BilledPeriod, most=_MOST_LINES)


def cut_of(policy: ProrationPolicy, change: Change, billed: Sequence[BilledPeriod]) -> date:
    """Return where the period is cut: the change, or the day after it where its day stays with the old plan.

    Bought time starts on the day of its change all the same: a further change on that day finds it kept already.
    """
    measure = policy.measure
    if measure.clock is not Clock.DAY:
        return change.at
    day, owner = civil_day(measure, change.at), measure.change_day
    if measure.cancel_day is not None and change.kind is ChangeKind.CANCEL:
        owner = measure.cancel_day
    if policy.sale is Sale.BUY_TIME and billed:
        part = billed[-1].period
        if part.start == day and part.reference == Period(day, part.end):  # a part of itself: bought today
            return day
    return day if owner is DayOwner.NEW else later(day, 1)


def split_by_item(
    change: Change, billed: tuple[BilledPeriod, ...]
) -> tuple[tuple[BilledPeriod, ...], tuple[BilledPeriod, ...]]:
    """Return the billed lines that a change may touch, and those of other items.

    Raises:
        InvalidValueError: an item that was not billed.
    """
    touched = tuple([line for line in billed if line.plan.name == change.item])
    others = tuple([line for line in billed if line.plan.name != change.item])
    if not touched:
        names = ", ".join(dict.fromkeys([line.plan.name for line in others])) or "nothing"
        raise InvalidValueError("item", change.item, f"it was not billed; {names} was")
    return touched, others


def next_end(billed: Sequence[BilledPeriod]) -> date | None:
    """Return when the newest line in force ends, or None where none is."""
    return next((end_of(running_of(line)) for line in reversed(billed) if line.ended_on is None), None)


def holds(measure: Measure, period: Running, at: date) -> bool:
    """Say whether a date or an instant lies within a period."""
    if not isinstance(period, InstantPeriod):
        return period.start <= civil_day(measure, at) < period.end
    if type(at) is datetime:
        return period.contains(at)
    start, end = bounds(measure, period)
    return start <= at <= end


def serving(measure: Measure, change: Change, billed: Sequence[BilledPeriod], cut: date) -> tuple[BilledPeriod, ...]:
    """Return the lines that a change touches, newest first: in force when it comes, and not replaced before.

    On the end of the newest line nothing of it is unused, and the change touches it all the same.

    Raises:
        InvalidValueError: a change before a later one, or outside what was billed.
    """
    found: list[BilledPeriod] = []
    newest = True
    for line in reversed(billed):
        if line.ended_on is not None:
            continue
        period = running_of(line)
        if holds(measure, period, cut) or holds(measure, period, change.at) or _follows(measure, line, change.at):
            found.append(line)
        elif newest:
            if not ends_on(measure, period, change.at):
                remedy = "pass what was billed for that day, and several changes in the order of time"
                problem = f"a change lies within the newest billed period ({period}); {remedy}"
                raise InvalidValueError("at", str(change.at), problem)
            found.append(line)
        newest = False
    if newest and billed:
        raise InvalidValueError("billed", str(billed[-1].period), "every billed period was replaced; nothing is left")
    return tuple(found)


def ends_on(measure: Measure, period: Running, at: date) -> bool:
    """Say whether a period ends on a date or at an instant: nothing of it is left."""
    end = end_of(period)
    return end == at if type(end) is type(at) else bounds(measure, period)[1] == civil_day(measure, at)


def _follows(measure: Measure, line: BilledPeriod, at: date) -> bool:
    """Say whether a line starts on the day after: where a day stays with the old plan, it does so after a change on it."""
    return measure.change_day is DayOwner.OLD and line.period.start == later(civil_day(measure, at), 1)
