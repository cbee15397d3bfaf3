"""A position: what is open by instalment, contested, overdue, unapplied, under way and promised on a day."""

import re
from datetime import date, timedelta

import pytest

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.ledger import (
    Application,
    Applied,
    Contested,
    Credited,
    Failed,
    Instalment,
    InvoicePosition,
    Issued,
    Ledger,
    OpenItem,
    Position,
    Promised,
    Received,
    Refunded,
    Reinstated,
    Released,
    Resolved,
    Reversed,
    Started,
    Unapplied,
)
from billingcore.ledger._positions import capped
from billingcore.money import Money


def eur(text):
    return Money.of(text, "EUR")


def on(day):
    return date(2026, 3, day)


def ledger(*entries):
    return Ledger.opened("EUR", on(1)).with_entries(*entries)


def paid(amount, day=2, reference="p"):
    return Received(reference, on(day), eur(amount), "1")


THREE = Issued("1", on(1), eur("90.00"), (Instalment(on(20), eur("30.00")), Instalment(on(10), eur("20.00")), Instalment(on(30), eur("40.00"))))  # fmt: skip
CONTESTED = Contested("d", on(3), "1", eur("50.00"))


@pytest.mark.parametrize(
    ("entries", "items"),
    [  # due on the 10th 20, on the 20th 30, on the 30th 40: each with what is open, and contested, of it
        ([], [(10, "20.00", None), (20, "30.00", None), (30, "40.00", None)]),
        ([paid("5.00")], [(10, "15.00", None), (20, "30.00", None), (30, "40.00", None)]),  # earliest due first
        ([paid("20.00")], [(20, "30.00", None), (30, "40.00", None)]),
        ([paid("55.00")], [(30, "35.00", None)]),  # 20 + 30 + 5
        ([paid("90.00")], []),
        ([CONTESTED], [(10, "20.00", None), (20, "30.00", "10.00"), (30, "40.00", "40.00")]),  # latest due first
        ([CONTESTED, paid("45.00")], [(20, "5.00", "5.00"), (30, "40.00", "40.00")]),  # 45 open, all of it contested
        ([CONTESTED, paid("60.00")], [(30, "30.00", "30.00")]),  # never more than is open
        ([Contested("d", on(3), "1")], [(10, "20.00", "20.00"), (20, "30.00", "30.00"), (30, "40.00", "40.00")]),
        ([CONTESTED, Resolved("d", on(4), "1")], [(10, "20.00", None), (20, "30.00", None), (30, "40.00", None)]),
        ([CONTESTED, Contested("e", on(3), "1", eur("1.00")), Resolved("d", on(3), "1")],
         [(10, "20.00", None), (20, "30.00", None), (30, "40.00", "1.00")]),
        ([Credited("c", on(2), eur("25.00"), "1")], [(20, "25.00", None), (30, "40.00", None)]),
    ],
)  # fmt: skip
def test_what_is_due_first_is_paid_first_and_what_is_due_last_contested(entries, items):
    position = ledger(THREE, *entries).position(on(5))
    expected = [(on(day), eur(amount), eur(part) if part else None) for day, amount, part in items]
    assert [(each.due_on, each.amount, each.contested) for each in position.items] == expected
    assert {(each.reference, each.issued_on) for each in position.items} <= {("1", on(1))}
    invoice = position.invoice("1")
    assert invoice.open == position.open == sum((each[1] for each in expected), eur("0.00"))
    assert invoice.contested == position.contested == sum((each[2] or eur("0.00") for each in expected), eur("0.00"))
    assert invoice.is_paid == (not items)


@pytest.mark.parametrize(("day", "overdue"), [(10, "0.00"), (11, "20.00"), (20, "20.00"), (21, "50.00"), (31, "90.00")])
def test_what_is_due_on_the_day_itself_is_in_time(day, overdue):
    assert ledger(THREE, CONTESTED).position(on(day)).overdue == eur(overdue)


def test_an_instalment_of_nothing_is_never_open():
    parts = Instalment(on(10), eur("0.00")), Instalment(on(20), eur("5.00"))
    assert [each.due_on for each in ledger(Issued("1", on(1), eur("5.00"), parts)).position(on(1)).items] == [on(20)]


