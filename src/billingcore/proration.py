"""Proration: the share of a billed period that is not used, as an exact fraction, rounded once.

`prorate` is the arithmetic alone: an amount, a period, a day. `prorate_change` is
the whole change of a subscription under a vendor's `ProrationPolicy`: what is given
back, what is charged, when the next bill comes, and why. `fold_changes` does so for
a history of changes.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_proration.change": ("Change", "ChangeKind"),
        "_proration.credits": ("credit_billed",),
        "_proration.directions": (
            "Direction", "DirectionBy", "DirectionalPolicy", "direction_of", "monthly_equivalent",
        ),
        "_proration.folding": ("ChangeHistory", "fold_changes"),
        "_proration.instants": ("InstantProration",),
        "_proration.kernel": ("Proration", "prorate"),
        "_proration.lines": ("ProrationLine",),
        "_proration.options": (
            "Balance", "Basis", "Charge", "ChargeRate", "Clock", "Credit", "CreditBasis", "CreditCap", "Cycle",
            "DayOwner", "DiscountReversal", "Effective", "ExtensionRounding", "FixedDays", "Form", "Leftover",
            "MonthOverflow", "OnSwitch", "RoundStep", "Settle", "Side", "Stage", "TaxOrder",
        ),
        "_proration.policy": ("Measure", "MoneyRounding", "ProrationPolicy", "Sides", "Timing"),
        "_proration.results": ("ProrationResult", "prorate_change"),
        "_proration.small": ("Collection", "SmallAmount", "settle_small"),
        "_proration.tracing": ("TraceOrder", "TracedCredit", "trace_credit"),
    },
)  # fmt: skip
