"""How what was entered wrongly is put right: by further entries, as the page of the ledger says."""

from datetime import date

import pytest

from billingcore.errors import InvalidValueError
from billingcore.ledger import Applied, Credited, Issued, Ledger, Received, Refunded, Released, Reversed, WrittenOff
from samples import day, money

OLD = Issued("old", date(2025, 11, 3), money("80.00"), date(2025, 11, 17))
PAID = Received("wire", date(2025, 11, 20), money("80.00"), pays="old")
ONE, TWO = Issued("1", day(2), money("36.00"), day(16)), Issued("2", day(3), money("36.00"), day(17))


def ledger(*entries, balance=None, carried=()):
    return Ledger.opened("EUR", day(1), balance, carried=carried).with_entries(*entries)


@pytest.mark.parametrize(
    ("wrong", "right", "opened", "balance"),
    [
        # 30.00 came, 36.00 were entered: 36 + 36 - 30 are owed
        ([Received("p", day(5), money("36.00"), "1")], [Reversed("p wrong", day(5), money("36.00"), "p"), Received("p again", day(5), money("30.00"), "1")],
            {"1": "6.00", "2": "36.00"}, "42.00"),
        ([Received("p", day(5), money("36.00"), "1")], [Refunded("p back", day(8), money("6.00"), "p", "1")], {"1": "6.00", "2": "36.00"}, "42.00"),
        # paid for the wrong invoice
        ([Received("p", day(5), money("36.00"), "1")], [Released("p wrong", day(8), money("36.00"), "p", "1"), Applied("p right", day(8), money("36.00"), "p", "2")],
            {"1": "36.00", "2": "0.00"}, "36.00"),
        # given up by mistake: owed again, with the due day that it had
        ([WrittenOff("w", day(20), money("36.00"), "1")], [Issued("1 again", day(21), money("36.00"), day(16))],
            {"1": "0.00", "2": "36.00", "1 again": "36.00"}, "72.00"),
        # paid after it was given up: 72 - 36 given up - 36 paid + 36 kept
        ([WrittenOff("w", day(20), money("36.00"), "1"), Received("p", day(25), money("36.00"), "1")], [WrittenOff("w back", day(25), money("36.00"), "p", over=True)],
            {"1": "0.00", "2": "36.00"}, "36.00"),
    ],
)  # fmt: skip
def test_what_was_wrong_is_put_right_by_further_entries(wrong, right, opened, balance):
    those = ledger(ONE, TWO, *wrong).with_entries(*right)
    position = those.position(day(31))
    assert {each.number: each.open.amount for each in position.invoices} == opened
    assert (position.balance, position.unapplied) == (money(balance), ())
    assert not any(item.due_on == day(21) for item in position.items)


def test_credit_and_a_balance_below_nothing_that_were_brought_forward_count_as_money_that_came():
    had = ledger(balance=money("-12.00"), carried=[Credited("CN-0", date(2025, 12, 1), money("5.00"))])
    assert had.refundable_on(day(2)) == money("17.00")
    paid_back = had.with_entries(
        Refunded("r", day(2), money("12.00"), "opening"), Refunded("s", day(2), money("5.00"), "CN-0")
    )
    assert paid_back.balance_on(day(2)) == money("0.00")
    assert ledger(Credited("CN-1", day(1), money("5.00"))).refundable_on(day(2)) == money("0.00")  # no money came


def test_what_was_paid_before_the_ledger_is_brought_forward_with_its_payment():
    """Nothing is open of it; it can still be credited, paid back and charged back."""
    those = ledger(carried=(OLD, PAID))
    position = those.position(day(1))
    assert (position.balance, position.unapplied, position.items) == (money("0.00"), (), ())
    assert position.invoice("old").is_paid
    assert [(use.source, use.amount) for use in position.invoice("old").uses] == [("wire", money("80.00"))]
    assert those.refundable_on(day(2)) == money("80.00")
    reversed_ = those.with_entries(Reversed("cb", day(9), money("80.00"), "wire"))
    assert [(item.reference, item.amount, item.due_on) for item in reversed_.position(day(9)).items] == [
        ("old", money("80.00"), date(2025, 11, 17))
    ]
    credit = those.with_entries(
        Credited("CN", day(9), money("30.00"), "old"), Refunded("r", day(9), money("30.00"), "CN")
    )
    assert credit.balance_on(day(9)) == money("0.00")
    with pytest.raises(InvalidValueError, match="more than its"):
        those.with_entries(Credited("CN", day(9), money("80.01"), "old"))
    closed = those.closed_before(date(2026, 6, 1), chargeback_days=30)
    assert (closed.carried, closed.entries, closed.closed.money_in) == ((), (), money("80.00"))
    assert those.closed_before(date(2026, 6, 1), chargeback_days=300).carried == (OLD, PAID)  # 193 days after it


def test_folded_invoices_are_no_more_among_the_invoices_of_a_position():
    those = ledger(ONE, Received("p", day(5), money("36.00"), "1"), TWO)
    small = those.closed_before(date(2026, 6, 1), chargeback_days=30)
    asked = date(2026, 6, 1)
    assert [each.number for each in those.position(asked).invoices] == ["1", "2"]
    assert [each.number for each in small.position(asked).invoices] == ["2"]
    assert small.has_document("1")
    with pytest.raises(InvalidValueError, match="no invoice of that number is on record"):
        small.position(asked).invoice("1")
