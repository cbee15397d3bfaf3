"""What the table of US sales tax says beyond its columns: rules with dates, scheduled changes, our remarks.

Read by ``generate_us_sales_tax.py``. Days are first days; a rule ends where the next one of the same use begins.
"""

BOTH = ("business", "personal")

RATE_NOTES = {
    "CA": "6.00 % of the state and 1.25 % that is the same everywhere; some tables print 6.00",
    "NV": "the least rate of the state: 4.6 % and 2.25 % local; some tables print 4.6; the first day is unverified",
    "VA": "4.3 % of the state and 1.0 % that is the same everywhere; some tables print 4.3",
    "UT": "the state alone; 1.25 % local is mandatory everywhere, so that the least rate is 6.10",
    "DC": "7.0 % since 2026-10-01 is enacted and was not read again after that day; a step to 6.5 % was repealed before it applied",
    "NC": "one source dates the rate 2011-10-15",
    "PR": "the municipality adds 1.0 %",
    "HI": "general excise tax, owed by the seller; what may be shown to a customer at most is 4.166 % (4.712 % with a county surcharge)",
    "NM": "gross receipts tax, owed by the seller",
    "AZ": "transaction privilege tax, owed by the seller",
    "NJ": "half of it in some zones, which the seller's certification decides",
    "LA": "falls to 4.75 % on 2030-01-01",
    "SD": "returns to 4.5 % on 2027-07-01 unless extended",
    "GU": "no sales tax; a privilege tax that the seller owes was not looked up",
    "MP": "no sales tax; a tax on gross revenue that the seller owes was not looked up",
    "VI": "no sales tax; a gross receipts tax that the seller owes was not looked up",
    "AS": "no general sales tax was found",
}
"""Our remark on the newest rate of a state."""

SCHEDULED_RATES = {"LA": (("2030-01-01", "4.75"),), "SD": (("2027-07-01", "4.5"),)}
"""Enacted changes after the day on which the table was checked."""

SAAS_RULES = {
    "AL": (
        (
            BOTH,
            "",
            "disputed",
            "",
            "",
            "",
            "the revenue department treats all software as tangible property since 2019; two lists say that software as a service is not taxed: the caller must decide",
        ),
    ),
    "AK": ((BOTH, "", "local_only", "", "", "", "no state tax; more than 100 municipalities have taxes of their own"),),
    "CA": (
        (BOTH, "", "not_taxed", "", "", "", ""),
        (
            BOTH,
            "2027-01-01",
            "taxed",
            "100",
            "",
            "",
            "SB 122; custom software and infrastructure services stay untaxed; a buyer of more than 5 million USD a year accounts for the tax under a permit",
        ),
    ),
    "CO": (
        (BOTH, "", "not_taxed", "", "", "", "home-rule cities may tax already"),
        (
            BOTH,
            "2027-01-01",
            "taxed",
            "100",
            "",
            "",
            "HB26-1223; a licence that both parties negotiated and signed stays untaxed",
        ),
    ),
    "CT": (
        (("business",), "", "taxed", "100", "1", "", "computer and data processing service, at a rate of its own"),
        (("personal",), "", "taxed", "100", "1", "", "at the rate of business use until 2019-09-30"),
        (("personal",), "2019-10-01", "taxed", "100", "", "", ""),
    ),
    "IA": (
        (BOTH, "", "not_taxed", "", "", "", ""),
        (
            ("business",),
            "2019-01-01",
            "not_taxed",
            "",
            "",
            "",
            "furnished to a commercial enterprise for its exclusive use",
        ),
        (("personal",), "2019-01-01", "taxed", "100", "", "", ""),
    ),
    "KY": ((BOTH, "", "not_taxed", "", "", "", ""), (BOTH, "2023-01-01", "taxed", "100", "", "", "HB 8")),
    "LA": (
        (BOTH, "", "not_taxed", "", "", "", ""),
        (
            BOTH,
            "2025-01-01",
            "taxed",
            "100",
            "",
            "",
            "state and local; narrow exemptions for some producers, banks and health care",
        ),
    ),
    "MD": (
        (BOTH, "", "not_taxed", "", "", "", ""),
        (("personal",), "2021-03-14", "taxed", "100", "", "", "digital product"),
        (
            ("business",),
            "2021-03-14",
            "taxed",
            "100",
            "",
            "medium",
            "digital product, until enterprise software was excluded on 2022-07-01",
        ),
        (("business",), "2022-07-01", "not_taxed", "", "", "", "enterprise software was excluded until 2025-06-30"),
        (
            ("business",),
            "2025-07-01",
            "taxed",
            "100",
            "3",
            "",
            "at a rate of its own; the higher rate wins where both could apply",
        ),
    ),
    "MS": (
        (
            BOTH,
            "",
            "taxed",
            "100",
            "",
            "low",
            "until software on a server outside the state was excluded; earlier rules were not read",
        ),
        (BOTH, "2023-07-01", "not_taxed", "", "", "", "used over the internet, on a server outside the state"),
    ),
    "OH": (
        (("business",), "", "taxed", "100", "", "", "automatic data processing or electronic information service"),
        (("personal",), "", "not_taxed", "", "", "", ""),
    ),
    "PR": (
        (
            BOTH,
            "",
            "taxed",
            "100",
            "",
            "",
            "digital products since Act 52 of 2022, first day not known; 4 % for services between businesses does not clearly cover it",
        ),
    ),
    "RI": (
        (BOTH, "", "not_taxed", "", "", "low", ""),
        (BOTH, "2018-10-01", "taxed", "100", "", "", "the first day is unverified"),
    ),
    "TN": ((BOTH, "", "not_taxed", "", "", "", ""), (BOTH, "2015-07-01", "taxed", "100", "", "", "")),
    "TX": (
        (
            BOTH,
            "",
            "taxed",
            "80",
            "",
            "",
            "data processing service: a fifth of the charge is exempt, from state and local tax",
        ),
    ),
    "VT": (
        (BOTH, "2015-01-01", "not_taxed", "", "", "", "before 2015 not known"),
        (BOTH, "2024-07-01", "taxed", "100", "", "", "Act 183 of 2024"),
    ),
}
"""Rules on software as a service: (uses, first day, treatment, taxed percent, own rate, confidence, note) by state.

An empty first day is: as far back as it is known. An empty rate is the state's; an empty confidence is the CSV's.
"""
