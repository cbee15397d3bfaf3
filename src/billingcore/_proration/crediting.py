"""The lines of a change before they are values: credits traced to what was billed, and differences."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from billingcore._kernel import round_share
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.lines import settle_minor, with_tax_minor, without_tax_minor
from billingcore._proration.measuring import Running, start_of, time_left
from billingcore._proration.options import (
    Balance,
    Credit,
    CreditBasis,
    CreditCap,
    DiscountReversal,
    Form,
    RoundStep,
    Side,
    Stage,
    TaxOrder,
)
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.shares import days_since_start, running_of, share_left
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidValueError
from billingcore.money import minor_digits
from billingcore.plans import PerSeatPrice

Share = tuple[int, int, RoundStep | None]
WHOLE: Share = (1, 1, None)


class Draft(NamedTuple):
    """A line before it is a value: its terms as plain numbers, and what they settle to."""

    side: Side
    line: BilledPeriod | None
    base: int
    num: int
    den: int
    units: int
    step: RoundStep | None
    at_most: int | None
    adjustment: int | None
    decided_by: str
    amount: int


def draft_of(
    policy: ProrationPolicy,
    what: tuple[Side, BilledPeriod | None, str],
    base: int,
    share: Share,
    currency: str,
    units: int = 1,
    at_most: int | None = None,
    adjustment: int | None = None,
) -> Draft:
    """Settle the terms of a line."""
    (side, line, decided_by), (num, den, step) = what, share
    mode, rate = policy.rounding.mode, policy.measure.rate_rounding
    whole = num == den
    of = base
    split = line is not None and policy.rounding.tax_order is TaxOrder.GROSS_THEN_SPLIT
    if split and line is not None:
        of = with_tax_minor(base, line.ruling.rate, mode)
    if whole:
        amount = of
    else:
        amount = settle_minor(of, num, den, units, mode, step, rate, 0 if rate is None else minor_digits(currency))
    if split and line is not None:
        amount = without_tax_minor(amount, line.ruling.rate, mode)
    if adjustment is not None:
        amount += adjustment
    if at_most is not None and amount > at_most:
        amount = at_most
    return Draft(side, line, base, num, den, 1 if whole else units, step, at_most, adjustment, decided_by, amount)


def price_minor(change: Change) -> int:
    """Return the price of a full period of the new plan, less its discount; nothing where nothing follows."""
    if change.plan is None:
        return 0
    price = change.plan.charge_for(change.quantity).amount_minor
    return price if change.discount is None else price - change.discount.amount_minor


def credit_drafts(policy: ProrationPolicy, change: Change, lines: Sequence[BilledPeriod], cut: date) -> list[Draft]:
    """Return what is given back of the lines in force: of each its own share, newest first."""
    sides = policy.sides
    if sides.credit is Credit.NONE:
        lines = [line for line in lines if _refunded_in_full(policy, change, line) is not None]
    if not lines:
        return []
    drafts: list[Draft] = []
    for line in lines:
        if sides.credit_basis is CreditBasis.CURRENT_PRICE and _has_price(policy, line):
            drafts.append(_of_current_price(policy, change, line, lines[0], cut))
        else:
            drafts += _of_line(policy, change, line, cut)
    least = sides.minimum_credit_minor
    if least and sum([_signed(each) for each in drafts]) < least:
        return []
    return drafts


def in_window(policy: ProrationPolicy, change: Change, lines: Sequence[BilledPeriod]) -> bool:
    """Say whether a cancellation comes so early that one of the lines is given back in full."""
    if change.kind is not ChangeKind.CANCEL or policy.sides.full_refund_days is None:
        return False
    return any(_refunded_in_full(policy, change, line) is not None for line in lines)


def _signed(draft: Draft) -> int:
    return draft.amount if draft.side in (Side.CREDIT, Side.REVERSAL) else -draft.amount


def _left_of(line: BilledPeriod) -> int:
    return line.charge.amount_minor - line.discount.amount_minor - line.credit_given.amount_minor


def _refunded_in_full(policy: ProrationPolicy, change: Change, line: BilledPeriod) -> str | None:
    """Return the policy field that gives all of a line back, or None where its unused share is."""
    if policy.sides.credit in (Credit.FULL, Credit.DIFFERENCE_FULL):
        return "sides.credit"
    window = policy.sides.full_refund_days
    if window is None or change.kind is not ChangeKind.CANCEL:
        return None
    return "sides.full_refund_days" if days_since_start(policy.measure, line, change.at) <= window else None


def _share_of(policy: ProrationPolicy, change: Change, line: BilledPeriod, cut: date) -> tuple[Share, str]:
    """Return the share of a line that is credited, and the policy field that decided it."""
    why = _refunded_in_full(policy, change, line)
    if why is not None:
        return WHOLE, why
    return share_left(policy.measure, line, cut), "sides.credit"


def _of_line(policy: ProrationPolicy, change: Change, line: BilledPeriod, cut: date) -> list[Draft]:
    sides, currency = policy.sides, line.charge.currency
    share, why = _share_of(policy, change, line, cut)
    net = line.charge.amount_minor - line.discount.amount_minor
    at_most = _left_of(line) if sides.credit_cap is CreditCap.BILLED else None
    units = line.quantity if policy.rounding.stage is Stage.UNIT else 1
    if sides.form is Form.REVERSE_AND_REBILL:
        return _reversed(policy, line, share, why)
    if sides.credit_basis is CreditBasis.BILLED_NET or not line.discount:
        return [draft_of(policy, (Side.CREDIT, line, why), net, share, currency, units, at_most)]
    back = (Side.DISCOUNT, line, "sides.discount_reversal")
    discount = draft_of(policy, back, line.discount.amount_minor, share, currency, units)
    most = None if at_most is None else at_most + discount.amount
    return [
        draft_of(policy, (Side.CREDIT, line, why), line.charge.amount_minor, share, currency, units, most),
        discount,
    ]


def _reversed(policy: ProrationPolicy, line: BilledPeriod, share: Share, why: str) -> list[Draft]:
    """Reverse all that is left of a line, and bill the used part again."""
    currency, mode = line.charge.currency, policy.rounding.mode
    net, left = line.charge.amount_minor - line.discount.amount_minor, _left_of(line)
    num, den, _ = share
    whole = draft_of(policy, (Side.REVERSAL, line, "sides.form"), left, WHOLE, currency)
    used = round_share(net, den - num, den, mode)
    if policy.rounding.balance is Balance.COMPLEMENT:
        used_by_credit = left - min(draft_of(policy, (Side.CREDIT, line, why), net, share, currency).amount, left)
    else:
        used_by_credit = min(used, left)
    adjustment = used_by_credit - used or None
    again = draft_of(policy, (Side.REBILL, line, why), net, (den - num, den, None), currency, adjustment=adjustment)
    return [whole, again]


def _of_current_price(
    policy: ProrationPolicy, change: Change, line: BilledPeriod, newest: BilledPeriod, cut: date
) -> Draft:
    """Return the share of today's price of a line, less the discount that it was billed with.

    Today's price may be above the billed one; but once something of a line was given back, what is left of it is the most.
    """
    plan = change.price_now if change.price_now is not None and line.plan == newest.plan else line.plan
    price = plan.charge_for(line.quantity).amount_minor
    base = max(price - _full_discount(policy, line), 0)
    share, why = WHOLE, _refunded_in_full(policy, change, line)
    if why is None:
        num, den = time_left(policy.measure, running_of(line), cut, line.plan.cadence)
        share, why = (max(num, 0), den, policy.measure.fraction_rounding), "sides.credit"
    capped = policy.sides.credit_cap is CreditCap.BILLED or bool(line.credit_given)
    at_most = _left_of(line) if capped else None
    units = line.quantity if policy.rounding.stage is Stage.UNIT else 1
    return draft_of(policy, (Side.CREDIT, line, why), base, share, line.charge.currency, units, at_most)


def _has_price(policy: ProrationPolicy, line: BilledPeriod) -> bool:
    """Say whether a line was billed at its plan's price: a difference, or a price of its own, has no price of today."""
    num, den, known = billed_share(policy, line)
    price = line.plan.charge_for(line.quantity).amount_minor
    return abs(line.charge.amount_minor * den - price * num) <= known * den


