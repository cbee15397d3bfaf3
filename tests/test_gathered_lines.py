"""Lines that wait for the next invoice are settled by what comes first, and cannot be lost or billed twice."""

from datetime import date

import attrs
import pytest

from billingcore.changes import (
    gather_change,
    quote_cancellation,
    quote_change,
    quote_renewal,
    quote_start,
    schedule_change,
)
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.presets import PRESETS
from billingcore.proration import Leftover
from billingcore.records import from_record, to_record
from billingcore.subscriptions import cancel_subscription
from samples import FRENCH, HUGE, LARGE, SMALL, flat, money, policy

START, DAY = date(2026, 1, 10), date(2026, 1, 24)
GATHERS, GIVES, AT_ONCE = (PRESETS[name].policy for name in ("stripe_classic", "stripe_flexible", "chargebee_day"))


def gather(plan=LARGE, day=DAY, running=None):
    running = running or quote_start(FRENCH, SMALL, 1, START).subscription
    return gather_change(FRENCH, running, plan, 1, day, GATHERS)


def test_a_cancellation_gives_back_no_more_than_was_billed():
    """30.00 was billed, 17 of 31 days are unused: -27.42 + 27.42 - 16.45, and 20 % of it."""
    change = gather()
    assert change.subscription.waiting == money("10.97")  # 27.42 - 16.45
    quote = quote_cancellation(FRENCH, change.subscription, DAY, GIVES, gathered=change.lines)
    assert (quote.document.net, quote.document.tax, quote.credit_left) == (
        money("16.45"),
        money("3.29"),
        money("19.74"),
    )
    assert (quote.due_now, quote.subscription.subscription.waiting) == (money("0.00"), None)
    assert from_record(to_record(quote)) == quote


@pytest.mark.parametrize(
    ("rule", "balance", "due", "left"),
    [
        (PRESETS["none"].policy, None, "13.16", "0.00"),  # 10.97 + 2.19 tax; nothing goes back
        (PRESETS["store_deferred"].policy, None, "13.16", "0.00"),  # service runs on; no renewal will bill the change
        (policy("chargebee_day", timing={"leftover": Leftover.FORFEIT}), None, "13.16", "0.00"),  # the credit is lost
        (PRESETS["none"].policy, "20.00", "0.00", "6.84"),  # 20.00 - 13.16
    ],
)
def test_what_waits_is_billed_where_nothing_goes_back(rule, balance, due, left):
    change = gather()
    account = attrs.evolve(FRENCH, balance=balance and money(balance))
    quote = quote_cancellation(account, change.subscription, DAY, rule, gathered=change.lines)
    assert type(quote.document) is Invoice
    assert (quote.document.subtotal, quote.due_now, quote.credit_left) == (money("10.97"), money(due), money(left))
    assert from_record(to_record(quote)) == quote


def test_what_waits_is_billed_where_nothing_renews():
    change = gather()
    ending, rule = cancel_subscription(change.subscription), PRESETS["store_deferred"].policy
    quote = quote_cancellation(FRENCH, ending, DAY, rule, gathered=change.lines)
    assert (quote.due_now, quote.subscription.ended_on) == (money("13.16"), date(2026, 2, 10))


def test_a_refund_pays_out_the_rest():
    change = gather()
    rule = policy("chargebee_day", timing={"leftover": Leftover.REFUND})
    quote = quote_cancellation(FRENCH, change.subscription, DAY, rule, gathered=change.lines)
    assert (type(quote.document), quote.refund, quote.credit_left) == (CreditNote, money("19.74"), money("0.00"))


def test_a_change_at_once_settles_what_waits():
    """Large to Huge: 70.00 × 17/31 - 27.42 = 38.39 - 27.42 = 10.97, and 10.97 that waited."""
    change = gather()
    quote = quote_change(FRENCH, change.subscription, HUGE, 1, DAY, AT_ONCE, gathered=change.lines)
    assert quote.document.subtotal == money("21.94")
    assert quote.subscription.waiting is None
    assert quote_renewal(FRENCH, quote.subscription).document.subtotal == money("70.00")


def test_what_waits_adds_up_over_changes():
    first = gather()
    second = gather(HUGE, running=first.subscription)
    assert second.subscription.waiting == money("21.94")  # 10.97 + 10.97
    renewal = quote_renewal(FRENCH, second.subscription, gathered=(*first.lines, *second.lines))
    assert (renewal.document.subtotal, renewal.subscription.waiting) == (money("91.94"), None)  # 70.00 + 21.94


def test_there_and_back_waits_too():
    """The lines come to 0.00: they still wait, as their taxes may differ."""
    first = gather()
    back = gather(SMALL, running=first.subscription)
    assert back.subscription.waiting == money("0.00")  # 10.97 + (16.45 - 27.42)
    with pytest.raises(InvalidValueError, match="gathered"):
        quote_renewal(FRENCH, back.subscription)
    lines = (*first.lines, *back.lines)
    assert quote_renewal(FRENCH, back.subscription, gathered=lines).document.subtotal == money("30.00")


def test_a_change_that_costs_nothing_leaves_nothing_waiting():
    free = flat("0.00", "Free")
    running = quote_start(FRENCH, free, 1, START).subscription
    assert gather(flat("0.00", "Other"), running=running).subscription.waiting is None


def documents(running, gathered):
    """Every function that makes a document of a running subscription."""
    return (
        lambda: quote_renewal(FRENCH, running, gathered=gathered),
        lambda: quote_change(FRENCH, running, HUGE, 1, DAY, AT_ONCE, gathered=gathered),
        lambda: quote_cancellation(FRENCH, running, DAY, GIVES, gathered=gathered),
    )


@pytest.mark.parametrize("at", range(3))
def test_nothing_that_waits_is_lost_or_billed_twice(at):
    change = gather()
    with pytest.raises(InvalidValueError, match="give the lines of every change"):
        documents(change.subscription, ())[at]()
    with pytest.raises(InvalidValueError, match="give the lines of every change"):
        documents(change.subscription, change.lines[:1])[at]()
    with pytest.raises(InvalidValueError, match="no lines wait"):
        documents(quote_start(FRENCH, SMALL, 1, START).subscription, change.lines)[at]()
    for junk in (None, [*change.lines], (1,)):
        with pytest.raises(InvalidTypeError):
            documents(change.subscription, junk)[at]()


def test_what_waits_stays_on_the_subscription():
    change = gather()
    later = schedule_change(FRENCH, change.subscription, SMALL, 1, DAY, PRESETS["store_deferred"].policy)
    for running in (later.subscription, cancel_subscription(change.subscription)):
        assert running.waiting == money("10.97")
    assert from_record(to_record(change)) == change
    with pytest.raises(InvalidTypeError):
        attrs.evolve(change.subscription, waiting=1)
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(change.subscription, waiting=money("1.00", "USD"))
