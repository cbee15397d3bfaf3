"""Contacts: the accounts-receivable e-mail and phone of a region, and the table of them."""

import re
from collections.abc import Iterator
from typing import Final

import attrs

from billingcore._checks import check, check_words
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.places import check_country

_PAIR: Final = 2
_MAX_TEXT: Final = 254  # the longest e-mail address
_EMAIL: Final = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\".]+(?:\.[^\s@<>()\[\],;:\\\".]+)+")


@attrs.frozen
class ARContact:
    """The accounts-receivable contact of a region, exactly as published.

    An e-mail address is something, one ``@``, and a domain with a dot in it and a name on each side of every dot; no
    blanks, brackets, quotes, commas, colons or semicolons.

    Args:
        region: how the vendor calls the region.
        email: as published.
        phone: as published, spaces included.

    Raises:
        InvalidTypeError: a field that is not a str.
        InvalidValueError: an empty or unprintable field, an e-mail address of another form.
    """

    region: str
    email: str
    phone: str

    def __attrs_post_init__(self) -> None:
        for name in ("region", "email", "phone"):
            check_words(name, getattr(self, name), _MAX_TEXT)
        if not _EMAIL.fullmatch(self.email):
            raise InvalidValueError("email", self.email, "give an address such as 'ar@example.com'")


def _check_pair(pair: object) -> tuple[str, ARContact]:
    if type(pair) is not tuple or len(pair) != _PAIR or type(pair[1]) is not ARContact:
        raise InvalidTypeError("contacts", pair, "a tuple of a country and an ARContact")
    return pair


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
        InvalidValueError: a country twice, no source where it was read.

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
        check("contacts", self.contacts, tuple, words="a tuple of pairs of a country and an ARContact")
        for pair in self.contacts:
            country, contact = _check_pair(pair)
            if check_country(country) in by_country:
                raise InvalidValueError("contacts", country, "every country has exactly one contact")
            by_country[country] = contact
        check("rest_of_world", self.rest_of_world, ARContact)
        check_words("source", self.source, _MAX_TEXT)
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
