"""The lines of a document for a change, and what is on record after it."""

from datetime import date
from typing import TYPE_CHECKING, Final, cast

import attrs

from billingcore._checks import check
from billingcore._invoices.lines import check_line
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidValueError
from billingcore.invoices import ChargeLine, CreditLine, Line
from billingcore.money import Money, total
from billingcore.proration import (
    Basis,
    Change,
    Charge,
    Clock,
    Credit,
    CreditBasis,
    CreditCap,
    DayOwner,
    DirectionalPolicy,
    Effective,
    Form,
    Leftover,
    ProrationLine,
    ProrationPolicy,
    ProrationResult,
    Side,
    Stage,
    TaxOrder,
    prorate_change,
)
from billingcore.subscriptions import Active

if TYPE_CHECKING:
    from billingcore.cycles import Period
    from billingcore.plans import Plan


GATHERED: Final = "a tuple of lines, as gather_change returned them"
_CHARGED = (Side.CHARGE, Side.EXTENSION)


def change_lines(result: ProrationResult) -> tuple[tuple[Line, ...], tuple[BilledPeriod, ...]]:
    """Return the lines of the document for a change, and the billed periods after it: the old one, and the new one if any.

    A document shows a price difference as what it is made of, the credit for the
    old plan and the price of the new one: each keeps its own tax decision, and the
    new line is worth what a later change may credit.

    Args:
        result: a change of one billed period, at once, on a civil day.
    """
    sides = result.policy.sides
    if "difference" in sides.credit.value and result.change.plan is not None and not result.restarts:
        return _of_difference(result)
    if sides.credit is Credit.DIFFERENCE_FULL and result.change.plan is not None:
        return _of_difference(result)
    if result.moves_nothing:
        return (_for_nothing(result),), result.billed_after
    back = [line for line in result.lines if line.side not in _CHARGED]
    return _put_together(result, result.billed_after, back)


def _for_nothing(result: ProrationResult) -> ChargeLine:
    """Return the new plan, for nothing until the next bill: what was billed stays on record under the old one."""
    plan, period = cast("Plan", result.change.plan), cast("Period", result.period)
    nothing = Money.zero(plan.currency)
    return ChargeLine(
        BilledPeriod(plan, result.change.quantity, period, nothing, nothing, result.ruling, nothing, nothing)
    )


def check_gathered(subscription: Active, gathered: tuple[Line, ...]) -> None:
    """Refuse lines that are not the ones that wait: a line that is left out is lost, one too many is billed twice.

    Raises:
        InvalidTypeError: not a tuple of lines.
        CurrencyMismatchError: lines in another currency.
        InvalidValueError: lines of another net than what waits.
    """
    check("gathered", gathered, tuple, words=GATHERED)
    for line in gathered:
        check_line(line)
    net = total([line.net for line in gathered], subscription.plan.currency)
    waiting = subscription.waiting
    if waiting is None and net:
        raise InvalidValueError("gathered", net, "no lines wait; give only those of changes that are not billed yet")
    if waiting is not None and (net != waiting or not gathered):
        problem = f"lines of {waiting} wait; give the lines of every change that was gathered since the last document"
        raise InvalidValueError("gathered", net, problem)


def check_policy(policy: object) -> None:
    """Refuse what is no policy.

    Raises:
        InvalidTypeError: another type.
    """
    check("policy", policy, ProrationPolicy, DirectionalPolicy)


def prorate_with(policy: ProrationPolicy | DirectionalPolicy, change: Change, old: BilledPeriod) -> ProrationResult:
    """Return a change of the newest billed period.

    Raises:
        InvalidTypeError: not a policy.
        InvalidValueError: a policy that waits for the end of the contract, which no document knows.
    """
    check_policy(policy)
    chosen = policy.choose(change, (old,)) if isinstance(policy, DirectionalPolicy) else policy
    if chosen.timing.effective is Effective.TERM_END:
        problem = "it waits for the end of the contract; in the last period, take one that waits for the period's end"
        raise InvalidValueError("policy", chosen.describe(), problem)
    return prorate_change(chosen, change, (old,))


