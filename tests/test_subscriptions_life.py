"""The life of a subscription, at random, beside a ledger in plain fractions that knows none of the library's sums."""

from datetime import date, timedelta
from fractions import Fraction

import attrs
from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from billingcore.changes import quote_change, quote_renewal, quote_start
from billingcore.cycles import ANNUAL, MONTHLY, Cadence
from billingcore.disputes import DisputeAllowed, decide_dispute, uphold_dispute
from billingcore.errors import InvalidValueError
from billingcore.invoices import CreditNote, credit_in_full, credit_in_part
from billingcore.ledger import Applied, Credited, Issued, Ledger, Received
from billingcore.lines import ChargeLine, CreditLine
from billingcore.money import Money
from billingcore.plans import FlatPrice, PerSeatPrice, Plan
from billingcore.profiles import GOTO_RESCUE
from billingcore.records import from_record, to_record
from billingcore.subscriptions import (
    Active,
    cancel_subscription,
    limit_subscription,
    record_credit,
    restore_subscription,
)
from samples import DUBLIN, MARI, MARIE, MUSTER, account

POLICY = GOTO_RESCUE.rules
WINDOW_DAYS = 15
RATES = {  # by buyer: the day from which a rate is charged, written down here a second time
    MARIE: ((date(2014, 1, 1), Fraction(20, 100)),),
    MARI: ((date(2024, 1, 1), Fraction(22, 100)), (date(2025, 7, 1), Fraction(24, 100))),
    MUSTER: ((date(2000, 1, 1), Fraction(0)),),
}


def half_up(exact):
    """The rounding of the profile, in a second and slower way."""
    sign = -1 if exact < 0 else 1
    doubled = abs(exact) * 2
    whole, rest = divmod(doubled.numerator, 2 * doubled.denominator)
    return sign * (whole + (2 * rest >= 2 * doubled.denominator))


def rate_on(buyer, day):
    return max(row for row in RATES[buyer] if row[0] <= day)[1]


def tax_of(nets):
    """The tax of (net, rate) pairs: one rounding for each rate, on its sum."""
    sums = {}
    for net, rate in nets:
        sums[rate] = sums.get(rate, 0) + net
    return sum(half_up(net * rate) for rate, net in sums.items())


@attrs.define
class Span:
    """A billed period in the shadow ledger: whole minor units, days, and what was credited."""

    net: int
    rate: Fraction
    start: date
    end: date
    served_until: date
    credited: int = 0


@attrs.define
class Bill:
    """An invoice in the shadow ledger."""

    document: object
    total: int
    open: int
    credited: int = 0
    notes: tuple = ()


@attrs.define
class Source:
    """A credit note or a payment in the shadow ledger."""

    reference: str
    on: date
    is_credit: bool
    left: int


