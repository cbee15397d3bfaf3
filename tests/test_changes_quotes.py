"""Quotes for changes: the documents, their lines, and what is refused."""

import pickle
from datetime import date

import attrs
import pytest

from billingcore._kernel import Rounding
from billingcore.billed import BilledPeriod
from billingcore.changes import (
    CancellationQuote,
    Gathered,
    Quote,
    Refused,
    Scheduled,
    gather_change,
    quote_change,
    schedule_change,
)
from billingcore.cycles import ANNUAL, MONTHLY, AlignedSchedule, DayOfMonth, Schedule, Stub, move_bill_date
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, RefusedError
from billingcore.invoices import CreditNote, Invoice
from billingcore.lines import ChargeLine, CreditLine
from billingcore.parties import Buyer, Registration, Scheme, Seller
from billingcore.places import Address
from billingcore.profiles import GOTO_RESCUE
from billingcore.proration import Change, FixedDays, ProrationLine, Sale, Settlement, Side, prorate_change
from billingcore.records import from_record, to_record
from billingcore.vendors import rulebook
from samples import (
    APRIL,
    FRENCH,
    HUGE,
    LARGE,
    LARGE_60,
    LARGE_62,
    MID_APRIL,
    PAID_IN_APRIL,
    POLICIES,
    SMALL,
    SWISS,
    TWENTIETH,
    UNTAXED,
    account,
    change,
    changed_in_april,
    day,
    flat,
    money,
    policy,
    seats,
    started,
    started_in_april,
    started_untaxed,
)

HALF = ProrationLine(Side.CREDIT, SMALL, 1, money("30.00"), 1, 2, UNTAXED, Rounding.HALF_UP, "days", "sale")
LAST = date(2026, 2, 9)
NEXT_DAY = ["braintree", "samsung_prorated_charge", "samsung_prorated_date", "unibee"]


def test_the_document_shows_the_new_plan_for_nothing():
    quote = change(started_untaxed(), LARGE_62, day(11))
    (line,) = quote.document.lines
    assert (line.description, line.net, quote.due_now) == (
        "Large × 1, 2026-01-11 to 2026-02-01",
        money("0.00"),
        money("0.00"),
    )
    assert (quote.subscription.plan, quote.subscription.billed) == (LARGE_62, started_untaxed().billed)


def test_the_next_bill_has_the_new_price():
    assert renewed(SWISS, change(started_untaxed(), LARGE_62, day(11)).subscription).due_now == money("62.00")


NOW = [
    name
    for name, each in POLICIES.items()
    if each.settlement is not Settlement.NEXT_INVOICE and each.sale is not Sale.AT_PERIOD_END
]


@pytest.mark.parametrize("name", NOW)
def test_a_document_has_the_net_of_its_change(name):
    quote = changed_in_april(name)
    net = prorate_change(POLICIES[name], Change.to(MID_APRIL, LARGE_60), [started_in_april().billed[-1]]).net
    back = money("0.00") if quote.credit_note is None else quote.credit_note.net
    assert quote.document.subtotal - back == net
    assert (
        quote.next_bill_on
        == prorate_change(POLICIES[name], Change.to(MID_APRIL, LARGE_60), [started_in_april().billed[-1]]).next_bill_on
    )
    assert from_record(to_record(quote)) == quote
    assert quote.subscription.plan == LARGE_60
    assert quote.subscription.billed[-1].period.end == quote.next_bill_on
    assert str((net + back).amount) in quote.explain()


def test_a_policy_by_direction():
    up = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, rulebook("lago"))
    assert up.document.subtotal == money("15.00")
    down = changed(FRENCH, started_in_april(LARGE_60), SMALL, 1, MID_APRIL, rulebook("lago"))
    assert down.subscription.plan == SMALL


