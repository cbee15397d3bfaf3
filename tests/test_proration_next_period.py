"""The next period: what starts one, when it ends, and what is charged for it; contracts and trials."""

from datetime import UTC, date, datetime

import pytest
from billingcore.presets import PRESETS, preset

from billingcore import proration
from billingcore.changes import quote_change, quote_renewal, quote_start
from billingcore.cycles import ANNUAL, WEEKLY, Cadence, Period, Trial, TrialChange
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.proration import (
    Change,
    Charge,
    Credit,
    Cycle,
    Effective,
    OnSwitch,
    ProrationPolicy,
    Sides,
    Timing,
    prorate_change,
)
from billingcore.records import from_record, to_record
from samples import (
    APRIL,
    DAY_RESET,
    DIFFERENCE,
    FRENCH,
    KEEP,
    LARGE,
    LATE,
    MID_APRIL,
    POLICIES,
    SMALL,
    SPAN,
    SWISS,
    TO_THE_INSTANT,
    TWENTIETH,
    TWENTY_FOURTH,
    UNTAXED,
    YEAR,
    YEARLY_300,
    billed,
    day,
    flat,
    money,
    policy,
    running_after,
    started_untaxed,
)

TERM = policy("store_deferred", timing={"effective": Effective.TERM_END})
TRIAL = Trial(date(2026, 1, 10), TWENTY_FOURTH)


def test_a_reset_with_and_without_credit_are_two_switches():
    """polarsource/polar 10445 wants 60 - 30 = 30; useautumn/autumn 2723 wants no remainder taken off."""
    line, change = billed(flat("30.00"), APRIL), Change.to(APRIL.start, flat("60.00"))
    assert prorate_change(DAY_RESET, change, [line]).net == money("30.00")
    without = ProrationPolicy.simple(Credit.NONE, Charge.FULL, Cycle.RESET)
    assert prorate_change(without, change, [line]).net == money("60.00")


def test_another_interval_restarts_or_keeps():
    yearly = Change.to(MID_APRIL, flat("365.00", cadence=ANNUAL))
    restart = prorate_change(KEEP, yearly, [billed(flat("30.00"), APRIL)])
    assert (restart.credit, restart.charge, restart.next_bill_on) == (
        money("15.00"),
        money("365.00"),
        date(2027, 4, 16),
    )
    assert "a new period starts (timing.interval_change)" in restart.explain()
    kept = prorate_change(
        policy("chargebee_day", timing={"interval_change": OnSwitch.KEEP}), yearly, [billed(flat("30.00"), APRIL)]
    )
    assert (kept.charge, kept.next_bill_on) == (money("15.00"), APRIL.end)  # 365.00 × 15/365
    fixed = policy(
        "shopify",
        sides={"credit": Credit.UNUSED, "charge": Charge.REMAINING},
        timing={"interval_change": OnSwitch.KEEP},
    )
    assert prorate_change(fixed, yearly, [billed(flat("30.00"), APRIL)]).charge == money("15.21")  # × 15/360
    months = policy("fastspring", timing={"interval_change": OnSwitch.KEEP})
    assert prorate_change(months, yearly, [billed(flat("30.00"), APRIL)]).charge == money("30.42")  # 1 of 12 months
    differ = prorate_change(DIFFERENCE, yearly, [billed(flat("30.00"), APRIL)])
    assert (differ.credit, differ.charge) == (money("15.00"), money("365.00"))
    assert len(differ.billed_after) == 2


def test_free_to_paid_starts_a_new_period_where_the_vendor_says_so():
    free, paid = billed(flat("0.00"), APRIL), Change.to(MID_APRIL, flat("30.00"))
    assert prorate_change(PRESETS["stripe_flexible"].policy, paid, [free]).next_bill_on == date(2026, 5, 16)
    assert prorate_change(PRESETS["polar"].policy, paid, [free]).net == money("15.00")
    still = prorate_change(PRESETS["stripe_flexible"].policy, Change.to(MID_APRIL, flat("0.00", "Other")), [free])
    assert still.next_bill_on == APRIL.end


