"""What goes back: the credit of each billed line that a change touches."""

from datetime import date, datetime
from fractions import Fraction
from typing import Final, NamedTuple

from billingcore._kernel import Rounding, round_share
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.choices import (
    BUYS_TIME,
    BY_PRICE,
    CREDITS_ALL,
    CREDITS_NOTHING,
    GIVEN,
    OF_GROSS,
    Balance,
    Basis,
    Clock,
    CreditOf,
    Sale,
    Side,
    Stage,
)
from billingcore._proration.line import ProrationLine, adjusted, settle_minor, unrounded
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.time_left import (
    WHOLE,
    Running,
    Share,
    civil_day,
    interval_of,
    running_of,
    share_left,
    share_of_price,
    start_of,
    stepped,
    time_left,
)
from billingcore.billed import BilledPeriod
from billingcore.cycles import Period
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.plans import Plan
from billingcore.tax import UNTAXED, Ruling

_FEW_PARTS: Final = 3
_HOURS: Final = {Clock.SECOND: 3600, Clock.MINUTE: 60}

Traced = tuple[ProrationLine, BilledPeriod | None]
"""A line, and what was billed that it gives back of."""


class Making(NamedTuple):
    """What all lines of one change share while they are made."""

    policy: ProrationPolicy
    change: Change
    billed: tuple[BilledPeriod, ...]
    touched: tuple[BilledPeriod, ...]
    cut: date
    restarts: bool
    purchased_on: date | None

    @property
    def ruling(self) -> Ruling:
        """The tax decision of the new charge: that of the change, else of what was billed last, else none."""
        if self.change.ruling is not None:
            return self.change.ruling
        return self.billed[-1].ruling if self.billed else UNTAXED

    def given(  # noqa: PLR0917 - the terms of a line, in their order
        self, side: Side, of: BilledPeriod, base: int, share: Share, why: str, units: int = 1,
        at_most: int | None = None, adjustment: int = 0, counted: str | None = None,
    ) -> Traced:  # fmt: skip
        """Return a line that gives something of a billed line back, or takes it again."""
        currency = of.charge.currency
        net = of.charge.amount_minor - of.discount.amount_minor
        tax = of.tax
        if tax is not None and base != net:  # the same share of the tax; of nothing there is none
            tax = Money(round_share(tax.amount_minor, base, net, Rounding.HALF_UP) if net else 0, currency)
        num, den, early = share if counted else _early(self.policy, share)  # money has no rate
        words = counted or self._counted(num, den, of.period)
        return ProrationLine(
            side, of.plan, of.quantity, Money(base, currency), num, den, of.ruling, self.policy.rounding, words, why,
            1 if num == den else units, early, None if at_most is None else Money(at_most, currency),
            Money(adjustment, currency) if adjustment else None, tax,
        ), of  # fmt: skip

    def charged(
        self, plan: Plan, base: Money, share: Share, why: str, units: int = 1, period: Running | None = None
    ) -> ProrationLine:
        """Return the line of the new charge; for a period of several, that period."""
        num, den, early = _early(self.policy, share)
        return ProrationLine(
            Side.CHARGE, plan, self.change.quantity, base, num, den, self.ruling,
            self.policy.rounding, self._counted(num, den, period), why, 1 if num == den else units, early,
        )  # fmt: skip

    def _counted(self, num: int, den: int, period: Running | None) -> str:
        """Return what a share counts: days, months, or seconds with the days and hours that they are."""
        measure, at = self.policy.measure, self.change.at
        if type(period) is Period and period.joined is not None and measure.basis is not Basis.ACTUAL_PERIOD:
            return "of full periods"
        if measure.clock is Clock.DAY or (measure.clock in _HOURS and measure.zone is None and type(at) is date):
            return _over_full_periods(period, civil_day(measure, at)) if type(period) is Period else "days"
        if type(period) is Period and period.joined is not None and measure.clock in _HOURS:
            return "of full periods"
        unit = f"{measure.clock.value}s"
        return (
            f"{unit} ({_span(measure.clock, num)} of {_span(measure.clock, den)})" if measure.clock in _HOURS else unit
        )


def _early(policy: ProrationPolicy, share: Share) -> Share:
    """Return a share with the rounding of it that is still to be done: none where all of it is meant."""
    num, den, step = share
    return (num, den, None) if num == den else (num, den, step or policy.measure.rate)


def _span(clock: Clock, units: int) -> str:
    """Return a time as days and hours: ``16 d 18 h``."""
    days, rest = divmod(units, 24 * _HOURS[clock])
    hours, rest = divmod(rest, _HOURS[clock])
    return f"{days} d" + (f" {hours} h" if hours else "") + (" and more" if rest else "")


