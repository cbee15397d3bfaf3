"""The generated pages of the rulebooks and of the policy's fields are those of the data and of the docstrings."""

import importlib
from pathlib import Path

import attrs
import pytest

from billingcore.proration import Coverage, Measure, ProrationPolicy
from billingcore.vendors import RULEBOOKS
from billingcore.vendors._data import ALIASES

ROOT = Path(__file__).parents[1]


@pytest.fixture
def scripts(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module


def test_the_pages_of_the_rulebooks_are_those_of_the_data(scripts):
    pages = scripts("generate_vendor_pages").pages()
    for name, text in pages.items():
        assert (ROOT / "docs/vendors" / name).read_text("utf-8") == text, "run scripts/generate_vendor_pages.py"
    assert {path.name for path in (ROOT / "docs/vendors").iterdir()} == set(pages)


def test_a_page_names_the_source_and_the_coverage_of_every_rule():
    for name, rules in RULEBOOKS.items():
        text = (ROOT / f"docs/vendors/{name}.md").read_text("utf-8")
        for happening, rule in rules.rules():
            assert happening.words in text.lower()
            assert f"read on {rule.read_on}: {rule.source}\n" in text
            assert rule.coverage.value.replace("_", " ") in text
            assert rule.remark in text


def test_another_name_stands_on_its_page_and_in_the_list():
    index = (ROOT / "docs/vendors/README.md").read_text("utf-8")
    for other, name in ALIASES.items():
        assert f"`{other}`" in (ROOT / f"docs/vendors/{name}.md").read_text("utf-8").partition("##")[0]
        (row,) = [line for line in index.splitlines() if line.startswith(f"| [`{name}`]")]
        assert f"`{other}`" in row


def test_the_page_of_the_fields_is_that_of_the_docstrings(scripts):
    text = (ROOT / "docs/policy-fields.md").read_text("utf-8")
    assert text == scripts("generate_policy_fields").page(), "run scripts/generate_policy_fields.py"


def test_every_field_and_every_value_stands_on_the_page_with_a_figure():
    text = (ROOT / "docs/policy-fields.md").read_text("utf-8")
    for kind in (ProrationPolicy, Measure):
        for field in attrs.fields(kind):
            if field.name == "measure":
                continue
            section = text.partition(f"\n### {field.name}\n")[2].partition("\n### ")[0]
            rows = [row for row in section.splitlines() if row.startswith("| `")]
            assert len(rows) > 1, field.name
            assert all(row.rstrip(" |").rpartition("|")[2].strip() for row in rows)
            for member in type(field.default) if hasattr(type(field.default), "__members__") else ():
                if field.name != "free_to_paid":  # which converts nothing
                    assert f"`{type(member).__name__}.{member.name}`" in section


def test_the_readme_counts_the_rules_as_they_are():
    text = (ROOT / "README.md").read_text("utf-8")
    rules = [rule.coverage for book in RULEBOOKS.values() for _, rule in book.rules()]
    shapes = {"difference_remaining", "rounded_daily_rate", "none"}
    told = [rules.count(each) for each in (Coverage.DOCUMENTED, Coverage.INFERRED, Coverage.NOT_DOCUMENTED)]
    assert f"{len(RULEBOOKS.keys() - shapes)} rulebooks of 22 sellers" in text
    assert f"Of these {len(rules)} rules" in text
    assert " ".join(text.split()).count("{} are documented, {} inferred, {} not documented".format(*told)) == 1
    sellers = {book.name.partition(",")[0].partition(" ")[0] for name, book in RULEBOOKS.items() if name not in shapes}
    assert len(sellers) == 22
