"""Tax numbers of Latin America, Asia, Israel and Ukraine: formats and check digits.

Read on 2026-11-23 in the documentation of python-stdnum, which cites the authorities of each country; the
implementation is ours, and the tests compare the two. Every function gets a number whose shape was checked.
"""

# ruff: noqa: PLR2004 - weights, moduli and remainders are the published rule itself; names would hide it

import re

from billingcore.tax_ids._checks import Scheme, doubled_sum, is_date, luhn, weighted


def _ar_parts(number: str) -> bool:
    # 20 to 27 are persons, 30 to 34 companies, 50 to 55 for dealings abroad.
    return number[:2] in ("20", "23", "24", "27", "30", "33", "34", "50", "51", "55")


def _ar(number: str) -> bool:
    check = -weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return int(number[10]) == (9 if check == 10 else check)


def _cl(number: str) -> bool:
    # The weights 2 to 7 begin again at every seventh digit from the right; 11 - r, of which 10 is written K.
    weights = (3, 2, 7, 6, 5, 4, 3, 2)[9 - len(number) :]
    return "0123456789K"[-weighted(number[:-1], weights) % 11] == number[-1]


_CO_WEIGHTS = (71, 67, 59, 53, 47, 43, 41, 37, 29, 23, 19, 17, 13, 7, 3)


def _co(number: str) -> bool:
    rest = weighted(number[:-1], _CO_WEIGHTS[16 - len(number) :]) % 11
    return int(number[-1]) == (rest if rest < 2 else 11 - rest)


def _il_parts(number: str) -> bool:
    return number[0] == "5"


def _mx_parts(number: str) -> bool:
    born = number[-9:-3]
    return is_date(2000 + int(born[:2]), int(born[2:4]), int(born[4:]))


_SG_OTHERS = "ABCDEFGHJKLMNPQRSTUVWX0123456789"


def _sg(number: str) -> bool:
    if number[0] == "M":  # a GST number of its own: its last character is not defined in any source at hand
        return True
    if len(number) == 9:
        return "XMKECAWLJDB"[weighted(number[:8], (10, 4, 9, 3, 8, 2, 7, 1)) % 11] == number[8]
    if number[0].isdigit():
        return "ZKCMDNERGWH"[weighted(number[:9], (10, 8, 6, 4, 9, 7, 5, 3, 1)) % 11] == number[9]
    values = [_SG_OTHERS.index(character) for character in number[:9]]
    total = sum(value * weight for value, weight in zip(values, (4, 3, 5, 3, 10, 2, 2, 5, 7), strict=True))
    return _SG_OTHERS[(total - 5) % 11] == number[9]


def _th_parts(number: str) -> bool:
    return number[0] != "9"  # 0 is a company, 1 to 8 a person


def _th(number: str) -> bool:
    total = weighted(number, (13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2))
    return (11 - total % 11) % 10 == int(number[12])


def _tw(number: str) -> bool:
    # Divisible by 5 since April 2023, when numbers ran out; by 10 before. A 7 in the seventh place makes 28, whose
    # digits make 10, whose digits make 1: it counts as 0 or as 1.
    doubled = doubled_sum("0" + number[:6])
    fourth = 4 * int(number[6])
    total = doubled + fourth // 10 + fourth % 10 + int(number[7])
    return total % 5 == 0 or (number[6] == "7" and (total + 1) % 5 == 0)


def _ua(number: str) -> bool:
    weights = (7, 1, 2, 3, 4, 5, 6) if number[0] in "345" else (1, 2, 3, 4, 5, 6, 7)
    check = weighted(number, weights) % 11
    if check == 10:
        check = weighted(number, tuple([weight + 2 for weight in weights])) % 11 % 10
    return check == int(number[7])


_MX_WORDS = "3 letters (a company) or 4 (a person), a date of 6 digits and 3 characters"
_SG_WORDS = (
    "a UEN (8 digits and a letter; 9 digits and a letter; R, S or T, 2 digits, 2 letters, 4 digits and a letter), "
    "or a GST number of M, a digit or R, 7 digits and a character (its last character is not verified)"
)
_SG_SHAPE = re.compile("[0-9]{8,9}[A-Z]|[RST][0-9]{2}[A-HJ-NP-X]{2}[0-9]{4}[A-HJ-NP-X]|M[0-9R][0-9]{7}[0-9A-Z]")

FURTHER = (
    Scheme("AR", "a CUIT of 11 digits, the last a check digit", (11,), _ar, _ar_parts, layouts={11: "##-########-#"}),
    Scheme(
        "CL",
        "a RUT of 7 or 8 digits and a check digit or K",
        (8, 9),
        _cl,
        None,
        re.compile("[0-9]{7,8}[0-9K]"),
        layouts={8: "#.###.###-#", 9: "##.###.###-#"},
    ),
    Scheme(
        "CO",
        "a NIT of 8 to 16 digits, the last a check digit",
        tuple(range(8, 17)),
        _co,
        layouts={10: "###.###.###-#"},
    ),
    Scheme("IL", "9 digits, the first 5, the last a check digit", (9,), luhn, _il_parts),
    # About one real number in seventy fails the published check, so it is not verified.
    Scheme("MX", _MX_WORDS, (12, 13), None, _mx_parts, re.compile("[A-Z&]{3,4}[0-9]{6}[0-9A-Z]{3}")),
    Scheme("SG", _SG_WORDS, (9, 10), _sg, None, _SG_SHAPE),
    Scheme("TH", "13 digits, the last a check digit", (13,), _th, _th_parts, layouts={13: "#-####-#####-##-#"}),
    Scheme("TW", "8 digits, the last a check digit", (8,), _tw),
    Scheme("UA", "an EDRPOU of 8 digits, the last a check digit", (8,), _ua),
)
