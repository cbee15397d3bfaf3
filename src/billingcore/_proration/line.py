"""One line of a change: its terms, the one place where they become money, and its sum in words."""

from copy import copy
from fractions import Fraction
from typing import Final

import attrs

from billingcore._checks import check, check_words, setters
from billingcore._kernel import Rounding, round_share
from billingcore._plans.checks import check_quantity
from billingcore._proration.choices import GIVEN, Early, RoundStep, Side
from billingcore._proration.time_left import stepped
from billingcore._tax.components import percent
from billingcore._tax.rulings import check_ruling
from billingcore.errors import InvalidValueError
from billingcore.money import MAX_AMOUNT_MINOR, ExactAmount, Money, minor_digits
from billingcore.money._amounts import check_money
from billingcore.plans import Plan, PriceMode
from billingcore.tax import UNTAXED, Ruling

_MOST: Final = 10**40
_WORDS: Final = {
    Side.CREDIT: "credit for", Side.CHARGE: "charge for", Side.DISCOUNT: "discount taken back on",
    Side.REVERSAL: "reversal of", Side.REBILL: "used part of", Side.EXTENSION: "time bought of",
}  # fmt: skip


def settle_minor(
    base: int, num: int, den: int, units: int, mode: Rounding, early: RoundStep | None, currency: str
) -> int:
    """Round ``base × num / den`` once: for each unit, or with one of the early roundings that some vendors do.

    Args:
        base: minor units.
        num: the time that is left.
        den: the time over which the base is spread.
        units: how many units share the base; 1 to round the line.
        mode: the mode.
        early: a rounding of ``num / den``, or of ``base / den`` in major units, first.
        currency: the currency of the base.
    """
    if early is not None and early.of is Early.RATE:
        shift = early.digits - minor_digits(currency)
        up, down = (10**shift, 1) if shift >= 0 else (1, 10**-shift)
        of_one = round_share(base * up, 1, den * units * down, early.mode)
        return round_share(of_one * down, num, up, mode) * units
    if early is not None:
        num, den = stepped(early, num, den)
    return round_share(base, num, den * units, mode) * units


