"""What is changed, and when: the input of every change."""

from datetime import date, datetime
from enum import Enum

import attrs

from billingcore._proration.measuring import check_at
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money, check_money
from billingcore.plans import Plan, check_quantity
from billingcore.tax import Ruling, check_ruling


class ChangeKind(Enum):
    """What a change does: another plan, quantity or interval; something added; something removed; the end of it all."""

    REPLACE = "replace"
    ADD = "add"
    REMOVE = "remove"
    CANCEL = "cancel"

    __hash__ = object.__hash__


@attrs.frozen
class Change:
    """A change of what is sold, at a date or an instant.

    A change of plan, of quantity, of interval, from free to paid: `to`. An add-on:
    `add` and `remove`. The end: `cancel`. What was billed is not part of it.

    Args:
        at: the first day (or the instant) of what is new. An earlier day of the running period is a back-dated change.
        plan: what is sold from then on; None where nothing is.
        quantity: for how many.
        kind: what the change does.
        ruling: the tax decision of the new charge; None to keep that of what was billed.
        discount: what is taken off a full period of the new plan, or None.
        price_now: the old plan as it is priced today, for the vendors that credit today's price; None if unchanged.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a plan for a removal, no plan for anything else, a discount above the price.

    >>> Change.cancel(date(2026, 2, 15)).describe()
    'cancelled at 2026-02-15'
    """

    at: date | datetime
    plan: Plan | None
    quantity: int = 1
    kind: ChangeKind = ChangeKind.REPLACE
    ruling: Ruling | None = None
    discount: Money | None = None
    price_now: Plan | None = None

    def __attrs_post_init__(self) -> None:
        check_at("at", self.at)
        if type(self.kind) is not ChangeKind:
            raise InvalidTypeError("kind", self.kind, "a ChangeKind, such as ChangeKind.REPLACE")
        if self.plan is not None and type(self.plan) is not Plan:
            raise InvalidTypeError("plan", self.plan, "a Plan")
        ends = self.kind in (ChangeKind.REMOVE, ChangeKind.CANCEL)
        if ends != (self.plan is None):
            problem = "nothing follows what is removed or cancelled; every other change names a plan"
            raise InvalidValueError("plan", self.plan and self.plan.name, problem)
        check_quantity("quantity", self.quantity)
        if self.ruling is not None:
            check_ruling("ruling", self.ruling)
        if self.price_now is not None and type(self.price_now) is not Plan:
            raise InvalidTypeError("price_now", self.price_now, "a Plan, or None")
        if self.discount is not None:
            self._check_discount(self.discount)

    def _check_discount(self, discount: Money) -> None:
        if self.plan is None:
            raise InvalidValueError("discount", discount, "nothing is sold that it could be taken off")
        price = self.plan.charge_for(self.quantity)
        if check_money("discount", discount, price.currency).amount_minor < 0 or discount > price:
            raise InvalidValueError("discount", discount, f"between nothing and the price of {price} is taken off")

    @classmethod
    def to(
        cls, at: date | datetime, plan: Plan, quantity: int = 1, *, ruling: Ruling | None = None,
        discount: Money | None = None, price_now: Plan | None = None,
    ) -> "Change":  # fmt: skip
        """Return a change to a plan, a quantity, an interval."""
        return cls(at, plan, quantity, ChangeKind.REPLACE, ruling, discount, price_now)

    @classmethod
    def add(
        cls, at: date | datetime, plan: Plan, quantity: int = 1, *, ruling: Ruling | None = None,
        discount: Money | None = None,
    ) -> "Change":  # fmt: skip
        """Return the addition of something that was not sold before."""
        return cls(at, plan, quantity, ChangeKind.ADD, ruling, discount)

    @classmethod
    def remove(cls, at: date | datetime) -> "Change":
        """Return the removal of an add-on; the subscription goes on."""
        return cls(at, None, 1, ChangeKind.REMOVE)

    @classmethod
    def cancel(cls, at: date | datetime) -> "Change":
        """Return the cancellation of the subscription at once."""
        return cls(at, None, 1, ChangeKind.CANCEL)

    def describe(self) -> str:
        """Return the change in words."""
        if self.plan is None:
            return f"{'cancelled' if self.kind is ChangeKind.CANCEL else 'removed'} at {self.at}"
        verb = "added" if self.kind is ChangeKind.ADD else "changed to"
        return f"{verb} {self.plan.name} × {self.quantity} at {self.at}"
