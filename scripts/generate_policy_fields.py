"""Write ``docs/policy-fields.md``: what each field of a policy and of its measure decides, with a figure for each value.

Usage: ``python scripts/generate_policy_fields.py [--out FILE]``.

What a field and a value mean is read from the docstrings; each figure is worked out by the library.
"""

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path  # noqa: TID251 - a maintainer script writes a file
from typing import NamedTuple
from zoneinfo import ZoneInfo  # noqa: TID251 - a maintainer script reads zones

import attrs
from generate_reference import definitions, docstring, file_of, find, parse

from billingcore.billed import BilledPeriod
from billingcore.cycles import ANNUAL, MONTHLY, Cadence, InstantPeriod, Period
from billingcore.money import Money, Rounding
from billingcore.plans import FlatPrice, PerSeatPrice, Plan
from billingcore.proration import (
    Balance,
    Basis,
    Change,
    Clock,
    CreditOf,
    DayOwner,
    Early,
    FixedDays,
    Measure,
    OnSwitch,
    ProrationPolicy,
    ProrationResult,
    RoundStep,
    Sale,
    Settlement,
    Stage,
    prorate_change,
)
from billingcore.tax import UNTAXED

OUT = Path(__file__).parent.parent / "docs" / "policy-fields.md"
BASE = ProrationPolicy.keep_dates()
DAY = date(2026, 1, 24)
DAYS = Period(date(2026, 1, 10), date(2026, 2, 10))
SPAN = InstantPeriod(datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 2, 10, 12, tzinfo=UTC))
APRIL, MID_APRIL = Period(date(2026, 4, 1), date(2026, 5, 1)), date(2026, 4, 16)

HEAD = """# The policy, field by field

Written by `scripts/generate_policy_fields.py` from the docstrings and the library's own figures; do not edit by hand.

What a policy does on a change is one `ProrationPolicy`; how it measures time is its `Measure`. Each field stands here with
what it decides, and with a figure for each of its values. Where nothing else is said, the example is this one: 30.00 USD a
month, billed for 10 January to 10 February 2026, becomes 50.00 on the 24th; time is measured by days, so 17 of 31 are left.

The guide is [Proration](proration.md); which seller does what stands in [the rulebooks](vendors/README.md).
"""


def usd(text: str) -> Money:
    """Return an amount of the examples."""
    return Money.of(text, "USD")


def plan(price: str, cadence: Cadence = MONTHLY) -> Plan:
    """Return a plan with one price."""
    return Plan("Plan", FlatPrice(usd(price)), cadence)


def seats(price: str) -> Plan:
    """Return a plan with a price for each seat."""
    return Plan("Seats", PerSeatPrice(usd(price)), MONTHLY)


def billed(sold: Plan, period: Period = DAYS, quantity: int = 1, discount: str = "0.00") -> BilledPeriod:
    """Return a plan as it was billed."""
    return BilledPeriod.of_plan(sold, quantity, period, discount=usd(discount))


SMALL = billed(plan("30.00"))
UPGRADE = Change.to(DAY, plan("50.00"))
CANCELLED = Change.cancel(DAY)


def charged(amount: str, period: Period) -> BilledPeriod:
    """Return a line that was billed at another amount than its plan's price, or for another time."""
    sold = plan("10.00") if amount == "8.71" else plan(amount)
    return BilledPeriod(sold, 1, period, usd(amount), usd("0.00"), UNTAXED, usd("0.00"))


def figures(result: ProrationResult) -> str:
    """Return what a change comes to."""
    if result.is_waiting:
        return f"nothing until {result.effective_at}"
    bought = f" (as time {result.converted.amount})" if result.converted else ""
    credit, charge, net = result.credit.amount, result.charge.amount, result.net.amount
    follows = f", next bill {result.next_bill_on}" if result.next_bill_on else ""
    return f"credit {credit}{bought}, charge {charge}, net {net}{follows}"


def line(result: ProrationResult) -> str:
    """Return the sum of the first line: the credit."""
    return result.lines[0].sum_in_words


def used(result: ProrationResult) -> str:
    """Return what is unused and what was used."""
    return f"unused {result.credit.amount}, used {result.used.amount}"


