"""A full refund inside a window after the start, whatever is credited else."""

from datetime import date

import pytest

from billingcore.proration import (
    Change,
    Charge,
    Clock,
    Credit,
    Measure,
    OnSwitch,
    ProrationPolicy,
    Sides,
    Timing,
    prorate_change,
)
from samples import LARGE, SMALL, billed, flat, money

KEPT = Timing(interval_change=OnSwitch.KEEP)


def policy_of(credit, charge):
    return ProrationPolicy(
        Measure(clock=Clock.DAY), sides=Sides(credit=credit, charge=charge, full_refund_days=7), timing=KEPT
    )


@pytest.mark.parametrize(
    ("credit", "charge", "inside", "after"),
    [
        (Credit.NONE, Charge.NONE, "30.00", "0.00"),
        (Credit.UNUSED, Charge.REMAINING, "30.00", "16.45"),  # 30.00 × 17/31
        (Credit.DIFFERENCE_REMAINING, Charge.DIFFERENCE_REMAINING, "30.00", "16.45"),
        (Credit.DIFFERENCE_FULL, Charge.DIFFERENCE_FULL, "30.00", "30.00"),
        (Credit.FULL, Charge.FULL, "30.00", "30.00"),
    ],
)
def test_a_cancellation_in_the_window_gives_everything_back(credit, charge, inside, after):
    policy = policy_of(credit, charge)
    for day, expected in ((date(2026, 1, 12), inside), (date(2026, 1, 17), inside), (date(2026, 1, 24), after)):
        result = prorate_change(policy, Change.cancel(day), [billed(SMALL)])
        assert (result.credit, result.billed_after[0].credit_given) == (money(expected), money(expected))


def test_only_a_cancellation_has_a_window():
    policy = policy_of(Credit.NONE, Charge.NONE)
    assert prorate_change(policy, Change.to(date(2026, 1, 12), LARGE), [billed(SMALL)]).credit == money("0.00")
    assert prorate_change(policy, Change.remove(date(2026, 1, 12)), [billed(SMALL)]).credit == money("0.00")


def test_every_line_in_the_window_is_refunded():
    lines = [billed(SMALL), billed(flat("12.00", "Extra"), given=money("2.00"))]
    policy = policy_of(Credit.NONE, Charge.NONE)
    assert prorate_change(policy, Change.cancel(date(2026, 1, 12)), lines).credit == money("40.00")  # 30.00 + 10.00
