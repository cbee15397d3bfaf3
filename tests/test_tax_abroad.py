"""The decision in the rest of the world: who registers, who accounts for the tax, who collects, and how sure it is."""

from datetime import date
from fractions import Fraction

import pytest

from billingcore.sourced import Confidence
from billingcore.tax import (
    Charged,
    CollectionModel,
    FactKind,
    NotCollecting,
    NotCollectingReason,
    NoteCode,
    NotTaxable,
    OutsideScope,
    Rule,
    Supply,
    SupplyCategory,
    Undetermined,
    UndeterminedReason,
    explain_ruling,
    facts,
)
from samples import BOSTON, DUBLIN, ONE_DAY, PROVEN, TODAY, buyer, company, decide, percent_charged, seller

SELF = NotCollectingReason.BUYER_SELF_ACCOUNTS
WITHHOLDS = NotCollectingReason.BUYER_WITHHOLDS
NOBODY = NotCollectingReason.SELLER_NOT_REGISTERED
PROVIDER = NotCollectingReason.PAYMENT_PROVIDER_COLLECTS
UNREGISTERED = seller("US", "US-MA")
MARCH = date(2026, 3, 1)


def codes(ruling):
    return [note.code for note in ruling.notes]


ABROAD = seller(
    "US", "US-MA", "AU", "NO", "CH", "LI", "JP", "ZA", "AR", "EC", "AZ", "PH", "IS", "KE", "VN", "BD", "AF", "SM", "SG"
)


@pytest.mark.parametrize(
    ("country", "consumer", "business"),
    [
        ("AU", 10, SELF),  # not charged
        ("NO", 25, SELF),
        ("SG", 9, SELF),
        ("CH", 8.1, 8.1),  # charged once registered
        ("LI", 8.1, 8.1),
        ("JP", 10, 10),  # consumer-type: open to anyone
        ("ZA", 15, 15),
        ("AR", 21, 21),  # registered: neither provider nor buyer withholds
        ("AZ", 18, 18),
        ("PH", 12, WITHHOLDS),
        ("VN", 10, 10),
        ("BD", 15, UndeterminedReason.BUSINESS_RULE_UNKNOWN),
        ("IS", 24, 24),
        ("AF", UndeterminedReason.PLACE_NOT_COVERED, UndeterminedReason.PLACE_NOT_COVERED),
        (
            "SM",
            UndeterminedReason.NO_RATE_FOR_DATE,
            UndeterminedReason.BUSINESS_RULE_UNKNOWN,
        ),  # its tax was not looked up
    ],
)
def test_a_registered_seller_from_abroad(country, consumer, business):
    for who, expected in ((buyer(country), consumer), (buyer(country, status=PROVEN), business)):
        ruling = decide(ABROAD, who)
        if isinstance(expected, int | float):
            assert percent_charged(ruling) == expected
        else:
            assert ruling.reason is expected


@pytest.mark.parametrize(
    ("country", "consumer", "business"),
    [
        ("AU", NOBODY, SELF),
        ("CH", NOBODY, SELF),  # the buyer's acquisition tax
        ("EC", PROVIDER, WITHHOLDS),
        ("AR", PROVIDER, WITHHOLDS),
        ("PE", PROVIDER, WITHHOLDS),
        ("PY", PROVIDER, WITHHOLDS),
        ("CR", PROVIDER, WITHHOLDS),
        ("VN", NOBODY, NOBODY),
        ("BD", NOBODY, NOBODY),
        ("AF", NOBODY, NOBODY),
    ],
)
def test_an_unregistered_seller_from_abroad(country, consumer, business):
    for who, expected in ((buyer(country), consumer), (buyer(country, status=PROVEN), business)):
        ruling = decide(UNREGISTERED, who)
        assert (type(ruling), ruling.reason) == (NotCollecting, expected)