def settled(result: ProrationResult) -> str:
    """Return when a change is billed and what becomes of the credit."""
    parts = {
        "due now": result.due_now, "paid out": result.refund, "carried": result.carried, "next invoice": result.next_invoice
    }  # fmt: skip
    return ", ".join(f"{name} {amount.amount}" for name, amount in parts.items())


class Shown(NamedTuple):
    """How a field is shown: its values with the policy of each, the example, and what is told of the result."""

    values: dict[object, ProrationPolicy]
    example: str
    billed: BilledPeriod
    change: Change
    tell: Callable[[ProrationResult], str]
    more: dict[str, object] = {}  # noqa: RUF012 - a tuple; nobody changes it

    def figure(self, policy: ProrationPolicy) -> str:
        """Work the example out under a policy."""
        return self.tell(prorate_change(policy, self.change, [self.billed], **self.more))  # type: ignore[arg-type] # by name


def each(field: str, *values: object, base: ProrationPolicy = BASE) -> dict[object, ProrationPolicy]:
    """Return a policy for each value of a field."""
    return {value: attrs.evolve(base, **{field: value}) for value in values}


def measured(field: str, *values: object, base: Measure = BASE.measure) -> dict[object, ProrationPolicy]:
    """Return a policy for each value of a field of its measure."""
    return {value: attrs.evolve(BASE, measure=attrs.evolve(base, **{field: value})) for value in values}


INSTANT = attrs.evolve(SMALL, span=SPAN)
BY_DAY_UTC = Measure(Clock.DAY, UTC)
CENTS = RoundStep(2, Rounding.HALF_UP, Early.RATE)

MEASURE: dict[str, Shown] = {
    "clock": Shown(
        measured("clock", *Clock, base=Measure(zone=UTC)),
        "30.00 for 10 January, 12:00 UTC, to 10 February, 12:00, changed on 24 January at 18:00:45.",
        INSTANT, Change.to(datetime(2026, 1, 24, 18, 0, 45, tzinfo=UTC), plan("50.00")), line,
    ),
    "zone": Shown(
        measured("zone", UTC, ZoneInfo("Europe/Berlin"), base=BY_DAY_UTC),
        "The same period, changed on 24 January at 23:30 UTC, which is the 25th in Berlin. None is enough where days are given.",
        INSTANT, Change.to(datetime(2026, 1, 24, 23, 30, tzinfo=UTC), plan("50.00")), line,
    ),
    "basis": Shown(
        measured("basis", *Basis, FixedDays(30), FixedDays(30, trimmed=True)),
        "30.00 a month, billed for 10 January to 20 February, as the bill date was postponed; changed on 24 January.",
        charged("30.00", Period(date(2026, 1, 10), date(2026, 2, 20))), UPGRADE, line,
    ),
    "change_day": Shown(measured("change_day", *DayOwner), "", SMALL, UPGRADE, line),
    "cancel_day": Shown(measured("cancel_day", None, *DayOwner), "Cancelled on 24 January.", SMALL, CANCELLED, line),
    "early": Shown(measured("early", None, RoundStep(5, Rounding.HALF_UP), CENTS), "", SMALL, UPGRADE, line),
}  # fmt: skip

