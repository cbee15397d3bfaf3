"""What is left of entries that were settled and closed: that they are known, and what later entries may need of them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import attrs

from billingcore._checks import check, check_date, check_tuple
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.ledger._base import check_reference
from billingcore.ledger._documents import FoldedInvoice
from billingcore.ledger._entries import KINDS, Entry
from billingcore.money import Money
from billingcore.money._amounts import check_money


@attrs.frozen
class Closed:
    """What `Ledger.closed_before` keeps of entries that it folded: their sums are nought.

    Args:
        before_on: the day before which the ledger is closed.
        known: of each folded entry what identifies it, and a fingerprint of its content.
        invoices: the folded invoices; credit notes may still name them.
        money_in: what was received and neither paid back nor taken back: later refunds may use it.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: two currencies.
    """

    before_on: date
    known: tuple[tuple[str, ...], ...]
    invoices: tuple[FoldedInvoice, ...]
    money_in: Money
    by_number: Mapping[str, FoldedInvoice] = attrs.field(init=False, eq=False, repr=False)
    """The folded invoices by their number."""
    _content: Mapping[tuple[str, ...], str] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check_date("before_on", self.before_on)
        check_tuple("known", self.known, tuple)
        for each in self.known:
            check_tuple("known", each, str)
            if len(each) < 3:  # noqa: PLR2004 - kind, reference, content
                raise InvalidTypeError("known", each, "what identifies an entry, and its fingerprint")
        check_tuple("invoices", self.invoices, FoldedInvoice)
        check_money("money_in", self.money_in)
        for invoice in self.invoices:
            check_money("invoices", invoice.credited, self.money_in.currency)
        object.__setattr__(self, "by_number", MappingProxyType({each.entry.reference: each for each in self.invoices}))
        object.__setattr__(self, "_content", MappingProxyType({each[:-1]: each[-1] for each in self.known}))

    def __reduce__(self) -> tuple[object, ...]:
        return Closed, (self.before_on, self.known, self.invoices, self.money_in)

    def has(self, kind: str, reference: str) -> bool:
        """Say whether a document or payment of a kind and reference is one of those that were folded."""
        return (check("kind", kind, str), check_reference("reference", reference)) in self._content

    def knows(self, entry: Entry) -> bool:
        """Say whether an entry is one of those that were folded.

        Raises:
            InvalidValueError: it is, with other content.
        """
        check("entry", entry, *KINDS, words="an entry of a ledger, such as Issued or Received")
        content = self._content.get(entry.key)
        if content is not None and content != entry.content:
            problem = f"it was closed before {self.before_on} with other content; a correction is an entry of its own"
            raise InvalidValueError("entries", f"{entry.describe()} on {entry.on}", problem)
        return content is not None
