"""The computation of tax: its laws, rounding by component, group, line and document, inclusive prices."""

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore._kernel import Rounding
from billingcore._tax.components import percent
from billingcore._tax.rulings import check_ruling, group_key
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.money import Money, total
from billingcore.parties import Scheme
from billingcore.plans import PriceMode
from billingcore.sourced import Confidence
from billingcore.tax import (
    Apportionment,
    Charged,
    Disputed,
    NoteCode,
    NotTaxable,
    OutsideScope,
    ReverseCharge,
    RoundingStage,
    TaxBase,
    TaxComponent,
    TaxGroup,
    Undetermined,
    UndeterminedReason,
    assess_tax,
    mixed_categories,
)
from samples import DUBLIN, UNION, buyer, company, decide, money, percent_charged, seller

HALF_UP, HALF_EVEN, DOWN = Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.DOWN


def charged(*percents, place="FR", base=Fraction(1), category="S"):
    parts = [TaxComponent(f"tax {at}", place, Fraction(each) / 100, base) for at, each in enumerate(percents)]
    return Charged(place, tuple(parts), Scheme.LOCAL, (), "e", category)


def taxes(groups):
    return [group.tax.amount for group in groups]


VAT_20, VAT_22, US_8625 = charged("20"), charged("22"), charged("8.625")
NETS = st.integers(-(10**12), 10**12).map(lambda minor: Money(minor, "EUR"))
RATES = st.integers(0, 1_000_000).map(lambda ppm: Fraction(ppm, 10_000))
RULINGS = st.lists(RATES, min_size=1, max_size=3).map(lambda rates: charged(*rates))
MODES = st.sampled_from(Rounding)
STAGES = st.sampled_from(RoundingStage)
LINES = st.lists(
    st.tuples(NETS, st.sampled_from([VAT_20, VAT_22, US_8625, charged("20", place="DE"), charged("5", "9.975")])),
    max_size=8,
)


def test_estonia_credits_at_the_old_rate_and_charges_at_the_new_one():
    # 604.93 × 22 % = 133.0846 goes back, 2400.00 × 24 % = 576.00 is charged: 442.92. Netting first would take 430.82.
    estonian = buyer("EE")
    old, new = decide(DUBLIN, estonian, date(2025, 1, 1)), decide(DUBLIN, estonian, date(2025, 7, 1))
    groups = assess_tax([(money("2400.00"), new), (money("-604.93"), old)], "EUR", HALF_UP)
    assert sorted(taxes(groups)) == ["-133.08", "576.00"]
    assert total((group.tax for group in groups), "EUR") == money("442.92")
    assert TaxGroup(money("1795.07"), new).tax == money("430.82")


def test_a_credit_keeps_the_frozen_decision():
    # Reverse charge stays reverse charge; what was sold before the registration carries no tax (Recurly, billbo 116).
    reverse, before = ReverseCharge("DE", (), "e"), OutsideScope("NO", (), "e")
    now = charged("25", place="NO")
    groups = assess_tax([(money("-10.00"), reverse), (money("-10.00"), before), (money("100.00"), now)], "EUR")
    assert {type(group.ruling).__name__: group.tax.amount for group in groups} == {
        "ReverseCharge": "0.00",
        "OutsideScope": "0.00",
        "Charged": "25.00",
    }


@pytest.mark.parametrize(
    ("net", "rate", "mode", "tax"),
    [
        ("46.07", "20", HALF_UP, "9.21"),  # 9.214
        ("25.00", "17.5", HALF_UP, "4.38"),  # 4.375
        ("25.00", "17.5", DOWN, "4.37"),
        ("25.00", "17.5", HALF_EVEN, "4.38"),
        ("26.00", "17.25", HALF_EVEN, "4.48"),  # 4.485
        ("26.00", "17.25", HALF_UP, "4.49"),
        ("-25.00", "17.5", HALF_UP, "-4.38"),
        ("100.00", "9.975", HALF_UP, "9.98"),
        ("0.00", "20", HALF_UP, "0.00"),
    ],
)
def test_a_tax_is_rounded_by_the_named_mode(net, rate, mode, tax):
    assert TaxGroup(money(net), charged(rate), mode).tax == money(tax)


