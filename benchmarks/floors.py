"""Hand-written floors: the least code that answers with the same duties: the same checks, one result object.

A floor is ``(prepare, function, normalise)``, as a contestant of `floor_adapter` is.
"""

import datetime as dt
import random
from decimal import Decimal

import attrs
from babel.numbers import format_currency

DATE = dt.date
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MICROSECOND = dt.timedelta(microseconds=1)
_FIFTEEN = dt.timedelta(15)
_FRENCH = 200_000  # parts per million since 2014
_EMAILS = {"FR": ("ar-ie@goto.com", "+33 0 800 918 519"), "GB": ("ar-uk@goto.com", "+44 800 031 4765")}
_REST = ("ar-ie@goto.com", "+1 866 956 4634")


@attrs.frozen
class Amount:
    minor: int
    currency: str


@attrs.frozen
class Cut:
    credit: Amount
    used: Amount
    left: int
    total: int


@attrs.frozen
class Span:
    index: int
    start: DATE
    end: DATE


@attrs.frozen
class Taxed:
    country: str
    rate: int
    net: int
    tax: int


@attrs.frozen
class Totals:
    subtotal: Amount
    tax: Amount
    total: Amount


@attrs.frozen
class Item:
    quantity: int
    unit: Amount


@attrs.frozen
class Contact:
    email: str
    phone: str


@attrs.frozen
class Window:
    issued_on: DATE
    last_day: DATE


CONTACTS = {country: Contact(*row) for country, row in _EMAILS.items()}
REST = Contact(*_REST)


def half_up(num, den):
    whole, rest = divmod(num, den)
    return whole + 1 if rest + rest >= den else whole


def new(minor):
    if type(minor) is not int:
        raise TypeError
    return Amount(minor, "USD")


def add(left, right):
    if type(right) is not Amount or left.currency != right.currency:
        raise TypeError
    return Amount(left.minor + right.minor, left.currency)