def test_a_change_during_a_trial_moves_no_money():
    trial = Trial(date(2026, 4, 1), date(2026, 4, 15))
    change = Change.to(date(2026, 4, 10), LARGE)
    result = prorate_change(KEEP, change, trial=trial)
    assert (result.lines, result.net, result.next_bill_on, result.next_price) == (
        (),
        money("0.00"),
        date(2026, 4, 15),
        money("50.00"),
    )
    assert result.is_waiting
    assert result.billed_after == ()
    assert "during the trial" in result.explain()
    restarted = policy("chargebee_day", timing={"trial": TrialChange.RESTART})
    longer = prorate_change(restarted, change, trial=trial, trial_length=Cadence.daily(30))
    assert longer.next_bill_on == date(2026, 5, 10)
    ended = prorate_change(KEEP, Change.cancel(date(2026, 4, 10)), [billed(flat("0.00"), APRIL)], trial=trial)
    assert (ended.next_bill, ended.credit) == (None, money("0.00"))
    assert "nothing is billed" in ended.explain()
    with pytest.raises(InvalidTypeError, match="trial"):
        prorate_change(KEEP, change, trial=1)


def test_a_change_may_wait_for_the_end_of_the_period_or_of_the_term():
    deferred = PRESETS["store_deferred"].policy
    result = prorate_change(deferred, Change.to(MID_APRIL, LARGE), [billed(SMALL, APRIL)])
    assert (result.effective_at, result.next_bill_on, result.period) == (APRIL.end, APRIL.end, APRIL)
    assert (result.next_invoice, result.billed_after) == (money("50.00"), result.billed)
    assert "takes effect on 2026-05-01, at the period end" in result.explain()
    span = prorate_change(deferred, Change.to(SPAN.start_at, LARGE, ruling=UNTAXED), running=SPAN)
    assert span.next_bill == SPAN.end_at
    term = policy("store_deferred", timing={"effective": Effective.TERM_END})
    late = prorate_change(term, Change.cancel(MID_APRIL), [billed(SMALL, APRIL)], term_end=date(2027, 4, 1))
    assert (late.effective_at, late.next_bill) == (date(2027, 4, 1), date(2026, 5, 1))  # it renews until then
    with pytest.raises(InvalidTypeError, match="term_end"):
        prorate_change(term, Change.cancel(MID_APRIL), [billed(SMALL, APRIL)])


def test_an_explicit_bill_date_is_charged_until_then():
    explicit = policy("chargebee_day", timing={"anchor": Cycle.EXPLICIT, "anchor_on": date(2026, 4, 26)})
    shorter = prorate_change(explicit, Change.to(MID_APRIL, flat("30.00")), [billed(flat("30.00"), APRIL)])
    assert (shorter.credit, shorter.charge, shorter.next_bill_on) == (money("15.00"), money("10.00"), date(2026, 4, 26))
    assert "the policy names the day" in shorter.explain()
    later = policy("chargebee_day", timing={"anchor": Cycle.EXPLICIT, "anchor_on": date(2026, 7, 10)})
    longer = prorate_change(later, Change.to(MID_APRIL, flat("30.00")), [billed(flat("30.00"), APRIL)])
    assert longer.charge == money("85.00")  # 15 days of April, 31 + 30 + 9 more, each 1/30 of the price
    assert "30.00 EUR × 85/30 days = 85.00" in longer.explain()
    assert from_record(to_record(longer)) == longer
    with pytest.raises(InvalidValueError, match="after the change"):
        prorate_change(explicit, Change.to(date(2026, 4, 26), LARGE), [billed(SMALL, APRIL)])


