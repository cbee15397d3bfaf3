"""The subscription after a cart, before what begins now is billed."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

import attrs

from billingcore._changes.billing import scheduled
from billingcore._changes.steps import (
    Asking,
    Step,
    in_trial,
)
from billingcore._subscriptions.active import Unbilled, billed_until, evolved
from billingcore._subscriptions.bill_dates import schedule_from
from billingcore._subscriptions.transitions import moved_anchor
from billingcore.billed import BilledPeriod
from billingcore.cycles import AlignedSchedule, Period, Schedule
from billingcore.subscriptions import Active, Item, NextSale

if TYPE_CHECKING:
    from billingcore.proration import ProrationResult


def following(asking: Asking, steps: Sequence[Step], driver: Step | None, billed: Sequence[BilledPeriod]) -> Active:
    """Return the subscription after the steps, before what begins now is billed.

    Args:
        asking: what is asked.
        steps: what becomes of each item.
        driver: the one that starts a new period for all; None where the bill dates stay.
        billed: what is on record after the steps.
    """
    subscription = asking.subscription
    items, unbilled = _items_after(asking, steps, driver)
    after = evolved(
        subscription,
        items=tuple(items.values()),
        schedule=_schedule_after(subscription, driver, items),
        billed=tuple(billed),
        unbilled=(*subscription.unbilled, *unbilled),
        next=() if driver is not None else subscription.next,
    )
    if driver is not None:
        after = ends_with_paid(after, subscription)
        fresh = any(step.key == subscription.main.key and step.intent is not None for step in steps)
        if after.coupon is not None and fresh and after.coupon.holds_in(after.coupon_used):
            after = evolved(after, coupon_used=after.coupon_used + 1)
    for step in steps:
        if step.waits_until is not None:
            item = None if step.after is None else attrs.evolve(step.after, billed_until=step.waits_until)
            after = scheduled(after, NextSale(step.key, step.waits_until, item))
    return after


def _items_after(asking: Asking, steps: Sequence[Step], driver: Step | None) -> tuple[dict[str, Item], list[Unbilled]]:
    """Return the items after the steps, and the days in arrears that they leave to be billed."""
    subscription, on = asking.subscription, asking.on
    items = {item.key: item for item in subscription.items}
    unbilled: list[Unbilled] = []
    if driver is not None:  # days in arrears end with the period that was
        for item in subscription.items:
            if not item.in_advance:
                unbilled += used_until(subscription, item, on)
                items[item.key] = attrs.evolve(item, billed_until=max(on, billed_until(item)))
    for step in steps:
        before, after = step.before, step.after
        if step.waits_until is not None:
            continue
        if driver is None and before is not None:
            unbilled += used_until(subscription, before, on)
        if after is None:
            del items[step.key]
        else:
            items[step.key] = _item_after(asking, step, after, named=step.intent is not None)
    return items, unbilled


def used_until(subscription: Active, item: Item, on: date) -> list[Unbilled]:
    """Return the days of an item in arrears that were used and not billed before a day; none of another item."""
    if item.in_advance or billed_until(item) >= on:
        return []
    period = subscription.next_period(item)
    return [Unbilled(item.key, item.sells, item.quantity, period.split(on)[0] if on < period.end else period)]


def _schedule_after(subscription: Active, driver: Step | None, items: dict[str, Item]) -> Schedule | AlignedSchedule:
    """Return the bill dates after the steps: counted anew where a period starts, a trial ends or the interval changes."""
    old, main, before = subscription.schedule, next(iter(items.values())), subscription.main
    if driver is not None and driver.result is not None and type(driver.result.period) is Period:
        period = driver.result.period
        end = billed_until(main) if main.in_advance else period.end
        until = max(end, period.end) if driver.key == main.key else end
        return schedule_from(old, period.end if driver.result.converted else period.start, main.cadence, until)
    if before.trial is not None and before.key == main.key and billed_until(main) != billed_until(before):
        old = moved_anchor(subscription, before.trial.first_paid_on, billed_until(main))
    if main.cadence != before.cadence:
        end = billed_until(main)
        return schedule_from(old, end, main.cadence, end)
    return old


def ends_with_paid(after: Active, before: Active) -> Active:
    """Return a subscription in which what waits for the end of what is paid follows that day, where it moved.

    That is its end, a pause, and the changes of its items.
    """
    until = after.paid_until
    if before.ends_on is not None and before.ends_on != until:
        after = evolved(after, ends_on=until)
    if before.pause is not None and before.pause.on != until:
        resumes = before.pause.resumes_on
        over = resumes is not None and resumes <= until
        after = evolved(after, pause=None if over else attrs.evolve(before.pause, on=until))
    ends = {item.key: billed_until(item) for item in after.items}
    return evolved(after, next=tuple([_on_day(each, ends.get(each.key, until)) for each in after.next]))


def _on_day(sale: NextSale, day: date) -> NextSale:
    return NextSale(sale.key, day, None if sale.item is None else attrs.evolve(sale.item, billed_until=day))


def _item_after(asking: Asking, step: Step, after: Item, *, named: bool) -> Item:
    """Return an item as the steps leave it: until when it is billed, and what its coupon and steps have left."""
    on, before = asking.on, step.before
    if before is None and after.trial is not None:
        return attrs.evolve(after, billed_until=after.trial.first_paid_on)
    if before is not None and in_trial(before, on) and before.trial is not None:
        how = asking.options.trial
        trial = before.trial if how is None else before.trial.changed(on, how, asking.options.trial_length)
        return attrs.evolve(after, trial=trial, billed_until=trial.first_paid_on)
    if not after.in_advance:
        return attrs.evolve(after, billed_until=on)
    result = cast("ProrationResult", step.result)  # what is billed in advance and does not wait has one
    period = cast("Period", result.period)
    covered = result.change.discount is not None and after.coupon is not None
    if named and (result.restarts or before is None):
        holds = after.coupon is not None and after.coupon.holds_in(after.coupon_used)
        after = after.after_period(with_coupon=covered and holds)
    elif covered and not after.coupon_used:
        after = attrs.evolve(after, coupon_used=1)
    return attrs.evolve(after, billed_until=period.end)
