"""The pages that are written from the tables are current, and the generators of the tables do what they say."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from billingcore import tax
from billingcore._facts import us_sales_tax
from billingcore.tax import Rule, Step

ROOT = Path(tax.__file__).parents[2]
SCRIPTS, DOCS, FACTS = ROOT / "scripts", ROOT / "docs", Path(us_sales_tax.__file__).parent
pytestmark = pytest.mark.skipif(not SCRIPTS.is_dir(), reason="the scripts are not part of an installation")


def script(name, monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_names(page):
    """Leave out the names of countries: they are another package's, and change with its releases."""
    return re.sub(r"^\| ([A-Z]{2}) [^|]*\|", r"| \1 |", page, flags=re.MULTILINE)


def test_the_page_of_facts_is_current(monkeypatch):
    written = (DOCS / "facts.md").read_text(encoding="utf-8")
    assert without_names(script("generate_facts_page", monkeypatch).facts_page()) == without_names(written)


def test_the_page_of_facts_names_what_is_unsure():
    page = (DOCS / "facts.md").read_text(encoding="utf-8")
    unsure = page.split("## Low and disputed rows")[1].split("## ")[0]
    for words in ("TH Thailand | VAT 7 % | 2026-10-01 | low", "US-AL Alabama", "GP Guadeloupe"):
        assert words in unsure
    coming = page.split("## Enacted, not in force")[1].split("## ")[0]
    assert all(
        words in coming
        for words in ("US-CA California", "US-CO Colorado", "South Dakota sales tax 4.5 %", "TJ Tajikistan")
    )
    assert "local rates of cities" in page.split("## What is not known")[1].split("## ")[0]


def test_the_diagram_is_that_of_the_code(monkeypatch):
    page = (DOCS / "tax.md").read_text(encoding="utf-8")
    generator = script("generate_facts_page", monkeypatch)
    assert generator.tax_page(page) == page
    drawn = re.findall(r"^    ([A-Z]+) --> ([A-Z]+)$", page, flags=re.MULTILINE)
    assert drawn == [(a.name, b.name) for a, b in zip(list(Step), list(Step)[1:], strict=False)]
    assert all(page.count(f"- `{rule.value}`: ") == 1 for rule in Rule)


def test_a_page_that_is_not_current_is_found(tmp_path):
    command = [sys.executable, "-B", str(SCRIPTS / "generate_facts_page.py"), "--docs", str(tmp_path)]
    codes = [
        subprocess.run([*command, *more], capture_output=True, check=False).returncode
        for more in (["--check"], [], ["--check"])
    ]
    assert codes == [1, 0, 0]
    (tmp_path / "facts.md").write_text("other", encoding="utf-8")
    assert subprocess.run([*command, "--check"], capture_output=True, check=False).returncode == 1


STATE = {
    "state": "US-ZZ", "name": "Zed", "base_rate_pct": "5.5", "base_rate_history": ":4.0;2013-07-01:5.5 (date unverified)",
    "saas_business_taxable": "yes", "saas_personal_taxable": "yes", "scheduled_changes": "", "source_1": "taxhero.net/x (table; of 2026)",
    "source_2": "A note; TaxCloud blog", "confidence": "high",
}  # fmt: skip


def test_us_rows_are_half_open_and_sourced(monkeypatch):
    us = script("generate_us_sales_tax", monkeypatch)
    source = "taxhero.net; A note; TaxCloud tables (mid-2026)"
    assert us.source_of(STATE) == source
    assert us.rates(STATE) == [
        (40_000, None, "2013-07-01", source, "high", ""),
        (55_000, "2013-07-01", None, source, "high", "the first day is unverified"),
    ]
    assert us.saas(STATE) == [
        (use, None, None, "taxed", 1_000_000, None, source, "high", "") for use in ("business", "personal")
    ]
    assert us.rates(STATE | {"base_rate_history": "", "base_rate_pct": "0"}) == [(0, None, None, source, "high", "")]
    assert us.rates(STATE | {"base_rate_history": "1994:5.5"})[0][1] is None
    with pytest.raises(SystemExit, match="another rate than today's"):
        us.rates(STATE | {"base_rate_pct": "6"})
    for change in ({"saas_personal_taxable": "no"}, {"scheduled_changes": "2027-01-01: taxed"}):
        with pytest.raises(SystemExit, match=r"us_remarks\.py"):
            us.saas(STATE | change)


PROVINCE = {
    "region": "CA-SK", "tax": "PST", "rate_pct": "6", "effective_from": "2017-03-23", "effective_to": "2019-12-31", "calculated_on": "price",
    "applies_to_saas": "yes", "saas_effective_from": "2019-01-01", "source_1": "a", "source_2": "a", "confidence": "high",
}  # fmt: skip


def test_canadian_rows_keep_their_dates_and_are_sourced(monkeypatch):
    canada = script("generate_canada_tax", monkeypatch)
    note = "digital services since 2019-01-01"
    assert canada.built(PROVINCE) == (60_000, "2017-03-23", "2020-01-01", "PST", False, "2019-01-01", "a", "high", note)
    quebec = PROVINCE | {
        "region": "CA-QC",
        "effective_from": "1992-07-01",
        "rate_pct": "8",
        "calculated_on": "price + GST (compounded)",
        "effective_to": "",
    }
    assert canada.built(quebec)[:6] == (40_000, "1992-07-01", None, "PST", True, "")
    assert canada.built(PROVINCE | {"applies_to_saas": "no"})[5] is None
