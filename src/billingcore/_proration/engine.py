"""The one computation of a change: policy, what was billed, the change -> lines, net, the period that follows."""

from datetime import date
from typing import NamedTuple

import attrs

from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.crediting import (
    Draft,
    above_minimum,
    credit_drafts,
    difference_drafts,
    draft_of,
    in_window,
    price_minor,
    round_net,
)
from billingcore._proration.measuring import Running, time_left
from billingcore._proration.options import (
    Basis,
    Charge,
    ChargeRate,
    Clock,
    Credit,
    Cycle,
    FixedDays,
    OnSwitch,
    Side,
    Stage,
)
from billingcore._proration.policy import Measure, ProrationPolicy, Sides, Timing
from billingcore._proration.shares import cut_of, holds, running_of, serving
from billingcore._proration.spans import bought_days, explicit_period, period_after
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence
from billingcore.errors import CurrencyMismatchError, InvalidValueError

_KEPT = Timing()


class Outcome(NamedTuple):
    """All figures of a change."""

    credit: int
    charge: int
    converted: int
    period: Running | None
    next_bill: date | None
    cut: date
    drafts: tuple[Draft, ...]
    restarts: bool


def compute(
    policy: ProrationPolicy, change: Change, billed: tuple[BilledPeriod, ...], running: Running | None
) -> Outcome:
    """Return the figures of a change that takes effect at once."""
    cut = cut_of(policy.measure, change)
    lines = () if change.kind is ChangeKind.ADD else tuple(serving(policy.measure, change, billed, cut))
    if lines and change.plan is not None and change.plan.currency != lines[0].charge.currency:
        raise CurrencyMismatchError(lines[0].charge.currency, change.plan.currency)
    if change.price_now is not None and lines and change.price_now.currency != lines[0].charge.currency:
        raise CurrencyMismatchError(lines[0].charge.currency, change.price_now.currency)
    if not lines:
        running = _running_at(policy, change, billed, running, cut)
    elif running is None:
        running = running_of(lines[0])
    restarts = change.plan is not None and _restarts(policy, change, lines)
    if policy.timing.anchor is Cycle.EXPLICIT and change.plan is not None:
        running = explicit_period(policy, running, cut)
    rule = policy.sides.credit
    differs = rule is Credit.DIFFERENCE_FULL or (rule is Credit.DIFFERENCE_REMAINING and not restarts)
    if differs and not in_window(policy, change, lines):
        drafts = difference_drafts(policy, change, lines, running, cut)
    else:
        drafts = credit_drafts(policy, change, lines, cut)
        old = lines[0].plan.cadence if lines else None
        drafts += _charges(policy, change, old, running, cut, restarts=restarts)
        if policy.timing.anchor is Cycle.EXTEND and change.plan is not None and not bought_days(policy, change, drafts):
            # nothing can be exchanged for time: the rest of the running period is charged instead
            charged = attrs.evolve(policy, sides=Sides(charge=Charge.REMAINING), timing=_KEPT)
            drafts += _charges(charged, change, old, running, cut, restarts=False)
    if policy.rounding.stage is Stage.NET:
        drafts = round_net(policy, drafts)
    drafts = above_minimum(policy, drafts)
    return _outcome(policy, change, drafts, running, cut, restarts=restarts)


def _running_at(
    policy: ProrationPolicy, change: Change, billed: tuple[BilledPeriod, ...], running: Running | None, cut: date
) -> Running | None:
    """Return the period that runs when something is added: the newest billed one that has the day, if none is given.

    Raises:
        InvalidValueError: a day outside every period.
    """
    known = [running] if running is not None else [running_of(line) for line in reversed(billed)]
    for each in known:
        if any(holds(policy.measure, each, at) for at in (change.at, cut)):
            return each
    if known:
        raise InvalidValueError("at", str(change.at), f"an addition lies within the running period ({known[0]})")
    return None


