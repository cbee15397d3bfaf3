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
    InstantPeriod,
    InvalidValueError,
    PerSeatPrice,
    Plan,
    ProrationPolicy,
    Scheme,
    prorate_change,
    quote_renewal,
    quote_start,
)
from billingcore.proration import Charge, Credit, Cycle, Sides, Timing, fold_changes
from billingcore.subscriptions import record_credit
from billingcore.tax import Charged, TaxComponent
from change_samples import (
    ACCOUNT,
    BILLED,
    DEARER,
    FREE,
    HUGE,
    JANUARY,
    LARGE,
    POLICIES,
    SMALL,
    UNTAXED,
    YEARLY,
    change,
    day,
    eur,
    given_back,
    started,
)


def test_the_document_shows_the_new_plan_for_nothing():
    quote = change(started(), LARGE, day(11))
    (line,) = quote.document.lines
    assert (line.description, line.net, quote.due_now) == (
        "Large × 1, 2026-01-11 to 2026-02-01",
        eur("0.00"),
        eur("0.00"),
    )
    assert (quote.subscription.plan, quote.subscription.billed) == (LARGE, started().billed)


@pytest.mark.parametrize("name", ["chargebee_day", "difference_now", "recurly_full", "recurly_rebill", "microsoft_csp"])
@pytest.mark.parametrize("on", [day(2), day(11), day(21), day(31)])
def test_a_cancellation_gives_back_what_it_would_have_without_the_change(name, on):
    assert given_back(change(started(), LARGE, day(2)).subscription, on, name) == given_back(started(), on, name)


@pytest.mark.parametrize(
    ("first", "discount", "back"),
    [(SMALL, None, "11.00"), (FREE, None, "0.00"), (SMALL, "31.00", "0.00"), (SMALL, "10.00", "7.45")],
)
def test_todays_price_is_that_of_what_was_billed(first, discount, back):
    """31.00 × 11/31; nothing of a free plan; 21.00 × 11/31 = 7.45."""
    paid = started(first, discount=None if discount is None else eur(discount))
    assert given_back(change(paid, LARGE, day(11)).subscription, day(21), "stripe_classic") == eur(back)


def test_a_difference_has_no_price_of_today():
    """31.00 paid, and 21.00 for the difference of 21 days: 22.00 are unused on the 21st, not 33.00 or 66.00."""
    paid = prorate_change(POLICIES["difference_remaining"], Change.to(day(11), LARGE), BILLED).billed_after
    paid = prorate_change(POLICIES["none"], Change.to(day(15), HUGE), paid).billed_after
    assert prorate_change(POLICIES["stripe_classic"], Change.cancel(day(21)), paid).credit == eur("22.00")


def test_the_full_refund_window_runs_from_the_purchase():
    yearly = quote_start(ACCOUNT, YEARLY, 1, day(1)).subscription
    late = change(yearly, DEARER, date(2026, 12, 1)).subscription
    assert given_back(late, date(2026, 12, 20), "microsoft_csp") == eur("19.73")  # 600 × 12/365, not all of it


@pytest.mark.parametrize(
    "name", ["chargebee_day", "recurly_rebill", "google_charge_prorated_price", "difference_remaining"]
)
@pytest.mark.parametrize("to", [DEARER, HUGE], ids=lambda to: to.name)
def test_another_interval_is_measured_against_the_period_that_was_billed(name, to):
    between = change(started(), YEARLY, day(11)).subscription
    after, direct = (change(each, to, day(21), name).document for each in (between, started()))
    assert type(after) is type(direct)
    assert [line.net for line in after.lines] == [line.net for line in direct.lines]


def test_an_earlier_credit_keeps_its_room():
    noted = record_credit(started(), JANUARY, eur("15.00"))
    changed = change(noted, LARGE, day(11)).subscription
    assert given_back(changed, day(21), "chargebee_day") == eur("11.00")  # 31 × 11/31, of the 16.00 that are left
    assert record_credit(changed, JANUARY, eur("16.00")).current.remaining == eur("0.00")


def test_undoing_it_costs_nothing():
    changed = change(started(), LARGE, day(11)).subscription
    assert change(changed, SMALL, day(21), "difference_now").document.subtotal == eur("0.00")
    discounted = change(started(discount=eur("10.00")), SMALL, day(11)).subscription
    assert change(discounted, SMALL, day(21), "recurly_only_changed").document.subtotal == eur("0.00")


