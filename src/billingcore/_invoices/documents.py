"""Invoices and credit notes as values: what they hold cannot disagree with what they add up to."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import attrs

from billingcore._invoices.lines import ItemLine, Line, net_minor_of
from billingcore._kernel import Rounding
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.money import Money, check_money, total
from billingcore.parties import Buyer, Seller
from billingcore.plans import check_words
from billingcore.sourced import check_date
from billingcore.tax import Ruling, TaxGroup, Undetermined, assess_minor, check_ruling, group_key

__all__ = ["CreditNote", "CreditedLine", "CreditedTax", "Invoice", "Payment", "check_number", "issue_document"]

_MAX_NUMBER: Final = 60
_MAX_LINES: Final = 1_000_000
_MAX_WORDS: Final = 600  # "Credit of", a plan's name, its quantity, its period


def check_number(name: str, number: str) -> str:
    """Return a document's number or reference if it is 1 to 60 printable characters."""
    if type(number) is not str:
        raise InvalidTypeError(name, number, "a str")
    if not 0 < len(number) <= _MAX_NUMBER or not number.isprintable() or not number.strip():
        raise InvalidValueError(name, number, f"a number or reference has 1 to {_MAX_NUMBER} printable characters")
    return number


def _check_parties(seller: Seller, buyer: Buyer) -> None:
    if type(seller) is not Seller:
        raise InvalidTypeError("seller", seller, "a Seller")
    if type(buyer) is not Buyer:
        raise InvalidTypeError("buyer", buyer, "a Buyer")


@attrs.frozen
class Payment:
    """Money received for an invoice.

    Args:
        reference: what identifies it; a payment that is delivered twice counts once.
        amount: above 0.
        paid_on: the day.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing paid, an empty reference.
    """

    reference: str
    amount: Money
    paid_on: date

    def __attrs_post_init__(self) -> None:
        check_number("reference", self.reference)
        if check_money("amount", self.amount).amount_minor <= 0:
            raise InvalidValueError("amount", self.amount, "a payment is above 0; money given back is a refund")
        check_date("paid_on", self.paid_on)


@attrs.frozen
class Invoice:
    """What is owed, by whom, for what, with which tax.

    ``total = subtotal + tax``, ``due = total - credit applied - paid``, never
    below 0; what was paid beyond it is ``overpaid``. Tax is computed on the
    subtotal of each place, category and rate, and rounded once for each component.

    Args:
        number: given by the caller.
        issued_on: the day from which it can be disputed.
        seller: who sells.
        buyer: who buys.
        lines: one or more, of one currency.
        rounding: the mode of the tax.
        credit_applied: the balance spent on it, after tax.
        payments: what was received.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: lines of two currencies.
        InvalidValueError: no lines; a total below 0 (that is a `CreditNote`: `issue_document` decides); a tax that is
            `Undetermined`; credit above the total; one payment twice.
    """

    number: str
    issued_on: date
    seller: Seller
    buyer: Buyer
    lines: tuple[Line, ...]
    rounding: Rounding = Rounding.HALF_UP
    credit_applied: Money | None = None
    payments: tuple[Payment, ...] = ()
    taxes: tuple[TaxGroup, ...] = attrs.field(init=False, eq=False)
    subtotal: Money = attrs.field(init=False, eq=False)
    total: Money = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_number("number", self.number)
        check_date("issued_on", self.issued_on)
        _check_parties(self.seller, self.buyer)
        taxes, subtotal, whole = _add_up(self.lines, self.rounding)
        if whole.amount_minor < 0:
            raise InvalidValueError(
                "lines", whole, "a document below 0 is a credit note; issue_document(...) decides which it is"
            )
        self._check_settlement(whole)
        _put_taxes(self, taxes)
        _put_subtotal(self, subtotal)
        _put_total(self, whole)

    def _check_settlement(self, whole: Money) -> None:
        credit = self.credit_applied
        if credit is None and type(self.payments) is tuple and not self.payments:
            return
        if credit is not None and (
            check_money("credit_applied", credit, whole.currency) > whole or credit.amount_minor < 0
        ):
            raise InvalidValueError(
                "credit_applied", credit, f"between nothing and the total of {whole} can be applied"
            )
        if type(self.payments) is not tuple or any(type(each) is not Payment for each in self.payments):
            raise InvalidTypeError("payments", self.payments, "a tuple of Payment values")
        total((each.amount for each in self.payments), whole.currency)
        references = [each.reference for each in self.payments]
        if len(set(references)) != len(references):
            raise InvalidValueError(
                "payments", references, "one payment stands here twice; record_payment takes it once"
            )

    @property
    def currency(self) -> str:
        """The currency of the document."""
        return self.total.currency

    @property
    def tax(self) -> Money:
        """The tax: the sum of the groups' components."""
        return self.total - self.subtotal

    @property
    def paid(self) -> Money:
        """What was received."""
        return total((each.amount for each in self.payments), self.currency)

    @property
    def due(self) -> Money:
        """What is left to pay: total - credit applied - paid, or nothing."""
        open_amount = self._open
        return open_amount if open_amount.amount_minor > 0 else Money.zero(self.currency)

    @property
    def overpaid(self) -> Money:
        """What was received beyond what was owed; it belongs to the customer."""
        open_amount = self._open
        return -open_amount if open_amount.amount_minor < 0 else Money.zero(self.currency)

    @property
    def _open(self) -> Money:
        credit = self.credit_applied
        return self.total - self.paid - (credit if credit is not None else Money.zero(self.currency))

    def line_taxes(self) -> tuple[Money, ...]:
        """Return the tax of each line: an allocation of the document's tax within each group, so that they add up to it.

        Each line gets its exact tax, rounded down; the minor units that are left go to the lines that lost most.
        """
        return _line_taxes(self.lines, self.taxes)

    def explain(self) -> str:
        """Return the document as plain lines: each line's sum, each tax, the total, what settled it, what is due."""
        lines = [f"Invoice {self.number} of {self.issued_on} to {self.buyer.name}"]
        lines += [f"  {text}" for line in self.lines for text in line.explain().split("\n")]
        lines.append(f"  subtotal {self.subtotal}")
        lines += [f"  {text}" for group in self.taxes for text in group.explain().split("\n")]
        lines.append(f"  total {self.subtotal.amount} + {self.tax.amount} tax = {self.total}")
        if self.credit_applied:
            lines.append(f"  credit applied {self.credit_applied}")
        lines += [f"  paid {each.amount} on {each.paid_on} ({each.reference})" for each in self.payments]
        lines.append(f"  due {self.due}" + (f", overpaid {self.overpaid}" if self.overpaid else ""))
        return "\n".join(lines)


