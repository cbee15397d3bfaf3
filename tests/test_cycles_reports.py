"""Bugs that users of billing engines and date libraries reported, with their figures.

Each test names the thread. The wrong answers of the thread are spelt out where they
help to see what the right one is not.
"""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY as RRULE_MONTHLY
from dateutil.rrule import rrule

from billingcore.cycles import (
    ANNUAL,
    HALF_YEARLY,
    MONTHLY,
    QUARTERLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    MonthDay,
    Schedule,
    Trial,
    civil_date,
    move_bill_date,
)


def boundaries(schedule: Schedule, count: int, first: int = 0) -> list[str]:
    return [str(schedule.boundary(n)) for n in range(first, first + count)]


# Anchor drift and short months


def test_polar_10664_the_31st_comes_back_after_february():
    """https://github.com/polarsource/polar/issues/10664: 31 Jan, 29 Feb, 29 Mar, 29 Apr for ever."""
    assert boundaries(Schedule(date(2024, 1, 31), MONTHLY), 4) == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
    ]


def test_polar_11459_the_end_of_the_trial_is_the_new_anchor():
    """https://github.com/polarsource/polar/pull/11459: the period after the trial ran to 28 June instead of 5 June."""
    trial = Trial.lasting(date(2024, 4, 28), Cadence.daily(7))
    assert boundaries(trial.schedule(MONTHLY), 3) == ["2024-05-05", "2024-06-05", "2024-07-05"]


def test_polar_13769_three_months_of_discount_are_three_cycles():
    """https://github.com/polarsource/polar/issues/13769: applied on a clamped day, N months gave N - 1 cycles."""
    schedule = Schedule(date(2025, 1, 31), MONTHLY)
    applied_on = date(2025, 2, 28)
    discounted = [period.start for period in schedule.cycles(applied_on, 3)]
    assert discounted == [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]
    end_of_the_thread = applied_on + relativedelta(months=3 - 1)
    assert [start <= end_of_the_thread for start in discounted] == [True, True, False]  # the lost cycle


def test_polar_14285_a_period_given_free_keeps_the_anchor():
    """https://github.com/polarsource/polar/pull/14285 (review): extending by one month rewrote the anchor's day."""
    move = move_bill_date(Schedule(date(2025, 1, 31), MONTHLY), 0, date(2025, 3, 31))
    assert boundaries(move.schedule, 4) == ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]


def test_killbill_127_day_31_bills_every_month():
    """https://github.com/killbill/killbill/issues/127: after 31 March the account was billed no more."""
    schedule = Schedule(date(2017, 1, 31), MONTHLY)
    assert [str(period) for period in schedule.periods(date(2017, 1, 31), date(2017, 4, 30))] == [
        "2017-01-31 to 2017-02-28",
        "2017-02-28 to 2017-03-31",
        "2017-03-31 to 2017-04-30",
    ]
    first = AlignedSchedule.by_rule(date(2013, 1, 1), DayOfMonth(31), MONTHLY)
    assert [str(first.period(n)) for n in range(3)] == [
        "2013-01-01 to 2013-01-31",
        "2013-01-31 to 2013-02-28",
        "2013-02-28 to 2013-03-31",
    ]


def test_killbill_2131_a_change_on_28_february_with_bill_day_30_is_no_exception():
    """https://github.com/killbill/killbill/issues/2131: an IllegalStateException."""
    schedule = Schedule(date(2025, 1, 30), MONTHLY)
    change_on = date(2025, 2, 28)
    assert schedule.is_boundary(change_on)
    assert str(schedule.period_containing(change_on)) == "2025-02-28 to 2025-03-30"
    aligned = AlignedSchedule.by_rule(change_on, DayOfMonth(30), MONTHLY)
    assert not aligned.period(0).is_stub
    assert str(aligned.period(1)) == "2025-03-30 to 2025-04-30"


def test_killbill_2133_created_on_31_march_bills_on_31_may():
    """https://github.com/killbill/killbill/issues/2133: in arrears, billed on 30 May."""
    assert boundaries(Schedule(date(2025, 3, 31), MONTHLY), 3) == ["2025-03-31", "2025-04-30", "2025-05-31"]


def test_lago_1840_an_anniversary_on_the_30th_passes_29_february():
    """https://github.com/getlago/lago-api/pull/1840: 30 January over 29 February of a leap year."""
    schedule = Schedule(date(2024, 1, 30), MONTHLY)
    assert boundaries(schedule, 3) == ["2024-01-30", "2024-02-29", "2024-03-30"]
    assert str(schedule.period_containing(date(2024, 2, 28))) == "2024-01-30 to 2024-02-29"
    assert str(schedule.period_containing(date(2024, 2, 29))) == "2024-02-29 to 2024-03-30"


def test_lago_6173_periods_tile_on_29_february_and_on_long_days():
    """https://github.com/getlago/lago-api/pull/6173: yearly on 29 Feb, quarterly and half-yearly on 29 or later."""
    for anchor in (date(2024, 2, 29), date(2023, 11, 29), date(2023, 11, 30), date(2024, 1, 31), date(2024, 8, 31)):
        for cadence in (QUARTERLY, HALF_YEARLY, ANNUAL):
            schedule = Schedule(anchor, cadence)
            day = anchor
            seen = []
            while day < date(2034, 1, 1):  # whichever day is asked for, the same periods come back
                period = schedule.period_containing(day)
                if not seen or seen[-1] != period:
                    seen.append(period)
                day += timedelta(days=1)
            assert all(earlier.end == later.start for earlier, later in pairwise(seen))
            assert seen == list(schedule.periods(anchor, date(2034, 1, 1)))


