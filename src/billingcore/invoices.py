"""Documents: invoices, credit notes, and how credit and payments settle them."""

from billingcore._invoices.credit_notes import CreditedLine, CreditedTax, CreditNote, issue_document
from billingcore._invoices.crediting import credit_in_full, credit_in_part
from billingcore._invoices.documents import Invoice
from billingcore._invoices.lines import ChargeLine, CreditLine, ItemLine, Line, check_line
from billingcore._invoices.settlement import CreditApplied, Payment, apply_credit, record_payment

__all__ = [
    "ChargeLine",
    "CreditApplied",
    "CreditLine",
    "CreditNote",
    "CreditedLine",
    "CreditedTax",
    "Invoice",
    "ItemLine",
    "Line",
    "Payment",
    "apply_credit",
    "check_line",
    "credit_in_full",
    "credit_in_part",
    "issue_document",
    "record_payment",
]
