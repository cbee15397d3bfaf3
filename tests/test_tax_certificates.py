"""Exemption certificates: which of them count, on which days, and those that come late."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore._facts.us_sales_tax import STATES
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.parties import CertificateForm, CertificateKind, ExemptionCertificate, Scheme, Use
from billingcore.sourced import History, Sourced
from billingcore.tax import (
    Charged,
    Disputed,
    Exempt,
    LocalRate,
    NotCollecting,
    NoteCode,
    NotTaxable,
    Override,
    Rule,
    SupplyCategory,
    VatRate,
    certificate_end,
    default_facts,
    explain_ruling,
    late_exemption,
)
from samples import DUBLIN, EARLY, LOCAL, ONE_DAY, TODAY, buyer, decide, percent_charged, seller

EVERYWHERE = seller("US", *sorted(STATES), subdivision="US-MA")
AUSTIN = (LocalRate("City of Austin", "US-TX", Fraction(1, 100)), LocalRate("Transit", "US-TX", Fraction(1, 100)))
BUSINESS, PERSONAL = Use.BUSINESS, Use.PERSONAL


def customer(state, use=BUSINESS, **more):
    return buyer("US", f"US-{state}", use=use, **more)


def certificate(state="US-TX", kind=CertificateKind.EXEMPT_ORGANISATION, since=date(2025, 8, 1), **more):
    states = (state,) if isinstance(state, str) else state
    return ExemptionCertificate("N1", kind, "Buyer", states, since, **more)


def with_certificates(state, *certificates, day=TODAY, **more):
    return decide(EVERYWHERE, customer(state, certificates=certificates), day, **more)


MARCH = date(2026, 3, 1)


def american(*states):
    return seller("US", *[f"US-{state}" for state in states], subdivision="US-MA")


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


def notes(ruling):
    return [note.code for note in ruling.notes]


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
    assert [type(with_certificates(state, paper, day=day)) for day in (last, last + ONE_DAY)] == [Exempt, Charged]


def test_the_first_day_of_a_certificate():
    assert [type(with_certificates("TX", certificate(), day=day)) for day in (date(2025, 7, 31), date(2025, 8, 1))] == [
        Charged,
        Exempt,
    ]


def test_certificates_of_florida_end_with_the_year_or_after_five_years():
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


def test_a_form_of_many_states_counts_where_it_is_accepted():
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


def test_a_certificate_ends_the_dispute_about_alabama():
    certificate = ExemptionCertificate("N", CertificateKind.RESALE, "Buyer", ("US-AL",), date(2026, 1, 1))
    who = american("AL")
    ruling = decide(who, buyer("US", "US-AL", certificates=(certificate,)), MARCH)
    assert (type(ruling), ruling.rules[-2:]) == (Exempt, (Rule.CATEGORY_DISPUTED, Rule.CERTIFICATE_ACCEPTED))
    half = attrs.evolve(certificate, share=Fraction(1, 2))
    assert type(decide(who, buyer("US", "US-AL", certificates=(half,)), MARCH)) is Disputed
    assert type(decide(who, buyer("US", "US-AL"), MARCH)) is Disputed


def codes(ruling):
    return [note.code for note in ruling.notes]


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


def test_the_words_about_an_expired_certificate_name_its_last_day():
    certificate = ExemptionCertificate("N", CertificateKind.RESALE, "Buyer", ("US-TX",), EARLY, date(2026, 1, 1))
    whom = buyer("US", "US-TX", certificates=(certificate,))
    assert type(decide(american("TX"), whom, date(2025, 12, 31))) is Exempt
    assert "was valid until 2025-12-31, its last day" in explain_ruling(decide(american("TX"), whom, date(2026, 1, 1)))
    assert Scheme.LOCAL is LOCAL
