"""A result in plain sentences: the same numbers, and the policy field that led to each."""

from typing import TYPE_CHECKING

import attrs

from billingcore._proration.change import ChangeKind
from billingcore._proration.options import Cycle, Leftover, Settle
from billingcore._proration.policy import describe
from billingcore.money import Money

if TYPE_CHECKING:
    from billingcore._proration.results import ProrationResult


def explain_result(result: "ProrationResult") -> str:
    """Return the change, each line with its sum, the net, what becomes of it, and the next bill."""
    lines = [result.change.describe()]
    if result.is_waiting:
        return "\n".join([*lines, *_waiting(result)])
    lines += [f"  {line.explain()}" for line in result.lines]
    if result.moves_nothing and result.billed:
        lines.append("  nothing is given back or charged: what was billed stays on record, and runs to its end (sides)")
    lines += [f"  {text}" for text in (*_dropped(result), _net(result), *_rest(result), _next(result))]
    return "\n".join(lines)


def _waiting(result: "ProrationResult") -> list[str]:
    if result.trial is not None:
        first = f"first bill on {result.next_bill_on}" if result.next_bill_on else "nothing is billed"
        return [f"  during the trial: nothing to credit or charge; {first} (timing.trial)"]
    effective = describe(result.policy.timing.effective)
    return [f"  takes effect on {result.effective_at}, at the {effective}: nothing to prorate (timing.effective)"]


def _dropped(result: "ProrationResult") -> list[str]:
    """Return the credit and the charge that are too small for the policy, with their amounts."""
    policy, sides = result.policy, result.policy.sides
    least = {"credit": sides.minimum_credit_minor, "charge": sides.minimum_charge_minor}
    if not any(least.values()):
        return []
    every = attrs.evolve(policy, sides=attrs.evolve(sides, minimum_credit_minor=0, minimum_charge_minor=0))
    found, all_of = [], attrs.evolve(result, policy=every)
    for side, verb in (("credit", "given"), ("charge", "made")):
        dropped: Money = getattr(all_of, side)
        if dropped and not getattr(result, side):
            minimum = Money(least[side], dropped.currency).amount
            found.append(
                f"{side} of {dropped} is below the minimum of {minimum}: not {verb} (sides.minimum_{side}_minor)"
            )
    return found


def _net(result: "ProrationResult") -> str:
    bought = f" + {result.converted.amount}" if result.converted else ""
    return f"net {result.charge.amount} - {result.credit.amount}{bought} = {result.net}, {_when(result)}"


def _when(result: "ProrationResult") -> str:
    """Return when the net is billed, and what decided it: no invoice is left to wait for where a period starts or all ends."""
    if not result.settles_now:
        return "on the next invoice (timing.settle)"
    if result.net_minor <= 0:
        return "nothing to bill (timing.settle)"
    if result.policy.timing.settle is Settle.NEXT_INVOICE:
        return "billed now: the invoice of the new period comes now (timing.settle)"
    return "billed now (timing.settle)"


def _rest(result: "ProrationResult") -> list[str]:
    if not result.leftover:
        return []
    words = {
        Leftover.CARRY: "is carried to later bills", Leftover.REFUND: "is paid out", Leftover.FORFEIT: "is lost",
    }[result.policy.timing.leftover]  # fmt: skip
    if result.change.kind is ChangeKind.CANCEL and result.carried:
        words = "stays on the buyer's balance"
    return [f"credit of {result.leftover} is left and {words} (timing.leftover)"]


def _next(result: "ProrationResult") -> str:
    if result.next_bill_on is None:
        return (
            "no further bill" if result.change.kind is not ChangeKind.REMOVE else "no further bill for what was removed"
        )
    if result.change.plan is None:
        return f"next bill on {result.next_bill_on}, for what stays"
    anchor = result.policy.timing.anchor
    if anchor is Cycle.KEEP and result.restarts:
        return f"next bill on {result.next_bill_on}: a new period starts ({result.restarted_by})"
    if anchor is Cycle.EXTEND and not result.converted:
        anchor = Cycle.KEEP  # nothing could be exchanged for time
    words = {
        Cycle.KEEP: "the bill dates are kept",
        Cycle.RESET: "a new period starts",
        Cycle.EXTEND: "the credit buys the time until then",
        Cycle.RESET_PLUS_EXTEND: "a new period starts, and the credit lengthens it",
        Cycle.EXPLICIT: "the policy names the day",
    }[anchor]
    return f"next bill on {result.next_bill_on}: {words} (timing.anchor)"
