"""A net that is rounded once, also where nothing is charged; and a minimum of what is due."""

from datetime import date

import pytest

from billingcore.presets import PRESETS
from billingcore.proration import Change, prorate_change
from samples import billed, flat, money, policy

DAY = date(2026, 1, 24)  # 17 of 31 days left


@pytest.mark.parametrize(
    ("prices", "credit"),
    [
        (("10.00",), "5.48"),  # 10.00 × 17/31 = 5.4839
        (("10.00", "10.00", "10.00"), "16.45"),  # 30.00 × 17/31 = 16.4516, not 3 × 5.48
        (("0.01", "0.01", "0.01"), "0.02"),  # 0.03 × 17/31 = 0.0165, not 3 × 0.01
        (("10.00", "25.00"), "19.19"),  # 35.00 × 17/31 = 19.1935
    ],
)
def test_the_net_of_a_cancellation_is_rounded_once(prices, credit):
    lines = [billed(flat(price, f"Plan {at}")) for at, price in enumerate(prices)]
    result = prorate_change(PRESETS["zuora_actual_days"].policy, Change.cancel(DAY), lines)
    assert result.credit == money(credit)
    assert sum(line.net.amount_minor for line in result.lines) == -result.credit_minor
    assert sum(line.credit_given.amount_minor for line in result.billed_after) == result.credit_minor


def test_a_credit_from_two_lines_is_no_more_than_the_difference():
    lines = [billed(flat("30.00")), billed(flat("20.00"))]
    result = prorate_change(PRESETS["braintree"].policy, Change.to(DAY, flat("20.00")), lines)
    assert result.credit == money("15.48")  # (30.00 + 20.00 - 20.00) × 16/31
    assert [line.amount for line in result.lines] == [money("10.32"), money("5.16")]  # 20.00 × 16/31, and the rest


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
