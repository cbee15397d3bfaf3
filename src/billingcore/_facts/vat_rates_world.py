"""Standard VAT, GST and similar rates of the countries outside the EU and the United Kingdom.

A row begins as a row of `vat_rates`, ``(rate_ppm, since, until, tax_name, source, confidence, note``, and goes on
with ``tax_type, digital_b2c_ppm, nonresident_digital_from, b2b_cross_border, in_eu_vat_area, unverified_from,
foreign_regime, b2b_sure)``.

- ``since`` is None where nobody says since when: the rate was in force when the table was checked, or on the day
  before ``until``.
- ``tax_type``: VAT, GST, JCT, SST, OTHER, NONE (no such tax), OUTSIDE_EU_VAT (a territory of a member state that is
  outside the VAT area; the rate is that of its own tax, or 0 where there is none or it was not looked up).
- ``digital_b2c_ppm``: the rate for digital services to consumers where it differs, else None.
- ``nonresident_digital_from``: since when a seller from abroad charges consumers for digital services; None where it
  does not, or where the day is not known (then the note says so).
- ``b2b_cross_border``: what a business buyer is charged by a seller from abroad: reverse_charge, not_charged,
  charged, charged_once_registered, psp_or_buyer_withholds, reverse_charge_only_if_business_only_service,
  charged_unless_supplier_is_b2b_only, unknown.
- ``in_eu_vat_area``: yes or no, of today.
- ``unverified_from``: since when a seller from abroad charges consumers, where one source prints a day and nothing
  confirms it; else None.
- ``foreign_regime``: whether anything says that sellers from abroad register there or are withheld from: a first day, a
  printed day, a rule for businesses, or a payment company's list of registrations.
- ``b2b_sure``: False where ``b2b_cross_border`` rests on one seller's list.

XK (Kosovo) is not a code of ISO 3166-1. Checked on 2026-11-23. Written by scripts/generate_vat_rates.py; do not
edit by hand.
"""
# fmt: off


EDITION = "2026-11-23"
CHECKED_ON = "2026-11-23"

