"""From lines to a quote: which documents they make, and on which of them each billed period stands."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from billingcore._changes.account import DRAFT, DRAFT_CREDIT, Account, Moved
from billingcore._changes.quotes import Outcome, Quote
from billingcore._changes.settling import issue, moves
from billingcore._kernel import Rounding
from billingcore._subscriptions.active import evolved
from billingcore._tax.assessment import may_not_mix
from billingcore.billed import BilledPeriod, LineReference
from billingcore.invoices import CreditNote, Invoice
from billingcore.lines import ChargeLine, Line, OneOffLine
from billingcore.subscriptions import Active, Cancelled, Paused
from billingcore.tax import Ruling


class Draft(NamedTuple):
    """A document that is to be: its lines, the mode of its tax, and whether a credit is paid out."""

    lines: tuple[Line, ...]
    rounding: Rounding = Rounding.HALF_UP
    pays_out: bool = False


def with_ruling(lines: Sequence[OneOffLine], ruling: Ruling) -> tuple[OneOffLine, ...]:
    """Return one-off lines with the tax decision of the quote."""
    return tuple([OneOffLine(line.description, line.quantity, line.unit_price, ruling) for line in lines])


def make_quote(
    account: Account,
    quoted: Active | Paused | Cancelled | None,
    after: Active | Paused | Cancelled,
    on: date,
    drafts: Sequence[Draft],
    outcomes: Sequence[Outcome] = (),
) -> Quote:
    """Return the quote of some lines and the subscription after them.

    Lines that come to nothing make no document. Two drafts, an invoice and a credit note that is paid out, stay two; one
    whose tax categories may not stand on one document becomes two, the credit first: the other one uses it.
    """
    documents: list[Invoice | CreditNote] = []
    entries: tuple[Moved, ...] = ()
    known = account
    made = _apart(drafts)
    for draft in made:
        number = DRAFT_CREDIT if documents else DRAFT
        document, moved = issue(known, number, on, draft.lines, draft.rounding, pays_out=draft.pays_out)
        documents.append(document)
        entries += moved
        if draft is not made[-1] and not (isinstance(document, CreditNote) and draft.pays_out):
            known = Account(account.seller, account.buyer, account.ledger.with_entries(*moved), account.facts)
    after = _with_references(after, documents)
    return Quote(tuple(documents), after, *moves(account, on, entries), tuple(outcomes), quoted)


def _apart(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts that come to something; a single one whose categories may not mix as two, the lesser one first."""
    found = [draft for draft in drafts if any(line.net for line in draft.lines)]
    if len(found) != 1 or not may_not_mix({line.ruling.category or "" for line in found[0].lines}):
        return found
    outside = tuple([line for line in found[0].lines if line.ruling.category == "O"])
    others = tuple([line for line in found[0].lines if line.ruling.category != "O"])
    parts = [found[0]._replace(lines=lines) for lines in (others, outside) if any(line.net for line in lines)]
    return sorted(parts, key=lambda part: sum([line.net.amount_minor for line in part.lines]))


def _with_references(
    after: Active | Paused | Cancelled, documents: Sequence[Invoice | CreditNote]
) -> Active | Paused | Cancelled:
    """Return the subscription whose billed periods name the lines of the documents that bill them."""
    if not documents:
        return after
    if isinstance(after, Paused):
        return Paused(_stamped(after.subscription, documents), after.paused_on, after.terms, after.resumes_on)
    if isinstance(after, Cancelled):
        return Cancelled(_stamped(after.subscription, documents), after.ended_on)
    return _stamped(after, documents)


def _stamped(after: Active, documents: Sequence[Invoice | CreditNote]) -> Active:
    """Return a running subscription with the lines that bill its periods.

    A period is known by itself where its line is new. One that waited may have been credited since: those are in the order
    in which their lines wait.
    """
    stands: list[tuple[BilledPeriod, LineReference]] = []
    for document in documents:
        for at, line in enumerate(document.lines, 1):
            held = line if type(line) is ChargeLine else getattr(line, "line", None)
            if type(held) is ChargeLine and held.net:
                stands.append((held.billed, LineReference(document.number, document.issued_on, at)))
    here = {id(each): reference for each, reference in stands}
    billed, own = list(after.billed), {id(each) for each in after.billed}
    waited = iter([reference for each, reference in stands if id(each) not in own])
    for at, each in enumerate(billed):
        if id(each) in here:
            billed[at] = each.on_line(here[id(each)])
        elif each.document is None and each.net and (reference := next(waited, None)) is not None:
            billed[at] = each.on_line(reference)
    return evolved(after, billed=tuple(billed))
