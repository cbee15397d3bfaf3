"""A policy of proration is a value: the types of its fields, its words, and the two tables of what it refuses."""

from datetime import UTC, datetime, timedelta, tzinfo
from itertools import product

import attrs
import pytest

from billingcore._proration.policy import _NOT_DONE, _NOT_MEASURED
from billingcore.cycles import ANNUAL
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.proration import (
    Basis,
    Change,
    Clock,
    CreditOf,
    DayOwner,
    Early,
    FixedDays,
    Measure,
    OnSwitch,
    ProrationPolicy,
    RoundStep,
    Sale,
    Stage,
    prorate_change,
)
from billingcore.vendors import RULEBOOKS, compare, policies_matching
from samples import DAY_KEEP, DAY_RESET, HALF_UP, LARGE, POLICIES, SMALL, TWENTY_FOURTH, billed, money, policy

CENTS, FIVE = RoundStep(2, HALF_UP, Early.RATE), RoundStep(5, HALF_UP)


@pytest.mark.parametrize("part", [Measure(), ProrationPolicy(), FixedDays(30), RoundStep(2, HALF_UP)])
def test_every_field_of_a_policy_has_its_type(part):
    for field in attrs.fields(type(part)):
        with pytest.raises(InvalidTypeError):
            attrs.evolve(part, **{field.name: 1.5})


def test_a_policy_names_what_differs_from_the_defaults():
    assert ProrationPolicy().describe() == "the defaults"
    assert POLICIES["paddle"].describe() == "clock minute; early fraction to 5 decimals half up"
    assert POLICIES["killbill_fixed_30"].describe() == "clock day; basis fixed 30 days every month, trimmed"
    zoned = ProrationPolicy.restart(zone=UTC)
    assert zoned.differences(DAY_RESET) == (("zone", "UTC"),)
    assert DAY_RESET.in_zone(UTC) == zoned
    assert DAY_RESET.differences(zoned) == (("zone", "none"),)
    assert zoned.differences() == (("sale", "restart"), ("clock", "day"), ("zone", "UTC"))


def test_the_named_rules_are_the_commonest_ones():
    assert ProrationPolicy.keep_dates(Clock.SECOND) == ProrationPolicy()
    made = (ProrationPolicy.difference(), ProrationPolicy.at_period_end(), ProrationPolicy.nothing())
    assert [each.sale for each in made] == [Sale.DIFFERENCE_REMAINING, Sale.AT_PERIOD_END, Sale.NOTHING]
    assert {each.measure.clock for each in made} == {Clock.DAY}
    assert ProrationPolicy.nothing().interval_change is OnSwitch.KEEP
    assert ProrationPolicy.restart().interval_change is OnSwitch.RESTART


@pytest.mark.parametrize(
    ("part", "fields", "problem"),
    [
        (RoundStep, {"digits": 13, "mode": HALF_UP}, "0 to 12"),
        (RoundStep, {"digits": -1, "mode": HALF_UP}, "0 to 12"),
        (FixedDays, {"days": 0}, "1 to 366"),
        (FixedDays, {"days": 367}, "1 to 366"),
        (ProrationPolicy, {"full_refund_days": -1}, "give 0 to 3"),
    ],
)  # fmt: skip
def test_a_number_without_meaning_is_refused(part, fields, problem):
    with pytest.raises(InvalidValueError, match=problem):
        part(**fields)


def test_a_window_is_at_most_ten_years():
    assert ProrationPolicy(full_refund_days=3650).full_refund_days == 3650
    with pytest.raises(OutOfRangeError):
        ProrationPolicy(full_refund_days=3651)


REFUSED_MEASURES = [
    ({"change_day": DayOwner.OLD}, "change_day", "only a day clock has a day to own"),
    ({"clock": Clock.MONTH, "change_day": DayOwner.OLD}, "change_day", "only a day clock"),
    ({"clock": Clock.MONTH, "cancel_day": DayOwner.OLD}, "cancel_day", "only a day clock"),
    ({"early": CENTS}, "early", "no payable decimals"),
    ({"clock": Clock.MINUTE, "early": CENTS}, "early", "no payable decimals"),
    ({"basis": Basis.CALENDAR_MONTH}, "basis", "use the day clock"),
    ({"basis": Basis.STRICT_30_360}, "basis", "use the day clock"),
    ({"basis": FixedDays(30, trimmed=True)}, "basis", "use the day clock"),
    ({"clock": Clock.MONTH, "basis": FixedDays(30)}, "basis", "leave it at the actual period"),
    ({"clock": Clock.MONTH, "basis": Basis.NOMINAL_PERIOD}, "basis", "leave it at the actual period"),
]


@pytest.mark.parametrize(("fields", "name", "why"), REFUSED_MEASURES)
def test_what_cannot_be_measured_is_refused_with_the_reason(fields, name, why):
    with pytest.raises(InvalidValueError, match=why) as caught:
        Measure(**fields)
    assert caught.value.name == name


