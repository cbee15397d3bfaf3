"""Where one item starts a new period: every item that is billed in advance comes along."""

from collections.abc import Sequence
from datetime import date

import attrs

from billingcore._changes.cart import (
    Unnamed,
)
from billingcore._changes.steps import (
    Asking,
    Step,
    in_trial,
    offs,
    priced_at,
    prorated,
    running_lines,
)
from billingcore.cycles import Period, Schedule
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.proration import (
    Change,
    ProrationResult,
    Sale,
    prorate_change,
)
from billingcore.subscriptions import Item


def moves_dates(result: ProrationResult) -> bool:
    """Say whether a result moves the bill date: a new period starts, or credit bought time."""
    return result.restarts or bool(result.converted)


def restarted(asking: Asking, steps: Sequence[Step], driver: Step) -> list[Step]:
    """Return the steps where one starts a new period: every item that is billed in advance comes along.

    The day is counted as the rule says that starts it. What waits for the end of a period takes effect with it.
    """
    result = driver.result
    if result is None or type(result.period) is not Period:
        raise InvalidValueError("cart", driver.key, "no day of the period is left; change it at its renewal")
    subscription, on = asking.subscription, asking.on
    named = {step.key: step for step in steps}
    waits = {each.key: each for each in subscription.next}
    every: list[Step] = []
    for item in subscription.items:
        if item.key in named:
            every.append(named[item.key]._replace(waits_until=None))
        elif item.in_advance and not in_trial(item, on) and asking.options.unnamed is Unnamed.RESTART:
            after = waits[item.key].item if item.key in waits else item
            every.append(Step(item.key, item, after, None))
    every += [step._replace(waits_until=None) for step in steps if step.before is None]
    fresh = frozenset([step.key for step in steps])
    off = offs(asking, every, fresh=fresh)
    return [_in_new_period(asking, step, driver, off.get(step.key)) for step in every]


def _in_new_period(asking: Asking, step: Step, driver: Step, off: Money | None) -> Step:
    """Return the step of one item in the new period that another one starts."""
    result = driver.result
    if result is None or type(result.period) is not Period:
        return step
    before, after, on = step.before, step.after, asking.on
    if step.key == driver.key or (before is not None and (not before.in_advance or in_trial(before, on))):
        if step.result is None or step.result.change.discount == (off or None):
            return step
        return _again(asking, step, step.result, off)
    if step.result is not None and step.result.restarts and step.result.effective_at == result.effective_at:
        return _again(asking, step, step.result, off)
    if after is not None and (after.trial is not None or not after.in_advance) and before is None:
        return step
    policy = attrs.evolve(result.policy, sale=Sale.RESTART)
    until = None
    if result.converted and after is not None and after.cadence == result.change.plan.cadence:  # type: ignore[union-attr]
        until = result.period.end
    if before is None and after is not None:
        running = Period(result.period.start, _end_of(result.period.start, after))
        rest = attrs.evolve(policy, sale=Sale.PRORATE)
        change = Change.add(running.start, after.sells, after.quantity, ruling=asking.ruling, discount=off or None)
        return step._replace(result=prorate_change(rest, change, (), running=running))
    if before is None:
        return step
    lines = running_lines(asking.subscription, before, on)
    if after is None:
        if step.result is not None:
            return step
        removed = attrs.evolve(policy, sale=Sale.PRORATE)
        return step._replace(result=prorated(asking, removed, Change.remove(on), lines))
    plan, quantity = priced_at(asking, step, before, after)
    change = Change.to(on, plan, quantity, ruling=asking.ruling, discount=off or None, next_bill_on=until)
    return step._replace(result=prorated(asking, policy, change, lines))


def _again(asking: Asking, step: Step, result: ProrationResult, off: Money | None) -> Step:
    """Return a step whose discount is that of a new period."""
    change = attrs.evolve(result.change, discount=off or None)
    rules = asking.rules if result.rule is not None else result.policy
    return step._replace(result=prorated(asking, rules, change, result.billed))


def _end_of(start: date, item: Item) -> date:
    return Schedule(start, item.cadence).boundary(1)
