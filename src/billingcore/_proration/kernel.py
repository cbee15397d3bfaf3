"""The fast scalar kernel: the share of an amount that is not used, as an exact fraction, rounded once."""

from datetime import date, datetime
from fractions import Fraction
from typing import overload

import attrs

from billingcore._checks import check_date, refuse, setters
from billingcore._kernel import Rounding, round_share
from billingcore._proration.instants import InstantProration
from billingcore.cycles import InstantPeriod, Period
from billingcore.errors import InvalidValueError
from billingcore.money import ExactAmount, Money
from billingcore.money._amounts import check_money


@attrs.frozen(init=False)
class Proration:
    """The credit for the unused days of a billed period, and the terms from which it came.

    ``credit = round(net × days left / days of the period)``, once; what was used is
    the complement, so the two always add back to the net. The change day belongs
    to what comes after it: on the first day everything is unused, on the end day nothing.

    Args:
        net: what was billed for the period; 0 or more.
        period: the days that it paid for.
        change_on: the first day that is not used any more; within the period or on its end.
        rounding: the mode.
        given: what has been credited for the period before; the credit never exceeds what is left.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a negative amount, a day outside the period, more given than billed.
        CurrencyMismatchError: two currencies.

    >>> period = Period(date(2026, 1, 31), date(2026, 2, 28))
    >>> proration = Proration(Money.of("30.00", "EUR"), period, date(2026, 2, 15), Rounding.HALF_UP)
    >>> proration.credit, proration.used, proration.fraction
    (Money.of('13.93', 'EUR'), Money.of('16.07', 'EUR'), Fraction(13, 28))
    >>> print(proration.explain())
    30.00 EUR billed for 2026-01-31 to 2026-02-28, 13 of 28 days unused from 2026-02-15: 13.92857… → 13.93 half up
    """

    net: Money
    period: Period
    change_on: date
    rounding: Rounding
    given: Money | None
    credit_minor: int = attrs.field(init=False, eq=False)

    def __init__(
        self, net: Money, period: Period, change_on: date, rounding: Rounding, given: Money | None = None
    ) -> None:
        if type(net) is not Money or type(period) is not Period or type(change_on) is not date:
            _check_types(net, period, change_on)
        end = period.end
        if not period.start <= change_on <= end:
            raise InvalidValueError("change_on", change_on, f"a change lies within its period ({period})")
        if net.amount_minor < 0:
            raise InvalidValueError("net", net, "what was billed for a period is 0 or more")
        credit = round_share(net.amount_minor, (end - change_on).days, (end - period.start).days, rounding)
        if given is not None:
            if check_money("given", given, net.currency).amount_minor < 0 or given > net:
                raise InvalidValueError("given", given, f"between nothing and the net of {net} was credited before")
            credit = min(credit, net.amount_minor - given.amount_minor)
        _put_net(self, net)
        _put_period(self, period)
        _put_change(self, change_on)
        _put_rounding(self, rounding)
        _put_given(self, given)
        _put_credit(self, credit)

    @property
    def days_left(self) -> int:
        """The days that are not used, the change day among them."""
        return (self.period.end - self.change_on).days

    @property
    def days_total(self) -> int:
        """The days of the period."""
        return self.period.days

    @property
    def fraction(self) -> Fraction:
        """The exact unused share."""
        return Fraction(self.days_left, self.days_total)

    @property
    def exact(self) -> ExactAmount:
        """The credit before its rounding."""
        return self.net.exact() * self.fraction

    @property
    def credit(self) -> Money:
        """The credit: rounded once, and never more than what is left of the billed value."""
        return Money(self.credit_minor, self.net.currency)

    @property
    def used(self) -> Money:
        """The complement: what the used days cost. used + credit == net."""
        return Money(self.net.amount_minor - self.credit_minor, self.net.currency)

    @property
    def is_capped(self) -> bool:
        """Whether earlier credits left less than the unused share."""
        return self.credit_minor != self.exact.round(self.rounding).amount_minor

    def explain(self) -> str:
        """Return the sum in one line, or two where earlier credits cut it."""
        share = f"{self.days_left} of {self.days_total} days unused from {self.change_on}"
        exact = self.exact
        settled = exact.round(self.rounding)
        rounded = "" if exact == settled.exact() else f" → {settled.amount} {self.rounding.words}"
        line = f"{self.net} billed for {self.period}, {share}: {exact.to_text()}{rounded}"
        if not self.is_capped:
            return line
        return f"{line}\n  {self.given} was credited before: {self.credit} is left"


_put_net, _put_period, _put_change, _put_rounding, _put_given, _put_credit = setters(Proration)


def _check_types(net: object, period: object, change_on: object) -> None:
    check_money("net", net)
    if type(period) is not Period:
        refuse("period", period, Period)
    check_date("change_on", change_on)


@overload
def prorate(net: Money, period: Period, change_on: date, rounding: Rounding = ...) -> Proration: ...
@overload
def prorate(net: Money, period: InstantPeriod, change_on: datetime, rounding: Rounding = ...) -> InstantProration: ...
def prorate(
    net: Money, period: Period | InstantPeriod, change_on: date | datetime, rounding: Rounding = Rounding.HALF_UP
) -> Proration | InstantProration:
    """Return the credit for what is not used of a period, half up unless another mode is named.

    Args:
        net: what was billed for the period; 0 or more.
        period: the days that it paid for; or an `InstantPeriod`, where time is measured exactly.
        change_on: the first day that is not used any more; an aware ``datetime`` with an `InstantPeriod`.
        rounding: the mode.

    See `Proration` for the rule and the errors, `InstantProration` for instants.

    >>> prorate(Money.of("1200.00", "EUR"), Period(date(2025, 1, 1), date(2026, 1, 1)), date(2025, 7, 1)).credit
    Money.of('604.93', 'EUR')
    """
    if type(period) is Period:
        return Proration(net, period, change_on, rounding)
    # What is no period of instants, and no instant, is refused there.
    return InstantProration(net, period, change_on, rounding)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
