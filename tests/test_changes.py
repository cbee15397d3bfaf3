"""Quotes for changes under every kind of policy: at once, gathered, scheduled, by direction; and cancellations."""

import pickle
from datetime import date

import attrs
import pytest

from billing_samples import ESTONIAN, FRENCH, UNTAXED
from billingcore.billed import BilledPeriod
from billingcore.changes import (
    Account,
    CancellationQuote,
    Gathered,
    Quote,
    Refused,
    Scheduled,
    gather_change,
    quote_cancellation,
    quote_change,
    quote_renewal,
    quote_start,
    schedule_change,
)
from billingcore.cycles import ANNUAL, MONTHLY, AlignedSchedule, DayOfMonth, Period, Schedule, Stub, move_bill_date
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, RefusedError
from billingcore.invoices import ChargeLine, CreditLine, CreditNote, Invoice
from billingcore.parties import Buyer, Registration, Scheme, Seller
from billingcore.places import Address
from billingcore.presets import DIRECTIONAL_PRESETS, PRESETS
from billingcore.profiles import GOTO_RESCUE
from billingcore.proration import Change, Cycle, FixedDays, Leftover, ProrationLine, Rounding, Side, prorate_change
from billingcore.records import from_record, to_record
from proration_samples import JANUARY, SPAN, billed, flat, money, policy, seats

SMALL, LARGE = flat("30.00", "Small", currency="EUR"), flat("60.00", "Large", currency="EUR")
APRIL, MIDDLE = date(2026, 4, 1), date(2026, 4, 16)


def eur(text):
    return money(text, "EUR")


def started(plan=SMALL, quantity=1, account=FRENCH, discount=None):
    return quote_start(account, plan, quantity, APRIL, discount=discount).subscription


def changed(name, plan=LARGE, day=MIDDLE, **parts):
    return quote_change(FRENCH, started(), plan, 1, day, policy(name, **parts), number="Q-1")


NOW = [
    name
    for name, each in PRESETS.items()
    if each.policy.timing.settle.value == "invoice_now" and name != "store_deferred"
]


@pytest.mark.parametrize("name", NOW)
def test_a_document_has_the_net_of_its_change(name):
    quote = changed(name)
    net = prorate_change(PRESETS[name].policy, Change.to(MIDDLE, LARGE), [started().current]).net
    assert quote.document.subtotal == net
    assert (
        quote.next_bill_on
        == prorate_change(PRESETS[name].policy, Change.to(MIDDLE, LARGE), [started().current]).next_bill_on
    )
    assert from_record(to_record(quote)) == quote
    assert quote.subscription.plan == LARGE
    assert quote.subscription.current.period.end == quote.next_bill_on
    assert str(net.amount) in quote.explain()


@pytest.mark.parametrize(
    "name", [name for name in PRESETS if PRESETS[name].policy.timing.settle.value == "next_invoice"]
)
def test_a_change_that_is_gathered_stands_on_the_next_invoice(name):
    with pytest.raises(InvalidValueError, match="use gather_change"):
        changed(name)
    gathered = gather_change(FRENCH, started(), LARGE, 1, MIDDLE, PRESETS[name].policy)
    net = prorate_change(PRESETS[name].policy, Change.to(MIDDLE, LARGE), [started().current]).net
    assert from_record(to_record(gathered)) == gathered
    assert "billed on the invoice of 2026-05-01" in gathered.explain()
    renewal = quote_renewal(FRENCH, gathered.subscription, gathered=gathered.lines)
    assert renewal.document.subtotal == eur("60.00") + net
    assert renewal.subscription.current.period.start == date(2026, 5, 1)


