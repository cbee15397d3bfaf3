"""What a quote holds: a document, the next state of the subscription, and what both move in the ledger."""

from datetime import date
from typing import ClassVar, Final, NoReturn, Self

import attrs

from billingcore._checks import check, check_date, check_tuple
from billingcore._choices import Choice
from billingcore._proration.rulebook import undocumented
from billingcore._tax.rulings import check_ruling
from billingcore.errors import CurrencyMismatchError, InvalidValueError, RefusedError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger import Applied, Credited, Entry, Issued, Ledger
from billingcore.lines import Line, check_line
from billingcore.money import Money, total
from billingcore.money._amounts import check_money
from billingcore.parties import Buyer, Seller
from billingcore.proration import ChangeRule
from billingcore.subscriptions import Active, Cancelled
from billingcore.tax import Ruling, TaxFacts, decide_tax

DRAFT: Final = "draft"
"""The number of a document that was given none: a preview."""
DRAFT_CREDIT: Final = "draft-credit"
"""The number of a credit note beside an invoice that was given none."""
_DOCUMENTS: Final = frozenset({Issued, Credited})
_NUMBERED_BY: Final = {DRAFT: "number", DRAFT_CREDIT: "credit_number"}

Moved = Issued | Applied | Credited
"""What a quote moves in a ledger: it bills, gives credit and uses it. That money came or went is for others to say."""


@attrs.frozen
class Account:
    """Who sells to whom, and what was issued, received and given back so far: what every quote needs to know.

    Args:
        seller: who sells.
        buyer: who buys.
        ledger: the record of this customer, in the one currency that its plans have.
        facts: tax facts of the caller's, or None for the library's own.

    Raises:
        InvalidTypeError: a field of another type.
    """

    _wanted: ClassVar[str] = "an Account: seller, buyer and ledger"

    seller: Seller
    buyer: Buyer
    ledger: Ledger
    facts: TaxFacts | None = None

    def __attrs_post_init__(self) -> None:
        check("seller", self.seller, Seller)
        check("buyer", self.buyer, Buyer)
        check("ledger", self.ledger, Ledger)
        check("facts", self.facts, TaxFacts, None)

    def decide(self, tax_point: date) -> Ruling:
        """Return the tax decision for a sale on a day."""
        return decide_tax(self.seller, self.buyer, tax_point, self.facts)

    def with_entries(self, *entries: Entry) -> "Account":
        """Return the account afterwards: what a quote returned, a payment, whatever a ledger holds.

        Args:
            entries: in any order; those that the ledger holds already change nothing.

        Raises:
            InvalidTypeError: something else.
            CurrencyMismatchError: an entry in another currency.
            InvalidValueError: an entry that the ledger refuses (see its `with_entries`); a document of a quote without a
                number: two of them would count as one.

        >>> from billingcore.ledger import Received
        >>> from billingcore.places import Address
        >>> ledger = Ledger.opened("EUR", date(2026, 1, 1))
        >>> account = Account(Seller("Example", Address("CH")), Buyer("Heidi", Address("CH")), ledger)
        >>> paid = account.with_entries(Received("wire-1", date(2026, 1, 31), Money.of("30.00", "EUR")))
        >>> print(paid.ledger.balance_on(date(2026, 1, 31)))
        -30.00 EUR
        """
        ledger = self.ledger.with_entries(*entries)
        for each in entries:
            if type(each) in _DOCUMENTS and each.reference in _NUMBERED_BY:
                problem = f"a quote without a number is a preview; quote it again with {_NUMBERED_BY[each.reference]}=…"
                raise InvalidValueError("entries", each.describe(), problem)
        return attrs.evolve(self, ledger=ledger)


class _Granted:
    """What every answer is but a refusal."""

    __slots__ = ()

    def granted(self) -> Self:
        """Return the answer itself; a `Refused` raises `RefusedError` instead.

        For code that goes on with what was quoted: ``quote_start(…).granted().subscription``.
        """
        return self


