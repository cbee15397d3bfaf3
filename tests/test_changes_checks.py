"""What quotes and transitions refuse: entries that do not follow from the documents, and junk on every path."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore.changes import (
    Cart,
    ChangeOptions,
    Refused,
    RefusedReason,
    add,
    alter,
    quote_cancellation,
    quote_change,
    quote_credit,
    quote_pause,
    quote_renewal,
    quote_start,
)
from billingcore.cycles import Cadence, Trial, TrialChange, Unit
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger import Applied, Credited
from billingcore.money import total
from billingcore.parties import Buyer, Seller
from billingcore.places import Address
from billingcore.plans import Coupon
from billingcore.proration import Clock, ProrationPolicy, Settlement
from billingcore.records import from_record, to_record
from billingcore.subscriptions import Item, Meanwhile, Paused, PauseTerms, limit_subscription
from billingcore.tax import Undetermined, UndeterminedReason
from samples import (
    HUGE_93,
    LARGE_62,
    MAIN,
    POLICIES,
    SMALL_31,
    SWISS,
    UNTAXED,
    account,
    bought,
    changed,
    day,
    ended,
    flat,
    in_currency,
    money,
    paid,
    registrations,
    renewed,
    started_untaxed,
    with_credit,
)

PAID = paid(SWISS, bought(SWISS, HUGE_93, 1, day(1), number="S-1"))
"""Whose 93.00 were billed and paid."""
RICH = with_credit(PAID, "10.00")
CARRIED = ProrationPolicy.keep_dates(Clock.SECOND)
REFUNDED = attrs.evolve(CARRIED, settlement=Settlement.REFUND)
DEFERRED = POLICIES["google_deferred"]
ABROAD = account(
    Seller("Seller", Address("US", "US-MA"), registrations("US-MA")), Buyer("Buyer", Address("US"))
)  # no state
NO_COUPONS = [0, "", [], False, Fraction(0), (), Fraction(1), "1.00", money("1.00")]


def down(policy, customer=RICH):
    """Quote a change to a cheaper plan: the document is a credit note."""
    return changed(customer, started_untaxed(HUGE_93), SMALL_31, 1, day(10), policy)


QUOTES = {
    "an invoice": bought(SWISS, SMALL_31, 1, day(1)),
    "an invoice that spends a balance": bought(RICH, SMALL_31, 1, day(1)),
    "a credit note that is carried": down(CARRIED),
    "a credit note that is paid out": down(REFUNDED),
    "a cancellation that is carried": ended(RICH, started_untaxed(), day(10), CARRIED),
    "a cancellation that is paid out": ended(RICH, started_untaxed(), day(10), REFUNDED),
    "a cancellation for nothing": ended(RICH, started_untaxed(), day(10), POLICIES["none"]),
    "an invoice and a note apart": down(attrs.evolve(CARRIED, settlement=Settlement.APART), PAID),
}


def test_the_quotes_are_what_they_are_called():
    kinds = [[type(document) for document in quote.documents] for quote in QUOTES.values()]
    assert kinds == [*[[Invoice]] * 2, *[[CreditNote]] * 4, [], [Invoice, CreditNote]]
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
    document = record["documents"][0] | {"prepaid": to_record(money("9.99")), "payable": to_record(money("21.01"))}
    with pytest.raises(InvalidValueError, match="nothing else moves"):
        from_record(record | {"documents": [document]})
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
    """No more is used than there was, and no more paid back than stands apart; what is left follows from that."""
    used = total([each.amount for each in quote.entries if isinstance(each, Applied)], "EUR")
    apart = total([each.amount for each in quote.entries if isinstance(each, Credited) and each.apart], "EUR")
    altered = {
        "credit_before": (used - money("0.01"), money("-999.00")),
        "to_refund": (apart + money("0.01"), money("-0.01")),
    }
    for name, amounts in altered.items():
        for amount in amounts:
            with pytest.raises(InvalidValueError):
                attrs.evolve(quote, **{name: amount})
            with pytest.raises(InvalidValueError):
                from_record(to_record(quote) | {name: to_record(amount)})
        with pytest.raises(CurrencyMismatchError):
            from_record(to_record(quote) | {name: to_record(money(getattr(quote, name).amount, "USD"))})
        with pytest.raises(InvalidTypeError):
            attrs.evolve(quote, **{name: "0.00"})
    for amount in (quote.credit_left - money("0.01"), quote.credit_left + money("0.01"), money("0.00", "USD")):
        with pytest.raises(InvalidValueError, match=r"credit_left .*it does not agree with the Quote"):
            from_record(to_record(quote) | {"credit_left": to_record(amount)})
    assert attrs.evolve(quote, to_refund=apart).to_refund == apart


def test_what_is_paid_back_stands_apart():
    for name in ("an invoice", "a credit note that is carried", "a cancellation for nothing"):
        with pytest.raises(InvalidValueError, match=r"to_refund .*between nothing and what stands apart.*0\.00 EUR"):
            attrs.evolve(QUOTES[name], to_refund=money("0.01"))


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (QUOTES["an invoice"], {"documents": None, "subscription": None, "entries": 0, "credit_before": None}),
        (QUOTES["an invoice"], {"documents": "draft", "to_refund": 0, "outcomes": None, "quoted": 0}),
        (QUOTES["a cancellation for nothing"], {"documents": (1,), "subscription": Item("main", SMALL_31), "to_refund": None}),
        (Refused.for_tax(bought(ABROAD, SMALL_31, 1, day(1)).ruling), {"reason": "x", "ruling": "none", "detail": None}),
        (QUOTES["an invoice"].outcomes[0], {"key": None, "outcome": "x", "effective_on": "x", "net": None, "rule": "x"}),
    ],
    ids=lambda value: "" if type(value) is dict else type(value).__name__,
)  # fmt: skip
def test_a_field_of_another_type_is_refused(value, changes):
    for name, junk in changes.items():
        with pytest.raises(InvalidTypeError) as caught:
            attrs.evolve(value, **{name: junk})
        assert caught.value.name == name


def test_a_document_in_another_currency_is_refused():
    other = bought(in_currency(SWISS, "USD"), flat("31.00", "Dollars", currency="USD"), 1, day(1)).documents
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(QUOTES["an invoice"], documents=other)


def test_a_refusal_needs_a_decision_that_stands_in_the_way():
    with pytest.raises(InvalidValueError, match="it is settled"):
        Refused.for_tax(UNTAXED)
    unknown = bought(ABROAD, SMALL_31, 1, day(1)).ruling
    for reason, ruling in ((RefusedReason.TAX_UNDETERMINED, None), (RefusedReason.ENDS, unknown)):
        with pytest.raises(InvalidValueError, match="it is given where the tax is the reason, and only there"):
            Refused(reason, "no document", ruling)
    with pytest.raises(InvalidValueError, match="detail"):
        Refused(RefusedReason.ENDS, "")


# Arguments that the path does not need


@pytest.mark.parametrize("rule", [CARRIED, POLICIES["stripe"], DEFERRED])
def test_a_day_outside_the_newest_period_and_a_state_that_stands_still_have_a_remedy(rule):
    renewal = renewed(SWISS, started_untaxed()).subscription  # January, and then February 2026
    lies = r"a change lies within the newest billed period of main \(2026-02-01 to 2026-03-01\); "
    before = r"what was billed before is credited by quote_credit; a cancellation may be dated back"
    with pytest.raises(InvalidValueError, match=f"^on 2026-01-31: {lies}{before}"):
        changed(SWISS, renewal, LARGE_62, 1, day(31), rule)
    with pytest.raises(InvalidValueError, match=f"^on 2026-03-01: {lies}from its end on, renew first"):
        changed(SWISS, renewal, LARGE_62, 1, date(2026, 3, 1), rule)
    with pytest.raises(InvalidValueError, match=r"cancel_on 2026-03-01: it is billed until 2026-03-01; renew"):
        ended(SWISS, renewal, date(2026, 3, 1), rule)
    limited = limit_subscription(renewal, date(2026, 2, 15), money("31.00"))
    told = "subscription must be an Active subscription; a limited one holds it as .subscription, not"
    for ask in (
        lambda running: changed(SWISS, running, LARGE_62, 1, date(2026, 2, 20), rule),
        lambda running: ended(SWISS, running, date(2026, 2, 20), rule),
    ):
        with pytest.raises(InvalidTypeError, match=told):
            ask(limited)
        ask(limited.subscription).granted()
        with pytest.raises(InvalidTypeError, match="subscription must be an Active subscription, not"):
            ask(None)


def test_a_paused_subscription_takes_changes_where_its_terms_say_so():
    paused = quote_pause(SWISS, started_untaxed(), day(15)).granted().subscription
    assert type(paused) is Paused
    refused = changed(SWISS, paused, LARGE_62, 1, day(20), CARRIED)
    assert refused.reason is RefusedReason.PAUSED
    open_ = attrs.evolve(paused, terms=PauseTerms(meanwhile=Meanwhile.TAKEN))
    quote = changed(SWISS, open_, LARGE_62, 1, day(20), CARRIED)
    assert (quote.documents, quote.subscription.main.plan) == ((), LARGE_62)


@pytest.mark.parametrize("coupon", NO_COUPONS)
def test_only_none_is_no_coupon(coupon):
    calls = [
        lambda: Item(MAIN, SMALL_31, coupon=coupon),
        lambda: alter(MAIN, coupon=coupon),
        *[
            lambda customer=customer: quote_start(customer, day(1), Item(MAIN, SMALL_31), coupon=coupon)
            for customer in (SWISS, ABROAD)
        ],
    ]
    for call in calls:
        with pytest.raises(InvalidTypeError, match="coupon"):
            call()


def test_a_discount_of_nothing_is_a_discount():
    """It is on record as a coupon that was used, and takes nothing off."""
    quote = bought(SWISS, SMALL_31, 1, day(1), discount=money(0))
    assert quote.subscription.billed == bought(SWISS, SMALL_31, 1, day(1)).subscription.billed
    assert quote.subscription.main.coupon_used == 1


@pytest.mark.parametrize("how", TrialChange)
def test_the_length_of_a_trial_is_looked_at_where_its_end_stays(how):
    trial = quote_start(SWISS, day(1), Item(MAIN, SMALL_31, trial=Trial(day(1), day(8)))).granted().subscription
    for length in (5, "week", 0, False):
        with pytest.raises(InvalidTypeError, match="length"):
            ChangeOptions(trial=how, trial_length=length)
    options = ChangeOptions(trial=how, trial_length=Cadence(1, Unit.WEEK))
    assert changed(SWISS, trial, LARGE_62, 1, day(3), CARRIED, options=options).subscription.main.plan == LARGE_62


BILL = bought(SWISS, SMALL_31, 1, day(1), number="S-1")
JUNK = {
    "items": None, "start_on": None, "schedule": 5, "one_off": (1,), "issued_on": "2026-01-01", "coupon": 5,
    "on": "2026-02-01", "measured": 5, "tax_point": "2026-01-01", "cart": None, "rules": "none", "options": None,
    "subscription": 5, "cancel_on": "2026-01-10", "waits": "kept", "terms": None, "at_end": None, "paused_on": None,
    "invoice": None, "nets": 5, "earlier": (1,),
}  # fmt: skip
ASKED = {
    quote_start: {
        "start_on": day(1), "items": Item(MAIN, SMALL_31), "schedule": None, "coupon": None, "one_off": (), "issued_on": None,
    },
    quote_renewal: {"on": None, "measured": None, "one_off": (), "issued_on": None, "tax_point": None},
    quote_change: {
        "cart": Cart(day(10), alter(MAIN, plan=LARGE_62)), "rules": CARRIED, "options": ChangeOptions(), "one_off": (),
        "measured": None,
    },
    quote_cancellation: {"cancel_on": day(10), "rules": DEFERRED, "measured": None, "waits": None},
    quote_pause: {"paused_on": day(10), "terms": PauseTerms(), "at_end": True, "measured": None, "waits": None},
    quote_credit: {"invoice": BILL.document, "on": day(10), "nets": None, "earlier": ()},
}  # fmt: skip


@pytest.mark.parametrize("name", JUNK)
@pytest.mark.parametrize("customer", [SWISS, ABROAD], ids=["settled", "refused"])
def test_arguments_are_looked_at_before_a_refusal(customer, name):
    """The tax of the US without a state is not known: a `Refused` answers only for arguments that could be quoted."""
    asked = [function for function, arguments in ASKED.items() if name in arguments or name == "subscription"]
    if name == "subscription":
        asked.remove(quote_start)
    assert asked
    for function in asked:
        with pytest.raises(InvalidTypeError) as caught:
            _ask(function, customer, ASKED[function] | {name: JUNK[name]})
        assert caught.value.name == name


def _ask(function, customer, arguments):
    if function is quote_start:
        return quote_start(customer, arguments.pop("start_on"), arguments.pop("items"), **arguments)
    return function(customer, **{"subscription": BILL.subscription} | arguments)


def test_a_number_is_looked_at_where_nothing_is_given_back():
    quote = ended(SWISS, started_untaxed(), day(10), POLICIES["none"])
    assert quote.numbered("C-1") == quote.numbered() == quote
    for number, error in ((7, InvalidTypeError), ("", InvalidValueError), ("a\nb", InvalidValueError)):
        with pytest.raises(error, match="number"):
            quote.numbered(number)


def test_what_does_not_renew_is_refused_whatever_the_tax():
    ending = ended(SWISS, started_untaxed(), day(10), DEFERRED).subscription
    for customer in (SWISS, ABROAD):
        answer = quote_renewal(customer, ending)
        assert (answer.reason, answer.detail.startswith("it ends on 2026-02-01: nothing renews")) == (
            RefusedReason.ENDS,
            True,
        )


def test_a_refusal_comes_after_the_checks():
    assert isinstance(bought(ABROAD, SMALL_31, 1, day(1)).ruling, Undetermined)
    assert bought(ABROAD, SMALL_31, 1, day(1)).ruling.reason is UndeterminedReason.SUBDIVISION_MISSING
    assert isinstance(quote_renewal(ABROAD, started_untaxed()), Refused)
    assert isinstance(changed(ABROAD, started_untaxed(), LARGE_62, 1, day(10), CARRIED), Refused)
    extra = Cart(day(10), add(Item("extra", SMALL_31, coupon=Coupon("free", amount=money("1.00")))))
    assert isinstance(quote_change(ABROAD, started_untaxed(), extra, CARRIED), Refused)
