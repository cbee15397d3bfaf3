"""Which tax area an address lies in: own countries, shared areas, territories by subdivision and postal code."""

import re
from functools import cache
from typing import Final, NamedTuple

from billingcore._facts import us_sales_tax
from billingcore._facts.vat_territories import AMBIGUOUS_POSTAL
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rules import Rule
from billingcore._tax.tables import Territory, territories
from billingcore.places import Address

__all__ = ["FRENCH_OVERSEAS", "Place", "locate", "normalise_postal_code"]


class Place(NamedTuple):
    """Where tax is decided.

    ``code`` is what results show; ``area`` decides about the seller's own country and EU membership; ``rates`` is the
    key of the rates; ``country`` and ``subdivision`` are where a seller registers; ``parent`` is a country whose law
    holds in an area of its own.
    """

    code: str
    area: str
    rates: str
    country: str
    subdivision: str | None = None
    parent: str | None = None
    rules: tuple[Rule, ...] = ()
    notes: tuple[Note, ...] = ()


FRENCH_OVERSEAS: Final = frozenset(("GF", "GP", "MQ", "RE", "YT"))
"""Overseas departments that are outside the EU VAT area, and in which French VAT law holds."""
_PARENTS: Final = dict.fromkeys(FRENCH_OVERSEAS, "FR") | {"AX": "FI"}
_SHARED_AREAS: Final = {"MC": "FR", "IM": "GB"}
"""Countries of their own that share another's VAT area (Directive 2006/112/EC Art. 7)."""
_US_TERRITORIES: Final = frozenset(("AS", "GU", "MP", "PR", "VI"))
"""US territories with an ISO country code of their own."""

_FOLLOWED: Final = {
    "Aegean islands (reduced-rate islands)": "GR",
    "Akrotiri and Dhekelia (forces post)": "CY",
    "Aruba": "AW",
    "Bonaire, Sint Eustatius, Saba": "BQ",
    "Büsingen am Hochrhein": "CH",
    "Büsingen am Hochrhein (Swiss post code)": "CH",
    "Corsica": "FR",
    "Curaçao": "CW",
    "French Guiana": "GF",
    "French Polynesia": "PF",
    "Greenland": "GL",
    "Guadeloupe": "GP",
    "Guernsey (UK-style post code)": "GG",
    "Hong Kong": "HK",
    "Isle of Man (UK-style post code)": "IM",
    "Jersey (UK-style post code)": "JE",
    "Martinique": "MQ",
    "Mayotte": "YT",
    "Monaco (French post code)": "MC",
    "New Caledonia": "NC",
    "Northern Ireland (services)": "GB",
    "Réunion": "RE",
    "Saint-Barthélemy": "BL",
    "Saint-Martin": "MF",
    "Saint-Pierre-et-Miquelon": "PM",
    "San Marino (Italian post code)": "SM",
    "Sint Maarten": "SX",
    "Taiwan": "TW",
    "Vatican City (Italian post code)": "VA",
    "Wallis and Futuna": "WF",
    "Åland Islands": "AX",
}
"""Territories that are taxed as a country: its whole history holds for them."""

_INSIDE: Final = {
    "Azores": Place("PT-20", "PT", "PT-20", "PT"),
    "Jungholz": Place("AT/Jungholz", "AT", "AT/Jungholz", "AT"),
    "Jungholz (Austrian, German post code)": Place("AT/Jungholz", "AT", "AT/Jungholz", "AT"),
    "Madeira": Place("PT-30", "PT", "PT-30", "PT"),
    "Mittelberg (Kleinwalsertal)": Place("AT/Mittelberg", "AT", "AT/Mittelberg", "AT"),
    "Mittelberg (Austrian, German post code)": Place("AT/Mittelberg", "AT", "AT/Mittelberg", "AT"),
}
"""Territories inside their country's VAT area, with a rate of their own."""

