"""The next period: what starts one, when it ends, and what is charged for it."""

from datetime import UTC, date, datetime

import attrs
import pytest

from billingcore.cycles import ANNUAL, WEEKLY, Period
from billingcore.errors import InvalidValueError, OutOfRangeError
from billingcore.proration import (
    Basis,
    Change,
    Clock,
    CreditOf,
    DayOwner,
    FixedDays,
    Measure,
    OnSwitch,
    ProrationPolicy,
    Sale,
    fold_changes,
    prorate_change,
)
from billingcore.records import from_record, to_record
from samples import (
    APRIL,
    DAY_KEEP,
    DAY_RESET,
    DIFFERENCE,
    FRENCH,
    FROM_10_JANUARY,
    KEEP,
    LARGE,
    LATE,
    MID_APRIL,
    POLICIES,
    SMALL,
    SPAN,
    SWISS,
    TO_THE_INSTANT,
    TWENTY_FOURTH,
    UNTAXED,
    YEARLY_300,
    billed,
    bought,
    changed,
    day,
    flat,
    money,
    policy,
    renewed,
    running_after,
    started_untaxed,
)


def test_a_reset_with_and_without_credit_are_two_switches():
    """polarsource/polar 10445 wants 60 - 30 = 30; useautumn/autumn 2723 wants no remainder taken off."""
    line, change = billed(flat("30.00"), APRIL), Change.to(APRIL.start, flat("60.00"))
    assert prorate_change(DAY_RESET, change, [line]).net == money("30.00")
    without = ProrationPolicy(Sale.RESTART_WITHOUT_CREDIT)
    assert prorate_change(without, change, [line]).net == money("60.00")


def test_another_interval_restarts_or_keeps():
    yearly = Change.to(MID_APRIL, flat("365.00", cadence=ANNUAL))
    restart = prorate_change(KEEP, yearly, [billed(flat("30.00"), APRIL)])
    assert (restart.credit, restart.charge, restart.next_bill_on) == (
        money("15.00"),
        money("365.00"),
        date(2027, 4, 16),
    )
    assert "a new period starts (interval_change)" in restart.explain()
    kept = prorate_change(policy("chargebee", interval_change=OnSwitch.KEEP), yearly, [billed(flat("30.00"), APRIL)])
    assert (kept.charge, kept.next_bill_on) == (money("15.00"), APRIL.end)  # 365.00 × 15/365
    fixed = policy("shopify", sale=Sale.PRORATE, interval_change=OnSwitch.KEEP)
    assert prorate_change(fixed, yearly, [billed(flat("30.00"), APRIL)]).charge == money("15.21")  # × 15/360
    months = policy("fastspring", interval_change=OnSwitch.KEEP)
    assert prorate_change(months, yearly, [billed(flat("30.00"), APRIL)]).charge == money("30.42")  # 1 of 12 months
    differ = prorate_change(DIFFERENCE, yearly, [billed(flat("30.00"), APRIL)])
    assert (differ.credit, differ.charge) == (money("15.00"), money("365.00"))
    assert len(differ.billed_after) == 2


def test_free_to_paid_starts_a_new_period_where_the_vendor_says_so():
    free, paid = billed(flat("0.00"), APRIL), Change.to(MID_APRIL, flat("30.00"))
    assert prorate_change(POLICIES["stripe"], paid, [free]).next_bill_on == date(2026, 5, 16)
    assert prorate_change(POLICIES["polar"], paid, [free]).net == money("15.00")
    still = prorate_change(POLICIES["stripe"], Change.to(MID_APRIL, flat("0.00", "Other")), [free])
    assert still.next_bill_on == APRIL.end


