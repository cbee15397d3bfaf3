"""The steps of a cart: what is asked of each item, and what that costs and gives back by its own rule."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import attrs

from billingcore._changes.cart import (
    Addition,
    Alteration,
    ChangeOptions,
    Intent,
    Removal,
)
from billingcore._changes.changing import check_paid_known
from billingcore._changes.pricing import Priced, discounts
from billingcore._kernel import Rounding
from billingcore._subscriptions.active import billed_until
from billingcore.billed import BilledPeriod
from billingcore.cycles import TrialChange
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.money import Money
from billingcore.plans import Plan
from billingcore.proration import (
    Change,
    ProrationPolicy,
    ProrationResult,
    Rulebook,
    Sale,
    prorate_change,
)
from billingcore.subscriptions import Active, Item
from billingcore.tax import Ruling

Rules = Rulebook | ProrationPolicy
"""What a vendor does: by what happens, or one policy for all."""


class Step(NamedTuple):
    """One item on the way through a cart.

    Attributes:
        key: the item.
        before: the item until then; None where it is added.
        after: the item from then on; None where it is removed.
        intent: what was asked of it; None where it is not named.
        result: what its change costs and gives back; None where no money moves for it now.
        waits_until: the day on which it takes effect, where it waits.
    """

    key: str
    before: Item | None
    after: Item | None
    intent: Intent | None
    result: ProrationResult | None = None
    waits_until: date | None = None


class Asking(NamedTuple):
    """What a cart is asked against."""

    subscription: Active
    on: date
    rules: Rules
    options: ChangeOptions
    ruling: Ruling


def altered(item: Item, intent: Alteration) -> Item:
    """Return an item as a wish leaves it: a new plan ends the steps of the old one, a new coupon counts anew."""
    coupon, used = (item.coupon, item.coupon_used) if intent.coupon is None else (intent.coupon, 0)
    return attrs.evolve(
        item,
        plan=intent.plan or item.plan,
        steps=() if intent.plan is not None else item.steps,
        quantity=intent.quantity or item.quantity,
        coupon=coupon,
        coupon_used=used,
    )


def step_of(asking: Asking, intent: Intent) -> Step | None:
    """Return the step of one wish; None where it changes nothing.

    Raises:
        CurrencyMismatchError: a plan in another currency.
        InvalidValueError: a key that it does not have, or has already; a plan billed at the other end of its period.
    """
    subscription = asking.subscription
    known = {item.key: item for item in subscription.items}
    if isinstance(intent, Addition):
        if intent.key in known:
            if _was_sold_as(known[intent.key], intent.item):
                return None
            raise InvalidValueError("cart", intent.key, "the subscription has an item of this key; alter it")
        _check_currency(subscription, intent.item)
        return Step(intent.key, None, intent.item, intent)
    before = subscription.item(intent.key)
    if isinstance(intent, Removal):
        return Step(intent.key, before, None, intent)
    after = altered(before, intent)
    _check_currency(subscription, after)
    if after.in_advance is not before.in_advance:
        problem = "what is billed in advance does not become what is billed in arrears; remove it, and add another item"
        raise InvalidValueError("cart", intent.key, problem)
    same = after == before and not any(each.key == intent.key for each in subscription.next)
    ends_trial = asking.options.trial is TrialChange.END_NOW and in_trial(before, asking.on)
    if (same and not ends_trial) or _was_given(asking, before, after):
        return None
    return Step(intent.key, before, after, intent)


def _was_sold_as(item: Item, sold: Item) -> bool:
    """Say whether an item is what was sold, whatever of its steps and periods was billed since."""
    left = len(item.steps) <= len(sold.steps) and (item.periods or 0) <= (sold.periods or 0)
    asked = attrs.evolve(item, billed_until=None, coupon_used=0, steps=sold.steps, periods=sold.periods)
    return left and (item.periods is None) is (sold.periods is None) and asked == sold


def _was_given(asking: Asking, before: Item, after: Item) -> bool:
    """Say whether a coupon was given with this very change already: what it was taken off began on that day."""
    given = after.coupon is not None and attrs.evolve(after, coupon_used=before.coupon_used) == before
    begun = any(each.key == before.key and each.period.start == asking.on for each in asking.subscription.billed)
    return given and before.coupon_used == 1 and begun


def _check_currency(subscription: Active, item: Item) -> None:
    if item.plan.currency != subscription.currency:
        raise CurrencyMismatchError(subscription.currency, item.plan.currency)


def in_trial(item: Item, on: date) -> bool:
    return item.trial is not None and item.billed_until == item.trial.first_paid_on and on < item.trial.first_paid_on


def with_results(asking: Asking, steps: Sequence[Step]) -> list[Step]:
    """Return the steps with what each costs and gives back, by its own rule."""
    off = offs(asking, steps)
    return [_with_result(asking, step, off.get(step.key)) for step in steps]


def offs(asking: Asking, steps: Sequence[Step], *, fresh: frozenset[str] = frozenset()) -> dict[str, Money]:
    """Return what coupons take off a full period of each item as it is after the steps.

    Args:
        asking: what is asked.
        steps: the changes.
        fresh: items of which a new period is billed that counts for their coupons.
    """
    subscription = asking.subscription
    changed = {step.key: step for step in steps}
    sold: list[Priced] = []
    for item in (*subscription.items, *[step.after for step in steps if step.before is None and step.after]):
        step = changed.get(item.key)
        after = item if step is None else step.after
        if after is None:
            continue
        plan, quantity = priced_at(asking, step, item, after, fresh=after.key in fresh)
        counts = after.coupon_used == 0 or after.key in fresh
        used = after.coupon_used if counts else after.coupon_used - 1
        covered = after.coupon is not None and after.coupon.holds_in(used)
        sold.append(Priced(after, plan, quantity, covered))
    whole, used = subscription.coupon, max(subscription.coupon_used - 1, 0)
    if whole is not None and sold and sold[0].item.key in fresh:
        used = subscription.coupon_used
    holds = whole is not None and whole.holds_in(used)
    found = discounts(sold, whole if holds else None, Rounding.HALF_UP) if sold else []
    return {each.item.key: off for each, off in zip(sold, found, strict=True)}


def priced_at(asking: Asking, step: Step | None, item: Item, after: Item, *, fresh: bool = False) -> tuple[Plan, int]:
    """Return the plan and quantity that hold for an item from a change on; ``fresh`` where a period of its own begins."""
    if fresh or (
        step is not None and (step.before is None or (isinstance(step.intent, Alteration) and step.intent.plan))
    ):
        return after.sells, after.quantity
    lines = asking.subscription.in_force(item.key, asking.on)
    plan = lines[-1].plan if lines and item.steps else after.sells
    if lines and not item.steps and lines[-1].plan != after.plan and after.plan == item.plan:
        plan = lines[-1].plan  # the last step of its prices runs, or what was billed for nothing
    return plan, after.quantity


def _with_result(asking: Asking, step: Step, off: Money | None) -> Step:
    """Return a step with its result, or with the day that it waits for."""
    subscription, on = asking.subscription, asking.on
    before, after = step.before, step.after
    if before is None and after is not None:
        return _added(asking, step, after, off)
    if before is None or in_trial(before, on):
        waits = asking.options.trial is None and before is not None and after is not None
        return step._replace(waits_until=billed_until(before) if waits and before else None)
    if not before.in_advance:
        return _of_arrears(asking, step, before, after)
    lines = running_lines(subscription, before, on)
    change = Change.remove(on)
    if after is not None:
        plan, quantity = priced_at(asking, step, before, after)
        if isinstance(step.intent, Alteration) and step.intent.plan is None and _sells_nothing_now(asking, lines):
            plan = after.plan
        change = Change.to(on, plan, quantity, ruling=asking.ruling, discount=off or None)
    result = prorated(asking, asking.rules, change, lines)
    if result.is_waiting or (result.period is None and after is not None):  # or no day is left to change
        return step._replace(waits_until=billed_until(before))
    return step._replace(result=result)


def _sells_nothing_now(asking: Asking, lines: Sequence[BilledPeriod]) -> bool:
    """Say whether what was billed stays on record under an older plan, as the rule moves no money."""
    rules = asking.rules
    policy = rules if isinstance(rules, ProrationPolicy) else rules.more.policy
    return policy.sale is Sale.NOTHING and bool(lines)


def prorated(asking: Asking, rules: Rules, change: Change, lines: tuple[BilledPeriod, ...]) -> ProrationResult:
    return prorated_alone(asking.subscription, rules, change, lines)


def prorated_alone(
    subscription: Active, rules: Rules, change: Change, lines: tuple[BilledPeriod, ...]
) -> ProrationResult:
    return check_paid_known(prorate_change(rules, change, lines, purchased_on=_purchased_on(subscription)))


def _purchased_on(subscription: Active) -> date | None:
    """Return the day on which the first paid period began: windows for a full refund count from there."""
    return subscription.billed[0].period.start if subscription.billed else None


def end_of_running(subscription: Active) -> date:
    """Return the day on which the period of the main item ends: paid, or used and billed then."""
    main = subscription.main
    waits = main.in_advance or (main.trial is not None and main.trial.first_paid_on == billed_until(main))
    return billed_until(main) if waits else subscription.next_period(main).end


def _added(asking: Asking, step: Step, item: Item, off: Money | None) -> Step:
    """Return the step of a new item: charged for the rest of its period, or sold from a renewal on."""
    subscription, on = asking.subscription, asking.on
    if item.trial is not None:
        if not item.trial.start_on <= on < item.trial.first_paid_on:
            raise InvalidValueError("cart", item.key, f"its trial ({item.trial.period}) does not hold {on}")
        return step
    if not item.in_advance:
        return step
    sold = attrs.evolve(item, billed_until=on)
    running = subscription.next_period(sold)
    change = Change.add(on, item.sells, item.quantity, ruling=asking.ruling, discount=off or None)
    rules = asking.rules
    result = check_paid_known(
        prorate_change(rules, change, (), running=running.full if running.joined is None else running)
    )
    if result.is_waiting:
        return step._replace(waits_until=end_of_running(subscription))
    return step._replace(result=result)


def _of_arrears(asking: Asking, step: Step, before: Item, after: Item | None) -> Step:
    """Return the step of an item in arrears: from that day on, or from the end of its period where the rule waits."""
    subscription, on = asking.subscription, asking.on
    period = subscription.next_period(before)
    if not period.start <= on < period.end:
        problem = f"its period runs from {period}; renew what is due first, and change a running one"
        raise InvalidValueError("cart", str(on), f"{before.key}: {problem}")
    rules = asking.rules
    if isinstance(rules, Rulebook):
        line = BilledPeriod.of_plan(before.sells, before.quantity, period, asking.ruling, None, None, Rounding.HALF_UP)
        change = Change.remove(on) if after is None else Change.to(on, after.sells, after.quantity)
        policy = rules.rule_for(change, (line,)).policy
    else:
        policy = rules
    return step._replace(waits_until=period.end) if policy.sale is Sale.AT_PERIOD_END else step


def running_lines(subscription: Active, item: Item, day: date) -> tuple[BilledPeriod, ...]:
    """Return what is in force for an item, if a day lies within the newest of it.

    Raises:
        InvalidValueError: another day; the error says what to do.
    """
    lines = [each for each in subscription.billed if each.key == item.key and each.ended_on is None]
    if not lines:
        problem = f"nothing is billed for {item.key} on that day; renew first (it is billed until {item.billed_until})"
        raise InvalidValueError("on", day, problem)
    newest = lines[-1]
    holds = newest.serves(day) or changed_on(subscription, newest, day)
    if not holds:
        lies = f"a change lies within the newest billed period of {item.key} ({newest.period})"
        remedy = "from its end on, renew first"
        if day < newest.period.start:
            remedy = "what was billed before is credited by quote_credit; a cancellation may be dated back"
        raise InvalidValueError("on", day, f"{lies}; {remedy}")
    return tuple([each for each in lines if each.period.end > newest.period.start])


def changed_on(subscription: Active, newest: BilledPeriod, day: date) -> bool:
    """Say whether a change of that day, which stays with the old plan, made the line that starts on the next."""
    start = newest.period.start
    if start - day != timedelta(days=1):
        return False
    return any(line.key == newest.key and line.ended_on == start and line.serves(day) for line in subscription.billed)
