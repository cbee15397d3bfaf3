"""A result in plain sentences: the same numbers, and the policy field that led to each."""

from typing import TYPE_CHECKING

from billingcore._proration.options import Cycle, Leftover, Settle
from billingcore._proration.policy import describe

if TYPE_CHECKING:
    from billingcore._proration.results import ProrationResult


def explain_result(result: "ProrationResult") -> str:
    """Return the change, each line with its sum, the net, what becomes of it, and the next bill."""
    lines = [result.change.describe()]
    if result.is_waiting:
        return "\n".join([*lines, *_waiting(result)])
    lines += [f"  {line.explain()}" for line in result.lines]
    lines += [f"  {text}" for text in (_net(result), *_rest(result), _next(result))]
    return "\n".join(lines)


def _waiting(result: "ProrationResult") -> list[str]:
    if result.trial is not None:
        first = f"first bill on {result.next_bill_on}" if result.next_bill_on else "nothing is billed"
        return [f"  during the trial: nothing to credit or charge; {first} (timing.trial)"]
    effective = describe(result.policy.timing.effective)
    return [f"  takes effect on {result.effective_at}, at the {effective}: nothing to prorate (timing.effective)"]


def _net(result: "ProrationResult") -> str:
    bought = f" + {result.converted.amount}" if result.converted else ""
    gathered = result.policy.timing.settle is Settle.NEXT_INVOICE
    when = "on the next invoice" if gathered else "billed now"
    if result.net_minor <= 0:
        when = "nothing to bill" if not gathered else when
    return f"net {result.charge.amount} - {result.credit.amount}{bought} = {result.net}, {when} (timing.settle)"


def _rest(result: "ProrationResult") -> list[str]:
    if not result.leftover:
        return []
    words = {
        Leftover.CARRY: "is carried to later bills", Leftover.REFUND: "is paid out", Leftover.FORFEIT: "is lost",
    }[result.policy.timing.leftover]  # fmt: skip
    return [f"credit of {result.leftover} is left and {words} (timing.leftover)"]


def _next(result: "ProrationResult") -> str:
    if result.next_bill_on is None:
        return "no further bill"
    anchor = result.policy.timing.anchor
    if anchor is Cycle.KEEP and result.restarts:
        return f"next bill on {result.next_bill_on}: a new period starts (timing.interval_change)"
    words = {
        Cycle.KEEP: "the bill dates are kept",
        Cycle.RESET: "a new period starts",
        Cycle.EXTEND: "the credit buys the time until then",
        Cycle.RESET_PLUS_EXTEND: "a new period starts, and the credit lengthens it",
        Cycle.EXPLICIT: "the policy names the day",
    }[anchor]
    return f"next bill on {result.next_bill_on}: {words} (timing.anchor)"
