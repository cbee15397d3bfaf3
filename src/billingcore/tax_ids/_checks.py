"""What all schemes share: the reasons, the shape of a scheme, and the arithmetic of check digits."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from operator import mul
from types import MappingProxyType

import attrs

from billingcore._choices import Choice

_ZERO = ord("0")
_DOUBLED = bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9))  # the digit sum of twice a digit
_LAST_YEAR_OF_NINE_DIGITS = 53
_FIRST_YEAR_OF_THE_1800S = 80
_BIRTH_NUMBER_LENGTH = 10
_MONTH_OFFSETS = (0, 20, 50, 70)  # men, men when a day's numbers ran out, women, women likewise
_NO_LAYOUTS: Mapping[int, str] = MappingProxyType({})


class TaxIdProblem(Choice):
    """Why a text is not a well-formed tax ID.

    ``BAD_COMPONENT`` means that a part of the number is never issued: its first
    digit, a date of birth, a province or a range.

    >>> TaxIdProblem.BAD_CHECKSUM.words
    'its check digit does not agree with the rest'
    """

    UNKNOWN_COUNTRY = "unknown_country"
    BAD_LENGTH = "bad_length"
    BAD_FORMAT = "bad_format"
    BAD_COMPONENT = "bad_component"
    BAD_CHECKSUM = "bad_checksum"
    WRONG_COUNTRY = "wrong_country"

    @property
    def words(self) -> str:
        """The reason as it is written in an explanation."""
        return _WORDS[self]


_WORDS = {
    TaxIdProblem.UNKNOWN_COUNTRY: "no scheme is known for its country",
    TaxIdProblem.BAD_LENGTH: "it has the wrong length",
    TaxIdProblem.BAD_FORMAT: "it has a character of the wrong kind",
    TaxIdProblem.BAD_COMPONENT: "a part of it is never issued",
    TaxIdProblem.BAD_CHECKSUM: "its check digit does not agree with the rest",
    TaxIdProblem.WRONG_COUNTRY: "its prefix does not belong to the billing country",
}


@attrs.frozen(eq=False)
class Scheme:
    """One kind of number: its shape, the parts that must exist, and its check digit.

    Args:
        code: the name of the scheme.
        words: what a well-formed number looks like, without the prefix.
        lengths: the lengths that occur, without the prefix.
        sums: whether the check digit agrees; None where the scheme is format only.
        parts: whether every part of the number can exist.
        pattern: the whole shape; None where all characters are digits.
        pad: shorter (older) numbers are filled with zeros to this length.
        prefix: what canonical text starts with; may be empty.
        country: the ISO country of the scheme; empty means its code.
        fits: the billing countries for which it is accepted; empty means its country alone.
        layouts: the customary written form per length; each ``#`` takes a character.
    """

    code: str
    words: str
    lengths: tuple[int, ...]
    sums: Callable[[str], bool] | None = None
    parts: Callable[[str], bool] | None = None
    pattern: re.Pattern[str] | None = None
    pad: int = 0
    prefix: str = ""
    country: str = ""
    fits: tuple[str, ...] = ()
    layouts: Mapping[int, str] = _NO_LAYOUTS

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "country", self.country or self.code)
        object.__setattr__(self, "fits", self.fits or (self.country,))

    @property
    def expected(self) -> str:
        """What a well-formed number looks like, with its prefix or scheme, and how far it can be checked."""
        text = f"{self.prefix} and {self.words}" if self.prefix else f"{self.code}: {self.words}"
        return text if self.sums else f"{text} (format only, no check digit is verified)"

    def judge(self, body: str) -> str | TaxIdProblem:
        """Return the canonical number, or why the body (upper case ASCII, no prefix) is not one."""
        if len(body) not in self.lengths:
            return TaxIdProblem.BAD_LENGTH
        if not (body.isdigit() if self.pattern is None else self.pattern.fullmatch(body)):
            return TaxIdProblem.BAD_FORMAT
        if self.pad:
            body = body.zfill(self.pad)
        # Nobody is given a number of zeros, though many sums accept it.
        if not body.strip("0") or (self.parts is not None and not self.parts(body)):
            return TaxIdProblem.BAD_COMPONENT
        if self.sums is not None and not self.sums(body):
            return TaxIdProblem.BAD_CHECKSUM
        return body


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    """Sum each digit times its weight; there are at least as many digits as weights.

    >>> weighted("123", (7, 1, 2))  # 7 + 2 + 6
    15
    """
    codes: int = sum(map(mul, digits.encode(), weights))
    return codes - _ZERO * sum(weights)


def doubled_sum(digits: str) -> int:
    """Sum the digits, of which the 1st, 3rd, 5th... count as the digit sum of their double."""
    return sum(_DOUBLED[int(digit)] for digit in digits[::2]) + sum(map(int, digits[1::2]))


def luhn(digits: str) -> bool:
    """Say whether the Luhn sum is divisible by ten: from the right, every second digit is doubled.

    >>> luhn("79927398713"), luhn("79927398710")
    (True, False)
    """
    from_right = digits[::-1]
    return (sum(map(int, from_right[::2])) + sum(_DOUBLED[int(digit)] for digit in from_right[1::2])) % 10 == 0


def mod_11_10(digits: str) -> bool:
    """Say whether the last digit is the ISO 7064 MOD 11,10 check digit of the others.

    >>> mod_11_10("113866163"), mod_11_10("113866164")
    (True, False)
    """
    product = 10
    for digit in digits[:-1].encode():
        product = ((product + digit - _ZERO) % 10 or 10) * 2 % 11
    return (product + int(digits[-1])) % 10 == 1


def decimals_of_letters(text: str) -> int:
    """Read a text as one number, letters as A=10 to Z=35.

    >>> decimals_of_letters("N1B")
    23111
    """
    return int("".join(str(int(char, 36)) for char in text))


def first_not_zero(number: str) -> bool:
    """Say whether the number starts with something else than 0."""
    return number[0] != "0"


def is_date(year: int, month: int, day: int) -> bool:
    """Say whether there is such a day in the Gregorian calendar.

    >>> is_date(1900, 2, 29), is_date(2000, 2, 29), is_date(2000, 13, 1)
    (False, True, False)
    """
    return month in range(1, 13) and 1 <= day <= monthrange(year, month)[1]


def birth_date_exists(number: str) -> bool:
    """Say whether a Czech or Slovak birth number (YYMMDD, then a serial) starts with a real date.

    Nine digits were given to births before 1954; 54 to 79 would then be people
    born before 1880, who never met the scheme.

    >>> birth_date_exists("7103192745"), birth_date_exists("7113192745")
    (True, False)
    """
    year, month, day = int(number[:2]), int(number[2:4]), int(number[4:6])
    if len(number) == _BIRTH_NUMBER_LENGTH:
        year += 2000 if year <= _LAST_YEAR_OF_NINE_DIGITS else 1900
    elif year <= _LAST_YEAR_OF_NINE_DIGITS:
        year += 1900
    elif year >= _FIRST_YEAR_OF_THE_1800S:
        year += 1800
    else:
        return False
    return any(is_date(year, month - offset, day) for offset in _MONTH_OFFSETS)


def birth_number_sum(number: str) -> bool:
    """Say whether the tenth digit of a birth number agrees; nine digits have no check digit.

    >>> birth_number_sum("7103192745"), birth_number_sum("7103192746")
    (True, False)
    """
    return len(number) != _BIRTH_NUMBER_LENGTH or int(number[:9]) % 11 % 10 == int(number[9])
