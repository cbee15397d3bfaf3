"""Quotes: the full consequence of a start, a renewal, a change or an end, before it is made.

A preview is the invoice: one pure function with an explicit day. What it returns
holds the documents, the next state of the subscription, and the entries of the
account's ledger; commit it or throw it away.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_changes.account": ("Account",),
        "_changes.cart": (
            "Addition", "Alteration", "ArrearsChange", "Cart", "ChangeOptions", "Removal", "Unnamed", "add", "alter", "remove",
            "switch",
        ),
        "_changes.carts": ("quote_change",),
        "_changes.crediting": ("quote_credit",),
        "_changes.ending": ("quote_cancellation",),
        "_changes.moving": ("BillDateChange", "quote_bill_date", "quote_early_renewal"),
        "_changes.pausing": ("quote_pause",),
        "_changes.quotes": ("Outcome", "OutcomeKind", "Quote", "Refused", "RefusedReason"),
        "_changes.resuming": ("quote_resumption",),
        "_changes.starting": ("quote_renewal", "quote_start"),
        "_changes.timeline": ("Event", "EventKind", "due_by", "timeline"),
    },
)  # fmt: skip
