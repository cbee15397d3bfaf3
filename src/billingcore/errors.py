"""The exception ladder: what is raised when a caller broke the contract.

An outcome that a caller must expect ("too late to dispute", "no registration
there") is a value, never an exception. Every error keeps the values involved as
attributes, shows them cut at 80 characters, and says what to do. `RefusedError`
is for those who ask a refusal for what it did not grant.
"""

from datetime import date
from reprlib import Repr
from typing import Protocol

from billingcore._doors import own_door

__all__ = [
    "BillingError",
    "CurrencyMismatchError",
    "InexactAmountError",
    "InvalidTypeError",
    "InvalidValueError",
    "NoRateForDateError",
    "OutOfRangeError",
    "RefusedError",
    "UnknownCountryError",
    "UnknownCurrencyError",
    "UnknownSubdivisionError",
]

_SHOWN_CHARACTERS = 80
_SHOWN_BITS = 256


def shown(value: object) -> str:
    """Show a value in an error message: its ``repr``, cut at 80 characters, in bounded time; a date as ISO.

    >>> shown(date(2026, 1, 31))
    '2026-01-31'
    >>> shown("x" * 100_000)[:12]
    "'xxxxxxxxxxx"
    >>> shown(10**6000)
    'an int of 19932 bits'
    """
    try:
        text = _bounded_repr(value)
    except Exception:  # noqa: BLE001 - a foreign object whose repr fails must not hide our own error
        text = f"<{_kind(value)}>"
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def _kind(value: object) -> str:
    kind: str = type.__dict__["__name__"].__get__(type(value))  # whatever a metaclass of the caller makes of a name
    return kind


def _bounded_repr(value: object) -> str:
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, int) and value.bit_length() > _SHOWN_BITS:
        return f"an int of {value.bit_length()} bits"
    if isinstance(value, str | bytes | bytearray):
        return repr(value[:_SHOWN_CHARACTERS])
    if isinstance(value, list | tuple | dict | set | frozenset):
        if len(value) > _SHOWN_CHARACTERS:
            return f"a {type(value).__name__} of {len(value)} items"
        return _NESTED.repr(value)
    return repr(value)


def _make_nested() -> Repr:
    nested = Repr()  # looks at a few items on a few levels, whatever the container holds
    nested.maxlevel = 3
    nested.maxlist = nested.maxtuple = nested.maxdict = nested.maxset = nested.maxfrozenset = 8
    nested.maxstring = nested.maxother = nested.maxlong = _SHOWN_CHARACTERS
    return nested


_NESTED = _make_nested()


def shown_in_order(values: frozenset[object]) -> str:
    """Show a set in an order of its own, so that a repr does not depend on the hash seed; for ``attrs.field(repr=…)``.

    >>> shown_in_order(frozenset({"b", "a"}))
    "frozenset({'a', 'b'})"
    """
    return f"frozenset({{{', '.join(sorted(map(repr, values)))}}})" if values else "frozenset()"


class BillingError(Exception):
    """Base of every error raised by this library.

    Its ``repr``, which loggers and crash reporters print, shows each value as the message does: cut, in bounded time.
    """

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(shown, self.args))})"


class InvalidTypeError(BillingError, TypeError):
    """A value of the wrong type: ``name`` must be what ``expected`` says, and ``value`` is not.

    >>> print(InvalidTypeError("amount_minor", 9.99, "an int of minor units"))
    amount_minor must be an int of minor units, not 9.99 (float)
    """

    def __init__(self, name: str, value: object, expected: str) -> None:
        super().__init__(name, value, expected)
        self.name = name
        self.value = value
        self.expected = expected

    def __str__(self) -> str:
        """Say what was wrong and what to pass instead."""
        return f"{self.name} must be {self.expected}, not {shown(self.value)} ({_kind(self.value)})"


class InvalidValueError(BillingError, ValueError):
    """A value of the right type that has no meaning here: ``problem`` says why and what to do.

    >>> print(InvalidValueError("count", 0, "a cadence must advance; give 1 or more"))
    count 0: a cadence must advance; give 1 or more
    """

    def __init__(self, name: str, value: object, problem: str) -> None:
        super().__init__(name, value, problem)
        self.name = name
        self.value = value
        self.problem = problem

    def __str__(self) -> str:
        """Say what was wrong and what to do."""
        return f"{self.name} {shown(self.value)}: {self.problem}"


class OutOfRangeError(InvalidValueError):
    """A value beyond a documented limit: an amount over 10**18 minor units, a date off the calendar."""


class InexactAmountError(InvalidValueError):
    """An amount with more digits than its currency can pay, where no rounding was asked for."""


class UnknownCurrencyError(InvalidValueError):
    """A currency code that ISO 4217 does not list, or for which no number of digits is known."""


class UnknownCountryError(InvalidValueError):
    """A country code that ISO 3166-1 does not list, or no country at all."""


class UnknownSubdivisionError(InvalidValueError):
    """A subdivision code that ISO 3166-2 does not list for its country."""


class NoRateForDateError(InvalidValueError):
    """A fact was asked for on a day that its table does not cover."""


class CurrencyMismatchError(InvalidValueError):
    """Two currencies where one is needed.

    >>> print(CurrencyMismatchError("EUR", "USD"))
    cannot combine EUR with USD: convert one of them first
    """

    def __init__(self, left: str, right: str, remedy: str = "convert one of them first") -> None:
        super().__init__("currency", right, f"cannot combine {left} with {right}; {remedy}")
        self.args = (left, right, remedy)  # what pickle hands back to this constructor
        self.left = left
        self.right = right
        self.remedy = remedy

    def __str__(self) -> str:
        """Say which currencies were mixed, and what to do."""
        return f"cannot combine {self.left} with {self.right}: {self.remedy}"


class Explained(Protocol):
    """An answer that says in words what it is and why."""

    def explain(self) -> str:
        """Return it as plain text."""
        ...


class RefusedError(BillingError):
    """A caller asked a refusal for what it did not grant: ``refused`` is that answer, and says what to do.

    >>> from billingcore import Account, Address, Buyer, FlatPrice, Item, Ledger, Money, MONTHLY, Plan, Seller, quote_start
    >>> from billingcore import Registration, Scheme
    >>> massachusetts = Registration("US", Scheme.LOCAL, date(2020, 1, 1), None, "US-MA")
    >>> seller = Seller("Example Inc.", Address("US", "US-MA"), (massachusetts,))
    >>> account = Account(seller, Buyer("Joe", Address("US")), Ledger.opened("USD", date(2026, 1, 1)))
    >>> plan = Plan("Rescue", FlatPrice(Money.of("30.00", "USD")), MONTHLY)
    >>> try:
    ...     bought = quote_start(account, date(2026, 1, 31), Item("rescue", plan)).granted()
    ... except RefusedError as error:
    ...     print(error)
    no document: tax is undetermined in US: the tax of US depends on the state or province, and the address names none;
    complete the address, or give the account facts or an override of your own
    """

    def __init__(self, refused: Explained) -> None:
        super().__init__(refused)
        self.refused = refused

    def __str__(self) -> str:
        """Say what was refused, why, and what to do: what the answer says of itself."""
        return self.refused.explain()

    def __repr__(self) -> str:
        """Show the answer cut at 80 characters: it may hold a whole tax decision."""
        return f"RefusedError({shown(self.refused)})"


own_door(__name__)
