"""What a quote holds: a document, the next state of the subscription, and what becomes of credit."""

from datetime import date
from typing import ClassVar, NoReturn, Self

import attrs

from billingcore._checks import check, check_date
from billingcore._choices import Choice
from billingcore._invoices.lines import check_line
from billingcore._tax.rulings import check_ruling
from billingcore.errors import CurrencyMismatchError, InvalidValueError, RefusedError
from billingcore.invoices import CreditNote, Invoice, Line
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.parties import Buyer, Seller
from billingcore.subscriptions import Active, Cancelled
from billingcore.tax import Ruling, TaxFacts, decide_tax


@attrs.frozen
class Account:
    """Who sells to whom, and the credit that the buyer has: what every quote needs to know.

    Args:
        seller: who sells.
        buyer: who buys.
        balance: the buyer's gross credit, or None; it is spent after tax and never taxed again.
        facts: tax facts of the caller's, or None for the library's own.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a negative balance.
    """

    _wanted: ClassVar[str] = "an Account: seller, buyer and balance"

    seller: Seller
    buyer: Buyer
    balance: Money | None = None
    facts: TaxFacts | None = None

    def __attrs_post_init__(self) -> None:
        check("seller", self.seller, Seller)
        check("buyer", self.buyer, Buyer)
        if self.balance is not None and check_money("balance", self.balance).amount_minor < 0:
            raise InvalidValueError(
                "balance", self.balance, "a balance is 0 or more; what the buyer owes is an invoice"
            )
        check("facts", self.facts, TaxFacts, None)

    def decide(self, tax_point: date) -> Ruling:
        """Return the tax decision for a sale on a day."""
        return decide_tax(self.seller, self.buyer, tax_point, self.facts)


class _Granted:
    """What every answer is but a refusal."""

    __slots__ = ()

    def granted(self) -> Self:
        """Return the answer itself; a `Refused` raises `RefusedError` instead.

        For code that goes on with what was quoted: ``quote_start(…).granted().subscription``.
        """
        return self


def _check_balance(
    document: Invoice | CreditNote | None, currency: str, before: Money, left: Money, refund: Money | None
) -> None:
    """Refuse a balance that does not follow from the document: an invoice spends of it, a credit note adds to it.

    What is paid out of a credit note does not stay: before - applied = left for an invoice, before + note = left + paid
    out for a note, before = left without a document.

    Raises:
        InvalidTypeError: not Money.
        CurrencyMismatchError: another currency than the subscription's.
        InvalidValueError: a negative amount, one that does not follow from the others.
    """
    if document is not None and document.currency != currency:
        raise CurrencyMismatchError(currency, document.currency)
    paid_out = 0 if refund is None else _minor_of("refund", refund, currency)
    had, has = _minor_of("balance_before", before, currency), _minor_of("credit_left", left, currency)
    moved = 0
    if isinstance(document, CreditNote):
        moved = document.total.amount_minor
    elif document is not None and document.credit_applied is not None:
        moved = -document.credit_applied.amount_minor
    if paid_out > max(moved, 0):  # an invoice pays nothing out
        most = Money(max(moved, 0), currency)
        raise InvalidValueError("refund", refund, f"the document gives {most} back; no more can be paid out")
    if has + paid_out != had + moved:
        due = Money(max(had + moved - paid_out, 0), currency)
        raise InvalidValueError("credit_left", left, f"it follows from the document: {due} is left")


def _check_apart(document: Invoice | CreditNote, note: CreditNote, currency: str, refund: Money | None) -> None:
    """Refuse a credit note that does not belong to the invoice beside it, or is not paid out."""
    if note.currency != currency:
        raise CurrencyMismatchError(currency, note.currency)
    same = (note.issued_on, note.seller, note.buyer) == (document.issued_on, document.seller, document.buyer)
    if not same or not isinstance(document, Invoice):
        problem = "it stands beside an invoice of the same day, seller and buyer"
        raise InvalidValueError("credit_note", note.number, problem)
    if refund != note.total:
        raise InvalidValueError("refund", refund, f"a credit apart is paid out: {note.total}")


def _minor_of(name: str, amount: Money, currency: str) -> int:
    if check_money(name, amount, currency).amount_minor < 0:
        raise InvalidValueError(name, amount, "a balance, and what is paid out, is 0 or more")
    return amount.amount_minor


@attrs.frozen
class Quote(_Granted):
    """The full consequence of a change, before it is made.

    The credit follows from the document: ``credit_left = balance_before - credit_applied`` after an invoice, and
    ``credit_left + refund = balance_before + document.total`` after a credit note.

    Args:
        document: the invoice, or the credit note where the credit exceeds the charge.
        subscription: the subscription after it.
        balance_before: the buyer's credit before.
        credit_left: the buyer's credit after; carried to the next document.
        refund: what of a credit note is paid out instead, or None.
        credit_note: the credit as a document of its own, where charge and credit are settled apart; it is paid out.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: amounts in another currency than the subscription's.
        InvalidValueError: a credit or a refund that does not follow from the document; a credit note of its own that
            does not belong to the invoice beside it.
    """

    document: Invoice | CreditNote
    subscription: Active
    balance_before: Money
    credit_left: Money
    refund: Money | None = None
    credit_note: CreditNote | None = None

    def __attrs_post_init__(self) -> None:
        check("document", self.document, Invoice, CreditNote)
        check("credit_note", self.credit_note, CreditNote, None)
        currency = check("subscription", self.subscription, Active).plan.currency
        refund = self.refund
        if self.credit_note is not None:
            _check_apart(self.document, self.credit_note, currency, refund)
            refund = None
        _check_balance(self.document, currency, self.balance_before, self.credit_left, refund)

    @property
    def due_now(self) -> Money:
        """What must be paid now; nothing for a credit note."""
        return self.document.due if isinstance(self.document, Invoice) else Money.zero(self.document.currency)

    @property
    def credit_applied(self) -> Money:
        """What of the balance the invoice consumed."""
        spent = self.document.credit_applied if isinstance(self.document, Invoice) else None
        return spent or Money.zero(self.document.currency)

    @property
    def next_bill_on(self) -> date | None:
        """The next renewal date, or None where the subscription will not renew."""
        return self.subscription.renewal_on

    def explain(self) -> str:
        """Return the document and what follows from it, as plain lines."""
        lines = [self.document.explain()]
        if self.credit_note is not None:
            lines.append(self.credit_note.explain())
        if self.balance_before or self.credit_left:
            lines.append(f"  credit before {self.balance_before}, left {self.credit_left}")
        if self.refund:
            lines.append(f"  paid out {self.refund}")
        lines.append(f"  next bill on {self.next_bill_on}" if self.next_bill_on else "  does not renew")
        return "\n".join(lines)


