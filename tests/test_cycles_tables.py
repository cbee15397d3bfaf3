"""Bill dates as a finance department would check them: every row by hand, with a calendar.

A table is text. Dates are the days on which a period begins; a date after "end" is
the first day that is no longer billed. A share is the days of a period over those
of its full period: ``22/31``.
"""

from datetime import date
from fractions import Fraction

import pytest

from billingcore.cycles import (
    END_OF_MONTH,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    MonthDay,
    Schedule,
    Stub,
    Unit,
    Weekday,
)

NAMED = {
    "daily": Cadence.daily(),
    "weekly": Cadence.weekly(),
    "monthly": Cadence.monthly(),
    "quarterly": Cadence.quarterly(),
    "half-yearly": Cadence.half_yearly(),
    "yearly": Cadence.yearly(),
}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def rows(table: str) -> list[list[str]]:
    lines = [line.split("#")[0].strip() for line in table.strip().splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines if line]


def ids(row: list[str]) -> str:
    return " ".join(cell for cell in row[:-1] if cell)


def day(text: str) -> date:
    return date.fromisoformat(text)


def cadence(text: str) -> Cadence:
    if text in NAMED:
        return NAMED[text]
    count, unit = text.split()
    return Cadence(int(count), Unit(unit.removesuffix("s")))


def rule(text: str):
    if text == "month end":
        return END_OF_MONTH
    first, last = text.split()
    if first == "day":
        return DayOfMonth(int(last))
    if first == "on":
        return Weekday[last.upper()]
    return MonthDay(MONTHS.index(last) + 1, int(first))


