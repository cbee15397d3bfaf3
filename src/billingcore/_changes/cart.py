"""Carts: what is asked of a subscription on one day, decided together."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Final

import attrs

from billingcore._checks import check, check_date, check_tuple, check_words, mapped, refuse
from billingcore._choices import Choice
from billingcore._plans.checks import check_quantity
from billingcore.cycles import Cadence, TrialChange
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.plans import Coupon, Plan
from billingcore.subscriptions import Item, Meeting


@attrs.frozen
class Alteration:
    """Another plan, quantity or coupon of an item; `alter` makes it.

    Args:
        key: the item.
        plan: the new plan, or None to keep it.
        quantity: the new quantity, or None to keep it.
        coupon: a coupon from now on, or None to keep what there is.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing that changes.
    """

    key: str
    plan: Plan | None = None
    quantity: int | None = None
    coupon: Coupon | None = None

    def __attrs_post_init__(self) -> None:
        check_words("key", self.key)
        check("plan", self.plan, Plan, None)
        check("coupon", self.coupon, Coupon, None)
        if self.quantity is not None:
            check_quantity("quantity", self.quantity)
        if self.plan is None and self.quantity is None and self.coupon is None:
            raise InvalidValueError("key", self.key, "nothing of it changes; give a plan, a quantity or a coupon")


@attrs.frozen
class Addition:
    """A further item; `add` makes it.

    Args:
        item: what is sold from then on.

    Raises:
        InvalidTypeError: not an Item.
        InvalidValueError: an item that a subscription holds already.
    """

    item: Item

    def __attrs_post_init__(self) -> None:
        if check("item", self.item, Item).billed_until is not None:
            raise InvalidValueError(
                "item", self.item.key, "a subscription holds it already; give the item as it is sold"
            )

    @property
    def key(self) -> str:
        """The key of the item."""
        return self.item.key


@attrs.frozen
class Removal:
    """The end of an item; `remove` makes it.

    Args:
        key: the item.

    Raises:
        InvalidTypeError: not a str.
    """

    key: str

    def __attrs_post_init__(self) -> None:
        check_words("key", self.key)


Intent = Alteration | Addition | Removal


def alter(
    key: str, *, plan: Plan | None = None, quantity: int | None = None, coupon: Coupon | None = None
) -> Alteration:
    """Return the wish for another plan, quantity or coupon of an item.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: nothing that changes.
    """
    return Alteration(key, plan, quantity, coupon)


def add(item: Item) -> Addition:
    """Return the wish for a further item.

    Raises:
        InvalidTypeError: not an Item.
    """
    return Addition(item)


def remove(key: str) -> Removal:
    """Return the wish that an item ends; the subscription goes on.

    Raises:
        InvalidTypeError: not a str.
    """
    return Removal(key)


def switch(plans: Mapping[str, Plan]) -> tuple[Alteration, ...]:
    """Return the wish for other plans of several items, as for another interval of them all.

    Args:
        plans: the new plan by the key of the item.

    Raises:
        InvalidTypeError: not a mapping from keys to plans.
    """
    found = mapped("plans", plans, "a mapping from the keys of items to plans")
    return tuple([Alteration(key, check("plans", plan, Plan)) for key, plan in found.items()])


@attrs.frozen(init=False)
class Cart:
    """What is asked on one day: items altered, added, removed. A change is a cart of one; the order does not matter.

    Two wishes for one item become one where they can: a plan and a quantity.

    Args:
        on: the first day of what is new.
        intents: what `alter`, `add`, `remove` and `switch` return.
        changes: the same as one tuple, as it is kept.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: nothing asked; wishes that contradict each other.

    >>> cart = Cart(date(2026, 4, 2), alter("rescue", quantity=8), remove("storage"))
    >>> [each.key for each in cart.changes]
    ['rescue', 'storage']
    """

    _wanted: ClassVar[str] = "a Cart: a day, and what alter, add, remove or switch return"

    on: date
    changes: tuple[Intent, ...]

    def __init__(self, on: date, *intents: Intent | tuple[Intent, ...], changes: tuple[Intent, ...] = ()) -> None:
        check_date("on", on)
        check_tuple("changes", changes, Alteration, Addition, Removal)
        merged: dict[str, Intent] = {}
        for intent in (
            *changes,
            *[part for each in intents for part in (each if isinstance(each, tuple) else (each,))],
        ):
            if type(intent) not in _INTENTS:
                raise InvalidTypeError("intents", intent, "what alter, add, remove or switch return")
            merged[intent.key] = _merged(merged[intent.key], intent) if intent.key in merged else intent
        if not merged:
            raise InvalidValueError("intents", intents, "a cart asks for something")
        object.__setattr__(self, "on", on)
        object.__setattr__(self, "changes", tuple(sorted(merged.values(), key=lambda each: each.key)))


_INTENTS: Final = frozenset({Alteration, Addition, Removal})


def _merged(first: Intent, second: Intent) -> Intent:
    """Return two wishes for one item as one.

    Raises:
        InvalidValueError: wishes that contradict each other.
    """
    if first == second:
        return first
    if not isinstance(first, Alteration) or not isinstance(second, Alteration):
        raise InvalidValueError("intents", first.key, "it is altered, added or removed, not two of these; ask for one")
    parts = {}
    for name in ("plan", "quantity", "coupon"):
        one, other = getattr(first, name), getattr(second, name)
        if one is not None and other is not None and one != other:
            raise InvalidValueError("intents", first.key, f"two of it are asked for as its {name}; ask for one")
        parts[name] = other if one is None else one
    return Alteration(first.key, **parts)


class Unnamed(Choice):
    """What becomes of items that a cart does not name, where a rule starts a new period."""

    RESTART = "restart"
    """They are credited, and billed from that day, as the main item is."""
    TO_BILL_DAY = "to_bill_day"
    """What is paid of them stays, and they are billed from its end to the new bill day."""


class ArrearsChange(Choice):
    """When the days before a change of an item in arrears are billed."""

    AT_RENEWAL = "at_renewal"
    """With the next document, apart from those after it."""
    NOW = "now"
    """With the change."""


@attrs.frozen
class ChangeOptions:
    """What a change leaves to the caller, beside the rules.

    Args:
        unnamed: items that the cart does not name, where a new period starts.
        trial: what a change in a trial does to its end; None: it waits for the end of the trial.
        trial_length: the length of the trial, where it is counted anew.
        arrears: when the days before the change are billed, of items in arrears.
        waits: what becomes of what waits, instead of the default in `MEETINGS`; None for the default.

    Raises:
        InvalidTypeError: a field of another type.
    """

    unnamed: Unnamed = Unnamed.RESTART
    trial: TrialChange | None = TrialChange.KEEP_END
    trial_length: Cadence | None = None
    arrears: ArrearsChange = ArrearsChange.AT_RENEWAL
    waits: Meeting | None = None

    def __attrs_post_init__(self) -> None:
        check("unnamed", self.unnamed, Unnamed)
        check("trial", self.trial, TrialChange, None)
        check("trial_length", self.trial_length, Cadence, None)
        check("arrears", self.arrears, ArrearsChange)
        check("waits", self.waits, Meeting, None)


def check_cart(cart: object) -> Cart:
    """Return the value if it is a cart."""
    if type(cart) is not Cart:
        refuse("cart", cart, Cart)
    return cart
