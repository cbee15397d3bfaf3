"""The rules that count to a last day, and the `Deadline` that they give."""

from datetime import date, timedelta
from typing import ClassVar, Final

import attrs

from billingcore._checks import check, check_date, setters
from billingcore.cycles._calendar import OFF_CALENDAR, day_plus
from billingcore.deadlines._business import BusinessCalendar, check_count
from billingcore.deadlines._counting import check_bool, days_counted, included, month_end, number
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError

_MAX_MONTHS: Final = 120_000


@attrs.frozen(init=False)
class Deadline:
    """The last day on which something is in time, with the day and the rule that it was counted by.

    Rules make them: ``DaysAfter(15).deadline(day)``.

    Args:
        start_on: the day from which was counted; it does not count itself.
        last_on: the last day that is in time.
        rule: the rule that was applied.
        counted_on: the last day before it was moved to a business day; None where it was not moved.

    Raises:
        InvalidTypeError: a date that is not a civil date, a rule that is none.
        InvalidValueError: a last day that the rule does not give; one that was moved the wrong way: on for a deadline
            that is counted back, or back for one that is counted on.
        OutOfRangeError: the last day is off the calendar.

    >>> deadline = DaysAfter(15).deadline(date(2026, 11, 1))
    >>> deadline.explain()
    '15 days after 2026-11-01, the last one included: 2026-11-16 is the last day'
    >>> deadline.allows(date(2026, 11, 16)), deadline.days_left(date(2026, 11, 18))
    (True, -2)
    """

    _wanted: ClassVar[str] = "a Deadline (dispute_window makes one)"

    start_on: date
    last_on: date
    rule: "DeadlineRule"
    counted_on: date | None = None

    def __init__(self, start_on: date, last_on: date, rule: "DeadlineRule", counted_on: date | None = None) -> None:
        if type(start_on) is not date or type(last_on) is not date:
            check_date("start_on", start_on)
            check_date("last_on", last_on)
        if type(rule) not in _RULES:
            raise InvalidTypeError("rule", rule, "a rule of this module, such as DaysAfter(15)")
        _check_last_day(start_on, last_on, rule, counted_on)
        _put_start(self, start_on)
        _put_last(self, last_on)
        _put_rule(self, rule)
        _put_counted(self, counted_on)

    @property
    def first_late_on(self) -> date:
        """The first day that is too late.

        Raises:
            OutOfRangeError: it is off the calendar.
        """
        return day_plus("last_on", self.last_on, 1)

    def allows(self, day: date) -> bool:
        """Say whether a day is still in time."""
        return check_date("day", day) <= self.last_on

    def days_left(self, day: date) -> int:
        """Return the days from ``day`` to the last one: 0 on the last day, below 0 when it is too late."""
        return (self.last_on - check_date("day", day)).days

    def rolled(self, calendar: "BusinessCalendar") -> "Deadline":
        """Return the deadline moved to a business day, if its last day is none.

        A deadline that is counted on moves to the next one. One that is counted back
        moves to the one before: notice of 30 days must not become notice of 29. The
        day that was counted is kept, however often the deadline is moved.

        Raises:
            InvalidTypeError: not a `BusinessCalendar`.
            OutOfRangeError: there is no such business day on the calendar.

        >>> saturday = DaysAfter(15).deadline(date(2026, 11, 13))
        >>> saturday.rolled(BusinessCalendar()).explain()
        '15 days after 2026-11-13, the last one included: 2026-11-30 is the last day, as 2026-11-28 is no business day'
        >>> print(DaysBefore(30).deadline(date(2027, 1, 5)).rolled(BusinessCalendar()).last_on)  # from Sunday to Friday
        2026-12-04
        """
        check("calendar", calendar, BusinessCalendar)
        moved = calendar.preceding(self.last_on) if _counts_back(self.rule) else calendar.following(self.last_on)
        if moved == self.last_on:
            return self
        return _made(self.start_on, moved, self.rule, self.counted_on or self.last_on)

    def explain(self) -> str:
        """Return the deadline in words: what was counted, from when, and the last day."""
        moved = "" if self.counted_on is None else f", as {self.counted_on} is no business day"
        return f"{self.rule.describe().format(self.start_on)}: {self.last_on} is the last day{moved}"


_put_start, _put_last, _put_rule, _put_counted = setters(Deadline)
_new: Final = object.__new__


def _made(start_on: date, last_on: date, rule: "DeadlineRule", counted_on: date | None = None) -> Deadline:
    """Return a deadline whose last day has just been counted: the constructor would count it again."""
    made = _new(Deadline)
    _put_start(made, start_on)
    _put_last(made, last_on)
    _put_rule(made, rule)
    _put_counted(made, counted_on)
    return made


def _last_day(start_on: date, rule: "DeadlineRule") -> date:
    """Return the last day that a rule gives.

    Raises:
        InvalidTypeError: not a civil date.
        OutOfRangeError: it is off the calendar.
    """
    check_date("start_on", start_on)
    try:
        return rule._count(start_on)  # noqa: SLF001 - the rules of this module
    except OutOfRangeError:
        raise OutOfRangeError("start_on", start_on, OFF_CALENDAR) from None


