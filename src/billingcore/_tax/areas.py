"""Which tax area an address lies in: own countries, shared areas, territories by subdivision and postal code."""

import re
from functools import cache
from typing import Final, NamedTuple

from billingcore._checks import check
from billingcore._facts import us_sales_tax
from billingcore._facts.vat_territories import AMBIGUOUS_POSTAL
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rules import Rule
from billingcore._tax.tables import TERRITORY_CODES, Territory, territories
from billingcore.errors import InvalidValueError
from billingcore.places import Address, check_country


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

    @property
    def is_doubtful(self) -> bool:
        """Whether the address does not say surely which place it is."""
        return any(each.code in _DOUBTS for each in self.notes)


_DOUBTS: Final = (NoteCode.POSTAL_CODE_AMBIGUOUS, NoteCode.PLACE_CONTRADICTORY)

FRENCH_OVERSEAS: Final = frozenset(("GF", "GP", "MQ", "RE", "YT"))
"""Overseas departments that are outside the EU VAT area, and in which French VAT law holds."""
_PARENTS: Final = dict.fromkeys(FRENCH_OVERSEAS, "FR") | {"AX": "FI"}
_SHARED_AREAS: Final = {"MC": "FR", "IM": "GB"}
"""Countries of their own that share another's VAT area (Directive 2006/112/EC Art. 7)."""
_SWISS_AREA: Final = "LI"
"""Liechtenstein shares the VAT area of Switzerland, and has rows of its own."""
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
    "Gibraltar (UK-style post code)": "GI",
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

_AROUND: Final = {
    "Büsingen am Hochrhein": ("DE-BW",),
    "Campione d'Italia": ("IT-25", "IT-CO"),
    "Canary Islands": ("ES-CN",),
    "Heligoland": ("DE-SH",),
    "Jungholz": ("AT-7", "AT-8"),
    "Jungholz (Austrian, German post code)": ("DE-BY",),
    "Livigno": ("IT-25", "IT-SO"),
    "Mittelberg (Austrian, German post code)": ("DE-BY",),
    "Mittelberg (Kleinwalsertal)": ("AT-8",),
    "Mount Athos": ("GR-B",),
}
"""Larger subdivisions in which a territory lies, or through which its post goes: they do not contradict its postal code."""

_PREFIX: Final = re.compile(r"[A-Z]{1,3}-(?=[0-9])")
_LETTERS: Final = {
    "AT": "A", "BE": "B", "DE": "D", "ES": "E", "FI": "FIN", "FR": "F", "GR": "EL", "IT": "I", "LI": "FL", "LU": "L",
    "NO": "N", "PT": "P", "SE": "S",
}  # fmt: skip
"""Letters of a country that people write before a postal code, beside its ISO code."""
_WRITTEN: Final = re.compile(r" *[0-9A-Za-z](?:[0-9A-Za-z -]*[0-9A-Za-z])? *")
_MAX_WRITTEN: Final = 32


def normalise_postal_code(country: str, postal_code: str) -> str:
    """Return a postal code in capitals, without spaces and without a leading country code.

    Args:
        country: the ISO 3166-1 alpha-2 code.
        postal_code: as it was written: ASCII letters and digits, spaces and hyphens; at most 32 characters.

    Raises:
        InvalidTypeError: an argument that is not a str.
        UnknownCountryError: not a country.
        InvalidValueError: other characters, line breaks and digits of other scripts among them, or too many.

    >>> normalise_postal_code("AT", "at-6691"), normalise_postal_code("GB", "bfpo 57"), normalise_postal_code("ES", "E 35001")
    ('6691', 'BFPO57', '35001')
    """
    check_country(country)
    check("postal_code", postal_code, str)
    if len(postal_code) > _MAX_WRITTEN or not _WRITTEN.fullmatch(postal_code):
        problem = (
            f"a postal code has at most {_MAX_WRITTEN} ASCII letters and digits, with spaces or hyphens between them"
        )
        raise InvalidValueError("postal_code", postal_code, problem)
    return _normalised(country, postal_code)


def _normalised(country: str, postal_code: str) -> str:
    """Normalise the postal code of an address, which was checked when the address was made."""
    code = postal_code.upper().replace(" ", "")
    prefix = _PREFIX.match(code)
    if prefix:
        return code[prefix.end() :]
    for letters in (country, _LETTERS.get(country, country)):
        rest = code.removeprefix(letters)
        if rest[:1].isdigit():
            return rest
    return code


