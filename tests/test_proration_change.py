"""A change is a value: what it refuses, and its words."""

from datetime import date

import pytest

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.proration import Change, ChangeKind
from samples import SMALL, flat, money

FIRST, DAY = date(2026, 1, 1), date(2026, 2, 15)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((None, SMALL), InvalidTypeError),
        ((FIRST, 1), InvalidTypeError),
        ((FIRST, None), InvalidValueError),
        ((FIRST, SMALL, 0), InvalidValueError),
        ((FIRST, SMALL, 1, ChangeKind.CANCEL), InvalidValueError),
        ((FIRST, SMALL, 1, "replace"), InvalidTypeError),
        ((FIRST, SMALL, 1, ChangeKind.ADD, 1), InvalidTypeError),
        ((FIRST, SMALL, 1, ChangeKind.ADD, None, money("30.01")), InvalidValueError),
        ((FIRST, SMALL, 1, ChangeKind.ADD, None, money("-0.01")), InvalidValueError),
        ((FIRST, SMALL, 1, ChangeKind.ADD, None, money("1.00", "USD")), CurrencyMismatchError),
        ((FIRST, None, 1, ChangeKind.REMOVE, None, money("1.00")), InvalidValueError),
        ((FIRST, SMALL, 1, ChangeKind.ADD, None, None, 1), InvalidTypeError),
        (
            (FIRST, SMALL, 1, ChangeKind.REPLACE, None, None, flat("30.00", currency="USD")),
            CurrencyMismatchError,
        ),
    ],
)
def test_a_change_refuses_what_it_cannot_mean(arguments, error):
    with pytest.raises(error):
        Change(*arguments)


def test_only_what_is_sold_has_a_next_bill_day():
    assert Change.to(DAY, SMALL, next_bill_on=date(2026, 3, 1)).next_bill_on == date(2026, 3, 1)
    with pytest.raises(InvalidValueError, match=r"next_bill_on .*: nothing is sold that could be billed then"):
        Change(DAY, None, kind=ChangeKind.CANCEL, next_bill_on=date(2026, 3, 1))
    with pytest.raises(InvalidTypeError, match="next_bill_on"):
        Change.to(DAY, SMALL, next_bill_on="2026-03-01")


def test_a_change_says_what_is_done_and_when():
    found = [
        each.describe()
        for each in (Change.to(DAY, SMALL), Change.add(DAY, SMALL, 2), Change.remove(DAY), Change.cancel(DAY))
    ]
    assert found == [
        "changed to Small × 1 at 2026-02-15",
        "added Small × 2 at 2026-02-15",
        "removed at 2026-02-15",
        "cancelled at 2026-02-15",
    ]


def test_every_kind_of_end_may_name_todays_price():
    for made in (Change.cancel(DAY, price_now=SMALL), Change.remove(DAY, price_now=SMALL)):
        assert (made.plan, made.price_now) == (None, SMALL)
