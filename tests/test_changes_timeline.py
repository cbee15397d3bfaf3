"""What is to come, and what a bill run has to bill."""

from datetime import date
from fractions import Fraction
from itertools import islice

import pytest

from billingcore.changes import (
    Cart,
    EventKind,
    alter,
    due_by,
    quote_cancellation,
    quote_change,
    quote_pause,
    quote_renewal,
    quote_start,
    timeline,
)
from billingcore.cycles import MONTHLY, AlignedSchedule, Trial
from billingcore.deadlines import DaysBefore
from billingcore.errors import InvalidTypeError
from billingcore.plans import Billing, Coupon, PerSeatPrice, Plan
from billingcore.proration import ProrationPolicy
from billingcore.subscriptions import Item, limit_subscription
from samples import SWISS, flat, money, with_credit

AT_END = ProrationPolicy.at_period_end()
FIRST = date(2026, 1, 31)


def sold(**more):
    return quote_start(SWISS, FIRST, Item("m", flat("30.00"), **more)).granted().subscription


def told(state, until, account=SWISS, **more):
    return [each.explain() for each in timeline(account, state, until, **more)]


def test_renewals_use_the_credit_that_the_ones_before_left():
    lines = told(sold(), date(2026, 5, 1), with_credit(SWISS, "40.00"))
    assert lines == [
        "2026-02-28 renewal: 0.00 EUR",  # 30.00 of 40.00
        "2026-03-31 renewal: 20.00 EUR",
        "2026-04-30 renewal: 30.00 EUR",
    ]


def test_a_trial_a_change_and_a_coupon_each_have_their_day():
    trial = Trial(FIRST, date(2026, 2, 14))
    state = sold(trial=trial, coupon=Coupon("half", percent=Fraction(50), cycles=1))
    active = quote_renewal(SWISS, state).granted().subscription
    changed = quote_change(SWISS, active, Cart(date(2026, 2, 20), alter("m", plan=flat("10.00", "Small"))), AT_END)
    assert told(state, date(2026, 4, 1)) == [
        "2026-02-14 the trial of m ends",
        "2026-02-14 renewal: 15.00 EUR",
        "2026-03-14 the coupon of m is over",
        "2026-03-14 renewal: 30.00 EUR",
    ]
    assert told(changed.granted().subscription, date(2026, 4, 1)) == [
        "2026-03-14 the coupon of m is over",
        "2026-03-14 m: Small × 1 from 2026-03-14",
        "2026-03-14 renewal: 10.00 EUR",
    ]
    whole = quote_start(SWISS, FIRST, Item("m", flat("30.00")), coupon=Coupon("all", percent=Fraction(10), cycles=1))
    assert "2026-02-28 the coupon of the whole is over" in told(whole.granted().subscription, date(2026, 3, 1))


def test_a_contract_has_its_notice_and_its_end():
    schedule = AlignedSchedule.by_anniversary(FIRST, MONTHLY, date(2026, 4, 30))
    state = quote_start(SWISS, FIRST, Item("m", flat("30.00")), schedule=schedule).granted().subscription
    assert told(state, date(2027, 1, 1), notice=DaysBefore(30)) == [
        "2026-02-28 renewal: 30.00 EUR",
        "2026-03-31 last day of notice for 2026-04-30",
        "2026-03-31 renewal: 30.00 EUR",
        "2026-04-30 it ends",
    ]
    assert told(state, date(2026, 4, 30), notice=DaysBefore(10), card=date(2026, 4, 20)) == [
        "2026-02-28 renewal: 30.00 EUR",
        "2026-03-31 renewal: 30.00 EUR",
        "2026-04-20 last day of notice for 2026-04-30",
    ]


def test_without_a_contract_notice_is_counted_from_each_renewal():
    assert told(sold(), date(2026, 3, 1), notice=DaysBefore(14)) == [
        "2026-02-14 last day of notice for 2026-02-28",
        "2026-02-28 renewal: 30.00 EUR",
    ]


def test_a_card_that_cannot_pay_a_bill_date_is_told_before_it():
    events = list(timeline(SWISS, sold(), date(2026, 3, 1), card=date(2026, 2, 20)))
    assert [(str(each.on), each.kind) for each in events] == [
        ("2026-02-20", EventKind.CARD_EXPIRY),
        ("2026-02-28", EventKind.RENEWAL),
    ]


def test_a_pause_and_a_resumption_are_told():
    paused = quote_pause(SWISS, sold(), date(2026, 2, 5), at_end=True, until=date(2026, 3, 15)).granted().subscription
    assert told(paused, date(2026, 4, 1)) == [
        "2026-02-28 it pauses",
        "2026-03-15 service begins again",
        "2026-03-15 renewal: 15.48 EUR",  # 30.00 × 16/31
        "2026-03-31 renewal: 30.00 EUR",
    ]


def test_what_is_measured_has_no_amount_yet():
    calls = Plan("Calls", PerSeatPrice(money("0.10")), MONTHLY, Billing.METERED)
    state = quote_start(SWISS, FIRST, Item("m", flat("30.00")), Item("calls", calls)).granted().subscription
    events = list(timeline(SWISS, state, date(2027, 1, 1)))
    assert [(str(each.on), each.amount) for each in events] == [("2026-02-28", None)]


def test_it_is_lazy_and_ends_with_the_subscription():
    assert len(list(islice(timeline(SWISS, sold(), date(9000, 1, 1)), 24))) == 24
    ended = quote_cancellation(SWISS, sold(), date(2026, 2, 5), ProrationPolicy.keep_dates()).granted().subscription
    assert told(ended, date(2027, 1, 1)) == []
    with pytest.raises(InvalidTypeError, match="an Active subscription"):
        timeline(SWISS, "sold", date(2027, 1, 1))


def test_a_bill_run_catches_up_in_order_of_the_days():
    ending = quote_cancellation(SWISS, sold(), date(2026, 2, 5), AT_END).granted().subscription
    weekly = quote_start(SWISS, date(2026, 2, 1), Item("w", flat("7.00"))).granted().subscription
    paused = quote_pause(SWISS, sold(), date(2026, 2, 5), until=date(2026, 3, 5)).granted().subscription
    asleep = quote_pause(SWISS, sold(), date(2026, 2, 5)).granted().subscription
    every = {"a": sold(), "b": weekly, "ending": ending, "paused": paused, "asleep": asleep, "limited": limit_subscription(sold(), FIRST, money("30.00"))}  # fmt: skip
    assert [(key, str(day), count) for key, day, count in due_by(every, date(2026, 4, 30))] == [
        ("a", "2026-02-28", 3),
        ("ending", "2026-02-28", 1),
        ("limited", "2026-02-28", 3),
        ("b", "2026-03-01", 2),
        ("paused", "2026-03-05", 1),
    ]
    assert list(due_by(every, date(2026, 2, 27))) == []
    for wrong in ({"a": 1}, [sold()]):
        with pytest.raises(InvalidTypeError):
            due_by(wrong, FIRST)
