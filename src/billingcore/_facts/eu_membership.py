"""Days on which the VAT rules of the EU applied in a country as in a member state.

``country: (member_from, member_until, note)``: the first day, and the first day on which they no longer applied, or
None. For the United Kingdom that is the end of its transition, not the day on which it left. Checked on
2026-11-23. Written by scripts/generate_eu_membership.py; do not edit by hand.
"""
# fmt: off


EDITION = "2026-11-23"
CHECKED_ON = "2026-11-23"
SOURCE = "Treaties of accession; withdrawal agreement of the United Kingdom, articles 126 and 127"

MEMBERS: dict[str, tuple[str, str | None, str]] = {
    "AT": ("1995-01-01", None, ""),
    "BE": ("1958-01-01", None, "founding member"),
    "BG": ("2007-01-01", None, ""),
    "CY": ("2004-05-01", None, ""),
    "CZ": ("2004-05-01", None, ""),
    "DE": ("1958-01-01", None, "founding member"),
    "DK": ("1973-01-01", None, ""),
    "EE": ("2004-05-01", None, ""),
    "ES": ("1986-01-01", None, ""),
    "FI": ("1995-01-01", None, ""),
    "FR": ("1958-01-01", None, "founding member"),
    "GB": ("1973-01-01", "2021-01-01", "left on 2020-01-31; EU VAT rules applied until the end of the transition on 2020-12-31"),
    "GR": ("1981-01-01", None, "VAT prefix EL"),
    "HR": ("2013-07-01", None, ""),
    "HU": ("2004-05-01", None, ""),
    "IE": ("1973-01-01", None, ""),
    "IT": ("1958-01-01", None, "founding member"),
    "LT": ("2004-05-01", None, ""),
    "LU": ("1958-01-01", None, "founding member"),
    "LV": ("2004-05-01", None, ""),
    "MT": ("2004-05-01", None, ""),
    "NL": ("1958-01-01", None, "founding member"),
    "PL": ("2004-05-01", None, ""),
    "PT": ("1986-01-01", None, ""),
    "RO": ("2007-01-01", None, ""),
    "SE": ("1995-01-01", None, ""),
    "SI": ("2004-05-01", None, ""),
    "SK": ("2004-05-01", None, ""),
}
