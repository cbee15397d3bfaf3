"""Changes that wait: lines gathered for the next invoice are billed exactly once, and what is scheduled comes on its day."""

from datetime import date

import attrs
import pytest

from billingcore.changes import (
    gather_change,
    quote_change,
)
from billingcore.cycles import ANNUAL
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.proration import Change, Settlement, prorate_change
from billingcore.records import from_record, to_record
from billingcore.subscriptions import cancel_subscription
from samples import (
    FRENCH,
    HUGE,
    LARGE,
    LARGE_60,
    MID_APRIL,
    POLICIES,
    SMALL,
    TENTH,
    TWENTY_FOURTH,
    changed_in_april,
    flat,
    money,
    paid,
    policy,
    started,
    started_in_april,
    with_credit,
)

LAST = date(2026, 2, 9)


GATHERS, GIVES, AT_ONCE = (POLICIES[name] for name in ("stripe_classic", "stripe", "chargebee"))


def gather(plan=LARGE, day=TWENTY_FOURTH, running=None):
    running = running or bought(FRENCH, SMALL, 1, TENTH).subscription
    return changed(FRENCH, running, plan, 1, day, GATHERS)


@pytest.mark.parametrize(
    "name", [name for name, each in POLICIES.items() if each.settlement is Settlement.NEXT_INVOICE]
)
def test_a_change_that_is_gathered_stands_on_the_next_invoice(name):
    with pytest.raises(InvalidValueError, match="use gather_change"):
        changed_in_april(name)
    gathered = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES[name])
    net = prorate_change(POLICIES[name], Change.to(MID_APRIL, LARGE_60), [started_in_april().billed[-1]]).net
    assert from_record(to_record(gathered)) == gathered
    assert "billed on the invoice of 2026-05-01" in gathered.explain()
    renewal = renewed(FRENCH, gathered.subscription, gathered=gathered.lines)
    assert renewal.document.subtotal == money("60.00") + net
    assert renewal.subscription.billed[-1].period.start == date(2026, 5, 1)


def test_a_change_that_waits_is_scheduled():
    deferred = POLICIES["google_deferred"]
    for function in (quote_change, gather_change):
        with pytest.raises(InvalidValueError, match="use schedule_change"):
            function(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, deferred)
    later = changed(FRENCH, started_in_april(), LARGE_60, 2, MID_APRIL, deferred)
    assert later.explain() == "Large × 2 from 2026-05-01; nothing is billed now"
    assert renewed(FRENCH, later.subscription).document.subtotal == money("60.00")
    yearly = changed(FRENCH, started_in_april(), flat("600.00", cadence=ANNUAL), 1, MID_APRIL, deferred)
    assert renewed(FRENCH, yearly.subscription).next_bill_on == date(2027, 5, 1)
    assert from_record(to_record(later)) == later
    with pytest.raises(InvalidValueError, match="does not wait"):
        changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES["polar"])


def test_the_wrong_function_names_the_right_one():
    with pytest.raises(InvalidValueError, match="use quote_change"):
        changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES["polar"])


def test_a_new_period_has_its_invoice_now():
    """Another interval restarts the period: its first invoice comes now, so nothing can wait for the next."""
    yearly = flat("600.00", "Yearly", ANNUAL)
    with pytest.raises(InvalidValueError, match=r"change_on .*a new period starts, and its invoice comes now"):
        changed(FRENCH, started(), yearly, 1, TWENTY_FOURTH, GATHERS)
    quote = changed(FRENCH, started(), yearly, 1, TWENTY_FOURTH, GATHERS)
    assert quote.document.subtotal == money("583.55")  # 600.00 - 30.00 × 17/31


def test_on_the_last_day_nothing_is_gathered():
    with pytest.raises(InvalidValueError, match="with schedule_change"):
        changed(FRENCH, started(), LARGE, 1, LAST, policy("braintree", settlement=Settlement.NEXT_INVOICE))


def test_a_cancellation_gives_back_no_more_than_was_billed():
    """30.00 was billed, 17 of 31 days are unused: -27.42 + 27.42 - 16.45, and 20 % of it."""
    change = gather()
    assert change.subscription.waiting == money("10.97")  # 27.42 - 16.45
    quote = ended(FRENCH, change.subscription, TWENTY_FOURTH, GIVES, gathered=change.lines)
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
        (POLICIES["none"], None, "13.16", "0.00"),  # 10.97 + 2.19 tax; nothing goes back
        (POLICIES["google_deferred"], None, "13.16", "0.00"),  # service runs on; no renewal will bill the change
        (policy("chargebee", settlement=Settlement.FORFEIT), None, "13.16", "0.00"),  # the credit is lost
        (POLICIES["none"], "20.00", "0.00", "6.84"),  # 20.00 - 13.16
    ],
)
def test_what_waits_is_billed_where_nothing_goes_back(rule, balance, due, left):
    change = gather()
    account = FRENCH if balance is None else with_credit(FRENCH, balance)
    quote = ended(account, change.subscription, TWENTY_FOURTH, rule, gathered=change.lines)
    assert type(quote.document) is Invoice
    assert (quote.document.subtotal, quote.due_now, quote.credit_left) == (money("10.97"), money(due), money(left))
    assert from_record(to_record(quote)) == quote


