"""Profiles: a vendor's choices and facts put together. The first one is the reference vendor's."""

from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_fields, check_set, check_words
from billingcore._choices import Choice
from billingcore._doors import own_door
from billingcore.collections import ARContact, ARDirectory
from billingcore.deadlines import DaysAfter, DaysBefore, Deadline
from billingcore.disputes import DisputePolicy
from billingcore.errors import shown_in_order
from billingcore.payments import PaymentMethod, PaymentRules
from billingcore.proration import Rulebook
from billingcore.vendors import rulebook

__all__ = ["GOTO_RESCUE", "Profile", "Role", "ServiceRestoration"]


class Role(Choice):
    """Who somebody is within a customer's account."""

    MASTER_ACCOUNT_HOLDER = "master_account_holder"
    """Who holds the account."""
    ADMINISTRATOR = "administrator"
    """Who administers it."""
    TECHNICIAN = "technician"
    """Who works with it."""


class ServiceRestoration(Choice):
    """How a customer whose service was turned off for non-payment gets it back."""

    PAY_ONLINE = "pay_online"
    """Pay the open invoice online."""
    CONTACT_ACCOUNTS_RECEIVABLE = "contact_accounts_receivable"
    """Contact accounts receivable of the billing country."""


_MAX_SOURCE: Final = 500


@attrs.frozen
class Profile:
    """A vendor: what it does on a change, how long an invoice can be disputed, how it is paid, whom to contact.

    Args:
        name: the product.
        source: the published text.
        published_on: the day of that text.
        rules: what a change in mid-period credits and charges, by what happens.
        disputes: the window of a dispute, and the time to pay after it.
        payments: the payment methods.
        accounts_receivable: whom to contact, by country.
        billing_managers: who may manage billing and subscriptions.
        renewal_changers: who may change the auto-renewal; nobody among the roles where only support does.
        non_renewal: until when non-renewal must be told, counted back from the first day after the term.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: no name, no source.
    """

    name: str
    source: str
    published_on: date
    rules: Rulebook
    disputes: DisputePolicy
    payments: PaymentRules
    accounts_receivable: ARDirectory
    billing_managers: frozenset[Role] = attrs.field(repr=shown_in_order)
    renewal_changers: frozenset[Role] = attrs.field(repr=shown_in_order)
    non_renewal: DaysBefore

    def __attrs_post_init__(self) -> None:
        check_words("name", self.name)
        check_words("source", self.source, _MAX_SOURCE)
        check_date("published_on", self.published_on)
        check_fields(
            self, rules=Rulebook, disputes=DisputePolicy, payments=PaymentRules,
            accounts_receivable=ARDirectory, non_renewal=DaysBefore,
        )  # fmt: skip
        check_set("billing_managers", self.billing_managers, Role)
        check_set("renewal_changers", self.renewal_changers, Role)

    def non_renewal_deadline(self, term_end: date) -> Deadline:
        """Return until when non-renewal must be told.

        Args:
            term_end: the first day after the term, on which it would renew.

        Source: LogMeIn and GoTo Terms of Service of 2020-08-21, section 3.1 (30 days).

        >>> print(GOTO_RESCUE.non_renewal_deadline(date(2027, 1, 1)).last_on)
        2026-12-02
        """
        return self.non_renewal.deadline(term_end)

    def may_manage_billing(self, role: Role) -> bool:
        """Say whether somebody may manage billing and subscriptions.

        >>> GOTO_RESCUE.may_manage_billing(Role.MASTER_ACCOUNT_HOLDER), GOTO_RESCUE.may_manage_billing(Role.ADMINISTRATOR)
        (True, False)
        """
        check("role", role, Role)
        return role in self.billing_managers

    def may_change_renewal(self, role: Role) -> bool:
        """Say whether somebody may switch auto-renewal; with the reference vendor only its support does."""
        check("role", role, Role)
        return role in self.renewal_changers

    def restoration(self, method: PaymentMethod, *, has_contract: bool) -> ServiceRestoration:
        """Say how service comes back after non-payment.

        Whoever pays by a method on file pays online; contract accounts, and those
        who pay by wire or check, contact accounts receivable.

        Args:
            method: how the customer pays.
            has_contract: whether the account is a contract account.

        >>> GOTO_RESCUE.restoration(PaymentMethod.VISA, has_contract=False)
        <ServiceRestoration.PAY_ONLINE: 'pay_online'>
        """
        check("has_contract", has_contract, bool)
        needs_sales = self.payments.needs_sales(method)
        if has_contract or needs_sales:
            return ServiceRestoration.CONTACT_ACCOUNTS_RECEIVABLE
        return ServiceRestoration.PAY_ONLINE


_GUIDE: Final = "LogMeIn Rescue Billing User Guide, last updated 2023-12-21"

GOTO_RESCUE: Final = Profile(
    name="LogMeIn Rescue",
    source=f"{_GUIDE}; LogMeIn and GoTo Terms of Service of 2020-08-21, sections 2.4 and 3.1",
    published_on=date(2023, 12, 21),
    # The guide says that the prorated remaining credit goes towards the new subscription price. It states neither the
    # clock nor whether the cycle starts again: whole days and a new cycle are our documented choice.
    rules=rulebook("goto"),
    # 15 days from the day of issue; whether day 15 counts is not said: we read it as counting.
    disputes=DisputePolicy(window=DaysAfter(15), payment=DaysAfter(15)),
    payments=PaymentRules(
        self_service=frozenset(
            {
                PaymentMethod.VISA,
                PaymentMethod.MASTERCARD,
                PaymentMethod.AMERICAN_EXPRESS,
                PaymentMethod.DISCOVER,
                PaymentMethod.PAYPAL,
            }
        ),
        through_sales=frozenset({PaymentMethod.WIRE, PaymentMethod.CHECK}),
        recurring=frozenset(
            {
                PaymentMethod.VISA,
                PaymentMethod.MASTERCARD,
                PaymentMethod.AMERICAN_EXPRESS,
                PaymentMethod.DISCOVER,
                PaymentMethod.PAYPAL,
            }
        ),
        on_file_most=1,
    ),
    accounts_receivable=ARDirectory(
        contacts=(
            ("AU", ARContact("Australia", "ar-aus@goto.com", "+ 1 800 289 406")),
            ("CA", ARContact("Canada", "ar-us@goto.com", "+1 866 956 4634")),
            ("FR", ARContact("France", "ar-ie@goto.com", "+33 0 800 918 519")),
            ("DE", ARContact("Germany", "ar-ie@goto.com", "+ 49 800 181 1942")),
            ("ES", ARContact("Spain", "ar-ie@goto.com", "+34 900 816 440")),
            ("GB", ARContact("United Kingdom", "ar-uk@goto.com", "+44 800 031 4765")),
            ("US", ARContact("United States", "ar-us@goto.com", "+1 866 956 4634")),
        ),
        rest_of_world=ARContact("Rest of the world", "ar-ie@goto.com", "+1 866 956 4634"),
        source=_GUIDE,
    ),
    billing_managers=frozenset({Role.MASTER_ACCOUNT_HOLDER}),
    renewal_changers=frozenset(),
    non_renewal=DaysBefore(30),
)
"""LogMeIn Rescue (GoTo), from its published billing guide and terms; where the guide is silent the comment says what we chose."""


own_door(__name__)
