"""Bill dates after a change of the interval: a contract keeps its end, and they keep their day of the month.

From a trial of the library: a contract that was over renewed, and the 31st became the 28th for good.
"""

from datetime import date

import pytest

from billingcore import (
    END_OF_MONTH,
    MONTHLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    Schedule,
    Stub,
    Unit,
    quote_change,
    quote_renewal,
    quote_start,
    schedule_change,
)
from change_samples import ACCOUNT, LARGE, POLICIES, SMALL, YEARLY, change, day, eur, plan


def contract(until, cadence=MONTHLY, last=Stub.SHORT):
    schedule = AlignedSchedule.by_rule(day(10), DayOfMonth(1), cadence, until=until, last=last)
    return quote_start(ACCOUNT, SMALL, 1, day(10), schedule=schedule).subscription


@pytest.mark.parametrize("last", [Stub.SHORT, Stub.NONE])
@pytest.mark.parametrize("name", ["none", "store_deferred"])
def test_another_interval_leaves_the_end_of_a_contract(name, last):
    """A contract that was over on 1 March renewed."""
    running = contract(date(2026, 3, 1), last=last)
    ask = quote_change if name == "none" else schedule_change
    after = ask(ACCOUNT, running, YEARLY, 1, day(15), POLICIES[name]).subscription
    assert after.renewal_on == day(1, 2)
    final = quote_renewal(ACCOUNT, after)
    assert final.document.subtotal == eur("46.03")  # 600.00 × 28/365
    assert (final.subscription.paid_until, final.subscription.renewal_on) == (date(2026, 3, 1), None)


@pytest.mark.parametrize("name", ["none", "store_deferred"])
def test_in_the_last_period_of_a_contract_nothing_renews(name):
    running = quote_renewal(ACCOUNT, contract(date(2026, 3, 1))).subscription
    ask = quote_change if name == "none" else schedule_change
    assert ask(ACCOUNT, running, YEARLY, 1, day(15, 2), POLICIES[name]).subscription.renewal_on is None


@pytest.mark.parametrize(("until", "renewal"), [(date(2026, 6, 1), date(2026, 2, 15)), (date(2026, 2, 15), None)])
def test_a_new_period_within_a_contract_leaves_its_end(until, renewal):
    after = change(contract(until), LARGE, day(15), "goto_meeting").subscription
    assert (after.paid_until, after.renewal_on) == (date(2026, 2, 15), renewal)


def test_a_new_period_beyond_the_end_of_a_contract_starts_another_one():
    after = change(contract(date(2026, 2, 1)), YEARLY, day(15), "goto_meeting").subscription
    assert after.renewal_on == date(2027, 1, 15)


# The day of the month


@pytest.mark.parametrize("ask", [quote_change, schedule_change])
@pytest.mark.parametrize(
    ("schedule", "dates"),
    [
        (Schedule(day(31), MONTHLY), [day(28, 2), day(31, 3), day(30, 4)]),
        (Schedule(day(31), MONTHLY, END_OF_MONTH), [day(28, 2), day(31, 3), day(30, 4)]),
        (Schedule(day(30), MONTHLY, DayOfMonth(30)), [day(28, 2), day(30, 3), day(30, 4)]),
        (Schedule(day(15), MONTHLY), [day(15, 2), day(15, 3), day(15, 4)]),
    ],
)
def test_bill_dates_keep_their_day_over_changes_of_the_interval(ask, schedule, dates):
    """Monthly from the 31st, to yearly and back within the first month: the next dates were the 28th of every month."""
    policy = POLICIES["none" if ask is quote_change else "store_deferred"]
    running = quote_start(ACCOUNT, SMALL, 1, schedule.anchor, schedule=schedule).subscription
    yearly = ask(ACCOUNT, running, YEARLY, 1, day(10, 2), policy).subscription
    assert yearly.upcoming_renewals(2) == (dates[0], dates[0].replace(year=2027))
    back = ask(ACCOUNT, yearly, SMALL, 1, day(10, 2), policy).subscription
    assert list(back.upcoming_renewals(3)) == dates


def test_a_cadence_of_weeks_has_no_day_of_the_month():
    weekly = plan("Weekly", "7.00", Cadence(1, Unit.WEEK))
    running = quote_start(ACCOUNT, SMALL, 1, day(31)).subscription
    changed = quote_change(ACCOUNT, running, weekly, 1, day(10, 2), POLICIES["none"]).subscription
    assert changed.upcoming_renewals(2) == (day(28, 2), day(7, 3))
