"""The terms of a change as lines: each draft with its plan, its tax decision, and what its share counts."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from billingcore._proration.after import ruling_of
from billingcore._proration.change import Change
from billingcore._proration.crediting import Draft
from billingcore._proration.lines import ProrationLine
from billingcore._proration.options import Clock, Credit, Side, TaxOrder
from billingcore._proration.policy import ProrationPolicy
from billingcore.billed import BilledPeriod
from billingcore.cycles import Period
from billingcore.money import Money

if TYPE_CHECKING:
    from billingcore.plans import Plan

_FEW_PARTS: Final = 3


def line_of(
    policy: ProrationPolicy, change: Change, billed: Sequence[BilledPeriod], draft: Draft, *, restarts: bool
) -> ProrationLine:
    """Return the line of a draft: of what was billed where it gives back, of the new plan where it charges."""
    line = draft.line
    plan, quantity = (change.plan, change.quantity) if line is None else (line.plan, line.quantity)
    sold = cast("Plan", plan)  # a charge is for a plan, and a credit for that of its line
    currency = sold.currency
    early = draft.num != draft.den
    split = line is not None and policy.rounding.tax_order is not TaxOrder.TAX_AFTER
    return ProrationLine(
        draft.side,
        sold,
        quantity,
        Money(draft.base, currency),
        draft.num,
        draft.den,
        ruling_of(change, billed) if line is None else line.ruling,
        policy.rounding.mode,
        _counted(policy, change, draft, restarts=restarts),
        draft.decided_by,
        draft.units,
        draft.step if early else None,
        policy.measure.rate_rounding if early else None,
        None if draft.at_most is None else Money(draft.at_most, currency),
        None if draft.adjustment is None else Money(draft.adjustment, currency),
        policy.rounding.tax_order if split else TaxOrder.TAX_AFTER,
    )


def _counted(policy: ProrationPolicy, change: Change, draft: Draft, *, restarts: bool) -> str:
    """Return what the terms of a line count, in words; a discount beside a difference goes back like the price, in money."""
    measure, line, rule = policy.measure, draft.line, policy.sides.credit
    days = measure.clock is not Clock.MONTH and measure.zone is None and type(change.at) is date
    unit = "days" if days else f"{measure.clock.value}s"
    if line is None:
        return unit
    differs = rule is Credit.DIFFERENCE_FULL or (rule is Credit.DIFFERENCE_REMAINING and not restarts)
    if draft.side is Side.DISCOUNT and differs:
        return "minor units of the price that go back"
    return _counted_over(line.period, unit, change.at)


def _counted_over(period: Period, unit: str, at: date) -> str:
    """Return what a share counts: days, or for a long stub the days of each full period that it takes in."""
    if period.joined is None or type(at) is not date or not period.contains(at):
        return unit
    left = Period(at, period.end, period.reference, None, period.joined)
    return f"of full periods ({_parts(left)} left of {_parts(period)})"


def _parts(period: Period) -> str:
    """Return the days of each full period that a long stub takes in; of many, the whole ones as a number."""
    parts = [f"{part.days}/{part.full.days}" for part in period.parts]
    if len(parts) <= _FEW_PARTS:
        return " + ".join(parts)
    cut = [text for text, part in zip(parts, period.parts, strict=True) if part.is_stub]
    return " + ".join([*cut, f"{len(parts) - len(cut)} whole ones"])
