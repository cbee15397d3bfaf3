"""Import the package and Hypothesis in every order: whatever comes first, ``st.from_type(Money)`` draws our amounts.

A plain script that takes nothing, prints the orders that fail, and ends with 1 if there is one. Each order has a process
of its own, forked where the orders part, so that what several of them start with is imported once; it ends where both
`billingcore.testing` and Hypothesis are loaded, as what follows imports nothing new.
`test_hypothesis_entry_point.py` runs it on the source, and the gate on the built wheel.
"""

import os
import sys
import traceback

STATEMENTS = (
    "import billingcore",
    "from billingcore import *",
    "import billingcore.testing",
    "from billingcore import testing",
    "from billingcore.testing import *",
    "import hypothesis",
    "import hypothesis.strategies",
)


def failures_after(done, left):
    """Go on from some statements in every order of those that are left; return how many orders failed."""
    return sum(in_a_process_of_its_own(run, statement, done, left) for statement in left)


def in_a_process_of_its_own(function, *arguments):
    """Return what a function that counts returns, at most 255."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    count = 1
    try:
        count = min(function(*arguments), 255)
    finally:
        sys.stdout.flush()
        os._exit(count)  # a child never goes on as its parent


def run(statement, done, left):
    order, others = (*done, statement), tuple(each for each in left if each != statement)
    try:
        exec(statement, {})
        if not {"hypothesis", "billingcore.testing"} <= sys.modules.keys():
            return failures_after(order, others)
        check_what_is_drawn()
    except Exception:
        print("; ".join(order), traceback.format_exc(), sep="\n")
        return 1
    return 0


def check_what_is_drawn():
    from hypothesis import strategies as st

    from billingcore import Money, testing

    if repr(st.from_type(Money)) != repr(testing.moneys()):  # drawing from each would take a minute
        raise AssertionError(f"Money is drawn by {st.from_type(Money)!r}, not by {testing.moneys()!r}")


if __name__ == "__main__":
    failed = failures_after((), STATEMENTS)
    print(f"{failed} orders failed" if failed else "every order holds:", *STATEMENTS, sep="\n    ")
    sys.exit(bool(failed))