def test_a_change_may_wait_for_the_end_of_the_period():
    deferred = POLICIES["google_deferred"]
    result = prorate_change(deferred, Change.to(MID_APRIL, LARGE), [billed(SMALL, APRIL)])
    assert (result.effective_at, result.next_bill_on, result.period) == (APRIL.end, APRIL.end, APRIL)
    assert (result.next_invoice, result.billed_after) == (money("50.00"), result.billed)
    assert "takes effect on 2026-05-01, at the period's end" in result.explain()
    span = prorate_change(deferred.in_zone(UTC), Change.to(SPAN.start_at, LARGE, ruling=UNTAXED), running=SPAN)
    assert span.next_bill == SPAN.end_at
    ended = prorate_change(deferred, Change.cancel(MID_APRIL), [billed(SMALL, APRIL)])
    assert (ended.effective_at, ended.next_bill, ended.credit) == (APRIL.end, None, money("0.00"))
    with pytest.raises(InvalidValueError, match="the policy waits for the end of a period, and none runs"):
        prorate_change(deferred, Change.to(MID_APRIL, LARGE))


def test_a_chosen_bill_date_is_charged_until_then():
    shorter = Change.to(MID_APRIL, flat("30.00"), next_bill_on=date(2026, 4, 26))
    result = prorate_change(KEEP, shorter, [billed(flat("30.00"), APRIL)])
    # the plan's own month that ends then is that from 26 March, of 31 days: 30.00 × 10/31, not 10/30
    assert (result.credit, result.charge, result.next_bill_on) == (money("15.00"), money("9.68"), date(2026, 4, 26))
    assert "next bill on 2026-04-26: the day that was chosen (next_bill_on)" in result.explain()
    later = Change.to(MID_APRIL, flat("30.00"), next_bill_on=date(2026, 7, 10))
    longer = prorate_change(KEEP, later, [billed(flat("30.00"), APRIL)])
    # 24 of the 30 days from 10 April, then May and June: 30.00 × 24/30 + 60.00, each month over its own days
    assert longer.charge == money("84.00")
    assert "30.00 EUR × 84/30 of full periods (24/30 + 31/31 + 30/30) = 84.00" in longer.explain()
    assert from_record(to_record(longer)) == longer
    for late in (date(2026, 4, 16), date(2026, 4, 1)):
        with pytest.raises(InvalidValueError, match="after the change"):
            prorate_change(KEEP, Change.to(MID_APRIL, LARGE, next_bill_on=late), [billed(SMALL, APRIL)])
    # what is left of the time that was charged is measured as it was charged
    (running,) = running_after(longer)
    assert running.period == Period(
        MID_APRIL, date(2026, 7, 10), Period(day(10, 4), day(10, 5)), None, longer.period.joined
    )
    assert prorate_change(KEEP, Change.cancel(date(2026, 5, 10)), [running]).credit == money("60.00")


BROADBAND = flat("599.95", "Broadband")


@pytest.mark.parametrize(
    ("bought_on", "chosen", "charge"),
    [
        (date(2016, 5, 5), date(2016, 5, 10), "99.99"),  # 5 of the 30 days from 10 April; × 5/31 = 96.77 was charged
        (date(2016, 5, 5), date(2016, 6, 10), "699.94"),  # and the whole month from 10 May
        (date(2016, 5, 10), date(2016, 6, 10), "599.95"),  # a whole month of the plan: no part
        (date(2016, 3, 5), date(2016, 3, 10), "103.44"),  # 5 of the 29 days from 10 February
    ],
)
def test_a_bill_day_of_its_own_is_measured_over_the_plans_own_periods(bought_on, chosen, charge):
    """599.95 a month from 5 May 2016 with the 10th as its bill day: 599.95 × 5/30."""
    month = Period(bought_on, date(2016, bought_on.month + 1, bought_on.day))
    free = billed(flat("0.00", "Free"), month)
    for sale in (Sale.PRORATE, Sale.REVERSE_AND_REBILL, Sale.DIFFERENCE_REMAINING, Sale.RESTART, Sale.IN_FULL):
        rule = attrs.evolve(KEEP, sale=sale)
        result = prorate_change(rule, Change.to(bought_on, BROADBAND, next_bill_on=chosen), [free])
        assert (result.charge, result.next_bill_on) == (money(charge), chosen)
        (running,) = running_after(result)
        assert (running.net, running.period.end) == (money(charge), chosen)
    added = prorate_change(KEEP, Change(bought_on, BROADBAND, next_bill_on=chosen))
    assert (added.charge, added.next_bill_on) == (money(charge), chosen)