def test_bought_time_stays_on_the_calendar():
    rule = PRESETS["samsung_prorated_date"].policy
    with pytest.raises(OutOfRangeError):
        prorate_change(rule, Change.to(MID_APRIL, flat("0.01")), [billed(flat("900000.00"), APRIL)])
    none = prorate_change(rule, Change.to(date(2026, 4, 30), flat("50.00")), [billed(flat("30.00"), APRIL)])
    assert (none.period, none.next_bill_on) == (None, date(2026, 5, 1))  # 30 April is paid: nothing is left to exchange
    last = Period(date(9999, 12, 1), date(9999, 12, 31))
    with pytest.raises(OutOfRangeError):
        prorate_change(PRESETS["braintree"].policy, Change.to(date(9999, 12, 31), LARGE), [billed(SMALL, last)])


def test_days_bought_are_a_share_of_the_real_period_where_no_month_is_fixed():
    rule = policy("google_charge_full_price", measure={"zone": UTC})
    result = prorate_change(rule, Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), LARGE), [billed(SMALL, span=SPAN)])
    assert str(result.period) == "2026-01-24 to 2026-03-06"
    assert running_after(result)[0].net == money("66.45")  # 50.00 and the credit that lengthens it


def test_a_week_may_start_again():
    week = billed(flat("7.00", cadence=WEEKLY), Period(date(2026, 1, 5), date(2026, 1, 12)))
    result = prorate_change(DAY_RESET, Change.to(date(2026, 1, 8), flat("14.00", cadence=WEEKLY)), [week])
    assert (result.credit, result.charge, result.next_bill_on) == (money("4.00"), money("14.00"), date(2026, 1, 15))


def test_a_day_that_a_month_does_not_have_may_run_on():
    rolls = policy("chargify_migration", timing={"month_end": proration.MonthOverflow.ROLL_FORWARD})
    at = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
    assert prorate_change(rolls, Change.add(at, LARGE)).next_bill == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
    assert prorate_change(rolls, Change.add(date(2026, 1, 15), LARGE)).next_bill == date(2026, 2, 15)
    assert prorate_change(rolls, Change.add(date(2026, 1, 15), flat("1.00", cadence=WEEKLY))).next_bill == date(
        2026, 1, 22
    )
    with pytest.raises(OutOfRangeError):
        prorate_change(rolls, Change.add(date(9999, 12, 15), LARGE))


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
    result = prorate_change(
        PRESETS[preset].policy, Change.to(TWENTY_FOURTH, flat("300.00", "Year", ANNUAL)), [billed(SMALL)]
    )
    assert result.credit == money(credit)
    assert result.period == Period(date(2026, 1, start), date(2027, 1, start))
    old, new = result.billed_after
    assert old.served_until == new.period.start == date(2026, 1, start)


def test_a_contract_that_ends_takes_the_period_that_runs_where_nothing_was_billed():
    nothing = Sides(credit=Credit.NONE, charge=Charge.NONE)
    policy = ProrationPolicy(sides=nothing, timing=Timing(effective=Effective.TERM_END, interval_change=OnSwitch.KEEP))
    result = prorate_change(
        policy,
        Change.to(TWENTIETH, LARGE),
        running=Period(date(2026, 1, 10), date(2026, 2, 10)),
        term_end=date(2026, 12, 10),
    )
    assert (result.net, result.next_bill_on) == (money("0.00"), date(2026, 12, 10))


@pytest.mark.parametrize("name", ["none", "store_without_proration"])
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
    running = quote_start(FRENCH, old, 1, date(2026, 1, 10)).subscription
    quote = quote_change(FRENCH, running, new, 1, date(2026, 1, 24), preset(name).policy)
    assert (quote.document.subtotal, str(quote.next_bill_on)) == (money("0.00"), renewal)
    next_one = quote_renewal(FRENCH, quote.subscription)
    assert next_one.document.subtotal == money(price)
    assert (str(next_one.document.issued_on), str(next_one.next_bill_on)) == (renewal, after)


