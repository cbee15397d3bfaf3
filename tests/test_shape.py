"""The script that prints the shape of the library: that it runs, and what it calls a pair, a page and a long function."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"
pytestmark = pytest.mark.skipif(not SCRIPTS.is_dir(), reason="the scripts are not part of an installation")


@pytest.fixture
def shape(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("shape")


def read(sources):
    """Make the files of a library, as the script has them."""
    paths = {name: Path("a/__init__.py" if name == "a" else f"{name.replace('.', '/')}.py") for name in sources}
    return paths, {name: ast.parse(source) for name, source in sources.items()}


def test_each_figure_has_a_line_of_its_own():
    ran = subprocess.run([sys.executable, str(SCRIPTS / "shape.py")], capture_output=True, text=True, check=True)
    lines = [line for line in ran.stdout.splitlines() if not line.startswith("    ")]
    assert all(re.fullmatch(r"[\w ,'_]+: +[\d,]+(   \(goal: [^)]+\))?", line) for line in lines)
    assert [re.sub(r":.*", "", line) for line in lines if not line.startswith("  ")] == [
        "lines of src, without _facts",
        "public names in all",
        "public names at the root",
        "names on no page",
        "files over 400 lines",
        "pairs of files that import each other",
        "functions over 60 lines",
        "tests that carry a law's code",
    ]
    figures = {line.partition(":")[0].strip(): int(re.sub(r"\D", "", line.split("(")[0][30:])) for line in lines}
    assert figures["names of testing"] > 0  # read, as it needs Hypothesis
    assert figures["names of money"] > 0
    assert figures["public names at the root"] <= figures["public names in all"]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ({"a": "", "a.b": "from a import c", "a.c": "import a.b"}, ["a.b and a.c"]),
        ({"a": "", "a.b": "from a.c import x", "a.c": "if TYPE_CHECKING:\n    from a.b import y"}, ["a.b and a.c"]),
        ({"a": "", "a.b": "from .c import x", "a.c": "def f():\n    from . import b"}, ["a.b and a.c"]),
        ({"a": "from a.b import x", "a.b": "from a import y"}, ["a and a.b"]),
        ({"a": "from a import b", "a.b": "from a import c", "a.c": ""}, []),
        ({"a": "", "a.b": "from a import c", "a.c": "from a import d", "a.d": "from a import b"}, []),
    ],
)
def test_files_that_import_each_other(shape, sources, expected):
    assert shape.pairs(*read(sources)) == expected


def test_a_function_of_61_lines_is_long(shape, monkeypatch):
    monkeypatch.setattr(shape, "ROOT", Path())
    source = "def f():\n" + "    a = 1\n" * 60 + "\ndef g():\n" + "    a = 1\n" * 59
    assert shape.long_functions(*read({"a.b": source})) == ["a/b.py:1 f: 61"]


def test_what_stands_on_a_page_is_a_whole_word_of_one_that_is_written_by_hand(shape, tmp_path, monkeypatch):
    monkeypatch.setattr(shape, "ROOT", tmp_path)
    for page, text in {
        "README.md": "`total(x)`",
        "docs/money.md": "Moneybags",
        "docs/facts.md": "History",
        "docs/decisions/1.md": "Rule",
        "docs/reference/tax.md": "Rule",
    }.items():
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / page).write_text(text, "utf-8")
    assert shape.on_no_page({"total", "Money", "History", "Rule"}) == ["History", "Money", "Rule"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("def test_c8_two_changes():", ["test_c8_two_changes"]),
        ("def test_t8_n1_n2_all():", ["test_t8_n1_n2_all"]),
        ("def test_lago_6194_a_quarter():", []),
        ("def test_u2028_is_a_line():", []),
    ],
)
def test_a_law_s_code_is_a_letter_or_two_and_a_number(shape, line, found):
    assert shape.LAW.findall(line) == found
