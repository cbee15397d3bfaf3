"""The result of a change: what it is made of, when it is billed, and what becomes of credit that is left."""

from datetime import date

import pytest
from billingcore.presets import PRESETS, preset

from billingcore.changes import gather_change, quote_change, quote_start
from billingcore.cycles import ANNUAL, WEEKLY, Period
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.proration import Change, Cycle, FixedDays, Leftover, ProrationResult, Settle, Timing, prorate_change
from samples import (
    APRIL,
    DAY_RESET,
    DIFFERENCE,
    FREE,
    FRENCH,
    KEEP,
    LARGE,
    MID_APRIL,
    SMALL,
    SPAN,
    TWENTIETH,
    TWENTY_FOURTH,
    UNTAXED,
    UPGRADE,
    YEARLY_300,
    billed,
    flat,
    money,
    policy,
)

TINY = flat("10.00", "Tiny")
GATHERING = [name for name, each in PRESETS.items() if each.policy.timing.settle is Settle.NEXT_INVOICE]


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
        ((KEEP, Change.to(date(2026, 2, 10), LARGE), (billed(SMALL),)), InvalidValueError),
        ((KEEP, Change.to(date(2026, 1, 24), flat("1.00", currency="USD")), (billed(SMALL),)), CurrencyMismatchError),
        ((KEEP, Change.to(SPAN.start_at, LARGE), (billed(SMALL),)), InvalidTypeError),  # which civil day is it?
        ((PRESETS["polar"].policy, Change.to(SPAN.start_at, LARGE), (billed(SMALL),)), InvalidTypeError),
        ((KEEP, UPGRADE, (billed(SMALL).replaced_on(date(2026, 1, 20), money("0.00")),)), InvalidValueError),
        ((PRESETS["paddle_months"].policy, Change.to(date(2026, 1, 12), LARGE), (billed(SMALL, Period(date(2026, 1, 10), date(2026, 1, 17))),)), InvalidValueError),
        ((policy("zuora_30_days", measure={"basis": FixedDays(30, WEEKLY)}), UPGRADE, (billed(SMALL),)), InvalidValueError),
        ((PRESETS["store_deferred"].policy, UPGRADE, ()), InvalidValueError),
        ((PRESETS["samsung_prorated_date"].policy, Change.to(date(2026, 1, 24), flat("0.00")), (billed(SMALL),)), InvalidValueError),
    ],
)  # fmt: skip
def test_a_result_refuses_changes_that_do_not_fit_what_was_billed(arguments, error):
    with pytest.raises(error):
        ProrationResult(*arguments)


def test_what_becomes_of_credit_that_is_left():
    down = Change.to(MID_APRIL, flat("10.00"))
    for leftover, carried, refund, words in (
        (Leftover.CARRY, "10.00", "0.00", "is carried to later bills"),
        (Leftover.REFUND, "0.00", "10.00", "is paid out"),
        (Leftover.FORFEIT, "0.00", "0.00", "is lost"),
    ):
        result = prorate_change(
            policy("chargebee_day", timing={"leftover": leftover}), down, [billed(flat("30.00"), APRIL)]
        )
        assert (result.leftover, result.carried, result.refund) == (money("10.00"), money(carried), money(refund))
        assert (result.applied, result.due_now) == (money("5.00"), money("0.00"))
        assert words in result.explain()
    assert prorate_change(KEEP, down, [billed(flat("30.00"), APRIL)]).next_invoice == money("0.00")  # 10.00 - 10.00
    gathered = prorate_change(
        PRESETS["nadles"].policy, Change.to(MID_APRIL, flat("60.00")), [billed(flat("30.00"), APRIL)]
    )
    assert (gathered.due_now, gathered.next_invoice) == (money("0.00"), money("75.00"))


def test_a_result_without_a_period_has_no_share():
    result = prorate_change(PRESETS["goto_meeting"].policy, Change.add(MID_APRIL, LARGE, ruling=UNTAXED))
    assert result.next_bill_on == date(2026, 5, 16)
    with pytest.raises(InvalidValueError, match="no period runs"):
        _ = result.fraction


@pytest.mark.parametrize(
    ("preset", "change", "field"),
    [
        ("polar", Change.to(TWENTIETH, LARGE), None),
        ("stripe_classic", Change.to(TWENTIETH, flat("300.00", "Year", ANNUAL)), "timing.interval_change"),
        (None, Change.to(TWENTIETH, LARGE), "timing.anchor"),
    ],
)
def test_a_result_names_what_started_a_new_period(preset, change, field):
    policy = PRESETS[preset].policy if preset else DAY_RESET
    assert prorate_change(policy, change, [billed(SMALL)]).restarted_by == field