def test_azerbaijan_registers_sellers_since_2026():
    days = (date(2025, 12, 31), date(2026, 1, 1))
    assert [decide(UNREGISTERED, buyer("AZ"), day).reason for day in days] == [PROVIDER, NOBODY]
    assert [decide(UNREGISTERED, buyer("AZ", status=PROVEN), day).reason for day in days] == [WITHHOLDS, NOBODY]
    models = [decide(DUBLIN, buyer("AZ"), day).model for day in days]
    assert models == [CollectionModel.PAYMENT_PROVIDER, CollectionModel.SUPPLIER_REGISTERS]


@pytest.mark.parametrize(
    ("country", "consumer", "business"),
    [
        ("AR", CollectionModel.PAYMENT_PROVIDER, CollectionModel.BUYER_WITHHOLDS),
        ("AU", CollectionModel.SUPPLIER_REGISTERS, CollectionModel.BUYER_SELF_ACCOUNTS),
        ("VN", CollectionModel.SUPPLIER_REGISTERS, CollectionModel.SUPPLIER_REGISTERS),
        ("BD", CollectionModel.SUPPLIER_REGISTERS, CollectionModel.NONE),
        ("HK", CollectionModel.NONE, CollectionModel.NONE),
        ("AF", CollectionModel.NONE, CollectionModel.NONE),
    ],
)
def test_an_eu_seller_is_outside_the_scope_and_sees_who_collects(country, consumer, business):
    for who, model in ((buyer(country), consumer), (buyer(country, status=PROVEN), business)):
        ruling = decide(DUBLIN, who)
        assert (type(ruling), ruling.category, ruling.vatex, ruling.model) == (OutsideScope, "O", "VATEX-EU-O", model)
        assert ruling.rules[-1] is Rule.BUYER_OUTSIDE_EU


def test_an_eu_seller_with_a_local_registration_charges_the_local_tax():
    assert percent_charged(decide(seller("IE", "IE", "NO"), buyer("NO"))) == 25


def test_japan_lets_businesses_account_for_services_that_only_they_can_buy():
    business_only = Supply(business_only=True)
    assert decide(ABROAD, buyer("JP", status=PROVEN), supply=business_only).reason is SELF
    assert percent_charged(decide(ABROAD, buyer("JP"), supply=business_only)) == 10


def rules(ruling):
    return [rule.name for rule in ruling.rules]


def test_a_place_without_such_a_tax():
    for who in (UNREGISTERED, seller("HK")):
        ruling = decide(who, buyer("HK"))
        assert (type(ruling), ruling.category, rules(ruling)) == (NotTaxable, "O", ["NO_SUCH_TAX"])


@pytest.mark.parametrize(
    ("country", "first"),
    [
        ("AU", "2017-07-01"),
        ("NZ", "2016-10-01"),
        ("IN", "2017-07-01"),
        ("CL", "2020-06-01"),
        ("ZA", "2014-06-01"),
        ("OM", "2021-04-16"),
    ],
)
def test_sellers_from_abroad_charge_consumers_from_a_day_on(country, first):
    day, who = date.fromisoformat(first), seller("US", country)
    before = decide(who, buyer(country), day - ONE_DAY)
    assert (type(before), before.rules[-1]) == (NotTaxable, Rule.FOREIGN_SELLERS_NOT_YET)
    assert type(decide(who, buyer(country), day)) is Charged
    # A seller of that country charged before.
    assert type(decide(seller(country, country), buyer(country), day - ONE_DAY)) in (Charged, Undetermined)


def test_a_rate_whose_first_day_is_unknown_is_not_used_for_days_before_the_rules_start():
    who = seller("AM", "AM")
    first = decide(who, buyer("AM"), date(2003, 7, 1))
    assert percent_charged(first) == 20
    assert [note.code.name for note in first.notes] == ["START_UNKNOWN"]
    assert first.components[0].since is None
    before = decide(who, buyer("AM"), date(2003, 6, 30))
    assert (type(before), before.reason) == (Undetermined, UndeterminedReason.NO_RATE_FOR_DATE)


def test_no_rate_covers_the_day():
    ruling = decide(seller("CH", "CH"), buyer("CH"), date(1994, 12, 31))
    assert (type(ruling), ruling.reason) == (Undetermined, UndeterminedReason.NO_RATE_FOR_DATE)
    assert percent_charged(decide(seller("CH", "CH"), buyer("CH"), date(1995, 1, 1))) == 6.5


