"""What is sold: a plan, its price and its cadence."""

import attrs

from billingcore.cycles import Cadence
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money, check_money

__all__ = ["FlatPrice", "PerSeatPrice", "Plan", "Price", "check_quantity"]

MAX_QUANTITY = 10**9


def check_quantity(name: str, quantity: int) -> int:
    """Return a number of seats or licences if it is an int of 1 or more.

    Raises:
        InvalidTypeError: not an int.
        InvalidValueError: below 1, or above a thousand million.
    """
    if type(quantity) is not int:
        raise InvalidTypeError(name, quantity, "an int of 1 or more")
    if not 1 <= quantity <= MAX_QUANTITY:
        raise InvalidValueError(
            name, quantity, f"a quantity is between 1 and {MAX_QUANTITY}; cancel instead of billing none"
        )
    return quantity


def _check_price(amount: Money) -> None:
    if check_money("amount", amount).amount_minor < 0:
        raise InvalidValueError("amount", amount, "a price cannot be negative; a reduction is a discount or a credit")


@attrs.frozen
class FlatPrice:
    """One price for the period, whatever the quantity.

    Raises:
        InvalidTypeError: not Money.
        InvalidValueError: a negative price.

    >>> FlatPrice(Money.of("30.00", "EUR")).charge_for(5)
    Money('30.00', 'EUR')
    """

    amount: Money

    def __attrs_post_init__(self) -> None:
        _check_price(self.amount)

    def charge_for(self, quantity: int) -> Money:
        """Return the price of the period for a quantity."""
        check_quantity("quantity", quantity)
        return self.amount


@attrs.frozen
class PerSeatPrice:
    """A price for each seat (or licence) and period.

    Raises:
        InvalidTypeError: not Money.
        InvalidValueError: a negative price.

    >>> PerSeatPrice(Money.of("12.00", "EUR")).charge_for(5)
    Money('60.00', 'EUR')
    """

    amount: Money

    def __attrs_post_init__(self) -> None:
        _check_price(self.amount)

    def charge_for(self, quantity: int) -> Money:
        """Return the price of the period for a quantity."""
        return self.amount * check_quantity("quantity", quantity)


Price = FlatPrice | PerSeatPrice


@attrs.frozen
class Plan:
    """What a subscription buys: a name, a price for a period, and how long the period is.

    Args:
        name: how the plan is called on documents.
        price: flat, or for each seat.
        cadence: the length of the period that the price pays for.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty name.

    >>> from billingcore.cycles import MONTHLY
    >>> Plan("Rescue", PerSeatPrice(Money.of("30.00", "EUR")), MONTHLY).charge_for(2)
    Money('60.00', 'EUR')
    """

    name: str
    price: Price
    cadence: Cadence

    def __attrs_post_init__(self) -> None:
        if type(self.name) is not str:
            raise InvalidTypeError("name", self.name, "a str")
        if not self.name.strip():
            raise InvalidValueError("name", self.name, "a plan needs a name to stand on documents")
        if type(self.price) is not FlatPrice and type(self.price) is not PerSeatPrice:
            raise InvalidTypeError("price", self.price, "a FlatPrice or a PerSeatPrice")
        if type(self.cadence) is not Cadence:
            raise InvalidTypeError("cadence", self.cadence, "a Cadence, such as Cadence(1, Unit.MONTH)")

    @property
    def currency(self) -> str:
        """The currency of the price."""
        return self.price.amount.currency

    def charge_for(self, quantity: int) -> Money:
        """Return the list price of a full period for a quantity."""
        return self.price.charge_for(quantity)
