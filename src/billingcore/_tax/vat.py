"""VAT, GST and their like outside North America: the EU, the United Kingdom, and the rest of the world."""

from datetime import date
from fractions import Fraction
from typing import Final

import attrs

from billingcore._tax.areas import FRENCH_OVERSEAS
from billingcore._tax.cases import (
    RULES_SINCE,
    Case,
    charge,
    not_collecting,
    not_taxable,
    overridden,
    registered,
    undetermined,
)
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rules import Rule
from billingcore._tax.rulings import (
    Charged,
    CollectionModel,
    Disputed,
    NotCollectingReason,
    OutsideScope,
    ReverseCharge,
    Ruling,
)
from billingcore._tax.tables import Business, CountryRule, country_rule
from billingcore.parties import Scheme
from billingcore.sourced import Confidence

__all__ = ["CUSTOMER_PLACE_SINCE", "PROVIDERS_UNTIL", "THRESHOLD_SINCE", "decide_vat"]

CUSTOMER_PLACE_SINCE: Final = date(2015, 1, 1)
"""Directive 2008/8/EC Art. 5: consumers of EU sellers are taxed where they live."""
THRESHOLD_SINCE: Final = date(2019, 1, 1)
"""Directive (EU) 2017/2455: relief for small sellers."""
PROVIDERS_UNTIL: Final = {"AZ": date(2026, 1, 1)}
"""Countries in which sellers register from a day on, where payment providers withheld before."""
_BUYER_WITHHOLDS: Final = frozenset(("PH",))
"""Countries whose business buyers withhold what they are not charged."""
_LOCAL: Final = (Scheme.LOCAL,)
_HALF: Final = Fraction(1, 2)


def decide_vat(case: Case, day: date) -> Ruling:
    """Decide about an electronic service outside North America."""
    place, home, passed = case.place, case.home, case.place.rules
    if place.area == home.area or (place.parent is not None and place.parent == home.area):
        return _domestic(case, day, (*passed, Rule.DOMESTIC))
    seller_in_eu, buyer_in_eu = case.where(day)
    if (seller_in_eu or buyer_in_eu) and day < RULES_SINCE:
        return undetermined(case, (*passed, Rule.NO_RULE_FOR_DATE), f"the rules start on {RULES_SINCE}")
    if buyer_in_eu:
        return _within_eu(case, day, passed) if seller_in_eu else _into_eu(case, day, passed)
    if place.area == "GB":  # outside EU VAT on that day
        return _into_uk(case, day, passed, seller_in_eu=seller_in_eu)
    if place.code in FRENCH_OVERSEAS and not case.is_business:
        return _into_french_overseas(case, day, passed, seller_in_eu=seller_in_eu)
    return _elsewhere(case, day, passed, seller_in_eu=seller_in_eu)


def _domestic(case: Case, day: date, rules: tuple[Rule, ...]) -> Ruling:
    place = case.place
    rule = _rule_of(case)
    if rule is not None and not rule.has_tax:
        return not_taxable(case, (*rules[:-1], Rule.NO_SUCH_TAX), rule.source, rule.confidence, _remark(case, rule))
    where = place
    if place.parent is not None:  # the law of France or Finland holds there, and a registration there
        rates = place.parent if place.code == "AX" else place.rates
        where = place._replace(country=case.home.country, rates=rates)
    ruling = charge(case, day, rules, _LOCAL, where)
    if place.area == "IN" and isinstance(ruling, Charged):
        return _indian(case, ruling)
    return ruling


def _indian(case: Case, ruling: Charged) -> Charged:
    """Split the tax within a state of India into its central and its state half; across states it is one."""
    seller, buyer = case.seller.address.subdivision, case.region
    if seller is None or seller != buyer or len(ruling.components) != 1:
        return ruling
    whole = ruling.components[0]
    halves = [
        attrs.evolve(whole, name=name, place=place, rate=whole.rate * _HALF)
        for name, place in (("CGST", "IN"), ("SGST", seller))
    ]
    return Charged(
        ruling.place, tuple(halves), ruling.scheme, ruling.rules, ruling.edition, ruling.category, notes=ruling.notes
    )


def _within_eu(case: Case, day: date, passed: tuple[Rule, ...]) -> Ruling:
    passed = (*passed, *case.evidence)
    if case.is_business:
        return ReverseCharge(
            case.place.code, (*passed, Rule.BUSINESS_ELSEWHERE_IN_EU), case.facts.edition, notes=case.place.notes
        )
    if day < CUSTOMER_PLACE_SINCE:
        return charge(case, day, (*passed, Rule.CONSUMER_AT_SELLER_UNTIL_2014), _LOCAL, case.home)
    rules = (*passed, Rule.CONSUMER_AT_CUSTOMER_SINCE_2015)
    if day >= THRESHOLD_SINCE and case.seller.below_eu_threshold:
        return charge(case, day, (*rules, Rule.BELOW_EU_THRESHOLD), _LOCAL, case.home)
    return charge(case, day, rules, (Scheme.UNION_OSS, Scheme.LOCAL), case.place)


