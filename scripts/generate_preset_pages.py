"""Write ``docs/presets/*.md`` from the presets: the rule, its source, what is inferred, and one change worked out.

Usage: ``python scripts/generate_preset_pages.py [--out FOLDER]``.
"""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path  # noqa: TID251 - a maintainer script writes files

from billingcore.billed import BilledPeriod
from billingcore.cycles import MONTHLY, InstantPeriod, Period
from billingcore.money import Money
from billingcore.plans import FlatPrice, Plan
from billingcore.presets import PRESETS, Preset
from billingcore.proration import Change, prorate_change
from billingcore.tax import OutsideScope

OUT = Path(__file__).parent.parent / "docs" / "presets"
CONFIDENCE = {
    "high": "the vendor's own page, repository or fixtures say it",
    "medium": "others restate it; the vendor's own words were not seen",
    "low": "mainly our inference",
}


def example(preset: Preset) -> str:
    """Return the change of the guide under a preset: 30.00 to 50.00 on 24 January, 18:00 UTC."""
    span = InstantPeriod(datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 2, 10, 12, tzinfo=UTC))
    small, large = (
        Plan(name, FlatPrice(Money.of(price, "USD")), MONTHLY)
        for name, price in (("Small", "30.00"), ("Large", "50.00"))
    )
    days = Period(date(2026, 1, 10), date(2026, 2, 10))
    billed = BilledPeriod.of_plan(small, 1, days, OutsideScope("US", (), "2026-11-23"), span=span)
    change = Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), large)
    return prorate_change(preset.policy.in_zone(UTC), change, [billed]).explain()


def page(preset: Preset) -> str:
    """Return the page of a preset."""
    rows = [f"| `{part}.{field}` | {value} |" for part, field, value in preset.policy.differences()]
    rule = ["| field | value |", "|---|---|", *rows] if rows else ["Every field has its default."]
    inferred = preset.inference or "Nothing."
    return "\n".join(
        [
            f"# {preset.title}",
            "",
            f'`preset("{preset.name}").policy`. Written by `scripts/generate_preset_pages.py`; do not edit by hand.',
            "",
            "Where it differs from the defaults (to the second, over the real period, unused credited, remaining charged, each",
            "line half up, bill dates kept, billed at once, leftover credit carried):",
            "",
            *rule,
            "",
            f"**Source**, read on {preset.checked_on}: {preset.source}.",
            f"**Confidence**: {preset.confidence.value}: {CONFIDENCE[preset.confidence.value]}.",
            f"**Inferred**: {inferred}",
            "",
            "## One change",
            "",
            "30.00 USD a month for 10 January 2026, 12:00 UTC, to 10 February, 12:00; changed to 50.00 on 24 January, 18:00.",
            "",
            "```text",
            example(preset),
            "```",
            "",
        ]
    )


def index() -> str:
    """Return the list of all pages."""
    rows = [
        f"| [`{each.name}`]({each.name}.md) | {each.title} | {each.confidence.value} |" for each in PRESETS.values()
    ]
    head = [
        "# Presets",
        "",
        "Vendors' published rules for changes in mid-period. None is the vendor's word: rules change, and printed examples",
        "break them. Written by `scripts/generate_preset_pages.py`; do not edit by hand.",
        "",
        "| preset | vendor | confidence |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    return {"README.md": index(), **{f"{name}.md": page(preset) for name, preset in PRESETS.items()}}


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
