"""How fast a whole change is, against a hand-written proration; every figure is a ratio, and each has its goal.

    python benchmarks/bench_proration.py

The floor does what `prorate` does, with the same checks and result objects: one credit, one complement. A whole change
also charges, nets, finds the period that follows and the next bill. Contestants take turns and the median of the paired
ratios counts, so that a busy machine slows both.
"""

import datetime as dt
import gc
import sys
from statistics import median
from timeit import default_timer as clock

import attrs

from billingcore.billed import BilledPeriod
from billingcore.cycles import MONTHLY, InstantPeriod, Period
from billingcore.money import Money
from billingcore.plans import FlatPrice, Plan
from billingcore.presets import PRESETS
from billingcore.proration import Change, fold_changes, prorate, prorate_change
from billingcore.tax import OutsideScope

ROUNDS, CALLS = 31, 2_000
MICROSECOND = dt.timedelta(microseconds=1)


@attrs.frozen
class FloorMoney:
    minor: int
    currency: str


@attrs.frozen
class FloorCredit:
    credit: FloorMoney
    used: FloorMoney
    left: int
    total: int


def floor(paid, start, end, at):
    """A proration by hand: checks, days, one rounding half up, result objects."""
    if type(paid) is not FloorMoney:
        raise TypeError
    if type(start) is not dt.date or type(end) is not dt.date or type(at) is not dt.date:
        raise TypeError
    if not start <= at <= end or start == end:
        raise ValueError
    total, left = (end - start).days, (end - at).days
    whole, rest = divmod(paid.minor * left, total)
    credit = whole + 1 if rest + rest >= total else whole
    return FloorCredit(FloorMoney(credit, paid.currency), FloorMoney(paid.minor - credit, paid.currency), left, total)


def floor_instants(paid, start, end, at):
    total = (end - start) // MICROSECOND
    whole, rest = divmod(paid * ((end - at) // MICROSECOND), total)
    return whole + 1 if rest + rest >= total else whole


def timed(function, calls=CALLS):
    started = clock()
    for _ in range(calls):
        function()
    return clock() - started


def ratio(contestant, base, rounds=ROUNDS):
    contestant(), base()
    return median(timed(contestant) / timed(base) for _ in range(rounds))


START, END, AT = dt.date(2026, 1, 10), dt.date(2026, 2, 10), dt.date(2026, 1, 24)
PERIOD, PAID = Period(START, END), Money(3000, "EUR")
INSTANTS = [dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC) for day in (START, END, AT)]
SPAN = InstantPeriod(*INSTANTS[:2])
UNTAXED = OutsideScope("CH", (), "2026-11-23")
SMALL, LARGE = (
    Plan(name, FlatPrice(Money.of(price, "EUR")), MONTHLY) for name, price in (("Small", "30.00"), ("Large", "50.00"))
)
BILLED = (BilledPeriod.of_plan(SMALL, 1, PERIOD, UNTAXED),)
CHANGE = Change.to(AT, LARGE)


def whole_change(name):
    policy = PRESETS[name].policy

    def call():
        result = prorate_change(policy, CHANGE, BILLED)
        return result.credit_minor, result.charge_minor, result.net_minor, result.period, result.next_bill

    return call


def fold_slope(name, few=100, many=1_000):
    """How much longer ten times the changes take."""
    policy = PRESETS[name].policy
    plans = [Plan(f"Plan {at}", FlatPrice(Money(3000 + at, "EUR")), MONTHLY) for at in range(many)]
    changes = [Change.to(AT, plan) for plan in plans]

    def run(count, calls):
        return timed(lambda: fold_changes(policy, BILLED, changes[:count]), calls)

    run(few, 1)
    gc.disable()  # the collector's passes over a growing heap are no cost of a change
    try:
        return median(10 * run(many, 1) / run(few, 10) for _ in range(9))
    finally:
        gc.enable()


def main() -> int:
    by_hand = lambda: floor(FLOOR_PAID, START, END, AT)  # noqa: E731 - what is timed
    by_hand_instants = lambda: floor_instants(3000, *INSTANTS)  # noqa: E731 - as above
    if floor(FLOOR_PAID, START, END, AT).credit.minor != prorate(PAID, PERIOD, AT).credit_minor:
        print("the floor and the library disagree")
        return 1
    rows = [
        ("P1 prorate by days", 1.5, ratio(lambda: prorate(PAID, PERIOD, AT), by_hand)),
        ("P2 prorate by instants", 4.0, ratio(lambda: prorate(PAID, SPAN, INSTANTS[2]), by_hand_instants)),
        *((f"a whole change, {name}", 3.0, ratio(whole_change(name), by_hand)) for name in ("goto_meeting", "chargebee_day", "polar")),
        *((f"a whole change, {name} (no goal)", None, ratio(whole_change(name), by_hand, 9)) for name in ("shopify", "paddle", "microsoft_csp")),
        *((f"a fold, 1,000 changes to 100, {name}", 11.0, fold_slope(name)) for name in FOLDED),
    ]  # fmt: skip
    missed = 0
    for name, goal, found in rows:
        verdict = "" if goal is None else "ok" if found <= goal else "MISSED"
        missed += verdict == "MISSED"
        print(f"{name:<45} {found:6.2f} x" + (f"  goal {goal:4.1f}  {verdict}" if goal else ""))
    return 1 if missed else 0


FOLDED = ("goto_meeting", "chargebee_day", "microsoft_csp", "difference_remaining")
FLOOR_PAID = FloorMoney(3000, "EUR")

if __name__ == "__main__":
    sys.exit(main())