def test_document_and_lines_differ_as_saleor_users_saw():
    # saleor issue 12348: 4 × 2.50 at 8.625 %: 0.8625 by document, 0.22 × 4 = 0.88 by line.
    lines = [(Money.of("2.50", "USD"), US_8625)] * 4
    by_stage = {stage: assess_tax(lines, "USD", stage=stage)[0].tax.amount for stage in RoundingStage}
    assert by_stage == {
        RoundingStage.COMPONENT: "0.86",
        RoundingStage.GROUP: "0.86",
        RoundingStage.LINE: "0.88",
        RoundingStage.DOCUMENT: "0.86",
    }


def test_a_combined_rate_may_differ_by_a_cent():
    # 0.10 at 4.5 % and 4.5 %: 0.0045 each is 0.00 + 0.00; at 9 % 0.009 is 0.01, which the first component takes.
    net, ruling = Money.of("0.10", "USD"), charged("4.5", "4.5")
    (apart,) = assess_tax([(net, ruling)], "USD")
    (together,) = assess_tax([(net, ruling)], "USD", stage=RoundingStage.GROUP)
    assert (apart.amounts_minor, together.amounts_minor) == ((0, 0), (1, 0))
    assert together.apportionment == Apportionment(None, (1, 0))
    assert "0.01 of it shared out" in together.explain()


def test_a_document_shares_its_residue_out():
    # 0.03 × 20 % + 0.02 × 22 %= 0.006 + 0.0044 = 0.0104: 0.01 for the document; apart it would be 0.01 + 0.00.
    lines = [(money("0.03"), VAT_20), (money("0.02"), VAT_22), (money("0.03"), charged("20", place="DE"))]
    groups = assess_tax(lines, "EUR", stage=RoundingStage.DOCUMENT)
    assert sum(group.tax.amount_minor for group in groups) == 2  # 0.0164
    assert sum(group.tax.amount_minor for group in assess_tax(lines, "EUR")) == 2
    lines = [(money("0.02"), charged("20", place=place)) for place in ("AT", "BE", "CY")]
    groups = assess_tax(lines, "EUR", stage=RoundingStage.DOCUMENT)
    assert [group.tax.amount_minor for group in groups] == [1, 0, 0]  # 0.012 in all
    assert taxes(assess_tax(lines, "EUR")) == ["0.00", "0.00", "0.00"]


def test_the_uk_lets_the_total_be_rounded_down():
    # HMRC Notice 700 17.5: down to a whole penny on the invoice.
    assert assess_tax([(Money.of("25.00", "GBP"), charged("17.5"))], "GBP", DOWN)[0].tax.amount == "4.37"


@pytest.mark.parametrize(
    ("gross", "rate", "net", "tax"),
    [("10.00", "20", "8.33", "1.67"), ("9.99", "20", "8.32", "1.67"), ("240.00", "20", "200.00", "40.00"), ("-10.00", "20", "-8.33", "-1.67"), ("1.00", "0", "1.00", "0.00")],
)  # fmt: skip
def test_prices_that_contain_the_tax(gross, rate, net, tax):
    group = TaxGroup.of_gross(money(gross), charged(rate))
    assert (group.net, group.tax, group.gross) == (money(net), money(tax), money(gross))
    assert assess_tax([(money(gross), charged(rate))], "EUR", prices=PriceMode.INCLUSIVE) == (group,)


def test_an_inclusive_explanation_shows_its_sum():
    # 20/120 of 10.00 is 1.666…
    assert (
        TaxGroup.of_gross(money("10.00"), VAT_20).explain()
        == "tax 0 20 % in FR: 10.00 with tax × 1/6 = 1.66666… → 1.67 half up"
    )


