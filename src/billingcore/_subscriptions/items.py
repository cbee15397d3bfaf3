"""Items: what a subscription holds one or more of."""

from datetime import date
from typing import ClassVar

import attrs

from billingcore._checks import check, check_date, check_int, check_tuple, check_words
from billingcore._plans.checks import MAX_QUANTITY, check_quantity
from billingcore.cycles import Cadence, Trial
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.plans import Billing, Coupon, Plan


@attrs.frozen
class PriceStep:
    """The price of an item for its first periods, before the next step or its plan.

    Args:
        plan: what is billed meanwhile; of the interval, currency and billing of the item's plan.
        periods: for how many billed periods, 1 or more.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: fewer than 1 period.
    """

    plan: Plan
    periods: int

    def __attrs_post_init__(self) -> None:
        check("plan", self.plan, Plan)
        check_quantity("periods", self.periods)


@attrs.frozen
class Item:
    """A plan and a quantity under a key: what a subscription holds one or more of, the main one and its add-ons.

    What is left of steps and periods counts down as periods are billed. The last three fields are kept by the quotes; leave
    them out of what you sell.

    Args:
        key: how the item is called within its subscription.
        plan: what is billed, once the steps are over.
        quantity: seats or licences; without meaning where the quantity is measured.
        coupon: what is taken off, or None; it goes on over changes of plan and quantity.
        trial: free days of its own, or None.
        steps: the prices of its first periods, in order.
        periods: how many periods are left to bill (instalments); None for as long as the subscription runs.
        coupon_used: how many billed periods the coupon was taken off.
        billed_until: the first day that is not billed yet; None before the item is sold.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: a step in another currency.
        InvalidValueError: no quantity; a step of another interval, billing or mode of price than the plan.

    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.money import Money
    >>> from billingcore.plans import FlatPrice
    >>> full, first = (Plan("Rescue", FlatPrice(Money.of(price, "EUR")), MONTHLY) for price in ("30.00", "10.00"))
    >>> ramp = Item("rescue", full, steps=(PriceStep(first, 3),))
    >>> print(ramp.sells.charge_for(1), "now,", ramp.plan.charge_for(1), "after three periods")
    10.00 EUR now, 30.00 EUR after three periods
    """

    _wanted: ClassVar[str] = "an Item: a key, a plan, a quantity"

    key: str
    plan: Plan
    quantity: int = 1
    coupon: Coupon | None = None
    trial: Trial | None = None
    steps: tuple[PriceStep, ...] = ()
    periods: int | None = None
    coupon_used: int = 0
    billed_until: date | None = None

    def __attrs_post_init__(self) -> None:
        check_words("key", self.key)
        check("plan", self.plan, Plan)
        check_quantity("quantity", self.quantity)
        check("coupon", self.coupon, Coupon, None)
        check("trial", self.trial, Trial, None)
        check_tuple("steps", self.steps, PriceStep)
        if self.periods is not None:
            check_int("periods", self.periods, 0, MAX_QUANTITY)
        check_int("coupon_used", self.coupon_used, 0, MAX_QUANTITY)
        if self.billed_until is not None:
            check_date("billed_until", self.billed_until)
        for step in self.steps:
            if step.plan.currency != self.plan.currency:
                raise CurrencyMismatchError(self.plan.currency, step.plan.currency)
            if _kind(step.plan) != _kind(self.plan):
                problem = (
                    "a step is a price of the same interval, billing and mode as the plan; change the plan instead"
                )
                raise InvalidValueError("steps", step.plan.name, problem)

    @property
    def sells(self) -> Plan:
        """What its next period is billed at: the step that runs, else the plan."""
        return self.steps[0].plan if self.steps else self.plan

    @property
    def cadence(self) -> Cadence:
        """How often it is billed."""
        return self.plan.cadence

    @property
    def in_advance(self) -> bool:
        """Whether a period is billed at its start."""
        return self.plan.billing is Billing.IN_ADVANCE

    def after_period(self, *, with_coupon: bool, until: date | None = None) -> "Item":
        """Return the item once a period more was billed, until a day: its step, its periods and its coupon count down."""
        check("with_coupon", with_coupon, bool)
        steps = self.steps
        if steps:
            first = steps[0]
            rest = () if first.periods == 1 else (PriceStep(first.plan, first.periods - 1),)
            steps = (*rest, *steps[1:])
        periods = self.periods if self.periods is None else max(self.periods - 1, 0)
        used = self.coupon_used + 1 if with_coupon else self.coupon_used
        # Positions, as attrs.evolve looks every field up by its name.
        return Item(
            self.key, self.plan, self.quantity, self.coupon, self.trial, steps, periods, used,
            self.billed_until if until is None else until,
        )  # fmt: skip

    def describe(self) -> str:
        """Return the item in words."""
        return f"{self.key}: {self.plan.name} × {self.quantity}"


def _kind(plan: Plan) -> tuple[object, ...]:
    return plan.cadence, plan.billing, plan.price.mode


def divides(shorter: Cadence, longer: Cadence) -> bool:
    """Say whether boundaries of one interval fall on all of another: a day divides every one, a month a year."""
    if shorter.months and longer.months:
        return longer.months % shorter.months == 0
    if shorter.months or not shorter.days:
        return False
    return shorter.days == 1 if longer.months else longer.days % shorter.days == 0
