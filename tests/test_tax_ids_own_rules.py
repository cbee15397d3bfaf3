"""A caller's own rules for tax IDs: for further countries, and in the place of ours."""

import pickle

import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError, UnknownCountryError
from billingcore.tax_ids import Malformed, TaxId, TaxIdProblem, check_tax_id, parse_tax_id
from samples import Text


def eleven_digits(text):
    if len(text) != 11:
        return TaxIdProblem.BAD_LENGTH
    return text if text.isdigit() else TaxIdProblem.BAD_FORMAT


OWN = {"AR": eleven_digits, "DE": eleven_digits}


def test_an_own_rule_serves_a_further_country():
    number = parse_tax_id("20-12345678-6", "AR", extra=OWN)
    assert (number.scheme, number.number, number.text, number.format()) == ("own:AR", *["20123456786"] * 3)
    assert (number.country, number.subdivision, number.is_format_only) == ("AR", None, False)
    assert (number.fits("AR"), number.fits("BR")) == (True, False)
    assert pickle.loads(pickle.dumps(number)) == number == TaxId("own:AR", "20123456786")
    assert parse_tax_id("20-12345678-6", "AR").scheme == "AR", "without it our own is asked"


def test_an_own_rule_refuses_with_a_reason():
    refused = check_tax_id("20-1234", "AR", extra=OWN)
    assert refused == Malformed("20-1234", TaxIdProblem.BAD_LENGTH, "what the own rule for AR accepts")


def reason(text, country=None, **more):
    result = check_tax_id(text, country, **more)
    assert isinstance(result, Malformed), result
    return result.reason


def test_an_own_rule_replaces_ours_and_the_result_shows_it():
    assert parse_tax_id("12345678901", "DE", extra=OWN).scheme == "own:DE"
    assert reason("DE113866163", "DE", extra=OWN) is TaxIdProblem.BAD_FORMAT
    assert parse_tax_id("DE113866163", extra=OWN).scheme == "DE", "without a billing country no own rule is asked"
    assert parse_tax_id("39868210", "GR", extra={}) == parse_tax_id("039868210", "GR", extra=OWN)


def test_an_own_rule_never_sees_hostile_text():
    seen = []
    for text in ("1" * 65, "1\n", "\u0661", ""):
        assert isinstance(check_tax_id(text, "AR", extra={"AR": seen.append}), Malformed)
    assert seen == []


@pytest.mark.parametrize(
    ("extra", "error"),
    [
        (["AR"], InvalidTypeError),
        ({"AR": "11 digits"}, InvalidTypeError),
        ({"AR": lambda _: None}, InvalidTypeError),
        ({"AR": lambda _: True}, InvalidTypeError),
        ({"AR": Text}, InvalidTypeError),
        ({"AR": lambda _: ""}, InvalidValueError),
        ({"AR": lambda _: "é"}, InvalidValueError),
    ],
)
def test_an_own_rule_that_breaks_its_contract_is_refused(extra, error):
    with pytest.raises(error):
        check_tax_id("20123456786", "AR", extra=extra)


@pytest.mark.parametrize("code", ["ZZ", "XX", "AA", "UK", "EL", "XI"])
def test_two_letters_are_not_yet_a_country(code):
    with pytest.raises(UnknownCountryError, match=f"country '{code}'"):
        check_tax_id("12345", code, extra={"DE": str})
    with pytest.raises(UnknownCountryError):
        check_tax_id("DE113866163").fits(code)
    with pytest.raises(InvalidValueError, match=f"scheme 'own:{code}': no such scheme"):
        TaxId(f"own:{code}", "12345")


def test_own_rules_are_for_countries_that_there_are():
    with pytest.raises(UnknownCountryError, match="country 'UK'"):
        check_tax_id("1", "DE", extra={"UK": str})
    with pytest.raises(InvalidTypeError, match="extra must be a callable for FR"):
        check_tax_id("1", extra={"FR": 5})
