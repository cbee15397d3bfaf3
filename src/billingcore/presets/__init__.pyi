# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore.presets._compare import (
    ComparedRow as ComparedRow,
    Comparison as Comparison,
    compare as compare,
    policies_matching as policies_matching,
)
from billingcore.presets._named import (
    DIRECTIONAL_PRESETS as DIRECTIONAL_PRESETS,
    PRESETS as PRESETS,
    policies_of as policies_of,
    preset as preset,
)
from billingcore.presets._preset import (
    Preset as Preset,
)

__all__ = [
    "ComparedRow",
    "Comparison",
    "DIRECTIONAL_PRESETS",
    "PRESETS",
    "Preset",
    "compare",
    "policies_matching",
    "policies_of",
    "preset",
]
