"""What a vendor does on a change in mid-period: one frozen value of four small ones."""

from datetime import UTC, date, datetime, tzinfo
from enum import Enum
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_fields, check_int
from billingcore._kernel import Rounding
from billingcore._proration.meaning import check_form, check_free_period, check_sides, check_timing
from billingcore._proration.options import (
    Balance,
    Basis,
    Charge,
    ChargeRate,
    Clock,
    Credit,
    CreditBasis,
    CreditCap,
    Cycle,
    DayOwner,
    DiscountReversal,
    Effective,
    ExtensionRounding,
    FixedDays,
    Form,
    Leftover,
    MonthOverflow,
    OnSwitch,
    RoundStep,
    Settle,
    Stage,
    TaxOrder,
)
from billingcore.cycles import TrialChange, civil_date
from billingcore.errors import InvalidValueError
from billingcore.money import MAX_AMOUNT_MINOR

_ANY_INSTANT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MOST_DAYS: Final = date.max.toordinal()
_EXACT_CLOCKS = (Clock.MILLISECOND, Clock.SECOND, Clock.MINUTE)
_USUAL_CHARGES = (Charge.REMAINING, Charge.FULL, Charge.NONE)
_EXTENDING = (Cycle.EXTEND, Cycle.RESET_PLUS_EXTEND)


@attrs.frozen
class Measure:
    """How the remaining time becomes a fraction.

    Args:
        clock: to what instants are cut.
        zone: the zone of the billing day, a ``tzinfo`` object; needed where an instant must become a day, or a day an
            instant.
        basis: what the remaining time is divided by.
        change_day: who owns the day of a change; a day clock only.
        cancel_day: who owns the day of a cancellation; a day clock only.
        fraction_rounding: a rounding of the fraction before it is multiplied, or None.
        rate_rounding: a rounding of the price of one unit of time before it is multiplied, or None.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a combination without meaning; the error says which and why.
    """

    clock: Clock = Clock.SECOND
    zone: tzinfo | None = None
    basis: Basis | FixedDays = Basis.ACTUAL_PERIOD
    change_day: DayOwner = DayOwner.NEW
    cancel_day: DayOwner = DayOwner.NEW
    fraction_rounding: RoundStep | None = None
    rate_rounding: RoundStep | None = None

    def __attrs_post_init__(self) -> None:
        check_fields(self, clock=Clock, change_day=DayOwner, cancel_day=DayOwner)
        check("zone", self.zone, tzinfo, None)
        if self.zone is not None:
            civil_date(_ANY_INSTANT, self.zone)  # which refuses a zone that does not know its offset from UTC
        check("basis", self.basis, Basis, FixedDays)
        for name in ("fraction_rounding", "rate_rounding"):
            step = getattr(self, name)
            check(name, step, RoundStep, None)
        self._check_meaning()

    def _check_meaning(self) -> None:
        by_day = self.clock is Clock.DAY
        for name in ("change_day", "cancel_day"):
            if getattr(self, name) is DayOwner.OLD and not by_day:
                problem = f"only a day clock has a day to own; the {self.clock.value} clock cuts at the instant"
                raise InvalidValueError(name, "old", problem)
        if self.fraction_rounding is not None and self.rate_rounding is not None:
            problem = "the fraction or the rate is rounded early, not both"
            raise InvalidValueError("rate_rounding", self.rate_rounding.describe(), problem)
        if self.rate_rounding is not None and self.clock in _EXACT_CLOCKS:
            problem = f"the price of one {self.clock.value} has no payable decimals; use the day or month clock"
            raise InvalidValueError("rate_rounding", self.rate_rounding.describe(), problem)
        counts_days = self.basis in (Basis.CALENDAR_MONTH, Basis.STRICT_30_360, Basis.MONTHS_THEN_DAYS)
        if counts_days or (type(self.basis) is FixedDays and self.basis.trimmed):
            if not by_day:
                raise InvalidValueError("basis", describe(self.basis), "it counts days; use the day clock")
        elif self.clock is Clock.MONTH and self.basis is not Basis.ACTUAL_PERIOD:
            problem = "whole months of the period are counted, not days; leave it at the actual period"
            if type(self.basis) is FixedDays:
                problem = "whole months are not divided by days"
            raise InvalidValueError("basis", describe(self.basis), problem)