def test_the_same_seats_under_a_rule_of_changed_units():
    """ZeroDivisionError: no unit was added, but the price of the billed ones was another."""
    ten, fifteen = (Plan(f"{price} a seat", PerSeatPrice(eur(price)), MONTHLY) for price in ("10.00", "15.00"))
    paid = change(started(ten, 2), fifteen, day(11), quantity=2).subscription
    assert change(paid, fifteen, day(21), "recurly_only_changed", 2).document.subtotal == eur(
        "3.54"
    )  # 2 × 5.00 × 11/31


def test_what_was_billed_at_another_price_is_a_difference_of_all_its_units():
    """15.00 a seat, billed at 20.00 for two: 10.00 more, 5.00 a seat."""
    fifteen = Plan("15.00 a seat", PerSeatPrice(eur("15.00")), MONTHLY)
    nothing = eur("0.00")
    billed = BilledPeriod(fifteen, 2, JANUARY, eur("20.00"), nothing, UNTAXED, nothing, nothing)
    result = prorate_change(POLICIES["recurly_only_changed"], Change.to(day(21), fifteen, 2), [billed])
    assert result.charge == eur("3.54")  # 2 × round(5.00 × 11/31 = 1.774)


@pytest.mark.parametrize("name", ["none", "store_without_proration"])
def test_at_an_instant_no_part_of_a_day_is_lost(name):
    policy, polar = POLICIES[name].in_zone(UTC), POLICIES["polar"].in_zone(UTC)
    at = datetime(2026, 1, 11, 18, tzinfo=UTC)
    span = InstantPeriod(datetime(2026, 1, 1, 18, tzinfo=UTC), datetime(2026, 2, 1, 18, tzinfo=UTC))
    for record in (BILLED, (BilledPeriod.of_plan(SMALL, 1, JANUARY, UNTAXED, span=span),)):
        after = record
        for number in range(5):
            after = prorate_change(policy, Change.to(at, (LARGE, SMALL)[number % 2]), after).billed_after
        assert after == record
        expected = prorate_change(polar, Change.cancel(at), record).credit
        assert prorate_change(polar, Change.cancel(at), after).credit == expected


@pytest.mark.parametrize("days", [(), (5,), (5, 9, 20), tuple(range(2, 29))])
def test_any_number_of_such_changes_loses_nothing(days):
    changes = [Change.to(day(each), LARGE if at % 2 else HUGE) for at, each in enumerate(days)]
    history = fold_changes(POLICIES["none"], BILLED, changes)
    assert history.billed_after == BILLED
    ended = prorate_change(POLICIES["chargebee_day"], Change.cancel(day(29)), history.billed_after)
    assert ended.credit == eur("3.00")  # 31 × 3/31


def test_no_tax_moves_where_no_money_does():
    def french(percent):
        share = Fraction(percent, 100)
        return Charged("FR", (TaxComponent("TVA", "FR", share),), Scheme.UNION_OSS, (), "2026-11-23")

    billed = (BilledPeriod.of_plan(SMALL, 1, JANUARY, french(20)),)
    assert prorate_change(POLICIES["none"], Change.to(day(11), LARGE, ruling=french(10)), billed).billed_after == billed


def test_it_says_so():
    text = prorate_change(POLICIES["none"], Change.to(day(11), LARGE), BILLED).explain()
    assert "what was billed stays on record" in text
    assert "on record" not in prorate_change(POLICIES["chargebee_day"], Change.to(day(11), LARGE), BILLED).explain()
    assert "on record" not in prorate_change(POLICIES["none"], Change.cancel(day(11)), BILLED).explain()


def test_the_next_bill_has_the_new_price():
    assert quote_renewal(ACCOUNT, change(started(), LARGE, day(11)).subscription).due_now == eur("62.00")


def test_a_bill_date_of_its_own_has_to_be_charged_for():
    with pytest.raises(
        InvalidValueError, match="anchor 'explicit': a new period would start for which nothing is charged"
    ):
        ProrationPolicy(
            sides=Sides(credit=Credit.NONE, charge=Charge.NONE),
            timing=Timing(anchor=Cycle.EXPLICIT, anchor_on=date(2026, 3, 1)),
        )
