"""The decision: which tax, of which place, under which rule, on a day.

The questions stand in `Step`, in the order in which they are asked; the first that
settles the matter ends it, and the rules that were passed stand on the ruling.

For two parties the decision is a step function of the day: it changes on days that
are known beforehand. So the parties keep a timeline, with one shared ruling for each
stretch of days, decided when it is first asked for.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from billingcore._checks import asked, check, check_date, collected
from billingcore._tax.abroad import RULE_DAYS
from billingcore._tax.areas import Place, locate
from billingcore._tax.canada import TRANSITION_DAYS, decide_canada
from billingcore._tax.cases import RULES_SINCE, Case, case_of, one_stop_shop_days, unsure
from billingcore._tax.certificates import certificate_days
from billingcore._tax.facts import LocalRate, LocalRates, TaxFacts, default_facts
from billingcore._tax.rulings import Ruling
from billingcore._tax.supply import SAAS, Supply
from billingcore._tax.tables import country_rule, saas_since, taxability
from billingcore._tax.us import decide_us
from billingcore._tax.vat import CUSTOMER_PLACE_SINCE, THRESHOLD_SINCE, decide_vat
from billingcore.errors import InvalidValueError
from billingcore.parties import Buyer, Seller, Use
from billingcore.sourced import Confidence, History

Timeline = tuple[list[int], list[Ruling | None], Case]
"""The days on which a decision may change, as ordinals; the ruling of each stretch, None until it is asked for."""


def decide(case: Case, day: date) -> Ruling:
    """Decide a case on a day, without looking at what was decided before."""
    country = case.place.country
    decided = decide_us if country == "US" else decide_canada if country == "CA" else decide_vat
    ruling = decided(case, day)
    return unsure(ruling, Confidence.LOW) if case.place.is_doubtful else ruling


def change_days(case: Case) -> list[date]:
    """Return every day on which the decision of a case may change, in order."""
    days = {RULES_SINCE, CUSTOMER_PLACE_SINCE, THRESHOLD_SINCE, *RULE_DAYS, *TRANSITION_DAYS, *one_stop_shop_days(case)}
    facts, place, home = case.facts, case.place, case.home
    for key in {place.rates, home.rates, place.parent or place.rates, place.country}:
        days.update(_days_of(facts.history(key)))
    for area in (place.area, home.area):
        days.update(_days_of(facts.membership(area)))
    days.update(_given_days(case))
    rule = country_rule(place.rates)
    if rule is not None:
        days.update(_ends(rule.foreign_sellers_from, rule.unverified_from))
    if place.country == "US" and place.subdivision is not None:
        days.update(certificate_days(case.certificates, place.subdivision))
        for use in Use:
            days.update(_days_of(taxability(place.subdivision, use)))
    if place.country == "CA":
        history = facts.history(place.rates)
        for row in history.rows if history is not None and place.subdivision is not None else ():
            days.update(_ends(saas_since(place.rates, row), None))
    return sorted(days)


def _given_days(case: Case) -> Iterator[date]:
    """Give the days on which something that the caller handed in begins or ends."""
    for registration in case.seller.registrations:
        yield from _ends(registration.since, registration.until)
    for override in case.facts.overrides:
        yield from _ends(override.since, override.until)
    for local in case.facts.local_rates:
        yield from _ends(local.since, local.until)


def _ends(since: date | None, until: date | None) -> Iterable[date]:
    return [day for day in (since, until) if day is not None]


def _days_of(history: History[Any] | None) -> Iterable[date]:
    if history is None:
        return ()
    return [day for row in history.rows for day in _ends(row.since, row.until)]


@lru_cache(maxsize=4096)
def _timeline(case: Case) -> Timeline:
    starts = [day.toordinal() for day in change_days(case)]
    return starts, [None] * (len(starts) + 1), case


def timeline_of(seller: Seller, buyer: Buyer, facts: TaxFacts, supply: Supply) -> Timeline:
    """Return the timeline of two parties; buyers whose answers agree share it."""
    return _timeline(case_of(seller, buyer, facts, supply))


def ruling_on(timeline: Timeline, day: date) -> Ruling:
    """Return the shared ruling of a day."""
    starts, rulings, case = timeline
    at = bisect_right(starts, day.toordinal())
    ruling = rulings[at]
    if ruling is None:
        decided = decide(case, day)
        # One value for all stretches in which the answer is the same.
        ruling = next((known for known in rulings if known is not None and known == decided), decided)
        rulings[at] = ruling
    return ruling


def decide_tax(
    seller: Seller,
    buyer: Buyer,
    tax_point: date,
    facts: TaxFacts | None = None,
    supply: Supply = SAAS,
    local: LocalRates | None = None,
) -> Ruling:
    """Decide which tax a sale of an electronic service carries on a day.

    The same parties get the same ruling, one shared value, for every day of a stretch in which nothing changes.

    Args:
        seller: where it is established and registered.
        buyer: where it is billed, its status and the evidence of it, its use and its certificates.
        tax_point: the civil date that decides about rate and rule, in the taxing country.
        facts: the tables to use; the library's own where None.
        supply: what is sold.
        local: local US rates: resolved ones, or a pure function of state, postal code and day that returns them; it is
            called once. Where None, those of the facts are taken; without any the result says `local_missing`.

    Returns:
        The outcome as a type: `Charged`, `ReverseCharge`, `Exempt`, `NotTaxable`, `OutsideScope`, `NotCollecting`,
        `Disputed`, `Undetermined`. It carries the place, the rules passed (the last one decided), the source of the
        rate, how sure it is, remarks, and the edition of the tables.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: local rates that cannot stand together.

    Source: Directive 2006/112/EC and the others that `Rule` cites, step by step; rates as each row says.

    >>> from billingcore.parties import Registration, Scheme
    >>> from billingcore.places import Address
    >>> from billingcore.tax import explain_ruling
    >>> dublin = Seller("Example Ireland", Address("IE"), (
    ...     Registration("IE", Scheme.LOCAL, date(2000, 1, 1)), Registration("IE", Scheme.UNION_OSS, date(2015, 1, 1)),
    ... ))
    >>> marie = Buyer("Marie", Address("FR", postal_code="75002"))
    >>> print(explain_ruling(decide_tax(dublin, marie, date(2026, 2, 15))))
    TVA 20 % in FR
      because since 2015-01-01 electronic services to consumers are taxed where the customer lives
        (Directive 2006/112/EC Art. 58)
      rate since 2014-01-01: kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1 (confidence high)
      facts of 2026-11-23
    """
    if type(buyer) is Buyer and type(tax_point) is date and local is None:
        try:
            known_seller, known_facts, known_supply, starts, rulings = buyer._decided  # noqa: SLF001 - a slot for this
        except AttributeError:  # nothing was decided for this buyer yet
            return _decide(seller, buyer, tax_point, facts, supply, local)
        if known_seller is seller and known_facts is facts and known_supply is supply:
            ruling: Ruling | None = rulings[bisect_right(starts, tax_point.toordinal())]
            if ruling is not None:
                return ruling
    return _decide(seller, buyer, tax_point, facts, supply, local)


def _decide(
    seller: Seller, buyer: Buyer, tax_point: date, facts: TaxFacts | None, supply: Supply, local: LocalRates | None
) -> Ruling:
    tables = _check(seller, buyer, facts, supply)
    check_date("tax_point", tax_point)
    if local is not None:
        return decide(case_of(seller, buyer, tables, supply, _resolve(local, buyer, tax_point)), tax_point)
    timeline = timeline_of(seller, buyer, tables, supply)
    object.__setattr__(buyer, "_decided", (seller, facts, supply, timeline[0], timeline[1]))
    return ruling_on(timeline, tax_point)


def _check(seller: Seller, buyer: Buyer, facts: TaxFacts | None, supply: Supply) -> TaxFacts:
    check("seller", seller, Seller)
    check("buyer", buyer, Buyer)
    check("supply", supply, Supply)
    if facts is None:
        return default_facts()
    check("facts", facts, TaxFacts)
    return facts


def _resolve(local: LocalRates, buyer: Buyer, day: date) -> tuple[LocalRate, ...] | None:
    """Return the local rates as they were given, or as the caller's function answers for the place; None outside the US."""
    place = locate(buyer.address)
    state = place.subdivision if place.country == "US" else None
    if callable(local):
        if state is None:
            return None
        local = asked("local", local, state, buyer.address.postal_code, day)
    words = "a tuple or list of LocalRate values, or a function that returns one"
    check("local", local, tuple, list, words=words)
    given = collected("local", local, LocalRate)
    return None if state is None else given


