"""A running subscription: its items, its bill dates, what was billed, what waits, what comes next."""

from datetime import date
from typing import Any, ClassVar, Final

import attrs

from billingcore._checks import check, check_date, check_int, check_tuple, check_words, setters
from billingcore._plans.checks import MAX_QUANTITY, check_quantity
from billingcore._subscriptions.items import Item, divides
from billingcore._subscriptions.pending import NextPause, NextSale
from billingcore.billed import BilledPeriod
from billingcore.cycles import AlignedSchedule, DayOfMonth, DayRule, MonthDay, MonthEnd, Period, Schedule
from billingcore.errors import InvalidValueError
from billingcore.lines import Line, check_line
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.plans import Coupon, Plan

_MOST_RENEWALS: Final = 100_000


@attrs.frozen
class Unbilled:
    """Days of an item in arrears that a change left to be billed: at the price that held then.

    Args:
        key: the item.
        plan: what held on those days.
        quantity: seats or licences; without meaning where it is measured.
        period: the days.

    Raises:
        InvalidTypeError: a field of another type.
    """

    key: str
    plan: Plan
    quantity: int
    period: Period

    def __attrs_post_init__(self) -> None:
        check_words("key", self.key)
        check("plan", self.plan, Plan)
        check_quantity("quantity", self.quantity)
        check("period", self.period, Period)


@attrs.frozen
class ClosedPeriods:
    """What is left of billed periods that were folded: how many, until when, and what they came to.

    Args:
        before: every period of them ended on this day or before it.
        count: how many.
        net: what they billed before tax.
        credited: what of it was given back.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: two currencies.
    """

    before: date
    count: int
    net: Money
    credited: Money

    def __attrs_post_init__(self) -> None:
        check_date("before", self.before)
        check_int("count", self.count, 1, MAX_QUANTITY)
        check_money("net", self.net)
        check_money("credited", self.credited, self.net.currency)


