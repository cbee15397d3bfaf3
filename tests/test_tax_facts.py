"""Facts of tax by their date: every change on its day, and a second public table for the EU's rates."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore._facts import vat_rates
from billingcore._facts.eu_membership import MEMBERS
from billingcore._tax import tables
from billingcore._tax.cases import case_of
from billingcore._tax.decision import change_days
from billingcore._tax.decision import decide as decide_anew
from billingcore.errors import NoRateForDateError
from billingcore.parties import BuyerStatus, CertificateKind, ExemptionCertificate, Registration, Seller
from billingcore.places import Address
from billingcore.sourced import History, Sourced
from billingcore.tax import SAAS, LocalRate, Override, SupplyCategory, decide_tax, default_facts
from samples import BOSTON, DUBLIN, LOCAL, NON_UNION, ONE_DAY, TODAY, UNION, buyer, decide, percent_charged, seller

FACTS = default_facts()


# By date


CHANGES = [
    (country, date.fromisoformat(row[1]), before[0], row[0])
    for country, rows in vat_rates.ROWS.items()
    for before, row in pairwise(rows)
]


@pytest.mark.parametrize(("country", "day", "before", "after"), CHANGES)
def test_every_change_of_the_eu_and_the_uk_reaches_the_decision_on_its_day(country, day, before, after):
    home = seller(country, country)
    for each, ppm in ((day - ONE_DAY, before), (day, after)):
        ruling = decide(home, buyer(country), each)
        assert ruling.rate == Fraction(ppm, 1_000_000)
        assert ruling.components[0].since <= each


@pytest.mark.parametrize("country", sorted(vat_rates.ROWS))
def test_before_the_first_row_there_is_no_rate(country):
    first = date.fromisoformat(vat_rates.ROWS[country][0][1])
    assert FACTS.rate(country, first - ONE_DAY) is None
    with pytest.raises(NoRateForDateError):
        FACTS.rate_on(country, first - ONE_DAY)
    assert FACTS.rate_on(country, first).since == first
    assert FACTS.rate_on(country, date(2099, 1, 1)).until is None


def test_a_place_without_a_rate_says_so():
    assert not FACTS.covers("AF")
    assert FACTS.rate("AF", TODAY) is None
    with pytest.raises(NoRateForDateError, match="hand in a history"):
        FACTS.rate_on("AF", TODAY)
    assert tables.rates("XX-1") is None
    assert tables.country_rule("AF") is None


PLACES = [
    ("FR", None),
    ("IE", None),
    ("EE", None),
    ("GB", None),
    ("HR", None),
    ("CH", None),
    ("AU", None),
    ("AZ", None),
    ("PT", "PT-20"),
]
PLACES += [
    ("ES", "ES-GC"),
    ("US", "US-TX"),
    ("US", "US-MD"),
    ("US", "US-FL"),
    ("US", "US-CA"),
    ("CA", "CA-QC"),
    ("CA", "CA-MB"),
    ("AX", None),
    ("GP", None),
]


CERTIFICATE = ExemptionCertificate(
    "N",
    CertificateKind.RESALE,
    "Buyer",
    ("US-FL", "US-MD"),
    date(2022, 5, 1),
    date(2024, 2, 1),
    revoked_on=date(2023, 11, 5),
)


OVERRIDES = FACTS.with_override(
    Override("US-FL", SupplyCategory.SAAS, True, "us", since=date(2020, 2, 2), until=date(2029, 3, 3))
)
OVERRIDES = OVERRIDES.with_local_rates(
    LocalRate("City", "US-TX", Fraction(1, 100), since=date(2021, 4, 4), until=date(2023, 5, 5))
)


SELLERS = [
    DUBLIN,
    BOSTON,
    seller("FI", "FI"),
    Seller("S", Address("US"), (Registration("AU", LOCAL, date(2016, 6, 6), date(2026, 6, 6)),)),
]
SELLERS += [
    seller(
        "US",
        "AU",
        "CH",
        "AZ",
        "CA",
        "CA-QC",
        "CA-MB",
        "ES-CN",
        "US-TX",
        "US-MD",
        "US-FL",
        "US-CA",
        "GB",
        schemes=(NON_UNION, UNION),
        below_eu_threshold=True,
    )
]


@given(
    st.sampled_from(SELLERS),
    st.sampled_from(PLACES),
    st.sampled_from(BuyerStatus),
    st.dates(date(1995, 1, 1), date(2032, 1, 1)),
    st.sampled_from([FACTS, OVERRIDES]),
)
def test_a_timeline_answers_as_a_fresh_decision(who, place, status, day, tables_used):
    whom = buyer(*place, status=status, certificates=(CERTIFICATE,))
    case = case_of(who, whom, tables_used, SAAS)
    expected = decide_anew(case, day)
    assert decide_tax(who, whom, day, tables_used) == expected
    # The days of change are all that there are: in between the answer is one.
    days = [each for each in change_days(case) if each <= day]
    assert decide_anew(case, days[-1] if days else date(1900, 1, 1)) == expected


@given(st.sampled_from(sorted(vat_rates.ROWS)), st.dates(date(2004, 5, 1), date(2026, 11, 23)))
def test_rows_after_the_tax_point_never_matter(country, day):
    history = FACTS.history(country)
    past = [
        row if row.until is None or row.until <= day else attrs.evolve(row, until=None)
        for row in history.rows
        if row.since <= day
    ]
    cut = FACTS.with_rates(country, History("cut", tuple(past)))
    who, whom = seller(country, country), buyer(country)
    assert decide(who, whom, day).rate == decide(who, whom, day, facts=cut).rate


@given(st.permutations(vat_rates.ROWS["IE"]), st.dates(date(1994, 1, 1), date(2026, 1, 1)))
def test_the_order_of_rows_does_not_matter(rows, day):
    shuffled = History(
        "IE",
        tuple(
            [
                Sourced(
                    row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]) if row[2] else None, row[4], TODAY
                )
                for row in rows
            ]
        ),
    )
    expected = FACTS.rate("IE", day)
    found = shuffled.find(day)
    assert (found is None and expected is None) or Fraction(found.value, 1_000_000) == expected.value.rate


# A second table of the EU's rates: pyvat prints one for every member


def test_the_rates_of_another_library():
    pyvat = pytest.importorskip("pyvat")
    known = {  # what its table of 2024-09 does not have: https://github.com/iconfinder/pyvat
        "EE": (22, 24), "FI": (24, 25.5), "RO": (19, 21), "SK": (20, 23),
    }  # fmt: skip
    for country in sorted(MEMBERS):
        if country == "GB":
            continue
        other = pyvat.Party("DE" if country == "IE" else "IE", is_business=True)
        kind = pyvat.ItemType.generic_electronic_service
        theirs = float(pyvat.get_sale_vat_charge(TODAY, kind, pyvat.Party(country, is_business=False), other).rate)
        ours = percent_charged(decide(seller(country, country), buyer(country)))
        if country in known:
            assert (theirs, ours) == known[country]
        else:
            assert theirs == ours, country