def _over_full_periods(period: Period, at: date) -> str:
    """Return what a share of days counts: of a long stub the days of each full period that it takes in."""
    if period.joined is None or at >= period.end:
        return "days"
    if at <= period.start:
        return f"of full periods ({_parts(period)})"
    left = Period(at, period.end, period.reference, None, period.joined)
    return f"of full periods ({_parts(left)} left of {_parts(period)})"


def _parts(period: Period) -> str:
    """Return the days of each full period that a long stub takes in; of many, the whole ones as a number."""
    parts = [f"{part.days}/{part.full.days}" for part in period.parts]
    if len(parts) <= _FEW_PARTS:
        return " + ".join(parts)
    cut = [text for text, part in zip(parts, period.parts, strict=True) if part.is_stub]
    return " + ".join([*cut, f"{len(parts) - len(cut)} whole ones"])


def full_price(plan: Plan, change: Change) -> Money:
    """Return the price of a full period of the new plan, less its discount."""
    price = plan.charge_for(change.quantity)
    return price if change.discount is None else price - change.discount


def left_of(line: BilledPeriod) -> int:
    """Return what can still be credited of a billed line, in minor units."""
    return line.charge.amount_minor - line.discount.amount_minor - line.credit_given.amount_minor


def in_window(m: Making) -> bool:
    """Say whether a cancellation comes so soon after the purchase that all of it is given back.

    Raises:
        InvalidTypeError: the day of the purchase is not known.
    """
    window = m.policy.full_refund_days
    if window is None or m.change.kind is not ChangeKind.CANCEL:
        return False
    if m.purchased_on is None:
        problem = "the policy gives all back within days of the purchase; pass purchased_on"
        raise InvalidValueError("purchased_on", None, problem)
    at = m.change.at
    day = at.date() if isinstance(at, datetime) and m.policy.measure.zone is None else civil_day(m.policy.measure, at)
    if day < m.purchased_on:
        raise InvalidValueError("purchased_on", m.purchased_on, f"a purchase comes before its cancellation on {day}")
    return (day - m.purchased_on).days <= window


def credit_lines(m: Making) -> list[Traced]:
    """Return what is given back of the lines in force: of each its own share, newest first."""
    whole = "full_refund_days" if in_window(m) else "sale" if m.policy.sale in CREDITS_ALL else None
    nothing = m.policy.sale in CREDITS_NOTHING and not (m.restarts and m.policy.sale is Sale.NOTHING)
    if nothing and whole is None:
        return []
    found: list[Traced] = []
    by_price = m.policy.credit_of in BY_PRICE and whole != "full_refund_days"  # which gives back what was billed
    for line in m.touched:
        if by_price and _has_price(m.policy, line, alone=len(m.touched) == 1):
            found.append(_of_price(m, line, m.touched[0], whole))
        elif m.policy.sale is Sale.REVERSE_AND_REBILL:
            found += _reversed(m, line, whole)
        else:
            found += _of_billed(m, line, whole)
    return found


def _of_billed(m: Making, line: BilledPeriod, whole: str | None) -> list[Traced]:
    share = WHOLE if whole else share_left(m.policy.measure, line, m.cut)
    why, units = whole or "sale", line.quantity if m.policy.stage is Stage.UNIT else 1
    if m.policy.credit_of not in OF_GROSS or not line.discount:
        net = line.charge.amount_minor - line.discount.amount_minor
        return [m.given(Side.CREDIT, line, net, share, why, units, left_of(line))]
    back = m.given(Side.DISCOUNT, line, line.discount.amount_minor, share, "credit_of", units)
    most = left_of(line) + back[0].amount_minor
    return [m.given(Side.CREDIT, line, line.charge.amount_minor, share, why, units, most), back]


def _reversed(m: Making, line: BilledPeriod, whole: str | None) -> list[Traced]:
    """Reverse all that is left of a line, and bill the used part again: as what the credit leaves, or rounded apart."""
    net, left = line.charge.amount_minor - line.discount.amount_minor, left_of(line)
    num, den, _ = WHOLE if whole else share_left(m.policy.measure, line, m.cut)
    back = m.given(Side.REVERSAL, line, left, WHOLE, "sale")
    again = m.given(Side.REBILL, line, net, (max(den - num, 0), den, None), whole or "sale")
    used = again[0].amount_minor
    if m.policy.balance is Balance.COMPLEMENT:
        due = left - min(round_share(net, num, den, m.policy.rounding), left)
    else:
        due = min(used, left)
    if due != used:
        again = adjusted(again[0], due, again[0].decided_by), line
    return [back, again]


