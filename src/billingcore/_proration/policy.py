"""What a vendor does on a change in mid-period: one frozen value that cannot contradict itself."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from enum import Enum
from typing import Final

import attrs

from billingcore._checks import check, check_fields, check_int
from billingcore._kernel import Rounding
from billingcore._proration.choices import (
    Balance,
    Basis,
    Clock,
    CreditOf,
    DayOwner,
    Early,
    FixedDays,
    OnSwitch,
    RoundStep,
    Sale,
    Settlement,
    Stage,
)
from billingcore.cycles import civil_date
from billingcore.errors import InvalidValueError

EXACT_CLOCKS: Final = frozenset({Clock.SECOND, Clock.MINUTE})
_MAX_WINDOW: Final = 3650
_ANY_INSTANT: Final = datetime(2000, 1, 1, tzinfo=UTC)


@attrs.frozen
class Measure:
    """How the remaining time becomes a fraction.

    Args:
        clock: to what instants are cut.
        zone: the zone of the billing day, a ``tzinfo`` object; the account's, not the vendor's. Needed where an instant
            must become a day, or a day an instant.
        basis: what the remaining time is divided by.
        change_day: who owns the day of a change; a day clock only.
        cancel_day: who owns the day of a cancellation; None for whoever owns that of a change.
        early: a rounding before the multiplication, or None.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: what cannot be measured so; the error says which field and why.
    """

    clock: Clock = Clock.SECOND
    zone: tzinfo | None = None
    basis: Basis | FixedDays = Basis.ACTUAL_PERIOD
    change_day: DayOwner = DayOwner.NEW
    cancel_day: DayOwner | None = None
    early: RoundStep | None = None

    def __attrs_post_init__(self) -> None:
        check_fields(
            self, clock=Clock, zone=(tzinfo, None), basis=(Basis, FixedDays), change_day=DayOwner,
            cancel_day=(DayOwner, None), early=(RoundStep, None),
        )  # fmt: skip
        if self.zone is not None:
            civil_date(_ANY_INSTANT, self.zone)  # which refuses a zone that does not know its offset from UTC
        for refused, field, why in _NOT_MEASURED:
            if refused(self):
                raise InvalidValueError(field, describe(getattr(self, field)), why)

    @property
    def rate(self) -> RoundStep | None:
        """The rounding of the price of one unit of time, or None."""
        return self.early if self.early is not None and self.early.of is Early.RATE else None

    @property
    def fraction(self) -> RoundStep | None:
        """The rounding of the fraction, or None."""
        return self.early if self.early is not None and self.early.of is Early.FRACTION else None


def _counts_days(measure: Measure) -> bool:
    basis = measure.basis
    return basis.trimmed if isinstance(basis, FixedDays) else basis in {Basis.CALENDAR_MONTH, Basis.STRICT_30_360}


_DAY_ONLY: Final = "only a day clock has a day to own; the others cut at the instant"
_NOT_MEASURED: Final[tuple[tuple[Callable[[Measure], bool], str, str], ...]] = (
    (lambda m: m.clock is not Clock.DAY and m.change_day is DayOwner.OLD, "change_day", _DAY_ONLY),
    (lambda m: m.clock is not Clock.DAY and m.cancel_day is DayOwner.OLD, "cancel_day", _DAY_ONLY),
    (
        lambda m: m.clock in EXACT_CLOCKS and m.rate is not None, "early",
        "the price of one second or minute has no payable decimals; use the day or month clock",
    ),
    (lambda m: m.clock is not Clock.DAY and _counts_days(m), "basis", "it counts days; use the day clock"),
    (
        lambda m: m.clock is Clock.MONTH and m.basis is not Basis.ACTUAL_PERIOD, "basis",
        "whole months of the period are counted, not days; leave it at the actual period",
    ),
)  # fmt: skip
"""Everything that a measure refuses: the condition, the field, why."""


@attrs.frozen
class ProrationPolicy:
    """What a vendor does on a change in mid-period, as data.

    The defaults are the commonest rule: to the second, over the real period, the
    unused share of what was billed credited, the share that remains of the new price
    charged, each line rounded half up, bill dates kept, billed at once.

    Args:
        sale: what is sold on a change: what is credited, what is charged, for which time.
        measure: how time becomes a fraction.
        credit_of: of what the credit is a share.
        rounding: the mode of each rounding; the caller's, not a vendor's.
        stage: where money is rounded.
        balance: how the used part is found.
        interval_change: what a plan of another interval does, where the sale keeps the bill dates.
        free_to_paid: what the first paid plan after a free one does, where the sale keeps the bill dates.
        settlement: when the lines are billed, and what becomes of credit that is left.
        full_refund_days: a cancellation up to so many days after the purchase is credited in full, or None.
        time_rounding: how bought time becomes whole days, where credit buys time.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: what cannot be done so; the error says which field and why.

    >>> ProrationPolicy.restart().describe()
    'sale restart; clock day'
    """

    sale: Sale = Sale.PRORATE
    measure: Measure = Measure()
    credit_of: CreditOf = CreditOf.BILLED
    rounding: Rounding = Rounding.HALF_UP
    stage: Stage = Stage.LINE
    balance: Balance = Balance.COMPLEMENT
    interval_change: OnSwitch = OnSwitch.RESTART
    free_to_paid: OnSwitch = OnSwitch.KEEP
    settlement: Settlement = Settlement.CARRY
    full_refund_days: int | None = None
    time_rounding: Rounding = Rounding.DOWN

    def __attrs_post_init__(self) -> None:
        check_fields(
            self, sale=Sale, measure=Measure, credit_of=CreditOf, rounding=Rounding, stage=Stage, balance=Balance,
            interval_change=OnSwitch, free_to_paid=OnSwitch, settlement=Settlement, time_rounding=Rounding,
        )  # fmt: skip
        if self.full_refund_days is not None:
            check_int("full_refund_days", self.full_refund_days, 0, _MAX_WINDOW)
        for refused, field, why in _NOT_DONE:
            if refused(self):
                raise InvalidValueError(field, describe(getattr(self, field)), why)

    @classmethod
    def keep_dates(cls, clock: Clock = Clock.DAY, zone: tzinfo | None = None) -> "ProrationPolicy":
        """Return the rule that credits what is unused, charges what remains, and keeps the bill dates."""
        return cls(Sale.PRORATE, Measure(clock, zone))

    @classmethod
    def restart(cls, clock: Clock = Clock.DAY, zone: tzinfo | None = None) -> "ProrationPolicy":
        """Return the rule that credits what is unused and starts a new period, charged in full."""
        return cls(Sale.RESTART, Measure(clock, zone))

    @classmethod
    def difference(cls, clock: Clock = Clock.DAY, zone: tzinfo | None = None) -> "ProrationPolicy":
        """Return the rule that bills the difference of the prices for the time that remains, in one line."""
        return cls(Sale.DIFFERENCE_REMAINING, Measure(clock, zone))

    @classmethod
    def at_period_end(cls) -> "ProrationPolicy":
        """Return the rule under which a change waits for the end of the period."""
        return cls(Sale.AT_PERIOD_END, Measure(Clock.DAY))

    @classmethod
    def nothing(cls) -> "ProrationPolicy":
        """Return the rule that changes the plan at once, and charges its price from the next bill on."""
        return cls(Sale.NOTHING, Measure(Clock.DAY), interval_change=OnSwitch.KEEP)

    def in_zone(self, zone: tzinfo) -> "ProrationPolicy":
        """Return the policy with the zone of the billing day.

        Raises:
            InvalidTypeError: not a zone.
            InvalidValueError: a zone that does not know its offset from UTC.
        """
        check("zone", zone, tzinfo)
        return attrs.evolve(self, measure=attrs.evolve(self.measure, zone=zone))

    def differences(self, base: "ProrationPolicy | None" = None) -> tuple[tuple[str, str], ...]:
        """Return where the policy differs from another, or from the defaults: field, and value in words."""
        check("base", base, ProrationPolicy, None)
        mine, theirs = _flat(self), _flat(base or ProrationPolicy())
        return tuple([(name, describe(value)) for name, value in mine.items() if value != theirs[name]])

    def describe(self) -> str:
        """Return what differs from the defaults, in a line."""
        return "; ".join([f"{name.replace('_', ' ')} {value}" for name, value in self.differences()]) or "the defaults"


_REVERSED: Final = "a reversal takes back what was billed and bills the used part again, by line and by its exact share"
_NOT_DONE: Final[tuple[tuple[Callable[[ProrationPolicy], bool], str, str], ...]] = (
    (lambda p: _reverses(p) and p.stage is not Stage.LINE, "stage", _REVERSED),
    (lambda p: _reverses(p) and p.credit_of is not CreditOf.BILLED, "credit_of", _REVERSED),
    (lambda p: _reverses(p) and p.measure.early is not None, "measure", _REVERSED),
    (
        lambda p: p.free_to_paid is OnSwitch.KEEP_CONVERTED, "free_to_paid",
        "nothing is converted from a price of nothing; keep the dates, or restart",
    ),
)  # fmt: skip
"""Everything that a policy refuses: the condition, the field, why."""


def _reverses(policy: ProrationPolicy) -> bool:
    return policy.sale is Sale.REVERSE_AND_REBILL


def _flat(policy: ProrationPolicy) -> dict[str, object]:
    """Return every field of a policy and of its measure, by name."""
    found: dict[str, object] = {}
    for field in attrs.fields(ProrationPolicy):
        value = getattr(policy, field.name)
        found |= attrs.asdict(value, recurse=False) if isinstance(value, Measure) else {field.name: value}
    return found


def describe(value: object) -> str:
    """Return the value of a policy's field in words."""
    if isinstance(value, Enum):
        return str(value.value).replace("_", " ")
    if isinstance(value, FixedDays | RoundStep):
        return value.describe()
    if isinstance(value, Measure):
        return "; ".join([f"{name} {describe(each)}" for name, each in attrs.asdict(value, recurse=False).items()])
    return "none" if value is None else str(value)
