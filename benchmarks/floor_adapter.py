"""This library as a contestant of a floor benchmark: what is timed, and how its answers are read.

A harness loads the file and finds ``NAME``, ``IMPORT``, ``CONTESTANTS`` and ``GROWTH``. A contestant is
``(prepare, function, normalise)``: ``prepare`` builds native arguments and ``normalise`` reads the native result back;
only ``function`` is timed. Answers are compared with the floor's before anything is timed.
"""

import datetime as dt

import billingcore as bc
from billingcore import Invoice, Money, OneOffLine, Rounding

NAME = "billingcore"
IMPORT = "import billingcore; billingcore.Money(3000, 'EUR') + billingcore.Money(1, 'EUR')"

_HALF_UP = Rounding.HALF_UP
_RESCUE = bc.GOTO_RESCUE
_OPEN = dt.date(1984, 1, 1)
_IRISH = bc.Seller(
    "Rescue Ireland (example)",
    bc.Address("IE"),
    (bc.Registration("IE", bc.Scheme.LOCAL, _OPEN), bc.Registration("IE", bc.Scheme.UNION_OSS, dt.date(2015, 1, 1)),
     bc.Registration("GB", bc.Scheme.LOCAL, _OPEN)),
)  # fmt: skip
_CONSUMERS = {}


def _consumer(country):
    if country not in _CONSUMERS:
        _CONSUMERS[country] = bc.Buyer("Consumer", bc.Address(country))
    return _CONSUMERS[country]


def _usd(minor):
    return Money(minor, "USD")


def _prorate(net, period, day):
    return bc.prorate(net, period, day, _HALF_UP)


def _boundary(schedule, n):
    return schedule.boundary(n)


def _containing(schedule, day):
    return schedule.period_containing(day)


def _tax(buyer, tax_point, net):
    return bc.TaxGroup(net, bc.decide_tax(_IRISH, buyer, tax_point), _HALF_UP)


def _invoice_lines(raw, ruling):
    """Build ten lines and their amounts, and add up the document: subtotal, tax on it, total."""
    lines = tuple([OneOffLine("item", quantity, Money(unit, "EUR"), ruling) for quantity, unit in raw])
    return Invoice("draft", _ISSUED, _IRISH, _CONSUMER, lines, _HALF_UP)


_ISSUED = dt.date(2023, 1, 1)
_CONSUMER = _consumer("FR")


def _prepare_invoice(raw, country, day):
    return raw, bc.decide_tax(_IRISH, _consumer(country), dt.date.fromordinal(day))


def _add(left, right):
    return left + right


def _new(minor):
    return Money(minor, "USD")


def _allocate(money, weights):
    return money.allocate(weights)


def _dates(schedule, count):
    return [schedule.boundary(n) for n in range(count)]


_contact = _RESCUE.accounts_receivable.contact_for


def _deadline(issued_on):
    return bc.dispute_window(issued_on, _RESCUE.disputes)


def _format(money):
    return bc.format_money(money, "en_US")


CONTESTANTS = {
    "prorate_days": (
        lambda paid, start, end, day: (_usd(paid), bc.Period(start, end), day),
        _prorate,
        lambda result: result.credit.amount_minor,
    ),
    "prorate_seconds": (
        lambda paid, start, end, at: (_usd(paid), bc.InstantPeriod(start, end), at),
        _prorate,
        lambda result: result.credit.amount_minor,
    ),
    "dates_1200": (lambda anchor, count: (bc.Schedule(anchor, bc.MONTHLY), count), _dates, None),
    "nth_date": (lambda anchor, n: (bc.Schedule(anchor, bc.MONTHLY), n), _boundary, None),
    "period_containing": (
        lambda anchor, day: (bc.Schedule(anchor, bc.MONTHLY), day),
        _containing,
        lambda period: (period.index, period.start, period.end),
    ),
    "tax_assess": (
        lambda country, day, net: (_consumer(country), day, bc.Money(net, "EUR")),
        _tax,
        lambda group: group.tax.amount_minor,
    ),
    "invoice_10_lines": (
        _prepare_invoice,
        _invoice_lines,
        lambda invoice: (invoice.subtotal.amount_minor, invoice.tax.amount_minor, invoice.total.amount_minor),
    ),
    "ar_contact": (None, _contact, lambda contact: (contact.email, contact.phone)),
    "dispute_deadline": (None, _deadline, lambda window: window.last_on),
    "money_add": (lambda left, right: (_usd(left), _usd(right)), _add, lambda money: money.amount_minor),
    "money_new": (None, _new, lambda money: money.amount_minor),
    "allocate_3": (
        lambda amount, weights: (_usd(amount), weights),
        _allocate,
        lambda shares: [share.amount_minor for share in shares],
    ),
    "vat_id_de": (None, bc.tax_ids.is_valid_tax_id, bool),
    "format_usd_en": (lambda minor: (_usd(minor),), _format, None),
}


def _months(n):
    schedule = bc.Schedule(dt.date(1900, 1, 31), bc.MONTHLY)
    return lambda: schedule.boundary(n)


def _find(n):
    schedule = bc.Schedule(dt.date(1900, 1, 31), bc.MONTHLY)
    day = schedule.boundary(n)
    return lambda: schedule.period_containing(day)


def _document(n):
    ruling = bc.decide_tax(_IRISH, _CONSUMER, _ISSUED)
    raw = [(at % 19 + 1, at * 37 % 20000 + 1) for at in range(n)]
    return lambda: _invoice_lines(raw, ruling)


GROWTH = {
    "boundary_ns_by_n": ((1, 10, 100, 1000), _months),
    "period_containing_ns_by_index": ((1, 10, 100, 1000), _find),
    "invoice_ns_by_lines": ((10, 100, 1000, 10000), _document),
}
