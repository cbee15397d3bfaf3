# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore.ledger._ageing import (
    age_items as age_items,
    age_ledger as age_ledger,
    age_ledgers as age_ledgers,
    age_ledgers_in as age_ledgers_in,
    convert_items as convert_items,
    total_ageings as total_ageings,
)
from billingcore.ledger._buckets import (
    AgedBy as AgedBy,
    Ageing as Ageing,
    AgeingBucket as AgeingBucket,
    AgeingPolicy as AgeingPolicy,
    LateFrom as LateFrom,
    UnappliedAs as UnappliedAs,
)
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
from billingcore.ledger._sharing import (
    Sharing as Sharing,
    SharingRule as SharingRule,
    share_payment as share_payment,
)
from billingcore.ledger._statements import (
    Movement as Movement,
    RollForward as RollForward,
    Statement as Statement,
    StatementRow as StatementRow,
)
from billingcore.ledger._uses import (
    Agreed as Agreed,
    Applied as Applied,
    Promised as Promised,
    Released as Released,
    WrittenOff as WrittenOff,
)

__all__ = [
    "AgedBy",
    "Ageing",
    "AgeingBucket",
    "AgeingPolicy",
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
    "LateFrom",
    "Ledger",
    "Movement",
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
    "RollForward",
    "Sharing",
    "SharingRule",
    "Started",
    "Statement",
    "StatementRow",
    "Unapplied",
    "UnappliedAs",
    "WrittenOff",
    "age_items",
    "age_ledger",
    "age_ledgers",
    "age_ledgers_in",
    "convert_items",
    "share_payment",
    "total_ageings",
]
