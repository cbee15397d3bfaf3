"""Quotes for changes: the documents, their lines, and what is refused."""

import pickle
from datetime import date

import attrs
import pytest

from billingcore._kernel import Rounding
from billingcore.billed import BilledPeriod
from billingcore.changes import (
    Cart,
    OutcomeKind,
    Quote,
    Refused,
    alter,
    quote_change,
)
from billingcore.cycles import ANNUAL, MONTHLY, AlignedSchedule, DayOfMonth, Schedule, Stub, move_bill_date
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, RefusedError
from billingcore.invoices import CreditNote, Invoice
from billingcore.lines import ChargeLine, CreditLine
from billingcore.money import total
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
    MAIN,
    MID_APRIL,
    PAID_IN_APRIL,
    POLICIES,
    SMALL,
    SWISS,
    TWENTIETH,
    UNTAXED,
    account,
    bought,
    change,
    changed,
    changed_in_april,
    day,
    ended,
    flat,
    money,
    policy,
    renewed,
    seats,
    started,
    started_in_april,
    started_untaxed,
)

HALF = ProrationLine(Side.CREDIT, SMALL, 1, money("30.00"), 1, 2, UNTAXED, Rounding.HALF_UP, "days", "sale")
LAST = date(2026, 2, 9)
NEXT_DAY = ["braintree", "samsung_prorated_charge", "samsung_prorated_date", "unibee"]


def test_a_new_plan_for_nothing_has_no_document():
    """What was billed stays on record under the old plan; the new one is billed from the next bill date on."""
    quote = change(started_untaxed(), LARGE_62, day(11))
    assert (quote.documents, quote.entries, quote.due_now) == ((), (), money("0.00"))
    assert [(each.outcome, each.effective_on, each.net) for each in quote.outcomes] == [
        (OutcomeKind.BILLED, day(11), money("0.00"))
    ]
    assert (quote.subscription.main.plan, quote.subscription.billed) == (LARGE_62, started_untaxed().billed)


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
    result = prorate_change(POLICIES[name], Change.to(MID_APRIL, LARGE_60), [started_in_april().billed[-1]])
    nets = [each.subtotal if type(each) is Invoice else -each.net for each in quote.documents]
    assert total(nets, "EUR") == result.net
    assert quote.next_bill_on == result.next_bill_on
    assert from_record(to_record(quote)) == quote
    assert quote.subscription.main.plan == LARGE_60
    assert quote.subscription.paid_until == quote.subscription.billed[-1].period.end == quote.next_bill_on
    for net in nets:
        assert str(net.amount).lstrip("-") in quote.explain()


def test_a_policy_by_direction():
    up = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, rulebook("lago"))
    assert up.document.subtotal == money("15.00")
    down = changed(FRENCH, started_in_april(LARGE_60), SMALL, 1, MID_APRIL, rulebook("lago"))
    (sale,) = down.subscription.next
    assert (sale.item.plan, sale.on) == (SMALL, date(2026, 5, 1))


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
    lines = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES["microsoft_csp"]).subscription.waiting
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
    assert kept.subscription.upcoming_bills(2) == (date(2026, 5, 1), date(2027, 5, 1))
    bought = changed_in_april("samsung_prorated_date")
    assert (bought.document.total, bought.next_bill_on) == (
        money("0.00"),
        date(2026, 4, 23),
    )  # 14.00 buys 7 days of 2.00
    assert bought.subscription.upcoming_bills(2) == (date(2026, 4, 23), date(2026, 5, 23))


@pytest.mark.parametrize("name", ["braintree", "samsung_prorated_charge", "unibee"])
def test_the_last_day_of_the_old_plan_leaves_no_day_to_change(name):
    """So the change waits for the renewal, whatever the rule."""
    quote = changed_in_april(name, day=date(2026, 4, 30))
    (outcome,) = quote.outcomes
    assert (quote.documents, outcome.outcome, outcome.effective_on) == ((), OutcomeKind.SCHEDULED, date(2026, 5, 1))
    assert quote.subscription.next[0].item.plan == LARGE_60


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
    limited = attrs.evolve(limited, billed=(limited.billed[-1].with_credit_given(money("20.00")),))
    capped = changed(FRENCH, limited, cheap, 1, MID_APRIL, policy("chargebee", settlement=Settlement.FORFEIT))
    assert capped.document.total == money("0.00")  # 10.00 was left, 5.00 of it is charged
    up = changed_in_april("fastspring", LARGE_60, account=PAID_IN_APRIL)
    assert (type(up.documents[0]), up.to_refund) == (Invoice, money("36.00"))  # April is not over: 30.00 and 20 % of it


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


