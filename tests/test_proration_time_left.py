"""What time is left at a change: clocks, bases, zones, spans, whole months, clamped periods."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest

from billingcore import BilledPeriod
from billingcore._proration.time_left import time_left
from billingcore.cycles import ANNUAL, MONTHLY, WEEKLY, InstantPeriod, Period
from billingcore.errors import InvalidTypeError
from billingcore.proration import (
    Basis,
    Change,
    Clock,
    CreditOf,
    FixedDays,
    Measure,
    ProrationPolicy,
    Sale,
    fold_changes,
    prorate_change,
)
from billingcore.vendors import RULEBOOKS
from samples import (
    BILLED_31,
    FROM_10_JANUARY,
    JANUARY,
    KEEP,
    LARGE,
    LARGE_62,
    POLICIES,
    SMALL,
    SMALL_31,
    SPAN,
    UNTAXED,
    UPGRADE,
    YEAR,
    YEARLY_120,
    billed,
    day,
    flat,
    money,
    policy,
    running_after,
)


def shares(measure, at, period=FROM_10_JANUARY, plan=SMALL):
    result = prorate_change(
        ProrationPolicy(measure=measure), Change.to(at, flat("50.00", cadence=plan.cadence)), [billed(plan, period)]
    )
    return result.fraction


def test_a_back_dated_change_is_one_of_its_day():
    early = Change.to(date(2026, 1, 11), LARGE)
    assert prorate_change(KEEP, early, [billed(SMALL)]).credit == money("29.03")  # 30.00 × 30/31


def test_on_the_first_day_everything_is_left_and_on_the_last_one_day():
    first, last = (
        prorate_change(KEEP, Change.to(day, LARGE), [billed(SMALL)]) for day in (date(2026, 1, 10), date(2026, 2, 9))
    )
    assert (first.credit, first.charge, first.period) == (money("30.00"), money("50.00"), FROM_10_JANUARY)
    assert (last.credit, last.charge) == (money("0.97"), money("1.61"))
    old = prorate_change(POLICIES["samsung_prorated_charge"], Change.to(date(2026, 2, 9), LARGE), [billed(SMALL)])
    assert (old.net, old.period, old.next_bill_on) == (money("0.00"), None, date(2026, 2, 10))
    assert len(old.billed_after) == 1


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure(Clock.DAY), Fraction(17, 31)),
        (Measure(Clock.SECOND), Fraction(17, 31)),  # midnights, without a zone: every day has its 24 hours
        (Measure(Clock.MINUTE, UTC), Fraction(17, 31)),
        (Measure(Clock.DAY, basis=FixedDays(30)), Fraction(17, 30)),
        (Measure(Clock.DAY, basis=FixedDays(360, ANNUAL)), Fraction(17, 30)),
        (Measure(Clock.SECOND, UTC, FixedDays(30)), Fraction(17, 30)),
        (Measure(Clock.DAY, basis=FixedDays(30, trimmed=True)), Fraction(16, 30)),
        (Measure(Clock.DAY, basis=Basis.STRICT_30_360), Fraction(16, 30)),
        (Measure(Clock.DAY, basis=Basis.NOMINAL_PERIOD), Fraction(17, 31)),
        (Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH), Fraction(17, 31)),
        (Measure(Clock.MONTH), Fraction(1)),  # a month that has begun is used when it is over
    ],
)
def test_the_share_of_a_day_in_a_month_follows_clock_and_basis(measure, expected):
    assert shares(measure, date(2026, 1, 24)) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [  # 15 March of a year from 1 January: 292 of 365 days
        (Measure(Clock.DAY), Fraction(292, 365)),
        (Measure(Clock.DAY, basis=FixedDays(30)), Fraction(292, 360)),
        (Measure(Clock.DAY, basis=FixedDays(365, ANNUAL)), Fraction(292, 365)),
        (Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH), Fraction(292, 365)),
        (Measure(Clock.MONTH), Fraction(10, 12)),
    ],
)
def test_the_share_of_a_day_in_a_year_follows_clock_and_basis(measure, expected):
    assert shares(measure, date(2026, 3, 15), YEAR, flat("360.00", cadence=ANNUAL)) == expected


def test_a_postponed_period_credits_more_than_its_price_up_to_the_cap():
    """Recurly divides by the plan's own period: 40 of 31 days are left."""
    longer = Period(date(2026, 1, 10), date(2026, 2, 28))
    change = Change.to(date(2026, 1, 19), LARGE)
    capped = prorate_change(POLICIES["recurly_rebill"], change, [billed(SMALL, longer)])
    assert (capped.credit, capped.charge) == (money("30.00"), money("64.52"))  # 50.00 × 40/31
    free = prorate_change(policy("recurly_rebill", credit_of=CreditOf.PRICE_NOW), change, [billed(SMALL, longer)])
    assert free.credit == money("38.71")  # 30.00 × 40/31
    exact = InstantPeriod(datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC))
    span = prorate_change(
        POLICIES["recurly_rebill"],
        Change.to(datetime(2026, 1, 19, tzinfo=UTC), LARGE),
        [billed(SMALL, longer, span=exact)],
    )
    assert span.charge == money("64.52")
    midnight = prorate_change(POLICIES["recurly_rebill"].in_zone(UTC), change, [billed(SMALL, longer)])
    assert midnight.charge == money("64.52")


