"""Facts that are listed: for a place, on a day, with what is unsure and what is not known."""

from datetime import date

import pytest

from billingcore._facts import canada_tax, us_sales_tax, vat_rates, vat_rates_world, vat_territories
from billingcore._facts.countries import COUNTRIES
from billingcore._tax import areas
from billingcore.errors import InvalidValueError
from billingcore.sourced import Confidence
from billingcore.tax import FactKind, facts
from samples import TODAY


def test_facts_hold_on_their_day():
    for day, percent in ((date(2025, 6, 30), "22 %"), (date(2025, 7, 1), "24 %")):
        (found,) = facts(day, place="EE", kind=FactKind.RATE)
        assert percent in found.text
        assert found.checked_on == TODAY
    assert facts(date(2020, 12, 31), place="GB", kind=FactKind.EU_MEMBERSHIP)
    assert facts(date(2021, 1, 1), place="GB", kind=FactKind.EU_MEMBERSHIP) == ()
    texas = {fact.text for fact in facts(TODAY, place="US-TX")}
    assert "software as a service, business use: taxed on 80 % of the price" in texas
    assert any("at 3 %" in fact.text for fact in facts(TODAY, place="US-MD", kind=FactKind.SAAS))
    manitoba = {
        day: [fact.text for fact in facts(day, place="CA-MB", kind=FactKind.SAAS)]
        for day in (date(2026, 1, 1), date(2018, 1, 1))
    }
    assert manitoba[date(2026, 1, 1)] == ["software as a service: RST falls on it"]
    assert manitoba[date(2018, 1, 1)] == ["software as a service: no RST"]


def test_low_and_disputed_facts_are_found():
    disputed = {fact.place for fact in facts(TODAY, confidence=Confidence.DISPUTED)}
    assert disputed == {"US-AL", "GP", "MQ", "RE", "GF", "YT"}
    low = {fact.place for fact in facts(TODAY, confidence=Confidence.LOW, kind=FactKind.RATE)}
    assert {"TH", "PK", "AW"} <= low
    assert "TH" not in {fact.place for fact in facts(date(2026, 9, 30), confidence=Confidence.LOW, kind=FactKind.RATE)}


def test_what_is_not_known_is_listed():
    unknown = {(fact.place, fact.text) for fact in facts(TODAY, kind=FactKind.UNKNOWN)}
    places = {place for place, _ in unknown}
    assert {"US", "CA", "ES", "PT", "EU", "AF", "AM", "BD", "SM", "ES-CE"} <= places
    covered = {fact.place for fact in facts(TODAY)}
    territories = {"US", "CA"} | {code for code in COUNTRIES if f"US-{code}" in us_sales_tax.STATES}
    assert covered | territories >= COUNTRIES  # every country is a fact or a gap


def test_every_row_of_every_table_is_a_fact():
    listed = facts(TODAY)
    assert all(fact.source and fact.text and type(fact.checked_on) is date for fact in listed)
    day = TODAY.isoformat()

    def holding(rows, since=1):
        return [row for row in rows if (row[since] or "") <= day and (row[since + 1] is None or day < row[since + 1])]

    expected = [
        row
        for table in (vat_rates.ROWS, vat_rates_world.ROWS, us_sales_tax.RATES, canada_tax.ROWS)
        for rows in table.values()
        for row in holding(rows)
    ]
    rates = [fact for fact in listed if fact.kind is FactKind.RATE]
    assert len(rates) == len(expected) + 8  # territories with a rate of their own
    assert len([fact for fact in listed if fact.kind is FactKind.TERRITORY]) == len(
        {(code, row[10]) for code, rows in vat_territories.ROWS.items() for row in rows}
    )


def test_every_territory_of_the_table_has_a_place():
    for rows in vat_territories.ROWS.values():
        for row in rows:
            assert row[10] in {**areas._FOLLOWED, **areas._INSIDE, **areas._OUTSIDE}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("IT/Livigno", "Livigno"),
        ("DE/Heligoland", "Heligoland"),
        ("GR-69", "Mount Athos"),
        ("GB-NIR", "Northern Ireland"),
        ("PR", "Puerto Rico sales tax"),
        ("ES-TF", "IGIC"),
        ("DE-BE", "Umsatzsteuer"),
        ("GI", "Gibraltar"),
        ("EU", "reduced rates"),
        ("AF", "its tax"),
    ],
)
def test_facts_are_found_by_every_code_that_results_show(place, expected):
    assert any(expected in fact.text for fact in facts(TODAY, place=place))


@pytest.mark.parametrize("place", ["EL", "XI", "UK", "NOPE", "", "IT/Foo", "US-XX", "de"])
def test_facts_of_no_place_are_refused(place):
    with pytest.raises(InvalidValueError):
        facts(TODAY, place=place)