def test_a_tax_explains_its_base_and_rate():
    assert TaxGroup(money("50.00"), VAT_20).explain() == "tax 0 20 % in FR: 50.00 × 20 % = 10.00"
    assert TaxGroup(money("50.00"), OutsideScope("CH", (), "e")).explain().endswith("50.00 EUR without tax")
    compound = TaxComponent("QST", "CA-QC", Fraction(95, 1000), Fraction(105, 100), on=TaxBase.PRICE_AND_GST)
    assert compound.describe() == "QST 9.5 % on the price and the GST"
    assert percent(Fraction(1, 7)) == "100/7 %"


@given(NETS, RULINGS, MODES)
def test_the_tax_of_a_component_is_rounded_once(net, ruling, mode):
    group = TaxGroup(net, ruling, mode)
    for (component, tax), amount in zip(group.component_taxes(), group.amounts_minor, strict=True):
        assert tax.amount_minor == amount
        assert abs(amount - net.amount_minor * component.share) < 1
    assert group.tax.amount_minor == sum(group.amounts_minor)
    assert group.net + group.tax == group.gross


@given(st.integers(0, 10**9), RATES)
def test_half_up_agrees_with_decimal(net, rate):
    exact = Context(prec=60)
    share = exact.divide(Decimal((rate / 100).numerator), Decimal((rate / 100).denominator))
    expected = exact.multiply(Decimal(net), share).quantize(Decimal(1), ROUND_HALF_UP, context=exact)
    assert TaxGroup(Money(net, "EUR"), charged(rate)).tax.amount_minor == expected


@given(st.integers(0, 10**9), st.integers(0, 10**9), RATES, RATES, MODES)
def test_the_tax_grows_with_net_and_rate(net, more, rate, other, mode):
    assert (
        TaxGroup(Money(net, "EUR"), charged(rate), mode).tax
        <= TaxGroup(Money(net + more, "EUR"), charged(rate), mode).tax
    )
    low, high = sorted((rate, other))
    assert TaxGroup(Money(net, "EUR"), charged(low), mode).tax <= TaxGroup(Money(net, "EUR"), charged(high), mode).tax
    assert not TaxGroup(Money(0, "EUR"), charged(rate), mode).tax
    assert not TaxGroup(Money(net, "EUR"), charged(0), mode).tax
    # Exempting never raises the tax of a subtotal that is not negative.
    assert (
        TaxGroup(Money(net, "EUR"), NotTaxable("FR", (), "e"), mode).tax
        <= TaxGroup(Money(net, "EUR"), charged(rate), mode).tax
    )


@given(NETS, RULINGS, MODES)
def test_net_and_tax_of_an_inclusive_price_add_up(gross, ruling, mode):
    group = TaxGroup.of_gross(gross, ruling, mode)
    assert group.net + group.tax == gross
    assert TaxGroup(group.net, ruling, mode, group.apportionment) == group
    if mode is HALF_UP and len(ruling.components) == 1:
        exact = gross.amount_minor * ruling.rate / (1 + ruling.rate)
        assert abs(group.tax.amount_minor - exact) <= Fraction(1, 2)


@given(LINES, st.randoms(use_true_random=False), MODES, STAGES, st.sampled_from(PriceMode))
def test_the_order_of_lines_does_not_matter(lines, randomly, mode, stage, prices):
    shuffled = list(lines)
    randomly.shuffle(shuffled)
    assert assess_tax(lines, "EUR", mode, stage=stage, prices=prices) == assess_tax(
        shuffled, "EUR", mode, stage=stage, prices=prices
    )


@given(NETS, st.integers(-(10**9), 10**9), RULINGS, MODES)
def test_splitting_a_line_changes_nothing(net, part, ruling, mode):
    whole = assess_tax([(net, ruling)], "EUR", mode)
    parts = assess_tax([(Money(part, "EUR"), ruling), (net - Money(part, "EUR"), attrs.evolve(ruling))], "EUR", mode)
    assert whole == parts


