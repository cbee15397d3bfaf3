"""Quotes of a start, a renewal, a change and a cancellation."""

from datetime import date
from typing import Final, cast

import attrs

from billingcore._changes.changing import (
    GATHERED,
    after_change,
    change_lines,
    check_gathered,
    check_paid_known,
    check_running,
    running_line,
    set_apart,
    with_waiting,
)
from billingcore._changes.quotes import (
    DRAFT,
    DRAFT_CREDIT,
    Account,
    CancellationQuote,
    Gathered,
    Quote,
    Refused,
    RefusedReason,
    Scheduled,
)
from billingcore._changes.settling import check_currency, issue, moves
from billingcore._checks import check, check_date
from billingcore._invoices.documents import check_number
from billingcore._subscriptions.bill_dates import schedule_from
from billingcore.cycles import AlignedSchedule, Schedule
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.invoices import CreditNote
from billingcore.lines import ChargeLine, Line
from billingcore.money import Money, Rounding
from billingcore.plans import Plan
from billingcore.proration import (
    Change,
    ProrationPolicy,
    ProrationResult,
    Rulebook,
    Settlement,
    prorate_change,
)
from billingcore.subscriptions import Active, Cancelled, renew_subscription, start_subscription
from billingcore.tax import Ruling

_PAYS_OUT: Final = frozenset({Settlement.REFUND, Settlement.APART})


def quote_start(
    account: Account,
    plan: Plan,
    quantity: int,
    start_on: date,
    *,
    number: str = DRAFT,
    discount: Money | None = None,
    schedule: Schedule | AlignedSchedule | None = None,
) -> Quote | Refused:
    """Quote the first paid period: on the purchase date, or on the first day after the trial.

    Args:
        account: seller, buyer, ledger.
        plan: what is bought.
        quantity: seats or licences.
        start_on: the first paid day: issue date, tax point and anchor.
        number: of the document; left out, the quote is a preview, ``draft``, which no account takes.
        discount: what is taken off the first period, or None.
        schedule: bill dates of a calendar, an account or a contract; a first stub costs its share of the full period.

    Returns:
        The invoice with the subscription after it; a `Refused` where the tax is undetermined. ``granted()`` returns
        the first, and raises `RefusedError` for the second.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a plan in another currency than the account's ledger.
        InvalidValueError: a discount above the price, a schedule of another cadence or without a period from that day;
            what the ledger does not take: a day before it, a number that it has, a balance agreed for a later day.

    >>> from billingcore.cycles import MONTHLY, DayOfMonth
    >>> from billingcore.ledger import Ledger
    >>> from billingcore.parties import Buyer, Seller
    >>> from billingcore.places import Address
    >>> from billingcore.plans import FlatPrice
    >>> ledger = Ledger.opened("EUR", date(2026, 1, 1))
    >>> account = Account(Seller("Rescue Ireland", Address("IE")), Buyer("Heidi", Address("CH")), ledger)
    >>> first_of_month = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
    >>> plan = Plan("Rescue", FlatPrice(Money.of("30.00", "EUR")), MONTHLY)
    >>> quote = quote_start(account, plan, 1, date(2026, 1, 10), schedule=first_of_month).granted()
    >>> print(quote.due_now, "now, next bill on", quote.next_bill_on)  # 30.00 × 22/31 = 21.290…
    21.29 EUR now, next bill on 2026-02-01
    """
    check_number("number", number)
    ruling = _decide(account, start_on)
    started = start_subscription(plan, quantity, start_on, ruling, discount, schedule=schedule)
    check_currency(account, plan.currency)
    if not ruling.is_settled:
        return Refused(RefusedReason.TAX_UNDETERMINED, ruling)
    return _bill_newest(account, started, start_on, number)


