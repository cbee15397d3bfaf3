"""Strategies and laws for testing billing code with Hypothesis (``pip install billingcore[test]``).

The strategies describe what is valid, and nothing about how often it occurs. The
laws take *your* function and raise `AssertionError` where it breaks one, and an
`InvalidValueError` with its cause where it raises something itself:

>>> from datetime import date
>>> from billingcore.cycles import Period
>>> from billingcore.money import Money
>>> def floors_both_halves(net, period, day):
...     return Money(net.amount_minor * (period.end - day).days // period.days, net.currency)
>>> cut = (Period(date(2026, 1, 31), date(2026, 2, 28)), date(2026, 2, 15))
>>> credit_is_rounded_half_up(floors_both_halves, Money(3000, "EUR"), *cut)
Traceback (most recent call last):
...
AssertionError: credit of 30.00 EUR over 2026-01-31 to 2026-02-28 from 2026-02-15: 13.93 EUR is due, got 13.92 EUR
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from hypothesis import strategies as st

from billingcore._checks import asked, check, check_date, check_int, collected
from billingcore._doors import own_door
from billingcore._facts.currencies import EXPONENTS
from billingcore.cycles import Cadence, Period, Schedule, Unit
from billingcore.cycles._calendar import month_length
from billingcore.errors import InvalidValueError
from billingcore.money import MAX_AMOUNT_MINOR, ExactAmount, Money, minor_digits, total
from billingcore.money._amounts import check_money

__all__ = [
    "allocation_keeps_the_whole",
    "boundaries_are_counted_from_the_anchor",
    "boundaries_increase",
    "cadences",
    "credit_is_rounded_half_up",
    "credit_never_grows_later",
    "credits_stay_within_the_billed",
    "currencies",
    "cut_periods",
    "exact_amounts",
    "moneys",
    "one_period_contains_each_day",
    "parts_make_the_whole",
    "periods",
    "register",
    "schedules",
]

CreditFunction = Callable[[Money, Period, date], Money]
"""Your credit: what was billed, its period, the first unused day -> the credit."""
BoundaryFunction = Callable[[date, Cadence, int], date]
"""Your bill dates: anchor, cadence, n -> the n-th boundary."""

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
_USUAL_AMOUNT: Final = 10**12
_MOST_DAYS: Final = 4_000
_MOST_COUNTED: Final = 1_000


def currencies() -> st.SearchStrategy[str]:
    """Draw an active ISO 4217 currency with minor units: of 0, 2, 3 and 4 digits."""
    return st.sampled_from(sorted(EXPONENTS))


def moneys(
    currency: str | None = None, *, min_minor: int = -_USUAL_AMOUNT, max_minor: int = _USUAL_AMOUNT
) -> st.SearchStrategy[Money]:
    """Draw amounts, of one currency or of any.

    Args:
        currency: the ISO 4217 code, or None for any.
        min_minor: the least amount, in minor units.
        max_minor: the greatest amount, in minor units.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: not a currency, an amount beyond 10**18 either way, a least that is above the greatest.
    """
    codes = _codes(currency)
    check_int("min_minor", min_minor, -MAX_AMOUNT_MINOR, MAX_AMOUNT_MINOR)
    check_int("max_minor", max_minor, min_minor, MAX_AMOUNT_MINOR)
    return st.builds(Money, st.integers(min_minor, max_minor), codes)


def _codes(currency: str | None) -> st.SearchStrategy[str]:
    if currency is None:
        return currencies()
    minor_digits(currency)
    return st.just(currency)


def exact_amounts(currency: str | None = None) -> st.SearchStrategy[ExactAmount]:
    """Draw rational amounts before their rounding, ties among them."""
    codes = _codes(currency)
    ties = st.integers(-_USUAL_AMOUNT, _USUAL_AMOUNT).map(lambda n: (2 * n + 1, 2))
    ratios = st.tuples(st.integers(-_USUAL_AMOUNT, _USUAL_AMOUNT), st.integers(1, 10**6))
    pairs = st.tuples(ratios | ties, codes)
    return pairs.map(lambda pair: Money(pair[0][0], pair[1]).exact() * Fraction(1, pair[0][1]))


def periods(first: date = FIRST_DAY, last: date = LAST_DAY, *, max_days: int = 400) -> st.SearchStrategy[Period]:
    """Draw half-open periods of 1 to ``max_days`` days, 4000 at most, that start between two days."""
    _check_span(first, last)
    check_int("max_days", max_days, 1, _MOST_DAYS)
    room = (date.max - last).days
    if room < max_days:
        raise InvalidValueError(
            "last", last, f"a period of {max_days} days from it ends off the calendar; start earlier"
        )
    return st.builds(
        lambda start, days: Period(start, start + timedelta(days)), st.dates(first, last), st.integers(1, max_days)
    )


def _check_span(first: date, last: date) -> None:
    if check_date("last", last) < check_date("first", first):
        raise InvalidValueError("last", last, f"give {first} or later")


def cut_periods(max_days: int = 400) -> st.SearchStrategy[tuple[Period, date]]:
    """Draw a period and a day from its first to its end, both included."""
    return periods(max_days=max_days).flatmap(
        lambda period: st.tuples(st.just(period), st.dates(period.start, period.end))
    )


def cadences(units: Sequence[Unit] = tuple(Unit), *, max_count: int = 24) -> st.SearchStrategy[Cadence]:
    """Draw cadences of some units, counted up to ``max_count``, 1000 at most."""
    units = collected("units", units, Unit)
    if not units:
        raise InvalidValueError("units", units, "give at least one unit")
    check_int("max_count", max_count, 1, _MOST_COUNTED)
    return st.builds(Cadence, st.integers(1, max_count), st.sampled_from(units))


def schedules(first: date = FIRST_DAY, last: date = LAST_DAY) -> st.SearchStrategy[Schedule]:
    """Draw schedules; month ends and 29 February are drawn often enough to matter."""
    _check_span(first, last)
    ends = st.builds(_month_end, st.integers(first.year, last.year), st.integers(1, 12))
    return st.builds(Schedule, st.dates(first, last) | ends, cadences())


def _month_end(year: int, month: int) -> date:
    return date(year, month, month_length(year, month))


def credit_is_rounded_half_up(credit: CreditFunction, net: Money, period: Period, day: date) -> None:
    """Hold a credit against the exact one: ``net × days left / days``, rounded once, half away from zero."""
    from billingcore.proration import prorate  # noqa: PLC0415 - whoever only draws values does not pay for it

    due, got = prorate(net, period, day).credit, _credited(credit, net, period, day)
    if got != due:
        raise AssertionError(f"credit of {net} over {period} from {day}: {due} is due, got {got}")


def _credited(credit: CreditFunction, net: Money, period: Period, day: date) -> Money:
    """Return what a caller's function credits, from arguments that were checked."""
    check_money("net", net)
    check("period", period, Period)
    check_date("day", day)
    return check_money("credit", asked("credit", credit, net, period, day), net.currency)


