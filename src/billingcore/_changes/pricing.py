"""What a period of an item costs: its price less what coupons take off, a part of it at its share."""

from collections.abc import Sequence
from typing import NamedTuple

from billingcore._kernel import Rounding
from billingcore.billed import BilledPeriod
from billingcore.cycles import Period
from billingcore.money import Money, total
from billingcore.plans import Coupon, Plan
from billingcore.subscriptions import Item
from billingcore.tax import Ruling


class Priced(NamedTuple):
    """An item as it is sold for a full period, and whether its coupon covers that."""

    item: Item
    plan: Plan
    quantity: int
    covered: bool

    @property
    def price(self) -> Money:
        """The list price of a full period."""
        return self.plan.charge_for(self.quantity)


def discounts(sold: Sequence[Priced], whole: Coupon | None, rounding: Rounding) -> list[Money]:
    """Return what coupons take off a full period of each item: its own, then its share of that of the whole.

    The coupon of the whole is shared out over the items of the main one's interval; an item of a shorter interval has its
    percentage off each time.

    Args:
        sold: every item, the main one first.
        whole: the coupon of the whole, where it holds.
        rounding: the mode.
    """
    if whole is None and not any(each.covered for each in sold):
        return [Money.zero(sold[0].plan.currency)] * len(sold)
    own = [
        each.item.coupon.off(each.price, rounding) if each.covered and each.item.coupon is not None else each.price * 0
        for each in sold
    ]
    if whole is None:
        return own
    left = [each.price - off for each, off in zip(sold, own, strict=True)]
    together = [at for at, each in enumerate(sold) if each.plan.cadence == sold[0].plan.cadence]
    sums = total([left[at] for at in together], sold[0].plan.currency)
    if sums:
        shares = whole.off(sums, rounding).allocate([left[at].amount_minor for at in together])
        for at, share in zip(together, shares, strict=True):
            own[at] += share
    for at, amount in enumerate(left):
        if at not in together and whole.percent is not None:
            own[at] += whole.off(amount, rounding)
    return own


def charge_of(
    plan: Plan, quantity: int, period: Period, off: Money, ruling: Ruling, key: str, rounding: Rounding
) -> BilledPeriod:
    """Return a period as it is billed: its price less the discount; a part at the share of both, rounded once.

    Args:
        plan: what is sold.
        quantity: for how many.
        period: the days; with the full period as its reference where they are a part of it.
        off: what is taken off a full period.
        ruling: the tax decision.
        key: the item.
        rounding: the mode.
    """
    if period.reference is not None and off:
        charge = (plan.charge_for(quantity) * period.fraction).round(rounding)
        net = ((plan.charge_for(quantity) - off) * period.fraction).round(rounding)
        return BilledPeriod(
            plan, quantity, period, charge, charge - net, ruling, Money.zero(plan.currency), None, None, None, key
        )
    return BilledPeriod.of_plan(plan, quantity, period, ruling, off or None, None, rounding, key)
