"""Canada: GST, HST, QST and PST by date, component and registration."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore._facts.canada_tax import GST_ONLY, ROWS
from billingcore.money import Money
from billingcore.parties import Buyer, BuyerStatus, Seller
from billingcore.places import Address
from billingcore.sourced import History, Sourced
from billingcore.tax import (
    Charged,
    NotCollecting,
    NotCollectingReason,
    NoteCode,
    NotTaxable,
    OutsideScope,
    Override,
    Rule,
    Supply,
    SupplyCategory,
    TaxBase,
    TaxGroup,
    Undetermined,
    UndeterminedReason,
    VatRate,
    default_facts,
)
from billingcore.tax_ids import TaxIdState, parse_tax_id
from samples import DUBLIN, ONE_DAY, SIMPLIFIED, TODAY, buyer, company, decide, percent_charged, registrations, seller

ALL = seller("US", "CA", "CA-QC", "CA-BC", "CA-SK", "CA-MB", "CA-PE")
GST = seller("US", "CA")


def names(ruling):
    return [each.name for each in ruling.components]


def customer(province, **more):
    return buyer("CA", f"CA-{province}", **more)


GST_NUMBER, QST_NUMBER = "123456782RT0001", "1023456789TQ0001"
MARCH = date(2026, 3, 1)
SELF = NotCollectingReason.BUYER_SELF_ACCOUNTS


def amounts(ruling, net):
    return [tax.amount for _, tax in TaxGroup(Money.of(net, "CAD"), ruling).component_taxes()]


def test_quebec_rounds_each_tax_once():
    # Revenu Québec: 100.00 × 9.975 % = 9.975, which becomes 9.98.
    ruling = decide(ALL, customer("QC"))
    assert amounts(ruling, "100.00") == ["5.00", "9.98"]
    assert [(each.name, each.place) for each in ruling.components] == [("GST", "CA"), ("QST", "CA-QC")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # 2012: 9.5 % of 100.00 + 5.00 = 9.975; 2013: 9.975 % of 100.00: the same 14.98.
        (date(2012, 12, 31), ["5.00", "9.98"]),
        (date(2013, 1, 1), ["5.00", "9.98"]),
        (date(2011, 12, 31), ["5.00", "8.93"]),  # 8.5 % of 105.00 = 8.925
        (date(2010, 12, 31), ["5.00", "7.88"]),  # 7.5 % of 105.00 = 7.875
        (date(2007, 12, 31), ["6.00", "7.95"]),  # 7.5 % of 106.00
        (date(2006, 6, 30), ["7.00", "8.03"]),  # 7.5 % of 107.00 = 8.025
        (date(1994, 5, 12), ["7.00", "4.28"]),  # services: 4 % of 107.00
    ],
)
def test_quebec_taxed_the_price_with_gst_until_2012(day, expected):
    ruling = decide(ALL, customer("QC"), day)
    assert amounts(ruling, "100.00") == expected
    assert ruling.components[1].on is (TaxBase.PRICE if day.year > 2012 else TaxBase.PRICE_AND_GST)


CHANGES = """
province day         before after
NS       2006-07-01  15     14
NS       2008-01-01  14     13
NS       2010-07-01  13     15
NS       2025-04-01  15     14
NB       2006-07-01  15     14
NB       2008-01-01  14     13
NB       2016-07-01  13     15
NL       2006-07-01  15     14
NL       2008-01-01  14     13
NL       2016-07-01  13     15
ON       2010-07-01  5      13
PE       2013-04-01  5      14
PE       2016-10-01  14     15
BC       2013-04-01  12     12
AB       2006-07-01  7      6
AB       2008-01-01  6      5
SK       2019-01-01  5      11
MB       2026-01-01  5      12
"""


@pytest.mark.parametrize(("province", "day", "before", "after"), [line.split() for line in CHANGES.split("\n")[2:-1]])
def test_a_change_happens_on_its_day(province, day, before, after):
    day = date.fromisoformat(day)
    rates = [percent_charged(decide(ALL, customer(province), each)) for each in (day - ONE_DAY, day)]
    assert rates == [float(before), float(after)]


def test_hst_replaces_gst_as_one_line():
    assert names(decide(ALL, customer("ON"))) == ["HST"]
    assert names(decide(ALL, customer("BC"), date(2013, 3, 31))) == ["HST"]
    assert names(decide(ALL, customer("BC"), date(2013, 4, 1))) == ["GST", "PST"]


@pytest.mark.parametrize("province", sorted(code.removeprefix("CA-") for code in GST_ONLY))
def test_regions_without_a_tax_of_their_own(province):
    ruling = decide(ALL, customer(province))
    assert (names(ruling), percent_charged(ruling), ruling.notes) == (["GST"], 5, ())


def test_each_tax_has_its_registration():
    ruling = decide(GST, customer("QC"))
    assert names(ruling) == ["GST"]
    assert [note.code for note in ruling.notes] == [NoteCode.PART_NOT_REGISTERED]
    quebec = decide(seller("US", "CA-QC"), customer("QC"))
    assert names(quebec) == ["QST"]
    assert [note.code for note in quebec.notes] == [NoteCode.PART_NOT_REGISTERED]
    assert decide(GST, customer("MB"), date(2025, 12, 31)).notes == ()  # not taxed there yet
    no_row = decide(GST, customer("SK"), date(2000, 1, 1)).notes
    assert [note.code for note in no_row] == [NoteCode.PROVINCIAL_TAX_UNKNOWN]
    nothing = decide(seller("US"), customer("QC"))
    assert (type(nothing), nothing.reason) == (NotCollecting, NotCollectingReason.SELLER_NOT_REGISTERED)
    assert type(decide(DUBLIN, customer("QC"))) is OutsideScope
    assert type(decide(seller("US", "CA-ON"), customer("ON"))) is NotCollecting  # Ontario registers nobody
    assert names(decide(seller("IE", "IE", "CA"), customer("ON"))) == ["HST"]


def test_a_province_that_does_not_tax_it_yet():
    manitoba = decide(seller("US", "CA-MB"), customer("MB"), date(2025, 12, 31))
    assert (type(manitoba), manitoba.rules[-1]) == (NotTaxable, Rule.CATEGORY_NOT_TAXED)
    assert type(decide(seller("US", "CA-MB"), customer("MB"), date(2026, 1, 1))) is Charged


def test_what_is_not_known_is_undetermined_with_its_reason():
    ruling = decide(seller("US", "CA", "CA-SK"), customer("SK"), date(2006, 10, 27))
    assert (type(ruling), ruling.reason) == (Undetermined, UndeterminedReason.NO_RATE_FOR_DATE)
    assert type(decide(GST, customer("AB"), date(1990, 12, 31))) is Undetermined
    quebec = decide(seller("US", "CA-QC"), customer("QC"), date(1992, 6, 30))
    assert quebec.reason is UndeterminedReason.NO_RATE_FOR_DATE
    nowhere = decide(ALL, buyer("CA"))
    assert (type(nowhere), nowhere.reason) == (Undetermined, UndeterminedReason.SUBDIVISION_MISSING)
    other = Supply(SupplyCategory.ELECTRONIC_SERVICE)
    assert decide(ALL, customer("BC"), supply=other).reason is UndeterminedReason.CATEGORY_NOT_COVERED
    assert names(decide(ALL, customer("QC"), supply=other)) == ["GST", "QST"]  # GST, HST and QST fall on every service
    assert decide(GST, customer("BC"), supply=other).notes == ()


def simplified(*codes):
    return Seller("S", Address("US"), registrations(*codes, scheme=SIMPLIFIED))


def registrant(province, *numbers, state=TaxIdState.VERIFIED):
    first, *others = [parse_tax_id(number, "CA") for number in numbers]
    return Buyer(
        "B", Address("CA", f"CA-{province}"), BuyerStatus.BUSINESS, first, state, further_tax_ids=tuple(others)
    )


def test_the_simplified_regime_does_not_charge_buyers_with_a_number():
    ontario = decide(simplified("CA"), registrant("ON", GST_NUMBER))
    assert (type(ontario), ontario.reason) == (NotCollecting, NotCollectingReason.BUYER_SELF_ACCOUNTS)
    assert Rule.NUMBER_UNDER_SIMPLIFIED_REGIME in ontario.rules
    both = simplified("CA", "CA-QC")
    assert names(decide(both, registrant("QC", GST_NUMBER))) == ["QST"]
    assert names(decide(both, registrant("QC", QST_NUMBER))) == ["GST"]
    assert type(decide(both, registrant("QC", GST_NUMBER, QST_NUMBER))) is NotCollecting
    assert names(decide(both, registrant("QC", GST_NUMBER, state=TaxIdState.FORMAT_OK))) == ["GST", "QST"]
    assert names(decide(both, customer("QC"))) == ["GST", "QST"]
    assert decide(both, customer("QC")).scheme is SIMPLIFIED
    # An ordinary registration charges businesses as well.
    assert names(decide(ALL, registrant("QC", GST_NUMBER, QST_NUMBER))) == ["GST", "QST"]


def test_overrides_speak_of_one_tax():
    def own(place, taxable=True, rate=None, base=Fraction(1)):
        return default_facts().with_override(Override(place, SupplyCategory.SAAS, taxable, "us", rate, base))

    assert names(decide(ALL, customer("QC"), facts=own("CA-QC", False))) == ["GST"]
    assert names(decide(ALL, customer("QC"), facts=own("CA", False))) == ["QST"]
    assert percent_charged(decide(ALL, customer("BC"), facts=own("CA-BC", rate=Fraction(3, 100)))) == 8
    early = decide(ALL, customer("MB"), date(2025, 12, 31), facts=own("CA-MB"))
    assert percent_charged(early) == 12  # taxed before its day, at the rate of the table
    assert percent_charged(decide(ALL, customer("SK"), facts=own("CA-SK", base=Fraction(1, 2)))) == 8
    assert names(decide(ALL, customer("SK"), date(2000, 1, 1), facts=own("CA-SK", rate=Fraction(1, 100)))) == [
        "GST",
        "tax",
    ]
    assert (
        decide(ALL, customer("SK"), date(2000, 1, 1), facts=own("CA-SK")).reason is UndeterminedReason.NO_RATE_FOR_DATE
    )
    other = Supply(SupplyCategory.ELECTRONIC_SERVICE)
    tables = default_facts().with_override(Override("CA-BC", SupplyCategory.ELECTRONIC_SERVICE, True, "us"))
    assert percent_charged(decide(ALL, customer("BC"), supply=other, facts=tables)) == 12
    untaxed = decide(seller("US", "CA-BC"), customer("BC"), facts=own("CA-BC", False))
    assert (type(untaxed), untaxed.rules[-1]) == (NotTaxable, Rule.OVERRIDDEN)
    ruling = decide(ALL, customer("QC"), facts=own("CA-QC", False))
    assert NoteCode.OVERRIDDEN in [note.code for note in ruling.notes]


@pytest.mark.parametrize("region", sorted(ROWS))
def test_rows_follow_each_other(region):
    rows = ROWS[region]
    assert [row[2] for row in rows[:-1]] == [row[1] for row in rows[1:]]
    assert rows[-1][2] is None
    assert all(row[6] and row[7] in {"high", "medium", "low"} for row in rows)


def test_rates_of_the_caller_fall_on_software_from_their_first_day():
    own = History("ours", (Sourced(VatRate("PST", Fraction(8, 100)), date(2020, 1, 2), None, "us", TODAY),))
    tables = default_facts().with_rates("CA-BC", own)
    assert percent_charged(decide(ALL, customer("BC"), date(2020, 1, 2), facts=tables)) == 13


def test_prince_edward_island_taxed_goods_alone():
    assert names(decide(ALL, customer("PE"), date(2013, 3, 31))) == ["GST"]
    assert percent_charged(decide(GST, customer("AB"), TODAY)) == 5


def codes(ruling):
    return [note.code for note in ruling.notes]


@pytest.mark.parametrize(
    ("number", "charged"),
    [("123026635RT0001", None), ("123026635RC0001", 13), ("123026635", 13), ("123026635RP0001", 13)],
)
def test_only_a_gst_account_frees_under_the_simplified_registration(number, charged):
    who = Seller("S", Address("US"), registrations("CA", scheme=SIMPLIFIED))
    ruling = decide(who, attrs.evolve(company(number, "CA"), address=Address("CA", "CA-ON")), MARCH)
    if charged is None:
        assert ruling.reason is SELF
    else:
        assert (percent_charged(ruling), codes(ruling)) == (charged, [NoteCode.TAX_ID_OF_ANOTHER_TAX])


@pytest.mark.parametrize(("province", "last"), [("CA-ON", date(2010, 6, 30)), ("CA-PE", date(2013, 3, 31))])
def test_before_the_harmonised_tax_the_provincial_tax_is_not_known(province, last):
    who = seller("US", "CA")
    before = decide(who, buyer("CA", province), last)
    assert (percent_charged(before), codes(before)) == (5, [NoteCode.PROVINCIAL_TAX_UNKNOWN])
    assert codes(decide(who, buyer("CA", province), last + ONE_DAY)) == []
