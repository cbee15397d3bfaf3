"""The time that follows a change: the period that runs then, the next bill, and time bought with credit."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from fractions import Fraction

from billingcore._proration.change import Change
from billingcore._proration.crediting import Draft, price_minor
from billingcore._proration.measuring import Running, bounds, civil_day, fixed_length, later
from billingcore._proration.options import Basis, Clock, ExtensionRounding, FixedDays, MonthOverflow, Side
from billingcore._proration.policy import ProrationPolicy
from billingcore.cycles import Cadence, InstantPeriod, InstantSchedule, Period, Schedule
from billingcore.cycles._calendar import day_in_month, month_number
from billingcore.errors import InvalidValueError

_WHOLE_DAYS = (Clock.DAY, Clock.MONTH)


def restart_on(policy: ProrationPolicy, change: Change) -> date:
    """Return where a new period starts: the civil day where days are counted, else the instant."""
    if policy.measure.clock in _WHOLE_DAYS:
        return civil_day(policy.measure, change.at)
    return change.at


def period_after(
    policy: ProrationPolicy, change: Change, running: Running | None, cut: date, *, restarts: bool, days: int
) -> tuple[Running | None, date | None]:
    """Return the period that runs from a change on, and the next bill date; neither where nothing follows.

    Args:
        policy: what happens to the bill dates.
        change: the change.
        running: the period that ran until then.
        cut: where it is cut.
        restarts: whether a new period starts.
        days: the days that credit bought.
    """
    plan = change.plan
    if plan is None:
        return None, None
    if restarts:
        start = cut if policy.measure.clock is Clock.DAY else restart_on(policy, change)
        end = _cadence_after(policy, start, plan.cadence)
        return _between(start, end if not days else later(end, days))
    if days:
        start = restart_on(policy, change)
        return _between(start, later(start, days))
    if running is None:
        return None, None
    return _rest(policy, running, cut)


def _between(start: date, end: date) -> tuple[Running, date]:
    if type(start) is datetime and type(end) is datetime:
        return InstantPeriod(start, end), end
    return Period(start, end), end


def _rest(policy: ProrationPolicy, running: Running, cut: date) -> tuple[Running | None, date]:
    """Return what is left of the running period, with its full period as the reference."""
    if type(running) is InstantPeriod and policy.measure.clock not in _WHOLE_DAYS and type(cut) is datetime:
        if cut == running.start_at:
            return running, running.end_at
        return InstantPeriod(cut, running.end_at, running.full), running.end_at
    _, end = bounds(policy.measure, running)
    day = civil_day(policy.measure, cut)
    if day >= end:
        return None, end
    if type(running) is Period:
        return _rest_of_days(policy, running, cut, day), end
    full_start, full_end = bounds(policy.measure, running.full)
    return Period(day, end, Period(full_start, full_end)), end


def _rest_of_days(policy: ProrationPolicy, running: Period, cut: date, day: date) -> Running:
    """Return what is left of a period of whole days; cut within a day, it begins at the instant, not at the midnight before."""
    measure = policy.measure
    if type(cut) is datetime and measure.zone is not None and measure.clock not in _WHOLE_DAYS and not running.joined:
        full, zone = running.full, measure.zone
        start, full_start, full_end, end = (
            datetime.combine(each, time(), zone) for each in (running.start, full.start, full.end, running.end)
        )
        if cut > start:
            return InstantPeriod(cut, end, InstantPeriod(full_start, full_end))
    return running if day == running.start else Period(day, running.end, running.full, None, running.joined)


def explicit_period(policy: ProrationPolicy, running: Running | None, cut: date) -> Running:
    """Return the period until the bill date that the policy names.

    Its price is measured against the period that ran; against a full period of the
    plan from the change on, where the basis is the nominal one.

    Raises:
        InvalidValueError: a bill date that is not after the change.
    """
    day, anchor_on = civil_day(policy.measure, cut), policy.timing.anchor_on
    if anchor_on is None or anchor_on <= day:
        raise InvalidValueError("anchor_on", anchor_on, f"the next bill comes after the change on {day}")
    if running is None or policy.measure.basis is Basis.NOMINAL_PERIOD:
        return Period(day, anchor_on)
    start, end = bounds(policy.measure, running.full)
    length = Period(start, end).days
    full = later(start, (day - start).days // length * length)
    spans: list[Period] = []  # days outside the period that ran count over periods of as many days as that one
    while not spans or spans[-1].end < anchor_on:
        full_end = later(full, length)
        spans.append(Period(full, full_end))
        full = full_end
    return Period(day, anchor_on, spans[0], None, tuple(spans[1:]) or None)


def _cadence_after(policy: ProrationPolicy, start: date, cadence: Cadence) -> date:
    """Return the end of a period that starts on a day or at an instant."""
    if policy.timing.month_end is MonthOverflow.ROLL_FORWARD and cadence.months:
        return _rolled(start, cadence.months)
    if type(start) is datetime:
        return InstantSchedule(start, cadence, policy.measure.zone or start.tzinfo or UTC).boundary(1)
    return Schedule(start, cadence).boundary(1)


def _rolled(start: date, months: int) -> date:
    """Return the same day so many months later; a day that the month does not have runs on into the next one."""
    last = day_in_month(month_number(start) + months, start.day)
    return later(start.replace(year=last.year, month=last.month, day=last.day), start.day - last.day)


def bought_days(policy: ProrationPolicy, change: Change, drafts: Sequence[Draft]) -> int:
    """Return how many days of the new plan the unused credit buys, at the price of one of its days.

    Raises:
        InvalidValueError: a new plan that costs nothing.
    """
    credit = Fraction(0)
    for each in drafts:
        if each.side is Side.CREDIT:
            part = Fraction(each.base * each.num, each.den)
            credit += part if each.at_most is None else min(part, Fraction(each.at_most))
    if not credit:
        return 0
    price = price_minor(change)
    if not price or change.plan is None:
        raise InvalidValueError("plan", change.plan and change.plan.name, "time of a free plan cannot be bought")
    length = _length_of(policy, change, change.plan.cadence)
    days = credit * length / price
    if policy.timing.extension_rounding is ExtensionRounding.UP_TO_DAY:
        return -(-days.numerator // days.denominator)
    return days.numerator // days.denominator


def _length_of(policy: ProrationPolicy, change: Change, cadence: Cadence) -> int:
    """Return over how many days the price of the new plan is spread."""
    if type(policy.measure.basis) is FixedDays:
        return fixed_length(policy.measure.basis, cadence)
    day = civil_day(policy.measure, change.at)
    return (Schedule(day, cadence).boundary(1) - day).days
