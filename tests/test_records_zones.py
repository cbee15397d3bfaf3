"""A policy with a zone is a record with the zone's name; the caller's own function makes the zone of it again."""

import json
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.proration import Change, fold_changes, prorate_change
from billingcore.records import from_record, to_record
from billingcore.vendors import compare, rulebook, rulebooks_of
from samples import LARGE, POLICIES, SMALL, billed

BERLIN = ZoneInfo("Europe/Berlin")
LAGO = POLICIES["lago"].in_zone(BERLIN)
CHANGE = Change.to(datetime(2026, 1, 24, 18, tzinfo=BERLIN), LARGE)


VALUES = (
    LAGO.measure,
    LAGO,
    rulebook("lago"),
    prorate_change(LAGO, CHANGE, [billed(SMALL)]),
    fold_changes(LAGO, [billed(SMALL)], [CHANGE]),
    compare(CHANGE, rulebooks_of("lago", "polar"), [billed(SMALL)], zone=BERLIN),
    POLICIES["lago"].in_zone(ZoneInfo("Etc/GMT+1")),
    POLICIES["lago"].in_zone(UTC),
)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_with_a_zone_comes_back_from_its_record(value):
    text = json.dumps(to_record(value))
    assert from_record(json.loads(text), zone_of=ZoneInfo) == value


def test_a_name_is_not_read_without_the_function_that_knows_it():
    record = to_record(LAGO)
    assert record["measure"]["zone"] == "Europe/Berlin"
    with pytest.raises(InvalidValueError, match=r"zone 'Europe/Berlin': .*give zone_of=zoneinfo\.ZoneInfo"):
        from_record(record)
    assert record["measure"]["zone"] == "Europe/Berlin"


def test_what_makes_zones_is_checked():
    record = to_record(LAGO)
    with pytest.raises(InvalidTypeError, match="zone_of must be a callable such as"):
        from_record(record, zone_of="Europe/Berlin")
    with pytest.raises(InvalidTypeError, match="zone_of must be a callable that returns tzinfo"):
        from_record(record, zone_of=str)
    with pytest.raises(InvalidValueError, match="it raised ZoneInfoNotFoundError for"):
        from_record({**record, "measure": {**record["measure"], "zone": "Europe/Atlantis"}}, zone_of=ZoneInfo)
    for junk in ("../etc/passwd", "/etc/passwd", "Europe//Berlin", "", "Europe/" + "x" * 99):
        with pytest.raises(InvalidValueError, match="not an offset from UTC"):
            from_record({**record, "measure": {**record["measure"], "zone": junk}}, zone_of=ZoneInfo)


def test_a_zone_without_a_name_is_refused():
    class Nameless(tzinfo):
        key = None

        def utcoffset(self, at):
            return timedelta(hours=1)

        def dst(self, at):
            return timedelta(0)

    with pytest.raises(InvalidTypeError, match="zone must be a zone with its IANA name as key"):
        to_record(POLICIES["lago"].in_zone(Nameless()))
