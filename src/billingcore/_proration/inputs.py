"""What is handed in for a change, checked; and the changes that move no money yet."""

from datetime import date

from billingcore._proration.change import Change
from billingcore._proration.engine import Outcome
from billingcore._proration.measuring import Running, civil_day, end_of
from billingcore._proration.options import Effective
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.shares import cut_of, running_of, serving
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, InstantPeriod, Period, Trial
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.sourced import check_date


def check_inputs(policy: object, change: object, billed: object, running: object) -> None:
    if type(policy) is not ProrationPolicy:
        raise InvalidTypeError("policy", policy, "a ProrationPolicy")
    if type(change) is not Change:
        raise InvalidTypeError("change", change, "a Change, such as Change.to(day, plan)")
    if type(billed) is not tuple:
        raise InvalidTypeError("billed", billed, "a tuple of BilledPeriod values, oldest first")
    if running is not None and type(running) is not Period and type(running) is not InstantPeriod:
        raise InvalidTypeError("running", running, "a Period or an InstantPeriod, or None")
    if change.plan is None and not billed:
        raise InvalidValueError("billed", billed, "nothing was billed that could be removed or cancelled")


def check_items(change: Change, billed: tuple[BilledPeriod, ...], untouched: object) -> None:
    """Refuse lines of other items among those of the change, and untouched lines of a change that names no item."""
    if type(untouched) is not tuple or any(type(line) is not BilledPeriod for line in untouched):
        raise InvalidTypeError("untouched", untouched, "a tuple of BilledPeriod values")
    if change.item is None:
        raise InvalidValueError("untouched", untouched, "a change without an item touches every line; name its item")
    for line in billed:
        if type(line) is BilledPeriod and line.plan.name != change.item:
            problem = f"it is of another item than {change.item}; hand it in as untouched, or use prorate_change"
            raise InvalidValueError("billed", line.plan.name, problem)


def check_lengths(trial_length: object, term_end: object) -> None:
    """Refuse a length of a trial, or an end of a contract, of another type."""
    if trial_length is not None and type(trial_length) is not Cadence:
        raise InvalidTypeError("trial_length", trial_length, "a Cadence, or None")
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
        if type(trial) is not Trial:
            raise InvalidTypeError("trial", trial, "a Trial, or None")
        day = civil_day(policy.measure, change.at)
        if change.plan is None:
            return Outcome(0, 0, 0, None, None, day, (), False)  # noqa: FBT003 - the last figure
        after = trial.changed(day, policy.timing.trial, trial_length)
        return Outcome(0, 0, 0, after.period, after.first_paid_on, day, (), False)  # noqa: FBT003 - as above
    if policy.timing.effective is Effective.TERM_END:
        if term_end is None:
            raise InvalidTypeError("term_end", None, "a date: the policy waits for the end of the contract")
        end: date = check_date("term_end", term_end)
    else:
        if running is None:
            cut = cut_of(policy.measure, change)
            lines = tuple(serving(policy.measure, change, billed, cut))
            if not lines:
                raise InvalidValueError("running", None, "the policy waits for the end of a period, and none runs")
            running = running_of(lines[0])
        end = end_of(running)
    return Outcome(0, 0, 0, running, None if change.plan is None else end, end, (), False)  # noqa: FBT003 - as above