def test_low_rows_keep_their_mark():
    who = seller("TH", "TH")
    last, first = (decide(who, buyer("TH"), day) for day in (date(2026, 9, 30), date(2026, 10, 1)))
    assert (percent_charged(last), last.confidence) == (7, Confidence.HIGH)
    assert (percent_charged(first), first.confidence) == (7, Confidence.LOW)
    assert "no decree was found" in first.components[0].note


def test_rates_for_digital_services_go_before_the_standard_rate():
    assert percent_charged(decide(seller("CN", "CN"), buyer("CN"))) == 6
    assert percent_charged(decide(seller("ID", "ID"), buyer("ID"))) == 11
    assert percent_charged(decide(seller("GH", "GH"), buyer("GH"))) == 20  # 15 + 2.5 + 2.5


def test_bolivia_takes_its_rate_of_the_price_that_contains_it():
    ruling = decide(seller("BO", "BO"), buyer("BO"))
    assert ruling.rate == Fraction(13, 87)  # 13 % of 1.1494… is 14.94 % of 1.00
    assert ruling.describe() == "IVA 13 % on the price with the tax in it in BO"


def test_india_splits_the_tax_within_a_state():
    mumbai = seller("IN", "IN", subdivision="IN-MH")
    within = decide(mumbai, buyer("IN", "IN-MH"))
    assert [(each.name, each.place, each.rate * 100) for each in within.components] == [
        ("CGST", "IN", 9),
        ("SGST", "IN-MH", 9),
    ]
    for who in (buyer("IN", "IN-KA"), buyer("IN")):
        ruling = decide(mumbai, who)
        assert (len(ruling.components), percent_charged(ruling)) == (1, 18)
    assert len(decide(seller("IN", "IN"), buyer("IN")).components) == 1
    assert percent_charged(decide(seller("US", "IN"), buyer("IN"))) == 18


def test_an_unregistered_seller_leaves_the_tax_to_a_swiss_or_liechtenstein_business():
    for whom in (company("CHE-107.787.577 MWST", "LI"), buyer("LI", status=PROVEN), buyer("CH", status=PROVEN)):
        assert decide(seller("US"), whom, MARCH).reason is SELF


def test_iceland_charges_businesses_by_the_list_of_one_seller():
    for country, rate in (("IS", 24), ("BA", 17)):
        who = seller("US", country)
        ruling = decide(who, buyer(country, status=PROVEN), MARCH)
        assert (percent_charged(ruling), ruling.confidence) == (rate, Confidence.LOW)
        assert NoteCode.BUSINESS_RULE_UNVERIFIED in codes(ruling)
        assert NoteCode.BUSINESS_RULE_UNVERIFIED not in codes(decide(who, buyer(country), MARCH))
        outside = decide(DUBLIN, buyer(country, status=PROVEN), MARCH)
        assert (outside.model, outside.confidence) == (CollectionModel.SUPPLIER_REGISTERS, Confidence.LOW)


def test_kenya_charges_businesses_since_2022_07_01():
    who, whom, change = seller("US", "KE"), buyer("KE", status=PROVEN), date(2022, 7, 1)
    before = decide(who, whom, change - ONE_DAY)
    assert (type(before), before.reason, before.confidence) == (NotCollecting, SELF, Confidence.LOW)
    assert NoteCode.BUSINESS_RULE_UNVERIFIED in codes(before)
    assert percent_charged(decide(who, whom, change)) == 16
    assert percent_charged(decide(who, buyer("KE"), change - ONE_DAY)) == 16
    models = [decide(DUBLIN, whom, day).model for day in (change - ONE_DAY, change)]
    assert models == [CollectionModel.BUYER_SELF_ACCOUNTS, CollectionModel.SUPPLIER_REGISTERS]


