"""Ageing: every open cent stands in exactly one bucket."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.collections import USUAL_BOUNDS, Ageing, Receivable, age_receivables
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import Invoice, ItemLine
from billingcore.money import Money, total
from billingcore.parties import Buyer, Seller
from billingcore.places import Address
from samples import UNTAXED

SELLER, BUYER = Seller("Rescue Ireland", Address("IE")), Buyer("Swiss", Address("CH"))
ISSUED = date(2026, 1, 1)


def invoice(number, minor, prepaid=None):
    line = ItemLine("seat", 1, Money(minor, "EUR"), UNTAXED)
    return Invoice(number, ISSUED, SELLER, BUYER, (line,), prepaid=None if prepaid is None else Money(prepaid, "EUR"))


def receivable(number, minor, due_on, disputed=None):
    return Receivable(invoice(number, minor), due_on, disputed)


DUE = date(2026, 1, 31)
ROWS = [  # days after the due date, bucket
    (-30, "not late"),
    (0, "not late"),
    (1, "1 to 30 days late"),
    (30, "1 to 30 days late"),
    (31, "31 to 60 days late"),
    (60, "31 to 60 days late"),
    (61, "61 to 90 days late"),
    (90, "61 to 90 days late"),
    (91, "over 90 days late"),
    (4000, "over 90 days late"),
]


@pytest.mark.parametrize(("late", "label"), ROWS)
def test_the_edges_of_the_buckets(late, label):
    ageing = age_receivables([receivable("1", 3000, DUE)], DUE + timedelta(late), "EUR")
    assert [bucket.label for bucket in ageing.buckets if bucket.amount] == [label]


def test_an_ageing_explains_its_buckets():
    paid = invoice("4", 700, 700)
    part = invoice("3", 1000, 400)
    items = [
        receivable("1", 3000, date(2026, 3, 1)),
        receivable("2", 500, date(2026, 2, 20)),
        Receivable(part, date(2026, 1, 10)),
        Receivable(paid, date(2026, 1, 10)),
    ]
    ageing = age_receivables(items, date(2026, 2, 25), "EUR", (30,))
    assert ageing.explain().split("\n") == [
        "open on 2026-02-25",
        "  not late: 30.00 EUR (1)",
        "  1 to 30 days late: 5.00 EUR (2)",  # 25 February is 5 days after the 20th
        "  over 30 days late: 6.00 EUR (3)",  # 10.00 - 4.00 paid, 46 days late; the paid one is nowhere
        "  total: 41.00 EUR",
    ]


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 400), st.integers(0, 10**6)), max_size=12),
    st.integers(0, 500),
    st.lists(st.integers(1, 200), min_size=1, max_size=5, unique=True).map(lambda days: tuple(sorted(days))),
)
def test_buckets_partition_the_open_balance(rows, day, bounds):
    items = []
    for at, (minor, due, paid) in enumerate(rows):
        items.append(Receivable(invoice(str(at), minor, min(paid, minor)), ISSUED + timedelta(due)))
    ageing = age_receivables(items, ISSUED + timedelta(day), "EUR", bounds)
    assert ageing.total == total((item.open for item in items), "EUR")
    seen = [number for bucket in ageing.buckets for number in bucket.numbers]
    assert sorted(seen) == sorted(item.invoice.number for item in items if item.open)
    assert age_receivables(items[::-1], ISSUED + timedelta(day), "EUR", bounds).total == ageing.total


def test_nothing_open_has_a_total():
    ageing = age_receivables([], DUE, "EUR")
    assert isinstance(ageing, Ageing)
    assert ageing.total == Money.zero("EUR")
    assert len(ageing.buckets) == len(USUAL_BOUNDS) + 2


def test_what_is_contested_is_open():
    item = receivable("1", 3000, DUE, Money(1000, "EUR"))
    assert (item.open, item.undisputed) == (Money(3000, "EUR"), Money(2000, "EUR"))
    assert receivable("1", 3000, DUE).undisputed == Money(3000, "EUR")


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Receivable("1", DUE), InvalidTypeError),
        (lambda: receivable("1", 1, "2026-01-31"), InvalidTypeError),
        (lambda: receivable("1", 1, date(2025, 12, 31)), InvalidValueError),
        (lambda: receivable("1", 1, DUE, 1), InvalidTypeError),
        (lambda: receivable("1", 1, DUE, Money(1, "USD")), CurrencyMismatchError),
        (lambda: receivable("1", 1, DUE, Money(2, "EUR")), InvalidValueError),
        (lambda: receivable("1", 1, DUE, Money(-1, "EUR")), InvalidValueError),
        (lambda: age_receivables([1], DUE, "EUR"), InvalidTypeError),
        (lambda: age_receivables([receivable("1", 1, DUE)], DUE, "USD"), CurrencyMismatchError),
        (lambda: age_receivables([], DUE, "EUR", [30]), InvalidTypeError),
        (lambda: age_receivables([], DUE, "EUR", (30.0,)), InvalidTypeError),
        (lambda: age_receivables([], DUE, "EUR", (30, 30)), InvalidValueError),
        (lambda: age_receivables([], DUE, "EUR", (0,)), InvalidValueError),
        (lambda: age_receivables([], None, "EUR"), InvalidTypeError),
    ],
)
def test_bad_input_is_refused(make, error):
    with pytest.raises(error):
        make()
