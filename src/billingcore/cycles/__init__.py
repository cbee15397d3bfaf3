"""Billing time: half-open periods, cadences, and schedules counted from an anchor."""

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
    "Cadence",
    "DayOfMonth",
    "DayRule",
    "MonthDay",
    "MonthEnd",
    "Period",
    "Periods",
    "Schedule",
    "Unit",
    "Weekday",
]
