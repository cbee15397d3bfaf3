"""The tables of currencies, countries and EU membership, against independent tables."""

import re
from datetime import date

import babel
import iso4217
import pycountry
import pytest
from babel.core import get_global

from billingcore._facts import currencies, eu_membership
from billingcore._facts.countries import COUNTRIES, HINTS
from billingcore._facts.currencies import EXPONENTS, NAMES, NO_MINOR_UNIT, WITHDRAWN, WITHDRAWN_UNKNOWN
from billingcore._facts.eu_membership import MEMBERS

BABEL_DIFFERS = {"AFN", "ALL", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD", "SOS", "SYP", "YER"}
"""Active codes for which CLDR 42 (Babel 2.14) to 47 (Babel 2.18) has other digits than ISO 4217."""


def babel_digits():
    fractions = get_global("currency_fractions")
    return {code: fractions.get(code, fractions["DEFAULT"])[0] for code in EXPONENTS}


def test_active_codes_have_the_exponents_of_the_iso4217_package():
    # The package reads the same standard on its own; its list may be of another date than ours.
    theirs = {currency.code: currency.exponent for currency in iso4217.Currency}
    moved = set(theirs) ^ (set(EXPONENTS) | NO_MINOR_UNIT)
    if moved and iso4217.__published__.isoformat() != currencies.LIST_DATE:
        pytest.skip(f"the package has the list of {iso4217.__published__}; other codes: {sorted(moved)}")
    assert theirs == EXPONENTS | dict.fromkeys(NO_MINOR_UNIT)


def test_codes_of_the_iso4217_package_that_we_have_agree_whatever_its_date():
    theirs = {currency.code: currency.exponent for currency in iso4217.Currency if currency.code in EXPONENTS}
    assert theirs == {code: EXPONENTS[code] for code in theirs}
    assert len(theirs) > 150


@pytest.mark.parametrize(
    ("code", "exponent"),
    [
        ("EUR", 2),
        ("USD", 2),
        ("JPY", 0),
        ("ISK", 0),  # 2 until 2007
        ("HUF", 2),  # paid in whole forints in cash; CLDR 48 says 0
        ("RSD", 2),  # CLDR 47 says 0
        ("LBP", 2),  # CLDR says 0
        ("IQD", 3),  # CLDR says 0
        ("KWD", 3),
        ("CLF", 4),
        ("UYW", 4),
        ("XAF", 0),
        ("XAD", 2),  # unknown to CLDR 47
        ("XCG", 2),  # since 2025
        ("ZWG", 2),  # since 2024
    ],
)
def test_exponents_that_are_often_wrong(code, exponent):
    assert EXPONENTS[code] == exponent


def test_babel_has_other_digits_for_exactly_thirteen_active_codes():
    different = {code for code, digits in babel_digits().items() if digits != EXPONENTS[code]}
    version = tuple(int(part) for part in babel.__version__.split(".")[:2])
    if not (2, 14) <= version <= (2, 18) and different != BABEL_DIFFERS:
        pytest.skip(f"Babel {babel.__version__} has other data than 2.14 to 2.18: {sorted(different)}")
    assert different == BABEL_DIFFERS
    assert len(BABEL_DIFFERS) == 13


def test_every_code_stands_in_one_table_and_has_a_name():
    tables = [set(EXPONENTS), set(NO_MINOR_UNIT), set(WITHDRAWN), set(WITHDRAWN_UNKNOWN)]
    assert sum(map(len, tables)) == len(set().union(*tables)) == 307
    assert set().union(*tables) == set(NAMES)
    assert all(re.fullmatch("[A-Z]{3}", code) for code in NAMES)
    assert all(name and name == name.strip() for name in NAMES.values())


def test_codes_without_a_minor_unit():
    metals_and_units = {"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"}
    assert metals_and_units == NO_MINOR_UNIT


@pytest.mark.parametrize(
    ("code", "digits", "month"),
    [
        ("BGN", 2, "2026-01"),
        ("HRK", 2, "2023-01"),
        ("LTL", 2, "2014-12"),
        ("LVL", 2, "2014-01"),
        ("EEK", 2, "2011-01"),
        ("SKK", 2, "2009-01"),
        ("CYP", 2, "2008-01"),
        ("MTL", 2, "2008-01"),
        ("SIT", 2, "2007-01"),
        ("DEM", 2, "2002-03"),
        ("FRF", 2, "2002-03"),
        ("ESP", 0, "2002-03"),
        ("ITL", 0, "2002-03"),
        ("LUF", 0, "2002-03"),
    ],
)
def test_withdrawn_codes_that_an_invoice_may_carry(code, digits, month):
    assert WITHDRAWN[code] == (digits, month)


@pytest.mark.parametrize("code", ["BEF", "GRD", "PTE", "ROL", "MRO", "SLL", "STD", "TMM", "ZMK", "ZWD", "XEU", "YUN"])
def test_withdrawn_codes_whose_digits_are_disputed_or_unknown_are_refused(code):
    assert code in WITHDRAWN_UNKNOWN


def test_withdrawn_codes_were_withdrawn_in_1999_or_later_and_before_the_list():
    for code, (digits, month) in WITHDRAWN.items():
        assert re.fullmatch(r"\d{4}-(0\d|1[0-2])", month), code
        assert "1999-01" <= month <= currencies.LIST_DATE[:7], code
        assert digits in {0, 2}, code


def test_countries_are_those_of_pycountry():
    assert {country.alpha_2 for country in pycountry.countries} == COUNTRIES
    assert len(COUNTRIES) == 249


def test_hints_stand_for_codes_that_are_no_countries():
    assert not COUNTRIES & set(HINTS)
    assert all(re.fullmatch("[A-Z]{2}", code) for code in HINTS)
    former = {country.alpha_2 for country in pycountry.historic_countries if hasattr(country, "alpha_2")}
    assert former <= COUNTRIES | set(HINTS)


@pytest.mark.parametrize(("typed", "meant"), [("UK", "GB"), ("EL", "GR"), ("XI", "GB"), ("TP", "TL"), ("ZR", "CD")])
def test_a_hint_names_a_country(typed, meant):
    assert meant in COUNTRIES
    assert re.search(rf"\b{meant}\b", HINTS[typed])


def test_no_hint_names_a_code_that_is_no_country():
    words = {word for text in HINTS.values() for word in re.findall(r"\b[A-Z]{2}\b", text)}
    own = {"US", "EL", "XI", "XK", "AA", "XX", "ZZ", "SF", "EN", "JA"}  # a hint may name the code it is about
    assert words - own <= COUNTRIES


@pytest.mark.parametrize(
    ("country", "member_from", "member_until"),
    [
        ("DE", "1958-01-01", None),
        ("PL", "2004-05-01", None),
        ("RO", "2007-01-01", None),
        ("HR", "2013-07-01", None),
        ("GB", "1973-01-01", "2021-01-01"),  # until the end of the transition, not until it left
    ],
)
def test_days_of_membership(country, member_from, member_until):
    assert MEMBERS[country][:2] == (member_from, member_until)


def test_the_number_of_members_over_time():
    def on(day):
        return sum(since <= day and (until is None or day < until) for since, until, _ in MEMBERS.values())

    days = [
        "1972-12-31",
        "1973-01-01",
        "2004-04-30",
        "2004-05-01",
        "2013-06-30",
        "2013-07-01",
        "2020-12-31",
        "2021-01-01",
    ]
    assert [on(day) for day in days] == [6, 9, 15, 25, 27, 28, 28, 27]


def test_members_are_countries_and_dates_are_dates():
    assert set(MEMBERS) <= COUNTRIES
    for since, until, note in MEMBERS.values():
        assert date.fromisoformat(since) < (date.fromisoformat(until) if until else date.max)
        assert type(note) is str
    assert "transition" in MEMBERS["GB"][2]


@pytest.mark.parametrize("module", [currencies, eu_membership])
def test_tables_name_their_source_and_edition(module):
    assert module.SOURCE.strip()
    assert date.fromisoformat(module.CHECKED_ON) <= date.fromisoformat(module.EDITION)
