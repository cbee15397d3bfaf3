"""How cost grows with size, and how much memory a result takes.

Linear in the lines of an invoice and in the changes of a period, flat in the number of a boundary, logarithmic in the
rows of a table of facts.
"""

import datetime as dt
import gc
import statistics
import time
import tracemalloc
from typing import NamedTuple

import floor_adapter

import billingcore as bc

_HALF_UP = bc.Rounding.HALF_UP
_PERIOD = bc.Period(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
_PAID = bc.Money(1_000_000, "EUR")
_UNTAXED = bc.OutsideScope("CH", (), "2026-11-23")


def _history(rows):
    first = dt.date(1000, 1, 1)
    facts = [
        bc.sourced.Sourced(at, first + dt.timedelta(at * 10), first + dt.timedelta(at * 10 + 10), "a table", first)
        for at in range(rows)
    ]
    history = bc.sourced.History("numbers", tuple(facts))
    day = first + dt.timedelta(rows * 5)
    return lambda: history.find(day)


def _changes(name):
    """Return how to make a fold of changes of quantity over one year, seats up and down."""
    plan = bc.Plan("Rescue", bc.PerSeatPrice(bc.Money(1_000, "EUR")), bc.ANNUAL)
    billed = (bc.BilledPeriod.of_plan(plan, 1, _PERIOD, _UNTAXED),)
    policy = bc.rulebook(name).more.policy

    def make(changes):
        days = [dt.date(2026, 1, 2) + dt.timedelta(at * 360 // changes) for at in range(changes)]
        history = tuple([bc.Change.to(day, plan, at % 7 + 2) for at, day in enumerate(days)])
        return lambda: bc.proration.fold_changes(policy, billed, history)

    return make


def _series(years):
    schedule = bc.Schedule(dt.date(1900, 1, 31), bc.MONTHLY)
    until = dt.date(1900 + years, 1, 31)
    return lambda: len(schedule.periods(dt.date(1900, 1, 31), until))


class Curve(NamedTuple):
    """How an operation should grow, at most how much longer ``large`` takes than ``small``, and how to make one."""

    grows: str
    at_most: float
    sizes: tuple[int, ...]
    slope: tuple[int, int]
    make: object


CURVES = {
    "lines of an invoice": Curve(
        "linear", 11.0, (10, 100, 1_000, 10_000), (100, 1_000), floor_adapter.GROWTH["invoice_ns_by_lines"][1]
    ),
    "changes of a period": Curve("linear", 11.0, (1, 10, 100, 1_000), (100, 1_000), _changes("chargebee_day")),
    "changes of a period, by differences": Curve(
        "linear", 11.0, (1, 10, 100, 1_000), (100, 1_000), _changes("difference_remaining")
    ),
    "number of a boundary": Curve(
        "flat", 1.3, (1, 10, 100, 1_000), (1, 1_000), floor_adapter.GROWTH["boundary_ns_by_n"][1]
    ),
    "index of a period": Curve(
        "flat", 1.3, (1, 10, 100, 1_000), (1, 1_000), floor_adapter.GROWTH["period_containing_ns_by_index"][1]
    ),
    "years of a series of periods": Curve("flat", 1.3, (1, 10, 100, 1_000), (1, 1_000), _series),
    "rows of a table of facts": Curve("logarithmic", 4.0, (1, 16, 256, 4_096), (16, 4_096), _history),
}


def _once(call):
    started = time.process_time_ns()
    call()
    return time.process_time_ns() - started


def _timed(call, repeats):
    started = time.process_time_ns()
    for _ in range(repeats):
        call()
    return (time.process_time_ns() - started) / repeats


def _ready(name, size):
    call = CURVES[name].make(size)
    call()
    return call, max(1, min(2_000, int(2e6 / max(_once(call), 1))))


def curve(name, rounds=15):
    """Return the median nanoseconds of one call for each size."""
    gc.collect()
    gc.disable()  # the collector's passes over a growing heap are no cost of the operation
    found = {}
    for size in CURVES[name].sizes:
        call, repeats = _ready(name, size)
        found[size] = statistics.median([_timed(call, repeats) for _ in range(rounds)])
    gc.enable()
    return found


def slope(name, rounds=15):
    """Return how much longer the larger size takes than the smaller one: the median of paired ratios."""
    small, large = (_ready(name, size) for size in CURVES[name].slope)
    gc.collect()
    gc.disable()
    found = statistics.median([_timed(*large) / _timed(*small) for _ in range(rounds)])
    gc.enable()
    return found


SCALARS = {
    "an amount": lambda at: bc.Money(1_000_000 + at, "EUR"),
    "a proration": lambda at: bc.prorate(_PAID, _PERIOD, _DAYS[at % 300]),
    "a deadline": lambda at: bc.dispute_window(_DAYS[at % 300], bc.GOTO_RESCUE.disputes),
}
"""Results of one object: what they are made from is shared, and not counted."""

_SCHEDULE = bc.Schedule(dt.date(2026, 1, 31), bc.MONTHLY)
_RULING = bc.decide_tax(floor_adapter._IRISH, floor_adapter._CONSUMER, dt.date(2026, 1, 1))
_DAYS = [dt.date(2026, 1, 1) + dt.timedelta(at) for at in range(300)]
_SMALL, _LARGE = (
    bc.Plan(name, bc.FlatPrice(bc.Money(price, "EUR")), bc.ANNUAL) for name, price in (("S", 3), ("L", 5))
)
_BILLED = (bc.BilledPeriod.of_plan(_SMALL, 1, _PERIOD, _UNTAXED),)
_RAW = [(at + 1, at * 100 + 1) for at in range(10)]

LARGER = {
    "a tax on a subtotal, with its amounts": lambda _at: bc.TaxGroup(_PAID, _RULING, _HALF_UP),
    "a period, with its two dates": lambda at: _SCHEDULE.period(at % 1_000),
    "a whole change": lambda at: bc.prorate_change(
        bc.ProrationPolicy.keep_dates(), bc.Change.to(_DAYS[at % 300], _LARGE), _BILLED
    ),
    "an invoice of ten lines, with its lines": lambda _at: floor_adapter._invoice_lines(_RAW, _RULING),
}
"""Results of several objects."""


def memory(count=5_000):
    """Return the bytes that one result takes of its own, by what it is: what it shares is not counted."""
    found = {}
    for name, make in (SCALARS | LARGER).items():
        make(0)
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        kept = [make(at) for at in range(count)]
        after = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        found[name] = (after - before - kept.__sizeof__()) / count
        if hasattr(kept[0], "__dict__"):
            found[name] = float("inf")
    return found