ROWS: dict[
    str,
    tuple[
        tuple[
            int, str | None, str | None, str, str, str, str, str, int | None, str | None, str, str, str | None, bool, bool
        ],
        ...,
    ],
] = {
    "AD": (
        (45000, "2013-01-01", None, "IGI", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "4.5 is the general rate; banking has 9.5", "VAT", None, "2013-01-01", "unknown", "no", None, True, True),
    ),
    "AE": (
        (50000, "2018-01-01", None, "VAT", "invopop/gobl @7a4ad622; openaccountants @284f491", "high", "sellers from abroad since 2018-01-01 (unverified)", "VAT", None, None, "not_charged", "no", "2018-01-01", True, True),
    ),
    "AL": (
        (200000, "2015-01-01", None, "TVSH", "kdeldycke/vat-rates @7585c28; Avalara VATlive table (2026-02-26)", "high", "", "VAT", None, "2015-01-01", "not_charged", "no", None, True, True),
    ),
    "AM": (
        (200000, None, None, "ԱԱՀ (VAT)", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "sellers from abroad since 2022-01-01 (unverified); other days are printed too", "VAT", None, None, "not_charged", "no", "2022-01-01", True, True),
    ),
    "AO": (
        (140000, "2019-10-01", None, "IVA", "Avalara VATlive table (2026-02-26); recurly/recurly-docs @38cfcc4c", "high", "a simplified regime for sellers from abroad is reported at 7 %; confirm", "VAT", None, "2019-10-01", "unknown", "no", None, True, True),
    ),
    "AR": (
        (210000, "1995-04-01", None, "IVA", "invopop/gobl @7a4ad622; Avalara VATlive table (2026-02-26)", "high", "card issuers and payment providers withhold; 2018-12-10 is printed as a start as well", "VAT", None, "2018-06-27", "psp_or_buyer_withholds", "no", None, True, True),
    ),
    "AU": (
        (100000, "2000-07-01", None, "GST", "commerceguys/tax @d86a05c; Avalara VATlive table (2026-02-26)", "high", "a business buyer states its ABN and its GST registration", "GST", None, "2017-07-01", "not_charged", "no", None, True, True),
    ),
    "AW": (
        (60000, "2018-07-01", "2023-01-01", "BBO/BAVP/BAZV", "vatcalc.com", "medium", "combined turnover taxes", "OTHER", None, None, "unknown", "no", None, True, True),
        (70000, "2023-01-01", None, "BBO/BAVP/BAZV", "vatcalc.com", "low", "combined turnover taxes; public tables disagree about the rate", "OTHER", None, None, "unknown", "no", None, True, True),
    ),
    "AX": (
        (0, "1995-01-01", None, "ALV", "European Commission, territorial status of EU countries; kdeldycke/vat-rates @7585c28", "medium", "no EU VAT on services to Åland; Finnish VAT law holds inside Åland, so a Finnish seller charges the Finnish rate: check with an adviser", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "AZ": (
        (180000, None, None, "ƏDV", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "payment providers withheld from 2017; sellers must register since 2026-01-01", "VAT", None, "2017-01-01", "psp_or_buyer_withholds", "no", None, True, True),
    ),
    "BA": (
        (170000, None, None, "PDV", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "one seller's list says that business buyers are charged", "VAT", None, None, "charged", "no", None, True, False),
    ),
    "BB": (
        (175000, None, None, "VAT", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "first day not known", "VAT", None, "2019-12-01", "charged", "no", None, True, True),
    ),
    "BD": (
        (150000, "2019-07-01", None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "medium", "5 % for services that IT enables; whether business buyers are charged is disputed", "VAT", None, "2019-07-01", "unknown", "no", None, True, True),
    ),
    "BF": (
        (180000, None, None, "TVA", "Recurly sales taxes page (2026-07)", "medium", "", "VAT", None, None, "unknown", "no", None, True, True),
    ),
    "BH": (
        (50000, "2019-01-01", "2022-01-01", "VAT", "globalvatcompliance.com; HubSpot guide (2020-06)", "high", "", "VAT", None, "2019-01-01", "not_charged", "no", None, True, True),
        (100000, "2022-01-01", None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "some public tables still print 5 %", "VAT", None, "2019-01-01", "not_charged", "no", None, True, True),
    ),
    "BI": (
        (180000, None, None, "TVA", "Recurly sales taxes page (2026-07)", "low", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "BJ": (
        (180000, None, None, "TVA", "Recurly sales taxes page (2026-07)", "medium", "sellers from abroad since October 2023 (unverified)", "VAT", None, None, "unknown", "no", "2023-10-01", True, True),
    ),
    "BL": (
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28; European Commission, territorial status of EU countries", "medium", "", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "BM": (
        (0, "2011-01-04", None, "none", "kdeldycke/vat-rates @7585c28", "medium", "", "NONE", None, None, "unknown", "no", None, False, True),
    ),
    "BO": (
        (130000, None, None, "IVA", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "medium", "part of the price: 13 % of the gross is 14.94 % of the net", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "BQ": (
        (0, "2012-10-01", None, "ABB", "kdeldycke/vat-rates @7585c28", "medium", "has a general spending tax, which was not looked up", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "BS": (
        (120000, None, "2022-01-01", "VAT", "valeriansaliou/node-sales-tax v2.23.0; globalvatcompliance.com", "medium", "", "VAT", None, "2015-07-01", "charged", "no", None, True, True),
        (100000, "2022-01-01", None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "medium", "the day of the change is unverified", "VAT", None, "2015-07-01", "charged", "no", None, True, True),
    ),
    "BT": (
        (70000, None, "2026-01-01", "GST", "globalvatcompliance.com", "low", "a sales tax until the GST", "GST", None, "2026-01-01", "unknown", "no", None, True, True),
        (50000, "2026-01-01", None, "GST", "vatcalc.com", "medium", "", "GST", None, "2026-01-01", "unknown", "no", None, True, True),
    ),
    "BW": (
        (120000, None, "2021-04-01", "VAT", "vatcalc.com", "medium", "", "VAT", None, None, "unknown", "no", None, True, True),
        (140000, "2021-04-01", "2022-08-01", "VAT", "valeriansaliou/node-sales-tax v2.23.0; vatcalc.com", "high", "", "VAT", None, None, "unknown", "no", None, True, True),
        (120000, "2022-08-01", "2023-02-01", "VAT", "valeriansaliou/node-sales-tax v2.23.0", "medium", "the last day is disputed: 2023-01-31 or 2023-03-31", "VAT", None, None, "unknown", "no", None, True, True),
        (140000, "2023-02-01", None, "VAT", "valeriansaliou/node-sales-tax v2.23.0; vatcalc.com", "medium", "the first day is disputed: 2023-02-01 or 2023-04-01", "VAT", None, None, "unknown", "no", None, True, True),
    ),
    "BY": (
        (200000, "2018-01-01", None, "ПДВ / НДС", "Avalara VATlive table (2026-02-26); HubSpot guide (2020-06)", "high", "", "VAT", None, "2018-01-01", "unknown", "no", None, True, True),
    ),
    "BZ": (
        (125000, None, None, "GST", "Recurly sales taxes page (2026-07)", "low", "", "GST", None, None, "unknown", "no", None, False, True),
    ),
    "CD": (
        (160000, None, None, "TVA", "Recurly sales taxes page (2026-07); vatcalc.com", "medium", "", "VAT", None, "2024-01-01", "charged", "no", None, True, True),
    ),
    "CH": (
        (65000, "1995-01-01", "1999-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates", "high", "", "VAT", None, None, "charged_once_registered", "no", "2010-01-01", True, True),
        (75000, "1999-01-01", "2001-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates", "high", "", "VAT", None, None, "charged_once_registered", "no", "2010-01-01", True, True),
        (76000, "2001-01-01", "2011-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates", "high", "", "VAT", None, None, "charged_once_registered", "no", "2010-01-01", True, True),
        (80000, "2011-01-01", "2018-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates; kdeldycke/vat-rates @7585c28", "high", "", "VAT", None, None, "charged_once_registered", "no", "2010-01-01", True, True),
        (77000, "2018-01-01", "2024-01-01", "MWST / TVA / IVA", "ESTV, history of Swiss rates; kdeldycke/vat-rates @7585c28", "high", "", "VAT", None, None, "charged_once_registered", "no", "2010-01-01", True, True),
        (81000, "2024-01-01", None, "MWST / TVA / IVA", "ESTV, history of Swiss rates; invopop/gobl @7a4ad622", "high", "a seller from abroad registers with a turnover of CHF 100,000 worldwide and e-services to consumers in CH or LI, and then charges business buyers too; else the buyer accounts for the tax; sellers from abroad since 2010-01-01 (unverified)", "VAT", None, None, "charged_once_registered", "no", "2010-01-01", True, True),
    ),
    "CI": (
        (180000, None, None, "TVA", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "medium", "", "VAT", None, None, "unknown", "no", None, True, True),
    ),
    "CK": (
        (150000, None, None, "VAT", "vatcalc.com", "low", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "CL": (
        (190000, None, None, "IVA", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "first day not known; sellers from abroad since 2020-05-01 in one table", "VAT", None, "2020-06-01", "not_charged", "no", None, True, True),
    ),
    "CM": (
        (192500, None, None, "TVA", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "17.5 % and a council tax of 10 % of it", "VAT", None, "2020-01-01", "charged", "no", None, True, True),
    ),
    "CN": (
        (130000, None, None, "增值税 (VAT)", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "medium", "13 is the rate of goods; software as a service has 6; no seller from abroad registers, the buyer withholds", "VAT", 60000, None, "unknown", "no", None, False, True),
    ),
    "CO": (
        (160000, "2006-01-01", "2017-01-01", "IVA", "invopop/gobl @7a4ad622", "medium", "", "VAT", None, "2018-07-01", "not_charged", "no", None, True, True),
        (190000, "2017-01-01", None, "IVA", "invopop/gobl @7a4ad622; Avalara VATlive table (2026-02-26)", "high", "", "VAT", None, "2018-07-01", "not_charged", "no", None, True, True),
    ),
    "CR": (
        (130000, None, None, "IVA", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "the seller registers, or the card issuer withholds", "VAT", None, "2020-10-01", "psp_or_buyer_withholds", "no", None, True, True),
    ),
    "CV": (
        (150000, None, None, "IVA", "Recurly sales taxes page (2026-07); vatcalc.com", "medium", "sellers from abroad since 2022-01-01 (unverified)", "VAT", None, None, "unknown", "no", "2022-01-01", True, True),
    ),
    "CW": (
        (60000, None, None, "OB", "recurly/recurly-docs @38cfcc4c; valeriansaliou/node-sales-tax v2.23.0", "medium", "", "OTHER", None, None, "not_charged", "no", None, False, True),
    ),
    "DO": (
        (180000, None, None, "ITBIS", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "DZ": (
        (190000, None, None, "TVA", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "medium", "the rate for digital services is disputed: 19 or 9; sellers from abroad since 2020-01-01 (unverified)", "VAT", None, None, "unknown", "no", "2020-01-01", True, True),
    ),
    "EC": (
        (120000, None, "2024-04-01", "IVA", "Recurly sales taxes page (2026-07); valeriansaliou/node-sales-tax v2.23.0", "high", "", "VAT", None, "2020-09-16", "psp_or_buyer_withholds", "no", None, True, True),
        (150000, "2024-04-01", None, "IVA", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "2024-03-01 is printed as a first day as well", "VAT", None, "2020-09-16", "psp_or_buyer_withholds", "no", None, True, True),
    ),
    "EG": (
        (140000, "2017-07-01", None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "sellers from abroad since 2023-06-22 (unverified)", "VAT", None, None, "not_charged", "no", "2023-06-22", True, True),
    ),
    "ET": (
        (150000, None, None, "VAT", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, None, "unknown", "no", None, True, True),
    ),
    "FJ": (
        (150000, None, "2025-08-01", "VAT", "Avalara VATlive table (2026-02-26); fijiglobalnews.com", "high", "9 % before August 2023 in some tables; first day not known", "VAT", None, None, "unknown", "no", None, False, True),
        (125000, "2025-08-01", None, "VAT", "fijiglobalnews.com", "medium", "public tables disagree about the rate", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "FK": (
        (0, "2011-01-04", None, "none", "kdeldycke/vat-rates @7585c28; recurly/recurly-docs @38cfcc4c", "high", "", "NONE", None, None, "unknown", "no", None, False, True),
    ),
    "FO": (
        (0, "1992-01-01", None, "MVG (own law)", "European Commission, territorial status of EU countries; kdeldycke/vat-rates @7585c28", "high", "has a VAT of its own, 25 % (unverified); no EU VAT", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "GE": (
        (180000, None, None, "დღგ (VAT)", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "sellers from abroad since 2021-10-01 (unverified)", "VAT", None, None, "not_charged", "no", "2021-10-01", True, True),
    ),
    "GF": (
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "medium", "no VAT is charged locally; what a seller from elsewhere charges a consumer is disputed (0 or the French rate)", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "GG": (
        (0, "2011-01-04", None, "none", "kdeldycke/vat-rates @7585c28", "high", "outside the VAT area of GB", "NONE", None, None, "unknown", "no", None, False, True),
    ),
    "GH": (
        (125000, None, "2023-01-01", "VAT + NHIL + GETFund", "vatcalc.com", "medium", "", "VAT", None, None, "not_charged", "no", "2022-04-01", True, True),
        (150000, "2023-01-01", "2026-01-01", "VAT + NHIL + GETFund", "Avalara VATlive table (2026-02-26); recurly/recurly-docs @38cfcc4c", "high", "levies NHIL 2.5, GETFund 2.5 and COVID 1 are part of the base of the VAT: 21.9 in all", "VAT", 219000, None, "not_charged", "no", "2022-04-01", True, True),
        (150000, "2026-01-01", None, "VAT + NHIL + GETFund", "VAT Act 1151 of 2025 summary; Avalara VATlive table (2026-02-26)", "medium", "levies NHIL 2.5 and GETFund 2.5 are no longer part of the base: 20 in all; sellers from abroad since 2022-04-01 (unverified)", "VAT", 200000, None, "not_charged", "no", "2022-04-01", True, True),
    ),
    "GI": (
        (0, "2011-01-04", None, "none", "kdeldycke/vat-rates @7585c28; European Commission, territorial status of EU countries", "high", "no VAT", "NONE", None, None, "unknown", "no", None, False, True),
    ),
    "GL": (
        (0, "1992-01-01", None, "none", "European Commission, territorial status of EU countries; kdeldycke/vat-rates @7585c28", "high", "", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "GN": (
        (180000, None, None, "TVA", "vatcalc.com", "low", "", "VAT", None, None, "unknown", "no", None, True, True),
    ),
    "GP": (
        (85000, "2014-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; recurly/recurly-docs @38cfcc4c", "medium", "outside the EU VAT area, but French VAT law holds, at the rate of the overseas departments; what a seller from elsewhere charges a consumer is disputed (20 or 8.5); the first day is that of the source", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "GT": (
        (120000, None, None, "IVA", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "GY": (
        (140000, None, None, "VAT", "recurly/recurly-docs @38cfcc4c; PrestaShop/LocalizationFiles @a5566d6", "medium", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "HK": (
        (0, None, None, "none", "Recurly sales taxes page (2026-07); openaccountants @284f491", "high", "", "NONE", None, None, "unknown", "no", None, False, True),
    ),
    "HN": (
        (150000, None, None, "ISV", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "ID": (
        (100000, "2020-08-01", "2022-04-01", "PPN", "PrestaShop/LocalizationFiles @a5566d6; dodopayments/dodo-docs taxation.mdx (10, stale)", "medium", "10 % before as well, since 1984 (unverified)", "VAT", None, "2020-08-01", "charged", "no", None, True, True),
        (110000, "2022-04-01", "2025-01-01", "PPN", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "", "VAT", None, "2020-08-01", "charged", "no", None, True, True),
        (120000, "2025-01-01", None, "PPN", "Avalara VATlive table (2026-02-26); valeriansaliou/node-sales-tax v2.23.0", "medium", "12 % of eleven twelfths of the price except for luxury goods, so 11 % of the price; the law was not read", "VAT", 110000, "2020-08-01", "charged", "no", None, True, True),
    ),
    "IL": (
        (170000, None, "2025-01-01", "מע״מ (VAT)", "valeriansaliou/node-sales-tax v2.23.0; countries/countries @dd345731", "high", "first day not known", "VAT", None, None, "unknown", "no", None, False, True),
        (180000, "2025-01-01", None, "מע״מ (VAT)", "Avalara VATlive table (2026-02-26); valeriansaliou/node-sales-tax v2.23.0", "high", "no regime for digital services from abroad was found", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "IM": (
        (200000, "2011-01-04", None, "VAT", "kdeldycke/vat-rates @7585c28; openaccountants @284f491", "high", "one VAT area with GB", "VAT", None, None, "reverse_charge", "no", None, True, True),
    ),
    "IN": (
        (180000, "2017-07-01", None, "GST (IGST)", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "a consumer is a person without registration (wider since 2023-10-01); a seller from abroad charges IGST 18, a domestic one within a state CGST 9 and SGST 9", "GST", None, "2017-07-01", "not_charged", "no", None, True, True),
    ),
    "IR": (
        (100000, None, None, "VAT", "openaccountants @284f491", "low", "public tables disagree about the rate", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "IS": (
        (255000, "2010-01-01", "2015-01-01", "virðisaukaskattur (VSK)", "vatassociation.org note on the Icelandic 25.5->24 change", "medium", "first day from one source", "VAT", None, None, "charged", "no", "2011-11-01", True, False),
        (240000, "2015-01-01", None, "virðisaukaskattur (VSK)", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "one seller's list says that business buyers are charged, and nothing confirms it; sellers from abroad since 2011-11-01 (unverified)", "VAT", None, None, "charged", "no", "2011-11-01", True, False),
    ),
    "JE": (
        (50000, None, None, "GST", "valeriansaliou/node-sales-tax v2.23.0; PrestaShop/LocalizationFiles @a5566d6", "medium", "since 2011-06-01 (unverified)", "GST", None, None, "unknown", "no", None, False, True),
    ),
    "JM": (
        (165000, None, "2020-04-01", "GCT", "vatcalc.com", "medium", "", "GST", None, None, "unknown", "no", None, False, True),
        (150000, "2020-04-01", None, "GCT", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "GST", None, None, "unknown", "no", None, False, True),
    ),
    "JO": (
        (160000, None, None, "GST", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "GST", None, None, "unknown", "no", None, False, True),
    ),
    "JP": (
        (80000, "2015-10-01", "2019-10-01", "消費税 (shōhizei, JCT)", "kdeldycke/vat-rates @7585c28", "medium", "8 % before as well, since April 2014 (unverified)", "JCT", None, "2015-10-01", "reverse_charge_only_if_business_only_service", "no", None, True, True),
        (100000, "2019-10-01", None, "消費税 (shōhizei, JCT)", "kdeldycke/vat-rates @7585c28; Avalara VATlive table (2026-02-26)", "high", "a service that anyone can buy is taxed by the seller even if the buyer is a business; only services meant for businesses alone are reverse-charged; platforms collect since 2025-04-01", "JCT", None, "2015-10-01", "reverse_charge_only_if_business_only_service", "no", None, True, True),
    ),
    "KE": (
        (160000, None, "2020-04-01", "VAT", "vatcalc.com", "medium", "", "VAT", None, None, "charged", "no", "2021-04-01", True, True),
        (140000, "2020-04-01", "2021-01-01", "VAT", "vatcalc.com", "low", "temporary cut; last day unverified", "VAT", None, None, "charged", "no", "2021-04-01", True, True),
        (160000, "2021-01-01", None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "business buyers are charged since 2022-07-01; sellers from abroad since 2021-04-01 (unverified)", "VAT", None, None, "charged", "no", "2021-04-01", True, True),
    ),
    "KG": (
        (120000, "2022-01-01", None, "НДС", "Recurly sales taxes page (2026-07); vatcalc.com", "medium", "sellers from abroad since 2022-01-01 (unverified)", "VAT", None, None, "unknown", "no", "2022-01-01", True, True),
    ),
    "KH": (
        (100000, "2022-04-01", None, "VAT", "openaccountants @284f491; vatcalc.com", "medium", "the month of the start is unverified; sellers from abroad since 2022-04-01 (unverified)", "VAT", None, None, "not_charged", "no", "2022-04-01", True, True),
    ),
    "KI": (
        (125000, None, None, "VAT", "vatcalc.com", "low", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "KR": (
        (100000, "2015-07-01", None, "부가가치세 (VAT)", "kdeldycke/vat-rates @7585c28; Avalara VATlive table (2026-02-26)", "high", "10 % before as well, since 1977 (unverified)", "VAT", None, "2015-07-01", "not_charged", "no", None, True, True),
    ),
    "KW": (
        (0, None, None, "none", "not in the Avalara VATlive table (2026-02-26)", "medium", "no VAT is in force; some public tables print 5 %", "NONE", None, None, "unknown", "no", None, False, True),
    ),
    "KY": (
        (0, "2011-01-04", None, "none", "kdeldycke/vat-rates @7585c28", "medium", "", "NONE", None, None, "unknown", "no", None, False, True),
    ),
    "KZ": (
        (120000, None, "2026-01-01", "ҚҚС / НДС", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "", "VAT", None, None, "not_charged", "no", "2022-01-01", True, True),
        (160000, "2026-01-01", None, "ҚҚС / НДС", "KPMG Kazakhstan and KPMG US alerts on the new Tax Code; Pagero note", "high", "many public tables still print 12 %; sellers from abroad since 2022-01-01 (unverified)", "VAT", None, None, "not_charged", "no", "2022-01-01", True, True),
    ),
    "LA": (
        (70000, "2022-01-01", "2024-01-01", "VAT", "vatcalc.com", "medium", "the days of both changes are unverified", "VAT", None, None, "not_charged", "no", None, True, True),
        (100000, "2024-01-01", None, "VAT", "openaccountants @284f491; vatcalc.com", "medium", "first day unverified", "VAT", None, None, "not_charged", "no", None, True, True),
    ),
    "LB": (
        (110000, None, None, "VAT", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "LC": (
        (125000, None, None, "VAT", "valeriansaliou/node-sales-tax v2.23.0", "low", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "LI": (
        (77000, "2018-01-01", "2024-01-01", "MWST", "follows the Swiss rate (customs and VAT union); ESTV, history of Swiss rates", "medium", "", "VAT", None, None, "charged_once_registered", "no", None, True, True),
        (81000, "2024-01-01", None, "MWST", "openaccountants @284f491; ESTV, history of Swiss rates", "high", "one VAT area with CH", "VAT", None, None, "charged_once_registered", "no", None, True, True),
    ),
    "LK": (
        (150000, None, "2024-01-01", "VAT", "Recurly sales taxes page (2026-07)", "medium", "first day not known", "VAT", None, "2026-07-01", "unknown", "no", None, True, True),
        (180000, "2024-01-01", None, "VAT", "openaccountants @284f491; vatcalc.com", "high", "sellers from abroad since 2026-07-01 (Act 14 of 2026), after two deferrals", "VAT", None, "2026-07-01", "unknown", "no", None, True, True),
    ),
    "LS": (
        (150000, None, None, "VAT", "Recurly sales taxes page (2026-07)", "low", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "MA": (
        (200000, None, None, "TVA", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "sellers from abroad since 2024-06-01 (unverified)", "VAT", None, None, "unknown", "no", "2024-06-01", True, True),
    ),
    "MC": (
        (206000, "1995-08-01", "2000-04-01", "TVA", "kdeldycke/vat-rates @7585c28", "medium", "", "VAT", None, None, "reverse_charge", "yes", None, True, True),
        (196000, "2000-04-01", "2014-01-01", "TVA", "kdeldycke/vat-rates @7585c28", "medium", "", "VAT", None, None, "reverse_charge", "yes", None, True, True),
        (200000, "2014-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; openaccountants @284f491", "high", "taxed as FR; in the EU VAT area", "VAT", None, None, "reverse_charge", "yes", None, True, True),
    ),
    "MD": (
        (200000, None, None, "TVA", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "sellers from abroad since 2020-04-01 (unverified)", "VAT", None, None, "not_charged", "no", "2020-04-01", True, True),
    ),
    "ME": (
        (210000, None, None, "PDV", "vatnode eu-vat-rates-data 2026.9.29; openaccountants @284f491", "high", "19 % until 2017-12-31 (unverified)", "VAT", None, None, "unknown", "no", None, True, True),
    ),
    "MF": (
        (0, "2014-01-01", None, "TGCA (local)", "European Commission, territorial status of EU countries; kdeldycke/vat-rates @7585c28", "medium", "has local taxes that were not looked up", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "MG": (
        (200000, None, None, "TVA", "recurly/recurly-docs @38cfcc4c; valeriansaliou/node-sales-tax v2.23.0", "medium", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "MK": (
        (180000, None, None, "ДДВ (DDV)", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, None, "unknown", "no", None, True, True),
    ),
    "MM": (
        (50000, None, None, "commercial tax", "openaccountants @284f491; valeriansaliou/node-sales-tax v2.23.0", "medium", "", "OTHER", None, None, "unknown", "no", None, False, True),
    ),
    "MN": (
        (100000, None, None, "НӨАТ", "openaccountants @284f491; valeriansaliou/node-sales-tax v2.23.0", "high", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "MQ": (
        (85000, "2014-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; recurly/recurly-docs @38cfcc4c", "medium", "outside the EU VAT area, but French VAT law holds, at the rate of the overseas departments; what a seller from elsewhere charges a consumer is disputed (20 or 8.5); the first day is that of the source", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "MR": (
        (160000, None, None, "TVA", "Recurly sales taxes page (2026-07)", "medium", "", "VAT", None, None, "unknown", "no", None, True, True),
    ),
    "MU": (
        (150000, None, None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "business buyers are charged; no reverse charge", "VAT", None, "2026-01-01", "charged", "no", None, True, True),
    ),
    "MV": (
        (60000, None, "2023-01-01", "GST", "valeriansaliou/node-sales-tax v2.23.0", "medium", "", "GST", None, None, "unknown", "no", None, False, True),
        (80000, "2023-01-01", None, "GST", "valeriansaliou/node-sales-tax v2.23.0; Recurly sales taxes page (2026-07)", "high", "tourism has 17 % since July 2025 (unverified)", "GST", None, None, "unknown", "no", None, False, True),
    ),
    "MX": (
        (160000, None, None, "IVA", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "8 % in the border regions of north and south; sellers from abroad since 2020-06-01 (unverified)", "VAT", None, None, "charged", "no", "2020-06-01", True, True),
    ),
    "MY": (
        (60000, "2020-01-01", "2024-03-01", "SST - service tax on digital services", "1stopvat.com note on the Malaysian change", "medium", "", "SST", None, "2020-01-01", "charged", "no", None, True, True),
        (80000, "2024-03-01", None, "SST - service tax on digital services", "Avalara VATlive table (2026-02-26); 1stopvat.com", "high", "10 % is the sales tax on goods", "SST", None, "2020-01-01", "charged", "no", None, True, True),
    ),
    "MZ": (
        (160000, None, None, "IVA", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "medium", "first day not known", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "NA": (
        (150000, None, None, "VAT", "recurly/recurly-docs @38cfcc4c; valeriansaliou/node-sales-tax v2.23.0", "medium", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "NC": (
        (110000, None, None, "TGC", "vatcalc.com", "low", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "NG": (
        (50000, None, "2020-02-01", "VAT", "PrestaShop/LocalizationFiles @a5566d6; countries/countries @dd345731", "medium", "", "VAT", None, None, "charged", "no", "2020-01-13", True, True),
        (75000, "2020-02-01", None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "public tables disagree; sellers from abroad since 2020-01-13 (unverified)", "VAT", None, None, "charged", "no", "2020-01-13", True, True),
    ),
    "NI": (
        (150000, None, None, "IVA", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "NO": (
        (250000, "2011-07-01", None, "merverdiavgift (MVA)", "kdeldycke/vat-rates @7585c28; Avalara VATlive table (2026-02-26)", "high", "25 % since 2005 (unverified); consumers under the VOEC scheme from NOK 50,000, all remote services since 2023-01-01; a business buyer accounts for the tax", "VAT", None, "2011-07-01", "not_charged", "no", None, True, True),
    ),
    "NP": (
        (130000, None, None, "VAT", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "sellers from abroad since July 2022 (unverified)", "VAT", None, None, "unknown", "no", "2022-07-01", True, True),
    ),
    "NZ": (
        (150000, "2010-10-01", None, "GST", "commerceguys/tax @d86a05c; Avalara VATlive table (2026-02-26)", "high", "a registered buyer is not charged unless the seller elects to zero-rate", "GST", None, "2016-10-01", "not_charged", "no", None, True, True),
    ),
    "OM": (
        (50000, "2021-04-16", None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "", "VAT", None, "2021-04-16", "charged", "no", None, True, True),
    ),
    "PA": (
        (70000, None, None, "ITBMS", "recurly/recurly-docs @38cfcc4c; valeriansaliou/node-sales-tax v2.23.0", "high", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "PE": (
        (180000, None, None, "IGV (+IPM)", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "IGV 16 and IPM 2; sellers from abroad since 2024-12-01 (unverified)", "VAT", None, None, "psp_or_buyer_withholds", "no", "2024-12-01", True, True),
    ),
    "PF": (
        (0, "2014-01-01", None, "TVA (own law)", "kdeldycke/vat-rates @7585c28", "medium", "has a VAT of its own, which was not looked up", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "PG": (
        (100000, None, None, "GST", "openaccountants @284f491; valeriansaliou/node-sales-tax v2.23.0", "medium", "", "GST", None, None, "unknown", "no", None, False, True),
    ),
    "PH": (
        (120000, None, None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "RA 12023; 2025-06-01 is printed as a start as well; a business buyer withholds", "VAT", None, "2025-06-02", "not_charged", "no", None, True, True),
    ),
    "PK": (
        (170000, None, None, "GST / provincial sales tax on services", "Recurly sales taxes page (2026-07); valeriansaliou/node-sales-tax v2.23.0", "low", "18 % federal since February 2023 (unverified); services are taxed by the provinces, 13 to 16 % (unverified)", "GST", None, None, "unknown", "no", None, False, True),
    ),
    "PM": (
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28", "medium", "", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "PS": (
        (160000, None, None, "VAT", "Recurly sales taxes page (2026-07)", "low", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "PW": (
        (100000, "2023-01-01", None, "GST", "vatcalc.com", "medium", "", "GST", None, None, "unknown", "no", None, False, True),
    ),
    "PY": (
        (100000, None, None, "IVA", "Avalara VATlive table (2026-02-26); recurly/recurly-docs @38cfcc4c", "high", "sellers from abroad since 2021-07-01 (unverified)", "VAT", None, None, "psp_or_buyer_withholds", "no", "2021-07-01", True, True),
    ),
    "QA": (
        (0, None, None, "none", "not in the Avalara VATlive table (2026-02-26)", "medium", "no VAT is in force; some public tables print 5 %", "NONE", None, None, "unknown", "no", None, False, True),
    ),
    "RE": (
        (85000, "2014-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "medium", "outside the EU VAT area, but French VAT law holds, at the rate of the overseas departments; what a seller from elsewhere charges a consumer is disputed (20 or 8.5); the first day is that of the source", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "RS": (
        (200000, None, None, "ПДВ (PDV)", "Avalara VATlive table (2026-02-26); recurly/recurly-docs @38cfcc4c", "high", "sellers from abroad since 2017-04-01 (unverified)", "VAT", None, None, "unknown", "no", "2017-04-01", True, True),
    ),
    "RU": (
        (180000, None, "2019-01-01", "НДС (NDS)", "kdeldycke/vat-rates @7585c28", "medium", "", "VAT", None, None, "unknown", "no", "2017-01-01", True, True),
        (200000, "2019-01-01", "2026-01-01", "НДС (NDS)", "Recurly sales taxes page (2026-07); valeriansaliou/node-sales-tax v2.23.0", "high", "", "VAT", None, None, "unknown", "no", "2017-01-01", True, True),
        (220000, "2026-01-01", None, "НДС (NDS)", "Avalara VATlive table (2026-02-26); menafn.com report on the Russian 2026 tax law", "high", "payments are restricted; a business buyer is the tax agent; sellers from abroad since 2017-01-01 (unverified)", "VAT", None, None, "unknown", "no", "2017-01-01", True, True),
    ),
    "RW": (
        (180000, None, None, "VAT", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "SA": (
        (50000, "2018-01-01", "2020-07-01", "VAT", "invopop/gobl @7a4ad622", "high", "", "VAT", None, None, "not_charged", "no", "2018-01-01", True, True),
        (150000, "2020-07-01", None, "VAT", "invopop/gobl @7a4ad622; Avalara VATlive table (2026-02-26)", "high", "sellers from abroad since 2018-01-01 (unverified)", "VAT", None, None, "not_charged", "no", "2018-01-01", True, True),
    ),
    "SC": (
        (150000, None, None, "VAT", "valeriansaliou/node-sales-tax v2.23.0", "low", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "SG": (
        (70000, "2007-07-01", "2023-01-01", "GST", "valeriansaliou/node-sales-tax v2.23.0; invopop/gobl @7a4ad622", "high", "", "GST", None, None, "not_charged", "no", "2020-01-01", True, True),
        (80000, "2023-01-01", "2024-01-01", "GST", "valeriansaliou/node-sales-tax v2.23.0; invopop/gobl @7a4ad622", "high", "", "GST", None, None, "not_charged", "no", "2020-01-01", True, True),
        (90000, "2024-01-01", None, "GST", "invopop/gobl @7a4ad622; Avalara VATlive table (2026-02-26)", "high", "Overseas Vendor Registration from SGD 1,000,000 worldwide and SGD 100,000 in Singapore; sellers from abroad since 2020-01-01 (unverified)", "GST", None, None, "not_charged", "no", "2020-01-01", True, True),
    ),
    "SL": (
        (150000, None, None, "GST", "vatcalc.com", "low", "", "GST", None, None, "unknown", "no", None, False, True),
    ),
    "SM": (
        (0, None, None, "imposta monofase", "VAT Directive, articles 5 to 7 (our reading)", "medium", "not among the places that the directive treats as Italy; its own tax on imports was not looked up", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "SN": (
        (180000, None, None, "TVA", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "sellers from abroad since 2024-07-01 (unverified)", "VAT", None, None, "unknown", "no", "2024-07-01", True, True),
    ),
    "SR": (
        (100000, "2023-01-01", None, "BTW", "Recurly sales taxes page (2026-07); vatcalc.com", "high", "sellers from abroad since 2023-01-01 (unverified)", "VAT", None, None, "unknown", "no", "2023-01-01", True, True),
    ),
    "SV": (
        (130000, None, None, "IVA", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "SX": (
        (0, "2012-10-01", None, "TOT", "kdeldycke/vat-rates @7585c28", "medium", "has a turnover tax, which was not looked up", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "TG": (
        (180000, None, None, "TVA", "Recurly sales taxes page (2026-07)", "medium", "", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "TH": (
        (70000, None, "2026-10-01", "VAT", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "10 % in law, 7 % by decree until 2026-09-30", "VAT", None, None, "not_charged", "no", "2021-09-01", True, True),
        (70000, "2026-10-01", None, "VAT", "none: no extension decree was found", "low", "10 % in law; no decree was found that keeps 7 % after 2026-09-30: verify", "VAT", None, None, "not_charged", "no", "2021-09-01", True, True),
    ),
    "TJ": (
        (180000, None, "2022-01-01", "ААИ / НДС", "vatcalc.com", "medium", "", "VAT", None, None, "unknown", "no", "2021-01-01", True, True),
        (150000, "2022-01-01", "2024-01-01", "ААИ / НДС", "vatcalc.com", "medium", "", "VAT", None, None, "unknown", "no", "2021-01-01", True, True),
        (140000, "2024-01-01", "2027-01-01", "ААИ / НДС", "Avalara VATlive table (2026-02-26); vatcalc.com", "high", "", "VAT", None, None, "unknown", "no", "2021-01-01", True, True),
        (130000, "2027-01-01", None, "ААИ / НДС", "vatcalc.com", "medium", "enacted for 2027; sellers from abroad since 2021-01-01 (unverified)", "VAT", None, None, "unknown", "no", "2021-01-01", True, True),
    ),
    "TN": (
        (190000, None, None, "TVA", "openaccountants @284f491; valeriansaliou/node-sales-tax v2.23.0", "medium", "first day not known", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "TR": (
        (180000, None, "2023-07-10", "KDV", "PwC Türkiye bulletin on the 2023 KDV change; Recurly sales taxes page (2026-07)", "high", "", "VAT", None, None, "not_charged", "no", "2018-01-01", True, True),
        (200000, "2023-07-10", None, "KDV", "openaccountants @284f491; valeriansaliou/node-sales-tax v2.23.0", "high", "sellers from abroad since 2018-01-01 (unverified)", "VAT", None, None, "not_charged", "no", "2018-01-01", True, True),
    ),
    "TT": (
        (125000, None, None, "VAT", "recurly/recurly-docs @38cfcc4c; valeriansaliou/node-sales-tax v2.23.0", "medium", "first day not known", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "TW": (
        (50000, "2017-05-01", None, "營業稅 (VAT)", "Avalara VATlive table (2026-02-26); Recurly sales taxes page (2026-07)", "high", "", "VAT", None, "2017-05-01", "not_charged", "no", None, True, True),
    ),
    "TZ": (
        (180000, None, None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "16 % for consumers who pay electronically was announced for 2025-09-01 and is reported as postponed; sellers from abroad since 2022-07-01 (unverified)", "VAT", None, None, "not_charged", "no", "2022-07-01", True, True),
    ),
    "UA": (
        (200000, None, None, "ПДВ", "recurly/recurly-docs @38cfcc4c; valeriansaliou/node-sales-tax v2.23.0", "high", "sellers from abroad since 2022-01-01 (unverified)", "VAT", None, None, "not_charged", "no", "2022-01-01", True, True),
    ),
    "UG": (
        (180000, None, None, "VAT", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "sellers from abroad since 2018-07-01 (unverified)", "VAT", None, None, "not_charged", "no", "2018-07-01", True, True),
    ),
    "UY": (
        (220000, None, None, "IVA", "recurly/recurly-docs @38cfcc4c; valeriansaliou/node-sales-tax v2.23.0", "high", "sellers from abroad since 2018-07-01 (unverified)", "VAT", None, None, "charged", "no", "2018-07-01", True, True),
    ),
    "UZ": (
        (200000, None, "2019-10-01", "QQS", "vatcalc.com", "low", "", "VAT", None, None, "not_charged", "no", "2020-01-01", True, True),
        (150000, "2019-10-01", "2023-01-01", "QQS", "valeriansaliou/node-sales-tax v2.23.0", "medium", "", "VAT", None, None, "not_charged", "no", "2020-01-01", True, True),
        (120000, "2023-01-01", None, "QQS", "valeriansaliou/node-sales-tax v2.23.0; vatcalc.com", "high", "sellers from abroad since 2020-01-01 (unverified)", "VAT", None, None, "not_charged", "no", "2020-01-01", True, True),
    ),
    "VA": (
        (0, None, None, "none", "VAT Directive, articles 5 to 7 (our reading)", "medium", "not among the places that the directive treats as Italy", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "VE": (
        (160000, None, None, "IVA", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "medium", "public tables disagree about the rate", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "VG": (
        (0, "2011-01-04", None, "none", "kdeldycke/vat-rates @7585c28", "medium", "", "NONE", None, None, "unknown", "no", None, False, True),
    ),
    "VN": (
        (100000, None, None, "GTGT", "openaccountants @284f491; valeriansaliou/node-sales-tax v2.23.0", "medium", "8 % from 2025-07-01 to 2026-12-31, for IT services too; whether sellers from abroad may use it is disputed; the foreign contractor tax is another way; sellers from abroad since 2022-01-01 (unverified)", "VAT", None, None, "charged", "no", "2022-01-01", True, True),
    ),
    "WF": (
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28", "medium", "", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "XK": (
        (180000, None, None, "TVSH", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "medium", "no code of ISO 3166-1", "VAT", None, None, "unknown", "no", None, False, True),
    ),
    "YT": (
        (0, "2014-01-01", None, "none", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "medium", "no VAT is charged locally; what a seller from elsewhere charges a consumer is disputed (0 or the French rate)", "OUTSIDE_EU_VAT", None, None, "unknown", "no", None, False, True),
    ),
    "ZA": (
        (140000, None, "2018-04-01", "VAT", "kdeldycke/vat-rates @7585c28; theforumsa.co.za note", "high", "first day not known", "VAT", None, "2014-06-01", "charged_unless_supplier_is_b2b_only", "no", None, True, True),
        (150000, "2018-04-01", None, "VAT", "Avalara VATlive table (2026-02-26); openaccountants @284f491", "high", "a seller that sells to registered businesses alone need not register since April 2025 (unverified)", "VAT", None, "2014-06-01", "charged_unless_supplier_is_b2b_only", "no", None, True, True),
    ),
    "ZM": (
        (160000, None, None, "VAT", "openaccountants @284f491; recurly/recurly-docs @38cfcc4c", "high", "", "VAT", None, "2024-01-01", "unknown", "no", None, True, True),
    ),
    "ZW": (
        (145000, None, "2023-01-01", "VAT", "Recurly sales taxes page (2026-07)", "medium", "days unverified", "VAT", None, None, "unknown", "no", "2020-01-01", True, True),
        (150000, "2023-01-01", "2026-01-01", "VAT", "valeriansaliou/node-sales-tax v2.23.0; openaccountants @284f491", "high", "", "VAT", None, None, "unknown", "no", "2020-01-01", True, True),
        (155000, "2026-01-01", None, "VAT", "vatcalc.com", "medium", "a withholding tax of 15 % on digital services applies instead in some cases; sellers from abroad since 2020-01-01 (unverified)", "VAT", None, None, "unknown", "no", "2020-01-01", True, True),
    ),
}
