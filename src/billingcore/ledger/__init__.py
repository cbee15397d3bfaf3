"""The ledger: what was issued, received, applied and given back, each on its day, and what that comes to on any day.

One customer, one currency. A ledger is entries and nothing else: what is open, unapplied or overdue is asked of it for
a day, and no entry of a later day changes that answer.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "ledger._closing": ("Closed",),
        "ledger._documents": ("Contested", "Credited", "FoldedInvoice", "Instalment", "Issued", "Resolved"),
        "ledger._entries": ("Entry",),
        "ledger._ledger": ("Ledger",),
        "ledger._payments": (
            "Decline", "Failed", "Portion", "Received", "Refunded", "Reinstated", "Reversed", "Started",
        ),
        "ledger._positions": ("Application", "InvoicePosition", "OpenItem", "Position", "Unapplied"),
        "ledger._uses": ("Agreed", "Applied", "Promised", "Released", "WrittenOff"),
    },
)  # fmt: skip
