"""The laws of proration under every named rulebook, and each that a vendor's own rule breaks; and under policies drawn at random."""

import contextlib
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from billingcore._proration.choices import BUYS_TIME
from billingcore.cycles import MONTHLY, Period, Schedule
from billingcore.errors import BillingError, InvalidValueError, OutOfRangeError
from billingcore.money import Money
from billingcore.proration import Change, Measure, ProrationPolicy, Sale, fold_changes, prorate, prorate_change
from proration_laws import (
    ANY_POLICY,
    BROKEN,
    EXCEPTIONS,
    LAWS,
    MEASURED,
    POLICY_FIELDS,
    cases,
    exceptions_list,
    policies,
    table,
)  # fmt: skip
from samples import POLICIES, billed, flat

DOCS = Path(__file__).parents[1] / "docs"
KNOWN = {(each.law, each.rules) for each in BROKEN}


@st.composite
def situations(draw):
    """A monthly period of any anchor, a day of it, and two prices, often of a few cents."""
    anchor = draw(st.dates(date(2023, 1, 1), date(2028, 12, 31)))
    period = Schedule(anchor, MONTHLY).period(draw(st.integers(0, 3)))
    day = period.start + timedelta(days=draw(st.integers(0, period.days - 1)))
    prices = st.one_of(st.integers(1, 60), st.integers(1, 100_000), st.integers(1, 10**9))
    return draw(prices), draw(prices), Period(period.start, period.end), day


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=30)
@given(situations())
def test_every_law_that_is_not_listed_as_broken_holds_under_a_rulebook(name, situation):
    extends = POLICIES[name].sale in BUYS_TIME
    for law, holds in LAWS.items():
        with contextlib.suppress(OutOfRangeError if extends else ()):  # a fortune buys time beyond the calendar
            assert (law, name) in KNOWN or holds(POLICIES[name], *situation), law


@pytest.mark.parametrize("each", BROKEN, ids=lambda each: f"{each.rules}-{each.law}")
def test_a_law_that_a_vendor_breaks_is_broken_by_its_example(each):
    assert not LAWS[each.law](POLICIES[each.rules], each.paid, each.other, each.period, each.day)


def test_the_documentation_shows_the_table_of_broken_laws():
    assert any(table() in page.read_text() for page in DOCS.glob("*.md"))


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


# Any policy that can be written


def refused(kind, choices):
    """Give the share of all combinations of some fields that a constructor refuses."""
    count = 0
    drawn = list(product(*choices.values()))
    for values in drawn:
        try:
            kind(**dict(zip(choices, values, strict=True)))
        except InvalidValueError:
            count += 1
    return Fraction(count, len(drawn))


def test_nearly_every_policy_can_be_written():
    deciding = {name: POLICY_FIELDS[name] for name in ("sale", "credit_of", "stage", "free_to_paid")}
    of_measure, of_policy = refused(Measure, MEASURED), refused(ProrationPolicy, deciding)
    early = Fraction(sum(step is not None for step in MEASURED["early"]), len(MEASURED["early"]))
    reversals = Fraction(POLICY_FIELDS["sale"].count(Sale.REVERSE_AND_REBILL), len(POLICY_FIELDS["sale"]))
    assert 1 - (1 - of_measure) * (1 - of_policy - early * reversals) < Fraction(1, 3)


REFUSED = {
    "at",  # no time is left for which something could be charged, or bought time is beyond the calendar
    "basis",  # days of a month for a plan by the week
    "clock",  # a week is not made of months
    "next_bill_on",  # what charges nothing has no bill day to choose
    "plan",  # time of a free plan cannot be bought
}
"""What a policy that can be written may still not fit: the field that the error names."""


@pytest.mark.parametrize("law", ANY_POLICY)
@given(policies(), cases())
def test_every_law_holds_under_any_policy_that_is_not_excepted(law, policy, case):
    if any(each.breaks(policy) for each in EXCEPTIONS if each.law == law):
        return
    try:
        result = case.result(policy)
    except BillingError as error:  # and nothing else is raised
        assert error.name in REFUSED  # noqa: PT017 - a refusal is as good as a result
        return
    assert ANY_POLICY[law](policy, case, result), result.explain()


@pytest.mark.parametrize("each", EXCEPTIONS, ids=lambda each: f"{each.law}: {each.where}")
def test_a_law_with_an_exception_is_broken_by_its_example(each):
    assert each.breaks(each.policy)
    case = each.case()
    assert not ANY_POLICY[each.law](each.policy, case, case.result(each.policy))


def test_the_documentation_shows_the_exceptions():
    assert exceptions_list() in (DOCS / "laws.md").read_text()


@given(situations(), st.sampled_from(sorted(POLICIES)), st.lists(st.integers(1, 5000), min_size=1, max_size=6))
def test_a_fold_is_its_steps(situation, name, prices):
    paid, _, period, day = situation
    policy, running = POLICIES[name], (billed(flat(Money(paid, "EUR").amount, "Old"), period),)
    changes = [Change.to(day, flat(Money(price, "EUR").amount, f"New {at}")) for at, price in enumerate(prices)]
    extends = policy.sale in BUYS_TIME
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
