"""The laws of proration as checks of one example each; which of them a vendor's own rule breaks, and why; policies at random."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

import attrs
from hypothesis import strategies as st

from billingcore.cycles import ANNUAL, MONTHLY, WEEKLY, InstantPeriod, Period, Schedule
from billingcore.errors import InvalidValueError
from billingcore.money import Money, Rounding
from billingcore.plans import FlatPrice, PerSeatPrice, Plan, PriceMode
from billingcore.proration import (
    Balance,
    Basis,
    Change,
    ChangeKind,
    Clock,
    CreditOf,
    DayOwner,
    Early,
    FixedDays,
    Measure,
    OnSwitch,
    ProrationPolicy,
    RoundStep,
    Sale,
    Settlement,
    Side,
    Stage,
    fold_changes,
    prorate_change,
)
from billingcore.records import from_record, to_record
from samples import UNTAXED, VAT_20, billed, flat, seats

UNUSED = {
    Sale.PRORATE, Sale.REVERSE_AND_REBILL, Sale.CREDIT_ONLY, Sale.RESTART, Sale.RESTART_LONGER, Sale.BUY_TIME,
}  # fmt: skip
"""What credits the unused share."""
NOTHING_BACK = {Sale.NOTHING, Sale.AT_PERIOD_END, Sale.RESTART_WITHOUT_CREDIT}
MOVES_THE_DATES = {Sale.RESTART, Sale.RESTART_LONGER, Sale.RESTART_WITHOUT_CREDIT, Sale.BUY_TIME}


def minor(amount, name):
    return flat(f"{amount // 100}.{amount % 100:02}", name)


def days_between(period):
    return [period.start + timedelta(days=count) for count in range(period.days)]


def unused_credit(policy, paid, period, day):
    return prorate_change(policy, Change.to(day, minor(paid, "New")), [billed(minor(paid, "Old"), period)])


def used_and_unused_make_the_billed(policy, paid, other, period, day):
    """What is credited and what is used make what was billed."""
    result = unused_credit(policy, paid, period, day)
    if policy.sale not in UNUSED:
        return True
    return result.used.amount_minor + result.credit_minor == paid


def credit_is_between_nothing_and_the_billed(policy, paid, other, period, day):
    """For the whole change: no line gives back more than was billed."""
    result = prorate_change(policy, Change.to(day, minor(other, "New")), [billed(minor(paid, "Old"), period)])
    return 0 <= result.credit_minor <= paid and result.charge_minor >= 0


def credit_never_grows_later(policy, paid, other, period, day):
    """A later change gives back no more than an earlier one."""
    if day + timedelta(days=1) >= period.end:
        return True
    later = unused_credit(policy, paid, period, day + timedelta(days=1)).credit_minor
    return later <= unused_credit(policy, paid, period, day).credit_minor


def the_first_day_credits_everything(policy, paid, other, period, day):
    """On the first day everything that was billed goes back."""
    result = unused_credit(policy, paid, period, period.start)
    return policy.sale not in UNUSED or result.credit_minor == paid


def there_and_back_is_nothing(policy, paid, other, period, day):
    """Where the cycle is kept: a restart moves the bill date and does not."""
    if policy.sale in MOVES_THE_DATES:
        return True
    old = minor(paid, "Old")
    history = fold_changes(policy, [billed(old, period)], [Change.to(day, minor(other, "New")), Change.to(day, old)])
    return history.net.amount_minor == 0


def two_changes_at_once_are_the_last_one(policy, paid, other, period, day):
    """In money owed."""
    old, last = billed(minor(paid, "Old"), period), Change.to(day, minor(other, "New"))
    direct = prorate_change(policy, last, [old])
    detour = fold_changes(policy, [old], [Change.to(day, minor(paid // 2 + other, "Between")), last])
    return detour.net == direct.net


def credits_never_exceed_what_was_billed(policy, paid, other, period, day):
    """Over a chain of changes, unwound at its end."""
    old = billed(minor(paid, "Old"), period)
    half = day + (period.end - day) // 2 if policy.sale is not Sale.BUY_TIME else day
    changes = [Change.to(day, minor(other, "New")), Change.to(half, minor(paid // 3 + 1, "Less")), Change.cancel(half)]
    history = fold_changes(policy, [old], changes, purchased_on=period.start)
    return history.credit.amount_minor <= paid + history.charge.amount_minor + sum(
        step.converted_minor for step in history.steps
    )


def full_unwinding_gives_everything_back(policy, paid, other, period, day):
    """The credits equal what was billed when everything is undone on the first day."""
    if policy.sale in NOTHING_BACK:
        return True
    line = billed(minor(paid, "Old"), period)
    result = prorate_change(policy, Change.cancel(period.start), [line], purchased_on=period.start)
    return result.credit_minor == paid


def doubling_doubles_the_exact_lines(policy, paid, other, period, day):
    """Exactly, before any rounding."""

    def exact(times):
        change = Change.to(day, minor(other * times, "New"))
        result = prorate_change(policy, change, [billed(minor(paid * times, "Old"), period)])
        return {line.side: line.exact.amount_minor for line in result.lines if line.side is not Side.EXTENSION}

    one, two = exact(1), exact(2)
    return {side: 2 * amount for side, amount in one.items()} == {side: two.get(side, 0) for side in one}


def seats_are_rounded_together(policy, paid, other, period, day):
    """Three seats at a price cost what one thing at three times the price costs."""

    def net(plan, count, new):
        return prorate_change(policy, Change.to(day, new, count), [billed(plan, period, count)]).net

    amount = Money(paid, "EUR").amount, Money(other, "EUR").amount
    apart = net(seats(amount[0], "Old"), 3, seats(amount[1], "New"))
    return apart == net(minor(paid * 3, "Old"), 1, minor(other * 3, "New"))


def the_calendar_does_not_matter(policy, paid, other, period, day):
    """A month of 31 days, as many of them used, at another time of the year."""
    january, march = Period(date(2026, 1, 10), date(2026, 2, 10)), Period(date(2026, 3, 10), date(2026, 4, 10))
    used = min(day - period.start, timedelta(days=30))
    first = unused_credit(policy, paid, january, january.start + used)
    return unused_credit(policy, paid, march, march.start + used).net == first.net


def lines_add_up(policy, paid, other, period, day):
    """The lines, as they are printed, make the net."""
    result = prorate_change(policy, Change.to(day, minor(other, "New")), [billed(minor(paid, "Old"), period)])
    return sum(line.net.amount_minor for line in result.lines) == result.net_minor


def nothing_is_dropped(policy, paid, other, period, day):
    """What the credit does not pay for is left over, and says so."""
    result = prorate_change(policy, Change.to(day, minor(other, "New")), [billed(minor(paid, "Old"), period)])
    whole = result.applied.amount_minor + result.leftover.amount_minor + result.converted_minor
    due = result.charge_minor if result.settles_apart else max(result.net_minor, 0)
    return whole == result.credit_minor and result.charge_minor - result.applied.amount_minor == due


LAWS = {
    law.__name__: law
    for law in (
        used_and_unused_make_the_billed, credit_is_between_nothing_and_the_billed, credit_never_grows_later,
        the_first_day_credits_everything, there_and_back_is_nothing, two_changes_at_once_are_the_last_one,
        credits_never_exceed_what_was_billed, full_unwinding_gives_everything_back, doubling_doubles_the_exact_lines,
        seats_are_rounded_together, the_calendar_does_not_matter, lines_add_up, nothing_is_dropped,
    )
}  # fmt: skip


@attrs.frozen
class Broken:
    """A law that a vendor's own rule breaks: which, why, and an example of it."""

    law: str
    rules: str
    reason: str
    paid: int
    other: int
    period: Period
    day: date


