"""Questions that other systems' own suites ask of an account, with their answers: in any order, on the day asked for."""

import json
from datetime import date
from pathlib import Path

import pytest

from billingcore.errors import InvalidValueError
from billingcore.ledger import (
    Applied,
    Credited,
    Failed,
    Issued,
    Ledger,
    Received,
    Refunded,
    Reinstated,
    Released,
    Reversed,
    WrittenOff,
)
from billingcore.money import Money

CASES = json.loads((Path(__file__).parent / "data/ledger_positions.json").read_text("utf-8"))["cases"]
ANSWERED = [case for case in CASES if "expected" in case]
REFUSED = [case for case in CASES if "refused" in case]


def named(case):
    return case["id"]


def entry_of(row, rows, currency):  # noqa: C901, PLR0911 - one line for each type of row
    """Return what a row of a case is called here; a reversal takes what was received and not paid back by then."""

    def money(text):
        return Money.of(text, currency)

    def whole(reference):
        paid = next(money(each["amount"]) for each in rows if (each["type"], each["ref"]) == ("payment", reference))
        back = [each for each in rows if each["type"] == "refund" and each["of"] == reference]
        return paid - sum((money(each["amount"]) for each in back if each["day"] <= row["day"]), Money.zero(currency))

    start = row["ref"], date.fromisoformat(row["day"])
    match row["type"]:
        case "invoice":
            return Issued(*start, money(row["amount"]), date.fromisoformat(row["due"]))
        case "credit_note":
            return Credited(*start, money(row["amount"]), row.get("for"), apart=True)
        case "payment":
            return Received(*start, money(row["amount"]))
        case "apply":
            return Applied(*start, money(row["amount"]), row["from"], row["to"])
        case "release":
            return Released(*start, money(row["amount"]), row["from"], row["to"])
        case "refund":
            return Refunded(*start, money(row["amount"]), row["of"], row.get("reopens"))
        case "reversal":
            return Reversed(*start, whole(row["of"]), row["of"])
        case "reversal_undone":
            return Reinstated(*start, whole(row["of"]), row["of"])
        case "write_off_credit":
            return WrittenOff(*start, money(row["amount"]), row["of"], over=True)
        case "failed_try":
            return Failed(*start, row["invoice"])
    raise AssertionError(row["type"])


def entries_of(case, name="entries"):
    return [entry_of(row, case["entries"], case["currency"]) for row in case[name]]


def opened(case):
    return Ledger.opened(case["currency"], min(each.on for each in entries_of(case)))


def one_by_one(ledger, entries):
    for each in entries:
        ledger = ledger.with_entries(each)
    return ledger


def one_by_one_backwards(ledger, entries):
    """Hand in the last one first; what is refused again after the others, and together what can't be without each other."""
    waiting = list(reversed(entries))
    while waiting:
        refused = []
        for each in waiting:
            try:
                ledger = ledger.with_entries(each)
            except InvalidValueError:
                refused.append(each)
        if len(refused) == len(waiting):  # a use and its refund, between an invoice and a later use of it
            return ledger.with_entries(*refused)
        waiting = refused
    return ledger


HANDED_IN = {
    "one by one": one_by_one,
    "one by one, backwards": one_by_one_backwards,
    "all at once": lambda ledger, entries: ledger.with_entries(*entries),
    "all at once, backwards": lambda ledger, entries: ledger.with_entries(*reversed(entries)),
    "all at once, and twice": lambda ledger, entries: ledger.with_entries(*entries, *entries).with_entries(*entries),
}


@pytest.mark.parametrize("hand_in", HANDED_IN)
@pytest.mark.parametrize("case", ANSWERED, ids=named)
def test_a_day_is_answered_as_its_source_does(case, hand_in):
    ledger = HANDED_IN[hand_in](opened(case), entries_of(case))
    position = ledger.position(date.fromisoformat(case["day"]))
    expected = case["expected"]
    assert {each.number: each.open.amount for each in position.invoices} == {
        number: Money.of(amount, case["currency"]).amount for number, amount in expected["open"].items()
    }
    assert {each.reference: str(each.amount.amount) for each in position.unapplied} == expected["unapplied"]
    assert position.balance == Money.of(expected["balance"], case["currency"])
    assert position.balance == ledger.balance_on(position.day)


@pytest.mark.parametrize("case", REFUSED, ids=named)
def test_what_its_source_refuses_is_refused(case):
    ledger, then = opened(case).with_entries(*entries_of(case)), entries_of(case, "then")
    with pytest.raises(InvalidValueError) as refused:
        ledger.with_entries(*then)
    last = then[-1]
    assert refused.value.value == f"{last.describe()} on {last.on}"  # what is wrong
    assert refused.value.problem.endswith(("too much", "too much is taken back", "more than its 1.20 EUR"))
    *before, wrong = then
    with pytest.raises(InvalidValueError):
        ledger.with_entries(*before).with_entries(wrong)


def test_each_kind_of_question_is_here():
    counted = [case["id"].rsplit("-", 1)[0] for case in CASES]
    assert {kind: counted.count(kind) for kind in counted} == {
        "open_items": 11, "refund_chargeback": 11, "write_off": 1, "idempotence": 1, "refusal": 4,
    }  # fmt: skip
