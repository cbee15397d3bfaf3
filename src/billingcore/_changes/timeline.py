"""What is to come: the days of a subscription ahead, and what a bill run has to bill."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import TypeVar

import attrs

from billingcore._changes.account import DRAFT, DRAFT_CREDIT, Account
from billingcore._changes.quotes import Quote, Refused
from billingcore._changes.starting import quote_renewal
from billingcore._checks import check, check_date, check_words, mapped, refuse
from billingcore._choices import Choice
from billingcore._subscriptions.active import billed_until
from billingcore.deadlines import DaysBefore
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.plans import Billing
from billingcore.subscriptions import Active, Cancelled, Item, Limited, Paused, Subscription

K = TypeVar("K", bound=Hashable)


class EventKind(Choice):
    """What happens on a day ahead."""

    TRIAL_END = "trial_end"
    """The first paid day of an item."""
    RENEWAL = "renewal"
    """A bill date, with what is asked for then."""
    CHANGE = "change"
    """A scheduled change of an item takes effect."""
    COUPON_END = "coupon_end"
    """The first bill date without a coupon."""
    PAUSE = "pause"
    """Service stops."""
    RESUMPTION = "resumption"
    """Service begins again."""
    END = "end"
    """The first day after the subscription."""
    NOTICE = "notice"
    """The last day on which not to renew can be told in time."""
    CARD_EXPIRY = "card_expiry"
    """The last day of a card before a bill date that it can't pay."""


@attrs.frozen
class Event:
    """Something that is to come.

    Args:
        on: the day.
        kind: what happens.
        words: the same in words.
        amount: what is asked for on that day, after credit; None where nothing is billed, or it is not known yet, as a
            quantity is to be measured.
        key: the item, where it is about one.

    Raises:
        InvalidTypeError: a field of another type.
    """

    on: date
    kind: EventKind
    words: str
    amount: Money | None = None
    key: str | None = None

    def __attrs_post_init__(self) -> None:
        check_date("on", self.on)
        check("kind", self.kind, EventKind)
        check_words("words", self.words)
        if self.amount is not None:
            check_money("amount", self.amount)
        check("key", self.key, str, None)

    def explain(self) -> str:
        """Return the event as a line."""
        amount = f": {self.amount}" if self.amount is not None else ""
        return f"{self.on} {self.words}{amount}"


def timeline(
    account: Account,
    subscription: Subscription,
    until: date,
    *,
    card: date | None = None,
    notice: DaysBefore | None = None,
) -> Iterator[Event]:
    """Yield what is to come before a day, in the order of the days: each renewal is really quoted, one after the other.

    Args:
        account: seller, buyer, ledger; each renewal is quoted on the account that the last one left.
        subscription: what runs.
        until: the first day that is not asked for.
        card: the last day on which the method of payment can be charged, or None.
        notice: until when not to renew must be told, counted back from the end of a contract, or else from each renewal
            of the main item; None where nothing is to be told.

    Raises:
        InvalidTypeError: an argument of another type.

    >>> from billingcore.changes import quote_start
    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.ledger import Ledger
    >>> from billingcore.parties import Buyer, Seller
    >>> from billingcore.places import Address
    >>> from billingcore.plans import FlatPrice, Plan
    >>> ledger = Ledger.opened("EUR", date(2026, 1, 1))
    >>> account = Account(Seller("Rescue Ireland", Address("IE")), Buyer("Heidi", Address("CH")), ledger)
    >>> item = Item("rescue", Plan("Rescue", FlatPrice(Money.of("30.00", "EUR")), MONTHLY))
    >>> start = quote_start(account, date(2026, 1, 31), item).granted()
    >>> for each in timeline(account, start.subscription, date(2026, 4, 1), card=date(2026, 3, 15)):
    ...     print(each.explain())
    2026-02-28 renewal: 30.00 EUR
    2026-03-15 last day of the card, before the bill date 2026-03-31
    2026-03-31 renewal: 30.00 EUR
    """
    check("account", account, Account)
    if not isinstance(subscription, Active | Paused | Limited | Cancelled):
        refuse("subscription", subscription, Active, Paused, Limited, Cancelled)
    check_date("until", until)
    if card is not None:
        check_date("card", card)
    check("notice", notice, DaysBefore, None)
    return _events(account, subscription, until, card, notice)


def _events(
    account: Account, subscription: Subscription, until: date, card: date | None, notice: DaysBefore | None
) -> Iterator[Event]:
    """Walk from one bill date to the next; of a bill date, the notice and the card before it come first."""
    state = subscription.subscription if isinstance(subscription, Limited) else subscription
    ahead: list[Event] = []
    step = 0
    while True:
        day = _next_day(state)
        if day is None or isinstance(state, Cancelled):
            break
        ahead += _before(state, day, notice, card)
        notice = None if isinstance(state, Active) and state.end_on is not None else notice
        card = None if card is not None and card < day else card
        if day >= until:
            break
        ahead.sort(key=lambda each: each.on)
        while ahead and ahead[0].on <= day:
            yield ahead.pop(0)
        yield from _on(state, day)
        if _is_measured(state, day):
            yield Event(day, EventKind.RENEWAL, "renewal; its amount is known once the quantity is measured")
            break
        quote = quote_renewal(account, state, on=day)
        if isinstance(quote, Refused):
            break
        if quote.documents:
            yield Event(day, EventKind.RENEWAL, "renewal", quote.due_now)
        account, state = _done(account, quote, step), quote.subscription
        step += 1
        if isinstance(state, Cancelled):
            yield Event(day, EventKind.END, "it ends")
    yield from sorted([each for each in ahead if each.on < until], key=lambda each: each.on)


