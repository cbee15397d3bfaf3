"""Hand-written floors: the least code that answers with the same duties: the same checks, one result object.

A floor is ``(prepare, function, normalise)``, as a contestant of `floor_adapter` is.
"""

import datetime as dt
import json
import random
from decimal import Decimal

import attrs
from babel.numbers import format_currency

DATE = dt.date
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MICROSECOND = dt.timedelta(microseconds=1)
_FIFTEEN = dt.timedelta(15)
_FRENCH = 200_000  # parts per million since 2014
_PENNSYLVANIA = 60_000
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
class Billed:
    totals: Totals
    next_on: DATE


@attrs.frozen
class Paid:
    totals: Totals
    paid: Amount
    due: Amount


@attrs.frozen
class Decided:
    issued_on: DATE
    day: DATE
    in_time: bool


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
        if day > last:  # noqa: PLR1730 - min() would slow the floor down
            day = last
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


def amount_of(text):
    """Read 12.34 by hand."""
    units, point, cents = text.partition(".")
    if not units.isdigit() or (point and (len(cents) != 2 or not cents.isdigit())):
        raise ValueError
    return Amount(int(units) * 100 + int(cents or 0), "EUR")


def total(amounts):
    whole = 0
    for amount in amounts:
        if type(amount) is not Amount or amount.currency != "EUR":
            raise TypeError
        whole += amount.minor
    return Amount(whole, "EUR")


def state_tax(day, net):
    if day < DATE(1968, 1, 1):
        raise LookupError
    return Taxed("US-PA", _PENNSYLVANIA, net, half_up(net * _PENNSYLVANIA, 1_000_000))


