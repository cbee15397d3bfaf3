"""Plain records: every value as a dict of texts, ints, bools, None and lists, and back.

``from_record(to_record(x)) == x``. Amounts are decimal strings in major units,
dates are ISO, instants have their offset (not the rules of their zone), the zone of
a policy is its IANA name (read back by the ``zone_of`` of the caller), currencies
are codes, exact shares are written ``13/28``; every value names its type. Totals
are written for the reader and checked on the way back: a record whose total was
altered does not load.
"""

import re
import types
import typing
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
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
    deadlines,
    disputes,
    invoices,
    money,
    parties,
    payments,
    places,
    plans,
    presets,
    profiles,
    proration,
    sourced,
    subscriptions,
    tax,
    tax_ids,
)
from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError, shown
from billingcore.money import Money

__all__ = ["from_record", "record_types", "to_record"]

Record = dict[str, Any]

_MODULES: Final = (
    billed, changes, collections, cycles, deadlines, disputes, invoices, money, parties, payments, places, plans,
    presets, profiles, proration, sourced, subscriptions, tax, tax_ids,
)  # fmt: skip

_DERIVED: Final[dict[type, tuple[str, ...]]] = {
    invoices.Invoice: ("taxes", "subtotal", "tax", "total", "due", "overpaid"),
    invoices.CreditNote: ("net", "tax", "total"),
    invoices.CreditLine: ("credit",),
    tax.TaxGroup: ("tax",),
    billed.BilledPeriod: ("net", "remaining"),
    proration.Proration: ("credit", "used"),
    proration.InstantProration: ("credit", "used"),
    proration.ProrationLine: ("amount", "net", "tax"),
    proration.ProrationResult: ("lines", "credit", "charge", "net", "leftover", "next_bill"),
    proration.ChangeHistory: ("credit", "charge", "net"),
    proration.Collection: ("collected", "deferred", "waived"),
    subscriptions.Active: ("status", "renewal_on"),
    changes.Quote: ("due_now", "credit_applied", "next_bill_on"),
}
"""What is written beside the fields for the reader, and must agree on the way back."""

_NO_PLAIN_FORM: Final = frozenset({"InstantSchedule", "Periods"})
"""A zone with its rules and the source of a lazy sequence are objects: neither is text."""

_MAX_BITS: Final = 3_300  # of an exact share: just below 1,000 digits
_FRACTION: Final = re.compile(r"-?[0-9]{1,1000}(?:/0*[1-9][0-9]{0,999})?")
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{6})?)?"
_ISO_INSTANT: Final = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_TIME}[+-]{_TIME}")
_OFFSET: Final = re.compile(rf"[+-]{_TIME}")
_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,32}){0,3}")
_MAX_INSTANT: Final = 50


