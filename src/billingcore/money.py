"""Money: whole minor units of one currency, and exact amounts before their one rounding.

`Money` is what can be paid: an int of minor units and an ISO 4217 code. Anything
with a fraction of a cent is an `ExactAmount`, and only `ExactAmount.round` leads
back, with a mode that the caller names. Neither ever reads the decimal context.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, NoReturn, overload

import attrs

from billingcore._facts import currencies
from billingcore._kernel import Rounding, round_share
from billingcore.errors import (
    CurrencyMismatchError,
    InexactAmountError,
    InvalidTypeError,
    InvalidValueError,
    OutOfRangeError,
    UnknownCurrencyError,
)

__all__ = [
    "MAX_AMOUNT_MINOR",
    "Allocation",
    "ExactAmount",
    "Money",
    "Rounding",
    "check_money",
    "check_one_currency",
    "minor_digits",
    "total",
]

MAX_AMOUNT_MINOR: Final = 10**18
"""No amount exceeds 10**18 minor units either way: it and its doubles fit a 64-bit column."""

_POWERS: Final = (1, 10, 100, 1_000, 10_000)
_EXPONENTS: Final = {**currencies.EXPONENTS, **{code: row[0] for code, row in currencies.WITHDRAWN.items()}}
_TEXT: Final = re.compile(r"(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?")
_MAX_TEXT: Final = 90
_MAX_PARTS: Final = 1_000_000
_MAX_DIGITS: Final = 1000


def minor_digits(currency: str) -> int:
    """Return how many decimal digits the currency has: the exponent of ISO 4217, not CLDR's display digits.

    Raises:
        InvalidTypeError: a code that is not a str.
        UnknownCurrencyError: a code that ISO 4217 does not list, or that has no minor unit there.

    Source: ISO 4217 list one, published 2026-01-01.

    >>> minor_digits("EUR"), minor_digits("JPY"), minor_digits("KWD"), minor_digits("RSD")
    (2, 0, 3, 2)
    """
    if type(currency) is not str:
        raise InvalidTypeError("currency", currency, "an ISO 4217 code such as 'EUR'")
    digits = _EXPONENTS.get(currency)
    if digits is None:
        raise UnknownCurrencyError("currency", currency, _why_unknown(currency))
    return digits


def _why_unknown(currency: str) -> str:
    if currency in currencies.NO_MINOR_UNIT:
        return "ISO 4217 defines no minor unit for it; it cannot be invoiced"
    if currency in currencies.WITHDRAWN_UNKNOWN:
        return "withdrawn, and its number of digits is not known; use the currency that replaced it"
    if currency[:3].upper() in _EXPONENTS and len(currency) < 8:  # noqa: PLR2004 - a short slip, not a text
        return f"not an ISO 4217 code; did you mean {currency[:3].upper()!r}?"
    return "not an ISO 4217 code; use three capital letters such as 'EUR'"


class Allocation(Enum):
    """Who gets the minor units that are left when an amount is split and every share is rounded down.

    Both keep the whole, give nothing to a weight of zero, mirror for negative
    amounts, and keep every share less than a minor unit from its exact value.
    0.05 over the weights 3 and 7 (exactly 1.5 and 3.5) is 0.02 + 0.03 either way;
    1.00 over 2, 3 and 1 (33.33, 50, 16.67) is where they part:

    >>> hundred = Money(100, "EUR")
    >>> [[share.amount_minor for share in hundred.allocate((2, 3, 1), method)] for method in Allocation]
    [[33, 50, 17], [34, 50, 16]]
    """

    LARGEST_REMAINDER = "largest_remainder"
    """To the shares that lost most; ties go to the earlier share (Hamilton's method)."""
    FIRST = "first"
    """To the earliest shares that lost anything."""


def _refuse_amount(amount_minor: object) -> NoReturn:
    if type(amount_minor) is not int:
        hint = "an int of minor units (3000 for 30.00 EUR); for major units use Money.of('30.00', 'EUR')"
        raise InvalidTypeError("amount_minor", amount_minor, hint)
    raise OutOfRangeError("amount_minor", amount_minor, "amounts are limited to 10**18 minor units either way")


@attrs.frozen(init=False, repr=False)
class Money:
    """A settled amount: whole minor units of one ISO 4217 currency; always payable.

    Equal amounts of one currency are equal and hash alike; amounts of two
    currencies are never equal, not even at zero, and cannot be added or ordered.

    Args:
        amount_minor: the amount in minor units (cents; yen for JPY, fils for KWD).
        currency: the ISO 4217 code.

    Raises:
        InvalidTypeError: a float, a bool, a str or anything else that is not an int.
        OutOfRangeError: more than 10**18 minor units either way.
        UnknownCurrencyError: a currency that ISO 4217 does not list.

    >>> Money(3000, "EUR") + Money.of("12.34", "EUR")
    Money('42.34', 'EUR')
    >>> Money(3000, "EUR") * Fraction(13, 28)
    ExactAmount(9750/7, 'EUR')
    >>> (Money(3000, "EUR") * Fraction(13, 28)).round(Rounding.HALF_UP)
    Money('13.93', 'EUR')
    """

    amount_minor: int
    currency: str

    def __init__(self, amount_minor: int, currency: str) -> None:
        # One hand-written check: a generated constructor with validators costs twice as much.
        if type(amount_minor) is not int or not -MAX_AMOUNT_MINOR <= amount_minor <= MAX_AMOUNT_MINOR:
            _refuse_amount(amount_minor)
        if type(currency) is not str or currency not in _EXPONENTS:
            minor_digits(currency)
        _put_amount(self, amount_minor)
        _put_currency(self, currency)

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> "Money":
        """Build from major units, with no more digits than the currency has.

        Args:
            amount: ``"30.00"``, ``30`` or ``Decimal("30.00")``; a float is refused, as it has no exact cents. A text
                has at most the digits of the currency (``"1.000"`` may mean a thousand); a Decimal may end in
                zeros, as database columns do.
            currency: the ISO 4217 code.

        Raises:
            InvalidTypeError: a float, a bool or another type.
            InvalidValueError: a text that is not plain ASCII digits with one point, NaN, Infinity.
            InexactAmountError: more digits than the currency can pay.
            OutOfRangeError: more than 10**18 minor units.

        >>> Money.of("30", "EUR"), Money.of(1000, "JPY"), Money.of("-0.125", "KWD")
        (Money('30.00', 'EUR'), Money('1000', 'JPY'), Money('-0.125', 'KWD'))
        """
        digits = minor_digits(currency)
        if type(amount) is str:
            return cls(_minor_from_text(amount, digits, currency), currency)
        if type(amount) is int:
            if not -MAX_AMOUNT_MINOR <= amount <= MAX_AMOUNT_MINOR:
                raise OutOfRangeError("amount", amount, "amounts are limited to 10**18 minor units either way")
            return cls(amount * _POWERS[digits], currency)
        if type(amount) is Decimal:
            return cls(_minor_from_decimal(amount, digits, currency), currency)
        raise InvalidTypeError("amount", amount, "a str, an int or a Decimal of major units, such as '30.00'")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Return nothing, in a currency.

        >>> Money.zero("EUR")
        Money('0.00', 'EUR')
        """
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read back what `format` writes: an amount, one space, a currency.

        Raises:
            InvalidTypeError: not a str.
            InvalidValueError: another shape, or what `of` refuses.

        >>> Money.parse("13.93 EUR")
        Money('13.93', 'EUR')
        """
        if type(text) is not str:
            raise InvalidTypeError("text", text, "a str such as '13.93 EUR'")
        amount, space, currency = text[: _MAX_TEXT + 1].partition(" ")
        if not space or len(text) > _MAX_TEXT:
            raise InvalidValueError("text", text, "an amount, one space and a currency are needed, such as '13.93 EUR'")
        return cls.of(amount, currency)

    @property
    def amount(self) -> str:
        """The amount in major units as text, with exactly the digits of the currency: ``"30.00"``."""
        digits = _EXPONENTS[self.currency]
        sign = "-" if self.amount_minor < 0 else ""
        text = str(abs(self.amount_minor)).rjust(digits + 1, "0")
        return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else sign + text

    def to_decimal(self) -> Decimal:
        """Return the amount in major units as a `Decimal`, whatever the decimal context.

        >>> Money(1393, "EUR").to_decimal()
        Decimal('13.93')
        """
        return Decimal(self.amount)

    def format(self) -> str:
        """Return ``13.93 EUR``: the same in every locale; `parse` reads it back."""
        return f"{self.amount} {self.currency}"

    def __str__(self) -> str:
        return self.format()

    def __repr__(self) -> str:
        return f"Money({self.amount!r}, {self.currency!r})"

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.amount_minor), self.currency)

    def __add__(self, other: "Money") -> "Money":
        if type(other) is not Money or other.currency != self.currency:
            self._check_same(other)
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __radd__(self, other: object) -> "Money":
        hint = "Money; add amounts with billingcore.total(amounts, currency), which also knows the sum of none"
        raise InvalidTypeError("other", other, hint)

    def __sub__(self, other: "Money") -> "Money":
        if type(other) is not Money or other.currency != self.currency:
            self._check_same(other)
        return Money(self.amount_minor - other.amount_minor, self.currency)

    def __rsub__(self, other: object) -> "Money":
        raise InvalidTypeError("other", other, "Money of the same currency")

    @overload
    def __mul__(self, factor: int) -> "Money": ...
    @overload
    def __mul__(self, factor: Fraction) -> "ExactAmount": ...
    def __mul__(self, factor: int | Fraction) -> "Money | ExactAmount":
        if type(factor) is int:
            return Money(self.amount_minor * factor, self.currency)
        if type(factor) is Fraction:
            return ExactAmount(self.amount_minor * factor, self.currency)
        raise InvalidTypeError("factor", factor, "an int, or a Fraction for a share that is rounded later")

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        self._check_same(other)
        return self.amount_minor < other.amount_minor

    def __le__(self, other: "Money") -> bool:
        self._check_same(other)
        return self.amount_minor <= other.amount_minor

    def __gt__(self, other: "Money") -> bool:
        self._check_same(other)
        return self.amount_minor > other.amount_minor

    def __ge__(self, other: "Money") -> bool:
        self._check_same(other)
        return self.amount_minor >= other.amount_minor

    def exact(self) -> "ExactAmount":
        """Return the same amount as an `ExactAmount`, for arithmetic that is rounded later."""
        return ExactAmount(Fraction(self.amount_minor), self.currency)

    def share(self, num: int, den: int, rounding: Rounding) -> "Money":
        """Return ``amount × num / den``, rounded once.

        Raises:
            InvalidTypeError: numbers that are not ints, a mode that is not a `Rounding`.
            InvalidValueError: ``num`` below 0 or ``den`` below 1.

        >>> Money(3000, "EUR").share(13, 28, Rounding.HALF_UP)
        Money('13.93', 'EUR')
        """
        if type(num) is not int or type(den) is not int:
            raise InvalidTypeError("num / den", (num, den), "two ints")
        if num < 0 or den < 1:
            raise InvalidValueError("num / den", (num, den), "a share needs num of 0 or more and den of 1 or more")
        return Money(round_share(self.amount_minor, num, den, rounding), self.currency)

    def allocate(
        self, weights: Sequence[int], method: Allocation = Allocation.LARGEST_REMAINDER
    ) -> tuple["Money", ...]:
        """Split by weights so that the shares add back to the whole.

        Args:
            weights: ints of 0 or more, not all 0; ties go to the earlier share.
            method: who gets the minor units that are left; see `Allocation`.

        Raises:
            InvalidTypeError: weights that are not ints.
            InvalidValueError: no weights, a negative one, or nothing but zeros.

        >>> Money(10_000, "EUR").allocate((30, 20, 40, 40))
        (Money('23.08', 'EUR'), Money('15.38', 'EUR'), Money('30.77', 'EUR'), Money('30.77', 'EUR'))
        """
        if type(method) is not Allocation:
            raise InvalidTypeError("method", method, "an Allocation, such as Allocation.LARGEST_REMAINDER")
        shares = allocate_minor(self.amount_minor, _check_weights(weights), method)
        return tuple([Money(share, self.currency) for share in shares])

    def split(self, parts: int) -> tuple["Money", ...]:
        """Split into equal parts; the first ones carry the minor units that are left.

        >>> Money(100, "EUR").split(3)
        (Money('0.34', 'EUR'), Money('0.33', 'EUR'), Money('0.33', 'EUR'))
        """
        if type(parts) is not int:
            raise InvalidTypeError("parts", parts, "an int of 1 or more")
        if not 1 <= parts <= _MAX_PARTS:
            raise InvalidValueError("parts", parts, f"an amount is split into 1 to {_MAX_PARTS} parts")
        return self.allocate((1,) * parts)

    def _check_same(self, other: object) -> None:
        if type(other) is not Money:
            raise InvalidTypeError("other", other, "Money of the same currency")
        if other.currency != self.currency:
            raise CurrencyMismatchError(self.currency, other.currency)