def _full_discount(policy: ProrationPolicy, line: BilledPeriod) -> int:
    """Return what was taken off a full period: of a part, what its net says, so that a change undone is worth nothing."""
    price, net = line.plan.charge_for(line.quantity).amount_minor, line.charge.amount_minor - line.discount.amount_minor
    num, den, _ = billed_share(policy, line)
    if not line.discount or not num or running_of(line).reference is None or line.charge.amount_minor == price:
        return line.discount.amount_minor
    return max(price - round_share(net, den, num, policy.rounding.mode), 0)


def _discount_on(policy: ProrationPolicy, line: BilledPeriod, price: int) -> int:
    """Return the discount of a line on the price of a full period, in the proportion in which it was billed."""
    if not line.discount:
        return 0
    return round_share(line.discount.amount_minor, price, line.charge.amount_minor, policy.rounding.mode)


def difference_drafts(
    policy: ProrationPolicy,
    change: Change,
    lines: Sequence[BilledPeriod],
    running: Running | None,
    cut: date,
) -> list[Draft]:
    """Return one side: the difference of the prices, charged if it is above 0, else traced to what was billed."""
    sides, gross = policy.sides, policy.sides.credit_basis is CreditBasis.BILLED_GROSS
    old = _old_price(policy, change, lines, gross=gross)
    new = price_minor(change)
    if gross and change.discount is not None:
        new += change.discount.amount_minor
    difference = new - old
    if not difference:
        return []
    share: Share = WHOLE
    if sides.credit is Credit.DIFFERENCE_REMAINING:
        if running is None:
            raise InvalidValueError("running", None, "give what was billed, or the running period, to share it")
        plan = lines[0].plan if lines else change.plan
        cadence = None if plan is None else plan.cadence
        num, den = time_left(policy.measure, running, cut, cadence)
        share = (max(num, 0), den, policy.measure.fraction_rounding)
    units = _units_of(policy, change, lines)
    if difference < 0:
        return _traced(policy, lines, -difference, share, units, cut)
    currency = change.plan.currency if change.plan is not None else lines[0].charge.currency
    draft = draft_of(policy, (Side.CHARGE, None, "sides.charge"), difference, share, currency, units)
    return [] if draft.amount < sides.minimum_charge_minor else [draft]


