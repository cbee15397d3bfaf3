"""Show where the time of an operation goes, as a tree of calls.

    python benchmarks/where.py invoice_10_lines change

It needs pyinstrument, which the extra ``bench`` brings.
"""

import sys
import time

import cases
import floors
import ours
from pyinstrument import Profiler

SECONDS = 2


def main():
    chosen = sys.argv[1:]
    if not chosen or not set(chosen) <= ours.CONTESTANTS.keys():
        sys.exit(f"give some of {', '.join(case for case in cases.CASES if case in ours.CONTESTANTS)}")
    pools = floors.pools(20261126, 512)
    for case in chosen:
        prepare, function, _ = ours.CONTESTANTS[case]
        native = [prepare(*arguments) for arguments in pools[case]] if prepare else pools[case]
        profiler = Profiler(interval=0.0005)
        end = time.perf_counter() + SECONDS
        with profiler:
            while time.perf_counter() < end:
                for arguments in native:
                    function(*arguments)
        print(f"{cases.CASES[case].title}\n{profiler.output_text(unicode=True)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
