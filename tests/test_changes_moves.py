"""Another bill date, an early renewal, and an issue date ahead of the period."""

from datetime import date

import pytest

from billingcore.changes import (
    BillDateChange,
    Cart,
    Refused,
    RefusedReason,
    add,
    quote_bill_date,
    quote_cancellation,
    quote_change,
    quote_early_renewal,
    quote_pause,
    quote_renewal,
    quote_start,
)
from billingcore.cycles import MONTHLY, AlignedSchedule, DayOfMonth, Trial
from billingcore.errors import InvalidValueError
from billingcore.plans import Billing, PerSeatPrice, Plan
from billingcore.proration import ProrationPolicy
from billingcore.subscriptions import Item, Waits, extend_trial, take_back
from samples import AMERICAN, SWISS, flat, in_currency, money

KEEP = ProrationPolicy.keep_dates()
AT_END = ProrationPolicy.at_period_end()


def sold(price="31.00", on=date(2026, 1, 1), **more):
    return quote_start(SWISS, on, Item("m", flat(price, "Main")), **more).granted().subscription


def test_a_stub_leads_from_what_is_paid_to_the_new_bill_date():
    """Kill Bill: bill day 10 instead of 1: 9/31 of the month that ends with the stub."""
    moved = quote_bill_date(SWISS, sold("249.95", date(2016, 5, 1)), date(2016, 5, 1), date(2016, 6, 10)).granted()
    assert (moved.documents, moved.next_bill_on) == ((), date(2016, 6, 1))
    stub = quote_renewal(SWISS, moved.subscription).granted()
    assert (stub.document.subtotal, stub.next_bill_on) == (money("72.57"), date(2016, 6, 10))  # 249.95 × 9/31
    assert quote_renewal(SWISS, stub.subscription).granted().document.subtotal == money("249.95")


def test_at_once_what_is_unused_is_credited_and_the_new_time_billed():
    """31.00 for January, moved on the 11th to the 21st: 31.00 × 10/31 less 31.00 × 21/31."""
    moved = quote_bill_date(SWISS, sold(), date(2026, 1, 11), date(2026, 1, 21), BillDateChange.AT_ONCE).granted()
    assert (moved.document.net, moved.next_bill_on) == (money("11.00"), date(2026, 1, 21))
    assert [str(each) for each in moved.subscription.upcoming_bills(3)] == ["2026-01-21", "2026-02-21", "2026-03-21"]


def test_what_ends_has_no_renewal_to_bring_forward_or_to_bill_a_stub():
    """The new period would be cut at the end: 31.00 × 21/31 billed, and the same credited."""
    ending = quote_cancellation(SWISS, sold(), date(2026, 1, 5), AT_END).granted().subscription
    day, to = date(2026, 1, 11), date(2026, 2, 15)
    for quote in (quote_early_renewal(SWISS, ending, day), quote_bill_date(SWISS, ending, day, to)):
        assert isinstance(quote, Refused)
        assert (quote.reason, quote.detail[:21]) == (RefusedReason.ENDS, "it ends on 2026-02-01")
    on_again = take_back(ending, Waits.CANCELLATION)
    assert quote_early_renewal(SWISS, on_again, day).granted().due_now == money("10.00")  # 31.00 less 21.00
    assert quote_bill_date(SWISS, on_again, day, to).granted().next_bill_on == date(2026, 2, 1)


@pytest.mark.parametrize("to", [date(2026, 1, 21), date(2026, 2, 15)])
def test_the_date_alone_moves_nothing_but_the_date(to):
    moved = quote_bill_date(SWISS, sold(), date(2026, 1, 11), to, BillDateChange.DATE_ALONE).granted()
    assert (moved.documents, moved.next_bill_on) == ((), to)
    served = [(str(each.period.start), str(each.served_until)) for each in moved.subscription.billed]
    assert served == [("2026-01-01", "2026-01-11"), ("2026-01-11", str(to))]
    end = quote_cancellation(SWISS, moved.subscription, date(2026, 1, 11), KEEP).granted()
    assert end.document.net == money("21.00")  # 31.00 × 21/31, as before


def test_what_waits_for_the_end_of_what_is_paid_follows_it():
    for how in (BillDateChange.AT_ONCE, BillDateChange.DATE_ALONE):
        ending = quote_cancellation(SWISS, sold(), date(2026, 1, 5), AT_END).granted().subscription
        moved = quote_bill_date(SWISS, ending, date(2026, 1, 11), date(2026, 1, 21), how).granted()
        assert moved.subscription.ends_on == date(2026, 1, 21)
        pausing = (
            quote_pause(SWISS, sold(), date(2026, 1, 5), at_end=True, until=date(2026, 2, 5)).granted().subscription
        )
        moved = quote_bill_date(SWISS, pausing, date(2026, 1, 11), date(2026, 1, 21), how).granted()
        assert moved.subscription.pause.on == date(2026, 1, 21)
        far = quote_bill_date(SWISS, pausing, date(2026, 1, 11), date(2026, 2, 10), how).granted()
        assert far.subscription.pause is None  # it would be over before what is paid is


