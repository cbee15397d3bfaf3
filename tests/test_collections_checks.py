"""What the collections and disputes refuse where a value is made, and their limits at the border."""

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from billingcore.collections import (
    Ageing,
    AgeingBucket,
    ARContact,
    ARDirectory,
    DunningCase,
    DunningPolicy,
    FinalAction,
    InGrace,
    Receivable,
    ServiceEnded,
    ServiceLimited,
    Settled,
    age_receivables,
    recover_schedule,
)
from billingcore.cycles import MONTHLY, Schedule
from billingcore.deadlines import DaysAfter, DaysBefore
from billingcore.disputes import DisputePolicy
from billingcore.errors import BillingError, CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money import Money
from billingcore.records import from_record, to_record
from test_collections_ageing import DUE, invoice, receivable

DAY = date(2026, 2, 25)
NOON = datetime(2026, 2, 25, 12, tzinfo=UTC)
OWED = Money(3000, "EUR")
NOTHING = Money.zero("EUR")
AGEING = age_receivables([receivable("1", 3000, DUE), receivable("2", 500, date(2026, 3, 1))], DAY, "EUR")
NOT_LATE, FIRST, *MIDDLE, LAST = AGEING.buckets
LONGEST = date.max.toordinal()


# Ageing


def test_the_buckets_are_what_they_are_called():
    assert [each.label for each in (NOT_LATE, FIRST, LAST)] == ["not late", "1 to 30 days late", "over 90 days late"]
    assert from_record(to_record(AGEING)) == AGEING
    assert [each.first for each in age_receivables([], DAY, "EUR", ()).buckets] == [None, 1]


@pytest.mark.parametrize(
    "buckets",
    [
        (),
        (NOT_LATE,),
        (LAST,),
        AGEING.buckets[::-1],
        AGEING.buckets[1:],
        AGEING.buckets[:-1],
        (NOT_LATE, *AGEING.buckets),
        (*AGEING.buckets, LAST),
        (NOT_LATE, *MIDDLE, LAST),
        (NOT_LATE, FIRST, attrs.evolve(LAST, first=30)),
        (NOT_LATE, FIRST, attrs.evolve(LAST, first=32)),
    ],
)
def test_buckets_follow_each_other_from_what_is_not_late(buckets):
    with pytest.raises(InvalidValueError) as caught:
        Ageing(DAY, buckets)
    assert caught.value.name == "buckets"
    record = to_record(AGEING) | {"buckets": [to_record(each) for each in buckets]}
    with pytest.raises(InvalidValueError):
        from_record(record)


def test_buckets_have_one_currency():
    dollars = tuple([attrs.evolve(each, amount=Money(each.amount.amount_minor, "USD")) for each in AGEING.buckets])
    assert Ageing(DAY, dollars).total == Money(3500, "USD")
    with pytest.raises(CurrencyMismatchError):
        Ageing(DAY, (*AGEING.buckets[:-1], dollars[-1]))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"first": 0}, InvalidValueError), ({"first": -1}, InvalidValueError), ({"first": 31}, InvalidValueError),
        ({"first": True}, InvalidTypeError), ({"first": "1"}, InvalidTypeError), ({"first": 1.0}, InvalidTypeError),
        ({"first": None}, InvalidValueError), ({"last": "30"}, InvalidTypeError),
        ({"last": LONGEST + 1}, OutOfRangeError), ({"first": LONGEST + 1, "last": None}, OutOfRangeError),
        ({"amount": 30}, InvalidTypeError), ({"amount": NOTHING}, InvalidValueError),
        ({"amount": Money(-1, "EUR")}, InvalidValueError), ({"numbers": ()}, InvalidValueError),
        ({"numbers": ["1"]}, InvalidTypeError), ({"numbers": (1,)}, InvalidTypeError),
        ({"numbers": ("a\nb",)}, InvalidValueError),
    ],
)  # fmt: skip
def test_a_bucket_of_nothing_that_can_be_is_refused(changes, error):
    with pytest.raises(error):
        attrs.evolve(FIRST, **changes)