def test_a_difference_is_shown_as_what_it_is_made_of():
    quote = changed_in_april("difference_remaining")
    charge, credit = quote.document.lines
    assert (type(charge), charge.net, credit.net) == (ChargeLine, money("30.00"), money("-15.00"))
    assert quote.subscription.billed[-1].net == money("30.00")  # what a later change may credit
    whole = changed(FRENCH, started_in_april(), flat("600.00", cadence=ANNUAL), 1, MID_APRIL, policy("dodo"))
    assert [line.net for line in whole.document.lines] == [money("600.00"), money("-30.00")]
    assert whole.next_bill_on == date(2027, 4, 16)
    yearly = changed(
        FRENCH, started_in_april(), flat("600.00", cadence=ANNUAL), 1, MID_APRIL, policy("difference_remaining")
    )
    assert [line.net for line in yearly.document.lines] == [money("600.00"), money("-15.00")]
    assert yearly.next_bill_on == date(2027, 4, 16)


def test_a_reversal_stands_on_the_invoice():
    lines = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES["microsoft_csp"]).lines
    assert [line.net for line in lines] == [money("30.00"), money("-30.00"), money("15.00")]
    assert lines[1].description == "Reversal of Small × 1, from 2026-04-16"
    assert lines[2].credit == money("-15.00")
    assert lines[2].explain() == "Used part of Small × 1, from 2026-04-16: 15.00 EUR\n  30.00 EUR × 15/30 days = 15.00"


def test_a_discount_of_the_new_plan():
    quote = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, GOTO_RESCUE.rules, discount=money("10.00"))
    assert quote.document.subtotal == money("35.00")  # 60.00 - 10.00 - 15.00
    assert quote.subscription.billed[-1].discount == money("10.00")


def test_kept_bill_dates_and_another_interval():
    kept = changed(
        FRENCH,
        started_in_april(),
        flat("600.00", cadence=ANNUAL),
        1,
        MID_APRIL,
        policy("google_charge_prorated_price"),
    )
    assert kept.document.subtotal == money("10.00")  # 50.00 a month: 25.00 - 15.00
    assert kept.subscription.upcoming_renewals(2) == (date(2026, 5, 1), date(2027, 5, 1))
    bought = changed_in_april("samsung_prorated_date")
    assert (bought.document.total, bought.next_bill_on) == (
        money("0.00"),
        date(2026, 4, 23),
    )  # 14.00 buys 7 days of 2.00
    assert bought.subscription.upcoming_renewals(2) == (date(2026, 4, 23), date(2026, 5, 23))


@pytest.mark.parametrize("name", ["braintree", "samsung_prorated_charge", "unibee"])
def test_the_last_day_of_the_old_plan_leaves_no_day_to_change(name):
    with pytest.raises(InvalidValueError, match="change at its renewal"):
        changed_in_april(name, day=date(2026, 4, 30))


def test_credit_that_is_left_is_carried_paid_out_or_lost():
    cheap = flat("10.00")
    carried = changed_in_april("chargebee", cheap)
    assert type(carried.document) is CreditNote
    assert (carried.credit_left, carried.to_refund) == (money("12.00"), money("0.00"))  # 15.00 - 5.00, and 20 % of it
    back = changed_in_april("chargebee", cheap, account=PAID_IN_APRIL, settlement=Settlement.REFUND)
    assert (back.credit_left, back.to_refund) == (money("12.00"), money("12.00"))  # credit until it is paid back
    assert "to be paid back 12.00 EUR" in back.explain()
    lost = changed_in_april("chargebee", cheap, settlement=Settlement.FORFEIT)
    assert (type(lost.document), lost.document.total, lost.credit_left) == (Invoice, money("0.00"), money("0.00"))
    limited = started_in_april()
    limited = attrs.evolve(limited, billed=(limited.current.with_credit_given(money("20.00")),))
    capped = changed(FRENCH, limited, cheap, 1, MID_APRIL, policy("chargebee", settlement=Settlement.FORFEIT))
    assert capped.document.total == money("0.00")  # 10.00 was left, 5.00 of it is charged
    up = changed_in_april("fastspring", LARGE_60, account=PAID_IN_APRIL)
    assert (type(up.document), up.to_refund) == (Invoice, money("36.00"))  # April is not over: 30.00 and 20 % of it


