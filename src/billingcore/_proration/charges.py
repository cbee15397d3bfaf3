"""What the new plan costs: its price, the time that credit buys, or the difference of two prices as one side."""

from collections.abc import Sequence
from fractions import Fraction

import attrs

from billingcore._kernel import round_share
from billingcore._proration.choices import (
    CHARGES_NOTHING,
    CHARGES_REST,
    DIFFERENCES,
    KEEPS_DATES,
    OF_GROSS,
    CreditOf,
    FixedDays,
    OnSwitch,
    Sale,
    Side,
    Stage,
)
from billingcore._proration.credits import Making, Traced, billed_share, full_price, left_of, unused_minor
from billingcore._proration.line import ProrationLine
from billingcore._proration.time_left import (
    WHOLE,
    Running,
    Share,
    civil_day,
    fixed_length,
    share_left,
    share_of_price,
    time_left,
)
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, Schedule
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.plans import PerSeatPrice, Plan


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


def difference_lines(m: Making, plan: Plan, running: Running | None) -> list[Traced]:
    """Return one side: the difference of the prices, charged if it is above 0, else traced to what was billed."""
    lines, gross = m.touched, m.policy.credit_of in OF_GROSS
    new = full_price(plan, m.change).amount_minor
    if gross and m.change.discount is not None:
        new += m.change.discount.amount_minor
    difference = new - _old_price(m, lines, gross=gross)
    if not difference:
        return []
    share: Share = WHOLE
    if m.policy.sale is Sale.DIFFERENCE_REMAINING:
        if running is None:
            problem = "the rest of a running period is charged: give what was billed, or the running period"
            raise InvalidValueError("running", None, problem)
        num, den = time_left(m.policy.measure, running, m.cut, (lines[0].plan if lines else plan).cadence)
        share = num, den, m.policy.measure.fraction
    units = _units_of(m, plan, lines)
    if difference < 0:
        return _traced(m, lines, -difference, share, units)
    return [(m.charged(plan, Money(difference, plan.currency), share, "sale", units), None)]


def _old_price(m: Making, lines: Sequence[BilledPeriod], *, gross: bool) -> int:
    """Return what a full period cost until now: what all lines in force were billed at, or today's price."""
    if not lines:
        return 0
    line, policy = lines[0], m.policy
    price = line.plan.charge_for(line.quantity).amount_minor
    if policy.credit_of is CreditOf.PRICE_NOW:
        if m.change.price_now is not None:
            price = m.change.price_now.charge_for(line.quantity).amount_minor
        if not line.discount:
            return price
        return price - round_share(line.discount.amount_minor, price, line.charge.amount_minor, policy.rounding)
    worth = slack = Fraction(0)
    for each in lines:
        num, den, known = billed_share(policy, each)
        if num:
            net = each.charge.amount_minor - (0 if gross else each.discount.amount_minor)
            worth += Fraction(net * den, num)
            slack += Fraction(known * den, num)
    if abs(worth - price) <= slack:
        return price  # the plan's price, but for the rounding of the parts that were billed
    return round_share(1, worth.numerator, worth.denominator, policy.rounding)


def _units_of(m: Making, plan: Plan, lines: Sequence[BilledPeriod]) -> int:
    """Return how many units the difference is for: those that are added or removed, or all whose price changes."""
    if m.policy.stage is not Stage.UNIT:
        return 1
    if not lines:
        return m.change.quantity
    line, quantity = lines[0], m.change.quantity
    if plan.price == line.plan.price and type(line.plan.price) is PerSeatPrice:
        return abs(quantity - line.quantity) or line.quantity
    return quantity if quantity == line.quantity else 1


def _traced(m: Making, lines: Sequence[BilledPeriod], base: int, share: Share, units: int) -> list[Traced]:
    """Spread a credit over the lines from which it was billed, newest first, of each no more than is left unused of it."""
    found: list[Traced] = []
    given = 0  # what went back so far
    if m.policy.credit_of is CreditOf.GROSS_LEAST_DISCOUNT:  # what bears the least of it goes first
        lines = sorted(lines, key=lambda line: Fraction(line.discount.amount_minor, line.charge.amount_minor or 1))
    for line in lines:
        gross = m.policy.credit_of in OF_GROSS and bool(line.discount)
        at_most = _unused_at_most(m, line, base, share, given, gross=gross)
        credit = m.given(Side.CREDIT, line, base, share, "sale", units, at_most, -given)
        amount = credit[0].amount_minor
        if amount <= 0:  # nothing is left of this line, or nothing is left to give
            continue
        back = _discount_back(m, line, amount) if gross else None
        kept = 0 if back is None else back[0].amount_minor
        if amount - kept > left_of(line):
            credit = m.given(Side.CREDIT, line, base, share, "sale", units, left_of(line) + kept, -given)
        given += credit[0].amount_minor
        found += [credit] if back is None else [credit, back]
    return found


def _discount_back(m: Making, line: BilledPeriod, amount: int) -> Traced | None:
    """Return what of a line's discount goes back with a part of its price: the same share, or as little as possible."""
    discount, charge = line.discount.amount_minor, line.charge.amount_minor
    if m.policy.credit_of is CreditOf.GROSS:
        counted = "minor units of the price that go back"
        return m.given(Side.DISCOUNT, line, discount, (amount, charge, None), "credit_of", counted=counted)
    whole = m.policy.sale is Sale.DIFFERENCE_FULL
    stays = (
        charge if whole else unused_minor(m, line, gross=True)
    ) - amount  # of the unused price: it bears the discount
    share = WHOLE if whole else share_left(m.policy.measure, line, m.cut)
    back = m.given(Side.DISCOUNT, line, discount, share, "credit_of", adjustment=-stays)
    return back if back[0].amount_minor > 0 else None


def _unused_at_most(m: Making, line: BilledPeriod, base: int, share: Share, given: int, *, gross: bool) -> int:
    """Return the most that goes back of a line: what is left of it, and of that what is unused."""
    off = line.discount.amount_minor if gross else 0
    left = left_of(line) + off
    if m.policy.sale is Sale.DIFFERENCE_FULL:
        return left
    net = line.charge.amount_minor - line.discount.amount_minor + off
    num, den, step = share_left(m.policy.measure, line, m.cut)
    if step is None and m.policy.measure.rate is None and (base - given) * share[0] * den <= net * num * share[1]:
        return left  # less is taken off than is unused: nothing has to be rounded to know it
    return min(unused_minor(m, line, gross=gross), left)
