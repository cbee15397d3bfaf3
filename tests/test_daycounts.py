"""Day counts, with the sums of their published definitions written out."""

import re
from calendar import isleap
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import MONTHLY, QUARTERLY, AlignedSchedule, Cadence, DayOfMonth, Period, Schedule, Stub
from billingcore.daycounts import DayCount, period_share, year_fraction
from samples import ONE_DAY

ISDA, US = DayCount.ACTUAL_ACTUAL_ISDA, DayCount.THIRTY_360_US
BOND, EUROPEAN = DayCount.THIRTY_360_BOND_BASIS, DayCount.THIRTY_E_360
FIXED_365, ACT_360 = DayCount.ACTUAL_365_FIXED, DayCount.ACTUAL_360
YEARS = [count for count in DayCount if count.counts_years]
DATES = st.dates(date(1990, 1, 1), date(2100, 1, 1))

YEAR_FRACTIONS = [  # start, end, convention, fraction of a year
    # ISDA's memorandum on actual/actual of 1998: a semi-annual period over a new year
    (date(2003, 11, 1), date(2004, 5, 1), ISDA, Fraction(61, 365) + Fraction(121, 366)),
    (date(1999, 2, 1), date(1999, 7, 1), ISDA, Fraction(150, 365)),
    (date(1999, 7, 1), date(2000, 7, 1), ISDA, Fraction(184, 365) + Fraction(182, 366)),
    (date(2002, 8, 15), date(2003, 7, 15), ISDA, Fraction(334, 365)),
    (date(2000, 1, 30), date(2000, 6, 30), ISDA, Fraction(152, 366)),
    (date(2020, 1, 1), date(2024, 1, 1), ISDA, Fraction(4)),
    (date(2023, 12, 31), date(2026, 1, 2), ISDA, Fraction(1, 365) + 2 + Fraction(1, 365)),
    (date(2024, 5, 5), date(2024, 5, 5), ISDA, Fraction(0)),
    # actual days over a fixed year
    (date(2024, 1, 1), date(2025, 1, 1), FIXED_365, Fraction(366, 365)),
    (date(2024, 1, 1), date(2025, 1, 1), ACT_360, Fraction(366, 360)),
    (date(2023, 2, 28), date(2023, 3, 31), ACT_360, Fraction(31, 360)),
    # 30/360: months of 30 days; they differ on the 31st and at the end of February
    (date(2024, 1, 15), date(2024, 2, 15), US, Fraction(30, 360)),
    (date(2024, 1, 15), date(2024, 2, 15), BOND, Fraction(30, 360)),
    (date(2024, 1, 15), date(2024, 2, 15), EUROPEAN, Fraction(30, 360)),
    (date(2024, 1, 15), date(2024, 3, 31), BOND, Fraction(76, 360)),  # 2 x 30 + 31 - 15
    (date(2024, 1, 15), date(2024, 3, 31), EUROPEAN, Fraction(75, 360)),  # 2 x 30 + 30 - 15
    (date(2024, 1, 31), date(2024, 3, 31), BOND, Fraction(60, 360)),  # both become 30
    (date(2024, 1, 30), date(2024, 3, 31), BOND, Fraction(60, 360)),
    (date(2024, 1, 31), date(2024, 3, 30), EUROPEAN, Fraction(60, 360)),
    (date(2023, 2, 28), date(2023, 3, 31), US, Fraction(30, 360)),  # the end of February counts as the 30th
    (date(2023, 2, 28), date(2023, 3, 31), BOND, Fraction(33, 360)),  # 30 + 31 - 28
    (date(2023, 2, 28), date(2023, 3, 31), EUROPEAN, Fraction(32, 360)),  # 30 + 30 - 28
    (date(2024, 2, 28), date(2024, 3, 31), US, Fraction(33, 360)),  # the 28th is no month's end in 2024
    (date(2024, 2, 29), date(2025, 2, 28), US, Fraction(360, 360)),  # from February's end to February's end
    (date(2024, 2, 29), date(2025, 2, 28), BOND, Fraction(359, 360)),
    (date(2023, 8, 31), date(2024, 2, 29), US, Fraction(179, 360)),  # only the end is February's
    (date(2023, 12, 31), date(2024, 12, 31), EUROPEAN, Fraction(360, 360)),
]


@pytest.mark.parametrize(("start", "end", "count", "expected"), YEAR_FRACTIONS, ids=str)
def test_a_year_fraction_is_that_of_its_definition(start, end, count, expected):
    assert year_fraction(start, end, count) == expected


def part(start: date, end: date, cycle: Period) -> Period:
    return Period(start, end, cycle)


JANUARY_10 = Period(date(2026, 1, 10), date(2026, 2, 10))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1))
THIRTY, TRIMMED = DayCount.THIRTY_DAY_MONTH, DayCount.THIRTY_DAY_TRIMMED

