"""What a price, a quantity and the words on a document must be."""

from fractions import Fraction
from typing import Final

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money, check_money

MAX_QUANTITY: Final = 10**9
_HUNDRED: Final = 100
_MAX_DENOMINATOR: Final = 10**12
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
    if not 0 < len(words) <= most or not words.isprintable() or words.isspace():
        raise InvalidValueError(name, words, f"it stands on documents; give 1 to {most} printable characters")
    return words


def check_price(amount: Money) -> None:
    if check_money("amount", amount).amount_minor < 0:
        raise InvalidValueError("amount", amount, "a price cannot be negative; a reduction is a discount or a credit")


def check_percent(percent: Fraction) -> Fraction:
    if type(percent) is not Fraction:
        raise InvalidTypeError("percent", percent, "a Fraction, such as Fraction(10) for 10 %")
    if not 0 <= percent <= _HUNDRED or percent.denominator > _MAX_DENOMINATOR:
        raise InvalidValueError("percent", percent, "a percentage is between 0 and 100")
    return percent
