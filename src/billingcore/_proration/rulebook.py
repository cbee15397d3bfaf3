"""A seller's rules by what happens: up, down, more, fewer, another interval, an add-on, a cancellation."""

from collections.abc import Callable, Iterable
from datetime import date, tzinfo
from fractions import Fraction
from typing import Any, Final

import attrs

from billingcore._checks import check, check_date, check_fields, check_tuple, check_words, refuse
from billingcore._choices import Choice
from billingcore._kernel import Rounding
from billingcore._plans.checks import check_quantity
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.touched import lines_of
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence
from billingcore.errors import InvalidValueError
from billingcore.money import ExactAmount
from billingcore.plans import Plan
from billingcore.sourced import Confidence

_DAYS_A_YEAR: Final = Fraction(1461, 4)  # 365.25: the mean year between two leap years
_MONTHS_A_YEAR: Final = 12
_MAX_TEXT: Final = 500
_PAIR: Final = 2


class Happening(Choice):
    """What happens: each may have a rule of its own."""

    UPGRADE = "upgrade"
    """A dearer plan, as the order says."""
    DOWNGRADE = "downgrade"
    """A cheaper plan, as the order says."""
    MORE = "more"
    """More of the same plan."""
    FEWER = "fewer"
    """Less of the same plan."""
    LONGER_INTERVAL = "longer_interval"
    """A plan of a longer interval, dearer or cheaper."""
    SHORTER_INTERVAL = "shorter_interval"
    """A plan of a shorter interval, dearer or cheaper."""
    ADD_ON = "add_on"
    """Something beside what is sold, or the first sale in a running period."""
    REMOVAL = "removal"
    """Something is removed, and the subscription goes on."""
    CANCELLATION = "cancellation"
    """The end of it all."""

    @property
    def words(self) -> str:
        """The happening as it is written in a sentence."""
        return self.value.replace("_", " ")


class Coverage(Choice):
    """Whether the documentation says what a rule does."""

    DOCUMENTED = "documented"
    """In its words."""
    INFERRED = "inferred"
    """Not in words; it follows from its figures, or from what is near."""
    NOT_DOCUMENTED = "not_documented"
    """Not at all: the rule for other changes is taken, and a result says so."""


class DirectionBy(Choice):
    """What tells up from down."""

    PRICE_PER_DAY = "price_per_day"
    """The total price with its quantity, over the mean length of its interval."""
    ABSOLUTE = "absolute"
    """The total price of an interval, however long."""
    RANK = "rank"
    """The seller's own order of its plans."""


@attrs.frozen
class PlanOrder:
    """The order by which up and down are told: the caller's, not a vendor's.

    Args:
        by: what is compared.
        ranks: with `DirectionBy.RANK`: the names of the plans, lowest first.
        equal_is_up: whether an equal price counts as an upgrade; else as a downgrade.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: ranks without the comparison that needs them, or the other way round; a name twice.
    """

    by: DirectionBy = DirectionBy.PRICE_PER_DAY
    ranks: tuple[str, ...] = ()
    equal_is_up: bool = True

    def __attrs_post_init__(self) -> None:
        check_fields(self, by=DirectionBy, equal_is_up=bool)
        check_tuple("ranks", self.ranks, str)
        if (self.by is DirectionBy.RANK) != bool(self.ranks):
            raise InvalidValueError("ranks", self.ranks, "ranks and the comparison by rank go together")
        if len(set(self.ranks)) < len(self.ranks):
            raise InvalidValueError("ranks", self.ranks, "a plan has one rank; list each name once")

    def leads_up(self, old: tuple[Plan, int], new: tuple[Plan, int]) -> bool:
        """Say whether a change from one plan and quantity to another leads up; the totals decide, quantity included.

        Raises:
            InvalidTypeError: not a plan and its quantity.
            InvalidValueError: a plan without a rank.

        Source of the totals with quantity: pointfreeco/pointfreeco 193, where a larger team on a cheaper plan was called
        a downgrade.
        """
        before, after = self._height("old", old), self._height("new", new)
        return after > before or (after == before and self.equal_is_up)

    def _height(self, name: str, sold: tuple[Plan, int]) -> Fraction:
        if not isinstance(sold, tuple) or len(sold) != _PAIR or type(sold[0]) is not Plan:  # type: ignore[redundant-expr] # callers without a type checker
            refuse(name, sold, words="a plan and its quantity, such as (plan, 1)")
        plan, quantity = sold[0], check_quantity("quantity", sold[1])
        if self.by is DirectionBy.RANK:
            if plan.name not in self.ranks:
                raise InvalidValueError("ranks", plan.name, "every plan needs a rank; list their names, lowest first")
            return Fraction(self.ranks.index(plan.name))
        if self.by is DirectionBy.ABSOLUTE:
            return Fraction(plan.charge_for(quantity).amount_minor)
        return monthly_equivalent(plan, quantity).amount_minor


