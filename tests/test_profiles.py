"""The reference profile says what the guide says; a profile refuses what is none."""

from datetime import date

import attrs
import pytest

from billingcore._kernel import Rounding
from billingcore.deadlines import DaysAfter
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.payments import PaymentMethod
from billingcore.profiles import GOTO_RESCUE, Role, ServiceRestoration
from billingcore.proration import Sale
from samples import JUNK

CARDS = {
    PaymentMethod.VISA,
    PaymentMethod.MASTERCARD,
    PaymentMethod.AMERICAN_EXPRESS,
    PaymentMethod.DISCOVER,
}


def test_what_the_guide_says_of_changes_and_disputes():
    assert {rule.policy.sale for _, rule in GOTO_RESCUE.rules.rules()} == {Sale.RESTART}
    assert GOTO_RESCUE.rules.upgrade.policy.rounding is Rounding.HALF_UP
    disputes = GOTO_RESCUE.disputes
    assert (disputes.window, disputes.payment) == (DaysAfter(15), DaysAfter(15))
    assert GOTO_RESCUE.non_renewal_deadline(date(2027, 1, 1)).last_on == date(2026, 12, 2)  # 30 days before
    assert "2023-12-21" in GOTO_RESCUE.source
    assert GOTO_RESCUE.published_on == date(2023, 12, 21)


def test_what_the_guide_says_of_payment():
    payments = GOTO_RESCUE.payments
    assert payments.self_service == payments.recurring == CARDS | {PaymentMethod.PAYPAL}
    assert payments.through_sales == {PaymentMethod.WIRE, PaymentMethod.CHECK}
    assert payments.on_file_most == 1


@pytest.mark.parametrize("role", Role)
def test_only_the_master_account_holder_manages_billing_and_nobody_but_support_the_renewal(role):
    assert GOTO_RESCUE.may_manage_billing(role) is (role is Role.MASTER_ACCOUNT_HOLDER)
    assert GOTO_RESCUE.may_change_renewal(role) is False


@pytest.mark.parametrize("method", PaymentMethod)
def test_how_service_comes_back(method):
    """Cards and PayPal pay online; contract accounts, wire and check contact accounts receivable."""
    online, contact = ServiceRestoration.PAY_ONLINE, ServiceRestoration.CONTACT_ACCOUNTS_RECEIVABLE
    by_hand = method in {PaymentMethod.WIRE, PaymentMethod.CHECK}
    assert GOTO_RESCUE.restoration(method, has_contract=False) is (contact if by_hand else online)
    assert GOTO_RESCUE.restoration(method, has_contract=True) is contact


@pytest.mark.parametrize("junk", [*JUNK, "master_account_holder"], ids=lambda junk: type(junk).__name__)
def test_questions_need_what_they_ask_about(junk):
    with pytest.raises(InvalidTypeError, match="role must be a Role, such as"):
        GOTO_RESCUE.may_manage_billing(junk)
    with pytest.raises(InvalidTypeError, match="role must be a Role, such as"):
        GOTO_RESCUE.may_change_renewal(junk)
    for has_contract in (True, False):
        with pytest.raises(InvalidTypeError, match="method must be a PaymentMethod"):
            GOTO_RESCUE.restoration(junk, has_contract=has_contract)
    if junk is not True:
        with pytest.raises(InvalidTypeError, match="has_contract must be True or False"):
            GOTO_RESCUE.restoration(PaymentMethod.VISA, has_contract=junk)


@pytest.mark.parametrize(
    ("field", "junk", "expected"),
    [
        ("name", None, "a str"),
        ("source", 1, "a str"),
        ("published_on", "2023-12-21", "a datetime.date"),
        ("rules", None, "a Rulebook"),
        ("disputes", 15, "a DisputePolicy"),
        ("payments", None, "a PaymentRules"),
        ("accounts_receivable", {}, "an ARDirectory"),
        ("billing_managers", {Role.TECHNICIAN}, "a frozenset of Role values"),
        ("renewal_changers", frozenset({"technician"}), "a frozenset of Role values"),
        ("non_renewal", 30, "a DaysBefore"),
    ],
)
def test_each_field_of_a_profile_has_its_type(field, junk, expected):
    with pytest.raises(InvalidTypeError, match=f"{field} must be {expected}"):
        attrs.evolve(GOTO_RESCUE, **{field: junk})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("source", ""),
        ("source", "a\nb"),
    ],
)
def test_a_profile_says_whose_it_is_and_where_it_was_read(field, value):
    with pytest.raises(InvalidValueError, match=field):
        attrs.evolve(GOTO_RESCUE, **{field: value})


def test_another_vendor_is_another_value():
    other = attrs.evolve(GOTO_RESCUE, name="Other", renewal_changers=frozenset({Role.ADMINISTRATOR}))
    assert other.may_change_renewal(Role.ADMINISTRATOR)
    assert other != GOTO_RESCUE
