"""The United Kingdom with Northern Ireland, and the countries outside the European Union.

Read on 2026-11-23 in the documentation and tests of python-stdnum, in the number
lists of jsvat and valvat and in the regimes of gobl. A scheme without ``sums`` is
format only: it has no check digit, or one that no source at hand defines.
Every function gets a number whose shape was checked, without its prefix.
"""

# ruff: noqa: PLR2004 - weights, moduli and ranges are the published rule itself; names would hide it

import re

from billingcore.tax_ids._checks import Scheme, first_not_zero, luhn, mod_11_10, weighted


def _gb_series(number: str) -> tuple[int, int]:
    """Return the first seven digits and the remainder that tells the series: 0 old, 42 or 55 new."""
    return int(number[:7]), (weighted(number, (8, 7, 6, 5, 4, 3, 2)) + int(number[7:9])) % 97


def _gb_parts(number: str) -> bool:
    if not number[0].isdigit():
        return (number[:2] == "GD") == (number[2:] < "500")
    first_seven, remainder = _gb_series(number)
    if number[:9] == "000000000" or (first_seven == 1000000 and remainder in (42, 55)):
        return False
    never_in_old = 100000 <= first_seven <= 999999 or 9490001 <= first_seven <= 9700000 or first_seven >= 9990001
    return remainder != 0 or not never_in_old


def _gb(number: str) -> bool:
    if not number[0].isdigit():
        return True  # departments and health authorities have no check digit
    first_seven, remainder = _gb_series(number)
    return remainder == 0 or (remainder in (42, 55) and first_seven > 1000000)


def _not_zeros(number: str) -> bool:
    return number[:9] != "000000000"


def _che(number: str) -> bool:
    # A check digit of 10 is never issued: no digit equals it.
    return -weighted(number, (5, 4, 3, 2, 7, 6, 5, 4)) % 11 == int(number[8])


