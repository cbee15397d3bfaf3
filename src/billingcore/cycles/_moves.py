"""Moving the bill date, pausing and resuming, renewing early: what it does to the periods.

These are answers about time alone. Money follows from the periods in them: what
is charged for added days, and credited for removed or unused ones.
"""

from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_fields, check_tuple
from billingcore._choices import Choice
from billingcore.cycles._calendar import day_plus, is_month_end, naming
from billingcore.cycles._periods import Period
from billingcore.cycles._rules import END_OF_MONTH, DayRule
from billingcore.cycles._schedules import Schedule, check_schedule
from billingcore.errors import InvalidValueError, OutOfRangeError

_MOST_ADDED: Final = 1000
"""Cycles that a bill date is put off by, at most: each is a period of its own."""


@attrs.frozen
class BillDateMove:
    """The end of a period moved to another day.

    Args:
        before: the period as it was billed.
        after: the period as it stands now. Brought forward it is a part of ``before``; postponed it is a long period
            in which each day counts over the period of the old schedule in which it lies, so that its share is that of
            ``before`` and of what was added.
        added: postponed: the days between the old end and the new one, in periods of the old schedule, of which the
            last may be a stub. Their fractions are what the added time costs, if anything is charged for it.
        removed: brought forward: the days that the period lost, with the full period as reference. What is credited.
        schedule: what is billed from then on.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: days that were both added and removed, or neither; a period of which the start moved.
    """

    before: Period
    after: Period
    added: tuple[Period, ...]
    removed: Period | None
    schedule: Schedule

    def __attrs_post_init__(self) -> None:
        check_fields(self, before=Period, after=Period, removed=(Period, None), schedule=Schedule)
        check_tuple("added", self.added, Period)
        if bool(self.added) != (self.removed is None):
            raise InvalidValueError(
                "removed", self.removed, "an end moves one way: days are added, or some are removed"
            )
        if self.before.start != self.after.start:
            raise InvalidValueError("after", self.after, f"its end moves, not its start of {self.before.start}")

    def explain(self) -> str:
        """Return the move in words."""
        if self.removed is not None:
            return f"brought forward from {self.before.end} to {self.after.end}; removed {self.removed.explain()}"
        stubs = "; ".join(period.explain() for period in self.added)
        return f"postponed from {self.before.end} to {self.after.end}; added {stubs}"


class Resume(Choice):
    """What becomes of the billing period when a paused subscription goes on.

    ``KEEP_DATES``: bill dates stay where they were; the paused days are lost or credited.
    ``KEEP_DAYS``: the days that were left are used up first; the bill dates move by the length of the pause.
    ``RESTART``: a new period begins on the day of resumption, which is the new anchor.
    """

    KEEP_DATES = "keep_dates"
    KEEP_DAYS = "keep_days"
    RESTART = "restart"


@attrs.frozen
class Resumption:
    """A paused subscription that goes on.

    Args:
        how: what becomes of the billing period.
        paused: the days of the pause.
        interrupted: the period in which the pause began, as it was billed.
        unused: the days of it that the customer did not have before the subscription went on.
        current: the period in which the subscription goes on. Where days are kept, it is the rest of the interrupted
            period, and its reference is that period, both moved by the length of the pause.
        schedule: what is billed from then on.
        current_is_paid: whether ``current`` consists of days of the interrupted period, which was billed.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a pause that does not begin in the interrupted period, or end where the subscription goes on.
    """

    how: Resume
    paused: Period
    interrupted: Period
    unused: Period
    current: Period
    schedule: Schedule
    current_is_paid: bool

    def __attrs_post_init__(self) -> None:
        check_fields(self, how=Resume, schedule=Schedule, current_is_paid=bool)
        check_fields(self, paused=Period, interrupted=Period, unused=Period, current=Period)
        if self.current.start != self.paused.end:
            raise InvalidValueError("current", self.current, f"it goes on when the pause ends, on {self.paused.end}")
        if not self.interrupted.contains(self.paused.start):
            problem = f"the pause begins on {self.paused.start}; give the period of that day"
            raise InvalidValueError("interrupted", self.interrupted, problem)

    def explain(self) -> str:
        """Return the resumption in words."""
        paid = "already billed" if self.current_is_paid else "to be billed"
        return (
            f"paused from {self.paused}; {self.unused.days} of the {self.interrupted.days} days from "
            f"{self.interrupted} unused; goes on {self.current} ({paid}), then {self.schedule.describe()}"
        )


