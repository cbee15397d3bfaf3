"""What a user should know about rows of the VAT tables, in our own words, and which rows belong together.

Read by ``generate_vat_rates.py``. Places are written as the CSV prints them: country, subdivisions, postal pattern.
"""

SKIPPED = frozenset(("XI",))
"""Codes of the CSV that are no countries and get no row: XI is a VAT prefix of a part of GB."""

WHOLE_COUNTRIES = frozenset(("SM", "VA"))
"""Countries with one postal pattern for all of them: they are no parts of a country."""

AMBIGUOUS_POSTAL = {
    "IT": (
        ("22060", "an old code of Campione d'Italia and of towns inside the VAT area; ask for the town"),
        ("23030", "an old code of Livigno and of towns inside the VAT area; ask for the town"),
    ),
}
"""Postal codes that are used inside and outside a territory."""

PATTERNS = {
    r"971\d{2}": r"971(?!33|50)\d{2}",  # 97133 is Saint-Barthélemy, 97150 is Saint-Martin
    "23041|23030": "23041",
    "22061|22060": "22061",
    r"BT\d.*": r"BT\d{1,2}( ?\d[A-Z]{2})?",
    r"IM\d.*": r"IM\d{1,2}( ?\d[A-Z]{2})?",
    r"GY\d.*": r"GY\d{1,2}( ?\d[A-Z]{2})?",
    r"JE\d.*": r"JE\d{1,2}( ?\d[A-Z]{2})?",
    "BFPO5[78]|BF12A[TU]": "BFPO ?5[78]|BF1 ?2A[TU]",
}
"""Patterns of the CSV that are too wide or ambiguous, or that refuse a space, and ours."""

FOLLOWS = {
    ("FR", "", r"980\d{2}"): ("MC", "Monaco (French postal code)", "yes"),
    ("FR", "", "97133"): ("BL", "Saint-Barthélemy (French postal code)", "no"),
    ("FR", "", "97150"): ("MF", "Saint-Martin (French postal code)", "no"),
    ("FR", "", "97500"): ("PM", "Saint-Pierre-et-Miquelon (French postal code)", "no"),
    ("FR", "", r"986\d{2}"): ("WF", "Wallis and Futuna (French postal code)", "no"),
    ("FR", "", r"987\d{2}"): ("PF", "French Polynesia (French postal code)", "no"),
    ("FR", "", r"988\d{2}"): ("NC", "New Caledonia (French postal code)", "no"),
    ("GB", "GB-NIR", r"BT\d.*"): ("GB", "Northern Ireland (services)", "goods_only"),
    ("GB", "", r"IM\d.*"): ("IM", "Isle of Man (British postal code)", "no"),
    ("IT", "", r"4789\d"): ("SM", "San Marino (Italian postal code)", "no"),
    ("IT", "", "00120"): ("VA", "Vatican City (Italian postal code)", "no"),
}
"""Places that have the whole history of a country: place -> (country, name, in the EU VAT area today)."""

NOTES = {
    # Members of the EU, and the United Kingdom.
    ("BG", "", "", "1999-01-01"): "the currency is EUR since 2026-01-01, BGN before; the rate is the same",
    ("DE", "", "", "2020-07-01"): "temporary cut",
    ("GB", "", "", "1991-04-01"): "Northern Ireland included",
    ("GB", "", "", "2008-12-01"): "temporary cut; Northern Ireland included",
    ("GB", "", "", "2010-01-01"): "Northern Ireland included",
    ("GB", "", "", "2011-01-04"): "outside the EU VAT area for services since 2021-01-01; Northern Ireland included",
    ("HR", "", "", "1998-08-01"): "before 2013-07-01 the rate of a country outside the EU",
    ("HR", "", "", "2009-08-01"): "before 2013-07-01 the rate of a country outside the EU",
    ("HR", "", "", "2012-03-01"): "before 2013-07-01 the rate of a country outside the EU; EUR since 2023-01-01",
    ("IE", "", "", "2020-09-01"): "temporary cut, missing in several public tables",
    ("LU", "", "", "2023-01-01"): "temporary cut",
    ("PL", "", "", "1993-07-05"): "the first day is disputed within January to July 1993",
    ("SE", "", "", "1990-07-01"): "the first day is disputed within January to July 1990",
}
"""(place, first day or empty) -> remark."""
