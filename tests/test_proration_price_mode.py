"""Prices that contain tax: prorated as they are stated; the tax is that which was really billed, or the rate's share."""

from datetime import UTC, date, datetime
from fractions import Fraction

import attrs
import pytest

from billingcore._proration.choices import BUYS_TIME, DIFFERENCES
from billingcore.billed import BilledPeriod
from billingcore.cycles import MONTHLY, Period
from billingcore.errors import InvalidValueError
from billingcore.parties import Scheme
from billingcore.plans import FlatPrice, PerSeatPrice, Plan, PriceMode
from billingcore.proration import (
    Change,
    CreditOf,
    ProrationPolicy,
    Sale,
    Settlement,
    Stage,
    credit_billed,
    prorate_change,
)
from billingcore.records import from_record, to_record
from billingcore.tax import UNTAXED as NO_TAX
from billingcore.tax import Charged, OutsideScope, TaxComponent
from samples import (
    APRIL,
    DAY_KEEP,
    FRENCH,
    LARGE,
    MID_APRIL,
    POLICIES,
    REVERSED,
    SMALL,
    UNKNOWN,
    UNTAXED,
    VAT_20,
    billed,
    bought,
    changed,
    charged,
    flat,
    money,
    running_after,
)

CONTAINS = PriceMode.INCLUSIVE


def gross(price, name="Gross", currency="EUR"):
    return Plan(name, FlatPrice(money(price, currency), CONTAINS), MONTHLY)


def paid(price="9.99", ruling=VAT_20, tax=None, period=APRIL, **more):
    line = billed(gross(price), period, ruling=ruling, **more)
    return line if tax is None else attrs.evolve(line, tax=money(tax))


# As stated


def test_half_of_a_price_with_tax_in_it_is_half_of_that_price():
    """9.99 with 20 % in it: 8.33 and 1.66. Half of it is 5.00, with 0.83 of tax; of the net it was 4.17 and 0.83."""
    result = prorate_change(DAY_KEEP, Change.cancel(MID_APRIL), [paid()])
    (line,) = result.lines
    assert (line.mode, line.amount, line.tax, line.net) == (CONTAINS, money("5.00"), money("0.83"), money("-4.17"))
    assert result.credit == money("5.00")  # 9.99 × 15/30 = 4.995, half up; 5.00 × 20/120 = 0.8333
    assert result.billed_after[0].remaining == money("4.99")
    assert "9.99 EUR × 15/30 days = 4.995 → 5.00 half up" in result.explain()


def test_it_is_charged_as_it_is_stated():
    result = prorate_change(DAY_KEEP, Change.to(MID_APRIL, gross("19.99", "More")), [paid()])
    credit, charge = result.lines
    assert (charge.amount, charge.tax, charge.net) == (money("10.00"), money("1.67"), money("8.33"))
    assert (result.net, credit.ruling, charge.ruling) == (money("5.00"), VAT_20, VAT_20)
    (running,) = running_after(result)
    assert (running.net, running.plan.price.mode, running.tax) == (money("10.00"), CONTAINS, None)


def test_credited_capped_and_unwound_in_ten_parts_it_is_the_price():
    line, parts = paid(), []
    cuts = [APRIL.start.replace(day=day) for day in range(1, 31, 3)]
    for start, end in zip(cuts, [*cuts[1:], APRIL.end], strict=True):
        found = credit_billed(line, start, until=end)
        parts.append(found.credit)
        line = line.with_credit_given(found.credit)
    assert len(parts) == 10
    assert (sum(part.amount_minor for part in parts), line.remaining) == (999, money("0.00"))
    capped = prorate_change(DAY_KEEP, Change.cancel(MID_APRIL), [paid(given=money("7.00"))])
    assert (capped.credit, capped.lines[0].tax) == (money("2.99"), money("0.50"))  # 2.99 × 20/120 = 0.4983


def test_seats_that_leave_one_by_one_give_the_whole_price_back():
    """Ten seats at 9.99 with 20 % in them, one removed after the other on the first day."""
    plan = Plan("Seats", PerSeatPrice(money("9.99"), CONTAINS), MONTHLY)
    lines, given, taxes = [billed(plan, APRIL, 10, ruling=VAT_20)], 0, 0
    for left in range(9, -1, -1):
        change = Change.to(APRIL.start, plan, left) if left else Change.cancel(APRIL.start)
        result = prorate_change(POLICIES["difference_remaining"], change, lines)
        given += result.credit_minor
        taxes += sum(line.tax.amount_minor for line in result.lines)
        lines = running_after(result)
    assert (given, taxes) == (9990, 1670)  # ten times 1.665, each half up: 1.67