def credits_stay_within_the_billed(credit: CreditFunction, net: Money, period: Period, day: date) -> None:
    """Hold a credit to its bounds: nothing on the end day, all of it on the first day, never outside."""
    got = _credited(credit, net, period, day)
    nothing = Money.zero(net.currency)
    if not nothing <= got <= net:
        raise AssertionError(f"credit of {net} over {period} from {day} is outside what was billed: {got}")
    if _credited(credit, net, period, period.start) != net:
        raise AssertionError(f"nothing of {period} was used on its first day, but not all of {net} is credited")
    if _credited(credit, net, period, period.end) != nothing:
        raise AssertionError(f"all of {period} was used on its end day, but something of {net} is credited")


def credit_never_grows_later(credit: CreditFunction, net: Money, period: Period, day: date) -> None:
    """Hold a credit to falling as the change gets later."""
    today = _credited(credit, net, period, day)
    if day < period.end:
        tomorrow = _credited(credit, net, period, day + timedelta(1))
        if tomorrow > today:
            raise AssertionError(f"credit of {net} over {period} grows from {today} on {day} to {tomorrow} a day later")


def parts_make_the_whole(credit: CreditFunction, net: Money, period: Period, days: Iterable[date]) -> None:
    """Hold slices of one billed amount, as differences of credits, to adding up to it, whatever the cuts."""
    days = collected("days", days, date)
    check("period", period, Period)
    credits_at = [_credited(credit, net, period, day) for day in (period.start, *sorted(days), period.end)]
    slices = [earlier - later for earlier, later in pairwise(credits_at)]
    if any(part.amount_minor < 0 for part in slices):
        raise AssertionError(f"a slice of {net} over {period} cut at {days} is below nothing: {slices}")
    if total(slices, net.currency) != net:
        raise AssertionError(f"the slices of {net} over {period} cut at {days} add up to {total(slices, net.currency)}")


