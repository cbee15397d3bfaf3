"""Tax by billing country: the decision on a date, and the amounts.

`decide_tax` answers which tax of which place a sale carries, and why; `assess_tax`
computes it on a document's subtotal. A decision is a value that a line keeps: a
credit for the line is taxed by it again, whatever the rate has become since.
"""

from datetime import date

from billingcore._tax.assessment import TaxGroup, assess, check_ruling, group_key
from billingcore._tax.decision import decide_vat
from billingcore._tax.facts import TaxFacts, VatRate, default_facts
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
    percent,
)
from billingcore.errors import InvalidTypeError
from billingcore.parties import Buyer, Seller
from billingcore.sourced import check_date

__all__ = [
    "Charged",
    "NotCollecting",
    "NotCollectingReason",
    "OutsideScope",
    "ReverseCharge",
    "Rule",
    "Ruling",
    "TaxComponent",
    "TaxFacts",
    "TaxGroup",
    "Undetermined",
    "UndeterminedReason",
    "VatRate",
    "assess_tax",
    "check_ruling",
    "decide_tax",
    "default_facts",
    "explain_ruling",
    "group_key",
    "percent",
]

assess_tax = assess


def decide_tax(seller: Seller, buyer: Buyer, tax_point: date, facts: TaxFacts | None = None) -> Ruling:
    """Decide which tax a sale of an electronic service carries on a day.

    Args:
        seller: where it is established and registered.
        buyer: where it is billed, its status and the evidence of it.
        tax_point: the civil date that decides about rate and rule, in the taxing country.
        facts: the tables to use; the library's own where None.

    Returns:
        The outcome as a type: `Charged`, `ReverseCharge`, `OutsideScope`, `NotCollecting`, `Undetermined`. It carries
        the place, the rules passed (the last one decided), the source of the rate and the edition of the tables.

    Raises:
        InvalidTypeError: an argument of another type.

    Source: Directive 2006/112/EC as `Rule` cites it, step by step; rates as each row says.

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
    if type(seller) is not Seller:
        raise InvalidTypeError("seller", seller, "a Seller")
    if type(buyer) is not Buyer:
        raise InvalidTypeError("buyer", buyer, "a Buyer")
    check_date("tax_point", tax_point)
    if facts is None:
        facts = default_facts()
    elif type(facts) is not TaxFacts:
        raise InvalidTypeError("facts", facts, "TaxFacts, or None for the library's own")
    return decide_vat(seller, buyer, tax_point, facts)


def explain_ruling(ruling: Ruling) -> str:
    """Return a decision in plain lines: the outcome, the rules that led to it, the source of its rates, the edition."""
    lines = [check_ruling("ruling", ruling).describe()]
    for at, rule in enumerate(ruling.rules):
        lines.append(f"  {'because' if at == len(ruling.rules) - 1 else 'first:'} {rule.sentence}")
        lines.append(f"    ({rule.source})")
    for component in ruling.components:
        since = f" since {component.since}" if component.since else ""
        lines.append(f"  rate{since}: {component.source} (confidence {component.confidence.value})")
    lines.append(f"  facts of {ruling.edition}")
    return "\n".join(lines)
