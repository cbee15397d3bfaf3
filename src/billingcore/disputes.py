"""Disputes: until when an invoice may be contested, the decision on a day, and the credit note of an upheld one."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from typing import Final

import attrs

from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.invoices import CreditNote, Invoice, credit_in_part
from billingcore.money import Money
from billingcore.sourced import check_date

__all__ = [
    "DisputeAllowed",
    "DisputePolicy",
    "DisputeRefused",
    "DisputeRefusedReason",
    "DisputeWindow",
    "decide_dispute",
    "dispute_window",
    "uphold_dispute",
]

_MAX_DAYS: Final = 3650


@attrs.frozen
class DisputePolicy:
    """How long an invoice may be contested, and how long there is to pay once the dispute is resolved.

    Args:
        window_days: the length of the window; the day of issue never counts.
        inclusive: whether the last of these days still counts.
        payment_days: the days to pay after a resolution; None where nothing is said.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a length outside 1 to 3650 days.
    """

    window_days: int
    inclusive: bool
    payment_days: int | None
    _step: timedelta = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for name in ("window_days", "payment_days"):
            days = getattr(self, name)
            if name == "payment_days" and days is None:
                continue
            if type(days) is not int:
                raise InvalidTypeError(name, days, "an int of days")
            if not 1 <= days <= _MAX_DAYS:
                raise InvalidValueError(name, days, f"give 1 to {_MAX_DAYS} days")
        if type(self.inclusive) is not bool:
            raise InvalidTypeError("inclusive", self.inclusive, "True or False")
        object.__setattr__(self, "_step", timedelta(self.window_days if self.inclusive else self.window_days - 1))

    def last_day(self, issued_on: date) -> date:
        """Return the last day on which an invoice of a day may be contested.

        Raises:
            InvalidTypeError: not a civil date.
            OutOfRangeError: a day after year 9999.
        """
        check_date("issued_on", issued_on)
        try:
            return issued_on + self._step
        except OverflowError:
            raise OutOfRangeError("issued_on", issued_on, "the deadline lies after year 9999") from None


@attrs.frozen
class DisputeWindow:
    """The days on which an invoice may be contested: from its issue to the last day, both included.

    Args:
        issued_on: the day of issue.
        last_day: the last day; not before the issue.

    Raises:
        InvalidTypeError: a date that is not a civil date.
        InvalidValueError: a last day before the issue.
    """

    issued_on: date
    last_day: date

    def __attrs_post_init__(self) -> None:
        check_date("issued_on", self.issued_on)
        if check_date("last_day", self.last_day) < self.issued_on:
            raise InvalidValueError(
                "last_day", self.last_day, f"a window ends on its issue ({self.issued_on}) or later"
            )

    def explain(self) -> str:
        """Return the window in words."""
        days = (self.last_day - self.issued_on).days
        return f"issued on {self.issued_on}, disputable until {self.last_day} inclusive ({days} day{'' if days == 1 else 's'} after the issue)"


def dispute_window(issued_on: date, policy: DisputePolicy) -> DisputeWindow:
    """Return the window of an invoice that was issued on a day.

    The day of issue does not count. Inclusive: the last day is issue + n; exclusive: issue + n - 1.

    Raises:
        InvalidTypeError: an argument of another type; a datetime is not a date.
        OutOfRangeError: a deadline after year 9999.

    Source: LogMeIn Rescue Billing User Guide, 2023-12-21 (15 days; no credit afterwards).

    >>> dispute_window(date(2026, 2, 15), DisputePolicy(15, inclusive=True, payment_days=15)).last_day
    datetime.date(2026, 3, 2)
    """
    check_date("issued_on", issued_on)
    if type(policy) is not DisputePolicy:
        raise InvalidTypeError("policy", policy, "a DisputePolicy, such as GOTO_RESCUE.disputes")
    return DisputeWindow(issued_on, policy.last_day(issued_on))


class DisputeRefusedReason(Enum):
    """Why a dispute is refused."""

    TOO_LATE = "too_late"
    NOT_ISSUED_YET = "not_issued_yet"

    __hash__ = object.__hash__


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

    invoice: Invoice
    window: DisputeWindow
    asked_on: date

    def __attrs_post_init__(self) -> None:
        _check_decision(self.invoice, self.window, self.asked_on)
        if not self.window.issued_on <= self.asked_on <= self.window.last_day:
            raise InvalidValueError("asked_on", self.asked_on, f"not allowed then: {self.window.explain()}")

    @property
    def days_left(self) -> int:
        """The days after this one on which it still may be."""
        return (self.window.last_day - self.asked_on).days

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
    window: DisputeWindow
    asked_on: date
    reason: DisputeRefusedReason

    def __attrs_post_init__(self) -> None:
        _check_decision(self.invoice, self.window, self.asked_on)
        if type(self.reason) is not DisputeRefusedReason:
            raise InvalidTypeError("reason", self.reason, "a DisputeRefusedReason")
        if self.reason is not _why_refused(self.window, self.asked_on):
            raise InvalidValueError(
                "reason", self.reason, f"not the answer for {self.asked_on}: {self.window.explain()}"
            )

    @property
    def days_late(self) -> int:
        """The days since the last one on which it could be; 0 where it was too early."""
        return max(0, (self.asked_on - self.window.last_day).days)

    def explain(self) -> str:
        """Return the decision in words."""
        late = self.days_late
        how = f"{late} day{'' if late == 1 else 's'} late" if late else "before the issue"
        return f"dispute of {self.asked_on} refused, {how}: {self.window.explain()}"


def decide_dispute(invoice: Invoice, asked_on: date, policy: DisputePolicy) -> DisputeAllowed | DisputeRefused:
    """Decide whether an invoice may be contested on a day. A refusal is an answer, not an error.

    Raises:
        InvalidTypeError: an argument of another type.
    """
    if type(invoice) is not Invoice:
        raise InvalidTypeError("invoice", invoice, "an Invoice")
    check_date("asked_on", asked_on)
    window = dispute_window(invoice.issued_on, policy)
    reason = _why_refused(window, asked_on)
    if reason is not None:
        return DisputeRefused(invoice, window, asked_on, reason)
    return DisputeAllowed(invoice, window, asked_on)


def _why_refused(window: DisputeWindow, asked_on: date) -> DisputeRefusedReason | None:
    if asked_on < window.issued_on:
        return DisputeRefusedReason.NOT_ISSUED_YET
    return DisputeRefusedReason.TOO_LATE if asked_on > window.last_day else None


def _check_decision(invoice: Invoice, window: DisputeWindow, asked_on: date) -> None:
    if type(invoice) is not Invoice:
        raise InvalidTypeError("invoice", invoice, "an Invoice")
    if type(window) is not DisputeWindow:
        raise InvalidTypeError("window", window, "a DisputeWindow (dispute_window makes one)")
    check_date("asked_on", asked_on)
    if window.issued_on != invoice.issued_on:
        raise InvalidValueError("window", str(window.issued_on), f"invoice {invoice.number} is of {invoice.issued_on}")


def uphold_dispute(
    dispute: DisputeAllowed,
    nets: Mapping[int, Money],
    number: str,
    resolved_on: date,
    earlier: Sequence[CreditNote] = (),
) -> CreditNote:
    """Return the credit note of a dispute that was upheld, for some lines or a part of them.

    Args:
        dispute: the allowed dispute.
        nets: for the number of a line (from 1), how much of its net goes back.
        number: the number of the credit note.
        resolved_on: its day; not before the dispute.
        earlier: the credit notes of that invoice so far.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a day before the dispute; else as `credit_in_part`.
    """
    if type(dispute) is not DisputeAllowed:
        raise InvalidTypeError("dispute", dispute, "a DisputeAllowed (decide_dispute makes one)")
    if check_date("resolved_on", resolved_on) < dispute.asked_on:
        raise InvalidValueError("resolved_on", resolved_on, f"the dispute was raised on {dispute.asked_on}")
    return credit_in_part(dispute.invoice, nets, number, resolved_on, earlier)
