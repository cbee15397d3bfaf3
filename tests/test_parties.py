"""Sellers, buyers, registrations and certificates: what they refuse, and what they remember."""

import copy
import pickle
from datetime import date, datetime
from fractions import Fraction

import attrs
import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError, UnknownCountryError, UnknownSubdivisionError
from billingcore.parties import (
    Buyer,
    BuyerStatus,
    CertificateKind,
    ExemptionCertificate,
    Registration,
    Scheme,
    Seller,
    Use,
)
from billingcore.places import Address
from billingcore.tax_ids import TaxIdState, parse_tax_id
from samples import DUBLIN, EARLY, LOCAL, TODAY, UNION, buyer, company, decide

GERMAN = company("DE123456788", "DE")
SELLER = Seller("S", Address("IE"), (Registration("IE", LOCAL, EARLY),))
REGISTRATION = Registration("US", LOCAL, EARLY, None, "US-TX")
CERTIFICATE = ExemptionCertificate(
    "N", CertificateKind.RESALE, "H", ("US-TX", "US-OK"), date(2025, 1, 1), date(2026, 1, 1)
)


@pytest.mark.parametrize(
    ("value", "field", "wrong", "error"),
    [
        (GERMAN, "name", "", InvalidValueError),
        (GERMAN, "name", " ", InvalidValueError),
        (GERMAN, "name", "a\nb", InvalidValueError),
        (GERMAN, "name", "n" * 201, InvalidValueError),
        (GERMAN, "name", None, InvalidTypeError),
        (GERMAN, "address", "DE", InvalidTypeError),
        (GERMAN, "status", "business", InvalidTypeError),
        (GERMAN, "tax_id", "DE123456788", InvalidTypeError),
        (GERMAN, "tax_id", None, InvalidValueError),  # a state without an ID
        (GERMAN, "tax_id_state", "verified", InvalidTypeError),
        (GERMAN, "use", "business", InvalidTypeError),
        (GERMAN, "certificates", [CERTIFICATE], InvalidTypeError),
        (GERMAN, "certificates", ("N",), InvalidTypeError),
        (GERMAN, "further_tax_ids", ("DE123456788",), InvalidTypeError),
        (buyer("DE"), "further_tax_ids", (GERMAN.tax_id,), InvalidValueError),
        (SELLER, "name", "", InvalidValueError),
        (SELLER, "address", None, InvalidTypeError),
        (SELLER, "registrations", [REGISTRATION], InvalidTypeError),
        (SELLER, "registrations", ("IE",), InvalidTypeError),
        (SELLER, "tax_id", "IE1234567T", InvalidTypeError),
        (SELLER, "below_eu_threshold", 1, InvalidTypeError),
        (REGISTRATION, "country", "UK", UnknownCountryError),
        (REGISTRATION, "scheme", "local", InvalidTypeError),
        (REGISTRATION, "since", datetime(2026, 1, 1), InvalidTypeError),  # noqa: DTZ001 - a datetime is what is refused
        (REGISTRATION, "until", EARLY, InvalidValueError),
        (REGISTRATION, "until", "2026-01-01", InvalidTypeError),
        (REGISTRATION, "subdivision", "CA-QC", UnknownSubdivisionError),
        (CERTIFICATE, "number", "", InvalidValueError),
        (CERTIFICATE, "holder", None, InvalidTypeError),
        (CERTIFICATE, "kind", "resale", InvalidTypeError),
        (CERTIFICATE, "form", "state", InvalidTypeError),
        (CERTIFICATE, "blanket", 1, InvalidTypeError),
        (CERTIFICATE, "state_tax_only", None, InvalidTypeError),
        (CERTIFICATE, "share", 1, InvalidTypeError),
        (CERTIFICATE, "share", Fraction(), InvalidValueError),
        (CERTIFICATE, "share", Fraction(3, 2), InvalidValueError),
        (CERTIFICATE, "jurisdictions", (), InvalidValueError),
        (CERTIFICATE, "jurisdictions", ["US-TX"], InvalidTypeError),
        (CERTIFICATE, "jurisdictions", ("TX",), UnknownSubdivisionError),
        (CERTIFICATE, "jurisdictions", ("CA-QC",), UnknownSubdivisionError),
        (CERTIFICATE, "since", "2025-01-01", InvalidTypeError),
        (CERTIFICATE, "until", date(2025, 1, 1), InvalidValueError),
        (CERTIFICATE, "revoked_on", "2025-01-01", InvalidTypeError),
        (CERTIFICATE, "last_purchase_on", 1, InvalidTypeError),
    ],
)
def test_a_field_without_meaning_is_refused(value, field, wrong, error):
    with pytest.raises(error):
        attrs.evolve(value, **{field: wrong})