@pytest.mark.parametrize(
    ("line", "silent"),
    [
        (paid(ruling=NO_TAX), True),
        (BilledPeriod.of_plan(gross("9.99"), 1, APRIL), True),  # the same, by default
        (paid(), False),
        (paid(ruling=NO_TAX, tax="1.66"), False),
        (paid(ruling=UNTAXED), False),  # outside the scope of tax: a decision
        (billed(SMALL, APRIL, ruling=NO_TAX), False),
    ],
)
def test_a_price_with_tax_in_it_and_no_decision_says_that_none_is_counted(line, silent):
    (credit,) = prorate_change(DAY_KEEP, Change.cancel(MID_APRIL), [line]).lines
    assert (", the tax in it counted as 0.00: no decision was given (sale)" in credit.explain()) is silent
    assert not silent or credit.tax == money("0.00")


@pytest.mark.parametrize(
    ("line", "told", "tax"),
    [
        (paid("10.00", tax="1.50"), "= 5.00, tax in it 5.00 × 1.50/10.00 as billed = 0.75 (sale)", "0.75"),
        (paid(), "→ 5.00 half up, tax in it 5.00 × 20 %/120 % = 0.83333… → 0.83 half up (sale)", "0.83"),
        (
            paid(tax="1.66"),
            "5.00 half up, tax in it 5.00 × 1.66/9.99 as billed = 0.83083… → 0.83 half up (sale)",
            "0.83",
        ),
        (paid("10.00", tax="0.00"), "= 5.00, tax in it 5.00 × 0.00/10.00 as billed = 0.00 (sale)", "0.00"),
        (paid(ruling=UNTAXED), "→ 5.00 half up, no tax in it (sale)", "0.00"),  # nothing is charged there
        (paid(ruling=UNKNOWN), "→ 5.00 half up, the tax in it not known (sale)", None),
        (billed(SMALL, APRIL), "= 15.00 (sale)", None),  # it comes on top
    ],
)
def test_a_line_says_the_tax_in_it_with_its_sum(line, told, tax):
    (credit,) = prorate_change(DAY_KEEP, Change.cancel(MID_APRIL), [line]).lines
    assert credit.explain().endswith(told)
    if tax is not None:
        assert credit.tax == money(tax)


# The tax that was billed


@pytest.mark.parametrize(
    ("tax", "shown"),
    [
        (None, "0.83"),  # 5.00 × 20/120
        ("1.66", "0.83"),  # 5.00 × 1.66/9.99 = 0.8308
        ("1.60", "0.80"),  # as it was really billed: 5.00 × 1.60/9.99 = 0.8008
        ("0.00", "0.00"),
        ("9.99", "5.00"),
    ],
)
def test_the_tax_of_a_credit_is_that_which_was_billed(tax, shown):
    (line,) = prorate_change(DAY_KEEP, Change.cancel(MID_APRIL), [paid(tax=tax)]).lines
    assert line.tax == money(shown)
    assert line.net + line.tax * -1 == -line.amount
    assert from_record(to_record(line)) == line


@pytest.mark.parametrize("sale", [Sale.PRORATE, Sale.REVERSE_AND_REBILL, Sale.IN_FULL, Sale.CREDIT_ONLY, Sale.RESTART])
def test_all_of_a_period_gives_all_of_its_tax_back(sale):
    result = prorate_change(ProrationPolicy(sale, DAY_KEEP.measure), Change.cancel(APRIL.start), [paid(tax="1.60")])
    assert result.credit == money("9.99")
    assert sum(line.tax.amount_minor for line in result.lines if line.amount) == 160


PADDLE = POLICIES["paddle"]
NEW_YORKER = Charged("US", (TaxComponent("Sales tax", "US", Fraction(8875, 100_000)),), Scheme.LOCAL, (), "2026-11-23")


@pytest.mark.parametrize(
    ("total", "figures"),
    [("326.62", ("326.60", "299.98", "26.62")), ("108.87", ("108.86", "99.99", "8.87"))],
)
def test_paddles_printed_gross_net_and_tax(total, figures):
    """Billed with 8.875 % in it, and credited × 0.99993, as 43,197 of the 43,200 minutes of 30 days."""
    line = billed(gross(total, currency="USD"), APRIL, ruling=NEW_YORKER)
    at = datetime(2026, 4, 1, 0, 3, tzinfo=UTC)
    (credit,) = prorate_change(PADDLE.in_zone(UTC), Change.cancel(at), [line]).lines
    assert "43197/43200 minutes (29 d 23 h and more of 30 d)" in credit.explain()
    assert "the fraction rounded first to 5 decimals half up: 0.99993" in credit.explain()
    assert (credit.amount, -credit.net, credit.tax) == tuple(money(each, "USD") for each in figures)


