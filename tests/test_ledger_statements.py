"""Statements and roll-forwards: what moved a balance between two days, to the cent, and as it was known."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.ledger import (
    Applied,
    Contested,
    Credited,
    Failed,
    Issued,
    Ledger,
    Movement,
    Promised,
    Received,
    Refunded,
    Reinstated,
    Released,
    Resolved,
    Reversed,
    RollForward,
    Started,
    Statement,
    StatementRow,
    WrittenOff,
)
from billingcore.money import Money
from billingcore.records import from_record, to_record
from samples import money

START, END = date(2026, 1, 1), date(2026, 1, 31)


def jan(day):
    return date(2026, 1, day)


LEDGER = Ledger.opened("EUR", START, money("12.00")).with_entries(
    Issued("1", jan(1), money("100.00"), jan(15)),
    Issued("2", jan(2), money("50.00"), jan(16)),
    Issued("free", jan(2), money("0.00")),
    Started("dd-1", jan(3), money("100.00"), "1"),
    Received("dd-1", jan(4), money("100.00"), "1"),
    Received("wire-1", jan(5), money("30.00")),
    Applied("a-1", jan(6), money("30.00"), "wire-1", "2"),
    Released("r-1", jan(7), money("10.00"), "wire-1", "2"),
    Refunded("back-1", jan(8), money("4.00"), "wire-1"),
    Reversed("cb-1", jan(9), money("100.00"), "dd-1"),
    Reinstated("won-1", jan(10), money("60.00"), "dd-1"),
    Credited("CN-1", jan(11), money("5.00"), "2"),
    Failed("try-1", jan(12), "1"),
    Contested("d-1", jan(13), "1"),
    Resolved("d-1", jan(14), "1"),
    Promised("p-1", jan(14), money("40.00"), END, "1"),
    WrittenOff("w-1", jan(20), money("40.00"), "1"),
    WrittenOff("w-2", jan(21), money("6.00"), "wire-1", over=True),
)
"""Each kind once: what is brought forward is 12.00."""


def test_a_statement_has_a_row_for_each_entry_that_moves_the_balance():
    statement = LEDGER.statement(START, END)
    assert statement.explain().split("\n") == [
        "statement from 2026-01-01 to 2026-01-31",
        "  brought forward: 12.00 EUR",
        "  2026-01-01 issued 1: 100.00 EUR, balance 112.00 EUR",  # 12.00 + 100.00
        "  2026-01-02 issued 2: 50.00 EUR, balance 162.00 EUR",  # + 50.00; the one of 0.00 moves nothing
        "  2026-01-04 received dd-1: -100.00 EUR, balance 62.00 EUR",  # - 100.00; that it was started moves nothing
        "  2026-01-05 received wire-1: -30.00 EUR, balance 32.00 EUR",  # - 30.00; its use and its release move nothing
        "  2026-01-08 refunded back-1: 4.00 EUR, balance 36.00 EUR",
        "  2026-01-09 reversed cb-1: 100.00 EUR, balance 136.00 EUR",
        "  2026-01-10 reinstated won-1: -60.00 EUR, balance 76.00 EUR",
        "  2026-01-11 credited CN-1: -5.00 EUR, balance 71.00 EUR",
        "  2026-01-20 written off w-1: -40.00 EUR, balance 31.00 EUR",
        "  2026-01-21 written off as over w-2: 6.00 EUR, balance 37.00 EUR",
        "  closing balance: 37.00 EUR",
    ]
    assert statement.closing == LEDGER.balance_on(END) == money("37.00")
    assert {row.movement for row in statement.rows} == set(Movement)
    assert from_record(to_record(statement)) == statement


def test_a_roll_forward_adds_up_by_kind_and_closes():
    forward = LEDGER.roll_forward(START, END)
    assert forward.explain().split("\n") == [
        "opening: 12.00 EUR",
        "issued: 150.00 EUR",  # 100.00 + 50.00
        "credited: -5.00 EUR",
        "received: -130.00 EUR",  # 100.00 + 30.00
        "refunded: 4.00 EUR",
        "reversed: 100.00 EUR",
        "reinstated: -60.00 EUR",
        "written off: -40.00 EUR",
        "written off as over: 6.00 EUR",
        "closing: 37.00 EUR",  # 12 + 150 - 5 - 130 + 4 + 100 - 60 - 40 + 6
    ]
    assert from_record(to_record(forward)) == forward
    with pytest.raises(InvalidValueError, match="closing"):
        from_record(to_record(forward) | {"closing": to_record(money("37.01"))})


@pytest.mark.parametrize(
    ("first", "last", "opening", "references", "closing"),
    [
        (1, 1, "12.00", ["1"], "112.00"),  # one day; what is brought forward is the opening of the first day too
        (2, 4, "112.00", ["2", "dd-1"], "62.00"),  # both days are in it
        (3, 3, "162.00", [], "162.00"),  # that a payment was started is no row
        (12, 19, "71.00", [], "71.00"),
        (21, 31, "31.00", ["w-2"], "37.00"),
    ],
)
def test_both_days_are_in_it_and_what_was_before_is_the_opening(first, last, opening, references, closing):
    statement = LEDGER.statement(jan(first), jan(last))
    assert statement.opening == money(opening)
    assert [row.reference for row in statement.rows] == references
    assert statement.closing == money(closing)


def test_what_was_brought_forward_with_its_own_days_is_no_row():
    carried = (
        Issued("old", date(2025, 12, 1), money("20.00"), date(2025, 12, 15)),
        Received("old-wire", date(2025, 12, 20), money("5.00")),
    )
    ledger = Ledger.opened("EUR", START, carried=carried)
    statement = ledger.statement(START, START)
    assert (statement.opening, statement.rows, statement.closing) == (money("15.00"), (), money("15.00"))


def test_within_a_day_the_rows_stand_by_kind_then_by_reference():
    ledger = Ledger.opened("EUR", START).with_entries(
        Received("c", START, money("1.00")),
        Credited("b", START, money("1.00")),
        Issued("z", START, money("1.00")),
        Issued("a", START, money("1.00")),
    )
    assert [row.reference for row in ledger.statement(START, START).rows] == ["a", "z", "b", "c"]


def test_a_statement_that_was_sent_can_be_made_again():
    sent = LEDGER.statement(START, END)
    later = LEDGER.with_entries(
        Received("cheque", jan(18), money("9.00"), recorded_on=date(2026, 2, 3)),
        Issued("3", date(2026, 2, 1), money("11.00")),
    )
    again = later.statement(START, END, known_on=END)
    assert attrs.evolve(again, known_on=None) == sent
    assert again.explain().startswith("statement from 2026-01-01 to 2026-01-31, as known on 2026-01-31\n")
    assert later.roll_forward(START, END, known_on=END) == LEDGER.roll_forward(START, END)
    now = later.statement(START, END)
    assert now.closing == money("28.00")  # 37.00 - 9.00
    assert now.rows[8].describe() == "2026-01-18 received cheque: -9.00 EUR, balance 62.00 EUR"  # 71.00 - 9.00
    february = date(2026, 2, 1)  # the cheque stands in the opening, as soon as it is known
    assert later.statement(february, february, known_on=february).opening == money("37.00")
    assert later.statement(february, february).opening == money("28.00")


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_two_statements_that_follow_each_other_are_one(one, two, three):
    first, middle, last = (START + timedelta(day) for day in sorted((one, two, three)))
    before, after = LEDGER.statement(first, middle), LEDGER.statement(middle + timedelta(1), last + timedelta(1))
    whole = LEDGER.statement(first, last + timedelta(1))
    assert before.closing == after.opening
    assert before.rows + after.rows == whole.rows


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_statement_roll_forward_and_balance_agree(start, length, known):
    first, last = START + timedelta(start), START + timedelta(start + length)
    known_on = START + timedelta(known)
    statement = LEDGER.statement(first, last, known_on=known_on)
    assert statement.closing == LEDGER.balance_on(last, known_on=known_on)
    assert statement.closing == LEDGER.roll_forward(first, last, known_on=known_on).closing
    if start:
        assert statement.opening == LEDGER.balance_on(first - timedelta(1), known_on=known_on)


def test_a_closed_ledger_states_what_is_left_from_its_day_on():
    settled = Ledger.opened("EUR", START).with_entries(
        Issued("1", jan(1), money("100.00")),
        Received("wire", jan(2), money("100.00"), "1", recorded_on=jan(5)),
        Issued("2", jan(3), money("50.00")),
    )
    closed = settled.closed_before(jan(20), chargeback_days=0)
    assert len(closed.entries) == 1
    assert closed.statement(jan(20), END) == settled.statement(jan(20), END)
    for ask in (closed.statement, closed.roll_forward):
        with pytest.raises(InvalidValueError, match="the ledger starts on 2026-01-20"):
            ask(jan(19), END)
    known = {"known_on": jan(20)}
    assert closed.statement(jan(20), END, **known) == settled.statement(jan(20), END, **known)
    for ask in (
        lambda: closed.statement(jan(20), END, known_on=jan(4)),
        lambda: closed.balance_on(END, known_on=jan(19)),
    ):
        with pytest.raises(InvalidValueError, match="what was known before 2026-01-20 is not on record"):
            ask()


@pytest.mark.parametrize(
    ("start", "end", "error", "name"),
    [
        (date(2025, 12, 31), END, InvalidValueError, "start_on"),
        (jan(2), jan(1), InvalidValueError, "end_on"),
        (None, END, InvalidTypeError, "start_on"),
        (START, "2026-01-31", InvalidTypeError, "end_on"),
    ],
)
def test_days_that_are_none_are_refused(start, end, error, name):
    for ask in (LEDGER.statement, LEDGER.roll_forward):
        with pytest.raises(error) as caught:
            ask(start, end)
        assert caught.value.name == name
    with pytest.raises(InvalidTypeError, match="known_on"):
        LEDGER.statement(START, END, known_on=5)


# By hand


STATEMENT = LEDGER.statement(START, jan(5))
ROWS = STATEMENT.rows


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"rows": ROWS[::-1]}, "the balance is"),
        ({"rows": ROWS[1:]}, "with it the balance is 62.00 EUR"),  # 12.00 + 50.00
        ({"rows": (*ROWS[:2], ROWS[3], ROWS[2])}, "with it the balance is 132.00 EUR"),  # 162.00 - 30.00
        ({"rows": (attrs.evolve(ROWS[0], on=jan(3)), *ROWS[1:])}, "the rows stand by day, to 2026-01-05"),
        ({"end_on": jan(4)}, "the rows stand by day, to 2026-01-04"),
        ({"start_on": jan(2)}, "the rows stand by day"),
        ({"end_on": date(2025, 12, 31)}, "it ends on 2026-01-01 or later"),
        ({"opening": money("12.01")}, "with it the balance is 112.01 EUR"),
    ],
)
def test_a_statement_whose_figures_do_not_follow_is_refused(changes, problem):
    with pytest.raises(InvalidValueError, match=problem):
        attrs.evolve(STATEMENT, **changes)


@pytest.mark.parametrize("movement", Movement)
def test_the_sign_of_a_row_is_that_of_its_kind(movement):
    adds = movement in (Movement.ISSUED, Movement.REFUNDED, Movement.REVERSED, Movement.OVER_WRITTEN_OFF)
    minor = 100 if adds else -100
    assert StatementRow(START, "1", movement, Money(minor, "EUR"), money("0.00")).amount == Money(minor, "EUR")
    for wrong in (-minor, 0):
        with pytest.raises(InvalidValueError, match="above 0" if adds else "below 0"):
            StatementRow(START, "1", movement, Money(wrong, "EUR"), money("0.00"))


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (ROWS[0], {"on": None, "reference": 1, "movement": "issued", "amount": 5, "balance": None}),
        (STATEMENT, {"start_on": 1, "end_on": None, "known_on": "x", "opening": 0, "rows": list(ROWS)}),
        (LEDGER.roll_forward(START, END), {"opening": 5, "issued": None, "over_written_off": 1}),
    ],
    ids=lambda value: "" if type(value) is dict else type(value).__name__,
)
def test_a_field_of_another_type_is_refused(value, changes):
    for name, junk in changes.items():
        with pytest.raises(InvalidTypeError) as caught:
            attrs.evolve(value, **{name: junk})
        assert caught.value.name == name
    with pytest.raises(InvalidTypeError, match="opening"):
        RollForward(5)


@pytest.mark.parametrize("name", [movement.name.lower() for movement in Movement])
def test_a_roll_forward_by_hand_moves_by_its_names(name):
    way = 1 if name in ("issued", "refunded", "reversed", "over_written_off") else -1
    forward = RollForward(money("10.00"), **{name: money("3.00")})
    assert forward.closing == Money(1000 + way * 300, "EUR")
    assert getattr(forward, name) == money("3.00")
    with pytest.raises(InvalidValueError) as caught:
        RollForward(money("10.00"), **{name: money("-3.00")})
    assert caught.value.name == name
    with pytest.raises(CurrencyMismatchError):
        RollForward(money("10.00"), **{name: Money(300, "USD")})


def test_an_opening_below_nothing_is_what_the_customer_had():
    assert RollForward(money("-10.00"), issued=money("3.00")).closing == money("-7.00")
    assert Statement(START, END, None, money("-10.00"), ()).closing == money("-10.00")