@attrs.frozen
class MoneyRounding:
    """How money is rounded.

    Args:
        mode: the mode of each rounding.
        stage: where money is rounded.
        balance: how the used part is found.
        tax_order: when tax is computed on a credit.

    Raises:
        InvalidTypeError: a field of another type.
    """

    mode: Rounding = Rounding.HALF_UP
    stage: Stage = Stage.LINE
    balance: Balance = Balance.COMPLEMENT
    tax_order: TaxOrder = TaxOrder.TAX_AFTER

    def __attrs_post_init__(self) -> None:
        check_fields(self, mode=Rounding, stage=Stage, balance=Balance, tax_order=TaxOrder)


@attrs.frozen
class Sides:
    """What is credited and what is charged.

    Args:
        credit: what is given back of the old plan.
        credit_basis: of what the credit is a share.
        credit_cap: whether it stops at what is left of the billed value.
        discount_reversal: how a discount goes back; a gross credit basis only.
        charge: what the new plan costs now.
        charge_rate: which price the charge is a share of.
        form: how the credit is shown.
        minimum_credit_minor: a smaller credit is not given, in minor units.
        minimum_charge_minor: less than that is not billed: what is due, the charge less the credit; in minor units.
        full_refund_days: a cancellation up to so many days after the start is credited in full, or None.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a combination without meaning; the error says which and why.
    """

    credit: Credit = Credit.UNUSED
    credit_basis: CreditBasis = CreditBasis.BILLED_NET
    credit_cap: CreditCap = CreditCap.BILLED
    discount_reversal: DiscountReversal = DiscountReversal.PROPORTIONAL
    charge: Charge = Charge.REMAINING
    charge_rate: ChargeRate = ChargeRate.PERIOD_PRICE
    form: Form = Form.CREDIT_AND_CHARGE
    minimum_credit_minor: int = 0
    minimum_charge_minor: int = 0
    full_refund_days: int | None = None

    def __attrs_post_init__(self) -> None:
        check_fields(
            self, credit=Credit, credit_basis=CreditBasis, credit_cap=CreditCap, discount_reversal=DiscountReversal, charge=Charge, charge_rate=ChargeRate, form=Form,
        )  # fmt: skip
        check_int("minimum_credit_minor", self.minimum_credit_minor, 0, MAX_AMOUNT_MINOR)
        check_int("minimum_charge_minor", self.minimum_charge_minor, 0, MAX_AMOUNT_MINOR)
        if self.full_refund_days is not None:
            check_int("full_refund_days", self.full_refund_days, 0, _MOST_DAYS)
        self._check_meaning()

    def _check_meaning(self) -> None:
        differ = [each.value for each in (self.credit, self.charge) if "difference" in each.value]
        if differ and self.credit.value != self.charge.value:
            problem = "a difference is one line for both sides: give the same difference as credit and charge"
            raise InvalidValueError("charge", self.charge.value, problem)
        if self.discount_reversal is DiscountReversal.LEAST_FIRST and self.credit_basis is not CreditBasis.BILLED_GROSS:
            problem = "a discount goes back on its own only where the credit is of the gross amount"
            raise InvalidValueError("discount_reversal", self.discount_reversal.value, problem)
        if self.charge_rate is ChargeRate.MONTH_EQUIVALENT and self.charge is not Charge.REMAINING:
            problem = "a price is converted to the running period where the rest of that period is charged"
            raise InvalidValueError("charge_rate", self.charge_rate.value, problem)
        check_sides(self)


