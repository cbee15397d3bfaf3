"""Quotes of the resumption of a paused subscription: from what was billed, never from the schedule."""

from datetime import date

import attrs

from billingcore._changes.account import Account
from billingcore._changes.billing import bill_advance, with_next
from billingcore._changes.following import ends_with_paid
from billingcore._changes.making import Draft, make_quote
from billingcore._changes.quotes import Outcome, OutcomeKind, Quote, Refused, RefusedReason
from billingcore._changes.settling import check_currency
from billingcore._changes.steps import in_trial
from billingcore._checks import check, check_date
from billingcore._proration.line import ProrationLine
from billingcore._subscriptions.active import billed_until, evolved
from billingcore._subscriptions.bill_dates import within_contract
from billingcore.billed import BilledPeriod
from billingcore.cycles import AlignedSchedule, Period, Resume, Schedule
from billingcore.cycles._calendar import day_plus
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine, CreditLine, Line
from billingcore.money import Money, Rounding
from billingcore.proration import Side, credit_billed
from billingcore.subscriptions import (
    Active,
    PauseCredit,
    Paused,
    Subscription,
)


def quote_resumption(
    account: Account,
    paused: Subscription,
    resumed_on: date | None = None,
    *,
    goes_on: Resume | None = None,
) -> Quote | Refused:
    """Quote the day on which a paused subscription goes on, from what was billed.

    With kept dates, what is paid beyond that day runs on, and else the rest of the running period is billed at its share.
    With kept days, what was unused when the pause began is used up first, and the bill dates move. With a new period, one
    is billed in full from that day on, and it is the anchor.

    Args:
        account: seller, buyer, ledger.
        paused: the pause.
        resumed_on: the first day with service again; None for the day that the pause knows.
        goes_on: what becomes of the period, instead of what the terms say; None for those.

    Returns:
        The quote; a `Refused` where the subscription is over by then, or the tax is undetermined.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a day that is not after the start of the pause, or none where the pause knows none.
        OutOfRangeError: days that are kept would lie after year 9999.
    """
    check("account", account, Account)
    paused = check("paused", paused, Paused)
    check("goes_on", goes_on, Resume, None)
    on = paused.resumes_on if resumed_on is None else check_date("resumed_on", resumed_on)
    if on is None:
        raise InvalidValueError("resumed_on", None, "the pause has no end of its own; give the day")
    if on <= paused.paused_on:
        raise InvalidValueError("resumed_on", on, f"a pause ends after it starts ({paused.paused_on})")
    active, how = paused.subscription, goes_on or paused.terms.goes_on
    check_currency(account, active.currency)
    end = active.end_on
    if end is not None and on >= end and (how is not Resume.KEEP_DAYS or active.ends_on is not None):
        return Refused(RefusedReason.ENDS, f"it ended on {end}; start another subscription")
    ruling = account.decide(on)
    if not ruling.is_settled:
        return Refused.for_tax(ruling)
    lines: list[Line] = []
    if paused.terms.gives_back is PauseCredit.WHEN_RESUMED:
        lines, active = _days_back(active, paused.paused_on, on)
    if paused.terms.coupons_run:
        active = _coupons_run(active, on)
    active = _on_again(active, paused.paused_on, on, how)
    active = with_next(active, on, every=how is Resume.RESTART)
    new, active = bill_advance(active, on, ruling)
    active = evolved(active, billed=(*active.billed, *new))
    lines = [*[ChargeLine(each) for each in new], *lines]
    if lines:
        lines += active.waiting
        active = evolved(active, waiting=())
    nets: dict[str, int] = {}
    for line in [each for each in lines if isinstance(each, ChargeLine | CreditLine)]:
        nets[line.billed.key] = nets.get(line.billed.key, 0) + line.net.amount_minor
    told = [
        Outcome(
            item.key,
            OutcomeKind.BILLED if item.key in nets else OutcomeKind.CHANGED,
            on,
            Money(nets.get(item.key, 0), active.currency),
        )
        for item in active.items
    ]
    return make_quote(account, paused, active, on, [Draft(tuple(lines))] if lines else [], told)


def _days_back(active: Active, paused_on: date, on: date) -> tuple[list[Line], Active]:
    """Return the credit for the days of a pause, of what was billed for them."""
    lines: list[Line] = []
    billed = list(active.billed)
    for at, each in enumerate(billed):
        if each.ended_on is not None or each.period.end <= paused_on or each.period.start >= on:
            continue
        start, stop = max(paused_on, each.period.start), min(on, each.period.end)
        line = _back(each, start, (stop - start).days)
        if line.net:
            lines.append(line)
            billed[at] = each.with_credit_given(line.credit)
    return lines, evolved(active, billed=tuple(billed))


