"""The result of a change: what it is made of, when it is billed, and what becomes of credit that is left."""

from datetime import date, timedelta

import attrs
import pytest

from billingcore.cycles import ANNUAL, WEEKLY, Period
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.proration import (
    Balance,
    Basis,
    Change,
    Clock,
    CreditOf,
    DayOwner,
    FixedDays,
    Measure,
    ProrationPolicy,
    ProrationResult,
    Sale,
    Settlement,
    prorate_change,
)
from billingcore.records import from_record, to_record
from samples import (
    APRIL,
    DAY_RESET,
    DIFFERENCE,
    FREE,
    FRENCH,
    KEEP,
    LARGE,
    MID_APRIL,
    POLICIES,
    SMALL,
    SPAN,
    TWENTIETH,
    TWENTY_FOURTH,
    UNTAXED,
    UPGRADE,
    YEAR,
    YEARLY_300,
    billed,
    bought,
    changed,
    flat,
    money,
    policy,
)

TINY = flat("10.00", "Tiny")
GATHERING = [name for name, each in POLICIES.items() if each.settlement is Settlement.NEXT_INVOICE]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((None, UPGRADE, (billed(SMALL),)), InvalidTypeError),
        ((KEEP, None, (billed(SMALL),)), InvalidTypeError),
        ((KEEP, UPGRADE, [billed(SMALL)]), InvalidTypeError),
        ((KEEP, UPGRADE, (1,)), InvalidTypeError),
        ((KEEP, UPGRADE, (), 1), InvalidTypeError),
        ((KEEP, Change.cancel(date(2026, 1, 24)), ()), InvalidValueError),
        ((KEEP, UPGRADE, ()), InvalidValueError),  # the rest of no period
        ((DIFFERENCE, UPGRADE, ()), InvalidValueError),
        ((KEEP, Change.to(date(2026, 2, 11), LARGE), (billed(SMALL),)), InvalidValueError),
        ((KEEP, Change.to(date(2026, 1, 24), flat("1.00", currency="USD")), (billed(SMALL),)), CurrencyMismatchError),
        ((KEEP, Change.to(SPAN.start_at, LARGE), (billed(SMALL),)), InvalidTypeError),  # which civil day is it?
        ((POLICIES["polar"], Change.to(SPAN.start_at, LARGE), (billed(SMALL),)), InvalidTypeError),
        ((KEEP, UPGRADE, (billed(SMALL).replaced_on(date(2026, 1, 20), money("0.00")),)), InvalidValueError),
        ((POLICIES["paddle_months"], Change.to(date(2026, 1, 12), LARGE), (billed(SMALL, Period(date(2026, 1, 10), date(2026, 1, 17))),)), InvalidValueError),
        ((policy("zuora_30_days", basis=FixedDays(30, WEEKLY)), UPGRADE, (billed(SMALL),)), InvalidValueError),
        ((POLICIES["google_deferred"], UPGRADE, ()), InvalidValueError),
        ((POLICIES["samsung_prorated_date"], Change.to(date(2026, 1, 24), flat("0.00")), (billed(SMALL),)), InvalidValueError),
    ],
)  # fmt: skip
def test_a_result_refuses_changes_that_do_not_fit_what_was_billed(arguments, error):
    with pytest.raises(error):
        ProrationResult(*arguments)


def test_what_becomes_of_credit_that_is_left():
    down = Change.to(MID_APRIL, flat("10.00"))
    for settlement, carried, refund, words in (
        (Settlement.CARRY, "10.00", "0.00", "is carried to later bills"),
        (Settlement.REFUND, "0.00", "10.00", "is paid out"),
        (Settlement.REFUND_PAID, "0.00", "10.00", "is paid out"),  # all of it was paid, as nothing else is said
        (Settlement.FORFEIT, "0.00", "0.00", "is lost"),
    ):
        result = prorate_change(policy("chargebee", settlement=settlement), down, [billed(flat("30.00"), APRIL)])
        assert (result.leftover, result.carried, result.refund) == (money("10.00"), money(carried), money(refund))
        assert (result.applied, result.due_now) == (money("5.00"), money("0.00"))
        assert words in result.explain()
    assert prorate_change(KEEP, down, [billed(flat("30.00"), APRIL)]).next_invoice == money("0.00")  # 10.00 - 10.00
    gathered = prorate_change(POLICIES["nadles"], Change.to(MID_APRIL, flat("60.00")), [billed(flat("30.00"), APRIL)])
    assert (gathered.due_now, gathered.next_invoice) == (money("0.00"), money("75.00"))