def _into_eu(case: Case, day: date, passed: tuple[Rule, ...]) -> Ruling:
    passed = (*passed, *case.evidence)
    if case.is_business:
        return not_collecting(case, (*passed, Rule.BUSINESS_OF_NON_EU_SELLER), NotCollectingReason.BUYER_SELF_ACCOUNTS)
    rules = (*passed, Rule.CONSUMER_AT_CUSTOMER_NON_EU_SELLER)
    return charge(case, day, rules, (Scheme.NON_UNION_OSS, Scheme.LOCAL), case.place)


def _into_uk(case: Case, day: date, passed: tuple[Rule, ...], *, seller_in_eu: bool) -> Ruling:
    if not case.is_business:
        rules = (*passed, *case.evidence, Rule.UK_OVERSEAS_SELLER_CONSUMER)
        return charge(case, day, rules, _LOCAL, case.place)
    reason = NotCollectingReason.BUYER_SELF_ACCOUNTS
    if seller_in_eu:
        rules = (*passed, Rule.BUYER_OUTSIDE_EU, *case.evidence, Rule.UK_OVERSEAS_SELLER_BUSINESS)
        return OutsideScope(
            "GB", rules, case.facts.edition, model=CollectionModel.BUYER_SELF_ACCOUNTS, notes=case.place.notes
        )
    return not_collecting(case, (*passed, *case.evidence, Rule.UK_OVERSEAS_SELLER_BUSINESS), reason)


def _into_french_overseas(case: Case, day: date, passed: tuple[Rule, ...], *, seller_in_eu: bool) -> Ruling:
    """Say what is disputed: whether a consumer there is charged the French rate, the local one, or nothing."""
    rules = (*passed, Rule.OVERSEAS_DISPUTED)
    schemes = (Scheme.UNION_OSS if seller_in_eu else Scheme.NON_UNION_OSS, Scheme.LOCAL)
    registration = registered(case, day, schemes, "FR")
    if registration is None and not seller_in_eu:
        return not_collecting(case, (*rules, Rule.SELLER_NOT_REGISTERED), NotCollectingReason.SELLER_NOT_REGISTERED)
    override = case.facts.override(case.place.code, case.supply.category, day)
    if override is not None:
        if registration is None and override.taxable:
            return not_collecting(case, (*rules, Rule.SELLER_NOT_REGISTERED), NotCollectingReason.SELLER_NOT_REGISTERED)
        scheme = registration.scheme if registration is not None else Scheme.LOCAL
        return overridden(case, override, rules, scheme, case.facts.rate(case.place.rates, day))
    rule = country_rule(case.place.code)
    detail = "what a seller from elsewhere charges a consumer: the French rate, the local one, or nothing"
    source = rule.source if rule is not None else ""
    return Disputed(
        case.place.code,
        rules,
        case.facts.edition,
        detail,
        notes=case.place.notes,
        source=source,
        confidence=Confidence.DISPUTED,
    )


def _elsewhere(  # noqa: PLR0911 - an outcome for each question
    case: Case, day: date, passed: tuple[Rule, ...], *, seller_in_eu: bool
) -> Ruling:
    """Decide about a buyer in a country outside the EU, the UK and North America."""
    place = case.place
    rule = _rule_of(case)
    is_registered = registered(case, day, _LOCAL, place.country, place.subdivision) is not None
    if seller_in_eu and not is_registered:
        model = _model(rule, place.code, day, is_business=case.is_business)
        own = rule is not None and (place.area != place.country or place.parent is not None)
        source, confidence = (rule.source, rule.confidence) if rule is not None and own else ("", Confidence.HIGH)
        rules, notes, edition = (
            (*passed, Rule.BUYER_OUTSIDE_EU),
            (*place.notes, *_remark(case, rule)),
            case.facts.edition,
        )
        return OutsideScope(place.code, rules, edition, model=model, notes=notes, source=source, confidence=confidence)
    if rule is None and not case.facts.covers(place.rates):
        if is_registered:
            return charge(case, day, passed, _LOCAL, place)
        note = Note(NoteCode.PLACE_NOT_COVERED, f"the tax of {place.code} is not in these tables")
        rules, reason = (*passed, Rule.SELLER_NOT_REGISTERED), NotCollectingReason.SELLER_NOT_REGISTERED
        none, low = CollectionModel.NONE, Confidence.LOW
        return not_collecting(case, rules, reason, none, notes=(note,), confidence=low)
    if rule is None:  # a country of the tables before it joined the EU
        rule = CountryRule(Business.UNKNOWN, None, True, True, "", Confidence.HIGH, "")  # noqa: FBT003 - a row
    if not rule.has_tax:
        return not_taxable(case, (*passed, Rule.NO_SUCH_TAX), rule.source, rule.confidence, _remark(case, rule))
    if rule.foreign_sellers_from is not None and day < rule.foreign_sellers_from:
        return not_taxable(
            case, (*passed, Rule.FOREIGN_SELLERS_NOT_YET), rule.source, rule.confidence, _remark(case, rule)
        )
    passed = (*passed, *case.evidence)
    if case.is_business:
        settled = _of_business(case, day, passed, rule, is_registered=is_registered)
        if not isinstance(settled, tuple):
            return settled
        passed = settled
    return _collect(case, day, (*passed, Rule.FOREIGN_SELLER), rule, is_registered=is_registered)


