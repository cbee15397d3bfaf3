"""What one line of a document billed for a period: the value from which every credit is taken."""

from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_int, check_words, refuse
from billingcore._doors import own_door
from billingcore._kernel import Rounding
from billingcore._plans.checks import check_quantity
from billingcore._tax.rulings import check_ruling
from billingcore.cycles import InstantPeriod, Period
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money
from billingcore.plans import Plan, PriceMode
from billingcore.tax import UNTAXED, Ruling

__all__ = ["BilledPeriod", "LineReference"]

_MAX_NUMBER: Final = 60
_MAX_LINES: Final = 1_000_000


@attrs.frozen
class LineReference:
    """Where something was billed: a line of a document.

    Args:
        number: the number of the document.
        issued_on: its day.
        line: the line, counted from 1.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a number that cannot be printed, a line below 1.

    >>> print(LineReference("2026-1", date(2026, 1, 31), 1))
    line 1 of 2026-1 of 2026-01-31
    """

    number: str
    issued_on: date
    line: int

    def __attrs_post_init__(self) -> None:
        check_words("number", self.number, _MAX_NUMBER)
        check_date("issued_on", self.issued_on)
        check_int("line", self.line, 1, _MAX_LINES)

    def __str__(self) -> str:
        return f"line {self.line} of {self.number} of {self.issued_on}"


