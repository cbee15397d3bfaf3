"""The decision as a whole: one outcome with a reason for every sale, its rules, its words, and what it refuses."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore._facts.eu_membership import MEMBERS
from billingcore._tax.components import percent
from billingcore.errors import InvalidTypeError, InvalidValueError, UnknownCountryError
from billingcore.parties import BuyerStatus, Registration, Use
from billingcore.sourced import Confidence
from billingcore.tax import (
    SAAS,
    Charged,
    Disputed,
    Exempt,
    NotCollecting,
    NotTaxable,
    Override,
    ReverseCharge,
    Rule,
    Step,
    SupplyCategory,
    assess_tax,
    decide_tax,
    explain_ruling,
    mixed_categories,
    normalise_postal_code,
    tax_changes,
    tax_place,
)
from samples import (
    BERLIN,
    DUBLIN,
    EARLY,
    LOCAL,
    LONDON,
    NON_UNION,
    ONE_DAY,
    PROVEN,
    TODAY,
    UNION,
    buyer,
    company,
    decide,
    percent_charged,
    seller,
)

UNREGISTERED = seller("US", "US-MA")


def test_arguments_of_another_type_are_refused():
    who, whom = DUBLIN, buyer("FR")
    for arguments in (
        (None, whom, TODAY), (who, None, TODAY), (who, whom, "2026-01-01"), (who, whom, TODAY, "facts"), (who, whom, TODAY, None, "saas"),
        (who, object(), TODAY),
    ):  # fmt: skip
        with pytest.raises(InvalidTypeError):
            decide_tax(*arguments)
    decide_tax(who, whom, TODAY)  # what is remembered does not let them in
    for arguments in (
        (None, whom, TODAY),
        (who, whom, "x"),
        (who, whom, TODAY, "facts"),
        (who, whom, TODAY, None, "saas"),
    ):
        with pytest.raises(InvalidTypeError):
            decide_tax(*arguments)
    with pytest.raises(InvalidTypeError):
        explain_ruling("charged")
    with pytest.raises(InvalidTypeError):
        tax_place("FR")


def test_a_ruling_is_shared():
    whom = buyer("FR", postal_code="75002")
    first = decide(DUBLIN, whom, date(2026, 1, 1))
    assert decide(DUBLIN, whom, date(2026, 6, 1)) is first
    assert decide(DUBLIN, buyer("FR", postal_code="69001"), date(2024, 6, 1)) is first
    assert decide(BERLIN, whom, date(2026, 1, 1)) == first
    assert decide(DUBLIN, whom, date(2013, 6, 1)) is not first
    assert decide(DUBLIN, whom, date(2026, 1, 1), supply=SAAS) is first
    assert decide(DUBLIN, whom, date(2026, 1, 1)) is first


def test_tax_changes_are_the_days_of_another_decision():
    days = tax_changes(DUBLIN, buyer("IE"), date(2020, 1, 1), date(2022, 1, 1))
    assert days == (date(2020, 9, 1), date(2021, 3, 1))
    assert tax_changes(DUBLIN, buyer("IE"), date(2020, 9, 1), date(2021, 3, 1)) == ()
    assert tax_changes(DUBLIN, buyer("IE"), TODAY, TODAY) == ()
    assert tax_changes(DUBLIN, buyer("IE"), date(2014, 1, 1), date(2020, 1, 1)) == ()  # rules changed, for others
    with pytest.raises(InvalidValueError):
        tax_changes(DUBLIN, buyer("IE"), TODAY, TODAY - ONE_DAY)


def test_an_explanation_shows_rules_sources_and_notes():
    text = explain_ruling(decide(UNREGISTERED, buyer("EC")))
    assert "payment providers collect the tax" in text
    text = explain_ruling(decide(UNREGISTERED, buyer("HK")))
    assert "source: Recurly sales taxes page" in text
    assert type(Disputed("GP", (), "e", "x")).is_settled is False
    assert Registration("IE", LOCAL, EARLY).in_force_on(EARLY)


@given(
    st.sampled_from(["IE", "DE", "GB", "US", "CA", "CH", "AU"]),
    st.sampled_from(["IE", "DE", "GR", "GB", "US", "CA", "CH", "AU", "GP", "AF", "HK"]),
    st.sampled_from(BuyerStatus),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
)
def test_exactly_one_outcome_with_a_reason(home, country, status, day):
    ruling = decide(seller(home, home, "GB", "AU", schemes=(UNION, NON_UNION)), buyer(country, status=status), day)
    kinds = (Charged, Exempt, NotTaxable, NotCollecting, Disputed)
    assert sum(isinstance(ruling, kind) for kind in kinds) <= 1
    assert ruling.rules[-1].sentence
    assert ruling.rules[-1].source
    assert type(ruling.confidence) is Confidence
    assert ruling.is_settled is (ruling.category is not None)
    assert [rule.step.position for rule in ruling.rules] == sorted(rule.step.position for rule in ruling.rules)


@pytest.mark.parametrize("country", sorted(MEMBERS))
def test_a_number_never_frees_from_the_sellers_own_tax(country):
    home = seller(country, country)
    first, again = decide(home, buyer(country)), decide(home, buyer(country, status=PROVEN))
    assert first == again
    assert type(first) is Charged


def test_every_rule_has_words_a_source_and_a_step():
    assert all(rule.sentence and rule.source and type(rule.step) is Step for rule in Rule)
    assert [step.position for step in Step] == list(range(len(Step)))


def test_arguments_of_another_type_raise_our_errors():
    for call in (
        lambda: normalise_postal_code("DE", None),
        lambda: normalise_postal_code(None, "1"),
        lambda: normalise_postal_code("DE", 1),
        lambda: assess_tax(None, "EUR"),
        lambda: assess_tax([None], "EUR"),
        lambda: assess_tax([(1, 2, 3)], "EUR"),
        lambda: percent("x"),
        lambda: mixed_categories([None]),
        lambda: Override(1, SupplyCategory.SAAS, True, "us"),
    ):
        with pytest.raises(InvalidTypeError):
            call()
    with pytest.raises(UnknownCountryError):
        normalise_postal_code("EL", "63086")
    assert normalise_postal_code("ES", " 35001 ") == "35001"


def test_private_use_makes_a_consumer_of_a_business():
    private = company("DE113866163", "DE", use=Use.PERSONAL)
    ruling = decide(DUBLIN, private)
    assert (percent_charged(ruling), ruling.rules[0]) == (19, Rule.PRIVATE_USE)
    assert type(decide(DUBLIN, attrs.evolve(private, use=Use.BUSINESS))) is ReverseCharge
    assert percent_charged(decide(DUBLIN, buyer("DE", status=PROVEN, use=Use.PERSONAL))) == 19


def test_a_domestic_sale_cites_the_law_that_holds_there():
    assert decide(LONDON, buyer("GB"), date(2020, 12, 31)).rules[-1] is Rule.DOMESTIC
    for who, whom in ((LONDON, buyer("GB")), (seller("JP", "JP"), buyer("JP"))):
        assert decide(who, whom).rules[-1] is Rule.DOMESTIC_OUTSIDE_EU
    assert "Directive" not in Rule.DOMESTIC_OUTSIDE_EU.source
    for rule in (
        Rule.BUSINESS_ELSEWHERE_IN_EU,
        Rule.DOMESTIC,
        Rule.BUYER_OUTSIDE_EU,
        Rule.CONSUMER_AT_CUSTOMER_NON_EU_SELLER,
    ):
        assert "77/388/EEC" in rule.source  # what held in 2003
