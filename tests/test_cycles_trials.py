"""Trials: where they end, how they are extended, and the first bill date after them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import MONTHLY, WEEKLY, Cadence, Trial, TrialChange, civil_date
from samples import boundaries


def test_a_trial_of_months_is_clamped_like_any_month():
    assert Trial.lasting(date(2024, 1, 31), MONTHLY).first_paid_on == date(2024, 2, 29)
    assert Trial.lasting(date(2024, 1, 31), Cadence.daily(30)).first_paid_on == date(2024, 3, 1)
    assert Trial.lasting(date(2024, 1, 31), Cadence.daily(30)).days == 30


def test_a_trial_can_be_extended():
    trial = Trial(date(2024, 3, 1), date(2024, 3, 15))
    assert trial.extended(MONTHLY).first_paid_on == date(2024, 4, 15)
    assert trial.extended_to(date(2024, 3, 20)) == Trial(date(2024, 3, 1), date(2024, 3, 20))
    with pytest.raises(InvalidValueError, match="later than 2024-03-15"):
        trial.extended_to(date(2024, 3, 15))
    assert trial.extended(WEEKLY).explain() == (
        "free for 21 days from 2024-03-01; the first paid day and new anchor is 2024-03-22"
    )


def test_a_change_during_a_trial():
    trial = Trial(date(2024, 3, 1), date(2024, 3, 15))
    assert trial.changed(date(2024, 3, 10), TrialChange.KEEP_END, MONTHLY) is trial
    shorter = trial.changed(date(2024, 3, 10), TrialChange.FROM_START, WEEKLY)  # 8 March is over
    assert shorter.first_paid_on == date(2024, 3, 10)
    with pytest.raises(InvalidTypeError, match="the length of the new trial"):
        trial.changed(date(2024, 3, 10), TrialChange.RESTART)
    with pytest.raises(InvalidTypeError, match="a TrialChange"):
        trial.changed(date(2024, 3, 10), "restart")
    with pytest.raises(InvalidValueError, match="the trial runs from"):
        trial.changed(date(2024, 3, 15), TrialChange.END_NOW)
    with pytest.raises(InvalidValueError, match="a trial has a free day"):
        trial.changed(date(2024, 3, 1), TrialChange.END_NOW)


def test_the_end_of_the_trial_is_the_new_anchor():
    """https://github.com/polarsource/polar/pull/11459: the period after the trial ran to 28 June instead of 5 June."""
    trial = Trial.lasting(date(2024, 4, 28), Cadence.daily(7))
    assert boundaries(trial.schedule(MONTHLY), 3) == ["2024-05-05", "2024-06-05", "2024-07-05"]


def test_a_trial_across_the_change_of_clocks_ends_on_the_31st():
    """https://github.com/killbill/killbill/issues/743: bill day 1 instead of 31, for want of the zone's rules."""
    zone = ZoneInfo("America/Los_Angeles")
    started_at = datetime(2017, 3, 1, 23, 30, tzinfo=zone)  # 07:30 UTC on 2 March
    trial = Trial.lasting(civil_date(started_at.astimezone(UTC), zone), Cadence.daily(30))
    assert trial.first_paid_on == date(2017, 3, 31)


MID_JANUARY = date(2026, 1, 16)
NEW_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize("how", [TrialChange.KEEP_END, TrialChange.END_NOW])
def test_a_length_is_looked_at_where_it_changes_nothing(how):
    trial = Trial(NEW_YEAR, MID_JANUARY)
    assert trial.changed(date(2026, 1, 10), how, WEEKLY) == trial.changed(date(2026, 1, 10), how)
    with pytest.raises(InvalidTypeError, match="cadence must be a Cadence"):
        trial.changed(date(2026, 1, 10), how, 14)