def test_a_registration_is_in_force_between_its_days():
    dated = Registration("FR", LOCAL, date(2024, 1, 1), date(2025, 1, 1))
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    assert [dated.in_force_on(day) for day in days] == [False, True, True, False]
    with pytest.raises(InvalidTypeError):
        dated.in_force_on("2024-01-01")


def test_a_registration_is_found_by_scheme_country_and_subdivision():
    who = Seller("S", Address("IE"), (Registration("IE", LOCAL, EARLY), Registration("IE", UNION, EARLY), REGISTRATION))
    assert who.registration(LOCAL, TODAY, "IE") == Registration("IE", LOCAL, EARLY)
    assert who.registration(UNION, TODAY) == Registration("IE", UNION, EARLY)
    assert who.registration(LOCAL, TODAY, "US") is None
    assert who.registration(LOCAL, TODAY, "US", "US-TX") == REGISTRATION
    assert who.registration(LOCAL, TODAY, "US", "US-CA") is None
    assert who.registration(LOCAL, date(1979, 1, 1), "IE") is None
    assert (who.country, GERMAN.country) == ("IE", "DE")


def test_what_a_buyer_remembers_is_no_part_of_it():
    fresh, used = buyer("FR"), buyer("FR")
    decide(DUBLIN, used)
    assert (fresh, hash(fresh), repr(fresh)) == (used, hash(used), repr(used))
    for other in (pickle.loads(pickle.dumps(used)), copy.copy(used), copy.deepcopy(used), attrs.evolve(used)):
        assert other == used
        assert decide(DUBLIN, other) == decide(DUBLIN, used)
    assert attrs.asdict(fresh) == attrs.asdict(used)
    assert not hasattr(used, "__dict__")
    moved = attrs.evolve(used, address=Address("DE"))
    assert decide(DUBLIN, moved).place == "DE"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        used.name = "Other"


def test_a_buyer_of_each_kind():
    assert buyer("FR").status is BuyerStatus.CONSUMER
    assert buyer("FR").tax_id_state is TaxIdState.NOT_CHECKED
    quebec = Buyer(
        "B",
        Address("CA"),
        tax_id=parse_tax_id("123456782RT0001", "CA"),
        further_tax_ids=(parse_tax_id("1023456789TQ0001", "CA"),),
    )
    assert quebec.further_tax_ids[0].scheme == "CA-QC"
    assert buyer("US", use=Use.PERSONAL).use is Use.PERSONAL


NEW_YEAR = date(2026, 1, 1)
TEXAN_SELLER = Seller("Seller", Address("US"), (Registration("US", Scheme.LOCAL, NEW_YEAR, None, "US-TX"),))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("local", NEW_YEAR), InvalidTypeError),
        ((Scheme.LOCAL, "2026-01-01"), InvalidTypeError),
        ((Scheme.LOCAL, NEW_YEAR, []), InvalidTypeError),
        ((Scheme.LOCAL, NEW_YEAR, ""), UnknownCountryError),
        ((Scheme.LOCAL, NEW_YEAR, "", "US-TX"), UnknownCountryError),
        ((Scheme.LOCAL, NEW_YEAR, "US", 5), InvalidTypeError),
        ((Scheme.LOCAL, NEW_YEAR, None, "US-XX"), UnknownSubdivisionError),
    ],
)
def test_a_registration_is_asked_for_by_a_place_that_there_is(arguments, error):
    with pytest.raises(error):
        TEXAN_SELLER.registration(*arguments)


def test_a_registration_is_found_by_its_part_of_a_country_alone():
    assert TEXAN_SELLER.registration(Scheme.LOCAL, NEW_YEAR, None, "US-TX") is TEXAN_SELLER.registrations[0]
    assert TEXAN_SELLER.registration(Scheme.LOCAL, NEW_YEAR, "US", "US-OH") is None
