# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore.deadlines._business import (
    BusinessCalendar as BusinessCalendar,
)
from billingcore.deadlines._rules import (
    BusinessDaysAfter as BusinessDaysAfter,
    BusinessDaysBefore as BusinessDaysBefore,
    DaysAfter as DaysAfter,
    DaysBefore as DaysBefore,
    DaysThenMonthEnd as DaysThenMonthEnd,
    Deadline as Deadline,
    DeadlineRule as DeadlineRule,
    MonthEndPlus as MonthEndPlus,
)

__all__ = [
    "BusinessCalendar",
    "BusinessDaysAfter",
    "BusinessDaysBefore",
    "DaysAfter",
    "DaysBefore",
    "DaysThenMonthEnd",
    "Deadline",
    "DeadlineRule",
    "MonthEndPlus",
]
