"""A ledger: what it takes, what it refuses and in which words, and what a day comes to by it."""

import copy
import pickle
import re
from datetime import date, datetime
from itertools import permutations

import attrs
import pytest

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.ledger import (
    Agreed,
    Applied,
    Contested,
    Credited,
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
    Started,
    WrittenOff,
)
from billingcore.money import MAX_AMOUNT_MINOR, Money

OPENED = date(2026, 3, 1)


def eur(text):
    return Money.of(text, "EUR")


def on(day):
    return date(2026, 3, day)


def ledger(*entries, balance=None, carried=()):
    return Ledger.opened("EUR", OPENED, balance, carried=carried).with_entries(*entries)


def issued(number="1", day=1, amount="100.00", due=None):
    return Issued(number, on(day), eur(amount), due)


def received(reference="p", day=2, amount="100.00", pays="1", recorded_on=None):
    return Received(reference, on(day), eur(amount), pays, recorded_on=recorded_on)


def stand(those, day):
    """What is open of each invoice, and unapplied of each source, at the end of a day."""
    position = those.position(on(day))
    opened = {each.number: str(each.open.amount) for each in position.invoices}
    return opened, {each.reference: str(each.amount.amount) for each in position.unapplied}


ONE = [issued(), received(amount="60.00")]
OVER = [issued(), received(amount="130.00")]
TWO = [issued("1", 1, "100.00"), issued("2", 1, "50.00")]
PAID = [*TWO, received("p", 2, "150.00", {"1": eur("100.00"), "2": eur("50.00")})]
AGAIN = [*PAID, Applied("a", on(4), eur("10.00"), "p", "1"), Released("u", on(3), eur("10.00"), "p", "1")]
STANDING = {  # entries, a day, what is open of each invoice, what is unapplied of each source
    "nothing is paid": ([issued()], 1, {"1": "100.00"}, {}),
    "paid in part": (ONE, 2, {"1": "40.00"}, {}),  # 100 - 60
    "not paid on the day before": (ONE, 1, {"1": "100.00"}, {}),
    "paid beyond it": (OVER, 2, {"1": "0.00"}, {"p": "30.00"}),  # 130 - 100
    "money without a name stays": ([issued(), received(pays=())], 2, {"1": "100.00"}, {"p": "100.00"}),
    "one payment, two invoices in their order": (  # 120: 100 of the first, 20 of the second
        [*TWO, received(amount="120.00", pays=["1", "2"])], 2, {"1": "0.00", "2": "30.00"}, {}),
    "one payment, two invoices in the other order": (  # 120: 50 of the second, 70 of the first
        [*TWO, received(amount="120.00", pays=["2", "1"])], 2, {"1": "30.00", "2": "0.00"}, {}),
    "one payment, an amount and a name": (  # 30 of the first as stated, then 50 of the second; 40 is over
        [*TWO, received(amount="120.00", pays=["2", Portion("1", eur("30.00"))])], 2, {"1": "70.00", "2": "0.00"}, {"p": "40.00"}),
    "two payments of a day: ties by reference": (  # q finds nothing open
        [issued(), received("q"), received("p")], 2, {"1": "0.00"}, {"q": "100.00"}),
    "stated amounts before what takes the rest": (  # z states 70, so a finds 30 open
        [issued(), received("a"), received("z", amount="70.00", pays={"1": eur("70.00")})], 2, {"1": "0.00"}, {"a": "70.00"}),
    "a credit note lowers its invoice": ([issued(), Credited("c", on(2), eur("30.00"), "1")], 2, {"1": "70.00"}, {}),
    "a credit note before a payment of its day": (  # 100 - 30 credited - 70 of the payment; 30 is over
        [issued(), received("a", 2), Credited("z", on(2), eur("30.00"), "1")], 2, {"1": "0.00"}, {"a": "30.00"}),
    "a credit note of a paid invoice is credit": (
        [issued(), received(), Credited("c", on(3), eur("30.00"), "1")], 3, {"1": "0.00"}, {"c": "30.00"}),
    "a credit note that stands apart": (
        [issued(), Credited("c", on(2), eur("30.00"), "1", apart=True)], 2, {"1": "100.00"}, {"c": "30.00"}),
    "a credit note of no invoice": ([issued(), Credited("c", on(2), eur("30.00"))], 2, {"1": "100.00"}, {"c": "30.00"}),
    "all of it credited, in two notes": (
        [issued(), Credited("c", on(2), eur("30.00"), "1"), Credited("d", on(2), eur("70.00"), "1")], 2, {"1": "0.00"}, {}),
    "an invoice and a credit note of nothing": (
        [issued(amount="0.00"), Credited("c", on(2), eur("0.00"), "1"), received(pays="1")], 2, {"1": "0.00"}, {"p": "100.00"}),
    "due before it was issued": ([issued(due=date(2026, 2, 1))], 1, {"1": "100.00"}, {}),
    "credit spent on another invoice": (
        [*TWO, Credited("c", on(2), eur("30.00")), Applied("a", on(3), eur("20.00"), "c", "2")], 3,
        {"1": "100.00", "2": "30.00"}, {"c": "10.00"}),
    "released from one and applied to the other on one day": (
        [*TWO, received(amount="50.00"), Released("u", on(3), eur("50.00"), "p", "1"), Applied("a", on(3), eur("50.00"), "p", "2")],
        3, {"1": "100.00", "2": "0.00"}, {}),
    "released on the day of the payment": (  # it takes 60, and 10 of them are taken back
        [*ONE, Released("u", on(2), eur("10.00"), "p", "1")], 2, {"1": "50.00"}, {"p": "10.00"}),
    "refunded on the day of the payment": (  # 100 taken, 20 given back: they are owed again, and 30 is over
        [*OVER, Refunded("r", on(2), eur("20.00"), "p", "1")], 2, {"1": "20.00"}, {"p": "30.00"}),
    "a refund of what is over": ([*OVER, Refunded("r", on(3), eur("30.00"), "p")], 3, {"1": "0.00"}, {}),
    "a refund that opens the invoice again": (
        [*ONE, Refunded("r", on(3), eur("20.00"), "p", "1")], 3, {"1": "60.00"}, {}),  # 40 + 20
    "a refund of a credit note": (
        [issued(), received(), Credited("c", on(3), eur("30.00"), "1"), Refunded("r", on(4), eur("30.00"), "c")], 4,
        {"1": "0.00"}, {}),
    "a payment bounced": ([*ONE, Reversed("b", on(3), eur("60.00"), "p")], 3, {"1": "100.00"}, {}),
    "a reversal takes first what is unapplied": (
        [*OVER, Reversed("b", on(3), eur("50.00"), "p")], 3, {"1": "20.00"}, {}),  # 30 over, then 20 of the invoice
    "then the newest use": ([*PAID, Reversed("b", on(3), eur("60.00"), "p")], 3, {"1": "10.00", "2": "50.00"}, {}),
    "the newest use is that of the invoice that took last": (  # 1 took again on the 4th
        [*AGAIN, Reversed("b", on(5), eur("30.00"), "p")], 5, {"1": "30.00", "2": "0.00"}, {}),
    "a reversal of the rest after a refund": (
        [*ONE, Refunded("r", on(3), eur("20.00"), "p", "1"), Reversed("b", on(4), eur("40.00"), "p")], 4, {"1": "100.00"}, {}),
    "reinstated": (
        [*ONE, Reversed("b", on(3), eur("60.00"), "p"), Reinstated("won", on(4), eur("60.00"), "p")], 4, {"1": "40.00"}, {}),
    "reinstated in part: what was taken back last comes back first": (  # 2 was opened before 1; of 60 taken, 20 come back
        [*PAID, Reversed("b", on(3), eur("60.00"), "p"), Reinstated("won", on(4), eur("20.00"), "p")], 4,
        {"1": "0.00", "2": "40.00"}, {}),
    "reinstated after the invoice was paid otherwise": (
        [*ONE, Reversed("b", on(3), eur("60.00"), "p"), received("q", 4), Reinstated("won", on(5), eur("60.00"), "p")], 5,
        {"1": "0.00"}, {"p": "60.00"}),
    "reversed and reinstated on one day, twice": (
        [*ONE, Reversed("b", on(3), eur("60.00"), "p"), Reinstated("won", on(3), eur("60.00"), "p"),
         Reversed("b2", on(4), eur("60.00"), "p"), Reinstated("won2", on(4), eur("60.00"), "p")], 4, {"1": "40.00"}, {}),
    "reversed again on the day on which it was reinstated": (
        [*ONE, Reversed("b", on(3), eur("60.00"), "p"), Reinstated("won", on(4), eur("60.00"), "p"),
         Reversed("b2", on(4), eur("60.00"), "p")], 4, {"1": "100.00"}, {}),
    "reversed on its own day and reinstated later": (
        [issued(), received(), Reversed("b", on(2), eur("100.00"), "p"), Reinstated("won", on(6), eur("100.00"), "p")], 6, {"1": "0.00"}, {}),
    "reversed on its own day, known to pay nothing until then": (
        [issued(), received(), Reversed("b", on(2), eur("100.00"), "p"), Reinstated("won", on(6), eur("100.00"), "p")], 5, {"1": "100.00"}, {}),
    "reversed on its own day in part, with a rest given up": (  # 50 of it stay: 100 - 60 given up - 40; 10 are over
        [issued(), received(), Reversed("b", on(2), eur("50.00"), "p"), WrittenOff("w", on(2), eur("60.00"), "1")], 2, {"1": "0.00"}, {"p": "10.00"}),
    "reversed on its own day in part, and reinstated": (  # of 150 for 1 and 2, 60 are gone: 50 of 2, 10 of 1; 20 come back
        [*TWO, received(amount="150.00", pays=["1", "2"]), Reversed("b", on(2), eur("60.00"), "p"), Reinstated("won", on(6), eur("20.00"), "p")], 6,
        {"1": "0.00", "2": "40.00"}, {}),
    "reversed on its own day with money over": (  # 130: 30 were over; 50 gone: 30 over, 20 of the invoice
        [*OVER, Reversed("b", on(2), eur("50.00"), "p"), Reinstated("won", on(6), eur("50.00"), "p")], 6, {"1": "0.00"}, {"p": "30.00"}),
    "reversed on its own day, released in part on it, and reinstated": (  # 100 - 30 released; 50 gone of 70
        [issued(), received(), Released("u", on(2), eur("30.00"), "p", "1"), Reversed("b", on(2), eur("50.00"), "p"),
         Reinstated("won", on(6), eur("50.00"), "p")], 6, {"1": "30.00"}, {"p": "30.00"}),
    "reversed and reinstated on its own day: nothing more comes later": (  # 150 of 200 open; 10 of the second reversal come back
        [issued(amount="200.00"), received(amount="150.00"), Reversed("b", on(2), eur("150.00"), "p"), Reinstated("won", on(2), eur("150.00"), "p"),
         Reversed("b2", on(3), eur("10.00"), "p"), Reinstated("won2", on(4), eur("10.00"), "p")], 4, {"1": "50.00"}, {}),
    "reversed again on the day on which it was reinstated, and reinstated again": (
        [*ONE, Reversed("b", on(3), eur("60.00"), "p"), Reinstated("won", on(4), eur("60.00"), "p"),
         Reversed("b2", on(4), eur("60.00"), "p"), Reinstated("won2", on(5), eur("60.00"), "p")], 5, {"1": "40.00"}, {}),
    "an open rest given up": ([*ONE, WrittenOff("w", on(3), eur("40.00"), "1")], 3, {"1": "0.00"}, {}),
    "money over kept": ([*OVER, WrittenOff("w", on(3), eur("30.00"), "p", over=True)], 3, {"1": "0.00"}, {}),
    "credit over kept": (
        [issued(), Credited("c", on(2), eur("5.00")), WrittenOff("w", on(3), eur("5.00"), "c", over=True)], 3, {"1": "100.00"}, {}),
    "paid after it was given up": (
        [issued(), WrittenOff("w", on(2), eur("100.00"), "1"), received("p", 3)], 3, {"1": "0.00"}, {"p": "100.00"}),
    "an invoice and a payment of one reference": ([issued("x"), received("x", pays="x")], 2, {"x": "0.00"}, {}),
    "everything on the first day": ([issued(), received("p", 1)], 1, {"1": "0.00"}, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", STANDING)
def test_a_day_comes_to_what_its_entries_say(name):
    entries, day, opened, unapplied = STANDING[name]
    assert stand(ledger(*entries), day) == (opened, unapplied)
    assert stand(ledger(*reversed(entries)), day) == (opened, unapplied)


BRIDGE = [*PAID, Credited("c", on(3), eur("10.00"), "1")]
NOBODY = "hand in its Issued entry before, or with this one"
GONE = "no payment or credit note x is on record by then, or it was settled and closed; hand it in before, or with this one"
BEYOND = "more is taken back of payment p than was received and neither paid back nor kept"
CLAIM = "what the bank took beyond that is a claim against the customer: charge it by a document, and reverse the rest"
REFUSED = {  # what is on record, what is handed in, what is named, and why
    "of no invoice": ([], received(), "received p on 2026-03-02", f"no invoice 1 is on record by then; {NOBODY}"),
    "of an invoice of a later day": ([issued(day=5)], received(), "received p on 2026-03-02", f"no invoice 1 is on record by then; {NOBODY}"),
    "in part, of no invoice": ([], received(pays={"1": eur("1.00")}), "received p on 2026-03-02", "no invoice 1 is on record by then"),
    "a credit note of no invoice": ([], Credited("c", on(2), eur("1.00"), "1"), "credited c of 1 on 2026-03-02", "no invoice 1 is on record by then"),
    "a credit note before its invoice": ([issued(day=5)], Credited("c", on(2), eur("1.00"), "1"), "credited c of 1 on 2026-03-02", "no invoice 1"),
    "a try for no invoice": ([], Failed("t", on(2), "1"), "failed t of 1 on 2026-03-02", "no invoice 1 is on record by then"),
    "money under way for no invoice": ([], Started("t", on(2), eur("1.00"), "1"), "started t on 2026-03-02", "no invoice 1 is on record by then"),
    "a promise for no invoice": ([], Promised("y", on(2), eur("1.00"), on(3), "1"), "promised y of 1 on 2026-03-02", "no invoice 1"),
    "a dispute of no invoice": ([], Contested("d", on(2), "1"), "contested d of 1 on 2026-03-02", "no invoice 1 is on record by then"),
    "a use of nothing": ([issued()], Applied("a", on(2), eur("1.00"), "x", "1"), "applied a of x and 1 on 2026-03-02", GONE),
    "a use for no invoice": ([issued(), received(pays=())], Applied("a", on(2), eur("1.00"), "p", "9"), "applied a of p and 9 on 2026-03-02", "no invoice 9"),
    "a refund of nothing": ([], Refunded("r", on(2), eur("1.00"), "x"), "refunded r of x on 2026-03-02", GONE),
    "a reversal of nothing": ([], Reversed("b", on(2), eur("1.00"), "x"), "reversed b of x on 2026-03-02", GONE),
    "money over that nobody paid": ([], WrittenOff("w", on(2), eur("1.00"), "x", over=True), "written off w of x on 2026-03-02", GONE),
    "a reversal of a credit note": ([Credited("c", on(2), eur("5.00"))], Reversed("b", on(3), eur("1.00"), "c"), "reversed b of c on 2026-03-03",
        "only a payment is reversed, and c is a credit note; a refund pays credit out"),
    "a credit note reinstated": ([Credited("c", on(2), eur("5.00"))], Reinstated("b", on(3), eur("1.00"), "c"), "reinstated b of c on 2026-03-03",
        "only a payment is reinstated, and c is a credit note; a refund pays credit out"),
    "more paid than is open, as stated": ([issued()], received(amount="100.01", pays={"1": eur("100.01")}), "received p on 2026-03-02",
        "more is paid of invoice 1 than is open: 0.01 EUR too much"),
    "more used than is open": ([*ONE, received("q", pays=())], Applied("a", on(3), eur("40.01"), "q", "1"), "applied a of q and 1 on 2026-03-03",
        "more is paid of invoice 1 than is open: 0.01 EUR too much"),
    "more used than is unapplied": ([*TWO, received(amount="120.00")], Applied("a", on(3), eur("20.01"), "p", "2"), "applied a of p and 2 on 2026-03-03",
        "more is used of payment p than is unapplied: 0.01 EUR too much"),
    "more credit used than is unapplied": ([issued(), Credited("c", on(2), eur("5.00"))], Applied("a", on(3), eur("5.01"), "c", "1"), "applied a of c and 1 on 2026-03-03",
        "more is used of credit note c than is unapplied: 0.01 EUR too much"),
    "more released than was used": (ONE, Released("u", on(3), eur("60.01"), "p", "1"), "released u of p and 1 on 2026-03-03",
        "payment p does not pay so much of invoice 1: 0.01 EUR too much is taken back"),
    "a refund of an invoice that it never paid": ([*TWO, received(amount="120.00")], Refunded("r", on(3), eur("20.00"), "p", "2"), "refunded r of p and 2 on 2026-03-03",
        "payment p does not pay so much of invoice 2: 20.00 EUR too much is taken back"),
    "a refund of what is used": (ONE, Refunded("r", on(3), eur("0.01"), "p"), "refunded r of p on 2026-03-03", "more is used of payment p than is unapplied: 0.01 EUR too much"),
    "a reversal beyond the payment": (ONE, Reversed("b", on(3), eur("60.01"), "p"), "reversed b of p on 2026-03-03", f"{BEYOND}: 0.01 EUR too much; {CLAIM}"),
    "a reversal beyond what was not refunded": ([*ONE, Refunded("r", on(3), eur("20.00"), "p", "1")], Reversed("b", on(4), eur("40.01"), "p"), "reversed b of p on 2026-03-04",
        f"{BEYOND}: 0.01 EUR too much; {CLAIM}"),
    "a reversal of what was kept": ([*OVER, WrittenOff("w", on(3), eur("30.00"), "p", over=True)], Reversed("b", on(4), eur("100.01"), "p"), "reversed b of p on 2026-03-04",
        f"{BEYOND}: 0.01 EUR too much; {CLAIM}"),
    "a use beyond the payment, reversed on its day": ([*TWO, received(pays=())], [Applied("a", on(3), eur("100.00"), "p", "1"), Applied("b", on(3), eur("50.00"), "p", "2"), Reversed("b", on(3), eur("50.00"), "p")],
        "reversed b of p on 2026-03-03", "more is used of payment p than is unapplied: 50.00 EUR too much"),
    "more reinstated than was reversed": ([*ONE, Reversed("b", on(3), eur("10.00"), "p")], Reinstated("won", on(4), eur("10.01"), "p"), "reinstated won of p on 2026-03-04",
        "more of payment p is reinstated than was reversed: 0.01 EUR too much"),
    "more given up than is open": (ONE, WrittenOff("w", on(3), eur("40.01"), "1"), "written off w of 1 on 2026-03-03", "more is paid of invoice 1 than is open: 0.01 EUR too much"),
    "more kept than is over": (OVER, WrittenOff("w", on(3), eur("30.01"), "p", over=True), "written off w of p on 2026-03-03", "more is used of payment p than is unapplied: 0.01 EUR too much"),
    "more credited than was issued": ([issued(), Credited("c", on(2), eur("60.00"), "1")], Credited("d", on(3), eur("40.01"), "1"), "credited d of 1 on 2026-03-03",
        "the credit notes of invoice 1 come to 100.01 EUR, more than its 100.00 EUR"),
    "more contested than was issued": ([issued(), Contested("d", on(2), "1")], Contested("e", on(3), "1", eur("0.01")), "contested e of 1 on 2026-03-03",
        "more is contested of invoice 1 than its 100.00 EUR"),
    "the end of no dispute": ([issued()], Resolved("d", on(3), "1"), "resolved d of 1 on 2026-03-03",
        "no dispute d of invoice 1 is under way by then; give the reference of its Contested entry"),
    "the end of a dispute before it": ([issued(), Contested("d", on(4), "1")], Resolved("d", on(3), "1"), "resolved d of 1 on 2026-03-03", "no dispute d of invoice 1"),
    "a payment of the reference of a credit note": ([issued(), Credited("x", on(2), eur("5.00"))], received("x"), "received x",
        "it was credited under this reference already; a credit note and a payment need their own"),
    "a credit note of the reference of a payment": ([issued(), received("x")], Credited("x", on(3), eur("5.00")), "credited x", "it was received under this reference already"),
    "a credit note of the reference of money under way": ([issued(), Started("x", on(2), eur("5.00"), "1")], Credited("x", on(3), eur("5.00")), "credited x", "it was started under this reference already"),
    "another amount": (ONE, received(amount="60.01"), "received p on 2026-03-02",
        "it is on record with another amount: Money.of('60.00', 'EUR'), not Money.of('60.01', 'EUR'); a correction is an entry of its own"),
    "another day": (ONE, received(day=3, amount="60.00"), "received p on 2026-03-03", "it is on record with another on: 2026-03-02, not 2026-03-03; a correction is an entry of its own"),
    "another day, after it was recorded": ([issued(), received(recorded_on=on(3))], received(day=5), "received p on 2026-03-05", "it is on record with another on: 2026-03-02, not 2026-03-05"),
    "started again under one reference": ([issued(), Started("t", on(2), eur("5.00"), "1"), Failed("t", on(3), "1")], Started("t", on(4), eur("5.00"), "1"), "started t on 2026-03-04", "it is on record with another on"),
    "a day before the ledger": ([], Issued("0", date(2026, 2, 28), eur("1.00")), "issued 0 on 2026-02-28",
        "the ledger starts on 2026-03-01: bring forward what is older, or date what comes late on a later day"),
    "money paid out that never came in": ([issued(), Credited("c", on(2), eur("30.00"), "1", apart=True)], Refunded("r", on(3), eur("30.00"), "c"), "refunded r of c on 2026-03-03",
        "more is paid back or taken back by then than was received: 30.00 EUR too much"),
    "money paid out before it came in": ([issued(), received(day=4), Credited("c", on(2), eur("30.00"), "1", apart=True)], Refunded("r", on(3), eur("30.00"), "c"), "refunded r of c on 2026-03-03",
        "more is paid back or taken back by then than was received: 30.00 EUR too much"),
    "a payment reversed of which credit was paid out": (
        [issued(), received(), Credited("c", on(3), eur("30.00"), "1"), Refunded("r", on(4), eur("30.00"), "c")], Reversed("b", on(5), eur("100.00"), "p"), "reversed b of p on 2026-03-05",
        f"more is paid back or taken back by then than was received: 30.00 EUR too much; {CLAIM}"),
    "late, it makes a later one impossible": ([issued(), received(day=4, pays={"1": eur("100.00")})], WrittenOff("w", on(3), eur("1.00"), "1"), "written off w of 1 on 2026-03-03",
        "with it, received p on 2026-03-04 could not be: more is paid of invoice 1 than is open: 1.00 EUR too much"),
    "late, it leaves too little for a later use": ([*OVER, Refunded("r", on(5), eur("30.00"), "p")], Reversed("b", on(4), eur("0.01"), "p"), "reversed b of p on 2026-03-04",
        "with it, refunded r of p on 2026-03-05 could not be: more is used of payment p than is unapplied: 0.01 EUR too much"),
    "late, over two others": ([*BRIDGE, Applied("a", on(6), eur("10.00"), "c", "2"), Released("u", on(5), eur("10.00"), "p", "2")],
        Refunded("r", on(4), eur("10.00"), "c"), "refunded r of c on 2026-03-04", "with it, applied a of c and 2 on 2026-03-06 could not be: more is used of credit note c"),
    "late, it contradicts what was agreed": ([*ONE, Agreed("z", on(3), eur("40.00"))], Credited("c", on(2), eur("1.00")), "credited c on 2026-03-02",
        "with it, agreed z on 2026-03-03 could not be: the balance of 2026-03-03 as known on 2026-03-03 comes to 39.00 EUR; 40.00 EUR was agreed; where an entry became known after that, say so in its recorded_on"),
    "known later, it contradicts what was agreed": ([*ONE, Agreed("z", on(3), eur("40.00"))], Credited("c", on(2), eur("1.00"), recorded_on=on(9)), "credited c on 2026-03-02",
        "with it, agreed z on 2026-03-03 could not be: the balance of 2026-03-03 comes to 39.00 EUR; 40.00 EUR was agreed; hand in with the late entry a new Agreed of that day, with the new balance and the day of its record"),
    "agreed to what it is not": (ONE, Agreed("z", on(3), eur("40.01")), "agreed z on 2026-03-03", "the balance of 2026-03-03 as known on 2026-03-03 comes to 40.00 EUR; 40.01 EUR was agreed; where an entry became known after that, say so in its recorded_on"),
    "recorded before what it acts on": ([Issued("1", on(1), eur("100.00"), recorded_on=on(8))], received(recorded_on=on(5)), "received p on 2026-03-02",
        "as known before 2026-03-08: no invoice 1 is on record by then"),
    "recorded so that a use was once impossible": ([issued(), received(pays=(), recorded_on=on(9))], Applied("a", on(4), eur("1.00"), "p", "1"), "applied a of p and 1 on 2026-03-04", "as known before 2026-03-09: no payment or credit note p"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_with_its_name_and_the_reason(name):
    entries, entry, value, problem = REFUSED[name]
    those = ledger(*entries)
    before = pickle.dumps(those)
    new = entry if isinstance(entry, list) else [entry]
    with pytest.raises(InvalidValueError) as refused:
        those.with_entries(*new)
    assert (refused.value.name, refused.value.value) == ("entries", value)
    assert problem in refused.value.problem
    assert pickle.loads(before) == those
    with pytest.raises(InvalidValueError):  # and also when everything is handed in at once
        ledger(*entries, *new)


def test_a_late_entry_is_taken_where_nothing_later_speaks_against_it():
    those = ledger(*ONE, Agreed("z", on(3), eur("40.00")))
    late = Credited("c", on(2), eur("40.00"), "1"), Issued("2", on(2), eur("40.00"))
    assert stand(those.with_entries(*late), 3) == ({"1": "0.00", "2": "40.00"}, {})  # together they move no balance
    assert those.with_entries(issued("3", 4)).balance_on(on(4)) == eur("140.00")  # after what was agreed
    assert those.with_entries(Promised("y", on(2), eur("1.00"), on(9))).balance_on(on(3)) == eur("40.00")
    assert those.with_entries(Agreed("y", on(2), eur("40.00"))).balance_on(on(3)) == eur("40.00")


def test_a_balance_is_agreed_as_it_was_known_and_agreed_anew_when_more_is_known():
    """100.00 of the 1st; a cheque of 10.00 of the 10th was recorded on the 20th; the balance of the 15th was agreed."""
    those = ledger(issued(), received(day=10, amount="10.00", recorded_on=on(20)))
    then = Agreed("then", on(15), eur("100.00"))
    since = Agreed("since", on(15), eur("90.00"), recorded_on=on(20))
    for entries, problem in (
        ([attrs.evolve(since, recorded_on=None)], "as known on 2026-03-15 comes to 100.00 EUR; 90.00 EUR was agreed"),
        ([attrs.evolve(since, recorded_on=on(19))], "as known on 2026-03-19 comes to 100.00 EUR; 90.00 EUR was agreed"),
        ([then], "comes to 90.00 EUR; 100.00 EUR was agreed; hand in with the late entry a new Agreed of that day"),
        (
            [then, attrs.evolve(since, balance=eur("100.00"))],
            "as known on 2026-03-20 comes to 90.00 EUR; 100.00 EUR was",
        ),
        # The newest by record, then by reference, counts: that is "z", which says 100.00 of the day before the cheque.
        ([since, Agreed("z", on(15), eur("100.00"), recorded_on=on(20))], "comes to 90.00 EUR; 100.00 EUR was agreed"),
    ):
        with pytest.raises(InvalidValueError, match=problem):
            those.with_entries(*entries)
    both = those.with_entries(then, since)
    assert both.balance_on(on(15)) == eur("90.00")
    assert both.balance_on(on(15), known_on=on(19)) == eur("100.00")
    assert those.with_entries(since).with_entries(then) == both  # in either order
    # The cheque comes after the balance was agreed: alone it is refused, with the new agreement it is taken.
    agreed = ledger(issued(), then)
    with pytest.raises(InvalidValueError, match="with it, agreed then on 2026-03-15 could not be: the balance"):
        agreed.with_entries(those.entries[1])
    assert agreed.with_entries(those.entries[1], since) == both
    # An entry whose record is moved to an earlier day contradicts what was agreed then.
    with pytest.raises(InvalidValueError, match=r"as known on 2026-03-15 comes to 90\.00 EUR"):
        both.with_entries(received(day=10, amount="10.00", recorded_on=on(15)))
    assert both.with_entries(received(day=10, amount="10.00", recorded_on=on(16))).balance_on(on(15), known_on=on(16)) == eur("90.00")  # fmt: skip


def test_the_order_in_which_entries_come_does_not_matter():
    entries = [*ONE, Refunded("r", on(3), eur("10.00"), "p", "1"), Credited("c", on(2), eur("1.00"), "1")]
    ledgers = {ledger(*those) for those in permutations(entries)}
    assert len(ledgers) == 1
    assert [each.reference for each in ledgers.pop().entries] == ["1", "c", "p", "r"]


def test_what_comes_too_early_is_taken_after_what_it_acts_on():
    with pytest.raises(InvalidValueError, match="no invoice 1 is on record"):
        ledger().with_entries(received())
    assert stand(ledger().with_entries(issued()).with_entries(received()), 2) == ({"1": "0.00"}, {})


def test_the_same_entry_counts_once():
    those = ledger(*ONE)
    assert those.with_entries(*ONE) is those
    assert those.with_entries() is those
    assert those.with_entries(received(amount="60.00", recorded_on=on(9))) is those  # recorded once more, later
    assert ledger(*ONE, *ONE) == those
    assert hash(ledger(*ONE, *ONE)) == hash(those)


def test_the_earlier_record_of_an_entry_counts_whichever_comes_first():
    late, early = received(recorded_on=on(9)), received(recorded_on=on(4))
    for those in (
        ledger(issued(), late, early),
        ledger(issued(), early, late),
        ledger(issued(), late).with_entries(early),
    ):
        assert those.entries == (issued(), early)
        assert those.open_on(on(9), known_on=on(3)) == eur("100.00")
        assert those.open_on(on(9), known_on=on(4)) == eur("0.00")
    assert ledger(issued(), late).with_entries(received()).entries == (issued(), received())
    refund = Refunded("r", on(5), eur("1.00"), "p", "1")
    assert ledger(issued(), late, attrs.evolve(refund, recorded_on=on(9))).with_entries(early, refund).entries[1:] == (early, refund)  # fmt: skip


def test_a_question_is_answered_as_it_was_known():
    those = ledger(issued(), received(recorded_on=on(9)), issued("2", 8, "5.00"))
    answers = {known: those.balance_on(on(8), known_on=on(known)) for known in (2, 8, 9)}
    assert answers == {2: eur("100.00"), 8: eur("105.00"), 9: eur("5.00")}
    assert those.position(on(8), known_on=on(8)).known_on == on(8)
    assert those.balance_on(on(8)) == eur("5.00")


def test_an_opening_balance_is_owed_or_had():
    owed, had = ledger(balance=eur("12.00")), ledger(balance=eur("-12.00"))
    assert (stand(owed, 1), owed.balance_on(OPENED)) == (({"opening": "12.00"}, {}), eur("12.00"))
    assert (stand(had, 1), had.balance_on(OPENED)) == (({}, {"opening": "12.00"}), eur("-12.00"))
    assert ledger(balance=eur("0.00")) == ledger()
    paid = owed.with_entries(received(amount="12.00", pays="opening"))
    assert stand(paid, 2) == ({"opening": "0.00"}, {})
    spent = had.with_entries(
        issued(), Applied("a", on(2), eur("10.00"), "opening", "1"), Refunded("r", on(3), eur("2.00"), "opening")
    )
    assert stand(spent, 3) == ({"1": "90.00"}, {})
    assert spent.balance_on(on(3)) == eur("90.00")  # -12 + 100 + 2
    with pytest.raises(InvalidValueError, match=r"more is paid back .* than was received: 1.00 EUR too much"):
        had.with_entries(
            Credited("c", on(1), eur("1.00")),
            Refunded("q", on(2), eur("12.00"), "opening"),
            Refunded("r", on(3), eur("1.00"), "c"),
        )


OLD = [Issued("0", date(2026, 1, 5), eur("80.00"), date(2026, 1, 19)), Credited("n", date(2026, 2, 1), eur("30.00"), "0"),
       Received("m", date(2026, 1, 2), eur("5.00"))]  # fmt: skip


def test_what_is_brought_forward_one_by_one_keeps_its_days():
    for carried in permutations(OLD):
        those = ledger(carried=carried)
        assert those == ledger(carried=OLD)
        assert stand(those, 1) == ({"0": "50.00"}, {"m": "5.00"})  # 80 - 30
    item = those.position(OPENED).items[0]
    assert (item.issued_on, item.due_on) == (date(2026, 1, 5), date(2026, 1, 19))
    assert those.with_entries(*OLD) is those  # delivered again
    assert ledger(balance=eur("1.00"), carried=OLD).balance_on(OPENED) == eur("46.00")  # 1 + 50 - 5
    paid_before = Received("m", date(2026, 1, 2), eur("5.00"), "0")  # before its invoice was issued
    assert stand(ledger(carried=[OLD[0], paid_before]), 1) == ({"0": "75.00"}, {})
    late = [attrs.evolve(each, recorded_on=OPENED) for each in OLD]
    assert ledger(carried=late).with_entries(*OLD) == ledger(carried=late)


@pytest.mark.parametrize(
    ("carried", "value", "problem"),
    [
        ([OLD[0], OLD[0]], "issued 0", "it is brought forward twice"),
        ([OLD[1]], "credited n of 0 on 2026-02-01", "no invoice 0 is on record by then"),
        ([issued(day=2)], "issued 1 on 2026-03-02", "what is brought forward was there, and known, on 2026-03-01; a later one is one of the entries"),
        ([attrs.evolve(OLD[0], recorded_on=on(4))], "issued 0 on 2026-03-04", "a later one is one of the entries"),
        ([Credited("x", OPENED, eur("1.00")), Received("x", OPENED, eur("1.00"))], "credited x", "it was received under this reference already"),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_forward_is_refused(carried, value, problem):
    with pytest.raises(InvalidValueError) as refused:
        ledger(carried=carried)
    assert refused.value.value == value
    assert problem in refused.value.problem


MOST = Money(MAX_AMOUNT_MINOR, "EUR")


def test_amounts_beyond_the_largest_money_are_refused_at_the_door():
    whole = ledger(Issued("1", on(1), MOST))
    assert whole.balance_on(on(1)) == MOST
    for entry in (Issued("2", on(1), eur("0.01")), Credited("c", on(2), MOST, "1"), Received("p", on(2), eur("0.01"))):
        with pytest.raises(
            OutOfRangeError, match="with it, the amounts of the ledger come to more than 10000000000000000"
        ):
            whole.with_entries(entry)
    late = Issued("1", on(1), MOST, recorded_on=on(3))
    assert ledger(late).with_entries(Issued("1", on(1), MOST)).entries == whole.entries  # the same is not added twice


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: ledger().position(date(2026, 2, 28)), InvalidValueError, "day 2026-02-28: the ledger starts on 2026-03-01; ask for that day or a later one"),
        (lambda: ledger().balance_on(on(2), known_on=date(2026, 2, 28)), InvalidValueError, "known_on 2026-02-28: what was known before 2026-03-01 is not on record; ask for that day or a later one"),
        (lambda: ledger().open_on("2026-03-01"), InvalidTypeError, "day must be a datetime.date"),
        (lambda: ledger().open_on(datetime(2026, 3, 1)), InvalidTypeError, "day must be a datetime.date"),  # noqa: DTZ001
        (lambda: ledger().open_on(on(1), known_on="now"), InvalidTypeError, "known_on must be a datetime.date"),
        (lambda: ledger().with_entries("paid"), InvalidTypeError, "entries"),
        (lambda: ledger().with_entries(ONE), InvalidTypeError, "entries"),
        (lambda: ledger(carried=[received(), Refunded("r", on(1), eur("1.00"), "p")]), InvalidTypeError, "carried"),
        (lambda: Ledger("EUR", OPENED, [], ()), InvalidTypeError, "carried"),
        (lambda: Ledger("EUR", OPENED, (), []), InvalidTypeError, "entries"),
        (lambda: Ledger("EUR", OPENED, (), (), "closed"), InvalidTypeError, "closed"),
        (lambda: Ledger("EUR", "2026-03-01"), InvalidTypeError, "opened_on"),
        (lambda: Ledger.opened("EUR", "2026-03-01"), InvalidTypeError, "on"),
        (lambda: Ledger.opened("XXX", OPENED), InvalidValueError, "XXX"),
        (lambda: Ledger.opened("EUR", OPENED, 5), InvalidTypeError, "balance"),
        (lambda: Ledger.opened("USD", OPENED, eur("5.00")), CurrencyMismatchError, "EUR"),
        (lambda: Ledger.opened("USD", OPENED, carried=[issued()]), CurrencyMismatchError, "EUR"),
        (lambda: Ledger.opened("USD", OPENED).with_entries(issued()), CurrencyMismatchError, "EUR"),
        (lambda: Ledger.opened("USD", OPENED).with_entries(Agreed("z", on(1), eur("0.00"))), CurrencyMismatchError, "EUR"),
        (lambda: ledger(issued(), Contested("d", on(2), "1", Money.of("1.00", "USD"))), CurrencyMismatchError, "USD"),
        (lambda: ledger().position(on(1)).invoice("9"), InvalidValueError, "number '9': no invoice of that number is on record on 2026-03-01"),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(ask, error, message):
    with pytest.raises(error, match=re.escape(message)):
        ask()


def test_a_ledger_survives_its_pickle_and_its_copies():
    those = ledger(*AGAIN, balance=eur("-1.00"), carried=OLD)
    for again in (pickle.loads(pickle.dumps(those)), copy.deepcopy(those), copy.copy(those)):
        assert again == those
        assert again.position(on(9)) == those.position(on(9))
    assert those != ledger(*AGAIN)
    assert "index" not in repr(those)