@pytest.mark.parametrize("sale", [Sale.DIFFERENCE_REMAINING, Sale.DIFFERENCE_FULL])
def test_a_document_of_an_addition_leaves_what_it_stands_beside(sale):
    old = billed(flat("30.00"), APRIL)
    result = prorate_change(ProrationPolicy(sale), Change.add(MID_APRIL, flat("10.00", "Extra")), [old])
    given, after = result.for_document()
    charge = money("5.00") if sale is Sale.DIFFERENCE_REMAINING else money("10.00")  # 10.00 × 15/30, or all of it
    assert (given, after[0], after[1].net, len(after)) == ((), old, charge, 2)


def test_a_result_without_a_period_has_no_share():
    result = prorate_change(POLICIES["goto"], Change.add(MID_APRIL, LARGE, ruling=UNTAXED))
    assert result.next_bill_on == date(2026, 5, 16)
    with pytest.raises(InvalidValueError, match="no period runs"):
        _ = result.fraction


@pytest.mark.parametrize(
    ("preset", "change", "field"),
    [
        ("polar", Change.to(TWENTIETH, LARGE), None),
        ("stripe_classic", Change.to(TWENTIETH, flat("300.00", "Year", ANNUAL)), "interval_change"),
        (None, Change.to(TWENTIETH, LARGE), "sale"),
    ],
)
def test_a_result_names_what_started_a_new_period(preset, change, field):
    policy = POLICIES[preset] if preset else DAY_RESET
    assert prorate_change(policy, change, [billed(SMALL)]).restarted_by == field


YEARS = {
    # 300.00 - 30.00 × 17/31 = 300.00 - 16.45
    **dict.fromkeys(("stripe_classic", "stripe", "zuora_actual_days", "microsoft_csp", "nadles"), "283.55"),
    "zuora_30_days": "283.00",  # 300.00 - 30.00 × 17/30
    "zuora_strict_30_360": "284.00",  # 300.00 - 30.00 × 16/30
}


@pytest.mark.parametrize("name", YEARS)
def test_a_change_of_interval_is_billed_at_once(name):
    result = prorate_change(POLICIES[name], Change.to(TWENTY_FOURTH, YEARLY_300), [billed(SMALL)])
    assert result.settles_now
    assert (result.due_now, result.next_invoice) == (money(YEARS[name]), money("300.00"))
    assert "billed now: the invoice of the new period comes now (settlement)" in result.explain()


@pytest.mark.parametrize("name", GATHERING)
def test_a_change_that_keeps_the_period_still_waits_for_its_invoice(name):
    result = prorate_change(POLICIES[name], Change.to(TWENTY_FOURTH, LARGE), [billed(SMALL)])
    assert not result.settles_now
    assert (result.due_now, result.next_invoice) == (money("0.00"), money("50.00") + result.net)


def test_free_to_paid_is_billed_at_once_where_it_starts_a_period():
    result = prorate_change(POLICIES["stripe_classic"], Change.to(TWENTY_FOURTH, LARGE), [billed(FREE)])
    assert (result.due_now, result.next_invoice, str(result.next_bill_on)) == (
        money("50.00"), money("50.00"), "2026-02-24",
    )  # fmt: skip
    assert "charge for Large × 1: 50.00 EUR (free_to_paid)" in result.explain()
    assert "next bill on 2026-02-24: a new period starts (free_to_paid)" in result.explain()


