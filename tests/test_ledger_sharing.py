"""Sharing a payment out, and which credit and money pays first."""

from datetime import date, timedelta
from itertools import permutations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.ledger import (
    Applied,
    Contested,
    Credited,
    Instalment,
    Issued,
    Ledger,
    OpenItem,
    Portion,
    Received,
    Released,
    Reversed,
    Sharing,
    SharingRule,
    share_payment,
)
from billingcore.money import Money
from billingcore.records import from_record, to_record
from samples import money

START = date(2026, 1, 1)
OLDEST, DUE, NAMED, PROPORTION = SharingRule


def jan(day):
    return date(2026, 1, day)


ITEMS = (
    OpenItem("b", money("30.00"), jan(20), jan(5)),
    OpenItem("a", money("30.00"), jan(20), jan(5)),
    OpenItem("old", money("20.00"), jan(31), jan(2)),
    OpenItem("disputed", money("10.00"), jan(10), jan(3), money("6.00")),
)
"""90.00 open, 6.00 of it contested."""


def texts(shared):
    return {reference: amount.amount for reference, amount in shared.amounts.items()} | {"": shared.unapplied.amount}


@pytest.mark.parametrize(
    ("rule", "amount", "expected"),
    [
        # by issue: old (2 Jan.), disputed (3 Jan., 10.00 - 6.00), a and b (5 Jan., by reference)
        (OLDEST, "22.00", {"old": "20.00", "disputed": "2.00", "": "0.00"}),
        (OLDEST, "60.00", {"old": "20.00", "disputed": "4.00", "a": "30.00", "b": "6.00", "": "0.00"}),
        (OLDEST, "100.00", {"old": "20.00", "disputed": "4.00", "a": "30.00", "b": "30.00", "": "16.00"}),
        # by due day: disputed (10 Jan.), a and b (20 Jan.), old (31 Jan.)
        (DUE, "50.00", {"disputed": "4.00", "a": "30.00", "b": "16.00", "": "0.00"}),
        # 84.00 are not contested: 0.01 × 4/84, 30/84, 30/84, 20/84: the largest remainder is a's, before b
        (PROPORTION, "0.01", {"a": "0.01", "": "0.00"}),
        # 42.00 is half of it
        (PROPORTION, "42.00", {"disputed": "2.00", "a": "15.00", "b": "15.00", "old": "10.00", "": "0.00"}),
        (PROPORTION, "84.00", {"disputed": "4.00", "a": "30.00", "b": "30.00", "old": "20.00", "": "0.00"}),
        (PROPORTION, "84.01", {"disputed": "4.00", "a": "30.00", "b": "30.00", "old": "20.00", "": "0.01"}),
        (OLDEST, "0.00", {"": "0.00"}),
        (PROPORTION, "0.00", {"": "0.00"}),
    ],
)
def test_a_payment_is_shared_by_its_rule_whatever_the_order_of_the_rows(rule, amount, expected):
    for items in permutations(ITEMS):
        shared = share_payment(items, money(amount), rule)
        assert texts(shared) == expected
        assert list(texts(shared)) == list(expected)


def test_what_is_contested_is_paid_where_the_caller_or_the_payer_says_so():
    assert texts(share_payment(ITEMS, money("12.00"), DUE, with_contested=True)) == {
        "disputed": "10.00", "a": "2.00", "": "0.00",
    }  # fmt: skip
    assert texts(share_payment(ITEMS, money("12.00"), NAMED, named="disputed")) == {"disputed": "10.00", "": "2.00"}


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"a": money("5.00")}, {"a": "5.00", "": "35.00"}),
        ({"b": money("30.00"), "old": money("10.00")}, {"b": "30.00", "old": "10.00", "": "0.00"}),
        (("b", "a"), {"b": "30.00", "a": "10.00", "": "0.00"}),  # in that order: 40.00 - 30.00
        # what has an amount comes first: 40.00 - 15.00 are left for b
        (("b", Portion("old", money("15.00"))), {"b": "25.00", "old": "15.00", "": "0.00"}),
        (("b", "a", "old"), {"b": "30.00", "a": "10.00", "": "0.00"}),  # nothing is left for old
        ((), {"": "40.00"}),
    ],
)
def test_a_payer_says_what_is_paid(named, expected):
    assert texts(share_payment(ITEMS, money("40.00"), NAMED, named=named)) == expected


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        ({"x": money("5.00")}, "it is not among the items; name what is open"),
        ("x", "it is not among the items"),
        ({"old": money("20.01")}, "20.00 EUR is open of old; name that, or less"),
        (
            {"a": money("30.00"), "b": money("10.01")},
            "more is named than the 40.00 EUR that was paid: 0.01 EUR too much",
        ),
        (("a", "a"), "an invoice is named twice"),
    ],
)
def test_a_payer_who_names_what_cannot_be_paid_is_told(named, problem):
    with pytest.raises(InvalidValueError, match=problem) as caught:
        share_payment(ITEMS, money("40.00"), NAMED, named=named)
    assert caught.value.name == "named"


