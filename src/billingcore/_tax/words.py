"""What the texts of the tax rooms must be: they stand on documents, and a record may bring others."""

import re
from collections.abc import Sequence
from typing import Final

from billingcore._checks import check, check_words
from billingcore.errors import InvalidValueError

MAX_SOURCE: Final = 500
_MAX_REMARK: Final = 3000  # holds eight names of authorities, or what a certificate names
_MAX_EDITION: Final = 20_000  # names every place of which the caller gave something
_MOST_NAMED: Final = 8
_PLACE: Final = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3}|/[^/]{1,40})?")


def check_remark(name: str, text: str) -> str:
    """Return a remark, a detail or a source if it is empty or can be printed.

    Raises:
        InvalidTypeError: not a str.
        InvalidValueError: too long, or with characters that cannot be printed.
    """
    return text if check(name, text, str) == "" else check_words(name, text, _MAX_REMARK)


def check_edition(edition: str) -> None:
    """Refuse what is no edition of the facts."""
    check("edition", edition, str)
    if not edition.strip():
        raise InvalidValueError("edition", edition, "a decision names the edition of the facts that it used")
    check_words("edition", edition, _MAX_EDITION)


def check_place_code(name: str, place: str) -> None:
    """Refuse what has not the form of a place's code, as results show it."""
    check(name, place, str)
    if not _PLACE.fullmatch(place) or not place.isprintable():
        problem = "a place is a country ('FR'), a part of one ('US-TX') or a territory ('IT/Livigno')"
        raise InvalidValueError(name, place, problem)


def listed(names: Sequence[str]) -> str:
    """Return names for a remark: the first eight, as there may be any number of them."""
    return ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
