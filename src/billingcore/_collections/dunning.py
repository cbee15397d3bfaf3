"""Dunning: what a failed payment leads to, as a function of the facts and the day; nothing remembers anything."""

from datetime import date, timedelta
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_int, check_tuple, check_words
from billingcore._choices import Choice
from billingcore.cycles import Schedule
from billingcore.errors import InvalidValueError, OutOfRangeError, shown_in_order
from billingcore.money import Money
from billingcore.money._amounts import check_money

_MAX_DAYS: Final = 3650


class FinalAction(Choice):
    """What happens when the last day of the course has passed without payment."""

    CANCEL = "cancel"
    STAY_LIMITED = "stay_limited"


@attrs.frozen
class DunningPolicy:
    """The course of an unpaid invoice, in days after the first failed payment (that day never counts).

    Args:
        retry_days: when the payment is tried again, ascending.
        grace_days: how long service goes on in full; the last of these days still counts.
        final_days: after how many days the final action comes; not before the grace ends.
        final_action: what it is.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: days that do not ascend, or a final action before the end of the grace.

    >>> DunningPolicy((3, 5, 7), 14, 30, FinalAction.CANCEL).grace_days
    14
    """

    retry_days: tuple[int, ...]
    grace_days: int
    final_days: int
    final_action: FinalAction

    def __attrs_post_init__(self) -> None:
        check_tuple("retry_days", self.retry_days, int)
        check("final_action", self.final_action, FinalAction)
        before = 0
        for days in self.retry_days:
            if not before < days <= _MAX_DAYS:
                raise InvalidValueError("retry_days", self.retry_days, f"tries ascend from 1 to {_MAX_DAYS} days")
            before = days
        check_int("final_days", self.final_days, 0, _MAX_DAYS)
        check_int("grace_days", self.grace_days, 0, _MAX_DAYS)
        if self.grace_days > self.final_days:
            problem = f"the grace ends before the final action, which comes after {self.final_days} days"
            raise InvalidValueError("grace_days", self.grace_days, problem)


@attrs.frozen
class DunningCase:
    """What is known of an unpaid invoice: a set of facts, so that one that is delivered twice changes nothing.

    Args:
        owed: what must be paid, contested or not.
        failed_on: the days of failed payments, in any order; the first one starts the course.
        disputed: what of it is contested; while all of it is, nothing is limited.
        paid_on: the day on which it was paid in full, or None.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing owed, no failure, more contested than owed.
        CurrencyMismatchError: two currencies.
    """

    owed: Money
    failed_on: frozenset[date] = attrs.field(repr=shown_in_order)
    disputed: Money | None = None
    paid_on: date | None = None

    def __attrs_post_init__(self) -> None:
        if check_money("owed", self.owed).amount_minor <= 0:
            raise InvalidValueError("owed", self.owed, "the course of an unpaid invoice needs something that is owed")
        check("failed_on", self.failed_on, frozenset, words="a frozenset of dates")
        if not self.failed_on:
            raise InvalidValueError("failed_on", self.failed_on, "a course starts with a failed payment; give its day")
        for day in self.failed_on:
            check_date("failed_on", day)
        if self.disputed is not None:
            check_money("disputed", self.disputed, self.owed.currency)
            if not Money.zero(self.owed.currency) <= self.disputed <= self.owed:
                raise InvalidValueError(
                    "disputed", self.disputed, f"between nothing and the {self.owed} owed is contested"
                )
        if self.paid_on is not None:
            check_date("paid_on", self.paid_on)

    @property
    def first_failed_on(self) -> date:
        """The day that starts the course."""
        return min(self.failed_on)

    @property
    def undisputed(self) -> Money:
        """What is owed and not contested."""
        return self.owed - self.disputed if self.disputed is not None else self.owed


@attrs.frozen
class Settled:
    """Nothing stands in the way of service: paid, not failed yet, or contested as a whole.

    Args:
        reason: why, in words.

    Raises:
        InvalidTypeError: not a str.
        InvalidValueError: words that cannot be printed.
    """

    reason: str

    def __attrs_post_init__(self) -> None:
        check_words("reason", self.reason)

    def explain(self) -> str:
        """Return the state in words."""
        return f"service in full: {self.reason}"


@attrs.frozen
class InGrace:
    """Service goes on in full until the last day of the grace.

    Args:
        last_day: the last day of the grace.
        next_try_on: when the payment is tried again, or None; also after the grace.

    Raises:
        InvalidTypeError: a field of another type.
    """

    last_day: date
    next_try_on: date | None

    def __attrs_post_init__(self) -> None:
        check_date("last_day", self.last_day)
        check("next_try_on", self.next_try_on, date, None)

    def explain(self) -> str:
        """Return the state in words."""
        tried = f", tried again on {self.next_try_on}" if self.next_try_on else ""
        return f"service in full until {self.last_day} inclusive{tried}"