def allocate(money, weights):
    whole = sum(weights)
    shares = [money.minor * weight // whole for weight in weights]
    left = money.minor - sum(shares)
    by_loss = sorted(range(len(weights)), key=lambda at: -(money.minor * weights[at] % whole))
    for at in by_loss[:left]:
        shares[at] += 1
    return tuple([Amount(share, money.currency) for share in shares])


def prorate(paid, start, end, day):
    if type(paid) is not Amount or type(start) is not DATE or type(end) is not DATE or type(day) is not DATE:
        raise TypeError
    if not start <= day <= end or start == end:
        raise ValueError
    total, left = (end - start).days, (end - day).days
    credit = half_up(paid.minor * left, total)
    return Cut(Amount(credit, paid.currency), Amount(paid.minor - credit, paid.currency), left, total)


def prorate_instants(paid, start_at, end_at, at):
    """A bare number, without checks or a result."""
    total = (end_at - start_at) // _MICROSECOND
    return half_up(paid * ((end_at - at) // _MICROSECOND), total)


def boundary(anchor, n):
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + n, 12)
    day = anchor.day
    if day > 28:
        last = 29 if month == 1 and year % 4 == 0 and (year % 100 or year % 400 == 0) else _MONTH_DAYS[month]
        day = min(day, last)
    return DATE(year, month + 1, day)


def dates(anchor, count):
    """The whole series by bare integers."""
    year, month, day, found = anchor.year, anchor.month - 1, anchor.day, []
    for n in range(count):
        more, at = divmod(month + n, 12)
        own = day
        if own > 28:
            leap = at == 1 and (year + more) % 4 == 0 and ((year + more) % 100 or (year + more) % 400 == 0)
            last = 29 if leap else _MONTH_DAYS[at]
            if own > last:  # noqa: PLR1730 - min() would slow the floor down
                own = last
        found.append(DATE(year + more, at + 1, own))
    return found


def containing(anchor, day):
    n = (day.year - anchor.year) * 12 + day.month - anchor.month
    start = boundary(anchor, n)
    if start > day:
        return Span(n - 1, boundary(anchor, n - 1), start)
    return Span(n, start, boundary(anchor, n + 1))


def tax(country, day, net):
    if day < DATE(2014, 1, 1):
        raise LookupError
    return Taxed(country, _FRENCH, net, half_up(net * _FRENCH, 1_000_000))


def invoice(raw):
    items = [Item(quantity, Amount(unit, "EUR")) for quantity, unit in raw]
    subtotal = 0
    for item in items:
        if item.unit.currency != "EUR":
            raise ValueError
        subtotal += item.quantity * item.unit.minor
    tax_minor = half_up(subtotal * _FRENCH, 1_000_000)
    return Totals(Amount(subtotal, "EUR"), Amount(tax_minor, "EUR"), Amount(subtotal + tax_minor, "EUR"))


def contact(country):
    found = CONTACTS.get(country)
    if found is None and (type(country) is not str or len(country) != 2 or not country.isascii()):
        raise ValueError
    return found or REST


def deadline(issued_on):
    if type(issued_on) is not DATE:
        raise TypeError
    return Window(issued_on, issued_on + _FIFTEEN)


def german_vat(number):
    """The format, and the check digit of ISO 7064 MOD 11,10."""
    if len(number) != 11 or number[:2] != "DE" or not number[2:].isdigit() or number[2] == "0":
        return False
    product = 10
    for digit in number[2:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(number[10])


def in_dollars(amount):
    """Babel, for a Decimal that is ready."""
    return format_currency(amount, "USD", locale="en_US")


def _usd(minor):
    return Amount(minor, "USD")


def _vat_numbers(rnd, size):
    """Draw numbers of which about half are valid."""
    found = []
    while len(found) < size:
        stem = str(rnd.randrange(10_000_000, 100_000_000))
        valid = [f"DE{stem}{digit}" for digit in range(10) if german_vat(f"DE{stem}{digit}")]
        found.append((valid[0] if rnd.random() < 0.5 else f"DE{stem}{rnd.randrange(10)}",))
    return found


def _noon(day):
    return dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)


def pools(seed, size):
    """Draw the inputs of every case: the same for every contestant."""
    rnd = random.Random(seed)
    days = [DATE(2020, 1, 1) + dt.timedelta(rnd.randrange(2000)) for _ in range(size)]
    amounts = [rnd.randrange(1, 500_000) for _ in range(size)]
    cuts = []
    for paid, start in zip(amounts, days, strict=True):
        end = boundary(start, rnd.choice((1, 1, 1, 12)))
        cuts.append((paid, start, end, start + dt.timedelta(rnd.randrange((end - start).days + 1))))
    changes = [(paid, start, end, min(day, end - dt.timedelta(1))) for paid, start, end, day in cuts]
    instants = [
        (paid, _noon(start), _noon(end), _noon(day) + dt.timedelta(0, rnd.randrange(86_400)))
        for paid, start, end, day in changes
    ]
    raws = [tuple((rnd.randrange(1, 20), rnd.randrange(1, 20_000)) for _ in range(10)) for _ in range(size // 8)]
    return {
        "money_new": [(amount,) for amount in amounts],
        "money_add": [(amount, rnd.randrange(1, 500_000)) for amount in amounts],
        "allocate_3": [(amount, tuple(rnd.randrange(1, 100) for _ in range(3))) for amount in amounts],
        "prorate_days": cuts,
        "prorate_seconds": instants,
        "dates_1200": [(day, 1200) for day in days[:4]],
        "vat_id_de": _vat_numbers(rnd, size),
        "format_usd_en": [(amount - 250_000,) for amount in amounts[: size // 4]],
        "change": changes,
        "change_general": changes,
        "quote": changes[: size // 4],
        "nth_date": [(day, rnd.randrange(120)) for day in days],
        "period_containing": [(day, day + dt.timedelta(rnd.randrange(3600))) for day in days],
        "tax_assess": [("FR", day, amount) for day, amount in zip(days, amounts, strict=True)],
        "invoice_10_lines": [(raw, "FR", DATE(2023, 1, 1).toordinal()) for raw in raws],
        "ar_contact": [(rnd.choice(("FR", "GB", "JP", "IT")),) for _ in range(size)],
        "dispute_deadline": [(day,) for day in days],
    }


_PRORATE = (lambda paid, start, end, day: (_usd(paid), start, end, day), prorate, lambda result: result.credit.minor)

FLOORS = {
    "prorate_seconds": (None, prorate_instants, None),
    "dates_1200": (None, dates, None),
    "vat_id_de": (None, german_vat, None),
    "format_usd_en": (lambda minor: (Decimal(minor).scaleb(-2),), in_dollars, None),
    "change": _PRORATE,
    "change_general": _PRORATE,
    "quote": _PRORATE,
    "money_new": (None, new, lambda result: result.minor),
    "money_add": (lambda left, right: (_usd(left), _usd(right)), add, lambda result: result.minor),
    "allocate_3": (lambda amount, weights: (_usd(amount), weights), allocate, lambda shares: [s.minor for s in shares]),
    "prorate_days": _PRORATE,
    "nth_date": (None, boundary, None),
    "period_containing": (None, containing, lambda span: (span.index, span.start, span.end)),
    "tax_assess": (None, tax, lambda result: result.tax),
    "invoice_10_lines": (
        lambda raw, _country, _day: (raw,),
        invoice,
        lambda totals: (totals.subtotal.minor, totals.tax.minor, totals.total.minor),
    ),
    "ar_contact": (None, contact, lambda result: (result.email, result.phone)),
    "dispute_deadline": (None, deadline, lambda result: result.last_day),
}
