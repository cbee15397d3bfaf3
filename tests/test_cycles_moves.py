"""Bill dates that move: postponed, brought forward, resumed after a pause, renewed early."""

import re
from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import (
    ANNUAL,
    END_OF_MONTH,
    MONTHLY,
    QUARTERLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    Period,
    Resume,
    Schedule,
    Term,
    Unit,
    move_bill_date,
    renew_early,
    resume_schedule,
)
from billingcore.daycounts import DayCount, period_share
from billingcore.errors import OutOfRangeError
from billingcore.records import from_record, to_record
from samples import FROM_THE_31ST, boundaries


def test_postponing_adds_whole_periods_and_a_stub():
    monthly = Schedule(date(2026, 1, 1), MONTHLY)
    move = move_bill_date(monthly, 0, date(2026, 3, 10))
    assert [str(period) for period in move.added] == ["2026-02-01 to 2026-03-01", "2026-03-01 to 2026-03-10"]
    assert sum(period.fraction for period in move.added) == 1 + Fraction(9, 31)
    assert move.after.fraction == 1 + 1 + Fraction(9, 31)
    assert move.after.explain() == (
        "2026-01-01 to 2026-03-10: 31 of the 31 days from 2026-01-01 to 2026-02-01 and 28 of the 28 days from "
        "2026-02-01 to 2026-03-01 and 9 of the 31 days from 2026-03-01 to 2026-04-01"
    )
    assert move.schedule == Schedule(date(2026, 3, 10), MONTHLY)
    assert move.removed is None
    assert move.explain() == (
        "postponed from 2026-02-01 to 2026-03-10; added 2026-02-01 to 2026-03-01: 28 days, a full period; "
        "2026-03-01 to 2026-03-10: 9 of the 31 days from 2026-03-01 to 2026-04-01"
    )


@pytest.mark.parametrize(
    ("to", "added"),
    [
        (date(2026, 2, 2), [("2026-02-01", Fraction(1, 28))]),
        (date(2026, 3, 1), [("2026-02-01", Fraction(1))]),
        (date(2026, 3, 2), [("2026-02-01", Fraction(1)), ("2026-03-01", Fraction(1, 31))]),
    ],
)
def test_postponing_around_a_bill_date(to, added):
    move = move_bill_date(Schedule(date(2026, 1, 1), MONTHLY), 0, to)
    assert [(str(period.start), period.fraction) for period in move.added] == added
    assert move.added[-1].end == to
    assert move.after.fraction == 1 + sum(fraction for _, fraction in added)


@pytest.mark.parametrize(
    ("anchor", "to", "share", "of_thirty"),
    [
        # 40 days were called 40 of the 31 days of January, and no more than one month of 30
        (date(2026, 1, 1), date(2026, 2, 10), 1 + Fraction(9, 28), 1 + Fraction(9, 30)),
        # two full periods: 28 days to 28 February, 31 more; they were 59 of the 28 days
        (date(2026, 1, 31), date(2026, 3, 31), Fraction(2), Fraction(2)),
        (date(2026, 1, 31), date(2026, 2, 15), Fraction(15, 28), Fraction(15, 30)),
    ],
)
def test_a_moved_period_is_what_was_billed_and_what_was_added(anchor, to, share, of_thirty):
    move = move_bill_date(Schedule(anchor, MONTHLY), 0, to)
    assert move.after.fraction == share
    assert period_share(move.after, DayCount.THIRTY_DAY_MONTH) == of_thirty
    assert from_record(to_record(move)) == move


def test_bringing_forward_removes_days():
    monthly = Schedule(date(2026, 1, 1), MONTHLY)
    move = move_bill_date(monthly, 0, date(2026, 1, 20))
    assert (move.added, move.removed.fraction) == ((), Fraction(12, 31))
    assert move.explain() == (
        "brought forward from 2026-02-01 to 2026-01-20; "
        "removed 2026-01-20 to 2026-02-01: 12 of the 31 days from 2026-01-01 to 2026-02-01"
    )


