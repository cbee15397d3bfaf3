"""A policy that waits for the end of a contract has no document, and every function says so."""

from datetime import date

import pytest

from billingcore.changes import gather_change, quote_cancellation, quote_change, quote_start, schedule_change
from billingcore.errors import InvalidValueError
from billingcore.presets import PRESETS
from billingcore.proration import Effective, ProrationPolicy
from samples import FRENCH, LARGE, SMALL, flat, policy

DAY = date(2026, 1, 24)
AT_THE_END: ProrationPolicy = policy("store_deferred", timing={"effective": Effective.TERM_END})


def test_every_function_refuses_it():
    running = quote_start(FRENCH, SMALL, 1, date(2026, 1, 10)).subscription
    for change in (quote_change, gather_change, schedule_change):
        with pytest.raises(InvalidValueError, match="waits for the end of the contract; in the last period"):
            change(FRENCH, running, LARGE, 1, DAY, AT_THE_END)
    with pytest.raises(InvalidValueError, match="waits for the end of the contract; in the last period"):
        quote_cancellation(FRENCH, running, DAY, AT_THE_END)


def test_a_document_taxes_its_subtotal():
    """9.99 × 28/31 = 9.02322… to 9.03 before tax; 9.03 × 20 % = 1.806."""
    running = quote_start(FRENCH, flat("9.99", "Nine"), 1, date(2026, 1, 10)).subscription
    note = quote_cancellation(FRENCH, running, date(2026, 1, 13), PRESETS["paddle"].policy).document
    assert (str(note.net), str(note.tax)) == ("9.03 EUR", "1.81 EUR")
