"""A case: what a decision depends on, taken from the parties once; and the steps that all countries share."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple

import attrs

from billingcore._tax.areas import Place, locate
from billingcore._tax.components import TaxComponent
from billingcore._tax.facts import LocalRate, Override, TaxFacts
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rules import Rule
from billingcore._tax.rulings import (
    Charged,
    CollectionModel,
    NotCollecting,
    NotCollectingReason,
    NotTaxable,
    Ruling,
    Undetermined,
    UndeterminedReason,
)
from billingcore._tax.supply import Supply
from billingcore._tax.tables import UNKNOWN_START, VatRate
from billingcore.parties import (
    Buyer,
    BuyerStatus,
    ExemptionCertificate,
    Registration,
    Scheme,
    Seller,
    Use,
    register_of,
    registration_in_force,
)
from billingcore.sourced import Confidence, Sourced
from billingcore.tax_ids import TaxIdState

RULES_SINCE: Final = date(2003, 7, 1)
"""Directive 2002/38/EC: from this day electronic services have rules of their own."""
_COUNTRY_CODE: Final = 2
_GST_ACCOUNT: Final = "RT"
OTHER_ACCOUNT: Final = "CA, another account"
_L_AND_M: Final = {"ES-CN": "L", "ES-CE": "M", "ES-ML": "M"}
"""EN 16931: the Canary Islands' IGIC, and the IPSI of Ceuta and Melilla."""


class Case(NamedTuple):
    """What a decision depends on beside the day; buyers with the same answers share their decisions."""

    seller: Seller
    facts: TaxFacts
    supply: Supply
    home: Place
    place: Place
    is_business: bool
    evidence: tuple[Rule, ...]
    has_number: bool
    region: str | None
    numbers: tuple[str, ...]
    use: Use
    use_given: bool
    certificates: tuple[ExemptionCertificate, ...]
    holder: str
    postal_code: str | None
    local: tuple[LocalRate, ...] | None

    def where(self, day: date) -> tuple[bool, bool]:
        """Say whether the seller and the buyer are in the EU on the day."""
        return self.facts.in_eu(self.home.area, day), self.facts.in_eu(self.place.area, day)


def case_of(
    seller: Seller, buyer: Buyer, facts: TaxFacts, supply: Supply, local: tuple[LocalRate, ...] | None = None
) -> Case:
    """Return the case of two parties."""
    place = locate(buyer.address)
    is_business, evidence = _business(buyer, place)
    american = place.country == "US"
    use = buyer.use
    if use is None:
        use = Use.PERSONAL if buyer.status is BuyerStatus.CONSUMER else Use.BUSINESS
    return Case(
        seller=seller,
        facts=facts,
        supply=supply,
        home=locate(seller.address),
        place=place,
        is_business=is_business,
        evidence=evidence,
        has_number=buyer.tax_id is not None,
        region=buyer.address.subdivision if place.country == "IN" else None,
        numbers=_numbers(buyer) if place.country == "CA" else (),
        use=use,
        use_given=buyer.use is not None,
        certificates=buyer.certificates if american else (),
        holder=buyer.name if american and buyer.certificates else "",
        postal_code=buyer.address.postal_code if american and (facts.local_rates or local) else None,
        local=local,
    )


def _business(  # noqa: PLR0911 - an answer for each piece of evidence
    buyer: Buyer, place: Place
) -> tuple[bool, tuple[Rule, ...]]:
    """Say whether the buyer counts as a business of the place, and which rule about its evidence fired."""
    if buyer.status is BuyerStatus.CONSUMER:
        return False, ()
    if buyer.use is Use.PERSONAL:
        return False, (Rule.PRIVATE_USE,)
    if buyer.status is BuyerStatus.PROVEN_BUSINESS:
        return True, (Rule.BUSINESS_PROVEN,)
    if buyer.tax_id is None or buyer.tax_id_state is not TaxIdState.VERIFIED:
        return False, (Rule.TAX_ID_NOT_VERIFIED,)
    if buyer.tax_id.scheme == "XI":
        return False, (Rule.TAX_ID_NOT_FOR_SERVICES,)
    # The number has to be of the place, not of the country through which its post goes (Jungholz, the bases on Cyprus).
    fitting = {place.area if len(place.area) == _COUNTRY_CODE else place.country}
    if place.parent is not None:
        fitting.add(place.parent)
    if register_of(buyer.country)[0] == place.area:
        fitting.add(buyer.country)
    if not any(buyer.tax_id.fits(country) for country in fitting):
        return False, (Rule.TAX_ID_OTHER_COUNTRY,)
    return True, ()


