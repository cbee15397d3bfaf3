"""Half-open stretches of civil days, and lazy sequences of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any, Generic, Protocol, TypeVar, overload

import attrs

from billingcore._checks import check_date, refuse, setters
from billingcore.cycles._calendar import MAX_CYCLES, check_index
from billingcore.errors import BillingError, InvalidValueError

P_co = TypeVar("P_co", covariant=True)


@attrs.frozen(init=False)
class Period:
    """A half-open stretch of civil days: ``start`` belongs to it, ``end`` is the first day after it.

    Args:
        start: the first day.
        end: the first day that no longer belongs to it; later than ``start``.
        reference: for a stub, the full period to which it belongs: the denominator of its share. None for a full period.
        index: its number in the schedule that made it; a label that equality ignores.
        joined: for a long stub, the full period that is billed together with the short one, and next to its
            ``reference``; a tuple, in order, where they are several. Each day then counts over the full period in
            which it lies.

    Raises:
        InvalidTypeError: a date that is not a civil date, a reference or a joined period that is no `Period`.
        InvalidValueError: an end that is not after the start; a reference that is a stub itself, or that does not
            contain the stub; joined periods that are not next to the reference, or a long stub that reaches outside
            all of them.
        OutOfRangeError: a number that no schedule reaches.

    >>> february = Period(date(2026, 1, 31), date(2026, 2, 28))
    >>> february.days, february.contains(date(2026, 2, 28))
    (28, False)
    """

    start: date
    end: date
    reference: "Period | None" = None
    index: int | None = attrs.field(default=None, eq=False)
    joined: "Period | tuple[Period, ...] | None" = None

    def __init__(
        self,
        start: date,
        end: date,
        reference: "Period | None" = None,
        index: int | None = None,
        joined: "Period | tuple[Period, ...] | None" = None,
    ) -> None:
        if type(start) is not date or type(end) is not date:
            check_date("start", start)
            check_date("end", end)
        if end <= start:
            raise InvalidValueError("end", end, f"a period must end after it starts ({start})")
        if index is not None and (type(index) is not int or not -MAX_CYCLES <= index <= MAX_CYCLES):
            check_index(index)
        if reference is not None or joined is not None:
            joined = _check_full_periods(start, end, reference, joined)
        _put_start(self, start)
        _put_end(self, end)
        _put_reference(self, reference)
        _put_index(self, index)
        _put_joined(self, joined)

    @property
    def days(self) -> int:
        """The number of civil days in the period."""
        return (self.end - self.start).days

    @property
    def full(self) -> "Period":
        """The full period: the reference of a stub, else the period itself."""
        return self.reference or self

    @property
    def is_stub(self) -> bool:
        """Whether the period is only a part of a full one, or more than one."""
        return self.reference is not None

    @property
    def fraction(self) -> Fraction:
        """The exact share of the full period: 1 unless the period is a stub.

        A long stub counts each day over the full period in which it lies, so it
        costs exactly what its short stub and its full period cost apart. (The
        same sum as the long first coupon of ICMA rule 251: one term for each
        notional period.)

        >>> january = Period(date(2026, 1, 1), date(2026, 2, 1))
        >>> february = Period(date(2026, 2, 1), date(2026, 3, 1))
        >>> Period(date(2026, 1, 10), date(2026, 3, 1), january, joined=february).fraction  # 22/31 + 28/28
        Fraction(53, 31)
        """
        if self.joined is None:
            return Fraction(self.days, self.full.days)
        return sum((part.fraction for part in self.parts), Fraction(0))

    @property
    def parts(self) -> "tuple[Period, ...]":
        """The pieces of a long stub, each with its own full period; any other period is its own one piece."""
        if self.joined is None or self.reference is None:
            return (self,)
        joined = self.joined if isinstance(self.joined, tuple) else (self.joined,)
        pieces = []
        for full in sorted((self.reference, *joined), key=lambda period: period.start):
            start, end = max(self.start, full.start), min(self.end, full.end)
            if start < end:
                pieces.append(full if (start, end) == (full.start, full.end) else Period(start, end, full))
        return tuple(pieces)

    def contains(self, day: date) -> bool:
        """Say whether the day belongs to the period."""
        return self.start <= check_date("day", day) < self.end

    def split(self, day: date) -> "tuple[Period, Period]":
        """Cut the period before a day; both parts keep the full period as their reference.

        Raises:
            InvalidValueError: a day on which nothing is cut: the first one, or one outside the period.

        >>> used, unused = Period(date(2026, 1, 31), date(2026, 2, 28)).split(date(2026, 2, 15))
        >>> used.fraction, unused.fraction
        (Fraction(15, 28), Fraction(13, 28))
        """
        if not self.start < check_date("day", day) < self.end:
            raise InvalidValueError("day", day, f"the period is cut between {self.start} and {self.end}, both excluded")
        full, joined = self.full, self.joined
        return Period(self.start, day, full, None, joined), Period(day, self.end, full, None, joined)

    def explain(self) -> str:
        """Return the period and its share in words, with the days that were counted.

        >>> quarter = Period(date(2024, 4, 1), date(2024, 7, 1))
        >>> Period(date(2024, 5, 20), date(2024, 7, 1), quarter).explain()
        '2024-05-20 to 2024-07-01: 42 of the 91 days from 2024-04-01 to 2024-07-01'
        """
        if self.reference is None:
            return f"{self}: {self.days} days, a full period"
        counted = " and ".join(f"{part.days} of the {part.full.days} days from {part.full}" for part in self.parts)
        return f"{self}: {counted}"

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


_put_start, _put_end, _put_reference, _put_index, _put_joined = setters(Period)


def _check_full_periods(
    start: date, end: date, reference: Period | None, joined: Period | tuple[Period, ...] | None
) -> Period | tuple[Period, ...] | None:
    """Refuse full periods that do not contain the stub; return the joined ones, a tuple of one as that one."""
    if reference is None:
        raise InvalidValueError("joined", joined, "a joined period lies next to the reference of the stub; give both")
    _check_full("reference", reference)
    if joined is None:
        if start < reference.start or end > reference.end:
            problem = f"a stub lies within its full period; {start} to {end} does not"
            raise InvalidValueError("reference", str(reference), problem)
        return None
    run = tuple(joined) if isinstance(joined, tuple) else (joined,)
    for each in run:
        _check_full("joined", each)
    if not run or any(earlier.end != later.start for earlier, later in pairwise(run)):
        raise InvalidValueError("joined", joined, "joined periods follow each other without a gap; give them in order")
    first, last = run[0].start, run[-1].end
    if first != reference.end and last != reference.start:
        raise InvalidValueError("joined", joined, "a joined period lies next to the reference of the stub; give both")
    if start < min(reference.start, first) or end > max(reference.end, last):
        raise InvalidValueError("joined", joined, "a long stub stays within its reference and the joined period")
    return run[0] if len(run) == 1 else run


def _check_full(name: str, period: object) -> None:
    if type(period) is not Period:
        refuse(name, period, Period)
    if period.reference is not None:
        problem = "a share is counted over a full period, and this is a stub; give its own full period"
        raise InvalidValueError(name, str(period), problem)


class HasPeriods(Protocol[P_co]):
    """What numbers its periods: a schedule of any kind."""

    def period(self, n: int) -> P_co:
        """Return period ``n``."""
        ...

    def index_of(self, at: Any, /) -> int:  # noqa: ANN401 - a date, or an instant
        """Return the number of the period that contains a day or an instant."""
        ...


@attrs.frozen
class Periods(Sequence[P_co], Generic[P_co]):
    """A lazy sequence of periods: it holds their numbers and makes each period when it is asked for.

    Length, indexing, slicing and ``in`` cost the same however many periods there are.

    Args:
        source: the schedule that makes them.
        numbers: the numbers of the periods in it.

    Raises:
        InvalidTypeError: a source that does not number periods, numbers that are not a range.
    """

    source: HasPeriods[P_co]
    numbers: range

    def __attrs_post_init__(self) -> None:
        if type(self.numbers) is not range:
            refuse("numbers", self.numbers, range, words="a range of period numbers")
        kind = type(self.source)
        if not (callable(getattr(kind, "period", None)) and callable(getattr(kind, "index_of", None))):
            refuse("source", self.source, words="a schedule: what has period(n) and index_of(day)")

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> P_co: ...
    @overload
    def __getitem__(self, at: slice) -> "Periods[P_co]": ...
    def __getitem__(self, at: int | slice) -> "P_co | Periods[P_co]":
        if isinstance(at, slice):
            return Periods(self.source, self.numbers[at])
        return self.source.period(self.numbers[at])

    def __iter__(self) -> Iterator[P_co]:
        make = self.source.period
        for n in self.numbers:
            yield make(n)

    def __contains__(self, value: object) -> bool:
        # A period is found by its first day or instant: its number is a label that equality ignores.
        start = value.start if isinstance(value, Period) else getattr(value, "start_at", None)
        try:
            number = self.source.index_of(start)
            return number in self.numbers and self.source.period(number) == value
        except BillingError:
            return False
