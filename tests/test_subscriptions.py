"""Subscriptions: states, renewals from the anchor, and what cannot be constructed."""

import itertools
from datetime import UTC, date, datetime
from fractions import Fraction

import attrs
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from billingcore.billed import BilledPeriod
from billingcore.changes import (
    RefusedReason,
    quote_cancellation,
    quote_pause,
    quote_renewal,
    quote_resumption,
    quote_start,
)
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
)
from billingcore.errors import (
    BillingError,
    CurrencyMismatchError,
    InvalidTypeError,
    InvalidValueError,
    OutOfRangeError,
)
from billingcore.ledger import Ledger
from billingcore.money import Money
from billingcore.plans import Billing, Coupon, FlatPrice, PerSeatPrice, Plan, PriceMode
from billingcore.proration import ProrationPolicy
from billingcore.records import from_record, to_record
from billingcore.subscriptions import (
    Active,
    Cancelled,
    Item,
    Limited,
    NextPause,
    NextSale,
    PauseCredit,
    Paused,
    PauseTerms,
    PriceStep,
    Waits,
    closed_before,
    extend_trial,
    limit_subscription,
    restore_subscription,
    take_back,
)
from samples import FRENCH, JUNK, MONTHLY_30, SWISS, VAT_20, account, bought, fields_of, flat, money, renewed, upgrade

JAN_31 = date(2026, 1, 31)
YEARLY_1200 = flat("1200.00", cadence=ANNUAL)
LONG_AGO = account(SWISS.seller, SWISS.buyer)
LONG_AGO = attrs.evolve(LONG_AGO, ledger=Ledger.opened("EUR", date(1900, 1, 1)))
ACTIVE = bought(FRENCH, MONTHLY_30, 1, JAN_31, number="1").subscription


def after(times):
    subscription = ACTIVE
    for at in range(times):
        subscription = renewed(FRENCH, subscription, number=f"R-{at}").subscription
    return subscription


def test_the_anchor_is_the_31st_and_february_pulls_nothing_down():
    """github.com/polarsource/polar/issues/10664: 31 January, 29 February, 29 March, for ever."""
    leap = bought(SWISS, MONTHLY_30, 1, date(2024, 1, 31)).subscription
    expected = ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]
    assert [str(day) for day in leap.upcoming_bills(4)] == expected
    for bill_day in expected:
        assert str(leap.paid_until) == bill_day
        leap = renewed(SWISS, leap).subscription


@given(
    st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    st.sampled_from([MONTHLY, ANNUAL, Cadence.monthly(3)]),
    st.integers(1, 30),
)
def test_renewals_are_counted_from_the_anchor(anchor, cadence, times):
    subscription = bought(LONG_AGO, flat(cadence=cadence), 1, anchor).subscription
    foreseen = subscription.upcoming_bills(times)
    for n in range(times):
        assert subscription.next_bill_on == foreseen[n] == anchor + relativedelta(months=cadence.months * (n + 1))
        subscription = renewed(LONG_AGO, subscription).subscription
    periods = [each.period for each in subscription.billed]
    assert all(one.end == two.start for one, two in itertools.pairwise(periods))  # no gap, no overlap
    assert subscription.schedule.anchor == anchor


def test_the_first_paid_day_is_the_end_of_the_trial_and_the_anchor():
    """github.com/polarsource/polar/pull/11459: a trial of 2024-04-28 to 05-05 renewed on 06-28 instead of 06-05."""
    item = Item("main", MONTHLY_30, 2, trial=Trial(date(2024, 4, 28), date(2024, 5, 5)))
    trial = quote_start(SWISS, date(2024, 4, 28), item).granted().subscription
    paid = renewed(SWISS, trial).subscription
    assert paid.next_bill_on == date(2024, 6, 5)
    assert (trial.status, paid.status) == ("trialing", "active")
    assert extend_trial(trial, date(2024, 5, 12)).next_bill_on == date(2024, 5, 12)


FIRST_OF_MONTH = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
CONTRACT = AlignedSchedule.by_anniversary(JAN_31, MONTHLY, date(2026, 4, 10))


def test_a_calendar_start_bills_its_share_then_full_periods():
    first = bought(SWISS, MONTHLY_30, 1, date(2026, 1, 10), schedule=FIRST_OF_MONTH).subscription
    assert (first.billed[-1].net, first.next_bill_on) == (money("21.29"), date(2026, 2, 1))  # 30.00 × 22/31 = 21.290…
    assert first.upcoming_bills(2) == (date(2026, 2, 1), date(2026, 3, 1))
    second = renewed(SWISS, first).subscription
    assert (second.billed[-1].net, second.next_bill_on) == (money("30.00"), date(2026, 3, 1))


