"""Money: whole minor units of one currency, and exact amounts before their one rounding.

`Money` is what can be paid: an int of minor units and an ISO 4217 code. Anything
with a fraction of a cent is an `ExactAmount`, and only `ExactAmount.round` leads
back, with a mode that the caller names. Neither ever reads the decimal context.
"""

from billingcore._kernel import Rounding
from billingcore.money._allocation import Allocation
from billingcore.money._amounts import ExactAmount, Money, check_money, check_one_currency, total
from billingcore.money._currencies import MAX_AMOUNT_MINOR, minor_digits

__all__ = [
    "MAX_AMOUNT_MINOR",
    "Allocation",
    "ExactAmount",
    "Money",
    "Rounding",
    "check_money",
    "check_one_currency",
    "minor_digits",
    "total",
]