@attrs.frozen
class Timing:
    """When a change takes effect, and what becomes of bill dates and of credit that is left.

    Args:
        anchor: what the change does to the bill dates.
        anchor_on: with ``Cycle.EXPLICIT`` alone: the next bill date, from which the following ones are counted.
        interval_change: what a plan of another cadence does to the bill dates.
        free_to_paid: what the first paid plan after a free one does to them.
        extension_rounding: how bought time becomes days; where credit buys time, and only there.
        month_end: what becomes of a bill date that its month does not have.
        effective: when the change takes effect.
        settle: whether its lines are billed at once.
        leftover: what becomes of credit that exceeds the charge.
        trial: what a change during a trial does to the end of the trial.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a combination without meaning; the error says which and why.
    """

    anchor: Cycle = Cycle.KEEP
    anchor_on: date | None = None
    interval_change: OnSwitch = OnSwitch.RESET
    free_to_paid: OnSwitch = OnSwitch.KEEP
    extension_rounding: ExtensionRounding | None = None
    month_end: MonthOverflow = MonthOverflow.CLAMP
    effective: Effective = Effective.NOW
    settle: Settle = Settle.INVOICE_NOW
    leftover: Leftover = Leftover.CARRY
    trial: TrialChange = TrialChange.KEEP_END

    def __attrs_post_init__(self) -> None:
        check_fields(
            self, anchor=Cycle, interval_change=OnSwitch, free_to_paid=OnSwitch, month_end=MonthOverflow, effective=Effective, settle=Settle, leftover=Leftover, trial=TrialChange,
        )  # fmt: skip
        if self.anchor_on is not None:
            check_date("anchor_on", self.anchor_on)
        if (self.anchor is Cycle.EXPLICIT) != (self.anchor_on is not None):
            problem = "an explicit anchor and its day go together; give both or neither"
            raise InvalidValueError("anchor_on", self.anchor_on, problem)
        extends = self.anchor in _EXTENDING
        check("extension_rounding", self.extension_rounding, ExtensionRounding, None)
        if extends != (self.extension_rounding is not None):
            problem = "time is bought with credit where the anchor is extended, and only there"
            raise InvalidValueError("extension_rounding", describe(self.extension_rounding), problem)
        if extends and self.leftover is Leftover.REFUND:
            raise InvalidValueError("leftover", "refund", "the credit buys time; nothing is left to pay out")
        check_timing(self)
        if self.effective is not Effective.NOW and self.anchor is not Cycle.KEEP:
            problem = "a change that waits for the end of a period moves no bill date; keep the anchor"
            raise InvalidValueError("anchor", self.anchor.value, problem)


@attrs.frozen
class ProrationPolicy:
    """What a vendor does on a change in mid-period, as data: four small values.

    The defaults are the commonest rule: to the second, over the real period, the
    unused share of what was billed credited, the remaining share of the new price
    charged, each line rounded half up, bill dates kept, billed at once.

    Args:
        measure: how time becomes a fraction.
        rounding: how money is rounded.
        sides: what is credited and charged.
        timing: when, and what becomes of bill dates and leftover credit.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a combination without meaning; the error says which and why.

    >>> policy = ProrationPolicy.simple(Credit.UNUSED, Charge.FULL, Cycle.RESET)
    >>> policy.describe()
    'clock day; charge full; anchor reset'
    """

    measure: Measure = Measure()
    rounding: MoneyRounding = MoneyRounding()
    sides: Sides = Sides()
    timing: Timing = Timing()
    is_simple: bool = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check_fields(self, measure=Measure, rounding=MoneyRounding, sides=Sides, timing=Timing)
        self._check_anchor()
        sides, timing = self.sides, self.timing
        if timing.effective is not Effective.NOW and (sides.credit, sides.charge) != (Credit.NONE, Charge.NONE):
            problem = "a change at the end of a period has no rest to credit or charge; set both to none"
            raise InvalidValueError("effective", timing.effective.value, problem)
        check_form(self)
        if sides.charge_rate is ChargeRate.MONTH_EQUIVALENT and (
            timing.anchor is not Cycle.KEEP or timing.interval_change is not OnSwitch.KEEP
        ):
            problem = "a price converted to the running period needs that period kept; keep the anchor and the interval"
            raise InvalidValueError("charge_rate", sides.charge_rate.value, problem)
        check_free_period(self)
        object.__setattr__(self, "is_simple", _is_simple(self))

    def _check_anchor(self) -> None:
        sides, anchor = self.sides, self.timing.anchor
        if anchor is Cycle.RESET and sides.charge in (Charge.REMAINING, Charge.DIFFERENCE_REMAINING):
            problem = "a cycle that starts again has no remaining share; charge it in full or keep the cycle"
            raise InvalidValueError("charge", sides.charge.value, problem)
        if anchor is Cycle.EXTEND and (sides.credit, sides.charge) != (Credit.UNUSED, Charge.NONE):
            problem = "where the unused credit buys time of the new plan, nothing else is charged"
            raise InvalidValueError("anchor", anchor.value, problem)
        if anchor is Cycle.RESET_PLUS_EXTEND and (sides.credit, sides.charge) != (Credit.UNUSED, Charge.FULL):
            problem = "where the unused credit lengthens the new period, that period is charged in full"
            raise InvalidValueError("anchor", anchor.value, problem)

    @classmethod
    def simple(
        cls,
        credit: Credit,
        charge: Charge,
        cycle: Cycle,
        mode: Rounding = Rounding.HALF_UP,
        zone: tzinfo | None = None,
    ) -> "ProrationPolicy":
        """Return the policy of whole days, the change day to the new plan, with the three switches that matter most.

        Args:
            credit: what is given back.
            charge: what is charged.
            cycle: what happens to the bill dates.
            mode: the rounding of each line.
            zone: where instants become days; None if changes come as dates.
        """
        measure = Measure(clock=Clock.DAY, zone=zone)
        nothing = charge is Charge.NONE and cycle is Cycle.KEEP  # so no period starts either
        timing = Timing(anchor=cycle, interval_change=OnSwitch.KEEP if nothing else OnSwitch.RESET)
        return cls(measure, MoneyRounding(mode=mode), Sides(credit=credit, charge=charge), timing)

    def in_zone(self, zone: tzinfo) -> "ProrationPolicy":
        """Return the policy with the zone of the billing day.

        Raises:
            InvalidTypeError: not a zone.
            InvalidValueError: a zone that does not know its offset from UTC.
        """
        check("zone", zone, tzinfo)
        return attrs.evolve(self, measure=attrs.evolve(self.measure, zone=zone))

    def differences(self, base: "ProrationPolicy | None" = None) -> tuple[tuple[str, str, str], ...]:
        """Return where the policy differs from another, or from the defaults: part, field, value in words."""
        base = ProrationPolicy() if base is None else base
        check("base", base, ProrationPolicy, None)
        found = []
        for part in ("measure", "rounding", "sides", "timing"):
            mine, theirs = getattr(self, part), getattr(base, part)
            for field in attrs.fields(type(mine)):
                value = getattr(mine, field.name)
                if value != getattr(theirs, field.name):
                    found.append((part, field.name, describe(value)))
        return tuple(found)

    def describe(self) -> str:
        """Return what differs from the defaults, in a line."""
        parts = [f"{name.replace('_', ' ')} {value}" for _, name, value in self.differences()]
        return "; ".join(parts) or "the defaults"


