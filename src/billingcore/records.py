"""Plain records: every value as a dict of texts, ints, bools, None and lists, and back.

``from_record(to_record(x)) == x``. Amounts are decimal strings in major units,
dates are ISO, instants have their offset (not the rules of their zone), the zone of
a policy is its IANA name (read back by the ``zone_of`` of the caller), currencies
are codes, exact shares are written ``13/28``; every value names its type. Totals
are written for the reader and checked on the way back: a record whose total was
altered does not load. A result computed from instants of a zone loads where its
policy names the zone: without it, a clock that changed in between moves the next bill.
"""

import re
import types
import typing
from collections.abc import Callable, Iterable
from datetime import date, datetime, timezone, tzinfo
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

import attrs

from billingcore import (
    billed,
    changes,
    collections,
    cycles,
    deadlines,
    disputes,
    invoices,
    ledger,
    lines,
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
    vendors,
)
from billingcore._checks import asked, check, refuse
from billingcore._doors import own_door
from billingcore._records.texts import TEXT_READERS
from billingcore.errors import InvalidTypeError, InvalidValueError, shown
from billingcore.money import Money

__all__ = ["from_record", "record_types", "to_record"]

Record = dict[str, Any]

_MODULES: Final = (
    billed, changes, collections, cycles, deadlines, disputes, invoices, ledger, lines, money, parties, payments, places,
    plans, profiles, proration, sourced, subscriptions, tax, tax_ids, vendors,
)  # fmt: skip

_DERIVED: Final[dict[type, tuple[str, ...]]] = {
    invoices.Invoice: ("taxes", "subtotal", "tax", "total", "payable"),
    invoices.CreditNote: ("net", "tax", "total"),
    lines.CreditLine: ("credit",),
    tax.TaxGroup: ("tax",),
    billed.BilledPeriod: ("net", "remaining"),
    proration.Proration: ("credit", "used"),
    proration.ProrationLine: ("amount", "net", "tax"),
    proration.ProrationResult: ("lines", "credit", "charge", "net", "leftover", "next_bill"),
    proration.ChangeHistory: ("credit", "charge", "net"),
    proration.SmallSettled: ("collected", "deferred", "waived"),
    subscriptions.Active: ("status", "next_bill_on"),
    changes.Quote: ("due_now", "credit_left", "next_bill_on"),
    ledger.InvoicePosition: ("open", "contested"),
    ledger.Position: ("open", "contested", "credit", "money", "overpaid", "balance", "overdue"),
    ledger.Ageing: ("total", "balance"),
    ledger.Statement: ("closing",),
    ledger.RollForward: ("closing",),
}
"""What is written beside the fields for the reader, and must agree on the way back."""

_NO_PLAIN_FORM: Final = frozenset({"AlignedInstantSchedule", "InstantSchedule", "Periods"})
"""A zone with its rules and the source of a lazy sequence are objects: neither is text."""

_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,32}){0,3}")


@cache
def record_types() -> dict[str, type]:
    """Return every type that can be a record of its own, by its name.

    `Sourced` facts and their `History` are written as parts alone: what they hold
    is known only from the value around them.

    >>> "Money" in record_types(), "Sourced" in record_types()
    (True, False)
    """
    return {name: kind for name, kind in _part_types().items() if not getattr(kind, "__parameters__", ())}


@cache
def _part_types() -> dict[str, type]:
    members = {name: getattr(module, name) for module in _MODULES for name in module.__all__}
    return {
        name: member
        for name, member in members.items()
        if isinstance(member, type) and attrs.has(member) and name not in _NO_PLAIN_FORM
    }


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in attrs.fields(kind) if field.init}


