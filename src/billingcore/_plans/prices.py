"""Price models: flat, for each seat, in steps, by the package, a share of each sale."""

from fractions import Fraction
from itertools import pairwise
from typing import Final

import attrs

from billingcore._checks import check, check_int, check_tuple
from billingcore._choices import Choice
from billingcore._plans.checks import MAX_QUANTITY, check_percent, check_price, check_quantity
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.money import MAX_AMOUNT_MINOR, ExactAmount, Money, Rounding


class PriceMode(Choice):
    """Whether a price contains tax."""

    EXCLUSIVE = "exclusive"
    """It is stated before tax."""
    INCLUSIVE = "inclusive"
    """It is stated with the tax in it."""


@attrs.frozen
class FlatPrice:
    """One price for the period, whatever the quantity.

    Args:
        amount: the price.
        mode: whether it contains tax.

    Raises:
        InvalidTypeError: not Money.
        InvalidValueError: a negative price.

    >>> FlatPrice(Money.of("30.00", "EUR")).charge_for(5)
    Money.of('30.00', 'EUR')
    """

    amount: Money
    mode: PriceMode = PriceMode.EXCLUSIVE

    def __attrs_post_init__(self) -> None:
        check_price(self.amount)
        check("mode", self.mode, PriceMode)

    @property
    def currency(self) -> str:
        """The currency of the price."""
        return self.amount.currency

    def charge_for(self, quantity: int) -> Money:
        """Return the price of the period for a quantity."""
        check_quantity("quantity", quantity)
        return self.amount


@attrs.frozen
class PerSeatPrice:
    """A price for each seat (or licence) and period.

    Args:
        amount: the price of one.
        mode: whether it contains tax.

    Raises:
        InvalidTypeError: not Money.
        InvalidValueError: a negative price.

    >>> PerSeatPrice(Money.of("12.00", "EUR")).charge_for(5)
    Money.of('60.00', 'EUR')
    """

    amount: Money
    mode: PriceMode = PriceMode.EXCLUSIVE

    def __attrs_post_init__(self) -> None:
        check_price(self.amount)
        check("mode", self.mode, PriceMode)

    @property
    def currency(self) -> str:
        """The currency of the price."""
        return self.amount.currency

    def charge_for(self, quantity: int) -> Money:
        """Return the price of the period for a quantity."""
        return self.amount * check_quantity("quantity", quantity)


@attrs.frozen
class Tier:
    """One step of a price by quantity.

    Args:
        up_to: the last unit of the step, or None for all that follow.
        unit_price: what each unit of the step costs; an `ExactAmount` where it has more digits than the currency.
        flat: what the step costs besides, as soon as it is reached.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a step that ends before its first unit, a negative price.
    """

    up_to: int | None
    unit_price: Money | ExactAmount
    flat: Money | None = None

    def __attrs_post_init__(self) -> None:
        if self.up_to is not None:
            check_quantity("up_to", self.up_to)
        if type(self.unit_price) is Money:
            check_price(self.unit_price)
        elif type(self.unit_price) is not ExactAmount:
            raise InvalidTypeError("unit_price", self.unit_price, "Money, or an ExactAmount of more digits")
        elif not 0 <= self.unit_price.amount_minor <= MAX_AMOUNT_MINOR:
            raise InvalidValueError("unit_price", self.unit_price, "a price is between 0 and 10**18 minor units")
        if self.flat is not None:
            check_price(self.flat)
            if self.flat.currency != self.unit_price.currency:
                raise CurrencyMismatchError(self.unit_price.currency, self.flat.currency)

    @property
    def unit_minor(self) -> Fraction:
        """The exact price of a unit in minor units."""
        return Fraction(self.unit_price.amount_minor)

    @property
    def flat_minor(self) -> int:
        """What the step costs besides, in minor units."""
        return self.flat.amount_minor if self.flat is not None else 0


class TierMode(Choice):
    """How the steps of a tiered price are read."""

    GRADUATED = "graduated"
    """Each unit costs what its own step says."""
    VOLUME = "volume"
    """All units cost what the step of the last one says."""
    STAIRSTEP = "stairstep"
    """The step of the last unit has one price for the period, its ``flat``, whatever the quantity within it."""