# Where nothing is charged


@pytest.mark.parametrize("ruling", [REVERSED, UNTAXED, OutsideScope("US", (), "2026-11-23")])
def test_where_nothing_is_charged_the_price_as_stated_is_the_net(ruling):
    """Export and reverse charge: nothing is in the price."""
    result = prorate_change(DAY_KEEP, Change.cancel(MID_APRIL), [paid(ruling=ruling)])
    (line,) = result.lines
    assert (line.amount, line.tax, line.net) == (money("5.00"), money("0.00"), money("-5.00"))


def test_the_tax_of_a_charge_is_that_of_its_own_decision():
    result = prorate_change(DAY_KEEP, Change.to(MID_APRIL, gross("19.99"), ruling=charged("10")), [paid()])
    assert [line.tax for line in result.lines] == [money("0.83"), money("0.91")]  # 10.00 × 10/110


def test_a_tax_that_is_not_known_is_not_taken_for_none():
    charge = prorate_change(DAY_KEEP, Change.to(MID_APRIL, gross("19.99"), ruling=UNKNOWN), [paid()]).lines[1]
    assert charge.amount == money("10.00")
    with pytest.raises(InvalidValueError, match="the tax in the price is not known; settle it first"):
        _ = charge.tax
    known = prorate_change(DAY_KEEP, Change.cancel(MID_APRIL), [paid(ruling=UNKNOWN, tax="1.60")]).lines[0]
    assert known.tax == money("0.80")  # it was billed, whatever was decided


def test_a_price_before_tax_says_nothing_of_its_tax():
    (line,) = prorate_change(DAY_KEEP, Change.cancel(MID_APRIL), [billed(SMALL, APRIL, ruling=VAT_20)]).lines
    assert (line.mode, line.tax, line.net) == (PriceMode.EXCLUSIVE, None, money("-15.00"))


# The other mode


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (paid(), LARGE, "its price is exclusive of tax, what was billed is inclusive"),
        (billed(SMALL, APRIL), gross("50.00"), "its price is inclusive of tax, what was billed is exclusive"),
    ],
)
@pytest.mark.parametrize(
    "rule",
    [
        *[ProrationPolicy(sale, DAY_KEEP.measure) for sale in Sale if sale in DIFFERENCES or sale in BUYS_TIME],
        attrs.evolve(DAY_KEEP, stage=Stage.NET),
        attrs.evolve(DAY_KEEP, settlement=Settlement.REFUND_PAID),
    ],
)
def test_a_policy_that_takes_two_modes_together_is_refused_with_the_remedy(rule, old, new, told):
    problem = f"plan '{new.name}': {told}, and the policy takes them together; cancel the one and start the other"
    with pytest.raises(InvalidValueError, match=problem):
        prorate_change(rule, Change.to(MID_APRIL, new), [old])
    ended = prorate_change(rule, Change.cancel(MID_APRIL), [old])  # the remedy: the one ends...
    assert ended.charge == money("0.00")
    started = prorate_change(rule, Change.add(MID_APRIL, new), running=APRIL)  # ...and the other starts
    assert started.credit == money("0.00")


@pytest.mark.parametrize("settlement", [each for each in Settlement if each is not Settlement.REFUND_PAID])
def test_a_change_to_a_price_of_the_other_mode_is_settled_apart(settlement):
    """9.99 with 20 % in it, half unused: 5.00 is paid out, 0.83 of it tax; half of 60.00 is charged, and tax on top."""
    rule = attrs.evolve(DAY_KEEP, settlement=settlement)
    found = prorate_change(rule, Change.to(MID_APRIL, flat("60.00", "Net"), ruling=VAT_20), [paid()])
    assert [(each.amount, each.tax, each.net) for each in found.lines] == [
        (money("5.00"), money("0.83"), money("-4.17")),
        (money("30.00"), None, money("30.00")),
    ]
    assert (found.due_now, found.refund, found.carried) == (money("30.00"), money("5.00"), money("0.00"))
    assert found.policy == attrs.evolve(rule, settlement=Settlement.APART)
    assert "30.00 EUR is charged and 5.00 EUR paid out, each on a document of its own" in found.explain()
    assert [line.plan.price.mode for line in found.billed_after] == [CONTAINS, PriceMode.EXCLUSIVE]
    assert from_record(to_record(found)) == found
    back = prorate_change(rule, Change.to(date(2026, 4, 16), gross("9.99"), ruling=VAT_20), found.billed_after)
    assert (back.due_now, back.refund) == (money("5.00"), money("30.00"))