def quote_renewal(
    account: Account,
    subscription: Active,
    *,
    number: str = DRAFT,
    discount: Money | None = None,
    gathered: tuple[Line, ...] = (),
) -> Quote | Refused:
    """Quote the next period, on its renewal date: issue date and tax point.

    Args:
        account: seller, buyer, ledger.
        subscription: what renews.
        number: of the document; left out, the quote is a preview, ``draft``, which no account takes.
        discount: what is taken off the period, or None.
        gathered: lines of earlier changes that waited for this invoice, as `gather_change` returned them.

    Returns:
        The document with the subscription after it; a `Refused` where the tax is undetermined. ``granted()`` returns
        the first, and raises `RefusedError` for the second.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a subscription in another currency than the account's ledger.
        InvalidValueError: a subscription that does not renew; gathered lines that are not all that wait, or more; what
            the ledger does not take, as in `quote_start`.
    """
    check_running(subscription)
    check_number("number", number)
    check_gathered(subscription, gathered)
    ruling = _decide(account, subscription.paid_until)
    check_currency(account, subscription.plan.currency)
    renewed = renew_subscription(attrs.evolve(subscription, waiting=None), ruling, discount)
    if not ruling.is_settled:
        return Refused(RefusedReason.TAX_UNDETERMINED, ruling)
    return _bill_newest(account, renewed, subscription.paid_until, number, gathered)


def quote_change(
    account: Account,
    subscription: Active,
    plan: Plan,
    quantity: int,
    change_on: date,
    rules: Rulebook | ProrationPolicy,
    *,
    number: str = DRAFT,
    credit_number: str = DRAFT_CREDIT,
    discount: Money | None = None,
    gathered: tuple[Line, ...] = (),
) -> Quote | Refused:
    """Quote a change of plan or quantity in mid-period: what is credited, charged, taxed, due, and when the next bill comes.

    The credit is taken from what was billed and keeps its tax decision; the charge is decided on the change day. Documents
    bill civil days, also under a policy of minutes or seconds: `prorate_change` gives its figure to the instant.

    Args:
        account: seller, buyer, ledger.
        subscription: what changes.
        plan: the plan from the change day on.
        quantity: the quantity from the change day on.
        change_on: the first day of the new plan; within the newest billed period.
        rules: what the vendor does by what happens, or one policy for all; one that bills at once, in whole days.
        number: of the document; left out, the quote is a preview, ``draft``, which no account takes.
        credit_number: of the credit note, where charge and credit are documents apart; as `number`, ``draft-credit``.
        discount: what is taken off a full period of the new plan, or None.
        gathered: lines of earlier changes that wait, as `gather_change` returned them; they are settled with this change.

    Returns:
        The document with the subscription after it; a `Refused` where the tax is undetermined. ``granted()`` returns
        the first, and raises `RefusedError` for the second.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a plan in another currency than the subscription, or than the account's ledger.
        InvalidValueError: a day outside the newest billed period; a price that contains tax; one number for both
            documents; gathered lines that are not all that wait, or more; a policy that bills nothing now, as it gathers or waits; what the ledger does not
            take, as in `quote_start`.
    """
    check_number("number", number)
    if check_number("credit_number", credit_number) == number:
        raise InvalidValueError(
            "credit_number", credit_number, "the invoice beside it has this number; give it its own"
        )
    check("gathered", gathered, tuple, words=GATHERED)
    result = _prorated(account, subscription, plan, quantity, change_on, rules, discount)
    if isinstance(result, Refused):
        return result
    if result.is_waiting or not result.settles_now:
        other = "schedule_change" if result.is_waiting else "gather_change"
        raise InvalidValueError("rules", result.policy.describe(), f"it bills nothing now; use {other}")
    check_gathered(subscription, gathered)
    lines, after = after_change(subscription, result)
    mode = result.policy.rounding
    charged, given = set_apart(result, (*lines, *gathered))
    pays_out = result.policy.settlement in _PAYS_OUT
    document, entries = issue(account, number, change_on, charged, mode, pays_out=pays_out)
    if not given:
        return Quote(document, after, *moves(account, change_on, entries), rule=result.rule)
    note, credited = issue(account, credit_number, change_on, given, mode, pays_out=True, name="credit_number")
    moved = moves(account, change_on, entries + credited)
    return Quote(document, after, *moved, cast("CreditNote", note), result.rule)


