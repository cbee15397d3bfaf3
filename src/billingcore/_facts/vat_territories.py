"""Parts of countries whose VAT is not that of their country, or that are often taken for such.

A row begins as a row of `vat_rates_world`, ``(rate_ppm, since, until, tax_name, source, confidence, note, tax_type``,
and goes on with ``subdivisions, postal_pattern, territory_name, in_eu_vat_area)``.

- ``subdivisions`` are ISO 3166-2 codes; a place is in the territory if it has one of them.
- ``postal_pattern`` is to be matched against the whole postal code, in capitals (``re.fullmatch``); None where only
  the subdivision decides. A place is in the territory if either matches.
- ``in_eu_vat_area``: yes, no or goods_only, of today.

A row here goes before a row of its country. AMBIGUOUS_POSTAL holds postal codes that are used inside and outside a
territory: ``(pattern, what to do)``. Checked on 2026-11-23. Written by scripts/generate_vat_rates.py; do not edit
by hand.
"""
# fmt: off


EDITION = "2026-11-23"
CHECKED_ON = "2026-11-23"

ROWS: dict[
    str,
    tuple[
        tuple[int, str | None, str | None, str, str, str, str, str, tuple[str, ...], str | None, str, str],
        ...,
    ],
] = {
    "AT": (
        (190000, "1984-01-01", None, "USt", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", "Austrian, reached from Germany; DE 87491 is the same place", "VAT", (), "6691", "Jungholz", "yes"),
        (190000, "1984-01-01", None, "USt", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", "Austrian, reached from Germany; DE 87567 to 87569 are the same place", "VAT", (), "699[1-3]", "Mittelberg (Kleinwalsertal)", "yes"),
    ),
    "CH": (
        (81000, "2024-01-01", None, "ILCCI", "kdeldycke/vat-rates @7585c28", "medium", "CH 6911 and IT 22061 are one place; no Swiss VAT", "OUTSIDE_EU_VAT", (), "6911", "Campione d'Italia (Swiss post code)", "no"),
        (65000, "1995-01-01", "1999-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates", "high", "", "VAT", (), "8238", "Büsingen am Hochrhein (Swiss post code)", "no"),
        (75000, "1999-01-01", "2001-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates", "high", "", "VAT", (), "8238", "Büsingen am Hochrhein (Swiss post code)", "no"),
        (76000, "2001-01-01", "2011-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates", "high", "", "VAT", (), "8238", "Büsingen am Hochrhein (Swiss post code)", "no"),
        (80000, "2011-01-01", "2018-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates; kdeldycke/vat-rates @7585c28", "high", "", "VAT", (), "8238", "Büsingen am Hochrhein (Swiss post code)", "no"),
        (77000, "2018-01-01", "2024-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates; kdeldycke/vat-rates @7585c28", "high", "", "VAT", (), "8238", "Büsingen am Hochrhein (Swiss post code)", "no"),
        (81000, "2024-01-01", None, "MWST / TVA / IVA", "ESTV, history of Swiss rates; invopop/gobl @7a4ad622", "high", "", "VAT", (), "8238", "Büsingen am Hochrhein (Swiss post code)", "no"),
    ),
    "CN": (
        (0, None, None, "none", "Recurly sales taxes page (2026-07); openaccountants @284f491", "high", "", "NONE", ("CN-HK",), None, "Hong Kong", "no"),
        (50000, "2017-05-01", None, "營業稅 (VAT)", "Avalara VATlive table (2026-02-26); Recurly sales taxes page (2026-07)", "high", "", "VAT", ("CN-TW",), None, "Taiwan", "no"),
    ),
    "DE": (
        (190000, "1984-01-01", None, "USt", "kdeldycke/vat-rates @7585c28", "medium", "Austrian: taxed as AT; AT 6691 is the same place", "VAT", (), "87491", "Jungholz (Austrian, German post code)", "yes"),
        (190000, "1984-01-01", None, "USt", "kdeldycke/vat-rates @7585c28", "medium", "Austrian: taxed as AT; AT 6991 to 6993 are the same place", "VAT", (), "8756[7-9]", "Mittelberg (Austrian, German post code)", "yes"),
        (0, "2007-01-01", None, "(Swiss MWST)", "European Commission, territorial status of EU countries; ibericode/vat-rates @5abb1e1", "high", "no EU VAT; in the Swiss VAT area: a seller registered in CH charges the Swiss rate; CH 8238 is the same place", "OUTSIDE_EU_VAT", (), "78266", "Büsingen am Hochrhein", "no"),
        (0, "2007-01-01", None, "none", "European Commission, territorial status of EU countries; ibericode/vat-rates @5abb1e1", "high", "no EU VAT; a German seller has rules of its own", "OUTSIDE_EU_VAT", (), "27498", "Heligoland", "no"),
    ),
    "DK": (
        (0, "1992-01-01", None, "none", "European Commission, territorial status of EU countries; kdeldycke/vat-rates @7585c28", "high", "has a code of its own, GL", "OUTSIDE_EU_VAT", (), "39[0-9]{2}", "Greenland", "no"),
    ),
    "ES": (
        (65000, "2019-01-01", "2020-01-01", "IGIC", "reference not kept; verify again", "low", "no EU VAT; the rate is that of the local IGIC", "OUTSIDE_EU_VAT", ("ES-GC", "ES-TF"), "(35|38)[0-9]{3}", "Canary Islands", "no"),
        (70000, "2020-01-01", None, "IGIC", "European Commission, territorial status of EU countries; ibericode/vat-rates @5abb1e1", "high", "no EU VAT; the rate is that of the local IGIC", "OUTSIDE_EU_VAT", ("ES-GC", "ES-TF"), "(35|38)[0-9]{3}", "Canary Islands", "no"),
        (0, "2012-09-01", None, "IPSI", "European Commission, territorial status of EU countries; ibericode/vat-rates @5abb1e1", "high", "no EU VAT; the rate of the local IPSI was not looked up", "OUTSIDE_EU_VAT", ("ES-CE",), "51[0-9]{3}", "Ceuta", "no"),
        (0, "2012-09-01", None, "IPSI", "European Commission, territorial status of EU countries; ibericode/vat-rates @5abb1e1", "high", "no EU VAT; the rate of the local IPSI was not looked up", "OUTSIDE_EU_VAT", ("ES-ML",), "52[0-9]{3}", "Melilla", "no"),
    ),
    "FI": (
        (0, "1995-01-01", None, "ALV", "European Commission, territorial status of EU countries; kdeldycke/vat-rates @7585c28", "medium", "no EU VAT on services to Åland; Finnish VAT law holds inside Åland, so a Finnish seller charges the Finnish rate: check with an adviser", "OUTSIDE_EU_VAT", ("FI-01",), "22[0-9]{3}", "Åland Islands", "no"),
    ),
    "FR": (
        (85000, "2014-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "medium", "outside the EU VAT area, but French VAT law holds, at the rate of the overseas departments; what a seller from elsewhere charges a consumer is disputed (20 or 8.5); the first day is that of the source", "OUTSIDE_EU_VAT", ("FR-971",), "971(?!33|50)[0-9]{2}", "Guadeloupe", "no"),
        (85000, "2014-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "medium", "outside the EU VAT area, but French VAT law holds, at the rate of the overseas departments; what a seller from elsewhere charges a consumer is disputed (20 or 8.5); the first day is that of the source", "OUTSIDE_EU_VAT", ("FR-972",), "972[0-9]{2}", "Martinique", "no"),
        (85000, "2014-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "medium", "outside the EU VAT area, but French VAT law holds, at the rate of the overseas departments; what a seller from elsewhere charges a consumer is disputed (20 or 8.5); the first day is that of the source", "OUTSIDE_EU_VAT", ("FR-974",), "974[0-9]{2}", "Réunion", "no"),
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "medium", "no VAT is charged locally; what a seller from elsewhere charges a consumer is disputed (0 or the French rate)", "OUTSIDE_EU_VAT", ("FR-973",), "973[0-9]{2}", "French Guiana", "no"),
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "medium", "no VAT is charged locally; what a seller from elsewhere charges a consumer is disputed (0 or the French rate)", "OUTSIDE_EU_VAT", ("FR-976",), "976[0-9]{2}", "Mayotte", "no"),
        (200000, "2014-01-01", None, "TVA", "commerceguys/tax @d86a05c", "medium", "Corsica's reduced rates do not cover electronic services", "VAT", ("FR-20R",), "20[0-9]{3}", "Corsica", "yes"),
        (206000, "1995-08-01", "2000-04-01", "TVA", "kdeldycke/vat-rates @7585c28", "medium", "", "VAT", (), "980[0-9]{2}", "Monaco (French post code)", "yes"),
        (196000, "2000-04-01", "2014-01-01", "TVA", "kdeldycke/vat-rates @7585c28", "medium", "", "VAT", (), "980[0-9]{2}", "Monaco (French post code)", "yes"),
        (200000, "2014-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; openaccountants @284f491", "high", "taxed as FR; in the EU VAT area", "VAT", (), "980[0-9]{2}", "Monaco (French post code)", "yes"),
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28; European Commission, territorial status of EU countries", "medium", "", "OUTSIDE_EU_VAT", ("FR-BL",), "97133", "Saint-Barthélemy", "no"),
        (0, "2014-01-01", None, "TGCA (local)", "European Commission, territorial status of EU countries; kdeldycke/vat-rates @7585c28", "medium", "has local taxes that were not looked up", "OUTSIDE_EU_VAT", ("FR-MF",), "97150", "Saint-Martin", "no"),
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28", "medium", "", "OUTSIDE_EU_VAT", ("FR-PM",), "97500", "Saint-Pierre-et-Miquelon", "no"),
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28", "medium", "", "OUTSIDE_EU_VAT", ("FR-WF",), "986[0-9]{2}", "Wallis and Futuna", "no"),
        (0, "2014-01-01", None, "TVA (own law)", "kdeldycke/vat-rates @7585c28", "medium", "has a VAT of its own, which was not looked up", "OUTSIDE_EU_VAT", ("FR-PF",), "987[0-9]{2}", "French Polynesia", "no"),
        (110000, None, None, "TGC", "vatcalc.com", "low", "", "VAT", ("FR-NC",), "988[0-9]{2}", "New Caledonia", "no"),
    ),
    "GB": (
        (190000, "2014-01-13", None, "ΦΠΑ", "kdeldycke/vat-rates @7585c28; wbond/vat_moss-python tests/test_billing_address.py", "medium", "sovereign bases: taxed as CY", "VAT", (), "BFPO ?5[789]|BF1 ?2A[TU]", "Akrotiri and Dhekelia (forces post)", "yes"),
        (0, "2011-01-04", None, "none", "kdeldycke/vat-rates @7585c28; European Commission, territorial status of EU countries", "high", "no VAT; outside the VAT area of GB", "NONE", (), "GX[0-9]{1,2}( ?[0-9][A-Z]{2})?", "Gibraltar (UK-style post code)", "no"),
        (0, "2011-01-04", None, "none", "kdeldycke/vat-rates @7585c28", "high", "outside the VAT area of GB", "NONE", (), "GY[0-9]{1,2}( ?[0-9][A-Z]{2})?", "Guernsey (UK-style post code)", "no"),
        (200000, "2011-01-04", None, "VAT", "kdeldycke/vat-rates @7585c28; openaccountants @284f491", "high", "one VAT area with GB", "VAT", (), "IM[0-9]{1,2}( ?[0-9][A-Z]{2})?", "Isle of Man (UK-style post code)", "no"),
        (50000, None, None, "GST", "valeriansaliou/node-sales-tax v2.23.0; PrestaShop/LocalizationFiles @a5566d6", "medium", "outside the VAT area of GB; since 2011-06-01 (unverified)", "GST", (), "JE[0-9]{1,2}( ?[0-9][A-Z]{2})?", "Jersey (UK-style post code)", "no"),
        (175000, "1991-04-01", "2008-12-01", "VAT", "kdeldycke/vat-rates @7585c28", "medium", "", "VAT", ("GB-NIR",), "BT[0-9]{1,2}( ?[0-9][A-Z]{2})?", "Northern Ireland (services)", "goods_only"),
        (150000, "2008-12-01", "2010-01-01", "VAT", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", "", "VAT", ("GB-NIR",), "BT[0-9]{1,2}( ?[0-9][A-Z]{2})?", "Northern Ireland (services)", "goods_only"),
        (175000, "2010-01-01", "2011-01-04", "VAT", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", "", "VAT", ("GB-NIR",), "BT[0-9]{1,2}( ?[0-9][A-Z]{2})?", "Northern Ireland (services)", "goods_only"),
        (200000, "2011-01-04", None, "VAT", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", "EU rules hold for goods alone; services are taxed as in the rest of GB, and an XI number gives no reverse charge", "VAT", ("GB-NIR",), "BT[0-9]{1,2}( ?[0-9][A-Z]{2})?", "Northern Ireland (services)", "goods_only"),
    ),
    "GR": (
        (0, "2010-07-01", None, "none", "European Commission, territorial status of EU countries; ibericode/vat-rates @5abb1e1", "high", "", "OUTSIDE_EU_VAT", ("GR-69",), "63086", "Mount Athos", "no"),
        (240000, "2016-06-01", None, "ΦΠΑ", "Greek AADE circular E.2113/2025 (Law 5246/2025)", "medium", "the island rate of 17 % needs a seller on the island and a service performed there; from elsewhere it is 24 %", "VAT", ("GR-K", "GR-L"), None, "Aegean islands (reduced-rate islands)", "yes"),
    ),
    "IT": (
        (0, "2013-10-01", None, "none", "European Commission, territorial status of EU countries; ibericode/vat-rates @5abb1e1", "high", "no EU VAT", "OUTSIDE_EU_VAT", (), "23041", "Livigno", "no"),
        (81000, "2024-01-01", None, "ILCCI (local consumption tax)", "European Commission, territorial status of EU countries; ibericode/vat-rates @5abb1e1", "medium", "no EU VAT; the local tax on consumers follows the Swiss rate; CH 6911 is the same place", "OUTSIDE_EU_VAT", (), "22061", "Campione d'Italia", "no"),
        (0, None, None, "imposta monofase", "VAT Directive, articles 5 to 7 (our reading)", "medium", "the pattern is unverified", "OUTSIDE_EU_VAT", (), "4789[0-9]", "San Marino (Italian post code)", "no"),
        (0, None, None, "none", "VAT Directive, articles 5 to 7 (our reading)", "medium", "the pattern is unverified", "OUTSIDE_EU_VAT", (), "00120", "Vatican City (Italian post code)", "no"),
    ),
    "NL": (
        (60000, "2018-07-01", "2023-01-01", "BBO/BAVP/BAZV", "vatcalc.com", "medium", "", "OTHER", ("NL-AW",), None, "Aruba", "no"),
        (70000, "2023-01-01", None, "BBO/BAVP/BAZV", "vatcalc.com", "low", "", "OTHER", ("NL-AW",), None, "Aruba", "no"),
        (0, "2012-10-01", None, "ABB", "kdeldycke/vat-rates @7585c28", "medium", "has a general spending tax, which was not looked up", "OUTSIDE_EU_VAT", ("NL-BQ1", "NL-BQ2", "NL-BQ3"), None, "Bonaire, Sint Eustatius, Saba", "no"),
        (60000, None, None, "OB", "recurly/recurly-docs @38cfcc4c; valeriansaliou/node-sales-tax v2.23.0", "medium", "", "OTHER", ("NL-CW",), None, "Curaçao", "no"),
        (0, "2012-10-01", None, "TOT", "kdeldycke/vat-rates @7585c28", "medium", "has a turnover tax, which was not looked up", "OUTSIDE_EU_VAT", ("NL-SX",), None, "Sint Maarten", "no"),
    ),
    "PT": (
        (160000, "2011-01-01", "2014-01-01", "IVA", "invopop/gobl @7a4ad622; Avalara note on the 2014 Azores change", "medium", "the first day is the earliest of any source", "VAT", ("PT-20",), "9[5-9][0-9]{2}(-?[0-9]{3})?", "Azores", "yes"),
        (180000, "2014-01-01", "2021-07-01", "IVA", "ibericode/vat-rates @5abb1e1; Avalara note on the 2014 Azores change", "high", "", "VAT", ("PT-20",), "9[5-9][0-9]{2}(-?[0-9]{3})?", "Azores", "yes"),
        (160000, "2021-07-01", None, "IVA", "invopop/gobl @7a4ad622; vatupdate.com 2021-06-23", "high", "many public tables still print 18 %", "VAT", ("PT-20",), "9[5-9][0-9]{2}(-?[0-9]{3})?", "Azores", "yes"),
        (150000, "2005-07-01", "2008-07-01", "IVA", "commerceguys/tax @d86a05c", "medium", "from one source", "VAT", ("PT-30",), "9[0-4][0-9]{2}(-?[0-9]{3})?", "Madeira", "yes"),
        (140000, "2008-07-01", "2010-07-01", "IVA", "commerceguys/tax @d86a05c", "medium", "from one source", "VAT", ("PT-30",), "9[0-4][0-9]{2}(-?[0-9]{3})?", "Madeira", "yes"),
        (150000, "2010-07-01", "2011-01-01", "IVA", "commerceguys/tax @d86a05c", "medium", "from one source", "VAT", ("PT-30",), "9[0-4][0-9]{2}(-?[0-9]{3})?", "Madeira", "yes"),
        (160000, "2011-01-01", "2012-04-01", "IVA", "commerceguys/tax @d86a05c", "disputed", "from one source; two others print 22 % for these days", "VAT", ("PT-30",), "9[0-4][0-9]{2}(-?[0-9]{3})?", "Madeira", "yes"),
        (220000, "2012-04-01", None, "IVA", "ibericode/vat-rates @5abb1e1; kdeldycke/vat-rates @7585c28", "high", "", "VAT", ("PT-30",), "9[0-4][0-9]{2}(-?[0-9]{3})?", "Madeira", "yes"),
    ),
}

AMBIGUOUS_POSTAL: dict[str, tuple[tuple[str, str], ...]] = {
    "IT": (
        ("22060", "an old code of Campione d'Italia and of towns inside the VAT area; ask for the town"),
        ("23030", "an old code of Livigno and of towns inside the VAT area; ask for the town"),
    ),
}
