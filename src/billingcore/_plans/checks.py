"""What a price, a quantity and the words on a document must be."""

from fractions import Fraction
from typing import Final

from billingcore._checks import check, refuse
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money

MAX_QUANTITY: Final = 10**9
_HUNDRED: Final = 100
_MAX_DENOMINATOR: Final = 10**12


def check_quantity(name: str, quantity: int) -> int:
    """Return a number of seats or licences if it is an int of 1 or more.

    Raises:
        InvalidTypeError: not an int.
        InvalidValueError: below 1, or above a thousand million.
    """
    if type(quantity) is not int:
        refuse(name, quantity, int, words="an int of 1 or more")
    if not 1 <= quantity <= MAX_QUANTITY:
        raise InvalidValueError(
            name, quantity, f"a quantity is between 1 and {MAX_QUANTITY}; cancel instead of billing none"
        )
    return quantity


def check_price(amount: Money) -> None:
    if check_money("amount", amount).amount_minor < 0:
        raise InvalidValueError("amount", amount, "a price cannot be negative; a reduction is a discount or a credit")


def check_percent(percent: Fraction) -> Fraction:
    check("percent", percent, Fraction, words="a Fraction, such as Fraction(10) for 10 %")
    if not 0 <= percent <= _HUNDRED:
        raise InvalidValueError("percent", percent, "a percentage is between 0 and 100")
    if percent.denominator > _MAX_DENOMINATOR:
        raise InvalidValueError("percent", percent, f"a percentage is written in parts of up to {_MAX_DENOMINATOR}")
    return percent
