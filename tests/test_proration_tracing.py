"""A credit that is traced to the billed lines that it came from."""

import pytest

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.proration import TracedCredit, TraceOrder, trace_credit
from samples import SMALL, UNTAXED, VAT_20, billed, flat, money


def test_a_credit_is_traced_to_its_lines():
    lines = [billed(flat("50.00"), ruling=VAT_20), billed(flat("20.00"), given=money("5.00"))]
    newest = trace_credit(lines, money("25.00"))
    assert [(each.credit, each.ruling) for each in newest] == [(money("15.00"), UNTAXED), (money("10.00"), VAT_20)]
    even = trace_credit(lines, money("13.00"), TraceOrder.PRO_RATA)
    assert [each.credit for each in even] == [money("10.00"), money("3.00")]
    assert trace_credit(lines, money("0.00")) == ()
    assert [each.credit for each in trace_credit(lines, money("3.00"))] == [money("3.00")]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (([billed(SMALL)], money("30.01")), InvalidValueError),
        (([billed(SMALL)], money("-0.01")), InvalidValueError),
        (([billed(SMALL)], money("1.00", "USD")), CurrencyMismatchError),
        (([1], money("1.00")), InvalidTypeError),
        (([billed(SMALL)], 1), InvalidTypeError),
        (([billed(SMALL)], money("1.00"), "newest"), InvalidTypeError),
    ],
)
def test_tracing_refuses_more_than_was_billed_and_other_types(arguments, error):
    with pytest.raises(error):
        trace_credit(*arguments)


def test_a_traced_credit_is_checked():
    with pytest.raises(InvalidTypeError, match="billed"):
        TracedCredit(1, money("1.00"))
    for amount in ("30.01", "-0.01"):
        with pytest.raises(InvalidValueError, match="credit"):
            TracedCredit(billed(SMALL), money(amount))
