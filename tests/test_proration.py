"""The face of proration: the names it has, and what it says of arguments that are wrong."""

from datetime import date

import pytest

from billingcore import proration
from billingcore.errors import InvalidTypeError
from billingcore.proration import (
    Change,
    DirectionBy,
    PlanOrder,
    ProrationPolicy,
    Rulebook,
    fold_changes,
    monthly_equivalent,
    prorate_change,
)
from samples import LARGE, POLAR, SMALL, billed

BOTH = Rulebook.of("ours", POLAR)
CHANGE, LINES = Change.to(date(2026, 1, 24), LARGE), [billed(SMALL)]


def test_the_face_names_what_it_has():
    assert set(dir(proration)) == set(proration.__all__)
    assert all(hasattr(proration, name) for name in proration.__all__)
    with pytest.raises(AttributeError, match="no attribute 'prorata'"):
        _ = proration.prorata


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: prorate_change(BOTH, "x", LINES), "change"),
        (lambda: BOTH.rule_for(None, LINES), "change"),
        (lambda: BOTH.happening(CHANGE, ["x"]), "billed"),
        (lambda: prorate_change(BOTH, CHANGE, "abc"), "billed"),
        (lambda: prorate_change(POLAR, CHANGE, "abc"), "billed"),
        (lambda: prorate_change(POLAR, CHANGE, None), "billed"),
        (lambda: prorate_change(POLAR, CHANGE, LINES[0]), "billed"),
        (lambda: prorate_change("x", CHANGE, LINES), "rules"),
        (lambda: prorate_change(POLAR, CHANGE, (1,)), "billed"),
        (lambda: prorate_change(POLAR, CHANGE, LINES, purchased_on="2026-01-10"), "purchased_on"),
        (lambda: prorate_change(POLAR, CHANGE, LINES, paid=1), "paid"),
        (lambda: fold_changes("x", LINES, [CHANGE]), "rules"),
        (lambda: fold_changes(POLAR, LINES, None), "changes"),
        (lambda: fold_changes(POLAR, None, [CHANGE]), "billed"),
        (lambda: fold_changes(POLAR, LINES, ["x"]), "changes"),
        (lambda: monthly_equivalent("x", 1), "plan"),
        (lambda: PlanOrder().leads_up(None, (LARGE, 1)), "old"),
        (lambda: PlanOrder().leads_up((SMALL, 1), (LARGE,)), "new"),
        (lambda: PlanOrder().leads_up((SMALL, 1), (LARGE, "1")), "quantity"),
        (lambda: PlanOrder(DirectionBy.RANK, None), "ranks"),
        (lambda: POLAR.differences("x"), "base"),
    ],
)
def test_a_wrong_type_is_named_with_its_remedy(call, field):
    with pytest.raises(InvalidTypeError, match=f"^{field} "):
        call()


def test_what_is_not_a_policy_or_not_a_list_of_lines_is_refused():
    with pytest.raises(InvalidTypeError, match="a ProrationPolicy, or None"):
        ProrationPolicy().differences("x")
    with pytest.raises(InvalidTypeError, match="a collection of BilledPeriod values"):
        fold_changes(POLAR, 5, [CHANGE])
