"""A Swiss subscription without tax, its plans, and short names for what tests of changes do all the time."""

from datetime import date

from billingcore import (
    ANNUAL,
    MONTHLY,
    Account,
    Address,
    BilledPeriod,
    Buyer,
    FlatPrice,
    Money,
    OutsideScope,
    Period,
    Plan,
    Seller,
    quote_cancellation,
    quote_change,
    quote_start,
)
from billingcore.presets import PRESETS

SWISS = Address("CH")
ACCOUNT = Account(Seller("Seller", SWISS), Buyer("Buyer", SWISS))
POLICIES = {name: each.policy for name, each in PRESETS.items()}
JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))
UNTAXED = OutsideScope("CH", (), "2026-11-23")


def eur(amount):
    return Money.of(amount, "EUR")


def plan(name, price, cadence=MONTHLY):
    return Plan(name, FlatPrice(eur(price)), cadence)


SMALL, LARGE, HUGE, FREE = plan("Small", "31.00"), plan("Large", "62.00"), plan("Huge", "93.00"), plan("Free", "0.00")
YEARLY, DEARER = plan("Yearly", "600.00", ANNUAL), plan("Dearer", "1200.00", ANNUAL)
BILLED = (BilledPeriod.of_plan(SMALL, 1, JANUARY, UNTAXED),)


def day(number, month=1):
    return date(2026, month, number)


def started(first=SMALL, quantity=1, **more):
    return quote_start(ACCOUNT, first, quantity, day(1), **more).subscription


def change(subscription, to, on, name="none", quantity=1):
    return quote_change(ACCOUNT, subscription, to, quantity, on, POLICIES[name])


def given_back(subscription, on, name):
    return quote_cancellation(ACCOUNT, subscription, on, POLICIES[name]).credit_left
