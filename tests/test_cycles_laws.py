"""The laws of billing time, each for any anchor, cadence and number; dateutil is the oracle for months."""

import pickle
from datetime import date
from fractions import Fraction
from itertools import pairwise

from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from billingcore.cycles import (
    END_OF_MONTH,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    MonthDay,
    Period,
    Resume,
    Schedule,
    Stub,
    Term,
    Trial,
    Unit,
    Weekday,
    move_bill_date,
    renew_early,
    resume_schedule,
)
from samples import ONE_DAY

ANCHORS = st.dates(date(1900, 1, 1), date(2200, 12, 31)) | st.sampled_from(
    [date(2024, 1, 31), date(2024, 2, 29), date(2023, 2, 28), date(2096, 2, 29), date(2000, 2, 29), date(2023, 12, 30)]
)
CADENCES = st.builds(Cadence, st.integers(1, 20), st.sampled_from(Unit))
MONTHS = st.builds(Cadence, st.integers(1, 20), st.sampled_from([Unit.MONTH, Unit.YEAR]))
USUAL = st.sampled_from([Cadence.monthly(), Cadence.quarterly(), Cadence.yearly(), Cadence.weekly(), Cadence.daily(10)])
NUMBERS = st.integers(-40, 60)
SCHEDULES = st.builds(Schedule, ANCHORS, CADENCES)
RULES = st.one_of(
    st.builds(DayOfMonth, st.integers(1, 31)),
    st.just(END_OF_MONTH),
    st.builds(MonthDay, st.integers(1, 12), st.integers(1, 28)),
    st.just(MonthDay(2, 29)),
)
YEARLY_FIT = st.sampled_from([Cadence.monthly(n) for n in (1, 2, 3, 4, 6, 12, 24)])


@given(ANCHORS, CADENCES, NUMBERS)
def test_boundary_n_is_the_anchor_plus_n_relativedeltas(anchor, cadence, n):
    assert Schedule(anchor, cadence).boundary(n) == anchor + n * cadence.to_relativedelta()


@given(ANCHORS, CADENCES, NUMBERS)
def test_a_schedule_takes_the_relativedelta_itself(anchor, cadence, n):
    assert Schedule(anchor, cadence.to_relativedelta()).boundary(n) == Schedule(anchor, cadence).boundary(n)


@given(CADENCES)
def test_a_cadence_is_the_same_by_way_of_relativedelta(cadence):
    back = Cadence.of(cadence.to_relativedelta())
    assert back == cadence
    assert hash(back) == hash(cadence)
    assert (back.months, back.days) == (cadence.months, cadence.days)


@given(SCHEDULES)
def test_boundary_0_is_the_anchor(schedule):
    assert schedule.boundary(0) == schedule.anchor


@given(SCHEDULES, NUMBERS)
def test_boundaries_strictly_increase(schedule, n):
    assert schedule.boundary(n) < schedule.boundary(n + 1)


@given(SCHEDULES, NUMBERS)
def test_adjacent_periods_share_a_boundary(schedule, n):
    assert schedule.period(n).end == schedule.period(n + 1).start


@given(SCHEDULES, st.integers(-3000, 3000))
def test_exactly_one_period_contains_a_day(schedule, offset):
    day = schedule.anchor + offset * ONE_DAY
    n = schedule.index_of(day)
    period = schedule.period_containing(day)
    assert period == schedule.period(n)
    assert period.index == n
    assert period.contains(day)
    assert not schedule.period(n - 1).contains(day)
    assert not schedule.period(n + 1).contains(day)


@given(SCHEDULES, NUMBERS)
def test_index_of_inverts_boundary(schedule, n):
    assert schedule.index_of(schedule.boundary(n)) == n
    assert schedule.index_of(schedule.boundary(n) - ONE_DAY) == n - 1
    assert schedule.is_boundary(schedule.boundary(n))


@given(ANCHORS, MONTHS, NUMBERS, NUMBERS)
def test_boundaries_do_not_depend_on_the_path(anchor, cadence, first, second):
    """Walk to boundary ``first`` and go on from there with the same rule: you end where you would directly."""
    schedule = Schedule(anchor, cadence)
    moved = Schedule(schedule.boundary(first), cadence, DayOfMonth(anchor.day))
    assert moved.boundary(second) == schedule.boundary(first + second)


@given(ANCHORS, MONTHS, NUMBERS)
def test_the_day_is_the_anchors_or_the_last_of_a_shorter_month(anchor, cadence, n):
    schedule = Schedule(anchor, cadence)
    found = schedule.boundary(n)
    month_end = date(found.year, found.month, 1) + relativedelta(months=1) - ONE_DAY
    assert found.day == min(anchor.day, month_end.day)
    assert schedule.is_clamped(n) == (anchor.day > month_end.day)


@given(ANCHORS, st.integers(1, 10), NUMBERS)
def test_a_year_is_twelve_months(anchor, count, n):
    yearly, monthly = Schedule(anchor, Cadence.yearly(count)), Schedule(anchor, Cadence.monthly())
    assert yearly.boundary(n) == monthly.boundary(12 * count * n)


