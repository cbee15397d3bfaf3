# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._proration.change import (
    Change as Change,
    ChangeKind as ChangeKind,
)
from billingcore._proration.credits import (
    credit_billed as credit_billed,
)
from billingcore._proration.directions import (
    Direction as Direction,
    DirectionBy as DirectionBy,
    DirectionalPolicy as DirectionalPolicy,
    direction_of as direction_of,
    monthly_equivalent as monthly_equivalent,
)
from billingcore._proration.folding import (
    ChangeHistory as ChangeHistory,
    fold_changes as fold_changes,
)
from billingcore._proration.instants import (
    InstantProration as InstantProration,
)
from billingcore._proration.kernel import (
    Proration as Proration,
    prorate as prorate,
)
from billingcore._proration.lines import (
    ProrationLine as ProrationLine,
)
from billingcore._proration.options import (
    Balance as Balance,
    Basis as Basis,
    Charge as Charge,
    ChargeRate as ChargeRate,
    Clock as Clock,
    Credit as Credit,
    CreditBasis as CreditBasis,
    CreditCap as CreditCap,
    Cycle as Cycle,
    DayOwner as DayOwner,
    DiscountReversal as DiscountReversal,
    Effective as Effective,
    ExtensionRounding as ExtensionRounding,
    FixedDays as FixedDays,
    Form as Form,
    Leftover as Leftover,
    MonthOverflow as MonthOverflow,
    OnSwitch as OnSwitch,
    RoundStep as RoundStep,
    Settle as Settle,
    Side as Side,
    Stage as Stage,
    TaxOrder as TaxOrder,
)
from billingcore._proration.policy import (
    Measure as Measure,
    MoneyRounding as MoneyRounding,
    ProrationPolicy as ProrationPolicy,
    Sides as Sides,
    Timing as Timing,
)
from billingcore._proration.results import (
    ProrationResult as ProrationResult,
    prorate_change as prorate_change,
)
from billingcore._proration.small import (
    Collection as Collection,
    SmallAmount as SmallAmount,
    settle_small as settle_small,
)
from billingcore._proration.tracing import (
    TraceOrder as TraceOrder,
    TracedCredit as TracedCredit,
    trace_credit as trace_credit,
)

__all__ = [
    "Balance",
    "Basis",
    "Change",
    "ChangeHistory",
    "ChangeKind",
    "Charge",
    "ChargeRate",
    "Clock",
    "Collection",
    "Credit",
    "CreditBasis",
    "CreditCap",
    "Cycle",
    "DayOwner",
    "Direction",
    "DirectionBy",
    "DirectionalPolicy",
    "DiscountReversal",
    "Effective",
    "ExtensionRounding",
    "FixedDays",
    "Form",
    "InstantProration",
    "Leftover",
    "Measure",
    "MoneyRounding",
    "MonthOverflow",
    "OnSwitch",
    "Proration",
    "ProrationLine",
    "ProrationPolicy",
    "ProrationResult",
    "RoundStep",
    "Settle",
    "Side",
    "Sides",
    "SmallAmount",
    "Stage",
    "TaxOrder",
    "Timing",
    "TraceOrder",
    "TracedCredit",
    "credit_billed",
    "direction_of",
    "fold_changes",
    "monthly_equivalent",
    "prorate",
    "prorate_change",
    "settle_small",
    "trace_credit",
]
