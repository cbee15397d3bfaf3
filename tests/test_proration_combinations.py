"""Combinations that a policy refuses: a part that would be ignored or mean two things, with the reason."""

from datetime import date

import attrs
import pytest
from billingcore.presets import PRESETS

from billingcore._kernel import Rounding
from billingcore.errors import InvalidValueError
from billingcore.proration import (
    Basis,
    Charge,
    ChargeRate,
    Clock,
    Credit,
    CreditBasis,
    Cycle,
    DayOwner,
    DirectionalPolicy,
    DirectionBy,
    DiscountReversal,
    Effective,
    ExtensionRounding,
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
from samples import HALF_UP

EXTENDING = {"extension_rounding": ExtensionRounding.UP_TO_DAY}
REVERSAL = Sides(form=Form.REVERSE_AND_REBILL)
NOTHING_BACK = Sides(credit=Credit.NONE)
NO_SIDES = Sides(credit=Credit.NONE, charge=Charge.NONE)


@pytest.mark.parametrize(
    ("part", "fields", "problem"),
    [
        (Measure, {"change_day": DayOwner.OLD}, "only a day clock has a day to own"),
        (Measure, {"clock": Clock.MONTH, "cancel_day": DayOwner.OLD}, "only a day clock"),
        (Measure, {"fraction_rounding": RoundStep(5, HALF_UP), "clock": Clock.DAY, "rate_rounding": RoundStep(2, HALF_UP)}, "not both"),
        (Measure, {"rate_rounding": RoundStep(2, HALF_UP)}, "no payable decimals"),
        (Measure, {"basis": Basis.CALENDAR_MONTH}, "use the day clock"),
        (Measure, {"basis": FixedDays(30, trimmed=True)}, "use the day clock"),
        (Measure, {"clock": Clock.MONTH, "basis": FixedDays(30)}, "not divided by days"),
        (Sides, {"charge": Charge.DIFFERENCE_FULL}, "one line for both sides"),
        (Sides, {"credit": Credit.DIFFERENCE_FULL, "charge": Charge.DIFFERENCE_REMAINING}, "one line for both sides"),
        (Sides, {"discount_reversal": DiscountReversal.LEAST_FIRST}, "gross amount"),
        (Sides, {"charge": Charge.FULL, "charge_rate": ChargeRate.MONTH_EQUIVALENT}, "rest of that period"),
        (Sides, {"form": Form.REVERSE_AND_REBILL, "charge": Charge.FULL}, "credit unused and charge remaining"),
        (Sides, {"minimum_credit_minor": -1}, "give 0 to 1"),
        (Sides, {"full_refund_days": -1}, "give 0 to 3"),
        (Timing, {"anchor": Cycle.EXPLICIT}, "both or neither"),
        (Timing, {"anchor_on": date(2026, 1, 1)}, "both or neither"),
        (Timing, {"anchor": Cycle.EXTEND}, "only there"),
        (Timing, {"extension_rounding": ExtensionRounding.UP_TO_DAY}, "only there"),
        (Timing, {"anchor": Cycle.EXTEND, "extension_rounding": ExtensionRounding.UP_TO_DAY, "leftover": Leftover.REFUND}, "nothing is left"),
        (Timing, {"effective": Effective.PERIOD_END, "anchor": Cycle.RESET}, "moves no bill date"),
        (RoundStep, {"digits": 13, "mode": HALF_UP}, "0 to 12"),
        (FixedDays, {"days": 0}, "1 to 366"),
    ],
)  # fmt: skip
def test_a_part_without_meaning_is_refused(part, fields, problem):
    with pytest.raises(InvalidValueError, match=problem):
        part(**fields)


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"timing": Timing(anchor=Cycle.RESET)}, "no remaining share"),
        ({"timing": Timing(anchor=Cycle.EXTEND, **EXTENDING)}, "nothing else is charged"),
        ({"timing": Timing(anchor=Cycle.RESET_PLUS_EXTEND, **EXTENDING)}, "charged in full"),
        ({"timing": Timing(effective=Effective.TERM_END)}, "no rest to credit or charge"),
        ({"rounding": MoneyRounding(stage=Stage.NET), "sides": Sides(form=Form.REVERSE_AND_REBILL)}, "round each line"),
        ({"sides": Sides(charge_rate=ChargeRate.MONTH_EQUIVALENT)}, "period kept"),
    ],
)
def test_a_combination_without_meaning_is_refused(parts, problem):
    with pytest.raises(InvalidValueError, match=problem):
        ProrationPolicy(**parts)


def policy_of(measure=None, rounding=None, sides=None, timing=None):
    return ProrationPolicy(measure or Measure(), rounding or MoneyRounding(), sides or Sides(), timing or Timing())


@pytest.mark.parametrize(
    ("build", "field", "why"),
    [
        (lambda: policy_of(rounding=MoneyRounding(stage=Stage.UNIT), sides=REVERSAL), "stage", "round each line"),
        (
            lambda: policy_of(rounding=MoneyRounding(tax_order=TaxOrder.GROSS_THEN_SPLIT), sides=REVERSAL),
            "tax_order", "compute the tax after",
        ),
        (
            lambda: policy_of(Measure(fraction_rounding=RoundStep(5, Rounding.HALF_UP)), sides=REVERSAL),
            "fraction_rounding", "by its exact share",
        ),
        (lambda: attrs.evolve(REVERSAL, credit_basis=CreditBasis.CURRENT_PRICE), "credit_basis", "billed net amount"),
        (lambda: attrs.evolve(REVERSAL, credit_basis=CreditBasis.BILLED_GROSS), "credit_basis", "billed net amount"),
        (lambda: attrs.evolve(NOTHING_BACK, minimum_credit_minor=5), "minimum_credit_minor", "leave it at 0"),
        (lambda: Sides(charge=Charge.NONE, minimum_charge_minor=5), "minimum_charge_minor", "leave it at 0"),
        (lambda: policy_of(sides=NOTHING_BACK, timing=Timing(leftover=Leftover.REFUND)), "leftover", "leave it at carry"),
        (
            lambda: policy_of(rounding=MoneyRounding(tax_order=TaxOrder.PRORATE_TAX), sides=NOTHING_BACK),
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
    assert attrs.evolve(NO_SIDES, full_refund_days=7).full_refund_days == 7


def test_a_name_has_one_rank():
    plain = PRESETS["polar"].policy
    with pytest.raises(InvalidValueError, match="a plan has one rank; list each name once"):
        DirectionalPolicy(plain, plain, plain, plain, plain, DirectionBy.RANK, ranks=("Small", "Small"))


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_meaning(name):
    rule = PRESETS[name].policy
    assert attrs.evolve(rule) == rule
