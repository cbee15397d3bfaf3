"""Quotes: the full consequence of a start, a renewal or a change, before it is made.

A preview is the invoice: one pure function with an explicit day. What it returns
holds the document, the next state of the subscription, and the entries of the
account's ledger; commit it or throw it away.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_changes.quotes": (
            "Account", "CancellationQuote", "Gathered", "Quote", "Refused", "RefusedReason", "Scheduled",
        ),
        "_changes.quoting": (
            "gather_change", "quote_cancellation", "quote_change", "quote_renewal", "quote_start",
            "schedule_change",
        ),
    },
)  # fmt: skip
