# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._kernel import (
    Rounding as Rounding,
)
from billingcore.money._allocation import (
    Allocation as Allocation,
)
from billingcore.money._amounts import (
    ExactAmount as ExactAmount,
    Money as Money,
)
from billingcore.money._currencies import (
    MAX_AMOUNT_MINOR as MAX_AMOUNT_MINOR,
    minor_digits as minor_digits,
)
from billingcore.money._sums import (
    convert as convert,
    round_to_step as round_to_step,
    total as total,
)

__all__ = [
    "Allocation",
    "ExactAmount",
    "MAX_AMOUNT_MINOR",
    "Money",
    "Rounding",
    "convert",
    "minor_digits",
    "round_to_step",
    "total",
]