BROKEN = (
    Broken(
        "used_and_unused_make_the_billed",
        "zuora_actual_days",
        "used and unused time are rounded apart",
        4718,
        9978,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 4),
    ),
    Broken(
        "used_and_unused_make_the_billed",
        "zuora_30_days",
        "used and unused time are rounded apart",
        45,
        34,
        Period(date(2026, 1, 31), date(2026, 2, 28)),
        date(2026, 2, 17),
    ),
    Broken(
        "used_and_unused_make_the_billed",
        "zuora_strict_30_360",
        "used and unused time are rounded apart",
        3255,
        2290,
        Period(date(2026, 3, 1), date(2026, 4, 1)),
        date(2026, 3, 12),
    ),
    Broken(
        "the_first_day_credits_everything",
        "zuora_30_days",
        "28 days of a month are 28/30 of its price",
        54,
        9,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 3),
    ),
    Broken(
        "the_first_day_credits_everything",
        "zuora_strict_30_360",
        "a month's end is day 30: 28 February to 28 March is 28 of 30 days",
        3000,
        6000,
        Period(date(2025, 2, 28), date(2025, 3, 28)),
        date(2025, 2, 28),
    ),
    Broken(
        "the_first_day_credits_everything",
        "samsung_prorated_charge",
        "the day of the change stays with the old plan",
        7058,
        2675,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 3),
    ),
    Broken(
        "the_first_day_credits_everything",
        "samsung_prorated_date",
        "the day of the change stays with the old plan",
        8290,
        4620,
        Period(date(2026, 4, 1), date(2026, 5, 1)),
        date(2026, 4, 23),
    ),
    Broken(
        "the_first_day_credits_everything",
        "killbill_fixed_30",
        "a month end that is crossed counts as day 30: 31 January to 28 February are 27/30",
        7305,
        60,
        Period(date(2026, 1, 31), date(2026, 2, 28)),
        date(2026, 2, 11),
    ),
    Broken(
        "there_and_back_is_nothing",
        "microsoft_csp",
        "used and unused time are rounded apart",
        21,
        24,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 7),
    ),
    Broken(
        "there_and_back_is_nothing",
        "unibee",
        "the price of a day is rounded before it is multiplied",
        48,
        3,
        Period(date(2026, 4, 1), date(2026, 5, 1)),
        date(2026, 4, 5),
    ),
    Broken(
        "there_and_back_is_nothing",
        "rounded_daily_rate",
        "the price of a day is rounded before it is multiplied",
        45,
        5,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 3),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "recurly_only_changed",
        "each price difference is rounded on its own",
        35,
        37,
        Period(date(2026, 4, 1), date(2026, 5, 1)),
        date(2026, 4, 23),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "braintree",
        "each price difference is rounded on its own",
        41,
        50,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 16),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "shopify",
        "each price difference is rounded on its own",
        8549,
        2545,
        Period(date(2026, 3, 1), date(2026, 4, 1)),
        date(2026, 3, 22),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "google_charge_full_price",
        "the credit buys time, so each change is charged in full",
        2778,
        7589,
        Period(date(2026, 3, 1), date(2026, 4, 1)),
        date(2026, 3, 23),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "unibee",
        "each price difference is rounded on its own",
        2474,
        2431,
        Period(date(2026, 1, 31), date(2026, 2, 28)),
        date(2026, 2, 23),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "difference_remaining",
        "each price difference is rounded on its own",
        4257,
        1604,
        Period(date(2026, 3, 1), date(2026, 4, 1)),
        date(2026, 3, 8),
    ),
    Broken(
        "there_and_back_is_nothing",
        "zuora_strict_30_360",
        "a month's end is day 30: 28 January to 28 February are 32 of 30 days, and no credit is above what was billed",
        8,
        1,
        Period(date(2025, 1, 28), date(2025, 2, 28)),
        date(2025, 1, 28),
    ),
    *[
        Broken(
            "doubling_doubles_the_exact_lines",
            name,
            "less than half a cent buys no time: the rest of the period is charged",
            1,
            3,
            Period(date(2023, 1, 1), date(2023, 2, 1)),
            date(2023, 1, 17),
        )
        for name in ("samsung_prorated_date", "google_time_proration")
    ],
    Broken(
        "full_unwinding_gives_everything_back",
        "zuora_strict_30_360",
        "a month's end is day 30: 28 February to 28 March is 28 of 30 days",
        3000,
        6000,
        Period(date(2025, 2, 28), date(2025, 3, 28)),
        date(2025, 2, 28),
    ),
    Broken(
        "full_unwinding_gives_everything_back",
        "zuora_30_days",
        "28 days of a month are 28/30 of its price",
        34,
        23,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 28),
    ),
    Broken(
        "full_unwinding_gives_everything_back",
        "shopify",
        "28 days of a month are 28/30 of its price",
        41,
        51,
        Period(date(2026, 1, 31), date(2026, 2, 28)),
        date(2026, 2, 16),
    ),
    Broken(
        "full_unwinding_gives_everything_back",
        "samsung_prorated_charge",
        "28 days of a month are 28/30 of its price",
        26,
        33,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 24),
    ),
    Broken(
        "full_unwinding_gives_everything_back",
        "samsung_prorated_date",
        "28 days of a month are 28/30 of its price",
        928,
        4137,
        Period(date(2026, 1, 31), date(2026, 2, 28)),
        date(2026, 2, 12),
    ),
    Broken(
        "full_unwinding_gives_everything_back",
        "lago",
        "the day of a cancellation stays paid",
        1008,
        219,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 14),
    ),
    Broken(
        "full_unwinding_gives_everything_back",
        "killbill_fixed_30",
        "a month end that is crossed counts as day 30: 31 January to 28 February are 27/30",
        5770,
        9506,
        Period(date(2026, 1, 31), date(2026, 2, 28)),
        date(2026, 2, 3),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "samsung_prorated_date",
        "less than half a cent buys no time: the rest of the period is charged, and rounded with each change",
        2,
        2,
        Period(date(2023, 1, 1), date(2023, 2, 1)),
        date(2023, 1, 24),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "google_time_proration",
        "time is bought in whole days: what is left of a day is lost with each change",
        11,
        56,
        Period(date(2023, 2, 22), date(2023, 3, 22)),
        date(2023, 3, 18),
    ),
    Broken(
        "full_unwinding_gives_everything_back",
        "braintree",
        "the day of a change stays paid, and so does that of a cancellation",
        3100,
        5000,
        Period(date(2026, 1, 10), date(2026, 2, 10)),
        date(2026, 1, 24),
    ),
    Broken(
        "full_unwinding_gives_everything_back",
        "unibee",
        "the day of a change stays paid, and so does that of a cancellation",
        3100,
        5000,
        Period(date(2026, 1, 10), date(2026, 2, 10)),
        date(2026, 1, 24),
    ),
    Broken(
        "seats_are_rounded_together",
        "recurly_only_changed",
        "each seat is rounded before it is multiplied",
        9,
        50,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 26),
    ),
)
"""Every law that a named rulebook breaks on an upgrade; all others hold under it."""


