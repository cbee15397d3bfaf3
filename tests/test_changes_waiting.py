"""Changes that wait: gathered lines stand on the next document exactly once, and what is scheduled comes on its day."""

from datetime import date

import attrs
import pytest

from billingcore.changes import OutcomeKind, RefusedReason
from billingcore.cycles import ANNUAL
from billingcore.errors import CurrencyMismatchError, InvalidTypeError
from billingcore.invoices import CreditNote, Invoice
from billingcore.money import total
from billingcore.proration import Change, Settlement, prorate_change
from billingcore.records import from_record, to_record
from billingcore.subscriptions import NextSale
from samples import (
    FRENCH,
    HUGE,
    LARGE,
    LARGE_60,
    MAIN,
    MID_APRIL,
    POLICIES,
    SMALL,
    TENTH,
    TWENTY_FOURTH,
    bought,
    changed,
    ended,
    flat,
    in_currency,
    money,
    paid,
    policy,
    renewed,
    started,
    started_in_april,
    with_credit,
)

LAST = date(2026, 2, 9)


GATHERS, GIVES, AT_ONCE, DEFERRED = (
    POLICIES[name] for name in ("stripe_classic", "stripe", "chargebee", "google_deferred")
)


def gather(plan=LARGE, day=TWENTY_FOURTH, running=None):
    running = running or bought(FRENCH, SMALL, 1, TENTH).subscription
    return changed(FRENCH, running, plan, 1, day, GATHERS)


def what_waits(subscription):
    """Give what the lines that wait come to before tax."""
    return total([line.net for line in subscription.waiting], subscription.currency)


def outcome_of(quote):
    (outcome,) = quote.outcomes
    return outcome.outcome, outcome.effective_on


@pytest.mark.parametrize(
    "name", [name for name, each in POLICIES.items() if each.settlement is Settlement.NEXT_INVOICE]
)
def test_a_change_that_is_gathered_stands_on_the_next_invoice(name):
    gathered = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES[name])
    net = prorate_change(POLICIES[name], Change.to(MID_APRIL, LARGE_60), [started_in_april().billed[-1]]).net
    assert (gathered.documents, gathered.entries, gathered.due_now) == ((), (), money("0.00"))
    assert (what_waits(gathered.subscription), gathered.outcomes[0].net) == (net, net)
    assert outcome_of(gathered)[0] is OutcomeKind.GATHERED
    assert from_record(to_record(gathered)) == gathered
    assert gathered.next_bill_on == date(2026, 5, 1)
    assert f"gathered, from {gathered.outcomes[0].effective_on}, {net} before tax" in gathered.explain()
    renewal = renewed(FRENCH, gathered.subscription)
    assert renewal.document.subtotal == money("60.00") + net
    assert renewal.subscription.billed[-1].period.start == date(2026, 5, 1)
    assert renewal.subscription.waiting == ()


def test_a_change_that_waits_is_scheduled():
    later = changed(FRENCH, started_in_april(), LARGE_60, 2, MID_APRIL, DEFERRED)
    assert (later.documents, outcome_of(later)) == ((), (OutcomeKind.SCHEDULED, date(2026, 5, 1)))
    (sale,) = later.subscription.next
    assert sale.describe() == "main: Large × 2 from 2026-05-01"
    assert later.explain().split("\n") == [
        "nothing is billed or given back now",
        "  main: scheduled, from 2026-05-01, 0.00 EUR before tax",
        "  next bill on 2026-05-01",
    ]
    renewal = renewed(FRENCH, later.subscription)
    assert (renewal.document.subtotal, renewal.subscription.next) == (money("60.00"), ())
    yearly = changed(FRENCH, started_in_april(), flat("600.00", cadence=ANNUAL), 1, MID_APRIL, DEFERRED)
    assert renewed(FRENCH, yearly.subscription).next_bill_on == date(2027, 5, 1)
    assert from_record(to_record(later)) == later


def test_a_rule_that_does_not_wait_bills_the_change_now():
    quote = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES["polar"])
    assert (len(quote.documents), outcome_of(quote)) == (1, (OutcomeKind.BILLED, MID_APRIL))
    assert (quote.subscription.waiting, quote.subscription.next) == ((), ())