def refused_policies():
    reversal = {"sale": Sale.REVERSE_AND_REBILL}
    for stage in (Stage.UNIT, Stage.NET):
        yield reversal | {"stage": stage}, "stage", "by line and by its exact share"
    for basis in CreditOf:
        if basis is not CreditOf.BILLED:
            yield reversal | {"credit_of": basis}, "credit_of", "takes back what was billed"
    yield reversal | {"measure": Measure(early=FIVE)}, "measure", "by its exact share"
    yield {"free_to_paid": OnSwitch.KEEP_CONVERTED}, "free_to_paid", "nothing is converted from a price of nothing"


@pytest.mark.parametrize(("fields", "name", "why"), list(refused_policies()))
def test_what_cannot_be_done_is_refused_with_the_reason(fields, name, why):
    with pytest.raises(InvalidValueError, match=why) as caught:
        ProrationPolicy(**fields)
    assert caught.value.name == name


def refused_fields(kind, **choices):
    """Give for each combination of some fields the one that is refused, or None where it can be written."""
    found = []
    for values in product(*choices.values()):
        try:
            kind(**dict(zip(choices, values, strict=True)))
        except InvalidValueError as refused:
            found.append(refused.name)
        else:
            found.append(None)
    return found


def test_the_two_tables_are_all_that_is_refused():
    """Every combination of choices that no row of the tables names can be written."""
    bases = (*Basis, FixedDays(30), FixedDays(30, trimmed=True))
    measures = refused_fields(Measure, clock=Clock, basis=bases, change_day=DayOwner, early=(None, FIVE, CENTS))
    assert set(measures) - {None} == {"change_day", "early", "basis"} < {field for _, field, _ in _NOT_MEASURED}
    # by day: all; by second or minute: three bases, the new day, and no rounded rate; by month: one basis
    assert measures.count(None) == 6 * 2 * 3 + 2 * 3 * 2 + 1 * 1 * 3
    policies = refused_fields(
        ProrationPolicy, sale=Sale, credit_of=CreditOf, stage=Stage, interval_change=OnSwitch, free_to_paid=OnSwitch
    )
    assert set(policies) - {None} < {field for _, field, _ in _NOT_DONE}
    assert policies.count(None) == (11 * 5 * 3 + 1) * 3 * 2  # a reversal leaves one credit and one stage


def test_the_day_of_a_cancellation_follows_that_of_a_change_unless_it_is_set():
    lines = [billed(SMALL)]
    kept = policy("chargebee", change_day=DayOwner.OLD)
    assert kept.measure.cancel_day is None
    for rule, credit in (
        (kept, "15.48"),  # 30.00 × 16/31
        (policy("chargebee", change_day=DayOwner.OLD, cancel_day=DayOwner.NEW), "16.45"),  # × 17/31
        (policy("chargebee", cancel_day=DayOwner.OLD), "15.48"),
        (DAY_KEEP, "16.45"),
    ):
        assert prorate_change(rule, Change.cancel(TWENTY_FOURTH), lines).credit == money(credit)


@pytest.mark.parametrize("name", RULEBOOKS)
def test_every_policy_of_a_vendor_has_meaning(name):
    for _, rule in RULEBOOKS[name].rules():
        assert attrs.evolve(rule.policy) == rule.policy


# The zone


class Zone(tzinfo):
    """A zone that answers something for its offset, or raises."""

    def __init__(self, answer):
        self.answer = answer

    def utcoffset(self, moment):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def dst(self, moment):
        return timedelta()


@pytest.mark.parametrize("answer", [None, 5, KeyError("zone"), timedelta(days=2)], ids=str)
@pytest.mark.parametrize("at", [TWENTY_FOURTH, datetime(2026, 1, 24, 12, tzinfo=UTC)])
def test_a_zone_that_does_not_know_its_offset_is_refused(answer, at):
    change, lines = Change.to(at, LARGE), (billed(SMALL),)
    for call in (
        lambda: compare(change, RULEBOOKS, lines, zone=Zone(answer)),
        lambda: policies_matching(change, RULEBOOKS, money("1.00"), lines, zone=Zone(answer)),
        lambda: Measure(zone=Zone(answer)),
        lambda: ProrationPolicy.keep_dates(zone=Zone(answer)),
    ):
        with pytest.raises(InvalidTypeError, match="zone must be a tzinfo object"):
            call()


@pytest.mark.parametrize("junk", [5, "Europe/Berlin", False])
def test_the_zone_of_a_comparison_is_looked_at_where_no_policy_needs_it(junk):
    with pytest.raises(InvalidTypeError, match="zone"):
        compare(Change.to(TWENTY_FOURTH, LARGE), {"berlin": policy("chargebee", zone=UTC)}, (billed(SMALL),), zone=junk)


def test_a_step_and_a_fixed_length_have_their_words():
    assert CENTS.describe() == "rate to 2 decimals half up"
    assert FixedDays(360, ANNUAL).describe() == "fixed 360 days every year"
