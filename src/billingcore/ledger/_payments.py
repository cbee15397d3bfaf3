"""Entries of money: under way, received, failed, paid back, taken back."""

from collections.abc import Iterable, Mapping
from datetime import date  # noqa: F401 - the examples need it
from typing import ClassVar, Final, cast

import attrs

from billingcore._checks import check, collected, mapped
from billingcore._choices import Choice
from billingcore.errors import InvalidValueError
from billingcore.ledger._base import BaseEntry, check_above, check_reference
from billingcore.money import Money, total


class Decline(Choice):
    """Why a try to collect failed: what the answer of the bank or the card scheme lets one expect."""

    SOFT = "soft"
    """It may succeed later: no funds, an issuer that did not answer."""
    HARD = "hard"
    """It will not succeed with this method: a closed account, a stolen card."""
    ACTION_NEEDED = "action_needed"
    """It waits for the customer: the bank asks to confirm."""
    UNKNOWN = "unknown"
    """The answer says nothing that is known."""


@attrs.frozen
class Portion:
    """What a payment pays: an invoice, and how much of it.

    Args:
        of: the number of the invoice.
        amount: above 0; None for as much as is open of it then.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty number, an amount that is not above 0.

    >>> Portion("2026-1").amount is None
    True
    """

    of: str
    amount: Money | None = None

    def __attrs_post_init__(self) -> None:
        check_reference("of", self.of)
        if self.amount is not None:
            check_above("amount", self.amount)


Pays = str | Mapping[str, Money] | Iterable[str | Portion]
"""An invoice, several in the order in which they are paid, or for each the amount that it gets."""

_PAYS: Final = "the number of an invoice, several of them, or a mapping from numbers to amounts"


def portions_of(name: str, pays: Pays) -> tuple[Portion, ...]:
    """Return what is paid as portions, whatever form it was written in."""
    if isinstance(pays, str):
        return (Portion(pays),)
    if isinstance(pays, Mapping):
        amounts = mapped(name, cast("Mapping[str, Money]", pays), _PAYS)
        return tuple([Portion(of, amount) for of, amount in amounts.items()])
    names = collected(name, pays, str, Portion, words=_PAYS)
    return tuple([each if isinstance(each, Portion) else Portion(each) for each in names])


def _portions(pays: Pays) -> tuple[Portion, ...]:
    """Return what is paid in one way to say it: what has an amount, whose order means nothing, first and by reference."""
    portions = portions_of("pays", pays)
    stated = sorted([each for each in portions if each.amount is not None], key=lambda each: each.of)
    return (*stated, *[each for each in portions if each.amount is None])


@attrs.frozen
class _Paying(BaseEntry):
    """What a payment has, whether it is under way or there."""

    amount: Money
    pays: tuple[Portion, ...] = attrs.field(default=(), converter=_portions)

    def _check(self) -> None:
        check_above("amount", self.amount)
        named = [each.of for each in self.pays]
        if len(set(named)) != len(named):
            raise InvalidValueError("pays", tuple(named), "an invoice is named twice; give its amounts as one")
        stated = total((each.amount for each in self.pays if each.amount is not None), self.amount.currency)
        if stated > self.amount:
            raise InvalidValueError("pays", stated, f"more is shared out than the {self.amount} of the payment")

    @property
    def amounts(self) -> tuple[Money, ...]:
        return (self.amount, *[each.amount for each in self.pays if each.amount is not None])

    @property
    def invoices(self) -> tuple[str, ...]:
        return tuple([each.of for each in self.pays])

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.reference,)

    @property
    def key(self) -> tuple[str, ...]:
        return (self.kind, self.reference)


@attrs.frozen
class Started(_Paying):
    """Money is under way, by direct debit or ACH; nothing is paid yet.

    It is over when a `Received` or `Failed` entry with the same reference says how it went.

    Args:
        reference: what identifies the payment.
        on: the day on which it was started.
        amount: above 0.
        pays: the invoices that it is for.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing paid, an invoice twice, more shared out than paid.
        CurrencyMismatchError: two currencies.

    >>> Started("dd-1", date(2026, 2, 1), Money.of("36.00", "EUR"), "2026-1").signed_minor
    0
    """

    kind: ClassVar[str] = "started"
    rank: ClassVar[int] = 3


