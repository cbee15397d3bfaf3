"""Ageing: how much is open on a day, and for how long; of plain rows, of one ledger, of many."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from billingcore._checks import check, check_date, collected, mapped
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.ledger._buckets import USUAL, AgedBy, Ageing, AgeingBucket, AgeingPolicy, UnappliedAs, starts_of
from billingcore.ledger._ledger import Ledger
from billingcore.ledger._positions import OpenItem, Position
from billingcore.money import Money, Rounding, convert, minor_digits
from billingcore.money._amounts import check_money


def age_items(items: Iterable[OpenItem], day: date, currency: str, policy: AgeingPolicy = USUAL) -> Ageing:
    """Cut plain rows by age. A row with nothing open stands in no bucket; one below 0 is unapplied.

    Args:
        items: the rows, of one currency, as they are open on the day.
        day: the day.
        currency: the currency, also of an empty result.
        policy: how they are cut.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a row in another currency.
        InvalidValueError: a row whose day of issue is needed and not known.

    >>> rows = [OpenItem("1", Money.of("30.00", "EUR"), date(2026, 3, 1)), OpenItem("2", Money.of("5.00", "EUR"), date(2026, 1, 20))]
    >>> print(age_items(rows, date(2026, 2, 9), "EUR", AgeingPolicy((30,))).explain())
    open on 2026-02-09, by days past the due day
      current: 30.00 EUR (1)
      1 to 30 days: 5.00 EUR (2)
      31 days and more: 0.00 EUR
      total: 35.00 EUR
    """
    check_date("day", day)
    minor_digits(currency)
    check("policy", policy, AgeingPolicy)
    return _aged(collected("items", items, OpenItem), day, policy, currency)


def _aged(
    items: Iterable[OpenItem], day: date, policy: AgeingPolicy, currency: str, known: date | None = None
) -> Ageing:
    starts, by_due_day = starts_of(policy), policy.by is AgedBy.DUE_DAY
    apart = policy.unapplied is UnappliedAs.APART
    minors = [0] * (len(starts) + 1)
    found: list[dict[str, None]] = [{} for _ in minors]
    unapplied = 0
    for item in items:
        minor = check_money("items", item.amount, currency).amount_minor
        if minor < 0 and apart:
            unapplied -= minor
        elif minor:
            counted = item.due_on if by_due_day else item.issued_on
            if counted is None:
                problem = "its day of issue is not known: give issued_on, or age by the due day"
                raise InvalidValueError("items", item.reference, problem)
            at = bisect_right(starts, (day - counted).days)
            minors[at] += minor
            found[at][item.reference] = None
    rows = zip(policy.ages, minors, found, strict=True)
    buckets = [AgeingBucket(*age, Money(minor, currency), tuple(of_it)) for age, minor, of_it in rows]
    return Ageing(day, policy, tuple(buckets), Money(unapplied, currency), known)


def age_ledger(ledger: Ledger, day: date, policy: AgeingPolicy = USUAL, *, known_on: date | None = None) -> Ageing:
    """Cut what is open of a ledger at the end of a day by age, contested or not.

    Args:
        ledger: the customer's.
        day: the day; later entries do not count.
        policy: how it is cut.
        known_on: leave out what was recorded after this day.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a day before the ledger.

    >>> from billingcore.ledger import Issued, Received
    >>> ledger = Ledger.opened("EUR", date(2026, 1, 1)).with_entries(
    ...     Issued("2026-1", date(2026, 1, 31), Money.of("36.00", "EUR"), date(2026, 2, 14)),
    ...     Received("bank-1", date(2026, 2, 20), Money.of("20.00", "EUR"), pays="2026-1"),
    ... )
    >>> [str(age_ledger(ledger, date(2026, 2, day)).buckets[1].amount) for day in (14, 15, 20)]
    ['0.00 EUR', '36.00 EUR', '16.00 EUR']
    """
    check("ledger", ledger, Ledger)
    check("policy", policy, AgeingPolicy)
    rows = _rows(ledger.position(day, known_on=known_on))
    return _aged(rows, day, policy, ledger.currency, known_on)


def _rows(position: Position) -> Iterator[OpenItem]:
    """Give everything of a position that has an age: what is open, and below 0 what is unapplied."""
    yield from position.items
    for each in position.unapplied:
        yield OpenItem(each.reference, -each.amount, each.due_on, each.on)


def age_ledgers(
    ledgers: Iterable[Ledger], day: date, policy: AgeingPolicy = USUAL, *, known_on: date | None = None
) -> dict[str, Ageing]:
    """Cut what is open of many ledgers by age: by currency, as amounts of two currencies have no sum.

    Args:
        ledgers: those of the customers.
        day: the day; a ledger that starts later is refused, as nothing is known of it.
        policy: how they are cut.
        known_on: leave out what was recorded after this day.

    Returns:
        The total of each currency, in the order of the codes.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a day before a ledger.

    >>> from billingcore.ledger import Issued
    >>> ledgers = [
    ...     Ledger.opened(code, date(2026, 1, 1)).with_entries(Issued("1", date(2026, 1, 31), Money(3000, code)))
    ...     for code in ("USD", "EUR", "EUR")
    ... ]
    >>> {code: str(ageing.total) for code, ageing in age_ledgers(ledgers, date(2026, 2, 9)).items()}
    {'EUR': '60.00 EUR', 'USD': '30.00 USD'}
    """
    check("policy", policy, AgeingPolicy)
    rows = _rows_of(ledgers, day, known_on)
    return {code: _aged(rows[code], day, policy, code, known_on) for code in sorted(rows)}


def _rows_of(ledgers: Iterable[Ledger], day: date, known_on: date | None) -> dict[str, list[OpenItem]]:
    """Return everything of many ledgers that has an age, by currency."""
    check_date("day", day)
    check("known_on", known_on, date, None)
    rows: dict[str, list[OpenItem]] = {}
    for ledger in collected("ledgers", ledgers, Ledger):
        rows.setdefault(ledger.currency, []).extend(_rows(ledger.position(day, known_on=known_on)))
    return rows


def age_ledgers_in(
    ledgers: Iterable[Ledger],
    day: date,
    currency: str,
    rates: Mapping[str, Fraction],
    rounding: Rounding,
    policy: AgeingPolicy = USUAL,
    *,
    known_on: date | None = None,
) -> Ageing:
    """Cut what is open of many ledgers by age, as one total in one currency, at rates that the caller gives.

    Every invoice, instalment and unapplied amount is converted and rounded by itself: so each ledger's rows are found again
    in the total.

    Args:
        ledgers: those of the customers.
        day: the day; a ledger that starts later is refused, as nothing is known of it.
        currency: that of the total.
        rates: as in `convert_items`.
        rounding: the mode.
        policy: how they are cut.
        known_on: leave out what was recorded after this day.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: no rate for a currency, a day before a ledger.

    >>> from billingcore.ledger import Issued
    >>> ledgers = [
    ...     Ledger.opened(code, date(2026, 1, 1)).with_entries(Issued("1", date(2026, 1, 31), Money(3000, code)))
    ...     for code in ("USD", "EUR")
    ... ]
    >>> rates = {"USD": Fraction("0.85")}  # 30.00 × 0.85 + 30.00
    >>> print(age_ledgers_in(ledgers, date(2026, 2, 9), "EUR", rates, Rounding.HALF_UP).total)
    55.50 EUR
    """
    check("policy", policy, AgeingPolicy)
    items = [item for rows in _rows_of(ledgers, day, known_on).values() for item in rows]
    return _aged(convert_items(items, currency, rates, rounding), day, policy, currency, known_on)


def convert_items(
    items: Iterable[OpenItem], currency: str, rates: Mapping[str, Fraction], rounding: Rounding
) -> tuple[OpenItem, ...]:
    """Return rows in another currency: each is converted by itself and rounded once.

    Args:
        items: the rows, of any currencies.
        currency: the currency that is wanted; its own rows stay as they are.
        rates: for each other currency how many major units of the wanted one a major unit of it is worth.
        rounding: the mode.

    Raises:
        InvalidTypeError: an argument of another type; a rate that is a float.
        InvalidValueError: no rate for a currency, a rate of nothing or below it.
        UnknownCurrencyError: a currency that ISO 4217 does not list.

    >>> rows = [OpenItem("1", Money.of("0.03", "USD"), date(2026, 3, 1))] * 3
    >>> [str(row.amount) for row in convert_items(rows, "EUR", {"USD": Fraction(1, 2)}, Rounding.HALF_UP)]
    ['0.02 EUR', '0.02 EUR', '0.02 EUR']
    """
    minor_digits(currency)
    check("rounding", rounding, Rounding)
    known = mapped("rates", rates, "a mapping from the codes of currencies to Fractions")
    for code, rate in known.items():
        convert(Money.zero(code), currency, rate, rounding)
        if code == currency and rate != 1:
            raise InvalidValueError("rates", rate, f"{currency} is what is wanted; leave its rate out")
    read = collected("items", items, OpenItem)
    return tuple(
        [item if item.amount.currency == currency else _converted(item, currency, known, rounding) for item in read]
    )


def _converted(item: OpenItem, currency: str, rates: Mapping[str, Fraction], rounding: Rounding) -> OpenItem:
    rate = rates.get(item.amount.currency)
    if rate is None:
        raise InvalidValueError("rates", item.amount.currency, f"give a rate for it: how many {currency} one is worth")
    contested = None if item.contested is None else convert(item.contested, currency, rate, rounding)
    return OpenItem(
        item.reference, convert(item.amount, currency, rate, rounding), item.due_on, item.issued_on, contested
    )


def total_ageings(ageings: Iterable[Ageing]) -> Ageing:
    """Add up ageings of one day, cut in one way, in one currency: bucket by bucket.

    Args:
        ageings: one or more.

    Raises:
        InvalidTypeError: something else.
        CurrencyMismatchError: two currencies; `age_ledgers_in` converts them.
        InvalidValueError: none, two days, two policies, or known on two days.

    >>> rows = [OpenItem("1", Money.of("30.00", "EUR"), date(2026, 3, 1))]
    >>> print(total_ageings([age_items(rows, date(2026, 2, 9), "EUR")] * 2).total)
    60.00 EUR
    """
    read = collected("ageings", ageings, Ageing)
    if not read:
        raise InvalidValueError("ageings", read, "give one or more: a total of none has no currency")
    first = read[0]
    currency = first.unapplied.currency
    for each in read:
        if (each.day, each.policy, each.known_on) != (first.day, first.policy, first.known_on):
            problem = f"it is another day or another cut than the first one's ({first.day}, {first.policy})"
            raise InvalidValueError("ageings", (each.day, each.policy), problem)
        if each.unapplied.currency != currency:
            raise CurrencyMismatchError(currency, each.unapplied.currency)
    buckets = []
    for at, (first_day, last_day) in enumerate(first.policy.ages):
        minor = sum([each.buckets[at].amount.amount_minor for each in read])
        references = dict.fromkeys([reference for each in read for reference in each.buckets[at].references])
        buckets.append(AgeingBucket(first_day, last_day, Money(minor, currency), tuple(references)))
    unapplied = Money(sum([each.unapplied.amount_minor for each in read]), currency)
    return Ageing(first.day, first.policy, tuple(buckets), unapplied, first.known_on)