def test_a_change_of_interval_in_one_call_takes_the_new_plans_own_year():
    change = Change.to(MID_APRIL, flat("365.00", "Year", ANNUAL), next_bill_on=date(2027, 1, 1))
    result = prorate_change(KEEP, change, [billed(flat("30.00"), APRIL)])
    # 15.00 of April, and 260 of the 365 days of 2026
    assert (result.credit, result.charge, result.next_bill_on) == (money("15.00"), money("260.00"), date(2027, 1, 1))
    assert result.lines[-1].decided_by == "next_bill_on"


@pytest.mark.parametrize("sale", [Sale.CREDIT_ONLY, Sale.BUY_TIME, Sale.NOTHING])
def test_time_until_a_chosen_day_has_to_be_charged_for(sale):
    rule = ProrationPolicy(sale, DAY_KEEP.measure)
    with pytest.raises(InvalidValueError, match="charges nothing for the time until then; choose one that does"):
        prorate_change(rule, Change.to(MID_APRIL, LARGE, next_bill_on=date(2026, 6, 1)), [billed(SMALL, APRIL)])


def test_a_chosen_day_is_within_a_thousand_periods():
    with pytest.raises(OutOfRangeError, match="more than 1000 periods of the plan away"):
        prorate_change(KEEP, Change.to(MID_APRIL, LARGE, next_bill_on=date(2126, 6, 1)), [billed(SMALL, APRIL)])


def test_a_chosen_day_for_an_instant():
    at = datetime(2026, 1, 24, 18, tzinfo=UTC)
    rule = POLICIES["polar"].in_zone(UTC)
    result = prorate_change(rule, Change.to(at, LARGE, next_bill_on=date(2026, 2, 1)), [billed(SMALL, span=SPAN)])
    assert result.next_bill_on == date(2026, 2, 1)
    # from 18:00 on the 24th, 7.25 of the 31 days from 1 January
    assert result.charge == money("11.69")


def test_bought_time_stays_on_the_calendar():
    rule = POLICIES["samsung_prorated_date"]
    with pytest.raises(OutOfRangeError):
        prorate_change(rule, Change.to(MID_APRIL, flat("0.01")), [billed(flat("900000.00"), APRIL)])
    none = prorate_change(rule, Change.to(date(2026, 4, 30), flat("50.00")), [billed(flat("30.00"), APRIL)])
    assert (none.period, none.next_bill_on) == (None, date(2026, 5, 1))  # 30 April is paid: nothing is left to exchange
    last = Period(date(9999, 12, 1), date(9999, 12, 31))
    with pytest.raises(OutOfRangeError):
        prorate_change(POLICIES["braintree"], Change.to(date(9999, 12, 31), LARGE), [billed(SMALL, last)])


SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
PREMIUM = flat("60.00", "Premium")


def test_bought_time_starts_on_the_day_that_the_old_plan_keeps():
    """Samsung prints it so: 15 of 30 days are used on 15 September, 15.00 / 2.00 = 7.5, so 8 days, the 15th to the 22nd.

    Source: developer.samsung.com/iap/subscription-guide/manage-subscription-plan/examples.html, example 1.
    """
    result = prorate_change(
        POLICIES["samsung_prorated_date"], Change.to(date(2026, 9, 15), PREMIUM), [billed(SMALL, SEPTEMBER)]
    )
    assert (result.credit, result.next_bill_on) == (money("15.00"), date(2026, 9, 23))
    old, new = result.billed_after
    assert old.served_until == new.period.start == date(2026, 9, 15)  # each day is served once


