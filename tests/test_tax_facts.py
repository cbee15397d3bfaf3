"""The tables as facts: look-up by date, replacing them, listing them, and a second public table for the EU's rates."""

import copy
import pickle
from datetime import date
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore._facts import canada_tax, us_sales_tax, vat_rates, vat_rates_world, vat_territories
from billingcore._facts.countries import COUNTRIES
from billingcore._facts.eu_membership import MEMBERS
from billingcore._tax import areas, tables
from billingcore._tax.cases import case_of
from billingcore._tax.decision import change_days
from billingcore._tax.decision import decide as decide_anew
from billingcore.cycles import Period
from billingcore.errors import (
    InvalidTypeError,
    InvalidValueError,
    NoRateForDateError,
    UnknownCountryError,
    UnknownSubdivisionError,
)
from billingcore.money import Money
from billingcore.parties import BuyerStatus, CertificateKind, ExemptionCertificate, Registration, Scheme, Seller, Use
from billingcore.places import Address
from billingcore.records import from_record, to_record
from billingcore.sourced import Confidence, History, Sourced
from billingcore.tax import (
    SAAS,
    Apportionment,
    Charged,
    Disputed,
    Exempt,
    Fact,
    FactKind,
    LateExemption,
    LocalRate,
    NotCollecting,
    NotCollectingReason,
    Note,
    NoteCode,
    NotTaxable,
    Override,
    Rule,
    Step,
    Supply,
    SupplyCategory,
    TaxFacts,
    TaxGroup,
    VatRate,
    certificate_end,
    decide_tax,
    default_facts,
    facts,
    slice_at_start,
)
from tax_samples import (
    BOSTON,
    DAY,
    DUBLIN,
    EARLY,
    LOCAL,
    NON_UNION,
    PROVEN,
    TODAY,
    UNION,
    buyer,
    company,
    decide,
    percent_charged,
    seller,
)

FACTS = default_facts()
CHANGES = [
    (country, date.fromisoformat(row[1]), before[0], row[0])
    for country, rows in vat_rates.ROWS.items()
    for before, row in pairwise(rows)
]


def own(value, since=EARLY, until=None):
    return History("ours", (Sourced(value, since, until, "us", TODAY),))


# By date (T6)


@pytest.mark.parametrize(("country", "day", "before", "after"), CHANGES)
def test_every_change_of_the_eu_and_the_uk_reaches_the_decision_on_its_day(country, day, before, after):
    home = seller(country, country)
    for each, ppm in ((day - DAY, before), (day, after)):
        ruling = decide(home, buyer(country), each)
        assert ruling.rate == Fraction(ppm, 1_000_000)
        assert ruling.components[0].since <= each


@pytest.mark.parametrize("country", sorted(vat_rates.ROWS))
def test_before_the_first_row_there_is_no_rate(country):
    first = date.fromisoformat(vat_rates.ROWS[country][0][1])
    assert FACTS.rate(country, first - DAY) is None
    with pytest.raises(NoRateForDateError):
        FACTS.rate_on(country, first - DAY)
    assert FACTS.rate_on(country, first).since == first
    assert FACTS.rate_on(country, date(2099, 1, 1)).until is None


def test_places_without_a_rate():
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
def test_the_order_of_rows_does_not_matter_t7(rows, day):
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


# Exactly one outcome with a reason (T9), IDs and certificates only where the rule says so (T10)


@given(
    st.sampled_from(["IE", "DE", "GB", "US", "CA", "CH", "AU"]),
    st.sampled_from(["IE", "DE", "GR", "GB", "US", "CA", "CH", "AU", "GP", "AF", "HK"]),
    st.sampled_from(BuyerStatus),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
)
def test_exactly_one_outcome_with_a_reason_t9(home, country, status, day):
    ruling = decide(seller(home, home, "GB", "AU", schemes=(UNION, NON_UNION)), buyer(country, status=status), day)
    kinds = (Charged, Exempt, NotTaxable, NotCollecting, Disputed)
    assert sum(isinstance(ruling, kind) for kind in kinds) <= 1
    assert ruling.rules[-1].sentence
    assert ruling.rules[-1].source
    assert type(ruling.confidence) is Confidence
    assert ruling.is_settled is (ruling.category is not None)
    assert [rule.step.position for rule in ruling.rules] == sorted(rule.step.position for rule in ruling.rules)


@pytest.mark.parametrize("country", sorted(MEMBERS))
def test_a_number_never_frees_from_the_sellers_own_tax_t10(country):
    home = seller(country, country)
    first, again = decide(home, buyer(country)), decide(home, buyer(country, status=PROVEN))
    assert first == again
    assert type(first) is Charged


def test_every_rule_has_words_a_source_and_a_step():
    assert all(rule.sentence and rule.source and type(rule.step) is Step for rule in Rule)
    assert [step.position for step in Step] == list(range(len(Step)))


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


# Replacing facts


