"""What is on record after a change: the billed periods from which the next credit will be taken."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

import attrs

from billingcore._checks import check
from billingcore._kernel import Rounding, round_share
from billingcore._proration.change import ChangeKind
from billingcore._proration.choices import DIFFERENCES, CreditOf, Sale, Stage
from billingcore._proration.credits import Making, Traced, credit_lines, full_price, left_of, unused_minor
from billingcore._proration.policy import Measure
from billingcore._proration.time_left import Running, bounds, day_as_written, running_of
from billingcore._proration.unused import Proration
from billingcore.billed import BilledPeriod
from billingcore.cycles import InstantPeriod, Period
from billingcore.money import Money
from billingcore.tax import Ruling

if TYPE_CHECKING:
    from billingcore.plans import Plan

_A_DAY: Final = timedelta(days=1)
_MOST_TRACED: Final = 12
"""So many differences of one period are traced apart; beyond, the newest ones are put together, so that a long history
costs no more for each change."""


def billed_after(
    m: Making, charge: int, given: dict[int, int], lost: dict[int, int], period: Running | None
) -> tuple[BilledPeriod, ...]:
    """Return the old lines with their end and their credit, and the line that follows.

    Args:
        m: the change.
        charge: what is charged, in money or in time bought.
        given: what each line gives back, by its identity.
        lost: what nobody gets of that: it is not on record as given.
        period: what runs from the change on.
    """
    billed, sells = m.billed, m.change.plan is not None
    day = day_as_written(m.policy.measure, m.cut)
    if type(period) is Period:
        day = min(day, period.start)  # bought time starts on the change itself, whoever owns its day
    if m.change.kind is ChangeKind.ADD:
        return billed if period is None else (*billed, _new_line(m, period, charge))
    lines = m.touched
    if m.policy.sale is Sale.DIFFERENCE_FULL and m.restarts and sells:
        charge += sum([left_of(line) - given.get(id(line), 0) for line in lines])
        given = {id(line): left_of(line) for line in lines}
    elif m.policy.sale in DIFFERENCES and not m.restarts and sells and m.change.next_bill_on is None:
        return _after_difference(m, given, lost, period, charge)
    got = {of: credit - lost.get(of, 0) for of, credit in given.items()}
    if sells and period is None:  # no time is left to change: the old plan runs to its end
        return tuple([_credited(line, got.get(id(line), 0)) for line in billed])
    touched = {id(line) for line in lines}
    old = [_ended(line, day, got.get(id(line), 0)) if id(line) in touched else line for line in billed]
    return tuple(old) if period is None else (*old, _new_line(m, period, charge))


def by_line(given: Sequence[Traced]) -> dict[int, int]:
    """Return what each billed line gives back, by its identity: two lines may be equal."""
    found: dict[int, int] = {}
    for line, of in given:
        found[id(of)] = found.get(id(of), 0) - line.signed_minor
    return found


def difference_as_two(
    m: Making, net_minor: int, period: Running | None
) -> tuple[tuple[Traced, ...], tuple[BilledPeriod, ...]]:
    """Return a price difference as a credit for the old plan and a charge of that credit and the net, and what is on record.

    What is unused of the old plan goes back; all of it, where the difference in full gives
    back more than that, or a new period starts.
    """
    given = () if m.restarts else _credited_with(m, Sale.PRORATE)
    if not given or _sum(given) + net_minor < 0:
        given = _credited_with(m, Sale.IN_FULL)
    policy = attrs.evolve(m.policy, sale=Sale.RESTART if m.restarts else Sale.PRORATE)
    worth = max(_sum(given) + net_minor, 0)
    return given, billed_after(m._replace(policy=policy), worth, by_line(given), {}, period)


def _credited_with(m: Making, sale: Sale) -> tuple[Traced, ...]:
    policy = attrs.evolve(m.policy, sale=sale, stage=Stage.LINE, full_refund_days=None)
    return tuple(credit_lines(m._replace(policy=policy)))


def _sum(given: Sequence[Traced]) -> int:
    return sum([-line.signed_minor for line, _ in given])


def _credited(line: BilledPeriod, credit: int) -> BilledPeriod:
    credit = max(min(credit, left_of(line)), 0)
    return line.with_credit_given(Money(credit, line.charge.currency)) if credit else line


def _ended(line: BilledPeriod, day: date, credit: int) -> BilledPeriod:
    credit = max(min(credit, left_of(line)), 0)
    within = min(max(day, line.period.start), line.period.end)
    return line.replaced_on(within, Money(credit, line.charge.currency))


def _unused(m: Making, line: BilledPeriod) -> int:
    """Return what is unused of a line, and no more than what is left of it."""
    left = left_of(line)
    return left if m.policy.sale is Sale.DIFFERENCE_FULL else min(unused_minor(m, line), left)


def _after_difference(
    m: Making, given: dict[int, int], lost: dict[int, int], period: Running | None, charge: int
) -> tuple[BilledPeriod, ...]:
    """Return the lines after a price difference: those that give nothing back stay in force beside the new one.

    A line that gives something back ends, and what is still unused of it goes on as a line of the new plan.
    """
    day, kept, moved = day_as_written(m.policy.measure, m.cut), list[BilledPeriod](), list[BilledPeriod]()
    for line in m.billed:
        credit = given.get(id(line))
        if credit is None or period is None:
            kept.append(line if credit is None else _credited(line, credit - lost.get(id(line), 0)))
            continue
        rest = max(_unused(m, line) - credit, 0)
        kept.append(_ended(line, day, credit - lost.get(id(line), 0) + rest))
        moved.append(_new_line(m, period, rest, line.ruling))
    if moved or period is None:
        return (*kept, *moved)
    in_force = [at for at, line in enumerate(kept) if line.ended_on is None]
    alike = [at for at in in_force if kept[at].ruling == m.ruling] if len(in_force) >= _MOST_TRACED else []
    if alike:  # what is unused of the newest with the same tax decision goes on within the new line
        at = alike[-1]
        rest = _unused(m, kept[at])
        kept[at], charge = _ended(kept[at], day, rest), charge + rest
    return (*kept, _new_line(m, period, charge))


def _new_line(m: Making, period: Running, charge: int, ruling: Ruling | None = None) -> BilledPeriod:
    """Return the line of the new plan for what runs now, with what it was charged, in money or in what it took over."""
    change, plan = m.change, cast("Plan", m.change.plan)  # a line follows only where something is sold
    currency, price = plan.currency, full_price(plan, change).amount_minor
    in_full = charge == price
    discount = change.discount if in_full else None
    if not in_full and period.reference is None:  # what is left of a part of the price is measured against this part
        period = _part_of(period)
    if not in_full and change.discount is not None and m.policy.credit_of in (CreditOf.PRICE_NOW, CreditOf.PLAN_PRICE):
        part = round_share(change.discount.amount_minor, charge, price, m.policy.rounding) if price else 0
        discount = min(Money(part or 1, currency), change.discount)  # one cent at least: that there was one is known
    off = Money.zero(currency) if discount is None else discount
    return BilledPeriod(
        plan,
        change.quantity,
        period if type(period) is Period else _days_of(m.policy.measure, period),
        Money(charge, currency) + off,
        off,
        ruling or m.ruling,
        Money.zero(currency),
        None,
        period if type(period) is InstantPeriod else None,
        None,
        m.touched[0].key if m.touched else "",
    )


def _part_of(period: Running) -> Running:
    """Return a period as a part of itself: for a price that was not charged in full, although no time had passed."""
    if isinstance(period, Period):
        return Period(period.start, period.end, period)
    return InstantPeriod(period.start_at, period.end_at, period)


def _days_of(measure: Measure, span: Running) -> Period:
    """Return the civil days of a stretch of time."""
    if measure.zone is None and type(span) is InstantPeriod:
        start, end = span.start_at.date(), span.end_at.date()
    else:
        start, end = bounds(measure, span)
    return Period(start, end if end > start else start + _A_DAY)


def credit_billed(
    billed: BilledPeriod,
    at: date | datetime,
    rounding: Rounding = Rounding.HALF_UP,
    *,
    until: date | datetime | None = None,
) -> Proration:
    """Return the credit for the unused time of what was really billed, never above what is left of it.

    Keep what was given on record: ``billed.with_credit_given(found.credit)``.

    Args:
        billed: what was billed.
        at: the first day that is not used any more; an aware ``datetime`` where it was billed to the instant.
        rounding: the mode.
        until: the first day that is used again, for days in the middle, as after a pause; None for the rest of the period.

    Raises:
        InvalidTypeError: not a BilledPeriod; else as `Proration`.

    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.plans import FlatPrice, Plan
    >>> plan = Plan("Rescue", FlatPrice(Money.of("31.00", "EUR")), MONTHLY)
    >>> billed = BilledPeriod.of_plan(plan, 1, Period(date(2026, 1, 1), date(2026, 2, 1)))
    >>> paused = credit_billed(billed, date(2026, 1, 10), until=date(2026, 1, 15))
    >>> paused.credit, billed.with_credit_given(paused.credit).remaining
    (Money.of('5.00', 'EUR'), Money.of('26.00', 'EUR'))
    """
    check("billed", billed, BilledPeriod)
    return Proration(billed.net, running_of(billed), at, rounding, billed.credit_given, until)
