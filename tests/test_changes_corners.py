"""What quotes do where two rules, two trials or two days meet: the corners of carts, pauses, credits and bill dates."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore.changes import (
    Account,
    Addition,
    ArrearsChange,
    BillDateChange,
    Cart,
    ChangeOptions,
    OutcomeKind,
    Refused,
    RefusedReason,
    add,
    alter,
    quote_bill_date,
    quote_cancellation,
    quote_change,
    quote_credit,
    quote_early_renewal,
    quote_pause,
    quote_renewal,
    quote_resumption,
    quote_start,
    remove,
    timeline,
)
from billingcore.cycles import (
    ANNUAL,
    MONTHLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    MonthDay,
    Resume,
    Schedule,
    Trial,
    TrialChange,
)
from billingcore.deadlines import DaysBefore
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.ledger import Ledger
from billingcore.parties import Buyer, Registration, Scheme, Seller
from billingcore.places import Address
from billingcore.plans import Billing, Coupon, PerSeatPrice, Plan
from billingcore.proration import ProrationPolicy, Rulebook, Sale, Settlement
from billingcore.subscriptions import (
    Item,
    Meeting,
    PauseCredit,
    PauseTerms,
    Waits,
    closed_before,
    extend_trial,
    take_back,
)
from samples import SWISS, money

KEEP, RESTART, AT_END = ProrationPolicy.keep_dates(), ProrationPolicy.restart(), ProrationPolicy.at_period_end()
REFUND = attrs.evolve(KEEP, settlement=Settlement.REFUND)
FIRST, MIDDLE = date(2026, 4, 1), date(2026, 4, 16)
NOWHERE = Account(
    Seller(
        "Example Inc.", Address("US", "US-MA"), (Registration("US", Scheme.LOCAL, date(2020, 1, 1), None, "US-MA"),)
    ),
    Buyer("Joe", Address("US")),
    Ledger.opened("EUR", date(2026, 1, 1)),
)
"""An account whose tax is not known: the address names no state."""


def seats(price, name, cadence=MONTHLY, billing=Billing.IN_ADVANCE):
    return Plan(name, PerSeatPrice(money(price)), cadence, billing)


RESCUE, CAMERA = seats("30.00", "Rescue"), seats("10.00", "Camera")
USED = seats("31.00", "Used", billing=Billing.IN_ARREARS)


def sold(*items, on=FIRST, **more):
    return (
        quote_start(SWISS, on, *(items or (Item("rescue", RESCUE), Item("camera", CAMERA))), **more)
        .granted()
        .subscription
    )


def ask(state, *intents, rules=KEEP, on=MIDDLE, **more):
    return quote_change(SWISS, state, Cart(on, *intents), rules, **more)


def test_no_quote_is_made_where_the_tax_is_not_known():
    state = sold(Item("rescue", RESCUE), Item("used", USED))
    paused = quote_pause(SWISS, sold(), MIDDLE).granted().subscription
    for refused in (
        quote_start(NOWHERE, FIRST, Item("rescue", RESCUE)),
        quote_renewal(NOWHERE, state),
        quote_change(NOWHERE, state, Cart(MIDDLE, alter("rescue", quantity=2)), KEEP),
        quote_cancellation(NOWHERE, state, MIDDLE, KEEP),
        quote_pause(NOWHERE, state, MIDDLE),
        quote_resumption(NOWHERE, paused, date(2026, 5, 20)),
        quote_bill_date(NOWHERE, state, MIDDLE, date(2026, 4, 21), BillDateChange.AT_ONCE),
        quote_early_renewal(NOWHERE, state, MIDDLE),
    ):
        assert isinstance(refused, Refused)
        assert refused.reason is RefusedReason.TAX_UNDETERMINED
        assert refused.ruling is not None
    assert list(timeline(NOWHERE, state, date(2027, 1, 1))) == []


def test_an_addition_joins_a_new_period_that_another_item_starts():
    """The upgrade restarts; the camera, whose own rule keeps the dates, is billed in full from that day."""
    rules = Rulebook.of("ours", KEEP, upgrade=RESTART)
    quote = ask(
        sold(Item("rescue", RESCUE)),
        alter("rescue", plan=seats("60.00", "Plus")),
        add(Item("camera", CAMERA)),
        rules=rules,
    ).granted()
    assert quote.document.subtotal == money("55.00")  # 60.00 + 10.00 - 30.00 × 15/30
    assert {item.billed_until for item in quote.subscription.items} == {date(2026, 5, 16)}
    trial = Item("tried", CAMERA, trial=Trial(MIDDLE, date(2026, 5, 1)))
    metered = Item("calls", seats("1.00", "Calls", billing=Billing.METERED))
    more = ask(
        sold(Item("rescue", RESCUE)), alter("rescue", quantity=2), add(trial), add(metered), rules=RESTART
    ).granted()
    assert {item.key: str(item.billed_until) for item in more.subscription.items} == {
        "rescue": "2026-05-16", "tried": "2026-05-01", "calls": "2026-04-16",
    }  # fmt: skip


def test_other_rules_follow_where_one_item_starts_a_new_period():
    """More seats keep the dates by their rule, and a downgrade waits: both come along with the new period."""
    rules = Rulebook.of("ours", KEEP, upgrade=RESTART, downgrade=AT_END)
    items = Item("rescue", RESCUE), Item("camera", CAMERA, 2), Item("storage", CAMERA)
    quote = ask(
        sold(*items), alter("rescue", plan=seats("60.00", "Plus")), alter("camera", quantity=3), alter("storage", plan=seats("4.00", "Small")),
        rules=rules,
    ).granted()  # fmt: skip
    nets = {each.key: each.net for each in quote.outcomes}
    assert nets == {
        "rescue": money("45.00"),  # 60.00 - 30.00 × 15/30
        "camera": money("20.00"),  # 30.00 - 20.00 × 15/30
        "storage": money("-1.00"),  # 4.00 - 10.00 × 15/30
    }
    assert quote.subscription.next == ()


def test_what_waits_takes_effect_with_a_new_period():
    waiting = ask(sold(), remove("camera"), rules=AT_END).granted().subscription
    quote = ask(waiting, alter("rescue", quantity=2), rules=RESTART).granted()
    assert [item.key for item in quote.subscription.items] == ["rescue"]
    assert quote.document.subtotal == money("40.00")  # 60.00 - 15.00 - 5.00


def test_credit_that_buys_time_takes_the_other_items_to_its_end():
    """15.00 unused buy 15 days more of 30.00 a month: a new period of 45 days, and the camera is billed to its end."""
    longer = attrs.evolve(RESTART, sale=Sale.RESTART_LONGER)
    quote = ask(sold(), alter("rescue", plan=seats("30.00", "Other")), rules=longer).granted()
    ends = {item.billed_until for item in quote.subscription.items}
    assert ends == {quote.next_bill_on}
    assert quote.next_bill_on > date(2026, 5, 16)


def test_days_in_arrears_end_with_the_period_that_another_item_ends():
    state = sold(Item("rescue", RESCUE), Item("used", USED))
    quote = ask(state, alter("rescue", quantity=2), rules=RESTART).granted()
    assert quote.document.subtotal == money("60.50")  # 60.00 - 15.00 + 31.00 × 15/30
    named = ask(state, alter("rescue", quantity=2), alter("used", quantity=2), rules=RESTART).granted()
    assert named.document.subtotal == money("60.50")
    same_day = ask(
        state, alter("used", quantity=2), on=FIRST, options=ChangeOptions(arrears=ArrearsChange.NOW)
    ).granted()
    assert not same_day.documents


def test_the_coupon_of_the_whole_counts_periods_of_the_main_item():
    once = Coupon("once", percent=Fraction(10), cycles=2)
    state = sold(coupon=once)
    restarted = ask(state, alter("rescue", quantity=2), rules=RESTART).granted().subscription
    assert restarted.coupon_used == 2
    again = ask(restarted, alter("rescue", quantity=3), rules=RESTART, on=date(2026, 4, 20)).granted().subscription
    assert again.billed[-1].discount == money("0.00")
    free = quote_start(SWISS, FIRST, Item("free", seats("0.00", "Free")), coupon=once).granted()
    assert not free.documents


def test_refunds_and_credits_that_are_carried_are_apart_where_nothing_is_left_to_pay():
    rules = Rulebook.of("ours", KEEP, removal=REFUND)
    items = Item("rescue", RESCUE), Item("camera", CAMERA), Item("storage", CAMERA)
    quote = ask(sold(*items), alter("rescue", plan=seats("10.00", "Small")), remove("camera"), rules=rules).granted()
    assert [(each.net, entry.apart) for each, entry in zip(quote.documents, quote.entries, strict=True)] == [
        (money("10.00"), False),  # (30.00 - 10.00) × 15/30 is carried
        (money("5.00"), True),  # 10.00 × 15/30 is paid out
    ]


def test_a_change_of_a_quantity_where_no_money_moves():
    nothing = attrs.evolve(KEEP, sale=Sale.NOTHING)
    state = (
        ask(sold(Item("rescue", RESCUE)), alter("rescue", plan=seats("60.00", "Plus")), rules=nothing)
        .granted()
        .subscription
    )
    more = ask(state, alter("rescue", quantity=2), rules=nothing).granted()
    assert not more.documents
    assert quote_renewal(SWISS, more.subscription).granted().document.subtotal == money("120.00")


def test_an_item_whose_bill_date_has_come_is_renewed_first():
    state = sold(Item("rescue", RESCUE), Item("used", USED))
    for key in ("rescue", "used"):
        with pytest.raises(InvalidValueError, match=r"renew (first|what is due first)"):
            ask(state, alter(key, quantity=2), on=date(2026, 5, 3))
    paused = quote_pause(SWISS, state, MIDDLE, PauseTerms(PauseCredit.UNUSED)).granted().subscription
    with pytest.raises(InvalidValueError, match="nothing is billed for rescue on that day; renew first"):
        ask(paused.subscription, alter("rescue", quantity=2))
    with pytest.raises(InvalidValueError, match="renew what is due before that day first"):
        quote_cancellation(SWISS, sold(), date(2026, 5, 3), KEEP)


def test_a_scheduled_addition_follows_the_end_of_what_is_paid():
    waiting = ask(sold(Item("rescue", RESCUE)), add(Item("camera", CAMERA)), rules=AT_END).granted().subscription
    moved = quote_bill_date(SWISS, waiting, MIDDLE, date(2026, 4, 21), BillDateChange.AT_ONCE).granted().subscription
    assert moved.next[0].on == date(2026, 4, 21)
    assert quote_renewal(SWISS, moved).granted().document.subtotal == money("40.00")
    rules = Rulebook.of("ours", KEEP, add_on=AT_END)
    told = ask(sold(Item("rescue", RESCUE)), add(Item("camera", CAMERA)), rules=rules).granted().outcomes[0]
    assert (told.outcome, told.coverage) == (OutcomeKind.SCHEDULED, rules.add_on.coverage)
    assert take_back(waiting, Waits.CHANGE) == sold(Item("rescue", RESCUE))


def test_what_waits_can_be_cleared_or_refused_by_the_call():
    pausing = quote_pause(SWISS, sold(), MIDDLE, at_end=True).granted().subscription
    cleared = (
        ask(pausing, alter("camera", quantity=2), options=ChangeOptions(waits=Meeting.CLEARED)).granted().subscription
    )
    assert cleared.pause is None
    waiting = ask(sold(), alter("camera", quantity=2), rules=AT_END).granted().subscription
    strict = ChangeOptions(waits=Meeting.REFUSED)
    for refused in (
        ask(pausing, alter("camera", quantity=2), options=strict),
        ask(waiting, alter("camera", plan=seats("20.00", "Large")), options=strict),
        quote_cancellation(SWISS, pausing, MIDDLE, AT_END, waits=Meeting.REFUSED),
        quote_cancellation(SWISS, waiting, MIDDLE, AT_END, waits=Meeting.REFUSED),
        quote_pause(SWISS, waiting, MIDDLE, waits=Meeting.REFUSED),
        quote_pause(SWISS, pausing, MIDDLE, PauseTerms(coupons_run=True), waits=Meeting.REFUSED),
    ):
        assert isinstance(refused, Refused)
        assert refused.reason is RefusedReason.WAITS
    removed = ask(sold(), remove("camera"), rules=AT_END).granted().subscription
    kept = ask(removed, alter("camera", quantity=2)).granted().subscription
    assert kept.next == removed.next
    assert isinstance(ask(removed, remove("camera"), rules=AT_END), Refused)


def test_a_pause_asks_for_a_day_that_is_served():
    trial = sold(Item("rescue", RESCUE, trial=Trial(FIRST, date(2026, 4, 15))))
    with pytest.raises(InvalidValueError, match="extend the trial, or pause at its end"):
        quote_pause(SWISS, trial, date(2026, 4, 8))
    at_end = quote_pause(SWISS, trial, date(2026, 4, 8), at_end=True).granted()
    assert at_end.subscription.pause.on == date(2026, 4, 15)
    with pytest.raises(InvalidValueError, match="end that with a cart"):
        quote_early_renewal(SWISS, trial, date(2026, 4, 8))


def test_what_is_given_back_when_a_pause_is_over_is_capped():
    state = quote_start(SWISS, FIRST, Item("rescue", RESCUE)).granted().numbered("1")
    noted = quote_credit(SWISS, state.subscription, state.document, date(2026, 4, 2)).granted().subscription
    paused = quote_pause(SWISS, noted, MIDDLE, PauseTerms(PauseCredit.WHEN_RESUMED)).granted().subscription
    assert not quote_resumption(SWISS, paused, date(2026, 4, 20)).granted().documents
    partly = quote_credit(SWISS, state.subscription, state.document, date(2026, 4, 2), {1: money("28.00")}).granted()
    paused = (
        quote_pause(SWISS, partly.subscription, MIDDLE, PauseTerms(PauseCredit.WHEN_RESUMED)).granted().subscription
    )
    assert quote_resumption(SWISS, paused, date(2026, 4, 20)).granted().document.net == money("2.00")  # of 4.00
    ended = quote_cancellation(SWISS, paused, date(2026, 4, 20), KEEP).granted()
    assert ended.document.net == money("2.00")


def test_coupons_of_items_and_of_the_whole_run_on_in_a_pause_where_the_terms_say_so():
    coupon = Coupon("spring", percent=Fraction(10), cycles=9)
    state = sold(Item("rescue", RESCUE, coupon=coupon), Item("camera", CAMERA), coupon=coupon)
    paused = quote_pause(SWISS, state, MIDDLE, PauseTerms(coupons_run=True)).granted().subscription
    back = quote_resumption(SWISS, paused, date(2026, 7, 1)).granted().subscription
    assert (back.main.coupon_used, back.coupon_used) == (4, 4)  # April; May and June passed; July


def test_what_was_folded_or_is_not_there_is_said():
    start = quote_start(SWISS, FIRST, Item("rescue", RESCUE)).granted().numbered("1")
    renewed = quote_renewal(SWISS, start.subscription).granted().numbered("2").subscription
    small = closed_before(renewed, date(2026, 5, 1))
    assert quote_renewal(SWISS, small, on=FIRST).reason is RefusedReason.ALREADY_BILLED
    with pytest.raises(InvalidValueError, match="what goes back of line 1 is above 0"):
        quote_credit(SWISS, start.subscription, start.document, MIDDLE, {1: money("-1.00")})
    with pytest.raises(InvalidTypeError, match="measured"):
        quote_renewal(SWISS, start.subscription, measured={"rescue": "1"})
    with pytest.raises(InvalidValueError, match="a subscription holds it already"):
        Addition(start.subscription.main)


def test_add_ons_follow_the_calendar_and_the_contract_of_the_main_item():
    yearly = seats("365.00", "Yearly", ANNUAL)
    calendar = AlignedSchedule.by_rule(date(2026, 3, 10), MonthDay(1, 1), ANNUAL, until=date(2028, 1, 1))
    state = sold(Item("main", yearly), Item("camera", CAMERA), on=date(2026, 3, 10), schedule=calendar)
    assert str(state.item("camera").billed_until) == "2026-04-01"
    assert state.next_bill_on == date(2026, 4, 1)
    daily = Item("daily", seats("1.00", "Daily", Cadence.daily(1)))
    more = ask(state, add(daily), on=date(2026, 3, 20)).granted()
    assert more.next_bill_on == date(2026, 3, 21)
    ending = quote_cancellation(SWISS, state, date(2026, 3, 20), AT_END).granted().subscription
    assert ending.end_on == date(2027, 1, 1)
    months = Schedule(date(2026, 3, 10), MONTHLY)
    with pytest.raises(InvalidValueError, match="is billed every year; give a schedule of that interval"):
        sold(Item("main", yearly), on=date(2026, 3, 10), schedule=months)


def test_an_own_trial_can_be_made_longer_and_end_at_once():
    own = Item("camera", CAMERA, trial=Trial(FIRST, date(2026, 4, 20)))
    state = sold(Item("rescue", RESCUE), own)
    longer = extend_trial(state, date(2026, 4, 25), key="camera")
    assert (longer.item("camera").billed_until, longer.schedule) == (date(2026, 4, 25), state.schedule)
    ended = ask(state, alter("camera", quantity=2), options=ChangeOptions(trial=TrialChange.END_NOW)).granted()
    assert ended.document.subtotal == money("10.00")  # 20.00 × 15/30
    waiting = ask(state, alter("camera", quantity=2), options=ChangeOptions(trial=None)).granted().subscription
    assert extend_trial(waiting, date(2026, 4, 25), key="camera").next[0].on == date(2026, 4, 25)


def test_a_cancellation_that_waits_in_a_trial_or_for_something_in_arrears():
    trial = sold(Item("rescue", RESCUE, trial=Trial(FIRST, date(2026, 4, 15))))
    ending = quote_cancellation(SWISS, trial, date(2026, 4, 8), AT_END).granted()
    assert ending.subscription.ends_on == date(2026, 4, 15)
    at_once = quote_cancellation(SWISS, trial, date(2026, 4, 8), KEEP).granted()
    assert (at_once.documents, at_once.subscription.ended_on) == ((), date(2026, 4, 8))


def test_days_that_are_over_or_begin_later_are_not_those_of_a_pause():
    """April and May are billed; paused from 11 to 21 May: 30.00 × 10/31 = 9.677…"""
    renewed = quote_renewal(SWISS, sold(Item("rescue", RESCUE))).granted().subscription
    paused = quote_pause(SWISS, renewed, date(2026, 5, 11), PauseTerms(PauseCredit.WHEN_RESUMED)).granted().subscription
    assert quote_resumption(SWISS, paused, date(2026, 5, 21)).granted().document.net == money("9.68")
    kept = quote_pause(SWISS, renewed, date(2026, 5, 11), PauseTerms(goes_on=Resume.KEEP_DAYS)).granted().subscription
    back = quote_resumption(SWISS, kept, date(2026, 5, 21)).granted().subscription
    assert [str(each.period) for each in back.billed] == [
        "2026-04-01 to 2026-05-01", "2026-05-01 to 2026-06-01", "2026-05-21 to 2026-06-11",
    ]  # fmt: skip


def test_on_its_first_day_a_period_moves_whole():
    moved = quote_bill_date(
        SWISS, sold(Item("rescue", RESCUE)), FIRST, date(2026, 5, 10), BillDateChange.DATE_ALONE
    ).granted()
    assert [str(each.period) for each in moved.subscription.billed][-1] == "2026-04-01 to 2026-05-10"


def test_a_rule_that_waits_ends_a_cancellation_that_is_dated_back_at_the_end_of_its_period():
    """Asked for on 20 April with May billed: service ends on 1 May, and May goes back whole."""
    renewed = quote_renewal(SWISS, sold(Item("rescue", RESCUE))).granted().subscription
    end = quote_cancellation(SWISS, renewed, date(2026, 4, 20), AT_END).granted()
    assert (end.document.net, end.subscription.ended_on) == (money("30.00"), date(2026, 5, 1))


def test_after_the_end_nothing_renews_whatever_is_due_before_it():
    yearly = seats("365.00", "Yearly", ANNUAL)
    ending = quote_cancellation(SWISS, sold(Item("main", yearly), Item("camera", CAMERA)), MIDDLE, AT_END).granted()
    refused = quote_renewal(SWISS, ending.subscription, on=date(2027, 4, 1))
    assert (refused.reason, refused.explain()) == (
        RefusedReason.ENDS,
        "it ends on 2027-04-01: nothing renews on 2027-04-01",
    )


def test_an_add_on_is_billed_before_the_calendar_of_the_main_item_begins():
    trial = Item("main", RESCUE, trial=Trial(FIRST, date(2026, 4, 20)))
    calendar = AlignedSchedule.by_rule(date(2026, 4, 20), DayOfMonth(1), MONTHLY)
    start = quote_start(SWISS, FIRST, trial, Item("camera", CAMERA), schedule=calendar).granted()
    assert start.document.subtotal == money("10.00")
    with pytest.raises(InvalidValueError, match="it was not sold"):
        start.subscription.next_period(Item("camera", CAMERA))
    weekly = seats("7.00", "Weekly", Cadence.weekly())
    with pytest.raises(InvalidValueError, match="does not divide"):
        sold(Item("main", weekly), Item("camera", CAMERA))


def test_a_period_is_cut_where_it_all_ends():
    """Paid to 1 May, bill day moved to the 21st; it ends on 1 May, and the camera of the 16th is billed to then."""
    moved = (
        quote_bill_date(SWISS, sold(Item("rescue", RESCUE)), date(2026, 4, 10), date(2026, 4, 21))
        .granted()
        .subscription
    )
    both = ask(moved, add(Item("camera", CAMERA))).granted().subscription
    assert both.item("camera").billed_until == date(2026, 4, 21)
    ending = quote_cancellation(SWISS, both, MIDDLE, AT_END).granted().subscription
    last = quote_renewal(SWISS, ending).granted()
    assert str(last.document.lines[0].billed.period) == "2026-04-21 to 2026-05-01"
    assert last.document.subtotal == money("3.33")  # 10.00 × 10/30


def test_the_timeline_tells_each_thing_on_its_own_day():
    yearly = seats("365.00", "Yearly", ANNUAL)
    state = sold(Item("main", yearly), Item("camera", CAMERA))
    waiting = ask(state, alter("main", quantity=2), alter("camera", quantity=2), rules=AT_END).granted().subscription
    words = [each.explain() for each in timeline(SWISS, waiting, date(2026, 6, 2), notice=DaysBefore(30))]
    assert words == [
        "2026-05-01 camera: Camera × 2 from 2026-05-01",
        "2026-05-01 renewal: 20.00 EUR",
        "2026-06-01 renewal: 20.00 EUR",
    ]


def test_what_a_change_replaced_is_neither_given_back_nor_given_up_again():
    changed = ask(sold(Item("rescue", RESCUE)), alter("rescue", quantity=2)).granted().subscription
    paused = quote_pause(SWISS, changed, date(2026, 4, 21), PauseTerms(PauseCredit.UNUSED)).granted()
    assert paused.document.net == money("20.00")  # 30.00 × 10/15
    lost = quote_pause(SWISS, changed, date(2026, 4, 21), PauseTerms(goes_on=Resume.RESTART)).granted().subscription
    back = quote_resumption(SWISS, lost, date(2026, 4, 25)).granted()
    assert back.document.subtotal == money("60.00")
    assert [str(each.served_until) for each in back.subscription.billed] == ["2026-04-16", "2026-04-21", "2026-05-25"]


def test_what_a_pause_gave_back_is_not_given_back_again_at_the_end():
    paused = quote_pause(SWISS, sold(), MIDDLE, PauseTerms(PauseCredit.UNUSED)).granted().subscription
    end = quote_cancellation(SWISS, paused, date(2026, 4, 20), KEEP).granted()
    assert (end.documents, end.subscription.ended_on) == ((), date(2026, 4, 20))
