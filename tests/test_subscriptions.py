"""Subscriptions: states, renewals from the anchor, and what cannot be constructed."""

import itertools
from datetime import UTC, date, datetime

import attrs
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from billingcore.billed import BilledPeriod
from billingcore.cycles import (
    ANNUAL,
    MONTHLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    Period,
    Resume,
    Schedule,
    Trial,
    TrialChange,
)
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
    Paused,
    Trialing,
    cancel_subscription,
    change_trial,
    convert_trial,
    extend_trial,
    limit_subscription,
    pause_subscription,
    record_credit,
    renew_subscription,
    restore_subscription,
    resume_subscription,
    start_subscription,
    start_trial,
)
from samples import FROM_31_JANUARY, JUNK, MONTHLY_30, UNTAXED, VAT_20, fields_of, flat, money, upgrade

JAN_31 = date(2026, 1, 31)
YEARLY_1200 = flat("1200.00", cadence=ANNUAL)
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
def test_renewals_are_counted_from_the_anchor(anchor, cadence, times):
    subscription = start_subscription(flat(cadence=cadence), 1, anchor, UNTAXED)
    foreseen = subscription.upcoming_renewals(times)
    for n in range(times):
        assert subscription.renewal_on == foreseen[n] == anchor + relativedelta(months=cadence.months * (n + 1))
        subscription = renew_subscription(subscription, UNTAXED)
    periods = [each.period for each in subscription.billed]
    assert all(one.end == two.start for one, two in itertools.pairwise(periods))  # no gap, no overlap
    assert subscription.schedule.anchor == anchor


def test_the_first_paid_day_is_the_end_of_the_trial_and_the_anchor():
    """github.com/polarsource/polar/pull/11459: a trial of 2024-04-28 to 05-05 renewed on 06-28 instead of 06-05."""
    trial = Trialing(MONTHLY_30, 2, Trial(date(2024, 4, 28), date(2024, 5, 5)))
    paid = convert_trial(trial, UNTAXED)
    assert paid.renewal_on == date(2024, 6, 5)
    assert (trial.status, paid.status) == ("trialing", "active")


def test_a_trial_moves_its_end_and_takes_another_plan():
    trial = start_trial(MONTHLY_30, 1, Trial(date(2026, 3, 1), date(2026, 3, 15)))
    assert extend_trial(trial, date(2026, 3, 22)).first_paid_on == date(2026, 3, 22)
    kept = change_trial(trial, YEARLY_1200, 2, date(2026, 3, 10), TrialChange.KEEP_END)
    assert (kept.plan, kept.quantity, kept.first_paid_on) == (YEARLY_1200, 2, date(2026, 3, 15))
    anew = change_trial(trial, MONTHLY_30, 1, date(2026, 3, 10), TrialChange.RESTART, Cadence.daily(30))
    assert anew.first_paid_on == date(2026, 4, 9)  # 10 March + 30
    assert convert_trial(anew, UNTAXED).renewal_on == date(2026, 5, 9)


FIRST_OF_MONTH = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
CONTRACT = AlignedSchedule.by_anniversary(JAN_31, MONTHLY, date(2026, 4, 10))


def test_a_calendar_start_bills_its_share_then_full_periods():
    first = start_subscription(MONTHLY_30, 1, date(2026, 1, 10), UNTAXED, schedule=FIRST_OF_MONTH)
    assert (first.current.net, first.renewal_on) == (money("21.29"), date(2026, 2, 1))  # 30.00 × 22/31 = 21.290…
    assert first.upcoming_renewals(2) == (date(2026, 2, 1), date(2026, 3, 1))
    second = renew_subscription(first, UNTAXED)
    assert (second.current.net, second.renewal_on) == (money("30.00"), date(2026, 3, 1))


def test_a_contract_ends_with_its_last_stub():
    running = start_subscription(MONTHLY_30, 1, JAN_31, UNTAXED, schedule=CONTRACT)
    assert running.upcoming_renewals(9) == (date(2026, 2, 28), date(2026, 3, 31))
    running = renew_subscription(renew_subscription(running, UNTAXED), UNTAXED)
    assert running.current.net == money("10.00")  # 31 March to 10 April: 30.00 × 10/30
    assert (running.is_last_period, running.renewal_on, running.upcoming_renewals(3)) == (True, None, ())
    with pytest.raises(InvalidValueError, match="it ends on 2026-04-10; it does not renew"):
        renew_subscription(running, UNTAXED)


@pytest.mark.parametrize(
    ("start_on", "schedule", "error", "says"),
    [
        (date(2026, 1, 11), FIRST_OF_MONTH, InvalidValueError, "a period that starts on 2026-01-10"),
        (JAN_31, Schedule(JAN_31, ANNUAL), InvalidValueError, "the plan is billed every month"),
        (JAN_31, "monthly", InvalidTypeError, "a Schedule or an AlignedSchedule"),
    ],
)
def test_a_schedule_fits_the_plan_and_the_start(start_on, schedule, error, says):
    with pytest.raises(error, match=says):
        start_subscription(MONTHLY_30, 1, start_on, UNTAXED, schedule=schedule)


JANUARY = start_subscription(MONTHLY_30, 1, date(2026, 1, 1), UNTAXED)
PAUSED = pause_subscription(JANUARY, date(2026, 1, 21))


