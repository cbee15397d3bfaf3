"""Tax by billing country: the decision on a date, and the amounts.

`decide_tax` answers which tax of which place a sale carries, and why; `assess_tax`
computes it on a document's subtotal. A decision is a value that a line keeps: a
credit for the line is taxed by it again, whatever the rate has become since.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_tax.areas": ("normalise_postal_code",),
        "_tax.assessment": (
            "Apportionment", "RoundingStage", "TaxGroup", "assess_tax", "mixed_categories",
        ),
        "_tax.certificates": ("certificate_end",),
        "_tax.components": ("TaxBase", "TaxComponent"),
        "_tax.decision": ("decide_tax", "tax_changes", "tax_place"),
        "_tax.exemptions": ("LateExemption", "late_exemption"),
        "_tax.facts": ("LocalRate", "Override", "TaxFacts", "default_facts"),
        "_tax.listing": ("Fact", "FactKind", "facts"),
        "_tax.notes": ("Note", "NoteCode"),
        "_tax.rules": ("Rule", "Step"),
        "_tax.rulings": (
            "Charged", "CollectionModel", "Disputed", "Exempt", "NotCollecting", "NotCollectingReason",
            "NotTaxable", "OutsideScope", "ReverseCharge", "Ruling", "Undetermined", "UNTAXED", "UndeterminedReason",
            "explain_ruling",
        ),
        "_tax.supply": ("SAAS", "Supply", "SupplyCategory"),
        "_tax.tables": ("VatRate",),
        "_tax.tax_points": (
            "TaxSlice", "slice_at_earlier_of_invoice_and_payment", "slice_at_end", "slice_at_invoice",
            "slice_at_payment", "slice_at_start", "slice_by_day",
        ),
    },
)  # fmt: skip