def test_a_contract_ends_with_its_last_stub():
    running = bought(SWISS, MONTHLY_30, 1, JAN_31, schedule=CONTRACT).subscription
    assert running.upcoming_bills(9) == (date(2026, 2, 28), date(2026, 3, 31))
    running = renewed(SWISS, renewed(SWISS, running).subscription).subscription
    assert running.billed[-1].net == money("10.00")  # 31 March to 10 April: 30.00 × 10/30
    assert (running.end_on, running.next_bill_on, running.upcoming_bills(3)) == (date(2026, 4, 10), None, ())
    assert renewed(SWISS, running).reason is RefusedReason.ENDS


@pytest.mark.parametrize(
    ("start_on", "schedule", "error", "says"),
    [
        (date(2026, 1, 9), FIRST_OF_MONTH, InvalidValueError, "the first day that is billed is 2026-01-09"),
        (JAN_31, Schedule(JAN_31, ANNUAL), InvalidValueError, "main is billed every month"),
        (JAN_31, "monthly", InvalidTypeError, "a Schedule or an AlignedSchedule"),
    ],
)
def test_a_schedule_fits_the_plan_and_the_start(start_on, schedule, error, says):
    with pytest.raises(error, match=says):
        bought(SWISS, MONTHLY_30, 1, start_on, schedule=schedule)


JANUARY = bought(SWISS, MONTHLY_30, 1, date(2026, 1, 1)).subscription
PAUSED = quote_pause(SWISS, JANUARY, date(2026, 1, 21)).granted().subscription


def going_on(paused, on, how):
    return quote_resumption(SWISS, paused, on, goes_on=how).granted().subscription


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
    going = going_on(PAUSED, resumed_on, how)
    assert (going.billed[-1].period.start, going.billed[-1].period.end) == period
    assert going.billed[-1].net == money(net)
    assert going.next_bill_on == period[1]
    if old_credit is not None:
        assert going.billed[0].credit_given == money(old_credit)
        ended = how is not Resume.KEEP_DATES  # what is paid is not taken away
        assert going.billed[0].served_until == (date(2026, 1, 21) if ended else date(2026, 2, 1))


def test_kept_days_move_their_value_and_make_none():
    old, new = going_on(PAUSED, date(2026, 3, 11), Resume.KEEP_DAYS).billed
    assert old.remaining + new.net == JANUARY.billed[-1].net
    assert new.ruling == old.ruling  # nothing is billed again, so nothing is decided again


def test_an_aligned_subscription_keeps_its_bill_dates_over_a_pause():
    aligned = bought(SWISS, MONTHLY_30, 1, date(2026, 1, 10), schedule=FIRST_OF_MONTH).subscription
    paused = quote_pause(SWISS, aligned, date(2026, 1, 20)).granted().subscription
    going = going_on(paused, date(2026, 2, 11), Resume.KEEP_DATES)
    assert (going.schedule, going.next_bill_on) == (FIRST_OF_MONTH, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Item("main", "plan"), InvalidTypeError),
        (lambda: Item("main", MONTHLY_30, 0), InvalidValueError),
        (lambda: Item("", MONTHLY_30), InvalidValueError),
        (lambda: Item("main", MONTHLY_30, trial=14), InvalidTypeError),
        (lambda: Item("main", MONTHLY_30, steps=(PriceStep(YEARLY_1200, 1),)), InvalidValueError),
        (lambda: Item("main", MONTHLY_30, steps=(PriceStep(flat("1.00", currency="USD"), 1),)), CurrencyMismatchError),
        (lambda: PriceStep(MONTHLY_30, 0), InvalidValueError),
        (lambda: extend_trial(None, JAN_31), InvalidTypeError),
        (lambda: Paused(None, JAN_31), InvalidTypeError),
        (lambda: Paused(JANUARY, JAN_31, PauseTerms(), JAN_31), InvalidValueError),
        (lambda: PauseTerms(PauseCredit.UNUSED, Resume.KEEP_DAYS), InvalidValueError),
        (lambda: NextPause(JAN_31, PauseTerms(), JAN_31), InvalidValueError),
        (lambda: NextSale("a", JAN_31, Item("b", MONTHLY_30)), InvalidValueError),
        (lambda: quote_pause(SWISS, JANUARY, date(2026, 2, 1)), InvalidValueError),
        (lambda: quote_pause(SWISS, JANUARY, "2026-01-21"), InvalidTypeError),
        (lambda: quote_pause(SWISS, JANUARY, JAN_31, until=JAN_31), InvalidValueError),
        (lambda: quote_pause(SWISS, JANUARY, JAN_31, until=date(2026, 3, 1), periods=2), InvalidValueError),
        (lambda: quote_resumption(SWISS, JANUARY, JAN_31), InvalidTypeError),
        (lambda: quote_resumption(SWISS, PAUSED), InvalidValueError),
        (lambda: quote_resumption(SWISS, PAUSED, date(2026, 1, 21)), InvalidValueError),
        (lambda: quote_resumption(SWISS, PAUSED, JAN_31, goes_on="restart"), InvalidTypeError),
    ],
)
def test_bad_states_and_transitions_are_refused(make, error):
    with pytest.raises(error):
        make()


