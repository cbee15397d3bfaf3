"""Plain records: every value as a dict of texts, ints, bools, None and lists, and back.

``from_record(to_record(x)) == x``. Amounts are decimal strings in major units,
dates are ISO, currencies are codes, exact shares are written ``13/28``; every
value names its type. Totals are written for the reader and checked on the way
back: a record whose total was altered does not load.
"""

import re
import types
import typing
from collections.abc import Callable
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Final, TypeVar

import attrs

from billingcore import (
    billed,
    changes,
    collections,
    cycles,
    disputes,
    invoices,
    money,
    parties,
    payments,
    places,
    plans,
    profiles,
    proration,
    sourced,
    subscriptions,
    tax,
    tax_ids,
)
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money

__all__ = ["from_record", "record_types", "to_record"]

Record = dict[str, Any]

_MODULES: Final = (
    billed, changes, collections, cycles, disputes, invoices, money, parties, payments, places, plans, profiles,
    proration, sourced, subscriptions, tax, tax_ids,
)  # fmt: skip

_DERIVED: Final[dict[type, tuple[str, ...]]] = {
    invoices.Invoice: ("taxes", "subtotal", "tax", "total", "due", "overpaid"),
    invoices.CreditNote: ("net", "tax", "total"),
    invoices.CreditLine: ("credit",),
    tax.TaxGroup: ("tax",),
    billed.BilledPeriod: ("net", "remaining"),
    proration.Proration: ("credit", "used"),
    subscriptions.Active: ("status", "renewal_on"),
    changes.Quote: ("due_now", "credit_applied", "next_bill_on"),
}
"""What is written beside the fields for the reader, and must agree on the way back."""

_FRACTION: Final = re.compile(r"-?[0-9]{1,60}(?:/[0-9]{1,60})?")
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@cache
def record_types() -> dict[str, type]:
    """Return every type that can be a record, by its name."""
    found: dict[str, type] = {}
    for module in _MODULES:
        for name in module.__all__:
            member = getattr(module, name)
            if isinstance(member, type) and attrs.has(member):
                found[name] = member
    return found


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in attrs.fields(kind) if field.init}


def to_record(value: object) -> Record:
    """Return a value as a plain dict that ``json.dumps`` takes as it is.

    Args:
        value: any value of this library: money, periods, invoices, quotes, decisions, profiles….

    Raises:
        InvalidTypeError: something else.

    >>> to_record(Money.of("30.00", "EUR"))
    {'type': 'Money', 'amount': '30.00', 'currency': 'EUR'}
    """
    if record_types().get(type(value).__name__) is not type(value):
        raise InvalidTypeError("value", value, "a value of this library, such as Money or an Invoice")
    record = _write(value)
    return typing.cast("Record", record)


