"""Quotes: the full consequence of a start, a renewal or a change, before it is made.

A preview is the invoice: one pure function with an explicit day. What it returns
holds the document, the next state of the subscription, and what is left of the
buyer's credit; commit it or throw it away.
"""

from datetime import date
from enum import Enum

import attrs

from billingcore.billed import BilledPeriod
from billingcore.cycles import Period, Schedule
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.invoices import ChargeLine, CreditLine, CreditNote, Invoice, Line, apply_credit, issue_document
from billingcore.money import Money, Rounding, check_money
from billingcore.parties import Buyer, Seller
from billingcore.plans import Plan
from billingcore.proration import Charge, Credit, Cycle, ProrationPolicy
from billingcore.sourced import check_date
from billingcore.subscriptions import Active, renew_subscription, start_subscription
from billingcore.tax import Ruling, TaxFacts, Undetermined, decide_tax

__all__ = ["Account", "Quote", "Refused", "RefusedReason", "quote_change", "quote_renewal", "quote_start"]


@attrs.frozen
class Account:
    """Who sells to whom, and the credit that the buyer has: what every quote needs to know.

    Args:
        seller: who sells.
        buyer: who buys.
        balance: the buyer's gross credit, or None; it is spent after tax and never taxed again.
        facts: tax facts of the caller's, or None for the library's own.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a negative balance.
    """

    seller: Seller
    buyer: Buyer
    balance: Money | None = None
    facts: TaxFacts | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.seller) is not Seller:
            raise InvalidTypeError("seller", self.seller, "a Seller")
        if type(self.buyer) is not Buyer:
            raise InvalidTypeError("buyer", self.buyer, "a Buyer")
        if self.balance is not None and check_money("balance", self.balance).amount_minor < 0:
            raise InvalidValueError(
                "balance", self.balance, "a balance is 0 or more; what the buyer owes is an invoice"
            )
        if self.facts is not None and type(self.facts) is not TaxFacts:
            raise InvalidTypeError("facts", self.facts, "TaxFacts, or None for the library's own")

    def decide(self, tax_point: date) -> Ruling:
        """Return the tax decision for a sale on a day."""
        return decide_tax(self.seller, self.buyer, tax_point, self.facts)


@attrs.frozen
class Quote:
    """The full consequence of a change, before it is made.

    Args:
        document: the invoice, or the credit note where the credit exceeds the charge.
        subscription: the subscription after it.
        balance_before: the buyer's credit before.
        credit_left: the buyer's credit after; carried to the next document.
    """

    document: Invoice | CreditNote
    subscription: Active
    balance_before: Money
    credit_left: Money

    @property
    def due_now(self) -> Money:
        """What must be paid now; nothing for a credit note."""
        return self.document.due if isinstance(self.document, Invoice) else Money.zero(self.document.currency)

    @property
    def credit_applied(self) -> Money:
        """What of the balance the invoice consumed."""
        spent = self.document.credit_applied if isinstance(self.document, Invoice) else None
        return spent or Money.zero(self.document.currency)

    @property
    def next_bill_on(self) -> date | None:
        """The next renewal date, or None where the subscription will not renew."""
        return self.subscription.renewal_on

    def explain(self) -> str:
        """Return the document and what follows from it, as plain lines."""
        lines = [self.document.explain()]
        if self.balance_before or self.credit_left:
            lines.append(f"  credit before {self.balance_before}, left {self.credit_left}")
        lines.append(f"  next bill on {self.next_bill_on}" if self.next_bill_on else "  does not renew")
        return "\n".join(lines)


class RefusedReason(Enum):
    """Why no quote is possible."""

    TAX_UNDETERMINED = "tax_undetermined"

    __hash__ = object.__hash__


@attrs.frozen
class Refused:
    """No quote: a document must not be made, and why. It is an answer, not an error.

    Args:
        reason: the reason code.
        ruling: the decision that stands in the way.
    """

    reason: RefusedReason
    ruling: Ruling

    def explain(self) -> str:
        """Return the reason in words."""
        return f"no document: tax is {self.ruling.describe()}"


def quote_start(
    account: Account, plan: Plan, quantity: int, start_on: date, *, number: str = "draft", discount: Money | None = None
) -> Quote | Refused:
    """Quote the first paid period: on the purchase date, or on the first day after the trial.

    Args:
        account: seller, buyer, balance.
        plan: what is bought.
        quantity: seats or licences.
        start_on: the first paid day: issue date, tax point and anchor.
        number: the number of the document.
        discount: what is taken off the first period, or None.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a discount above the price.
    """
    ruling = _decide(account, start_on)
    if isinstance(ruling, Undetermined):
        return Refused(RefusedReason.TAX_UNDETERMINED, ruling)
    return _bill_newest(account, start_subscription(plan, quantity, start_on, ruling, discount), start_on, number)