def test_credit_left_by_a_new_period_is_carried_not_billed():
    year = prorate_change(POLICIES["recurly_full"], Change.to(TWENTY_FOURTH, YEARLY_300), [billed(SMALL)]).billed_after[
        1:
    ]
    result = prorate_change(POLICIES["nadles"], Change.to(date(2026, 1, 25), SMALL), year)
    # 300.00 × 364/365 = 299.18 given back, 30.00 charged
    assert (result.due_now, result.carried, result.next_invoice) == (money("0.00"), money("269.18"), money("0.00"))


def test_a_cancellation_says_what_becomes_of_its_credit():
    told = prorate_change(POLICIES["nadles"], Change.cancel(TWENTY_FOURTH), [billed(SMALL)]).explain().split("\n")
    assert told[2:] == [
        "  net 0.00 - 16.45 = -16.45 EUR, nothing to bill (settlement)",
        "  16.45 EUR of the credit stays on the buyer's balance (settlement)",
        "  no further bill",
    ]


def test_what_is_billed_at_once_is_quoted_and_not_gathered():
    """A new period starts, and its invoice comes now."""
    small, yearly = flat("30.00", "Small"), flat("300.00", "Yearly", ANNUAL)
    running = bought(FRENCH, small, 1, date(2026, 1, 10)).subscription
    quote = changed(FRENCH, running, yearly, 1, TWENTY_FOURTH, POLICIES["stripe"])
    assert quote.subscription.waiting == ()
    assert (quote.document.subtotal, quote.next_bill_on) == (money("283.55"), date(2027, 1, 24))


def test_credit_on_the_next_invoice_is_not_paid_out_or_lost_too():
    """One choice says when lines are billed and what becomes of credit: the two cannot contradict each other."""
    result = prorate_change(POLICIES["nadles"], Change.to(TWENTY_FOURTH, TINY), [billed(SMALL)])
    # 10.00 × 17/31 - 30.00 × 17/31 = 5.48 - 16.45: the next invoice of 10.00 is paid, 0.97 is left
    assert (result.refund, result.net, result.next_invoice) == (money("0.00"), money("-10.97"), money("0.00"))


def test_a_sale_that_restarts_settles_at_once():
    reset = policy("goto", settlement=Settlement.NEXT_INVOICE)
    assert reset.sale is Sale.RESTART
    assert prorate_change(reset, Change.to(TWENTY_FOURTH, LARGE), [billed(SMALL)]).due_now == money("33.55")


# Settled apart, and what was really paid


def test_fastspring_charges_and_refunds_apart():
    """Charged 50.00, refunded 25.00: a year of 50.00, half of it used."""
    old, new = flat("50.00", "Old", ANNUAL), flat("100.00", "New", ANNUAL)
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    result = prorate_change(POLICIES["fastspring"], Change.to(date(2026, 7, 1), new), [billed(old, year)])
    assert (result.charge, result.due_now, result.refund) == (money("50.00"), money("50.00"), money("25.00"))
    assert (result.settles_apart, result.applied, result.carried) == (True, money("0.00"), money("0.00"))
    assert result.leftover == result.credit == money("25.00")
    text = "50.00 EUR is charged and 25.00 EUR paid out, each on a document of its own (settlement)"
    assert text in result.explain()
    assert "is left" not in result.explain()
    assert result.next_invoice == money("100.00")


def test_what_is_settled_apart_is_paid_out_on_a_cancellation():
    result = prorate_change(
        policy("chargebee", settlement=Settlement.APART), Change.cancel(MID_APRIL), [billed(SMALL, APRIL)]
    )
    assert (result.refund, result.due_now, result.leftover) == (money("15.00"), money("0.00"), money("15.00"))


