"""One change prorated: what it costs, gives back and leaves."""

from collections.abc import Iterable
from datetime import date

from billingcore._checks import check
from billingcore._proration.change import Change
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.result import ProrationResult
from billingcore._proration.rulebook import Rulebook
from billingcore._proration.touched import lines_of, split_by_item
from billingcore.billed import BilledPeriod
from billingcore.cycles import InstantPeriod, Period
from billingcore.money import Money


def prorate_change(
    rules: Rulebook | ProrationPolicy,
    change: Change,
    billed: Iterable[BilledPeriod] = (),
    *,
    running: Period | InstantPeriod | None = None,
    purchased_on: date | None = None,
    paid: Money | None = None,
) -> ProrationResult:
    """Return what a change costs, gives back and leaves: one pure function for every vendor.

    Args:
        rules: what the vendor does by what happens; or one policy for whatever happens.
        change: what is changed, and when.
        billed: what was billed for the item that changes, oldest first; where the change names its item, that of other
            items too. The credit is traced to it.
        running: the period that runs, where nothing was billed for it.
        purchased_on: the day of the purchase, where the rule gives all back within days of it.
        paid: what of the billed lines was really paid in money, where the rule pays that out and no more; None for all.

    Raises:
        InvalidTypeError: an argument of another type, an instant that needs a zone.
        CurrencyMismatchError: a plan, or its price of today, in another currency than what was billed.
        InvalidValueError: a change outside the newest billed period, an addition outside all of them;
            a policy whose basis does not fit the plan; a price with tax in it beside one without.

    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.plans import FlatPrice, Plan
    >>> small = Plan("Small", FlatPrice(Money.of("30.00", "EUR")), MONTHLY)
    >>> large = Plan("Large", FlatPrice(Money.of("50.00", "EUR")), MONTHLY)
    >>> billed = [BilledPeriod.of_plan(small, 1, Period(date(2026, 1, 10), date(2026, 2, 10)))]
    >>> result = prorate_change(ProrationPolicy.keep_dates(), Change.to(date(2026, 1, 24), large), billed)
    >>> print(result.explain())
    changed to Large × 1 at 2026-01-24
      credit for Small × 1: 30.00 EUR × 17/31 days = 16.45161… → 16.45 half up (sale)
      charge for Large × 1: 50.00 EUR × 17/31 days = 27.41935… → 27.42 half up (sale)
      net 27.42 - 16.45 = 10.97 EUR, billed now (settlement)
      next bill on 2026-02-10: the bill dates are kept (sale)
    """
    check("rules", rules, Rulebook, ProrationPolicy)
    check("change", change, Change)
    lines = billed if type(billed) is tuple else lines_of(billed)  # of a tuple each line is looked at once, below
    others: tuple[BilledPeriod, ...] = ()
    if change.item is not None:
        lines, others = split_by_item(change, lines_of(lines))
    if isinstance(rules, ProrationPolicy):
        return ProrationResult(rules, change, lines, running, others, purchased_on, paid)
    rule = rules.rule_for(change, lines)
    return ProrationResult(rule.policy, change, lines, running, others, purchased_on, paid, rule)