def test_for_n_periods_a_pause_counts_bill_dates():
    paused = quote_pause(SWISS, JANUARY, date(2026, 1, 21), at_end=True, periods=3).granted().subscription
    assert (paused.pause.on, paused.pause.resumes_on) == (date(2026, 2, 1), date(2026, 5, 1))
    asleep = quote_renewal(SWISS, paused, on=date(2026, 2, 1)).granted().subscription
    assert (asleep.status, asleep.next_bill_on) == ("paused", date(2026, 5, 1))
    back = quote_renewal(SWISS, asleep).granted()
    assert (back.document.subtotal, back.next_bill_on) == (money("30.00"), date(2026, 6, 1))
    early = quote_renewal(SWISS, asleep, on=date(2026, 4, 1))
    assert (early.reason, early.explain()) == (
        RefusedReason.PAUSED,
        "it is paused from 2026-02-01; resume it (quote_resumption)",
    )


def test_periods_that_a_pause_passes_over_count_for_a_coupon_where_the_terms_say_so():
    coupon = Coupon("spring", amount=money("10.00"), cycles=3)
    start = quote_start(SWISS, date(2026, 1, 1), Item("main", MONTHLY_30, coupon=coupon), coupon=coupon).granted()
    assert start.document.subtotal == money("10.00")  # 30.00 - 10.00 - 10.00
    for run, net in ((False, "10.00"), (True, "30.00")):
        paused = quote_pause(SWISS, start.subscription, date(2026, 1, 21), PauseTerms(coupons_run=run)).granted()
        back = quote_resumption(SWISS, paused.subscription, date(2026, 4, 1)).granted()
        assert back.document.subtotal == money(net)  # February and March passed


def test_every_state_says_what_it_is():
    assert PAUSED.status == "paused"


def test_cancelling_lets_it_run_to_its_end():
    ending = quote_cancellation(FRENCH, ACTIVE, JAN_31, ProrationPolicy.at_period_end()).granted().subscription
    assert (ending.status, ending.next_bill_on, ending.upcoming_bills(3)) == ("ending", None, ())
    assert ending.paid_until == date(2026, 2, 28)
    assert take_back(ending, Waits.CANCELLATION) == ACTIVE
    assert (ending.items, ending.schedule) == (ACTIVE.items, ACTIVE.schedule)


def test_what_stands_still_shows_what_it_holds():
    for state in (PAUSED, limit_subscription(JANUARY, JAN_31, money("1.00")), Cancelled(JANUARY, JAN_31)):
        shown = (state.items, state.main, state.billed, state.waiting, state.next, state.schedule)
        held = state.subscription
        assert shown == (held.items, held.main, held.billed, held.waiting, held.next, held.schedule)
        assert (state.currency, state.paid_until, state.end_on) == ("EUR", date(2026, 2, 1), None)
    assert limit_subscription(JANUARY, JAN_31, money("1.00")).next_bill_on == date(2026, 2, 1)
    assert Cancelled(JANUARY, JAN_31).next_bill_on is None
    with pytest.raises(InvalidTypeError, match=r"a limited one holds it as \.subscription"):
        quote_renewal(SWISS, limit_subscription(JANUARY, JAN_31, money("1.00")))


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
    gone = Cancelled(ACTIVE, date(2026, 2, 28))
    assert gone.status == "cancelled"
    assert gone.subscription.billed == ACTIVE.billed


