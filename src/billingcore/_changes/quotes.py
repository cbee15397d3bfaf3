"""What a quote holds: documents, the next state of the subscription, what both move in the ledger, and what became of each item."""

import itertools
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final, NoReturn, Self

import attrs

from billingcore._changes.account import DRAFT, DRAFT_CREDIT, Moved
from billingcore._checks import check, check_date, check_tuple, check_words
from billingcore._choices import Choice
from billingcore._invoices.documents import check_number
from billingcore._proration.rulebook import undocumented
from billingcore._subscriptions.active import evolved
from billingcore._tax.rulings import check_ruling
from billingcore.errors import CurrencyMismatchError, InvalidValueError, RefusedError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger import Applied, Credited, Issued
from billingcore.money import Money, total
from billingcore.money._amounts import check_money
from billingcore.proration import ChangeRule, Coverage
from billingcore.subscriptions import Active, Cancelled, Paused
from billingcore.tax import Ruling

if TYPE_CHECKING:
    from billingcore.billed import BilledPeriod

_MOST_DOCUMENTS: Final = 2


class OutcomeKind(Choice):
    """What became of an item."""

    BILLED = "billed"
    """It stands on a document of the quote, or would if it came to anything."""
    GATHERED = "gathered"
    """It changed at once, and its lines wait for the next document."""
    SCHEDULED = "scheduled"
    """It waits for the end of what is paid."""
    CHANGED = "changed"
    """It changed, and no money moves: in a trial, or for days that are billed later."""


@attrs.frozen
class Outcome:
    """What became of one item in a quote.

    Args:
        key: the item.
        outcome: billed, gathered, scheduled, or changed without money.
        effective_on: from which day.
        net: what it comes to before tax, whenever that is billed; below 0 where more is given back.
        rule: the rule that was followed, with its source; None where no rule was asked, or for a policy of the caller's.

    Raises:
        InvalidTypeError: a field of another type.
    """

    key: str
    outcome: OutcomeKind
    effective_on: date
    net: Money
    rule: ChangeRule | None = None

    def __attrs_post_init__(self) -> None:
        check_words("key", self.key)
        check("outcome", self.outcome, OutcomeKind)
        check_date("effective_on", self.effective_on)
        check_money("net", self.net)
        check("rule", self.rule, ChangeRule, None)

    @property
    def coverage(self) -> Coverage | None:
        """Whether the documentation of the rulebook says so; None where no rulebook was asked."""
        return None if self.rule is None else self.rule.coverage

    def explain(self) -> str:
        """Return the outcome in words; also where its rule is not documented."""
        lines = [f"{self.key}: {self.outcome.value}, from {self.effective_on}, {self.net} before tax"]
        return "\n".join([*lines, *undocumented(self.rule)])


