"""Invoices: totals that cannot disagree with their parts, tax by group, what is prepaid."""

from datetime import UTC, date, datetime
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.billed import BilledPeriod
from billingcore.errors import BillingError, CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.invoices import CreditNote, Invoice, issue_document
from billingcore.lines import ChargeLine, CreditLine, OneOffLine
from billingcore.money import Money, Rounding, total
from billingcore.parties import Scheme
from billingcore.proration import ProrationLine, Side
from billingcore.tax import Charged, OutsideScope, TaxComponent
from samples import (
    DUBLIN,
    FROM_31_JANUARY,
    HALF_UP,
    JUNK,
    MARIE,
    MONTHLY_30,
    OWN,
    REVERSED,
    SAMPLES,
    UNKNOWN,
    UNTAXED,
    VAT_20,
    charged,
    fields_of,
    invoice,
    items,
    money,
    sample,
    upgrade,
)

DAY = date(2026, 2, 15)
BILLED = BilledPeriod.of_plan(MONTHLY_30, 1, FROM_31_JANUARY, VAT_20)
HALF = ProrationLine(Side.CREDIT, MONTHLY_30, 1, money("30.00"), 13, 28, VAT_20, HALF_UP, "days", "sale")
RULINGS = (VAT_20, charged("19", "DE"), charged("5.5"), charged("25.5", "FI"), UNTAXED, REVERSED)
nets = st.lists(st.tuples(st.integers(-(10**6), 10**9), st.sampled_from(RULINGS)), min_size=1, max_size=8)


def document(parts, currency="EUR", rounding=HALF_UP):
    lines = tuple(OneOffLine(f"item {at}", 1, Money(net, currency), ruling) for at, (net, ruling) in enumerate(parts))
    return issue_document("2026-001", DAY, DUBLIN, MARIE, lines, rounding)


def half_up(exact):
    sign = -1 if exact < 0 else 1
    return sign * int(abs(exact) + Fraction(1, 2))


# Totals


@pytest.mark.parametrize(
    ("currency", "net", "rate", "tax", "whole"),
    [
        ("EUR", "46.07", "20", "9.21", "55.28"),  # 9.214
        ("EUR", "1795.07", "24", "430.82", "2225.89"),  # 430.8168: what the story compares with
        ("GBP", "25.00", "17.5", "4.38", "29.38"),  # 4.375: a tie, away from zero
        ("JPY", "1055", "10", "106", "1161"),  # 105.5: no digits, github.com/frappe/books/issues/1449
        ("KWD", "10.001", "5", "0.500", "10.501"),  # 0.50005: three digits, github.com/odoo/odoo/issues/23739
        ("KWD", "10.010", "5", "0.501", "10.511"),  # 0.5005
        ("EUR", "193.33", "25", "48.33", "241.66"),  # 48.3325; github.com/getlago/lago-api/pull/4313: 241.66 or 241.67
        ("EUR", "0.00", "20", "0.00", "0.00"),
    ],
)
def test_the_total_is_the_subtotal_and_its_tax(currency, net, rate, tax, whole):
    bill = invoice(net, ruling=charged(rate), currency=currency)
    amounts = (bill.subtotal, bill.tax, bill.total, bill.payable)
    assert amounts == tuple(money(each, currency) for each in (net, tax, whole, whole))
    assert bill.currency == currency


@given(nets)
def test_totals_are_sums_of_what_is_shown(parts):
    bill = document(parts)
    sign = -1 if isinstance(bill, CreditNote) else 1
    groups = {}
    for net, ruling in parts:
        groups[ruling.rate] = groups.get(ruling.rate, 0) + net if ruling.rate else 0
    tax = sum(half_up(net * rate) for rate, net in groups.items())
    subtotal = sum(net for net, _ in parts)
    assert bill.total == Money(sign * (subtotal + tax), "EUR")
    assert bill.tax == Money(sign * tax, "EUR")
    if isinstance(bill, Invoice):
        assert bill.subtotal + total((group.tax for group in bill.taxes), "EUR") == bill.total
        assert total(bill.line_taxes(), "EUR") == bill.tax


