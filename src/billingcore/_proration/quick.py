"""The commonest change, written out: whole days of one billed period, under a policy without early roundings.

It answers exactly what the engine answers, and a test holds the two together for
every policy that comes here; the lines behind the figures are the engine's own.
"""

from datetime import date
from typing import Final

from billingcore._kernel import Rounding, round_share
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.options import Charge, Credit, Cycle
from billingcore._proration.policy import ProrationPolicy
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, Period
from billingcore.cycles._calendar import day_in_month, day_plus, month_number
from billingcore.plans import FlatPrice

# On CPython 3.11 the name of a member costs as much as a division; this is the one place where that is felt.
_REPLACE: Final = ChangeKind.REPLACE
_UNUSED: Final = Credit.UNUSED
_RESET: Final = Cycle.RESET
_FULL: Final = Charge.FULL
_REMAINING: Final = Charge.REMAINING
_HALF_UP: Final = Rounding.HALF_UP

Figures = tuple[int, int, Period, date, bool]


def quick_figures(policy: ProrationPolicy, change: Change, old: BilledPeriod) -> Figures | None:
    """Return credit, charge, the period that follows, the next bill, and whether a new period starts.

    None where the change is not of the simple kind, or is refused: the engine decides.

    Args:
        policy: one that says that it is simple.
        change: any change.
        old: the one line that was billed.
    """
    at, plan, period = change.at, change.plan, old.period
    if plan is None or type(at) is not date or change.kind is not _REPLACE or change.discount is not None:
        return None
    start, end, full = period.start, period.end, period.reference
    if not start <= at < end or old.ended_on is not None or old.span is not None or period.joined is not None:
        return None
    cadence, price, paid = plan.cadence, plan.price, old.charge
    base = price.amount if type(price) is FlatPrice else plan.charge_for(change.quantity)
    if base.currency != paid.currency or (cadence is not old.plan.cadence and cadence != old.plan.cadence):
        return None
    sides, mode = policy.sides, policy.rounding.mode
    left, days = (end - at).days, (end - start).days
    credit = charge = 0
    if sides.credit is _UNUSED:
        net = paid.amount_minor - old.discount.amount_minor
        credit = _share(net, left, days, mode)
        net -= old.credit_given.amount_minor
        credit = min(credit, net)
    if policy.timing.anchor is _RESET:
        stop = _restart(at, cadence)
        return credit, base.amount_minor, Period(at, stop), stop, True  # a new period is charged in full
    if sides.charge is _FULL:
        charge = base.amount_minor
    elif sides.charge is _REMAINING:
        charge = _share(base.amount_minor, left, days if full is None else full.days, mode)
    after = period if at == start else Period(at, end, full or period)
    return credit, charge, after, end, False


def _restart(at: date, cadence: Cadence) -> date:
    months = cadence.months
    return day_in_month(month_number(at) + months, at.day) if months else day_plus("at", at, cadence.days)


def _share(amount: int, num: int, den: int, mode: Rounding) -> int:
    if mode is not _HALF_UP:
        return round_share(amount, num, den, mode)
    whole, rest = divmod(amount * num, den)
    return whole + 1 if rest + rest >= den else whole
