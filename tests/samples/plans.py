"""Amounts, plans, periods, billed lines and policies: what is sold and billed, in euros unless a currency is given."""

from datetime import UTC, date, datetime

import attrs

from billingcore.billed import BilledPeriod
from billingcore.cycles import ANNUAL, MONTHLY, InstantPeriod, Period, Schedule
from billingcore.money import Money, Rounding
from billingcore.plans import FlatPrice, PerSeatPrice, Plan
from billingcore.proration import Change, Measure, ProrationPolicy
from billingcore.tax import OutsideScope
from billingcore.vendors import RULEBOOKS

EDITION = "2026-11-23"
UNTAXED = OutsideScope("CH", (), EDITION)
HALF_UP = Rounding.HALF_UP

# Of the 31 days from 10 January, 21 are left on the 20th and 17 on the 24th.
TENTH, TWENTIETH, TWENTY_FOURTH = date(2026, 1, 10), date(2026, 1, 20), date(2026, 1, 24)

JANUARY, APRIL = Period(date(2026, 1, 1), date(2026, 2, 1)), Period(date(2026, 4, 1), date(2026, 5, 1))
MID_APRIL = date(2026, 4, 16)
FROM_10_JANUARY = Period(date(2026, 1, 10), date(2026, 2, 10))
FROM_31_JANUARY = Period(date(2026, 1, 31), date(2026, 2, 28))
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
SPAN = InstantPeriod(datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 2, 10, 12, tzinfo=UTC))

NIGHTS = InstantPeriod(datetime(2026, 1, 1, 18, tzinfo=UTC), datetime(2026, 2, 1, 18, tzinfo=UTC))
FROM_THE_31ST = Schedule(date(2024, 1, 31), MONTHLY)


def boundaries(schedule, count, first=0):
    """Give the bill dates of a schedule as texts."""
    return [str(schedule.boundary(n)) for n in range(first, first + count)]


def cents(amount_minor):
    return Money(amount_minor, "EUR")


def money(text, currency="EUR"):
    return Money.of(text, currency)


def flat(price="30.00", name="Rescue", cadence=MONTHLY, currency="EUR"):
    """Give a plan that has one price a period."""
    return Plan(name, FlatPrice(money(price, currency)), cadence)


def seats(price, name="Seats", cadence=MONTHLY, currency="EUR"):
    """Give a plan that has one price a seat and period."""
    return Plan(name, PerSeatPrice(money(price, currency)), cadence)


MONTHLY_30, MONTHLY_60 = flat("30.00"), flat("60.00", "Rescue Plus")
SMALL, LARGE, LARGE_60, HUGE = (
    flat("30.00", "Small"),
    flat("50.00", "Large"),
    flat("60.00", "Large"),
    flat("70.00", "Huge"),
)
FREE, XL = flat("0.00", "Free"), flat("60.00", "XL")
TEN = money("10.00")
# For January of 31 days: a day costs 1.00, 2.00 or 3.00.
SMALL_31, LARGE_62, HUGE_93 = flat("31.00", "Small"), flat("62.00", "Large"), flat("93.00", "Huge")
YEARLY_120, YEARLY_300 = flat("120.00", "Yearly", ANNUAL), flat("300.00", "Yearly", ANNUAL)
YEARLY_600, YEARLY_1200 = flat("600.00", "Yearly", ANNUAL), flat("1200.00", "Dearer", ANNUAL)


def billed(plan, period=FROM_10_JANUARY, quantity=1, *, discount=None, span=None, ruling=UNTAXED, given=None):
    """Give what was billed for a period; ``given`` is the credit that was given for it before."""
    line = BilledPeriod.of_plan(plan, quantity, period, ruling, discount, span)
    return line if given is None else line.with_credit_given(given)


TO_THE_INSTANT = BilledPeriod.of_plan(SMALL_31, 1, JANUARY, UNTAXED, span=NIGHTS)


def running_after(result):
    """Give the billed lines that still run after a change."""
    return [line for line in result.billed_after if line.ended_on is None]


POLICIES = {name: book.upgrade.policy for name, book in RULEBOOKS.items()}
"""What each rulebook does on an upgrade."""
POLICIES["recurly_only_changed"] = RULEBOOKS["recurly"].more.policy
DAY_KEEP, DAY_RESET, DIFFERENCE = ProrationPolicy.keep_dates(), ProrationPolicy.restart(), ProrationPolicy.difference()
KEEP, POLAR = DAY_KEEP, POLICIES["polar"]
UPGRADE = Change.to(TWENTY_FOURTH, LARGE)
UPGRADE_AT = attrs.evolve(UPGRADE, at=SPAN.start_at.replace(day=24, hour=18))
LATE = Change.to(datetime(2026, 2, 1, 12, tzinfo=UTC), LARGE_62)  # on the last civil day, which belongs to what follows


def policy(name, **fields):
    """Give a policy by name, with some fields of it or of its measure replaced: ``policy("polar", clock=Clock.DAY)``."""
    found = POLICIES[name]
    of_measure = {each.name for each in attrs.fields(Measure)}
    measure = attrs.evolve(found.measure, **{key: value for key, value in fields.items() if key in of_measure})
    rest = {key: value for key, value in fields.items() if key not in of_measure}
    return attrs.evolve(found, measure=measure, **rest)
