"""What of a ledger can still be used or paid back on a day, so that no later entry becomes impossible."""

from datetime import date

import attrs
import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.ledger import Applied, Credited, Issued, Ledger, Received, Refunded, Reinstated, Released, Reversed
from samples import day, money

LEDGER = Ledger.opened("EUR", day(1))


def left(ledger, on):
    """All that can be used on a day."""
    return [(reference, amount.amount) for reference, amount in ledger.uses_for(money("1000.00"), on)]


def test_credit_comes_before_money_the_oldest_first_ties_by_reference():
    ledger = LEDGER.with_entries(
        Received("b", day(2), money("1.00")), Received("a", day(2), money("2.00")), Credited("d", day(5), money("3.00")),
        Credited("c", day(4), money("4.00")),
    )  # fmt: skip
    assert left(ledger, day(4)) == [("c", "4.00"), ("a", "2.00"), ("b", "1.00")]
    assert left(ledger, day(5)) == [("c", "4.00"), ("d", "3.00"), ("a", "2.00"), ("b", "1.00")]
    assert left(LEDGER, day(1)) == []


def test_the_least_that_is_left_later_counts():
    """10.00 of which 4.00 and then 3.00 more are used; 2.00 come back on the 20th, too late for what is used before."""
    ledger = LEDGER.with_entries(
        Received("a", day(2), money("10.00")), Issued("X", day(2), money("9.00")),
        Applied("1", day(5), money("4.00"), "a", "X"), Reversed("2", day(9), money("3.00"), "a"), Reinstated("3", day(20), money("2.00"), "a"),
    )  # fmt: skip
    # left: 10.00 to the 4th, 6.00 to the 8th, 3.00 to the 19th, then 5.00
    for on, amount in ((2, "3.00"), (5, "3.00"), (9, "3.00"), (19, "3.00"), (20, "5.00")):
        assert left(ledger, day(on)) == [("a", amount)]


def test_what_is_used_up_later_is_not_offered():
    ledger = LEDGER.with_entries(Received("a", day(2), money("10.00")), Refunded("r", day(9), money("10.00"), "a"))
    assert left(ledger, day(8)) == []


def test_what_a_release_opened_on_the_day_of_its_payment_is_not_offered_on_it():
    """a takes 10.00 for X and gives them back on that day: used before, they could not be given back."""
    ledger = LEDGER.with_entries(
        Issued("X", day(1), money("10.00")), Received("a", day(2), money("12.00"), "X"), Released("u", day(2), money("10.00"), "a", "X"),
        Issued("Y", day(1), money("50.00")),
    )  # fmt: skip
    assert left(ledger, day(2)) == [("a", "2.00")]
    assert left(ledger, day(3)) == [("a", "12.00")]
    ledger.with_entries(Applied("y", day(2), money("2.00"), "a", "Y"))
    with pytest.raises(InvalidValueError, match=r"0\.01 EUR too much is taken back"):
        ledger.with_entries(Applied("y", day(2), money("2.01"), "a", "Y"))


def test_what_is_recorded_late_counts_as_it_is_known_and_as_it_was():
    late = attrs.evolve(Received("a", day(2), money("10.00")), recorded_on=day(7))
    ledger = LEDGER.with_entries(late, Credited("c", day(3), money("5.00")))
    assert left(ledger, day(6)) == [("c", "5.00")]
    assert left(ledger, day(7)) == [("c", "5.00"), ("a", "10.00")]
    used = ledger.with_entries(
        Issued("X", day(3), money("2.00")), Applied("1", day(4), money("2.00"), "c", "X", recorded_on=day(9))
    )
    assert left(used, day(4)) == [("c", "3.00")]


def test_what_can_be_paid_back_is_the_least_money_from_the_day_on():
    ledger = Ledger.opened(
        "EUR", day(1), carried=[Credited("c", date(2025, 12, 1), money("5.00")), Issued("X", day(1), money("9.00"))]
    )
    assert ledger.refundable_on(day(1)) == money("5.00")  # what was brought forward may be money
    ledger = ledger.with_entries(
        Received("a", day(2), money("10.00"), "X"), Credited("n", day(1), money("50.00")), Refunded("r", day(4), money("1.00"), "a"),
        Reversed("b", day(9), money("6.00"), "a"), Reinstated("w", day(20), money("6.00"), "a"), Received("d", day(25), money("2.00")),
    )  # fmt: skip
    # 5.00, + 10.00 on the 2nd, - 1.00, - 6.00, + 6.00, + 2.00
    for on, amount in ((1, "5.00"), (2, "8.00"), (4, "8.00"), (19, "8.00"), (20, "14.00"), (25, "16.00")):
        assert ledger.refundable_on(day(on)) == money(amount)
        assert ledger.with_entries(Refunded("x", day(on), money(amount), "n")).refundable_on(day(25)) >= money("0.00")
        with pytest.raises(InvalidValueError, match=r"0\.01 EUR too much"):
            ledger.with_entries(Refunded("x", day(on), money(amount) + money("0.01"), "n"))


def test_money_that_is_recorded_late_cannot_be_paid_back_before():
    ledger = LEDGER.with_entries(attrs.evolve(Received("a", day(2), money("10.00")), recorded_on=day(7)))
    assert [ledger.refundable_on(day(on)).amount for on in (2, 6, 7)] == ["0.00", "0.00", "10.00"]


def test_what_was_closed_can_still_be_paid_back():
    ledger = LEDGER.with_entries(Issued("X", day(1), money("9.00")), Received("a", day(1), money("9.00"), "X"))
    closed = ledger.closed_before(date(2026, 6, 1), chargeback_days=0)
    assert closed.entries == ()
    assert closed.refundable_on(date(2026, 6, 1)) == money("9.00")
    assert [closed.has_document(number) for number in ("X", "a", "Y")] == [True, False, False]
    assert [ledger.has_document(number) for number in ("X", "a", "Y")] == [True, False, False]


def test_the_day_is_one_of_the_ledger():
    for question in (lambda on: LEDGER.uses_for(money("1.00"), on), LEDGER.refundable_on):
        with pytest.raises(InvalidValueError, match="the ledger starts on 2026-01-01"):
            question(date(2025, 12, 31))
        with pytest.raises(InvalidTypeError):
            question(None)
    with pytest.raises(InvalidTypeError):
        LEDGER.has_document(1)