def test_the_edition_names_what_was_replaced():
    assert FACTS.edition == "2026-11-23"
    mine = FACTS.with_rates("FR", own(VatRate("TVA", Fraction(21, 100)))).with_membership("RS", own(True))
    mine = mine.with_override(Override("DE", SupplyCategory.SAAS, False, "us")).with_local_rates(
        LocalRate("City", "US-TX", Fraction())
    )
    assert (
        mine.edition
        == "2026-11-23, FR given by the caller, RS given by the caller, DE given by the caller, US-TX given by the caller"
    )
    assert mine.with_rates("FR", own(VatRate("TVA", Fraction(22, 100)))).rate("FR", TODAY).value.rate == Fraction(
        22, 100
    )
    assert not FACTS.with_membership("RS", own(True)).with_membership("RS", own(True, TODAY)).in_eu("RS", EARLY)
    assert FACTS.override("FR", SupplyCategory.SAAS, TODAY) is None
    assert hash(mine) == hash(copy.deepcopy(mine))


@pytest.mark.parametrize(
    "call",
    [
        lambda: FACTS.with_rates("FR", "20 %"),
        lambda: FACTS.with_rates(None, own(VatRate("TVA", Fraction()))),
        lambda: FACTS.with_membership("FR", True),
        lambda: FACTS.with_override("FR"),
        lambda: FACTS.with_local_rates("City"),
        lambda: TaxFacts([("FR", own(True))]),
        lambda: TaxFacts((("FR", 1),)),
        lambda: TaxFacts(("FR",)),
        lambda: TaxFacts((), (("FR", 1),)),
        lambda: TaxFacts(overrides=[]),
        lambda: TaxFacts(local_rates=(1,)),
        lambda: VatRate("TVA", 0.2),
        lambda: VatRate("TVA", Fraction(1, 5), 1),
        lambda: Override("FR", "saas", True, "us"),
        lambda: Override("FR", SupplyCategory.SAAS, 1, "us"),
        lambda: Override("FR", SupplyCategory.SAAS, True, None),
        lambda: Override("FR", SupplyCategory.SAAS, True, "us", 0.2),
        lambda: Override("FR", SupplyCategory.SAAS, True, "us", base=1),
        lambda: Override("FR", SupplyCategory.SAAS, True, "us", since="x"),
        lambda: Supply("saas"),
        lambda: Supply(business_only=1),
        lambda: Supply(negotiated_licence=None),
        lambda: Note("row", "x"),
        lambda: Note(NoteCode.ROW, None),
        lambda: NotCollecting("FR", (), "e", "not registered"),
        lambda: facts("2026-01-01"),
        lambda: facts(TODAY, place=1),
        lambda: facts(TODAY, kind="rate"),
        lambda: facts(TODAY, confidence="low"),
    ],
)
def test_other_types_are_refused(call):
    with pytest.raises(InvalidTypeError):
        call()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: FACTS.with_rates("UK", own(VatRate("VAT", Fraction()))), UnknownCountryError),
        (lambda: FACTS.with_membership("EL", own(True)), UnknownCountryError),
        (lambda: Override("US-XX", SupplyCategory.SAAS, True, "us"), UnknownSubdivisionError),
        (lambda: Override("", SupplyCategory.SAAS, True, "us"), InvalidValueError),
        (lambda: Override("FR", SupplyCategory.SAAS, True, " "), InvalidValueError),
        (lambda: Override("FR", SupplyCategory.SAAS, True, "us", Fraction(2)), InvalidValueError),
        (lambda: Override("FR", SupplyCategory.SAAS, True, "us", since=TODAY, until=TODAY), InvalidValueError),
    ],
)
def test_values_without_meaning_are_refused(call, error):
    with pytest.raises(error):
        call()


def test_places_that_can_be_named():
    for place in ("FR", "US-TX", "CA-QC", "PT-20", "IT/Livigno"):
        assert Override(place, SupplyCategory.SAAS, False, "us").place == place


# Listing


def test_facts_hold_on_their_day():
    for day, percent in ((date(2025, 6, 30), "22 %"), (date(2025, 7, 1), "24 %")):
        (found,) = facts(day, place="EE", kind=FactKind.RATE)
        assert percent in found.text
        assert found.checked_on == TODAY
    assert facts(date(2020, 12, 31), place="GB", kind=FactKind.EU_MEMBERSHIP)
    assert facts(date(2021, 1, 1), place="GB", kind=FactKind.EU_MEMBERSHIP) == ()
    texas = {fact.text for fact in facts(TODAY, place="US-TX")}
    assert "software as a service, business use: taxed on 80 % of the price" in texas
    assert any("at 3 %" in fact.text for fact in facts(TODAY, place="US-MD", kind=FactKind.SAAS))
    manitoba = {
        day: [fact.text for fact in facts(day, place="CA-MB", kind=FactKind.SAAS)]
        for day in (date(2026, 1, 1), date(2018, 1, 1))
    }
    assert manitoba[date(2026, 1, 1)] == ["software as a service: RST falls on it"]
    assert manitoba[date(2018, 1, 1)] == ["software as a service: no RST"]


