"""Closing a ledger: what was settled before a day is folded; its references stay known."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from billingcore.ledger._book import Book
from billingcore.ledger._closing import Closed
from billingcore.ledger._documents import FoldedInvoice, Issued
from billingcore.ledger._entries import Entry
from billingcore.ledger._index import Carried, Index, replayed
from billingcore.ledger._payments import MOVES_MONEY, Received, Reinstated, Reversed
from billingcore.money import Money

Rest = tuple[tuple[Carried, ...], tuple[Entry, ...], Closed]
"""What was brought forward, the entries, and what is known of the rest."""

_CHARGED_BACK: Final = (Received, Reversed, Reinstated)
"""What a bank or card scheme may still answer: a payment is taken back, a reversal falls away, or comes again."""


def folded(index: Index, day: date, chargeback_days: int) -> Rest:
    """Return what stays of a ledger when everything is folded that was settled before a day.

    Entries hang together where they act on the same invoices, credit notes and payments; they are folded together, or not
    at all: once nothing of them is open, unapplied, contested or under way, and no payment can be charged back, or be
    reinstated, any more.
    """
    gone: set[tuple[str, ...]] = set()
    seen: set[tuple[str, ...]] = set()
    money_in = 0
    invoices: dict[str, FoldedInvoice] = {}
    for entry in (*index.carried, *index.entries):
        if entry.key in seen:
            continue
        carried, group = index.group([entry])
        seen.update(each.key for each in (*carried, *group))
        book = replayed(index.currency, carried, group, index.closed)
        if not _is_settled(book, [*carried, *group], day, chargeback_days):
            continue
        gone.update(each.key for each in (*carried, *group))
        money_in -= sum([each.signed_minor for each in group if isinstance(each, MOVES_MONEY)])
        money_in -= sum([each.signed_minor for each in carried if not isinstance(each, Issued)])
        for number, invoice in book.invoices.items():
            invoices[number] = FoldedInvoice(invoice.entry, book.shown(invoice.credited))
    return _rest(index, day, gone, invoices, money_in)


def _rest(
    index: Index, day: date, gone: set[tuple[str, ...]], invoices: dict[str, FoldedInvoice], money_in: int
) -> Rest:
    before = index.closed
    known = tuple([(*key, index.by_key[key].content) for key in sorted(gone)])
    if before is not None:
        known = tuple(sorted({*before.known, *known}))
        invoices = {**before.by_number, **invoices}
        money_in += before.money_in.amount_minor
    closed = Closed(day, known, tuple(invoices.values()), Money(money_in, index.currency))
    carried = tuple([each for each in index.carried if each.key not in gone])
    return carried, tuple([each for each in index.entries if each.key not in gone]), closed


def _is_settled(book: Book, entries: Sequence[Entry], day: date, chargeback_days: int) -> bool:
    """Say whether nothing of entries is left to happen from a day on."""
    if any(each.on >= day or each.known_on >= day for each in entries):
        return False
    if any(isinstance(each, _CHARGED_BACK) and (day - each.on).days <= chargeback_days for each in entries):
        return False
    if book.under_way or any(each.until_on >= day for each in book.promises):
        return False
    is_open = any(each.open or each.contested for each in book.invoices.values())
    return not is_open and not any(each.left for each in book.sources.values())
