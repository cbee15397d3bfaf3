"""How fast billing time is, against dateutil and against bare integers; every figure is a ratio.

    python benchmarks/bench_time.py

Each line times two contestants on the same inputs, in turn, and prints the median of the paired ratios. Before
anything is timed the answers are compared: a contestant that answers wrongly says so and is not a goal.
"""

import datetime as dt
import sys
from collections.abc import Callable
from statistics import median
from timeit import default_timer as clock

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY as RRULE_MONTHLY
from dateutil.rrule import rrule

from billingcore.cycles import MONTHLY, AlignedSchedule, DayOfMonth, Period, Schedule
from billingcore.deadlines import DaysAfter

ROUNDS = 21
ANCHOR = dt.date(2024, 1, 31)
SCHEDULE = Schedule(ANCHOR, MONTHLY)
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
NUMBERS = range(1200)


def nth_by_integers(year: int, month: int, day: int, n: int) -> dt.date:
    """The least that can be done: months as integers, the day clamped."""
    k = month - 1 + n
    year += k // 12
    k %= 12
    if day > 28:
        last = 29 if k == 1 and year % 4 == 0 and (year % 100 or year % 400 == 0) else LENGTHS[k]
        if day > last:  # noqa: PLR1730 - min() would slow the floor down
            day = last
    return dt.date(year, k + 1, day)


def nth_by_hand(anchor: dt.date, n: int) -> dt.date:
    return nth_by_integers(anchor.year, anchor.month, anchor.day, n)


def containing_by_hand(anchor: dt.date, day: dt.date) -> Period:
    """The hand-written search, with the same result object."""
    n = (day.year - anchor.year) * 12 + day.month - anchor.month
    start = nth_by_hand(anchor, n)
    if start > day:
        return Period(nth_by_hand(anchor, n - 1), start, None, n - 1)
    return Period(start, nth_by_hand(anchor, n + 1), None, n)


def containing_by_walking(anchor: dt.date, day: dt.date) -> Period:
    n, start = 0, anchor
    while (end := anchor + relativedelta(months=n + 1)) <= day:
        n, start = n + 1, end
    return Period(start, end, None, n)


def timed(call: Callable[[], object], least: float = 0.02) -> float:
    """Seconds for one call: repeated until ``least`` seconds have passed."""
    count = 1
    while True:
        begun = clock()
        for _ in range(count):
            call()
        spent = clock() - begun
        if spent >= least:
            return spent / count
        count *= 4


def ratio(ours: Callable[[], object], other: Callable[[], object]) -> float:
    return median(timed(ours) / timed(other) for _ in range(ROUNDS))


def report(what: str, value: float, goal: str, *, met: bool) -> bool:
    print(f"{what:78} {value:8.2f}  {goal}{'' if met else '  MISSED'}")
    return met


def at_most(what: str, ours: Callable[[], object], other: Callable[[], object], limit: float) -> bool:
    found = ratio(ours, other)
    return report(what, found, f"at most {limit}", met=found <= limit)


def faster(what: str, ours: Callable[[], object], other: Callable[[], object], least: float) -> bool:
    found = 1 / ratio(ours, other)
    return report(what, found, f"at least {least} times faster", met=found >= least)


def compare_answers() -> None:
    right = [nth_by_hand(ANCHOR, n) for n in NUMBERS]
    midnight = dt.datetime(2024, 1, 31)  # noqa: DTZ001 - rrule wants a naive one for civil dates
    contestants = {
        "billingcore": [SCHEDULE.boundary(n) for n in NUMBERS],
        "anchor + n * relativedelta": [ANCHOR + relativedelta(months=n) for n in NUMBERS],
        "rrule": [found.date() for found in rrule(RRULE_MONTHLY, dtstart=midnight, count=len(NUMBERS))],
        "rrule, bymonthday=(31, -1), bysetpos=1": [
            found.date()
            for found in rrule(RRULE_MONTHLY, dtstart=midnight, count=1200, bymonthday=(31, -1), bysetpos=1)
        ],
    }
    for name, answers in contestants.items():
        wrong = sum(a != b for a, b in zip(answers, right, strict=True))
        print(f"{name:40} {'right' if not wrong else f'wrong on {wrong} of {len(right)} boundaries'}")


def main() -> int:
    compare_answers()
    midnight = dt.datetime(2024, 1, 31)  # noqa: DTZ001 - as above
    few, many = range(100), NUMBERS
    days = [ANCHOR + dt.timedelta(days=9 * n) for n in range(200)]
    near, far = dt.date(2024, 2, 20), dt.date(2107, 5, 20)
    aligned = AlignedSchedule.by_rule(dt.date(2024, 1, 10), DayOfMonth(1), MONTHLY)
    window = DaysAfter(15)
    print()
    results = [
        at_most(
            "boundary(n) / hand-written, from a date",
            lambda: [SCHEDULE.boundary(n) for n in few],
            lambda: [nth_by_hand(ANCHOR, n) for n in few],
            2.0,
        ),
        faster(
            "boundary(n) / anchor + relativedelta(months=n)",
            lambda: [SCHEDULE.boundary(n) for n in few],
            lambda: [ANCHOR + relativedelta(months=n) for n in few],
            8.0,
        ),
        at_most(
            "period_containing(day) / hand-written, with a Period",
            lambda: [SCHEDULE.period_containing(day) for day in days],
            lambda: [containing_by_hand(ANCHOR, day) for day in days],
            1.5,
        ),
        faster(
            "period_containing at period 60 / walking with relativedelta",
            lambda: SCHEDULE.period_containing(dt.date(2029, 2, 5)),
            lambda: containing_by_walking(ANCHOR, dt.date(2029, 2, 5)),
            100.0,
        ),
        at_most(
            "1,200 monthly boundaries / bare integers",
            lambda: [SCHEDULE.boundary(n) for n in many],
            lambda: [nth_by_integers(2024, 1, 31, n) for n in many],
            2.0,
        ),
        faster(
            "1,200 monthly boundaries / anchor + relativedelta",
            lambda: [SCHEDULE.boundary(n) for n in many],
            lambda: [ANCHOR + relativedelta(months=n) for n in many],
            8.0,
        ),
        faster(
            "1,200 monthly boundaries / rrule with bymonthday=(31, -1), bysetpos=1",
            lambda: [SCHEDULE.boundary(n) for n in many],
            lambda: list(rrule(RRULE_MONTHLY, dtstart=midnight, count=1200, bymonthday=(31, -1), bysetpos=1)),
            15.0,
        ),
        at_most(
            "boundary(n): n = 1,000 / n = 1",
            lambda: SCHEDULE.boundary(1000),
            lambda: SCHEDULE.boundary(1),
            1.3,
        ),
        at_most(
            "period_containing: at period 1,000 / at period 1",
            lambda: SCHEDULE.period_containing(far),
            lambda: SCHEDULE.period_containing(near),
            1.3,
        ),
        at_most(
            "periods(start, until): length of 1,000 years / of 1 year",
            lambda: len(SCHEDULE.periods(ANCHOR, dt.date(3024, 1, 31))),
            lambda: len(SCHEDULE.periods(ANCHOR, dt.date(2025, 1, 31))),
            1.3,
        ),
        at_most(
            "period(n) of an aligned schedule / of its schedule",
            lambda: aligned.period(7),
            lambda: SCHEDULE.period(7),
            1.6,
        ),
        faster(
            "DaysAfter(15).deadline(day) / day + relativedelta(days=15)",
            lambda: window.deadline(near),
            lambda: near + relativedelta(days=15),
            6.0,
        ),
    ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
