"""A ledger: entries in their order, and the questions that they answer."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_int, check_tuple, collected, setters
from billingcore.errors import InvalidValueError
from billingcore.ledger._base import check_reference
from billingcore.ledger._book import Book
from billingcore.ledger._closing import Closed
from billingcore.ledger._documents import Credited, Issued
from billingcore.ledger._entries import KINDS, Entry, check_currency
from billingcore.ledger._folding import folded
from billingcore.ledger._index import Carried, Index, replayed
from billingcore.ledger._payments import Received
from billingcore.ledger._positions import Position, position_of
from billingcore.ledger._sharing import SharingRule, share_payment
from billingcore.ledger._spending import payable_items, refundable_minor, uses_of
from billingcore.ledger._statements import RollForward, Statement, statement_of
from billingcore.money import Money
from billingcore.money._amounts import check_money

OPENING: Final = "opening"
"""The reference of a balance that was brought forward as one amount."""
_ON: Final = attrgetter("on")
_MOST_DAYS: Final = 36_500
"""A hundred years: nobody can charge back after that."""


@attrs.frozen(init=False)
class Ledger:
    """One customer's accounts-receivable record in one currency: entries, each with its day and reference.

    It never changes: `with_entries` returns another one. The order in which entries are handed in does not matter, as
    long as each comes after, or together with, what it acts on; the same entry again counts once.

    Args:
        currency: of every amount in it.
        opened_on: its first day; it holds no entry of an earlier one.
        carried: what was brought forward, as far as it is open or unapplied, or can still be charged back or credited:
            invoices, credit notes and payments with their own days, none after the first day of the ledger.
        entries: everything since.
        closed: what is left of entries that were settled and closed, or None.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: an entry in another currency.
        InvalidValueError: an entry of an earlier day; one that is on record with other content; one that cannot be, as it
            acts on what is not on record, or takes more than there is.

    >>> from billingcore.ledger import Issued, Received
    >>> ledger = Ledger.opened("EUR", date(2026, 1, 1)).with_entries(
    ...     Issued("2026-1", date(2026, 1, 31), Money.of("36.00", "EUR")),
    ...     Received("card-1", date(2026, 2, 2), Money.of("40.00", "EUR"), pays="2026-1"),
    ... )
    >>> print(ledger.open_on(date(2026, 2, 1)), ledger.balance_on(date(2026, 2, 2)))
    36.00 EUR -4.00 EUR
    """

    currency: str
    opened_on: date
    carried: tuple[Carried, ...]
    entries: tuple[Entry, ...]
    closed: Closed | None
    _index: Index = attrs.field(init=False, eq=False, repr=False)

    def __init__(
        self,
        currency: str,
        opened_on: date,
        carried: tuple[Issued | Credited | Received, ...] = (),
        entries: tuple[Entry, ...] = (),
        closed: Closed | None = None,
    ) -> None:
        """Check everything, and put the entries in their order."""
        Money.zero(currency)  # refuses what is no currency
        check_date("opened_on", opened_on)
        check_tuple("carried", carried, Issued, Credited, Received)
        check_tuple("entries", entries, *KINDS)
        check("closed", closed, Closed, None)
        if closed is not None:
            check_money("closed", closed.money_in, currency)
        self._fill(opened_on, Index(currency, carried, closed, opened_on).grown(entries, opened_on))

    def _fill(self, opened_on: date, index: Index) -> None:
        values = (index.currency, opened_on, index.carried, index.entries, index.closed, index)
        for put, value in zip(_PUT, values, strict=True):
            put(self, value)

    def __reduce__(self) -> tuple[object, ...]:
        return Ledger, (self.currency, self.opened_on, self.carried, self.entries, self.closed)

    @classmethod
    def opened(
        cls,
        currency: str,
        on: date,
        balance: Money | None = None,
        *,
        carried: Iterable[Issued | Credited | Received] = (),
    ) -> "Ledger":
        """Return a new ledger.

        Args:
            currency: of every amount in it.
            on: its first day.
            balance: what the customer owes on that day, before anything of it; below 0 what it has. It stands in the
                ledger as the invoice, or the credit, ``opening``, due on that day.
            carried: what is open or unapplied then, where that is known one by one: with its own days and references. What
                was paid earlier is carried as its invoice and the payment that names it. Credit that is brought forward,
                also that of a balance below 0, counts as money that came: it may be refunded.

        Raises:
            InvalidTypeError: an argument of another type.
            CurrencyMismatchError: an amount in another currency.

        >>> print(Ledger.opened("EUR", date(2026, 1, 1), Money.of("12.00", "EUR")).balance_on(date(2026, 1, 1)))
        12.00 EUR
        """
        Money.zero(currency)  # refuses what is no currency
        brought = collected("carried", carried, Issued, Credited, Received)
        check_date("on", on)
        if balance is not None and check_money("balance", balance, currency):
            opening = Issued(OPENING, on, balance) if balance.amount_minor > 0 else Credited(OPENING, on, -balance)
            brought = (opening, *brought)
        return cls(currency, on, brought)

    def with_entries(self, *entries: Entry) -> "Ledger":
        """Return the ledger with further entries; those that it holds already change nothing.

        Args:
            entries: in any order, of any day of the ledger.

        Raises:
            InvalidTypeError: something else.
            CurrencyMismatchError: an entry in another currency.
            InvalidValueError: an entry of a day before the ledger; one on record with other content; one that cannot be:
                it acts on what is not on record by then, or takes more than there is; one that comes late and makes a
                later one impossible, which is named.

        >>> from billingcore.ledger import Issued
        >>> entry = Issued("2026-1", date(2026, 1, 31), Money.of("36.00", "EUR"))
        >>> ledger = Ledger.opened("EUR", date(2026, 1, 1)).with_entries(entry)
        >>> ledger.with_entries(entry) == ledger
        True
        """
        index = self._index.grown(collected("entries", entries, *KINDS), self.since)
        if index is self._index:
            return self
        grown: Ledger = object.__new__(Ledger)
        grown._fill(self.opened_on, index)
        return grown

    @property
    def since(self) -> date:
        """The first day that can be asked for: that of the opening, or of the newest closing."""
        return self.opened_on if self.closed is None else max(self.opened_on, self.closed.before_on)

    def closed_before(self, day: date, *, chargeback_days: int) -> "Ledger":
        """Return a smaller ledger: what was settled before a day is folded, and no earlier day can be asked for.

        Entries are folded together with everything that acts on the same invoices, credit notes and payments, once
        nothing of it is open, unapplied, contested or under way. References stay known: a folded entry that is delivered
        again changes nothing, and a credit note may still name a folded invoice.

        Args:
            day: the first day that can be asked for afterwards; not before the ledger, or its newest closing.
            chargeback_days: for how many days after it a payment can be charged back, a reversal fall away, and a payment
                that was reinstated be charged back again; where the newest of them is no more days before the day, it is
                not folded.

        Raises:
            InvalidTypeError: an argument of another type.
            InvalidValueError: a day before the ledger, a negative number of days.

        >>> from billingcore.ledger import Issued, Received
        >>> ledger = Ledger.opened("EUR", date(2026, 1, 1)).with_entries(
        ...     Issued("2026-1", date(2026, 1, 31), Money.of("36.00", "EUR")),
        ...     Received("card-1", date(2026, 1, 31), Money.of("36.00", "EUR"), pays="2026-1"),
        ... )
        >>> small = ledger.closed_before(date(2026, 7, 1), chargeback_days=120)
        >>> small.entries, small.with_entries(*ledger.entries) == small
        ((), True)
        """
        if check_date("day", day) < self.since:
            raise InvalidValueError("day", day, f"the ledger starts on {self.since}; close it before a later day")
        check_int("chargeback_days", chargeback_days, 0, _MOST_DAYS)
        carried, entries, closed = folded(self._index, day, chargeback_days)
        return Ledger(self.currency, self.opened_on, carried, entries, closed)

    def position(self, day: date, *, known_on: date | None = None) -> Position:
        """Return what everything comes to at the end of a day: no later entry changes that.

        Args:
            day: the day; its entries count.
            known_on: leave out what was recorded after this day.

        Raises:
            InvalidTypeError: an argument of another type.
            InvalidValueError: a day before the ledger, or what was known before it.
        """
        return position_of(self._booked(day, known_on), day, known_on)

    def open_on(self, day: date, *, known_on: date | None = None) -> Money:
        """Return what is left to pay of all invoices at the end of a day; as `position`."""
        book = self._booked(day, known_on)
        return book.shown(sum([each.open for each in book.invoices.values()]))

    def balance_on(self, day: date, *, known_on: date | None = None) -> Money:
        """Return what the customer owes at the end of a day, less what it has; as `position`."""
        entries = (*self.carried, *self._until(day, known_on))
        return Money(sum([each.signed_minor for each in entries]), self.currency)

    def statement(self, start_on: date, end_on: date, *, known_on: date | None = None) -> Statement:
        """Return what moved the balance between two days, both included, with the balance after each entry.

        What was brought forward stands in the opening, also where the statement starts on the first day of the ledger. An
        entry that moves no balance (a use of credit or money, a release, a try, a dispute, a document of 0.00) is no row.
        Within a day the rows stand in the order of their kinds, then by reference.

        Args:
            start_on: the first day.
            end_on: the last day.
            known_on: leave out what was recorded after this day, also from the opening: with the day on which a statement
                was sent it is made again as it was.

        Raises:
            InvalidTypeError: an argument of another type.
            InvalidValueError: a day before the ledger, an end before the start.

        >>> from billingcore.ledger import Issued, Received
        >>> ledger = Ledger.opened("EUR", date(2026, 1, 1), Money.of("12.00", "EUR")).with_entries(
        ...     Issued("2026-1", date(2026, 1, 31), Money.of("36.00", "EUR")),
        ...     Received("bank-1", date(2026, 2, 20), Money.of("20.00", "EUR"), pays="2026-1"),
        ... )
        >>> print(ledger.statement(date(2026, 2, 1), date(2026, 2, 28)).explain())
        statement from 2026-02-01 to 2026-02-28
          brought forward: 48.00 EUR
          2026-02-20 received bank-1: -20.00 EUR, balance 28.00 EUR
          closing balance: 28.00 EUR
        """
        self._check_since("start_on", start_on)
        if check_date("end_on", end_on) < start_on:
            raise InvalidValueError("end_on", end_on, f"the statement starts on {start_on}; end it then, or later")
        entries = self._until(end_on, known_on)
        first = bisect_left(entries, start_on, key=_ON)
        opening = sum([each.signed_minor for each in (*self.carried, *entries[:first])])
        return statement_of(Money(opening, self.currency), entries[first:], start_on, end_on, known_on)

    def roll_forward(self, start_on: date, end_on: date, *, known_on: date | None = None) -> RollForward:
        """Return the opening and what moved the balance between two days, added up by kind; as `statement`.

        >>> from billingcore.ledger import Issued, Received
        >>> ledger = Ledger.opened("EUR", date(2026, 1, 1), Money.of("12.00", "EUR")).with_entries(
        ...     Issued("2026-1", date(2026, 1, 31), Money.of("36.00", "EUR")),
        ...     Received("bank-1", date(2026, 1, 31), Money.of("20.00", "EUR"), pays="2026-1"),
        ... )
        >>> print(ledger.roll_forward(date(2026, 1, 1), date(2026, 1, 31)).explain())
        opening: 12.00 EUR
        issued: 36.00 EUR
        received: -20.00 EUR
        closing: 28.00 EUR
        """
        return self.statement(start_on, end_on, known_on=known_on).roll_forward

    def share(self, received: Received, rule: SharingRule, *, with_contested: bool = False) -> Received:
        """Return a payment that names what it pays, by a rule; it is not on record before it is handed in.

        It is shared over what is open at the end of its day, with everything of that day that is on record, its invoices
        among it; of each invoice no more than the least that is open on any later day, also as it was known from the day
        of the payment's record on, so that a payment that comes late takes nothing from later ones. What is left stays
        unapplied. That is a proposal for a new entry, no answer about the past: later entries count, as the payment must
        be possible beside them. A payment that is on record already comes back as it was shared then: one that is
        delivered twice counts once.

        Args:
            received: the payment; without names, but for `SharingRule.AS_NAMED`: then it comes back as it is, as the
                ledger itself gives each invoice that is named its amount, or what is open of it.
            rule: what is paid first.
            with_contested: whether what is contested is paid too.

        Raises:
            InvalidTypeError: an argument of another type.
            CurrencyMismatchError: a payment in another currency.
            InvalidValueError: names beside another rule, a day before the ledger.

        >>> from billingcore.ledger import Issued
        >>> ledger = Ledger.opened("EUR", date(2026, 1, 1)).with_entries(
        ...     Issued("2026-1", date(2026, 1, 31), Money.of("36.00", "EUR")),
        ...     Issued("2026-2", date(2026, 2, 28), Money.of("36.00", "EUR")),
        ... )
        >>> wire = Received("wire-1", date(2026, 3, 2), Money.of("50.00", "EUR"))
        >>> [(each.of, str(each.amount)) for each in ledger.share(wire, SharingRule.OLDEST_FIRST).pays]
        [('2026-1', '36.00 EUR'), ('2026-2', '14.00 EUR')]
        """
        check("received", received, Received)
        check("rule", rule, SharingRule)
        check("with_contested", with_contested, bool)
        check_currency(received, self.currency)
        if rule is SharingRule.AS_NAMED:
            return received
        if received.pays:
            problem = "the payer said what is paid: share it as named, or leave it out"
            raise InvalidValueError("received", tuple([each.of for each in received.pays]), problem)
        known = self._index.by_key.get(received.key)
        if isinstance(known, Received) and attrs.evolve(known, pays=(), recorded_on=received.recorded_on) == received:
            return attrs.evolve(known, recorded_on=received.recorded_on)
        self._check_since("received", received.on)
        items = payable_items(self._index, received, self.position(received.on).items)
        shared = share_payment(items, received.amount, rule, with_contested=with_contested)
        return attrs.evolve(received, pays=shared.portions)

    def uses_for(self, amount: Money, day: date) -> tuple[tuple[str, Money], ...]:
        """Return what pays an amount on a day: credit before money, the oldest first, ties by reference.

        It takes of what is unapplied at the end of the day, less what later entries use of it or take back: that is a
        proposal for new entries, no answer about the past, and they must be possible beside the later ones.

        Args:
            amount: what is to be paid, 0 or more; where there is less, all of it is used.
            day: the day of the invoice.

        Returns:
            The reference of each credit note and payment, with what is used of it: what an `Applied` entry says.

        Raises:
            InvalidTypeError: an argument of another type.
            CurrencyMismatchError: an amount in another currency.
            InvalidValueError: an amount below 0, a day before the ledger.

        >>> from billingcore.ledger import Credited
        >>> ledger = Ledger.opened("EUR", date(2026, 1, 1)).with_entries(
        ...     Credited("CN-1", date(2026, 2, 1), Money.of("5.00", "EUR")),
        ...     Received("wire-1", date(2026, 1, 20), Money.of("30.00", "EUR")),
        ... )
        >>> [(reference, str(used)) for reference, used in ledger.uses_for(Money.of("12.00", "EUR"), date(2026, 2, 28))]
        [('CN-1', '5.00 EUR'), ('wire-1', '7.00 EUR')]
        """
        self._check_since("day", day)
        if check_money("amount", amount, self.currency).amount_minor < 0:
            raise InvalidValueError("amount", amount, "what is to be paid is 0 or more")
        if not (self.entries or self.carried):  # most new accounts have nothing
            return ()
        uses = uses_of(self._index, day, self.position(day).unapplied, amount.amount_minor)
        return tuple([(reference, Money(minor, self.currency)) for reference, minor in uses])

    def refundable_on(self, day: date) -> Money:
        """Return the most that may be paid back on a day: money that came is never given twice.

        It is what was received or brought forward, less what was paid back or taken back, plus what was reinstated, at
        the end of the day. Of later days the least counts, as this is asked for a new entry, not about the past: a refund
        must be possible beside what came later. What the customer owes is not taken off.

        Args:
            day: the day of the refund.

        Raises:
            InvalidTypeError: an argument of another type.
            InvalidValueError: a day before the ledger.

        >>> ledger = Ledger.opened("EUR", date(2026, 1, 1)).with_entries(
        ...     Received("wire-1", date(2026, 1, 20), Money.of("30.00", "EUR")),
        ... )
        >>> print(ledger.refundable_on(date(2026, 1, 19)), ledger.refundable_on(date(2026, 1, 20)))
        0.00 EUR 30.00 EUR
        """
        self._check_since("day", day)
        return Money(refundable_minor(self._index, day), self.currency)

    def has_document(self, number: str) -> bool:
        """Say whether an invoice or a credit note of a number is on record, one that was settled and closed too.

        Args:
            number: of the document.

        Raises:
            InvalidTypeError: not a str.
            InvalidValueError: not 1 to 60 printable characters.

        >>> Ledger.opened("EUR", date(2026, 1, 1)).has_document("2026-1")
        False
        """
        return self._index.has_document(check_reference("number", number))

    def _booked(self, day: date, known_on: date | None) -> Book:
        return replayed(self.currency, self.carried, self._until(day, known_on), self.closed)

    def _check_since(self, name: str, day: date) -> None:
        if check_date(name, day) < self.since:
            raise InvalidValueError(name, day, f"the ledger starts on {self.since}; ask for that day or a later one")

    def _until(self, day: date, known_on: date | None) -> Sequence[Entry]:
        """Return the entries that count on a day, as they were known on another."""
        self._check_since("day", day)
        entries = self.entries[: bisect_right(self.entries, day, key=_ON)]
        if known_on is None:
            return entries
        if check_date("known_on", known_on) < self.since:
            problem = f"what was known before {self.since} is not on record; ask for that day or a later one"
            raise InvalidValueError("known_on", known_on, problem)
        return [each for each in entries if each.known_on <= known_on]


_PUT: Final = setters(Ledger)