def test_a_moved_bill_date_can_keep_a_rule():
    month_ends = Schedule(date(2026, 1, 31), QUARTERLY, END_OF_MONTH)
    kept = move_bill_date(month_ends, 0, date(2026, 2, 28)).schedule
    assert kept == Schedule(date(2026, 2, 28), QUARTERLY, END_OF_MONTH)
    assert move_bill_date(month_ends, 0, date(2026, 2, 20)).schedule.rule is None
    chosen = move_bill_date(FROM_THE_31ST, 0, date(2024, 4, 30), DayOfMonth(30)).schedule
    assert chosen.boundary(1) == date(2024, 5, 30)


@pytest.mark.parametrize("to", [date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 29)])
def test_a_bill_date_moves_to_another_day_after_the_start(to):
    with pytest.raises(InvalidValueError, match="give another day after its start"):
        move_bill_date(FROM_THE_31ST, 0, to)


def test_resuming_within_the_period_or_after_it():
    monthly = Schedule(date(2026, 1, 1), MONTHLY)
    within = resume_schedule(monthly, date(2026, 1, 11), date(2026, 1, 21), Resume.KEEP_DATES)
    assert str(within.unused) == "2026-01-11 to 2026-01-21"
    assert (str(within.current), within.current_is_paid) == ("2026-01-21 to 2026-02-01", True)
    after = resume_schedule(monthly, date(2026, 1, 11), date(2026, 3, 1), Resume.KEEP_DATES)
    assert (after.current, after.current_is_paid) == (Period(date(2026, 3, 1), date(2026, 4, 1)), False)
    kept = resume_schedule(monthly, date(2026, 1, 21), date(2026, 3, 11), Resume.KEEP_DAYS)  # a pause of 49 days
    assert kept.current.explain() == "2026-03-11 to 2026-03-22: 11 of the 31 days from 2026-02-19 to 2026-03-22"
    assert kept.current.fraction == kept.unused.fraction == Fraction(11, 31)
    whole = resume_schedule(monthly, date(2026, 1, 1), date(2026, 3, 1), Resume.KEEP_DAYS)
    assert not whole.unused.is_stub
    assert (str(whole.current), str(whole.schedule.anchor)) == ("2026-03-01 to 2026-04-01", "2026-04-01")
    restarted = resume_schedule(monthly, date(2026, 1, 11), date(2026, 1, 21), Resume.RESTART)
    assert restarted.explain() == (
        "paused from 2026-01-11 to 2026-01-21; 21 of the 31 days from 2026-01-01 to 2026-02-01 unused; goes on "
        "2026-01-21 to 2026-02-21 (to be billed), then every month from 2026-01-21, on day 21 of the month"
    )
    assert "(already billed)" in within.explain()
    with pytest.raises(InvalidTypeError, match="a Resume"):
        resume_schedule(monthly, date(2026, 1, 11), date(2026, 1, 21), "restart")
    with pytest.raises(InvalidValueError, match="a pause ends after it starts"):
        resume_schedule(monthly, date(2026, 1, 11), date(2026, 1, 11), Resume.RESTART)


def test_renewing_early():
    annual = Schedule(date(2026, 1, 1), ANNUAL)
    kept = renew_early(annual, date(2026, 12, 2))
    assert kept.unused is None
    assert kept.explain() == "renewed on 2026-12-02: 2027-01-01 to 2028-01-01, after 2026-01-01 to 2027-01-01"
    at_once = renew_early(annual, date(2026, 12, 2), restart=True)
    assert at_once.explain().endswith(
        "unused 2026-12-02 to 2027-01-01: 30 of the 365 days from 2026-01-01 to 2027-01-01"
    )
    with pytest.raises(InvalidValueError, match="nothing to restart"):
        renew_early(annual, date(2026, 1, 1), restart=True)
    with pytest.raises(InvalidTypeError, match="True or False"):
        renew_early(annual, date(2026, 1, 2), restart=1)


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: move_bill_date(s, 0, date(2026, 1, 1)),
        lambda s: resume_schedule(s, date(2026, 1, 1), date(2026, 1, 2), Resume.RESTART),
        lambda s: renew_early(s, date(2026, 1, 1)),
        lambda s: Term(s, 0, 1),
    ],
)
def test_moves_need_a_schedule(ask):
    with pytest.raises(InvalidTypeError, match="a Schedule"):
        ask(MONTHLY)
    aligned = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
    with pytest.raises(InvalidTypeError, match=re.escape("of an AlignedSchedule give its .schedule")):
        ask(aligned)