def test_what_was_billed_is_found_by_day():
    changed = upgrade()[1].subscription
    assert changed.billed_on("main", date(2026, 2, 14)).plan.name == "Rescue"
    assert changed.billed_on("main", date(2026, 2, 15)).plan.name == "Rescue Plus"  # the change day is the new plan's
    assert changed.billed_on("main", date(2026, 3, 14)) == changed.billed[-1]
    assert changed.billed_on("main", date(2026, 1, 30)) is None
    assert changed.billed_on("main", date(2026, 3, 15)) is None
    assert changed.billed_on("other", date(2026, 2, 14)) is None
    with pytest.raises(InvalidTypeError):
        changed.billed_on("main", datetime(2026, 2, 14, tzinfo=UTC))


def test_no_day_is_billed_twice():
    newest = ACTIVE.billed[-1]
    twice = (*ACTIVE.billed, attrs.evolve(newest, period=Period(date(2026, 2, 27), date(2026, 3, 31))))
    with pytest.raises(InvalidValueError, match=r"billed .*the day 2026-02-27 would be billed twice"):
        attrs.evolve(ACTIVE, billed=twice)
    with pytest.raises(InvalidValueError, match="billed twice"):
        attrs.evolve(ACTIVE, billed=(*ACTIVE.billed, *ACTIVE.billed))
    two = after(2)
    with pytest.raises(InvalidValueError, match="billed twice"):
        attrs.evolve(two, billed=two.billed[::-1])  # out of order


def test_what_is_billed_does_not_reach_beyond_the_day_from_which_the_next_bill_counts():
    """Else the renewal would bill days that are billed."""
    item = attrs.evolve(ACTIVE.main, billed_until=date(2026, 2, 20))
    with pytest.raises(InvalidValueError, match=r"billed_until 2026-02-20.*2026-02-28"):
        attrs.evolve(ACTIVE, items=(item,))


def test_one_subscription_has_one_currency():
    dollars = flat("30.00", currency="USD")
    foreign = attrs.evolve(ACTIVE.main, key="dollars", plan=dollars)
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(ACTIVE, items=(ACTIVE.main, foreign))
    line = BilledPeriod.of_plan(dollars, 1, ACTIVE.next_period(ACTIVE.main), VAT_20)
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(ACTIVE, billed=(*ACTIVE.billed, line))


@pytest.mark.parametrize("billed", [[*ACTIVE.billed], None, (None,), ACTIVE.billed[0]], ids=lambda b: type(b).__name__)
def test_what_was_billed_is_a_tuple_of_periods(billed):
    with pytest.raises(BillingError, match="billed"):
        attrs.evolve(ACTIVE, billed=billed)


def test_items_fit_together():
    weekly = attrs.evolve(ACTIVE.main, key="w", plan=flat("1.00", "Weekly", Cadence.weekly()))
    for items, match in (
        ((), "a subscription has one item or more"),
        ((ACTIVE.main, ACTIVE.main), "a key stands for one item"),
        ((ACTIVE.main, weekly), "which that does not divide"),
        ((Item("main", MONTHLY_30),), "it was not sold"),
    ):
        with pytest.raises(InvalidValueError, match=match):
            attrs.evolve(ACTIVE, items=items)
    daily = attrs.evolve(weekly, plan=flat("1.00", "Daily", Cadence.daily(1)))
    assert attrs.evolve(ACTIVE, items=(ACTIVE.main, daily)).item("w") == daily
    with pytest.raises(InvalidValueError, match="the subscription has main"):
        ACTIVE.item("x")


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("items", "a tuple of Item"), ("schedule", "a Schedule"), ("waiting", "a tuple of lines"), ("next", "a tuple of NextSale"),
        ("coupon_used", "an int"), ("unbilled", "a tuple of Unbilled"),
    ],
)  # fmt: skip
def test_each_field_has_its_type(field, expected):
    for junk in (None, 1.5, "1", []):
        with pytest.raises(InvalidTypeError, match=f"{field} must be {expected}"):
            Active(**{**fields_of(ACTIVE), field: junk})


@pytest.mark.parametrize("count", [True, 1.0, "1", None])
def test_renewals_are_counted_with_an_int(count):
    with pytest.raises(InvalidTypeError, match="count must be an int of 0 or more"):
        ACTIVE.upcoming_bills(count)