@attrs.frozen
class Received(_Paying):
    """Money was received. What no invoice takes of it stays unapplied: it belongs to the customer.

    Args:
        reference: what identifies the payment; one that is delivered again counts once.
        on: the day of the money.
        amount: above 0.
        pays: the invoice that it pays, several in their order, or for each how much it gets. An invoice without an
            amount takes what is open of it then; one with an amount must have as much open. Those with an amount stand
            first, by reference, in whatever order they are given.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing paid, an invoice twice, more shared out than paid.
        CurrencyMismatchError: two currencies.

    >>> Received("card-1", date(2026, 1, 31), Money.of("36.00", "EUR"), pays="2026-1").pays
    (Portion(of='2026-1', amount=None),)
    """

    kind: ClassVar[str] = "received"
    rank: ClassVar[int] = 2
    sign: ClassVar[int] = -1


@attrs.frozen
class Failed(BaseEntry):
    """A try to collect did not succeed: it moves no money, and starts the course of dunning.

    Args:
        reference: what identifies the try; that of the `Started` entry that it ends, if there is one.
        on: the day of the answer.
        of: the invoice that it was for.
        decline: what the answer lets one expect.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty reference.

    >>> Failed("try-1", date(2026, 4, 10), "2026-3", Decline.SOFT).describe()
    'failed try-1 of 2026-3'
    """

    kind: ClassVar[str] = "failed"
    rank: ClassVar[int] = 4

    of: str
    decline: Decline = Decline.UNKNOWN

    def _check(self) -> None:
        check_reference("of", self.of)
        check("decline", self.decline, Decline)

    @property
    def about(self) -> tuple[str, ...]:
        return (self.of,)

    @property
    def invoices(self) -> tuple[str, ...]:
        return self.about

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.reference,)


@attrs.frozen
class Refunded(BaseEntry):
    """Money was paid back: of what is unapplied, or of a use, which makes its invoice open again.

    Args:
        reference: what identifies the refund.
        on: its day.
        amount: above 0. All refunds together never exceed what was received.
        of: the payment or the credit note that is paid back.
        reopens: the invoice of which it takes the payment back, or None: it takes what is unapplied.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing refunded.

    >>> Refunded("r-1", date(2026, 3, 2), Money.of("5.00", "EUR"), "card-1", "2026-1").describe()
    'refunded r-1 of card-1 and 2026-1'
    """

    kind: ClassVar[str] = "refunded"
    rank: ClassVar[int] = 7
    sign: ClassVar[int] = 1

    amount: Money
    of: str
    reopens: str | None = None

    def _check(self) -> None:
        check_above("amount", self.amount)
        check_reference("of", self.of)
        if self.reopens is not None:
            check_reference("reopens", self.reopens)

    @property
    def about(self) -> tuple[str, ...]:
        return (self.of,) if self.reopens is None else (self.of, self.reopens)

    @property
    def invoices(self) -> tuple[str, ...]:
        return self.about[1:]

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.of,)


@attrs.frozen
class _OfPayment(BaseEntry):
    """What a bank or card scheme does with a payment."""

    amount: Money
    of: str

    def _check(self) -> None:
        check_above("amount", self.amount)
        check_reference("of", self.of)

    @property
    def about(self) -> tuple[str, ...]:
        return (self.of,)

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.of,)


@attrs.frozen
class Reversed(_OfPayment):
    """A payment was taken back by the bank or the card scheme: it bounced, or it was charged back.

    It takes what is unapplied of the payment, then its uses, from the invoice that took of it last to the first: they
    are open again. A fee of the bank is no part of it; where the customer bears one, a document charges it.

    Args:
        reference: what identifies the reversal.
        on: its day.
        amount: above 0, at most what was received and neither paid back nor kept. What the bank took beyond that is a claim
            against the customer: a document charges it.
        of: the payment.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing reversed.

    >>> Reversed("cb-1", date(2026, 4, 1), Money.of("36.00", "EUR"), "card-1").signed_minor
    3600
    """

    kind: ClassVar[str] = "reversed"
    rank: ClassVar[int] = 8
    sign: ClassVar[int] = 1


@attrs.frozen
class Reinstated(_OfPayment):
    """A reversal fell away, as a chargeback was won: the payment pays again what it had paid, as far as that is open.

    That is also what it would have paid had it not been reversed on that very day.
    One that falls away in part leaves what a smaller reversal would have left: the uses that it opened last come back first.

    Args:
        reference: what identifies it.
        on: its day.
        amount: above 0, at most what was reversed of the payment.
        of: the payment.
        recorded_on: the day on which this became known, where that is later.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing reinstated.

    >>> Reinstated("cb-1-won", date(2026, 5, 1), Money.of("36.00", "EUR"), "card-1").signed_minor
    -3600
    """

    kind: ClassVar[str] = "reinstated"
    rank: ClassVar[int] = 9
    sign: ClassVar[int] = -1


MOVES_MONEY: Final = (Received, Refunded, Reversed, Reinstated)
"""What brings money in, or takes it out again."""
