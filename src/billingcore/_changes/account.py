"""Who sells to whom, with the ledger of what was issued, received and given back."""

from datetime import date
from typing import ClassVar, Final

import attrs

from billingcore._checks import check
from billingcore.errors import InvalidValueError
from billingcore.ledger import Applied, Credited, Entry, Issued, Ledger
from billingcore.parties import Buyer, Seller
from billingcore.tax import Ruling, TaxFacts, decide_tax

DRAFT: Final = "draft"
"""The number of a document that was given none: a preview."""
DRAFT_CREDIT: Final = "draft-credit"
"""The number of a second document that was given none."""
_DOCUMENTS: Final = frozenset({Issued, Credited})
_DRAFTS: Final = frozenset({DRAFT, DRAFT_CREDIT})

Moved = Issued | Applied | Credited
"""What a quote moves in a ledger: it bills, gives credit and uses it. That money came or went is for others to say."""


@attrs.frozen
class Account:
    """Who sells to whom, and what was issued, received and given back so far: what every quote needs to know.

    Args:
        seller: who sells.
        buyer: who buys.
        ledger: the record of this customer, in the one currency that its plans have.
        facts: tax facts of the caller's, or None for the library's own.

    Raises:
        InvalidTypeError: a field of another type.
    """

    _wanted: ClassVar[str] = "an Account: seller, buyer and ledger"

    seller: Seller
    buyer: Buyer
    ledger: Ledger
    facts: TaxFacts | None = None

    def __attrs_post_init__(self) -> None:
        check("seller", self.seller, Seller)
        check("buyer", self.buyer, Buyer)
        check("ledger", self.ledger, Ledger)
        check("facts", self.facts, TaxFacts, None)

    def decide(self, tax_point: date) -> Ruling:
        """Return the tax decision for a sale on a day."""
        return decide_tax(self.seller, self.buyer, tax_point, self.facts)

    def with_entries(self, *entries: Entry) -> "Account":
        """Return the account afterwards: what a quote returned, a payment, whatever a ledger holds.

        Args:
            entries: in any order; those that the ledger holds already change nothing.

        Raises:
            InvalidTypeError: something else.
            CurrencyMismatchError: an entry in another currency.
            InvalidValueError: an entry that the ledger refuses (see its `with_entries`); a document of a quote without a
                number: two of them would count as one; a number that a document of the other kind has.

        >>> from billingcore.ledger import Received
        >>> from billingcore.money import Money
        >>> from billingcore.places import Address
        >>> ledger = Ledger.opened("EUR", date(2026, 1, 1))
        >>> account = Account(Seller("Example", Address("CH")), Buyer("Heidi", Address("CH")), ledger)
        >>> paid = account.with_entries(Received("wire-1", date(2026, 1, 31), Money.of("30.00", "EUR")))
        >>> print(paid.ledger.balance_on(date(2026, 1, 31)))
        -30.00 EUR
        """
        ledger = self.ledger.with_entries(*entries)
        for each in entries:
            if type(each) in _DOCUMENTS and each.reference in _DRAFTS:
                problem = "a quote without a number is a preview; take the entries of quote.numbered(…)"
                raise InvalidValueError("entries", each.describe(), problem)
            if type(each) in _DOCUMENTS and self._is_other(each, ledger):
                problem = "a document of this number is on record; an invoice and a credit note need their own"
                raise InvalidValueError("entries", each.describe(), problem)
        return attrs.evolve(self, ledger=ledger)

    def _is_other(self, entry: Entry, ledger: Ledger) -> bool:
        """Say whether a new document has the number of one of the other kind; the same again is no new one."""
        before = self.ledger
        return before.has_document(entry.reference) and entry not in before.entries and entry in ledger.entries
