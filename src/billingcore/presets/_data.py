"""The vendors' published rules, as data: each row a policy, where it was read, how sure it is, and what we inferred."""

from datetime import date
from typing import Final

from billingcore._kernel import Rounding
from billingcore.presets._preset import Preset
from billingcore.proration import (
    Balance,
    Basis,
    Charge,
    ChargeRate,
    Clock,
    Credit,
    CreditBasis,
    CreditCap,
    Cycle,
    DayOwner,
    Effective,
    ExtensionRounding,
    FixedDays,
    Form,
    Leftover,
    Measure,
    MoneyRounding,
    OnSwitch,
    ProrationPolicy,
    RoundStep,
    Settle,
    Sides,
    Stage,
    TaxOrder,
    Timing,
)
from billingcore.sourced import Confidence

_READ: Final = date(2026, 11, 23)
_V: Final = Confidence.HIGH
_R: Final = Confidence.MEDIUM
_I: Final = Confidence.LOW

_DAY: Final = Measure(clock=Clock.DAY)
_OLD_DAY: Final = Measure(clock=Clock.DAY, change_day=DayOwner.OLD)
_30_DAYS: Final = Measure(clock=Clock.DAY, basis=FixedDays(30))
_30_OLD: Final = Measure(clock=Clock.DAY, basis=FixedDays(30), change_day=DayOwner.OLD)
_MONTH: Final = Measure(clock=Clock.MONTH)
_NOMINAL: Final = Measure(basis=Basis.NOMINAL_PERIOD)
_LINE: Final = MoneyRounding()
_NET: Final = MoneyRounding(stage=Stage.NET, balance=Balance.INDEPENDENT)
_USUAL: Final = Sides()
_DIFFERENCE: Final = Sides(credit=Credit.DIFFERENCE_REMAINING, charge=Charge.DIFFERENCE_REMAINING)
_DIFFERENCE_NOW: Final = Sides(credit=Credit.DIFFERENCE_FULL, charge=Charge.DIFFERENCE_FULL)
_FULL: Final = Sides(charge=Charge.FULL)
_NOTHING: Final = Sides(credit=Credit.NONE, charge=Charge.NONE)
_NOW: Final = Timing()
_KEPT: Final = Timing(interval_change=OnSwitch.KEEP)
_LATER: Final = Timing(settle=Settle.NEXT_INVOICE)
_STRIPE_TIME: Final = Timing(settle=Settle.NEXT_INVOICE, free_to_paid=OnSwitch.RESET)
_RESET: Final = Timing(anchor=Cycle.RESET)
_CENTS: Final = RoundStep(2, Rounding.HALF_UP)

_STRIPE: Final = "docs.stripe.com/billing/subscriptions/prorations, copy of 2026-05-13"
_RECURLY: Final = "recurly/recurly-docs @38cfcc4c: change-subscription.md"
_ZUORA: Final = "docs.zuora.com, proration: 30 days or actual days; partial period proration"
_MAXIO: Final = "maxio-com/ab-python-sdk @ea0ff77: subscription products; chargify/docs.chargify.com @7daed4c"
_SAMSUNG: Final = "developer.samsung.com, subscription plan changes, examples"
_GOOGLE: Final = "RevenueCat/purchases-kmp @609ebec2, which restates the modes of Google Play Billing"
_STORES: Final = "RevenueCat/purchases-kmp @609ebec2; developer.samsung.com"
_KILLBILL: Final = "killbill/killbill-docs @891f51314: catalog-examples.adoc; killbill/killbill @cb60779c"


def _p(measure: Measure, rounding: MoneyRounding, sides: Sides, timing: Timing) -> ProrationPolicy:
    return ProrationPolicy(measure, rounding, sides, timing)


