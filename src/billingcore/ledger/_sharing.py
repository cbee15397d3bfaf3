"""Sharing a payment out over what is open."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs

from billingcore._checks import check, check_tuple, collected
from billingcore._choices import Choice
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.ledger._payments import Pays, Portion, portions_of
from billingcore.ledger._positions import OpenItem, capped
from billingcore.money import Money
from billingcore.money._amounts import check_money


class SharingRule(Choice):
    """What a payment pays first."""

    OLDEST_FIRST = "oldest_first"
    """The oldest issue first, then by reference; instalments of one invoice by their due days."""
    DUE_FIRST = "due_first"
    """What is due first, instalment by instalment, then by reference."""
    AS_NAMED = "as_named"
    """What the payer says, in that order; an amount that is named is what it gets, no more and no less."""
    IN_PROPORTION = "in_proportion"
    """Each as much as its share of what is open: by largest remainder, ties to what is due first, then by reference."""


@attrs.frozen
class Sharing:
    """How a payment is shared out: its portions and the rest add up to it.

    Args:
        portions: the invoices that are paid, each with its amount, in the order of the rule.
        unapplied: what is left, 0 or more.

    Raises:
        InvalidTypeError: a field of another type, a portion without an amount.
        CurrencyMismatchError: two currencies.
        InvalidValueError: less than nothing left, an invoice twice.
    """

    portions: tuple[Portion, ...]
    unapplied: Money

    def __attrs_post_init__(self) -> None:
        check_tuple("portions", self.portions, Portion)
        if check_money("unapplied", self.unapplied).amount_minor < 0:
            raise InvalidValueError("unapplied", self.unapplied, "no more is shared out than there is")
        for each in self.portions:
            if each.amount is None:
                raise InvalidTypeError("portions", each, "portions with their amounts")
            check_money("portions", each.amount, self.unapplied.currency)
        if len(self.amounts) != len(self.portions):
            raise InvalidValueError("portions", self.portions, "an invoice is named twice; give its amounts as one")

    @property
    def amounts(self) -> dict[str, Money]:
        """What each invoice gets, by its reference, in the order of the rule."""
        return {each.of: each.amount for each in self.portions if each.amount is not None}

    def explain(self) -> str:
        """Return what is paid, of many invoices the first ones, and what is left."""
        rows = capped([f"{reference}: {amount}" for reference, amount in self.amounts.items()])
        return "\n".join([*rows, f"unapplied: {self.unapplied}"])


def share_payment(
    items: Iterable[OpenItem], amount: Money, rule: SharingRule, *, named: Pays = (), with_contested: bool = False
) -> Sharing:
    """Share an amount out over what is open. An invoice never gets more than is open of it; what is left is unapplied.

    Args:
        items: what is open, in any order; a row of nothing, or below 0, gets nothing. Rows with one reference are
            instalments of one invoice, which gets one portion.
        amount: what was paid, 0 or more.
        rule: what is paid first.
        named: with `SharingRule.AS_NAMED` what the payer says: a reference, several in their order, or for each its
            amount; one without an amount gets what is open of it. Nothing named: nothing is paid.
        with_contested: whether what is contested is paid too, where the payer does not name it.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a row or a named amount in another currency.
        InvalidValueError: an amount below 0; names beside another rule; a name that is not open, more named for one than
            is open of it, or than was paid; the oldest issue first where a day of issue is not known.

    >>> rows = [OpenItem("1", Money.of("50.00", "EUR"), date(2026, 5, 1)), OpenItem("2", Money.of("30.00", "EUR"), date(2026, 4, 1))]
    >>> print(share_payment(rows, Money.of("40.00", "EUR"), SharingRule.DUE_FIRST).explain())
    2: 30.00 EUR
    1: 10.00 EUR
    unapplied: 0.00 EUR
    >>> print(share_payment(rows, Money.of("40.00", "EUR"), SharingRule.IN_PROPORTION).explain())
    2: 15.00 EUR
    1: 25.00 EUR
    unapplied: 0.00 EUR
    """
    currency = check_money("amount", amount).currency
    if amount.amount_minor < 0:
        raise InvalidValueError("amount", amount, "what was paid is 0 or more")
    check("rule", rule, SharingRule)
    check("with_contested", with_contested, bool)
    portions = portions_of("named", named)
    is_named = rule is SharingRule.AS_NAMED
    if portions and not is_named:
        problem = "the payer said what is paid: share it as named, or leave the names out"
        raise InvalidValueError("named", tuple([each.of for each in portions]), problem)
    rows = collected("items", items, OpenItem)
    for item in rows:
        check_money("items", item.amount, currency)
    order = _by_issue if rule is SharingRule.OLDEST_FIRST else _by_due_day
    payable = list(_payable(sorted(rows, key=order), with_contested=with_contested or is_named))
    if is_named:
        shares = _named(_by_reference(payable), portions, amount)
    elif rule is SharingRule.IN_PROPORTION:
        shares = _proportional(_by_reference(payable), amount)
    else:
        shares = _in_turn(payable, amount.amount_minor)
    paid = tuple([Portion(of, Money(minor, currency)) for of, minor in shares.items() if minor])
    return Sharing(paid, Money(amount.amount_minor - sum(shares.values()), currency))


def _payable(items: Iterable[OpenItem], *, with_contested: bool) -> Iterator[tuple[str, int]]:
    """Give the reference of each row of which something can be paid, and how much, in the order of the rows."""
    for item in items:
        contested = 0 if with_contested or item.contested is None else item.contested.amount_minor
        minor = item.amount.amount_minor - contested
        if minor > 0:
            yield item.reference, minor


def _by_reference(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return rows with one reference as one, in the order of the first of each."""
    sums: dict[str, int] = {}
    for reference, minor in rows:
        sums[reference] = sums.get(reference, 0) + minor
    return sums