def table():
    """The same as a table in Markdown."""
    lines = ["| law | rulebook | why it does not hold |", "|---|---|---|"]
    lines += [f"| {each.law.replace('_', ' ')} | `{each.rules}` | {each.reason} |" for each in BROKEN]
    return "\n".join(lines)


# Policies at random


def often(choice, usual, times):
    """Give the members of a choice, the usual one so many times more: most policies are written with it."""
    return [*choice, *[usual] * times]


MEASURED = {
    "clock": often(Clock, Clock.DAY, 10),
    "zone": [None, UTC, timezone(timedelta(hours=13))],
    "basis": [*often(Basis, Basis.ACTUAL_PERIOD, 8), FixedDays(30), FixedDays(365, ANNUAL), FixedDays(30, trimmed=True)],
    "change_day": often(DayOwner, DayOwner.NEW, 2),
    "cancel_day": [None, *DayOwner, None],
    "early": [
        *[None] * 6, RoundStep(2, Rounding.HALF_UP), RoundStep(5, Rounding.DOWN), RoundStep(0, Rounding.UP),
        RoundStep(2, Rounding.HALF_EVEN, Early.RATE),
    ],
}  # fmt: skip
POLICY_FIELDS = {
    "sale": list(Sale), "credit_of": list(CreditOf), "rounding": list(Rounding), "stage": list(Stage), "balance": list(Balance),
    "interval_change": list(OnSwitch), "free_to_paid": [OnSwitch.RESTART, OnSwitch.KEEP] * 5 + [OnSwitch.KEEP_CONVERTED],
    "settlement": list(Settlement), "full_refund_days": [None, None, 0, 14, 3650], "time_rounding": list(Rounding),
}  # fmt: skip
"""From what each field is drawn: every value, and the usual ones more often where the constructor refuses many."""