def _of_price(m: Making, line: BilledPeriod, newest: BilledPeriod, whole: str | None) -> Traced:
    """Return the share of the plan's price of a line, less the discount that it was billed with.

    Today's price may be above the billed one; but once something of a line was given back, what is left of it is the most.
    """
    plan = line.plan
    if m.policy.credit_of is CreditOf.PRICE_NOW and m.change.price_now is not None and plan == newest.plan:
        plan = m.change.price_now
    price = plan.charge_for(line.quantity).amount_minor
    base = max(price - _full_discount(m.policy, line), 0)
    running, cadence = running_of(line), line.plan.cadence
    runs = interval_of(running, cadence)
    share = share_of_price(m.policy.measure, running, m.cut, cadence, runs, m.policy.interval_change)
    share = WHOLE if whole else share
    capped = m.policy.credit_of is CreditOf.PLAN_PRICE or bool(line.credit_given)
    units = line.quantity if m.policy.stage is Stage.UNIT else 1
    return m.given(Side.CREDIT, line, base, share, whole or "credit_of", units, left_of(line) if capped else None)


def _has_price(policy: ProrationPolicy, line: BilledPeriod, *, alone: bool) -> bool:
    """Say whether a line was billed at its plan's price: not a difference of prices beside others, nor bought time."""
    taken = policy.sale in BUYS_TIME or policy.sale is Sale.CREDIT_ONLY  # a line may be worth what the credit was
    is_part = running_of(line).reference is not None
    if not taken and (alone or not is_part):
        return True
    num, den, known = billed_share(policy, line)
    price = line.plan.charge_for(line.quantity).amount_minor
    return abs(line.charge.amount_minor * den - price * num) <= known * den


def _full_discount(policy: ProrationPolicy, line: BilledPeriod) -> int:
    """Return what was taken off a full period: of a part, what its net says, so that a change undone is worth nothing."""
    price, net = line.plan.charge_for(line.quantity).amount_minor, line.charge.amount_minor - line.discount.amount_minor
    num, den, _ = billed_share(policy, line)
    if not line.discount or not num or running_of(line).reference is None or line.charge.amount_minor == price:
        return line.discount.amount_minor
    return max(price - round_share(net, den, num, policy.rounding), 0)


def billed_share(policy: ProrationPolicy, line: BilledPeriod) -> tuple[int, int, int]:
    """Return of which share of a full period a line was billed, and by how many minor units that may be rounded."""
    period, measure = running_of(line), policy.measure
    if period.reference is None or policy.sale is Sale.DIFFERENCE_FULL:
        return 1, 1, 0
    num, den = time_left(measure, period, start_of(period), line.plan.cadence)
    if not num:
        return 0, 1, 0
    units = line.quantity if policy.stage is Stage.UNIT else 1
    rounded = units if measure.rate is None else units * (num + 1)
    if measure.fraction is not None:
        num, den = stepped(measure.fraction, num, den)
    return num, den, rounded


def unused_minor(m: Making, line: BilledPeriod, *, gross: bool = False) -> int:
    """Return what is unused of a line, in minor units, whatever is left of it."""
    net = line.charge.amount_minor - (0 if gross else line.discount.amount_minor)
    num, den, step = _early(m.policy, share_left(m.policy.measure, line, m.cut))
    return settle_minor(net, num, den, 1, m.policy.rounding, step, line.charge.currency)


def round_net(policy: ProrationPolicy, found: list[Traced]) -> list[Traced]:
    """Round the net of all lines once; the charge, or else a credit with room for it, takes the rest."""
    if len(found) < 2:  # noqa: PLR2004 - one line is its own net
        return found
    exact = Fraction(0)
    for line, _ in found:
        part = unrounded(line)
        if line.adjustment is not None:
            part += line.adjustment.amount_minor
        if line.at_most is not None:
            part = min(part, Fraction(line.at_most.amount_minor))
        exact += -part if line.side in GIVEN else part
    sign = -1 if exact < 0 else 1
    net = round_share(sign, abs(exact.numerator), exact.denominator, policy.rounding)
    missing = net - sum([line.signed_minor for line, _ in found])
    for at in range(len(found) - 1, -1, -1) if missing else ():
        line, of = found[at]
        amount = line.amount_minor - missing if line.side in GIVEN else line.amount_minor + missing
        most = line.at_most is None or amount <= line.at_most.amount_minor
        least = sum([other.amount_minor for other, whose in found if whose is of and other.side is Side.DISCOUNT])
        if line.side is not Side.DISCOUNT and most and amount >= (0 if of is None else least):
            found[at] = adjusted(line, amount, f"{line.decided_by}, stage"), of
            break
    return found
