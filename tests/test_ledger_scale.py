"""A ledger of ten thousand entries: what is asked, taken and closed is linear, and one more entry checks its own kin alone.

Work is counted in calls, which are the same on every machine; `benchmarks/ledgers.py` measures the time.
"""

import sys
from datetime import date, timedelta

import pytest

from billingcore.ledger import (
    Applied,
    Contested,
    Credited,
    Issued,
    Ledger,
    Received,
    Refunded,
    Reversed,
)
from billingcore.ledger._book import _BOOKED
from billingcore.money import Money

OPENED, ASKED = date(2026, 1, 1), date(2027, 12, 31)
HANDLERS = {handler.__code__ for handler in _BOOKED.values()}


def day(at):
    return OPENED + timedelta(at % 600)


def euros(minor):
    return Money(minor, "EUR")


def apart(size):
    """Five entries for each of many invoices that have nothing to do with each other."""
    entries = []
    for at in range(size // 5):
        number = f"{at:05}"
        entries += [
            Issued(number, day(at), euros(10_000)),
            Received(f"p{number}", day(at) + timedelta(9), euros(9_000), number),
            Credited(f"c{number}", day(at) + timedelta(10), euros(500), number),
            Reversed(f"b{number}", day(at) + timedelta(14), euros(100), f"p{number}"),
            Contested(f"d{number}", day(at) + timedelta(3), number),
        ]
    return entries


def chained(size):
    """Payments that each pay the rest of one invoice and a part of the next: all of it hangs together."""
    entries = [Issued(f"{at:05}", OPENED, euros(10_000)) for at in range(size // 2 + 1)]
    return entries + [
        Received(f"p{at:05}", day(1), euros(10_000), {f"{at:05}": euros(6_000), f"{at + 1:05}": euros(4_000)})
        for at in range(size // 2)
    ]


def one_source(size):
    """One payment that is applied over and over."""
    entries = [Received("p", OPENED, euros(10**9)), Issued("1", OPENED, euros(10**9))]
    return entries + [Applied(f"a{at:05}", day(at), euros(1), "p", "1") for at in range(size - 2)]


def counted(function, codes=None):
    """Count the calls that a call makes, of functions in Python and in C, or of some functions alone."""
    found = 0

    def count(frame, event, _argument):
        nonlocal found
        if codes is None:
            found += event in {"call", "c_call"}
        else:
            found += event == "call" and frame.f_code in codes

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(before)
    return found


def ledger(entries):
    return Ledger.opened("EUR", OPENED).with_entries(*entries)


SHAPES = {"apart": apart, "chained": chained, "one source": one_source}
LEDGERS = {(name, size): ledger(shape(size)) for name, shape in SHAPES.items() for size in (1_000, 10_000)}
ASKS = {
    "position": lambda those: those.position(ASKED),
    "explanation": lambda those: those.position(ASKED).explain(),
    "open": lambda those: those.open_on(ASKED),
    "balance": lambda those: those.balance_on(ASKED),
    "balance as it was known": lambda those: those.balance_on(ASKED, known_on=ASKED),
    "handing all of it in": lambda those: ledger(those.entries),
    "handing all of it in again": lambda those: those.with_entries(*those.entries),
    "closing": lambda those: those.closed_before(ASKED, chargeback_days=0),
}


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("shape", SHAPES)
def test_each_question_is_linear_in_the_entries(shape, ask):
    small, large = (counted(lambda size=size: ASKS[ask](LEDGERS[shape, size])) for size in (1_000, 10_000))
    assert large <= 11 * small


@pytest.mark.parametrize(
    ("entry", "checked"),
    [
        (Issued("new", ASKED, euros(1)), 1),
        (Received("new", ASKED, euros(1), "00007"), 6),  # with the five entries of that invoice
        (Reversed("new", ASKED, euros(1), "p00007"), 6),
        (Credited("new", OPENED + timedelta(7), euros(1), "00007", apart=True), 6),  # late
        (Refunded("new", ASKED, euros(1), "p00007", "00007"), 6),
        (Received("new", ASKED, euros(2), ["00007", "00008"]), 11),  # they hang together by it
    ],
)
def test_one_more_entry_checks_what_it_hangs_together_with_alone(entry, checked):
    those = LEDGERS["apart", 10_000]
    assert counted(lambda: those.with_entries(entry), HANDLERS) == checked


def test_entries_that_were_recorded_late_are_checked_as_known_within_their_kin():
    """Each invoice with a payment that was recorded a day late: two views of two entries, however many there are."""
    entries = []
    for at in range(1_000):
        paid_on = day(at)
        entries += [
            Issued(f"{at:05}", day(at), euros(10)),
            Received(f"p{at:05}", paid_on, euros(10), f"{at:05}", recorded_on=paid_on + timedelta(1)),
        ]
    assert counted(lambda: ledger(entries), HANDLERS) == 1_000 * (2 + 1)  # all of it, and what was known the day before