_put_taxes = Invoice.__dict__["taxes"].__set__
_put_subtotal = Invoice.__dict__["subtotal"].__set__
_put_total = Invoice.__dict__["total"].__set__


def _add_up(lines: Sequence[Line], rounding: Rounding) -> tuple[tuple[TaxGroup, ...], Money, Money]:
    """Return the tax groups, the subtotal and the total of lines."""
    if type(lines) is not tuple:
        raise InvalidTypeError("lines", lines, "a tuple of lines")
    if type(rounding) is not Rounding:
        raise InvalidTypeError("rounding", rounding, "a Rounding, such as Rounding.HALF_UP")
    if not lines:
        raise InvalidValueError("lines", lines, "a document needs at least one line")
    currency, gathered = _gather(lines)
    whole = sum([net for net, _ in gathered])
    subtotal = Money(whole, currency)
    if len(gathered) == 1:
        taxes: tuple[TaxGroup, ...] = (TaxGroup(subtotal, gathered[0][1], rounding),)
    else:
        taxes = assess_minor(gathered, currency, rounding)
    for group in taxes:
        whole += sum(group.amounts_minor)
    return taxes, subtotal, Money(whole, currency)


def _gather(lines: Sequence[Line]) -> tuple[str, list[tuple[int, Ruling]]]:
    """Return the currency of the lines, and their sum for each ruling: most lines of a document share one."""
    currency = ""
    sums: dict[int, int] = {}
    rulings: dict[int, Ruling] = {}
    for line in lines:
        if type(line) is ItemLine:  # net_minor_of, written out: this is the hot path
            price = line.unit_price
            net, own_currency = price.amount_minor * line.quantity, price.currency
        else:
            net, own_currency = net_minor_of(line)
        if own_currency != currency:
            if currency:
                raise CurrencyMismatchError(currency, own_currency)
            currency = own_currency
        ruling = line.ruling
        key = id(ruling)
        if key in sums:
            sums[key] += net
        else:
            sums[key] = net
            rulings[key] = ruling
    return currency, [(sums[key], ruling) for key, ruling in rulings.items()]


