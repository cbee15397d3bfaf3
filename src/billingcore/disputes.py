"""Disputes: until when an invoice may be contested, the decision on a day, and the credit note of an upheld one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Final, get_args

import attrs

from billingcore._checks import check, check_date
from billingcore._choices import Choice
from billingcore._doors import own_door
from billingcore.changes import Account, Quote, Refused, quote_credit
from billingcore.deadlines import BusinessDaysBefore, DaysBefore, Deadline, DeadlineRule
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.money import Money
from billingcore.subscriptions import Subscription

__all__ = [
    "DisputeAllowed",
    "DisputePolicy",
    "DisputeRefused",
    "DisputeRefusedReason",
    "decide_dispute",
    "dispute_window",
    "uphold_dispute",
]


@attrs.frozen
class DisputePolicy:
    """How long an invoice may be contested, and how long there is to pay once the dispute is resolved.

    Args:
        window: the rule of the window, counted from the day of issue: ``DaysAfter(15)``.
        payment: the rule for paying, counted from the resolution; None where nothing is said.

    Raises:
        InvalidTypeError: a field that is not a rule of deadlines that counts forwards.
    """

    _wanted: ClassVar[str] = "a DisputePolicy, such as GOTO_RESCUE.disputes"

    window: DeadlineRule
    payment: DeadlineRule | None = None

    def __attrs_post_init__(self) -> None:
        _check_rule("window", self.window)
        if self.payment is not None:
            _check_rule("payment", self.payment)

    def pay_by(self, resolved_on: date) -> Deadline | None:
        """Return until when to pay after a resolution, or None where nothing is said.

        Source: LogMeIn and GoTo Terms of Service of 2020-08-21, section 2.4 (15 days).
        """
        check_date("resolved_on", resolved_on)
        return None if self.payment is None else self.payment.deadline(resolved_on)


_FORWARDS: Final = frozenset(get_args(DeadlineRule)) - {DaysBefore, BusinessDaysBefore}


def _check_rule(name: str, rule: object) -> None:
    if type(rule) not in _FORWARDS:
        raise InvalidTypeError(name, rule, "a rule that counts forwards, such as DaysAfter(15)")


def dispute_window(issued_on: date, policy: DisputePolicy) -> Deadline:
    """Return until when an invoice may be contested that was issued on a day; the day of issue does not count.

    Args:
        issued_on: the day of issue.
        policy: what the vendor allows.

    Raises:
        InvalidTypeError: an argument of another type; a datetime is not a date.
        OutOfRangeError: a deadline after year 9999.

    Source: LogMeIn Rescue Billing User Guide, 2023-12-21 (15 days; no credit afterwards).

    >>> from billingcore.deadlines import DaysAfter
    >>> dispute_window(date(2026, 2, 15), DisputePolicy(DaysAfter(15))).explain()
    '15 days after 2026-02-15, the last one included: 2026-03-02 is the last day'
    """
    check("policy", policy, DisputePolicy)
    return policy.window.deadline(issued_on)


class DisputeRefusedReason(Choice):
    """Why a dispute is refused."""

    TOO_LATE = "too_late"
    """The last day of the window is past."""
    NOT_ISSUED_YET = "not_issued_yet"
    """The day is before the issue of the invoice."""


@attrs.frozen
class DisputeAllowed:
    """The invoice may be contested on that day; `decide_dispute` makes it.

    Args:
        invoice: what is contested.
        window: the days on which it may be.
        asked_on: a day of the window.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a window of another invoice, a day outside it.
    """

    _wanted: ClassVar[str] = "a DisputeAllowed (decide_dispute makes one)"

    invoice: Invoice
    window: Deadline
    asked_on: date

    def __attrs_post_init__(self) -> None:
        _check_decision(self.invoice, self.window, self.asked_on)
        if not self.window.start_on <= self.asked_on <= self.window.last_on:
            raise InvalidValueError("asked_on", self.asked_on, f"not allowed then: {self.window.explain()}")

    @property
    def days_left(self) -> int:
        """The days after this one on which it still may be."""
        return (self.window.last_on - self.asked_on).days

    def explain(self) -> str:
        """Return the decision in words."""
        return f"dispute of {self.asked_on} allowed: {self.window.explain()}"


@attrs.frozen
class DisputeRefused:
    """The invoice may not be contested on that day: no credit is given. `decide_dispute` makes it.

    Args:
        invoice: what was to be contested.
        window: the days on which it may be.
        asked_on: a day outside the window.
        reason: on which side of it.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a window of another invoice, a reason that the day does not give.
    """

    invoice: Invoice
    window: Deadline
    asked_on: date
    reason: DisputeRefusedReason

    def __attrs_post_init__(self) -> None:
        _check_decision(self.invoice, self.window, self.asked_on)
        check("reason", self.reason, DisputeRefusedReason)
        if self.reason is not _why_refused(self.window, self.asked_on):
            raise InvalidValueError(
                "reason", self.reason, f"not the answer for {self.asked_on}: {self.window.explain()}"
            )

    @property
    def days_late(self) -> int:
        """The days since the last one on which it could be; 0 where it was too early."""
        return max(0, (self.asked_on - self.window.last_on).days)

    def explain(self) -> str:
        """Return the decision in words."""
        late = self.days_late
        how = f"{late} day{'' if late == 1 else 's'} late" if late else "before the issue"
        return f"dispute of {self.asked_on} refused, {how}: {self.window.explain()}"


def decide_dispute(invoice: Invoice, asked_on: date, policy: DisputePolicy) -> DisputeAllowed | DisputeRefused:
    """Decide whether an invoice may be contested on a day. A refusal is an answer, not an error.

    Args:
        invoice: what is contested.
        asked_on: the day on which it is.
        policy: what the vendor allows.

    Returns:
        Allowed, with the days that are left; or refused, with the reason and the days that it is late.

    Raises:
        InvalidTypeError: an argument of another type.
        OutOfRangeError: a deadline after year 9999.

    >>> from billingcore import GOTO_RESCUE, Address, Buyer, OneOffLine, Money, OutsideScope, Seller
    >>> line = OneOffLine("Rescue", 1, Money.of("30.00", "EUR"), OutsideScope("CH", (), "2026-11-23"))
    >>> seller, buyer = Seller("Rescue Ireland", Address("IE")), Buyer("Heidi", Address("CH"))
    >>> invoice = Invoice("1", date(2026, 2, 15), seller, buyer, (line,))
    >>> print(decide_dispute(invoice, date(2026, 3, 3), GOTO_RESCUE.disputes).explain())
    dispute of 2026-03-03 refused, 1 day late: 15 days after 2026-02-15, the last one included: 2026-03-02 is the last day
    """
    check("invoice", invoice, Invoice)
    check_date("asked_on", asked_on)
    window = dispute_window(invoice.issued_on, policy)
    reason = _why_refused(window, asked_on)
    if reason is not None:
        return DisputeRefused(invoice, window, asked_on, reason)
    return DisputeAllowed(invoice, window, asked_on)


def _why_refused(window: Deadline, asked_on: date) -> DisputeRefusedReason | None:
    if asked_on < window.start_on:
        return DisputeRefusedReason.NOT_ISSUED_YET
    return DisputeRefusedReason.TOO_LATE if asked_on > window.last_on else None


def _check_decision(invoice: Invoice, window: Deadline, asked_on: date) -> None:
    check("invoice", invoice, Invoice)
    check("window", window, Deadline)
    check_date("asked_on", asked_on)
    if window.start_on != invoice.issued_on:
        raise InvalidValueError("window", str(window.start_on), f"invoice {invoice.number} is of {invoice.issued_on}")


def uphold_dispute(
    account: Account,
    subscription: Subscription,
    dispute: DisputeAllowed,
    nets: Mapping[int, Money] | None,
    resolved_on: date,
    *,
    earlier: Sequence[CreditNote] = (),
) -> Quote | Refused:
    """Quote the credit note of a dispute that was upheld, for some lines or a part of them.

    Args:
        account: seller, buyer, ledger.
        subscription: whose periods the invoice billed; an ended one too.
        dispute: the allowed dispute.
        nets: for the number of a line (from 1), how much of its net goes back, no more than is left of it; None
            for all that is left.
        resolved_on: the day of the note; not before the dispute.
        earlier: the credit notes of that invoice so far.

    Returns:
        The quote, whose document is the note; a `Refused` where nothing is left to give back.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a day before the dispute; else as `quote_credit`.
    """
    check("dispute", dispute, DisputeAllowed)
    if check_date("resolved_on", resolved_on) < dispute.asked_on:
        raise InvalidValueError("resolved_on", resolved_on, f"the dispute was raised on {dispute.asked_on}")
    return quote_credit(account, subscription, dispute.invoice, resolved_on, nets, earlier=earlier)


own_door(__name__)