@attrs.frozen
class ProrationLine:
    """One line of a change: ``base × num / den``, rounded once, and why.

    Amounts are in the mode of the plan's price: before tax, or with the tax in them.

    Args:
        side: what the line is.
        plan: of which plan.
        quantity: for how many.
        base: the amount of which it is a share.
        num: the time that counts.
        den: the time over which the base is spread.
        ruling: the tax decision: of what is credited, or of the new charge.
        rounding: the mode of the rounding.
        counted: what ``num`` and ``den`` count, in words.
        decided_by: the field of the policy that led to the line.
        units: how many units the base is rounded for; 1 for the line.
        early: a rounding before the multiplication, or None.
        at_most: what is left of the billed value, or None where nothing limits the line.
        adjustment: what is added to the rounded share: what makes lines add up to a net that was rounded, or what
            newer charges gave back already; None where nothing is.
        base_tax: the tax that was really billed in the base, where the price contains it and it is known.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a negative share or base; a tax where the price has none in it, or more than the base.
        CurrencyMismatchError: amounts of two currencies.
    """

    side: Side
    plan: Plan
    quantity: int
    base: Money
    num: int
    den: int
    ruling: Ruling
    rounding: Rounding
    counted: str
    decided_by: str
    units: int = 1
    early: RoundStep | None = None
    at_most: Money | None = None
    adjustment: Money | None = None
    base_tax: Money | None = None
    rounded_minor: int = attrs.field(init=False, eq=False, repr=False)
    """The share after its rounding, in minor units, before the adjustment and the limit."""
    amount_minor: int = attrs.field(init=False, eq=False)
    """The size of the line, in minor units."""

    def __attrs_post_init__(self) -> None:
        """Check once, by hand and in place: every change makes some of these."""
        base, num, den, units = self.base, self.num, self.den, self.units
        if type(num) is not int or type(den) is not int or type(units) is not int:
            check("num", num, int)
            check("den", den, int)
            check("units", units, int)
        if type(self.side) is not Side or type(self.plan) is not Plan or type(base) is not Money:
            check("side", self.side, Side)
            check("plan", self.plan, Plan)
            check_money("base", base)
        check_quantity("quantity", self.quantity)
        check_ruling("ruling", self.ruling)
        check_words("counted", self.counted)
        check_words("decided_by", self.decided_by)
        if base.amount_minor < 0 or num < 0 or den < 1 or units < 1:
            raise InvalidValueError("base", base, "a line is a share of 0 or more of an amount of 0 or more")
        if num > _MOST or den > _MOST or units > _MOST:
            raise InvalidValueError("num", (num, den, units), "the terms of a share have up to 40 digits")
        if self.early is not None:
            check("early", self.early, RoundStep)
        if self.base_tax is not None:
            _check_base_tax(self.base_tax, base, self.plan)
        rounded = settle_minor(base.amount_minor, num, den, units, self.rounding, self.early, base.currency)
        _put_rounded(self, rounded)
        _put_amount(self, _limited(rounded, self.at_most, self.adjustment, base.currency))

    @property
    def rounded(self) -> Money:
        """The share after its rounding, before the adjustment and the limit."""
        return Money(self.rounded_minor, self.base.currency)

    @property
    def amount(self) -> Money:
        """The size of the line, in the mode of the price."""
        return Money(self.amount_minor, self.base.currency)

    @property
    def signed_minor(self) -> int:
        """What the line adds, in minor units and in the mode of the price: negative where something is given back."""
        return -self.amount_minor if self.side in GIVEN else self.amount_minor

    @property
    def mode(self) -> PriceMode:
        """Whether the amounts contain tax."""
        return self.plan.price.mode

    @property
    def tax(self) -> Money | None:
        """The tax in the amount, where the price contains it; None where tax comes on top, from the document.

        The share of what was really billed as tax, where that is known; else by the rate of the decision, half up. Where
        nothing is charged it is nothing: the price as stated is the net. So it is under `UNTAXED`, the ruling where none is
        given: `explain` says so.

        Raises:
            InvalidValueError: the tax in the price is not known: the decision is `Undetermined` or `Disputed`.
        """
        if self.mode is PriceMode.EXCLUSIVE:
            return None
        share = _tax_share(self)
        if share is None:
            raise InvalidValueError(
                "ruling", self.ruling.describe(), "the tax in the price is not known; settle it first"
            )
        return Money(round_share(self.amount_minor, *share, Rounding.HALF_UP), self.base.currency)

    @property
    def net(self) -> Money:
        """What the line adds to the document, before tax: negative where something is given back."""
        tax = self.tax
        size = self.amount_minor if tax is None else self.amount_minor - tax.amount_minor
        return Money(-size if self.side in GIVEN else size, self.base.currency)

    @property
    def fraction(self) -> Fraction:
        """The exact share, before any rounding of it."""
        return Fraction(self.num, self.den)

    @property
    def exact(self) -> ExactAmount:
        """The line before every rounding."""
        return self.base.exact() * self.fraction

    @property
    def description(self) -> str:
        """The line in words."""
        return f"{_WORDS[self.side]} {self.plan.name} × {self.quantity}"

    @property
    def sum_in_words(self) -> str:
        """The sum: the base, the share, each rounding in its order, the limit; each number is the one that is used next."""
        text = f"{self.base}"
        if self.num != self.den or self.units > 1 or self.early is not None:
            text += _share(self)
        return text + _after_rounding(self)

    def explain(self) -> str:
        """Return the line with its sum, the tax in it where the price contains it, and what decided it."""
        return f"{self.description}: {self.sum_in_words}{_tax_in_words(self)} ({self.decided_by})"


*_, _put_rounded, _put_amount = setters(ProrationLine)


def _limited(rounded: int, at_most: Money | None, adjustment: Money | None, currency: str) -> int:
    """Return a rounded share with what is added to it, and no more than what is left."""
    amount = rounded
    if adjustment is not None:
        amount += check_money("adjustment", adjustment, currency).amount_minor
    if at_most is not None:
        amount = min(amount, check_money("at_most", at_most, currency).amount_minor)
    within = -MAX_AMOUNT_MINOR <= amount <= MAX_AMOUNT_MINOR
    return amount if within else Money(amount, currency).amount_minor  # which refuses it


def _check_base_tax(tax: Money, base: Money, plan: Plan) -> None:
    within = 0 <= check_money("base_tax", tax, base.currency).amount_minor <= base.amount_minor
    if plan.price.mode is not PriceMode.INCLUSIVE or not within:
        raise InvalidValueError("base_tax", tax, "a part of the base, where the price of the plan contains tax")


