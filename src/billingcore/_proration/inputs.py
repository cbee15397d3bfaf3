"""What is handed in for a change, checked; and the changes that move no money yet."""

from datetime import date

from billingcore._checks import check, check_date, check_tuple
from billingcore._proration.change import Change
from billingcore._proration.engine import Outcome
from billingcore._proration.measuring import Running, civil_day, end_of
from billingcore._proration.options import Effective
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.shares import cut_of, running_of, serving
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, InstantPeriod, Period, Trial
from billingcore.errors import InvalidTypeError, InvalidValueError


def check_inputs(policy: object, change: object, billed: object, running: object, trial: object = None) -> None:
    check("policy", policy, ProrationPolicy)
    known = check("change", change, Change)
    check_tuple("billed", billed, BilledPeriod)
    check("running", running, Period, InstantPeriod, None)
    if known.plan is None and not billed and trial is None:
        raise InvalidValueError("billed", billed, "nothing was billed that could be removed or cancelled")


def check_items(change: Change, billed: tuple[BilledPeriod, ...], untouched: object) -> None:
    """Refuse lines of other items among those of the change, and untouched lines of a change that names no item."""
    check_tuple("untouched", untouched, BilledPeriod)
    if change.item is None:
        raise InvalidValueError("untouched", untouched, "a change without an item touches every line; name its item")
    for line in billed:
        if line.plan.name != change.item:
            problem = f"it is of another item than {change.item}; hand it in as untouched, or use prorate_change"
            raise InvalidValueError("billed", line.plan.name, problem)


def check_lengths(trial_length: object, term_end: object) -> None:
    """Refuse a length of a trial, or an end of a contract, of another type."""
    check("trial_length", trial_length, Cadence, None)
    if term_end is not None:
        check_date("term_end", term_end)


def wait(
    policy: ProrationPolicy,
    change: Change,
    billed: tuple[BilledPeriod, ...],
    running: Running | None,
    trial: Trial | None,
    trial_length: Cadence | None,
    term_end: date | None,
) -> Outcome:
    """Return a change that moves no money now: during a trial, or at the end of the period or of the term."""
    if trial is not None:
        check("trial", trial, Trial)
        day = civil_day(policy.measure, change.at)
        if change.plan is None:
            return Outcome(0, 0, 0, None, None, day, (), False)  # noqa: FBT003 - the last figure
        after = trial.changed(day, policy.timing.trial, trial_length)
        return Outcome(0, 0, 0, after.period, after.first_paid_on, day, (), False)  # noqa: FBT003 - as above
    if policy.timing.effective is Effective.TERM_END:
        if term_end is None:
            raise InvalidTypeError("term_end", None, "a date: the policy waits for the end of the contract")
        end: date = check_date("term_end", term_end)
        first = _old_bill(policy, change, billed, end)
        if first is not None:  # the old plan renews before the contract ends
            return Outcome(0, 0, 0, running, first, end, (), False)  # noqa: FBT003 - as above
    else:
        if running is None:
            cut = cut_of(policy.measure, change)
            lines = tuple(serving(policy.measure, change, billed, cut))
            if not lines:
                raise InvalidValueError("running", None, "the policy waits for the end of a period, and none runs")
            running = running_of(lines[0])
        end = end_of(running)
    return Outcome(0, 0, 0, running, None if change.plan is None else end, end, (), False)  # noqa: FBT003 - as above


def _old_bill(policy: ProrationPolicy, change: Change, billed: tuple[BilledPeriod, ...], end: date) -> date | None:
    """Return the next bill of the old plan, where it comes before the contract ends."""
    if not billed:
        return None
    lines = tuple(serving(policy.measure, change, billed, cut_of(policy.measure, change)))
    renewal = end_of(running_of(lines[0]))
    return renewal if date(renewal.year, renewal.month, renewal.day) < end else None
