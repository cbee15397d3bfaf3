"""Carts: several items at once, each by its own rule; what waits meets what is asked."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore.changes import (
    Addition,
    Alteration,
    ArrearsChange,
    Cart,
    ChangeOptions,
    OutcomeKind,
    Refused,
    RefusedReason,
    Unnamed,
    add,
    alter,
    quote_cancellation,
    quote_change,
    quote_pause,
    quote_renewal,
    quote_start,
    remove,
    switch,
)
from billingcore.cycles import ANNUAL, MONTHLY, WEEKLY, AlignedSchedule, Cadence, DayOfMonth, Trial, TrialChange
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.lines import OneOffLine
from billingcore.money import Money
from billingcore.plans import Billing, Coupon, FlatPrice, PerSeatPrice, Plan
from billingcore.profiles import GOTO_RESCUE
from billingcore.proration import ProrationPolicy, Rulebook, Settlement
from billingcore.records import from_record, to_record
from billingcore.subscriptions import (
    MEETINGS,
    Asked,
    Item,
    Meanwhile,
    Meeting,
    NextSale,
    PauseTerms,
    PriceStep,
    Waits,
    closed_before,
    take_back,
)
from samples import SWISS, money

KEEP = ProrationPolicy.keep_dates()
AT_END = ProrationPolicy.at_period_end()
GATHERS = attrs.evolve(KEEP, settlement=Settlement.NEXT_INVOICE)
GOTO = GOTO_RESCUE.rules


def seats(price, name, cadence=MONTHLY, billing=Billing.IN_ADVANCE):
    return Plan(name, PerSeatPrice(money(price)), cadence, billing)


RESCUE, CAMERA, STORAGE = seats("30.00", "Rescue"), seats("10.00", "Camera"), seats("5.00", "Storage")
RESCUE_YEAR, CAMERA_YEAR, MOBILE_YEAR = (
    seats("300.00", "Rescue yearly", ANNUAL), seats("100.00", "Camera yearly", ANNUAL), seats("50.00", "Mobile yearly", ANNUAL),
)  # fmt: skip
FIRST = date(2026, 4, 1)


def three(**more):
    items = Item("rescue", RESCUE, 5), Item("camera", CAMERA, 5), Item("storage", STORAGE, 1)
    return quote_start(SWISS, FIRST, *items, **more).granted().numbered("1").subscription


def one(price="30.00", on=FIRST, quantity=1, **more):
    return quote_start(SWISS, on, Item("main", seats(price, "Main"), quantity, **more)).granted().subscription


def ask(subscription, on, *intents, rules=KEEP, **more):
    return quote_change(SWISS, subscription, Cart(on, *intents), rules, **more)


def by_key(quote):
    return {each.key: (each.outcome, str(each.effective_on), str(each.net.amount)) for each in quote.outcomes}


def test_a_cart_of_everything_restarts_for_all_on_one_document():
    spring = Coupon("spring", percent=Fraction(10))
    intents = (
        switch({"rescue": RESCUE_YEAR, "camera": CAMERA_YEAR}), alter("rescue", quantity=8),
        add(Item("mobile", MOBILE_YEAR, 8, coupon=spring)), remove("storage"),
    )  # fmt: skip
    set_up = (OneOffLine("Set-up", 1, money("50.00")),)
    quote = ask(three(), date(2026, 4, 2), *intents, rules=GOTO, one_off=set_up).granted()
    billed = OutcomeKind.BILLED
    assert by_key(quote) == {
        "rescue": (billed, "2026-04-02", "2255.00"),  # 300.00 × 8 - 150.00 × 29/30
        "camera": (billed, "2026-04-02", "451.67"),  # 100.00 × 5 - 50.00 × 29/30 = 48.333…
        "storage": (billed, "2026-04-02", "-4.83"),  # 5.00 × 29/30 = 4.8333…
        "mobile": (billed, "2026-04-02", "360.00"),  # 50.00 × 8 less 10 %
    }
    assert quote.document.subtotal == money("3111.84")  # and 50.00 for the set-up
    assert (quote.next_bill_on, [item.key for item in quote.subscription.items]) == (
        date(2027, 4, 2),
        ["rescue", "camera", "mobile"],
    )
    backwards = ask(three(), date(2026, 4, 2), *reversed(intents), rules=GOTO, one_off=set_up).granted()
    assert backwards == quote
    numbered = quote.numbered("2")
    assert {each.document.number for each in numbered.subscription.billed} == {"1", "2"}
    assert from_record(to_record(numbered)) == numbered


def test_items_that_are_not_named_restart_or_are_billed_to_the_new_bill_day():
    """The main item starts again on 16 April: 15 of 30 days of the 50.00 for the cameras are unused."""
    restart = ProrationPolicy.restart()
    plus = seats("60.00", "Plus")
    for unnamed, net in (
        (Unnamed.RESTART, "25.00"),  # 50.00 - 25.00
        (Unnamed.TO_BILL_DAY, "25.00"),  # 1 to 16 May: 50.00 × 15/30
    ):
        items = Item("rescue", RESCUE, 5), Item("camera", CAMERA, 5)
        first = quote_start(SWISS, FIRST, *items).granted().subscription
        quote = ask(
            first, date(2026, 4, 16), alter("rescue", plan=plus), rules=restart, options=ChangeOptions(unnamed=unnamed)
        ).granted()
        assert by_key(quote)["camera"][2] == net
        assert {item.billed_until for item in quote.subscription.items} == {date(2026, 5, 16)}


def test_where_the_bill_dates_stay_other_items_stay_off_the_document():
    quote = ask(three(), date(2026, 4, 16), alter("camera", quantity=6)).granted()
    assert {line.billed.key for line in quote.document.lines} == {"camera"}
    assert quote.document.subtotal == money("5.00")  # (60.00 - 50.00) × 15/30


def test_each_change_is_decided_by_its_own_rule():
    rules = Rulebook.of("ours", KEEP, downgrade=AT_END, fewer=AT_END, add_on=GATHERS)
    quote = ask(
        three(), date(2026, 4, 16),
        alter("rescue", plan=seats("60.00", "Plus")), alter("camera", quantity=2), add(Item("mobile", seats("8.00", "Mobile"))),
        rules=rules,
    ).granted()  # fmt: skip
    assert by_key(quote) == {
        "rescue": (OutcomeKind.BILLED, "2026-04-16", "75.00"),  # (300.00 - 150.00) × 15/30
        "camera": (OutcomeKind.SCHEDULED, "2026-05-01", "0.00"),
        "mobile": (OutcomeKind.GATHERED, "2026-04-16", "4.00"),  # 8.00 × 15/30
    }
    assert quote.document.subtotal == money("79.00")  # what waits stands on the next document, and that is this one
    assert [each.describe() for each in quote.subscription.next] == ["camera: Camera × 2 from 2026-05-01"]
    renewal = quote_renewal(SWISS, quote.subscription).granted()
    assert renewal.document.subtotal == money("333.00")  # 60.00 × 5 + 10.00 × 2 + 5.00 + 8.00


def test_two_wishes_for_one_item_are_merged_or_refused():
    assert Cart(FIRST, alter("a", quantity=2), alter("a", plan=RESCUE)).changes == (Alteration("a", RESCUE, 2),)
    assert Cart(FIRST, alter("a", quantity=2), alter("a", quantity=2)).changes == (Alteration("a", None, 2),)
    assert Cart(FIRST, changes=(Addition(Item("a", RESCUE)),)).changes == (Addition(Item("a", RESCUE)),)
    for wishes in (
        (alter("a", quantity=2), alter("a", quantity=3)),
        (alter("a", quantity=2), remove("a")),
        (add(Item("a", RESCUE)), add(Item("a", CAMERA))),
        (),
    ):
        with pytest.raises(InvalidValueError, match="intents"):
            Cart(FIRST, *wishes)
    with pytest.raises(InvalidTypeError, match="what alter, add, remove or switch return"):
        Cart(FIRST, "a")
    with pytest.raises(InvalidValueError, match="nothing of it changes"):
        alter("a")
    with pytest.raises(InvalidTypeError, match="plans"):
        switch({"a": 1})


def test_what_holds_already_is_refused():
    running = three()
    for intents in ([alter("rescue", quantity=5)], [alter("rescue", plan=RESCUE)], [add(Item("camera", CAMERA, 5))]):
        refused = ask(running, date(2026, 4, 16), *intents)
        assert isinstance(refused, Refused)
        assert refused.reason is RefusedReason.ALREADY_ACCEPTED
    later = ask(running, date(2026, 4, 16), alter("camera", quantity=2), rules=AT_END).granted()
    assert later.applies_to(running)
    assert not later.applies_to(later.subscription)
    again = ask(later.subscription, date(2026, 4, 17), alter("camera", quantity=2), rules=AT_END)
    assert isinstance(again, Refused)
    assert "a change waits: camera: Camera × 2 from 2026-05-01" in again.explain()


def test_what_cannot_be_is_refused_with_what_to_do():
    running = three()
    day = date(2026, 4, 16)
    for intents, match in (
        ([alter("x", quantity=2)], "the subscription has rescue, camera, storage"),
        ([add(Item("camera", RESCUE))], "has an item of this key; alter it"),
        ([remove("rescue"), remove("camera"), remove("storage")], "no item would be left; cancel the subscription"),
        ([add(Item("w", seats("1.00", "Weekly", WEEKLY)))], "does not divide; name it in the cart"),
        ([alter("rescue", plan=seats("1.00", "Used", MONTHLY, Billing.IN_ARREARS))], "remove it, and add another item"),
        ([add(Item("t", RESCUE, trial=Trial(date(2027, 1, 1), date(2027, 1, 8))))], "does not hold 2026-04-16"),
    ):
        with pytest.raises(InvalidValueError, match=match):
            ask(running, day, *intents)
    yearly = quote_start(SWISS, FIRST, Item("main", RESCUE_YEAR), Item("camera", CAMERA_YEAR)).granted().subscription
    with pytest.raises(InvalidValueError, match=r"camera.*every year.*does not divide"):
        ask(yearly, day, switch({"main": RESCUE}), rules=GOTO)
    dollars = Plan("D", FlatPrice(Money.of("1.00", "USD")), MONTHLY)
    for intent in (alter("camera", plan=dollars), add(Item("d", dollars))):
        with pytest.raises(CurrencyMismatchError):
            ask(running, day, intent)
    with pytest.raises(InvalidTypeError, match="a Cart"):
        quote_change(SWISS, running, alter("camera", quantity=2), KEEP)


def test_an_add_on_that_the_new_interval_divides_goes_on():
    """The cameras stay monthly beside a yearly fee; a document falls on each month."""
    quote = ask(
        three(), date(2026, 5, 1) - (date(2026, 5, 1) - FIRST), alter("rescue", plan=RESCUE_YEAR), rules=GOTO
    ).granted()
    assert quote.next_bill_on == date(2026, 5, 1)
    renewal = quote_renewal(SWISS, quote.subscription).granted()
    assert {line.billed.key for line in renewal.document.lines} == {"camera", "storage"}
    assert renewal.subscription.paid_until == date(2027, 4, 1)


@pytest.mark.parametrize("asked", list(Asked))
@pytest.mark.parametrize("waits", list(Waits))
def test_every_pair_of_what_waits_and_what_is_asked_has_its_outcome(waits, asked):
    day = date(2026, 4, 16)
    running = three()
    before = {
        Waits.CHANGE: lambda: ask(running, day, alter("camera", plan=seats("7.00", "Small")), rules=AT_END).granted(),
        Waits.CANCELLATION: lambda: quote_cancellation(SWISS, running, day, AT_END).granted(),
        Waits.PAUSE: lambda: quote_pause(SWISS, running, day, at_end=True).granted(),
    }[waits]().subscription
    same = {
        Waits.CHANGE: lambda: ask(before, day, alter("camera", plan=seats("7.00", "Small")), rules=AT_END),
        Waits.CANCELLATION: lambda: quote_cancellation(SWISS, before, day, AT_END),
        Waits.PAUSE: lambda: quote_pause(SWISS, before, day, at_end=True),
    }[waits]
    quote = {
        Asked.SAME: same,
        Asked.LATER_CHANGE: lambda: ask(before, day, alter("camera", plan=seats("8.00", "Middle")), rules=AT_END),
        Asked.CHANGE: lambda: ask(before, day, alter("camera", plan=seats("20.00", "Large"))),
        Asked.MORE: lambda: ask(before, day, alter("camera", quantity=7)),
        Asked.FEWER: lambda: ask(before, day, alter("camera", quantity=3)),
        Asked.CANCELLATION: lambda: quote_cancellation(SWISS, before, day, AT_END),
        Asked.PAUSE: lambda: quote_pause(SWISS, before, day, PauseTerms(coupons_run=True), at_end=True),
    }[asked]()
    outcome = MEETINGS[waits, asked]
    if outcome is Meeting.REFUSED:
        assert isinstance(quote, Refused)
        return
    after = quote.granted().subscription
    still = {
        Waits.CHANGE: [each for each in after.next if each.item.plan.name == "Small"],
        Waits.CANCELLATION: after.ends_on,
        Waits.PAUSE: after.pause == before.pause and after.pause,
    }[waits]
    assert bool(still) is (outcome is Meeting.KEPT)
    if waits is Waits.CHANGE and asked in (Asked.MORE, Asked.FEWER):
        assert after.next[0].item.quantity == after.item("camera").quantity  # the new number goes over
    if outcome is Meeting.REPLACED:
        assert after.next or after.pause


def test_what_becomes_of_what_waits_can_be_asked_otherwise():
    """WooCommerce refuses a change of what ends; with Recurly one for the renewal turns it on again."""
    day = date(2026, 4, 16)
    ending = quote_cancellation(SWISS, three(), day, AT_END).granted().subscription
    strict, open_ = (ChangeOptions(waits=each) for each in (Meeting.REFUSED, Meeting.CLEARED))
    refused = ask(ending, day, alter("camera", quantity=7), options=strict)
    assert isinstance(refused, Refused)
    assert refused.reason is RefusedReason.WAITS
    on_again = ask(ending, day, alter("camera", quantity=7), rules=AT_END, options=open_).granted().subscription
    assert (on_again.ends_on, len(on_again.next)) == (None, 1)
    assert take_back(on_again, Waits.CHANGE, "camera").next == ()
    with pytest.raises(InvalidValueError, match="no pause waits"):
        take_back(on_again, Waits.PAUSE)
    with pytest.raises(InvalidValueError, match="no change of rescue waits"):
        take_back(on_again, Waits.CHANGE, "rescue")


@pytest.mark.parametrize("at_end", [True, False], ids=["from the end of what is paid", "at once"])
@pytest.mark.parametrize("how", [Meeting.CLEARED, Meeting.REPLACED, Meeting.KEPT], ids=lambda each: each.value)
def test_a_pause_clears_what_waits_where_that_is_asked(how, at_end):
    day, kept = date(2026, 4, 16), how is Meeting.KEPT
    ending = quote_cancellation(SWISS, three(), day, AT_END).granted().subscription
    quote = quote_pause(SWISS, ending, day, at_end=at_end, waits=how)
    if kept and at_end:  # it would begin on the day of the end
        assert isinstance(quote, Refused)
        assert quote.reason is RefusedReason.ENDS
    else:
        assert quote.subscription.end_on == (date(2026, 5, 1) if kept else None)
        assert quote.quoted == ending
    changing = ask(three(), day, alter("camera", quantity=2), rules=AT_END).granted().subscription
    assert bool(quote_pause(SWISS, changing, day, at_end=at_end, waits=how).granted().subscription.next) is kept


def test_an_end_in_what_was_folded_is_refused_with_the_remedy():
    """31.00 × 12/31 of a folded January would be lost, where February alone goes back."""
    first = quote_start(SWISS, date(2026, 1, 1), Item("main", seats("31.00", "Main"))).granted().numbered("1")
    both = quote_renewal(SWISS, first.subscription).granted().numbered("2").subscription
    folded, early = closed_before(both, date(2026, 2, 1)), date(2026, 1, 20)
    assert quote_cancellation(SWISS, both, early, KEEP).granted().credit_left == money("43.00")  # 31.00 × 12/31 + 31.00
    billed = quote_renewal(SWISS, folded, on=date(2026, 1, 1))
    assert isinstance(billed, Refused)
    assert billed.reason is RefusedReason.ALREADY_BILLED
    with pytest.raises(InvalidValueError, match=r"what ended by 2026-02-01 was folded; .*credit_in_part, earlier"):
        quote_cancellation(SWISS, folded, early, KEEP)
    assert quote_cancellation(SWISS, folded, date(2026, 2, 1), KEEP).granted().credit_left == money("31.00")


@pytest.mark.parametrize("rules", [KEEP, GOTO], ids=["kept dates", "a new period"])
def test_a_request_that_comes_twice_is_refused_with_coupons_steps_and_periods_too(rules):
    day, spring = date(2026, 4, 16), Coupon("Spring", amount=money("5.00"), cycles=1)
    better = alter("rescue", plan=seats("60.00", "Plus"), coupon=spring)
    sold = add(Item("x", CAMERA, coupon=spring, steps=(PriceStep(STORAGE, 1),), periods=3))
    once = ask(three(), day, better, sold, rules=rules).granted().numbered("2")
    for intents in ((better, sold), (better,), (sold,)):
        again = ask(once.subscription, day, *intents, rules=rules)
        assert isinstance(again, Refused)
        assert again.reason is RefusedReason.ALREADY_ACCEPTED
    later = ask(once.subscription, date(2026, 4, 20), alter("rescue", coupon=spring), rules=rules)
    assert later.granted().documents  # on another day it is given anew
    with pytest.raises(InvalidValueError, match="alter it"):
        ask(once.subscription, day, add(Item("x", CAMERA, coupon=spring)), rules=rules)


def test_a_trial_can_end_now_without_another_change():
    trialing = (
        quote_start(SWISS, FIRST, Item("main", RESCUE, trial=Trial(FIRST, date(2026, 4, 15)))).granted().subscription
    )
    day, now = date(2026, 4, 8), ChangeOptions(trial=TrialChange.END_NOW)
    paid = ask(trialing, day, alter("main", plan=RESCUE), options=now).granted().numbered("T-1")
    assert (paid.due_now, paid.next_bill_on) == (money("30.00"), date(2026, 5, 8))
    again = ask(paid.subscription, day, alter("main", plan=RESCUE), options=now)
    assert isinstance(again, Refused)
    assert again.reason is RefusedReason.ALREADY_ACCEPTED
    assert isinstance(ask(trialing, day, alter("main", plan=RESCUE)), Refused)  # the end stays: nothing changes


def test_a_change_in_a_trial_moves_no_money():
    trial = Trial(FIRST, date(2026, 4, 15))
    first = quote_start(SWISS, FIRST, Item("main", RESCUE, trial=trial)).granted()
    assert (first.documents, first.subscription.status, first.next_bill_on) == ((), "trialing", date(2026, 4, 15))
    day, plus = date(2026, 4, 8), seats("60.00", "Plus")
    for how, paid_on, due in (
        (TrialChange.KEEP_END, date(2026, 4, 15), None),
        (TrialChange.FROM_START, date(2026, 5, 1), None),  # 30 days from 1 April
        (TrialChange.RESTART, date(2026, 5, 8), None),  # 30 days from 8 April
        (TrialChange.END_NOW, date(2026, 5, 8), "60.00"),  # billed at once, and then on 8 May
        (None, date(2026, 4, 15), None),  # the change waits for the end
    ):
        options = ChangeOptions(trial=how, trial_length=Cadence.daily(30))
        quote = ask(first.subscription, day, alter("main", plan=plus), options=options).granted()
        assert quote.next_bill_on == paid_on
        assert (quote.document and quote.document.subtotal) == (due and money(due))
        assert bool(quote.subscription.next) is (how is None)
        renewal = quote_renewal(SWISS, quote.subscription).granted()
        assert renewal.document.subtotal == money("60.00")
    gone = ask(
        first.subscription, day, add(Item("x", CAMERA, trial=Trial(day, date(2026, 4, 15)))), remove("main")
    ).granted()
    assert gone.subscription.main.key == "x"


def test_an_item_in_a_trial_of_its_own_is_billed_from_its_end_to_the_next_bill_date():
    """Kill Bill: 150.00 × 27/30 from 4 to 31 … of a plan of 100.00 changed in the trial to one of 150.00."""
    calendar = AlignedSchedule.by_rule(date(2023, 8, 31), DayOfMonth(1), MONTHLY)
    main = Item("main", seats("1000.00", "Main"), trial=Trial(date(2023, 8, 1), date(2023, 8, 31)))
    state = quote_start(SWISS, date(2023, 8, 1), main, schedule=calendar).granted().subscription
    own = Item("ao", seats("100.00", "Add-on"), trial=Trial(date(2023, 8, 5), date(2023, 9, 4)))
    state = ask(state, date(2023, 8, 5), add(own)).granted().subscription
    state = ask(state, date(2023, 8, 15), alter("ao", plan=seats("150.00", "Add-on 2"))).granted().subscription
    bills = []
    for _ in range(3):
        quote = quote_renewal(SWISS, state).granted()
        bills.append((str(quote.document.issued_on), quote.document.subtotal))
        state = quote.subscription
    assert bills == [
        ("2023-08-31", money("32.26")),  # 1000.00 × 1/31
        ("2023-09-01", money("1000.00")),
        ("2023-09-04", money("135.00")),  # 150.00 × 27/30
    ]


def test_prices_step_up_and_instalments_end():
    first = Plan("First", FlatPrice(money("10.00")), MONTHLY)
    full = Plan("Full", FlatPrice(money("30.00")), MONTHLY)
    items = (
        Item("main", full, steps=(PriceStep(first, 2),)),
        Item("set-up", Plan("Set-up", FlatPrice(money("100.00")), MONTHLY), periods=3),
    )
    quote = quote_start(SWISS, FIRST, *items).granted()
    bills = [quote.document.subtotal]
    for _ in range(4):
        quote = quote_renewal(SWISS, quote.subscription).granted()
        bills.append(quote.document.subtotal)
    assert bills == [money(each) for each in ("110.00", "110.00", "130.00", "30.00", "30.00")]
    assert [item.key for item in quote.subscription.items] == ["main"]
    stepping = quote_start(SWISS, FIRST, items[0]).granted().subscription
    more = ask(stepping, date(2026, 4, 16), alter("main", quantity=2)).granted()
    assert more.document.subtotal == money("0.00") if more.document else True  # a flat price: two cost as one


def test_a_coupon_counts_periods_billed():
    """Three periods of 10 % off 30.00; a change within the bill dates does not count, a new period does."""
    three_times = Coupon("spring", percent=Fraction(10), cycles=3)
    state = quote_start(SWISS, FIRST, Item("main", RESCUE, coupon=three_times)).granted().subscription
    state = ask(state, date(2026, 4, 16), alter("main", quantity=2)).granted().subscription
    assert state.main.coupon_used == 1
    nets = []
    for _ in range(3):
        quote = quote_renewal(SWISS, state).granted()
        nets.append(quote.document.subtotal)
        state = quote.subscription
    assert nets == [money("54.00"), money("54.00"), money("60.00")]
    restarted = quote_start(
        SWISS, FIRST, Item("main", RESCUE, coupon=three_times), Item("camera", CAMERA, coupon=three_times)
    ).granted()
    state = ask(restarted.subscription, date(2026, 4, 16), alter("main", quantity=2), rules=GOTO).granted().subscription
    assert {item.key: item.coupon_used for item in state.items} == {"main": 2, "camera": 1}


def test_a_price_of_10_00_for_three_periods_is_what_the_discount_leaves():
    """24.95 less 20.00 for three periods, from 28 February."""
    coupon = Coupon("first", amount=money("20.00"), cycles=3)
    state = quote_start(SWISS, date(2023, 2, 28), Item("main", seats("24.95", "Main"), coupon=coupon)).granted()
    nets = [state.document.subtotal]
    for _ in range(3):
        state = quote_renewal(SWISS, state.subscription).granted()
        nets.append(state.document.subtotal)
    assert nets == [money("4.95"), money("4.95"), money("4.95"), money("24.95")]


def metered(price, name, cadence=MONTHLY):
    return seats(price, name, cadence, Billing.METERED)


def test_what_is_measured_is_billed_at_the_renewal_split_by_price():
    """Meteroid: 0.10 a call until 15 February and 0.20 after it, beside a rate of 10.00 that becomes 20.00."""
    items = Item("rate", seats("10.00", "Rate")), Item("api", metered("0.10", "Calls"))
    state = quote_start(SWISS, date(2025, 1, 1), *items).granted().subscription
    first = quote_renewal(SWISS, state, measured={"api": 1000}).granted()
    assert first.document.subtotal == money("110.00")  # 10.00 + 1000 × 0.10
    change = ask(
        first.subscription, date(2025, 2, 15), alter("rate", plan=seats("20.00", "Rate 2")),
        alter("api", plan=metered("0.20", "Calls 2")), add(Item("db", metered("0.50", "GB"))),
    ).granted()  # fmt: skip
    assert change.document.subtotal == money("5.00")  # (20.00 - 10.00) × 14/28
    for measured in ({}, {"api": 50, "db": 100}, {"api": (50, 200), "db": 100, "rate": 1}):
        with pytest.raises(InvalidValueError, match="measured"):
            quote_renewal(SWISS, change.subscription, measured=measured)
    end = quote_renewal(SWISS, change.subscription, measured={"api": (50, 200), "db": 100}).granted()
    assert end.document.subtotal == money("115.00")  # 20.00 + 50 × 0.10 + 200 × 0.20 + 100 × 0.50
    nothing = quote_renewal(SWISS, change.subscription, measured={"api": (0, 0), "db": 0}).granted()
    assert nothing.document.subtotal == money("20.00")


def test_the_used_part_of_an_item_in_arrears_is_billed_with_the_change_or_later():
    """Kill Bill: 900.00 a month in arrears from 11 August, another add-on on the 15th: 900.00 × 4/31."""

    def plan(price, name):
        return seats(price, name, MONTHLY, Billing.IN_ARREARS)

    items = Item("main", plan("1000.00", "Main")), Item("ao", plan("900.00", "Add-on"))
    start = quote_start(SWISS, date(2023, 8, 11), *items).granted()
    assert (start.documents, start.next_bill_on) == ((), date(2023, 9, 11))
    cart = alter("ao", plan=plan("300.00", "Add-on 2"))
    now = ask(start.subscription, date(2023, 8, 15), cart, options=ChangeOptions(arrears=ArrearsChange.NOW)).granted()
    assert now.document.subtotal == money("116.13")
    later = ask(start.subscription, date(2023, 8, 15), cart).granted()
    assert not later.documents
    bill = quote_renewal(SWISS, later.subscription).granted()
    assert bill.document.subtotal == money("1377.42")  # 1000.00 + 116.13 + 300.00 × 27/31 = 261.29
    scheduled = ask(start.subscription, date(2023, 8, 15), cart, rules=AT_END).granted()
    assert scheduled.subscription.next == (NextSale("ao", date(2023, 9, 11), scheduled.subscription.next[0].item),)
    end = quote_cancellation(SWISS, start.subscription, date(2023, 8, 21), KEEP).granted()
    assert end.document.subtotal == money("612.90")  # 1900.00 × 10/31 = 322.58 + 290.32
    waits = quote_cancellation(SWISS, start.subscription, date(2023, 8, 21), AT_END).granted()
    last = quote_renewal(SWISS, waits.subscription).granted()
    assert (last.document.subtotal, last.subscription.status) == (money("1900.00"), "cancelled")


def test_a_paused_subscription_takes_changes_where_its_terms_say_so():
    day = date(2026, 4, 16)
    refused = ask(quote_pause(SWISS, three(), day).granted().subscription, day, alter("camera", quantity=7))
    assert isinstance(refused, Refused)
    assert refused.reason is RefusedReason.PAUSED
    paused = quote_pause(SWISS, three(), day, PauseTerms(meanwhile=Meanwhile.TAKEN)).granted().subscription
    cart = alter("camera", quantity=7), remove("storage"), add(Item("mobile", CAMERA))
    taken = ask(paused, day, *cart).granted()
    assert not taken.documents
    assert {item.key: item.quantity for item in taken.subscription.items} == {"rescue": 5, "camera": 7, "mobile": 1}
    with pytest.raises(InvalidValueError, match="alter it"):
        ask(paused, day, add(Item("camera", CAMERA)))


def test_a_free_plan_stays_active_and_can_be_upgraded():
    free = one("0.00")
    renewal = quote_renewal(SWISS, free).granted()
    assert (renewal.documents, renewal.next_bill_on) == ((), date(2026, 6, 1))
    assert renewal.numbered("9") == renewal
    up = ask(renewal.subscription, date(2026, 5, 16), alter("main", plan=seats("31.00", "Paid"))).granted()
    assert up.document.subtotal == money("16.00")  # 31.00 × 16/31


def test_a_quote_is_numbered_once_for_each_document():
    quote = ask(three(), date(2026, 4, 16), alter("camera", quantity=6)).granted()
    for numbers in ((), ("1", "2"), ("",)):
        with pytest.raises(InvalidValueError):
            quote.numbered(*numbers)
    apart = attrs.evolve(KEEP, settlement=Settlement.APART)
    two = ask(three(), date(2026, 4, 16), alter("camera", plan=seats("20.00", "Large")), rules=apart).granted()
    assert (len(two.documents), two.document) == (2, None)
    assert [each.number for each in two.numbered("5", "6").documents] == ["5", "6"]
    for numbers in (("5",), ("5", "5")):
        with pytest.raises(InvalidValueError, match="give each a number of its own"):
            two.numbered(*numbers)