@given(nets, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_total(parts, chance):
    mixed = list(parts)
    chance.shuffle(mixed)
    one, two = document(parts), document(mixed)
    assert type(one) is type(two)
    assert (one.total, one.tax) == (two.total, two.tax)
    if isinstance(one, Invoice):
        assert [(g.net, g.tax) for g in one.taxes] == [(g.net, g.tax) for g in two.taxes]


@given(nets)
def test_a_document_below_0_is_a_credit_note_for_the_same_amounts(parts):
    negated = [(-net, ruling) for net, ruling in parts]
    one, two = document(parts), document(negated)
    if one.total:
        assert type(one) is not type(two)
    assert one.total == two.total
    assert one.tax == two.tax


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12), st.sampled_from(RULINGS), st.sampled_from(Rounding))
def test_line_taxes_are_an_allocation_of_the_documents_tax(amounts, ruling, rounding):
    bill = document([(amount, ruling) for amount in amounts], rounding=rounding)
    shares = bill.line_taxes()
    assert total(shares, "EUR") == bill.tax
    for amount, share in zip(amounts, shares, strict=True):
        assert abs(share.amount_minor - amount * ruling.rate) < 1
    for one, more in zip(amounts, shares, strict=True):
        if not one:
            assert not more  # nothing was billed, so nothing is taxed


def test_two_components_are_rounded_each_and_their_shares_still_add_up():
    parts = (TaxComponent("GST", "CA", Fraction(5, 100)), TaxComponent("QST", "CA-QC", Fraction(9975, 100_000)))
    bill = document([(10, Charged("CA-QC", parts, Scheme.LOCAL, (), "2026"))] * 3)
    assert bill.tax == money("0.05")  # 0.30: GST 0.015 -> 0.02, QST 0.029925 -> 0.03
    assert bill.line_taxes() == (money("0.02"), money("0.02"), money("0.01"))
    down = document([(10, Charged("CA-QC", parts, Scheme.LOCAL, (), "2026"))] * 3, rounding=Rounding.DOWN)
    assert down.tax == money("0.03")  # 0.01 + 0.02
    up = document([(4, Charged("CA-QC", parts, Scheme.LOCAL, (), "2026"))], rounding=Rounding.UP)
    assert up.line_taxes() == (money("0.02"),)  # 0.002 -> 0.01, 0.00399 -> 0.01


def test_line_taxes_of_two_rates_stay_with_their_rate():
    bill = document([(2400_00, charged("24", "EE")), (-604_93, charged("22", "EE")), (100, REVERSED)])
    assert bill.line_taxes() == (money("576.00"), money("-133.08"), money("0.00"))


def test_four_lines_of_one_rate_are_taxed_once():
    """github.com/getlago/lago-api/pull/2643: 279.16 x 20 % = 55.832, so 334.99."""
    bill = invoice("68.33", "68.33", "57.50", "85.00")
    assert (bill.subtotal, bill.tax, bill.total) == (money("279.16"), money("55.83"), money("334.99"))


def test_two_lines_of_one_euro_add_up_as_they_are_shown():
    """github.com/spree/spree/pull/14467: 2.06 of two lines became 1.04 + 1.04 in halves of 1.03."""
    bill = invoice("1.00", "1.00", ruling=charged("3"))
    assert bill.total == money("2.06")  # 2.00 x 1.03
    assert bill.line_taxes() == (money("0.03"), money("0.03"))


@given(nets)
def test_exempting_never_raises_the_tax_of_what_is_not_negative(parts):
    bill = document([(abs(net), ruling) for net, ruling in parts])
    exempt = document([(abs(net), REVERSED) for net, _ in parts])
    assert exempt.tax == money("0.00")
    assert exempt.total <= bill.total


# What cannot be constructed


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_junk_in_any_argument_is_refused_or_keeps_its_meaning(kind):
    """Nothing but our own errors, with the argument's name, and a bounded text."""
    whole = fields_of(sample(kind))
    for name in whole:
        for junk in JUNK:
            try:
                value = kind(**{**whole, name: junk})
            except BillingError as caught:
                error = caught
            else:
                assert getattr(value, name) is junk
                assert junk is None or junk is True or junk == "\N{FULLWIDTH DIGIT ONE}"
                continue
            assert len(str(error)) < 500


