"""The transitions of a subscription: pure functions from one state to the next."""

from datetime import date

import attrs

from billingcore._checks import check
from billingcore._kernel import Rounding
from billingcore._subscriptions.bill_dates import resumed_within
from billingcore._subscriptions.states import Active, Limited, Paused, Trialing, check_active, plain_schedule
from billingcore._tax.rulings import check_ruling
from billingcore.billed import BilledPeriod
from billingcore.cycles import AlignedSchedule, Cadence, Period, Resume, Schedule, Trial, TrialChange, resume_schedule
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.plans import Plan
from billingcore.proration import credit_billed
from billingcore.tax import Ruling


def start_subscription(
    plan: Plan,
    quantity: int,
    start_on: date,
    ruling: Ruling,
    discount: Money | None = None,
    *,
    schedule: Schedule | AlignedSchedule | None = None,
    rounding: Rounding = Rounding.HALF_UP,
) -> Active:
    """Start the first paid period: on the purchase date, or at the end of the trial.

    Args:
        plan: what is bought.
        quantity: seats or licences.
        start_on: the first paid day; the anchor of every bill date unless a schedule says otherwise.
        ruling: the tax decision of the first line.
        discount: what is taken off the first period, or None.
        schedule: bill dates of a calendar, an account or a contract; a stub costs its share of the full period.
        rounding: the mode of a stub's charge.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a schedule of another cadence than the plan's, or one that has no period from ``start_on``.

    >>> from billingcore.cycles import MONTHLY, DayOfMonth
    >>> from billingcore.plans import FlatPrice
    >>> from billingcore.tax import OutsideScope
    >>> plan, untaxed = Plan("Rescue", FlatPrice(Money.of("30.00", "EUR")), MONTHLY), OutsideScope("CH", (), "2026-11-23")
    >>> rescue = start_subscription(plan, 1, date(2026, 1, 31), untaxed)
    >>> [str(day) for day in rescue.upcoming_renewals(3)]
    ['2026-02-28', '2026-03-31', '2026-04-30']
    >>> first_of_month = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
    >>> aligned = start_subscription(plan, 1, date(2026, 1, 10), untaxed, schedule=first_of_month)
    >>> print(aligned.current.net, "for", aligned.current.period.fraction)  # 30.00 × 22/31 = 21.290…
    21.29 EUR for 22/31
    """
    check("plan", plan, Plan)
    check("rounding", rounding, Rounding)
    if schedule is None:
        schedule = Schedule(start_on, plan.cadence)
    _check_schedule(schedule, plan)
    period = schedule.period_containing(start_on)
    if period.start != start_on:
        raise InvalidValueError("start_on", start_on, f"the schedule has a period that starts on {period.start}")
    return Active(plan, quantity, schedule, (_bill(plan, quantity, period, ruling, discount, rounding),))


def _check_schedule(schedule: Schedule | AlignedSchedule, plan: Plan) -> None:
    check("schedule", schedule, Schedule, AlignedSchedule)
    cadence = plain_schedule(schedule).cadence
    if cadence != plan.cadence:
        problem = f"the plan is billed {plan.cadence.describe()}; give a schedule of that cadence"
        raise InvalidValueError("schedule", cadence.describe(), problem)


def _bill(
    plan: Plan, quantity: int, period: Period, ruling: Ruling, discount: Money | None, rounding: Rounding
) -> BilledPeriod:
    """Bill a period at the plan's price: a stub at its exact share of the full period, rounded once."""
    return BilledPeriod.of_plan(plan, quantity, period, ruling, discount, rounding=rounding)


def start_trial(plan: Plan, quantity: int, trial: Trial) -> Trialing:
    """Start a trial: nothing is billed before its end, which is the first paid day.

    Args:
        plan: what is tried and then billed.
        quantity: seats or licences.
        trial: the free days.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: no quantity.
    """
    return Trialing(plan, quantity, trial)


def extend_trial(trialing: Trialing, first_paid_on: date) -> Trialing:
    """Give a trial more free days: its end, the first paid day, moves to a later day.

    Args:
        trialing: the trial.
        first_paid_on: the new end.

    Raises:
        InvalidTypeError: another state, not a civil date.
        InvalidValueError: not later than the present end.
    """
    return attrs.evolve(_check_trialing(trialing), trial=trialing.trial.extended_to(first_paid_on))