@attrs.frozen
class Quote:
    """The full consequence of what was asked, before it is done.

    The entries follow from the documents. ``account.with_entries(*quote.numbered("2026-1").entries)`` is the account
    afterwards, ``quote.numbered("2026-1").subscription`` the subscription.

    Args:
        documents: none, one, or two: where a rule settles charge and credit apart, or one document may not hold both.
        subscription: the subscription after it.
        entries: what the documents do in the ledger, on their day: an invoice is issued, and what it shows as prepaid is
            applied to it; a credit note is credited, apart where the rule pays it out.
        credit_before: credit and money that no invoice had used on that day, before the entries.
        to_refund: what the rule pays back in money: at most what a credit note apart gives, what was received and
            neither paid back nor is to be, and what the customer has beyond what it owes beside this invoice. The rest
            stays credit. It is paid back once a `Refunded` entry says so.
        outcomes: what became of each item that was asked about, or billed.
        quoted: the subscription that was asked about; None for a start.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: amounts in another currency than the subscription's.
        InvalidValueError: entries, a credit or a refund that do not follow from the documents.
    """

    documents: tuple[Invoice | CreditNote, ...]
    subscription: Active | Paused | Cancelled
    entries: tuple[Moved, ...]
    credit_before: Money
    to_refund: Money
    outcomes: tuple[Outcome, ...] = ()
    quoted: Active | Paused | Cancelled | None = None

    def __attrs_post_init__(self) -> None:
        check_tuple("documents", self.documents, Invoice, CreditNote)
        check("subscription", self.subscription, Active, Paused, Cancelled)
        check("quoted", self.quoted, Active, Paused, Cancelled, None)
        check_tuple("outcomes", self.outcomes, Outcome)
        _check_documents(self.documents)
        _check_moved(self)

    @property
    def currency(self) -> str:
        """The one currency."""
        return self.credit_before.currency

    @property
    def document(self) -> Invoice | CreditNote | None:
        """The only document; None where there is none, or two."""
        return self.documents[0] if len(self.documents) == 1 else None

    @property
    def credit_left(self) -> Money:
        """Credit and money that no invoice has used on that day, after the entries; it pays the next document."""
        moved = 0
        for each in self.entries:
            if type(each) is Applied:
                moved -= each.amount.amount_minor
            elif type(each) is Credited:
                moved += each.amount.amount_minor
        return Money(self.credit_before.amount_minor + moved, self.currency)

    @property
    def due_now(self) -> Money:
        """What must be paid now; nothing for a credit note."""
        due = [each.payable for each in self.documents if isinstance(each, Invoice)]
        return total(due, self.currency)

    @property
    def next_bill_on(self) -> date | None:
        """The next day on which something is due, or None where nothing will be."""
        return self.subscription.next_bill_on

    def granted(self) -> Self:
        """Return the quote itself; a `Refused` raises `RefusedError` instead.

        For code that goes on with what was quoted: ``quote_start(…).granted().subscription``.
        """
        return self

    def applies_to(self, subscription: Active | Paused | Cancelled | None) -> bool:
        """Say whether a subscription, as it was stored, is the one that was quoted; None for a start."""
        if subscription is not None:
            check("subscription", subscription, Active, Paused, Cancelled)
        return subscription == self.quoted

    def numbered(self, *numbers: str) -> Self:
        """Return the quote with the numbers of its documents, in documents, entries and billed periods.

        Nothing is computed again. A quote without documents stays as it is, whatever number it is given.

        Args:
            numbers: one for each document, in their order; for none, one is passed over.

        Raises:
            InvalidTypeError: a number that is not a str.
            InvalidValueError: too few or too many numbers, one twice, one that cannot be printed.
        """
        for number in numbers:
            check_number("numbers", number)
        if not self.documents and len(numbers) <= 1:
            return self
        if len(numbers) != len(self.documents) or len(set(numbers)) < len(numbers):
            problem = f"the quote has {len(self.documents)} documents; give each a number of its own"
            raise InvalidValueError("numbers", numbers, problem)
        new = dict(zip([each.number for each in self.documents], numbers, strict=True))
        notes = {each.number: new[each.number] for each in self.documents if isinstance(each, CreditNote)}
        return attrs.evolve(
            self,
            documents=tuple([each.with_number(new[each.number]) for each in self.documents]),
            entries=tuple([_renumbered(each, new, notes) for each in self.entries]),
            subscription=_with_references(self.subscription, self.quoted, new),
        )

    def explain(self) -> str:
        """Return the documents, what became of each item, and what follows, as plain lines."""
        lines = [each.explain() for each in self.documents] or ["nothing is billed or given back now"]
        told = [each for each in self.outcomes if each.outcome is not OutcomeKind.BILLED]
        lines += [f"  {text}" for each in told for text in each.explain().split("\n")]
        if self.credit_left:
            lines.append(f"  credit left {self.credit_left}")
        if self.to_refund:
            lines.append(f"  to be paid back {self.to_refund}")
        lines.append(_what_follows(self.subscription))
        known = dict.fromkeys([text for each in self.outcomes if each not in told for text in undocumented(each.rule)])
        return "\n".join([*lines, *known])


def _what_follows(subscription: Active | Paused | Cancelled) -> str:
    if isinstance(subscription, Cancelled):
        return f"  no service from {subscription.ended_on}"
    if isinstance(subscription, Paused):
        until = f" until {subscription.resumes_on}" if subscription.resumes_on else ""
        return f"  paused from {subscription.paused_on}{until}"
    day = subscription.next_bill_on
    ends = f"; ends on {subscription.end_on}" if subscription.end_on else ""
    return (f"  next bill on {day}" if day else "  does not renew") + ends


def _check_documents(documents: tuple[Invoice | CreditNote, ...]) -> None:
    """Refuse more than two documents, and two that do not belong together."""
    if len(documents) > _MOST_DOCUMENTS:
        raise InvalidValueError("documents", len(documents), "a quote has none, one or two")
    for first, second in itertools.pairwise(documents):
        if (first.issued_on, first.seller, first.buyer) != (second.issued_on, second.seller, second.buyer):
            problem = "two documents of a quote are of the same day, seller and buyer"
            raise InvalidValueError("documents", second.number, problem)
        if first.number == second.number:
            problem = "the document beside it has this number; give it its own"
            raise InvalidValueError("documents", second.number, problem)


def _check_moved(quote: Quote) -> None:
    """Refuse entries that do not follow from the documents, and figures that do not follow from the entries.

    An invoice is issued, and what it shows as prepaid is used on it; a credit note is credited. What it gives is credit
    until it is used or paid back, and no more of it is paid back than stands apart.
    """
    check_tuple("entries", quote.entries, Issued, Applied, Credited)
    currency = check_money("credit_before", quote.credit_before).currency
    rest, follows = list(quote.entries), True
    for at, document in enumerate(quote.documents):
        if document.currency != currency:
            raise CurrencyMismatchError(currency, document.currency)
        beside = bool(at) and isinstance(document, CreditNote) and isinstance(quote.documents[0], Invoice)
        follows = follows and (not beside or _stands_apart(rest)) and _takes_its_own(rest, document)
    if rest or not follows:
        problem = (
            "an invoice is issued and what is prepaid of it applied, a credit note is credited; nothing else moves"
        )
        raise InvalidValueError("entries", [each.describe() for each in quote.entries], problem)
    notes = {each.reference for each in quote.entries if type(each) is Credited}
    used = sum([each.amount.amount_minor for each in quote.entries if type(each) is Applied and each.source in notes])
    given = sum([each.amount.amount_minor for each in quote.entries if type(each) is Credited]) - used
    if quote.credit_left.amount_minor < given:
        problem = "no more credit is used than there was"
        raise InvalidValueError("credit_before", quote.credit_before, problem)
    apart = sum([each.amount.amount_minor for each in quote.entries if type(each) is Credited and each.apart])
    if not 0 <= check_money("to_refund", quote.to_refund, currency).amount_minor <= apart:
        problem = f"between nothing and what stands apart to be paid back: {Money(apart, currency)}"
        raise InvalidValueError("to_refund", quote.to_refund, problem)