@pytest.mark.parametrize("name", ["polar", "stripe_classic", "google_deferred"])
def test_every_change_refuses_the_same_arguments(name):
    rule, running, larger = POLICIES[name], started_in_april(), alter(MAIN, plan=LARGE_60)
    for ask, error in (
        (lambda: quote_change(None, running, Cart(MID_APRIL, larger), rule), InvalidTypeError),
        (lambda: quote_change(FRENCH, None, Cart(MID_APRIL, larger), rule), InvalidTypeError),
        (lambda: quote_change(FRENCH, running, None, rule), InvalidTypeError),
        (lambda: quote_change(FRENCH, running, Cart(MID_APRIL, larger), None), InvalidTypeError),
        (lambda: quote_change(FRENCH, running, Cart(MID_APRIL, larger), rule, options=None), InvalidTypeError),
        (lambda: quote_change(FRENCH, running, Cart(MID_APRIL, larger), rule, one_off=(1,)), InvalidTypeError),
        (lambda: quote_change(FRENCH, running, Cart(MID_APRIL, larger), rule, measured=1), InvalidTypeError),
        (lambda: quote_change(FRENCH, running, Cart(MID_APRIL, larger), rule, measured={MAIN: 1}), InvalidValueError),
        (lambda: changed(FRENCH, running, LARGE_60, 0, MID_APRIL, rule), InvalidValueError),
        (lambda: changed(FRENCH, running, LARGE_60, 1, date(2026, 5, 1), rule), InvalidValueError),
        (lambda: changed(FRENCH, running, LARGE_60, 1, date(2026, 3, 31), rule), InvalidValueError),
        (lambda: changed(FRENCH, running, flat("1.00", currency="USD"), 1, MID_APRIL, rule), CurrencyMismatchError),
    ):
        with pytest.raises(error):
            ask()


def test_the_outcomes_are_checked():
    quote = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, POLICIES["nadles"])
    (outcome,) = quote.outcomes
    for field, junk in (
        ("key", 1), ("outcome", "billed by hand"), ("effective_on", "2026-04-16"), ("net", 15), ("rule", "theirs"),
    ):  # fmt: skip
        with pytest.raises(InvalidTypeError):
            attrs.evolve(outcome, **{field: junk})
    with pytest.raises(InvalidValueError):
        attrs.evolve(outcome, key="")
    ending = ended(FRENCH, started_in_april(), MID_APRIL, POLICIES["polar"])
    for each in (quote, ending):
        for fields in (
            {"documents": 1}, {"documents": (1,)}, {"subscription": None}, {"entries": 1}, {"credit_before": 1}, {"to_refund": 1},
            {"outcomes": None}, {"outcomes": (1,)}, {"quoted": 1},
        ):  # fmt: skip
            with pytest.raises(InvalidTypeError):
                attrs.evolve(each, **fields)
        with pytest.raises(CurrencyMismatchError):
            attrs.evolve(each, to_refund=money("1.00", "USD"))


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
        changed(joe, active, LARGE_60, 1, MID_APRIL, POLICIES["stripe_classic"]),
        changed(joe, active, LARGE_60, 1, MID_APRIL, POLICIES["google_deferred"]),
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
    assert [type(answer) for answer in answers] == [Quote] * 6
    assert all(answer.granted() is answer for answer in answers)
    assert [answer.applies_to(active) for answer in answers] == [False, True, True, True, True, True]
    assert [answer.applies_to(None) for answer in answers] == [True, False, False, False, False, False]


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
    assert twice.subscription.billed_on(MAIN, TWENTIETH).plan == SMALL


def test_an_earlier_day_is_still_refused():
    rule = POLICIES["braintree"]
    larger = changed(FRENCH, started(), LARGE, 1, TWENTIETH, rule).subscription
    for running, on in ((larger, date(2026, 1, 19)), (started(), date(2026, 1, 9))):
        with pytest.raises(InvalidValueError, match=r"^on .*newest billed period of main"):
            changed(FRENCH, running, HUGE, 1, on, rule)


def test_a_rule_whose_change_day_is_new_does_not_take_the_day_before():
    larger = changed(FRENCH, started(), LARGE, 1, TWENTIETH, POLICIES["braintree"]).subscription
    with pytest.raises(InvalidValueError, match="newest billed period"):
        changed(FRENCH, larger, HUGE, 1, TWENTIETH, POLICIES["chargebee"])


@pytest.mark.parametrize("name", NEXT_DAY)
def test_on_the_last_day_it_comes_with_the_renewal(name):
    rule = POLICIES[name]
    later = changed(FRENCH, started(), LARGE, 1, LAST, rule)
    (outcome,) = later.outcomes
    assert (outcome.outcome, outcome.effective_on) == (OutcomeKind.SCHEDULED, date(2026, 2, 10))
    assert renewed(FRENCH, later.subscription).document.subtotal == money("50.00")
    sooner = changed(FRENCH, started(), LARGE, 1, date(2026, 2, 8), rule)
    assert sooner.outcomes[0].outcome is OutcomeKind.BILLED


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
