"""Currencies: their minor units by ISO 4217, and the limit of every amount."""

from typing import Final

from billingcore._checks import check
from billingcore._facts import currencies
from billingcore.errors import UnknownCurrencyError

MAX_AMOUNT_MINOR: Final = 10**18
"""No amount exceeds 10**18 minor units either way: it and its doubles fit a 64-bit column."""

POWERS: Final = (1, 10, 100, 1_000, 10_000)
"""Minor units in a major one, by the number of digits."""

EXPONENTS: Final = {**currencies.EXPONENTS, **{code: row[0] for code, row in currencies.WITHDRAWN.items()}}
"""The digits of every currency that an amount can have."""


def minor_digits(currency: str) -> int:
    """Return how many decimal digits the currency has: the exponent of ISO 4217, not CLDR's display digits.

    Args:
        currency: the ISO 4217 code.

    Raises:
        InvalidTypeError: a code that is not a str.
        UnknownCurrencyError: a code that ISO 4217 does not list, or that has no minor unit there.

    Source: ISO 4217 list one, published 2026-01-01.

    >>> minor_digits("EUR"), minor_digits("JPY"), minor_digits("KWD"), minor_digits("RSD")
    (2, 0, 3, 2)
    """
    check("currency", currency, str, words="an ISO 4217 code such as 'EUR'")
    digits = EXPONENTS.get(currency)
    if digits is None:
        raise UnknownCurrencyError("currency", currency, _why_unknown(currency))
    return digits


def _why_unknown(currency: str) -> str:
    if currency in currencies.NO_MINOR_UNIT:
        return "ISO 4217 defines no minor unit for it; it cannot be invoiced"
    if currency in currencies.WITHDRAWN_UNKNOWN:
        return "withdrawn, and its number of digits is not known; use the currency that replaced it"
    if currency[:3].upper() in EXPONENTS and len(currency) < 8:  # noqa: PLR2004 - a short slip, not a text
        return f"not an ISO 4217 code; did you mean {currency[:3].upper()!r}?"
    return "not an ISO 4217 code; use three capital letters such as 'EUR'"
