"""The 27 member states of the European Union: formats and check digits.

Read on 2026-11-23 in the documentation and tests of python-stdnum and in the
number lists of jsvat, valvat, gobl and vatin (they quote the VIES FAQ and the
national authorities); where they differ, the rule and its reason stand below.
Every function gets a number whose shape was checked, without its prefix.
"""

# ruff: noqa: PLR2004 - weights, moduli and remainders are the published rule itself; names would hide it

import re

import attrs

from billingcore.tax_ids._checks import (
    Scheme,
    birth_date_exists,
    birth_number_sum,
    decimals_of_letters,
    doubled_sum,
    first_not_zero,
    is_date,
    luhn,
    mod_11_10,
    weighted,
)

_8_TO_2 = (8, 7, 6, 5, 4, 3, 2)
_9_TO_2 = (9, 8, 7, 6, 5, 4, 3, 2)


def _at(number: str) -> bool:
    total = int(number[1]) + doubled_sum(number[2:8])  # the 2nd, 4th and 6th are doubled
    return -(total + 4) % 10 == int(number[8])


def _be_first(number: str) -> bool:
    return number[0] in "01"


def _be(number: str) -> bool:
    # 97, never 00, where the remainder is 0.
    return 97 - int(number[:8]) % 97 == int(number[8:])


def _bg(number: str) -> bool:
    return _bg_company(number) if len(number) == 9 else _bg_person(number)


def _bg_company(number: str) -> bool:
    check = weighted(number, (1, 2, 3, 4, 5, 6, 7, 8)) % 11
    if check == 10:
        check = weighted(number, (3, 4, 5, 6, 7, 8, 9, 10)) % 11 % 10
    return check == int(number[8])


