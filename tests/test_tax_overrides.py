"""A caller's own rates and overrides in the place of the facts, and how a result shows them."""

import copy
from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError, UnknownCountryError, UnknownSubdivisionError
from billingcore.sourced import History, Sourced
from billingcore.tax import (
    LocalRate,
    NotCollecting,
    Note,
    NoteCode,
    NotTaxable,
    OutsideScope,
    Override,
    ReverseCharge,
    Rule,
    Supply,
    SupplyCategory,
    TaxFacts,
    UndeterminedReason,
    VatRate,
    default_facts,
    explain_ruling,
    facts,
)
from samples import BOSTON, DUBLIN, EARLY, PROVEN, TODAY, buyer, decide, percent_charged, seller

FACTS = default_facts()


def own(value, since=EARLY, until=None):
    return History("ours", (Sourced(value, since, until, "us", TODAY),))


def test_an_override_is_visible():
    half = Override(
        "FR",
        SupplyCategory.SAAS,
        True,
        "a ruling of ours",
        Fraction(10, 100),
        since=date(2026, 1, 1),
        until=date(2027, 1, 1),
    )
    tables = default_facts().with_override(half)
    ruling = decide(DUBLIN, buyer("FR"), facts=tables)
    assert percent_charged(ruling) == 10
    assert ruling.rules[-1] is Rule.OVERRIDDEN
    assert ruling.edition == "2026-11-23, FR given by the caller"
    assert "decided by the caller: a ruling of ours" in explain_ruling(ruling)
    assert ruling.components[0].source == ruling.source == "a ruling of ours"
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [percent_charged(decide(DUBLIN, buyer("FR"), day, facts=tables)) for day in days] == [20, 10, 10, 20]
    assert percent_charged(decide(DUBLIN, buyer("DE"), facts=tables)) == 19
    other = decide(DUBLIN, buyer("FR"), facts=tables, supply=Supply(SupplyCategory.ELECTRONIC_SERVICE))
    assert percent_charged(other) == 20


def test_an_override_speaks_of_the_place_whose_rate_is_charged():
    small = seller("EE", "EE", below_eu_threshold=True)
    tables = default_facts().with_override(Override("EE", SupplyCategory.SAAS, True, "us", Fraction(5, 100)))
    assert percent_charged(decide(small, buyer("FR"), facts=tables)) == 5
    assert decide(small, buyer("FR"), facts=tables).place == "EE"


ABROAD = seller(
    "US", "US-MA", "AU", "NO", "CH", "LI", "JP", "ZA", "AR", "EC", "AZ", "PH", "IS", "KE", "VN", "BD", "AF", "SM", "SG"
)


def test_an_override_may_untax_keep_the_rate_or_name_one_where_there_is_none():
    untaxed = decide(
        DUBLIN, buyer("FR"), facts=default_facts().with_override(Override("FR", SupplyCategory.SAAS, False, "us"))
    )
    assert (type(untaxed), untaxed.source) == (NotTaxable, "us")
    kept = default_facts().with_override(Override("FR", SupplyCategory.SAAS, True, "us", base=Fraction(1, 2)))
    assert percent_charged(decide(DUBLIN, buyer("FR"), facts=kept)) == 10
    afghan = Override("AF", SupplyCategory.SAAS, True, "us", Fraction(10, 100))
    assert percent_charged(decide(ABROAD, buyer("AF"), facts=default_facts().with_override(afghan))) == 10
    nothing = default_facts().with_override(attrs.evolve(afghan, rate=None))
    assert decide(ABROAD, buyer("AF"), facts=nothing).reason is UndeterminedReason.NO_RATE_FOR_DATE
    zero = default_facts().with_override(attrs.evolve(afghan, rate=Fraction()))
    assert decide(ABROAD, buyer("AF"), facts=zero).category == "Z"
    bangladesh = default_facts().with_override(Override("BD", SupplyCategory.SAAS, True, "us"))
    assert percent_charged(decide(ABROAD, buyer("BD", status=PROVEN), facts=bangladesh)) == 15


def test_rates_and_memberships_of_the_caller_replace_the_facts():
    def own(value, since=date(2026, 1, 1)):
        return History("ours", (Sourced(value, since, None, "us", date(2026, 11, 1)),))

    tables = (
        default_facts()
        .with_rates("HK", own(VatRate("VAT", Fraction(3, 100))))
        .with_rates("SM", own(VatRate("MF", Fraction(17, 100))))
    )
    assert percent_charged(decide(seller("HK", "HK"), buyer("HK"), facts=tables)) == 3
    assert percent_charged(decide(ABROAD, buyer("SM"), facts=tables)) == 17
    member = default_facts().with_membership("RS", own(True)).with_rates("RS", own(VatRate("PDV", Fraction(20, 100))))
    assert type(decide(DUBLIN, buyer("RS", status=PROVEN), facts=member)) is ReverseCharge
    assert decide(DUBLIN, buyer("RS"), facts=member).place == "RS"
    assert type(decide(DUBLIN, buyer("RS"), date(2025, 12, 31), facts=member)) is OutsideScope