def _check_moved(
    documents: tuple[Invoice | CreditNote, ...],
    currency: str,
    entries: tuple[Moved, ...],
    left: Money,
    to_refund: Money,
) -> None:
    """Refuse entries that do not follow from the documents, and figures that do not follow from the entries.

    An invoice is issued, and what it shows as prepaid is used on it; a credit note is credited. What it gives is credit
    until it is used or paid back, and no more of it is paid back than stands apart.

    Raises:
        InvalidTypeError: not entries, not Money.
        CurrencyMismatchError: another currency than the subscription's.
        InvalidValueError: an entry, a credit or a refund that does not follow.
    """
    check_tuple("entries", entries, Issued, Applied, Credited)
    rest, follows = list(entries), True
    for document in documents:
        if document.currency != currency:
            raise CurrencyMismatchError(currency, document.currency)
        follows = follows and _takes_its_own(rest, document)
    notes = [each for each in entries if type(each) is Credited]
    if rest or not follows or (len(documents) > 1 and not all(note.apart for note in notes)):
        problem = (
            "an invoice is issued and what is prepaid of it applied, a credit note is credited; nothing else moves"
        )
        raise InvalidValueError("entries", [each.describe() for each in entries], problem)
    given = sum([note.amount.amount_minor for note in notes])
    if check_money("credit_left", left, currency).amount_minor < given:
        least = Money(given, currency)
        raise InvalidValueError("credit_left", left, f"what a credit note gives is a part of it: at least {least}")
    apart = sum([note.amount.amount_minor for note in notes if note.apart])
    if not 0 <= check_money("to_refund", to_refund, currency).amount_minor <= apart:
        problem = f"between nothing and what stands apart to be paid back: {Money(apart, currency)}"
        raise InvalidValueError("to_refund", to_refund, problem)


def _takes_its_own(rest: list[Moved], document: Invoice | CreditNote) -> bool:
    """Say whether the first of some entries are those of a document, and take them out.

    Free are the due day of an invoice, what is used of which source, and whether a note stands apart.
    """
    number, day = document.number, document.issued_on
    if not rest:
        return False
    first = rest.pop(0)
    is_its = (first.reference, first.on, first.recorded_on, first.amount) == (number, day, None, document.total)
    if isinstance(document, CreditNote):
        return is_its and type(first) is Credited and (first.of, first.due_on) == (document.invoice_number, None)
    if not rest and document.prepaid is None:  # nearly every invoice
        return is_its and type(first) is Issued
    uses: dict[str, Money] = {}
    while rest and type(use := rest[0]) is Applied and use.source not in uses:
        if (use.reference, use.on, use.recorded_on, use.to) != (number, day, None, number):
            return False
        uses[use.source] = use.amount
        rest.pop(0)
    prepaid = total(uses.values(), document.currency) if uses else None
    return is_its and type(first) is Issued and (prepaid or None) == (document.prepaid or None)


def _check_apart(document: Invoice | CreditNote, note: CreditNote) -> None:
    """Refuse a credit note that does not belong to the invoice beside it."""
    same = (note.issued_on, note.seller, note.buyer) == (document.issued_on, document.seller, document.buyer)
    if not same or not isinstance(document, Invoice):
        problem = "it stands beside an invoice of the same day, seller and buyer"
        raise InvalidValueError("credit_note", note.number, problem)
    if note.number == document.number:
        raise InvalidValueError("credit_note", note.number, "the invoice beside it has this number; give it its own")


def _moved_in_words(left: Money, to_refund: Money) -> list[str]:
    lines = [f"  credit left {left}"] if left else []
    return [*lines, f"  to be paid back {to_refund}"] if to_refund else lines


