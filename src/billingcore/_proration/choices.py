"""The choices on which vendors differ when something changes in mid-period, each one a named option."""

from typing import ClassVar, Final

import attrs

from billingcore._checks import check, check_int
from billingcore._choices import Choice
from billingcore._kernel import Rounding
from billingcore.cycles import MONTHLY, Cadence

_MAX_DIGITS: Final = 12
_MAX_FIXED_DAYS: Final = 366


class Sale(Choice):
    """What is sold on a change: what is given back of the old, what is charged for the new, and for which time."""

    PRORATE = "prorate"
    """The unused share of the old is credited, the share that remains of the new is charged; the bill dates stay."""
    REVERSE_AND_REBILL = "reverse_and_rebill"
    """The same, shown as the whole period taken back and its used part billed again."""
    CREDIT_ONLY = "credit_only"
    """The unused share is credited; the new price is charged from the next bill on."""
    IN_FULL = "in_full"
    """All that was billed is credited, the full new price is charged; the bill dates stay. Of the same interval only."""
    DIFFERENCE_REMAINING = "difference_remaining"
    """One line, the new price less the old one, for the time that remains; the bill dates stay."""
    DIFFERENCE_FULL = "difference_full"
    """One line, the new price less the old one, whatever time remains; the bill dates stay. Of the same interval only."""
    RESTART = "restart"
    """The unused share is credited, and a new period starts, charged in full."""
    RESTART_WITHOUT_CREDIT = "restart_without_credit"
    """A new period starts, charged in full; nothing is credited."""
    RESTART_LONGER = "restart_longer"
    """A new period starts, charged in full, and the unused share lengthens it."""
    BUY_TIME = "buy_time"
    """The unused share buys days of the new plan from the change on; nothing is charged until those end. Where it buys none,
    the rest of the period is charged, and the bill dates stay."""
    NOTHING = "nothing"
    """The plan changes at once, no money moves, and the next bill charges the new price."""
    AT_PERIOD_END = "at_period_end"
    """The change waits for the end of the period."""


RESTARTS: Final = frozenset({Sale.RESTART, Sale.RESTART_WITHOUT_CREDIT, Sale.RESTART_LONGER})
KEEPS_DATES: Final = frozenset(Sale) - RESTARTS - {Sale.BUY_TIME}
BUYS_TIME: Final = frozenset({Sale.BUY_TIME, Sale.RESTART_LONGER})
DIFFERENCES: Final = frozenset({Sale.DIFFERENCE_REMAINING, Sale.DIFFERENCE_FULL})
CREDITS_ALL: Final = frozenset({Sale.IN_FULL, Sale.DIFFERENCE_FULL})
CREDITS_NOTHING: Final = frozenset({Sale.RESTART_WITHOUT_CREDIT, Sale.NOTHING, Sale.AT_PERIOD_END})
CHARGES_REST: Final = frozenset({Sale.PRORATE, Sale.REVERSE_AND_REBILL})
CHARGES_NOTHING: Final = frozenset({Sale.CREDIT_ONLY, Sale.BUY_TIME, Sale.NOTHING, Sale.AT_PERIOD_END})


class Clock(Choice):
    """To what an instant is cut before time is measured."""

    SECOND = "second"
    """The exact time, cut to the second in UTC."""
    MINUTE = "minute"
    """The exact time, cut to the minute in UTC."""
    DAY = "day"
    """Whole civil days in the billing zone."""
    MONTH = "month"
    """Whole months of the period. A month is used when it is over, so on the last day of the first month all of 30.00
    for a month is unused."""


class Basis(Choice):
    """What the remaining time is divided by."""

    ACTUAL_PERIOD = "actual_period"
    """The real length of the full period."""
    NOMINAL_PERIOD = "nominal_period"
    """The length that the plan's cadence gives from the period's start: a period that was postponed can then credit
    more than its price, up to what is left of it."""
    CALENDAR_MONTH = "calendar_month"
    """The days of the calendar months from the one in which the period starts."""
    STRICT_30_360 = "strict_30_360"
    """Every month has 30 days, above the line too; a month's last day is its 30th."""


class DayOwner(Choice):
    """To whom the day of a change belongs, where whole days are counted."""

    NEW = "new"
    """To what comes after the change; the old plan is credited for it."""
    OLD = "old"
    """To what was before; it stays paid. Time that credit buys starts on it all the same, as published: it is given up."""


class Early(Choice):
    """What is rounded before it is multiplied."""

    FRACTION = "fraction"
    """The fraction of the time."""
    RATE = "rate"
    """The price of one unit of time, in major units: of a day, or of a month."""


class Stage(Choice):
    """Where money is rounded to minor units."""

    UNIT = "unit"
    """For each unit (a seat, a licence), before it is multiplied by the quantity."""
    LINE = "line"
    """On each line, once."""
    NET = "net"
    """On the net of the lines, once; the charge, or else a credit, is adjusted so that they add up to it."""


