"""Sums of amounts, rounding to a step, and conversion at a rate that the caller gives."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from billingcore._checks import MAX_ITEMS, check, check_share, refuse
from billingcore._kernel import Rounding, round_share
from billingcore.errors import BillingError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money._amounts import ExactAmount, Money, check_money
from billingcore.money._currencies import POWERS, minor_digits

_SUMMANDS: Final = "Money values to add"


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Add amounts of one currency; of none it is nothing.

    Args:
        amounts: what is added.
        currency: the currency, also of an empty sum.

    Raises:
        InvalidTypeError: something that is not `Money`.
        CurrencyMismatchError: an amount of another currency.
        OutOfRangeError: more than a million amounts, or more than 10**18 minor units.

    >>> total([Money(3000, "EUR"), Money(-1393, "EUR")], "EUR"), total([], "EUR")
    (Money.of('16.07', 'EUR'), Money.of('0.00', 'EUR'))
    """
    minor_digits(currency)
    if isinstance(amounts, str | bytes):
        refuse("amounts", amounts, words=_SUMMANDS)
    try:
        return Money(_added(amounts, currency), currency)
    except BillingError:
        raise
    except Exception as error:  # whatever an iterable of the caller raises
        raise InvalidTypeError("amounts", amounts, _SUMMANDS) from error


def _added(amounts: Iterable[Money], currency: str) -> int:
    added = 0
    for at, amount in enumerate(amounts):
        if type(amount) is not Money or amount.currency != currency:
            check_money("amounts", amount, currency)
        if at == MAX_ITEMS:
            raise OutOfRangeError("amounts", at, f"more than {MAX_ITEMS} amounts; add them in parts")
        added += amount.amount_minor
    return added


def round_to_step(amount: Money | ExactAmount, step: Money, rounding: Rounding) -> Money:
    """Round an amount once to a multiple of a step: Swiss cash to 0.05, Czech invoices to whole crowns.

    Args:
        amount: what is rounded; an `ExactAmount` is not rounded before.
        step: the smallest difference, above 0.
        rounding: the mode.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a step of nothing, or below it.
        CurrencyMismatchError: two currencies.

    >>> step = Money.of("0.05", "CHF")
    >>> round_to_step(Money.of("1.66", "CHF"), step, Rounding.HALF_UP)
    Money.of('1.65', 'CHF')
    """
    check("amount", amount, Money, ExactAmount)
    if check_money("step", step, amount.currency).amount_minor <= 0:
        raise InvalidValueError("step", step, "a step is above 0")
    exact = Fraction(amount.amount_minor)
    steps = round_share(-1 if exact < 0 else 1, abs(exact.numerator), exact.denominator * step.amount_minor, rounding)
    return step * steps


def convert(amount: Money | ExactAmount, currency: str, rate: Fraction, rounding: Rounding) -> Money:
    """Return an amount in another currency, at a rate that the caller gives, rounded once.

    Args:
        amount: what is converted; an `ExactAmount` is not rounded before.
        currency: the currency that is wanted.
        rate: how many major units of it one major unit of the amount is worth; above 0.
        rounding: the mode.

    Raises:
        InvalidTypeError: an argument of another type; a rate that is a float.
        InvalidValueError: a rate of nothing, or below it.
        UnknownCurrencyError: a currency that ISO 4217 does not list.

    >>> convert(Money.of("100.00", "EUR"), "JPY", Fraction("164.25"), Rounding.HALF_UP)
    Money.of('16425', 'JPY')
    """
    check("amount", amount, Money, ExactAmount)
    if not check_share("rate", rate):
        raise InvalidValueError("rate", rate, "a rate is above 0")
    worth = (
        Fraction(amount.amount_minor) * rate * POWERS[minor_digits(currency)] / POWERS[minor_digits(amount.currency)]
    )
    sign = -1 if worth < 0 else 1
    return Money(round_share(sign, abs(worth.numerator), worth.denominator, rounding), currency)