@attrs.frozen
class EarlyRenewal:
    """A subscription renewed before its period was over.

    Args:
        on: the day of the renewal.
        current: the period that was running, as it stands now.
        unused: the days that it lost, where the new period begins at once; None where it runs to its end.
        renewed: the period that was paid for.
        schedule: what is billed from then on.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a period that does not begin when the running one ends.
    """

    on: date
    current: Period
    unused: Period | None
    renewed: Period
    schedule: Schedule

    def __attrs_post_init__(self) -> None:
        check_date("on", self.on)
        check_fields(self, current=Period, unused=(Period, None), renewed=Period, schedule=Schedule)
        if self.renewed.start != self.current.end:
            problem = f"it begins when the running period ends, on {self.current.end}"
            raise InvalidValueError("renewed", self.renewed, problem)

    def explain(self) -> str:
        """Return the renewal in words."""
        lost = "" if self.unused is None else f"; unused {self.unused.explain()}"
        return f"renewed on {self.on}: {self.renewed}, after {self.current}{lost}"


def move_bill_date(schedule: Schedule, n: int, to: date, rule: DayRule | None = None) -> BillDateMove:
    """Move the end of period ``n`` to another day, which is then the anchor.

    A day that is a boundary of the schedule anyway (a period or two were given)
    keeps the schedule and its anchor's day: from 31 January, postponing 28 February
    by one cycle leads to 31 March and on to 30 April.

    Args:
        schedule: what was billed so far; of an `AlignedSchedule`, its ``schedule``, which has numbers of its own.
        n: the period whose end moves; ``schedule.index_of`` finds the number of a day's period.
        to: the new bill date, after the start of the period.
        rule: the day to come back to from then on; None for the day of ``to``, or the month's end as before.

    Raises:
        InvalidTypeError: arguments of the wrong type.
        InvalidValueError: a day that is not after the start of the period, or its end already.
        OutOfRangeError: a period off the calendar; a day more than 1000 cycles later.

    >>> from billingcore.cycles import Cadence
    >>> monthly = Schedule(date(2026, 1, 1), Cadence.monthly())
    >>> later = move_bill_date(monthly, 0, date(2026, 2, 10))
    >>> print(later.explain())
    postponed from 2026-02-01 to 2026-02-10; added 2026-02-01 to 2026-02-10: 9 of the 28 days from 2026-02-01 to
    2026-03-01
    >>> later.after.fraction  # 31/31 + 9/28
    Fraction(37, 28)
    >>> print(move_bill_date(monthly, 0, date(2026, 1, 20)).removed)  # 12 of the 31 days of January
    2026-01-20 to 2026-02-01
    """
    check_schedule(schedule)
    before = schedule.period(n)
    if check_date("to", to) <= before.start or to == before.end:
        problem = f"the period runs from {before}; give another day after its start"
        raise InvalidValueError("to", to, problem)
    moved = schedule if rule is None and schedule.is_boundary(to) else _anchored(schedule, to, rule)
    if to < before.end:
        return BillDateMove(before, Period(before.start, to, before, n), (), Period(to, before.end, before), moved)
    last_day = day_plus("to", to, -1)
    with naming("to", to):
        last = schedule.period_containing(last_day)
    cycles = range(n + 1, schedule.index_of(last_day))
    if len(cycles) > _MOST_ADDED:
        raise OutOfRangeError("to", to, f"a bill date is put off by up to {_MOST_ADDED} cycles; give an earlier day")
    whole = tuple([schedule.period(k) for k in cycles])
    after = Period(before.start, to, last, n, (before, *whole))
    return BillDateMove(before, after, (*whole, _part(last, last.start, to)), None, moved)


