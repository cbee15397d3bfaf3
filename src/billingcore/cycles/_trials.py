"""Free trials: when they end, and what a change during one does to that day."""

from datetime import date
from typing import TYPE_CHECKING

import attrs

from billingcore._checks import check, check_date
from billingcore._choices import Choice
from billingcore.cycles._cadences import Cadence
from billingcore.cycles._calendar import naming
from billingcore.cycles._periods import Period
from billingcore.cycles._rules import DayRule
from billingcore.cycles._schedules import Schedule
from billingcore.errors import InvalidTypeError, InvalidValueError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


class TrialChange(Choice):
    """What a change of plan during a trial does to its end.

    ``KEEP_END``: nothing; the promised day stays (Recurly, Stripe).
    ``FROM_START``: the new length counts from the first day of the trial (Lago).
    ``RESTART``: the new length counts from the day of the change.
    ``END_NOW``: the day of the change is the first paid day.
    """

    KEEP_END = "keep_end"
    FROM_START = "from_start"
    RESTART = "restart"
    END_NOW = "end_now"


@attrs.frozen
class Trial:
    """A free trial. Its end is the first paid day, and the anchor of everything that is billed afterwards.

    Args:
        start_on: the first free day.
        first_paid_on: the first day that is no longer free; no free day is billed, and no paid day is free.

    Raises:
        InvalidTypeError: a date that is not a civil date.
        InvalidValueError: a trial that does not end after it starts.

    >>> from billingcore.cycles import Cadence
    >>> trial = Trial.lasting(date(2024, 4, 28), Cadence.daily(7))
    >>> print(trial.first_paid_on, trial.schedule(Cadence.monthly()).boundary(1))
    2024-05-05 2024-06-05
    """

    start_on: date
    first_paid_on: date

    def __attrs_post_init__(self) -> None:
        if check_date("first_paid_on", self.first_paid_on) <= check_date("start_on", self.start_on):
            problem = f"a trial has a free day: it must end after it starts ({self.start_on})"
            raise InvalidValueError("first_paid_on", self.first_paid_on, problem)

    @classmethod
    def lasting(cls, start_on: date, length: "Cadence | relativedelta") -> "Trial":
        """Return the trial of a length: 14 days, 1 month (31 January to 28 or 29 February).

        Raises:
            InvalidTypeError: not a civil date, not a length.
            OutOfRangeError: it would end off the calendar.
        """
        return cls(start_on, _after("length", start_on, length))

    @property
    def period(self) -> Period:
        """The free days."""
        return Period(self.start_on, self.first_paid_on)

    @property
    def days(self) -> int:
        """The number of free days."""
        return self.period.days

    def schedule(self, cadence: "Cadence | relativedelta", rule: DayRule | None = None) -> Schedule:
        """Return the schedule of what is billed after the trial; its anchor is the first paid day."""
        return Schedule(self.first_paid_on, cadence, rule)

    def extended(self, by: "Cadence | relativedelta") -> "Trial":
        """Return the trial with a length added to its end.

        Raises:
            InvalidTypeError: not a length.
            OutOfRangeError: it would end off the calendar.

        >>> from billingcore.cycles import Cadence
        >>> print(Trial(date(2026, 3, 1), date(2026, 3, 15)).extended(Cadence.weekly()).first_paid_on)
        2026-03-22
        """
        return Trial(self.start_on, _after("by", self.first_paid_on, by))

    def extended_to(self, first_paid_on: date) -> "Trial":
        """Return the trial with a later end.

        Raises:
            InvalidTypeError: not a civil date.
            InvalidValueError: not later than the present end.
        """
        if check_date("first_paid_on", first_paid_on) <= self.first_paid_on:
            problem = f"an extension ends later than {self.first_paid_on}; to end a trial early, change it"
            raise InvalidValueError("first_paid_on", first_paid_on, problem)
        return Trial(self.start_on, first_paid_on)

    def changed(self, on: date, how: TrialChange, length: "Cadence | relativedelta | None" = None) -> "Trial":
        """Return the trial after a change of plan on one of its days.

        Args:
            on: the day of the change, one of the free days.
            how: what the change does to the end.
            length: the length of the new plan's trial; needed where it is counted anew.

        A length counted from the start that is already over makes the day of the
        change the first paid day.

        Raises:
            InvalidTypeError: arguments of the wrong type; a length is missing.
            InvalidValueError: a day outside the trial; an end on its first day, which leaves no trial.
            OutOfRangeError: it would end off the calendar.

        >>> from billingcore.cycles import Cadence
        >>> trial = Trial(date(2026, 3, 1), date(2026, 3, 15))
        >>> for how in TrialChange:
        ...     print(how.value, trial.changed(date(2026, 3, 10), how, Cadence.daily(30)).first_paid_on)
        keep_end 2026-03-15
        from_start 2026-03-31
        restart 2026-04-09
        end_now 2026-03-10
        """
        if not self.period.contains(on):
            problem = f"the trial runs from {self.start_on} until {self.first_paid_on}, the latter excluded"
            raise InvalidValueError("on", on, problem)
        check("how", how, TrialChange)
        length = None if length is None else Cadence.of(length)
        if how is TrialChange.KEEP_END:
            return self
        if how is TrialChange.END_NOW:
            return Trial(self.start_on, on)
        if length is None:
            raise InvalidTypeError("length", length, "the length of the new trial, such as Cadence.daily(30)")
        counted_from = self.start_on if how is TrialChange.FROM_START else on
        return Trial(self.start_on, max(on, _after("length", counted_from, length)))

    def explain(self) -> str:
        """Return the trial in words.

        >>> Trial(date(2026, 3, 1), date(2026, 3, 15)).explain()
        'free for 14 days from 2026-03-01; the first paid day and new anchor is 2026-03-15'
        """
        return (
            f"free for {self.days} days from {self.start_on}; the first paid day and new anchor is {self.first_paid_on}"
        )


def _after(name: str, start: date, length: "Cadence | relativedelta") -> date:
    """Return the first day after a length of time; ``name`` says which argument it is."""
    schedule = Schedule(start, length)
    with naming(name, length):
        return schedule.boundary(1)
