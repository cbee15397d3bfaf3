"""A history of changes: the bill of a whole period, step by step, in one pass."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_tuple, collected
from billingcore._proration.change import Change
from billingcore._proration.line import ProrationLine
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.prorate import prorate_change
from billingcore._proration.result import ProrationResult
from billingcore._proration.rulebook import Rulebook
from billingcore._proration.touched import lines_of
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidValueError
from billingcore.money import Money, total

_MOST_CHANGES: Final = 100_000


@attrs.frozen
class ChangeHistory:
    """Changes one after the other: each is prorated against what the changes before it left on record.

    Args:
        rules: what the vendor does by what happens; or one policy for whatever happens.
        billed: what was billed before the first change, oldest first; at least one line.
        changes: in the order of time.
        purchased_on: the day of the purchase, where a rule gives all back within days of it.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: nothing billed; changes out of order, or beyond what was billed.
        CurrencyMismatchError: plans of two currencies.
    """

    rules: Rulebook | ProrationPolicy
    billed: tuple[BilledPeriod, ...]
    changes: tuple[Change, ...]
    purchased_on: date | None = None
    steps: tuple[ProrationResult, ...] = attrs.field(init=False, eq=False, repr=False)
    """The result of each change, in their order."""
    billed_after: tuple[BilledPeriod, ...] = attrs.field(init=False, eq=False, repr=False)
    """What is on record after the last change."""

    def __attrs_post_init__(self) -> None:
        check("rules", self.rules, Rulebook, ProrationPolicy)
        check_tuple("billed", self.billed, BilledPeriod)
        if not self.billed:
            raise InvalidValueError("billed", self.billed, "a history starts with what was billed")
        check_tuple("changes", self.changes, Change)
        steps, replaced, running = [], list[BilledPeriod](), self.billed
        left = running
        for change in self.changes:
            step = prorate_change(self.rules, change, running, purchased_on=self.purchased_on)
            steps.append(step)
            after = step.billed_after  # only what still runs is handed on: a step costs the same after any number
            in_force = tuple([line for line in after if line.ended_on is None])
            running = left = in_force or after
            if in_force:
                replaced += [line for line in after if line.ended_on is not None]
        object.__setattr__(self, "steps", tuple(steps))
        object.__setattr__(self, "billed_after", (*replaced, *left))

    @property
    def currency(self) -> str:
        """The one currency of the history."""
        return self.billed[0].charge.currency

    @property
    def credit(self) -> Money:
        """What all changes gave back."""
        return total([step.credit for step in self.steps], self.currency)

    @property
    def charge(self) -> Money:
        """What all changes charged."""
        return total([step.charge for step in self.steps], self.currency)

    @property
    def net(self) -> Money:
        """What the changes cost together, beyond what was billed before them."""
        return total([step.net for step in self.steps], self.currency)

    @property
    def lines(self) -> tuple[ProrationLine, ...]:
        """The lines of all changes, in their order."""
        return tuple([line for step in self.steps for line in step.lines])

    @property
    def next_bill(self) -> date | None:
        """The next bill date after the last change."""
        return self.steps[-1].next_bill if self.steps else self.billed[-1].period.end

    def explain(self) -> str:
        """Return every change with its sums, and what they come to."""
        lines = [step.explain() for step in self.steps]
        lines.append(f"together {self.charge.amount} - {self.credit.amount}: net {self.net}")
        return "\n".join(lines)


def fold_changes(
    rules: Rulebook | ProrationPolicy,
    billed: Iterable[BilledPeriod],
    changes: Iterable[Change],
    *,
    purchased_on: date | None = None,
) -> ChangeHistory:
    """Return a whole history of changes, each prorated against what the ones before left; see `ChangeHistory`.

    Raises:
        InvalidTypeError: an argument of another type.
    """
    return ChangeHistory(
        rules, lines_of(billed), collected("changes", changes, Change, most=_MOST_CHANGES), purchased_on
    )
