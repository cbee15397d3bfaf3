"""Quotes of a cart: each change decided by its own rule, all of one day on one quote."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import attrs

from billingcore._changes.account import Account
from billingcore._changes.billing import Measured, Meter, bill_advance, bill_arrears
from billingcore._changes.cart import (
    Addition,
    ArrearsChange,
    Cart,
    ChangeOptions,
    Removal,
    Unnamed,
    check_cart,
)
from billingcore._changes.changing import change_lines, set_apart
from billingcore._changes.following import following
from billingcore._changes.making import Draft, make_quote, with_ruling
from billingcore._changes.meeting import meet
from billingcore._changes.pricing import Priced, charge_of, discounts
from billingcore._changes.quotes import Outcome, OutcomeKind, Quote, Refused, RefusedReason
from billingcore._changes.restarting import moves_dates, restarted
from billingcore._changes.settling import check_currency
from billingcore._changes.steps import (
    Asking,
    Rules,
    Step,
    altered,
    in_trial,
    step_of,
    with_results,
)
from billingcore._checks import check, check_tuple
from billingcore._kernel import Rounding
from billingcore._subscriptions.active import billed_until, evolved
from billingcore._subscriptions.states import check_running
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidValueError
from billingcore.lines import ChargeLine, CreditLine, Line, OneOffLine
from billingcore.money import Money
from billingcore.proration import (
    Change,
    ChangeRule,
    ProrationPolicy,
    ProrationResult,
    Rulebook,
    Settlement,
)
from billingcore.subscriptions import Active, Cancelled, Meanwhile, Paused, Subscription
from billingcore.tax import Ruling

PAYS_OUT: Final = frozenset({Settlement.REFUND, Settlement.APART})


def quote_change(
    account: Account,
    subscription: Subscription,
    cart: Cart,
    rules: Rules,
    *,
    options: ChangeOptions = ChangeOptions(),  # noqa: B008 - a frozen value
    one_off: Sequence[OneOffLine] = (),
    measured: Measured | None = None,
) -> Quote | Refused:
    """Quote what a cart asks for: what is credited, charged, taxed and due, what waits, and when the next bill comes.

    Each change is decided by its own rule: billed now, gathered for the next document, or scheduled for the end of what is
    paid; the outcomes say which. The credit is taken from what was billed and keeps its tax decision; the charge is decided
    on the day of the cart. Where a rule starts a new period, it starts for every item; where it keeps the bill dates, items
    that are not named are not touched. Documents bill civil days, also under a policy of minutes or seconds:
    `prorate_change` gives its figure to the instant.

    Args:
        account: seller, buyer, ledger.
        subscription: what changes.
        cart: what is asked, and on which day.
        rules: what the vendor does by what happens, or one policy for all.
        options: what is left to the caller: items that are not named, trials, arrears, what waits.
        one_off: lines that are billed once, now; their tax is decided here.
        measured: of items whose quantity is measured, what was before the change, where that is billed now.

    Returns:
        The quote; a `Refused` where the tax is undetermined, what is asked holds already, or it can't go together with
        what waits.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a plan in another currency than the subscription, or than the account's ledger.
        InvalidValueError: a key that it does not have, or has already; the last item removed; a day outside the newest
            billed period of an item; an interval that does not divide the main one's; a price that contains tax; what the
            ledger does not take, as in `quote_start`.
    """
    check("account", account, Account)
    check_cart(cart)
    check("rules", rules, Rulebook, ProrationPolicy)
    check("options", options, ChangeOptions)
    check_tuple("one_off", tuple(one_off) if isinstance(one_off, list) else one_off, OneOffLine)
    meter = Meter(measured)
    if isinstance(subscription, Paused):
        return _in_pause(account, subscription, cart)
    if isinstance(subscription, Cancelled):
        return Refused(RefusedReason.ENDS, f"it ended on {subscription.ended_on}; start another subscription")
    subscription = check_running(subscription)
    check_currency(account, subscription.currency)
    ruling = account.decide(cart.on)
    if not ruling.is_settled:
        return Refused.for_tax(ruling)
    asking = Asking(subscription, cart.on, rules, options, ruling)
    steps = [step for each in cart.changes if (step := step_of(asking, each)) is not None]
    if not steps:
        keys = ", ".join([each.key for each in cart.changes])
        return Refused(RefusedReason.ALREADY_ACCEPTED, f"{keys} is as asked already; nothing changes")
    _check_left(subscription, steps)
    steps = with_results(asking, steps)
    met = meet(subscription, [(each.key, each.before, each.after, each.waits_until) for each in steps], options.waits)
    if isinstance(met, Refused):
        return met
    asking = asking._replace(subscription=met)
    driver = next((each for each in steps if each.result is not None and moves_dates(each.result)), None)
    if driver is not None and driver.result is not None:
        steps = restarted(asking, steps, driver)
    return _quoted(account, subscription, asking, steps, driver, with_ruling(tuple(one_off), ruling), meter)


def _in_pause(account: Account, paused: Paused, cart: Cart) -> Quote | Refused:
    """Change what a paused subscription goes on with: no money moves, as nothing is served."""
    if paused.terms.meanwhile is Meanwhile.REFUSED:
        detail = "it is paused, and its terms take no change meanwhile; resume it first"
        return Refused(RefusedReason.PAUSED, detail)
    inner = paused.subscription
    items = {item.key: item for item in inner.items}
    for intent in cart.changes:
        if isinstance(intent, Addition):
            if intent.key in items:
                raise InvalidValueError("cart", intent.key, "the subscription has an item of this key; alter it")
            items[intent.key] = attrs.evolve(intent.item, billed_until=cart.on)
        elif isinstance(intent, Removal):
            inner.item(intent.key)
            del items[intent.key]
        else:
            items[intent.key] = altered(inner.item(intent.key), intent)
    after = attrs.evolve(paused, subscription=evolved(inner, items=tuple(items.values())))
    nothing = Money.zero(inner.currency)
    told = [Outcome(each.key, OutcomeKind.CHANGED, paused.resumes_on or cart.on, nothing) for each in cart.changes]
    return make_quote(account, paused, after, cart.on, (), told)


def _check_left(subscription: Active, steps: Sequence[Step]) -> None:
    """Refuse the removal of the last item, and one that all the others leave behind."""
    gone = {step.key for step in steps if step.after is None}
    added = any(step.before is None for step in steps)
    if gone >= {item.key for item in subscription.items} and not added:
        problem = "no item would be left; cancel the subscription (quote_cancellation)"
        raise InvalidValueError("cart", sorted(gone), problem)


class _Made(NamedTuple):
    """What the steps come to."""

    at_once: list[Line]
    apart: list[Line]
    gathered: list[Line]
    billed: list[BilledPeriod]
    outcomes: list[Outcome]


def _quoted(
    account: Account, quoted: Active, asking: Asking, steps: Sequence[Step], driver: Step | None,
    one_off: tuple[OneOffLine, ...], meter: Meter,
) -> Quote:  # fmt: skip
    """Return the quote of the steps: their lines, what is on record after them, what waits, and the bill dates."""
    subscription, on, options = asking.subscription, asking.on, asking.options
    made = _Made([], [], [], list(subscription.billed), [])
    for step in steps:
        if step.result is not None:
            _take(made, subscription, step, step.result, moved=driver is not None)
    after = following(asking, steps, driver, made.billed)
    arrears: list[BilledPeriod] = []
    if after.unbilled and (options.arrears is ArrearsChange.NOW or driver is not None):
        arrears, after = _bill_used(after, on, asking.ruling, meter)
    started, after = bill_advance(after, on, asking.ruling) if _begins_now(asking, steps) else ([], after)
    if driver is not None and options.unnamed is Unnamed.TO_BILL_DAY:
        rest, after = _to_bill_day(after, steps, on, asking.ruling)
        started = [*started, *rest]
    meter.check_empty()
    new = [*started, *arrears]
    after = evolved(after, billed=(*after.billed, *new))
    made.at_once[:0] = [ChargeLine(each) for each in new]
    made.outcomes.extend(_told(asking, steps, made, new))
    waits = after.waiting
    settles = bool(made.at_once or made.apart or one_off)
    if settles:
        drafts = _drafts(steps, [*made.at_once, *one_off], [*made.gathered, *waits], made.apart)
        after = evolved(after, waiting=())
    else:
        drafts = []
        gathered = made.gathered if any(line.net for line in made.gathered) else ()
        after = evolved(after, waiting=(*waits, *gathered))
    return make_quote(account, quoted, after, on, drafts, made.outcomes)


def _take(made: _Made, subscription: Active, step: Step, result: ProrationResult, *, moved: bool) -> None:
    """Take the lines of a result, and put what is on record after it in the place of what was."""
    lines, after = change_lines(result)
    old = result.billed
    place = {id(each): at for at, each in enumerate(made.billed)}
    for each, now in zip(old, after, strict=False):
        made.billed[place[id(each)]] = now
    for each in after[len(old) :]:
        own = each if each.key == step.key else attrs.evolve(each, key=step.key)
        lines = tuple([_keyed(line, each, own) for line in lines])
        made.billed.append(own)
    charged, given = set_apart(result, lines)
    settles = result.settles_now or moved
    (made.at_once if settles else made.gathered).extend(charged)
    (made.apart if settles else made.gathered).extend(given)
    kind = OutcomeKind.BILLED if settles else OutcomeKind.GATHERED
    nets = [line.net for line in lines]
    net = sum(nets[1:], nets[0]) if nets else Money.zero(subscription.currency)
    day = result.effective_at
    made.outcomes.append(Outcome(step.key, kind, date(day.year, day.month, day.day), net, result.rule))


def _keyed(line: Line, each: BilledPeriod, own: BilledPeriod) -> Line:
    return ChargeLine(own, line.line) if isinstance(line, ChargeLine) and line.billed is each else line


def _to_bill_day(after: Active, steps: Sequence[Step], on: date, ruling: Ruling) -> tuple[list[BilledPeriod], Active]:
    """Bill the items that were not named from the end of what is paid for them to the new bill day."""
    named = {step.key for step in steps}
    items, new = list(after.items), list[BilledPeriod]()
    for at, item in enumerate(items):
        if (
            item.key in named
            or not item.in_advance
            or in_trial(item, on)
            or after.schedule_of(item).is_boundary(billed_until(item))
        ):
            continue
        period = after.next_period(item)
        off = discounts(
            [
                Priced(
                    item,
                    item.sells,
                    item.quantity,
                    item.coupon is not None and item.coupon.holds_in(max(item.coupon_used - 1, 0)),
                )
            ],
            None,
            Rounding.HALF_UP,
        )
        new.append(charge_of(item.sells, item.quantity, period, off[0], ruling, item.key, Rounding.HALF_UP))
        items[at] = attrs.evolve(item, billed_until=period.end)
    return new, evolved(after, items=tuple(items))


def _begins_now(asking: Asking, steps: Sequence[Step]) -> bool:
    """Say whether a trial ends with the cart, so that its item is billed from that day on."""
    return any(step.before is not None and in_trial(step.before, asking.on) for step in steps)


def _bill_used(after: Active, on: date, ruling: Ruling, meter: Meter) -> tuple[list[BilledPeriod], Active]:
    """Bill the days in arrears that the change left."""
    alone = evolved(after, items=tuple([item for item in after.items if item.in_advance]) or after.items[:1])
    arrears, _ = bill_arrears(alone, on, ruling, meter)
    return arrears, evolved(after, unbilled=())


def _told(asking: Asking, steps: Sequence[Step], made: _Made, new: Sequence[BilledPeriod]) -> list[Outcome]:
    """Return what became of items for which no result was made: scheduled, changed without money, begun now."""
    currency, told = asking.subscription.currency, {each.key for each in made.outcomes}
    found: list[Outcome] = []
    for step in steps:
        if step.key in told:
            continue
        own = [each.net.amount_minor for each in new if each.key == step.key]
        kind = OutcomeKind.SCHEDULED if step.waits_until else OutcomeKind.BILLED if own else OutcomeKind.CHANGED
        rule = _rule_of(asking, step) if step.waits_until else None
        found.append(Outcome(step.key, kind, step.waits_until or asking.on, Money(sum(own), currency), rule))
    keys = {each.key for each in (*made.outcomes, *found)}
    for each in new:
        if each.key not in keys:
            found.append(Outcome(each.key, OutcomeKind.BILLED, each.period.start, each.net))
            keys.add(each.key)
    return found


def _rule_of(asking: Asking, step: Step) -> ChangeRule | None:
    """Return the rule by which a step waits."""
    rules, before, after = asking.rules, step.before, step.after
    if not isinstance(rules, Rulebook):
        return None
    if before is None:
        return rules.add_on
    lines = asking.subscription.in_force(step.key, asking.on)
    change = Change.remove(asking.on) if after is None else Change.to(asking.on, after.sells, after.quantity)
    return rules.rule_for(change, lines) if lines else None


def _drafts(steps: Sequence[Step], now: list[Line], waited: list[Line], apart: list[Line]) -> list[Draft]:
    """Return the documents of the lines: one; or the credits that are paid out on one of their own, with those that waited."""
    results = [step.result for step in steps if step.result is not None]
    mode = results[0].policy.rounding if results else Rounding.HALF_UP
    lines = [*now, *waited]
    if apart:
        given = [*apart, *[line for line in waited if isinstance(line, CreditLine)]]
        charged = [*now, *[line for line in waited if not isinstance(line, CreditLine)]]
        return [Draft(tuple(charged), mode), Draft(tuple(given), mode, pays_out=True)]
    below = [result for result in results if result.net_minor < 0]
    pays = [result.policy.settlement in PAYS_OUT for result in below]
    whole = sum([line.net.amount_minor for line in lines])
    if whole >= 0 or not any(pays) or all(pays):
        return [Draft(tuple(lines), mode, pays_out=bool(pays) and all(pays))]
    paid = {id(of) for result, out in zip(below, pays, strict=True) if out for of in result.billed}
    out = [line for line in lines if isinstance(line, CreditLine) and id(line.billed) in paid]
    rest = [line for line in lines if line not in out]
    return [Draft(tuple(rest), mode), Draft(tuple(out), mode, pays_out=True)]