def test_an_invoice_says_what_pays_it():
    entries = [Issued("1", on(1), eur("90.00")), Credited("c", on(4), eur("10.00"), "1"), paid("30.00", 2, "z"), paid("5.00", 3, "a")]  # fmt: skip
    assert ledger(*entries).position(on(4)).invoice("1").uses == (
        Application("z", on(2), eur("30.00"), is_credit=False),
        Application("a", on(3), eur("5.00"), is_credit=False),
        Application("c", on(4), eur("10.00"), is_credit=True),
    )


def test_what_is_unapplied_is_credit_first_then_money_each_oldest_first():
    entries = [
        Issued("1", on(1), eur("1.00")),
        Received("b", on(3), eur("4.00"), "1"),  # 1 of it is used
        Received("a", on(3), eur("2.00")),
        Credited("d", on(4), eur("8.00"), due_on=on(9)),
        Credited("c", on(5), eur("16.00")),
        Received("old", on(2), eur("32.00")),
    ]
    position = ledger(*entries).position(on(5))
    assert position.unapplied == (
        Unapplied("d", on(4), eur("8.00"), is_credit=True, due_on=on(9)),
        Unapplied("c", on(5), eur("16.00"), is_credit=True, due_on=on(5)),
        Unapplied("old", on(2), eur("32.00"), is_credit=False, due_on=on(2)),
        Unapplied("a", on(3), eur("2.00"), is_credit=False, due_on=on(3)),
        Unapplied("b", on(3), eur("3.00"), is_credit=False, due_on=on(3), overpaid=eur("3.00")),
    )
    assert (position.credit, position.money, position.overpaid) == (eur("24.00"), eur("37.00"), eur("3.00"))
    assert position.balance == eur("-61.00")  # nothing open - 24 - 37


HUNDRED = Issued("1", on(1), eur("100.00"))


@pytest.mark.parametrize(
    ("entries", "money", "overpaid"),
    [
        ([paid("100.00"), Released("u", on(3), eur("100.00"), "p", "1")], "100.00", "0.00"),  # left, but not paid beyond it
        ([paid("130.00"), Released("u", on(3), eur("100.00"), "p", "1")], "130.00", "30.00"),  # 130 - 100 on its day
        ([Received("p", on(2), eur("130.00"), {"1": eur("40.00")})], "90.00", "30.00"),  # 60 of the 90 left were open
        ([Received("p", on(2), eur("130.00"), {"1": eur("40.00")}), paid("60.00", 2, "q")], "90.00", "90.00"),  # none were
        ([Received("p", on(2), eur("130.00"))], "130.00", "0.00"),  # it named nothing
        ([paid("130.00"), Refunded("r", on(3), eur("10.00"), "p")], "20.00", "20.00"),
        ([paid("130.00"), Refunded("r", on(3), eur("30.00"), "p")], "0.00", "0.00"),
        ([paid("130.00"), Refunded("r", on(2), eur("30.00"), "p"), Released("u", on(3), eur("100.00"), "p", "1")], "100.00", "0.00"),
        ([paid("100.00"), Credited("c", on(4), eur("100.00"), "1")], "0.00", "0.00"),  # that is credit
        # Reversed on its own day, and back on the 5th: 130 - 100.
        ([paid("130.00"), Reversed("b", on(2), eur("130.00"), "p")], "0.00", "0.00"),
        ([paid("130.00"), Reversed("b", on(2), eur("130.00"), "p"), Reinstated("w", on(5), eur("130.00"), "p")], "30.00", "30.00"),
    ],
)  # fmt: skip
def test_what_is_overpaid_was_paid_beyond_what_was_open_of_the_named_invoices(entries, money, overpaid):
    position = ledger(HUNDRED, *entries).position(on(9))
    assert (position.money, position.overpaid) == (eur(money), eur(overpaid))


def under_way(*entries):
    those = ledger(Issued("1", on(1), eur("9.00")), *entries)
    return [[each.reference for each in those.position(on(day)).under_way] for day in range(1, 7)]


def start(reference="t", day=2):
    return Started(reference, on(day), eur("9.00"), "1")