@pytest.mark.parametrize(
    ("resumed_on", "how", "period", "net", "old_credit"),
    [
        # back within the period that is paid: nothing is billed, the paused days are lost
        (date(2026, 1, 25), Resume.KEEP_DATES, (date(2026, 1, 1), date(2026, 2, 1)), "30.00", None),
        # back in March: 11 March to 1 April is 21 of 31 days, 30.00 × 21/31 = 20.322…
        (date(2026, 3, 11), Resume.KEEP_DATES, (date(2026, 3, 11), date(2026, 4, 1)), "20.32", "0.00"),
        # 11 of 31 days were left: 30.00 × 11/31 = 10.645… moves along
        (date(2026, 3, 11), Resume.KEEP_DAYS, (date(2026, 3, 11), date(2026, 3, 22)), "10.65", "10.65"),
        (date(2026, 3, 11), Resume.RESTART, (date(2026, 3, 11), date(2026, 4, 11)), "30.00", "0.00"),
    ],
)
def test_a_pause_ends_as_chosen(resumed_on, how, period, net, old_credit):
    going = resume_subscription(PAUSED, resumed_on, how, UNTAXED)
    assert (going.current.period.start, going.current.period.end) == period
    assert going.current.net == money(net)
    assert going.renewal_on == period[1]
    if old_credit is not None:
        assert going.billed[0].credit_given == money(old_credit)
        assert going.billed[0].served_until == date(2026, 1, 21)


def test_kept_days_move_their_value_and_make_none():
    going = resume_subscription(PAUSED, date(2026, 3, 11), Resume.KEEP_DAYS, VAT_20)
    old, new = going.billed
    assert old.remaining + new.net == JANUARY.current.net
    assert new.ruling == old.ruling  # nothing is billed again, so nothing is decided again


def test_an_aligned_subscription_keeps_its_bill_dates_over_a_pause():
    aligned = start_subscription(MONTHLY_30, 1, date(2026, 1, 10), UNTAXED, schedule=FIRST_OF_MONTH)
    going = resume_subscription(
        pause_subscription(aligned, date(2026, 1, 20)), date(2026, 2, 11), Resume.KEEP_DATES, UNTAXED
    )
    assert (going.schedule, going.renewal_on) == (FIRST_OF_MONTH, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Trialing("plan", 1, Trial(JAN_31, date(2026, 2, 14))), InvalidTypeError),
        (lambda: Trialing(MONTHLY_30, 0, Trial(JAN_31, date(2026, 2, 14))), InvalidValueError),
        (lambda: Trialing(MONTHLY_30, 1, 14), InvalidTypeError),
        (lambda: convert_trial(JANUARY, UNTAXED), InvalidTypeError),
        (lambda: extend_trial(None, JAN_31), InvalidTypeError),
        (lambda: Paused(None, JAN_31), InvalidTypeError),
        (lambda: pause_subscription(JANUARY, date(2026, 2, 1)), InvalidValueError),
        (lambda: pause_subscription(JANUARY, "2026-01-21"), InvalidTypeError),
        (lambda: resume_subscription(JANUARY, JAN_31, Resume.RESTART, UNTAXED), InvalidTypeError),
        (lambda: resume_subscription(PAUSED, date(2026, 1, 21), Resume.RESTART, UNTAXED), InvalidValueError),
        (lambda: resume_subscription(PAUSED, JAN_31, "restart", UNTAXED), InvalidTypeError),
    ],
)
def test_bad_states_and_transitions_are_refused(make, error):
    with pytest.raises(error):
        make()


def test_every_state_says_what_it_is():
    assert PAUSED.status == "paused"


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


def test_no_day_is_billed_twice():
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
    dollars = flat("30.00", currency="USD")
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
    "state", [None, "active", Trialing(MONTHLY_30, 1, Trial(JAN_31, date(2026, 2, 14))), Cancelled(ACTIVE, JAN_31)]
)
def test_a_transition_needs_its_state(state):
    for call in (
        lambda: renew_subscription(state, VAT_20),
        lambda: cancel_subscription(state),
        lambda: limit_subscription(state, JAN_31, money("1.00")),
        lambda: record_credit(state, FROM_31_JANUARY, money("1.00")),
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
    credited = record_credit(two, FROM_31_JANUARY, money("10.00"))
    assert [str(each.remaining) for each in credited.billed] == ["20.00 EUR", "30.00 EUR"]
    assert record_credit(credited, FROM_31_JANUARY, money("20.00")).billed[0].remaining == money("0.00")
    three = record_credit(renewed(2), renewed(2).billed[1].period, money("1.00"))
    assert [each.credit_given for each in three.billed] == [money("0.00"), money("1.00"), money("0.00")]
    with pytest.raises(InvalidValueError, match=r"credit_given .*no credit exceeds the net of 30.00 EUR"):
        record_credit(credited, FROM_31_JANUARY, money("20.01"))
    with pytest.raises(InvalidValueError, match="period '2026-02-01 to 2026-02-28': it was not billed"):
        record_credit(two, Period(date(2026, 2, 1), date(2026, 2, 28)), money("1.00"))
    with pytest.raises(InvalidTypeError, match="period must be a Period"):
        record_credit(two, date(2026, 2, 1), money("1.00"))


@given(st.integers(0, 5000), st.lists(st.integers(0, 5000), max_size=5))
def test_any_payments_restore_exactly_when_all_is_paid(owed, payments):
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
