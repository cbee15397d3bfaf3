"""Which parts of a policy go together: what would be ignored, or mean two things, is refused where it is built."""

from typing import TYPE_CHECKING

from billingcore._proration.options import (
    Charge,
    Credit,
    CreditBasis,
    Cycle,
    Effective,
    Form,
    Leftover,
    MonthOverflow,
    OnSwitch,
    Settle,
    Stage,
    TaxOrder,
)
from billingcore.errors import InvalidValueError

if TYPE_CHECKING:
    from billingcore._proration.policy import ProrationPolicy, Sides, Timing


def check_sides(sides: "Sides") -> None:
    """Refuse a smallest credit or charge where none is made, and forms that credit by other rules.

    Raises:
        InvalidValueError: a combination without meaning.
    """
    if sides.credit is Credit.NONE and sides.minimum_credit_minor:
        problem = "no credit is given that could be too small; leave it at 0"
        raise InvalidValueError("minimum_credit_minor", sides.minimum_credit_minor, problem)
    if sides.charge is Charge.NONE and sides.minimum_charge_minor:
        problem = "no charge is made that could be too small; leave it at 0"
        raise InvalidValueError("minimum_charge_minor", sides.minimum_charge_minor, problem)
    if sides.form is not Form.REVERSE_AND_REBILL:
        return
    if sides.credit is not Credit.UNUSED or sides.charge is not Charge.REMAINING:
        problem = "reversing and billing again means credit unused and charge remaining"
        raise InvalidValueError("form", sides.form.value, problem)
    if sides.credit_basis is not CreditBasis.BILLED_NET:
        problem = "what was billed is reversed, so the credit is of the billed net amount"
        raise InvalidValueError("credit_basis", sides.credit_basis.value, problem)


def check_timing(timing: "Timing") -> None:
    """Refuse what never comes to pass: a month end of no new period, a switch or an invoice that plays no part.

    Raises:
        InvalidValueError: a combination without meaning.
    """
    if timing.settle is Settle.NEXT_INVOICE and timing.leftover is not Leftover.CARRY:
        problem = "credit that stands on the next invoice reduces it; it is not paid out or lost as well, so carry it"
        raise InvalidValueError("leftover", timing.leftover.value, problem)
    waits = timing.effective is not Effective.NOW
    if waits and timing.settle is Settle.NEXT_INVOICE:
        problem = "a change that waits for the end of a period has no lines to bill; leave it at invoice_now"
        raise InvalidValueError("settle", timing.settle.value, problem)
    if timing.anchor is Cycle.EXPLICIT and timing.free_to_paid is OnSwitch.RESET:
        problem = "the policy names the next bill date, whatever is switched; keep it"
        raise InvalidValueError("free_to_paid", timing.free_to_paid.value, problem)
    if timing.month_end is MonthOverflow.ROLL_FORWARD and (waits or not _can_restart(timing)):
        problem = "no new period starts whose end its month might not have; leave it at the last day"
        raise InvalidValueError("month_end", timing.month_end.value, problem)


def _can_restart(timing: "Timing") -> bool:
    if timing.anchor is Cycle.KEEP:
        return OnSwitch.RESET in (timing.interval_change, timing.free_to_paid)
    return timing.anchor in (Cycle.RESET, Cycle.RESET_PLUS_EXTEND)


def check_form(policy: "ProrationPolicy") -> None:
    """Refuse a rounding or a tax that a reversal does not know, and what becomes of a credit where none is given.

    Raises:
        InvalidValueError: a combination without meaning.
    """
    sides, rounding, measure = policy.sides, policy.rounding, policy.measure
    if sides.form is Form.REVERSE_AND_REBILL:
        if rounding.stage is not Stage.LINE:
            problem = "a reversal shows every part; round each line"
            raise InvalidValueError("stage", rounding.stage.value, problem)
        if measure.fraction_rounding is not None:
            problem = "a reversal bills the used part by its exact share; leave it at None"
            raise InvalidValueError("fraction_rounding", measure.fraction_rounding.describe(), problem)
        if rounding.tax_order is TaxOrder.GROSS_THEN_SPLIT:
            problem = "a reversal takes back the net amount with its tax; compute the tax after"
            raise InvalidValueError("tax_order", rounding.tax_order.value, problem)
    if sides.credit is not Credit.NONE:
        return
    if policy.timing.leftover is Leftover.REFUND:
        raise InvalidValueError("leftover", "refund", "no credit is given that could be paid out; leave it at carry")
    if rounding.tax_order is TaxOrder.PRORATE_TAX:
        problem = "no credit is given whose tax could be prorated; leave it at tax_after"
        raise InvalidValueError("tax_order", rounding.tax_order.value, problem)


def check_free_period(policy: "ProrationPolicy") -> None:
    """Refuse a new period for which nothing is ever charged: a year for nothing on a switch from month to year.

    Raises:
        InvalidValueError: a switch that starts a period, where nothing is charged.
    """
    sides, timing = policy.sides, policy.timing
    if sides.charge is not Charge.NONE or timing.effective is not Effective.NOW:
        return
    problem = (
        "a new period would start for which nothing is charged; keep the bill dates, and the old renewal charges it"
    )
    if timing.anchor in (Cycle.RESET, Cycle.EXPLICIT):
        raise InvalidValueError("anchor", timing.anchor.value, problem)
    if timing.anchor is Cycle.KEEP:
        for name in ("interval_change", "free_to_paid"):
            if getattr(timing, name) is OnSwitch.RESET:
                raise InvalidValueError(name, "reset", problem)
