"""Records that do not load: altered figures, unknown keys, other types, hostile values; and where the error is."""

import contextlib
import copy
import json
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billingcore import records
from billingcore.cycles import MONTHLY, InstantSchedule, Period
from billingcore.disputes import DisputeAllowed
from billingcore.errors import BillingError, InvalidTypeError, InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.money import Money
from billingcore.plans import Plan
from billingcore.profiles import GOTO_RESCUE
from billingcore.records import from_record, to_record
from billingcore.sourced import History, Sourced
from billingcore.subscriptions import Active
from billingcore.tax import VatRate, default_facts
from samples import FROM_31_JANUARY, INSTANTS, JUNK, SAMPLES, invoice, money, sample, upgrade

ids = {"ids": lambda value: type(value).__name__}
BILL = upgrade()[1].document
RECORD = to_record(BILL)


def part_at(record, path):
    """The container of a place, and its key."""
    for key in path[:-1]:
        record = record[key]
    return record, path[-1]


@pytest.mark.parametrize("junk", [*JUNK, [], "Money", [RECORD], MONTHLY], **ids)
def test_junk_is_not_a_record_or_a_value(junk):
    with pytest.raises(BillingError):
        from_record(junk)
    if junk is not MONTHLY:
        with pytest.raises(InvalidTypeError, match="value must be a value of this library"):
            to_record(junk)


@pytest.mark.parametrize(
    "kind", [None, 1, "Invoices", "invoice", "object", "BillingError", [], {}, True, "Sourced", "Periods"]
)
def test_an_unknown_type_is_refused(kind):
    with pytest.raises(InvalidValueError, match=r"record\.type .*give one of ARContact, "):
        from_record({**RECORD, "type": kind})


def test_facts_and_schedules_of_instants_have_no_record_of_their_own():
    fact = Sourced(date(2026, 1, 1), date(2026, 1, 1), None, "us", date(2026, 1, 1))
    for value in (fact, InstantSchedule(datetime(2026, 1, 1, 12, tzinfo=UTC), MONTHLY, UTC)):
        with pytest.raises(InvalidTypeError, match="a value of this library"):
            to_record(value)


@pytest.mark.parametrize(
    ("start_at", "words"),
    [
        ("2026-03-28T12:00:00", "not an ISO instant; write it as"),  # no offset: it names no instant
        ("2026-03-28T12:00:00Z", "not an ISO instant"),
        ("2026-03-28 12:00:00+01:00", "not an ISO instant"),
        ("20260328T120000+0100", "not an ISO instant"),
        ("2026-03-28", "not an ISO instant"),
        ("2026-03-28T12:00:00+01:00\n", "not an ISO instant"),
        ("2026-03-28T25:00:00+01:00", "not an ISO instant"),
        ("2026-02-30T12:00:00+01:00", "no such instant"),
        ("2026-03-28T12:00:60+01:00", "not an ISO instant"),  # a leap second
        ("2026-03-28T12:00:00+99:00", "not an ISO instant"),
        ("2" * 10**6, "not an ISO instant"),
        (None, "must be an ISO instant"),
        (1774695600, "must be an ISO instant"),
    ],
)
def test_an_instant_is_written_in_one_way(start_at, words):
    record = to_record(INSTANTS)
    assert record["start_at"] == "2026-03-28T12:00:00+01:00"
    assert record["end_at"] == "2026-03-29T12:00:00.000001+02:00"
    with pytest.raises(BillingError, match=words) as caught:
        from_record({**record, "start_at": start_at})
    assert "record.start_at" in str(caught.value)


def test_where_a_day_or_an_instant_may_stand_the_time_tells_them_apart():
    assert records._reader(date | datetime)("2026-02-15", {}, "at") == date(2026, 2, 15)
    assert records._reader(date | datetime)("2026-02-15T12:00:00+00:00", {}, "at") == datetime(
        2026, 2, 15, 12, tzinfo=UTC
    )
    for junk, words in (("2026-02-15T12", "ISO instant"), ("x", "ISO date"), (None, "ISO date"), (5, "ISO date")):
        with pytest.raises(BillingError, match=words):
            records._reader(date | datetime)(junk, {}, "at")


