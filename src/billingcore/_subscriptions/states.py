"""The states of a subscription that stands still or has ended, a class for each."""

from datetime import date
from typing import ClassVar, Final

import attrs

from billingcore._checks import check, check_date, check_fields, refuse
from billingcore._subscriptions.active import Active
from billingcore._subscriptions.items import Item
from billingcore._subscriptions.pending import NextSale, PauseTerms
from billingcore.billed import BilledPeriod
from billingcore.cycles import AlignedSchedule, Schedule
from billingcore.errors import InvalidValueError
from billingcore.lines import Line
from billingcore.money import Money
from billingcore.money._amounts import check_money

_PLAIN: Final = PauseTerms()


class _Standing:
    """What stands still: it shows what it holds as a running subscription does."""

    __slots__ = ()

    subscription: Active

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of what it holds."""
        return self.subscription.items

    @property
    def main(self) -> Item:
        """The main item."""
        return self.subscription.main

    @property
    def schedule(self) -> Schedule | AlignedSchedule:
        """The bill dates of what it holds."""
        return self.subscription.schedule

    @property
    def billed(self) -> tuple[BilledPeriod, ...]:
        """What was billed so far."""
        return self.subscription.billed

    @property
    def waiting(self) -> tuple[Line, ...]:
        """The lines that wait for the next document."""
        return self.subscription.waiting

    @property
    def next(self) -> tuple[NextSale, ...]:
        """What is sold instead, once it goes on."""
        return self.subscription.next

    @property
    def currency(self) -> str:
        """The one currency."""
        return self.subscription.currency

    @property
    def paid_until(self) -> date:
        """The first day that is not billed yet for the main item."""
        return self.subscription.paid_until

    @property
    def end_on(self) -> date | None:
        """The first day after it, where it is known."""
        return self.subscription.end_on


@attrs.frozen
class Paused(_Standing):
    """A subscription without service for a while, by the customer's wish; resuming brings it back.

    Args:
        subscription: what goes on afterwards.
        paused_on: the first day without service.
        terms: the rules of the pause.
        resumes_on: the day on which it ends by itself; None where that is not known.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an end that is not after its start.
    """

    _wanted: ClassVar[str] = "a Paused subscription"

    subscription: Active
    paused_on: date
    terms: PauseTerms = _PLAIN
    resumes_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_fields(self, subscription=Active, terms=PauseTerms)
        check_date("paused_on", self.paused_on)
        if self.resumes_on is not None and check_date("resumes_on", self.resumes_on) <= self.paused_on:
            raise InvalidValueError("resumes_on", self.resumes_on, f"a pause ends after it starts ({self.paused_on})")

    @property
    def status(self) -> str:
        """The state as a word: ``paused``."""
        return "paused"

    @property
    def next_bill_on(self) -> date | None:
        """The day on which it is resumed, where that is known."""
        return self.resumes_on


@attrs.frozen
class Limited(_Standing):
    """A subscription whose service is turned off for non-payment; paying restores it.

    Args:
        subscription: what is restored.
        since_on: the first day without service.
        owed: what must be paid; above 0.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: owed in another currency than the plan's.
        InvalidValueError: nothing owed.
    """

    _wanted: ClassVar[str] = "a Limited subscription"

    subscription: Active
    since_on: date
    owed: Money

    def __attrs_post_init__(self) -> None:
        check("subscription", self.subscription, Active)
        check_date("since_on", self.since_on)
        if check_money("owed", self.owed, self.subscription.currency).amount_minor <= 0:
            raise InvalidValueError("owed", self.owed, "service is limited for what is owed; that is above 0")

    @property
    def status(self) -> str:
        """The state as a word: ``limited``."""
        return "limited"

    @property
    def next_bill_on(self) -> date | None:
        """The next day on which something is due: bill dates do not move for non-payment."""
        return self.subscription.next_bill_on


@attrs.frozen
class Cancelled(_Standing):
    """An ended subscription; what was billed stays on record. A `quote_cancellation` makes it.

    Args:
        subscription: the last running state.
        ended_on: the first day without service.

    Raises:
        InvalidTypeError: a field of another type.
    """

    _wanted: ClassVar[str] = "a Cancelled subscription"

    subscription: Active
    ended_on: date

    def __attrs_post_init__(self) -> None:
        check("subscription", self.subscription, Active)
        check_date("ended_on", self.ended_on)

    @property
    def status(self) -> str:
        """The state as a word: ``cancelled``."""
        return "cancelled"

    @property
    def next_bill_on(self) -> None:
        """Nothing is billed any more."""
        return


Subscription = Active | Paused | Limited | Cancelled
"""A subscription in any of its states."""


def check_running(subscription: object) -> Active:
    """Return an active subscription; of one that stands still, name the field that holds it.

    Raises:
        InvalidTypeError: anything else.
    """
    if isinstance(subscription, Paused | Limited):
        words = f"an Active subscription; a {subscription.status} one holds it as .subscription"
        refuse("subscription", subscription, words=words)
    return check("subscription", subscription, Active)
