"""Lives that once went wrong where two rooms meet: each a table row with its sum."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore.changes import (
    Cart,
    Refused,
    RefusedReason,
    alter,
    quote_cancellation,
    quote_change,
    quote_credit,
    quote_pause,
    quote_renewal,
    quote_resumption,
    quote_start,
)
from billingcore.cycles import ANNUAL, MONTHLY, AlignedSchedule, DayOfMonth, Resume, Stub
from billingcore.disputes import decide_dispute, uphold_dispute
from billingcore.errors import InvalidValueError
from billingcore.invoices import credit_in_full, credit_in_part
from billingcore.ledger import Ledger
from billingcore.profiles import GOTO_RESCUE
from billingcore.proration import ProrationPolicy, Settlement
from billingcore.subscriptions import Item, PauseCredit, PauseTerms, Waits, closed_before, take_back
from billingcore.vendors import rulebook
from samples import FRENCH, SWISS, flat, money

AT_END = ProrationPolicy.at_period_end()
KEEP = ProrationPolicy.keep_dates()
GOTO = GOTO_RESCUE.rules


def plan(price, name="A", cadence=MONTHLY):
    return flat(price, name, cadence)


def sold(price, on, account=SWISS, cadence=MONTHLY, **more):
    return quote_start(account, on, Item("m", plan(price, "A", cadence)), **more).granted().numbered("1")


def to(subscription, price, on, rules, account=SWISS, cadence=MONTHLY):
    return quote_change(account, subscription, Cart(on, alter("m", plan=plan(price, "B", cadence))), rules)


def scheduled_to_months():
    yearly = sold("600.00", date(2026, 1, 1), cadence=ANNUAL).subscription
    return to(yearly, "60.00", date(2026, 3, 1), AT_END).granted().subscription


def long_first_stub():
    schedule = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY, first=Stub.LONG)
    return sold("31.00", date(2026, 1, 10), schedule=schedule).subscription


def lengthened_by_credit():
    first = sold("31.00", date(2026, 1, 1)).subscription
    return to(first, "10.00", date(2026, 1, 3), rulebook("google_charge_full_price")).granted().subscription


def contract():
    schedule = AlignedSchedule.by_anniversary(date(2026, 1, 1), MONTHLY, date(2026, 4, 20), last=Stub.LONG)
    return sold("31.00", date(2026, 1, 1), schedule=schedule).subscription


@pytest.mark.parametrize(
    ("running", "paused", "resumed", "billed", "next_bill"),
    [
        # 600.00 is paid to 2027, whatever is scheduled for then
        (scheduled_to_months, date(2026, 4, 10), date(2026, 6, 15), None, date(2027, 1, 1)),
        # 53.00 is paid to 1 March: 31.00 × (22/31 + 28/28)
        (long_first_stub, date(2026, 1, 20), date(2026, 2, 10), None, date(2026, 3, 1)),
        # credit lengthened the period to 3 May
        (lengthened_by_credit, date(2026, 1, 5), date(2026, 2, 10), None, date(2026, 5, 3)),
        # to the end of the contract: 31.00 × (27/31 + 19/30) = 27.00 + 19.633…
        (contract, date(2026, 1, 10), date(2026, 3, 5), "46.63", None),
    ],
)
def test_a_pause_asks_what_was_billed(running, paused, resumed, billed, next_bill):
    pause = quote_pause(SWISS, running(), paused).granted()
    back = quote_resumption(SWISS, pause.subscription, resumed).granted()
    assert (back.document and back.document.subtotal) == (billed and money(billed))
    assert back.next_bill_on == next_bill


@pytest.mark.parametrize(
    ("running", "paused", "resumed", "worth", "until"),
    [
        (scheduled_to_months, date(2026, 4, 10), date(2026, 6, 15), "437.26", date(2027, 3, 8)),  # 600.00 × 266/365
        (long_first_stub, date(2026, 1, 20), date(2026, 2, 10), "42.40", date(2026, 3, 22)),  # 53.00 × 40/50
    ],
)
def test_days_that_are_kept_are_those_that_were_billed(running, paused, resumed, worth, until):
    pause = quote_pause(SWISS, running(), paused, PauseTerms(goes_on=Resume.KEEP_DAYS)).granted()
    back = quote_resumption(SWISS, pause.subscription, resumed).granted()
    assert not back.documents
    assert (back.subscription.billed[-1].net, back.next_bill_on) == (money(worth), until)


def test_a_pause_and_its_resumption_decided_in_one_call_come_to_the_same():
    first = sold("30.00", date(2026, 1, 31)).subscription
    terms = PauseTerms(PauseCredit.UNUSED)
    open_ended = quote_pause(SWISS, first, date(2026, 2, 10), terms).granted()
    decided = quote_pause(SWISS, first, date(2026, 2, 10), terms, until=date(2026, 3, 5)).granted()
    assert decided.next_bill_on == date(2026, 3, 5)
    one = quote_resumption(SWISS, open_ended.subscription, date(2026, 3, 5)).granted()
    other = quote_renewal(SWISS, decided.subscription).granted()
    assert one.documents == other.documents
    assert one.subscription == other.subscription
    assert open_ended.document.net == money("19.29")  # 30.00 × 18/28
    assert one.document.subtotal == money("25.16")  # 30.00 × 26/31, to 31 March


def test_what_a_pause_took_goes_back_when_it_is_over():
    """30.00 for January, paused from the 10th to the 20th: 30.00 × 10/31 = 9.677…"""
    first = sold("30.00", date(2026, 1, 1)).subscription
    paused = quote_pause(SWISS, first, date(2026, 1, 10), PauseTerms(PauseCredit.WHEN_RESUMED)).granted()
    assert not paused.documents
    back = quote_resumption(SWISS, paused.subscription, date(2026, 1, 20)).granted()
    assert (back.document.net, back.next_bill_on) == (money("9.68"), date(2026, 2, 1))
    later = quote_resumption(SWISS, paused.subscription, date(2026, 2, 15)).granted()
    # 30.00 × 14/28 for February, less 30.00 × 22/31 = 21.29: -6.29
    assert later.document.net == money("6.29")


def test_a_pause_that_is_dated_back_gives_back_what_was_billed_since():
    """29.00 × 12/31 + 29.00, as a cancellation of that day gives."""
    first = sold("29.00", date(2026, 1, 1))
    renewed = quote_renewal(SWISS, first.subscription).granted().numbered("2").subscription
    back = quote_pause(SWISS, renewed, date(2026, 1, 20), PauseTerms(PauseCredit.UNUSED)).granted()
    assert back.document.net == money("40.23")
    with pytest.raises(InvalidValueError, match="gives back what is unused"):
        quote_pause(SWISS, renewed, date(2026, 1, 20))


def test_a_cancellation_dated_before_the_running_period_gives_later_ones_back_whole():
    first = sold("29.00", date(2026, 1, 1))
    renewed = quote_renewal(SWISS, first.subscription).granted().numbered("2").subscription
    end = quote_cancellation(SWISS, renewed, date(2026, 1, 20), KEEP).granted()
    assert end.document.net == money("40.23")  # 29.00 × 12/31 = 11.225… + 29.00
    assert [str(each) for each in end.document.invoices] == ["1 of 2026-01-01", "2 of 2026-02-01"]
    assert end.subscription.ended_on == date(2026, 1, 20)


def test_a_change_before_the_newest_period_says_what_to_do():
    first = sold("29.00", date(2026, 1, 1))
    renewed = quote_renewal(SWISS, first.subscription).granted().subscription
    with pytest.raises(InvalidValueError, match="a cancellation may be dated back"):
        to(renewed, "60.00", date(2026, 1, 20), KEEP)
    with pytest.raises(InvalidValueError, match="renew first"):
        to(renewed, "60.00", date(2026, 3, 1), KEEP)


def upheld(first, amount, raised, resolved, subscription=None, account=SWISS):
    decision = decide_dispute(first.document, raised, GOTO_RESCUE.disputes)
    return uphold_dispute(account, subscription or first.subscription, decision, {1: money(amount)}, resolved)


def test_an_upheld_dispute_is_known_to_a_later_change():
    first = sold("30.00", date(2026, 1, 1))
    note = upheld(first, "25.00", date(2026, 1, 3), date(2026, 1, 4)).granted().numbered("CN-1")
    assert note.document.net == money("25.00")
    change = to(note.subscription, "60.00", date(2026, 1, 5), GOTO).granted()
    assert change.document.lines[1].credit == money("5.00")  # of 26.13 unused no more than was left


def test_a_full_note_leaves_nothing_for_a_cancellation():
    first = sold("30.00", date(2026, 1, 31), FRENCH)
    note = quote_credit(FRENCH, first.subscription, first.document, date(2026, 2, 1)).granted()
    assert note.document.total == money("36.00")
    assert not quote_cancellation(FRENCH, note.subscription, date(2026, 2, 15), GOTO).granted().documents


def test_a_change_is_known_to_a_later_dispute():
    first = sold("30.00", date(2026, 1, 31))
    change = to(first.subscription, "60.00", date(2026, 2, 10), GOTO).granted().numbered("2")
    assert change.document.lines[1].credit == money("19.29")  # 30.00 × 18/28
    note = upheld(first, "30.00", date(2026, 2, 12), date(2026, 2, 12), change.subscription).granted()
    assert note.document.net == money("10.71")
    again = upheld(first, "30.00", date(2026, 2, 12), date(2026, 2, 13), note.numbered("CN-1").subscription)
    assert isinstance(again, Refused)
    assert again.reason is RefusedReason.NOTHING_LEFT


def test_a_line_of_a_subscription_is_not_credited_without_it():
    first = sold("30.00", date(2026, 1, 31))
    for credit in (
        lambda: credit_in_full(first.document, "CN", date(2026, 2, 1)),
        lambda: credit_in_part(first.document, {1: money("5.00")}, "CN", date(2026, 2, 1)),
    ):
        with pytest.raises(InvalidValueError, match="use quote_credit"):
            credit()
    folded = closed_before(quote_renewal(SWISS, first.subscription).granted().subscription, date(2026, 2, 28))
    with pytest.raises(InvalidValueError, match=r"was folded; credit the document alone.*earlier="):
        quote_credit(SWISS, folded, first.document, date(2026, 3, 1))
    assert credit_in_full(first.document, "CN", date(2026, 3, 1), ()).total == money("30.00")
    other = sold("30.00", date(2026, 1, 31)).subscription
    with pytest.raises(InvalidValueError, match="give the subscription that it billed"):
        quote_credit(SWISS, other, attrs.evolve(first.document, number="9"), date(2026, 3, 1))


def test_a_change_for_a_renewal_that_never_comes_is_refused():
    ending = quote_cancellation(SWISS, sold("30.00", date(2026, 6, 1)).subscription, date(2026, 6, 5), AT_END).granted()
    assert (ending.subscription.status, ending.next_bill_on, ending.subscription.end_on) == (
        "ending",
        None,
        date(2026, 7, 1),
    )
    for running in (ending.subscription, contract_in_its_last_period()):
        later = to(running, "10.00", date(2026, 6, 10), AT_END)
        assert isinstance(later, Refused)
        assert later.reason is RefusedReason.ENDS


def contract_in_its_last_period():
    schedule = AlignedSchedule.by_anniversary(date(2026, 6, 1), MONTHLY, date(2026, 7, 1))
    return sold("30.00", date(2026, 6, 1), schedule=schedule).subscription


def test_what_waits_is_billed_at_the_end_of_a_contract():
    gathers = attrs.evolve(KEEP, settlement=Settlement.NEXT_INVOICE)
    change = to(contract_in_its_last_period(), "60.00", date(2026, 6, 16), gathers).granted()
    assert (change.documents, change.next_bill_on) == ((), date(2026, 7, 1))
    end = quote_renewal(SWISS, change.subscription).granted()
    assert end.document.subtotal == money("15.00")  # (60.00 - 30.00) × 15/30
    assert (end.subscription.status, end.subscription.ended_on) == ("cancelled", date(2026, 7, 1))


def test_a_cancellation_is_taken_back_and_the_end_is_the_end():
    first = sold("30.00", date(2026, 6, 1)).subscription
    ending = quote_cancellation(SWISS, first, date(2026, 6, 5), AT_END).granted().subscription
    assert take_back(ending, Waits.CANCELLATION) == first
    ended = quote_renewal(SWISS, ending, on=date(2026, 7, 1)).granted()
    assert (ended.documents, ended.subscription.status) == ((), "cancelled")
    for refused in (
        quote_renewal(SWISS, ended.subscription),
        quote_cancellation(SWISS, ended.subscription, date(2026, 7, 2), AT_END),
        to(ended.subscription, "60.00", date(2026, 7, 2), KEEP),
        quote_cancellation(SWISS, ending, date(2026, 6, 6), AT_END),
    ):
        assert isinstance(refused, Refused)
    paused = quote_pause(SWISS, contract_in_its_last_period(), date(2026, 6, 10)).granted().subscription
    over = quote_resumption(SWISS, paused, date(2026, 7, 5))
    assert isinstance(over, Refused)
    assert over.reason is RefusedReason.ENDS


def test_a_bill_date_is_billed_once():
    first = sold("30.00", date(2026, 1, 31))
    again = quote_renewal(SWISS, first.subscription, on=date(2026, 1, 31))
    assert isinstance(again, Refused)
    assert again.explain() == "2026-01-31 is billed on line 1 of 1 of 2026-01-31; the next bill date is 2026-02-28"
    with pytest.raises(InvalidValueError, match="nothing is due on that day; the next bill date is 2026-02-28"):
        quote_renewal(SWISS, first.subscription, on=date(2026, 3, 31))


def test_two_subscriptions_of_one_account_spend_credit_once():
    """A bill run folds: each is quoted on the account that the last one left."""
    start = sold("30.00", date(2026, 1, 31))
    account = SWISS.with_entries(*start.entries)
    note = quote_credit(account, start.subscription, start.document, date(2026, 2, 1), {1: money("20.00")}).granted()
    account = account.with_entries(*note.numbered("CN").entries)
    other = quote_start(account, date(2026, 2, 1), Item("n", plan("15.00", "N"))).granted().numbered("2")
    account = account.with_entries(*other.entries)
    left = account.ledger.open_on(date(2026, 2, 1)) - account.ledger.balance_on(date(2026, 2, 1))
    assert isinstance(account.ledger, Ledger)
    assert left == other.credit_left


def test_the_coupon_of_the_whole_is_shared_out_again_at_each_change():
    """90.00 over 100.00 + 200.00: 30.00 + 60.00; over 300.00 + 200.00: 54.00 + 36.00. Half of the period is left."""
    from billingcore.plans import Coupon  # noqa: PLC0415

    start = quote_start(
        SWISS, date(2025, 6, 1), Item("fix", plan("100.00", "fix")), Item("seat", plan("200.00", "seat")),
        coupon=Coupon("whole", amount=money("90.00")),
    ).granted()  # fmt: skip
    assert [line.net for line in start.document.lines] == [money("70.00"), money("140.00")]
    cart = Cart(
        date(2025, 6, 16), alter("fix", plan=plan("300.00", "fix2")), alter("seat", plan=plan("200.00", "seat2"))
    )
    change = quote_change(SWISS, start.subscription, cart, KEEP).granted()
    nets = sorted(line.net.amount_minor for line in change.document.lines)
    assert nets == [-7000, -3500, 8200, 12300]  # 70.00 and 35.00 back, (200.00 - 36.00) / 2 and (300.00 - 54.00) / 2
    assert Fraction(15, 30) == Fraction(1, 2)