@pytest.mark.parametrize(
    "junk", ["Europe/Berlin", "+01", "+1:00", "+25:00", "+01:60", "Z", "", 1, {}, True, "+01:00\n", "+01:00" * 99]
)
def test_a_zone_is_an_offset(junk):
    with pytest.raises(BillingError, match=r"zone .*an offset from UTC"):
        records._reader(tzinfo | None)(junk, {}, "zone")


@pytest.mark.parametrize(
    "offset", [timedelta(), timedelta(hours=1), -timedelta(hours=9, minutes=30), timedelta(hours=23, minutes=59)]
)
def test_an_offset_survives(offset):
    text = records._write(timezone(offset))
    assert records._reader(tzinfo | None)(text, {}, "zone") == timezone(offset)
    assert records._reader(tzinfo | None)(None, {}, "zone") is None


def test_a_fact_of_something_else_cannot_be_written():
    row = Sourced(VatRate("TVA", Fraction(1, 5)), date(2026, 1, 1), None, "us", date(2026, 1, 1))
    facts = default_facts().with_rates("FR", History("rate of FR", (row,)))
    object.__setattr__(row, "value", Decimal("0.2"))  # past the constructors, which refuse it
    with pytest.raises(InvalidTypeError, match=r"value must be a value made of this library's own values, not Decimal"):
        to_record(facts)


def test_a_class_of_the_same_name_is_not_ours():
    class Invoice:
        pass

    with pytest.raises(InvalidTypeError):
        to_record(Invoice())


def test_a_subclass_is_not_written_as_its_base():
    class Better(Period):
        pass

    better = Better(date(2026, 1, 1), date(2026, 2, 1))
    with pytest.raises(InvalidTypeError):
        to_record(better)


@pytest.mark.parametrize("value", SAMPLES, **ids)
def test_a_missing_and_an_unknown_key_are_named(value):
    record = to_record(value)
    with pytest.raises(
        InvalidValueError, match=r"record \['surprise'\]: these keys are not known here; leave them out"
    ):
        from_record({**record, "surprise": 1})
    fields = attrs.fields(type(value))
    needed = {"type"} | {field.alias for field in fields if field.init and field.default is attrs.NOTHING}
    needed = {"type", "amount", "currency"} if type(value) is Money else needed  # written in major units
    for key in record:
        less = {name: part for name, part in record.items() if name != key}
        if key not in needed:
            with contextlib.suppress(BillingError):  # a default that contradicts the rest
                assert type(from_record(less)) is type(value)  # it was derived, or it has a default
            continue
        with pytest.raises(InvalidValueError, match=r"give one of|these keys are missing; add them") as caught:
            from_record(less)
        assert key in str(caught.value)


@pytest.mark.parametrize("key", ["total", "subtotal", "tax", "payable"])
@pytest.mark.parametrize("amount", ["55.27", "0.01", "-55.28", "55.2", 55.28, None])
def test_an_altered_total_does_not_load(key, amount):
    altered = {**RECORD, key: {"type": "Money", "amount": amount, "currency": "EUR"}}
    with pytest.raises(
        InvalidValueError, match=f"record.{key} .*it does not agree with the Invoice that the record describes"
    ):
        from_record(altered)


def paths(record, path=()):
    """Every place in a record, as the keys that lead to it."""
    parts = record.items() if type(record) is dict else enumerate(record) if type(record) is list else ()
    for key, part in parts:
        yield (*path, key)
        yield from paths(part, (*path, key))


@pytest.mark.parametrize(
    "value", [invoice("10.00"), BILL, *[each for each in SAMPLES if type(each) in (CreditNote, Active)]], **ids
)
def test_any_altered_figure_is_noticed(value):
    """Change one amount anywhere: it does not load, or it is another value; never the same value with other figures."""
    record = to_record(value)
    for path in paths(record):
        if path[-1] != "amount" or type(part_at(record, path)[0]["amount"]) is not str:
            continue
        altered = copy.deepcopy(record)
        container, key = part_at(altered, path)
        container[key] = str(money(container[key]) + money("0.01")).split()[0]
        try:
            again = from_record(altered)
        except BillingError:
            continue
        assert again != value