def gather_change(
    account: Account,
    subscription: Active,
    plan: Plan,
    quantity: int,
    change_on: date,
    rules: Rulebook | ProrationPolicy,
    *,
    discount: Money | None = None,
) -> Gathered | Refused:
    """Make a change at once, and keep its lines for the next document.

    Give them as ``gathered`` to `quote_renewal`, or to the `quote_change` or
    `quote_cancellation` that comes first: each refuses to go on without them.

    Args:
        account: seller, buyer, ledger.
        subscription: what changes.
        plan: the plan from the change day on.
        quantity: the quantity from the change day on.
        change_on: the first day of the new plan; within the newest billed period.
        rules: what the vendor does; one that settles on the next invoice, counted in whole days.
        discount: what is taken off a full period of the new plan, or None.

    Returns:
        The lines with the subscription after the change; a `Refused` where the tax is undetermined. ``granted()`` returns
        the first, and raises `RefusedError` for the second.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a plan in another currency than the subscription, or than the account's ledger.
        InvalidValueError: a day outside the newest billed period; a policy that bills at once (`quote_change`) or waits
            for the end of the period (`schedule_change`); a change that starts a new period: it settles at once,
            whatever the policy says.
    """
    result = _prorated(account, subscription, plan, quantity, change_on, rules, discount)
    if isinstance(result, Refused):
        return result
    if result.is_waiting or result.policy.settlement is not Settlement.NEXT_INVOICE:
        other = "schedule_change" if result.is_waiting else "quote_change"
        raise InvalidValueError("rules", result.policy.describe(), f"it gathers nothing; use {other}")
    if result.settles_now:
        problem = "a new period starts, and its invoice comes now; use quote_change"
        raise InvalidValueError("change_on", change_on, problem)
    lines, after = after_change(subscription, result)
    return Gathered(lines, with_waiting(after, subscription.waiting, lines), result.rule)


def schedule_change(
    account: Account,
    subscription: Active,
    plan: Plan,
    quantity: int,
    change_on: date,
    rules: Rulebook | ProrationPolicy,
) -> Scheduled | Refused:
    """Note a change for the end of the running period: nothing is billed now, and the next renewal sells the new plan.

    A policy whose change day stays with the old plan is taken here too, on the last day: none is left to change.

    Args:
        account: seller, buyer, ledger.
        subscription: what changes.
        plan: the plan from the next renewal on.
        quantity: the quantity from the next renewal on.
        change_on: the day on which the change is asked for; within the newest billed period.
        rules: what the vendor does; one that waits for the end of the period.

    Returns:
        The day of the change with the subscription that waits for it; a `Refused` where the tax is undetermined. ``granted()`` returns
        the first, and raises `RefusedError` for the second.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a plan in another currency than the subscription, or than the account's ledger.
        InvalidValueError: a day outside the newest billed period; a policy that does not wait for its end.
    """
    result = _prorated(account, subscription, plan, quantity, change_on, rules, None)
    if isinstance(result, Refused):
        return result
    if not result.is_waiting and result.period is not None:  # or no day is left to change
        raise InvalidValueError("rules", result.policy.describe(), "it does not wait for the end of the period")
    ends_on = subscription.paid_until
    schedule = subscription.schedule
    if plan.cadence != subscription.plan.cadence:
        schedule = schedule_from(subscription.schedule, ends_on, plan.cadence, ends_on)
    waits = attrs.evolve(subscription, plan=plan, quantity=quantity, schedule=schedule)
    return Scheduled(ends_on, waits, result.rule)


