"""Subscriptions: states, renewals from the anchor, and what cannot be constructed."""

import itertools
from datetime import UTC, date, datetime

import attrs
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from billing_samples import ANNUAL, FEBRUARY, JUNK, MONTHLY_30, UNTAXED, VAT_20, fields_of, money, plan, upgrade
from billingcore.billed import BilledPeriod
from billingcore.cycles import MONTHLY, Cadence, Period, Schedule
from billingcore.errors import (
    BillingError,
    CurrencyMismatchError,
    InvalidTypeError,
    InvalidValueError,
    OutOfRangeError,
)
from billingcore.money import Money
from billingcore.subscriptions import (
    Active,
    Cancelled,
    Limited,
    Trialing,
    cancel_subscription,
    limit_subscription,
    record_credit,
    renew_subscription,
    restore_subscription,
    start_subscription,
)

JAN_31 = date(2026, 1, 31)
ACTIVE = start_subscription(MONTHLY_30, 1, JAN_31, VAT_20)


def renewed(times):
    subscription = ACTIVE
    for _ in range(times):
        subscription = renew_subscription(subscription, VAT_20)
    return subscription


def test_the_anchor_is_the_31st_and_february_pulls_nothing_down():
    """github.com/polarsource/polar/issues/10664: 31 January, 29 February, 29 March, for ever."""
    leap = start_subscription(MONTHLY_30, 1, date(2024, 1, 31), UNTAXED)
    expected = ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]
    assert [str(day) for day in leap.upcoming_renewals(4)] == expected
    for bill_day in expected:
        assert str(leap.paid_until) == bill_day
        leap = renew_subscription(leap, UNTAXED)


@given(
    st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    st.sampled_from([MONTHLY, ANNUAL, Cadence.monthly(3)]),
    st.integers(1, 30),
)
def test_y3_renewals_are_counted_from_the_anchor(anchor, cadence, times):
    subscription = start_subscription(plan(cadence=cadence), 1, anchor, UNTAXED)
    foreseen = subscription.upcoming_renewals(times)
    for n in range(times):
        assert subscription.renewal_on == foreseen[n] == anchor + relativedelta(months=cadence.months * (n + 1))
        subscription = renew_subscription(subscription, UNTAXED)
    periods = [each.period for each in subscription.billed]
    assert all(one.end == two.start for one, two in itertools.pairwise(periods))  # no gap, no overlap
    assert subscription.schedule.anchor == anchor


def test_the_first_paid_day_is_the_end_of_the_trial_and_the_anchor():
    """github.com/polarsource/polar/pull/11459: a trial of 2024-04-28 to 05-05 renewed on 06-28 instead of 06-05."""
    trial = Trialing(MONTHLY_30, 2, date(2024, 4, 28), date(2024, 5, 5))
    paid = start_subscription(trial.plan, trial.quantity, trial.ends_on, UNTAXED)
    assert paid.renewal_on == date(2024, 6, 5)
    assert (trial.status, paid.status) == ("trialing", "active")


