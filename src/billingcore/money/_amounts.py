"""`Money` and `ExactAmount`: what can be paid, and what is not rounded yet."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Final, Never, NoReturn, overload

import attrs

from billingcore._checks import MAX_SHARE, check_share, refuse, setters
from billingcore._kernel import Rounding, round_share
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money._allocation import MAX_PARTS, Allocation, allocate_minor, check_weights
from billingcore.money._currencies import EXPONENTS, MAX_AMOUNT_MINOR, POWERS, minor_digits
from billingcore.money._parsing import MAX_TEXT, exact_from, minor_from_decimal, minor_from_text

_MAX_DIGITS: Final = 1000
_LEAST: Final = -MAX_AMOUNT_MINOR


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
    Money.of('42.34', 'EUR')
    >>> Money(3000, "EUR") * Fraction(13, 28)
    ExactAmount(9750/7, 'EUR')
    >>> (Money(3000, "EUR") * Fraction(13, 28)).round(Rounding.HALF_UP)
    Money.of('13.93', 'EUR')
    """

    _wanted: ClassVar[str] = "Money, such as Money.of('30.00', 'EUR')"

    amount_minor: int
    currency: str

    def __init__(self, amount_minor: int, currency: str) -> None:
        # One hand-written check: a generated constructor with validators costs twice as much.
        if type(amount_minor) is not int or not _LEAST <= amount_minor <= MAX_AMOUNT_MINOR:
            _refuse_amount(amount_minor)
        if type(currency) is not str or currency not in EXPONENTS:
            minor_digits(currency)
        _put_amount(self, amount_minor)
        _put_currency(self, currency)

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> "Money":
        """Build from major units, with no more digits than the currency has.

        Args:
            amount: ``"30.00"``, ``30`` or ``Decimal("30.00")``; a float is refused, as it has no exact cents. A text
                may have a sign, and has at most the digits of the currency (``"1.000"`` may mean a thousand); a
                Decimal may end in zeros, as database columns do.
            currency: the ISO 4217 code.

        Raises:
            InvalidTypeError: a float, a bool or another type.
            InvalidValueError: a text that is not plain ASCII digits with one point, NaN, Infinity.
            InexactAmountError: more digits than the currency can pay.
            OutOfRangeError: more than 10**18 minor units.

        >>> Money.of("30", "EUR"), Money.of(1000, "JPY"), Money.of("-0.125", "KWD")
        (Money.of('30.00', 'EUR'), Money.of('1000', 'JPY'), Money.of('-0.125', 'KWD'))
        """
        digits = minor_digits(currency)
        if type(amount) is str:
            return cls(minor_from_text(amount, digits, currency), currency)
        if type(amount) is int:
            if not _LEAST <= amount <= MAX_AMOUNT_MINOR:
                raise OutOfRangeError("amount", amount, "amounts are limited to 10**18 minor units either way")
            return cls(amount * POWERS[digits], currency)
        if type(amount) is Decimal:
            return cls(minor_from_decimal(amount, digits, currency), currency)
        raise InvalidTypeError("amount", amount, "a str, an int or a Decimal of major units, such as '30.00'")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Return nothing, in a currency.

        >>> Money.zero("EUR")
        Money.of('0.00', 'EUR')
        """
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read back what `format` writes: an amount, one space, a currency.

        Raises:
            InvalidTypeError: not a str.
            InvalidValueError: another shape, or what `of` refuses.

        >>> Money.parse("13.93 EUR")
        Money.of('13.93', 'EUR')
        """
        if type(text) is not str:
            refuse("text", text, str, words="a str such as '13.93 EUR'")
        amount, space, currency = text[: MAX_TEXT + 1].partition(" ")
        if not space or len(text) > MAX_TEXT or amount.isalpha():
            raise InvalidValueError("text", text, "an amount, one space and a currency are needed, such as '13.93 EUR'")
        return cls.of(amount, currency)

    @property
    def amount(self) -> str:
        """The amount in major units as text, with exactly the digits of the currency: ``"30.00"``."""
        digits = EXPONENTS[self.currency]
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
        return f"Money.of({self.amount!r}, {self.currency!r})"

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

    def __truediv__(self, other: Never) -> NoReturn:
        hint = "nothing: money is not divided; money * Fraction(1, 2) is exact, money.split(2) keeps the whole"
        raise InvalidTypeError("divisor", other, hint)

    __floordiv__ = __rtruediv__ = __truediv__

    def __format__(self, spec: str) -> str:
        if type(spec) is not str:
            refuse("spec", spec, str, words="a str such as '>12'")
        try:
            return format(self.format(), spec)
        except ValueError:
            raise InvalidValueError("spec", spec, "no format of a text; give one such as '>12'") from None

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
        Money.of('13.93', 'EUR')
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
        (Money.of('23.08', 'EUR'), Money.of('15.38', 'EUR'), Money.of('30.77', 'EUR'), Money.of('30.77', 'EUR'))
        """
        if type(method) is not Allocation:
            refuse("method", method, Allocation)
        shares = allocate_minor(self.amount_minor, check_weights(weights), method)
        return tuple([Money(share, self.currency) for share in shares])

    def split(self, parts: int) -> tuple["Money", ...]:
        """Split into equal parts; the first ones carry the minor units that are left.

        >>> Money(100, "EUR").split(3)
        (Money.of('0.34', 'EUR'), Money.of('0.33', 'EUR'), Money.of('0.33', 'EUR'))
        """
        if type(parts) is not int:
            refuse("parts", parts, int, words="an int of 1 or more")
        if not 1 <= parts <= MAX_PARTS:
            raise InvalidValueError("parts", parts, f"an amount is split into 1 to {MAX_PARTS} parts")
        return self.allocate((1,) * parts)

    def _check_same(self, other: object) -> None:
        if type(other) is not Money:
            refuse("other", other, Money)
        if other.currency != self.currency:
            raise CurrencyMismatchError(self.currency, other.currency)


_put_amount, _put_currency = setters(Money)


@attrs.frozen(repr=False)
class ExactAmount:
    """A rational amount of a currency, before its one rounding.

    Args:
        amount_minor: the exact number of minor units, as a `Fraction`.
        currency: the ISO 4217 code.

    Raises:
        InvalidTypeError: anything but a Fraction, a currency that is not a str.
        OutOfRangeError: a numerator or denominator of more than 400 digits.
        UnknownCurrencyError: a currency that ISO 4217 does not list.

    >>> half = Money(1215, "EUR").exact() * Fraction(1, 30)
    >>> half, half.round(Rounding.HALF_UP), half.round(Rounding.HALF_EVEN)
    (ExactAmount(81/2, 'EUR'), Money.of('0.41', 'EUR'), Money.of('0.40', 'EUR'))
    """

    amount_minor: Fraction
    currency: str

    def __attrs_post_init__(self) -> None:
        if type(self.amount_minor) is not Fraction:
            refuse("amount_minor", self.amount_minor, Fraction, words="a Fraction of minor units")
        check_share("amount_minor", self.amount_minor, -MAX_SHARE)
        minor_digits(self.currency)

    @classmethod
    def of(cls, amount: str | int | Decimal | Fraction, currency: str) -> "ExactAmount":
        """Build from major units, with as many digits as there are: a price of 0.0004 for a unit.

        Raises:
            InvalidTypeError: a float, a bool or another type.
            InvalidValueError: a text that is not plain ASCII digits with one point, NaN, Infinity.
            OutOfRangeError: more than 400 digits.

        >>> ExactAmount.of("0.0004", "USD")
        ExactAmount(1/25, 'USD')
        """
        major = exact_from(amount) if type(amount) is not Fraction else amount
        return cls(check_share("amount", major, -MAX_SHARE) * POWERS[minor_digits(currency)], currency)

    def __repr__(self) -> str:
        return f"ExactAmount({self.amount_minor}, {self.currency!r})"

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def __abs__(self) -> "ExactAmount":
        return ExactAmount(abs(self.amount_minor), self.currency)

    def __lt__(self, other: "ExactAmount") -> bool:
        self._check_same(other)
        return self.amount_minor < other.amount_minor

    def __le__(self, other: "ExactAmount") -> bool:
        self._check_same(other)
        return self.amount_minor <= other.amount_minor

    def __gt__(self, other: "ExactAmount") -> bool:
        self._check_same(other)
        return self.amount_minor > other.amount_minor

    def __ge__(self, other: "ExactAmount") -> bool:
        self._check_same(other)
        return self.amount_minor >= other.amount_minor

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
            refuse("factor", factor, int, Fraction, words="an int or a Fraction")
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
            refuse("digits", digits, int, words=f"an int from 0 to {_MAX_DIGITS}")
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
            refuse("other", other, ExactAmount, words="an ExactAmount of the same currency (money.exact() makes one)")
        if other.currency != self.currency:
            raise CurrencyMismatchError(self.currency, other.currency)


def check_money(name: str, value: object, currency: str | None = None) -> Money:
    """Return the value if it is `Money`, and of the currency where one is given.

    Raises:
        InvalidTypeError: not Money.
        CurrencyMismatchError: another currency.
    """
    if type(value) is not Money:
        refuse(name, value, Money)
    if currency is not None and value.currency != currency:
        raise CurrencyMismatchError(currency, value.currency)
    return value
