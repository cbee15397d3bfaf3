# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._changes.account import (
    Account as Account,
)
from billingcore._changes.cart import (
    Addition as Addition,
    Alteration as Alteration,
    ArrearsChange as ArrearsChange,
    Cart as Cart,
    ChangeOptions as ChangeOptions,
    Removal as Removal,
    Unnamed as Unnamed,
    add as add,
    alter as alter,
    remove as remove,
    switch as switch,
)
from billingcore._changes.carts import (
    quote_change as quote_change,
)
from billingcore._changes.crediting import (
    quote_credit as quote_credit,
)
from billingcore._changes.ending import (
    quote_cancellation as quote_cancellation,
)
from billingcore._changes.moving import (
    BillDateChange as BillDateChange,
    quote_bill_date as quote_bill_date,
    quote_early_renewal as quote_early_renewal,
)
from billingcore._changes.pausing import (
    quote_pause as quote_pause,
)
from billingcore._changes.quotes import (
    Outcome as Outcome,
    OutcomeKind as OutcomeKind,
    Quote as Quote,
    Refused as Refused,
    RefusedReason as RefusedReason,
)
from billingcore._changes.resuming import (
    quote_resumption as quote_resumption,
)
from billingcore._changes.starting import (
    quote_renewal as quote_renewal,
    quote_start as quote_start,
)
from billingcore._changes.timeline import (
    Event as Event,
    EventKind as EventKind,
    due_by as due_by,
    timeline as timeline,
)

__all__ = [
    "Account",
    "Addition",
    "Alteration",
    "ArrearsChange",
    "BillDateChange",
    "Cart",
    "ChangeOptions",
    "Event",
    "EventKind",
    "Outcome",
    "OutcomeKind",
    "Quote",
    "Refused",
    "RefusedReason",
    "Removal",
    "Unnamed",
    "add",
    "alter",
    "due_by",
    "quote_bill_date",
    "quote_cancellation",
    "quote_change",
    "quote_credit",
    "quote_early_renewal",
    "quote_pause",
    "quote_renewal",
    "quote_resumption",
    "quote_start",
    "remove",
    "switch",
    "timeline",
]