def resume_schedule(schedule: Schedule, paused_on: date, resumed_on: date, how: Resume) -> Resumption:
    """Let a paused subscription go on.

    Args:
        schedule: what was billed before the pause; of an `AlignedSchedule`, its ``schedule``.
        paused_on: the first day without service.
        resumed_on: the first day with service again; later than ``paused_on``.
        how: what becomes of the billing period.

    Raises:
        InvalidTypeError: arguments of the wrong type.
        InvalidValueError: a resumption that is not after the pause.
        OutOfRangeError: a period off the calendar.

    >>> from billingcore.cycles import Cadence
    >>> monthly = Schedule(date(2026, 1, 1), Cadence.monthly())
    >>> for how in Resume:
    ...     print(how.value, resume_schedule(monthly, date(2026, 1, 21), date(2026, 3, 11), how).current)
    keep_dates 2026-03-11 to 2026-04-01
    keep_days 2026-03-11 to 2026-03-22
    restart 2026-03-11 to 2026-04-11
    """
    check_schedule(schedule)
    check("how", how, Resume)
    if check_date("resumed_on", resumed_on) <= check_date("paused_on", paused_on):
        raise InvalidValueError("resumed_on", resumed_on, f"a pause ends after it starts ({paused_on})")
    paused = Period(paused_on, resumed_on)
    with naming("paused_on", paused_on):
        interrupted = schedule.period_containing(paused_on)
    with naming("resumed_on", resumed_on):
        return _resumed(schedule, paused, interrupted, how)


def _resumed(schedule: Schedule, paused: Period, interrupted: Period, how: Resume) -> Resumption:
    paused_on, resumed_on = paused.start, paused.end
    left = _part(interrupted, paused_on, interrupted.end)
    if how is Resume.KEEP_DATES:
        full = schedule.period_containing(resumed_on)
        unused = _part(interrupted, paused_on, min(interrupted.end, resumed_on))
        current = _part(full, resumed_on, full.end)
        return Resumption(how, paused, interrupted, unused, current, schedule, current_is_paid=full == interrupted)
    if how is Resume.KEEP_DAYS:
        length = (resumed_on - paused_on).days
        moved = Period(
            day_plus("resumed_on", interrupted.start, length), day_plus("resumed_on", interrupted.end, length)
        )
        current = _part(moved, resumed_on, moved.end)
        return Resumption(
            how, paused, interrupted, left, current, _anchored(schedule, current.end), current_is_paid=True
        )
    restarted = _anchored(schedule, resumed_on)
    return Resumption(how, paused, interrupted, left, restarted.period(0), restarted, current_is_paid=False)


def renew_early(schedule: Schedule, on: date, *, restart: bool = False) -> EarlyRenewal:
    """Renew a subscription before its period is over.

    Args:
        schedule: what was billed so far; of an `AlignedSchedule`, its ``schedule``.
        on: the day of the renewal.
        restart: False: the next period is paid now and begins when the running one ends; no day is lost. True: it
            begins at once and its first day is the new anchor; the rest of the running period is unused.

    Raises:
        InvalidTypeError: arguments of the wrong type.
        InvalidValueError: a restart on the first day of a period, where nothing has been used yet.
        OutOfRangeError: a period off the calendar.

    >>> from billingcore.cycles import Cadence
    >>> annual = Schedule(date(2026, 1, 1), Cadence.yearly())
    >>> print(renew_early(annual, date(2026, 12, 2)).renewed)
    2027-01-01 to 2028-01-01
    >>> renewal = renew_early(annual, date(2026, 12, 2), restart=True)
    >>> print(renewal.renewed, "unused:", renewal.unused)
    2026-12-02 to 2027-12-02 unused: 2026-12-02 to 2027-01-01
    """
    check_schedule(schedule)
    check("restart", restart, bool)
    with naming("on", on):
        current = schedule.period_containing(on)
        if not restart:
            return EarlyRenewal(on, current, None, schedule.period(schedule.index_of(on) + 1), schedule)
        if on == current.start:
            raise InvalidValueError("on", on, "a period begins on this day anyway; there is nothing to restart")
        used, unused = current.split(on)
        restarted = _anchored(schedule, on)
        return EarlyRenewal(on, used, unused, restarted.period(0), restarted)


def _anchored(schedule: Schedule, anchor: date, rule: DayRule | None = None) -> Schedule:
    """Return the schedule counted from another day; a rule of the month's end stays one if the day is a month's end."""
    if rule is None and schedule.rule is END_OF_MONTH and is_month_end(anchor):
        rule = END_OF_MONTH
    return Schedule(anchor, schedule.cadence, rule)


def _part(full: Period, start: date, end: date) -> Period:
    """Return some days of a full period, or the period itself where they are all of it."""
    return full if (start, end) == (full.start, full.end) else Period(start, end, full)
