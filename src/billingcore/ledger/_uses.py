"""Entries that move no money: uses of credit and money, what is written off, promised or agreed."""

from datetime import date
from typing import ClassVar

import attrs

from billingcore._checks import check, check_date
from billingcore.errors import InvalidValueError
from billingcore.ledger._base import BaseEntry, check_above, check_reference
from billingcore.money import Money
from billingcore.money._amounts import check_money


@attrs.frozen
class _Use(BaseEntry):
    """The use of a credit or a payment for an invoice, made or taken back."""

    amount: Money
    source: str
    to: str

    def _check(self) -> None:
        check_above("amount", self.amount)
        check_reference("source", self.source)
        check_reference("to", self.to)

    @property
    def about(self) -> tuple[str, ...]:
        return (self.source, self.to)

    @property
    def invoices(self) -> tuple[str, ...]:
        return (self.to,)

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.source,)


@attrs.frozen
class Applied(_Use):
    """Credit or money that no invoice had used was used for one.

    Args:
        reference: what identifies the use.
        on: its day.
        amount: above 0, at most what is unapplied and what is open.
        source: the credit note or the payment.
        to: the invoice.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing used.

    >>> Applied("a-1", date(2026, 3, 1), Money.of("5.00", "EUR"), "CN-1", "2026-2").describe()
    'applied a-1 of CN-1 and 2026-2'
    """

    kind: ClassVar[str] = "applied"
    rank: ClassVar[int] = 5


@attrs.frozen
class Released(_Use):
    """A use was taken back, as it was for the wrong invoice: invoice and source are open again.

    Args:
        reference: what identifies the release.
        on: its day.
        amount: above 0, at most what that source pays of that invoice.
        source: the credit note or the payment.
        to: the invoice.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing released.

    >>> Released("u-1", date(2026, 3, 2), Money.of("5.00", "EUR"), "CN-1", "2026-2").signed_minor
    0
    """

    kind: ClassVar[str] = "released"
    rank: ClassVar[int] = 6


@attrs.frozen
class WrittenOff(BaseEntry):
    """What will not be collected of an invoice was given up; or what is over of a payment or credit note was kept.

    Args:
        reference: what identifies it.
        on: its day.
        amount: above 0, at most what is open of the invoice, or unapplied of the payment or credit note.
        of: the invoice; with ``over`` the payment or the credit note.
        over: whether it is money or credit over that is kept.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing written off.

    >>> WrittenOff("w-1", date(2026, 6, 1), Money.of("0.02", "EUR"), "2026-1").signed_minor
    -2
    """

    kind: ClassVar[str] = "written off"
    rank: ClassVar[int] = 10

    amount: Money
    of: str
    over: bool = False

    def _check(self) -> None:
        check_above("amount", self.amount)
        check_reference("of", self.of)
        check("over", self.over, bool)

    @property
    def about(self) -> tuple[str, ...]:
        return (self.of,)

    @property
    def invoices(self) -> tuple[str, ...]:
        return () if self.over else (self.of,)

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.of,) if self.over else ()

    @property
    def signed_minor(self) -> int:
        return self.amount.amount_minor if self.over else -self.amount.amount_minor


@attrs.frozen
class Promised(BaseEntry):
    """The customer promised to pay by a day.

    Args:
        reference: what identifies the promise.
        on: the day on which it was given.
        amount: what was promised, above 0.
        until_on: the last day on which it is kept; not before it was given.
        of: the invoice, or None for whatever is open.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing promised, a day before the promise.

    >>> Promised("p-1", date(2026, 3, 1), Money.of("36.00", "EUR"), date(2026, 3, 15)).signed_minor
    0
    """

    kind: ClassVar[str] = "promised"
    rank: ClassVar[int] = 13

    amount: Money
    until_on: date
    of: str | None = None

    def _check(self) -> None:
        check_above("amount", self.amount)
        if check_date("until_on", self.until_on) < self.on:
            raise InvalidValueError("until_on", self.until_on, f"the promise was given on {self.on}")
        if self.of is not None:
            check_reference("of", self.of)

    @property
    def about(self) -> tuple[str, ...]:
        return () if self.of is None else (self.of,)

    @property
    def invoices(self) -> tuple[str, ...]:
        return self.about


@attrs.frozen
class Agreed(BaseEntry):
    """The balance at the end of a day was agreed with the customer; an entry that would contradict it is refused.

    It is the balance as it was known on the day on which the agreement was recorded. What becomes known later is held
    against the newest agreement of the day (by the day of its record, then by reference): an entry that comes late is
    handed in together with a new agreement, which says the new balance; the older one stays on record.

    Args:
        reference: what identifies the agreement.
        on: the day; everything of that day counts.
        balance: what the customer owes; below 0 what it has.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.

    >>> Agreed("confirmation 2026", date(2026, 12, 31), Money.of("0.00", "EUR")).signed_minor
    0
    """

    kind: ClassVar[str] = "agreed"
    rank: ClassVar[int] = 14

    balance: Money

    def _check(self) -> None:
        check_money("balance", self.balance)

    @property
    def amounts(self) -> tuple[Money, ...]:
        return (self.balance,)
