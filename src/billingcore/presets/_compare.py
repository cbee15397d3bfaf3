"""The same change under many policies, side by side."""

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from html import escape
from typing import Final

import attrs

from billingcore.billed import BilledPeriod
from billingcore.cycles import InstantPeriod, Period
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money
from billingcore.proration import (
    Change,
    DirectionalPolicy,
    ProrationPolicy,
    ProrationResult,
    prorate_change,
)

_COLUMNS: Final = ("policy", "credit", "charge", "net", "next bill")


@attrs.frozen
class ComparedRow:
    """What one policy makes of a change.

    Args:
        name: the name of the policy.
        result: all its figures.
    """

    name: str
    result: ProrationResult

    def __attrs_post_init__(self) -> None:
        if type(self.name) is not str:
            raise InvalidTypeError("name", self.name, "a str")
        if type(self.result) is not ProrationResult:
            raise InvalidTypeError("result", self.result, "a ProrationResult")

    @property
    def net(self) -> Money:
        """The net before tax."""
        return self.result.net

    def cells(self) -> tuple[str, str, str, str, str]:
        """Return the row as texts: name, credit, charge, net, next bill."""
        result = self.result
        next_bill = result.next_bill_on
        credit = result.credit.amount
        if result.converted:
            credit = f"{credit} as time"
        return self.name, credit, result.charge.amount, result.net.amount, str(next_bill) if next_bill else "none"


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
        if type(self.rows) is not tuple or any(type(each) is not ComparedRow for each in self.rows):
            raise InvalidTypeError("rows", self.rows, "a tuple of ComparedRow values")
        if not self.rows:
            raise InvalidValueError("rows", self.rows, "give at least one policy to compare")

    def text(self) -> str:
        """Return the comparison as a table in plain text, amounts to the right."""
        table = [_COLUMNS, *(row.cells() for row in self.rows)]
        widths = [max(len(line[at]) for line in table) for at in range(len(_COLUMNS))]
        lines = []
        for line in table:
            cells = [
                cell.ljust(width) if at in (0, 4) else cell.rjust(width)
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
        """Return the comparison as plain dicts for a data frame: amounts in minor units, dates in ISO form."""
        found: list[dict[str, str | int | None]] = []
        for row in self.rows:
            result = row.result
            next_bill: date | None = result.next_bill_on
            found.append(
                {
                    "policy": row.name,
                    "currency": result.currency,
                    "credit_minor": result.credit_minor,
                    "charge_minor": result.charge_minor,
                    "converted_minor": result.converted_minor,
                    "net_minor": result.net_minor,
                    "next_bill_on": None if next_bill is None else next_bill.isoformat(),
                }
            )
        return tuple(found)

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

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: no policies; else as `prorate_change`.
    """
    if not isinstance(policies, Mapping):
        raise InvalidTypeError("policies", policies, "a mapping from names to policies")
    lines, rows = tuple(billed), []
    for name, policy in policies.items():
        chosen = policy.choose(change, lines) if type(policy) is DirectionalPolicy else policy
        if type(chosen) is not ProrationPolicy:
            raise InvalidTypeError("policies", policy, "a mapping from names to ProrationPolicy values")
        if zone is not None and chosen.measure.zone is None:
            chosen = chosen.in_zone(zone)
        rows.append(ComparedRow(name, prorate_change(chosen, change, lines, running=running)))
    return Comparison(tuple(rows))


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

    Args: as `compare`; ``net`` is what the vendor's document says, before tax.
    """
    compared = compare(change, policies, billed, running=running, zone=zone)
    return tuple([row.name for row in compared.rows if row.result.net == net])