class RefusedReason(Choice):
    """Why no quote is possible."""

    TAX_UNDETERMINED = "tax_undetermined"
    """The tax is not known, so no document may be made; the ruling says what is missing."""


@attrs.frozen
class Refused:
    """No quote: a document must not be made, and why. It is an answer, not an error.

    Args:
        reason: the reason code.
        ruling: the decision that stands in the way.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a decision under which a document can be made.
    """

    reason: RefusedReason
    ruling: Ruling

    def __attrs_post_init__(self) -> None:
        check("reason", self.reason, RefusedReason)
        if check_ruling("ruling", self.ruling).is_settled:
            raise InvalidValueError("ruling", self.ruling.describe(), "it is settled; make the document")

    def granted(self) -> NoReturn:
        """Raise a `RefusedError` that keeps this answer: nothing was granted.

        Raises:
            RefusedError: always.
        """
        raise RefusedError(self)

    def explain(self) -> str:
        """Return the reason in words, and what to do."""
        remedy = "complete the address, or give the account facts or an override of your own"
        return f"no document: tax is {self.ruling.describe()}; {remedy}"


@attrs.frozen
class Gathered(_Granted):
    """A change that is made, and whose lines wait for the next regular invoice, or for what comes before it.

    Args:
        lines: what stands on the next invoice; keep them, the subscription knows only that they wait.
        subscription: the subscription after the change.

    Raises:
        InvalidTypeError: a field of another type.
    """

    lines: tuple[Line, ...]
    subscription: Active

    def __attrs_post_init__(self) -> None:
        check("lines", self.lines, tuple, words="a tuple of lines")
        for line in self.lines:
            check_line(line)
        check("subscription", self.subscription, Active)

    def explain(self) -> str:
        """Return the lines and when they are billed."""
        lines = [text for line in self.lines for text in line.explain().split("\n")]
        return "\n".join([*lines, f"billed on the invoice of {self.subscription.paid_until}"])


@attrs.frozen
class Scheduled(_Granted):
    """A change that waits for the end of the running period.

    Args:
        effective_on: the first day of the new plan: the next renewal date.
        subscription: the subscription as it stands now; its next renewal sells the new plan.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: another day than the end of what is paid.
    """

    effective_on: date
    subscription: Active

    def __attrs_post_init__(self) -> None:
        check_date("effective_on", self.effective_on)
        ends_on = check("subscription", self.subscription, Active).paid_until
        if self.effective_on != ends_on:
            raise InvalidValueError("effective_on", self.effective_on, f"the running period ends on {ends_on}")

    def explain(self) -> str:
        """Return the change in words."""
        return f"{self.subscription.plan.name} × {self.subscription.quantity} from {self.effective_on}; nothing is billed now"


@attrs.frozen
class CancellationQuote(_Granted):
    """The end of a subscription: what is given back, and where it goes.

    The credit follows from the document, as in a `Quote`; without a document nothing moves.

    Args:
        document: the credit note; an invoice where lines that waited come to more than the credit; None where nothing is
            given back or billed.
        subscription: the ended subscription.
        balance_before: the buyer's credit before.
        credit_left: the buyer's credit after.
        refund: what is paid out.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: amounts in another currency than the subscription's.
        InvalidValueError: a credit or a refund that does not follow from the document; a credit note of its own that
            does not belong to the invoice beside it.
    """

    document: CreditNote | Invoice | None
    subscription: Cancelled
    balance_before: Money
    credit_left: Money
    refund: Money

    def __attrs_post_init__(self) -> None:
        check("document", self.document, CreditNote, Invoice, None)
        currency = check("subscription", self.subscription, Cancelled).subscription.plan.currency
        check("refund", self.refund, Money)
        _check_balance(self.document, currency, self.balance_before, self.credit_left, self.refund)

    @property
    def due_now(self) -> Money:
        """What must be paid now; nothing unless lines that waited come to more than the credit."""
        return self.document.due if isinstance(self.document, Invoice) else Money.zero(self.refund.currency)

    def explain(self) -> str:
        """Return the document, and what becomes of it."""
        lines = [self.document.explain()] if self.document is not None else ["nothing is given back"]
        lines.append(f"  credit before {self.balance_before}, left {self.credit_left}; paid out {self.refund}")
        return "\n".join([*lines, f"  no service from {self.subscription.ended_on}"])
