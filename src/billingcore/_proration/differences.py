"""A difference of two prices as one side: charged, or traced to what was billed."""

from collections.abc import Sequence
from fractions import Fraction

from billingcore._kernel import round_share
from billingcore._proration.choices import OF_GROSS, CreditOf, Sale, Side, Stage
from billingcore._proration.credits import Making, Traced, billed_share, full_price, left_of, unused_minor
from billingcore._proration.time_left import WHOLE, Running, Share, share_left, time_left
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.plans import PerSeatPrice, Plan


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