_put_amount = Money.__dict__["amount_minor"].__set__
_put_currency = Money.__dict__["currency"].__set__


@attrs.frozen(repr=False)
class ExactAmount:
    """A rational amount of a currency, before its one rounding.

    Args:
        amount_minor: the exact number of minor units, as a `Fraction`.
        currency: the ISO 4217 code.

    Raises:
        InvalidTypeError: anything but a Fraction, a currency that is not a str.
        UnknownCurrencyError: a currency that ISO 4217 does not list.

    >>> half = Money(1215, "EUR").exact() * Fraction(1, 30)
    >>> half, half.round(Rounding.HALF_UP), half.round(Rounding.HALF_EVEN)
    (ExactAmount(81/2, 'EUR'), Money('0.41', 'EUR'), Money('0.40', 'EUR'))
    """

    amount_minor: Fraction
    currency: str

    def __attrs_post_init__(self) -> None:
        if type(self.amount_minor) is not Fraction:
            raise InvalidTypeError("amount_minor", self.amount_minor, "a Fraction of minor units")
        minor_digits(self.currency)

    def __repr__(self) -> str:
        return f"ExactAmount({self.amount_minor}, {self.currency!r})"

    def __add__(self, other: "ExactAmount") -> "ExactAmount":
        self._check_same(other)
        return ExactAmount(self.amount_minor + other.amount_minor, self.currency)

    def __sub__(self, other: "ExactAmount") -> "ExactAmount":
        self._check_same(other)
        return ExactAmount(self.amount_minor - other.amount_minor, self.currency)

    def __neg__(self) -> "ExactAmount":
        return ExactAmount(-self.amount_minor, self.currency)

    def __mul__(self, factor: int | Fraction) -> "ExactAmount":
        if type(factor) is not int and type(factor) is not Fraction:
            raise InvalidTypeError("factor", factor, "an int or a Fraction")
        return ExactAmount(self.amount_minor * factor, self.currency)

    __rmul__ = __mul__

    def round(self, rounding: Rounding) -> Money:
        """Settle the amount: round once to whole minor units, with the mode named.

        Raises:
            InvalidTypeError: a mode that is not a `Rounding`.
            OutOfRangeError: more than 10**18 minor units.
        """
        exact = self.amount_minor
        sign = -1 if exact < 0 else 1
        return Money(round_share(sign, abs(exact.numerator), exact.denominator, rounding), self.currency)

    def to_text(self, digits: int = 5) -> str:
        """Return the amount in major units, cut (not rounded) after some digits, with ``…`` where digits were cut.

        Raises:
            InvalidTypeError: digits that are not an int.
            InvalidValueError: digits below 0 or above 1000.

        >>> (Money(3000, "EUR") * Fraction(13, 28)).to_text()
        '13.92857…'
        >>> (Money(3000, "EUR") * Fraction(1, 2)).to_text()
        '15.00'
        """
        if type(digits) is not int:
            raise InvalidTypeError("digits", digits, f"an int from 0 to {_MAX_DIGITS}")
        if not 0 <= digits <= _MAX_DIGITS:
            raise InvalidValueError("digits", digits, f"a text shows 0 to {_MAX_DIGITS} digits after the point")
        shown = minor_digits(self.currency)
        digits = max(digits, shown)
        exact = abs(self.amount_minor) * 10 ** (digits - shown)
        whole = exact.numerator // exact.denominator
        text = str(whole).rjust(digits + 1, "0")
        major, minor = text[: len(text) - digits], text[len(text) - digits :]
        if whole == exact:
            minor = minor[:shown] + minor[shown:].rstrip("0")
        sign = "-" if self.amount_minor < 0 else ""
        return f"{sign}{major}" + (f".{minor}" if minor else "") + ("" if whole == exact else "…")

    def _check_same(self, other: object) -> None:
        if type(other) is not ExactAmount:
            raise InvalidTypeError("other", other, "an ExactAmount of the same currency (money.exact() makes one)")
        if other.currency != self.currency:
            raise CurrencyMismatchError(self.currency, other.currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Add amounts of one currency; of none it is nothing.

    Raises:
        InvalidTypeError: something that is not `Money`.
        CurrencyMismatchError: an amount of another currency.

    >>> total([Money(3000, "EUR"), Money(-1393, "EUR")], "EUR"), total([], "EUR")
    (Money('16.07', 'EUR'), Money('0.00', 'EUR'))
    """
    minor_digits(currency)
    try:
        each = iter(amounts)
    except TypeError:
        raise InvalidTypeError("amounts", amounts, "Money values to add") from None
    added = 0
    for amount in each:
        added += check_money("amounts", amount, currency).amount_minor
    return Money(added, currency)


def check_money(name: str, value: object, currency: str | None = None) -> Money:
    """Return the value if it is `Money`, and of the currency where one is given.

    Raises:
        InvalidTypeError: not Money.
        CurrencyMismatchError: another currency.
    """
    if type(value) is not Money:
        raise InvalidTypeError(name, value, "Money, such as Money.of('30.00', 'EUR')")
    if currency is not None and value.currency != currency:
        raise CurrencyMismatchError(currency, value.currency)
    return value


def check_one_currency(*amounts: Money) -> str:
    """Return the one currency of the amounts.

    Raises:
        CurrencyMismatchError: two currencies among them.
    """
    currency = amounts[0].currency
    for amount in amounts:
        if amount.currency != currency:
            raise CurrencyMismatchError(currency, amount.currency)
    return currency


def _check_weights(weights: Sequence[int]) -> tuple[int, ...]:
    if isinstance(weights, str | bytes) or not isinstance(weights, Sequence):
        raise InvalidTypeError("weights", weights, "a sequence of ints")
    if not weights or len(weights) > _MAX_PARTS:
        raise InvalidValueError("weights", weights, f"an amount is split over 1 to {_MAX_PARTS} weights")
    for weight in weights:
        if type(weight) is not int:
            raise InvalidTypeError("weights", weight, "a sequence of ints")
        if weight < 0:
            raise InvalidValueError("weights", weight, "a weight cannot be negative")
    if not any(weights):
        raise InvalidValueError("weights", tuple(weights), "at least one weight must be above 0")
    return tuple(weights)


def allocate_minor(amount_minor: int, weights: tuple[int, ...], method: Allocation) -> list[int]:
    """Split a number by checked weights: the integer half of `Money.allocate`."""
    magnitude = abs(amount_minor)
    whole = sum(weights)
    shares = [magnitude * weight // whole for weight in weights]
    left = magnitude - sum(shares)
    if left:
        lost = [magnitude * weight % whole for weight in weights]
        if method is Allocation.LARGEST_REMAINDER:
            order = sorted(range(len(weights)), key=lost.__getitem__, reverse=True)  # stable: ties stay in order
        else:
            order = [at for at, remainder in enumerate(lost) if remainder]
        for at in order[:left]:
            shares[at] += 1
    return shares if amount_minor >= 0 else [-share for share in shares]


def _minor_from_text(text: str, digits: int, currency: str) -> int:
    matched = _TEXT.fullmatch(text) if len(text) <= _MAX_TEXT and text.isascii() else None
    if matched is None:
        raise InvalidValueError("amount", text, "write plain digits with one point, such as '1234.50'")
    sign, major, minor = matched.group(1), matched.group(2), matched.group(3) or ""
    if len(minor) > digits:  # also "1.000": it may well mean a thousand
        raise _inexact(text, digits, currency)
    amount_minor = int(major + minor.ljust(digits, "0"))
    return -amount_minor if sign else amount_minor


def _minor_from_decimal(amount: Decimal, digits: int, currency: str) -> int:
    if not amount.is_finite():
        raise InvalidValueError("amount", amount, "an amount must be a finite number")
    if not amount:
        return 0
    # adjusted() is the place of the first digit: a huge exponent is refused before any digit is written out.
    if not -_MAX_TEXT < amount.adjusted() < 20:  # noqa: PLR2004 - 10**18 minor units have 19 digits
        if amount.adjusted() < 0:
            raise _inexact(amount, digits, currency)
        raise OutOfRangeError("amount", amount, "amounts are limited to 10**18 minor units either way")
    num, den = amount.as_integer_ratio()
    minor, rest = divmod(num * _POWERS[digits], den)
    if rest:
        raise _inexact(amount, digits, currency)
    return minor


def _inexact(amount: object, digits: int, currency: str) -> InexactAmountError:
    problem = f"{currency} has {digits} decimal digits; round first, with a mode that you name"
    return InexactAmountError("amount", amount, problem)