def test_a_bill_date_comes_after_the_wish():
    for to in (date(2026, 1, 11), date(2026, 1, 5)):
        with pytest.raises(InvalidValueError, match="comes after the day of the wish"):
            quote_bill_date(SWISS, sold(), date(2026, 1, 11), to)


def test_an_early_renewal_starts_a_period_at_once():
    early = quote_early_renewal(SWISS, sold(), date(2026, 1, 11)).granted()
    assert (early.document.subtotal, early.next_bill_on) == (money("10.00"), date(2026, 2, 11))  # 31.00 - 21.00
    lost = quote_early_renewal(SWISS, sold(), date(2026, 1, 11), credit=False).granted()
    assert (lost.document.subtotal, lost.next_bill_on) == (money("31.00"), date(2026, 2, 11))
    with pytest.raises(InvalidValueError, match="a period begins on that day anyway"):
        quote_early_renewal(SWISS, sold(), date(2026, 1, 1))


def test_the_next_period_is_paid_ahead_on_a_document_of_an_earlier_day():
    ahead = quote_renewal(SWISS, sold(), issued_on=date(2026, 1, 15), tax_point=date(2026, 1, 15)).granted()
    assert (ahead.document.issued_on, str(ahead.document.lines[0].billed.period)) == (
        date(2026, 1, 15),
        "2026-02-01 to 2026-03-01",
    )
    assert ahead.next_bill_on == date(2026, 3, 1)


def test_items_in_arrears_keep_their_days_where_the_bill_date_moves():
    used = Plan("Used", PerSeatPrice(money("31.00")), MONTHLY, Billing.IN_ARREARS)
    both = quote_change(SWISS, sold(), Cart(date(2026, 1, 1), add(Item("u", used))), KEEP).granted().subscription
    moved = quote_bill_date(SWISS, both, date(2026, 1, 11), date(2026, 1, 21), BillDateChange.AT_ONCE).granted()
    bill = quote_renewal(SWISS, moved.subscription).granted()
    assert bill.document.subtotal == money("51.00")  # 31.00 from 21 January, and 31.00 × 20/31 for what was used
    assert quote_early_renewal(SWISS, both, date(2026, 1, 11)).granted().subscription.item("u").billed_until


def test_a_trial_can_end_on_the_bill_dates_of_a_calendar():
    """Kill Bill: bill day 31; from 2 March 29 of the 31 days before 31 March."""
    trial = Trial(date(2012, 2, 1), date(2012, 3, 2))
    calendar = AlignedSchedule.by_rule(date(2012, 3, 2), DayOfMonth(31), MONTHLY)
    start = quote_start(SWISS, date(2012, 2, 1), Item("m", flat("599.95"), trial=trial), schedule=calendar).granted()
    first = quote_renewal(SWISS, start.subscription).granted()
    assert (first.document.subtotal, first.next_bill_on) == (money("561.24"), date(2012, 3, 31))  # 599.95 × 29/31
    longer = extend_trial(start.subscription, date(2012, 3, 9))
    assert quote_renewal(SWISS, longer).granted().document.issued_on == date(2012, 3, 9)


def test_a_longer_trial_moves_the_anchor():
    trial = Trial(date(2026, 1, 1), date(2026, 1, 15))
    start = quote_start(SWISS, date(2026, 1, 1), Item("m", flat("30.00"), trial=trial)).granted().subscription
    longer = extend_trial(start, date(2026, 1, 31))
    assert [str(day) for day in longer.upcoming_bills(3)] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    ending = quote_cancellation(SWISS, start, date(2026, 1, 5), AT_END).granted().subscription
    assert (ending.ends_on, extend_trial(ending, date(2026, 1, 31)).ends_on) == (date(2026, 1, 15), date(2026, 1, 31))
    for state, key in ((sold(), None), (quote_renewal(SWISS, longer).granted().subscription, "m")):
        with pytest.raises(InvalidValueError, match="it is not in a trial"):
            extend_trial(state, date(2026, 3, 1), key=key)


def test_no_quote_is_made_where_the_tax_is_not_known():
    account = in_currency(AMERICAN, "EUR")
    state = sold()
    for quote in (
        lambda: quote_bill_date(account, state, date(2026, 1, 11), date(2026, 1, 21), BillDateChange.AT_ONCE),
        lambda: quote_early_renewal(account, state, date(2026, 1, 11)),
    ):
        assert isinstance(quote(), Refused) or quote().documents