def _is_simple(policy: ProrationPolicy) -> bool:
    """Say whether whole days of one period are prorated without any of the rarer options: the way that is written out."""
    measure, rounding, sides, timing = policy.measure, policy.rounding, policy.sides, policy.timing
    whole_days = measure.clock is Clock.DAY or (measure.clock in _EXACT_CLOCKS and measure.zone is None)
    plain_share = (measure.basis, measure.change_day) == (Basis.ACTUAL_PERIOD, DayOwner.NEW)
    early = measure.fraction_rounding is not None or measure.rate_rounding is not None
    plain_money = (rounding.stage, rounding.tax_order) == (Stage.LINE, TaxOrder.TAX_AFTER)
    plain_credit = (sides.credit_basis, sides.credit_cap) == (CreditBasis.BILLED_NET, CreditCap.BILLED)
    usual_sides = sides.credit in (Credit.UNUSED, Credit.NONE) and sides.charge in _USUAL_CHARGES
    no_guards = not sides.minimum_credit_minor and not sides.minimum_charge_minor
    plain_form = (sides.charge_rate, sides.form) == (ChargeRate.PERIOD_PRICE, Form.CREDIT_AND_CHARGE)
    usual_time = timing.anchor in (Cycle.KEEP, Cycle.RESET) and timing.free_to_paid is OnSwitch.KEEP
    now = timing.effective is Effective.NOW and timing.month_end is MonthOverflow.CLAMP
    return (
        whole_days and plain_share and not early and plain_money and plain_credit and usual_sides and no_guards
        and plain_form and usual_time and now
    )  # fmt: skip


def describe(value: object) -> str:
    """Return the value of a policy field in words."""
    if isinstance(value, Enum):
        return str(value.value).replace("_", " ")
    if type(value) is FixedDays or type(value) is RoundStep:
        return value.describe()
    return "none" if value is None else str(value)