def test_renewals_are_counted_within_the_calendar():
    assert ACTIVE.upcoming_bills(0) == ()
    with pytest.raises(InvalidValueError, match="count -1"):
        ACTIVE.upcoming_bills(-1)
    with pytest.raises(OutOfRangeError):
        ACTIVE.upcoming_bills(100_000)
    last = bought(SWISS, MONTHLY_30, 1, date(9999, 11, 30)).subscription
    with pytest.raises(OutOfRangeError):
        renewed(SWISS, last)
    with pytest.raises(OutOfRangeError):
        bought(SWISS, MONTHLY_30, 1, date(9999, 12, 31))


def test_bill_dates_of_items_in_arrears_are_the_ends_of_their_periods():
    used = Plan("Used", FlatPrice(money("30.00")), MONTHLY, Billing.IN_ARREARS)
    state = bought(SWISS, used, 1, JAN_31).subscription
    assert [str(day) for day in state.upcoming_bills(3)] == ["2026-02-28", "2026-03-31", "2026-04-30"]
    ending = quote_cancellation(SWISS, state, date(2026, 2, 5), ProrationPolicy.at_period_end()).granted().subscription
    assert ending.upcoming_bills(3) == (date(2026, 2, 28),)


@pytest.mark.parametrize("state", [None, "active", Cancelled(ACTIVE, JAN_31)])
def test_a_transition_needs_its_state(state):
    for call in (
        lambda: limit_subscription(state, JAN_31, money("1.00")),
        lambda: take_back(state, Waits.PAUSE),
        lambda: closed_before(state, JAN_31),
        lambda: Cancelled(state, JAN_31),
    ):
        with pytest.raises(InvalidTypeError, match="subscription must be an Active subscription"):
            call()
    with pytest.raises(InvalidTypeError, match="limited must be a Limited subscription"):
        restore_subscription(state, money("1.00"))


def test_a_start_needs_items_and_a_date():
    with pytest.raises(InvalidTypeError, match="items"):
        quote_start(SWISS, JAN_31, "Rescue")
    with pytest.raises(InvalidValueError, match="give what is bought"):
        quote_start(SWISS, JAN_31)
    for junk in JUNK:
        with pytest.raises(InvalidTypeError):
            quote_start(SWISS, junk, Item("main", MONTHLY_30))
    with pytest.raises(InvalidValueError, match="holds it already"):
        quote_start(SWISS, JAN_31, ACTIVE.main)
    with pytest.raises(InvalidValueError, match="does not hold 2026-01-31"):
        quote_start(SWISS, JAN_31, Item("main", MONTHLY_30, trial=Trial(date(2026, 3, 1), date(2026, 3, 8))))
    half = Coupon("half", amount=money("10.00"))
    monthly = Item("more", MONTHLY_30)
    with pytest.raises(InvalidValueError, match="an amount is taken off items of one interval"):
        quote_start(SWISS, JAN_31, Item("main", YEARLY_1200), monthly, coupon=half)


def test_a_percentage_of_the_whole_is_taken_off_items_of_a_shorter_interval_each_time():
    tenth = Coupon("tenth", percent=Fraction(10), cycles=1)
    start = quote_start(SWISS, JAN_31, Item("main", YEARLY_1200), Item("more", MONTHLY_30), coupon=tenth).granted()
    assert [line.net for line in start.document.lines] == [money("1080.00"), money("27.00")]
    assert renewed(SWISS, start.subscription).document.subtotal == money("27.00")  # within the first period of the year


def test_closed_periods_keep_their_sums_and_a_small_record():
    state = after(24)
    small = closed_before(state, date(2027, 1, 1))
    assert (small.closed.count, small.closed.net, len(small.billed)) == (11, money("330.00"), 14)
    assert closed_before(small, date(2027, 1, 1)) == small
    further = closed_before(small, date(2027, 3, 1))
    assert (further.closed.before, further.closed.count, further.closed.net) == (date(2027, 3, 1), 13, money("390.00"))
    assert small.next_bill_on == state.next_bill_on
    assert from_record(to_record(small)) == small


def test_prices_with_tax_in_them_are_not_sold_yet():
    gross = Plan("Gross", PerSeatPrice(money("9.99"), PriceMode.INCLUSIVE), MONTHLY)
    with pytest.raises(InvalidValueError, match="a document of prices that contain tax is not made yet"):
        bought(FRENCH, gross, 1, JAN_31)


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
