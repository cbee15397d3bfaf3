"""What is changed, and when: the input of every change."""

from datetime import date, datetime

import attrs

from billingcore._checks import check, check_date, check_words
from billingcore._choices import Choice
from billingcore._plans.checks import check_quantity
from billingcore._proration.time_left import check_at
from billingcore._tax.rulings import check_ruling
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.plans import Plan
from billingcore.tax import Ruling


class ChangeKind(Choice):
    """What a change does."""

    REPLACE = "replace"
    """Another plan, quantity, interval or bill day instead of what was billed."""
    ADD = "add"
    """Something is sold beside what was billed."""
    REMOVE = "remove"
    """Something is not sold any more; the subscription goes on."""
    CANCEL = "cancel"
    """The end of it all."""


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
        price_now: the old plan as it is priced today, for the vendors that credit today's price; under the rules of others
            it plays no part, and the explanation says so. None if unchanged.
        item: the name of the plan whose billed lines are changed or removed, where several items are billed together; None
            for all of them.
        next_bill_on: the day of the next bill, where the customer chooses it; the new plan is then charged for the time
            until that day, measured over its own periods counted back from it. None where the policy decides.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: a discount, or a price of today, in another currency than the plan.
        InvalidValueError: a plan for a removal, no plan for anything else, a discount above the price, an item for an
            addition or a cancellation.

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
    item: str | None = None
    next_bill_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_at("at", self.at)
        check("kind", self.kind, ChangeKind)
        check("plan", self.plan, Plan, None)
        ends = self.kind in (ChangeKind.REMOVE, ChangeKind.CANCEL)
        if ends != (self.plan is None):
            problem = "nothing follows what is removed or cancelled; every other change names a plan"
            raise InvalidValueError("plan", self.plan and self.plan.name, problem)
        check_quantity("quantity", self.quantity)
        if self.ruling is not None:
            check_ruling("ruling", self.ruling)
        check("price_now", self.price_now, Plan, None)
        if self.next_bill_on is not None:
            if self.plan is None:
                raise InvalidValueError("next_bill_on", self.next_bill_on, "nothing is sold that could be billed then")
            check_date("next_bill_on", self.next_bill_on)
        if self.price_now is not None and self.plan is not None and self.price_now.currency != self.plan.currency:
            raise CurrencyMismatchError(self.plan.currency, self.price_now.currency)
        if self.discount is not None:
            self._check_discount(self.discount)
        if self.item is not None:
            check_words("item", self.item)
            if self.kind in (ChangeKind.ADD, ChangeKind.CANCEL):
                problem = "what is added is new, and a cancellation ends it all; an item is changed or removed"
                raise InvalidValueError("item", self.item, problem)

    def _check_discount(self, discount: Money) -> None:
        if self.plan is None:
            raise InvalidValueError("discount", discount, "nothing is sold that it could be taken off")
        price = self.plan.charge_for(self.quantity)
        if check_money("discount", discount, price.currency).amount_minor < 0 or discount > price:
            raise InvalidValueError("discount", discount, f"between nothing and the price of {price} is taken off")

    @classmethod
    def to(
        cls, at: date | datetime, plan: Plan, quantity: int = 1, *, ruling: Ruling | None = None,
        discount: Money | None = None, price_now: Plan | None = None, item: str | None = None,
        next_bill_on: date | None = None,
    ) -> "Change":  # fmt: skip
        """Return a change to a plan, a quantity, an interval or a bill day: of all that is billed, or of one item."""
        return cls(at, plan, quantity, ChangeKind.REPLACE, ruling, discount, price_now, item, next_bill_on)

    @classmethod
    def add(
        cls, at: date | datetime, plan: Plan, quantity: int = 1, *, ruling: Ruling | None = None,
        discount: Money | None = None,
    ) -> "Change":  # fmt: skip
        """Return the addition of something that was not sold before."""
        return cls(at, plan, quantity, ChangeKind.ADD, ruling, discount)

    @classmethod
    def remove(cls, at: date | datetime, *, item: str | None = None, price_now: Plan | None = None) -> "Change":
        """Return the removal of an add-on; the subscription goes on.

        Without ``item`` every billed line that is passed is removed: name the add-on
        where the lines of other items are among them.
        """
        return cls(at, None, 1, ChangeKind.REMOVE, item=item, price_now=price_now)

    @classmethod
    def cancel(cls, at: date | datetime, *, price_now: Plan | None = None) -> "Change":
        """Return the cancellation of the subscription at once."""
        return cls(at, None, 1, ChangeKind.CANCEL, price_now=price_now)

    def describe(self) -> str:
        """Return the change in words."""
        item = f" {self.item}" if self.item else ""
        if self.plan is None:
            return f"{'cancelled' if self.kind is ChangeKind.CANCEL else f'removed{item}'} at {self.at}"
        verb = "added" if self.kind is ChangeKind.ADD else f"changed{item} to"
        return f"{verb} {self.plan.name} × {self.quantity} at {self.at}"
