"""Up, down or sideways: what decides it, and a policy for each."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import attrs

from billingcore._checks import check, check_tuple
from billingcore._choices import Choice
from billingcore._plans.checks import check_quantity
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.shares import lines_of
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.plans import Plan

_DAYS_A_YEAR: Final = Fraction(1461, 4)  # 365.25: the mean year between two leap years
_MONTHS_A_YEAR: Final = 12


class DirectionBy(Choice):
    """What tells an upgrade from a downgrade.

    ``PRICE_PER_DAY`` and ``MONTHLY_EQUIVALENT``: the total price with its quantity, over the mean length of its
    interval; they order alike. ``ABSOLUTE``: the price of an interval, however long. ``RANK``: the seller's own order.
    """

    PRICE_PER_DAY = "price_per_day"
    MONTHLY_EQUIVALENT = "monthly_equivalent"
    ABSOLUTE = "absolute"
    RANK = "rank"


class Direction(Choice):
    """Where a change leads."""

    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"
    LATERAL = "lateral"
    QUANTITY_UP = "quantity_up"
    QUANTITY_DOWN = "quantity_down"
    CANCEL = "cancel"


def monthly_equivalent(plan: Plan, quantity: int) -> Fraction:
    """Return the price of a plan for a month, in minor units: a year is 12 months, a day 12/365.25 of one.

    >>> from billingcore.cycles import ANNUAL
    >>> from billingcore.money import Money
    >>> from billingcore.plans import FlatPrice
    >>> monthly_equivalent(Plan("Yearly", FlatPrice(Money.of("300.00", "USD")), ANNUAL), 1)
    Fraction(2500, 1)
    """
    check("plan", plan, Plan)
    return Fraction(plan.charge_for(quantity).amount_minor) / _months_of(plan.cadence)


def _months_of(cadence: Cadence) -> Fraction:
    if cadence.months:
        return Fraction(cadence.months)
    return cadence.days * _MONTHS_A_YEAR / _DAYS_A_YEAR


def direction_of(old: tuple[Plan, int], new: tuple[Plan, int], by: DirectionBy, ranks: Sequence[str] = ()) -> Direction:
    """Return where a change from one plan and quantity to another leads.

    The same plan in another quantity is a change of quantity; anything else is
    decided by the totals, quantity included.

    Args:
        old: plan and quantity before.
        new: plan and quantity after.
        by: what is compared.
        ranks: with `DirectionBy.RANK`: the names of the plans, lowest first.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a plan without a rank.

    Source of the totals with quantity: pointfreeco/pointfreeco 193, where a larger team on a cheaper plan was called a
    downgrade.
    """
    check("by", by, DirectionBy)
    (old_plan, old_quantity), (new_plan, new_quantity) = _pair("old", old), _pair("new", new)
    check("ranks", ranks, tuple, list, words="the names of the plans, lowest first, in a tuple or a list")
    for name in ranks:
        check("ranks", name, str, words="the name of a plan")
    if old_plan == new_plan and old_quantity != new_quantity:
        return Direction.QUANTITY_UP if new_quantity > old_quantity else Direction.QUANTITY_DOWN
    if by is DirectionBy.RANK:
        before, after = Fraction(_rank(old_plan, ranks)), Fraction(_rank(new_plan, ranks))
    elif by is DirectionBy.ABSOLUTE:
        before = Fraction(old_plan.charge_for(old_quantity).amount_minor)
        after = Fraction(new_plan.charge_for(new_quantity).amount_minor)
    else:
        before, after = monthly_equivalent(old_plan, old_quantity), monthly_equivalent(new_plan, new_quantity)
    if after == before:
        return Direction.LATERAL
    return Direction.UPGRADE if after > before else Direction.DOWNGRADE


def _pair(name: str, pair: object) -> tuple[Plan, int]:
    if not isinstance(pair, tuple) or len(pair) != len(("plan", "quantity")) or type(pair[0]) is not Plan:
        raise InvalidTypeError(name, pair, "a plan and its quantity, such as (plan, 1)")
    return pair[0], check_quantity("quantity", pair[1])


def _rank(plan: Plan, ranks: Sequence[str]) -> int:
    for at, name in enumerate(ranks):
        if name == plan.name:
            return at
    raise InvalidValueError("ranks", plan.name, "every plan needs a rank; list their names, lowest first")


@attrs.frozen
class DirectionalPolicy:
    """A policy for each direction, and what decides the direction.

    Args:
        on_upgrade: for a dearer plan, and for something added.
        on_downgrade: for a cheaper plan.
        on_quantity_up: for more of the same.
        on_quantity_down: for less of the same, and for something removed.
        on_cancel: for the end.
        direction_by: what is compared.
        lateral_is_upgrade: whether an equal price counts as an upgrade; else as a downgrade.
        ranks: with `DirectionBy.RANK`: the names of the plans, lowest first.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: ranks without the comparison that needs them, or the other way round.
    """

    on_upgrade: ProrationPolicy
    on_downgrade: ProrationPolicy
    on_quantity_up: ProrationPolicy
    on_quantity_down: ProrationPolicy
    on_cancel: ProrationPolicy
    direction_by: DirectionBy = DirectionBy.MONTHLY_EQUIVALENT
    lateral_is_upgrade: bool = True
    ranks: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        for name in ("on_upgrade", "on_downgrade", "on_quantity_up", "on_quantity_down", "on_cancel"):
            check(name, getattr(self, name), ProrationPolicy)
        check("direction_by", self.direction_by, DirectionBy)
        check("lateral_is_upgrade", self.lateral_is_upgrade, bool)
        check_tuple("ranks", self.ranks, str)
        if (self.direction_by is DirectionBy.RANK) != bool(self.ranks):
            raise InvalidValueError("ranks", self.ranks, "ranks and the comparison by rank go together")
        if len(set(self.ranks)) < len(self.ranks):
            raise InvalidValueError("ranks", self.ranks, "a plan has one rank; list each name once")

    @classmethod
    def of(
        cls, policy: ProrationPolicy, *, direction_by: DirectionBy = DirectionBy.MONTHLY_EQUIVALENT
    ) -> "DirectionalPolicy":
        """Return one policy for every direction: the start of one that differs in some."""
        return cls(policy, policy, policy, policy, policy, direction_by)

    def direction(self, change: Change, billed: Sequence[BilledPeriod]) -> Direction:
        """Return where a change leads, from what was billed last; what is added leads up, what is removed down.

        Raises:
            InvalidTypeError: an argument of another type.
            InvalidValueError: a plan without a rank.
        """
        check("change", change, Change)
        billed = lines_of(billed)
        if change.kind is ChangeKind.CANCEL:
            return Direction.CANCEL
        if change.plan is None:
            return Direction.QUANTITY_DOWN
        if not billed or change.kind is ChangeKind.ADD:
            return Direction.UPGRADE
        last = billed[-1]
        found = direction_of((last.plan, last.quantity), (change.plan, change.quantity), self.direction_by, self.ranks)
        if found is Direction.LATERAL:
            return Direction.UPGRADE if self.lateral_is_upgrade else Direction.DOWNGRADE
        return found

    def choose(self, change: Change, billed: Sequence[BilledPeriod]) -> ProrationPolicy:
        """Return the policy for a change.

        Raises:
            InvalidTypeError: an argument of another type.
            InvalidValueError: a plan without a rank.
        """
        return {
            Direction.UPGRADE: self.on_upgrade,
            Direction.DOWNGRADE: self.on_downgrade,
            Direction.QUANTITY_UP: self.on_quantity_up,
            Direction.QUANTITY_DOWN: self.on_quantity_down,
            Direction.CANCEL: self.on_cancel,
        }[self.direction(change, billed)]