def _numbers(buyer: Buyer) -> tuple[str, ...]:
    """Return the schemes of the verified tax IDs; a Canadian number that is no GST/HST account (RT) is marked as such."""
    if buyer.tax_id is None or buyer.tax_id_state is not TaxIdState.VERIFIED:
        return ()
    found = set()
    for each in (buyer.tax_id, *buyer.further_tax_ids):
        found.add(OTHER_ACCOUNT if each.scheme == "CA" and _GST_ACCOUNT not in each.number else each.scheme)
    return tuple(sorted(found))


def registered(
    case: Case, day: date, schemes: Iterable[Scheme], country: str, subdivision: str | None = None
) -> Registration | None:
    """Return the registration under which the seller may collect, or None.

    A one stop shop counts whichever member state gave it, as long as that is a member: one given by GB ends with 2020.
    """
    for scheme in schemes:
        found: Registration | None
        if scheme in _ONE_STOP_SHOPS:
            found = next((each for each in _one_stop_shops(case, (scheme,)) if _is_open(case, each, day)), None)
        else:
            found = registration_in_force(case.seller, scheme, day, country, subdivision)
        if found is not None:
            return found
    return None


_ONE_STOP_SHOPS: Final = (Scheme.UNION_OSS, Scheme.NON_UNION_OSS)


def _one_stop_shops(case: Case, schemes: Iterable[Scheme]) -> list[Registration]:
    return [each for each in case.seller.registrations if each.scheme in schemes]


def _is_open(case: Case, registration: Registration, day: date) -> bool:
    """Say whether a one stop shop is in force; one of a country that never was a member names the wrong country."""
    if not registration.in_force_on(day):
        return False
    country = register_of(registration.country)[0]
    return case.facts.membership(country) is None or case.facts.in_eu(country, day)


def _registration_note(case: Case, registration: Registration) -> tuple[Note, ...]:
    if registration.scheme not in _ONE_STOP_SHOPS:
        return ()
    if case.facts.membership(register_of(registration.country)[0]) is not None:
        return ()
    text = f"the one stop shop names {registration.country}, which is no member state: name the one that gave it"
    return (Note(NoteCode.REGISTRATION_DOUBTFUL, text),)


def one_stop_shop_days(case: Case) -> list[date]:
    """Return the days on which a member state that gave the seller a one stop shop becomes one, or leaves."""
    histories = [case.facts.membership(register_of(each.country)[0]) for each in _one_stop_shops(case, _ONE_STOP_SHOPS)]
    rows = [row for history in histories if history is not None for row in history.rows]
    return [day for row in rows for day in (row.since, row.until) if day is not None]


def worst(*marks: Confidence) -> Confidence:
    """Return the least sure of some marks."""
    return max(marks, key=list(Confidence).index)


def noted(ruling: Ruling, *notes: Note) -> Ruling:
    """Return a ruling with more notes."""
    return attrs.evolve(ruling, notes=(*ruling.notes, *notes)) if notes else ruling


def unsure(ruling: Ruling, mark: Confidence) -> Ruling:
    """Return a ruling that is at most as sure as the mark."""
    if worst(ruling.confidence, mark) is ruling.confidence:
        return ruling
    if isinstance(ruling, Charged):
        parts = [attrs.evolve(each, confidence=worst(each.confidence, mark)) for each in ruling.components]
        return attrs.evolve(ruling, components=tuple(parts))
    return attrs.evolve(ruling, confidence=mark)


def component_of(fact: Sourced[VatRate], place: str, rate: VatRate | None = None) -> TaxComponent:
    """Return the component that a row of a table charges."""
    value = rate or fact.value
    since = None if fact.since == UNKNOWN_START else fact.since
    return TaxComponent(
        value.name, place, value.rate, value.base, fact.source, since, fact.confidence, value.on, fact.note
    )


def rules_of_start(fact: Sourced[Any], day: date) -> bool:
    """Say whether a row of an unknown first day may be used: not for days before the rules of this library start."""
    return fact.since != UNKNOWN_START or day >= RULES_SINCE


def start_note(fact: Sourced[Any]) -> tuple[Note, ...]:
    """Return the remark on a row whose first day is not known."""
    if fact.since != UNKNOWN_START:
        return ()
    return (Note(NoteCode.START_UNKNOWN, "the first day of this row is not known: check it for days far back"),)


