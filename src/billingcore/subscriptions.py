"""Subscriptions: one class for each state, and the transitions between them.

A state holds what it needs and nothing else, so a suspended subscription always
owes something and a cancelled one has no renewal date.
"""

from datetime import date

import attrs

from billingcore.billed import BilledPeriod
from billingcore.cycles import Period, Schedule
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money, check_money
from billingcore.plans import Plan, check_quantity
from billingcore.sourced import check_date
from billingcore.tax import Ruling

__all__ = [
    "Active",
    "Cancelled",
    "Limited",
    "Subscription",
    "Trialing",
    "cancel_subscription",
    "limit_subscription",
    "record_credit",
    "renew_subscription",
    "restore_subscription",
    "start_subscription",
]


@attrs.frozen
class Trialing:
    """A trial: free of charge, until the first paid day, which is also the anchor of all that follows.

    Args:
        plan: what is tried and then billed.
        quantity: seats or licences.
        started_on: the first day.
        ends_on: the day after the last free one: the first paid day.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an end that is not after the start.
    """

    plan: Plan
    quantity: int
    started_on: date
    ends_on: date

    def __attrs_post_init__(self) -> None:
        if type(self.plan) is not Plan:
            raise InvalidTypeError("plan", self.plan, "a Plan")
        check_quantity("quantity", self.quantity)
        check_date("started_on", self.started_on)
        if check_date("ends_on", self.ends_on) <= self.started_on:
            raise InvalidValueError("ends_on", self.ends_on, f"a trial ends after it starts ({self.started_on})")

    @property
    def status(self) -> str:
        """``trialing``."""
        return "trialing"


@attrs.frozen
class Active:
    """A running, paid subscription: its plan, its schedule, and what was billed so far.

    Args:
        plan: what the next renewal sells.
        quantity: seats or licences.
        schedule: the bill dates, counted from the anchor.
        billed: the periods billed so far, oldest first; at least the one that runs.
        auto_renews: whether it renews at the end of the billed period.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: a plan or a billed period in another currency than the rest.
        InvalidValueError: nothing billed; billed periods that overlap or are out of order; a newest one that does not
            end on a bill date of the schedule.
    """

    plan: Plan
    quantity: int
    schedule: Schedule
    billed: tuple[BilledPeriod, ...]
    auto_renews: bool = True

    def __attrs_post_init__(self) -> None:
        if type(self.plan) is not Plan:
            raise InvalidTypeError("plan", self.plan, "a Plan")
        check_quantity("quantity", self.quantity)
        if type(self.schedule) is not Schedule:
            raise InvalidTypeError("schedule", self.schedule, "a Schedule")
        if type(self.auto_renews) is not bool:
            raise InvalidTypeError("auto_renews", self.auto_renews, "True or False")
        if type(self.billed) is not tuple or any(type(each) is not BilledPeriod for each in self.billed):
            raise InvalidTypeError("billed", self.billed, "a tuple of BilledPeriod values")
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
        if not self.schedule.is_boundary(self.paid_until):
            raise InvalidValueError(
                "schedule", str(self.paid_until), "the newest billed period must end on a bill date of the schedule"
            )

    @property
    def status(self) -> str:
        """``active``, or ``ending`` where it will not renew."""
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
        """The next renewal date, or None where it will not renew."""
        return self.paid_until if self.auto_renews else None

    def upcoming_renewals(self, count: int) -> tuple[date, ...]:
        """Return the next renewal dates; none where it will not renew.

        Raises:
            InvalidTypeError: a count that is not an int.
            InvalidValueError: a negative count.
        """
        if type(count) is not int:
            raise InvalidTypeError("count", count, "an int of 0 or more")
        if count < 0:
            raise InvalidValueError("count", count, "give 0 or more")
        if not self.auto_renews:
            return ()
        first = self.schedule.index_of(self.paid_until)
        return tuple([self.schedule.boundary(first + step) for step in range(count)])

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
class Limited:
    """Service turned off for non-payment; paying restores it.

    Args:
        subscription: what is restored.
        since_on: the first day without service.
        owed: what must be paid; above 0.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: owed in another currency than the plan's.
        InvalidValueError: nothing owed.
    """

    subscription: Active
    since_on: date
    owed: Money

    def __attrs_post_init__(self) -> None:
        if type(self.subscription) is not Active:
            raise InvalidTypeError("subscription", self.subscription, "an Active subscription")
        check_date("since_on", self.since_on)
        if check_money("owed", self.owed, self.subscription.plan.currency).amount_minor <= 0:
            raise InvalidValueError("owed", self.owed, "service is limited for what is owed; that is above 0")

    @property
    def status(self) -> str:
        """``limited``."""
        return "limited"


