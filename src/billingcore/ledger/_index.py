"""The entries of a ledger in their order, found by what identifies them and by what they act on; and what may join them."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Final

import attrs

from billingcore.errors import InvalidValueError, shown
from billingcore.ledger._book import NOTHING, Book, ImpossibleEntryError
from billingcore.ledger._closing import Closed
from billingcore.ledger._documents import Credited, Issued
from billingcore.ledger._entries import Entry
from billingcore.ledger._payments import MOVES_MONEY, Received, Refunded, Reversed
from billingcore.ledger._uses import Agreed
from billingcore.money import Money

Carried = Issued | Credited | Received
"""What can be brought forward."""

_ORDER: Final = attrgetter("order")


def opened(currency: str, carried: Sequence[Carried], closed: Closed | None = None) -> Book:
    """Return a pass that has taken what was brought forward, and no entry yet."""
    book = Book(currency, NOTHING if closed is None else closed.by_number)
    if carried:
        book.take_day(list(carried))
    return book


def replayed(currency: str, carried: Sequence[Carried], entries: Iterable[Entry], closed: Closed | None = None) -> Book:
    """Return what entries come to, after what was brought forward."""
    return opened(currency, carried, closed).replay(entries)


def money_there(carried: Sequence[Carried], closed: Closed | None) -> int:
    """Return what may be paid back before any entry, in minor units: credit and money brought forward or closed."""
    folded = 0 if closed is None else closed.money_in.amount_minor
    return folded - sum([each.signed_minor for each in carried if not isinstance(each, Issued)])


class Index:
    """The entries of a ledger, found by key and by item. It never changes either."""

    __slots__ = ("by_item", "by_key", "carried", "closed", "currency", "entries")

    def __init__(self, currency: str, carried: tuple[Carried, ...], closed: Closed | None) -> None:
        self.currency, self.carried, self.closed = currency, carried, closed
        self.entries: tuple[Entry, ...] = ()
        self.by_key: dict[tuple[str, ...], Entry] = {}
        self.by_item: dict[tuple[str, str], tuple[Entry, ...]] = {}
        for entry in carried:
            if entry.key in self.by_key:
                raise InvalidValueError("carried", entry.describe(), "it is brought forward twice")
            self._add(entry)
        if carried:
            self._check_new(list(carried))

    def grown(self, entries: Iterable[Entry], since: date) -> "Index":
        """Return the index with further entries, or itself where it holds them all; refuse what cannot be.

        Args:
            entries: in any order.
            since: the first day on which an entry may be that is not on record.

        Raises:
            InvalidValueError: other content than is on record, or an entry that cannot be.
        """
        new = self._sifted(entries)
        if not new:
            return self
        if new[0].on < since:
            problem = (
                f"the ledger starts on {since}: bring forward what is older, or date what comes late on a later day"
            )
            raise InvalidValueError("entries", f"{new[0].describe()} on {new[0].on}", problem)
        grown = object.__new__(Index)
        grown.currency, grown.carried, grown.closed = self.currency, self.carried, self.closed
        grown.by_key, grown.by_item = dict(self.by_key), dict(self.by_item)
        every = list(self.entries)
        for entry in new:
            known = grown.by_key.get(entry.key)
            if known is not None:  # the same, recorded earlier than we knew
                del every[bisect_left(every, known.order, key=_ORDER)]
                grown._drop(known)
            insort(every, entry, key=_ORDER)
            grown._add(entry)
        grown.entries = tuple(every)
        grown._check_new(new)
        return grown

    def _sifted(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the entries that are not on record, in their order, each once."""
        new: dict[tuple[str, ...], Entry] = {}
        for entry in entries:
            known = new.get(entry.key) or self.by_key.get(entry.key)
            if known is None:
                if self.closed is None or not self.closed.knows(entry):
                    new[entry.key] = entry
            elif attrs.evolve(entry, recorded_on=known.recorded_on) != known:
                raise _contradiction(entry, known)
            elif entry.known_on < known.known_on:  # the earlier record counts, whichever is handed in first
                new[entry.key] = entry
        return sorted(new.values(), key=_ORDER)

    def _add(self, entry: Entry) -> None:
        self.by_key[entry.key] = entry
        for item in items_of(entry):
            self.by_item[item] = (*self.by_item.get(item, ()), entry)

    def _drop(self, entry: Entry) -> None:
        for item in items_of(entry):
            self.by_item[item] = tuple([each for each in self.by_item[item] if each is not entry])

    def has_document(self, number: str) -> bool:
        """Say whether an invoice or a credit note of a number is on record, folded or not."""
        closed = self.closed
        return any(
            (kind, number) in self.by_key or (closed is not None and closed.has(kind, number))
            for kind in (Issued.kind, Credited.kind)
        )

    # --- what new entries must hold

    def _check_new(self, new: list[Entry]) -> None:
        """Check new entries, and everything that has to do with the same invoices, credit notes and payments."""
        for entry in new:
            if isinstance(entry, Credited | Received):
                other = "credited" if isinstance(entry, Received) else "received"
                if (other, entry.reference) in self.by_key:
                    problem = f"it was {other} under this reference already; a credit note and a payment need their own"
                    raise InvalidValueError("entries", entry.describe(), problem)
        since = min(entry.known_on for entry in new)
        carried, group = self.group(new)
        for entries, before in known_at_times(group, since):
            try:
                replayed(self.currency, carried, entries, self.closed)
            except ImpossibleEntryError as error:
                raise self._refusal(error.entry, error.problem, new, before) from None
        if any(isinstance(entry, Refunded | Reversed) for entry in new):
            for entries, before in known_at_times(self.entries, since):
                self._check_money_in(entries, new, before)
        self._check_agreed(new)

    def group(self, new: Iterable[Entry]) -> tuple[list[Carried], list[Entry]]:
        """Return everything that hangs together with new entries: what was brought forward, and the rest in its order."""
        found: dict[tuple[str, ...], Entry] = {}
        seen: set[tuple[str, str]] = set()
        to_do = list(new)
        while to_do:
            entry = to_do.pop()
            found[entry.key] = entry
            for item in items_of(entry):
                if item not in seen:
                    seen.add(item)
                    to_do += [each for each in self.by_item[item] if each.key not in found]
        carried = [each for each in self.carried if found.pop(each.key, None) is not None]
        return carried, sorted(found.values(), key=_ORDER)

    def _refusal(self, entry: Entry, problem: str, new: list[Entry], before: date | None) -> InvalidValueError:
        """Return the error of an entry that cannot be: a new one, or one on record that a new one makes impossible."""
        seen = "" if before is None else f"as known before {before}: "
        if any(each is entry for each in new):
            return InvalidValueError("entries", f"{entry.describe()} on {entry.on}", f"{seen}{problem}")
        first = next((each for each in new if set(items_of(each)) & set(items_of(entry))), new[0])
        problem = f"{seen}with it, {entry.describe()} on {entry.on} could not be: {problem}"
        return InvalidValueError("entries", f"{first.describe()} on {first.on}", problem)

    def _check_money_in(self, entries: Sequence[Entry], new: list[Entry], before: date | None) -> None:
        """Refuse to pay back more than was received or brought forward and not taken back, on any day."""
        there = money_there(self.carried, self.closed)
        last: Entry | None = None
        for at, entry in enumerate(entries):
            if isinstance(entry, MOVES_MONEY):
                there -= entry.signed_minor
                last = entry if entry.signed_minor > 0 else last
            ends_day = at + 1 == len(entries) or entries[at + 1].on != entry.on
            if ends_day and there < 0 and last is not None:
                over = Money(-there, self.currency)
                problem = f"more is paid back or taken back by then than was received: {over} too much"
                raise self._refusal(last, problem, new, before)

    def _check_agreed(self, new: list[Entry]) -> None:
        """Refuse an entry that contradicts a balance that was agreed."""
        first = new[0].on
        moves = any(entry.signed_minor for entry in new)
        balance = sum([each.signed_minor for each in self.carried])
        agreed = [each for each in self.entries if isinstance(each, Agreed) and each.on >= first]
        if not agreed or not (moves or any(isinstance(entry, Agreed) for entry in new)):
            return
        at = 0
        for each in agreed:
            while at < len(self.entries) and self.entries[at].on <= each.on:
                balance += self.entries[at].signed_minor
                at += 1
            if balance != each.balance.amount_minor:
                problem = (
                    f"the balance of {each.on} comes to {Money(balance, self.currency)}; {each.balance} was agreed"
                )
                raise self._refusal(each, problem, new, None)