def _bg_person(number: str) -> bool:
    last = int(number[9])
    citizen = weighted(number, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10 == last and _bg_born(number)
    foreigner = weighted(number, (21, 19, 17, 13, 11, 9, 7, 3, 1)) % 10 == last
    # 11 - r is 11 for r = 0 and counts as 0; it is 10 for r = 1 and is never issued: no digit equals it.
    other = (11 - weighted(number, (4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 11 == last
    return citizen or foreigner or other


def _bg_born(number: str) -> bool:
    year, month, day = int(number[:2]), int(number[2:4]), int(number[4:6])
    return any(is_date(century + year, month - offset, day) for century, offset in ((1900, 0), (1800, 20), (2000, 40)))


_CY_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)


def _cy_first(number: str) -> bool:
    return number[:2] != "12"


def _cy(number: str) -> bool:
    total = sum(_CY_ODD[int(digit)] for digit in number[:8:2]) + sum(map(int, number[1:8:2]))
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[total % 26] == number[8]


_CZ_SPECIAL = (8, 8, 7, 6, 5, 4, 3, 2, 1, 0, 9)


def _cz_parts(number: str) -> bool:
    if len(number) == 8:
        return number[0] != "9"
    return _cz_is_special(number) or birth_date_exists(number)


def _cz_is_special(number: str) -> bool:
    return len(number) == 9 and number[0] == "6"


def _cz(number: str) -> bool:
    if len(number) == 8:
        # 11 - r, of which 11 counts as 1 and 10 as 0.
        return (11 - weighted(number, _8_TO_2) % 11) % 10 == int(number[7])
    if _cz_is_special(number):
        return _CZ_SPECIAL[-weighted(number[1:], _8_TO_2) % 11] == int(number[8])
    return birth_number_sum(number)


def _dk(number: str) -> bool:
    return weighted(number, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _ee(number: str) -> bool:
    return weighted(number, (3, 7, 1, 3, 7, 1, 3, 7, 1)) % 10 == 0


def _el(number: str) -> bool:
    return weighted(number, (256, 128, 64, 32, 16, 8, 4, 2)) % 11 % 10 == int(number[8])


_ES_PERSON = "TRWAGMYFPDXBNJZSQVHLCKE"
_ES_FIRST = {"X": "0", "Y": "1", "Z": "2", "K": "", "L": "", "M": ""}


def _es_parts(number: str) -> bool:
    # K, L and M are followed by the number of a province, or of those abroad.
    return number[0] not in "KLM" or 1 <= int(number[1:3]) <= 56


def _es(number: str) -> bool:
    first = number[0]
    if first.isdigit() or first in _ES_FIRST:
        return _ES_PERSON[int(_ES_FIRST.get(first, first) + number[1:8]) % 23] == number[8]
    check = -doubled_sum(number[1:8]) % 10
    return number[8] in (str(check), "JABCDEFGHI"[check])


def _fi(number: str) -> bool:
    return weighted(number, (7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0


_FR_KEY = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def _fr_parts(number: str) -> bool:
    return number[2:] != "000000000"


def _fr(number: str) -> bool:
    key, siren = number[:2], number[2:]
    if siren[:3] != "000" and not luhn(siren):  # a Monegasque number starts with 000 and is no SIREN
        return False
    if key.isdigit():
        return (12 + 3 * (int(siren) % 97)) % 97 == int(key)
    left, right = _FR_KEY.index(key[0]), _FR_KEY.index(key[1])
    pair = 24 * left + right - 10 if left < 10 else 34 * left + right - 100
    return (int(siren) + 1 + pair // 11) % 11 == pair % 11


def _hu(number: str) -> bool:
    return weighted(number, (9, 7, 3, 1, 9, 7, 3, 1)) % 10 == 0


_IE = "WABCDEFGHIJKLMNOPQRSTUV"


def _ie(number: str) -> bool:
    if number[1].isdigit():
        total = weighted(number[:7], _8_TO_2) + 9 * sum(map(_IE.index, number[8:]))
    else:  # before 2013: digit, letter or sign, five digits
        total = weighted("0" + number[2:7] + number[0], _8_TO_2)
    return _IE[total % 23] == number[7]


def _it_parts(number: str) -> bool:
    office = int(number[7:10])
    return number[:7] != "0000000" and (1 <= office <= 100 or office in (120, 121, 888, 999))


def _lt_parts(number: str) -> bool:
    return number[-2] == "1"


def _lt(number: str) -> bool:
    digits = number[:-1]
    check = weighted(digits, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2)[: len(digits)]) % 11
    if check == 10:
        check = weighted(digits, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4)[: len(digits)]) % 11 % 10
    return check == int(number[-1])


def _lu(number: str) -> bool:
    return int(number[:6]) % 89 == int(number[6:])


def _lv_parts(number: str) -> bool:
    if number[0] > "3" or number[:2] == "32":  # a company; a person whose number tells no date
        return True
    year = 1800 + 100 * int(number[6]) + int(number[4:6])
    return is_date(year, int(number[2:4]), int(number[:2]))


def _lv(number: str) -> bool:
    if number[0] > "3":
        return weighted(number, (9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)) % 11 == 3
    return (1 + weighted(number, (10, 5, 8, 4, 2, 1, 6, 3, 7, 9))) % 11 % 10 == int(number[10])


def _mt(number: str) -> bool:
    return weighted(number, (3, 4, 6, 7, 8, 9, 10, 1)) % 37 == 0


def _nl_parts(number: str) -> bool:
    return number[:9] != "000000000" and number[10:] != "00"


def _nl(number: str) -> bool:
    # Sole traders have numbers of the second kind since 2020; companies keep the first.
    return weighted(number[:8], _9_TO_2) % 11 == int(number[8]) or decimals_of_letters("NL" + number) % 97 == 1


def _pl(number: str) -> bool:
    return weighted(number, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(number[9])


def _pt(number: str) -> bool:
    # 11 - r, of which 11 and 10 count as 0.
    return (11 - weighted(number, _9_TO_2) % 11) % 11 % 10 == int(number[8])


def _ro(number: str) -> bool:
    digits = number[:-1].zfill(9)
    return 10 * weighted(digits, (7, 5, 3, 2, 1, 7, 5, 3, 2)) % 11 % 10 == int(number[-1])


def _se_parts(number: str) -> bool:
    return number[:10] != "0000000000" and number[10:] == "01"


def _se(number: str) -> bool:
    return luhn(number[:10])


def _si(number: str) -> bool:
    check = 11 - weighted(number, _8_TO_2) % 11  # 11 is never issued: no digit equals it
    return (0 if check == 10 else check) == int(number[7])


def _sk_parts(number: str) -> bool:
    return _sk_is_company(number) or birth_date_exists(number)


def _sk_is_company(number: str) -> bool:
    return number[0] != "0" and number[2] in "234789"


def _sk(number: str) -> bool:
    company = _sk_is_company(number) and int(number) % 11 == 0
    return company or (birth_date_exists(number) and birth_number_sum(number))


_ES = re.compile(
    "[0-9]{8}[A-Z]"  # citizens
    "|[KLMXYZ][0-9]{7}[A-Z]"  # other persons
    "|[ABEH][0-9]{8}"  # companies whose check character is a digit,
    "|[NPQRSW][0-9]{7}[A-J]"  # a letter,
    "|[CDFGJUV][0-9]{7}[0-9A-J]"  # or either
)
_IE_SHAPE = re.compile("[0-9]{7}[A-W]{1,2}|[0-9][A-Z+*][0-9]{5}[A-W]")
_EL_WORDS = "9 digits, the last a check digit (8 digits in old numbers)"
_8_DIGITS = "8 digits, the first not 0, the last a check digit"
_9_DIGITS = "9 digits, the first not 0, the last a check digit"

_SCHEMES = (
    Scheme("AT", "U and 8 digits, the last a check digit", (9,), _at, None, re.compile("U[0-9]{8}")),
    Scheme(
        "BE",
        "10 digits, the first 0 or 1, the last two check digits (9 digits in old numbers)",
        (9, 10),
        _be,
        _be_first,
        pad=10,
        layouts={10: "BE ####.###.###"},
    ),
    Scheme("BG", "9 or 10 digits, the last a check digit", (9, 10), _bg),
    Scheme(
        "CY", "8 digits, not starting with 12, and a check letter", (9,), _cy, _cy_first, re.compile("[0-9]{8}[A-Z]")
    ),
    Scheme("CZ", "8 digits for a company, 9 or 10 for a person, mostly with a check digit", (8, 9, 10), _cz, _cz_parts),
    Scheme("DE", _9_DIGITS, (9,), mod_11_10, first_not_zero),
    Scheme("DK", _8_DIGITS, (8,), _dk, first_not_zero),
    # Issued numbers begin with 10 today; nothing says that they always will.
    Scheme("EE", "9 digits, the last a check digit", (9,), _ee),
    Scheme("EL", _EL_WORDS, (8, 9), _el, pad=9, country="GR"),
    Scheme(
        "ES", "9 characters: a letter first, last or both, digits, and a check character", (9,), _es, _es_parts, _ES
    ),
    Scheme("FI", "8 digits, the last a check digit", (8,), _fi, fits=("FI", "AX")),
    Scheme(
        "FR",
        "a key of 2 characters (not O or I) and the 9 digits of a SIREN",
        (11,),
        _fr,
        _fr_parts,
        re.compile("[0-9A-HJ-NP-Z]{2}[0-9]{9}"),
        fits=("FR", "MC"),
    ),
    Scheme("HR", "11 digits, the last a check digit", (11,), mod_11_10),
    Scheme("HU", "8 digits, the last a check digit", (8,), _hu),
    Scheme("IE", "7 digits and a check letter, perhaps one more letter from A to W", (8, 9), _ie, None, _IE_SHAPE),
    Scheme("IT", "11 digits: 7, the office (001 to 100, 120, 121, 888, 999), a check digit", (11,), luhn, _it_parts),
    Scheme("LT", "9 or 12 digits, the last but one 1, the last a check digit", (9, 12), _lt, _lt_parts),
    Scheme("LU", "8 digits, the last two check digits", (8,), _lu),
    Scheme("LV", "11 digits of a company or a person, the last a check digit", (11,), _lv, _lv_parts),
    Scheme("MT", "8 digits, the first not 0, the last two check digits", (8,), _mt, first_not_zero),
    Scheme("NL", "9 digits, B and 2 digits, not 00", (12,), _nl, _nl_parts, re.compile("[0-9]{9}B[0-9]{2}")),
    Scheme("PL", "10 digits, the last a check digit", (10,), _pl),
    Scheme("PT", _9_DIGITS, (9,), _pt, first_not_zero),
    Scheme("RO", "2 to 10 digits, the first not 0, the last a check digit", tuple(range(2, 11)), _ro, first_not_zero),
    Scheme("SE", "12 digits, the tenth a check digit, the last two 01", (12,), _se, _se_parts),
    Scheme("SI", _8_DIGITS, (8,), _si, first_not_zero),
    Scheme("SK", "10 digits, divisible by 11 or a birth number", (10,), _sk, _sk_parts),
)

EUROPEAN_UNION = tuple(attrs.evolve(scheme, prefix=scheme.code) for scheme in _SCHEMES)