def monthly_equivalent(plan: Plan, quantity: int) -> ExactAmount:
    """Return the exact price of a plan for a month: a year is 12 months, a day 12/365.25 of one.

    >>> from billingcore.cycles import ANNUAL
    >>> from billingcore.money import Money
    >>> from billingcore.plans import FlatPrice
    >>> monthly_equivalent(Plan("Yearly", FlatPrice(Money.of("300.00", "USD")), ANNUAL), 1).to_text()
    '25.00'
    """
    check("plan", plan, Plan)
    return plan.charge_for(quantity).exact() * (1 / months_of(plan.cadence))


def months_of(cadence: Cadence) -> Fraction:
    """Return the mean length of a cadence in months."""
    return Fraction(cadence.months) if cadence.months else cadence.days * _MONTHS_A_YEAR / _DAYS_A_YEAR


@attrs.frozen
class ChangeRule:
    """What a seller does on one kind of change, and how we know.

    Args:
        policy: what is done.
        coverage: whether the documentation says so.
        source: where it was read.
        read_on: the day of reading; None for rules of one's own.
        confidence: how sure the reading is.
        remark: what a reader should know; what of it is inferred.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty source.
    """

    policy: ProrationPolicy
    coverage: Coverage
    source: str
    read_on: date | None
    confidence: Confidence = Confidence.HIGH
    remark: str = ""

    def __attrs_post_init__(self) -> None:
        check_fields(self, policy=ProrationPolicy, coverage=Coverage, confidence=Confidence, remark=str)
        check_words("source", self.source, _MAX_TEXT)
        if self.read_on is not None:
            check_date("read_on", self.read_on)
        if self.remark:
            check_words("remark", self.remark, _MAX_TEXT)

    def explain(self) -> str:
        """Return how we know the rule, in a line."""
        known = {
            Coverage.DOCUMENTED: "documented", Coverage.INFERRED: "inferred", Coverage.NOT_DOCUMENTED: "not documented",
        }[self.coverage]  # fmt: skip
        read = f", read on {self.read_on}" if self.read_on else ""
        return f"{known}: {self.source}{read}" + (f"; {self.remark}" if self.remark else "")


def undocumented(rule: ChangeRule | None) -> list[str]:
    """Return the line of an explanation that says how we know a rule, where its documentation does not say it in words."""
    if rule is None or rule.coverage is Coverage.DOCUMENTED:
        return []
    return [f"  this rule is {rule.explain()}"]


