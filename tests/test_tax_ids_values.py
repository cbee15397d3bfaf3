"""Tax IDs and their refusals are values: their types, their words, and what cannot be made."""

import pickle

import attrs
import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.tax_ids import Malformed, TaxId, TaxIdProblem, TaxIdState, check_tax_id, parse_tax_id
from samples import Text


def test_a_refusal_explains_itself():
    refused = check_tax_id("DE11386616")
    assert refused == Malformed("DE11386616", TaxIdProblem.BAD_LENGTH, refused.expected)
    assert refused.explain() == (
        "'DE11386616' is not a well-formed tax ID: it has the wrong length; "
        "expected DE and 9 digits, the first not 0, the last a check digit"
    )
    assert check_tax_id("12", "US").expected == "US: an EIN of 9 digits (format only, no check digit is verified)"
    assert pickle.loads(pickle.dumps(refused)) == refused
    with pytest.raises(InvalidValueError, match="it has the wrong length; expected DE and 9 digits"):
        parse_tax_id("DE11386616")


def test_every_reason_has_words():
    assert len({problem.words for problem in TaxIdProblem}) == len(TaxIdProblem) == 6


def test_the_values_are_frozen():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        parse_tax_id("DE113866163").number = "1"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        check_tax_id("DE1").text = "1"


@pytest.mark.parametrize(
    ("scheme", "number", "error", "says"),
    [
        (1, "113866163", InvalidTypeError, "scheme"),
        ("DE", 113866163, InvalidTypeError, "number"),
        ("DE", Text("113866163"), InvalidTypeError, "number"),
        ("DE", "113866164", InvalidValueError, "expected DE and 9 digits"),
        ("DE", "DE113866163", InvalidValueError, "not canonical"),
        ("DE", "113 866 163", InvalidValueError, "not canonical"),
        ("DE", "\u0661\u0661\u0663\u0668\u0666\u0666\u0661\u0666\u0663", InvalidValueError, "not canonical"),
        ("BE", "202239951", InvalidValueError, "not canonical"),
        ("NL", "001241643b01", InvalidValueError, "not canonical"),
        ("GR", "039868210", InvalidValueError, "no such scheme"),
        ("own:", "1", InvalidValueError, "no such scheme"),
        ("own:de", "1", InvalidValueError, "no such scheme"),
        ("own:AR", "", InvalidValueError, "1 to 64"),
        ("own:AR", "1" * 65, InvalidValueError, "1 to 64"),
        ("own:AR", "1\n", InvalidValueError, "1 to 64"),
        ("own:AR", "é", InvalidValueError, "1 to 64"),
    ],
)
def test_a_tax_id_that_is_not_well_formed_cannot_be_made(scheme, number, error, says):
    with pytest.raises(error, match=says):
        TaxId(scheme, number)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ((None, TaxIdProblem.BAD_LENGTH, "digits"), "text"),
        (("1", "bad_length", "digits"), "reason"),
        (("1", TaxIdProblem.BAD_LENGTH, None), "expected"),
    ],
)
def test_a_refusal_has_exact_types(fields, says):
    with pytest.raises(InvalidTypeError, match=says):
        Malformed(*fields)


def test_the_states_of_a_registry_check():
    assert [state.value for state in TaxIdState] == ["verified", "format_ok", "failed", "not_checked"]
    assert all(TaxIdState(state.value) is state and hash(state) == hash(state) for state in TaxIdState)


def test_what_is_malformed_is_cut_and_says_in_print_what_was_expected():
    refused = Malformed("x" * 1_000_000, TaxIdProblem.BAD_LENGTH, "at most 64 characters")
    assert refused.text == "x" * 64
    with pytest.raises(InvalidValueError, match=r"expected .*stands on documents"):
        Malformed("x", TaxIdProblem.BAD_LENGTH, "at most\nforged")
