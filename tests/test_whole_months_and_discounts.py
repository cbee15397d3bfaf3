"""What the pages say of whole months and of discounts that go back, worked out."""

from datetime import date

import pytest

from billingcore.presets import DIRECTIONAL_PRESETS, PRESETS
from billingcore.proration import (
    Change,
    Charge,
    Clock,
    Credit,
    CreditBasis,
    DiscountReversal,
    ProrationPolicy,
    Sides,
    prorate_change,
)
from samples import YEAR, YEARLY_120, billed, money, seats


@pytest.mark.parametrize("name", ["paddle_months", "fastspring"])
@pytest.mark.parametrize(
    ("day", "credit"),
    [
        (date(2026, 1, 31), "120.00"),  # the first month is not over: 12/12
        (date(2026, 2, 1), "110.00"),  # one month is used: 11/12
        (date(2026, 4, 1), "90.00"),  # 9/12, as the printed example has it
    ],
)
def test_a_month_is_used_when_it_is_over(name, day, credit):
    result = prorate_change(PRESETS[name].policy, Change.cancel(day), [billed(YEARLY_120, YEAR)])
    assert result.credit == money(credit)
    assert "inferred" in PRESETS[name].inference
    assert Clock.MONTH is PRESETS[name].policy.measure.clock


@pytest.mark.parametrize("reversal", DiscountReversal)
def test_within_one_line_a_discount_goes_back_in_proportion(reversal):
    sides = Sides(
        Credit.DIFFERENCE_FULL, CreditBasis.BILLED_GROSS, discount_reversal=reversal, charge=Charge.DIFFERENCE_FULL
    )
    line = billed(seats("10.00"), quantity=5, discount=money("10.00"))
    result = prorate_change(ProrationPolicy(sides=sides), Change.to(date(2026, 1, 24), seats("10.00"), 3), [line])
    assert result.credit == money("16.00")  # 20.00 - 10.00 × 20/50


def test_pages_name_every_policy_by_direction_and_what_is_not_checked(pytestconfig):
    text = (pytestconfig.rootpath / "docs/proration.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in DIRECTIONAL_PRESETS)
    assert "not checked here" in PRESETS["google_charge_prorated_price"].inference
