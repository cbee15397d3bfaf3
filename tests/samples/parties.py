"""Sellers, buyers, accounts and days."""

from datetime import date, timedelta

from billingcore._facts.eu_membership import MEMBERS
from billingcore.parties import Buyer, BuyerStatus, Registration, Scheme, Seller
from billingcore.places import Address
from billingcore.tax import decide_tax
from billingcore.tax_ids import TaxIdState, parse_tax_id

ONE_DAY = timedelta(days=1)
EARLY = date(1980, 1, 1)
TODAY = date(2026, 11, 23)
LOCAL, UNION, NON_UNION, SIMPLIFIED = Scheme.LOCAL, Scheme.UNION_OSS, Scheme.NON_UNION_OSS, Scheme.SIMPLIFIED
PROVEN = BuyerStatus.PROVEN_BUSINESS


def registrations(*codes, scheme=LOCAL, since=EARLY, until=None):
    """Give registrations in countries, states and provinces."""
    return tuple([Registration(code[:2], scheme, since, until, code if "-" in code else None) for code in codes])


def seller(country, *codes, subdivision=None, schemes=(), name="Seller", **more):
    given_by = country if country in MEMBERS else "IE"
    everywhere = tuple([Registration(given_by, scheme, EARLY) for scheme in schemes])
    return Seller(name, Address(country, subdivision), (*registrations(*codes), *everywhere), **more)


def buyer(country, subdivision=None, postal_code=None, name="Buyer", **more):
    return Buyer(name, Address(country, subdivision, postal_code), **more)


def company(number, country, postal_code=None, state=TaxIdState.VERIFIED, **more):
    """Give a business with a tax ID."""
    tax_id = parse_tax_id(number, country)
    return buyer(
        country, postal_code=postal_code, status=BuyerStatus.BUSINESS, tax_id=tax_id, tax_id_state=state, **more
    )


def percent_charged(ruling):
    """Give the rate of a charged ruling in percent."""
    assert type(ruling).__name__ == "Charged", ruling.describe()
    return float(ruling.rate * 100)


def decide(who, whom, day=TODAY, **more):
    return decide_tax(who, whom, day, **more)


DUBLIN = seller("IE", "IE", schemes=(UNION,), name="Rescue Ireland")
BERLIN = seller("DE", "DE", schemes=(UNION,))
LONDON = seller("GB", "GB")
BOSTON = seller("US", "US-MA", subdivision="US-MA", schemes=(NON_UNION,))

MARIE = buyer("FR", postal_code="75002", name="Marie")
MARI = buyer("EE", name="Mari")
MUSTER = company("DE123456788", "DE", name="Muster GmbH")