def test_a_week_is_divided_by_its_days():
    week = Period(date(2026, 1, 5), date(2026, 1, 12))
    plan = flat("70.00", cadence=WEEKLY)
    for basis in (Basis.CALENDAR_MONTH, Basis.STRICT_30_360, FixedDays(7, WEEKLY)):
        rule = ProrationPolicy(measure=Measure(Clock.DAY, basis=basis))
        assert prorate_change(rule, Change.cancel(date(2026, 1, 8)), [billed(plan, week)]).credit == money("40.00")


def test_a_long_stub_counts_each_day_over_its_own_month():
    joined = Period(
        date(2026, 1, 10),
        date(2026, 3, 1),
        Period(date(2026, 1, 1), date(2026, 2, 1)),
        joined=Period(date(2026, 2, 1), date(2026, 3, 1)),
    )
    line = attrs.evolve(billed(flat("31.00"), joined), charge=money("53.00"))  # 22.00 + 31.00
    result = prorate_change(KEEP, Change.to(date(2026, 2, 1), flat("62.00")), [line])
    assert (result.credit, result.charge) == (money("31.00"), money("62.00"))
    assert str(result.period) == "2026-02-01 to 2026-03-01"


def test_the_zone_says_which_day_an_instant_is():
    at = datetime(2026, 1, 24, 23, 30, tzinfo=UTC)
    east = KEEP.in_zone(timezone(timedelta(hours=1)))
    assert prorate_change(KEEP.in_zone(UTC), Change.to(at, LARGE), [billed(SMALL)]).credit == money("16.45")
    assert prorate_change(east, Change.to(at, LARGE), [billed(SMALL)]).credit == money("15.48")  # the 25th: 16 days


def test_days_of_a_span_are_those_of_the_zone():
    result = prorate_change(
        KEEP.in_zone(UTC), Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), LARGE), [billed(SMALL, span=SPAN)]
    )
    assert str(result.period) == "2026-01-24 to 2026-02-10"
    assert result.period.full == FROM_10_JANUARY
    (running,) = running_after(result)
    again = prorate_change(KEEP.in_zone(UTC), Change.cancel(datetime(2026, 1, 24, 19, tzinfo=UTC)), [running])
    assert again.credit == result.charge


