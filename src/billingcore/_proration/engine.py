"""The one computation of a change: its lines, each made once, and the period that follows."""

from datetime import date

import attrs

from billingcore._checks import check, check_date, check_tuple
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.charges import bought_days, charge_lines, charge_rest, difference_lines, extension_line
from billingcore._proration.choices import BUYS_TIME, CREDITS_ALL, DIFFERENCES, Sale, Settlement, Stage
from billingcore._proration.credits import Making, Traced, credit_lines, round_net
from billingcore._proration.next_period import chosen_period, period_after, restarts
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.rulebook import ChangeRule
from billingcore._proration.time_left import Running, end_of, interval_of, running_of
from billingcore._proration.touched import cut_of, ends_on, holds, serving
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, InstantPeriod, Period
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.plans import Plan

Outcome = tuple[Making, tuple[Traced, ...], int, Running | None, date | None]
"""What the one computation of a change finds: its making, its lines, what of them bought time, the period that follows and
the next bill."""


def compute(
    policy: ProrationPolicy, change: Change, billed: tuple[BilledPeriod, ...], running: Running | None,
    purchased_on: date | None,
) -> Outcome:  # fmt: skip
    """Return the lines of a change, each made once, and the period that follows."""
    cut = cut_of(policy, change, billed)
    lines = () if change.kind is ChangeKind.ADD else serving(policy.measure, change, billed, cut)
    _check_prices(change, billed, lines)
    for line in lines:
        policy = _set_apart(policy, change, line)
    running = running_of(lines[0]) if lines else _running_at(policy, change, billed, running, cut)
    if policy.sale is Sale.AT_PERIOD_END:
        return _waiting(Making(policy, change, billed, lines, cut, False, purchased_on), running)  # noqa: FBT003
    m = Making(policy, change, billed, lines, cut, restarts(policy, change, lines), purchased_on)
    if change.next_bill_on is not None:
        running = chosen_period(policy, change, change.next_bill_on, cut)
    plan = lines[0].plan if lines else change.plan
    old = None if plan is None or running is None else interval_of(running, plan.cadence)
    _check_interval(m, old)
    if change.plan is not None and _is_difference(m):  # of what ends each line goes back on its own
        found = difference_lines(m, change.plan, running)
    else:
        found = [*credit_lines(m), *charge_lines(m, old, running)]
    buys = change.plan is not None and policy.sale in BUYS_TIME
    days = bought_days(m, found) if buys else 0
    if buys and not days and policy.sale is Sale.BUY_TIME:
        found += charge_rest(m, old, running)  # nothing can be exchanged for time
    if policy.stage is Stage.NET:
        found = round_net(policy, found)
    converted = 0
    if buys and (days or policy.sale is Sale.RESTART_LONGER):
        converted = sum([-line.signed_minor for line, of in found if of is not None])
        extension = extension_line(m, converted)
        found += [] if extension is None else [(extension, None)]
    period, next_bill = period_after(policy, change, running, cut, starts=m.restarts, days=days)
    if period is None and running is not None and change.plan is not None and policy.sale in CREDITS_ALL:
        found = []  # of a period that is over nothing is left to sell, and so nothing to give back for it
    return m, tuple(found), converted, period, next_bill


def _check_prices(change: Change, billed: tuple[BilledPeriod, ...], lines: tuple[BilledPeriod, ...]) -> None:
    """Refuse a plan in another currency than what was billed, and a price of today in another mode too.

    Raises:
        CurrencyMismatchError: another currency.
        InvalidValueError: a price of today with tax in it, where what was billed has none; or the reverse.
    """
    now = change.price_now
    if change.plan is not None and billed and not lines:  # an addition touches no line, and stands beside the newest
        newest = billed[-1]
        if change.plan.price.mode is not newest.plan.price.mode:
            problem = f"{_modes(change.plan, newest)}; a subscription has one mode: start another one"
            raise InvalidValueError("plan", change.plan.name, problem)
    for line in lines:
        for plan in (change.plan, now):
            if plan is not None and plan.currency != line.charge.currency:
                raise CurrencyMismatchError(line.charge.currency, plan.currency)
        if now is not None and now.price.mode is not line.plan.price.mode:
            problem = f"{_modes(now, line)}; give the price of today in the mode of what was billed"
            raise InvalidValueError("price_now", now.name, problem)


