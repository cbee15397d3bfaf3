"""Write ``docs/facts.md`` from the tables, and the diagram of ``docs/tax.md`` from the rules.

Usage: ``python scripts/generate_facts_page.py [--check]``. With ``--check`` nothing is written; the exit code is 1
where a page is not current.
"""

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path  # noqa: TID251 - a maintainer script reads and writes files

from billingcore._facts import us_sales_tax, vat_rates
from billingcore._tax.components import percent
from billingcore.places import country_name
from billingcore.sourced import Confidence
from billingcore.tax import Fact, FactKind, Rule, Step, facts

DOCS = Path(__file__).parent.parent / "docs"
CHECKED_ON = date.fromisoformat(vat_rates.CHECKED_ON)
FAR = date(2099, 12, 31)
START, END = "<!-- generated: the order of decisions -->", "<!-- end of the generated part -->"

HEAD = f"""# Facts: what we know, how sure, and where it ends

This page is written by `scripts/generate_facts_page.py` from the tables of the library; do not edit it. Edition
{vat_rates.EDITION}, every row checked on {CHECKED_ON}. The same list, with a filter, is `billingcore.facts(as_of)`.

- A row holds from its first day until the day before the next row's. Where no first day is printed, nobody says since when.
- **high**: two sources agree. **medium**: one source. **low**: unconfirmed. **disputed**: sources disagree. Results carry
  the mark of the rows that they used.
- An open row stays in use after the day on which it was checked; the edition on every result shows that day.
- Rates are the standard ones; where a country has another rate for digital services to consumers, it is that one.
"""


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """Lay out a table of Markdown."""
    columns = head.split("|")
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def named(place: str) -> str:
    """Name a place beside its code."""
    if place in us_sales_tax.STATES:
        return f"{place} {us_sales_tax.STATES[place][0]}"
    return f"{place} {country_name(place)}" if place.isalpha() and place not in ("EU", "XK") else place


def day(value: date | None) -> str:
    """Write a first day, or nothing where it is not known."""
    return value.isoformat() if value else ""


def unsure(as_of: date) -> str:
    """List the rows that are low or disputed, now and later."""
    found: dict[Fact, None] = {}
    for moment in (as_of, date(2027, 1, 1), FAR):
        for mark in (Confidence.DISPUTED, Confidence.LOW):
            for fact in facts(moment, confidence=mark):
                if fact.kind is not FactKind.UNKNOWN:
                    found[fact] = None
    return table(
        "place|fact|since|sure|source|remark",
        (
            (named(each.place), each.text, day(each.since), each.confidence.value, each.source, each.note)
            for each in found
        ),
    )


def coming(as_of: date) -> str:
    """List what is enacted and begins after the day."""
    later = {fact: None for year in range(as_of.year + 1, as_of.year + 10) for fact in facts(date(year, 12, 31))}
    rows = sorted(
        (fact for fact in later if fact.since and fact.since > as_of), key=lambda fact: (fact.since, fact.place)
    )
    return table(
        "place|fact|since|sure|remark",
        ((named(f.place), f.text, day(f.since), f.confidence.value, f.note) for f in rows),
    )


def unknown(as_of: date) -> str:
    """List what is not known, by what it is."""
    by_text: dict[str, list[str]] = {}
    for fact in facts(as_of, kind=FactKind.UNKNOWN):
        by_text.setdefault(fact.text, []).append(fact.place)
    return "".join(f"- {text}: {', '.join(places)}\n" for text, places in by_text.items())


def listed(kind: FactKind, as_of: date, places: Iterable[str] | None = None) -> str:
    """List the facts of a kind that hold on a day."""
    chosen = None if places is None else set(places)
    rows = [fact for fact in facts(as_of, kind=kind) if chosen is None or fact.place in chosen]
    return table(
        "place|fact|since|sure|source|remark",
        ((named(f.place), f.text, day(f.since), f.confidence.value, f.source, f.note) for f in rows),
    )


def histories() -> str:
    """List every rate of the members of the EU and the United Kingdom."""
    rows = []
    for place, history in vat_rates.ROWS.items():
        steps = [f"{day(date.fromisoformat(row[1]))}: {percent(Fraction(row[0], 1_000_000))}" for row in history]
        rows.append((named(place), "; ".join(steps)))
    return table("place|since: rate", rows)


def facts_page() -> str:
    """Build the page of facts."""
    as_of = CHECKED_ON
    american, canadian = list(us_sales_tax.STATES), ["CA"]
    canadian += [fact.place for fact in facts(as_of) if fact.place.startswith("CA-")]
    others = {fact.place for fact in facts(as_of, kind=FactKind.RATE)} - {*american, *canadian, *vat_rates.ROWS}
    parts = [
        HEAD,
        "## Low and disputed rows\n\n" + unsure(as_of),
        "## Enacted, not in force on that day\n\n" + coming(as_of),
        "## What is not known\n\n" + unknown(as_of),
        "## The EU and the United Kingdom: every rate\n\n" + histories(),
        "## The EU: days of membership\n\n" + listed(FactKind.EU_MEMBERSHIP, as_of),
        "## Other countries and territories: the rate in force\n\n" + listed(FactKind.RATE, as_of, others),
        "## Other countries: business buyers, and since when sellers from abroad charge\n\n"
        + listed(FactKind.FOREIGN_SELLERS, as_of),
        "## Territories: how they are known\n\n" + listed(FactKind.TERRITORY, as_of),
        "## United States: rates in force\n\n" + listed(FactKind.RATE, as_of, american),
        "## United States: software as a service\n\n" + listed(FactKind.SAAS, as_of, american),
        "## Canada: rates in force\n\n" + listed(FactKind.RATE, as_of, canadian),
        "## Canada: software as a service\n\n" + listed(FactKind.SAAS, as_of, canadian),
    ]
    return "\n".join(parts)


def diagram() -> str:
    """Draw the order of the questions, and under each the rules that answer it."""
    steps = list(Step)
    lines = ["```mermaid", "flowchart TD"]
    lines += [f'    {step.name}["{at}. {step.question}"]' for at, step in enumerate(steps, 1)]
    lines += [f"    {before.name} --> {after.name}" for before, after in pairwise(steps)]
    lines += [
        '    RATE --> AMOUNT["Group by place, category and rate; compute; round once for each component"]',
        "```",
        "",
    ]
    for at, step in enumerate(steps, 1):
        lines.append(f"**{at}. {step.question}**\n")
        lines += [f"- `{rule.value}`: {rule.sentence} ({rule.source})" for rule in Rule if rule.step is step]
        lines.append("")
    return "\n".join(lines)


def tax_page(current: str) -> str:
    """Put the diagram into the page about decisions."""
    before, rest = current.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n\n{diagram()}\n{END}{after}"


def main() -> int:
    """Write or check the pages."""
    parser = argparse.ArgumentParser(description="Write docs/facts.md, and the diagram of docs/tax.md.")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--docs", type=Path, default=DOCS)
    arguments = parser.parse_args()
    pages = {"facts.md": facts_page(), "tax.md": tax_page((DOCS / "tax.md").read_text(encoding="utf-8"))}
    stale = []
    for name, text in pages.items():
        path = arguments.docs / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not arguments.check:
                path.write_text(text, encoding="utf-8")
    print(f"not current: {', '.join(stale)}" if stale else "current")
    return 1 if stale and arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
