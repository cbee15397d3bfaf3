"""The rules of sellers and billing systems as data: each with where it was read, how sure it is, and what it covers."""

from datetime import date
from typing import Final

import attrs

from billingcore._kernel import Rounding
from billingcore.proration import (
    Balance,
    Basis,
    ChangeRule,
    Clock,
    Coverage,
    CreditOf,
    DayOwner,
    Early,
    FixedDays,
    Happening,
    Measure,
    OnSwitch,
    ProrationPolicy,
    RoundStep,
    Rulebook,
    Sale,
    Settlement,
    Stage,
)
from billingcore.sourced import Confidence

_READ: Final = date(2026, 11, 23)
_READ_AGAIN: Final = date(2026, 11, 30)
_HIGH, _MEDIUM, _LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW

_DAY: Final = Measure(Clock.DAY)
_OLD_DAY: Final = Measure(Clock.DAY, change_day=DayOwner.OLD)
_30_DAYS: Final = Measure(Clock.DAY, basis=FixedDays(30))
_30_OLD: Final = Measure(Clock.DAY, basis=FixedDays(30), change_day=DayOwner.OLD)
_MONTH: Final = Measure(Clock.MONTH)
_NOMINAL: Final = Measure(basis=Basis.NOMINAL_PERIOD)
_CALENDAR: Final = Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH)
_CENTS: Final = RoundStep(2, Rounding.HALF_UP, Early.RATE)

_KEEP: Final = ProrationPolicy()
_KEEP_DAY: Final = ProrationPolicy.keep_dates()
_RESTART_DAY: Final = ProrationPolicy.restart()
_DIFFERENCE_DAY: Final = ProrationPolicy.difference()
_WAITS: Final = ProrationPolicy.at_period_end()
_NOTHING: Final = ProrationPolicy.nothing()
_NEXT: Final = Settlement.NEXT_INVOICE

PLANS: Final = frozenset({Happening.UPGRADE, Happening.DOWNGRADE})
QUANTITIES: Final = frozenset({Happening.MORE, Happening.FEWER})
INTERVALS: Final = frozenset({Happening.LONGER_INTERVAL, Happening.SHORTER_INTERVAL})
CHANGES: Final = PLANS | QUANTITIES | INTERVALS

_SILENT: Final = "The source does not say; the rule for other changes is taken."


def _rule(
    policy: ProrationPolicy, source: str, confidence: Confidence = _HIGH, remark: str = "",
    coverage: Coverage = Coverage.DOCUMENTED, read_on: date = _READ,
) -> ChangeRule:  # fmt: skip
    return ChangeRule(policy, coverage, source, read_on, confidence, remark)


def _book(title: str, usual: ChangeRule, covers: frozenset[Happening], **others: ChangeRule) -> Rulebook:
    """Return the rules of a seller: the usual one for what its documentation covers, others by what happens.

    What is neither covered nor has a rule of its own takes the usual one, and says that it is not documented.
    """
    silent = attrs.evolve(usual, coverage=Coverage.NOT_DOCUMENTED, confidence=_LOW, remark=_SILENT)
    rules = {each.value: usual if each in covers else silent for each in Happening} | others
    return Rulebook(
        title, rules["upgrade"], rules["downgrade"], rules["more"], rules["fewer"], rules["longer_interval"],
        rules["shorter_interval"], rules["add_on"], rules["removal"], rules["cancellation"],
    )  # fmt: skip