@pytest.mark.parametrize(
    ("price", "paid", "refund", "carried"),
    [
        ("0.00", "30.00", "15.00", "0.00"),  # all was paid: all of the 15.00 goes back
        ("0.00", "20.00", "10.00", "5.00"),  # two thirds were paid
        ("0.00", "0.00", "0.00", "15.00"),  # paid from the balance: it stays balance
        ("10.00", "20.00", "6.67", "3.33"),  # 15.00 - 5.00 is left: 10.00 × 20/30
        ("0.00", "40.00", "15.00", "0.00"),  # more than what was billed: with tax on top, say
        ("0.00", "0.01", "0.01", "14.99"),  # 15.00 × 0.01/30.00 = 0.005, up
    ],
)
def test_what_was_really_paid_goes_back_as_money_and_the_rest_stays_balance(price, paid, refund, carried):
    rule = policy("chargebee", settlement=Settlement.REFUND_PAID)
    result = prorate_change(rule, Change.to(MID_APRIL, flat(price, "New")), [billed(SMALL, APRIL)], paid=money(paid))
    assert (result.refund, result.carried) == (money(refund), money(carried))
    assert result.refund + result.carried == result.leftover
    text = result.explain()
    assert ("is paid out (settlement)" in text, "is carried to later bills (settlement)" in text) == (
        bool(result.refund), bool(result.carried),
    )  # fmt: skip


def test_what_was_paid_for_several_lines_counts_together():
    rule = policy("chargebee", settlement=Settlement.REFUND_PAID)
    lines = [billed(SMALL, APRIL), billed(flat("10.00", "Extra"), APRIL)]
    result = prorate_change(rule, Change.cancel(MID_APRIL), lines, paid=money("10.00"))
    assert (result.refund, result.carried) == (money("5.00"), money("15.00"))  # 20.00 × 10/40
    free = prorate_change(rule, Change.cancel(MID_APRIL), [billed(FREE, APRIL)], paid=money("0.00"))
    assert (free.refund, free.carried) == (money("0.00"), money("0.00"))


@pytest.mark.parametrize(
    ("paid", "error"),
    [(money("-0.01"), InvalidValueError), (money("1.00", "USD"), CurrencyMismatchError), (1, InvalidTypeError)],
)
def test_what_was_paid_is_an_amount_in_the_currency_that_was_billed(paid, error):
    with pytest.raises(error, match=r"paid|USD"):
        prorate_change(KEEP, UPGRADE, [billed(SMALL)], paid=paid)


# The end of the period


@pytest.mark.parametrize("sale", Sale)
@pytest.mark.parametrize("settlement", Settlement)
def test_on_the_end_of_the_period_nothing_is_unused(sale, settlement):
    """A change on that day was refused here, and taken by `prorate`; the day lies in the period that follows."""
    rule = attrs.evolve(ProrationPolicy(sale, KEEP.measure), settlement=settlement)
    end = prorate_change(rule, Change.cancel(APRIL.end), [billed(SMALL, APRIL)])
    whole = sale in {Sale.IN_FULL, Sale.DIFFERENCE_FULL}
    assert end.credit == money("30.00" if whole else "0.00")
    assert end.next_bill is None
    change = Change.to(APRIL.end, LARGE)
    result = prorate_change(rule, change, [billed(SMALL, APRIL)])
    starts = sale in {Sale.RESTART, Sale.RESTART_WITHOUT_CREDIT, Sale.RESTART_LONGER}
    assert (result.credit, result.charge) == (money("0.00"), money("50.00" if starts else "0.00"))
    assert result.next_bill_on == (date(2026, 6, 1) if starts else APRIL.end)


@pytest.mark.parametrize("sale", [Sale.IN_FULL, Sale.DIFFERENCE_FULL])
@pytest.mark.parametrize("plan", [LARGE, flat("10.00", "Tiny")])
@pytest.mark.parametrize(("owner", "day"), [(DayOwner.NEW, APRIL.end), (DayOwner.OLD, date(2026, 4, 30))])
def test_of_a_period_that_is_over_nothing_is_sold_in_full(sale, plan, owner, day):
    """Up or down, what is sold whole is sold of the period: of no days neither 50.00 - 30.00 nor 30.00 - 10.00."""
    rule = ProrationPolicy(sale, Measure(Clock.DAY, change_day=owner))
    on_record = (billed(SMALL, APRIL),)
    result = prorate_change(rule, Change.to(day, plan), on_record)
    assert (result.lines, result.credit, result.charge, result.due_now) == ((), *[money("0.00")] * 3)
    assert (result.period, result.next_bill_on, result.billed_after) == (None, APRIL.end, on_record)
    assert result.next_invoice == plan.charge_for(1)
    assert "  nothing of the period is left: nothing is given back or charged\n  net 0.00" in result.explain()
    assert from_record(to_record(result)) == result
    early = prorate_change(rule, Change.to(day - timedelta(1), plan), on_record)
    assert early.net == plan.charge_for(1) - money("30.00")  # a day before, all of it


