"""What others offer for the same operations: whatever of it is installed beside the library.

A peer is ``(name, prepare, function, normalise)``; it answers with bare numbers, without results or reasons.
"""

import datetime as dt
import importlib.util
from decimal import ROUND_HALF_UP, Decimal

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, rrule

_CENT = Decimal("0.01")
_RATE = Decimal("0.2")


def _decimal(minor):
    return Decimal(minor).scaleb(-2)


def _minor(amount):
    return int(amount.scaleb(2))


def _walk(anchor, day):
    n, start = 0, anchor
    while (end := anchor + relativedelta(months=n + 1)) <= day:
        n, start = n + 1, end
    return n, start, end


def _ruled(anchor, count):
    """A rule for the last day where the month has no such day: the plain rule leaves those months out."""
    midnight = dt.datetime(anchor.year, anchor.month, anchor.day)  # noqa: DTZ001 - a rule of dates wants a naive one
    days = range(28, anchor.day + 1) if anchor.day > 28 else (anchor.day,)
    return [found.date() for found in rrule(MONTHLY, dtstart=midnight, count=count, bymonthday=days, bysetpos=-1)]


def _instants(paid, start_at, end_at, at):
    whole = Decimal((end_at - start_at).total_seconds())
    return (paid * Decimal((end_at - at).total_seconds()) / whole).quantize(_CENT, ROUND_HALF_UP)


def _dateutil(found):
    found["nth_date"] = [("dateutil", None, lambda anchor, n: anchor + relativedelta(months=n), None)]
    found["dates_1200"] = [
        ("dateutil", None, lambda anchor, count: [anchor + relativedelta(months=n) for n in range(count)], None),
        ("dateutil rrule", None, _ruled, None),
    ]
    found["period_containing"] = [("dateutil", None, _walk, None)]
    found["dispute_deadline"] = [("dateutil", None, lambda day: day + relativedelta(days=15), None)]


def _money(found, name, make, of, settle):
    """Fill in a library of amounts: how it makes one, how a number is read back, how it rounds half up."""

    def minor(result):
        return _minor(of(result))

    def usd(amount):
        return make(_decimal(amount), "USD")

    def prorate(paid, start, end, day):
        return settle(paid * (end - day).days / (end - start).days)

    zero = make(Decimal(0), "EUR")

    def invoice(lines):
        subtotal = sum([unit * quantity for quantity, unit in lines], zero)
        tax = settle(subtotal * _RATE)
        return subtotal, tax, subtotal + tax

    peers = {
        "money_new": (lambda amount: (_decimal(amount), "USD"), make, minor),
        "money_add": (lambda left, right: (usd(left), usd(right)), lambda left, right: left + right, minor),
        "prorate_days": (lambda paid, start, end, day: (usd(paid), start, end, day), prorate, minor),
        "invoice_10_lines": (
            lambda raw, _country, _day: (tuple((quantity, make(_decimal(unit), "EUR")) for quantity, unit in raw),),
            invoice,
            lambda amounts: tuple(minor(amount) for amount in amounts),
        ),
    }
    for case, peer in peers.items():
        found.setdefault(case, []).append((name, *peer))


def _installed(name):
    return importlib.util.find_spec(name) is not None


def peers():
    """Return the peers of each case."""
    found = {
        "prorate_seconds": [
            ("Decimal", lambda paid, *at: (_decimal(paid), *at), _instants, _minor),
        ]
    }
    _dateutil(found)
    if _installed("moneyed"):
        import moneyed

        def settled(amount):
            return moneyed.Money(amount.amount.quantize(_CENT, ROUND_HALF_UP), amount.currency)

        _money(found, "py-moneyed", moneyed.Money, lambda money: money.amount, settled)
    if _installed("stockholm"):
        import stockholm

        _money(found, "stockholm", stockholm.Money, lambda money: money.as_decimal(), lambda money: round(money, 2))
    if _installed("stdnum"):
        from stdnum.eu import vat

        found["vat_id_de"] = [("python-stdnum", None, vat.is_valid, None)]
    if _installed("pyvat"):
        import pyvat

        seller, buyer = pyvat.Party("IE", is_business=True), pyvat.Party("FR", is_business=False)
        kind = pyvat.ItemType.generic_electronic_service

        def charge(day, net):
            rate = pyvat.get_sale_vat_charge(day, kind, buyer, seller).rate
            return (net * rate / 100).quantize(_CENT, ROUND_HALF_UP)

        found["tax_assess"] = [("pyvat", lambda _c, day, net: (day, _decimal(net)), charge, _minor)]
    return found
