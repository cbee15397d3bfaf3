"""Bill dates that go on after a change: a contract keeps its end, and they keep their day of the month."""

from datetime import date

from billingcore.cycles import (
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    MonthDay,
    MonthEnd,
    Schedule,
    Stub,
)


def schedule_from(
    old: Schedule | AlignedSchedule, day: date, cadence: Cadence, billed_until: date
) -> Schedule | AlignedSchedule:
    """Return bill dates that are counted from a day; a contract keeps its end, unless what is billed goes beyond it.

    Where they go on from the end of what is billed, they keep their day of the month too: of the 31st, 28 February is
    followed by 31 March.

    Args:
        old: the bill dates until now.
        day: the new anchor.
        cadence: how often from then on.
        billed_until: the end of the newest billed period.
    """
    plain = old.schedule if isinstance(old, AlignedSchedule) else old
    goes_on = day == billed_until and plain.is_boundary(day)
    new = Schedule(day, cadence, _day_kept(plain, day, cadence) if goes_on else None)
    return within_contract(old, new, day, billed_until)


def within_contract(
    old: Schedule | AlignedSchedule, new: Schedule, start: date, billed_until: date
) -> Schedule | AlignedSchedule:
    """Return new bill dates with the end of the old contract, unless what is billed goes beyond it.

    Args:
        old: the bill dates until now.
        new: those from now on.
        start: from which day.
        billed_until: the end of the newest billed period.
    """
    if not isinstance(old, AlignedSchedule) or old.until is None or old.until < billed_until:
        return new
    until = old.until
    if until == start:
        return old  # nothing renews any more
    if old.last is Stub.LONG:  # unless it would take in what is billed already
        long = AlignedSchedule(start, new, until, last=Stub.LONG)
        if long.is_boundary(billed_until):
            return long
    return AlignedSchedule(start, new, until)


def _day_kept(plain: Schedule, day: date, cadence: Cadence) -> DayOfMonth | MonthEnd | None:
    """Return the day of the month that bill dates come back to, where the day itself does not say it."""
    rule = plain.rule
    if not cadence.months or not plain.cadence.months:
        return None
    if isinstance(rule, DayOfMonth | MonthEnd):
        return rule
    number = rule.day if isinstance(rule, MonthDay) else plain.anchor.day
    return DayOfMonth(number) if number > day.day else None