def test_what_waits_is_billed_where_nothing_renews():
    change = gather()
    ending, rule = cancel_subscription(change.subscription), POLICIES["google_deferred"]
    quote = ended(FRENCH, ending, TWENTY_FOURTH, rule, gathered=change.lines)
    assert (quote.due_now, quote.subscription.ended_on) == (money("13.16"), date(2026, 2, 10))


def test_a_refund_pays_out_the_rest():
    change = gather()
    rule = policy("chargebee", settlement=Settlement.REFUND)
    bought = paid(FRENCH, bought(FRENCH, SMALL, 1, TENTH, number="S-1"))  # 36.00 for what `started` gives
    quote = ended(bought, change.subscription, TWENTY_FOURTH, rule, number="C-1", gathered=change.lines)
    assert (type(quote.document), quote.to_refund, quote.credit_left) == (CreditNote, money("19.74"), money("19.74"))


def test_a_change_at_once_settles_what_waits():
    """Large to Huge: 70.00 × 17/31 - 27.42 = 38.39 - 27.42 = 10.97, and 10.97 that waited."""
    change = gather()
    quote = changed(FRENCH, change.subscription, HUGE, 1, TWENTY_FOURTH, AT_ONCE, gathered=change.lines)
    assert quote.document.subtotal == money("21.94")
    assert quote.subscription.waiting is None
    assert renewed(FRENCH, quote.subscription).document.subtotal == money("70.00")


def test_what_waits_adds_up_over_changes():
    first = gather()
    second = gather(HUGE, running=first.subscription)
    assert second.subscription.waiting == money("21.94")  # 10.97 + 10.97
    renewal = renewed(FRENCH, second.subscription, gathered=(*first.lines, *second.lines))
    assert (renewal.document.subtotal, renewal.subscription.waiting) == (money("91.94"), None)  # 70.00 + 21.94


def test_there_and_back_waits_too():
    """The lines come to 0.00: they still wait, as their taxes may differ."""
    first = gather()
    back = gather(SMALL, running=first.subscription)
    assert back.subscription.waiting == money("0.00")  # 10.97 + (16.45 - 27.42)
    with pytest.raises(InvalidValueError, match="gathered"):
        renewed(FRENCH, back.subscription)
    lines = (*first.lines, *back.lines)
    assert renewed(FRENCH, back.subscription, gathered=lines).document.subtotal == money("30.00")


def test_a_change_that_costs_nothing_leaves_nothing_waiting():
    free = flat("0.00", "Free")
    running = bought(FRENCH, free, 1, TENTH).subscription
    assert gather(flat("0.00", "Other"), running=running).subscription.waiting is None


def documents(running, gathered):
    """Every function that makes a document of a running subscription."""
    return (
        lambda: renewed(FRENCH, running, gathered=gathered),
        lambda: changed(FRENCH, running, HUGE, 1, TWENTY_FOURTH, AT_ONCE, gathered=gathered),
        lambda: ended(FRENCH, running, TWENTY_FOURTH, GIVES, gathered=gathered),
    )


@pytest.mark.parametrize("at", range(3))
def test_nothing_that_waits_is_lost_or_billed_twice(at):
    change = gather()
    with pytest.raises(InvalidValueError, match="give the lines of every change"):
        documents(change.subscription, ())[at]()
    with pytest.raises(InvalidValueError, match="give the lines of every change"):
        documents(change.subscription, change.lines[:1])[at]()
    with pytest.raises(InvalidValueError, match="no lines wait"):
        documents(bought(FRENCH, SMALL, 1, TENTH).subscription, change.lines)[at]()
    for junk in (None, [*change.lines], (1,)):
        with pytest.raises(InvalidTypeError):
            documents(change.subscription, junk)[at]()


def test_what_waits_stays_on_the_subscription():
    change = gather()
    later = changed(FRENCH, change.subscription, SMALL, 1, TWENTY_FOURTH, POLICIES["google_deferred"])
    for running in (later.subscription, cancel_subscription(change.subscription)):
        assert running.waiting == money("10.97")
    assert from_record(to_record(change)) == change
    with pytest.raises(InvalidTypeError):
        attrs.evolve(change.subscription, waiting=1)
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(change.subscription, waiting=money("1.00", "USD"))
