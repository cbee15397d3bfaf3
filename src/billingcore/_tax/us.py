"""US sales tax: the state of the billing address, registration, taxability, certificate, components."""

from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

import attrs

from billingcore._facts import us_sales_tax
from billingcore._tax.cases import (
    RULES_SINCE,
    Case,
    component_of,
    not_collecting,
    not_taxable,
    registered,
    rules_of_start,
    start_note,
    undetermined,
)
from billingcore._tax.certificates import certificate_problem, lapse_note
from billingcore._tax.components import TaxComponent
from billingcore._tax.facts import LocalRate, applicable_rates, check_local_rates
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rules import Rule
from billingcore._tax.rulings import (
    Charged,
    CollectionModel,
    Disputed,
    Exempt,
    NotCollectingReason,
    NotTaxable,
    OutsideScope,
    Ruling,
)
from billingcore._tax.supply import SupplyCategory
from billingcore._tax.tables import Taxability, Treatment, VatRate, taxability
from billingcore._tax.words import listed
from billingcore.parties import ExemptionCertificate, Scheme, Use, register_of, registration_in_force
from billingcore.sourced import Confidence, Sourced

_LOCAL: Final = (Scheme.LOCAL,)
_WHOLE: Final = Fraction(1)
_NEGOTIATED: Final = frozenset(("US-CO",))
"""States that leave a licence untaxed which both parties negotiated and signed."""


class _Taxed(NamedTuple):
    """What is taxed: the share of the price, a rate in place of the state's, and what is known about it."""

    share: Fraction
    own_rate: Fraction | None
    fact: Sourced[Taxability] | None
    source: str
    state_taxes: bool = True


def without_subdivision(case: Case, day: date, passed: tuple[Rule, ...]) -> Ruling:
    """Decide where the address names no state or province, or one that has no row."""
    place = case.place
    here = [
        each
        for each in case.seller.registrations
        if register_of(each.country)[0] == place.country and each.in_force_on(day)
    ]
    if here:
        if place.code != place.country:
            return undetermined(
                case, (*passed, Rule.PLACE_NOT_COVERED), f"the tax of {place.code} is not in these tables"
            )
        detail = f"the tax of {place.country} depends on the state or province, and the address names none"
        return undetermined(case, (*passed, Rule.SUBDIVISION_MISSING), detail)
    return not_registered(case, day, passed)


def not_registered(case: Case, day: date, passed: tuple[Rule, ...]) -> Ruling:
    """Say that nothing is collected: outside the scope for a seller in the EU, not registered for others."""
    model, confidence = _model(case, day)
    if case.facts.in_eu(case.home.area, day):
        if day < RULES_SINCE:
            return undetermined(case, (*passed, Rule.NO_RULE_FOR_DATE), f"the rules start on {RULES_SINCE}")
        rules = (*passed, Rule.BUYER_OUTSIDE_EU)
        return OutsideScope(
            case.place.code,
            rules,
            case.facts.edition,
            model=model,
            confidence=confidence,
            notes=_without_state(case, day),
        )
    reason, rules = NotCollectingReason.SELLER_NOT_REGISTERED, (*passed, Rule.SELLER_NOT_REGISTERED)
    return not_collecting(case, rules, reason, model, confidence=confidence, notes=_without_state(case, day))


def _without_state(case: Case, day: date) -> tuple[Note, ...]:
    """Say that a registration in the US names no state: it collects nothing."""
    if case.place.country != "US" or registration_in_force(case.seller, Scheme.LOCAL, day, "US", None) is None:
        return ()
    text = "the seller's registration in the US names no state: the states tax, not the country; give the state"
    return (Note(NoteCode.REGISTRATION_DOUBTFUL, text),)


