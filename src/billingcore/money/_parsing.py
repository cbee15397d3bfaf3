"""Reading major units: texts and decimals, with no more digits than the currency has, in bounded time."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from billingcore.errors import InexactAmountError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money._currencies import POWERS

MAX_TEXT: Final = 90
_MOST_DIGITS: Final = 200
_TEXT: Final = re.compile(r"([+-]?)([0-9]{1,40})(?:\.([0-9]{1,40}))?")


def minor_from_text(text: str, digits: int, currency: str) -> int:
    matched = _matched(text)
    sign, major, minor = matched.group(1), matched.group(2), matched.group(3) or ""
    if len(minor) > digits:  # also "1.000": it may well mean a thousand
        raise _inexact(text, digits, currency)
    amount_minor = int(major + minor.ljust(digits, "0"))
    return -amount_minor if sign == "-" else amount_minor


def _matched(text: str) -> re.Match[str]:
    matched = _TEXT.fullmatch(text) if len(text) <= MAX_TEXT and text.isascii() else None
    if matched is None:
        raise InvalidValueError("amount", text, "write plain digits with one point, such as '1234.50'")
    return matched


def exact_from(amount: object) -> Fraction:
    """Return major units as an exact number, with as many digits as there are."""
    if type(amount) is str:
        return Fraction(_matched(amount).group())
    if type(amount) is int:
        return Fraction(amount)
    if type(amount) is not Decimal:
        raise InvalidTypeError(
            "amount", amount, "a str, an int, a Decimal or a Fraction of major units, such as '0.0004'"
        )
    if not amount.is_finite():
        raise InvalidValueError("amount", amount, "an amount must be a finite number")
    if amount and not -_MOST_DIGITS < amount.adjusted() < _MOST_DIGITS:
        raise OutOfRangeError("amount", amount, f"an exact amount has at most {_MOST_DIGITS} digits")
    return Fraction(amount) if amount else Fraction(0)


def minor_from_decimal(amount: Decimal, digits: int, currency: str) -> int:
    if not amount.is_finite():
        raise InvalidValueError("amount", amount, "an amount must be a finite number")
    if not amount:
        return 0
    # adjusted() is the place of the first digit: a huge exponent is refused before any digit is written out.
    if not -MAX_TEXT < amount.adjusted() < 20:  # noqa: PLR2004 - 10**18 minor units have 19 digits
        if amount.adjusted() < 0:
            raise _inexact(amount, digits, currency)
        raise OutOfRangeError("amount", amount, "amounts are limited to 10**18 minor units either way")
    num, den = amount.as_integer_ratio()
    minor, rest = divmod(num * POWERS[digits], den)
    if rest:
        raise _inexact(amount, digits, currency)
    return minor


def _inexact(amount: object, digits: int, currency: str) -> InexactAmountError:
    problem = f"{currency} has {digits} decimal digits; round first, with a mode that you name"
    if isinstance(amount, str) and not amount.partition(".")[2].strip("0"):
        problem = f"{currency} has {digits} decimal digits; leave out the zeros beyond, or pass a Decimal"
    return InexactAmountError("amount", amount, problem)
