"""What grows stays in hand: no recursion, no quadratic work, no result that carries a dictionary.

Work is counted in calls, which are the same on every machine; `benchmarks/growth.py` measures the time.
"""

import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from billingcore import (
    ANNUAL,
    GOTO_RESCUE,
    MONTHLY,
    Address,
    BilledPeriod,
    Buyer,
    Change,
    InstantPeriod,
    Invoice,
    Money,
    OneOffLine,
    PerSeatPrice,
    Plan,
    Rounding,
    Schedule,
    Seller,
    TaxGroup,
    decide_tax,
    dispute_window,
    prorate,
)
from billingcore.proration import Sale, fold_changes
from billingcore.sourced import History, Sourced
from samples import POLICIES, UNTAXED, YEAR

SELLER, BUYER = Seller("Rescue (example)", Address("CH"), ()), Buyer("Buyer", Address("CH"))
PLAN = Plan("Rescue", PerSeatPrice(Money(1_000, "EUR")), ANNUAL)
MANY = 10_000


def invoice(lines):
    items = tuple([OneOffLine("item", at % 19 + 1, Money(at * 37 % 20_000 + 1, "EUR"), UNTAXED) for at in range(lines)])
    return Invoice("1", date(2026, 1, 1), SELLER, BUYER, items)


def folded(preset, changes):
    days = [date(2026, 1, 2) + timedelta(at * 360 // changes) for at in range(changes)]
    history = [Change.to(day, PLAN, at % 7 + 2) for at, day in enumerate(days)]
    return fold_changes(POLICIES[preset], [BilledPeriod.of_plan(PLAN, 1, YEAR, UNTAXED)], history)


def calls(function, *arguments):
    """Count the calls that a call makes, of functions in Python and in C."""
    found = 0

    def count(_frame, event, _argument):
        nonlocal found
        found += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function(*arguments)
    finally:
        sys.setprofile(before)
    return found


def test_an_invoice_of_ten_thousand_lines_adds_up_and_explains_itself():
    document = invoice(MANY)
    assert document.subtotal_minor == sum((at % 19 + 1) * (at * 37 % 20_000 + 1) for at in range(MANY))
    assert len(document.line_taxes()) == MANY
    assert document.explain().count("\n") > MANY


@pytest.mark.parametrize("preset", ["chargebee", "difference_remaining"])
def test_ten_thousand_changes_of_a_period_are_folded(preset):
    history = folded(preset, MANY)
    assert len(history.steps) == MANY
    assert history.net == history.charge - history.credit
    assert history.next_bill == YEAR.end


@pytest.mark.parametrize(
    "grow", [invoice, lambda size: invoice(size).explain(), lambda size: invoice(size).line_taxes()]
)
def test_the_work_of_an_invoice_is_linear_in_its_lines(grow):
    assert calls(grow, 1_000) <= 11 * calls(grow, 100)


def folds_days(policy):
    """Say whether changes take effect at once, on days, and leave time for the next one: bought time may be over."""
    return policy.sale not in {Sale.AT_PERIOD_END, Sale.BUY_TIME, Sale.RESTART_LONGER} and policy.measure.zone is None


@pytest.mark.parametrize("preset", [name for name, policy in POLICIES.items() if folds_days(policy)])
def test_the_work_of_a_fold_is_linear_in_its_changes(preset):
    assert calls(folded, preset, 400) <= 4.4 * calls(folded, preset, 100)


@pytest.mark.parametrize("anchor", [date(1900, 1, 31), date(1904, 2, 29)])
def test_the_work_for_a_date_does_not_grow_with_its_number(anchor):
    schedule = Schedule(anchor, MONTHLY)
    assert calls(schedule.boundary, 20_000) == calls(schedule.boundary, 1)
    near, far = schedule.boundary(1), schedule.boundary(20_000)
    assert calls(schedule.period_containing, far) <= calls(schedule.period_containing, near) + 2
    ages = calls(schedule.periods, anchor, far)
    assert ages <= calls(schedule.periods, anchor, near) + 2


def test_the_work_of_a_look_up_is_logarithmic_in_the_rows_of_a_table():
    first, step = date(1000, 1, 1), timedelta(10)

    def history(rows):
        facts = [Sourced(at, first + step * at, first + step * (at + 1), "a table", first) for at in range(rows)]
        return History("numbers", tuple(facts))

    small, large = history(16), history(4_096)
    assert calls(large.find, first + step * 2_048) <= calls(small.find, first + step * 8) + 8


DAY, PAID = date(2026, 2, 15), Money(1_000_000, "EUR")
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
IRISH = decide_tax(SELLER, BUYER, date(2026, 1, 1))


@pytest.mark.parametrize(
    "result",
    [
        PAID,
        prorate(PAID, YEAR, DAY),
        prorate(PAID, InstantPeriod(NOON, NOON + timedelta(30)), NOON + timedelta(3)),
        dispute_window(DAY, GOTO_RESCUE.disputes),
        TaxGroup(PAID, UNTAXED, Rounding.HALF_UP),
        Schedule(DAY, MONTHLY).period(3),
        GOTO_RESCUE.accounts_receivable.contact_for("FR"),
    ],
    ids=lambda result: type(result).__name__,
)
def test_a_result_is_one_small_object(result):
    assert not hasattr(result, "__dict__")
    assert sys.getsizeof(result) <= 160


def test_a_contact_is_found_and_not_made():
    contacts = GOTO_RESCUE.accounts_receivable
    assert contacts.contact_for("FR") is contacts.contact_for("FR")