@pytest.mark.parametrize("lines", [None, [], (), [*items("1.00")], (None,), ("30.00",), items("1.00")[0]], ids=repr)
def test_lines_are_a_tuple_of_lines(lines):
    for make in (
        lambda: Invoice("1", DAY, DUBLIN, MARIE, lines),
        lambda: issue_document("1", DAY, DUBLIN, MARIE, lines),
    ):
        with pytest.raises(BillingError, match="lines"):
            make()


@pytest.mark.parametrize("rounding", [None, "half_up", 1, [], {}], ids=repr)
@pytest.mark.parametrize("ruling", [VAT_20, REVERSED])
def test_a_rounding_is_named_also_where_nothing_is_taxed(rounding, ruling):
    with pytest.raises(InvalidTypeError, match=r"rounding must be a Rounding, such as"):
        invoice("1.00", ruling=ruling, rounding=rounding)
    with pytest.raises(InvalidTypeError, match=r"rounding must be a Rounding, such as"):
        issue_document("1", DAY, DUBLIN, MARIE, items("1.00", ruling=ruling), rounding)


def test_currencies_are_not_mixed():
    mixed = (*items("1.00"), *items("1.00", currency="USD"))
    with pytest.raises(CurrencyMismatchError, match="cannot combine EUR with USD: convert one of them first"):
        Invoice("1", DAY, DUBLIN, MARIE, mixed)
    with pytest.raises(CurrencyMismatchError):
        invoice("1.00", prepaid=money("0.00", "USD"))


def test_a_tax_that_is_not_known_is_never_0():
    for make in (Invoice, issue_document):
        with pytest.raises(InvalidValueError, match=r"ruling .*settle the tax first"):
            make("1", DAY, DUBLIN, MARIE, items("1.00", ruling=UNKNOWN))


def test_an_invoice_is_not_below_0():
    with pytest.raises(InvalidValueError, match=r"lines .*-1\.20.*issue_document\(\.\.\.\) decides which it is"):
        invoice("-1.00")


@pytest.mark.parametrize("number", ["", " ", "x" * 61, "a\nb", "\0", "\ud800"])
def test_a_number_is_short_and_printable(number):
    with pytest.raises(InvalidValueError, match=r"1 to 60 printable characters"):
        invoice("1.00", number=number)
    assert [invoice("1.00", number="x" * length).number for length in (1, 60)] == ["x", "x" * 60]


@pytest.mark.parametrize("day", [None, "2026-02-15", datetime(2026, 2, 15, tzinfo=UTC)])
def test_dates_are_civil_dates(day):
    with pytest.raises(InvalidTypeError, match="issued_on must be"):
        invoice("1.00", issued_on=day)
    with pytest.raises(InvalidTypeError, match="change_on must be"):
        CreditLine(BILLED, day, HALF)


def test_totals_cannot_be_passed_in():
    """They are computed; there is no way to construct others."""
    for name in ("total", "subtotal", "taxes", "tax", "payable"):
        with pytest.raises(TypeError):
            Invoice("1", DAY, DUBLIN, MARIE, items("1.00"), **{name: money("9.99")})
    bill = invoice("1.00")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        bill.total = money("9.99")


def test_a_total_beyond_the_largest_amount_is_refused():
    with pytest.raises(OutOfRangeError):
        document([(10**18, VAT_20)])
    with pytest.raises(OutOfRangeError):
        document([(10**18, REVERSED), (1, REVERSED)])
    assert document([(10**18, REVERSED)]).total.amount_minor == 10**18


def test_a_subtotal_beyond_the_largest_amount_is_refused_whatever_the_total_is():
    """The tax of a credit can bring a subtotal of 1.05 × 10**18 down to a total below the limit."""
    with pytest.raises(OutOfRangeError):
        document([(10**18, REVERSED), (5 * 10**17, UNTAXED), (-45 * 10**16, VAT_20)])


def test_a_credit_line_lies_within_its_period():
    for day in (date(2026, 1, 30), date(2026, 3, 1)):
        with pytest.raises(InvalidValueError, match=r"change_on .*2026-01-31 to 2026-02-28"):
            CreditLine(BILLED, day, HALF)
    with pytest.raises(InvalidTypeError, match="billed must be a BilledPeriod"):
        CreditLine(MONTHLY_30, DAY, HALF)
    with pytest.raises(InvalidTypeError, match="billed must be a BilledPeriod"):
        ChargeLine(MONTHLY_30)


