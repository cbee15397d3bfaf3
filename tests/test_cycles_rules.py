"""Rules for the day of a bill date: which fit a cadence and an anchor, and which contradict them."""

from datetime import date

import pytest

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import (
    ANNUAL,
    END_OF_MONTH,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    Cadence,
    DayOfMonth,
    MonthDay,
    Schedule,
    Weekday,
    move_bill_date,
)


@pytest.mark.parametrize(
    ("rule", "cadence", "said"),
    [
        (DayOfMonth(1), WEEKLY, "a day of the month comes round in months"),
        (END_OF_MONTH, Cadence.daily(30), "a day of the month comes round in months"),
        (MonthDay(1, 1), WEEKLY, "a day of the month comes round in months"),
        (Weekday.MONDAY, MONTHLY, "a weekday comes round in weeks"),
        (Weekday.MONDAY, Cadence.daily(10), "a weekday comes round in weeks"),
        (MonthDay(1, 1), Cadence.monthly(5), "does not keep to the months of a year"),
        (MonthDay(1, 1), Cadence.monthly(18), "does not keep to the months of a year"),
    ],
)
def test_rules_and_cadences_that_contradict_each_other(rule, cadence, said):
    with pytest.raises(InvalidValueError, match=said):
        Schedule.by_rule(date(2024, 1, 1), rule, cadence)


@pytest.mark.parametrize(
    ("anchor", "cadence", "rule"),
    [
        (date(2024, 4, 29), MONTHLY, END_OF_MONTH),
        (date(2024, 4, 30), MONTHLY, DayOfMonth(29)),
        (date(2024, 2, 28), MONTHLY, DayOfMonth(31)),  # the 29th is the last day of that month
        (date(2024, 4, 30), ANNUAL, MonthDay(5, 30)),
        (date(2024, 5, 1), QUARTERLY, MonthDay(1, 1)),
        (date(2024, 1, 2), WEEKLY, Weekday.MONDAY),
    ],
)
def test_an_anchor_that_is_not_a_day_of_its_rule(anchor, cadence, rule):
    with pytest.raises(InvalidValueError, match="the anchor is no day"):
        Schedule(anchor, cadence, rule)


@pytest.mark.parametrize("make", [DayOfMonth, lambda v: MonthDay(v, 1), lambda v: MonthDay(1, v)])
def test_a_rule_names_a_day_that_exists(make):
    for value in (True, "1", None, 1.0):
        with pytest.raises(InvalidTypeError):
            make(value)
    for value in (0, 32, -1):
        with pytest.raises(InvalidValueError):
            make(value)


@pytest.mark.parametrize(("month", "day"), [(2, 30), (4, 31), (13, 1)])
def test_days_that_no_year_has(month, day):
    with pytest.raises(InvalidValueError):
        MonthDay(month, day)


@pytest.mark.parametrize("rule", [31, "month end", DayOfMonth, object()])
def test_what_is_not_a_rule_is_refused(rule):
    with pytest.raises(InvalidTypeError, match="END_OF_MONTH"):
        Schedule(date(2024, 1, 31), MONTHLY, rule)


def test_every_month_has_an_end():
    ends = ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"]
    yearly = Schedule(date(2025, 12, 31), Cadence.yearly(), END_OF_MONTH)
    for end in ends[:-1]:
        assert move_bill_date(yearly, 0, date.fromisoformat(f"2026-{end}")).schedule.rule is END_OF_MONTH
        assert move_bill_date(yearly, 0, date.fromisoformat(f"2026-{end[:3]}27")).schedule.rule is None
    assert move_bill_date(yearly, -1, date(2025, 11, 30)).schedule.rule is END_OF_MONTH


def test_anchors_reach_to_the_31st():
    """https://github.com/openmeterio/openmeter/pull/3225: anchors were forced to days 1 to 28."""
    for day in range(1, 32):
        assert Schedule(date(2024, 1, day), MONTHLY).boundary(2).day == day


def test_only_a_date_has_a_weekday():
    with pytest.raises(InvalidTypeError, match=r"day must be a datetime.date"):
        Weekday.of("2026-01-16")