def _model(case: Case, day: date) -> tuple[CollectionModel, Confidence]:
    """Say whether a seller from elsewhere would have to register for this sale, and how sure that is."""
    state = case.place.subdivision
    registers = CollectionModel.SUPPLIER_REGISTERS, Confidence.HIGH
    if case.place.country == "CA":
        return registers
    if state is None:  # which state it is decides
        return CollectionModel.NONE, Confidence.LOW
    fact = taxability(state, case.use).find(day)
    rate = case.facts.rate(state, day)
    if rate is not None and not rate.value.rate and (fact is None or fact.value.treatment is not Treatment.LOCAL_ONLY):
        return CollectionModel.NONE, rate.confidence
    if case.supply.category is not SupplyCategory.SAAS or fact is None:
        return CollectionModel.NONE, Confidence.LOW
    if fact.value.treatment is Treatment.TAXED:
        return CollectionModel.SUPPLIER_REGISTERS, fact.confidence
    is_known = fact.value.treatment is Treatment.NOT_TAXED
    return CollectionModel.NONE, fact.confidence if is_known else Confidence.LOW


def decide_us(case: Case, day: date) -> Ruling:  # noqa: PLR0911 - an outcome for each question
    """Decide about a sale to a US address, in the order: state, registration, taxability, certificate, components."""
    place, passed = case.place, case.place.rules
    if place.subdivision is None:
        return without_subdivision(case, day, passed)
    state = place.subdivision
    override = case.facts.override(state, case.supply.category, day)
    is_registered = registered(case, day, _LOCAL, "US", state) is not None
    if not is_registered and case.facts.in_eu(case.home.area, day):
        return not_registered(case, day, passed)
    rate = case.facts.rate(state, day)
    if (
        override is None
        and rate is not None
        and not rate.value.rate
        and _treatment(state, case.use, day) is not Treatment.LOCAL_ONLY
    ):
        notes = (Note(NoteCode.ROW, rate.note),) if rate.note else ()
        untaxed = not_taxable(case, (*passed, Rule.NO_SUCH_TAX), rate.source, rate.confidence, notes)
        return _with_local_alone(case, day, untaxed) if is_registered else untaxed
    if not is_registered:
        return not_registered(case, day, passed)
    passed = (*passed, Rule.REGISTERED)
    if override is not None:
        note = Note(NoteCode.OVERRIDDEN, f"decided by the caller: {override.source}")
        rules = (*passed, Rule.OVERRIDDEN)
        if not override.taxable:
            untaxed = not_taxable(case, rules, override.source, Confidence.HIGH, (note,))
            return _with_local_alone(case, day, untaxed)
        return _exempt_or_charge(case, day, rules, _Taxed(override.base, override.rate, None, override.source), (note,))
    return _by_category(case, day, passed)


def _treatment(state: str, use: Use, day: date) -> Treatment | None:
    fact = taxability(state, use).find(day)
    return None if fact is None else fact.value.treatment


def _by_category(case: Case, day: date, passed: tuple[Rule, ...]) -> Ruling:  # noqa: PLR0911 - an outcome for each answer
    """Ask whether the state taxes the category for this use on this day."""
    state = case.place.code
    if case.supply.category is not SupplyCategory.SAAS:
        detail = f"whether {state} taxes {case.supply.category.value.replace('_', ' ')} is not in these tables"
        return undetermined(case, (*passed, Rule.CATEGORY_NOT_COVERED), detail)
    fact = taxability(state, case.use).find(day)
    if fact is None or not rules_of_start(fact, day):
        detail = f"whether {state} taxed software as a service on that day is not known"
        return undetermined(case, (*passed, Rule.CATEGORY_NOT_COVERED), detail)
    notes = (*_use_note(case, state, day, fact), *((Note(NoteCode.ROW, fact.note),) if fact.note else ()))
    value = fact.value
    match value.treatment:
        case Treatment.DISPUTED:
            rules, edition = (*passed, Rule.CATEGORY_DISPUTED), case.facts.edition
            taxed = _Taxed(_WHOLE, None, fact, fact.source)
            exempt = _exempt_or_charge(case, day, rules, taxed, notes)
            if isinstance(exempt, Exempt):  # nothing is owed in either reading
                return exempt
            return Disputed(
                state, rules, edition, fact.note, notes=notes, source=fact.source, confidence=Confidence.DISPUTED
            )
        case Treatment.NOT_TAXED:
            rules = (*passed, Rule.CATEGORY_NOT_TAXED)
            return _with_local_alone(case, day, not_taxable(case, rules, fact.source, fact.confidence, notes))
        case Treatment.LOCAL_ONLY:
            return _local_only(case, day, passed, fact, notes)
        case _:  # taxed, but perhaps not under such a licence
            if case.supply.negotiated_licence and state in _NEGOTIATED:
                rules = (*passed, Rule.CATEGORY_NOT_TAXED)
                return _with_local_alone(case, day, not_taxable(case, rules, fact.source, fact.confidence, notes))
            taxed = _Taxed(value.taxed, value.own_rate, fact, fact.source)
            return _exempt_or_charge(case, day, (*passed, Rule.CATEGORY_TAXED), taxed, notes)