_OUTSIDE: Final = {
    "Campione d'Italia": Place("IT/Campione d'Italia", "IT/Campione d'Italia", "IT/Campione d'Italia", "IT", "-"),
    "Campione d'Italia (Swiss post code)": Place(
        "IT/Campione d'Italia", "IT/Campione d'Italia", "IT/Campione d'Italia", "IT", "-"
    ),
    "Canary Islands": Place("ES-CN", "ES-CN", "ES-CN", "ES", "ES-CN"),
    "Ceuta": Place("ES-CE", "ES-CE", "ES-CE", "ES", "ES-CE"),
    "Heligoland": Place("DE/Heligoland", "DE/Heligoland", "DE/Heligoland", "DE", "-"),
    "Livigno": Place("IT/Livigno", "IT/Livigno", "IT/Livigno", "IT", "-"),
    "Melilla": Place("ES-ML", "ES-ML", "ES-ML", "ES", "ES-ML"),
    "Mount Athos": Place("GR-69", "GR-69", "GR-69", "GR", "GR-69"),
}
"""Territories outside the EU VAT area; "-" where no code exists under which a seller could register."""

_OWN_SUBDIVISIONS: Final = {"ES-CN": "Canary Islands"}
"""A community above the provinces that the table names."""

_PREFIX: Final = re.compile(r"[A-Z]{1,3}-(?=[0-9])")


def normalise_postal_code(country: str, postal_code: str) -> str:
    """Return a postal code in capitals, without spaces and without a leading country code.

    >>> normalise_postal_code("AT", "at-6691"), normalise_postal_code("GB", "bfpo 57"), normalise_postal_code("ES", "ES 35001")
    ('6691', 'BFPO57', '35001')
    """
    code = postal_code.upper().replace(" ", "")
    prefix = _PREFIX.match(code)
    if prefix:
        return code[prefix.end() :]
    rest = code.removeprefix(country)
    return rest if rest[:1].isdigit() else code


def locate(address: Address) -> Place:
    """Return the place whose tax decides for an address.

    Source: Directive 2006/112/EC Art. 5 to 7, and the table of territories; a postal code that no row matches gives
    the country.

    >>> locate(Address("PT", postal_code="9500-321")).code, locate(Address("DE", postal_code="78266")).code
    ('PT-20', 'CH')
    >>> locate(Address("ES", postal_code="IGHJ987ERT35")).code
    'ES'
    """
    country = address.country
    if country in ("US", "CA"):
        return _subdivided(country, address.subdivision)
    if country in _US_TERRITORIES:
        return _subdivided("US", f"US-{country}")
    parts = territories(country)
    if not parts:
        return _of_country(country)
    territory = _territory(country, address, parts)
    if territory is not None:
        return _of_territory(country, territory)
    for pattern, advice in AMBIGUOUS_POSTAL.get(country, ()):
        if address.postal_code and re.fullmatch(pattern, normalise_postal_code(country, address.postal_code)):
            note = Note(NoteCode.POSTAL_CODE_AMBIGUOUS, f"{pattern}: {advice}")
            return _of_country(country)._replace(rules=(Rule.POSTAL_CODE_AMBIGUOUS,), notes=(note,))
    return _of_country(country)


def _territory(country: str, address: Address, parts: tuple[Territory, ...]) -> Territory | None:
    subdivision = address.subdivision
    code = normalise_postal_code(country, address.postal_code) if address.postal_code else None
    for part in parts:
        if subdivision is not None and (
            subdivision in part.subdivisions or _OWN_SUBDIVISIONS.get(subdivision) == part.name
        ):
            return part
        if code is not None and part.pattern is not None and part.pattern.fullmatch(code):
            return part
    return None


@cache
def _of_territory(country: str, territory: Territory) -> Place:
    followed = _FOLLOWED.get(territory.name)
    if followed is not None:
        place = _of_country(followed)
        return place if place.code == country else place._replace(rules=(Rule.TERRITORY,))
    place = _INSIDE.get(territory.name) or _OUTSIDE[territory.name]
    notes = (Note(NoteCode.ROW, f"{territory.name}: {territory.note}"),) if territory.note else ()
    return place._replace(rules=(Rule.TERRITORY,), notes=notes)


@cache
def _of_country(country: str) -> Place:
    area = _SHARED_AREAS.get(country, country)
    rules = (Rule.PLACE_NORMALISED,) if area != country else ()
    return Place(area, area, area, area, parent=_PARENTS.get(country), rules=rules)


@cache
def _subdivided(country: str, subdivision: str | None) -> Place:
    if subdivision is None or (country == "US" and subdivision not in us_sales_tax.STATES):
        return Place(subdivision or country, country, country, country)
    rules = (Rule.STATE_OF_BILLING_ADDRESS,)
    return Place(subdivision, country, subdivision, country, subdivision, rules=rules)
