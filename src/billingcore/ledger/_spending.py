"""What can still be used, paid and paid back on a day, so that no later entry becomes impossible."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final

from billingcore.ledger._book import Book, BookedInvoice, BookedSource
from billingcore.ledger._entries import Entry
from billingcore.ledger._index import Index, known_at_times, money_there, opened
from billingcore.ledger._payments import MOVES_MONEY, Received
from billingcore.ledger._positions import OpenItem, Unapplied
from billingcore.money import Money

_ON: Final = attrgetter("on")


def uses_of(index: Index, day: date, unapplied: Sequence[Unapplied], amount_minor: int) -> list[tuple[str, int]]:
    """Return what pays an amount of what is unapplied on a day, and never used later in any view of what was known."""
    left = {each.reference: each.amount.amount_minor for each in unapplied}
    uses = []
    for reference, there in _least(index, day, day, left, _unused).items():
        used = min(there, amount_minor)
        if used > 0:
            uses.append((reference, used))
            amount_minor -= used
    return uses


def payable_items(index: Index, received: Received, items: Sequence[OpenItem]) -> Iterator[OpenItem]:
    """Give what is open on the day of a payment and stays open on each later one: of instalments those due last."""
    most: dict[str, int] = {}
    for item in items:
        most[item.reference] = most.get(item.reference, 0) + item.amount.amount_minor
    rest = _least(index, received.on, received.known_on, most, _unpaid)
    for item in reversed(items):
        minor = min(item.amount.amount_minor, rest[item.reference])
        rest[item.reference] -= minor
        contested = item.contested and Money(min(minor, item.contested.amount_minor), item.amount.currency)
        yield OpenItem(item.reference, Money(minor, item.amount.currency), item.due_on, item.issued_on, contested)


def _unused(book: Book, reference: str) -> int:
    """Return what is left of a credit note or payment for a further use of the day; nothing of one not known."""
    source = book.sources.get(reference)
    return 0 if source is None else source.left - book.kept.get(source, 0)


def _unpaid(book: Book, number: str) -> int:
    """Return what is open of an invoice for a further payment of the day; nothing of one not known."""
    invoice = book.invoices.get(number)
    return 0 if invoice is None else invoice.open - book.kept.get(invoice, 0)


def _least(
    index: Index, day: date, known_on: date, most: dict[str, int], there: Callable[[Book, str], int]
) -> dict[str, int]:
    """Return the least that is there at the end of a day and of each later one, now and in any view from a day on."""
    least = dict(most)
    for entries, _ in known_at_times(index.entries, known_on) if most else ():
        for book, touched in _from(index, entries, day):
            references = least.keys() if touched is None else {each.entry.reference for each in touched} & least.keys()
            for reference in references:
                least[reference] = max(min(least[reference], there(book, reference)), 0)
    return least


def _from(
    index: Index, entries: Sequence[Entry], day: date
) -> Iterator[tuple[Book, Iterable[BookedInvoice | BookedSource] | None]]:
    """Give the pass at the end of a day, then after each later day that has entries, with what these touched."""
    first, last = bisect_left(entries, day, key=_ON), bisect_right(entries, day, key=_ON)
    book = opened(index.currency, index.carried, index.closed).replay(entries[:first])
    book.take_day(list(entries[first:last]))
    yield book, None
    for _, group in groupby(entries[last:], _ON):
        yield book, book.take_day(list(group))


def refundable_minor(index: Index, day: date) -> int:
    """Return the least money that is there at the end of the day and of each later one, in any view from then on."""
    least = None
    for entries, _ in known_at_times(index.entries, day):
        there = money_there(index.carried, index.closed)
        moves = [each for each in entries if isinstance(each, MOVES_MONEY)]
        there -= sum([each.signed_minor for each in moves if each.on <= day])
        least = there if least is None else min(least, there)
        for _, group in groupby([each for each in moves if each.on > day], _ON):
            there -= sum([each.signed_minor for each in group])
            least = min(least, there)
    return max(least or 0, 0)
