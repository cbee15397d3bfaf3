"""The time that follows a change: whether a new period starts, which one runs then, and the next bill."""

from datetime import UTC, date, datetime, time
from typing import Final

from billingcore._proration.change import Change
from billingcore._proration.choices import CHARGES_NOTHING, KEEPS_DATES, RESTARTS, Clock, OnSwitch, Sale
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.time_left import WHOLE_DAYS, Running, bounds, civil_day, end_of, later
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, InstantPeriod, InstantSchedule, Period, Schedule
from billingcore.errors import InvalidValueError, OutOfRangeError

_MOST_PERIODS: Final = 1000


def restarts(policy: ProrationPolicy, change: Change, lines: tuple[BilledPeriod, ...]) -> bool:
    """Say whether a new period starts: the sale says so, the interval differs, or a free plan becomes a paid one."""
    if change.plan is None or change.next_bill_on is not None:
        return False
    if policy.sale not in KEEPS_DATES:
        return policy.sale in RESTARTS
    if not lines:
        return False
    old, new = lines[0].plan, change.plan
    if new.cadence != old.cadence and policy.interval_change is OnSwitch.RESTART:
        return True
    if policy.free_to_paid is not OnSwitch.RESTART or old.charge_for(lines[0].quantity):
        return False
    return new.charge_for(change.quantity).amount_minor > 0


def period_after(
    policy: ProrationPolicy, change: Change, running: Running | None, cut: date, *, starts: bool, days: int
) -> tuple[Running | None, date | None]:
    """Return the period that runs from a change on, and the next bill date; neither where nothing follows.

    Args:
        policy: what happens to the bill dates.
        change: the change.
        running: the period that ran until then; the one until the bill day that the customer chose.
        cut: where it is cut.
        starts: whether a new period starts.
        days: the days that credit bought.
    """
    plan = change.plan
    if plan is None:
        return None, None
    if starts:
        start = cut if policy.measure.clock is Clock.DAY else _restart_at(policy, change)
        end = _cadence_after(policy, start, plan.cadence)
        return _between(start, later(end, days) if days else end)
    if days:
        start = _restart_at(policy, change)
        return _between(start, later(start, days))
    return (None, None) if running is None else _rest(policy, running, cut)


def _restart_at(policy: ProrationPolicy, change: Change) -> date:
    """Return where a new period starts: the civil day where days are counted, else the instant."""
    return civil_day(policy.measure, change.at) if policy.measure.clock in WHOLE_DAYS else change.at


def _cadence_after(policy: ProrationPolicy, start: date, cadence: Cadence) -> date:
    """Return the end of a period that starts on a day or at an instant."""
    if type(start) is datetime:
        return InstantSchedule(start, cadence, policy.measure.zone or start.tzinfo or UTC).boundary(1)
    return Schedule(start, cadence).boundary(1)


def _between(start: date, end: date) -> tuple[Running, date]:
    if type(start) is datetime and type(end) is datetime:
        return InstantPeriod(start, end), end
    return Period(start, end), end


def chosen_period(policy: ProrationPolicy, change: Change, chosen_on: date, cut: date) -> Period:
    """Return the time until the bill day that the customer chose: a part of the new plan's own period, counted back from it.

    Raises:
        InvalidValueError: a day that is not after the change; a sale that charges nothing for that time.
    """
    if policy.sale is Sale.RESTART_LONGER:
        problem = "the credit lengthens the new period, so it says when the next bill comes; choose another sale"
        raise InvalidValueError("next_bill_on", chosen_on, problem)
    if policy.sale in CHARGES_NOTHING:
        problem = f"the sale ({policy.sale.value}) charges nothing for the time until then; choose one that does"
        raise InvalidValueError("next_bill_on", chosen_on, problem)
    day = civil_day(policy.measure, cut)
    if change.plan is None or chosen_on <= day:
        raise InvalidValueError("next_bill_on", chosen_on, f"the next bill comes after the change on {day}")
    schedule = Schedule(chosen_on, change.plan.cadence)
    first = schedule.index_of(day)
    if first < -_MOST_PERIODS:
        raise OutOfRangeError("next_bill_on", chosen_on, f"it is more than {_MOST_PERIODS} periods of the plan away")
    own = [schedule.period(n) for n in range(first, 0)]
    if len(own) == 1 and own[0].start == day:
        return own[0]
    return Period(day, chosen_on, own[0], None, tuple(own[1:]) or None)


def _rest(policy: ProrationPolicy, running: Running, cut: date) -> tuple[Running | None, date]:
    """Return what is left of the running period, with its full period as the reference."""
    if type(running) is InstantPeriod and policy.measure.clock not in WHOLE_DAYS and type(cut) is datetime:
        if cut == running.start_at:
            return running, running.end_at
        return (None if cut >= running.end_at else InstantPeriod(cut, running.end_at, running.full)), running.end_at
    day, end = civil_day(policy.measure, cut), civil_day(policy.measure, end_of(running))
    if day >= end:
        return None, end
    if type(running) is Period:
        return _rest_of_days(policy, running, cut, day), end
    full_start, full_end = bounds(policy.measure, running.full)
    return Period(day, end, Period(full_start, full_end)), end


def _rest_of_days(policy: ProrationPolicy, running: Period, cut: date, day: date) -> Running:
    """Return what is left of a period of whole days; cut within a day, it begins at the instant, not at the midnight before."""
    measure = policy.measure
    if type(cut) is datetime and measure.zone is not None and measure.clock not in WHOLE_DAYS and not running.joined:
        full, zone = running.full, measure.zone
        start, full_start, full_end, end = (
            datetime.combine(each, time(), zone) for each in (running.start, full.start, full.end, running.end)
        )
        if cut > start:
            return InstantPeriod(cut, end, InstantPeriod(full_start, full_end))
    return running if day == running.start else Period(day, running.end, running.full, None, running.joined)
