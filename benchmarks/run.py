"""Measure the main operations as ratios to hand-written floors with the same duties, and to peers.

    python benchmarks/run.py [--rounds N] [--only CASE,CASE]   print the figures
    python benchmarks/run.py --page docs/performance.md [--also PYTHON]   write the page, of several interpreters
    python benchmarks/run.py --baseline    keep the ratios of this interpreter as the ones to compare with
    python benchmarks/run.py --check       fail where a ratio is over 30 % worse than the one that was kept, or a tenth
                                           beyond its goal

Every contestant of a case runs on the same inputs, in turn and in random order; each round gives one ratio to the
floor, and the median is what counts. Nanoseconds are for orientation. Answers are compared with the floor's first.
"""

import argparse
import json
import pathlib
import subprocess
import sys

import cases
import growth
import measuring
import page

BASELINE = pathlib.Path(__file__).with_name("baseline.json")
WORSE = 1.3
BEYOND = 1.1
TRIES = 4


def _version():
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _kept():
    return json.loads(BASELINE.read_text()) if BASELINE.exists() else {}


def keep(rounds):
    """Write the ratios of this interpreter into the baseline, beside those of others."""
    found = {case: round(ratio, 2) for case, ratio in sorted(measuring.ratios(rounds).items())}
    every = {**_kept(), _version(): found}
    BASELINE.write_text(json.dumps(dict(sorted(every.items())), indent=2) + "\n")


def _limit(case, kept):
    """Return how high a ratio may be: 30 % above the baseline, and a tenth above its goal, if it has one."""
    curve = growth.CURVES.get(case)
    goal = cases.CASES[case].at_most if curve is None else curve.at_most
    return kept * WORSE if goal is None else min(kept * WORSE, goal * BEYOND)


def check(rounds):
    """Compare with the baseline; a case that is worse is measured again before it counts."""
    known, wanted = _kept().get(_version()), {*cases.CASES, *growth.CURVES}
    if known is None or known.keys() != wanted:
        missing = "all" if known is None else ", ".join(sorted(known.keys() ^ wanted))
        sys.exit(f"the baseline of CPython {_version()} is of other cases ({missing}); keep the ratios with --baseline")
    open_cases = frozenset(known)
    for _ in range(TRIES):
        found = measuring.ratios(rounds, open_cases)
        open_cases = frozenset(case for case in open_cases if found[case] > _limit(case, known[case]))
        for case in sorted(found):
            verdict = "WORSE" if case in open_cases else "ok"
            print(f"{case:<40}{known[case]:>8.2f} -> {found[case]:>6.2f}  {verdict}")
        if not open_cases:
            return 0
    print(f"worse than the baseline or than a goal allows, {TRIES} times: {', '.join(sorted(open_cases))}")
    return 1


def _figures_of(python, rounds):
    """Measure under another interpreter, in a process of its own."""
    command = [python, __file__, "--json", "--rounds", str(rounds)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def show(rounds, only):
    """Print the figures of the chosen cases."""
    print(f"{'case':<20}{'contestant':<18}{'time':>10}{'x floor':>10}")
    for case, found in measuring.measured(rounds, only):
        for name, (nanoseconds, ratio) in found.items():
            print(f"{case:<20}{name:<18}{page.readable(nanoseconds):>10}{ratio:>10.2f}")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--rounds", type=int, default=31)
    options.add_argument("--only", default="", help=f"some of {', '.join(cases.CASES)}")
    options.add_argument("--page", type=pathlib.Path)
    options.add_argument("--also", action="append", default=[], help="another interpreter for the page")
    options.add_argument("--json", action="store_true", help="print what the page needs")
    options.add_argument("--baseline", action="store_true")
    options.add_argument("--check", action="store_true")
    chosen = options.parse_args()
    only = frozenset(filter(None, chosen.only.split(",")))
    if chosen.rounds < 1 or not only <= cases.CASES.keys():
        options.error(f"give 1 round or more, and cases of these: {', '.join(cases.CASES)}")
    if only and (chosen.check or chosen.baseline or chosen.json or chosen.page):
        options.error("--only shows some cases; everything else is of all of them")
    if chosen.check:
        return check(chosen.rounds)
    if chosen.baseline:
        keep(chosen.rounds)
    elif chosen.json:
        json.dump(measuring.figures(chosen.rounds), sys.stdout)
    elif chosen.page:
        own = json.loads(json.dumps(measuring.figures(chosen.rounds)))
        every = [own, *(_figures_of(python, chosen.rounds) for python in chosen.also)]
        chosen.page.write_text(page.text(every, chosen.rounds), encoding="utf-8")
        short = [f"{each['python']}: {line}" for each in every for line in measuring.missed(each)]
        print("\n".join(short) or "every goal is met")
        return 1 if short else 0
    else:
        show(chosen.rounds, only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