def test_a_bucket_may_be_as_long_as_the_calendar():
    assert attrs.evolve(FIRST, last=LONGEST).last == LONGEST
    assert AgeingBucket(LONGEST, None, NOTHING, ()).label == f"over {LONGEST - 1} days late"
    assert age_receivables([], DAY, "EUR", (LONGEST - 1,)).buckets[1].last == LONGEST - 1


@pytest.mark.parametrize("bound", [10**6000, LONGEST + 1, 0, -1], ids=["huge", "beyond", "nothing", "below"])
def test_bounds_are_days_of_the_calendar(bound):
    with pytest.raises(InvalidValueError) as caught:
        age_receivables([], DAY, "EUR", (bound,))
    assert caught.value.name == "bounds"


@pytest.mark.parametrize("junk", [None, 5, "text", {"a": 1}, [None]])
def test_receivables_are_a_collection(junk):
    with pytest.raises(InvalidTypeError, match="receivables"):
        age_receivables(junk, DAY, "EUR")


def test_what_is_contested_lies_between_nothing_and_what_is_due():
    assert Receivable(invoice("1", 3000), DUE, NOTHING).undisputed == OWED
    assert Receivable(invoice("1", 3000), DUE, OWED).undisputed == NOTHING
    for disputed in (Money(-1, "EUR"), Money(3001, "EUR"), Money(1, "USD"), 5):
        with pytest.raises(BillingError) as caught:
            Receivable(invoice("1", 3000), DUE, disputed)
        assert getattr(caught.value, "name", "") == ("currency" if disputed == Money(1, "USD") else "disputed")


# Fields of another type


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (AGEING, {"day": NOON, "buckets": list(AGEING.buckets)}),
        (AGEING, {"day": None, "buckets": (None,)}),
        (Settled("paid"), {"reason": 5}),
        (InGrace(DAY, None), {"last_day": NOON, "next_try_on": "x"}),
        (ServiceLimited(DAY, OWED, None), {"since_on": None, "owed": 30, "next_try_on": NOON}),
        (ServiceEnded(DAY), {"since_on": NOON}),
    ],
    ids=lambda value: "" if type(value) is dict else type(value).__name__,
)
def test_a_field_of_another_type_is_refused(value, changes):
    for name, junk in changes.items():
        with pytest.raises(InvalidTypeError) as caught:
            attrs.evolve(value, **{name: junk})
        assert caught.value.name == name


def test_states_without_meaning_are_refused():
    for reason in ("", " ", "a\nb", "x" * 201):
        with pytest.raises(InvalidValueError):
            Settled(reason)
    for owed in (NOTHING, Money(-1, "EUR")):
        with pytest.raises(InvalidValueError):
            ServiceLimited(DAY, owed, None)
    with pytest.raises(InvalidValueError, match="limited since"):
        ServiceLimited(DAY, OWED, DAY)
    assert ServiceLimited(DAY, Money(1, "EUR"), DAY + timedelta(1)).next_try_on == date(2026, 2, 26)


# Dunning at its borders


@pytest.mark.parametrize(
    ("tries", "grace", "final"),
    [((1,), 0, 0), ((3649, 3650), 3650, 3650), ((), 0, 3650)],  # 1 to 3650 days, grace and end on one day
)
def test_a_course_may_take_its_limits(tries, grace, final):
    policy = DunningPolicy(tries, grace, final, FinalAction.STAY_LIMITED)
    assert (policy.retry_days, policy.grace_days, policy.final_days) == (tries, grace, final)


@pytest.mark.parametrize(
    ("tries", "grace", "final"),
    [((0,), 1, 1), ((3651,), 1, 1), ((), -1, 1), ((), 0, 3651), ((), 3651, 3651), ((), 2, 1)],
)
def test_a_course_beyond_its_limits_is_refused(tries, grace, final):
    with pytest.raises(InvalidValueError):
        DunningPolicy(tries, grace, final, FinalAction.CANCEL)


