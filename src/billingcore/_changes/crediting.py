"""Quotes of a credit: lines of a document go back, and the subscription that they billed knows it."""

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from billingcore._changes.account import DRAFT, Account
from billingcore._changes.quotes import Outcome, OutcomeKind, Quote, Refused, RefusedReason
from billingcore._changes.settling import check_currency, moves
from billingcore._checks import check, check_date, collected, mapped, refuse
from billingcore._invoices.crediting import credit_lines
from billingcore._subscriptions.active import evolved
from billingcore.billed import BilledPeriod, LineReference
from billingcore.errors import InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger import Credited
from billingcore.lines import ChargeLine, CreditLine
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.subscriptions import Active, Cancelled, Paused, Subscription


def quote_credit(
    account: Account,
    subscription: Subscription,
    invoice: Invoice,
    on: date,
    nets: Mapping[int, Money] | None = None,
    *,
    earlier: Sequence[CreditNote] = (),
) -> Quote | Refused:
    """Quote a credit note for lines of an invoice, with what it leaves of the periods that they billed.

    No more goes back of a line than is left of its period: what changes, pauses, cancellations and earlier notes gave back
    counts, however often and in whatever order they came. A line that had credited a period is taken back, and what it gave
    is left of that period again.

    Args:
        account: seller, buyer, ledger.
        subscription: whose periods the invoice billed; an ended one too.
        invoice: what is credited.
        on: the day of the note.
        nets: for the number of a line (from 1), how much of its net goes back at most; None for all that is left.
        earlier: the credit notes of that invoice so far; the tax of a series never drifts from the invoice's.

    Returns:
        The quote, whose document is the note; a `Refused` where nothing is left.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: another currency than the invoice's.
        InvalidValueError: a line that the invoice does not have, or of a period that was folded or billed for another
            subscription; an amount against the sign of its line; else as `credit_in_part`.
    """
    check("account", account, Account)
    check("invoice", invoice, Invoice)
    check_date("on", on)
    if not isinstance(earlier, Sequence):  # a generator would be empty when the tax is summed
        refuse("earlier", earlier, words="a tuple or list of CreditNote values")
    collected("earlier", earlier, CreditNote)
    if not isinstance(subscription, Active | Paused | Cancelled):
        refuse("subscription", subscription, Active, Paused, Cancelled)
    active = subscription if isinstance(subscription, Active) else subscription.subscription
    check_currency(account, active.currency)
    asked = _asked(invoice, nets, earlier)
    billed, given = list(active.billed), dict[str, int]()
    found: dict[int, Money] = {}
    for at, net in sorted(asked.items(), key=lambda each: each[1].amount_minor >= 0):  # first what reduced it
        line = invoice.lines[at - 1]
        if type(line) is CreditLine and line.billed.key and net.amount_minor < 0:
            net = _taken_back(billed, line, net)  # noqa: PLW2901 - no more than was given
            if net:
                found[at] = net
                given[line.billed.key] = given.get(line.billed.key, 0) + net.amount_minor
            continue
        if type(line) is not ChargeLine or not line.billed.key or not line.net:
            if net:
                found[at] = net
            continue
        place = _place_of(active, billed, LineReference(invoice.number, invoice.issued_on, at))
        net = min(net, billed[place].remaining)  # noqa: PLW2901 - the cap
        if net.amount_minor > 0:
            billed[place] = billed[place].with_credit_given(net)
            found[at] = net
            given[line.billed.key] = given.get(line.billed.key, 0) + net.amount_minor
    if not found or sum([net.amount_minor for net in found.values()]) <= 0:
        detail = f"nothing is left to credit of these lines of invoice {invoice.number}: it was given back before"
        return Refused(RefusedReason.NOTHING_LEFT, detail)
    note = credit_lines(invoice, dict(sorted(found.items())), DRAFT, on, earlier)
    after = _with(subscription, evolved(active, billed=tuple(billed)))
    told = [
        Outcome(key, OutcomeKind.BILLED, on, Money(-amount, active.currency)) for key, amount in sorted(given.items())
    ]
    entries = (Credited.of_note(note),)
    return Quote((note,), after, *moves(account, on, entries), tuple(told), subscription)


def _asked(invoice: Invoice, nets: Mapping[int, Money] | None, earlier: Sequence[CreditNote]) -> dict[int, Money]:
    """Return what goes back of each line at most, in the order of the lines."""
    if nets is None:
        left = {at: line.net for at, line in enumerate(invoice.lines, 1)}
        for note in earlier:
            for line in note.lines:
                left[line.line_number] -= line.net
        return left
    found = mapped("nets", nets, "a mapping from the number of a line to the net that goes back")
    for at, net in found.items():
        if type(at) is not int or not 1 <= at <= len(invoice.lines):
            raise InvalidValueError("nets", at, f"invoice {invoice.number} has the lines 1 to {len(invoice.lines)}")
        check_money("nets", net, invoice.currency)
        if invoice.lines[at - 1].net.amount_minor > 0 and net.amount_minor <= 0:
            raise InvalidValueError("nets", net, f"what goes back of line {at} is above 0")
    return dict(sorted(found.items()))


def _taken_back(billed: list[BilledPeriod], line: CreditLine, net: Money) -> Money:
    """Take back what a line had credited of a period, which is then left of it again; return how much, below 0.

    A period that is not on record (it was folded) gives back what the line says.
    """
    was = line.billed
    for at in range(len(billed) - 1, -1, -1):
        each = billed[at]
        same = (each.key, each.plan, each.quantity, each.period) == (was.key, was.plan, was.quantity, was.period)
        if same and was.document in {None, each.document}:
            taken = min(-net, each.credit_given)
            billed[at] = attrs.evolve(each, credit_given=each.credit_given - taken)
            return -taken
    return net


def _place_of(active: Active, billed: Sequence[BilledPeriod], reference: LineReference) -> int:
    """Return where the period stands that a line billed; the newest, where its days were moved.

    Raises:
        InvalidValueError: no such period.
    """
    for at in range(len(billed) - 1, -1, -1):
        if billed[at].document == reference:
            return at
    remedy = "give the subscription that it billed"
    if active.closed is not None and reference.issued_on < active.closed.before:
        remedy = "its period was folded; credit the document alone, with its earlier notes (credit_in_part, earlier=…)"
    raise InvalidValueError("invoice", str(reference), f"no period of this subscription was billed there; {remedy}")


def _with(subscription: Active | Paused | Cancelled, active: Active) -> Active | Paused | Cancelled:
    if isinstance(subscription, Active):
        return active
    return attrs.evolve(subscription, subscription=active)
