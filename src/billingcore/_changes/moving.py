"""Quotes of another bill date: a stub from what is paid, at once with a credit, or the date alone; and an early renewal."""

from datetime import date

import attrs

from billingcore._changes.account import Account
from billingcore._changes.billing import bill_advance, with_next
from billingcore._changes.changing import change_lines
from billingcore._changes.following import ends_with_paid
from billingcore._changes.making import Draft, make_quote
from billingcore._changes.pausing import given_back
from billingcore._changes.pricing import Priced, discounts
from billingcore._changes.quotes import Outcome, OutcomeKind, Quote, Refused, RefusedReason
from billingcore._changes.resuming import days_moved
from billingcore._changes.settling import check_currency
from billingcore._changes.steps import in_trial, prorated_alone, running_lines
from billingcore._checks import check, check_date
from billingcore._choices import Choice
from billingcore._subscriptions.active import evolved, plain_schedule
from billingcore._subscriptions.bill_dates import within_contract
from billingcore._subscriptions.states import check_running
from billingcore.cycles import DayRule, Period, Schedule
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine, Line
from billingcore.money import Money, Rounding
from billingcore.proration import Change, ProrationPolicy, Sale
from billingcore.subscriptions import Active, Subscription
from billingcore.tax import Ruling


class BillDateChange(Choice):
    """What another bill date does to what is paid."""

    STUB = "stub"
    """What is paid runs to its end; a stub from there to the new bill date is billed by the next renewal."""
    AT_ONCE = "at_once"
    """What is unused is credited, and the time until the new bill date is billed."""
    DATE_ALONE = "date_alone"
    """What is paid lasts until the new bill date, and nothing is billed or given back."""


def quote_bill_date(
    account: Account,
    subscription: Subscription,
    on: date,
    to: date,
    how: BillDateChange = BillDateChange.STUB,
    *,
    rule: DayRule | None = None,
) -> Quote | Refused:
    """Quote another bill date of the whole subscription, counted from which all later ones are.

    Args:
        account: seller, buyer, ledger.
        subscription: whose bill dates move.
        on: the day of the wish; where something is billed at once, the first day of it.
        to: the new bill date.
        how: what it does to what is paid.
        rule: the day of the month to come back to; None for that of the new bill date.

    Returns:
        The quote; a `Refused` where the tax is undetermined, or it ends when what is paid does.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a subscription in another currency than the account's ledger.
        InvalidValueError: a bill date that is not after that day, a day outside what is billed, items in arrears whose days
            would be left between two bill dates.
    """
    check("account", account, Account)
    subscription = check_running(subscription)
    check_currency(account, subscription.currency)
    check("how", how, BillDateChange)
    if check_date("to", to) <= check_date("on", on):
        raise InvalidValueError("to", to, f"the new bill date comes after the day of the wish ({on})")
    new = Schedule(to, subscription.main.cadence, rule)
    nothing = Money.zero(subscription.currency)
    if how is BillDateChange.STUB:
        if _is_over(subscription):
            return _no_renewal(subscription, "to bill a stub")
        schedule = within_contract(subscription.schedule, new, subscription.paid_until, subscription.paid_until)
        after = evolved(subscription, schedule=schedule)
        told = [Outcome(each.key, OutcomeKind.SCHEDULED, subscription.paid_until, nothing) for each in after.items]
        return make_quote(account, subscription, after, on, (), told)
    ruling = account.decide(on)
    if not ruling.is_settled:
        return Refused.for_tax(ruling)
    if how is BillDateChange.DATE_ALONE:
        return make_quote(account, subscription, _stretched(subscription, on, new), on, (), [
            Outcome(each.key, OutcomeKind.CHANGED, on, nothing) for each in subscription.items
        ])  # fmt: skip
    return _at_once(account, subscription, on, new, ruling)


def _is_over(subscription: Active) -> bool:
    """Say whether nothing is billed after what is paid, as it ends then."""
    end = subscription.end_on
    return end is not None and end <= subscription.paid_until


def _no_renewal(subscription: Active, words: str) -> Refused:
    detail = f"it ends on {subscription.end_on}: there is no renewal {words}; take the cancellation back first, where there is one"
    return Refused(RefusedReason.ENDS, detail)


def _stretched(subscription: Active, on: date, new: Schedule) -> Active:
    """Return the subscription whose paid days end on the new bill date, worth what they were."""
    to = new.anchor
    main = running_lines(subscription, subscription.main, on)[-1]
    moved = days_moved(subscription, on, on)
    billed = list(moved.billed)
    for at, each in enumerate(billed):
        if each.ended_on is None and each.period.start == on and each.period.end == main.period.end:
            billed[at] = attrs.evolve(each, period=Period(on, to))
    items = [
        attrs.evolve(item, billed_until=to) if item.in_advance and item.billed_until == main.period.end else item
        for item in moved.items
    ]
    after = evolved(
        moved, items=tuple(items), billed=tuple(billed), schedule=within_contract(subscription.schedule, new, on, to)
    )
    return ends_with_paid(after, subscription)