def test_instalments_of_one_invoice_are_one_portion():
    items = [
        OpenItem("1", money("10.00"), jan(20), jan(1)),
        OpenItem("2", money("10.00"), jan(10), jan(1)),
        OpenItem("1", money("5.00"), jan(5), jan(1)),
    ]
    # By due day: 5.00 of 1 (5 Jan.), 10.00 of 2 (10 Jan.), then what is left for 1 (20 Jan.).
    assert texts(share_payment(items, money("12.00"), DUE)) == {"1": "5.00", "2": "7.00", "": "0.00"}
    assert texts(share_payment(items, money("17.00"), DUE)) == {"1": "7.00", "2": "10.00", "": "0.00"}
    assert texts(share_payment(items, money("12.00"), OLDEST)) == {"1": "12.00", "": "0.00"}  # one day of issue
    assert texts(share_payment(items, money("5.00"), PROPORTION)) == {"1": "3.00", "2": "2.00", "": "0.00"}  # 15 : 10


def test_a_row_of_nothing_or_below_gets_nothing():
    items = [OpenItem("1", money("0.00"), jan(1)), OpenItem("2", money("-5.00"), jan(1))]
    for rule in (DUE, PROPORTION):
        assert texts(share_payment(items, money("3.00"), rule)) == {"": "3.00"}
    assert texts(share_payment([], money("3.00"), OLDEST)) == {"": "3.00"}
    assert texts(share_payment(items, money("0.00"), PROPORTION)) == {"": "0.00"}
    with pytest.raises(InvalidValueError, match="name what is open"):
        share_payment(items, money("3.00"), NAMED, named="1")


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 30), st.integers(0, 30)), max_size=8),
    st.integers(0, 5000),
    st.sampled_from([OLDEST, DUE, PROPORTION]),
)
def test_a_payment_is_its_portions_and_its_rest(rows, minor, rule):
    items = [
        OpenItem(str(at), Money(is_open, "EUR"), START + timedelta(due), START + timedelta(issued))
        for at, (is_open, due, issued) in enumerate(rows)
    ]
    shared = share_payment(items, Money(minor, "EUR"), rule)
    assert sum(shared.amounts.values(), shared.unapplied) == Money(minor, "EUR")
    there = {item.reference: item.amount for item in items}
    assert all(Money(1, "EUR") <= amount <= there[reference] for reference, amount in shared.amounts.items())
    is_short = any(shared.amounts.get(reference, Money(0, "EUR")) < amount for reference, amount in there.items())
    assert not (is_short and shared.unapplied)  # nothing is left while something is open
    assert from_record(to_record(shared)) == shared