FROM_THE_START = """
# bought on | billed      | and again on
# monthly: the day sticks, and comes back after a short month
2024-01-01 | monthly     | 2024-02-01 2024-03-01 2024-04-01
2024-01-15 | monthly     | 2024-02-15 2024-03-15 2024-04-15
2024-01-28 | monthly     | 2024-02-28 2024-03-28 2024-04-28
2024-01-29 | monthly     | 2024-02-29 2024-03-29 2024-04-29
2023-01-29 | monthly     | 2023-02-28 2023-03-29 2023-04-29
2024-01-30 | monthly     | 2024-02-29 2024-03-30 2024-04-30
2023-01-30 | monthly     | 2023-02-28 2023-03-30 2023-04-30
2024-01-31 | monthly     | 2024-02-29 2024-03-31 2024-04-30 2024-05-31 2024-06-30 2024-07-31 2024-08-31
2023-01-31 | monthly     | 2023-02-28 2023-03-31 2023-04-30 2023-05-31
2023-02-28 | monthly     | 2023-03-28 2023-04-28 2023-05-28
2024-02-28 | monthly     | 2024-03-28 2024-04-28
2024-02-29 | monthly     | 2024-03-29 2024-04-29 2024-05-29
2024-03-31 | monthly     | 2024-04-30 2024-05-31 2024-06-30
2024-04-30 | monthly     | 2024-05-30 2024-06-30 2024-07-30
2024-05-31 | monthly     | 2024-06-30 2024-07-31 2024-08-31
2024-08-31 | monthly     | 2024-09-30 2024-10-31 2024-11-30 2024-12-31
2024-11-30 | monthly     | 2024-12-30 2025-01-30 2025-02-28 2025-03-30
2023-12-31 | monthly     | 2024-01-31 2024-02-29 2024-03-31
2024-12-31 | monthly     | 2025-01-31 2025-02-28 2025-03-31
1999-12-31 | monthly     | 2000-01-31 2000-02-29 2000-03-31  # 2000 was a leap year
2099-12-31 | monthly     | 2100-01-31 2100-02-28 2100-03-31  # 2100 is none
# several months
2023-12-31 | 2 months    | 2024-02-29 2024-04-30 2024-06-30 2024-08-31
2024-06-30 | 2 months    | 2024-08-30 2024-10-30 2024-12-30 2025-02-28
2024-01-15 | quarterly   | 2024-04-15 2024-07-15 2024-10-15 2025-01-15
2023-11-30 | quarterly   | 2024-02-29 2024-05-30 2024-08-30 2024-11-30
2024-01-31 | quarterly   | 2024-04-30 2024-07-31 2024-10-31 2025-01-31
2024-05-31 | quarterly   | 2024-08-31 2024-11-30 2025-02-28 2025-05-31
2024-11-29 | quarterly   | 2025-02-28 2025-05-29 2025-08-29
2024-10-31 | 4 months    | 2025-02-28 2025-06-30 2025-10-31
2024-03-31 | 5 months    | 2024-08-31 2025-01-31 2025-06-30
2024-02-29 | half-yearly | 2024-08-29 2025-02-28 2025-08-29
2024-08-31 | half-yearly | 2025-02-28 2025-08-31 2026-02-28
2024-03-31 | half-yearly | 2024-09-30 2025-03-31 2025-09-30
2024-01-31 | 13 months   | 2025-02-28 2026-03-31 2027-04-30
2024-08-31 | 18 months   | 2026-02-28 2027-08-31
2024-02-29 | 24 months   | 2026-02-28 2028-02-29
# yearly
2024-12-31 | yearly      | 2025-12-31 2026-12-31
2024-02-28 | yearly      | 2025-02-28 2026-02-28 2027-02-28 2028-02-28
2024-02-29 | yearly      | 2025-02-28 2026-02-28 2027-02-28 2028-02-29
2096-02-29 | yearly      | 2097-02-28 2098-02-28 2099-02-28 2100-02-28 2101-02-28 2102-02-28 2103-02-28 2104-02-29
2024-02-29 | 2 years     | 2026-02-28 2028-02-29
2024-02-29 | 3 years     | 2027-02-28 2030-02-28 2033-02-28 2036-02-29
2000-02-29 | 4 years     | 2004-02-29 2008-02-29
# weeks and days
2024-02-26 | weekly      | 2024-03-04 2024-03-11
2023-02-26 | weekly      | 2023-03-05 2023-03-12
2024-12-30 | weekly      | 2025-01-06 2025-01-13
2024-02-29 | 2 weeks     | 2024-03-14 2024-03-28 2024-04-11
2024-01-01 | 4 weeks     | 2024-01-29 2024-02-26 2024-03-25 2024-04-22
2024-01-01 | 52 weeks    | 2024-12-30 2025-12-29
2024-02-28 | daily       | 2024-02-29 2024-03-01
2023-02-28 | daily       | 2023-03-01 2023-03-02
2024-02-25 | 10 days     | 2024-03-06 2024-03-16 2024-03-26
2024-01-31 | 30 days     | 2024-03-01 2024-03-31 2024-04-30
2024-01-01 | 90 days     | 2024-03-31 2024-06-29 2024-09-27
2023-03-01 | 365 days    | 2024-02-29 2025-02-28
"""


@pytest.mark.parametrize("row", rows(FROM_THE_START), ids=ids)
def test_bill_dates_counted_from_the_day_of_purchase(row):
    bought, cycle, dates = row
    schedule = Schedule(day(bought), cadence(cycle))
    assert [str(schedule.boundary(n)) for n in range(1 + len(dates.split()))] == [bought, *dates.split()]


A_RULE_FOR_AN_ANCHOR = """
# billed on | cycle       | comes back to | and again on
2024-04-30 | monthly     | month end   | 2024-05-31 2024-06-30 2024-07-31
2024-02-29 | monthly     | month end   | 2024-03-31 2024-04-30 2024-05-31
2023-02-28 | monthly     | month end   | 2023-03-31 2023-04-30 2023-05-31
2024-06-30 | quarterly   | month end   | 2024-09-30 2024-12-31 2025-03-31
2024-02-29 | half-yearly | month end   | 2024-08-31 2025-02-28 2025-08-31
2023-02-28 | yearly      | month end   | 2024-02-29 2025-02-28 2026-02-28
2024-04-30 | monthly     | day 30      | 2024-05-30 2024-06-30 2024-07-30
2024-04-30 | monthly     | day 31      | 2024-05-31 2024-06-30 2024-07-31
2023-02-28 | monthly     | day 28      | 2023-03-28 2023-04-28
2023-02-28 | monthly     | day 29      | 2023-03-29 2023-04-29
2023-02-28 | monthly     | day 30      | 2023-03-30 2023-04-30
2023-02-28 | monthly     | day 31      | 2023-03-31 2023-04-30
2024-02-29 | monthly     | day 30      | 2024-03-30 2024-04-30
2025-02-28 | yearly      | 29 February | 2026-02-28 2027-02-28 2028-02-29
2024-04-30 | quarterly   | 31 January  | 2024-07-31 2024-10-31 2025-01-31
2026-11-23 | 2 weeks     | on Monday   | 2026-12-07 2026-12-21
"""


