"""The page of laws names tests and functions that exist; and no test is named by a code."""

import ast
import re
from pathlib import Path

import pytest

from billingcore import testing

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "laws.md"
HOLDERS = re.compile(r"`(\w+\.py)::([\w.]+)`|`billingcore\.testing\.(\w+)`")


def names_in(file):
    """Give the functions of a file, and the methods of its classes as ``Class.method``."""
    names = set()
    for node in ast.parse((TESTS / file).read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
    return names


def missing_in(page):
    """Give the tests and functions that a text names and that do not exist."""
    missing = []
    for file, name, function in HOLDERS.findall(page):
        if function and function not in testing.__all__:
            missing.append(function)
        if file and not ((TESTS / file).is_file() and name in names_in(file)):
            missing.append(f"{file}::{name}")
    return missing


def coded(names):
    """Give the names that carry the code of a law, such as ``c8`` or ``t10``."""
    return [name for name in names if re.search(r"_[a-z]\d{1,2}(?=_|$)", name)]


@pytest.fixture(scope="module")
def page():
    if not PAGE.is_file():
        pytest.skip("the pages are not part of an installation")
    return PAGE.read_text("utf-8")


def test_what_holds_a_law_exists(page):
    assert missing_in(page) == []


def test_every_law_has_something_that_holds_it(page):
    rows = [row for row in page.split("\n") if row.startswith("| ") and not row.startswith("| law |")]
    assert rows
    assert [row for row in rows if not HOLDERS.search(row)] == []


def test_every_law_of_the_testing_module_stands_on_the_page(page):
    laws = {name for name in testing.__all__ if "_" in name and name not in {"cut_periods", "exact_amounts"}}
    assert laws - {function for _, _, function in HOLDERS.findall(page)} == set()


def test_a_holder_that_does_not_exist_is_found():
    text = (
        "`test_money.py::test_nothing`, `test_no.py::test_a`, `billingcore.testing.no_law`, `proration_laws.py::minor`"
    )
    assert missing_in(text) == ["test_money.py::test_nothing", "test_no.py::test_a", "no_law"]


def test_no_test_is_named_by_a_code():
    assert coded(["test_c8_two_changes", "test_the_order_t4", "test_a_law", "test_since_2003_07_01"]) == [
        "test_c8_two_changes",
        "test_the_order_t4",
    ]
    for file in TESTS.glob("test_*.py"):
        assert coded(name for name in names_in(file.name) if name.startswith("test_")) == [], file.name
