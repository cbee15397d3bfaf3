"""Small amounts: collected, deferred or waived."""

import pytest

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.proration import SmallAmount, SmallSettled, settle_small
from samples import money


@pytest.mark.parametrize(
    ("amount", "action", "expected"),
    [  # modrinth/code 3851 waives below 0.30, Flagsmith 2961 defers below 0.50
        ("0.45", SmallAmount.COLLECT, ("0.45", "0.00", "0.00")),
        ("0.45", SmallAmount.DEFER, ("0.00", "0.45", "0.00")),
        ("0.45", SmallAmount.WAIVE, ("0.00", "0.00", "0.45")),
        ("0.50", SmallAmount.WAIVE, ("0.50", "0.00", "0.00")),
        ("0.01", SmallAmount.DEFER, ("0.00", "0.01", "0.00")),
        ("0.00", SmallAmount.DEFER, ("0.00", "0.00", "0.00")),
    ],
)
def test_a_small_amount_is_collected_deferred_or_waived(amount, action, expected):
    found = settle_small(money(amount), money("0.50"), action)
    assert (found.collected.amount, found.deferred.amount, found.waived.amount) == expected
    assert found.explain().startswith(f"{amount} EUR is ")


def test_a_small_amount_says_what_becomes_of_it():
    small = settle_small(money("0.45"), money("0.50"), SmallAmount.DEFER)
    assert small.explain() == "0.45 EUR is below the minimum of 0.50: defer"
    assert settle_small(money("0.50"), money("0.50"), SmallAmount.DEFER).explain() == "0.50 EUR is collected"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((money("-0.01"), money("0.50"), SmallAmount.DEFER), InvalidValueError),
        ((money("0.01"), money("-0.50"), SmallAmount.DEFER), InvalidValueError),
        ((money("0.01"), money("0.50", "USD"), SmallAmount.DEFER), CurrencyMismatchError),
        ((money("0.01"), money("0.50"), "defer"), InvalidTypeError),
        ((1, money("0.50"), SmallAmount.DEFER), InvalidTypeError),
    ],
)
def test_a_small_amount_refuses_amounts_below_nothing_and_other_types(arguments, error):
    with pytest.raises(error):
        SmallSettled(*arguments)
