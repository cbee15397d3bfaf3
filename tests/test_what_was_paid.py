"""What a credit may be taken from, where a line was billed in an unusual way.

From a trial of the library with random programs.
"""

from datetime import UTC, date, datetime

import pytest

from billingcore import (
    ANNUAL,
    MONTHLY,
    BilledPeriod,
    Change,
    ChangeKind,
    Charge,
    Credit,
    CurrencyMismatchError,
    Cycle,
    FlatPrice,
    InstantPeriod,
    InvalidValueError,
    Money,
    Plan,
    ProrationPolicy,
    Sides,
    Timing,
    fold_changes,
    prorate_change,
    quote_change,
)
from samples import (
    BILLED_31,
    JANUARY,
    LARGE_62,
    POLICIES,
    SMALL_31,
    SWISS,
    UNTAXED,
    change,
    day,
    flat,
    given_back,
    money,
    started_untaxed,
)


@pytest.mark.parametrize("then", ["stripe_classic", "chargebee_day"])
@pytest.mark.parametrize("name", ["difference_now", "difference_remaining"])
@pytest.mark.parametrize(
    ("to", "on", "off"), [(SMALL_31, 31, 31), (LARGE_62, 11, 21), (LARGE_62, 2, 2), (LARGE_62, 31, 31)]
)
def test_after_a_difference_a_quote_gives_back_what_the_engine_does(name, then, to, on, off):
    """31.00 came back on the last day, as the whole of it had been moved to a line of one day."""
    quoted = given_back(change(started_untaxed(), to, day(on), name).subscription, day(off), then)
    paid = prorate_change(POLICIES[name], Change.to(day(on), to), BILLED_31).billed_after
    assert abs(quoted.amount_minor - prorate_change(POLICIES[then], Change.cancel(day(off)), paid).credit_minor) <= 1


def test_the_used_part_of_the_old_plan_is_worth_nothing_any_more():
    quote = change(started_untaxed(), LARGE_62, day(11), "difference_now")
    assert [line.net for line in quote.document.lines] == [
        money("52.00"),
        money("-21.00"),
    ]  # 31 × 21/31, and 31.00 more
    assert given_back(quote.subscription, day(21), "chargebee_day") == money("27.24")  # 52 × 11/21


def test_a_difference_that_gives_back_more_than_is_unused_gives_all_of_it_back():
    small = change(started_untaxed(LARGE_62), SMALL_31, day(21), "difference_now")
    assert small.credit_left == money("31.00")
    assert small.subscription.current.remaining >= money("0.00")


def test_a_line_that_begins_within_a_day_says_so():
    polar = POLICIES["polar"].in_zone(UTC)
    noon = datetime(2026, 1, 11, 12, tzinfo=UTC)
    (_, line) = prorate_change(polar, Change.to(noon, LARGE_62), BILLED_31).billed_after
    assert line.span is not None
    assert (line.span.start_at, line.period.start, line.net) == (noon, day(11), money("41.00"))  # 62 × 20.5/31
    assert prorate_change(polar, Change.cancel(noon), [line]).credit == money("41.00")
    whole = prorate_change(polar, Change.to(datetime(2026, 1, 1, tzinfo=UTC), LARGE_62), BILLED_31)
    assert (whole.period, whole.charge) == (JANUARY, money("62.00"))


DEAR = flat("100.00", "Large")


@pytest.mark.parametrize("hour", [0, 12])
def test_todays_price_counts_whatever_the_hour_of_the_change_was(hour):
    """A line of 20.5 days is recorded as one of 21, and was taken for one with a price of its own."""
    stripe = POLICIES["stripe_classic"].in_zone(UTC)
    paid = prorate_change(stripe, Change.to(datetime(2026, 1, 11, hour, tzinfo=UTC), LARGE_62), BILLED_31).billed_after
    ended = Change(datetime(2026, 1, 21, hour, tzinfo=UTC), None, kind=ChangeKind.CANCEL, price_now=DEAR)
    assert prorate_change(stripe, ended, paid).credit == money(
        "35.48" if hour == 0 else "33.87"
    )  # 100 × 11/31, 10.5/31


DOLLARS = Plan("Small", FlatPrice(Money.of("30.00", "USD")), MONTHLY)


@pytest.mark.parametrize("name", ["stripe_classic", "chargebee_day"])
@pytest.mark.parametrize("to", [None, LARGE_62])
def test_todays_price_is_in_the_currency_that_was_billed(name, to):
    kind = ChangeKind.CANCEL if to is None else ChangeKind.REPLACE
    with pytest.raises(CurrencyMismatchError):
        prorate_change(POLICIES[name], Change(day(24), to, 1, kind, price_now=DOLLARS), BILLED_31)


@pytest.mark.parametrize("name", ["stripe_classic", "polar"])
def test_no_time_is_left_that_had_not_begun(name):
    """Cancelled on the civil day on which it began at 18:00: 127/124 of it came back."""
    span = InstantPeriod(datetime(2026, 1, 1, 18, tzinfo=UTC), datetime(2026, 2, 1, 18, tzinfo=UTC))
    billed = [BilledPeriod.of_plan(SMALL_31, 1, JANUARY, UNTAXED, span=span)]
    result = prorate_change(POLICIES[name].in_zone(UTC), Change.cancel(day(1)), billed)
    assert (result.credit, result.fraction) == (money("31.00"), 1)


ADDON, OTHER = flat("10.00", "Addon"), flat("5.00", "Other")


def test_an_addition_may_be_dated_before_the_newest_one():
    usual = POLICIES["chargebee_day"]
    first, second = Change.add(day(20), ADDON), Change.add(day(15), OTHER)
    after = prorate_change(usual, first, BILLED_31).billed_after
    result = prorate_change(usual, second, after)
    assert (result.charge, str(result.period)) == (money("2.74"), "2026-01-15 to 2026-02-01")  # 5.00 × 17/31
    assert fold_changes(usual, BILLED_31, [first, second]).charge == money("6.61")  # 10.00 × 12/31 = 3.87, and 2.74


def test_an_addition_may_be_dated_before_a_change():
    usual = POLICIES["chargebee_day"]
    after = prorate_change(usual, Change.to(day(4), LARGE_62), BILLED_31).billed_after
    assert prorate_change(usual, Change.add(day(3), ADDON), after).charge == money("9.35")  # 10.00 × 29/31


@pytest.mark.parametrize("credit", [Credit.NONE, Credit.UNUSED])
def test_time_until_a_named_day_has_to_be_charged_for(credit):
    with pytest.raises(InvalidValueError, match="anchor 'explicit': a new period would start"):
        ProrationPolicy(
            sides=Sides(credit=credit, charge=Charge.NONE),
            timing=Timing(anchor=Cycle.EXPLICIT, anchor_on=date(2026, 3, 1)),
        )


def test_a_yearly_plan_for_nothing_runs_to_the_end_that_was_paid():
    yearly = flat("600.00", "Yearly", ANNUAL)
    quote = quote_change(SWISS, started_untaxed(), yearly, 1, day(11), POLICIES["none"])
    assert quote.subscription.paid_until == date(2026, 2, 1)
