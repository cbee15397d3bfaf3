"""Sales tax of the US states, the District of Columbia and Puerto Rico: rates, and when software is taxed.

STATES: ``state: (name, has_local_tax, streamlined, multistate_resale)``; the last two say whether the certificate of
the Streamlined agreement and the uniform certificate of the Multistate Tax Commission are taken there.

RATES: ``state: rows of (rate_ppm, since, until, source, confidence, note)``; what the rate covers stands in the note.

SAAS: ``state: rows of (use, since, until, treatment, taxed_ppm, own_rate_ppm, source, confidence, note)`` for software
as a service. ``use`` is business or personal; ``treatment`` is taxed, not_taxed, disputed or local_only; ``taxed_ppm``
is the share of the price that is taxed; ``own_rate_ppm`` replaces the rate of the state, or is None.

``since`` is None where the first day is not known; ``until`` is the first day on which the row no longer holds.
Checked on 2026-11-23. Written by scripts/generate_us_sales_tax.py; do not edit by hand.
"""
# fmt: off


EDITION = "2026-11-23"
CHECKED_ON = "2026-11-23"

STATES: dict[str, tuple[str, bool, bool, bool]] = {
    "US-AK": ("Alaska", True, False, True),
    "US-AL": ("Alabama", True, False, True),
    "US-AR": ("Arkansas", True, True, True),
    "US-AS": ("American Samoa", False, False, False),
    "US-AZ": ("Arizona", True, False, True),
    "US-CA": ("California", True, False, True),
    "US-CO": ("Colorado", True, False, True),
    "US-CT": ("Connecticut", False, False, True),
    "US-DC": ("District of Columbia", False, False, False),
    "US-DE": ("Delaware", False, False, False),
    "US-FL": ("Florida", True, False, True),
    "US-GA": ("Georgia", True, True, True),
    "US-GU": ("Guam", False, False, False),
    "US-HI": ("Hawaii", True, False, True),
    "US-IA": ("Iowa", True, True, True),
    "US-ID": ("Idaho", True, False, True),
    "US-IL": ("Illinois", True, False, True),
    "US-IN": ("Indiana", False, True, False),
    "US-KS": ("Kansas", True, True, True),
    "US-KY": ("Kentucky", False, True, True),
    "US-LA": ("Louisiana", True, False, False),
    "US-MA": ("Massachusetts", False, False, False),
    "US-MD": ("Maryland", False, False, True),
    "US-ME": ("Maine", False, False, True),
    "US-MI": ("Michigan", False, True, True),
    "US-MN": ("Minnesota", True, True, True),
    "US-MO": ("Missouri", True, False, True),
    "US-MP": ("Northern Mariana Islands", False, False, False),
    "US-MS": ("Mississippi", True, False, False),
    "US-MT": ("Montana", False, False, False),
    "US-NC": ("North Carolina", True, True, True),
    "US-ND": ("North Dakota", True, True, True),
    "US-NE": ("Nebraska", True, True, True),
    "US-NH": ("New Hampshire", False, False, False),
    "US-NJ": ("New Jersey", False, True, True),
    "US-NM": ("New Mexico", True, False, True),
    "US-NV": ("Nevada", True, True, True),
    "US-NY": ("New York", True, False, False),
    "US-OH": ("Ohio", True, True, True),
    "US-OK": ("Oklahoma", True, True, True),
    "US-OR": ("Oregon", False, False, False),
    "US-PA": ("Pennsylvania", True, False, True),
    "US-PR": ("Puerto Rico", True, False, False),
    "US-RI": ("Rhode Island", False, True, True),
    "US-SC": ("South Carolina", True, False, True),
    "US-SD": ("South Dakota", True, True, True),
    "US-TN": ("Tennessee", True, True, True),
    "US-TX": ("Texas", True, False, True),
    "US-UT": ("Utah", True, True, True),
    "US-VA": ("Virginia", True, False, False),
    "US-VI": ("U.S. Virgin Islands", False, False, False),
    "US-VT": ("Vermont", True, True, True),
    "US-WA": ("Washington", True, True, True),
    "US-WI": ("Wisconsin", True, True, True),
    "US-WV": ("West Virginia", True, True, False),
    "US-WY": ("Wyoming", True, True, False),
}

