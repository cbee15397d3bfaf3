"""US sales tax: registration, taxability by date and use, components."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore._facts.us_sales_tax import RATES, SAAS, STATES
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.parties import BuyerStatus, Use
from billingcore.sourced import Confidence
from billingcore.tax import (
    Charged,
    Disputed,
    LocalRate,
    NotCollecting,
    NotCollectingReason,
    NoteCode,
    NotTaxable,
    OutsideScope,
    Override,
    Rule,
    Supply,
    SupplyCategory,
    TaxGroup,
    Undetermined,
    UndeterminedReason,
    default_facts,
)
from samples import DUBLIN, LOCAL, ONE_DAY, TODAY, buyer, decide, percent_charged, registrations, seller

EVERYWHERE = seller("US", *sorted(STATES), subdivision="US-MA")
AUSTIN = (LocalRate("City of Austin", "US-TX", Fraction(1, 100)), LocalRate("Transit", "US-TX", Fraction(1, 100)))
BUSINESS, PERSONAL = Use.BUSINESS, Use.PERSONAL


def customer(state, use=BUSINESS, **more):
    return buyer("US", f"US-{state}", use=use, **more)


MARCH = date(2026, 3, 1)
NOBODY = NotCollectingReason.SELLER_NOT_REGISTERED


def test_texas_taxes_four_fifths_of_the_price():
    # 1000.00 × 80 % = 800.00; at 6.25 % 50.00, at 1 % 8.00 twice: 66.00.
    ruling = decide(EVERYWHERE, customer("TX"), local=AUSTIN)
    group = TaxGroup(Money.of("1000.00", "USD"), ruling)
    assert [str(tax.amount) for _, tax in group.component_taxes()] == ["50.00", "8.00", "8.00"]
    assert group.tax == Money.of("66.00", "USD")
    assert group.ruling.rules == (Rule.STATE_OF_BILLING_ADDRESS, Rule.REGISTERED, Rule.CATEGORY_TAXED)
    # A public Texas calculator: 500.00 × 80 % at 6.25 % and 0.50 %: 25.00 and 2.00.
    half = (LocalRate("City", "US-TX", Fraction(1, 200)),)
    group = TaxGroup(Money.of("500.00", "USD"), decide(EVERYWHERE, customer("TX"), local=half))
    assert [str(tax.amount) for _, tax in group.component_taxes()] == ["25.00", "2.00"]


def tax_of(ruling, net, currency="USD"):
    return TaxGroup(Money.of(net, currency), ruling).tax.amount


def test_new_york_city_adds_three_taxes_each_rounded_once():
    # 100.00 at 4 % + 4.5 % + 0.375 %: 4.00 + 4.50 + 0.38 = 8.88; at the combined 8.875 % also 8.88.
    city = (LocalRate("New York City", "US-NY", Fraction(45, 1000)), LocalRate("MCTD", "US-NY", Fraction(375, 100_000)))
    ruling = decide(EVERYWHERE, customer("NY"), local=city)
    assert ruling.rate == Fraction(8875, 100_000)
    assert tax_of(ruling, "100.00") == "8.88"


CHANGES = """
state use      day         before  after
CA    business 2027-01-01  -       7.25
CA    personal 2027-01-01  -       7.25
CO    business 2027-01-01  -       2.9
CO    personal 2027-01-01  -       2.9
CT    personal 2019-10-01  1       6.35
IA    personal 2019-01-01  -       6
KY    business 2023-01-01  -       6
LA    business 2025-01-01  -       5
LA    business 2030-01-01  5       4.75
MD    business 2021-03-14  -       6
MD    business 2022-07-01  6       -
MD    business 2025-07-01  -       3
MD    personal 2021-03-14  -       6
MS    business 2023-07-01  7       -
RI    business 2018-10-01  -       7
SD    business 2016-06-01  4       4.5
SD    business 2023-07-01  4.5     4.2
SD    business 2027-07-01  4.2     4.5
TN    business 2015-07-01  -       7
VT    business 2024-07-01  -       6
DC    business 2009-10-01  5.75    6
DC    business 2013-10-01  6       5.75
DC    business 2018-10-01  5.75    6
DC    business 2026-10-01  6       7
PR    business 2015-07-01  5.5     10.5
NM    business 2022-07-01  5.125   5
NM    business 2023-07-01  5       4.875
AZ    business 2013-06-01  6.6     5.6
MA    business 2009-08-01  5       6.25
UT    business 2019-04-01  4.7     4.85
SC    business 2007-06-01  5       6
OH    business 2013-09-01  5.5     5.75
"""
CHANGES = [tuple(line.split()) for line in CHANGES.split("\n")[2:-1]]


@pytest.mark.parametrize(("state", "use", "day", "before", "after"), CHANGES)
def test_a_change_happens_on_its_day(state, use, day, before, after):
    day = date.fromisoformat(day)
    for each, expected in ((day - ONE_DAY, before), (day, after)):
        ruling = decide(EVERYWHERE, customer(state, Use(use)), each)
        if expected == "-":
            assert (type(ruling), ruling.rules[-1]) == (NotTaxable, Rule.CATEGORY_NOT_TAXED)
        else:
            assert percent_charged(ruling) == float(expected)


def test_every_dated_row_changes_something_on_its_day_or_is_a_mere_rate():
    named = {(state, day) for state, _, day, _, _ in CHANGES}
    for state, rows in SAAS.items():
        for use, since, *_ in rows:
            if since and since not in ("2015-01-01", "2019-01-01", "2019-10-01"):
                assert (state.removeprefix("US-"), since) in named, (state, use, since)


@pytest.mark.parametrize("state", sorted(RATES))
def test_rates_follow_each_other(state):
    rows = RATES[state]
    assert [row[2] for row in rows[:-1]] == [row[1] for row in rows[1:]]
    assert rows[-1][2] is None
    for use in ("business", "personal"):
        own = [row for row in SAAS[state] if row[0] == use]
        assert [row[2] for row in own[:-1]] == [row[1] for row in own[1:]]
        assert own[-1][2] is None
        assert all(row[6] and row[7] in {"high", "medium", "low"} for row in own)


@pytest.mark.parametrize(
    ("state", "day", "percent"),
    [
        ("DC", date(2025, 10, 15), 6),
        ("DC", date(2026, 10, 15), 7),
        ("CA", date(2027, 1, 1), 7.25),
        ("UT", TODAY, 4.85),
        ("HI", TODAY, 4),
    ],
)
def test_the_convention_of_a_rate(state, day, percent):
    # California 6.00 + 1.25 everywhere; Utah's mandatory 1.25 is local; the 6.5 % of DC was repealed.
    assert percent_charged(decide(EVERYWHERE, customer(state), day)) == percent


def test_use_matters_in_five_states():
    today = {
        state: [decide(EVERYWHERE, customer(state, use)).rate * 100 for use in Use]
        for state in ("CT", "IA", "MD", "OH")
    }
    assert today == {"CT": [1, Fraction("6.35")], "IA": [0, 6], "MD": [3, 6], "OH": [Fraction("5.75"), 0]}
    day = date(2027, 1, 1)
    negotiated = decide(EVERYWHERE, customer("CO"), day, supply=Supply(negotiated_licence=True))
    assert (type(negotiated), type(decide(EVERYWHERE, customer("CO"), day))) == (NotTaxable, Charged)


def notes(ruling):
    return [note.code for note in ruling.notes]


def test_a_use_that_nobody_asked_for_is_a_visible_default():
    consumer = decide(EVERYWHERE, customer("CT", None))
    business = decide(EVERYWHERE, customer("CT", None, status=BuyerStatus.BUSINESS))
    assert [percent_charged(each) for each in (consumer, business)] == [6.35, 1]
    assert all(NoteCode.USE_ASSUMED in notes(each) for each in (consumer, business))
    assert NoteCode.USE_ASSUMED not in notes(decide(EVERYWHERE, customer("CT")))
    assert NoteCode.USE_ASSUMED not in notes(decide(EVERYWHERE, customer("NY", None)))


def test_alabama_is_disputed_unless_the_caller_decides():
    ruling = decide(EVERYWHERE, customer("AL"))
    assert (type(ruling), ruling.confidence, ruling.is_settled) == (Disputed, Confidence.DISPUTED, False)
    assert "caller must decide" in ruling.detail
    taxed = default_facts().with_override(Override("US-AL", SupplyCategory.SAAS, True, "our adviser"))
    assert percent_charged(decide(EVERYWHERE, customer("AL"), facts=taxed)) == 4
    free = default_facts().with_override(Override("US-AL", SupplyCategory.SAAS, False, "our adviser"))
    assert decide(EVERYWHERE, customer("AL"), facts=free).rules[-1] is Rule.OVERRIDDEN
    flat = default_facts().with_override(
        Override("US-AL", SupplyCategory.SAAS, True, "flat election", Fraction(8, 100))
    )
    assert percent_charged(decide(EVERYWHERE, customer("AL"), facts=flat)) == 8
    with pytest.raises(InvalidValueError):
        TaxGroup(Money.of("1.00", "USD"), ruling)


def test_an_override_of_louisiana_is_visible():
    tables = default_facts().with_override(Override("US-LA", SupplyCategory.SAAS, False, "production exemption"))
    ruling = decide(EVERYWHERE, customer("LA"), facts=tables)
    assert (type(ruling), ruling.source, notes(ruling)) == (NotTaxable, "production exemption", [NoteCode.OVERRIDDEN])
    half = default_facts().with_override(Override("US-LA", SupplyCategory.SAAS, True, "us", base=Fraction(1, 2)))
    assert percent_charged(decide(EVERYWHERE, customer("LA"), facts=half)) == 2.5


@pytest.mark.parametrize("state", ["DE", "MT", "NH", "OR", "AS", "GU", "MP", "VI"])
def test_states_without_a_sales_tax(state):
    for who in (EVERYWHERE, seller("US")):
        ruling = decide(who, customer(state))
        assert (type(ruling), ruling.rules[-1]) == (NotTaxable, Rule.NO_SUCH_TAX)
    low = ("AS", "GU", "MP", "VI")
    assert ruling.confidence is (Confidence.LOW if state in low else Confidence.HIGH)


def test_registration_comes_before_taxability_and_is_not_the_same():
    unregistered = seller("US", "US-MA")
    for state in ("TX", "CA", "AL"):
        ruling = decide(unregistered, customer(state))
        assert (type(ruling), ruling.reason) == (NotCollecting, NotCollectingReason.SELLER_NOT_REGISTERED)
        assert ruling.rules == (Rule.STATE_OF_BILLING_ADDRESS, Rule.SELLER_NOT_REGISTERED)
    dated = seller("US")
    dated = attrs.evolve(dated, registrations=registrations("US-TX", since=date(2026, 1, 1)))
    assert [type(decide(dated, customer("TX"), day)) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [
        NotCollecting,
        Charged,
    ]
    assert type(decide(DUBLIN, customer("TX"))) is OutsideScope
    assert type(decide(seller("IE", "IE", "US-TX"), customer("TX"))) is Charged
    assert type(decide(seller("IE", "IE", "US-TX"), customer("OR"))) is OutsideScope


def test_an_address_without_a_state():
    ruling = decide(EVERYWHERE, buyer("US"))
    assert (type(ruling), ruling.reason) == (Undetermined, UndeterminedReason.SUBDIVISION_MISSING)
    assert type(decide(seller("US"), buyer("US"))) is NotCollecting
    assert type(decide(DUBLIN, buyer("US"))) is OutsideScope
    outlying = decide(EVERYWHERE, buyer("US", "US-UM"))
    assert (type(outlying), outlying.reason) == (Undetermined, UndeterminedReason.PLACE_NOT_COVERED)


def test_a_category_that_is_not_covered():
    supply = Supply(SupplyCategory.ELECTRONIC_SERVICE)
    ruling = decide(EVERYWHERE, customer("TX"), supply=supply)
    assert (type(ruling), ruling.reason) == (Undetermined, UndeterminedReason.CATEGORY_NOT_COVERED)
    tables = default_facts().with_override(Override("US-TX", SupplyCategory.ELECTRONIC_SERVICE, True, "us"))
    assert percent_charged(decide(EVERYWHERE, customer("TX"), supply=supply, facts=tables)) == 6.25


def test_days_of_which_nothing_is_known():
    vermont = decide(EVERYWHERE, customer("VT"), date(2014, 12, 31))
    assert (type(vermont), vermont.reason) == (Undetermined, UndeterminedReason.CATEGORY_NOT_COVERED)
    assert type(decide(EVERYWHERE, customer("VT"), date(2015, 1, 1))) is NotTaxable
    for state in ("NY", "MA"):
        assert type(decide(EVERYWHERE, customer(state), date(2003, 6, 30))) is Undetermined
        # An unknown first day is no reason to doubt a state's rate, but of Pennsylvania's tax of 1950 nothing is known.
    override = default_facts().with_override(Override("US-NY", SupplyCategory.SAAS, True, "us"))
    early = decide(EVERYWHERE, customer("NY"), date(2004, 1, 1), facts=override)
    assert (type(early), early.reason) == (Undetermined, UndeterminedReason.NO_RATE_FOR_DATE)
    arkansas = default_facts().with_override(Override("US-AR", SupplyCategory.SAAS, True, "us"))
    assert type(decide(EVERYWHERE, customer("AR"), date(2003, 6, 30), facts=arkansas)) is Undetermined
    assert percent_charged(decide(EVERYWHERE, customer("AR"), date(2003, 7, 1), facts=arkansas)) == 6


def test_the_registration_is_of_the_state():
    assert EVERYWHERE.registration(LOCAL, TODAY, "US", "US-TX") is not None
    assert EVERYWHERE.registration(LOCAL, TODAY, "US") is None


def codes(ruling):
    return [note.code for note in ruling.notes]


def test_a_registration_in_the_us_without_a_state_is_named():
    everywhere = seller("JP", "US")
    ruling = decide(everywhere, buyer("US", "US-TX"), MARCH)
    assert (type(ruling), ruling.reason, codes(ruling)) == (NotCollecting, NOBODY, [NoteCode.REGISTRATION_DOUBTFUL])
    assert codes(decide(seller("JP", "US-NY"), buyer("US", "US-TX"), MARCH)) == []
    assert codes(decide(seller("IE", "US"), buyer("US", "US-TX"), MARCH)) == [NoteCode.REGISTRATION_DOUBTFUL]
