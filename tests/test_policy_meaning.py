"""Policies of which a part would be ignored, or mean two things, are refused where they are built."""

from datetime import date

import attrs
import pytest

from billingcore._kernel import Rounding
from billingcore.errors import InvalidValueError
from billingcore.presets import PRESETS
from billingcore.proration import (
    Basis,
    Charge,
    Clock,
    Credit,
    CreditBasis,
    Cycle,
    DirectionalPolicy,
    DirectionBy,
    Effective,
    FixedDays,
    Form,
    Leftover,
    Measure,
    MoneyRounding,
    MonthOverflow,
    OnSwitch,
    ProrationPolicy,
    RoundStep,
    Settle,
    Sides,
    Stage,
    TaxOrder,
    Timing,
)

REVERSAL = Sides(form=Form.REVERSE_AND_REBILL)
NOTHING_BACK = Sides(credit=Credit.NONE)
NOTHING = Sides(credit=Credit.NONE, charge=Charge.NONE)


def policy(measure=None, rounding=None, sides=None, timing=None):
    return ProrationPolicy(measure or Measure(), rounding or MoneyRounding(), sides or Sides(), timing or Timing())


@pytest.mark.parametrize(
    ("build", "field", "why"),
    [
        (lambda: policy(rounding=MoneyRounding(stage=Stage.UNIT), sides=REVERSAL), "stage", "round each line"),
        (
            lambda: policy(rounding=MoneyRounding(tax_order=TaxOrder.GROSS_THEN_SPLIT), sides=REVERSAL),
            "tax_order", "compute the tax after",
        ),
        (
            lambda: policy(Measure(fraction_rounding=RoundStep(5, Rounding.HALF_UP)), sides=REVERSAL),
            "fraction_rounding", "by its exact share",
        ),
        (lambda: attrs.evolve(REVERSAL, credit_basis=CreditBasis.CURRENT_PRICE), "credit_basis", "billed net amount"),
        (lambda: attrs.evolve(REVERSAL, credit_basis=CreditBasis.BILLED_GROSS), "credit_basis", "billed net amount"),
        (lambda: attrs.evolve(NOTHING_BACK, minimum_credit_minor=5), "minimum_credit_minor", "leave it at 0"),
        (lambda: Sides(charge=Charge.NONE, minimum_charge_minor=5), "minimum_charge_minor", "leave it at 0"),
        (lambda: policy(sides=NOTHING_BACK, timing=Timing(leftover=Leftover.REFUND)), "leftover", "leave it at carry"),
        (
            lambda: policy(rounding=MoneyRounding(tax_order=TaxOrder.PRORATE_TAX), sides=NOTHING_BACK),
            "tax_order", "leave it at tax_after",
        ),
        (
            lambda: Timing(interval_change=OnSwitch.KEEP, month_end=MonthOverflow.ROLL_FORWARD),
            "month_end", "no new period starts",
        ),
        (
            lambda: Timing(effective=Effective.PERIOD_END, month_end=MonthOverflow.ROLL_FORWARD),
            "month_end", "no new period starts",
        ),
        (
            lambda: Timing(Cycle.EXPLICIT, date(2026, 2, 1), free_to_paid=OnSwitch.RESET),
            "free_to_paid", "the policy names the next bill date",
        ),
        (lambda: Timing(effective=Effective.PERIOD_END, settle=Settle.NEXT_INVOICE), "settle", "no lines to bill"),
        (lambda: Measure(Clock.MONTH, basis=Basis.NOMINAL_PERIOD), "basis", "leave it at the actual period"),
        (lambda: Measure(Clock.MONTH, basis=FixedDays(30)), "basis", "whole months are not divided by days"),
    ],
)  # fmt: skip
def test_a_part_without_meaning_is_refused_with_the_reason(build, field, why):
    with pytest.raises(InvalidValueError, match=why) as caught:
        build()
    assert caught.value.name == field


def test_a_month_end_may_roll_where_a_period_can_start():
    for timing in (
        Timing(Cycle.RESET, month_end=MonthOverflow.ROLL_FORWARD),
        Timing(month_end=MonthOverflow.ROLL_FORWARD),
        Timing(interval_change=OnSwitch.KEEP, free_to_paid=OnSwitch.RESET, month_end=MonthOverflow.ROLL_FORWARD),
    ):
        assert timing.month_end is MonthOverflow.ROLL_FORWARD


def test_a_full_refund_of_the_first_days_needs_no_other_credit():
    assert attrs.evolve(NOTHING, full_refund_days=7).full_refund_days == 7


def test_a_name_has_one_rank():
    plain = PRESETS["polar"].policy
    with pytest.raises(InvalidValueError, match="a plan has one rank; list each name once"):
        DirectionalPolicy(plain, plain, plain, plain, plain, DirectionBy.RANK, ranks=("Small", "Small"))


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_meaning(name):
    rule = PRESETS[name].policy
    assert attrs.evolve(rule) == rule
