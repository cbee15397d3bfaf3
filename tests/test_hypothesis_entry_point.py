"""Importing Hypothesis calls us, wherever it is imported first: nothing breaks, and our types are known to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import strategies as st

from billingcore import testing
from billingcore._hypothesis import register

ORDERS = Path(__file__).parent / "import_orders.py"


def run(*arguments, **environment):
    command = [sys.executable, "-I", *arguments]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each order is a fork")
def test_every_order_of_imports_holds():
    ran = run(str(ORDERS))
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_test_that_imports_ours_first_draws_by_annotation():
    script = """from billingcore import testing
from hypothesis import given, infer
from billingcore import Money
drawn = []
@given(amount=infer)
def test(amount: Money): drawn.append(type(amount).__name__)
test()
print(*set(drawn))"""
    ran = run("-c", script)
    assert ran.stdout.split() == ["Money"], ran.stderr


def test_importing_hypothesis_does_not_load_the_strategies():
    ran = run("-c", "import hypothesis, sys; print('billingcore._hypothesis' in sys.modules, *sys.modules)")
    called, *loaded = ran.stdout.split()
    assert called == "True", ran.stderr
    assert {"billingcore.testing", "billingcore.proration", "babel", "pycountry"}.isdisjoint(loaded)


def test_without_plugins_nothing_is_registered_until_somebody_does():
    script = (
        "from billingcore import testing, Money; from hypothesis import strategies as st\n{}print(st.from_type(Money))"
    )
    before, after = (
        run("-c", script.format(call), HYPOTHESIS_NO_PLUGINS="1").stdout.strip()
        for call in ("", "testing.register()\n")
    )
    assert before != after
    assert after == repr(testing.moneys())


@pytest.mark.parametrize("registration", [testing.register, register], ids=["by_hand", "by_entry_point"])
def test_every_strategy_is_registered_for_its_type_and_registering_again_changes_nothing(registration):
    for _ in range(2):
        registration()
        for kind, strategy in testing.STRATEGIES.items():
            assert repr(st.from_type(kind)) == repr(strategy())
