"""The arithmetic alone: the share of an amount that is not used, as an exact fraction, rounded once."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Final

import attrs

from billingcore._checks import check_date, refuse, setters
from billingcore._kernel import Rounding, round_share
from billingcore.cycles import InstantPeriod, Period
from billingcore.cycles._instants import check_instant, microseconds_of
from billingcore.errors import InvalidValueError
from billingcore.money import ExactAmount, Money
from billingcore.money._amounts import check_money

_MICROSECOND: Final = timedelta(microseconds=1)


def _moment(at: date | None) -> object:
    """Return what makes two cuts the same: the day, or the instant in whatever zone it is written."""
    return microseconds_of(at) if isinstance(at, datetime) else at


@attrs.frozen(init=False)
class Proration:
    """The credit for the unused time of a billed period, and the terms from which it came.

    ``credit = round(net × time left / time of the period)``, once; what was used is the
    complement, so the two always add back to the net. Whole days of a `Period`, the exact
    time of an `InstantPeriod`. The day of the change belongs to what comes after it: on the
    first day everything is unused, on the end day nothing.

    Args:
        net: what was billed for the period; 0 or more.
        period: the time that it paid for.
        at: the first day, or instant, that is not used any more; within the period or on its end.
        rounding: the mode.
        given: what has been credited for the period before; the credit never exceeds what is left.
        until: the first day, or instant, that is used again: a pause that has ended. None for the rest of the period.

    Raises:
        InvalidTypeError: an argument of another type; a naive ``datetime``.
        InvalidValueError: a negative amount, a day outside the period, more given than billed, an end before the start.
        CurrencyMismatchError: two currencies.

    >>> period = Period(date(2026, 1, 31), date(2026, 2, 28))
    >>> proration = Proration(Money.of("30.00", "EUR"), period, date(2026, 2, 15))
    >>> proration.credit, proration.used, proration.fraction
    (Money.of('13.93', 'EUR'), Money.of('16.07', 'EUR'), Fraction(13, 28))
    >>> print(proration.explain())
    30.00 EUR billed for 2026-01-31 to 2026-02-28, 13 of 28 days unused from 2026-02-15: 13.92857… → 13.93 half up
    """

    net: Money
    period: Period | InstantPeriod
    at: date | datetime = attrs.field(eq=_moment)
    rounding: Rounding
    given: Money | None
    until: date | datetime | None = attrs.field(eq=_moment)
    left: int = attrs.field(init=False, eq=False)
    """The unused time: days, or microseconds of a period of instants."""
    unused_minor: int = attrs.field(init=False, eq=False)
    """The unused part, rounded once, in minor units, whatever was credited before."""

    def __init__(
        self,
        net: Money,
        period: Period | InstantPeriod,
        at: date | datetime,
        rounding: Rounding = Rounding.HALF_UP,
        given: Money | None = None,
        until: date | datetime | None = None,
    ) -> None:
        """Check once, by hand and in place: this is the sum that is called a million times."""
        if type(net) is not Money:
            check_money("net", net)
        if type(period) is Period:
            if type(at) is not date:
                check_date("at", at)
            end = period.end
            left, total = (end - at).days, (end - period.start).days
        else:
            left, total = _instants(period, at)
        if not 0 <= left <= total:
            raise InvalidValueError("at", at, f"a change lies within its period ({period})")
        minor = net.amount_minor
        if minor < 0:
            raise InvalidValueError("net", net, "what was billed for a period is 0 or more")
        unused = round_share(minor, left, total, rounding)
        if until is not None:
            again = _time_left(period, until)
            if not 0 <= again <= left:
                raise InvalidValueError("until", until, f"it lies between {at} and the end of the period ({period})")
            left -= again
            unused -= round_share(minor, again, total, rounding)
        if given is not None and (
            check_money("given", given, net.currency).amount_minor < 0 or given.amount_minor > minor
        ):
            raise InvalidValueError("given", given, f"between nothing and the net of {net} was credited before")
        _put_net(self, net)
        _put_period(self, period)
        _put_at(self, at)
        _put_rounding(self, rounding)
        _put_given(self, given)
        _put_until(self, until)
        _put_left(self, left)
        _put_unused(self, unused)

    @property
    def total(self) -> int:
        """The time of the period: days, or microseconds of a period of instants."""
        return self.period.days if isinstance(self.period, Period) else self.period.microseconds

    @property
    def fraction(self) -> Fraction:
        """The exact unused share."""
        return Fraction(self.left, self.total)

    @property
    def exact(self) -> ExactAmount:
        """The unused part before its rounding."""
        return self.net.exact() * self.fraction

    @property
    def credit_minor(self) -> int:
        """The credit in minor units: what is unused, and never more than what is left of the billed value."""
        given = self.given
        return self.unused_minor if given is None else min(self.unused_minor, (self.net - given).amount_minor)

    @property
    def credit(self) -> Money:
        """The credit: rounded once, and never more than what is left of the billed value."""
        return Money(self.credit_minor, self.net.currency)

    @property
    def used(self) -> Money:
        """The complement: what the used time cost, whatever was credited before."""
        return Money(self.net.amount_minor - self.unused_minor, self.net.currency)

    @property
    def is_capped(self) -> bool:
        """Whether earlier credits left less than the unused share."""
        return self.credit_minor != self.unused_minor

    def explain(self) -> str:
        """Return the sum in one line, or two where earlier credits cut it."""
        counted = f"{self.left} of {self.total} days" if type(self.period) is Period else f"{self.fraction}"
        until = f" to {self.until}" if self.until is not None else ""
        exact, unused = self.exact, Money(self.unused_minor, self.net.currency)
        rounded = "" if exact == unused.exact() else f" → {unused.amount} {self.rounding.words}"
        line = (
            f"{self.net} billed for {self.period}, {counted} unused from {self.at}{until}: {exact.to_text()}{rounded}"
        )
        if not self.is_capped:
            return line
        return f"{line}\n  {self.given} was credited before: {self.credit} is left"


_put_net, _put_period, _put_at, _put_rounding, _put_given, _put_until, _put_left, _put_unused = setters(Proration)


def _instants(period: object, at: object) -> tuple[int, int]:
    """Return the microseconds that are left of a period of instants, and those that it has."""
    if type(period) is not InstantPeriod:
        refuse("period", period, Period, InstantPeriod)
    end = period.end_at
    if type(at) is datetime and at.tzinfo is UTC and end.tzinfo is UTC:
        return (end - at) // _MICROSECOND, period.microseconds
    # the difference of two times in one zone would ignore its changes of clocks
    return microseconds_of(end) - microseconds_of(check_instant("at", at)), period.microseconds


def _time_left(period: Period | InstantPeriod, at: date) -> int:
    if type(period) is Period:
        return (period.end - check_date("until", at)).days
    return _instants(period, check_instant("until", at))[0]


def prorate(
    net: Money,
    period: Period | InstantPeriod,
    at: date | datetime,
    rounding: Rounding = Rounding.HALF_UP,
    *,
    until: date | datetime | None = None,
) -> Proration:
    """Return the credit for what is not used of a period, half up unless another mode is named.

    Args:
        net: what was billed for the period; 0 or more.
        period: the days that it paid for; or an `InstantPeriod`, where time is measured exactly.
        at: the first day that is not used any more; an aware ``datetime`` with an `InstantPeriod`.
        rounding: the mode.
        until: the first day that is used again, for days in the middle; None for the rest of the period.

    See `Proration` for the rule and the errors.

    >>> prorate(Money.of("1200.00", "EUR"), Period(date(2025, 1, 1), date(2026, 1, 1)), date(2025, 7, 1)).credit
    Money.of('604.93', 'EUR')
    >>> january = Period(date(2026, 1, 1), date(2026, 2, 1))
    >>> prorate(Money.of("31.00", "EUR"), january, date(2026, 1, 10), until=date(2026, 1, 15)).credit
    Money.of('5.00', 'EUR')
    """
    return Proration(net, period, at, rounding, None, until)
