"""Every kind of entry."""

from typing import Final

from billingcore.errors import CurrencyMismatchError
from billingcore.ledger._documents import Contested, Credited, Issued, Resolved
from billingcore.ledger._payments import Failed, Received, Refunded, Reinstated, Reversed, Started
from billingcore.ledger._uses import Agreed, Applied, Promised, Released, WrittenOff

Entry = (
    Issued
    | Credited
    | Received
    | Started
    | Failed
    | Applied
    | Released
    | Refunded
    | Reversed
    | Reinstated
    | WrittenOff
    | Contested
    | Resolved
    | Promised
    | Agreed
)
"""What a ledger holds."""

KINDS: Final = Entry.__args__


def check_currency(entry: Entry, currency: str) -> None:
    """Refuse an entry of another currency than the ledger's."""
    for amount in entry.amounts:
        if amount.currency != currency:
            raise CurrencyMismatchError(currency, amount.currency)
