"""The computation: one tax for each (place, category, rate) on the document's subtotal, rounded once."""

from collections.abc import Iterable

import attrs

from billingcore._kernel import Rounding, round_share
from billingcore._tax.rulings import Charged, Ruling, TaxComponent, Undetermined
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money, check_money, minor_digits

__all__ = ["TaxGroup", "assess", "check_ruling", "group_key"]


def check_ruling(name: str, ruling: object) -> Ruling:
    """Return the value if it is a tax decision."""
    if not isinstance(ruling, Ruling):
        raise InvalidTypeError(name, ruling, "a tax decision (billingcore.decide_tax makes one)")
    return ruling


@attrs.frozen
class TaxGroup:
    """The tax of one subtotal under one decision: the amount of each component, computed and rounded once.

    Args:
        net: the subtotal: what the lines of one place, category and rate add up to.
        ruling: the decision that they share.
        rounding: the mode.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: an `Undetermined` decision: what is not known is never charged as zero.

    >>> from fractions import Fraction
    >>> from billingcore._tax.rulings import TaxComponent
    >>> from billingcore.parties import Scheme
    >>> french = Charged("FR", (TaxComponent("TVA", "FR", Fraction(20, 100)),), Scheme.UNION_OSS, (), "2026-11-23")
    >>> group = TaxGroup(Money.of("46.07", "EUR"), french, Rounding.HALF_UP)
    >>> group.tax
    Money('9.21', 'EUR')
    >>> print(group.explain())
    TVA 20 % in FR: 46.07 × 20 % = 9.214 → 9.21 half up
    """

    net: Money
    ruling: Ruling
    rounding: Rounding
    amounts_minor: tuple[int, ...] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_money("net", self.net)
        if type(check_ruling("ruling", self.ruling)) is Undetermined:
            problem = "settle the tax first: hand in the facts, or another place"
            raise InvalidValueError("ruling", self.ruling.describe(), problem)
        amounts = []
        for component in self.ruling.components:
            share = component.share
            amounts.append(round_share(self.net.amount_minor, share.numerator, share.denominator, self.rounding))
        object.__setattr__(self, "amounts_minor", tuple(amounts))

    @property
    def tax(self) -> Money:
        """The tax of the group: the sum of its rounded components."""
        return Money(sum(self.amounts_minor), self.net.currency)

    def component_taxes(self) -> tuple[tuple[TaxComponent, Money], ...]:
        """Return each component with its amount."""
        amounts = [Money(amount, self.net.currency) for amount in self.amounts_minor]
        return tuple(zip(self.ruling.components, amounts, strict=True))

    def explain(self) -> str:
        """Return a line for each component that shows the numbers from which its amount came."""
        if not self.amounts_minor:
            return f"{self.ruling.describe()}: {self.net} without tax"
        lines = []
        for component, amount in self.component_taxes():
            exact = self.net.exact() * component.share
            how = component.describe().removeprefix(f"{component.name} ")
            terms = f"{self.net.amount} × {how} = {exact.to_text()}"
            rounded = "" if exact == amount.exact() else f" → {amount.amount} {self.rounding.words}"
            lines.append(f"{component.describe()} in {component.place}: {terms}{rounded}")
        return "\n".join(lines)


def assess(taxed: Iterable[tuple[Money, Ruling]], currency: str, rounding: Rounding) -> tuple[TaxGroup, ...]:
    """Compute the tax of a document: lines of one place, category and rate are added up first, then taxed once.

    Args:
        taxed: pairs of a line's net and its decision; a credit line has a negative net and its frozen decision.
        currency: the document's currency.
        rounding: the mode.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a net of another currency.
        InvalidValueError: an `Undetermined` decision.

    Source: EN 16931 BR-CO-17 (one computation for each category and rate) and BR-CO-14 (their sum is the tax).
    """
    minor_digits(currency)
    nets: dict[object, int] = {}
    rulings: dict[object, Ruling] = {}
    for net, ruling in taxed:
        check_money("net", net, currency)
        key = group_key(check_ruling("ruling", ruling))
        nets[key] = nets.get(key, 0) + net.amount_minor
        rulings.setdefault(key, ruling)
    order = sorted(nets, key=repr)  # the order of the lines does not matter
    return tuple([TaxGroup(Money(nets[key], currency), rulings[key], rounding) for key in order])


def group_key(ruling: Ruling) -> tuple[object, ...]:
    """Return what decides whether two lines are taxed together: place, category, and the components' rates."""
    rates = tuple([(each.place, each.name, str(each.rate), str(each.base)) for each in ruling.components])
    return (ruling.place, ruling.category or "", type(ruling).__name__, rates)
