"""The decision: which tax, of which place, under which rule, on a day.

The order follows the questions of the law: where is the place, is it the
seller's own country, is the buyer a business there, since when does the rule
hold, may the seller collect, is the rate known. The first question that settles
the matter ends it; the rules that were passed stand on the ruling.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from billingcore._tax.facts import TaxFacts, VatRate
from billingcore._tax.rules import Rule
from billingcore._tax.rulings import (
    Charged,
    NotCollecting,
    NotCollectingReason,
    OutsideScope,
    ReverseCharge,
    Ruling,
    TaxComponent,
    Undetermined,
    UndeterminedReason,
)
from billingcore.parties import Buyer, BuyerStatus, Scheme, Seller
from billingcore.sourced import Sourced
from billingcore.tax_ids import TaxIdState

__all__ = ["decide_vat"]

_AREA_OF: Final = {"MC": "FR", "IM": "GB"}
"""Countries of their own that share another's VAT area (Directive 2006/112/EC Art. 7)."""

RULES_SINCE: Final = date(2003, 7, 1)
"""Directive 2002/38/EC: from this day electronic services have rules of their own."""
CUSTOMER_PLACE_SINCE: Final = date(2015, 1, 1)
"""Directive 2008/8/EC Art. 5: consumers of EU sellers are taxed where they live."""
THRESHOLD_SINCE: Final = date(2019, 1, 1)
"""Directive (EU) 2017/2455: relief for small sellers."""


def decide_vat(seller: Seller, buyer: Buyer, tax_point: date, facts: TaxFacts) -> Ruling:
    """Decide about an electronic service; the arguments have been checked."""
    home = _AREA_OF.get(seller.country, seller.country)
    place = _AREA_OF.get(buyer.country, buyer.country)
    passed = (Rule.PLACE_NORMALISED,) if place != buyer.country else ()
    if place == home:
        return _charge(seller, place, tax_point, facts, (*passed, Rule.DOMESTIC), (Scheme.LOCAL,), place)
    seller_in_eu, buyer_in_eu = facts.in_eu(home, tax_point), facts.in_eu(place, tax_point)
    if (seller_in_eu or buyer_in_eu) and tax_point < RULES_SINCE:
        return _unknown(place, (*passed, Rule.NO_RULE_FOR_DATE), facts, f"the rules start on {RULES_SINCE}")
    is_business, evidence = _is_business(buyer, place)
    passed = (*passed, *evidence)
    if buyer_in_eu and seller_in_eu:
        return _within_eu(seller, home, place, tax_point, facts, passed, is_business=is_business)
    if buyer_in_eu:
        return _into_eu(seller, place, tax_point, facts, passed, is_business=is_business)
    if place == "GB":  # outside EU VAT on that day
        return _into_uk(seller, tax_point, facts, passed, is_business=is_business, seller_in_eu=seller_in_eu)
    return _out_of_eu(seller, place, tax_point, facts, passed, seller_in_eu=seller_in_eu)


def _is_business(buyer: Buyer, place: str) -> tuple[bool, tuple[Rule, ...]]:
    """Say whether the buyer counts as a business of the place, and which rule about its evidence fired."""
    if buyer.status is not BuyerStatus.BUSINESS:
        return False, ()
    if buyer.tax_id is None or buyer.tax_id_state is not TaxIdState.VERIFIED:
        return False, (Rule.TAX_ID_NOT_VERIFIED,)
    if buyer.tax_id.scheme == "XI":
        return False, (Rule.TAX_ID_NOT_FOR_SERVICES,)
    if _AREA_OF.get(buyer.tax_id.country, buyer.tax_id.country) != place:
        return False, (Rule.TAX_ID_OTHER_COUNTRY,)
    return True, ()


