"""Our tax ID rules against python-stdnum, over systematic mutations of real numbers and over any digits.

Where the two disagree, the disagreement has a row below with its reason; any other one fails.
"""

from itertools import product
from string import ascii_uppercase

import pytest
import stdnum.ar.cuit
import stdnum.au.abn
import stdnum.ca.bn
import stdnum.ch.vat
import stdnum.cl.rut
import stdnum.co.nit
import stdnum.eu.vat
import stdnum.gb.vat
import stdnum.il.hp
import stdnum.in_.gstin
import stdnum.jp.cn
import stdnum.mx.rfc
import stdnum.no.mva
import stdnum.nz.ird
import stdnum.rs.pib
import stdnum.sg.uen
import stdnum.th.tin
import stdnum.tr.vkn
import stdnum.tw.ubn
import stdnum.ua.edrpou
from hypothesis import given
from hypothesis import strategies as st

from billingcore.tax_ids import TaxId, check_tax_id, parse_tax_id
from tax_id_numbers import EU, VALID, WORKED

OTHERS = {
    "GB": stdnum.gb.vat,
    "XI": stdnum.gb.vat,
    "CHE": stdnum.ch.vat,
    "NO": stdnum.no.mva,
    "AU": stdnum.au.abn,
    "NZ": stdnum.nz.ird,
    "CA": stdnum.ca.bn,
    "IN": stdnum.in_.gstin,
    "RS": stdnum.rs.pib,
    "TR": stdnum.tr.vkn,
    "JP": stdnum.jp.cn,
    "AR": stdnum.ar.cuit,
    "CL": stdnum.cl.rut,
    "CO": stdnum.co.nit,
    "IL": stdnum.il.hp,
    "MX": stdnum.mx.rfc,
    "SG": stdnum.sg.uen,
    "TH": stdnum.th.tin,
    "TW": stdnum.tw.ubn,
    "UA": stdnum.ua.edrpou,
}
HOME = {"EL": "GR", "XI": "GB", "CHE": "CH"}
DIGITS = "0123456789"
NOT_DIGITS = str.maketrans("", "", ascii_uppercase)


def only_zeros(number):
    return not number.translate(NOT_DIGITS).strip("0") or number[2:] == "000000000"  # after the key in France


def birth_month_of_no_kind(number):
    # python-stdnum takes the month modulo 50 and then modulo 20, so 41 and 92 become months too.
    return 41 <= int(number[2:4]) <= 49 or 91 <= int(number[2:4]) <= 99


def gb_range(number):
    first = int(number[:7])
    return first < 1000000 or first == 1000000 or 9490001 <= first <= 9700000 or first >= 9990001


# schemes, the numbers (without prefix) that are meant, our answer, why, an example
DIFFERENCES = (
    (
        [*EU, "CL", "CO", "TW", "UA"],
        only_zeros,
        False,
        "nobody is given a number of zeros: customers type it to get past a form",
        "HU00000000",
    ),
    (
        ["BE"],
        lambda n: n[-2:] in {"00", "98", "99"},
        False,
        "97 - remainder is 01 to 97, never 00 (its like mod 97), 98 or 99",
        "BE1000002100",
    ),
    (["CZ", "SK"], birth_month_of_no_kind, False, "only +20, +50 and +70 are added to a month of birth", "CZ059704540"),
    (["ES"], lambda n: n[0] in "NPQRSW" and n[-1] in DIGITS, False, "these end in a letter by law", "ESN58554973"),
    (["ES"], lambda n: n[0] in "ABEH" and n[-1] not in DIGITS, False, "these end in a digit by law", "ESB0818001J"),
    (["ES"], lambda n: n[0] in "KLM" and not 1 <= int(n[1:3]) <= 56, False, "there is no such province", "ESM5783024L"),
    (["GB", "XI"], gb_range, False, "HMRC never issues these ranges; jsvat, valvat and gobl agree", "GB958281483"),
    (
        ["NL"],
        lambda n: len(n) < 12,
        False,
        "nine digits stand before the B; missing zeros are a typing error",
        "NL1241643B01",
    ),
    (["RO"], lambda n: len(n) == 13, False, "a personal code is no VAT number", "RO1630615123457"),
    (["AU"], lambda n: n[0] == "1" and n[1] == "0", True, "the published test passes for 10...", "10042908793"),
    (["IN"], lambda n: n[:2] in {"38", "97"}, True, "Ladakh and Other Territory are states too", "97AAPFU0939F1ZO"),
    (["TW"], lambda n: len(n) == 8, True, "five divides the sum since April 2023: ten did before", "00000005"),
    (
        ["SG"],
        lambda n: n[0] == "M",
        True,
        "a GST number of its own, which the module for the UEN does not know",
        "M212345678",
    ),
    (["SG"], lambda n: n[0] in "RST", True, "types of entities and years are added: they are not listed", "T26XX0653B"),
    (["SG"], lambda n: len(n) == 10 and n[0] in DIGITS, True, "a year is not compared with the clock", "602303699E"),
    (["MX"], lambda n: len(n) == 10, False, "without its last three characters it stands on no invoice", "COMG600703"),
    (
        ["MX"],
        lambda n: n[:4] in {"PUTO", "BUEI"},
        True,
        "words that are not issued to persons are not listed",
        "BUEI561231GR8",
    ),
    (["JP"], lambda n: n[0] == "T", True, "an invoice number is T and the corporate number", "T5835678256246"),
)
"""Both refuse an NO number without MVA and a CHE number without its suffix (jsvat accepts the first),
and both accept an EE number that does not begin with 10 (jsvat refuses it)."""


