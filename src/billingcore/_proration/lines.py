"""One line of a change: its terms, and the one place where they become money."""

from fractions import Fraction
from typing import Final

import attrs

from billingcore._checks import check, check_fields, check_words
from billingcore._kernel import Rounding, round_share
from billingcore._plans.checks import check_quantity
from billingcore._proration.options import RoundStep, Side, TaxOrder
from billingcore._proration.sums import explain_line
from billingcore._tax.rulings import check_ruling
from billingcore.errors import InvalidValueError
from billingcore.money import ExactAmount, Money, minor_digits
from billingcore.money._amounts import check_money
from billingcore.plans import Plan
from billingcore.tax import Ruling

_MOST: Final = 10**40
_GIVEN: Final = (Side.CREDIT, Side.REVERSAL)
_WORDS: Final = {
    Side.CREDIT: "credit for", Side.CHARGE: "charge for", Side.DISCOUNT: "discount taken back on",
    Side.REVERSAL: "reversal of", Side.REBILL: "used part of", Side.EXTENSION: "time bought of",
}  # fmt: skip


def settle_minor(
    base: int,
    num: int,
    den: int,
    units: int,
    mode: Rounding,
    fraction: RoundStep | None,
    rate: RoundStep | None,
    digits: int,
) -> int:
    """Round ``base × num / den`` once: for each unit, or with one of the early roundings that some vendors do.

    Args:
        base: minor units.
        num: the time that is left.
        den: the time over which the base is spread.
        units: how many units share the base; 1 to round the line.
        mode: the mode.
        fraction: a rounding of ``num / den`` first.
        rate: a rounding of ``base / den``, in major units, first.
        digits: the decimals of the currency.
    """
    if fraction is not None:
        num, den = fraction.of(num, den)
    if rate is not None:
        shift = rate.digits - digits
        up, down = (10**shift, 1) if shift >= 0 else (1, 10**-shift)
        of_one = round_share(base * up, 1, den * units * down, rate.mode)
        return round_share(of_one * down, num, up, mode) * units
    if units == 1:
        return round_share(base, num, den, mode)
    return round_share(base, num, den * units, mode) * units


def with_tax_minor(net: int, rate: Fraction, mode: Rounding) -> int:
    """Return the gross of a net amount."""
    return net + round_share(net, rate.numerator, rate.denominator, mode)


def without_tax_minor(gross: int, rate: Fraction, mode: Rounding) -> int:
    """Return the net of a gross amount; the tax is what is left."""
    return round_share(gross, rate.denominator, rate.denominator + rate.numerator, mode)


