"""The last day on which something is in time: disputes, notices, payment terms.

The rule is written once. The day from which is counted never counts itself.
Inclusive (the usual reading of "within n days"): the last day is ``start + n``.
Exclusive: the n-th day is already too late, so the last day is ``start + n - 1``.
A rule is a value that a policy can hold; asked for a date, it gives a `Deadline`.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "deadlines._business": ("BusinessCalendar",),
        "deadlines._rules": (
            "BusinessDaysAfter", "BusinessDaysBefore", "DaysAfter", "DaysBefore", "DaysThenMonthEnd",
            "Deadline", "DeadlineRule", "MonthEndPlus",
        ),
    },
)  # fmt: skip