def _old_price(policy: ProrationPolicy, change: Change, lines: Sequence[BilledPeriod], *, gross: bool) -> int:
    """Return what a full period cost until now: what all lines in force were billed at, or today's price."""
    if not lines:
        return 0
    line = lines[0]
    if policy.sides.credit_basis is CreditBasis.CURRENT_PRICE:
        price = (change.price_now or line.plan).charge_for(line.quantity).amount_minor
        return price - _discount_on(policy, line, price)
    nets = [each.charge.amount_minor - (0 if gross else each.discount.amount_minor) for each in lines]
    shares = [billed_share(policy, each) for each in lines]
    price = line.plan.charge_for(line.quantity).amount_minor
    if all(num == den for num, den, _ in shares):  # nearly always: whole periods were billed
        worth, slack = sum(nets), sum([known for _, _, known in shares])
        return price if abs(worth - price) <= slack else worth
    parts = [(net, share) for net, share in zip(nets, shares, strict=True) if share[0]]
    exact = sum([Fraction(net * den, num) for net, (num, den, _) in parts], Fraction())
    if abs(exact - price) <= sum([Fraction(known * den, num) for _, (num, den, known) in parts], Fraction()):
        return price  # the plan's price, but for the rounding of the parts that were billed
    return round_share(1, exact.numerator, exact.denominator, policy.rounding.mode)


def billed_share(policy: ProrationPolicy, line: BilledPeriod) -> tuple[int, int, int]:
    """Return of which share of a full period a line was billed, and by how many minor units that may be rounded."""
    period, measure = running_of(line), policy.measure
    if period.reference is None or policy.sides.credit is Credit.DIFFERENCE_FULL:
        return 1, 1, 0
    num, den = time_left(measure, period, start_of(period), line.plan.cadence)
    if num <= 0:
        return 0, 1, 0
    units = line.quantity if policy.rounding.stage is Stage.UNIT else 1
    rounded = units if measure.rate_rounding is None else units * (num + 1)
    if measure.fraction_rounding is not None:
        num, den = measure.fraction_rounding.of(num, den)
    return num, den, rounded


def _units_of(policy: ProrationPolicy, change: Change, lines: Sequence[BilledPeriod]) -> int:
    """Return how many units the difference is for: those that are added or removed, or all whose price changes."""
    if policy.rounding.stage is not Stage.UNIT:
        return 1
    if not lines:
        return change.quantity
    line = lines[0]
    if change.plan is None:
        return line.quantity
    if change.plan.price == line.plan.price and type(line.plan.price) is PerSeatPrice:
        return abs(change.quantity - line.quantity) or line.quantity
    return change.quantity if change.quantity == line.quantity else 1


