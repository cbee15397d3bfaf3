"""The scalar kernel for vendors that bill to the instant."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final

import attrs

from billingcore._checks import setters
from billingcore._kernel import Rounding, round_share
from billingcore.cycles import InstantPeriod
from billingcore.cycles._instants import check_instant, microseconds_of
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import ExactAmount, Money
from billingcore.money._amounts import check_money

_MICROSECOND: Final = timedelta(microseconds=1)


@attrs.frozen(init=False)
class InstantProration:
    """The credit for the unused time of a billed period between instants, measured in UTC to the microsecond.

    ``credit = round(net × time left / time of the period)``, once; what was used is the complement.

    Args:
        net: what was billed for the period; 0 or more.
        period: the time that it paid for.
        change_at: the first instant that is not used any more; within the period or on its end.
        rounding: the mode.

    Raises:
        InvalidTypeError: an argument of another type; a naive ``datetime``.
        InvalidValueError: a negative amount, an instant outside the period.

    >>> from datetime import UTC
    >>> cycle = InstantPeriod(datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 2, 10, 12, tzinfo=UTC))
    >>> proration = InstantProration(
    ...     Money.of("30.00", "EUR"), cycle, datetime(2026, 1, 24, 18, tzinfo=UTC), Rounding.HALF_UP
    ... )
    >>> proration.credit, proration.used, proration.fraction  # 16.75 of 31 days
    (Money.of('16.21', 'EUR'), Money.of('13.79', 'EUR'), Fraction(67, 124))
    """

    net: Money
    period: InstantPeriod
    change_at: datetime = attrs.field(eq=microseconds_of)  # the same instant, in whatever zone it is written
    rounding: Rounding
    credit_minor: int = attrs.field(init=False, eq=False)

    def __init__(self, net: Money, period: InstantPeriod, change_at: datetime, rounding: Rounding) -> None:
        if type(net) is not Money or type(period) is not InstantPeriod:
            check_money("net", net)
            raise InvalidTypeError("period", period, "a Period, or an InstantPeriod for a change at an instant")
        end, total, minor = period.end_at, period.microseconds, net.amount_minor
        if type(change_at) is datetime and change_at.tzinfo is UTC and end.tzinfo is UTC:
            left = (end - change_at) // _MICROSECOND
        else:  # the difference of two times in one zone would ignore its changes of clocks
            left = microseconds_of(end) - microseconds_of(check_instant("change_at", change_at))
        if not 0 <= left <= total:
            raise InvalidValueError("change_at", change_at, f"a change lies within its period ({period})")
        if minor < 0:
            raise InvalidValueError("net", net, "what was billed for a period is 0 or more")
        _put_credit(self, round_share(minor, left, total, rounding))
        _put_net(self, net)
        _put_period(self, period)
        _put_change(self, change_at)
        _put_rounding(self, rounding)

    @property
    def left_microseconds(self) -> int:
        """The time that is not used."""
        return microseconds_of(self.period.end_at) - microseconds_of(self.change_at)

    @property
    def fraction(self) -> Fraction:
        """The exact unused share."""
        return Fraction(self.left_microseconds, self.period.microseconds)

    @property
    def exact(self) -> ExactAmount:
        """The credit before its rounding."""
        return self.net.exact() * self.fraction

    @property
    def credit(self) -> Money:
        """The credit: rounded once."""
        return Money(self.credit_minor, self.net.currency)

    @property
    def used(self) -> Money:
        """The complement: what the used time cost. used + credit == net."""
        return Money(self.net.amount_minor - self.credit_minor, self.net.currency)

    def explain(self) -> str:
        """Return the sum in one line."""
        exact, credit = self.exact, self.credit
        rounded = "" if exact == credit.exact() else f" → {credit.amount} {self.rounding.words}"
        share = f"{self.fraction} unused from {self.change_at}"
        return f"{self.net} billed for {self.period}, {share}: {exact.to_text()}{rounded}"


_put_net, _put_period, _put_change, _put_rounding, _put_credit = setters(InstantProration)
