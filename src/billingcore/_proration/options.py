"""The choices on which vendors differ when a plan changes in mid-period, each one a named option."""

from typing import ClassVar, Final

import attrs

from billingcore._checks import MAX_SHARE, check, check_int
from billingcore._choices import Choice
from billingcore._kernel import Rounding, round_share
from billingcore.cycles import MONTHLY, Cadence
from billingcore.errors import InvalidValueError

_MAX_DIGITS: Final = 12
_MAX_FIXED_DAYS: Final = 366


class Clock(Choice):
    """To what an instant is cut before time is measured.

    ``MILLISECOND``, ``SECOND``, ``MINUTE``: the exact time, cut to that unit in UTC.
    ``DAY``: whole civil days in the billing zone. ``MONTH``: whole months of the period, each
    used when it is over: a change on the last day of the first month still finds all of it unused.
    """

    MILLISECOND = "millisecond"
    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"


class Basis(Choice):
    """What the remaining time is divided by.

    ``ACTUAL_PERIOD``: the real length of the full period.
    ``NOMINAL_PERIOD``: the length that the plan's cadence gives from the period's start: a period that was postponed
    can then credit more than its price, up to the cap.
    ``CALENDAR_MONTH``: the days of the calendar months in which the period starts.
    ``STRICT_30_360``: every month has 30 days, above the line too; a month's last day is its 30th.
    ``MONTHS_THEN_DAYS``: whole months first, then days over the days of the month that is cut.
    """

    ACTUAL_PERIOD = "actual_period"
    NOMINAL_PERIOD = "nominal_period"
    CALENDAR_MONTH = "calendar_month"
    STRICT_30_360 = "strict_30_360"
    MONTHS_THEN_DAYS = "months_then_days"


class DayOwner(Choice):
    """To whom the day of a change belongs, where whole days are counted.

    ``NEW``: to what comes after the change; the old plan is credited for it.
    ``OLD``: to what was before; it stays paid.
    """

    NEW = "new"
    OLD = "old"


class Stage(Choice):
    """Where money is rounded: for each unit before it is multiplied, on each line, or on the net of the lines."""

    UNIT = "unit"
    LINE = "line"
    NET = "net"


class Balance(Choice):
    """How the used part is found: as what the credit leaves, or rounded on its own, which can lose or invent a unit."""

    COMPLEMENT = "complement"
    INDEPENDENT = "independent"


class TaxOrder(Choice):
    """When tax is computed on a credit.

    ``TAX_AFTER``: on the net credit, with the rest of the document.
    ``PRORATE_TAX``: the tax that was billed is prorated like the net.
    ``GROSS_THEN_SPLIT``: the gross amount is prorated, then split into net and tax.
    """

    TAX_AFTER = "tax_after"
    PRORATE_TAX = "prorate_tax"
    GROSS_THEN_SPLIT = "gross_then_split"


class Form(Choice):
    """How the credit is shown: one line, or the whole period reversed and its used part billed again."""

    CREDIT_AND_CHARGE = "credit_and_charge"
    REVERSE_AND_REBILL = "reverse_and_rebill"


class Credit(Choice):
    """What is given back of the old plan on a change.

    ``UNUSED``: the unused share. ``FULL``: all of it. ``NONE``: nothing. The two
    differences are one line, old price against new price: for the time that remains,
    or whatever the time.
    """

    UNUSED = "unused"
    FULL = "full"
    DIFFERENCE_REMAINING = "difference_remaining"
    DIFFERENCE_FULL = "difference_full"
    NONE = "none"


class CreditBasis(Choice):
    """Of what the credit is a share.

    ``BILLED_NET``: of what was billed, after its discount.
    ``BILLED_GROSS``: of what was billed before its discount; the discount goes back on its own, as
    `DiscountReversal` says.
    ``CURRENT_PRICE``: of today's list price less the discount, even if something else was billed.
    """

    BILLED_NET = "billed_net"
    BILLED_GROSS = "billed_gross"
    CURRENT_PRICE = "current_price"


class CreditCap(Choice):
    """Whether a credit stops at what is left of the billed value."""

    BILLED = "billed"
    NONE = "none"


class DiscountReversal(Choice):
    """What of a discount goes back when units are removed: an even share, or as little as possible.

    ``PROPORTIONAL``: of each line that is credited, the share of its discount that the credit is of its price.
    ``LEAST_FIRST`` favours the customer: the same share of each line, but the line with the smallest discount for its
    price is credited first. It acts where a price difference is credited to several lines that
    were billed with different discounts. Where only one line was billed, or every line gives back its unused share, it
    is the same as ``PROPORTIONAL``: 5 seats at 10.00 less 10.00, down to 3, give back 20.00 - 4.00 under either.
    """

    PROPORTIONAL = "proportional"
    LEAST_FIRST = "least_first"


class Charge(Choice):
    """What the new plan costs on a change: its full price, the share that remains of the period, a difference, nothing."""

    REMAINING = "remaining"
    FULL = "full"
    DIFFERENCE_REMAINING = "difference_remaining"
    DIFFERENCE_FULL = "difference_full"
    NONE = "none"


