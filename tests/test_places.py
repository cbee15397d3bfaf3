"""Countries, subdivisions, addresses: what is refused, with which hint, and what pycountry is not asked."""

import pickle

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import (
    BillingError,
    InvalidTypeError,
    InvalidValueError,
    UnknownCountryError,
    UnknownSubdivisionError,
)
from billingcore.places import COUNTRIES, Address, check_country, check_subdivision, country_name, subdivisions
from samples import JUNK


def test_the_literal_is_iso_3166_1():
    assert {each.alpha_2 for each in pycountry.countries} == COUNTRIES
    assert len(COUNTRIES) == 249


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_every_country_has_a_name_and_an_address(country):
    assert check_country(country) == country == Address(country).country
    assert country_name(country)
    assert all(code.startswith(f"{country}-") for code in subdivisions(country))


@pytest.mark.parametrize(
    ("given_code", "hint"),
    [
        ("UK", "GB"),
        ("EL", "GR"),
        ("XI", "GB"),
        ("JA", "JP"),
        ("EN", "GB"),
        ("DD", "DE"),
        ("fr", "write 'FR'"),
        (" FR", "write 'FR'"),
        ("FR\n", "write 'FR'"),
        ("France", "two capital letters"),
        ("FRA", "two capital letters"),
        ("ZQ", "two capital letters"),
        ("XX", "is not known; ask for it"),
        ("\N{KELVIN SIGN}R", "two capital letters"),  # folds to KR, South Korea
        ("\N{FULLWIDTH LATIN CAPITAL LETTER F}R", "two capital letters"),
        ("F" * 10**6, "two capital letters"),
    ],
)
def test_what_is_not_a_country_is_refused_with_the_remedy(given_code, hint, quickly):
    def refused():
        with pytest.raises(UnknownCountryError) as caught:
            check_country(given_code)
        return caught.value

    error = quickly(refused)
    assert error.value == given_code
    assert hint in str(error)
    assert len(str(error)) < 250
    with pytest.raises(UnknownCountryError):
        Address(given_code)


def test_an_address_without_a_country_says_what_is_missing():
    with pytest.raises(UnknownCountryError, match="country '': a billing address needs a country"):
        Address("")
    with pytest.raises(InvalidTypeError, match="country must be an ISO 3166-1 alpha-2 code such as 'FR', not None"):
        Address(None)


@pytest.mark.parametrize("function", [check_country, country_name, subdivisions, Address])
@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: type(junk).__name__)
def test_junk_is_not_a_country(function, junk):
    subdivisions("FR")  # what is cached for 'FR' must not answer for something that is equal to it
    with pytest.raises(BillingError) as caught:
        function(junk)
    assert "country" in str(caught.value)


def test_a_subclass_of_str_is_refused_although_it_is_equal():
    class Code(str):
        __slots__ = ()

    for function in (check_country, subdivisions, country_name):
        function("FR")
        with pytest.raises(InvalidTypeError):
            function(Code("FR"))
    with pytest.raises(InvalidTypeError, match="subdivision must be an ISO 3166-2 code of US"):
        check_subdivision("US", Code("US-TX"))


def test_subdivisions_are_those_of_pycountry():
    assert subdivisions("CA") == {each.code for each in pycountry.subdivisions if each.country_code == "CA"}
    assert len(subdivisions("US")) == 57  # 50 states, the District, 6 outlying areas
    assert subdivisions("AQ") == frozenset()  # Antarctica has none
    assert subdivisions("CA") is subdivisions("CA")
    assert all(check_subdivision("CA", code) == code for code in subdivisions("CA"))


@pytest.mark.parametrize(
    ("country", "subdivision", "hint"),
    [
        ("US", "TX", "write 'US-TX'"),
        ("CA", "QC", "write 'CA-QC'"),
        ("US", "us-tx", "write it in full"),
        ("US", "Texas", "write it in full"),
        ("US", "Maryland", "write it in full"),  # a fuzzy search answers Liberia
        ("GR", "US-TX", "of GR"),
        ("US", "", "write it in full"),
        ("US", "US-TX\n", "write it in full"),
        ("US", "U\N{KELVIN SIGN}-TX", "write it in full"),
        ("AQ", "AQ-X", "of AQ"),
        ("US", "T" * 10**6, "write it in full"),
    ],
)
def test_what_is_not_a_subdivision_is_refused_with_the_remedy(country, subdivision, hint):
    with pytest.raises(UnknownSubdivisionError) as caught:
        check_subdivision(country, subdivision)
    assert hint in str(caught.value)
    with pytest.raises(UnknownSubdivisionError):
        Address(country, subdivision)


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: type(junk).__name__)
def test_junk_is_not_a_subdivision(junk):
    with pytest.raises(BillingError):
        check_subdivision("US", junk)


def test_changing_a_record_of_pycountry_changes_nothing_here():
    before, name = subdivisions("US"), country_name("FR")
    record = pycountry.countries.get(alpha_2="FR")
    try:
        record.name = "Nowhere"
        assert country_name("FR") == name == "France"
        assert subdivisions("US") == before
    finally:
        record.name = "France"


@pytest.mark.parametrize("postal_code", ["75002", "SW1A 1AA", "1234-567", "A", "9" * 16, "LV-1010"])
def test_a_postal_code_is_kept_as_it_is_written(postal_code):
    assert Address("PT", None, postal_code).postal_code == postal_code


@pytest.mark.parametrize(
    "postal_code",
    [
        "",
        " ",
        "-",
        " 75002",
        "75002 ",
        "75002\n",
        "75_002",
        "7" * 17,
        "<b>",
        "=1+1",
        "\N{ARABIC-INDIC DIGIT ONE}",
        "7" * 10**6,
    ],
)
def test_what_is_not_a_postal_code_is_refused(postal_code, quickly):
    def refused():
        with pytest.raises(InvalidValueError, match=r"postal_code .* 1 to 16 letters and digits"):
            Address("FR", None, postal_code)

    quickly(refused)


@pytest.mark.parametrize("postal_code", [75002, b"75002", True, ["7"]])
def test_a_postal_code_is_text(postal_code):
    with pytest.raises(InvalidTypeError, match="postal_code must be a str, not "):
        Address("FR", None, postal_code)


@given(st.text(max_size=20))
def test_an_address_is_made_or_refused(text):
    """Nothing but our own errors; what is accepted keeps its text and survives a pickle."""
    for arguments in ((text,), ("US", text), ("FR", None, text)):
        try:
            address = Address(*arguments)
        except BillingError:
            continue
        assert text in (address.country, address.subdivision, address.postal_code)
        assert pickle.loads(pickle.dumps(address)) == address
