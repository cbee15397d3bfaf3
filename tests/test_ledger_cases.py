"""Published questions about accounts receivable, asked of our ledger: each with its source in the data."""

import json
from datetime import date
from pathlib import Path

import pytest

from billingcore.ledger import (
    AgedBy,
    Ageing,
    AgeingBucket,
    AgeingPolicy,
    Applied,
    Credited,
    Issued,
    LateFrom,
    Ledger,
    OpenItem,
    Received,
    RollForward,
    SharingRule,
    UnappliedAs,
    age_items,
    age_ledger,
    share_payment,
    total_ageings,
)
from billingcore.money import Money

CASES = json.loads((Path(__file__).parent / "data" / "ledger_cases.json").read_text(encoding="utf-8"))["cases"]
ANY_DAY = date(2026, 1, 1)


def on(text):
    return date.fromisoformat(text)


def ledger_of(case):
    """The ledger of a case: its first day is that of its first entry, or of the question."""
    currency = case["currency"]

    def amount(entry):
        return Money.of(entry["amount"], currency)

    made = {
        "invoice": lambda each: Issued(each["ref"], on(each["day"]), amount(each), on(each["due"])),
        "credit_note": lambda each: Credited(
            each["ref"], on(each["day"]), amount(each), apart=True, due_on=on(each["due"]) if "due" in each else None
        ),
        "payment": lambda each: Received(each["ref"], on(each["day"]), amount(each)),
        "apply": lambda each: Applied(each["ref"], on(each["day"]), amount(each), each["from"], each["to"]),
    }
    days = [each["day"] for each in case["entries"]] + [case[key] for key in ("from", "day") if key in case]
    return Ledger.opened(currency, on(min(days))).with_entries(*[made[each["type"]](each) for each in case["entries"]])


def policy_of(policy):
    """Their words for how an ageing is cut, in ours."""
    by = {"due": AgedBy.DUE_DAY, "issued": AgedBy.ISSUE_DAY}[policy["by"]]
    unapplied = UnappliedAs.BY_OWN_DAY if policy.get("unapplied") == "aged_by_own_day" else UnappliedAs.APART
    if "ranges" in policy:
        first = {0: LateFrom.SAME_DAY, 1: LateFrom.DAY_AFTER, 2: LateFrom.TWO_DAYS_AFTER}[policy["ranges"][1][0]]
        return AgeingPolicy(tuple(last for _, last in policy["ranges"][1:-1]), by, first, unapplied)
    first = {"not_due": LateFrom.DAY_AFTER, "first_bucket": LateFrom.SAME_DAY}[policy["due_on_the_day"]]
    return AgeingPolicy(tuple(policy["bounds"]), by, first, unapplied)


def items_of(case):
    return [
        OpenItem(
            each["key"],
            Money.of(each["open"], case["currency"]),
            on(each["due"]) if "due" in each else ANY_DAY,
            on(each["issued"]) if "issued" in each else None,
        )
        for each in case.get("rows") or case["items"]
    ]


def told(ageing):
    current, *late = [each.amount.amount for each in ageing.buckets]
    return {"not_due": current, "buckets": late, "total": ageing.total.amount}


def answer_ageing(case):
    policy, day = policy_of(case["policy"]), on(case["day"])
    if "rows" in case:
        return told(age_items(items_of(case), day, case["currency"], policy))
    return told(age_ledger(ledger_of(case), day, policy))


def answer_ageing_total(case):
    policy, currency = policy_of(case["policy"]), case["currency"]
    ageings = []
    for group in case["groups"].values():
        amounts = [Money.of(text, currency) for text in (group["not_due"], *group["buckets"])]
        buckets = [AgeingBucket(*age, amount) for age, amount in zip(policy.ages, amounts, strict=True)]
        ageings.append(Ageing(on(case["day"]), policy, tuple(buckets), Money.zero(currency)))
    return told(total_ageings(ageings))


RULES = {
    "oldest_first": SharingRule.OLDEST_FIRST,
    "by_due_day": SharingRule.DUE_FIRST,
    "as_named": SharingRule.AS_NAMED,
    "by_share": SharingRule.IN_PROPORTION,
}


def answer_allocation(case):
    named = {key: Money.of(text, case["currency"]) for key, text in case.get("named", {}).items()}
    shared = share_payment(items_of(case), Money.of(case["amount"], case["currency"]), RULES[case["rule"]], named=named)
    return {
        "applied": {key: amount.amount for key, amount in shared.amounts.items()},
        "unapplied": shared.unapplied.amount,
    }


def answer_allocation_of_credits(case):
    currency = case["currency"]
    notes = [Credited(each["key"], on(each["day"]), Money.of(each["amount"], currency)) for each in case["sources"]]
    last = max(note.on for note in notes)
    ledger = Ledger.opened(currency, min(note.on for note in notes)).with_entries(
        Issued("invoice", last, Money.of(case["invoice_open"], currency)), *notes
    )
    uses = ledger.uses_for(Money.of(case["invoice_open"], currency), last)
    after = ledger.with_entries(
        *[Applied("use", last, amount, reference, "invoice") for reference, amount in uses]
    ).position(last)
    left = {each.reference: each.amount.amount for each in after.unapplied}
    return {
        "used": {reference: amount.amount for reference, amount in uses},
        "invoice_open": after.open.amount,
        "remaining": {note.reference: left.get(note.reference, "0.00") for note in notes},
    }


def answer_statement(case):
    statement = ledger_of(case).statement(on(case["from"]), on(case["to"]))
    rows = [
        {"day": str(row.on), "ref": row.reference, "amount": row.amount.amount, "balance": row.balance.amount}
        for row in statement.rows
    ]
    return {"opening": statement.opening.amount, "rows": rows, "closing": statement.closing.amount}


def answer_roll_forward(case):
    amounts = {name: Money.of(text, case["currency"]) for name, text in case.items() if name in MOVED}
    forward = RollForward(**amounts)
    if "entries" in case:
        assert ledger_of(case).roll_forward(on(case["from"]), on(case["to"])) == forward
    return {"closing": forward.closing.amount}


MOVED = ("opening", "issued", "received", "written_off", "credited", "refunded")


def answer_overdue_amount(case):
    entries = [
        Issued(each["ref"], on(each["issued"]), Money.of(each["amount"], case["currency"]), on(each["due"]))
        for each in case["rows"]
    ]
    ledger = Ledger.opened(case["currency"], min(each.on for each in entries)).with_entries(*entries)
    position = ledger.position(on(case["day"]))
    late = [item.reference for item in position.items if item.days_late(position.day) > 0]
    return {"overdue": position.overdue.amount, "rows": late}


ANSWERS = {name.removeprefix("answer_"): answer for name, answer in globals().items() if name.startswith("answer_")}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_published_question_has_its_answer(case):
    assert ANSWERS[case["kind"]](case["input"]) == case["expected"], case["why"]


def test_every_kind_is_asked():
    assert {case["kind"] for case in CASES} == set(ANSWERS)
    assert all(case["source"].get("repository") or case["source"]["page"] for case in CASES)
