"""Ledgers at random, beside a slow double-entry book: entries of all kinds, late, twice, in any order, closed and stored."""

import copy
import pickle
from datetime import date, timedelta
from functools import partial

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from billingcore.errors import InvalidValueError
from billingcore.ledger import (
    Agreed,
    Applied,
    Contested,
    Credited,
    Decline,
    Failed,
    Issued,
    Ledger,
    Portion,
    Promised,
    Received,
    Refunded,
    Reinstated,
    Released,
    Resolved,
    Reversed,
    SharingRule,
    Started,
    WrittenOff,
)
from billingcore.money import Money
from ledger_book import book_of, can_be

OPENED = date(2026, 3, 1)
DAYS = [OPENED + timedelta(at) for at in range(9)]
INVOICES, PAYMENTS, NOTES = ("I1", "I2", "same"), ("P1", "P2", "P3", "same"), ("C1", "C2", "P3")
"""A payment may have the reference of an invoice; it may not have that of a credit note."""


def money(minor):
    return Money(minor, "EUR")


numbers, payments, notes = map(st.sampled_from, (INVOICES, PAYMENTS, NOTES))
sources = st.sampled_from((*PAYMENTS, *NOTES))
days = st.sampled_from(DAYS[:7])
some = st.integers(1, 6).map(money)
references = st.sampled_from("abcdefgh")
late = st.one_of(st.none(), st.integers(0, 2))
issued = st.tuples(numbers, days, st.integers(0, 9).map(money)).map(lambda row: Issued(*row))
credited = st.builds(Credited, notes, days, st.integers(0, 6).map(money), st.none() | numbers, st.booleans())
portions = st.lists(st.builds(Portion, numbers, st.none() | st.integers(1, 3).map(money)), max_size=2, unique_by=lambda each: each.of)  # fmt: skip
received = st.builds(Received, payments, days, st.integers(6, 9).map(money), portions)
moves = st.one_of(
    st.builds(Applied, references, days, some, sources, numbers),
    st.builds(Released, references, days, some, sources, numbers),
    st.builds(Refunded, references, days, some, sources, st.none() | numbers),
    st.builds(Reversed, references, days, some, payments),
    st.builds(Reinstated, references, days, some, payments),
    st.builds(WrittenOff, references, days, some, numbers),
    st.builds(WrittenOff, references, days, some, sources, st.just(True)),
)
others = st.one_of(
    st.builds(Started, payments, days, st.integers(6, 9).map(money), portions),
    st.builds(Failed, payments, days, numbers, st.sampled_from(Decline)),
    st.builds(Contested, references, days, numbers, st.none() | some),
    st.builds(Resolved, references, days, numbers),
    st.tuples(references, days, some, st.integers(0, 3), st.none() | numbers).map(
        lambda row: Promised(row[0], row[1], row[2], row[1] + timedelta(row[3]), row[4])
    ),
)
entries_alone = st.one_of(issued, credited, received, moves, moves, others)
entries = st.tuples(entries_alone, late).map(
    lambda row: row[0] if row[1] is None else attrs.evolve(row[0], recorded_on=row[0].on + timedelta(row[1]))
)
openings = st.sampled_from([None, money(5), money(-5), money(0)])
carried_before = st.lists(st.one_of(issued, credited, received), max_size=2, unique_by=lambda each: each.key).map(
    lambda those: [attrs.evolve(each, on=OPENED - timedelta(each.on.day)) for each in those]
)


def known_on(entry):
    return entry.recorded_on or entry.on


def facts(entry):
    """An entry without the day on which it was recorded."""
    return {name: value for name, value in attrs.asdict(entry, recurse=False).items() if name != "recorded_on"}


def says_what(error):
    """Say whether an error names a value and says more about it."""
    return bool(error.problem) and str(error).startswith(error.name) and error.problem[0].islower()


def moved(entry):
    """What an entry adds to what the customer owes, as the law counts it."""
    match entry:
        case Issued() | Refunded() | Reversed() | WrittenOff(over=True):
            return entry.amount.amount_minor
        case Credited() | Received() | Reinstated() | WrittenOff():
            return -entry.amount.amount_minor
        case _:
            return 0


