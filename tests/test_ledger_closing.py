"""Closing a ledger: what is settled is folded, what may still happen is not, and later answers stay."""

import pickle
import re
from datetime import date

import attrs
import pytest

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.ledger import (
    Agreed,
    Applied,
    Closed,
    Contested,
    Credited,
    Failed,
    FoldedInvoice,
    Issued,
    Ledger,
    Promised,
    Received,
    Refunded,
    Reinstated,
    Resolved,
    Reversed,
    Started,
)
from billingcore.money import MAX_AMOUNT_MINOR, Money

CLOSED_ON = date(2026, 7, 1)


def eur(text):
    return Money.of(text, "EUR")


def on(day, month=3):
    return date(2026, month, day)


def ledger(*entries, balance=None, carried=()):
    return Ledger.opened("EUR", date(2026, 1, 1), balance, carried=carried).with_entries(*entries)


def issued(number="1", day=1, amount="36.00", month=3):
    return Issued(number, on(day, month), eur(amount))


def received(reference="p", day=1, amount="36.00", pays="1", month=3, recorded_on=None):
    return Received(reference, on(day, month), eur(amount), pays, recorded_on=recorded_on)


def closed(those, days=30, day=CLOSED_ON):
    """Close a ledger, and hold that later answers stay and that what is delivered again is known."""
    small = those.closed_before(day, chargeback_days=days)
    for later in (day, date(2026, 12, 31)):
        before, after = those.position(later), small.position(later)
        assert (before.items, before.unapplied, before.balance) == (after.items, after.unapplied, after.balance)
        assert (before.under_way, before.promises) == (after.under_way, after.promises)
    assert small.with_entries(*those.entries) is small
    assert pickle.loads(pickle.dumps(small)) == small
    return small


APPLIED = Applied("a", on(1, 6), eur("36.00"), "c", "1")


def won(day, month=6):
    return Reversed("b", on(2), eur("36.00"), "p"), Reinstated("w", on(day, month), eur("36.00"), "p")


@pytest.mark.parametrize(
    ("entries", "kept"),
    [  # what is handed in, and what is not folded on the 1st of July, 30 days for chargebacks
        ([issued(), received()], []),
        ([issued()], ["1"]),  # open
        ([issued(), received(amount="36.01")], ["1", "p"]),  # a cent unapplied
        ([issued(), received(amount="35.99")], ["1", "p"]),  # a cent open
        ([issued(), received(day=1, month=6)], ["1", "p"]),  # 30 days before: it can still be charged back
        ([issued(), received(day=31, month=5)], []),  # 31 days before
        ([issued(), received(), *won(1)], ["1", "p", "b", "w"]),  # reinstated 30 days before: it can be charged back again
        ([issued(), received(), *won(31, 5)], []),  # 31 days before
        # Reversed 30 days before, and paid otherwise long ago: the reversal can still fall away.
        ([issued(), received(), Reversed("b", on(1, 6), eur("36.00"), "p"), Credited("c", on(1), eur("36.00"), "1", apart=True), APPLIED], ["1", "p", "b", "c", "a"]),
        ([issued(), received(), Reversed("b", on(31, 5), eur("36.00"), "p"), Credited("c", on(1), eur("36.00"), "1", apart=True), APPLIED], []),
        ([issued(), received(recorded_on=CLOSED_ON)], ["1", "p"]),  # known on that day alone
        ([issued(), received(recorded_on=on(30, 6))], []),
        ([issued(day=1, month=7), received(day=2, month=7)], ["1", "p"]),  # of that day, and a later one
        ([issued(), Credited("c", on(2), eur("36.00"), "1")], []),
        ([issued(), received(), Contested("d", on(2), "1")], ["1", "p", "d"]),
        ([issued(), received(), Contested("d", on(2), "1"), Resolved("d", on(3), "1")], []),
        ([issued(), received(), Started("t", on(2), eur("1.00"), "1")], ["1", "p", "t"]),
        ([issued(), received(), Started("t", on(2), eur("1.00"), "1"), Failed("t", on(3), "1")], []),
        ([Started("t", on(2), eur("1.00"))], ["t"]),
        ([issued(), received(), Promised("y", on(2), eur("1.00"), CLOSED_ON, "1")], ["1", "p", "y"]),
        ([issued(), received(), Promised("y", on(2), eur("1.00"), on(30, 6), "1")], []),
        ([Promised("y", on(2), eur("1.00"), on(30, 6))], []),
        ([Agreed("z", on(2), eur("0.00"))], []),
        ([issued(), received(), issued("2"), received("q", pays="2")], []),
        ([issued(), received(), issued("2")], ["2"]),  # 1 does not hang together with 2
        ([issued(), issued("2"), received(amount="40.00", pays=["1", "2"])], ["1", "2", "p"]),  # 1 does: one payment
        ([issued(), received(), Credited("c", on(2), eur("6.00"), "1"), Refunded("r", on(3), eur("6.00"), "c")], []),
        ([issued(), received(), Reversed("b", on(2), eur("36.00"), "p")], ["1", "p", "b"]),  # open again
    ],
)  # fmt: skip
def test_what_is_settled_is_folded_together_or_not_at_all(entries, kept):
    small = closed(ledger(*entries))
    assert {each.reference for each in small.entries} == set(kept)
    assert small.since == small.closed.before_on == CLOSED_ON
    assert len(small.closed.known) == len(entries) - len(small.entries)


