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
    total as total,
)
from billingcore.money._currencies import (
    MAX_AMOUNT_MINOR as MAX_AMOUNT_MINOR,
    minor_digits as minor_digits,
)

__all__ = [
    "Allocation",
    "ExactAmount",
    "MAX_AMOUNT_MINOR",
    "Money",
    "Rounding",
    "minor_digits",
    "total",
]