def test_credits_of_other_kinds_have_their_own_terms():
    (_, credit) = changed_in_april("shopify", basis=FixedDays(28)).document.lines
    assert credit.line.den == 28
    assert "× 15/28 days" in credit.explain()
    assert credit.description == "Credit for Small × 1, unused from 2026-04-16"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("billed", None, InvalidTypeError), ("change_on", None, InvalidTypeError), ("line", None, InvalidTypeError),
        ("line", 1, InvalidTypeError), ("line", attrs.evolve(HALF, base=money("30.00", "USD")), CurrencyMismatchError),
        ("change_on", date(2026, 3, 31), InvalidValueError), ("change_on", date(2026, 5, 2), InvalidValueError),
    ],
)  # fmt: skip
def test_a_credit_line_with_terms_is_checked(field, value, error):
    line = CreditLine(started_in_april().billed[-1], MID_APRIL, HALF)
    assert (line.net, line.credit, line.line) == (money("-15.00"), money("15.00"), HALF)
    assert attrs.evolve(line, change_on=date(2026, 5, 1)).net == line.net
    with pytest.raises(error):
        attrs.evolve(line, **{field: value})


@pytest.mark.parametrize("function", [quote_change, gather_change, schedule_change])
def test_every_change_refuses_the_same_arguments(function):
    rule = POLICIES["polar"]
    for arguments, error in (
        ((None, started_in_april(), LARGE_60, 1, MID_APRIL, rule), InvalidTypeError),
        ((FRENCH, None, LARGE_60, 1, MID_APRIL, rule), InvalidTypeError),
        ((FRENCH, started_in_april(), None, 1, MID_APRIL, rule), InvalidTypeError),
        ((FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, None), InvalidTypeError),
        ((FRENCH, started_in_april(), LARGE_60, 0, MID_APRIL, rule), InvalidValueError),
        ((FRENCH, started_in_april(), LARGE_60, 1, date(2026, 5, 1), rule), InvalidValueError),
        ((FRENCH, started_in_april(), flat("1.00", currency="USD"), 1, MID_APRIL, rule), CurrencyMismatchError),
    ):
        with pytest.raises(error):
            function(*arguments)


def test_the_outcomes_are_checked():
    gathered = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES["nadles"])
    for fields in ({"lines": []}, {"lines": (1,)}, {"subscription": None}):
        with pytest.raises(InvalidTypeError):
            attrs.evolve(gathered, **fields)
    later = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES["google_deferred"])
    for fields in ({"effective_on": None}, {"subscription": None}):
        with pytest.raises(InvalidTypeError):
            attrs.evolve(later, **fields)
    ended = ended(FRENCH, started_in_april(), MID_APRIL, POLICIES["polar"])
    for fields in ({"document": 1}, {"subscription": None}, {"entries": 1}, {"credit_left": 1}, {"to_refund": 1}):
        with pytest.raises(InvalidTypeError):
            attrs.evolve(ended, **fields)
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(ended, to_refund=money("1.00", "USD"))


def test_added_seats_are_charged_for_the_rest_of_the_period():
    active = started_in_april(seats("10.00"), 2)
    quote = changed(FRENCH, active, seats("10.00"), 5, MID_APRIL, POLICIES["chargebee"])
    assert quote.document.subtotal == money("15.00")  # three more, half of the time


