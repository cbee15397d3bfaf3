"""A change is a value: what it refuses, and its words."""

from datetime import date

import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.proration import Change, ChangeKind
from samples import SMALL, money


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((None, SMALL), InvalidTypeError),
        ((date(2026, 1, 1), 1), InvalidTypeError),
        ((date(2026, 1, 1), None), InvalidValueError),
        ((date(2026, 1, 1), SMALL, 0), InvalidValueError),
        ((date(2026, 1, 1), SMALL, 1, ChangeKind.CANCEL), InvalidValueError),
        ((date(2026, 1, 1), SMALL, 1, "replace"), InvalidTypeError),
        ((date(2026, 1, 1), SMALL, 1, ChangeKind.ADD, 1), InvalidTypeError),
        ((date(2026, 1, 1), SMALL, 1, ChangeKind.ADD, None, money("30.01")), InvalidValueError),
        ((date(2026, 1, 1), None, 1, ChangeKind.REMOVE, None, money("1.00")), InvalidValueError),
        ((date(2026, 1, 1), SMALL, 1, ChangeKind.ADD, None, None, 1), InvalidTypeError),
    ],
)
def test_a_change_refuses_what_it_cannot_mean(arguments, error):
    with pytest.raises(error):
        Change(*arguments)


def test_a_change_says_what_is_done_and_when():
    day = date(2026, 2, 15)
    found = [
        each.describe()
        for each in (Change.to(day, SMALL), Change.add(day, SMALL, 2), Change.remove(day), Change.cancel(day))
    ]
    assert found == [
        "changed to Small × 1 at 2026-02-15",
        "added Small × 2 at 2026-02-15",
        "removed at 2026-02-15",
        "cancelled at 2026-02-15",
    ]
