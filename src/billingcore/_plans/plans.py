"""The plan: what a subscription buys."""

from typing import TYPE_CHECKING

import attrs

from billingcore._checks import check, check_words
from billingcore._choices import Choice
from billingcore._plans.prices import (
    PRICES,
    Price,
)
from billingcore.cycles import Cadence
from billingcore.errors import InvalidTypeError
from billingcore.money import Money

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


class Billing(Choice):
    """When a period of a plan is billed, and for how many units."""

    IN_ADVANCE = "in_advance"
    """At its start, for the quantity that was sold."""
    IN_ARREARS = "in_arrears"
    """At its end, for the quantity that was sold."""
    METERED = "metered"
    """At its end, for the quantity that was measured in it and is told then."""


@attrs.frozen(init=False)
class Plan:
    """What a subscription buys: a name, a price for a period, and how long the period is.

    Args:
        name: how the plan is called on documents; 1 to 200 printable characters.
        price: flat, for each seat, in steps or by the package.
        cadence: the length of the period that the price pays for; a ``relativedelta`` is taken where it means a
            cadence (see `Cadence.of`).
        billing: when a period is billed: at its start; at its end; at its end, for what was measured.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty or unprintable name; a ``relativedelta`` that is no cadence.

    >>> from billingcore.cycles import MONTHLY
    >>> from billingcore.plans import PerSeatPrice
    >>> Plan("Rescue", PerSeatPrice(Money.of("30.00", "EUR")), MONTHLY).charge_for(2)
    Money.of('60.00', 'EUR')
    """

    name: str
    price: Price
    cadence: Cadence
    billing: Billing = Billing.IN_ADVANCE

    def __init__(
        self,
        name: str,
        price: Price,
        cadence: "Cadence | relativedelta",
        billing: Billing = Billing.IN_ADVANCE,
    ) -> None:
        check_words("name", name)
        if type(price) not in PRICES:
            raise InvalidTypeError("price", price, "a price, such as FlatPrice(Money.of('30.00', 'EUR'))")
        cadence = Cadence.of(cadence)
        put = object.__setattr__
        put(self, "name", name)
        put(self, "price", price)
        put(self, "cadence", cadence)
        put(self, "billing", check("billing", billing, Billing))

    @property
    def currency(self) -> str:
        """The currency of the price."""
        return self.price.currency

    def charge_for(self, quantity: int) -> Money:
        """Return the list price of a full period for a quantity."""
        return self.price.charge_for(quantity)
