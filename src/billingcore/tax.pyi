# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._tax.areas import (
    normalise_postal_code as normalise_postal_code,
)
from billingcore._tax.assessment import (
    Apportionment as Apportionment,
    RoundingStage as RoundingStage,
    TaxGroup as TaxGroup,
    assess_tax as assess_tax,
    mixed_categories as mixed_categories,
)
from billingcore._tax.certificates import (
    certificate_end as certificate_end,
)
from billingcore._tax.components import (
    TaxBase as TaxBase,
    TaxComponent as TaxComponent,
)
from billingcore._tax.decision import (
    decide_tax as decide_tax,
    tax_changes as tax_changes,
    tax_place as tax_place,
)
from billingcore._tax.exemptions import (
    LateExemption as LateExemption,
    late_exemption as late_exemption,
)
from billingcore._tax.facts import (
    LocalRate as LocalRate,
    Override as Override,
    TaxFacts as TaxFacts,
    default_facts as default_facts,
)
from billingcore._tax.listing import (
    Fact as Fact,
    FactKind as FactKind,
    facts as facts,
)
from billingcore._tax.notes import (
    Note as Note,
    NoteCode as NoteCode,
)
from billingcore._tax.rules import (
    Rule as Rule,
    Step as Step,
)
from billingcore._tax.rulings import (
    Charged as Charged,
    CollectionModel as CollectionModel,
    Disputed as Disputed,
    Exempt as Exempt,
    NotCollecting as NotCollecting,
    NotCollectingReason as NotCollectingReason,
    NotTaxable as NotTaxable,
    OutsideScope as OutsideScope,
    ReverseCharge as ReverseCharge,
    Ruling as Ruling,
    UNTAXED as UNTAXED,
    Undetermined as Undetermined,
    UndeterminedReason as UndeterminedReason,
    explain_ruling as explain_ruling,
)
from billingcore._tax.supply import (
    SAAS as SAAS,
    Supply as Supply,
    SupplyCategory as SupplyCategory,
)
from billingcore._tax.tables import (
    VatRate as VatRate,
)
from billingcore._tax.tax_points import (
    TaxSlice as TaxSlice,
    slice_at_earlier_of_invoice_and_payment as slice_at_earlier_of_invoice_and_payment,
    slice_at_end as slice_at_end,
    slice_at_invoice as slice_at_invoice,
    slice_at_payment as slice_at_payment,
    slice_at_start as slice_at_start,
    slice_by_day as slice_by_day,
)

__all__ = [
    "Apportionment",
    "Charged",
    "CollectionModel",
    "Disputed",
    "Exempt",
    "Fact",
    "FactKind",
    "LateExemption",
    "LocalRate",
    "NotCollecting",
    "NotCollectingReason",
    "NotTaxable",
    "Note",
    "NoteCode",
    "OutsideScope",
    "Override",
    "ReverseCharge",
    "RoundingStage",
    "Rule",
    "Ruling",
    "SAAS",
    "Step",
    "Supply",
    "SupplyCategory",
    "TaxBase",
    "TaxComponent",
    "TaxFacts",
    "TaxGroup",
    "TaxSlice",
    "UNTAXED",
    "Undetermined",
    "UndeterminedReason",
    "VatRate",
    "assess_tax",
    "certificate_end",
    "decide_tax",
    "default_facts",
    "explain_ruling",
    "facts",
    "late_exemption",
    "mixed_categories",
    "normalise_postal_code",
    "slice_at_earlier_of_invoice_and_payment",
    "slice_at_end",
    "slice_at_invoice",
    "slice_at_payment",
    "slice_at_start",
    "slice_by_day",
    "tax_changes",
    "tax_place",
]
