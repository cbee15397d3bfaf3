"""The life of a subscription, at random: every transition, beside a slow book in plain fractions that knows no room of the library."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import attrs
from dateutil.relativedelta import relativedelta
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from billingcore.changes import (
    BillDateChange,
    Cart,
    Refused,
    RefusedReason,
    add,
    alter,
    quote_bill_date,
    quote_cancellation,
    quote_change,
    quote_credit,
    quote_early_renewal,
    quote_pause,
    quote_renewal,
    quote_resumption,
    quote_start,
    remove,
)
from billingcore.cycles import Cadence, Resume, Trial
from billingcore.invoices import Invoice
from billingcore.ledger import Received
from billingcore.money import Money
from billingcore.plans import Billing, Coupon, PerSeatPrice, Plan
from billingcore.proration import ProrationPolicy, Settlement
from billingcore.records import from_record, to_record
from billingcore.subscriptions import (
    Active,
    Cancelled,
    Item,
    PauseCredit,
    Paused,
    PauseTerms,
    Waits,
    closed_before,
    take_back,
)
from samples import SWISS

DAY = timedelta(days=1)
FIRST = date(2026, 1, 31)
KEEP = ProrationPolicy.keep_dates()
RESTART = ProrationPolicy.restart()
GATHER = attrs.evolve(KEEP, settlement=Settlement.NEXT_INVOICE)
AT_END = ProrationPolicy.at_period_end()
RULES = (KEEP, RESTART, GATHER, AT_END)

MONTHS = {"main": 3, "camera": 3, "seats": 1, "calls": 1}
"""The interval of each item, in months: boundaries nest."""


def plan_of(key, price):
    billing = Billing.IN_ARREARS if key == "calls" else Billing.IN_ADVANCE
    return Plan(f"{key} {price}", PerSeatPrice(Money(price, "EUR")), Cadence.monthly(MONTHS[key]), billing)


def half_up(exact):
    """Round in a second and slower way."""
    whole, rest = divmod(abs(exact).numerator, exact.denominator)
    whole += 2 * rest >= exact.denominator
    return -whole if exact < 0 else whole


@attrs.define
class Span:
    """What was billed for an item: minor units, days, and what of them was given back."""

    key: str
    net: int
    start: date
    end: date
    given: int = 0
    stops: date | None = None
    low: date | None = None
    high: date | None = None

    def unused(self, day):
        """What is left of it from a day on: the share of its days, and no more than was not given back."""
        left = (self.end - max(day, self.start)).days
        return min(half_up(Fraction(self.net * left, (self.end - self.start).days)), self.net - self.given)


@attrs.define
class Sold:
    """An item in the book."""

    price: int
    seats: int
    until: date
    percent: int = 0
    left: int = 0

    @property
    def full(self):
        return self.price * self.seats

    def net(self, *, covered):
        return self.full - (half_up(Fraction(self.full * self.percent, 100)) if covered else 0)


class Book:
    """Who was sold what, day by day: the same life in a few sums."""

    def __init__(self, anchor):
        self.anchor, self.sold, self.spans, self.waits, self.next = anchor, {}, [], 0, {}
        self.ends = self.pause = None

    def boundary(self, key, n):
        return self.anchor + relativedelta(months=MONTHS[key] * n)

    def around(self, key, day):
        """The full period of an item around a day, counted from the anchor."""
        n = (day - self.anchor).days // (31 * MONTHS[key]) - 1
        while self.boundary(key, n + 1) <= day:
            n += 1
        return self.boundary(key, n), self.boundary(key, n + 1)

    def charge(self, key, start, net, stop=None):
        """Bill an item from a day to its next bill date, and no further than the end of it all."""
        low, high = self.around(key, start)
        end = high if stop is None else min(high, stop)
        amount = half_up(Fraction(net * (end - start).days, (high - low).days))
        self.spans.append(Span(key, amount, start, end, low=low, high=high))
        self.sold[key].until = end
        return amount

    def rest(self, key, old, day, net):
        """Bill the rest of the running period, over the full one to which it belongs."""
        low, high = (old.low, old.high) if old.low else (old.start, old.end)
        amount = half_up(Fraction(net * (old.end - day).days, (high - low).days))
        self.spans.append(Span(key, amount, day, old.end, low=low, high=high))
        return amount

    def in_force(self, key, day):
        return [span for span in self.spans if span.key == key and span.stops is None and span.end > day]

    def credit(self, key, day):
        """Give back what is unused of an item."""
        back = 0
        for span in self.in_force(key, day):
            amount = span.unused(day)
            span.given += amount
            span.stops = max(day, span.start)
            back += amount
        return -back

    def cover(self, key):
        """Count a period for the coupon of an item; say whether it is taken off."""
        item = self.sold[key]
        covered = item.left > 0
        item.left -= covered
        return covered

    def renew(self, day):
        stop = min([each for each in (self.ends, self.pause) if each is not None], default=None)
        amount = 0
        for key in list(self.sold):
            if key == "calls" and self.due(key) == day:
                amount += self.used(key, day)
        if stop != day:
            self.sell_next(day)
            for key, item in self.sold.items():
                if key != "calls" and item.until == day:
                    amount += self.charge(key, day, item.net(covered=self.cover(key)), stop)
        waits, self.waits = self.waits, 0
        return amount + waits

    def next_follows(self):
        """What waits for the end of what is paid follows that day."""
        self.next = {key: (self.sold[key].until, *more) for key, (_, *more) in self.next.items()}

    def sell_next(self, day, *, every=False):
        """What waits for a day is sold from then on."""
        for key, (on, price, seats) in list(self.next.items()):
            if on <= day or every:
                del self.next[key]
                if price is None:
                    del self.sold[key]
                else:
                    self.sold[key].price, self.sold[key].seats = price, seats

    def go_on(self, day, off, how):
        """Go on after a pause: the days that were kept, or new bill dates."""
        if how is Resume.KEEP_DAYS:
            for span in [each for key in self.sold for each in self.in_force(key, off)]:
                value = span.unused(off) if span.start < off else span.net - span.given
                span.given, span.stops = span.given + value, max(off, span.start)
                moved = day - off
                low, high = (span.low, span.high) if span.low else (span.start, span.end)
                start = max(off, span.start) + moved
                self.spans.append(Span(span.key, value, start, span.end + moved, low=low + moved, high=high + moved))
            for key, item in self.sold.items():
                item.until = max([span.end for span in self.in_force(key, day)], default=day)
            self.anchor = self.sold["main"].until
            self.next_follows()
        elif how is Resume.RESTART:
            for key in self.sold:
                for span in self.in_force(key, off):
                    span.stops = max(off, span.start)
            for item in self.sold.values():
                item.until = day
            self.anchor = day

    def due(self, key):
        item = self.sold[key]
        if key != "calls":
            return item.until
        end = self.around(key, item.until)[1]
        stop = min([each for each in (self.ends, self.pause) if each is not None], default=None)
        return end if stop is None else min(end, stop)

    def used(self, key, day):
        """Bill the days in arrears before a day."""
        item = self.sold[key]
        if item.until >= day:
            return 0
        low, high = self.around(key, item.until)
        amount = half_up(Fraction(item.full * (day - item.until).days, (high - low).days))
        self.spans.append(Span(key, amount, item.until, day, stops=day))
        item.until = day
        return amount


class Life(RuleBasedStateMachine):
    """A customer who may ask for anything, on any day."""

    @initialize(
        trial=st.booleans(),
        calls=st.booleans(),
        seats=st.integers(1, 3),
        percent=st.sampled_from([0, 10, 33]),
        cycles=st.integers(1, 3),
    )
    def start(self, trial, calls, seats, percent, cycles):
        first = FIRST + 14 * DAY if trial else FIRST
        self.account, self.numbers, self.today = SWISS, 0, FIRST
        self.book = Book(first)
        coupon = Coupon("spring", percent=Fraction(percent), cycles=cycles) if percent else None
        main = Item("main", plan_of("main", 9000), seats, coupon, Trial(FIRST, first) if trial else None)
        items = [main]
        self.book.sold["main"] = Sold(9000, seats, first, percent, cycles if percent else 0)
        self.state = None
        if calls:
            items.append(Item("calls", plan_of("calls", 777)))
            self.book.sold["calls"] = Sold(777, 1, FIRST)
        self.documents, self.received = [], {}
        expected = (
            0 if trial else self.book.charge("main", FIRST, self.book.sold["main"].net(covered=self.book.cover("main")))
        )
        self.accept(quote_start(SWISS, FIRST, *items), expected)
        self.paused_on = None
        self.absent = []  # stretches without service

    def accept(self, quote, expected):
        """Take a granted quote, whose documents come to what the book expects; hand back what is stored."""
        assert (
            sum(
                each.subtotal.amount_minor if isinstance(each, Invoice) else -each.net.amount_minor
                for each in quote.documents
            )
            == expected
        ), quote.explain()
        assert quote.applies_to(self.state)
        self.numbers += 1
        quote = quote.numbered(*[f"{self.numbers}-{at}" for at in range(len(quote.documents))])
        assert from_record(to_record(quote)) == quote
        self.account = self.account.with_entries(*quote.entries)
        assert self.account.with_entries(*quote.entries) == self.account  # what is delivered again changes nothing
        self.documents += quote.documents
        self.state = quote.subscription

    def is_active(self):
        return isinstance(self.state, Active)

    def is_paid(self):
        """Whether a day of a paid period runs, for all that is billed in advance."""
        return (
            self.is_active()
            and all(self.book.in_force(key, self.today) for key in self.book.sold if key != "calls")
            and all(span.start <= self.today for span in self.book.spans)
        )

    @rule(days=st.integers(0, 70))
    def days_pass(self, days):
        """The bill run catches up with every bill date, one after the other."""
        until = self.today + days * DAY
        for _ in range(200):
            state = self.state
            day = state.next_bill_on
            if isinstance(state, Active):
                stops = [each for each in (state.end_on, state.pause and state.pause.on) if each is not None]
                if stops and (day is None or min(stops) < day):
                    day = min(stops)
            if isinstance(state, Cancelled) or day is None or day > until:
                break
            if isinstance(state, Paused):
                self.today = day
                self.go_on(day, None)
                continue
            assert self.book.ends is None or day <= self.book.ends
            expected = self.book.renew(day)
            quote = quote_renewal(self.account, state, on=day)
            assert not isinstance(quote, Refused), quote
            self.accept(quote, expected)
            if self.book.ends == day:
                assert isinstance(self.state, Cancelled)
                self.absent.append((day, None))
            elif self.book.pause == day:
                assert isinstance(self.state, Paused)
                self.book.pause, self.paused_on = None, day
            elif self.state.billed and quote.documents:
                again = quote_renewal(self.account, self.state, on=day)
                assert isinstance(again, Refused) or self.state.next_bill_on == day
        self.today = until

    @precondition(is_paid)
    @rule(
        price=st.sampled_from([3000, 9000, 12345]),
        seats=st.integers(1, 4),
        which=st.sampled_from(RULES),
        key=st.sampled_from(["main", "camera", "seats"]),
    )
    def alter_item(self, price, seats, which, key):
        book, state, day = self.book, self.state, self.today
        if key not in book.sold:
            return
        item = book.sold[key]
        quote = quote_change(
            self.account, state, Cart(day, alter(key, plan=plan_of(key, price), quantity=seats)), which
        )
        if (price, seats) == (item.price, item.seats) and key not in book.next:
            assert isinstance(quote, Refused)
            assert quote.reason is RefusedReason.ALREADY_ACCEPTED
            return
        if which is AT_END:
            if book.next.get(key, (None,))[1:] == (price, seats) or book.ends is not None:
                assert isinstance(quote, Refused)
                return
            book.next[key] = (item.until, price, seats)
            self.accept(quote, 0)
            return
        only_seats = price == item.price and seats != item.seats
        if key in book.next:
            on, later, _ = book.next.pop(key)
            if only_seats and later is not None:
                book.next[key] = (on, later, seats)
        covered = self.covered_now(key)
        old = book.in_force(key, day)[-1]
        amount = book.credit(key, day)
        item.price, item.seats = price, seats
        if which is RESTART:
            amount += self.restart(key)
        else:
            amount += book.rest(key, old, day, item.net(covered=covered))
        if which is GATHER:
            book.waits += amount
            amount = 0
        else:
            amount, book.waits = amount + book.waits, 0
        self.accept(quote, amount)

    def covered_now(self, key):
        """Whether the running period of an item was billed with its coupon."""
        used = self.state.item(key).coupon_used
        item = self.book.sold[key]
        return (
            bool(item.percent)
            and self.state.item(key).coupon is not None
            and used > 0
            and self.state.item(key).coupon.holds_in(used - 1)
        )

    def restart(self, named):
        """Begin a new period for every item, on that day."""
        book, day = self.book, self.today
        covers = {key: self.covered_now(key) for key in book.sold if key not in ("calls", named)}
        amount = sum(book.credit(key, day) for key in list(book.sold) if key not in ("calls", named))
        if "calls" in book.sold:
            amount += book.used("calls", day)
        for key, (_, price, seats) in list(book.next.items()):
            if key == named:
                continue
            if price is None:
                del book.sold[key]
            else:
                book.sold[key].price, book.sold[key].seats = price, seats
        book.next = {}
        book.anchor = day
        for key, item in book.sold.items():
            if key == "calls":
                continue
            covered = book.cover(key) if key == named else covers.get(key, False)
            amount += book.charge(key, day, item.net(covered=covered))
        if book.ends is not None:
            book.ends = book.sold["main"].until
        if book.pause is not None:
            book.pause = book.sold["main"].until
        return amount

    @precondition(is_paid)
    @rule(
        price=st.sampled_from([100, 2500]),
        key=st.sampled_from(["camera", "seats"]),
        which=st.sampled_from([KEEP, RESTART, GATHER]),
    )
    def add_item(self, price, key, which):
        book, day = self.book, self.today
        if key in book.sold:
            return
        quote = quote_change(self.account, self.state, Cart(day, add(Item(key, plan_of(key, price), 2))), which)
        book.sold[key] = Sold(price, 2, day)
        amount = self.restart(key) if which is RESTART else book.charge(key, day, price * 2)
        if which is GATHER:
            book.waits += amount
            amount = 0
        else:
            amount, book.waits = amount + book.waits, 0
        self.accept(quote, amount)

    @precondition(is_paid)
    @rule(key=st.sampled_from(["camera", "seats"]), which=st.sampled_from([KEEP, GATHER, AT_END]))
    def remove_item(self, key, which):
        book, day = self.book, self.today
        if key not in book.sold:
            return
        quote = quote_change(self.account, self.state, Cart(day, remove(key)), which)
        if which is AT_END:
            if book.ends is not None or book.next.get(key, (None, 0))[1] is None:
                assert isinstance(quote, Refused)
                return
            book.next[key] = (book.sold[key].until, None, None)
            self.accept(quote, 0)
            return
        amount = book.credit(key, day)
        del book.sold[key]
        book.next.pop(key, None)
        if which is GATHER:
            book.waits += amount
            amount = 0
        else:
            amount, book.waits = amount + book.waits, 0
        self.accept(quote, amount)

    @precondition(is_paid)
    @rule(key=st.sampled_from(["main", "camera", "seats"]))
    def take_change_back(self, key):
        if key in self.book.next:
            del self.book.next[key]
            self.state = take_back(self.state, Waits.CHANGE, key)

    @precondition(is_paid)
    @rule()
    def cancel_at_end(self):
        quote = quote_cancellation(self.account, self.state, self.today, AT_END)
        if self.book.ends is not None:
            assert isinstance(quote, Refused)
            return
        self.book.ends, self.book.next, self.book.pause = self.book.sold["main"].until, {}, None
        self.accept(quote, 0)

    @precondition(lambda self: self.is_active() and self.book.ends is not None)
    @rule()
    def stay(self):
        self.book.ends = None
        self.state = take_back(self.state, Waits.CANCELLATION)

    @precondition(lambda self: self.is_paid() or (isinstance(self.state, Paused) and self.today > self.paused_on))
    @rule()
    def cancel_at_once(self):
        book, day = self.book, self.today
        since = day
        if isinstance(self.state, Paused) and self.state.terms.goes_on is Resume.KEEP_DAYS:
            since = self.paused_on  # the days that were kept are given back
        amount = sum(book.credit(key, since) for key in list(book.sold) if key != "calls")
        if "calls" in book.sold and self.is_active():
            amount += book.used("calls", day)
        amount, book.waits = amount + book.waits, 0
        self.accept(quote_cancellation(self.account, self.state, day, KEEP), amount)
        assert isinstance(self.state, Cancelled)
        self.absent.append((day, None))

    @precondition(lambda self: self.is_paid() and self.book.ends is None)
    @rule(
        back=st.sampled_from([PauseCredit.NOTHING, PauseCredit.UNUSED]),
        how=st.sampled_from(list(Resume)),
        until=st.integers(1, 90) | st.none(),
    )
    def pause(self, back, how, until):
        book, day = self.book, self.today
        if how is Resume.KEEP_DAYS:
            back = PauseCredit.NOTHING
        amount = 0
        if back is PauseCredit.UNUSED:
            for key in book.sold:
                if key != "calls":
                    amount += book.credit(key, day)
                    book.sold[key].until = min(book.sold[key].until, day)
        if "calls" in book.sold:
            amount += book.used("calls", day)
        terms = PauseTerms(back, how)
        quote = quote_pause(self.account, self.state, day, terms, until=until and day + until * DAY)
        if quote.documents:
            amount, book.waits = amount + book.waits, 0
        book.pause, self.paused_on = None, day
        self.accept(quote, amount)

    @precondition(lambda self: self.is_paid() and self.book.ends is None and self.book.pause is None)
    @rule(how=st.sampled_from([Resume.KEEP_DATES, Resume.RESTART]))
    def pause_at_end(self, how):
        self.book.pause = self.book.sold["main"].until
        self.accept(quote_pause(self.account, self.state, self.today, PauseTerms(goes_on=how), at_end=True), 0)

    @precondition(lambda self: self.is_active() and self.book.pause is not None)
    @rule()
    def take_pause_back(self):
        self.book.pause = None
        self.state = take_back(self.state, Waits.PAUSE)

    @precondition(lambda self: isinstance(self.state, Paused) and self.today > self.paused_on)
    @rule(how=st.sampled_from(list(Resume)) | st.none())
    def resume(self, how):
        if how is Resume.KEEP_DAYS and self.state.terms.gives_back is PauseCredit.UNUSED:
            how = None
        self.go_on(self.today, how)

    def go_on(self, day, how):
        book, state, off = self.book, self.state, self.paused_on
        quote = quote_resumption(self.account, state, day, goes_on=how)
        how = how or state.terms.goes_on
        amount = 0
        book.go_on(day, off, how)
        for key, item in book.sold.items():
            if key == "calls" or item.until < day:
                item.until = day
        book.sell_next(day, every=how is Resume.RESTART)
        for key, item in book.sold.items():
            if key != "calls" and item.until == day:
                amount += book.charge(key, day, item.net(covered=book.cover(key)))
        assert not isinstance(quote, Refused), quote
        if quote.documents:
            amount, book.waits = amount + book.waits, 0
        self.absent.append((off, day))
        self.paused_on = None
        self.accept(quote, amount)

    @precondition(is_paid)
    @rule(days=st.integers(1, 60), how=st.sampled_from([BillDateChange.STUB, BillDateChange.AT_ONCE]))
    def move_bill_date(self, days, how):
        book, day = self.book, self.today
        to = day + days * DAY
        if "seats" in book.sold or "calls" in book.sold:
            return
        quote = quote_bill_date(self.account, self.state, day, to, how)
        if how is BillDateChange.STUB and book.ends:  # no renewal comes that would bill the stub
            assert isinstance(quote, Refused), quote
            return
        amount = 0
        if how is BillDateChange.STUB:
            book.anchor = to
        else:
            covers = {key: self.covered_now(key) for key in book.sold}
            amount = sum(book.credit(key, day) for key in book.sold)
            book.anchor = to
            for key, item in book.sold.items():
                amount += self.charge_until(key, day, to, item.net(covered=covers[key]))
            amount, book.waits = amount + book.waits, 0
            book.ends, book.pause = book.ends and to, book.pause and to
            book.next_follows()
        self.accept(quote, amount)

    def charge_until(self, key, start, end, net):
        exact, day = Fraction(0), start
        while day < end:
            low, high = self.book.around(key, day)
            exact += Fraction(net * (min(high, end) - day).days, (high - low).days)
            day = high
        low, high = self.book.around(key, end - DAY)  # 60 days at most: a part of one period that is counted back
        self.book.spans.append(Span(key, half_up(exact), start, end, low=low, high=high))
        self.book.sold[key].until = end
        return half_up(exact)

    @precondition(
        lambda self: self.is_paid() and not self.book.next and self.book.ends is None and self.book.pause is None
    )
    @rule()
    def renew_early(self):
        book, day = self.book, self.today
        if any(span.start == day for span in book.in_force("main", day)) or "calls" in book.sold:
            return
        quote = quote_early_renewal(self.account, self.state, day)
        amount = sum(book.credit(key, day) for key in book.sold)
        book.anchor = day
        for key, item in book.sold.items():
            amount += book.charge(key, day, item.net(covered=book.cover(key)))
        amount, book.waits = amount + book.waits, 0
        self.accept(quote, amount)

    @rule(at=st.integers(0, 30))
    def pay(self, at):
        """An invoice is paid, whole; the money is told twice."""
        invoices = [each for each in self.documents if isinstance(each, Invoice) and each.payable]
        if invoices:
            invoice = invoices[at % len(invoices)]
            money = Received(f"pay-{invoice.number}", invoice.issued_on, invoice.payable, pays=invoice.number)
            self.account = self.account.with_entries(money).with_entries(money)
            self.received[invoice.number] = invoice.payable.amount_minor

    @rule(at=st.integers(0, 30), amount=st.integers(1, 20_000))
    def credit_note(self, at, amount):
        """Of any line of any invoice, what is left goes back, and no more; also when it is asked for again."""
        invoices = [each for each in self.documents if isinstance(each, Invoice)]
        if not invoices:
            return
        invoice = invoices[at % len(invoices)]
        number = 1
        line = invoice.lines[0]
        if line.net.amount_minor <= 0 or not hasattr(line, "billed"):
            return
        notes = [each for each in self.documents if getattr(each, "invoice_number", None) == invoice.number]
        held = [
            each
            for each in self.state.billed
            if each.document is not None and (each.document.number, each.document.line) == (invoice.number, number)
        ]
        spans = [span for span in self.book.spans if self.is_of(span, held[-1])]
        left = spans[-1].net - spans[-1].given
        whole = invoice.total.amount_minor - sum(note.total.amount_minor for note in notes)
        if min(left, amount) > whole:
            return  # the invoice was reduced by credits of its own: the note would exceed it
        quote = quote_credit(
            self.account,
            self.state,
            invoice,
            max(self.today, invoice.issued_on),
            {number: Money(amount, "EUR")},
            earlier=notes,
        )
        if not left:
            assert isinstance(quote, Refused)
            assert quote.reason is RefusedReason.NOTHING_LEFT
            return
        spans[-1].given += min(left, amount)
        self.accept(quote, -min(left, amount))

    def is_of(self, span, each):
        return (span.key, span.net, span.start, span.end, span.given) == (
            each.key,
            each.net.amount_minor,
            each.period.start,
            each.period.end,
            each.credit_given.amount_minor,
        )

    @invariant()
    def agrees_with_the_book(self):
        if not hasattr(self, "state") or self.state is None:
            return

        def of(each):
            return (
                each.key,
                each.net.amount_minor,
                each.period.start,
                each.period.end,
                each.credit_given.amount_minor,
            )

        assert sorted(map(of, self.state.billed)) == sorted(
            (s.key, s.net, s.start, s.end, s.given) for s in self.book.spans
        )
        assert sum(line.net.amount_minor for line in self.state.waiting) == self.book.waits
        for each in self.state.billed:
            assert each.credit_given <= each.net
        if self.is_active():
            assert {item.key: item.billed_until for item in self.state.items} == {
                k: v.until for k, v in self.book.sold.items()
            }
            assert {each.key: each.on for each in self.state.next} == {k: v[0] for k, v in self.book.next.items()}

    @invariant()
    def the_books_agree(self):
        """Issued, less what was given back and received, is what is owed."""
        if not hasattr(self, "state") or self.state is None:
            return
        issued = sum(each.total.amount_minor for each in self.documents if isinstance(each, Invoice))
        given = sum(each.total.amount_minor for each in self.documents if not isinstance(each, Invoice))
        day = max([self.today, *[each.issued_on for each in self.documents]])
        assert self.account.ledger.balance_on(day).amount_minor == issued - given - sum(self.received.values())

    @invariant()
    def no_day_is_served_twice_or_never(self):
        if not hasattr(self, "state") or self.state is None:
            return
        for key in self.book.sold:
            if key == "calls":
                continue
            served = sorted((each.period.start, each.served_until) for each in self.state.billed if each.key == key)
            served = [each for each in served if each[0] < each[1]]
            for (_, end), (start, _) in pairwise(served):
                assert start >= end, (key, served)
                without = {low + n * DAY for low, high in self.absent if high for n in range((high - low).days)}
                gap = {end + n * DAY for n in range((start - end).days)}
                assert gap <= without or self.was_removed(key), (key, served, self.absent)

    def was_removed(self, key):
        return key != "main"  # an add-on that was removed and added again was not served in between

    @invariant()
    def can_go_on(self):
        """Every state that is not ended can renew, resume or end."""
        if not hasattr(self, "state") or not isinstance(self.state, Active):
            return
        if self.state.end_on is None:
            assert self.state.next_bill_on is not None or self.state.pause is not None


Life.TestCase.settings = settings(stateful_step_count=30)
TestLife = Life.TestCase


def test_periods_that_are_folded_keep_their_sums():
    """Folding is no step of the machine, as the book compares every period."""
    start = quote_start(SWISS, FIRST, Item("main", plan_of("main", 9000))).granted().numbered("1")
    renewed = quote_renewal(SWISS, start.subscription).granted().numbered("2").subscription
    small = closed_before(renewed, date(2026, 6, 1))
    assert (small.closed.count, small.closed.net, len(small.billed)) == (1, Money(9000, "EUR"), 1)