def same_position(position, book, day):
    """Hold a position against the slow book, row by row."""
    assert {each.number: each.open.amount_minor for each in position.invoices} == {
        number: book.open(number) for number in book.invoices
    }
    assert {each.reference: each.amount.amount_minor for each in position.unapplied} == {
        source: book.left(source) for source in book.sources if book.left(source)
    }
    assert position.overpaid.amount_minor == book.overpaid()
    for each in position.invoices:
        uses = {use.source: use.amount.amount_minor for use in each.uses}
        found = {source: book.used(source, each.number) for source in book.sources}
        assert uses == {source: minor for source, minor in found.items() if minor}
        assert each.contested.amount_minor == min(book.contested(each.number), book.open(each.number))
    assert {each.reference: each for each in position.under_way} == book.under_way
    assert sorted(each.order for each in position.promises) == sorted(
        each.order for each in book.promises if each.until_on >= day
    )


def later_answers(ledger, day):
    """What a ledger answers from a day on, leaving out what is settled."""
    answers = []
    for each in DAYS:
        if each >= day:
            position = ledger.position(each)
            items = [item for invoice in position.invoices for item in invoice.items]
            uses = {invoice.number: invoice.uses for invoice in position.invoices if invoice.items}
            sums = ledger.balance_on(each), ledger.open_on(each), position.overdue, position.overpaid
            answers.append((sorted(map(str, items)), uses, position.unapplied, position.under_way, sums))
    return answers