def overridden(
    case: Case,
    override: Override,
    rules: tuple[Rule, ...],
    scheme: Scheme,
    fact: Sourced[VatRate] | None,
    where: Place | None = None,
) -> Ruling:
    """Return what the caller decided, with its mark."""
    rules = (*rules, Rule.OVERRIDDEN)
    note = Note(NoteCode.OVERRIDDEN, f"decided by the caller: {override.source}")
    place = where or case.place
    notes, edition = (*place.notes, note), case.facts.edition
    if not override.taxable:
        return NotTaxable(place.code, rules, edition, notes=notes, source=override.source)
    if override.rate is not None:
        name = fact.value.name if fact is not None else "tax"
        component = TaxComponent(name, place.code, override.rate, override.base, override.source, override.since)
    elif fact is not None:
        component = component_of(fact, place.code, VatRate(fact.value.name, fact.value.rate, override.base))
    else:
        detail = "the override names no rate, and the tables have none"
        return undetermined(case, (*rules, Rule.NO_RATE_FOR_DATE), detail, place)
    return Charged(place.code, (component,), scheme, rules, edition, _category(place.code, component), notes=notes)


def charge(
    case: Case,
    day: date,
    rules: tuple[Rule, ...],
    schemes: tuple[Scheme, ...],
    where: Place,
) -> Ruling:
    """Charge the rate of a place if the seller may collect under one of the schemes.

    Args:
        case: the case.
        day: the tax point.
        rules: the rules passed so far.
        schemes: the registrations that would do, the first one first.
        where: whose rate; the seller's own place below the threshold.
    """
    registration = registered(case, day, schemes, where.country, where.subdivision)
    if registration is None:
        return not_collecting(
            case, (*rules, Rule.SELLER_NOT_REGISTERED), NotCollectingReason.SELLER_NOT_REGISTERED, where=where
        )
    fact = case.facts.rate(where.rates, day)
    override = case.facts.override(where.code, case.supply.category, day)
    if override is not None:
        return overridden(case, override, rules, registration.scheme, fact, where)
    if not case.facts.covers(where.rates):
        return undetermined(
            case, (*rules, Rule.PLACE_NOT_COVERED), f"the tax of {where.code} is not in these tables", where
        )
    if fact is None or not rules_of_start(fact, day):
        return undetermined(
            case, (*rules, Rule.NO_RATE_FOR_DATE), f"no rate is known for {where.code} on that day", where
        )
    component = component_of(fact, where.code)
    notes = (*where.notes, *start_note(fact), *_registration_note(case, registration))
    category = _category(where.code, component)
    return Charged(where.code, (component,), registration.scheme, rules, case.facts.edition, category, notes=notes)


def _category(place: str, component: TaxComponent) -> str:
    return _L_AND_M.get(place, "S" if component.rate else "Z")


def undetermined(case: Case, rules: tuple[Rule, ...], detail: str, where: Place | None = None) -> Undetermined:
    """Say that no decision is possible; the last rule names the reason."""
    place = where or case.place
    reason = UndeterminedReason(rules[-1].value)
    return Undetermined(
        place.code, rules, case.facts.edition, reason, detail, notes=place.notes, confidence=Confidence.LOW
    )


def not_taxable(
    case: Case, rules: tuple[Rule, ...], source: str, confidence: Confidence, notes: tuple[Note, ...] = ()
) -> NotTaxable:
    """Say that the place does not tax it."""
    all_notes = (*case.place.notes, *notes)
    return NotTaxable(case.place.code, rules, case.facts.edition, notes=all_notes, source=source, confidence=confidence)


def not_collecting(
    case: Case,
    rules: tuple[Rule, ...],
    reason: NotCollectingReason,
    model: CollectionModel | None = None,
    *,
    where: Place | None = None,
    notes: tuple[Note, ...] = (),
    confidence: Confidence = Confidence.HIGH,
    source: str = "",
) -> NotCollecting:
    """Say that the seller does not collect, and who does."""
    place = where or case.place
    all_notes = (*place.notes, *notes)
    edition = case.facts.edition
    more: dict[str, Any] = {} if model is None else {"model": model}
    return NotCollecting(
        place.code, rules, edition, reason, notes=all_notes, confidence=confidence, source=source, **more
    )
