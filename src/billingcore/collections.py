"""Collections: whom to contact in accounts receivable, and how service comes back."""

from collections.abc import Iterator

import attrs

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.places import check_country

__all__ = ["ARContact", "ARDirectory"]


@attrs.frozen
class ARContact:
    """The accounts-receivable contact of a region, exactly as published.

    Args:
        region: how the vendor calls the region.
        email: as published.
        phone: as published, spaces included.

    Raises:
        InvalidTypeError: a field that is not a str.
        InvalidValueError: an empty field.
    """

    region: str
    email: str
    phone: str

    def __attrs_post_init__(self) -> None:
        for name in ("region", "email", "phone"):
            value = getattr(self, name)
            if type(value) is not str:
                raise InvalidTypeError(name, value, "a str")
            if not value.strip():
                raise InvalidValueError(name, value, "a contact needs a region, an e-mail and a phone")


@attrs.frozen
class ARDirectory:
    """The table of contacts: some countries have their own, all others share one.

    Args:
        contacts: pairs of a country and its contact.
        rest_of_world: the contact of every other country.
        source: where the table was published.

    Raises:
        InvalidTypeError: a field of another type.
        UnknownCountryError: a country that is none.
        InvalidValueError: a country twice.

    >>> directory = ARDirectory(
    ...     (("FR", ARContact("France", "ar@example.com", "+33 1")),),
    ...     ARContact("Rest of the world", "ar@example.com", "+1 2"),
    ...     "the example vendor's guide",
    ... )
    >>> directory.contact_for("FR").region, directory.contact_for("JP").region
    ('France', 'Rest of the world')
    """

    contacts: tuple[tuple[str, ARContact], ...]
    rest_of_world: ARContact
    source: str
    _by_country: dict[str, ARContact] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        by_country: dict[str, ARContact] = {}
        for country, contact in self.contacts:
            if type(contact) is not ARContact:
                raise InvalidTypeError("contacts", contact, "pairs of a country and an ARContact")
            if check_country(country) in by_country:
                raise InvalidValueError("contacts", country, "every country has exactly one contact")
            by_country[country] = contact
        if type(self.rest_of_world) is not ARContact:
            raise InvalidTypeError("rest_of_world", self.rest_of_world, "an ARContact")
        if type(self.source) is not str:
            raise InvalidTypeError("source", self.source, "a str")
        object.__setattr__(self, "_by_country", by_country)

    def contact_for(self, country: str) -> ARContact:
        """Return the one contact of a billing country.

        Raises:
            InvalidTypeError: not a str.
            UnknownCountryError: a code that is no country; it does not become the rest of the world.
        """
        found = self._by_country.get(country) if type(country) is str else None
        if found is None:
            check_country(country)
            return self.rest_of_world
        return found

    def __iter__(self) -> Iterator[tuple[str, ARContact]]:
        return iter(self.contacts)