# Lines and their words


def test_a_line_explains_its_net():
    discounted = BilledPeriod.of_plan(MONTHLY_30, 1, FROM_31_JANUARY, VAT_20, money("5.00"))
    dates = "2026-01-31 to 2026-02-28"
    assert ChargeLine(BILLED).explain() == f"Rescue × 1, {dates}: 30.00 EUR"
    assert ChargeLine(discounted).explain() == f"Rescue × 1, {dates}: 30.00 EUR - 5.00 EUR discount = 25.00 EUR"
    assert OneOffLine("Setup", 3, money("1.50"), VAT_20).explain() == "Setup: 3 × 1.50 EUR = 4.50 EUR"
    credit = CreditLine(BILLED, DAY, HALF)
    assert (credit.credit, credit.net, credit.ruling) == (money("13.93"), money("-13.93"), VAT_20)
    assert credit.explain().split("\n") == [
        "Credit for Rescue × 1, unused from 2026-02-15: -13.93 EUR",
        "  30.00 EUR × 13/28 days = 13.92857… → 13.93 half up",
    ]


def test_an_invoice_explains_every_number():
    bill = attrs.evolve(upgrade()[1].document, prepaid=money("5.00"))
    text = bill.explain()
    for figure in ("60.00", "30.00", "13/28 days", "13.92857…", "-13.93", "46.07", "20 %", "9.214", "9.21", "55.28"):
        assert figure in text
    assert text.endswith("\n  prepaid 5.00 EUR\n  payable 50.28 EUR")  # 55.28 - 5.00


# What is prepaid


@pytest.mark.parametrize("amount", ["-0.01", "1.21"])
def test_what_is_prepaid_lies_between_nothing_and_the_total(amount):
    with pytest.raises(InvalidValueError, match=r"prepaid .*between nothing and the total of 1.20 EUR"):
        invoice("1.00", prepaid=money(amount))


@pytest.mark.parametrize("amount", ["0.00", "0.01", "1.20"])
def test_what_is_prepaid_is_not_payable(amount):
    bill = invoice("1.00", prepaid=money(amount))
    assert (bill.total, bill.payable) == (money("1.20"), money("1.20") - money(amount))
    assert ("prepaid" in bill.explain()) == (amount != "0.00")


def test_a_document_is_issued_with_what_is_prepaid():
    bill = issue_document("1", DAY, DUBLIN, MARIE, items("1.00"), prepaid=money("0.50"))
    assert bill == attrs.evolve(issue_document("1", DAY, DUBLIN, MARIE, items("1.00")), prepaid=money("0.50"))
    assert bill.payable == money("0.70")  # 1.20 - 0.50
    for amount in ("0.00", "0.01"):
        with pytest.raises(InvalidValueError, match=r"prepaid .*nothing is prepaid of a credit note"):
            issue_document("1", DAY, DUBLIN, MARIE, items("-1.00"), prepaid=money(amount))
    for lines in (items("1.00"), items("-1.00")):
        with pytest.raises(InvalidTypeError, match="prepaid must be"):
            issue_document("1", DAY, DUBLIN, MARIE, lines, prepaid=1)


# Values


@pytest.mark.parametrize("value", SAMPLES, ids=lambda value: type(value).__name__)
def test_values_are_frozen_hashable_and_show_themselves(value):
    assert hash(value) == hash(attrs.evolve(value))
    assert value == attrs.evolve(value)
    assert value != 1
    assert repr(value).startswith(type(value).__name__)
    name = attrs.fields(type(value))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, name, None)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(value, name)
    with pytest.raises((AttributeError, TypeError)):
        value.another = 1
    with pytest.raises(TypeError):
        _ = value < object()


# Outside the scope of VAT


def test_a_document_that_joins_lines_outside_the_scope_with_taxed_ones_says_so():
    outside = OutsideScope("AR", (), "2026-11-23")
    mixed = document([(1000, VAT_20), (500, outside)])
    assert mixed.total == money("17.00")  # 10.00 + 5.00 + 20 % of 10.00
    assert mixed.explain().split("\n")[-1].startswith("  note: category O stands beside S")
    assert "note:" not in document([(500, outside)]).explain()
    assert "note:" not in document([(1000, VAT_20)]).explain()
