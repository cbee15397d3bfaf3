"""Payment methods: who may set them up, and what renews."""

import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.payments import PaymentMethod, PaymentRules
from samples import JUNK

CARD, PAYPAL, WIRE = PaymentMethod.VISA, PaymentMethod.PAYPAL, PaymentMethod.WIRE
RULES = PaymentRules(frozenset({CARD}), frozenset({WIRE}), frozenset({CARD}))


@pytest.mark.parametrize(
    ("method", "takes", "needs_sales", "renews"),
    [(CARD, True, False, True), (WIRE, True, True, False), (PAYPAL, False, False, False)],
)
def test_what_the_rules_say_of_a_method(method, takes, needs_sales, renews):
    answers = (RULES.takes(method), RULES.needs_sales(method), RULES.renews_with(method))
    assert answers == (takes, needs_sales, renews)


def test_one_method_is_kept_unless_said_otherwise():
    assert RULES.on_file_most == 1


def test_a_method_is_set_up_in_one_way():
    with pytest.raises(InvalidValueError, match=r"through_sales \['PAYPAL', 'VISA'\]: a method is set up in one way"):
        PaymentRules(frozenset({CARD, PAYPAL}), frozenset({PAYPAL, CARD}), frozenset())


def test_only_a_method_that_is_taken_renews():
    with pytest.raises(InvalidValueError, match=r"recurring \['PAYPAL'\]: only a method that is taken can renew"):
        PaymentRules(frozenset({CARD}), frozenset({WIRE}), frozenset({CARD, PAYPAL}))


def test_a_method_that_sales_set_up_may_renew_too():
    rules = PaymentRules(frozenset({CARD}), frozenset({WIRE}), frozenset({CARD, WIRE}), 1000)
    assert rules.renews_with(WIRE)
    assert rules.on_file_most == 1000


@pytest.mark.parametrize("most", [True, 1.0, "1", None])
def test_methods_are_counted_with_an_int(most):
    with pytest.raises(InvalidTypeError, match="on_file_most must be an int of 1 or more"):
        PaymentRules(frozenset({CARD}), frozenset(), frozenset(), most)


@pytest.mark.parametrize("most", [0, -1, 1001])
def test_how_many_methods_an_account_keeps(most):
    with pytest.raises(InvalidValueError, match="an account keeps 1 to 1000 methods"):
        PaymentRules(frozenset({CARD}), frozenset(), frozenset(), most)


@pytest.mark.parametrize("field", ["self_service", "through_sales", "recurring"])
@pytest.mark.parametrize("junk", [None, {CARD}, (CARD,), [CARD], frozenset({"Visa"}), CARD], ids=repr)
def test_the_groups_are_frozen_sets_of_methods(field, junk):
    groups = {"self_service": frozenset({CARD}), "through_sales": frozenset({WIRE}), "recurring": frozenset()}
    with pytest.raises(InvalidTypeError, match=f"{field} must be a frozenset of PaymentMethod values"):
        PaymentRules(**{**groups, field: junk})


@pytest.mark.parametrize("ask", [RULES.takes, RULES.needs_sales, RULES.renews_with])
@pytest.mark.parametrize("junk", [*JUNK, "Visa"], ids=lambda junk: type(junk).__name__)
def test_a_question_needs_a_method(ask, junk):
    with pytest.raises(InvalidTypeError, match="method must be a PaymentMethod, such as"):
        ask(junk)
