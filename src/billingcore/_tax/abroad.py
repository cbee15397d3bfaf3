"""Sellers from abroad, outside the EU, the United Kingdom and North America: who collects, and whether businesses pay."""

from datetime import date
from typing import Final

from billingcore._tax.cases import (
    Case,
    charge,
    not_collecting,
    not_taxable,
    noted,
    registered,
    undetermined,
    unsure,
    worst,
)
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rules import Rule
from billingcore._tax.rulings import Charged, CollectionModel, NotCollectingReason, OutsideScope, Ruling
from billingcore._tax.tables import Business, CountryRule, country_rule
from billingcore.parties import Scheme
from billingcore.sourced import Confidence

_PROVIDERS_UNTIL: Final = {"AZ": date(2026, 1, 1)}
"""Countries in which sellers register from a day on, where payment providers withheld before."""
_CHARGED_SINCE: Final = {"KE": date(2022, 7, 1)}
"""Countries that charge business buyers from a later day on than consumers."""
_BUYER_WITHHOLDS: Final = frozenset(("CN", "PH"))
"""Countries whose business buyers withhold what they are not charged."""
_NO_REGISTRATION: Final = frozenset(("CN",))
"""Countries in which no seller from abroad registers."""
_REMARKS: Final = {
    "JP": (date(2025, 4, 1), "a large digital platform that takes the payment owes the tax in the place of the seller"),
    "ZA": (
        date(2025, 4, 1),
        "a seller from abroad with registered businesses as its only customers need not register (the day is unverified)",
    ),
}
"""Rules that depend on something that is not asked: since when, and what they say."""
RULE_DAYS: Final = (*_PROVIDERS_UNTIL.values(), *_CHARGED_SINCE.values(), *(since for since, _ in _REMARKS.values()))
"""Days on which a rule of a country changes that stands in no row of the tables."""
_LOCAL: Final = (Scheme.LOCAL,)
_NOBODY: Final = NotCollectingReason.SELLER_NOT_REGISTERED
_ACCOUNTS: Final = NotCollectingReason.BUYER_SELF_ACCOUNTS
_CHARGED_TOO: Final = (Business.CHARGED, Business.WITHHOLDS, Business.CHARGED_UNLESS_SUPPLIER_IS_B2B_ONLY)


def decide_elsewhere(case: Case, day: date, passed: tuple[Rule, ...], *, seller_in_eu: bool) -> Ruling:
    """Decide about a buyer in a country outside the EU, the UK and North America."""
    rule = rule_of(case, day)
    place = case.place
    is_registered = registered(case, day, _LOCAL, place.country, place.subdivision) is not None
    ruling: Ruling
    if seller_in_eu and not is_registered:
        ruling = _outside_scope(case, day, passed, rule)
    else:
        ruling = _foreign(case, day, passed, rule, is_registered=is_registered)
    special = _REMARKS.get(place.code)
    if special is not None and day >= special[0]:
        return noted(ruling, Note(NoteCode.RULE_OF_PLACE, special[1]))
    return ruling


def _outside_scope(case: Case, day: date, passed: tuple[Rule, ...], rule: CountryRule | None) -> OutsideScope:
    place = case.place
    model, confidence = _model(rule, place.code, day, is_business=case.is_business)
    own = rule is not None and (place.area != place.country or place.parent is not None)
    source = ""
    if rule is not None and own:  # that a territory lies outside the area stands in its own row
        source, confidence = rule.source, rule.confidence
    notes = (*place.notes, *(_not_covered(case) if rule is None else remark(case, rule)))
    rules = (*passed, Rule.BUYER_OUTSIDE_EU)
    return OutsideScope(
        place.code, rules, case.facts.edition, model=model, notes=notes, source=source, confidence=confidence
    )


def _not_covered(case: Case) -> tuple[Note, ...]:
    if case.facts.covers(case.place.rates):
        return ()
    return (Note(NoteCode.PLACE_NOT_COVERED, f"the tax of {case.place.code} is not in these tables"),)