def test_a_price_of_the_other_mode_at_the_periods_end_moves_nothing():
    waits = prorate_change(ProrationPolicy.at_period_end(), Change.to(MID_APRIL, LARGE), [paid()])
    assert (waits.lines, waits.policy) == ((), ProrationPolicy.at_period_end())


def test_todays_price_is_of_the_same_mode_too():
    change = Change.cancel(MID_APRIL, price_now=LARGE)
    with pytest.raises(InvalidValueError, match="price_now 'Large': its price is exclusive"):
        prorate_change(POLICIES["stripe_classic"], change, [paid()])


def test_a_document_of_such_prices_is_not_made_yet():
    with pytest.raises(InvalidValueError, match="a document of prices that contain tax is not made yet"):
        bought(FRENCH, gross("9.99"), 1, date(2026, 4, 1))
    running = bought(FRENCH, SMALL, 1, date(2026, 4, 1)).subscription
    with pytest.raises(InvalidValueError, match="a document of prices that contain tax is not made yet"):
        changed(FRENCH, running, gross("9.99"), 1, MID_APRIL, DAY_KEEP)


# Every rule works on the price as stated


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("credit_of", CreditOf)
@pytest.mark.parametrize("sale", [sale for sale in Sale if sale is not Sale.REVERSE_AND_REBILL])
def test_the_figures_of_a_mode_are_those_of_the_other(sale, credit_of, stage):
    """In the mode of the price, 9.99 is 9.99: only the tax is told apart."""
    rule = ProrationPolicy(sale, DAY_KEEP.measure, credit_of, stage=stage, settlement=Settlement.REFUND)
    net, with_tax = billed(Plan("Gross", FlatPrice(money("9.99")), MONTHLY), APRIL), paid()
    for new in ("19.99", "3.33", "9.99"):
        other = Plan("New", FlatPrice(money(new)), MONTHLY)
        plain = prorate_change(rule, Change.to(MID_APRIL, other), [net])
        stated = prorate_change(rule, Change.to(MID_APRIL, gross(new, "New")), [with_tax])
        for figure in ("credit", "charge", "net", "converted", "refund", "next_bill_on", "next_invoice"):
            assert getattr(plain, figure) == getattr(stated, figure)
        assert [line.amount for line in plain.lines] == [line.amount for line in stated.lines]
        assert all(line.tax is not None for line in stated.lines)


def test_a_stub_of_such_a_price_is_billed_at_its_share():
    """`of_plan` billed a stub at the full price."""
    line = BilledPeriod.of_plan(gross("9.99"), 1, Period(MID_APRIL, APRIL.end, APRIL), VAT_20)
    assert line.net == money("5.00")
    back = prorate_change(DAY_KEEP, Change.cancel(date(2026, 4, 21)), [line])
    assert (back.credit, back.lines[0].tax) == (money("3.33"), money("0.56"))  # 5.00 × 10/15; 3.33 × 20/120 = 0.555


@pytest.mark.parametrize("credit_of", [CreditOf.BILLED, CreditOf.GROSS, CreditOf.GROSS_LEAST_DISCOUNT])
def test_no_more_tax_goes_back_than_was_billed(credit_of):
    """10.00 less 3.00, 1.00 of it tax: of 10.00 that is 1.43, of 3.00 it is 0.43."""
    line = paid("10.00", tax="1.00", discount=money("3.00"))
    rule = attrs.evolve(DAY_KEEP, credit_of=credit_of)
    found = prorate_change(rule, Change.cancel(APRIL.start), [line]).lines
    assert sum(-each.net.amount_minor for each in found) == 600
    assert {each.base_tax.amount for each in found} <= {"1.00", "1.43", "0.43"}


@pytest.mark.parametrize("sale", [Sale.DIFFERENCE_REMAINING, Sale.DIFFERENCE_FULL])
def test_a_difference_has_the_share_of_the_tax_that_was_billed(sale):
    line = paid("12.00", tax="1.00")
    found = prorate_change(ProrationPolicy(sale, DAY_KEEP.measure), Change.to(APRIL.start, gross("6.00")), [line]).lines
    assert [each.tax for each in found] == [money("0.50")]  # 1.00 × 6.00/12.00


def test_an_addition_of_the_other_mode_is_refused():
    with pytest.raises(InvalidValueError, match="a subscription has one mode: start another one"):
        prorate_change(DAY_KEEP, Change.add(MID_APRIL, LARGE), [paid()])
