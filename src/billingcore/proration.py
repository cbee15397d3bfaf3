"""Proration: the share of a billed period that is not used, as an exact fraction, rounded once.

`prorate` is the arithmetic alone: an amount, a period, a day. `prorate_change` is
the whole change of a subscription under a vendor's `ProrationPolicy`: what is given
back, what is charged, when the next bill comes, and why. `fold_changes` does so for
a history of changes.
"""

import sys
from datetime import date
from typing import TYPE_CHECKING

from billingcore._kernel import Rounding
from billingcore._proration.kernel import Proration, prorate
from billingcore.errors import InvalidTypeError

if TYPE_CHECKING:
    from billingcore._proration.change import Change, ChangeKind
    from billingcore._proration.directions import (
        Direction,
        DirectionalPolicy,
        DirectionBy,
        direction_of,
        monthly_equivalent,
    )
    from billingcore._proration.folding import ChangeHistory, fold_changes
    from billingcore._proration.instants import InstantProration
    from billingcore._proration.lines import ProrationLine
    from billingcore._proration.options import (
        Balance,
        Basis,
        Charge,
        ChargeRate,
        Clock,
        Credit,
        CreditBasis,
        CreditCap,
        Cycle,
        DayOwner,
        DiscountReversal,
        Effective,
        ExtensionRounding,
        FixedDays,
        Form,
        Leftover,
        MonthOverflow,
        OnSwitch,
        RoundStep,
        Settle,
        Side,
        Stage,
        TaxOrder,
    )
    from billingcore._proration.policy import Measure, MoneyRounding, ProrationPolicy, Sides, Timing
    from billingcore._proration.results import ProrationResult, prorate_change
    from billingcore._proration.small import Collection, SmallAmount, settle_small
    from billingcore._proration.tracing import TracedCredit, TraceOrder, trace_credit
    from billingcore.billed import BilledPeriod
else:  # the policy and its engine are loaded on first use: the kernel alone needs none of them

    def __getattr__(name: str) -> object:
        if name not in __all__:
            # With the module at hand, the interpreter suggests the name that was meant.
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])
        from billingcore._proration import catalogue  # noqa: PLC0415 - on first use

        value = getattr(catalogue, name)
        globals()[name] = value  # the next look-up does not come here
        return value


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
    "Rounding",
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


def credit_billed(billed: "BilledPeriod", change_on: date, rounding: Rounding = Rounding.HALF_UP) -> Proration:
    """Return the credit for the unused days of what was really billed, never above what is left of it.

    Raises:
        InvalidTypeError: not a BilledPeriod; else as `Proration`.
    """
    from billingcore.billed import BilledPeriod  # noqa: PLC0415 - whoever has one has loaded it

    if type(billed) is not BilledPeriod:
        raise InvalidTypeError("billed", billed, "a BilledPeriod")
    return Proration(billed.net, billed.period, change_on, rounding, billed.credit_given)


def __dir__() -> list[str]:
    return sorted(__all__)