def _foreign(  # noqa: PLR0911 - an outcome for each question
    case: Case, day: date, passed: tuple[Rule, ...], rule: CountryRule | None, *, is_registered: bool
) -> Ruling:
    place = case.place
    if rule is None and not case.facts.covers(place.rates):
        if is_registered:
            return charge(case, day, passed, _LOCAL, place)
        rules, none, low = (*passed, Rule.SELLER_NOT_REGISTERED), CollectionModel.NONE, Confidence.LOW
        return not_collecting(case, rules, _NOBODY, none, notes=_not_covered(case), confidence=low)
    if rule is None:  # a country of the tables before it joined the EU
        rule = CountryRule(Business.UNKNOWN, None, True, True, "", Confidence.HIGH, "")  # noqa: FBT003 - a row
    if not rule.has_tax:
        return not_taxable(case, (*passed, Rule.NO_SUCH_TAX), rule.source, rule.confidence, remark(case, rule))
    if _is_before(rule, day):
        if not case.is_business:
            rules = (*passed, Rule.FOREIGN_SELLERS_NOT_YET)
            return not_taxable(case, rules, rule.source, rule.confidence, remark(case, rule))
        rules = (*passed, *case.evidence, Rule.BUSINESS_BEFORE_FOREIGN_SELLERS)
        return _accounts_unsurely(case, rules, rule, "before sellers from abroad were taxed there")
    passed = (*passed, *case.evidence)
    if case.is_business:
        settled = _of_business(case, day, passed, rule, is_registered=is_registered)
        if not isinstance(settled, tuple):
            return settled
        passed = settled
    return _collect(case, day, (*passed, Rule.FOREIGN_SELLER), rule, is_registered=is_registered)


def _accounts_unsurely(case: Case, rules: tuple[Rule, ...], rule: CountryRule, when: str) -> Ruling:
    """Say that a business accounts for the tax, as most countries have it, where nothing confirms it."""
    text = f"what a business in {case.place.code} owed {when} is not confirmed: it is taken to account for the tax"
    notes = (*remark(case, rule), Note(NoteCode.BUSINESS_RULE_UNVERIFIED, text))
    return not_collecting(case, rules, _ACCOUNTS, notes=notes, confidence=Confidence.LOW, source=rule.source)


def _of_business(  # noqa: PLR0911 - an outcome for each model
    case: Case, day: date, passed: tuple[Rule, ...], rule: CountryRule, *, is_registered: bool
) -> Ruling | tuple[Rule, ...]:
    """Decide about a business buyer by its country's test; rules where it is charged like a consumer."""

    def settle(last: Rule, reason: NotCollectingReason) -> Ruling:
        how = {"confidence": rule.confidence, "source": rule.source, "notes": remark(case, rule)}
        return not_collecting(case, (*passed, last), reason, **how)  # type: ignore[arg-type]

    code = case.place.code
    withholds = NotCollectingReason.BUYER_WITHHOLDS
    if code in _CHARGED_SINCE and day < _CHARGED_SINCE[code]:
        return _accounts_unsurely(case, (*passed, Rule.BUSINESS_ACCOUNTS), rule, f"before {_CHARGED_SINCE[code]}")
    if code in _BUYER_WITHHOLDS and not (is_registered and rule.business is Business.UNKNOWN):
        return settle(Rule.BUSINESS_WITHHOLDS, withholds)
    match rule.business:
        case Business.REVERSE_CHARGE | Business.NOT_CHARGED:
            return settle(Rule.BUSINESS_ACCOUNTS, _ACCOUNTS)
        case Business.CHARGED_ONCE_REGISTERED if not is_registered:
            return settle(Rule.BUSINESS_ACCOUNTS, _ACCOUNTS)
        case Business.WITHHOLDS if not is_registered and _providers(code, day):
            return settle(Rule.BUSINESS_WITHHOLDS, withholds)
        case Business.CHARGED_UNLESS_BUSINESS_ONLY if case.supply.business_only:
            return settle(Rule.BUSINESS_ONLY_SERVICE, _ACCOUNTS)
        case Business.UNKNOWN if is_registered:
            detail = f"what a business in {code} is charged by a seller from abroad is not known"
            override = case.facts.override(code, case.supply.category, day)
            if override is None:
                return undetermined(case, (*passed, Rule.BUSINESS_RULE_UNKNOWN), detail)
        case _:
            pass
    return (*passed, Rule.BUSINESS_CHARGED_TOO) if is_registered else passed