def to_record(value: object) -> Record:
    """Return a value as a plain dict that ``json.dumps`` takes as it is.

    Args:
        value: any value of this library: money, periods, invoices, quotes, decisions, profiles….

    Raises:
        InvalidTypeError: something else, also a schedule of instants: its zone has no plain form.

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
    if isinstance(value, tzinfo) and kind is not timezone:
        return _write_zone(value)
    write = _WRITERS.get(kind)
    return write(value) if write is not None else _write_fields(value, kind)


def _write_zone(zone: tzinfo) -> str:
    key = getattr(zone, "key", None)
    if type(key) is not str or _ZONE.fullmatch(key) is None:
        expected = "a zone with its IANA name as key, such as zoneinfo.ZoneInfo('Europe/Berlin'), or an offset from UTC"
        raise InvalidTypeError("zone", zone, expected)
    return key


_WRITERS: Final[dict[type, Callable[[Any], Any]]] = {
    Money: lambda money: {"type": "Money", "amount": money.amount, "currency": money.currency},
    date: date.isoformat,
    datetime: datetime.isoformat,
    timezone: lambda zone: datetime(2000, 1, 1, tzinfo=zone).isoformat()[19:],
    Fraction: str,
    frozenset: lambda values: sorted([_write(each) for each in values], key=str),
}


def _write_fields(value: object, kind: type) -> Record:
    if _part_types().get(kind.__name__) is not kind:
        raise InvalidTypeError("value", value, "a value made of this library's own values")
    record: Record = {"type": kind.__name__}
    for name in (*_hints(kind), *_DERIVED.get(kind, ())):
        record[name.removeprefix("_")] = _write(getattr(value, name))
    return record


def from_record(record: Record, *, zone_of: Callable[[str], tzinfo] | None = None) -> Any:  # noqa: ANN401 - the record names the type
    """Return the value that a record describes; every check of its constructor applies.

    Args:
        record: what `to_record` returned, perhaps by way of JSON.
        zone_of: what makes a zone of its IANA name, such as ``zoneinfo.ZoneInfo``; needed for a policy with such a
            zone alone. It is the caller's, because looking a name up opens files.

    Raises:
        InvalidTypeError: not a dict, or a part of another type.
        InvalidValueError: an unknown type, a missing or an unknown key, a total that does not agree with its parts.

    >>> from_record({"type": "Money", "amount": "30.00", "currency": "EUR"})
    Money.of('30.00', 'EUR')
    """
    if zone_of is not None and not callable(zone_of):
        raise InvalidTypeError("zone_of", zone_of, "a callable such as zoneinfo.ZoneInfo, or None")
    try:
        known = record if zone_of is None else _with_zones(record, zone_of)
        return _read_value(known, record_types(), "record")
    except RecursionError:
        raise InvalidValueError("record", type(record).__name__, "it is nested too deeply for any value") from None


def _with_zones(value: object, zone_of: Callable[[str], tzinfo]) -> Any:  # noqa: ANN401 - whatever the record holds
    """Return a copy of a record in which the names of zones are the zones."""
    if type(value) is list:
        return [_with_zones(each, zone_of) for each in value]
    if type(value) is not dict:
        return value
    copy = {key: _with_zones(each, zone_of) for key, each in value.items()}
    name = copy.get("zone")
    if copy.get("type") == "Measure" and type(name) is str and _ZONE.fullmatch(name) is not None:
        copy["zone"] = _looked_up(name, zone_of)
    return copy


def _looked_up(name: str, zone_of: Callable[[str], tzinfo]) -> tzinfo:
    zone = asked("zone_of", zone_of, name)
    if not isinstance(zone, tzinfo):  # pyright: ignore[reportUnnecessaryIsInstance] - the caller's function
        refuse("zone_of", zone, words="a callable that returns tzinfo objects, such as zoneinfo.ZoneInfo")
    return zone


def _read_value(record: object, allowed: dict[str, type], at: str, bindings: dict[Any, Any] | None = None) -> object:
    """Read a typed record whose type is one of the allowed ones; ``at`` says where it stands."""
    fields: Record = check(at, record, dict, words=f"a dict with a type: {_names(allowed)}")
    name = fields.get("type")
    kind = allowed.get(name) if type(name) is str else None
    if kind is None:
        raise InvalidValueError(f"{at}.type", name, f"give one of {_names(allowed)}")
    if kind is Money:
        _check_keys(fields, _MONEY_KEYS, frozenset(), at)
        check(f"{at}.amount", fields["amount"], str, words="a decimal str such as '30.00'")
        return Money.of(fields["amount"], fields["currency"])
    shape = _shape(kind)
    _check_keys(fields, shape.needed, shape.optional, at)
    bound = bindings or {}
    value = kind(
        **{key: read(fields[key], bound, f"{at}.{key}") for key, read in shape.readers.items() if key in fields}
    )
    for key in shape.derived:
        if key not in fields:
            continue
        due = _write(getattr(value, key))
        if not _same(fields[key], due):
            problem = f"it does not agree with the {kind.__name__} that the record describes: {shown(due)}"
            raise InvalidValueError(f"{at}.{key}", fields[key], problem)
    return value


class _Shape(NamedTuple):
    """The keys of a record: those it needs, those it may have, how its fields are read, and what is written for the reader."""

    needed: frozenset[str]
    optional: frozenset[str]
    readers: dict[str, "_Reader"]
    derived: tuple[str, ...]


@cache
def _shape(kind: type) -> _Shape:
    readers = {name.removeprefix("_"): _reader(hint) for name, hint in _hints(kind).items()}
    defaults = {field.name.removeprefix("_") for field in attrs.fields(kind) if field.default is not attrs.NOTHING}
    derived = _DERIVED.get(kind, ())
    return _Shape(
        frozenset({"type", *readers} - defaults), frozenset({*defaults, *derived}), readers, tuple(sorted(derived))
    )


def _same(given: object, due: object) -> bool:
    """Say whether two plain values are the same, types included (1 is not True, and not 1.0)."""
    if type(given) is not type(due):
        return False
    if isinstance(given, dict) and isinstance(due, dict):
        return given.keys() == due.keys() and all(_same(given[key], due[key]) for key in due)
    if isinstance(given, list) and isinstance(due, list):
        return len(given) == len(due) and all(map(_same, given, due))
    return given == due


def _names(known: Iterable[str]) -> str:
    names = sorted(known)
    return ", ".join(names[:8]) + (", …" if len(names) > 8 else "")  # noqa: PLR2004 - enough to see what is meant


_MONEY_KEYS: Final = frozenset({"type", "amount", "currency"})


def _check_keys(record: Record, needed: frozenset[str], extra: frozenset[str], at: str) -> None:
    missing = needed - record.keys()
    if missing:
        raise InvalidValueError(at, sorted(missing), "these keys are missing; add them")
    unknown = [key for key in record if key not in needed and key not in extra]
    if unknown:
        raise InvalidValueError(at, unknown, "these keys are not known here; leave them out")


_PLAIN_WORDS: Final[dict[type, str]] = {str: "a str", int: "an int", bool: "True or False"}

_Reader = Callable[[object, dict[Any, Any], str], object]
"""Reads one part: the value, what stands for the type variables, and where it stands."""


@cache
def _reader(hint: Any) -> _Reader:  # noqa: ANN401 - a type hint
    """Return what reads a part of a type; what a type hint says is taken apart once."""
    if isinstance(hint, TypeVar):
        return lambda value, bindings, at: _reader(bindings[hint])(value, bindings, at)
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _reader_of_union(parts)
    if origin is tuple:
        return _reader_of_tuple(parts)
    if origin is frozenset:
        return lambda value, bindings, at: frozenset(_read_list(value, parts[0], bindings, at))
    if origin is None and not attrs.has(hint):
        return _reader_of_plain((hint,))
    return _reader_of_value(hint if origin is None else origin, parts)


def _reader_of_value(kind: Any, parts: tuple[Any, ...]) -> _Reader:  # noqa: ANN401 - a type hint
    """Return what reads a record of one type; its type variables stand for the parts of the hint."""
    kinds, variables = {kind.__name__: kind}, getattr(kind, "__parameters__", ())

    def read(value: object, bindings: dict[Any, Any], at: str) -> object:
        bound = dict(zip(variables, [bindings.get(each, each) for each in parts], strict=True)) if parts else {}
        return _read_value(value, kinds, at, bound)

    return read


def _reader_of_union(hints: tuple[Any, ...]) -> _Reader:
    kinds = {hint.__name__: hint for hint in hints if attrs.has(hint)}
    several = [hint for hint in hints if typing.get_origin(hint) is tuple]
    plain = tuple([hint for hint in hints if hint is not type(None) and not attrs.has(hint) and hint not in several])
    read_several = _reader(several[0]) if several else None
    read_plain = _reader_of_plain(plain) if plain else None
    optional = type(None) in hints

    def read(value: object, bindings: dict[Any, Any], at: str) -> object:
        if value is None and optional:
            return None
        if read_several is not None and type(value) is list:
            return read_several(value, bindings, at)
        if read_plain is not None and (type(value) is not dict or not kinds):
            return read_plain(value, bindings, at)
        return _read_value(value, kinds, at)

    return read


def _read_list(value: object, hint: Any, bindings: dict[Any, Any], at: str) -> list[object]:  # noqa: ANN401 - a type hint
    values: list[object] = check(at, value, list)
    read = _reader(hint)
    return [read(each, bindings, f"{at}[{index}]") for index, each in enumerate(values)]


def _reader_of_tuple(hints: tuple[Any, ...]) -> _Reader:
    if hints[-1] is Ellipsis:
        return lambda value, bindings, at: tuple(_read_list(value, hints[0], bindings, at))

    def read(value: object, bindings: dict[Any, Any], at: str) -> object:
        if type(value) is not list or len(value) != len(hints):
            raise InvalidTypeError(at, value, f"a list of {len(hints)}")
        pairs = enumerate(zip(value, hints, strict=True))
        return tuple([_reader(hint)(each, bindings, f"{at}[{index}]") for index, (each, hint) in pairs])

    return read


def _reader_of_plain(hints: tuple[Any, ...]) -> _Reader:
    """Return what reads a part that is not a record: a date, a share, a member of an enum, a text, a number."""
    known = TEXT_READERS.get(hints)
    if known is not None:
        return lambda value, _bindings, at: known(value, at)
    kind = hints[0]
    if issubclass(kind, Enum):
        return _reader_of_enum({(type(member.value), member.value): member for hint in hints for member in hint})
    words = _PLAIN_WORDS[kind]

    def read(value: object, _bindings: dict[Any, Any], at: str) -> object:
        return check(at, value, kind, words=words)

    return read


def _reader_of_enum(members: dict[tuple[type, object], Enum]) -> _Reader:
    plain = frozenset({kind for kind, _ in members})

    def read(value: object, _bindings: dict[Any, Any], at: str) -> object:
        member = members.get((type(value), value)) if type(value) in plain else None
        if member is None:
            raise InvalidValueError(at, value, f"give one of {_names(str(known) for _, known in members)}")
        return member

    return read


own_door(__name__)