_STRIPE: Final = "docs.stripe.com/billing/subscriptions/prorations"
_STRIPE_CANCEL: Final = _rule(
    attrs.evolve(_NOTHING, settlement=_NEXT), "docs.stripe.com/api/subscriptions/cancel, as its SDKs repeat it: prorate defaults to false",
    remark="At once and without credit; with prorate=true the unused share is credited as on a change.",
    read_on=_READ_AGAIN,
)  # fmt: skip
_STRIPE_KEEP: Final = attrs.evolve(_KEEP, settlement=_NEXT, free_to_paid=OnSwitch.RESTART)
_RECURLY: Final = "recurly/recurly-docs @38cfcc4c: change-subscription.md"
_RECURLY_CHANGED: Final = "recurly/recurly-docs @99913a67: subscriptions/only-bill-what-changed.md"
_RECURLY_END: Final = _rule(
    _WAITS, "docs.recurly.com, API reference: terminate a subscription; of a cancellation as a connector restates it", _MEDIUM,
    "A cancellation waits for the end of the term. A termination ends at once and refunds nothing unless asked: all or "
    "the rest of the last invoice.",
    read_on=_READ_AGAIN,
)  # fmt: skip
_ZUORA: Final = "docs.zuora.com: proration by 30 days or actual days; rounding by invoice item, the default level"
_ZUORA_END: Final = (
    "docs.zuora.com: proration, where a customer cancels: the partial period at the end is always billed"
)
_ZUORA_REMARK: Final = "Used and unused are rounded apart, as the printed example of a partial period shows."
_MAXIO: Final = "maxio-com/ab-python-sdk @ea0ff77: subscription products; chargify/docs.chargify.com @7daed4c"
_MAXIO_MIGRATION: Final = "chargify/docs.chargify.com @022f7951: upgrades and downgrades, and @3e159220: migrations"
_MAXIO_END: Final = _rule(
    _NOTHING, "chargify/docs.chargify.com @2aab05f6: cancellation", remark="At once; no refund and no proration.",
    read_on=_READ_AGAIN,
)  # fmt: skip
_MICROSOFT_POLICY: Final = ProrationPolicy(
    Sale.REVERSE_AND_REBILL, _DAY, balance=Balance.INDEPENDENT, settlement=_NEXT, full_refund_days=30
)
_SAMSUNG: Final = "developer.samsung.com, subscription plan changes, examples"
_GOOGLE: Final = (
    "developer.android.com, BillingFlowParams, replacement modes; RevenueCat/purchases-kmp @609ebec2 for figures"
)
_GOOGLE_END: Final = _rule(
    _WAITS, "developer.android.com, manage purchases: nothing is refunded, access stays to the end of the period"
)
_KILLBILL: Final = "killbill/killbill-docs @891f51314: catalog-examples.adoc; killbill/killbill @cb60779c"
_KILLBILL_WAITS: Final = _rule(_WAITS, _KILLBILL, remark="END_OF_TERM; a catalogue may say IMMEDIATE instead.")
_LAGO: Final = "getlago/lago-docs @502a9e785: plans, subscription; getlago/lago-api @1b1c24a6"
_LAGO_POLICY: Final = ProrationPolicy(
    measure=attrs.evolve(_CALENDAR, cancel_day=DayOwner.OLD), credit_of=CreditOf.PLAN_PRICE
)
_UNIBEE: Final = "docs.unibee.dev/documentation/subscription/change-subscription-plan"
_APPLE: Final = "documentation.qonversion.io, upgrade and downgrade a subscription, which quotes Apple"
_APPLE_DOWN: Final = _rule(_WAITS, _APPLE, _MEDIUM, "At the next renewal.", read_on=_READ_AGAIN)
_APPLE_INTERVAL: Final = _rule(
    _WAITS, _APPLE, _MEDIUM,
    "Another interval on the same level waits. A plan of a higher level, as the seller ranks them, starts at once whatever "
    "its interval: take the upgrade's rule for it.",
    read_on=_READ_AGAIN,
)  # fmt: skip


def _zuora(title: str, measure: Measure, confidence: Confidence, remark: str) -> Rulebook:
    policy = ProrationPolicy(measure=measure, balance=Balance.INDEPENDENT, settlement=_NEXT)
    ends = _rule(policy, _ZUORA_END, confidence, remark, read_on=_READ_AGAIN)
    covers = PLANS | QUANTITIES | {Happening.ADD_ON, Happening.REMOVAL}
    return _book(title, _rule(policy, _ZUORA, confidence, remark), covers, cancellation=ends)


def _google(title: str, policy: ProrationPolicy, remark: str, confidence: Confidence = _MEDIUM) -> Rulebook:
    rule = _rule(policy, _GOOGLE, confidence, remark, read_on=_READ_AGAIN)
    return _book(title, rule, PLANS | INTERVALS, cancellation=_GOOGLE_END)


