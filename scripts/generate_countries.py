"""Rewrite the country codes of ``billingcore/_facts/countries.py`` from the installed pycountry.

Usage: ``python scripts/generate_countries.py [--out FILE]``.

Only the lines between the two marks are written; the hints below them are kept by hand. The script refuses to write
a hint for a code that has become a country, so that a new country is noticed.
"""

import argparse
import re
from pathlib import Path  # noqa: TID251 - a maintainer script reads and writes files

import pycountry

OUT = Path(__file__).parent.parent / "src" / "billingcore" / "_facts" / "countries.py"
BEGIN = "# begin: written by scripts/generate_countries.py\n"
END = "# end\n"
PER_LINE = 17


def block(codes: list[str]) -> str:
    """Lay the codes out as a literal."""
    quoted = [f'"{code}"' for code in sorted(codes)]
    lines = [", ".join(quoted[at : at + PER_LINE]) for at in range(0, len(quoted), PER_LINE)]
    body = "".join(f"    {line},\n" for line in lines)
    return f'COUNTRIES: frozenset[str] = frozenset((\n{body}))\n"""The {len(codes)} country codes of ISO 3166-1 alpha-2."""\n'


def main() -> None:
    """Read pycountry, rewrite the block, say what was written."""
    parser = argparse.ArgumentParser(description="Rewrite the literal of ISO 3166-1 alpha-2 codes.")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    codes = [country.alpha_2 for country in pycountry.countries]
    before, rest = arguments.out.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END, 1)[1]
    if clash := set(codes) & set(re.findall(r'^ +"([A-Z]{2})":', after, re.MULTILINE)):
        raise SystemExit(f"a hint stands for a code that is a country: {sorted(clash)}")
    arguments.out.write_text(before + BEGIN + block(codes) + END + after, encoding="utf-8")
    print(f"{arguments.out}: {len(codes)} countries")


if __name__ == "__main__":
    main()
