"""How cost grows with size, and how much memory a result takes.

Linear in the lines of an invoice and in the changes of a period, flat in the number of a boundary, logarithmic in the
rows of a table of facts.
"""

import datetime as dt
import gc
import statistics
import time
import tracemalloc

import floor_adapter

import billingcore as bc

_HALF_UP = bc.Rounding.HALF_UP
_PERIOD = bc.Period(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
_PAID = bc.Money(1_000_000, "EUR")


def _history(rows):
    first = dt.date(1000, 1, 1)
    facts = [
        bc.Sourced(at, first + dt.timedelta(at * 10), first + dt.timedelta(at * 10 + 10), "a table", first)
        for at in range(rows)
    ]
    history = bc.History("numbers", tuple(facts))
    day = first + dt.timedelta(rows * 5)
    return lambda: history.find(day)


def _fold(changes):
    """Fold changes of quantity over one year, seats up and down."""
    plan = bc.Plan("Rescue", bc.PerSeatPrice(bc.Money(1_000, "EUR")), bc.ANNUAL)
    untaxed = bc.OutsideScope("CH", (), "2026-11-23")
    billed = (bc.BilledPeriod.of_plan(plan, 1, _PERIOD, untaxed),)
    days = [dt.date(2026, 1, 2) + dt.timedelta(at * 360 // changes) for at in range(changes)]
    history = tuple([bc.Change.to(day, plan, at % 7 + 2) for at, day in enumerate(days)])
    policy = bc.PRESETS["chargebee_day"].policy
    return lambda: bc.fold_changes(policy, billed, history)


CURVES = {
    "lines of an invoice": ("linear", (10, 100, 1_000, 10_000), floor_adapter.GROWTH["invoice_ns_by_lines"][1]),
    "changes in a period": ("linear", (1, 10, 100, 300), _fold),
    "number of a boundary": ("flat", (1, 10, 100, 1_000), floor_adapter.GROWTH["boundary_ns_by_n"][1]),
    "index of a period": ("flat", (1, 10, 100, 1_000), floor_adapter.GROWTH["period_containing_ns_by_index"][1]),
    "rows of a table": ("logarithmic", (1, 16, 256, 4_096), _history),
}


def curve(sizes, make, rounds=15):
    """Return the median nanoseconds of one call for each size."""
    found = {}
    gc.collect()
    gc.disable()
    for size in sizes:
        call = make(size)
        call()
        repeats = max(1, min(2_000, int(2e6 / max(_once(call), 1))))
        times = []
        for _ in range(rounds):
            started = time.perf_counter_ns()
            for _ in range(repeats):
                call()
            times.append((time.perf_counter_ns() - started) / repeats)
        found[size] = statistics.median(times)
    gc.enable()
    return found


def _once(call):
    started = time.perf_counter_ns()
    call()
    return time.perf_counter_ns() - started


def _results():
    schedule = bc.Schedule(dt.date(2026, 1, 31), bc.MONTHLY)
    ruling = bc.decide_tax(floor_adapter._IRISH, floor_adapter._CONSUMER, dt.date(2026, 1, 1))
    day = dt.date(2026, 2, 15)
    return {
        "an amount": lambda at: bc.Money(1_000_000 + at, "EUR"),
        "a proration": lambda _at: bc.prorate(_PAID, _PERIOD, day),
        "a period": lambda at: schedule.period(at % 1_000),
        "a deadline": lambda _at: bc.dispute_window(day, bc.GOTO_RESCUE.disputes),
        "a tax on a subtotal": lambda _at: bc.TaxGroup(_PAID, ruling, _HALF_UP),
    }


def memory(count=20_000):
    """Return the bytes that one result takes of its own, by what it is: what it shares is not counted."""
    found = {}
    for name, make in _results().items():
        make(0)
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        kept = [make(at) for at in range(count)]
        after = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        found[name] = (after - before - kept.__sizeof__()) / count
        if hasattr(kept[0], "__dict__"):
            found[name] = float("nan")
    return found