def test_where_the_tax_is_not_settled_there_is_no_document():
    """Software as a service in Alabama: whether it is taxable is disputed."""
    seller = Seller(
        "Example Inc.",
        Address("US", "US-CA", "94105"),
        (Registration("US", Scheme.LOCAL, date(2020, 1, 1), None, "US-AL"),),
    )
    joe = account(seller, Buyer("Joe", Address("US", "US-AL", "35203")))
    active, rule = started_in_april(), POLICIES["polar"]
    answers = (
        bought(joe, SMALL, 1, APRIL.start),
        renewed(joe, active),
        changed(joe, active, LARGE_60, 1, MID_APRIL, rule),
        changed(joe, active, LARGE_60, 1, MID_APRIL, rule),
        changed(joe, active, LARGE_60, 1, MID_APRIL, rule),
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
    active, stripe = started(), POLICIES["stripe_classic"]
    answers = (
        bought(FRENCH, SMALL, 1, APRIL.start),
        renewed(FRENCH, active),
        changed(FRENCH, active, LARGE, 1, date(2026, 1, 24), POLICIES["polar"]),
        changed(FRENCH, active, LARGE, 1, date(2026, 1, 24), stripe),
        changed(FRENCH, active, LARGE, 1, date(2026, 1, 24), POLICIES["google_deferred"]),
        ended(FRENCH, active, date(2026, 1, 24), stripe),
    )
    assert [type(answer) for answer in answers] == [Quote, Quote, Quote, Gathered, Scheduled, CancellationQuote]
    assert all(answer.granted() is answer for answer in answers)


def test_a_long_stub_says_which_days_of_which_full_periods_are_unused():
    """A share of two full periods is no number of days: 13 of 28 and 31 of 31 are left of 23 of 28 and 31 of 31."""
    schedule = AlignedSchedule.by_rule(date(2026, 2, 20), DayOfMonth(15), MONTHLY, first=Stub.LONG)
    running = bought(FRENCH, SMALL, 1, date(2026, 2, 20), schedule=schedule).subscription
    quote = changed(FRENCH, running, LARGE_60, 1, date(2026, 3, 2), GOTO_RESCUE.rules)
    # 30.00 × (23/28 + 1) = 54.642… → 54.64; of it (13/28 + 1) / (23/28 + 1) = 41/51
    assert (
        "54.64 EUR × 41/51 of full periods (13/28 + 31/31 left of 23/28 + 31/31) = 43.92627… → 43.93" in quote.explain()
    )


def test_a_stub_of_many_full_periods_counts_the_whole_ones():
    """A bill date that was postponed by months: the terms stay short enough to stand on a document."""
    moved = move_bill_date(Schedule(date(2026, 1, 1), MONTHLY), 0, date(2028, 2, 10)).after
    line = BilledPeriod.of_plan(SMALL, 1, moved, UNTAXED)
    result = prorate_change(policy("chargebee"), Change.cancel(date(2026, 3, 20)), [line])
    assert "of full periods (12/31 + 9/29 + 22 whole ones left of 9/29 + 25 whole ones)" in result.explain()


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("braintree", "12.90", "12.90"),  # 20.00 × 20/31 = 12.903…, twice
        ("samsung_prorated_charge", "13.33", "13.34"),  # 33.33 - 20.00, 46.67 - 33.33
        ("unibee", "13.00", "13.00"),  # 20 days of 0.65, twice
    ],
)
def test_two_changes_on_one_day(name, first, second):
    rule = POLICIES[name]
    once = changed(FRENCH, started(), LARGE, 1, TWENTIETH, rule)
    twice = changed(FRENCH, once.subscription, HUGE, 1, TWENTIETH, rule)
    assert (once.document.subtotal, twice.document.subtotal) == (money(first), money(second))
    current = twice.subscription.billed[-1]
    assert (current.plan, current.period.start, current.period.end) == (HUGE, date(2026, 1, 21), date(2026, 2, 10))
    assert twice.subscription.billed_on(TWENTIETH).plan == SMALL


def test_an_earlier_day_is_still_refused():
    rule = POLICIES["braintree"]
    changed = changed(FRENCH, started(), LARGE, 1, TWENTIETH, rule).subscription
    for running, on in ((changed, date(2026, 1, 19)), (started(), date(2026, 1, 9))):
        with pytest.raises(InvalidValueError, match=r"change_on .*newest billed period"):
            changed(FRENCH, running, HUGE, 1, on, rule)