class Life(RuleBasedStateMachine):
    """Start, renew, change, use credit, pay, pay again, give credit, dispute; after each step the books must agree."""

    @initialize(
        buyer=st.sampled_from([*RATES]),
        currency=st.sampled_from(["EUR", "JPY", "KWD"]),
        start_on=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
        price=st.integers(0, 200_000),
        quantity=st.integers(1, 5),
        seats=st.booleans(),
        cadence=st.sampled_from([MONTHLY, ANNUAL, Cadence.monthly(3)]),
    )
    def buy(self, buyer, currency, start_on, price, quantity, seats, cadence):
        self.buyer, self.currency, self.today = buyer, currency, start_on
        self.account = attrs.evolve(account(DUBLIN, buyer), ledger=Ledger.opened(currency, start_on))
        self.spans, self.bills, self.sources, self.payments, self.serial = [], [], [], [], 0
        self.issued = self.credited = self.paid = 0
        self.subscription = None
        quote = quote_start(self.account, self.plan(price, seats, cadence), quantity, start_on, number=self.number())
        net = price * (quantity if seats else 1)
        period = quote.subscription.current.period
        self.spans.append(Span(net, rate_on(buyer, start_on), period.start, period.end, period.end))
        self.book(quote, [(net, rate_on(buyer, start_on))])

    # Helpers

    def money(self, amount):
        return Money(amount, self.currency)

    def plan(self, price, seats, cadence):
        kind = PerSeatPrice if seats else FlatPrice
        return Plan("Rescue", kind(self.money(price)), cadence)

    def number(self):
        self.serial += 1
        return f"D-{self.serial}"

    def unapplied(self):
        """What may be used, in its order: credit first, then money, the oldest first."""
        there = [each for each in self.sources if each.left]
        return sorted(there, key=lambda each: (not each.is_credit, each.on, each.reference))

    def book(self, quote, nets):
        """Enter a quote: what it must total and use, by the second computation; then what it moves."""
        expected = sum(net for net, _ in nets) + tax_of(nets)
        document = quote.document
        number, on = document.number, document.issued_on
        if expected < 0:
            assert isinstance(document, CreditNote)
            assert document.total == self.money(-expected)
            entries = [Credited(number, on, self.money(-expected))]
            self.sources.append(Source(number, on, is_credit=True, left=-expected))
            self.credited -= expected
            assert quote.due_now == self.money(0)
        else:
            assert document.total == self.money(expected)
            entries, left = [Issued(number, on, self.money(expected))], expected
            for source in self.unapplied():
                used = min(source.left, left)
                left, source.left = left - used, source.left - used
                entries += [Applied(number, on, self.money(used), source.reference, number)] if used else []
            assert (document.prepaid or self.money(0)) == self.money(expected - left)
            assert quote.due_now == self.money(left)
            self.issued += expected
            self.bills.append(Bill(document, expected, left))
        assert quote.entries == tuple(entries)
        assert quote.credit_left == self.money(sum(each.left for each in self.sources))
        assert quote.to_refund == self.money(0)  # the profile carries what is left
        self.account = self.account.with_entries(*quote.entries)
        self.subscription = quote.subscription

    # Rules

    @rule(discount=st.none() | st.integers(0, 100))
    def renew(self, discount):
        span = self.spans[-1]
        plan, quantity = self.subscription.plan, self.subscription.quantity
        price = plan.charge_for(quantity).amount_minor
        off = None if discount is None else self.money(price * discount // 100)
        quote = quote_renewal(self.account, self.subscription, number=self.number(), discount=off)
        net = price - (0 if off is None else off.amount_minor)
        rate = rate_on(self.buyer, span.end)
        period = quote.subscription.current.period
        assert period.start == span.end
        self.today = span.end
        self.spans.append(Span(net, rate, period.start, period.end, period.end))
        self.book(quote, [(net, rate)])

    @rule(
        day=st.integers(0, 400),
        price=st.integers(0, 200_000),
        quantity=st.integers(1, 5),
        seats=st.booleans(),
        cadence=st.sampled_from([MONTHLY, ANNUAL]),
    )
    def change(self, day, price, quantity, seats, cadence):
        span = self.spans[-1]
        on = max(self.today, span.start + timedelta(day))
        assume(on < span.end)
        plan = self.plan(price, seats, cadence)
        quote = quote_change(self.account, self.subscription, plan, quantity, on, POLICY, number=self.number())
        unused = half_up(Fraction(span.net * (span.end - on).days, (span.end - span.start).days))
        credit = min(unused, span.net - span.credited)
        net = price * (quantity if seats else 1)
        rate = rate_on(self.buyer, on)
        span.credited += credit
        span.served_until = on
        period = quote.subscription.current.period
        assert period.start == on
        self.today = on
        self.spans.append(Span(net, rate, period.start, period.end, period.end))
        self.book(quote, [(net, rate), (-credit, span.rate)])

    @rule(change_of_mind=st.integers(0, 200_000))
    def change_and_change_again_at_once(self, change_of_mind):
        """The second thought costs what the first one should have."""
        span = self.spans[-1]
        on = max(self.today, span.start)
        assume(on < span.end)
        plans = [self.plan(price, seats=False, cadence=MONTHLY) for price in (change_of_mind, 5_000)]
        once = quote_change(self.account, self.subscription, plans[1], 1, on, POLICY)
        first = quote_change(self.account, self.subscription, plans[0], 1, on, POLICY)
        second = quote_change(self.account, first.subscription, plans[1], 1, on, POLICY)
        net = [quote.subscription.current.net for quote in (once, second)]
        assert net[0] == net[1]
        assert once.next_bill_on == second.next_bill_on

    @precondition(lambda self: any(bill.open for bill in self.bills) and self.unapplied())
    @rule(data=st.data(), part=st.integers(1, 100))
    def use_for_another_invoice(self, data, part):
        """What is unapplied may be used for any open invoice; more than there is may not."""
        on = self.today + timedelta(1)  # on a day of its own: a use of a note's day comes before the note lowers
        assume(on <= self.spans[-1].end)
        bill = data.draw(st.sampled_from([bill for bill in self.bills if bill.open]))
        source = data.draw(st.sampled_from(self.unapplied()))
        most = min(bill.open, source.left)
        used = max(most * part // 100, 1)
        entry = Applied(self.number(), on, self.money(used), source.reference, bill.document.number)
        try:
            self.account.with_entries(attrs.evolve(entry, amount=self.money(most + 1)))
        except InvalidValueError:
            self.account, self.today = self.account.with_entries(entry), on
            bill.open -= used
            source.left -= used
            return
        raise AssertionError("more was used than there is")

    @precondition(lambda self: self.bills)
    @rule(data=st.data(), amount=st.integers(1, 300_000), whole=st.booleans())
    def pay(self, data, amount, whole):
        bill = data.draw(st.sampled_from(self.bills))
        amount = bill.open if whole and bill.open else amount
        used = min(bill.open, amount)
        pays = {bill.document.number: self.money(used)} if used else ()
        payment = Received(f"p-{len(self.payments)}", self.today, self.money(amount), pays)
        self.account = self.account.with_entries(payment)
        self.payments.append(payment)
        self.sources.append(Source(payment.reference, self.today, is_credit=False, left=amount - used))
        bill.open -= used
        self.paid += amount

    @precondition(lambda self: self.payments)
    @rule(data=st.data())
    def deliver_a_payment_again(self, data):
        payment = data.draw(st.sampled_from(self.payments))
        assert self.account.with_entries(payment) == self.account
        other = attrs.evolve(payment, amount=payment.amount + self.money(1))
        try:
            self.account.with_entries(other)
        except InvalidValueError:
            return
        raise AssertionError("a known reference came with another amount")

    @precondition(lambda self: self.bills)
    @rule(data=st.data(), part=st.integers(1, 100), days=st.integers(0, 30), disputed=st.booleans())
    def give_back_a_part(self, data, part, days, disputed):
        """A credit note for the charge of an invoice, perhaps by way of a dispute; it goes on record with its period."""
        bill = data.draw(st.sampled_from(self.bills))
        document = bill.document
        line = document.lines[0]
        assert isinstance(line, ChargeLine)
        span = next(
            each for each in self.spans if each.start == line.billed.period.start and each.net == line.net.amount_minor
        )
        given_before = sum(note.net.amount_minor for note in bill.notes)
        most = min(
            line.net.amount_minor - given_before,
            span.net - span.credited,
            document.subtotal.amount_minor - given_before,
        )
        net = most * part // 100
        assume(net > 0)
        asked_on = document.issued_on + timedelta(days)
        on = max(asked_on, self.today + timedelta(1))  # on a day of its own: notes of one day share what is open
        assume(on <= self.spans[-1].end)
        if disputed:
            answer = decide_dispute(document, asked_on, GOTO_RESCUE.disputes)
            assert isinstance(answer, DisputeAllowed) == (days <= WINDOW_DAYS)
            if not isinstance(answer, DisputeAllowed):
                return
        try:
            if disputed:
                note = uphold_dispute(answer, {1: self.money(net)}, self.number(), on, bill.notes)
            else:
                note = credit_in_part(document, {1: self.money(net)}, self.number(), on, bill.notes)
        except InvalidValueError:
            # Two rates on one invoice: the charge alone may be worth more than all of it.
            assert len(document.taxes) > 1
            return
        self.enter(bill, note)
        self.subscription = record_credit(self.subscription, line.billed.period, note.net)
        span.credited += net

    @precondition(lambda self: any(not bill.notes for bill in self.bills))
    @rule(data=st.data())
    def a_full_note_would_be_the_mirror(self, data):
        """Asked and not entered: what was billed comes back to the cent."""
        bill = data.draw(st.sampled_from([bill for bill in self.bills if not bill.notes]))
        if any(line.net for line in bill.document.lines):
            note = credit_in_full(bill.document, "C-all", bill.document.issued_on)
            assert (note.net, note.tax, note.total) == (bill.document.subtotal, bill.document.tax, bill.document.total)

    def enter(self, bill, note):
        """A note that names its invoice lowers it at once, as far as it is open; the rest is credit."""
        self.today = note.issued_on
        self.account = self.account.with_entries(Credited.of_note(note))
        minor = note.total.amount_minor
        lowers = min(minor, bill.open)
        bill.open -= lowers
        self.sources.append(Source(note.number, self.today, is_credit=True, left=minor - lowers))
        self.credited += minor
        bill.notes += (note,)
        bill.credited += minor
        nets = [(each.net.amount_minor, each.ruling.rate) for earlier in bill.notes for each in earlier.taxes]
        assert bill.credited == sum(net for net, _ in nets) + tax_of(nets)  # no drift, however many notes

    @rule(owed=st.integers(1, 10_000), part=st.integers(0, 10_000))
    def service_is_limited_and_comes_back(self, owed, part):
        limited = limit_subscription(self.subscription, self.today, self.money(owed))
        paid = min(part, owed)
        state = restore_subscription(limited, self.money(paid))
        state = state if type(state) is Active else restore_subscription(state, self.money(owed - paid))
        assert state == self.subscription

    @rule()
    def cancelling_would_stop_the_renewal_alone(self):
        ending = cancel_subscription(self.subscription)
        assert ending.paid_until == self.subscription.paid_until
        assert ending.upcoming_renewals(3) == ()

    # What holds after every step

    @invariant()
    def the_books_agree(self):
        """Issued - credited - received = open - unapplied, invoice by invoice and source by source."""
        if self.subscription is None:
            return
        position = self.account.ledger.position(self.today)
        assert {each.number: each.open.amount_minor for each in position.invoices} == {
            bill.document.number: bill.open for bill in self.bills
        }
        assert [(each.reference, each.amount.amount_minor) for each in position.unapplied] == [
            (each.reference, each.left) for each in self.unapplied()
        ]
        assert position.balance == self.money(self.issued - self.credited - self.paid)

    @invariant()
    def each_invoice_is_what_it_was_when_it_was_issued(self):
        for bill in self.bills:
            assert bill.document.total == self.money(bill.total)
            assert bill.credited <= bill.total
            for line in bill.document.lines:
                if isinstance(line, CreditLine):
                    unused = line.line.rounded
                    assert line.line.base == line.billed.net
                    assert abs(line.line.exact.amount_minor - unused.amount_minor) <= Fraction(1, 2)
                    assert line.credit == min(unused, line.billed.remaining)

    @invariant()
    def each_day_is_billed_once_and_no_credit_exceeds_it(self):
        """The served days follow each other without gap; credits stay within what was billed."""
        if self.subscription is None:
            return
        billed = self.subscription.billed
        assert [each.net.amount_minor for each in billed] == [span.net for span in self.spans]
        assert [each.credit_given.amount_minor for each in billed] == [span.credited for span in self.spans]
        assert [each.served_until for each in billed] == [span.served_until for span in self.spans]
        for one, two in zip(self.spans, self.spans[1:], strict=False):
            assert one.served_until == two.start
        assert all(0 <= span.credited <= span.net for span in self.spans)
        assert self.subscription.paid_until == self.spans[-1].end

    def teardown(self):
        """The whole life survives its records."""
        if getattr(self, "subscription", None) is not None:
            assert from_record(to_record(self.subscription)) == self.subscription
            assert from_record(to_record(self.account)) == self.account
            for bill in self.bills:
                assert from_record(to_record(bill.document)) == bill.document


TestLife = Life.TestCase
TestLife.settings = settings(stateful_step_count=30)
