"""Small amounts: collected, deferred or waived; and the minimum of a credit or a charge."""

from datetime import date

import pytest

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.proration import (
    Change,
    Clock,
    Collection,
    Measure,
    ProrationPolicy,
    Sides,
    SmallAmount,
    prorate_change,
    settle_small,
)
from samples import APRIL, MID_APRIL, SMALL, billed, flat, money, policy


def test_small_credits_and_charges_are_not_made():
    rule = policy("chargebee_day", sides={"minimum_credit_minor": 100, "minimum_charge_minor": 200})
    result = prorate_change(rule, Change.to(MID_APRIL, flat("3.98")), [billed(flat("1.98"), APRIL)])
    assert (result.lines, result.net) == ((), money("0.00"))
    due = prorate_change(rule, Change.to(MID_APRIL, flat("4.00")), [billed(flat("2.00"), APRIL)])
    assert (due.charge, due.credit) == (money("1.00"), money("1.00"))  # 2.00 - 1.00 would be less than 2.00
    assert prorate_change(rule, Change.to(MID_APRIL, flat("6.00")), [billed(flat("2.00"), APRIL)]).net == money("2.00")
    apart = policy("difference_remaining", sides={"minimum_credit_minor": 100, "minimum_charge_minor": 200})
    for price in ("1.98", "0.02"):
        assert prorate_change(apart, Change.to(MID_APRIL, flat(price)), [billed(flat("1.00"), APRIL)]).lines == ()


@pytest.mark.parametrize(
    ("amount", "action", "expected"),
    [  # modrinth/code 3851 waives below 0.30, Flagsmith 2961 defers below 0.50
        ("0.45", SmallAmount.COLLECT, ("0.45", "0.00", "0.00")),
        ("0.45", SmallAmount.DEFER, ("0.00", "0.45", "0.00")),
        ("0.45", SmallAmount.WAIVE, ("0.00", "0.00", "0.45")),
        ("0.50", SmallAmount.WAIVE, ("0.50", "0.00", "0.00")),
        ("0.00", SmallAmount.DEFER, ("0.00", "0.00", "0.00")),
    ],
)
def test_a_small_amount_is_collected_deferred_or_waived(amount, action, expected):
    found = settle_small(money(amount), money("0.50"), action)
    assert (found.collected.amount, found.deferred.amount, found.waived.amount) == expected
    assert found.explain().startswith(f"{amount} EUR is ")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((money("-0.01"), money("0.50"), SmallAmount.DEFER), InvalidValueError),
        ((money("0.01"), money("-0.50"), SmallAmount.DEFER), InvalidValueError),
        ((money("0.01"), money("0.50", "USD"), SmallAmount.DEFER), CurrencyMismatchError),
        ((money("0.01"), money("0.50"), "defer"), InvalidTypeError),
    ],
)
def test_a_small_amount_refuses_amounts_below_nothing_and_other_types(arguments, error):
    with pytest.raises(error):
        Collection(*arguments)


@pytest.mark.parametrize(("least", "dropped"), [(1000, False), (1001, True)])
def test_only_what_is_below_the_minimum_is_said_to_be(least, dropped):
    policy = ProrationPolicy(Measure(clock=Clock.DAY), sides=Sides(minimum_credit_minor=least))
    text = prorate_change(policy, Change.cancel(date(2026, 1, 31)), [billed(flat("31.00", "Even"))]).explain()
    assert ("below the minimum" in text) is dropped  # 31.00 × 10/31 = 10.00


def test_a_swap_of_equals_below_the_minimum_says_why_its_charge_is_cut():
    policy = ProrationPolicy(Measure(clock=Clock.DAY), sides=Sides(minimum_charge_minor=100))
    dearer = prorate_change(policy, Change.to(date(2026, 1, 24), flat("31.00", "Other")), [billed(SMALL)])
    assert dearer.net == money("0.00")  # (31.00 - 30.00) × 17/31 = 0.55, below 1.00
    assert "so that less than the minimum is not billed" in dearer.explain()


@pytest.mark.parametrize(
    ("old", "new", "charge", "credit"),
    [
        ("14.00", "14.00", "0.90", "0.90"),  # 14.00 × 2/31 each: nothing is due, and nothing is won
        ("14.00", "20.00", "0.90", "0.90"),  # 1.29 - 0.90 = 0.39 is less than 1.00
        ("14.00", "31.00", "2.00", "0.90"),  # 2.00 - 0.90 = 1.10
        ("0.00", "14.00", "0.00", "0.00"),  # 0.90 alone
        ("20.00", "14.00", "0.90", "1.29"),  # more is given back than charged: no minimum applies
    ],
)
def test_a_minimum_is_one_of_what_is_due(old, new, charge, credit):
    rule = policy("chargebee_day", sides={"minimum_charge_minor": 100})
    result = prorate_change(rule, Change.to(date(2026, 2, 8), flat(new)), [billed(flat(old))])
    assert (result.charge, result.credit) == (money(charge), money(credit))
    assert sum(line.net.amount_minor for line in result.lines) == result.net_minor
