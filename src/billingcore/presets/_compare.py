"""The same change under many policies, side by side."""

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from html import escape
from typing import Final

import attrs

from billingcore._checks import check, check_tuple, check_words, mapped
from billingcore.billed import BilledPeriod
from billingcore.cycles import InstantPeriod, Period
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.proration import (
    Change,
    DirectionalPolicy,
    ProrationPolicy,
    ProrationResult,
    prorate_change,
)

_COLUMNS: Final = ("policy", "credit", "charge", "net", "due", "next bill")
_FIGURES: Final = (
    "currency", "credit_minor", "charge_minor", "converted_minor", "net_minor", "due", "due_now_minor", "next_bill_on",
)  # fmt: skip
_MAX_REASON: Final = 500
_TEXTS: Final = (0, 4, 5)
_UNFIT: Final = frozenset({"anchor_on", "basis", "clock", "period", "plan", "ranks", "term_end"})
"""What an error names where a policy does not fit the plans of a change; any other error is the caller's."""


@attrs.frozen
class ComparedRow:
    """What one policy makes of a change, or why it does not fit it.

    Args:
        name: the name of the policy.
        result: all its figures; None where it does not fit.
        reason: why it does not fit; empty where it does.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a name that cannot be printed; both a result and a reason, or neither.
    """

    name: str
    result: ProrationResult | None
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        check_words("name", self.name)
        check("result", self.result, ProrationResult, None)
        if type(self.reason) is not str or self.reason:
            check_words("reason", self.reason, _MAX_REASON)
        if (self.result is None) != bool(self.reason):
            raise InvalidValueError("reason", self.reason, "a row has a result, or the reason why there is none")

    @property
    def net(self) -> Money | None:
        """The net before tax; None where the policy does not fit."""
        return None if self.result is None else self.result.net

    @property
    def due(self) -> str:
        """When the net is billed: now, on the next invoice, or nothing is."""
        result = self.result
        if result is None:
            return ""
        if result.is_waiting or not result.net_minor or (result.settles_now and result.net_minor < 0):
            return "nothing"
        return "now" if result.settles_now else "next invoice"

    def cells(self) -> tuple[str, str, str, str, str, str]:
        """Return the row as texts: name, credit, charge, net, when it is due, next bill; or the name and the reason."""
        result = self.result
        if result is None:
            return self.name, "", "", "", "", f"does not fit: {self.reason}"
        next_bill = result.next_bill_on
        credit = result.credit.amount
        if result.converted:
            credit = f"{credit} as time"
        day = str(next_bill) if next_bill else "none"
        return self.name, credit, result.charge.amount, result.net.amount, self.due, day

    def record(self) -> dict[str, str | int | None]:
        """Return the row as a plain dict: amounts in minor units, dates in ISO form; None where it does not fit."""
        result, reason = self.result, self.reason or None
        if result is None:
            return {"policy": self.name, **dict.fromkeys(_FIGURES), "reason": reason}
        day: date | None = result.next_bill_on
        figures = (
            result.currency, result.credit_minor, result.charge_minor, result.converted_minor, result.net_minor, self.due,
            result.due_now.amount_minor, None if day is None else day.isoformat(),
        )  # fmt: skip
        return {"policy": self.name, **dict(zip(_FIGURES, figures, strict=True)), "reason": reason}


@attrs.frozen
class Comparison:
    """The same change under many policies.

    Args:
        rows: one for each policy, in the order in which they were given.

    Raises:
        InvalidTypeError: something that is not a row.
        InvalidValueError: no rows.
    """

    rows: tuple[ComparedRow, ...]

    def __attrs_post_init__(self) -> None:
        check_tuple("rows", self.rows, ComparedRow)
        if not self.rows:
            raise InvalidValueError("rows", self.rows, "give at least one policy to compare")

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
    policies: Mapping[str, ProrationPolicy | DirectionalPolicy],
    billed: Sequence[BilledPeriod] = (),
    *,
    running: Period | InstantPeriod | None = None,
    zone: tzinfo | None = None,
) -> Comparison:
    """Prorate the same change under many policies.

    Args:
        change: what is changed, and when.
        policies: by name; ``policies_of("polar", "shopify")`` gives those of presets.
        billed: what was billed, oldest first.
        running: the period that runs, where nothing was billed.
        zone: the zone of the billing day, for the policies that name none.

    A policy that does not fit the plans, such as a month of 30 days for a weekly plan, is a row with the reason.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: no policies, a name that cannot be printed; else as `prorate_change`.
    """
    named = mapped("policies", policies, "a mapping from names to policies")
    if not isinstance(billed, list | tuple):
        raise InvalidTypeError("billed", billed, "a list or a tuple of BilledPeriod values")
    check("zone", zone, tzinfo, None)
    lines = tuple(billed)
    return Comparison(tuple([_row(name, policy, change, lines, running, zone) for name, policy in named.items()]))


def _row(
    name: str,
    policy: ProrationPolicy | DirectionalPolicy,
    change: Change,
    billed: tuple[BilledPeriod, ...],
    running: Period | InstantPeriod | None,
    zone: tzinfo | None,
) -> ComparedRow:
    check("policies", policy, ProrationPolicy, DirectionalPolicy)
    try:
        chosen = policy.choose(change, billed) if isinstance(policy, DirectionalPolicy) else policy
        if zone is not None and chosen.measure.zone is None:
            chosen = chosen.in_zone(zone)
        return ComparedRow(name, prorate_change(chosen, change, billed, running=running))
    except (InvalidValueError, InvalidTypeError) as error:
        if error.name not in _UNFIT:
            raise
        return ComparedRow(name, None, str(error))


def policies_matching(
    change: Change,
    policies: Mapping[str, ProrationPolicy | DirectionalPolicy],
    net: Money,
    billed: Sequence[BilledPeriod] = (),
    *,
    running: Period | InstantPeriod | None = None,
    zone: tzinfo | None = None,
) -> tuple[str, ...]:
    """Return the names of the policies that come to a given net: which rule explains an invoice?

    Args: as `compare`; ``net`` is what the vendor's document says, before tax. A policy that does not fit the plans is
    left out.

    Raises: as `compare`.
        InvalidTypeError: a net that is not Money.
        CurrencyMismatchError: a net in another currency than the plans.
    """
    check_money("net", net)
    compared = compare(change, policies, billed, running=running, zone=zone)
    fitting = [row.result for row in compared.rows if row.result is not None]
    if fitting:
        check_money("net", net, fitting[0].currency)
    return tuple([row.name for row in compared.rows if row.net == net])
