"""The laws that users import hold for us, and catch the classic mistakes."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from billingcore import testing as laws
from billingcore._hypothesis import register
from billingcore.cycles import MONTHLY, Cadence, Period, Schedule, Unit
from billingcore.errors import BillingError, InvalidTypeError, InvalidValueError
from billingcore.money import ExactAmount, Money, Rounding
from billingcore.proration import prorate
from billingcore.testing import boundaries_increase, cadences, credit_never_grows_later, moneys, periods

NETS = laws.moneys("EUR", min_minor=0)
FEBRUARY = (Period(date(2026, 1, 31), date(2026, 2, 28)), date(2026, 2, 15))
THIRTY = Money(3000, "EUR")


def our_credit(net, period, day):
    return prorate(net, period, day).credit


def our_boundary(anchor, cadence, n):
    return Schedule(anchor, cadence).boundary(n)


@given(NETS, laws.cut_periods())
def test_our_credit_keeps_the_laws(net, cut):
    laws.credit_is_rounded_half_up(our_credit, net, *cut)
    laws.credits_stay_within_the_billed(our_credit, net, *cut)
    laws.credit_never_grows_later(our_credit, net, *cut)


@given(NETS, laws.periods(), st.data())
def test_our_slices_make_the_whole(net, period, data):
    days = data.draw(st.lists(st.dates(period.start, period.end), max_size=6))
    laws.parts_make_the_whole(our_credit, net, period, days)


@given(laws.moneys(), st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any))
def test_our_allocation_keeps_the_whole(whole, weights):
    laws.allocation_keeps_the_whole(lambda money, over: money.allocate(over), whole, weights)


@given(laws.schedules(), st.integers(-60, 300))
def test_our_boundaries_keep_the_laws(schedule, n):
    laws.boundaries_are_counted_from_the_anchor(our_boundary, schedule, n)
    laws.boundaries_increase(our_boundary, schedule, n)


@given(laws.schedules(), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_our_search_finds_the_period(schedule, day):
    laws.one_period_contains_each_day(lambda found, on: found.period_containing(on), schedule, day)


@given(laws.exact_amounts(), st.from_type(Money), st.from_type(Period), st.from_type(Cadence), st.from_type(Schedule))
def test_strategies_are_registered_by_type(exact, money, period, cadence, schedule):
    kinds = [type(each) for each in (exact, money, period, cadence, schedule)]
    assert kinds == [ExactAmount, Money, Period, Cadence, Schedule]


def test_registering_twice_changes_nothing():
    register()
    register()


def constant(amount_minor):
    return lambda net, period, day: Money(amount_minor, net.currency)


def grows(net, period, day):
    return Money((day - period.start).days, net.currency)


def jumps(net, period, day):
    """All on the first day, nothing on the last, and up and down between."""
    if day in (period.start, period.end):
        return our_credit(net, period, day)
    return Money(day.day % 2 * 100, net.currency)


def stepping(anchor, cadence, n):
    """Step from the last date, and lose the anchor: polarsource/polar 10664."""
    day = anchor
    for _ in range(n):
        day += relativedelta(months=cadence.months)
    return day


JANUARY = Schedule(date(2024, 1, 31), MONTHLY)
WRONG = [
    (laws.credit_is_rounded_half_up, (constant(1392), THIRTY, *FEBRUARY), "13.93 EUR is due"),
    (laws.credits_stay_within_the_billed, (constant(3001), THIRTY, *FEBRUARY), "outside what was billed"),
    (laws.credits_stay_within_the_billed, (constant(-1), THIRTY, *FEBRUARY), "outside what was billed"),
    (laws.credits_stay_within_the_billed, (constant(0), THIRTY, *FEBRUARY), "not all of 30.00 EUR is credited"),
    (laws.credits_stay_within_the_billed, (constant(3000), THIRTY, *FEBRUARY), "something of 30.00 EUR is credited"),
    (laws.credit_never_grows_later, (grows, THIRTY, *FEBRUARY), "grows from"),
    (laws.parts_make_the_whole, (constant(5), THIRTY, FEBRUARY[0], []), "add up to 0.00 EUR"),
    (laws.parts_make_the_whole, (jumps, THIRTY, FEBRUARY[0], [date(2026, 2, 2), date(2026, 2, 3)]), "below nothing"),
    (
        laws.allocation_keeps_the_whole,
        (lambda m, w: [m.share(1, 3, Rounding.HALF_UP)] * 3, Money(100, "EUR"), (1, 1, 1)),
        "not the whole",
    ),
    (laws.allocation_keeps_the_whole, (lambda m, w: [m], Money(100, "EUR"), (1, 1)), "not the whole"),
    (laws.allocation_keeps_the_whole, (lambda m, w: [m, m - m], Money(100, "EUR"), (1, 1)), "off by a minor unit"),
    (
        laws.allocation_keeps_the_whole,
        (lambda m, w: [Money(0, "EUR"), m], Money(1, "EUR"), (300, 0)),
        "off by a minor unit",
    ),
    (laws.boundaries_are_counted_from_the_anchor, (stepping, JANUARY, 2), "2024-03-31, got 2024-03-29"),
    (laws.boundaries_increase, (lambda anchor, cadence, n: anchor, JANUARY, 0), "boundary 1 is 2024-01-31"),
    (laws.one_period_contains_each_day, (lambda s, d: s.period(0), JANUARY, date(2024, 3, 1)), "is not in the period"),
    (
        laws.one_period_contains_each_day,
        (lambda s, d: Period(d, d + timedelta(1)), JANUARY, date(2024, 3, 1)),
        "the schedule says 2024-02-29 to 2024-03-31",
    ),
]


@pytest.mark.parametrize(("law", "arguments", "says"), WRONG)
def test_each_law_catches_its_mistake(law, arguments, says):
    with pytest.raises(AssertionError, match=says):
        law(*arguments)


def test_the_end_day_has_no_later_day():
    laws.credit_never_grows_later(our_credit, THIRTY, FEBRUARY[0], FEBRUARY[0].end)


def test_strategies_narrow_as_asked():
    @given(
        laws.exact_amounts("JPY"), laws.cadences([Unit.WEEK], max_count=2), laws.moneys("KWD", min_minor=1, max_minor=2)
    )
    def draws(exact, cadence, money):
        assert (exact.currency, cadence.unit, money.currency) == ("JPY", Unit.WEEK, "KWD")

    draws()


FEBRUARY_FIRST = date(2026, 2, 1)
NEW_YEAR = date(2026, 1, 1)
WHOLE_JANUARY = Period(NEW_YEAR, FEBRUARY_FIRST)
MID_JANUARY = date(2026, 1, 16)
SCHEDULE = Schedule(NEW_YEAR, MONTHLY)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: moneys("XXX"),
        lambda: moneys(min_minor=5, max_minor=4),
        lambda: moneys(max_minor=10**19),
        lambda: periods(FEBRUARY_FIRST, NEW_YEAR),
        lambda: periods(NEW_YEAR, date.max),
        lambda: periods(max_days=0),
        lambda: cadences(()),
        lambda: cadences(max_count=0),
    ],
)
def test_a_strategy_of_nothing_is_refused_where_it_is_made(draw):
    with pytest.raises(BillingError):
        draw()


def test_what_a_function_under_test_raises_is_the_cause():
    def broken(*_):
        raise KeyError("price")

    with pytest.raises(InvalidValueError, match=r"credit .*it raised KeyError") as caught:
        credit_never_grows_later(broken, Money(100, "EUR"), WHOLE_JANUARY, MID_JANUARY)
    assert isinstance(caught.value.__cause__, KeyError)
    with pytest.raises(InvalidTypeError, match="boundary must be a function"):
        boundaries_increase(None, SCHEDULE, 1)
