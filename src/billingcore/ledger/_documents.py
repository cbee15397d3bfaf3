"""Entries of documents: invoices, credit notes, and what is contested of them."""

from datetime import date
from typing import ClassVar

import attrs

from billingcore._checks import check, check_date, check_tuple
from billingcore.errors import InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger._base import BaseEntry, check_above, check_reference
from billingcore.money import Money, total
from billingcore.money._amounts import check_money


@attrs.frozen
class Instalment:
    """A part of an invoice with a due day of its own.

    Args:
        due_on: the last day on which paying it is in time.
        amount: the part, 0 or more.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an amount below 0.

    >>> print(Instalment(date(2026, 4, 1), Money.of("30.00", "EUR")).amount)
    30.00 EUR
    """

    due_on: date
    amount: Money

    def __attrs_post_init__(self) -> None:
        check_date("due_on", self.due_on)
        check_above("amount", self.amount, least=0)


@attrs.frozen
class Issued(BaseEntry):
    """An invoice was issued: its whole amount is open from that day on.

    Args:
        reference: its number.
        on: its day of issue.
        amount: what the customer owes for it: its total, 0 or more. What was spent on it at once is an `Applied` entry.
        due: the last day on which paying is in time, or its instalments, which add up to the amount; a day before the
            issue is allowed. None: due on the day of issue. However it is written, one meaning is one value: instalments
            stand by due day, then by amount; a single one is its day, and the day of issue is None.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an amount below 0, no instalment, instalments that do not add up to the amount.
        CurrencyMismatchError: an instalment in another currency.

    >>> entry = Issued("2026-1", date(2026, 1, 31), Money.of("36.00", "EUR"), date(2026, 2, 14))
    >>> entry.instalments[0].due_on
    datetime.date(2026, 2, 14)
    """

    kind: ClassVar[str] = "issued"
    rank: ClassVar[int] = 0
    sign: ClassVar[int] = 1

    amount: Money
    due: date | tuple[Instalment, ...] | None = None

    def _check(self) -> None:
        check_above("amount", self.amount, least=0)
        if isinstance(self.due, tuple):
            check_tuple("due", self.due, Instalment)
            parts = tuple(sorted(self.due, key=lambda each: (each.due_on, each.amount.amount_minor)))
            if not parts or total((each.amount for each in parts), self.amount.currency) != self.amount:
                raise InvalidValueError("due", self.due, f"the instalments add up to the {self.amount} of the invoice")
            object.__setattr__(self, "due", parts[0].due_on if len(parts) == 1 else parts)
        elif self.due is not None:
            check("due", self.due, date, words="a date, a tuple of Instalment values, or None")
        if self.due == self.on:
            object.__setattr__(self, "due", None)

    @classmethod
    def of(cls, invoice: Invoice, due: date | tuple[Instalment, ...] | None = None) -> "Issued":
        """Return the entry of a document: its number, its day and its total.

        Args:
            invoice: the document.
            due: as in the entry.

        Raises:
            InvalidTypeError: an argument of another type.
        """
        check("invoice", invoice, Invoice)
        return cls(invoice.number, invoice.issued_on, invoice.total, due)

    @property
    def instalments(self) -> tuple[Instalment, ...]:
        """Its parts, earliest due first; one where nothing else is said."""
        if isinstance(self.due, tuple):
            return self.due
        return (Instalment(self.due or self.on, self.amount),)

    @property
    def invoices(self) -> tuple[str, ...]:
        return (self.reference,)


@attrs.frozen
class FoldedInvoice:
    """An invoice that was settled and closed: nothing is open of it, and a credit note may still name it.

    Args:
        entry: how it was issued.
        credited: what its credit notes came to.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: two currencies.
    """

    entry: Issued
    credited: Money

    def __attrs_post_init__(self) -> None:
        check("entry", self.entry, Issued)
        check_money("credited", self.credited, self.entry.amount.currency)


@attrs.frozen
class Credited(BaseEntry):
    """A credit note was issued. One that names an invoice lowers it at once, as far as it is open; the rest is credit.

    Args:
        reference: its number.
        on: its day of issue.
        amount: what it gives, gross, 0 or more.
        of: the invoice that it credits, or None; the credit notes of an invoice never exceed it.
        apart: it stands for itself, and lowers its invoice only by an `Applied` entry.
        due_on: the day by which it is aged where credit is aged; None for its day of issue.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an amount below 0.

    >>> Credited("CN-1", date(2026, 2, 10), Money.of("12.00", "EUR"), "2026-1").describe()
    'credited CN-1 of 2026-1'
    """

    kind: ClassVar[str] = "credited"
    rank: ClassVar[int] = 1
    sign: ClassVar[int] = -1

    amount: Money
    of: str | None = None
    apart: bool = False
    due_on: date | None = None

    def _check(self) -> None:
        check_above("amount", self.amount, least=0)
        if self.of is not None:
            check_reference("of", self.of)
        check("apart", self.apart, bool)
        check("due_on", self.due_on, date, None)
        if self.due_on == self.on:  # one way to say it
            object.__setattr__(self, "due_on", None)

    @classmethod
    def of_note(cls, note: CreditNote, *, apart: bool = False) -> "Credited":
        """Return the entry of a document: its number, its day, its total and its invoice.

        Args:
            note: the document.
            apart: as in the entry.

        Raises:
            InvalidTypeError: an argument of another type.
        """
        check("note", note, CreditNote)
        return cls(note.number, note.issued_on, note.total, note.invoice_number, apart)

    @property
    def about(self) -> tuple[str, ...]:
        return () if self.of is None else (self.of,)

    @property
    def key(self) -> tuple[str, ...]:
        return (self.kind, self.reference)

    @property
    def invoices(self) -> tuple[str, ...]:
        return self.about

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.reference,)


@attrs.frozen
class Contested(BaseEntry):
    """The customer disputes an invoice: what is contested of it is open, and never dunned.

    Args:
        reference: what identifies the dispute.
        on: the day on which it was raised.
        of: the invoice.
        amount: what is contested, above 0; None for the whole invoice.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing contested.

    >>> Contested("d-1", date(2026, 3, 5), "2026-1").amount is None
    True
    """

    kind: ClassVar[str] = "contested"
    rank: ClassVar[int] = 11

    of: str
    amount: Money | None = None

    def _check(self) -> None:
        check_reference("of", self.of)
        if self.amount is not None:
            check_above("amount", self.amount)

    @property
    def about(self) -> tuple[str, ...]:
        return (self.of,)

    @property
    def invoices(self) -> tuple[str, ...]:
        return self.about


@attrs.frozen
class Resolved(BaseEntry):
    """A dispute is over, whoever won: what it gave back is a credit note.

    Args:
        reference: that of the `Contested` entry that it ends.
        on: its day.
        of: the invoice.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty reference.

    >>> Resolved("d-1", date(2026, 3, 20), "2026-1").describe()
    'resolved d-1 of 2026-1'
    """

    kind: ClassVar[str] = "resolved"
    rank: ClassVar[int] = 12

    of: str

    def _check(self) -> None:
        check_reference("of", self.of)

    @property
    def about(self) -> tuple[str, ...]:
        return (self.of,)

    @property
    def invoices(self) -> tuple[str, ...]:
        return self.about
