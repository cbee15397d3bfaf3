"""The lines of a document for a change, and the subscription after it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, cast

import attrs

from billingcore._checks import check, check_date
from billingcore._proration.credits import Traced
from billingcore._proration.line import adjusted
from billingcore._subscriptions.bill_dates import schedule_from
from billingcore.billed import BilledPeriod
from billingcore.cycles import Period
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine, CreditLine, Line, check_line
from billingcore.money import Money, total
from billingcore.proration import ProrationLine, ProrationResult, Settlement, Side
from billingcore.subscriptions import Active, Limited, Paused

if TYPE_CHECKING:
    from billingcore.plans import Plan


GATHERED: Final = "a tuple of lines, as gather_change returned them"


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


def with_waiting(subscription: Active, before: Money | None, lines: tuple[Line, ...]) -> Active:
    """Return the subscription with what its lines add to what waits."""
    if not any(line.net for line in lines):
        return attrs.evolve(subscription, waiting=before)
    added = total([line.net for line in lines], subscription.plan.currency)
    return attrs.evolve(subscription, waiting=added if before is None else before + added)


def check_running(subscription: object) -> Active:
    """Return an active subscription; of one that stands still, name the field that holds it.

    Raises:
        InvalidTypeError: anything else.
    """
    if isinstance(subscription, Paused | Limited):
        words = f"an Active subscription; a {subscription.status} one holds it as .subscription"
        return check("subscription", subscription, Active, words=words)
    return check("subscription", subscription, Active)


def running_line(subscription: Active, name: str, day: date) -> BilledPeriod:
    """Return the newest billed line, if a day lies within it."""
    old = check_running(subscription).current
    if not old.serves(check_date(name, day)) and not _changed_on(subscription, day):
        lies = f"a change lies within the newest billed period ({old.period})"
        if day < old.period.start:
            remedy = (
                f"it runs from {old.period.start} on, and earlier ones are credited by credit notes (credit_in_part)"
            )
        else:
            remedy = "from its end on, renew first"
        raise InvalidValueError(name, day, f"{lies}; {remedy}")
    return old


def _changed_on(subscription: Active, day: date) -> bool:
    """Say whether a change of that day, which stays with the old plan, made the line that starts on the next."""
    start = subscription.current.period.start
    if start - day != timedelta(days=1):
        return False
    return any(line.ended_on == start and line.serves(day) for line in subscription.billed[:-1])


def set_apart(result: ProrationResult, lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return what is charged and what is given back, where each has a document of its own; else all lines, and nothing."""
    if not result.settles_apart or result.is_difference:  # a difference of prices is one amount
        return lines, ()
    given = tuple([line for line in lines if isinstance(line, CreditLine)])
    if sum([line.net.amount_minor for line in given]) >= 0:
        return lines, ()
    return tuple([line for line in lines if not isinstance(line, CreditLine)]), given


def after_change(subscription: Active, result: ProrationResult) -> tuple[tuple[Line, ...], Active]:
    """Return the lines of a change, and the subscription with them."""
    plan, quantity, period = result.change.plan, result.change.quantity, result.period
    if plan is None or type(period) is not Period:
        problem = "no day of the period is left; change at its renewal, with schedule_change"
        raise InvalidValueError("change_on", str(result.change.at), problem)
    lines, billed = change_lines(result)
    schedule = subscription.schedule
    if result.restarts and not result.converted:
        schedule = schedule_from(schedule, period.start, plan.cadence, period.end)
    elif result.converted or plan.cadence != subscription.plan.cadence:
        schedule = schedule_from(schedule, period.end, plan.cadence, period.end)
    before = subscription.billed[:-1]
    return lines, Active(plan, quantity, schedule, (*before, *billed), subscription.auto_renews)


def check_paid_known(result: ProrationResult) -> ProrationResult:
    """Refuse a rule that pays out what was paid, where something is left: documents do not tell what that was."""
    if result.policy.settlement is Settlement.REFUND_PAID and result.leftover:
        problem = "it pays out what was paid in money, which a quote does not know; use prorate_change with paid"
        raise InvalidValueError("rules", result.policy.describe(), problem)
    return result
