"""Write ``billingcore/_facts/eu_membership.py`` from a CSV.

Usage: ``python scripts/generate_eu_membership.py CSV [--out FILE]``.

The CSV has a header and one row a country: ``country`` (ISO 3166-1 alpha-2), ``member_from`` (the first day),
``member_until`` (the **last** day, inclusive, on which the VAT rules of the EU applied; empty while they do) and
``note``. The module prints the first day on which they no longer applied.
"""

import argparse
import csv
from datetime import date, timedelta
from pathlib import Path  # noqa: TID251 - a maintainer script reads and writes files

CHECKED_ON = "2026-11-23"
OUT = Path(__file__).parent.parent / "src" / "billingcore" / "_facts" / "eu_membership.py"

HEAD = f'''"""Days on which the VAT rules of the EU applied in a country as in a member state.

``country: (member_from, member_until, note)``: the first day, and the first day on which they no longer applied, or
None. For the United Kingdom that is the end of its transition, not the day on which it left. Checked on
{CHECKED_ON}. Written by scripts/generate_eu_membership.py; do not edit by hand.
"""
# fmt: off

__all__ = ["CHECKED_ON", "EDITION", "MEMBERS", "SOURCE"]

EDITION = "{CHECKED_ON}"
CHECKED_ON = "{CHECKED_ON}"
SOURCE = "Treaties of accession; withdrawal agreement of the United Kingdom, articles 126 and 127"

MEMBERS: dict[str, tuple[str, str | None, str]] = {{
'''


def half_open(last_day: str) -> str | None:
    """Turn a last day into the first day after it."""
    return (date.fromisoformat(last_day) + timedelta(days=1)).isoformat() if last_day else None


def quoted(text: str | None) -> str:
    """Write a text without quotes in it as a literal, or None."""
    return "None" if text is None else f'"{text}"'


def main() -> None:
    """Read the CSV, write the module, say what was written."""
    parser = argparse.ArgumentParser(description="Write the table of EU membership from a CSV.")
    parser.add_argument("csv", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    with arguments.csv.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["country"])
    lines = []
    for row in rows:
        since = date.fromisoformat(row["member_from"]).isoformat()
        fields = ", ".join(quoted(field) for field in (since, half_open(row["member_until"]), row["note"]))
        lines.append(f"    {quoted(row['country'])}: ({fields}),\n")
    arguments.out.write_text(HEAD + "".join(lines) + "}\n", encoding="utf-8")
    print(f"{arguments.out}: {len(rows)} countries")


if __name__ == "__main__":
    main()