@st.composite
def policies(draw):
    """A policy with any value in each field; one that its constructor refuses is drawn again."""

    def drawn(fields):
        return {name: draw(st.sampled_from(values)) for name, values in fields.items()}

    while True:
        try:
            return ProrationPolicy(measure=Measure(**drawn(MEASURED)), **drawn(POLICY_FIELDS))
        except InvalidValueError:
            continue


@attrs.frozen
class Case:
    """What was billed, and a change of it; to the instant where the policy can tell the day of one."""

    billed: tuple
    asked: Change
    purchased_on: date
    paid: Money | None
    to_the_instant: bool

    def result(self, policy):
        return prorate_change(
            policy, self.change(policy), self.lines(policy), purchased_on=self.purchased_on, paid=self.paid
        )

    def lines(self, policy):
        if not self.to_the_instant or policy.measure.zone is None:
            return self.billed
        return tuple(attrs.evolve(line, span=at_noon(line.period)) for line in self.billed)

    def change(self, policy):
        instant = type(self.asked.at) is datetime
        fits = policy.measure.zone is not None or not instant
        return self.asked if fits else attrs.evolve(self.asked, at=self.asked.at.date())

    @property
    def left(self):
        return sum(line.remaining.amount_minor for line in self.billed)


def at_noon(period):
    full = None if period.reference is None else at_noon(period.reference)
    return InstantPeriod(*[datetime.combine(day, time(12), UTC) for day in (period.start, period.end)], full)