@attrs.frozen
class BilledPeriod:
    """A period as it was really billed.

    It is worth its net (charge - discount), however it was settled, minus the
    credit already given for it. The amounts are in the mode of the plan's price:
    before tax, or with the tax in them. The plan is a value, so a price list that
    changes later cannot leak in.

    Args:
        plan: what was sold.
        quantity: for how many seats or licences.
        period: for which days.
        charge: the amount billed for all of it, before the discount.
        discount: what was taken off the charge; 0 or more, at most the charge.
        ruling: the tax decision of the line, kept for every credit that follows.
        credit_given: what has been credited for this period since.
        ended_on: the day from which a change replaced it, or None while it runs to its end.
        span: the exact time, where it was billed to the instant; ``period`` is then its civil days.
        tax: the tax that was really billed in the net, where the price contains it and it is known.
        key: the item of a subscription for which it was billed; empty where there is none.
        document: the line that billed it; None where nothing was to pay, or while it waits for its document.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: amounts of more than one currency.
        InvalidValueError: a negative amount, a discount above the charge, credit given above the net, an end outside
            the period, a span on other days than the period, a tax where the price has none in it or beyond the net.
    """

    plan: Plan
    quantity: int
    period: Period
    charge: Money
    discount: Money
    ruling: Ruling
    credit_given: Money
    ended_on: date | None = None
    span: InstantPeriod | None = None
    tax: Money | None = None
    key: str = ""
    document: LineReference | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.plan) is not Plan:
            refuse("plan", self.plan, Plan)
        check_quantity("quantity", self.quantity)
        if type(self.period) is not Period:
            refuse("period", self.period, Period)
        check_ruling("ruling", self.ruling)
        currency = check_money("charge", self.charge).currency
        charge = _check_amount("charge", self.charge, currency)
        discount = _check_amount("discount", self.discount, currency)
        given = _check_amount("credit_given", self.credit_given, currency)
        if discount > charge:
            raise InvalidValueError("discount", self.discount, f"no discount exceeds the charge of {self.charge}")
        if given > charge - discount:
            raise InvalidValueError("credit_given", self.credit_given, f"no credit exceeds the net of {self.net}")
        if (
            self.ended_on is not None
            and not self.period.start <= check_date("ended_on", self.ended_on) <= self.period.end
        ):
            raise InvalidValueError("ended_on", self.ended_on, f"a period ends early within its days ({self.period})")
        if self.span is not None:
            self._check_span(self.span)
        if self.tax is not None:
            self._check_tax(self.tax, charge - discount)
        if type(self.key) is not str or self.key:  # what is billed by hand has none
            check_words("key", self.key)
        if self.document is not None:
            check("document", self.document, LineReference)

    def _check_tax(self, tax: Money, net_minor: int) -> None:
        within = _check_amount("tax", tax, self.charge.currency) <= net_minor
        if self.plan.price.mode is not PriceMode.INCLUSIVE or not within:
            problem = f"a part of the net of {self.net}, where the price of the plan contains tax"
            raise InvalidValueError("tax", tax, problem)

    def _check_span(self, span: InstantPeriod) -> None:
        if type(span) is not InstantPeriod:
            refuse("span", span, InstantPeriod)
        for day, instant in ((self.period.start, span.start_at), (self.period.end, span.end_at)):
            if abs((day - instant.date()).days) > 1:  # a day apart is what zones can do
                raise InvalidValueError("span", str(span), f"the days of it are {self.period}")

    @classmethod
    def of_plan(
        cls,
        plan: Plan,
        quantity: int,
        period: Period,
        ruling: Ruling = UNTAXED,
        discount: Money | None = None,
        span: InstantPeriod | None = None,
        rounding: Rounding = Rounding.HALF_UP,
        key: str = "",
    ) -> "BilledPeriod":
        """Bill a period of a plan at its price: a stub at its exact share of the full period, rounded once.

        Args:
            plan: what is sold.
            quantity: for how many seats or licences.
            period: the days.
            ruling: the tax decision; `UNTAXED` where no tax is meant, in a price that contains tax too: then 0.00 of it is.
            discount: what is taken off, or None.
            span: the exact time, where it is billed to the instant; the period is its days.
            rounding: the mode of a stub's charge.
            key: the item of a subscription for which it is billed.

        Raises:
            InvalidTypeError: an argument of another type.
            CurrencyMismatchError: a discount in another currency.
            InvalidValueError: a discount that is negative or above the price.

        >>> from datetime import date
        >>> from billingcore.cycles import MONTHLY
        >>> from billingcore.plans import FlatPrice
        >>> plan = Plan("Rescue", FlatPrice(Money.of("30.00", "EUR")), MONTHLY)
        >>> january = Period(date(2026, 1, 1), date(2026, 2, 1))
        >>> BilledPeriod.of_plan(plan, 1, january).net
        Money.of('30.00', 'EUR')
        >>> BilledPeriod.of_plan(plan, 1, Period(date(2026, 1, 12), date(2026, 2, 1), january)).net  # 30.00 × 20/31
        Money.of('19.35', 'EUR')
        """
        if type(plan) is not Plan:
            refuse("plan", plan, Plan)
        if type(period) is not Period:
            refuse("period", period, Period)
        check("rounding", rounding, Rounding)
        nothing = Money.zero(plan.currency)
        charge = plan.charge_for(quantity)
        time = period if span is None else check("span", span, InstantPeriod)
        if time.reference is not None:
            charge = (charge * time.fraction).round(rounding)
        off = nothing if discount is None else discount
        return cls(plan, quantity, period, charge, off, ruling, nothing, None, span, None, key)

    @property
    def net(self) -> Money:
        """What was billed before tax: charge - discount."""
        return self.charge - self.discount

    @property
    def remaining(self) -> Money:
        """What can still be credited: the net minus the credit already given."""
        return self.net - self.credit_given

    @property
    def served_until(self) -> date:
        """The first day that this period does not serve any more: its end, or the day of the change that replaced it."""
        return self.period.end if self.ended_on is None else self.ended_on

    def serves(self, day: date) -> bool:
        """Say whether the day is served by this period."""
        return self.period.start <= check_date("day", day) < self.served_until

    def replaced_on(self, day: date, credit: Money) -> "BilledPeriod":
        """Return the period as a change left it: ended on a day, with a credit for the rest.

        Raises:
            InvalidTypeError: not a date, not Money.
            CurrencyMismatchError: a credit in another currency.
            InvalidValueError: a day outside the period, a negative credit, more credit than what remains, or a period
                that was replaced before.
        """
        check_date("day", day)
        if self.ended_on is not None:
            raise InvalidValueError("day", day, f"the period was replaced on {self.ended_on}; change what replaced it")
        self._check_credit(credit)
        return self._with(self.credit_given + credit, day)

    def with_credit_given(self, credit: Money) -> "BilledPeriod":
        """Return the period with a further credit on record, such as the net of a credit note for its line.

        Raises:
            InvalidTypeError: not Money.
            CurrencyMismatchError: a credit in another currency.
            InvalidValueError: a negative credit, more credit than what remains.
        """
        self._check_credit(credit)
        return self._with(self.credit_given + credit, self.ended_on)

    def _with(self, given: Money, ended_on: date | None) -> "BilledPeriod":
        # Positions, as attrs.evolve looks every field up by its name.
        return BilledPeriod(
            self.plan, self.quantity, self.period, self.charge, self.discount, self.ruling, given, ended_on, self.span,
            self.tax, self.key, self.document,
        )  # fmt: skip

    def on_line(self, document: LineReference | None) -> "BilledPeriod":
        """Return the period with the line of the document that billed it."""
        return BilledPeriod(
            self.plan, self.quantity, self.period, self.charge, self.discount, self.ruling, self.credit_given,
            self.ended_on, self.span, self.tax, self.key, document,
        )  # fmt: skip

    def _check_credit(self, credit: Money) -> None:
        if check_money("credit", credit, self.charge.currency).amount_minor < 0:
            raise InvalidValueError("credit", credit, "a credit is 0 or more; what is billed on top is a charge")


def _check_amount(name: str, amount: Money, currency: str) -> int:
    """Return the minor units of an amount of 0 or more."""
    if type(amount) is not Money or amount.currency != currency:
        check_money(name, amount, currency)
    if amount.amount_minor < 0:
        raise InvalidValueError(name, amount, "what was billed, taken off or credited is 0 or more")
    return amount.amount_minor


own_door(__name__)
