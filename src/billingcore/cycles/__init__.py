"""Billing time: half-open periods, cadences, and schedules counted from an anchor.

Everything here is counted, never stepped: boundary ``n`` comes from the anchor
and ``n`` alone. Civil dates for systems that bill by the day; instants, with an
explicit zone, for those that bill by the second.
"""

import sys
from typing import TYPE_CHECKING

from billingcore.cycles._cadences import ANNUAL, HALF_YEARLY, MONTHLY, QUARTERLY, WEEKLY, Cadence, Unit
from billingcore.cycles._periods import Period, Periods
from billingcore.cycles._rules import END_OF_MONTH, DayOfMonth, DayRule, MonthDay, MonthEnd, Weekday
from billingcore.cycles._schedules import Schedule

__all__ = [
    "ANNUAL",
    "END_OF_MONTH",
    "HALF_YEARLY",
    "MONTHLY",
    "QUARTERLY",
    "WEEKLY",
    "AlignedSchedule",
    "BillDateMove",
    "Cadence",
    "DayOfMonth",
    "DayRule",
    "EarlyRenewal",
    "InstantPeriod",
    "InstantSchedule",
    "MonthDay",
    "MonthEnd",
    "Period",
    "Periods",
    "Resume",
    "Resumption",
    "Schedule",
    "Stub",
    "Term",
    "Trial",
    "TrialChange",
    "Unit",
    "Weekday",
    "civil_date",
    "move_bill_date",
    "renew_early",
    "resume_schedule",
]

if TYPE_CHECKING:
    from billingcore.cycles._alignment import AlignedSchedule, Stub
    from billingcore.cycles._instants import InstantPeriod, InstantSchedule, civil_date
    from billingcore.cycles._moves import (
        BillDateMove,
        EarlyRenewal,
        Resume,
        Resumption,
        move_bill_date,
        renew_early,
        resume_schedule,
    )
    from billingcore.cycles._terms import Term
    from billingcore.cycles._trials import Trial, TrialChange
else:  # loaded on first use: a value class costs its half millisecond only where it is needed

    def __getattr__(name: str) -> object:
        if name in {"AlignedSchedule", "Stub"}:
            from billingcore.cycles import _alignment as home  # noqa: PLC0415 - on first use, as said above
        elif name in {"InstantPeriod", "InstantSchedule", "civil_date"}:
            from billingcore.cycles import _instants as home  # noqa: PLC0415 - on first use
        elif name == "Term":
            from billingcore.cycles import _terms as home  # noqa: PLC0415 - on first use
        elif name in {"Trial", "TrialChange"}:
            from billingcore.cycles import _trials as home  # noqa: PLC0415 - on first use
        elif name in __all__:
            from billingcore.cycles import _moves as home  # noqa: PLC0415 - on first use
        else:
            # With the module at hand, the interpreter suggests the name that was meant.
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])
        value = getattr(home, name)
        globals()[name] = value  # the next look-up does not come here
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