def _at_once(account: Account, subscription: Active, on: date, new: Schedule, ruling: Ruling) -> Quote:
    """Credit what is unused, and bill the time until the new bill date."""
    policy = attrs.evolve(ProrationPolicy.restart(), sale=Sale.RESTART)
    sold = [
        Priced(
            item,
            item.sells,
            item.quantity,
            item.coupon is not None and item.coupon.holds_in(max(item.coupon_used - 1, 0)),
        )
        for item in subscription.items
    ]
    whole = subscription.coupon
    holds = whole is not None and whole.holds_in(max(subscription.coupon_used - 1, 0))
    off = discounts(sold, whole if holds else None, Rounding.HALF_UP)
    lines: list[Line] = []
    billed, items, told = list(subscription.billed), list(subscription.items), list[Outcome]()
    for at, item in enumerate(subscription.items):
        if not item.in_advance or in_trial(item, on):
            continue
        known = running_lines(subscription, item, on)
        change = Change.to(
            on, known[-1].plan, item.quantity, ruling=ruling, discount=off[at] or None, next_bill_on=new.anchor
        )
        result = prorated_alone(subscription, policy, change, known)
        own, record = change_lines(result)
        place = {id(each): number for number, each in enumerate(billed)}
        for each, now in zip(known, record, strict=False):
            billed[place[id(each)]] = now
        billed += record[len(known) :]
        lines += own
        items[at] = attrs.evolve(item, billed_until=new.anchor)
        net = sum([line.net.amount_minor for line in own])
        told.append(Outcome(item.key, OutcomeKind.BILLED, on, Money(net, subscription.currency)))
    schedule = within_contract(subscription.schedule, new, on, new.anchor)
    lines += subscription.waiting
    after = evolved(subscription, items=tuple(items), billed=tuple(billed), schedule=schedule, waiting=())
    after = ends_with_paid(after, subscription)
    return make_quote(account, subscription, after, on, [Draft(tuple(lines))] if lines else [], told)


def quote_early_renewal(
    account: Account, subscription: Subscription, on: date, *, credit: bool = True
) -> Quote | Refused:
    """Quote a new period that begins before the running one is over: at once, as the new anchor.

    To pay the next period ahead and keep its dates, `quote_renewal` takes the day of the document (``issued_on``).

    Args:
        account: seller, buyer, ledger.
        subscription: what renews.
        on: the first day of the new period.
        credit: whether what is unused of the running one goes back; else it is given up.

    Returns:
        The quote; a `Refused` where the tax is undetermined, or it ends when what is paid does.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a subscription in another currency than the account's ledger.
        InvalidValueError: a day outside what is billed, or on which its period begins.
    """
    check("account", account, Account)
    subscription = check_running(subscription)
    check("credit", credit, bool)
    check_currency(account, subscription.currency)
    if in_trial(subscription.main, check_date("on", on)):
        problem = "it is in its trial; end that with a cart (ChangeOptions(trial=TrialChange.END_NOW))"
        raise InvalidValueError("on", on, problem)
    main = running_lines(subscription, subscription.main, on)[-1]
    if _is_over(subscription):
        return _no_renewal(subscription, "to bring forward")
    if main.period.start == on:
        raise InvalidValueError("on", on, "a period begins on that day anyway; nothing is renewed early")
    ruling = account.decide(on)
    if not ruling.is_settled:
        return Refused.for_tax(ruling)
    lines, billed, nets = given_back(subscription, on)
    if not credit:
        zero = Money.zero(subscription.currency)
        lines, nets = [], {}
        billed = [
            each.replaced_on(max(on, each.period.start), zero)
            if each.ended_on is None and each.period.end > on
            else each
            for each in subscription.billed
        ]
    items = [
        attrs.evolve(item, billed_until=on) if item.in_advance and not in_trial(item, on) else item
        for item in subscription.items
    ]
    old = subscription.schedule
    new_dates = Schedule(on, plain_schedule(old).cadence)
    schedule = within_contract(old, new_dates, on, new_dates.boundary(1))
    fresh = evolved(subscription, items=tuple(items), billed=tuple(billed), schedule=schedule)
    new, after = bill_advance(with_next(fresh, on, every=True), on, ruling)
    after = ends_with_paid(evolved(after, billed=(*after.billed, *new), waiting=()), subscription)
    for each in new:
        nets[each.key] = nets.get(each.key, 0) + each.net.amount_minor
    told = [Outcome(key, OutcomeKind.BILLED, on, Money(net, after.currency)) for key, net in nets.items()]
    every = (*[ChargeLine(each) for each in new], *lines, *subscription.waiting)
    return make_quote(account, subscription, after, on, [Draft(every)], told)
