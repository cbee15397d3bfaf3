"""Change the library in small ways, one at a time, and say which changes no test notices.

Usage: ``python scripts/mutate.py money tax --sample 60 --seed 1 [--jobs 2] [--at-least 90] [--list]``. A room is a
package or a module below the library, with the private package of its name: ``money``, ``tax``, ``_tax/us``, ``disputes``. ``--list`` prints the mutants and
runs nothing. The exit code is 1 where fewer than ``--at-least`` per cent are killed.

The suite runs once, with coverage that knows which test ran which line (``--evidence DIR`` keeps that, or uses what is
there). Then every mutant is written into a copy of the tree and meets, until one of them fails: the cheapest tests of its
line, the other tests of its line, the tests that are named for it. Two things hide the tests of a line: code that runs on
import, and results that are cached; such a mutant meets the tests of its whole file. Where those take longer than
`PATIENCE`, the cheapest ones are run, and the report counts the survivors of which that is true. A mutant that hangs
is killed.

Mutants that change nothing that a caller can see stand in ``scripts/mutants_equivalent.toml`` and are left out.
"""

import argparse
import contextlib
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue

from coverage import CoverageData
from mutants import Mutant, mutants_of

ROOT = Path(__file__).parent.parent
FIRST = 2.0  # seconds of tests that every mutant meets; most die here
PATIENCE = 60.0  # seconds of tests that a survivor meets, at most; as measured under coverage, which is slow
GRACE, SLOWER = 30.0, 10  # a mutant hangs after the seconds in which pytest starts, and its tests so many times slower
NOT_COPIED = shutil.ignore_patterns(".*_cache", ".coverage*", ".git", ".hypothesis", ".venv*", "__pycache__")
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
PASSED, NO_TESTS = 0, 5  # exit codes of pytest; every other one says that the change was noticed


def files_of(root: Path, room: str) -> list[Path]:
    """Find the files of a room: its module, its package, and the private package behind it."""
    found: list[Path] = []
    for package in sorted(path.parent for path in (root / "src").glob("*/__init__.py")):
        path = package / room
        found += [file for file in (path.with_suffix(".py"),) if file.is_file()]
        found += [*path.rglob("*.py"), *path.with_name(f"_{path.name}").rglob("*.py")]
    if not found:
        raise SystemExit(f"there is no package or module {room} in src")
    return sorted(found)