def test_a_change_that_waits_is_scheduled():
    deferred = PRESETS["store_deferred"].policy
    for function in (quote_change, gather_change):
        with pytest.raises(InvalidValueError, match="use schedule_change"):
            function(FRENCH, started(), LARGE, 1, MIDDLE, deferred)
    later = schedule_change(FRENCH, started(), LARGE, 2, MIDDLE, deferred)
    assert later.explain() == "Large × 2 from 2026-05-01; nothing is billed now"
    assert quote_renewal(FRENCH, later.subscription).document.subtotal == eur("60.00")
    yearly = schedule_change(FRENCH, started(), flat("600.00", cadence=ANNUAL, currency="EUR"), 1, MIDDLE, deferred)
    assert quote_renewal(FRENCH, yearly.subscription).next_bill_on == date(2027, 5, 1)
    assert from_record(to_record(later)) == later
    with pytest.raises(InvalidValueError, match="does not wait"):
        schedule_change(FRENCH, started(), LARGE, 1, MIDDLE, PRESETS["polar"].policy)


def test_the_wrong_function_names_the_right_one():
    with pytest.raises(InvalidValueError, match="use quote_change"):
        gather_change(FRENCH, started(), LARGE, 1, MIDDLE, PRESETS["polar"].policy)


def test_a_policy_by_direction():
    up = quote_change(FRENCH, started(), LARGE, 1, MIDDLE, DIRECTIONAL_PRESETS["lago"])
    assert up.document.subtotal == eur("15.00")
    down = schedule_change(FRENCH, started(LARGE), SMALL, 1, MIDDLE, DIRECTIONAL_PRESETS["lago"])
    assert down.subscription.plan == SMALL


def test_a_difference_is_shown_as_what_it_is_made_of():
    quote = changed("difference_remaining")
    charge, credit = quote.document.lines
    assert (type(charge), charge.net, credit.net) == (ChargeLine, eur("30.00"), eur("-15.00"))
    assert quote.subscription.current.net == eur("30.00")  # what a later change may credit
    whole = changed("difference_now", timing={"anchor": Cycle.RESET})
    assert [line.net for line in whole.document.lines] == [eur("60.00"), eur("-30.00")]
    assert whole.next_bill_on == date(2026, 5, 16)
    yearly = quote_change(
        FRENCH, started(), flat("600.00", cadence=ANNUAL, currency="EUR"), 1, MIDDLE, policy("difference_remaining")
    )
    assert [line.net for line in yearly.document.lines] == [eur("600.00"), eur("-15.00")]
    assert yearly.next_bill_on == date(2027, 4, 16)


def test_a_reversal_stands_on_the_invoice():
    lines = gather_change(FRENCH, started(), LARGE, 1, MIDDLE, PRESETS["microsoft_csp"].policy).lines
    assert [line.net for line in lines] == [eur("30.00"), eur("-30.00"), eur("15.00")]
    assert lines[1].description == "Reversal of Small × 1, from 2026-04-16"
    assert lines[2].credit == eur("-15.00")
    assert "used part of Small × 1: 30.00 EUR × 15/30 days" in lines[2].explain()


def test_a_discount_of_the_new_plan():
    quote = quote_change(FRENCH, started(), LARGE, 1, MIDDLE, GOTO_RESCUE.on_change, discount=eur("10.00"))
    assert quote.document.subtotal == eur("35.00")  # 60.00 - 10.00 - 15.00
    assert quote.subscription.current.discount == eur("10.00")


def test_kept_bill_dates_and_another_interval():
    kept = quote_change(
        FRENCH,
        started(),
        flat("600.00", cadence=ANNUAL, currency="EUR"),
        1,
        MIDDLE,
        policy("google_charge_prorated_price"),
    )
    assert kept.document.subtotal == eur("10.00")  # 50.00 a month: 25.00 - 15.00
    assert kept.subscription.upcoming_renewals(2) == (date(2026, 5, 1), date(2027, 5, 1))
    bought = changed("samsung_prorated_date")
    assert (bought.document.total, bought.next_bill_on) == (eur("0.00"), date(2026, 4, 23))  # 14.00 buys 7 days of 2.00
    assert bought.subscription.upcoming_renewals(2) == (date(2026, 4, 23), date(2026, 5, 23))