def test_a_day_is_kept_once_whatever_is_bought_on_it():
    """The second change found 7 of 8 days: the 15th was kept again for a plan that had not run a day."""
    days = [date(2026, 9, 15), date(2026, 9, 15), date(2026, 9, 16)]
    changes = [Change.to(day, plan) for day, plan in zip(days, (PREMIUM, SMALL, PREMIUM), strict=True)]
    history = fold_changes(POLICIES["samsung_prorated_date"], [billed(SMALL, SEPTEMBER)], changes)
    # 30.00 × 15/30; all of it, for 15 days of 1.00; 15.00 × 13/15 from the 17th, for 6.5 days of 2.00
    assert [step.credit for step in history.steps] == [money("15.00"), money("15.00"), money("13.00")]
    assert [step.next_bill_on for step in history.steps] == [date(2026, 9, day) for day in (23, 30, 23)]
    served = [line.served_until for line in history.billed_after]
    assert served == [date(2026, 9, day) for day in (15, 15, 16, 23)]


def test_a_gross_credit_buys_time_for_what_its_discount_leaves():
    """30.00 less 15.00, half of it unused: 15.00 less 7.50 buys 3.75 days of 2.00; it bought the 7 days of 15.00."""
    rule = ProrationPolicy(Sale.BUY_TIME, Measure(Clock.DAY, basis=FixedDays(30)), credit_of=CreditOf.GROSS)
    line = billed(SMALL, SEPTEMBER, discount=money("15.00"))
    result = prorate_change(rule, Change.to(date(2026, 9, 16), PREMIUM), [line])
    assert (result.converted, result.next_bill_on) == (money("7.50"), date(2026, 9, 19))


def test_less_than_half_a_cent_buys_nothing():
    """0.01 × 14/30 bought 5 days that no line showed, and the bill dates were said to be kept."""
    january = Period(date(2023, 1, 1), date(2023, 2, 1))
    change = Change.to(date(2023, 1, 17), flat("0.03", "New"))
    result = prorate_change(POLICIES["samsung_prorated_date"], change, [billed(flat("0.01"), january)])
    assert (result.charge, result.next_bill_on) == (money("0.01"), date(2023, 2, 1))  # 0.03 × 14/30


def test_days_bought_are_a_share_of_the_real_period_where_no_month_is_fixed():
    rule = policy("google_charge_full_price", zone=UTC)
    result = prorate_change(rule, Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), LARGE), [billed(SMALL, span=SPAN)])
    assert str(result.period) == "2026-01-24 to 2026-03-06"
    assert running_after(result)[0].net == money("66.45")  # 50.00 and the credit that lengthens it


def test_a_week_may_start_again():
    week = billed(flat("7.00", cadence=WEEKLY), Period(date(2026, 1, 5), date(2026, 1, 12)))
    result = prorate_change(DAY_RESET, Change.to(date(2026, 1, 8), flat("14.00", cadence=WEEKLY)), [week])
    assert (result.credit, result.charge, result.next_bill_on) == (money("4.00"), money("14.00"), date(2026, 1, 15))


def test_a_day_that_a_month_does_not_have_is_its_last():
    at = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
    rule = POLICIES["maxio_migration"]
    assert prorate_change(rule, Change.add(at, LARGE)).next_bill == datetime(2026, 2, 28, 9, 30, tzinfo=UTC)
    assert prorate_change(rule, Change.add(date(2026, 1, 15), LARGE)).next_bill == date(2026, 2, 15)
    with pytest.raises(OutOfRangeError):
        prorate_change(rule, Change.add(date(9999, 12, 15), LARGE))


