"""Quotes of a start and of a renewal."""

from collections.abc import Sequence
from datetime import date

import attrs

from billingcore._changes.account import Account
from billingcore._changes.billing import Measured, Meter, bill_day
from billingcore._changes.making import Draft, make_quote, with_ruling
from billingcore._changes.quotes import Outcome, OutcomeKind, Quote, Refused, RefusedReason
from billingcore._changes.resuming import quote_resumption
from billingcore._changes.settling import check_currency
from billingcore._checks import check, check_date, check_tuple
from billingcore._subscriptions.active import evolved, plain_schedule
from billingcore._subscriptions.states import check_running
from billingcore.cycles import AlignedSchedule, Schedule
from billingcore.errors import InvalidValueError
from billingcore.lines import OneOffLine
from billingcore.money import Money
from billingcore.plans import Billing, Coupon
from billingcore.subscriptions import Active, Cancelled, Item, Paused, Subscription


def quote_start(
    account: Account,
    start_on: date,
    *items: Item,
    schedule: Schedule | AlignedSchedule | None = None,
    coupon: Coupon | None = None,
    one_off: Sequence[OneOffLine] = (),
    issued_on: date | None = None,
) -> Quote | Refused:
    """Quote the start: the first period of what is billed in advance; nothing of what is in a trial or in arrears.

    Args:
        account: seller, buyer, ledger.
        start_on: the first day; the anchor of every bill date, unless a trial of the main item or a schedule says otherwise.
        items: what is bought: the main item first, then add-ons.
        schedule: bill dates of a calendar, an account or a contract; a first stub costs its share of the full period.
        coupon: what is taken off the whole, shared out over the items; or None.
        one_off: lines that are billed once; their tax is decided here.
        issued_on: the day of the document, where it is not the first day.

    Returns:
        The quote; a `Refused` where the tax is undetermined. ``granted()`` returns the first, and raises `RefusedError`
        for the second.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a plan in another currency than the account's ledger.
        InvalidValueError: no item, two of one key, an interval that does not divide the main one's; a schedule of another
            interval or without a period from that day; what the ledger does not take: a day before it, a balance agreed
            for a later day.

    >>> from billingcore.cycles import MONTHLY, DayOfMonth
    >>> from billingcore.ledger import Ledger
    >>> from billingcore.parties import Buyer, Seller
    >>> from billingcore.places import Address
    >>> from billingcore.plans import FlatPrice, Plan
    >>> ledger = Ledger.opened("EUR", date(2026, 1, 1))
    >>> account = Account(Seller("Rescue Ireland", Address("IE")), Buyer("Heidi", Address("CH")), ledger)
    >>> first_of_month = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
    >>> rescue = Item("rescue", Plan("Rescue", FlatPrice(Money.of("30.00", "EUR")), MONTHLY))
    >>> quote = quote_start(account, date(2026, 1, 10), rescue, schedule=first_of_month).granted()
    >>> print(quote.due_now, "now, next bill on", quote.next_bill_on)  # 30.00 × 22/31 = 21.290…
    21.29 EUR now, next bill on 2026-02-01
    """
    check("account", account, Account)
    check_date("start_on", start_on)
    check_tuple("items", items, Item)
    one_off, issued = _one_off(one_off), _day("issued_on", issued_on)
    if not items:
        raise InvalidValueError("items", items, "a subscription has one item or more; give what is bought")
    main = items[0]
    check_currency(account, main.plan.currency)
    first_on = start_on if main.trial is None else main.trial.first_paid_on
    if schedule is None:
        schedule = Schedule(first_on, main.cadence)
    _check_schedule(schedule, main, first_on)
    sold = tuple([_sold(item, start_on) for item in items])
    check("coupon", coupon, Coupon, None)
    empty = Active(sold, schedule, coupon=coupon)
    if coupon is not None and coupon.percent is None and any(item.cadence != main.cadence for item in items):
        problem = "an amount is taken off items of one interval; give it to an item, or a percentage to the whole"
        raise InvalidValueError("coupon", coupon.name, problem)
    ruling = account.decide(start_on)
    if not ruling.is_settled:
        return Refused.for_tax(ruling)
    bill = bill_day(empty, start_on, ruling, Meter(None))
    lines = (*bill.lines, *with_ruling(one_off, ruling))
    told = {each.key for each in bill.outcomes}
    nothing = Money.zero(main.plan.currency)
    free = [Outcome(item.key, OutcomeKind.CHANGED, start_on, nothing) for item in items if item.key not in told]
    return make_quote(
        account, None, bill.subscription, issued or start_on, [Draft(lines)] if lines else [], (*bill.outcomes, *free)
    )


def _day(name: str, day: date | None) -> date | None:
    return None if day is None else check_date(name, day)


def _one_off(lines: Sequence[OneOffLine]) -> tuple[OneOffLine, ...]:
    check_tuple("one_off", tuple(lines) if isinstance(lines, list) else lines, OneOffLine)
    return tuple(lines)


def _sold(item: Item, on: date) -> Item:
    """Return an item as it is sold on a day: not billed before the end of its trial."""
    if item.billed_until is not None:
        raise InvalidValueError("items", item.key, "a subscription holds it already; give the item as it is sold")
    if item.trial is not None and not item.trial.start_on <= on < item.trial.first_paid_on:
        raise InvalidValueError(
            "items", item.key, f"its trial ({item.trial.period}) does not hold {on}; start on a day of it"
        )
    return attrs.evolve(item, billed_until=on if item.trial is None else item.trial.first_paid_on)


