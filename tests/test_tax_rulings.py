"""Rulings and other values of tax: records and pickles, and the decisions that cannot be."""

import pickle
from datetime import date
from fractions import Fraction

import attrs
import pytest

from billingcore.cycles import Period
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money
from billingcore.parties import CertificateKind, ExemptionCertificate, Registration, Scheme, Seller, Use
from billingcore.places import Address
from billingcore.records import from_record, to_record
from billingcore.tax import (
    SAAS,
    Apportionment,
    Charged,
    Disputed,
    Exempt,
    Fact,
    LateExemption,
    LocalRate,
    NotCollecting,
    NotCollectingReason,
    Note,
    NoteCode,
    NotTaxable,
    OutsideScope,
    Override,
    ReverseCharge,
    Rule,
    SupplyCategory,
    TaxComponent,
    TaxGroup,
    Undetermined,
    UndeterminedReason,
    certificate_end,
    default_facts,
    facts,
    slice_at_start,
)
from samples import BOSTON, DUBLIN, LOCAL, NON_UNION, PROVEN, TODAY, UNION, buyer, company, decide, seller

FACTS = default_facts()
NOBODY = NotCollectingReason.SELLER_NOT_REGISTERED
COMPONENT = (TaxComponent("TVA", "FR", Fraction(1, 5)),)
TAXED_IN_FRANCE = Charged("FR", COMPONENT, UNION, (), "2026-11-23")


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


SALES = [
    (DUBLIN, buyer("FR"), {}), (DUBLIN, company("DE123456788", "DE"), {}), (DUBLIN, buyer("GP"), {}), (BOSTON, buyer("FR", status=PROVEN), {}),
    (SELLERS[-1], buyer("US", "US-TX", use=Use.BUSINESS), {}), (SELLERS[-1], buyer("US", "US-MD", certificates=(attrs.evolve(CERTIFICATE, until=None, revoked_on=None),)), {}),
    (SELLERS[-1], buyer("US", "US-CA"), {}), (DUBLIN, buyer("CH"), {}), (SELLERS[-1], buyer("CA", "CA-QC"), {}), (SELLERS[-1], buyer("US"), {}),
    (SELLERS[-1], buyer("US", "US-FL"), {"facts": OVERRIDES}),
]  # fmt: skip


def to_money():
    return Money.of("100.00", "EUR")


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


@pytest.mark.parametrize(
    ("ruling", "field", "wrong", "error"),
    [
        (TAXED_IN_FRANCE, "category", "AE", InvalidValueError),
        (TAXED_IN_FRANCE, "category", None, InvalidTypeError),
        (TAXED_IN_FRANCE, "edition", "", InvalidValueError),
        (TAXED_IN_FRANCE, "edition", None, InvalidTypeError),
        (TAXED_IN_FRANCE, "place", "France", InvalidValueError),
        (TAXED_IN_FRANCE, "place", "FR\n", InvalidValueError),
        (TAXED_IN_FRANCE, "place", 1, InvalidTypeError),
        (TAXED_IN_FRANCE, "rules", ("domestic",), InvalidTypeError),
        (TAXED_IN_FRANCE, "rules", [Rule.DOMESTIC], InvalidTypeError),
        (TAXED_IN_FRANCE, "notes", ("x",), InvalidTypeError),
        (TAXED_IN_FRANCE, "scheme", "oss", InvalidTypeError),
        (TAXED_IN_FRANCE, "components", list(COMPONENT), InvalidTypeError),
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
    record = to_record(TAXED_IN_FRANCE)
    assert from_record(record) == TAXED_IN_FRANCE
    for field, wrong in (("category", "AE"), ("place", "Atlantis"), ("edition", "")):
        with pytest.raises(InvalidValueError):
            from_record(record | {field: wrong})
    with pytest.raises(InvalidValueError):
        from_record(record | {"rules": ["no_such_rule"]})