class Evidence:
    """What the suite did when nothing was changed: which test ran which line, and how long it took.

    A test is named without its parameters, as a change may give them other names.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.data = CoverageData(str(folder / "coverage"))
        self.data.read()
        self.measured = {f"src/{name.rpartition('/src/')[2]}": name for name in self.data.measured_files()}
        self.seconds: dict[str, float] = defaultdict(float)
        times = ET.parse(folder / "times.xml")
        for case in times.iter("testcase"):
            self.seconds[f"{case.get('classname')}.{case.get('name')}".partition("[")[0]] += float(case.get("time", 0))
        self.known: dict[str, dict[int, set[str]]] = {}

    @staticmethod
    def collect(root: Path, folder: Path, jobs: int) -> None:
        """Run the suite; nothing can be said about a suite that fails."""
        options = (
            "-n",
            str(jobs if jobs > 1 else 0),
            "--hypothesis-profile=ci",
            "--cov",
            "--cov-context=test",
            "--cov-report=",
        )
        made = subprocess.run(
            [*PYTEST, *options, "--cov-fail-under=0", f"--junitxml={folder / 'times.xml'}"],
            cwd=root, env=environment(root) | {"COVERAGE_FILE": str(folder / "coverage")},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode != PASSED:
            raise SystemExit(f"{made.stdout}\nthe suite fails without a change")

    def tests_of(self, file: str) -> dict[int, set[str]]:
        """List the tests of each line of a file."""
        if file not in self.known:
            lines = self.data.contexts_by_lineno(self.measured[file]) if file in self.measured else {}
            self.known[file] = {
                line: {context.rpartition("|")[0].partition("[")[0] for context in contexts if context}
                for line, contexts in lines.items()
            }
        return self.known[file]

    def time(self, test: str) -> float:
        """Say how long a test took, or all tests of a file: JUnit writes paths with dots."""
        path, _, name = test.partition("::")
        start = f"{path.removesuffix('.py').replace('/', '.')}."
        if not name:
            return sum(seconds for test, seconds in self.seconds.items() if test.startswith(start))
        return self.seconds.get(start + name.replace("::", "."), 0.01)

    @cached_property
    def test_files(self) -> list[str]:
        """All files of tests."""
        return sorted(path.relative_to(self.root).as_posix() for path in (self.root / "tests").rglob("test_*.py"))

    def named_for(self, mutant: Mutant) -> list[str]:
        """List the test files that have the name of the mutant's file or room, and the file itself for its examples."""
        path = Path(mutant.file)
        words = {word.strip("_") for word in (path.stem, path.parent.name)} - {"init", path.parts[1]}
        return [*(file for file in self.test_files if any(word in file for word in words)), mutant.file]

    def rounds(self, mutant: Mutant) -> tuple[list[list[str]], int]:
        """List the tests that a mutant meets, in rounds, and how many of the tests of its line that leaves out."""
        by_line = self.tests_of(mutant.file)
        tests = set().union(*(by_line.get(line, ()) for line in mutant.lines))
        if mutant.hidden or not tests:
            tests = set().union(*by_line.values())
        named = self.named_for(mutant)
        ordered = sorted(tests, key=lambda test: (test.partition("::")[0] not in named, self.time(test), test))
        first = self.take(ordered, FIRST)
        rest = sorted(set(ordered) - set(first), key=lambda test: (self.time(test), test))
        second = self.take(rest, PATIENCE)
        return [tests for tests in (first, second, named) if tests], len(rest) - len(second)

    def take(self, tests: Sequence[str], seconds: float) -> list[str]:
        """Take tests from the start, at least one, while they fit."""
        taken, spent = list(tests[:1]), self.time(tests[0]) if tests else 0
        for test in tests[1:]:
            spent += self.time(test)
            if spent > seconds:
                break
            taken.append(test)
        return taken


def environment(copy: Path) -> dict[str, str]:
    """Make an environment in which a copy of the tree is the library, whatever is installed, and no other run of tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
    return kept | {"PYTHONPATH": str(copy / "src")}


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant."""

    mutant: Mutant
    killed: bool
    hung: bool = False
    left_out: int = 0


