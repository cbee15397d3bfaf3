"""The result of a change: its figures, the lines behind them, and what follows."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import attrs

from billingcore._checks import setters
from billingcore._proration.after import billed_after, given_by_line, ruling_of
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.crediting import Draft
from billingcore._proration.directions import DirectionalPolicy
from billingcore._proration.engine import compute
from billingcore._proration.explaining import explain_result
from billingcore._proration.inputs import check_inputs, check_items, check_lengths, wait
from billingcore._proration.lines import ProrationLine
from billingcore._proration.measuring import Running, civil_day, time_left
from billingcore._proration.options import (
    Balance,
    Charge,
    Credit,
    Cycle,
    Effective,
    Leftover,
    OnSwitch,
    Settle,
    Side,
)
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.quick import quick_figures
from billingcore._proration.shares import lines_of, next_end, running_of, split_by_item
from billingcore._proration.terms import line_of
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, InstantPeriod, Period, Trial
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.tax import Ruling


@attrs.frozen(init=False)
class ProrationResult:
    """What a change costs, gives back, and leaves; computed from its inputs when it is made, so it cannot disagree.

    Args:
        policy: what the vendor does.
        change: what is changed, and when.
        billed: what was billed for the item, oldest first.
        running: the period that runs, where nothing was billed for it; else that of what was billed.
        trial: the trial that runs, or None.
        trial_length: the length of the new plan's trial, where the policy counts it anew.
        term_end: the end of the contract, where the policy waits for it.
        untouched: what was billed for other items, where the change names its own; it stays on record as it is.

    Raises:
        InvalidTypeError: an argument of another type, an instant that needs a zone.
        CurrencyMismatchError: a plan, or its price of today, in another currency than what was billed.
        InvalidValueError: a change outside the newest billed period, an addition outside all of them, a charge for no time;
            a policy whose basis does not fit the plan.
    """

    policy: ProrationPolicy
    change: Change
    billed: tuple[BilledPeriod, ...]
    running: Period | InstantPeriod | None
    trial: Trial | None
    trial_length: Cadence | None
    term_end: date | None
    untouched: tuple[BilledPeriod, ...]
    credit_minor: int = attrs.field(init=False, eq=False)
    charge_minor: int = attrs.field(init=False, eq=False)
    converted_minor: int = attrs.field(init=False, eq=False)
    period: Period | InstantPeriod | None = attrs.field(init=False, eq=False)
    next_bill: date | None = attrs.field(init=False, eq=False)
    _cut: date = attrs.field(init=False, eq=False, repr=False)
    _known: tuple[Draft, ...] | None = attrs.field(init=False, eq=False, repr=False)
    restarts: bool = attrs.field(init=False, eq=False, repr=False)

    def __init__(
        self,
        policy: ProrationPolicy,
        change: Change,
        billed: tuple[BilledPeriod, ...] = (),
        running: Period | InstantPeriod | None = None,
        trial: Trial | None = None,
        trial_length: Cadence | None = None,
        term_end: date | None = None,
        untouched: tuple[BilledPeriod, ...] = (),
    ) -> None:
        check_inputs(policy, change, billed, running, trial)
        if type(untouched) is not tuple or untouched or change.item is not None:
            check_items(change, billed, untouched)
        if trial_length is not None or term_end is not None:
            check_lengths(trial_length, term_end)
        _put_policy(self, policy)
        _put_change(self, change)
        _put_billed(self, billed)
        _put_running(self, running)
        _put_trial(self, trial)
        _put_length(self, trial_length)
        _put_term_end(self, term_end)
        _put_untouched(self, untouched)
        if policy.is_simple and len(billed) == 1 and running is None and trial is None:
            found = quick_figures(policy, change, billed[0])
            if found is not None:
                credit, charge, period, next_bill, restarts = found
                _put_figures(self, credit, charge, 0, period, next_bill, change.at, None, restarts)
                return
        if trial is None and policy.timing.effective is Effective.NOW:
            outcome = compute(policy, change, billed, running)
        else:
            outcome = wait(policy, change, billed, running, trial, trial_length, term_end)
        _put_figures(self, *outcome)
        if untouched and change.plan is None:
            _put_next_bill(self, next_end(untouched))

    @property
    def _drafts(self) -> tuple[Draft, ...]:
        """The terms of the lines; for the simplest changes they are worked out when they are asked for."""
        known = self._known
        return known if known is not None else compute(self.policy, self.change, self.billed, self.running).drafts

    @property
    def currency(self) -> str:
        """The one currency of the change.

        Raises:
            InvalidValueError: a trial is cancelled of which no plan is named.
        """
        plan = self.change.plan or self.change.price_now
        if plan is None and not self.billed:
            problem = "nothing was billed during the trial; name the plan as price_now to have amounts, all of them 0"
            raise InvalidValueError("currency", None, problem)
        return plan.currency if plan is not None else self.billed[-1].charge.currency

    @property
    def lines(self) -> tuple[ProrationLine, ...]:
        """The lines: what is given back first, newest charge first, then what is charged."""
        return tuple([self._line(draft) for draft in self._drafts])

    @property
    def credit(self) -> Money:
        """What is given back of the old plan, before tax."""
        return Money(self.credit_minor, self.currency)

    @property
    def charge(self) -> Money:
        """What the new plan costs now, before tax."""
        return Money(self.charge_minor, self.currency)

    @property
    def converted(self) -> Money:
        """What of the credit bought time instead of reducing a bill."""
        return Money(self.converted_minor, self.currency)

    @property
    def net_minor(self) -> int:
        """The net in minor units."""
        return self.charge_minor - self.credit_minor + self.converted_minor

    @property
    def net(self) -> Money:
        """Charge less credit, before tax; below 0 where more is given back than charged."""
        return Money(self.net_minor, self.currency)

    @property
    def applied(self) -> Money:
        """What of the credit paid for the charge. applied + leftover + converted == credit."""
        return Money(min(self.credit_minor - self.converted_minor, self.charge_minor), self.currency)

    @property
    def leftover(self) -> Money:
        """What of the credit is left after the charge; the policy says whether it is carried, paid out or lost."""
        return Money(max(-self.net_minor, 0), self.currency)

    @property
    def carried(self) -> Money:
        """What of the leftover credit pays for later bills."""
        return self._leftover_if(Leftover.CARRY)

    @property
    def refund(self) -> Money:
        """What of the leftover credit is paid out."""
        return self._leftover_if(Leftover.REFUND)

    def _leftover_if(self, what: Leftover) -> Money:
        return self.leftover if self.policy.timing.leftover is what else Money.zero(self.currency)

    @property
    def due_now(self) -> Money:
        """What is billed at once, before tax: nothing where it is gathered for the next invoice."""
        return Money(max(self.net_minor, 0) if self.settles_now else 0, self.currency)

    @property
    def settles_now(self) -> bool:
        """Whether the lines are billed at once: the policy says so, or no invoice is left to wait for.

        A new period has its first invoice now, and after a cancellation there is none.
        """
        ends = self.change.kind is ChangeKind.CANCEL
        return self.policy.timing.settle is Settle.INVOICE_NOW or self.restarts or ends

    @property
    def restarted_by(self) -> str | None:
        """The policy field that lets a new period start, or None where none does."""
        if not self.restarts:
            return None
        if self.policy.timing.anchor is not Cycle.KEEP:
            return "timing.anchor"
        other = self.change.plan is not None and self.change.plan.cadence != self._cadence
        resets = self.policy.timing.interval_change is OnSwitch.RESET
        return "timing.interval_change" if other and resets else "timing.free_to_paid"

    @property
    def next_price(self) -> Money:
        """The price of the next full period, less the discount: of the old plan, where that one renews first."""
        if self._old_renews_first:
            line = self.billed[-1]
            price = line.plan.charge_for(line.quantity)
            return price if line.period.reference is not None else price - min(line.discount, price)
        if self.change.plan is None:
            return Money.zero(self.currency)
        price = self.change.plan.charge_for(self.change.quantity)
        return price if self.change.discount is None else price - self.change.discount

    @property
    def _old_renews_first(self) -> bool:
        """Whether the change waits for the end of a contract, and the old plan has a bill before that."""
        day = self.next_bill_on
        waits = self.trial is None and self.policy.timing.effective is Effective.TERM_END and bool(self.billed)
        return waits and day is not None and self.term_end is not None and day < self.term_end

    @property
    def next_invoice(self) -> Money:
        """What the next regular invoice comes to, before tax, if nothing else changes: never below 0."""
        gathered = -self.carried.amount_minor if self.settles_now else self.net_minor
        return Money(max(self.next_price.amount_minor + gathered, 0), self.currency)

    @property
    def next_bill_on(self) -> date | None:
        """The day of the next bill, in the policy's zone; as the instant is written where it names none."""
        day = self.next_bill
        if day is None or type(day) is date:
            return day
        if self.policy.measure.zone is None:
            return date(day.year, day.month, day.day)
        return civil_day(self.policy.measure, day)

    @property
    def effective_at(self) -> date:
        """When the change takes effect: where it cuts the period, or the end that it waits for."""
        return self._cut

    @property
    def is_waiting(self) -> bool:
        """Whether no money moves yet: during a trial, or where the policy waits for the end of a period."""
        return self.trial is not None or self.policy.timing.effective is not Effective.NOW

    @property
    def fraction(self) -> Fraction:
        """The exact share of the running period that is left, before any rounding of it.

        Raises:
            InvalidValueError: no period runs.
        """
        running = self.running or (running_of(self.billed[-1]) if self.billed else None)
        if running is None:
            raise InvalidValueError("running", None, "no period runs; there is no share of it")
        num, den = time_left(self.policy.measure, running, self._cut, self._cadence)
        return Fraction(max(num, 0), den)

    @property
    def _cadence(self) -> Cadence | None:
        plan = self.billed[-1].plan if self.billed else self.change.plan
        return None if plan is None else plan.cadence

    @property
    def used(self) -> Money:
        """What was used of the lines that were credited: the complement, or rounded on its own as the policy says."""
        credited = [draft for draft in self._drafts if draft.side is Side.CREDIT and draft.line is not None]
        used = 0
        for draft in credited:
            if self.policy.rounding.balance is Balance.INDEPENDENT:
                other = draft._replace(num=draft.den - draft.num, at_most=None, adjustment=None)
                used += self._line(other).amount_minor
            else:
                used += draft.base - draft.amount
        return Money(used, self.currency)

    @property
    def moves_nothing(self) -> bool:
        """Whether the plan changes at once, and no money moves: what was billed stays on record, and runs to its end."""
        none = self.policy.sides.credit is Credit.NONE and self.policy.sides.charge is Charge.NONE
        return none and not self.is_waiting and self.change.kind is ChangeKind.REPLACE

    @property
    def billed_after(self) -> tuple[BilledPeriod, ...]:
        """What is on record after the change: the old lines with their end and credit, and the new line."""
        if self.is_waiting or self.moves_nothing:
            return (*self.untouched, *self.billed)
        # The simplest changes are figures without terms: one line, and its credit.
        given = {id(self.billed[0]): self.credit_minor} if self._known is None else given_by_line(self._known)
        charge = self.charge_minor + self.converted_minor
        after = billed_after(
            self.policy, self.change, self.billed, (charge, given), self.period, restarts=self.restarts
        )
        return (*self.untouched, *after)

    @property
    def ruling(self) -> Ruling:
        """The tax decision of the new charge.

        Raises:
            InvalidTypeError: none was given, and nothing was billed.
        """
        return ruling_of(self.change, self.billed)

    def _line(self, draft: Draft) -> ProrationLine:
        return line_of(self.policy, self.change, self.billed, draft, restarts=self.restarts)

    def explain(self) -> str:
        """Return the change in plain sentences, each with the policy field that decided it."""
        return explain_result(self)


