"""Changes that wait: a cancelled trial, and a contract whose old plan renews before it ends."""

from datetime import date

import pytest

from billingcore.cycles import ANNUAL, Trial
from billingcore.errors import InvalidValueError
from billingcore.presets import PRESETS
from billingcore.proration import Change, Effective, prorate_change
from samples import LARGE, SMALL, YEAR, billed, flat, money, policy

DAY = date(2026, 1, 24)
TERM = policy("store_deferred", timing={"effective": Effective.TERM_END})
TRIAL = Trial(date(2026, 1, 10), DAY)


def test_a_cancelled_trial_leaves_nothing_to_credit_or_bill():
    day = date(2026, 1, 15)
    result = prorate_change(PRESETS["polar"].policy, Change.cancel(day), trial=TRIAL)
    assert (result.credit_minor, result.charge_minor, result.next_bill, result.lines) == (0, 0, None, ())
    assert result.billed_after == ()
    assert "nothing to credit or charge; nothing is billed" in result.explain()
    with pytest.raises(InvalidValueError, match="price_now"):
        _ = result.credit  # no plan is known, so no currency
    named = prorate_change(
        PRESETS["polar"].policy, Change(day, None, 1, Change.cancel(day).kind, price_now=SMALL), trial=TRIAL
    )
    assert (named.credit, named.next_invoice) == (money("0.00"), money("0.00"))


@pytest.mark.parametrize(
    ("change", "line", "end", "day", "invoice"),
    [
        (Change.to(DAY, LARGE), billed(SMALL), date(2026, 12, 10), date(2026, 2, 10), "30.00"),
        (Change.to(DAY, LARGE), billed(SMALL, discount=money("5.00")), date(2026, 12, 10), date(2026, 2, 10), "25.00"),
        (Change.cancel(DAY), billed(SMALL), date(2026, 12, 10), date(2026, 2, 10), "30.00"),
        (Change.to(DAY, LARGE), billed(SMALL), date(2026, 2, 10), date(2026, 2, 10), "50.00"),
        (Change.cancel(DAY), billed(SMALL), date(2026, 2, 10), None, "0.00"),
        (Change.to(DAY, LARGE), billed(flat("300.00", "Year", ANNUAL), YEAR), YEAR.end, YEAR.end, "50.00"),
    ],
)
def test_the_old_plan_renews_until_the_contract_ends(change, line, end, day, invoice):
    result = prorate_change(TERM, change, [line], term_end=end)
    assert (result.effective_at, result.next_bill_on, result.next_invoice) == (end, day, money(invoice))
