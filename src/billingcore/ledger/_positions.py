"""What a ledger comes to on a day: open per invoice and instalment, unapplied, balance, overdue."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_fields, check_tuple
from billingcore.errors import InvalidValueError
from billingcore.ledger._base import check_above, check_reference
from billingcore.ledger._book import Book, BookedInvoice, BookedSource
from billingcore.ledger._payments import Received, Started
from billingcore.ledger._uses import Promised
from billingcore.money import Money, total
from billingcore.money._amounts import check_money

_MOST_ROWS: Final = 20
"""Rows that an explanation shows; it says how many more there are."""


def capped(rows: Iterable[str], most: int = _MOST_ROWS) -> list[str]:
    """Return the rows of an explanation, and after many of them only how many more there are.

    >>> capped(["a", "b", "c"], 2)
    ['a', 'b', '… and 1 more']
    """
    rows = list(rows)
    return rows if len(rows) <= most else [*rows[:most], f"… and {len(rows) - most} more"]


@attrs.frozen
class OpenItem:
    """What is open of an invoice, or of one of its instalments; also a plain row that nobody has a document of.

    Args:
        reference: the number of the invoice, or the key of the row.
        amount: what is open; below 0 what the customer has.
        due_on: the last day on which paying is in time.
        issued_on: the day of issue, or None where it is not known.
        contested: what of the amount is contested, or None.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: more contested than open.
        CurrencyMismatchError: two currencies.

    >>> OpenItem("2026-1", Money.of("36.00", "EUR"), date(2026, 2, 14)).days_late(date(2026, 2, 16))
    2
    """

    reference: str
    amount: Money
    due_on: date
    issued_on: date | None = None
    contested: Money | None = None

    def __attrs_post_init__(self) -> None:
        check_reference("reference", self.reference)
        check_money("amount", self.amount)
        check_date("due_on", self.due_on)
        check("issued_on", self.issued_on, date, None)
        if self.contested is not None:
            check_money("contested", self.contested, self.amount.currency)
            if not 0 <= self.contested.amount_minor <= max(self.amount.amount_minor, 0):
                raise InvalidValueError("contested", self.contested, f"between nothing and the {self.amount} open")

    def days_late(self, day: date) -> int:
        """Return how many days the due day is past on a day: 0 or less where paying is still in time."""
        return (check_date("day", day) - self.due_on).days


@attrs.frozen
class Application:
    """What of an invoice a credit note or a payment pays.

    Args:
        source: the credit note or the payment.
        on: its own day.
        amount: how much of it, above 0.
        is_credit: whether it is a credit note.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing used.
    """

    source: str
    on: date
    amount: Money
    is_credit: bool

    def __attrs_post_init__(self) -> None:
        check_reference("source", self.source)
        check_date("on", self.on)
        check_above("amount", self.amount)
        check("is_credit", self.is_credit, bool)


@attrs.frozen
class InvoicePosition:
    """An invoice on a day: what is open of it, and what pays it.

    Args:
        number: its number.
        issued_on: its day of issue.
        amount: what was issued.
        items: what is open of each of its instalments, earliest due first; none of one that is paid.
        uses: what pays it.

    Raises:
        InvalidTypeError: a field of another type.
    """

    number: str
    issued_on: date
    amount: Money
    items: tuple[OpenItem, ...]
    uses: tuple[Application, ...]

    def __attrs_post_init__(self) -> None:
        check_reference("number", self.number)
        check_date("issued_on", self.issued_on)
        check_money("amount", self.amount)
        check_tuple("items", self.items, OpenItem)
        check_tuple("uses", self.uses, Application)

    @property
    def open(self) -> Money:
        """What is left to pay, contested or not."""
        return total((each.amount for each in self.items), self.amount.currency)

    @property
    def contested(self) -> Money:
        """What of it is contested."""
        return total((each.contested for each in self.items if each.contested is not None), self.amount.currency)

    @property
    def is_paid(self) -> bool:
        """Whether nothing is left to pay."""
        return not self.items


@attrs.frozen
class Unapplied:
    """A credit note or a payment of which something is used by no invoice yet.

    Args:
        reference: its number, or what identifies the payment.
        on: its day.
        amount: what is left of it, above 0.
        is_credit: whether it is a credit note.
        due_on: the day by which it is aged.
        overpaid: what of the amount was paid beyond what was open of the invoices that the payment named, or None. What
            was left for another reason (no invoice was named, a use was released) is not overpaid.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing left, more overpaid than is left, or of a credit note.
        CurrencyMismatchError: two currencies.
    """

    reference: str
    on: date
    amount: Money
    is_credit: bool
    due_on: date
    overpaid: Money | None = None

    def __attrs_post_init__(self) -> None:
        check_reference("reference", self.reference)
        check_above("amount", self.amount)
        check_fields(self, on=date, due_on=date, is_credit=bool)
        if self.overpaid is not None:
            check_money("overpaid", self.overpaid, self.amount.currency)
            most = self.amount * 0 if self.is_credit else self.amount
            if not 0 <= self.overpaid.amount_minor <= most.amount_minor:
                raise InvalidValueError("overpaid", self.overpaid, f"between nothing and the {most} of money left")


@attrs.frozen
class Position:
    """What a ledger comes to at the end of a day.

    ``balance = open - unapplied``, always.

    Args:
        day: the day; everything of it counts, nothing after it.
        known_on: what was recorded after this day does not count; None where everything counts.
        currency: of the ledger.
        invoices: every invoice issued by then, but for those that were settled and closed.
        unapplied: credit notes and payments that no invoice has used up: credit first, then money, oldest first.
        under_way: money that was started and has neither come nor failed.
        promises: what was promised and whose last day has not passed.

    Raises:
        InvalidTypeError: a field of another type.
    """

    day: date
    known_on: date | None
    currency: str
    invoices: tuple[InvoicePosition, ...]
    unapplied: tuple[Unapplied, ...]
    under_way: tuple[Started, ...] = ()
    promises: tuple[Promised, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_date("day", self.day)
        check("known_on", self.known_on, date, None)
        Money.zero(self.currency)  # refuses what is no currency
        check_tuple("invoices", self.invoices, InvoicePosition)
        check_tuple("unapplied", self.unapplied, Unapplied)
        check_tuple("under_way", self.under_way, Started)
        check_tuple("promises", self.promises, Promised)

    @property
    def items(self) -> tuple[OpenItem, ...]:
        """What is open, instalment by instalment, in the order of the invoices."""
        return tuple([item for invoice in self.invoices for item in invoice.items])

    @property
    def open(self) -> Money:
        """What is left to pay of all invoices, contested or not."""
        return self._sum(item.amount for item in self.items)

    @property
    def contested(self) -> Money:
        """What of it is contested."""
        return self._sum(item.contested for item in self.items if item.contested is not None)

    @property
    def credit(self) -> Money:
        """Credit that no invoice has used."""
        return self._sum(each.amount for each in self.unapplied if each.is_credit)

    @property
    def money(self) -> Money:
        """Money that no invoice has used."""
        return self._sum(each.amount for each in self.unapplied if not each.is_credit)

    @property
    def overpaid(self) -> Money:
        """Money that was received beyond what was open of the invoices that its payment named, as far as it is left."""
        return self._sum(each.overpaid for each in self.unapplied if each.overpaid is not None)

    @property
    def balance(self) -> Money:
        """What the customer owes, less what it has; below 0 it has more than it owes."""
        return self.open - self.credit - self.money

    @property
    def overdue(self) -> Money:
        """What is open past its due day, contested or not; what is due on the day itself is in time."""
        return self._sum(item.amount for item in self.items if item.due_on < self.day)

    def invoice(self, number: str) -> InvoicePosition:
        """Return an invoice.

        Raises:
            InvalidTypeError: not a str.
            InvalidValueError: none of that number was issued by then.
        """
        check_reference("number", number)
        for each in self.invoices:
            if each.number == number:
                return each
        raise InvalidValueError("number", number, f"no invoice of that number is on record on {self.day}")

    def _sum(self, amounts: Iterable[Money]) -> Money:
        return total(amounts, self.currency)

    def explain(self) -> str:
        """Return what is open, what is unapplied and the balance; of many rows the first ones."""
        known = "" if self.known_on is None else f", as known on {self.known_on}"
        contested = {item.reference for item in self.items if item.contested}
        items = [
            f"  {item.reference}: {item.amount} due {item.due_on}{', contested' if item.reference in contested else ''}"
            for item in self.items
        ]
        sources = [
            f"  {each.reference} of {each.on}: {each.amount} {'credit' if each.is_credit else 'money'}"
            for each in self.unapplied
        ]
        lines = [f"open on {self.day}{known}: {self.open}", *capped(items)]
        lines += [f"unapplied: {self.credit + self.money}", *capped(sources)] if sources else []
        return "\n".join([*lines, f"balance {self.balance}"])


def position_of(book: Book, day: date, known_on: date | None) -> Position:
    """Return what a pass over entries came to, as a value."""
    uses: dict[str, list[Application]] = {}
    unapplied = []
    for source in book.sources.values():
        entry = source.entry
        is_credit = not isinstance(entry, Received)
        for number, minor in source.uses.items():
            uses.setdefault(number, []).append(Application(entry.reference, entry.on, book.shown(minor), is_credit))
        if source.left:
            unapplied.append(_unapplied(source, book))
    unapplied.sort(key=lambda each: (not each.is_credit, each.on, each.reference))
    invoices = [
        InvoicePosition(number, each.entry.on, each.entry.amount, _items(each, book), tuple(uses.get(number, ())))
        for number, each in book.invoices.items()
    ]
    promises = [each for each in book.promises if each.until_on >= day]
    return Position(
        day, known_on, book.currency, tuple(invoices), tuple(unapplied), tuple(book.under_way.values()), tuple(promises)
    )


def _unapplied(source: BookedSource, book: Book) -> Unapplied:
    entry, left, over = source.entry, book.shown(source.left), min(source.over, source.left)
    if isinstance(entry, Received):
        stated = book.shown(over) if over else None
        return Unapplied(entry.reference, entry.on, left, is_credit=False, due_on=entry.on, overpaid=stated)
    return Unapplied(entry.reference, entry.on, left, is_credit=True, due_on=entry.due_on or entry.on)


def _items(invoice: BookedInvoice, book: Book) -> tuple[OpenItem, ...]:
    """Return what is open by instalment: what is paid pays those due first, what is contested is of those due last."""
    if not invoice.open:
        return ()
    entry = invoice.entry
    contested = min(sum(invoice.contested.values()), invoice.open)
    left, items = invoice.open, []
    for part in reversed(entry.instalments):  # what is open stands at the end, as what is due first is paid first
        minor = min(left, part.amount.amount_minor)
        left -= minor
        of_it = min(contested, minor)
        contested -= of_it
        if minor:
            stated = book.shown(of_it) if of_it else None
            items.append(OpenItem(entry.reference, book.shown(minor), part.due_on, entry.on, stated))
    return tuple(reversed(items))
