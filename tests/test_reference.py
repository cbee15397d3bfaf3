"""The pages of docs/reference: that they are up to date, hold every public name, and nothing that is not public."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import billingcore
from billingcore._choices import Choice
from billingcore._doors import SUBJECTS

ROOT = Path(__file__).parent.parent
SCRIPTS, PAGES = ROOT / "scripts", ROOT / "docs" / "reference"
pytestmark = pytest.mark.skipif(not SCRIPTS.is_dir(), reason="the scripts and pages are not part of an installation")


@pytest.fixture
def reference(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("generate_reference")


def text_of(subject):
    return (PAGES / f"{subject}.md").read_text("utf-8")


def entries_of(subject):
    """Give what a page says by name."""
    parts = re.split(r"^### (\w+)$", text_of(subject), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_pages_are_those_of_the_docstrings():
    ran = subprocess.run(
        [sys.executable, SCRIPTS / "generate_reference.py", "--check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"run scripts/generate_reference.py:\n{ran.stdout}{ran.stderr}"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_public_name_stands_on_the_page_of_its_subject(subject):
    module, entries = importlib.import_module(f"billingcore.{subject}"), entries_of(subject)
    assert sorted(entries) == sorted(module.__all__)
    marked = {name for name, text in entries.items() if "Also in `billingcore`." in text}
    assert marked == set(billingcore.__all__) & set(module.__all__)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_entry_says_what_the_name_is(subject):
    for name, text in entries_of(subject).items():
        said = re.sub(r"```.*?```|^Also in .*|^## .*", "", text, flags=re.DOTALL | re.MULTILINE).strip()
        assert said[:1].isupper() or said[:1] in "`0123456789", name


@pytest.mark.parametrize("subject", SUBJECTS)
def test_fields_and_members_are_those_of_the_class(subject):
    module, entries = importlib.import_module(f"billingcore.{subject}"), entries_of(subject)
    for name, text in entries.items():
        value = getattr(module, name)
        if isinstance(value, type) and issubclass(value, Choice):
            assert re.findall(r"^- `([A-Z][A-Z_0-9]*)\b", text, re.MULTILINE) == list(value.__members__), name
        elif isinstance(value, type) and attrs.has(value) and "__init__" not in vars(value):
            fields = [field.alias for field in attrs.fields(value) if field.init]
            head = text.split("```")[1]
            assert [each for each in fields if f"{each}: " not in head] == [], name


@pytest.mark.parametrize("page", [*SUBJECTS, "README"])
def test_a_page_has_nothing_private_and_no_example(page):
    text = text_of(page)
    assert re.findall(r"(?<![\w`])_[A-Za-z]\w*|billingcore\._\w+|`_\w+", text) == []
    assert ">>>" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_index_has_a_row_for_each_subject_and_its_guide(subject):
    row = next(line for line in text_of("README").split("\n") if line.startswith(f"| [{subject}]({subject}.md) |"))
    guide = re.search(r"\]\(\.\./([\w-]+\.md)\)", row)[1]
    assert (PAGES.parent / guide).is_file()
    assert f"(../{guide})" in text_of(subject)
    assert row.endswith(f"| {len(importlib.import_module(f'billingcore.{subject}').__all__)} |")


DOCSTRING = """Say what is owed: in full,
or in part.

More words.

Args:
    day: the day; a
        datetime is refused.
    *rest: others.

Raises:
    InvalidTypeError: not a day.

Source: a guide, and
another one.

>>> 1 + 1
2
"""


def test_a_docstring_is_taken_apart(reference):
    said = reference.parse(DOCSTRING)
    assert said.summary == "Say what is owed: in full, or in part."
    assert said.sections == {
        "Args": [("day", "the day; a datetime is refused."), ("*rest", "others.")],
        "Raises": [("InvalidTypeError", "not a day.")],
        "Source": [("", "a guide, and another one.")],
    }


def test_what_is_not_code_is_no_markup(reference):
    assert reference.prose("``a*b`` and `Money`: 10**18 <b> [x]") == "`a*b` and `Money`: 10\\*\\*18 \\<b> \\[x\\]"


def test_a_page_that_is_stale_is_named(reference, tmp_path, monkeypatch, capsys):
    pages = tmp_path / "docs" / "reference"
    pages.mkdir(parents=True)
    (pages / "gone.md").write_text("a subject that is no more", "utf-8")
    texts = {pages / "money.md": "# money\n"}
    for name, value in {"ROOT": tmp_path, "OUT": pages, "pages": lambda: texts}.items():
        monkeypatch.setattr(reference, name, value)
    monkeypatch.setattr(sys, "argv", ["generate_reference.py", "--check"])
    with pytest.raises(SystemExit):
        reference.main()
    assert capsys.readouterr().out == "stale: docs/reference/money.md\nstale: docs/reference/gone.md\n"
    monkeypatch.setattr(sys, "argv", ["generate_reference.py"])
    reference.main()
    assert [path.name for path in pages.iterdir()] == ["money.md"]
