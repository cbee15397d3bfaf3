"""Tax points of a period that spans a change: policies that return dated slices, which add up to the whole."""

from collections.abc import Iterable
from datetime import date

import attrs

from billingcore._checks import check, check_date, collected
from billingcore._kernel import Rounding
from billingcore.cycles import Period
from billingcore.money import Money
from billingcore.money._amounts import check_money


@attrs.frozen
class TaxSlice:
    """A part of a period's net with the day that decides about its tax.

    Args:
        tax_point: the day that decides about rate and rule.
        period: the days to which the part belongs.
        net: the part of the net.

    Raises:
        InvalidTypeError: a field of another type.
    """

    tax_point: date
    period: Period
    net: Money

    def __attrs_post_init__(self) -> None:
        check_date("tax_point", self.tax_point)
        _check(self.period, self.net)


def _check(period: Period, net: Money) -> None:
    check("period", period, Period)
    check_money("net", net)


def _whole(tax_point: date, period: Period, net: Money) -> tuple[TaxSlice, ...]:
    _check(period, net)
    return (TaxSlice(tax_point, period, net),)


def slice_at_invoice(period: Period, net: Money, invoiced_on: date) -> tuple[TaxSlice, ...]:
    """The day of the invoice decides about the whole period: business customers in Ireland.

    Args:
        period: what is billed.
        net: its amount before tax.
        invoiced_on: the day of the invoice.

    Raises:
        InvalidTypeError: an argument of another type.
    """
    return _whole(check_date("invoiced_on", invoiced_on), period, net)


def slice_at_payment(period: Period, net: Money, paid_on: date) -> tuple[TaxSlice, ...]:
    """The day of the payment decides about the whole period: advance payments in Finland.

    Args:
        period: what is billed.
        net: its amount before tax.
        paid_on: the day of the payment.

    Raises:
        InvalidTypeError: an argument of another type.
    """
    return _whole(check_date("paid_on", paid_on), period, net)


def slice_at_earlier_of_invoice_and_payment(
    period: Period, net: Money, invoiced_on: date, paid_on: date | None
) -> tuple[TaxSlice, ...]:
    """The earlier of the day on which the tax is payable and the day of payment decides: Nova Scotia in 2025.

    Args:
        period: what is billed.
        net: its amount before tax.
        invoiced_on: the day of the invoice.
        paid_on: the day of the payment, or None while it is not paid.

    Raises:
        InvalidTypeError: an argument of another type.
    """
    first = check_date("invoiced_on", invoiced_on)
    if paid_on is not None:
        first = min(first, check_date("paid_on", paid_on))
    return _whole(first, period, net)


def slice_at_start(period: Period, net: Money) -> tuple[TaxSlice, ...]:
    """The first day of the period decides about all of it.

    Args:
        period: what is billed.
        net: its amount before tax.

    Raises:
        InvalidTypeError: an argument of another type.
    """
    _check(period, net)
    return (TaxSlice(period.start, period, net),)


def slice_at_end(period: Period, net: Money) -> tuple[TaxSlice, ...]:
    """The day on which the period is completed, its last one, decides: continuous services in Finland.

    Args:
        period: what is billed.
        net: its amount before tax.

    Raises:
        InvalidTypeError: an argument of another type.

    >>> from billingcore.cycles import Period
    >>> august = Period(date(2024, 8, 1), date(2024, 9, 1))
    >>> slice_at_end(august, Money.of("30.00", "EUR"))[0].tax_point
    datetime.date(2024, 8, 31)
    """
    _check(period, net)
    return (TaxSlice(date.fromordinal(period.end.toordinal() - 1), period, net),)


def slice_by_day(
    period: Period, net: Money, changes: Iterable[date], rounding: Rounding = Rounding.HALF_UP
) -> tuple[TaxSlice, ...]:
    """Each day decides about its own share: the period is cut on the days of change, the net by days.

    A part is the difference of two rounded sums, so the parts add up to the net exactly.

    Args:
        period: what is billed.
        net: its amount before tax.
        changes: the days on which the tax changes, such as `tax_changes` returns; those outside the period do not matter.
        rounding: the mode.

    Raises:
        InvalidTypeError: an argument of another type.

    >>> from billingcore.cycles import Period
    >>> year = Period(date(2025, 1, 1), date(2026, 1, 1))
    >>> for part in slice_by_day(year, Money.of("1200.00", "EUR"), [date(2025, 7, 1)]):
    ...     print(part.tax_point, part.period.days, part.net)
    2025-01-01 181 595.07 EUR
    2025-07-01 184 604.93 EUR
    """
    _check(period, net)
    check("rounding", rounding, Rounding)
    cuts = set(collected("changes", changes, date))
    inside = sorted(day for day in cuts if period.start < day < period.end)
    days = (period.end - period.start).days
    slices, before, rest = [], Money.zero(net.currency), period
    for cut in inside:
        part, rest = rest.split(cut)
        until_cut = net.share((cut - period.start).days, days, rounding)
        slices.append(TaxSlice(part.start, part, until_cut - before))
        before = until_cut
    return (*slices, TaxSlice(rest.start, rest, net - before))
