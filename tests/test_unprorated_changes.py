"""A change that moves no money leaves what was billed on record: whatever comes later takes it from there.

From a trial of the library: after a change under `none`, a cancellation with credit gave back nothing of 31.00, and once
that was mended by moving the value to a line of the new plan, eleven things about that line were wrong.
"""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from billingcore import (
    MONTHLY,
    BilledPeriod,
    Change,
    Charge,
    Charged,
    Credit,
    Cycle,
    InstantPeriod,
    InvalidValueError,
    PerSeatPrice,
    Plan,
    ProrationPolicy,
    Scheme,
    Sides,
    TaxComponent,
    Timing,
    fold_changes,
    prorate_change,
    quote_renewal,
    quote_start,
    record_credit,
)
from samples import (
    BILLED_31,
    FREE,
    HUGE_93,
    JANUARY,
    LARGE_62,
    POLICIES,
    SMALL_31,
    SWISS,
    UNTAXED,
    YEARLY_600,
    YEARLY_1200,
    change,
    day,
    given_back,
    money,
    started_untaxed,
)


def test_the_document_shows_the_new_plan_for_nothing():
    quote = change(started_untaxed(), LARGE_62, day(11))
    (line,) = quote.document.lines
    assert (line.description, line.net, quote.due_now) == (
        "Large × 1, 2026-01-11 to 2026-02-01",
        money("0.00"),
        money("0.00"),
    )
    assert (quote.subscription.plan, quote.subscription.billed) == (LARGE_62, started_untaxed().billed)


@pytest.mark.parametrize("name", ["chargebee_day", "difference_now", "recurly_full", "recurly_rebill", "microsoft_csp"])
@pytest.mark.parametrize("on", [day(2), day(11), day(21), day(31)])
def test_a_cancellation_gives_back_what_it_would_have_without_the_change(name, on):
    assert given_back(change(started_untaxed(), LARGE_62, day(2)).subscription, on, name) == given_back(
        started_untaxed(), on, name
    )


@pytest.mark.parametrize(
    ("first", "discount", "back"),
    [(SMALL_31, None, "11.00"), (FREE, None, "0.00"), (SMALL_31, "31.00", "0.00"), (SMALL_31, "10.00", "7.45")],
)
def test_todays_price_is_that_of_what_was_billed(first, discount, back):
    """31.00 × 11/31; nothing of a free plan; 21.00 × 11/31 = 7.45."""
    paid = started_untaxed(first, discount=None if discount is None else money(discount))
    assert given_back(change(paid, LARGE_62, day(11)).subscription, day(21), "stripe_classic") == money(back)


def test_a_difference_has_no_price_of_today():
    """31.00 paid, and 21.00 for the difference of 21 days: 22.00 are unused on the 21st, not 33.00 or 66.00."""
    paid = prorate_change(POLICIES["difference_remaining"], Change.to(day(11), LARGE_62), BILLED_31).billed_after
    paid = prorate_change(POLICIES["none"], Change.to(day(15), HUGE_93), paid).billed_after
    assert prorate_change(POLICIES["stripe_classic"], Change.cancel(day(21)), paid).credit == money("22.00")


def test_the_full_refund_window_runs_from_the_purchase():
    yearly = quote_start(SWISS, YEARLY_600, 1, day(1)).subscription
    late = change(yearly, YEARLY_1200, date(2026, 12, 1)).subscription
    assert given_back(late, date(2026, 12, 20), "microsoft_csp") == money("19.73")  # 600 × 12/365, not all of it


@pytest.mark.parametrize(
    "name", ["chargebee_day", "recurly_rebill", "google_charge_prorated_price", "difference_remaining"]
)
@pytest.mark.parametrize("to", [YEARLY_1200, HUGE_93], ids=lambda to: to.name)
def test_another_interval_is_measured_against_the_period_that_was_billed(name, to):
    between = change(started_untaxed(), YEARLY_600, day(11)).subscription
    after, direct = (change(each, to, day(21), name).document for each in (between, started_untaxed()))
    assert type(after) is type(direct)
    assert [line.net for line in after.lines] == [line.net for line in direct.lines]


def test_an_earlier_credit_keeps_its_room():
    noted = record_credit(started_untaxed(), JANUARY, money("15.00"))
    changed = change(noted, LARGE_62, day(11)).subscription
    assert given_back(changed, day(21), "chargebee_day") == money("11.00")  # 31 × 11/31, of the 16.00 that are left
    assert record_credit(changed, JANUARY, money("16.00")).current.remaining == money("0.00")