def test_what_was_brought_forward_is_folded_too():
    old = Issued("0", date(2025, 12, 1), eur("8.00"))
    those = ledger(received(amount="8.00", pays="0"), received("q", amount="12.00", pays="opening"), balance=eur("12.00"), carried=[old])  # fmt: skip
    small = closed(those)
    assert (small.carried, small.entries) == ((), ())
    assert small.with_entries(old) is small
    assert closed(ledger(received(amount="7.00", pays="0"), carried=[old])).carried == (old,)
    credit = Credited("n", date(2025, 12, 1), eur("5.00"))
    spent = ledger(Refunded("r", on(2), eur("2.00"), "n"), issued(amount="3.00"), Applied("a", on(3), eur("3.00"), "n", "1"), carried=[credit])  # fmt: skip
    assert closed(spent).closed.money_in == eur("3.00")  # 5 brought forward - 2 paid out


SETTLED = [issued(), received()]


@pytest.mark.parametrize(
    ("entry", "value", "problem"),
    [
        (received(amount="36.01"), "received p on 2026-03-01", "it was closed before 2026-07-01 with other content; a correction is an entry of its own"),
        (received(day=9, month=7), "received p on 2026-07-09", "it was closed before 2026-07-01 with other content"),
        (issued("2", 30, month=6), "issued 2 on 2026-06-30", "the books are closed before 2026-07-01: book what comes late on that day or a later one"),
        (Credited("p", on(9, 7), eur("1.00")), "credited p", "it was received under this reference already"),
        (Reversed("b", on(9, 7), eur("1.00"), "p"), "reversed b of p on 2026-07-09", "no payment or credit note p is on record by then, or it was settled and closed"),
        (Applied("a", on(9, 7), eur("1.00"), "p", "1"), "applied a of p and 1 on 2026-07-09", "or it was settled and closed"),
        (Credited("c", on(9, 7), eur("36.01"), "1"), "credited c of 1 on 2026-07-09", "the credit notes of invoice 1 come to 36.01 EUR, more than its 36.00 EUR"),
        (received("q", 9, pays={"1": eur("1.00")}, month=7), "received q on 2026-07-09", "more is paid of invoice 1 than is open: 1.00 EUR too much"),
    ],
)  # fmt: skip
def test_what_a_closed_ledger_refuses(entry, value, problem):
    with pytest.raises(InvalidValueError) as refused:
        closed(ledger(*SETTLED)).with_entries(entry)
    assert refused.value.value == value
    assert problem in refused.value.problem


def test_a_folded_invoice_can_still_be_credited_and_its_credit_paid_out():
    small = closed(ledger(*SETTLED))
    assert small.closed.money_in == eur("36.00")
    note, refund = Credited("c", on(9, 7), eur("30.00"), "1"), Refunded("r", on(10, 7), eur("30.00"), "c")
    later = small.with_entries(note, refund)
    assert (later.balance_on(on(9, 7)), later.balance_on(on(10, 7))) == (eur("-30.00"), eur("0.00"))
    assert later.position(on(9, 7)).invoice("1").is_paid
    twice = closed(later, day=date(2026, 9, 1))
    assert (twice.entries, twice.closed.money_in) == ((), eur("6.00"))  # 36 received - 30 paid out
    with pytest.raises(InvalidValueError, match=r"come to 36.01 EUR, more than its 36.00 EUR"):
        twice.with_entries(Credited("d", on(9, 9), eur("6.01"), "1"))
    assert twice.with_entries(Credited("d", on(9, 9), eur("6.00"), "1")).balance_on(on(9, 9)) == eur("-6.00")
    other = [issued("2", 1, month=9), Credited("d", on(9, 9), eur("7.00"), "2", apart=True)]
    with pytest.raises(InvalidValueError, match=r"more is paid back .* than was received: 1.00 EUR too much"):
        twice.with_entries(*other, Refunded("s", on(10, 9), eur("7.00"), "d"))


def test_a_closed_ledger_is_not_asked_for_an_earlier_day():
    small = closed(ledger(*SETTLED))
    with pytest.raises(InvalidValueError, match=r"^day 2026-06-30: the ledger starts on 2026-07-01"):
        small.balance_on(on(30, 6))
    with pytest.raises(
        InvalidValueError, match=r"^known_on 2026-06-30: what was known before 2026-07-01 is not on record"
    ):
        small.position(CLOSED_ON, known_on=on(30, 6))  # as was known then, 36.00 may have been open
    with pytest.raises(InvalidValueError, match=r"^day 2026-06-30: the ledger starts on 2026-07-01; close it before a later day"):  # fmt: skip
        small.closed_before(on(30, 6), chargeback_days=0)
    assert small.closed_before(CLOSED_ON, chargeback_days=0) == small


