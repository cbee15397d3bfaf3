"""Quotes for cancellations: what goes back, and on which day the service ends."""

from datetime import date

import pytest

from billingcore.changes import OutcomeKind, quote_cancellation, quote_renewal
from billingcore.cycles import ANNUAL
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.proration import Settlement
from billingcore.records import from_record, to_record
from billingcore.vendors import rulebook
from samples import (
    ESTONIAN,
    FRENCH,
    LARGE,
    MID_APRIL,
    PAID_IN_APRIL,
    POLICIES,
    TWENTIETH,
    TWENTY_FOURTH,
    bought,
    changed,
    ended,
    flat,
    money,
    policy,
    started,
    started_in_april,
    with_credit,
)


def test_a_cancellation_gives_back_by_policy():
    quote = ended(FRENCH, started_in_april(), MID_APRIL, POLICIES["chargebee"], number="C-1")
    assert (quote.document.net, quote.document.total, quote.credit_left, quote.to_refund) == (
        money("15.00"),
        money("18.00"),
        money("18.00"),
        money("0.00"),
    )
    assert quote.subscription.ended_on == MID_APRIL
    assert quote.subscription.subscription.billed[-1].remaining == money("15.00")
    assert "no service from 2026-04-16" in quote.explain()
    assert from_record(to_record(quote)) == quote
    refund = ended(PAID_IN_APRIL, started_in_april(), MID_APRIL, policy("chargebee", settlement=Settlement.REFUND))
    assert (refund.credit_left, refund.to_refund) == (money("18.00"), money("18.00"))  # credit until it is paid back
    lost = ended(FRENCH, started_in_april(), MID_APRIL, policy("chargebee", settlement=Settlement.FORFEIT))
    none = ended(FRENCH, started_in_april(), MID_APRIL, POLICIES["none"])
    waits = ended(FRENCH, started_in_april(), MID_APRIL, POLICIES["google_deferred"])
    assert lost.document is none.document is waits.document is None
    assert none.explain().startswith("nothing is billed or given back")
    assert (waits.subscription.status, waits.subscription.ends_on) == ("ending", date(2026, 5, 1))
    assert waits.outcomes[0].outcome is OutcomeKind.SCHEDULED
    rich = with_credit(FRENCH, "5.00")
    assert ended(rich, started_in_april(), MID_APRIL, rulebook("lago")).credit_left == money(
        "21.80"
    )  # 5.00, and 14.00 with its tax


def test_a_cancellation_keeps_the_tax_decision_of_what_was_billed():
    before = bought(ESTONIAN, flat("1200.00", cadence=ANNUAL), 1, date(2025, 1, 1)).subscription
    quote = ended(ESTONIAN, before, date(2025, 7, 2), POLICIES["chargebee"])
    assert (quote.document.net, quote.document.tax) == (money("601.64"), money("132.36"))  # 183/365, and 22 % of it


def test_a_cancellation_refuses_what_it_cannot_be_asked():
    rule = POLICIES["polar"]
    for arguments in (
        (None, started_in_april(), MID_APRIL, rule),
        (FRENCH, None, MID_APRIL, rule),
        (FRENCH, started_in_april(), MID_APRIL, None),
        (FRENCH, started_in_april(), None, rule),
    ):
        with pytest.raises(InvalidTypeError):
            quote_cancellation(*arguments)
    with pytest.raises(InvalidValueError):
        quote_cancellation(FRENCH, started_in_april(), date(2026, 5, 1), rule)


@pytest.mark.parametrize(
    ("rule", "day", "ends", "net"),
    [
        (rulebook("lago"), TWENTY_FOURTH, date(2026, 1, 25), "15.48"),  # 30.00 × 16/31: the 24th stays paid
        (rulebook("lago"), date(2026, 2, 9), date(2026, 2, 10), None),  # 30.00 × 0/31
        (
            POLICIES["chargebee"],
            TWENTY_FOURTH,
            TWENTY_FOURTH,
            "16.45",
        ),  # 30.00 × 17/31: the 24th is given back
        (POLICIES["none"], TWENTY_FOURTH, TWENTY_FOURTH, None),  # it ends at once, and nothing goes back
    ],
)
def test_service_ends_where_the_credit_starts(rule, day, ends, net):
    quote = ended(FRENCH, started(), day, rule)
    assert quote.subscription.ended_on == ends
    assert (quote.document and quote.document.net) == (net and money(net))
    assert quote.subscription.subscription.billed[-1].served_until == ends
    assert f"no service from {ends}" in quote.explain()


def test_service_runs_to_the_end_of_what_is_paid_where_the_rule_waits():
    """It is cancelled on the 24th; the last bill date, 10 February, bills nothing and ends it."""
    quote = ended(FRENCH, started(), TWENTY_FOURTH, POLICIES["google_deferred"])
    assert (quote.documents, quote.subscription.ends_on, quote.next_bill_on) == ((), date(2026, 2, 10), None)
    assert quote.subscription.billed[-1].served_until == date(2026, 2, 10)
    assert "ends on 2026-02-10" in quote.explain()
    last = quote_renewal(FRENCH, quote.subscription, on=date(2026, 2, 10))
    assert (last.documents, last.subscription.ended_on) == ((), date(2026, 2, 10))
    assert "no service from 2026-02-10" in last.explain()


def test_a_cancellation_on_the_day_of_a_change_keeps_that_day():
    """The day belongs to the old plan and stays paid; what the change charged goes back in full."""
    rule = POLICIES["braintree"]
    larger = changed(FRENCH, started(), LARGE, 1, TWENTIETH, rule).subscription
    quote = ended(FRENCH, larger, TWENTIETH, rule)
    assert quote.document.net == money("32.25")  # 19.35 + 12.90: the 20 days from the 21st
    assert quote.subscription.ended_on == date(2026, 1, 21)