def test_openmeter_3225_anchors_reach_to_the_31st():
    """https://github.com/openmeterio/openmeter/pull/3225: anchors were forced to days 1 to 28."""
    for day in range(1, 32):
        assert Schedule(date(2024, 1, day), MONTHLY).boundary(2).day == day


# The wrong denominator


def test_lago_6194_a_calendar_quarter_has_91_days_wherever_the_subscription_starts():
    """https://github.com/getlago/lago-api/pull/6194: 42, the clamped window, for the 91 days from April to June."""
    stub = AlignedSchedule.by_rule(date(2024, 5, 20), MonthDay(1, 1), QUARTERLY).period(0)
    assert stub.full.days == 91
    assert stub.fraction == Fraction(42, 91)


def test_lago_6194_an_inherited_anniversary_has_91_days_too():
    """https://github.com/getlago/lago-api/pull/6194: 87 for the 91 days from 15 April to 14 July."""
    inherited = Schedule(date(2024, 1, 15), QUARTERLY)
    stub = AlignedSchedule(date(2024, 5, 20), inherited).period(0)
    assert str(stub.full) == "2024-04-15 to 2024-07-15"
    assert stub.fraction == Fraction(56, 91)


def test_killbill_a_short_segment_has_the_denominator_of_its_calendar_period():
    """Kill Bill measures back from the end of a segment that stops before its first bill day: 30 or 31 for one stub."""
    for until in (date(2024, 5, 5), date(2024, 5, 9)):
        stub = AlignedSchedule.by_rule(date(2024, 5, 2), DayOfMonth(10), MONTHLY, until).period(0)
        assert str(stub.full) == "2024-04-10 to 2024-05-10"


def test_meteroid_an_annual_plan_ends_after_a_year():
    """An anchor without a month made an annual plan of 15 April 2025 end on 1 April 2026: 351 of 365 days."""
    assert Schedule(date(2025, 4, 15), ANNUAL).period(0).days == 365
    assert str(Schedule(date(2025, 4, 15), ANNUAL).boundary(1)) == "2026-04-15"


def test_flexprice_an_annual_anchor_later_in_the_year_is_the_first_bill_date():
    """Start 15 January 2024 with an anchor of 15 June gave a first period of 17 months."""
    first = AlignedSchedule.by_rule(date(2024, 1, 15), MonthDay(6, 15), ANNUAL).period(0)
    assert (str(first.end), first.fraction) == ("2024-06-15", Fraction(152, 366))


# Zones


def test_killbill_743_a_trial_across_the_change_of_clocks_ends_on_the_31st():
    """https://github.com/killbill/killbill/issues/743: bill day 1 instead of 31, for want of the zone's rules."""
    zone = ZoneInfo("America/Los_Angeles")
    started_at = datetime(2017, 3, 1, 23, 30, tzinfo=zone)  # 07:30 UTC on 2 March
    trial = Trial.lasting(civil_date(started_at.astimezone(UTC), zone), Cadence.daily(30))
    assert trial.first_paid_on == date(2017, 3, 31)


def test_killbill_139_a_cancellation_at_the_end_of_term_credits_nothing():
    """https://github.com/killbill/killbill/issues/139: converted twice, the end fell on 18 January: -0.65 of 39.90."""
    zone = ZoneInfo("Etc/GMT+8")  # UTC - 8 hours
    created_on = civil_date(datetime(2013, 1, 20, 7, 30, 42, tzinfo=UTC), zone)
    assert created_on == date(2013, 1, 19)
    period = Schedule(created_on, ANNUAL).period(0)
    assert str(period) == "2013-01-19 to 2014-01-19"
    cancel_on = period.end  # a civil date already: not converted again
    assert period.days - (cancel_on - period.start).days == 0


def test_killbill_1923_a_phase_ends_on_a_bill_date():
    """https://github.com/killbill/killbill/issues/1923: a stub from 28 May to 1 June after 3 months of discount."""
    zone = ZoneInfo("America/New_York")
    start = civil_date(datetime(2023, 3, 1, 3, 47, 56, tzinfo=UTC), zone)
    assert start == date(2023, 2, 28)
    phase = Schedule(start, MONTHLY).cycles(start, 3)
    assert [str(period) for period in phase] == [
        "2023-02-28 to 2023-03-28",
        "2023-03-28 to 2023-04-28",
        "2023-04-28 to 2023-05-28",
    ]


# Date libraries


def test_dateutil_rrule_skips_short_months_and_a_schedule_does_not():
    """dateutil#53, #149, #1079 and RFC 5545: a monthly rule of the 31st has no February, April, June, …."""
    skipped = [found.date() for found in rrule(RRULE_MONTHLY, dtstart=datetime(2024, 1, 31, tzinfo=UTC), count=5)]
    assert [day.month for day in skipped] == [1, 3, 5, 7, 8]
    schedule = Schedule(date(2024, 1, 31), MONTHLY)
    assert [schedule.boundary(n).month for n in range(5)] == [1, 2, 3, 4, 5]


def test_dateutil_1134_stepping_drifts_and_counting_does_not():
    """dateutil#1134, #1135, #1149: adding a month again and again forgets the 31st."""
    day = date(2024, 1, 31)
    for _ in range(3):
        day += relativedelta(months=1)
    assert day == date(2024, 4, 29)
    assert Schedule(date(2024, 1, 31), MONTHLY).boundary(3) == date(2024, 4, 30)
