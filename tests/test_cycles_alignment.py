"""Alignment: stubs at both ends of a subscription, the full periods that they refer to, and their words."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import (
    END_OF_MONTH,
    MONTHLY,
    QUARTERLY,
    AlignedSchedule,
    DayOfMonth,
    MonthDay,
    Period,
    Schedule,
    Stub,
    Term,
)
from billingcore.errors import OutOfRangeError
from samples import FROM_THE_31ST


def test_an_aligned_subscription_has_an_end_or_none():
    closed = AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST, date(2024, 3, 15))
    assert closed.count == 3
    for n in (-1, 3):
        with pytest.raises(OutOfRangeError, match="numbered from 0 to 2"):
            closed.period(n)
    for day in (date(2024, 1, 9), date(2024, 3, 15)):
        with pytest.raises(OutOfRangeError, match="runs from"):
            closed.period_containing(day)
    opened = AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST)
    assert opened.count is None
    with pytest.raises(OutOfRangeError, match="runs from 2024-01-10 until it ends"):
        opened.index_of(date(2024, 1, 9))
    assert opened.boundary(0) == date(2024, 1, 10)
    assert str(opened.period(600)) == str(FROM_THE_31ST.period(599))
    assert opened.periods()[-1].end == date.max
    with pytest.raises(OutOfRangeError, match="numbered from 0"):
        opened.boundary(-1)


def test_aligned_periods_are_cut_to_what_exists():
    closed = AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST, date(2024, 3, 15))
    assert [p.index for p in closed.periods(date(2020, 1, 1), date(2030, 1, 1))] == [0, 1, 2]
    assert [p.index for p in closed.periods(date(2024, 2, 1), date(2024, 2, 2))] == [1]
    assert list(closed.periods(date(2020, 1, 1), date(2021, 1, 1))) == []
    assert list(closed.periods(date(2025, 1, 1), date(2026, 1, 1))) == []
    assert list(closed.periods(date(2024, 1, 10), date(2024, 1, 10))) == []
    long = AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST, first=Stub.LONG)
    assert [str(long.period(n)) for n in (0, 1)] == ["2024-01-10 to 2024-02-29", "2024-02-29 to 2024-03-31"]
    opened = AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST)
    assert [p.index for p in opened.periods(until=date(2024, 3, 1))] == [0, 1, 2]


def test_a_named_alignment_is_the_one_spelled_out():
    start = date(2024, 5, 20)
    assert AlignedSchedule.by_anniversary(start, MONTHLY).period(0) == Period(start, date(2024, 6, 20))
    by_rule = AlignedSchedule.by_rule(start, MonthDay(1, 1), QUARTERLY)
    assert by_rule == AlignedSchedule(start, Schedule(date(2024, 7, 1), QUARTERLY, MonthDay(1, 1)))
    backwards = AlignedSchedule.backwards(start, date(2024, 8, 1), MONTHLY, first=Stub.LONG)
    assert [str(p) for p in backwards.periods()] == ["2024-05-20 to 2024-07-01", "2024-07-01 to 2024-08-01"]


@pytest.mark.parametrize(
    ("start", "until", "first", "last", "said"),
    [
        (date(2024, 1, 10), None, Stub.NONE, Stub.SHORT, "the start lies between two boundaries"),
        (date(2024, 1, 31), date(2024, 3, 1), Stub.SHORT, Stub.NONE, "the end lies between two boundaries"),
        (date(2024, 1, 31), date(2024, 1, 31), Stub.SHORT, Stub.SHORT, "must end after it starts"),
    ],
)
def test_contradictions_are_refused(start, until, first, last, said):
    with pytest.raises(InvalidValueError, match=said):
        AlignedSchedule(start, FROM_THE_31ST, until, first, last)


def test_alignments_take_a_rule():
    """A contract of month ends to 30 June had a stub of 28 of 29 days from 30 January."""
    start, until = date(2026, 1, 31), date(2026, 6, 30)
    backwards = AlignedSchedule.backwards(start, until, MONTHLY, rule=END_OF_MONTH)
    assert [str(period.end) for period in backwards.periods()] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
    ]
    assert not any(period.is_stub for period in backwards.periods())
    april = date(2026, 4, 30)
    assert AlignedSchedule.by_anniversary(april, MONTHLY, rule=END_OF_MONTH).boundary(1) == date(2026, 5, 31)
    assert AlignedSchedule.by_anniversary(april, MONTHLY, until, rule=DayOfMonth(31)).count == 2
    assert Term.of(april, MONTHLY, 1, rule=END_OF_MONTH).end == date(2026, 5, 31)
    with pytest.raises(InvalidValueError, match="the anchor is no day on the last day of the month"):
        AlignedSchedule.backwards(start, date(2026, 6, 29), MONTHLY, rule=END_OF_MONTH)


def test_an_aligned_subscription_counts_its_cycles():
    closed = AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST, date(2024, 3, 15))
    assert [str(period) for period in closed.cycles(date(2024, 1, 10), 2)] == [
        "2024-01-10 to 2024-01-31",
        "2024-01-31 to 2024-02-29",
    ]
    assert closed.cycles(date(2024, 2, 10), 2) == closed.periods(date(2024, 2, 10))
    with pytest.raises(OutOfRangeError, match="count 3: the subscription has 2 periods from 2024-02-10 on"):
        closed.cycles(date(2024, 2, 10), 3)
    with pytest.raises(OutOfRangeError, match="runs from"):
        closed.cycles(date(2024, 1, 9), 1)
    with pytest.raises(InvalidValueError, match="1 cycle or more"):
        closed.cycles(date(2024, 1, 10), 0)
    opened = AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST)
    assert opened.cycles(date(2024, 1, 10), 13)[-1].end == date(2025, 1, 31)
    with pytest.raises(OutOfRangeError, match="count 200000: it leads to a day outside the calendar"):
        opened.cycles(date(2024, 1, 10), 200_000)


def test_an_aligned_subscription_knows_its_boundaries():
    closed = AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST, date(2024, 3, 15))
    boundaries = {date(2024, 1, 10), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 15)}
    days = [date(2023, 12, 31) + timedelta(n) for n in range(120)]
    assert {day for day in days if closed.is_boundary(day)} == boundaries
    assert boundaries == {closed.boundary(n) for n in range(4)}
    long = AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST, first=Stub.LONG)
    assert not long.is_boundary(date(2024, 1, 31))  # within the long stub
    assert long.is_boundary(date(2024, 2, 29))
    assert str(closed) == closed.describe() == closed.explain().splitlines()[0]


def test_the_reference_of_a_long_stub_is_the_period_around_its_short_piece():
    both = AlignedSchedule.by_rule(
        date(2026, 1, 10), DayOfMonth(1), MONTHLY, date(2026, 4, 20), first=Stub.LONG, last=Stub.LONG
    )
    first, last = both.periods()
    assert (str(first.reference), str(first.joined)) == ("2026-01-01 to 2026-02-01", "2026-02-01 to 2026-03-01")
    assert (str(last.reference), str(last.joined)) == ("2026-04-01 to 2026-05-01", "2026-03-01 to 2026-04-01")


def test_an_alignment_has_its_types():
    for arguments in (
        (date(2024, 1, 1), MONTHLY),
        (date(2024, 1, 1), FROM_THE_31ST, None, "short"),
        (date(2024, 1, 1), FROM_THE_31ST, None, Stub.SHORT, None),
    ):
        with pytest.raises(InvalidTypeError):
            AlignedSchedule(*arguments)


def test_an_aligned_schedule_explains_its_stubs():
    def reasons(first: Stub, last: Stub, until: date) -> list[str]:
        aligned = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY, until, first=first, last=last)
        return [line.partition("; ")[2] for line in aligned.explain().splitlines()[1:]]

    late, early = "it starts between two boundaries", "it ends between two boundaries"
    assert reasons(Stub.SHORT, Stub.SHORT, date(2026, 3, 20)) == [
        f"short first stub: {late}",
        "",
        f"short last stub: {early}",
    ]
    assert reasons(Stub.LONG, Stub.LONG, date(2026, 4, 20)) == [f"long first stub: {late}", f"long last stub: {early}"]
    assert reasons(Stub.SHORT, Stub.SHORT, date(2026, 1, 20)) == [
        "short first and last stub: it starts and ends between two boundaries"
    ]


def test_an_aligned_schedule_explains_a_clamped_boundary_too():
    aligned = AlignedSchedule(date(2026, 2, 10), Schedule(date(2026, 1, 31), MONTHLY), date(2026, 3, 31))
    lines = aligned.explain().splitlines()
    assert lines[0] == "from 2026-02-10 until 2026-03-31, every month from 2026-01-31, on day 31 of the month"
    assert lines[1].endswith("it starts between two boundaries; 2026-02 has no day 31, so it ends on its last day")
    assert lines[2] == "period 1: 2026-02-28 to 2026-03-31: 31 days, a full period"
    later = AlignedSchedule(date(2026, 4, 30), Schedule(date(2026, 1, 31), MONTHLY), date(2026, 6, 10))
    assert [line.partition(": ")[2] for line in later.explain().splitlines()[1:]] == [
        "2026-04-30 to 2026-05-31: 31 days, a full period; 2026-04 has no day 31, so it starts on its last day",
        # 30 June would be clamped, but is not reached
        (
            "2026-05-31 to 2026-06-10: 10 of the 30 days from 2026-05-31 to 2026-06-30; short last stub: it ends between "
            "two boundaries"
        ),
    ]
    with pytest.raises(InvalidValueError, match="how far"):
        AlignedSchedule(date(2026, 2, 10), FROM_THE_31ST).explain()


def test_a_change_on_28_february_with_bill_day_30_is_no_exception():
    """https://github.com/killbill/killbill/issues/2131: an IllegalStateException."""
    schedule = Schedule(date(2025, 1, 30), MONTHLY)
    change_on = date(2025, 2, 28)
    assert schedule.is_boundary(change_on)
    assert str(schedule.period_containing(change_on)) == "2025-02-28 to 2025-03-30"
    aligned = AlignedSchedule.by_rule(change_on, DayOfMonth(30), MONTHLY)
    assert not aligned.period(0).is_stub
    assert str(aligned.period(1)) == "2025-03-30 to 2025-04-30"