@attrs.frozen
class Rulebook:
    """A seller's or billing system's rules by what happens, each with its source and whether it is documented.

    Args:
        name: the seller.
        upgrade: for a dearer plan.
        downgrade: for a cheaper plan.
        more: for more of the same.
        fewer: for less of the same.
        longer_interval: for a plan of a longer interval.
        shorter_interval: for a plan of a shorter interval.
        add_on: for something added.
        removal: for something removed.
        cancellation: for the end.
        order: what tells up from down; the caller's.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a name that cannot be printed.

    >>> rules = Rulebook.of("ours", ProrationPolicy.restart())
    >>> rules.cancellation.policy is rules.upgrade.policy
    True
    """

    name: str
    upgrade: ChangeRule
    downgrade: ChangeRule
    more: ChangeRule
    fewer: ChangeRule
    longer_interval: ChangeRule
    shorter_interval: ChangeRule
    add_on: ChangeRule
    removal: ChangeRule
    cancellation: ChangeRule
    order: PlanOrder = PlanOrder()

    def __attrs_post_init__(self) -> None:
        check_words("name", self.name)
        for happening in Happening:
            check(happening.value, getattr(self, happening.value), ChangeRule)
        check("order", self.order, PlanOrder)

    @classmethod
    def of(
        cls,
        name: str,
        policy: ProrationPolicy,
        *,
        upgrade: ProrationPolicy | None = None,
        downgrade: ProrationPolicy | None = None,
        more: ProrationPolicy | None = None,
        fewer: ProrationPolicy | None = None,
        longer_interval: ProrationPolicy | None = None,
        shorter_interval: ProrationPolicy | None = None,
        add_on: ProrationPolicy | None = None,
        removal: ProrationPolicy | None = None,
        cancellation: ProrationPolicy | None = None,
    ) -> "Rulebook":
        """Return your own rules: one policy for whatever happens, and others by what happens.

        Args:
            name: whose rules they are.
            policy: what is done unless something else is said.
            upgrade: for a dearer plan, or None; and so on.
            downgrade: for a cheaper plan.
            more: for more of the same.
            fewer: for less of the same.
            longer_interval: for a plan of a longer interval.
            shorter_interval: for a plan of a shorter interval.
            add_on: for something added.
            removal: for something removed.
            cancellation: for the end.

        Raises:
            InvalidTypeError: not a policy.
            InvalidValueError: a name that cannot be printed.

        >>> rules = Rulebook.of("ours", ProrationPolicy.keep_dates(), downgrade=ProrationPolicy.at_period_end())
        >>> rules.downgrade.policy.describe()
        'sale at period end; clock day'
        """
        check("policy", policy, ProrationPolicy)
        given = (upgrade, downgrade, more, fewer, longer_interval, shorter_interval, add_on, removal, cancellation)
        for happening, other in zip(Happening, given, strict=True):
            check(happening.value, other, ProrationPolicy, None)
        rules: dict[str, Any] = {
            happening.value: ChangeRule(other or policy, Coverage.DOCUMENTED, "given by the caller", None)
            for happening, other in zip(Happening, given, strict=True)
        }
        return cls(name, **rules)

    def happening(self, change: Change, billed: Iterable[BilledPeriod]) -> Happening:
        """Return what a change is: the first of these that applies, from what was billed last.

        A cancellation; a removal; an addition; another interval; the same plan in another
        quantity; else a plan that is dearer or cheaper, as the order says.

        Raises:
            InvalidTypeError: an argument of another type.
            InvalidValueError: a plan without a rank.
        """
        check("change", change, Change)
        lines = lines_of(billed)
        if change.kind is ChangeKind.CANCEL:
            return Happening.CANCELLATION
        if change.plan is None:
            return Happening.REMOVAL
        if not lines or change.kind is ChangeKind.ADD:
            return Happening.ADD_ON
        old, new, quantity = lines[-1].plan, change.plan, lines[-1].quantity
        if old.cadence != new.cadence:
            longer = months_of(new.cadence) > months_of(old.cadence)
            return Happening.LONGER_INTERVAL if longer else Happening.SHORTER_INTERVAL
        if old == new and quantity != change.quantity:
            return Happening.MORE if change.quantity > quantity else Happening.FEWER
        up = self.order.leads_up((old, quantity), (new, change.quantity))
        return Happening.UPGRADE if up else Happening.DOWNGRADE

    def rule_for(self, change: Change, billed: Iterable[BilledPeriod]) -> ChangeRule:
        """Return the rule for a change; the errors of `happening`."""
        rule: ChangeRule = getattr(self, self.happening(change, billed).value)
        return rule

    def rules(self) -> tuple[tuple[Happening, ChangeRule], ...]:
        """Return every rule with what it is for."""
        return tuple([(each, getattr(self, each.value)) for each in Happening])

    def in_zone(self, zone: tzinfo) -> "Rulebook":
        """Return the rules with the zone of the billing day."""
        return self._with(lambda policy: policy.in_zone(zone))

    def rounded(self, rounding: Rounding) -> "Rulebook":
        """Return the rules with another mode of every rounding of money."""
        check("rounding", rounding, Rounding)
        return self._with(lambda policy: attrs.evolve(policy, rounding=rounding))

    def ordered(self, order: PlanOrder) -> "Rulebook":
        """Return the rules with another order of up and down."""
        return attrs.evolve(self, order=order)

    def _with(self, change: Callable[[ProrationPolicy], ProrationPolicy]) -> "Rulebook":
        rules: dict[str, Any] = {
            each.value: attrs.evolve(rule, policy=change(rule.policy)) for each, rule in self.rules()
        }
        return attrs.evolve(self, **rules)

    def explain(self) -> str:
        """Return the rules in plain lines; happenings with the same rule share one."""
        by_rule: dict[ChangeRule, list[str]] = {}
        for each, rule in self.rules():
            by_rule.setdefault(rule, []).append(each.words)
        lines = [
            f"{', '.join(names)}: {rule.policy.describe()}\n    {rule.explain()}" for rule, names in by_rule.items()
        ]
        return "\n".join([self.name, *(f"  {line}" for line in lines)])