@attrs.frozen
class Active:
    """A running subscription, in its trial too: its items, its bill dates, what was billed, what waits, what comes next.

    It can be stored alone, and holds all that the next bill needs. Quotes make it and carry it on.

    Args:
        items: one or more; the first is the main one, whose interval those of the others divide.
        schedule: the bill dates of the main item, counted from the anchor; or those of a calendar or a contract.
        billed: the periods billed so far, in the order in which they were, each with the key of its item and the line of
            the document that billed it.
        ends_on: the first day after it, where it was cancelled for the end of what is paid; None while it renews.
        waiting: lines of earlier changes that stand on the next document.
        next: what the next renewal sells instead of what runs.
        pause: the pause that begins when what is paid ends, or None.
        coupon: what is taken off the whole, shared out over the items; or None.
        coupon_used: how many periods of the main item it was taken off.
        unbilled: days of items in arrears that a change left to be billed.
        closed: what is left of periods that were folded (`closed_before`), or None.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: plans, billed periods or lines of more than one currency.
        InvalidValueError: no item, or two of one key; billed days that the next bill would bill again; an interval that does not divide the main one's; an item that was
            not sold; days of an item that are billed twice.
    """

    _wanted: ClassVar[str] = "an Active subscription"

    items: tuple[Item, ...]
    schedule: Schedule | AlignedSchedule
    billed: tuple[BilledPeriod, ...] = ()
    ends_on: date | None = None
    waiting: tuple[Line, ...] = ()
    next: tuple[NextSale, ...] = ()
    pause: NextPause | None = None
    coupon: Coupon | None = None
    coupon_used: int = 0
    unbilled: tuple[Unbilled, ...] = ()
    closed: ClosedPeriods | None = None

    def __attrs_post_init__(self) -> None:
        self._check_state()
        self._check_billed()

    def _check_state(self) -> None:
        check_tuple("items", self.items, Item)
        check("schedule", self.schedule, Schedule, AlignedSchedule)
        if self.ends_on is not None:
            check_date("ends_on", self.ends_on)
        check_tuple("next", self.next, NextSale)
        check("pause", self.pause, NextPause, None)
        check("coupon", self.coupon, Coupon, None)
        check_int("coupon_used", self.coupon_used, 0, MAX_QUANTITY)
        check_tuple("unbilled", self.unbilled, Unbilled)
        check("closed", self.closed, ClosedPeriods, None)
        self._check_items()
        check("waiting", self.waiting, tuple, words="a tuple of lines")
        for line in self.waiting:
            check_line(line)
            check_money("waiting", line.net, self.currency)

    def _check_items(self) -> None:
        if not self.items:
            raise InvalidValueError("items", self.items, "a subscription has one item or more; cancel the whole")
        keys = [item.key for item in self.items]
        for key in keys:
            if keys.count(key) > 1:
                raise InvalidValueError("items", key, "a key stands for one item; give each its own")
        for item in self.items:
            if item.billed_until is None:
                raise InvalidValueError("items", item.key, "it was not sold; quote_start or a cart sells it")
            check_money("items", item.plan.charge_for(item.quantity), self.currency)
            check_interval(item, self.main)

    def _check_billed(self) -> None:
        check_tuple("billed", self.billed, BilledPeriod)
        until: dict[str, date] = {}
        for each in self.billed:
            check_money("billed", each.charge, self.currency)
            if each.key in until and each.period.start < until[each.key]:
                problem = f"the day {each.period.start} would be billed twice"
                raise InvalidValueError("billed", f"{each.key} {each.period}", problem)
            until[each.key] = each.served_until
        for item in self.items:
            if item.in_advance and until.get(item.key, date.min) > billed_until(item):
                problem = f"{item.key} is billed until {until[item.key]}, and would be billed again"
                raise InvalidValueError("billed_until", item.billed_until, problem)

    @property
    def currency(self) -> str:
        """The one currency."""
        return self.items[0].plan.currency

    @property
    def main(self) -> Item:
        """The main item."""
        return self.items[0]

    @property
    def status(self) -> str:
        """The state as a word: ``trialing``, ``active``, or ``ending`` where it will not renew."""
        if self.ends_on is not None:
            return "ending"
        return "active" if self.main.trial is None or self.billed_for(self.main.key) else "trialing"

    @property
    def paid_until(self) -> date:
        """The first day that is not billed yet for the main item; the first paid day in a trial."""
        return billed_until(self.main)

    @property
    def end_on(self) -> date | None:
        """The first day after it: that of a cancellation or of its contract; None while neither is known."""
        contract = self.schedule.until if isinstance(self.schedule, AlignedSchedule) else None
        if self.ends_on is None or contract is None:
            return self.ends_on or contract
        return min(self.ends_on, contract)

    @property
    def next_bill_on(self) -> date | None:
        """The next day on which something is due; None where nothing will be."""
        days = [day for day in map(self.due_on, self.items) if day is not None]
        stop = self.stop_on
        if stop is not None and (self.waiting or self.unbilled):
            days.append(stop)
        if not days and self.pause is not None and stop == self.pause.on:
            return self.pause.resumes_on
        return min(days, default=None)

    @property
    def stop_on(self) -> date | None:
        """The day on which it ends or pauses, whichever comes first; None where neither is known."""
        days = [day for day in (self.end_on, None if self.pause is None else self.pause.on) if day is not None]
        return min(days, default=None)

    def item(self, key: str) -> Item:
        """Return the item of a key.

        Raises:
            InvalidTypeError: a key that is not a str.
            InvalidValueError: a key that it does not have; the error names those that it has.
        """
        check("key", key, str)
        for item in self.items:
            if item.key == key:
                return item
        keys = ", ".join([item.key for item in self.items])
        raise InvalidValueError("key", key, f"the subscription has {keys}")

    def billed_for(self, key: str) -> tuple[BilledPeriod, ...]:
        """Return what was billed for an item, oldest first; also after it was removed."""
        check("key", key, str)
        return tuple([each for each in self.billed if each.key == key])

    def in_force(self, key: str, day: date) -> tuple[BilledPeriod, ...]:
        """Return what was billed for an item, was not replaced, and is not over on a day; oldest first."""
        check("key", key, str)
        check_date("day", day)
        return tuple(
            [each for each in self.billed if each.key == key and each.ended_on is None and each.period.end > day]
        )

    def billed_on(self, key: str, day: date) -> BilledPeriod | None:
        """Return the newest billed period of an item that serves a day, or None where none does."""
        check("key", key, str)
        check_date("day", day)
        return next((each for each in reversed(self.billed) if each.key == key and each.serves(day)), None)

    def schedule_of(self, item: Item) -> Schedule | AlignedSchedule:
        """Return the bill dates of an item: those of the main one, or of its own interval from the same anchor."""
        check("item", item, Item)
        plain = plain_schedule(self.schedule)
        if item.cadence == plain.cadence:
            return self.schedule
        own = Schedule(plain.anchor, item.cadence, _rule_for(plain, item))
        if not isinstance(self.schedule, AlignedSchedule):
            return own
        whole = self.schedule
        return AlignedSchedule(whole.start, own, whole.until, whole.first, whole.last)

    def next_period(self, item: Item) -> Period:
        """Return the next period of an item that is to be billed: from what is billed to its next bill date.

        Raises:
            OutOfRangeError: the contract is over then.
        """
        schedule, day = self.schedule_of(item), billed_until(item)
        if isinstance(schedule, AlignedSchedule) and day < schedule.start:
            schedule = schedule.schedule
        full = schedule.period_containing(day)
        return full if full.start == day else full.split(day)[1]

    def due_on(self, item: Item) -> date | None:
        """Return when the next period of an item is billed, or its last days in arrears; None where nothing will be."""
        check("item", item, Item)
        day, stop = billed_until(item), self.stop_on
        if item.periods == 0 or (stop is not None and day >= stop):
            return None
        if item.in_advance:
            return day
        end = self.next_period(item).end
        return end if stop is None else min(end, stop)

    def upcoming_bills(self, count: int) -> tuple[date, ...]:
        """Return the next bill dates of the main item; none where it will not renew.

        Raises:
            InvalidTypeError: a count that is not an int.
            InvalidValueError: a negative count.
            OutOfRangeError: a count above 100,000, or dates after year 9999.
        """
        check_int("count", count, 0, _MOST_RENEWALS)
        due = self.due_on(self.main)
        if due is None or not count:
            return ()
        found, stop = [due], self.stop_on
        schedule = self.schedule_of(self.main)
        period = self.next_period(self.main)
        while len(found) < count:
            day = period.end
            if found[-1] == day:  # in arrears the first bill is the end of the running period
                period = schedule.period_containing(day)
                day = period.end
            elif stop is None or day < stop:
                period = schedule.period_containing(day)
            if stop is not None and day >= stop:
                break
            found.append(day)
        return tuple(found)