def test_a_calendar_quarter_has_91_days_wherever_the_subscription_starts():
    """https://github.com/getlago/lago-api/pull/6194: 42, the clamped window, for the 91 days from April to June."""
    stub = AlignedSchedule.by_rule(date(2024, 5, 20), MonthDay(1, 1), QUARTERLY).period(0)
    assert stub.full.days == 91
    assert stub.fraction == Fraction(42, 91)


def test_an_inherited_anniversary_has_91_days_too():
    """https://github.com/getlago/lago-api/pull/6194: 87 for the 91 days from 15 April to 14 July."""
    inherited = Schedule(date(2024, 1, 15), QUARTERLY)
    stub = AlignedSchedule(date(2024, 5, 20), inherited).period(0)
    assert str(stub.full) == "2024-04-15 to 2024-07-15"
    assert stub.fraction == Fraction(56, 91)


def test_a_short_segment_has_the_denominator_of_its_calendar_period():
    """Kill Bill measures back from the end of a segment that stops before its first bill day: 30 or 31 for one stub."""
    for until in (date(2024, 5, 5), date(2024, 5, 9)):
        stub = AlignedSchedule.by_rule(date(2024, 5, 2), DayOfMonth(10), MONTHLY, until).period(0)
        assert str(stub.full) == "2024-04-10 to 2024-05-10"