def _check_schedule(schedule: Schedule | AlignedSchedule, main: Item, first_on: date) -> None:
    check("schedule", schedule, Schedule, AlignedSchedule)
    cadence = plain_schedule(schedule).cadence
    if cadence != main.cadence:
        problem = f"{main.key} is billed {main.cadence.describe()}; give a schedule of that interval"
        raise InvalidValueError("schedule", cadence.describe(), problem)
    if isinstance(schedule, AlignedSchedule) and schedule.start > first_on:
        raise InvalidValueError("schedule", str(schedule.start), f"the first day that is billed is {first_on}")


def quote_renewal(
    account: Account,
    subscription: Subscription,
    *,
    on: date | None = None,
    measured: Measured | None = None,
    one_off: Sequence[OneOffLine] = (),
    issued_on: date | None = None,
    tax_point: date | None = None,
) -> Quote | Refused:
    """Quote a bill date: the next period of every item that is due, what was used in arrears, and what waits.

    The end of a trial is one, and so is the day on which a subscription ends or pauses, where something is left to bill.

    Args:
        account: seller, buyer, ledger.
        subscription: what renews.
        on: the bill date that is meant; None for the next.
        measured: of items whose quantity is measured, what was; for each price that held, where there were several.
        one_off: lines that are billed once; their tax is decided here.
        issued_on: the day of the document, where it is not the bill date: ahead of the period, or later.
        tax_point: the day that decides the tax, where it is not the bill date.

    Returns:
        The quote; a `Refused` where the tax is undetermined, that day is billed already, or nothing renews.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a subscription in another currency than the account's ledger.
        InvalidValueError: a day that is no bill date; a quantity that is missing, or measured of nothing; what the ledger
            does not take, as in `quote_start`.
    """
    check("account", account, Account)
    one_off, issued, tax_point = _one_off(one_off), _day("issued_on", issued_on), _day("tax_point", tax_point)
    on, meter = _day("on", on), Meter(measured)
    if isinstance(subscription, Cancelled):
        return Refused(
            RefusedReason.ENDS, f"it ended on {subscription.ended_on}: nothing renews; start another subscription"
        )
    if isinstance(subscription, Paused):
        return _renewal_of_paused(account, subscription, on)
    subscription = check_running(subscription)
    check_currency(account, subscription.currency)
    day = subscription.next_bill_on
    if subscription.pause is not None and (day is None or day > subscription.pause.on):
        day = subscription.pause.on
    if on is not None and on != day:
        refused = _other_day(subscription, on, day)
        if refused is not None:
            return refused
    if day is None:
        end = subscription.end_on
        if end is None or on is None:
            return Refused(RefusedReason.ENDS, f"it ends on {end}: nothing renews; start another subscription")
        day = end
    ruling = account.decide(tax_point or day)
    if not ruling.is_settled:
        return Refused.for_tax(ruling)
    bill = bill_day(subscription, day, ruling, meter)
    meter.check_empty()
    lines = (*bill.lines, *with_ruling(one_off, ruling))
    state = _state_on(bill.subscription, day)
    return make_quote(account, subscription, state, issued or day, [Draft(lines)] if lines else [], bill.outcomes)


def _renewal_of_paused(account: Account, paused: Paused, on: date | None) -> Quote | Refused:
    """Return the resumption, where a pause ends by itself on the day that is meant; else why nothing is billed."""
    day = paused.resumes_on
    if day is None or (on is not None and on != day):
        detail = f"it is paused from {paused.paused_on}; resume it (quote_resumption)"
        return Refused(RefusedReason.PAUSED, detail)
    return quote_resumption(account, paused)


def _other_day(subscription: Active, on: date, day: date | None) -> Refused | None:
    """Return the refusal of a bill date that is not the next one; None for the end itself.

    Raises:
        InvalidValueError: a day on which nothing is due.
    """
    for each in reversed(subscription.billed):
        starts = each.period.start if each.plan.billing is Billing.IN_ADVANCE else each.period.end
        if starts == on or (each.document is not None and each.document.issued_on == on):
            where = f" on {each.document}" if each.document is not None else ""
            return Refused(RefusedReason.ALREADY_BILLED, f"{on} is billed{where}; the next bill date is {day}")
    if subscription.closed is not None and on < subscription.closed.before:
        return Refused(RefusedReason.ALREADY_BILLED, f"{on} is over, and folded; the next bill date is {day}")
    if day is None and on == subscription.end_on:
        return None
    if day is None or (subscription.end_on is not None and on >= subscription.end_on):
        return Refused(RefusedReason.ENDS, f"it ends on {subscription.end_on}: nothing renews on {on}")
    raise InvalidValueError("on", on, f"nothing is due on that day; the next bill date is {day}, and it comes first")


def _state_on(after: Active, on: date) -> Active | Paused | Cancelled:
    """Return the state of a subscription from a bill date on: it ended, it pauses, or it runs."""
    if after.end_on is not None and after.end_on <= on:
        return Cancelled(after, on)
    if after.pause is not None and after.pause.on <= on:
        waits = after.pause
        return Paused(evolved(after, pause=None), on, waits.terms, waits.resumes_on)
    return after