@given(LINES, MODES)
def test_lines_and_subtotal_differ_by_half_a_unit_each(lines, mode):
    by_line = assess_tax(lines, "EUR", mode, stage=RoundingStage.LINE)
    at_once = assess_tax(lines, "EUR", mode)
    components = sum(len(ruling.components) for _, ruling in lines)
    gap = sum(a.tax.amount_minor - b.tax.amount_minor for a, b in zip(by_line, at_once, strict=True))
    assert abs(gap) <= components + len(at_once) * 2


@given(LINES, MODES, STAGES, st.sampled_from(PriceMode))
def test_no_share_is_off_by_a_unit_for_each_line_and_inclusive_prices_add_up(lines, mode, stage, prices):
    groups = assess_tax(lines, "EUR", mode, stage=stage, prices=prices)
    if prices is PriceMode.INCLUSIVE:
        assert total((group.gross for group in groups), "EUR") == total((net for net, _ in lines), "EUR")
    exact = Fraction()
    for group in groups:
        whole = 1 + group.ruling.rate if prices is PriceMode.INCLUSIVE else 1
        base = group.gross if prices is PriceMode.INCLUSIVE else group.net
        for component, amount in zip(group.ruling.components, group.amounts_minor, strict=True):
            share = base.amount_minor * component.share / whole
            exact += share
            assert abs(amount - share) < (len(lines) if stage is RoundingStage.LINE else 1)
        assert TaxGroup(group.net, group.ruling, mode, group.apportionment) == group
        assert group.explain()
    if stage is RoundingStage.DOCUMENT:
        assert abs(sum(group.tax.amount_minor for group in groups) - exact) < 1


@given(LINES, MODES)
def test_a_full_reversal_mirrors_the_tax(lines, mode):
    if mode in (Rounding.CEILING, Rounding.FLOOR):
        return
    back = assess_tax([(-net, ruling) for net, ruling in lines], "EUR", mode)
    assert [-group.tax for group in back] == [group.tax for group in assess_tax(lines, "EUR", mode)]


@pytest.mark.parametrize(
    "ruling",
    [Undetermined("FR", (), "e", UndeterminedReason.NO_RATE_FOR_DATE, "x"), Disputed("US-AL", (), "e", "x")],
)
def test_what_is_not_known_is_never_charged_as_zero(ruling):
    for call in (
        lambda: TaxGroup(money("1.00"), ruling),
        lambda: TaxGroup.of_gross(money("1.00"), ruling),
        lambda: assess_tax([(money("1.00"), ruling)], "EUR"),
        lambda: assess_tax([(money("1.00"), ruling)], "EUR", stage=RoundingStage.LINE),
    ):
        with pytest.raises(InvalidValueError, match="settle the tax first"):
            call()


def test_arguments_of_another_type_are_refused():
    one = money("1.00")
    for call in (
        lambda: TaxGroup("1.00", VAT_20),
        lambda: TaxGroup(one, "20 %"),
        lambda: TaxGroup(one, VAT_20, "half up"),
        lambda: TaxGroup(one, VAT_20, []),
        lambda: TaxGroup(one, OutsideScope("CH", (), "e"), None),
        lambda: TaxGroup(one, VAT_20, HALF_UP, "gross"),
        lambda: TaxGroup.of_gross("1.00", VAT_20),
        lambda: assess_tax([("1.00", VAT_20)], "EUR"),
        lambda: assess_tax([(one, "20 %")], "EUR"),
        lambda: assess_tax([], "EUR", "half up"),
        lambda: assess_tax([], "EUR", prices="inclusive"),
        lambda: assess_tax([], "EUR", stage="line"),
        lambda: Apportionment("1.00"),
        lambda: Apportionment(None, [1]),
        lambda: Apportionment(None, (True,)),
        lambda: check_ruling("ruling", None),
        lambda: TaxComponent("VAT", "FR", 0.2),
        lambda: TaxComponent("VAT", "FR", Fraction(1, 5), 1),
        lambda: TaxComponent("VAT", "FR", Fraction(1, 5), on="price"),
        lambda: Charged("FR", ("20 %",), Scheme.LOCAL, (), "e"),
    ):
        with pytest.raises(InvalidTypeError):
            call()
    for call in (
        lambda: Charged("FR", (), Scheme.LOCAL, (), "e"),
        lambda: TaxComponent("VAT", "FR", Fraction(20)),
        lambda: TaxComponent("VAT", "FR", Fraction(-1, 5)),
        lambda: TaxComponent("VAT", "FR", Fraction(1, 5), Fraction(3)),
        lambda: TaxGroup(one, VAT_20, HALF_UP, Apportionment(None, (1, 2))),
        lambda: TaxGroup(one, VAT_20, HALF_UP, Apportionment(one)),
    ):
        with pytest.raises(InvalidValueError):
            call()
    with pytest.raises(CurrencyMismatchError):
        assess_tax([(one, VAT_20)], "USD")
    with pytest.raises(CurrencyMismatchError):
        TaxGroup(one, VAT_20, HALF_UP, Apportionment(Money.of("1.20", "USD")))