YEARS = {
    # 300.00 - 30.00 × 17/31 = 300.00 - 16.45
    **dict.fromkeys(("stripe_classic", "stripe_flexible", "zuora_actual_days", "microsoft_csp", "nadles"), "283.55"),
    "zuora_30_days": "283.00",  # 300.00 - 30.00 × 17/30
    "zuora_strict_30_360": "284.00",  # 300.00 - 30.00 × 16/30
}


@pytest.mark.parametrize("name", YEARS)
def test_a_change_of_interval_is_billed_at_once(name):
    result = prorate_change(PRESETS[name].policy, Change.to(TWENTY_FOURTH, YEARLY_300), [billed(SMALL)])
    assert result.settles_now
    assert (result.due_now, result.next_invoice) == (money(YEARS[name]), money("300.00"))
    assert "billed now: the invoice of the new period comes now (timing.settle)" in result.explain()


@pytest.mark.parametrize("name", GATHERING)
def test_a_change_that_keeps_the_period_still_waits_for_its_invoice(name):
    result = prorate_change(PRESETS[name].policy, Change.to(TWENTY_FOURTH, LARGE), [billed(SMALL)])
    assert not result.settles_now
    assert (result.due_now, result.next_invoice) == (money("0.00"), money("50.00") + result.net)


def test_free_to_paid_is_billed_at_once_where_it_starts_a_period():
    result = prorate_change(preset("stripe_classic").policy, Change.to(TWENTY_FOURTH, LARGE), [billed(FREE)])
    assert (result.due_now, result.next_invoice, str(result.next_bill_on)) == (
        money("50.00"), money("50.00"), "2026-02-24",
    )  # fmt: skip
    assert "charge for Large × 1: 50.00 EUR (timing.free_to_paid)" in result.explain()
    assert "next bill on 2026-02-24: a new period starts (timing.free_to_paid)" in result.explain()


def test_credit_left_by_a_new_period_is_carried_not_billed():
    year = prorate_change(
        preset("recurly_full").policy, Change.to(TWENTY_FOURTH, YEARLY_300), [billed(SMALL)]
    ).billed_after[1:]
    result = prorate_change(preset("nadles").policy, Change.to(date(2026, 1, 25), SMALL), year)
    # 300.00 × 364/365 = 299.18 given back, 30.00 charged
    assert (result.due_now, result.carried, result.next_invoice) == (money("0.00"), money("269.18"), money("0.00"))


def test_a_cancellation_says_what_becomes_of_its_credit():
    told = prorate_change(preset("nadles").policy, Change.cancel(TWENTY_FOURTH), [billed(SMALL)]).explain().split("\n")
    assert told[2:] == [
        "  net 0.00 - 16.45 = -16.45 EUR, nothing to bill (timing.settle)",
        "  credit of 16.45 EUR is left and stays on the buyer's balance (timing.leftover)",
        "  no further bill",
    ]


def test_what_is_billed_at_once_is_quoted_and_not_gathered():
    small, yearly = flat("30.00", "Small"), flat("300.00", "Yearly", ANNUAL)
    running = quote_start(FRENCH, small, 1, date(2026, 1, 10)).subscription
    with pytest.raises(InvalidValueError, match="a new period starts, and its invoice comes now; use quote_change"):
        gather_change(FRENCH, running, yearly, 1, TWENTY_FOURTH, preset("stripe_flexible").policy)
    quote = quote_change(FRENCH, running, yearly, 1, TWENTY_FOURTH, preset("stripe_flexible").policy)
    assert (quote.document.subtotal, quote.next_bill_on) == (money("283.55"), date(2027, 1, 24))


@pytest.mark.parametrize("leftover", [Leftover.REFUND, Leftover.FORFEIT])
def test_credit_on_the_next_invoice_is_not_paid_out_or_lost_too(leftover):
    with pytest.raises(InvalidValueError, match=f"leftover '{leftover.value}': credit that stands on the next invoice"):
        Timing(settle=Settle.NEXT_INVOICE, leftover=leftover)
    result = prorate_change(policy("nadles"), Change.to(TWENTY_FOURTH, TINY), [billed(SMALL)])
    # 10.00 × 17/31 - 30.00 × 17/31 = 5.48 - 16.45: the next invoice of 10.00 is paid, 0.97 is left
    assert (result.refund, result.net, result.next_invoice) == (money("0.00"), money("-10.97"), money("0.00"))


def test_an_anchor_that_resets_settles_at_once():
    reset = policy("goto_meeting", timing={"settle": Settle.NEXT_INVOICE})
    assert reset.timing.anchor is Cycle.RESET
    assert prorate_change(reset, Change.to(TWENTY_FOURTH, LARGE), [billed(SMALL)]).due_now == money("33.55")
