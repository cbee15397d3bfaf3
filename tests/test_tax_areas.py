"""Places of tax: territories by postal code and subdivision, on the days of their changes, shared areas, registrations, hostile postal codes."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore._facts.countries import COUNTRIES
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.parties import Buyer, BuyerStatus, Registration, Seller, register_of
from billingcore.places import Address
from billingcore.sourced import Confidence
from billingcore.tax import (
    Charged,
    Disputed,
    NotCollecting,
    NoteCode,
    NotTaxable,
    OutsideScope,
    Override,
    ReverseCharge,
    Rule,
    SupplyCategory,
    Undetermined,
    UndeterminedReason,
    default_facts,
    normalise_postal_code,
    tax_place,
)
from samples import (
    BOSTON,
    DUBLIN,
    EARLY,
    LOCAL,
    NON_UNION,
    ONE_DAY,
    PROVEN,
    SIMPLIFIED,
    TODAY,
    UNION,
    buyer,
    company,
    decide,
    percent_charged,
    seller,
)

OVERSEAS = ["GP", "MQ", "RE", "GF", "YT"]
HOSTILE = st.text(st.characters(exclude_categories=("Cs",)), max_size=20) | st.text("0123456789 -ABCEINR", max_size=16)
MARCH = date(2026, 3, 1)


PLACES = """
country  subdivision  postal_code  place                 percent
AT       -            6691         AT/Jungholz           19
AT       AT-8         6691         AT/Jungholz           19
AT       -            AT-6691      AT/Jungholz           19
AT       -            6991         AT/Mittelberg         19
AT       -            6992         AT/Mittelberg         19
AT       -            6993         AT/Mittelberg         19
AT       -            6994         AT                    20
AT       AT-8         6900         AT                    20
DE       -            87491        AT/Jungholz           19
DE       -            87567        AT/Mittelberg         19
DE       -            87568        AT/Mittelberg         19
DE       -            87569        AT/Mittelberg         19
DE       -            87570        DE                    19
DE       -            78266        CH                    -
DE       -            D-78266      CH                    -
DE       -            78267        DE                    19
DE       -            27498        DE/Heligoland         -
DE       -            27499        DE                    19
CH       -            8238         CH                    -
CH       -            6911         IT/Campione_d'Italia  -
DK       -            3900         GL                    -
DK       -            4000         DK                    25
ES       -            35001        ES-CN                 -
ES       -            38670        ES-CN                 -
ES       ES-GC        -            ES-CN                 -
ES       ES-TF        -            ES-CN                 -
ES       ES-CN        -            ES-CN                 -
ES       -            28001        ES                    21
ES       -            51001        ES-CE                 -
ES       ES-CE        -            ES-CE                 -
ES       -            52006        ES-ML                 -
ES       ES-ML        -            ES-ML                 -
ES       -            IGHJ987ERT35 ES                    21
FI       -            22100        AX                    -
FI       FI-01        -            AX                    -
FI       -            00100        FI                    25.5
FR       -            20000        FR                    20
FR       FR-20R       -            FR                    20
FR       -            98000        FR                    20
FR       -            98600        WF                    -
FR       -            98700        PF                    -
FR       -            98800        NC                    -
FR       -            97500        PM                    -
FR       -            97133        BL                    -
FR       -            97150        MF                    -
FR       -            75002        FR                    20
GB       -            BFPO57       CY                    19
GB       -            BFPO_58      CY                    19
GB       -            BF1_2AT      CY                    19
GR       -            63086        GR-69                 -
GR       GR-69        -            GR-69                 -
GR       GR-K         -            GR                    24
GR       GR-L         -            GR                    24
GR       -            10431        GR                    24
IT       -            23041        IT/Livigno            -
IT       -            22061        IT/Campione_d'Italia  -
IT       -            47890        SM                    -
IT       -            00120        VA                    -
IT       -            00185        IT                    22
MC       -            98000        FR                    20
NL       NL-AW        -            AW                    -
NL       NL-BQ1       -            BQ                    -
NL       NL-CW        -            CW                    -
NL       NL-SX        -            SX                    -
NL       -            1012         NL                    21
PT       -            9500         PT-20                 16
PT       -            9500-321     PT-20                 16
PT       -            9980-024     PT-20                 16
PT       PT-20        -            PT-20                 16
PT       -            9000         PT-30                 22
PT       -            9400-150     PT-30                 22
PT       PT-30        -            PT-30                 22
PT       -            1000-001     PT                    23
PT       -            IGHJ987ERT35 PT                    23
"""


ROWS = [
    tuple(None if part == "-" else part.replace("_", " ") for part in line.split()) for line in PLACES.split("\n")[2:-1]
]


@pytest.mark.parametrize(("country", "subdivision", "postal_code", "place", "percent"), ROWS)
def test_a_place_by_its_postal_code_or_subdivision(country, subdivision, postal_code, place, percent):
    who = buyer(country, subdivision, postal_code)
    assert tax_place(who) == place
    ruling = decide(DUBLIN, who)
    if percent is None:
        assert (type(ruling), ruling.place, ruling.category, ruling.rate) == (OutsideScope, place, "O", 0)
    else:
        assert (percent_charged(ruling), ruling.place, ruling.scheme) == (float(percent), place, UNION)


@pytest.mark.parametrize(
    ("postal_code", "place"),
    [("IM1 1AA", "GB"), ("GY1 1AA", "GG"), ("JE2 3AB", "JE"), ("BT1 1AA", "GB"), ("SW1A 1AA", "GB")],
)
def test_islands_with_british_post_codes(postal_code, place):
    assert tax_place(buyer("GB", postal_code=postal_code)) == place
    crown = seller("US", "GB", "JE")
    expected = {"GB": 20, "JE": 5}.get(place)
    ruling = decide(crown, buyer("GB", postal_code=postal_code))
    assert type(ruling) is NotTaxable if expected is None else percent_charged(ruling) == expected


@pytest.mark.parametrize(
    ("country", "subdivision", "place"),
    [
        ("CN", "CN-HK", "HK"),
        ("CN", "CN-TW", "TW"),
        ("CN", "CN-BJ", "CN"),
        ("IM", None, "GB"),
        ("PR", None, "US-PR"),
        ("GU", None, "US-GU"),
    ],
)
def test_a_territory_with_a_code_of_its_own_is_found_by_it(country, subdivision, place):
    assert tax_place(buyer(country, subdivision)) == place


@pytest.mark.parametrize(
    ("place", "day", "before", "after"),
    [
        (buyer("PT", "PT-20"), "2014-01-01", 16, 18),
        (buyer("PT", "PT-20"), "2021-07-01", 18, 16),
        (buyer("PT", "PT-30"), "2008-07-01", 15, 14),
        (buyer("PT", "PT-30"), "2010-07-01", 14, 15),
        (buyer("PT", "PT-30"), "2011-01-01", 15, 16),
        (buyer("PT", "PT-30"), "2012-04-01", 16, 22),
    ],
)
def test_the_islands_of_portugal_change_on_their_days(place, day, before, after):
    day = date.fromisoformat(day)
    home = seller("PT", "PT", subdivision="PT-11")
    assert [percent_charged(decide(home, place, each)) for each in (day - ONE_DAY, day)] == [before, after]


@pytest.mark.parametrize(
    ("who", "first"), [(buyer("PT", "PT-20"), date(2011, 1, 1)), (buyer("PT", "PT-30"), date(2005, 7, 1))]
)
def test_before_the_first_row_of_a_territory_nothing_is_known(who, first):
    ruling = decide(BOSTON, who, first - ONE_DAY)
    assert (type(ruling), ruling.reason) == (Undetermined, UndeterminedReason.NO_RATE_FOR_DATE)
    assert type(decide(BOSTON, who, first)) is Charged


def test_a_territory_that_follows_a_country_has_its_whole_history():
    akrotiri = buyer("GB", postal_code="BFPO 57")
    assert [percent_charged(decide(BOSTON, akrotiri, day)) for day in (date(2013, 1, 13), date(2013, 1, 14))] == [
        17,
        18,
    ]
    corsica = buyer("FR", postal_code="20000")
    assert percent_charged(decide(BOSTON, corsica, date(2013, 12, 31))) == 19.6


@pytest.mark.parametrize("postal_code", ["22060", "23030", "IT-22060"])
def test_codes_that_a_territory_shares_with_towns_give_the_country_and_are_flagged(postal_code):
    ruling = decide(DUBLIN, buyer("IT", postal_code=postal_code))
    assert (percent_charged(ruling), ruling.place, ruling.confidence) == (22, "IT", Confidence.LOW)
    assert Rule.POSTAL_CODE_AMBIGUOUS in ruling.rules
    assert "ask for the town" in ruling.notes[0].text


def test_local_taxes_need_a_local_registration():
    canary = buyer("ES", postal_code="35001")
    assert type(decide(seller("ES", "ES"), canary)) is OutsideScope
    assert type(decide(seller("US"), canary)) is NotCollecting
    local = decide(seller("ES", "ES", "ES-CN"), canary)
    assert (percent_charged(local), local.category, local.scheme) == (7, "L", LOCAL)
    days = (date(2018, 12, 31), date(2019, 1, 1), date(2019, 12, 31), date(2020, 1, 1))
    rates = [decide(seller("US", "ES-CN"), canary, day) for day in days]
    assert type(rates[0]) is Undetermined
    assert [percent_charged(each) for each in rates[1:]] == [6.5, 6.5, 7]
    assert rates[1].confidence is Confidence.LOW
    ceuta = decide(seller("ES", "ES", "ES-CE"), buyer("ES", "ES-CE"))
    assert (type(ceuta), ceuta.reason) == (Undetermined, UndeterminedReason.NO_RATE_FOR_DATE)  # never looked up: not 0
    override = Override("ES-CE", SupplyCategory.SAAS, True, "us", default_facts().rate("DE", TODAY).value.rate)
    charged = decide(seller("ES", "ES-CE"), buyer("ES", "ES-CE"), facts=default_facts().with_override(override))
    assert (percent_charged(charged), charged.category) == (19, "M")


def test_territories_without_a_tax():
    for who in (buyer("IT", postal_code="23041"), buyer("GR", postal_code="63086"), buyer("DE", postal_code="27498")):
        assert type(decide(seller("US"), who)) is NotTaxable
    busingen = buyer("DE", postal_code="78266")
    assert percent_charged(decide(seller("US", "CH"), busingen)) == 8.1
    assert percent_charged(decide(seller("CH", "CH"), busingen)) == 8.1
    german = decide(seller("DE", "DE"), buyer("DE", postal_code="27498"))
    assert type(german) is OutsideScope
    assert "rules of its own" in german.notes[0].text


# French overseas, Åland


@pytest.mark.parametrize("country", OVERSEAS)
def test_what_consumers_in_french_overseas_departments_are_charged_is_disputed(country):
    for who in (DUBLIN, BOSTON):
        ruling = decide(who, buyer(country))
        assert (type(ruling), ruling.place, ruling.confidence) == (Disputed, country, Confidence.DISPUTED)
        assert ruling.rules[-1] is Rule.OVERSEAS_DISPUTED
        assert not ruling.is_settled
        assert ruling.rate == 0
        assert ruling.category is None
        assert ruling.source
    assert type(decide(DUBLIN, buyer(country, status=PROVEN))) is OutsideScope
    assert type(decide(seller("US"), buyer(country))) is NotCollecting


@pytest.mark.parametrize(
    ("postal_code", "place"),
    [("97110", "GP"), ("97200", "MQ"), ("97300", "GF"), ("97400", "RE"), ("97600", "YT"), ("F-97110", "GP")],
)
def test_a_french_postal_code_overseas_is_the_place_overseas(postal_code, place):
    assert decide(DUBLIN, buyer("FR", postal_code=postal_code)).place == place


@pytest.mark.parametrize(("country", "percent"), [("GP", 8.5), ("MQ", 8.5), ("RE", 8.5), ("GF", None), ("YT", None)])
def test_french_law_holds_for_french_sellers_overseas(country, percent):
    paris = seller("FR", "FR", schemes=(UNION,))
    for who in (buyer(country), buyer(country, status=PROVEN)):
        ruling = decide(paris, who)
        if percent is None:
            assert type(ruling) is NotTaxable
        else:
            assert (percent_charged(ruling), ruling.rules[-1]) == (percent, Rule.DOMESTIC)
    assert percent_charged(decide(seller("GP", "GP"), buyer("GP"))) == 8.5


def test_the_caller_settles_what_is_disputed():
    taxed = Override("GP", SupplyCategory.SAAS, True, "our adviser", default_facts().rate("FR", TODAY).value.rate)
    for who in (DUBLIN, BOSTON):
        ruling = decide(who, buyer("GP"), facts=default_facts().with_override(taxed))
        assert (percent_charged(ruling), ruling.rules[-1]) == (20, Rule.OVERRIDDEN)
    assert type(decide(seller("IE", "IE"), buyer("GP"), facts=default_facts().with_override(taxed))) is NotCollecting
    free = Override("GP", SupplyCategory.SAAS, False, "our adviser")
    for who in (DUBLIN, seller("IE", "IE")):
        assert type(decide(who, buyer("GP"), facts=default_facts().with_override(free))) is NotTaxable


def test_aland_is_finnish_for_finnish_sellers_alone():
    for who in (buyer("AX"), buyer("FI", postal_code="22100"), buyer("AX", status=PROVEN)):
        assert percent_charged(decide(seller("FI", "FI"), who)) == 25.5
        outside = decide(DUBLIN, who)
        assert (type(outside), outside.confidence) == (OutsideScope, Confidence.MEDIUM)
    finnish = decide(seller("FI", "FI"), buyer("AX"), date(2024, 8, 31))
    assert (finnish.place, percent_charged(finnish)) == ("AX", 24)


# Postal codes of any kind


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("AT", "at-6691", "6691"),
        ("AT", "A-6691", "6691"),
        ("LU", "L-1234", "1234"),
        ("SE", "SE-114 55", "11455"),
        ("DE", "DE78266", "78266"),
        ("GB", "bfpo 57", "BFPO57"),
        ("GB", "GB-1", "1"),
        ("PT", "9500-123", "9500-123"),
        ("ES", "ESCORIAL", "ESCORIAL"),
    ],
)
def test_postal_codes_are_normalised(country, text, code):
    assert normalise_postal_code(country, text) == code


@pytest.mark.parametrize(
    "postal_code", ["9" * 10_000, "35001\n", "٣٥٠٠١", "35001\x00", "35\t001", "", "K" * 17, "35001-", "３５００１"]
)
def test_hostile_postal_codes_are_refused_or_give_the_country(postal_code, quickly):
    def ask():
        try:
            return tax_place(buyer("ES", postal_code=postal_code))
        except InvalidValueError:
            return "refused"

    assert quickly(ask) in ("refused", "ES")


def test_ten_thousand_hostile_postal_codes(quickly):
    junk = "09AZaz -\n\t\x00٠９Kſ.*+?[](){}|\\^$'\"<>;%"
    randomly = Random(11)
    codes = ["".join(randomly.choices(junk, k=randomly.choice((1, 3, 5, 8, 16, 17, 1000)))) for _ in range(10_000)]

    def ask_all():
        refused = 0
        for code in codes:
            try:
                Address("ES", postal_code=code)
            except InvalidValueError:
                refused += 1
        return refused

    assert quickly(ask_all, limit=1.0) > 9_000
    assert all(tax_place(buyer("PT", postal_code=code)) == "PT" for code in ("Z" * 16, "A-A-A-A", "PTPTPT", "PT-PT"))


@given(st.sampled_from(sorted(COUNTRIES)), HOSTILE)
def test_any_postal_code_gives_a_typed_outcome(country, postal_code):
    try:
        address = Address(country, postal_code=postal_code)
    except InvalidValueError:
        return
    assert decide(DUBLIN, Buyer("B", address)).edition == "2026-11-23"


@pytest.mark.parametrize("status", BuyerStatus)
@pytest.mark.parametrize(
    "who", [DUBLIN, BOSTON, seller("JP", "JP"), seller("CA", "CA", subdivision="CA-QC")], ids=lambda who: who.country
)
def test_every_country_of_iso_3166_gets_a_typed_outcome(who, status):
    everywhere = seller(who.country, *sorted(COUNTRIES))
    for country in sorted(COUNTRIES):
        for day in (date(1960, 1, 1), date(2003, 7, 1), date(2019, 1, 1), TODAY, date(2099, 1, 1)):
            for one in (who, everywhere):
                ruling = decide(one, buyer(country, status=status), day)
                assert ruling.rules
                assert type(ruling) is Charged or ruling.rate == 0
                steps = [rule.step.position for rule in ruling.rules]
                assert steps == sorted(steps), ruling.rules
                if type(ruling) is Charged:
                    assert ruling.rate > 0
                if type(ruling) is ReverseCharge:
                    assert status is not BuyerStatus.CONSUMER


def test_no_country_is_no_place():
    for wrong in ("", None, "UK", "EL", "XI", "de"):
        with pytest.raises((InvalidValueError, InvalidTypeError)):
            buyer(wrong)


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
def test_postal_codes_are_read_as_people_write_them(country, written, place):
    assert tax_place(buyer(country, postal_code=written)) == place


def test_blanks_at_an_end_are_named():
    for written in (" 78266", "35001 "):
        with pytest.raises(InvalidValueError, match="blanks at an end: strip them"):
            Address("ES", postal_code=written)


@pytest.mark.parametrize(
    "wrong", ["35001\n", "３５００１", "35.001", "", " ", "-", "1" * 33, "3\t5", "٣٥٠٠١", "35001\x00"]
)
def test_what_is_not_a_postal_code_is_not_normalised(wrong, quickly):
    def ask():
        with pytest.raises(InvalidValueError, match="postal_code"):
            normalise_postal_code("ES", wrong)

    quickly(ask)


def codes(ruling):
    return [note.code for note in ruling.notes]


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