class ChargeRate(Choice):
    """Which price the charge is a share of: that of the new plan's own period, or its equivalent for the running one."""

    PERIOD_PRICE = "period_price"
    MONTH_EQUIVALENT = "month_equivalent"


class Cycle(Choice):
    """What a change does to the bill dates.

    ``KEEP``: nothing. ``RESET``: a new period starts on the change. ``EXTEND``: the
    credit buys time of the new plan, after which the next bill comes.
    ``RESET_PLUS_EXTEND``: a new period starts, and the credit lengthens it.
    ``EXPLICIT``: the next bill comes on a day that the policy names.
    """

    KEEP = "keep"
    RESET = "reset"
    EXTEND = "extend"
    RESET_PLUS_EXTEND = "reset_plus_extend"
    EXPLICIT = "explicit"


class OnSwitch(Choice):
    """What a switch of interval, or from free to paid, does to the bill dates: start again, or keep them."""

    RESET = "reset"
    KEEP = "keep"


class ExtensionRounding(Choice):
    """How bought time becomes whole days."""

    UP_TO_DAY = "up_to_day"
    DOWN_TO_DAY = "down_to_day"


class MonthOverflow(Choice):
    """What becomes of a bill date that its month does not have: the month's last day, or days into the next month."""

    CLAMP = "clamp_to_last_day"
    ROLL_FORWARD = "roll_forward"


class Effective(Choice):
    """When a change takes effect."""

    NOW = "now"
    PERIOD_END = "period_end"
    TERM_END = "term_end"


class Settle(Choice):
    """Whether the lines of a change are billed at once or stand on the next regular invoice.

    ``NEXT_INVOICE`` waits for the invoice at the end of the running period. Where a
    change starts a new period (another interval, free to paid, an anchor that
    resets) that invoice never comes, and where it cancels none does: both settle at once.
    """

    INVOICE_NOW = "invoice_now"
    NEXT_INVOICE = "next_invoice"


class Leftover(Choice):
    """What becomes of credit that exceeds the charge: carried to the next bills, paid out, or lost."""

    CARRY = "carry"
    REFUND = "refund"
    FORFEIT = "forfeit"


class Side(Choice):
    """What a line of a change is."""

    CREDIT = "credit"
    CHARGE = "charge"
    DISCOUNT = "discount"
    REVERSAL = "reversal"
    REBILL = "rebill"
    EXTENSION = "extension"


@attrs.frozen
class RoundStep:
    """A rounding in the middle of a calculation, which some vendors do: how many decimals, and how.

    Args:
        digits: decimals that are kept, 0 to 12; of the fraction, or of a rate in major units.
        mode: the mode.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: digits outside 0 to 12.

    >>> RoundStep(5, Rounding.HALF_UP).of(41757, 41760)
    (99993, 100000)
    """

    digits: int
    mode: Rounding

    def __attrs_post_init__(self) -> None:
        check("digits", self.digits, int, words="an int of decimals")
        if not 0 <= self.digits <= _MAX_DIGITS:
            raise InvalidValueError("digits", self.digits, f"keep 0 to {_MAX_DIGITS} decimals")
        check("mode", self.mode, Rounding)

    def of(self, num: int, den: int) -> tuple[int, int]:
        """Return ``num / den`` with so many decimals, as a numerator and a power of ten.

        Raises:
            InvalidTypeError: not an int.
            InvalidValueError: nothing, or less, to divide by.
            OutOfRangeError: a number of more than 400 digits.
        """
        check_int("num", num, -MAX_SHARE, MAX_SHARE)
        check_int("den", den, 1, MAX_SHARE)
        power = 10**self.digits
        return round_share(power, num, den, self.mode), power

    def describe(self) -> str:
        """Return the step in words."""
        return f"{self.digits} decimals {self.mode.words}"


@attrs.frozen
class FixedDays:
    """A denominator that is the same for every period: a month of 30 days, a year of 365.

    Args:
        days: how many days the length is taken to have.
        of: the length that has so many days; a plan of several of them has so many times the days.
        trimmed: also count every month that the remaining days leave as one of ``days`` days.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: days outside 1 to 366.
    """

    _wanted: ClassVar[str] = "FixedDays, such as FixedDays(30)"

    days: int
    of: Cadence = MONTHLY
    trimmed: bool = False

    def __attrs_post_init__(self) -> None:
        check("days", self.days, int, words="an int of days")
        if not 1 <= self.days <= _MAX_FIXED_DAYS:
            raise InvalidValueError("days", self.days, f"give 1 to {_MAX_FIXED_DAYS} days")
        check("of", self.of, Cadence)
        check("trimmed", self.trimmed, bool)

    def describe(self) -> str:
        """Return the basis in words."""
        return f"fixed {self.days} days {self.of.describe()}" + (", trimmed" if self.trimmed else "")