@st.composite
def cases(draw):
    """A month, or a part of one, billed in any price and quantity, with a discount and credit given; and a change of it."""
    prices = st.one_of(st.integers(0, 60), st.integers(1, 100_000), st.integers(1, 10**9))
    period = Schedule(draw(st.dates(date(2023, 1, 1), date(2028, 12, 31))), MONTHLY).period(draw(st.integers(0, 3)))
    full, mode = Period(period.start, period.end), draw(st.sampled_from([PriceMode.EXCLUSIVE, *PriceMode]))

    def plan(name, cadence=MONTHLY):
        price = FlatPrice if draw(st.booleans()) else PerSeatPrice
        return Plan(name, price(Money(draw(prices), "EUR"), mode), cadence)

    def line(sold, ruling):
        begins = full.start + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, full.days // 2])))
        part = full if begins == full.start else Period(begins, full.end, full)
        quantity, off = draw(st.integers(1, 5)), None
        made = billed(sold, part, quantity, ruling=ruling)
        if draw(st.booleans()):
            off = Money(made.charge.amount_minor * draw(st.integers(0, 10)) // 10, "EUR")
            made = billed(sold, part, quantity, discount=off, ruling=ruling)
        if mode is PriceMode.INCLUSIVE and draw(st.booleans()):
            made = attrs.evolve(made, tax=Money(made.net.amount_minor // 7, "EUR"))
        given = made.net.amount_minor * draw(st.sampled_from([0, 0, 1, 5, 10])) // 10
        return made.with_credit_given(Money(given, "EUR"))

    lines = [line(plan("Old"), VAT_20)]
    if draw(st.booleans()):
        lines.append(line(plan("Extra"), UNTAXED))
    first = max(each.period.start for each in lines)
    day = first + timedelta(days=draw(st.integers(0, (full.end - first).days)))
    at = day
    if draw(st.integers(0, 3)) == 0 and day < full.end:
        at = datetime.combine(day, time(draw(st.integers(0, 23)), 30), UTC)
    return Case(
        tuple(lines), _change(draw, plan, at, lines), full.start - timedelta(days=draw(st.integers(0, 40))),
        draw(st.sampled_from([None, Money(0, "EUR"), Money(1234, "EUR")])),
        draw(st.integers(0, 3)) == 0 and (type(at) is datetime or day > first),
    )  # fmt: skip


def _change(draw, plan, at, lines):
    kind = draw(st.sampled_from([ChangeKind.REPLACE] * 4 + list(ChangeKind)))
    if kind in {ChangeKind.CANCEL, ChangeKind.REMOVE}:
        now = draw(st.sampled_from([None, plan(lines[-1].plan.name)]))
        return Change(at, None, kind=kind, price_now=now)
    new = draw(st.sampled_from(["same", "other", "other", "longer", "shorter"]))
    sold = lines[-1].plan if new == "same" else plan("New", {"longer": ANNUAL, "shorter": WEEKLY}.get(new, MONTHLY))
    quantity = draw(st.integers(1, 5))
    price = sold.charge_for(quantity).amount_minor
    discount = Money(price * draw(st.integers(0, 10)) // 10, "EUR") if draw(st.booleans()) else None
    chosen = date(at.year, at.month, at.day) + timedelta(days=draw(st.integers(2, 400)))
    next_bill_on = chosen if draw(st.integers(0, 7)) == 0 else None
    return Change(at, sold, quantity, kind, discount=discount, next_bill_on=next_bill_on)


# What holds under each of them

ONE_FRACTION = {
    Sale.PRORATE, Sale.REVERSE_AND_REBILL, Sale.IN_FULL, Sale.DIFFERENCE_REMAINING, Sale.DIFFERENCE_FULL, Sale.NOTHING,
}  # fmt: skip
"""What keeps the dates, and measures what it gives back and what it charges alike."""


def lines_come_to_the_figures(policy, case, result):
    """The lines, with their signs, are the net; those of the new plan the charge, all others the credit."""
    charge = sum(line.signed_minor for line in result.lines if line.side is Side.CHARGE)
    bought = sum(line.signed_minor for line in result.lines if line.side is Side.EXTENSION)
    signed = sum(line.signed_minor for line in result.lines)
    return (charge, bought, signed) == (result.charge_minor, result.converted_minor, result.net_minor)


def what_is_left_is_the_most(policy, case, result):
    """Of no line goes back more than what is left of it, and never less than nothing."""
    given = {}
    for line, of in result.given:
        given[id(of)] = given.get(id(of), 0) - line.signed_minor
    left = {id(line): line.remaining.amount_minor for line in result.billed}
    return all(0 <= credit <= left[of] for of, credit in given.items())


def what_is_used_and_what_is_not_make_the_billed(policy, case, result):
    """Where the unused share of one line goes back of which nothing was given before."""
    (line, *more) = result.billed
    if more or line.credit_given or result.change.kind is ChangeKind.ADD or policy.sale not in UNUSED:
        return True
    return result.used.amount_minor + result.credit_minor == line.net.amount_minor


def what_stays_on_record_is_what_was_left_and_charged(policy, case, result):
    """Less the credit, of which a forfeit is not on record."""
    worth = sum(line.remaining.amount_minor for line in result.billed_after)
    lost = result.leftover.amount_minor if policy.settlement is Settlement.FORFEIT else 0
    return worth == case.left + result.charge_minor + result.converted_minor - result.credit_minor + lost


def there_and_back_is_nothing_in_one_fraction(policy, case, result):
    """Where the dates stay, from one whole period without a discount to another plan of its interval on a day, and back."""
    change, (line, *more) = result.change, result.billed
    dates = policy.sale in ONE_FRACTION and not result.restarts and change.next_bill_on is None
    plain = not more and not line.credit_given and not line.discount and line.period.reference is None
    other = change.kind is ChangeKind.REPLACE and change.plan.cadence == line.plan.cadence
    back_is_free = policy.free_to_paid is OnSwitch.RESTART and not result.next_price  # a new period would start
    if not (dates and plain and other) or back_is_free or type(change.at) is datetime or result.period is None:
        return True
    back = prorate_change(policy, Change.to(change.at, line.plan, line.quantity), result.billed_after)
    return result.net_minor + back.net_minor == 0


def nothing_of_a_credit_is_dropped(policy, case, result):
    """It pays for the charge, is carried, paid out, lost, or bought time."""
    lost = result.leftover if policy.settlement is Settlement.FORFEIT else Money(0, "EUR")
    parts = (result.applied, result.carried, result.refund, lost, result.converted)
    return sum(each.amount_minor for each in parts) == result.credit_minor and min(parts).amount_minor >= 0


def a_record_is_the_result(policy, case, result):
    """And so are its lines and what it leaves."""
    again = from_record(to_record(result))
    return again == result and again.lines == result.lines and again.billed_after == result.billed_after


def an_explanation_shows_the_same_numbers(policy, case, result):
    """Each line with its sum, the net, and the next bill."""
    text = result.explain()
    if result.is_waiting:
        return result.lines == () and not result.net and str(result.effective_at) in text
    sums = all(line.explain() in text and line.sum_in_words.count(line.amount.amount) for line in result.lines)
    net = f" = {result.net}," in text if not result.settles_apart else f"{result.charge} is charged" in text
    return sums and net and (result.next_bill_on is None or f"next bill on {result.next_bill_on}" in text)


def a_history_gives_back_no_more_than_was_charged(policy, case, result):
    """The change, and a cancellation of all that it left on its day; what is lost is not given back."""
    if result.change.plan is None:
        return True
    try:
        history = fold_changes(
            policy, result.billed, [result.change, Change.cancel(result.change.at)], purchased_on=case.purchased_on
        )
    except InvalidValueError as error:
        return error.name in {"basis", "clock"}  # of a plan by the week
    charged = sum(step.charge_minor + step.converted_minor for step in history.steps)
    lost = sum(step.leftover.amount_minor for step in history.steps) if policy.settlement is Settlement.FORFEIT else 0
    return history.credit.amount_minor - lost <= case.left + charged


ANY_POLICY = {
    law.__name__: law
    for law in (
        lines_come_to_the_figures, what_is_left_is_the_most, what_is_used_and_what_is_not_make_the_billed,
        what_stays_on_record_is_what_was_left_and_charged, there_and_back_is_nothing_in_one_fraction,
        nothing_of_a_credit_is_dropped, a_record_is_the_result, an_explanation_shows_the_same_numbers,
        a_history_gives_back_no_more_than_was_charged,
    )
}  # fmt: skip


@attrs.frozen
class Excepted:
    """A law that some policies break: which, why, and an example of it.

    Each example is a month of 31 days from 10 January 2026, billed at ``paid`` less ``off``, and its change on ``day``
    to ``other``, or its end where that is None; ``now`` is today's price.
    """

    law: str
    where: str
    breaks: Callable
    policy: ProrationPolicy
    paid: str
    other: str | None
    day: int
    now: str | None = None
    off: str = "0.00"
    until: date = date(2026, 2, 10)

    def case(self):
        month, at = Period(date(2026, 1, 10), self.until), date(2026, 1, self.day)
        line = billed(flat(self.paid, "Old"), month, discount=Money.of(self.off, "EUR"))
        now = None if self.now is None else flat(self.now, "Old")
        plan = None if self.other is None else flat(self.other, "New")
        change = Change(at, plan, kind=ChangeKind.REPLACE if plan else ChangeKind.CANCEL, price_now=now)
        return Case((line,), change, month.start, None, to_the_instant=False)


def _with(**fields):
    """Give the policy of whole days with some fields of it or of its measure replaced."""
    of_measure = {name: value for name, value in fields.items() if name in MEASURED}
    rest = {name: value for name, value in fields.items() if name not in MEASURED}
    return ProrationPolicy(measure=Measure(**({"clock": Clock.DAY} | of_measure)), **rest)


def _at_a_price(policy):
    return policy.credit_of in {CreditOf.PRICE_NOW, CreditOf.PLAN_PRICE}


CENTS = RoundStep(2, Rounding.HALF_UP, Early.RATE)
TODAY = _with(credit_of=CreditOf.PRICE_NOW)
EXCEPTIONS = (
    *[
        Excepted(law, "today's price is credited: it may be above what was billed", lambda p: p.credit_of is CreditOf.PRICE_NOW, *of)
        for law, *of in (
            ("what_is_left_is_the_most", TODAY, "30.00", None, 11, "80.00"),
            ("what_stays_on_record_is_what_was_left_and_charged", TODAY, "30.00", None, 11, "80.00"),
            ("a_history_gives_back_no_more_than_was_charged", TODAY, "30.00", "1.00", 11, "80.00"),
        )
    ],
    *[
        Excepted("what_is_used_and_what_is_not_make_the_billed", *of)
        for of in (
            (
                "used and unused time are rounded apart", lambda p: p.balance is Balance.INDEPENDENT,
                _with(balance=Balance.INDEPENDENT, rounding=Rounding.UP), "30.00", None, 24,
            ),
            ("a price of the plan is credited, not what was billed", _at_a_price, TODAY, "30.00", None, 24, "80.00"),
            (
                "the price of a day is rounded before it is multiplied", lambda p: p.measure.rate is not None,
                _with(early=CENTS, credit_of=CreditOf.GROSS), "0.36", None, 14, None, "0.22",
            ),
            (
                "the net is rounded, so that a line takes a cent of another", lambda p: p.stage is Stage.NET,
                _with(stage=Stage.NET, rounding=Rounding.FLOOR), "32.32", "0.00", 25,
            ),
        )
    ],
    *[
        Excepted("there_and_back_is_nothing_in_one_fraction", *of)
        for of in (
            (
                "the fraction, or the price of a day, is rounded first", lambda p: p.measure.early is not None,
                _with(early=CENTS), "0.19", "16.56", 20,
            ),
            (
                "a postponed period is charged at more than its price, and credited up to it",
                lambda p: p.measure.basis is Basis.NOMINAL_PERIOD, _with(basis=Basis.NOMINAL_PERIOD), "19.30", "35.42", 24,
                None, "0.00", date(2026, 2, 28),
            ),
            (
                "each unit, or the net, is rounded instead of each line", lambda p: p.stage is not Stage.LINE,
                _with(stage=Stage.NET, rounding=Rounding.DOWN), "0.02", "0.25", 11,
            ),
            (
                "a reversal bills the used part again, rounded apart",
                lambda p: p.sale is Sale.REVERSE_AND_REBILL and p.balance is Balance.INDEPENDENT,
                _with(sale=Sale.REVERSE_AND_REBILL, balance=Balance.INDEPENDENT, rounding=Rounding.DOWN), "30.00", "50.00", 24,
            ),
        )
    ],
)  # fmt: skip
"""Every law that a policy may break: what of the policy does, and an example."""


def exceptions_list():
    """The same as a list in Markdown."""
    return "\n".join(f"- {each.law.replace('_', ' ')}: {each.where}" for each in EXCEPTIONS)
