"""Credit notes as values, and which document some lines make: an invoice, or a credit note where they are below 0."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_tuple, check_words
from billingcore._invoices.documents import Added, Invoice, add_up, added_up_invoice, check_number, check_parties
from billingcore._kernel import Rounding
from billingcore._tax.components import percent
from billingcore._tax.rulings import check_ruling, group_key
from billingcore.errors import InvalidValueError
from billingcore.lines import CreditLine, Line, check_line
from billingcore.money import Money, total
from billingcore.money._amounts import check_money
from billingcore.parties import Buyer, Seller
from billingcore.tax import Ruling

_MAX_LINES: Final = 1_000_000
_MAX_WORDS: Final = 600  # "Credit of", a plan's name, its quantity, its period


@attrs.frozen
class CreditedLine:
    """One line of a credit note: which line of the document it credits, and how much before tax.

    Args:
        line_number: the line of the invoice, counted from 1.
        description: the line in words.
        net: what goes back before tax; below 0 for a line that had reduced the invoice.
        ruling: the tax decision of that line.
        line: the line itself, whose terms explain what goes back; None where they are not known.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a number that is none of a line, words that cannot be printed, a line of another decision.
    """

    line_number: int
    description: str
    net: Money
    ruling: Ruling
    line: Line | None = None

    def __attrs_post_init__(self) -> None:
        check("line_number", self.line_number, int, words="an int, counted from 1")
        if not 1 <= self.line_number <= _MAX_LINES:
            raise InvalidValueError("line_number", self.line_number, f"lines are counted from 1 to {_MAX_LINES}")
        check_words("description", self.description, _MAX_WORDS)
        check_money("net", self.net)
        check_ruling("ruling", self.ruling)
        if self.line is not None:
            check_line(self.line)
            if self.line.ruling != self.ruling:
                raise InvalidValueError("line", self.line.description, "it was taxed under another decision")

    def explain(self) -> str:
        """Return what goes back, and the terms of the line where they say more."""
        text = f"{self.description}: {self.net}"
        if self.line is None or self.net == self.line.net:
            return text
        if self.net == -self.line.net:  # a line of the change itself, with its sign turned
            return "\n".join([text, *self.line.explain().split("\n")[1:]])
        return f"{text} of {self.line.net}"


@attrs.frozen
class CreditedTax:
    """The tax of a credit note under one decision: the net and the tax that go back.

    The tax is the rate on the net, give or take what the rounding of earlier notes
    left: a part of a series differs from its own rounded tax by a minor unit.

    Args:
        ruling: the decision.
        net: what goes back before tax.
        tax: what goes back of the tax.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: two currencies.
        InvalidValueError: an `Undetermined` or `Disputed` decision, a tax that does not follow from the net.
    """

    ruling: Ruling
    net: Money
    tax: Money

    def __attrs_post_init__(self) -> None:
        check_money("tax", self.tax, check_money("net", self.net).currency)
        if not check_ruling("ruling", self.ruling).is_settled:
            raise InvalidValueError(
                "ruling", self.ruling.describe(), "what is not known was not charged; settle it first"
            )
        exact = self.net.exact() * self.ruling.rate
        # One rounding now and one before it, for each component.
        if abs(self.tax.amount_minor - exact.amount_minor) > 2 * len(self.ruling.components):
            problem = f"{self.ruling.describe()} on {self.net} is {exact.to_text()}"
            raise InvalidValueError("tax", self.tax, problem)

    def explain(self) -> str:
        """Return the tax that goes back with its sum; what an earlier note of the series left is named."""
        if not self.ruling.components:
            return f"{self.ruling.describe()}: {self.net} without tax"
        exact = self.net.exact() * self.ruling.rate
        text = f"{self.ruling.describe()}: {self.net.amount} × {percent(self.ruling.rate)} = {exact.to_text()}"
        if exact == self.tax.exact():
            return text
        nearest = abs(exact.amount_minor - self.tax.amount_minor) <= Fraction(1, 2)
        series = "" if nearest else " (the series adds up to the rounded tax on all that is credited)"
        return f"{text} → {self.tax.amount}{series}"


@attrs.frozen
class DocumentReference:
    """An earlier document, as a credit note names it.

    Args:
        number: its number.
        issued_on: its day.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a number that cannot be printed.
    """

    number: str
    issued_on: date

    def __attrs_post_init__(self) -> None:
        check_number("number", self.number)
        check_date("issued_on", self.issued_on)

    def __str__(self) -> str:
        return f"{self.number} of {self.issued_on}"


@attrs.frozen
class CreditNote:
    """What goes back to the buyer, gross: the nets of its lines and the tax that was charged on them.

    Args:
        number: given by the caller.
        issued_on: the day.
        seller: who gives the credit.
        buyer: who gets it.
        invoice_number: the invoice that it corrects, whose lines its own are; None for a change whose credit exceeded its
            charge.
        lines: what is credited; positive nets go to the buyer.
        taxes: the tax that goes back, by decision.
        invoices: the invoices that billed what goes back, with their days.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: no lines, taxes that do not belong to the lines, a total below 0.
    """

    number: str
    issued_on: date
    seller: Seller
    buyer: Buyer
    invoice_number: str | None
    lines: tuple[CreditedLine, ...]
    taxes: tuple[CreditedTax, ...]
    invoices: tuple[DocumentReference, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_number("number", self.number)
        check_tuple("invoices", self.invoices, DocumentReference)
        check_date("issued_on", self.issued_on)
        check_parties(self.seller, self.buyer)
        if self.invoice_number is not None:
            check_number("invoice_number", self.invoice_number)
        check_tuple("lines", self.lines, CreditedLine)
        check_tuple("taxes", self.taxes, CreditedTax)
        if not self.lines:
            raise InvalidValueError("lines", self.lines, "a credit note needs at least one line")
        if _nets_by_group(self.lines) != _nets_by_group(self.taxes):
            raise InvalidValueError("taxes", self.taxes, "the nets of the taxes must be those of the lines")
        if self.total.amount_minor < 0:
            raise InvalidValueError("lines", self.total, "a credit note gives something back; below 0 it is an invoice")

    @property
    def currency(self) -> str:
        """The currency of the document."""
        return self.lines[0].net.currency

    @property
    def net(self) -> Money:
        """What goes back before tax."""
        return total((each.net for each in self.lines), self.currency)

    @property
    def tax(self) -> Money:
        """The tax that goes back."""
        return total((each.tax for each in self.taxes), self.currency)

    @property
    def total(self) -> Money:
        """What goes back, gross: the balance of the buyer, spent after tax and never taxed again."""
        return self.net + self.tax

    def with_number(self, number: str) -> "CreditNote":
        """Return the document with another number: a preview that becomes one."""
        return attrs.evolve(self, number=number)

    def explain(self) -> str:
        """Return the document as plain lines."""
        named = ", ".join(map(str, self.invoices)) or self.invoice_number
        about = f" for invoice {named}" if named else ""
        lines = [f"Credit note {self.number} of {self.issued_on}{about} to {self.buyer.name}"]
        explained = [each.explain() for each in self.lines] + [each.explain() for each in self.taxes]
        lines += [f"  {text}" for each in explained for text in each.split("\n")]
        lines.append(f"  credit {self.net.amount} + {self.tax.amount} tax = {self.total}")
        return "\n".join(lines)


def _nets_by_group(parts: Sequence[CreditedLine | CreditedTax]) -> dict[object, int]:
    nets: dict[object, int] = {}
    for part in parts:
        key = (group_key(part.ruling), part.net.currency)
        nets[key] = nets.get(key, 0) + part.net.amount_minor
    return nets


def issue_document(
    number: str,
    issued_on: date,
    seller: Seller,
    buyer: Buyer,
    lines: tuple[Line, ...],
    rounding: Rounding = Rounding.HALF_UP,
    prepaid: Money | None = None,
) -> Invoice | CreditNote:
    """Make the document of some lines: an invoice, or, where their gross total is below 0, a credit note for it.

    Args:
        number: the number of the document.
        issued_on: its day.
        seller: who sells.
        buyer: who buys.
        lines: one or more, of one currency.
        rounding: the mode of the tax.
        prepaid: what is known to settle an invoice when it is issued, or None.

    Returns:
        An invoice of the lines; a credit note of what they give back where their gross total is below 0.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: lines of two currencies, or what is prepaid in another one.
        InvalidValueError: no lines; a tax that is `Undetermined`; more prepaid than the total; anything prepaid of a
            credit note.
    """
    added = add_up(lines, rounding)
    if added[2] >= 0:
        return added_up_invoice(number, issued_on, seller, buyer, lines, rounding, prepaid, added)
    if prepaid is not None:
        check_money("prepaid", prepaid)
        raise InvalidValueError(
            "prepaid", prepaid, "the lines give something back; nothing is prepaid of a credit note"
        )
    return added_up_note(number, issued_on, seller, buyer, lines, added)


def added_up_note(
    number: str, issued_on: date, seller: Seller, buyer: Buyer, lines: tuple[Line, ...], added: Added
) -> CreditNote:
    """Return the credit note of lines that were added up already, and come to less than 0."""
    credited = [CreditedLine(at, _words(line), -line.net, line.ruling, line) for at, line in enumerate(lines, 1)]
    returned = [CreditedTax(group.ruling, -group.net, -group.tax) for group in added[0]]
    named = dict.fromkeys(
        [
            DocumentReference(line.billed.document.number, line.billed.document.issued_on)
            for line in lines
            if type(line) is CreditLine and line.billed.document is not None
        ]
    )
    return CreditNote(number, issued_on, seller, buyer, None, tuple(credited), tuple(returned), tuple(named))


def _words(line: Line) -> str:
    return f"{line.description} (charged)" if line.net.amount_minor > 0 else line.description