@pytest.mark.parametrize("row", rows(A_RULE_FOR_AN_ANCHOR), ids=ids)
def test_bill_dates_counted_from_an_anchor_with_a_rule(row):
    anchor, cycle, returns_to, dates = row
    schedule = Schedule(day(anchor), cadence(cycle), rule(returns_to))
    assert [str(schedule.boundary(n)) for n in range(1 + len(dates.split()))] == [anchor, *dates.split()]


ON_CALENDAR_DAYS = """
# starts on | cycle       | billed on   | first on, and again on
2024-02-10 | monthly     | day 1       | 2024-03-01 2024-04-01 2024-05-01
2024-03-01 | monthly     | day 1       | 2024-03-01 2024-04-01
2024-12-15 | monthly     | day 10      | 2025-01-10 2025-02-10
2024-02-10 | monthly     | day 31      | 2024-02-29 2024-03-31 2024-04-30
2024-02-29 | monthly     | day 31      | 2024-02-29 2024-03-31
2024-03-01 | monthly     | day 31      | 2024-03-31 2024-04-30
2000-02-10 | monthly     | day 31      | 2000-02-29 2000-03-31
2100-02-10 | monthly     | day 31      | 2100-02-28 2100-03-31
2100-02-10 | monthly     | month end   | 2100-02-28 2100-03-31
2023-02-10 | monthly     | day 30      | 2023-02-28 2023-03-30
2024-01-31 | monthly     | day 30      | 2024-02-29 2024-03-30
2024-04-30 | monthly     | month end   | 2024-04-30 2024-05-31
2024-05-01 | monthly     | month end   | 2024-05-31 2024-06-30
2024-05-20 | quarterly   | day 15      | 2024-06-15 2024-09-15 2024-12-15
2024-05-20 | quarterly   | month end   | 2024-05-31 2024-08-31 2024-11-30 2025-02-28
2024-05-20 | quarterly   | 1 January   | 2024-07-01 2024-10-01 2025-01-01
2024-01-01 | quarterly   | 1 January   | 2024-01-01 2024-04-01
2024-12-31 | quarterly   | 1 January   | 2025-01-01 2025-04-01
2024-05-20 | quarterly   | 15 February | 2024-08-15 2024-11-15 2025-02-15
2024-05-20 | half-yearly | 1 January   | 2024-07-01 2025-01-01
2024-08-20 | half-yearly | 1 April     | 2024-10-01 2025-04-01
2024-05-20 | yearly      | 1 January   | 2025-01-01 2026-01-01
2024-01-15 | yearly      | 15 June     | 2024-06-15 2025-06-15
2024-05-20 | yearly      | 6 April     | 2025-04-06 2026-04-06
2024-03-01 | yearly      | 29 February | 2025-02-28 2026-02-28 2027-02-28 2028-02-29
2024-02-29 | yearly      | 29 February | 2024-02-29 2025-02-28
2024-06-20 | monthly     | 31 January  | 2024-06-30 2024-07-31
2024-06-20 | 2 months    | 1 January   | 2024-07-01 2024-09-01 2024-11-01
2024-06-20 | 4 months    | 1 January   | 2024-09-01 2025-01-01 2025-05-01
2024-05-20 | 2 years     | 1 January   | 2025-01-01 2027-01-01
2026-11-25 | weekly      | on Monday   | 2026-11-30 2026-12-07
2026-11-23 | weekly      | on Monday   | 2026-11-23 2026-11-30
2026-11-23 | weekly      | on Sunday   | 2026-11-29 2026-12-06
2026-11-23 | weekly      | on Saturday | 2026-11-28 2026-12-05
2026-11-23 | weekly      | on Tuesday  | 2026-11-24 2026-12-01
2026-11-23 | weekly      | on Wednesday | 2026-11-25 2026-12-02
2024-02-26 | weekly      | on Thursday | 2024-02-29 2024-03-07
2026-11-25 | 2 weeks     | on Friday   | 2026-11-27 2026-12-11
2026-11-25 | 14 days     | on Friday   | 2026-11-27 2026-12-11
"""