def tax_changes(
    seller: Seller, buyer: Buyer, start: date, end: date, facts: TaxFacts | None = None, supply: Supply = SAAS
) -> tuple[date, ...]:
    """Return the days after the start, before the end, on which the decision for two parties becomes another.

    Args:
        seller: who sells.
        buyer: who buys.
        start: the first day that is looked at.
        end: the first day that no longer is.
        facts: the tables to use; the library's own where None.
        supply: what is sold.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: an end before the start.

    >>> from billingcore.parties import Registration, Scheme
    >>> from billingcore.places import Address
    >>> tallinn = Seller("Example Estonia", Address("EE"), (Registration("EE", Scheme.LOCAL, date(2004, 5, 1)),))
    >>> tax_changes(tallinn, Buyer("Mari", Address("EE")), date(2025, 1, 1), date(2026, 1, 1))
    (datetime.date(2025, 7, 1),)
    """
    tables = _check(seller, buyer, facts, supply)
    if check_date("end", end) < check_date("start", start):
        raise InvalidValueError("end", end, f"it must not lie before the start ({start})")
    timeline = timeline_of(seller, buyer, tables, supply)
    before, changes = ruling_on(timeline, start), []
    for day in change_days(timeline[2]):
        if start < day < end:
            after = ruling_on(timeline, day)
            if after != before:
                changes.append(day)
            before = after
    return tuple(changes)


def tax_place(buyer: Buyer) -> str:
    """Return the code of the place whose tax decides for a buyer: a country, territory, state or province.

    Raises:
        InvalidTypeError: not a Buyer.

    >>> from billingcore.places import Address
    >>> tax_place(Buyer("Rosa", Address("ES", postal_code="38670")))
    'ES-CN'
    """
    check("buyer", buyer, Buyer)
    place: Place = locate(buyer.address)
    return place.code
