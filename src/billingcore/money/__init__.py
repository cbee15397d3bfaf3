"""Money: whole minor units of one currency, and exact amounts before their one rounding.

`Money` is what can be paid: an int of minor units and an ISO 4217 code. Anything
with a fraction of a cent is an `ExactAmount`, and only `ExactAmount.round` leads
back, with a mode that the caller names. Neither ever reads the decimal context.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_kernel": ("Rounding",),
        "money._allocation": ("Allocation",),
        "money._amounts": ("ExactAmount", "Money"),
        "money._sums": ("convert", "round_to_step", "total"),
        "money._currencies": ("MAX_AMOUNT_MINOR", "minor_digits"),
    },
)  # fmt: skip
