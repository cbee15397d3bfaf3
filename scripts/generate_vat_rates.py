"""Write the tables of VAT and GST rates of ``billingcore/_facts`` from a CSV.

Usage: ``python scripts/generate_vat_rates.py CSV [--out DIRECTORY]``.

Three modules are written: ``vat_rates.py`` (the members of the EU and GB), ``vat_rates_world.py`` (the other
countries) and ``vat_territories.py`` (parts of countries, by subdivision and postal code).

The CSV has a header and one row for each rate of one place. Columns that are read:

- ``country``: ISO 3166-1 alpha-2;
- ``subdivision``: ISO 3166-2 codes, separated by ``|``; empty for a whole country;
- ``postal_pattern``: a regular expression for the whole postal code; empty for a whole country;
- ``territory_name``: the name of a territory;
- ``tax_name_local``, ``tax_type``: the name in its own language; VAT, GST, NONE, OUTSIDE_EU_VAT…;
- ``standard_rate``: in percent, a decimal;
- ``effective_from``, ``effective_to``: the first day, and the **last** day (inclusive) on which the rate holds; empty
  where unknown, or open. The modules print the first day on which it no longer holds;
- ``digital_services_b2c_rate``: in percent, where it differs from the standard rate;
- ``nonresident_digital_from``: the day since which sellers from abroad charge consumers for digital services;
- ``b2b_cross_border``: what a business buyer of a foreign seller is charged;
- ``in_eu_vat_area``: of today;
- ``stripe_registration``: whether a payment company registers sellers from abroad there;
- ``source1``, ``source2``, ``confidence``.

What a user should know about a row stands in ``vat_remarks.py``, in our own words; remarks of the CSV are not
printed.
"""

import argparse
import csv
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path  # noqa: TID251 - a maintainer script reads and writes files

from vat_remarks import (
    AMBIGUOUS_POSTAL,
    BUSINESS_RULES,
    CONFIDENCE,
    FOLLOWS,
    NOTES,
    PATTERNS,
    SKIPPED,
    SUBDIVISIONS,
    UNSURE_BUSINESS_RULES,
    UNVERIFIED_STARTS,
    WHOLE_COUNTRIES,
)

Row = dict[str, str]
Place = tuple[str, str, str]

CHECKED_ON = "2026-11-23"
OUT = Path(__file__).parent.parent / "src" / "billingcore" / "_facts"
EU_AND_GB = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - read aloud
)
SOURCES = {  # how a source of the CSV begins: how it is printed
    "kdeldycke/vat-rates": "kdeldycke/vat-rates @7585c28",
    "commerceguys/tax": "commerceguys/tax @d86a05c",
    "invopop/gobl": "invopop/gobl @7a4ad622",
    "ibericode/vat-rates": "ibericode/vat-rates @5abb1e1",
    "valeriansaliou/node-sales-tax": "valeriansaliou/node-sales-tax v2.23.0",
    "openaccountants": "openaccountants @284f491",
    "recurly/recurly-docs": "recurly/recurly-docs @38cfcc4c",
    "Recurly sales taxes page": "Recurly sales taxes page (2026-07)",
    "Avalara VATlive": "Avalara VATlive table (2026-02-26)",
    "vatcalc.com": "vatcalc.com",
    "globalvatcompliance.com": "globalvatcompliance.com",
    "European Commission": "European Commission, territorial status of EU countries",
    "ESTV": "ESTV, history of Swiss rates",
    "PrestaShop": "PrestaShop/LocalizationFiles @a5566d6",
    "countries/countries": "countries/countries @dd345731",
    "Irish Revenue": "Irish Revenue, historic rates (copy)",
    "InterTradeIreland": "InterTradeIreland and Chartered Accountants Ireland on the Protocol",
    "HubSpot": "HubSpot guide (2020-06)",
    "vatnode": "vatnode eu-vat-rates-data 2026.9.29",
    "VAT Directive": "VAT Directive, articles 5 to 7 (our reading)",
    "absent from the Avalara": "not in the Avalara VATlive table (2026-02-26)",
    "(page read": "reference not kept; verify again",
    "UNVERIFIED": "none: no extension decree was found",
}

