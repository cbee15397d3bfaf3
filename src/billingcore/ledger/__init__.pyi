# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore.ledger._closing import (
    Closed as Closed,
)
from billingcore.ledger._documents import (
    Contested as Contested,
    Credited as Credited,
    FoldedInvoice as FoldedInvoice,
    Instalment as Instalment,
    Issued as Issued,
    Resolved as Resolved,
)
from billingcore.ledger._entries import (
    Entry as Entry,
)
from billingcore.ledger._ledger import (
    Ledger as Ledger,
)
from billingcore.ledger._payments import (
    Decline as Decline,
    Failed as Failed,
    Portion as Portion,
    Received as Received,
    Refunded as Refunded,
    Reinstated as Reinstated,
    Reversed as Reversed,
    Started as Started,
)
from billingcore.ledger._positions import (
    Application as Application,
    InvoicePosition as InvoicePosition,
    OpenItem as OpenItem,
    Position as Position,
    Unapplied as Unapplied,
)
from billingcore.ledger._uses import (
    Agreed as Agreed,
    Applied as Applied,
    Promised as Promised,
    Released as Released,
    WrittenOff as WrittenOff,
)

__all__ = [
    "Agreed",
    "Application",
    "Applied",
    "Closed",
    "Contested",
    "Credited",
    "Decline",
    "Entry",
    "Failed",
    "FoldedInvoice",
    "Instalment",
    "InvoicePosition",
    "Issued",
    "Ledger",
    "OpenItem",
    "Portion",
    "Position",
    "Promised",
    "Received",
    "Refunded",
    "Reinstated",
    "Released",
    "Resolved",
    "Reversed",
    "Started",
    "Unapplied",
    "WrittenOff",
]