def _traced(
    policy: ProrationPolicy, lines: Sequence[BilledPeriod], base: int, share: Share, units: int, cut: date
) -> list[Draft]:
    """Spread a credit over the lines from which it was billed, of each no more than what is left unused of it."""
    sides, drafts, given = policy.sides, [], 0
    if sides.discount_reversal is DiscountReversal.LEAST_FIRST:
        lines = sorted(lines, key=lambda line: line.discount.amount_minor * _BIG // (line.charge.amount_minor or 1))
    for at, line in enumerate(lines):
        at_most: int | None
        gross, discount = line.charge.amount_minor, line.discount.amount_minor
        of_gross = sides.credit_basis is CreditBasis.BILLED_GROSS and discount > 0
        at_most = unused_of(policy, line, cut, gross=of_gross)
        if sides.credit_cap is CreditCap.NONE and at == len(lines) - 1:
            at_most = None
        what = (Side.CREDIT, line, "sides.credit")
        draft = draft_of(policy, what, base, share, line.charge.currency, units, at_most, -given or None)
        if draft.amount <= 0:  # nothing is left of this line, or nothing is left to give
            continue
        drafts.append(draft)
        given += draft.amount
        if of_gross:
            back = (Side.DISCOUNT, line, "sides.discount_reversal")
            drafts.append(draft_of(policy, back, discount, (draft.amount, gross, None), line.charge.currency))
    least = sides.minimum_credit_minor
    return [] if given < least else drafts


_BIG = 10**24


def unused_of(policy: ProrationPolicy, line: BilledPeriod, cut: date, *, gross: bool = False) -> int:
    """Return what is unused of a line, and no more than what is left of it."""
    if policy.sides.credit is Credit.DIFFERENCE_FULL:
        return _left_of(line)
    net = line.charge.amount_minor - (0 if gross else line.discount.amount_minor)
    share = share_left(policy.measure, line, cut)
    currency = line.charge.currency
    unused = draft_of(policy, (Side.CREDIT, line, ""), net, share, currency).amount
    left = _left_of(line)
    return min(unused, left + (line.discount.amount_minor if gross else 0))


def round_net(policy: ProrationPolicy, drafts: list[Draft]) -> list[Draft]:
    """Round the net of all lines once; the charge, or else a credit with room for it, takes the rest."""
    if len(drafts) < 2:  # noqa: PLR2004 - one line is its own net
        return drafts
    exact = Fraction(0)
    for each in drafts:
        part = Fraction(each.base * each.num, each.den) + (each.adjustment or 0)
        if each.at_most is not None:
            part = min(part, Fraction(each.at_most))
        exact += -part if each.side in (Side.CREDIT, Side.REVERSAL) else part
    sign = -1 if exact < 0 else 1
    net = round_share(sign, abs(exact.numerator), exact.denominator, policy.rounding.mode)
    missing = net - sum([-_signed(each) for each in drafts])
    for at in range(len(drafts) - 1, -1, -1) if missing else ():
        each = drafts[at]
        more = -missing if each.side in (Side.CREDIT, Side.REVERSAL) else missing
        amount = each.amount + more
        if each.side is not Side.DISCOUNT and amount >= 0 and (each.at_most is None or amount <= each.at_most):
            why, adjustment = f"{each.decided_by}, rounding.stage", (each.adjustment or 0) + more
            drafts[at] = each._replace(adjustment=adjustment, amount=amount, decided_by=why)
            break
    return drafts


_LEAST = "sides.minimum_charge_minor"


def above_minimum(policy: ProrationPolicy, drafts: list[Draft]) -> list[Draft]:
    """Cut a charge to what is credited where less than the minimum would be due: nothing is billed, and nothing is won."""
    least = policy.sides.minimum_charge_minor
    charges = [each for each in drafts if each.side is Side.CHARGE] if least else []
    if not charges:
        return drafts
    charge, rest = charges[0], [each for each in drafts if each.side is not Side.CHARGE]
    given = 0 if policy.timing.extension_rounding is not None else sum([_signed(each) for each in rest])
    due = charge.amount - given
    if due <= 0 or due >= least:
        return drafts
    if given <= 0:
        return rest
    return [*rest, charge._replace(adjustment=(charge.adjustment or 0) - due, decided_by=_LEAST, amount=given)]
