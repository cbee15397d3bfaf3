"""Bill dates after a change of the interval: a contract keeps its end, and they keep their day of the month.

Before, a contract that was over renewed, and the 31st became the 28th for good.
"""

from datetime import date

import pytest

from billingcore.changes import Refused, RefusedReason, quote_pause, quote_resumption
from billingcore.cycles import (
    END_OF_MONTH,
    MONTHLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    MonthDay,
    Resume,
    Schedule,
    Stub,
    Unit,
)
from billingcore.subscriptions import PauseTerms
from samples import LARGE_62, POLICIES, SMALL_31, SWISS, YEARLY_600, bought, change, changed, day, flat, money, renewed


def contract(until, cadence=MONTHLY, last=Stub.SHORT):
    schedule = AlignedSchedule.by_rule(day(10), DayOfMonth(1), cadence, until=until, last=last)
    return bought(SWISS, SMALL_31, 1, day(10), schedule=schedule).subscription


@pytest.mark.parametrize("last", [Stub.SHORT, Stub.NONE])
@pytest.mark.parametrize("name", ["none", "google_deferred"])
def test_another_interval_leaves_the_end_of_a_contract(name, last):
    """A contract that was over on 1 March renewed."""
    running = contract(date(2026, 3, 1), last=last)
    after = changed(SWISS, running, YEARLY_600, 1, day(15), POLICIES[name]).subscription
    assert after.next_bill_on == day(1, 2)
    final = renewed(SWISS, after)
    assert final.document.subtotal == money("46.03")  # 600.00 × 28/365
    assert (final.subscription.paid_until, final.subscription.next_bill_on) == (date(2026, 3, 1), None)


@pytest.mark.parametrize("name", ["none", "google_deferred"])
def test_in_the_last_period_of_a_contract_nothing_renews(name):
    running = renewed(SWISS, contract(date(2026, 3, 1))).subscription
    quote = changed(SWISS, running, YEARLY_600, 1, day(15, 2), POLICIES[name])
    if name == "none":
        assert quote.next_bill_on is None
    else:
        assert quote.reason is RefusedReason.ENDS


@pytest.mark.parametrize(("until", "renewal"), [(date(2026, 6, 1), date(2026, 2, 15)), (date(2026, 2, 15), None)])
def test_a_new_period_within_a_contract_leaves_its_end(until, renewal):
    after = change(contract(until), LARGE_62, day(15), "goto").subscription
    assert (after.paid_until, after.next_bill_on) == (date(2026, 2, 15), renewal)


def test_a_new_period_beyond_the_end_of_a_contract_starts_another_one():
    after = change(contract(date(2026, 2, 1)), YEARLY_600, day(15), "goto").subscription
    assert after.next_bill_on == date(2027, 1, 15)


# The day of the month


@pytest.mark.parametrize("name", ["none", "google_deferred"])
@pytest.mark.parametrize(
    ("schedule", "dates"),
    [
        (Schedule(day(31), MONTHLY), [day(28, 2), day(31, 3), day(30, 4)]),
        (Schedule(day(31), MONTHLY, END_OF_MONTH), [day(28, 2), day(31, 3), day(30, 4)]),
        (Schedule(day(30), MONTHLY, DayOfMonth(30)), [day(28, 2), day(30, 3), day(30, 4)]),
        (Schedule(day(15), MONTHLY), [day(15, 2), day(15, 3), day(15, 4)]),
    ],
)
def test_bill_dates_keep_their_day_over_changes_of_the_interval(name, schedule, dates):
    """Monthly from the 31st, to yearly and back within the first month: the next dates were the 28th of every month."""
    policy = POLICIES[name]
    running = bought(SWISS, SMALL_31, 1, schedule.anchor, schedule=schedule).subscription
    yearly = changed(SWISS, running, YEARLY_600, 1, day(10, 2), policy).subscription
    if name == "none":
        assert yearly.upcoming_bills(2) == (dates[0], dates[0].replace(year=2027))
    if name != "none":  # it waits: the renewal sells it
        yearly, running = running, renewed(SWISS, yearly).subscription
        assert running.paid_until == dates[0].replace(year=2027)
    back = changed(SWISS, yearly, flat("31.00", "Small again"), 1, day(10, 2), policy).subscription
    assert list(back.upcoming_bills(3)) == dates


