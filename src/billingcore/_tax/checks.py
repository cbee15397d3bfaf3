"""What every tax decision holds, checked when it is made: it may come from a record that somebody changed."""

from typing import Any

from billingcore._checks import check_tuple
from billingcore._tax.notes import Note
from billingcore._tax.rules import Rule
from billingcore._tax.words import check_edition, check_place_code


def check_shared(ruling: Any) -> None:  # noqa: ANN401 - any decision
    """Refuse what no decision holds."""
    check_tuple("rules", ruling.rules, Rule)
    check_tuple("notes", ruling.notes, Note)
    check_place_code("place", ruling.place)
    check_edition(ruling.edition)
