"""The lines of a document: what each bills or credits, and the tax decision that it keeps."""

from datetime import date
from typing import Final, cast, get_args

import attrs

from billingcore._checks import MAX_NAME, check_date, check_words, refuse, setters
from billingcore._kernel import Rounding
from billingcore._plans.checks import MAX_QUANTITY, check_quantity
from billingcore._tax.rulings import check_ruling
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidTypeError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.proration import Proration, ProrationLine, Side, credit_billed
from billingcore.tax import Charged, Ruling

_RULINGS: Final = frozenset(get_args(Ruling))


@attrs.frozen
class ChargeLine:
    """A period of a plan, as billed.

    Args:
        billed: the period, its charge, its discount and its tax decision.

    Raises:
        InvalidTypeError: not a BilledPeriod.
    """

    billed: BilledPeriod

    def __attrs_post_init__(self) -> None:
        if type(self.billed) is not BilledPeriod:
            refuse("billed", self.billed, BilledPeriod)

    @property
    def net(self) -> Money:
        """What the line adds before tax."""
        return self.billed.net

    @property
    def ruling(self) -> Ruling:
        """The tax decision of the line."""
        return self.billed.ruling

    @property
    def description(self) -> str:
        """The line in words."""
        return f"{self.billed.plan.name} × {self.billed.quantity}, {self.billed.period}"

    def explain(self) -> str:
        """Return the sum behind the net."""
        billed = self.billed
        if not billed.discount:
            return f"{self.description}: {billed.net}"
        return f"{self.description}: {billed.charge} - {billed.discount} discount = {billed.net}"


@attrs.frozen
class CreditLine:
    """What is given back of a billed period: a reduction of the price, taxed as that period was.

    Args:
        billed: what was billed, before this credit.
        change_on: the first day that is not used any more.
        rounding: the mode of the line.
        credited: the terms of the line where a policy gives back something else than the share of the unused days; a
            part that is billed again is a line of this kind too, with a net above 0.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: terms in another currency than what was billed.
        InvalidValueError: a day outside the billed period.
    """

    billed: BilledPeriod
    change_on: date
    rounding: Rounding
    credited: ProrationLine | None = None
    proration: Proration | None = attrs.field(init=False, eq=False, repr=False)
    """The share of the unused days, where no other terms are given."""

    def __attrs_post_init__(self) -> None:
        if type(self.rounding) is not Rounding:
            refuse("rounding", self.rounding, Rounding)
        if self.credited is None:
            object.__setattr__(self, "proration", credit_billed(self.billed, self.change_on, self.rounding))
            return
        if type(self.billed) is not BilledPeriod:
            refuse("billed", self.billed, BilledPeriod)
        if type(self.credited) is not ProrationLine:
            refuse("credited", self.credited, ProrationLine)
        check_date("change_on", self.change_on)
        check_money("credited", self.credited.base, self.billed.charge.currency)
        object.__setattr__(self, "proration", None)

    @property
    def credit(self) -> Money:
        """What is given back, as a positive amount; negative where a part is billed again."""
        return -self.net

    @property
    def net(self) -> Money:
        """What the line adds before tax: the credit, negative."""
        if self.credited is not None:
            return self.credited.net
        return -_proration_of(self).credit

    @property
    def ruling(self) -> Ruling:
        """The tax decision of what is credited, whatever the rate has become."""
        return self.billed.ruling

    @property
    def description(self) -> str:
        """The line in words."""
        if self.credited is not None and self.credited.side is not Side.CREDIT:
            words = self.credited.description
            return f"{words[0].upper()}{words[1:]}, from {self.change_on}"
        return f"Credit for {self.billed.plan.name} × {self.billed.quantity}, unused from {self.change_on}"

    def explain(self) -> str:
        """Return the sum behind the credit."""
        terms = self.credited or _proration_of(self)
        return f"{self.description}: {self.net}\n  {terms.explain()}"


def _proration_of(line: CreditLine) -> Proration:
    """Return the unused days of a line without terms of its own."""
    return cast("Proration", line.proration)  # it is there where there are no other terms


@attrs.frozen(init=False)
class ItemLine:
    """Anything else: a quantity of something at a price; below 0 for a correction.

    Args:
        description: the line in words.
        quantity: how many, 1 or more.
        unit_price: the price of one.
        ruling: the tax decision.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty or unprintable description.
    """

    description: str
    quantity: int
    unit_price: Money
    ruling: Ruling

    def __init__(self, description: str, quantity: int, unit_price: Money, ruling: Ruling) -> None:
        """Check once, by hand and in place: documents of many lines are the hot path."""
        if (
            type(description) is not str
            or not description.isprintable()
            or description < "!"  # empty, or its first character is a blank: looked at closely
            or len(description) > MAX_NAME
        ):
            check_words("description", description)
        if type(quantity) is not int or not 1 <= quantity <= MAX_QUANTITY:
            check_quantity("quantity", quantity)
        if type(unit_price) is not Money:
            check_money("unit_price", unit_price)
        if type(ruling) is not Charged and type(ruling) not in _RULINGS:
            check_ruling("ruling", ruling)
        _put_description(self, description)
        _put_quantity(self, quantity)
        _put_unit_price(self, unit_price)
        _put_ruling(self, ruling)

    @property
    def net(self) -> Money:
        """What the line adds before tax."""
        return self.unit_price * self.quantity

    def explain(self) -> str:
        """Return the sum behind the net."""
        return f"{self.description}: {self.quantity} × {self.unit_price} = {self.net}"


_put_description, _put_quantity, _put_unit_price, _put_ruling = setters(ItemLine)

Line = ChargeLine | CreditLine | ItemLine
"""A line of a document."""


_LINES: Final = frozenset({ChargeLine, CreditLine, ItemLine})


def check_line(line: object) -> None:
    """Refuse what is no line of a document.

    Raises:
        InvalidTypeError: another type.
    """
    if type(line) not in _LINES:
        raise InvalidTypeError("lines", line, "ChargeLine, CreditLine or ItemLine values")