def test_an_explanation_of_many_invoices_is_capped():
    items = [OpenItem(f"{at:04}", money("1.00"), jan(1)) for at in range(500)]
    explained = share_payment(items, money("400.00"), DUE).explain().split("\n")
    assert explained[:1] + explained[19:] == [
        "0000: 1.00 EUR",
        "0019: 1.00 EUR",
        "… and 380 more",
        "unapplied: 0.00 EUR",
    ]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: share_payment(ITEMS, money("-0.01"), DUE), InvalidValueError),
        (lambda: share_payment(ITEMS, Money(1, "USD"), DUE), CurrencyMismatchError),
        (lambda: share_payment(ITEMS, 5, DUE), InvalidTypeError),
        (lambda: share_payment(ITEMS, money("1.00"), "due_first"), InvalidTypeError),
        (lambda: share_payment(ITEMS, money("1.00"), DUE, named="a"), InvalidValueError),
        (lambda: share_payment(ITEMS, money("1.00"), DUE, named=5), InvalidTypeError),
        (lambda: share_payment(ITEMS, money("1.00"), NAMED, named={"a": Money(1, "USD")}), CurrencyMismatchError),
        (lambda: share_payment(ITEMS, money("1.00"), DUE, with_contested=1), InvalidTypeError),
        (lambda: share_payment([1], money("1.00"), DUE), InvalidTypeError),
        (lambda: share_payment([OpenItem("1", money("1.00"), START)], money("1.00"), OLDEST), InvalidValueError),
        (lambda: Sharing([], money("1.00")), InvalidTypeError),
        (lambda: Sharing((Portion("1"),), money("1.00")), InvalidTypeError),
        (lambda: Sharing((Portion("1", Money(1, "USD")),), money("1.00")), CurrencyMismatchError),
        (lambda: Sharing((Portion("1", money("1.00")),) * 2, money("1.00")), InvalidValueError),
        (lambda: Sharing((), money("-1.00")), InvalidValueError),
        (lambda: Sharing((), None), InvalidTypeError),
    ],
)
def test_bad_input_is_refused(make, error):
    with pytest.raises(error):
        make()


# With a ledger


LEDGER = Ledger.opened("EUR", START).with_entries(
    Issued("late", jan(5), money("30.00"), jan(10)),
    Issued("old", jan(2), money("20.00"), jan(20)),
    Issued("parts", jan(6), money("40.00"), (Instalment(jan(8), money("10.00")), Instalment(jan(31), money("30.00")))),
    Contested("d-1", jan(7), "old", money("5.00")),
    Issued("next", jan(12), money("50.00"), jan(12)),
)


def wire(text, day=10, **kwargs):
    return Received("wire-1", jan(day), money(text), **kwargs)


def pays(received):
    return {each.of: each.amount.amount for each in received.pays}


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        # old (2 Jan.; 20.00 - 5.00 contested), late (5 Jan.), parts (6 Jan.); next is issued later
        (OLDEST, "50.00", {"old": "15.00", "late": "30.00", "parts": "5.00"}),
        (OLDEST, "99.00", {"old": "15.00", "late": "30.00", "parts": "40.00"}),  # 14.00 stay unapplied
        # 10.00 of parts are due first, on the 8th; then late (10th), old (20th), and 30.00 more of parts (31st)
        (DUE, "75.00", {"parts": "30.00", "late": "30.00", "old": "15.00"}),
        (DUE, "45.00", {"parts": "10.00", "late": "30.00", "old": "5.00"}),
        # of 85.00 not contested: 17.00 × 40/85, 30/85, 15/85
        (PROPORTION, "17.00", {"parts": "8.00", "late": "6.00", "old": "3.00"}),
    ],
)
def test_a_payment_takes_what_is_open_on_its_day(rule, text, expected):
    shared = LEDGER.share(wire(text), rule)
    assert pays(shared) == expected
    after = LEDGER.with_entries(shared).position(jan(10))
    paid = sum([each.amount for each in shared.pays], money("0.00"))
    assert after.money == money(text) - paid
    assert LEDGER.with_entries(shared).balance_on(jan(10)) == LEDGER.balance_on(jan(10)) - money(text)


def test_an_instalment_waits_for_what_is_due_before_it():
    """J in three parts (20 Jan., 20 Feb., 20 Mar.), K due on the 1st of February: 30 of J, 90 of K, then 5 more of J."""
    parts = tuple([Instalment(date(2026, month, 20), money("30.00")) for month in (1, 2, 3)])
    ledger = Ledger.opened("EUR", START).with_entries(
        Issued("J", jan(10), money("90.00"), parts), Issued("K", jan(10), money("90.00"), date(2026, 2, 1))
    )
    shared = ledger.share(wire("125.00", 12), DUE)
    assert pays(shared) == {"J": "35.00", "K": "90.00"}
    items = ledger.with_entries(shared).position(jan(12)).items
    assert [(item.due_on.month, item.amount.amount) for item in items] == [(2, "25.00"), (3, "30.00")]
    assert pays(ledger.share(wire("125.00", 12), OLDEST)) == {"J": "90.00", "K": "35.00"}


