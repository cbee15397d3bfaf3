# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._proration.change import (
    Change as Change,
    ChangeKind as ChangeKind,
)
from billingcore._proration.choices import (
    Balance as Balance,
    Basis as Basis,
    Clock as Clock,
    CreditOf as CreditOf,
    DayOwner as DayOwner,
    Early as Early,
    FixedDays as FixedDays,
    OnSwitch as OnSwitch,
    RoundStep as RoundStep,
    Sale as Sale,
    Settlement as Settlement,
    Side as Side,
    Stage as Stage,
)
from billingcore._proration.history import (
    ChangeHistory as ChangeHistory,
    fold_changes as fold_changes,
)
from billingcore._proration.line import (
    ProrationLine as ProrationLine,
)
from billingcore._proration.policy import (
    Measure as Measure,
    ProrationPolicy as ProrationPolicy,
)
from billingcore._proration.prorate import (
    prorate_change as prorate_change,
)
from billingcore._proration.record import (
    credit_billed as credit_billed,
)
from billingcore._proration.result import (
    ProrationResult as ProrationResult,
)
from billingcore._proration.rulebook import (
    ChangeRule as ChangeRule,
    Coverage as Coverage,
    DirectionBy as DirectionBy,
    Happening as Happening,
    PlanOrder as PlanOrder,
    Rulebook as Rulebook,
    monthly_equivalent as monthly_equivalent,
)
from billingcore._proration.small import (
    SmallAmount as SmallAmount,
    SmallSettled as SmallSettled,
    settle_small as settle_small,
)
from billingcore._proration.unused import (
    Proration as Proration,
    prorate as prorate,
)

__all__ = [
    "Balance",
    "Basis",
    "Change",
    "ChangeHistory",
    "ChangeKind",
    "ChangeRule",
    "Clock",
    "Coverage",
    "CreditOf",
    "DayOwner",
    "DirectionBy",
    "Early",
    "FixedDays",
    "Happening",
    "Measure",
    "OnSwitch",
    "PlanOrder",
    "Proration",
    "ProrationLine",
    "ProrationPolicy",
    "ProrationResult",
    "RoundStep",
    "Rulebook",
    "Sale",
    "Settlement",
    "Side",
    "SmallAmount",
    "SmallSettled",
    "Stage",
    "credit_billed",
    "fold_changes",
    "monthly_equivalent",
    "prorate",
    "prorate_change",
    "settle_small",
]
