"""What is sold: a plan, its price and its cadence."""

from typing import Final

import attrs

from billingcore.cycles import Cadence
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money, check_money

__all__ = ["FlatPrice", "PerSeatPrice", "Plan", "Price", "check_quantity", "check_words"]

MAX_QUANTITY: Final = 10**9
_MAX_NAME: Final = 200


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


def check_words(name: str, words: str, most: int = _MAX_NAME) -> str:
    """Return the words of a line on a document if they are 1 to ``most`` printable characters.

    A line break or a control character in them would break the lines of every
    explanation and document.

    Raises:
        InvalidTypeError: not a str.
        InvalidValueError: nothing but blanks, too long, or with characters that cannot be printed.
    """
    if type(words) is not str:
        raise InvalidTypeError(name, words, "a str")
    if not 0 < len(words) <= most or not words.isprintable() or not words.strip():
        raise InvalidValueError(name, words, f"it stands on documents; give 1 to {most} printable characters")
    return words


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
        name: how the plan is called on documents; 1 to 200 printable characters.
        price: flat, or for each seat.
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
