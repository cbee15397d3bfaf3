"""A history ends when nothing is in force any more, and charges nothing for no time.

From a trial of the library.
"""

from datetime import UTC, date, datetime

import pytest

from billingcore import (
    BilledPeriod,
    Change,
    InstantPeriod,
    InvalidValueError,
    fold_changes,
    prorate_change,
    record_credit,
)
from samples import (
    BILLED_31,
    HUGE_93,
    JANUARY,
    LARGE_62,
    POLICIES,
    SMALL_31,
    UNTAXED,
    change,
    day,
    money,
    started_untaxed,
)


@pytest.mark.parametrize("name", ["recurly_full", "chargebee_day"])
@pytest.mark.parametrize("then", [Change.cancel(day(12)), Change.to(day(12), LARGE_62)], ids=["cancel", "change"])
def test_after_the_end_a_history_is_over(name, then):
    """62.00 of 31.00 came back: once nothing was in force, the next change started from the old record again."""
    with pytest.raises(InvalidValueError, match="every billed period was replaced; nothing is left"):
        fold_changes(POLICIES[name], BILLED_31, [Change.cancel(day(11)), then])


LATE = Change.to(datetime(2026, 2, 1, 12, tzinfo=UTC), LARGE_62)  # on the last civil day, which belongs to what follows
NIGHTS = InstantPeriod(datetime(2026, 1, 1, 18, tzinfo=UTC), datetime(2026, 2, 1, 18, tzinfo=UTC))
TO_THE_INSTANT = BilledPeriod.of_plan(SMALL_31, 1, JANUARY, UNTAXED, span=NIGHTS)


def test_nothing_is_charged_for_no_time():
    """31.00 were charged for a line that never came on record."""
    with pytest.raises(InvalidValueError, match="no time of the period is left for which changed to Large"):
        prorate_change(POLICIES["difference_now"].in_zone(UTC), LATE, [TO_THE_INSTANT])


@pytest.mark.parametrize("name", ["none", "chargebee_day"])
def test_where_no_time_is_left_the_old_plan_runs_to_its_end(name):
    after = prorate_change(POLICIES[name].in_zone(UTC), LATE, [TO_THE_INSTANT]).billed_after
    assert after == (TO_THE_INSTANT,)
    assert prorate_change(POLICIES["polar"].in_zone(UTC), Change.cancel(LATE.at), after).credit == money(
        "0.25"
    )  # 6 hours


def test_credit_is_put_on_the_line_in_force_where_two_have_the_same_days():
    twice = change(
        change(started_untaxed(), LARGE_62, day(11), "chargebee_day").subscription, HUGE_93, day(11), "chargebee_day"
    )
    noted = record_credit(twice.subscription, twice.subscription.current.period, money("5.00"))
    assert noted.current.credit_given == money("5.00")


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2026, 2, 2)])
def test_an_addition_lies_within_the_running_period(on):
    """After the end of what was billed, an addition cost nothing and had its next bill in the past."""
    with pytest.raises(InvalidValueError, match="an addition lies within the running period"):
        prorate_change(POLICIES["chargebee_day"], Change.add(on, LARGE_62), BILLED_31)
    with pytest.raises(InvalidValueError, match="an addition lies within the running period"):
        prorate_change(POLICIES["chargebee_day"], Change.add(on, LARGE_62, ruling=UNTAXED), running=JANUARY)
