"""What is sold: a plan, its price and its cadence; and what is taken off the price."""

import attrs

from billingcore._plans.checks import MAX_QUANTITY, check_quantity, check_words
from billingcore._plans.coupons import Coupon, Stacking, take_off
from billingcore._plans.prices import (
    PRICES,
    FlatPrice,
    PackagePrice,
    PerSeatPrice,
    Price,
    Tier,
    TieredPrice,
    TierMode,
    share_of_sale,
)
from billingcore.cycles import Cadence
from billingcore.errors import InvalidTypeError
from billingcore.money import Money

__all__ = [
    "MAX_QUANTITY",
    "Coupon",
    "FlatPrice",
    "PackagePrice",
    "PerSeatPrice",
    "Plan",
    "Price",
    "Stacking",
    "Tier",
    "TierMode",
    "TieredPrice",
    "check_quantity",
    "check_words",
    "share_of_sale",
    "take_off",
]


@attrs.frozen
class Plan:
    """What a subscription buys: a name, a price for a period, and how long the period is.

    Args:
        name: how the plan is called on documents; 1 to 200 printable characters.
        price: flat, for each seat, in steps or by the package.
        cadence: the length of the period that the price pays for.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty or unprintable name.

    >>> from billingcore.cycles import MONTHLY
    >>> Plan("Rescue", PerSeatPrice(Money.of("30.00", "EUR")), MONTHLY).charge_for(2)
    Money('60.00', 'EUR')
    """

    name: str
    price: Price
    cadence: Cadence

    def __attrs_post_init__(self) -> None:
        check_words("name", self.name)
        if type(self.price) not in PRICES:
            raise InvalidTypeError("price", self.price, "a FlatPrice or another price of this module")
        if type(self.cadence) is not Cadence:
            raise InvalidTypeError("cadence", self.cadence, "a Cadence, such as Cadence(1, Unit.MONTH)")

    @property
    def currency(self) -> str:
        """The currency of the price."""
        return self.price.currency

    def charge_for(self, quantity: int) -> Money:
        """Return the list price of a full period for a quantity."""
        return self.price.charge_for(quantity)
