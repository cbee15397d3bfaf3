"""What can still be used on a day: of credit and money, so that no later entry becomes impossible; and paid back."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from billingcore.ledger._entries import Entry
from billingcore.ledger._index import Index, known_at_times, money_there, opened
from billingcore.ledger._payments import MOVES_MONEY
from billingcore.ledger._positions import Unapplied


def uses_of(index: Index, day: date, unapplied: Sequence[Unapplied], amount_minor: int) -> list[tuple[str, int]]:
    """Return what pays an amount of what is unapplied on a day, and never used later in any view of what was known."""
    left = {each.reference: each.amount.amount_minor for each in unapplied}
    for entries, _ in known_at_times(index.entries, day) if left else ():
        left = _least(index, entries, day, left)
    uses = []
    for reference, there in left.items():
        used = min(there, amount_minor)
        if used > 0:
            uses.append((reference, used))
            amount_minor -= used
    return uses


def _least(index: Index, entries: Sequence[Entry], day: date, left: dict[str, int]) -> dict[str, int]:
    """Return the least that is left of each source at the end of the day and of each later one; nothing of one not known."""
    book = opened(index.currency, index.carried, index.closed)
    for _, group in groupby([each for each in entries if each.on <= day], attrgetter("on")):
        book.take_day(list(group))
    least = {
        reference: min(most, book.sources[reference].left) if reference in book.sources else 0
        for reference, most in left.items()
    }
    for _, group in groupby([each for each in entries if each.on > day], attrgetter("on")):
        of_day = list(group)
        book.take_day(of_day)
        for reference in {source for each in of_day for source in each.sources} & least.keys():
            least[reference] = min(least[reference], book.sources[reference].left)
    return least


def refundable_minor(index: Index, day: date) -> int:
    """Return the least money that is there at the end of the day and of each later one, in any view from then on."""
    least = None
    for entries, _ in known_at_times(index.entries, day):
        there = money_there(index.carried, index.closed)
        moves = [each for each in entries if isinstance(each, MOVES_MONEY)]
        there -= sum([each.signed_minor for each in moves if each.on <= day])
        least = there if least is None else min(least, there)
        for _, group in groupby([each for each in moves if each.on > day], attrgetter("on")):
            there -= sum([each.signed_minor for each in group])
            least = min(least, there)
    return max(least or 0, 0)
