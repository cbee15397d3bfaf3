"""Quotes of a pause and of the resumption: from what was billed, never from the schedule."""

from datetime import date, timedelta

import attrs

from billingcore._changes.account import Account
from billingcore._changes.billing import Measured, Meter, bill_advance, bill_arrears, with_next
from billingcore._changes.carts import in_trial, prorated_alone
from billingcore._changes.changing import change_lines
from billingcore._changes.making import Draft, make_quote
from billingcore._changes.meeting import meeting
from billingcore._changes.quotes import Outcome, OutcomeKind, Quote, Refused, RefusedReason
from billingcore._changes.settling import check_currency
from billingcore._checks import check, check_date, check_int
from billingcore._proration.line import ProrationLine
from billingcore._subscriptions.bill_dates import within_contract
from billingcore._subscriptions.states import billed_until, check_running
from billingcore.billed import BilledPeriod
from billingcore.cycles import AlignedSchedule, Period, Resume, Schedule
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine, CreditLine, Line
from billingcore.money import Money, Rounding
from billingcore.proration import Change, ProrationPolicy, Side, credit_billed
from billingcore.subscriptions import (
    Active,
    Asked,
    Item,
    Meeting,
    NextPause,
    Paused,
    PauseCredit,
    PauseTerms,
    Subscription,
    Waits,
)

_MOST_PERIODS = 1000


def quote_pause(
    account: Account,
    subscription: Subscription,
    paused_on: date,
    terms: PauseTerms = PauseTerms(),  # noqa: B008 - a frozen value
    *,
    at_end: bool = False,
    until: date | None = None,
    periods: int | None = None,
    measured: Measured | None = None,
    waits: Meeting | None = None,
) -> Quote | Refused:
    """Quote a pause: at once, from the end of what is paid, or dated back; for n periods, until a day, or until resumed.

    Days in arrears are billed until the pause begins. With ``until`` or ``periods`` the resumption is decided in the same
    call, and comes to what `quote_resumption` on that day comes to.

    Args:
        account: seller, buyer, ledger.
        subscription: what pauses.
        paused_on: the first day without service; with ``at_end`` the day on which the pause is asked for.
        terms: the rules of the pause: what is given back, how it goes on, what may be asked meanwhile.
        at_end: whether it begins at the end of what is paid.
        until: the first day with service again, or None.
        periods: for how many bill dates of the main item it lasts, or None.
        measured: of items whose quantity is measured, what was until the pause.
        waits: what becomes of what waits, instead of the default in `MEETINGS`; None for the default.

    Returns:
        The quote; a `Refused` where it ends, such a pause waits already, or the tax of what was used is undetermined.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a subscription in another currency than the account's ledger.
        InvalidValueError: a day that is not served; an end that is not after its start; a trial.
    """
    check("account", account, Account)
    check("terms", terms, PauseTerms)
    check("at_end", at_end, bool)
    check("waits", waits, Meeting, None)
    meter = Meter(measured)
    check_date("paused_on", paused_on)
    subscription = check_running(subscription)
    check_currency(account, subscription.currency)
    if in_trial(subscription.main, paused_on) and not at_end:
        problem = "it is in its trial: nothing is paid that could pause; extend the trial, or pause at its end"
        raise InvalidValueError("paused_on", paused_on, problem)
    starts_on = _end_of_paid(subscription) if at_end else paused_on
    resumes_on = _resumes_on(subscription, starts_on, until, periods)
    refused = _met(subscription, NextPause(starts_on, terms, resumes_on), waits)
    if refused is not None:
        return refused
    if at_end:
        after = subscription.evolved(pause=NextPause(starts_on, terms, resumes_on))
        nothing = Money.zero(subscription.currency)
        told = [Outcome(each.key, OutcomeKind.SCHEDULED, starts_on, nothing) for each in subscription.items]
        return make_quote(account, subscription, after, paused_on, (), told)
    return _at_once(account, subscription, Paused(subscription, paused_on, terms, resumes_on), meter)


def _end_of_paid(subscription: Active) -> date:
    main = subscription.main
    return (
        billed_until(main)
        if main.in_advance or in_trial(main, billed_until(main) - timedelta(days=1))
        else subscription.next_period(main).end
    )


