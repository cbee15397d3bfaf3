"""Billed periods: what was really billed, and what of it can still be credited."""

from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.billed import BilledPeriod
from billingcore.cycles import InstantPeriod, Period
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.money import Money, Rounding
from billingcore.plans import FlatPrice, Plan, PriceMode
from billingcore.tax import UNTAXED as NOT_TAXED
from samples import (
    FROM_10_JANUARY,
    FROM_31_JANUARY,
    JANUARY,
    JUNK,
    MONTHLY_30,
    SMALL,
    SPAN,
    UNTAXED,
    VAT_20,
    billed,
    fields_of,
    flat,
    money,
)

BILLED = BilledPeriod.of_plan(MONTHLY_30, 1, FROM_31_JANUARY, VAT_20)
CHANGE_DAY = date(2026, 2, 15)


@pytest.mark.parametrize(
    ("discount", "net"),
    [(None, "30.00"), ("0.00", "30.00"), ("10.00", "20.00"), ("30.00", "0.00")],  # 30.00 - discount
)
def test_a_full_period_is_worth_its_price_less_the_discount(discount, net):
    billed = BilledPeriod.of_plan(MONTHLY_30, 1, FROM_31_JANUARY, VAT_20, None if discount is None else money(discount))
    assert (billed.net, billed.remaining, billed.charge) == (money(net), money(net), money("30.00"))
    assert billed.credit_given == money("0.00")


def test_a_coupon_of_all_leaves_nothing_to_credit():
    """github.com/stripe/stripe-dotnet/issues/3103: credit on the list price though the customer paid nothing."""
    free = BilledPeriod.of_plan(MONTHLY_30, 1, FROM_31_JANUARY, VAT_20, money("30.00"))
    with pytest.raises(InvalidValueError, match=r"credit_given .*no credit exceeds the net of 0.00 EUR"):
        free.replaced_on(CHANGE_DAY, money("0.01"))


@pytest.mark.parametrize(
    ("discount", "error"),
    [
        (money("30.01"), InvalidValueError),
        (money("-0.01"), InvalidValueError),
        (money("1.00", "USD"), CurrencyMismatchError),
        (Money.zero("USD"), CurrencyMismatchError),  # nothing, and still of another currency
        (0, InvalidTypeError),
        ("", InvalidTypeError),
        (False, InvalidTypeError),
        (0.0, InvalidTypeError),
    ],
)
def test_a_discount_without_meaning_is_refused(discount, error):
    with pytest.raises(error, match=r"discount|cannot combine EUR with USD"):
        BilledPeriod.of_plan(MONTHLY_30, 1, FROM_31_JANUARY, VAT_20, discount)


def test_a_plan_is_needed():
    with pytest.raises(InvalidTypeError, match="plan must be a Plan"):
        BilledPeriod.of_plan(None, 1, FROM_31_JANUARY, VAT_20)
    with pytest.raises(InvalidTypeError, match="period must be a Period"):
        BilledPeriod.of_plan(MONTHLY_30, 1, SPAN, VAT_20)


def test_the_price_that_was_billed_is_kept_when_the_list_changes():
    """github.com/getlago/lago-api/pull/1776: credit from the current price after the plan was edited."""
    dearer = attrs.evolve(MONTHLY_30, price=flat("90.00").price)
    assert dearer.charge_for(1) == money("90.00")
    assert BILLED.net == money("30.00")


def test_credit_given_reduces_what_is_left():
    ended = BILLED.replaced_on(CHANGE_DAY, money("13.93"))
    assert (ended.credit_given, ended.remaining) == (money("13.93"), money("16.07"))  # 30.00 - 13.93
    noted = BILLED.with_credit_given(money("10.00")).with_credit_given(money("20.00"))
    assert (noted.remaining, noted.ended_on) == (money("0.00"), None)


@pytest.mark.parametrize(
    "call",
    [
        BILLED.with_credit_given,
        lambda c: BILLED.replaced_on(CHANGE_DAY, c),
    ],
)
def test_a_credit_is_money_of_0_or_more(call):
    with pytest.raises(InvalidValueError, match=r"credit .*-0\.01.*what is billed on top is a charge"):
        call(money("-0.01"))
    with pytest.raises(CurrencyMismatchError):
        call(money("1.00", "USD"))
    for junk in JUNK:
        with pytest.raises(InvalidTypeError, match="credit must be Money"):
            call(junk)


@pytest.mark.parametrize("day", [date(2026, 1, 30), date(2026, 3, 1)])
def test_a_period_ends_early_within_its_days(day):
    with pytest.raises(InvalidValueError, match=r"ended_on .*2026-01-31 to 2026-02-28"):
        BILLED.replaced_on(day, money("0.00"))


def test_a_period_is_replaced_once():
    ended = BILLED.replaced_on(CHANGE_DAY, money("13.93"))
    for day in (date(2026, 2, 1), CHANGE_DAY, date(2026, 2, 20)):
        with pytest.raises(InvalidValueError, match="replaced on 2026-02-15; change what replaced it"):
            ended.replaced_on(day, money("0.00"))


@pytest.mark.parametrize(
    ("day", "whole", "ended"),
    [
        (date(2026, 1, 30), False, False),
        (date(2026, 1, 31), True, True),
        (date(2026, 2, 14), True, True),
        (date(2026, 2, 15), True, False),  # the change day belongs to the new plan
        (date(2026, 2, 27), True, False),
        (date(2026, 2, 28), False, False),
    ],
)
def test_which_days_are_served(day, whole, ended):
    assert BILLED.serves(day) is whole
    assert BILLED.replaced_on(CHANGE_DAY, money("0.00")).serves(day) is ended


