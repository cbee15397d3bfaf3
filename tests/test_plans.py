"""Plans, prices and quantities."""

import pickle
from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from billingcore._checks import check_words
from billingcore._plans.checks import MAX_QUANTITY, check_quantity
from billingcore.cycles import ANNUAL, MONTHLY, Cadence, Schedule
from billingcore.errors import BillingError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money import Money
from billingcore.plans import FlatPrice, PerSeatPrice, Plan
from billingcore.records import from_record, to_record
from samples import JUNK, SWISS, bought, flat, money


@pytest.mark.parametrize(
    ("price", "quantity", "charge"),
    [
        (FlatPrice(money("30.00")), 1, "30.00"),
        (FlatPrice(money("30.00")), 5, "30.00"),  # whatever the quantity
        (PerSeatPrice(money("12.00")), 1, "12.00"),
        (PerSeatPrice(money("12.00")), 5, "60.00"),  # 5 x 12.00
        (PerSeatPrice(money("0.01")), MAX_QUANTITY, "10000000.00"),  # 1e9 x 0.01
        (FlatPrice(money("0.00")), 3, "0.00"),  # a free plan is a plan
    ],
)
def test_the_price_of_a_period(price, quantity, charge):
    assert price.charge_for(quantity) == money(charge)
    assert Plan("Rescue", price, MONTHLY).charge_for(quantity) == money(charge)


@given(st.integers(1, 1000), st.integers(1, 10**9))
def test_seats_cost_what_one_price_of_all_of_them_costs(quantity, amount):
    each = Money(amount, "JPY")
    assert PerSeatPrice(each).charge_for(quantity) == FlatPrice(Money(amount * quantity, "JPY")).charge_for(quantity)


def test_a_plan_takes_a_relativedelta_for_its_cadence():
    price = FlatPrice(money("30.00"))
    yearly = Plan("Rescue", price, relativedelta(months=12))
    assert yearly == Plan("Rescue", price, ANNUAL)
    assert type(yearly.cadence) is Cadence
    assert from_record(to_record(yearly)) == pickle.loads(pickle.dumps(yearly)) == yearly
    assert attrs.evolve(yearly, cadence=relativedelta(months=1)).cadence == MONTHLY
    with pytest.raises(InvalidValueError, match="day is no length of time"):
        Plan("Rescue", price, relativedelta(months=1, day=31))


def test_a_schedule_of_the_plans_length_is_one_of_its_cadence():
    """A year was no 12 months: "the plan is billed every 12 months; give a schedule of that cadence"."""
    twelve = Plan("Rescue", FlatPrice(money("30.00")), Cadence.monthly(12))
    start = date(2026, 1, 31)
    schedule = Schedule(start, relativedelta(months=12))
    assert bought(SWISS, twelve, 1, start, schedule=schedule).subscription.paid_until == date(2027, 1, 31)


@pytest.mark.parametrize("kind", [FlatPrice, PerSeatPrice])
def test_a_price_is_money_of_0_or_more(kind):
    with pytest.raises(InvalidValueError, match=r"-0\.01.*a reduction is a discount or a credit"):
        kind(money("-0.01"))
    for junk in JUNK:
        with pytest.raises(InvalidTypeError, match="amount must be Money"):
            kind(junk)


@pytest.mark.parametrize("quantity", [0, -1, MAX_QUANTITY + 1, 10**6000], ids=["0", "-1", "above", "huge"])
def test_a_quantity_beyond_its_range_is_refused(quantity):
    for call in (lambda: check_quantity("quantity", quantity), lambda: flat().charge_for(quantity)):
        with pytest.raises(InvalidValueError, match="cancel instead of billing none"):
            call()


@pytest.mark.parametrize("quantity", [True, False, 1.0, "1", Decimal(1), None, datetime(2026, 1, 1, tzinfo=UTC)])
def test_a_quantity_is_an_int(quantity):
    with pytest.raises(InvalidTypeError, match=r"quantity must be an int of 1 or more, not "):
        check_quantity("quantity", quantity)
    for price in (FlatPrice(money("1.00")), PerSeatPrice(money("1.00"))):
        with pytest.raises(InvalidTypeError):
            price.charge_for(quantity)


def test_seats_beyond_the_largest_amount_are_refused():
    with pytest.raises(OutOfRangeError):
        PerSeatPrice(Money(10**18, "EUR")).charge_for(2)


@pytest.mark.parametrize("words", ["", "   ", "a\nb", "a\0b", "\ud800", "\N{RIGHT-TO-LEFT OVERRIDE}x", "x" * 201])
def test_words_on_documents_are_printable_and_short(words):
    with pytest.raises(InvalidValueError, match=r"it stands on documents; give 1 to 200 printable characters"):
        check_words("name", words)
    with pytest.raises(InvalidValueError):
        Plan(words, FlatPrice(money("1.00")), MONTHLY)
    assert [check_words("name", "x" * length) for length in (1, 200)] == ["x", "x" * 200]
    assert check_words("name", "x" * 201, 201)
    assert check_words("name", "Größe \N{SNOWMAN}") == "Größe \N{SNOWMAN}"


@pytest.mark.parametrize(
    ("field", "expected"), [("name", "a str"), ("price", "a price, such as FlatPrice"), ("cadence", "a Cadence")]
)
def test_each_field_of_a_plan_has_its_type(field, expected):
    whole = {"name": "Rescue", "price": FlatPrice(money("1.00")), "cadence": MONTHLY}
    for junk in (None, 1, 1.5, True, [], money("1.00")):
        with pytest.raises(InvalidTypeError, match=f"{field} must be {expected}"):
            Plan(**{**whole, field: junk})


def test_a_plan_knows_its_currency():
    assert flat("1000", currency="JPY").currency == "JPY"


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: type(junk).__name__)
def test_words_are_made_of_a_str(junk):
    try:
        words = check_words("name", junk)
    except BillingError:
        return
    assert words == "\N{FULLWIDTH DIGIT ONE}"
