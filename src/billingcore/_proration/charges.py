"""What the new plan costs on a change, and the time that credit buys."""

from collections.abc import Sequence
from fractions import Fraction

import attrs

from billingcore._kernel import round_share
from billingcore._proration.choices import (
    CHARGES_NOTHING,
    CHARGES_REST,
    DIFFERENCES,
    KEEPS_DATES,
    FixedDays,
    OnSwitch,
    Sale,
    Side,
    Stage,
)
from billingcore._proration.credits import Making, Traced, full_price
from billingcore._proration.line import ProrationLine
from billingcore._proration.time_left import WHOLE, Running, Share, civil_day, fixed_length, share_of_price
from billingcore.cycles import Cadence, Schedule
from billingcore.errors import InvalidValueError
from billingcore.money import Money


def charge_lines(m: Making, old: Cadence | None, running: Running | None) -> list[Traced]:
    """Return the line of the new price: in full, or the share of it for the time until the next bill."""
    plan, sale = m.change.plan, m.policy.sale
    if plan is None or (sale in CHARGES_NOTHING and not m.restarts):
        return []
    share, why = WHOLE, "sale"
    rest = sale in CHARGES_REST or sale in DIFFERENCES
    if m.change.next_bill_on is not None:
        share, why = _remaining(m, plan.cadence, None, running), "next_bill_on"
    elif m.restarts:
        why = restarted_by(m, old)
    elif rest:
        share = _remaining(m, plan.cadence, old, running)
        if old is not None and old != plan.cadence and m.policy.interval_change is OnSwitch.KEEP_CONVERTED:
            why = "interval_change"
    units = m.change.quantity if m.policy.stage is Stage.UNIT else 1
    chosen = running if m.change.next_bill_on is not None else None
    return [(m.charged(plan, full_price(plan, m.change), share, why, units, chosen), None)]


def restarted_by(m: Making, old: Cadence | None) -> str:
    """Return the field of the policy that lets a new period start."""
    if m.policy.sale not in KEEPS_DATES:
        return "sale"
    plan = m.change.plan
    other = plan is not None and old is not None and old != plan.cadence
    return "interval_change" if other and m.policy.interval_change is OnSwitch.RESTART else "free_to_paid"


def charge_rest(m: Making, old: Cadence | None, running: Running | None) -> list[Traced]:
    """Return the charge for the rest of the running period, where nothing could be exchanged for time."""
    policy = attrs.evolve(m.policy, sale=Sale.PRORATE, interval_change=OnSwitch.KEEP)
    return charge_lines(m._replace(policy=policy, restarts=False), old, running)


def _remaining(m: Making, new: Cadence, old: Cadence | None, running: Running | None) -> Share:
    """Return the share of the new price that the rest of the running period costs."""
    if running is None:
        problem = "the rest of a running period is charged: give what was billed, or the running period"
        raise InvalidValueError("running", None, problem)
    return share_of_price(m.policy.measure, running, m.cut, new, old or new, m.policy.interval_change)


def bought_days(m: Making, found: Sequence[Traced]) -> int:
    """Return how many days of the new plan the unused credit buys, at the price of one of its days; none for less than a cent.

    Raises:
        InvalidValueError: a new plan that costs nothing.
    """
    credit, rounded = Fraction(0), 0
    for line, of in found:
        if of is not None:
            part = Fraction(line.base.amount_minor * line.num, line.den)
            part = part if line.at_most is None else min(part, Fraction(line.at_most.amount_minor))
            credit += part if line.side is Side.CREDIT else -part  # of a gross price the discount goes back with it
            rounded -= line.signed_minor
    plan = m.change.plan
    if rounded <= 0 or plan is None:
        return 0
    price = full_price(plan, m.change).amount_minor
    if not price:
        raise InvalidValueError("plan", plan.name, "time of a free plan cannot be bought")
    basis = m.policy.measure.basis
    if isinstance(basis, FixedDays):
        length = fixed_length(basis, plan.cadence)
    else:
        day = civil_day(m.policy.measure, m.change.at)
        length = (Schedule(day, plan.cadence).boundary(1) - day).days
    days = credit * length / price
    return round_share(1, days.numerator, days.denominator, m.policy.time_rounding)


def extension_line(m: Making, credit: int) -> ProrationLine | None:
    """Return the line of the credit that became time of the new plan."""
    plan = m.change.plan
    if plan is None or not credit:
        return None
    return ProrationLine(
        Side.EXTENSION, plan, m.change.quantity, Money(credit, plan.currency), 1, 1, m.ruling, m.policy.rounding,
        "days", "sale",
    )  # fmt: skip