@pytest.mark.parametrize("name", ["braintree", "samsung_prorated_charge", "unibee"])
def test_the_last_day_of_the_old_plan_leaves_no_day_to_change(name):
    with pytest.raises(InvalidValueError, match="change at its renewal"):
        changed(name, day=date(2026, 4, 30))


def test_credit_that_is_left_is_carried_paid_out_or_lost():
    cheap = flat("10.00", currency="EUR")
    carried = changed("chargebee_day", cheap)
    assert type(carried.document) is CreditNote
    assert (carried.credit_left, carried.refund) == (eur("12.00"), None)  # 15.00 - 5.00, and 20 % of it
    paid = changed("chargebee_day", cheap, timing={"leftover": Leftover.REFUND})
    assert (paid.credit_left, paid.refund) == (eur("0.00"), eur("12.00"))
    assert "paid out 12.00 EUR" in paid.explain()
    lost = changed("chargebee_day", cheap, timing={"leftover": Leftover.FORFEIT})
    assert (type(lost.document), lost.document.total, lost.credit_left) == (Invoice, eur("0.00"), eur("0.00"))
    limited = started()
    limited = attrs.evolve(limited, billed=(limited.current.with_credit_given(eur("20.00")),))
    capped = quote_change(
        FRENCH, limited, cheap, 1, MIDDLE, policy("chargebee_day", timing={"leftover": Leftover.FORFEIT})
    )
    assert capped.document.total == eur("0.00")  # 10.00 was left, 5.00 of it is charged
    up = changed("fastspring", LARGE)
    assert (type(up.document), up.refund) == (Invoice, None)


def test_a_cancellation_gives_back_by_policy():
    quote = quote_cancellation(FRENCH, started(), MIDDLE, PRESETS["chargebee_day"].policy, number="C-1")
    assert (quote.document.net, quote.document.total, quote.credit_left, quote.refund) == (
        eur("15.00"),
        eur("18.00"),
        eur("18.00"),
        eur("0.00"),
    )
    assert quote.subscription.ended_on == MIDDLE
    assert quote.subscription.subscription.billed[-1].remaining == eur("15.00")
    assert "no service from 2026-04-16" in quote.explain()
    assert from_record(to_record(quote)) == quote
    refund = quote_cancellation(
        FRENCH, started(), MIDDLE, policy("chargebee_day", timing={"leftover": Leftover.REFUND})
    )
    assert (refund.credit_left, refund.refund) == (eur("0.00"), eur("18.00"))
    lost = quote_cancellation(FRENCH, started(), MIDDLE, policy("chargebee_day", timing={"leftover": Leftover.FORFEIT}))
    none = quote_cancellation(FRENCH, started(), MIDDLE, PRESETS["none"].policy)
    waits = quote_cancellation(FRENCH, started(), MIDDLE, PRESETS["store_deferred"].policy)
    assert lost.document is none.document is waits.document is None
    assert none.explain().startswith("nothing is given back")
    rich = attrs.evolve(FRENCH, balance=eur("5.00"))
    assert quote_cancellation(rich, started(), MIDDLE, DIRECTIONAL_PRESETS["lago"]).credit_left == eur(
        "21.80"
    )  # 14.00 and tax


def test_a_cancellation_keeps_the_tax_decision_of_what_was_billed():
    before = quote_start(ESTONIAN, flat("1200.00", cadence=ANNUAL, currency="EUR"), 1, date(2025, 1, 1)).subscription
    quote = quote_cancellation(ESTONIAN, before, date(2025, 7, 2), PRESETS["chargebee_day"].policy)
    assert (quote.document.net, quote.document.tax) == (eur("601.64"), eur("132.36"))  # 183/365, and 22 % of it


