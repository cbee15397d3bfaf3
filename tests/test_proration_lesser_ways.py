"""Ways of a change that few invoices take, each with its sum: what a mutation of the code changed without a test that failed."""

from datetime import UTC, date, datetime, timedelta, tzinfo

import attrs
import pytest
from billingcore.presets import PRESETS, compare, policies_matching

from billingcore.billed import BilledPeriod
from billingcore.cycles import Period
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money import MAX_AMOUNT_MINOR, Rounding
from billingcore.proration import (
    Balance,
    Change,
    Charge,
    Credit,
    CreditBasis,
    DayOwner,
    Form,
    Measure,
    RoundStep,
    Sides,
    Stage,
    TaxOrder,
    prorate_change,
)
from samples import DAY_KEEP, FROM_10_JANUARY, LARGE, SMALL, SPAN, UNTAXED, billed, charged, flat, money

DIFFERENCE = {"credit": Credit.DIFFERENCE_REMAINING, "charge": Charge.DIFFERENCE_REMAINING}
NOTHING = money("0.00")
CHANGE_ON = date(2026, 1, 24)  # 14 of 31 days used, 17 left


def rule(**parts):
    """Give the policy of whole days with some fields of its parts replaced."""
    changes = {part: attrs.evolve(getattr(DAY_KEEP, part), **fields) for part, fields in parts.items()}
    return attrs.evolve(DAY_KEEP, **changes)


def figures(result):
    return [(line.side.value, line.amount.amount) for line in result.lines]


def stub(start, amount):
    """Give the last days of a period, as they were billed."""
    period = Period(start, FROM_10_JANUARY.end, FROM_10_JANUARY)
    return BilledPeriod(SMALL, 1, period, money(amount), NOTHING, UNTAXED, NOTHING, NOTHING)


def test_a_gross_credit_is_split_after_its_rounding():
    line = billed(flat("10.00"), ruling=charged("19", "DE"))
    gross = rule(rounding={"tax_order": TaxOrder.GROSS_THEN_SPLIT})
    # 11.90 × 17/31 = 6.5258 → 6.53, / 1.19 = 5.4874 → 5.49; the net alone gives 10.00 × 17/31 = 5.4838 → 5.48
    result = prorate_change(gross, Change.cancel(CHANGE_ON), (line,))
    assert (figures(result), result.credit, result.leftover) == ([("credit", "5.49")], money("5.49"), money("5.49"))
    assert figures(prorate_change(DAY_KEEP, Change.cancel(CHANGE_ON), (line,))) == [("credit", "5.48")]


def test_an_older_line_is_credited_where_nothing_is_left_of_the_newest():
    difference = rule(sides=DIFFERENCE)
    first, second = prorate_change(difference, Change.to(date(2026, 1, 15), LARGE), (billed(SMALL),)).billed_after
    used_up = second.with_credit_given(second.remaining)
    down = prorate_change(difference, Change.to(CHANGE_ON, flat("5.00", "Tiny")), (first, used_up))
    # 45.00 × 17/31 = 24.68 is more than is unused of the first line: 30.00 × 17/31 = 16.4516 → 16.45
    assert figures(down) == [("credit", "16.45")]


def test_a_flat_price_has_one_unit_whatever_the_quantity():
    units = rule(sides=DIFFERENCE, rounding={"stage": Stage.UNIT})
    result = prorate_change(units, Change.to(CHANGE_ON, SMALL, 3), (billed(SMALL, discount=money("10.00")),))
    assert [(line.units, line.amount.amount) for line in result.lines] == [(1, "5.48")]  # 10.00 × 17/31 = 5.4838


def test_a_part_that_was_billed_without_a_discount_has_none():
    current = rule(sides={"credit_basis": CreditBasis.CURRENT_PRICE})
    result = prorate_change(current, Change.cancel(date(2026, 2, 8)), (stub(date(2026, 2, 7), "2.90"),))
    # 30.00 × 2/31 = 1.9354 → 1.94; 2.90 × 31/3 = 29.97, and 3 cents less of the price would give 1.93
    assert figures(result) == [("credit", "1.94")]


def test_no_more_is_billed_again_than_was_left():
    reversal = rule(sides={"form": Form.REVERSE_AND_REBILL}, rounding={"balance": Balance.INDEPENDENT})
    result = prorate_change(reversal, Change.cancel(CHANGE_ON), (billed(SMALL, given=money("25.00")),))
    # 30.00 × 14/31 = 13.55 was used, 5.00 is left
    assert figures(result) == [("reversal", "5.00"), ("rebill", "5.00")]
    assert result.credit == NOTHING


def test_one_line_in_the_window_is_enough():
    early = rule(sides=DIFFERENCE | {"full_refund_days": 7})
    lines = prorate_change(early, Change.to(CHANGE_ON, LARGE), (billed(SMALL),)).billed_after
    result = prorate_change(early, Change.cancel(date(2026, 1, 26)), lines)
    # the newer line of 20.00 × 17/31 = 10.97 runs since 2 days: all of it; the older one since 16: 30.00 × 15/31 = 14.52
    assert figures(result) == [("credit", "10.97"), ("credit", "14.52")]
    assert [line.decided_by for line in result.lines] == ["sides.full_refund_days", "sides.credit"]


def test_one_line_is_its_own_net():
    early = rule(measure={"fraction_rounding": RoundStep(2, Rounding.HALF_UP)}, rounding={"stage": Stage.NET})
    result = prorate_change(early, Change.cancel(CHANGE_ON), (billed(SMALL),))
    assert figures(result) == [("credit", "16.50")]  # 17/31 = 0.548 → 0.55


