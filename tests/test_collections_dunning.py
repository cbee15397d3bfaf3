"""Dunning: a function of the facts and the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.collections import (
    DunningCase,
    DunningPolicy,
    FinalAction,
    InGrace,
    ServiceEnded,
    ServiceLimited,
    Settled,
    dunning_state,
    recover_schedule,
)
from billingcore.cycles import MONTHLY, Schedule
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money import Money

OWED = Money(3000, "EUR")
FAILED = date(2025, 2, 1)
COURSE = DunningPolicy((3, 5, 20), 14, 30, FinalAction.CANCEL)
STAYS = DunningPolicy((), 14, 30, FinalAction.STAY_LIMITED)


def case(*days, disputed=None, paid_on=None):
    return DunningCase(OWED, frozenset(days or (FAILED,)), disputed, paid_on)


COURSE_ROWS = [  # day, state
    (date(2025, 1, 31), Settled("no payment has failed")),
    (date(2025, 2, 1), InGrace(date(2025, 2, 15), date(2025, 2, 4))),  # 1 + 14; tried again on 1 + 3
    (date(2025, 2, 4), InGrace(date(2025, 2, 15), date(2025, 2, 6))),
    (date(2025, 2, 6), InGrace(date(2025, 2, 15), date(2025, 2, 21))),
    (date(2025, 2, 15), InGrace(date(2025, 2, 15), date(2025, 2, 21))),  # the last day of the grace counts
    (date(2025, 2, 16), ServiceLimited(date(2025, 2, 16), OWED, date(2025, 2, 21))),
    (date(2025, 2, 21), ServiceLimited(date(2025, 2, 16), OWED, None)),
    (date(2025, 3, 2), ServiceLimited(date(2025, 2, 16), OWED, None)),
    (date(2025, 3, 3), ServiceEnded(date(2025, 3, 3))),  # 1 February + 30
]


@pytest.mark.parametrize(("day", "state"), COURSE_ROWS)
def test_the_course_of_a_case(day, state):
    assert dunning_state(case(), day, COURSE) == state
    assert state.explain()


def test_a_vendor_may_never_cancel():
    assert dunning_state(case(), date(2026, 1, 1), STAYS) == ServiceLimited(date(2025, 2, 16), OWED, None)


@given(st.lists(st.integers(0, 60), max_size=6), st.integers(-5, 100))
def test_a_failure_that_is_delivered_again_never_extends_the_grace(later, offset):
    day = FAILED + timedelta(offset)
    again = case(FAILED, *[FAILED + timedelta(days) for days in later])
    assert dunning_state(again, day, COURSE) == dunning_state(case(), day, COURSE)


@given(st.integers(0, 60), st.integers(0, 60))
def test_paying_restores(paid_after, more):
    paid_on = FAILED + timedelta(paid_after)
    assert isinstance(dunning_state(case(paid_on=paid_on), paid_on + timedelta(more), COURSE), Settled)
    before = paid_on - timedelta(1)
    assert dunning_state(case(paid_on=paid_on), before, COURSE) == dunning_state(case(), before, COURSE)


def test_what_is_contested_limits_nothing():
    day = date(2025, 2, 20)
    assert dunning_state(case(disputed=OWED), day, COURSE) == Settled("all of it is contested")
    limited = dunning_state(case(disputed=Money(1000, "EUR")), day, COURSE)
    assert limited == ServiceLimited(date(2025, 2, 16), Money(2000, "EUR"), date(2025, 2, 21))


def test_a_course_without_limit_ends_after_its_grace():
    hard = DunningPolicy((), 14, 14, FinalAction.CANCEL)
    assert dunning_state(case(), date(2025, 2, 15), hard) == InGrace(date(2025, 2, 15), None)
    assert dunning_state(case(), date(2025, 2, 16), hard) == ServiceEnded(date(2025, 2, 16))


SCHEDULE = Schedule(date(2025, 1, 1), MONTHLY)


@pytest.mark.parametrize(
    ("paid_on", "schedule"),
    [
        (date(2025, 2, 10), SCHEDULE),
        (date(2025, 2, 15), SCHEDULE),
        (date(2025, 2, 16), Schedule(date(2025, 2, 16), MONTHLY)),
        (date(2025, 2, 20), Schedule(date(2025, 2, 20), MONTHLY)),  # RevenueCat: next period 20 February to 20 March
    ],
)
def test_a_late_payment_keeps_or_restarts_the_cycle(paid_on, schedule):
    assert recover_schedule(case(), paid_on, COURSE, SCHEDULE) == schedule


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: DunningPolicy([3], 14, 30, FinalAction.CANCEL), InvalidTypeError),
        (lambda: DunningPolicy((True,), 14, 30, FinalAction.CANCEL), InvalidTypeError),
        (lambda: DunningPolicy((3, 3), 14, 30, FinalAction.CANCEL), InvalidValueError),
        (lambda: DunningPolicy((0,), 14, 30, FinalAction.CANCEL), InvalidValueError),
        (lambda: DunningPolicy((), 14.0, 30, FinalAction.CANCEL), InvalidTypeError),
        (lambda: DunningPolicy((), 14, 30, "cancel"), InvalidTypeError),
        (lambda: DunningPolicy((), 14, 13, FinalAction.CANCEL), InvalidValueError),
        (lambda: DunningPolicy((), 0, 10**9, FinalAction.CANCEL), InvalidValueError),
        (lambda: DunningCase(Money(0, "EUR"), frozenset({FAILED})), InvalidValueError),
        (lambda: DunningCase(30, frozenset({FAILED})), InvalidTypeError),
        (lambda: DunningCase(OWED, [FAILED]), InvalidTypeError),
        (lambda: DunningCase(OWED, frozenset()), InvalidValueError),
        (lambda: DunningCase(OWED, frozenset({"2025-02-01"})), InvalidTypeError),
        (lambda: case(disputed=5), InvalidTypeError),
        (lambda: case(disputed=Money(1, "USD")), CurrencyMismatchError),
        (lambda: case(disputed=Money(3001, "EUR")), InvalidValueError),
        (lambda: case(paid_on="now"), InvalidTypeError),
        (lambda: dunning_state("case", FAILED, COURSE), InvalidTypeError),
        (lambda: dunning_state(case(), FAILED, "course"), InvalidTypeError),
        (lambda: dunning_state(case(), None, COURSE), InvalidTypeError),
        (lambda: dunning_state(case(date(9999, 12, 31)), date(9999, 12, 31), COURSE), OutOfRangeError),
        (lambda: recover_schedule(case(), FAILED, COURSE, "monthly"), InvalidTypeError),
        (lambda: recover_schedule(case(), None, COURSE, SCHEDULE), InvalidTypeError),
    ],
)
def test_bad_input_is_refused(make, error):
    with pytest.raises(error):
        make()


@pytest.mark.parametrize(
    ("grace_days", "final_days", "said"),
    [
        (-1, 30, "grace_days -1: give 0 to 3650"),
        (0, -1, "final_days -1: give 0 to 3650"),
        (31, 30, "grace_days 31: the grace ends before the final action, which comes after 30 days"),
    ],
)
def test_days_that_are_refused_are_named(grace_days, final_days, said):
    with pytest.raises(InvalidValueError) as caught:
        DunningPolicy((3,), grace_days, final_days, FinalAction.CANCEL)
    assert str(caught.value) == said
