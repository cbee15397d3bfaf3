"""The same change under many policies, side by side."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from html import escape
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_tuple, check_words, collected, mapped, refuse
from billingcore._proration.policy import EXACT_CLOCKS
from billingcore.billed import BilledPeriod
from billingcore.cycles import InstantPeriod, Period
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.proration import (
    Change,
    ProrationPolicy,
    ProrationResult,
    Rulebook,
    Settlement,
    prorate_change,
)

_MOST_NAMES: Final = 3
_COLUMNS: Final = ("rules", "credit", "charge", "net", "due", "next bill")
_FIGURES: Final = (
    "currency", "credit_minor", "charge_minor", "converted_minor", "net_minor", "due", "due_now_minor", "next_bill_on",
)  # fmt: skip
_INSTANT: Final = "the instant of the change (a datetime, and span= on what was billed)"
_MAX_REASON: Final = 500
_TEXTS: Final = (0, 4, 5)
_UNFIT: Final = frozenset({"basis", "clock", "next_bill_on", "period", "plan", "purchased_on", "ranks"})
"""What an error names where a policy does not fit the plans of a change; any other error is the caller's."""


@attrs.frozen
class ComparedRow:
    """What some rules make of a change, all alike, or why they do not fit it.

    Args:
        names: the names of the rules.
        result: all their figures; None where they do not fit.
        reason: why they do not fit; empty where they do.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: no name, one that cannot be printed; both a result and a reason, or neither.
    """

    names: tuple[str, ...]
    result: ProrationResult | None
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        check_tuple("names", self.names, str)
        if not self.names:
            raise InvalidValueError("names", self.names, "a row has the name of one or more rules")
        for name in self.names:
            check_words("names", name)
        check("result", self.result, ProrationResult, None)
        if type(self.reason) is not str or self.reason:
            check_words("reason", self.reason, _MAX_REASON)
        if (self.result is None) != bool(self.reason):
            raise InvalidValueError("reason", self.reason, "a row has a result, or the reason why there is none")

    @property
    def name(self) -> str:
        """The names in a line; of many the first ones."""
        shown = ", ".join(self.names[:_MOST_NAMES])
        return shown if len(self.names) <= _MOST_NAMES else f"{shown} +{len(self.names) - _MOST_NAMES}"

    @property
    def net(self) -> Money | None:
        """The net; None where the rules do not fit."""
        return None if self.result is None else self.result.net

    @property
    def due(self) -> str:
        """When the net is billed, and what becomes of credit: now, on the next invoice, carried, refunded, lost, nothing."""
        result = self.result
        if result is None or result.is_waiting:
            return "" if result is None else "nothing"
        if not result.settles_now and result.net_minor:
            return "next invoice"
        lost = result.policy.settlement is Settlement.FORFEIT
        becomes = [
            (result.due_now, "now"), (result.refund, "refunded"), (result.carried, "carried"),
            (result.leftover if lost else None, "lost"),
        ]  # fmt: skip
        return ", ".join([words for amount, words in becomes if amount]) or "nothing"

    def cells(self) -> tuple[str, str, str, str, str, str]:
        """Return the row as texts: names, credit, charge, net, when it is due, next bill; or the names and the reason."""
        result = self.result
        if result is None:
            return self.name, "", "", "", "", f"does not fit: {self.reason}"
        credit = f"{result.credit.amount} as time" if result.converted else result.credit.amount
        day = str(result.next_bill_on) if result.next_bill_on else "none"
        return self.name, credit, result.charge.amount, result.net.amount, self.due, day

    def record(self) -> dict[str, str | int | None]:
        """Return the row as a plain dict: amounts in minor units, dates in ISO form; None where it does not fit."""
        result, names = self.result, ", ".join(self.names)
        if result is None:
            return {"rules": names, **dict.fromkeys(_FIGURES), "reason": self.reason}
        day: date | None = result.next_bill_on
        figures = (
            result.currency, result.credit_minor, result.charge_minor, result.converted_minor, result.net_minor, self.due,
            result.due_now.amount_minor, None if day is None else day.isoformat(),
        )  # fmt: skip
        return {"rules": names, **dict(zip(_FIGURES, figures, strict=True)), "reason": None}