def _resumes_on(subscription: Active, starts_on: date, until: date | None, periods: int | None) -> date | None:
    """Return the day on which a pause ends, where that is asked for."""
    if periods is None:
        return None if until is None else check_date("until", until)
    if until is not None:
        raise InvalidValueError(
            "periods", periods, "a pause lasts until a day, or for some periods; give one of the two"
        )
    check_int("periods", periods, 1, _MOST_PERIODS)
    schedule = subscription.schedule_of(subscription.main)
    return schedule.boundary(schedule.index_of(starts_on) + periods)


def _met(subscription: Active, pause: NextPause, waits: Meeting | None) -> Refused | None:
    """Let what waits meet a pause; return why it is refused, or None."""
    end = subscription.end_on
    if end is not None and (pause.on >= end or subscription.ends_on is not None):
        how = Meeting.REFUSED
        if pause.on < end:
            how = meeting(Waits.CANCELLATION, Asked.PAUSE, waits)
        if how is Meeting.REFUSED:
            return Refused(
                RefusedReason.ENDS, f"it ends on {end}; take the cancellation back first, where there is one"
            )
    if subscription.pause == pause:
        return Refused(RefusedReason.ALREADY_ACCEPTED, f"it pauses on {pause.on} already")
    if subscription.pause is not None and meeting(Waits.PAUSE, Asked.PAUSE, waits) is Meeting.REFUSED:
        return Refused(RefusedReason.WAITS, f"a pause waits for {subscription.pause.on}; take it back first")
    if subscription.next and meeting(Waits.CHANGE, Asked.PAUSE, waits) is Meeting.REFUSED:
        detail = f"a change waits: {subscription.next[0].describe()}; take it back first"
        return Refused(RefusedReason.WAITS, detail)
    return None


def _at_once(account: Account, quoted: Active, paused: Paused, meter: Meter) -> Quote | Refused:
    """Pause on a day: what is unused goes back where the terms say so, and days in arrears are billed."""
    on, active, terms = paused.paused_on, quoted.evolved(pause=None), paused.terms
    if not any(active.billed_on(item.key, on) or not item.in_advance for item in active.items):
        raise InvalidValueError(
            "paused_on", on, f"nothing is served on that day; it is billed until {active.paid_until}"
        )
    since = [each for each in active.billed if each.ended_on is None and each.period.start > on and each.net]
    if since and terms.gives_back is not PauseCredit.UNUSED:
        problem = f"{since[0].period} was billed since; a pause that is dated back gives back what is unused"
        raise InvalidValueError("paused_on", on, problem)
    lines: list[Line] = []
    billed, items, nets = list(active.billed), list(active.items), dict[str, int]()
    if terms.gives_back is PauseCredit.UNUSED:
        lines, billed, nets = given_back(active, on)
        items = [
            attrs.evolve(item, billed_until=min(billed_until(item), max(on, _trial_end(item))))
            if item.in_advance
            else item
            for item in items
        ]
    active = active.evolved(items=tuple(items), billed=tuple(billed))
    used: list[BilledPeriod] = []
    if active.unbilled or any(not item.in_advance and billed_until(item) < on for item in items):
        ruling = account.decide(on)
        if not ruling.is_settled:
            return Refused.for_tax(ruling)
        used, ended = bill_arrears(
            active.evolved(ends_on=on, items=tuple([i for i in items if not i.in_advance]) or tuple(items[:1])),
            on,
            ruling,
            meter,
        )
        until = {item.key: item for item in ended.items}
        active = active.evolved(
            items=tuple([until.get(item.key, item) if not item.in_advance else item for item in items]),
            billed=(*active.billed, *used),
            unbilled=(),
        )
    meter.check_empty()
    lines = [*[ChargeLine(each) for each in used], *lines]
    if lines:
        lines += active.waiting
        active = active.evolved(waiting=())
    for each in used:
        nets[each.key] = nets.get(each.key, 0) + each.net.amount_minor
    told = [
        Outcome(
            item.key,
            OutcomeKind.BILLED if item.key in nets else OutcomeKind.CHANGED,
            on,
            Money(nets.get(item.key, 0), active.currency),
        )
        for item in active.items
    ]
    after = Paused(active, on, terms, paused.resumes_on)
    return make_quote(account, quoted, after, on, [Draft(tuple(lines))] if lines else [], told)