def _matchable(address: Address) -> str | None:
    """Return the postal code as the patterns of the tables expect it: where hyphens stand says nothing."""
    if address.postal_code is None:
        return None
    return _normalised(address.country, address.postal_code).replace("-", "")


def locate(address: Address) -> Place:  # noqa: PLR0911 - an answer for each way to name a place
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
    code = _matchable(address)
    named = _territory(parts, address.subdivision)
    posted = next((part for part in parts if code and part.pattern and part.pattern.fullmatch(code)), None)
    territory = named or posted
    if territory is not None:
        place = _of_territory(country, territory)
        if place.code == country or not _contradict(address.subdivision, code, named, posted):
            return place
        text = (
            f"the subdivision {address.subdivision} and the postal code name different places: ask which one is right"
        )
        return place._replace(notes=(*place.notes, Note(NoteCode.PLACE_CONTRADICTORY, text)))
    for pattern, advice in AMBIGUOUS_POSTAL.get(country, ()):
        if code is not None and re.fullmatch(pattern, code):
            note = Note(NoteCode.POSTAL_CODE_AMBIGUOUS, f"{pattern}: {advice}")
            return _of_country(country)._replace(rules=(Rule.POSTAL_CODE_AMBIGUOUS,), notes=(note,))
    return _of_country(country)


def _territory(parts: tuple[Territory, ...], subdivision: str | None) -> Territory | None:
    """Return the territory that a subdivision names."""
    if subdivision is None:
        return None
    for part in parts:
        if subdivision in part.subdivisions or _OWN_SUBDIVISIONS.get(subdivision) == part.name:
            return part
    return None


def _contradict(subdivision: str | None, code: str | None, named: Territory | None, posted: Territory | None) -> bool:
    """Say whether the subdivision of an address lies elsewhere than its postal code."""
    if subdivision is None or code is None:
        return False
    if named is not None:
        return named.pattern is not None and posted is not named
    around = () if posted is None else (*posted.subdivisions, *_AROUND.get(posted.name, ()))
    return bool(around) and subdivision not in around


def check_place(place: str) -> str:
    """Return the code of a place if results can show it: a country, a state or province, a territory.

    Raises:
        InvalidTypeError: not a str.
        UnknownCountryError: no country; UK, EL and XI with a hint.
        UnknownSubdivisionError: no subdivision of its country.
        InvalidValueError: a place that results show under another code, which the message names; an unknown territory.
    """
    check("place", place, str, words="the code of a place, such as 'FR', 'US-TX' or 'ES-CN'")
    shown = place_of_code(place)
    if shown != place:
        raise InvalidValueError("place", place, f"results show {shown!r} there: use that code")
    if place.startswith("US") and place not in us_sales_tax.STATES:
        raise InvalidValueError("place", place, "in the US a state taxes that is in these tables, such as 'US-TX'")
    return place


def place_of_code(code: str) -> str:
    """Return the code under which results show a country, a subdivision or a territory.

    Raises:
        UnknownCountryError: no country.
        UnknownSubdivisionError: no subdivision of its country.
        InvalidValueError: an unknown territory.
    """
    if code in TERRITORY_CODES:
        return code
    country, slash, _ = code.partition("/")
    if slash:
        known = ", ".join(each for each in TERRITORY_CODES if "/" in each)
        raise InvalidValueError("place", code, f"no territory of the tables; those without a code are {known}")
    if "-" not in country:
        return locate(Address(country)).code
    return locate(Address(country.partition("-")[0], country)).code


def territory_place(country: str, name: str) -> str:
    """Return the code that results show for a territory of the table."""
    return _of_territory(country, next(part for part in territories(country) if part.name == name)).code


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
    if country == _SWISS_AREA:
        return Place(country, "CH", country, country)
    return Place(area, area, area, area, parent=_PARENTS.get(country), rules=rules)


@cache
def _subdivided(country: str, subdivision: str | None) -> Place:
    if subdivision is None or (country == "US" and subdivision not in us_sales_tax.STATES):
        return Place(subdivision or country, country, country, country)
    rules = (Rule.STATE_OF_BILLING_ADDRESS,)
    return Place(subdivision, country, subdivision, country, subdivision, rules=rules)