def _contradiction(entry: Entry, known: Entry) -> InvalidValueError:
    """Return the error of an entry that is on record with other content: what differs first, and how it is on record."""
    names = [field.name for field in attrs.fields(type(entry)) if field.name != "recorded_on"]
    name = next(each for each in names if getattr(entry, each) != getattr(known, each))
    own, other = (shown(getattr(each, name)) for each in (entry, known))
    problem = f"it is on record with another {name}: {other}, not {own}; a correction is an entry of its own"
    return InvalidValueError("entries", f"{entry.describe()} on {entry.on}", problem)


def items_of(entry: Entry) -> list[tuple[str, str]]:
    """Return what an entry acts on or needs: its invoices, and its credit notes and payments."""
    return [*[("invoice", each) for each in entry.invoices], *[("source", each) for each in entry.sources]]


def known_at_times(entries: Sequence[Entry], since: date) -> list[tuple[Sequence[Entry], date | None]]:
    """Return the entries as they are known now, and as they were before each day on which one was recorded late.

    Between two such days only entries of later days were added: what holds for the last view holds for those.
    """
    late = {entry.known_on for entry in entries if entry.recorded_on is not None}
    days = [day for day in sorted(late) if day > since]
    return [(entries, None), *[([each for each in entries if each.known_on < day], day) for day in days]]