def with_waiting(subscription: Active, before: Money | None, lines: tuple[Line, ...]) -> Active:
    """Return the subscription with what its lines add to what waits."""
    if not any(line.net for line in lines):
        return attrs.evolve(subscription, waiting=before)
    added = total([line.net for line in lines], subscription.plan.currency)
    return attrs.evolve(subscription, waiting=added if before is None else before + added)


def _put_together(
    result: ProrationResult, after: tuple[BilledPeriod, ...], back: list[ProrationLine]
) -> tuple[tuple[Line, ...], tuple[BilledPeriod, ...]]:
    day = result.effective_at
    change_on = date(day.year, day.month, day.day)
    old = result.billed[-1]
    if result.policy.timing.leftover is Leftover.FORFEIT and result.leftover and back:
        back = [_less(back[0], result.leftover), *back[1:]]
    given: list[Line] = [_credit_line(result.policy, old, change_on, each) for each in back]
    charges: list[Line] = [] if len(after) == len(result.billed) else [ChargeLine(after[-1])]
    return (*charges, *given), after


def _less(line: ProrationLine, forfeited: Money) -> ProrationLine:
    """Return a credit without what is lost of it."""
    before = line.adjustment or Money.zero(line.base.currency)
    capped = line.at_most is not None and line.amount == line.at_most
    return attrs.evolve(
        line,
        adjustment=before - forfeited,
        decided_by=f"{line.decided_by}, timing.leftover",
        at_most=line.amount - forfeited if capped else line.at_most,
    )


def _credit_line(policy: ProrationPolicy, old: BilledPeriod, change_on: date, line: ProrationLine) -> CreditLine:
    """Return a credit as a line: the plain one where whole days of what was billed are credited, else with its own terms."""
    plain = (
        line.side is Side.CREDIT
        and line.decided_by == "sides.credit"
        and line.adjustment is None
        and _is_plain(policy)
        and old.period.joined is None
    )
    return CreditLine(old, change_on, policy.rounding.mode, None if plain else line)


def _is_plain(policy: ProrationPolicy) -> bool:
    measure, sides, rounding = policy.measure, policy.sides, policy.rounding
    return (
        (measure.clock, measure.basis, measure.change_day, measure.cancel_day)
        == (Clock.DAY, Basis.ACTUAL_PERIOD, DayOwner.NEW, DayOwner.NEW)
        and measure.fraction_rounding is None
        and measure.rate_rounding is None
        and (sides.credit, sides.credit_basis, sides.credit_cap, sides.form)
        == (Credit.UNUSED, CreditBasis.BILLED_NET, CreditCap.BILLED, Form.CREDIT_AND_CHARGE)
        and rounding.stage is not Stage.UNIT
        and rounding.tax_order is TaxOrder.TAX_AFTER
    )


def _of_difference(result: ProrationResult) -> tuple[tuple[Line, ...], tuple[BilledPeriod, ...]]:
    """Return a difference as the credit for what is unused of the old plan, and a charge of that credit and the net.

    What was used of the old plan is not worth anything any more, whatever share of the difference was charged.
    """
    policy = result.policy
    restarts = policy.sides.credit is Credit.DIFFERENCE_FULL and result.restarts
    parts = _credited_with(Credit.FULL if restarts else Credit.UNUSED, result)
    if parts.credit_minor + result.net_minor < 0:  # a difference in full gives back more than is unused
        parts = _credited_with(Credit.FULL, result)
    credit = parts.credit_minor
    worth = max(credit + result.net_minor, 0)
    after = parts.billed_after
    nothing = Money.zero(result.currency)
    consumed = Money(min(credit, worth), result.currency)
    new = attrs.evolve(after[-1], charge=Money(worth, result.currency), discount=nothing, credit_consumed=consumed)
    back = [line for line in parts.lines if line.side not in _CHARGED]
    return _put_together(parts, (*after[:-1], new), back)


def _credited_with(credit: Credit, result: ProrationResult) -> ProrationResult:
    policy = result.policy
    sides = attrs.evolve(policy.sides, credit=credit, charge=Charge.FULL, minimum_credit_minor=0)
    shown = attrs.evolve(policy, sides=sides, rounding=attrs.evolve(policy.rounding, stage=Stage.LINE))
    return prorate_change(shown, result.change, result.billed)