def test_an_exact_change_leaves_an_exact_period():
    result = prorate_change(
        POLICIES["polar"], Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), LARGE), [billed(SMALL, span=SPAN)]
    )
    (running,) = running_after(result)
    assert running.span == result.period == InstantPeriod(datetime(2026, 1, 24, 18, tzinfo=UTC), SPAN.end_at, SPAN)
    assert running.period == Period(date(2026, 1, 24), date(2026, 2, 10))
    back = prorate_change(POLICIES["polar"], Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), SMALL), [running])
    assert back.net == -result.net
    later = prorate_change(POLICIES["polar"], Change.cancel(datetime(2026, 2, 1, 18, tzinfo=UTC)), [running])
    assert later.credit == money("14.11")  # 27.02 × 210/402 hours
    first = prorate_change(POLICIES["polar"], Change.to(SPAN.start_at, LARGE), [billed(SMALL, span=SPAN)])
    assert first.period == SPAN
    reset = prorate_change(POLICIES["maxio_migration"], Change.to(SPAN.start_at, LARGE), [billed(SMALL, span=SPAN)])
    assert reset.next_bill == SPAN.end_at
    assert reset.next_bill_on == date(2026, 2, 10)
    zoned = POLICIES["maxio_migration"].in_zone(timezone(timedelta(hours=13)))
    assert prorate_change(zoned, Change.to(SPAN.start_at, LARGE), [billed(SMALL, span=SPAN)]).next_bill_on == date(
        2026, 2, 11
    )
    assert running_after(prorate_change(zoned, Change.to(SPAN.start_at, LARGE), [billed(SMALL, span=SPAN)]))[
        0
    ].period == Period(date(2026, 1, 11), date(2026, 2, 11))


def test_a_period_of_hours_has_its_one_day():
    hours = InstantPeriod(SPAN.start_at, SPAN.start_at + timedelta(hours=6))
    result = prorate_change(POLICIES["polar"], Change.add(SPAN.start_at, LARGE, ruling=UNTAXED), running=hours)
    assert running_after(result)[0].period.days == 1


@pytest.mark.parametrize("sale", [Sale.PRORATE, Sale.REVERSE_AND_REBILL, Sale.CREDIT_ONLY, Sale.DIFFERENCE_REMAINING])
def test_a_period_without_a_whole_day_is_worth_nothing_by_days(sale):
    """Where money of no days was asked for, there was an error."""
    rule = ProrationPolicy(sale, Measure(Clock.DAY, UTC))
    short = InstantPeriod(SPAN.start_at, SPAN.start_at + timedelta(hours=6))
    added = prorate_change(rule, Change.add(SPAN.start_at, LARGE, ruling=UNTAXED), running=short)
    assert (added.charge, added.fraction) == (money("0.00"), 0)
    line = billed(SMALL, Period(date(2026, 1, 10), date(2026, 1, 11)), span=short)
    changed = prorate_change(rule, Change.to(SPAN.start_at, LARGE), [line])
    assert (changed.credit, changed.charge) == (money("0.00"), money("0.00"))
    assert prorate_change(rule, Change.cancel(SPAN.start_at), [line]).credit == money("0.00")


def test_a_span_whose_change_comes_as_a_day():
    line = billed(SMALL, span=SPAN)
    assert prorate_change(KEEP.in_zone(UTC), UPGRADE, [line]).credit == money("16.45")
    assert prorate_change(POLICIES["polar"].in_zone(UTC), UPGRADE, [line]).credit == money("16.94")  # 17.5/31
    minutes = prorate_change(POLICIES["paddle"], Change.to(datetime(2026, 1, 24, 18, 0, 59, tzinfo=UTC), LARGE), [line])
    assert "24120/44640 minutes (16 d 18 h of 31 d)" in minutes.explain()


def test_a_span_and_a_day_without_a_zone():
    with pytest.raises(InvalidTypeError, match="zone"):
        prorate_change(POLICIES["polar"], Change.add(date(2026, 1, 24), LARGE, ruling=UNTAXED), running=SPAN)


def test_a_day_that_counts_as_none_is_worth_nothing():
    """A month of 31 days is 30: its 31st day is charged and credited with 0."""
    january = billed(SMALL, Period(date(2026, 1, 1), date(2026, 2, 1)))
    history = fold_changes(
        POLICIES["killbill_fixed_30"],
        [january],
        [Change.to(date(2026, 1, 31), LARGE), Change.cancel(date(2026, 1, 31))],
    )
    assert [step.net for step in history.steps] == [money("0.00"), money("0.00")]


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2024, 2, 29), date(2024, 3, 30), 30),  # an anchor on the 30th: its own 30 days, not the 29 to 29 March
        (date(2025, 2, 28), date(2025, 3, 31), 31),  # an anchor on the 31st
        (date(2025, 1, 31), date(2025, 2, 28), 28),
        (date(2025, 1, 10), date(2025, 2, 10), 31),
        (date(2025, 1, 10), date(2025, 2, 15), 31),  # postponed by five days: the month from 10 January
    ],
)
@pytest.mark.parametrize("zone", [None, UTC])
def test_the_nominal_length_of_a_clamped_period_is_its_own(start, end, days, zone):
    measure = Measure(Clock.SECOND, zone, Basis.NOMINAL_PERIOD)
    left, length = time_left(measure, Period(start, end), start, MONTHLY)
    unit = 1 if zone is None else 86_400
    assert (left, length) == ((end - start).days * unit, days * unit)