EU_HEAD = f'''"""Standard VAT rates of the members of the EU and of the United Kingdom, with their history.

A row is ``(rate_ppm, since, until, tax_name, source, confidence, note)``. The rate is in parts per million of the
net (20 % is 200000). ``since`` is the first day on which it holds; ``until`` is the first day on which it no longer
holds, or None while it is open. Northern Ireland (the VAT prefix XI) is part of GB here: its prefix matters to goods.

Checked on {CHECKED_ON}. Written by scripts/generate_vat_rates.py; do not edit by hand.
"""
# fmt: off

__all__ = ["CHECKED_ON", "EDITION", "ROWS"]

EDITION = "{CHECKED_ON}"
CHECKED_ON = "{CHECKED_ON}"

ROWS: dict[str, tuple[tuple[int, str, str | None, str, str, str, str], ...]] = {{
'''
WORLD_HEAD = f'''"""Standard VAT, GST and similar rates of the countries outside the EU and the United Kingdom.

A row begins as a row of `vat_rates`, ``(rate_ppm, since, until, tax_name, source, confidence, note``, and goes on
with ``tax_type, digital_b2c_ppm, nonresident_digital_from, b2b_cross_border, in_eu_vat_area, unverified_from,
foreign_regime, b2b_sure)``.

- ``since`` is None where nobody says since when: the rate was in force when the table was checked, or on the day
  before ``until``.
- ``tax_type``: VAT, GST, JCT, SST, OTHER, NONE (no such tax), OUTSIDE_EU_VAT (a territory of a member state that is
  outside the VAT area; the rate is that of its own tax, or 0 where there is none or it was not looked up).
- ``digital_b2c_ppm``: the rate for digital services to consumers where it differs, else None.
- ``nonresident_digital_from``: since when a seller from abroad charges consumers for digital services; None where it
  does not, or where the day is not known (then the note says so).
- ``b2b_cross_border``: what a business buyer is charged by a seller from abroad: reverse_charge, not_charged,
  charged, charged_once_registered, psp_or_buyer_withholds, reverse_charge_only_if_business_only_service,
  charged_unless_supplier_is_b2b_only, unknown.
- ``in_eu_vat_area``: yes or no, of today.
- ``unverified_from``: since when a seller from abroad charges consumers, where one source prints a day and nothing
  confirms it; else None.
- ``foreign_regime``: whether anything says that sellers from abroad register there or are withheld from: a first day, a
  printed day, a rule for businesses, or a payment company's list of registrations.
- ``b2b_sure``: False where ``b2b_cross_border`` rests on one seller's list.

XK (Kosovo) is not a code of ISO 3166-1. Checked on {CHECKED_ON}. Written by scripts/generate_vat_rates.py; do not
edit by hand.
"""
# fmt: off

__all__ = ["CHECKED_ON", "EDITION", "ROWS"]

EDITION = "{CHECKED_ON}"
CHECKED_ON = "{CHECKED_ON}"

ROWS: dict[
    str,
    tuple[
        tuple[
            int, str | None, str | None, str, str, str, str, str, int | None, str | None, str, str, str | None, bool, bool
        ],
        ...,
    ],
] = {{
'''
TERRITORY_HEAD = f'''"""Parts of countries whose VAT is not that of their country, or that are often taken for such.

A row begins as a row of `vat_rates_world`, ``(rate_ppm, since, until, tax_name, source, confidence, note, tax_type``,
and goes on with ``subdivisions, postal_pattern, territory_name, in_eu_vat_area)``.

- ``subdivisions`` are ISO 3166-2 codes; a place is in the territory if it has one of them.
- ``postal_pattern`` is to be matched against the whole postal code, in capitals (``re.fullmatch``); None where only
  the subdivision decides. A place is in the territory if either matches.
- ``in_eu_vat_area``: yes, no or goods_only, of today.

A row here goes before a row of its country. AMBIGUOUS_POSTAL holds postal codes that are used inside and outside a
territory: ``(pattern, what to do)``. Checked on {CHECKED_ON}. Written by scripts/generate_vat_rates.py; do not edit
by hand.
"""
# fmt: off

__all__ = ["AMBIGUOUS_POSTAL", "CHECKED_ON", "EDITION", "ROWS"]

EDITION = "{CHECKED_ON}"
CHECKED_ON = "{CHECKED_ON}"

ROWS: dict[
    str,
    tuple[
        tuple[int, str | None, str | None, str, str, str, str, str, tuple[str, ...], str | None, str, str],
        ...,
    ],
] = {{
'''


def ppm(percent: str) -> int:
    """Turn a rate in percent into parts per million of the net: 25.5 is 255000."""
    rate = Decimal(percent) * 10_000
    if rate != int(rate):
        raise SystemExit(f"a rate has too many digits: {percent}")
    return int(rate)


def half_open(last_day: str) -> str | None:
    """Turn a last day into the first day on which the rate no longer holds."""
    return (date.fromisoformat(last_day) + timedelta(days=1)).isoformat() if last_day else None


def source_of(row: Row) -> str:
    """Name the sources of a row, shortly, each once."""
    names: dict[str, None] = {}
    for source in (row["source1"], row["source2"]):
        short = [name for start, name in SOURCES.items() if source.startswith(start)]
        names[short[0] if short else source] = None
    return "; ".join(name for name in names if name)


def place_of(row: Row) -> Place:
    """Return country, subdivisions and postal pattern of a row, as the CSV prints them."""
    return row["country"], row["subdivision"], row["postal_pattern"]


def literal(value: object) -> str:
    """Write a value as a literal; texts in double quotes where they hold none."""
    if isinstance(value, str):
        return repr(value) if '"' in value or "\\" in value else f'"{value}"'
    if isinstance(value, tuple):
        return "(" + ", ".join(literal(item) for item in value) + ("," if len(value) == 1 else "") + ")"
    return repr(value)


def note_of(row: Row) -> str:
    """Return our remark on a row; one on the whole history of a place has no day."""
    return NOTES.get((*place_of(row), row["effective_from"]), "")


