"""The table of what waits, on the page of subscriptions, is that of the library."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from billingcore.subscriptions import MEETINGS, Asked, Meeting, Waits

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "subscriptions.md"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("generate_meetings")


def run(script, monkeypatch, *options):
    monkeypatch.setattr(sys, "argv", ["generate_meetings.py", *options])
    return script.main()


def test_the_page_is_current(script, monkeypatch):
    assert run(script, monkeypatch, "--check") == 0, "run scripts/generate_meetings.py"


def test_every_pair_has_its_outcome_on_the_page(script):
    rows = [re.split(r" *\| *", row)[1:-1] for row in script.table().splitlines() if row.startswith("| `")]
    shown = {
        (waits, asked): cell
        for asked, row in zip(Asked, rows, strict=True)
        for waits, cell in zip(script.HEADS, row[1:4], strict=True)
    }
    assert shown == {pair: outcome.value for pair, outcome in MEETINGS.items()}
    assert len(shown) == len(Waits) * len(Asked)


def test_every_outcome_is_explained_and_every_vendor_stands_at_its_pair(script):
    text = script.table()
    assert all(f"- **{each.value}**: " in text for each in Meeting)
    for (_, asked), sentences in script.VENDORS.items():
        (row,) = [row for row in text.splitlines() if row.startswith(f"| `{asked.value}`")]
        assert all(words in row for words in sentences)


def test_a_stale_page_is_told_and_then_written(script, monkeypatch, tmp_path, capsys):
    page = tmp_path / "subscriptions.md"
    stale = PAGE.read_text("utf-8").replace("| refused |", "| kept |")
    page.write_text(stale, encoding="utf-8")
    assert run(script, monkeypatch, "--check", "--page", str(page)) == 1
    assert page.read_text("utf-8") == stale
    assert run(script, monkeypatch, "--page", str(page)) == 0
    assert page.read_text("utf-8") == PAGE.read_text("utf-8")
    assert run(script, monkeypatch, "--check", "--page", str(page)) == 0
    assert capsys.readouterr().out.split("\n")[-2] == "current"