@given(ANCHORS, NUMBERS)
def test_a_month_has_28_to_31_days_and_a_year_365_or_366(anchor, n):
    assert 28 <= Schedule(anchor, Cadence.monthly()).period(n).days <= 31
    assert Schedule(anchor, Cadence.yearly()).period(n).days in (365, 366)


def test_periods_tile_without_gap_or_overlap_for_every_day_of_a_leap_cycle():
    for offset in range(4 * 365 + 1):
        anchor = date(2023, 3, 1) + offset * ONE_DAY
        for cadence in (Cadence.monthly(), Cadence.quarterly(), Cadence.half_yearly(), Cadence.yearly()):
            schedule = Schedule(anchor, cadence)
            boundaries = [schedule.boundary(n) for n in range(-12, 13)]
            assert all(earlier < later for earlier, later in pairwise(boundaries))
            lengths = sum(schedule.period(n).days for n in range(-12, 12))
            assert lengths == (boundaries[-1] - boundaries[0]).days


def test_no_drift_in_a_thousand_steps_either_way():
    schedule = Schedule(date(2024, 1, 31), Cadence.monthly())
    for n in range(-1000, 1001):
        assert schedule.boundary(n) == date(2024, 1, 31) + relativedelta(months=n)


@given(SCHEDULES, st.integers(-500, 500), st.integers(0, 900))
def test_a_sequence_of_periods_covers_exactly_what_was_asked_for(schedule, offset, length):
    start = schedule.anchor + offset * ONE_DAY
    until = start + length * ONE_DAY
    periods = schedule.periods(start, until)
    listed = list(periods)
    assert len(periods) == len(listed)
    assert [periods[at] for at in range(len(periods))] == listed
    assert all(Period(period.start, period.end) in periods for period in listed)
    assert schedule.period(schedule.index_of(until)) not in periods[:-1]
    assert list(periods[1:]) == listed[1:]
    assert list(periods[::-2]) == listed[::-2]
    assert all(period.start < until and period.end > start for period in listed)
    assert all(earlier.end == later.start for earlier, later in pairwise(listed))
    if length:
        assert listed[0].contains(start)
        assert listed[-1].contains(until - ONE_DAY)
    else:
        assert listed == []


@given(SCHEDULES, st.integers(-500, 500), st.integers(1, 30))
def test_n_cycles_are_n_periods(schedule, offset, count):
    day = schedule.anchor + offset * ONE_DAY
    cycles = schedule.cycles(day, count)
    assert len(cycles) == count
    assert cycles[0].contains(day)
    assert cycles[-1].end == schedule.boundary(schedule.index_of(day) + count)


# Rules


@given(RULES, YEARLY_FIT, ANCHORS)
def test_a_calendar_rule_begins_on_its_first_day_from_the_start(rule, cadence, start):
    schedule = Schedule.by_rule(start, rule, cadence)
    assert schedule.boundary(0) >= start
    day = schedule.anchor
    if isinstance(rule, MonthDay) and cadence.months <= 12:
        assert (day.month - rule.month) % cadence.months == 0
        assert schedule.boundary(-1) < start
    elif not isinstance(rule, MonthDay):
        assert (day - start).days <= 31


@given(st.sampled_from(Weekday), st.integers(1, 8), ANCHORS, NUMBERS)
def test_a_weekday_stays_one(weekday, weeks, start, n):
    schedule = Schedule.by_rule(start, weekday, Cadence.weekly(weeks))
    assert Weekday.of(schedule.boundary(n)) is weekday
    assert 0 <= (schedule.anchor - start).days < 7


@given(ANCHORS, MONTHS, NUMBERS)
def test_the_end_of_the_month_stays_one(start, cadence, n):
    found = Schedule.by_rule(start, END_OF_MONTH, cadence).boundary(n)
    assert (found + ONE_DAY).day == 1


# Stubs


@st.composite
def aligned(draw):
    grid = Schedule(draw(ANCHORS), draw(USUAL))
    start = grid.anchor + draw(st.integers(-800, 800)) * ONE_DAY
    until = start + draw(st.integers(1, 1500)) * ONE_DAY
    stubs = st.sampled_from([Stub.SHORT, Stub.LONG])
    return AlignedSchedule(start, grid, until, draw(stubs), draw(stubs))


@given(aligned())
def test_aligned_periods_cover_the_subscription(schedule):
    periods = list(schedule.periods())
    assert len(periods) == schedule.count
    assert periods[0].start == schedule.start
    assert periods[-1].end == schedule.until
    assert all(earlier.end == later.start for earlier, later in pairwise(periods))
    assert [schedule.boundary(n) for n in range(schedule.count + 1)] == [p.start for p in periods] + [schedule.until]