def head(row: Row) -> tuple[object, ...]:
    """Build the seven fields with which every row begins."""
    since = date.fromisoformat(row["effective_from"]).isoformat() if row["effective_from"] else None
    until = half_open(row["effective_to"])
    name = row["tax_name_local"]
    confidence = CONFIDENCE.get((*place_of(row), row["effective_from"]), row["confidence"])
    return ppm(row["standard_rate"]), since, until, name, source_of(row), confidence, note_of(row)


def world(row: Row) -> tuple[object, ...]:
    """Build a row of a country outside the EU and the United Kingdom."""
    digital, country, since = row["digital_services_b2c_rate"], row["country"], row["nonresident_digital_from"]
    business = BUSINESS_RULES.get(country, row["b2b_cross_border"] or "unknown")
    regime = bool(since) or country in UNVERIFIED_STARTS or row["stripe_registration"] == "yes"
    return (
        *head(row),
        row["tax_type"],
        ppm(digital) if digital else None,
        since or None,
        business,
        row["in_eu_vat_area"],
        UNVERIFIED_STARTS.get(country),
        regime or business not in {"unknown", "not_charged"},
        country not in UNSURE_BUSINESS_RULES,
    )


def territory(row: Row) -> tuple[object, ...]:
    """Build a row of a part of a country."""
    codes = SUBDIVISIONS.get(row["subdivision"], row["subdivision"])
    subdivisions = tuple(codes.split("|")) if codes else ()
    pattern = PATTERNS.get(row["postal_pattern"], row["postal_pattern"]).replace(r"\d", "[0-9]")
    return (*head(row), row["tax_type"], subdivisions, pattern or None, row["territory_name"], row["in_eu_vat_area"])


def following(rows: list[Row]) -> list[Row]:
    """Give each territory that follows a country the whole history of that country, and its own name."""
    result = [row for row in rows if place_of(row) not in FOLLOWS]
    for (country, subdivision, postal), (followed, name, in_area) in FOLLOWS.items():
        history = [row for row in rows if place_of(row) == (followed, "", "")]
        own = [row for row in rows if place_of(row) == (country, subdivision, postal)]
        if not history or any(row["standard_rate"] != history[-1]["standard_rate"] for row in own):
            raise SystemExit(f"{name} does not have the rate of {followed}")
        place = {"country": country, "subdivision": subdivision, "postal_pattern": postal}
        result += [row | place | {"territory_name": name, "in_eu_vat_area": in_area} for row in history]
    return result


def table(rows: Iterable[tuple[str, tuple[object, ...]]]) -> str:
    """Lay rows out by country, in the order in which they are given within one."""
    by_country: dict[str, list[tuple[object, ...]]] = {}
    for country, row in rows:
        by_country.setdefault(country, []).append(row)
    lines = []
    for country in sorted(by_country):
        body = "".join(f"        {literal(row)},\n" for row in by_country[country])
        lines.append(f"    {literal(country)}: (\n{body}    ),\n")
    return "".join(lines) + "}\n"


def ambiguous() -> str:
    """Lay out the postal codes that do not decide."""
    head_text = "\nAMBIGUOUS_POSTAL: dict[str, tuple[tuple[str, str], ...]] = {\n"
    return head_text + table((country, pair) for country, pairs in AMBIGUOUS_POSTAL.items() for pair in pairs)


def main() -> None:
    """Read the CSV, write the three modules, say what was written."""
    parser = argparse.ArgumentParser(description="Write the tables of VAT and GST rates from a CSV.")
    parser.add_argument("csv", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    with arguments.csv.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] not in SKIPPED]
    for row in rows:
        if row["country"] in WHOLE_COUNTRIES:
            row["subdivision"] = row["postal_pattern"] = ""
    order: dict[Place, int] = {}
    rows = following(rows)
    for row in rows:
        order.setdefault(place_of(row), len(order))
    rows.sort(key=lambda row: (order[place_of(row)], row["effective_from"]))  # an unknown first day comes first
    if unused := set(NOTES) - {(*place_of(row), row["effective_from"]) for row in rows}:
        raise SystemExit(f"a remark belongs to no row: {sorted(unused)}")
    parts = [row for row in rows if row["subdivision"] or row["postal_pattern"]]
    wholes = [row for row in rows if not (row["subdivision"] or row["postal_pattern"])]
    union = [(row["country"], head(row)) for row in wholes if row["country"] in EU_AND_GB]
    others = [(row["country"], world(row)) for row in wholes if row["country"] not in EU_AND_GB]
    texts = {
        "vat_rates.py": EU_HEAD + table(union),
        "vat_rates_world.py": WORLD_HEAD + table(others),
        "vat_territories.py": TERRITORY_HEAD + table((row["country"], territory(row)) for row in parts) + ambiguous(),
    }
    for name, text in texts.items():
        (arguments.out / name).write_text(text, encoding="utf-8")
    print(
        f"{arguments.out}: {len(union)} rows of the EU and GB, {len(others)} of other countries, {len(parts)} of parts"
    )


if __name__ == "__main__":
    main()
