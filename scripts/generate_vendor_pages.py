"""Write ``docs/vendors``: a page for each rulebook (its rules, their sources, three changes worked out), and the index.

Usage: ``python scripts/generate_vendor_pages.py [--out FOLDER]``.
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path  # noqa: TID251 - a maintainer script writes files

from billingcore.billed import BilledPeriod
from billingcore.cycles import MONTHLY, InstantPeriod, Period
from billingcore.money import Money
from billingcore.plans import FlatPrice, Plan
from billingcore.proration import Change, ChangeRule, Coverage, Happening, Rulebook, prorate_change
from billingcore.sourced import Confidence
from billingcore.vendors import RULEBOOKS, compare
from billingcore.vendors._data import ALIASES

OUT = Path(__file__).parent.parent / "docs" / "vendors"
SPAN = InstantPeriod(datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 2, 10, 12, tzinfo=UTC))
DAYS = Period(date(2026, 1, 10), date(2026, 2, 10))
AT = datetime(2026, 1, 24, 18, tzinfo=UTC)
BOUGHT = date(2025, 1, 10)

CONFIDENCE = {
    Confidence.HIGH: "the vendor's own page, repository or fixtures say it",
    Confidence.MEDIUM: "others restate it, or the vendor says it in part",
    Confidence.LOW: "mainly our inference",
}
COVERAGE = {
    Coverage.DOCUMENTED: "documented",
    Coverage.INFERRED: "inferred",
    Coverage.NOT_DOCUMENTED: "not documented",
}


def plan(name: str, price: str) -> Plan:
    """Return a monthly plan of the example."""
    return Plan(name, FlatPrice(Money.of(price, "USD")), MONTHLY)


BILLED = BilledPeriod.of_plan(plan("Small", "30.00"), 1, DAYS, span=SPAN)
CHANGES = {
    "to 50.00": Change.to(AT, plan("Large", "50.00")),
    "to 10.00": Change.to(AT, plan("Tiny", "10.00")),
    "cancelled": Change.cancel(AT),
}


def example(rules: Rulebook) -> str:
    """Return the change of the guide under some rules, with its sums."""
    change = CHANGES["to 50.00"]
    return prorate_change(rules.in_zone(UTC), change, [BILLED], purchased_on=BOUGHT).explain()


def figures(rules: Rulebook) -> Iterator[str]:
    """Return the three changes as rows of a table."""
    for name, change in CHANGES.items():
        row = compare(change, {"rules": rules}, [BILLED], zone=UTC, purchased_on=BOUGHT).rows[0]
        yield f"| {' | '.join((name, *row.cells()[1:]))} |"


def by_rule(rules: Rulebook) -> dict[ChangeRule, list[str]]:
    """Return each rule with the words for what it is for; those that are known first."""
    found: dict[ChangeRule, list[str]] = {}
    for happening, rule in rules.rules():
        found.setdefault(rule, []).append(happening.words)
    return dict(sorted(found.items(), key=lambda each: each[0].coverage is Coverage.NOT_DOCUMENTED))


def other_names(name: str) -> str:
    """Return the other names of a rulebook as code, or nothing."""
    return ", ".join(f"`{other}`" for other, of in ALIASES.items() if of == name)


def page(name: str, rules: Rulebook) -> str:
    """Return the page of a rulebook."""
    lines = [
        f"# {rules.name}",
        "",
        f'`rulebook("{name}")`. Written by `scripts/generate_vendor_pages.py`; do not edit by hand.',
        *([f"Other names of the same rules: {other_names(name)}."] if other_names(name) else []),
        "",
        "What a rule does is said by its difference from the defaults: to the second, over the real period, unused credited,",
        "remaining charged, each line half up, bill dates kept, billed at once, leftover credit carried.",
        "",
    ]
    for rule, happenings in by_rule(rules).items():
        lines += [
            f"## {', '.join(happenings).capitalize()}",
            "",
            f"- **Rule**: {rule.policy.describe()}",
            f"- **Coverage**: {COVERAGE[rule.coverage]}",
            f"- **Confidence**: {rule.confidence.value}: {CONFIDENCE[rule.confidence]}",
            f"- **Source**, read on {rule.read_on}: {rule.source}",
            *([f"- **Remark**: {rule.remark}"] if rule.remark else []),
            "",
        ]
    lines += [
        "## One subscription",
        "",
        "30.00 USD a month for 10 January 2026, 12:00 UTC, to 10 February, 12:00; changed on 24 January, 18:00. It was bought",
        "a year before.",
        "",
        "| change | credit | charge | net | due | next bill |",
        "|---|---|---|---|---|---|",
        *figures(rules),
        "",
        "```text",
        example(rules),
        "```",
        "",
    ]
    return "\n".join(lines)


def index() -> str:
    """Return the list of all pages."""
    names = dict.fromkeys(Coverage, 0)
    rows = []
    for name, rules in RULEBOOKS.items():
        known = [(each, rule) for each, rule in rules.rules() if rule.coverage is not Coverage.NOT_DOCUMENTED]
        sure = sorted({rule.confidence for _, rule in known}, key=list(Confidence).index)
        covers = "all" if len(known) == len(Happening) else ", ".join(each.words for each, _ in known)
        cells = (
            f"[`{name}`]({name}.md)",
            other_names(name),
            rules.name,
            covers,
            ", ".join(each.value for each in sure),
        )
        rows.append(f"| {' | '.join(cells)} |")
        for _, rule in rules.rules():
            names[rule.coverage] += 1
    counted = ", ".join(f"{count} {COVERAGE[coverage]}" for coverage, count in names.items())
    head = [
        "# Rulebooks",
        "",
        "The rules of sellers and billing systems for changes in mid-period, by what happens. None is the vendor's word: rules",
        "change, and printed examples break them. Written by `scripts/generate_vendor_pages.py`; do not edit by hand.",
        "",
        f"{len(RULEBOOKS)} rulebooks with {len(Happening)} rules each: {counted}.",
        "What is not documented takes the rule for other changes, and a result says so.",
        "",
        "| rulebook | other names | whose | what its sources cover | confidence |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    return {"README.md": index(), **{f"{name}.md": page(name, rules) for name, rules in RULEBOOKS.items()}}


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    out = parser.parse_args().out
    for name, text in pages().items():
        (out / name).write_text(text, encoding="utf-8")
    print(f"wrote {len(pages())} pages")


if __name__ == "__main__":
    main()
