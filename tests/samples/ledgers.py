"""Samples of the ledger: each kind of entry once, and what is asked of them."""

from datetime import date
from fractions import Fraction

from billingcore.ledger import (
    AgedBy,
    AgeingPolicy,
    Agreed,
    Applied,
    Contested,
    Credited,
    Decline,
    Failed,
    Instalment,
    Issued,
    LateFrom,
    Ledger,
    OpenItem,
    Portion,
    Promised,
    Received,
    Refunded,
    Reinstated,
    Released,
    Resolved,
    Reversed,
    RollForward,
    SharingRule,
    Started,
    UnappliedAs,
    WrittenOff,
    age_ledger,
    age_ledgers_in,
    share_payment,
)
from billingcore.money import Money, Rounding
from samples.plans import money


def _jan(day):
    return date(2026, 1, day)


_ENTRIES = (
    Issued("1", _jan(1), money("36.00"), (Instalment(_jan(15), money("20.00")), Instalment(_jan(31), money("16.00")))),
    Issued("2", _jan(2), money("24.00"), _jan(1), recorded_on=_jan(3)),  # due before its issue
    Credited("CN-1", _jan(3), money("2.00"), "1"),
    Credited("CN-2", _jan(3), money("9.00"), apart=True, due_on=_jan(20)),
    Started("dd-1", _jan(4), money("5.00"), "1"),
    Failed("dd-1", _jan(5), "1", Decline.SOFT),
    Started("dd-2", _jan(5), money("5.00"), ("1", "2")),
    Received("wire-1", _jan(6), money("30.00"), {"2": money("20.00")}),
    Received("wire-2", _jan(6), money("5.00"), ("2", "1")),
    Applied("use-1", _jan(7), money("4.00"), "wire-1", "1"),
    Released("use-1", _jan(8), money("1.00"), "wire-1", "1"),
    Refunded("back-1", _jan(9), money("1.00"), "wire-2", "2"),
    Reversed("cb-1", _jan(10), money("20.00"), "wire-1"),
    Reinstated("won-1", _jan(11), money("15.00"), "wire-1"),
    WrittenOff("w-1", _jan(12), money("0.50"), "1"),
    WrittenOff("w-2", _jan(12), money("0.50"), "CN-2", over=True),
    Contested("d-1", _jan(13), "1", money("5.00")),
    Contested("d-2", _jan(13), "2"),
    Resolved("d-2", _jan(14), "2"),
    Promised("p-1", _jan(14), money("5.00"), _jan(31), "1"),
    Agreed("agreed", _jan(15), money("32.00")),  # 12 + 36 + 24 - 2 - 9 - 30 - 5 + 1 + 20 - 15 - 0.50 + 0.50
)
_LEDGER = Ledger.opened("EUR", _jan(1), money("12.00")).with_entries(*_ENTRIES)
_CLOSED = (
    Ledger.opened("EUR", _jan(1))
    .with_entries(Issued("3", _jan(1), money("5.00")), Received("wire-3", _jan(2), money("5.00"), "3"))
    .closed_before(_jan(20), chargeback_days=5)
)
_POLICY = AgeingPolicy((0, 30), AgedBy.ISSUE_DAY, LateFrom.SAME_DAY, UnappliedAs.BY_OWN_DAY)


def ledger_samples():
    position = _LEDGER.position(_jan(15))
    statement = _LEDGER.statement(_jan(2), _jan(31), known_on=_jan(31))
    ageing = age_ledger(_LEDGER, _jan(16))
    dollars = age_ledgers_in([_LEDGER], _jan(31), "USD", {"EUR": Fraction(11, 10)}, Rounding.HALF_UP, _POLICY)
    return (
        *_ENTRIES, _ENTRIES[0].due[0], Portion("1"), Portion("1", money("1.00")), _LEDGER, _CLOSED, _CLOSED.closed,
        _CLOSED.closed.invoices[0], position, _LEDGER.position(_jan(2), known_on=_jan(2)), *position.invoices,
        *position.items, *position.unapplied, position.invoice("2").uses[0],
        OpenItem("row", Money(-1, "JPY"), _jan(1)), _POLICY, ageing, dollars, *ageing.buckets,
        statement, *statement.rows[:2], statement.roll_forward, RollForward(money("1.00")),
        share_payment(position.items, money("9.00"), SharingRule.DUE_FIRST),
    )  # fmt: skip
