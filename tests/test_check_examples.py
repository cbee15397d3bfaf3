"""The script that checks the types of examples: it sees what is wrong, says where, and lets pass what it should."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "check_examples.py"
TOOLS = ("mypy", "basedpyright")
pytestmark = pytest.mark.skipif(
    not SCRIPT.is_file() or any(importlib.util.find_spec(tool) is None for tool in TOOLS),
    reason="it is part of the sources, and its tools are in the extra dev",
)

PAGE = """
A page of somebody's.

>>> from datetime import date
>>> from billingcore import Money, quote_start
>>> def first_of(anything):
...     return anything[0]
>>> price = Money.of("30.00", "EUR")
>>> price
Money.of('30.00', 'EUR')
>>> Money(9.99, "EUR")
Traceback (most recent call last):
...
billingcore.errors.InvalidTypeError: amount_minor must be an int of minor units, not 9.99 (float)
>>> def never():
...     raise ValueError("this one ends here")
>>> never()
Traceback (most recent call last):
...
ValueError: this one ends here
>>> print(
...     price.amount,
...     price.amont,  # wrong
... )
30.00
>>> price = Money.of("1.00", "GBP").share(1, 2)  # wrong
Traceback (most recent call last):
...
TypeError: share() missing 1 required positional argument: 'rounding'
>>> date(2026, 1, 31).yaer  # wrong
"""
WRONG_LINES = [number for number, line in enumerate(PAGE.split("\n"), 1) if line.endswith("# wrong")]


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("check_examples", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_wrong_is_told_with_its_line_and_what_may_be_wrong_is_not(script):
    wrong = script.errors_in([script.Text(ROOT / "page.md", 1, PAGE)])
    told = [line.split(": ", 2) for line in wrong]
    assert [(place, tool) for place, tool, _ in told] == [
        (f"page.md:{number}", tool) for number in WRONG_LINES for tool in ("mypy", "pyright")
    ]


def test_a_docstring_has_the_names_of_its_module(script):
    module = ROOT / "src" / "billingcore" / "errors.py"
    found = [each for each in script.texts() if each.path == module and "'2026-01-31'" in each.text]
    lines = [line.code for line in script.lines_of(found[0])]
    assert "from datetime import date" in lines
    assert "from billingcore.errors import shown" in lines
    assert "from billingcore.errors import BillingError" not in lines


def test_every_page_and_docstring_is_found(script):
    found = [text for text in script.texts() if ">>> " in text.text]
    assert {"README.md", "docs/tax.md", "src/billingcore/_changes/starting.py"} <= {
        text.path.relative_to(ROOT).as_posix() for text in found
    }
    assert len(found) > 100