@attrs.frozen
class ServiceLimited:
    """Service is turned off for what is owed and not contested; paying restores it.

    Args:
        since_on: the first day without service.
        owed: what paying restores it; above 0.
        next_try_on: when the payment is tried again, after service was turned off; or None.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing owed, a try that is not after the first day without service.
    """

    since_on: date
    owed: Money
    next_try_on: date | None

    def __attrs_post_init__(self) -> None:
        check_date("since_on", self.since_on)
        if check_money("owed", self.owed).amount_minor <= 0:
            raise InvalidValueError("owed", self.owed, "service is limited for what is owed; that is above 0")
        if self.next_try_on is not None and check_date("next_try_on", self.next_try_on) <= self.since_on:
            raise InvalidValueError("next_try_on", self.next_try_on, f"service is limited since {self.since_on}")

    def explain(self) -> str:
        """Return the state in words."""
        tried = f", tried again on {self.next_try_on}" if self.next_try_on else ""
        return f"service limited since {self.since_on}: {self.owed} to pay restores it{tried}"


@attrs.frozen
class ServiceEnded:
    """The course has ended without payment: cancelled, and nothing is tried any more.

    Args:
        since_on: the day of the cancellation.

    Raises:
        InvalidTypeError: not a date.
    """

    since_on: date

    def __attrs_post_init__(self) -> None:
        check_date("since_on", self.since_on)

    def explain(self) -> str:
        """Return the state in words."""
        return f"cancelled on {self.since_on} for non-payment"


DunningState = Settled | InGrace | ServiceLimited | ServiceEnded


def dunning_state(case: DunningCase, day: date, policy: DunningPolicy) -> DunningState:
    """Return the state of an unpaid invoice on a day.

    It depends on the facts and the day alone: paying restores, a failure that is
    delivered again (or a later one) never extends the grace, and what is contested
    limits nothing.

    Args:
        case: what is known.
        day: the day.
        policy: the vendor's course.

    Raises:
        InvalidTypeError: an argument of another type.
        OutOfRangeError: a day of the course after year 9999.

    Source: the thread AI-Shipping-Labs/website 1413 (a redelivered failure extended the grace).

    >>> case = DunningCase(Money.of("30.00", "EUR"), frozenset({date(2025, 2, 1), date(2025, 2, 4)}))
    >>> course = DunningPolicy((3, 5, 7), 14, 30, FinalAction.CANCEL)
    >>> for day in (date(2025, 2, 15), date(2025, 2, 16), date(2025, 3, 3)):
    ...     print(dunning_state(case, day, course).explain())
    service in full until 2025-02-15 inclusive
    service limited since 2025-02-16: 30.00 EUR to pay restores it
    cancelled on 2025-03-03 for non-payment
    """
    _check(case, policy)
    start = case.first_failed_on
    if case.paid_on is not None and case.paid_on <= check_date("day", day):
        return Settled(f"paid on {case.paid_on}")
    if check_date("day", day) < start:
        return Settled("no payment has failed")
    if not case.undisputed:
        return Settled("all of it is contested")
    grace_ends, final_on = _after(start, policy.grace_days), _after(start, policy.final_days)
    if day > grace_ends and day >= final_on and policy.final_action is FinalAction.CANCEL:
        return ServiceEnded(max(final_on, _after(grace_ends, 1)))
    tries = [_after(start, days) for days in policy.retry_days]
    next_try_on = next((each for each in tries if each > day), None)
    if day <= grace_ends:
        return InGrace(grace_ends, next_try_on)
    return ServiceLimited(_after(grace_ends, 1), case.undisputed, next_try_on)


def recover_schedule(case: DunningCase, paid_on: date, policy: DunningPolicy, schedule: Schedule) -> Schedule:
    """Return the bill dates after a late payment: kept within the grace, counted from the payment after it.

    Args:
        case: what is known.
        paid_on: the day of the payment.
        policy: the vendor's course.
        schedule: the bill dates before.

    Raises:
        InvalidTypeError: an argument of another type.

    Source: RevenueCat/docs @bf39a9cd, subscription-lifecycle (recovered after a grace of 14 days: the cycle restarts).

    >>> from billingcore.cycles import MONTHLY
    >>> case = DunningCase(Money.of("30.00", "EUR"), frozenset({date(2025, 2, 1)}))
    >>> course = DunningPolicy((), 14, 30, FinalAction.CANCEL)
    >>> print(recover_schedule(case, date(2025, 2, 20), course, Schedule(date(2025, 1, 1), MONTHLY)).period(0))
    2025-02-20 to 2025-03-20
    """
    _check(case, policy)
    check("schedule", schedule, Schedule)
    if check_date("paid_on", paid_on) <= _after(case.first_failed_on, policy.grace_days):
        return schedule
    return Schedule(paid_on, schedule.cadence)


def _check(case: DunningCase, policy: DunningPolicy) -> None:
    check("case", case, DunningCase)
    check("policy", policy, DunningPolicy)


def _after(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        raise OutOfRangeError("failed_on", day, "the course of the invoice ends after year 9999") from None