class Ledgers(RuleBasedStateMachine):
    """What a ledger accepts and answers, at random."""

    @initialize(balance=openings, carried=carried_before, first=st.lists(issued, max_size=2))
    def open(self, balance, carried, first):
        """Bring forward what can be brought forward together."""
        self.small, self.closed_on, self.gone, self.checked, self.compared = None, None, set(), None, None
        self.ledger = Ledger.opened("EUR", OPENED, balance)
        brought = [*self.ledger.carried, *carried]
        if can_be(brought, []):
            self.ledger = Ledger.opened("EUR", OPENED, balance, carried=carried)
        else:
            with pytest.raises(InvalidValueError):
                Ledger.opened("EUR", OPENED, balance, carried=carried)
        self._hand_in(*first)

    def _accepts(self, new):
        keys = {each.key: each for each in (*self.ledger.carried, *self.ledger.entries)}
        fresh = []
        for each in new:
            known = keys.get(each.key)
            if known is not None and facts(known) != facts(each):
                return False
            if known is None or (known_on(each) < known_on(known) and known not in self.ledger.carried):
                keys[each.key] = each
                fresh.append(each)
        if not fresh:
            return True
        every = [each for each in keys.values() if each not in self.ledger.carried]
        return can_be(self.ledger.carried, every)

    def _hand_in(self, *new):
        before, stored = self.ledger, pickle.dumps(self.ledger)
        if self._accepts(new):
            self.ledger = before.with_entries(*new)
            self._hand_in_where_closed(new)
        else:
            with pytest.raises(InvalidValueError) as refused:
                before.with_entries(*new)
            assert says_what(refused.value)
        assert pickle.loads(stored) == before

    def _hand_in_where_closed(self, new):
        """A closed ledger takes what the whole one takes, but for what acts on payments that can't be charged back."""
        if self.small is None:
            return
        try:
            self.small = self.small.with_entries(*new)
        except InvalidValueError:
            of_folded = any(source in self.gone for each in new for source in each.sources)
            older = any(each.on < self.closed_on for each in new)
            if not of_folded and not older:
                raise
            self.small = None

    @rule(new=st.lists(entries, min_size=1, max_size=2))
    def hand_in(self, new):
        """Whatever comes is taken, or refused with a reason, as the slow book says."""
        self._hand_in(*new)

    def _invoice(self, data):
        return data.draw(st.sampled_from([each for each in self._on_record() if isinstance(each, Issued)]))

    def _on_record(self):
        return (*self.ledger.carried, *self.ledger.entries)

    def _day(self, data, *acted_on):
        """A day on which what is acted on is there, early or late."""
        first = max((OPENED, *[each.on for each in acted_on]))
        return data.draw(st.sampled_from([each for each in DAYS[:8] if each >= first]))

    @rule(entry=issued)
    def bill(self, entry):
        """An invoice."""
        self._hand_in(entry)

    @precondition(lambda self: any(isinstance(each, Issued) for each in self._on_record()))
    @rule(data=st.data(), reference=payments, minor=st.integers(1, 9), late=late, parts=st.lists(st.none() | some, min_size=1, max_size=2))  # fmt: skip
    def collect(self, data, reference, minor, late, parts):
        """Money for invoices that are there, in part or for what is open."""
        named = {self._invoice(data): part for part in parts}
        day = self._day(data, *named)
        recorded_on = None if late is None else day + timedelta(late)
        stated = sum(part.amount_minor for part in named.values() if part is not None)
        pays = [Portion(invoice.reference, part) for invoice, part in named.items()]
        self._hand_in(Received(reference, day, money(minor + stated), pays, recorded_on=recorded_on))

    @precondition(lambda self: any(isinstance(each, Issued) for each in self._on_record()))
    @rule(data=st.data(), reference=notes, apart=st.booleans(), late=late)
    def give_credit(self, data, reference, apart, late):
        """A credit note of an invoice that is there, at most of what is left of it."""
        invoice = self._invoice(data)
        day = self._day(data, invoice)
        minor = data.draw(st.integers(0, invoice.amount.amount_minor + 1))
        recorded_on = None if late is None else day + timedelta(late)
        self._hand_in(Credited(reference, day, money(minor), invoice.reference, apart, recorded_on=recorded_on))

    @precondition(lambda self: any(isinstance(each, Issued) for each in self._on_record()))
    @rule(data=st.data(), reference=references, late=late, day=days, over=st.sampled_from([0, 0, 0, 0, 1]))
    def use(self, data, reference, late, day, over):
        """Uses made and taken back, of what the book has on that day."""
        book = book_of(self.ledger.carried, self.ledger.entries, day)
        pairs = [(of, to) for of in book.sources for to in book.invoices]
        can = [(partial(Applied, source=of, to=to), min(book.left(of), book.open(to))) for of, to in pairs]
        can += [(partial(Released, source=of, to=to), book.used(of, to)) for of, to in pairs]
        self._do(data, can, reference, day, late, over)

    @precondition(lambda self: any(isinstance(each, Received) for each in self._on_record()))
    @rule(data=st.data(), reference=references, late=late, day=days, over=st.sampled_from([0, 0, 0, 0, 1]))
    def pay_back(self, data, reference, late, day, over):
        """Money paid back, taken back, and back again."""
        book = book_of(self.ledger.carried, self.ledger.entries, day)
        used = {(of, to): book.used(of, to) for of in book.sources for to in book.invoices}
        can = [(partial(Refunded, of=of, reopens=to), minor) for (of, to), minor in used.items()]
        can += [(partial(Refunded, of=of), book.left(of)) for of in book.sources]
        paid = [each for each, entry in book.sources.items() if isinstance(entry, Received)]
        for of in paid:
            can.append((partial(Reversed, of=of), book.left(of) + sum(used[of, to] for to in book.invoices)))
            can.append((partial(Reinstated, of=of), -book.sum(("taken back", of))))
        self._do(data, can, reference, day, late, over)

    @precondition(lambda self: any(isinstance(each, Issued) for each in self._on_record()))
    @rule(data=st.data(), reference=references, late=late, day=days, over=st.sampled_from([0, 0, 0, 0, 1]))
    def give_up(self, data, reference, late, day, over):
        """What is open is given up, what is over is kept."""
        book = book_of(self.ledger.carried, self.ledger.entries, day)
        can = [(partial(WrittenOff, of=of), book.open(of)) for of in book.invoices]
        can += [(partial(WrittenOff, of=of, over=True), book.left(of)) for of in book.sources]
        self._do(data, can, reference, day, late, over)

    def _do(self, data, can, reference, day, late, over):
        """One of the moves that are possible on a day, or one that takes a cent too much."""
        can = [(build, most) for build, most in can if most > 0]
        if can:
            build, most = data.draw(st.sampled_from(can))
            minor = data.draw(st.integers(1, most)) if not over else most + over
            recorded_on = None if late is None else day + timedelta(late)
            self._hand_in(build(reference, day, money(minor), recorded_on=recorded_on))

    @precondition(lambda self: any(isinstance(each, Issued) for each in self._on_record()))
    @rule(data=st.data(), entry=others)
    def say_of_what_is_there(self, data, entry):
        """What moves no money, of an invoice that is there; now and then a dispute that is there is over."""
        invoice = self._invoice(data)
        disputes = [each for each in self.ledger.entries if isinstance(each, Contested)]
        if disputes and isinstance(entry, Resolved):
            dispute = data.draw(st.sampled_from(disputes))
            self._hand_in(Resolved(dispute.reference, self._day(data, dispute), dispute.of))
        elif isinstance(entry, Started):
            self._hand_in(attrs.evolve(entry, on=self._day(data, invoice), pays=invoice.reference))
        elif not isinstance(entry, Promised):
            self._hand_in(attrs.evolve(entry, on=self._day(data, invoice), of=invoice.reference))
        else:
            day = self._day(data, invoice)
            self._hand_in(attrs.evolve(entry, on=day, until_on=max(day, entry.until_on), of=invoice.reference))

    @precondition(lambda self: len(self.ledger.entries) >= 6)
    @rule(day=days, off=st.sampled_from([0, 0, 0, 1]), reference=st.sampled_from("ab"), late=late)
    def agree(self, day, off, reference, late):
        """A balance is agreed: what it is known to be, or by mistake another."""
        recorded_on = day + timedelta(late or 0)
        balance = self.ledger.balance_on(day, known_on=recorded_on).amount_minor + off
        self._hand_in(Agreed(reference, day, money(balance), recorded_on=recorded_on))

    @precondition(lambda self: any(isinstance(each, Agreed) for each in self.ledger.entries))
    @rule(data=st.data(), minor=st.integers(1, 6), late=st.integers(0, 3), off=st.sampled_from([0, 0, 0, 1]), reference=st.sampled_from("abcd"))  # fmt: skip
    def agree_anew(self, data, minor, late, off, reference):
        """A late entry comes together with what was agreed anew."""
        agreed = data.draw(st.sampled_from([each for each in self.ledger.entries if isinstance(each, Agreed)]))
        recorded_on = agreed.on + timedelta(late)
        balance = self.ledger.balance_on(agreed.on, known_on=recorded_on).amount_minor - minor + off
        self._hand_in(
            Credited("new", agreed.on, money(minor), recorded_on=recorded_on),
            Agreed(reference, agreed.on, money(balance), recorded_on=recorded_on),
        )

    @precondition(lambda self: self.ledger.entries)
    @rule(data=st.data(), late=st.integers(0, 3))
    def deliver_again(self, data, late):
        """The same counts once, whenever it was recorded; with other content it is refused."""
        entry = data.draw(st.sampled_from(self.ledger.entries))
        assert self.ledger.with_entries(entry, entry) == self.ledger
        if late >= (known_on(entry) - entry.on).days:
            again = attrs.evolve(entry, recorded_on=entry.on + timedelta(late))
            assert self.ledger.with_entries(again) == self.ledger
        else:
            self._hand_in(attrs.evolve(entry, recorded_on=entry.on + timedelta(late)))
        other = attrs.evolve(entry, on=entry.on - timedelta(1), recorded_on=None)
        if isinstance(entry, Promised):
            other = attrs.evolve(entry, amount=entry.amount + money(1))
        with pytest.raises(InvalidValueError, match="correction is an entry of its own"):
            self.ledger.with_entries(other)

    @rule(data=st.data())
    def build_in_another_order(self, data):
        """Together they may come in any order; one by one, what comes too early is handed in again."""
        ledger = self.ledger
        empty = Ledger(ledger.currency, ledger.opened_on, ledger.carried)
        shuffled = data.draw(st.permutations(ledger.entries))
        assert empty.with_entries(*shuffled) == ledger
        assert hash(empty.with_entries(*shuffled)) == hash(ledger)
        waiting = list(shuffled)
        while waiting:
            refused = []
            for entry in waiting:
                try:
                    empty = empty.with_entries(entry)
                except InvalidValueError:
                    refused.append(entry)
            if len(refused) == len(waiting):  # each needs another one of them
                empty = empty.with_entries(*refused)
                break
            waiting = refused
        assert empty == ledger

    @rule(rule=st.sampled_from(SharingRule), day=days, late=late, minor=st.integers(1, 30), contested=st.booleans())
    def share(self, rule, day, late, minor, contested):
        """What is shared, and what uses are proposed, can be handed in; but for a balance that was agreed without it."""
        ledger = self.ledger
        free = [each for each in ledger.entries if not isinstance(each, Agreed)]
        ledger = Ledger(ledger.currency, ledger.opened_on, ledger.carried, tuple(free))
        wire = Received("wire", day, money(minor), recorded_on=None if late is None else day + timedelta(late))
        shared = ledger.share(wire, rule, with_contested=contested)
        there = {each.number: each.open for each in ledger.position(day).invoices}
        assert all(each.amount <= there[each.of] for each in shared.pays)
        assert ledger.with_entries(shared).balance_on(DAYS[-1]) == ledger.balance_on(DAYS[-1]) - money(minor)
        uses = [Applied(of, day, used, of, "new") for of, used in ledger.uses_for(money(minor), day)]
        ledger.with_entries(Issued("new", day, money(minor)), *uses)

    @rule(known=st.sampled_from(DAYS))
    def ask_what_was_known(self, known):
        """A view is the ledger of what was recorded by then."""
        ledger = self.ledger
        by_then = [each for each in ledger.entries if known_on(each) <= known and not isinstance(each, Agreed)]
        alone = Ledger(ledger.currency, ledger.opened_on, ledger.carried).with_entries(*by_then)
        for day in DAYS:
            view = ledger.position(day, known_on=known)
            assert attrs.evolve(view, known_on=None) == alone.position(day)
            assert ledger.balance_on(day, known_on=known) == view.balance == alone.balance_on(day)
            assert ledger.open_on(day, known_on=known) == view.open
            same_position(view, book_of(ledger.carried, ledger.entries, day, known), day)

    @rule(day=st.sampled_from(DAYS[1:]), chargeback_days=st.integers(0, 4))
    def close(self, day, chargeback_days):
        """What is settled is folded: later answers stay, what is delivered again is known, an earlier day is refused."""
        small = self.ledger.closed_before(day, chargeback_days=chargeback_days)
        assert later_answers(small, day) == later_answers(self.ledger, day)
        assert small.with_entries(*self.ledger.carried, *self.ledger.entries) == small
        assert small == pickle.loads(pickle.dumps(small))
        with pytest.raises(InvalidValueError, match="starts on"):
            small.position(day - timedelta(1))
        with pytest.raises(InvalidValueError, match="not on record"):
            small.position(day, known_on=day - timedelta(1))
        every = {each.key: each for each in (*self.ledger.carried, *self.ledger.entries)}
        left = {each.key for each in (*small.carried, *small.entries)}
        money_in = sum(-moved(every[key]) for key in every if key not in left and key[0] not in {"issued", "credited", "written off"})  # fmt: skip
        brought = sum(each.amount.amount_minor for each in self.ledger.carried if each.kind == "credited" and each.key not in left)  # fmt: skip
        assert small.closed.money_in == money(money_in + brought)
        for key in every.keys() - left:
            entry = every[key]
            assert known_on(entry) < day
            assert not (
                isinstance(entry, Received | Reversed | Reinstated) and entry.on + timedelta(chargeback_days) >= day
            )
        self.small, self.closed_on = small, day
        self.gone = {each.reference for key, each in every.items() if key not in left and key[0] in {"received", "credited"}}  # fmt: skip

    @precondition(lambda self: self.small is not None)
    @rule(later=st.integers(0, 3))
    def close_again(self, later):
        """A closed ledger is closed again on a later day."""
        day = min(self.closed_on + timedelta(later), DAYS[-1])
        small = self.small.closed_before(day, chargeback_days=0)
        assert later_answers(small, day) == later_answers(self.ledger, day)
        assert small.with_entries(*self.ledger.carried, *self.ledger.entries) == small

    def teardown(self):
        """A ledger survives its pickle and its copies."""
        assert pickle.loads(pickle.dumps(self.ledger)) == self.ledger
        assert copy.deepcopy(self.ledger) == self.ledger

    @invariant()
    def every_day_adds_up(self):
        """The laws hold on each day of the history, and no entry after it changes what it answers."""
        if (ledger := self.ledger) is self.checked:
            return
        self.checked = ledger
        assert len({each.key for each in ledger.entries}) == len(ledger.entries)
        for day in DAYS:
            counted = [*ledger.carried, *[each for each in ledger.entries if each.on <= day]]
            position, book = ledger.position(day), book_of(ledger.carried, ledger.entries, day)
            assert sum(map(moved, counted)) == (position.open - position.credit - position.money).amount_minor
            assert position.balance == ledger.balance_on(day)
            assert book.balance() == position.balance.amount_minor
            assert position.open == ledger.open_on(day)
            same_position(position, book, day)
            assert all(item.amount.amount_minor > 0 for item in position.items)
            moved_in = [-moved(each) for each in counted if not isinstance(each, Issued | WrittenOff)]
            given = [each.amount.amount_minor for each in ledger.entries if isinstance(each, Credited) and each.on <= day]  # fmt: skip
            assert sum(moved_in) - sum(given) >= 0
            agreed = [each for each in ledger.entries if isinstance(each, Agreed) and each.on == day]
            assert all(each.balance == ledger.balance_on(day, known_on=known_on(each)) for each in agreed)
            assert not agreed or max(agreed, key=lambda each: (known_on(each), each.reference)).balance == position.balance  # fmt: skip

    @invariant()
    def a_closed_ledger_answers_as_the_whole_one(self):
        """From the day of its closing on."""
        if self.small is not None and self.compared is not self.small:
            self.compared = self.small
            assert later_answers(self.small, self.closed_on) == later_answers(self.ledger, self.closed_on)


TestLedgers = Ledgers.TestCase
TestLedgers.settings = settings(stateful_step_count=20)
