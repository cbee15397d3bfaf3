"""What a second reader of the tax rules tried: each case gave a wrong amount, a silent zero or a wrong reason before."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore._tax.components import percent
from billingcore.errors import InvalidTypeError, InvalidValueError, UnknownCountryError
from billingcore.money import Money
from billingcore.parties import (
    BuyerStatus,
    CertificateForm,
    CertificateKind,
    ExemptionCertificate,
    Registration,
    Scheme,
    Seller,
    Use,
    register_of,
)
from billingcore.places import Address
from billingcore.records import from_record, to_record
from billingcore.sourced import Confidence, History, Sourced
from billingcore.tax import (
    Charged,
    CollectionModel,
    Disputed,
    Exempt,
    FactKind,
    LocalRate,
    NotCollecting,
    NotCollectingReason,
    NoteCode,
    NotTaxable,
    OutsideScope,
    Override,
    ReverseCharge,
    Rule,
    Supply,
    SupplyCategory,
    TaxComponent,
    TaxGroup,
    Undetermined,
    UndeterminedReason,
    VatRate,
    assess_tax,
    decide_tax,
    default_facts,
    explain_ruling,
    facts,
    mixed_categories,
    normalise_postal_code,
    tax_place,
)
from billingcore.tax_ids import TaxIdState, parse_tax_id
from tax_samples import (
    BERLIN,
    BOSTON,
    DAY,
    DUBLIN,
    EARLY,
    LOCAL,
    LONDON,
    NON_UNION,
    PROVEN,
    SIMPLIFIED,
    TODAY,
    UNION,
    buyer,
    company,
    decide,
    percent_charged,
    registrations,
    seller,
)

MARCH = date(2026, 3, 1)
CHICAGO = LocalRate("Chicago lease tax", "US-IL", Fraction(15, 100))
SAAS = SupplyCategory.SAAS
SELF, NOBODY = NotCollectingReason.BUYER_SELF_ACCOUNTS, NotCollectingReason.SELLER_NOT_REGISTERED


def codes(ruling):
    return [note.code for note in ruling.notes]


def american(*states):
    return seller("US", *[f"US-{state}" for state in states], subdivision="US-MA")


def own(value):
    return History("ours", (Sourced(value, EARLY, None, "us", TODAY),))


# Local rates of the US


def test_a_local_tax_with_its_own_rule_is_charged_where_the_state_taxes_nothing():
    ruling = decide(american("IL"), buyer("US", "US-IL"), MARCH, local=(CHICAGO,))
    assert percent_charged(ruling) == 15
    assert [each.name for each in ruling.components] == ["Chicago lease tax"]
    assert ruling.rules[-2:] == (Rule.CATEGORY_NOT_TAXED, Rule.LOCAL_TAX_GIVEN)
    assert NoteCode.LOCAL_ALONE in codes(ruling)
    assert TaxGroup(Money.of("100.00", "USD"), ruling).tax == Money.of("15.00", "USD")
    denver = LocalRate("Denver", "US-CO", Fraction(481, 10000))
    before = decide(american("CO"), buyer("US", "US-CO"), date(2026, 12, 31), local=(denver,))
    assert percent_charged(before) == 4.81
    by_facts = decide(american("IL"), buyer("US", "US-IL"), MARCH, facts=default_facts().with_local_rates(CHICAGO))
    assert by_facts.components == ruling.components
    # No registration, no tax; and a state without any tax may have such a town as well.
    assert type(decide(american("TX"), buyer("US", "US-IL"), MARCH, local=(CHICAGO,))) is NotCollecting
    oregon = LocalRate("Town", "US-OR", Fraction(1, 100))
    alone = decide(american("OR"), buyer("US", "US-OR"), MARCH, local=(oregon,))
    assert (percent_charged(alone), alone.rules[-2:]) == (1, (Rule.REGISTERED, Rule.LOCAL_TAX_GIVEN))
    assert NoteCode.LOCAL_UNEXPECTED in codes(alone)
    assert type(decide(american(), buyer("US", "US-OR"), MARCH, local=(oregon,))) is NotTaxable


def test_an_ordinary_local_tax_follows_the_state_and_the_result_says_so():
    cook = LocalRate("Cook County", "US-IL", Fraction(175, 10000), follows_state=True)
    ruling = decide(american("IL"), buyer("US", "US-IL"), MARCH, local=(cook,))
    assert (type(ruling), codes(ruling)[-1]) == (NotTaxable, NoteCode.LOCAL_DROPPED)
    assert "Cook County" in ruling.notes[-1].text
    both = decide(american("IL"), buyer("US", "US-IL"), MARCH, local=(cook, CHICAGO))
    assert percent_charged(both) == 15
    assert {NoteCode.LOCAL_DROPPED, NoteCode.LOCAL_ALONE} <= set(codes(both))
    austin = LocalRate("Austin", "US-TX", Fraction(1, 100), follows_state=True)
    assert percent_charged(decide(american("TX"), buyer("US", "US-TX"), MARCH, local=(austin,))) == 5.8  # 80 % of 7.25
    with pytest.raises(InvalidTypeError):
        attrs.evolve(cook, follows_state=1)


def test_an_override_and_a_negotiated_licence_leave_local_taxes_as_they_are():
    untaxed = default_facts().with_override(Override("US-NY", SAAS, False, "us"))
    town = LocalRate("Town", "US-NY", Fraction(2, 100))
    assert percent_charged(decide(american("NY"), buyer("US", "US-NY"), MARCH, facts=untaxed, local=(town,))) == 2
    denver = LocalRate("Denver", "US-CO", Fraction(4, 100))
    licence = Supply(negotiated_licence=True)
    later = decide(american("CO"), buyer("US", "US-CO"), date(2027, 1, 1), supply=licence, local=(denver,))
    assert percent_charged(later) == 4
    certificate = ExemptionCertificate("N", CertificateKind.RESALE, "Buyer", ("US-IL",), date(2026, 1, 1))
    exempt = decide(american("IL"), buyer("US", "US-IL", certificates=(certificate,)), MARCH, local=(CHICAGO,))
    assert type(exempt) is Exempt


@pytest.mark.parametrize(
    ("resolved", "written", "is_charged"),
    [
        (None, "78701", True),
        ("78701", "78701", True),
        ("78701", "78701-1234", True),  # ZIP+4 of the same ZIP
        ("78701", "787011234", True),
        ("78701-1234", "78701-1234", True),
        ("78701-1234", "78701", False),
        ("78701", "78702", False),
        ("78701", None, False),
    ],
)
def test_local_rates_hold_for_their_postal_code(resolved, written, is_charged):
    rate = LocalRate("Austin", "US-TX", Fraction(1, 100), resolved)
    whom = buyer("US", "US-TX", written)
    for more in ({"local": (rate,)}, {"facts": default_facts().with_local_rates(rate)}):
        ruling = decide(american("TX"), whom, MARCH, **more)
        assert percent_charged(ruling) == (5.8 if is_charged else 5)
        assert ruling.local_missing is not is_charged
    assert "other days or postal codes" in explain_ruling(ruling) or is_charged


def test_local_rates_hold_on_their_days():
    change = date(2026, 4, 1)
    old = LocalRate("Austin", "US-TX", Fraction(1, 100), until=change)
    new = LocalRate("Austin", "US-TX", Fraction(2, 100), since=change)
    whom = buyer("US", "US-TX")
    for more in ({"local": (old, new)}, {"facts": default_facts().with_local_rates(old, new)}):
        days = [percent_charged(decide(american("TX"), whom, day, **more)) for day in (change - DAY, change)]
        assert days == [5.8, 6.6]  # 80 % of 7.25 and of 8.25; not "given twice"
    with pytest.raises(InvalidValueError, match="given twice"):
        decide(american("TX"), whom, change, local=(new, new))
    alaska = LocalRate("Juneau", "US-AK", Fraction(5, 100), until=change)
    assert type(decide(american("AK"), buyer("US", "US-AK"), change, local=(alaska,))) is Undetermined
    assert type(decide(american("AK"), buyer("US", "US-AK"), change, local=())) is NotTaxable


def test_a_local_rate_of_a_state_without_local_taxes_is_remarked():
    hartford = LocalRate("Hartford", "US-CT", Fraction(1, 100))
    ruling = decide(american("CT"), buyer("US", "US-CT"), MARCH, local=(hartford,))
    assert NoteCode.LOCAL_UNEXPECTED in codes(ruling)
    assert NoteCode.LOCAL_UNEXPECTED not in codes(decide(american("CT"), buyer("US", "US-CT"), MARCH))


def test_a_certificate_ends_the_dispute_about_alabama():
    certificate = ExemptionCertificate("N", CertificateKind.RESALE, "Buyer", ("US-AL",), date(2026, 1, 1))
    who = american("AL")
    ruling = decide(who, buyer("US", "US-AL", certificates=(certificate,)), MARCH)
    assert (type(ruling), ruling.rules[-2:]) == (Exempt, (Rule.CATEGORY_DISPUTED, Rule.CERTIFICATE_ACCEPTED))
    half = attrs.evolve(certificate, share=Fraction(1, 2))
    assert type(decide(who, buyer("US", "US-AL", certificates=(half,)), MARCH)) is Disputed
    assert type(decide(who, buyer("US", "US-AL"), MARCH)) is Disputed


def test_a_streamlined_certificate_whose_last_purchase_is_not_known_may_have_lapsed():
    certificate = ExemptionCertificate(
        "N", CertificateKind.RESALE, "Buyer", ("US-IA",), date(2025, 1, 15), form=CertificateForm.STREAMLINED
    )
    whom = buyer("US", "US-IA", use=Use.PERSONAL, certificates=(certificate,))
    sure, unsure = (decide(american("IA"), whom, day) for day in (date(2026, 1, 15), date(2026, 1, 16)))
    assert type(sure) is type(unsure) is Exempt
    assert NoteCode.CERTIFICATE_LAPSE_UNKNOWN not in codes(sure)
    assert NoteCode.CERTIFICATE_LAPSE_UNKNOWN in codes(unsure)
    told = attrs.evolve(whom, certificates=(attrs.evolve(certificate, last_purchase_on=date(2026, 1, 1)),))
    assert NoteCode.CERTIFICATE_LAPSE_UNKNOWN not in codes(decide(american("IA"), told, date(2026, 1, 16)))


# Switzerland and Liechtenstein; registrations


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        (seller("CH", "CH"), buyer("LI")),
        (seller("US", "CH"), buyer("LI")),
        (seller("LI", "CH"), buyer("LI")),
        (seller("LI", "CH"), buyer("CH")),
        (seller("US", "LI"), buyer("CH")),
        (seller("IE", "IE", "CH"), buyer("LI")),
        (seller("US", "CH"), company("CHE-107.787.577 MWST", "LI")),  # once registered, businesses too
        (seller("CH", "CH"), company("CHE-107.787.577 MWST", "LI")),
    ],
)
def test_switzerland_and_liechtenstein_are_one_area(who, whom):
    ruling = decide(who, whom, MARCH)
    assert (percent_charged(ruling), ruling.place) == (8.1, whom.country)


def test_an_unregistered_seller_leaves_the_tax_to_a_swiss_or_liechtenstein_business():
    for whom in (company("CHE-107.787.577 MWST", "LI"), buyer("LI", status=PROVEN), buyer("CH", status=PROVEN)):
        assert decide(seller("US"), whom, MARCH).reason is SELF


@pytest.mark.parametrize(
    ("registration", "whom", "percents"),
    [
        (Registration("IM", LOCAL, EARLY), buyer("GB"), 20),
        (Registration("GB", LOCAL, EARLY), buyer("IM"), 20),
        (Registration("MC", LOCAL, EARLY), buyer("MC"), 20),
        (Registration("MC", LOCAL, EARLY), buyer("FR"), 20),
        (Registration("PR", LOCAL, EARLY), buyer("PR"), 10.5),
        (Registration("US", LOCAL, EARLY, subdivision="US-PR"), buyer("PR"), 10.5),
        (Registration("ES", LOCAL, EARLY, subdivision="ES-TF"), buyer("ES", "ES-GC"), 7),
        (Registration("IN", LOCAL, EARLY, subdivision="IN-MH"), buyer("IN", "IN-KA"), 18),
        (Registration("MC", NON_UNION, EARLY), buyer("DE"), 19),
    ],
)
def test_registrations_are_understood_as_places_are(registration, whom, percents):
    ruling = decide(Seller("S", Address("US"), (registration,)), whom, MARCH)
    assert percent_charged(ruling) == percents


def test_registrations_that_no_decision_could_use_are_refused():
    for country, scheme, subdivision in (
        ("DE", LOCAL, "DE-BE"),
        ("FI", LOCAL, "FI-01"),
        ("NO", SIMPLIFIED, None),
    ):
        with pytest.raises(InvalidValueError, match=r"use Scheme\.LOCAL|leave it out"):
            Registration(country, scheme, EARLY, None, subdivision)
    assert register_of("FR") == ("FR", None)
    # A tax of its own that has no register is not reached by that of the country around it.
    livigno = buyer("IT", postal_code="23041")
    assert type(decide(seller("IT", "IT"), livigno)) is OutsideScope


def test_a_registration_in_the_us_without_a_state_is_named():
    everywhere = seller("JP", "US")
    ruling = decide(everywhere, buyer("US", "US-TX"), MARCH)
    assert (type(ruling), ruling.reason, codes(ruling)) == (NotCollecting, NOBODY, [NoteCode.REGISTRATION_DOUBTFUL])
    assert codes(decide(seller("JP", "US-NY"), buyer("US", "US-TX"), MARCH)) == []
    assert codes(decide(seller("IE", "US"), buyer("US", "US-TX"), MARCH)) == [NoteCode.REGISTRATION_DOUBTFUL]


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


# Postal codes


@pytest.mark.parametrize(
    ("country", "written", "place"),
    [
        ("DE", "D 78266", "CH"), ("DE", "D78266", "CH"), ("AT", "A 6691", "AT/Jungholz"), ("ES", "E 35001", "ES-CN"),
        ("IT", "I 23041", "IT/Livigno"), ("FR", "F 97110", "GP"), ("PT", "P 9500", "PT-20"), ("GR", "EL63086", "GR-69"),
        ("GR", "GR63086", "GR-69"), ("FI", "FIN 22100", "AX"), ("ES", "3-5-0-0-1", "ES-CN"), ("ES", "E35", "ES"),
        ("GB", "GX11 1AA", "GI"), ("GB", "BFPO 59", "CY"), ("GB", "BFPO59", "CY"), ("GB", "BFPO 60", "GB"),
        ("DE", "A 78266", "DE"), ("ES", "IGHJ987ERT35", "ES"),
    ],
)  # fmt: skip
def test_postal_codes_as_people_write_them(country, written, place):
    assert tax_place(buyer(country, postal_code=written)) == place


def test_blanks_at_an_end_are_named():
    for written in (" 78266", "35001 "):
        with pytest.raises(InvalidValueError, match="blanks at an end: strip them"):
            Address("ES", postal_code=written)


@pytest.mark.parametrize(
    "wrong", ["35001\n", "３５００１", "35.001", "", " ", "-", "1" * 33, "3\t5", "٣٥٠٠١", "35001\x00"]
)
def test_what_is_no_postal_code_is_not_normalised(wrong, quickly):
    def ask():
        with pytest.raises(InvalidValueError, match="postal_code"):
            normalise_postal_code("ES", wrong)

    quickly(ask)


def test_arguments_of_another_type_raise_our_errors():
    for call in (
        lambda: normalise_postal_code("DE", None),
        lambda: normalise_postal_code(None, "1"),
        lambda: normalise_postal_code("DE", 1),
        lambda: assess_tax(None, "EUR"),
        lambda: assess_tax([None], "EUR"),
        lambda: assess_tax([(1, 2, 3)], "EUR"),
        lambda: percent("x"),
        lambda: mixed_categories([None]),
        lambda: Override(1, SAAS, True, "us"),
    ):
        with pytest.raises(InvalidTypeError):
            call()
    with pytest.raises(UnknownCountryError):
        normalise_postal_code("EL", "63086")
    assert normalise_postal_code("ES", " 35001 ") == "35001"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (("ES", "ES-CN", "28001"), "ES-CN"),
        (("ES", "ES-M", "35001"), "ES-CN"),
        (("ES", "ES-CE", "35001"), "ES-CE"),
        (("DE", "DE-BE", "78266"), "CH"),
        (("PT", "PT-20", "1000-001"), "PT-20"),
        (("FR", "FR-971", "97133"), "GP"),
    ],
)
def test_an_address_that_contradicts_itself_is_flagged(address, place):
    whom = buyer(*address)
    ruling = decide(DUBLIN, whom)
    assert (ruling.place, ruling.confidence) == (place, Confidence.LOW if place != "GP" else Confidence.DISPUTED)
    assert NoteCode.PLACE_CONTRADICTORY in codes(ruling)


@pytest.mark.parametrize(
    "address",
    [
        ("ES", "ES-TF", "38670"), ("ES", "ES-CN", "35001"), ("DE", "DE-BW", "78266"), ("GB", "GB-BFS", "BT1 1AA"),
        ("FR", "FR-2A", "20000"), ("AT", "AT-7", "6691"), ("NL", "NL-AW", "1012"), ("ES", "ES-M", "28001"), ("ES", "ES-CN", None),
        ("FR", "FR-06", "98000"),
    ],
)  # fmt: skip
def test_an_address_that_agrees_with_itself_is_not(address):
    assert NoteCode.PLACE_CONTRADICTORY not in codes(decide(DUBLIN, buyer(*address)))


# Who is a business


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


def test_private_use_makes_a_consumer_of_a_business():
    private = company("DE113866163", "DE", use=Use.PERSONAL)
    ruling = decide(DUBLIN, private)
    assert (percent_charged(ruling), ruling.rules[0]) == (19, Rule.PRIVATE_USE)
    assert type(decide(DUBLIN, attrs.evolve(private, use=Use.BUSINESS))) is ReverseCharge
    assert percent_charged(decide(DUBLIN, buyer("DE", status=PROVEN, use=Use.PERSONAL))) == 19


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
    before = decide(who, whom, change - DAY)
    assert (type(before), before.reason, before.confidence) == (NotCollecting, SELF, Confidence.LOW)
    assert NoteCode.BUSINESS_RULE_UNVERIFIED in codes(before)
    assert percent_charged(decide(who, whom, change)) == 16
    assert percent_charged(decide(who, buyer("KE"), change - DAY)) == 16
    models = [decide(DUBLIN, whom, day).model for day in (change - DAY, change)]
    assert models == [CollectionModel.BUYER_SELF_ACCOUNTS, CollectionModel.SUPPLIER_REGISTERS]


@pytest.mark.parametrize(
    ("country", "first"), [("NO", "2011-07-01"), ("NZ", "2016-10-01"), ("AU", "2017-07-01"), ("IN", "2017-07-01")]
)
def test_before_sellers_from_abroad_were_taxed_a_business_is_not_simply_untaxed(country, first):
    day = date.fromisoformat(first)
    for who in (seller("US", country), seller("US")):
        before = decide(who, buyer(country, status=PROVEN), day - DAY)
        assert (type(before), before.reason, before.confidence) == (NotCollecting, SELF, Confidence.LOW)
        assert before.rules[-1] is Rule.BUSINESS_BEFORE_FOREIGN_SELLERS
        assert decide(who, buyer(country, status=PROVEN), day).reason is SELF
        assert type(decide(who, buyer(country), day - DAY)) is NotTaxable


# Who collects, and how sure it is


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
    first, before = decide(who, buyer(country), day), decide(who, buyer(country), day - DAY)
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


# Rules and their sources


def test_a_domestic_sale_cites_the_law_that_holds_there():
    assert decide(LONDON, buyer("GB"), date(2020, 12, 31)).rules[-1] is Rule.DOMESTIC
    for who, whom in ((LONDON, buyer("GB")), (seller("JP", "JP"), buyer("JP"))):
        assert decide(who, whom).rules[-1] is Rule.DOMESTIC_OUTSIDE_EU
    assert "Directive" not in Rule.DOMESTIC_OUTSIDE_EU.source
    for rule in (
        Rule.BUSINESS_ELSEWHERE_IN_EU,
        Rule.DOMESTIC,
        Rule.BUYER_OUTSIDE_EU,
        Rule.CONSUMER_AT_CUSTOMER_NON_EU_SELLER,
    ):
        assert "77/388/EEC" in rule.source  # what held in 2003


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


def test_an_override_overseas_names_the_scheme():
    taxed = default_facts().with_override(Override("GP", SAAS, True, "us", Fraction(20, 100)))
    for who, scheme in ((DUBLIN, "union_oss"), (BOSTON, "non_union_oss")):
        ruling = decide(who, buyer("GP"), facts=taxed)
        assert codes(ruling)[-1] is NoteCode.ONE_STOP_SHOP_DOUBTFUL
        assert scheme in ruling.notes[-1].text
    assert NoteCode.ONE_STOP_SHOP_DOUBTFUL not in codes(decide(seller("IE", "FR"), buyer("GP"), facts=taxed))


@pytest.mark.parametrize(
    ("place", "remedy"),
    [("MC", "'FR'"), ("IM", "'GB'"), ("PR", "'US-PR'"), ("ES-TF", "'ES-CN'"), ("DE-BE", "'DE'"), ("IT/Foo", "IT/Livigno"), ("US", "US-TX")],
)  # fmt: skip
def test_a_place_that_results_never_show_is_refused_with_the_one_that_they_show(place, remedy):
    with pytest.raises(InvalidValueError, match=remedy):
        Override(place, SAAS, True, "us")
    with pytest.raises(InvalidValueError, match=remedy):
        default_facts().with_rates(place, own(VatRate("VAT", Fraction(1, 5))))


def test_an_override_holds_where_the_tables_know_no_tax_or_no_liability_yet():
    taxed = default_facts().with_override(Override("HK", SAAS, True, "us", Fraction(1, 100)))
    assert percent_charged(decide(seller("US", "HK"), buyer("HK"), facts=taxed)) == 1
    early = default_facts().with_override(Override("AU", SAAS, True, "us"))
    assert percent_charged(decide(seller("US", "AU"), buyer("AU"), date(2016, 1, 1), facts=early)) == 10


def test_india_without_a_state_says_so():
    mumbai = seller("IN", "IN", subdivision="IN-MH")
    assert codes(decide(mumbai, buyer("IN"))) == [NoteCode.SUBDIVISION_MISSING]
    assert codes(decide(seller("IN", "IN"), buyer("IN", "IN-MH"))) == [NoteCode.SUBDIVISION_MISSING]
    assert codes(decide(mumbai, buyer("IN", "IN-KA"))) == []


@pytest.mark.parametrize(("province", "last"), [("CA-ON", date(2010, 6, 30)), ("CA-PE", date(2013, 3, 31))])
def test_before_the_harmonised_tax_the_provincial_tax_is_not_known(province, last):
    who = seller("US", "CA")
    before = decide(who, buyer("CA", province), last)
    assert (percent_charged(before), codes(before)) == (5, [NoteCode.PROVINCIAL_TAX_UNKNOWN])
    assert codes(decide(who, buyer("CA", province), last + DAY)) == []


def test_rules_of_places_that_depend_on_more_are_named():
    japan = decide(seller("US", "JP"), buyer("JP"), date(2025, 4, 1))
    assert codes(japan)[-1] is NoteCode.RULE_OF_PLACE
    assert NoteCode.RULE_OF_PLACE not in codes(decide(seller("US", "JP"), buyer("JP"), date(2025, 3, 31)))
    assert NoteCode.RULE_OF_PLACE in codes(decide(seller("US", "ZA"), buyer("ZA", status=PROVEN), MARCH))
    who, whom = seller("US", "CA", "CA-MB"), buyer("CA", "CA-MB")
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [NoteCode.RULE_OF_PLACE in codes(decide(who, whom, day)) for day in days] == [False, True, True, False]
    assert NoteCode.RULE_OF_PLACE not in codes(decide(seller("US", "CA"), whom, days[1]))


# Documents and tampered values


def test_a_document_that_joins_outside_scope_with_others_is_named():
    moved = assess_tax(
        [
            (Money.of("-50.00", "EUR"), decide(DUBLIN, buyer("FR"), date(2026, 1, 1))),
            (Money.of("80.00", "EUR"), decide(DUBLIN, buyer("AR"), date(2026, 2, 1))),
        ],
        "EUR",
    )
    note = mixed_categories(moved)
    assert (note.code, "beside S" in note.text) == (NoteCode.CATEGORIES_MIXED, True)
    assert mixed_categories(moved[:1]) is None
    assert mixed_categories(moved[1:]) is None
    assert mixed_categories([]) is None
    reverse = TaxGroup(Money.of("1.00", "EUR"), decide(DUBLIN, company("DE113866163", "DE")))
    french = TaxGroup(Money.of("1.00", "EUR"), decide(DUBLIN, buyer("FR")))
    assert mixed_categories([reverse, french]) is None


COMPONENT = (TaxComponent("TVA", "FR", Fraction(1, 5)),)
FRENCH = Charged("FR", COMPONENT, UNION, (), "2026-11-23")


@pytest.mark.parametrize(
    ("ruling", "field", "wrong", "error"),
    [
        (FRENCH, "category", "AE", InvalidValueError),
        (FRENCH, "category", None, InvalidTypeError),
        (FRENCH, "edition", "", InvalidValueError),
        (FRENCH, "edition", None, InvalidTypeError),
        (FRENCH, "place", "France", InvalidValueError),
        (FRENCH, "place", "FR\n", InvalidValueError),
        (FRENCH, "place", 1, InvalidTypeError),
        (FRENCH, "rules", ("domestic",), InvalidTypeError),
        (FRENCH, "rules", [Rule.DOMESTIC], InvalidTypeError),
        (FRENCH, "notes", ("x",), InvalidTypeError),
        (FRENCH, "scheme", "oss", InvalidTypeError),
        (FRENCH, "components", list(COMPONENT), InvalidTypeError),
        (ReverseCharge("DE", (), "e"), "place", "", InvalidValueError),
        (ReverseCharge("DE", (), "e"), "edition", " ", InvalidValueError),
        (NotTaxable("HK", (), "e"), "confidence", "high", InvalidTypeError),
        (NotTaxable("HK", (), "e"), "source", None, InvalidTypeError),
        (NotCollecting("US", (), "e", NOBODY), "model", "none", InvalidTypeError),
        (OutsideScope("US", (), "e"), "model", "none", InvalidTypeError),
        (Disputed("GP", (), "e", "x"), "detail", 1, InvalidTypeError),
        (Undetermined("GP", (), "e", UndeterminedReason.NO_RATE_FOR_DATE, "x"), "reason", "x", InvalidTypeError),
        (Undetermined("GP", (), "e", UndeterminedReason.NO_RATE_FOR_DATE, "x"), "detail", None, InvalidTypeError),
    ],
)
def test_a_decision_that_cannot_be_is_refused(ruling, field, wrong, error):
    with pytest.raises(error):
        attrs.evolve(ruling, **{field: wrong})


def test_an_exemption_holds_its_certificate():
    with pytest.raises(InvalidTypeError):
        Exempt("US-TX", (), "e", "certificate")


def test_a_record_whose_decision_was_changed_does_not_load():
    record = to_record(FRENCH)
    assert from_record(record) == FRENCH
    for field, wrong in (("category", "AE"), ("place", "Atlantis"), ("edition", "")):
        with pytest.raises(InvalidValueError):
            from_record(record | {field: wrong})
    with pytest.raises(InvalidValueError):
        from_record(record | {"rules": ["no_such_rule"]})


# Asking for facts


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("IT/Livigno", "Livigno"),
        ("DE/Heligoland", "Heligoland"),
        ("GR-69", "Mount Athos"),
        ("GB-NIR", "Northern Ireland"),
        ("PR", "Puerto Rico sales tax"),
        ("ES-TF", "IGIC"),
        ("DE-BE", "Umsatzsteuer"),
        ("GI", "Gibraltar"),
        ("EU", "reduced rates"),
        ("AF", "its tax"),
    ],
)
def test_facts_are_found_by_every_code_that_results_show(place, expected):
    assert any(expected in fact.text for fact in facts(TODAY, place=place))


@pytest.mark.parametrize("place", ["EL", "XI", "UK", "NOPE", "", "IT/Foo", "US-XX", "de"])
def test_facts_of_no_place_are_refused(place):
    with pytest.raises(InvalidValueError):
        facts(TODAY, place=place)


def test_the_words_about_an_expired_certificate_name_its_last_day():
    certificate = ExemptionCertificate("N", CertificateKind.RESALE, "Buyer", ("US-TX",), EARLY, date(2026, 1, 1))
    whom = buyer("US", "US-TX", certificates=(certificate,))
    assert type(decide(american("TX"), whom, date(2025, 12, 31))) is Exempt
    assert "was valid until 2025-12-31, its last day" in explain_ruling(decide(american("TX"), whom, date(2026, 1, 1)))
    assert Scheme.LOCAL is LOCAL
