"""The literals of ``_facts`` as values, place by place, built at the first question for a place."""

import re
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Final, NamedTuple

import attrs

from billingcore._checks import check, check_words
from billingcore._choices import Choice
from billingcore._facts import canada_tax, eu_membership, us_sales_tax, vat_rates, vat_rates_world, vat_territories
from billingcore._tax.components import TaxBase, check_rate_and_base
from billingcore.parties import Use
from billingcore.sourced import Confidence, History, Sourced

EDITION: Final = vat_rates.EDITION
UNKNOWN_START: Final = date.min
"""Where the first day of a row is not known."""
_CHECKED_ON: Final = date.fromisoformat(vat_rates.CHECKED_ON)
_MILLION: Final = 1_000_000


@attrs.frozen
class VatRate:
    """A rate as a table states it: the name of the tax, the exact rate, and what it falls on.

    Args:
        name: how documents call the tax.
        rate: the exact rate.
        base: the taxed base as a share of the net.
        on: what the base is made of.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a name that cannot be printed, a rate outside 0 to 1, a base outside 0 to 2.
        OutOfRangeError: a share that cannot be written out.
    """

    name: str
    rate: Fraction
    base: Fraction = Fraction(1)
    on: TaxBase = TaxBase.PRICE

    def __attrs_post_init__(self) -> None:
        check_words("name", self.name)
        check_rate_and_base(self.rate, self.base)
        check("on", self.on, TaxBase)


class Business(Choice):
    """What a business buyer is charged by a seller from abroad."""

    REVERSE_CHARGE = "reverse_charge"
    NOT_CHARGED = "not_charged"
    CHARGED = "charged"
    CHARGED_ONCE_REGISTERED = "charged_once_registered"
    WITHHOLDS = "psp_or_buyer_withholds"
    CHARGED_UNLESS_BUSINESS_ONLY = "reverse_charge_only_if_business_only_service"
    CHARGED_UNLESS_SUPPLIER_IS_B2B_ONLY = "charged_unless_supplier_is_b2b_only"
    UNKNOWN = "unknown"


class CountryRule(NamedTuple):
    """How a country outside the EU taxes digital services from abroad.

    ``unverified_from`` is the first day that one source prints and nothing confirms; ``regime_known`` says whether
    anything was found that makes sellers from abroad register there; ``business_sure`` whether the rule for businesses
    rests on more than one seller's list.
    """

    business: Business
    foreign_sellers_from: date | None
    has_tax: bool
    rate_known: bool
    source: str
    confidence: Confidence
    note: str
    unverified_from: date | None = None
    regime_known: bool = False
    business_sure: bool = True


class Territory(NamedTuple):
    """A part of a country: by which subdivisions and postal codes it is known."""

    name: str
    subdivisions: tuple[str, ...]
    pattern: re.Pattern[str] | None
    note: str


class Treatment(Choice):
    """What a US state does with software as a service."""

    TAXED = "taxed"
    NOT_TAXED = "not_taxed"
    DISPUTED = "disputed"
    LOCAL_ONLY = "local_only"


@attrs.frozen
class Taxability:
    """A US rule: the treatment, the taxed share of the price, and a rate in place of the state's."""

    treatment: Treatment
    taxed: Fraction
    own_rate: Fraction | None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sourced(value: Any, since: str | None, until: str | None, source: str, confidence: str, note: str) -> Sourced[Any]:  # noqa: ANN401 - any fact
    first = _day(since) or UNKNOWN_START
    return Sourced(value, first, _day(until), source, _CHECKED_ON, Confidence(confidence), note)


@cache
def rates(place: str) -> History[VatRate] | None:
    """Return the history of rates of a country, territory, state or province, or None where none is known."""
    if place in vat_rates.ROWS:
        rows = [_vat(row) for row in vat_rates.ROWS[place]]
    elif place in canada_tax.ROWS:
        rows = [_canadian(row) for row in canada_tax.ROWS[place]]
    elif place in us_sales_tax.RATES:
        rows = [_american(place, row) for row in us_sales_tax.RATES[place]]
    elif "/" in place or "-" in place:
        rows = _territorial(place)
    elif place in vat_rates_world.ROWS:
        rows = [_world(place, row) for row in vat_rates_world.ROWS[place]]
    else:
        rows = []
    return History(f"rate of {place}", tuple(rows)) if rows else None


def _vat(row: tuple[Any, ...]) -> Sourced[VatRate]:
    rate, since, until, name, source, confidence, note = row[:7]
    return _sourced(VatRate(name, Fraction(rate, _MILLION)), since, until, source, confidence, note)


def _world(place: str, row: tuple[Any, ...]) -> Sourced[VatRate]:
    rate = Fraction(row[0] if row[8] is None else row[8], _MILLION)
    value = VatRate(row[3], rate)
    if place == "BO":  # the tax is a share of the price that contains it
        value = VatRate(row[3], rate, 1 / (1 - rate), TaxBase.PRICE_AND_TAX)
    return _sourced(value, row[1], row[2], row[4], row[5], row[6])


def _american(place: str, row: tuple[Any, ...]) -> Sourced[VatRate]:
    rate, since, until, source, confidence, note = row
    name = f"{us_sales_tax.STATES[place][0]} sales tax"
    return _sourced(VatRate(name, Fraction(rate, _MILLION)), since, until, source, confidence, note)