def change_trial(
    trialing: Trialing, plan: Plan, quantity: int, on: date, how: TrialChange, length: Cadence | None = None
) -> Trialing:
    """Change the plan during the trial: nothing is credited or charged; what becomes of the end is a choice.

    Args:
        trialing: the trial.
        plan: the plan from then on.
        quantity: seats or licences.
        on: one of the free days.
        how: what the change does to the end of the trial.
        length: the length of the new plan's trial, where it is counted anew.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a day outside the trial.
    """
    _check_trialing(trialing)
    check("length", length, Cadence, None)
    return Trialing(plan, quantity, trialing.trial.changed(on, how, length))


def convert_trial(trialing: Trialing, ruling: Ruling, discount: Money | None = None) -> Active:
    """End the trial as promised: the first paid day is the new anchor, whatever day the trial started on.

    Args:
        trialing: the trial.
        ruling: the tax decision of the first line.
        discount: what is taken off the first period, or None.

    Raises:
        InvalidTypeError: an argument of another type.

    Source: the thread polarsource/polar 11459 (the anchor of the trial's start was kept).

    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.plans import FlatPrice
    >>> from billingcore.tax import OutsideScope
    >>> plan = Plan("Rescue", FlatPrice(Money.of("30.00", "EUR")), MONTHLY)
    >>> trial = start_trial(plan, 1, Trial(date(2024, 4, 28), date(2024, 5, 5)))
    >>> print(convert_trial(trial, OutsideScope("CH", (), "2026-11-23")).renewal_on)
    2024-06-05
    """
    _check_trialing(trialing)
    return start_subscription(trialing.plan, trialing.quantity, trialing.first_paid_on, ruling, discount)


def _check_trialing(trialing: object) -> Trialing:
    return check("trialing", trialing, Trialing)


def renew_subscription(
    subscription: Active, ruling: Ruling, discount: Money | None = None, rounding: Rounding = Rounding.HALF_UP
) -> Active:
    """Bill the next period at the plan's price; a last stub at its share.

    Args:
        subscription: what renews.
        ruling: the tax decision of the line.
        discount: what is taken off the period, or None.
        rounding: the mode of a stub's charge.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a subscription that does not renew, or whose contract is over.
    """
    check_ruling("ruling", ruling)
    check("rounding", rounding, Rounding)
    if check_active(subscription).renewal_on is None:
        problem = f"it ends on {subscription.paid_until}; it does not renew"
        raise InvalidValueError("subscription", subscription.status, problem)
    plan, quantity = subscription.plan, subscription.quantity
    billed = _bill(plan, quantity, subscription.next_period(), ruling, discount, rounding)
    return attrs.evolve(subscription, billed=(*subscription.billed, billed))


def pause_subscription(subscription: Active, paused_on: date) -> Paused:
    """Stop service for a while, from a day within the newest billed period; `resume_subscription` ends the pause.

    Args:
        subscription: what pauses.
        paused_on: the first day without service.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a day that is not served by the newest billed period.
    """
    return Paused(subscription, paused_on)


