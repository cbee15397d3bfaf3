"""What quotes and transitions refuse: a balance that does not follow from the document, and junk on every path."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore.changes import (
    Account,
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
from billingcore.money import Money
from billingcore.parties import Buyer, Seller
from billingcore.places import Address
from billingcore.plans import FlatPrice, Plan
from billingcore.proration import Clock, ProrationPolicy, Settlement
from billingcore.records import from_record, to_record
from billingcore.subscriptions import (
    cancel_subscription,
    change_trial,
    convert_trial,
    pause_subscription,
    renew_subscription,
    resume_subscription,
    start_subscription,
    start_trial,
)
from billingcore.tax import Undetermined, UndeterminedReason
from samples import HUGE_93, LARGE_62, POLICIES, SMALL_31, SWISS, UNTAXED, day, money, registrations, started_untaxed

RICH = attrs.evolve(SWISS, balance=money("10.00"))
CARRIED = ProrationPolicy.keep_dates(Clock.SECOND)
REFUNDED = attrs.evolve(CARRIED, settlement=Settlement.REFUND)
DEFERRED = POLICIES["google_deferred"]
ABROAD = Account(
    Seller("Seller", Address("US", "US-MA"), registrations("US-MA")), Buyer("Buyer", Address("US"))
)  # no state
DISCOUNTS = [0, "", [], False, Fraction(0), (), Fraction(1), "1.00"]


def down(policy, account=RICH):
    """Quote a change to a cheaper plan: the document is a credit note."""
    return quote_change(account, started_untaxed(HUGE_93), SMALL_31, 1, day(10), policy)


QUOTES = {
    "an invoice": quote_start(SWISS, SMALL_31, 1, day(1)),
    "an invoice that spends a balance": quote_start(RICH, SMALL_31, 1, day(1)),
    "a credit note that is carried": down(CARRIED),
    "a credit note that is paid out": down(REFUNDED),
    "a cancellation that is carried": quote_cancellation(RICH, started_untaxed(), day(10), CARRIED),
    "a cancellation that is paid out": quote_cancellation(RICH, started_untaxed(), day(10), REFUNDED),
    "a cancellation for nothing": quote_cancellation(RICH, started_untaxed(), day(10), POLICIES["none"]),
}


def test_the_quotes_are_what_they_are_called():
    kinds = [type(quote.document) for quote in QUOTES.values()]
    assert kinds == [Invoice, Invoice, CreditNote, CreditNote, CreditNote, CreditNote, type(None)]
    assert QUOTES["a credit note that is paid out"].refund
    assert QUOTES["a cancellation that is paid out"].refund
    for quote in QUOTES.values():
        assert from_record(to_record(quote)) == quote


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
@pytest.mark.parametrize("name", ["balance_before", "credit_left", "refund"])
def test_a_record_whose_balance_was_altered_does_not_load(quote, name):
    kept = getattr(quote, name) or money(0)
    for amount in (kept + money("0.01"), kept - money("0.01"), money("999.00")):
        record = to_record(quote) | {name: to_record(amount)}
        with pytest.raises(InvalidValueError):
            from_record(record)
    foreign = to_record(quote) | {name: to_record(Money.of(kept.amount, "USD"))}
    with pytest.raises(CurrencyMismatchError):
        from_record(foreign)
    with pytest.raises(InvalidTypeError):
        attrs.evolve(quote, **{name: "0.00"})


@pytest.mark.parametrize("quote", [QUOTES["an invoice"], QUOTES["a cancellation for nothing"]])
def test_what_is_paid_out_comes_from_a_credit_note(quote):
    spent = attrs.evolve(quote, balance_before=money("10.00"), credit_left=money("10.00"))
    with pytest.raises(InvalidValueError, match="no more can be paid out"):
        attrs.evolve(spent, credit_left=money("9.00"), refund=money("1.00"))


def test_the_amounts_of_a_credit_note_below_nothing_are_refused():
    quote = QUOTES["a credit note that is paid out"]
    with pytest.raises(InvalidValueError, match="0 or more"):
        attrs.evolve(quote, credit_left=quote.credit_left + money(1), refund=quote.refund - money(1) - quote.refund)
    half = quote.refund - money("1.00")  # a part may be paid out, the rest stays
    assert attrs.evolve(quote, credit_left=money("11.00"), refund=half).refund == half


@pytest.mark.parametrize(
    ("quote", "changes"),
    [
        (QUOTES["an invoice"], {"document": None, "subscription": None, "balance_before": 0, "credit_left": None}),
        (QUOTES["an invoice"], {"document": "draft", "refund": 0}),
        (QUOTES["a cancellation for nothing"], {"document": 1, "subscription": started_untaxed(), "refund": None}),
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
    other = quote_start(SWISS, dollars, 1, day(1)).document
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(QUOTES["an invoice"], document=other)


def test_a_refusal_needs_a_decision_that_stands_in_the_way():
    with pytest.raises(InvalidValueError, match="it is settled"):
        Refused(RefusedReason.TAX_UNDETERMINED, UNTAXED)


def test_a_change_is_scheduled_for_the_end_of_what_is_paid():
    with pytest.raises(InvalidValueError, match="the running period ends on 2026-02-01"):
        Scheduled(day(31), started_untaxed())


# Arguments that the path does not need


@pytest.mark.parametrize("discount", DISCOUNTS)
@pytest.mark.parametrize("account", [SWISS, ABROAD], ids=["settled", "refused"])
def test_only_none_is_no_discount(discount, account):
    trial = start_trial(SMALL_31, 1, Trial(date(2026, 1, 1), date(2026, 1, 8)))
    calls = [
        lambda: quote_start(account, SMALL_31, 1, day(1), discount=discount),
        lambda: quote_renewal(account, started_untaxed(), discount=discount),
        lambda: quote_change(account, started_untaxed(), LARGE_62, 1, day(10), CARRIED, discount=discount),
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
@pytest.mark.parametrize("account", [SWISS, ABROAD], ids=["settled", "refused"])
def test_arguments_are_looked_at_before_a_refusal(account, name):
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
                function(account, **arguments | {name: JUNK[name]})
            assert caught.value.name == name


def test_a_number_is_looked_at_where_nothing_is_given_back():
    for number, error in ((7, InvalidTypeError), ("", InvalidValueError), ("a\nb", InvalidValueError)):
        with pytest.raises(error, match="number"):
            quote_cancellation(SWISS, started_untaxed(), day(10), POLICIES["none"], number=number)


def test_what_does_not_renew_is_an_error_whatever_the_tax():
    for account in (SWISS, ABROAD):
        with pytest.raises(InvalidValueError, match="does not renew"):
            quote_renewal(account, cancel_subscription(started_untaxed()))


def test_a_refusal_comes_after_the_checks():
    assert isinstance(quote_start(ABROAD, SMALL_31, 1, day(1)).ruling, Undetermined)
    assert quote_start(ABROAD, SMALL_31, 1, day(1)).ruling.reason is UndeterminedReason.SUBDIVISION_MISSING
    assert isinstance(quote_renewal(ABROAD, started_untaxed()), Refused)
    assert isinstance(quote_change(ABROAD, started_untaxed(), LARGE_62, 1, day(10), CARRIED), Refused)
