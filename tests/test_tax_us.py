"""US sales tax: registration, taxability by date and use, certificates, components, local rates of the caller."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore._facts.us_sales_tax import RATES, SAAS, STATES
from billingcore.errors import InvalidTypeError, InvalidValueError, UnknownSubdivisionError
from billingcore.money import Money
from billingcore.parties import BuyerStatus, CertificateForm, CertificateKind, ExemptionCertificate, Use
from billingcore.sourced import Confidence, History, Sourced
from billingcore.tax import (
    Charged,
    Disputed,
    Exempt,
    LocalRate,
    NotCollecting,
    NotCollectingReason,
    NoteCode,
    NotTaxable,
    OutsideScope,
    Override,
    Rule,
    Supply,
    SupplyCategory,
    TaxGroup,
    Undetermined,
    UndeterminedReason,
    VatRate,
    certificate_end,
    default_facts,
    explain_ruling,
    late_exemption,
)
from tax_samples import DAY, DUBLIN, EARLY, LOCAL, TODAY, buyer, decide, percent_charged, registrations, seller

EVERYWHERE = seller("US", *sorted(STATES), subdivision="US-MA")
AUSTIN = (LocalRate("City of Austin", "US-TX", Fraction(1, 100)), LocalRate("Transit", "US-TX", Fraction(1, 100)))
BUSINESS, PERSONAL = Use.BUSINESS, Use.PERSONAL


def customer(state, use=BUSINESS, **more):
    return buyer("US", f"US-{state}", use=use, **more)


def notes(ruling):
    return [note.code for note in ruling.notes]


def tax_of(ruling, net, currency="USD"):
    return TaxGroup(Money.of(net, currency), ruling).tax.amount


# Named rows of the brief


def test_texas():
    # 1000.00 × 80 % = 800.00; at 6.25 % 50.00, at 1 % 8.00 twice: 66.00.
    ruling = decide(EVERYWHERE, customer("TX"), local=AUSTIN)
    group = TaxGroup(Money.of("1000.00", "USD"), ruling)
    assert [str(tax.amount) for _, tax in group.component_taxes()] == ["50.00", "8.00", "8.00"]
    assert group.tax == Money.of("66.00", "USD")
    assert group.ruling.rules == (Rule.STATE_OF_BILLING_ADDRESS, Rule.REGISTERED, Rule.CATEGORY_TAXED)
    # A public Texas calculator: 500.00 × 80 % at 6.25 % and 0.50 %: 25.00 and 2.00.
    half = (LocalRate("City", "US-TX", Fraction(1, 200)),)
    group = TaxGroup(Money.of("500.00", "USD"), decide(EVERYWHERE, customer("TX"), local=half))
    assert [str(tax.amount) for _, tax in group.component_taxes()] == ["25.00", "2.00"]


def test_new_york_city():
    # 100.00 at 4 % + 4.5 % + 0.375 %: 4.00 + 4.50 + 0.38 = 8.88; at the combined 8.875 % also 8.88.
    city = (LocalRate("New York City", "US-NY", Fraction(45, 1000)), LocalRate("MCTD", "US-NY", Fraction(375, 100_000)))
    ruling = decide(EVERYWHERE, customer("NY"), local=city)
    assert ruling.rate == Fraction(8875, 100_000)
    assert tax_of(ruling, "100.00") == "8.88"


CHANGES = """
state use      day         before  after
CA    business 2027-01-01  -       7.25
CA    personal 2027-01-01  -       7.25
CO    business 2027-01-01  -       2.9
CO    personal 2027-01-01  -       2.9
CT    personal 2019-10-01  1       6.35
IA    personal 2019-01-01  -       6
KY    business 2023-01-01  -       6
LA    business 2025-01-01  -       5
LA    business 2030-01-01  5       4.75
MD    business 2021-03-14  -       6
MD    business 2022-07-01  6       -
MD    business 2025-07-01  -       3
MD    personal 2021-03-14  -       6
MS    business 2023-07-01  7       -
RI    business 2018-10-01  -       7
SD    business 2016-06-01  4       4.5
SD    business 2023-07-01  4.5     4.2
SD    business 2027-07-01  4.2     4.5
TN    business 2015-07-01  -       7
VT    business 2024-07-01  -       6
DC    business 2009-10-01  5.75    6
DC    business 2013-10-01  6       5.75
DC    business 2018-10-01  5.75    6
DC    business 2026-10-01  6       7
PR    business 2015-07-01  5.5     10.5
NM    business 2022-07-01  5.125   5
NM    business 2023-07-01  5       4.875
AZ    business 2013-06-01  6.6     5.6
MA    business 2009-08-01  5       6.25
UT    business 2019-04-01  4.7     4.85
SC    business 2007-06-01  5       6
OH    business 2013-09-01  5.5     5.75
"""
CHANGES = [tuple(line.split()) for line in CHANGES.split("\n")[2:-1]]


@pytest.mark.parametrize(("state", "use", "day", "before", "after"), CHANGES)
def test_a_change_happens_on_its_day(state, use, day, before, after):
    day = date.fromisoformat(day)
    for each, expected in ((day - DAY, before), (day, after)):
        ruling = decide(EVERYWHERE, customer(state, Use(use)), each)
        if expected == "-":
            assert (type(ruling), ruling.rules[-1]) == (NotTaxable, Rule.CATEGORY_NOT_TAXED)
        else:
            assert percent_charged(ruling) == float(expected)


def test_every_dated_row_changes_something_on_its_day_or_is_a_mere_rate():
    named = {(state, day) for state, _, day, _, _ in CHANGES}
    for state, rows in SAAS.items():
        for use, since, *_ in rows:
            if since and since not in ("2015-01-01", "2019-01-01", "2019-10-01"):
                assert (state.removeprefix("US-"), since) in named, (state, use, since)


@pytest.mark.parametrize("state", sorted(RATES))
def test_rates_follow_each_other(state):
    rows = RATES[state]
    assert [row[2] for row in rows[:-1]] == [row[1] for row in rows[1:]]
    assert rows[-1][2] is None
    for use in ("business", "personal"):
        own = [row for row in SAAS[state] if row[0] == use]
        assert [row[2] for row in own[:-1]] == [row[1] for row in own[1:]]
        assert own[-1][2] is None
        assert all(row[6] and row[7] in {"high", "medium", "low"} for row in own)


@pytest.mark.parametrize(
    ("state", "day", "percent"),
    [
        ("DC", date(2025, 10, 15), 6),
        ("DC", date(2026, 10, 15), 7),
        ("CA", date(2027, 1, 1), 7.25),
        ("UT", TODAY, 4.85),
        ("HI", TODAY, 4),
    ],
)
def test_the_convention_of_a_rate(state, day, percent):
    # California 6.00 + 1.25 everywhere; Utah's mandatory 1.25 is local; the 6.5 % of DC was repealed.
    assert percent_charged(decide(EVERYWHERE, customer(state), day)) == percent


def test_use_matters_in_five_states():
    today = {
        state: [decide(EVERYWHERE, customer(state, use)).rate * 100 for use in Use]
        for state in ("CT", "IA", "MD", "OH")
    }
    assert today == {"CT": [1, Fraction("6.35")], "IA": [0, 6], "MD": [3, 6], "OH": [Fraction("5.75"), 0]}
    day = date(2027, 1, 1)
    negotiated = decide(EVERYWHERE, customer("CO"), day, supply=Supply(negotiated_licence=True))
    assert (type(negotiated), type(decide(EVERYWHERE, customer("CO"), day))) == (NotTaxable, Charged)


def test_a_use_that_nobody_asked_for_is_a_visible_default():
    consumer = decide(EVERYWHERE, customer("CT", None))
    business = decide(EVERYWHERE, customer("CT", None, status=BuyerStatus.BUSINESS))
    assert [percent_charged(each) for each in (consumer, business)] == [6.35, 1]
    assert all(NoteCode.USE_ASSUMED in notes(each) for each in (consumer, business))
    assert NoteCode.USE_ASSUMED not in notes(decide(EVERYWHERE, customer("CT")))
    assert NoteCode.USE_ASSUMED not in notes(decide(EVERYWHERE, customer("NY", None)))


def test_alabama_is_disputed_unless_the_caller_decides():
    ruling = decide(EVERYWHERE, customer("AL"))
    assert (type(ruling), ruling.confidence, ruling.is_settled) == (Disputed, Confidence.DISPUTED, False)
    assert "caller must decide" in ruling.detail
    taxed = default_facts().with_override(Override("US-AL", SupplyCategory.SAAS, True, "our adviser"))
    assert percent_charged(decide(EVERYWHERE, customer("AL"), facts=taxed)) == 4
    free = default_facts().with_override(Override("US-AL", SupplyCategory.SAAS, False, "our adviser"))
    assert decide(EVERYWHERE, customer("AL"), facts=free).rules[-1] is Rule.OVERRIDDEN
    flat = default_facts().with_override(
        Override("US-AL", SupplyCategory.SAAS, True, "flat election", Fraction(8, 100))
    )
    assert percent_charged(decide(EVERYWHERE, customer("AL"), facts=flat)) == 8
    with pytest.raises(InvalidValueError):
        TaxGroup(Money.of("1.00", "USD"), ruling)


def test_an_override_of_louisiana_is_visible():
    tables = default_facts().with_override(Override("US-LA", SupplyCategory.SAAS, False, "production exemption"))
    ruling = decide(EVERYWHERE, customer("LA"), facts=tables)
    assert (type(ruling), ruling.source, notes(ruling)) == (NotTaxable, "production exemption", [NoteCode.OVERRIDDEN])
    half = default_facts().with_override(Override("US-LA", SupplyCategory.SAAS, True, "us", base=Fraction(1, 2)))
    assert percent_charged(decide(EVERYWHERE, customer("LA"), facts=half)) == 2.5


@pytest.mark.parametrize("state", ["DE", "MT", "NH", "OR", "AS", "GU", "MP", "VI"])
def test_states_without_a_sales_tax(state):
    for who in (EVERYWHERE, seller("US")):
        ruling = decide(who, customer(state))
        assert (type(ruling), ruling.rules[-1]) == (NotTaxable, Rule.NO_SUCH_TAX)
    low = ("AS", "GU", "MP", "VI")
    assert ruling.confidence is (Confidence.LOW if state in low else Confidence.HIGH)


def test_registration_comes_before_taxability_and_is_not_the_same():
    unregistered = seller("US", "US-MA")
    for state in ("TX", "CA", "AL"):
        ruling = decide(unregistered, customer(state))
        assert (type(ruling), ruling.reason) == (NotCollecting, NotCollectingReason.SELLER_NOT_REGISTERED)
        assert ruling.rules == (Rule.STATE_OF_BILLING_ADDRESS, Rule.SELLER_NOT_REGISTERED)
    dated = seller("US")
    dated = attrs.evolve(dated, registrations=registrations("US-TX", since=date(2026, 1, 1)))
    assert [type(decide(dated, customer("TX"), day)) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [
        NotCollecting,
        Charged,
    ]
    assert type(decide(DUBLIN, customer("TX"))) is OutsideScope
    assert type(decide(seller("IE", "IE", "US-TX"), customer("TX"))) is Charged
    assert type(decide(seller("IE", "IE", "US-TX"), customer("OR"))) is OutsideScope


def test_an_address_without_a_state():
    ruling = decide(EVERYWHERE, buyer("US"))
    assert (type(ruling), ruling.reason) == (Undetermined, UndeterminedReason.SUBDIVISION_MISSING)
    assert type(decide(seller("US"), buyer("US"))) is NotCollecting
    assert type(decide(DUBLIN, buyer("US"))) is OutsideScope
    outlying = decide(EVERYWHERE, buyer("US", "US-UM"))
    assert (type(outlying), outlying.reason) == (Undetermined, UndeterminedReason.PLACE_NOT_COVERED)


def test_a_category_that_is_not_covered():
    supply = Supply(SupplyCategory.ELECTRONIC_SERVICE)
    ruling = decide(EVERYWHERE, customer("TX"), supply=supply)
    assert (type(ruling), ruling.reason) == (Undetermined, UndeterminedReason.CATEGORY_NOT_COVERED)
    tables = default_facts().with_override(Override("US-TX", SupplyCategory.ELECTRONIC_SERVICE, True, "us"))
    assert percent_charged(decide(EVERYWHERE, customer("TX"), supply=supply, facts=tables)) == 6.25


def test_days_of_which_nothing_is_known():
    vermont = decide(EVERYWHERE, customer("VT"), date(2014, 12, 31))
    assert (type(vermont), vermont.reason) == (Undetermined, UndeterminedReason.CATEGORY_NOT_COVERED)
    assert type(decide(EVERYWHERE, customer("VT"), date(2015, 1, 1))) is NotTaxable
    for state in ("NY", "MA"):
        assert type(decide(EVERYWHERE, customer(state), date(2003, 6, 30))) is Undetermined
        # An unknown first day is no reason to doubt a state's rate, but of Pennsylvania's tax of 1950 nothing is known.
    override = default_facts().with_override(Override("US-NY", SupplyCategory.SAAS, True, "us"))
    early = decide(EVERYWHERE, customer("NY"), date(2004, 1, 1), facts=override)
    assert (type(early), early.reason) == (Undetermined, UndeterminedReason.NO_RATE_FOR_DATE)
    arkansas = default_facts().with_override(Override("US-AR", SupplyCategory.SAAS, True, "us"))
    assert type(decide(EVERYWHERE, customer("AR"), date(2003, 6, 30), facts=arkansas)) is Undetermined
    assert percent_charged(decide(EVERYWHERE, customer("AR"), date(2003, 7, 1), facts=arkansas)) == 6


# Local rates


@pytest.mark.parametrize("state", sorted(state for state in STATES if state != "US-AK"))
def test_local_missing_says_that_local_taxes_exist(state):
    for day in (TODAY, date(2027, 1, 1)):
        ruling = decide(EVERYWHERE, buyer("US", state, use=PERSONAL), day)
        if type(ruling) is Charged:
            assert ruling.local_missing is STATES[state][1]
            assert not decide(EVERYWHERE, buyer("US", state, use=PERSONAL), day, local=()).local_missing


def test_alaska_has_local_taxes_alone():
    ruling = decide(EVERYWHERE, customer("AK"))
    assert (type(ruling), ruling.reason) == (Undetermined, UndeterminedReason.LOCAL_RULE_UNKNOWN)
    assert type(decide(EVERYWHERE, customer("AK"), local=())) is NotTaxable
    juneau = decide(EVERYWHERE, customer("AK"), local=[LocalRate("Juneau", "US-AK", Fraction(5, 100))])
    assert (percent_charged(juneau), len(juneau.components)) == (5, 1)


def test_local_rates_come_from_a_function_that_is_called_once():
    asked = []

    def resolve(state, postal_code, day):
        asked.append((state, postal_code, day))
        return AUSTIN

    who = buyer("US", "US-TX", "78701", use=BUSINESS)
    assert percent_charged(decide(EVERYWHERE, who, local=resolve)) == 6.6  # 8.25 % of 80 %
    assert asked == [("US-TX", "78701", TODAY)]
    assert percent_charged(decide(EVERYWHERE, who)) == 5
    assert percent_charged(decide(DUBLIN, buyer("FR"), local=resolve)) == 20
    assert type(decide(EVERYWHERE, buyer("US"), local=resolve)) is Undetermined
    assert len(asked) == 1


def test_local_rates_in_the_facts_have_postal_codes_and_days():
    here = LocalRate("City", "US-TX", Fraction(1, 100), "78701", since=date(2026, 1, 1), until=date(2027, 1, 1))
    tables = default_facts().with_local_rates(here, LocalRate("County", "US-NY", Fraction(3, 100)))
    there = buyer("US", "US-TX", "78701", use=BUSINESS)
    rates = [
        percent_charged(decide(EVERYWHERE, there, day, facts=tables))
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1))
    ]
    assert rates == [5, 5.8, 5]
    assert percent_charged(decide(EVERYWHERE, buyer("US", "US-TX", "75001"), facts=tables)) == 5
    assert decide(EVERYWHERE, buyer("US", "US-TX"), facts=tables).local_missing
    assert percent_charged(decide(EVERYWHERE, customer("NY"), facts=tables)) == 7


@pytest.mark.parametrize(
    "rates",
    [
        (AUSTIN[0], AUSTIN[0]),
        (AUSTIN[0], attrs.evolve(AUSTIN[0], authority="CITY OF AUSTIN", rate=Fraction(1, 200))),
        (*AUSTIN, LocalRate("County", "US-TX", Fraction(1, 1000))),  # 2.1 % in Texas
        (LocalRate("Texas sales tax", "US-TX", Fraction(1, 100)),),  # the state's own
        (LocalRate("us-tx", "US-TX", Fraction(1, 100)),),
        (LocalRate("County", "US-NY", Fraction(1, 100)),),  # another state
    ],
)
def test_local_rates_that_cannot_stand_together_are_refused(rates):
    with pytest.raises(InvalidValueError):
        decide(EVERYWHERE, customer("TX"), local=rates)


@pytest.mark.parametrize("rates", [{"City": 1}, "AB", (Fraction(1, 100),), lambda *_: None, 5, [None]])
def test_local_rates_of_another_type_are_refused(rates):
    with pytest.raises(InvalidTypeError):
        decide(EVERYWHERE, customer("TX"), local=rates)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("rate", Fraction(26, 100), InvalidValueError), ("rate", Fraction(-1, 100), InvalidValueError), ("rate", 0.01, InvalidTypeError),
        ("authority", " ", InvalidValueError), ("authority", None, InvalidTypeError), ("state", "US-XX", UnknownSubdivisionError),
        ("source", "", InvalidValueError), ("postal_code", 78701, InvalidTypeError), ("since", "2026-01-01", InvalidTypeError),
        ("until", EARLY, InvalidValueError), ("until", "x", InvalidTypeError),
    ],
)  # fmt: skip
def test_a_local_rate_is_checked(field, value, error):
    good = LocalRate("City", "US-TX", Fraction(25, 100), since=date(2026, 1, 1))
    with pytest.raises(error):
        attrs.evolve(good, **{field: value})


# Certificates


def certificate(state="US-TX", kind=CertificateKind.EXEMPT_ORGANISATION, since=date(2025, 8, 1), **more):
    states = (state,) if isinstance(state, str) else state
    return ExemptionCertificate("N1", kind, "Buyer", states, since, **more)


def with_certificates(state, *certificates, day=TODAY, **more):
    return decide(EVERYWHERE, customer(state, certificates=certificates), day, **more)


def test_a_certificate_of_the_state_exempts():
    paper = certificate()
    ruling = with_certificates("TX", paper, local=AUSTIN)
    assert (type(ruling), ruling.certificate, ruling.category, ruling.vatex) == (Exempt, paper, "E", None)
    assert (ruling.rate, ruling.components, ruling.place) == (0, (), "US-TX")
    assert ruling.rules[-1] is Rule.CERTIFICATE_ACCEPTED
    assert ruling.source
    assert "exempt in US-TX: certificate N1 (exempt organisation)" in explain_ruling(ruling)
    override = default_facts().with_override(Override("US-AL", SupplyCategory.SAAS, True, "us"))
    assert type(with_certificates("AL", certificate("US-AL"), facts=override)) is Exempt


@pytest.mark.parametrize(
    ("paper", "state", "code"),
    [
        (certificate("US-OK"), "TX", NoteCode.CERTIFICATE_OTHER_STATE),
        (attrs.evolve(certificate(), holder="Somebody"), "TX", NoteCode.CERTIFICATE_HOLDER_DIFFERS),
        (certificate(since=date(2026, 11, 24)), "TX", NoteCode.CERTIFICATE_NOT_YET_VALID),
        (certificate(until=date(2026, 11, 23)), "TX", NoteCode.CERTIFICATE_EXPIRED),
        (certificate(revoked_on=date(2026, 11, 23)), "TX", NoteCode.CERTIFICATE_REVOKED),
        (certificate(kind=CertificateKind.COMMERCIAL_ENTERPRISE), "TX", NoteCode.CERTIFICATE_KIND_NOT_ACCEPTED),
        (certificate(form=CertificateForm.MULTISTATE), "TX", NoteCode.CERTIFICATE_KIND_NOT_ACCEPTED),  # resale alone
        (certificate(form=CertificateForm.STREAMLINED), "TX", NoteCode.CERTIFICATE_FORM_NOT_ACCEPTED),  # Texas is no member
        (certificate("US-NY", CertificateKind.RESALE, form=CertificateForm.MULTISTATE), "NY", NoteCode.CERTIFICATE_FORM_NOT_ACCEPTED),
        (certificate(blanket=False), "TX", NoteCode.CERTIFICATE_EXPIRED),
        (
            certificate("US-WA", form=CertificateForm.STREAMLINED, last_purchase_on=date(2025, 11, 22)),
            "WA",
            NoteCode.CERTIFICATE_LAPSED,
        ),
    ],
)  # fmt: skip
def test_a_certificate_that_does_not_count_is_charged_with_the_reason(paper, state, code):
    ruling = with_certificates(state, paper)
    assert type(ruling) is Charged
    assert code in notes(ruling)
    assert any(paper.number in note.text for note in ruling.notes)


def test_the_reason_names_the_date():
    assert "was valid until 2026-11-22" in explain_ruling(
        with_certificates("TX", certificate(until=date(2026, 11, 23)))
    )
    assert "is of US-OK: it does not count in US-TX" in explain_ruling(with_certificates("TX", certificate("US-OK")))


@pytest.mark.parametrize(
    ("paper", "state", "last"),
    [
        (certificate("US-TX", until=date(2026, 3, 1)), "TX", date(2026, 2, 28)),
        (certificate("US-TX", revoked_on=date(2026, 3, 1)), "TX", date(2026, 2, 28)),
        (
            certificate("US-WA", form=CertificateForm.STREAMLINED, last_purchase_on=date(2025, 9, 1)),
            "WA",
            date(2026, 9, 1),
        ),
        (
            certificate("US-WA", form=CertificateForm.STREAMLINED, last_purchase_on=date(2025, 7, 1)),
            "WA",
            date(2026, 8, 1),
        ),
        (certificate("US-TX", blanket=False), "TX", date(2025, 8, 1)),
    ],
)
def test_the_last_day_of_a_certificate(paper, state, last):
    assert [type(with_certificates(state, paper, day=day)) for day in (last, last + DAY)] == [Exempt, Charged]


def test_the_first_day_of_a_certificate():
    assert [type(with_certificates("TX", certificate(), day=day)) for day in (date(2025, 7, 31), date(2025, 8, 1))] == [
        Charged,
        Exempt,
    ]


def test_florida():
    florida = default_facts().with_override(Override("US-FL", SupplyCategory.SAAS, True, "as if Florida taxed it"))
    dr13 = certificate("US-FL", CertificateKind.RESALE, date(2025, 3, 1))
    days = (date(2025, 12, 31), date(2026, 1, 1))
    assert [type(with_certificates("FL", dr13, day=day, facts=florida)) for day in days] == [Exempt, Charged]
    dr14 = certificate("US-FL", since=date(2024, 2, 29))
    days = (date(2029, 2, 28), date(2029, 3, 1))
    assert [type(with_certificates("FL", dr14, day=day, facts=florida)) for day in days] == [Exempt, Charged]
    assert certificate_end(dr13, "US-FL") == date(2026, 1, 1)
    assert certificate_end(dr13, "US-GA") is None  # the rule is Florida's
    assert certificate_end(attrs.evolve(dr13, form=CertificateForm.MULTISTATE), "US-FL") is None
    assert certificate_end(attrs.evolve(dr13, kind=CertificateKind.GOVERNMENT), "US-FL") is None
    assert certificate_end(attrs.evolve(dr13, since=date(9999, 5, 1)), "US-FL") == date(9999, 12, 30)
    assert certificate_end(certificate(since=date.max, blanket=False), "US-TX") is None
    with pytest.raises(InvalidTypeError):
        certificate_end("DR-13", "US-FL")


def test_forms_of_many_states():
    resale = certificate(("US-TX", "US-WA"), CertificateKind.RESALE, form=CertificateForm.MULTISTATE)
    assert [type(with_certificates(state, resale)) for state in ("TX", "WA", "SC")] == [Exempt, Exempt, Charged]
    streamlined = certificate(("US-WA", "US-SD"), form=CertificateForm.STREAMLINED)
    assert [type(with_certificates(state, streamlined)) for state in ("WA", "SD")] == [Exempt, Exempt]
    assert sum(row[2] for row in STATES.values()) == 24
    assert sum(row[3] for row in STATES.values()) == 38


def test_iowa_takes_the_certificate_of_a_commercial_enterprise():
    paper = certificate("US-IA", CertificateKind.COMMERCIAL_ENTERPRISE)
    ruling = decide(EVERYWHERE, customer("IA", PERSONAL, certificates=(paper,)))
    assert type(ruling) is Exempt


def test_names_are_compared_without_case_and_spaces():
    assert type(with_certificates("TX", attrs.evolve(certificate(), holder="  bUYER "))) is Exempt


def test_a_certificate_for_a_part_leaves_the_rest():
    half = with_certificates("TX", certificate(share=Fraction(1, 2)), local=AUSTIN)
    assert percent_charged(half) == 3.3  # half of 8.25 % of 80 %
    assert NoteCode.PARTLY_EXEMPT in notes(half)
    state_only = certificate(state_tax_only=True)
    local = with_certificates("TX", state_only, local=AUSTIN)
    assert [each.name for each in local.components] == ["City of Austin", "Transit"]
    assert "state tax alone" in explain_ruling(local)
    alone = with_certificates("TX", state_only)
    assert (type(alone), alone.local_missing) == (Exempt, True)
    # The certificate that exempts more is taken.
    for papers in (
        (certificate(share=Fraction(1, 2)), certificate()),
        (state_only, certificate()),
        (certificate(), state_only),
    ):
        assert type(with_certificates("TX", *papers, local=AUSTIN)) is Exempt


def test_taxability_comes_before_certificates():
    assert type(with_certificates("CA", certificate("US-CA"))) is NotTaxable
    assert type(decide(seller("US"), customer("TX", certificates=(certificate(),)))) is NotCollecting


def test_rates_of_the_caller_for_a_state():
    own = History("ours", (Sourced(VatRate("sales tax", Fraction(5, 100)), EARLY, None, "us", TODAY),))
    assert percent_charged(decide(EVERYWHERE, customer("TX"), facts=default_facts().with_rates("US-TX", own))) == 4


# Certificates that come late


def test_a_late_certificate_names_the_documents_to_credit():
    who = customer("TX")
    days = [date(2025, 7, 31), date(2026, 1, 1), date(2026, 10, 1), date(2026, 10, 2)]
    documents = [(str(day), day, decide(EVERYWHERE, who, day)) for day in days]
    documents.append(("FR", TODAY, decide(DUBLIN, buyer("FR"))))
    documents.append(("CA", TODAY, decide(EVERYWHERE, customer("CA"))))
    received = date(2026, 12, 31)  # 90 days after 2 October
    late = late_exemption(certificate(), "Buyer", received, documents)
    assert late.exempt_from == date(2025, 8, 1)
    assert late.exempt_until is None
    assert late.to_credit == ("2026-10-02",)
    assert late.too_late == ("2026-01-01", "2026-10-01")
    assert late_exemption(certificate(), "Buyer", received, documents, within_days=None).to_credit == (
        "2026-01-01",
        "2026-10-01",
        "2026-10-02",
    )
    assert late_exemption(certificate("US-OK"), "Buyer", received, documents).to_credit == ()
    assert late_exemption(certificate(until=TODAY), "Buyer", received, ()).exempt_until == TODAY


@pytest.mark.parametrize(
    "arguments", [("N1", "B", TODAY, ()), (certificate(), 1, TODAY, ()), (certificate(), "B", "x", ()), (certificate(), "B", TODAY, [("1", "x", None)]), (certificate(), "B", TODAY, [("1", TODAY, None)])],
)  # fmt: skip
def test_late_exemptions_refuse_other_types(arguments):
    with pytest.raises(InvalidTypeError):
        late_exemption(*arguments)


@pytest.mark.parametrize(
    ("days", "error"), [(-1, InvalidValueError), (True, InvalidTypeError), (1.5, InvalidTypeError)]
)
def test_a_window_has_days(days, error):
    with pytest.raises(error):
        late_exemption(certificate(), "B", TODAY, (), within_days=days)


def test_the_registration_is_of_the_state():
    assert EVERYWHERE.registration(LOCAL, TODAY, "US", "US-TX") is not None
    assert EVERYWHERE.registration(LOCAL, TODAY, "US") is None