_PUT: Final = tuple(zip([field.name for field in attrs.fields(Active)], setters(Active), strict=True))


def evolved(subscription: Active, **changes: Any) -> Active:  # noqa: ANN401 - fields of the class
    """Return a copy with some fields replaced by what a quote computed.

    Of these only the items are checked, as they come from the caller: n renewals cost n, whatever was billed before.
    """
    made = object.__new__(Active)
    for name, put in _PUT:
        put(made, changes[name] if name in changes else getattr(subscription, name))
    if "items" in changes:
        made._check_items()
    return made


def billed_until(item: Item) -> date:
    """Return the first day of an item that is not billed yet; a subscription holds none that was not sold."""
    if item.billed_until is None:
        raise InvalidValueError("items", item.key, "it was not sold; quote_start or a cart sells it")
    return item.billed_until


def check_interval(item: Item, main: Item) -> None:
    """Refuse an interval that does not divide the main one's: their bill dates would not fall together.

    Raises:
        InvalidValueError: a week beside a month, a year beside a month.
    """
    if item.cadence != main.cadence and not divides(item.cadence, main.cadence):
        problem = (
            f"it is billed {item.cadence.describe()}, {main.key} {main.cadence.describe()}, which that does not divide; "
            "name it in the cart with another plan, or give it a subscription of its own"
        )
        raise InvalidValueError("items", item.key, problem)


def plain_schedule(schedule: Schedule | AlignedSchedule) -> Schedule:
    """Return the schedule whose boundaries count, without a start and an end of the contract."""
    return schedule.schedule if isinstance(schedule, AlignedSchedule) else schedule


def _rule_for(plain: Schedule, item: Item) -> DayRule | None:
    """Return the day rule of a shorter interval from the same anchor."""
    if not item.cadence.months:
        return None
    if isinstance(plain.rule, MonthDay):
        return DayOfMonth(plain.rule.day)
    return plain.rule if isinstance(plain.rule, DayOfMonth | MonthEnd) else None
