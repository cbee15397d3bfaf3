"""The page of figures: docs/performance.md."""

import cases
import growth
import measuring
from measuring import OURS

_TOP = """\
# Performance

Written by `python benchmarks/run.py --page docs/performance.md --rounds {rounds}{also}`. Every figure is of one run on one
machine, and only the ratios travel.

## Method

A floor is the least hand-written code that gives the same answer from values of attrs to values of attrs, most with the same
checks ([floors.py](../benchmarks/floors.py)). All contestants of an operation run on the same inputs, in turn and in random
order, in one process; each round gives one ratio to the floor, and the median is shown. It is the time of the processor that
counts, so that what else runs on the machine does not. Answers are compared before anything is timed, and a contestant that
answers otherwise ends the run: with the floor's, or with those of an oracle where the floor gives a part of them alone. The
goals are those of [cases.py](../benchmarks/cases.py); [decision 8](decisions/0008-what-speed-is-not-worth.md) says where the
time goes, and what was left as it is.

`python benchmarks/run.py --check` compares the ratios with those in `benchmarks/baseline.json`, and fails where one is over
30 % worse, or a tenth beyond its goal, four times in a row.
"""
_DUTIES = """
Results keep whole numbers and make `Money` when it is asked for, which is not timed; the floors make theirs at once. The
floor of a change, and of a quote of a change or of a cancellation, is that of a bare proration, which computes one side: a
change computes both, the net, the period that follows and the next bill; a quote adds the documents, their tax and the
subscription after it. The floor of the import is that of attrs, of writing an amount that of Babel, of JSON that of JSON.
Explanations, printed documents and comparisons of vendors are for people, and not measured.
"""
_PEERS = """
## Peers

How many times the time of this library others take for the same answer. They give bare numbers: no checks, no result
object, no reasons.
"""


def readable(ns):
    """Return a time with a unit that fits."""
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:.1f} {unit}"
    return f"{ns:.0f} ns"


def _table(heads, rows, left=1):
    marks = ["---"] * left + ["---:"] * (len(heads) - left)
    return ["", *(f"| {' | '.join(cells)} |" for cells in (heads, marks, *rows))]


def _operations(every):
    heads = ["operation", "at most"]
    for each in every:
        heads += [f"{each['python']}", "× floor"]
    rows = []
    for case, (title, at_most, _) in cases.CASES.items():
        cells = [title, f"{at_most} ×" if at_most else "no goal"]
        for each in every:
            ns, ratio = each["cases"][case][OURS]
            cells += [readable(ns), f"{ratio:.2f}"]
        rows.append(cells)
    return _table(heads, rows)


def _peers(every):
    rows = []
    for case, (title, _, faster) in cases.CASES.items():
        names = [name for name in every[0]["cases"][case] if name not in {"floor", OURS}]
        for name in names:
            goal = f"{faster[name]} ×" if name in faster else "no goal"
            found = [each["cases"][case] for each in every]
            leads = [f"{row[name][1] / row[OURS][1]:.1f}" if name in row else "-" for row in found]
            rows.append([title, name, goal, *leads])
    return _table(["operation", "peer", "at least", *(each["python"] for each in every)], rows, left=2)


def _growth(every):
    rows = []
    for name, (grows, at_most, sizes, (small, large), _) in growth.CURVES.items():
        times = ", ".join(f"{size:,}: {readable(every[0]['growth'][name][str(size)])}" for size in sizes)
        slopes = [f"{each['slopes'][name]:.2f}" for each in every]
        rows.append([name, grows, times, f"{large:,} to {small:,}", f"{at_most} ×", *slopes])
    heads = ["what grows", "how", f"one call by size, {every[0]['python']}", "pair", "at most"]
    return _table([*heads, *(each["python"] for each in every)], rows, left=4)


def _memory(every):
    rows = [
        [name, str(cases.MOST_BYTES) if name in growth.SCALARS else "no goal"]
        + [f"{each['memory'][name]:.0f}" for each in every]
        for name in every[0]["memory"]
    ]
    return _table(["result", "at most", *(each["python"] for each in every)], rows)


def text(every, rounds):
    """Return the page for the figures of some interpreters, the main one first."""
    versions = " and ".join(f"CPython {each['python']}" for each in every)
    short = [f"- {each['python']}: {line}" for each in every for line in measuring.missed(each)]
    goals = ["Every goal is met."] if not short else ["Goals that are not met:", "", *short]
    also = "".join([f" --also python{each['python'].rpartition('.')[0]}" for each in every[1:]])
    lines = [
        _TOP.format(rounds=rounds, also=also),
        "## Operations",
        "",
        f"{versions}, {every[0]['machine']}, {every[0]['rounds']} rounds. {goals[0]}",
    ]
    lines += [*goals[1:], *_operations(every), _DUTIES.rstrip(), _PEERS.rstrip(), *_peers(every)]
    lines += [
        "",
        "## Growth",
        "",
        "The pair is timed in turn; flat means that the size does not matter. Changes by differences keep",
    ]
    lines += ["up to twelve lines of a period in force, so that each can be traced: they are linear from there on."]
    lines += [*_growth(every), "", "## Memory", ""]
    lines += [
        "What one result takes of its own, in bytes: what it shares is not counted. A result with a `__dict__` would show"
    ]
    lines += ["as infinite."]
    return "\n".join([*lines, *_memory(every), ""])