@pytest.mark.parametrize("row", rows(ON_CALENDAR_DAYS), ids=ids)
def test_bill_dates_on_the_days_of_a_calendar(row):
    starts, cycle, billed, dates = row
    schedule = Schedule.by_rule(day(starts), rule(billed), cadence(cycle))
    assert [str(schedule.boundary(n)) for n in range(len(dates.split()))] == dates.split()


STUBS = """
# starts on | ends on    | cycle       | billed on   | first | last  | periods, each with its share of a full one
# the first of the month
2026-01-01 | 2026-04-01 | monthly     | day 1       | none  | none  | 2026-01-01 1, 2026-02-01 1, 2026-03-01 1
2026-01-10 | 2026-04-01 | monthly     | day 1       | short | none  | 2026-01-10 22/31, 2026-02-01 1, 2026-03-01 1
2026-01-31 | 2026-03-01 | monthly     | day 1       | short | none  | 2026-01-31 1/31, 2026-02-01 1
2023-02-28 | 2023-04-01 | monthly     | day 1       | short | none  | 2023-02-28 1/28, 2023-03-01 1
2024-02-28 | 2024-04-01 | monthly     | day 1       | short | none  | 2024-02-28 2/29, 2024-03-01 1
2026-01-10 | 2026-04-01 | monthly     | day 1       | long  | none  | 2026-01-10 22/31+1, 2026-03-01 1
2026-01-01 | 2026-03-20 | monthly     | day 1       | none  | short | 2026-01-01 1, 2026-02-01 1, 2026-03-01 19/31
2026-01-01 | 2026-03-20 | monthly     | day 1       | none  | long  | 2026-01-01 1, 2026-02-01 1+19/31
2026-01-10 | 2026-03-20 | monthly     | day 1       | short | short | 2026-01-10 22/31, 2026-02-01 1, 2026-03-01 19/31
2026-01-10 | 2026-03-20 | monthly     | day 1       | short | long  | 2026-01-10 22/31, 2026-02-01 1+19/31
2026-01-10 | 2026-03-20 | monthly     | day 1       | long  | short | 2026-01-10 22/31+1, 2026-03-01 19/31
2026-01-10 | 2026-04-20 | monthly     | day 1       | long  | long  | 2026-01-10 22/31+1, 2026-03-01 1+19/30
# too short for two long stubs, for one, for any
2026-01-10 | 2026-03-20 | monthly     | day 1       | long  | long  | 2026-01-10 22/31+1, 2026-03-01 19/31
2026-01-10 | 2026-02-10 | monthly     | day 1       | long  | long  | 2026-01-10 22/31, 2026-02-01 9/28
2026-01-10 | 2026-01-20 | monthly     | day 1       | short | short | 2026-01-10 10/31
2026-01-10 | 2026-01-20 | monthly     | day 1       | long  | long  | 2026-01-10 10/31
2026-01-01 | 2026-01-20 | monthly     | day 1       | none  | long  | 2026-01-01 19/31
2026-01-10 | 2026-02-01 | monthly     | day 1       | long  | none  | 2026-01-10 22/31
2026-01-10 | 2026-03-01 | monthly     | day 1       | long  | none  | 2026-01-10 22/31+1
2026-01-01 | 2026-02-20 | monthly     | day 1       | none  | long  | 2026-01-01 1+19/28
# other days of the month: the full period is the one between two bill dates
2024-01-20 | 2024-03-15 | monthly     | day 15      | short | none  | 2024-01-20 26/31, 2024-02-15 1
2024-02-20 | 2024-04-15 | monthly     | day 15      | short | none  | 2024-02-20 24/29, 2024-03-15 1
2024-02-10 | 2024-04-30 | monthly     | day 30      | short | none  | 2024-02-10 19/30, 2024-02-29 1, 2024-03-30 1
2026-02-10 | 2026-04-30 | monthly     | day 31      | short | none  | 2026-02-10 18/28, 2026-02-28 1, 2026-03-31 1
2026-04-10 | 2026-06-30 | monthly     | month end   | short | none  | 2026-04-10 20/30, 2026-04-30 1, 2026-05-31 1
# quarters, half-years, years
2024-05-20 | 2024-10-01 | quarterly   | 1 January   | short | none  | 2024-05-20 42/91, 2024-07-01 1
2024-05-20 | 2024-10-15 | quarterly   | 15 January  | short | none  | 2024-05-20 56/91, 2024-07-15 1
2024-01-01 | 2024-08-15 | quarterly   | 1 January   | none  | long  | 2024-01-01 1, 2024-04-01 1+45/92
2024-05-20 | 2025-01-01 | half-yearly | 1 January   | short | none  | 2024-05-20 42/182, 2024-07-01 1
2024-05-20 | 2025-07-01 | half-yearly | 1 January   | long  | none  | 2024-05-20 42/182+1, 2025-01-01 1
2024-05-20 | 2026-01-01 | yearly      | 1 January   | short | none  | 2024-05-20 226/366, 2025-01-01 1
2025-11-15 | 2027-01-01 | yearly      | 1 January   | long  | none  | 2025-11-15 47/365+1
2025-01-10 | 2026-04-06 | yearly      | 6 April     | short | none  | 2025-01-10 86/365, 2025-04-06 1
2024-03-01 | 2026-02-28 | yearly      | 29 February | short | none  | 2024-03-01 364/365, 2025-02-28 1
# weeks: 23 November 2026 is a Monday
2026-11-25 | 2026-12-14 | weekly      | on Monday   | short | none  | 2026-11-25 5/7, 2026-11-30 1, 2026-12-07 1
2026-11-25 | 2026-12-14 | weekly      | on Monday   | long  | none  | 2026-11-25 5/7+1, 2026-12-07 1
2026-11-23 | 2026-12-02 | weekly      | on Monday   | none  | short | 2026-11-23 1, 2026-11-30 2/7
2026-11-25 | 2026-12-11 | 2 weeks     | on Friday   | short | none  | 2026-11-25 2/14, 2026-11-27 1
# the account's own schedule, given by any of its bill dates
2026-02-03 | 2026-04-15 | monthly     | 2025-01-15  | short | none  | 2026-02-03 12/31, 2026-02-15 1, 2026-03-15 1
2026-02-03 | 2026-04-30 | monthly     | 2025-01-31  | short | none  | 2026-02-03 25/28, 2026-02-28 1, 2026-03-31 1
2026-01-15 | 2026-02-10 | 10 days     | 2026-01-01  | short | none  | 2026-01-15 6/10, 2026-01-21 1, 2026-01-31 1
2026-02-03 | 2026-03-15 | quarterly   | 2027-03-15  | short | none  | 2026-02-03 40/90
# the subscription's own start: only the end leaves a stub
2026-01-31 | 2026-03-15 | monthly     | 2026-01-31  | none  | short | 2026-01-31 1, 2026-02-28 15/31
2026-01-31 | 2026-04-10 | monthly     | 2026-01-31  | none  | long  | 2026-01-31 1, 2026-02-28 1+10/30
2026-01-10 | 2026-01-25 | monthly     | 2026-01-10  | none  | short | 2026-01-10 15/31
2024-02-29 | 2025-06-30 | yearly      | 2024-02-29  | none  | short | 2024-02-29 1, 2025-02-28 122/365
# counted back from the end of a contract
2026-01-10 | 2026-12-31 | quarterly   | 2026-12-31  | short | none  | 2026-01-10 80/90, 2026-03-31 1, 2026-06-30 1, 2026-09-30 1
2026-01-10 | 2026-04-15 | monthly     | 2026-04-15  | long  | none  | 2026-01-10 5/31+1, 2026-02-15 1, 2026-03-15 1
2026-01-15 | 2027-01-15 | half-yearly | 2027-01-15  | none  | none  | 2026-01-15 1, 2026-07-15 1
"""