def _trial_end(item: Item) -> date:
    return item.trial.first_paid_on if item.trial is not None else date.min


def given_back(active: Active, on: date) -> tuple[list[Line], list[BilledPeriod], dict[str, int]]:
    """Return what is unused of every billed line from a day on: its lines, what is on record after, nets by item."""
    lines: list[Line] = []
    billed, nets = list(active.billed), dict[str, int]()
    for at, each in enumerate(billed):
        if each.ended_on is not None or each.period.end <= on or not any(each.key == item.key for item in active.items):
            continue
        day = max(on, each.period.start)
        result = prorated_alone(active, ProrationPolicy.keep_dates(), Change.cancel(day), (each,))
        own, after = change_lines(result)
        billed[at] = after[0]
        lines += [line for line in own if line.net]
        nets[each.key] = nets.get(each.key, 0) + sum([line.net.amount_minor for line in own])
    return lines, billed, nets


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
    active = with_next(active, on)
    new, active = bill_advance(active, on, ruling)
    active = active.evolved(billed=(*active.billed, *new))
    lines = [*[ChargeLine(each) for each in new], *lines]
    if lines:
        lines += active.waiting
        active = active.evolved(waiting=())
    nets: dict[str, int] = {}
    for line in lines:
        if isinstance(line, ChargeLine | CreditLine):
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
        found = credit_billed(each, start, until=None if stop == each.period.end else stop)
        if not found.credit:
            continue
        lines.append(_middle(each, start, found.credit, (stop - start).days))
        billed[at] = each.with_credit_given(found.credit)
    return lines, active.evolved(billed=tuple(billed))


def _middle(line: BilledPeriod, on: date, credit: Money, days: int) -> CreditLine:
    share = Period(on, on + timedelta(days=days), line.period.full) if line.period.joined is None else None
    num, den = (days, line.period.days) if share is None else (days, line.period.days)
    exact = ProrationLine(
        Side.CREDIT, line.plan, line.quantity, line.net, num, den, line.ruling, Rounding.HALF_UP, "days", "the pause",
        1, None, line.remaining,
    )  # fmt: skip
    if exact.amount != credit:
        exact = ProrationLine(
            Side.CREDIT, line.plan, line.quantity, credit, 1, 1, line.ruling, Rounding.HALF_UP, "days", "the pause"
        )
    return CreditLine(line, on, exact)


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
    return active.evolved(items=tuple(items), coupon_used=used)


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
        return active.evolved(items=tuple(items))
    if how is Resume.KEEP_DAYS:
        return days_moved(active, paused_on, on)
    cadence = active.main.cadence
    new = Schedule(on, cadence)
    schedule = within_contract(active.schedule, new, on, on)
    billed = tuple([_given_up(each, paused_on) for each in active.billed])
    items = [item if in_trial(item, on) else attrs.evolve(item, billed_until=on) for item in active.items]
    return active.evolved(items=tuple(items), schedule=schedule, billed=billed)


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
    length = on - off_on
    billed, moved, until = list(active.billed), list[BilledPeriod](), dict[str, date]()
    for at, each in enumerate(active.billed):
        if each.ended_on is not None or each.period.end <= off_on:
            continue
        start = max(off_on, each.period.start) + length
        period = Period(start, each.period.end + length, Period(each.period.start + length, each.period.end + length))
        value = (
            credit_billed(each, max(off_on, each.period.start)).credit if each.period.start < off_on else each.remaining
        )
        nothing = Money.zero(value.currency)
        if period.reference is not None and (period.start, period.end) == (
            period.reference.start,
            period.reference.end,
        ):
            period = period.reference
        moved.append(
            BilledPeriod(
                each.plan,
                each.quantity,
                period,
                value,
                nothing,
                each.ruling,
                nothing,
                None,
                None,
                None,
                each.key,
                each.document,
            )  # fmt: skip
        )
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
    return active.evolved(items=tuple(items), schedule=schedule, billed=(*billed, *moved))