def _outcome(
    policy: ProrationPolicy, change: Change, drafts: list[Draft], running: Running | None, cut: date, *, restarts: bool
) -> Outcome:
    """Add up the lines, turn credit into time where the policy does so, and find the period that follows."""
    credit = charge = 0
    for each in drafts:
        if each.side is Side.CHARGE:
            charge += each.amount
        elif each.side in (Side.CREDIT, Side.REVERSAL):
            credit += each.amount
        else:
            credit -= each.amount
    converted = days = 0
    if policy.timing.extension_rounding is not None and change.plan is not None:
        days = bought_days(policy, change, drafts)
        converted = credit if days or policy.timing.anchor is not Cycle.EXTEND else 0
        if converted:
            drafts.append(Draft(Side.EXTENSION, None, credit, 1, 1, 1, None, None, None, "timing.anchor", credit))
    period, next_bill = period_after(policy, change, running, cut, restarts=restarts, days=days)
    if charge and period is None and running is not None:
        problem = f"no time of the period is left for which {change.describe()} could be charged; change at its renewal"
        raise InvalidValueError("at", str(change.at), problem)
    return Outcome(credit, charge, converted, period, next_bill, cut, tuple(drafts), restarts)


def _restarts(policy: ProrationPolicy, change: Change, lines: tuple[BilledPeriod, ...]) -> bool:
    """Say whether a new period starts: the policy says so, the interval differs, or a free plan becomes a paid one."""
    timing = policy.timing
    if timing.anchor is not Cycle.KEEP:
        return timing.anchor in (Cycle.RESET, Cycle.RESET_PLUS_EXTEND)
    if not lines or change.plan is None:
        return False
    old, new = lines[0].plan, change.plan
    if new.cadence != old.cadence and timing.interval_change is OnSwitch.RESET:
        return True
    if timing.free_to_paid is not OnSwitch.RESET or old.charge_for(lines[0].quantity):
        return False
    return new.charge_for(change.quantity).amount_minor > 0


def _charges(
    policy: ProrationPolicy, change: Change, old: Cadence | None, running: Running | None, cut: date, *, restarts: bool
) -> list[Draft]:
    sides = policy.sides
    if change.plan is None or sides.charge is Charge.NONE:
        return []
    base, step, num, den = price_minor(change), None, 1, 1
    decided_by = "sides.charge"
    if restarts and policy.timing.anchor is Cycle.KEEP:
        other = old != change.plan.cadence and policy.timing.interval_change is OnSwitch.RESET
        decided_by = "timing.interval_change" if other else "timing.free_to_paid"
    if not restarts and sides.charge is not Charge.FULL:
        num, den = _remaining(policy, change.plan.cadence, old, running, cut)
        step = policy.measure.fraction_rounding
        if sides.charge_rate is ChargeRate.MONTH_EQUIVALENT:
            decided_by = "sides.charge_rate"
    units = change.quantity if policy.rounding.stage is Stage.UNIT else 1
    return [draft_of(policy, (Side.CHARGE, None, decided_by), base, (num, den, step), change.plan.currency, units)]


def _remaining(
    policy: ProrationPolicy, new: Cadence, old: Cadence | None, running: Running | None, cut: date
) -> tuple[int, int]:
    """Return the share of the new price that the rest of the running period costs."""
    if running is None:
        problem = "the rest of a running period is charged: give what was billed, or the running period"
        raise InvalidValueError("running", None, problem)
    measure = policy.measure
    if old is None or new == old:
        num, den = time_left(measure, running, cut, new)
        return max(num, 0), den
    if policy.sides.charge_rate is ChargeRate.MONTH_EQUIVALENT and new.months and old.months:
        num, den = time_left(measure, running, cut, old)
        return max(num, 0) * old.months, den * new.months
    if type(measure.basis) is not FixedDays:
        by_month = measure.clock is Clock.MONTH
        measure = Measure(measure.clock, measure.zone, Basis.ACTUAL_PERIOD if by_month else Basis.NOMINAL_PERIOD)
    num, den = time_left(measure, running, cut, new)
    return max(num, 0), new.months if measure.clock is Clock.MONTH and new.months else den
