"""What changes a subscription without moving money: a longer trial, what waits taken back, a limit, closed periods."""

from datetime import date

import attrs

from billingcore._checks import check, check_date
from billingcore._subscriptions.active import Active, ClosedPeriods, evolved
from billingcore._subscriptions.pending import Waits
from billingcore._subscriptions.states import Limited, check_running
from billingcore.cycles import AlignedSchedule, Schedule
from billingcore.errors import InvalidValueError
from billingcore.money import Money, total
from billingcore.money._amounts import check_money


def extend_trial(subscription: Active, first_paid_on: date, *, key: str | None = None) -> Active:
    """Give the trial of an item more free days: its end, the first paid day, moves to a later day.

    The trial of the main item moves the anchor of every bill date with it, where that is the end of the trial.

    Args:
        subscription: what is in its trial.
        first_paid_on: the new end.
        key: the item; None for the main one.

    Raises:
        InvalidTypeError: another state, not a civil date.
        InvalidValueError: no trial, or one that is over; a day that is not later than the present end.
    """
    subscription = check_running(subscription)
    item = subscription.main if key is None else subscription.item(key)
    if item.trial is None or item.billed_until != item.trial.first_paid_on:
        raise InvalidValueError("key", item.key, "it is not in a trial")
    longer = attrs.evolve(item, trial=item.trial.extended_to(first_paid_on), billed_until=first_paid_on)
    schedule = subscription.schedule
    if item is subscription.main:
        schedule = moved_anchor(subscription, item.trial.first_paid_on, first_paid_on)
    changed = tuple([longer if each is item else each for each in subscription.items])
    waits = tuple(
        [
            attrs.evolve(each, on=first_paid_on, item=each.item and attrs.evolve(each.item, billed_until=first_paid_on))
            if each.key == item.key
            else each
            for each in subscription.next
        ]
    )
    ends_on = first_paid_on if subscription.ends_on == item.trial.first_paid_on else subscription.ends_on
    return evolved(subscription, items=changed, schedule=schedule, next=waits, ends_on=ends_on)


def moved_anchor(subscription: Active, old: date, new: date) -> Schedule | AlignedSchedule:
    """Return the bill dates once the end of the trial moved: counted from it, unless those of a calendar are."""
    schedule = subscription.schedule
    if isinstance(schedule, AlignedSchedule) or schedule.anchor != old:
        return schedule
    return attrs.evolve(schedule, anchor=new)


def take_back(subscription: Active, what: Waits, key: str | None = None) -> Active:
    """Take back what waits for the end of what is paid: a change, the cancellation, the pause.

    Args:
        subscription: where it waits.
        what: a change, the cancellation or the pause.
        key: the item whose change is taken back; None for all of them.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: nothing of that kind waits.
    """
    check_running(subscription)
    check("what", what, Waits)
    check("key", key, str, None)
    if what is Waits.CANCELLATION and subscription.ends_on is not None:
        return evolved(subscription, ends_on=None)
    if what is Waits.PAUSE and subscription.pause is not None:
        return evolved(subscription, pause=None)
    left = tuple([each for each in subscription.next if key is not None and each.key != key])
    if what is not Waits.CHANGE or len(left) == len(subscription.next):
        if key is not None:
            subscription.item(key)  # which names those that it has
        of = "" if key is None else f" of {key}"
        raise InvalidValueError("what", what, f"no {what.value}{of} waits")
    return evolved(subscription, next=left)


def closed_before(subscription: Active, day: date) -> Active:
    """Fold the periods that ended before a day into one record: their number and sums stay, the periods go.

    What is folded can't be credited through the subscription any more: a credit note of its document takes the earlier
    notes instead. Nothing folds by itself.

    Args:
        subscription: what is made smaller.
        day: periods that ended on this day or before it are folded, unless they wait for their document.

    Raises:
        InvalidTypeError: an argument of another type.
    """
    check_date("day", day)
    check_running(subscription)
    gone = [each for each in subscription.billed if each.period.end <= day and (each.document or not each.net)]
    if not gone:
        return subscription
    before, currency = subscription.closed, subscription.currency
    ids = {id(each) for each in gone}
    closed = ClosedPeriods(
        day if before is None else max(day, before.before),
        len(gone) + (0 if before is None else before.count),
        total([each.net for each in gone] + ([] if before is None else [before.net]), currency),
        total([each.credit_given for each in gone] + ([] if before is None else [before.credited]), currency),
    )
    left = tuple([each for each in subscription.billed if id(each) not in ids])
    return evolved(subscription, billed=left, closed=closed)


def limit_subscription(subscription: Active, since_on: date, owed: Money) -> Limited:
    """Turn service off for non-payment; bill dates and what was billed stay as they are.

    Args:
        subscription: what is limited.
        since_on: the first day without service.
        owed: what must be paid; above 0.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: owed in another currency than the plan's.
        InvalidValueError: nothing owed.
    """
    return Limited(subscription, since_on, owed)


def restore_subscription(limited: Limited, paid: Money) -> Active | Limited:
    """Take a payment for a limited subscription: service comes back when nothing is owed any more.

    Args:
        limited: what is limited.
        paid: what was received; at most what is owed.

    Returns:
        The subscription as it was before, where all is paid; else the limited one, which owes what is left.

    Raises:
        InvalidTypeError: another state, not Money.
        InvalidValueError: a negative payment, or more than is owed.
        CurrencyMismatchError: another currency.
    """
    check("limited", limited, Limited)
    if check_money("paid", paid, limited.owed.currency).amount_minor < 0 or paid > limited.owed:
        raise InvalidValueError("paid", paid, f"a payment is between nothing and the {limited.owed} owed")
    left = limited.owed - paid
    return limited.subscription if not left else Limited(limited.subscription, limited.since_on, left)
