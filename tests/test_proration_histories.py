"""Histories of one period: discounts, several billed lines, credit given before."""

from datetime import date

import pytest

from billingcore.presets import PRESETS
from billingcore.proration import Change, fold_changes, prorate_change
from billingcore.tax import OutsideScope
from samples import LARGE, SMALL, UNTAXED, billed, flat, money

TEN, XL = money("10.00"), flat("60.00", "XL")
TWENTIETH = date(2026, 1, 20)  # 21 of 31 days left
ELSEWHERE = OutsideScope("US", (), "2026-11-23")


@pytest.mark.parametrize(
    ("preset", "net"),
    [
        ("difference_remaining", "20.32"),  # (50.00 - 20.00) × 21/31
        ("shopify", "21.00"),  # 30.00 × 21/30
        ("braintree", "19.35"),  # 30.00 × 20/31: the day stays with the old plan
        ("unibee", "19.40"),  # 30.00 / 31 = 0.97, × 20
        ("difference_now", "30.00"),
        ("recurly_only_changed", "20.32"),
        ("stripe_classic", "20.32"),  # 33.87 - 13.55
        ("stripe_flexible", "20.32"),
        ("polar", "20.32"),
    ],
)
def test_a_discount_lasts_over_two_changes(preset, net):
    policy, line = PRESETS[preset].policy, billed(SMALL, discount=TEN)
    steps = [Change.to(TWENTIETH, LARGE, discount=TEN), Change.to(TWENTIETH, XL, discount=TEN)]
    assert prorate_change(policy, steps[1], [line]).net == money(net)
    assert fold_changes(policy, [line], steps).net == money(net)


@pytest.mark.parametrize("day", range(10, 32))
@pytest.mark.parametrize("off", ["0.01", "3.33", "9.99", "29.99", "30.00"])
def test_a_discounted_change_undone_is_worth_nothing(day, off):
    first, off = date(2026, 1, day), money(off)
    start = billed(SMALL, discount=off)
    for preset in ("stripe_classic", "difference_now", "polar"):
        there, back = Change.to(first, LARGE, discount=off), Change.to(first, SMALL, discount=off)
        assert fold_changes(PRESETS[preset].policy, [start], [there, back]).net == money("0.00")


@pytest.mark.parametrize(
    ("preset", "credit"),
    [
        ("polar", "21.93"),  # 30.00 × 17/31 = 16.45, and (15.00 - 5.00) × 17/31 = 5.48
        ("paddle", "21.93"),
        ("stripe_classic", "21.93"),
        ("braintree", "21.93"),
        ("difference_remaining", "21.93"),
        ("unibee", "21.93"),
        ("recurly_only_changed", "21.94"),  # 16.45, and 8.23 less 2.74: the discount goes back on its own
        ("shopify", "22.67"),  # 30.00 × 17/30 = 17.00, and 10.00 × 17/30 = 5.67
        ("difference_now", "40.00"),  # 30.00 + 10.00
    ],
)
def test_every_billed_line_is_credited(preset, credit):
    extra = billed(flat("15.00", "Extra"), discount=money("5.00"), ruling=ELSEWHERE)
    result = prorate_change(PRESETS[preset].policy, Change.cancel(date(2026, 1, 24)), [billed(SMALL), extra])
    assert result.credit == money(credit)
    assert [line.ruling for line in result.lines if line.side.value == "credit"] == [ELSEWHERE, UNTAXED]


def test_what_was_added_counts_beside_what_was_there():
    policy = PRESETS["difference_remaining"].policy
    steps = [Change.add(TWENTIETH, flat("15.00", "Extra")), Change.cancel(TWENTIETH)]
    added, ended = fold_changes(policy, [billed(SMALL)], steps).steps
    assert (added.charge, ended.credit) == (money("10.16"), money("30.48"))  # 15.00 × 21/31, 45.00 × 21/31


def test_todays_price_is_not_credited_beyond_what_is_left_of_a_line():
    policy, day = PRESETS["stripe_classic"].policy, date(2026, 1, 11)
    assert prorate_change(policy, Change.cancel(day), [billed(SMALL)]).credit == money("29.03")  # 30.00 × 30/31
    assert prorate_change(policy, Change.cancel(day), [billed(SMALL, given=money("25.00"))]).credit == money("5.00")


def test_a_cancelled_history_has_each_line_once():
    history = fold_changes(PRESETS["polar"].policy, [billed(SMALL)], [Change.cancel(date(2026, 1, 24))])
    assert [line.credit_given for line in history.billed_after] == [money("16.45")]  # 30.00 × 17/31


def test_alternating_tax_decisions_keep_few_lines_in_force():
    changes = [Change.to(TWENTIETH, flat(f"{31 + at}.00"), ruling=ELSEWHERE if at % 2 else UNTAXED) for at in range(60)]
    history = fold_changes(PRESETS["difference_remaining"].policy, [billed(SMALL)], changes)
    assert sum(line.ended_on is None for line in history.billed_after) <= 14
    assert 4035 <= history.net.amount_minor <= 4095  # 60.00 × 21/31 = 40.645, each step within half a cent
