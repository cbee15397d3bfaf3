"""What waits for its day: a change, a pause, the end; and what becomes of it when something else is asked."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_fields, check_words
from billingcore._choices import Choice
from billingcore._subscriptions.items import Item
from billingcore.cycles import Resume
from billingcore.errors import InvalidValueError


class PauseCredit(Choice):
    """What a pause gives back of what is paid."""

    NOTHING = "nothing"
    """Nothing: what is paid runs on, or its days are kept."""
    UNUSED = "unused"
    """The unused part of what was billed, on the day of the pause."""
    WHEN_RESUMED = "when_resumed"
    """The days of the pause, once it is over and their number is known."""


class Meanwhile(Choice):
    """What may be asked of a paused subscription."""

    REFUSED = "refused"
    """Nothing but its resumption and its end."""
    TAKEN = "taken"
    """Changes too: they move no money, and hold from the resumption on."""


@attrs.frozen
class PauseTerms:
    """The rules of a pause.

    Args:
        gives_back: what goes back of what is paid.
        goes_on: what becomes of the period when it is resumed.
        meanwhile: whether changes are taken during the pause.
        coupons_run: whether periods that pass during the pause count for coupons.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: days that are given back and kept.
    """

    gives_back: PauseCredit = PauseCredit.NOTHING
    goes_on: Resume = Resume.KEEP_DATES
    meanwhile: Meanwhile = Meanwhile.REFUSED
    coupons_run: bool = False

    def __attrs_post_init__(self) -> None:
        check_fields(self, gives_back=PauseCredit, goes_on=Resume, meanwhile=Meanwhile, coupons_run=bool)
        if self.goes_on is Resume.KEEP_DAYS and self.gives_back is not PauseCredit.NOTHING:
            raise InvalidValueError(
                "gives_back", self.gives_back, "the days are kept; what is given back is not served"
            )


@attrs.frozen
class NextSale:
    """What the next renewal of an item sells instead of what runs; a scheduled change.

    Args:
        key: the item.
        on: the first day of it: the end of what is paid for the item, or of its trial.
        item: the item from then on; None where it is removed.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an item of another key.
    """

    key: str
    on: date
    item: Item | None

    def __attrs_post_init__(self) -> None:
        check_words("key", self.key)
        check_date("on", self.on)
        check("item", self.item, Item, None)
        if self.item is not None and self.item.key != self.key:
            raise InvalidValueError("item", self.item.key, f"what follows {self.key} has its key")

    def describe(self) -> str:
        """Return the change in words."""
        what = f"{self.key} removed" if self.item is None else self.item.describe()
        return f"{what} from {self.on}"


@attrs.frozen
class NextPause:
    """A pause that begins when what is paid ends.

    Args:
        on: its first day.
        terms: its rules.
        resumes_on: the day on which it ends, or None.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an end that is not after its start.
    """

    on: date
    terms: PauseTerms
    resumes_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_date("on", self.on)
        check("terms", self.terms, PauseTerms)
        if self.resumes_on is not None and check_date("resumes_on", self.resumes_on) <= self.on:
            raise InvalidValueError("resumes_on", self.resumes_on, f"a pause ends after it starts ({self.on})")


class Waits(Choice):
    """What waits for the end of what is paid."""

    CHANGE = "change"
    CANCELLATION = "cancellation"
    PAUSE = "pause"


class Asked(Choice):
    """What is asked while something waits."""

    SAME = "same"
    """The very thing that waits."""
    LATER_CHANGE = "later_change"
    """A change that waits, too."""
    CHANGE = "change"
    """Another plan of the item, at once."""
    MORE = "more"
    """More of the item, at once."""
    FEWER = "fewer"
    """Less of the item, at once."""
    CANCELLATION = "cancellation"
    """The end, at the end of what is paid."""
    PAUSE = "pause"
    """A pause, at once or from the end of what is paid."""


class Meeting(Choice):
    """What becomes of what waits."""

    REPLACED = "replaced"
    """What is asked now waits in its place."""
    KEPT = "kept"
    """It still waits; what is asked happens too."""
    CLEARED = "cleared"
    """It waits no more; what is asked happens."""
    REFUSED = "refused"
    """It still waits; what is asked is refused."""


_W, _A, _M = Waits, Asked, Meeting

MEETINGS: Final[Mapping[tuple[Waits, Asked], Meeting]] = MappingProxyType({
    (_W.CHANGE, _A.SAME): _M.REFUSED,
    (_W.CHANGE, _A.LATER_CHANGE): _M.REPLACED,
    (_W.CHANGE, _A.CHANGE): _M.CLEARED,
    (_W.CHANGE, _A.MORE): _M.KEPT,
    (_W.CHANGE, _A.FEWER): _M.KEPT,
    (_W.CHANGE, _A.CANCELLATION): _M.CLEARED,
    (_W.CHANGE, _A.PAUSE): _M.KEPT,
    (_W.CANCELLATION, _A.SAME): _M.REFUSED,
    (_W.CANCELLATION, _A.LATER_CHANGE): _M.REFUSED,
    (_W.CANCELLATION, _A.CHANGE): _M.KEPT,
    (_W.CANCELLATION, _A.MORE): _M.KEPT,
    (_W.CANCELLATION, _A.FEWER): _M.KEPT,
    (_W.CANCELLATION, _A.CANCELLATION): _M.REFUSED,
    (_W.CANCELLATION, _A.PAUSE): _M.REFUSED,
    (_W.PAUSE, _A.SAME): _M.REFUSED,
    (_W.PAUSE, _A.LATER_CHANGE): _M.KEPT,
    (_W.PAUSE, _A.CHANGE): _M.KEPT,
    (_W.PAUSE, _A.MORE): _M.KEPT,
    (_W.PAUSE, _A.FEWER): _M.KEPT,
    (_W.PAUSE, _A.CANCELLATION): _M.CLEARED,
    (_W.PAUSE, _A.PAUSE): _M.REPLACED,
})  # fmt: skip
"""What becomes of what waits, by what is asked: the default of every pair.

A plan that is changed at once replaces the plan that waited; another number of seats goes over into it. What ends is not
changed for a renewal that never comes, and not paused; an end clears what waited.
"""
