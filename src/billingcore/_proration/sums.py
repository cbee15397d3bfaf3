"""The sum of one line in words: its terms, every rounding in its order, and what decided."""

from fractions import Fraction
from typing import TYPE_CHECKING

from billingcore._kernel import round_share
from billingcore._proration.options import Side, TaxOrder
from billingcore.money import ExactAmount, Money, minor_digits

if TYPE_CHECKING:
    from billingcore._proration.lines import ProrationLine


def explain_line(line: "ProrationLine") -> str:
    """Return the sum of a line; each number in it is the one that is used next."""
    text, base = f"{line.description}: {line.base}", line.base
    split = line.tax_order is TaxOrder.GROSS_THEN_SPLIT and line.ruling.rate != 0
    if split:
        base = line.gross
        text += f", {base.amount} with its tax"
    early = line.fraction_rounding is not None or line.rate_rounding is not None
    if line.num != line.den or line.units > 1 or early:
        text += _share(line, base)
    if split:
        text += f", {line.rounded.amount} without tax"
    return f"{text}{_after_rounding(line)} ({line.decided_by})"


def _share(line: "ProrationLine", base: Money) -> str:
    """Return the share: for each unit, with the early rounding if there is one, exact and rounded."""
    num, den, units = line.num, line.den, line.units
    exact = base.exact() * Fraction(num, den * units)
    text = f", {(base.exact() * Fraction(1, units)).to_text()} for each of {units}" if units > 1 else ""
    text += f" × {num}/{den} {line.counted}"
    fraction, rate = line.fraction_rounding, line.rate_rounding
    if fraction is not None:
        top, bottom = fraction.of(num, den)
        num, den = top, bottom
        exact = base.exact() * Fraction(num, den * units)
        text += f", the fraction rounded first to {fraction.describe()}: {_decimal(top, fraction.digits)}"
    if rate is not None:
        major = Fraction(10) ** (rate.digits - minor_digits(base.currency))
        shown = base.amount_minor * major / (den * units)
        of_one = round_share(1, shown.numerator, shown.denominator, rate.mode)
        exact = Money(1, base.currency).exact() * (of_one * num / major)
        times = num if fraction is None else _decimal(num, fraction.digits)
        text += f", the rate rounded first to {rate.describe()}: {_decimal(of_one, rate.digits)} × {times}"
    return text + _rounded(line, exact)


def _rounded(line: "ProrationLine", exact: ExactAmount) -> str:
    minor = exact.amount_minor
    one = Money(round_share(1, minor.numerator, minor.denominator, line.mode), exact.currency)
    text = f" = {exact.to_text()}"
    if one.exact() != exact:
        text += f" → {one.amount} {line.mode.words}"
    return text if line.units == 1 else f"{text}, × {line.units} = {(one * line.units).amount}"


def _decimal(value: int, digits: int) -> str:
    """Return a whole number of the smallest decimals as a decimal."""
    text = str(value).rjust(digits + 1, "0")
    return text if not digits else f"{text[:-digits]}.{text[-digits:]}"


def _after_rounding(line: "ProrationLine") -> str:
    """Return what is added to the rounded share, and what it stops at."""
    text, amount = "", line.rounded
    if line.adjustment:
        amount += line.adjustment
        text = f", adjusted by {line.adjustment.amount}"
        if line.decided_by.endswith("rounding.stage"):
            text += " so that the lines come to the rounded net"
        elif line.side is Side.CHARGE:
            text += " so that less than the minimum is not billed"
        text += f" = {amount.amount}"
    if line.at_most is not None and line.at_most < amount:
        text += f", no more than the {line.at_most.amount} that is left of what was billed"
    return text