def test_an_addition_on_the_end_of_the_period_is_for_nothing():
    rule = ProrationPolicy(Sale.IN_FULL, KEEP.measure)
    result = prorate_change(rule, Change.add(APRIL.end, LARGE), [billed(SMALL, APRIL)])
    assert (result.lines, result.charge, result.billed_after) == ((), money("0.00"), (billed(SMALL, APRIL),))


def test_a_change_after_the_end_of_the_period_speaks_of_the_period():
    with pytest.raises(InvalidValueError, match=r"a change lies within the newest billed period \(2026-04-01"):
        prorate_change(KEEP, Change.to(date(2026, 5, 2), LARGE), [billed(SMALL, APRIL)])


# What was used


@pytest.mark.parametrize("given", ["0.00", "5.00", "16.00"])
@pytest.mark.parametrize(
    ("fields", "used"),
    [
        ({}, "10.00"),  # 20.00 × 15/30
        ({"credit_of": CreditOf.GROSS}, "10.00"),  # 15.00 of the price less 5.00 of the discount
        ({"credit_of": CreditOf.GROSS_LEAST_DISCOUNT}, "10.00"),
        ({"balance": Balance.INDEPENDENT}, "10.00"),
        ({"sale": Sale.REVERSE_AND_REBILL}, "10.00"),
        ({"sale": Sale.DIFFERENCE_REMAINING}, "10.00"),
        ({"sale": Sale.IN_FULL}, "0.00"),
        ({"sale": Sale.NOTHING}, "0.00"),  # nothing is credited
    ],
)
def test_what_was_used_does_not_depend_on_what_was_given_before(given, fields, used):
    """Credit given before counted as used, and the discount of a gross credit did not."""
    rule = attrs.evolve(KEEP, **fields)
    line = billed(SMALL, APRIL, discount=money("10.00"), given=money(given))
    result = prorate_change(rule, Change.cancel(MID_APRIL), [line])
    assert result.used == money(used)


def test_of_a_difference_over_two_lines_each_is_used_once():
    lines = [billed(SMALL, APRIL), billed(flat("20.00", "Extra"), APRIL)]
    result = prorate_change(DIFFERENCE, Change.to(MID_APRIL, flat("5.00", "Tiny")), lines)
    assert (result.credit, result.used) == (money("22.50"), money("25.00"))  # 45.00 / 2; 15.00 + 10.00


def test_of_a_postponed_period_nothing_less_than_nothing_was_used():
    """40 of 31 days are left: the used part was -8.71, and a reversal raised an error."""
    longer = billed(SMALL, Period(date(2026, 1, 10), date(2026, 2, 28)))
    for fields in ({}, {"balance": Balance.INDEPENDENT}, {"sale": Sale.REVERSE_AND_REBILL}):
        rule = policy("chargebee", basis=Basis.NOMINAL_PERIOD, **fields)
        result = prorate_change(rule, Change.cancel(date(2026, 1, 19)), [longer])
        assert (result.credit, result.used) == (money("30.00"), money("0.00"))


def test_a_running_period_is_that_of_what_was_billed():
    result = prorate_change(KEEP, Change.to(MID_APRIL, LARGE), [billed(SMALL, APRIL)], running=YEAR)
    assert (result.charge, result.next_bill_on) == (money("25.00"), APRIL.end)


def test_a_waiting_addition_waits_for_the_period_that_was_billed():
    """It was refused: no period seemed to run."""
    waits = ProrationPolicy.at_period_end()
    result = prorate_change(waits, Change.add(MID_APRIL, LARGE), [billed(SMALL, APRIL)])
    assert (result.effective_at, result.next_bill_on, result.lines) == (APRIL.end, APRIL.end, ())