def test_an_altered_tax_of_a_credit_note_does_not_load():
    """Its tax cannot be computed without the earlier notes, but it follows from its net to a cent or two."""
    note = next(each for each in SAMPLES if type(each) is CreditNote)
    record = to_record(note)
    altered = copy.deepcopy(record)
    altered["taxes"][0]["tax"]["amount"] = "99.00"
    for key in ("tax", "total"):
        del altered[key]
    with pytest.raises(InvalidValueError, match=r"tax .*TVA 20 % in FR on 25.71 EUR is 5.142"):
        from_record(altered)


def test_a_permission_to_dispute_cannot_be_written_by_hand():
    record = to_record(sample(DisputeAllowed))
    for day in ("2026-03-03", "2027-01-01", "2026-02-14"):
        with pytest.raises(InvalidValueError, match="not allowed then"):
            from_record({**record, "asked_on": day})


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("2026-02-30", "no such day in the calendar"),
        ("0000-01-01", "no such day in the calendar"),
        ("20260131", "not an ISO date; write it as '2026-02-15'"),
        ("2026-W05-6", "not an ISO date"),
        ("2026-01-31T00:00:00", "not an ISO date"),
        ("2026-01-31\n", "not an ISO date"),
        (" 2026-01-31", "not an ISO date"),
        ("2026-01-3\N{FULLWIDTH DIGIT ONE}", "not an ISO date"),
        ("", "not an ISO date"),
        (20260131, "must be an ISO date"),
        (None, "must be an ISO date"),
        (date(2026, 1, 31), "must be an ISO date"),
    ],
)
def test_a_date_is_written_in_one_way(start, words):
    with pytest.raises(BillingError, match=words) as caught:
        from_record({**to_record(FROM_31_JANUARY), "start": start})
    assert "record.start" in str(caught.value)


@pytest.mark.parametrize(
    "share",
    [
        "1/0",
        "1/00",
        "-1/0",
        "1.5",
        "1e5",
        " 1/2",
        "1/2\n",
        "1/-2",
        "",
        "/2",
        "\N{VULGAR FRACTION ONE HALF}",
        "1" * 1001,
        "nan",
    ],
)
def test_a_share_is_written_in_one_way(share):
    record = {"type": "ExactAmount", "amount_minor": share, "currency": "EUR"}
    with pytest.raises(InvalidValueError, match=r"record\.amount_minor .*not an exact share; write it as '13/28'"):
        from_record(record)
    for other in (1, 0.5, None, Fraction(1, 2)):
        with pytest.raises(InvalidTypeError, match=r"record\.amount_minor must be an exact share such as '13/28'"):
            from_record({**record, "amount_minor": other})


