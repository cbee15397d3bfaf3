"""Proration: the share of a billed period that is not used, as an exact fraction, rounded once.

`prorate` is the arithmetic alone: an amount, a period, a day. `prorate_change` is the
whole change of a subscription under a seller's `Rulebook`, or one `ProrationPolicy`:
what is given back, what is charged, when the next bill comes, and why. `fold_changes`
does so for a history of changes.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_proration.change": ("Change", "ChangeKind"),
        "_proration.choices": (
            "Balance", "Basis", "Clock", "CreditOf", "DayOwner", "Early", "FixedDays", "OnSwitch", "RoundStep", "Sale",
            "Settlement", "Side", "Stage",
        ),
        "_proration.history": ("ChangeHistory", "fold_changes"),
        "_proration.line": ("ProrationLine",),
        "_proration.policy": ("Measure", "ProrationPolicy"),
        "_proration.record": ("credit_billed",),
        "_proration.prorate": ("prorate_change",),
        "_proration.result": ("ProrationResult",),
        "_proration.rulebook": (
            "ChangeRule", "Coverage", "DirectionBy", "Happening", "PlanOrder", "Rulebook", "monthly_equivalent",
        ),
        "_proration.small": ("SmallAmount", "SmallSettled", "settle_small"),
        "_proration.unused": ("Proration", "prorate"),
    },
)  # fmt: skip