@pytest.mark.parametrize(
    ("preset", "credit", "start"),
    [
        ("braintree", "15.48", 25),  # 30.00 × 16/31 from the 25th
        ("unibee", "15.52", 25),  # 0.97 × 16
        ("samsung_prorated_charge", "16.00", 25),  # 30.00 × 16/30
        ("difference_remaining", "16.45", 24),  # 30.00 × 17/31 from the 24th
        ("polar", "16.45", 24),
    ],
)
def test_a_new_period_starts_where_the_credited_part_does(preset, credit, start):
    result = prorate_change(POLICIES[preset], Change.to(TWENTY_FOURTH, flat("300.00", "Year", ANNUAL)), [billed(SMALL)])
    assert result.credit == money(credit)
    assert result.period == Period(date(2026, 1, start), date(2027, 1, start))
    old, new = result.billed_after
    assert old.served_until == new.period.start == date(2026, 1, start)


@pytest.mark.parametrize("name", ["none", "google_without_proration"])
@pytest.mark.parametrize(
    ("old", "new", "renewal", "price", "after"),
    [
        (
            SMALL,
            YEARLY_300,
            "2026-02-10",
            "300.00",
            "2027-02-10",
        ),  # nothing on 24 January, 300.00 on the old renewal date
        (YEARLY_300, SMALL, "2027-01-10", "30.00", "2027-02-10"),  # the paid year runs on, then 30.00 a month
    ],
)
def test_without_proration_the_new_price_comes_at_the_old_renewal_date(name, old, new, renewal, price, after):
    running = bought(FRENCH, old, 1, date(2026, 1, 10)).subscription
    quote = changed(FRENCH, running, new, 1, date(2026, 1, 24), POLICIES[name])
    assert (quote.documents, quote.due_now, str(quote.next_bill_on)) == ((), money("0.00"), renewal)
    next_one = renewed(FRENCH, quote.subscription)
    assert next_one.document.subtotal == money(price)
    assert (str(next_one.document.issued_on), str(next_one.next_bill_on)) == (renewal, after)


@pytest.mark.parametrize("sale", [Sale.NOTHING, Sale.CREDIT_ONLY])
@pytest.mark.parametrize(
    ("switch", "old", "new", "field", "credit", "charge"),
    [
        ({"interval_change": OnSwitch.RESTART}, SMALL, YEARLY_300, "interval_change", "16.45", "300.00"),
        ({"free_to_paid": OnSwitch.RESTART}, flat("0.00", "Free"), LARGE, "free_to_paid", "0.00", "50.00"),
    ],
)
def test_a_new_period_is_charged_in_full_whatever_else_the_sale_charges(sale, switch, old, new, field, credit, charge):
    """Such a policy was refused: a new period would have started for which nothing is charged."""
    rule = attrs.evolve(ProrationPolicy(sale, DAY_KEEP.measure), **switch)
    result = prorate_change(rule, Change.to(TWENTY_FOURTH, new), [billed(old)])
    assert (result.credit, result.charge, result.restarted_by) == (money(credit), money(charge), field)
    assert len(result.billed_after) == 2


def test_a_yearly_plan_for_nothing_runs_to_the_end_that_was_paid():
    yearly = flat("600.00", "Yearly", ANNUAL)
    quote = changed(SWISS, started_untaxed(), yearly, 1, day(11), POLICIES["none"])
    assert quote.subscription.paid_until == date(2026, 2, 1)


@pytest.mark.parametrize("name", ["none", "chargebee"])
def test_where_no_time_is_left_the_old_plan_runs_to_its_end(name):
    after = prorate_change(POLICIES[name].in_zone(UTC), LATE, [TO_THE_INSTANT]).billed_after
    assert after == (TO_THE_INSTANT,)
    assert prorate_change(POLICIES["polar"].in_zone(UTC), Change.cancel(LATE.at), after).credit == money(
        "0.25"
    )  # 6 hours


# A plan of another interval on the old bill dates


YEARLY, HALF_DEARER = flat("600.00", "Y", ANNUAL), flat("900.00", "Y2", ANNUAL)