def quote_renewal(
    account: Account, subscription: Active, *, number: str = "draft", discount: Money | None = None
) -> Quote | Refused:
    """Quote the next period, on its renewal date: issue date and tax point.

    Args:
        account: seller, buyer, balance.
        subscription: what renews.
        number: the number of the document.
        discount: what is taken off the period, or None.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a subscription that does not renew.
    """
    if type(subscription) is not Active:
        raise InvalidTypeError("subscription", subscription, "an Active subscription")
    ruling = _decide(account, subscription.paid_until)
    if isinstance(ruling, Undetermined):
        return Refused(RefusedReason.TAX_UNDETERMINED, ruling)
    return _bill_newest(account, renew_subscription(subscription, ruling, discount), subscription.paid_until, number)


def quote_change(
    account: Account,
    subscription: Active,
    plan: Plan,
    quantity: int,
    change_on: date,
    policy: ProrationPolicy,
    *,
    number: str = "draft",
) -> Quote | Refused:
    """Quote a change of plan or quantity in mid-period: what is credited, charged, taxed, due, and when the next bill comes.

    The credit is taken from what was billed and keeps the tax decision of that
    line; the charge is decided on the change day.

    Args:
        account: seller, buyer, balance.
        subscription: what changes.
        plan: the plan from the change day on.
        quantity: the quantity from the change day on.
        change_on: the first day of the new plan; within the newest billed period.
        policy: what the vendor credits and charges, and whether the cycle starts again.
        number: the number of the document.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a plan in another currency.
        InvalidValueError: a day outside the newest billed period; another cadence where the policy keeps the cycle.
    """
    if type(subscription) is not Active:
        raise InvalidTypeError("subscription", subscription, "an Active subscription")
    if type(policy) is not ProrationPolicy:
        raise InvalidTypeError("policy", policy, "a ProrationPolicy, such as GOTO_RESCUE.on_change")
    if type(plan) is not Plan:
        raise InvalidTypeError("plan", plan, "a Plan")
    old = subscription.current
    if not old.serves(check_date("change_on", change_on)):
        raise InvalidValueError("change_on", change_on, f"a change lies within the newest billed period ({old.period})")
    check_money("plan", plan.price.amount, old.net.currency)
    ruling = _decide(account, change_on)
    if isinstance(ruling, Undetermined):
        return Refused(RefusedReason.TAX_UNDETERMINED, ruling)
    schedule, new = _new_period(subscription, plan, quantity, change_on, policy, ruling)
    credit = Money.zero(new.net.currency)
    lines: tuple[Line, ...] = (ChargeLine(new),)
    if policy.credit is Credit.UNUSED:
        credit_line = CreditLine(old, change_on, policy.rounding)
        credit = credit_line.credit
        new = new.with_credit_consumed(min(credit, new.net))
        lines = (ChargeLine(new), credit_line)
    after = Active(
        plan,
        quantity,
        schedule,
        (*subscription.billed[:-1], old.replaced_on(change_on, credit), new),
        subscription.auto_renews,
    )
    return _settle(account, lines, after, change_on, number, policy.rounding)


def _new_period(
    subscription: Active, plan: Plan, quantity: int, change_on: date, policy: ProrationPolicy, ruling: Ruling
) -> tuple[Schedule, BilledPeriod]:
    """Return the schedule from the change on, and the first period of the new plan as it is billed."""
    if policy.cycle is Cycle.RESET:
        schedule = Schedule(change_on, plan.cadence)
        return schedule, BilledPeriod.of_plan(plan, quantity, schedule.period(0), ruling)
    if plan.cadence != subscription.plan.cadence:
        problem = "a plan of another cadence cannot keep the bill dates; use a policy that resets the cycle"
        raise InvalidValueError("plan", plan.cadence.describe(), problem)
    whole = subscription.current.period
    rest = Period(change_on, whole.end, whole.full) if change_on > whole.start else whole
    billed = BilledPeriod.of_plan(plan, quantity, rest, ruling)
    if policy.charge is Charge.REMAINING:
        charge = billed.charge.share(rest.days, rest.full.days, policy.rounding)
        billed = attrs.evolve(billed, charge=charge)
    return subscription.schedule, billed


def _decide(account: Account, tax_point: date) -> Ruling:
    if type(account) is not Account:
        raise InvalidTypeError("account", account, "an Account: seller, buyer and balance")
    return account.decide(check_date("tax_point", tax_point))


def _bill_newest(account: Account, subscription: Active, issued_on: date, number: str) -> Quote:
    return _settle(account, (ChargeLine(subscription.current),), subscription, issued_on, number, Rounding.HALF_UP)


def _settle(
    account: Account, lines: tuple[Line, ...], after: Active, issued_on: date, number: str, rounding: Rounding
) -> Quote:
    """Issue the document and spend the balance on it; below zero it adds to the balance."""
    document = issue_document(number, issued_on, account.seller, account.buyer, lines, rounding)
    balance = account.balance or Money.zero(document.currency)
    if isinstance(document, CreditNote):
        return Quote(document, after, balance, balance + document.total)
    settled = apply_credit(document, balance)
    return Quote(settled.invoice, after, balance, settled.left)