def _with_local_alone(case: Case, day: date, untaxed: NotTaxable) -> Ruling:
    """Charge the local taxes with a rule of their own that were handed in, where the state does not tax it."""
    local = _local_rates(case, day)
    own = tuple([each for each in local or () if not each.follows_state])
    dropped = [each.authority for each in local or () if each.follows_state]
    notes = untaxed.notes
    if dropped:
        text = f"{listed(dropped)}: not charged, as {case.place.code} does not tax it and these taxes follow the state"
        notes = (*notes, Note(NoteCode.LOCAL_DROPPED, text))
    if not own:
        return attrs.evolve(untaxed, notes=notes)
    names = listed([each.authority for each in own])
    text = f"{case.place.code} itself does not tax it: {names} is charged as a tax with a rule of its own"
    taxed = _Taxed(_WHOLE, None, None, untaxed.source, state_taxes=False)
    rules = (*untaxed.rules, *(() if Rule.REGISTERED in untaxed.rules else (Rule.REGISTERED,)), Rule.LOCAL_TAX_GIVEN)
    return _exempt_or_charge(case, day, rules, taxed, (*notes, Note(NoteCode.LOCAL_ALONE, text)), own)


def _use_note(case: Case, state: str, day: date, fact: Sourced[Taxability]) -> tuple[Note, ...]:
    """Say that the use was not asked for, where it matters."""
    other = taxability(state, Use.PERSONAL if case.use is Use.BUSINESS else Use.BUSINESS).find(day)
    if case.use_given or (other is not None and other.value == fact.value):
        return ()
    return (
        Note(NoteCode.USE_ASSUMED, f"{state} taxes by use; {case.use.value} use is taken from the status of the buyer"),
    )


def _local_only(
    case: Case, day: date, passed: tuple[Rule, ...], fact: Sourced[Taxability], notes: tuple[Note, ...]
) -> Ruling:
    local = _local_rates(case, day)
    if local is None:
        detail = f"{case.place.code} has local taxes alone, each with its own rule: hand in the local rates, or none"
        return undetermined(case, (*passed, Rule.LOCAL_RULE_UNKNOWN), detail)
    if not local:
        return not_taxable(case, (*passed, Rule.CATEGORY_NOT_TAXED), fact.source, fact.confidence, notes)
    taxed = _Taxed(_WHOLE, None, fact, fact.source, state_taxes=False)
    return _exempt_or_charge(case, day, (*passed, Rule.CATEGORY_TAXED), taxed, notes)


def _local_rates(case: Case, day: date) -> tuple[LocalRate, ...] | None:
    state = case.place.code
    if case.local is None:
        given = case.facts.local(state, case.postal_code, day)
    else:  # an empty answer says that there are none; rates for other days or postal codes say nothing
        given = applicable_rates(case.local, state, case.postal_code, day) or (None if case.local else ())
    if given is None:
        return None
    return check_local_rates(state, given, f"{us_sales_tax.STATES[state][0]} sales tax")


def _accepted(case: Case, day: date) -> tuple[ExemptionCertificate | None, list[Note]]:
    """Return the certificate that exempts most, and why others do not count."""
    accepted: ExemptionCertificate | None = None
    refusals = []
    for certificate in case.certificates:
        problem = certificate_problem(certificate, case.holder, case.place.code, day)
        if problem is not None:
            refusals.append(problem)
        elif accepted is None or (certificate.share, accepted.state_tax_only) > (
            accepted.share,
            certificate.state_tax_only,
        ):
            accepted = certificate
    return accepted, refusals


