"""Places: countries, their subdivisions, and the address that decides about tax and contacts.

The 249 country codes are a literal of ours. Subdivisions and names come from
pycountry's bundled data, read at the first question and kept as frozen sets:
its own records are mutable, global and cannot be pickled, and its look-ups guess.
"""

from functools import cache
from typing import Final

import attrs

from billingcore._checks import check, refuse
from billingcore._doors import own_door
from billingcore._facts.countries import COUNTRIES, HINTS
from billingcore.errors import InvalidValueError, UnknownCountryError, UnknownSubdivisionError

__all__ = ["COUNTRIES", "Address", "country_name", "subdivisions"]

_MAX_POSTAL: Final = 16
_MAX_SUBDIVISION: Final = 6  # two letters, a hyphen and up to three characters
_POSTAL_PUNCTUATION: Final = frozenset(" -")


def check_country(country: str) -> str:
    """Return the ISO 3166-1 alpha-2 code if it is one.

    Raises:
        InvalidTypeError: not a str.
        UnknownCountryError: any other text, with a hint where a well-known slip was made.

    >>> check_country("FR")
    'FR'
    >>> check_country("UK")
    Traceback (most recent call last):
    ...
    billingcore.errors.UnknownCountryError: country 'UK': not an ISO 3166-1 code; ...
    """
    if type(country) is not str:  # in place: every look-up by country comes here
        refuse("country", country, str, words="an ISO 3166-1 alpha-2 code such as 'FR'")
    if country not in COUNTRIES:
        hint = HINTS.get(country)
        if hint is None:
            upper = country.strip().upper() if len(country) < _MAX_POSTAL and country.isascii() else ""
            hint = f"write {upper!r}" if upper in COUNTRIES else "use two capital letters such as 'FR'"
        raise UnknownCountryError("country", country, f"not an ISO 3166-1 code; {hint}")
    return country


@cache
def _subdivision_codes(country: str) -> frozenset[str]:
    import pycountry  # noqa: PLC0415 - reading its data costs 100 ms: only who asks for a subdivision pays

    found = pycountry.subdivisions.get(country_code=country) or ()  # type: ignore[no-untyped-call]
    return frozenset([each.code for each in found])


def subdivisions(country: str) -> frozenset[str]:
    """Return the ISO 3166-2 codes of a country's subdivisions; none where it has none.

    Args:
        country: the ISO 3166-1 alpha-2 code.

    Raises:
        InvalidTypeError: not a str.
        UnknownCountryError: not a country.

    Source: pycountry's copy of ISO 3166-2; it changes from release to release.

    >>> "US-TX" in subdivisions("US"), len(subdivisions("CA"))
    (True, 13)
    """
    return _subdivision_codes(check_country(country))


def check_subdivision(country: str, subdivision: str) -> str:
    """Return the ISO 3166-2 code if it is a subdivision of the country.

    Raises:
        InvalidTypeError: not a str.
        UnknownCountryError: not a country.
        UnknownSubdivisionError: not a code of that country; names and bare suffixes are refused, as they are ambiguous.

    >>> check_subdivision("CA", "CA-QC")
    'CA-QC'
    """
    check_country(country)
    check("subdivision", subdivision, str, words=f"an ISO 3166-2 code of {country}")
    # Exact characters first: look-alikes (the Kelvin sign) fold into letters elsewhere.
    if len(subdivision) > _MAX_SUBDIVISION or not subdivision.isascii() or subdivision not in subdivisions(country):
        whole = f"{country}-{subdivision}"
        hint = (
            f"write {whole!r}"
            if len(whole) <= _MAX_SUBDIVISION and whole in subdivisions(country)
            else f"write it in full, as places.subdivisions({country!r}) does"
        )
        raise UnknownSubdivisionError("subdivision", subdivision, f"not an ISO 3166-2 code of {country}; {hint}")
    return subdivision


@cache
def _country_names() -> dict[str, str]:
    import pycountry  # noqa: PLC0415 - its data are read at the first question for a name

    return {found.alpha_2: getattr(found, "common_name", found.name) for found in pycountry.countries}


def country_name(country: str) -> str:
    """Return the English name of a country, for people; no rule depends on it.

    Args:
        country: the ISO 3166-1 alpha-2 code.

    Raises:
        InvalidTypeError: not a str.
        UnknownCountryError: not a country.

    Source: pycountry's copy of ISO 3166-1, the common name where there is one.

    >>> country_name("BO"), country_name("FR")
    ('Bolivia', 'France')
    """
    return _country_names().get(check_country(country), country)


@attrs.frozen
class Address:
    """Where somebody is, as far as billing needs it: country, subdivision, postal code.

    Args:
        country: the ISO 3166-1 alpha-2 code.
        subdivision: the ISO 3166-2 code, such as ``"US-TX"``, where it matters; else None.
        postal_code: as it is written there (letters and digits, spaces or hyphens between them; at most 16
            characters), or None.

    Raises:
        InvalidTypeError: a part that is not a str; None is no country either.
        UnknownCountryError: an empty text, or a code that is none (``UK`` and ``EL`` with a hint).
        UnknownSubdivisionError: a subdivision that the country does not have.
        InvalidValueError: a postal code of other characters, of more than 16, or with blanks at its ends.

    >>> Address("FR", postal_code="75002")
    Address(country='FR', subdivision=None, postal_code='75002')
    >>> Address("GR", subdivision="US-TX")
    Traceback (most recent call last):
    ...
    billingcore.errors.UnknownSubdivisionError: subdivision 'US-TX': not an ISO 3166-2 code of GR; ...
    """

    country: str
    subdivision: str | None = None
    postal_code: str | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.country) is str and not self.country:
            problem = "a billing address needs a country; give its ISO 3166-1 code"
            raise UnknownCountryError("country", self.country, problem)
        check_country(self.country)
        if self.subdivision is not None:
            check_subdivision(self.country, self.subdivision)
        if self.postal_code is not None:
            _check_postal_code(self.postal_code)


def _check_postal_code(postal_code: str) -> None:
    check("postal_code", postal_code, str)
    fits = 0 < len(postal_code) <= _MAX_POSTAL and postal_code.isascii()
    # One way to write it: a blank at either end would make two addresses of one.
    if fits and postal_code.strip(" ") != postal_code:
        problem = f"it has blanks at an end: strip them; a postal code has 1 to {_MAX_POSTAL} letters and digits"
        raise InvalidValueError("postal_code", postal_code, problem)
    neat = fits and postal_code[0].isalnum() and postal_code[-1].isalnum()
    if not neat or not all(character.isalnum() or character in _POSTAL_PUNCTUATION for character in postal_code):
        problem = f"a postal code has 1 to {_MAX_POSTAL} letters and digits, with spaces or hyphens between them"
        raise InvalidValueError("postal_code", postal_code, problem)


own_door(__name__)
