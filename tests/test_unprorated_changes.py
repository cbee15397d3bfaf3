"""A change that moves no money leaves what was paid on record: a later change or cancellation gives it back.

From a trial of the library: after a change under `none`, a cancellation with credit gave back nothing of 31.00.
"""

from datetime import date
from fractions import Fraction

import pytest

from billingcore import (
    MONTHLY,
    PRESETS,
    Account,
    Address,
    BilledPeriod,
    Buyer,
    Change,
    Charged,
    FlatPrice,
    Money,
    OutsideScope,
    Period,
    Plan,
    Scheme,
    Seller,
    TaxComponent,
    fold_changes,
    prorate_change,
    quote_cancellation,
    quote_change,
    quote_renewal,
    quote_start,
)

SWISS = Address("CH")
ACCOUNT = Account(Seller("Seller", SWISS), Buyer("Buyer", SWISS))
NONE, USUAL = PRESETS["none"].policy, PRESETS["chargebee_day"].policy
JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))


def plan(name, price):
    return Plan(name, FlatPrice(Money.of(price, "EUR")), MONTHLY)


SMALL, LARGE = plan("Small", "31.00"), plan("Large", "62.00")


def changed():
    start = quote_start(ACCOUNT, SMALL, 1, JANUARY.start).subscription
    return quote_change(ACCOUNT, start, LARGE, 1, date(2026, 1, 11), NONE)


def test_the_document_shows_what_goes_on_and_comes_to_nothing():
    document = changed().document
    assert [line.net for line in document.lines] == [Money.of("21.00", "EUR"), Money.of("-21.00", "EUR")]  # 31 × 21/31
    assert (document.total, document.due) == (Money.of("0.00", "EUR"), Money.of("0.00", "EUR"))


@pytest.mark.parametrize(("day", "back"), [(12, "20.00"), (21, "11.00"), (31, "1.00")])
def test_a_cancellation_gives_back_what_is_unused_of_what_was_paid(day, back):
    cancelled = quote_cancellation(ACCOUNT, changed().subscription, date(2026, 1, day), USUAL)
    assert cancelled.credit_left == Money.of(back, "EUR")  # 31.00 × (32 - day)/31, as if the plan had not changed


def test_a_further_change_credits_it():
    back = quote_change(ACCOUNT, changed().subscription, SMALL, 1, date(2026, 1, 21), USUAL)
    assert [line.net.amount for line in back.document.lines] == ["11.00", "-11.00"]  # 31 × 11/31, and 21 × 11/21


def test_the_next_bill_has_the_new_price():
    assert quote_renewal(ACCOUNT, changed().subscription).due_now == Money.of("62.00", "EUR")


@pytest.mark.parametrize("days", [(), (5,), (5, 9, 20), tuple(range(2, 29))])
def test_any_number_of_such_changes_loses_nothing(days):
    billed = [BilledPeriod.of_plan(SMALL, 1, JANUARY, OutsideScope("CH", (), "2026-11-23"))]
    changes = [Change.to(date(2026, 1, day), LARGE if at % 2 else SMALL) for at, day in enumerate(days)]
    after = fold_changes(NONE, billed, changes).billed_after
    assert sum(line.net.amount_minor - line.credit_consumed.amount_minor for line in after) == 3100  # paid in money
    assert sum(line.remaining.amount_minor for line in after) == 3100  # what was used of each line stays there
    assert prorate_change(USUAL, Change.cancel(date(2026, 1, 29)), after).credit == Money.of("3.00", "EUR")  # 31 × 3/31


def test_a_whole_record_can_be_handed_on():
    record = (BilledPeriod.of_plan(SMALL, 1, JANUARY, OutsideScope("CH", (), "2026-11-23")),)
    for day, target in ((5, LARGE), (9, SMALL), (20, LARGE)):
        record = prorate_change(NONE, Change.to(date(2026, 1, day), target), record).billed_after
    assert [line.net.amount for line in record] == ["31.00", "27.00", "23.00", "12.00"]  # 31 × 27/31, × 23/27, × 12/23
    assert [line.remaining.amount for line in record] == ["4.00", "4.00", "11.00", "12.00"]


def test_what_goes_on_keeps_the_tax_that_was_charged():
    def french(percent):
        share = Fraction(percent, 100)
        return Charged("FR", (TaxComponent("TVA", "FR", share),), Scheme.UNION_OSS, (), "2026-11-23")

    billed = (BilledPeriod.of_plan(SMALL, 1, JANUARY, french(20)),)
    change = Change.to(date(2026, 1, 11), LARGE, ruling=french(10))
    after = prorate_change(NONE, change, billed).billed_after
    assert [line.ruling.rate for line in after] == [Fraction(1, 5), Fraction(1, 5)]


def test_a_change_that_moves_no_money_says_so():
    billed = (BilledPeriod.of_plan(SMALL, 1, JANUARY, OutsideScope("CH", (), "2026-11-23")),)
    text = prorate_change(NONE, Change.to(date(2026, 1, 11), LARGE), billed).explain()
    assert "what was billed goes on under the new plan" in text
    assert "goes on" not in prorate_change(USUAL, Change.to(date(2026, 1, 11), LARGE), billed).explain()