def test_undoing_it_costs_nothing():
    changed = change(started_untaxed(), LARGE_62, day(11)).subscription
    assert change(changed, SMALL_31, day(21), "difference_now").document.subtotal == money("0.00")
    discounted = change(started_untaxed(discount=money("10.00")), SMALL_31, day(11)).subscription
    assert change(discounted, SMALL_31, day(21), "recurly_only_changed").document.subtotal == money("0.00")


def test_the_same_seats_under_a_rule_of_changed_units():
    """ZeroDivisionError: no unit was added, but the price of the billed ones was another."""
    ten, fifteen = (Plan(f"{price} a seat", PerSeatPrice(money(price)), MONTHLY) for price in ("10.00", "15.00"))
    paid = change(started_untaxed(ten, 2), fifteen, day(11), quantity=2).subscription
    assert change(paid, fifteen, day(21), "recurly_only_changed", 2).document.subtotal == money(
        "3.54"
    )  # 2 × 5.00 × 11/31


def test_what_was_billed_at_another_price_is_a_difference_of_all_its_units():
    """15.00 a seat, billed at 20.00 for two: 10.00 more, 5.00 a seat."""
    fifteen = Plan("15.00 a seat", PerSeatPrice(money("15.00")), MONTHLY)
    nothing = money("0.00")
    billed = BilledPeriod(fifteen, 2, JANUARY, money("20.00"), nothing, UNTAXED, nothing, nothing)
    result = prorate_change(POLICIES["recurly_only_changed"], Change.to(day(21), fifteen, 2), [billed])
    assert result.charge == money("3.54")  # 2 × round(5.00 × 11/31 = 1.774)


@pytest.mark.parametrize("name", ["none", "store_without_proration"])
def test_at_an_instant_no_part_of_a_day_is_lost(name):
    policy, polar = POLICIES[name].in_zone(UTC), POLICIES["polar"].in_zone(UTC)
    at = datetime(2026, 1, 11, 18, tzinfo=UTC)
    span = InstantPeriod(datetime(2026, 1, 1, 18, tzinfo=UTC), datetime(2026, 2, 1, 18, tzinfo=UTC))
    for record in (BILLED_31, (BilledPeriod.of_plan(SMALL_31, 1, JANUARY, UNTAXED, span=span),)):
        after = record
        for number in range(5):
            after = prorate_change(policy, Change.to(at, (LARGE_62, SMALL_31)[number % 2]), after).billed_after
        assert after == record
        expected = prorate_change(polar, Change.cancel(at), record).credit
        assert prorate_change(polar, Change.cancel(at), after).credit == expected


@pytest.mark.parametrize("days", [(), (5,), (5, 9, 20), tuple(range(2, 29))])
def test_any_number_of_such_changes_loses_nothing(days):
    changes = [Change.to(day(each), LARGE_62 if at % 2 else HUGE_93) for at, each in enumerate(days)]
    history = fold_changes(POLICIES["none"], BILLED_31, changes)
    assert history.billed_after == BILLED_31
    ended = prorate_change(POLICIES["chargebee_day"], Change.cancel(day(29)), history.billed_after)
    assert ended.credit == money("3.00")  # 31 × 3/31


def test_no_tax_moves_where_no_money_does():
    def french(percent):
        share = Fraction(percent, 100)
        return Charged("FR", (TaxComponent("TVA", "FR", share),), Scheme.UNION_OSS, (), "2026-11-23")

    billed = (BilledPeriod.of_plan(SMALL_31, 1, JANUARY, french(20)),)
    assert (
        prorate_change(POLICIES["none"], Change.to(day(11), LARGE_62, ruling=french(10)), billed).billed_after == billed
    )


def test_it_says_so():
    text = prorate_change(POLICIES["none"], Change.to(day(11), LARGE_62), BILLED_31).explain()
    assert "what was billed stays on record" in text
    assert (
        "on record" not in prorate_change(POLICIES["chargebee_day"], Change.to(day(11), LARGE_62), BILLED_31).explain()
    )
    assert "on record" not in prorate_change(POLICIES["none"], Change.cancel(day(11)), BILLED_31).explain()


def test_the_next_bill_has_the_new_price():
    assert quote_renewal(SWISS, change(started_untaxed(), LARGE_62, day(11)).subscription).due_now == money("62.00")


def test_a_bill_date_of_its_own_has_to_be_charged_for():
    with pytest.raises(
        InvalidValueError, match="anchor 'explicit': a new period would start for which nothing is charged"
    ):
        ProrationPolicy(
            sides=Sides(credit=Credit.NONE, charge=Charge.NONE),
            timing=Timing(anchor=Cycle.EXPLICIT, anchor_on=date(2026, 3, 1)),
        )