def test_a_new_period_has_its_invoice_now():
    """Another interval restarts the period: its first invoice comes now, so nothing can wait for the next."""
    yearly = flat("600.00", "Yearly", ANNUAL)
    quote = changed(FRENCH, started(), yearly, 1, TWENTY_FOURTH, GATHERS)
    assert quote.document.subtotal == money("583.55")  # 600.00 - 30.00 × 17/31
    assert outcome_of(quote) == (OutcomeKind.BILLED, TWENTY_FOURTH)
    waited = changed(FRENCH, gather().subscription, yearly, 1, TWENTY_FOURTH, GATHERS)
    assert waited.document.subtotal == money("583.55")  # 10.97 that waited + 600.00 - 27.42
    assert waited.subscription.waiting == ()


def test_on_the_last_day_nothing_is_gathered():
    """No day of the period is left to change: it waits for the renewal."""
    rule = policy("braintree", settlement=Settlement.NEXT_INVOICE)
    quote = changed(FRENCH, started(), LARGE, 1, LAST, rule)
    assert outcome_of(quote) == (OutcomeKind.SCHEDULED, date(2026, 2, 10))
    assert quote.subscription.waiting == ()
    assert renewed(FRENCH, quote.subscription).document.subtotal == money("50.00")


def test_a_cancellation_gives_back_no_more_than_was_billed():
    """30.00 was billed, 17 of 31 days are unused: -27.42 + 27.42 - 16.45, and 20 % of it."""
    change = gather()
    assert what_waits(change.subscription) == money("10.97")  # 27.42 - 16.45
    quote = ended(FRENCH, change.subscription, TWENTY_FOURTH, GIVES)
    assert (quote.document.net, quote.document.tax, quote.credit_left) == (
        money("16.45"),
        money("3.29"),
        money("19.74"),
    )
    assert (quote.due_now, quote.subscription.waiting) == (money("0.00"), ())
    assert from_record(to_record(quote)) == quote


@pytest.mark.parametrize(
    ("rule", "balance", "due", "left"),
    [
        (POLICIES["none"], None, "13.16", "0.00"),  # 10.97 + 2.19 tax; nothing goes back
        (policy("chargebee", settlement=Settlement.FORFEIT), None, "13.16", "0.00"),  # the credit is lost
        (POLICIES["none"], "20.00", "0.00", "6.84"),  # 20.00 - 13.16
    ],
)
def test_what_waits_is_billed_where_nothing_goes_back(rule, balance, due, left):
    change = gather()
    account = FRENCH if balance is None else with_credit(FRENCH, balance)
    quote = ended(account, change.subscription, TWENTY_FOURTH, rule)
    assert type(quote.document) is Invoice
    assert (quote.document.subtotal, quote.due_now, quote.credit_left) == (money("10.97"), money(due), money(left))
    assert from_record(to_record(quote)) == quote


@pytest.mark.parametrize(("balance", "due", "left"), [(None, "13.16", "0.00"), ("20.00", "0.00", "6.84")])
def test_what_waits_is_billed_where_nothing_renews(balance, due, left):
    """Service runs on to 10 February; no renewal will bill the change, so the document of the end does."""
    account = FRENCH if balance is None else with_credit(FRENCH, balance)
    ending = ended(account, gather().subscription, TWENTY_FOURTH, DEFERRED)
    assert (ending.documents, ending.subscription.ends_on) == ((), date(2026, 2, 10))
    assert (what_waits(ending.subscription), ending.next_bill_on) == (money("10.97"), date(2026, 2, 10))
    again = ended(account, ending.subscription, TWENTY_FOURTH, DEFERRED)
    assert again.reason is RefusedReason.ALREADY_ACCEPTED
    last = renewed(account, ending.subscription)
    assert (last.document.subtotal, last.due_now, last.credit_left) == (money("10.97"), money(due), money(left))
    assert (last.subscription.ended_on, last.subscription.waiting) == (date(2026, 2, 10), ())
    assert from_record(to_record(last)) == last
    sooner = ended(account, ending.subscription, TWENTY_FOURTH, POLICIES["none"])  # it ends at once, for nothing
    assert (sooner.due_now, sooner.subscription.ended_on) == (money(due), TWENTY_FOURTH)


