"""Quotes of a cancellation: at the end of what is paid, on a day, or dated back."""

from collections.abc import Sequence
from datetime import date

import attrs

from billingcore._changes.account import Account
from billingcore._changes.billing import Measured, Meter, bill_arrears
from billingcore._changes.carts import PAYS_OUT
from billingcore._changes.changing import change_lines
from billingcore._changes.making import Draft, make_quote
from billingcore._changes.meeting import meeting
from billingcore._changes.quotes import Outcome, OutcomeKind, Quote, Refused, RefusedReason
from billingcore._changes.settling import check_currency
from billingcore._changes.steps import Rules, changed_on, in_trial, prorated_alone
from billingcore._checks import check, check_date
from billingcore._subscriptions.active import billed_until, evolved
from billingcore._subscriptions.states import check_running
from billingcore.billed import BilledPeriod
from billingcore.cycles import Resume
from billingcore.cycles._calendar import day_plus
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine, Line
from billingcore.money import Money, Rounding
from billingcore.proration import (
    Change,
    DayOwner,
    ProrationPolicy,
    ProrationResult,
    Rulebook,
    Settlement,
)
from billingcore.subscriptions import Active, Asked, Cancelled, Item, Meeting, PauseCredit, Paused, Subscription, Waits


def quote_cancellation(
    account: Account,
    subscription: Subscription,
    cancel_on: date,
    rules: Rules,
    *,
    measured: Measured | None = None,
    waits: Meeting | None = None,
) -> Quote | Refused:
    """Quote the end of a subscription: what is given back, what was used and not billed, and when service ends.

    Where the rule waits for the end of what is paid, nothing moves now: the subscription runs to that day and is then
    ended by its last renewal, and until then the cancellation can be taken back. Dated before the running period, the
    periods that were billed since go back whole.

    Args:
        account: seller, buyer, ledger.
        subscription: what ends; a paused one too.
        cancel_on: the day of the cancellation. Service ends where the credit starts: on that day, on the next one where
            the day stays paid, or at the end of what is paid where the rule waits for it.
        rules: what the vendor gives back; the tax decision is that of what was billed. A policy
            ``ProrationPolicy.at_period_end()`` ends it there, whatever the vendor gives back.
        measured: of items whose quantity is measured, what was until that day.
        waits: what becomes of what waits, instead of the default in `MEETINGS`; None for the default.

    Returns:
        The quote: with a credit note, an invoice where what waits or was used comes to more, or no document; a `Refused`
        where it ends already, or the tax of what was used is undetermined.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a subscription in another currency than the account's ledger.
        InvalidValueError: a day before all that is on record, in what was folded, or after what is billed; what the ledger
            does not take, as in `quote_start`.

    >>> from billingcore.changes import quote_start
    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.ledger import Ledger
    >>> from billingcore.parties import Buyer, Seller
    >>> from billingcore.places import Address
    >>> from billingcore.plans import FlatPrice, Plan
    >>> ledger = Ledger.opened("EUR", date(2026, 1, 1))
    >>> account = Account(Seller("Rescue Ireland", Address("IE")), Buyer("Heidi", Address("CH")), ledger)
    >>> item = Item("small", Plan("Small", FlatPrice(Money.of("30.00", "EUR")), MONTHLY))
    >>> start = quote_start(account, date(2026, 1, 10), item).granted()
    >>> end = quote_cancellation(account, start.subscription, date(2026, 1, 24), ProrationPolicy.keep_dates()).granted()
    >>> print(end.credit_left)  # 30.00 × 17/31 = 16.451…
    16.45 EUR
    """
    check("account", account, Account)
    check("rules", rules, Rulebook, ProrationPolicy)
    check_date("cancel_on", cancel_on)
    check("waits", waits, Meeting, None)
    meter = Meter(measured)
    if isinstance(subscription, Cancelled):
        return Refused(RefusedReason.ALREADY_ACCEPTED, f"it ended on {subscription.ended_on}")
    if not isinstance(subscription, Paused):
        subscription = check_running(subscription)
    active = subscription.subscription if isinstance(subscription, Paused) else subscription
    check_currency(account, active.currency)
    if isinstance(subscription, Paused):
        active = _as_paused(subscription, cancel_on)
        terms = subscription.terms
        kept = terms.goes_on is Resume.KEEP_DAYS or terms.gives_back is PauseCredit.WHEN_RESUMED
        results, later = _results(active, subscription.paused_on if kept else cancel_on, rules, stands=True)
    else:
        results, later = _results(active, cancel_on, rules, stands=False)
    if (any(each.is_waiting for each in results) or _waits_by_rule(rules, results)) and not isinstance(
        subscription, Paused
    ):
        running = active.in_force(active.main.key, cancel_on)
        if not later or not running:
            return _at_end(account, active, cancel_on, results, waits)
    return _at_once(account, subscription, active, cancel_on, rules, (results, later), meter)