@attrs.frozen
class TieredPrice:
    """A price by quantity, in steps; rounded once, at the end.

    Args:
        tier_mode: how the steps are read.
        tiers: the steps, lowest first; the last one is open.
        block: how many units are sold as one: the steps then count blocks, and a block that is begun is paid.
        rounding: the mode of the one rounding.
        mode: whether the prices contain tax.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: steps in two currencies.
        InvalidValueError: no steps, steps out of order, a last step that ends.

    >>> steps = (Tier(1000, Money.of("1.50", "USD")), Tier(None, Money.of("2.00", "USD")))
    >>> [TieredPrice(mode, steps).charge_for(1200) for mode in (TierMode.GRADUATED, TierMode.VOLUME)]
    [Money.of('1900.00', 'USD'), Money.of('2400.00', 'USD')]
    """

    tier_mode: TierMode
    tiers: tuple[Tier, ...]
    block: int = 1
    rounding: Rounding = Rounding.HALF_UP
    mode: PriceMode = PriceMode.EXCLUSIVE

    def __attrs_post_init__(self) -> None:
        check("tier_mode", self.tier_mode, TierMode)
        check("mode", self.mode, PriceMode)
        check_tuple("tiers", self.tiers, Tier)
        check_int("block", self.block, 1, MAX_QUANTITY)
        check("rounding", self.rounding, Rounding)
        if not self.tiers or self.tiers[-1].up_to is not None:
            raise InvalidValueError("tiers", self.tiers, "the last step is open: add one whose up_to is None")
        ends = [each.up_to for each in self.tiers[:-1]]
        if None in ends or any(low >= high for low, high in pairwise(ends) if low is not None and high is not None):
            raise InvalidValueError("tiers", ends, "each step but the last ends, and later than the one before")
        for each in self.tiers:
            if each.unit_price.currency != self.currency:
                raise CurrencyMismatchError(self.currency, each.unit_price.currency)

    @property
    def currency(self) -> str:
        """The currency of the steps."""
        return self.tiers[0].unit_price.currency

    def charge_for(self, quantity: int) -> Money:
        """Return the price of the period for a quantity."""
        units = -(-check_quantity("quantity", quantity) // self.block)
        if self.tier_mode is TierMode.GRADUATED:
            exact = self._graduated(units)
        else:
            tier = next(each for each in self.tiers if each.up_to is None or units <= each.up_to)
            counted = units if self.tier_mode is TierMode.VOLUME else 0
            exact = tier.unit_minor * counted + tier.flat_minor
        return ExactAmount(Fraction(exact), self.currency).round(self.rounding)

    def _graduated(self, units: int) -> Fraction:
        exact, below = Fraction(0), 0
        for tier in self.tiers:
            top = units if tier.up_to is None else min(units, tier.up_to)
            if top > below:  # a step that is reached
                exact += tier.unit_minor * (top - below) + tier.flat_minor
                below = top
        return exact


@attrs.frozen
class PackagePrice:
    """A price for each package of so many units; a package that is begun is paid, some units may be free.

    Args:
        amount: the price of a package.
        size: how many units are in one.
        free: how many units cost nothing.
        mode: whether the price contains tax.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a negative price, a size below 1, a negative number of free units.

    >>> PackagePrice(Money.of("5.00", "USD"), 100, free=100).charge_for(201)
    Money.of('10.00', 'USD')
    """

    amount: Money
    size: int
    free: int = 0
    mode: PriceMode = PriceMode.EXCLUSIVE

    def __attrs_post_init__(self) -> None:
        check_price(self.amount)
        check("mode", self.mode, PriceMode)
        check_int("size", self.size, 1, MAX_QUANTITY)
        check("free", self.free, int, words="an int of 0 or more")
        if not 0 <= self.free <= MAX_QUANTITY:
            raise InvalidValueError("free", self.free, f"between 0 and {MAX_QUANTITY} units are free")

    @property
    def currency(self) -> str:
        """The currency of the price."""
        return self.amount.currency

    def charge_for(self, quantity: int) -> Money:
        """Return the price of the period for a quantity."""
        paid = max(check_quantity("quantity", quantity) - self.free, 0)
        return self.amount * -(-paid // self.size)


Price = FlatPrice | PerSeatPrice | TieredPrice | PackagePrice
PRICES: Final = (FlatPrice, PerSeatPrice, TieredPrice, PackagePrice)


def share_of_sale(
    sale: Money, percent: Fraction, fixed: Money | None = None, rounding: Rounding = Rounding.HALF_UP
) -> Money:
    """Return what a sale costs under a percentage price: a share of its amount, and perhaps something fixed.

    Args:
        sale: the amount of the sale.
        percent: the percentage, exact: ``Fraction(6, 5)`` is 1.2 %.
        fixed: what each sale costs besides, or None.
        rounding: the mode of the one rounding.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a percentage outside 0 to 100, a negative amount.
        CurrencyMismatchError: two currencies.

    >>> share_of_sale(Money.of("50.00", "USD"), Fraction(6, 5), Money.of("0.10", "USD"))
    Money.of('0.70', 'USD')
    """
    check_price(sale)
    share = (sale * (check_percent(percent) / 100)).round(rounding)
    if fixed is None:
        return share
    check_price(fixed)
    return share + fixed