def test_the_nominal_length_of_a_clamped_period_of_instants_is_its_own():
    measure = Measure(Clock.SECOND, UTC, Basis.NOMINAL_PERIOD)
    start, end = datetime(2024, 2, 29, 12, tzinfo=UTC), datetime(2024, 3, 30, 12, tzinfo=UTC)
    assert time_left(measure, InstantPeriod(start, end), start, MONTHLY) == (30 * 86_400, 30 * 86_400)
    later = datetime(2024, 4, 2, 12, tzinfo=UTC)
    assert time_left(measure, InstantPeriod(start, later), start, MONTHLY) == (33 * 86_400, 29 * 86_400)


def test_when_a_day_begins_is_asked_of_a_zone():
    noon = datetime(2024, 2, 29, 12, tzinfo=UTC)
    with pytest.raises(InvalidTypeError, match="when a day begins depends on the zone"):
        time_left(Measure(Clock.SECOND), Period(date(2024, 2, 29), date(2024, 3, 30)), noon)


def test_a_clamped_month_is_whole_by_the_calendar_too():
    measure = Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH)
    assert time_left(measure, Period(date(2024, 2, 29), date(2024, 3, 30)), date(2024, 3, 15), MONTHLY) == (15, 30)


def test_a_line_that_begins_within_a_day_says_so():
    polar = POLICIES["polar"].in_zone(UTC)
    noon = datetime(2026, 1, 11, 12, tzinfo=UTC)
    (_, line) = prorate_change(polar, Change.to(noon, LARGE_62), BILLED_31).billed_after
    assert line.span is not None
    assert (line.span.start_at, line.period.start, line.net) == (noon, day(11), money("41.00"))  # 62 × 20.5/31
    assert prorate_change(polar, Change.cancel(noon), [line]).credit == money("41.00")
    whole = prorate_change(polar, Change.to(datetime(2026, 1, 1, tzinfo=UTC), LARGE_62), BILLED_31)
    assert (whole.period, whole.charge) == (JANUARY, money("62.00"))


@pytest.mark.parametrize("name", ["stripe_classic", "polar"])
def test_no_time_is_left_that_had_not_begun(name):
    """Cancelled on the civil day on which it began at 18:00: 127/124 of it came back."""
    span = InstantPeriod(datetime(2026, 1, 1, 18, tzinfo=UTC), datetime(2026, 2, 1, 18, tzinfo=UTC))
    billed = [BilledPeriod.of_plan(SMALL_31, 1, JANUARY, UNTAXED, span=span)]
    result = prorate_change(POLICIES[name].in_zone(UTC), Change.cancel(day(1)), billed)
    assert (result.credit, result.fraction) == (money("31.00"), 1)


@pytest.mark.parametrize("name", ["paddle_months", "fastspring"])
@pytest.mark.parametrize(
    ("day", "credit"),
    [
        (date(2026, 1, 31), "120.00"),  # the first month is not over: 12/12
        (date(2026, 2, 1), "110.00"),  # one month is used: 11/12
        (date(2026, 4, 1), "90.00"),  # 9/12, as the printed example has it
    ],
)
def test_a_month_is_used_when_it_is_over(name, day, credit):
    result = prorate_change(POLICIES[name], Change.cancel(day), [billed(YEARLY_120, YEAR)])
    assert result.credit == money(credit)
    assert "inferred" in RULEBOOKS[name].upgrade.remark
    assert Clock.MONTH is POLICIES[name].measure.clock


