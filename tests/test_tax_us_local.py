"""Local rates of the US, as the caller gives them: by day, by postal code, and apart from the state."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore._facts.us_sales_tax import STATES
from billingcore.errors import InvalidTypeError, InvalidValueError, UnknownSubdivisionError
from billingcore.money import Money
from billingcore.parties import CertificateKind, ExemptionCertificate, Use
from billingcore.tax import (
    Charged,
    Exempt,
    LocalRate,
    NotCollecting,
    NoteCode,
    NotTaxable,
    Override,
    Rule,
    Supply,
    SupplyCategory,
    TaxGroup,
    Undetermined,
    UndeterminedReason,
    default_facts,
    explain_ruling,
)
from samples import DUBLIN, EARLY, ONE_DAY, TODAY, buyer, decide, percent_charged, seller

EVERYWHERE = seller("US", *sorted(STATES), subdivision="US-MA")
AUSTIN = (LocalRate("City of Austin", "US-TX", Fraction(1, 100)), LocalRate("Transit", "US-TX", Fraction(1, 100)))
BUSINESS, PERSONAL = Use.BUSINESS, Use.PERSONAL


def customer(state, use=BUSINESS, **more):
    return buyer("US", f"US-{state}", use=use, **more)


MARCH = date(2026, 3, 1)
CHICAGO = LocalRate("Chicago lease tax", "US-IL", Fraction(15, 100))


def codes(ruling):
    return [note.code for note in ruling.notes]


def american(*states):
    return seller("US", *[f"US-{state}" for state in states], subdivision="US-MA")


@pytest.mark.parametrize("state", sorted(state for state in STATES if state != "US-AK"))
def test_local_missing_says_that_local_taxes_exist(state):
    for day in (TODAY, date(2027, 1, 1)):
        ruling = decide(EVERYWHERE, buyer("US", state, use=PERSONAL), day)
        if type(ruling) is Charged:
            assert ruling.local_missing is STATES[state][1]
            assert not decide(EVERYWHERE, buyer("US", state, use=PERSONAL), day, local=()).local_missing


def test_alaska_has_local_taxes_alone():
    ruling = decide(EVERYWHERE, customer("AK"))
    assert (type(ruling), ruling.reason) == (Undetermined, UndeterminedReason.LOCAL_RULE_UNKNOWN)
    assert type(decide(EVERYWHERE, customer("AK"), local=())) is NotTaxable
    juneau = decide(EVERYWHERE, customer("AK"), local=[LocalRate("Juneau", "US-AK", Fraction(5, 100))])
    assert (percent_charged(juneau), len(juneau.components)) == (5, 1)


def test_local_rates_come_from_a_function_that_is_called_once():
    asked = []

    def resolve(state, postal_code, day):
        asked.append((state, postal_code, day))
        return AUSTIN

    who = buyer("US", "US-TX", "78701", use=BUSINESS)
    assert percent_charged(decide(EVERYWHERE, who, local=resolve)) == 6.6  # 8.25 % of 80 %
    assert asked == [("US-TX", "78701", TODAY)]
    assert percent_charged(decide(EVERYWHERE, who)) == 5
    assert percent_charged(decide(DUBLIN, buyer("FR"), local=resolve)) == 20
    assert type(decide(EVERYWHERE, buyer("US"), local=resolve)) is Undetermined
    assert len(asked) == 1


def test_local_rates_in_the_facts_have_postal_codes_and_days():
    here = LocalRate("City", "US-TX", Fraction(1, 100), "78701", since=date(2026, 1, 1), until=date(2027, 1, 1))
    tables = default_facts().with_local_rates(here, LocalRate("County", "US-NY", Fraction(3, 100)))
    there = buyer("US", "US-TX", "78701", use=BUSINESS)
    rates = [
        percent_charged(decide(EVERYWHERE, there, day, facts=tables))
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1))
    ]
    assert rates == [5, 5.8, 5]
    assert percent_charged(decide(EVERYWHERE, buyer("US", "US-TX", "75001"), facts=tables)) == 5
    assert decide(EVERYWHERE, buyer("US", "US-TX"), facts=tables).local_missing
    assert percent_charged(decide(EVERYWHERE, customer("NY"), facts=tables)) == 7


@pytest.mark.parametrize(
    "rates",
    [
        (AUSTIN[0], AUSTIN[0]),
        (AUSTIN[0], attrs.evolve(AUSTIN[0], authority="CITY OF AUSTIN", rate=Fraction(1, 200))),
        (*AUSTIN, LocalRate("County", "US-TX", Fraction(1, 1000))),  # 2.1 % in Texas
        (LocalRate("Texas sales tax", "US-TX", Fraction(1, 100)),),  # the state's own
        (LocalRate("us-tx", "US-TX", Fraction(1, 100)),),
        (LocalRate("County", "US-NY", Fraction(1, 100)),),  # another state
    ],
)
def test_local_rates_that_cannot_stand_together_are_refused(rates):
    with pytest.raises(InvalidValueError):
        decide(EVERYWHERE, customer("TX"), local=rates)


@pytest.mark.parametrize("rates", [{"City": 1}, "AB", (Fraction(1, 100),), lambda *_: None, 5, [None]])
def test_local_rates_of_another_type_are_refused(rates):
    with pytest.raises(InvalidTypeError):
        decide(EVERYWHERE, customer("TX"), local=rates)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("rate", Fraction(26, 100), InvalidValueError), ("rate", Fraction(-1, 100), InvalidValueError), ("rate", 0.01, InvalidTypeError),
        ("authority", " ", InvalidValueError), ("authority", None, InvalidTypeError), ("state", "US-XX", UnknownSubdivisionError),
        ("source", "", InvalidValueError), ("postal_code", 78701, InvalidTypeError), ("since", "2026-01-01", InvalidTypeError),
        ("until", EARLY, InvalidValueError), ("until", "x", InvalidTypeError),
    ],
)  # fmt: skip
def test_a_local_rate_is_checked(field, value, error):
    good = LocalRate("City", "US-TX", Fraction(25, 100), since=date(2026, 1, 1))
    with pytest.raises(error):
        attrs.evolve(good, **{field: value})


def test_a_local_tax_with_its_own_rule_is_charged_where_the_state_taxes_nothing():
    ruling = decide(american("IL"), buyer("US", "US-IL"), MARCH, local=(CHICAGO,))
    assert percent_charged(ruling) == 15
    assert [each.name for each in ruling.components] == ["Chicago lease tax"]
    assert ruling.rules[-2:] == (Rule.CATEGORY_NOT_TAXED, Rule.LOCAL_TAX_GIVEN)
    assert NoteCode.LOCAL_ALONE in codes(ruling)
    assert TaxGroup(Money.of("100.00", "USD"), ruling).tax == Money.of("15.00", "USD")
    denver = LocalRate("Denver", "US-CO", Fraction(481, 10000))
    before = decide(american("CO"), buyer("US", "US-CO"), date(2026, 12, 31), local=(denver,))
    assert percent_charged(before) == 4.81
    by_facts = decide(american("IL"), buyer("US", "US-IL"), MARCH, facts=default_facts().with_local_rates(CHICAGO))
    assert by_facts.components == ruling.components
    # No registration, no tax; and a state without any tax may have such a town as well.
    assert type(decide(american("TX"), buyer("US", "US-IL"), MARCH, local=(CHICAGO,))) is NotCollecting
    oregon = LocalRate("Town", "US-OR", Fraction(1, 100))
    alone = decide(american("OR"), buyer("US", "US-OR"), MARCH, local=(oregon,))
    assert (percent_charged(alone), alone.rules[-2:]) == (1, (Rule.REGISTERED, Rule.LOCAL_TAX_GIVEN))
    assert NoteCode.LOCAL_UNEXPECTED in codes(alone)
    assert type(decide(american(), buyer("US", "US-OR"), MARCH, local=(oregon,))) is NotTaxable


def test_an_ordinary_local_tax_follows_the_state_and_the_result_says_so():
    cook = LocalRate("Cook County", "US-IL", Fraction(175, 10000), follows_state=True)
    ruling = decide(american("IL"), buyer("US", "US-IL"), MARCH, local=(cook,))
    assert (type(ruling), codes(ruling)[-1]) == (NotTaxable, NoteCode.LOCAL_DROPPED)
    assert "Cook County" in ruling.notes[-1].text
    both = decide(american("IL"), buyer("US", "US-IL"), MARCH, local=(cook, CHICAGO))
    assert percent_charged(both) == 15
    assert {NoteCode.LOCAL_DROPPED, NoteCode.LOCAL_ALONE} <= set(codes(both))
    austin = LocalRate("Austin", "US-TX", Fraction(1, 100), follows_state=True)
    assert percent_charged(decide(american("TX"), buyer("US", "US-TX"), MARCH, local=(austin,))) == 5.8  # 80 % of 7.25
    with pytest.raises(InvalidTypeError):
        attrs.evolve(cook, follows_state=1)


def test_an_override_and_a_negotiated_licence_leave_local_taxes_as_they_are():
    untaxed = default_facts().with_override(Override("US-NY", SupplyCategory.SAAS, False, "us"))
    town = LocalRate("Town", "US-NY", Fraction(2, 100))
    assert percent_charged(decide(american("NY"), buyer("US", "US-NY"), MARCH, facts=untaxed, local=(town,))) == 2
    denver = LocalRate("Denver", "US-CO", Fraction(4, 100))
    licence = Supply(negotiated_licence=True)
    later = decide(american("CO"), buyer("US", "US-CO"), date(2027, 1, 1), supply=licence, local=(denver,))
    assert percent_charged(later) == 4
    certificate = ExemptionCertificate("N", CertificateKind.RESALE, "Buyer", ("US-IL",), date(2026, 1, 1))
    exempt = decide(american("IL"), buyer("US", "US-IL", certificates=(certificate,)), MARCH, local=(CHICAGO,))
    assert type(exempt) is Exempt


@pytest.mark.parametrize(
    ("resolved", "written", "is_charged"),
    [
        (None, "78701", True),
        ("78701", "78701", True),
        ("78701", "78701-1234", True),  # ZIP+4 of the same ZIP
        ("78701", "787011234", True),
        ("78701-1234", "78701-1234", True),
        ("78701-1234", "78701", False),
        ("78701", "78702", False),
        ("78701", None, False),
    ],
)
def test_local_rates_hold_for_their_postal_code(resolved, written, is_charged):
    rate = LocalRate("Austin", "US-TX", Fraction(1, 100), resolved)
    whom = buyer("US", "US-TX", written)
    for more in ({"local": (rate,)}, {"facts": default_facts().with_local_rates(rate)}):
        ruling = decide(american("TX"), whom, MARCH, **more)
        assert percent_charged(ruling) == (5.8 if is_charged else 5)
        assert ruling.local_missing is not is_charged
    assert "other days or postal codes" in explain_ruling(ruling) or is_charged


def test_local_rates_hold_on_their_days():
    change = date(2026, 4, 1)
    old = LocalRate("Austin", "US-TX", Fraction(1, 100), until=change)
    new = LocalRate("Austin", "US-TX", Fraction(2, 100), since=change)
    whom = buyer("US", "US-TX")
    for more in ({"local": (old, new)}, {"facts": default_facts().with_local_rates(old, new)}):
        days = [percent_charged(decide(american("TX"), whom, day, **more)) for day in (change - ONE_DAY, change)]
        assert days == [5.8, 6.6]  # 80 % of 7.25 and of 8.25; not "given twice"
    with pytest.raises(InvalidValueError, match="given twice"):
        decide(american("TX"), whom, change, local=(new, new))
    alaska = LocalRate("Juneau", "US-AK", Fraction(5, 100), until=change)
    assert type(decide(american("AK"), buyer("US", "US-AK"), change, local=(alaska,))) is Undetermined
    assert type(decide(american("AK"), buyer("US", "US-AK"), change, local=())) is NotTaxable


def test_a_local_rate_of_a_state_without_local_taxes_is_remarked():
    hartford = LocalRate("Hartford", "US-CT", Fraction(1, 100))
    ruling = decide(american("CT"), buyer("US", "US-CT"), MARCH, local=(hartford,))
    assert NoteCode.LOCAL_UNEXPECTED in codes(ruling)
    assert NoteCode.LOCAL_UNEXPECTED not in codes(decide(american("CT"), buyer("US", "US-CT"), MARCH))