def _within_eu(
    seller: Seller, home: str, place: str, day: date, facts: TaxFacts, passed: tuple[Rule, ...], *, is_business: bool
) -> Ruling:
    if is_business:
        return ReverseCharge(place, (*passed, Rule.BUSINESS_ELSEWHERE_IN_EU), facts.edition)
    if day < CUSTOMER_PLACE_SINCE:
        rules = (*passed, Rule.CONSUMER_AT_SELLER_UNTIL_2014)
        return _charge(seller, home, day, facts, rules, (Scheme.LOCAL,), home)
    rules = (*passed, Rule.CONSUMER_AT_CUSTOMER_SINCE_2015)
    if day >= THRESHOLD_SINCE and seller.below_eu_threshold:
        return _charge(seller, home, day, facts, (*rules, Rule.BELOW_EU_THRESHOLD), (Scheme.LOCAL,), home)
    return _charge(seller, place, day, facts, rules, (Scheme.UNION_OSS, Scheme.LOCAL), place)


def _into_eu(
    seller: Seller, place: str, day: date, facts: TaxFacts, passed: tuple[Rule, ...], *, is_business: bool
) -> Ruling:
    if is_business:
        rules = (*passed, Rule.BUSINESS_OF_NON_EU_SELLER)
        return NotCollecting(place, rules, facts.edition, NotCollectingReason.BUYER_SELF_ACCOUNTS)
    rules = (*passed, Rule.CONSUMER_AT_CUSTOMER_NON_EU_SELLER)
    return _charge(seller, place, day, facts, rules, (Scheme.NON_UNION_OSS, Scheme.LOCAL), place)


def _into_uk(
    seller: Seller, day: date, facts: TaxFacts, passed: tuple[Rule, ...], *, is_business: bool, seller_in_eu: bool
) -> Ruling:
    if is_business:
        rules = (*passed, Rule.UK_OVERSEAS_SELLER_BUSINESS)
        if seller_in_eu:
            return OutsideScope("GB", (*rules, Rule.BUYER_OUTSIDE_EU), facts.edition)
        return NotCollecting("GB", rules, facts.edition, NotCollectingReason.BUYER_SELF_ACCOUNTS)
    rules = (*passed, Rule.UK_OVERSEAS_SELLER_CONSUMER)
    return _charge(seller, "GB", day, facts, rules, (Scheme.LOCAL,), "GB")


def _out_of_eu(
    seller: Seller, place: str, day: date, facts: TaxFacts, passed: tuple[Rule, ...], *, seller_in_eu: bool
) -> Ruling:
    if seller_in_eu and seller.registration(Scheme.LOCAL, day, place) is None:
        return OutsideScope(place, (*passed, Rule.BUYER_OUTSIDE_EU), facts.edition)
    detail = f"the tax of {place} is not in these tables"
    return _unknown(place, (*passed, Rule.PLACE_NOT_COVERED), facts, detail)


def _charge(
    seller: Seller,
    place: str,
    day: date,
    facts: TaxFacts,
    rules: tuple[Rule, ...],
    schemes: tuple[Scheme, ...],
    local: str,
) -> Ruling:
    """Charge the rate of the place if the seller may collect under one of the schemes."""
    if not facts.covers(place):
        return _unknown(place, (*rules, Rule.PLACE_NOT_COVERED), facts, f"the tax of {place} is not in these tables")
    for scheme in schemes:
        if seller.registration(scheme, day, local if scheme is Scheme.LOCAL else None) is not None:
            rate = facts.rate(place, day)
            if rate is None:
                return _unknown(place, (*rules, Rule.NO_RATE_FOR_DATE), facts, f"no rate is known for {day}")
            return _charged(place, rate, scheme, rules, facts.edition)
    not_registered = (*rules, Rule.SELLER_NOT_REGISTERED)
    return NotCollecting(place, not_registered, facts.edition, NotCollectingReason.SELLER_NOT_REGISTERED)


def _unknown(place: str, rules: tuple[Rule, ...], facts: TaxFacts, detail: str) -> Undetermined:
    return Undetermined(place, rules, facts.edition, UndeterminedReason(rules[-1].value), detail)


@lru_cache(maxsize=4096)  # a ruling is shared: one value for every line that it decides
def _charged(place: str, rate: Sourced[VatRate], scheme: Scheme, rules: tuple[Rule, ...], edition: str) -> Charged:
    component = TaxComponent(
        rate.value.name, place, rate.value.rate, source=rate.source, since=rate.since, confidence=rate.confidence
    )
    return Charged(place, (component,), scheme, rules, edition)