def test_credits_of_other_kinds_have_their_own_terms():
    (_, credit) = changed("shopify", measure={"basis": FixedDays(28)}).document.lines
    assert credit.credited.den == 28
    assert "× 15/28 days" in credit.explain()
    assert credit.description == "Credit for Small × 1, unused from 2026-04-16"
    plain = changed("chargebee_day").document.lines[1]
    assert plain.credited is None


LINE = ProrationLine(Side.CREDIT, SMALL, 1, eur("30.00"), 1, 2, UNTAXED, Rounding.HALF_UP, "days", "sides.credit")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("billed", None, InvalidTypeError), ("change_on", None, InvalidTypeError), ("rounding", None, InvalidTypeError),
        ("credited", 1, InvalidTypeError), ("credited", attrs.evolve(LINE, base=money("30.00")), CurrencyMismatchError),
    ],
)  # fmt: skip
def test_a_credit_line_with_terms_is_checked(field, value, error):
    line = CreditLine(started().current, MIDDLE, Rounding.HALF_UP, LINE)
    assert (line.net, line.credit, line.proration) == (eur("-15.00"), eur("15.00"), None)
    with pytest.raises(error):
        attrs.evolve(line, **{field: value})


@pytest.mark.parametrize("function", [quote_change, gather_change, schedule_change])
def test_what_every_change_refuses(function):
    rule = PRESETS["polar"].policy
    for arguments, error in (
        ((None, started(), LARGE, 1, MIDDLE, rule), InvalidTypeError),
        ((FRENCH, None, LARGE, 1, MIDDLE, rule), InvalidTypeError),
        ((FRENCH, started(), None, 1, MIDDLE, rule), InvalidTypeError),
        ((FRENCH, started(), LARGE, 1, MIDDLE, None), InvalidTypeError),
        ((FRENCH, started(), LARGE, 0, MIDDLE, rule), InvalidValueError),
        ((FRENCH, started(), LARGE, 1, date(2026, 5, 1), rule), InvalidValueError),
        ((FRENCH, started(), flat("1.00"), 1, MIDDLE, rule), CurrencyMismatchError),
    ):
        with pytest.raises(error):
            function(*arguments)


def test_what_a_cancellation_refuses():
    rule = PRESETS["polar"].policy
    for arguments in (
        (None, started(), MIDDLE, rule),
        (FRENCH, None, MIDDLE, rule),
        (FRENCH, started(), MIDDLE, None),
        (FRENCH, started(), None, rule),
    ):
        with pytest.raises(InvalidTypeError):
            quote_cancellation(*arguments)
    with pytest.raises(InvalidValueError):
        quote_cancellation(FRENCH, started(), date(2026, 5, 1), rule)


def test_the_outcomes_are_checked():
    gathered = gather_change(FRENCH, started(), LARGE, 1, MIDDLE, PRESETS["nadles"].policy)
    for fields in ({"lines": []}, {"lines": (1,)}, {"subscription": None}):
        with pytest.raises(InvalidTypeError):
            attrs.evolve(gathered, **fields)
    later = schedule_change(FRENCH, started(), LARGE, 1, MIDDLE, PRESETS["store_deferred"].policy)
    for fields in ({"effective_on": None}, {"subscription": None}):
        with pytest.raises(InvalidTypeError):
            attrs.evolve(later, **fields)
    ended = quote_cancellation(FRENCH, started(), MIDDLE, PRESETS["polar"].policy)
    for fields in ({"document": 1}, {"subscription": None}, {"balance_before": 1}, {"credit_left": 1}, {"refund": 1}):
        with pytest.raises(InvalidTypeError):
            attrs.evolve(ended, **fields)
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(ended, refund=money("1.00"))


def test_seats_by_quantity():
    active = started(seats("10.00", currency="EUR"), 2)
    quote = quote_change(FRENCH, active, seats("10.00", currency="EUR"), 5, MIDDLE, PRESETS["chargebee_day"].policy)
    assert quote.document.subtotal == eur("15.00")  # three more, half of the time