def _write(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, tuple):
        return [_write(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    kind = type(value)
    write = _WRITERS.get(kind)
    return write(value) if write is not None else _write_fields(value, kind)


_WRITERS: Final[dict[type, Callable[[Any], Any]]] = {
    Money: lambda money: {"type": "Money", "amount": money.amount, "currency": money.currency},
    date: date.isoformat,
    Fraction: str,
    frozenset: lambda values: sorted([_write(each) for each in values], key=str),
}


def _write_fields(value: object, kind: type) -> Record:
    if record_types().get(kind.__name__) is not kind:
        raise InvalidTypeError("value", value, "a value made of this library's own values")
    record: Record = {"type": kind.__name__}
    for name in (*_hints(kind), *_DERIVED.get(kind, ())):
        record[name.removeprefix("_")] = _write(getattr(value, name))
    return record


def from_record(record: Record) -> Any:  # noqa: ANN401 - the record names the type
    """Return the value that a record describes; every check of its constructor applies.

    Args:
        record: what `to_record` returned, perhaps by way of JSON.

    Raises:
        InvalidTypeError: not a dict, or a part of another type.
        InvalidValueError: an unknown type, a missing or an unknown key, a total that does not agree with its parts.

    >>> from_record({"type": "Money", "amount": "30.00", "currency": "EUR"})
    Money('30.00', 'EUR')
    """
    return _read_value(record, record_types())


def _read_value(record: object, allowed: dict[str, type], bindings: dict[Any, Any] | None = None) -> object:
    """Read a typed record whose type is one of the allowed ones."""
    if type(record) is not dict:
        raise InvalidTypeError("record", record, f"a dict with a type: {_names(allowed)}")
    name = record.get("type")
    kind = allowed.get(name) if type(name) is str else None
    if kind is None:
        raise InvalidValueError("type", name, f"give one of {_names(allowed)}")
    if kind is Money:
        _check_keys(record, {"type", "amount", "currency"}, set())
        if type(record["amount"]) is not str:
            raise InvalidTypeError("amount", record["amount"], "a decimal str such as '30.00'")
        return Money.of(record["amount"], record["currency"])
    hints = _hints(kind)
    keys = {key.removeprefix("_"): key for key in hints}
    optional = {field.name.removeprefix("_") for field in attrs.fields(kind) if field.default is not attrs.NOTHING}
    derived = set(_DERIVED.get(kind, ()))
    _check_keys(record, {"type", *keys} - optional, optional | derived)
    values = {key: _read(record[key], hints[name], bindings or {}) for key, name in keys.items() if key in record}
    value = kind(**values)
    for key in derived & record.keys():
        if record[key] != _write(getattr(value, key)):
            raise InvalidValueError(
                key, record[key], f"it does not agree with the {kind.__name__} that the record describes"
            )
    return value


def _names(allowed: dict[str, type]) -> str:
    names = sorted(allowed)
    return ", ".join(names[:8]) + (", …" if len(names) > 8 else "")  # noqa: PLR2004 - enough to see what is meant


def _check_keys(record: Record, needed: set[str], extra: set[str]) -> None:
    missing = needed - record.keys()
    if missing:
        raise InvalidValueError("record", sorted(missing), "these keys are missing")
    unknown = [key for key in record if key not in needed and key not in extra]
    if unknown:
        raise InvalidValueError("record", unknown, "these keys are not known here")


def _read(value: object, hint: Any, bindings: dict[Any, Any]) -> object:  # noqa: ANN401 - a type hint
    """Read one part, guided by the type of the field."""
    if isinstance(hint, TypeVar):
        hint = bindings.get(hint, hint)
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _read_union(value, typing.get_args(hint), bindings)
    if origin is tuple:
        return _read_tuple(value, typing.get_args(hint), bindings)
    if origin is frozenset:
        return frozenset(_read_list(value, typing.get_args(hint)[0], bindings))
    if origin is not None and attrs.has(origin):
        bound = dict(zip(getattr(origin, "__parameters__", ()), typing.get_args(hint), strict=True))
        return _read_value(value, {origin.__name__: origin}, bound)
    if attrs.has(hint):
        return _read_value(value, {hint.__name__: hint})
    return _read_plain(value, hint)


def _read_union(value: object, hints: tuple[Any, ...], bindings: dict[Any, Any]) -> object:
    if value is None and type(None) in hints:
        return None
    kinds = {hint.__name__: hint for hint in hints if attrs.has(hint)}
    if type(value) is dict and kinds:
        return _read_value(value, kinds)
    others = [hint for hint in hints if hint is not type(None) and not attrs.has(hint)]
    if not others:
        raise InvalidTypeError("record", value, f"a dict with a type: {_names(kinds)}")
    return _read(value, others[0], bindings)


def _read_list(value: object, hint: Any, bindings: dict[Any, Any]) -> list[object]:  # noqa: ANN401 - a type hint
    if type(value) is not list:
        raise InvalidTypeError("record", value, "a list")
    return [_read(each, hint, bindings) for each in value]


def _read_tuple(value: object, hints: tuple[Any, ...], bindings: dict[Any, Any]) -> tuple[object, ...]:
    if hints[-1] is Ellipsis:
        return tuple(_read_list(value, hints[0], bindings))
    if type(value) is not list or len(value) != len(hints):
        raise InvalidTypeError("record", value, f"a list of {len(hints)}")
    return tuple([_read(each, hint, bindings) for each, hint in zip(value, hints, strict=True)])


def _read_plain(value: object, hint: Any) -> object:  # noqa: ANN401 - a type hint
    if hint is date:
        return _read_date(value)
    if hint is Fraction:
        return _read_fraction(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        members: dict[object, Enum] = {member.value: member for member in hint}
        if type(value) is not str or value not in members:
            raise InvalidValueError("record", value, f"one of {', '.join(map(str, members))}")
        return members[value]
    if type(value) is not hint:
        raise InvalidTypeError("record", value, f"of type {getattr(hint, '__name__', hint)}")
    return value


def _read_date(value: object) -> date:
    if type(value) is not str:
        raise InvalidTypeError("record", value, "an ISO date such as '2026-02-15'")
    if not value.isascii() or _ISO_DATE.fullmatch(value) is None:
        raise InvalidValueError("record", value, "not an ISO date; write it as '2026-02-15'")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InvalidValueError("record", value, "no such day in the calendar") from None


def _read_fraction(value: object) -> Fraction:
    if type(value) is not str:
        raise InvalidTypeError("record", value, "an exact share such as '13/28'")
    if not value.isascii() or _FRACTION.fullmatch(value) is None or value.endswith("/0"):
        raise InvalidValueError("record", value, "not an exact share; write it as '13/28'")
    return Fraction(value)
