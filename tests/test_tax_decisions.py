"""The order of the decision in the EU, the United Kingdom and the rest of the world, step by step, on both sides of every date."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.parties import BuyerStatus, Registration, Seller
from billingcore.places import Address
from billingcore.sourced import Confidence, History, Sourced
from billingcore.tax import (
    SAAS,
    Charged,
    CollectionModel,
    Disputed,
    NotCollecting,
    NotCollectingReason,
    NotTaxable,
    OutsideScope,
    Override,
    ReverseCharge,
    Rule,
    Supply,
    SupplyCategory,
    Undetermined,
    UndeterminedReason,
    VatRate,
    decide_tax,
    default_facts,
    explain_ruling,
    tax_changes,
    tax_place,
)
from billingcore.tax_ids import TaxIdState
from samples import (
    BERLIN,
    BOSTON,
    DUBLIN,
    EARLY,
    LOCAL,
    LONDON,
    MUSTER,
    NON_UNION,
    ONE_DAY,
    PROVEN,
    TODAY,
    UNION,
    buyer,
    company,
    decide,
    percent_charged,
    registrations,
    seller,
)

SELF, WITHHOLDS = NotCollectingReason.BUYER_SELF_ACCOUNTS, NotCollectingReason.BUYER_WITHHOLDS
NOBODY, PROVIDER = NotCollectingReason.SELLER_NOT_REGISTERED, NotCollectingReason.PAYMENT_PROVIDER_COLLECTS


def rules(ruling):
    return [rule.name for rule in ruling.rules]


# The EU


def test_a_consumer_of_an_eu_seller_is_taxed_where_he_lives_since_2015():
    last, first = (decide(DUBLIN, buyer("FR"), day) for day in (date(2014, 12, 31), date(2015, 1, 1)))
    assert (last.place, percent_charged(last), last.scheme) == ("IE", 23, LOCAL)
    assert (first.place, percent_charged(first), first.scheme) == ("FR", 20, UNION)
    assert rules(last) == ["CONSUMER_AT_SELLER_UNTIL_2014"]
    assert rules(first) == ["CONSUMER_AT_CUSTOMER_SINCE_2015"]


def test_a_consumer_of_another_seller_is_taxed_where_he_lives_since_2003_07_01():
    for day in (date(2003, 7, 1), date(2014, 12, 31), date(2015, 1, 1)):
        ruling = decide(BOSTON, buyer("FR"), day)
        assert (ruling.place, ruling.scheme) == ("FR", NON_UNION)
        assert percent_charged(ruling) == (19.6 if day.year < 2014 else 20)
    before = decide(BOSTON, buyer("FR"), date(2003, 6, 30))
    assert (type(before), before.reason) == (Undetermined, UndeterminedReason.NO_RULE_FOR_DATE)
    assert type(decide(DUBLIN, buyer("US", "US-TX"), date(2003, 6, 30))) is Undetermined


def test_the_home_country_is_charged_whatever_the_buyer_is():
    for who in (buyer("IE"), company("IE1234567T", "IE"), buyer("IE", status=PROVEN)):
        ruling = decide(DUBLIN, who)
        assert (ruling.place, percent_charged(ruling), rules(ruling)) == ("IE", 23, ["DOMESTIC"])
        assert (ruling.category, ruling.vatex, ruling.confidence) == ("S", None, Confidence.HIGH)


def test_a_verified_business_elsewhere_in_the_eu_accounts_for_the_tax():
    ruling = decide(DUBLIN, MUSTER)
    assert (type(ruling), ruling.place, ruling.category, ruling.vatex) == (ReverseCharge, "DE", "AE", "VATEX-EU-AE")
    assert ruling.rules[-1] is Rule.BUSINESS_ELSEWHERE_IN_EU
    assert ruling.mention("de") == "Steuerschuldnerschaft des Leistungsempfängers"
    assert ruling.describe() == "reverse charge: the customer accounts for the tax in DE"
    with pytest.raises(InvalidTypeError):
        ruling.mention(None)
    with pytest.raises(InvalidValueError, match="use one of bg cs da"):
        ruling.mention("xx")
    assert ruling.rate == 0
    assert ruling.components == ()
    # The place does not depend on a registration there.
    assert type(decide(seller("IE", "IE"), MUSTER)) is ReverseCharge


@pytest.mark.parametrize("state", [each for each in TaxIdState if each is not TaxIdState.VERIFIED])
def test_a_number_that_is_not_verified_makes_no_business(state):
    ruling = decide(DUBLIN, company("DE123456788", "DE", state=state))
    assert percent_charged(ruling) == 19
    assert ruling.rules[0] is Rule.TAX_ID_NOT_VERIFIED


def test_evidence_of_a_business():
    assert percent_charged(decide(DUBLIN, buyer("DE", status=BuyerStatus.BUSINESS))) == 19  # no number
    other = attrs.evolve(MUSTER, address=Address("AT"))
    assert rules(decide(DUBLIN, other))[0] == "TAX_ID_OTHER_COUNTRY"
    home = attrs.evolve(company("IE1234567T", "IE"), address=Address("DE"))
    assert percent_charged(decide(DUBLIN, home)) == 19  # the seller's own country proves nothing in Germany
    proven = decide(DUBLIN, buyer("DE", status=PROVEN))
    assert rules(proven) == ["BUSINESS_PROVEN", "BUSINESS_ELSEWHERE_IN_EU"]
    assert percent_charged(decide(DUBLIN, attrs.evolve(MUSTER, status=BuyerStatus.CONSUMER))) == 19


@pytest.mark.parametrize(
    ("number", "country"),
    [("EL094259216", "GR"), ("FR40303265045", "FR"), ("FR40303265045", "MC")],
)
def test_prefixes_that_fit_their_billing_country(number, country):
    assert type(decide(DUBLIN, company(number, country))) is ReverseCharge


def test_an_xi_number_gives_no_reverse_charge_on_services():
    ruling = decide(seller("IE", "IE", "GB"), company("XI980780684", "GB"))
    assert percent_charged(ruling) == 20
    assert ruling.rules[0] is Rule.TAX_ID_NOT_FOR_SERVICES


def test_the_threshold_begins_with_2019():
    small = seller("EE", "EE", "FR", below_eu_threshold=True)
    last, first = (decide(small, buyer("FR"), day) for day in (date(2018, 12, 31), date(2019, 1, 1)))
    assert (last.place, percent_charged(last)) == ("FR", 20)
    assert (first.place, percent_charged(first)) == ("EE", 20)
    assert rules(first) == ["CONSUMER_AT_CUSTOMER_SINCE_2015", "BELOW_EU_THRESHOLD"]
    assert percent_charged(decide(small, buyer("FR"))) == 24  # Estonia today
    assert type(decide(small, MUSTER)) is ReverseCharge  # the threshold speaks of consumers
    assert percent_charged(decide(attrs.evolve(small, below_eu_threshold=False), buyer("FR"))) == 20


def test_nothing_is_collected_without_a_registration():
    ruling = decide(seller("IE", "IE"), buyer("FR"))
    assert (type(ruling), ruling.reason, ruling.model) == (NotCollecting, NOBODY, CollectionModel.SUPPLIER_REGISTERS)
    assert (ruling.category, ruling.vatex, ruling.place) == ("O", None, "FR")
    assert ruling.rules[-1] is Rule.SELLER_NOT_REGISTERED
    assert decide(seller("IE"), buyer("IE")).reason is NOBODY
    assert decide(seller("US"), buyer("FR")).reason is NOBODY
    # A registration in the customer's country does as well.
    assert decide(seller("IE", "IE", "FR"), buyer("FR")).scheme is LOCAL


def test_registrations_have_days():
    who = Seller("S", Address("IE"), registrations("FR", since=date(2024, 1, 1), until=date(2025, 1, 1)))
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    assert [type(decide(who, buyer("FR"), day)) for day in days] == [NotCollecting, Charged, Charged, NotCollecting]


def test_a_business_of_a_seller_outside_the_eu_accounts_for_the_tax():
    ruling = decide(BOSTON, MUSTER)
    assert (type(ruling), ruling.reason, ruling.model) == (NotCollecting, SELF, CollectionModel.BUYER_SELF_ACCOUNTS)
    assert rules(ruling) == ["BUSINESS_OF_NON_EU_SELLER"]


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("AT", None), ("BG", "2007-01-01"), ("CY", "2004-05-01"), ("CZ", "2004-05-01"), ("EE", "2004-05-01"), ("HR", "2013-07-01"),
        ("HU", "2004-05-01"), ("LT", "2004-05-01"), ("LV", "2004-05-01"), ("MT", "2004-05-01"), ("PL", "2004-05-01"),
        ("RO", "2007-01-01"), ("SI", "2004-05-01"), ("SK", "2004-05-01"),
    ],
)  # fmt: skip
def test_membership_grew(country, day):
    if day is None:
        assert type(decide(DUBLIN, buyer(country, status=PROVEN), date(2003, 7, 1))) is ReverseCharge
        return
    first = date.fromisoformat(day)
    business = buyer(country, status=PROVEN)
    assert type(decide(DUBLIN, business, first - ONE_DAY)) is OutsideScope
    assert type(decide(DUBLIN, business, first)) is ReverseCharge
    assert type(decide(DUBLIN, buyer(country), first - ONE_DAY)) is OutsideScope
    assert decide(DUBLIN, buyer(country), first).place == "IE"  # consumers, before 2015


def test_a_member_to_be_is_a_country_like_others():
    who = seller("IE", "IE", "HR")
    assert percent_charged(decide(who, buyer("HR"), date(2013, 6, 30))) == 25
    assert decide(who, buyer("HR", status=PROVEN), date(2013, 6, 30)).reason is UndeterminedReason.BUSINESS_RULE_UNKNOWN


# The United Kingdom


def test_the_uk_leaves_with_the_end_of_2020():
    days = (date(2020, 12, 31), date(2021, 1, 1))
    last, first = (decide(DUBLIN, buyer("GB"), day) for day in days)
    assert (percent_charged(last), last.scheme) == (20, UNION)
    assert (type(first), first.reason) == (NotCollecting, NOBODY)
    assert percent_charged(decide(seller("IE", "IE", "GB"), buyer("GB"), days[1])) == 20
    british = company("GB980780684", "GB")
    last, first = (decide(DUBLIN, british, day) for day in days)
    assert type(last) is ReverseCharge
    assert (type(first), first.category, first.vatex) == (OutsideScope, "O", "VATEX-EU-O")
    assert first.model is CollectionModel.BUYER_SELF_ACCOUNTS
    last, first = (decide(LONDON, MUSTER, day) for day in days)
    assert type(last) is ReverseCharge
    assert (type(first), first.reason) == (NotCollecting, SELF)
    assert decide(BOSTON, british).reason is SELF


@pytest.mark.parametrize("postal_code", ["BT1 1AA", "bt71 4aa", None])
def test_northern_ireland_is_the_uk_for_services(postal_code):
    who = buyer("GB", "GB-NIR", postal_code)
    assert percent_charged(decide(LONDON, who)) == 20
    assert decide(LONDON, who).place == "GB"
    assert type(decide(DUBLIN, who)) is NotCollecting


# The rest of the world

ABROAD = seller(
    "US", "US-MA", "AU", "NO", "CH", "LI", "JP", "ZA", "AR", "EC", "AZ", "PH", "IS", "KE", "VN", "BD", "AF", "SM", "SG"
)
UNREGISTERED = seller("US", "US-MA")


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


# Overrides and facts of the caller


def test_an_override_is_visible():
    half = Override(
        "FR",
        SupplyCategory.SAAS,
        True,
        "a ruling of ours",
        Fraction(10, 100),
        since=date(2026, 1, 1),
        until=date(2027, 1, 1),
    )
    tables = default_facts().with_override(half)
    ruling = decide(DUBLIN, buyer("FR"), facts=tables)
    assert percent_charged(ruling) == 10
    assert ruling.rules[-1] is Rule.OVERRIDDEN
    assert ruling.edition == "2026-11-23, FR given by the caller"
    assert "decided by the caller: a ruling of ours" in explain_ruling(ruling)
    assert ruling.components[0].source == ruling.source == "a ruling of ours"
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [percent_charged(decide(DUBLIN, buyer("FR"), day, facts=tables)) for day in days] == [20, 10, 10, 20]
    assert percent_charged(decide(DUBLIN, buyer("DE"), facts=tables)) == 19
    other = decide(DUBLIN, buyer("FR"), facts=tables, supply=Supply(SupplyCategory.ELECTRONIC_SERVICE))
    assert percent_charged(other) == 20


def test_an_override_speaks_of_the_place_whose_rate_is_charged():
    small = seller("EE", "EE", below_eu_threshold=True)
    tables = default_facts().with_override(Override("EE", SupplyCategory.SAAS, True, "us", Fraction(5, 100)))
    assert percent_charged(decide(small, buyer("FR"), facts=tables)) == 5
    assert decide(small, buyer("FR"), facts=tables).place == "EE"


def test_an_override_may_untax_keep_the_rate_or_name_one_where_there_is_none():
    untaxed = decide(
        DUBLIN, buyer("FR"), facts=default_facts().with_override(Override("FR", SupplyCategory.SAAS, False, "us"))
    )
    assert (type(untaxed), untaxed.source) == (NotTaxable, "us")
    kept = default_facts().with_override(Override("FR", SupplyCategory.SAAS, True, "us", base=Fraction(1, 2)))
    assert percent_charged(decide(DUBLIN, buyer("FR"), facts=kept)) == 10
    afghan = Override("AF", SupplyCategory.SAAS, True, "us", Fraction(10, 100))
    assert percent_charged(decide(ABROAD, buyer("AF"), facts=default_facts().with_override(afghan))) == 10
    nothing = default_facts().with_override(attrs.evolve(afghan, rate=None))
    assert decide(ABROAD, buyer("AF"), facts=nothing).reason is UndeterminedReason.NO_RATE_FOR_DATE
    zero = default_facts().with_override(attrs.evolve(afghan, rate=Fraction()))
    assert decide(ABROAD, buyer("AF"), facts=zero).category == "Z"
    bangladesh = default_facts().with_override(Override("BD", SupplyCategory.SAAS, True, "us"))
    assert percent_charged(decide(ABROAD, buyer("BD", status=PROVEN), facts=bangladesh)) == 15


def test_rates_and_memberships_of_the_caller():
    def own(value, since=date(2026, 1, 1)):
        return History("ours", (Sourced(value, since, None, "us", date(2026, 11, 1)),))

    tables = (
        default_facts()
        .with_rates("HK", own(VatRate("VAT", Fraction(3, 100))))
        .with_rates("SM", own(VatRate("MF", Fraction(17, 100))))
    )
    assert percent_charged(decide(seller("HK", "HK"), buyer("HK"), facts=tables)) == 3
    assert percent_charged(decide(ABROAD, buyer("SM"), facts=tables)) == 17
    member = default_facts().with_membership("RS", own(True)).with_rates("RS", own(VatRate("PDV", Fraction(20, 100))))
    assert type(decide(DUBLIN, buyer("RS", status=PROVEN), facts=member)) is ReverseCharge
    assert decide(DUBLIN, buyer("RS"), facts=member).place == "RS"
    assert type(decide(DUBLIN, buyer("RS"), date(2025, 12, 31), facts=member)) is OutsideScope


# The function itself


def test_arguments_of_another_type_are_refused():
    who, whom = DUBLIN, buyer("FR")
    for arguments in (
        (None, whom, TODAY), (who, None, TODAY), (who, whom, "2026-01-01"), (who, whom, TODAY, "facts"), (who, whom, TODAY, None, "saas"),
        (who, object(), TODAY),
    ):  # fmt: skip
        with pytest.raises(InvalidTypeError):
            decide_tax(*arguments)
    decide_tax(who, whom, TODAY)  # what is remembered does not let them in
    for arguments in (
        (None, whom, TODAY),
        (who, whom, "x"),
        (who, whom, TODAY, "facts"),
        (who, whom, TODAY, None, "saas"),
    ):
        with pytest.raises(InvalidTypeError):
            decide_tax(*arguments)
    with pytest.raises(InvalidTypeError):
        explain_ruling("charged")
    with pytest.raises(InvalidTypeError):
        tax_place("FR")


def test_a_ruling_is_shared():
    whom = buyer("FR", postal_code="75002")
    first = decide(DUBLIN, whom, date(2026, 1, 1))
    assert decide(DUBLIN, whom, date(2026, 6, 1)) is first
    assert decide(DUBLIN, buyer("FR", postal_code="69001"), date(2024, 6, 1)) is first
    assert decide(BERLIN, whom, date(2026, 1, 1)) == first
    assert decide(DUBLIN, whom, date(2013, 6, 1)) is not first
    assert decide(DUBLIN, whom, date(2026, 1, 1), supply=SAAS) is first
    assert decide(DUBLIN, whom, date(2026, 1, 1)) is first


def test_tax_changes_are_the_days_of_another_decision():
    days = tax_changes(DUBLIN, buyer("IE"), date(2020, 1, 1), date(2022, 1, 1))
    assert days == (date(2020, 9, 1), date(2021, 3, 1))
    assert tax_changes(DUBLIN, buyer("IE"), date(2020, 9, 1), date(2021, 3, 1)) == ()
    assert tax_changes(DUBLIN, buyer("IE"), TODAY, TODAY) == ()
    assert tax_changes(DUBLIN, buyer("IE"), date(2014, 1, 1), date(2020, 1, 1)) == ()  # rules changed, for others
    with pytest.raises(InvalidValueError):
        tax_changes(DUBLIN, buyer("IE"), TODAY, TODAY - ONE_DAY)


def test_an_explanation_shows_rules_sources_and_notes():
    text = explain_ruling(decide(UNREGISTERED, buyer("EC")))
    assert "payment providers collect the tax" in text
    text = explain_ruling(decide(UNREGISTERED, buyer("HK")))
    assert "source: Recurly sales taxes page" in text
    assert type(Disputed("GP", (), "e", "x")).is_settled is False
    assert Registration("IE", LOCAL, EARLY).in_force_on(EARLY)
