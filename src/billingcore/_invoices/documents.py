"""Invoices as values: what they hold cannot disagree with what they add up to."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import attrs

from billingcore._checks import check_date, check_words, refuse, setters
from billingcore._kernel import Rounding
from billingcore._tax.assessment import assess_minor
from billingcore._tax.rulings import group_key
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.lines import Line, OneOffLine, check_line
from billingcore.money import MAX_AMOUNT_MINOR, Money
from billingcore.money._amounts import check_money
from billingcore.parties import Buyer, Seller
from billingcore.tax import Ruling, TaxGroup, mixed_categories

_MAX_NUMBER: Final = 60


def check_number(name: str, number: str) -> str:
    """Return a document's number or reference if it is 1 to 60 printable characters."""
    return check_words(name, number, _MAX_NUMBER)


def check_parties(seller: Seller, buyer: Buyer) -> None:
    if type(seller) is not Seller:
        refuse("seller", seller, Seller)
    if type(buyer) is not Buyer:
        refuse("buyer", buyer, Buyer)


Added = tuple[tuple[TaxGroup, ...], int, int]
"""The tax groups of some lines, and their subtotal and total in minor units."""


@attrs.frozen(init=False)
class Invoice:
    """What is owed, by whom, for what, with which tax.

    ``total = subtotal + tax``, ``payable = total - prepaid``. It never changes once it is issued: what is paid or
    credited later stands in the ledger, each on its day. Tax is computed on the subtotal of each place, category and
    rate, and rounded once for each component.

    Args:
        number: given by the caller.
        issued_on: the day from which it can be disputed.
        seller: who sells.
        buyer: who buys.
        lines: one or more, of one currency.
        rounding: the mode of the tax.
        prepaid: what is known to settle it when it is issued: credit spent on it, an advance; between nothing and the
            total, and None for nothing.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: lines of two currencies.
        InvalidValueError: no lines; a total below 0 (that is a `CreditNote`: `issue_document` decides); a tax that is
            `Undetermined`; more prepaid than the total.
    """

    number: str
    issued_on: date
    seller: Seller
    buyer: Buyer
    lines: tuple[Line, ...]
    rounding: Rounding = Rounding.HALF_UP
    prepaid: Money | None = None
    taxes: tuple[TaxGroup, ...] = attrs.field(init=False, eq=False)
    """The tax of all lines of one decision, rounded once; one group for each decision."""
    subtotal_minor: int = attrs.field(init=False, eq=False)
    """The sum of the lines before tax, in minor units."""
    total_minor: int = attrs.field(init=False, eq=False)
    """The subtotal and the tax, in minor units."""

    def __init__(
        self,
        number: str,
        issued_on: date,
        seller: Seller,
        buyer: Buyer,
        lines: tuple[Line, ...],
        rounding: Rounding = Rounding.HALF_UP,
        prepaid: Money | None = None,
    ) -> None:
        """Check, add up, and keep what the sum is."""
        self._fill(number, issued_on, seller, buyer, lines, rounding, prepaid, None)

    def _fill(
        self, number: str, issued_on: date, seller: Seller, buyer: Buyer, lines: tuple[Line, ...], rounding: Rounding,
        prepaid: Money | None, added: Added | None,
    ) -> None:  # fmt: skip
        check_number("number", number)
        if type(issued_on) is not date or type(seller) is not Seller or type(buyer) is not Buyer:
            check_date("issued_on", issued_on)
            check_parties(seller, buyer)
        taxes, subtotal, whole = added or add_up(lines, rounding)
        _put_number(self, number)
        _put_issued_on(self, issued_on)
        _put_seller(self, seller)
        _put_buyer(self, buyer)
        _put_lines(self, lines)
        _put_rounding(self, rounding)
        _put_prepaid(self, prepaid)
        _put_taxes(self, taxes)
        _put_subtotal(self, subtotal)
        _put_total(self, whole)
        if not 0 <= whole <= MAX_AMOUNT_MINOR:  # the total refuses what is above the largest amount
            problem = "a document below 0 is a credit note; issue_document(...) decides which it is"
            raise InvalidValueError("lines", self.total, problem)
        if prepaid is not None:
            most = self.total
            if not 0 <= check_money("prepaid", prepaid, most.currency).amount_minor <= whole:
                raise InvalidValueError("prepaid", prepaid, f"between nothing and the total of {most} is prepaid")

    @property
    def currency(self) -> str:
        """The currency of the document."""
        return self.taxes[0].net.currency

    @property
    def subtotal(self) -> Money:
        """What the lines add up to, before tax."""
        return Money(self.subtotal_minor, self.currency)

    @property
    def total(self) -> Money:
        """What the buyer owes for the lines: the subtotal and the tax."""
        return Money(self.total_minor, self.currency)

    @property
    def tax(self) -> Money:
        """The tax: the sum of the groups' components."""
        return Money(self.total_minor - self.subtotal_minor, self.currency)

    @property
    def payable(self) -> Money:
        """What is asked for: the total less what was prepaid. What is open of it on a day says the ledger."""
        return Money(self.total_minor - (0 if self.prepaid is None else self.prepaid.amount_minor), self.currency)

    def with_number(self, number: str) -> "Invoice":
        """Return the document with another number: a preview that becomes one. Nothing is computed again."""
        added = (self.taxes, self.subtotal_minor, self.total_minor)
        return added_up_invoice(
            number, self.issued_on, self.seller, self.buyer, self.lines, self.rounding, self.prepaid, added
        )

    def line_taxes(self) -> tuple[Money, ...]:
        """Return the tax of each line: an allocation of the document's tax within each group, so that they add up to it.

        Each line gets its exact tax, rounded down; the minor units that are left go to the lines that lost most.
        """
        return _line_taxes(self.lines, self.taxes)

    def explain(self) -> str:
        """Return the document as plain lines: each line's sum, each tax, the total, what was prepaid, what is payable."""
        lines = [f"Invoice {self.number} of {self.issued_on} to {self.buyer.name}"]
        lines += [f"  {text}" for line in self.lines for text in line.explain().split("\n")]
        lines.append(f"  subtotal {self.subtotal}")
        lines += [f"  {text}" for group in self.taxes for text in group.explain().split("\n")]
        lines.append(f"  total {self.subtotal.amount} + {self.tax.amount} tax = {self.total}")
        if self.prepaid:
            lines.append(f"  prepaid {self.prepaid}")
        lines.append(f"  payable {self.payable}")
        mixed = mixed_categories(self.taxes)
        if mixed is not None:
            lines.append(f"  note: {mixed.text}")
        return "\n".join(lines)


