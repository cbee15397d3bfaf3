"""Quotes of a cart: each change decided by its own rule, all of one day on one quote."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import attrs

from billingcore._changes.account import Account
from billingcore._changes.billing import Measured, Meter, bill_advance, bill_arrears, scheduled
from billingcore._changes.cart import (
    Addition,
    Alteration,
    ArrearsChange,
    Cart,
    ChangeOptions,
    Intent,
    Removal,
    Unnamed,
    check_cart,
)
from billingcore._changes.changing import change_lines, check_paid_known, set_apart
from billingcore._changes.making import Draft, make_quote, with_ruling
from billingcore._changes.meeting import meet
from billingcore._changes.pricing import Priced, charge_of, discounts
from billingcore._changes.quotes import Outcome, OutcomeKind, Quote, Refused, RefusedReason
from billingcore._changes.settling import check_currency
from billingcore._checks import check, check_tuple
from billingcore._kernel import Rounding
from billingcore._subscriptions.bill_dates import schedule_from
from billingcore._subscriptions.states import Unbilled, billed_until, check_running
from billingcore._subscriptions.transitions import moved_anchor
from billingcore.billed import BilledPeriod
from billingcore.cycles import Period, Schedule
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.lines import ChargeLine, CreditLine, Line, OneOffLine
from billingcore.money import Money
from billingcore.plans import Plan
from billingcore.proration import (
    Change,
    ChangeRule,
    ProrationPolicy,
    ProrationResult,
    Rulebook,
    Sale,
    Settlement,
    prorate_change,
)
from billingcore.subscriptions import Active, Cancelled, Item, Meanwhile, NextSale, Paused, Subscription
from billingcore.tax import Ruling

PAYS_OUT: Final = frozenset({Settlement.REFUND, Settlement.APART})
Rules = Rulebook | ProrationPolicy


class Step(NamedTuple):
    """One item on the way through a cart.

    Attributes:
        key: the item.
        before: the item until then; None where it is added.
        after: the item from then on; None where it is removed.
        intent: what was asked of it; None where it is not named.
        result: what its change costs and gives back; None where no money moves for it now.
        waits_until: the day on which it takes effect, where it waits.
    """

    key: str
    before: Item | None
    after: Item | None
    intent: Intent | None
    result: ProrationResult | None = None
    waits_until: date | None = None


class Asking(NamedTuple):
    """What a cart is asked against."""

    subscription: Active
    on: date
    rules: Rules
    options: ChangeOptions
    ruling: Ruling


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
    steps = [step for step in map(asking_step(asking), cart.changes) if step is not None]
    if not steps:
        keys = ", ".join([each.key for each in cart.changes])
        return Refused(RefusedReason.ALREADY_ACCEPTED, f"{keys} is as asked already; nothing changes")
    _check_left(subscription, steps)
    steps = with_results(asking, steps)
    met = meet(subscription, [(each.key, each.before, each.after, each.waits_until) for each in steps], options.waits)
    if isinstance(met, Refused):
        return met
    asking = asking._replace(subscription=met)
    driver = next((each for each in steps if each.result is not None and _moves(each.result)), None)
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
    after = attrs.evolve(paused, subscription=inner.evolved(items=tuple(items.values())))
    nothing = Money.zero(inner.currency)
    told = [Outcome(each.key, OutcomeKind.CHANGED, paused.resumes_on or cart.on, nothing) for each in cart.changes]
    return make_quote(account, paused, after, cart.on, (), told)


def altered(item: Item, intent: Alteration) -> Item:
    """Return an item as a wish leaves it: a new plan ends the steps of the old one, a new coupon counts anew."""
    coupon, used = (item.coupon, item.coupon_used) if intent.coupon is None else (intent.coupon, 0)
    return attrs.evolve(
        item,
        plan=intent.plan or item.plan,
        steps=() if intent.plan is not None else item.steps,
        quantity=intent.quantity or item.quantity,
        coupon=coupon,
        coupon_used=used,
    )


class asking_step:  # noqa: N801 - a function with its question
    """Turn a wish into a step; None where it changes nothing."""

    def __init__(self, asking: Asking) -> None:
        """Keep what is asked against."""
        self.asking = asking

    def __call__(self, intent: Intent) -> Step | None:
        """Return the step of one wish."""
        subscription = self.asking.subscription
        known = {item.key: item for item in subscription.items}
        if isinstance(intent, Addition):
            if intent.key in known:
                if attrs.evolve(known[intent.key], billed_until=None, coupon_used=0) == intent.item:
                    return None
                raise InvalidValueError("cart", intent.key, "the subscription has an item of this key; alter it")
            _check_currency(subscription, intent.item)
            return Step(intent.key, None, intent.item, intent)
        before = subscription.item(intent.key)
        if isinstance(intent, Removal):
            return Step(intent.key, before, None, intent)
        after = altered(before, intent)
        _check_currency(subscription, after)
        if after.in_advance is not before.in_advance:
            problem = (
                "what is billed in advance does not become what is billed in arrears; remove it, and add another item"
            )
            raise InvalidValueError("cart", intent.key, problem)
        same = after == before and not any(each.key == intent.key for each in subscription.next)
        return None if same else Step(intent.key, before, after, intent)


def _check_currency(subscription: Active, item: Item) -> None:
    if item.plan.currency != subscription.currency:
        raise CurrencyMismatchError(subscription.currency, item.plan.currency)


def _check_left(subscription: Active, steps: Sequence[Step]) -> None:
    """Refuse the removal of the last item, and one that all the others leave behind."""
    gone = {step.key for step in steps if step.after is None}
    added = any(step.before is None for step in steps)
    if gone >= {item.key for item in subscription.items} and not added:
        problem = "no item would be left; cancel the subscription (quote_cancellation)"
        raise InvalidValueError("cart", sorted(gone), problem)


def in_trial(item: Item, on: date) -> bool:
    return item.trial is not None and item.billed_until == item.trial.first_paid_on and on < item.trial.first_paid_on


def with_results(asking: Asking, steps: Sequence[Step]) -> list[Step]:
    """Return the steps with what each costs and gives back, by its own rule."""
    off = offs(asking, steps)
    return [_with_result(asking, step, off.get(step.key)) for step in steps]


def offs(asking: Asking, steps: Sequence[Step], *, fresh: frozenset[str] = frozenset()) -> dict[str, Money]:
    """Return what coupons take off a full period of each item as it is after the steps.

    Args:
        asking: what is asked.
        steps: the changes.
        fresh: items of which a new period is billed that counts for their coupons.
    """
    subscription = asking.subscription
    changed = {step.key: step for step in steps}
    sold: list[Priced] = []
    for item in (*subscription.items, *[step.after for step in steps if step.before is None and step.after]):
        step = changed.get(item.key)
        after = item if step is None else step.after
        if after is None:
            continue
        plan, quantity = _priced_at(asking, step, item, after)
        counts = after.coupon_used == 0 or after.key in fresh
        used = after.coupon_used if counts else after.coupon_used - 1
        covered = after.coupon is not None and after.coupon.holds_in(used)
        sold.append(Priced(after, plan, quantity, covered))
    whole, used = subscription.coupon, max(subscription.coupon_used - 1, 0)
    if whole is not None and sold and sold[0].item.key in fresh:
        used = subscription.coupon_used
    holds = whole is not None and whole.holds_in(used)
    found = discounts(sold, whole if holds else None, Rounding.HALF_UP) if sold else []
    return {each.item.key: off for each, off in zip(sold, found, strict=True)}


def _priced_at(asking: Asking, step: Step | None, item: Item, after: Item) -> tuple[Plan, int]:
    """Return the plan and quantity that hold for an item in the running period from a change on."""
    if step is not None and (step.before is None or (isinstance(step.intent, Alteration) and step.intent.plan)):
        return after.sells, after.quantity
    lines = asking.subscription.in_force(item.key, asking.on)
    plan = lines[-1].plan if lines and item.steps else after.sells
    if lines and not item.steps and lines[-1].plan != after.plan and after.plan == item.plan:
        plan = lines[-1].plan  # the last step of its prices runs, or what was billed for nothing
    return plan, after.quantity


def _with_result(asking: Asking, step: Step, off: Money | None) -> Step:
    """Return a step with its result, or with the day that it waits for."""
    subscription, on = asking.subscription, asking.on
    before, after = step.before, step.after
    if before is None and after is not None:
        return _added(asking, step, after, off)
    if before is None or in_trial(before, on):
        waits = asking.options.trial is None and before is not None and after is not None
        return step._replace(waits_until=billed_until(before) if waits and before else None)
    if not before.in_advance:
        return _of_arrears(asking, step, before, after)
    lines = running_lines(subscription, before, on)
    change = Change.remove(on)
    if after is not None:
        plan, quantity = _priced_at(asking, step, before, after)
        if isinstance(step.intent, Alteration) and step.intent.plan is None and _sells_nothing_now(asking, lines):
            plan = after.plan
        change = Change.to(on, plan, quantity, ruling=asking.ruling, discount=off or None)
    result = _prorated(asking, asking.rules, change, lines)
    if result.is_waiting or (result.period is None and after is not None):  # or no day is left to change
        return step._replace(waits_until=billed_until(before))
    return step._replace(result=result)


def _sells_nothing_now(asking: Asking, lines: Sequence[BilledPeriod]) -> bool:
    """Say whether what was billed stays on record under an older plan, as the rule moves no money."""
    rules = asking.rules
    policy = rules if isinstance(rules, ProrationPolicy) else rules.more.policy
    return policy.sale is Sale.NOTHING and bool(lines)


def _prorated(asking: Asking, rules: Rules, change: Change, lines: tuple[BilledPeriod, ...]) -> ProrationResult:
    return prorated_alone(asking.subscription, rules, change, lines)


def prorated_alone(
    subscription: Active, rules: Rules, change: Change, lines: tuple[BilledPeriod, ...]
) -> ProrationResult:
    return check_paid_known(prorate_change(rules, change, lines, purchased_on=_purchased_on(subscription)))


def _purchased_on(subscription: Active) -> date | None:
    """Return the day on which the first paid period began: windows for a full refund count from there."""
    return subscription.billed[0].period.start if subscription.billed else None


def _added(asking: Asking, step: Step, item: Item, off: Money | None) -> Step:
    """Return the step of a new item: charged for the rest of its period, or sold from a renewal on."""
    subscription, on = asking.subscription, asking.on
    if item.trial is not None:
        if not item.trial.start_on <= on < item.trial.first_paid_on:
            raise InvalidValueError("cart", item.key, f"its trial ({item.trial.period}) does not hold {on}")
        return step
    if not item.in_advance:
        return step
    sold = attrs.evolve(item, billed_until=on)
    running = subscription.next_period(sold)
    change = Change.add(on, item.sells, item.quantity, ruling=asking.ruling, discount=off or None)
    rules = asking.rules
    result = check_paid_known(
        prorate_change(rules, change, (), running=running.full if running.joined is None else running)
    )
    if result.is_waiting:
        return step._replace(waits_until=subscription.paid_until)
    return step._replace(result=result)


def _of_arrears(asking: Asking, step: Step, before: Item, after: Item | None) -> Step:
    """Return the step of an item in arrears: from that day on, or from the end of its period where the rule waits."""
    subscription, on = asking.subscription, asking.on
    period = subscription.next_period(before)
    if not period.start <= on < period.end:
        problem = f"its period runs from {period}; renew what is due first, and change a running one"
        raise InvalidValueError("cart", str(on), f"{before.key}: {problem}")
    rules = asking.rules
    if isinstance(rules, Rulebook):
        line = BilledPeriod.of_plan(before.sells, before.quantity, period, asking.ruling, None, None, Rounding.HALF_UP)
        change = Change.remove(on) if after is None else Change.to(on, after.sells, after.quantity)
        policy = rules.rule_for(change, (line,)).policy
    else:
        policy = rules
    return step._replace(waits_until=period.end) if policy.sale is Sale.AT_PERIOD_END else step


def running_lines(subscription: Active, item: Item, day: date) -> tuple[BilledPeriod, ...]:
    """Return what is in force for an item, if a day lies within the newest of it.

    Raises:
        InvalidValueError: another day; the error says what to do.
    """
    lines = [each for each in subscription.billed if each.key == item.key and each.ended_on is None]
    if not lines:
        problem = f"nothing is billed for {item.key} on that day; renew first (it is billed until {item.billed_until})"
        raise InvalidValueError("on", day, problem)
    newest = lines[-1]
    holds = newest.serves(day) or changed_on(subscription, newest, day)
    if not holds:
        lies = f"a change lies within the newest billed period of {item.key} ({newest.period})"
        remedy = "from its end on, renew first"
        if day < newest.period.start:
            remedy = "what was billed before is credited by quote_credit; a cancellation may be dated back"
        raise InvalidValueError("on", day, f"{lies}; {remedy}")
    return tuple([each for each in lines if each.period.end > newest.period.start])


def changed_on(subscription: Active, newest: BilledPeriod, day: date) -> bool:
    """Say whether a change of that day, which stays with the old plan, made the line that starts on the next."""
    start = newest.period.start
    if start - day != timedelta(days=1):
        return False
    return any(line.key == newest.key and line.ended_on == start and line.serves(day) for line in subscription.billed)


def _moves(result: ProrationResult) -> bool:
    """Say whether a result moves the bill date: a new period starts, or credit bought time."""
    return result.restarts or bool(result.converted)


def restarted(asking: Asking, steps: Sequence[Step], driver: Step) -> list[Step]:
    """Return the steps where one starts a new period: every item that is billed in advance comes along.

    The day is counted as the rule says that starts it. What waits for the end of a period takes effect with it.
    """
    result = driver.result
    if result is None or type(result.period) is not Period:
        raise InvalidValueError("cart", driver.key, "no day of the period is left; change it at its renewal")
    subscription, on = asking.subscription, asking.on
    named = {step.key: step for step in steps}
    waits = {each.key: each for each in subscription.next}
    every: list[Step] = []
    for item in subscription.items:
        if item.key in named:
            every.append(named[item.key]._replace(waits_until=None))
        elif item.in_advance and not in_trial(item, on) and asking.options.unnamed is Unnamed.RESTART:
            after = waits[item.key].item if item.key in waits else item
            every.append(Step(item.key, item, after, None))
    every += [step._replace(waits_until=None) for step in steps if step.before is None]
    fresh = frozenset([step.key for step in steps])
    off = offs(asking, every, fresh=fresh)
    return [_in_new_period(asking, step, driver, off.get(step.key)) for step in every]


def _in_new_period(asking: Asking, step: Step, driver: Step, off: Money | None) -> Step:
    """Return the step of one item in the new period that another one starts."""
    result = driver.result
    if result is None or type(result.period) is not Period:
        return step
    before, after, on = step.before, step.after, asking.on
    if step.key == driver.key or (before is not None and (not before.in_advance or in_trial(before, on))):
        if step.result is None or step.result.change.discount == (off or None):
            return step
        return _again(asking, step, step.result, off)
    if step.result is not None and step.result.restarts and step.result.effective_at == result.effective_at:
        return _again(asking, step, step.result, off)
    if after is not None and (after.trial is not None or not after.in_advance) and before is None:
        return step
    policy = attrs.evolve(result.policy, sale=Sale.RESTART)
    until = None
    if result.converted and after is not None and after.cadence == result.change.plan.cadence:  # type: ignore[union-attr]
        until = result.period.end
    if before is None and after is not None:
        running = Period(result.period.start, _end_of(result.period.start, after))
        rest = attrs.evolve(policy, sale=Sale.PRORATE)
        change = Change.add(running.start, after.sells, after.quantity, ruling=asking.ruling, discount=off or None)
        return step._replace(result=prorate_change(rest, change, (), running=running))
    if before is None:
        return step
    lines = running_lines(asking.subscription, before, on)
    if after is None:
        return step
    plan, quantity = _priced_at(asking, step, before, after)
    change = Change.to(on, plan, quantity, ruling=asking.ruling, discount=off or None, next_bill_on=until)
    return step._replace(result=_prorated(asking, policy, change, lines))


def _again(asking: Asking, step: Step, result: ProrationResult, off: Money | None) -> Step:
    """Return a step whose discount is that of a new period."""
    change = attrs.evolve(result.change, discount=off or None)
    rules = asking.rules if result.rule is not None else result.policy
    return step._replace(result=_prorated(asking, rules, change, result.billed))


def _end_of(start: date, item: Item) -> date:
    return Schedule(start, item.cadence).boundary(1)


class _Made(NamedTuple):
    """What the steps come to."""

    now: list[Line]
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
            _take(made, subscription, step, step.result, on, moved=driver is not None)
    after = _state_after(asking, steps, driver, made)
    arrears: list[BilledPeriod] = []
    if options.arrears is ArrearsChange.NOW or driver is not None:
        if after.unbilled:
            arrears, after = _bill_used(after, on, asking.ruling, meter)
    started, after = bill_advance(after, on, asking.ruling) if _begins_now(asking, steps) else ([], after)
    if driver is not None and options.unnamed is Unnamed.TO_BILL_DAY:
        rest, after = _to_bill_day(after, steps, on, asking.ruling)
        started = [*started, *rest]
    meter.check_empty()
    new = [*started, *arrears]
    after = after.evolved(billed=(*after.billed, *new))
    made.now[:0] = [ChargeLine(each) for each in new]
    made.outcomes.extend(_told(asking, steps, made, new))
    waits = after.waiting
    settles = bool(made.now or made.apart or one_off)
    if settles:
        drafts = _drafts(steps, [*made.now, *one_off], [*made.gathered, *waits], made.apart)
        after = after.evolved(waiting=())
    else:
        drafts = []
        gathered = made.gathered if any(line.net for line in made.gathered) else ()
        after = after.evolved(waiting=(*waits, *gathered))
    return make_quote(account, quoted, after, on, drafts, made.outcomes)


def _take(made: _Made, subscription: Active, step: Step, result: ProrationResult, on: date, *, moved: bool) -> None:
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
    (made.now if settles else made.gathered).extend(charged)
    (made.apart if settles else made.gathered).extend(given)
    kind = OutcomeKind.BILLED if settles else OutcomeKind.GATHERED
    nets = [line.net for line in lines]
    net = sum(nets[1:], nets[0]) if nets else Money.zero(subscription.currency)
    day = result.effective_at
    made.outcomes.append(Outcome(step.key, kind, date(day.year, day.month, day.day), net, result.rule))


def _keyed(line: Line, each: BilledPeriod, own: BilledPeriod) -> Line:
    return ChargeLine(own, line.line) if isinstance(line, ChargeLine) and line.billed is each else line


def _state_after(asking: Asking, steps: Sequence[Step], driver: Step | None, made: _Made) -> Active:
    """Return the subscription after the steps, before what begins now is billed."""
    subscription, on = asking.subscription, asking.on
    items = {item.key: item for item in subscription.items}
    sales: list[NextSale] = []
    unbilled = list(subscription.unbilled)
    schedule = subscription.schedule
    for step in steps:
        before, after = step.before, step.after
        if step.waits_until is not None:
            until = step.waits_until
            sales.append(NextSale(step.key, until, after and attrs.evolve(after, billed_until=until)))
            continue
        if before is not None and not before.in_advance and not in_trial(before, on):
            start = billed_until(before)
            if start < on:
                used = subscription.next_period(before)
                unbilled.append(Unbilled(before.key, before.sells, before.quantity, used.split(on)[0]))
        if after is None:
            del items[step.key]
            continue
        items[step.key] = _item_after(asking, step, after, named=step.intent is not None)
        if before is subscription.main and before is not None and in_trial(before, on) and before.trial is not None:
            schedule = moved_anchor(subscription, before.trial.first_paid_on, billed_until(items[step.key]))
    if driver is not None:
        for item in subscription.items:  # days in arrears end with the period that was
            if not item.in_advance and item.key in items and item.key not in {step.key for step in steps}:
                start = billed_until(item)
                if start < on:
                    part = subscription.next_period(item).split(on)[0]
                    unbilled.append(Unbilled(item.key, item.sells, item.quantity, part))
                items[item.key] = attrs.evolve(item, billed_until=on)
    main = next(iter(items.values()))
    if driver is not None and driver.result is not None and type(driver.result.period) is Period:
        period = driver.result.period
        anchor = period.end if driver.result.converted else period.start
        end = billed_until(main) if main.in_advance else period.end
        schedule = schedule_from(
            schedule, anchor, main.cadence, max(end, period.end) if driver.key == main.key else end
        )
    elif main.cadence != subscription.main.cadence and main.in_advance:
        schedule = schedule_from(schedule, billed_until(main), main.cadence, billed_until(main))
    named = {step.key for step in steps if step.waits_until is None} if driver is not None else set[str]()
    waits = tuple([each for each in subscription.next if each.key not in named])
    after_all = subscription.evolved(
        items=tuple(items.values()), schedule=schedule, billed=tuple(made.billed), unbilled=tuple(unbilled), next=waits
    )
    if driver is not None:
        after_all = _ends_later(after_all, subscription)
        fresh = asking.subscription.main.key in {step.key for step in steps if step.intent is not None}
        if after_all.coupon is not None and fresh and after_all.coupon.holds_in(after_all.coupon_used):
            after_all = after_all.evolved(coupon_used=after_all.coupon_used + 1)
    for sale in sales:
        after_all = scheduled(after_all, sale)
    return after_all


def _ends_later(after: Active, before: Active) -> Active:
    """Return a subscription that ends, or pauses, at the end of what is paid: that moved with the new period."""
    until = after.paid_until
    if before.ends_on is not None and before.ends_on < until:
        after = after.evolved(ends_on=until)
    if before.pause is not None and before.pause.on < until:
        resumes = before.pause.resumes_on
        if resumes is not None and resumes <= until:
            return after.evolved(pause=None)
        after = after.evolved(pause=attrs.evolve(before.pause, on=until))
    return after


def _item_after(asking: Asking, step: Step, after: Item, *, named: bool) -> Item:
    """Return an item as the steps leave it: until when it is billed, and what its coupon and steps have left."""
    on, before = asking.on, step.before
    if before is None and after.trial is not None:
        return attrs.evolve(after, billed_until=after.trial.first_paid_on)
    if before is not None and in_trial(before, on) and before.trial is not None:
        how = asking.options.trial
        trial = before.trial if how is None else before.trial.changed(on, how, asking.options.trial_length)
        return attrs.evolve(after, trial=trial, billed_until=trial.first_paid_on)
    if not after.in_advance:
        return attrs.evolve(after, billed_until=on)
    result = step.result
    if result is None or type(result.period) is not Period:
        return attrs.evolve(after, billed_until=after.billed_until or on)
    covered = result.change.discount is not None and after.coupon is not None
    if named and (result.restarts or before is None):
        holds = after.coupon is not None and after.coupon.holds_in(after.coupon_used)
        after = after.after_period(with_coupon=covered and holds)
    elif covered and not after.coupon_used:
        after = attrs.evolve(after, coupon_used=1)
    until = result.next_bill_on if result.moves_nothing else result.period.end
    return attrs.evolve(after, billed_until=until or result.period.end)


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
    return new, after.evolved(items=tuple(items))


def _begins_now(asking: Asking, steps: Sequence[Step]) -> bool:
    """Say whether a trial ends with the cart, so that its item is billed from that day on."""
    return any(step.before is not None and in_trial(step.before, asking.on) for step in steps)


def _bill_used(after: Active, on: date, ruling: Ruling, meter: Meter) -> tuple[list[BilledPeriod], Active]:
    """Bill the days in arrears that the change left."""
    alone = after.evolved(items=tuple([item for item in after.items if item.in_advance]) or after.items[:1])
    arrears, _ = bill_arrears(alone, on, ruling, meter)
    return arrears, after.evolved(unbilled=())


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
    if before is None and after is not None:
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
