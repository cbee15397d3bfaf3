"""No proration never gives a period for nothing: a new interval starts, and is charged, at the old renewal."""

from datetime import date

import pytest

from billingcore.changes import quote_change, quote_renewal, quote_start
from billingcore.errors import InvalidValueError
from billingcore.presets import preset
from billingcore.proration import Charge, Credit, Cycle, OnSwitch, ProrationPolicy, Sides, Timing
from samples import FRENCH, SMALL, YEARLY_300, money


@pytest.mark.parametrize("name", ["none", "store_without_proration"])
@pytest.mark.parametrize(
    ("old", "new", "renewal", "price", "after"),
    [
        (
            SMALL,
            YEARLY_300,
            "2026-02-10",
            "300.00",
            "2027-02-10",
        ),  # nothing on 24 January, 300.00 on the old renewal date
        (YEARLY_300, SMALL, "2027-01-10", "30.00", "2027-02-10"),  # the paid year runs on, then 30.00 a month
    ],
)
def test_without_proration_the_new_price_comes_at_the_old_renewal_date(name, old, new, renewal, price, after):
    running = quote_start(FRENCH, old, 1, date(2026, 1, 10)).subscription
    quote = quote_change(FRENCH, running, new, 1, date(2026, 1, 24), preset(name).policy)
    assert (quote.document.subtotal, str(quote.next_bill_on)) == (money("0.00"), renewal)
    next_one = quote_renewal(FRENCH, quote.subscription)
    assert next_one.document.subtotal == money(price)
    assert (str(next_one.document.issued_on), str(next_one.next_bill_on)) == (renewal, after)


@pytest.mark.parametrize("credit", [Credit.NONE, Credit.UNUSED, Credit.FULL])
@pytest.mark.parametrize(
    ("timing", "field"),
    [
        ({}, "interval_change"),
        ({"interval_change": OnSwitch.KEEP, "free_to_paid": OnSwitch.RESET}, "free_to_paid"),
        ({"anchor": Cycle.RESET}, "anchor"),
    ],
)
def test_a_new_period_for_which_nothing_is_charged_is_refused(credit, timing, field):
    with pytest.raises(
        InvalidValueError, match=f"{field} 'reset': a new period would start for which nothing is charged"
    ):
        ProrationPolicy(sides=Sides(credit=credit, charge=Charge.NONE), timing=Timing(**timing))


def test_the_simple_policy_that_moves_nothing_keeps_the_interval_too():
    policy = ProrationPolicy.simple(Credit.NONE, Charge.NONE, Cycle.KEEP)
    assert policy.timing.interval_change is OnSwitch.KEEP
    assert ProrationPolicy.simple(Credit.UNUSED, Charge.FULL, Cycle.KEEP).timing.interval_change is OnSwitch.RESET
