"""Whatever is handed in, what is wrong about it is said in one of our errors."""

from datetime import date

import pytest

from billingcore.errors import InvalidTypeError
from billingcore.money import Money
from billingcore.presets import PRESETS, compare
from billingcore.proration import (
    Change,
    DirectionalPolicy,
    DirectionBy,
    direction_of,
    fold_changes,
    monthly_equivalent,
    prorate_change,
    trace_credit,
)
from samples import LARGE, SMALL, billed

POLICY = PRESETS["polar"].policy
BOTH = DirectionalPolicy.of(POLICY)
CHANGE, LINES = Change.to(date(2026, 1, 24), LARGE), [billed(SMALL)]
BY = DirectionBy.MONTHLY_EQUIVALENT


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: prorate_change(BOTH, "x", LINES), "change"),
        (lambda: BOTH.choose(None, LINES), "change"),
        (lambda: BOTH.direction(CHANGE, ["x"]), "billed"),
        (lambda: compare("x", {"a": BOTH}, LINES), "change"),
        (lambda: prorate_change(BOTH, CHANGE, "abc"), "billed"),
        (lambda: prorate_change(POLICY, CHANGE, "abc"), "billed"),
        (lambda: prorate_change(POLICY, CHANGE, None), "billed"),
        (lambda: prorate_change(POLICY, CHANGE, LINES[0]), "billed"),
        (lambda: prorate_change("x", CHANGE, LINES), "policy"),
        (lambda: prorate_change(POLICY, CHANGE, (1,)), "billed"),
        (lambda: fold_changes(POLICY, None, None), "changes"),
        (lambda: fold_changes(POLICY, None, [CHANGE]), "billed"),
        (lambda: fold_changes(POLICY, LINES, ["x"]), "changes"),
        (lambda: trace_credit(None, Money.of("1.00", "EUR")), "billed"),
        (lambda: trace_credit([1], Money.of("1.00", "EUR")), "billed"),
        (lambda: monthly_equivalent("x", 1), "plan"),
        (lambda: direction_of(None, (LARGE, 1), BY), "old"),
        (lambda: direction_of((SMALL, 1), (LARGE,), BY), "new"),
        (lambda: direction_of((SMALL, 1), (LARGE, "1"), BY), "quantity"),
        (lambda: direction_of((SMALL, 1), (LARGE, 1), DirectionBy.RANK, None), "ranks"),
    ],
)
def test_a_wrong_type_is_named_with_its_remedy(call, field):
    with pytest.raises(InvalidTypeError, match=f"^{field} "):
        call()