def quote_cancellation(
    account: Account,
    subscription: Active,
    cancel_on: date,
    rules: Rulebook | ProrationPolicy,
    *,
    number: str = DRAFT,
    gathered: tuple[Line, ...] = (),
) -> CancellationQuote:
    """Quote the end of a subscription: what is given back, as a credit note, what of it in money, and when service ends.

    Args:
        account: seller, buyer, ledger.
        subscription: what ends.
        cancel_on: the day of the cancellation. Service ends where the credit starts: on that day, on the next one where
            the day stays paid, or at the end of what is paid where the policy waits for it.
        rules: what the vendor gives back; the tax decision is that of what was billed.
        number: of the document; left out, the quote is a preview, ``draft``, which no account takes.
        gathered: lines of earlier changes that wait, as `gather_change` returned them; they are settled here, as no
            renewal follows. Where they come to more than the credit, the document is an invoice.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a subscription in another currency than the account's ledger.
        InvalidValueError: a day outside the newest billed period; gathered lines that are not all that wait, or more;
            what the ledger does not take, as in `quote_start`.

    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.ledger import Ledger
    >>> from billingcore.parties import Buyer, Seller
    >>> from billingcore.places import Address
    >>> from billingcore.plans import FlatPrice
    >>> ledger = Ledger.opened("EUR", date(2026, 1, 1))
    >>> account = Account(Seller("Rescue Ireland", Address("IE")), Buyer("Heidi", Address("CH")), ledger)
    >>> small, large = (Plan(n, FlatPrice(Money.of(p, "EUR")), MONTHLY) for n, p in (("Small", "30.00"), ("Large", "50.00")))
    >>> start, day = quote_start(account, small, 1, date(2026, 1, 10)).granted(), date(2026, 1, 24)
    >>> later = attrs.evolve(ProrationPolicy.keep_dates(), settlement=Settlement.NEXT_INVOICE)
    >>> change = gather_change(account, start.subscription, large, 1, day, later).granted()
    >>> end = quote_cancellation(account, change.subscription, day, later, gathered=change.lines)
    >>> print(end.credit_left)  # 30.00 was paid: 30.00 × 17/31 = 16.451…
    16.45 EUR
    """
    check("account", account, Account)
    check_number("number", number)
    old = running_line(subscription, "cancel_on", cancel_on)
    check_currency(account, old.charge.currency)
    change = Change.cancel(cancel_on)
    result = check_paid_known(prorate_change(rules, change, (old,), purchased_on=_purchased_on(subscription)))
    check_gathered(subscription, gathered)
    given = bool(result.credit) and result.policy.settlement is not Settlement.FORFEIT
    lines = (*change_lines(result)[0], *gathered) if given else gathered
    billed = subscription.billed if result.is_waiting else (*subscription.billed[:-1], *result.billed_after)
    last = attrs.evolve(subscription, billed=billed, auto_renews=False, waiting=None)
    ended = Cancelled(last, billed[-1].served_until)
    if not any(line.net for line in lines):
        return CancellationQuote(None, ended, *moves(account, cancel_on, ()), result.rule)
    pays_out = result.policy.settlement in _PAYS_OUT
    document, entries = issue(account, number, cancel_on, lines, result.policy.rounding, pays_out=pays_out)
    return CancellationQuote(document, ended, *moves(account, cancel_on, entries), result.rule)


def _prorated(
    account: Account,
    subscription: Active,
    plan: Plan,
    quantity: int,
    change_on: date,
    rules: Rulebook | ProrationPolicy,
    discount: Money | None,
) -> ProrationResult | Refused:
    """Check the arguments, decide the tax of the new plan, and prorate."""
    check_running(subscription)
    check("rules", rules, Rulebook, ProrationPolicy)
    check("plan", plan, Plan)
    old = running_line(subscription, "change_on", change_on)
    if plan.currency != old.charge.currency:
        raise CurrencyMismatchError(old.charge.currency, plan.currency)
    ruling = _decide(account, change_on)
    check_currency(account, plan.currency)
    change = Change.to(change_on, plan, quantity, ruling=ruling, discount=discount)
    if not ruling.is_settled:
        return Refused(RefusedReason.TAX_UNDETERMINED, ruling)
    return check_paid_known(prorate_change(rules, change, (old,), purchased_on=_purchased_on(subscription)))


def _purchased_on(subscription: Active) -> date:
    """Return the day on which the first paid period began: windows for a full refund count from there."""
    return subscription.billed[0].period.start


def _decide(account: Account, tax_point: date) -> Ruling:
    check("account", account, Account)
    return account.decide(check_date("tax_point", tax_point))


def _bill_newest(
    account: Account, subscription: Active, issued_on: date, number: str, gathered: tuple[Line, ...] = ()
) -> Quote:
    lines: tuple[Line, ...] = (ChargeLine(subscription.current), *gathered)
    document, entries = issue(account, number, issued_on, lines, Rounding.HALF_UP)
    return Quote(document, subscription, *moves(account, issued_on, entries))
