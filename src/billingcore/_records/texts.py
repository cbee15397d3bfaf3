"""Dates, instants, offsets and exact shares as the texts of a record: how they are read back."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from fractions import Fraction
from typing import Final, cast

from billingcore._checks import check
from billingcore.errors import InvalidValueError

_FRACTION: Final = re.compile(r"-?[0-9]{1,1000}(?:/0*[1-9][0-9]{0,999})?")
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{6})?)?"
_ISO_INSTANT: Final = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_TIME}[+-]{_TIME}")
_OFFSET: Final = re.compile(rf"[+-]{_TIME}")
_MAX_INSTANT: Final = 50


def read_date(value: object, at: str) -> date:
    text = check(at, value, str, words="an ISO date such as '2026-02-15'")
    if not text.isascii() or _ISO_DATE.fullmatch(text) is None:
        raise InvalidValueError(at, text, "not an ISO date; write it as '2026-02-15'")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValueError(at, text, "no such day in the calendar; give one between years 1 and 9999") from None


def read_instant(value: object, at: str) -> datetime:
    text = check(at, value, str, words="an ISO instant such as '2026-02-15T12:00:00+01:00'")
    if not text.isascii() or len(text) > _MAX_INSTANT or _ISO_INSTANT.fullmatch(text) is None:
        raise InvalidValueError(at, text, "not an ISO instant; write it as '2026-02-15T12:00:00+01:00'")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InvalidValueError(at, text, "no such instant; give one between years 1 and 9999") from None


def read_day_or_instant(value: object, at: str) -> date:
    return read_instant(value, at) if type(value) is str and "T" in value else read_date(value, at)


def read_offset(value: object, at: str) -> tzinfo:
    if isinstance(value, tzinfo):  # made of its name before
        return value
    text = check(at, value, str, words="an offset from UTC such as '+01:00', or the IANA name of a zone")
    if not text.isascii() or len(text) > _MAX_INSTANT or _OFFSET.fullmatch(text) is None:
        problem = "not an offset from UTC; write it as '+01:00', or give zone_of=zoneinfo.ZoneInfo to read an IANA name"
        raise InvalidValueError(at, text, problem)
    instant = read_instant(f"2000-01-02T00:00:00{text}", at)
    offset = cast("timedelta", instant.utcoffset())
    return timezone(offset) if offset else UTC


def read_fraction(value: object, at: str) -> Fraction:
    text = check(at, value, str, words="an exact share such as '13/28'")
    if not text.isascii() or _FRACTION.fullmatch(text) is None:
        raise InvalidValueError(at, text, "not an exact share; write it as '13/28'")
    return Fraction(text)


TEXT_READERS: Final[dict[tuple[type, ...], Callable[[object, str], object]]] = {
    (date,): read_date,
    (datetime,): read_instant,
    (date, datetime): read_day_or_instant,  # only an instant has a time
    (tzinfo,): read_offset,
    (Fraction,): read_fraction,
}
