"""Canada: GST of the federation or HST, and the taxes of Quebec, British Columbia, Saskatchewan and Manitoba."""

from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from billingcore._facts import canada_tax
from billingcore._tax.cases import (
    OTHER_ACCOUNT,
    Case,
    component_of,
    not_collecting,
    not_taxable,
    registered,
    undetermined,
)
from billingcore._tax.components import TaxBase, TaxComponent
from billingcore._tax.facts import Override
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rules import Rule
from billingcore._tax.rulings import Charged, NotCollectingReason, Ruling
from billingcore._tax.supply import SupplyCategory
from billingcore._tax.tables import VatRate, saas_since
from billingcore._tax.us import not_registered, without_subdivision
from billingcore.parties import Registration, Scheme
from billingcore.sourced import Confidence, Sourced

_SCHEMES: Final = (Scheme.LOCAL, Scheme.SIMPLIFIED)
TRANSITION_DAYS: Final = (date(2026, 1, 1), date(2027, 1, 1))
"""Manitoba: a period that was paid before 2026 may run through 2026."""
_MANITOBA: Final = "CA-MB"
_BY_KIND: Final = frozenset(("PST", "RST"))
"""Taxes that fall on some kinds of services and not on others."""


class _Part(NamedTuple):
    """One tax: the region whose it is, its row, the seller's registration for it, and the kind of number that frees."""

    code: str
    fact: Sourced[VatRate] | None
    registration: Registration
    number: str

    def frees(self, case: Case) -> bool:
        """Say whether the buyer gave a number of the tax, and the seller is registered under the simplified regime."""
        return self.registration.scheme is Scheme.SIMPLIFIED and self.number in case.numbers


def decide_canada(case: Case, day: date) -> Ruling:
    """Decide about a sale to a Canadian address: each tax is charged if the seller is registered for it."""
    passed = case.place.rules
    region = case.place.subdivision
    if region is None:
        return without_subdivision(case, day, passed)
    federal = registered(case, day, _SCHEMES, "CA")
    provincial = registered(case, day, _SCHEMES, "CA", region)
    if federal is None and provincial is None:
        return not_registered(case, day, passed)
    own, gst = case.facts.rate(region, day), case.facts.rate("CA", day)
    notes: tuple[Note, ...] = ()
    parts = []
    if own is not None and own.value.name == "HST":
        gst, provincial = own, None
    if federal is not None:
        parts.append(_Part(region if gst is own else "CA", gst, federal, "CA"))
    else:
        notes = (Note(NoteCode.PART_NOT_REGISTERED, "GST is not charged: the seller is not registered for it"),)
    if provincial is not None:
        parts.append(_Part(region, own, provincial, region))
    elif gst is not own and region not in canada_tax.GST_ONLY:
        notes = (*notes, *_missing_province(case, region, own, day))
    notes = (*notes, *_unknown_province(region, own), *_transition(parts, day))
    if not parts:
        return not_registered(case, day, passed)
    freed = any(part.frees(case) for part in parts)
    if OTHER_ACCOUNT in case.numbers and not freed and federal is not None and federal.scheme is Scheme.SIMPLIFIED:
        text = "the number is not that of a GST/HST account: only one with RT frees the buyer from the tax"
        notes = (*notes, Note(NoteCode.TAX_ID_OF_ANOTHER_TAX, text))
    rules = (*passed, *((Rule.NUMBER_UNDER_SIMPLIFIED_REGIME,) if freed else ()), Rule.REGISTERED)
    return _settle(case, day, rules, parts, notes)


def _missing_province(case: Case, region: str, own: Sourced[VatRate] | None, day: date) -> tuple[Note, ...]:
    since = saas_since(region, own) if own is not None else None
    if own is None or since is None or day < since or case.supply.category is not SupplyCategory.SAAS:
        return ()
    text = f"{own.value.name} of {region} is not charged: the seller is not registered for it"
    return (Note(NoteCode.PART_NOT_REGISTERED, text),)