@pytest.mark.parametrize(
    ("switch", "first", "second", "expected"),
    [  # billed for 10 January to 10 February; the second change leaves 15 days
        (OnSwitch.KEEP_CONVERTED, YEARLY, flat("30.00", "S"), "14.52"),  # 30.00 × 15/31
        (OnSwitch.KEEP, YEARLY, flat("30.00", "S"), "14.52"),
        (OnSwitch.KEEP, YEARLY, HALF_DEARER, "36.99"),  # 900.00 × 15/365
        (OnSwitch.KEEP_CONVERTED, YEARLY, HALF_DEARER, "36.29"),  # 900.00 / 12 × 15/31
        (OnSwitch.KEEP, flat("7.00", "W", WEEKLY), flat("30.00", "S"), "14.52"),
    ],
)
def test_a_change_after_a_kept_interval_is_measured_by_the_bill_dates_that_run(switch, first, second, expected):
    rule = attrs.evolve(DAY_KEEP, interval_change=switch)
    changes = [Change.to(date(2026, 1, 24), first), Change.to(date(2026, 1, 26), second)]
    history = fold_changes(rule, [billed(SMALL, FROM_10_JANUARY)], changes)
    assert history.steps[-1].charge == money(expected)


def test_a_monthly_plan_on_yearly_dates_is_measured_by_the_year():
    """600.00 a year from 10 January; 60.00 a month from 10 July: 60.00 / 31 days of July × 184 = 356.13."""
    rule = attrs.evolve(DAY_KEEP, interval_change=OnSwitch.KEEP)
    year = billed(YEARLY, Period(date(2026, 1, 10), date(2027, 1, 10)))
    changes = [Change.to(date(2026, 6, 10), flat("30.00", "S")), Change.to(date(2026, 7, 10), flat("60.00", "L"))]
    history = fold_changes(rule, [year], changes)
    assert history.steps[-1].charge == money("356.13")


@pytest.mark.parametrize(
    ("credit_of", "expected"),
    [(CreditOf.PRICE_NOW, "27.95"), (CreditOf.PLAN_PRICE, "27.95"), (CreditOf.BILLED, "27.95")],  # 600.00 × 17/365
)
def test_the_price_of_a_plan_on_dates_of_another_interval_is_that_of_its_share(credit_of, expected):
    rule = attrs.evolve(DAY_KEEP, interval_change=OnSwitch.KEEP, credit_of=credit_of)
    changes = [Change.to(date(2026, 1, 24), YEARLY), Change.cancel(date(2026, 1, 24))]
    history = fold_changes(rule, [billed(SMALL, FROM_10_JANUARY)], changes)
    assert history.steps[-1].credit == money(expected)


@pytest.mark.parametrize(
    ("switch", "expected"),
    [(OnSwitch.RESTART, "5.59"), (OnSwitch.KEEP, "5.59"), (OnSwitch.KEEP_CONVERTED, "5.48")],  # × 17/365; / 12 × 17/31
)
def test_an_addition_of_another_interval_costs_its_share(switch, expected):
    rule = attrs.evolve(DAY_KEEP, interval_change=switch)
    added = Change.add(date(2026, 1, 24), flat("120.00", "A", ANNUAL))
    assert prorate_change(rule, added, [billed(SMALL, FROM_10_JANUARY)]).charge == money(expected)


@pytest.mark.parametrize(
    ("sale", "said"), [(Sale.AT_PERIOD_END, "waits for the end"), (Sale.RESTART_LONGER, "lengthens")]
)
def test_a_chosen_bill_day_does_not_go_with_a_sale_that_says_when(sale, said):
    change = Change.to(date(2026, 1, 24), LARGE, next_bill_on=date(2026, 2, 1))
    with pytest.raises(InvalidValueError, match=f"next_bill_on 2026-02-01: .*{said}"):
        prorate_change(attrs.evolve(DAY_KEEP, sale=sale), change, [billed(SMALL, FROM_10_JANUARY)])


