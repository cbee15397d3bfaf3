"""Cadences: counted units, relativedeltas that mean one, and those that do not."""

from datetime import date
from fractions import Fraction

import pytest
from dateutil.relativedelta import MO, relativedelta

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import (
    ANNUAL,
    HALF_YEARLY,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    Cadence,
    Schedule,
    Term,
    Trial,
    Unit,
    Weekday,
)
from billingcore.records import from_record, to_record
from samples import NOT_DAYS


@pytest.mark.parametrize(
    ("delta", "cadence"),
    [
        (relativedelta(days=10), Cadence(10, Unit.DAY)),
        (relativedelta(hours=48), Cadence(2, Unit.DAY)),
        (relativedelta(weeks=2), Cadence(2, Unit.WEEK)),
        (relativedelta(days=7), Cadence(1, Unit.WEEK)),
        (relativedelta(months=3), Cadence(3, Unit.MONTH)),
        (relativedelta(months=12), Cadence(1, Unit.YEAR)),
        (relativedelta(years=1, months=6), Cadence(18, Unit.MONTH)),
        (relativedelta(years=2), Cadence(2, Unit.YEAR)),
        (relativedelta(years=1, months=-6), Cadence(6, Unit.MONTH)),
    ],
)
def test_a_relativedelta_that_means_a_cadence_is_one(delta, cadence):
    assert Cadence.of(delta) == cadence
    assert Schedule(date(2024, 1, 31), delta) == Schedule(date(2024, 1, 31), cadence)
    assert Schedule.by_rule(date(2024, 1, 31), Weekday.MONDAY, delta) if cadence.unit is Unit.WEEK else True
    assert Trial.lasting(date(2024, 1, 31), delta) == Trial.lasting(date(2024, 1, 31), cadence)
    assert Term.of(date(2024, 1, 31), delta, 2).end == date(2024, 1, 31) + 2 * delta


@pytest.mark.parametrize(
    ("delta", "reason"),
    [
        (relativedelta(months=1, days=3), "months and days together"),
        (relativedelta(years=1, weeks=1), "months and days together"),
        (relativedelta(months=1, day=31), "day is no length of time"),
        (relativedelta(month=2), "month is no length of time"),
        (relativedelta(months=1, weekday=MO(1)), "weekday is no length of time"),
        (relativedelta(year=2024, hour=3), "year, hour is no length of time"),
        (relativedelta(months=1, leapdays=1), "leapdays is no length of time"),
        (relativedelta(hours=5), "a cadence counts whole days"),
        (relativedelta(days=1, microseconds=1), "a cadence counts whole days"),
        (relativedelta(days=1.5), "a cadence counts whole days or months"),
        (relativedelta(), "must advance"),
        (relativedelta(months=-1), "must advance"),
        (relativedelta(years=-1), "must advance"),
        (relativedelta(days=-7), "must advance"),
        (relativedelta(days=5_000_000), "must advance"),
        (relativedelta(months=5_000_000), "must advance"),
        (relativedelta(months=1, days=-1), "must advance"),
    ],
)
def test_a_relativedelta_that_means_no_cadence_is_refused_with_a_reason(delta, reason):
    with pytest.raises(InvalidValueError, match=reason) as refused:
        Schedule(date(2024, 1, 31), delta)
    assert (refused.value.name, refused.value.value) == ("cadence", delta)
    assert str(refused.value).startswith("cadence relativedelta(")


class Lasting(relativedelta):
    """A subclass, as calendar programs make them."""


def test_a_subclass_of_relativedelta_is_one():
    assert Cadence.of(Lasting(months=3)) == QUARTERLY
    with pytest.raises(InvalidValueError, match="day is no length of time"):
        Cadence.of(Lasting(months=3, day=1))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Cadence.monthly(12), ANNUAL),
        (Cadence.daily(7), WEEKLY),
        (Cadence.daily(14), Cadence.weekly(2)),
        (Cadence.quarterly(4), ANNUAL),
        (Cadence.half_yearly(2), ANNUAL),
    ],
)
def test_cadences_of_one_length_are_equal(left, right):
    assert left == right
    assert hash(left) == hash(right)
    assert {left: 1}[right] == 1
    assert Cadence.of(left.to_relativedelta()) == left
    assert Schedule(date(2024, 1, 31), left) == Schedule(date(2024, 1, 31), right)
    assert from_record(to_record(left)).describe() == left.describe() != right.describe()


def test_cadences_of_other_lengths_differ():
    assert Cadence.daily(12) != Cadence.monthly(12)
    assert Cadence.daily(30) != MONTHLY
    assert len({MONTHLY, WEEKLY, ANNUAL, QUARTERLY, HALF_YEARLY, Cadence.daily()}) == 6
    assert (relativedelta(months=1) == MONTHLY) is False  # python-dateutil 2.9 has no working != for other types
    assert MONTHLY != 1


def test_something_that_only_looks_like_a_relativedelta_is_refused():
    pretender = type("relativedelta", (), {"months": 1})()
    for value in (pretender, *NOT_DAYS, Unit.MONTH):
        with pytest.raises(InvalidTypeError, match="a Cadence"):
            Cadence.of(value)


def test_cadences_by_name():
    assert Cadence.quarterly() == QUARTERLY == Cadence(3, Unit.MONTH)
    assert Cadence.half_yearly(3) == Cadence(18, Unit.MONTH)
    assert Cadence.half_yearly() == HALF_YEARLY == Cadence(6, Unit.MONTH)
    assert (Cadence.weekly(), Cadence.yearly()) == (WEEKLY, ANNUAL)
    assert Cadence.monthly(2).to_relativedelta() == relativedelta(months=2)
    assert Cadence.yearly().to_relativedelta() == relativedelta(years=1)
    assert Cadence.weekly(2).to_relativedelta() == relativedelta(weeks=2)
    assert Cadence.daily(10).to_relativedelta() == relativedelta(days=10)
    assert str(Cadence.weekly()) == "every week"


@pytest.mark.parametrize("count", [0, -1, 4_000_001, 10**30])
def test_a_cadence_advances(count):
    for make in (Cadence.daily, Cadence.monthly, Cadence.quarterly, Cadence.half_yearly, Cadence.yearly):
        with pytest.raises(InvalidValueError, match="must advance"):
            make(count)


@pytest.mark.parametrize("count", [True, 1.0, "1", None, Fraction(1)])
def test_a_cadence_counts_in_ints(count):
    for make in (Cadence.weekly, Cadence.quarterly, Cadence.half_yearly):
        with pytest.raises(InvalidTypeError):
            make(count)


def test_a_cadence_has_a_unit():
    with pytest.raises(InvalidTypeError, match="a Unit"):
        Cadence(1, "month")