def test_the_edition_names_what_was_replaced():
    assert FACTS.edition == "2026-11-23"
    mine = FACTS.with_rates("FR", own(VatRate("TVA", Fraction(21, 100)))).with_membership("RS", own(True))
    mine = mine.with_override(Override("DE", SupplyCategory.SAAS, False, "us")).with_local_rates(
        LocalRate("City", "US-TX", Fraction())
    )
    assert (
        mine.edition
        == "2026-11-23, FR given by the caller, RS given by the caller, DE given by the caller, US-TX given by the caller"
    )
    assert mine.with_rates("FR", own(VatRate("TVA", Fraction(22, 100)))).rate("FR", TODAY).value.rate == Fraction(
        22, 100
    )
    assert not FACTS.with_membership("RS", own(True)).with_membership("RS", own(True, TODAY)).in_eu("RS", EARLY)
    assert FACTS.override("FR", SupplyCategory.SAAS, TODAY) is None
    assert hash(mine) == hash(copy.deepcopy(mine))


@pytest.mark.parametrize(
    "call",
    [
        lambda: FACTS.with_rates("FR", "20 %"),
        lambda: FACTS.with_rates(None, own(VatRate("TVA", Fraction()))),
        lambda: FACTS.with_membership("FR", True),
        lambda: FACTS.with_override("FR"),
        lambda: FACTS.with_local_rates("City"),
        lambda: TaxFacts([("FR", own(True))]),
        lambda: TaxFacts((("FR", 1),)),
        lambda: TaxFacts(("FR",)),
        lambda: TaxFacts((), (("FR", 1),)),
        lambda: TaxFacts(overrides=[]),
        lambda: TaxFacts(local_rates=(1,)),
        lambda: VatRate("TVA", 0.2),
        lambda: VatRate("TVA", Fraction(1, 5), 1),
        lambda: Override("FR", "saas", True, "us"),
        lambda: Override("FR", SupplyCategory.SAAS, 1, "us"),
        lambda: Override("FR", SupplyCategory.SAAS, True, None),
        lambda: Override("FR", SupplyCategory.SAAS, True, "us", 0.2),
        lambda: Override("FR", SupplyCategory.SAAS, True, "us", base=1),
        lambda: Override("FR", SupplyCategory.SAAS, True, "us", since="x"),
        lambda: Supply("saas"),
        lambda: Supply(business_only=1),
        lambda: Supply(negotiated_licence=None),
        lambda: Note("row", "x"),
        lambda: Note(NoteCode.ROW, None),
        lambda: NotCollecting("FR", (), "e", "not registered"),
        lambda: facts("2026-01-01"),
        lambda: facts(TODAY, place=1),
        lambda: facts(TODAY, kind="rate"),
        lambda: facts(TODAY, confidence="low"),
    ],
)
def test_replacements_of_another_type_are_refused(call):
    with pytest.raises(InvalidTypeError):
        call()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: FACTS.with_rates("UK", own(VatRate("VAT", Fraction()))), UnknownCountryError),
        (lambda: FACTS.with_membership("EL", own(True)), UnknownCountryError),
        (lambda: Override("US-XX", SupplyCategory.SAAS, True, "us"), UnknownSubdivisionError),
        (lambda: Override("", SupplyCategory.SAAS, True, "us"), InvalidValueError),
        (lambda: Override("FR", SupplyCategory.SAAS, True, " "), InvalidValueError),
        (lambda: Override("FR", SupplyCategory.SAAS, True, "us", Fraction(2)), InvalidValueError),
        (lambda: Override("FR", SupplyCategory.SAAS, True, "us", since=TODAY, until=TODAY), InvalidValueError),
    ],
)
def test_values_without_meaning_are_refused(call, error):
    with pytest.raises(error):
        call()


def test_places_that_can_be_named():
    for place in ("FR", "US-TX", "CA-QC", "PT-20", "IT/Livigno"):
        assert Override(place, SupplyCategory.SAAS, False, "us").place == place


def codes(ruling):
    return [note.code for note in ruling.notes]


def test_an_override_overseas_names_the_scheme():
    taxed = default_facts().with_override(Override("GP", SupplyCategory.SAAS, True, "us", Fraction(20, 100)))
    for who, scheme in ((DUBLIN, "union_oss"), (BOSTON, "non_union_oss")):
        ruling = decide(who, buyer("GP"), facts=taxed)
        assert codes(ruling)[-1] is NoteCode.ONE_STOP_SHOP_DOUBTFUL
        assert scheme in ruling.notes[-1].text
    assert NoteCode.ONE_STOP_SHOP_DOUBTFUL not in codes(decide(seller("IE", "FR"), buyer("GP"), facts=taxed))


def since_early(value):
    return History("ours", (Sourced(value, EARLY, None, "us", TODAY),))


@pytest.mark.parametrize(
    ("place", "remedy"),
    [("MC", "'FR'"), ("IM", "'GB'"), ("PR", "'US-PR'"), ("ES-TF", "'ES-CN'"), ("DE-BE", "'DE'"), ("IT/Foo", "IT/Livigno"), ("US", "US-TX")],
)  # fmt: skip
def test_a_place_that_results_never_show_is_refused_with_the_one_that_they_show(place, remedy):
    with pytest.raises(InvalidValueError, match=remedy):
        Override(place, SupplyCategory.SAAS, True, "us")
    with pytest.raises(InvalidValueError, match=remedy):
        default_facts().with_rates(place, since_early(VatRate("VAT", Fraction(1, 5))))


def test_an_override_holds_where_the_tables_know_no_tax_or_no_liability_yet():
    taxed = default_facts().with_override(Override("HK", SupplyCategory.SAAS, True, "us", Fraction(1, 100)))
    assert percent_charged(decide(seller("US", "HK"), buyer("HK"), facts=taxed)) == 1
    early = default_facts().with_override(Override("AU", SupplyCategory.SAAS, True, "us"))
    assert percent_charged(decide(seller("US", "AU"), buyer("AU"), date(2016, 1, 1), facts=early)) == 10