def test_a_rule_whose_change_day_is_new_does_not_take_the_day_before():
    changed = changed(FRENCH, started(), LARGE, 1, TWENTIETH, POLICIES["braintree"]).subscription
    with pytest.raises(InvalidValueError, match="newest billed period"):
        changed(FRENCH, changed, HUGE, 1, TWENTIETH, POLICIES["chargebee"])


@pytest.mark.parametrize("name", NEXT_DAY)
def test_on_the_last_day_the_remedy_works(name):
    rule = POLICIES[name]
    with pytest.raises(InvalidValueError, match=r"'2026-02-09': no day .* at its renewal, with schedule_change"):
        changed(FRENCH, started(), LARGE, 1, LAST, rule)
    later = changed(FRENCH, started(), LARGE, 1, LAST, rule)
    assert later.effective_on == date(2026, 2, 10)
    assert renewed(FRENCH, later.subscription).document.subtotal == money("50.00")
    with pytest.raises(InvalidValueError, match="does not wait"):
        changed(FRENCH, started(), LARGE, 1, date(2026, 2, 8), rule)


def test_credit_that_buys_no_whole_day_pays_for_the_rest():
    """30.00 × 1/31 = 0.97 is no day of 50.00 / 28 (February's): 50.00 × 1/31 = 1.61 is charged, by either door."""
    rule = POLICIES["google_time_proration"]
    result = prorate_change(rule, Change.to(LAST, LARGE), started().billed)
    assert (result.credit, result.charge, result.next_bill_on) == (money("0.97"), money("1.61"), date(2026, 2, 10))
    quote = changed(FRENCH, started(), LARGE, 1, LAST, rule)
    assert (quote.document.subtotal, quote.next_bill_on) == (result.net, result.next_bill_on)


def test_a_document_taxes_its_subtotal():
    """28/31 = 0.903225… → 0.90323; 9.99 × 0.90323 = 9.0232677 → 9.02 before tax; 9.02 × 20 % = 1.804."""
    running = bought(FRENCH, flat("9.99", "Nine"), 1, date(2026, 1, 10)).subscription
    note = ended(FRENCH, running, date(2026, 1, 13), POLICIES["paddle"]).document
    assert (str(note.net), str(note.tax)) == ("9.02 EUR", "1.80 EUR")


def test_the_document_says_what_of_the_credit_is_lost():
    """50.00 × 17/31 = 27.419… is credited, 30.00 × 17/31 = 16.451… is charged: 10.97 is lost."""
    small, large = (flat(price, name) for price, name in (("30.00", "Small"), ("50.00", "Large")))
    running = bought(FRENCH, large, 1, date(2026, 1, 10)).subscription
    rule = policy("chargebee", settlement=Settlement.FORFEIT)
    quote = changed(FRENCH, running, small, 1, date(2026, 1, 24), rule)
    assert quote.document.total == money("0.00")
    assert "27.41935… → 27.42 half up, adjusted by -10.97 that is lost = 16.45" in quote.explain()


def test_a_day_that_stays_with_the_old_plan_may_see_any_number_of_changes():
    """16 of 31 days are left after the 24th: 20.00, 10.00, -20.00 and 50.00 of them."""
    running = bought(SWISS, flat("30.00", "A"), 1, date(2026, 1, 10)).subscription
    found = []
    for name, price in (("B", "50.00"), ("C", "60.00"), ("D", "40.00"), ("E", "90.00")):
        quote = changed(SWISS, running, flat(price, name), 1, date(2026, 1, 24), policy("braintree"))
        found.append(quote.document.total.amount if isinstance(quote.document, Invoice) else quote.credit_left.amount)
        running = quote.subscription
    assert found == ["10.32", "5.16", "10.32", "25.81"]
