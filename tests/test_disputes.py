"""Disputes: the window, the decision on every day, and the note of an upheld one."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.deadlines import BusinessCalendar, BusinessDaysBefore, DaysAfter, DaysBefore
from billingcore.disputes import (
    DisputeAllowed,
    DisputePolicy,
    DisputeRefused,
    DisputeRefusedReason,
    decide_dispute,
    dispute_window,
    uphold_dispute,
)
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.invoices import credit_in_part
from billingcore.profiles import GOTO_RESCUE
from samples import FRENCH, JUNK, invoice, money, started

POLICY = GOTO_RESCUE.disputes
BILL = invoice("10.00")  # of 2026-02-15
WINDOW = dispute_window(BILL.issued_on, POLICY)
days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
rules = st.builds(DaysAfter, st.integers(1, 3650), st.booleans())
policies = st.builds(DisputePolicy, rules, st.none() | rules)


@pytest.mark.parametrize(
    ("issued_on", "days_long", "inclusive", "last"),
    [
        (date(2026, 2, 15), 15, True, "2026-03-02"),  # 15 + 15 = 30, less 28 days of February
        (date(2026, 2, 15), 15, False, "2026-03-01"),
        (date(2024, 2, 15), 15, True, "2024-03-01"),  # a leap year
        (date(2025, 12, 31), 15, True, "2026-01-15"),
        (date(2026, 2, 15), 1, True, "2026-02-16"),
        (date(2026, 2, 15), 1, False, "2026-02-15"),  # the day of issue alone
    ],
)
def test_a_window_ends_on_its_last_day(issued_on, days_long, inclusive, last):
    window = dispute_window(issued_on, DisputePolicy(DaysAfter(days_long, inclusive)))
    assert str(window.last_on) == last


@pytest.mark.parametrize(
    ("asked_on", "reason", "late"),
    [
        (date(2026, 2, 14), DisputeRefusedReason.NOT_ISSUED_YET, 0),
        (date(2026, 2, 15), None, None),
        (date(2026, 3, 2), None, None),  # day 15 counts
        (date(2026, 3, 3), DisputeRefusedReason.TOO_LATE, 1),
        (date(2027, 3, 3), DisputeRefusedReason.TOO_LATE, 366),
    ],
)
def test_a_dispute_is_allowed_to_the_last_day_and_refused_after_it(asked_on, reason, late):
    decision = decide_dispute(BILL, asked_on, POLICY)
    assert (decision.invoice, decision.window, decision.asked_on) == (BILL, WINDOW, asked_on)
    if reason is None:
        assert type(decision) is DisputeAllowed
        assert decision.days_left == (date(2026, 3, 2) - asked_on).days
        return
    assert type(decision) is DisputeRefused
    assert (decision.reason, decision.days_late) == (reason, late)


@given(days, policies, st.integers(-4000, 8000))
def test_once_refused_always_refused(issued_on, policy, offset):
    bill = attrs.evolve(BILL, issued_on=issued_on)
    asked_on = issued_on + timedelta(offset)
    allowed = type(decide_dispute(bill, asked_on, policy)) is DisputeAllowed
    last = policy.window.days if policy.window.inclusive else policy.window.days - 1
    assert allowed == (0 <= offset <= last)
    if offset > 0 and not allowed:
        assert type(decide_dispute(bill, asked_on + timedelta(1), policy)) is DisputeRefused


RUNNING = started()


def test_the_answer_does_not_depend_on_the_zone_of_the_machine():
    code = (
        "from datetime import date; from billingcore.disputes import dispute_window;"
        "from billingcore.profiles import GOTO_RESCUE; print(dispute_window(date(2026,2,15), GOTO_RESCUE.disputes).last_on)"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "TZ": zone}
        ).stdout
        for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago")
    }
    assert answers == {b"2026-03-02\n"}


def test_decisions_explain_themselves():
    window = "15 days after 2026-02-15, the last one included: 2026-03-02 is the last day"
    assert WINDOW.explain() == window
    cases = {
        date(2026, 3, 2): f"dispute of 2026-03-02 allowed: {window}",
        date(2026, 3, 3): f"dispute of 2026-03-03 refused, 1 day late: {window}",
        date(2026, 3, 4): f"dispute of 2026-03-04 refused, 2 days late: {window}",
        date(2026, 2, 1): f"dispute of 2026-02-01 refused, before the issue: {window}",
    }
    for asked_on, words in cases.items():
        assert decide_dispute(BILL, asked_on, POLICY).explain() == words


def upheld(dispute, net, resolved_on, earlier=()):
    """Quote the note of a dispute; the invoice billed nothing of the subscription."""
    return uphold_dispute(FRENCH, RUNNING, dispute, {1: money(net)}, resolved_on, earlier=earlier)


def test_an_upheld_dispute_is_a_credit_note_of_its_invoice():
    allowed = decide_dispute(BILL, date(2026, 3, 2), POLICY)
    quote = upheld(allowed, "4.00", date(2026, 5, 1)).numbered("C-1")  # resolved later is no matter
    note = quote.document
    assert (note.total, note.invoice_number) == (money("4.80"), BILL.number)
    assert note == credit_in_part(BILL, {1: money("4.00")}, "C-1", date(2026, 5, 1))
    assert quote.subscription == RUNNING
    rest = upheld(allowed, "6.00", date(2026, 5, 1), (note,)).numbered("C-2").document
    assert note.total + rest.total == BILL.total
    with pytest.raises(InvalidValueError, match=r"of line 1 at most 0.00 EUR is left"):
        upheld(allowed, "0.01", date(2026, 5, 1), (note, rest))


def test_a_refused_dispute_cannot_be_upheld():
    refused = decide_dispute(BILL, date(2026, 3, 3), POLICY)
    for junk in (refused, BILL, None):
        with pytest.raises(InvalidTypeError, match="dispute must be a DisputeAllowed"):
            upheld(junk, "4.00", date(2026, 5, 1))
    allowed = decide_dispute(BILL, date(2026, 3, 2), POLICY)
    assert upheld(allowed, "4.00", date(2026, 3, 2)).document.issued_on == date(2026, 3, 2)
    with pytest.raises(InvalidValueError, match=r"resolved_on .*the dispute was raised on 2026-03-02"):
        upheld(allowed, "4.00", date(2026, 3, 1))


def test_a_decision_cannot_be_made_up():
    """Else a credit could be given after the deadline by building the permission by hand, or by a record."""
    with pytest.raises(InvalidValueError, match=r"asked_on .*not allowed then: 15 days after 2026-02-15"):
        DisputeAllowed(BILL, WINDOW, date(2026, 3, 3))
    with pytest.raises(InvalidValueError, match="not allowed then"):
        DisputeAllowed(BILL, WINDOW, date(2026, 2, 14))
    later = dispute_window(date(2026, 3, 15), POLICY)
    with pytest.raises(InvalidValueError, match="window '2026-03-15': invoice 2026-001 is of 2026-02-15"):
        DisputeAllowed(BILL, later, date(2026, 3, 20))
    for asked_on, reason in (
        (date(2026, 3, 2), DisputeRefusedReason.TOO_LATE),
        (date(2026, 2, 14), DisputeRefusedReason.TOO_LATE),
        (date(2026, 3, 3), DisputeRefusedReason.NOT_ISSUED_YET),
    ):
        with pytest.raises(InvalidValueError, match="not the answer for"):
            DisputeRefused(BILL, WINDOW, asked_on, reason)
    with pytest.raises(InvalidTypeError, match="reason must be a DisputeRefusedReason"):
        DisputeRefused(BILL, WINDOW, date(2026, 3, 3), "too_late")
    with pytest.raises(InvalidTypeError, match="invoice must be an Invoice"):
        DisputeAllowed(None, WINDOW, date(2026, 3, 1))
    with pytest.raises(InvalidTypeError, match="window must be a Deadline"):
        DisputeAllowed(BILL, None, date(2026, 3, 1))


@pytest.mark.parametrize("field", ["window", "payment"])
def test_a_policy_counts_forwards_by_a_rule(field):
    for junk in (15, "15 days", timedelta(15), DaysBefore(15), BusinessDaysBefore(15, BusinessCalendar())):
        with pytest.raises(InvalidTypeError, match=f"{field} must be a rule that counts forwards"):
            DisputePolicy(**{"window": DaysAfter(15), field: junk})
    with pytest.raises(InvalidTypeError, match="window must be a rule"):
        DisputePolicy(None)


def test_there_is_a_time_to_pay_after_a_resolution():
    assert POLICY.pay_by(date(2026, 5, 1)).last_on == date(2026, 5, 16)  # terms of service, section 2.4
    assert DisputePolicy(DaysAfter(15)).pay_by(date(2026, 5, 1)) is None


@pytest.mark.parametrize("junk", [*JUNK, datetime(2026, 2, 15, tzinfo=UTC)], ids=lambda junk: type(junk).__name__)
def test_junk_is_not_a_day_a_policy_or_an_invoice(junk):
    for call in (
        lambda: dispute_window(junk, POLICY),
        lambda: dispute_window(date(2026, 2, 15), junk),
        lambda: decide_dispute(junk, date(2026, 2, 15), POLICY),
        lambda: decide_dispute(BILL, junk, POLICY),
        lambda: decide_dispute(BILL, date(2026, 2, 15), junk),
        lambda: POLICY.pay_by(junk),
    ):
        with pytest.raises(InvalidTypeError):
            call()


def test_a_deadline_beyond_the_calendar_is_refused():
    assert dispute_window(date(9999, 12, 16), POLICY).last_on == date(9999, 12, 31)
    with pytest.raises(OutOfRangeError):
        dispute_window(date(9999, 12, 17), POLICY)