def test_the_schedule_of_an_aligned_one_can_be_moved():
    aligned = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY)
    inner = aligned.schedule
    assert inner.index_of(date(2026, 2, 10)) == 0  # its first bill date is 1 February
    assert move_bill_date(inner, 0, date(2026, 2, 20)).after.fraction == Fraction(19, 28)
    with pytest.raises(InvalidTypeError, match=re.escape("of an AlignedSchedule give its .schedule")):
        Term(aligned, 0, 12)
    assert str(Term(inner, 0, 12)) == "2026-02-01 to 2027-02-01"


def test_a_period_given_free_keeps_the_anchor():
    """https://github.com/polarsource/polar/pull/14285 (review): extending by one month rewrote the anchor's day."""
    move = move_bill_date(Schedule(date(2025, 1, 31), MONTHLY), 0, date(2025, 3, 31))
    assert boundaries(move.schedule, 4) == ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]


MID_JANUARY = date(2026, 1, 16)
NEW_YEAR = date(2026, 1, 1)
SCHEDULE = Schedule(NEW_YEAR, MONTHLY)
BROUGHT_FORWARD = move_bill_date(SCHEDULE, 0, MID_JANUARY)
DAILY = Schedule(date(1, 1, 1), Cadence(1, Unit.DAY))
FEBRUARY = date(2026, 2, 1)
JANUARY = Period(NEW_YEAR, FEBRUARY)
PUT_OFF = move_bill_date(SCHEDULE, 0, date(2026, 3, 10))
RENEWED = renew_early(SCHEDULE, MID_JANUARY, restart=True)
RESUMED = resume_schedule(SCHEDULE, MID_JANUARY, date(2026, 3, 11), Resume.KEEP_DATES)


@pytest.mark.parametrize(
    ("value", "changes", "words"),
    [
        (PUT_OFF, {"removed": JANUARY}, "removed Period.*an end moves one way"),
        (PUT_OFF, {"added": ()}, "removed None: an end moves one way"),
        (BROUGHT_FORWARD, {"removed": None}, "removed None: an end moves one way"),
        (PUT_OFF, {"before": Period(MID_JANUARY, FEBRUARY)}, "after .*its end moves, not its start of 2026-01-16"),
        (RESUMED, {"current": JANUARY}, "current .*it goes on when the pause ends, on 2026-03-11"),
        (RESUMED, {"interrupted": Period(FEBRUARY, date(2026, 3, 1))}, "interrupted .*the pause begins on 2026-01-16"),
        (RENEWED, {"renewed": JANUARY}, "renewed .*it begins when the running period ends, on 2026-01-16"),
    ],
)
def test_periods_that_contradict_each_other_are_no_answer(value, changes, words):
    with pytest.raises(InvalidValueError, match=words):
        attrs.evolve(value, **changes)


def test_a_bill_date_is_put_off_by_a_thousand_cycles_at_most():
    """The period that ends, 1000 whole cycles, and the one in which the new day lies."""
    assert len(move_bill_date(DAILY, 0, date.fromordinal(1 + 1002)).added) == 1001
    with pytest.raises(OutOfRangeError, match="put off by up to 1000 cycles; give an earlier day"):
        move_bill_date(DAILY, 0, date.fromordinal(1 + 1003))