def test_contested_amounts_are_paid_where_the_caller_says_so():
    assert pays(LEDGER.share(wire("18.00"), OLDEST, with_contested=True)) == {"old": "18.00"}


def test_the_invoices_and_payments_of_its_own_day_count():
    assert pays(LEDGER.share(wire("200.00", 12), DUE))["next"] == "50.00"
    first = LEDGER.share(Received("wire-0", jan(10), money("40.00")), DUE)
    assert pays(first) == {"parts": "10.00", "late": "30.00"}
    both = LEDGER.with_entries(first)
    assert pays(both.share(wire("40.00"), DUE)) == {"old": "15.00", "parts": "25.00"}  # late is paid, parts to the 8th
    credited = LEDGER.with_entries(Credited("CN-1", jan(10), money("25.00"), "late"))
    assert pays(credited.share(wire("50.00"), DUE)) == {"parts": "30.00", "late": "5.00", "old": "15.00"}


def test_a_payment_that_comes_late_takes_nothing_from_later_ones():
    paid = LEDGER.with_entries(
        Received("wire-9", jan(15), money("50.00"), {"late": money("30.00"), "parts": money("20.00")})
    )
    shared = paid.share(wire("99.00", recorded_on=jan(16)), DUE)
    # Of parts 40.00 - 20.00: what was due on the 8th is paid, the rest is due on the 31st; of late nothing.
    assert list(pays(shared).items()) == [("old", "15.00"), ("parts", "20.00")]
    assert paid.with_entries(shared).open_on(jan(16)) == money("55.00")  # 5.00 contested of old, and next
    again = paid.with_entries(Reversed("cb-1", jan(20), money("50.00"), "wire-9"))
    assert pays(again.share(wire("99.00"), DUE)) == pays(shared)  # open again on the 20th, and paid on the 15th
    assert again.with_entries(again.share(wire("99.00"), DUE)).open_on(jan(20)) == money("105.00")  # 55.00 + 50.00


I1 = Issued("I1", jan(10), money("100.00"), jan(24))
OTHER = Received("p", jan(20), money("100.00"), {"I1": money("100.00")})
PART = Received("p", jan(20), money("30.00"), {"I1": money("30.00")})
BOUNCED = Reversed("b", jan(25), money("100.00"), "p")


@pytest.mark.parametrize(
    ("entries", "recorded", "expected"),
    [
        ([I1], 15, {"I1": "100.00"}),
        ([I1, OTHER, BOUNCED], 15, {}),  # nothing is open from the 20th to the 24th
        ([I1, PART, attrs.evolve(BOUNCED, amount=money("30.00"))], 15, {"I1": "70.00"}),  # 100.00 - 30.00
        # The payment of the 20th was known on the 22nd, and reversed on that day: until the 24th both were known.
        ([I1, attrs.evolve(OTHER, recorded_on=jan(22)), BOUNCED], 15, {}),
        # The reversal of the 20th itself was known on the 23rd: before that, everything was paid on the 20th.
        ([I1, OTHER, Reversed("b", jan(20), money("100.00"), "p", recorded_on=jan(23))], 15, {}),
        ([I1, OTHER, Reversed("b", jan(20), money("100.00"), "p", recorded_on=jan(23))], 22, {}),
        ([I1, OTHER, Reversed("b", jan(20), money("100.00"), "p", recorded_on=jan(23))], 23, {"I1": "100.00"}),
        ([attrs.evolve(I1, recorded_on=jan(18))], 15, {}),  # the invoice was not known before the 18th
        ([attrs.evolve(I1, recorded_on=jan(18))], 18, {"I1": "100.00"}),
        # q takes what is open, and all of it is released: were the wire to take it before, nothing could be released.
        ([I1, Received("q", jan(15), money("100.00"), "I1"), Released("u", jan(15), money("100.00"), "q", "I1")], 15, {}),
    ],
)  # fmt: skip
def test_a_payment_takes_the_least_that_is_open_from_its_day_on(entries, recorded, expected):
    """A wire of the 15th, recorded then or later."""
    ledger = Ledger.opened("EUR", START).with_entries(*entries)
    shared = ledger.share(wire("500.00", 15, recorded_on=jan(recorded)), DUE)
    assert pays(shared) == expected
    after = ledger.with_entries(shared)
    assert after.position(jan(31)).balance == ledger.position(jan(31)).balance - money("500.00")
    more = money("0.01") + sum([each.amount for each in shared.pays], money("0.00"))
    with pytest.raises(InvalidValueError):  # a cent more is refused
        ledger.with_entries(attrs.evolve(shared, pays={"I1": more}))