def test_decisions_that_are_equal_are_taxed_together():
    twice = [(money("0.02"), charged("20")), (money("0.02"), charged("20"))]
    assert taxes(assess_tax(twice, "EUR")) == ["0.01"]
    assert assess_tax([], "EUR") == ()
    keys = {
        group_key(ruling)
        for ruling in (VAT_20, charged("20"), VAT_22, charged("20", place="DE"), charged("20", base=Fraction(4, 5)))
    }
    assert len(keys) == 4
    assert group_key(VAT_20) is group_key(VAT_20)


def test_the_sum_does_not_depend_on_the_decimal_context():
    with localcontext() as context:
        context.prec = 3
        context.rounding = ROUND_DOWN
        assert TaxGroup(Money(123_456_789_12, "EUR"), charged("8.625")).tax.amount_minor == 1_064_814_806


def test_a_decision_is_as_sure_as_its_least_sure_component():
    parts = [
        TaxComponent("a", "US-TX", Fraction(1, 100), confidence=each)
        for each in (Confidence.HIGH, Confidence.LOW, Confidence.MEDIUM)
    ]
    assert Charged("US-TX", tuple(parts), Scheme.LOCAL, (), "e").confidence is Confidence.LOW


def test_currencies_without_or_with_three_digits():
    assert TaxGroup(Money.of("1234", "JPY"), charged("10")).tax == Money.of("123", "JPY")  # 123.4
    assert TaxGroup(Money.of("1.235", "KWD"), charged("5")).tax == Money.of("0.062", "KWD")  # 0.06175


def test_a_home_rate_is_charged_in_the_currency_of_the_document():
    ruling = decide(seller("IE", "IE", schemes=(UNION,)), buyer("FR"))
    assert percent_charged(ruling) == 20
    assert TaxGroup(Money.of("46.07", "EUR"), ruling).tax == money("9.21")


def test_a_document_that_joins_outside_scope_with_others_is_named():
    moved = assess_tax(
        [
            (Money.of("-50.00", "EUR"), decide(DUBLIN, buyer("FR"), date(2026, 1, 1))),
            (Money.of("80.00", "EUR"), decide(DUBLIN, buyer("AR"), date(2026, 2, 1))),
        ],
        "EUR",
    )
    note = mixed_categories(moved)
    assert (note.code, "beside S" in note.text) == (NoteCode.CATEGORIES_MIXED, True)
    assert mixed_categories(moved[:1]) is None
    assert mixed_categories(moved[1:]) is None
    assert mixed_categories([]) is None
    reverse = TaxGroup(Money.of("1.00", "EUR"), decide(DUBLIN, company("DE113866163", "DE")))
    french = TaxGroup(Money.of("1.00", "EUR"), decide(DUBLIN, buyer("FR")))
    assert mixed_categories([reverse, french]) is None
