"""What the collections and disputes refuse where a value is made, and their limits at the border."""

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from billingcore.collections import (
    ARContact,
    ARDirectory,
    DunningCase,
    DunningPolicy,
    FinalAction,
    InGrace,
    ServiceEnded,
    ServiceLimited,
    Settled,
    recover_schedule,
)
from billingcore.cycles import MONTHLY, Schedule
from billingcore.deadlines import DaysAfter, DaysBefore
from billingcore.disputes import DisputePolicy
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import Money

DAY = date(2026, 2, 25)
NOON = datetime(2026, 2, 25, 12, tzinfo=UTC)
OWED = Money(3000, "EUR")
NOTHING = Money.zero("EUR")

# Fields of another type


@pytest.mark.parametrize(
    ("value", "changes"),
    [
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