def _back(line: BilledPeriod, on: date, days: int) -> CreditLine:
    """Return the credit for some days of what was billed, and no more than is left of it."""
    share = ProrationLine(
        Side.CREDIT, line.plan, line.quantity, line.net, days, line.period.days, line.ruling, Rounding.HALF_UP, "days",
        "the pause", 1, None, line.remaining,
    )  # fmt: skip
    return CreditLine(line, on, share)


def _coupons_run(active: Active, on: date) -> Active:
    """Count the bill dates that a pause passed over for coupons."""
    items = []
    missed = 0
    for item in active.items:
        schedule, start = active.schedule_of(item), billed_until(item)
        passed = max(_index(schedule, on) - _index(schedule, start), 0) if start <= on else 0
        if item is active.main:
            missed = passed
        items.append(attrs.evolve(item, coupon_used=item.coupon_used + passed) if item.coupon is not None else item)
    used = active.coupon_used + missed if active.coupon is not None else 0
    return evolved(active, items=tuple(items), coupon_used=used)


def _index(schedule: Schedule | AlignedSchedule, day: date) -> int:
    plain = schedule.schedule if isinstance(schedule, AlignedSchedule) else schedule
    return plain.index_of(day)


def _on_again(active: Active, paused_on: date, on: date, how: Resume) -> Active:
    """Return the subscription as it goes on, before what begins is billed."""
    if how is Resume.KEEP_DATES:
        items = [
            item
            if (item.in_advance and billed_until(item) > on) or in_trial(item, on)
            else attrs.evolve(item, billed_until=on)
            for item in active.items
        ]
        return evolved(active, items=tuple(items))
    if how is Resume.KEEP_DAYS:
        return days_moved(active, paused_on, on)
    cadence = active.main.cadence
    new = Schedule(on, cadence)
    schedule = within_contract(active.schedule, new, on, new.boundary(1))
    billed = tuple([_given_up(each, paused_on) for each in active.billed])
    items = [item if in_trial(item, on) else attrs.evolve(item, billed_until=on) for item in active.items]
    return evolved(active, items=tuple(items), schedule=schedule, billed=billed)


def _given_up(line: BilledPeriod, day: date) -> BilledPeriod:
    """Return a line whose rest is not served any more, and not given back."""
    if line.ended_on is not None or line.period.end <= day:
        return line
    return line.replaced_on(max(day, line.period.start), Money.zero(line.charge.currency))


def days_moved(active: Active, off_on: date, on: date) -> Active:
    """Return the subscription once the days that were unused from one day on are served from another: nothing is billed.

    Args:
        active: what was billed.
        off_on: the first day that was not used.
        on: the first day of what was unused.
    """
    days = (on - off_on).days
    billed, moved, until = list(active.billed), list[BilledPeriod](), dict[str, date]()
    for at, each in enumerate(active.billed):
        if each.ended_on is not None or each.period.end <= off_on:
            continue
        start = day_plus("resumed_on", max(off_on, each.period.start), days)
        period = _later(each.period, start, days)
        value = (
            credit_billed(each, max(off_on, each.period.start)).credit if each.period.start < off_on else each.remaining
        )
        nothing = Money.zero(value.currency)
        moved.append(attrs.evolve(each, period=period, charge=value, discount=nothing, credit_given=nothing, tax=None))
        billed[at] = each.replaced_on(max(off_on, each.period.start), value)
        until[each.key] = max(period.end, until.get(each.key, period.end))
    items = [
        attrs.evolve(item, billed_until=until.get(item.key, on)) if not in_trial(item, on) else item
        for item in active.items
    ]
    end = until.get(active.main.key, on)
    new = Schedule(end, active.main.cadence)
    schedule = within_contract(active.schedule, new, on, end)
    if (
        isinstance(active.schedule, AlignedSchedule)
        and active.schedule.until is not None
        and active.schedule.until <= end
    ):
        schedule = AlignedSchedule(on, new, end)
    after = evolved(active, items=tuple(items), schedule=schedule, billed=(*billed, *moved))
    return ends_with_paid(after, active)


def _later(period: Period, start: date, days: int) -> Period:
    """Return a period from a later first day on, it and its full periods moved by some days."""
    end = day_plus("resumed_on", period.end, days)
    full, *others = [
        Period(day_plus("resumed_on", each.start, days), day_plus("resumed_on", each.end, days))
        for each in (period.full, *[part.full for part in period.parts if part.full != period.full])
    ]
    if (start, end) == (full.start, full.end):
        return full
    return Period(start, end, full, None, tuple(others) or None)