def _of_business(  # noqa: PLR0911 - an outcome for each model
    case: Case, day: date, passed: tuple[Rule, ...], rule: CountryRule, *, is_registered: bool
) -> Ruling | tuple[Rule, ...]:
    """Decide about a business buyer by its country's test; rules where it is charged like a consumer."""
    accounts, withholds = NotCollectingReason.BUYER_SELF_ACCOUNTS, NotCollectingReason.BUYER_WITHHOLDS
    match rule.business:
        case Business.REVERSE_CHARGE | Business.NOT_CHARGED if case.place.code in _BUYER_WITHHOLDS:
            return not_collecting(case, (*passed, Rule.BUSINESS_WITHHOLDS), withholds)
        case Business.REVERSE_CHARGE | Business.NOT_CHARGED:
            return not_collecting(case, (*passed, Rule.BUSINESS_ACCOUNTS), accounts)
        case Business.CHARGED_ONCE_REGISTERED if not is_registered:
            return not_collecting(case, (*passed, Rule.BUSINESS_ACCOUNTS), accounts)
        case Business.WITHHOLDS if not is_registered and _providers(case.place.code, day):
            return not_collecting(case, (*passed, Rule.BUSINESS_WITHHOLDS), withholds)
        case Business.CHARGED_UNLESS_BUSINESS_ONLY if case.supply.business_only:
            return not_collecting(case, (*passed, Rule.BUSINESS_ONLY_SERVICE), accounts)
        case Business.UNKNOWN if is_registered:
            detail = f"what a business in {case.place.code} is charged by a seller from abroad is not known"
            override = case.facts.override(case.place.code, case.supply.category, day)
            if override is None:
                return undetermined(case, (*passed, Rule.BUSINESS_RULE_UNKNOWN), detail)
        case _:
            pass
    return (*passed, Rule.BUSINESS_CHARGED_TOO) if is_registered else passed


def _collect(case: Case, day: date, passed: tuple[Rule, ...], rule: CountryRule, *, is_registered: bool) -> Ruling:
    place = case.place
    if not is_registered:
        if rule.business is Business.WITHHOLDS and not case.is_business and _providers(place.code, day):
            reason = NotCollectingReason.PAYMENT_PROVIDER_COLLECTS
            return not_collecting(case, (*passed, Rule.PROVIDER_COLLECTS), reason, notes=_remark(case, rule))
        return charge(case, day, passed, _LOCAL, place)
    override = case.facts.override(place.code, case.supply.category, day)
    if not rule.rate_known and override is None:
        return undetermined(case, (*passed, Rule.NO_RATE_FOR_DATE), f"the rate of {place.code} was not looked up")
    return charge(case, day, passed, _LOCAL, place)


def _providers(country: str, day: date) -> bool:
    until = PROVIDERS_UNTIL.get(country)
    return until is None or day < until


def _model(rule: CountryRule | None, country: str, day: date, *, is_business: bool) -> CollectionModel:
    """Say who collects the tax of a country from abroad."""
    if rule is None or not rule.has_tax:
        return CollectionModel.NONE
    if rule.business is Business.WITHHOLDS and _providers(country, day):
        return CollectionModel.BUYER_WITHHOLDS if is_business else CollectionModel.PAYMENT_PROVIDER
    charged = (Business.CHARGED, Business.WITHHOLDS, Business.CHARGED_UNLESS_SUPPLIER_IS_B2B_ONLY)
    if not is_business or rule.business in charged:
        return CollectionModel.SUPPLIER_REGISTERS
    if rule.business is Business.UNKNOWN:
        return CollectionModel.NONE
    return CollectionModel.BUYER_SELF_ACCOUNTS


def _remark(case: Case, rule: CountryRule | None) -> tuple[Note, ...]:
    """Return what the row of a country says; a territory carries its own remark already."""
    return (Note(NoteCode.ROW, rule.note),) if rule is not None and rule.note and not case.place.notes else ()


def _rule_of(case: Case) -> CountryRule | None:
    """Return the rule of the place; rates that the caller handed in are a tax that is known."""
    rule = country_rule(case.place.rates)
    if rule is not None and any(key == case.place.rates for key, _ in case.facts.own_rates):
        return rule._replace(has_tax=True, rate_known=True)
    return rule