@attrs.frozen
class Comparison:
    """The same change under many rules.

    Args:
        rows: one for each result, in the order in which it first came; rules with the same result share one.

    Raises:
        InvalidTypeError: something that is not a row.
        InvalidValueError: no rows.
    """

    rows: tuple[ComparedRow, ...]

    def __attrs_post_init__(self) -> None:
        check_tuple("rows", self.rows, ComparedRow)
        if not self.rows:
            raise InvalidValueError("rows", self.rows, "give at least one rule to compare")

    def text(self) -> str:
        """Return the comparison as a table in plain text, amounts to the right."""
        table = [_COLUMNS, *(row.cells() for row in self.rows)]
        widths = [max(len(line[at]) for line in table) for at in range(len(_COLUMNS))]
        lines = []
        for line in table:
            cells = [
                cell.ljust(width) if at in _TEXTS else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(line, widths, strict=True))
            ]
            lines.append("  ".join(cells).rstrip())
        return "\n".join(lines)

    def html(self) -> str:
        """Return the comparison as an HTML table; every text is escaped."""
        head = "".join(f"<th>{escape(each)}</th>" for each in _COLUMNS)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells()) + "</tr>" for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _repr_html_(self) -> str:
        return self.html()

    def records(self) -> tuple[dict[str, str | int | None], ...]:
        """Return the comparison as plain dicts for a data frame: one for each row, as `ComparedRow.record`."""
        return tuple([row.record() for row in self.rows])

    def __str__(self) -> str:
        return self.text()


def compare(
    change: Change,
    rules: Mapping[str, Rulebook | ProrationPolicy],
    billed: Iterable[BilledPeriod] = (),
    *,
    running: Period | InstantPeriod | None = None,
    zone: tzinfo | None = None,
    purchased_on: date | None = None,
) -> Comparison:
    """Prorate the same change under many rules; those with equal figures share a row.

    Args:
        change: what is changed, and when.
        rules: by name; ``rulebooks_of("polar", "shopify")`` gives named ones.
        billed: what was billed, oldest first.
        running: the period that runs, where nothing was billed.
        zone: the zone of the billing day, for the policies that name none.
        purchased_on: the day of the purchase, for the rules with a window for a full refund.

    A rule that does not fit the plans, such as a month of 30 days for a weekly plan, is a row with the reason.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: no rules, a name that cannot be printed; else as `prorate_change`.
    """
    found: dict[tuple[object, ...], tuple[list[str], ProrationResult | None, str]] = {}
    for name, result, reason in _each(change, rules, billed, running, zone, purchased_on):
        row = ComparedRow((name,), result, reason)
        key = (*row.cells()[1:], reason) if result is None else (row.due, *_figures(result))
        found.setdefault(key, ([], result, reason))[0].append(name)
    return Comparison(tuple([ComparedRow(tuple(names), result, reason) for names, result, reason in found.values()]))


def _figures(result: ProrationResult) -> tuple[object, ...]:
    return result.credit_minor, result.charge_minor, result.converted_minor, result.next_bill_on


def _each(
    change: Change,
    rules: Mapping[str, Rulebook | ProrationPolicy],
    billed: Iterable[BilledPeriod],
    running: Period | InstantPeriod | None,
    zone: tzinfo | None,
    purchased_on: date | None,
) -> Iterator[tuple[str, ProrationResult | None, str]]:
    """Yield what each rule makes of a change, or why it does not fit."""
    named = mapped("rules", rules, "a mapping from names to rulebooks or policies")
    check("zone", zone, tzinfo, None)
    if purchased_on is not None:
        check_date("purchased_on", purchased_on)
    lines = collected("billed", billed, BilledPeriod)
    for name, each in named.items():
        check_words("rules", name)
        check("rules", each, Rulebook, ProrationPolicy)
        measure = (each if isinstance(each, ProrationPolicy) else each.upgrade.policy).measure
        chosen = each.in_zone(zone) if zone is not None and measure.zone is None else each
        try:
            yield name, prorate_change(chosen, change, lines, running=running, purchased_on=purchased_on), ""
        except (InvalidValueError, InvalidTypeError) as error:
            if error.name == "zone":
                refuse(
                    "zone",
                    zone,
                    words="a tzinfo object: a day and an instant become each other in a zone; pass zone=...",
                )
            if error.name not in _UNFIT:
                raise
            yield name, None, str(error)