def _line_taxes(lines: tuple[Line, ...], taxes: tuple[TaxGroup, ...]) -> tuple[Money, ...]:
    currency = taxes[0].net.currency
    shares = [0] * len(lines)
    for group in taxes:
        key, rate = group_key(group.ruling), group.ruling.rate
        members = [at for at, line in enumerate(lines) if group_key(line.ruling) == key]
        exact = [lines[at].net.amount_minor * rate for at in members]
        floors = [each.numerator // each.denominator for each in exact]
        left = group.tax.amount_minor - sum(floors)
        by_loss = sorted(range(len(members)), key=lambda at: (floors[at] - exact[at], at))
        for position, at in enumerate(by_loss):
            extra, more = divmod(left, len(members))
            shares[members[at]] = floors[at] + extra + (1 if position < more else 0)
    return tuple([Money(share, currency) for share in shares])


@attrs.frozen
class CreditedLine:
    """One line of a credit note: which line of the document it credits, and how much before tax.

    Args:
        line_number: the line of the invoice, counted from 1.
        description: the line in words.
        net: what goes back before tax; below 0 for a line that had reduced the invoice.
        ruling: the tax decision of that line.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a number that is none of a line, words that cannot be printed.
    """

    line_number: int
    description: str
    net: Money
    ruling: Ruling

    def __attrs_post_init__(self) -> None:
        if type(self.line_number) is not int:
            raise InvalidTypeError("line_number", self.line_number, "an int, counted from 1")
        if not 1 <= self.line_number <= _MAX_LINES:
            raise InvalidValueError("line_number", self.line_number, f"lines are counted from 1 to {_MAX_LINES}")
        check_words("description", self.description, _MAX_WORDS)
        check_money("net", self.net)
        check_ruling("ruling", self.ruling)


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
        InvalidValueError: an `Undetermined` decision, a tax that does not follow from the net.
    """

    ruling: Ruling
    net: Money
    tax: Money

    def __attrs_post_init__(self) -> None:
        check_money("tax", self.tax, check_money("net", self.net).currency)
        if type(check_ruling("ruling", self.ruling)) is Undetermined:
            raise InvalidValueError(
                "ruling", self.ruling.describe(), "what is not known was not charged; settle it first"
            )
        exact = self.net.exact() * self.ruling.rate
        # One rounding now and one before it, for each component.
        if abs(self.tax.amount_minor - exact.amount_minor) > 2 * len(self.ruling.components):
            problem = f"{self.ruling.describe()} on {self.net} is {exact.to_text()}"
            raise InvalidValueError("tax", self.tax, problem)


@attrs.frozen
class CreditNote:
    """What goes back to the buyer, gross: the nets of its lines and the tax that was charged on them.

    Args:
        number: given by the caller.
        issued_on: the day.
        seller: who gives the credit.
        buyer: who gets it.
        invoice_number: the invoice that it corrects, or None for a change whose credit exceeded its charge.
        lines: what is credited; positive nets go to the buyer.
        taxes: the tax that goes back, by decision.

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

    def __attrs_post_init__(self) -> None:
        check_number("number", self.number)
        check_date("issued_on", self.issued_on)
        _check_parties(self.seller, self.buyer)
        if self.invoice_number is not None:
            check_number("invoice_number", self.invoice_number)
        if type(self.lines) is not tuple or any(type(each) is not CreditedLine for each in self.lines):
            raise InvalidTypeError("lines", self.lines, "a tuple of CreditedLine values")
        if type(self.taxes) is not tuple or any(type(each) is not CreditedTax for each in self.taxes):
            raise InvalidTypeError("taxes", self.taxes, "a tuple of CreditedTax values")
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

    def explain(self) -> str:
        """Return the document as plain lines."""
        about = f" for invoice {self.invoice_number}" if self.invoice_number else ""
        lines = [f"Credit note {self.number} of {self.issued_on}{about} to {self.buyer.name}"]
        lines += [f"  {each.description}: {each.net}" for each in self.lines]
        lines += [f"  {each.ruling.describe()}: tax of {each.tax} on {each.net}" for each in self.taxes]
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
) -> Invoice | CreditNote:
    """Make the document of some lines: an invoice, or, where their gross total is below 0, a credit note for it.

    Args:
        number: the number of the document.
        issued_on: its day.
        seller: who sells.
        buyer: who buys.
        lines: one or more, of one currency.
        rounding: the mode of the tax.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: lines of two currencies.
        InvalidValueError: no lines, or a tax that is `Undetermined`.
    """
    taxes, _, whole = _add_up(lines, rounding)
    if whole.amount_minor >= 0:
        return Invoice(number, issued_on, seller, buyer, lines, rounding)
    credited = [CreditedLine(at, _words(line), -line.net, line.ruling) for at, line in enumerate(lines, 1)]
    returned = [CreditedTax(group.ruling, -group.net, -group.tax) for group in taxes]
    return CreditNote(number, issued_on, seller, buyer, None, tuple(credited), tuple(returned))


def _words(line: Line) -> str:
    return line.description
