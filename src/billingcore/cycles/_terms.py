"""Fixed terms: a number of cycles that a contract runs for, and the term that follows."""

from datetime import date
from typing import TYPE_CHECKING

import attrs

from billingcore._checks import check
from billingcore.cycles._calendar import naming
from billingcore.cycles._periods import Period, Periods
from billingcore.cycles._rules import DayRule
from billingcore.cycles._schedules import Schedule, check_schedule
from billingcore.errors import InvalidValueError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

    from billingcore.cycles._cadences import Cadence


@attrs.frozen
class Term:
    """A commitment for a number of cycles of a schedule: 12 monthly cycles, 1 annual one.

    It is counted in cycles, never in months added to a date, so that it ends on a
    boundary and its renewal keeps the anchor's day.

    Args:
        schedule: the schedule whose cycles are counted; of an `AlignedSchedule`, its ``schedule``: a stub is no cycle.
        first: the number of its first period.
        cycles: how many; 1 or more.

    Raises:
        InvalidTypeError: no `Schedule`, no ints.
        InvalidValueError: fewer than 1 cycle.
        OutOfRangeError: a term that reaches outside years 1 to 9999.

    >>> from billingcore.cycles import Cadence
    >>> term = Term.of(date(2025, 2, 28), Cadence.monthly(), 12)
    >>> print(term, "then", term.renewal())
    2025-02-28 to 2026-02-28 then 2026-02-28 to 2027-02-28
    """

    schedule: Schedule
    first: int
    cycles: int

    def __attrs_post_init__(self) -> None:
        check_schedule(self.schedule)
        if check("cycles", self.cycles, int) < 1:
            raise InvalidValueError("cycles", self.cycles, "a term has 1 cycle or more")
        with naming("first", check("first", self.first, int)):
            self.schedule.boundary(self.first)
        with naming("cycles", self.cycles):
            self.schedule.boundary(self.first + self.cycles)

    @classmethod
    def of(cls, start: date, cadence: "Cadence | relativedelta", cycles: int, *, rule: DayRule | None = None) -> "Term":
        """Return the term of so many cycles that begins on ``start``, which is its anchor; ``rule`` as in `Schedule`."""
        return cls(Schedule(start, cadence, rule), 0, cycles)

    @property
    def start(self) -> date:
        """The first day of the term."""
        return self.schedule.boundary(self.first)

    @property
    def end(self) -> date:
        """The first day after the term: the day on which it renews or the service ends."""
        return self.schedule.boundary(self.first + self.cycles)

    @property
    def period(self) -> Period:
        """The whole term as one period."""
        return Period(self.start, self.end)

    @property
    def periods(self) -> Periods[Period]:
        """The billing periods of the term, as a lazy sequence."""
        return Periods(self.schedule, range(self.first, self.first + self.cycles))

    def contains(self, day: date) -> bool:
        """Say whether the day belongs to the term."""
        return self.period.contains(day)

    def renewal(self, cycles: int | None = None) -> "Term":
        """Return the term that follows: as many cycles, or another number of them, on the same anchor.

        >>> from billingcore.cycles import Cadence
        >>> term = Term.of(date(2024, 8, 31), Cadence.monthly(), 6)
        >>> print(term.end, term.renewal().end)
        2025-02-28 2025-08-31
        """
        return Term(self.schedule, self.first + self.cycles, self.cycles if cycles is None else cycles)

    def explain(self) -> str:
        """Return the term in words.

        >>> from billingcore.cycles import Cadence
        >>> Term.of(date(2026, 1, 31), Cadence.monthly(), 12).explain()
        '12 cycles, every month from 2026-01-31, on day 31 of the month: 2026-01-31 until 2027-01-31, excluded'
        """
        return f"{self.cycles} cycles, {self.schedule.describe()}: {self.start} until {self.end}, excluded"

    def __str__(self) -> str:
        return str(self.period)
