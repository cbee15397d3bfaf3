"""Sales taxes of Canada: GST of the federation, HST, and the taxes of the provinces, with their history.

ROWS: ``region: rows of (rate_ppm, since, until, tax, on_gst_too, saas_since, source, confidence, note)``. The region CA
has the federal GST, which a province's HST replaces. ``until`` is the first day on which the row no longer holds.
``on_gst_too``: the tax falls on the price and the GST together. ``saas_since``: the first day on which software as a
service is taxed; an empty text where all days of the row are meant, None where it never is.

GST_ONLY: regions without a tax of their own. Checked on 2026-11-23. Written by scripts/generate_canada_tax.py; do
not edit by hand.
"""
# fmt: off


EDITION = "2026-11-23"
CHECKED_ON = "2026-11-23"

GST_ONLY: tuple[str, ...] = ("CA-AB", "CA-NT", "CA-NU", "CA-YT")

ROWS: dict[str, tuple[tuple[int, str, str | None, str, bool, str | None, str, str, str], ...]] = {
    "CA": (
        (70000, "1991-01-01", "2006-07-01", "GST", False, "", "Revenu Quebec Tables of GST and QST Rates (historique-taux-tps-tvq); CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy)", "high", ""),
        (60000, "2006-07-01", "2008-01-01", "GST", False, "", "Revenu Quebec Tables of GST and QST Rates (historique-taux-tps-tvq); CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy)", "high", ""),
        (50000, "2008-01-01", None, "GST", False, "", "Revenu Quebec Tables of GST and QST Rates (historique-taux-tps-tvq); CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy)", "high", ""),
    ),
    "CA-BC": (
        (120000, "2010-07-01", "2013-04-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (70000, "2013-04-01", None, "PST", False, "2013-04-01", "valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0); taxandtradelaw.com Manitoba RST article; Lawson Lundell and Miller Thomson 2021; thor.ca April 2024", "high", "an act of 2024 made software as a service taxable back to this day"),
    ),
    "CA-MB": (
        (70000, "1987-01-01", "2013-07-01", "RST", False, None, "Crowe Soberman 2019 note; valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0); vatlive.com 2013 (8% from 2013-07-01)", "low", "the first day is unverified"),
        (80000, "2013-07-01", "2019-07-01", "RST", False, None, "Crowe Soberman 2019 note; valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0); vatlive.com 2013 (8% from 2013-07-01)", "high", ""),
        (70000, "2019-07-01", None, "RST", False, "2026-01-01", "Crowe Soberman 2019 note; valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0); vatlive.com 2013 (8%); Forvis Mazars Canada RST cloud note; Crowe Soberman 2020 deferral note", "high", "cloud services since 2026-01-01; what was paid before for a period that began before stays untaxed; a cut to 6 % was announced and never applied"),
    ),
    "CA-NB": (
        (150000, "1997-04-01", "2006-07-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (140000, "2006-07-01", "2008-01-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (130000, "2008-01-01", "2016-07-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (150000, "2016-07-01", None, "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
    ),
    "CA-NL": (
        (150000, "1997-04-01", "2006-07-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (140000, "2006-07-01", "2008-01-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (130000, "2008-01-01", "2016-07-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (150000, "2016-07-01", None, "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
    ),
    "CA-NS": (
        (150000, "1997-04-01", "2006-07-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (140000, "2006-07-01", "2008-01-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (130000, "2008-01-01", "2010-07-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (150000, "2010-07-01", "2025-04-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (140000, "2025-04-01", None, "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); CRA GST/HST Notice 342 (March 2025); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", "the earlier of the day on which the tax is payable and the day of payment decides between 15 % and 14 %"),
    ),
    "CA-ON": (
        (130000, "2010-07-01", None, "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
    ),
    "CA-PE": (
        (100000, "1991-01-01", "2013-04-01", "PST", True, None, "Harmonized sales tax encyclopedia copy (10% on GST-inclusive price); CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy)", "low", "on goods, not on services; the first day is unverified"),
        (140000, "2013-04-01", "2016-10-01", "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
        (150000, "2016-10-01", None, "HST", False, "", "CRA GST/HST rates table (cra-arc.gc.ca rts-eng; canada.ca calculator copy); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", ""),
    ),
    "CA-QC": (
        (40000, "1992-07-01", "1994-05-13", "QST", True, "", "Revenu Quebec Tables of GST and QST Rates (historique-taux-tps-tvq); kuoot.com Quebec tax calculator history", "high", "services and intangibles had 4 %, goods 8 %: this is the rate of services"),
        (65000, "1994-05-13", "1998-01-01", "QST", True, "", "Revenu Quebec Tables of GST and QST Rates (historique-taux-tps-tvq); kuoot.com Quebec tax calculator history", "high", ""),
        (75000, "1998-01-01", "2011-01-01", "QST", True, "", "Revenu Quebec Tables of GST and QST Rates (historique-taux-tps-tvq); kuoot.com Quebec tax calculator history", "high", ""),
        (85000, "2011-01-01", "2012-01-01", "QST", True, "", "Revenu Quebec Tables of GST and QST Rates (historique-taux-tps-tvq); kuoot.com Quebec tax calculator history", "high", ""),
        (95000, "2012-01-01", "2013-01-01", "QST", True, "", "Revenu Quebec Tables of GST and QST Rates (historique-taux-tps-tvq); kuoot.com Quebec tax calculator history", "high", ""),
        (99750, "2013-01-01", None, "QST", False, "", "Revenu Quebec Tables of GST and QST Rates (historique-taux-tps-tvq); BDO Indirect Tax News March 2021; valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0)", "high", "sellers outside Canada register under the specified regime since 2019-01-01, sellers elsewhere in Canada since 2019-09-01 (unverified)"),
    ),
    "CA-SK": (
        (50000, "2006-10-28", "2017-03-23", "PST", False, None, "harveysmith.ca 2017 table (5% to 22 March 2017); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0); 1stopvat.com 2020; taxandtradelaw.com", "medium", ""),
        (60000, "2017-03-23", None, "PST", False, "2019-01-01", "harveysmith.ca 2017 table (5% to 22 March 2017); valeriansaliou/node-sales-tax res/sales_tax_rates.json + CHANGELOG (v2.20.0/v2.21.0); 1stopvat.com 2020; taxandtradelaw.com", "high", "digital services since 2019-01-01"),
    ),
}
