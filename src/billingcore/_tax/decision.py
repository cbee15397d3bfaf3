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

from billingcore._tax.canada import TRANSITION_DAYS, decide_canada
from billingcore._tax.cases import RULES_SINCE, Case, case_of, one_stop_shop_days, unsure
from billingcore._tax.certificates import certificate_days
from billingcore._tax.facts import TaxFacts
from billingcore._tax.rulings import Ruling
from billingcore._tax.supply import Supply
from billingcore._tax.tables import country_rule, saas_since, taxability
from billingcore._tax.us import decide_us
from billingcore._tax.vat import CUSTOMER_PLACE_SINCE, RULE_DAYS, THRESHOLD_SINCE, decide_vat
from billingcore.parties import Buyer, Seller, Use
from billingcore.sourced import Confidence, History

__all__ = ["Timeline", "change_days", "decide", "ruling_on", "timeline_of"]

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