@pytest.mark.parametrize(
    ("path", "junk", "error", "words"),
    [
        (("lines",), None, InvalidTypeError, "record.lines must be a list"),
        (("lines",), {}, InvalidTypeError, "record.lines must be a list"),
        (
            ("lines", 0),
            [],
            InvalidTypeError,
            r"record.lines\[0\] must be a dict with a type: ChargeLine, CreditLine, OneOffLine",
        ),
        (("lines", 0, "type"), "Money", InvalidValueError, r"record.lines\[0\].type 'Money': give one of ChargeLine"),
        (
            ("lines", 0, "billed", "quantity"),
            "1",
            InvalidTypeError,
            r"record.lines\[0\].billed.quantity must be an int",
        ),
        (("lines", 0, "billed", "quantity"), True, InvalidTypeError, "must be an int, not True"),
        (("lines", 0, "billed", "quantity"), 1.0, InvalidTypeError, "must be an int, not 1.0"),
        (("lines", 0, "billed", "plan", "name"), 5, InvalidTypeError, "plan.name must be a str"),
        (
            ("lines", 0, "billed", "plan", "price"),
            5,
            InvalidTypeError,
            "price must be a dict with a type: FlatPrice, ",
        ),
        (("lines", 0, "billed", "charge", "amount"), 60.0, InvalidTypeError, "charge.amount must be a decimal str"),
        (("lines", 0, "billed", "charge", "amount"), "60.001", InvalidValueError, "EUR has 2 decimal digits"),
        (("lines", 0, "billed", "charge", "currency"), "EURO", InvalidValueError, "did you mean 'EUR'"),
        (
            ("lines", 0, "billed", "charge", "extra"),
            1,
            InvalidValueError,
            r"billed.charge \['extra'\]: these keys are not known",
        ),
        (
            ("rounding",),
            "half",
            InvalidValueError,
            "record.rounding 'half': give one of ceiling, down, floor, half_down, half_even, half_up",
        ),
        (("rounding",), None, InvalidValueError, "record.rounding None: give one of"),
        (("buyer", "address", "country"), "UK", InvalidValueError, "GB"),
        (("seller", "below_eu_threshold"), 0, InvalidTypeError, "below_eu_threshold must be True or False"),
        (("prepaid",), 5, InvalidTypeError, "record.prepaid must be a dict with a type: Money"),
        (("taxes",), [], InvalidValueError, "record.taxes .*does not agree"),
    ],
)
def test_an_error_says_where_in_the_record(path, junk, error, words):
    altered = copy.deepcopy(RECORD)
    container, key = part_at(altered, path)
    container[key] = junk
    with pytest.raises(error, match=words):
        from_record(altered)


def test_a_pair_has_two_parts():
    record = to_record(GOTO_RESCUE.accounts_receivable)
    for pair in (["FR"], ["FR", record["rest_of_world"], 1], "FR", {}):
        with pytest.raises(InvalidTypeError, match=r"record\.contacts\[0\] must be a list of 2"):
            from_record({**record, "contacts": [pair]})


def test_a_record_nested_without_end_is_refused():
    period = to_record(FROM_31_JANUARY)
    for _ in range(100_000):
        period = {**to_record(FROM_31_JANUARY), "reference": period}
    with pytest.raises(InvalidValueError, match="nested too deeply"):
        from_record(period)
    while period:  # taken apart by hand: the interpreter would recurse
        period = period.pop("reference", None)


def test_the_types_of_derived_figures_count():
    """1 is not True in JSON, and "1" is not 1."""
    record = to_record(upgrade()[0].subscription)
    for status in (True, 1, None, "ending", ["active"], {"active": 1}):
        with pytest.raises(InvalidValueError, match=r"record\.status .*'active'"):
            from_record({**record, "status": status})
    for taxes in ([*RECORD["taxes"], 1], [{**RECORD["taxes"][0], "more": 1}], [{}]):
        with pytest.raises(InvalidValueError, match=r"record\.taxes"):
            from_record({**RECORD, "taxes": taxes})


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("EUR") | st.just("1.00"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300)
@given(st.sampled_from(SAMPLES), json_like, st.data())
def test_a_hostile_record_loads_or_is_refused(value, junk, data):
    """Whatever stands in whatever place: a value of ours, or an error of ours."""
    record = to_record(value)
    places = [*paths(record)][:400]
    path = data.draw(st.sampled_from(places))
    container, key = part_at(record, path)
    container[key] = junk
    try:
        again = from_record(record)
    except BillingError as error:
        message = str(error)
        assert len(message) < 1000
        return
    assert from_record(json.loads(json.dumps(to_record(again)))) == again


def test_reading_is_quick_for_a_huge_text(quickly):
    record = to_record(sample(Plan))

    def refused():
        with pytest.raises(InvalidValueError):
            from_record({**record, "name": "x" * 10**7})

    quickly(refused)


def test_an_invoice_of_a_record_is_checked_like_any_other():
    """No record constructs what a constructor refuses."""
    altered = copy.deepcopy(to_record(invoice("10.00")))
    altered["prepaid"] = {"type": "Money", "amount": "12.01", "currency": "EUR"}
    del altered["payable"]
    with pytest.raises(InvalidValueError, match=r"between nothing and the total of 12.00 EUR"):
        from_record(altered)
    assert type(from_record(to_record(invoice("10.00")))) is Invoice