@attrs.frozen
class ProrationLine:
    """One line of a change: ``base × num / den``, rounded once, and why.

    Args:
        side: what the line is.
        plan: of which plan.
        quantity: for how many.
        base: the amount of which it is a share.
        num: the time that counts.
        den: the time over which the base is spread.
        ruling: the tax decision: of what is credited, or of the new charge.
        mode: the mode of the rounding.
        counted: what ``num`` and ``den`` count, in words.
        decided_by: the policy field that led to the line.
        units: how many units the base is rounded for; 1 for the line.
        fraction_rounding: a rounding of the fraction before, or None.
        rate_rounding: a rounding of the price of one unit of time before, or None.
        at_most: what is left of the billed value, or None where nothing limits the line.
        adjustment: what is added to the rounded share: what makes lines add up to a net that was rounded, or what
            newer charges gave back already; None where nothing is.
        tax_order: when the tax of the line is computed.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a negative share or base.
        CurrencyMismatchError: amounts of two currencies.
    """

    side: Side
    plan: Plan
    quantity: int
    base: Money
    num: int
    den: int
    ruling: Ruling
    mode: Rounding
    counted: str
    decided_by: str
    units: int = 1
    fraction_rounding: RoundStep | None = None
    rate_rounding: RoundStep | None = None
    at_most: Money | None = None
    adjustment: Money | None = None
    tax_order: TaxOrder = TaxOrder.TAX_AFTER
    amount_minor: int = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if (
            type(self.side) is not Side
            or type(self.plan) is not Plan
            or type(self.num) is not int
            or type(self.den) is not int
            or type(self.mode) is not Rounding
            or type(self.units) is not int
            or type(self.tax_order) is not TaxOrder
        ):
            check_fields(self, side=Side, plan=Plan, num=int, den=int, mode=Rounding, units=int, tax_order=TaxOrder)
        check_words("counted", self.counted)
        check_words("decided_by", self.decided_by)
        check_quantity("quantity", self.quantity)
        check_ruling("ruling", self.ruling)
        currency = check_money("base", self.base).currency
        if self.base.amount_minor < 0 or self.num < 0 or self.den < 1 or self.units < 1:
            raise InvalidValueError("base", self.base, "a line is a share of 0 or more of an amount of 0 or more")
        if max(self.num, self.den, self.units) > _MOST:
            raise InvalidValueError(
                "num", (self.num, self.den, self.units), "the terms of a share have up to 40 digits"
            )
        if self.tax_order is not TaxOrder.TAX_AFTER and not self.ruling.is_settled:
            raise InvalidValueError("ruling", self.ruling.describe(), "a tax that is not known is not prorated")
        if self.at_most is not None:
            check_money("at_most", self.at_most, currency)
        if self.adjustment is not None:
            check_money("adjustment", self.adjustment, currency)
        if self.fraction_rounding is not None:
            _check_step("fraction_rounding", self.fraction_rounding)
        if self.rate_rounding is not None:
            _check_step("rate_rounding", self.rate_rounding)
        object.__setattr__(self, "amount_minor", Money(self._amount_minor(), currency).amount_minor)

    def _amount_minor(self) -> int:
        amount = self._rounded_minor()
        if self.adjustment is not None:
            amount += self.adjustment.amount_minor
        return amount if self.at_most is None else min(amount, self.at_most.amount_minor)

    def _rounded_minor(self) -> int:
        base, mode = self.base.amount_minor, self.mode
        split = self.tax_order is TaxOrder.GROSS_THEN_SPLIT
        if split:
            base = with_tax_minor(base, self.ruling.rate, mode)
        digits = minor_digits(self.base.currency)
        amount = settle_minor(
            base, self.num, self.den, self.units, mode, self.fraction_rounding, self.rate_rounding, digits
        )
        return without_tax_minor(amount, self.ruling.rate, mode) if split else amount

    @property
    def rounded(self) -> Money:
        """The share after its rounding, before the adjustment and the limit."""
        return Money(self._rounded_minor(), self.base.currency)

    @property
    def gross(self) -> Money:
        """The base with the tax of its rate."""
        return Money(with_tax_minor(self.base.amount_minor, self.ruling.rate, self.mode), self.base.currency)

    @property
    def amount(self) -> Money:
        """The size of the line, before tax."""
        return Money(self.amount_minor, self.base.currency)

    @property
    def net(self) -> Money:
        """What the line adds to the document, before tax: negative where something is given back."""
        return -self.amount if self.side in _GIVEN else self.amount

    @property
    def tax(self) -> Money | None:
        """The tax that the line carries by itself, or None where tax is computed on the document."""
        rate, mode = self.ruling.rate, self.mode
        if self.tax_order is TaxOrder.TAX_AFTER:
            return None
        base = self.base.amount_minor
        gross = with_tax_minor(base, rate, mode)
        if self.tax_order is TaxOrder.PRORATE_TAX:
            tax = round_share(gross - base, self.num, self.den, mode)
        else:
            part = round_share(gross, *self._used_share(), mode)
            tax = part - without_tax_minor(part, rate, mode)
        return Money(tax, self.base.currency)

    def _used_share(self) -> tuple[int, int]:
        step = self.fraction_rounding
        return (self.num, self.den) if step is None else step.of(self.num, self.den)

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

    def explain(self) -> str:
        """Return the sum of the line: the share, the exact amount, each rounding, and what decided."""
        return explain_line(self)


def _check_step(name: str, step: object) -> None:
    check(name, step, RoundStep)