@pytest.mark.parametrize(
    ("country", "first"), [("NO", "2011-07-01"), ("NZ", "2016-10-01"), ("AU", "2017-07-01"), ("IN", "2017-07-01")]
)
def test_before_sellers_from_abroad_were_taxed_a_business_is_not_simply_untaxed(country, first):
    day = date.fromisoformat(first)
    for who in (seller("US", country), seller("US")):
        before = decide(who, buyer(country, status=PROVEN), day - ONE_DAY)
        assert (type(before), before.reason, before.confidence) == (NotCollecting, SELF, Confidence.LOW)
        assert before.rules[-1] is Rule.BUSINESS_BEFORE_FOREIGN_SELLERS
        assert decide(who, buyer(country, status=PROVEN), day).reason is SELF
        assert type(decide(who, buyer(country), day - ONE_DAY)) is NotTaxable


@pytest.mark.parametrize(
    ("whom", "day", "model", "sure"),
    [
        (buyer("US", "US-OR"), MARCH, CollectionModel.NONE, Confidence.HIGH),
        (buyer("US", "US-DE"), MARCH, CollectionModel.NONE, Confidence.HIGH),
        (buyer("US", "US-FL"), MARCH, CollectionModel.NONE, Confidence.HIGH),
        (buyer("US", "US-CA"), MARCH, CollectionModel.NONE, Confidence.HIGH),
        (buyer("US", "US-CA"), date(2027, 1, 1), CollectionModel.SUPPLIER_REGISTERS, None),
        (buyer("US", "US-TX"), MARCH, CollectionModel.SUPPLIER_REGISTERS, None),
        (buyer("US", "US-AL"), MARCH, CollectionModel.NONE, Confidence.LOW),
        (buyer("US", "US-AK"), MARCH, CollectionModel.NONE, Confidence.LOW),
        (buyer("US"), MARCH, CollectionModel.NONE, Confidence.LOW),
        (buyer("CA", "CA-ON"), MARCH, CollectionModel.SUPPLIER_REGISTERS, Confidence.HIGH),
        (buyer("MU"), date(2025, 6, 1), CollectionModel.NONE, Confidence.HIGH),
        (buyer("MU"), date(2026, 1, 1), CollectionModel.SUPPLIER_REGISTERS, Confidence.HIGH),
        (buyer("LK"), date(2026, 6, 30), CollectionModel.NONE, Confidence.HIGH),
        (buyer("LK"), date(2026, 7, 1), CollectionModel.SUPPLIER_REGISTERS, Confidence.HIGH),
        (buyer("CN"), MARCH, CollectionModel.NONE, Confidence.MEDIUM),
        (buyer("CN", status=PROVEN), MARCH, CollectionModel.BUYER_WITHHOLDS, Confidence.MEDIUM),
        (buyer("PH", status=PROVEN), MARCH, CollectionModel.BUYER_WITHHOLDS, Confidence.HIGH),
        (buyer("AU", status=PROVEN), date(2017, 6, 30), CollectionModel.BUYER_SELF_ACCOUNTS, Confidence.LOW),
        *[
            (buyer(country), MARCH, CollectionModel.NONE, Confidence.LOW)
            for country in ("IL", "LB", "JO", "HN", "GT", "IR", "AF")
        ],
    ],
)
def test_who_collects_from_an_eu_seller_and_from_others(whom, day, model, sure):
    ruling = decide(DUBLIN, whom, day)
    assert (type(ruling), ruling.model) == (OutsideScope, model)
    assert sure is None or ruling.confidence is sure
    other = decide(seller("JP"), whom, day)
    if type(other) is NotCollecting and whom.country != "PH":
        assert other.model is model
        assert sure is None or other.confidence is sure


def test_a_category_that_is_not_covered_has_no_known_collector():
    other = Supply(SupplyCategory.ELECTRONIC_SERVICE)
    ruling = decide(DUBLIN, buyer("US", "US-TX"), MARCH, supply=other)
    assert (ruling.model, ruling.confidence) == (CollectionModel.NONE, Confidence.LOW)


