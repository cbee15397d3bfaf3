"""Ageing: every open cent stands in exactly one bucket, of rows, of a ledger, of many."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.ledger import (
    AgedBy,
    Ageing,
    AgeingBucket,
    AgeingPolicy,
    Contested,
    Credited,
    Instalment,
    Issued,
    LateFrom,
    Ledger,
    OpenItem,
    Received,
    UnappliedAs,
    age_items,
    age_ledger,
    age_ledgers,
    age_ledgers_in,
    convert_items,
    total_ageings,
)
from billingcore.money import Money, Rounding, total
from billingcore.records import from_record, to_record
from samples import money

START = date(2026, 1, 1)
DUE = date(2026, 1, 31)
DAY = date(2026, 2, 25)
BY_ISSUE = AgeingPolicy(by=AgedBy.ISSUE_DAY)
SAME_DAY = AgeingPolicy(late_from=LateFrom.SAME_DAY)
TWO_DAYS = AgeingPolicy(late_from=LateFrom.TWO_DAYS_AFTER)
OWN_DAY = AgeingPolicy(unapplied=UnappliedAs.BY_OWN_DAY)
LONGEST = date.max.toordinal()
HALF_UP = Rounding.HALF_UP


def row(reference, text, due_on=DUE, issued_on=None, currency="EUR"):
    return OpenItem(reference, Money.of(text, currency), due_on, issued_on)


def filled(ageing):
    """The buckets that hold something: label, amount, references."""
    return [(each.label, each.amount.amount, each.references) for each in ageing.buckets if each.references]


def only_label(ageing):
    [(label, _, _)] = filled(ageing)
    return label


# Edges


@pytest.mark.parametrize(
    ("policy", "late", "label"),
    [
        (AgeingPolicy(), -30, "current"),
        (AgeingPolicy(), 0, "current"),
        (AgeingPolicy(), 1, "1 to 30 days"),
        (AgeingPolicy(), 30, "1 to 30 days"),
        (AgeingPolicy(), 31, "31 to 60 days"),
        (AgeingPolicy(), 60, "31 to 60 days"),
        (AgeingPolicy(), 61, "61 to 90 days"),
        (AgeingPolicy(), 90, "61 to 90 days"),
        (AgeingPolicy(), 91, "91 days and more"),
        (AgeingPolicy(), 4000, "91 days and more"),
        (SAME_DAY, -1, "current"),
        (SAME_DAY, 0, "0 to 30 days"),
        (SAME_DAY, 31, "31 to 60 days"),
        (TWO_DAYS, 1, "current"),
        (TWO_DAYS, 2, "2 to 30 days"),
        (AgeingPolicy(()), 0, "current"),
        (AgeingPolicy(()), 1, "1 days and more"),
        (AgeingPolicy((7, 14)), 8, "8 to 14 days"),
    ],
)
def test_the_edges_of_the_buckets(policy, late, label):
    assert only_label(age_items([row("1", "30.00")], DUE + timedelta(late), "EUR", policy)) == label


@pytest.mark.parametrize("policy", [AgeingPolicy(), SAME_DAY, TWO_DAYS])
def test_by_issue_day_an_age_is_counted_from_the_issue_whatever_is_due(policy):
    policy = attrs.evolve(policy, by=AgedBy.ISSUE_DAY)
    late, early = row("1", "30.00", START, DUE), row("1", "30.00", date(2027, 1, 1), DUE)
    for days in (0, 1, 2, 30, 31, 91):
        aged = age_items([late], DUE + timedelta(days), "EUR", policy)
        assert aged == age_items([early], DUE + timedelta(days), "EUR", policy)
        by_due_day = attrs.evolve(policy, by=AgedBy.DUE_DAY)
        assert only_label(aged) == only_label(age_items([row("1", "30.00")], DUE + timedelta(days), "EUR", by_due_day))


def test_by_issue_day_a_row_needs_its_day_of_issue():
    with pytest.raises(InvalidValueError, match="give issued_on, or age by the due day"):
        age_items([row("1", "30.00")], DAY, "EUR", BY_ISSUE)
    assert age_items([row("1", "0.00")], DAY, "EUR", BY_ISSUE).total == money("0.00")  # it has no age


# Rows


def test_an_ageing_explains_its_buckets():
    rows = [
        row("1", "30.00", date(2026, 3, 1)),
        row("2", "5.00", date(2026, 2, 20)),
        row("3", "6.00", date(2026, 1, 10)),
        row("3", "1.00", date(2026, 1, 11)),
        row("4", "0.00", date(2026, 1, 10)),
        row("5", "-2.50", date(2026, 2, 20)),
    ]
    assert age_items(rows, DAY, "EUR", AgeingPolicy((30,))).explain().split("\n") == [
        "open on 2026-02-25, by days past the due day",
        "  current: 30.00 EUR (1)",
        "  1 to 30 days: 5.00 EUR (2)",  # 25 February is 5 days after the 20th
        "  31 days and more: 7.00 EUR (3)",  # two instalments, 46 and 45 days late; nothing is open of 4
        "  total: 42.00 EUR",
        "unapplied: 2.50 EUR",
    ]
    issued = [attrs.evolve(each, issued_on=each.due_on) for each in rows]
    policy = AgeingPolicy((30,), AgedBy.ISSUE_DAY, unapplied=UnappliedAs.BY_OWN_DAY)
    assert age_items(issued, DAY, "EUR", policy).explain().split("\n") == [
        "open on 2026-02-25, by days since the issue",
        "  current: 30.00 EUR (1)",
        "  1 to 30 days: 2.50 EUR (2, 5)",  # 5.00 - 2.50
        "  31 days and more: 7.00 EUR (3)",
        "  total: 39.50 EUR",  # 42.00 - 2.50
    ]


def test_an_explanation_of_many_rows_is_capped():
    rows = [row(str(at), "1.00") for at in range(1000)]
    explained = age_items(rows, DAY, "EUR").explain()
    assert "1 to 30 days: 1000.00 EUR (0, 1, 2," in explained
    assert "18, 19, … and 980 more)" in explained
    assert len(explained) < 400


amounts = st.integers(-(10**6), 10**6)
policies = st.builds(
    AgeingPolicy,
    st.lists(st.integers(2, 200), max_size=5, unique=True).map(lambda days: tuple(sorted(days))),
    st.sampled_from(AgedBy),
    st.sampled_from(LateFrom),
    st.sampled_from(UnappliedAs),
)


@given(
    st.lists(st.tuples(amounts, st.integers(0, 400), st.integers(0, 400)), max_size=12), st.integers(0, 500), policies
)
def test_buckets_partition_what_is_open(rows, day, policy):
    items = [
        OpenItem(str(at), Money(minor, "EUR"), START + timedelta(due), START + timedelta(issued))
        for at, (minor, due, issued) in enumerate(rows)
    ]
    ageing = age_items(items, START + timedelta(day), "EUR", policy)
    below = total((-item.amount for item in items if item.amount.amount_minor < 0), "EUR")
    assert ageing.balance == total((item.amount for item in items), "EUR")
    assert ageing.unapplied == (below if policy.unapplied is UnappliedAs.APART else Money.zero("EUR"))
    seen = [reference for bucket in ageing.buckets for reference in bucket.references]
    least = 1 if policy.unapplied is UnappliedAs.APART else -(10**9)
    assert sorted(seen) == sorted(item.reference for item in items if item.amount and item.amount.amount_minor >= least)
    again = age_items(items[::-1], START + timedelta(day), "EUR", policy)
    assert [each.amount for each in again.buckets] == [each.amount for each in ageing.buckets]
    halves = [age_items(part, START + timedelta(day), "EUR", policy) for part in (items[::2], items[1::2])]
    assert [each.amount for each in total_ageings(halves).buckets] == [each.amount for each in ageing.buckets]


# A ledger


LEDGER = Ledger.opened("EUR", START).with_entries(
    Issued("1", date(2026, 1, 5), money("100.00"), date(2026, 2, 4)),
    Issued("2", date(2026, 1, 10), money("60.00"), (
        Instalment(date(2026, 1, 20), money("20.00")), Instalment(date(2026, 3, 20), money("40.00")),
    )),
    Issued("later", date(2026, 2, 26), money("7.00"), date(2026, 2, 1)),
    Received("wire-1", date(2026, 2, 10), money("30.00"), pays="1"),
    Received("wire-2", date(2026, 2, 20), money("3.00")),
    Received("wire-3", date(2026, 2, 28), money("70.00"), pays="1"),
    Credited("CN-1", date(2026, 2, 12), money("8.00"), due_on=date(2026, 1, 15)),
    Contested("d-1", date(2026, 2, 11), "1", money("50.00")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "buckets", "unapplied"),
    [
        # 1: 100.00 - 30.00 paid by then, due 21 days ago; 2: 20.00 due 36 days ago, 40.00 due in March
        (AgeingPolicy(), ["40.00", "70.00", "20.00", "0.00", "0.00"], "11.00"),  # apart: 3.00 + 8.00
        # the same, less 3.00 of money 5 days old, and 8.00 of credit aged 41 days by its due day
        (OWN_DAY, ["40.00", "67.00", "12.00", "0.00", "0.00"], "0.00"),
        # by issue: 1 is 51 days old, 2 is 46; 70.00 + 60.00
        (BY_ISSUE, ["0.00", "0.00", "130.00", "0.00", "0.00"], "11.00"),
        # less 3.00 (5 days) and 8.00, by the day of its issue 13 days old
        (attrs.evolve(OWN_DAY, by=AgedBy.ISSUE_DAY), ["0.00", "-11.00", "130.00", "0.00", "0.00"], "0.00"),
    ],
)
def test_a_ledger_by_age(policy, buckets, unapplied):
    ageing = age_ledger(LEDGER, DAY, policy)
    assert [each.amount.amount for each in ageing.buckets] == buckets
    assert ageing.unapplied.amount == unapplied


def test_no_later_entry_changes_an_ageing():
    """The payment of 28 February and the invoice of the 26th are not there on the 25th."""
    assert filled(age_ledger(LEDGER, DAY)) == [
        ("current", "40.00", ("2",)), ("1 to 30 days", "70.00", ("1",)), ("31 to 60 days", "20.00", ("2",)),
    ]  # fmt: skip
    assert filled(age_ledger(LEDGER, date(2026, 2, 28))) == [
        ("current", "40.00", ("2",)), ("1 to 30 days", "7.00", ("later",)), ("31 to 60 days", "20.00", ("2",)),
    ]  # fmt: skip


def test_an_ageing_can_be_made_again_as_it_was_known():
    late = LEDGER.with_entries(Received("cheque", date(2026, 2, 20), money("20.00"), "2", recorded_on=date(2026, 3, 2)))
    known = age_ledger(late, DAY, known_on=DAY)
    assert [each.amount for each in known.buckets] == [each.amount for each in age_ledger(LEDGER, DAY).buckets]
    assert age_ledger(late, DAY).total == age_ledger(LEDGER, DAY).total - money("20.00")
    assert known.explain().startswith("open on 2026-02-25, by days past the due day, as known on 2026-02-25\n")


@given(st.integers(0, 70), policies)
def test_the_buckets_of_a_ledger_come_to_what_is_open_or_to_the_balance(days, policy):
    day = START + timedelta(days)
    ageing, position = age_ledger(LEDGER, day, policy), LEDGER.position(day)
    assert ageing.total == (position.open if policy.unapplied is UnappliedAs.APART else position.balance)
    assert ageing.balance == position.balance


# Many ledgers


def owing(text, currency="EUR", due_on=DUE):
    return Ledger.opened(currency, START).with_entries(Issued("1", START, Money.of(text, currency), due_on))


def test_many_ledgers_are_aged_by_currency():
    found = age_ledgers([owing("0.03", "USD"), owing("10.00"), LEDGER, owing("5", "JPY")], DAY)
    assert [(code, ageing.total.amount) for code, ageing in found.items()] == [
        ("EUR", "140.00"),  # 10.00 + 130.00
        ("JPY", "5"),
        ("USD", "0.03"),
    ]
    assert found["EUR"].unapplied == money("11.00")
    assert found["EUR"] == total_ageings([age_ledger(owing("10.00"), DAY), age_ledger(LEDGER, DAY)])
    assert age_ledgers([], DAY) == {}


def test_one_total_needs_rates_and_rounds_each_row_by_itself():
    ledgers = [owing("0.03", "USD"), owing("0.03", "USD", date(2026, 3, 1)), owing("10.00"), owing("100", "JPY")]
    rates = {"USD": Fraction(1, 2), "JPY": Fraction(1, 160)}
    ageing = age_ledgers_in(ledgers, DAY, "EUR", rates, HALF_UP)
    # 0.03 × 1/2 = 0.015 → 0.02 each, not 0.03 together; 100 × 1/160 = 0.625 → 0.63
    assert [each.amount.amount for each in ageing.buckets] == ["0.02", "10.65", "0.00", "0.00", "0.00"]
    down = age_ledgers_in(ledgers, DAY, "EUR", rates, Rounding.DOWN)
    assert down.total == money("10.64")  # 0.01 + 0.01 + 10.00 + 0.62
    known = age_ledgers_in([LEDGER], DAY, "EUR", {}, HALF_UP, OWN_DAY, known_on=DAY)
    assert known == age_ledger(LEDGER, DAY, OWN_DAY, known_on=DAY)


def test_rows_are_converted_with_what_is_contested_of_them():
    item = OpenItem("1", Money.of("1.00", "USD"), DUE, START, Money.of("0.50", "USD"))
    [converted] = convert_items([item], "EUR", {"USD": Fraction(9, 10)}, HALF_UP)
    assert converted == OpenItem("1", money("0.90"), DUE, START, money("0.45"))
    [nothing] = convert_items([attrs.evolve(item, contested=Money.zero("USD"))], "EUR", {"USD": Fraction(1)}, HALF_UP)
    assert nothing.contested == money("0.00")
    own = row("1", "1.00")
    assert convert_items([own], "EUR", {"EUR": Fraction(1)}, HALF_UP) == (own,)


@pytest.mark.parametrize(
    ("rates", "currency", "error", "problem"),
    [
        ({}, "EUR", InvalidValueError, "'USD': give a rate for it: how many EUR one is worth"),
        ({"USD": Fraction(0)}, "EUR", InvalidValueError, "a rate is above 0"),
        ({"USD": 0.9}, "EUR", InvalidTypeError, "a Fraction"),
        ({"USD": Fraction(1), "EUR": Fraction(2)}, "EUR", InvalidValueError, "leave its rate out"),
        ({"USD": Fraction(1), "XXZ": Fraction(2)}, "EUR", InvalidValueError, "XXZ"),
        ({"USD": Fraction(1)}, "XXZ", InvalidValueError, "XXZ"),
        ([("USD", Fraction(1))], "EUR", InvalidTypeError, "a mapping from the codes of currencies"),
    ],
)
def test_rates_are_looked_at(rates, currency, error, problem):
    with pytest.raises(error, match=problem):
        convert_items([row("1", "1.00", currency="USD")], currency, rates, HALF_UP)


def test_a_day_before_a_ledger_is_refused():
    later = Ledger.opened("EUR", date(2026, 3, 1))
    for ask in (lambda: age_ledgers([LEDGER, later], DAY), lambda: age_ledger(later, DAY)):
        with pytest.raises(InvalidValueError, match="the ledger starts on 2026-03-01"):
            ask()


def test_ageings_are_added_bucket_by_bucket():
    first, second = age_ledger(LEDGER, DAY), age_items([row("9", "5.00")], DAY, "EUR")
    added = total_ageings([first, second])
    assert filled(added)[1] == ("1 to 30 days", "75.00", ("1", "9"))  # 70.00 + 5.00
    assert added.unapplied == money("11.00")


AGEING = age_ledger(LEDGER, DAY)


@pytest.mark.parametrize(
    ("other", "error"),
    [
        (age_items([], DAY + timedelta(1), "EUR"), InvalidValueError),
        (age_items([], DAY, "EUR", OWN_DAY), InvalidValueError),
        (age_items([], DAY, "EUR", AgeingPolicy((30, 60, 91))), InvalidValueError),
        (age_ledger(LEDGER, DAY, known_on=DAY), InvalidValueError),
        (age_items([], DAY, "USD"), CurrencyMismatchError),
    ],
)
def test_what_is_cut_in_another_way_is_not_added(other, error):
    with pytest.raises(error):
        total_ageings([AGEING, other])
    with pytest.raises(InvalidValueError, match="give one or more"):
        total_ageings([])


# What is refused


def test_an_ageing_has_the_buckets_of_its_policy():
    current, first, *middle, last = AGEING.buckets
    assert Ageing(DAY, AGEING.policy, AGEING.buckets, AGEING.unapplied) == AGEING
    assert from_record(to_record(AGEING)) == AGEING
    for buckets in ((), (current,), AGEING.buckets[::-1], AGEING.buckets[1:], (current, *AGEING.buckets),
                    (current, attrs.evolve(first, last=31), *middle, last)):  # fmt: skip
        with pytest.raises(InvalidValueError, match="the policy has"):
            attrs.evolve(AGEING, buckets=buckets)
    with pytest.raises(InvalidValueError, match="into the buckets"):
        attrs.evolve(AGEING, policy=OWN_DAY)
    with pytest.raises(InvalidValueError, match="0 or more"):
        attrs.evolve(AGEING, unapplied=money("-0.01"))
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(AGEING, unapplied=Money.zero("USD"))
    with pytest.raises(InvalidValueError):
        from_record(to_record(AGEING) | {"total": to_record(money("130.01"))})


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"first": -1}, InvalidValueError), ({"first": 31}, InvalidValueError),
        ({"first": True}, InvalidTypeError), ({"first": "1"}, InvalidTypeError), ({"first": 1.0}, InvalidTypeError),
        ({"first": None}, InvalidValueError), ({"last": "30"}, InvalidTypeError),
        ({"last": LONGEST + 1}, OutOfRangeError), ({"first": LONGEST + 1, "last": None}, OutOfRangeError),
        ({"amount": 30}, InvalidTypeError), ({"references": ["1"]}, InvalidTypeError),
        ({"references": (1,)}, InvalidTypeError), ({"references": ("a\nb",)}, InvalidValueError),
    ],
)  # fmt: skip
def test_a_bucket_of_nothing_that_can_be_is_refused(changes, error):
    with pytest.raises(error):
        attrs.evolve(AGEING.buckets[1], **changes)


def test_a_bucket_may_be_as_long_as_the_calendar():
    assert AgeingBucket(1, LONGEST, money("0.00")).last == LONGEST
    assert AgeingBucket(LONGEST, None, money("0.00")).label == f"{LONGEST} days and more"
    assert AgeingPolicy((LONGEST,)).ages[1] == (1, LONGEST)
    assert AgeingPolicy((0,), late_from=LateFrom.SAME_DAY).ages == ((None, None), (0, 0), (1, None))


@pytest.mark.parametrize(
    ("bounds", "first"),
    [
        ((10**6000,), LateFrom.DAY_AFTER), ((LONGEST + 1,), LateFrom.DAY_AFTER), ((0,), LateFrom.DAY_AFTER),
        ((-1,), LateFrom.SAME_DAY), ((1,), LateFrom.TWO_DAYS_AFTER), ((30, 30), LateFrom.DAY_AFTER),
        ((30, 29), LateFrom.DAY_AFTER),
    ],
)  # fmt: skip
def test_bounds_ascend_within_the_calendar(bounds, first):
    with pytest.raises(InvalidValueError) as caught:
        AgeingPolicy(bounds, late_from=first)
    assert caught.value.name == "bounds"


@pytest.mark.parametrize(
    "make",
    [
        lambda: AgeingPolicy([30]),
        lambda: AgeingPolicy((30.0,)),
        lambda: AgeingPolicy(by="due_day"),
        lambda: AgeingPolicy(late_from=1),
        lambda: AgeingPolicy(unapplied=None),
        lambda: age_items([1], DAY, "EUR"),
        lambda: age_items("text", DAY, "EUR"),
        lambda: age_items([], None, "EUR"),
        lambda: age_items([], datetime(2026, 2, 25, tzinfo=UTC), "EUR"),
        lambda: age_items([], DAY, "EUR", (30, 60)),
        lambda: age_items([], DAY, 5),
        lambda: age_ledger([LEDGER], DAY),
        lambda: age_ledgers([], None),
        lambda: age_ledgers([], DAY, None),
        lambda: age_ledgers([], DAY, known_on="x"),
        lambda: age_ledgers(LEDGER, DAY),
        lambda: age_ledgers_in([], DAY, "EUR", {}, "half up"),
        lambda: age_ledgers_in([], DAY, "EUR", {}, HALF_UP, None),
        lambda: total_ageings([1]),
    ],
)
def test_an_argument_of_another_type_is_refused(make):
    with pytest.raises(InvalidTypeError):
        make()


def test_rows_of_another_currency_are_refused():
    with pytest.raises(CurrencyMismatchError):
        age_items([row("1", "1.00")], DAY, "USD")


def test_a_later_payment_and_a_later_invoice_do_not_count():
    """The balance of 31 May, asked for in July: a payment of 30 June closed nothing yet, an invoice of 1 June was not there.

    Source: reported of several systems, OCA/account-financial-reporting 707 and odoo/odoo 16016 among them.
    """
    hundred = Money.of("100.00", "EUR")
    ledger = Ledger.opened("EUR", date(2020, 1, 1)).with_entries(
        Issued("1", date(2020, 4, 30), hundred),
        Received("p", date(2020, 6, 30), hundred, pays="1"),
        Issued("2", date(2020, 6, 1), hundred, date(2020, 7, 1)),
    )
    assert age_ledger(ledger, date(2020, 5, 31)).total == hundred
    assert age_ledger(ledger, date(2020, 6, 1)).total == hundred + hundred
    assert age_ledger(ledger, date(2020, 6, 30)).total == hundred
