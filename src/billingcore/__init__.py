"""Subscription billing arithmetic that is exact, explained and tested.

Immutable values and pure functions, without I/O: what is owed, when, why, and what
comes next. Here stand the names that are needed every day; the options of a subject
come from its module: `billingcore.proration`, `.tax`, `.cycles`, `.invoices` and so
on. Names are loaded on first use, so ``import billingcore`` stays cheap.

>>> from billingcore import Money, Rounding
>>> Money.of("30.00", "EUR").share(13, 28, Rounding.HALF_UP)
Money.of('13.93', 'EUR')
"""

from billingcore._doors import door

__version__ = "0.1.0"

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "errors": ("BillingError", "InvalidTypeError", "InvalidValueError", "RefusedError"),
        "money": ("ExactAmount", "Money", "Rounding", "total"),
        "places": ("Address",),
        "cycles": (
            "ANNUAL", "MONTHLY", "QUARTERLY", "WEEKLY", "Cadence", "InstantPeriod", "Period", "Schedule",
            "Trial",
        ),
        "deadlines": ("DaysAfter",),
        "tax_ids": ("TaxId", "check_tax_id", "parse_tax_id"),
        "parties": (
            "Buyer", "BuyerStatus", "ExemptionCertificate", "Registration", "Scheme",
            "Seller",
        ),
        "plans": ("Coupon", "FlatPrice", "PerSeatPrice", "Plan"),
        "payments": ("PaymentMethod",),
        "tax": (
            "LocalRate", "OutsideScope", "ReverseCharge", "Ruling", "SupplyCategory", "TaxFacts", "TaxGroup",
            "Undetermined", "assess_tax", "decide_tax", "default_facts", "explain_ruling", "facts",
        ),
        "billed": ("BilledPeriod",),
        "proration": ("Change", "ProrationPolicy", "Rulebook", "prorate", "prorate_change"),
        "subscriptions": ("Active", "Item", "take_back"),
        "lines": ("OneOffLine",),
        "invoices": (
            "CreditNote", "Invoice", "credit_in_full", "credit_in_part", "issue_document",
        ),
        "disputes": ("DisputeAllowed", "DisputeRefused", "decide_dispute", "dispute_window", "uphold_dispute"),
        "changes": (
            "Account", "Cart", "Quote", "Refused", "add", "alter", "quote_cancellation", "quote_change", "quote_credit",
            "quote_pause", "quote_renewal", "quote_resumption", "quote_start", "remove", "switch",
        ),
        "ledger": ("Ledger", "Received", "age_ledger"),
        "collections": (
            "ARContact", "DunningCase", "DunningPolicy", "FinalAction", "dunning_state",
        ),
        "profiles": ("GOTO_RESCUE", "Profile"),
        "vendors": ("compare", "policies_matching", "rulebook", "rulebooks_of"),
        "receipts": ("format_money", "render_html", "render_text"),
        "records": ("from_record", "to_record"),
    },
)  # fmt: skip