def _local_notes(case: Case, local: tuple[LocalRate, ...] | None) -> tuple[Note, ...]:
    """Say that local rates are missing, or that they are given where the state has none."""
    state = case.place.code
    if not us_sales_tax.STATES[state][1]:
        if not local:
            return ()
        text = f"{state} has no local taxes in these tables, but {local[0].authority} was handed in: check it"
        return (Note(NoteCode.LOCAL_UNEXPECTED, text),)
    if local is not None:
        return ()
    given = bool(case.local) or any(each.state == state for each in case.facts.local_rates)
    why = "those that were handed in are for other days or postal codes" if given else "no local rates were handed in"
    return (Note(NoteCode.LOCAL_MISSING, f"{state} has local taxes; {why}"),)


def _exempt_or_charge(
    case: Case,
    day: date,
    rules: tuple[Rule, ...],
    taxed: _Taxed,
    notes: tuple[Note, ...],
    local: tuple[LocalRate, ...] | None = None,
) -> Ruling:
    """Look for a certificate that counts, then build the components of what is left."""
    state = case.place.code
    accepted, refusals = _accepted(case, day)
    local = local or _local_rates(case, day)
    notes = (*notes, *refusals, *_local_notes(case, local))
    state_share = local_share = _WHOLE
    if accepted is not None:
        state_share -= accepted.share
        local_share -= Fraction() if accepted.state_tax_only else accepted.share
        rules = (*rules, Rule.CERTIFICATE_ACCEPTED)
        notes = (*notes, *lapse_note(accepted, day))
    components = _components(case, day, taxed, state_share, local_share, local or ())
    if isinstance(components, str):
        return undetermined(case, (*rules, Rule.NO_RATE_FOR_DATE), components)
    if accepted is not None and not components:
        source = taxed.source
        confidence = taxed.fact.confidence if taxed.fact is not None else Confidence.HIGH
        return Exempt(state, rules, case.facts.edition, accepted, notes=notes, source=source, confidence=confidence)
    if accepted is not None:
        part = f"certificate {accepted.number} exempts a part: {accepted.share} of the price"
        notes = (
            *notes,
            Note(NoteCode.PARTLY_EXEMPT, f"{part}, from state tax alone" if accepted.state_tax_only else part),
        )
    if taxed.fact is not None:
        notes = (*notes, *start_note(taxed.fact))
    return Charged(state, components, Scheme.LOCAL, rules, case.facts.edition, notes=notes)


def _components(
    case: Case, day: date, taxed: _Taxed, state_share: Fraction, local_share: Fraction, local: tuple[LocalRate, ...]
) -> tuple[TaxComponent, ...] | str:
    """Return the component of the state and those of local authorities; a text where a rate is not known."""
    state = case.place.code
    components = []
    if taxed.state_taxes and state_share:
        found = _state_component(case, day, taxed, taxed.share * state_share)
        if found is None:
            return f"no rate is known for {state} on that day"
        components.append(found)
    if local_share:
        components += [
            TaxComponent(each.authority, state, each.rate, taxed.share * local_share, each.source, each.since)
            for each in local
        ]
    return tuple(components)


def _state_component(case: Case, day: date, taxed: _Taxed, base: Fraction) -> TaxComponent | None:
    state = case.place.code
    rate = case.facts.rate(state, day)
    if rate is not None and not rules_of_start(rate, day):
        rate = None
    name = f"{us_sales_tax.STATES[state][0]} sales tax"
    fact = taxed.fact
    if taxed.own_rate is not None:
        value = VatRate(name, taxed.own_rate, base)
        if fact is not None:
            return component_of(
                Sourced(value, fact.since, fact.until, fact.source, fact.checked_on, fact.confidence), state
            )
        return TaxComponent(name, state, taxed.own_rate, base, taxed.source)
    if rate is None:
        return None
    component = component_of(rate, state, VatRate(name, rate.value.rate, base))
    if fact is None:
        return component
    worst = max((component.confidence, fact.confidence), key=list(Confidence).index)
    sources = "; ".join(dict.fromkeys((component.source, fact.source)))
    return TaxComponent(
        name, state, component.rate, base, sources, component.since, worst, component.on, component.note
    )
