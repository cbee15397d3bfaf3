"""Small amounts: collected, gathered for a later bill, or let go, below a stated minimum."""

import attrs

from billingcore._checks import check
from billingcore._choices import Choice
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money


class SmallAmount(Choice):
    """What is done with an amount below the minimum."""

    COLLECT = "collect"
    """It is collected all the same."""
    DEFER = "defer"
    """It stands on the next bill."""
    WAIVE = "waive"
    """It is let go."""


@attrs.frozen
class SmallSettled:
    """An amount that is due, and what becomes of it: collected + deferred + waived == amount.

    Args:
        amount: what is due, 0 or more.
        minimum: below this the action applies; an amount of exactly the minimum is collected.
        action: what is done with a smaller amount.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a negative amount or minimum.
        CurrencyMismatchError: two currencies.

    >>> small = SmallSettled(Money.of("0.45", "EUR"), Money.of("0.50", "EUR"), SmallAmount.DEFER)
    >>> small.collected, small.deferred, small.waived
    (Money.of('0.00', 'EUR'), Money.of('0.45', 'EUR'), Money.of('0.00', 'EUR'))
    """

    amount: Money
    minimum: Money
    action: SmallAmount

    def __attrs_post_init__(self) -> None:
        if check_money("amount", self.amount).amount_minor < 0:
            raise InvalidValueError("amount", self.amount, "what is due is 0 or more; credit is not collected")
        if check_money("minimum", self.minimum, self.amount.currency).amount_minor < 0:
            raise InvalidValueError("minimum", self.minimum, "give 0 or more")
        check("action", self.action, SmallAmount)

    @property
    def is_small(self) -> bool:
        """Whether there is something due, and it is below the minimum."""
        return 0 < self.amount.amount_minor < self.minimum.amount_minor

    @property
    def collected(self) -> Money:
        """What is collected now."""
        takes = not self.is_small or self.action is SmallAmount.COLLECT
        return self.amount if takes else Money.zero(self.amount.currency)

    @property
    def deferred(self) -> Money:
        """What stands on the next bill."""
        return self._if(SmallAmount.DEFER)

    @property
    def waived(self) -> Money:
        """What is let go."""
        return self._if(SmallAmount.WAIVE)

    def _if(self, action: SmallAmount) -> Money:
        return self.amount if self.is_small and self.action is action else Money.zero(self.amount.currency)

    def explain(self) -> str:
        """Return what becomes of the amount, in words."""
        if not self.is_small:
            return f"{self.amount} is collected"
        return f"{self.amount} is below the minimum of {self.minimum.amount}: {self.action.value}"


def settle_small(amount: Money, minimum: Money, action: SmallAmount) -> SmallSettled:
    """Return what becomes of an amount that is due; see `SmallSettled`.

    Source: amounts below the minimum of a card network or processor are waived (modrinth/code 3851: 0.30) or
    deferred (Flagsmith/flagsmith 2961: 0.50); both are the caller's choice.
    """
    return SmallSettled(amount, minimum, action)
