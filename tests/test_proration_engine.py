"""The one computation of a change: each printed figure is rounded once, and the line that was made is the line that is read."""

import sys

import attrs
import pytest

from billingcore._changes.changing import change_lines
from billingcore._kernel import round_share
from billingcore.proration import Change, CreditOf, ProrationPolicy, Sale, Settlement, fold_changes, prorate_change
from billingcore.records import to_record
from billingcore.vendors import RULEBOOKS
from samples import (
    DAY_KEEP,
    FRENCH,
    FROM_10_JANUARY,
    LARGE,
    POLAR,
    SMALL,
    TWENTY_FOURTH,
    UPGRADE,
    VAT_20,
    billed,
    changed,
    ended,
    money,
    seats,
    started,
)

RUNNING = started(SMALL)
NOW = [sale for sale in Sale if sale is not Sale.AT_PERIOD_END]


def roundings(call):
    """Give what a call answers, and each rounding of it: what of an amount, and which share of it."""
    found = []

    def look(frame, event, _argument):
        if event == "call" and frame.f_code is round_share.__code__:
            terms = frame.f_locals
            found.append((terms["amount"], terms["num"], terms["den"]))

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        answer = call()
    finally:
        sys.setprofile(before)
    return answer, found


UNUSED, REST, USED = (3000, 17, 31), (5000, 17, 31), (3000, 14, 31)
"""What is credited of 30.00 for the 31 days from 10 January on the 24th, charged of 50.00, and billed again."""
OLD, NEW = (3000, 1, 1), (5000, 1, 1)
DAYS = (1, 51, 5)
"""30.00 × 17/31 buys so many days of a plan of 50.00 for 31 days: 30.00 × 17 / 50.00 = 51/5."""
PRINTED = {  # what a quote prints: its lines, and the net of which it prints the tax
    Sale.PRORATE: ([UNUSED, REST], 1097),
    Sale.REVERSE_AND_REBILL: ([OLD, USED, UNUSED, REST], 1097),  # the used part is what the unused one leaves
    Sale.CREDIT_ONLY: ([UNUSED], -1645),
    Sale.IN_FULL: ([OLD, NEW], 2000),
    Sale.DIFFERENCE_REMAINING: ([(2000, 17, 31), UNUSED], 1097),  # the difference, shown as a credit and a charge
    Sale.DIFFERENCE_FULL: ([(2000, 1, 1), UNUSED], 2000),
    Sale.RESTART: ([UNUSED, NEW], 3355),
    Sale.RESTART_WITHOUT_CREDIT: ([NEW], 5000),
    Sale.RESTART_LONGER: ([UNUSED, NEW, DAYS, (1645, 1, 1)], 5000),
    Sale.BUY_TIME: ([UNUSED, DAYS, (1645, 1, 1)], 0),
    Sale.NOTHING: ([], 0),
}


@pytest.mark.parametrize("sale", NOW)
def test_a_quote_of_a_change_rounds_each_printed_figure_once(sale):
    """One credit was rounded four times, by code that tests held equal."""
    lines, net = PRINTED[sale]
    rule = attrs.evolve(DAY_KEEP, sale=sale)
    quote, found = roundings(lambda: changed(FRENCH, RUNNING, LARGE, 1, TWENTY_FOURTH, rule))
    assert found == ([*lines, (net, 1, 5)] if lines else [])  # and the tax of 20 % on the net
    assert len(set(found)) == len(found)
    text, again = roundings(lambda: (quote.explain(), [each.explain() for each in quote.documents], to_record(quote)))
    assert text
    assert again == []


