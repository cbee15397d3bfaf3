"""Who sells and who buys, as far as tax depends on it."""

from datetime import date
from enum import Enum
from typing import Final

import attrs

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.places import Address, check_country
from billingcore.sourced import check_date
from billingcore.tax_ids import TaxId, TaxIdState

__all__ = ["Buyer", "BuyerStatus", "Registration", "Scheme", "Seller"]

MAX_NAME: Final = 200


class Scheme(Enum):
    """Under which arrangement a seller collects."""

    LOCAL = "local"
    """The ordinary registration of the country itself; also of the seller's own."""
    UNION_OSS = "union_oss"
    """One stop shop of a seller in the EU: consumers in the other member states (from 2015-01-01, then called MOSS)."""
    NON_UNION_OSS = "non_union_oss"
    """One stop shop of a seller outside the EU: consumers in every member state (from 2003-07-01)."""

    __hash__ = object.__hash__


class BuyerStatus(Enum):
    """What the buyer is for tax: evidence of it (a tax ID and its state) stands beside it."""

    CONSUMER = "consumer"
    BUSINESS = "business"

    __hash__ = object.__hash__


def _check_name(name: str, value: str) -> None:
    if type(value) is not str:
        raise InvalidTypeError(name, value, "a str")
    if not value.strip() or len(value) > MAX_NAME or not value.isprintable():
        raise InvalidValueError(name, value, f"a name has 1 to {MAX_NAME} printable characters")


@attrs.frozen
class Registration:
    """A seller's permission to collect in a country, or under a one stop shop, with its dates.

    Args:
        country: where it was given; for a one stop shop the member state of identification.
        scheme: under which arrangement.
        since: the first day on which it is in force.
        until: the first day on which it no longer is, or None.

    Raises:
        InvalidTypeError: a field of another type.
        UnknownCountryError: not a country.
        InvalidValueError: an end that is not after the start.

    >>> Registration("IE", Scheme.UNION_OSS, date(2015, 1, 1)).in_force_on(date(2014, 12, 31))
    False
    """

    country: str
    scheme: Scheme
    since: date
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        check_country(self.country)
        if type(self.scheme) is not Scheme:
            raise InvalidTypeError("scheme", self.scheme, "a Scheme, such as Scheme.LOCAL")
        check_date("since", self.since)
        if self.until is not None and check_date("until", self.until) <= self.since:
            raise InvalidValueError("until", self.until, f"a registration must end after it starts ({self.since})")

    def in_force_on(self, day: date) -> bool:
        """Say whether the registration is in force on a day."""
        return self.since <= check_date("day", day) and (self.until is None or day < self.until)


@attrs.frozen
class Seller:
    """Who sells: where it is established, where it may collect, and since when.

    Args:
        name: as it stands on documents.
        address: where it is established.
        registrations: its permissions to collect; without one, nothing is collected.
        tax_id: its own VAT ID, or None.
        below_eu_threshold: established in one member state alone, not above EUR 10,000 of such sales to consumers in
            the others, and not opted out (Art. 59c of Directive 2006/112/EC; from 2019-01-01).

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty name.

    >>> dublin = Seller("Example Ireland", Address("IE"), (Registration("IE", Scheme.LOCAL, date(2000, 1, 1)),))
    >>> dublin.registration(Scheme.LOCAL, date(2026, 1, 1), "IE") is not None
    True
    """

    name: str
    address: Address
    registrations: tuple[Registration, ...] = ()
    tax_id: TaxId | None = None
    below_eu_threshold: bool = False

    def __attrs_post_init__(self) -> None:
        _check_name("name", self.name)
        if type(self.address) is not Address:
            raise InvalidTypeError("address", self.address, "an Address")
        if type(self.registrations) is not tuple or any(type(each) is not Registration for each in self.registrations):
            raise InvalidTypeError("registrations", self.registrations, "a tuple of Registration values")
        if self.tax_id is not None and type(self.tax_id) is not TaxId:
            raise InvalidTypeError("tax_id", self.tax_id, "a TaxId (parse_tax_id makes one), or None")
        if type(self.below_eu_threshold) is not bool:
            raise InvalidTypeError("below_eu_threshold", self.below_eu_threshold, "True or False")

    @property
    def country(self) -> str:
        """The country of establishment."""
        return self.address.country

    def registration(self, scheme: Scheme, day: date, country: str | None = None) -> Registration | None:
        """Return the registration under a scheme that is in force on the day (in a country, where one is named)."""
        for each in self.registrations:
            if each.scheme is scheme and (country is None or each.country == country) and each.in_force_on(day):
                return each
        return None


@attrs.frozen
class Buyer:
    """Who buys: the address, the status, and the evidence of it.

    A well-formed tax ID is evidence, not proof: only one whose state is
    ``TaxIdState.VERIFIED`` counts as a business in another member state.

    Args:
        name: as it stands on documents.
        address: the billing address.
        status: consumer or business.
        tax_id: the ID that the buyer gave, or None.
        tax_id_state: what the caller's check with the registry said.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty name, or a state without an ID.

    >>> Buyer("Marie", Address("FR", postal_code="75002")).status
    <BuyerStatus.CONSUMER: 'consumer'>
    """

    name: str
    address: Address
    status: BuyerStatus = BuyerStatus.CONSUMER
    tax_id: TaxId | None = None
    tax_id_state: TaxIdState = TaxIdState.NOT_CHECKED

    def __attrs_post_init__(self) -> None:
        _check_name("name", self.name)
        if type(self.address) is not Address:
            raise InvalidTypeError("address", self.address, "an Address")
        if type(self.status) is not BuyerStatus:
            raise InvalidTypeError("status", self.status, "a BuyerStatus, such as BuyerStatus.BUSINESS")
        if self.tax_id is not None and type(self.tax_id) is not TaxId:
            raise InvalidTypeError("tax_id", self.tax_id, "a TaxId (parse_tax_id makes one), or None")
        if type(self.tax_id_state) is not TaxIdState:
            raise InvalidTypeError("tax_id_state", self.tax_id_state, "a TaxIdState, such as TaxIdState.VERIFIED")
        if self.tax_id is None and self.tax_id_state is not TaxIdState.NOT_CHECKED:
            raise InvalidValueError("tax_id_state", self.tax_id_state, "without a tax ID nothing was checked; give the ID too")

    @property
    def country(self) -> str:
        """The country of the billing address."""
        return self.address.country
