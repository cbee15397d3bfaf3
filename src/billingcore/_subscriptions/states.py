"""The states of a subscription, a class for each."""

from datetime import date
from typing import ClassVar, Final

import attrs

from billingcore._checks import check, check_date, check_int, check_tuple
from billingcore._plans.checks import check_quantity
from billingcore.billed import BilledPeriod
from billingcore.cycles import AlignedSchedule, Period, Schedule, Trial
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.plans import Plan

_MOST_RENEWALS: Final = 100_000


@attrs.frozen
class Trialing:
    """A trial: free of charge, until the first paid day, which is also the anchor of all that follows.

    Args:
        plan: what is tried and then billed.
        quantity: seats or licences.
        trial: the free days.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: no quantity.
    """

    _wanted: ClassVar[str] = "a Trialing subscription"

    plan: Plan
    quantity: int
    trial: Trial

    def __attrs_post_init__(self) -> None:
        check("plan", self.plan, Plan)
        check_quantity("quantity", self.quantity)
        check("trial", self.trial, Trial)

    @property
    def status(self) -> str:
        """The state as a word: ``trialing``."""
        return "trialing"

    @property
    def first_paid_on(self) -> date:
        """The first day that is billed."""
        return self.trial.first_paid_on


@attrs.frozen
class Active:
    """A running, paid subscription: its plan, its schedule, and what was billed so far.

    Args:
        plan: what the next renewal sells.
        quantity: seats or licences.
        schedule: the bill dates, counted from the anchor; or those of a calendar or a contract with their stubs.
        billed: the periods billed so far, oldest first; at least the one that runs.
        auto_renews: whether it renews at the end of the billed period.
        waiting: the net of the lines that earlier changes gathered for the next document; None where none wait.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: a plan, a billed period or what waits in another currency than the rest.
        InvalidValueError: nothing billed; billed periods that overlap or are out of order; a newest one that does not
            end on a bill date of the schedule.
    """

    _wanted: ClassVar[str] = "an Active subscription"

    plan: Plan
    quantity: int
    schedule: Schedule | AlignedSchedule
    billed: tuple[BilledPeriod, ...]
    auto_renews: bool = True
    waiting: Money | None = None

    def __attrs_post_init__(self) -> None:
        check("plan", self.plan, Plan)
        check_quantity("quantity", self.quantity)
        check("schedule", self.schedule, Schedule, AlignedSchedule)
        check("auto_renews", self.auto_renews, bool)
        if self.waiting is not None:
            check_money("waiting", self.waiting, self.plan.currency)
        check_tuple("billed", self.billed, BilledPeriod)
        if not self.billed:
            raise InvalidValueError("billed", self.billed, "a running subscription has at least one billed period")
        previous = None
        for each in self.billed:
            check_money("billed", each.charge, self.plan.currency)
            if previous is not None and each.period.start < previous.served_until:
                raise InvalidValueError(
                    "billed", str(each.period), f"the day {each.period.start} would be billed twice"
                )
            previous = each
        if not self.is_last_period and not plain_schedule(self.schedule).is_boundary(self.paid_until):
            problem = "the newest billed period must end on a bill date of the schedule"
            raise InvalidValueError("schedule", str(self.paid_until), problem)

    @property
    def status(self) -> str:
        """The state as a word: ``active``, or ``ending`` where it will not renew."""
        return "active" if self.auto_renews else "ending"

    @property
    def current(self) -> BilledPeriod:
        """The newest billed period."""
        return self.billed[-1]

    @property
    def paid_until(self) -> date:
        """The first day that is not billed yet."""
        return self.current.period.end

    @property
    def renewal_on(self) -> date | None:
        """The next renewal date, or None where it will not renew or its contract is over."""
        return self.paid_until if self.auto_renews and not self.is_last_period else None

    @property
    def is_last_period(self) -> bool:
        """Whether the contract ends with the newest billed period."""
        return isinstance(self.schedule, AlignedSchedule) and self.schedule.until == self.paid_until

    def upcoming_renewals(self, count: int) -> tuple[date, ...]:
        """Return the next renewal dates; none where it will not renew.

        Raises:
            InvalidTypeError: a count that is not an int.
            InvalidValueError: a negative count.
            OutOfRangeError: a count above 100,000, or dates after year 9999.
        """
        check_int("count", count, 0, _MOST_RENEWALS)
        if self.renewal_on is None:
            return ()
        first = self.schedule.index_of(self.paid_until)
        last = self.schedule.count if isinstance(self.schedule, AlignedSchedule) else None
        stop = first + count if last is None else min(first + count, last)
        return tuple([self.schedule.boundary(n) for n in range(first, stop)])

    def next_period(self) -> Period:
        """Return the period that the next renewal bills."""
        return self.schedule.period_containing(self.paid_until)

    def billed_on(self, day: date) -> BilledPeriod | None:
        """Return the billed period that serves a day, or None where none does."""
        for each in reversed(self.billed):
            if each.serves(day):
                return each
        return None


@attrs.frozen
class Paused:
    """A subscription without service for a while, by the customer's wish; resuming brings it back.

    Args:
        subscription: what goes on afterwards.
        paused_on: the first day without service; within the newest billed period.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a day that is not served by the newest billed period.
    """

    _wanted: ClassVar[str] = "a Paused subscription"

    subscription: Active
    paused_on: date

    def __attrs_post_init__(self) -> None:
        check("subscription", self.subscription, Active)
        current = self.subscription.current
        if not current.serves(check_date("paused_on", self.paused_on)):
            problem = f"a pause begins within the newest billed period ({current.period})"
            raise InvalidValueError("paused_on", self.paused_on, problem)

    @property
    def status(self) -> str:
        """The state as a word: ``paused``."""
        return "paused"


@attrs.frozen
class Limited:
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
        if check_money("owed", self.owed, self.subscription.plan.currency).amount_minor <= 0:
            raise InvalidValueError("owed", self.owed, "service is limited for what is owed; that is above 0")

    @property
    def status(self) -> str:
        """The state as a word: ``limited``."""
        return "limited"


@attrs.frozen
class Cancelled:
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


Subscription = Trialing | Active | Paused | Limited | Cancelled
"""A subscription in any of its states."""


def plain_schedule(schedule: Schedule | AlignedSchedule) -> Schedule:
    """Return the schedule whose boundaries count, without a start and an end of the contract."""
    return schedule.schedule if isinstance(schedule, AlignedSchedule) else schedule


def check_active(subscription: object) -> Active:
    """Return the value if it is a running subscription."""
    return check("subscription", subscription, Active)