@pytest.mark.parametrize(
    ("entries", "found"),
    [  # on the 1st, 2nd, … 6th
        ([start()], [[], ["t"], ["t"], ["t"], ["t"], ["t"]]),
        ([start(), Failed("t", on(4), "1")], [[], ["t"], ["t"], [], [], []]),
        ([start(), Received("t", on(5), eur("9.00"), "1")], [[], ["t"], ["t"], ["t"], [], []]),
        ([start(), Failed("other", on(4), "1")], [[], ["t"], ["t"], ["t"], ["t"], ["t"]]),
        ([start(), Failed("t", on(2), "1")], [[], [], [], [], [], []]),  # over on its day
        ([start(), Received("t", on(2), eur("9.00"), "1")], [[], [], [], [], [], []]),
        ([start(), Received("t", on(1), eur("9.00"), "1")], [[], [], [], [], [], []]),  # money that was there before
        ([start(), Failed("t", on(3), "1"), start("t-2", 4)], [[], ["t"], [], ["t-2"], ["t-2"], ["t-2"]]),
        ([start(), Failed("t", on(3), "1"), start("t-2", 3), Received("t-2", on(5), eur("9.00"), "1")],
         [[], ["t"], ["t-2"], ["t-2"], [], []]),
        ([start(day=4), Failed("t", on(3), "1")], [[], [], [], ["t"], ["t"], ["t"]]),  # failed before, started anew
    ],
)  # fmt: skip
def test_money_is_under_way_until_it_came_or_failed(entries, found):
    assert under_way(*entries) == found


def test_money_under_way_pays_nothing():
    position = ledger(Issued("1", on(1), eur("9.00")), start()).position(on(3))
    assert (position.open, position.unapplied, position.under_way) == (eur("9.00"), (), (start(),))


def test_a_promise_counts_until_its_last_day_has_passed():
    promise = Promised("y", on(2), eur("9.00"), on(4), "1")
    those = ledger(Issued("1", on(1), eur("9.00")), promise, Promised("whatever is open", on(3), eur("1.00"), on(3)))
    found = [[each.reference for each in those.position(on(day)).promises] for day in range(1, 6)]
    assert found == [[], ["y"], ["y", "whatever is open"], ["y"], []]


def test_a_position_explains_itself():
    entries = [
        Issued("1", on(1), eur("90.00"), on(10)), Issued("2", on(2), eur("5.00"), on(9)), Contested("d", on(3), "2"),
        Received("p", on(3), eur("4.00")), Credited("c", on(3), eur("3.00")),
    ]  # fmt: skip
    position = ledger(*entries).position(on(3), known_on=on(4))
    assert position.explain().split("\n") == [
        "open on 2026-03-03, as known on 2026-03-04: 95.00 EUR",
        "  1: 90.00 EUR due 2026-03-10",
        "  2: 5.00 EUR due 2026-03-09, contested",
        "unapplied: 7.00 EUR",
        "  c of 2026-03-03: 3.00 EUR credit",
        "  p of 2026-03-03: 4.00 EUR money",
        "balance 88.00 EUR",
    ]
    assert [position.invoice(number).open for number in ("1", "2")] == [eur("90.00"), eur("5.00")]
    assert ledger().position(on(1)).explain() == "open on 2026-03-01: 0.00 EUR\nbalance 0.00 EUR"


def test_an_explanation_of_many_rows_is_capped():
    those = ledger(*[Issued(f"{at:03}", on(1) + timedelta(at), eur("1.00")) for at in range(50)])
    lines = those.position(date(2026, 12, 31)).explain().split("\n")
    assert len(lines) == 23  # what is open, 20 rows, how many more, the balance
    assert lines[21:] == ["… and 30 more", "balance 50.00 EUR"]
    assert capped(["a"], 1) == ["a"]