@attrs.frozen
class Matches:
    """Which rules come to the figures of a document.

    Args:
        names: the rules that fit; one, and the question is answered.
        nearest: where none fits, the rules whose net is nearest, with that net.
        tell_apart: what would tell the fitting rules apart: further figures of the document, where they differ.

    Raises:
        InvalidTypeError: a field of another type.
    """

    names: tuple[str, ...]
    nearest: tuple[tuple[str, Money], ...]
    tell_apart: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        check_tuple("names", self.names, str)
        check_tuple("nearest", self.nearest, tuple)
        check_tuple("tell_apart", self.tell_apart, str)
        for words in (*self.names, *self.tell_apart):
            check_words("names", words, _MAX_REASON)
        for pair in self.nearest:
            if len(pair) != len(("name", "net")):
                refuse("nearest", pair, words="a pair of a name and its net")
            check_words("nearest", pair[0])
            check_money("nearest", pair[1])

    def explain(self) -> str:
        """Return the answer in words."""
        if not self.names:
            near = "; ".join(f"{name}: {net}" for name, net in self.nearest) or "none fits the plans"
            return f"no rule comes to that; nearest: {near}"
        apart = f"; to tell them apart, look at {', '.join(self.tell_apart)}" if self.tell_apart else ""
        return f"{', '.join(self.names)}{apart}"


def policies_matching(
    change: Change,
    rules: Mapping[str, Rulebook | ProrationPolicy],
    net: Money,
    billed: Iterable[BilledPeriod] = (),
    *,
    credit: Money | None = None,
    charge: Money | None = None,
    running: Period | InstantPeriod | None = None,
    zone: tzinfo | None = None,
    purchased_on: date | None = None,
) -> Matches:
    """Return which rules come to the figures of a document: which one explains an invoice?

    Args:
        change: what is changed, and when.
        rules: by name.
        net: what the vendor's document says, before tax.
        billed: what was billed, oldest first.
        credit: what it gives back, where it says so.
        charge: what it charges, where it says so.
        running: the period that runs, where nothing was billed.
        zone: the zone of the billing day, for the policies that name none.
        purchased_on: the day of the purchase.

    Raises:
        InvalidTypeError: a figure that is not Money; else as `compare`.
        InvalidValueError: as `compare`.
        CurrencyMismatchError: a figure in another currency than the plans.
    """
    given = {
        name: check_money(name, each)
        for name, each in (("net", net), ("credit", credit), ("charge", charge))
        if each is not None or name == "net"
    }
    found = [(name, result) for name, result, _ in _each(change, rules, billed, running, zone, purchased_on) if result]
    for name, amount in given.items():
        if found:
            check_money(name, amount, found[0][1].currency)
    fitting = [
        (name, result)
        for name, result in found
        if all(getattr(result, each) == amount for each, amount in given.items())
    ]
    if not fitting:
        off = sorted(found, key=lambda pair: (abs((pair[1].net - net).amount_minor), pair[0]))
        exact = any(result.policy.measure.clock in EXACT_CLOCKS for _, result in found)
        return Matches(
            (), tuple([(name, result.net) for name, result in off[:_MOST_NAMES]]), _hint(change, helps=exact)
        )
    differ = [
        each for each in ("credit", "charge") if each not in given and len({getattr(r, each) for _, r in fitting}) > 1
    ]
    if len({result.next_bill_on for _, result in fitting}) > 1:
        differ.append("next bill")
    clocks = {result.policy.measure.clock for _, result in fitting}
    apart = tuple(differ) or _hint(change, helps=len(clocks) > 1)
    return Matches(tuple([name for name, _ in fitting]), (), apart)


def _hint(change: Change, *, helps: bool) -> tuple[str, ...]:
    """Return what a change at an instant would add: rules that count seconds differ from those that count days."""
    return (_INSTANT,) if helps and not isinstance(change.at, datetime) else ()
