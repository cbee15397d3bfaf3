"""What every tax decision holds, checked when it is made: it may come from a record that somebody changed."""

import re
from typing import Any, Final

from billingcore._tax.notes import Note
from billingcore._tax.rules import Rule
from billingcore.errors import InvalidTypeError, InvalidValueError

_PLACE: Final = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3}|/[^/\x00-\x1f]{1,40})?")


def check_fields(ruling: Any) -> None:  # noqa: ANN401 - any decision
    """Refuse what no decision holds."""
    for name, kind, expected in (("rules", Rule, "a tuple of Rule values"), ("notes", Note, "a tuple of Note values")):
        values = getattr(ruling, name)
        if type(values) is not tuple or any(type(each) is not kind for each in values):
            raise InvalidTypeError(name, values, expected)
    for name in ("place", "edition"):
        if type(getattr(ruling, name)) is not str:
            raise InvalidTypeError(name, getattr(ruling, name), "a str")
    if not _PLACE.fullmatch(ruling.place):
        problem = "a place is a country ('FR'), a part of one ('US-TX') or a territory ('IT/Livigno')"
        raise InvalidValueError("place", ruling.place, problem)
    if not ruling.edition.strip():
        raise InvalidValueError("edition", ruling.edition, "a decision names the edition of the facts that it used")