ITEM = OpenItem("1", eur("5.00"), on(1))


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: OpenItem("", eur("5.00"), on(1)), InvalidValueError, "reference"),
        (lambda: OpenItem("1", 5, on(1)), InvalidTypeError, "amount"),
        (lambda: OpenItem("1", eur("5.00"), "soon"), InvalidTypeError, "due_on"),
        (lambda: OpenItem("1", eur("5.00"), on(1), "then"), InvalidTypeError, "issued_on"),
        (lambda: OpenItem("1", eur("5.00"), on(1), contested=5), InvalidTypeError, "contested"),
        (lambda: OpenItem("1", eur("5.00"), on(1), contested=Money.of("5.00", "USD")), CurrencyMismatchError, "USD"),
        (lambda: OpenItem("1", eur("5.00"), on(1), contested=eur("5.01")), InvalidValueError, "contested Money.of('5.01', 'EUR'): between nothing and the 5.00 EUR open"),
        (lambda: OpenItem("1", eur("5.00"), on(1), contested=eur("-0.01")), InvalidValueError, "between nothing and the 5.00 EUR open"),
        (lambda: OpenItem("1", eur("-5.00"), on(1), contested=eur("0.01")), InvalidValueError, "between nothing and the -5.00 EUR open"),
        (lambda: ITEM.days_late("2026-03-01"), InvalidTypeError, "day"),
        (lambda: Application("p", on(1), eur("0.00"), is_credit=True), InvalidValueError, "amount"),
        (lambda: Application("p", "then", eur("1.00"), is_credit=True), InvalidTypeError, "on"),
        (lambda: Application("p", on(1), eur("1.00"), is_credit=1), InvalidTypeError, "is_credit"),
        (lambda: Unapplied("p", on(1), eur("0.00"), is_credit=True, due_on=on(1)), InvalidValueError, "amount"),
        (lambda: Unapplied("p", on(1), eur("1.00"), is_credit=True, due_on="then"), InvalidTypeError, "due_on"),
        (lambda: Unapplied("p", on(1), eur("1.00"), is_credit=False, due_on=on(1), overpaid=True), InvalidTypeError, "overpaid"),
        (lambda: Unapplied("p", on(1), eur("1.00"), is_credit=False, due_on=on(1), overpaid=eur("1.01")), InvalidValueError, "overpaid Money.of('1.01', 'EUR'): between nothing and the 1.00 EUR of money left"),
        (lambda: Unapplied("p", on(1), eur("1.00"), is_credit=True, due_on=on(1), overpaid=eur("1.00")), InvalidValueError, "between nothing and the 0.00 EUR of money left"),
        (lambda: Unapplied("p", on(1), eur("1.00"), is_credit=False, due_on=on(1), overpaid=Money.of("1.00", "USD")), CurrencyMismatchError, "USD"),
        (lambda: InvoicePosition("1", on(1), eur("5.00"), [ITEM], ()), InvalidTypeError, "items"),
        (lambda: InvoicePosition("1", on(1), eur("5.00"), (), (ITEM,)), InvalidTypeError, "uses"),
        (lambda: InvoicePosition("1", on(1), 5, (), ()), InvalidTypeError, "amount"),
        (lambda: Position("today", None, "EUR", (), ()), InvalidTypeError, "day"),
        (lambda: Position(on(1), "now", "EUR", (), ()), InvalidTypeError, "known_on"),
        (lambda: Position(on(1), None, "XXX", (), ()), InvalidValueError, "XXX"),
        (lambda: Position(on(1), None, "EUR", (ITEM,), ()), InvalidTypeError, "invoices"),
        (lambda: Position(on(1), None, "EUR", (), (ITEM,)), InvalidTypeError, "unapplied"),
        (lambda: Position(on(1), None, "EUR", (), (), (ITEM,)), InvalidTypeError, "under_way"),
        (lambda: Position(on(1), None, "EUR", (), (), (), (ITEM,)), InvalidTypeError, "promises"),
        (lambda: ledger().position(on(1)).invoice(1), InvalidTypeError, "number"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(make, error, message):
    with pytest.raises(error, match=re.escape(message)):
        make()


def test_a_plain_row_may_stand_for_what_the_customer_has():
    row = OpenItem("credit", eur("-5.00"), on(10), contested=eur("0.00"))
    assert [row.days_late(on(day)) for day in (9, 10, 11)] == [-1, 0, 1]


def test_a_use_that_was_released_is_no_use():
    entries = [Issued("1", on(1), eur("9.00")), Received("p", on(2), eur("9.00")), Applied("a", on(3), eur("9.00"), "p", "1")]  # fmt: skip
    those = ledger(*entries, Released("u", on(4), eur("9.00"), "p", "1"))
    assert [len(those.position(on(day)).invoice("1").uses) for day in (2, 3, 4)] == [0, 1, 0]
