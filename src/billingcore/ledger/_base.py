"""What every entry of a ledger has: a reference, a day, and what it acts on."""

from datetime import date
from hashlib import blake2b
from typing import ClassVar, Final

import attrs

from billingcore._checks import check_date, check_words
from billingcore._choices import Choice
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money

_MAX_REFERENCE: Final = 60


def check_reference(name: str, reference: str) -> str:
    """Return a reference if it is 1 to 60 printable characters."""
    return check_words(name, reference, _MAX_REFERENCE)


def check_above(name: str, amount: Money, least: int = 1) -> None:
    if check_money(name, amount).amount_minor < least:
        problem = f"an entry moves {'nothing or more' if least == 0 else 'something'}; which way says its kind"
        raise InvalidValueError(name, amount, problem)


def _text(value: object) -> str:
    """Return a field in words that do not depend on how a class prints itself."""
    if isinstance(value, str):
        return repr(value)  # quoted, as a reference may hold a comma or a bracket
    if isinstance(value, tuple):
        return f"({', '.join(map(_text, value))})"
    if attrs.has(kind := type(value)) and kind is not Money:
        return _text(tuple([getattr(value, field.name) for field in attrs.fields(kind)]))
    return str(value.value) if isinstance(value, Choice) else str(value)


@attrs.frozen
class BaseEntry:
    """What every entry has: a reference, a day, and the day on which it was recorded where that is later."""

    kind: ClassVar[str]
    """What the entry is called in words and in its identity."""
    rank: ClassVar[int]
    """The place of its kind among the entries of one day."""
    sign: ClassVar[int] = 0
    """1 where its amount adds to the balance, -1 where it lowers it, 0 where it moves no balance."""

    reference: str
    on: date
    recorded_on: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_reference("reference", self.reference)
        check_date("on", self.on)
        if self.recorded_on is not None and check_date("recorded_on", self.recorded_on) < self.on:
            raise InvalidValueError("recorded_on", self.recorded_on, f"nothing is recorded before its day, {self.on}")
        if self.recorded_on == self.on:  # one way to say it, so that equal entries are equal
            object.__setattr__(self, "recorded_on", None)
        self._check()

    def _check(self) -> None:
        """Refuse fields of the kind's own that mean nothing."""

    @property
    def about(self) -> tuple[str, ...]:
        """What it acts on, beside what its reference names."""
        return ()

    @property
    def invoices(self) -> tuple[str, ...]:
        """The numbers of the invoices that it needs or changes."""
        return ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The credit notes and payments that it needs or changes."""
        return ()

    @property
    def key(self) -> tuple[str, ...]:
        """What identifies the entry: its kind, its reference, and what it acts on."""
        return (self.kind, self.reference, *self.about)

    @property
    def order(self) -> tuple[date, int, str, tuple[str, ...]]:
        """The place of the entry in the ledger: by day, then by kind, then by reference."""
        return (self.on, self.rank, self.reference, self.about)

    @property
    def known_on(self) -> date:
        """The first day on which the entry was known."""
        return self.recorded_on or self.on

    @property
    def amounts(self) -> tuple[Money, ...]:
        """Every amount that the entry states."""
        amount: Money | None = getattr(self, "amount", None)
        return () if amount is None else (amount,)

    @property
    def signed_minor(self) -> int:
        """What the entry adds to the balance, in minor units: what the customer owes more by it, or less."""
        return self.sign * self.amounts[0].amount_minor if self.sign else 0

    @property
    def content(self) -> str:
        """A short fingerprint of everything in it but the day on which it was recorded; the same in every process."""
        texts = [f"{field.name}={_text(getattr(self, field.name))}" for field in attrs.fields(type(self))[3:]]
        whole = "\n".join([self.kind, self.reference, self.on.isoformat(), *texts])
        return blake2b(whole.encode(), digest_size=8).hexdigest()

    def describe(self) -> str:
        """Return the entry in a few words."""
        about = f" of {' and '.join(self.about)}" if self.about else ""
        return f"{self.kind} {self.reference}{about}"
