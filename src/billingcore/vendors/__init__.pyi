# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore.vendors._compare import (
    ComparedRow as ComparedRow,
    Comparison as Comparison,
    Matches as Matches,
    compare as compare,
    policies_matching as policies_matching,
)
from billingcore.vendors._rulebooks import (
    RULEBOOKS as RULEBOOKS,
    rulebook as rulebook,
    rulebooks_of as rulebooks_of,
)

__all__ = [
    "ComparedRow",
    "Comparison",
    "Matches",
    "RULEBOOKS",
    "compare",
    "policies_matching",
    "rulebook",
    "rulebooks_of",
]