(
    _put_policy,
    _put_change,
    _put_billed,
    _put_running,
    _put_trial,
    _put_length,
    _put_term_end,
    _put_untouched,
    _put_credit,
    _put_charge,
    _put_converted,
    _put_period,
    _put_next_bill,
    _put_cut,
    _put_known,
    _put_restarts,
) = setters(ProrationResult)


def _put_figures(  # noqa: PLR0917 - one call for all figures, on the hot path
    result: ProrationResult,
    credit: int,
    charge: int,
    converted: int,
    period: Running | None,
    next_bill: date | None,
    cut: date,
    known: tuple[Draft, ...] | None,
    restarts: bool,  # noqa: FBT001 - the last of the engine's figures
) -> None:
    _put_credit(result, credit)
    _put_charge(result, charge)
    _put_converted(result, converted)
    _put_period(result, period)
    _put_next_bill(result, next_bill)
    _put_cut(result, cut)
    _put_known(result, known)
    _put_restarts(result, restarts)


def prorate_change(
    policy: ProrationPolicy | DirectionalPolicy,
    change: Change,
    billed: Sequence[BilledPeriod] = (),
    *,
    running: Period | InstantPeriod | None = None,
    trial: Trial | None = None,
    trial_length: Cadence | None = None,
    term_end: date | None = None,
) -> ProrationResult:
    """Return what a change costs, gives back and leaves: one pure function for every vendor.

    Args:
        policy: what the vendor does; a `DirectionalPolicy` chooses by what the change is.
        change: what is changed, and when.
        billed: what was billed for the item that changes, oldest first; where the change names its item, that of other
            items too. The credit is traced to it.
        running: the period that runs, where nothing was billed for it.
        trial: the trial that runs, or None.
        trial_length: the length of the new plan's trial, where the policy counts it anew.
        term_end: the end of the contract, where the policy waits for it.

    Raises:
        InvalidTypeError: an argument of another type, an instant that needs a zone.
        CurrencyMismatchError: a plan, or its price of today, in another currency than what was billed.
        InvalidValueError: a change outside the newest billed period, an addition outside all of them, a charge for no time;
            a policy whose basis does not fit the plan.

    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.plans import FlatPrice, Plan
    >>> from billingcore.proration import Charge, Credit, Cycle
    >>> from billingcore.tax import OutsideScope
    >>> small = Plan("Small", FlatPrice(Money.of("30.00", "EUR")), MONTHLY)
    >>> large = Plan("Large", FlatPrice(Money.of("50.00", "EUR")), MONTHLY)
    >>> january = Period(date(2026, 1, 10), date(2026, 2, 10))
    >>> billed = [BilledPeriod.of_plan(small, 1, january, OutsideScope("CH", (), "2026-11-23"))]
    >>> policy = ProrationPolicy.simple(Credit.UNUSED, Charge.REMAINING, Cycle.KEEP)
    >>> print(prorate_change(policy, Change.to(date(2026, 1, 24), large), billed).explain())
    changed to Large × 1 at 2026-01-24
      credit for Small × 1: 30.00 EUR × 17/31 days = 16.45161… → 16.45 half up (sides.credit)
      charge for Large × 1: 50.00 EUR × 17/31 days = 27.41935… → 27.42 half up (sides.charge)
      net 27.42 - 16.45 = 10.97 EUR, billed now (timing.settle)
      next bill on 2026-02-10: the bill dates are kept (timing.anchor)
    """
    lines = billed if type(billed) is tuple else lines_of(billed)
    others: tuple[BilledPeriod, ...] = ()
    if type(change) is Change and change.item is not None:
        lines, others = split_by_item(change, lines)
    chosen = policy.choose(change, lines) if isinstance(policy, DirectionalPolicy) else policy
    return ProrationResult(chosen, change, lines, running, trial, trial_length, term_end, others)