def fold(paid, start, end):
    """Seats up and down under one rule: credit what is unused of a line, charge the rest of the new one."""
    whole, line, since = (end - start).days, paid, start
    credits_minor = charges = 0
    for at in range(1, 21):
        day = start + dt.timedelta(at * whole // 21)
        left = (end - day).days
        credit = half_up(line * left, (end - since).days)
        charge = half_up(paid * (at % 7 + 2) * left, whole)
        credits_minor, charges, line, since = credits_minor + credit, charges + charge, charge, day
    return Amount(credits_minor, "USD"), Amount(charges, "USD")


def two_rates(raw):
    """Ten lines, every second one without tax."""
    items = [Item(quantity, Amount(unit, "EUR")) for quantity, unit in raw]
    sums = [0, 0]
    for at, item in enumerate(items):
        if item.unit.currency != "EUR":
            raise ValueError
        sums[at % 2] += item.quantity * item.unit.minor
    tax_minor, subtotal = half_up(sums[0] * _FRENCH, 1_000_000), sum(sums)
    return Totals(Amount(subtotal, "EUR"), Amount(tax_minor, "EUR"), Amount(subtotal + tax_minor, "EUR"))


def bill(paid, start, end, periods):
    """A period of a plan without tax, and the next bill date."""
    months = 12 if (end - start).days > 31 else 1
    subtotal = Amount(paid, "USD")
    return Billed(Totals(subtotal, Amount(0, "USD"), Amount(paid, "USD")), boundary(start, months * periods))


def pay(totals):
    paid = totals.total.minor // 2
    return Paid(totals, Amount(paid, "EUR"), Amount(totals.total.minor - paid, "EUR"))


def ages(amounts, days, on):
    buckets = [0] * 5
    for amount, due in zip(amounts, days, strict=True):
        late = (on - due).days
        buckets[0 if late < 1 else 1 if late <= 30 else 2 if late <= 60 else 3 if late <= 90 else 4] += amount
    return tuple([Amount(bucket, "EUR") for bucket in buckets])


def in_time(issued_on, day):
    if type(issued_on) is not DATE or type(day) is not DATE:
        raise TypeError
    return Decided(issued_on, day, day <= issued_on + _FIFTEEN)


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


def _dues(rnd):
    return [DATE(2023, 6, 10) - dt.timedelta(rnd.randrange(140)) for _ in range(100)]


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
        "money_of": [(f"{amount // 100}.{amount % 100:02}",) for amount in amounts],
        "total_100": [(amounts[at : at + 100],) for at in range(0, size - 100, 20)],
        "tax_us": list(zip(days, amounts, strict=True)),
        "fold_20": changes[: size // 16],
        "quote_start": changes[: size // 4],
        "quote_renewal": changes[: size // 4],
        "quote_cancellation": changes[: size // 4],
        "invoice_rulings": [(raw,) for raw in raws],
        "credit_in_full": [(raw,) for raw in raws],
        "pay": [(raw,) for raw in raws],
        "write_record": [(raw,) for raw in raws[: size // 32]],
        "read_record": [(raw,) for raw in raws[: size // 32]],
        "age_100": [(amounts[at : at + 100], _dues(rnd), DATE(2023, 6, 1)) for at in range(0, size - 100, 100)],
        "decide_dispute": [(raw, DATE(2023, 1, 1 + rnd.randrange(28))) for raw in raws],
        "format_usd_en": [(amount - 250_000,) for amount in amounts[: size // 4]],
        "change": changes,
        "quote": changes[: size // 4],
        "nth_date": [(day, rnd.randrange(120)) for day in days],
        "period_containing": [(day, day + dt.timedelta(rnd.randrange(3600))) for day in days],
        "tax_assess": [("FR", day, amount) for day, amount in zip(days, amounts, strict=True)],
        "tax_new_buyer": [("FR", day, amount) for day, amount in zip(days, amounts, strict=True)],
        "invoice_10_lines": [(raw, "FR", DATE(2023, 1, 1).toordinal()) for raw in raws],
        "ar_contact": [(rnd.choice(("FR", "GB", "JP", "IT")),) for _ in range(size)],
        "dispute_deadline": [(day,) for day in days],
    }


def _minors(totals):
    return totals.subtotal.minor, totals.tax.minor, totals.total.minor


def _billed(billed):
    return billed.totals.total.minor, billed.totals.total.minor, billed.next_on


def _record_of(raw):
    """What a record of the invoice looks like as JSON: the floor of reading and writing it is that of JSON itself."""
    import ours

    return ours._write(ours._invoice(raw))


_PRORATE = (lambda paid, start, end, day: (_usd(paid), start, end, day), prorate, lambda result: result.credit.minor)

FLOORS = {
    "prorate_seconds": (None, prorate_instants, None),
    "dates_1200": (None, dates, None),
    "vat_id_de": (None, german_vat, None),
    "format_usd_en": (lambda minor: (Decimal(minor).scaleb(-2),), in_dollars, None),
    "money_of": (None, amount_of, lambda amount: amount.minor),
    "total_100": (lambda amounts: ([Amount(amount, "EUR") for amount in amounts],), total, lambda amount: amount.minor),
    "tax_new_buyer": (None, tax, lambda result: result.tax),
    "tax_us": (None, state_tax, lambda result: result.tax),
    "change": _PRORATE,
    "fold_20": (
        lambda paid, start, end, _day: (paid, start, end),
        fold,
        lambda sides: tuple([amount.minor for amount in sides]),
    ),
    "quote_start": (lambda paid, start, end, _day: (paid, start, end, 1), bill, _billed),
    "quote_renewal": (lambda paid, start, end, _day: (paid, start, end, 2), bill, _billed),
    "quote": _PRORATE,
    "quote_cancellation": _PRORATE,
    "invoice_rulings": (None, two_rates, _minors),
    "credit_in_full": (None, invoice, _minors),
    "pay": (lambda raw: (invoice(raw),), pay, lambda paid: paid.due.minor),
    "write_record": (lambda raw: (json.loads(_record_of(raw)),), json.dumps, None),
    "read_record": (lambda raw: (_record_of(raw),), json.loads, None),
    "age_100": (None, ages, lambda buckets: tuple([amount.minor for amount in buckets])),
    "decide_dispute": (lambda _raw, day: (DATE(2023, 1, 1), day), in_time, lambda decided: decided.in_time),
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
        _minors,
    ),
    "ar_contact": (None, contact, lambda result: (result.email, result.phone)),
    "dispute_deadline": (None, deadline, lambda result: result.last_day),
}


def _change(paid, start, end, day):
    left, whole = (end - day).days, (end - start).days
    credit, charge = half_up(paid * left, whole), half_up((paid + 2000) * left, whole)
    return credit, charge, charge - credit, (day, end), end


def _quoted(paid, start, end, day):
    credit, _, net, _, next_bill = _change(paid, start, end, day)
    return credit, net, net, next_bill


def _cancelled(paid, start, end, day):
    credit = _change(paid, start, end, day)[0]
    return credit, credit


ORACLES = {"change": _change, "quote": _quoted, "quote_cancellation": _cancelled}
"""Right answers where the floor gives the first of them alone: a bare proration, of which everything else is a multiple."""
