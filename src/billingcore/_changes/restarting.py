"""Where one item starts a new period: every item that is billed in advance comes along."""

from collections.abc import Sequence

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
    before, started = step.before, driver.result
    if started is None or (before is not None and (not before.in_advance or in_trial(before, asking.on))):
        return step
    if step.result is not None and (step.key == driver.key or _starts_too(step.result, started)):
        return _again(asking, step, step.result, off)
    if before is None:
        return _added(asking, step, started, off)
    if step.after is None:
        return step if step.result is not None else _removed(asking, step, before, started)
    return _billed_again(asking, step, (before, step.after), started, off)


def _starts_too(result: ProrationResult, started: ProrationResult) -> bool:
    """Say whether an item starts a period of its own on the same day."""
    return result.restarts and result.effective_at == started.effective_at


def _added(asking: Asking, step: Step, started: ProrationResult, off: Money | None) -> Step:
    """Return the step of a new item: its first period is a full one."""
    item = step.after
    if item is None or item.trial is not None or not item.in_advance or type(started.period) is not Period:
        return step
    start = started.period.start
    running = Period(start, Schedule(start, item.cadence).boundary(1))
    change = Change.add(start, item.sells, item.quantity, ruling=asking.ruling, discount=off or None)
    policy = attrs.evolve(started.policy, sale=Sale.PRORATE)
    return step._replace(result=prorate_change(policy, change, (), running=running))


def _removed(asking: Asking, step: Step, before: Item, started: ProrationResult) -> Step:
    """Return the step of an item whose removal waited: what is unused of it goes back."""
    policy = attrs.evolve(started.policy, sale=Sale.PRORATE)
    lines = running_lines(asking.subscription, before, asking.on)
    return step._replace(result=prorated(asking, policy, Change.remove(asking.on), lines))


def _billed_again(
    asking: Asking, step: Step, items: tuple[Item, Item], started: ProrationResult, off: Money | None
) -> Step:
    """Return the step of an item that is credited, and billed from that day on; until where credit bought time."""
    before, after = items
    same = started.change.plan is not None and after.cadence == started.change.plan.cadence
    until = started.next_bill_on if started.converted and same else None
    sold, quantity = priced_at(asking, step, before, after, fresh=step.intent is not None)
    lines = running_lines(asking.subscription, before, asking.on)
    change = Change.to(asking.on, sold, quantity, ruling=asking.ruling, discount=off or None, next_bill_on=until)
    policy = attrs.evolve(started.policy, sale=Sale.RESTART)
    return step._replace(result=prorated(asking, policy, change, lines))


def _again(asking: Asking, step: Step, result: ProrationResult, off: Money | None) -> Step:
    """Return a step whose price and discount are those of a new period."""
    after, plan = step.after, result.change.plan
    sold = plan if after is None or plan is None else after.sells
    if (sold, off or None) == (plan, result.change.discount):
        return step
    change = attrs.evolve(result.change, plan=sold, discount=off or None)
    rules = asking.rules if result.rule is not None else result.policy
    return step._replace(result=prorated(asking, rules, change, result.billed))
