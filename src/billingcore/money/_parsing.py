"""Reading major units: texts and decimals, with no more digits than the currency has, in bounded time."""

import re
from decimal import Decimal
from typing import Final

from billingcore.errors import InexactAmountError, InvalidValueError, OutOfRangeError
from billingcore.money._currencies import POWERS

MAX_TEXT: Final = 90
_TEXT: Final = re.compile(r"(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?")


def minor_from_text(text: str, digits: int, currency: str) -> int:
    matched = _TEXT.fullmatch(text) if len(text) <= MAX_TEXT and text.isascii() else None
    if matched is None:
        raise InvalidValueError("amount", text, "write plain digits with one point, such as '1234.50'")
    sign, major, minor = matched.group(1), matched.group(2), matched.group(3) or ""
    if len(minor) > digits:  # also "1.000": it may well mean a thousand
        raise _inexact(text, digits, currency)
    amount_minor = int(major + minor.ljust(digits, "0"))
    return -amount_minor if sign else amount_minor


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
    return InexactAmountError("amount", amount, problem)
