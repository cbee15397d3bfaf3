"""What waits meets what is asked: the table of `billingcore.subscriptions`, applied."""

from collections.abc import Sequence
from datetime import date

import attrs

from billingcore._changes.quotes import Refused, RefusedReason
from billingcore._subscriptions.active import evolved
from billingcore.subscriptions import MEETINGS, Active, Asked, Item, Meeting, NextSale, Waits

Asking = tuple[str, Item | None, Item | None, date | None]
"""The key of an item, the item until then, the item from then on, and the day until which the change waits."""


def meet(subscription: Active, asked: Sequence[Asking], instead: Meeting | None) -> Active | Refused:
    """Return the subscription once what waits has met what a cart asks, or why that is refused.

    Args:
        subscription: where something waits.
        asked: what the cart asks of each item.
        instead: what the caller wants instead of the default; None for the default.
    """
    for key, before, after, until in asked:
        waits = next((each for each in subscription.next if each.key == key), None)
        what = _asked(before, after, until)
        if subscription.ends_on is not None or (until is not None and until == subscription.end_on):
            met = _with_end(subscription, key, what, until, instead)
            if isinstance(met, Refused):
                return met
            subscription = met
        if waits is not None:
            same = until is not None and _alike(waits, after)
            how = meeting(Waits.CHANGE, Asked.SAME if same else what, instead)
            if how is Meeting.REFUSED:
                reason = RefusedReason.ALREADY_ACCEPTED if same else RefusedReason.WAITS
                return Refused(reason, f"a change waits: {waits.describe()}; take it back first (take_back)")
            subscription = _with_sale(subscription, waits, after, how)
        if subscription.pause is not None:
            how = meeting(Waits.PAUSE, what, instead)
            if how is Meeting.REFUSED:
                return Refused(RefusedReason.WAITS, f"a pause waits for {subscription.pause.on}; take it back first")
            if how is Meeting.CLEARED:
                subscription = evolved(subscription, pause=None)
    return subscription


def meeting(waits: Waits, asked: Asked, instead: Meeting | None) -> Meeting:
    """Return what becomes of what waits: what the caller wants, else the default; the same again is always refused."""
    if asked is Asked.SAME or instead is None:
        return MEETINGS[waits, asked]
    return instead


def _asked(before: Item | None, after: Item | None, until: date | None) -> Asked:
    if until is not None:
        return Asked.LATER_CHANGE
    if before is None or after is None or before.plan != after.plan or before.quantity == after.quantity:
        return Asked.CHANGE
    return Asked.MORE if after.quantity > before.quantity else Asked.FEWER


def _alike(waits: NextSale, after: Item | None) -> bool:
    """Say whether an item is what waits already."""
    if waits.item is None or after is None:
        return waits.item is after
    return attrs.evolve(waits.item, billed_until=None) == attrs.evolve(after, billed_until=None)


def _with_end(
    subscription: Active, key: str, what: Asked, until: date | None, instead: Meeting | None
) -> Active | Refused:
    """Let a cancellation that waits, or the end of a contract, meet what is asked."""
    end = subscription.end_on
    if subscription.ends_on is None:  # a contract, which nothing turns on again
        return Refused(RefusedReason.ENDS, f"{key} would change on {until}, when the contract ends; no renewal comes")
    how = meeting(Waits.CANCELLATION, what, instead)
    if how is Meeting.CLEARED or how is Meeting.REPLACED:
        return evolved(subscription, ends_on=None)
    if how is Meeting.REFUSED or what is Asked.LATER_CHANGE:
        reason = RefusedReason.ENDS if what is Asked.LATER_CHANGE else RefusedReason.WAITS
        detail = (
            f"it ends on {end}, and {key} would change for a renewal that never comes; take the cancellation back first"
        )
        if what is not Asked.LATER_CHANGE:
            detail = f"it ends on {end}; take the cancellation back first (take_back)"
        return Refused(reason, detail)
    return subscription


def _with_sale(subscription: Active, waits: NextSale, after: Item | None, how: Meeting) -> Active:
    """Let a change that waits meet a change of its item: it goes, or it takes the new quantity over."""
    rest = tuple([each for each in subscription.next if each is not waits])
    if how is not Meeting.KEPT or after is None:
        return evolved(subscription, next=rest)
    if waits.item is None:
        return subscription
    item = attrs.evolve(waits.item, quantity=after.quantity)
    return evolved(subscription, next=(*rest, attrs.evolve(waits, item=item)))
