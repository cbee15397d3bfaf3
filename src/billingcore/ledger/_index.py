"""The entries of a ledger in their order, found by what identifies them and by what they act on; and what may join them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Final

import attrs

from billingcore.errors import InvalidValueError, OutOfRangeError, shown
from billingcore.ledger._book import CLAIM, NOTHING, Book, ImpossibleEntryError
from billingcore.ledger._closing import Closed
from billingcore.ledger._documents import Credited, Issued
from billingcore.ledger._entries import Entry, check_currency
from billingcore.ledger._payments import MOVES_MONEY, Received, Refunded, Reversed
from billingcore.ledger._uses import Agreed
from billingcore.money import MAX_AMOUNT_MINOR, Money

Carried = Issued | Credited | Received
"""What can be brought forward."""

_ORDER: Final = attrgetter("order")
_OTHERS: Final = {"credited": ("received", "started"), "received": ("credited",), "started": ("credited",)}
"""A credit note and a payment are both sources of what is used: they do not share a reference."""

_KNOWN_LATER: Final = "where an entry became known after that, say so in its recorded_on"
_AGREE_ANEW: Final = (
    "hand in with the late entry a new Agreed of that day, with the new balance and the day of its record"
)


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

    __slots__ = ("by_item", "by_key", "carried", "closed", "currency", "entries", "turnover")

    def __init__(self, currency: str, carried: tuple[Carried, ...], closed: Closed | None, opened_on: date) -> None:
        self.currency, self.closed = currency, closed
        self.carried = tuple(sorted(carried, key=lambda each: (each.rank, each.on, each.reference)))
        self.entries: tuple[Entry, ...] = ()
        self.by_key: dict[tuple[str, ...], Entry] = {}
        self.by_item: dict[tuple[str, str], tuple[Entry, ...]] = {}
        self.turnover = 0 if closed is None else abs(closed.money_in.amount_minor)
        """All amounts together: no sum of some of them, whatever is asked, is beyond it."""
        for entry in self.carried:
            check_currency(entry, currency)
            if entry.known_on > opened_on:
                problem = (
                    f"what is brought forward was there, and known, on {opened_on}; a later one is one of the entries"
                )
                raise InvalidValueError("carried", f"{entry.describe()} on {entry.known_on}", problem)
            if entry.key in self.by_key:
                raise InvalidValueError("carried", entry.describe(), "it is brought forward twice")
            self.by_key[entry.key] = entry
        self._join(self.carried)
        if carried:
            self._check_new(list(self.carried))

    def grown(self, entries: Iterable[Entry], since: date) -> "Index":
        """Return the index with further entries, or itself where it holds them all; refuse what cannot be.

        Args:
            entries: in any order.
            since: the first day on which an entry may be that is not on record.

        Raises:
            InvalidValueError: other content than is on record, or an entry that cannot be.
        """
        new = self._sifted(entries, since)
        if not new:
            return self
        grown = object.__new__(Index)
        grown.currency, grown.carried, grown.closed = self.currency, self.carried, self.closed
        grown.by_key, grown.by_item, grown.turnover = dict(self.by_key), dict(self.by_item), self.turnover
        every: list[Entry] = []
        at = 0
        for entry in new:
            known = grown.by_key.get(entry.key)
            if known is None and entry.on < since:
                raise InvalidValueError("entries", f"{entry.describe()} on {entry.on}", self._too_early(since))
            place = bisect_left(self.entries, entry.order, at, key=_ORDER)
            every += self.entries[at:place]
            every.append(entry)
            at = place
            if known is not None:  # the same, recorded earlier than we knew
                at += 1
                grown._leave(known)
            grown.by_key[entry.key] = entry
        grown.entries = (*every, *self.entries[at:])
        grown._join(new)
        grown._check_new(new)
        return grown

    def _too_early(self, since: date) -> str:
        if self.closed is not None and self.closed.before_on == since:
            return f"the books are closed before {since}: book what comes late on that day or a later one"
        return f"the ledger starts on {since}: bring forward what is older, or date what comes late on a later day"

    def _sifted(self, entries: Iterable[Entry], since: date) -> list[Entry]:
        """Return the entries that are not on record, in their order, each once.

        The earlier record of an entry counts, whichever is handed in first; what was recorded before the ledger starts
        can no longer be asked.
        """
        new: dict[tuple[str, ...], Entry] = {}
        for entry in entries:
            check_currency(entry, self.currency)
            known = new.get(entry.key) or self.by_key.get(entry.key)
            if known is None:
                if self.closed is None or not self.closed.knows(entry):
                    new[entry.key] = entry
            elif (name := _differing(entry, known)) is not None:
                raise _contradiction(entry, known, name)
            elif entry.known_on < known.known_on and (entry.key in new or since < known.known_on):
                new[entry.key] = entry
        return sorted(new.values(), key=_ORDER)

    def _join(self, entries: Iterable[Entry]) -> None:
        """Let entries be found by what they act on, all of an item at once."""
        joining: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            for item in items_of(entry):
                joining.setdefault(item, []).append(entry)
            self.turnover += sum([abs(amount.amount_minor) for amount in entry.amounts])
            if self.turnover > MAX_AMOUNT_MINOR:
                problem = (
                    f"with it, the amounts of the ledger come to more than {Money(MAX_AMOUNT_MINOR, self.currency)}"
                )
                raise OutOfRangeError(
                    "entries", entry.describe(), f"{problem}; close what is settled, or start another"
                )
        for item, those in joining.items():
            self.by_item[item] = (*self.by_item.get(item, ()), *those)

    def _leave(self, entry: Entry) -> None:
        for item in items_of(entry):
            self.by_item[item] = tuple([each for each in self.by_item[item] if each is not entry])
        self.turnover -= sum([abs(amount.amount_minor) for amount in entry.amounts])

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
            for other in _OTHERS.get(entry.kind, ()):
                if (other, entry.reference) in self.by_key or (self.closed and self.closed.has(other, entry.reference)):
                    problem = f"it was {other} under this reference already; a credit note and a payment need their own"
                    raise InvalidValueError("entries", entry.describe(), problem)
        unchecked = {id(entry) for entry in new}
        for entry in new:
            if id(entry) in unchecked:
                self._check_group(entry, new, unchecked)
        if any(isinstance(entry, Refunded | Reversed) for entry in new) and self._pays_credit_out():
            moves = [each for each in self.entries if isinstance(each, MOVES_MONEY)]
            for entries, before in known_at_times(moves, min(entry.known_on for entry in new)):
                self._check_money_in(entries, new, before)
        self._check_agreed(new)

    def _check_group(self, entry: Entry, new: list[Entry], unchecked: set[int]) -> None:
        """Check everything that hangs together with a new entry, now and as it was known; the new ones are then checked."""
        carried, group = self.group([entry])
        since = min([each.known_on for each in (*carried, *group) if id(each) in unchecked])
        unchecked.difference_update(map(id, group), map(id, carried))
        for entries, before in known_at_times(group, since):
            try:
                replayed(self.currency, carried, entries, self.closed)
            except ImpossibleEntryError as error:
                raise self._refusal(error.entry, error.problem, new, before) from None

    def _pays_credit_out(self) -> bool:
        """Say whether credit is paid out: no payment gives back more than it brought in, so credit alone could."""
        before = 0 if self.closed is None else self.closed.money_in.amount_minor
        refunds = (each for each in self.entries if isinstance(each, Refunded))
        return before < 0 or any(("received", each.of) not in self.by_key for each in refunds)

    def group(self, new: Iterable[Entry]) -> tuple[list[Carried], list[Entry]]:
        """Return everything that hangs together with new entries: what was brought forward, and the rest in its order."""
        found: dict[int, Entry] = {}  # by identity: each is held once
        seen: set[tuple[str, str]] = set()
        to_do = list(new)
        while to_do:
            entry = to_do.pop()
            found[id(entry)] = entry
            for item in items_of(entry):
                if item not in seen:
                    seen.add(item)
                    to_do += [each for each in self.by_item[item] if id(each) not in found]
        carried = [each for each in self.carried if found.pop(id(each), None) is not None]
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
            there -= entry.signed_minor
            last = entry if entry.signed_minor > 0 else last
            ends_day = at + 1 == len(entries) or entries[at + 1].on != entry.on
            if ends_day and there < 0 and last is not None and self._is_asked(entry.on):
                over = Money(-there, self.currency)
                problem = f"more is paid back or taken back by then than was received: {over} too much"
                if isinstance(last, Reversed):
                    problem = f"{problem}; {CLAIM}"
                raise self._refusal(last, problem, new, before)

    def _is_asked(self, day: date) -> bool:
        """Say whether sums of a day can be asked: before a closing, what was folded is missing from them."""
        return self.closed is None or day >= self.closed.before_on

    def _check_agreed(self, new: list[Entry]) -> None:
        """Refuse what contradicts a balance that was agreed: as it was known then, and the newest of a day as it is now."""
        first = new[0].on
        agreed = [each for each in self.entries if isinstance(each, Agreed) and each.on >= first]
        agreed = [each for each in agreed if self._is_asked(each.on)]
        if not agreed or not any(entry.signed_minor or isinstance(entry, Agreed) for entry in new):
            return
        newest = {each.on: each for each in sorted(agreed, key=lambda each: (each.known_on, each.reference))}
        late = [each for each in self.entries if each.recorded_on is not None and each.signed_minor]
        balance = sum([each.signed_minor for each in self.carried])
        at = 0
        for each in agreed:
            while at < len(self.entries) and self.entries[at].on <= each.on:
                balance += self.entries[at].signed_minor
                at += 1
            unknown = sum(
                [other.signed_minor for other in late if other.on <= each.on and other.known_on > each.known_on]
            )
            self._check_balance(each, balance - unknown, f"as known on {each.known_on} ", _KNOWN_LATER, new)
            if newest[each.on] is each:
                self._check_balance(each, balance, "", _AGREE_ANEW, new)

    def _check_balance(self, agreed: Agreed, minor: int, known: str, remedy: str, new: list[Entry]) -> None:
        if minor != agreed.balance.amount_minor:
            comes_to = Money(minor, self.currency)
            problem = f"the balance of {agreed.on} {known}comes to {comes_to}; {agreed.balance} was agreed"
            raise self._refusal(agreed, f"{problem}; {remedy}", new, None)


def _differing(entry: Entry, known: Entry) -> str | None:
    """Return the first field in which two entries of one key differ; when they were recorded is no difference."""
    names = [field.name for field in attrs.fields(type(entry)) if field.name != "recorded_on"]
    return next((each for each in names if getattr(entry, each) != getattr(known, each)), None)


def _contradiction(entry: Entry, known: Entry, name: str) -> InvalidValueError:
    """Return the error of an entry that is on record with other content: what differs, and how it is on record."""
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
