"""Who owns the day of a change, where a new period starts; and exchanges for time without anything to exchange."""

from datetime import date

import pytest

from billingcore.cycles import ANNUAL, Period
from billingcore.presets import PRESETS
from billingcore.proration import Change, Direction, DirectionalPolicy, prorate_change
from samples import LARGE, SMALL, billed, flat, money

DAY = date(2026, 1, 24)
DATE = PRESETS["samsung_prorated_date"].policy


@pytest.mark.parametrize(
    ("preset", "credit", "start"),
    [
        ("braintree", "15.48", 25),  # 30.00 × 16/31 from the 25th
        ("unibee", "15.52", 25),  # 0.97 × 16
        ("samsung_prorated_charge", "16.00", 25),  # 30.00 × 16/30
        ("difference_remaining", "16.45", 24),  # 30.00 × 17/31 from the 24th
        ("polar", "16.45", 24),
    ],
)
def test_a_new_period_starts_where_the_credited_part_does(preset, credit, start):
    result = prorate_change(PRESETS[preset].policy, Change.to(DAY, flat("300.00", "Year", ANNUAL)), [billed(SMALL)])
    assert result.credit == money(credit)
    assert result.period == Period(date(2026, 1, start), date(2027, 1, start))
    old, new = result.billed_after
    assert old.served_until == new.period.start == date(2026, 1, start)


@pytest.mark.parametrize(
    ("change", "paid", "charge"),
    [
        (Change.add(date(2026, 1, 20), flat("12.00", "Extra")), SMALL, "8.00"),  # 12.00 × 20/30, from the 21st
        (Change.to(date(2026, 1, 20), LARGE), flat("0.00", "Free"), "33.33"),  # 50.00 × 20/30
        (Change.to(date(2026, 1, 20), flat("0.00", "Other")), flat("0.00", "Free"), "0.00"),
    ],
)
def test_what_has_nothing_to_exchange_for_time_is_charged(change, paid, charge):
    result = prorate_change(DATE, change, [billed(paid)])
    assert (result.charge, result.converted, result.next_bill) == (money(charge), money("0.00"), date(2026, 2, 10))
    assert result.billed_after[-1].net == money(charge)
    assert "the bill dates are kept" in result.explain()
    bought = prorate_change(DATE, Change.to(DAY, LARGE), [billed(SMALL)])
    assert (bought.charge, bought.converted, bought.next_bill) == (money("0.00"), money("16.00"), date(2026, 2, 3))


def test_an_addition_leads_up_and_a_removal_down():
    up, down = PRESETS["polar"].policy, PRESETS["store_deferred"].policy
    policy = DirectionalPolicy(up, down, up, down, up)
    added, removed = Change.add(DAY, flat("5.00", "Extra")), Change.remove(DAY)
    assert (policy.direction(added, [billed(SMALL)]), policy.choose(added, [billed(SMALL)])) == (Direction.UPGRADE, up)
    assert policy.direction(removed, [billed(SMALL)]) is Direction.QUANTITY_DOWN  # as documented: on_quantity_down
    assert policy.choose(removed, [billed(SMALL)]) is down
