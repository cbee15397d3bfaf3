"""What is lost of a credit stands on the document with the policy field that lost it."""

from datetime import date

from billingcore.changes import quote_change, quote_start
from billingcore.proration import Leftover
from samples import FRENCH, flat, money, policy


def test_the_document_names_the_field_that_lost_the_credit():
    """50.00 × 17/31 = 27.419… is credited, 30.00 × 17/31 = 16.451… is charged: 10.97 is lost."""
    small, large = (flat(price, name) for price, name in (("30.00", "Small"), ("50.00", "Large")))
    running = quote_start(FRENCH, large, 1, date(2026, 1, 10)).subscription
    rule = policy("chargebee_day", timing={"leftover": Leftover.FORFEIT})
    quote = quote_change(FRENCH, running, small, 1, date(2026, 1, 24), rule)
    assert quote.document.total == money("0.00")
    assert "27.41935… → 27.42 half up, adjusted by -10.97 = 16.45 (sides.credit, timing.leftover)" in quote.explain()