@attrs.frozen
class Quote(_Granted):
    """The full consequence of a change, before it is made.

    The entries follow from the documents. ``account.with_entries(*quote.entries)`` is the account afterwards.

    Args:
        document: the invoice, or the credit note where the credit exceeds the charge.
        subscription: the subscription after it.
        entries: what the documents do in the ledger, on their day: an invoice is issued, and what it shows as prepaid is
            applied to it; a credit note is credited, apart where the rule pays it out.
        credit_left: credit and money that no invoice has used on that day, after the entries; it pays the next document.
        to_refund: what of it the rule pays back in money: at most what a credit note apart gives, what was received and
            neither paid back nor is to be (earlier credit that stands apart is), and what the customer has beyond what it
            owes beside this invoice. The rest stays credit. It is paid back once a `Refunded` entry says so.
        credit_note: the credit as a document of its own, where charge and credit are settled apart.
        rule: the rule of a rulebook that was followed, with its source; None for a policy of the caller's, and where no
            rule is asked for.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: amounts in another currency than the subscription's.
        InvalidValueError: entries, a credit or a refund that do not follow from the documents; a credit note of its own
            that does not belong to the invoice beside it.
    """

    document: Invoice | CreditNote
    subscription: Active
    entries: tuple[Moved, ...]
    credit_left: Money
    to_refund: Money
    credit_note: CreditNote | None = None
    rule: ChangeRule | None = None

    def __attrs_post_init__(self) -> None:
        check("document", self.document, Invoice, CreditNote)
        check("credit_note", self.credit_note, CreditNote, None)
        currency = check("subscription", self.subscription, Active).plan.currency
        documents = (self.document,) if self.credit_note is None else (self.document, self.credit_note)
        if self.credit_note is not None:
            _check_apart(self.document, self.credit_note)
        _check_moved(documents, currency, self.entries, self.credit_left, self.to_refund)
        check("rule", self.rule, ChangeRule, None)

    @property
    def due_now(self) -> Money:
        """What must be paid now; nothing for a credit note."""
        return self.document.payable if isinstance(self.document, Invoice) else Money.zero(self.document.currency)

    @property
    def next_bill_on(self) -> date | None:
        """The next renewal date, or None where the subscription will not renew."""
        return self.subscription.renewal_on

    def explain(self) -> str:
        """Return the document and what follows from it, as plain lines; also where the rule is not documented."""
        lines = [self.document.explain()]
        if self.credit_note is not None:
            lines.append(self.credit_note.explain())
        lines += _moved_in_words(self.credit_left, self.to_refund)
        lines.append(f"  next bill on {self.next_bill_on}" if self.next_bill_on else "  does not renew")
        return "\n".join([*lines, *undocumented(self.rule)])


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
        rule: the rule that was followed, as in a `Quote`.

    Raises:
        InvalidTypeError: a field of another type.
    """

    lines: tuple[Line, ...]
    subscription: Active
    rule: ChangeRule | None = None

    def __attrs_post_init__(self) -> None:
        check("lines", self.lines, tuple, words="a tuple of lines")
        for line in self.lines:
            check_line(line)
        check("subscription", self.subscription, Active)
        check("rule", self.rule, ChangeRule, None)

    def explain(self) -> str:
        """Return the lines and when they are billed."""
        lines = [text for line in self.lines for text in line.explain().split("\n")]
        return "\n".join([*lines, f"billed on the invoice of {self.subscription.paid_until}", *undocumented(self.rule)])


@attrs.frozen
class Scheduled(_Granted):
    """A change that waits for the end of the running period.

    Args:
        effective_on: the first day of the new plan: the next renewal date.
        subscription: the subscription as it stands now; its next renewal sells the new plan.
        rule: the rule that was followed, as in a `Quote`.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: another day than the end of what is paid.
    """

    effective_on: date
    subscription: Active
    rule: ChangeRule | None = None

    def __attrs_post_init__(self) -> None:
        check_date("effective_on", self.effective_on)
        ends_on = check("subscription", self.subscription, Active).paid_until
        if self.effective_on != ends_on:
            raise InvalidValueError("effective_on", self.effective_on, f"the running period ends on {ends_on}")
        check("rule", self.rule, ChangeRule, None)

    def explain(self) -> str:
        """Return the change in words."""
        sold = f"{self.subscription.plan.name} × {self.subscription.quantity}"
        return "\n".join([f"{sold} from {self.effective_on}; nothing is billed now", *undocumented(self.rule)])


@attrs.frozen
class CancellationQuote(_Granted):
    """The end of a subscription: what is given back, and where it goes.

    The entries follow from the document, as in a `Quote`; without a document nothing moves.

    Args:
        document: the credit note; an invoice where lines that waited come to more than the credit; None where nothing is
            given back or billed.
        subscription: the ended subscription.
        entries: what the document does in the ledger, on its day.
        credit_left: credit and money that no invoice has used on that day, after the entries.
        to_refund: what of it the rule pays back in money, as in a `Quote`.
        rule: the rule that was followed, as in a `Quote`.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: amounts in another currency than the subscription's.
        InvalidValueError: entries, a credit or a refund that do not follow from the document.
    """

    document: CreditNote | Invoice | None
    subscription: Cancelled
    entries: tuple[Moved, ...]
    credit_left: Money
    to_refund: Money
    rule: ChangeRule | None = None

    def __attrs_post_init__(self) -> None:
        check("document", self.document, CreditNote, Invoice, None)
        currency = check("subscription", self.subscription, Cancelled).subscription.plan.currency
        documents = () if self.document is None else (self.document,)
        _check_moved(documents, currency, self.entries, self.credit_left, self.to_refund)
        check("rule", self.rule, ChangeRule, None)

    @property
    def due_now(self) -> Money:
        """What must be paid now; nothing unless lines that waited come to more than the credit."""
        return self.document.payable if isinstance(self.document, Invoice) else Money.zero(self.to_refund.currency)

    def explain(self) -> str:
        """Return the document, and what becomes of it."""
        lines = [self.document.explain()] if self.document is not None else ["nothing is given back"]
        lines += _moved_in_words(self.credit_left, self.to_refund)
        return "\n".join([*lines, f"  no service from {self.subscription.ended_on}", *undocumented(self.rule)])
