"""Buckets: how an ageing is cut, and what it comes to."""

from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_fields, check_int, check_tuple
from billingcore._choices import Choice
from billingcore.errors import InvalidValueError
from billingcore.ledger._base import check_reference
from billingcore.ledger._positions import capped
from billingcore.money import Money, total
from billingcore.money._amounts import check_money

_MOST_DAYS: Final = date.max.toordinal()
"""Nothing is later than the calendar is long."""


class AgedBy(Choice):
    """From which day an age is counted."""

    DUE_DAY = "due_day"
    """From the last day on which paying is in time."""
    ISSUE_DAY = "issue_day"
    """From the day of the document, whenever it falls due."""


class LateFrom(Choice):
    """With which day the first bucket begins: everything younger is current."""

    SAME_DAY = "same_day"
    """With the due day (or the day of issue) itself: the first bucket is 0 to 30 days."""
    DAY_AFTER = "day_after"
    """With the day after it: what is due today is current, and the first bucket is 1 to 30 days."""
    TWO_DAYS_AFTER = "two_days_after"
    """Two days after it: the first bucket is 2 to 30 days."""


_FIRST_DAYS: Final = {each: days for days, each in enumerate(LateFrom)}


class UnappliedAs(Choice):
    """Where credit and money that no invoice has used stand."""

    APART = "apart"
    """Beside the buckets: those add up to what is open."""
    BY_OWN_DAY = "by_own_day"
    """Below 0 in the bucket of its own day (of a credit note its due day, where it has one): the buckets add up to the
    balance."""


@attrs.frozen
class AgeingPolicy:
    """How an ageing is cut.

    Args:
        bounds: the last days of the buckets, ascending; the one after the last bound has no end. None of them: everything
            late is one bucket.
        by: from which day an age is counted.
        late_from: with which day the first bucket begins.
        unapplied: where unapplied credit and money stand.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: bounds that do not ascend from the first day that is late.
        OutOfRangeError: bounds beyond the days of the calendar.

    Source: buckets are a convention of accounting. Zuora's aged balance counts from two days after the due day, Odoo's and
    OCA's from the day after; ERPNext and Invoice Ninja put what is due today into the first bucket.

    >>> AgeingPolicy((30, 60)).ages
    ((None, None), (1, 30), (31, 60), (61, None))
    """

    bounds: tuple[int, ...] = (30, 60, 90)
    by: AgedBy = AgedBy.DUE_DAY
    late_from: LateFrom = LateFrom.DAY_AFTER
    unapplied: UnappliedAs = UnappliedAs.APART

    def __attrs_post_init__(self) -> None:
        check_tuple("bounds", self.bounds, int)
        check_fields(self, by=AgedBy, late_from=LateFrom, unapplied=UnappliedAs)
        least = _FIRST_DAYS[self.late_from]
        for bound in self.bounds:
            problem = f"the last days of the buckets ascend, from {_FIRST_DAYS[self.late_from]} on"
            least = check_int("bounds", bound, least, _MOST_DAYS, problem) + 1

    @property
    def ages(self) -> tuple[tuple[int | None, int | None], ...]:
        """The first and the last day of each bucket, from what is current on; None where there is no end."""
        return tuple(zip([None, *starts_of(self)], [None, *self.bounds, None], strict=True))


def starts_of(policy: AgeingPolicy) -> list[int]:
    """Return the first day of each bucket after what is current."""
    return [_FIRST_DAYS[policy.late_from], *[bound + 1 for bound in policy.bounds]]


@attrs.frozen
class AgeingBucket:
    """What is open of one age: from a number of days to another, the last one without end.

    Args:
        first: the least days; None for what is current.
        last: the most days, or None.
        amount: what is open; below 0 where unapplied credit and money of that age are more.
        references: the invoices, rows, credit notes and payments in it, each once, in their order.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: days that do not ascend from 0 on.
        OutOfRangeError: more days than the calendar has.

    >>> AgeingBucket(31, 60, Money.of("5.00", "EUR"), ("2026-1",)).label
    '31 to 60 days'
    """

    first: int | None
    last: int | None
    amount: Money
    references: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.first is not None:
            check_int("first", self.first, 0, _MOST_DAYS)
        if self.last is not None:
            if self.first is None:
                raise InvalidValueError("last", self.last, "what is current has no first and no last day")
            check_int("last", self.last, self.first, _MOST_DAYS)
        check_money("amount", self.amount)
        check_tuple("references", self.references, str)
        for reference in self.references:
            check_reference("references", reference)

    @property
    def label(self) -> str:
        """The age in words: ``current``, ``1 to 30 days``, ``91 days and more``."""
        if self.first is None:
            return "current"
        return f"{self.first} days and more" if self.last is None else f"{self.first} to {self.last} days"


@attrs.frozen
class Ageing:
    """What is open on a day, cut by age: each invoice, instalment or row stands in exactly one bucket.

    Args:
        day: the day.
        policy: how it is cut.
        buckets: one for each age of the policy, from what is current to what is oldest.
        unapplied: the credit and money beside the buckets, 0 or more; nothing where the policy puts them into buckets.
        known_on: what was recorded after this day does not count; None where everything counts.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: two currencies.
        InvalidValueError: other buckets than those of the policy, unapplied amounts in two places, or below 0.
    """

    day: date
    policy: AgeingPolicy
    buckets: tuple[AgeingBucket, ...]
    unapplied: Money
    known_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_date("day", self.day)
        check("policy", self.policy, AgeingPolicy)
        check_tuple("buckets", self.buckets, AgeingBucket)
        ages = tuple([(each.first, each.last) for each in self.buckets])
        if ages != self.policy.ages:
            raise InvalidValueError("buckets", ages, f"the policy has {self.policy.ages}")
        if check_money("unapplied", self.unapplied).amount_minor < 0:
            raise InvalidValueError("unapplied", self.unapplied, "it is what the customer has: 0 or more")
        if self.unapplied and self.policy.unapplied is UnappliedAs.BY_OWN_DAY:
            raise InvalidValueError("unapplied", self.unapplied, "the policy puts it into the buckets of its own day")
        for each in self.buckets:
            check_money("buckets", each.amount, self.unapplied.currency)
        check("known_on", self.known_on, date, None)

    @property
    def total(self) -> Money:
        """What the buckets come to: what is open; with unapplied amounts in them the balance."""
        return total((each.amount for each in self.buckets), self.unapplied.currency)

    @property
    def balance(self) -> Money:
        """What is owed, less what is unapplied."""
        return self.total - self.unapplied

    def explain(self) -> str:
        """Return a line for each bucket with the first of its references, the total, and what is unapplied."""
        known = "" if self.known_on is None else f", as known on {self.known_on}"
        counted = "days past the due day" if self.policy.by is AgedBy.DUE_DAY else "days since the issue"
        lines = [f"open on {self.day}, by {counted}{known}"]
        for each in self.buckets:
            references = f" ({', '.join(capped(each.references))})" if each.references else ""
            lines.append(f"  {each.label}: {each.amount}{references}")
        lines.append(f"  total: {self.total}")
        return "\n".join([*lines, f"unapplied: {self.unapplied}"] if self.unapplied else lines)


USUAL: Final = AgeingPolicy()
"""By due day: current, 1 to 30 days late, 31 to 60, 61 to 90, and more; unapplied amounts apart."""
