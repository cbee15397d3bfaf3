"""Tax facts by place and date: the default tables, and how a caller replaces a row."""

from datetime import date
from fractions import Fraction
from functools import cache

import attrs

from billingcore._facts import eu_membership, vat_rates
from billingcore.errors import InvalidTypeError
from billingcore.places import check_country
from billingcore.sourced import Confidence, History, Sourced

__all__ = ["TaxFacts", "VatRate", "default_facts"]


@attrs.frozen
class VatRate:
    """A standard rate: the name of the tax and the exact rate."""

    name: str
    rate: Fraction


@attrs.frozen
class TaxFacts:
    """The facts that a decision uses: standard rates by country, and membership of the EU, both by date.

    Args:
        edition: the date stamp of the tables; it stands on every result.
        rates: pairs of a country and its history of standard rates.
        members: pairs of a country and the history of its membership of the EU VAT area.

    >>> facts = default_facts()
    >>> facts.rate("EE", date(2025, 6, 30)).value.rate, facts.rate("EE", date(2025, 7, 1)).value.rate
    (Fraction(11, 50), Fraction(6, 25))
    >>> facts.in_eu("GB", date(2020, 12, 31)), facts.in_eu("GB", date(2021, 1, 1))
    (True, False)
    """

    edition: str
    rates: tuple[tuple[str, History[VatRate]], ...]
    members: tuple[tuple[str, History[bool]], ...]
    _rates: dict[str, History[VatRate]] = attrs.field(init=False, eq=False, repr=False)
    _members: dict[str, History[bool]] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if type(self.edition) is not str:
            raise InvalidTypeError("edition", self.edition, "a str, such as '2026-11-23'")
        object.__setattr__(self, "_rates", dict(self.rates))
        object.__setattr__(self, "_members", dict(self.members))

    def covers(self, country: str) -> bool:
        """Say whether any rate of the country is known."""
        return country in self._rates

    def rate(self, country: str, day: date) -> Sourced[VatRate] | None:
        """Return the standard rate of a country on a day, or None where it is not known."""
        history = self._rates.get(country)
        return history.find(day) if history is not None else None

    def in_eu(self, country: str, day: date) -> bool:
        """Say whether the rules of EU VAT applied to services in the country on the day."""
        history = self._members.get(country)
        return history is not None and history.find(day) is not None

    def with_rates(self, country: str, history: History[VatRate]) -> "TaxFacts":
        """Return the facts with a country's rates replaced; the edition says so.

        Raises:
            InvalidTypeError: not a History.
            UnknownCountryError: not a country.

        >>> mine = History("standard rate of FR", (
        ...     Sourced(VatRate("TVA", Fraction(21, 100)), date(2027, 1, 1), None, "our adviser", date(2026, 11, 1)),
        ... ))
        >>> default_facts().with_rates("FR", mine).edition
        '2026-11-23, FR given by the caller'
        """
        check_country(country)
        if type(history) is not History:
            raise InvalidTypeError("history", history, "a History of VatRate facts")
        rates = {**self._rates, country: history}
        return TaxFacts(f"{self.edition}, {country} given by the caller", tuple(rates.items()), self.members)


@cache
def default_facts() -> TaxFacts:
    """Return the tables of this library, built once."""
    checked_on = date.fromisoformat(vat_rates.CHECKED_ON)
    rates = []
    for country, rows in vat_rates.ROWS.items():
        facts = [
            Sourced(
                VatRate(name, Fraction(rate_ppm, 1_000_000)),
                date.fromisoformat(since),
                date.fromisoformat(until) if until else None,
                source,
                checked_on,
                Confidence(confidence),
                note,
            )
            for rate_ppm, since, until, name, source, confidence, note in rows
        ]
        rates.append((country, History(f"standard VAT rate of {country}", tuple(facts))))
    members = [
        (country, History(f"EU membership of {country}", (_membership(row),)))
        for country, row in eu_membership.MEMBERS.items()
    ]
    return TaxFacts(vat_rates.EDITION, tuple(rates), tuple(members))


def _membership(row: tuple[str, str | None, str]) -> Sourced[bool]:
    since, until, note = row
    return Sourced(
        value=True,
        since=date.fromisoformat(since),
        until=date.fromisoformat(until) if until else None,
        source=eu_membership.SOURCE,
        checked_on=date.fromisoformat(eu_membership.CHECKED_ON),
        note=note,
    )
