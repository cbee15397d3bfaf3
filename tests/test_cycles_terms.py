"""Terms: cycles that are counted on one anchor."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta

from billingcore import InvalidTypeError, InvalidValueError
from billingcore.cycles import ANNUAL, MONTHLY, Schedule, Term, civil_date
from samples import FROM_THE_31ST


def test_a_term_counts_cycles():
    term = Term.of(date(2024, 1, 31), MONTHLY, 12)
    assert (term.start, term.end) == (date(2024, 1, 31), date(2025, 1, 31))
    assert term.contains(date(2025, 1, 30))
    assert not term.contains(date(2025, 1, 31))
    assert len(term.periods) == 12
    assert str(term.renewal(1)) == "2025-01-31 to 2025-02-28"
    assert term.explain().startswith("12 cycles, every month from 2024-01-31")
    for arguments in ((MONTHLY, 0, 1), (FROM_THE_31ST, 0, "1"), (FROM_THE_31ST, None, 1), (FROM_THE_31ST, 0, True)):
        with pytest.raises(InvalidTypeError):
            Term(*arguments)
    with pytest.raises(InvalidValueError, match="1 cycle or more"):
        Term(FROM_THE_31ST, 0, 0)


def test_three_months_of_discount_are_three_cycles():
    """https://github.com/polarsource/polar/issues/13769: applied on a clamped day, N months gave N - 1 cycles."""
    schedule = Schedule(date(2025, 1, 31), MONTHLY)
    applied_on = date(2025, 2, 28)
    discounted = [period.start for period in schedule.cycles(applied_on, 3)]
    assert discounted == [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]
    end_of_the_thread = applied_on + relativedelta(months=3 - 1)
    assert [start <= end_of_the_thread for start in discounted] == [True, True, False]  # the lost cycle


def test_a_cancellation_at_the_end_of_term_credits_nothing():
    """https://github.com/killbill/killbill/issues/139: converted twice, the end fell on 18 January: -0.65 of 39.90."""
    zone = ZoneInfo("Etc/GMT+8")  # UTC - 8 hours
    created_on = civil_date(datetime(2013, 1, 20, 7, 30, 42, tzinfo=UTC), zone)
    assert created_on == date(2013, 1, 19)
    period = Schedule(created_on, ANNUAL).period(0)
    assert str(period) == "2013-01-19 to 2014-01-19"
    cancel_on = period.end  # a civil date already: not converted again
    assert period.days - (cancel_on - period.start).days == 0


def test_a_phase_ends_on_a_bill_date():
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
