"""Billing time: half-open periods, cadences, and schedules counted from an anchor.

Everything here is counted, never stepped: boundary ``n`` comes from the anchor
and ``n`` alone. Civil dates for systems that bill by the day; instants, with an
explicit zone, for those that bill by the second.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "cycles._alignment": ("AlignedSchedule",),
        "cycles._cadences": ("ANNUAL", "HALF_YEARLY", "MONTHLY", "QUARTERLY", "WEEKLY", "Cadence", "Unit"),
        "cycles._instant_alignment": ("AlignedInstantSchedule",),
        "cycles._instant_schedules": ("InstantSchedule",),
        "cycles._instants": ("InstantPeriod", "civil_date", "start_of_day"),
        "cycles._moves": (
            "BillDateMove", "EarlyRenewal", "Resume", "Resumption", "move_bill_date", "renew_early",
            "resume_schedule",
        ),
        "cycles._periods": ("Period", "Periods"),
        "cycles._rules": ("END_OF_MONTH", "DayOfMonth", "DayRule", "MonthDay", "MonthEnd", "Weekday"),
        "cycles._schedules": ("Schedule",),
        "cycles._stubs": ("Stub",),
        "cycles._terms": ("Term",),
        "cycles._trials": ("Trial", "TrialChange"),
    },
)  # fmt: skip
