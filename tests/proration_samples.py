"""Plans, billed periods and policies that the tests of proration share."""

from datetime import UTC, date, datetime

import attrs

from billing_samples import UNTAXED
from billingcore._kernel import Rounding
from billingcore.billed import BilledPeriod
from billingcore.cycles import ANNUAL, MONTHLY, InstantPeriod, Period
from billingcore.money import Money
from billingcore.plans import FlatPrice, PerSeatPrice, Plan
from billingcore.presets import PRESETS
from billingcore.proration import (
    Basis,
    Change,
    Charge,
    Clock,
    Credit,
    Cycle,
    Measure,
    MoneyRounding,
    ProrationPolicy,
    Sides,
    Timing,
)

JANUARY = Period(date(2026, 1, 10), date(2026, 2, 10))
SPAN = InstantPeriod(datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 2, 10, 12, tzinfo=UTC))
DAY_KEEP = ProrationPolicy.simple(Credit.UNUSED, Charge.REMAINING, Cycle.KEEP)
DAY_RESET = ProrationPolicy.simple(Credit.UNUSED, Charge.FULL, Cycle.RESET)


def money(text, currency="USD"):
    return Money.of(text, currency)


def flat(price, name="Plan", cadence=MONTHLY, currency="USD"):
    return Plan(name, FlatPrice(Money.of(price, currency)), cadence)


def seats(price, name="Seats", cadence=MONTHLY, currency="USD"):
    return Plan(name, PerSeatPrice(Money.of(price, currency)), cadence)


def billed(plan, period=JANUARY, quantity=1, *, discount=None, span=None, ruling=UNTAXED, given=None):
    line = BilledPeriod.of_plan(plan, quantity, period, ruling, discount, span)
    return line if given is None else line.with_credit_given(given)


def policy(name, **parts):
    """The policy of a preset, with some fields of its parts replaced: ``policy("polar", sides={"charge": ...})``."""
    found = PRESETS[name].policy
    changes = {part: attrs.evolve(getattr(found, part), **fields) for part, fields in parts.items()}
    return attrs.evolve(found, **changes)


SMALL, LARGE = flat("30.00", "Small"), flat("50.00", "Large")
UPGRADE = Change.to(date(2026, 1, 24), LARGE)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))

__all__ = [
    "ANNUAL", "DAY_KEEP", "DAY_RESET", "JANUARY", "LARGE", "SMALL", "SPAN", "UPGRADE", "YEAR", "Basis", "Clock", "Measure",
    "MoneyRounding", "Rounding", "Sides", "Timing", "billed", "flat", "money", "policy", "seats",
]  # fmt: skip
