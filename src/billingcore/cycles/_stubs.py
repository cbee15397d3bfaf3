"""Stubs: what aligned schedules of days and of instants share."""

from abc import abstractmethod
from datetime import date
from typing import Generic, Protocol, TypeVar

from billingcore._checks import check
from billingcore._choices import Choice
from billingcore.cycles._calendar import LEADS_OFF_CALENDAR, check_cycles, naming
from billingcore.cycles._periods import Periods
from billingcore.errors import InvalidValueError, OutOfRangeError

At = TypeVar("At", bound=date)
"""A civil day, or an instant."""


class Stub(Choice):
    """What happens to the days between the start or the end of a subscription and the nearest boundary.

    ``SHORT``: they are a period of their own. ``LONG``: they are billed together
    with the full period next to them. ``NONE``: there must be none.
    """

    SHORT = "short"
    LONG = "long"
    NONE = "none"


class Stretch(Protocol):
    """A period of days or of instants."""

    @property
    def is_stub(self) -> bool:
        """Whether it is only a part of a full one, or more than one."""
        ...

    def explain(self) -> str:
        """Return it in words."""
        ...


P = TypeVar("P", bound=Stretch)
P_co = TypeVar("P_co", bound=Stretch, covariant=True)


class Grid(Protocol[At, P_co]):
    """The schedule whose boundaries count."""

    def boundary(self, n: int) -> At:
        """Return boundary ``n``."""
        ...

    def period(self, n: int) -> P_co:
        """Return period ``n``."""
        ...

    def index_of(self, at: At, /) -> int:
        """Return the number of the period that contains a day or an instant."""
        ...

    def is_boundary(self, at: At, /) -> bool:
        """Say whether a period begins there."""
        ...

    def explain_boundary(self, n: int, what: str = "ends") -> str:
        """Return why a boundary is not where it was meant to be."""
        ...

    def describe(self) -> str:
        """Return the schedule in words."""
        ...