def allocation_keeps_the_whole(
    allocate: Callable[[Money, Sequence[int]], Sequence[Money]], whole: Money, weights: Sequence[int]
) -> None:
    """Hold a split to the whole: nothing lost, nothing to a weight of 0, no share off its exact value by a minor unit."""
    check_money("whole", whole)
    weights = collected("weights", weights, int)
    shares = collected("allocate", asked("allocate", allocate, whole, weights), Money)
    if len(shares) != len(weights) or total(shares, whole.currency) != whole:
        raise AssertionError(f"{whole} over {weights} became {list(map(str, shares))}, which is not the whole")
    sum_of_weights = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        off = abs(share.amount_minor * sum_of_weights - whole.amount_minor * weight)
        if off >= sum_of_weights or (weight == 0 and share):
            raise AssertionError(f"{whole} over {weights}: the share {share} of weight {weight} is off by a minor unit")


def boundaries_are_counted_from_the_anchor(boundary: BoundaryFunction, schedule: Schedule, n: int) -> None:
    """Hold a bill date against ``anchor + n × cadence``, clamped to the month's end; no earlier date matters."""
    due, got = check("schedule", schedule, Schedule).boundary(n), _boundary(boundary, schedule, n)
    if got != due:
        raise AssertionError(f"boundary {n} of {schedule.anchor}, {schedule.cadence.describe()}: {due}, got {got}")


def _boundary(boundary: BoundaryFunction, schedule: Schedule, n: int) -> date:
    check("schedule", schedule, Schedule)
    check("n", n, int)
    return check_date("boundary", asked("boundary", boundary, schedule.anchor, schedule.cadence, n))


def boundaries_increase(boundary: BoundaryFunction, schedule: Schedule, n: int) -> None:
    """Hold bill dates to strictly increasing."""
    this, following = _boundary(boundary, schedule, n), _boundary(boundary, schedule, n + 1)
    if this >= following:
        of = f"{schedule.anchor}, {schedule.cadence.describe()}"
        raise AssertionError(f"boundary {n} of {of} is {this}, boundary {n + 1} is {following}")


def one_period_contains_each_day(find: Callable[[Schedule, date], Period], schedule: Schedule, day: date) -> None:
    """Hold a search for the period of a day to finding the one that contains it, and whose neighbours touch it."""
    check("schedule", schedule, Schedule)
    found = check("find", asked("find", find, schedule, check_date("day", day)), Period)
    if not found.contains(day):
        raise AssertionError(f"{day} is not in the period found for it: {found}")
    n = schedule.index_of(day)
    if (found.start, found.end) != (schedule.boundary(n), schedule.boundary(n + 1)):
        raise AssertionError(f"the period found for {day} is {found}, the schedule says {schedule.period(n)}")


# By the type that each draws: what `register` and Hypothesis' entry point go by.
STRATEGIES: Final[Mapping[type[object], Callable[[], st.SearchStrategy[object]]]] = {
    Cadence: cadences,
    ExactAmount: exact_amounts,
    Money: moneys,
    Period: periods,
    Schedule: schedules,
}


def register() -> None:
    """Register the strategies, so that ``st.from_type(Money)`` works.

    Hypothesis does it by itself where this package is installed and ``HYPOTHESIS_NO_PLUGINS`` is not set.
    """
    for kind, strategy in STRATEGIES.items():
        st.register_type_strategy(kind, strategy())


own_door(__name__)
