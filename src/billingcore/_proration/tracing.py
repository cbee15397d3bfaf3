"""Tracing a credit to the lines from which it was billed."""

from collections.abc import Sequence

import attrs

from billingcore._checks import check
from billingcore._choices import Choice
from billingcore._proration.shares import lines_of
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.tax import Ruling


class TraceOrder(Choice):
    """From which lines a credit is taken: the newest first, or from each in proportion to what is left of it."""

    NEWEST_FIRST = "newest_first"
    PRO_RATA = "pro_rata"


@attrs.frozen
class TracedCredit:
    """The part of a credit that one billed line bears, with the tax decision of that line."""

    billed: BilledPeriod
    credit: Money

    def __attrs_post_init__(self) -> None:
        check("billed", self.billed, BilledPeriod)
        if check_money("credit", self.credit, self.billed.charge.currency) > self.billed.remaining:
            raise InvalidValueError("credit", self.credit, f"no more than the {self.billed.remaining} that is left")
        if self.credit.amount_minor < 0:
            raise InvalidValueError("credit", self.credit, "a credit is 0 or more")

    @property
    def ruling(self) -> Ruling:
        """The tax decision of what is credited."""
        return self.billed.ruling


def trace_credit(
    billed: Sequence[BilledPeriod], amount: Money, order: TraceOrder = TraceOrder.NEWEST_FIRST
) -> tuple[TracedCredit, ...]:
    """Spread a credit over billed lines, of each no more than what is left of it.

    Args:
        billed: the lines, oldest first.
        amount: the credit, 0 or more; at most what is left of all lines.
        order: newest first, or in proportion.

    Returns:
        The part of each line that bears some, in the order in which it was taken: newest first, or oldest first where
        each bears its proportion. The parts add up to the amount.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a line in another currency.
        InvalidValueError: a negative amount, or more than what is left of all lines.

    Source: newest charge first, capped at each charge: Recurly, "only bill what changed"; Stripe, flexible mode.
    """
    check("order", order, TraceOrder)
    check_money("amount", amount)
    billed = lines_of(billed)
    lefts = [check_money("billed", line.remaining, amount.currency).amount_minor for line in billed]
    if not 0 <= amount.amount_minor <= sum(lefts):
        raise InvalidValueError("amount", amount, f"between nothing and what is left of all lines ({sum(lefts)} minor)")
    if not amount:
        return ()
    if order is TraceOrder.PRO_RATA:
        pairs = list(zip(billed, amount.allocate(tuple(lefts)), strict=True))
    else:
        pairs, open_minor = [], amount.amount_minor
        for line, left in zip(reversed(billed), reversed(lefts), strict=True):
            part = min(left, open_minor)
            open_minor -= part
            pairs.append((line, Money(part, amount.currency)))
    return tuple([TracedCredit(line, part) for line, part in pairs if part])