class Aligned(Generic[At, P]):
    """The numbers of the periods between a start and an end, on the boundaries of a schedule.

    Days are compared as days, instants in UTC: each kind says by ``_moment`` what is
    compared, as two times of one zone are compared by its clock.
    """

    __slots__ = ()
    _low: int
    """The first period ends on the schedule's boundary ``_low + 1``."""
    _high: int | None
    """The last period begins on the schedule's boundary ``_high``; None where there is no last one."""

    @abstractmethod
    def _parts(self) -> tuple[Grid[At, P], At, At | None]:
        """Return whose boundaries count, the start and the end."""

    @staticmethod
    @abstractmethod
    def _moment(at: At, /) -> int:
        """Return what is compared: the number of a day, or of a microsecond."""

    @staticmethod
    @abstractmethod
    def _before(name: str, at: At) -> At:
        """Return the last day or microsecond before."""

    @abstractmethod
    def index_of(self, at: At, /) -> int:
        """Return the number of the period that contains a day or an instant."""

    @abstractmethod
    def period(self, n: int, /) -> P:
        """Return period ``n``."""

    def _put_numbers(self, names: tuple[str, str], first: Stub, last: Stub) -> None:
        """Number the first and the last period, once each long stub has taken in a full one."""
        schedule, start, until = self._parts()
        with naming(names[0], start):
            low, high = schedule.index_of(start), None
            starts_late = not schedule.is_boundary(start)
            if starts_late and first is Stub.NONE:
                problem = f"the start lies between two boundaries ({schedule.period(low)})"
                raise InvalidValueError(names[0], start, f"{problem}; allow a stub or move the start")
        if until is None:
            low += starts_late and first is Stub.LONG
        else:
            with naming(names[1], until):
                high = schedule.index_of(self._before(names[1], until))
                ends_early = not schedule.is_boundary(until)
                if ends_early and last is Stub.NONE:
                    problem = f"the end lies between two boundaries ({schedule.period(high)})"
                    raise InvalidValueError(names[1], until, f"{problem}; allow a stub or move the end")
            full = high - low + 1 - starts_late - ends_early  # below 0 where both ends lie in one period
            if starts_late and first is Stub.LONG and full > 0:
                low, full = low + 1, full - 1
            if ends_early and last is Stub.LONG and full > 0:
                high -= 1
        object.__setattr__(self, "_low", low)
        object.__setattr__(self, "_high", high)

    def _count(self) -> int | None:
        return None if self._high is None else self._high - self._low + 1

    def _check(self, n: int) -> None:
        count = self._count()
        if check("n", n, int) < 0 or (count is not None and n >= count):
            last = "" if count is None else f" to {count - 1}"
            raise OutOfRangeError("n", n, f"the periods of this subscription are numbered from 0{last}")

    def _boundary(self, n: int) -> At:
        schedule, start, until = self._parts()
        if check("n", n, int) == self._count() and until is not None:
            return until
        self._check(n)
        try:
            return start if n == 0 else schedule.boundary(self._low + n)
        except OutOfRangeError:
            raise OutOfRangeError("n", n, LEADS_OFF_CALENDAR) from None

    def _index_of(self, name: str, at: At) -> int:
        schedule, start, until = self._parts()
        moment = self._moment(at)
        if moment < self._moment(start) or (until is not None and moment >= self._moment(until)):
            raise OutOfRangeError(name, at, f"the subscription runs from {start} until {until or 'it ends'}")
        number = max(schedule.index_of(at), self._low)
        return (number if self._high is None else min(number, self._high)) - self._low

    def _is_boundary(self, at: At) -> bool:
        _, start, until = self._parts()
        moment = self._moment(at)
        if moment == self._moment(start) or (until is not None and moment == self._moment(until)):
            return True
        if moment < self._moment(start) or (until is not None and moment > self._moment(until)):
            return False
        return self._moment(self._boundary(self.index_of(at))) == moment

    def _cycles(self, at: At, count: int) -> range:
        """Return the numbers of so many periods, the first of which contains a day or an instant."""
        check_cycles(count)
        first = self.index_of(at)
        stop, most = first + count, self._count()
        if most is not None and stop > most:
            raise OutOfRangeError("count", count, f"the subscription has {most - first} periods from {at} on")
        with naming("count", count):
            self._boundary(stop)
        return range(first, stop)

    def _numbers(self, names: tuple[str, str], start: At | None, until: At | None) -> range:
        """Return the numbers of the periods that touch what is asked for, of which at least one end is known.

        Args:
            names: what start and end are called.
            start: from where; None for the start of the subscription.
            until: the first day or instant that is not asked for; None for the end of the subscription.
        """
        _, own, over = self._parts()
        low = own if start is None else start
        if until is not None and self._moment(until) < self._moment(low):
            raise InvalidValueError(names[1], until, f"periods are listed forwards; give {low} or later")
        stop_at = min((at for at in (until, over) if at is not None), key=self._moment)
        first = max(low, own, key=self._moment)
        if self._moment(stop_at) <= self._moment(first):
            return range(0)
        with naming(names[1], stop_at):
            stop = self.index_of(self._before(names[1], stop_at)) + 1
            self._boundary(stop)  # whatever lies off the calendar is refused now, not in the middle of a bill run
        return range(self.index_of(first), stop)

    def _describe(self) -> str:
        schedule, start, until = self._parts()
        head = f"from {start}" + (f" until {until}" if until is not None else "")
        return f"{head}, {schedule.describe()}"

    def _explain(self, periods: Periods[P]) -> str:
        lines = [self._describe()]
        for n, period in zip(periods.numbers, periods, strict=True):
            lines.append(f"period {n}: {period.explain()}{self._why_stub(n, period)}{self._why_moved(n)}")
        return "\n".join(lines)

    def _why_stub(self, n: int, period: P) -> str:
        if not period.is_stub:
            return ""
        schedule, start, until = self._parts()
        length = "short" if getattr(period, "joined", None) is None else "long"
        late = n == 0 and not schedule.is_boundary(start)
        early = until is not None and self._low + n == self._high and not schedule.is_boundary(until)
        if late and early:
            return f"; {length} first and last stub: it starts and ends between two boundaries"
        if late:
            return f"; {length} first stub: it starts between two boundaries"
        return f"; {length} last stub: it ends between two boundaries"

    def _why_moved(self, n: int) -> str:
        schedule, start, _ = self._parts()
        number = self._low + n
        first = n == 0 and self._moment(schedule.boundary(number)) == self._moment(start)
        begins = schedule.explain_boundary(number, "starts") if first else ""
        return begins if number == self._high else begins + schedule.explain_boundary(number + 1)
