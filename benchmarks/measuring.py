"""How things are timed: contestants in turn on the same inputs, answers compared first, and the median of paired ratios.

What is measured is the time of the processor: other processes that share the machine do not count.
"""

import gc
import operator
import os
import pathlib
import platform
import random
import resource
import statistics
import subprocess
import sys
import time
from itertools import starmap

import cases
import floor_adapter
import floors
import growth
import ours as adapter
import peers

import billingcore

OURS = "billingcore"


def _native(pool, prepare):
    return [prepare(*arguments) for arguments in pool] if prepare else pool


def _compare(case, name, native, function, normalise, expected):
    for arguments, right in zip(native, expected, strict=True):
        result = function(*arguments)
        if (normalise(result) if normalise else result) != right:
            sys.exit(f"{case}: {name} answers {result!r} to {arguments!r}, the floor {right!r}")


def _ready(case, pool, contestants):
    """Return each contestant with its own arguments, when all have given the right answers.

    They are the floor's, or those of an oracle where the floor does less than what is measured: it is then compared with
    the first part of them.
    """
    _, prepare, function, normalise = contestants[0]
    answers = starmap(function, _native(pool, prepare))
    expected = [normalise(answer) if normalise else answer for answer in answers]
    oracle = floors.ORACLES.get(case)
    if oracle is not None:
        right = list(starmap(oracle, pool))
        if [answer[0] for answer in right] != expected:
            sys.exit(f"{case}: the floor and the oracle disagree")
    ready = []
    for at, (name, prepare, function, normalise) in enumerate(contestants):
        native = _native(pool, prepare)
        _compare(case, name, native, function, normalise, right if oracle is not None and at else expected)
        ready.append((name, native, function))
    return ready


def contestants(only=frozenset(), *, alone=False):
    """Yield the chosen cases, each with its contestants, the floor first; ``alone``: without peers."""
    others = {} if alone else peers.peers()
    for case, pool in floors.pools(20261126, 512).items():
        if not only or case in only:
            ours = [("floor", *floors.FLOORS[case]), (OURS, *adapter.CONTESTANTS[case])]
            yield case, _ready(case, pool, ours + others.get(case, []))


def measure(ready, rounds):
    """Return nanoseconds and the ratio to the floor for each contestant: medians over the rounds."""
    times = {name: [] for name, _, _ in ready}
    order = random.Random(1)
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        for name, native, function in order.sample(ready, len(ready)):
            started = time.process_time_ns()
            for arguments in native:
                function(*arguments)
            times[name].append((time.process_time_ns() - started) / len(native))
    gc.enable()
    base = times[ready[0][0]]
    return {
        name: (statistics.median(own), statistics.median(mine / floor for mine, floor in zip(own, base, strict=True)))
        for name, own in times.items()
    }


def _children():
    """Return the nanoseconds of the processor that ended child processes took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1e9


def import_times(rounds):
    """Return what an import in a fresh process adds to a bare interpreter: attrs alone, and this library with a sum."""
    source = str(pathlib.Path(billingcore.__file__).parents[1])
    ours = f"import sys; sys.path.insert(0, {source!r}); {floor_adapter.IMPORT}"
    codes = {"interpreter": "pass", "floor": "import attrs", OURS: ours}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    times = {name: [] for name in codes}
    order = random.Random(1)
    for _ in range(rounds):
        for name in order.sample(sorted(codes), len(codes)):
            started = _children()
            subprocess.run([sys.executable, "-I", "-c", codes[name]], env=environment, check=True)
            times[name].append(_children() - started)
    bare = times.pop("interpreter")
    added = {name: [mine - none for mine, none in zip(own, bare, strict=True)] for name, own in times.items()}
    return {
        name: (statistics.median(own), statistics.median(map(operator.truediv, own, added["floor"])))
        for name, own in added.items()
    }


def measured(rounds, only=frozenset(), *, alone=False):
    """Yield the chosen cases with their figures."""
    for case, ready in contestants(only, alone=alone):
        yield case, measure(ready, rounds)
    if not only or "import" in only:
        yield "import", import_times(max(15, rounds))


def ratios(rounds, only=frozenset()):
    """Return our ratio to the floor for each case, and how much longer the larger size of each curve takes."""
    found = {case: figures[OURS][1] for case, figures in measured(rounds, only, alone=True)}
    found.update({name: growth.slope(name) for name in growth.CURVES if not only or name in only})
    return found


def figures(rounds):
    """Return everything that the page shows, for this interpreter."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "rounds": rounds,
        "cases": dict(measured(rounds)),
        "growth": {name: growth.curve(name) for name in growth.CURVES},
        "slopes": {name: growth.slope(name) for name in growth.CURVES},
        "memory": growth.memory(),
    }


def missed(found):
    """Return the goals that the figures of an interpreter do not meet, in words."""
    short = []
    for case, (title, at_most, faster) in cases.CASES.items():
        row = found["cases"][case]
        ours = row[OURS][1]
        if at_most is not None and ours > at_most:
            short.append(f"{title}: {ours:.2f} floors, goal {at_most}")
        for peer, times in faster.items():
            lead = row[peer][1] / ours if peer in row else times
            if lead < times:
                short.append(f"{title}: {lead:.2f} times as fast as {peer}, goal {times}")
    for name, (_, most, _, _, _) in growth.CURVES.items():
        if found["slopes"][name] > most:
            short.append(f"growth of {name}: {found['slopes'][name]:.2f}, goal {most}")
    short += [
        f"memory of {name}: {taken:.0f} bytes, goal {cases.MOST_BYTES}"
        for name, taken in found["memory"].items()
        if name in growth.SCALARS and taken > cases.MOST_BYTES
    ]
    return short