POLICY: dict[str, Shown] = {
    "sale": Shown(each("sale", *Sale), "", SMALL, UPGRADE, figures),
    "credit_of": Shown(
        each("credit_of", *CreditOf),
        "A plan of 10.00, billed at 8.71, whose price today is 12.00; changed on 24 January. Then 5 seats at 10.00 less 35.00 "
        "for April, 3 of them kept from the 16th: as one line, the price of 3 less that of 5.",
        charged("8.71", DAYS), Change.to(DAY, plan("50.00"), price_now=plan("12.00")), line,
    ),
    "rounding": Shown(
        each("rounding", *Rounding), "30.05 for April, cancelled on the 16th: 15.025.",
        billed(plan("30.05"), APRIL), Change.cancel(MID_APRIL), figures,
    ),
    "stage": Shown(
        each("stage", *Stage), "5 seats at 30.00 become 3 on 24 January.",
        billed(seats("30.00"), DAYS, 5), Change.to(DAY, seats("30.00"), 3), figures,
    ),
    "balance": Shown(
        each("balance", *Balance), "30.05 for April, cancelled on the 16th.",
        billed(plan("30.05"), APRIL), Change.cancel(MID_APRIL), used,
    ),
    "interval_change": Shown(
        each("interval_change", *OnSwitch), "30.00 a month becomes 480.00 a year on 24 January.",
        SMALL, Change.to(DAY, plan("480.00", ANNUAL)), figures,
    ),
    "free_to_paid": Shown(
        each("free_to_paid", OnSwitch.KEEP, OnSwitch.RESTART), "A free plan becomes 50.00 on 24 January.",
        billed(plan("0.00")), UPGRADE, figures,
    ),
    "settlement": Shown(
        each("settlement", *Settlement), "30.00 becomes 10.00 on 24 January: 16.45 - 5.48 is left. 12.00 had been paid in money.",
        SMALL, Change.to(DAY, plan("10.00")), settled, {"paid": usd("12.00")},
    ),
    "full_refund_days": Shown(
        each("full_refund_days", None, 30), "Bought on 10 January and cancelled on the 24th.",
        SMALL, CANCELLED, figures, {"purchased_on": date(2026, 1, 10)},
    ),
    "time_rounding": Shown(
        each("time_rounding", *Rounding, base=attrs.evolve(BASE, sale=Sale.BUY_TIME)),
        "With `Sale.BUY_TIME`: 16.45 buys 10.2 days of 50.00 for 31.", SMALL, UPGRADE, figures,
    ),
}  # fmt: skip
SEATS_LESS_35 = billed(seats("10.00"), APRIL, 5, "35.00")
TO_THREE = Change.to(MID_APRIL, seats("10.00"), 3, price_now=seats("12.00"))


def name_of(value: object) -> str:
    """Return a value as it is written in code."""
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, RoundStep):
        more = f", {name_of(value.of)}" if value.of is Early.RATE else ""
        return f"RoundStep({value.digits}, {name_of(value.mode)}{more})"
    if isinstance(value, FixedDays):
        return f"FixedDays({value.days}{', trimmed=True' if value.trimmed else ''})"
    return "UTC" if value is UTC else str(value)


def meaning_of(value: object) -> str:
    """Return what a value means: for a member of an enum what stands below it, for another value what its class says."""
    module = "_kernel" if isinstance(value, Rounding) else "_proration.choices"
    found = find(file_of(module), type(value).__name__)
    if found is None:
        return ""
    if isinstance(value, Enum):
        return definitions(found.body, found.path)[value.name].text
    told = parse(docstring(found.node))
    if isinstance(value, FixedDays) and value.trimmed:
        return f"{dict(told.sections['Args'])['trimmed']}.".capitalize().replace("..", ".").replace("``", "`")
    return told.summary


def section(field: str, told: str, shown: Shown, default: object) -> list[str]:
    """Return what a page says of a field."""
    lines = [f"### {field}", "", f"{told[0].upper()}{told[1:]}".replace("``", "`")]
    if shown.example:
        lines += ["", shown.example]
    means = any(meaning_of(value) for value in shown.values)
    lines += ["", "| value | what it does | figure |" if means else "| value | figure |"]
    lines.append("|---|---|---|" if means else "|---|---|")
    for value, policy in shown.values.items():
        figure = shown.figure(policy)
        if field == "credit_of":
            discounted = prorate_change(attrs.evolve(policy, sale=Sale.DIFFERENCE_REMAINING), TO_THREE, [SEATS_LESS_35])
            figure += f"; seats, net {discounted.net.amount}"
        usual = " (default)" if value == default else ""
        parts = [f"`{name_of(value)}`{usual}", *([meaning_of(value)] if means else []), figure]
        lines.append(f"| {' | '.join(parts)} |")
    return [*lines, ""]


def page() -> str:
    """Return the page."""
    lines = [HEAD]
    for title, kind, table in (("The policy", ProrationPolicy, POLICY), ("The measure", Measure, MEASURE)):
        found = find(file_of("_proration.policy"), kind.__name__)
        told = dict(parse(docstring(found.node)).sections["Args"]) if found else {}
        lines += [f"## {title}", ""]
        for field in attrs.fields(kind):
            if field.name in table:
                lines += section(field.name, told[field.name], table[field.name], field.default)
            elif field.name != "measure":
                raise LookupError(field.name)
    return "\n".join(lines)


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.parse_args().out.write_text(page(), encoding="utf-8")
    print("wrote", OUT.name)


if __name__ == "__main__":
    main()
