"""Credits of documents that hold credits themselves: what a line had given back is taken back, once."""

from datetime import date

import attrs
import pytest

from billingcore.changes import (
    Cart,
    Refused,
    RefusedReason,
    alter,
    quote_change,
    quote_credit,
    quote_renewal,
    quote_start,
)
from billingcore.cycles import MONTHLY
from billingcore.plans import PerSeatPrice, Plan
from billingcore.proration import ProrationPolicy, Settlement
from billingcore.records import from_record, to_record
from billingcore.subscriptions import Item, closed_before
from samples import SWISS, flat, money

KEEP = ProrationPolicy.keep_dates()
GATHERS = attrs.evolve(KEEP, settlement=Settlement.NEXT_INVOICE)
DAY = date(2026, 1, 11)


def started(price="31.00"):
    return quote_start(SWISS, date(2026, 1, 1), Item("main", flat(price, "Main"))).granted().numbered("1")


def upgraded():
    """31.00 for January, 62.00 from the 11th: 42.00 less 21.00."""
    cart = Cart(DAY, alter("main", plan=flat("62.00", "Plus")))
    return quote_change(SWISS, started().subscription, cart, KEEP).granted().numbered("2")


def test_the_whole_of_an_upgrade_goes_back_and_the_period_before_it_is_worth_what_was_paid():
    first, up = started().document, upgraded()
    back = quote_credit(SWISS, up.subscription, up.document, date(2026, 1, 12)).granted().numbered("CN-1")
    assert (back.document.total, [each.net for each in back.outcomes]) == (money("21.00"), [money("-21.00")])
    assert [each.remaining for each in back.subscription.billed] == [money("31.00"), money("0.00")]
    rest = quote_credit(SWISS, back.subscription, first, date(2026, 1, 13)).granted()
    assert rest.document.total == money("31.00")  # 31.00 + 21.00 was paid, 21.00 + 31.00 came back


@pytest.mark.parametrize("with_earlier", [True, False])
def test_the_same_document_goes_back_once(with_earlier):
    up = upgraded()
    note = quote_credit(SWISS, up.subscription, up.document, date(2026, 1, 12)).granted().numbered("CN-1")
    earlier = note.documents if with_earlier else ()
    again = quote_credit(SWISS, note.subscription, up.document, date(2026, 1, 13), earlier=earlier)
    assert isinstance(again, Refused)
    assert again.reason is RefusedReason.NOTHING_LEFT


def test_a_part_before_the_whole_leaves_the_rest():
    up = upgraded()
    part = (
        quote_credit(SWISS, up.subscription, up.document, date(2026, 1, 12), {1: money("5.00")})
        .granted()
        .numbered("CN-1")
    )
    rest = quote_credit(SWISS, part.subscription, up.document, date(2026, 1, 13), earlier=part.documents).granted()
    assert rest.document.total == money("16.00")  # 42.00 - 5.00, less 21.00


@pytest.mark.parametrize("stored", [True, False], ids=["loaded again", "in one go"])
def test_two_changes_that_waited_on_one_document_go_back_whole(stored):
    """5 seats of 30.00 for January, 8 from the 15th, 3 from the 20th, gathered: the second credits what waits itself."""
    plan = Plan("Seats", PerSeatPrice(money("30.00")), MONTHLY)
    state = quote_start(SWISS, date(2026, 1, 1), Item("main", plan, 5)).granted().numbered("1").subscription
    for day, seats in ((date(2026, 1, 15), 8), (date(2026, 1, 20), 3)):
        state = quote_change(SWISS, state, Cart(day, alter("main", quantity=seats)), GATHERS).granted().subscription
    bill = quote_renewal(SWISS, from_record(to_record(state)) if stored else state).granted().numbered("2")
    # 90.00 for February, 131.61 - 82.26 from the 15th, 34.84 - 92.90 from the 20th
    assert bill.document.subtotal == money("81.29")
    back = quote_credit(SWISS, bill.subscription, bill.document, date(2026, 2, 2)).granted()
    assert back.document.total == money("81.29")
    assert [each.remaining for each in back.subscription.billed] == [
        money(each) for each in ("150.00", "0.00", "0.00", "0.00")
    ]


def test_what_a_folded_period_was_given_goes_back_as_the_line_says():
    cart = Cart(date(2026, 1, 31), alter("main", plan=flat("62.00", "Plus")))
    up = quote_change(SWISS, started().subscription, cart, ProrationPolicy.restart()).granted().numbered("2")
    folded = closed_before(up.subscription, date(2026, 2, 1))
    assert len(folded.billed) == 1
    back = quote_credit(SWISS, folded, up.document, date(2026, 2, 2)).granted()
    assert back.document.total == money("61.00")  # 62.00 less 31.00 × 1/31
