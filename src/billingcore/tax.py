"""Tax by billing country: the decision on a date, and the amounts.

`decide_tax` answers which tax of which place a sale carries, and why; `assess_tax`
computes it on a document's subtotal. A decision is a value that a line keeps: a
credit for the line is taxed by it again, whatever the rate has become since.
"""

from bisect import bisect_right
from datetime import date

from billingcore._tax.areas import Place, locate, normalise_postal_code
from billingcore._tax.assessment import (
    Apportionment,
    PriceMode,
    RoundingStage,
    TaxGroup,
    assess,
    assess_minor,
    mixed_categories,
)
from billingcore._tax.cases import case_of
from billingcore._tax.certificates import certificate_end
from billingcore._tax.components import TaxBase, TaxComponent, percent
from billingcore._tax.decision import change_days, decide, ruling_on, timeline_of
from billingcore._tax.exemptions import LateExemption, late_exemption
from billingcore._tax.facts import LocalRate, LocalRates, Override, TaxFacts, VatRate, default_facts
from billingcore._tax.listing import Fact, FactKind, facts
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rules import Rule, Step
from billingcore._tax.rulings import (
    Charged,
    CollectionModel,
    Disputed,
    Exempt,
    NotCollecting,
    NotCollectingReason,
    NotTaxable,
    OutsideScope,
    ReverseCharge,
    Ruling,
    Undetermined,
    UndeterminedReason,
    check_ruling,
    group_key,
)
from billingcore._tax.supply import SAAS, Supply, SupplyCategory
from billingcore._tax.tax_points import (
    TaxSlice,
    slice_at_earlier_of_invoice_and_payment,
    slice_at_end,
    slice_at_invoice,
    slice_at_payment,
    slice_at_start,
    slice_by_day,
)
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.parties import Buyer, Seller
from billingcore.sourced import check_date

__all__ = [
    "SAAS",
    "Apportionment",
    "Charged",
    "CollectionModel",
    "Disputed",
    "Exempt",
    "Fact",
    "FactKind",
    "LateExemption",
    "LocalRate",
    "NotCollecting",
    "NotCollectingReason",
    "NotTaxable",
    "Note",
    "NoteCode",
    "OutsideScope",
    "Override",
    "PriceMode",
    "ReverseCharge",
    "RoundingStage",
    "Rule",
    "Ruling",
    "Step",
    "Supply",
    "SupplyCategory",
    "TaxBase",
    "TaxComponent",
    "TaxFacts",
    "TaxGroup",
    "TaxSlice",
    "Undetermined",
    "UndeterminedReason",
    "VatRate",
    "assess_minor",
    "assess_tax",
    "certificate_end",
    "check_ruling",
    "decide_tax",
    "default_facts",
    "explain_ruling",
    "facts",
    "group_key",
    "late_exemption",
    "mixed_categories",
    "normalise_postal_code",
    "percent",
    "slice_at_earlier_of_invoice_and_payment",
    "slice_at_end",
    "slice_at_invoice",
    "slice_at_payment",
    "slice_at_start",
    "slice_by_day",
    "tax_changes",
    "tax_place",
]

assess_tax = assess


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
    if type(seller) is not Seller:
        raise InvalidTypeError("seller", seller, "a Seller")
    if type(buyer) is not Buyer:
        raise InvalidTypeError("buyer", buyer, "a Buyer")
    if type(supply) is not Supply:
        raise InvalidTypeError("supply", supply, "a Supply, such as SAAS")
    if facts is None:
        return default_facts()
    if type(facts) is not TaxFacts:
        raise InvalidTypeError("facts", facts, "TaxFacts, or None for the library's own")
    return facts


def _resolve(local: LocalRates, buyer: Buyer, day: date) -> tuple[LocalRate, ...] | None:
    """Return the local rates as they were given, or as the caller's function answers for the place."""
    place = locate(buyer.address)
    if place.country != "US" or place.subdivision is None:
        return None
    given = local(place.subdivision, buyer.address.postal_code, day) if callable(local) else local
    if not isinstance(given, tuple | list):
        raise InvalidTypeError("local", given, "a tuple or list of LocalRate values, or a function that returns one")
    return tuple(given)


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
    if type(buyer) is not Buyer:
        raise InvalidTypeError("buyer", buyer, "a Buyer")
    place: Place = locate(buyer.address)
    return place.code


def explain_ruling(ruling: Ruling) -> str:
    """Return a decision in plain lines: the outcome, the rules that led to it, the source of its rates, remarks, the edition."""
    lines = [check_ruling("ruling", ruling).describe()]
    for at, rule in enumerate(ruling.rules):
        lines.append(f"  {'because' if at == len(ruling.rules) - 1 else 'first:'} {rule.sentence}")
        lines.append(f"    ({rule.source})")
    for component in ruling.components:
        since = f" since {component.since}" if component.since else ""
        lines.append(f"  rate{since}: {component.source} (confidence {component.confidence.value})")
    if not ruling.components and ruling.source:
        lines.append(f"  source: {ruling.source} (confidence {ruling.confidence.value})")
    lines += [f"  note: {note.text}" for note in ruling.notes]
    lines.append(f"  facts of {ruling.edition}")
    return "\n".join(lines)