@attrs.frozen
class Cancelled:
    """An ended subscription; what was billed stays on record.

    Args:
        subscription: the last running state.
        ended_on: the first day without service.

    Raises:
        InvalidTypeError: a field of another type.
    """

    subscription: Active
    ended_on: date

    def __attrs_post_init__(self) -> None:
        if type(self.subscription) is not Active:
            raise InvalidTypeError("subscription", self.subscription, "an Active subscription")
        check_date("ended_on", self.ended_on)

    @property
    def status(self) -> str:
        """``cancelled``."""
        return "cancelled"


Subscription = Trialing | Active | Limited | Cancelled


def start_subscription(
    plan: Plan, quantity: int, start_on: date, ruling: Ruling, discount: Money | None = None
) -> Active:
    """Start the first paid period: on the purchase date, or at the end of the trial.

    Args:
        plan: what is bought.
        quantity: seats or licences.
        start_on: the first paid day and the anchor of every bill date.
        ruling: the tax decision of the first line.
        discount: what is taken off the first period, or None.

    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.plans import FlatPrice
    >>> from billingcore.tax import OutsideScope
    >>> plan = Plan("Rescue", FlatPrice(Money.of("30.00", "EUR")), MONTHLY)
    >>> rescue = start_subscription(plan, 1, date(2026, 1, 31), OutsideScope("CH", (), "2026-11-23"))
    >>> [str(day) for day in rescue.upcoming_renewals(3)]
    ['2026-02-28', '2026-03-31', '2026-04-30']
    """
    if type(plan) is not Plan:
        raise InvalidTypeError("plan", plan, "a Plan")
    schedule = Schedule(start_on, plan.cadence)
    return Active(
        plan, quantity, schedule, (BilledPeriod.of_plan(plan, quantity, schedule.period(0), ruling, discount),)
    )


def renew_subscription(subscription: Active, ruling: Ruling, discount: Money | None = None) -> Active:
    """Bill the next period at the plan's price.

    Raises:
        InvalidTypeError: another state.
        InvalidValueError: a subscription that does not renew.
    """
    if type(subscription) is not Active:
        raise InvalidTypeError("subscription", subscription, "an Active subscription")
    if not subscription.auto_renews:
        raise InvalidValueError(
            "subscription", subscription.status, f"it ends on {subscription.paid_until}; it does not renew"
        )
    plan, quantity = subscription.plan, subscription.quantity
    billed = BilledPeriod.of_plan(plan, quantity, subscription.next_period(), ruling, discount)
    return attrs.evolve(subscription, billed=(*subscription.billed, billed))


def cancel_subscription(subscription: Active) -> Active:
    """Stop the renewal: service runs to the end of what was billed. Cancelling twice changes nothing."""
    if type(subscription) is not Active:
        raise InvalidTypeError("subscription", subscription, "an Active subscription")
    return attrs.evolve(subscription, auto_renews=False)


def record_credit(subscription: Active, period: Period, credit: Money) -> Active:
    """Put a credit for a billed period on record, before tax, so that a later change does not credit it again.

    A change does this by itself; a credit note for the invoice of the period does
    not know the subscription.

    Args:
        subscription: what was billed.
        period: the days that were billed, as they stand on the line.
        credit: what went back, before tax.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a credit in another currency.
        InvalidValueError: a period that was not billed, more credit than what remains of it.
    """
    if type(subscription) is not Active:
        raise InvalidTypeError("subscription", subscription, "an Active subscription")
    if type(period) is not Period:
        raise InvalidTypeError("period", period, "a Period")
    for at, each in enumerate(subscription.billed):
        if each.period == period:
            before, after = subscription.billed[:at], subscription.billed[at + 1 :]
            return attrs.evolve(subscription, billed=(*before, each.with_credit_given(credit), *after))
    raise InvalidValueError("period", str(period), "it was not billed; take the period of one of its lines")


def limit_subscription(subscription: Active, since_on: date, owed: Money) -> Limited:
    """Turn service off for non-payment; see `Limited`."""
    return Limited(subscription, since_on, owed)


def restore_subscription(limited: Limited, paid: Money) -> Active | Limited:
    """Take a payment for a limited subscription: service comes back when nothing is owed any more.

    Raises:
        InvalidTypeError: another state, not Money.
        InvalidValueError: a negative payment, or more than is owed.
        CurrencyMismatchError: another currency.
    """
    if type(limited) is not Limited:
        raise InvalidTypeError("limited", limited, "a Limited subscription")
    if check_money("paid", paid, limited.owed.currency).amount_minor < 0 or paid > limited.owed:
        raise InvalidValueError("paid", paid, f"a payment is between nothing and the {limited.owed} owed")
    left = limited.owed - paid
    return limited.subscription if not left else Limited(limited.subscription, limited.since_on, left)
