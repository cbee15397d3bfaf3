"""What this library knows on a day, as a list that can be filtered, and what it does not know."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Final

import attrs

from billingcore._checks import check, check_date, check_fields, check_words
from billingcore._choices import Choice
from billingcore._facts import canada_tax, eu_membership, us_sales_tax, vat_rates, vat_rates_world, vat_territories
from billingcore._facts.countries import COUNTRIES
from billingcore._tax.areas import FRENCH_OVERSEAS, place_of_code, territory_place
from billingcore._tax.components import percent
from billingcore._tax.tables import (
    UNKNOWN_START,
    Business,
    Taxability,
    VatRate,
    country_rule,
    membership,
    rates,
    saas_since,
    taxability,
)
from billingcore._tax.words import MAX_SOURCE, check_place_code, check_remark
from billingcore.errors import InvalidValueError
from billingcore.parties import Use
from billingcore.sourced import Confidence, History, Sourced


class FactKind(Choice):
    """What a fact is about."""

    RATE = "rate"
    EU_MEMBERSHIP = "eu_membership"
    TERRITORY = "territory"
    FOREIGN_SELLERS = "foreign_sellers"
    SAAS = "saas"
    UNKNOWN = "unknown"
    """Something that this library does not know."""


@attrs.frozen
class Fact:
    """One fact of the tax tables, or one gap in them.

    Args:
        kind: what it is about.
        place: the country, territory, state or province.
        text: the fact in words.
        since: the first day on which it holds, or None where that is not known.
        until: the first day on which it no longer holds, or None.
        source: where it was read.
        checked_on: the day on which the source was last read.
        confidence: how sure it is.
        note: what a reader should know beside it.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a place that is no code, a text that cannot be printed, an end that is not after the start.
    """

    kind: FactKind
    place: str
    text: str
    since: date | None
    until: date | None
    source: str
    checked_on: date
    confidence: Confidence
    note: str = ""

    def __attrs_post_init__(self) -> None:
        check_fields(
            self, kind=FactKind, since=(date, None), until=(date, None), checked_on=date, confidence=Confidence
        )
        check_place_code("place", self.place)
        check_words("text", self.text, MAX_SOURCE)
        check_words("source", self.source, MAX_SOURCE)
        check_remark("note", self.note)
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise InvalidValueError("until", self.until, f"a fact must end after it starts ({self.since})")


_CHECKED_ON: Final = date.fromisoformat(vat_rates.CHECKED_ON)
_NOBODY: Final = "nobody: it was looked for and not found"
_GAPS: Final = (
    ("US", "local rates of cities, counties and districts: the caller hands them in"),
    ("US", "when a seller must register (nexus thresholds): the caller's registrations say where it is"),
    ("US", "shares by place of use (multiple points of use), and relief for tribes"),
    ("CA", "provincial sales taxes before the first row of a province; relief for First Nations"),
    ("ES", "rates of the IPSI of Ceuta and Melilla; the IGIC before 2019"),
    ("PT", "the rate of the Azores before 2011"),
    ("EU", "reduced rates, such as those for e-books and news"),
    ("EU", "November 2026: the rates were last compared with the Commission's own table on 2026-09-29"),
)
"""Gaps that belong to no row: the place, and what is not known."""


def facts(
    as_of: date,
    *,
    place: str | None = None,
    kind: FactKind | None = None,
    confidence: Confidence | None = None,
) -> tuple[Fact, ...]:
    """List the facts of the tax tables that hold on a day, and what is not known.

    Args:
        as_of: the day.
        place: only this country, territory, state or province, or None for all: a code that results show, or one that
            leads there: MC gives its own rows, PR those of US-PR, ES-TF those of ES-CN.
        kind: only facts of this kind, or None for all.
        confidence: only facts of this confidence, or None for all.

    Raises:
        InvalidTypeError: an argument of another type.
        UnknownCountryError: a text that is no country; UK, EL and XI with a hint.
        UnknownSubdivisionError: no subdivision of its country.
        InvalidValueError: an unknown territory; the known ones are named.

    >>> for fact in facts(date(2026, 1, 1), place="EE", kind=FactKind.RATE):
    ...     print(fact.place, fact.text, fact.since, fact.confidence.value)
    EE käibemaks (KM) 24 % 2025-07-01 high
    """
    check_date("as_of", as_of)
    check("place", place, str, None, words="a str such as 'FR' or 'US-TX', or None")
    check("kind", kind, FactKind, None)
    check("confidence", confidence, Confidence, None)
    return tuple(
        [
            fact
            for fact in (_all() if place is None else _of_place(place))
            if (kind is None or fact.kind is kind)
            and (confidence is None or fact.confidence is confidence)
            and (fact.since is None or fact.since <= as_of)
            and (fact.until is None or as_of < fact.until)
        ]
    )


@cache
def _by_place() -> dict[str, tuple[Fact, ...]]:
    """Return the facts of each place; how a territory is known is a fact of its country and of the territory itself."""
    found: dict[str, list[Fact]] = {}
    for fact in _all():
        places = {fact.place: None}
        if fact.kind is FactKind.TERRITORY:
            name = fact.text.partition(":")[0]
            places |= dict.fromkeys(_territory_codes(fact.place, name))
        for place in places:
            found.setdefault(place, []).append(fact)
    return {place: tuple(own) for place, own in found.items()}


def _territory_codes(country: str, name: str) -> list[str]:
    """Return the codes by which a territory can be asked for: its subdivisions, and what results show."""
    row = next(row for row in vat_territories.ROWS[country] if row[10] == name)
    return [*row[8], territory_place(country, name)]


def _of_place(place: str) -> tuple[Fact, ...]:
    """Return the facts of a place, by any code that leads to it."""
    known = _by_place()
    own = known.get(place, ())
    if any(fact.place == place for fact in own):
        return own
    return tuple(dict.fromkeys((*own, *known.get(place_of_code(place), ()))))


@cache
def _all() -> tuple[Fact, ...]:
    return (
        *_rate_facts(),
        *_membership_facts(),
        *_territory_facts(),
        *_foreign_seller_facts(),
        *_saas_facts(),
        *_gaps(),
    )


def _of_history(kind: FactKind, place: str, history: History[Any] | None, words: Any) -> Iterator[Fact]:  # noqa: ANN401 - any history
    for row in history.rows if history is not None else ():
        since = None if row.since == UNKNOWN_START else row.since
        yield Fact(kind, place, words(row), since, row.until, row.source, row.checked_on, row.confidence, row.note)


def _rate_words(row: Sourced[VatRate]) -> str:
    return f"{row.value.name} {percent(row.value.rate)}{row.value.on.words}"


def _places() -> list[str]:
    own = ["AT/Jungholz", "AT/Mittelberg", "ES-CE", "ES-CN", "ES-ML", "IT/Campione d'Italia", "PT-20", "PT-30"]
    tables = (vat_rates.ROWS, vat_rates_world.ROWS, us_sales_tax.RATES, canada_tax.ROWS)
    return sorted({*own, *(place for table in tables for place in table)})


def _rate_facts() -> Iterator[Fact]:
    for place in _places():
        yield from _of_history(FactKind.RATE, place, rates(place), _rate_words)


def _membership_facts() -> Iterator[Fact]:
    for country in eu_membership.MEMBERS:
        history = membership(country)
        yield from _of_history(FactKind.EU_MEMBERSHIP, country, history, lambda _: "the VAT rules of the EU apply")


def _territory_facts() -> Iterator[Fact]:
    for country, rows in vat_territories.ROWS.items():
        for row in {row[10]: row for row in rows}.values():
            known = [f"subdivision {code}" for code in row[8]] + ([f"postal code {row[9]}"] if row[9] else [])
            text = f"{row[10]}: {', '.join(known)}"
            confidence = Confidence(row[5])
            yield Fact(FactKind.TERRITORY, country, text, None, None, row[4], _CHECKED_ON, confidence, row[6])


def _foreign_seller_facts() -> Iterator[Fact]:
    words = {
        Business.REVERSE_CHARGE: "a business buyer accounts for the tax",
        Business.NOT_CHARGED: "a business buyer is not charged",
        Business.CHARGED: "a business buyer is charged as well",
        Business.CHARGED_ONCE_REGISTERED: "a business buyer is charged once the seller is registered",
        Business.WITHHOLDS: "payment providers or business buyers withhold, unless the seller is registered",
        Business.CHARGED_UNLESS_BUSINESS_ONLY: "a business buyer is charged, unless only businesses can buy the service",
        Business.CHARGED_UNLESS_SUPPLIER_IS_B2B_ONLY: "a business buyer is charged, unless the seller sells to businesses alone",
    }
    rules = [(place, country_rule(place)) for place in vat_rates_world.ROWS]
    for place, rule in [(place, rule) for place, rule in rules if rule is not None]:
        known = (None, None, rule.source, _CHECKED_ON)
        if place in FRENCH_OVERSEAS:
            text = "what a seller from elsewhere charges a consumer is disputed"
            yield Fact(FactKind.FOREIGN_SELLERS, place, text, *known, Confidence.DISPUTED, rule.note)
        if rule.has_tax:
            kind = FactKind.UNKNOWN if rule.business is Business.UNKNOWN else FactKind.FOREIGN_SELLERS
            text = words.get(rule.business, "what a business buyer is charged by a seller from abroad is not known")
            since = rule.foreign_sellers_from
            yield Fact(kind, place, text, since, *known[1:], rule.confidence, rule.note)


def _saas_words(use: Use) -> Any:  # noqa: ANN401 - a function from a row to its words
    def words(row: Sourced[Taxability]) -> str:
        value = row.value
        text = value.treatment.value.replace("_", " ")
        if value.taxed not in (0, 1):
            text += f" on {percent(value.taxed)} of the price"
        if value.own_rate is not None:
            text += f" at {percent(value.own_rate)}"
        return f"software as a service, {use.value} use: {text}"

    return words


def _saas_facts() -> Iterator[Fact]:
    for state in us_sales_tax.SAAS:
        for use in Use:
            for fact in _of_history(FactKind.SAAS, state, taxability(state, use), _saas_words(use)):
                disputed = "disputed" in fact.text
                yield attrs.evolve(fact, confidence=Confidence.DISPUTED) if disputed else fact
    for region in canada_tax.ROWS:
        history = rates(region)
        for row in history.rows if history is not None else ():
            since = saas_since(region, row)
            text = (
                f"software as a service: {row.value.name} falls on it"
                if since
                else f"software as a service: no {row.value.name}"
            )
            yield Fact(
                FactKind.SAAS,
                region,
                text,
                since or row.since,
                row.until,
                row.source,
                row.checked_on,
                row.confidence,
                row.note,
            )


def _gaps() -> Iterator[Fact]:
    known = {*vat_rates.ROWS, *vat_rates_world.ROWS, "US", "CA", "AS", "GU", "MP", "PR", "VI"}
    gaps = [*_GAPS, *((country, "its tax, if it has one") for country in sorted(COUNTRIES - known))]
    for place in _places():
        history = rates(place)
        if history is not None and history.rows[0].since == UNKNOWN_START:
            gaps.append((place, "the first day of its first rate"))
        rule = country_rule(place)
        if rule is None or not rule.has_tax:
            continue
        if not rule.rate_known:
            gaps.append((place, "the rate of its own tax"))
        if place not in vat_rates_world.ROWS or rule.business is Business.REVERSE_CHARGE:
            continue  # a part of the EU or of its area
        if rule.foreign_sellers_from is None and rule.unverified_from is not None:
            gaps.append(
                (place, f"since when sellers from abroad are taxed: {rule.unverified_from} is printed, unverified")
            )
        elif rule.foreign_sellers_from is None:
            gaps.append((place, "since when sellers from abroad are taxed, if they are"))
    for place, text in gaps:
        yield Fact(FactKind.UNKNOWN, place, text, None, None, _NOBODY, _CHECKED_ON, Confidence.LOW)
