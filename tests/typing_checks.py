"""What type checkers make of the front door: read by mypy and basedpyright, never run.

A line that must be rejected carries the code under which each of them rejects it; both are told to complain about an
ignore that they do not need, so a line that starts to pass fails the gate.
"""

# pyright: strict, reportUnknownVariableType=false, reportUnnecessaryTypeIgnoreComment=true

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_type

import billingcore
from billingcore import (
    MONTHLY,
    Account,
    Active,
    BillingError,
    Cadence,
    ExactAmount,
    InvalidTypeError,
    InvalidValueError,
    Money,
    Period,
    Quote,
    Refused,
    Rounding,
    Schedule,
    total,
)
from billingcore.billed import BilledPeriod
from billingcore.changes import due_by, quote_renewal
from billingcore.cycles import Unit
from billingcore.money import Allocation, minor_digits
from billingcore.proration import (
    Change,
    ChangeRule,
    Happening,
    ProrationLine,
    ProrationPolicy,
    ProrationResult,
    Rulebook,
    prorate_change,
)
from billingcore.sourced import History, Sourced
from billingcore.subscriptions import Cancelled, NextSale, Paused, Subscription
from billingcore.vendors import Comparison, Matches, compare, policies_matching, rulebook, rulebooks_of

assert_type(billingcore.Money, type[Money])
assert_type(billingcore.__version__, str)


def misspelt() -> None:
    _ = billingcore.Mony  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def amounts(price: Money, exact: ExactAmount, many: Iterable[Money]) -> None:
    assert_type(Money.of("30.00", "EUR"), Money)
    assert_type(Money.of(30, "EUR"), Money)
    assert_type(Money.of(Decimal(30), "EUR"), Money)
    assert_type(price + price, Money)
    assert_type(price - price, Money)
    assert_type(-price, Money)
    assert_type(abs(price), Money)
    assert_type(price * 3, Money)
    assert_type(3 * price, Money)
    assert_type(price * Fraction(1, 3), ExactAmount)
    assert_type(price < -price, bool)
    assert_type(price.amount_minor, int)
    assert_type(price.amount, str)
    assert_type(price.to_decimal(), Decimal)
    assert_type(price.share(13, 28, Rounding.HALF_UP), Money)
    assert_type(price.allocate([1, 2], Allocation.FIRST), tuple[Money, ...])
    assert_type(price.split(3), tuple[Money, ...])
    assert_type(exact + exact, ExactAmount)
    assert_type(exact * Fraction(1, 3), ExactAmount)
    assert_type(exact.amount_minor, Fraction)
    assert_type(exact.round(Rounding.HALF_EVEN), Money)
    assert_type(total(many, "EUR"), Money)
    assert_type(minor_digits("EUR"), int)


def refused_amounts(price: Money, exact: ExactAmount) -> None:
    Money(30.0, "EUR")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    Money.of(30.0, "EUR")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    Money("30.00", "EUR")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    Money(30)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    _ = price + 1  # type: ignore[operator] # pyright: ignore[reportOperatorIssue]
    _ = price + exact  # type: ignore[operator] # pyright: ignore[reportOperatorIssue]
    _ = price / 3  # type: ignore[operator] # pyright: ignore[reportOperatorIssue]
    _ = price < 3  # type: ignore[operator] # pyright: ignore[reportOperatorIssue]
    _ = price.share(1, 2)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    _ = exact.round()  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    _ = exact.round("half_up")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    price.amount_minor = 1  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]
    price.amount = "1"  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]


def time(period: Period, schedule: Schedule, day: date) -> None:
    assert_type(Schedule(day, MONTHLY).boundary(3), date)
    assert_type(schedule.period_containing(day), Period)
    assert_type(schedule.index_of(day), int)
    assert_type(period.days, int)
    assert_type(period.fraction, Fraction)
    assert_type(MONTHLY, Cadence)
    assert_type(Cadence(3, Unit.MONTH).months, int)
    Schedule("2026-01-31", MONTHLY)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    Cadence(1, "month")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    period.end = day  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]


def facts(history: History[str], day: date) -> None:
    assert_type(history.on(day), Sourced[str])
    assert_type(history.on(day).value, str)
    assert_type(history.find(day), Sourced[str] | None)
    _ = history.find(day).value  # type: ignore[union-attr] # pyright: ignore[reportOptionalMemberAccess]


def changes(rules: Rulebook, policy: ProrationPolicy, change: Change, billed: BilledPeriod) -> None:
    assert_type(rulebook("polar"), Rulebook)
    assert_type(prorate_change(rules, change, [billed]), ProrationResult)
    assert_type(prorate_change(policy, change, (billed,)).rule, ChangeRule | None)
    assert_type(prorate_change(policy, change).lines[0], ProrationLine)
    assert_type(compare(change, {"ours": policy, "theirs": rules}, [billed]), Comparison)
    assert_type(policies_matching(change, rulebooks_of(), billed.net, [billed]), Matches)
    assert_type(rules.rules(), tuple[tuple[Happening, ChangeRule], ...])
    prorate_change("polar", change, [billed])  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    prorate_change(rules.upgrade, change)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def errors(wrong_type: InvalidTypeError, wrong_value: InvalidValueError) -> tuple[TypeError, ValueError, BillingError]:
    return wrong_type, wrong_value, wrong_type


def granted(quote: Quote | Refused, state: Subscription, account: Account) -> None:
    assert_type(quote.granted(), Quote)
    assert_type(quote.granted().subscription, Active | Paused | Cancelled)
    assert_type(quote.granted().subscription.next, tuple[NextSale, ...])
    assert_type(quote_renewal(account, quote.granted().subscription), Quote | Refused)
    assert_type(next(due_by({"a": state}, date(2026, 1, 1))), tuple[str, date, int])
    _ = quote.subscription  # type: ignore[union-attr] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