@pytest.mark.parametrize("ends_on", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_trial_ends_after_it_starts(ends_on):
    with pytest.raises(InvalidValueError, match=r"ends_on .*a trial ends after it starts \(2026-01-01\)"):
        Trialing(MONTHLY_30, 1, date(2026, 1, 1), ends_on)


def test_cancelling_lets_it_run_to_its_end_and_twice_is_once():
    ending = cancel_subscription(ACTIVE)
    assert (ending.status, ending.renewal_on, ending.upcoming_renewals(3)) == ("ending", None, ())
    assert ending.paid_until == date(2026, 2, 28)
    assert cancel_subscription(ending) == ending
    with pytest.raises(InvalidValueError, match="subscription 'ending': it ends on 2026-02-28; it does not renew"):
        renew_subscription(ending, VAT_20)


def test_paying_restores_and_a_part_does_not():
    limited = limit_subscription(ACTIVE, date(2026, 3, 1), money("36.00"))
    assert limited.status == "limited"
    part = restore_subscription(limited, money("30.00"))
    assert part == Limited(ACTIVE, date(2026, 3, 1), money("6.00"))  # 36.00 - 30.00
    assert restore_subscription(part, money("6.00")) == ACTIVE
    assert restore_subscription(limited, money("0.00")) == limited


@pytest.mark.parametrize(
    ("paid", "error"),
    [
        (money("36.01"), InvalidValueError),
        (money("-0.01"), InvalidValueError),
        (money("36.00", "USD"), CurrencyMismatchError),
        (36, InvalidTypeError),
        (None, InvalidTypeError),
    ],
)
def test_what_cannot_be_paid_is_refused(paid, error):
    with pytest.raises(error):
        restore_subscription(limit_subscription(ACTIVE, date(2026, 3, 1), money("36.00")), paid)


@pytest.mark.parametrize("owed", [money("0.00"), money("-1.00")])
def test_service_is_limited_for_what_is_owed(owed):
    with pytest.raises(InvalidValueError, match=r"owed .*above 0"):
        Limited(ACTIVE, date(2026, 3, 1), owed)
    with pytest.raises(CurrencyMismatchError):
        Limited(ACTIVE, date(2026, 3, 1), money("1.00", "USD"))


def test_a_cancelled_subscription_keeps_what_was_billed():
    gone = Cancelled(cancel_subscription(ACTIVE), date(2026, 2, 28))
    assert gone.status == "cancelled"
    assert gone.subscription.billed == ACTIVE.billed


def test_what_was_billed_is_found_by_day():
    after = upgrade()[1].subscription
    assert after.billed_on(date(2026, 2, 14)).plan.name == "Rescue"
    assert after.billed_on(date(2026, 2, 15)).plan.name == "Rescue Plus"  # the change day belongs to the new plan
    assert after.billed_on(date(2026, 3, 14)) == after.current
    assert after.billed_on(date(2026, 1, 30)) is None
    assert after.billed_on(date(2026, 3, 15)) is None
    with pytest.raises(InvalidTypeError):
        after.billed_on(datetime(2026, 2, 14, tzinfo=UTC))


def test_i5_no_day_is_billed_twice():
    twice = (*ACTIVE.billed, attrs.evolve(ACTIVE.current, period=Period(date(2026, 2, 27), date(2026, 3, 31))))
    with pytest.raises(InvalidValueError, match=r"billed .*the day 2026-02-27 would be billed twice"):
        attrs.evolve(ACTIVE, billed=twice)
    with pytest.raises(InvalidValueError, match="billed twice"):
        attrs.evolve(ACTIVE, billed=(*ACTIVE.billed, *ACTIVE.billed))
    two = renewed(2)
    with pytest.raises(InvalidValueError, match="billed twice"):
        attrs.evolve(two, billed=two.billed[::-1])  # out of order


def test_a_schedule_leads_to_the_end_of_what_was_billed():
    """Else the renewal date that is told is not the one that is billed."""
    moved = attrs.evolve(ACTIVE, schedule=Schedule(date(2026, 1, 28), MONTHLY))  # it also leads to 28 February
    assert moved.upcoming_renewals(2) == (date(2026, 2, 28), date(2026, 3, 28))
    with pytest.raises(
        InvalidValueError, match="schedule '2026-02-28': the newest billed period must end on a bill date"
    ):
        attrs.evolve(ACTIVE, schedule=Schedule(date(2026, 1, 15), MONTHLY))


def test_one_subscription_has_one_currency():
    dollars = plan("30.00", "USD")
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(ACTIVE, plan=dollars)
    foreign = BilledPeriod.of_plan(dollars, 1, ACTIVE.next_period(), VAT_20)
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(ACTIVE, billed=(*ACTIVE.billed, foreign))


@pytest.mark.parametrize(
    "billed", [(), [*ACTIVE.billed], None, (None,), ACTIVE.billed[0]], ids=lambda b: type(b).__name__
)
def test_a_running_subscription_has_billed_something(billed):
    with pytest.raises(BillingError, match="billed"):
        attrs.evolve(ACTIVE, billed=billed)


@pytest.mark.parametrize(
    ("field", "expected"),
    [("plan", "a Plan"), ("quantity", "an int"), ("schedule", "a Schedule"), ("auto_renews", "True or False")],
)
def test_each_field_has_its_type(field, expected):
    for junk in (None, 1.5, "1", []):
        with pytest.raises(InvalidTypeError, match=f"{field} must be {expected}"):
            Active(**{**fields_of(ACTIVE), field: junk})


@pytest.mark.parametrize("count", [True, 1.0, "1", None])
def test_renewals_are_counted_with_an_int(count):
    with pytest.raises(InvalidTypeError, match="count must be an int of 0 or more"):
        ACTIVE.upcoming_renewals(count)


def test_renewals_are_counted_within_the_calendar():
    assert ACTIVE.upcoming_renewals(0) == ()
    with pytest.raises(InvalidValueError, match="count -1"):
        ACTIVE.upcoming_renewals(-1)
    with pytest.raises(OutOfRangeError):
        ACTIVE.upcoming_renewals(100_000)
    last = start_subscription(MONTHLY_30, 1, date(9999, 11, 30), UNTAXED)
    with pytest.raises(OutOfRangeError):
        renew_subscription(last, UNTAXED)
    with pytest.raises(OutOfRangeError):
        start_subscription(MONTHLY_30, 1, date(9999, 12, 31), UNTAXED)


@pytest.mark.parametrize(
    "state", [None, "active", Trialing(MONTHLY_30, 1, JAN_31, date(2026, 2, 14)), Cancelled(ACTIVE, JAN_31)]
)
def test_a_transition_needs_its_state(state):
    for call in (
        lambda: renew_subscription(state, VAT_20),
        lambda: cancel_subscription(state),
        lambda: limit_subscription(state, JAN_31, money("1.00")),
        lambda: record_credit(state, FEBRUARY, money("1.00")),
        lambda: Cancelled(state, JAN_31),
    ):
        with pytest.raises(InvalidTypeError, match="subscription must be an Active subscription"):
            call()
    with pytest.raises(InvalidTypeError, match="limited must be a Limited subscription"):
        restore_subscription(state, money("1.00"))


def test_a_start_needs_a_plan_and_a_date():
    with pytest.raises(InvalidTypeError, match="plan must be a Plan"):
        start_subscription("Rescue", 1, JAN_31, VAT_20)
    for junk in JUNK:
        with pytest.raises(InvalidTypeError):
            start_subscription(MONTHLY_30, 1, junk, VAT_20)
        with pytest.raises(InvalidTypeError):
            start_subscription(MONTHLY_30, 1, JAN_31, junk)


def test_a_credit_note_is_put_on_record_so_that_a_change_does_not_credit_again():
    two = renewed(1)
    credited = record_credit(two, FEBRUARY, money("10.00"))
    assert [str(each.remaining) for each in credited.billed] == ["20.00 EUR", "30.00 EUR"]
    assert record_credit(credited, FEBRUARY, money("20.00")).billed[0].remaining == money("0.00")
    with pytest.raises(InvalidValueError, match=r"credit_given .*no credit exceeds the net of 30.00 EUR"):
        record_credit(credited, FEBRUARY, money("20.01"))
    with pytest.raises(InvalidValueError, match="period '2026-02-01 to 2026-02-28': it was not billed"):
        record_credit(two, Period(date(2026, 2, 1), date(2026, 2, 28)), money("1.00"))
    with pytest.raises(InvalidTypeError, match="period must be a Period"):
        record_credit(two, date(2026, 2, 1), money("1.00"))


@given(st.integers(0, 5000), st.lists(st.integers(0, 5000), max_size=5))
def test_s1_any_payments_restore_exactly_when_all_is_paid(owed, payments):
    state = limit_subscription(ACTIVE, date(2026, 3, 1), Money(owed + 1, "EUR"))
    left = owed + 1
    for payment in payments:
        if type(state) is Active:
            break
        if payment > left:
            with pytest.raises(InvalidValueError):
                restore_subscription(state, Money(payment, "EUR"))
            continue
        state = restore_subscription(state, Money(payment, "EUR"))
        left -= payment
        assert state == (ACTIVE if left == 0 else Limited(ACTIVE, date(2026, 3, 1), Money(left, "EUR")))