def test_the_cent_of_a_net_goes_to_the_last_line_that_has_room():
    net = rule(rounding={"stage": Stage.NET})
    lines = (billed(SMALL, given=money("29.00")), billed(SMALL), billed(SMALL))
    result = prorate_change(net, Change.cancel(date(2026, 2, 3)), lines)
    # 30.00 × 7/31 = 6.774 twice, and 1.00 that is left: 14.548 → 14.55, not 6.77 + 6.77 + 1.00 = 14.54
    assert figures(result) == [("credit", "6.77"), ("credit", "6.78"), ("credit", "1.00")]


@pytest.mark.parametrize(
    ("price", "charge", "decided_by"),
    [
        ("30.00", "16.45", "sides.charge"),  # nothing is due
        ("30.01", "16.45", "sides.minimum_charge_minor"),  # 30.01 × 17/31 = 16.457 → 16.46, a cent is due
        ("31.80", "16.45", "sides.minimum_charge_minor"),  # 17.438 → 17.44, 99 cents
        ("31.82", "17.45", "sides.charge"),  # 17.449 → 17.45, the minimum itself
    ],
)
def test_the_minimum_charge_is_of_what_is_due(price, charge, decided_by):
    least = rule(sides={"minimum_charge_minor": 100})
    (_, line) = prorate_change(least, Change.to(CHANGE_ON, flat(price, "Other")), (billed(SMALL),)).lines
    assert (line.amount.amount, line.decided_by) == (charge, decided_by)


def test_an_addition_on_the_last_day_is_within_the_period_by_one_of_its_days():
    kept = rule(measure={"change_day": DayOwner.OLD})
    added = prorate_change(kept, Change.add(date(2026, 2, 9), LARGE), (billed(SMALL),))
    assert figures(added) == [("charge", "0.00")]  # the day stays with what was before, and none is left
    with pytest.raises(InvalidValueError, match="an addition lies within the running period"):
        prorate_change(kept, Change.add(date(2026, 2, 10), LARGE), (billed(SMALL),))


def test_the_last_civil_day_of_a_period_of_instants_is_within_it():
    by_day = rule(measure={"zone": UTC})
    ended = prorate_change(by_day, Change.cancel(date(2026, 2, 10)), (billed(SMALL, span=SPAN),))
    assert ended.credit == NOTHING
    with pytest.raises(InvalidValueError):
        prorate_change(by_day, Change.cancel(date(2026, 2, 11)), (billed(SMALL, span=SPAN),))


@pytest.mark.parametrize(
    ("digits", "start", "amount", "cancelled_on", "credit"),
    [
        (2, date(2026, 1, 31), "9.60", date(2026, 2, 5), "4.80"),  # 5/31 → 0.16 of 10/31 → 0.32
        (1, date(2026, 2, 9), "0.97", date(2026, 2, 9), "0.00"),  # 1/31 → 0.0 of 1/31 → 0.0
    ],
)
def test_the_share_of_a_part_is_rounded_on_both_sides(digits, start, amount, cancelled_on, credit):
    step = rule(measure={"fraction_rounding": RoundStep(digits, Rounding.HALF_UP)})
    result = prorate_change(step, Change.cancel(cancelled_on), (stub(start, amount),))
    assert result.credit == money(credit)


# Doors


@pytest.mark.parametrize(
    ("num", "den", "error"),
    [
        (None, 1, InvalidTypeError), (1, None, InvalidTypeError), (True, 1, InvalidTypeError), (1.0, 1, InvalidTypeError),
        (1, 0, InvalidValueError), (1, -1, InvalidValueError),
    ],
)  # fmt: skip
def test_a_step_rounds_a_share_of_ints(num, den, error):
    with pytest.raises(error):
        RoundStep(2, Rounding.HALF_UP).of(num, den)


@pytest.mark.parametrize("name", ["minimum_credit_minor", "minimum_charge_minor"])
def test_a_minimum_is_an_amount(name):
    assert getattr(Sides(**{name: MAX_AMOUNT_MINOR}), name) == MAX_AMOUNT_MINOR
    for beyond in (MAX_AMOUNT_MINOR + 1, 10**6000):
        with pytest.raises(OutOfRangeError):
            Sides(**{name: beyond})


def test_a_window_is_shorter_than_the_calendar():
    longest = date.max.toordinal()
    assert Sides(full_refund_days=longest).full_refund_days == longest
    with pytest.raises(OutOfRangeError):
        Sides(full_refund_days=longest + 1)


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
@pytest.mark.parametrize("at", [CHANGE_ON, datetime(2026, 1, 24, 12, tzinfo=UTC)])
def test_a_zone_that_does_not_know_its_offset_is_refused(answer, at):
    policies = {name: each.policy for name, each in PRESETS.items()}
    change, lines = Change.to(at, LARGE), (billed(SMALL),)
    for call in (
        lambda: compare(change, policies, lines, zone=Zone(answer)),
        lambda: policies_matching(change, policies, money("1.00"), lines, zone=Zone(answer)),
        lambda: Measure(zone=Zone(answer)),
    ):
        with pytest.raises(InvalidTypeError, match="zone must be a tzinfo object"):
            call()


@pytest.mark.parametrize("junk", [5, "Europe/Berlin", False])
def test_the_zone_of_a_comparison_is_looked_at_where_no_policy_needs_it(junk):
    with pytest.raises(InvalidTypeError, match="zone"):
        compare(Change.to(CHANGE_ON, LARGE), {"berlin": rule(measure={"zone": UTC})}, (billed(SMALL),), zone=junk)