class Balance(Choice):
    """How the used part is found."""

    COMPLEMENT = "complement"
    """As what the credit leaves: used and unused always make what was billed."""
    INDEPENDENT = "independent"
    """Rounded on its own, as some vendors do; that can lose or invent a minor unit."""


class CreditOf(Choice):
    """Of what the credit is a share."""

    BILLED = "billed"
    """Of what was billed, after its discount."""
    GROSS = "gross"
    """Of what was billed before its discount; of the discount the same share goes back."""
    GROSS_LEAST_DISCOUNT = "gross_least_discount"
    """Of what was billed before its discount; of the discount only what the units that stay cannot bear goes back. 5
    seats at 10.00 less 35.00, two removed half way: (20.00 - 5.00) / 2 = 7.50, where the same share gives 3.00."""
    PLAN_PRICE = "plan_price"
    """Of the plan's price less the discount, never more than what is left of what was billed."""
    PRICE_NOW = "price_now"
    """Of today's list price less the discount, even if something else was billed, or more than that. Only what was
    billed as the difference of two prices, or bought with credit, has no price of its own: of it, what was billed."""


BY_PRICE: Final = frozenset({CreditOf.PLAN_PRICE, CreditOf.PRICE_NOW})
OF_GROSS: Final = frozenset({CreditOf.GROSS, CreditOf.GROSS_LEAST_DISCOUNT})


class OnSwitch(Choice):
    """What a plan of another interval, or the first paid plan after a free one, does to the period."""

    RESTART = "restart"
    """A new period starts, charged in full; what is unused is credited."""
    KEEP = "keep"
    """The bill dates stay, and the rest of the period is charged over the new plan's own length."""
    KEEP_CONVERTED = "keep_converted"
    """The bill dates stay, and the new price is converted to the running interval: 360.00 a year is 30.00 a month."""


class Settlement(Choice):
    """When the lines are billed, and what becomes of credit that exceeds the charge."""

    CARRY = "carry"
    """Billed now; the rest of the credit pays for later bills."""
    REFUND = "refund"
    """Billed now; the rest is paid out."""
    REFUND_PAID = "refund_paid"
    """Billed now; of the rest what was really paid goes back as money, and the other part stays as balance."""
    FORFEIT = "forfeit"
    """Billed now; the rest is lost."""
    APART = "apart"
    """The charge is an invoice and the credit a credit note, both of that day; the credit is paid out."""
    NEXT_INVOICE = "next_invoice"
    """The lines stand on the next regular invoice. Where a new period starts, that invoice comes now; where all ends,
    none does: both are billed at once, and the rest is carried."""


class Side(Choice):
    """What a line of a change is."""

    CREDIT = "credit"
    """Given back: the unused part of something billed."""
    CHARGE = "charge"
    """Charged for what is new."""
    DISCOUNT = "discount"
    """A discount that is taken back with the part that it was given on; it is charged."""
    REVERSAL = "reversal"
    """Given back: a whole period, before its used part is billed again."""
    REBILL = "rebill"
    """The used part of a period that was taken back; it is charged."""
    EXTENSION = "extension"
    """Credit that buys time of the new plan."""


GIVEN: Final = frozenset({Side.CREDIT, Side.REVERSAL})


@attrs.frozen
class RoundStep:
    """A rounding in the middle of a calculation, which some vendors do: of what, how many decimals, and how.

    Args:
        digits: decimals that are kept, 0 to 12; of the fraction, or of a rate in major units.
        mode: the mode.
        of: what is rounded.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: fewer than 0 digits.
        OutOfRangeError: more than 12.

    >>> RoundStep(5, Rounding.HALF_UP).describe()
    'fraction to 5 decimals half up'
    """

    digits: int
    mode: Rounding
    of: Early = Early.FRACTION

    def __attrs_post_init__(self) -> None:
        check_int("digits", self.digits, 0, _MAX_DIGITS)
        check("mode", self.mode, Rounding)
        check("of", self.of, Early)

    def describe(self) -> str:
        """Return the step in words."""
        return f"{self.of.value} to {self.digits} decimals {self.mode.words}"


@attrs.frozen
class FixedDays:
    """A denominator that is the same for every period: a month of 30 days, a year of 365.

    Args:
        days: how many days the length is taken to have.
        of: the length that has so many days; a plan of several of them has so many times the days.
        trimmed: also count every month that the remaining days leave as one of ``days`` days.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: fewer than 1 day.
        OutOfRangeError: more than 366.
    """

    _wanted: ClassVar[str] = "FixedDays, such as FixedDays(30)"

    days: int
    of: Cadence = MONTHLY
    trimmed: bool = False

    def __attrs_post_init__(self) -> None:
        check_int("days", self.days, 1, _MAX_FIXED_DAYS)
        check("of", self.of, Cadence)
        check("trimmed", self.trimmed, bool)

    def describe(self) -> str:
        """Return the basis in words."""
        return f"fixed {self.days} days {self.of.describe()}" + (", trimmed" if self.trimmed else "")
