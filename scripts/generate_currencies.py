"""Write ``billingcore/_facts/currencies.py`` from a CSV of the ISO 4217 list.

Usage: ``python scripts/generate_currencies.py CSV [--out FILE]``.

The CSV has a header and one row a code. Columns that are read:

- ``code``: the three letters;
- ``name``: the currency's name, as the list prints it;
- ``status``: ``active`` or ``withdrawn``;
- ``minor_units``: the number of digits of an active code; empty where the list prints N.A.;
- ``withdrawn``: the withdrawal month of a withdrawn code, as the list prints it (``2002-03``, ``1989 to 1990``);
- ``babel_2_18_digits``, ``icu_78_digits``: the digits in two editions of CLDR; empty where it has none;
- ``java17_digits``: the digits in the Java class library; empty or -1 where it has none.

The list of withdrawn codes prints no number of digits. A withdrawn code is supported only if it was withdrawn in
1999 or later and the digits of CLDR (every edition that has the code) and of Java, two tables kept independently of
each other, are equal. Agreement is all that is asked of them: CLDR's digits are for display and are not ISO's, so
CLDR alone never decides.
"""

import argparse
import csv
import re
from pathlib import Path  # noqa: TID251 - a maintainer script reads and writes files

LIST_DATE = "2026-01-01"
CHECKED_ON = "2026-11-23"
EARLIEST_WITHDRAWAL = "1999-01"
OUT = Path(__file__).parent.parent / "src" / "billingcore" / "_facts" / "currencies.py"

HEADER = f'''"""Currencies of ISO 4217: codes, names, number of digits of the minor unit.

The list of {LIST_DATE} (list one: active codes and funds; list three: withdrawn codes), checked on {CHECKED_ON}.
Written by scripts/generate_currencies.py; do not edit by hand.
"""
# fmt: off

__all__ = [
    "CHECKED_ON", "EDITION", "EXPONENTS", "LIST_DATE", "NAMES", "NO_MINOR_UNIT", "SOURCE", "WITHDRAWN",
    "WITHDRAWN_UNKNOWN",
]

EDITION = "{CHECKED_ON}"
LIST_DATE = "{LIST_DATE}"
CHECKED_ON = "{CHECKED_ON}"
SOURCE = "ISO 4217, lists one and three of {LIST_DATE}"
'''

EXPONENTS_COMMENT = """
# Active codes, funds included: digits of the minor unit. These are ISO's, not CLDR's (see the module `money`).
"""
NO_MINOR_UNIT_COMMENT = """
# Active codes for which the list prints N.A.: metals, units of account, testing, none. No amount of them is payable.
"""
WITHDRAWN_COMMENT = """
# Withdrawn codes that a document since 1999 may carry: (digits, withdrawal month).
# The list has no digits for withdrawn codes, so they are taken from elsewhere, and only where two tables that are
# kept independently of each other agree: Java 17's and CLDR's (47 by way of Babel 2.18, and 48 by way of ICU 78
# where it still has the code). CLDR's digits are for display and often fewer than ISO's; Java follows ISO. So a code
# on which both agree has no cash-only reading left, and a code on which they disagree (BEF, GRD, PTE, BYB, ROL, MRO,
# SLL, STD, TMM, TPE, ZMK, ZWD) is refused rather than guessed.
# The month is as printed. The list is not consistent about it: HRK 2023-01 is the first month without the currency,
# LTL 2014-12 the last month with it, and the currencies that the euro replaced first are printed with the
# month after the last of their notes (2002-03). Show it; do not compute with it.
"""
UNKNOWN_COMMENT = """
# The other withdrawn codes: withdrawn before 1999, or no two tables agree on their digits. Refused by name.
"""


def digits_of(row: dict[str, str]) -> int | None:
    """Return the digits of a withdrawn code on which CLDR and Java agree, or None."""
    cldr = {row[column] for column in ("babel_2_18_digits", "icu_78_digits") if row[column]}
    if cldr != {row["java17_digits"]} or cldr == {"-1"}:
        return None
    return int(cldr.pop())


def is_since_1999(month: str) -> bool:
    """Say whether a withdrawal month, as printed, is one month in 1999 or later."""
    return re.fullmatch(r"\d{4}-\d{2}", month) is not None and month >= EARLIEST_WITHDRAWAL


def wrapped(items: list[str], per_line: int) -> str:
    """Lay literals out, some to a line."""
    lines = [", ".join(items[at : at + per_line]) for at in range(0, len(items), per_line)]
    return "".join(f"    {line},\n" for line in lines)


def quoted(text: str) -> str:
    """Write a text as a literal, in double quotes unless it holds some."""
    return repr(text) if '"' in text else f'"{text}"'


def module_text(rows: list[dict[str, str]]) -> str:
    """Build the text of the module from the rows of the list."""
    rows = sorted(rows, key=lambda row: row["code"])
    codes = [row["code"] for row in rows]
    if len(set(codes)) != len(codes) or not all(re.fullmatch("[A-Z]{3}", code) for code in codes):
        raise SystemExit("a code is listed twice, or is not three letters")
    if {row["status"] for row in rows} != {"active", "withdrawn"}:
        raise SystemExit("a status is neither active nor withdrawn")
    exponents, without, withdrawn, unknown = [], [], [], []
    for row in rows:
        code = quoted(row["code"])
        if row["status"] == "active" and row["minor_units"]:
            exponents.append(f"{code}: {int(row['minor_units'])}")
        elif row["status"] == "active":
            without.append(code)
        elif (digits := digits_of(row)) is not None and is_since_1999(row["withdrawn"]):
            withdrawn.append(f"{code}: ({digits}, {quoted(row['withdrawn'])})")
        else:
            unknown.append(code)
    names = [f"{quoted(row['code'])}: {quoted(row['name'])}" for row in rows]
    return (
        f"{HEADER}{EXPONENTS_COMMENT}EXPONENTS: dict[str, int] = {{\n{wrapped(exponents, 10)}}}\n"
        f"{NO_MINOR_UNIT_COMMENT}NO_MINOR_UNIT: frozenset[str] = frozenset((\n{wrapped(without, 13)}))\n"
        f"{WITHDRAWN_COMMENT}WITHDRAWN: dict[str, tuple[int, str]] = {{\n{wrapped(withdrawn, 4)}}}\n"
        f"{UNKNOWN_COMMENT}WITHDRAWN_UNKNOWN: frozenset[str] = frozenset((\n{wrapped(unknown, 13)}))\n"
        f"\n# Names of all codes above, as the list prints them.\n"
        f"NAMES: dict[str, str] = {{\n{wrapped(names, 1)}}}\n"
    )


def main() -> None:
    """Read the CSV, write the module, say what was written."""
    parser = argparse.ArgumentParser(description="Write the table of currencies from a CSV of ISO 4217.")
    parser.add_argument("csv", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    with arguments.csv.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    arguments.out.write_text(module_text(rows), encoding="utf-8")
    print(f"{arguments.out}: {len(rows)} codes")


if __name__ == "__main__":
    main()