def _collect(case: Case, day: date, passed: tuple[Rule, ...], rule: CountryRule, *, is_registered: bool) -> Ruling:
    place = case.place
    if not is_registered:
        notes = (*remark(case, rule), *_start_note(rule))
        if rule.business is Business.WITHHOLDS and not case.is_business and _providers(place.code, day):
            reason = NotCollectingReason.PAYMENT_PROVIDER_COLLECTS
            rules = (*passed, Rule.PROVIDER_COLLECTS)
            return not_collecting(case, rules, reason, notes=notes, confidence=rule.confidence, source=rule.source)
        model, confidence = _model(rule, place.code, day, is_business=case.is_business)
        rules = (*passed, Rule.SELLER_NOT_REGISTERED)
        return not_collecting(case, rules, _NOBODY, model, notes=notes, confidence=confidence, source=rule.source)
    override = case.facts.override(place.code, case.supply.category, day)
    if override is not None:
        return charge(case, day, passed, _LOCAL, place)
    if not rule.rate_known:
        return undetermined(case, (*passed, Rule.NO_RATE_FOR_DATE), f"the rate of {place.code} was not looked up")
    ruling = charge(case, day, passed, _LOCAL, place)
    if not isinstance(ruling, Charged):
        return ruling
    ruling_notes = _start_note(rule)
    early = rule.unverified_from is not None and rule.foreign_sellers_from is None and day < rule.unverified_from
    marks = [Confidence.LOW] if early else []
    if case.is_business and not rule.business_sure:
        text = f"that businesses in {place.code} are charged too stands on the list of one seller"
        ruling_notes = (*ruling_notes, Note(NoteCode.BUSINESS_RULE_UNVERIFIED, text))
        marks.append(Confidence.LOW)
    return unsure(noted(ruling, *ruling_notes), worst(Confidence.HIGH, *marks))


def _is_before(rule: CountryRule, day: date) -> bool:
    """Say whether sellers from abroad were not taxed yet on the day."""
    return rule.foreign_sellers_from is not None and day < rule.foreign_sellers_from


def _start_note(rule: CountryRule) -> tuple[Note, ...]:
    """Say that the first day on which sellers from abroad are taxed is not confirmed, or not known at all."""
    if rule.foreign_sellers_from is not None:
        return ()
    if rule.unverified_from is not None:
        text = f"sellers from abroad are taxed there since {rule.unverified_from} by one source, unverified (confidence low)"
    elif rule.regime_known:
        text = "since when sellers from abroad are taxed there is not known here"
    else:
        text = "nothing was found that taxes sellers from abroad there"
    return (Note(NoteCode.LIABILITY_START_UNVERIFIED, text),)


def _providers(country: str, day: date) -> bool:
    until = _PROVIDERS_UNTIL.get(country)
    return until is None or day < until


def _model(
    rule: CountryRule | None, country: str, day: date, *, is_business: bool
) -> tuple[CollectionModel, Confidence]:
    """Say who collects the tax of a country from abroad on a day, and how sure that is."""
    if rule is None or not rule.has_tax:
        return CollectionModel.NONE, Confidence.LOW if rule is None else rule.confidence
    if is_business:
        return _business_model(rule, country, day)
    if _is_before(rule, day) or country in _NO_REGISTRATION:
        return CollectionModel.NONE, rule.confidence
    if rule.business is Business.WITHHOLDS and _providers(country, day):
        return CollectionModel.PAYMENT_PROVIDER, rule.confidence
    if not rule.regime_known:
        return CollectionModel.NONE, Confidence.LOW
    return CollectionModel.SUPPLIER_REGISTERS, rule.confidence


def _business_model(rule: CountryRule, country: str, day: date) -> tuple[CollectionModel, Confidence]:
    if _is_before(rule, day) or day < _CHARGED_SINCE.get(country, date.min):
        return CollectionModel.BUYER_SELF_ACCOUNTS, Confidence.LOW
    withholds = rule.business is Business.WITHHOLDS and _providers(country, day)
    if country in _BUYER_WITHHOLDS or withholds:
        return CollectionModel.BUYER_WITHHOLDS, rule.confidence
    if rule.business is Business.UNKNOWN:
        return CollectionModel.NONE, Confidence.LOW
    if rule.business in _CHARGED_TOO:
        return CollectionModel.SUPPLIER_REGISTERS, rule.confidence if rule.business_sure else Confidence.LOW
    return CollectionModel.BUYER_SELF_ACCOUNTS, rule.confidence


def remark(case: Case, rule: CountryRule | None) -> tuple[Note, ...]:
    """Return what the row of a country says; a territory carries its own remark already."""
    return (Note(NoteCode.ROW, rule.note),) if rule is not None and rule.note and not case.place.notes else ()


def rule_of(case: Case, day: date) -> CountryRule | None:
    """Return the rule of the place on a day; rates or decisions that the caller handed in are a tax that is known."""
    rule = country_rule(case.place.rates, day)
    if rule is None:
        return None
    if any(key == case.place.rates for key, _ in case.facts.own_rates):
        rule = rule._replace(has_tax=True, rate_known=True)
    if case.facts.override(case.place.code, case.supply.category, day) is not None:
        rule = rule._replace(has_tax=True, rate_known=True, foreign_sellers_from=None)
    return rule