def resume_subscription(
    paused: Paused, resumed_on: date, how: Resume, ruling: Ruling, rounding: Rounding = Rounding.HALF_UP
) -> Active:
    """Let a paused subscription go on; `Resume` says what becomes of the days that were left.

    ``KEEP_DATES``: the bill dates stay; the paused days are lost. Past what is
    billed, the rest of the running period is billed at its share. ``KEEP_DAYS``:
    the days that were left are used up first; their value moves with them, and
    nothing is billed. ``RESTART``: a full period is billed from that day on; the
    rest of the old one is given up (`record_credit` where it is credited).

    Args:
        paused: the pause.
        resumed_on: the first day with service again; after the pause began.
        how: what becomes of the billing period.
        ruling: the tax decision of what is billed.
        rounding: the mode of what is billed or moved.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a day that is not after the start of the pause, or on which the contract is over.

    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.plans import FlatPrice
    >>> from billingcore.tax import OutsideScope
    >>> untaxed = OutsideScope("CH", (), "2026-11-23")
    >>> plan = Plan("Rescue", FlatPrice(Money.of("31.00", "EUR")), MONTHLY)
    >>> paused = pause_subscription(start_subscription(plan, 1, date(2026, 1, 1), untaxed), date(2026, 1, 21))
    >>> for how in Resume:
    ...     going = resume_subscription(paused, date(2026, 3, 11), how, untaxed)
    ...     print(how.value, going.current.period, going.current.net, "renews on", going.renewal_on)
    keep_dates 2026-03-11 to 2026-04-01 21.00 EUR renews on 2026-04-01
    keep_days 2026-03-11 to 2026-03-22 11.00 EUR renews on 2026-03-22
    restart 2026-03-11 to 2026-04-11 31.00 EUR renews on 2026-04-11
    """
    check("paused", paused, Paused)
    check_ruling("ruling", ruling)
    check("rounding", rounding, Rounding)
    subscription = paused.subscription
    old, plan, quantity = subscription.current, subscription.plan, subscription.quantity
    resumption = resume_schedule(plain_schedule(subscription.schedule), paused.paused_on, resumed_on, how)
    if how is Resume.KEEP_DATES and resumption.current_is_paid:
        return subscription
    schedule, current = resumed_within(subscription.schedule, resumption)
    if how is Resume.KEEP_DAYS:
        value = credit_billed(old, paused.paused_on, rounding).credit
        nothing = Money.zero(value.currency)
        new = BilledPeriod(old.plan, old.quantity, current, value, nothing, old.ruling, nothing)
        old = old.replaced_on(paused.paused_on, value)
    else:
        new = _bill(plan, quantity, current, ruling, None, rounding)
        old = old.replaced_on(paused.paused_on, Money.zero(old.net.currency))
    return attrs.evolve(subscription, schedule=schedule, billed=(*subscription.billed[:-1], old, new))


def cancel_subscription(subscription: Active) -> Active:
    """Stop the renewal: service runs to the end of what was billed. Cancelling twice changes nothing.

    It stays an `Active` subscription until then, with the status ``ending``;
    `quote_cancellation` ends it on a day, and gives back what the policy says.

    Args:
        subscription: what is not to renew.

    Raises:
        InvalidTypeError: not an active subscription.
    """
    check_active(subscription)
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
    check_active(subscription)
    check("period", period, Period)
    for at in range(len(subscription.billed) - 1, -1, -1):  # of two lines of the same days, the newer one is in force
        each = subscription.billed[at]
        if each.period == period:
            before, after = subscription.billed[:at], subscription.billed[at + 1 :]
            return attrs.evolve(subscription, billed=(*before, each.with_credit_given(credit), *after))
    raise InvalidValueError("period", str(period), "it was not billed; take the period of one of its lines")


def limit_subscription(subscription: Active, since_on: date, owed: Money) -> Limited:
    """Turn service off for non-payment; bill dates and what was billed stay as they are.

    Args:
        subscription: what is limited.
        since_on: the first day without service.
        owed: what must be paid; above 0.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: owed in another currency than the plan's.
        InvalidValueError: nothing owed.
    """
    return Limited(subscription, since_on, owed)


def restore_subscription(limited: Limited, paid: Money) -> Active | Limited:
    """Take a payment for a limited subscription: service comes back when nothing is owed any more.

    Args:
        limited: what is limited.
        paid: what was received; at most what is owed.

    Returns:
        The subscription as it was before, where all is paid; else the limited one, which owes what is left.

    Raises:
        InvalidTypeError: another state, not Money.
        InvalidValueError: a negative payment, or more than is owed.
        CurrencyMismatchError: another currency.
    """
    check("limited", limited, Limited)
    if check_money("paid", paid, limited.owed.currency).amount_minor < 0 or paid > limited.owed:
        raise InvalidValueError("paid", paid, f"a payment is between nothing and the {limited.owed} owed")
    left = limited.owed - paid
    return limited.subscription if not left else Limited(limited.subscription, limited.since_on, left)