def test_where_the_tax_is_not_settled_there_is_no_document():
    """Software as a service in Alabama: whether it is taxable is disputed."""
    seller = Seller(
        "Example Inc.",
        Address("US", "US-CA", "94105"),
        (Registration("US", Scheme.LOCAL, date(2020, 1, 1), None, "US-AL"),),
    )
    account = Account(seller, Buyer("Joe", Address("US", "US-AL", "35203")))
    active, rule = started(), PRESETS["polar"].policy
    answers = (
        quote_start(account, SMALL, 1, APRIL),
        quote_renewal(account, active),
        quote_change(account, active, LARGE, 1, MIDDLE, rule),
        gather_change(account, active, LARGE, 1, MIDDLE, rule),
        schedule_change(account, active, LARGE, 1, MIDDLE, rule),
    )
    assert [type(answer) for answer in answers] == [Refused] * 5
    assert answers[0].explain().startswith("no document: tax is disputed in US-AL")
    for answer in answers:
        with pytest.raises(RefusedError, match=r"disputed in US-AL.*; complete the address, or give .*facts") as caught:
            answer.granted()
        again = pickle.loads(pickle.dumps(caught.value))
        assert again.refused == caught.value.refused == answer
        assert str(again) == answer.explain()


def test_what_is_granted_is_the_answer_itself():
    active, stripe = started(), PRESETS["stripe_classic"].policy
    answers = (
        quote_start(FRENCH, SMALL, 1, APRIL),
        quote_renewal(FRENCH, active),
        quote_change(FRENCH, active, LARGE, 1, MIDDLE, PRESETS["polar"].policy),
        gather_change(FRENCH, active, LARGE, 1, MIDDLE, stripe),
        schedule_change(FRENCH, active, LARGE, 1, MIDDLE, PRESETS["store_deferred"].policy),
        quote_cancellation(FRENCH, active, MIDDLE, stripe),
    )
    assert [type(answer) for answer in answers] == [Quote, Quote, Quote, Gathered, Scheduled, CancellationQuote]
    assert all(answer.granted() is answer for answer in answers)


def test_a_span_lies_on_the_days_of_its_period():
    with pytest.raises(InvalidValueError, match="span"):
        billed(SMALL, Period(date(2026, 1, 12), date(2026, 2, 10)), span=SPAN)
    with pytest.raises(InvalidTypeError, match="span"):
        billed(SMALL, JANUARY, span=JANUARY)


def test_a_long_stub_says_which_days_of_which_full_periods_are_unused():
    """A share of two full periods is no number of days: 13 of 28 and 31 of 31 are left of 23 of 28 and 31 of 31."""
    schedule = AlignedSchedule.by_rule(date(2026, 2, 20), DayOfMonth(15), MONTHLY, first=Stub.LONG)
    running = quote_start(FRENCH, SMALL, 1, date(2026, 2, 20), schedule=schedule).subscription
    quote = quote_change(FRENCH, running, LARGE, 1, date(2026, 3, 2), GOTO_RESCUE.on_change)
    # 30.00 × (23/28 + 1) = 54.642… → 54.64; of it (13/28 + 1) / (23/28 + 1) = 41/51
    assert (
        "54.64 EUR × 41/51 of full periods (13/28 + 31/31 left of 23/28 + 31/31) = 43.92627… → 43.93" in quote.explain()
    )


def test_a_stub_of_many_full_periods_counts_the_whole_ones():
    """A bill date that was postponed by months: the terms stay short enough to stand on a document."""
    moved = move_bill_date(Schedule(date(2026, 1, 1), MONTHLY), 0, date(2028, 2, 10)).after
    line = BilledPeriod.of_plan(SMALL, 1, moved, UNTAXED)
    result = prorate_change(policy("chargebee_day"), Change.cancel(date(2026, 3, 20)), [line])
    assert "of full periods (12/31 + 9/29 + 22 whole ones left of 9/29 + 25 whole ones)" in result.explain()
