"""Documents: invoices and credit notes. They never change once they are issued; what settles them stands in the ledger."""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_invoices.credit_notes": ("CreditNote", "CreditedLine", "CreditedTax", "DocumentReference", "issue_document"),
        "_invoices.crediting": ("credit_in_full", "credit_in_part"),
        "_invoices.documents": ("Invoice",),
    },
)  # fmt: skip
