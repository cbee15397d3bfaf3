# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore import billed as billed
from billingcore import changes as changes
from billingcore import collections as collections
from billingcore import cycles as cycles
from billingcore import daycounts as daycounts
from billingcore import deadlines as deadlines
from billingcore import disputes as disputes
from billingcore import errors as errors
from billingcore import invoices as invoices
from billingcore import ledger as ledger
from billingcore import lines as lines
from billingcore import money as money
from billingcore import parties as parties
from billingcore import payments as payments
from billingcore import places as places
from billingcore import plans as plans
from billingcore import profiles as profiles
from billingcore import proration as proration
from billingcore import receipts as receipts
from billingcore import records as records
from billingcore import sourced as sourced
from billingcore import subscriptions as subscriptions
from billingcore import tax as tax
from billingcore import tax_ids as tax_ids
from billingcore import vendors as vendors
from billingcore import testing as testing
from billingcore.billed import (
    BilledPeriod as BilledPeriod,
)
from billingcore.changes import (
    Account as Account,
    Cart as Cart,
    Quote as Quote,
    Refused as Refused,
    add as add,
    alter as alter,
    quote_cancellation as quote_cancellation,
    quote_change as quote_change,
    quote_credit as quote_credit,
    quote_pause as quote_pause,
    quote_renewal as quote_renewal,
    quote_resumption as quote_resumption,
    quote_start as quote_start,
    remove as remove,
    switch as switch,
)
from billingcore.collections import (
    ARContact as ARContact,
    DunningCase as DunningCase,
    DunningPolicy as DunningPolicy,
    FinalAction as FinalAction,
    dunning_state as dunning_state,
)
from billingcore.cycles import (
    ANNUAL as ANNUAL,
    Cadence as Cadence,
    InstantPeriod as InstantPeriod,
    MONTHLY as MONTHLY,
    Period as Period,
    QUARTERLY as QUARTERLY,
    Schedule as Schedule,
    Trial as Trial,
    WEEKLY as WEEKLY,
)
from billingcore.deadlines import (
    DaysAfter as DaysAfter,
)
from billingcore.disputes import (
    DisputeAllowed as DisputeAllowed,
    DisputeRefused as DisputeRefused,
    decide_dispute as decide_dispute,
    dispute_window as dispute_window,
    uphold_dispute as uphold_dispute,
)
from billingcore.errors import (
    BillingError as BillingError,
    InvalidTypeError as InvalidTypeError,
    InvalidValueError as InvalidValueError,
    RefusedError as RefusedError,
)
from billingcore.invoices import (
    CreditNote as CreditNote,
    Invoice as Invoice,
    credit_in_full as credit_in_full,
    credit_in_part as credit_in_part,
    issue_document as issue_document,
)
from billingcore.ledger import (
    Ledger as Ledger,
    Received as Received,
    age_ledger as age_ledger,
)
from billingcore.lines import (
    OneOffLine as OneOffLine,
)
from billingcore.money import (
    ExactAmount as ExactAmount,
    Money as Money,
    Rounding as Rounding,
    total as total,
)
from billingcore.parties import (
    Buyer as Buyer,
    BuyerStatus as BuyerStatus,
    ExemptionCertificate as ExemptionCertificate,
    Registration as Registration,
    Scheme as Scheme,
    Seller as Seller,
)
from billingcore.payments import (
    PaymentMethod as PaymentMethod,
)
from billingcore.places import (
    Address as Address,
)
from billingcore.plans import (
    Coupon as Coupon,
    FlatPrice as FlatPrice,
    PerSeatPrice as PerSeatPrice,
    Plan as Plan,
)
from billingcore.profiles import (
    GOTO_RESCUE as GOTO_RESCUE,
    Profile as Profile,
)
from billingcore.proration import (
    Change as Change,
    ProrationPolicy as ProrationPolicy,
    Rulebook as Rulebook,
    prorate as prorate,
    prorate_change as prorate_change,
)
from billingcore.receipts import (
    format_money as format_money,
    render_html as render_html,
    render_text as render_text,
)
from billingcore.records import (
    from_record as from_record,
    to_record as to_record,
)
from billingcore.subscriptions import (
    Active as Active,
    Item as Item,
    take_back as take_back,
)
from billingcore.tax import (
    LocalRate as LocalRate,
    OutsideScope as OutsideScope,
    ReverseCharge as ReverseCharge,
    Ruling as Ruling,
    SupplyCategory as SupplyCategory,
    TaxFacts as TaxFacts,
    TaxGroup as TaxGroup,
    Undetermined as Undetermined,
    assess_tax as assess_tax,
    decide_tax as decide_tax,
    default_facts as default_facts,
    explain_ruling as explain_ruling,
    facts as facts,
)
from billingcore.tax_ids import (
    TaxId as TaxId,
    check_tax_id as check_tax_id,
    parse_tax_id as parse_tax_id,
)
from billingcore.vendors import (
    compare as compare,
    policies_matching as policies_matching,
    rulebook as rulebook,
    rulebooks_of as rulebooks_of,
)

__version__: str

__all__ = [
    "ANNUAL",
    "ARContact",
    "Account",
    "Active",
    "Address",
    "BilledPeriod",
    "BillingError",
    "Buyer",
    "BuyerStatus",
    "Cadence",
    "Cart",
    "Change",
    "Coupon",
    "CreditNote",
    "DaysAfter",
    "DisputeAllowed",
    "DisputeRefused",
    "DunningCase",
    "DunningPolicy",
    "ExactAmount",
    "ExemptionCertificate",
    "FinalAction",
    "FlatPrice",
    "GOTO_RESCUE",
    "InstantPeriod",
    "InvalidTypeError",
    "InvalidValueError",
    "Invoice",
    "Item",
    "Ledger",
    "LocalRate",
    "MONTHLY",
    "Money",
    "OneOffLine",
    "OutsideScope",
    "PaymentMethod",
    "PerSeatPrice",
    "Period",
    "Plan",
    "Profile",
    "ProrationPolicy",
    "QUARTERLY",
    "Quote",
    "Received",
    "Refused",
    "RefusedError",
    "Registration",
    "ReverseCharge",
    "Rounding",
    "Rulebook",
    "Ruling",
    "Schedule",
    "Scheme",
    "Seller",
    "SupplyCategory",
    "TaxFacts",
    "TaxGroup",
    "TaxId",
    "Trial",
    "Undetermined",
    "WEEKLY",
    "add",
    "age_ledger",
    "alter",
    "assess_tax",
    "check_tax_id",
    "compare",
    "credit_in_full",
    "credit_in_part",
    "decide_dispute",
    "decide_tax",
    "default_facts",
    "dispute_window",
    "dunning_state",
    "explain_ruling",
    "facts",
    "format_money",
    "from_record",
    "issue_document",
    "parse_tax_id",
    "policies_matching",
    "prorate",
    "prorate_change",
    "quote_cancellation",
    "quote_change",
    "quote_credit",
    "quote_pause",
    "quote_renewal",
    "quote_resumption",
    "quote_start",
    "remove",
    "render_html",
    "render_text",
    "rulebook",
    "rulebooks_of",
    "switch",
    "take_back",
    "to_record",
    "total",
    "uphold_dispute",
]