@cache
def record_types() -> dict[str, type]:
    """Return every type that can be a record of its own, by its name.

    `Sourced` facts and their `History` are written as parts alone: what they hold
    is known only from the value around them.
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
        OutOfRangeError: an exact share of more than 990 digits.

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


def _write_share(share: Fraction) -> str:
    if max(share.numerator.bit_length(), share.denominator.bit_length()) > _MAX_BITS:
        raise OutOfRangeError("value", share, "an exact share has up to 990 digits in a record; round it first")
    return str(share)


_WRITERS: Final[dict[type, Callable[[Any], Any]]] = {
    Money: lambda money: {"type": "Money", "amount": money.amount, "currency": money.currency},
    date: date.isoformat,
    datetime: datetime.isoformat,
    timezone: lambda zone: datetime(2000, 1, 1, tzinfo=zone).isoformat()[19:],
    Fraction: _write_share,
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
    try:
        zone = zone_of(name)
    except Exception:  # noqa: BLE001 - whatever the caller's function raises, the name is the fault
        raise InvalidValueError("zone", name, "zone_of knows no zone of this name; give an IANA name it has") from None
    if not isinstance(zone, tzinfo):
        raise InvalidTypeError("zone_of", zone, "a callable that returns tzinfo objects, such as zoneinfo.ZoneInfo")
    return zone


def _read_value(record: object, allowed: dict[str, type], at: str, bindings: dict[Any, Any] | None = None) -> object:
    """Read a typed record whose type is one of the allowed ones; ``at`` says where it stands."""
    if type(record) is not dict:
        raise InvalidTypeError(at, record, f"a dict with a type: {_names(allowed)}")
    name = record.get("type")
    kind = allowed.get(name) if type(name) is str else None
    if kind is None:
        raise InvalidValueError(f"{at}.type", name, f"give one of {_names(allowed)}")
    if kind is Money:
        _check_keys(record, {"type", "amount", "currency"}, set(), at)
        if type(record["amount"]) is not str:
            raise InvalidTypeError(f"{at}.amount", record["amount"], "a decimal str such as '30.00'")
        return Money.of(record["amount"], record["currency"])
    hints = _hints(kind)
    keys = {key.removeprefix("_"): key for key in hints}
    optional = {field.name.removeprefix("_") for field in attrs.fields(kind) if field.default is not attrs.NOTHING}
    derived = set(_DERIVED.get(kind, ()))
    _check_keys(record, {"type", *keys} - optional, optional | derived, at)
    values = {
        key: _read(record[key], hints[name], bindings or {}, f"{at}.{key}")
        for key, name in keys.items()
        if key in record
    }
    value = kind(**values)
    for key in sorted(derived & record.keys()):
        due = _write(getattr(value, key))
        if not _same(record[key], due):
            problem = f"it does not agree with the {kind.__name__} that the record describes: {shown(due)}"
            raise InvalidValueError(f"{at}.{key}", record[key], problem)
    return value


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


def _check_keys(record: Record, needed: set[str], extra: set[str], at: str) -> None:
    missing = needed - record.keys()
    if missing:
        raise InvalidValueError(at, sorted(missing), "these keys are missing; add them")
    unknown = [key for key in record if key not in needed and key not in extra]
    if unknown:
        raise InvalidValueError(at, unknown, "these keys are not known here; leave them out")


def _read(value: object, hint: Any, bindings: dict[Any, Any], at: str) -> object:  # noqa: ANN401 - a type hint
    """Read one part, guided by the type of the field."""
    if isinstance(hint, TypeVar):
        hint = bindings[hint]
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _read_union(value, typing.get_args(hint), at)
    if origin is tuple:
        return _read_tuple(value, typing.get_args(hint), bindings, at)
    if origin is frozenset:
        return frozenset(_read_list(value, typing.get_args(hint)[0], bindings, at))
    if origin is not None:
        given = [bindings.get(each, each) for each in typing.get_args(hint)]
        bound = dict(zip(getattr(origin, "__parameters__", ()), given, strict=True))
        return _read_value(value, {origin.__name__: origin}, at, bound)
    if attrs.has(hint):
        return _read_value(value, {hint.__name__: hint}, at)
    return _read_plain(value, (hint,), at)


def _read_union(value: object, hints: tuple[Any, ...], at: str) -> object:
    if value is None and type(None) in hints:
        return None
    kinds = {hint.__name__: hint for hint in hints if attrs.has(hint)}
    several = [hint for hint in hints if typing.get_origin(hint) is tuple]
    if several and type(value) is list:
        return _read_tuple(value, typing.get_args(several[0]), {}, at)
    plain = tuple([hint for hint in hints if hint is not type(None) and not attrs.has(hint) and hint not in several])
    if plain and (type(value) is not dict or not kinds):
        return _read_plain(value, plain, at)
    return _read_value(value, kinds, at)


def _read_list(value: object, hint: Any, bindings: dict[Any, Any], at: str) -> list[object]:  # noqa: ANN401 - a type hint
    if type(value) is not list:
        raise InvalidTypeError(at, value, "a list")
    return [_read(each, hint, bindings, f"{at}[{index}]") for index, each in enumerate(value)]


def _read_tuple(value: object, hints: tuple[Any, ...], bindings: dict[Any, Any], at: str) -> tuple[object, ...]:
    if hints[-1] is Ellipsis:
        return tuple(_read_list(value, hints[0], bindings, at))
    if type(value) is not list or len(value) != len(hints):
        raise InvalidTypeError(at, value, f"a list of {len(hints)}")
    pairs = enumerate(zip(value, hints, strict=True))
    return tuple([_read(each, hint, bindings, f"{at}[{index}]") for index, (each, hint) in pairs])


def _read_plain(value: object, hints: tuple[Any, ...], at: str) -> object:
    """Read a part that is not a record: a date, a share, a member of an enum, a text, a number."""
    read = _READERS.get(hints)
    if read is not None:
        return read(value, at)
    if issubclass(hints[0], Enum):
        members = {member.value: member for hint in hints for member in hint}
        for known, member in members.items():
            if _same(value, known):
                return member
        raise InvalidValueError(at, value, f"give one of {_names(map(str, members))}")
    if type(value) is not hints[0]:
        raise InvalidTypeError(at, value, f"{_PLAIN_WORDS[hints[0]]}")
    return value


_PLAIN_WORDS: Final[dict[type, str]] = {str: "a str", int: "an int", bool: "True or False"}


def _read_date(value: object, at: str) -> date:
    if type(value) is not str:
        raise InvalidTypeError(at, value, "an ISO date such as '2026-02-15'")
    if not value.isascii() or _ISO_DATE.fullmatch(value) is None:
        raise InvalidValueError(at, value, "not an ISO date; write it as '2026-02-15'")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InvalidValueError(at, value, "no such day in the calendar; give one between years 1 and 9999") from None


def _read_instant(value: object, at: str) -> datetime:
    if type(value) is not str:
        raise InvalidTypeError(at, value, "an ISO instant such as '2026-02-15T12:00:00+01:00'")
    if not value.isascii() or len(value) > _MAX_INSTANT or _ISO_INSTANT.fullmatch(value) is None:
        raise InvalidValueError(at, value, "not an ISO instant; write it as '2026-02-15T12:00:00+01:00'")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise InvalidValueError(at, value, "no such instant; give one between years 1 and 9999") from None


def _read_day_or_instant(value: object, at: str) -> date:
    return _read_instant(value, at) if type(value) is str and "T" in value else _read_date(value, at)


def _read_offset(value: object, at: str) -> tzinfo:
    if isinstance(value, tzinfo):  # made of its name before
        return value
    if type(value) is not str:
        raise InvalidTypeError(at, value, "an offset from UTC such as '+01:00', or the IANA name of a zone")
    if not value.isascii() or len(value) > _MAX_INSTANT or _OFFSET.fullmatch(value) is None:
        problem = "not an offset from UTC; write it as '+01:00', or give zone_of=zoneinfo.ZoneInfo to read an IANA name"
        raise InvalidValueError(at, value, problem)
    instant = _read_instant(f"2000-01-02T00:00:00{value}", at)
    offset = typing.cast("timedelta", instant.utcoffset())
    return timezone(offset) if offset else UTC


def _read_fraction(value: object, at: str) -> Fraction:
    if type(value) is not str:
        raise InvalidTypeError(at, value, "an exact share such as '13/28'")
    if not value.isascii() or _FRACTION.fullmatch(value) is None:
        raise InvalidValueError(at, value, "not an exact share; write it as '13/28'")
    return Fraction(value)


_READERS: Final[dict[tuple[type, ...], Callable[[object, str], object]]] = {
    (date,): _read_date,
    (datetime,): _read_instant,
    (date, datetime): _read_day_or_instant,  # only an instant has a time
    (tzinfo,): _read_offset,
    (Fraction,): _read_fraction,
}
