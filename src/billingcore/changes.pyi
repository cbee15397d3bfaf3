# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._changes.quotes import (
    Account as Account,
    CancellationQuote as CancellationQuote,
    Gathered as Gathered,
    Quote as Quote,
    Refused as Refused,
    RefusedReason as RefusedReason,
    Scheduled as Scheduled,
)
from billingcore._changes.quoting import (
    gather_change as gather_change,
    quote_cancellation as quote_cancellation,
    quote_change as quote_change,
    quote_renewal as quote_renewal,
    quote_start as quote_start,
    schedule_change as schedule_change,
)

__all__ = [
    "Account",
    "CancellationQuote",
    "Gathered",
    "Quote",
    "Refused",
    "RefusedReason",
    "Scheduled",
    "gather_change",
    "quote_cancellation",
    "quote_change",
    "quote_renewal",
    "quote_start",
    "schedule_change",
]
