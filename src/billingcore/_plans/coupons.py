"""Coupons: what they take off, for how long, and how several add up."""

from collections.abc import Sequence
from fractions import Fraction

import attrs

from billingcore._checks import check, check_words, collected, refuse
from billingcore._choices import Choice
from billingcore._plans.checks import check_percent, check_price, check_quantity
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.money import Money, Rounding
from billingcore.money._amounts import check_money


@attrs.frozen
class Coupon:
    """Something off the price: a percentage or an amount, for some cycles or for good.

    Args:
        name: how it is called on documents.
        percent: the percentage, exact; or None.
        amount: the amount; or None. One of the two is given.
        cycles: for how many billed periods it holds; None for good.
        at_most: no more than this is taken off, or None.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: both a percentage and an amount or neither, an amount below 0, fewer than 1 cycle.
        CurrencyMismatchError: a limit in another currency than the amount.

    >>> Coupon("SPRING", percent=Fraction(10), cycles=3).off(Money.of("99.99", "EUR"))
    Money.of('10.00', 'EUR')
    """

    name: str
    percent: Fraction | None = None
    amount: Money | None = None
    cycles: int | None = None
    at_most: Money | None = None

    def __attrs_post_init__(self) -> None:
        check_words("name", self.name)
        if (self.percent is None) == (self.amount is None):
            raise InvalidValueError("percent", self.percent, "a coupon has either a percentage or an amount")
        if self.percent is not None:
            check_percent(self.percent)
        for each in (self.amount, self.at_most):
            if each is not None:
                check_price(each)
        if self.amount is not None and self.at_most is not None and self.at_most.currency != self.amount.currency:
            raise CurrencyMismatchError(self.amount.currency, self.at_most.currency)
        if self.cycles is not None:
            check_quantity("cycles", self.cycles)

    def holds_in(self, cycle: int) -> bool:
        """Say whether the coupon holds in a billed period, counted from 0 since it was given.

        Cycles are counted, never months added: see polarsource/polar 13769.
        """
        check("cycle", cycle, int, words="an int, counted from 0")
        return cycle >= 0 and (self.cycles is None or cycle < self.cycles)

    def off(self, price: Money, rounding: Rounding = Rounding.HALF_UP) -> Money:
        """Return what is taken off a price: never more than the price.

        Raises:
            InvalidTypeError: not Money, not a mode.
            CurrencyMismatchError: a price in another currency.
            InvalidValueError: a negative price.
        """
        check_price(price)
        if self.percent is not None:
            off = (price * (self.percent / 100)).round(rounding)
        else:
            off = check_money("amount", self.amount, price.currency)
        if self.at_most is not None:
            off = min(off, check_money("at_most", self.at_most, price.currency))
        return min(off, price)


class Stacking(Choice):
    """How several coupons add up: each on the full price, or each on what the ones before it left."""

    EACH_ON_FULL = "each_on_full"
    """Each takes its percentage of the full price."""
    COMPOUND_IN_ORDER = "compound_in_order"
    """Each takes its percentage of what the ones before it left."""


def take_off(
    price: Money,
    coupons: Sequence[Coupon],
    stacking: Stacking,
    *,
    percent_first: bool = False,
    rounding: Rounding = Rounding.HALF_UP,
) -> tuple[Money, ...]:
    """Return what each coupon takes off a price; together never more than the price.

    Args:
        price: the price before.
        coupons: in the order in which they apply.
        stacking: how they add up.
        percent_first: apply the percentages before the amounts, whatever their order.
        rounding: the mode of each percentage.

    Returns:
        One amount for each coupon, in the order of ``coupons``.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a coupon in another currency.
        InvalidValueError: a negative price.

    >>> both = (Coupon("A", percent=Fraction(10)), Coupon("B", percent=Fraction(50)))
    >>> [take_off(Money.of("100.00", "USD"), both, stacking) for stacking in Stacking]
    [(Money.of('10.00', 'USD'), Money.of('50.00', 'USD')), (Money.of('10.00', 'USD'), Money.of('45.00', 'USD'))]
    """
    check("stacking", stacking, Stacking)
    check_price(price)
    check("percent_first", percent_first, bool)
    check("rounding", rounding, Rounding)
    if not isinstance(coupons, Sequence):  # they apply in order, and a set has none
        refuse("coupons", coupons, words="a tuple or list of Coupon values")
    coupons = collected("coupons", coupons, Coupon)
    order = sorted(range(len(coupons)), key=lambda at: percent_first and coupons[at].percent is None)
    taken, left = [Money.zero(price.currency)] * len(coupons), price
    for at in order:
        base = price if stacking is Stacking.EACH_ON_FULL else left
        taken[at] = min(coupons[at].off(base, rounding), left)
        left -= taken[at]
    return tuple(taken)
