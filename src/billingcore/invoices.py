"""Documents: invoices, credit notes, and how credit and payments settle them."""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_invoices.credit_notes": ("CreditNote", "CreditedLine", "CreditedTax", "issue_document"),
        "_invoices.crediting": ("credit_in_full", "credit_in_part"),
        "_invoices.documents": ("Invoice", "Payment"),
        "_invoices.lines": ("ChargeLine", "CreditLine", "ItemLine", "Line"),
        "_invoices.settlement": ("CreditApplied", "apply_credit", "record_payment"),
    },
)  # fmt: skip
