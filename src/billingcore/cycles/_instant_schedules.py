"""Schedules of instants: boundaries that keep the time of day of an anchor in its zone."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

import attrs

from billingcore._checks import check, check_words
from billingcore.cycles._calendar import LEADS_OFF_CALENDAR, check_cycles, day_plus, naming
from billingcore.cycles._instants import (
    InstantPeriod,
    check_instant,
    check_zone,
    local_time,
    microseconds_of,
    on_the_clock,
)
from billingcore.cycles._periods import Periods
from billingcore.cycles._rules import DayRule
from billingcore.cycles._schedules import Schedule
from billingcore.errors import InvalidValueError, OutOfRangeError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

    from billingcore.cycles._cadences import Cadence

_HALF_A_DAY: Final = timedelta(hours=12)
_MIDNIGHT: Final = time()
_LOOKED_AT_TOGETHER: Final = 28  # days between two looks at the offset of a zone


@attrs.frozen(init=False)
class InstantSchedule:
    """Boundaries that keep the local time of day of an anchor in its zone.

    Boundary ``n`` is the civil date that `Schedule` gives, at the anchor's time of
    day. Where clocks are put forward over that time, it is counted on from before
    the change (02:30 becomes 03:30, as in RFC 5545 and PEP 495); where clocks are
    put back and the time comes twice, it is the first of the two, or the second if
    the anchor was one.

    A zone that skipped a whole date (Samoa, 30 December 2011) leaves that day no
    time: its boundary coincides with the next one, and asking for the empty period
    between them is refused, also in the middle of a list of periods. No instant lies
    in it.

    Args:
        anchor_at: the instant of boundary 0.
        cadence: how often; a ``relativedelta`` is taken where it means a cadence.
        zone: the zone whose clock is kept: a ``tzinfo`` object, never a name.
        rule: the day to come back to, as in `Schedule`.
        time_of_day: the time on the clock to come back to, where the anchor alone does not say it: an anchor at 01:00,
            as the clock skipped midnight that day, with ``time(0)`` leads to midnight. None: the anchor's own time.

    Raises:
        InvalidTypeError: arguments of the wrong type.
        InvalidValueError: a rule that contradicts the anchor or the cadence; a time of day with a zone of its own, or
            one at which the zone does not have the anchor.

    >>> from datetime import timedelta, timezone
    >>> from billingcore.cycles import Cadence
    >>> zone = timezone(timedelta(hours=1))
    >>> monthly = InstantSchedule(datetime(2024, 1, 31, 9, 30, tzinfo=zone), Cadence.monthly(), zone)
    >>> print(monthly.boundary(1), "|", monthly.boundary(2))
    2024-02-29 09:30:00+01:00 | 2024-03-31 09:30:00+01:00
    """

    anchor_at: datetime = attrs.field(eq=False)
    cadence: "Cadence"
    zone: tzinfo
    rule: DayRule | None = None
    time_of_day: time | None = attrs.field(default=None, eq=False)
    _civil: Schedule = attrs.field(init=False, repr=False)
    _time: time = attrs.field(init=False, repr=False)
    _fold: int = attrs.field(init=False, repr=False)

    def __init__(
        self,
        anchor_at: datetime,
        cadence: "Cadence | relativedelta",
        zone: tzinfo,
        rule: DayRule | None = None,
        time_of_day: time | None = None,
    ) -> None:
        check_instant("anchor_at", anchor_at)
        anchor = local_time("anchor_at", anchor_at, check_zone("zone", zone))
        civil = Schedule(anchor.date(), cadence, rule)
        kept = anchor.time() if time_of_day is None else _check_time(time_of_day)
        put = object.__setattr__
        put(self, "anchor_at", anchor)
        put(self, "cadence", civil.cadence)
        put(self, "zone", zone)
        put(self, "rule", rule)
        put(self, "_civil", civil)
        put(self, "time_of_day", time_of_day)
        put(self, "_time", kept)
        put(self, "_fold", kept.fold)
        if time_of_day is None:
            return
        with naming("anchor_at", anchor_at):
            first = self.boundary(0)
        if microseconds_of(first) != microseconds_of(anchor):
            problem = f"the anchor is at {anchor.time()} on the clock; give one at the time of day, or leave that out"
            raise InvalidValueError("time_of_day", str(time_of_day), problem)

    @classmethod
    def by_rule(
        cls,
        start_at: datetime,
        rule: DayRule,
        cadence: "Cadence | relativedelta",
        zone: tzinfo,
        *,
        time_of_day: time = _MIDNIGHT,
    ) -> "InstantSchedule":
        """Return the schedule of a calendar rule whose boundary 0 is its first instant at or after ``start_at``.

        Args:
            start_at: the instant from which is searched.
            rule: the day to come back to.
            cadence: how often; a ``relativedelta`` is taken where it means a cadence.
            zone: the zone whose calendar and clock count.
            time_of_day: the time on the clock at which the day is billed, midnight unless another is given.

        Raises:
            InvalidTypeError: as for the schedule itself.
            InvalidValueError: a rule that contradicts the cadence; a time of day with a zone of its own.
            OutOfRangeError: there is no such day on the calendar.

        >>> from datetime import UTC
        >>> from billingcore.cycles import MONTHLY, DayOfMonth
        >>> start_at = datetime(2026, 1, 10, 9, 30, tzinfo=UTC)
        >>> print(InstantSchedule.by_rule(start_at, DayOfMonth(1), MONTHLY, UTC).anchor_at)
        2026-02-01 00:00:00+00:00
        """
        start = local_time("start_at", check_instant("start_at", start_at), check_zone("zone", zone))
        _check_time(time_of_day)
        day = start.date()
        with naming("start_at", start_at):
            while True:  # twice at most, unless the zone skipped the day: then its boundary lies on another one
                day = Schedule.by_rule(day, rule, cadence).anchor
                anchor = _at_time(day, time_of_day, zone)
                if anchor.date() == day and microseconds_of(anchor) >= microseconds_of(start):
                    return cls(anchor, cadence, zone, rule, time_of_day)
                day = day_plus("start_at", day, 1)

    def boundary(self, n: int) -> datetime:
        """Return the instant of boundary ``n``, written in the schedule's zone.

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: an instant before year 1 or after year 9999.
        """
        day = self._civil.boundary(n)
        try:
            return _at_time(day, self._time, self.zone)
        except OutOfRangeError:
            raise OutOfRangeError("n", n, LEADS_OFF_CALENDAR) from None

    def period(self, n: int) -> InstantPeriod:
        """Return period ``n``.

        Raises:
            InvalidTypeError: not an int.
            InvalidValueError: a day that the zone skipped altogether.
            OutOfRangeError: an instant before year 1 or after year 9999.
        """
        with naming("n", n):
            start, end = self.boundary(n), self.boundary(n + 1)
        if start == end:
            raise InvalidValueError("n", n, f"the zone skipped this day; the next period begins at {end}")
        return InstantPeriod(start, end, None, n)

    def is_clamped(self, n: int) -> bool:
        """Say whether boundary ``n`` falls on an earlier day than the schedule's own, for want of one in its month.

        Raises:
            InvalidTypeError: not an int.
            OutOfRangeError: a day before year 1 or after year 9999.
        """
        return self._civil.is_clamped(n)

    def index_of(self, instant: datetime) -> int:
        """Return the number of the one period that contains the instant.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
            OutOfRangeError: an instant before year 1 or after year 9999.
        """
        at = microseconds_of(check_instant("instant", instant))
        n = self._civil.index_of(local_time("instant", instant, self.zone).date())
        with naming("instant", instant):
            while microseconds_of(self.boundary(n)) > at:  # once at most, unless clocks moved across midnight
                n -= 1
            while microseconds_of(self.boundary(n + 1)) <= at:
                n += 1
        return n

    def period_containing(self, instant: datetime) -> InstantPeriod:
        """Return the one period that contains the instant.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
            OutOfRangeError: an instant before year 1 or after year 9999.
        """
        return self.period(self.index_of(instant))

    def is_boundary(self, instant: datetime) -> bool:
        """Say whether a period begins at the instant.

        Raises:
            InvalidTypeError: not an aware ``datetime``.
        """
        at = microseconds_of(check_instant("instant", instant))
        try:
            return microseconds_of(self.boundary(self.index_of(instant))) == at
        except OutOfRangeError:  # the period that contains it reaches outside the calendar
            return False

    def cycles(self, instant: datetime, count: int) -> Periods[InstantPeriod]:
        """Return ``count`` periods, the first of which contains the instant: "for 3 months" means 3 cycles.

        Raises:
            InvalidTypeError: not an aware ``datetime``, not an int.
            InvalidValueError: fewer than 1; a day among them that the zone skipped (see `InstantSchedule`).
            OutOfRangeError: a period that reaches outside years 1 to 9999.

        >>> from datetime import UTC
        >>> from billingcore.cycles import Cadence
        >>> monthly = InstantSchedule(datetime(2025, 1, 31, 9, 30, tzinfo=UTC), Cadence.monthly(), UTC)
        >>> print(monthly.cycles(datetime(2025, 2, 28, 12, tzinfo=UTC), 3)[-1])
        2025-04-30 09:30:00+00:00 to 2025-05-31 09:30:00+00:00
        """
        check_cycles(count)
        first = self.index_of(instant)
        with naming("count", count):
            self.boundary(first + count)
        return self._listed("instant", instant, range(first, first + count))

    def periods(self, start_at: datetime, until_at: datetime) -> Periods[InstantPeriod]:
        """Return the periods that touch the time from ``start_at`` to ``until_at``, the latter excluded.

        Raises:
            InvalidTypeError: an instant that is not an aware ``datetime``.
            InvalidValueError: an ``until_at`` before ``start_at``; a day between them that the zone skipped (see
                `InstantSchedule`): list the periods up to it and those from it on.
            OutOfRangeError: a period that reaches outside years 1 to 9999.
        """
        return self._listed("start_at", start_at, self._numbers(start_at, until_at))

    def _listed(self, name: str, value: datetime, numbers: range) -> Periods[InstantPeriod]:
        refuse_skipped(name, value, self, numbers)
        return Periods(self, numbers)

    def _numbers(self, start_at: datetime, until_at: datetime) -> range:
        start = microseconds_of(check_instant("start_at", start_at))
        until = microseconds_of(check_instant("until_at", until_at))
        if until < start:
            raise InvalidValueError("until_at", until_at, f"periods are listed forwards; give {start_at} or later")
        with naming("start_at", start_at):
            first = self.index_of(start_at)
        if until == start:
            return range(first, first)
        with naming("until_at", until_at):
            stop = self.index_of(until_at)
            while microseconds_of(self.boundary(stop)) < until:
                stop += 1
        while microseconds_of(self.boundary(stop - 1)) == until:  # a skipped day ends at once: it is not asked for
            stop -= 1
        return range(first, stop)

    def describe(self) -> str:
        """Return the schedule in words: how often, from when, on which day, at which time on the clocks of its zone.

        >>> from datetime import UTC
        >>> from billingcore.cycles import Cadence
        >>> InstantSchedule(datetime(2024, 1, 31, 9, 30, tzinfo=UTC), Cadence.monthly(), UTC).describe()
        'every month from 2024-01-31, on day 31 of the month, at 09:30:00 on the clock'
        """
        return f"{self._civil.describe()}, at {self._time} on the clock"

    def __str__(self) -> str:
        return self.describe()

    def explain(self, start_at: datetime, until_at: datetime) -> str:
        """Return the periods that touch the time from ``start_at`` to ``until_at``, and say which boundary is unusual.

        A boundary is clamped for want of a day in its month, moved by a time that the
        clock skipped, or one of two instants at which the clock showed its time. A
        day that the zone skipped is said to have no time.

        Raises:
            InvalidTypeError: an instant that is not an aware ``datetime``.
            InvalidValueError: an ``until_at`` before ``start_at``.
            OutOfRangeError: a period that reaches outside years 1 to 9999.

        >>> from datetime import UTC
        >>> from billingcore.cycles import Cadence
        >>> monthly = InstantSchedule(datetime(2026, 1, 31, 12, tzinfo=UTC), Cadence.monthly(), UTC)
        >>> print(monthly.explain(monthly.boundary(0), monthly.boundary(1)))
        every month from 2026-01-31, on day 31 of the month, at 12:00:00 on the clock
        period 0: 2026-01-31 12:00:00+00:00 to 2026-02-28 12:00:00+00:00: 28 days, 0:00:00, a full period; 2026-02 has
        no day 31, so it ends on its last day
        """
        lines = [self.describe()]
        for n in self._numbers(start_at, until_at):
            begins = self.explain_boundary(n, "starts") if len(lines) == 1 else ""
            empty = self.boundary(n) == self.boundary(n + 1)
            what = f"the zone skipped {self._civil.boundary(n)}: no time" if empty else self.period(n).explain()
            lines.append(f"period {n}: {what}{begins}{'' if empty else self.explain_boundary(n + 1, 'ends')}")
        return "\n".join(lines)

    def explain_boundary(self, n: int, what: str = "ends") -> str:
        """Return why boundary ``n`` is not simply the anchor's time on the schedule's own day; empty where it is.

        Args:
            n: the number of the boundary.
            what: what a period does there, in words: "ends" or "starts".

        Raises:
            InvalidTypeError: not an int, not a str.
            InvalidValueError: words that cannot be printed.
            OutOfRangeError: an instant before year 1 or after year 9999.
        """
        check_words("what", what)
        wall, real = datetime.combine(self._civil.boundary(n), self._time, self.zone), self.boundary(n)
        clamped, shown = self._civil.explain_boundary(n, what), on_the_clock(wall)
        if on_the_clock(real) != shown:
            return f"{clamped}; the clock skipped {shown}, so it {what} at {on_the_clock(real)}"
        folds = [microseconds_of(wall.replace(fold=fold)) for fold in (0, 1)]
        if folds[0] != folds[1]:
            which = "second" if wall.fold else "first"
            return f"{clamped}; the clock showed {shown} twice, and it {what} at the {which} of the two"
        return clamped


def refuse_skipped(name: str, value: object, schedule: InstantSchedule, numbers: range, first: int = 0) -> None:
    """Refuse to list periods one of which is a day that the zone skipped.

    Args:
        name: the argument that led there.
        value: what it was.
        schedule: whose periods they are.
        numbers: the numbers of the periods.
        first: the number that the caller calls 0.

    Raises:
        InvalidValueError: there is such a day.
    """
    skipped = _skipped(schedule, numbers)
    if skipped is not None:
        at = schedule.boundary(skipped)
        problem = f"the zone skipped the day of period {skipped - first}; list up to {at}, and from {at} on"
        raise InvalidValueError(name, value, problem)


def _skipped(schedule: InstantSchedule, numbers: range) -> int | None:
    """Return the first of some periods whose day the zone skipped, or None.

    Only a cadence of one day fits into a skipped date. The offset of the zone is
    looked at every four weeks, and each day where it has grown by half a day or
    more in between: a zone that crosses the date line stays on the other side.
    """
    if schedule.cadence.days != 1 or not numbers:
        return None
    before = schedule.boundary(numbers[0]).utcoffset() or timedelta(0)
    for low in numbers[::_LOOKED_AT_TOGETHER]:
        high = min(low + _LOOKED_AT_TOGETHER, numbers.stop)
        after = schedule.boundary(high).utcoffset() or timedelta(0)
        if after - before >= _HALF_A_DAY:
            for n in range(low, min(high + 1, numbers.stop)):  # the offset is that of the day's end already
                if schedule.boundary(n) == schedule.boundary(n + 1):
                    return n
        before = after
    return None


def _check_time(time_of_day: time) -> time:
    if check("time_of_day", time_of_day, time, words="a datetime.time, as the clock of the zone shows it").tzinfo:
        problem = "it is read on the clock of the zone; give one without a zone of its own"
        raise InvalidValueError("time_of_day", str(time_of_day), problem)
    return time_of_day


def _at_time(day: date, time_of_day: time, zone: tzinfo) -> datetime:
    """Return the instant at which the clock of a zone shows a time on a day; see `InstantSchedule` where it does not.

    Raises:
        InvalidTypeError: a zone that does not know its offset.
        OutOfRangeError: the instant is off the calendar.
    """
    wall = datetime.combine(day, time_of_day, zone)
    real = local_time("day", wall, zone)
    if wall.fold and on_the_clock(real) != on_the_clock(wall):
        return local_time("day", wall.replace(fold=0), zone)  # skipped: count on from before the change
    return real
