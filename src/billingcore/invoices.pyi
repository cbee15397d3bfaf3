# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._invoices.credit_notes import (
    CreditNote as CreditNote,
    CreditedLine as CreditedLine,
    CreditedTax as CreditedTax,
    issue_document as issue_document,
)
from billingcore._invoices.crediting import (
    credit_in_full as credit_in_full,
    credit_in_part as credit_in_part,
)
from billingcore._invoices.documents import (
    Invoice as Invoice,
    Payment as Payment,
)
from billingcore._invoices.lines import (
    ChargeLine as ChargeLine,
    CreditLine as CreditLine,
    ItemLine as ItemLine,
    Line as Line,
)
from billingcore._invoices.settlement import (
    CreditApplied as CreditApplied,
    apply_credit as apply_credit,
    record_payment as record_payment,
)

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
    "credit_in_full",
    "credit_in_part",
    "issue_document",
    "record_payment",
]
