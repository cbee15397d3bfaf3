"""What quotes and transitions refuse: entries that do not follow from the documents, and junk on every path."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore.changes import (
    Refused,
    RefusedReason,
    Scheduled,
    gather_change,
    quote_cancellation,
    quote_change,
    quote_renewal,
    quote_start,
    schedule_change,
)
from billingcore.cycles import MONTHLY, Cadence, Resume, Trial, TrialChange, Unit
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger import Credited
from billingcore.money import Money, total
from billingcore.parties import Buyer, Seller
from billingcore.places import Address
from billingcore.plans import FlatPrice, Plan
from billingcore.proration import Clock, ProrationPolicy, Settlement
from billingcore.records import from_record, to_record
from billingcore.subscriptions import (
    cancel_subscription,
    change_trial,
    convert_trial,
    limit_subscription,
    pause_subscription,
    renew_subscription,
    resume_subscription,
    start_subscription,
    start_trial,
)
from billingcore.tax import Undetermined, UndeterminedReason
from samples import (
    HUGE_93,
    LARGE_62,
    POLICIES,
    SMALL_31,
    SWISS,
    UNTAXED,
    account,
    day,
    in_currency,
    money,
    paid,
    registrations,
    started_untaxed,
    with_credit,
)

PAID = paid(SWISS, quote_start(SWISS, HUGE_93, 1, day(1), number="S-1"))
"""Whose 93.00 were billed and paid."""
RICH = with_credit(PAID, "10.00")
CARRIED = ProrationPolicy.keep_dates(Clock.SECOND)
REFUNDED = attrs.evolve(CARRIED, settlement=Settlement.REFUND)
DEFERRED = POLICIES["google_deferred"]
ABROAD = account(
    Seller("Seller", Address("US", "US-MA"), registrations("US-MA")), Buyer("Buyer", Address("US"))
)  # no state
DISCOUNTS = [0, "", [], False, Fraction(0), (), Fraction(1), "1.00"]


def down(policy, customer=RICH):
    """Quote a change to a cheaper plan: the document is a credit note."""
    return quote_change(customer, started_untaxed(HUGE_93), SMALL_31, 1, day(10), policy)


QUOTES = {
    "an invoice": quote_start(SWISS, SMALL_31, 1, day(1)),
    "an invoice that spends a balance": quote_start(RICH, SMALL_31, 1, day(1)),
    "a credit note that is carried": down(CARRIED),
    "a credit note that is paid out": down(REFUNDED),
    "a cancellation that is carried": quote_cancellation(RICH, started_untaxed(), day(10), CARRIED),
    "a cancellation that is paid out": quote_cancellation(RICH, started_untaxed(), day(10), REFUNDED),
    "a cancellation for nothing": quote_cancellation(RICH, started_untaxed(), day(10), POLICIES["none"]),
    "an invoice and a note apart": quote_change(
        PAID,
        started_untaxed(HUGE_93),
        SMALL_31,
        1,
        day(10),
        attrs.evolve(CARRIED, settlement=Settlement.APART),
        credit_number="C-1",
    ),
}


def test_the_quotes_are_what_they_are_called():
    kinds = [type(quote.document) for quote in QUOTES.values()]
    assert kinds == [Invoice, Invoice, CreditNote, CreditNote, CreditNote, CreditNote, type(None), Invoice]
    paid_out = [name for name, quote in QUOTES.items() if quote.to_refund]
    assert paid_out == [
        "a credit note that is paid out",
        "a cancellation that is paid out",
        "an invoice and a note apart",
    ]
    for quote in QUOTES.values():
        assert from_record(to_record(quote)) == quote


ALTERED = {
    "an invoice": [{"amount": "31.01"}, {"reference": "other"}, {"on": "2026-01-02"}, {"recorded_on": "2026-01-03"}],
    "an invoice that spends a balance": [{"amount": "31.01"}],
    "a credit note that is carried": [{"amount": "43.99"}, {"of": "S-1"}, {"due_on": "2026-02-01"}],
    "an invoice and a note apart": [{"reference": "other"}],
}


@pytest.mark.parametrize("name", ALTERED)
def test_a_record_whose_entries_were_altered_does_not_load(name):
    for change in ALTERED[name]:
        record = to_record(QUOTES[name])
        amount = {"amount": record["entries"][0]["amount"] | change} if "amount" in change else change
        record["entries"][0] |= amount
        with pytest.raises(InvalidValueError, match="nothing else moves"):
            from_record(record)


def test_what_is_prepaid_is_what_is_applied():
    record = to_record(QUOTES["an invoice that spends a balance"])
    used = record["entries"][1]
    assert (used["type"], used["amount"]["amount"], used["source"]) == ("Applied", "10.00", "CN-0")
    for entries in (
        [record["entries"][0]],
        [record["entries"][0], used, used],
        [used, record["entries"][0]],
        [record["entries"][0], used | {"amount": to_record(money("9.99"))}],
        [record["entries"][0], used | {"to": "other"}],
        [record["entries"][0], used | {"on": "2026-01-02"}],
    ):
        with pytest.raises(InvalidValueError, match="nothing else moves"):
            from_record(record | {"entries": entries})
    with pytest.raises(CurrencyMismatchError):
        from_record(record | {"entries": [record["entries"][0], used | {"amount": to_record(money("10.00", "USD"))}]})
    document = record["document"] | {"prepaid": to_record(money("9.99")), "payable": to_record(money("21.01"))}
    with pytest.raises(InvalidValueError, match="nothing else moves"):
        from_record(record | {"document": document})
    plain = QUOTES["an invoice"]  # nothing is prepaid, and something applied
    with pytest.raises(InvalidValueError, match="nothing else moves"):
        attrs.evolve(plain, entries=(*plain.entries, QUOTES["an invoice that spends a balance"].entries[1]))


def test_the_due_day_of_an_entry_is_free():
    quote = QUOTES["an invoice"]
    later = attrs.evolve(quote.entries[0], due=day(15))
    assert attrs.evolve(quote, entries=(later,)).entries == (later,)


def test_without_a_document_nothing_moves():
    ended = QUOTES["a cancellation for nothing"]
    assert (ended.entries, ended.credit_left) == ((), money("10.00"))
    with pytest.raises(InvalidValueError, match="nothing else moves"):
        attrs.evolve(ended, entries=QUOTES["an invoice"].entries)


def test_a_note_apart_stands_apart():
    quote = QUOTES["an invoice and a note apart"]
    entries = (*quote.entries[:-1], attrs.evolve(quote.entries[-1], apart=False))
    with pytest.raises(InvalidValueError, match="nothing else moves"):
        attrs.evolve(quote, entries=entries, to_refund=money(0))


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
def test_a_record_whose_figures_were_altered_does_not_load(quote):
    """What a note gives is credit, and what stands apart may be paid back: no less is left, and no more goes back."""
    notes = [each for each in quote.entries if isinstance(each, Credited)]
    given = total((each.amount for each in notes), "EUR")
    apart = total((each.amount for each in notes if each.apart), "EUR")
    altered = {
        "credit_left": (given - money("0.01"), money("-999.00")),
        "to_refund": (apart + money("0.01"), money("-0.01")),
    }
    for name, amounts in altered.items():
        for amount in amounts:
            with pytest.raises(InvalidValueError):
                from_record(to_record(quote) | {name: to_record(amount)})
        with pytest.raises(CurrencyMismatchError):
            from_record(to_record(quote) | {name: to_record(money(getattr(quote, name).amount, "USD"))})
        with pytest.raises(InvalidTypeError):
            attrs.evolve(quote, **{name: "0.00"})
    assert attrs.evolve(quote, to_refund=apart).to_refund == apart


def test_what_is_paid_back_stands_apart():
    for name in ("an invoice", "a credit note that is carried", "a cancellation for nothing"):
        with pytest.raises(InvalidValueError, match=r"to_refund .*between nothing and what stands apart.*0\.00 EUR"):
            attrs.evolve(QUOTES[name], to_refund=money("0.01"))


@pytest.mark.parametrize(
    ("quote", "changes"),
    [
        (QUOTES["an invoice"], {"document": None, "subscription": None, "entries": 0, "credit_left": None}),
        (QUOTES["an invoice"], {"document": "draft", "to_refund": 0}),
        (QUOTES["a cancellation for nothing"], {"document": 1, "subscription": started_untaxed(), "to_refund": None}),
        (Refused(RefusedReason.TAX_UNDETERMINED, quote_start(ABROAD, SMALL_31, 1, day(1)).ruling), {"reason": "x", "ruling": None}),
        (schedule_change(SWISS, started_untaxed(), LARGE_62, 1, day(10), DEFERRED), {"effective_on": "x", "subscription": None}),
    ],
    ids=lambda value: "" if type(value) is dict else type(value).__name__,
)  # fmt: skip
def test_a_field_of_another_type_is_refused(quote, changes):
    for name, junk in changes.items():
        with pytest.raises(InvalidTypeError) as caught:
            attrs.evolve(quote, **{name: junk})
        assert caught.value.name == name


def test_a_document_in_another_currency_is_refused():
    dollars = Plan("Dollars", FlatPrice(Money.of("31.00", "USD")), MONTHLY)
    other = quote_start(in_currency(SWISS, "USD"), dollars, 1, day(1)).document
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(QUOTES["an invoice"], document=other)


def test_a_refusal_needs_a_decision_that_stands_in_the_way():
    with pytest.raises(InvalidValueError, match="it is settled"):
        Refused(RefusedReason.TAX_UNDETERMINED, UNTAXED)


def test_a_change_is_scheduled_for_the_end_of_what_is_paid():
    with pytest.raises(InvalidValueError, match="the running period ends on 2026-02-01"):
        Scheduled(day(31), started_untaxed())


# Arguments that the path does not need


@pytest.mark.parametrize(
    "ask",
    [
        lambda running, on: quote_change(SWISS, running, LARGE_62, 1, on, CARRIED),
        lambda running, on: gather_change(SWISS, running, LARGE_62, 1, on, POLICIES["stripe"]),
        lambda running, on: schedule_change(SWISS, running, LARGE_62, 1, on, DEFERRED),
        lambda running, on: quote_cancellation(SWISS, running, on, CARRIED),
    ],
)
def test_a_day_outside_the_newest_period_and_a_state_that_stands_still_have_a_remedy(ask):
    renewed = renew_subscription(started_untaxed(), UNTAXED)  # January, and then February 2026
    lies = r"a change lies within the newest billed period \(2026-02-01 to 2026-03-01\); "
    before = r"it runs from 2026-02-01 on, and earlier ones are credited by credit notes \(credit_in_part\)"
    with pytest.raises(InvalidValueError, match=f"_on 2026-01-31: {lies}{before}"):
        ask(renewed, day(31))
    with pytest.raises(InvalidValueError, match=f"_on 2026-03-01: {lies}from its end on, renew first"):
        ask(renewed, date(2026, 3, 1))
    limited = limit_subscription(renewed, date(2026, 2, 15), money("31.00"))
    for state in (limited, pause_subscription(renewed, date(2026, 2, 15))):
        told = f"subscription must be an Active subscription; a {state.status} one holds it as .subscription, not"
        with pytest.raises(InvalidTypeError, match=told):
            ask(state, date(2026, 2, 20))
        ask(state.subscription, date(2026, 2, 20))
    with pytest.raises(InvalidTypeError, match="subscription must be an Active subscription, not"):
        ask(None, day(1))


@pytest.mark.parametrize("discount", DISCOUNTS)
@pytest.mark.parametrize("customer", [SWISS, ABROAD], ids=["settled", "refused"])
def test_only_none_is_no_discount(discount, customer):
    trial = start_trial(SMALL_31, 1, Trial(date(2026, 1, 1), date(2026, 1, 8)))
    calls = [
        lambda: quote_start(customer, SMALL_31, 1, day(1), discount=discount),
        lambda: quote_renewal(customer, started_untaxed(), discount=discount),
        lambda: quote_change(customer, started_untaxed(), LARGE_62, 1, day(10), CARRIED, discount=discount),
        lambda: start_subscription(SMALL_31, 1, day(1), UNTAXED, discount),
        lambda: renew_subscription(started_untaxed(), UNTAXED, discount),
        lambda: convert_trial(trial, UNTAXED, discount),
    ]
    for call in calls:
        with pytest.raises(InvalidTypeError, match="discount"):
            call()


def test_a_discount_of_nothing_is_a_discount():
    assert start_subscription(SMALL_31, 1, day(1), UNTAXED, money(0)) == start_subscription(
        SMALL_31, 1, day(1), UNTAXED
    )


@pytest.mark.parametrize("rounding", [5, "half_up", None])
def test_the_rounding_is_looked_at_without_a_stub(rounding):
    paused = pause_subscription(started_untaxed(), day(10))
    calls = [
        lambda: start_subscription(SMALL_31, 1, day(1), UNTAXED, rounding=rounding),
        lambda: renew_subscription(started_untaxed(), UNTAXED, rounding=rounding),
        *[lambda how=how: resume_subscription(paused, day(20), how, UNTAXED, rounding) for how in Resume],
    ]
    for call in calls:
        with pytest.raises(InvalidTypeError, match="rounding"):
            call()


@pytest.mark.parametrize("how", Resume)
def test_the_decision_is_looked_at_where_nothing_is_billed(how):
    for ruling in (5, None, "untaxed"):
        with pytest.raises(InvalidTypeError, match="ruling"):
            resume_subscription(pause_subscription(started_untaxed(), day(10)), day(20), how, ruling)


@pytest.mark.parametrize("how", TrialChange)
def test_the_length_of_a_trial_is_looked_at_where_its_end_stays(how):
    trial = start_trial(SMALL_31, 1, Trial(day(1), day(8)))
    for length in (5, "week", 0, False):
        with pytest.raises(InvalidTypeError, match="length"):
            change_trial(trial, LARGE_62, 1, day(3), how, length)
    assert change_trial(trial, LARGE_62, 1, day(3), how, Cadence(1, Unit.WEEK)).plan == LARGE_62


JUNK = {"plan": None, "quantity": "1", "number": 7, "gathered": [], "schedule": 5, "rules": "none"}


@pytest.mark.parametrize("name", JUNK)
@pytest.mark.parametrize("customer", [SWISS, ABROAD], ids=["settled", "refused"])
def test_arguments_are_looked_at_before_a_refusal(customer, name):
    """The tax of the US without a state is not known: a `Refused` answers only for arguments that could be quoted."""
    subscription = started_untaxed()
    calls = [
        (quote_start, {"plan": SMALL_31, "quantity": 1, "start_on": day(1), "number": "1", "schedule": None}),
        (quote_renewal, {"subscription": subscription, "number": "1", "gathered": ()}),
        (
            quote_change,
            {
                "subscription": subscription, "plan": LARGE_62, "quantity": 1, "change_on": day(10), "rules": CARRIED,
                "number": "1", "gathered": (),
            },
        ),
        (
            gather_change,
            {
                "subscription": subscription, "plan": LARGE_62, "quantity": 1, "change_on": day(10),
                "rules": POLICIES["stripe"],
            },
        ),
        (
            schedule_change,
            {"subscription": subscription, "plan": LARGE_62, "quantity": 1, "change_on": day(10), "rules": DEFERRED},
        ),
    ]  # fmt: skip
    for function, arguments in calls:
        if name in arguments:
            with pytest.raises(InvalidTypeError) as caught:
                function(customer, **arguments | {name: JUNK[name]})
            assert caught.value.name == name


def test_a_number_is_looked_at_where_nothing_is_given_back():
    for number, error in ((7, InvalidTypeError), ("", InvalidValueError), ("a\nb", InvalidValueError)):
        with pytest.raises(error, match="number"):
            quote_cancellation(SWISS, started_untaxed(), day(10), POLICIES["none"], number=number)


def test_what_does_not_renew_is_an_error_whatever_the_tax():
    for customer in (SWISS, ABROAD):
        with pytest.raises(InvalidValueError, match="does not renew"):
            quote_renewal(customer, cancel_subscription(started_untaxed()))


def test_a_refusal_comes_after_the_checks():
    assert isinstance(quote_start(ABROAD, SMALL_31, 1, day(1)).ruling, Undetermined)
    assert quote_start(ABROAD, SMALL_31, 1, day(1)).ruling.reason is UndeterminedReason.SUBDIVISION_MISSING
    assert isinstance(quote_renewal(ABROAD, started_untaxed()), Refused)
    assert isinstance(quote_change(ABROAD, started_untaxed(), LARGE_62, 1, day(10), CARRIED), Refused)
