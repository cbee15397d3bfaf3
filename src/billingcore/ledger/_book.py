"""The pass over entries: what each invoice, credit note and payment comes to after some days.

A day is taken as a whole. First everything whose amount is stated, in the order of the kinds; then what takes "as much as
is open": payments that are reinstated, credit notes that lower their invoice, payments that name invoices without an
amount. What a release or a refund took back of a use stays taken back: the same source does not take it again on that day.
At the end of the day nothing may be below 0.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from billingcore.ledger._documents import Contested, Credited, FoldedInvoice, Issued, Resolved
from billingcore.ledger._entries import Entry
from billingcore.ledger._payments import Failed, Received, Refunded, Reinstated, Reversed, Started
from billingcore.ledger._uses import Agreed, Applied, Promised, Released, WrittenOff
from billingcore.money import Money

NOTHING: Final[Mapping[str, FoldedInvoice]] = MappingProxyType({})

CLAIM: Final = (
    "what the bank took beyond that is a claim against the customer: charge it by a document, and reverse the rest"
)
"""What to do where a bank takes more back than there is."""


class ImpossibleEntryError(Exception):
    """An entry that cannot stand where it stands; `Ledger` says it in an error of the library."""

    def __init__(self, entry: Entry, problem: str) -> None:
        super().__init__(entry, problem)
        self.entry, self.problem = entry, problem


class BookedInvoice:
    """An invoice while the pass goes on: what is open of it, credited, and contested."""

    __slots__ = ("contested", "credited", "entry", "open")

    def __init__(self, entry: Issued, open_minor: int, credited_minor: int = 0) -> None:
        self.entry = entry
        self.open = open_minor
        self.credited = credited_minor
        self.contested: dict[str, int] = {}

    def problem(self, _entry: Entry, shown: Callable[[int], Money]) -> str | None:
        """Say what is wrong with it at the end of a day, after the entry that touched it last."""
        number, amount = self.entry.reference, self.entry.amount
        if self.open < 0:
            return f"more is paid of invoice {number} than is open: {shown(-self.open)} too much"
        if self.credited > amount.amount_minor:
            return f"the credit notes of invoice {number} come to {shown(self.credited)}, more than its {amount}"
        if sum(self.contested.values()) > amount.amount_minor:
            return f"more is contested of invoice {number} than its {amount}"
        return None


class BookedSource:
    """A credit note or a payment while the pass goes on: what is unapplied of it, and what uses what."""

    __slots__ = ("entry", "left", "over", "reversals", "reversed", "uses")

    def __init__(self, entry: Credited | Received) -> None:
        self.entry = entry
        self.left = entry.amount.amount_minor
        self.uses: dict[str, int] = {}
        """What each invoice takes of it, the one that took last at the end."""
        self.over = 0
        """What was paid with it, at the end of its day, beyond what was open of the invoices that it names."""
        self.reversed = 0
        self.reversals: list[tuple[str, int]] = []
        """The uses that reversals took away, the newest last: a reinstated payment pays them again."""

    def problem(self, entry: Entry, shown: Callable[[int], Money]) -> str | None:
        """Say what is wrong with it at the end of a day, after the entry that touched it last."""
        name = f"{'payment' if isinstance(self.entry, Received) else 'credit note'} {self.entry.reference}"
        if isinstance(entry, Reversed) and (there := self.left + sum(self.uses.values())) < 0:
            return f"more is taken back of {name} than was received and neither paid back nor kept: {shown(-there)} too much; {CLAIM}"
        if self.left < 0:
            return f"more is used of {name} than is unapplied: {shown(-self.left)} too much"
        for number, used in self.uses.items():
            if used < 0:
                return f"{name} does not pay so much of invoice {number}: {shown(-used)} too much is taken back"
        if self.reversed < 0:
            return f"more of {name} is reinstated than was reversed: {shown(-self.reversed)} too much"
        return None


class Book:
    """What entries come to. `replay` fills it; everything is in minor units."""

    def __init__(self, currency: str, folded: Mapping[str, FoldedInvoice] = NOTHING) -> None:
        self.currency = currency
        self.folded = folded
        self.invoices: dict[str, BookedInvoice] = {}
        self.sources: dict[str, BookedSource] = {}
        self.under_way: dict[str, Started] = {}
        self.promises: list[Promised] = []
        self._touched: dict[BookedInvoice | BookedSource, Entry] = {}
        self._back: dict[tuple[BookedSource, str], list[int]] = {}
        """Of the day, what uses were taken back: all of it, and what of it stays with the source."""
        self.kept: dict[BookedInvoice | BookedSource, int] = {}
        """Of the last day, what was taken back of a use and is left alone by a source that would take it again."""
        self._withheld: dict[BookedSource, int] = {}
        """Of the day, what reversals took of a payment beyond its uses: it may lack that where it takes what is open."""

    def replay(self, entries: Iterable[Entry]) -> "Book":
        """Take the entries, which stand in the ledger's order, day by day; an entry that cannot be ends it."""
        for _, day in groupby(entries, attrgetter("on")):
            self.take_day(list(day))
        return self

    def take_day(self, entries: list[Entry]) -> tuple[BookedInvoice | BookedSource, ...]:
        """Take the entries of one day, look at what they touched once all of them are in, and return it."""
        self.kept.clear()
        for entry in entries:
            _BOOKED[type(entry)](self, entry)
        takers = [each for each in entries if type(each) in _TAKERS]
        if len(takers) > 1:
            takers.sort(key=_by_turn)
        for entry in takers:
            _TAKERS[type(entry)](self, entry)
        for touched, entry in self._touched.items():
            problem = touched.problem(entry, self.shown)
            if problem is not None:
                raise ImpossibleEntryError(entry, problem)
        for entry in entries:
            if isinstance(entry, Received) and entry.pays:
                self._weigh(entry)
        touched_of_day = tuple(self._touched)
        for of_day in (self._touched, self._back, self._withheld):
            of_day.clear()
        return touched_of_day

    def _weigh(self, entry: Received) -> None:
        """Say what is over of a payment at the end of its day, also of what was taken back on it and may come again."""
        source = self.sources[entry.reference]
        still_open = sum([self.invoices[each.of].open for each in entry.pays])
        source.over = max(source.left + source.reversed - still_open, 0)

    def shown(self, minor: int) -> Money:
        """Return minor units as Money."""
        return Money(minor, self.currency)

    # --- what is touched, with the entry that did it last

    def _invoice(self, number: str, entry: Entry) -> BookedInvoice:
        found = self.invoices.get(number)
        if found is None:
            folded = self.folded.get(number)
            if folded is None:
                problem = f"no invoice {number} is on record by then; hand in its Issued entry before, or with this one"
                raise ImpossibleEntryError(entry, problem)
            found = self.invoices[number] = BookedInvoice(folded.entry, 0, folded.credited.amount_minor)
        self._touched[found] = entry
        return found

    def _source(self, reference: str, entry: Entry) -> BookedSource:
        found = self.sources.get(reference)
        if found is None:
            problem = (
                f"no payment or credit note {reference} is on record by then, or it was settled and closed; "
                "hand it in before, or with this one"
            )
            raise ImpossibleEntryError(entry, problem)
        self._touched[found] = entry
        return found

    def _payment(self, entry: Reversed | Reinstated) -> BookedSource:
        found = self._source(entry.of, entry)
        if not isinstance(found.entry, Received):
            problem = f"only a payment is {entry.kind}, and {entry.of} is a credit note; a refund pays credit out"
            raise ImpossibleEntryError(entry, problem)
        return found

    def _use(self, source: BookedSource, number: str, minor: int, entry: Entry) -> None:
        """Let an invoice take of a source; below 0 it is given back."""
        invoice = self._invoice(number, entry)
        invoice.open -= minor
        source.left -= minor
        uses = source.uses
        if minor > 0:  # last in, as a reversal begins with the invoice that took last
            uses[number] = uses.pop(number, 0) + minor
        else:
            uses[number] = uses.get(number, 0) + minor
        if not uses[number]:
            del uses[number]

    def _take_back(self, source: BookedSource, number: str, entry: Released | Refunded) -> None:
        """Take a use back, in part or whole; what is refunded of it does not stay with its source."""
        minor = entry.amount.amount_minor
        self._use(source, number, -minor, entry)
        back = self._back.setdefault((source, number), [0, 0])
        back[0] += minor
        back[1] += minor if isinstance(entry, Released) else 0

    def _take(self, source: BookedSource, number: str, most: int | None, entry: Entry) -> int:
        """Let an invoice take as much of a source as is open of it and unapplied, and no more than a most.

        Returns:
            What it would take beyond that, had no reversal of the day taken it from the source.
        """
        invoice = self._invoice(number, entry)
        back, stays = self._back.get((source, number), (0, 0))
        if back:
            self.kept[invoice] = max(back, self.kept.get(invoice, 0))
            self.kept[source] = self.kept.get(source, 0) + stays
        wanted = max(invoice.open - back if most is None else min(most, invoice.open - back), 0)
        there = max(source.left - stays, 0)
        minor = min(wanted, there)
        if minor:
            self._use(source, number, minor, entry)
        withheld = self._withheld.get(source, 0)
        missing = max(min(wanted - minor, withheld, source.reversed), 0)
        if missing:
            self._withheld[source] = withheld - missing
        return missing

    # --- what each kind does: everything whose amount is stated

    def issued(self, entry: Issued) -> None:
        self.invoices[entry.reference] = BookedInvoice(entry, entry.amount.amount_minor)

    def credited(self, entry: Credited) -> None:
        self.sources[entry.reference] = BookedSource(entry)
        if entry.of is not None:
            self._invoice(entry.of, entry).credited += entry.amount.amount_minor

    def received(self, entry: Received) -> None:
        self.under_way.pop(entry.reference, None)
        source = self.sources[entry.reference] = BookedSource(entry)
        self._touched[source] = entry
        for each in entry.pays:
            if each.amount is None:
                self._invoice(each.of, entry)
            else:
                self._use(source, each.of, each.amount.amount_minor, entry)

    def started(self, entry: Started) -> None:
        for each in entry.pays:
            self._invoice(each.of, entry)
        if entry.reference not in self.sources:
            self.under_way[entry.reference] = entry

    def failed(self, entry: Failed) -> None:
        self._invoice(entry.of, entry)
        self.under_way.pop(entry.reference, None)

    def applied(self, entry: Applied) -> None:
        self._use(self._source(entry.source, entry), entry.to, entry.amount.amount_minor, entry)

    def released(self, entry: Released) -> None:
        self._take_back(self._source(entry.source, entry), entry.to, entry)

    def refunded(self, entry: Refunded) -> None:
        source = self._source(entry.of, entry)
        if entry.reopens is not None:
            self._take_back(source, entry.reopens, entry)
        source.left -= entry.amount.amount_minor

    def reversed(self, entry: Reversed) -> None:
        source = self._payment(entry)
        minor = entry.amount.amount_minor
        missing = minor - max(source.left, 0)
        withheld = minor
        for number in reversed(list(source.uses)):
            freed = min(missing, source.uses[number])
            if freed > 0:
                self._use(source, number, -freed, entry)
                source.reversals.append((number, freed))
                missing -= freed
                withheld -= freed
        self._withheld[source] = self._withheld.get(source, 0) + withheld
        source.left -= minor
        source.reversed += minor

    def reinstated(self, entry: Reinstated) -> None:
        source = self._payment(entry)
        source.left += entry.amount.amount_minor
        source.reversed -= entry.amount.amount_minor

    def written_off(self, entry: WrittenOff) -> None:
        if entry.over:
            self._source(entry.of, entry).left -= entry.amount.amount_minor
        else:
            self._invoice(entry.of, entry).open -= entry.amount.amount_minor

    def contested(self, entry: Contested) -> None:
        invoice = self._invoice(entry.of, entry)
        whole = invoice.entry.amount.amount_minor
        invoice.contested[entry.reference] = whole if entry.amount is None else entry.amount.amount_minor

    def resolved(self, entry: Resolved) -> None:
        if self._invoice(entry.of, entry).contested.pop(entry.reference, None) is None:
            problem = f"no dispute {entry.reference} of invoice {entry.of} is under way by then; give the reference of its Contested entry"
            raise ImpossibleEntryError(entry, problem)

    def promised(self, entry: Promised) -> None:
        if entry.of is not None:
            self._invoice(entry.of, entry)
        self.promises.append(entry)

    def agreed(self, entry: Agreed) -> None:
        """The ledger itself holds it against the balance."""

    # --- what takes as much as is open, once everything else of the day is in

    def stand_again(self, entry: Reinstated) -> None:
        source = self.sources[entry.of]
        rest = entry.amount.amount_minor
        missing = []
        while rest > 0 and source.reversals:
            number, freed = source.reversals.pop()
            wanted = min(freed, rest)
            if wanted < freed:
                source.reversals.append((number, freed - wanted))
            missing.append((number, self._take(source, number, wanted, entry)))
            rest -= wanted
        _remember(source, missing)

    def lower(self, entry: Credited) -> None:
        if entry.of is not None and not entry.apart:
            self._take(self.sources[entry.reference], entry.of, None, entry)

    def pay(self, entry: Received) -> None:
        source = self.sources[entry.reference]
        takes = [each.of for each in entry.pays if each.amount is None]
        _remember(source, [(number, self._take(source, number, None, entry)) for number in takes])


def _remember(source: BookedSource, missing: list[tuple[str, int]]) -> None:
    """Let a payment pay, when it is reinstated, what a reversal of the day kept it from paying: the first of it first."""
    source.reversals += [(number, minor) for number, minor in reversed(missing) if minor]


_BOOKED: Final[dict[type, Callable[[Book, Any], None]]] = {
    Issued: Book.issued,
    Credited: Book.credited,
    Received: Book.received,
    Started: Book.started,
    Failed: Book.failed,
    Applied: Book.applied,
    Released: Book.released,
    Refunded: Book.refunded,
    Reversed: Book.reversed,
    Reinstated: Book.reinstated,
    WrittenOff: Book.written_off,
    Contested: Book.contested,
    Resolved: Book.resolved,
    Promised: Book.promised,
    Agreed: Book.agreed,
}
_TAKERS: Final[dict[type, Callable[[Book, Any], None]]] = {
    Reinstated: Book.stand_again,
    Credited: Book.lower,
    Received: Book.pay,
}
"""In this order: it is the turn of each kind."""
_TURNS: Final = list(_TAKERS)


def _by_turn(entry: Entry) -> tuple[int, str]:
    return _TURNS.index(type(entry)), entry.reference