def test_a_long_stub_of_equal_months_counts_its_days():
    """July and August have 31 days each: 40 days of the two are 40/31 of a month."""
    joined = Period(
        date(2026, 7, 23), date(2026, 9, 1), Period(date(2026, 7, 1), date(2026, 8, 1)),
        joined=Period(date(2026, 8, 1), date(2026, 9, 1)),
    )  # fmt: skip
    assert time_left(Measure(Clock.DAY), joined, joined.start, MONTHLY) == (40, 31)
    assert time_left(Measure(Clock.DAY), joined, date(2026, 8, 22), MONTHLY) == (10, 31)


@pytest.mark.parametrize(
    ("end", "length"),
    [
        (date(2026, 2, 10), 31),  # a whole month: its own days
        (date(2026, 2, 15), 31),  # moved: the days of January
        (date(2026, 2, 28), 31),
        (date(2026, 3, 10), 31),
    ],
)
def test_the_calendar_month_is_that_in_which_the_period_starts(end, length):
    moved = Period(date(2026, 1, 10), end)
    assert time_left(Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH), moved, moved.start, MONTHLY)[1] == length
    february = Period(date(2026, 2, 10), date(2026, 3, 15))
    assert time_left(Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH), february, february.start, MONTHLY) == (33, 28)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)), (date(2026, 2, 28), date(2026, 3, 31)), (date(2026, 4, 30), date(2026, 5, 31)),
        (date(2024, 2, 29), date(2024, 3, 30)), (date(2026, 1, 10), date(2026, 2, 10)),
    ],
)  # fmt: skip
def test_from_months_end_to_months_end_is_a_whole_month(start, end):
    period = Period(start, end)
    whole = (period.days, period.days)
    assert time_left(Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH), period, start, MONTHLY) == whole


def test_a_month_is_used_on_its_day_and_not_before():
    """From the 10th: on the 9th of the next month none is used yet, on the 10th one."""
    quarter, measure = Period(date(2026, 1, 10), date(2026, 4, 10)), Measure(Clock.MONTH)
    cuts = (date(2026, 2, 9), date(2026, 2, 10), date(2026, 4, 9))
    assert [time_left(measure, quarter, cut) for cut in cuts] == [(3, 3), (2, 3), (1, 3)]


@pytest.mark.parametrize(
    ("measure", "credit"),
    [
        (Measure(Clock.DAY), "43.93"),  # (13/28 + 1) / (11/31 + 2)
        (Measure(Clock.DAY, basis=FixedDays(30)), "42.79"),  # (13/30 + 1) / (11/30 + 2); it was all of it
        (Measure(Clock.DAY, basis=Basis.STRICT_30_360), "45.42"),  # (15/30 + 1) / (10/30 + 2)
        (Measure(zone=UTC), "43.93"),
        (Measure(Clock.MONTH), "47.10"),  # 2 of 3 months
    ],
)
def test_a_long_stub_is_credited_by_each_of_its_periods(measure, credit):
    """20 January to 31 March: 30.00 × (11/31 + 2) = 70.645… → 70.65 was billed; ended on 15 February."""
    bounds = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    first, *others = [Period(start, end) for start, end in pairwise(bounds)]
    line = billed(SMALL, Period(date(2026, 1, 20), bounds[-1], first, None, tuple(others)))
    assert line.net == money("70.65")
    rule = ProrationPolicy(measure=measure)
    assert prorate_change(rule, Change.cancel(date(2026, 2, 15)), [line]).credit == money(credit)
    # to the instant, the hours of the day count as well: (12.5/28 + 1) / (11/31 + 2) = 43.395…
    if measure.zone is not None:
        half = Change.cancel(datetime(2026, 2, 15, 12, tzinfo=UTC))
        assert prorate_change(rule, half, [line]).credit == money("43.40")


def test_hours_of_one_civil_day_are_no_day_of_one():
    """A day clock counts whole days: of some hours none is left, over the one day on which they lie."""
    hours = InstantPeriod(datetime(2026, 1, 10, 8, tzinfo=UTC), datetime(2026, 1, 10, 20, tzinfo=UTC))
    line = BilledPeriod.of_plan(SMALL, 1, Period(date(2026, 1, 10), date(2026, 1, 11)), span=hours)
    (credit,) = prorate_change(KEEP.in_zone(UTC), Change.cancel(datetime(2026, 1, 10, 9, tzinfo=UTC)), [line]).lines
    assert credit.sum_in_words == "30.00 EUR × 0/1 days = 0.00"