def _stands_apart(rest: list[Moved]) -> bool:
    """Say whether the first of some entries is credit that stands apart: what a note beside an invoice gives is paid out."""
    return bool(rest) and type(rest[0]) is Credited and rest[0].apart


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
    uses: dict[str, Money] = {}
    while rest and type(use := rest[0]) is Applied and use.source not in uses:
        if (use.reference, use.on, use.recorded_on, use.to) != (number, day, None, number):
            return False
        uses[use.source] = use.amount
        rest.pop(0)
    prepaid = total(uses.values(), document.currency) if uses else None
    return is_its and type(first) is Issued and (prepaid or None) == (document.prepaid or None)


def _renumbered(entry: Moved, new: dict[str, str], notes: dict[str, str]) -> Moved:
    """Return an entry of a document with the document's new number; what uses a note of the quote, with that of the note."""
    number = new[entry.reference]
    if type(entry) is Applied:
        return attrs.evolve(entry, reference=number, to=number, source=notes.get(entry.source, entry.source))
    return attrs.evolve(entry, reference=number)


def _with_references(
    after: Active | Paused | Cancelled, before: Active | Paused | Cancelled | None, new: dict[str, str]
) -> Active | Paused | Cancelled:
    """Return the subscription whose billed periods name the documents of this quote by their new numbers."""
    if not isinstance(after, Active):
        return attrs.evolve(after, subscription=_in_active(after.subscription, before, new))
    return _in_active(after, before, new)


def _in_active(after: Active, before: Active | Paused | Cancelled | None, new: dict[str, str]) -> Active:
    old = () if before is None else (before if isinstance(before, Active) else before.subscription).billed
    billed: list[BilledPeriod] = []
    for at, each in enumerate(after.billed):
        known = at < len(old) and old[at].document is not None
        if each.document is None or known or each.document.number not in new:
            billed.append(each)
        else:
            billed.append(each.on_line(attrs.evolve(each.document, number=new[each.document.number])))
    return evolved(after, billed=tuple(billed))


class RefusedReason(Choice):
    """Why no quote is possible."""

    TAX_UNDETERMINED = "tax_undetermined"
    """The tax is not known, so no document may be made; the ruling says what is missing."""
    ALREADY_BILLED = "already_billed"
    """That bill date is billed."""
    ALREADY_ACCEPTED = "already_accepted"
    """The very thing that is asked holds or waits already."""
    ENDS = "ends"
    """It would happen at a renewal that never comes, or after the end."""
    WAITS = "waits"
    """Something waits that it can't go together with."""
    PAUSED = "paused"
    """The subscription is paused, and its terms take nothing meanwhile."""
    NOTHING_LEFT = "nothing_left"
    """Nothing is left to give back."""


@attrs.frozen
class Refused:
    """No quote, and why. It is an answer, not an error.

    Args:
        reason: the reason code.
        detail: the same in words, with what to do.
        ruling: the tax decision that stands in the way, where it does.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a decision under which a document can be made, or none where the tax is the reason.
    """

    _wanted: ClassVar[str] = "a Refused"

    reason: RefusedReason
    detail: str
    ruling: Ruling | None = None

    def __attrs_post_init__(self) -> None:
        check("reason", self.reason, RefusedReason)
        check_words("detail", self.detail, 1000)
        if (self.ruling is None) != (self.reason is not RefusedReason.TAX_UNDETERMINED):
            raise InvalidValueError("ruling", self.ruling, "it is given where the tax is the reason, and only there")
        if self.ruling is not None and check_ruling("ruling", self.ruling).is_settled:
            raise InvalidValueError("ruling", self.ruling.describe(), "it is settled; make the document")

    @classmethod
    def for_tax(cls, ruling: Ruling) -> "Refused":
        """Return the refusal of a document whose tax is not known."""
        check_ruling("ruling", ruling)
        remedy = "complete the address, or give the account facts or an override of your own"
        return cls(RefusedReason.TAX_UNDETERMINED, f"no document: tax is {ruling.describe()}; {remedy}", ruling)

    def granted(self) -> NoReturn:
        """Raise a `RefusedError` that keeps this answer: nothing was granted.

        Raises:
            RefusedError: always.
        """
        raise RefusedError(self)

    def explain(self) -> str:
        """Return the reason in words, and what to do."""
        return self.detail


DRAFTS: Final = (DRAFT, DRAFT_CREDIT)