def test_a_payment_that_is_delivered_twice_is_shared_once():
    once = LEDGER.with_entries(LEDGER.share(wire("20.00"), OLDEST))
    for rule in (OLDEST, DUE, PROPORTION):
        assert once.with_entries(once.share(wire("20.00"), rule)) == once
        assert once.with_entries(once.share(wire("20.00", recorded_on=jan(30)), rule)) == once
    with pytest.raises(InvalidValueError, match="it is on record"):
        once.with_entries(once.share(wire("21.00"), OLDEST))


def test_a_payer_who_names_is_taken_at_the_word():
    named = wire("60.00", pays=("late", "parts"))
    assert LEDGER.share(named, NAMED) is named
    assert LEDGER.with_entries(named).position(jan(10)).invoice("parts").open == money(
        "10.00"
    )  # 40.00 - (60.00 - 30.00)
    with pytest.raises(InvalidValueError, match="the payer said what is paid"):
        LEDGER.share(named, OLDEST)


def test_what_was_brought_forward_is_paid_too():
    ledger = Ledger.opened("EUR", START, money("12.00")).with_entries(Issued("1", jan(1), money("5.00")))
    assert pays(ledger.share(wire("20.00"), OLDEST)) == {"1": "5.00", "opening": "12.00"}  # one day: by reference


@pytest.mark.parametrize(
    ("received", "rule", "error"),
    [
        (Received("w", date(2025, 12, 31), money("1.00")), OLDEST, InvalidValueError),
        (Received("w", START, Money(1, "USD")), OLDEST, CurrencyMismatchError),
        (money("1.00"), OLDEST, InvalidTypeError),
        (wire("1.00"), "oldest_first", InvalidTypeError),
    ],
)
def test_a_payment_that_cannot_be_shared_is_refused(received, rule, error):
    with pytest.raises(error):
        LEDGER.share(received, rule)
    with pytest.raises(InvalidTypeError):
        LEDGER.share(wire("1.00"), OLDEST, with_contested=None)


# Which is used first


SOURCES = Ledger.opened("EUR", START).with_entries(
    Received("m-b", jan(3), money("5.00")),
    Received("m-a", jan(3), money("4.00")),
    Received("m-0", jan(2), money("3.00")),
    Credited("c-2", jan(9), money("2.00")),
    Credited("c-1", jan(9), money("1.00")),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.00", []),
        ("0.50", [("c-1", "0.50")]),
        # credit first, though it is younger; then money, the oldest first, ties by reference
        ("2.50", [("c-1", "1.00"), ("c-2", "1.50")]),
        ("8.00", [("c-1", "1.00"), ("c-2", "2.00"), ("m-0", "3.00"), ("m-a", "2.00")]),
        ("99.00", [("c-1", "1.00"), ("c-2", "2.00"), ("m-0", "3.00"), ("m-a", "4.00"), ("m-b", "5.00")]),
    ],
)
def test_credit_is_used_before_money_and_the_oldest_first(text, expected):
    uses = SOURCES.uses_for(money(text), jan(9))
    assert [(reference, amount.amount) for reference, amount in uses] == expected
    day = jan(10)
    with_invoice = SOURCES.with_entries(Issued("1", day, money("99.00")))
    entries = [Applied("1", day, amount, reference, "1") for reference, amount in uses]
    used = sum([amount for _, amount in uses], money("0.00"))
    assert with_invoice.with_entries(*entries).open_on(day) == money("99.00") - used


def test_an_amount_to_be_paid_is_not_below_nothing():
    for junk, error in (
        (money("-0.01"), InvalidValueError),
        (5, InvalidTypeError),
        (Money(1, "USD"), CurrencyMismatchError),
    ):
        with pytest.raises(error):
            SOURCES.uses_for(junk, jan(9))
    assert Ledger.opened("EUR", jan(1)).uses_for(money("1.00"), jan(9)) == ()