def test_a_change_on_the_first_day_leaves_nothing_served():
    gone = BILLED.replaced_on(FROM_31_JANUARY.start, money("30.00"))
    assert gone.served_until == FROM_31_JANUARY.start
    assert BILLED.replaced_on(FROM_31_JANUARY.end, money("0.00")).served_until == FROM_31_JANUARY.end
    assert not gone.serves(FROM_31_JANUARY.start)
    assert BILLED.served_until == FROM_31_JANUARY.end


@pytest.mark.parametrize("junk", [None, "2026-02-15", datetime(2026, 2, 15, tzinfo=UTC), 20260215])
def test_a_day_is_a_date(junk):
    with pytest.raises(InvalidTypeError, match=r"day must be a datetime.date"):
        BILLED.serves(junk)
    with pytest.raises(InvalidTypeError):
        BILLED.replaced_on(junk, money("1.00"))


@pytest.mark.parametrize("field", ["charge", "discount", "credit_given"])
def test_amounts_are_of_one_currency_and_not_negative(field):
    whole = fields_of(BILLED)
    with pytest.raises(CurrencyMismatchError):
        BilledPeriod(**{**whole, field: money("0.00", "USD")})
    with pytest.raises(InvalidValueError, match="0 or more"):
        BilledPeriod(**{**whole, field: money("-0.01")})


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("plan", "a Plan"),
        ("quantity", "an int"),
        ("period", "a Period"),
        ("ruling", "a tax decision"),
        ("charge", "Money"),
    ],
)
def test_each_field_has_its_type(field, expected):
    with pytest.raises(InvalidTypeError, match=f"{field} must be {expected}"):
        BilledPeriod(**{**fields_of(BILLED), field: "30.00"})


@given(st.integers(0, 10**6), st.data())
def test_net_is_credit_given_and_what_remains(charge, data):
    """Whatever is credited, in whatever parts, the net is never exceeded."""
    discount = data.draw(st.integers(0, charge))
    parts = data.draw(st.lists(st.integers(0, charge), max_size=4))
    billed = BilledPeriod.of_plan(
        flat(str(charge), currency="JPY"), 1, FROM_31_JANUARY, UNTAXED, Money(discount, "JPY")
    )
    given_so_far = 0
    for part in parts:
        fits = given_so_far + part <= charge - discount
        try:
            billed = billed.with_credit_given(Money(part, "JPY"))
        except InvalidValueError:
            assert not fits
            continue
        assert fits
        given_so_far += part
    assert billed.credit_given + billed.remaining == billed.net == Money(charge - discount, "JPY")
    assert billed.remaining == Money(charge - discount - given_so_far, "JPY")


def test_a_stub_is_billed_at_its_share_of_the_full_period():
    """30.00 for a month of 31 days, 20 of them: 30.00 × 20/31 = 19.354… → 19.35."""
    stub = Period(date(2026, 1, 12), date(2026, 2, 1), JANUARY)
    assert BilledPeriod.of_plan(MONTHLY_30, 1, stub).net == money("19.35")
    up = BilledPeriod.of_plan(MONTHLY_30, 1, stub, rounding=Rounding.UP)
    assert (up.net, up.ruling) == (money("19.36"), NOT_TAXED)
    part = InstantPeriod(SPAN.start_at, SPAN.start_at + (SPAN.end_at - SPAN.start_at) / 4, SPAN)
    days = Period(part.start_at.date(), part.end_at.date(), FROM_10_JANUARY)
    assert BilledPeriod.of_plan(MONTHLY_30, 1, days, span=part).net == money("7.50")  # 30.00 / 4, by the instant
    with pytest.raises(InvalidTypeError, match="rounding"):
        BilledPeriod.of_plan(MONTHLY_30, 1, stub, rounding="half_up")
    with pytest.raises(InvalidTypeError, match="span"):
        BilledPeriod.of_plan(MONTHLY_30, 1, stub, span=stub)


def test_the_tax_that_was_billed_is_a_part_of_a_price_that_contains_it():
    with_tax = Plan("Gross", FlatPrice(money("9.99"), PriceMode.INCLUSIVE), MONTHLY_30.cadence)
    line = attrs.evolve(BilledPeriod.of_plan(with_tax, 1, FROM_31_JANUARY, VAT_20), tax=money("1.67"))
    assert line.with_credit_given(money("1.00")).tax == money("1.67")
    assert line.replaced_on(CHANGE_DAY, money("1.00")).tax == money("1.67")
    assert attrs.evolve(line, tax=money("9.99")).tax == line.net
    for tax, of in ((money("10.00"), line), (money("1.67"), BILLED)):
        with pytest.raises(InvalidValueError, match=r"tax .*where the price of the plan contains tax"):
            attrs.evolve(of, tax=tax)
    with pytest.raises(InvalidValueError, match="0 or more"):
        attrs.evolve(line, tax=money("-0.01"))
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(line, tax=money("1.67", "USD"))


def test_a_span_lies_on_the_days_of_its_period():
    with pytest.raises(InvalidValueError, match="span"):
        billed(SMALL, Period(date(2026, 1, 12), date(2026, 2, 10)), span=SPAN)
    with pytest.raises(InvalidTypeError, match="span"):
        billed(SMALL, FROM_10_JANUARY, span=FROM_10_JANUARY)