def test_low_and_disputed_facts_are_found():
    disputed = {fact.place for fact in facts(TODAY, confidence=Confidence.DISPUTED)}
    assert disputed == {"US-AL", "GP", "MQ", "RE", "GF", "YT"}
    low = {fact.place for fact in facts(TODAY, confidence=Confidence.LOW, kind=FactKind.RATE)}
    assert {"TH", "PK", "AW"} <= low
    assert "TH" not in {fact.place for fact in facts(date(2026, 9, 30), confidence=Confidence.LOW, kind=FactKind.RATE)}


def test_what_is_not_known_is_listed():
    unknown = {(fact.place, fact.text) for fact in facts(TODAY, kind=FactKind.UNKNOWN)}
    places = {place for place, _ in unknown}
    assert {"US", "CA", "ES", "PT", "EU", "AF", "AM", "BD", "SM", "ES-CE"} <= places
    covered = {fact.place for fact in facts(TODAY)}
    territories = {"US", "CA"} | {code for code in COUNTRIES if f"US-{code}" in us_sales_tax.STATES}
    assert covered | territories >= COUNTRIES  # every country is a fact or a gap


def test_every_row_of_every_table_is_a_fact():
    listed = facts(TODAY)
    assert all(fact.source and fact.text and type(fact.checked_on) is date for fact in listed)
    day = TODAY.isoformat()

    def holding(rows, since=1):
        return [row for row in rows if (row[since] or "") <= day and (row[since + 1] is None or day < row[since + 1])]

    expected = [
        row
        for table in (vat_rates.ROWS, vat_rates_world.ROWS, us_sales_tax.RATES, canada_tax.ROWS)
        for rows in table.values()
        for row in holding(rows)
    ]
    rates = [fact for fact in listed if fact.kind is FactKind.RATE]
    assert len(rates) == len(expected) + 8  # territories with a rate of their own
    assert len([fact for fact in listed if fact.kind is FactKind.TERRITORY]) == len(
        {(code, row[10]) for code, rows in vat_territories.ROWS.items() for row in rows}
    )


def test_every_territory_of_the_table_has_a_place():
    for rows in vat_territories.ROWS.values():
        for row in rows:
            assert row[10] in {**areas._FOLLOWED, **areas._INSIDE, **areas._OUTSIDE}


# Records and pickles

SALES = [
    (DUBLIN, buyer("FR"), {}), (DUBLIN, company("DE123456788", "DE"), {}), (DUBLIN, buyer("GP"), {}), (BOSTON, buyer("FR", status=PROVEN), {}),
    (SELLERS[-1], buyer("US", "US-TX", use=Use.BUSINESS), {}), (SELLERS[-1], buyer("US", "US-MD", certificates=(attrs.evolve(CERTIFICATE, until=None, revoked_on=None),)), {}),
    (SELLERS[-1], buyer("US", "US-CA"), {}), (DUBLIN, buyer("CH"), {}), (SELLERS[-1], buyer("CA", "CA-QC"), {}), (SELLERS[-1], buyer("US"), {}),
    (SELLERS[-1], buyer("US", "US-FL"), {"facts": OVERRIDES}),
]  # fmt: skip


@pytest.mark.parametrize(("who", "whom", "more"), SALES, ids=range(len(SALES)))
def test_decisions_are_records_and_pickles(who, whom, more):
    ruling = decide(who, whom, **more)
    for value in (ruling, who, whom):
        assert from_record(to_record(value)) == value
        again = pickle.loads(pickle.dumps(value))
        assert (again, hash(again)) == (value, hash(value))
    assert not hasattr(pickle.loads(pickle.dumps(whom)), "_decided")
    if ruling.is_settled:
        group = TaxGroup(TaxGroup.of_gross(to_money(), ruling).net, ruling)
        assert pickle.loads(pickle.dumps(group)) == group
        assert from_record(to_record(group)) == group


def to_money():
    return Money.of("100.00", "EUR")


def test_other_values_are_records_too():
    period = Period(date(2026, 1, 1), date(2026, 2, 1))
    values = [
        OVERRIDES, SAAS, CERTIFICATE, Note(NoteCode.ROW, "x"), Apportionment(to_money(), (1,)), facts(TODAY, place="FR")[0],
        LateExemption(CERTIFICATE, CERTIFICATE.since, certificate_end(CERTIFICATE, "US-TX"), ("1",), ()), slice_at_start(period, to_money())[0],
        NotCollecting("FR", (), "e", NotCollectingReason.BUYER_WITHHOLDS),
    ]  # fmt: skip
    for value in values:
        assert from_record(to_record(value)) == value
    assert type(values[5]) is Fact
    assert Scheme.SIMPLIFIED.value == "simplified"