def _tax_share(line: ProrationLine) -> tuple[int, int] | None:
    """Return which share of a price that contains it is tax: as it was billed, else by the rate; None where it is not known."""
    if line.base_tax is not None and line.base:
        return line.base_tax.amount_minor, line.base.amount_minor
    if not line.ruling.is_settled:
        return None
    rate = line.ruling.rate
    return rate.numerator, rate.numerator + rate.denominator


def _tax_in_words(line: ProrationLine) -> str:
    """Return the tax in a line with its sum, from the same share; nothing where tax comes on top."""
    share = None if line.mode is PriceMode.EXCLUSIVE else _tax_share(line)
    if share is None:
        return "" if line.mode is PriceMode.EXCLUSIVE else ", the tax in it not known"
    if line.base_tax is not None and line.base:
        of = f"{line.base_tax.amount}/{line.base.amount} as billed"
    elif line.ruling == UNTAXED:
        return ", the tax in it counted as 0.00: no decision was given"
    elif not line.ruling.rate:
        return ", no tax in it"
    else:
        of = f"{percent(line.ruling.rate)}/{percent(1 + line.ruling.rate)}"
    exact, tax = line.amount.exact() * Fraction(*share), line.tax
    rounded = "" if tax is None or tax.exact() == exact else f" → {tax.amount} {Rounding.HALF_UP.words}"
    return f", tax in it {line.amount.amount} × {of} = {exact.to_text()}{rounded}"


def adjusted(line: ProrationLine, amount_minor: int, decided_by: str) -> ProrationLine:
    """Return a line of another amount, by what is added to its rounded share; it is not rounded again."""
    made = copy(line)
    put = object.__setattr__
    put(made, "adjustment", Money(amount_minor - line.rounded_minor, line.base.currency))
    put(made, "decided_by", decided_by)
    put(made, "amount_minor", amount_minor)
    return made


def unrounded(line: ProrationLine) -> Fraction:
    """Return the share of a line in minor units, with its early rounding if it has one, before that of money."""
    early, base = line.early, line.base.amount_minor
    if early is None:
        return Fraction(base * line.num, line.den)
    if early.of is Early.FRACTION:
        return base * Fraction(*stepped(early, line.num, line.den))
    return (
        _rate(line, early) * line.num * line.units / Fraction(10) ** (early.digits - minor_digits(line.base.currency))
    )


def _rate(line: ProrationLine, early: RoundStep) -> int:
    """Return the rounded price of one unit of time, in its smallest decimals."""
    exact = Fraction(10) ** (early.digits - minor_digits(line.base.currency)) * line.base.amount_minor
    return round_share(1, exact.numerator, exact.denominator * line.den * line.units, early.mode)


def _share(line: ProrationLine) -> str:
    """Return the share: for each unit, with the early rounding if there is one, exact and rounded."""
    num, den, units, base = line.num, line.den, line.units, line.base
    text = f", {(base.exact() * Fraction(1, units)).to_text()} for each of {units}" if units > 1 else ""
    text += f" × {num}/{den} {line.counted}"
    early = line.early
    if early is not None and early.of is Early.FRACTION:
        shown = _decimal(stepped(early, num, den)[0], early.digits)
        text += f", the fraction rounded first to {_step(early)}: {shown}"
    elif early is not None:
        text += f", the rate rounded first to {_step(early)}: {_decimal(_rate(line, early), early.digits)} × {num}"
    exact = Money(1, base.currency).exact() * (unrounded(line) / units)
    text += f" = {exact.to_text()}"
    one = Money(line.rounded_minor // units, base.currency)
    if one.exact() != exact:
        text += f" → {one.amount} {line.rounding.words}"
    return text if units == 1 else f"{text}, × {units} = {line.rounded.amount}"


def _step(early: RoundStep) -> str:
    return f"{early.digits} decimals {early.mode.words}"


def _decimal(value: int, digits: int) -> str:
    """Return a whole number of the smallest decimals as a decimal."""
    text = str(value).rjust(digits + 1, "0")
    return text if not digits else f"{text[:-digits]}.{text[-digits:]}"


def _after_rounding(line: ProrationLine) -> str:
    """Return what is added to the rounded share, and what it stops at."""
    text, amount = "", line.rounded
    if line.adjustment:
        amount += line.adjustment
        text = f", adjusted by {line.adjustment.amount}"
        if line.decided_by.endswith("stage"):
            text += " so that the lines come to the rounded net"
        if line.decided_by.endswith("settlement"):
            text += " that is lost"
        text += f" = {amount.amount}"
    if line.at_most is not None and line.at_most < amount:
        text += f", no more than the {line.at_most.amount} that is left of what was billed"
    return text