(
    _put_number,
    _put_issued_on,
    _put_seller,
    _put_buyer,
    _put_lines,
    _put_rounding,
    _put_prepaid,
    _put_taxes,
    _put_subtotal,
    _put_total,
) = setters(Invoice)


def added_up_invoice(
    number: str, issued_on: date, seller: Seller, buyer: Buyer, lines: tuple[Line, ...], rounding: Rounding,
    prepaid: Money | None, added: Added,
) -> Invoice:  # fmt: skip
    """Return an invoice of lines that were added up already: their tax is not rounded again."""
    made = object.__new__(Invoice)
    made._fill(number, issued_on, seller, buyer, lines, rounding, prepaid, added)
    return made


def add_up(lines: Sequence[Line], rounding: Rounding) -> Added:
    """Return the tax groups of lines, and their subtotal and total in minor units of the groups' currency."""
    if type(lines) is not tuple:
        refuse("lines", lines, tuple, words="a tuple of lines")
    if type(rounding) is not Rounding:
        refuse("rounding", rounding, Rounding)
    if not lines:
        raise InvalidValueError("lines", lines, "a document needs at least one line")
    currency, gathered = _gather(lines)
    if len(gathered) == 1:  # nearly every document: one decision for all lines
        ((whole, ruling),) = gathered
        group = TaxGroup(Money(whole, currency), ruling, rounding)
        return (group,), whole, whole + sum(group.amounts_minor)
    taxes = assess_minor(gathered, currency, rounding)
    whole = Money(sum([net for net, _ in gathered]), currency).amount_minor  # a subtotal above the largest is refused
    return taxes, whole, whole + sum([amount for group in taxes for amount in group.amounts_minor])


def _gather(lines: Sequence[Line]) -> tuple[str, list[tuple[int, Ruling]]]:
    """Return the currency of the lines, and their sum for each ruling: most lines of a document share one."""
    currency = ""
    sums: dict[int, int] = {}
    rulings: dict[int, Ruling] = {}
    last: Ruling | None = None
    running = 0
    for line in lines:
        if type(line) is OneOffLine:  # its net, without making the Money: this is the hot path
            price = line.unit_price
            net, own_currency = price.amount_minor * line.quantity, price.currency
        else:
            check_line(line)
            amount = line.net
            net, own_currency = amount.amount_minor, amount.currency
        if own_currency != currency:
            if currency:
                raise CurrencyMismatchError(currency, own_currency)
            currency = own_currency
        if line.ruling is not last:
            sums[id(last)] = running
            last = line.ruling
            rulings[id(last)] = last
            running = sums.get(id(last), 0)
        running += net
    sums[id(last)] = running
    return currency, [(sums[key], ruling) for key, ruling in rulings.items()]


def _line_taxes(lines: tuple[Line, ...], taxes: tuple[TaxGroup, ...]) -> tuple[Money, ...]:
    members: dict[tuple[object, ...], list[int]] = {}
    for at, line in enumerate(lines):
        members.setdefault(group_key(line.ruling), []).append(at)
    shares = [0] * len(lines)
    for group in taxes:
        own, rate = members[group_key(group.ruling)], group.ruling.rate
        num, den = rate.numerator, rate.denominator
        floors, lost = zip(*[divmod(lines[at].net.amount_minor * num, den) for at in own], strict=True)
        left = group.tax.amount_minor - sum(floors)
        by_loss = sorted(range(len(own)), key=lambda position: (-lost[position], position))
        for rank, position in enumerate(by_loss):
            extra, more = divmod(left, len(own))
            shares[own[position]] = floors[position] + extra + (1 if rank < more else 0)
    currency = taxes[0].net.currency
    return tuple([Money(share, currency) for share in shares])
