"""The computation: one tax for each (place, category, rate) on the document's subtotal, rounded once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

import attrs

from billingcore._checks import check_int, check_tuple, collected, refuse, setters
from billingcore._choices import Choice
from billingcore._kernel import Rounding, round_share
from billingcore._tax.components import TaxComponent
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rulings import Charged, Ruling, check_ruling, group_key, shares_of
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import MAX_AMOUNT_MINOR, Money, minor_digits
from billingcore.money._amounts import check_money
from billingcore.plans import PriceMode

_PAIR: Final = 2


class RoundingStage(Choice):
    """What is rounded once."""

    COMPONENT = "component"
    """The tax of each component of a group of lines: what EN 16931 and US practice do."""
    GROUP = "group"
    """The tax of a group as a whole, by its combined rate; its components share it out."""
    LINE = "line"
    """The tax of each line: the group is the sum of its lines."""
    DOCUMENT = "document"
    """The tax of the whole document; groups and components share it out."""


@attrs.frozen
class Apportionment:
    """How the tax of a group came about where it is not its net × rate, rounded once.

    Args:
        gross: what the lines add up to where prices contain the tax, or None.
        residues_minor: for each component, what the rounding of lines or of the document adds to its own rounding.

    Raises:
        InvalidTypeError: a field of another type.
        OutOfRangeError: a residue beyond the largest amount.
    """

    gross: Money | None = None
    residues_minor: tuple[int, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.gross is not None:
            check_money("gross", self.gross)
        check_tuple("residues_minor", self.residues_minor, int)
        for residue in self.residues_minor:
            check_int("residues_minor", residue, -MAX_AMOUNT_MINOR, MAX_AMOUNT_MINOR)


@attrs.frozen(init=False)
class TaxGroup:
    """The tax of one subtotal under one decision: the amount of each component, computed and rounded once.

    Args:
        net: the subtotal before tax: what the lines of one place, category and rate add up to.
        ruling: the decision that they share.
        rounding: the mode.
        apportionment: how the tax came about where it is not net × rate, rounded once; None nearly always.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: an `Undetermined` or `Disputed` decision: what is not known is never charged as zero; a net
            that is not the gross less the tax; residues of another number than the components.

    >>> from billingcore.parties import Scheme
    >>> french = Charged("FR", (TaxComponent("TVA", "FR", Fraction(20, 100)),), Scheme.UNION_OSS, (), "2026-11-23")
    >>> group = TaxGroup(Money.of("46.07", "EUR"), french, Rounding.HALF_UP)
    >>> group.tax
    Money.of('9.21', 'EUR')
    >>> print(group.explain())
    TVA 20 % in FR: 46.07 × 20 % = 9.214 → 9.21 half up
    >>> TaxGroup.of_gross(Money.of("10.00", "EUR"), french, Rounding.HALF_UP).net
    Money.of('8.33', 'EUR')
    """

    net: Money
    ruling: Ruling
    rounding: Rounding = Rounding.HALF_UP
    apportionment: Apportionment | None = None
    amounts_minor: tuple[int, ...] = attrs.field(init=False, eq=False)

    def __init__(
        self,
        net: Money,
        ruling: Ruling,
        rounding: Rounding = Rounding.HALF_UP,
        apportionment: Apportionment | None = None,
    ) -> None:
        """Compute the tax."""
        if type(net) is not Money:
            check_money("net", net)
        if type(rounding) is not Rounding:
            refuse("rounding", rounding, Rounding)
        if apportionment is None and type(ruling) is Charged:
            shares = shares_of(ruling)
            if len(shares) == 1:
                ((num, den),) = shares
                amounts: tuple[int, ...] = (round_share(net.amount_minor, num, den, rounding),)
            else:
                amounts = _amounts(net.amount_minor, shares, rounding)
        else:
            amounts = _apportioned(net, ruling, rounding, apportionment)
        _put_net(self, net)
        _put_ruling(self, ruling)
        _put_rounding(self, rounding)
        _put_apportionment(self, apportionment)
        _put_amounts(self, amounts)

    @classmethod
    def of_gross(cls, gross: Money, ruling: Ruling, rounding: Rounding = Rounding.HALF_UP) -> "TaxGroup":
        """Take the tax out of a price that contains it: each component is rounded, and net = gross - tax.

        Args:
            gross: what the lines add up to, with the tax in it.
            ruling: the decision that they share.
            rounding: the mode.

        Raises:
            InvalidTypeError: an argument of another type.
            InvalidValueError: an `Undetermined` or `Disputed` decision.
        """
        check_money("gross", gross)
        amounts = _inclusive(gross, _settled(ruling), rounding)
        net = Money(gross.amount_minor - sum(amounts), gross.currency)
        return cls(net, ruling, rounding, Apportionment(gross))

    @property
    def tax(self) -> Money:
        """The tax of the group: the sum of its rounded components."""
        return Money(sum(self.amounts_minor), self.net.currency)

    @property
    def gross(self) -> Money:
        """Net and tax together."""
        return self.net + self.tax

    def component_taxes(self) -> tuple[tuple[TaxComponent, Money], ...]:
        """Return each component with its amount."""
        amounts = [Money(amount, self.net.currency) for amount in self.amounts_minor]
        return tuple(zip(self.ruling.components, amounts, strict=True))

    def explain(self) -> str:
        """Return a line for each component that shows the numbers from which its amount came."""
        if not self.amounts_minor:
            return f"{self.ruling.describe()}: {self.net} without tax"
        return "\n".join([self._explain(at) for at in range(len(self.amounts_minor))])

    def _explain(self, at: int) -> str:
        component, how = self.ruling.components[at], self.apportionment
        amount = Money(self.amounts_minor[at], self.net.currency)
        words = component.describe().removeprefix(f"{component.name} ")
        if how is not None and how.gross is not None:
            whole = 1 + self.ruling.rate
            exact = how.gross.exact() * (component.share / whole)
            terms = f"{how.gross.amount} with tax × {component.share / whole} = {exact.to_text()}"
        else:
            exact = self.net.exact() * component.share
            terms = f"{self.net.amount} × {words} = {exact.to_text()}"
        text = f"{component.describe()} in {component.place}: {terms}"
        if exact != amount.exact():
            text += f" → {amount.amount} {self.rounding.words}"
        if how is not None and how.residues_minor and how.residues_minor[at]:
            text += f" ({Money(how.residues_minor[at], self.net.currency).amount} of it shared out)"
        return text


_put_net, _put_ruling, _put_rounding, _put_apportionment, _put_amounts = setters(TaxGroup)


def _amounts(net: int, shares: tuple[tuple[int, int], ...], rounding: Rounding) -> tuple[int, ...]:
    return tuple([round_share(net, num, den, rounding) for num, den in shares])


def _settled(ruling: object) -> Ruling:
    """Return a decision that a document may hold."""
    checked = check_ruling("ruling", ruling)
    if not checked.is_settled:
        problem = "settle the tax first: hand in the facts, an override, or another place"
        raise InvalidValueError("ruling", checked.describe(), problem)
    return checked


def _apportioned(net: Money, ruling: Ruling, rounding: Rounding, how: Apportionment | None) -> tuple[int, ...]:
    """Return the amounts of any other group: untaxed, of inclusive prices, or with residues."""
    shares = shares_of(_settled(ruling))
    if how is None:
        return _amounts(net.amount_minor, shares, rounding)
    if type(how) is not Apportionment:
        refuse("apportionment", how, Apportionment)
    if how.gross is not None:
        check_money("gross", how.gross, net.currency)
        amounts = _inclusive(how.gross, ruling, rounding)
    else:
        amounts = _amounts(net.amount_minor, shares, rounding)
    if how.residues_minor:
        if len(how.residues_minor) != len(amounts):
            raise InvalidValueError(
                "residues_minor", how.residues_minor, f"give one for each of {len(amounts)} components"
            )
        amounts = tuple([own + residue for own, residue in zip(amounts, how.residues_minor, strict=True)])
    if how.gross is not None and net.amount_minor + sum(amounts) != how.gross.amount_minor:
        raise InvalidValueError("net", net, f"net and tax must add up to the gross of {how.gross}")
    return amounts


def _inclusive_shares(ruling: Ruling) -> list[Fraction]:
    whole = 1 + ruling.rate
    return [component.share / whole for component in ruling.components]


def _inclusive(gross: Money, ruling: Ruling, rounding: Rounding) -> tuple[int, ...]:
    shares = tuple([(share.numerator, share.denominator) for share in _inclusive_shares(ruling)])
    return _amounts(gross.amount_minor, shares, rounding)


def assess_tax(
    taxed: Iterable[tuple[Money, Ruling]],
    currency: str,
    rounding: Rounding = Rounding.HALF_UP,
    *,
    prices: PriceMode = PriceMode.EXCLUSIVE,
    stage: RoundingStage = RoundingStage.COMPONENT,
) -> tuple[TaxGroup, ...]:
    """Compute the tax of a document: lines of one place, category and rate are added up first, then taxed once.

    Args:
        taxed: pairs of a line's amount and its decision; a credit line has a negative amount and its frozen decision.
        currency: the document's currency.
        rounding: the mode.
        prices: whether the amounts contain the tax.
        stage: what is rounded once; where it is not the component, what is left over is shared out by largest remainder.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: an amount of another currency.
        InvalidValueError: an `Undetermined` or `Disputed` decision.

    Source: EN 16931 BR-CO-17 (one computation for each category and rate) and BR-CO-14 (their sum is the tax); HMRC
    Notice 700 17.5 on rounding by line and by invoice.
    """
    minor_digits(currency)
    if type(rounding) is not Rounding:
        refuse("rounding", rounding, Rounding)
    if type(prices) is not PriceMode:
        refuse("prices", prices, PriceMode)
    if type(stage) is not RoundingStage:
        refuse("stage", stage, RoundingStage)
    gathered = _gather([(_minor_of(amount, currency), ruling) for amount, ruling in _pairs(taxed)])
    if stage is RoundingStage.COMPONENT:
        if prices is PriceMode.INCLUSIVE:
            return tuple(
                [TaxGroup.of_gross(Money(sum(amounts), currency), ruling, rounding) for ruling, amounts in gathered]
            )
        return tuple([TaxGroup(Money(sum(amounts), currency), ruling, rounding) for ruling, amounts in gathered])
    return _staged(gathered, currency, rounding, prices, stage)


def assess_minor(taxed: Iterable[tuple[int, Ruling]], currency: str, rounding: Rounding) -> tuple[TaxGroup, ...]:
    """Compute the tax of checked minor units of one currency, as `assess_tax` does by default: for documents."""
    return tuple([TaxGroup(Money(sum(amounts), currency), ruling, rounding) for ruling, amounts in _gather(taxed)])


def _pairs(taxed: Iterable[tuple[Money, Ruling]]) -> Iterator[tuple[Money, Ruling]]:
    """Give pairs one by one; anything else is refused by our own error."""
    for pair in collected("taxed", taxed, tuple, list, words="pairs of an amount and its tax decision"):
        if len(pair) != _PAIR:
            raise InvalidTypeError("taxed", pair, "a pair of an amount and its tax decision")
        yield pair


def mixed_categories(groups: Iterable[TaxGroup]) -> Note | None:
    """Say whether a document joins lines outside the scope with others, which EN 16931 forbids; None where it does not.

    A customer who moves from France to Argentina gets a credit at the French rate (S) and a new line outside the scope
    (O): such a document has to become two, a credit note and an invoice.

    Args:
        groups: the groups of the document.

    Raises:
        InvalidTypeError: a value that is no TaxGroup.

    Source: EN 16931 BR-O-11 to BR-O-14: an invoice with the category O has no other one.

    >>> from billingcore._tax.rulings import OutsideScope
    >>> moved = [TaxGroup(Money.of("10.00", "EUR"), OutsideScope("AR", (), "2026-11-23"))]
    >>> mixed_categories(moved) is None
    True
    """
    categories = {group.ruling.category or "" for group in collected("groups", groups, TaxGroup)}
    if not may_not_mix(categories):
        return None
    others = ", ".join(sorted(categories - {"O"}))
    text = f"category O stands beside {others}: EN 16931 (BR-O-11 to BR-O-14) wants a document of its own for each"
    return Note(NoteCode.CATEGORIES_MIXED, text)


def may_not_mix(categories: Collection[str]) -> bool:
    """Say whether some categories need a document of their own each: outside the scope, and another one."""
    return "O" in categories and len(categories) > 1


def _minor_of(amount: Money, currency: str) -> int:
    if type(amount) is not Money or amount.currency != currency:
        check_money("net", amount, currency)
    return amount.amount_minor


def _gather(taxed: Iterable[tuple[int, Ruling]]) -> list[tuple[Ruling, list[int]]]:
    """Gather amounts by what is taxed together; the order of the lines does not matter."""
    by_identity: dict[int, tuple[Ruling, list[int]]] = {}
    for amount, ruling in taxed:
        found = by_identity.get(id(ruling))
        if found is None:
            by_identity[id(ruling)] = (check_ruling("ruling", ruling), [amount])
        else:
            found[1].append(amount)
    if len(by_identity) <= 1:
        return list(by_identity.values())
    by_key: dict[tuple[object, ...], tuple[Ruling, list[int]]] = {}
    for ruling, amounts in by_identity.values():
        by_key.setdefault(group_key(ruling), (ruling, []))[1].extend(amounts)
    return [by_key[key] for key in sorted(by_key, key=repr)]


def _staged(
    gathered: Sequence[tuple[Ruling, list[int]]],
    currency: str,
    rounding: Rounding,
    prices: PriceMode,
    stage: RoundingStage,
) -> tuple[TaxGroup, ...]:
    """Round by group, line or document, and share the outcome out among the components."""
    shares = []
    for ruling, _ in gathered:
        inclusive = prices is PriceMode.INCLUSIVE
        shares.append(_inclusive_shares(_settled(ruling)) if inclusive else [each.share for each in ruling.components])
    exact = [[sum(amounts) * share for share in own] for (_, amounts), own in zip(gathered, shares, strict=True)]
    if stage is RoundingStage.LINE:
        due = [
            [sum(_rounded(amount * share, rounding) for amount in amounts) for share in own]
            for (_, amounts), own in zip(gathered, shares, strict=True)
        ]
    elif stage is RoundingStage.GROUP:
        due = [_share_out(parts, _rounded(sum(parts, Fraction()), rounding)) for parts in exact]
    else:
        flat = [part for parts in exact for part in parts]
        whole = _share_out(flat, _rounded(sum(flat, Fraction()), rounding))
        ends = [0]
        for parts in exact:
            ends.append(ends[-1] + len(parts))
        due = [whole[start:end] for start, end in pairwise(ends)]
    groups = []
    for (ruling, amounts), parts, taxes in zip(gathered, exact, due, strict=True):
        residues = tuple([tax - _rounded(part, rounding) for part, tax in zip(parts, taxes, strict=True)])
        kept = residues if any(residues) else ()
        gross = Money(sum(amounts), currency) if prices is PriceMode.INCLUSIVE else None
        net = Money(sum(amounts) - (sum(taxes) if gross is not None else 0), currency)
        how = Apportionment(gross, kept) if kept or gross is not None else None
        groups.append(TaxGroup(net, ruling, rounding, how))
    return tuple(groups)


def _rounded(exact: Fraction, rounding: Rounding) -> int:
    sign = -1 if exact < 0 else 1
    return round_share(sign, abs(exact.numerator), exact.denominator, rounding)


def _share_out(parts: Sequence[Fraction], whole: int) -> list[int]:
    """Share a whole out by largest remainder; of equal remainders the first one wins."""
    floors = [part.numerator // part.denominator for part in parts]
    left = whole - sum(floors)
    by_remainder = sorted(range(len(parts)), key=lambda at: (floors[at] - parts[at], at))
    for at in by_remainder[:left]:
        floors[at] += 1
    return floors
