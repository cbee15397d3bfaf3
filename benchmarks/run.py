"""Print the main operations as ratios to hand-written floors with the same duties, and to peers.

    python benchmarks/run.py [--rounds N] [--only CASE,CASE]

Every contestant of a case runs on the same pool, in turn and in random order; each round gives one ratio to the floor;
the median is printed. Nanoseconds are for orientation. Answers are compared with the floor's first.
"""

import argparse
import gc
import os
import random
import statistics
import subprocess
import sys
import time
from itertools import starmap

import floor_adapter
import floors


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
    codes = {"interpreter": "pass", "import attrs": "import attrs", "billingcore": floor_adapter.IMPORT}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    times = {name: [] for name in codes}
    for _ in range(rounds):
        for name, code in codes.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-I", "-c", code], env=environment, check=True)
            times[name].append((time.perf_counter() - started) * 1e3)
    bare = statistics.median(times.pop("interpreter"))
    return [(name, statistics.median(found) - bare) for name, found in times.items()]


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--rounds", type=int, default=31)
    options.add_argument("--only", default="")
    chosen = options.parse_args()
    only = set(filter(None, chosen.only.split(",")))
    peers = floors.peers()
    print(f"{'case':<20}{'contestant':<18}{'ns':>10}{'x floor':>10}")
    for case, pool in floors.pools(20261126, 512).items():
        if only and case not in only:
            continue
        contestants = [("floor", *floors.FLOORS[case]), ("billingcore", *floor_adapter.CONTESTANTS[case])]
        for name, nanoseconds, ratio in measure(case, pool, contestants + peers.get(case, []), chosen.rounds):
            print(f"{case:<20}{name:<18}{nanoseconds:>10.0f}{ratio:>10.2f}")
    if not only or "import" in only:
        (_, attrs_ms), (name, ours_ms) = import_times(max(5, chosen.rounds // 3))
        print(f"{'import':<20}{'import attrs':<18}{attrs_ms:>8.1f}ms{1:>10.2f}")
        print(f"{'import':<20}{name:<18}{ours_ms:>8.1f}ms{ours_ms / attrs_ms:>10.2f}")


if __name__ == "__main__":
    main()
