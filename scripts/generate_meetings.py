"""Write the table of what waits into ``docs/subscriptions.md``: what becomes of it, by what is asked.

Usage: ``python scripts/generate_meetings.py [--check]``; with ``--check`` nothing is written, and the exit code is 1 where the
page is not current. The outcomes are those of `billingcore.subscriptions.MEETINGS`, the words those of the docstrings; what
vendors do is told here, each with its source.
"""

import argparse
import sys
from pathlib import Path  # noqa: TID251 - a maintainer script reads and writes a file
from types import MappingProxyType

from generate_reference import definitions, file_of, find

from billingcore.subscriptions import MEETINGS, Asked, Meeting, Waits

PAGE = Path(__file__).parent.parent / "docs" / "subscriptions.md"
START, END = "<!-- generated: what waits -->", "<!-- end of the generated part -->"

HEADS = MappingProxyType({
    Waits.CHANGE: "a change waits", Waits.CANCELLATION: "a cancellation waits", Waits.PAUSE: "a pause waits",
})  # fmt: skip
VENDORS = MappingProxyType({
    (Waits.CHANGE, Asked.LATER_CHANGE): (
        "Recurly: one change waits at a time (recurly-docs, change-subscription.md)",
    ),
    (Waits.CHANGE, Asked.MORE): (
        "Polar: the change is kept, and holds for the new number (polar, test_service_prorations.py 1385)",
    ),
    (Waits.CANCELLATION, Asked.LATER_CHANGE): (
        "Meteroid: the cancellation is cleared (meteroid, plan_change.rs 3075)",
    ),
    (Waits.CANCELLATION, Asked.CHANGE): (
        "WooCommerce: refused while a cancellation waits (switching guide)",
    ),
    (Waits.PAUSE, Asked.CANCELLATION): ("Polar: the pause is cleared (polar, test_service.py 3141)",),
})  # fmt: skip
"""What named vendors do, where their documentation or their published tests say so."""


def told(kind: type[Asked] | type[Meeting]) -> dict[str, str]:
    """Return what the docstrings say of the members of a choice.

    Raises:
        LookupError: a member without one.
    """
    found = find(file_of("_subscriptions.pending"), kind.__name__)
    if found is None:
        raise LookupError(kind.__name__)
    own = definitions(found.body, found.path)
    return {each.name: own[each.name].text for each in kind}


def table() -> str:
    """Return the table, and what its words mean."""
    asked, outcomes = told(Asked), told(Meeting)
    lines = [f"| what is asked | {' | '.join(HEADS.values())} | named vendors |", f"|{'---|' * (len(HEADS) + 2)}"]
    for each in Asked:
        cells = [MEETINGS[waits, each].value for waits in HEADS]
        vendors = "; ".join([words for waits in HEADS for words in VENDORS.get((waits, each), ())])
        lines.append(f"| `{each.value}`: {_as_part(asked[each.name])} | {' | '.join(cells)} | {vendors} |")
    lines.append("")
    lines += [f"- **{each.value}**: {_as_part(outcomes[each.name])}." for each in Meeting]
    return "\n".join(lines)


def _as_part(sentence: str) -> str:
    """Return a sentence as a part of another one."""
    return sentence[0].lower() + sentence[1:].rstrip(".")


def page(current: str) -> str:
    """Put the table into the page."""
    before, rest = current.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n\n{table()}\n\n{END}{after}"


def main() -> int:
    """Write or check the page."""
    parser = argparse.ArgumentParser(description="Write the table of what waits into docs/subscriptions.md.")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--page", type=Path, default=PAGE)
    arguments = parser.parse_args()
    current = arguments.page.read_text(encoding="utf-8")
    text = page(current)
    if text == current:
        print("current")
        return 0
    print(f"not current: {arguments.page.name}")
    if arguments.check:
        return 1
    arguments.page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
