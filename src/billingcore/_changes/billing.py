"""What one day of the bill run bills: every item that is due, what waits, and what is sold instead from then on."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import attrs

from billingcore._changes.pricing import Priced, charge_of, discounts
from billingcore._changes.quotes import Outcome, OutcomeKind
from billingcore._checks import check, check_int, mapped, refuse
from billingcore._kernel import Rounding
from billingcore._plans.checks import MAX_QUANTITY
from billingcore._subscriptions.active import Unbilled, billed_until, evolved, plain_schedule
from billingcore._subscriptions.bill_dates import schedule_from
from billingcore.billed import BilledPeriod
from billingcore.cycles import Period
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine, Line
from billingcore.money import Money
from billingcore.plans import Billing, Plan
from billingcore.subscriptions import Active, Item, NextSale
from billingcore.tax import Ruling

Measured = Mapping[str, int | tuple[int, ...]]
"""What was measured of each item, by its key: for each price that held, in order, where there were several."""


class DayBill(NamedTuple):
    """The lines of a day, the subscription after them, and what became of each item."""

    lines: tuple[Line, ...]
    subscription: Active
    outcomes: tuple[Outcome, ...]


class Meter:
    """What was measured, handed out in order; every figure is asked for, and none is left over."""

    def __init__(self, measured: Measured | None) -> None:
        """Take what the caller measured."""
        given = (
            {} if measured is None else mapped("measured", measured, "a mapping from the keys of items to quantities")
        )
        self._left = {key: list(each) if isinstance(each, tuple) else [each] for key, each in given.items()}
        for key, quantities in self._left.items():
            check("measured", key, str)
            for each in quantities:
                if type(each) is not int:
                    refuse("measured", each, int)
                check_int("measured", each, 0, MAX_QUANTITY)

    def take(self, key: str, period: Period) -> int:
        """Return what was measured of an item in a period."""
        if not self._left.get(key):
            problem = f"its quantity is measured: give measured={{{key!r}: …}} for {period}"
            raise InvalidValueError("measured", None, problem)
        return self._left[key].pop(0)

    def check_empty(self) -> None:
        """Refuse figures that nothing bills."""
        over = [key for key, left in self._left.items() if left]
        if over:
            raise InvalidValueError("measured", over, "nothing measured of these is billed on that day; leave it out")


def bill_day(subscription: Active, on: date, ruling: Ruling, meter: Meter) -> DayBill:
    """Bill a day: what is sold from then on takes effect, every item that is due is billed, and what waits comes along.

    Args:
        subscription: what is billed.
        on: the day.
        ruling: the tax decision of what is new.
        meter: what was measured.
    """
    ends = subscription.stop_on == on
    lines: list[Line] = []
    outcomes: list[Outcome] = []
    new: list[BilledPeriod] = []
    before = subscription
    arrears, subscription = bill_arrears(subscription, on, ruling, meter)
    new += arrears
    if not ends:
        subscription = with_next(subscription, on)
        due, subscription = bill_advance(subscription, on, ruling)
        new = [*due, *new]
    lines += [ChargeLine(each) for each in new]
    waited = before.waiting if ends or lines or before.next_bill_on == on else ()
    for item in (*subscription.items, *[each for each in before.items if each.key not in _keys(subscription)]):
        own = [each.net for each in new if each.key == item.key]
        if own:
            outcomes.append(Outcome(item.key, OutcomeKind.BILLED, on, sum(own[1:], own[0])))
    after = evolved(subscription, billed=(*subscription.billed, *new), waiting=subscription.waiting[len(waited) :])
    return DayBill((*lines, *waited), after, tuple(outcomes))


def _keys(subscription: Active) -> set[str]:
    return {item.key for item in subscription.items}


def with_next(subscription: Active, on: date, *, every: bool = False) -> Active:
    """Return the subscription once what waited for a day is sold, and instalments that are over are gone.

    Args:
        subscription: where it waits.
        on: the day.
        every: whether a new period starts for all, so that what waits for a later end is sold too.
    """
    sales = {each.key: each for each in subscription.next if every or each.on <= on}
    if not sales and all(item.periods != 0 for item in subscription.items):
        return subscription
    items: list[Item] = []
    for item in subscription.items:
        if item.key in sales:
            following = sales[item.key].item
            if following is not None:
                items.append(attrs.evolve(following, billed_until=billed_until(item)))
        elif item.periods != 0 or billed_until(item) > on:
            items.append(item)
    known = {item.key for item in subscription.items}
    items += [sale.item for key, sale in sales.items() if key not in known and sale.item is not None]
    schedule = subscription.schedule
    if items and items[0].cadence != plain_schedule(schedule).cadence:
        schedule = schedule_from(schedule, on, items[0].cadence, on)
    left = tuple([each for each in subscription.next if each.key not in sales])
    return evolved(subscription, items=tuple(items), schedule=schedule, next=left)


def bill_advance(subscription: Active, on: date, ruling: Ruling) -> tuple[list[BilledPeriod], Active]:
    """Return what is billed in advance on a day, and the subscription whose items are billed until then."""
    due = [at for at, item in enumerate(subscription.items) if item.in_advance and subscription.due_on(item) == on]
    if not due:
        return [], subscription
    items, new = list(subscription.items), list[BilledPeriod]()
    coupon, used = subscription.coupon, subscription.coupon_used
    main = 0 in due
    holds = coupon is not None and coupon.holds_in(used if main else max(used - 1, 0))
    sold = [priced(item) for item in items]
    off = discounts(sold, coupon if holds else None, Rounding.HALF_UP)
    stop = subscription.stop_on
    for at in due:
        item = items[at]
        period = subscription.next_period(item)
        if stop is not None and period.end > stop:
            period = period.split(stop)[0]
        new.append(charge_of(item.sells, item.quantity, period, off[at], ruling, item.key, Rounding.HALF_UP))
        items[at] = item.after_period(with_coupon=sold[at].covered, until=period.end)
    if coupon is not None and main:
        coupon, used = (coupon, used + 1) if holds else (None, 0)
    return new, evolved(subscription, items=tuple(items), coupon=coupon, coupon_used=used)


def priced(item: Item, *, fresh: bool = True) -> Priced:
    """Return an item at the price of its next period; ``fresh`` where that counts for its coupon."""
    used = item.coupon_used if fresh else max(item.coupon_used - 1, 0)
    covered = item.coupon is not None and item.coupon.holds_in(used)
    return Priced(item, item.sells, item.quantity, covered)


def bill_arrears(subscription: Active, on: date, ruling: Ruling, meter: Meter) -> tuple[list[BilledPeriod], Active]:
    """Return what is billed at its end on a day: days that a change left, then the period of each item that is over."""
    new: list[BilledPeriod] = []
    if not subscription.unbilled and all(item.in_advance for item in subscription.items):
        return new, subscription
    items = list(subscription.items)
    for part in subscription.unbilled:
        new += _used(part, part.period, None, ruling, meter)
    for at, item in enumerate(items):
        if item.in_advance or subscription.due_on(item) != on:
            continue
        period = subscription.next_period(item)
        if period.end > on:
            period = period.split(on)[0]
        covered = item.coupon is not None and item.coupon.holds_in(item.coupon_used)
        off = item.coupon.off(item.sells.charge_for(item.quantity)) if covered and item.coupon is not None else None
        part = Unbilled(item.key, item.sells, item.quantity, period)
        new += _used(part, period, off, ruling, meter)
        items[at] = item.after_period(with_coupon=covered, until=period.end)
    return new, evolved(subscription, items=tuple(items), unbilled=())


def _used(part: Unbilled, period: Period, off: Money | None, ruling: Ruling, meter: Meter) -> list[BilledPeriod]:
    """Return what days in arrears cost: at their share of the price, or for what was measured."""
    plan: Plan = part.plan
    nothing = Money.zero(plan.currency)
    if plan.billing is not Billing.METERED:
        return [charge_of(plan, part.quantity, period, off or nothing, ruling, part.key, Rounding.HALF_UP)]
    measured = meter.take(part.key, period)
    if not measured:
        return []
    days = Period(period.start, period.end)
    price = plan.charge_for(measured)
    return [charge_of(plan, measured, days, min(off or nothing, price), ruling, part.key, Rounding.HALF_UP)]


def scheduled(subscription: Active, sale: NextSale) -> Active:
    """Return the subscription with a change that waits, in place of what waited for the item; checked by making it once.

    Raises:
        InvalidValueError: an interval that would not fit; the last item removed.
    """
    waits = tuple([each for each in subscription.next if each.key != sale.key])
    after = evolved(subscription, next=(*waits, sale))
    with_next(after, max([each.on for each in after.next]))
    return after