def test_a_refund_pays_out_the_rest():
    change = gather()
    rule = policy("chargebee", settlement=Settlement.REFUND)
    customer = paid(FRENCH, bought(FRENCH, SMALL, 1, TENTH, number="S-1"))  # 36.00 for what `started` gives
    quote = ended(customer, change.subscription, TWENTY_FOURTH, rule, number="C-1")
    assert (type(quote.document), quote.to_refund, quote.credit_left) == (CreditNote, money("19.74"), money("19.74"))


def test_a_change_at_once_settles_what_waits():
    """Large to Huge: 70.00 × 17/31 - 27.42 = 38.39 - 27.42 = 10.97, and 10.97 that waited."""
    change = gather()
    quote = changed(FRENCH, change.subscription, HUGE, 1, TWENTY_FOURTH, AT_ONCE)
    assert quote.document.subtotal == money("21.94")
    assert quote.subscription.waiting == ()
    assert renewed(FRENCH, quote.subscription).document.subtotal == money("70.00")


def test_what_waits_adds_up_over_changes():
    first = gather()
    second = gather(HUGE, running=first.subscription)
    assert what_waits(second.subscription) == money("21.94")  # 10.97 + 10.97
    renewal = renewed(FRENCH, second.subscription)
    assert (renewal.document.subtotal, renewal.subscription.waiting) == (money("91.94"), ())  # 70.00 + 21.94


def test_there_and_back_waits_too():
    """The lines come to 0.00: they still wait, as their taxes may differ."""
    first = gather()
    back = gather(SMALL, running=first.subscription)
    assert (what_waits(back.subscription), len(back.subscription.waiting)) == (
        money("0.00"),
        4,
    )  # 10.97 + (16.45 - 27.42)
    renewal = renewed(FRENCH, back.subscription)
    assert (renewal.document.subtotal, len(renewal.document.lines)) == (money("30.00"), 5)


def test_a_change_that_costs_nothing_leaves_nothing_waiting():
    free = flat("0.00", "Free")
    running = bought(FRENCH, free, 1, TENTH).subscription
    assert gather(flat("0.00", "Other"), running=running).subscription.waiting == ()


DOCUMENTS = {
    "a renewal": lambda running: renewed(FRENCH, running, number="D-1"),
    "a change at once": lambda running: changed(FRENCH, running, HUGE, 1, TWENTY_FOURTH, AT_ONCE, number="D-1"),
    "an end": lambda running: ended(FRENCH, running, TWENTY_FOURTH, GIVES, number="D-1"),
}


def shown(document):
    """Give the lines of a document as they were made, those of a credit note too."""
    return [getattr(line, "line", line) for line in document.lines] if type(document) is CreditNote else document.lines


@pytest.mark.parametrize("made", DOCUMENTS.values(), ids=DOCUMENTS)
def test_nothing_that_waits_is_lost_or_billed_twice(made):
    """Each line that waited stands once on the document, and waits no more; the period that it billed names it."""
    change = gather()
    quote = made(change.subscription)
    lines = [(type(line), line.net) for line in shown(quote.document)]
    for line in change.subscription.waiting:
        assert lines.count((type(line), line.net)) >= 1
    alone = made(started()).document
    extra = len(quote.document.lines) - len(alone.lines)
    assert (extra, quote.subscription.waiting) == (len(change.subscription.waiting), ())
    held = quote.subscription.billed[1]
    assert (held.plan, held.document.number) == (LARGE, "D-1")
    assert shown(quote.document)[held.document.line - 1].net == held.net


def test_what_waits_stays_on_the_subscription():
    change = gather()
    later = changed(FRENCH, change.subscription, SMALL, 1, TWENTY_FOURTH, DEFERRED)
    (sale,) = later.subscription.next
    assert sale == NextSale(MAIN, date(2026, 2, 10), attrs.evolve(change.subscription.main, plan=SMALL))
    for running in (later.subscription, ended(FRENCH, change.subscription, TWENTY_FOURTH, DEFERRED).subscription):
        assert what_waits(running) == money("10.97")
    assert from_record(to_record(change)) == change
    for junk in (1, [], (1,), None):
        with pytest.raises(InvalidTypeError):
            attrs.evolve(change.subscription, waiting=junk)
    dollars = in_currency(FRENCH, "USD")
    abroad = bought(dollars, flat("30.00", currency="USD"), 1, TENTH).subscription
    waits = changed(dollars, abroad, flat("50.00", "Large", currency="USD"), 1, TWENTY_FOURTH, GATHERS)
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(change.subscription, waiting=waits.subscription.waiting)