def test_a_cadence_of_weeks_has_no_day_of_the_month():
    weekly = flat("7.00", "Weekly", Cadence(1, Unit.WEEK))
    running = bought(SWISS, SMALL_31, 1, day(31)).subscription
    after = changed(SWISS, running, weekly, 1, day(10, 2), POLICIES["none"]).subscription
    assert after.upcoming_bills(2) == (day(28, 2), day(7, 3))


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        (day(20, 2), [day(15, 2), day(20, 2)]),  # a long last period would have taken in what was billed already
        (day(10, 3), [day(15, 2), day(10, 3)]),
        (day(20, 3), [day(15, 2), day(20, 3)]),
    ],
)
def test_a_long_last_period_takes_in_nothing_that_is_billed(until, ends):
    """The day of the change would have been billed twice, so the contract could never renew."""
    after = change(contract(until, last=Stub.LONG), LARGE_62, day(15), "goto").subscription
    assert after.upcoming_bills(1) == (after.next_bill_on,) == (ends[0],)
    last = renewed(SWISS, after).subscription
    assert (last.paid_until, last.next_bill_on) == (ends[1], None)


@pytest.mark.parametrize("rule", [None, MonthDay(2, 29)])
def test_the_29th_of_february_of_a_yearly_plan_is_the_29th_of_a_month(rule):
    leap = date(2028, 2, 29)
    yearly = bought(SWISS, YEARLY_600, 1, leap, schedule=Schedule(leap, YEARLY_600.cadence, rule)).subscription
    after = changed(SWISS, yearly, SMALL_31, 1, date(2028, 5, 1), POLICIES["google_deferred"]).subscription
    assert after.next_bill_on == date(2029, 2, 28)
    assert renewed(SWISS, after).subscription.upcoming_bills(2) == (date(2029, 3, 29), date(2029, 4, 29))


# A pause within a contract


UNTIL = day(20, 2)


def resumption(on, how, until=UNTIL):
    paused = quote_pause(SWISS, contract(until), day(20), PauseTerms(goes_on=how)).granted()
    return quote_resumption(SWISS, paused.subscription, on)


def resumed(on, how, until=UNTIL):
    return resumption(on, how, until).granted().subscription


@pytest.mark.parametrize(
    ("how", "period", "net", "renewal"),
    [
        (Resume.KEEP_DATES, "2026-02-05 to 2026-02-20", "16.61", None),  # 31.00 × 15/28, to the end of the contract
        (Resume.KEEP_DAYS, "2026-02-05 to 2026-02-17", "12.00", day(17, 2)),  # 12 of 31 days were left
        (Resume.RESTART, "2026-02-05 to 2026-03-05", "31.00", day(5, 3)),  # beyond it: another contract
    ],
)
def test_a_pause_leaves_the_end_of_a_contract(how, period, net, renewal):
    """It was billed past its end, or renewed for ever."""
    going = resumed(day(5, 2), how)
    assert (str(going.billed[-1].period), going.billed[-1].net, going.next_bill_on) == (period, money(net), renewal)
    assert going.upcoming_bills(1) == (() if renewal is None else (renewal,))


def test_the_days_after_the_paid_ones_are_the_last_of_the_contract():
    last = renewed(SWISS, resumed(day(5, 2), Resume.KEEP_DAYS)).subscription
    assert (str(last.billed[-1].period), last.next_bill_on) == ("2026-02-17 to 2026-02-20", None)


def test_a_contract_lasts_until_the_paid_days_are_used():
    late = resumed(day(25, 2), Resume.KEEP_DAYS)
    assert (late.paid_until, late.next_bill_on, late.upcoming_bills(1)) == (day(9, 3), None, ())


@pytest.mark.parametrize("how", [Resume.KEEP_DATES, Resume.RESTART])
def test_a_contract_that_is_over_does_not_go_on(how):
    refused = resumption(day(25, 2), how)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.explain()) == (
        RefusedReason.ENDS,
        "it ended on 2026-02-20; start another subscription",
    )


def test_a_pause_within_a_longer_contract():
    for how, paid_until in ((Resume.KEEP_DATES, day(1, 3)), (Resume.RESTART, day(5, 3))):
        going = resumed(day(5, 2), how, day(1, 6))
        assert (going.paid_until, going.next_bill_on) == (paid_until, paid_until)
        assert going.upcoming_bills(9)[-1] < day(1, 6)