RATES: dict[str, tuple[tuple[int, str | None, str | None, str, str, str], ...]] = {
    "US-AK": (
        (0, None, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-AL": (
        (40000, "1969-12-08", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); accountinginsights.org SaaS in Alabama; ejosterberg/open-sales-tax (2026-07); numeralhq.com/blog/saas-sales-tax-alabama; TaxCloud tables (mid-2026); taxhero.net", "low", ""),
    ),
    "US-AR": (
        (60000, None, "2013-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        (65000, "2013-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-AS": (
        (0, None, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", "no general sales tax was found"),
    ),
    "US-AZ": (
        (66000, "2010-06-01", "2013-06-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        (56000, "2013-06-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "transaction privilege tax, owed by the seller"),
    ),
    "US-CA": (
        (82500, None, "2011-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); BDO insight on S.B. 122; ejosterberg/open-sales-tax (2026-07); salestaxinstitute.com California SB 122; Sovos guide (2026-05, copy); docplayer FTA table Jan 2015 (7.5)", "high", ""),
        (72500, "2011-07-01", "2013-01-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); BDO insight on S.B. 122; ejosterberg/open-sales-tax (2026-07); salestaxinstitute.com California SB 122; Sovos guide (2026-05, copy); docplayer FTA table Jan 2015 (7.5)", "high", ""),
        (75000, "2013-01-01", "2017-01-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); BDO insight on S.B. 122; ejosterberg/open-sales-tax (2026-07); salestaxinstitute.com California SB 122; Sovos guide (2026-05, copy); docplayer FTA table Jan 2015 (7.5)", "high", ""),
        (72500, "2017-01-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); BDO insight on S.B. 122; ejosterberg/open-sales-tax (2026-07); salestaxinstitute.com California SB 122; Sovos guide (2026-05, copy); docplayer FTA table Jan 2015 (7.5)", "high", "6.00 % of the state and 1.25 % that is the same everywhere; some tables print 6.00"),
    ),
    "US-CO": (
        (29000, "2001-01-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); PwC library Colorado software; ejosterberg/open-sales-tax (2026-07); Plante Moran June 2026; Sovos guide (2026-05, copy)", "high", ""),
    ),
    "US-CT": (
        (60000, None, "2011-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net; uslegalforms CT software page quoting DRS", "high", ""),
        (63500, "2011-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net; uslegalforms CT software page quoting DRS", "high", ""),
    ),
    "US-DC": (
        (57500, None, "2009-10-01", "KPMG TWIST 2025-12-15 (D.C. FY2026 budget); ejosterberg/open-sales-tax (2026-07); zip2tax 2013 D.C. note; Tax Foundation 2018 D.C. proposal; doola help center", "medium", ""),
        (60000, "2009-10-01", "2013-10-01", "KPMG TWIST 2025-12-15 (D.C. FY2026 budget); ejosterberg/open-sales-tax (2026-07); zip2tax 2013 D.C. note; Tax Foundation 2018 D.C. proposal; doola help center", "medium", ""),
        (57500, "2013-10-01", "2018-10-01", "KPMG TWIST 2025-12-15 (D.C. FY2026 budget); ejosterberg/open-sales-tax (2026-07); zip2tax 2013 D.C. note; Tax Foundation 2018 D.C. proposal; doola help center", "medium", ""),
        (60000, "2018-10-01", "2026-10-01", "KPMG TWIST 2025-12-15 (D.C. FY2026 budget); ejosterberg/open-sales-tax (2026-07); zip2tax 2013 D.C. note; Tax Foundation 2018 D.C. proposal; doola help center", "medium", ""),
        (70000, "2026-10-01", None, "KPMG TWIST 2025-12-15 (D.C. FY2026 budget); ejosterberg/open-sales-tax (2026-07); zip2tax 2013 D.C. note; Tax Foundation 2018 D.C. proposal; doola help center", "medium", "7.0 % since 2026-10-01 is enacted and was not read again after that day; a step to 6.5 % was repealed before it applied"),
    ),
    "US-DE": (
        (0, None, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-FL": (
        (60000, "1988-02-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); ceretax.com Florida annual resale certificate; dosp.org tax links (DR-14 five-year renewal)", "high", ""),
    ),
    "US-GA": (
        (40000, "1989-04-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "the first day is unverified"),
    ),
    "US-GU": (
        (0, None, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", "no sales tax; a privilege tax that the seller owes was not looked up"),
    ),
    "US-HI": (
        (40000, "1965-01-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", "general excise tax, owed by the seller; what may be shown to a customer at most is 4.166 % (4.712 % with a county surcharge)"),
    ),
    "US-IA": (
        (50000, None, "2008-07-01", "Iowa Admin. Code 701-225.7; salestaxinstitute.com Iowa expands tax base; claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net", "high", ""),
        (60000, "2008-07-01", None, "Iowa Admin. Code 701-225.7; salestaxinstitute.com Iowa expands tax base; claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net", "high", ""),
    ),
    "US-ID": (
        (50000, None, "2006-10-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        (60000, "2006-10-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-IL": (
        (62500, "1990-01-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); City of Chicago Finance notice 2025-12-29 (15%); KPMG TWIST 2020-12-07 (9%)", "high", ""),
    ),
    "US-IN": (
        (60000, None, "2008-04-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        (70000, "2008-04-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-KS": (
        (53000, None, "2010-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org Current State Tax Rates (6.15 in 2013/2016 copies)", "high", ""),
        (63000, "2010-07-01", "2013-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org Current State Tax Rates (6.15 in 2013/2016 copies)", "high", ""),
        (61500, "2013-07-01", "2015-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org Current State Tax Rates (6.15 in 2013/2016 copies)", "high", ""),
        (65000, "2015-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org Current State Tax Rates (6.15 in 2013/2016 copies)", "high", ""),
    ),
    "US-KY": (
        (60000, "1990-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); fastdemocracy.com Kentucky 2026RS bill summary; taxhero.net; Sovos guide (2026-05, copy)", "high", ""),
    ),
    "US-LA": (
        (40000, None, "2016-04-01", "salestaxinstitute.com Louisiana digital products; claytondb/salestaxjar (Tax Foundation, 2026-01); Moss Adams Sept 2025; Aprio Jan 2025; ejosterberg/open-sales-tax (2026-07)", "high", ""),
        (50000, "2016-04-01", "2018-07-01", "salestaxinstitute.com Louisiana digital products; claytondb/salestaxjar (Tax Foundation, 2026-01); Moss Adams Sept 2025; Aprio Jan 2025; ejosterberg/open-sales-tax (2026-07)", "high", ""),
        (44500, "2018-07-01", "2025-01-01", "salestaxinstitute.com Louisiana digital products; claytondb/salestaxjar (Tax Foundation, 2026-01); Moss Adams Sept 2025; Aprio Jan 2025; ejosterberg/open-sales-tax (2026-07)", "high", ""),
        (50000, "2025-01-01", "2030-01-01", "salestaxinstitute.com Louisiana digital products; claytondb/salestaxjar (Tax Foundation, 2026-01); Moss Adams Sept 2025; Aprio Jan 2025; ejosterberg/open-sales-tax (2026-07)", "high", "falls to 4.75 % on 2030-01-01"),
        (47500, "2030-01-01", None, "salestaxinstitute.com Louisiana digital products; claytondb/salestaxjar (Tax Foundation, 2026-01); Moss Adams Sept 2025; Aprio Jan 2025; ejosterberg/open-sales-tax (2026-07)", "high", "enacted, not in force when checked"),
    ),
    "US-MA": (
        (50000, None, "2009-08-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        (62500, "2009-08-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-MD": (
        (50000, None, "2008-01-03", "Comptroller of Maryland Technical Bulletin 56 (2025-06-29); Withum article on H.B. 352; claytondb/salestaxjar (Tax Foundation, 2026-01); Dillon Tax Consulting June 2025; ejosterberg/open-sales-tax (2026-07)", "high", ""),
        (60000, "2008-01-03", None, "Comptroller of Maryland Technical Bulletin 56 (2025-06-29); Withum article on H.B. 352; claytondb/salestaxjar (Tax Foundation, 2026-01); Dillon Tax Consulting June 2025; ejosterberg/open-sales-tax (2026-07)", "high", ""),
    ),
    "US-ME": (
        (50000, None, "2013-10-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        (55000, "2013-10-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-MI": (
        (60000, "1994-05-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-MN": (
        (65000, None, "2009-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        (68750, "2009-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-MO": (
        (42250, None, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-MP": (
        (0, None, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", "no sales tax; a tax on gross revenue that the seller owes was not looked up"),
    ),
    "US-MS": (
        (70000, "1992-07-01", None, "salestaxinstitute.com Mississippi S.B. 2449; claytondb/salestaxjar (Tax Foundation, 2026-01); cookingwithsaltlaw.com June 2023; Sovos guide (2026-05, copy)", "medium", ""),
    ),
    "US-MT": (
        (0, None, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-NC": (
        (57500, None, "2011-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        (47500, "2011-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", "one source dates the rate 2011-10-15"),
    ),
    "US-ND": (
        (50000, "1987-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-NE": (
        (55000, "2002-10-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-NH": (
        (0, None, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-NJ": (
        (70000, None, "2017-01-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        (68750, "2017-01-01", "2018-01-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        (66250, "2018-01-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "half of it in some zones, which the seller's certification decides"),
    ),
    "US-NM": (
        (51250, "2010-07-01", "2022-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); vatupdate 2023 (5.125 to 5 in July 2022); digitalocean US tax page Nov 2019 (5.125)", "high", ""),
        (50000, "2022-07-01", "2023-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); vatupdate 2023 (5.125 to 5 in July 2022); digitalocean US tax page Nov 2019 (5.125)", "high", ""),
        (48750, "2023-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); vatupdate 2023 (5.125 to 5 in July 2022); digitalocean US tax page Nov 2019 (5.125)", "high", "gross receipts tax, owed by the seller"),
    ),
    "US-NV": (
        (68500, "2009-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", "the least rate of the state: 4.6 % and 2.25 % local; some tables print 4.6; the first day is unverified"),
    ),
    "US-NY": (
        (40000, "2005-06-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); help.trello.com sales tax article; TaxCloud tables (mid-2026)", "high", "the first day is unverified"),
    ),
    "US-OH": (
        (55000, None, "2013-09-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); streamlinedsalestax.org rate page (5.75 effective 2013-09-01); doola help center; TaxCloud tables (mid-2026); Paddle saas-sales-tax", "high", ""),
        (57500, "2013-09-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); streamlinedsalestax.org rate page (5.75 effective 2013-09-01); doola help center; TaxCloud tables (mid-2026); Paddle saas-sales-tax", "high", ""),
    ),
    "US-OK": (
        (45000, None, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-OR": (
        (0, None, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-PA": (
        (60000, "1968-01-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); salestaxsupport.com expiration periods; doola help center", "high", "the first day is unverified"),
    ),
    "US-PR": (
        (55000, "2006-11-15", "2015-07-01", "anrok.com Puerto Rico guide 2025; ejosterberg/open-sales-tax (2026-07); numeralhq.com Puerto Rico; taxconnex.com Puerto Rico; Avalara help (4% B2B)", "medium", ""),
        (105000, "2015-07-01", None, "anrok.com Puerto Rico guide 2025; ejosterberg/open-sales-tax (2026-07); numeralhq.com Puerto Rico; taxconnex.com Puerto Rico; Avalara help (4% B2B)", "medium", "the municipality adds 1.0 %"),
    ),
    "US-RI": (
        (70000, "1990-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "the first day is unverified"),
    ),
    "US-SC": (
        (50000, None, "2007-06-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        (60000, "2007-06-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-SD": (
        (40000, None, "2016-06-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.5 effective 2016-06-01); doola help center", "high", ""),
        (45000, "2016-06-01", "2023-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.5 effective 2016-06-01); doola help center", "high", ""),
        (42000, "2023-07-01", "2027-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.5 effective 2016-06-01); doola help center", "high", "returns to 4.5 % on 2027-07-01 unless extended"),
        (45000, "2027-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.5 effective 2016-06-01); doola help center", "high", "enacted, not in force when checked"),
    ),
    "US-TN": (
        (70000, "2002-07-15", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "the first day is unverified"),
    ),
    "US-TX": (
        (62500, "1990-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); TaxCloud tables (mid-2026); Grant Thornton alert on rule 3.330; doola help center", "high", "the first day is unverified"),
    ),
    "US-UT": (
        (47000, None, "2019-04-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.7 in 2013/2016 copies); doola help center", "high", ""),
        (48500, "2019-04-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.7 in 2013/2016 copies); doola help center", "high", "the state alone; 1.25 % local is mandatory everywhere, so that the least rate is 6.10"),
    ),
    "US-VA": (
        (50000, None, "2013-07-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        (53000, "2013-07-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "4.3 % of the state and 1.0 % that is the same everywhere; some tables print 4.3"),
    ),
    "US-VI": (
        (0, None, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", "no sales tax; a gross receipts tax that the seller owes was not looked up"),
    ),
    "US-VT": (
        (50000, None, "2003-10-01", "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Vermont Dept. of Taxes prewritten software page (tax.vermont.gov, quoted in a public GitHub state-facts file); Sovos guide (2026-05, copy)", "high", ""),
        (60000, "2003-10-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Vermont Dept. of Taxes prewritten software page (tax.vermont.gov, quoted in a public GitHub state-facts file); Sovos guide (2026-05, copy)", "high", ""),
    ),
    "US-WA": (
        (65000, "1983-05-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); dor.wa.gov services newly subject to retail sales tax; doola help center", "high", "the first day is unverified"),
    ),
    "US-WI": (
        (50000, "1982-05-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "the first day is unverified"),
    ),
    "US-WV": (
        (60000, "2003-01-01", None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "the first day is unverified"),
    ),
    "US-WY": (
        (40000, None, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", "the first day is unverified"),
    ),
}

SAAS: dict[str, tuple[tuple[str, str | None, str | None, str, int, int | None, str, str, str], ...]] = {
    "US-AK": (
        ("business", None, None, "local_only", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", "no state tax; more than 100 municipalities have taxes of their own"),
        ("personal", None, None, "local_only", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", "no state tax; more than 100 municipalities have taxes of their own"),
    ),
    "US-AL": (
        ("business", None, None, "disputed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); accountinginsights.org SaaS in Alabama; ejosterberg/open-sales-tax (2026-07); numeralhq.com/blog/saas-sales-tax-alabama; TaxCloud tables (mid-2026); taxhero.net", "low", "the revenue department treats all software as tangible property since 2019; two lists say that software as a service is not taxed: the caller must decide"),
        ("personal", None, None, "disputed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); accountinginsights.org SaaS in Alabama; ejosterberg/open-sales-tax (2026-07); numeralhq.com/blog/saas-sales-tax-alabama; TaxCloud tables (mid-2026); taxhero.net", "low", "the revenue department treats all software as tangible property since 2019; two lists say that software as a service is not taxed: the caller must decide"),
    ),
    "US-AR": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-AS": (
        ("business", None, None, "not_taxed", 0, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", ""),
        ("personal", None, None, "not_taxed", 0, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", ""),
    ),
    "US-AZ": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-CA": (
        ("business", None, "2027-01-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); BDO insight on S.B. 122; ejosterberg/open-sales-tax (2026-07); salestaxinstitute.com California SB 122; Sovos guide (2026-05, copy); docplayer FTA table Jan 2015 (7.5)", "high", ""),
        ("business", "2027-01-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); BDO insight on S.B. 122; ejosterberg/open-sales-tax (2026-07); salestaxinstitute.com California SB 122; Sovos guide (2026-05, copy); docplayer FTA table Jan 2015 (7.5)", "high", "SB 122; custom software and infrastructure services stay untaxed; a buyer of more than 5 million USD a year accounts for the tax under a permit"),
        ("personal", None, "2027-01-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); BDO insight on S.B. 122; ejosterberg/open-sales-tax (2026-07); salestaxinstitute.com California SB 122; Sovos guide (2026-05, copy); docplayer FTA table Jan 2015 (7.5)", "high", ""),
        ("personal", "2027-01-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); BDO insight on S.B. 122; ejosterberg/open-sales-tax (2026-07); salestaxinstitute.com California SB 122; Sovos guide (2026-05, copy); docplayer FTA table Jan 2015 (7.5)", "high", "SB 122; custom software and infrastructure services stay untaxed; a buyer of more than 5 million USD a year accounts for the tax under a permit"),
    ),
    "US-CO": (
        ("business", None, "2027-01-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); PwC library Colorado software; ejosterberg/open-sales-tax (2026-07); Plante Moran June 2026; Sovos guide (2026-05, copy)", "high", "home-rule cities may tax already"),
        ("business", "2027-01-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); PwC library Colorado software; ejosterberg/open-sales-tax (2026-07); Plante Moran June 2026; Sovos guide (2026-05, copy)", "high", "HB26-1223; a licence that both parties negotiated and signed stays untaxed"),
        ("personal", None, "2027-01-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); PwC library Colorado software; ejosterberg/open-sales-tax (2026-07); Plante Moran June 2026; Sovos guide (2026-05, copy)", "high", "home-rule cities may tax already"),
        ("personal", "2027-01-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); PwC library Colorado software; ejosterberg/open-sales-tax (2026-07); Plante Moran June 2026; Sovos guide (2026-05, copy)", "high", "HB26-1223; a licence that both parties negotiated and signed stays untaxed"),
    ),
    "US-CT": (
        ("business", None, None, "taxed", 1000000, 10000, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net; uslegalforms CT software page quoting DRS", "high", "computer and data processing service, at a rate of its own"),
        ("personal", None, "2019-10-01", "taxed", 1000000, 10000, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net; uslegalforms CT software page quoting DRS", "high", "at the rate of business use until 2019-09-30"),
        ("personal", "2019-10-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net; uslegalforms CT software page quoting DRS", "high", ""),
    ),
    "US-DC": (
        ("business", None, None, "taxed", 1000000, None, "KPMG TWIST 2025-12-15 (D.C. FY2026 budget); ejosterberg/open-sales-tax (2026-07); zip2tax 2013 D.C. note; Tax Foundation 2018 D.C. proposal; doola help center", "medium", ""),
        ("personal", None, None, "taxed", 1000000, None, "KPMG TWIST 2025-12-15 (D.C. FY2026 budget); ejosterberg/open-sales-tax (2026-07); zip2tax 2013 D.C. note; Tax Foundation 2018 D.C. proposal; doola help center", "medium", ""),
    ),
    "US-DE": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-FL": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); ceretax.com Florida annual resale certificate; dosp.org tax links (DR-14 five-year renewal)", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); ceretax.com Florida annual resale certificate; dosp.org tax links (DR-14 five-year renewal)", "high", ""),
    ),
    "US-GA": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-GU": (
        ("business", None, None, "not_taxed", 0, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", ""),
        ("personal", None, None, "not_taxed", 0, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", ""),
    ),
    "US-HI": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-IA": (
        ("business", None, "2019-01-01", "not_taxed", 0, None, "Iowa Admin. Code 701-225.7; salestaxinstitute.com Iowa expands tax base; claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net", "high", ""),
        ("business", "2019-01-01", None, "not_taxed", 0, None, "Iowa Admin. Code 701-225.7; salestaxinstitute.com Iowa expands tax base; claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net", "high", "furnished to a commercial enterprise for its exclusive use"),
        ("personal", None, "2019-01-01", "not_taxed", 0, None, "Iowa Admin. Code 701-225.7; salestaxinstitute.com Iowa expands tax base; claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net", "high", ""),
        ("personal", "2019-01-01", None, "taxed", 1000000, None, "Iowa Admin. Code 701-225.7; salestaxinstitute.com Iowa expands tax base; claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); taxhero.net", "high", ""),
    ),
    "US-ID": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-IL": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); City of Chicago Finance notice 2025-12-29 (15%); KPMG TWIST 2020-12-07 (9%)", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); City of Chicago Finance notice 2025-12-29 (15%); KPMG TWIST 2020-12-07 (9%)", "high", ""),
    ),
    "US-IN": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-KS": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org Current State Tax Rates (6.15 in 2013/2016 copies)", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org Current State Tax Rates (6.15 in 2013/2016 copies)", "high", ""),
    ),
    "US-KY": (
        ("business", None, "2023-01-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); fastdemocracy.com Kentucky 2026RS bill summary; taxhero.net; Sovos guide (2026-05, copy)", "high", ""),
        ("business", "2023-01-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); fastdemocracy.com Kentucky 2026RS bill summary; taxhero.net; Sovos guide (2026-05, copy)", "high", "HB 8"),
        ("personal", None, "2023-01-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); fastdemocracy.com Kentucky 2026RS bill summary; taxhero.net; Sovos guide (2026-05, copy)", "high", ""),
        ("personal", "2023-01-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); fastdemocracy.com Kentucky 2026RS bill summary; taxhero.net; Sovos guide (2026-05, copy)", "high", "HB 8"),
    ),
    "US-LA": (
        ("business", None, "2025-01-01", "not_taxed", 0, None, "salestaxinstitute.com Louisiana digital products; claytondb/salestaxjar (Tax Foundation, 2026-01); Moss Adams Sept 2025; Aprio Jan 2025; ejosterberg/open-sales-tax (2026-07)", "high", ""),
        ("business", "2025-01-01", None, "taxed", 1000000, None, "salestaxinstitute.com Louisiana digital products; claytondb/salestaxjar (Tax Foundation, 2026-01); Moss Adams Sept 2025; Aprio Jan 2025; ejosterberg/open-sales-tax (2026-07)", "high", "state and local; narrow exemptions for some producers, banks and health care"),
        ("personal", None, "2025-01-01", "not_taxed", 0, None, "salestaxinstitute.com Louisiana digital products; claytondb/salestaxjar (Tax Foundation, 2026-01); Moss Adams Sept 2025; Aprio Jan 2025; ejosterberg/open-sales-tax (2026-07)", "high", ""),
        ("personal", "2025-01-01", None, "taxed", 1000000, None, "salestaxinstitute.com Louisiana digital products; claytondb/salestaxjar (Tax Foundation, 2026-01); Moss Adams Sept 2025; Aprio Jan 2025; ejosterberg/open-sales-tax (2026-07)", "high", "state and local; narrow exemptions for some producers, banks and health care"),
    ),
    "US-MA": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-MD": (
        ("business", None, "2021-03-14", "not_taxed", 0, None, "Comptroller of Maryland Technical Bulletin 56 (2025-06-29); Withum article on H.B. 352; claytondb/salestaxjar (Tax Foundation, 2026-01); Dillon Tax Consulting June 2025; ejosterberg/open-sales-tax (2026-07)", "high", ""),
        ("business", "2021-03-14", "2022-07-01", "taxed", 1000000, None, "Comptroller of Maryland Technical Bulletin 56 (2025-06-29); Withum article on H.B. 352; claytondb/salestaxjar (Tax Foundation, 2026-01); Dillon Tax Consulting June 2025; ejosterberg/open-sales-tax (2026-07)", "medium", "digital product, until enterprise software was excluded on 2022-07-01"),
        ("business", "2022-07-01", "2025-07-01", "not_taxed", 0, None, "Comptroller of Maryland Technical Bulletin 56 (2025-06-29); Withum article on H.B. 352; claytondb/salestaxjar (Tax Foundation, 2026-01); Dillon Tax Consulting June 2025; ejosterberg/open-sales-tax (2026-07)", "high", "enterprise software was excluded until 2025-06-30"),
        ("business", "2025-07-01", None, "taxed", 1000000, 30000, "Comptroller of Maryland Technical Bulletin 56 (2025-06-29); Withum article on H.B. 352; claytondb/salestaxjar (Tax Foundation, 2026-01); Dillon Tax Consulting June 2025; ejosterberg/open-sales-tax (2026-07)", "high", "at a rate of its own; the higher rate wins where both could apply"),
        ("personal", None, "2021-03-14", "not_taxed", 0, None, "Comptroller of Maryland Technical Bulletin 56 (2025-06-29); Withum article on H.B. 352; claytondb/salestaxjar (Tax Foundation, 2026-01); Dillon Tax Consulting June 2025; ejosterberg/open-sales-tax (2026-07)", "high", ""),
        ("personal", "2021-03-14", None, "taxed", 1000000, None, "Comptroller of Maryland Technical Bulletin 56 (2025-06-29); Withum article on H.B. 352; claytondb/salestaxjar (Tax Foundation, 2026-01); Dillon Tax Consulting June 2025; ejosterberg/open-sales-tax (2026-07)", "high", "digital product"),
    ),
    "US-ME": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-MI": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-MN": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-MO": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-MP": (
        ("business", None, None, "not_taxed", 0, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", ""),
        ("personal", None, None, "not_taxed", 0, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", ""),
    ),
    "US-MS": (
        ("business", None, "2023-07-01", "taxed", 1000000, None, "salestaxinstitute.com Mississippi S.B. 2449; claytondb/salestaxjar (Tax Foundation, 2026-01); cookingwithsaltlaw.com June 2023; Sovos guide (2026-05, copy)", "low", "until software on a server outside the state was excluded; earlier rules were not read"),
        ("business", "2023-07-01", None, "not_taxed", 0, None, "salestaxinstitute.com Mississippi S.B. 2449; claytondb/salestaxjar (Tax Foundation, 2026-01); cookingwithsaltlaw.com June 2023; Sovos guide (2026-05, copy)", "medium", "used over the internet, on a server outside the state"),
        ("personal", None, "2023-07-01", "taxed", 1000000, None, "salestaxinstitute.com Mississippi S.B. 2449; claytondb/salestaxjar (Tax Foundation, 2026-01); cookingwithsaltlaw.com June 2023; Sovos guide (2026-05, copy)", "low", "until software on a server outside the state was excluded; earlier rules were not read"),
        ("personal", "2023-07-01", None, "not_taxed", 0, None, "salestaxinstitute.com Mississippi S.B. 2449; claytondb/salestaxjar (Tax Foundation, 2026-01); cookingwithsaltlaw.com June 2023; Sovos guide (2026-05, copy)", "medium", "used over the internet, on a server outside the state"),
    ),
    "US-MT": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-NC": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-ND": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-NE": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-NH": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-NJ": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-NM": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); vatupdate 2023 (5.125 to 5 in July 2022); digitalocean US tax page Nov 2019 (5.125)", "high", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); vatupdate 2023 (5.125 to 5 in July 2022); digitalocean US tax page Nov 2019 (5.125)", "high", ""),
    ),
    "US-NV": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-NY": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); help.trello.com sales tax article; TaxCloud tables (mid-2026)", "high", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); help.trello.com sales tax article; TaxCloud tables (mid-2026)", "high", ""),
    ),
    "US-OH": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); streamlinedsalestax.org rate page (5.75 effective 2013-09-01); doola help center; TaxCloud tables (mid-2026); Paddle saas-sales-tax", "high", "automatic data processing or electronic information service"),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); streamlinedsalestax.org rate page (5.75 effective 2013-09-01); doola help center; TaxCloud tables (mid-2026); Paddle saas-sales-tax", "high", ""),
    ),
    "US-OK": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-OR": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-PA": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); salestaxsupport.com expiration periods; doola help center", "high", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); salestaxsupport.com expiration periods; doola help center", "high", ""),
    ),
    "US-PR": (
        ("business", None, None, "taxed", 1000000, None, "anrok.com Puerto Rico guide 2025; ejosterberg/open-sales-tax (2026-07); numeralhq.com Puerto Rico; taxconnex.com Puerto Rico; Avalara help (4% B2B)", "medium", "digital products since Act 52 of 2022, first day not known; 4 % for services between businesses does not clearly cover it"),
        ("personal", None, None, "taxed", 1000000, None, "anrok.com Puerto Rico guide 2025; ejosterberg/open-sales-tax (2026-07); numeralhq.com Puerto Rico; taxconnex.com Puerto Rico; Avalara help (4% B2B)", "medium", "digital products since Act 52 of 2022, first day not known; 4 % for services between businesses does not clearly cover it"),
    ),
    "US-RI": (
        ("business", None, "2018-10-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "low", ""),
        ("business", "2018-10-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "the first day is unverified"),
        ("personal", None, "2018-10-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "low", ""),
        ("personal", "2018-10-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", "the first day is unverified"),
    ),
    "US-SC": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
    "US-SD": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.5 effective 2016-06-01); doola help center", "high", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.5 effective 2016-06-01); doola help center", "high", ""),
    ),
    "US-TN": (
        ("business", None, "2015-07-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("business", "2015-07-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, "2015-07-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", "2015-07-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-TX": (
        ("business", None, None, "taxed", 800000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); TaxCloud tables (mid-2026); Grant Thornton alert on rule 3.330; doola help center", "high", "data processing service: a fifth of the charge is exempt, from state and local tax"),
        ("personal", None, None, "taxed", 800000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); TaxCloud tables (mid-2026); Grant Thornton alert on rule 3.330; doola help center", "high", "data processing service: a fifth of the charge is exempt, from state and local tax"),
    ),
    "US-UT": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.7 in 2013/2016 copies); doola help center", "high", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); streamlinedsalestax.org rate page (4.7 in 2013/2016 copies); doola help center", "high", ""),
    ),
    "US-VA": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-VI": (
        ("business", None, None, "not_taxed", 0, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", ""),
        ("personal", None, None, "not_taxed", 0, None, "practitioner knowledge, no primary source found; Congressional Research Service RL32708 (territories run separate tax systems)", "low", ""),
    ),
    "US-VT": (
        ("business", "2015-01-01", "2024-07-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Vermont Dept. of Taxes prewritten software page (tax.vermont.gov, quoted in a public GitHub state-facts file); Sovos guide (2026-05, copy)", "high", "before 2015 not known"),
        ("business", "2024-07-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Vermont Dept. of Taxes prewritten software page (tax.vermont.gov, quoted in a public GitHub state-facts file); Sovos guide (2026-05, copy)", "high", "Act 183 of 2024"),
        ("personal", "2015-01-01", "2024-07-01", "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Vermont Dept. of Taxes prewritten software page (tax.vermont.gov, quoted in a public GitHub state-facts file); Sovos guide (2026-05, copy)", "high", "before 2015 not known"),
        ("personal", "2024-07-01", None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Vermont Dept. of Taxes prewritten software page (tax.vermont.gov, quoted in a public GitHub state-facts file); Sovos guide (2026-05, copy)", "high", "Act 183 of 2024"),
    ),
    "US-WA": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); dor.wa.gov services newly subject to retail sales tax; doola help center", "high", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); dor.wa.gov services newly subject to retail sales tax; doola help center", "high", ""),
    ),
    "US-WI": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-WV": (
        ("business", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
        ("personal", None, None, "taxed", 1000000, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "high", ""),
    ),
    "US-WY": (
        ("business", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
        ("personal", None, None, "not_taxed", 0, None, "claytondb/salestaxjar (Tax Foundation, 2026-01); ejosterberg/open-sales-tax (2026-07); Sovos guide (2026-05, copy); TaxCloud tables (mid-2026); doola help center", "medium", ""),
    ),
}
