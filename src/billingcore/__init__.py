"""Subscription billing arithmetic that is exact, explained and tested.

Immutable values and pure functions, without I/O: what is owed, when, why, and
what comes next. Everything public is here, so users write
``from billingcore import Money`` and never name a module. Names are loaded on
first use, so ``import billingcore`` stays cheap.

>>> from billingcore import Money, Rounding
>>> Money.of("30.00", "EUR").share(13, 28, Rounding.HALF_UP)
Money.of('13.93', 'EUR')
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

# A new name stands in three lists, each grouped by storey: the imports (for type checkers), `__all__` (for people)
# and `_LAZY` (for the interpreter). tests/test_front_door.py says which of them lacks it.

# fmt: off
__all__ = [  # noqa: RUF022 - grouped by storey, from the ground up
    "__version__",
    # errors
    "BillingError", "CurrencyMismatchError", "InexactAmountError", "InvalidTypeError", "InvalidValueError",
    "NoRateForDateError", "OutOfRangeError", "RefusedError", "UnknownCountryError", "UnknownCurrencyError",
    "UnknownSubdivisionError",
    # facts with a date and a source
    "Confidence", "History", "Sourced",
    # money
    "MAX_AMOUNT_MINOR", "Allocation", "ExactAmount", "Money", "Rounding", "minor_digits", "total",
    # places
    "COUNTRIES", "Address", "country_name", "subdivisions",
    # time
    "ANNUAL", "END_OF_MONTH", "HALF_YEARLY", "MONTHLY", "QUARTERLY", "WEEKLY", "AlignedSchedule", "BillDateMove",
    "Cadence", "DayOfMonth", "DayRule", "EarlyRenewal", "InstantPeriod", "InstantSchedule", "MonthDay", "MonthEnd",
    "Period", "Periods", "Resume", "Resumption", "Schedule", "Stub", "Term", "Trial", "TrialChange", "Unit",
    "Weekday", "civil_date", "move_bill_date", "renew_early", "resume_schedule",
    # deadlines and day counts
    "BusinessCalendar", "BusinessDaysAfter", "BusinessDaysBefore", "DayCount", "DaysAfter", "DaysBefore",
    "DaysThenMonthEnd", "Deadline", "DeadlineRule", "MonthEndPlus", "period_share", "year_fraction",
    # tax IDs
    "Malformed", "TaxId", "TaxIdProblem", "TaxIdState", "check_tax_id", "is_valid_tax_id", "parse_tax_id",
    # who and what
    "Buyer", "BuyerStatus", "CertificateForm", "CertificateKind", "Coupon", "ExemptionCertificate", "FlatPrice",
    "PackagePrice", "PaymentMethod", "PaymentRules", "PerSeatPrice", "Plan", "Price", "Registration", "Scheme",
    "Seller", "Stacking", "Tier", "TierMode", "TieredPrice", "Use", "take_off",
    # tax
    "SAAS", "Apportionment", "Charged", "CollectionModel", "Disputed", "Exempt", "Fact", "FactKind",
    "LateExemption", "LocalRate", "NotCollecting", "NotCollectingReason", "NotTaxable", "Note", "NoteCode",
    "OutsideScope", "Override", "PriceMode", "ReverseCharge", "RoundingStage", "Rule", "Ruling", "Step", "Supply",
    "SupplyCategory", "TaxBase", "TaxComponent", "TaxFacts", "TaxGroup", "TaxSlice", "Undetermined",
    "UndeterminedReason", "VatRate", "assess_tax", "certificate_end", "decide_tax", "default_facts",
    "explain_ruling", "facts", "late_exemption", "mixed_categories", "normalise_postal_code",
    "slice_at_earlier_of_invoice_and_payment", "slice_at_end", "slice_at_invoice", "slice_at_payment",
    "slice_at_start", "slice_by_day", "tax_changes", "tax_place",
    # what was billed, and proration
    "Balance", "Basis", "BilledPeriod", "Change", "ChangeHistory", "ChangeKind", "Charge", "ChargeRate", "Clock",
    "Collection", "Credit", "CreditBasis", "CreditCap", "Cycle", "DayOwner", "Direction", "DirectionBy",
    "DirectionalPolicy", "DiscountReversal", "Effective", "ExtensionRounding", "FixedDays", "Form",
    "InstantProration", "Leftover", "Measure", "MoneyRounding", "MonthOverflow", "OnSwitch", "Proration",
    "ProrationLine", "ProrationPolicy", "ProrationResult", "RoundStep", "Settle", "Side", "Sides", "SmallAmount",
    "Stage", "TaxOrder", "Timing", "TraceOrder", "TracedCredit", "credit_billed", "direction_of", "fold_changes",
    "monthly_equivalent", "prorate", "prorate_change", "settle_small", "trace_credit",
    # subscriptions
    "Active", "Cancelled", "Limited", "Paused", "Subscription", "Trialing", "cancel_subscription", "change_trial",
    "convert_trial", "extend_trial", "limit_subscription", "pause_subscription", "record_credit",
    "renew_subscription", "restore_subscription", "resume_subscription", "start_subscription", "start_trial",
    # documents
    "ChargeLine", "CreditApplied", "CreditLine", "CreditNote", "CreditedLine", "CreditedTax", "Invoice", "ItemLine",
    "Line", "Payment", "apply_credit", "credit_in_full", "credit_in_part", "issue_document", "record_payment",
    # disputes
    "DisputeAllowed", "DisputePolicy", "DisputeRefused", "DisputeRefusedReason", "decide_dispute", "dispute_window",
    "uphold_dispute",
    # quotes and collections
    "USUAL_BOUNDS", "ARContact", "ARDirectory", "Account", "Ageing", "AgeingBucket", "CancellationQuote",
    "DunningCase", "DunningPolicy", "DunningState", "FinalAction", "Gathered", "InGrace", "Quote", "Receivable",
    "Refused", "RefusedReason", "Scheduled", "ServiceEnded", "ServiceLimited", "Settled", "age_receivables",
    "dunning_state", "gather_change", "quote_cancellation", "quote_change", "quote_renewal", "quote_start",
    "recover_schedule", "schedule_change",
    # profiles
    "GOTO_RESCUE", "Profile", "Role", "ServiceRestoration",
    # presets
    "DIRECTIONAL_PRESETS", "PRESETS", "ComparedRow", "Comparison", "Preset", "compare", "policies_matching",
    "policies_of", "preset",
    # printed documents
    "LANGUAGES", "format_date", "format_money", "format_rate", "render_html", "render_text",
    # records
    "from_record", "record_types", "to_record",
]

_LAZY: Final = {
    "BillingError": "errors", "CurrencyMismatchError": "errors", "InexactAmountError": "errors",
    "InvalidTypeError": "errors", "InvalidValueError": "errors", "NoRateForDateError": "errors",
    "OutOfRangeError": "errors", "RefusedError": "errors", "UnknownCountryError": "errors",
    "UnknownCurrencyError": "errors", "UnknownSubdivisionError": "errors",

    "Confidence": "sourced", "History": "sourced", "Sourced": "sourced",

    "MAX_AMOUNT_MINOR": "money", "Allocation": "money", "ExactAmount": "money", "Money": "money",
    "Rounding": "money", "minor_digits": "money", "total": "money",

    "COUNTRIES": "places", "Address": "places", "country_name": "places", "subdivisions": "places",

    "ANNUAL": "cycles", "END_OF_MONTH": "cycles", "HALF_YEARLY": "cycles", "MONTHLY": "cycles",
    "QUARTERLY": "cycles", "WEEKLY": "cycles", "AlignedSchedule": "cycles", "BillDateMove": "cycles",
    "Cadence": "cycles", "DayOfMonth": "cycles", "DayRule": "cycles", "EarlyRenewal": "cycles",
    "InstantPeriod": "cycles", "InstantSchedule": "cycles", "MonthDay": "cycles", "MonthEnd": "cycles",
    "Period": "cycles", "Periods": "cycles", "Resume": "cycles", "Resumption": "cycles", "Schedule": "cycles",
    "Stub": "cycles", "Term": "cycles", "Trial": "cycles", "TrialChange": "cycles", "Unit": "cycles",
    "Weekday": "cycles", "civil_date": "cycles", "move_bill_date": "cycles", "renew_early": "cycles",
    "resume_schedule": "cycles",

    "BusinessCalendar": "deadlines", "BusinessDaysAfter": "deadlines", "BusinessDaysBefore": "deadlines",
    "DaysAfter": "deadlines", "DaysBefore": "deadlines", "DaysThenMonthEnd": "deadlines",
    "Deadline": "deadlines", "DeadlineRule": "deadlines", "MonthEndPlus": "deadlines",

    "DayCount": "daycounts", "period_share": "daycounts", "year_fraction": "daycounts",

    "Malformed": "tax_ids", "TaxId": "tax_ids", "TaxIdProblem": "tax_ids", "TaxIdState": "tax_ids",
    "check_tax_id": "tax_ids", "is_valid_tax_id": "tax_ids", "parse_tax_id": "tax_ids",

    "Buyer": "parties", "BuyerStatus": "parties", "CertificateForm": "parties", "CertificateKind": "parties",
    "ExemptionCertificate": "parties", "Registration": "parties", "Scheme": "parties", "Seller": "parties",
    "Use": "parties",

    "Coupon": "plans", "FlatPrice": "plans", "PackagePrice": "plans", "PerSeatPrice": "plans", "Plan": "plans",
    "Price": "plans", "Stacking": "plans", "Tier": "plans", "TierMode": "plans", "TieredPrice": "plans",
    "take_off": "plans",

    "PaymentMethod": "payments", "PaymentRules": "payments",

    "SAAS": "tax", "Apportionment": "tax", "Charged": "tax", "CollectionModel": "tax", "Disputed": "tax",
    "Exempt": "tax", "Fact": "tax", "FactKind": "tax", "LateExemption": "tax", "LocalRate": "tax",
    "NotCollecting": "tax", "NotCollectingReason": "tax", "NotTaxable": "tax", "Note": "tax", "NoteCode": "tax",
    "OutsideScope": "tax", "Override": "tax", "PriceMode": "tax", "ReverseCharge": "tax", "RoundingStage": "tax",
    "Rule": "tax", "Ruling": "tax", "Step": "tax", "Supply": "tax", "SupplyCategory": "tax", "TaxBase": "tax",
    "TaxComponent": "tax", "TaxFacts": "tax", "TaxGroup": "tax", "TaxSlice": "tax", "Undetermined": "tax",
    "UndeterminedReason": "tax", "VatRate": "tax", "assess_tax": "tax", "certificate_end": "tax",
    "decide_tax": "tax", "default_facts": "tax", "explain_ruling": "tax", "facts": "tax", "late_exemption": "tax",
    "mixed_categories": "tax", "normalise_postal_code": "tax",
    "slice_at_earlier_of_invoice_and_payment": "tax", "slice_at_end": "tax",
    "slice_at_invoice": "tax", "slice_at_payment": "tax", "slice_at_start": "tax", "slice_by_day": "tax",
    "tax_changes": "tax", "tax_place": "tax",

    "BilledPeriod": "billed",

    "Balance": "proration", "Basis": "proration", "Change": "proration", "ChangeHistory": "proration",
    "ChangeKind": "proration", "Charge": "proration", "ChargeRate": "proration", "Clock": "proration",
    "Collection": "proration", "Credit": "proration", "CreditBasis": "proration", "CreditCap": "proration",
    "Cycle": "proration", "DayOwner": "proration", "Direction": "proration", "DirectionBy": "proration",
    "DirectionalPolicy": "proration", "DiscountReversal": "proration", "Effective": "proration",
    "ExtensionRounding": "proration", "FixedDays": "proration", "Form": "proration",
    "InstantProration": "proration", "Leftover": "proration", "Measure": "proration", "MoneyRounding": "proration",
    "MonthOverflow": "proration", "OnSwitch": "proration", "Proration": "proration", "ProrationLine": "proration",
    "ProrationPolicy": "proration", "ProrationResult": "proration", "RoundStep": "proration", "Settle": "proration",
    "Side": "proration", "Sides": "proration", "SmallAmount": "proration", "Stage": "proration",
    "TaxOrder": "proration", "Timing": "proration", "TraceOrder": "proration", "TracedCredit": "proration",
    "credit_billed": "proration", "direction_of": "proration", "fold_changes": "proration",
    "monthly_equivalent": "proration", "prorate": "proration", "prorate_change": "proration",
    "settle_small": "proration", "trace_credit": "proration",

    "Active": "subscriptions", "Cancelled": "subscriptions", "Limited": "subscriptions", "Paused": "subscriptions",
    "Subscription": "subscriptions", "Trialing": "subscriptions", "cancel_subscription": "subscriptions",
    "change_trial": "subscriptions", "convert_trial": "subscriptions", "extend_trial": "subscriptions",
    "limit_subscription": "subscriptions", "pause_subscription": "subscriptions", "record_credit": "subscriptions",
    "renew_subscription": "subscriptions", "restore_subscription": "subscriptions",
    "resume_subscription": "subscriptions", "start_subscription": "subscriptions", "start_trial": "subscriptions",

    "ChargeLine": "invoices", "CreditApplied": "invoices", "CreditLine": "invoices", "CreditNote": "invoices",
    "CreditedLine": "invoices", "CreditedTax": "invoices", "Invoice": "invoices", "ItemLine": "invoices",
    "Line": "invoices", "Payment": "invoices", "apply_credit": "invoices", "credit_in_full": "invoices",
    "credit_in_part": "invoices", "issue_document": "invoices", "record_payment": "invoices",

    "DisputeAllowed": "disputes", "DisputePolicy": "disputes", "DisputeRefused": "disputes",
    "DisputeRefusedReason": "disputes", "decide_dispute": "disputes", "dispute_window": "disputes",
    "uphold_dispute": "disputes",

    "Account": "changes", "CancellationQuote": "changes", "Gathered": "changes", "Quote": "changes",
    "Refused": "changes", "RefusedReason": "changes", "Scheduled": "changes", "gather_change": "changes",
    "quote_cancellation": "changes", "quote_change": "changes", "quote_renewal": "changes",
    "quote_start": "changes", "schedule_change": "changes",

    "USUAL_BOUNDS": "collections", "ARContact": "collections", "ARDirectory": "collections",
    "Ageing": "collections", "AgeingBucket": "collections", "DunningCase": "collections",
    "DunningPolicy": "collections", "DunningState": "collections", "FinalAction": "collections",
    "InGrace": "collections", "Receivable": "collections", "ServiceEnded": "collections",
    "ServiceLimited": "collections", "Settled": "collections", "age_receivables": "collections",
    "dunning_state": "collections", "recover_schedule": "collections",

    "GOTO_RESCUE": "profiles", "Profile": "profiles", "Role": "profiles", "ServiceRestoration": "profiles",

    "DIRECTIONAL_PRESETS": "presets", "PRESETS": "presets", "ComparedRow": "presets", "Comparison": "presets",
    "Preset": "presets", "compare": "presets", "policies_matching": "presets", "policies_of": "presets",
    "preset": "presets",

    "LANGUAGES": "receipts", "format_date": "receipts", "format_money": "receipts", "format_rate": "receipts",
    "render_html": "receipts", "render_text": "receipts",

    "from_record": "records", "record_types": "records", "to_record": "records",
}
# fmt: on

__version__ = "0.1.0"

if TYPE_CHECKING:
    from billingcore.billed import (
        BilledPeriod,
    )
    from billingcore.changes import (
        Account,
        CancellationQuote,
        Gathered,
        Quote,
        Refused,
        RefusedReason,
        Scheduled,
        gather_change,
        quote_cancellation,
        quote_change,
        quote_renewal,
        quote_start,
        schedule_change,
    )
    from billingcore.collections import (
        USUAL_BOUNDS,
        Ageing,
        AgeingBucket,
        ARContact,
        ARDirectory,
        DunningCase,
        DunningPolicy,
        DunningState,
        FinalAction,
        InGrace,
        Receivable,
        ServiceEnded,
        ServiceLimited,
        Settled,
        age_receivables,
        dunning_state,
        recover_schedule,
    )
    from billingcore.cycles import (
        ANNUAL,
        END_OF_MONTH,
        HALF_YEARLY,
        MONTHLY,
        QUARTERLY,
        WEEKLY,
        AlignedSchedule,
        BillDateMove,
        Cadence,
        DayOfMonth,
        DayRule,
        EarlyRenewal,
        InstantPeriod,
        InstantSchedule,
        MonthDay,
        MonthEnd,
        Period,
        Periods,
        Resume,
        Resumption,
        Schedule,
        Stub,
        Term,
        Trial,
        TrialChange,
        Unit,
        Weekday,
        civil_date,
        move_bill_date,
        renew_early,
        resume_schedule,
    )
    from billingcore.daycounts import (
        DayCount,
        period_share,
        year_fraction,
    )
    from billingcore.deadlines import (
        BusinessCalendar,
        BusinessDaysAfter,
        BusinessDaysBefore,
        DaysAfter,
        DaysBefore,
        DaysThenMonthEnd,
        Deadline,
        DeadlineRule,
        MonthEndPlus,
    )
    from billingcore.disputes import (
        DisputeAllowed,
        DisputePolicy,
        DisputeRefused,
        DisputeRefusedReason,
        decide_dispute,
        dispute_window,
        uphold_dispute,
    )
    from billingcore.errors import (
        BillingError,
        CurrencyMismatchError,
        InexactAmountError,
        InvalidTypeError,
        InvalidValueError,
        NoRateForDateError,
        OutOfRangeError,
        RefusedError,
        UnknownCountryError,
        UnknownCurrencyError,
        UnknownSubdivisionError,
    )
    from billingcore.invoices import (
        ChargeLine,
        CreditApplied,
        CreditedLine,
        CreditedTax,
        CreditLine,
        CreditNote,
        Invoice,
        ItemLine,
        Line,
        Payment,
        apply_credit,
        credit_in_full,
        credit_in_part,
        issue_document,
        record_payment,
    )
    from billingcore.money import (
        MAX_AMOUNT_MINOR,
        Allocation,
        ExactAmount,
        Money,
        Rounding,
        minor_digits,
        total,
    )
    from billingcore.parties import (
        Buyer,
        BuyerStatus,
        CertificateForm,
        CertificateKind,
        ExemptionCertificate,
        Registration,
        Scheme,
        Seller,
        Use,
    )
    from billingcore.payments import (
        PaymentMethod,
        PaymentRules,
    )
    from billingcore.places import (
        COUNTRIES,
        Address,
        country_name,
        subdivisions,
    )
    from billingcore.plans import (
        Coupon,
        FlatPrice,
        PackagePrice,
        PerSeatPrice,
        Plan,
        Price,
        Stacking,
        Tier,
        TieredPrice,
        TierMode,
        take_off,
    )
    from billingcore.presets import (
        DIRECTIONAL_PRESETS,
        PRESETS,
        ComparedRow,
        Comparison,
        Preset,
        compare,
        policies_matching,
        policies_of,
        preset,
    )
    from billingcore.profiles import (
        GOTO_RESCUE,
        Profile,
        Role,
        ServiceRestoration,
    )
    from billingcore.proration import (
        Balance,
        Basis,
        Change,
        ChangeHistory,
        ChangeKind,
        Charge,
        ChargeRate,
        Clock,
        Collection,
        Credit,
        CreditBasis,
        CreditCap,
        Cycle,
        DayOwner,
        Direction,
        DirectionalPolicy,
        DirectionBy,
        DiscountReversal,
        Effective,
        ExtensionRounding,
        FixedDays,
        Form,
        InstantProration,
        Leftover,
        Measure,
        MoneyRounding,
        MonthOverflow,
        OnSwitch,
        Proration,
        ProrationLine,
        ProrationPolicy,
        ProrationResult,
        RoundStep,
        Settle,
        Side,
        Sides,
        SmallAmount,
        Stage,
        TaxOrder,
        Timing,
        TracedCredit,
        TraceOrder,
        credit_billed,
        direction_of,
        fold_changes,
        monthly_equivalent,
        prorate,
        prorate_change,
        settle_small,
        trace_credit,
    )
    from billingcore.receipts import (
        LANGUAGES,
        format_date,
        format_money,
        format_rate,
        render_html,
        render_text,
    )
    from billingcore.records import (
        from_record,
        record_types,
        to_record,
    )
    from billingcore.sourced import (
        Confidence,
        History,
        Sourced,
    )
    from billingcore.subscriptions import (
        Active,
        Cancelled,
        Limited,
        Paused,
        Subscription,
        Trialing,
        cancel_subscription,
        change_trial,
        convert_trial,
        extend_trial,
        limit_subscription,
        pause_subscription,
        record_credit,
        renew_subscription,
        restore_subscription,
        resume_subscription,
        start_subscription,
        start_trial,
    )
    from billingcore.tax import (
        SAAS,
        Apportionment,
        Charged,
        CollectionModel,
        Disputed,
        Exempt,
        Fact,
        FactKind,
        LateExemption,
        LocalRate,
        NotCollecting,
        NotCollectingReason,
        Note,
        NoteCode,
        NotTaxable,
        OutsideScope,
        Override,
        PriceMode,
        ReverseCharge,
        RoundingStage,
        Rule,
        Ruling,
        Step,
        Supply,
        SupplyCategory,
        TaxBase,
        TaxComponent,
        TaxFacts,
        TaxGroup,
        TaxSlice,
        Undetermined,
        UndeterminedReason,
        VatRate,
        assess_tax,
        certificate_end,
        decide_tax,
        default_facts,
        explain_ruling,
        facts,
        late_exemption,
        mixed_categories,
        normalise_postal_code,
        slice_at_earlier_of_invoice_and_payment,
        slice_at_end,
        slice_at_invoice,
        slice_at_payment,
        slice_at_start,
        slice_by_day,
        tax_changes,
        tax_place,
    )
    from billingcore.tax_ids import (
        Malformed,
        TaxId,
        TaxIdProblem,
        TaxIdState,
        check_tax_id,
        is_valid_tax_id,
        parse_tax_id,
    )
else:  # hidden from type checkers, which would otherwise accept every misspelt name

    def __getattr__(name: str) -> object:
        module = _LAZY.get(name)
        if module is None:
            # With the module at hand, the interpreter suggests the name that was meant.
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])
        value = getattr(import_module(f"billingcore.{module}"), name)
        globals()[name] = value  # the next look-up does not come here
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
