"""Write ``billingcore/_facts/us_sales_tax.py`` from a CSV of US sales tax.

Usage: ``python scripts/generate_us_sales_tax.py CSV [--out FILE]``.

Columns that are read:

- ``state``, ``name``: ISO 3166-2 code and name;
- ``base_rate_pct``: the rate on the day when the table was checked, in percent;
- ``base_rate_history``: ``date:percent`` pairs joined by ``;``; a pair without a date is the rate before the first
  dated one; ``(date unverified)`` may follow;
- ``saas_business_taxable``, ``saas_personal_taxable``: yes or no, where us_remarks.py has no rules with dates;
- ``local_tax``, ``sst_member``, ``mtc_resale_cert``;
- ``source_1``, ``source_2``, ``confidence``.

Rules with dates, scheduled changes and our remarks stand in ``us_remarks.py``.
"""

import argparse
import csv
import re
from pathlib import Path  # noqa: TID251 - a maintainer script reads and writes files

from generate_vat_rates import literal, ppm
from us_remarks import BOTH, RATE_NOTES, SAAS_RULES, SCHEDULED_RATES

Row = dict[str, str]
Rule = tuple[tuple[str, ...], str, str, str, str, str, str]

CHECKED_ON = "2026-11-23"
OUT = Path(__file__).parent.parent / "src" / "billingcore" / "_facts" / "us_sales_tax.py"
SOURCES = {  # how a source of the CSV begins: how it is printed
    "claytondb/salestaxjar": "claytondb/salestaxjar (Tax Foundation, 2026-01)",
    "ejosterberg/open-sales-tax specs": "Sovos guide (2026-05, copy)",
    "ejosterberg/open-sales-tax": "ejosterberg/open-sales-tax (2026-07)",
    "doola help center": "doola help center",
    "TaxCloud": "TaxCloud tables (mid-2026)",
    "taxhero.net": "taxhero.net",
    "Grant Thornton alert": "Grant Thornton alert on rule 3.330",
}

HEAD = f'''"""Sales tax of the US states, the District of Columbia and Puerto Rico: rates, and when software is taxed.

STATES: ``state: (name, has_local_tax, streamlined, multistate_resale)``; the last two say whether the certificate of
the Streamlined agreement and the uniform certificate of the Multistate Tax Commission are taken there.

RATES: ``state: rows of (rate_ppm, since, until, source, confidence, note)``; what the rate covers stands in the note.

SAAS: ``state: rows of (use, since, until, treatment, taxed_ppm, own_rate_ppm, source, confidence, note)`` for software
as a service. ``use`` is business or personal; ``treatment`` is taxed, not_taxed, disputed or local_only; ``taxed_ppm``
is the share of the price that is taxed; ``own_rate_ppm`` replaces the rate of the state, or is None.

``since`` is None where the first day is not known; ``until`` is the first day on which the row no longer holds.
Checked on {CHECKED_ON}. Written by scripts/generate_us_sales_tax.py; do not edit by hand.
"""
# fmt: off

__all__ = ["CHECKED_ON", "EDITION", "RATES", "SAAS", "STATES"]

EDITION = "{CHECKED_ON}"
CHECKED_ON = "{CHECKED_ON}"

'''


def source_of(row: Row) -> str:
    """Name the sources of a row, shortly, each once."""
    names: dict[str, None] = {}
    for part in re.split(r";\s*(?![^(]*\))", f"{row['source_1']}; {row['source_2']}"):
        short = [name for start, name in SOURCES.items() if part.startswith(start)]
        names[short[0] if short else part.strip()] = None
    return "; ".join(name for name in names if name)


def rates(row: Row) -> list[tuple[object, ...]]:
    """Build the history of a state's rate."""
    code = row["state"].removeprefix("US-")
    pairs: list[tuple[str | None, str, str]] = []
    for pair in filter(None, row["base_rate_history"].split(";")):
        since, percent = pair.split(":")
        unverified = "(date unverified)" in percent or len(since) == len("1994")
        first = since if len(since) == len("1994-01-01") else None
        pairs.append((first, percent.split()[0], "the first day is unverified" if unverified else ""))
    pairs = pairs or [(None, row["base_rate_pct"], "")]
    if ppm(pairs[-1][1]) != ppm(row["base_rate_pct"]):
        raise SystemExit(f"{code}: the history ends with another rate than today's")
    today = len(pairs) - 1
    pairs += [
        (since, percent, "enacted, not in force when checked") for since, percent in SCHEDULED_RATES.get(code, ())
    ]
    source, result = source_of(row), []
    for at, (since, percent, note) in enumerate(pairs):
        until = pairs[at + 1][0] if at + 1 < len(pairs) else None
        remark = RATE_NOTES.get(code, note) if at == today else note
        result.append((ppm(percent), since, until, source, row["confidence"], remark))
    return result


def saas(row: Row) -> list[tuple[object, ...]]:
    """Build the rules on software as a service, by use and date."""
    rules: tuple[Rule, ...] | None = SAAS_RULES.get(row["state"].removeprefix("US-"))
    if rules is None:
        if row["saas_business_taxable"] != row["saas_personal_taxable"] or row["scheduled_changes"].startswith(
            "2027-01"
        ):
            raise SystemExit(f"{row['state']}: write its rules into us_remarks.py")
        treatment = {"yes": "taxed", "no": "not_taxed"}[row["saas_business_taxable"]]
        rules = ((BOTH, "", treatment, "100" if treatment == "taxed" else "", "", "", ""),)
    source, result = source_of(row), []
    for use in BOTH:
        own = [rule for rule in rules if use in rule[0]]
        for at, (_, since, treatment, taxed, rate, confidence, note) in enumerate(own):
            until = own[at + 1][1] if at + 1 < len(own) else None
            share, own_rate = ppm(taxed or "0"), ppm(rate) if rate else None
            result.append(
                (use, since or None, until, treatment, share, own_rate, source, confidence or row["confidence"], note)
            )
    return result


def table(name: str, kind: str, rows: dict[str, list[tuple[object, ...]]]) -> str:
    """Lay rows out by state."""
    lines = [f"{name}: dict[str, tuple[{kind}, ...]] = {{\n"]
    for state, values in sorted(rows.items()):
        body = "".join(f"        {literal(value)},\n" for value in values)
        lines.append(f"    {literal(state)}: (\n{body}    ),\n")
    return "".join(lines) + "}\n"


def main() -> None:
    """Read the CSV, write the module, say what was written."""
    parser = argparse.ArgumentParser(description="Write the table of US sales tax from a CSV.")
    parser.add_argument("csv", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    with arguments.csv.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    states = ["STATES: dict[str, tuple[str, bool, bool, bool]] = {\n"]
    for row in sorted(rows, key=lambda row: row["state"]):
        flags = (row["name"], row["local_tax"] == "yes", row["sst_member"] != "no", row["mtc_resale_cert"] == "yes")
        states.append(f"    {literal(row['state'])}: {literal(flags)},\n")
    rate_kind = "tuple[int, str | None, str | None, str, str, str]"
    saas_kind = "tuple[str, str | None, str | None, str, int, int | None, str, str, str]"
    parts = [
        HEAD + "".join(states) + "}\n",
        table("RATES", rate_kind, {row["state"]: rates(row) for row in rows}),
        table("SAAS", saas_kind, {row["state"]: saas(row) for row in rows}),
    ]
    arguments.out.write_text("\n".join(parts), encoding="utf-8")
    print(f"{arguments.out}: {len(rows)} states and territories")


if __name__ == "__main__":
    main()