def test_a_chinese_business_withholds_unless_the_seller_says_that_it_is_registered():
    assert decide(seller("US"), buyer("CN", status=PROVEN)).reason is NotCollectingReason.BUYER_WITHHOLDS
    registered = decide(seller("US", "CN"), buyer("CN", status=PROVEN))
    assert registered.reason is UndeterminedReason.BUSINESS_RULE_UNKNOWN


def test_low_rows_keep_their_mark_whatever_the_outcome():
    november = date(2026, 11, 1)
    thai = decide(seller("US"), buyer("TH", status=PROVEN), november)
    assert (thai.reason, thai.confidence) == (SELF, Confidence.LOW)
    assert decide(seller("US"), buyer("TH", status=PROVEN), date(2026, 9, 30)).confidence is Confidence.HIGH
    for whom in (buyer("FR", postal_code="98800"), buyer("NL", "NL-AW")):
        ruling = decide(DUBLIN, whom, november)
        assert (type(ruling), ruling.confidence) == (OutsideScope, Confidence.LOW)
    madeira = decide(BOSTON, buyer("PT", "PT-30"), date(2011, 6, 1))
    assert (percent_charged(madeira), madeira.confidence) == (16, Confidence.DISPUTED)


def test_a_remark_of_a_later_row_is_not_made_before_it():
    tajik = decide(DUBLIN, buyer("TJ"), MARCH)  # enacted for 2027 is the remark of the next row
    assert "2027" not in " ".join(note.text for note in tajik.notes)


@pytest.mark.parametrize(
    ("country", "printed"),
    [("SG", "2020-01-01"), ("TR", "2018-01-01"), ("TH", "2021-09-01"), ("CH", "2010-01-01"), ("MX", "2020-06-01")],
)
def test_unverified_first_days_are_shown(country, printed):
    who, day = seller("US", country), date.fromisoformat(printed)
    first, before = decide(who, buyer(country), day), decide(who, buyer(country), day - ONE_DAY)
    for ruling in (first, before):
        assert NoteCode.LIABILITY_START_UNVERIFIED in codes(ruling)
        assert printed in explain_ruling(ruling)
    assert before.confidence is Confidence.LOW
    assert first.confidence is not Confidence.LOW
    assert printed in explain_ruling(decide(seller("US"), buyer(country), day))
    (gap,) = [fact for fact in facts(TODAY, place=country, kind=FactKind.UNKNOWN) if printed in fact.text]
    assert gap.confidence is Confidence.LOW
    assert NoteCode.LIABILITY_START_UNVERIFIED not in codes(decide(seller("US", "AU"), buyer("AU")))
    assert "nothing was found" in explain_ruling(decide(seller("US", "GT"), buyer("GT")))
    assert "is not known here" in explain_ruling(decide(seller("US", "ET"), buyer("ET")))


def test_india_without_a_state_says_so():
    mumbai = seller("IN", "IN", subdivision="IN-MH")
    assert codes(decide(mumbai, buyer("IN"))) == [NoteCode.SUBDIVISION_MISSING]
    assert codes(decide(seller("IN", "IN"), buyer("IN", "IN-MH"))) == [NoteCode.SUBDIVISION_MISSING]
    assert codes(decide(mumbai, buyer("IN", "IN-KA"))) == []


def test_rules_of_places_that_depend_on_more_are_named():
    japan = decide(seller("US", "JP"), buyer("JP"), date(2025, 4, 1))
    assert codes(japan)[-1] is NoteCode.RULE_OF_PLACE
    assert NoteCode.RULE_OF_PLACE not in codes(decide(seller("US", "JP"), buyer("JP"), date(2025, 3, 31)))
    assert NoteCode.RULE_OF_PLACE in codes(decide(seller("US", "ZA"), buyer("ZA", status=PROVEN), MARCH))
    who, whom = seller("US", "CA", "CA-MB"), buyer("CA", "CA-MB")
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [NoteCode.RULE_OF_PLACE in codes(decide(who, whom, day)) for day in days] == [False, True, True, False]
    assert NoteCode.RULE_OF_PLACE not in codes(decide(seller("US", "CA"), whom, days[1]))