RULEBOOKS: Final = {
    "stripe": _book(
        "Stripe Billing, flexible mode",
        _rule(
            _STRIPE_KEEP, f"{_STRIPE}: how prorations work; credit prorations, flexible column",
            remark="Half up is inferred from the figures.", read_on=_READ_AGAIN,
        ),
        CHANGES | {Happening.ADD_ON, Happening.REMOVAL}, cancellation=_STRIPE_CANCEL,
    ),
    "stripe_classic": _book(
        "Stripe Billing, classic mode",
        _rule(
            attrs.evolve(_STRIPE_KEEP, credit_of=CreditOf.PRICE_NOW),
            f"{_STRIPE}: how prorations work; credit prorations, classic column",
            remark="Half up is inferred from the figures; the line as the stage from -6.67 + 3.33 = -3.34.",
            read_on=_READ_AGAIN,
        ),
        CHANGES | {Happening.ADD_ON, Happening.REMOVAL}, cancellation=_STRIPE_CANCEL,
    ),
    "polar": _book(
        "Polar",
        _rule(
            _KEEP, "polarsource/polar @266c615c26: docs/features/subscriptions/proration.mdx",
            remark="Charged now, one of four settings: next invoice, next period and a new period in full are the others. The "
            "rounding of ties is not stated.",
            read_on=_READ_AGAIN,
        ),
        CHANGES,
        cancellation=_rule(
            _WAITS, "polarsource/polar @043ab89fac: docs/features/subscriptions/manage.mdx",
            remark="Whoever is revoked at once gets nothing back either.", read_on=_READ_AGAIN,
        ),
    ),
    "chargebee": _book(
        "Chargebee, day-based billing",
        _rule(
            _KEEP_DAY,
            "support.chargebee.com, topic 40893 (staff answer); chargebee.com docs 2.0, proration and subscriptions",
            remark="The rounding is not stated; half up by line is inferred.",
        ),
        CHANGES | {Happening.ADD_ON, Happening.REMOVAL},
        cancellation=_rule(
            _KEEP_DAY, "chargebee.com docs: subscriptions; how to prorate credit when cancelling", _MEDIUM,
            "Whether a cancellation is credited is a choice of each call, and who pays its day is a setting of the site; here "
            "both are credited.",
            Coverage.INFERRED, _READ_AGAIN,
        ),
    ),
    "recurly": _book(
        "Recurly, only bill what changed",
        _rule(
            ProrationPolicy(
                Sale.DIFFERENCE_REMAINING, _NOMINAL, CreditOf.GROSS_LEAST_DISCOUNT, stage=Stage.UNIT,
            ),
            _RECURLY_CHANGED,
            remark="As little of a discount as possible goes back; another page of the vendor prints an even split. The mode "
            "of the rounding of a unit is inferred.",
            read_on=_READ_AGAIN,
        ),
        QUANTITIES | {Happening.ADD_ON, Happening.REMOVAL},
        **{
            each.value: _rule(
                ProrationPolicy(measure=_NOMINAL), _RECURLY_CHANGED,
                remark="Any immediate change of the plan still bills everything again.", read_on=_READ_AGAIN,
            )
            for each in PLANS | INTERVALS
        },
        cancellation=_RECURLY_END,
    ),
    "recurly_rebill": _book(
        "Recurly, change with prorated credit and charge",
        _rule(
            ProrationPolicy(measure=_NOMINAL), _RECURLY, remark="The line as the stage is inferred from the examples."
        ),
        CHANGES | {Happening.ADD_ON, Happening.REMOVAL}, cancellation=_RECURLY_END,
    ),
    "recurly_full": _book(
        "Recurly, change with full credit and full charge",
        _rule(ProrationPolicy(Sale.IN_FULL, _NOMINAL), _RECURLY), CHANGES, cancellation=_RECURLY_END,
    ),
    "zuora_actual_days": _zuora("Zuora, actual days in the month", _CALENDAR, _HIGH, _ZUORA_REMARK),
    "zuora_30_days": _zuora("Zuora, months of 30 days", _30_DAYS, _HIGH, _ZUORA_REMARK),
    "zuora_strict_30_360": _zuora(
        "Zuora, strict 30/360", Measure(Clock.DAY, basis=Basis.STRICT_30_360), _LOW,
        "The page shows day counts (27 to 28 February are 4 of 30 days), never an amount.",
    ),
    "maxio_migration": _book(
        "Maxio (Chargify), migration",
        _rule(
            ProrationPolicy(Sale.RESTART), _MAXIO_MIGRATION, read_on=_READ_AGAIN,
            remark="The mode of the rounding is inferred from one preview. A product change, the other way there, moves no money "
            "until the next bill.",
        ),
        PLANS | INTERVALS, cancellation=_MAXIO_END,
    ),
    "maxio_keep_period": _book(
        "Maxio (Chargify), migration with the period preserved",
        _rule(_KEEP, _MAXIO, remark="The mode of the rounding is inferred."), PLANS | INTERVALS, cancellation=_MAXIO_END,
    ),
    "maxio_components": _book(
        "Maxio (Chargify), components, prorated in both directions",
        _rule(
            attrs.evolve(_KEEP, credit_of=CreditOf.PRICE_NOW), "chargify/docs.chargify.com @7daed4c: component proration",
            _MEDIUM, "Credited at the current price; each direction is a setting of the site: prorated, full or none.",
        ),
        QUANTITIES | {Happening.ADD_ON, Happening.REMOVAL}, cancellation=_MAXIO_END,
    ),
    "paddle": _book(
        "Paddle Billing",
        _rule(
            ProrationPolicy(measure=Measure(Clock.MINUTE, early=RoundStep(5, Rounding.HALF_UP))),
            "developer.paddle.com/concepts/subscriptions/proration; PaddleHQ/paddle-python-sdk @48c8cc0, fixtures",
            remark="To the minute, and billed now, one of five settings. The five digits are inferred from five printed rates. "
            "The amount with its tax is prorated: bill it as a price that contains tax.",
            read_on=_READ_AGAIN,
        ),
        CHANGES | {Happening.ADD_ON, Happening.REMOVAL},
        cancellation=_rule(
            _WAITS, "developer.paddle.com, changelog of 2023-10-05: effective_from defaults to next_billing_period",
            remark="At the end of the period unless asked for at once.", read_on=_READ_AGAIN,
        ),
    ),
    "paddle_classic": _book(
        "Paddle Classic",
        _rule(
            _KEEP_DAY, "merchant pages that reproduce Paddle's help text", _MEDIUM,
            "Restated by merchants; the rounding is inferred.",
        ),
        PLANS,
    ),
    "paddle_months": _book(
        "Paddle, a merchant's yearly plans by month",
        _rule(
            ProrationPolicy(measure=_MONTH, settlement=_NEXT),
            "bookingmood.com, upgrade or downgrade (a merchant on Paddle)", _MEDIUM,
            "Restated by a merchant, who derives it from the used months. That a month in which the change falls is not "
            "yet used is inferred: no example changes in the middle of one.",
        ),
        PLANS,
    ),
    "apple": _book(
        "Apple App Store",
        _rule(
            ProrationPolicy(Sale.RESTART, settlement=Settlement.APART), _APPLE, _MEDIUM,
            "At once, at the full price; the unused part is refunded apart. How it is measured is not published; the second "
            "is inferred.",
            read_on=_READ_AGAIN,
        ),
        frozenset({Happening.UPGRADE}),
        downgrade=_APPLE_DOWN, longer_interval=_APPLE_INTERVAL, shorter_interval=_APPLE_INTERVAL,
        cancellation=_rule(
            _WAITS, "developer.apple.com, AdvancedCommerceAPI: revoke a subscription, which names cancelling beside it", _MEDIUM,
            "Renewal stops and access stays to the end of the period; a revocation, which may refund, is another call.",
            Coverage.INFERRED, _READ_AGAIN,
        ),
    ),
    "google_charge_full_price": _google(
        "Google Play, CHARGE_FULL_PRICE", ProrationPolicy(Sale.RESTART_LONGER, _DAY),
        "The full price and the time added are the reference's; the day clock and rounding bought days down are inferred.",
    ),
    "google_charge_prorated_price": _google(
        "Google Play, CHARGE_PRORATED_PRICE", attrs.evolve(_KEEP_DAY, interval_change=OnSwitch.KEEP_CONVERTED),
        "An SDK's makers print 0.50 for 2.00 a month to 36.00 a year half way; the clock is inferred. The store offers it only "
        "if the price per time rises; that is not checked here, and a change to a lower price is worked out as if it were "
        "offered. On the next bill date the store charges a whole period of the new plan.",
    ),
    "google_time_proration": _google(
        "Google Play, WITH_TIME_PRORATION", ProrationPolicy(Sale.BUY_TIME, _DAY, settlement=Settlement.FORFEIT),
        "The reference calls it the current default. No figure was found: that 1.00 left of 2.00 a month buys 365/36 days of "
        "36.00 a year, the day clock and rounding down are inferred.",
    ),
    "google_without_proration": _google(
        "Google Play, WITHOUT_PRORATION", _NOTHING,
        "The bill dates stay, and the next one charges the new price.", _HIGH,
    ),
    "google_deferred": _google(
        "Google Play, DEFERRED", _WAITS, "At the renewal, with the new price.", _HIGH,
    ),
    "samsung_prorated_charge": _book(
        "Samsung, instant prorated charge",
        _rule(
            ProrationPolicy(measure=_30_OLD), _SAMSUNG, remark="One example; the mode of the rounding is inferred.",
            read_on=_READ_AGAIN,
        ),
        PLANS,
    ),
    "samsung_prorated_date": _book(
        "Samsung, instant prorated date",
        _rule(
            ProrationPolicy(Sale.BUY_TIME, _30_OLD, settlement=Settlement.FORFEIT, time_rounding=Rounding.UP), _SAMSUNG,
            remark="One example: 15.00 left at 2.00 a day are 7.5, so 8 days, 15 to 22 September. The 15th is used of the old plan "
            "and the first of the eight, so it is given up.",
            read_on=_READ_AGAIN,
        ),
        PLANS,
    ),
    "samsung_no_proration": _book(
        "Samsung, instant without proration", _rule(_NOTHING, _SAMSUNG, read_on=_READ_AGAIN), PLANS
    ),
    "samsung_deferred": _book("Samsung, deferred", _rule(_WAITS, _SAMSUNG, read_on=_READ_AGAIN), PLANS),
    "shopify": _book(
        "Shopify app billing",
        _rule(
            ProrationPolicy(Sale.DIFFERENCE_REMAINING, _30_DAYS), "shopify.dev/docs/apps/billing/subscriptions",
            remark="The rounding is not stated. A 31st day is inferred to count as none. Whether a change comes at once or at the "
            "end of the cycle is a setting of each change.",
        ),
        PLANS,
        cancellation=_rule(
            _NOTHING, "shopify.dev, appSubscriptionCancel: prorate defaults to false", read_on=_READ_AGAIN,
            remark="At once and without credit; with prorate the unused share comes back: half way 5.00 of 10.00.",
        ),
    ),
    "microsoft_csp": _book(
        "Microsoft CSP, licence-based (legacy)",
        _rule(
            _MICROSOFT_POLICY, "MicrosoftDocs/partner-center-pr.fr-fr @0cbc306a: common billing scenarios, annual",
            remark="The window for a full refund runs from the purchase.", read_on=_READ_AGAIN,
        ),
        QUANTITIES,
        cancellation=_rule(
            _MICROSOFT_POLICY, "MicrosoftDocs/partner-center-pr.fr-fr @bc682d32: common billing scenarios",
            remark="The window runs from the purchase; whether day 30 is within it is inferred.",
        ),
    ),
    "killbill": _book(
        "Kill Bill, the default catalogue rules",
        _rule(
            _KEEP_DAY, _KILLBILL,
            remark="The fraction is rounded to nine decimals first there; that changes exact half-cent ties alone.",
        ),
        frozenset({Happening.UPGRADE, Happening.ADD_ON}), downgrade=_KILLBILL_WAITS, cancellation=_KILLBILL_WAITS,
    ),
    "killbill_fixed_30": _book(
        "Kill Bill, proration.fixed.days = 30",
        _rule(
            ProrationPolicy(measure=Measure(Clock.DAY, basis=FixedDays(30, trimmed=True))),
            "killbill/killbill 1942; killbill/killbill @cb60779c: proration.fixed.days",
            remark="For periods of one month; every month end that is crossed is trimmed, where Kill Bill trims the first.",
        ),
        frozenset({Happening.UPGRADE, Happening.ADD_ON}), downgrade=_KILLBILL_WAITS, cancellation=_KILLBILL_WAITS,
    ),
    "lago": _book(
        "Lago",
        _rule(
            _LAGO_POLICY, "getlago.com/docs: upgrades and downgrades; getlago/lago-api @1b1c24a6",
            remark="Equal prices per day are upgrades. The credit is of the plan's price, and no more than the fee.",
            read_on=_READ_AGAIN,
        ),
        frozenset({Happening.UPGRADE}),
        cancellation=_rule(
            _LAGO_POLICY, _LAGO, remark="The day of the cancellation stays paid; the credit is a credit note.",
        ),
        downgrade=_rule(_WAITS, _LAGO, remark="A cheaper plan waits for the end of the period."),
    ),
    "zoho": _book(
        "Zoho Billing",
        _rule(
            _KEEP_DAY, "zohohelp.com, billing: settings, subscriptions, proration", remark="The rounding is not stated."
        ),
        CHANGES | {Happening.ADD_ON, Happening.REMOVAL},
    ),
    "braintree": _book(
        "Braintree",
        _rule(
            ProrationPolicy(Sale.DIFFERENCE_REMAINING, _OLD_DAY, stage=Stage.NET),
            "a merchant's help centre, two examples that agree", _MEDIUM,
            "Restated by merchants. That the day of the change counts as used follows from their figures.",
        ),
        PLANS,
    ),
    "fastspring": _book(
        "FastSpring",
        _rule(
            ProrationPolicy(measure=_MONTH, settlement=Settlement.APART),
            "FastSpring's documentation of plan changes, one example",
            remark="Charged and refunded apart. The month as the clock is inferred from the one example, and so is that the "
            "month in which the change falls is not yet used.",
        ),
        PLANS,
    ),
    "unibee": _book(
        "UniBee",
        _rule(
            ProrationPolicy(Sale.DIFFERENCE_REMAINING, attrs.evolve(_OLD_DAY, early=_CENTS)), _UNIBEE,
            remark="One example, 50.00 / 31 = 1.61 a day, × 15 = 24.15: the price of a day in cents, and the day of the change as "
            "used. The mode is inferred.",
            read_on=_READ_AGAIN,
        ),
        frozenset({Happening.UPGRADE}),
        downgrade=_rule(
            _WAITS, _UNIBEE, remark="The default of two settings; the other one changes at once.", read_on=_READ_AGAIN
        ),
    ),
    "salesforce": _book(
        "Salesforce CPQ and Revenue Cloud, by day",
        _rule(
            ProrationPolicy(measure=Measure(Clock.DAY, early=RoundStep(4, Rounding.HALF_UP))),
            "help.salesforce.com, subscription proration: the prorate multiplier", _LOW,
            "The multiplier has four or six digits by setting; what is credited on an amendment is inferred.",
            Coverage.INFERRED,
        ),
        QUANTITIES,
        cancellation=_rule(
            _WAITS, "developer.salesforce.com, ProrationPolicy: ArePartialPeriodsAllowed defaults to false", _MEDIUM,
            "Read of Subscription Management: at the end of the month or other period, unless parts of one are allowed.",
            read_on=_READ_AGAIN,
        ),
    ),
    "goto": _book(
        "GoTo: the default of the reference profile",
        _rule(
            _RESTART_DAY,
            "support.goto.com, GoTo Meeting plan changes; LogMeIn Rescue Billing User Guide, last updated 2023-12-21",
            _LOW,
            "The guide says that the unused remainder becomes a credit on the new price. The clock (whole days), the rounding "
            "and for Rescue the new period are our choice.",
            Coverage.INFERRED,
        ),
        CHANGES,
    ),
    "dodo": _book(
        "Dodo Payments, difference_immediately",
        _rule(
            ProrationPolicy(Sale.DIFFERENCE_FULL, _DAY),
            "dodopayments/dodo-docs @2570212: subscription-integration-guide.mdx",
        ),
        PLANS | QUANTITIES,
    ),
    "nadles": _book(
        "Nadles",
        _rule(
            attrs.evolve(_KEEP_DAY, settlement=_NEXT), "docs.nadles.com/subscriptions/upgrades-and-downgrades",
            remark="The rounding is not stated.",
        ),
        PLANS,
    ),
    "difference_remaining": _book(
        "The price difference for the days that remain",
        _rule(_DIFFERENCE_DAY, "several vendors' examples", _MEDIUM), PLANS | QUANTITIES,
    ),
    "rounded_daily_rate": _book(
        "Vendors that multiply a daily price in cents",
        _rule(
            ProrationPolicy(measure=attrs.evolve(_DAY, early=_CENTS)),
            "printed examples that only a rounded daily price reproduces", _LOW,
            "Inferred from the figures; used + unused need not make the price.", Coverage.INFERRED,
        ),
        PLANS,
    ),
    "none": _book(
        "No proration",
        _rule(
            _NOTHING, "docs.stripe.com, proration_behavior=none; the same switch at most vendors",
            remark="A plan of another interval is inferred to keep the old renewal date, and to be charged on it.",
        ),
        CHANGES,
    ),
}  # fmt: skip
"""Every rulebook by its name."""

ALIASES: Final = {
    "stripe_flexible": "stripe", "goto_meeting": "goto", "goto_rescue": "goto", "recurly_only_changed": "recurly",
    "chargify": "maxio_migration", "chargebee_day": "chargebee", "app_store": "apple", "difference_full": "dodo",
}  # fmt: skip
"""Other names under which a rulebook is looked for."""