def _in_turn(rows: Iterable[tuple[str, int]], left: int) -> dict[str, int]:
    """Fill one row after the other: an instalment that is due later waits for what is due before it."""
    filled = []
    for reference, minor in rows:
        filled.append((reference, min(minor, left)))
        left -= filled[-1][1]
    return _by_reference(filled)


def _proportional(there: Mapping[str, int], amount: Money) -> dict[str, int]:
    if amount.amount_minor >= sum(there.values()):
        return dict(there)
    shares = amount.allocate(tuple(there.values()))
    return {reference: share.amount_minor for reference, share in zip(there, shares, strict=True)}


def _named(there: Mapping[str, int], portions: tuple[Portion, ...], amount: Money) -> dict[str, int]:
    """Return what the payer named: first what has an amount, and of the rest what is open of the others in their order."""
    shares = dict.fromkeys([each.of for each in portions], 0)
    if len(shares) != len(portions):
        raise InvalidValueError("named", tuple(shares), "an invoice is named twice; give its amounts as one")
    for each in portions:
        if each.of not in there:
            raise InvalidValueError("named", each.of, "it is not among the items; name what is open")
        if each.amount is not None:
            shares[each.of] = check_money("named", each.amount, amount.currency).amount_minor
            if shares[each.of] > there[each.of]:
                is_open = Money(there[each.of], amount.currency)
                raise InvalidValueError("named", each.amount, f"{is_open} is open of {each.of}; name that, or less")
    left = amount.amount_minor - sum(shares.values())
    if left < 0:
        problem = f"more is named than the {amount} that was paid: {Money(-left, amount.currency)} too much"
        raise InvalidValueError("named", tuple(shares), problem)
    open_amounts = {each.of: there[each.of] for each in portions if each.amount is None}
    return shares | _in_turn(open_amounts.items(), left)


def _by_issue(item: OpenItem) -> tuple[date, str, date]:
    if item.issued_on is None:
        problem = "its day of issue is not known: give issued_on, or share by due day"
        raise InvalidValueError("items", item.reference, problem)
    return item.issued_on, item.reference, item.due_on


def _by_due_day(item: OpenItem) -> tuple[date, str]:
    return item.due_on, item.reference