SHARES = [  # from, to, full period, convention, share
    # 24 January of a period from the 10th: the figures of the vendors' comparison
    (date(2026, 1, 24), date(2026, 2, 10), JANUARY_10, DayCount.ACTUAL_PERIOD, Fraction(17, 31)),
    (date(2026, 1, 24), date(2026, 2, 10), JANUARY_10, THIRTY, Fraction(17, 30)),
    (date(2026, 1, 24), date(2026, 2, 10), JANUARY_10, TRIMMED, Fraction(16, 30)),  # 17 - (31 - 30)
    (date(2026, 1, 24), date(2026, 2, 10), JANUARY_10, EUROPEAN, Fraction(16, 30)),
    (date(2026, 1, 24), date(2026, 2, 10), JANUARY_10, FIXED_365, Fraction(17, 31)),
    (date(2026, 1, 10), date(2026, 1, 24), JANUARY_10, TRIMMED, Fraction(14, 30)),  # no month's end is crossed
    # 16 January of a calendar month
    (date(2024, 1, 16), date(2024, 2, 1), Period(date(2024, 1, 1), date(2024, 2, 1)), THIRTY, Fraction(16, 30)),
    (date(2024, 1, 16), date(2024, 2, 1), Period(date(2024, 1, 1), date(2024, 2, 1)), TRIMMED, Fraction(15, 30)),
    # a full period is 1 whatever its days, and no part is more
    (FEBRUARY.start, FEBRUARY.end, FEBRUARY, THIRTY, Fraction(1)),
    (FEBRUARY.start, FEBRUARY.end, FEBRUARY, TRIMMED, Fraction(1)),
    (FEBRUARY.start, FEBRUARY.end, FEBRUARY, ISDA, Fraction(1)),
    (date(2026, 1, 2), date(2026, 2, 1), Period(date(2026, 1, 1), date(2026, 2, 1)), THIRTY, Fraction(1)),
    (date(2026, 7, 2), date(2026, 10, 1), Period(date(2026, 7, 1), date(2026, 10, 1)), THIRTY, Fraction(1)),  # 91 of 90
    # a quarter has three months of 30 days
    (date(2024, 5, 20), date(2024, 7, 1), Period(date(2024, 4, 1), date(2024, 7, 1)), THIRTY, Fraction(42, 90)),
    (date(2024, 5, 20), date(2024, 7, 1), Period(date(2024, 4, 1), date(2024, 7, 1)), TRIMMED, Fraction(41, 90)),
    # from a month's end to another that stands for it
    (date(2026, 2, 10), date(2026, 2, 28), Period(date(2026, 1, 31), date(2026, 2, 28)), THIRTY, Fraction(18, 30)),
    (date(2026, 3, 10), date(2026, 3, 30), Period(date(2026, 2, 28), date(2026, 3, 30)), THIRTY, Fraction(20, 30)),
]


