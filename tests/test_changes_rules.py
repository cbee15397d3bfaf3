"""A quote says how its rule is known: documented, inferred, or not documented at all."""

from datetime import date

import attrs
import pytest

from billingcore.errors import InvalidTypeError
from billingcore.proration import ChangeRule, Coverage, ProrationPolicy, Rulebook, Settlement
from billingcore.records import from_record, to_record
from billingcore.vendors import rulebook
from samples import SMALL, SWISS, flat

DAY = date(2026, 1, 24)
BEGUN = bought(SWISS, SMALL, 1, date(2026, 1, 10), number="S-1")
LARGE, NEXT = flat("50.00", "Large"), attrs.evolve(ProrationPolicy.keep_dates(), settlement=Settlement.NEXT_INVOICE)


def with_rules(rules):
    """Give a quote of each kind under some rules: at once, gathered, scheduled, ended."""
    running = BEGUN.subscription
    return {
        "change": changed(SWISS, running, LARGE, 1, DAY, rules(ProrationPolicy.keep_dates())),
        "apart": changed(
            SWISS,
            running,
            LARGE,
            1,
            DAY,
            rules(attrs.evolve(ProrationPolicy.keep_dates(), settlement=Settlement.APART)),
        ),
        "gathered": changed(SWISS, running, LARGE, 1, DAY, rules(NEXT)),
        "scheduled": changed(SWISS, running, LARGE, 1, DAY, rules(ProrationPolicy.at_period_end())),
        "end": ended(SWISS, running, DAY, rules(ProrationPolicy.keep_dates())),
        "end for nothing": ended(SWISS, running, DAY, rules(ProrationPolicy.nothing())),
    }


def known_as(coverage):
    """Give rules of one policy, known in one way."""

    def rules(policy):
        rule = ChangeRule(policy, coverage, "their page", date(2026, 1, 5), remark="as for plans")
        book = Rulebook.of("theirs", policy)
        return attrs.evolve(book, **{happening.value: rule for happening, _ in book.rules()})

    return rules


@pytest.mark.parametrize(
    ("coverage", "told"),
    [
        (Coverage.DOCUMENTED, None),
        (Coverage.INFERRED, "this rule is inferred: their page, read on 2026-01-05; as for plans"),
        (Coverage.NOT_DOCUMENTED, "this rule is not documented: their page, read on 2026-01-05; as for plans"),
    ],
)
def test_each_quote_keeps_its_rule_and_says_where_it_is_not_documented(coverage, told):
    for name, quote in with_rules(known_as(coverage)).items():
        assert (quote.rule.coverage, quote.rule.source) == (coverage, "their page"), name
        assert [line for line in quote.explain().split("\n") if "this rule is" in line] == (
            [f"  {told}"] if told else []
        )
        assert from_record(to_record(quote)) == quote
        with pytest.raises(InvalidTypeError, match="rule must be a ChangeRule, or None"):
            attrs.evolve(quote, rule="theirs")


def test_a_policy_of_the_caller_is_no_rule():
    for quote in with_rules(lambda policy: policy).values():
        assert quote.rule is None
        assert "this rule" not in quote.explain()
        assert from_record(to_record(quote)) == quote
    assert (BEGUN.rule, renewed(SWISS, BEGUN.subscription, number="S-2").rule) == (None, None)


def test_a_quote_says_what_the_result_says():
    """FastSpring documents neither another quantity nor the end: the quote of it says so."""
    end = ended(SWISS, BEGUN.subscription, DAY, rulebook("fastspring"))
    assert end.explain().endswith(f"\n  this rule is {rulebook('fastspring').cancellation.explain()}")
    assert "this rule is not documented: " in end.explain()
    more = changed(SWISS, BEGUN.subscription, SMALL, 2, DAY, rulebook("fastspring"))
    assert more.rule == rulebook("fastspring").more