def _no(number: str) -> bool:
    return weighted(number, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _au(number: str) -> bool:
    return (weighted(number, (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)) - 10) % 89 == 0


def _nz_parts(number: str) -> bool:
    return 10_000_001 <= int(number) <= 149_999_999


def _nz(number: str) -> bool:
    digits = number[:-1].zfill(8)
    check = -weighted(digits, (3, 2, 7, 6, 5, 4, 3, 2)) % 11
    if check == 10:  # 10 again is never issued: no digit equals it
        check = -weighted(digits, (7, 4, 3, 2, 5, 2, 7, 6)) % 11
    return check == int(number[-1])


def _ca(number: str) -> bool:
    return luhn(number[:9])


def _qc_parts(number: str) -> bool:
    return number[12:] != "0000"


_IN_NEWER_STATES = (38, 97)  # Ladakh; other territory


def _in_parts(number: str) -> bool:
    state = int(number[:2])
    return (1 <= state <= 37 or state in _IN_NEWER_STATES) and number[5] in "ABCFGHLJPTK"


def _in(number: str) -> bool:
    total = 0
    for place, char in enumerate(number[:14]):
        product = int(char, 36) * (1 + place % 2)
        total += product // 36 + product % 36
    return -total % 36 == int(number[14], 36)


def _jp(number: str) -> bool:
    digits = number[-13:]
    rest = digits[:0:-1]
    return 9 - (sum(map(int, rest[::2])) + 2 * sum(map(int, rest[1::2]))) % 9 == int(digits[0])


def _tr(number: str) -> bool:
    total = 0
    for place, digit in enumerate(number[8::-1], start=1):
        shifted = (int(digit) + place) % 10
        if shifted:
            total += shifted * 2**place % 9 or 9
    return -total % 10 == int(number[9])


def _za_parts(number: str) -> bool:
    return number[0] == "4"


_GB_WORDS = "9 digits with two check digits, perhaps 3 of a branch; or GD000 to GD499, HA500 to HA999"
_GB_SHAPE = re.compile("[0-9]{9}|[0-9]{12}|(?:GD|HA)[0-9]{3}")
_CHE_WORDS = "9 digits, the last a check digit, and MWST, TVA, IVA or TPV"
_CHE_SHAPE = re.compile("[0-9]{9}(?:MWST|TVA|IVA|TPV)")
_CHE_LAYOUTS = {12: "CHE-###.###.### ###", 13: "CHE-###.###.### ####"}
_CA_WORDS = "9 digits, the last a check digit, and for a GST/HST account RT and 4 digits (RC, RM, RP: other accounts)"
_CA_SHAPE = re.compile("[0-9]{9}(?:R[CMPT][0-9]{4})?")
_IN_WORDS = "15 characters: state, PAN, entity, Z, check character"
_IN_SHAPE = re.compile("[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]")

CA_QC = Scheme(
    "CA-QC",
    "10 digits, TQ and 4 digits, not 0000",
    (16,),
    None,
    _qc_parts,
    re.compile("[0-9]{10}TQ[0-9]{4}"),
    country="CA",
)
CA_BC = Scheme("CA-BC", "8 digits", (8,), prefix="PST", country="CA", layouts={8: "PST-####-####"})

WORLD = (
    Scheme(
        "GB",
        _GB_WORDS,
        (5, 9, 12),
        _gb,
        _gb_parts,
        _GB_SHAPE,
        prefix="GB",
        fits=("GB", "IM"),
        layouts={9: "GB ### #### ##", 12: "GB ### #### ## ###"},
    ),
    Scheme(
        "XI",
        _GB_WORDS,
        (5, 9, 12),
        _gb,
        _gb_parts,
        _GB_SHAPE,
        prefix="XI",
        country="GB",
        layouts={9: "XI ### #### ##", 12: "XI ### #### ## ###"},
    ),
    Scheme(
        "CHE",
        _CHE_WORDS,
        (12, 13),
        _che,
        _not_zeros,
        _CHE_SHAPE,
        prefix="CHE",
        country="CH",
        fits=("CH", "LI"),
        layouts=_CHE_LAYOUTS,
    ),
    # The suffix asserts registration for VAT; without it the number only names a firm.
    Scheme(
        "NO",
        "9 digits, the last a check digit, and MVA",
        (12,),
        _no,
        _not_zeros,
        re.compile("[0-9]{9}MVA"),
        prefix="NO",
        layouts={12: "NO ### ### ### ###"},
    ),
    Scheme("AU", "an ABN of 11 digits, the first not 0", (11,), _au, first_not_zero, layouts={11: "## ### ### ###"}),
    Scheme(
        "NZ",
        "8 or 9 digits from 10000001 to 149999999, the last a check digit",
        (8, 9),
        _nz,
        _nz_parts,
        layouts={8: "##-###-###", 9: "###-###-###"},
    ),
    Scheme("CA", _CA_WORDS, (9, 15), _ca, _not_zeros, _CA_SHAPE),
    CA_QC,
    CA_BC,
    Scheme("IN", _IN_WORDS, (15,), _in, _in_parts, _IN_SHAPE),
    Scheme(
        "JP",
        "13 digits, the first a check digit, for an invoice T before them",
        (13, 14),
        _jp,
        None,
        re.compile("T?[0-9]{13}"),
    ),
    Scheme("RS", "9 digits, the last a check digit", (9,), mod_11_10),
    Scheme("TR", "10 digits, the last a check digit", (10,), _tr),
    # An EIN is no exemption number for sales tax.
    Scheme("US", "an EIN of 9 digits", (9,), layouts={9: "##-#######"}),
    Scheme("IS", "5 or 6 digits", (5, 6)),
    Scheme("SM", "a COE of at most 5 digits", (1, 2, 3, 4, 5)),
    Scheme("KR", "10 digits", (10,), layouts={10: "###-##-#####"}),
    Scheme("ZA", "10 digits, the first 4", (10,), None, _za_parts),
    Scheme("BR", "a CNPJ of 14 characters, the last two digits", (14,), pattern=re.compile("[0-9A-Z]{12}[0-9]{2}")),
    Scheme("AE", "a TRN of 15 digits", (15,)),
    Scheme("SA", "a TRN of 15 digits", (15,)),
)
