"""The laws of proration under every preset; and each that a vendor's own rule breaks, by an example."""

import contextlib
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from billingcore.presets import PRESETS
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from billingcore._kernel import Rounding
from billingcore._proration.engine import compute
from billingcore.cycles import MONTHLY, Period, Schedule
from billingcore.errors import OutOfRangeError
from billingcore.money import Money
from billingcore.proration import Change, Charge, Credit, Cycle, ProrationPolicy, fold_changes, prorate, prorate_change
from proration_laws import BROKEN, LAWS, table
from samples import billed, flat

DOCS = Path(__file__).parents[1] / "docs"
KNOWN = {(each.law, each.preset) for each in BROKEN}


@st.composite
def situations(draw):
    """A monthly period of any anchor, a day of it, and two prices, often of a few cents."""
    anchor = draw(st.dates(date(2023, 1, 1), date(2028, 12, 31)))
    period = Schedule(anchor, MONTHLY).period(draw(st.integers(0, 3)))
    day = period.start + timedelta(days=draw(st.integers(0, period.days - 1)))
    prices = st.one_of(st.integers(1, 60), st.integers(1, 100_000), st.integers(1, 10**9))
    return draw(prices), draw(prices), Period(period.start, period.end), day


@pytest.mark.parametrize("name", PRESETS)
@settings(max_examples=30)
@given(situations())
def test_every_law_that_is_not_listed_as_broken_holds_under_a_preset(name, situation):
    extends = PRESETS[name].policy.timing.extension_rounding is not None
    for law, holds in LAWS.items():
        with contextlib.suppress(OutOfRangeError if extends else ()):  # a fortune buys time beyond the calendar
            assert (law, name) in KNOWN or holds(PRESETS[name].policy, *situation), law


@pytest.mark.parametrize("each", BROKEN, ids=lambda each: f"{each.preset}-{each.law}")
def test_a_law_that_a_vendor_breaks_is_broken_by_its_example(each):
    assert not LAWS[each.law](PRESETS[each.preset].policy, each.paid, each.other, each.period, each.day)


def test_the_documentation_shows_the_table_of_broken_laws():
    assert table() in (DOCS / "proration.md").read_text()


# The arithmetic alone


@given(situations())
def test_the_parts_of_any_partition_make_the_whole(situation):
    paid, _, period, day = situation
    net = Money(paid, "EUR")
    cuts = sorted({period.start, day, day + (period.end - day) // 2, period.end})
    credits_left = [prorate(net, period, cut).credit_minor for cut in cuts]
    parts = [high - low for high, low in pairwise(credits_left)]
    assert sum(parts) == paid
    for part, (start, end) in zip(parts, pairwise(cuts), strict=True):
        assert abs(part - Fraction(paid * (end - start).days, period.days)) < 1


@given(situations(), st.integers(2, 9))
def test_homogeneity_within_a_unit_for_each(situation, times):
    paid, _, period, day = situation
    once, often = prorate(Money(paid, "EUR"), period, day), prorate(Money(paid * times, "EUR"), period, day)
    assert abs(often.credit_minor - times * once.credit_minor) <= Fraction(times + 1, 2)
    assert often.exact == once.exact * times


# The way that is written out, and the engine


def simple_policies():
    for credit in (Credit.UNUSED, Credit.NONE):
        for charge in (Charge.REMAINING, Charge.FULL, Charge.NONE):
            yield ProrationPolicy.simple(credit, charge, Cycle.KEEP)
        yield ProrationPolicy.simple(credit, Charge.FULL, Cycle.RESET)  # a new period is charged in full, or refused


POLICIES = (*simple_policies(), *(each.policy for each in PRESETS.values() if each.policy.is_simple))


@pytest.mark.parametrize("policy", POLICIES, ids=ProrationPolicy.describe)
@settings(max_examples=20)
@given(situations(), st.sampled_from(Rounding), st.booleans(), st.integers(0, 3))
def test_the_short_way_answers_what_the_engine_answers(policy, situation, mode, stub, cut):
    paid, other, period, day = situation
    policy = attrs.evolve(policy, rounding=attrs.evolve(policy.rounding, mode=mode))
    span = Period(period.start, period.end, Period(period.start - timedelta(days=9), period.end)) if stub else period
    line = billed(flat(Money(paid, "EUR").amount, "Old"), span, discount=Money(paid // 7, "EUR"))
    line = line.with_credit_given(Money(paid * cut // 10, "EUR"))
    change = Change.to(day, flat(Money(other, "EUR").amount, "New"))
    quick, slow = prorate_change(policy, change, [line]), compute(policy, change, (line,), None)
    assert policy.is_simple
    assert (quick.credit_minor, quick.charge_minor, quick.converted_minor) == (slow.credit, slow.charge, slow.converted)
    assert (quick.period, quick.next_bill, quick.effective_at) == (slow.period, slow.next_bill, slow.cut)
    assert quick.restarts == slow.restarts
    assert sum(each.net.amount_minor for each in quick.lines) == quick.net_minor


@given(situations(), st.sampled_from(sorted(PRESETS)), st.lists(st.integers(1, 5000), min_size=1, max_size=6))
def test_a_fold_is_its_steps(situation, name, prices):
    paid, _, period, day = situation
    policy, running = PRESETS[name].policy, (billed(flat(Money(paid, "EUR").amount, "Old"), period),)
    changes = [Change.to(day, flat(Money(price, "EUR").amount, f"New {at}")) for at, price in enumerate(prices)]
    extends = policy.timing.extension_rounding is not None
    try:
        history = fold_changes(policy, running, changes)
    except OutOfRangeError:  # a fortune buys time beyond the calendar
        assume(not extends)
        raise
    net = 0
    for change, step in zip(changes, history.steps, strict=True):
        found = prorate_change(policy, change, running)
        assert (found.net, found.next_bill) == (step.net, step.next_bill)
        net += found.net_minor
        running = tuple(line for line in found.billed_after if line.ended_on is None) or running
    assert history.net.amount_minor == net
    assert history.lines == tuple(line for step in history.steps for line in step.lines)
    assert history.next_bill == history.steps[-1].next_bill
