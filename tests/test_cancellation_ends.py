"""A cancellation ends the service where its credit starts, and at the end of what is paid where it waits for that."""

from datetime import date

import pytest

from billingcore.changes import quote_cancellation
from billingcore.presets import DIRECTIONAL_PRESETS, PRESETS
from samples import FRENCH, money, started

START, DAY = date(2026, 1, 10), date(2026, 1, 24)


@pytest.mark.parametrize(
    ("rule", "day", "ends", "net"),
    [
        (PRESETS["store_deferred"].policy, DAY, date(2026, 2, 10), None),  # what is paid runs to its end
        (DIRECTIONAL_PRESETS["lago"], DAY, date(2026, 1, 25), "15.48"),  # 30.00 × 16/31: the 24th stays paid
        (DIRECTIONAL_PRESETS["lago"], date(2026, 2, 9), date(2026, 2, 10), None),  # 30.00 × 0/31
        (PRESETS["chargebee_day"].policy, DAY, DAY, "16.45"),  # 30.00 × 17/31: the 24th is given back
        (PRESETS["none"].policy, DAY, DAY, None),  # it ends at once, and nothing goes back
    ],
)
def test_service_ends_where_the_credit_starts(rule, day, ends, net):
    quote = quote_cancellation(FRENCH, started(), day, rule)
    assert quote.subscription.ended_on == ends
    assert (quote.document and quote.document.net) == (net and money(net))
    assert quote.subscription.subscription.current.served_until == ends
    assert f"no service from {ends}" in quote.explain()
