"""What is on record after a change: the billed periods from which the next credit will be taken."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from billingcore._kernel import round_share
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.crediting import Draft, price_minor, unused_of
from billingcore._proration.measuring import Running, bounds, civil_day
from billingcore._proration.options import Clock, Credit, CreditBasis, Side
from billingcore._proration.policy import Measure, ProrationPolicy
from billingcore._proration.shares import cut_of, serving
from billingcore.billed import BilledPeriod
from billingcore.cycles import InstantPeriod, Period
from billingcore.errors import InvalidTypeError
from billingcore.money import Money
from billingcore.tax import Ruling

if TYPE_CHECKING:
    from billingcore.plans import Plan

_A_DAY = timedelta(days=1)
_MOST_TRACED = 12
"""So many differences of one period are traced apart; beyond, the newest ones are put together, so that a long history
costs no more for each change."""
_GIVEN = (Side.CREDIT, Side.REVERSAL)


def ruling_of(change: Change, billed: Sequence[BilledPeriod]) -> Ruling:
    """Return the tax decision of the new charge: that of the change, else that of what was billed last.

    Raises:
        InvalidTypeError: neither.
    """
    if change.ruling is not None:
        return change.ruling
    if not billed:
        raise InvalidTypeError("ruling", None, "the tax decision of the change: nothing was billed that has one")
    return billed[-1].ruling


def billed_after(
    policy: ProrationPolicy,
    change: Change,
    billed: tuple[BilledPeriod, ...],
    amounts: tuple[int, dict[int, int]],
    period: Running | None,
    *,
    restarts: bool,
) -> tuple[BilledPeriod, ...]:
    """Return the old lines with their end and their credit, and the line that follows.

    Args:
        policy: what the vendor does.
        change: what was changed.
        billed: what was billed before.
        amounts: what is charged, in money or in time bought, and what each line gives back, by its identity.
        period: what runs from the change on.
        restarts: whether a new period started.
    """
    cut = cut_of(policy.measure, change)
    day = _civil(policy.measure, cut)
    if type(period) is Period:
        day = min(day, period.start)  # bought time starts on the change itself, whoever owns its day
    charge, given = amounts
    if change.kind is ChangeKind.ADD:
        return billed if period is None else (*billed, _new_line(policy, change, billed, period, charge, 0))
    lines = tuple(serving(policy.measure, change, billed, cut))
    if policy.sides.credit is Credit.DIFFERENCE_FULL and restarts and change.plan is not None:
        charge += sum([line.remaining.amount_minor - given.get(id(line), 0) for line in lines])
        given = {id(line): line.remaining.amount_minor for line in lines}
    elif "difference" in policy.sides.credit.value and not restarts and change.plan is not None:
        return _after_difference(policy, change, billed, given, period, charge, cut)
    if change.plan is not None and period is None:  # no time is left to change: the old plan runs to its end
        return tuple([_credited(line, given.get(id(line), 0)) for line in billed])
    touched = {id(line) for line in lines}
    old = [_ended(line, day, given.get(id(line), 0)) if id(line) in touched else line for line in billed]
    if period is None:
        return tuple(old)
    return (*old, _new_line(policy, change, billed, period, charge, sum(given.values())))


def given_by_line(drafts: Sequence[Draft]) -> dict[int, int]:
    """Return what each line gives back, by its identity: two lines may be equal."""
    given: dict[int, int] = {}
    for each in drafts:
        if each.line is not None and each.side is not Side.EXTENSION:
            sign = 1 if each.side in _GIVEN else -1
            given[id(each.line)] = given.get(id(each.line), 0) + sign * each.amount
    return given


def _credited(line: BilledPeriod, credit: int) -> BilledPeriod:
    credit = max(min(credit, line.remaining.amount_minor), 0)
    return line.with_credit_given(Money(credit, line.charge.currency)) if credit else line


def _ended(line: BilledPeriod, day: date, credit: int) -> BilledPeriod:
    credit = max(min(credit, line.remaining.amount_minor), 0)
    within = min(max(day, line.period.start), line.period.end)
    return line.replaced_on(within, Money(credit, line.charge.currency))


def _after_difference(
    policy: ProrationPolicy,
    change: Change,
    billed: tuple[BilledPeriod, ...],
    given: dict[int, int],
    period: Running | None,
    charge: int,
    cut: date,
) -> tuple[BilledPeriod, ...]:
    """Keep what was billed in force; what was given back ends its line, and what is left of that line goes on."""
    day, kept, moved = _civil(policy.measure, cut), [], []
    for line in billed:
        credit = given.get(id(line))
        if credit is None or period is None:
            kept.append(line if credit is None else line.with_credit_given(Money(credit, line.charge.currency)))
            continue
        rest = max(unused_of(policy, line, cut) - credit, 0)
        kept.append(_ended(line, day, credit + rest))
        moved.append(_new_line(policy, change, (line,), period, rest, 0, ruling=line.ruling))
    if moved or period is None:
        return (*kept, *moved)
    ruling = ruling_of(change, billed)
    in_force = [at for at, line in enumerate(kept) if line.ended_on is None]
    alike = [at for at in in_force if kept[at].ruling == ruling] if len(in_force) >= _MOST_TRACED else []
    if alike:  # what is unused of the newest with the same tax decision goes on within the new line
        at = alike[-1]
        rest = unused_of(policy, kept[at], cut)
        kept[at], charge = _ended(kept[at], day, rest), charge + rest
    return (*kept, _new_line(policy, change, billed, period, charge, 0))


def _new_line(
    policy: ProrationPolicy,
    change: Change,
    billed: Sequence[BilledPeriod],
    period: Running,
    charge: int,
    credit: int,
    ruling: Ruling | None = None,
) -> BilledPeriod:
    plan = cast("Plan", change.plan)  # a line follows only where something is sold
    currency = plan.currency
    in_full = charge == price_minor(change)
    discount = change.discount if in_full else None
    if (
        not in_full and period.reference is None
    ):  # a part of the price: what is left of it is measured against this part
        period = _part_of(period)
    if not in_full and change.discount is not None and policy.sides.credit_basis is CreditBasis.CURRENT_PRICE:
        net = price_minor(change)
        part = round_share(change.discount.amount_minor, charge, net, policy.rounding.mode) if net else 0
        discount = min(Money(part or 1, currency), change.discount)  # one cent at least: that there was one is known
    off = Money.zero(currency) if discount is None else discount
    return BilledPeriod(
        plan,
        change.quantity,
        period if type(period) is Period else _days_of(policy.measure, period),
        Money(charge, currency) + off,
        off,
        ruling or ruling_of(change, billed),
        Money.zero(currency),
        Money(min(credit, charge), currency),
        None,
        period if type(period) is InstantPeriod else None,
    )


def _part_of(period: Running) -> Running:
    """Return a period as a part of itself: for a price that was not charged in full, although no time had passed."""
    if isinstance(period, Period):
        return Period(period.start, period.end, period)
    return InstantPeriod(period.start_at, period.end_at, period)


def _civil(measure: Measure, at: date) -> date:
    """Return the civil day of a cut; as the instant is written where instants alone are measured."""
    exact = measure.clock not in (Clock.DAY, Clock.MONTH) and measure.zone is None
    return date(at.year, at.month, at.day) if exact else civil_day(measure, at)


def _days_of(measure: Measure, span: Running) -> Period:
    """Return the civil days of a stretch of time."""
    if measure.zone is None and type(span) is InstantPeriod:
        start, end = span.start_at.date(), span.end_at.date()
    else:
        start, end = bounds(measure, span)
    return Period(start, end if end > start else start + _A_DAY)
