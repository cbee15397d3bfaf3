"""One way to check an argument: its type, its bounds, its words. What a class is called in the error comes with the class."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from fractions import Fraction
from itertools import islice
from typing import Any, Final, NoReturn, TypeVar, overload

import attrs

from billingcore._choices import Choice
from billingcore.errors import BillingError, InvalidTypeError, InvalidValueError, OutOfRangeError, shown

K = TypeVar("K")
T = TypeVar("T")

MAX_NAME: Final = 200
MAX_ITEMS: Final = 1_000_000
"""As many values as anybody hands over at once; a longer iterable may have no end."""
MAX_SHARE: Final = 10**400
"""Numerator and denominator of an exact share stay below this: beyond it is no amount of money that is not nothing."""

_JOINERS: Final = str.maketrans("", "", "\u00a0\u202f\u200c\u200d")
"""Spaces that do not break (French), and joiners that shape letters (Persian, Indic scripts): they print, `str` says no."""

_WORDS: Final[dict[type, str]] = {
    bool: "True or False",
    date: "a datetime.date (an instant becomes a civil date once, in an explicit zone)",
    datetime: "an aware datetime: an instant, with its tzinfo",
    Fraction: "a Fraction, such as Fraction(20, 100) for 20 %",
    tzinfo: "a tzinfo object, such as zoneinfo.ZoneInfo('Europe/Berlin')",
}


def wanted(*kinds: type | None) -> str:
    """Return what is wanted in words: of each class its own, else its name; of a choice a member as an example.

    >>> from billingcore._kernel import Rounding
    >>> wanted(Rounding, None), wanted(int, str)
    ('a Rounding, such as Rounding.HALF_UP, or None', 'an int or a str')
    """
    words = [_wanted(kind) for kind in kinds if kind is not None]
    joined = " or ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} or {words[-1]}"  # noqa: PLR2004
    return f"{joined}, or None" if None in kinds else joined


def _wanted(kind: type) -> str:
    own: str | None = _WORDS.get(kind) or getattr(kind, "_wanted", None)
    if own is not None:
        return own
    named = f"{'an' if kind.__name__[0] in 'AEIOaeio' else 'a'} {kind.__name__}"
    if issubclass(kind, Choice):
        return f"{named}, such as {kind.__name__}.{next(iter(kind)).name}"
    return named


def refuse(name: str, value: object, *kinds: type | None, words: str | None = None) -> NoReturn:
    """Refuse a value whose type was looked at in place, where constructors are hot.

    Raises:
        InvalidTypeError: always.
    """
    raise InvalidTypeError(name, value, words or wanted(*kinds))


@overload
def check(name: str, value: object, kind: type[T], /, *, words: str | None = None) -> T: ...
@overload
def check(name: str, value: object, /, *kinds: type | None, words: str | None = None) -> object: ...
def check(name: str, value: object, /, *kinds: type | None, words: str | None = None) -> object:
    """Return the value if it is of one of the kinds: exactly, as `True` is not a number and a ``datetime`` is not a date.

    Args:
        name: what the argument is called.
        value: what was passed.
        kinds: the classes that will do, None among them where nothing will do too.
        words: what a text or a number means here, where its class does not say enough.

    Raises:
        InvalidTypeError: a value of another type.

    >>> check("quantity", 3, int)
    3
    >>> check("quantity", True, int)
    Traceback (most recent call last):
    ...
    billingcore.errors.InvalidTypeError: quantity must be an int, not True (bool)
    """
    if type(value) in kinds or (value is None and None in kinds) or (tzinfo in kinds and isinstance(value, tzinfo)):
        return value
    refuse(name, value, *kinds, words=words)


def check_fields(value: Any, **kinds: type | tuple[type | None, ...]) -> None:  # noqa: ANN401 - any value class
    """Refuse a value of which a field is not of its kind, or of none of its kinds."""
    for name, kind in kinds.items():
        check(name, getattr(value, name), *(kind if isinstance(kind, tuple) else (kind,)))


def check_date(name: str, value: object) -> date:
    """Return the value if it is a civil date; a ``datetime`` is an instant and is refused.

    Raises:
        InvalidTypeError: anything that is not exactly a ``datetime.date``.
    """
    if type(value) is not date:
        raise InvalidTypeError(name, value, wanted(date))
    return value


def check_int(name: str, value: object, least: int, most: int | None = None, problem: str = "") -> int:
    """Return the value if it is an int within its bounds.

    Raises:
        InvalidTypeError: not an int.
        InvalidValueError: below the least.
        OutOfRangeError: above the most.

    >>> check_int("days", 0, 1, 3650)
    Traceback (most recent call last):
    ...
    billingcore.errors.InvalidValueError: days 0: give 1 to 3650
    """
    if type(value) is not int:
        raise InvalidTypeError(name, value, f"an int of {least} or more")
    if value < least or (most is not None and value > most):
        error = InvalidValueError if value < least else OutOfRangeError
        raise error(name, value, problem or (f"give {least} or more" if most is None else f"give {least} to {most}"))
    return value


def check_share(name: str, value: object, least: Fraction | int = 0, most: Fraction | int | None = None) -> Fraction:
    """Return the value if it is an exact share within its bounds, of a size that can be written out.

    Raises:
        InvalidTypeError: not a Fraction.
        InvalidValueError: outside the bounds.
        OutOfRangeError: a numerator or denominator of more than 400 digits.

    >>> check_share("rate", Fraction(19), most=1)
    Traceback (most recent call last):
    ...
    billingcore.errors.InvalidValueError: rate Fraction(19, 1): give 0 to 1
    """
    if type(value) is not Fraction:
        raise InvalidTypeError(name, value, wanted(Fraction))
    num, den = value.numerator, value.denominator
    if abs(num) >= MAX_SHARE or den >= MAX_SHARE:
        problem = "numerator and denominator are limited to 400 digits"
        raise OutOfRangeError(name, value, problem)
    # By whole numbers: a comparison of Fractions costs five times as much, and records bring many.
    below = num * least.denominator < least.numerator * den
    if below or (most is not None and num * most.denominator > most.numerator * den):
        raise InvalidValueError(name, value, f"give {least} or more" if most is None else f"give {least} to {most}")
    return value


def check_tuple(name: str, values: object, *kinds: type) -> None:
    """Refuse what is not a tuple of values of some kinds.

    Raises:
        InvalidTypeError: not a tuple, or one that holds something else; the error keeps the first such value.
    """
    _check_many(tuple, name, values, kinds)


def check_set(name: str, values: object, *kinds: type) -> None:
    """Refuse what is not a frozenset of values of some kinds.

    Raises:
        InvalidTypeError: not a frozenset, or one that holds something else; the error keeps such a value.
    """
    _check_many(frozenset, name, values, kinds)


def _check_many(
    collection: type[tuple[object, ...] | frozenset[object]], name: str, values: object, kinds: tuple[type, ...]
) -> None:
    if type(values) is not collection:
        raise InvalidTypeError(name, values, _many(f"a {collection.__name__}", kinds))
    for each in values:
        if type(each) not in kinds:
            raise InvalidTypeError(name, each, _many(f"a {collection.__name__}", kinds))


def collected(
    name: str, values: Iterable[T], *kinds: type, most: int = MAX_ITEMS, words: str | None = None
) -> tuple[T, ...]:
    """Return the values of an iterable as a tuple, each checked as it is read, so that nothing endless is read.

    Raises:
        InvalidTypeError: not an iterable, a text, or one that holds something else.
        InvalidValueError: it raised something while it was read.
        OutOfRangeError: more values than anybody hands over.

    >>> collected("bounds", range(10**12), str)
    Traceback (most recent call last):
    ...
    billingcore.errors.InvalidTypeError: bounds must be a collection of str values, not 0 (int)
    """
    expected = words or _many("a collection", kinds)
    if isinstance(values, str | bytes) or not (isinstance(values, Iterable) or hasattr(values, "__getitem__")):
        raise InvalidTypeError(name, values, expected)
    try:
        return tuple(_checked(name, values, kinds, most, expected))
    except BillingError:
        raise
    except Exception as error:  # whatever an iterable of the caller raises
        raise InvalidValueError(name, values, _unread(error, expected)) from error


def _checked(name: str, values: Iterable[T], kinds: tuple[type, ...], most: int, expected: str) -> Iterator[T]:
    for at, each in enumerate(values):
        if type(each) not in kinds:
            raise InvalidTypeError(name, each, expected)
        if at == most:
            raise OutOfRangeError(name, values, f"more than {most} values; pass fewer at once")
        yield each


def _unread(error: Exception, expected: str) -> str:
    return f"it raised {type(error).__name__} while it was read; pass {expected}"


def mapped(name: str, values: Mapping[K, T], expected: str) -> dict[K, T]:
    """Return a mapping as a dict, read once, so that no look-up of the caller's own class comes later.

    Raises:
        InvalidTypeError: not a mapping.
        InvalidValueError: it raised something while it was read.
        OutOfRangeError: more values than anybody hands over.

    >>> mapped("nets", [1], "a mapping from numbers to nets")
    Traceback (most recent call last):
    ...
    billingcore.errors.InvalidTypeError: nets must be a mapping from numbers to nets, not [1] (list)
    """
    if not isinstance(values, Mapping):
        raise InvalidTypeError(name, values, expected)
    try:
        read = dict(islice(values.items(), MAX_ITEMS + 1))
    except Exception as error:  # whatever a mapping of the caller raises
        raise InvalidValueError(name, values, _unread(error, expected)) from error
    if len(read) > MAX_ITEMS:
        raise OutOfRangeError(name, values, f"more than {MAX_ITEMS} values; pass fewer at once")
    return read


def asked(name: str, function: Callable[..., T], *arguments: object) -> T:
    """Return what a caller's own function answers; what it raises becomes the cause of our error.

    Raises:
        InvalidTypeError: nothing that can be called.
        InvalidValueError: the function raised something.
    """
    if not callable(function):
        raise InvalidTypeError(name, function, "a function")
    try:
        return function(*arguments)
    except BillingError:
        raise
    except Exception as error:
        problem = (
            f"it raised {type(error).__name__} for {', '.join(map(shown, arguments))}; let it answer, or leave it out"
        )
        raise InvalidValueError(name, function, problem) from error


def _many(collection: str, kinds: tuple[type, ...]) -> str:
    return f"{collection} of {' or '.join(kind.__name__ for kind in kinds)} values"


def check_words(name: str, words: str, most: int = MAX_NAME) -> str:
    r"""Return the words of a document if they are 1 to ``most`` printable characters.

    A line break, a control character or one that turns the direction of a line
    would break the lines of every explanation and document.

    Raises:
        InvalidTypeError: not a str.
        InvalidValueError: nothing but blanks, too long, or with characters that cannot be printed.

    >>> check_words("name", "Société\u00a0Générale") == "Société\u00a0Générale"
    True
    """
    if type(words) is not str:
        raise InvalidTypeError(name, words, "a str")
    if not 0 < len(words) <= most or words.isspace() or not (words.isprintable() or _is_printed(words)):
        raise InvalidValueError(name, words, f"it stands on documents; give 1 to {most} printable characters")
    return words


def _is_printed(words: str) -> bool:
    rest = words.translate(_JOINERS)
    return rest.isprintable() and rest.strip() != ""


def setters(kind: type) -> tuple[Callable[[object, object], None], ...]:
    """Return what sets each field of a frozen class, in order: for the constructors that a profile shows to be hot."""
    return tuple([kind.__dict__[field.name].__set__ for field in attrs.fields(kind)])
