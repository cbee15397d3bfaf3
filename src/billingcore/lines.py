"""What stands on a document, line by line: what each bills or credits, and the tax decision that it keeps."""

from datetime import date
from typing import Final, get_args

import attrs

from billingcore._checks import MAX_NAME, check, check_date, check_words, refuse, setters
from billingcore._doors import own_door
from billingcore._plans.checks import MAX_QUANTITY, check_quantity
from billingcore._tax.rulings import UNDECIDED, check_ruling
from billingcore.billed import BilledPeriod
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.plans import PriceMode
from billingcore.proration import ProrationLine, Side
from billingcore.tax import Charged, Ruling

__all__ = ["ChargeLine", "CreditLine", "Line", "OneOffLine"]

_RULINGS: Final = frozenset(get_args(Ruling))


@attrs.frozen
class ChargeLine:
    """A period of a plan, as billed.

    Args:
        billed: what was billed.
        line: the sum behind it, where a change in mid-period charged it; None for a full price.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a line of another amount than what was billed; a price that contains tax.
    """

    billed: BilledPeriod
    line: ProrationLine | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.billed) is not BilledPeriod:
            refuse("billed", self.billed, BilledPeriod)
        _check_mode(self.billed)
        if self.line is not None:
            check("line", self.line, ProrationLine)
            if self.line.net != self.billed.net:
                raise InvalidValueError(
                    "line", self.line.net, f"the sum of a line comes to what it bills, {self.billed.net}"
                )

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
        billed, line = self.billed, self.line
        if line is not None and line.num != line.den:
            return f"{self.description}: {billed.net}\n  {line.sum_in_words}"
        if not billed.discount:
            return f"{self.description}: {billed.net}"
        return f"{self.description}: {billed.charge} - {billed.discount} discount = {billed.net}"


@attrs.frozen
class CreditLine:
    """What is given back of a billed period: a reduction of the price, taxed as that period was.

    Args:
        billed: what was billed, before this credit.
        change_on: the first day that is not used any more.
        line: what goes back, with its terms; a part that is billed again is a line of this kind too, with a net above 0.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: a line in another currency than what was billed.
        InvalidValueError: a day outside the period, a price that contains tax.
    """

    billed: BilledPeriod
    change_on: date
    line: ProrationLine

    def __attrs_post_init__(self) -> None:
        if type(self.billed) is not BilledPeriod:
            refuse("billed", self.billed, BilledPeriod)
        check_date("change_on", self.change_on)
        if type(self.line) is not ProrationLine:
            refuse("line", self.line, ProrationLine)
        check_money("line", self.line.base, self.billed.charge.currency)
        period = self.billed.period
        if not period.start <= self.change_on <= period.end:
            raise InvalidValueError("change_on", self.change_on, f"a change lies within its period ({period})")
        _check_mode(self.billed)

    @property
    def credit(self) -> Money:
        """What is given back, as a positive amount; negative where a part is billed again."""
        return -self.net

    @property
    def net(self) -> Money:
        """What the line adds before tax: the credit, negative."""
        return self.line.net

    @property
    def ruling(self) -> Ruling:
        """The tax decision of what is credited, whatever the rate has become."""
        return self.billed.ruling

    @property
    def description(self) -> str:
        """The line in words."""
        if self.line.side is not Side.CREDIT:
            words = self.line.description
            return f"{words[0].upper()}{words[1:]}, from {self.change_on}"
        return f"Credit for {self.billed.plan.name} × {self.billed.quantity}, unused from {self.change_on}"

    def explain(self) -> str:
        """Return the sum behind the credit."""
        return f"{self.description}: {self.net}\n  {self.line.sum_in_words}"


def _check_mode(billed: BilledPeriod) -> None:
    """Refuse a price that contains tax: documents add the tax on top of what their lines say."""
    if billed.plan.price.mode is PriceMode.INCLUSIVE:
        problem = "a document of prices that contain tax is not made yet; prorate_change has its figures"
        raise InvalidValueError("billed", billed.plan.name, problem)


@attrs.frozen(init=False)
class OneOffLine:
    """Anything else: a quantity of something at a price; below 0 for a correction.

    Args:
        description: the line in words.
        quantity: how many, 1 or more.
        unit_price: the price of one.
        ruling: the tax decision; left out where a quote decides it. A document of your own refuses a line without.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty or unprintable description.
    """

    description: str
    quantity: int
    unit_price: Money
    ruling: Ruling = UNDECIDED

    def __init__(self, description: str, quantity: int, unit_price: Money, ruling: Ruling = UNDECIDED) -> None:
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


_put_description, _put_quantity, _put_unit_price, _put_ruling = setters(OneOffLine)

Line = ChargeLine | CreditLine | OneOffLine


_LINES: Final = frozenset({ChargeLine, CreditLine, OneOffLine})


def check_line(line: object) -> None:
    """Refuse what is no line of a document.

    Raises:
        InvalidTypeError: another type.
    """
    if type(line) not in _LINES:
        raise InvalidTypeError("lines", line, "ChargeLine, CreditLine or OneOffLine values")


own_door(__name__)
