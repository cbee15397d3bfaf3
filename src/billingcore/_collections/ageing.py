"""Ageing: how much is open, and how long it has been due."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_int, check_tuple, collected
from billingcore._invoices.documents import check_number
from billingcore.errors import InvalidValueError
from billingcore.invoices import Invoice
from billingcore.money import Money, total
from billingcore.money._amounts import check_money

USUAL_BOUNDS: Final = (30, 60, 90)
"""The usual last days of the buckets: 1 to 30 days late, 31 to 60, 61 to 90, and more."""
_MOST_DAYS: Final = date.max.toordinal()
"""Nothing is later than the calendar is long."""
_FEWEST_BUCKETS: Final = 2


@attrs.frozen
class Receivable:
    """An invoice that is to be paid: when it falls due, and what of it is contested.

    Args:
        invoice: the document.
        due_on: the last day on which paying is in time.
        disputed: what is contested, at most what is due; it is open, but no ground to limit service.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a due date before the issue, more contested than due.
        CurrencyMismatchError: another currency.
    """

    invoice: Invoice
    due_on: date
    disputed: Money | None = None

    def __attrs_post_init__(self) -> None:
        check("invoice", self.invoice, Invoice)
        if check_date("due_on", self.due_on) < self.invoice.issued_on:
            raise InvalidValueError(
                "due_on", self.due_on, f"nothing is due before its issue on {self.invoice.issued_on}"
            )
        if self.disputed is not None:
            check_money("disputed", self.disputed, self.invoice.currency)
            if not Money.zero(self.invoice.currency) <= self.disputed <= self.invoice.payable:
                raise InvalidValueError(
                    "disputed", self.disputed, f"between nothing and the {self.invoice.payable} due is contested"
                )

    @property
    def open(self) -> Money:
        """What is left to pay, contested or not."""
        return self.invoice.payable

    @property
    def undisputed(self) -> Money:
        """What is left to pay and not contested."""
        return self.open - self.disputed if self.disputed is not None else self.open

    def days_late(self, day: date) -> int:
        """Return how many days the due date is past on a day: 0 or less where paying is still in time."""
        return (check_date("day", day) - self.due_on).days


@attrs.frozen
class AgeingBucket:
    """The open amounts of one age: from a number of days late to another, the last one without end.

    Args:
        first: the least days late; None for what is not late yet.
        last: the most days late, or None.
        amount: what is open.
        numbers: the invoices, in the order given.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: days that do not ascend from 1 on, a negative amount, an amount without an invoice or the
            other way round, a number that cannot be printed.
        OutOfRangeError: more days than the calendar has.
    """

    first: int | None
    last: int | None
    amount: Money
    numbers: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        if self.first is not None:
            check_int("first", self.first, 1, _MOST_DAYS)
        if self.last is not None:
            if self.first is None:
                raise InvalidValueError("last", self.last, "what is not late has no days late")
            check_int("last", self.last, self.first, _MOST_DAYS)
        check_money("amount", self.amount)
        check_tuple("numbers", self.numbers, str)
        for number in self.numbers:
            check_number("numbers", number)
        if self.amount.amount_minor < 0 or bool(self.amount) != bool(self.numbers):
            raise InvalidValueError("amount", self.amount, "it is what is open of the invoices named: above 0, or none")

    @property
    def label(self) -> str:
        """The age in words: ``not late``, ``1 to 30 days late``, ``over 90 days late``."""
        if self.first is None:
            return "not late"
        return f"over {self.first - 1} days late" if self.last is None else f"{self.first} to {self.last} days late"


@attrs.frozen
class Ageing:
    """The open balance on a day, cut by age: the buckets add up to it, and each invoice stands in exactly one.

    Args:
        day: the day.
        buckets: from what is not late to what is latest, each from the day after the one before.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: buckets of two currencies.
        InvalidValueError: fewer than two buckets; ones that do not follow each other from what is not late on to one
            without end.
    """

    day: date
    buckets: tuple[AgeingBucket, ...]

    def __attrs_post_init__(self) -> None:
        check_date("day", self.day)
        check_tuple("buckets", self.buckets, AgeingBucket)
        if len(self.buckets) < _FEWEST_BUCKETS or self.buckets[0].first is not None:
            raise InvalidValueError("buckets", self.buckets, "give what is not late, and then what is late")
        start: int | None = 1
        for bucket in self.buckets[1:]:
            if start is None or bucket.first != start:
                raise InvalidValueError("buckets", bucket.label, "each starts on the day after the one before it ends")
            start = None if bucket.last is None else bucket.last + 1
        if start is not None:
            raise InvalidValueError("buckets", self.buckets[-1].label, "the last one has no end")
        total((bucket.amount for bucket in self.buckets), self.buckets[0].amount.currency)

    @property
    def total(self) -> Money:
        """The whole open balance."""
        return total((bucket.amount for bucket in self.buckets), self.buckets[0].amount.currency)

    def explain(self) -> str:
        """Return a line for each bucket, and the total."""
        lines = [f"open on {self.day}"]
        for bucket in self.buckets:
            invoices = f" ({', '.join(bucket.numbers)})" if bucket.numbers else ""
            lines.append(f"  {bucket.label}: {bucket.amount}{invoices}")
        lines.append(f"  total: {self.total}")
        return "\n".join(lines)


def age_receivables(
    receivables: Iterable[Receivable], day: date, currency: str, bounds: tuple[int, ...] = USUAL_BOUNDS
) -> Ageing:
    """Cut what is open on a day by how long it has been due. Paid invoices have nothing open and stand in no bucket.

    Args:
        receivables: the invoices with their due dates; of one currency.
        day: the day.
        currency: the currency, also of an empty result.
        bounds: the last days of the buckets, ascending.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: an invoice in another currency.
        InvalidValueError: bounds that do not ascend from 1 on.
        OutOfRangeError: bounds beyond the days of the calendar.

    Source: the buckets are an accounting convention; no vendor's rule stands behind them.
    """
    check_date("day", day)
    starts = _check_bounds(bounds)
    lasts: list[int | None] = [None, *bounds, None]
    amounts = [Money.zero(currency)] * len(lasts)
    numbers: list[list[str]] = [[] for _ in lasts]
    for each in collected("receivables", receivables, Receivable):
        left = check_money("receivables", each.open, currency)
        if left:
            at = bisect_right(starts, each.days_late(day))
            amounts[at] += left
            numbers[at].append(each.invoice.number)
    firsts = [None, *starts]
    rows = zip(firsts, lasts, amounts, numbers, strict=True)
    return Ageing(day, tuple([AgeingBucket(first, last, amount, tuple(found)) for first, last, amount, found in rows]))


def _check_bounds(bounds: tuple[int, ...]) -> list[int]:
    """Return the first day late of each bucket after "not late"."""
    check_tuple("bounds", bounds, int)
    before = 0
    for bound in bounds:
        if check_int("bounds", bound, 1, _MOST_DAYS) <= before:
            raise InvalidValueError("bounds", bounds, "the last days of the buckets ascend from 1 on")
        before = bound
    return [1, *[bound + 1 for bound in bounds]]
