"""Changes where the day stays with the old plan: two on one day, and one on the last day of the period."""

from datetime import date

import pytest

from billingcore.changes import (
    gather_change,
    quote_cancellation,
    quote_change,
    quote_renewal,
    schedule_change,
)
from billingcore.cycles import Period
from billingcore.errors import InvalidValueError
from billingcore.presets import PRESETS
from billingcore.proration import Cycle, MonthOverflow, Settle
from samples import FRENCH, HUGE, LARGE, SMALL, money, policy, started

START, DAY, LAST = date(2026, 1, 10), date(2026, 1, 20), date(2026, 2, 9)
NEXT_DAY = ["braintree", "samsung_prorated_charge", "unibee"]


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("braintree", "12.90", "12.90"),  # 20.00 × 20/31 = 12.903…, twice
        ("samsung_prorated_charge", "13.33", "13.34"),  # 33.33 - 20.00, 46.67 - 33.33
        ("unibee", "13.00", "13.00"),  # 20 days of 0.65, twice
    ],
)
def test_two_changes_on_one_day(name, first, second):
    rule = PRESETS[name].policy
    once = quote_change(FRENCH, started(), LARGE, 1, DAY, rule)
    twice = quote_change(FRENCH, once.subscription, HUGE, 1, DAY, rule)
    assert (once.document.subtotal, twice.document.subtotal) == (money(first), money(second))
    current = twice.subscription.current
    assert (current.plan, current.period.start, current.period.end) == (HUGE, date(2026, 1, 21), date(2026, 2, 10))
    assert twice.subscription.billed_on(DAY).plan == SMALL


def test_a_cancellation_on_the_day_of_a_change_keeps_that_day():
    """The day belongs to the old plan and stays paid; what the change charged goes back in full."""
    rule = PRESETS["braintree"].policy
    changed = quote_change(FRENCH, started(), LARGE, 1, DAY, rule).subscription
    quote = quote_cancellation(FRENCH, changed, DAY, rule)
    assert quote.document.net == money("32.25")  # 19.35 + 12.90: the 20 days from the 21st
    assert quote.subscription.ended_on == date(2026, 1, 21)


def test_an_earlier_day_is_still_refused():
    rule = PRESETS["braintree"].policy
    changed = quote_change(FRENCH, started(), LARGE, 1, DAY, rule).subscription
    for running, day in ((changed, date(2026, 1, 19)), (started(), date(2026, 1, 9))):
        with pytest.raises(InvalidValueError, match=r"change_on .*newest billed period"):
            quote_change(FRENCH, running, HUGE, 1, day, rule)


def test_a_rule_whose_change_day_is_new_does_not_take_the_day_before():
    changed = quote_change(FRENCH, started(), LARGE, 1, DAY, PRESETS["braintree"].policy).subscription
    with pytest.raises(InvalidValueError, match="newest billed period"):
        quote_change(FRENCH, changed, HUGE, 1, DAY, PRESETS["chargebee_day"].policy)


@pytest.mark.parametrize("name", NEXT_DAY)
def test_on_the_last_day_the_remedy_works(name):
    rule = PRESETS[name].policy
    with pytest.raises(InvalidValueError, match=r"'2026-02-09': no day .* at its renewal, with schedule_change"):
        quote_change(FRENCH, started(), LARGE, 1, LAST, rule)
    later = schedule_change(FRENCH, started(), LARGE, 1, LAST, rule)
    assert later.effective_on == date(2026, 2, 10)
    assert quote_renewal(FRENCH, later.subscription).document.subtotal == money("50.00")
    with pytest.raises(InvalidValueError, match="does not wait"):
        schedule_change(FRENCH, started(), LARGE, 1, date(2026, 2, 8), rule)


def test_on_the_last_day_nothing_is_gathered():
    with pytest.raises(InvalidValueError, match="with schedule_change"):
        gather_change(FRENCH, started(), LARGE, 1, LAST, policy("braintree", timing={"settle": Settle.NEXT_INVOICE}))


def test_a_restart_whose_day_rolls_on_has_a_document():
    """31 January and one month: 31 February is 3 March, and the bill dates go on from there."""
    rolls = policy("chargify_migration", timing={"month_end": MonthOverflow.ROLL_FORWARD})
    assert rolls.timing.anchor is Cycle.RESET
    quote = quote_change(FRENCH, started(), LARGE, 1, date(2026, 1, 31), rolls)
    assert quote.subscription.current.period == Period(date(2026, 1, 31), date(2026, 3, 3))
    assert quote.subscription.upcoming_renewals(3) == (date(2026, 3, 3), date(2026, 4, 3), date(2026, 5, 3))
    plain = quote_change(FRENCH, started(), LARGE, 1, date(2026, 1, 24), rolls)
    assert plain.subscription.upcoming_renewals(2) == (date(2026, 2, 24), date(2026, 3, 24))


def test_credit_that_buys_no_day_names_another_way():
    """On the last day nothing is left of 30.00, so it buys no time of the new plan."""
    rule = PRESETS["samsung_prorated_date"].policy
    with pytest.raises(InvalidValueError, match="buys no day of the new plan; end the old one"):
        quote_change(FRENCH, started(), LARGE, 1, LAST, rule)
    with pytest.raises(InvalidValueError, match="does not wait"):
        schedule_change(FRENCH, started(), LARGE, 1, LAST, rule)