def test_a_case_may_contest_nothing():
    assert DunningCase(OWED, frozenset({DAY}), NOTHING).undisputed == OWED
    with pytest.raises(InvalidValueError):
        DunningCase(OWED, frozenset({DAY}), Money(-1, "EUR"))


def test_recovering_needs_a_case_and_a_course():
    case = DunningCase(OWED, frozenset({DAY}))
    policy, schedule = DunningPolicy((), 14, 30, FinalAction.CANCEL), Schedule(DAY, MONTHLY)
    for arguments in ((5, DAY, policy, schedule), (case, DAY, 5, schedule), (case, NOON, policy, schedule)):
        with pytest.raises(InvalidTypeError):
            recover_schedule(*arguments)


# Contacts


@pytest.mark.parametrize(
    "email",
    [
        "a", "a@", "@b", "@b.de", "a b@c.de", "a@b@c.de", '"<script>"@x.de', "<a@b.de>", "a@b", "a@.de", "a@b.", "a@b..de",
        "a@b.de, c@d.de", "mailto:a@b.de", "a@b.de\u00a0", "a@b.\u00a0de", "a@[1.2.3.4]", "a@b.d\\e",
    ],
)  # fmt: skip
def test_an_address_without_the_form_of_an_address_is_refused(email):
    with pytest.raises(InvalidValueError) as caught:
        ARContact("France", email, "+33 1")
    assert caught.value.name == "email"


@pytest.mark.parametrize(
    "email", ["a@b.de", "ar-ie@goto.com", "first.last+bills@mail.example.co.uk", "käse@exämple.de"]
)
def test_an_address_has_something_before_and_a_domain_after_its_at(email):
    assert ARContact("France", email, "+33 1").email == email


@pytest.mark.parametrize("name", ["region", "phone"])
def test_the_other_fields_of_a_contact_can_be_printed(name):
    contact = ARContact("France", "a@b.de", "+33 1")
    assert getattr(attrs.evolve(contact, **{name: "x" * 254}), name) == "x" * 254
    for junk in ("", " ", "a\nb", "\x1b[2K", "x" * 255):
        with pytest.raises(InvalidValueError) as caught:
            attrs.evolve(contact, **{name: junk})
        assert caught.value.name == name


def test_the_source_of_a_directory_can_be_printed():
    contact = ARContact("World", f"{'a' * 249}@b.de", "+33 1")  # 254 characters
    assert ARDirectory((), contact, "x" * 254).source == "x" * 254
    with pytest.raises(InvalidValueError):
        attrs.evolve(contact, email=f"{'a' * 250}@b.de")
    for junk in ("", "x" * 255):
        with pytest.raises(InvalidValueError) as caught:
            ARDirectory((), contact, junk)
        assert caught.value.name == "source"


# Disputes


class Patient(DaysAfter):
    """A rule that says something else than what it is."""


@pytest.mark.parametrize("rule", [5, None, "15 days", DaysBefore(15), DaysAfter, Patient(15)])
def test_a_rule_of_disputes_counts_forwards(rule):
    with pytest.raises(InvalidTypeError, match="counts forwards") as caught:
        DisputePolicy(rule)
    assert caught.value.name == "window"
    if rule is not None:
        with pytest.raises(InvalidTypeError, match="counts forwards") as caught:
            DisputePolicy(DaysAfter(15), rule)
        assert caught.value.name == "payment"


def test_the_day_of_a_resolution_is_looked_at_without_a_rule_for_paying():
    for junk in ("x", None, NOON):
        with pytest.raises(InvalidTypeError) as caught:
            DisputePolicy(DaysAfter(15)).pay_by(junk)
        assert caught.value.name == "resolved_on"
    assert DisputePolicy(DaysAfter(15)).pay_by(DAY) is None