def _check_last_day(start_on: date, last_on: date, rule: "DeadlineRule", counted_on: date | None) -> None:
    due = _last_day(start_on, rule)
    name, counted = ("last_on", last_on) if counted_on is None else ("counted_on", check_date("counted_on", counted_on))
    if counted != due:
        problem = f"{rule.describe().format(start_on)}, is {due}; let the rule count it: rule.deadline(start_on)"
        raise InvalidValueError(name, counted, problem)
    if counted_on is not None and (last_on >= due if _counts_back(rule) else last_on <= due):
        way = "before" if _counts_back(rule) else "after"
        raise InvalidValueError("last_on", last_on, f"a moved deadline ends on a business day {way} {due}")


@attrs.frozen
class DaysAfter:
    """Within n days after a date; ``DaysAfter(30)`` is also what "net 30" means.

    Args:
        days: 0 or more; with ``inclusive`` False, 1 or more.
        inclusive: whether the n-th day is still in time.

    Raises:
        InvalidTypeError: not an int, not a bool.
        InvalidValueError: too few or too many days.

    >>> print(DaysAfter(15).deadline(date(2026, 11, 1)).last_on)
    2026-11-16
    >>> print(DaysAfter(15, inclusive=False).deadline(date(2026, 11, 1)).last_on)
    2026-11-15
    """

    days: int
    inclusive: bool = True
    _delta: timedelta = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_delta", timedelta(days_counted(self.days, self.inclusive)))

    def deadline(self, start_on: date) -> Deadline:
        """Return the deadline counted from a day.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: the last day is off the calendar.
        """
        if type(start_on) is not date:
            check_date("start_on", start_on)
        try:
            last_on = start_on + self._delta
        except OverflowError:
            raise OutOfRangeError("start_on", start_on, OFF_CALENDAR) from None
        made = _new(Deadline)  # _made, written out: this is the hot path
        _put_start(made, start_on)
        _put_last(made, last_on)
        _put_rule(made, self)
        _put_counted(made, None)
        return made

    def _count(self, start_on: date) -> date:
        return day_plus("start_on", start_on, self._delta.days)

    def describe(self) -> str:
        """Return the rule in words, with a pair of braces for the day from which is counted."""
        return f"{number(self.days, 'day')} after {{}}, the last one {included(self.inclusive)}"


@attrs.frozen
class DaysBefore:
    """At least n days before a date: notice of non-renewal, cancellation before a renewal.

    The mirror image of `DaysAfter`: the renewal day never counts itself. Inclusive,
    the last day is ``end - n``; exclusive ("n clear days"), the day before that.

    Args:
        days: 0 or more.
        inclusive: whether notice on the n-th day before is still in time.

    Raises:
        InvalidTypeError: not an int, not a bool.
        InvalidValueError: too few or too many days.

    >>> DaysBefore(30).deadline(date(2027, 1, 1)).explain()
    '30 days before 2027-01-01, the last one included: 2026-12-02 is the last day'
    """

    days: int
    inclusive: bool = True

    def __attrs_post_init__(self) -> None:
        check_count(self.days)
        check_bool(self.inclusive)

    def deadline(self, start_on: date) -> Deadline:
        """Return the deadline counted back from a day: the first day after the term, on which it renews.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: the last day is off the calendar.
        """
        return _made(start_on, _last_day(start_on, self), self)

    def _count(self, start_on: date) -> date:
        return day_plus("start_on", start_on, -self.days if self.inclusive else -self.days - 1)

    def describe(self) -> str:
        """Return the rule in words, with a pair of braces for the day from which is counted."""
        return f"{number(self.days, 'day')} before {{}}, the last one {included(self.inclusive)}"


@attrs.frozen
class MonthEndPlus:
    """The end of the month of a date, and n days more: "end of month + 30", or with 10 the 10th of the next month.

    Args:
        days: days after the month's end; 0 or more.
        months: whole months to go on first; -1 is the end of the month before, as in "notice in the prior calendar
            month".

    Raises:
        InvalidTypeError: not ints.
        InvalidValueError: a negative number of days, a number of months beyond the calendar.

    >>> print(MonthEndPlus(30).deadline(date(2026, 1, 15)).last_on)
    2026-03-02
    >>> MonthEndPlus(0, months=-1).deadline(date(2027, 1, 1)).explain()
    'end of the month -1 month from 2027-01-01: 2026-12-31 is the last day'
    """

    days: int = 0
    months: int = 0

    def __attrs_post_init__(self) -> None:
        check_count(self.days)
        check("months", self.months, int)
        if not -_MAX_MONTHS <= self.months <= _MAX_MONTHS:
            raise InvalidValueError("months", self.months, f"give {-_MAX_MONTHS} to {_MAX_MONTHS}")

    def deadline(self, start_on: date) -> Deadline:
        """Return the deadline counted from a day.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: the last day is off the calendar.
        """
        return _made(start_on, _last_day(start_on, self), self)

    def _count(self, start_on: date) -> date:
        return day_plus("start_on", month_end(start_on, self.months), self.days)

    def describe(self) -> str:
        """Return the rule in words, with a pair of braces for the day from which is counted."""
        month = f"the month {number(self.months, 'month', signed=True)} from {{}}" if self.months else "the month of {}"
        return f"end of {month}" + (f" + {number(self.days, 'day')}" if self.days else "")


