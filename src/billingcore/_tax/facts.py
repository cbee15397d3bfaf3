"""Tax facts by place and date: the library's tables, and what a caller puts in place of them."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_share, check_tuple, check_words, collected
from billingcore._tax import tables
from billingcore._tax.areas import check_place, place_of_code
from billingcore._tax.supply import SupplyCategory
from billingcore._tax.tables import VatRate
from billingcore._tax.words import MAX_SOURCE, check_remark
from billingcore.errors import InvalidTypeError, InvalidValueError, NoRateForDateError
from billingcore.places import check_country, check_subdivision
from billingcore.sourced import History, Sourced

_ZIP: Final = 5
_MOST_LOCAL: Final = Fraction(25, 100)
_MOST_LOCAL_TEXAS: Final = Fraction(2, 100)
_PAIR: Final = 2
_PAIRS: Final = "a tuple of pairs of a place and a History"


def _check_days(since: date | None, until: date | None) -> None:
    for name, day in (("since", since), ("until", until)):
        if day is not None:
            check_date(name, day)
    if until is not None and since is not None and until <= since:
        raise InvalidValueError("until", until, f"it must end after it starts ({since})")


def _holds(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day < until)


@attrs.frozen
class LocalRate:
    """A local US rate that the caller resolved: which authority levies it, where, how much.

    Args:
        authority: the city, county or district.
        state: the ISO 3166-2 code of its state.
        rate: the exact rate; at most 25 %.
        postal_code: for which postal code it was resolved, or None where it holds for whatever it is handed in with; a
            ZIP code of five digits holds for its ZIP+4 codes.
        since: the first day, or None.
        until: the first day on which it no longer holds, or None.
        source: where it was read.
        follows_state: True for an ordinary local sales tax, which is owed on what the state taxes and on nothing else.
            False is charged as it is handed in, also where the state does not tax the category: Chicago's lease tax,
            a home-rule city of Colorado. Where the state taxes a share of the price, both fall on that share.

    Raises:
        InvalidTypeError: a field of another type.
        UnknownSubdivisionError: no US state.
        InvalidValueError: a rate below 0 or above 25 %, an authority or a source that cannot be printed.
        OutOfRangeError: a rate that cannot be written out.

    >>> LocalRate("City of Austin", "US-TX", Fraction(1, 100)).rate
    Fraction(1, 100)
    """

    authority: str
    state: str
    rate: Fraction
    postal_code: str | None = None
    since: date | None = None
    until: date | None = None
    source: str = "given by the caller"
    follows_state: bool = False

    def __attrs_post_init__(self) -> None:
        check_words("authority", self.authority)
        check("follows_state", self.follows_state, bool)
        check_words("source", self.source, MAX_SOURCE)
        check_subdivision("US", self.state)
        check_share("rate", self.rate, most=_MOST_LOCAL)
        if self.postal_code is not None:
            check_words("postal_code", self.postal_code)
        _check_days(self.since, self.until)


LocalRates = Sequence[LocalRate] | Callable[[str, str | None, date], Sequence[LocalRate]]
"""Resolved rates, or a function of state, postal code and day that returns them; it must be pure."""


def applicable_rates(
    given: Sequence[LocalRate], state: str, postal_code: str | None, day: date
) -> tuple[LocalRate, ...]:
    """Return the rates without those of the state that are resolved for another postal code or another day.

    Raises:
        InvalidTypeError: a value that is no LocalRate.
    """
    given = collected("local", given, LocalRate)
    return tuple(
        [
            each
            for each in given
            if each.state != state
            or (_holds(each.since, each.until, day) and _postal_fits(each.postal_code, postal_code))
        ]
    )


def _postal_fits(resolved: str | None, postal_code: str | None) -> bool:
    """Say whether a rate for one postal code holds for another: a ZIP code holds for its ZIP+4 codes."""
    if resolved is None or postal_code is None:
        return resolved is None
    wide, narrow = (re.sub("[^0-9A-Z]", "", each.upper().removeprefix("US")) for each in (resolved, postal_code))
    return narrow == wide or (len(wide) == _ZIP and narrow[:_ZIP] == wide)


def check_local_rates(state: str, given: tuple[LocalRate, ...], state_tax: str) -> tuple[LocalRate, ...]:
    """Return local rates if they can stand together in a state.

    Raises:
        InvalidValueError: a rate of another state, one authority twice, the state itself, more than 2 % in Texas.
    """
    seen: set[str] = set()
    for each in given:
        name = each.authority.casefold()
        if each.state != state:
            raise InvalidValueError("local", each.authority, f"it is in {each.state}, the sale is in {state}")
        if name in seen:
            raise InvalidValueError("local", each.authority, "one authority is given twice")
        if name in (state.casefold(), state_tax.casefold()):
            raise InvalidValueError(
                "local", each.authority, "the tax of the state itself comes from the table; override it"
            )
        seen.add(name)
    if state == "US-TX" and sum((each.rate for each in given), Fraction()) > _MOST_LOCAL_TEXAS:
        raise InvalidValueError("local", [each.authority for each in given], "local tax in Texas is at most 2 % in all")
    return given


@attrs.frozen
class Override:
    """What the caller decides about a category in a place, instead of the tables; every result shows it.

    Args:
        place: the code that results show: a country, a state or province, a territory; FR, not MC.
        category: the category that it speaks of.
        taxable: whether it is taxed there.
        source: who says so.
        rate: the rate, or None for that of the tables.
        base: the taxed share of the net.
        since: the first day, or None.
        until: the first day on which it no longer holds, or None.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a source that cannot be printed, a rate or base outside 0 to 1, an end that is not after the
            start, a place that results show under another code.
        OutOfRangeError: a share that cannot be written out.

    >>> Override("US-AL", SupplyCategory.SAAS, False, "our adviser, 2026-05").taxable
    False
    """

    place: str
    category: SupplyCategory
    taxable: bool
    source: str
    rate: Fraction | None = None
    base: Fraction = Fraction(1)
    since: date | None = None
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        check_place(self.place)
        check("category", self.category, SupplyCategory)
        check("taxable", self.taxable, bool)
        check_words("source", self.source, MAX_SOURCE)
        if self.rate is not None:
            check_share("rate", self.rate, most=1)
        check_share("base", self.base, most=1)
        _check_days(self.since, self.until)


def _check_known(name: str, place: object) -> str:
    """Return the code of a place of which the facts can be asked: one that results show, or the US.

    Raises:
        InvalidTypeError: not a str.
        UnknownCountryError: no country; UK, EL and XI with a hint.
        UnknownSubdivisionError: no subdivision of its country.
        InvalidValueError: a place that results show under another code, which the message names; an unknown territory.
    """
    code = check(name, place, str, words="the code of a place, such as 'FR', 'US-TX' or 'ES-CN'")
    shown = _shown(code)
    if shown != code:
        raise InvalidValueError(name, code, f"results show {shown!r} there: use that code")
    return code


_shown: Final = lru_cache(maxsize=4096)(place_of_code)  # an error is not kept, so no junk is


def _check_own(name: str, pairs: object, kind: type) -> None:
    """Refuse what are no pairs of a place and its own history, of values of a kind."""
    known: tuple[object, ...] = check(name, pairs, tuple, words=_PAIRS)
    for pair in known:
        if type(pair) is not tuple or len(pair) != _PAIR or type(pair[1]) is not History:
            raise InvalidTypeError(name, pair, _PAIRS)
        place, history = pair
        check_place(place) if kind is VatRate else check_country(place)
        for row in history.rows:
            check(name, row.value, kind)
            check_words("source", row.source, MAX_SOURCE)
            check_remark("note", row.note)


@attrs.frozen(cache_hash=True)
class TaxFacts:
    """The facts that a decision uses: the library's tables, and what a caller puts in place of some of them.

    Args:
        own_rates: pairs of a place and the history of rates that replaces the table's.
        own_members: pairs of a country and the history of EU membership that replaces the table's.
        overrides: decisions by place and category.
        local_rates: local US rates that were resolved beforehand.

    Raises:
        InvalidTypeError: a field of another type.
        UnknownCountryError: not a place.
        InvalidValueError: a place that results show under another code; a source or a note of a row that cannot be
            printed.

    >>> facts = default_facts()
    >>> rises_on = date(2025, 7, 1)
    >>> [found.value.rate for day in (date(2025, 6, 30), rises_on) if (found := facts.rate("EE", day))]
    [Fraction(11, 50), Fraction(6, 25)]
    >>> facts.in_eu("GB", date(2020, 12, 31)), facts.in_eu("GB", date(2021, 1, 1))
    (True, False)
    """

    own_rates: tuple[tuple[str, History[VatRate]], ...] = ()
    own_members: tuple[tuple[str, History[bool]], ...] = ()
    overrides: tuple[Override, ...] = ()
    local_rates: tuple[LocalRate, ...] = ()
    edition: str = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        _check_own("own_rates", self.own_rates, VatRate)
        _check_own("own_members", self.own_members, bool)
        for name, kind in (("overrides", Override), ("local_rates", LocalRate)):
            values = getattr(self, name)
            check_tuple(name, values, kind)
        given = [place for place, _ in (*self.own_rates, *self.own_members)]
        given += [each.place for each in self.overrides]
        given += [each.state for each in self.local_rates]
        changed = "".join([f", {place} given by the caller" for place in dict.fromkeys(given)])
        object.__setattr__(self, "edition", tables.EDITION + changed)

    def history(self, place: str) -> History[VatRate] | None:
        """Return the history of rates of a place, or None where none is known.

        Raises:
            InvalidTypeError: an argument of another type.
            UnknownCountryError: no country; UK, EL and XI with a hint.
            InvalidValueError: a place that results show under another code, which the message names.
        """
        _check_known("place", place)
        for own, history in self.own_rates:
            if own == place:
                return history
        return tables.rates(place)

    def covers(self, place: str) -> bool:
        """Say whether any rate of the place is known; errors as `history`."""
        return self.history(place) is not None

    def rate(self, place: str, day: date) -> Sourced[VatRate] | None:
        """Return the standard rate of a place on a day, or None where it is not known; errors as `history`."""
        check_date("day", day)
        history = self.history(place)
        return None if history is None else history.find(day)

    def rate_on(self, place: str, day: date) -> Sourced[VatRate]:
        """Return the standard rate of a place on a day.

        Raises:
            NoRateForDateError: a place or a day that no row covers; else as `history`.
        """
        check_date("day", day)
        history = self.history(place)
        if history is None:
            raise NoRateForDateError("day", day, f"no rate of {place} is known; hand in a history of it")
        return history.on(day)

    def membership(self, country: str) -> History[bool] | None:
        """Return when the rules of EU VAT applied in a country, or None where they never did; errors as `history`."""
        _check_known("country", country)
        for own, history in self.own_members:
            if own == country:
                return history
        return tables.membership(country)

    def in_eu(self, country: str, day: date) -> bool:
        """Say whether the rules of EU VAT applied to services in the country on the day; errors as `history`."""
        check_date("day", day)
        history = self.membership(country)
        return history is not None and history.find(day) is not None

    def override(self, place: str, category: SupplyCategory, day: date) -> Override | None:
        """Return what the caller decided about a category in a place on a day, or None; errors as `history`."""
        _check_known("place", place)
        check("category", category, SupplyCategory)
        check_date("day", day)
        for each in self.overrides:
            if each.place == place and each.category is category and _holds(each.since, each.until, day):
                return each
        return None

    def local(self, state: str, postal_code: str | None, day: date) -> tuple[LocalRate, ...] | None:
        """Return the local rates that were resolved for a place on a day, or None where there are none.

        Raises:
            InvalidTypeError: an argument of another type.
            UnknownSubdivisionError: no US state.
            InvalidValueError: a postal code that cannot be printed.
        """
        check_subdivision("US", state)
        if postal_code is not None:
            check_words("postal_code", postal_code)
        check_date("day", day)
        found = [each for each in self.local_rates if each.state == state]
        return applicable_rates(found, state, postal_code, day) or None

    def with_rates(self, place: str, history: History[VatRate]) -> "TaxFacts":
        """Return the facts with a place's rates replaced; the edition says so.

        Raises:
            InvalidTypeError: not a History.
            UnknownCountryError: not a place.

        >>> mine = History("standard rate of FR", (
        ...     Sourced(VatRate("TVA", Fraction(21, 100)), date(2027, 1, 1), None, "our adviser", date(2026, 11, 1)),
        ... ))
        >>> default_facts().with_rates("FR", mine).edition
        '2026-11-23, FR given by the caller'
        """
        check_place(place)
        check("history", history, History)
        kept = tuple([each for each in self.own_rates if each[0] != place])
        return attrs.evolve(self, own_rates=(*kept, (place, history)))

    def with_membership(self, country: str, history: History[bool]) -> "TaxFacts":
        """Return the facts with a country's EU membership replaced.

        Raises:
            InvalidTypeError: not a History.
            UnknownCountryError: not a country.
        """
        check_country(country)
        check("history", history, History)
        kept = tuple([each for each in self.own_members if each[0] != country])
        return attrs.evolve(self, own_members=(*kept, (country, history)))

    def with_override(self, override: Override) -> "TaxFacts":
        """Return the facts with a decision about a place and category; the newest one goes first.

        Raises:
            InvalidTypeError: not an Override.
        """
        return attrs.evolve(self, overrides=(override, *self.overrides))

    def with_local_rates(self, *rates: LocalRate) -> "TaxFacts":
        """Return the facts with local US rates that the caller resolved.

        Raises:
            InvalidTypeError: not LocalRate values.
        """
        return attrs.evolve(self, local_rates=(*self.local_rates, *rates))


@cache
def default_facts() -> TaxFacts:
    """Return the tables of this library."""
    return TaxFacts()
