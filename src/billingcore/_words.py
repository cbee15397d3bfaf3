"""Words that stand on documents: what a name, a description or a number may be made of."""

from typing import Final

from billingcore.errors import InvalidTypeError, InvalidValueError

MAX_NAME: Final = 200
_JOINERS: Final = str.maketrans("", "", "\u00a0\u202f\u200c\u200d")
"""Spaces that do not break (French), and joiners that shape letters (Persian, Indic scripts): they print, `str` says no."""


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