@pytest.mark.parametrize("sale", NOW)
def test_what_is_read_of_a_result_is_not_rounded_again(sale):
    rule = attrs.evolve(DAY_KEEP, sale=sale)
    result, found = roundings(lambda: prorate_change(rule, UPGRADE, [billed(SMALL)]))
    shown = 0 if sale not in {Sale.DIFFERENCE_REMAINING, Sale.DIFFERENCE_FULL} else 1  # a quote shows both sides
    assert found == PRINTED[sale][0][: len(PRINTED[sale][0]) - shown]
    read = ("credit", "charge", "net", "applied", "leftover", "carried", "refund", "due_now", "next_price", "fraction")
    _, again = roundings(
        lambda: ([getattr(result, name) for name in read], result.lines, result.billed_after, result.explain())
    )
    assert again == []


@pytest.mark.parametrize("name", RULEBOOKS)
def test_a_named_rule_rounds_no_figure_twice(name):
    result, found = roundings(lambda: prorate_change(RULEBOOKS[name], UPGRADE, [billed(SMALL)]))
    early = result.policy.measure.fraction  # each line prints its own fraction, rounded
    figures = [each for each in found if early is None or each[0] != 10**early.digits]
    assert len(set(figures)) == len(figures)
    assert len(figures) <= 4
    assert len(found) <= len(figures) + (2 if early else 0)
    _, again = roundings(lambda: (result.lines, result.net, result.due_now, result.next_invoice))
    assert again == []


def test_a_quote_of_a_cancellation_rounds_the_credit_and_its_tax():
    note, found = roundings(lambda: ended(FRENCH, RUNNING, TWENTY_FOURTH, DAY_KEEP))
    assert found == [UNUSED, (-1645, 1, 5)]
    assert note.credit_left == money("19.74")


def test_settled_apart_two_documents_round_their_own_tax():
    apart = attrs.evolve(DAY_KEEP, settlement=Settlement.APART)
    quote, found = roundings(lambda: changed(FRENCH, RUNNING, LARGE, 1, TWENTY_FOURTH, apart))
    assert found == [UNUSED, REST, (2742, 1, 5), (-1645, 1, 5)]
    assert [each.total for each in quote.documents] == [money("32.90"), money("19.74")]


def test_documents_hold_the_very_line_that_was_made():
    result = prorate_change(DAY_KEEP, UPGRADE, [billed(SMALL, ruling=VAT_20)])
    credit, charge = result.lines
    (charged, given), after = change_lines(result)
    assert given.line is credit
    assert charged.line is charge
    assert after[0].credit_given == credit.amount
    assert after[1].net == charge.amount
    assert result.lines is result.lines


def test_a_line_says_what_was_computed():
    """Its sum in words, its amount, what is on record and what is explained are one number."""
    result = prorate_change(POLAR, UPGRADE, [billed(SMALL)])
    for line in result.lines:
        assert f"→ {line.amount.amount} half up" in line.sum_in_words
        assert line.explain() in result.explain()


@pytest.mark.parametrize("credit_of", CreditOf)
@pytest.mark.parametrize("sale", [sale for sale in NOW if sale is not Sale.REVERSE_AND_REBILL])
def test_every_kind_of_credit_goes_with_every_sale(sale, credit_of):
    rule = ProrationPolicy(sale, DAY_KEEP.measure, credit_of)
    line = billed(seats("10.00"), FROM_10_JANUARY, 5, discount=money("35.00"))
    for new in (seats("10.00"), seats("12.00", "Other"), SMALL):
        result = prorate_change(rule, Change.to(TWENTY_FOURTH, new, 3), [line])
        assert sum(line.signed_minor for line in result.lines) == result.net_minor
        whole = {Sale.IN_FULL, Sale.DIFFERENCE_FULL}
        assert result.credit_minor <= (5000 if credit_of is CreditOf.PRICE_NOW and sale in whole else 1500)


def test_a_difference_of_several_changes_is_one_line_each():
    history = fold_changes(ProrationPolicy.difference(), [billed(SMALL)], [UPGRADE, Change.to(TWENTY_FOURTH, SMALL)])
    assert [len(step.lines) for step in history.steps] == [1, 1]
    assert history.net == money("0.00")
