"""Facts with a date and a source, and their look-up by date.

A fact is never bare: it holds from a day, until another, according to somebody,
who was read on a day, with a stated confidence. A `History` is the row of facts
that follow each other in one place; every look-up takes the day.
"""

from bisect import bisect_right
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

import attrs

from billingcore._checks import check, check_date, check_tuple
from billingcore._choices import Choice
from billingcore._doors import own_door
from billingcore.errors import InvalidValueError, NoRateForDateError

__all__ = ["Confidence", "History", "Sourced"]

T = TypeVar("T")


class Confidence(Choice):
    """How sure a fact is: two agreeing sources, one source, an unconfirmed one, or sources that disagree."""

    HIGH = "high"
    """Two sources agree."""
    MEDIUM = "medium"
    """One source says it."""
    LOW = "low"
    """One source says it, and it is not confirmed."""
    DISPUTED = "disputed"
    """Sources disagree."""


@attrs.frozen
class Sourced(Generic[T]):
    """One fact: its value, the days on which it holds, where it was read, and how sure it is.

    Args:
        value: the fact itself.
        since: the first day on which it holds.
        until: the first day on which it no longer holds, or None while it is open.
        source: where it was read; an empty source is refused.
        checked_on: the day on which the source was last read.
        confidence: how sure it is.
        note: what a reader should know about the row.

    Raises:
        InvalidTypeError: a date that is not a civil date, a text that is not a str.
        InvalidValueError: no source, or an end that is not after the start.

    >>> row = Sourced("EUR", date(2026, 1, 1), None, "ISO 4217 amendment 180", date(2026, 11, 23))
    >>> row.holds_on(date(2025, 12, 31)), row.holds_on(date(2026, 1, 1))
    (False, True)
    """

    value: T
    since: date
    until: date | None
    source: str
    checked_on: date
    confidence: Confidence = Confidence.HIGH
    note: str = ""

    def __attrs_post_init__(self) -> None:
        check_date("since", self.since)
        check_date("checked_on", self.checked_on)
        if self.until is not None and check_date("until", self.until) <= self.since:
            raise InvalidValueError("until", self.until, f"a fact must end after it starts ({self.since})")
        check("source", self.source, str, words="a str that says where the fact was read")
        if not self.source.strip():
            raise InvalidValueError("source", self.source, "a fact needs a source: say where it was read")
        check("confidence", self.confidence, Confidence)
        check("note", self.note, str)

    def holds_on(self, day: date) -> bool:
        """Say whether the fact holds on a day (``since`` included, ``until`` excluded)."""
        return self.since <= check_date("day", day) and (self.until is None or day < self.until)


@attrs.frozen
class History(Generic[T]):
    """The facts of one thing in one place, in order of date, with no two on one day.

    Args:
        name: what it is a history of; it stands in error messages.
        rows: the facts, in any order; they are kept in order of date.

    Raises:
        InvalidTypeError: a row that is not `Sourced`, a name that is not a str.
        InvalidValueError: no rows, or two rows that hold on one day.

    >>> checked = date(2026, 11, 23)
    >>> currency = History("currency of Bulgaria", (
    ...     Sourced("EUR", date(2026, 1, 1), None, "ISO 4217 amendment 180", checked),
    ...     Sourced("BGN", date(1999, 7, 5), date(2026, 1, 1), "CLDR 47", checked),
    ... ))
    >>> currency.on(date(2025, 12, 31)).value, currency.on(date(2026, 1, 1)).value
    ('BGN', 'EUR')
    >>> currency.on(date(1990, 1, 1))
    Traceback (most recent call last):
    ...
    billingcore.errors.NoRateForDateError: day 1990-01-01: the currency of Bulgaria is known from 1999-07-05
    """

    name: str
    rows: tuple[Sourced[T], ...]
    _starts: tuple[date, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check("name", self.name, str, words="a str that says what it is a history of")
        check_tuple("rows", self.rows, Sourced)
        ordered = sorted(self.rows, key=lambda row: row.since)
        if not ordered:
            raise InvalidValueError("rows", self.rows, f"the {self.name} needs at least one fact")
        for earlier, later in pairwise(ordered):
            if earlier.until is None or earlier.until > later.since:
                problem = f"the {self.name} has two facts on {later.since}; end the first one"
                raise InvalidValueError("rows", (earlier.value, later.value), problem)
        object.__setattr__(self, "rows", tuple(ordered))
        object.__setattr__(self, "_starts", tuple(row.since for row in ordered))

    def find(self, day: date) -> Sourced[T] | None:
        """Return the fact that holds on the day, or None where none is known."""
        at = bisect_right(self._starts, check_date("day", day)) - 1
        if at < 0:
            return None
        row = self.rows[at]
        return row if row.until is None or day < row.until else None

    def on(self, day: date) -> Sourced[T]:
        """Return the fact that holds on the day.

        Raises:
            NoRateForDateError: the day lies before the first fact, after the last, or in a gap.
        """
        row = self.find(day)
        if row is None:
            last = self.rows[-1].until
            known = f"known from {self._starts[0]}" + (f" until {last} (excluded)" if last else "")
            raise NoRateForDateError("day", day, f"the {self.name} is {known}")
        return row


own_door(__name__)