def theirs(scheme, text):
    module = OTHERS.get(scheme)
    return module.is_valid(text) if module else stdnum.eu.vat.is_valid(text)


def assert_agrees(scheme, prefix, number):
    text = prefix + number
    ours = isinstance(check_tax_id(text, HOME.get(scheme, scheme)), TaxId)
    if ours == theirs(scheme, text):
        return
    reasons = [
        why
        for schemes, meant, accepted, why, _ in DIFFERENCES
        if scheme in schemes and accepted is ours and meant(number)
    ]
    assert reasons, f"{text}: we say {ours}, python-stdnum says {not ours}"


def mutations(number):
    """Every number that differs in one place, or in one place and the last; and one digit too many or too few."""
    last = len(number) - 1
    for place, char in enumerate(number):
        others = DIGITS if char in DIGITS else (char, "A", "B", "O", "W", "Z", "7")
        ends = DIGITS if number[last] in DIGITS else (number[last], "A", "K", "V")
        for other, end in product(others, ends):
            changed = number[:place] + other + number[place + 1 :]
            yield changed[:last] + end if place < last else changed
        yield number[:place] + number[place + 1 :]
        yield number[:place] + "0" + number[place:]


SAMPLES = [row[:3] for row in (*VALID, *WORKED) if row[0] in EU or row[0] in OTHERS]


@pytest.mark.parametrize(("scheme", "country", "text"), SAMPLES)
def test_mutations_of_real_numbers_get_the_same_answer(scheme, country, text):
    number = parse_tax_id(text, country)
    prefix = number.text.removesuffix(number.number)
    for changed in mutations(number.number):
        assert_agrees(scheme, prefix, changed)


LENGTHS = {
    "BG": (9, 10),
    "CZ": (8, 10),
    "LT": (9, 12),
    "RO": (2, 10),
    "GB": (9, 9),
    "XI": (9, 9),
    "AU": (11, 11),
    "NZ": (8, 9),
    "CL": (8, 9),
    "CO": (8, 16),
    "TH": (13, 13),
}
WITH_LETTERS = {"AT", "CY", "ES", "IE", "NL"}
ALL_DIGITS = [*(scheme for scheme in EU if scheme not in WITH_LETTERS), "GB", "XI", "AU", "NZ", "TR", "RS"]
ALL_DIGITS += ["AR", "CL", "CO", "IL", "TH", "TW", "UA"]


@pytest.mark.parametrize("siren", ["404833048", "399859412", "000004537"])
def test_every_french_key_gets_the_same_answer(siren):
    for key in product(DIGITS + ascii_uppercase, repeat=2):
        assert_agrees("FR", "FR", "".join(key) + siren)


@given(data=st.data(), scheme=st.sampled_from(ALL_DIGITS))
def test_any_digits_get_the_same_answer(data, scheme):
    prefix = "" if scheme in {"AU", "NZ", "TR", "RS", "AR", "CL", "CO", "IL", "TH", "TW", "UA"} else scheme
    shortest, longest = LENGTHS.get(scheme, (8, 12))
    digits = data.draw(st.text(alphabet=DIGITS, min_size=shortest - 1, max_size=longest - 1))
    for last in DIGITS:
        assert_agrees(scheme, prefix, digits + last)


@pytest.mark.parametrize(("schemes", "meant", "accepted", "why", "text"), DIFFERENCES)
def test_every_listed_difference_is_real(schemes, meant, accepted, why, text):
    scheme = text[:2] if text[:2] in EU or text[:2] == "GB" else schemes[0]
    assert scheme in schemes
    assert isinstance(check_tax_id(text, HOME.get(scheme, scheme)), TaxId) is accepted, why
    assert theirs(scheme, text) is not accepted
    assert meant(text.removeprefix(scheme))


@pytest.mark.parametrize("text", ["EU372000041", "IM3720000224"])
def test_one_stop_shop_numbers_are_the_sellers_and_not_known_here(text):
    assert not isinstance(check_tax_id(text), TaxId)


def test_points_on_which_both_agree_and_others_do_not():
    assert not theirs("NO", "995525828")
    assert not isinstance(check_tax_id("995525828", "NO"), TaxId)
    not_10 = next(f"EE20000000{last}" for last in DIGITS if theirs("EE", f"EE20000000{last}"))
    assert isinstance(check_tax_id(not_10), TaxId)