ROWS: Final = (
    Preset(
        "stripe_classic",
        "Stripe Billing, classic mode",
        _p(
            Measure(),
            _LINE,
            Sides(credit_basis=CreditBasis.CURRENT_PRICE, credit_cap=CreditCap.NONE),
            _STRIPE_TIME,
        ),
        f"{_STRIPE}: how prorations work; credit prorations, classic column",
        _READ,
        _V,
        "Half up is inferred from the figures; the line as the stage from -6.67 + 3.33 = -3.34.",
    ),
    Preset(
        "stripe_flexible",
        "Stripe Billing, flexible mode",
        _p(Measure(), _LINE, _USUAL, _STRIPE_TIME),
        f"{_STRIPE}: credit prorations, flexible column",
        _READ,
        _V,
        "Half up is inferred from the figures.",
    ),
    Preset(
        "polar",
        "Polar",
        _p(Measure(), _LINE, _USUAL, _NOW),
        "polarsource/polar @c6c3645e63: docs/features/subscriptions/proration.mdx",
        _READ,
        _V,
        "The rounding of ties is not stated.",
    ),
    Preset(
        "chargebee_day",
        "Chargebee, day-based billing",
        _p(_DAY, _LINE, _USUAL, _NOW),
        "support.chargebee.com, topic 40893 (staff answer); chargebee.com docs 2.0, proration and subscriptions",
        _READ,
        _V,
        "The rounding is not stated; half up by line is inferred. Who pays the day of a cancellation is a setting of the "
        "site; here it is credited.",
    ),
    Preset(
        "recurly_rebill",
        "Recurly, change with prorated credit and charge",
        _p(_NOMINAL, _LINE, _USUAL, _NOW),
        _RECURLY,
        _READ,
        _V,
        "The line as the stage is inferred from the examples.",
    ),
    Preset(
        "recurly_full",
        "Recurly, change with full credit and full charge",
        _p(_NOMINAL, _LINE, Sides(credit=Credit.FULL, charge=Charge.FULL), _NOW),
        _RECURLY,
        _READ,
        _V,
    ),
    Preset(
        "recurly_only_changed",
        "Recurly, only bill what changed",
        _p(
            _NOMINAL,
            MoneyRounding(stage=Stage.UNIT),
            Sides(
                credit=Credit.DIFFERENCE_REMAINING,
                credit_basis=CreditBasis.BILLED_GROSS,
                charge=Charge.DIFFERENCE_REMAINING,
            ),
            _NOW,
        ),
        "recurly/recurly-docs @38cfcc4c: subscriptions/only-bill-what-changed.md",
        _READ,
        _V,
        "The mode of the rounding of a unit is inferred.",
    ),
    Preset(
        "zuora_actual_days",
        "Zuora, actual days in the month",
        _p(Measure(clock=Clock.DAY, basis=Basis.CALENDAR_MONTH), _NET, _USUAL, _LATER),
        _ZUORA,
        _READ,
        _V,
        "Which calendar month divides a period over two of them is inferred: the one in which it starts.",
    ),
    Preset(
        "zuora_30_days",
        "Zuora, 30-day month",
        _p(_30_DAYS, _NET, _USUAL, _LATER),
        _ZUORA,
        _READ,
        _V,
        "That more than 30 days count as 30 is inferred.",
    ),
    Preset(
        "zuora_strict_30_360",
        "Zuora, strict 30/360",
        _p(Measure(clock=Clock.DAY, basis=Basis.STRICT_30_360), _NET, _USUAL, _LATER),
        _ZUORA,
        _READ,
        _I,
        "The page shows day counts (27 to 28 February are 4 of 30 days), never an amount.",
    ),
    Preset(
        "chargify_migration",
        "Maxio (Chargify), migration",
        _p(Measure(), _LINE, _FULL, _RESET),
        _MAXIO,
        _READ,
        _V,
        "The mode of the rounding is inferred from one preview.",
    ),
    Preset(
        "chargify_keep_period",
        "Maxio (Chargify), migration with the period preserved",
        _p(Measure(), _LINE, _USUAL, _NOW),
        _MAXIO,
        _READ,
        _V,
        "The mode of the rounding is inferred.",
    ),
    Preset(
        "goto_meeting",
        "GoTo: the default of the reference profile",
        _p(_DAY, _LINE, _FULL, _RESET),
        "support.goto.com, GoTo Meeting plan changes: at once, prorated against the balance, a new billing period that "
        "day; LogMeIn Rescue Billing User Guide, last updated 2023-12-21",
        _READ,
        _I,
        "No page prints a figure. The clock (whole days), the rounding, and for Rescue the new period, are our choice.",
    ),
    Preset(
        "paddle",
        "Paddle Billing",
        _p(
            Measure(clock=Clock.MINUTE, fraction_rounding=RoundStep(5, Rounding.HALF_UP)),
            MoneyRounding(tax_order=TaxOrder.GROSS_THEN_SPLIT),
            _USUAL,
            _NOW,
        ),
        "PaddleHQ/paddle-python-sdk @48c8cc0, fixtures; paddle-openapi @ec7a089",
        _READ,
        _V,
        "The five digits and the minute are inferred from five printed rates. The printed taxes look cut off, not "
        "rounded; that is not part of this policy.",
    ),
    Preset(
        "paddle_classic",
        "Paddle Classic",
        _p(_DAY, _LINE, _USUAL, _NOW),
        "merchant pages that reproduce Paddle's help text",
        _READ,
        _R,
        "Restated by merchants; the rounding is inferred.",
    ),
    Preset(
        "paddle_months",
        "Paddle, a merchant's yearly plans by month",
        _p(_MONTH, _LINE, _USUAL, _LATER),
        "bookingmood.com, upgrade or downgrade (a merchant on Paddle)",
        _READ,
        _R,
        "Restated by a merchant, who derives it from the used months. That a month in which the change falls is not yet "
        "used is inferred: no example changes in the middle of one.",
    ),
    Preset(
        "braintree",
        "Braintree",
        _p(_OLD_DAY, MoneyRounding(stage=Stage.NET), _DIFFERENCE, _NOW),
        "a merchant's help centre, two examples that agree",
        _READ,
        _R,
        "Restated by merchants. That the day of the change counts as used follows from their figures.",
    ),
    Preset(
        "shopify",
        "Shopify app billing",
        _p(_30_DAYS, _LINE, _DIFFERENCE, _NOW),
        "shopify.dev/docs/apps/billing/subscriptions",
        _READ,
        _V,
        "The rounding is not stated. A 31st day is inferred to count as none.",
    ),
    Preset(
        "samsung_prorated_charge",
        "Samsung, instant prorated charge",
        _p(_30_OLD, _LINE, _USUAL, _NOW),
        _SAMSUNG,
        _READ,
        _V,
        "One example; the mode of the rounding is inferred.",
    ),
    Preset(
        "samsung_prorated_date",
        "Samsung, instant prorated date",
        _p(
            _30_OLD,
            _LINE,
            Sides(charge=Charge.NONE),
            Timing(anchor=Cycle.EXTEND, extension_rounding=ExtensionRounding.UP_TO_DAY, leftover=Leftover.FORFEIT),
        ),
        _SAMSUNG,
        _READ,
        _V,
        "One example.",
    ),
    Preset(
        "google_charge_full_price",
        "Google Play, CHARGE_FULL_PRICE",
        _p(
            _DAY,
            _LINE,
            _FULL,
            Timing(anchor=Cycle.RESET_PLUS_EXTEND, extension_rounding=ExtensionRounding.DOWN_TO_DAY),
        ),
        _GOOGLE,
        _READ,
        _R,
        "Restated by an SDK's makers. The day clock and rounding bought days down are inferred ('about 10 days').",
    ),
    Preset(
        "google_charge_prorated_price",
        "Google Play, CHARGE_PRORATED_PRICE",
        _p(
            _DAY,
            _LINE,
            Sides(charge_rate=ChargeRate.MONTH_EQUIVALENT),
            Timing(interval_change=OnSwitch.KEEP),
        ),
        _GOOGLE,
        _READ,
        _R,
        "Restated by an SDK's makers; the clock is inferred. The store offers it only if the price per time rises; that is "
        "not checked here, and a change to a lower price is worked out as if it were offered.",
    ),
    Preset(
        "store_without_proration",
        "App stores, WITHOUT_PRORATION",
        _p(Measure(), _LINE, _NOTHING, _KEPT),
        _STORES,
        _READ,
        _R,
        "A plan of another interval keeps the old renewal date too: nothing else would charge it.",
    ),
    Preset(
        "store_deferred",
        "App stores, DEFERRED; Kill Bill, END_OF_TERM",
        _p(Measure(), _LINE, _NOTHING, Timing(effective=Effective.PERIOD_END)),
        f"{_STORES}; {_KILLBILL}",
        _READ,
        _R,
    ),
    Preset(
        "none",
        "No proration",
        _p(_DAY, _LINE, _NOTHING, _KEPT),
        "docs.stripe.com, proration_behavior=none; the same switch at most vendors",
        _READ,
        _V,
        "A plan of another interval is inferred to keep the old renewal date, and to be charged on it.",
    ),
    Preset(
        "microsoft_csp",
        "Microsoft CSP, licence-based (legacy)",
        _p(
            _DAY,
            MoneyRounding(balance=Balance.INDEPENDENT),
            Sides(form=Form.REVERSE_AND_REBILL, full_refund_days=30),
            _LATER,
        ),
        "MicrosoftDocs/partner-center-pr.fr-fr @bc682d32: common billing scenarios",
        _READ,
        _V,
        "Whether day 30 is within the window is inferred.",
    ),
    Preset(
        "lago",
        "Lago",
        _p(
            Measure(clock=Clock.DAY, basis=Basis.CALENDAR_MONTH, cancel_day=DayOwner.OLD),
            _LINE,
            _USUAL,
            _NOW,
        ),
        "getlago/lago-docs @502a9e785: plans, subscription; getlago/lago-api @1b1c24a6",
        _READ,
        _V,
        "A cheaper plan waits for the end of the period there: see the policy by direction of the same name.",
    ),
    Preset(
        "killbill",
        "Kill Bill",
        _p(_DAY, _LINE, _USUAL, _NOW),
        _KILLBILL,
        _READ,
        _V,
        "Kill Bill rounds the fraction to nine decimals first; that changes exact half-cent ties alone, and is left out.",
    ),
    Preset(
        "killbill_fixed_30",
        "Kill Bill, proration.fixed.days = 30",
        _p(Measure(clock=Clock.DAY, basis=FixedDays(30, trimmed=True)), _LINE, _USUAL, _NOW),
        "killbill/killbill 1942; killbill/killbill @cb60779c: proration.fixed.days",
        _READ,
        _V,
        "For periods of one month; every month end that is crossed is trimmed, where Kill Bill trims the first.",
    ),
    Preset(
        "zoho",
        "Zoho Billing",
        _p(_DAY, _LINE, _USUAL, _NOW),
        "zohohelp.com, billing: settings, subscriptions, proration",
        _READ,
        _V,
        "The rounding is not stated.",
    ),
    Preset(
        "fastspring",
        "FastSpring",
        _p(_MONTH, _LINE, _USUAL, Timing(leftover=Leftover.REFUND)),
        "FastSpring's documentation of plan changes, one example",
        _READ,
        _V,
        "The month as the clock is inferred from the one example, and so is that the month in which the change falls is not "
        "yet used.",
    ),
    Preset(
        "unibee",
        "UniBee",
        _p(Measure(clock=Clock.DAY, change_day=DayOwner.OLD, rate_rounding=_CENTS), _LINE, _DIFFERENCE, _NOW),
        "UniBee's documentation of plan changes, one example",
        _READ,
        _R,
        "That the daily difference is rounded to cents first is inferred from the printed figure.",
    ),
    Preset(
        "rounded_daily_rate",
        "Vendors that multiply a daily price in cents",
        _p(Measure(clock=Clock.DAY, rate_rounding=_CENTS), _LINE, _USUAL, _NOW),
        "printed examples that only a rounded daily price reproduces",
        _READ,
        _I,
        "Inferred from the figures; used + unused need not make the price.",
    ),
    Preset(
        "difference_now",
        "The plain price difference, whatever the time (Dodo, difference_immediately)",
        _p(_DAY, _LINE, _DIFFERENCE_NOW, _NOW),
        "dodopayments/dodo-docs @2570212: subscription-integration-guide.mdx",
        _READ,
        _V,
    ),
    Preset(
        "difference_remaining",
        "The price difference for the days that remain",
        _p(_DAY, _LINE, _DIFFERENCE, _NOW),
        "several vendors' examples",
        _READ,
        _R,
    ),
    Preset(
        "nadles",
        "Nadles",
        _p(_DAY, _LINE, _USUAL, _LATER),
        "docs.nadles.com/subscriptions/upgrades-and-downgrades",
        _READ,
        _V,
        "The rounding is not stated.",
    ),
)
