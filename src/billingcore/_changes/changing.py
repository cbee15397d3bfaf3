"""The lines of a document for a change, and the subscription after it."""

from datetime import date
from typing import TYPE_CHECKING, cast

from billingcore._proration.credits import Traced
from billingcore._proration.line import adjusted
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine, CreditLine, Line
from billingcore.money import Money
from billingcore.proration import ProrationLine, ProrationResult, Settlement, Side

if TYPE_CHECKING:
    from billingcore.cycles import Period
    from billingcore.plans import Plan


def change_lines(result: ProrationResult) -> tuple[tuple[Line, ...], tuple[BilledPeriod, ...]]:
    """Return the lines of the document for a change, and the billed periods after it: the old one, and the new one if any.

    A document shows a price difference as what it is made of, the credit for the
    old plan and the price of the new one: each keeps its own tax decision, and the
    new line is worth what a later change may credit.

    Args:
        result: a change of one billed period, at once, on a civil day.
    """
    if result.moves_nothing:
        return (_for_nothing(result),), result.billed_after
    given, after = result.for_document()
    sold = [line for line in result.lines if line.side is Side.CHARGE]
    charges = [] if len(after) == len(result.billed) else [ChargeLine(after[-1], _sum_of(after[-1], sold))]
    return (*charges, *_given(result, given)), after


def _sum_of(billed: BilledPeriod, sold: list[ProrationLine]) -> ProrationLine | None:
    """Return the sum behind a charge, where it is all that was billed: bought time adds to it."""
    return sold[0] if len(sold) == 1 and sold[0].net == billed.net else None


def _given(result: ProrationResult, given: tuple[Traced, ...]) -> list[Line]:
    """Return what goes back as lines of a document, without what the settlement lets go."""
    day = result.effective_at
    change_on = date(day.year, day.month, day.day)
    found: list[Line] = []
    lost = result.leftover.amount_minor if result.policy.settlement is Settlement.FORFEIT else 0
    for line, of in given:
        kept = adjusted(line, line.amount_minor - lost, f"{line.decided_by}, settlement") if lost else line
        lost = 0
        found.append(CreditLine(cast("BilledPeriod", of), change_on, kept))
    return found


def _for_nothing(result: ProrationResult) -> ChargeLine:
    """Return the new plan, for nothing until the next bill: what was billed stays on record under the old one."""
    plan, period = cast("Plan", result.change.plan), cast("Period", result.period)
    nothing = Money.zero(plan.currency)
    return ChargeLine(BilledPeriod(plan, result.change.quantity, period, nothing, nothing, result.ruling, nothing))


def set_apart(result: ProrationResult, lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return what is charged and what is given back, where each has a document of its own; else all lines, and nothing."""
    if not result.settles_apart or result.is_difference:  # a difference of prices is one amount
        return lines, ()
    given = tuple([line for line in lines if isinstance(line, CreditLine)])
    if sum([line.net.amount_minor for line in given]) >= 0:
        return lines, ()
    return tuple([line for line in lines if not isinstance(line, CreditLine)]), given


def check_paid_known(result: ProrationResult) -> ProrationResult:
    """Refuse a rule that pays out what was paid, where something is left: documents do not tell what that was."""
    if result.policy.settlement is Settlement.REFUND_PAID and result.leftover:
        problem = "it pays out what was paid in money, which a quote does not know; use prorate_change with paid"
        raise InvalidValueError("rules", result.policy.describe(), problem)
    return result