def _canadian(row: tuple[Any, ...]) -> Sourced[VatRate]:
    rate, since, until, name, on_gst_too, _, source, confidence, note = row
    value = VatRate(name, Fraction(rate, _MILLION))
    if on_gst_too:  # the base follows from the GST of the day
        value = VatRate(name, value.rate, on=TaxBase.PRICE_AND_GST)
    return _sourced(value, since, until, source, confidence, note)


_TERRITORIES: Final = {
    "AT/Jungholz": ("AT", "Jungholz"),
    "AT/Mittelberg": ("AT", "Mittelberg (Kleinwalsertal)"),
    "DE/Heligoland": ("DE", "Heligoland"),
    "ES-CE": ("ES", "Ceuta"),
    "ES-CN": ("ES", "Canary Islands"),
    "ES-ML": ("ES", "Melilla"),
    "GR-69": ("GR", "Mount Athos"),
    "IT/Campione d'Italia": ("IT", "Campione d'Italia"),
    "IT/Livigno": ("IT", "Livigno"),
    "PT-20": ("PT", "Azores"),
    "PT-30": ("PT", "Madeira"),
}
"""Territories with a rate of their own: the code that results show, and the name in the table."""


TERRITORY_CODES: Final = tuple(_TERRITORIES)


def _territorial(place: str) -> list[Sourced[VatRate]]:
    country, name = _TERRITORIES.get(place, ("", ""))
    return [_vat(row) for row in vat_territories.ROWS.get(country, ()) if row[10] == name]


@cache
def territories(country: str) -> tuple[Territory, ...]:
    """Return the parts of a country that are known by a subdivision or a postal code."""
    found: dict[str, Territory] = {}
    for row in vat_territories.ROWS.get(country, ()):
        pattern = re.compile(row[9], re.ASCII) if row[9] else None
        found[row[10]] = Territory(row[10], row[8], pattern, row[6])  # the newest row of a territory comes last
    return tuple(found.values())


def country_rule(country: str, day: date | None = None) -> CountryRule | None:
    """Return how a place outside the EU taxes digital services from abroad, or None where it is not known.

    Args:
        country: the place.
        day: the tax point: the row of that day speaks, the first row for days before it; None for the newest row.
    """
    found = None
    for since, rule in _country_rules(country):
        if found is None or day is None or since <= day:
            found = rule
    return found


@cache
def _country_rules(country: str) -> tuple[tuple[date, CountryRule], ...]:
    """Return the rule that each row of a place carries, with the first day of the row."""
    rows: tuple[tuple[Any, ...], ...] = vat_rates_world.ROWS.get(country, ())
    if rows:
        return tuple(
            [_dated(row, (Business(row[10]), _day(row[9])), (_day(row[12]), row[13], row[14])) for row in rows]
        )
    owner, name = _TERRITORIES.get(country, ("", ""))
    parts = [row for row in vat_territories.ROWS.get(owner, ()) if row[10] == name]
    return tuple([_dated(row, (Business.UNKNOWN, None), (None, False, True)) for row in parts])


def _dated(
    row: tuple[Any, ...], business: tuple[Business, date | None], how_sure: tuple[date | None, bool, bool]
) -> tuple[date, CountryRule]:
    rate, name, source, confidence, note, kind = row[0], row[3], row[4], row[5], row[6], row[7]
    has_tax = kind != "NONE" and not (kind == "OUTSIDE_EU_VAT" and name == "none")
    rate_known = rate > 0 or not has_tax
    sureness = Confidence(confidence)
    rule = CountryRule(*business, has_tax, rate_known, source, sureness, note, how_sure[0], how_sure[1], how_sure[2])
    return _day(row[1]) or UNKNOWN_START, rule


@cache
def membership(country: str) -> History[bool] | None:
    """Return when the VAT rules of the EU applied to services in a country, or None where they never did."""
    row = eu_membership.MEMBERS.get(country)
    if row is None:
        return None
    since, until, note = row
    fact = _sourced(True, since, until, eu_membership.SOURCE, "high", note)  # noqa: FBT003 - the fact itself
    return History(f"EU membership of {country}", (fact,))


@cache
def taxability(state: str, use: Use) -> History[Taxability]:
    """Return when a US state taxes software as a service for a use."""
    rows = []
    for row_use, since, until, treatment, taxed, own_rate, source, confidence, note in us_sales_tax.SAAS[state]:
        if row_use == use.value:
            rate = None if own_rate is None else Fraction(own_rate, _MILLION)
            value = Taxability(Treatment(treatment), Fraction(taxed, _MILLION), rate)
            rows.append(_sourced(value, since, until, source, confidence, note))
    return History(f"tax on software as a service in {state} ({use.value} use)", tuple(rows))


def saas_since(region: str, fact: Sourced[VatRate]) -> date | None:
    """Return since when a Canadian tax falls on software as a service, or None where a row never does."""
    for row in canada_tax.ROWS[region]:
        if row[1] == fact.since.isoformat():
            return None if row[5] is None else _day(row[5]) or fact.since
    return fact.since  # a rate that the caller handed in
