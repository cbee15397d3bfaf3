"""The result of a change: its lines, its figures, and what follows."""

from datetime import date
from fractions import Fraction

import attrs

from billingcore._checks import setters
from billingcore._kernel import round_share
from billingcore._proration.change import Change, ChangeKind
from billingcore._proration.charges import restarted_by
from billingcore._proration.choices import BUYS_TIME, DIFFERENCES, Balance, CreditOf, Sale, Settlement, Side
from billingcore._proration.credits import Making, Traced, full_price, unused_minor
from billingcore._proration.engine import check_inputs, compute
from billingcore._proration.line import ProrationLine, settle_minor
from billingcore._proration.policy import ProrationPolicy
from billingcore._proration.record import billed_after, by_line, difference_as_two
from billingcore._proration.rulebook import ChangeRule, undocumented
from billingcore._proration.time_left import day_as_written, running_of, time_left
from billingcore._proration.touched import next_end
from billingcore.billed import BilledPeriod
from billingcore.cycles import Cadence, InstantPeriod, Period
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.tax import Ruling


@attrs.frozen
class ProrationResult:
    """What a change costs, gives back, and leaves; computed from its inputs when it is made, so it cannot disagree.

    Amounts are in the mode of the plans' prices: before tax, or with the tax in them.

    Args:
        policy: what the vendor does.
        change: what is changed, and when.
        billed: what was billed for the item, oldest first.
        running: the period that runs, where nothing was billed for it; else that of what was billed.
        untouched: what was billed for other items, where the change names its own; it stays on record as it is.
        purchased_on: the day of the purchase, where the policy gives all back within days of it.
        paid: what of the billed lines was really paid in money, where the policy pays that out and no more; None for all.
        rule: the rule from which the policy was taken, with its source; None for a policy of the caller's.

    Raises:
        InvalidTypeError: an argument of another type, an instant that needs a zone.
        CurrencyMismatchError: a plan, or its price of today, in another currency than what was billed.
        InvalidValueError: a change outside the newest billed period, an addition outside all of them;
            a policy whose basis does not fit the plan; a price with tax in it beside one without.
    """

    policy: ProrationPolicy
    change: Change
    billed: tuple[BilledPeriod, ...] = ()
    running: Period | InstantPeriod | None = None
    untouched: tuple[BilledPeriod, ...] = ()
    purchased_on: date | None = None
    paid: Money | None = None
    rule: ChangeRule | None = None
    lines: tuple[ProrationLine, ...] = attrs.field(init=False, eq=False)
    """The lines, each rounded once: what is given back first, then what is charged."""
    credit_minor: int = attrs.field(init=False, eq=False)
    """What is given back of the old plan, in minor units."""
    charge_minor: int = attrs.field(init=False, eq=False)
    """What the new plan costs now, in minor units."""
    converted_minor: int = attrs.field(init=False, eq=False)
    """What of the credit bought time, in minor units."""
    period: Period | InstantPeriod | None = attrs.field(init=False, eq=False)
    """What the charge pays for, or the period that runs on; None where nothing does."""
    next_bill: date | None = attrs.field(init=False, eq=False)
    """The next bill: a day, or an instant where periods are instants; None after the end."""
    _making: Making = attrs.field(init=False, eq=False, repr=False)
    _found: tuple[Traced, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check what was passed, and compute once."""
        change, billed, untouched = self.change, self.billed, self.untouched
        check_inputs(self.policy, change, billed, self.running, untouched, self.purchased_on, self.paid, self.rule)
        made, found, converted, period, next_bill = compute(
            self.policy, change, billed, self.running, self.purchased_on
        )
        if untouched and change.plan is None:
            next_bill = next_end(untouched)
        credit = charge = 0
        for line, of in found:
            if of is not None:
                credit -= line.signed_minor
            elif line.side is Side.CHARGE:
                charge += line.amount_minor
        _put_policy(self, made.policy)
        _put_lines(self, tuple([line for line, _ in found]))
        _put_credit(self, credit)
        _put_charge(self, charge)
        _put_converted(self, converted)
        _put_period(self, period)
        _put_next_bill(self, next_bill)
        _put_making(self, made)
        _put_found(self, found)

    @property
    def currency(self) -> str:
        """The one currency of the change."""
        plan = self.change.plan
        return plan.currency if plan is not None else self.billed[-1].charge.currency

    @property
    def restarts(self) -> bool:
        """Whether a new period starts."""
        return self._making.restarts

    @property
    def credit(self) -> Money:
        """What is given back of the old plan."""
        return Money(self.credit_minor, self.currency)

    @property
    def charge(self) -> Money:
        """What the new plan costs now."""
        return Money(self.charge_minor, self.currency)

    @property
    def converted(self) -> Money:
        """What of the credit bought time instead of reducing a bill."""
        return Money(self.converted_minor, self.currency)

    @property
    def net_minor(self) -> int:
        """The net in minor units."""
        return self.charge_minor - self.credit_minor + self.converted_minor

    @property
    def net(self) -> Money:
        """Charge less credit; below 0 where more is given back than charged."""
        return Money(self.net_minor, self.currency)

    @property
    def settles_apart(self) -> bool:
        """Whether the charge is an invoice and the credit a credit note of its own; credit that buys time is not paid out."""
        return self.policy.settlement is Settlement.APART and self.policy.sale not in BUYS_TIME

    @property
    def applied(self) -> Money:
        """What of the credit paid for the charge. applied + leftover + converted == credit."""
        if self.settles_apart:
            return Money.zero(self.currency)
        return Money(min(self.credit_minor - self.converted_minor, self.charge_minor), self.currency)

    @property
    def leftover(self) -> Money:
        """What of the credit is left after the charge; the settlement says whether it is carried, paid out or lost."""
        return Money(self.credit_minor - self.converted_minor - self.applied.amount_minor, self.currency)

    @property
    def carried(self) -> Money:
        """What of the leftover credit pays for later bills."""
        if self.policy.settlement is Settlement.REFUND_PAID:
            return self.leftover - self.refund
        carries = self.policy.settlement in (Settlement.CARRY, Settlement.NEXT_INVOICE)
        return self.leftover if carries else Money.zero(self.currency)

    @property
    def refund(self) -> Money:
        """What of the leftover credit is paid out: all of it, or in the proportion in which the billed was really paid."""
        settlement = self.policy.settlement
        if settlement is Settlement.REFUND_PAID and self.paid is not None:
            worth = sum([line.net.amount_minor for line in self.billed])
            share = round_share(self.leftover.amount_minor, self.paid.amount_minor, worth or 1, self.policy.rounding)
            return Money(min(share, self.paid.amount_minor, self.leftover.amount_minor), self.currency)
        pays = settlement in (Settlement.REFUND, Settlement.APART, Settlement.REFUND_PAID)
        return self.leftover if pays else Money.zero(self.currency)

    @property
    def due_now(self) -> Money:
        """What is billed at once: nothing where it is gathered for the next invoice, the whole charge where all is apart."""
        due = self.charge_minor if self.settles_apart else max(self.net_minor, 0)
        return Money(due if self.settles_now else 0, self.currency)

    @property
    def settles_now(self) -> bool:
        """Whether the lines are billed at once: the policy says so, or no invoice is left to wait for.

        A new period has its first invoice now, and after a cancellation there is none.
        """
        ends = self.change.kind is ChangeKind.CANCEL
        return self.policy.settlement is not Settlement.NEXT_INVOICE or self.restarts or ends

    @property
    def restarted_by(self) -> str | None:
        """The field of the policy that lets a new period start, or None where none does."""
        return restarted_by(self._making, self._cadence) if self.restarts else None

    @property
    def next_price(self) -> Money:
        """The price of the next full period, less the discount."""
        if self.change.plan is None:
            return Money.zero(self.currency)
        return full_price(self.change.plan, self.change)

    @property
    def next_invoice(self) -> Money:
        """What the next regular invoice comes to, before tax, if nothing else changes: never below 0."""
        gathered = -self.carried.amount_minor if self.settles_now else self.net_minor
        return Money(max(self.next_price.amount_minor + gathered, 0), self.currency)

    @property
    def next_bill_on(self) -> date | None:
        """The day of the next bill, in the policy's zone; as the instant is written where it names none."""
        day = self.next_bill
        return day if day is None or type(day) is date else day_as_written(self.policy.measure, day)

    @property
    def effective_at(self) -> date:
        """When the change takes effect: where it cuts the period, or the end that it waits for."""
        return self._making.cut

    @property
    def is_waiting(self) -> bool:
        """Whether no money moves yet, as the policy waits for the end of the period."""
        return self.policy.sale is Sale.AT_PERIOD_END

    @property
    def fraction(self) -> Fraction:
        """The exact share of the running period that is left, before any rounding of it.

        Raises:
            InvalidValueError: no period runs.
        """
        running = self.running or (running_of(self.billed[-1]) if self.billed else None)
        if running is None:
            raise InvalidValueError("running", None, "no period runs; there is no share of it")
        return Fraction(*time_left(self.policy.measure, running, self._making.cut, self._cadence))

    @property
    def _cadence(self) -> Cadence | None:
        plan = self.billed[-1].plan if self.billed else self.change.plan
        return None if plan is None else plan.cadence

    @property
    def used(self) -> Money:
        """What was used of the lines that give something back: what the unused share leaves, whatever was given before.

        Rounded on its own where the policy says so. Of a price difference it is what was used of what was billed.
        """
        if self.policy.sale in DIFFERENCES:
            back = {id(of): of for _, of in self.given if of is not None}.values()
            used = sum([max(of.net.amount_minor - unused_minor(self._making, of), 0) for of in back])
            return Money(used, self.currency)
        signs = {Side.CREDIT: 1, Side.REBILL: 1, Side.DISCOUNT: -1}
        found = [signs[line.side] * self._used_of(line) for line in self.lines if line.side in signs]
        return Money(max(sum(found), 0), self.currency)

    def _used_of(self, line: ProrationLine) -> int:
        rest, base = max(line.den - line.num, 0), line.base  # of what is billed again, the rest is what was unused
        apart = self.policy.balance is Balance.INDEPENDENT
        other = line.rounded_minor
        if apart is (line.side is not Side.REBILL):
            other = settle_minor(
                base.amount_minor, rest, line.den, line.units, line.rounding, line.early, base.currency
            )
        return other if apart else max(base.amount_minor - other, 0)

    @property
    def moves_nothing(self) -> bool:
        """Whether the plan changes at once, and no money moves: what was billed stays on record, and runs to its end."""
        return self.policy.sale is Sale.NOTHING and self.change.kind is ChangeKind.REPLACE and not self.restarts

    @property
    def billed_after(self) -> tuple[BilledPeriod, ...]:
        """What is on record after the change: the old lines with their end and credit, and the new line."""
        if self.is_waiting or self.moves_nothing:
            return (*self.untouched, *self.billed)
        charge = self.charge_minor + self.converted_minor
        given = by_line(self.given)
        lost = dict[int, int]()
        if self.policy.settlement is Settlement.FORFEIT:
            rest = self.leftover.amount_minor
            for of, credit in given.items():
                lost[of] = min(rest, max(credit, 0))
                rest -= lost[of]
        return (*self.untouched, *billed_after(self._making, charge, given, lost, self.period))

    @property
    def given(self) -> tuple[Traced, ...]:
        """The lines that give something back or take it again, each with what was billed."""
        return tuple([traced for traced in self._found if traced[1] is not None])

    @property
    def is_difference(self) -> bool:
        """Whether old price and new price are one amount: not where a new period starts, unless in full."""
        if self.change.plan is None:
            return False
        sale = self.policy.sale
        return sale is Sale.DIFFERENCE_FULL or (sale is Sale.DIFFERENCE_REMAINING and not self.restarts)

    def for_document(self) -> tuple[tuple[Traced, ...], tuple[BilledPeriod, ...]]:
        """Return the change as a document shows it: the lines that give something back, and what is on record after it.

        A price difference is shown as what it is made of, a credit for the old plan and the price of the new one,
        so that each keeps its own tax decision; everything else as it is.
        """
        if not self.is_difference:
            return self.given, self.billed_after
        given, after = difference_as_two(self._making, self.net_minor, self.period)
        return given, (*self.untouched, *after)

    @property
    def ruling(self) -> Ruling:
        """The tax decision of the new charge; `UNTAXED` where neither the change nor what was billed has one."""
        return self._making.ruling

    def explain(self) -> str:
        """Return the change in plain sentences, each with the field of the policy that decided it."""
        return _explain(self)


(
    _put_policy, *_, _put_lines, _put_credit, _put_charge, _put_converted, _put_period, _put_next_bill, _put_making,
    _put_found,
) = setters(ProrationResult)  # fmt: skip


def _explain(result: ProrationResult) -> str:
    """Return the change, each line with its sum, the net, what becomes of it, the next bill, and what is not documented."""
    lines = [result.change.describe()]
    if result.is_waiting:
        lines.append(f"  takes effect on {result.effective_at}, at the period's end: nothing to prorate (sale)")
    else:
        lines += [f"  {line.explain()}" for line in result.lines]
        if result.moves_nothing and result.billed:
            lines.append(
                "  nothing is given back or charged: what was billed stays on record, and runs to its end (sale)"
            )
        elif not result.lines and result.period is None and result.change.plan is not None:
            lines.append("  nothing of the period is left: nothing is given back or charged")
        lines += [
            f"  {text}"
            for text in (*_unused_price(result), _net_in_words(result), *_rest_in_words(result), _next_in_words(result))
        ]
    return "\n".join([*lines, *undocumented(result.rule)])


def _unused_price(result: ProrationResult) -> list[str]:
    """Return that today's price plays no part, where it was given and the policy does not ask for it."""
    asks = result.policy.credit_of is CreditOf.PRICE_NOW
    if result.change.price_now is None or (asks and (result.given or result.is_difference)):
        return []
    return [f"today's price of {result.change.price_now.name} plays no part ({'sale' if asks else 'credit_of'})"]


def _net_in_words(result: ProrationResult) -> str:
    """Return the net and when it is billed; no invoice is left to wait for where a period starts or all ends."""
    if result.settles_apart:
        return f"{result.charge} is charged and {result.refund} paid out, each on a document of its own (settlement)"
    bought = f" + {result.converted.amount}" if result.converted else ""
    net = f"net {result.charge.amount} - {result.credit.amount}{bought} = {result.net}"
    if not result.settles_now:
        return f"{net}, on the next invoice (settlement)"
    if result.net_minor <= 0:
        return f"{net}, nothing to bill (settlement)"
    comes = ": the invoice of the new period comes now" if result.policy.settlement is Settlement.NEXT_INVOICE else ""
    return f"{net}, billed now{comes} (settlement)"


def _rest_in_words(result: ProrationResult) -> list[str]:
    if not result.leftover or result.settles_apart:
        return []
    lost = result.policy.settlement is Settlement.FORFEIT
    ends = result.change.kind is ChangeKind.CANCEL
    found = [
        (result.carried, "stays on the buyer's balance" if ends else "is carried to later bills"),
        (result.refund, "is paid out"),
        (result.leftover if lost else Money.zero(result.currency), "is lost"),
    ]
    return [f"{amount} of the credit {words} (settlement)" for amount, words in found if amount]


def _next_in_words(result: ProrationResult) -> str:
    if result.next_bill_on is None:
        removed = result.change.kind is ChangeKind.REMOVE
        return "no further bill for what was removed" if removed else "no further bill"
    day = f"next bill on {result.next_bill_on}"
    if result.change.plan is None:
        return f"{day}, for what stays"
    if result.change.next_bill_on is not None:
        return f"{day}: the day that was chosen (next_bill_on)"
    if result.policy.sale is Sale.BUY_TIME and result.converted:
        return f"{day}: the credit buys the time until then (sale)"
    if result.restarts:
        longer = ", and the credit lengthens it" if result.converted else ""
        return f"{day}: a new period starts{longer} ({result.restarted_by})"
    return f"{day}: the bill dates are kept (sale)"
