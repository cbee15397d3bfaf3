"""Print the main operations as ratios to hand-written floors with the same duties, and to peers.

    python benchmarks/run.py [--rounds N] [--only CASE,CASE]
    python benchmarks/run.py --page docs/performance.md   write the page of figures
    python benchmarks/run.py --baseline                   write the baseline of ratios
    python benchmarks/run.py --check                      fail where a ratio is over 30 % worse than the baseline

Every contestant of a case runs on the same pool, in turn and in random order; each round gives one ratio to the floor;
the median is what counts. Nanoseconds are for orientation. Answers are compared with the floor's first.
"""

import argparse
import gc
import json
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import time
from itertools import starmap

import floor_adapter
import floors
import growth

BASELINE = pathlib.Path(__file__).with_name("baseline.json")
WORSE = 1.3
TRIES = 4
OURS = "billingcore"


def _native(pool, prepare):
    return [prepare(*arguments) for arguments in pool] if prepare else pool


def _check(case, name, native, function, normalise, expected):
    for arguments, right in zip(native, expected, strict=True):
        result = function(*arguments)
        if (normalise(result) if normalise else result) != right:
            sys.exit(f"{case}: {name} answers {result!r} to {arguments!r}, the floor {right!r}")


def measure(case, pool, contestants, rounds):
    """Return ``(name, nanoseconds, ratio to the floor)`` for each contestant; the first one is the floor."""
    _, prepare, function, normalise = contestants[0]
    answers = starmap(function, _native(pool, prepare))
    expected = [normalise(answer) if normalise else answer for answer in answers]
    ready = []
    for name, prepare, function, normalise in contestants:
        native = _native(pool, prepare)
        _check(case, name, native, function, normalise, expected)
        ready.append((name, native, function, []))
    order = random.Random(1)
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        for _, native, function, times in order.sample(ready, len(ready)):
            started = time.perf_counter_ns()
            for arguments in native:
                function(*arguments)
            times.append((time.perf_counter_ns() - started) / len(native))
    gc.enable()
    base = ready[0][3]
    return [
        (
            name,
            statistics.median(times),
            statistics.median(mine / floor for mine, floor in zip(times, base, strict=True)),
        )
        for name, _, _, times in ready
    ]


def import_times(rounds):
    """Return the milliseconds that importing adds to a bare interpreter: attrs alone, and this library with a sum."""
    codes = {"interpreter": "pass", "import attrs": "import attrs", OURS: floor_adapter.IMPORT}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    times = {name: [] for name in codes}
    for _ in range(rounds):
        for name, code in codes.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-I", "-c", code], env=environment, check=True)
            times[name].append((time.perf_counter() - started) * 1e3)
    bare = statistics.median(times.pop("interpreter"))
    added = {name: statistics.median(found) - bare for name, found in times.items()}
    return [(name, ms * 1e6, ms / added["import attrs"]) for name, ms in added.items()]


def cases(rounds, only=frozenset()):
    """Yield ``(case, rows)`` for the chosen cases."""
    peers = floors.peers()
    for case, pool in floors.pools(20261126, 512).items():
        if not only or case in only:
            contestants = [("floor", *floors.FLOORS[case]), (OURS, *floor_adapter.CONTESTANTS[case])]
            yield case, measure(case, pool, contestants + peers.get(case, []), rounds)
    if not only or "import" in only:
        yield "import", import_times(max(5, rounds // 3))


def ratios(rounds, only=frozenset()):
    """Return our ratio to the floor for each case."""
    return {case: {name: ratio for name, _, ratio in rows}[OURS] for case, rows in cases(rounds, only)}


def check(rounds):
    """Compare with the baseline; a case that is worse is measured again before it counts."""
    known = json.loads(BASELINE.read_text())
    open_cases = frozenset(known)
    for _ in range(TRIES):
        found = ratios(rounds, open_cases)
        open_cases = frozenset(case for case in open_cases if found[case] > known[case] * WORSE)
        for case in sorted(found):
            verdict = "WORSE" if case in open_cases else "ok"
            print(f"{case:<20}{known[case]:>8.2f} -> {found[case]:>6.2f}  {verdict}")
        if not open_cases:
            return 0
    print(f"over {WORSE - 1:.0%} worse than the baseline, {TRIES} times: {', '.join(sorted(open_cases))}")
    return 1


def page(rounds):
    """Return the page of figures as text."""
    lines = [
        "# Performance",
        "",
        "Written by `python benchmarks/run.py --page docs/performance.md`; every figure is of one run on one machine, and only",
        "the ratios travel. A floor is the least hand-written code with the same duties: the same checks, one result object.",
        "All contestants of a case run on the same 512 inputs, in turn and in random order; each round gives one ratio to the",
        "floor, and the median is printed. Answers are compared with the floor's before anything is timed.",
        "",
        f"CPython {platform.python_version()}, {platform.machine()}, {rounds} rounds.",
        "",
        "| operation | contestant | time | x floor |",
        "|---|---|---:|---:|",
    ]
    for case, rows in cases(rounds):
        lines += [f"| {case} | {name} | {_readable(ns)} | {ratio:.2f} |" for name, ns, ratio in rows]
    lines += [
        "",
        "## Growth",
        "",
        "| what grows | goal | time of one call by size | largest to smallest |",
        "|---|---|---|---:|",
    ]
    for name, (goal, sizes, make) in growth.CURVES.items():
        found = growth.curve(sizes, make)
        times = ", ".join(f"{size:,}: {_readable(ns)}" for size, ns in found.items())
        lines.append(f"| {name} | {goal} | {times} | {found[sizes[-1]] / found[sizes[0]]:.1f} |")
    lines += ["", "## Memory", "", "What one result takes of its own, in bytes; no result has a `__dict__`.", ""]
    lines += ["| result | bytes |", "|---|---:|"]
    lines += [f"| {name} | {taken:.0f} |" for name, taken in growth.memory().items()]
    return "\n".join([*lines, ""])


def _readable(ns):
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:.1f} {unit}"
    return f"{ns:.0f} ns"


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--rounds", type=int, default=31)
    options.add_argument("--only", default="")
    options.add_argument("--page", type=pathlib.Path)
    options.add_argument("--baseline", action="store_true")
    options.add_argument("--check", action="store_true")
    chosen = options.parse_args()
    if chosen.check:
        return check(chosen.rounds)
    if chosen.baseline:
        found = {case: round(ratio, 2) for case, ratio in ratios(chosen.rounds).items()}
        BASELINE.write_text(json.dumps(found, indent=2) + "\n")
        return 0
    if chosen.page:
        chosen.page.write_text(page(chosen.rounds), encoding="utf-8")
        return 0
    print(f"{'case':<20}{'contestant':<18}{'time':>10}{'x floor':>10}")
    for case, rows in cases(chosen.rounds, frozenset(filter(None, chosen.only.split(",")))):
        for name, nanoseconds, ratio in rows:
            print(f"{case:<20}{name:<18}{_readable(nanoseconds):>10}{ratio:>10.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
