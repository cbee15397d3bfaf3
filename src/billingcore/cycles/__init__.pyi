# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore.cycles._alignment import (
    AlignedSchedule as AlignedSchedule,
)
from billingcore.cycles._cadences import (
    ANNUAL as ANNUAL,
    Cadence as Cadence,
    HALF_YEARLY as HALF_YEARLY,
    MONTHLY as MONTHLY,
    QUARTERLY as QUARTERLY,
    Unit as Unit,
    WEEKLY as WEEKLY,
)
from billingcore.cycles._instant_alignment import (
    AlignedInstantSchedule as AlignedInstantSchedule,
)
from billingcore.cycles._instant_schedules import (
    InstantSchedule as InstantSchedule,
)
from billingcore.cycles._instants import (
    InstantPeriod as InstantPeriod,
    civil_date as civil_date,
    start_of_day as start_of_day,
)
from billingcore.cycles._moves import (
    BillDateMove as BillDateMove,
    EarlyRenewal as EarlyRenewal,
    Resume as Resume,
    Resumption as Resumption,
    move_bill_date as move_bill_date,
    renew_early as renew_early,
    resume_schedule as resume_schedule,
)
from billingcore.cycles._periods import (
    Period as Period,
    Periods as Periods,
)
from billingcore.cycles._rules import (
    DayOfMonth as DayOfMonth,
    DayRule as DayRule,
    END_OF_MONTH as END_OF_MONTH,
    MonthDay as MonthDay,
    MonthEnd as MonthEnd,
    Weekday as Weekday,
)
from billingcore.cycles._schedules import (
    Schedule as Schedule,
)
from billingcore.cycles._stubs import (
    Stub as Stub,
)
from billingcore.cycles._terms import (
    Term as Term,
)
from billingcore.cycles._trials import (
    Trial as Trial,
    TrialChange as TrialChange,
)

__all__ = [
    "ANNUAL",
    "AlignedInstantSchedule",
    "AlignedSchedule",
    "BillDateMove",
    "Cadence",
    "DayOfMonth",
    "DayRule",
    "END_OF_MONTH",
    "EarlyRenewal",
    "HALF_YEARLY",
    "InstantPeriod",
    "InstantSchedule",
    "MONTHLY",
    "MonthDay",
    "MonthEnd",
    "Period",
    "Periods",
    "QUARTERLY",
    "Resume",
    "Resumption",
    "Schedule",
    "Stub",
    "Term",
    "Trial",
    "TrialChange",
    "Unit",
    "WEEKLY",
    "Weekday",
    "civil_date",
    "move_bill_date",
    "renew_early",
    "resume_schedule",
    "start_of_day",
]
