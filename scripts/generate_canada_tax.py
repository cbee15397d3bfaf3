"""Write ``billingcore/_facts/canada_tax.py`` from a CSV of Canadian sales taxes.

Usage: ``python scripts/generate_canada_tax.py CSV [--out FILE]``.

Columns that are read: ``region`` (CA, or ISO 3166-2), ``tax``, ``rate_pct``, ``effective_from``, ``effective_to`` (the
**last** day, inclusive), ``calculated_on`` (price, or price + GST), ``applies_to_saas``, ``saas_effective_from``,
``source_1``, ``source_2``, ``confidence``.
"""

import argparse
import csv
from pathlib import Path  # noqa: TID251 - a maintainer script reads and writes files

from generate_vat_rates import half_open, literal, ppm

Row = dict[str, str]

CHECKED_ON = "2026-11-23"
OUT = Path(__file__).parent.parent / "src" / "billingcore" / "_facts" / "canada_tax.py"

NOTES = {
    (
        "CA-NS",
        "2025-04-01",
    ): "the earlier of the day on which the tax is payable and the day of payment decides between 15 % and 14 %",
    ("CA-QC", "1992-07-01"): "services and intangibles had 4 %, goods 8 %: this is the rate of services",
    (
        "CA-QC",
        "2013-01-01",
    ): "sellers outside Canada register under the specified regime since 2019-01-01, sellers elsewhere in Canada since 2019-09-01 (unverified)",
    ("CA-BC", "2013-04-01"): "an act of 2024 made software as a service taxable back to this day",
    ("CA-SK", "2017-03-23"): "digital services since 2019-01-01",
    ("CA-MB", "1987-01-01"): "the first day is unverified",
    (
        "CA-MB",
        "2019-07-01",
    ): "cloud services since 2026-01-01; what was paid before for a period that began before stays untaxed; a cut to 6 % was announced and never applied",
    ("CA-PE", "1991-01-01"): "on goods, not on services; the first day is unverified",
}
SERVICE_RATES = {("CA-QC", "1992-07-01"): "4"}
"""Rows whose rate for services is not that of goods."""
OWN_SAAS_DAY = frozenset(("CA-BC", "CA-SK", "CA-MB"))
"""Provinces whose law brought software as a service in on a day; in Quebec the day is that of a regime for sellers from elsewhere."""

HEAD = f'''"""Sales taxes of Canada: GST of the federation, HST, and the taxes of the provinces, with their history.

ROWS: ``region: rows of (rate_ppm, since, until, tax, on_gst_too, saas_since, source, confidence, note)``. The region CA
has the federal GST, which a province's HST replaces. ``until`` is the first day on which the row no longer holds.
``on_gst_too``: the tax falls on the price and the GST together. ``saas_since``: the first day on which software as a
service is taxed; an empty text where all days of the row are meant, None where it never is.

GST_ONLY: regions without a tax of their own. Checked on {CHECKED_ON}. Written by scripts/generate_canada_tax.py; do
not edit by hand.
"""
# fmt: off

__all__ = ["CHECKED_ON", "EDITION", "GST_ONLY", "ROWS"]

EDITION = "{CHECKED_ON}"
CHECKED_ON = "{CHECKED_ON}"

'''


def built(row: Row) -> tuple[object, ...]:
    """Build a row of the table."""
    key = (row["region"], row["effective_from"])
    saas: str | None = row["saas_effective_from"] if row["region"] in OWN_SAAS_DAY else ""
    if row["applies_to_saas"] != "yes":
        saas = None
    sources = dict.fromkeys(part.strip() for part in (row["source_1"], row["source_2"]) if part.strip())
    return (
        ppm(SERVICE_RATES.get(key, row["rate_pct"])),
        row["effective_from"],
        half_open(row["effective_to"]),
        row["tax"],
        row["calculated_on"].startswith("price + GST"),
        saas,
        "; ".join(sources),
        row["confidence"],
        NOTES.get(key, ""),
    )


def main() -> None:
    """Read the CSV, write the module, say what was written."""
    parser = argparse.ArgumentParser(description="Write the table of Canadian sales taxes from a CSV.")
    parser.add_argument("csv", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    with arguments.csv.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    regions: dict[str, list[tuple[object, ...]]] = {}
    for row in sorted(rows, key=lambda row: (row["region"], row["effective_from"])):
        if row["tax"] != "none":
            regions.setdefault(row["region"], []).append(built(row))
    gst_only = sorted(row["region"] for row in rows if row["tax"] == "none")
    kind = "tuple[int, str, str | None, str, bool, str | None, str, str, str]"
    lines = [
        HEAD,
        f"GST_ONLY: tuple[str, ...] = {literal(tuple(gst_only))}\n",
        f"\nROWS: dict[str, tuple[{kind}, ...]] = {{\n",
    ]
    for region, values in regions.items():
        body = "".join(f"        {literal(value)},\n" for value in values)
        lines.append(f"    {literal(region)}: (\n{body}    ),\n")
    arguments.out.write_text("".join(lines) + "}\n", encoding="utf-8")
    print(f"{arguments.out}: {sum(map(len, regions.values()))} rows of {len(regions)} regions")


if __name__ == "__main__":
    main()