def _unknown_province(region: str, own: Sourced[VatRate] | None) -> tuple[Note, ...]:
    """Say where the tax of a province is not known on the day, or rests on a row that is unconfirmed."""
    if region in canada_tax.GST_ONLY or (own is not None and own.confidence is not Confidence.LOW):
        return ()
    if own is None:
        return (
            Note(NoteCode.PROVINCIAL_TAX_UNKNOWN, f"the tax of {region} itself on that day is not in these tables"),
        )
    text = f"the {own.value.name} of {region} on that day is unconfirmed: {own.note}"
    return (Note(NoteCode.PROVINCIAL_TAX_UNKNOWN, text),)


def _transition(parts: list[_Part], day: date) -> tuple[Note, ...]:
    """Name Manitoba's rule for what was paid before its tax fell on software as a service."""
    if not (TRANSITION_DAYS[0] <= day < TRANSITION_DAYS[1] and any(part.code == _MANITOBA for part in parts)):
        return ()
    text = "Manitoba does not tax what was paid before 2026 for a period that had begun by then: check such lines"
    return (Note(NoteCode.RULE_OF_PLACE, text),)


def _settle(case: Case, day: date, rules: tuple[Rule, ...], parts: list[_Part], notes: tuple[Note, ...]) -> Ruling:
    """Build the components of the taxes for which the seller is registered."""
    components: list[TaxComponent] = []
    freed = False
    for part in parts:
        override = case.facts.override(part.code, case.supply.category, day)
        if override is not None:
            rules = (*rules, Rule.OVERRIDDEN)
            notes = (*notes, Note(NoteCode.OVERRIDDEN, f"decided by the caller: {override.source}"))
        if part.frees(case):
            freed = True
            continue
        found = _own(part, override) if override is not None else None
        if override is None or (override.taxable and found is None):
            if part.fact is None:
                return undetermined(
                    case, (*rules, Rule.NO_RATE_FOR_DATE), f"no rate is known for {part.code} on that day"
                )
            if override is None and not _covers(case, part.fact):
                what = case.supply.category.value.replace("_", " ")
                detail = f"whether {part.code} taxes {what} is not in these tables"
                return undetermined(case, (*rules, Rule.CATEGORY_NOT_COVERED), detail)
            found = _component(case, part.code, part.fact, day, override)
        if found is not None:
            components.append(found)
    if components:
        scheme = parts[0].registration.scheme
        return Charged(case.place.code, tuple(components), scheme, rules, case.facts.edition, notes=notes)
    if freed:
        return not_collecting(case, rules, NotCollectingReason.BUYER_SELF_ACCOUNTS, notes=notes)
    source = parts[-1].fact.source if parts[-1].fact is not None else ""
    last = () if rules[-1] is Rule.OVERRIDDEN else (Rule.CATEGORY_NOT_TAXED,)
    return not_taxable(case, (*rules, *last), source, Confidence.HIGH, notes)


def _own(part: _Part, override: Override) -> TaxComponent | None:
    """Return the component of a rate that the caller decided, or None where it names none."""
    if override.rate is None or not override.taxable:
        return None
    name = part.fact.value.name if part.fact is not None else "tax"
    return TaxComponent(name, part.code, override.rate, override.base, override.source, override.since)


def _covers(case: Case, fact: Sourced[VatRate]) -> bool:
    """Say whether it is known if a tax falls on the category: GST, HST and QST fall on every service."""
    return case.supply.category is SupplyCategory.SAAS or fact.value.name not in _BY_KIND


def _component(
    case: Case, code: str, fact: Sourced[VatRate], day: date, override: Override | None
) -> TaxComponent | None:
    """Return the component of a row; None where it does not fall on software as a service on the day."""
    since = saas_since(code, fact)
    if override is None and (since is None or day < since):
        return None
    base = override.base if override is not None else Fraction(1)
    if fact.value.on is TaxBase.PRICE_AND_GST:
        gst = case.facts.rate("CA", day)
        base *= 1 + (gst.value.rate if gst is not None else Fraction())
    return component_of(fact, code, VatRate(fact.value.name, fact.value.rate, base, fact.value.on))
