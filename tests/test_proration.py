"""The face of proration: the names it has, and what it says of arguments that are wrong."""

from datetime import date

import pytest
from billingcore.presets import PRESETS, compare

from billingcore import proration
from billingcore.errors import InvalidTypeError
from billingcore.money import Money
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
from samples import LARGE, POLAR, SMALL, TWENTIETH, billed

BOTH = DirectionalPolicy.of(POLAR)
CHANGE, LINES = Change.to(date(2026, 1, 24), LARGE), [billed(SMALL)]
BY = DirectionBy.MONTHLY_EQUIVALENT


def test_the_face_names_what_it_has():
    assert set(dir(proration)) == set(proration.__all__)
    assert all(hasattr(proration, name) for name in proration.__all__)
    with pytest.raises(AttributeError, match="no attribute 'prorata'"):
        _ = proration.prorata


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: prorate_change(BOTH, "x", LINES), "change"),
        (lambda: BOTH.choose(None, LINES), "change"),
        (lambda: BOTH.direction(CHANGE, ["x"]), "billed"),
        (lambda: compare("x", {"a": BOTH}, LINES), "change"),
        (lambda: prorate_change(BOTH, CHANGE, "abc"), "billed"),
        (lambda: prorate_change(POLAR, CHANGE, "abc"), "billed"),
        (lambda: prorate_change(POLAR, CHANGE, None), "billed"),
        (lambda: prorate_change(POLAR, CHANGE, LINES[0]), "billed"),
        (lambda: prorate_change("x", CHANGE, LINES), "policy"),
        (lambda: prorate_change(POLAR, CHANGE, (1,)), "billed"),
        (lambda: fold_changes(POLAR, None, None), "changes"),
        (lambda: fold_changes(POLAR, None, [CHANGE]), "billed"),
        (lambda: fold_changes(POLAR, LINES, ["x"]), "changes"),
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


def test_what_is_not_a_policy_or_not_a_list_of_lines_is_refused():
    with pytest.raises(InvalidTypeError, match="a ProrationPolicy, or None"):
        PRESETS["polar"].policy.differences("x")
    with pytest.raises(InvalidTypeError, match="a list or a tuple of BilledPeriod"):
        compare(Change.to(TWENTIETH, LARGE), {"polar": PRESETS["polar"].policy}, None)