@pytest.mark.parametrize("switch", [OnSwitch.KEEP, OnSwitch.KEEP_CONVERTED])
@pytest.mark.parametrize("sale", [Sale.DIFFERENCE_REMAINING, Sale.DIFFERENCE_FULL, Sale.IN_FULL])
@pytest.mark.parametrize("change", [Change.to, Change.add])
def test_the_price_of_another_interval_is_not_that_of_the_rest(switch, sale, change):
    """In full, a whole year was charged for 17 days, and again on the next bill date."""
    rule = attrs.evolve(DAY_KEEP, sale=sale, interval_change=switch)
    with pytest.raises(InvalidValueError, match="plan 'Y': prices of two intervals have no difference"):
        prorate_change(rule, change(date(2026, 1, 24), YEARLY), [billed(SMALL, FROM_10_JANUARY)])


def test_a_monthly_plan_on_weekly_dates_is_measured_by_the_month():
    rule = attrs.evolve(DAY_KEEP, interval_change=OnSwitch.KEEP)
    week = billed(flat("7.00", "W", WEEKLY), Period(date(2026, 1, 10), date(2026, 1, 17)))
    changes = [Change.to(date(2026, 1, 12), flat("30.00", "S")), Change.to(date(2026, 1, 14), flat("60.00", "L"))]
    assert fold_changes(rule, [week], changes).steps[-1].charge == money("5.81")  # 60.00 × 3/31


@pytest.mark.parametrize("rule", [KEEP, KEEP.in_zone(UTC), DIFFERENCE])
def test_a_charge_for_several_periods_counts_each(rule):
    """It was 73/31 days: 11 of the 31 from 4 January, then February's and March's."""
    change = Change.to(TWENTY_FOURTH, LARGE, next_bill_on=date(2026, 4, 4))
    *_, charge = prorate_change(rule, change, [billed(SMALL)]).lines
    assert charge.sum_in_words == (
        "50.00 EUR × 73/31 of full periods (11/31 + 28/28 + 31/31) = 117.74193… → 117.74 half up"
    )
    one = prorate_change(rule, Change.to(TWENTY_FOURTH, LARGE, next_bill_on=date(2026, 2, 20)), [billed(SMALL)])
    assert "× 27/31 days" in one.lines[-1].sum_in_words


@pytest.mark.parametrize(
    ("measure", "charge", "counted"),
    [
        (Measure(Clock.DAY, basis=FixedDays(30)), "118.33", "71/30 of full periods"),  # 11/30 + 2; it was all of one
        (Measure(Clock.DAY, basis=Basis.NOMINAL_PERIOD), "117.74", "73/31 of full periods"),  # 11/31 + 2
        (Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH), "117.74", "73/31 of full periods"),
        (Measure(Clock.DAY, basis=Basis.STRICT_30_360), "116.67", "70/30 of full periods"),  # 10/30 + 2
        (Measure(Clock.MONTH), "150.00", "3/1 months"),  # the first of them is not over
        (Measure(zone=UTC), "117.74", "of full periods"),  # it was 70 days of 31: February was short of three
    ],
)
def test_several_periods_are_counted_one_by_one_whatever_the_measure(measure, charge, counted):
    """From 24 January to 4 April: 11 days of the month from 4 January, then two whole ones."""
    change = Change.to(TWENTY_FOURTH, LARGE, next_bill_on=date(2026, 4, 4))
    result = prorate_change(ProrationPolicy(measure=measure), change, [billed(SMALL)])
    assert (result.charge, counted in result.explain()) == (money(charge), True)


def test_days_before_a_charge_for_several_periods_are_not_among_them():
    rule = ProrationPolicy(measure=Measure(Clock.DAY, change_day=DayOwner.OLD))
    change = Change.to(TWENTY_FOURTH, LARGE, next_bill_on=date(2026, 4, 4))
    assert (
        "× 72/31 of full periods (10/31 + 28/28 + 31/31) =" in prorate_change(rule, change, [billed(SMALL)]).explain()
    )
