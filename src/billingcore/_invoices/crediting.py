"""Credit notes for an invoice: never above it, never drifting from its tax."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from billingcore._checks import check, collected, mapped, refuse
from billingcore._invoices.credit_notes import CreditedLine, CreditedTax, CreditNote, DocumentReference
from billingcore._invoices.documents import Invoice, check_number
from billingcore._kernel import round_share
from billingcore._tax.rulings import group_key
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine
from billingcore.money import Money, total
from billingcore.money._amounts import check_money
from billingcore.tax import TaxGroup


def credit_in_full(
    invoice: Invoice, number: str, issued_on: date, earlier: Sequence[CreditNote] | None = None
) -> CreditNote:
    """Credit everything that is left of an invoice; with no earlier credit notes it mirrors the invoice to the cent.

    Args:
        invoice: what is credited.
        number: the number of the credit note.
        issued_on: its day.
        earlier: the credit notes of that invoice so far; None where there are none. Given, even empty, it also says that
            no subscription has to know: lines that billed one are then credited by the document alone.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: an earlier note in another currency.
        InvalidValueError: an earlier note of another invoice, twice, or beyond it; a number that was used; a day before
            the invoice; nothing left.
    """
    given = _credited_so_far(invoice, number, () if earlier is None else earlier)
    if earlier is None:
        _check_alone(invoice, given)
        earlier = ()
    left = {at: line.net - given[at] for at, line in enumerate(invoice.lines, 1)}
    return _credit(invoice, {at: net for at, net in left.items() if net}, number, issued_on, earlier)


def _check_alone(invoice: Invoice, numbers: Iterable[int]) -> None:
    """Refuse lines that billed a subscription, which would not know of the credit.

    Raises:
        InvalidValueError: such a line.
    """
    for at in numbers:
        line = invoice.lines[at - 1]
        if type(line) is ChargeLine and line.billed.key and line.net:
            problem = (
                f"line {at} billed {line.billed.key} of a subscription, which has to know of the credit; use quote_credit, "
                "or earlier=… with the notes so far, where its period was folded"
            )
            raise InvalidValueError("nets", line.description, problem)


def credit_in_part(
    invoice: Invoice,
    nets: Mapping[int, Money],
    number: str,
    issued_on: date,
    earlier: Sequence[CreditNote] | None = None,
) -> CreditNote:
    """Credit some of an invoice, by line, before tax; the tax follows by cumulative difference.

    The tax of the k-th note is the rounded tax on all nets credited so far, minus
    the tax credited so far: a series never drifts, and the last note takes the rest.

    Args:
        invoice: what is credited.
        nets: for the number of a line (from 1), how much of its net goes back.
        number: the number of the credit note.
        issued_on: its day.
        earlier: the credit notes of that invoice so far; None where there are none. Given, even empty, it also says that
            no subscription has to know: lines that billed one are then credited by the document alone.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: another currency than the invoice's.
        InvalidValueError: a line that the invoice does not have; more than what is left of a line, of a tax or of the
            invoice (a line that reduced it goes back together with what it reduced); nothing at all; else as
            `credit_in_full`.

    Source: the thread getlago/lago-api 2643: four notes of 334.99 must add up to 334.99, not to 335.00.
    """
    check("invoice", invoice, Invoice)
    if earlier is None:
        found = mapped("nets", nets, "a mapping from the number of a line to the net that goes back")
        _check_alone(invoice, [at for at in found if type(at) is int and 1 <= at <= len(invoice.lines)])
    return credit_lines(invoice, nets, number, issued_on, () if earlier is None else earlier)


def credit_lines(
    invoice: Invoice, nets: Mapping[int, Money], number: str, issued_on: date, earlier: Sequence[CreditNote]
) -> CreditNote:
    """Return the credit note of some lines: `credit_in_part`, whoever else has to know of it."""
    given = _credited_so_far(invoice, number, earlier)
    nets = mapped("nets", nets, "a mapping from the number of a line to the net that goes back")
    for at, net in nets.items():
        if type(at) is not int or at not in given:
            raise InvalidValueError("nets", at, f"invoice {invoice.number} has the lines 1 to {len(invoice.lines)}")
        check_money("nets", net, invoice.currency)
        left = invoice.lines[at - 1].net - given[at]
        if not net or not _within(net, left):
            raise InvalidValueError("nets", net, f"of line {at} at most {left} is left to credit; give some of it")
    return _credit(invoice, nets, number, issued_on, earlier)


def _within(net: Money, left: Money) -> bool:
    """Say whether a credit goes the same way as what is left, and not further."""
    low, high = sorted((0, left.amount_minor))
    return low <= net.amount_minor <= high


def _credited_so_far(invoice: Invoice, number: str, earlier: Sequence[CreditNote]) -> dict[int, Money]:
    """Return what was credited of each line, from earlier notes that are all of this invoice and not beyond it."""
    check("invoice", invoice, Invoice)
    if not isinstance(earlier, Sequence):  # a generator would be empty when the tax is summed
        refuse("earlier", earlier, words="a tuple or list of CreditNote values")
    collected("earlier", earlier, CreditNote)
    given = {at: Money.zero(invoice.currency) for at in range(1, len(invoice.lines) + 1)}
    numbers = {check_number("number", number)}
    for note in earlier:
        _check_earlier(invoice, note)
        if note.number in numbers:
            raise InvalidValueError("number", note.number, "a credit note has this number already; each counts once")
        numbers.add(note.number)
        for line in note.lines:
            given[line.line_number] += line.net
    for at, credited in given.items():
        if not _within(credited, invoice.lines[at - 1].net):
            raise InvalidValueError("earlier", credited, f"line {at} of invoice {invoice.number} billed less than that")
    return given


def _check_earlier(invoice: Invoice, note: CreditNote) -> None:
    if note.invoice_number != invoice.number:
        raise InvalidValueError("earlier", note.number, f"it does not credit invoice {invoice.number}")
    for line in note.lines:
        if line.line_number > len(invoice.lines):
            problem = f"invoice {invoice.number} has no line {line.line_number}"
            raise InvalidValueError("earlier", note.number, problem)


def _credit(
    invoice: Invoice, nets: dict[int, Money], number: str, issued_on: date, earlier: Sequence[CreditNote]
) -> CreditNote:
    if not nets:
        raise InvalidValueError("nets", nets, f"nothing is left to credit of invoice {invoice.number}")
    lines = []
    for at, net in sorted(nets.items()):
        line = invoice.lines[at - 1]
        lines.append(CreditedLine(at, f"Credit of {line.description}", net, line.ruling, line))
    touched = {group_key(line.ruling) for line in lines}
    groups = [group for group in invoice.taxes if group_key(group.ruling) in touched]
    taxes = tuple([_credit_tax(group, lines, earlier, invoice) for group in groups])
    named = (DocumentReference(invoice.number, invoice.issued_on),)
    note = CreditNote(number, issued_on, invoice.seller, invoice.buyer, invoice.number, tuple(lines), taxes, named)
    if issued_on < invoice.issued_on:
        raise InvalidValueError(
            "issued_on", issued_on, f"invoice {invoice.number} is of {invoice.issued_on}; credit it later"
        )
    left = invoice.total - total((each.total for each in earlier), invoice.currency)
    if note.total > left:
        raise InvalidValueError(
            "nets", note.total, f"of invoice {invoice.number} {left} is left to credit, tax included"
        )
    return note


def _credit_tax(
    group: TaxGroup, lines: Sequence[CreditedLine], earlier: Sequence[CreditNote], invoice: Invoice
) -> CreditedTax:
    """Return the tax of one group: rounded tax on all that is credited by now, minus what was credited before."""
    key, currency = group_key(group.ruling), invoice.currency
    net = sum(line.net.amount_minor for line in lines if group_key(line.ruling) == key)
    before_net = before_tax = 0
    for note in earlier:
        for part in note.taxes:
            if group_key(part.ruling) == key:
                before_net += part.net.amount_minor
                before_tax += part.tax.amount_minor
    if not _within(Money(before_net + net, currency), group.net):
        problem = f"under {group.ruling.describe()} invoice {invoice.number} billed {group.net}, reductions included"
        raise InvalidValueError("nets", Money(before_net + net, currency), problem)
    cumulative = 0
    for component in group.ruling.components:
        share = component.share
        cumulative += round_share(before_net + net, share.numerator, share.denominator, invoice.rounding)
    return CreditedTax(group.ruling, Money(net, currency), Money(cumulative - before_tax, currency))