@given(aligned(), st.data())
def test_aligned_periods_know_their_days(schedule, data):
    day = schedule.start + data.draw(st.integers(0, (schedule.until - schedule.start).days - 1)) * ONE_DAY
    period = schedule.period_containing(day)
    assert period.contains(day)
    assert schedule.index_of(day) == period.index
    assert schedule.period(period.index) == period


@given(aligned())
def test_only_the_first_and_the_last_period_can_be_stubs(schedule):
    assert all(not period.is_stub for period in schedule.periods()[1:-1])
    assert all(schedule.schedule.is_boundary(schedule.boundary(n)) for n in range(1, schedule.count))


@given(aligned())
def test_a_stub_and_the_rest_of_its_reference_make_the_full_period(schedule):
    for period in schedule.periods():
        for part in period.parts:
            full = part.full
            rest = [
                Period(*bounds, full)
                for bounds in ((full.start, part.start), (part.end, full.end))
                if bounds[0] < bounds[1]
            ]
            assert part.fraction + sum((piece.fraction for piece in rest), Fraction(0)) == 1


@given(aligned())
def test_long_or_short_costs_the_same(schedule):
    short = AlignedSchedule(schedule.start, schedule.schedule, schedule.until)
    assert sum(p.fraction for p in schedule.periods()) == sum(p.fraction for p in short.periods())


@given(aligned(), st.data())
def test_the_shares_of_a_cut_period_add_up(schedule, data):
    period = data.draw(st.sampled_from([schedule.period(0), schedule.period(schedule.count - 1)]))
    assume(period.days > 1)
    used, unused = period.split(period.start + data.draw(st.integers(1, period.days - 1)) * ONE_DAY)
    assert used.fraction + unused.fraction == period.fraction


# Trials, terms, moves


@given(ANCHORS, CADENCES, CADENCES, NUMBERS)
def test_no_day_is_billed_twice_or_left_out_at_the_end_of_a_trial(start, length, cadence, n):
    trial = Trial.lasting(start, length)
    schedule = trial.schedule(cadence)
    assert trial.period.end == trial.first_paid_on == schedule.period(0).start
    assert schedule.boundary(n) == trial.first_paid_on + n * cadence.to_relativedelta()


@given(SCHEDULES, NUMBERS, st.integers(1, 24))
def test_a_renewal_continues_its_term_on_the_same_anchor(schedule, first, cycles):
    term = Term(schedule, first, cycles)
    renewed = term.renewal()
    assert term.end == renewed.start
    assert [*term.periods, *renewed.periods] == list(schedule.periods(term.start, renewed.end))


@given(ANCHORS, USUAL, NUMBERS, st.integers(1, 900))
def test_a_moved_bill_date_loses_no_day(anchor, cadence, n, offset):
    schedule = Schedule(anchor, cadence)
    to = schedule.boundary(n) + offset * ONE_DAY
    assume(to != schedule.boundary(n + 1))
    move = move_bill_date(schedule, n, to)
    assert move.after.start == move.before.start
    assert move.after.end == to
    assert move.schedule.is_boundary(to)
    added = sum(period.days for period in move.added)
    assert added == max(0, (to - move.before.end).days)
    assert move.after.days == move.before.days + added - (move.removed.days if move.removed else 0)
    removed = move.removed.fraction if move.removed else 0
    assert move.after.fraction == move.before.fraction + sum(period.fraction for period in move.added) - removed


@given(ANCHORS, USUAL, st.integers(0, 900), st.integers(1, 900), st.sampled_from(Resume))
def test_a_pause_neither_makes_nor_hides_days(anchor, cadence, offset, length, how):
    schedule = Schedule(anchor, cadence)
    paused = anchor + offset * ONE_DAY
    resumed = paused + length * ONE_DAY
    result = resume_schedule(schedule, paused, resumed, how)
    assert result.current.start == resumed
    assert result.schedule.is_boundary(result.current.end)
    assert result.unused.start == paused
    assert result.interrupted.start <= paused < result.unused.end <= result.interrupted.end
    if how is Resume.KEEP_DAYS:
        assert result.current.fraction == result.unused.fraction
        assert result.current.full.days == result.interrupted.days
    if how is Resume.KEEP_DATES:
        assert result.schedule == schedule


@given(ANCHORS, USUAL, st.integers(0, 900))
def test_an_early_renewal_at_once_gives_back_what_was_unused(anchor, cadence, offset):
    schedule = Schedule(anchor, cadence)
    on = anchor + offset * ONE_DAY
    assume(not schedule.is_boundary(on))
    renewal = renew_early(schedule, on, restart=True)
    assert renewal.current.fraction + renewal.unused.fraction == 1
    assert renewal.renewed.start == on == renewal.schedule.anchor
    assert renew_early(schedule, on).renewed.start == schedule.period_containing(on).end


@given(SCHEDULES, NUMBERS)
def test_values_survive_pickling_and_hash_like_they_compare(schedule, n):
    for value in (schedule, schedule.period(n), schedule.cycles(schedule.anchor, 3), schedule.cadence):
        copy = pickle.loads(pickle.dumps(value))
        assert copy == value
        assert hash(copy) == hash(value)