def _done(account: Account, quote: Quote, step: int) -> Account:
    """Return the account once a quote was accepted, under numbers that no real document has."""
    numbers = [f"{name}-{step}" for name, _ in zip((DRAFT, DRAFT_CREDIT), quote.documents, strict=False)]
    return account.with_entries(*quote.numbered(*numbers).entries)


def _next_day(state: Active | Paused | Cancelled) -> date | None:
    """Return the next day on which something happens: a bill date, an end, a pause or a resumption."""
    if not isinstance(state, Active):
        return state.next_bill_on
    days = [day for day in (state.next_bill_on, state.stop_on) if day is not None]
    return min(days, default=None)


def _is_measured(state: Active | Paused | Cancelled, day: date) -> bool:
    """Say whether a bill date asks for a quantity that is not known."""
    if not isinstance(state, Active):
        return False
    parts = [each.plan for each in state.unbilled]
    parts += [item.plan for item in state.items if not item.in_advance and state.due_on(item) == day]
    return any(plan.billing is Billing.METERED for plan in parts)


def _before(
    state: Active | Paused | Cancelled, day: date, notice: DaysBefore | None, card: date | None
) -> Iterator[Event]:
    """Return what has to be done before a day: notice, a new card."""
    end = state.end_on if isinstance(state, Active) else None
    if notice is not None and isinstance(state, Active):
        counted = end or (day if state.due_on(state.main) == day else None)
        if counted is not None:
            last = notice.deadline(counted).last_on
            yield Event(last, EventKind.NOTICE, f"last day of notice for {counted}")
    if card is not None and card < day and day != end:
        yield Event(card, EventKind.CARD_EXPIRY, f"last day of the card, before the bill date {day}")


def _on(state: Active | Paused | Cancelled, day: date) -> Iterator[Event]:
    """Return what happens on a day beside its bill."""
    if not isinstance(state, Active):
        yield Event(day, EventKind.RESUMPTION, "service begins again")
        return
    for item in state.items:
        if item.trial is not None and item.trial.first_paid_on == day and billed_until(item) == day:
            yield Event(day, EventKind.TRIAL_END, f"the trial of {item.key} ends", None, item.key)
        if _coupon_ends(item) and state.due_on(item) == day:
            yield Event(day, EventKind.COUPON_END, f"the coupon of {item.key} is over", None, item.key)
    used = state.coupon is not None and not state.coupon.holds_in(state.coupon_used)
    if used and state.due_on(state.main) == day:
        yield Event(day, EventKind.COUPON_END, "the coupon of the whole is over")
    for sale in state.next:
        if sale.on == day:
            yield Event(day, EventKind.CHANGE, sale.describe(), None, sale.key)
    if state.pause is not None and state.pause.on == day:
        yield Event(day, EventKind.PAUSE, "it pauses")


def _coupon_ends(item: Item) -> bool:
    return item.coupon is not None and not item.coupon.holds_in(item.coupon_used)


def due_by(subscriptions: Mapping[K, Subscription], day: date) -> Iterator[tuple[K, date, int]]:
    """Yield what a bill run has to bill up to a day and on it: the first bill date of each, and how many there are.

    A subscription that was not billed for months has several: bill them one after the other, each with its own document
    (`quote_renewal` without a day bills the next).

    Args:
        subscriptions: by whatever key the caller has for them.
        day: the last bill date that counts.

    Returns:
        The key, the first bill date, and the number of bill dates until then; by bill date, and those of one in the order
        of the mapping.

    Raises:
        InvalidTypeError: not a mapping of subscriptions, not a date.

    >>> from billingcore.changes import quote_start
    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.ledger import Ledger
    >>> from billingcore.parties import Buyer, Seller
    >>> from billingcore.places import Address
    >>> from billingcore.plans import FlatPrice, Plan
    >>> ledger = Ledger.opened("EUR", date(2026, 1, 1))
    >>> account = Account(Seller("Rescue Ireland", Address("IE")), Buyer("Heidi", Address("CH")), ledger)
    >>> item = Item("rescue", Plan("Rescue", FlatPrice(Money.of("30.00", "EUR")), MONTHLY))
    >>> start = quote_start(account, date(2026, 1, 31), item).granted()
    >>> [(key, str(on), periods) for key, on, periods in due_by({"heidi": start.subscription}, date(2026, 3, 31))]
    [('heidi', '2026-02-28', 2)]
    """
    found = mapped("subscriptions", subscriptions, "a mapping from your keys to subscriptions")
    check_date("day", day)
    due: list[tuple[date, int, K, int]] = []
    for at, (key, each) in enumerate(found.items()):
        if not isinstance(each, Active | Paused | Limited | Cancelled):
            refuse("subscriptions", each, Active, Paused, Limited, Cancelled)
        state = each.subscription if isinstance(each, Limited) else each
        first = _next_day(state)
        if first is not None and first <= day:
            due.append((first, at, key, _bills(state, day)))
    return iter([(key, first, count) for first, _, key, count in sorted(due, key=lambda row: row[:2])])


def _bills(state: Active | Paused | Cancelled, day: date) -> int:
    """Return how many bill dates a subscription has until a day and on it."""
    if not isinstance(state, Active):
        return 1
    days: set[date] = set()
    stop = state.stop_on
    if stop is not None and stop <= day:
        days.add(stop)
    for item in state.items:
        first = state.due_on(item)
        if first is None or first > day:
            continue
        schedule = state.schedule_of(item)
        days.add(first)
        last = day if stop is None else min(day, stop)
        for period in schedule.periods(first, last) if last > first else ():
            days |= {each for each in (period.start, period.end) if first < each <= last}
    return len(days)