@attrs.frozen
class DaysThenMonthEnd:
    """N days after a date, and on to the end of that month: the other reading of "30 days end of month".

    Args:
        days: how many days are counted before the month ends; 0 or more.

    Raises:
        InvalidTypeError: not an int.
        InvalidValueError: a negative number of days.

    >>> print(DaysThenMonthEnd(30).deadline(date(2026, 1, 15)).last_on)  # 14 February, so 28 February
    2026-02-28
    """

    days: int

    def __attrs_post_init__(self) -> None:
        check_count(self.days)

    def deadline(self, start_on: date) -> Deadline:
        """Return the deadline counted from a day.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: the last day is off the calendar.
        """
        return _made(start_on, _last_day(start_on, self), self)

    def _count(self, start_on: date) -> date:
        return month_end(day_plus("start_on", start_on, self.days), 0)

    def describe(self) -> str:
        """Return the rule in words, with a pair of braces for the day from which is counted."""
        return f"end of the month {number(self.days, 'day')} after {{}}"


@attrs.frozen
class BusinessDaysAfter:
    """Within n business days after a date.

    Args:
        days: 0 or more; with ``inclusive`` False, 1 or more.
        calendar: which days are business days.
        inclusive: whether the n-th business day is still in time.

    Raises:
        InvalidTypeError: arguments of the wrong type.
        InvalidValueError: too few or too many days.

    >>> courier = BusinessDaysAfter(2, BusinessCalendar([date(2026, 11, 26)]))
    >>> courier.deadline(date(2026, 11, 25)).explain()
    '2 business days after 2026-11-25, the last one included: 2026-11-30 is the last day'
    """

    days: int
    calendar: BusinessCalendar
    inclusive: bool = True

    def __attrs_post_init__(self) -> None:
        days_counted(self.days, self.inclusive)
        check("calendar", self.calendar, BusinessCalendar)

    def deadline(self, start_on: date) -> Deadline:
        """Return the deadline counted from a day.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: the last day is off the calendar.
        """
        return _made(start_on, _last_day(start_on, self), self)

    def _count(self, start_on: date) -> date:
        return self.calendar.plus(start_on, days_counted(self.days, self.inclusive))

    def describe(self) -> str:
        """Return the rule in words, with a pair of braces for the day from which is counted."""
        return f"{number(self.days, 'business day')} after {{}}, the last one {included(self.inclusive)}"


@attrs.frozen
class BusinessDaysBefore:
    """At least n business days before a date: notice to be given on a working day.

    The mirror image of `BusinessDaysAfter`, as `DaysBefore` is of `DaysAfter`.
    Inclusive, the last day is the n-th business day before; exclusive ("n clear
    business days"), the business day before that.

    Args:
        days: 0 or more.
        calendar: which days are business days.
        inclusive: whether notice on the n-th business day before is still in time.

    Raises:
        InvalidTypeError: arguments of the wrong type.
        InvalidValueError: too few or too many days.

    >>> notice = BusinessDaysBefore(2, BusinessCalendar([date(2026, 12, 31)]))
    >>> notice.deadline(date(2027, 1, 1)).explain()
    '2 business days before 2027-01-01, the last one included: 2026-12-29 is the last day'
    """

    days: int
    calendar: BusinessCalendar
    inclusive: bool = True

    def __attrs_post_init__(self) -> None:
        check_count(self.days)
        check_bool(self.inclusive)
        check("calendar", self.calendar, BusinessCalendar)

    def deadline(self, start_on: date) -> Deadline:
        """Return the deadline counted back from a day: the first day after the term, on which it renews.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: the last day is off the calendar.
        """
        return _made(start_on, _last_day(start_on, self), self)

    def _count(self, start_on: date) -> date:
        return self.calendar.minus(start_on, self.days if self.inclusive else self.days + 1)

    def describe(self) -> str:
        """Return the rule in words, with a pair of braces for the day from which is counted."""
        return f"{number(self.days, 'business day')} before {{}}, the last one {included(self.inclusive)}"


DeadlineRule = DaysAfter | DaysBefore | MonthEndPlus | DaysThenMonthEnd | BusinessDaysAfter | BusinessDaysBefore
"""A rule that gives the last day on which something is in time."""
_RULES: Final = frozenset(
    {DaysAfter, DaysBefore, MonthEndPlus, DaysThenMonthEnd, BusinessDaysAfter, BusinessDaysBefore}
)


def _counts_back(rule: DeadlineRule) -> bool:
    """Say whether being late means being nearer to the day from which is counted."""
    return isinstance(rule, DaysBefore | BusinessDaysBefore) or (isinstance(rule, MonthEndPlus) and rule.months < 0)