@pytest.mark.parametrize("row", rows(STUBS), ids=ids)
def test_stubs_and_periods_are_those_of_the_calendar(row):
    starts, ends, cycle, billed, first, last, periods = row
    start, until = day(starts), day(ends)
    grid = (
        Schedule(day(billed), cadence(cycle))
        if billed[:2] == "20"
        else Schedule.by_rule(start, rule(billed), cadence(cycle))
    )
    aligned = AlignedSchedule(start, grid, until, Stub(first), Stub(last))
    expected = [cell.split() for cell in periods.split(", ")]
    found = [aligned.period(n) for n in range(aligned.count)]
    assert [str(period.start) for period in found] == [begins for begins, _ in expected]
    assert [period.end for period in found] == [*(day(begins) for begins, _ in expected[1:]), until]
    for period, (_, share) in zip(found, expected, strict=True):
        assert period.fraction == sum(Fraction(term) for term in share.split("+"))
        # the share is written in days, so the denominators are those of the full periods
        written = [int(term.split("/")[1]) for term in share.split("+") if "/" in term]
        assert [part.full.days for part in period.parts if part.is_stub] == written


THE_PERIOD_OF_A_DAY = """
# billed from | cycle    | the day     | belongs to period
2024-01-31 | monthly   | 2024-01-31 | 0 from 2024-01-31 to 2024-02-29
2024-01-31 | monthly   | 2024-02-28 | 0 from 2024-01-31 to 2024-02-29
2024-01-31 | monthly   | 2024-02-29 | 1 from 2024-02-29 to 2024-03-31
2024-01-31 | monthly   | 2024-03-30 | 1 from 2024-02-29 to 2024-03-31
2024-01-31 | monthly   | 2024-01-30 | -1 from 2023-12-31 to 2024-01-31
2024-01-31 | monthly   | 2023-02-28 | -11 from 2023-02-28 to 2023-03-31
2024-01-15 | monthly   | 2034-01-14 | 119 from 2033-12-15 to 2034-01-15
2024-01-15 | monthly   | 2034-01-15 | 120 from 2034-01-15 to 2034-02-15
2023-11-30 | quarterly | 2024-02-28 | 0 from 2023-11-30 to 2024-02-29
2023-11-30 | quarterly | 2024-02-29 | 1 from 2024-02-29 to 2024-05-30
2024-02-29 | yearly    | 2025-02-27 | 0 from 2024-02-29 to 2025-02-28
2024-02-29 | yearly    | 2025-02-28 | 1 from 2025-02-28 to 2026-02-28
2024-02-29 | yearly    | 2028-02-28 | 3 from 2027-02-28 to 2028-02-29
2024-02-29 | yearly    | 2028-02-29 | 4 from 2028-02-29 to 2029-02-28
2024-01-01 | weekly    | 2024-01-07 | 0 from 2024-01-01 to 2024-01-08
2024-01-01 | weekly    | 2024-01-08 | 1 from 2024-01-08 to 2024-01-15
2024-01-01 | weekly    | 2023-12-31 | -1 from 2023-12-25 to 2024-01-01
2024-01-01 | 30 days   | 2024-12-31 | 12 from 2024-12-26 to 2025-01-25
"""


@pytest.mark.parametrize("row", rows(THE_PERIOD_OF_A_DAY), ids=ids)
def test_the_period_of_a_day_is_that_of_the_calendar(row):
    billed, cycle, asked, expected = row
    schedule = Schedule(day(billed), cadence(cycle))
    period = schedule.period_containing(day(asked))
    assert f"{period.index} from {period}" == expected
    assert schedule.index_of(day(asked)) == period.index


def test_the_tables_are_as_long_as_promised():
    tables = (FROM_THE_START, A_RULE_FOR_AN_ANCHOR, ON_CALENDAR_DAYS, STUBS, THE_PERIOD_OF_A_DAY)
    assert sum(len(rows(table)) for table in tables) >= 150