def test_what_was_paid_out_of_a_folded_credit_does_not_count_on_days_before_it():
    """A credit of 100 paid out on the 12th is folded; on the 6th, 50 that were received the day before went back."""
    entries = [
        received("p0", 5, "55.00", pays=()), Refunded("r0", on(6), eur("50.00"), "p0"), received("p2", 10, "100.00", pays=()),
        Credited("c", on(12), eur("100.00")), Refunded("r", on(12), eur("100.00"), "c"),
    ]  # fmt: skip
    small = closed(ledger(*entries))
    assert ([each.reference for each in small.entries], small.closed.money_in) == (["p0", "r0", "p2"], eur("-100.00"))
    with pytest.raises(
        InvalidValueError, match=r"more is paid back or taken back by then than was received: 95.00 EUR too much"
    ):
        small.with_entries(Reversed("b", on(9, 7), eur("100.00"), "p2"))  # 55 + 100 came in, 50 + 100 went out
    assert closed(small, day=date(2026, 8, 1)).balance_on(date(2026, 8, 1)) == ledger(*entries).balance_on(
        date(2026, 8, 1)
    )


def test_a_balance_that_was_agreed_before_the_closing_is_not_held_against_what_was_folded():
    agreed = Agreed("z", on(2), eur("36.00"), recorded_on=on(9, 7))  # known after the closing: it stays
    small = closed(ledger(issued(), received(day=5), agreed))
    assert small.entries == (agreed,)
    assert small.with_entries(issued("2", 9, month=7), Agreed("y", on(9, 7), eur("36.00"))).balance_on(on(9, 7)) == eur("36.00")  # fmt: skip


def test_an_earlier_record_of_what_was_not_folded_is_no_new_entry():
    late = received(recorded_on=on(9, 7))
    small = closed(ledger(issued(), late))
    assert small.entries == (issued(), late)
    again = small.with_entries(received(recorded_on=on(5, 7)))
    assert [again.open_on(on(9, 7), known_on=on(day, 7)) for day in (4, 5)] == [eur("36.00"), eur("0.00")]
    early = small.with_entries(received())
    assert early.open_on(CLOSED_ON, known_on=CLOSED_ON) == eur("0.00")
    open_since = closed(ledger(attrs.evolve(issued(), recorded_on=on(2))))
    assert open_since.with_entries(issued()) is open_since  # both were known before anything can be asked


def test_closing_again_adds_to_what_is_known():
    small = closed(ledger(*SETTLED, issued("2", month=7), received("q", pays="2", month=7)))
    twice = closed(small, day=date(2026, 9, 1))
    assert [each[:2] for each in twice.closed.known] == [
        ("issued", "1"), ("issued", "2"), ("received", "p"), ("received", "q")]  # fmt: skip
    assert sorted(twice.closed.by_number) == ["1", "2"]
    assert twice.closed.money_in == eur("72.00")
    assert twice.with_entries(*SETTLED) is twice


def test_what_went_through_closed_ledgers_stays_within_the_largest_money():
    most = Money(MAX_AMOUNT_MINOR - 1, "EUR")
    small = Ledger("EUR", date(2026, 1, 1), (), (), Closed(CLOSED_ON, (), (), most))
    assert small.with_entries(Issued("2", CLOSED_ON, eur("0.01"))).balance_on(CLOSED_ON) == eur("0.01")
    with pytest.raises(OutOfRangeError, match="with it, the amounts of the ledger come to more than"):
        small.with_entries(Issued("2", CLOSED_ON, eur("0.02")))


NOTHING = eur("0.00")


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Closed("then", (), (), NOTHING), InvalidTypeError, "before_on"),
        (lambda: Closed(CLOSED_ON, [], (), NOTHING), InvalidTypeError, "known"),
        (lambda: Closed(CLOSED_ON, (("issued", "1", 5),), (), NOTHING), InvalidTypeError, "known"),
        (lambda: Closed(CLOSED_ON, (("issued", "1"),), (), NOTHING), InvalidTypeError, "known must be what identifies an entry, and its fingerprint"),
        (lambda: Closed(CLOSED_ON, (), (issued(),), NOTHING), InvalidTypeError, "invoices"),
        (lambda: Closed(CLOSED_ON, (), (), 0), InvalidTypeError, "money_in"),
        (lambda: Closed(CLOSED_ON, (), (FoldedInvoice(issued(), NOTHING),), Money.of("0.00", "USD")), CurrencyMismatchError, "USD"),
        (lambda: Ledger("USD", on(1), (), (), Closed(CLOSED_ON, (), (), NOTHING)), CurrencyMismatchError, "USD"),
        (lambda: ledger().closed_before("then", chargeback_days=0), InvalidTypeError, "day"),
        (lambda: ledger().closed_before(CLOSED_ON, chargeback_days=-1), InvalidValueError, "chargeback_days"),
        (lambda: ledger().closed_before(CLOSED_ON, chargeback_days=36_501), InvalidValueError, "chargeback_days"),
        (lambda: ledger().closed_before(date(2025, 12, 31), chargeback_days=0), InvalidValueError, "the ledger starts on 2026-01-01; close it before a later day"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(make, error, message):
    with pytest.raises(error, match=re.escape(message)):
        make()
