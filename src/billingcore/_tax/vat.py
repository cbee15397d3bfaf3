"""VAT, GST and their like: the EU, the United Kingdom, and sellers in their own country."""

from datetime import date
from fractions import Fraction
from typing import Final

import attrs

from billingcore._tax.abroad import decide_elsewhere, remark, rule_of
from billingcore._tax.areas import FRENCH_OVERSEAS
from billingcore._tax.cases import (
    RULES_SINCE,
    Case,
    charge,
    not_collecting,
    not_taxable,
    noted,
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
from billingcore._tax.tables import country_rule
from billingcore.parties import Scheme
from billingcore.sourced import Confidence

CUSTOMER_PLACE_SINCE: Final = date(2015, 1, 1)
"""Directive 2008/8/EC Art. 5: consumers of EU sellers are taxed where they live."""
THRESHOLD_SINCE: Final = date(2019, 1, 1)
"""Directive (EU) 2017/2455: relief for small sellers."""
_LOCAL: Final = (Scheme.LOCAL,)
_HALF: Final = Fraction(1, 2)


def decide_vat(case: Case, day: date) -> Ruling:
    """Decide about an electronic service outside North America."""
    place, home, passed = case.place, case.home, case.place.rules
    if place.area == home.area or (place.parent is not None and place.parent == home.area):
        in_eu = case.facts.in_eu(home.area, day)
        return _domestic(case, day, (*passed, Rule.DOMESTIC if in_eu else Rule.DOMESTIC_OUTSIDE_EU))
    seller_in_eu, buyer_in_eu = case.where(day)
    if (seller_in_eu or buyer_in_eu) and day < RULES_SINCE:
        return undetermined(case, (*passed, Rule.NO_RULE_FOR_DATE), f"the rules start on {RULES_SINCE}")
    if buyer_in_eu:
        return _within_eu(case, day, passed) if seller_in_eu else _into_eu(case, day, passed)
    if place.area == "GB":  # outside EU VAT on that day
        return _into_uk(case, day, passed, seller_in_eu=seller_in_eu)
    if place.code in FRENCH_OVERSEAS and not case.is_business:
        return _into_french_overseas(case, day, passed, seller_in_eu=seller_in_eu)
    return decide_elsewhere(case, day, passed, seller_in_eu=seller_in_eu)


def _domestic(case: Case, day: date, rules: tuple[Rule, ...]) -> Ruling:
    place = case.place
    rule = rule_of(case, day)
    if rule is not None and not rule.has_tax:
        return not_taxable(case, (*rules[:-1], Rule.NO_SUCH_TAX), rule.source, rule.confidence, remark(case, rule))
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
    if seller is None or buyer is None:
        whose = "seller" if seller is None else "buyer"
        text = f"IGST is taken, as the state of the {whose} is not known: within one state it is CGST and SGST"
        return attrs.evolve(ruling, notes=(*ruling.notes, Note(NoteCode.SUBDIVISION_MISSING, text)))
    if seller != buyer or len(ruling.components) != 1:
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
        rules = (*passed, Rule.BUSINESS_ELSEWHERE_IN_EU)
        notes = (*case.place.notes, *_missing_numbers(case))
        return ReverseCharge(case.place.code, rules, case.facts.edition, notes=notes)
    if day < CUSTOMER_PLACE_SINCE:
        return charge(case, day, (*passed, Rule.CONSUMER_AT_SELLER_UNTIL_2014), _LOCAL, case.home)
    rules = (*passed, Rule.CONSUMER_AT_CUSTOMER_SINCE_2015)
    waived: tuple[Note, ...] = ()
    if day >= THRESHOLD_SINCE and case.seller.below_eu_threshold:
        if registered(case, day, (Scheme.UNION_OSS,), case.place.country) is None:
            return charge(case, day, (*rules, Rule.BELOW_EU_THRESHOLD), _LOCAL, case.home)
        text = "the seller is below the EU threshold, but its one stop shop opts out of it (Art. 59c(3))"
        waived = (Note(NoteCode.THRESHOLD_WAIVED, text),)
    return noted(charge(case, day, rules, (Scheme.UNION_OSS, Scheme.LOCAL), case.place), *waived)


def _missing_numbers(case: Case) -> tuple[Note, ...]:
    """Name the numbers that the invoice of a reverse charge needs and that were not handed in (EN 16931 BR-AE-02)."""
    missing = [
        text
        for is_there, text in (
            (case.seller.tax_id is not None, "the VAT ID of the seller"),
            (case.has_number, "the VAT ID or legal registration number of the buyer"),
        )
        if not is_there
    ]
    if not missing:
        return ()
    text = f"the invoice must show {' and '.join(missing)}, not handed in here (EN 16931 BR-AE-02)"
    return (Note(NoteCode.TAX_ID_MISSING, text),)


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
        ruling = overridden(case, override, rules, scheme, case.facts.rate(case.place.rates, day))
        if scheme is Scheme.LOCAL:
            return ruling
        text = f"collected under {scheme.value}: whether a one stop shop reaches {case.place.code} is disputed as well"
        return noted(ruling, Note(NoteCode.ONE_STOP_SHOP_DOUBTFUL, text))
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
