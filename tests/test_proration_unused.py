"""The unused share of a billed amount: by days and by instants, exact to its one rounding."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from itertools import pairwise

import pytest

from billingcore import proration
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money
from billingcore.proration import Change, Proration, RoundStep, credit_billed, prorate, prorate_change
from samples import APRIL, FROM_10_JANUARY, HALF_UP, JANUARY, KEEP, MID_APRIL, SMALL, SPAN, billed, flat, money, policy


def test_the_half_cent_of_the_last_day_goes_up():
    """12.15 × 1/30 is 0.405 exactly; a fraction of nine digits gives 0.40."""
    assert prorate(money("12.15"), APRIL, date(2026, 4, 30)).credit == money("0.41")
    nine = policy("killbill", early=RoundStep(9, HALF_UP))
    change = Change.cancel(date(2026, 4, 30))
    assert prorate_change(nine, change, [billed(flat("12.15"), APRIL)]).credit == money("0.40")
    assert prorate_change(KEEP, change, [billed(flat("12.15"), APRIL)]).credit == money("0.41")


def test_yen_have_no_cents():
    line = billed(flat("1000", currency="JPY"), FROM_10_JANUARY)
    result = prorate_change(KEEP, Change.cancel(date(2026, 1, 31)), [line])
    assert result.credit == Money(323, "JPY")  # 1000 × 10/31


def test_a_half_is_exact():
    """getlago/lago-api: floats turned 499.5 into 499."""
    assert prorate(Money(999, "JPY"), APRIL, MID_APRIL).credit == Money(500, "JPY")


def test_an_instant_is_measured_in_utc():
    zones = (UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-5)))
    found = {
        prorate(money("30.00"), SPAN, datetime(2026, 1, 24, 18, tzinfo=UTC).astimezone(zone)).credit for zone in zones
    }
    assert found == {money("16.21")}  # 30.00 × 16.75/31


def test_the_terms_of_a_proration_of_instants():
    found = prorate(money("30.00"), SPAN, SPAN.start_at)
    assert (found.credit, found.used, found.fraction, found.exact.round(HALF_UP)) == (
        money("30.00"),
        money("0.00"),
        1,
        money("30.00"),
    )
    assert found.explain().endswith("1 unused from 2026-01-10 12:00:00+00:00: 30.00")
    half = prorate(money("30.01"), SPAN, SPAN.start_at + timedelta(days=15.5))
    assert half.explain().endswith("15.005 → 15.01 half up")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((None, SPAN, SPAN.start_at), InvalidTypeError),
        ((money("1.00"), None, SPAN.start_at), InvalidTypeError),
        ((money("1.00"), SPAN, date(2026, 1, 24)), InvalidTypeError),
        ((money("1.00"), SPAN, datetime(2026, 1, 24)), InvalidTypeError),  # noqa: DTZ001 - a naive one is refused
        ((money("1.00"), SPAN, SPAN.start_at - timedelta(seconds=1)), InvalidValueError),
        ((money("1.00"), SPAN, SPAN.end_at + timedelta(seconds=1)), InvalidValueError),
        ((money("-1.00"), SPAN, SPAN.start_at), InvalidValueError),
        ((money("1.00"), SPAN, SPAN.start_at, "half up"), InvalidTypeError),
    ],
)
def test_what_a_proration_of_instants_refuses(arguments, error):
    with pytest.raises(error):
        prorate(*arguments)
    with pytest.raises(error):
        Proration(*(arguments if len(arguments) == 4 else (*arguments, HALF_UP)))


def test_what_was_credited_before_limits_the_kernel():
    line = billed(SMALL, given=money("20.00"))
    found = credit_billed(line, date(2026, 1, 24))
    assert (found.credit, found.is_capped) == (money("10.00"), True)
    assert "20.00 EUR was credited before: 10.00 EUR is left" in found.explain()
    with pytest.raises(InvalidTypeError, match="billed"):
        credit_billed(None, date(2026, 1, 24))
    for junk in ((None, FROM_10_JANUARY, FROM_10_JANUARY.start), (money("1.00"), FROM_10_JANUARY, None)):
        with pytest.raises(InvalidTypeError):
            prorate(*junk)
    with pytest.raises(InvalidTypeError, match="period"):
        proration.Proration(money("1.00"), None, FROM_10_JANUARY.start, HALF_UP)
    with pytest.raises(InvalidValueError, match="given"):
        proration.Proration(money("1.00"), FROM_10_JANUARY, FROM_10_JANUARY.start, HALF_UP, money("2.00"))
    for bad in (
        (money("1.00"), FROM_10_JANUARY, date(2026, 3, 1)),
        (money("-1.00"), FROM_10_JANUARY, FROM_10_JANUARY.start),
    ):
        with pytest.raises(InvalidValueError):
            prorate(*bad)


@pytest.mark.parametrize("given", ["0.00", "5.00", "20.00", "30.00"])
def test_what_was_used_does_not_depend_on_what_was_credited_before(given):
    """Earlier credit was counted as used days."""
    found = credit_billed(billed(SMALL, given=money(given)), date(2026, 1, 24))
    assert found.used == money("13.55")  # 30.00 × 14/31
    assert found.unused_minor == 1645
    assert found.credit == min(money("16.45"), money("30.00") - money(given))


# Days in the middle: a pause that has ended


def test_days_in_the_middle_are_credited_with_their_record():
    """31.00 for January, paused from the 10th to the 15th, then cancelled on the 21st."""
    line = billed(flat("31.00"), JANUARY)
    paused = credit_billed(line, date(2026, 1, 10), until=date(2026, 1, 15))
    assert (paused.credit, paused.left, paused.total, paused.used) == (money("5.00"), 5, 31, money("26.00"))
    assert paused.explain() == (
        "31.00 EUR billed for 2026-01-01 to 2026-02-01, 5 of 31 days unused from 2026-01-10 to 2026-01-15: 5.00"
    )
    after = line.with_credit_given(paused.credit)
    assert prorate_change(KEEP, Change.cancel(date(2026, 1, 21)), [after]).credit == money("11.00")
    assert prorate_change(KEEP, Change.cancel(JANUARY.start), [after]).credit == money("26.00")  # all that is left


def test_a_pause_is_credited_no_more_than_what_is_left():
    line = billed(flat("31.00"), JANUARY, given=money("28.00"))
    paused = credit_billed(line, date(2026, 1, 10), until=date(2026, 1, 15))
    assert (paused.credit, paused.is_capped, paused.used) == (money("3.00"), True, money("26.00"))
    assert "28.00 EUR was credited before: 3.00 EUR is left" in paused.explain()


@pytest.mark.parametrize("cuts", [(1, 8, 20, 32), (1, 2, 3, 31, 32), (1, 32)])
def test_the_parts_in_the_middle_make_the_whole(cuts):
    """Each is the difference of two rounded rests, so that no cent is lost between them."""
    days = [date(2026, 1, 1) + timedelta(days=each - 1) for each in cuts]
    parts = [prorate(money("10.00"), JANUARY, start, until=end).credit_minor for start, end in pairwise(days)]
    assert sum(parts) == 1000


def test_an_instant_in_the_middle():
    start = SPAN.start_at + timedelta(days=7.75)
    found = prorate(money("31.00"), SPAN, start, until=start + timedelta(days=1.5))
    assert (found.credit, found.fraction) == (money("1.50"), Fraction(3, 62))
    again = prorate(
        money("31.00"), SPAN, start, until=(start + timedelta(days=1.5)).astimezone(timezone(timedelta(hours=5)))
    )
    assert again == found  # the same instant, however it is written


@pytest.mark.parametrize(
    ("until", "error"),
    [
        (date(2026, 1, 9), InvalidValueError), (date(2026, 2, 2), InvalidValueError), ("2026-01-15", InvalidTypeError),
        (datetime(2026, 1, 15, tzinfo=UTC), InvalidTypeError),
    ],
)  # fmt: skip
def test_the_end_of_a_pause_lies_between_its_start_and_the_end_of_the_period(until, error):
    with pytest.raises(error, match="until"):
        prorate(money("31.00"), JANUARY, date(2026, 1, 10), until=until)
    with pytest.raises(InvalidTypeError, match="until"):
        prorate(money("31.00"), SPAN, SPAN.start_at, until=date(2026, 1, 15))


def test_a_pause_of_no_days_is_worth_nothing():
    assert prorate(money("31.00"), JANUARY, date(2026, 1, 10), until=date(2026, 1, 10)).credit == money("0.00")
    assert prorate(money("31.00"), JANUARY, JANUARY.end).credit == money("0.00")