class Runner:
    """Writes mutants into copies of the tree, one copy a job, and runs their tests there."""

    def __init__(self, evidence: Evidence, copies: Sequence[Path]) -> None:
        self.evidence = evidence
        self.copies: SimpleQueue[Path] = SimpleQueue()
        for copy in copies:
            self.copies.put(copy)
        self.stamp = itertools.count(1)

    def run(self, mutant: Mutant) -> Outcome:
        """Run the tests of a mutant until one fails."""
        copy = self.copies.get()
        path = copy / mutant.file
        source, when = path.read_bytes(), int(path.stat().st_mtime)
        try:
            path.write_bytes(source[: mutant.start] + mutant.text.encode() + source[mutant.end :])
            # Compiled code is current where seconds and size agree: a time of its own makes every mutant a new file.
            os.utime(path, (when, when + next(self.stamp)))
            rounds, left_out = self.evidence.rounds(mutant)
            for tests in rounds:
                code = self.tests_pass(copy, tests)
                if code not in (PASSED, NO_TESTS):
                    return Outcome(mutant, killed=True, hung=code is None)
            return Outcome(mutant, killed=False, left_out=left_out)
        finally:
            path.write_bytes(source)
            os.utime(path, (when, when))
            self.copies.put(copy)

    def tests_pass(self, copy: Path, tests: Sequence[str]) -> int | None:
        """Run tests until one fails; nothing is returned where they hang."""
        limit = GRACE + SLOWER * sum(map(self.evidence.time, tests))
        process = subprocess.Popen(
            [*PYTEST, "-x", "-p", "_hypothesis_pytestplugin", "--hypothesis-profile=mutants", *tests],
            cwd=copy, env=environment(copy) | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def equivalents(root: Path) -> set[tuple[str, str, str]]:
    """Read which mutants change nothing."""
    path = root / "scripts" / "mutants_equivalent.toml"
    rows = tomllib.loads(path.read_text("utf-8"))["equivalent"] if path.is_file() else []
    if unexplained := [row for row in rows if not row.get("reason")]:
        raise SystemExit(f"without a reason: {unexplained}")
    return {(row["file"], row["line"], row["becomes"]) for row in rows}


def chosen(root: Path, rooms: Sequence[str], sample: int | None, seed: int) -> list[Mutant]:
    """Find the mutants of rooms, without those that change nothing, and draw a sample of them."""
    files = sorted({file for room in rooms for file in files_of(root, room)})
    found = [mutant for file in files for mutant in mutants_of(file.relative_to(root).as_posix(), file.read_bytes())]
    same = equivalents(root)
    keys = {(mutant.file, mutant.source, mutant.becomes) for mutant in found}
    for file, line, becomes in sorted(same - keys):
        if root / file in files:
            print(f"no longer there, take it off the list: {file}: {line} -> {becomes}")
    mutants = [mutant for mutant in found if (mutant.file, mutant.source, mutant.becomes) not in same]
    print(f"{' '.join(rooms)}: {len(mutants)} mutants, and {len(found) - len(mutants)} that change nothing")
    if sample is not None and sample < len(mutants):
        mutants = sorted(random.Random(seed).sample(mutants, sample))
        print(f"a sample of {sample}, seed {seed}")
    return mutants


def run(root: Path, mutants: Sequence[Mutant], kept: Path | None, jobs: int) -> list[Outcome]:
    """Run the tests of mutants in copies of the tree."""
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder) / f"copy-{job}" for job in range(jobs)]
        for copy in copies:
            shutil.copytree(root, copy, ignore=NOT_COPIED)
        evidence = kept or Path(folder) / "evidence"
        if not (evidence / "coverage").is_file():
            evidence.mkdir(parents=True, exist_ok=True)
            Evidence.collect(copies[0], evidence.resolve(), jobs)
        runner = Runner(Evidence(root, evidence), copies)
        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(runner.run, mutants))


def main(arguments: Sequence[str] | None = None) -> int:
    """Say how many mutants of some rooms are killed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="+", metavar="ROOM")
    parser.add_argument("--sample", type=int, metavar="N", help="run N mutants, drawn by chance")
    parser.add_argument("--seed", type=int, default=1, help="the chance by which they are drawn (default 1)")
    parser.add_argument("--jobs", type=int, default=2, help="how many run at a time (default 2)")
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT", help="fail below this")
    parser.add_argument("--list", action="store_true", help="print the mutants and run nothing")
    parser.add_argument("--evidence", type=Path, metavar="DIR", help="where the run of the whole suite is kept")
    parser.add_argument("--root", type=Path, default=ROOT, help="the tree (default: this one)")
    options = parser.parse_args(arguments)
    mutants = chosen(options.root, options.rooms, options.sample, options.seed)
    if options.list:
        print(*mutants, sep="\n")
        return 0
    outcomes = run(options.root, mutants, options.evidence, options.jobs)
    survived = [outcome for outcome in outcomes if not outcome.killed]
    for outcome in survived:
        print(f"survived: {outcome.mutant}")
    killed = len(outcomes) - len(survived)
    per_cent = 100 * killed / len(outcomes) if outcomes else 100.0
    hung = sum(outcome.hung for outcome in outcomes)
    sampled = sum(outcome.left_out > 0 for outcome in survived)
    print(f"{len(outcomes)} mutants, {killed} killed ({hung} hung), {len(survived)} survived: {per_cent:.1f} % killed")
    if sampled:
        print(f"{sampled} of those that survived met only the cheapest tests of their lines, for {PATIENCE:.0f} s")
    return int(per_cent < options.at_least)


if __name__ == "__main__":
    sys.exit(main())