def _set_apart(policy: ProrationPolicy, change: Change, line: BilledPeriod) -> ProrationPolicy:
    """Return the policy, with a new price of the other mode settled apart: with tax in it and without have no sum.

    Raises:
        InvalidValueError: a policy that needs that sum.
    """
    plan = change.plan
    if plan is None or plan.price.mode is line.plan.price.mode:
        return policy
    sums = policy.sale in DIFFERENCES or policy.sale in BUYS_TIME or policy.stage is Stage.NET
    if sums or policy.settlement is Settlement.REFUND_PAID:
        problem = f"{_modes(plan, line)}, and the policy takes them together; cancel the one and start the other"
        raise InvalidValueError("plan", plan.name, problem)
    return policy if policy.sale is Sale.AT_PERIOD_END else attrs.evolve(policy, settlement=Settlement.APART)


def _modes(plan: Plan, line: BilledPeriod) -> str:
    return f"its price is {plan.price.mode.value} of tax, what was billed is {line.plan.price.mode.value}"


def _waiting(m: Making, running: Running | None) -> Outcome:
    """Return a change that moves no money now, and takes effect at the end of the period."""
    if m.change.next_bill_on is not None:
        problem = "the change waits for the end of the period; choose the bill day with the renewal"
        raise InvalidValueError("next_bill_on", m.change.next_bill_on, problem)
    if running is None:
        raise InvalidValueError("running", None, "the policy waits for the end of a period, and none runs")
    end = end_of(running)
    return m._replace(cut=end), (), 0, running, None if m.change.plan is None else end


def _check_interval(m: Making, old: Cadence | None) -> None:
    """Refuse a full price of another interval for the rest of a period, and a difference from it.

    Raises:
        InvalidValueError: a plan of another interval, where the bill dates stay.
    """
    plan, sale = m.change.plan, m.policy.sale
    if (sale not in DIFFERENCES and sale not in CREDITS_ALL) or m.restarts or m.change.next_bill_on is not None:
        return
    if plan is not None and old is not None and plan.cadence != old:
        problem = (
            "prices of two intervals have no difference, and neither is the rest's; start a new period, or prorate each"
        )
        raise InvalidValueError("plan", plan.name, problem)


def _is_difference(m: Making) -> bool:
    """Say whether old price and new price are one line: not where a new period starts, or the bill day is chosen."""
    sale = m.policy.sale
    keeps = not m.restarts and m.change.next_bill_on is None
    return sale in DIFFERENCES and (keeps or sale is Sale.DIFFERENCE_FULL)


def _running_at(
    policy: ProrationPolicy, change: Change, billed: tuple[BilledPeriod, ...], running: Running | None, cut: date
) -> Running | None:
    """Return the period that runs when something is added, or ends then: the newest billed one, if none is given.

    Raises:
        InvalidValueError: a day outside every period.
    """
    known = [running] if running is not None else [running_of(line) for line in reversed(billed)]
    for each in known:
        if any(holds(policy.measure, each, at) for at in (change.at, cut)) or ends_on(policy.measure, each, change.at):
            return each
    if known:
        raise InvalidValueError("at", str(change.at), f"an addition lies within the running period ({known[0]})")
    return None


def check_inputs(
    policy: ProrationPolicy, change: Change, billed: tuple[BilledPeriod, ...], running: Running | None,
    untouched: tuple[BilledPeriod, ...], purchased_on: date | None, paid: Money | None, rule: ChangeRule | None,
) -> None:  # fmt: skip
    """Refuse what does not fit together, before anything is computed."""
    check("policy", policy, ProrationPolicy)
    check("change", change, Change)
    check_tuple("billed", billed, BilledPeriod)
    check("running", running, Period, InstantPeriod, None)
    check("rule", rule, ChangeRule, None)
    if rule is not None and rule.policy != policy:
        raise InvalidValueError("rule", rule.policy.describe(), "the policy is that of the rule; pass both alike")
    if purchased_on is not None:
        check_date("purchased_on", purchased_on)
    if change.plan is None and not billed:
        raise InvalidValueError("billed", billed, "nothing was billed that could be removed or cancelled")
    if paid is not None:
        currency = billed[0].charge.currency if billed else None
        if check_money("paid", paid, currency).amount_minor < 0:
            raise InvalidValueError("paid", paid, "what was paid is 0 or more")
    check_tuple("untouched", untouched, BilledPeriod)
    if untouched and change.item is None:
        raise InvalidValueError("untouched", untouched, "a change without an item touches every line; name its item")
    for line in billed if change.item is not None else ():
        if line.plan.name != change.item:
            problem = f"it is of another item than {change.item}; pass it as untouched, or use prorate_change"
            raise InvalidValueError("billed", line.plan.name, problem)
