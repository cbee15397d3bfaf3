"""Quotes of a pause and of the resumption: from what was billed, never from the schedule."""

from datetime import date

import attrs

from billingcore._changes.account import Account
from billingcore._changes.billing import Measured, Meter, bill_arrears
from billingcore._changes.changing import change_lines
from billingcore._changes.making import Draft, make_quote
from billingcore._changes.meeting import meeting
from billingcore._changes.quotes import Outcome, OutcomeKind, Quote, Refused, RefusedReason
from billingcore._changes.settling import check_currency
from billingcore._changes.steps import end_of_running, in_trial, prorated_alone
from billingcore._checks import check, check_date, check_int
from billingcore._subscriptions.active import billed_until, evolved
from billingcore._subscriptions.states import check_running
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine, Line
from billingcore.money import Money
from billingcore.proration import Change, ProrationPolicy
from billingcore.subscriptions import (
    Active,
    Asked,
    Item,
    Meeting,
    NextPause,
    PauseCredit,
    Paused,
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
    starts_on = end_of_running(subscription) if at_end else paused_on
    resumes_on = _resumes_on(subscription, starts_on, until, periods)
    quoted, met = subscription, _met(subscription, NextPause(starts_on, terms, resumes_on), waits)
    if isinstance(met, Refused):
        return met
    subscription = met
    if at_end:
        after = evolved(subscription, pause=NextPause(starts_on, terms, resumes_on))
        nothing = Money.zero(subscription.currency)
        told = [Outcome(each.key, OutcomeKind.SCHEDULED, starts_on, nothing) for each in subscription.items]
        return make_quote(account, quoted, after, paused_on, (), told)
    return _at_once(account, quoted, Paused(subscription, paused_on, terms, resumes_on), meter)


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


def _met(subscription: Active, pause: NextPause, waits: Meeting | None) -> Active | Refused:
    """Return the subscription once what waits has met a pause, or why that is refused."""
    end, after = subscription.end_on, subscription
    if subscription.ends_on is not None:
        how = meeting(Waits.CANCELLATION, Asked.PAUSE, waits)
        if how is Meeting.CLEARED or how is Meeting.REPLACED:
            after = evolved(after, ends_on=None)
            end = after.end_on
        elif how is Meeting.REFUSED:
            return Refused(RefusedReason.ENDS, f"it ends on {end}; take the cancellation back first (take_back)")
    if end is not None and pause.on >= end:
        return Refused(RefusedReason.ENDS, f"it ends on {end}; nothing is left to pause from {pause.on}")
    if subscription.pause == pause:
        return Refused(RefusedReason.ALREADY_ACCEPTED, f"it pauses on {pause.on} already")
    if subscription.pause is not None and meeting(Waits.PAUSE, Asked.PAUSE, waits) is Meeting.REFUSED:
        return Refused(RefusedReason.WAITS, f"a pause waits for {subscription.pause.on}; take it back first")
    if subscription.next:
        how = meeting(Waits.CHANGE, Asked.PAUSE, waits)
        if how is Meeting.REFUSED:
            detail = f"a change waits: {subscription.next[0].describe()}; take it back first"
            return Refused(RefusedReason.WAITS, detail)
        if how is not Meeting.KEPT:
            after = evolved(after, next=())
    return after


def _at_once(account: Account, quoted: Active, paused: Paused, meter: Meter) -> Quote | Refused:
    """Pause on a day: what is unused goes back where the terms say so, and days in arrears are billed."""
    on, active, terms = paused.paused_on, evolved(paused.subscription, pause=None), paused.terms
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
    active = evolved(active, items=tuple(items), billed=tuple(billed))
    used: list[BilledPeriod] = []
    if active.unbilled or any(not item.in_advance and billed_until(item) < on for item in items):
        ruling = account.decide(on)
        if not ruling.is_settled:
            return Refused.for_tax(ruling)
        used, ended = bill_arrears(
            evolved(active, ends_on=on, items=tuple([i for i in items if not i.in_advance]) or tuple(items[:1])),
            on,
            ruling,
            meter,
        )
        until = {item.key: item for item in ended.items}
        active = evolved(
            active,
            items=tuple([until.get(item.key, item) if not item.in_advance else item for item in items]),
            billed=(*active.billed, *used),
            unbilled=(),
        )
    meter.check_empty()
    lines = [*[ChargeLine(each) for each in used], *lines]
    if lines:
        lines += active.waiting
        active = evolved(active, waiting=())
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
