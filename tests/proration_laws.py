"""The laws of proration as checks of one example each; and which of them a vendor's own rule breaks, and why."""

from datetime import date, timedelta

import attrs

from billingcore.cycles import Period
from billingcore.money import Money
from billingcore.proration import Change, Credit, Cycle, Side, fold_changes, prorate_change
from samples import billed, flat, seats

GIVEN = (Side.CREDIT, Side.REVERSAL)


def minor(amount, name):
    return flat(f"{amount // 100}.{amount % 100:02}", name)


def days_between(period):
    return [period.start + timedelta(days=count) for count in range(period.days)]


def unused_credit(policy, paid, period, day):
    return prorate_change(policy, Change.to(day, minor(paid, "New")), [billed(minor(paid, "Old"), period)])


def used_and_unused_make_the_billed(policy, paid, other, period, day):
    """What is credited and what is used make what was billed."""
    result = unused_credit(policy, paid, period, day)
    if policy.sides.credit is not Credit.UNUSED or result.is_waiting:
        return True
    back = sum(line.amount_minor for line in result.lines if line.side is Side.REBILL)
    used = back if back or any(line.side is Side.REVERSAL for line in result.lines) else result.used.amount_minor
    return used + result.credit_minor == paid


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
    return policy.sides.credit is not Credit.UNUSED or result.credit_minor == paid


def there_and_back_is_nothing(policy, paid, other, period, day):
    """Where the cycle is kept: a restart moves the bill date and does not."""
    if policy.timing.anchor is not Cycle.KEEP:
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
    half = day + (period.end - day) // 2 if policy.timing.anchor is not Cycle.EXTEND else day
    changes = [Change.to(day, minor(other, "New")), Change.to(half, minor(paid // 3 + 1, "Less")), Change.cancel(half)]
    history = fold_changes(policy, [old], changes)
    return history.credit.amount_minor <= paid + history.charge.amount_minor + sum(
        step.converted_minor for step in history.steps
    )


def full_unwinding_gives_everything_back(policy, paid, other, period, day):
    """The credits equal what was billed when everything is undone on the first day."""
    if policy.sides.credit is Credit.NONE:
        return True
    result = prorate_change(policy, Change.cancel(period.start), [billed(minor(paid, "Old"), period)])
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
    return whole == result.credit_minor and result.charge_minor - result.applied.amount_minor == max(
        result.net_minor, 0
    )


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
    preset: str
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
        "zuora_actual_days",
        "the net is rounded, and used and unused time are rounded apart",
        1,
        35,
        Period(date(2026, 1, 31), date(2026, 2, 28)),
        date(2026, 2, 14),
    ),
    Broken(
        "there_and_back_is_nothing",
        "zuora_30_days",
        "the net is rounded, and used and unused time are rounded apart",
        5435,
        7249,
        Period(date(2026, 4, 1), date(2026, 5, 1)),
        date(2026, 4, 4),
    ),
    Broken(
        "there_and_back_is_nothing",
        "zuora_strict_30_360",
        "the net is rounded, and used and unused time are rounded apart",
        6021,
        7321,
        Period(date(2026, 3, 1), date(2026, 4, 1)),
        date(2026, 3, 6),
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
        "zuora_actual_days",
        "the net is rounded, and used and unused time are rounded apart",
        37,
        53,
        Period(date(2026, 1, 31), date(2026, 2, 28)),
        date(2026, 2, 5),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "zuora_30_days",
        "the net is rounded, and used and unused time are rounded apart",
        22,
        8578,
        Period(date(2026, 4, 1), date(2026, 5, 1)),
        date(2026, 4, 10),
    ),
    Broken(
        "two_changes_at_once_are_the_last_one",
        "zuora_strict_30_360",
        "the net is rounded, and used and unused time are rounded apart",
        3024,
        8104,
        Period(date(2026, 1, 31), date(2026, 2, 28)),
        date(2026, 2, 26),
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
        "seats_are_rounded_together",
        "recurly_only_changed",
        "each seat is rounded before it is multiplied",
        9,
        50,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        date(2026, 2, 26),
    ),
)
"""Every law that a preset breaks; all others hold under it."""


def table():
    """The same as a table in Markdown."""
    lines = ["| law | preset | why it does not hold |", "|---|---|---|"]
    lines += [f"| {each.law.replace('_', ' ')} | `{each.preset}` | {each.reason} |" for each in BROKEN]
    return "\n".join(lines)
