"""The values of proration, rulebooks and prices as records and pickles; and hostile arguments to each."""

import json
import pickle
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from fractions import Fraction
from zoneinfo import ZoneInfo

import attrs
import pytest

from billingcore.cycles import ANNUAL
from billingcore.errors import BillingError, InvalidTypeError, InvalidValueError
from billingcore.money import ExactAmount
from billingcore.plans import Coupon, FlatPrice, PackagePrice, Plan, PriceMode, Tier, TieredPrice, TierMode
from billingcore.proration import (
    Change,
    DirectionBy,
    Measure,
    PlanOrder,
    SmallAmount,
    fold_changes,
    prorate,
    prorate_change,
    settle_small,
)
from billingcore.records import from_record, to_record
from billingcore.vendors import RULEBOOKS, compare, policies_matching, rulebooks_of
from samples import JANUARY, JUNK, LARGE, POLICIES, SMALL, SPAN, UNTAXED, UPGRADE, VAT_20, billed, flat, money, policy

AT = datetime(2026, 1, 24, 18, tzinfo=UTC)
EXACT = prorate_change(
    POLICIES["polar"],
    Change.to(AT, LARGE, ruling=UNTAXED, discount=money("1.00"), price_now=SMALL),
    [billed(SMALL, span=SPAN)],
)
GROSS = Plan("Gross", FlatPrice(money("9.99"), PriceMode.INCLUSIVE), SMALL.cadence)
RULES = (
    *RULEBOOKS.values(), *{rule.policy: None for book in RULEBOOKS.values() for _, rule in book.rules()},
    RULEBOOKS["lago"].upgrade, RULEBOOKS["lago"].ordered(PlanOrder(DirectionBy.RANK, ("Small", "Large"), equal_is_up=False)),
)  # fmt: skip
OTHERS = (
    POLICIES["polar"].measure, POLICIES["killbill_fixed_30"].measure.basis, POLICIES["paddle"].measure.early,
    Measure(zone=UTC), Measure(zone=timezone(timedelta(hours=-5, minutes=-30))), PlanOrder(),
    UPGRADE, EXACT.change, Change.cancel(AT, price_now=SMALL), Change.to(AT, LARGE, next_bill_on=date(2026, 3, 1)),
    EXACT, *EXACT.lines, EXACT.billed[0],
    prorate_change(POLICIES["goto"], UPGRADE, [billed(SMALL)]),
    prorate_change(RULEBOOKS["apple"], UPGRADE, [billed(SMALL)], purchased_on=JANUARY.start, paid=money("30.00")),
    prorate_change(POLICIES["paddle"], Change.cancel(date(2026, 1, 24)), [attrs.evolve(billed(GROSS, ruling=VAT_20), tax=money("1.66"))]),
    prorate_change(policy("zuora_30_days", stage=POLICIES["braintree"].stage), UPGRADE, [billed(SMALL)]),
    fold_changes(POLICIES["microsoft_csp"], [billed(SMALL)], [UPGRADE, UPGRADE], purchased_on=JANUARY.start),
    fold_changes(RULEBOOKS["lago"], [billed(SMALL)], [UPGRADE]),
    settle_small(money("0.10"), money("0.50"), SmallAmount.WAIVE), prorate(money("30.00"), SPAN, AT),
    prorate(money("31.00"), JANUARY, date(2026, 1, 10), until=date(2026, 1, 15)),
    compare(UPGRADE, rulebooks_of("polar", "unibee"), [billed(SMALL)]), compare(UPGRADE, rulebooks_of("none"), [billed(SMALL)]).rows[0],
    Coupon("A", percent=Fraction(25, 2), cycles=3, at_most=money("5.00")), Coupon("B", amount=money("1.00")), Tier(10, money("1.00"), money("2.00")),
    TieredPrice(TierMode.VOLUME, (Tier(10, money("1.00")), Tier(None, ExactAmount(Fraction(1, 7), "EUR"))), 10), PackagePrice(money("5.00"), 100, 10),
    flat("30.00", cadence=ANNUAL), GROSS,
)  # fmt: skip
SAMPLES = (*RULES, *OTHERS, policies_matching(UPGRADE, RULEBOOKS, money("10.97"), [billed(SMALL)]))


def name_of(value):
    return f"{type(value).__name__}-{getattr(value, 'name', '')}"


@pytest.mark.parametrize("value", SAMPLES, ids=name_of)
def test_a_value_survives_its_record_and_its_pickle(value):
    record = to_record(value)
    again = from_record(json.loads(json.dumps(record)))
    assert again == value
    assert hash(again) == hash(value)
    assert to_record(again) == record
    copied = pickle.loads(pickle.dumps(value))
    assert copied == value
    for explain in ("explain", "text"):
        if hasattr(value, explain):
            assert getattr(again, explain)() == getattr(copied, explain)() == getattr(value, explain)()


@pytest.mark.parametrize("value", OTHERS, ids=name_of)
def test_every_argument_is_checked(value):
    for field in attrs.fields(type(value)):
        for junk in JUNK if field.init else ():
            try:
                made = attrs.evolve(value, **{field.name: junk})
            except BillingError:
                continue
            assert getattr(made, field.name) == junk  # what is not refused is held as it is


def test_a_record_whose_totals_were_altered_does_not_load():
    for value, key in ((EXACT, "net"), (EXACT.lines[0], "amount"), (prorate(money("30.00"), SPAN, AT), "credit")):
        record = to_record(value)
        record[key] = to_record(money("0.01"))
        with pytest.raises(InvalidValueError, match="does not agree"):
            from_record(record)


class Nameless(tzinfo):
    """A zone without a name."""

    def utcoffset(self, moment):
        return timedelta(hours=1)

    def dst(self, moment):
        return timedelta()


def test_an_offset_has_a_plain_form_and_a_zone_its_name():
    assert to_record(Measure(zone=timezone(timedelta(hours=1))))["zone"] == "+01:00"
    assert to_record(Measure(zone=ZoneInfo("Europe/Berlin")))["zone"] == "Europe/Berlin"
    with pytest.raises(InvalidTypeError, match="zone must be a zone with its IANA name"):
        to_record(Measure(zone=Nameless()))
    for junk, error in (
        (1, InvalidTypeError),
        ("Europe/Berlin", InvalidValueError),
        ("+25:00", InvalidValueError),
        ("+1:00", InvalidValueError),
    ):
        with pytest.raises(error):
            from_record({**to_record(Measure()), "zone": junk})
    for junk, error in (
        (1, InvalidTypeError),
        ("2026-13-01", InvalidValueError),
        ("2026-01-01T25:00:00+00:00", InvalidValueError),
    ):
        with pytest.raises(error):
            from_record({**to_record(UPGRADE), "at": junk})
