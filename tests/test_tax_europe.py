"""The decision in the EU and the United Kingdom, step by step, on both sides of every date."""

from datetime import date

import attrs
import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.parties import BuyerStatus, Registration, Seller
from billingcore.places import Address
from billingcore.sourced import Confidence
from billingcore.tax import (
    Charged,
    CollectionModel,
    NotCollecting,
    NotCollectingReason,
    NoteCode,
    OutsideScope,
    ReverseCharge,
    Rule,
    Undetermined,
    UndeterminedReason,
    decide_tax,
)
from billingcore.tax_ids import TaxIdState, parse_tax_id
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
    UNION,
    buyer,
    company,
    decide,
    percent_charged,
    registrations,
    seller,
)

SELF = NotCollectingReason.BUYER_SELF_ACCOUNTS
NOBODY = NotCollectingReason.SELLER_NOT_REGISTERED


def rules(ruling):
    return [rule.name for rule in ruling.rules]


MARCH = date(2026, 3, 1)


def codes(ruling):
    return [note.code for note in ruling.notes]


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


def test_only_evidence_of_the_place_makes_a_business():
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
def test_a_country_is_a_member_from_its_accession(country, day):
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


def test_a_one_stop_shop_ends_with_the_membership_of_the_country_that_gave_it():
    last, first = date(2020, 12, 31), date(2021, 1, 1)
    for who in (
        Seller("S", Address("US"), (Registration("GB", NON_UNION, EARLY),)),
        Seller("S", Address("US"), (Registration("IM", NON_UNION, EARLY),)),
    ):
        assert percent_charged(decide(who, buyer("FR"), last)) == 20
        assert decide(who, buyer("FR"), first).reason is NOBODY
    croatian = Seller("S", Address("US"), (Registration("HR", NON_UNION, EARLY),))
    assert decide(croatian, buyer("FR"), date(2013, 6, 30)).reason is NOBODY
    assert percent_charged(decide(croatian, buyer("FR"), date(2013, 7, 1))) == 19.6
    unclear = Seller("S", Address("US"), (Registration("US", NON_UNION, EARLY),))
    ruling = decide(unclear, buyer("FR"), MARCH)
    assert (percent_charged(ruling), codes(ruling)) == (20, [NoteCode.REGISTRATION_DOUBTFUL])


@pytest.mark.parametrize(
    ("number", "country", "postal_code", "place", "percents"),
    [
        ("DE113866163", "DE", "87491", "AT/Jungholz", 19),
        ("GB980780684", "GB", "BFPO 57", "CY", 19),
        ("DK10503280", "DK", "3900", "GL", None),
    ],
)
def test_a_number_of_the_country_of_the_post_proves_nothing_in_the_place(number, country, postal_code, place, percents):
    for who in (BERLIN, DUBLIN):
        ruling = decide(who, company(number, country, postal_code))
        assert ruling.place == place
        if percents is None:
            assert type(ruling) is OutsideScope
        else:
            assert (percent_charged(ruling), ruling.rules[1]) == (percents, Rule.TAX_ID_OTHER_COUNTRY)
    fitting = attrs.evolve(company(number, country, postal_code), tax_id=parse_tax_id("ATU14243102"))
    assert (type(decide(DUBLIN, fitting)) is ReverseCharge) is (place == "AT/Jungholz")


def test_numbers_fit_where_the_area_is_shared():
    assert type(decide(DUBLIN, company("FR40303265045", "MC"))) is ReverseCharge
    swiss = decide_tax(seller("US", "CH"), company("CHE-107.787.577 MWST", "CH", "8238"), MARCH)
    assert Rule.TAX_ID_OTHER_COUNTRY not in swiss.rules
    mine = parse_tax_id("12345", "LI", extra={"LI": lambda text: text})
    home = buyer("LI", status=BuyerStatus.BUSINESS, tax_id=mine, tax_id_state=TaxIdState.VERIFIED)
    assert decide(seller("US"), home).reason is SELF
    british = company("GB980780684", "IM")
    assert decide(BOSTON, british).reason is SELF
    assert type(decide(DUBLIN, company("FI09826511", "AX"))) is OutsideScope


def test_a_one_stop_shop_waives_the_threshold():
    small = seller("EE", "EE", schemes=(UNION,), below_eu_threshold=True)
    ruling = decide(small, buyer("FR"))
    assert (percent_charged(ruling), ruling.place, codes(ruling)) == (20, "FR", [NoteCode.THRESHOLD_WAIVED])
    without = seller("EE", "EE", below_eu_threshold=True)
    assert (decide(without, buyer("FR")).place, codes(decide(without, buyer("FR")))) == ("EE", [])


def test_a_reverse_charge_names_the_numbers_that_its_invoice_lacks():
    full = attrs.evolve(DUBLIN, tax_id=parse_tax_id("IE1234567T"))
    assert codes(decide(full, company("DE113866163", "DE"))) == []
    both = decide(DUBLIN, buyer("DE", status=PROVEN))
    assert codes(both) == [NoteCode.TAX_ID_MISSING]
    assert "of the seller and the VAT ID or legal" in both.notes[0].text
    assert "of the buyer" not in decide(DUBLIN, company("DE113866163", "DE")).notes[0].text
    assert "of the seller" not in decide(full, buyer("DE", status=PROVEN)).notes[0].text