@pytest.mark.parametrize(("start", "end", "full", "count", "expected"), SHARES, ids=str)
def test_a_share_of_a_period_is_that_of_its_day_count(start, end, full, count, expected):
    assert period_share(Period(start, end, full), count) == expected


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2023-05-23", "2023-06-15", 22),  # 23 - (31 - 30)
        ("2023-06-23", "2023-07-15", 22),  # 22 - (30 - 30)
        ("2023-02-23", "2023-03-15", 22),  # 20 - (28 - 30)
        ("2024-02-23", "2024-03-15", 22),  # 21 - (29 - 30)
    ],
)
def test_killbill_trims_the_days_to_months_of_30(start, end, days):
    """killbill PR #1942, TestInvoiceDateUtilsWithFixedProration: 22 of 30, printed as 0.733333333, before and after."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    before = Schedule(last, MONTHLY).period(-1)
    after = Schedule(first, MONTHLY).period(0)
    assert period_share(Period(first, last, before), TRIMMED) == Fraction(days, 30)
    assert period_share(Period(first, last, after), TRIMMED) == Fraction(days, 30)


def test_one_month_of_a_long_stub_is_not_prorated():
    long = AlignedSchedule.by_rule(date(2026, 1, 10), DayOfMonth(1), MONTHLY, first=Stub.LONG).period(0)
    assert period_share(long, THIRTY) == Fraction(22, 30) + 1
    assert period_share(long, EUROPEAN) == Fraction(21, 30) + 1
    assert period_share(long) == Fraction(22, 31) + 1


@given(DATES, st.integers(0, 4000), st.integers(0, 4000), st.sampled_from([ISDA, FIXED_365, ACT_360]))
def test_actual_counts_add_up(start, first, second, count):
    middle, end = start + first * ONE_DAY, start + (first + second) * ONE_DAY
    assert year_fraction(start, middle, count) + year_fraction(middle, end, count) == year_fraction(start, end, count)


@given(DATES, st.integers(0, 2500))
def test_actual_actual_is_what_a_walk_over_the_days_gives(start, days):
    leap = sum(isleap((start + n * ONE_DAY).year) for n in range(days))
    walked = Fraction(leap, 366) + Fraction(days - leap, 365)
    assert year_fraction(start, start + days * ONE_DAY, ISDA) == walked


@given(DATES, st.integers(0, 4000), st.sampled_from(YEARS))
def test_a_year_fraction_is_near_the_actual_one(start, days, count):
    assert abs(year_fraction(start, start + days * ONE_DAY, count) - Fraction(days, 365)) <= Fraction(
        4, 365
    ) + Fraction(days, 365) * Fraction(1, 60)


@given(DATES, st.sampled_from([MONTHLY, QUARTERLY, Cadence.yearly()]), st.data(), st.sampled_from(DayCount))
def test_a_share_lies_between_nothing_and_all(anchor, cadence, data, count):
    full = Schedule(anchor, cadence).period(data.draw(st.integers(-5, 5)))
    start = data.draw(st.integers(0, full.days - 1))
    end = data.draw(st.integers(start + 1, full.days))
    share = period_share(Period(full.start + start * ONE_DAY, full.start + end * ONE_DAY, full), count)
    assert 0 <= share <= Fraction(35, 30)  # 30/360 can count two or three days too many at the end of February
    assert period_share(full, count) == 1


def test_the_guide_shows_every_convention_on_one_example():
    guide = Path(__file__).parents[1] / "docs" / "billing-time.md"
    rows = re.findall(
        r"^\| `([A-Z0-9_]+)` \| (.*?) \| ([0-9/]+) \| ([0-9/]*) ?\| (.*) \|$", guide.read_text("utf-8"), re.MULTILINE
    )
    assert [name for name, *_ in rows] == [count.name for count in DayCount]
    year = Period(date(2023, 1, 31), date(2024, 1, 31))
    left = Period(date(2023, 2, 28), year.end, year)
    for name, _, share, of_a_year, definition in rows:
        count = DayCount[name]
        assert Fraction(share) == period_share(left, count)
        assert definition == count.definition
        if count.counts_years:
            assert Fraction(of_a_year) == year_fraction(left.start, left.end, count)
        else:
            assert not of_a_year


def test_every_convention_names_its_definition():
    definitions = [count.definition for count in DayCount]
    assert len(set(definitions)) == len(DayCount)
    assert sum("ISDA Definitions" in text for text in definitions) == 5


def test_what_is_not_a_date_or_a_day_count_is_refused():
    day = date(2026, 1, 1)
    for make in (
        lambda: year_fraction("2026-01-01", day, ISDA),
        lambda: year_fraction(day, datetime(2026, 1, 2, tzinfo=UTC), ISDA),
        lambda: year_fraction(day, day, "actual_360"),
        lambda: year_fraction(day, day, None),
        lambda: period_share((day, day)),
        lambda: period_share(FEBRUARY, "actual_period"),
    ):
        with pytest.raises(InvalidTypeError):
            make()


def test_contradictions_are_refused():
    day = date(2026, 1, 1)
    with pytest.raises(InvalidValueError, match="counted forwards"):
        year_fraction(day, day - ONE_DAY, ISDA)
    for count in DayCount:
        if not count.counts_years:
            with pytest.raises(InvalidValueError, match="a share of a billing period"):
                year_fraction(day, day + ONE_DAY, count)
    week = Period(day, day + 7 * ONE_DAY)
    over_a_month_end = Period(date(2026, 1, 28), date(2026, 2, 4))
    others = [  # one end is a month's end, which does not stand for the day of the other
        Period(date(2026, 2, 28), date(2026, 3, 15)),
        Period(date(2026, 4, 30), date(2026, 5, 2)),
        Period(date(2026, 4, 5), date(2026, 5, 31)),
        Period(date(2026, 2, 5), date(2026, 2, 28)),
        Period(date(2026, 2, 28), date(2027, 1, 27)),
    ]
    for full in (week, over_a_month_end, *others):
        with pytest.raises(InvalidValueError, match="is not made of months"):
            period_share(Period(full.start, full.start + ONE_DAY, full), THIRTY)


def test_a_period_of_months_has_months_of_30_days():
    """Whatever the anchor's day is and wherever it is clamped, a schedule of months gives periods made of months."""
    for offset in range(366):
        for cadence in (MONTHLY, QUARTERLY, Cadence.yearly()):
            schedule = Schedule(date(2024, 1, 1) + offset * ONE_DAY, cadence)
            for n in range(-3, 5):
                full = schedule.period(n)
                first = Period(full.start, full.start + ONE_DAY, full)
                assert period_share(first, THIRTY) == Fraction(1, 30 * cadence.months)


@pytest.mark.parametrize("count", YEARS, ids=str)
def test_no_convention_counts_two_days_as_no_time(count):
    """One day can be none: from the 30th to the 31st. It has no parts, so that nothing is ever divided by it."""
    assert year_fraction(date(2026, 1, 30), date(2026, 1, 31), EUROPEAN) == 0
    for offset in range(2 * 366):
        start = date(2023, 1, 1) + offset * ONE_DAY
        assert all(year_fraction(start, start + days * ONE_DAY, count) > 0 for days in range(2, 40))
