# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._invoices.credit_notes import (
    CreditNote as CreditNote,
    CreditedLine as CreditedLine,
    CreditedTax as CreditedTax,
    DocumentReference as DocumentReference,
    issue_document as issue_document,
)
from billingcore._invoices.crediting import (
    credit_in_full as credit_in_full,
    credit_in_part as credit_in_part,
)
from billingcore._invoices.documents import (
    Invoice as Invoice,
)

__all__ = [
    "CreditNote",
    "CreditedLine",
    "CreditedTax",
    "DocumentReference",
    "Invoice",
    "credit_in_full",
    "credit_in_part",
    "issue_document",
]