def _as_paused(paused: Paused, on: date) -> Active:
    """Return what a pause holds, of which no day in arrears is used until it ends."""
    items = [
        item if item.in_advance else attrs.evolve(item, billed_until=max(billed_until(item), on))
        for item in paused.subscription.items
    ]
    return evolved(paused.subscription, items=tuple(items))


def _waits_by_rule(rules: Rules, results: Sequence[ProrationResult]) -> bool:
    """Say whether the rule waits, where nothing was billed yet that would say so."""
    policy = rules if isinstance(rules, ProrationPolicy) else rules.cancellation.policy
    return not results and policy.sale.value == "at_period_end"


def _at_end(
    account: Account, active: Active, on: date, results: Sequence[ProrationResult], waits: Meeting | None
) -> Quote | Refused:
    """Stop the renewal: service runs to the end of what is paid."""
    if active.ends_on is not None:
        detail = f"it ends on {active.end_on} already"
        return Refused(RefusedReason.ALREADY_ACCEPTED, detail)
    ends_on = active.paid_until if active.main.in_advance else active.next_period(active.main).end
    after = evolved(active, ends_on=ends_on)
    if after.next:
        how = meeting(Waits.CHANGE, Asked.CANCELLATION, waits)
        if how is Meeting.REFUSED:
            return Refused(RefusedReason.WAITS, f"a change waits: {after.next[0].describe()}; take it back first")
        kept = [each for each in after.next if each.on < ends_on] if how is Meeting.KEPT else []
        after = evolved(after, next=tuple(kept))
    if after.pause is not None:
        how = meeting(Waits.PAUSE, Asked.CANCELLATION, waits)
        if how is Meeting.REFUSED:
            return Refused(RefusedReason.WAITS, f"a pause waits for {after.pause.on}; take it back first")
        after = evolved(after, pause=None)
    rule = results[0].rule if results else None
    nothing = Money.zero(active.currency)
    told = [Outcome(item.key, OutcomeKind.SCHEDULED, ends_on, nothing, rule) for item in active.items]
    return make_quote(account, active, after, on, (), told)


def _results(
    active: Active, on: date, rules: Rules, *, stands: bool
) -> tuple[list[ProrationResult], list[ProrationResult]]:
    """Return what each billed line that is in force gives back: those of the day together by item, and later ones whole.

    Raises:
        InvalidValueError: a day before all that is on record, in what was folded, or after what is billed.
    """
    found: list[ProrationResult] = []
    later: list[ProrationResult] = []
    for item in active.items:
        if in_trial(item, on) or not item.in_advance:
            continue
        lines = [each for each in active.billed if each.key == item.key and each.ended_on is None]
        here = tuple([each for each in lines if each.serves(on)])
        since = [each for each in lines if each.period.start > on]
        if not here and not since:
            if item is active.main and not stands:
                problem = f"it is billed until {item.billed_until}; renew what is due before that day first"
                raise InvalidValueError("cancel_on", on, problem)
            continue
        if not here and active.closed is not None and on < active.closed.before:
            problem = (
                f"what ended by {active.closed.before} was folded; end it on that day or later, and credit the documents "
                "before it alone, with their earlier notes (credit_in_part, earlier=…)"
            )
            raise InvalidValueError("cancel_on", on, problem)
        if not here and (
            active.closed is not None or since[0] is not lines[0] or since[0].period.start > _first(active, item)
        ):
            here, since = (since[0],), since[1:]
        if here:
            day = on if changed_on(active, here[0], on) else max(on, here[0].period.start)
            found.append(prorated_alone(active, rules, Change.cancel(day), here))
        later += [_whole(active, rules, each) for each in since]
    return found, later


