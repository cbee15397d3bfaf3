"""From the lines of a quote to its document, and to what that does in the account's ledger."""

from datetime import date
from typing import NamedTuple

from billingcore._changes.account import Account, Moved
from billingcore._invoices.credit_notes import added_up_note
from billingcore._invoices.documents import add_up, added_up_invoice
from billingcore._kernel import Rounding
from billingcore.errors import CurrencyMismatchError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger import Applied, Credited, Issued, Ledger
from billingcore.lines import Line
from billingcore.money import MAX_AMOUNT_MINOR, Money, total


class Moves(NamedTuple):
    """What a quote says of the ledger: `Quote` has the same names."""

    entries: tuple[Moved, ...]
    credit_before: Money
    to_refund: Money


def check_currency(account: Account, currency: str) -> None:
    """Refuse a plan in another currency than the account's ledger."""
    if currency != account.ledger.currency:
        remedy = f"the account's ledger is in {account.ledger.currency}; a customer has a ledger for each currency"
        raise CurrencyMismatchError(account.ledger.currency, currency, remedy)


def issue(
    account: Account,
    number: str,
    issued_on: date,
    lines: tuple[Line, ...],
    rounding: Rounding,
    *,
    pays_out: bool = False,
) -> tuple[Invoice | CreditNote, tuple[Moved, ...]]:
    """Return the document of some lines, and its entries: an invoice uses what the account has, a credit note adds to it.

    Args:
        account: whose document it is.
        number: of the document.
        issued_on: its day.
        lines: one or more.
        rounding: the mode of the tax.
        pays_out: whether the rule pays a credit note out in money.
    """
    added = add_up(lines, rounding)
    whole = added[2]
    if whole < 0:
        note = added_up_note(number, issued_on, account.seller, account.buyer, lines, added)
        return note, (Credited.of_note(note, apart=pays_out),)
    currency = account.ledger.currency
    uses = [
        Applied(number, issued_on, used, reference, number)
        for reference, used in account.ledger.uses_for(Money(whole, currency), issued_on)
    ]
    prepaid = total((each.amount for each in uses), currency) if uses else None
    invoice = added_up_invoice(number, issued_on, account.seller, account.buyer, lines, rounding, prepaid, added)
    return invoice, (Issued.of(invoice), *uses)


def moves(account: Account, day: date, entries: tuple[Moved, ...]) -> Moves:
    """Return what entries of a quote come to, once the ledger was asked whether it takes them.

    Raises:
        InvalidValueError: a day before the ledger; a balance was agreed for a later day.
    """
    ledger = account.ledger
    balance = left = 0
    if ledger.entries or ledger.carried or day < ledger.since:
        balance = ledger.balance_on(day).amount_minor  # which says since when it can be asked
        left = ledger.open_on(day).amount_minor - balance
        ledger.with_entries(*entries)
    given = to_refund = 0
    for each in entries:
        if type(each) is Applied:
            balance += each.amount.amount_minor
        elif type(each) is Credited:
            given += each.amount.amount_minor
            to_refund += each.amount.amount_minor if each.apart else 0
    if to_refund:
        # Never money that did not come or is promised already, and nothing that is owed beside the invoice of this quote.
        there = ledger.refundable_on(day).amount_minor - min(_stands_apart(ledger, day, entries), max(-balance, 0))
        to_refund = max(min(to_refund, there, given - balance), 0)
    return Moves(entries, Money(left, ledger.currency), Money(to_refund, ledger.currency))


def _stands_apart(ledger: Ledger, day: date, entries: tuple[Moved, ...]) -> int:
    """Return the credit that earlier documents set apart to be paid back, and that neither was nor is used by some entries."""
    apart = {each.reference for each in (*ledger.carried, *ledger.entries) if type(each) is Credited and each.apart}
    if not apart:
        return 0
    unused = ledger.uses_for(Money(MAX_AMOUNT_MINOR, ledger.currency), day)
    used = [each.amount.amount_minor for each in entries if type(each) is Applied and each.source in apart]
    return sum([amount.amount_minor for reference, amount in unused if reference in apart]) - sum(used)
