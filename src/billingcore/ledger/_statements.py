"""What moved a balance between two days: row by row as a statement, and by kind as a roll-forward."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_tuple
from billingcore._choices import Choice
from billingcore.errors import InvalidValueError
from billingcore.ledger._base import check_reference
from billingcore.ledger._entries import Entry
from billingcore.ledger._uses import WrittenOff
from billingcore.money import Money
from billingcore.money._amounts import check_money


class Movement(Choice):
    """What moves a balance, in words."""

    ISSUED = "issued"
    """An invoice: more is owed."""
    CREDITED = "credited"
    """A credit note: less is owed."""
    RECEIVED = "received"
    """Money came: less is owed."""
    REFUNDED = "refunded"
    """Money was paid back: more is owed."""
    REVERSED = "reversed"
    """A payment was taken back by the bank: more is owed."""
    REINSTATED = "reinstated"
    """That fell away: less is owed."""
    WRITTEN_OFF = "written_off"
    """An open rest was given up: less is owed."""
    OVER_WRITTEN_OFF = "written_off_as_over"
    """What was over was kept: the customer has less."""

    @property
    def words(self) -> str:
        """The kind in words."""
        return self.value.replace("_", " ")


_SIGNS: Final = {
    Movement.ISSUED: 1,
    Movement.CREDITED: -1,
    Movement.RECEIVED: -1,
    Movement.REFUNDED: 1,
    Movement.REVERSED: 1,
    Movement.REINSTATED: -1,
    Movement.WRITTEN_OFF: -1,
    Movement.OVER_WRITTEN_OFF: 1,
}
"""1 where it adds to what is owed, -1 where it lowers it."""


def _movement(entry: Entry) -> Movement:
    if isinstance(entry, WrittenOff) and entry.over:
        return Movement.OVER_WRITTEN_OFF
    return Movement(entry.kind.replace(" ", "_"))


@attrs.frozen
class StatementRow:
    """An entry that moved the balance.

    Args:
        on: its day.
        reference: its number, or what identifies it.
        movement: its kind.
        amount: what it adds to what is owed; below 0 what it takes off.
        balance: what is owed after it.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: two currencies.
        InvalidValueError: an amount of nothing, or of the other sign than its kind has.

    >>> row = StatementRow(date(2026, 2, 10), "bank-1", Movement.RECEIVED, Money(-2000, "EUR"), Money(1600, "EUR"))
    >>> row.describe()
    '2026-02-10 received bank-1: -20.00 EUR, balance 16.00 EUR'
    """

    on: date
    reference: str
    movement: Movement
    amount: Money
    balance: Money

    def __attrs_post_init__(self) -> None:
        check_date("on", self.on)
        check_reference("reference", self.reference)
        check("movement", self.movement, Movement)
        if check_money("amount", self.amount).amount_minor * _SIGNS[self.movement] <= 0:
            way = "above" if _SIGNS[self.movement] > 0 else "below"
            raise InvalidValueError("amount", self.amount, f"what is {self.movement.words} is {way} 0")
        check_money("balance", self.balance, self.amount.currency)

    def describe(self) -> str:
        """Return the row in a line."""
        return f"{self.on} {self.movement.words} {self.reference}: {self.amount}, balance {self.balance}"


@attrs.frozen
class Statement:
    """A customer's entries between two days, with a running balance: ``closing = opening + every row``.

    Args:
        start_on: its first day.
        end_on: its last day; everything of it counts.
        known_on: what was recorded after this day is not in it; None where everything counts.
        opening: what was owed before the first day; below 0 what the customer had.
        rows: what moved the balance, day by day.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: two currencies.
        InvalidValueError: an end before the start, a row of another day, rows in another order than that of their days, a
            balance that does not follow from what stands above it.
    """

    start_on: date
    end_on: date
    known_on: date | None
    opening: Money
    rows: tuple[StatementRow, ...]

    def __attrs_post_init__(self) -> None:
        check_date("start_on", self.start_on)
        if check_date("end_on", self.end_on) < self.start_on:
            raise InvalidValueError("end_on", self.end_on, f"it ends on {self.start_on} or later")
        check("known_on", self.known_on, date, None)
        balance = check_money("opening", self.opening)
        check_tuple("rows", self.rows, StatementRow)
        day = self.start_on
        for row in self.rows:
            if not day <= row.on <= self.end_on:
                raise InvalidValueError("rows", row.describe(), f"the rows stand by day, to {self.end_on}")
            day, balance = row.on, balance + row.amount
            if row.balance != balance:
                raise InvalidValueError("rows", row.describe(), f"with it the balance is {balance}")

    @property
    def closing(self) -> Money:
        """What is owed at the end of the last day; below 0 what the customer has."""
        return self.rows[-1].balance if self.rows else self.opening

    @property
    def roll_forward(self) -> "RollForward":
        """The same movements, added up by kind."""
        sums = dict.fromkeys(Movement, 0)
        for row in self.rows:
            sums[row.movement] += abs(row.amount.amount_minor)
        currency = self.opening.currency
        return RollForward(self.opening, *[Money(sums[each], currency) for each in Movement])

    def explain(self) -> str:
        """Return the whole statement, a line for each row: it is a document, so that nothing of it is left out."""
        known = "" if self.known_on is None else f", as known on {self.known_on}"
        lines = [f"statement from {self.start_on} to {self.end_on}{known}", f"  brought forward: {self.opening}"]
        lines += [f"  {row.describe()}" for row in self.rows]
        return "\n".join([*lines, f"  closing balance: {self.closing}"])


def statement_of(
    opening: Money, entries: Iterable[Entry], start_on: date, end_on: date, known_on: date | None
) -> Statement:
    """Return the statement of entries between two days; those that move nothing are no rows."""
    rows, minor, currency = [], opening.amount_minor, opening.currency
    for entry in entries:
        signed = entry.signed_minor
        if signed:
            minor += signed
            amount, balance = Money(signed, currency), Money(minor, currency)
            rows.append(StatementRow(entry.on, entry.reference, _movement(entry), amount, balance))
    return Statement(start_on, end_on, known_on, opening, tuple(rows))


def _nothing(forward: "RollForward") -> Money:
    return Money.zero(check_money("opening", forward.opening).currency)


@attrs.frozen
class RollForward:
    """From what was owed to what is owed: the opening and what moved it, added up by kind.

    Args:
        opening: what was owed before; below 0 what the customer had.
        issued: invoices, 0 or more, as everything that follows.
        credited: credit notes.
        received: money that came.
        refunded: money that was paid back.
        reversed: payments that were taken back by the bank.
        reinstated: reversals that fell away.
        written_off: open rests that were given up.
        over_written_off: money or credit over that was kept.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: two currencies.
        InvalidValueError: a movement below 0.

    >>> opening, issued, received, lost = [Money.of(text, "USD") for text in ("500.00", "2000.00", "1800.00", "50.00")]
    >>> print(RollForward(opening, issued=issued, received=received, written_off=lost).closing)
    650.00 USD
    """

    opening: Money
    issued: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    credited: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    received: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    refunded: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    reversed: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    reinstated: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    written_off: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))
    over_written_off: Money = attrs.field(default=attrs.Factory(_nothing, takes_self=True))

    def __attrs_post_init__(self) -> None:
        currency = check_money("opening", self.opening).currency
        for movement in Movement:
            name = movement.name.lower()
            if check_money(name, getattr(self, name), currency).amount_minor < 0:
                problem = f"give what is {movement.words} as 0 or more; which way it moves the balance says its name"
                raise InvalidValueError(name, getattr(self, name), problem)

    def _signed(self, movement: Movement) -> Money:
        amount: Money = getattr(self, movement.name.lower())
        return amount * _SIGNS[movement]

    @property
    def closing(self) -> Money:
        """What is owed after it.

        ``opening + issued - credited - received + refunded + reversed - reinstated - written off + written off as over``
        """
        return sum([self._signed(movement) for movement in Movement], start=self.opening)

    def explain(self) -> str:
        """Return a line for the opening, for each kind that moved it, and for the closing."""
        moved = [(each, self._signed(each)) for each in Movement]
        lines = [f"{each.words}: {amount}" for each, amount in moved if amount]
        return "\n".join([f"opening: {self.opening}", *lines, f"closing: {self.closing}"])