def _first(active: Active, item: Item) -> date:
    return active.billed_for(item.key)[0].period.start


def _whole(active: Active, rules: Rules, line: BilledPeriod) -> ProrationResult:
    """Return what a period gives back that was billed after the day of the cancellation: all that is left of it."""
    policy = rules if isinstance(rules, ProrationPolicy) else rules.cancellation.policy
    settlement = Settlement.CARRY if policy.settlement is Settlement.FORFEIT else policy.settlement
    whole = attrs.evolve(ProrationPolicy.keep_dates(), rounding=policy.rounding, settlement=settlement)
    whole = attrs.evolve(whole, measure=attrs.evolve(whole.measure, change_day=DayOwner.NEW, cancel_day=None))
    return prorated_alone(active, whole, Change.cancel(line.period.start), (line,))


def _owner(rules: Rules) -> DayOwner:
    """Return who owns the day of a cancellation: where the old plan does, it is used and billed too."""
    measure = (rules if isinstance(rules, ProrationPolicy) else rules.cancellation.policy).measure
    return measure.cancel_day or measure.change_day


def _at_once(
    account: Account, quoted: Active | Paused, active: Active, on: date, rules: Rules,
    results: tuple[list[ProrationResult], list[ProrationResult]], meter: Meter,
) -> Quote | Refused:  # fmt: skip
    """End it on a day: credits, what was used in arrears, what waits."""
    here, later = results
    billed = list(active.billed)
    lines: list[Line] = []
    outcomes: list[Outcome] = []
    ends_on = on
    for result in (*here, *later):
        given = bool(result.credit) and result.policy.settlement is not Settlement.FORFEIT and not result.is_waiting
        own, after = change_lines(result) if not result.is_waiting else ((), result.billed)
        place = {id(each): at for at, each in enumerate(billed)}
        for each, now in zip(result.billed, after, strict=True):
            billed[place[id(each)]] = now
        ends_on = (
            max([ends_on, *[each.served_until for each in after if each.served_until >= on]])
            if result in here
            else ends_on
        )
        if given:
            lines += own
        net = sum([line.net.amount_minor for line in own]) if given else 0
        outcomes.append(Outcome(result.billed[0].key, OutcomeKind.BILLED, on, Money(net, active.currency), result.rule))
    if here:
        served = [each.served_until for each in billed if each.key == active.main.key and each.period.start <= on]
        ends_on = max(served, default=on)
    last = evolved(active, billed=tuple(billed), ends_on=None, pause=None, next=())
    used: list[BilledPeriod] = []
    used_until = on if _owner(rules) is DayOwner.NEW else day_plus("cancel_on", on, 1)
    if last.unbilled or any(not item.in_advance and billed_until(item) < used_until for item in last.items):
        ruling = account.decide(on)
        if not ruling.is_settled:
            return Refused.for_tax(ruling)
        used, last = bill_arrears(evolved(last, ends_on=used_until), used_until, ruling, meter)
        ends_on = max(ends_on, used_until)
    meter.check_empty()
    lines = [*[ChargeLine(each) for each in used], *lines, *active.waiting]
    last = evolved(last, billed=(*last.billed, *used), waiting=(), unbilled=(), ends_on=ends_on)
    policy = rules if isinstance(rules, ProrationPolicy) else rules.cancellation.policy
    pays = policy.settlement in PAYS_OUT
    told = {each.key for each in outcomes}
    nothing = Money.zero(active.currency)
    outcomes += [
        Outcome(item.key, OutcomeKind.BILLED, on, sum([each.net for each in used if each.key == item.key], nothing))
        for item in active.items
        if item.key not in told
    ]
    rounding = policy.rounding if here or later else Rounding.HALF_UP
    drafts = [Draft(tuple(lines), rounding, pays_out=pays)] if lines else []
    return make_quote(account, quoted, Cancelled(last, ends_on), on, drafts, outcomes)