@pytest.mark.parametrize("credit", [Credit.NONE, Credit.UNUSED, Credit.FULL])
@pytest.mark.parametrize(
    ("timing", "field"),
    [
        ({}, "interval_change"),
        ({"interval_change": OnSwitch.KEEP, "free_to_paid": OnSwitch.RESET}, "free_to_paid"),
        ({"anchor": Cycle.RESET}, "anchor"),
    ],
)
def test_a_new_period_for_which_nothing_is_charged_is_refused(credit, timing, field):
    with pytest.raises(
        InvalidValueError, match=f"{field} 'reset': a new period would start for which nothing is charged"
    ):
        ProrationPolicy(sides=Sides(credit=credit, charge=Charge.NONE), timing=Timing(**timing))


def test_the_simple_policy_that_moves_nothing_keeps_the_interval_too():
    policy = ProrationPolicy.simple(Credit.NONE, Charge.NONE, Cycle.KEEP)
    assert policy.timing.interval_change is OnSwitch.KEEP
    assert ProrationPolicy.simple(Credit.UNUSED, Charge.FULL, Cycle.KEEP).timing.interval_change is OnSwitch.RESET


def test_a_cancelled_trial_leaves_nothing_to_credit_or_bill():
    day = date(2026, 1, 15)
    result = prorate_change(PRESETS["polar"].policy, Change.cancel(day), trial=TRIAL)
    assert (result.credit_minor, result.charge_minor, result.next_bill, result.lines) == (0, 0, None, ())
    assert result.billed_after == ()
    assert "nothing to credit or charge; nothing is billed" in result.explain()
    with pytest.raises(InvalidValueError, match="price_now"):
        _ = result.credit  # no plan is known, so no currency
    named = prorate_change(
        PRESETS["polar"].policy, Change(day, None, 1, Change.cancel(day).kind, price_now=SMALL), trial=TRIAL
    )
    assert (named.credit, named.next_invoice) == (money("0.00"), money("0.00"))


@pytest.mark.parametrize(
    ("change", "line", "end", "day", "invoice"),
    [
        (Change.to(TWENTY_FOURTH, LARGE), billed(SMALL), date(2026, 12, 10), date(2026, 2, 10), "30.00"),
        (
            Change.to(TWENTY_FOURTH, LARGE),
            billed(SMALL, discount=money("5.00")),
            date(2026, 12, 10),
            date(2026, 2, 10),
            "25.00",
        ),
        (Change.cancel(TWENTY_FOURTH), billed(SMALL), date(2026, 12, 10), date(2026, 2, 10), "30.00"),
        (Change.to(TWENTY_FOURTH, LARGE), billed(SMALL), date(2026, 2, 10), date(2026, 2, 10), "50.00"),
        (Change.cancel(TWENTY_FOURTH), billed(SMALL), date(2026, 2, 10), None, "0.00"),
        (Change.to(TWENTY_FOURTH, LARGE), billed(flat("300.00", "Year", ANNUAL), YEAR), YEAR.end, YEAR.end, "50.00"),
    ],
)
def test_the_old_plan_renews_until_the_contract_ends(change, line, end, day, invoice):
    result = prorate_change(TERM, change, [line], term_end=end)
    assert (result.effective_at, result.next_bill_on, result.next_invoice) == (end, day, money(invoice))


def test_a_bill_date_of_its_own_has_to_be_charged_for():
    with pytest.raises(
        InvalidValueError, match="anchor 'explicit': a new period would start for which nothing is charged"
    ):
        ProrationPolicy(
            sides=Sides(credit=Credit.NONE, charge=Charge.NONE),
            timing=Timing(anchor=Cycle.EXPLICIT, anchor_on=date(2026, 3, 1)),
        )


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


@pytest.mark.parametrize("name", ["none", "chargebee_day"])
def test_where_no_time_is_left_the_old_plan_runs_to_its_end(name):
    after = prorate_change(POLICIES[name].in_zone(UTC), LATE, [TO_THE_INSTANT]).billed_after
    assert after == (TO_THE_INSTANT,)
    assert prorate_change(POLICIES["polar"].in_zone(UTC), Change.cancel(LATE.at), after).credit == money(
        "0.25"
    )  # 6 hours
