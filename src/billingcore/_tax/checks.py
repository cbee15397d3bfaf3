"""What every tax decision holds, checked when it is made: it may come from a record that somebody changed."""

import re
from typing import Any, Final

from billingcore._checks import check_fields, check_tuple
from billingcore._tax.notes import Note
from billingcore._tax.rules import Rule
from billingcore.errors import InvalidValueError

_PLACE: Final = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3}|/[^/\x00-\x1f]{1,40})?")


def check_shared(ruling: Any) -> None:  # noqa: ANN401 - any decision
    """Refuse what no decision holds."""
    check_tuple("rules", ruling.rules, Rule)
    check_tuple("notes", ruling.notes, Note)
    check_fields(ruling, place=str, edition=str)
    if not _PLACE.fullmatch(ruling.place):
        problem = "a place is a country ('FR'), a part of one ('US-TX') or a territory ('IT/Livigno')"
        raise InvalidValueError("place", ruling.place, problem)
    if not ruling.edition.strip():
        raise InvalidValueError("edition", ruling.edition, "a decision names the edition of the facts that it used")
