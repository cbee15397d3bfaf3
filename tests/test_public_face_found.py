"""What the walk along the public face found in the lower rooms: time, money, places, numbers and errors."""

from datetime import date
from fractions import Fraction
from itertools import repeat

import attrs
import pytest

from billingcore._checks import MAX_ITEMS, mapped
from billingcore.cycles import (
    MONTHLY,
    WEEKLY,
    Cadence,
    Period,
    Periods,
    Resume,
    Schedule,
    Trial,
    TrialChange,
    Unit,
    Weekday,
    move_bill_date,
    renew_early,
    resume_schedule,
)
from billingcore.errors import (
    BillingError,
    InvalidTypeError,
    InvalidValueError,
    OutOfRangeError,
    UnknownCountryError,
    UnknownSubdivisionError,
)
from billingcore.money import ExactAmount, Money, total
from billingcore.parties import Registration, Scheme, Seller
from billingcore.places import Address
from billingcore.plans import Coupon, Stacking, take_off
from billingcore.receipts import format_rate
from billingcore.tax_ids import Malformed, TaxId, TaxIdProblem, check_tax_id
from billingcore.testing import boundaries_increase, cadences, credit_never_grows_later, moneys, periods

NEW_YEAR, MID_JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 1, 16), date(2026, 2, 1)
SCHEDULE = Schedule(NEW_YEAR, MONTHLY)
JANUARY = Period(NEW_YEAR, FEBRUARY)
PUT_OFF = move_bill_date(SCHEDULE, 0, date(2026, 3, 10))
BROUGHT_FORWARD = move_bill_date(SCHEDULE, 0, MID_JANUARY)
RESUMED = resume_schedule(SCHEDULE, MID_JANUARY, date(2026, 3, 11), Resume.KEEP_DATES)
RENEWED = renew_early(SCHEDULE, MID_JANUARY, restart=True)
DAILY = Schedule(date(1, 1, 1), Cadence(1, Unit.DAY))
SELLER = Seller("Seller", Address("US"), (Registration("US", Scheme.LOCAL, NEW_YEAR, None, "US-TX"),))


@pytest.mark.parametrize(
    ("value", "changes", "words"),
    [
        (PUT_OFF, {"removed": JANUARY}, "removed Period.*an end moves one way"),
        (PUT_OFF, {"added": ()}, "removed None: an end moves one way"),
        (BROUGHT_FORWARD, {"removed": None}, "removed None: an end moves one way"),
        (PUT_OFF, {"before": Period(MID_JANUARY, FEBRUARY)}, "after .*its end moves, not its start of 2026-01-16"),
        (RESUMED, {"current": JANUARY}, "current .*it goes on when the pause ends, on 2026-03-11"),
        (RESUMED, {"interrupted": Period(FEBRUARY, date(2026, 3, 1))}, "interrupted .*the pause begins on 2026-01-16"),
        (RENEWED, {"renewed": JANUARY}, "renewed .*it begins when the running period ends, on 2026-01-16"),
    ],
)
def test_periods_that_contradict_each_other_are_no_answer(value, changes, words):
    with pytest.raises(InvalidValueError, match=words):
        attrs.evolve(value, **changes)


def test_a_bill_date_is_put_off_by_a_thousand_cycles_at_most():
    """The period that ends, 1000 whole cycles, and the one in which the new day lies."""
    assert len(move_bill_date(DAILY, 0, date.fromordinal(1 + 1002)).added) == 1001
    with pytest.raises(OutOfRangeError, match="put off by up to 1000 cycles; give an earlier day"):
        move_bill_date(DAILY, 0, date.fromordinal(1 + 1003))


def test_a_period_has_a_number_that_a_schedule_can_reach():
    assert Period(NEW_YEAR, FEBRUARY, index=-4_000_000).index == -4_000_000
    for index in (4_000_001, -4_000_001, 10**6000):
        with pytest.raises(OutOfRangeError, match="no schedule has that many periods"):
            Period(NEW_YEAR, FEBRUARY, index=index)


def test_what_does_not_number_periods_is_no_source_of_them():
    with pytest.raises(InvalidTypeError, match=r"source must be a schedule: what has period\(n\) and index_of\(day\)"):
        Periods("2026", range(3))


@pytest.mark.parametrize("how", [TrialChange.KEEP_END, TrialChange.END_NOW])
def test_a_length_is_looked_at_where_it_changes_nothing(how):
    trial = Trial(NEW_YEAR, MID_JANUARY)
    assert trial.changed(date(2026, 1, 10), how, WEEKLY) == trial.changed(date(2026, 1, 10), how)
    with pytest.raises(InvalidTypeError, match="cadence must be a Cadence"):
        trial.changed(date(2026, 1, 10), how, 14)


def test_only_a_date_has_a_weekday():
    with pytest.raises(InvalidTypeError, match=r"day must be a datetime.date"):
        Weekday.of("2026-01-16")


def test_a_history_of_periods_is_explained_up_to_a_day():
    with pytest.raises(InvalidTypeError, match=r"until must be a datetime.date"):
        SCHEDULE.explain(NEW_YEAR, None)
    with pytest.raises(InvalidValueError, match=r"what .*stands on documents"):
        SCHEDULE.explain_boundary(0, "ends\nforged")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("local", NEW_YEAR), InvalidTypeError),
        ((Scheme.LOCAL, "2026-01-01"), InvalidTypeError),
        ((Scheme.LOCAL, NEW_YEAR, []), InvalidTypeError),
        ((Scheme.LOCAL, NEW_YEAR, ""), UnknownCountryError),
        ((Scheme.LOCAL, NEW_YEAR, "", "US-TX"), UnknownCountryError),
        ((Scheme.LOCAL, NEW_YEAR, "US", 5), InvalidTypeError),
        ((Scheme.LOCAL, NEW_YEAR, None, "US-XX"), UnknownSubdivisionError),
    ],
)
def test_a_registration_is_asked_for_by_a_place_that_there_is(arguments, error):
    with pytest.raises(error):
        SELLER.registration(*arguments)


def test_a_registration_is_found_by_its_part_of_a_country_alone():
    assert SELLER.registration(Scheme.LOCAL, NEW_YEAR, None, "US-TX") is SELLER.registrations[0]
    assert SELLER.registration(Scheme.LOCAL, NEW_YEAR, "US", "US-OH") is None


def test_a_million_amounts_are_added_and_no_more():
    cent = Money(1, "EUR")
    assert total(repeat(cent, MAX_ITEMS), "EUR") == Money(MAX_ITEMS, "EUR")
    with pytest.raises(OutOfRangeError, match="more than 1000000 amounts; add them in parts"):
        total(repeat(cent), "EUR")
    with pytest.raises(InvalidTypeError, match="amounts must be Money values to add"):
        total("", "EUR")


def test_an_exact_amount_has_four_hundred_digits_at_most():
    longest = 10**400 - 1
    assert repr(ExactAmount(Fraction(-longest, 7), "EUR")).startswith("ExactAmount(-999")
    assert len(ExactAmount(Fraction(longest), "EUR").to_text(1000)) == 400 + 1
    for share in (Fraction(10**400), Fraction(-(10**400)), Fraction(1, 10**400)):
        with pytest.raises(OutOfRangeError, match="limited to 400 digits"):
            ExactAmount(share, "EUR")
        with pytest.raises(OutOfRangeError, match="limited to 400 digits"):
            Money(1, "EUR") * share


def test_money_is_laid_out_as_a_text_is():
    assert f"{Money(1, 'EUR'):>10}" == "  0.01 EUR"
    with pytest.raises(InvalidValueError, match=r"spec '\.2f': no format of a text"):
        format(Money(1, "EUR"), ".2f")
    with pytest.raises(InvalidTypeError, match="spec must be a str such as '>12'"):
        Money(1, "EUR").__format__(5)


def test_coupons_come_in_an_order():
    coupon = Coupon("A", percent=Fraction(10))
    assert take_off(Money(100, "EUR"), [coupon], Stacking.EACH_ON_FULL) == (Money(10, "EUR"),)
    with pytest.raises(InvalidTypeError, match="coupons must be a tuple or list of Coupon values"):
        take_off(Money(100, "EUR"), {coupon}, Stacking.EACH_ON_FULL)


def test_a_rate_is_printed_up_to_a_million_times_the_amount():
    assert format_rate(Fraction(10**6), "en") == "100,000,000 %"
    with pytest.raises(InvalidValueError, match=r"rate .*give -1000000 to 1000000"):
        format_rate(Fraction(10**52), "en")


def test_what_is_malformed_is_cut_and_says_in_print_what_was_expected():
    refused = Malformed("x" * 1_000_000, TaxIdProblem.BAD_LENGTH, "at most 64 characters")
    assert refused.text == "x" * 64
    with pytest.raises(InvalidValueError, match=r"expected .*stands on documents"):
        Malformed("x", TaxIdProblem.BAD_LENGTH, "at most\nforged")


@pytest.mark.parametrize("code", ["ZZ", "XX", "AA", "UK", "EL", "XI"])
def test_two_letters_are_not_yet_a_country(code):
    with pytest.raises(UnknownCountryError, match=f"country '{code}'"):
        check_tax_id("12345", code, extra={"DE": str})
    with pytest.raises(UnknownCountryError):
        check_tax_id("DE113866163").fits(code)
    with pytest.raises(InvalidValueError, match=f"scheme 'own:{code}': no such scheme"):
        TaxId(f"own:{code}", "12345")


def test_own_rules_are_for_countries_that_there_are():
    with pytest.raises(UnknownCountryError, match="country 'UK'"):
        check_tax_id("1", "DE", extra={"UK": str})
    with pytest.raises(InvalidTypeError, match="extra must be a callable for FR"):
        check_tax_id("1", extra={"FR": 5})


def test_a_mapping_without_end_is_not_read_to_it():
    class Endless(dict):
        def items(self):
            return ((n, n) for n in range(10**12))

    with pytest.raises(OutOfRangeError, match="more than 1000000 values; pass fewer at once"):
        mapped("nets", Endless(), "a mapping")


def test_the_repr_of_an_error_is_short():
    assert len(repr(InvalidValueError("name", "x" * 10**6, "problem"))) < 200
    assert repr(InvalidTypeError("day", 5, "a date")) == "InvalidTypeError('day', 5, 'a date')"


@pytest.mark.parametrize(
    "draw",
    [
        lambda: moneys("XXX"),
        lambda: moneys(min_minor=5, max_minor=4),
        lambda: moneys(max_minor=10**19),
        lambda: periods(FEBRUARY, NEW_YEAR),
        lambda: periods(NEW_YEAR, date.max),
        lambda: periods(max_days=0),
        lambda: cadences(()),
        lambda: cadences(max_count=0),
    ],
)
def test_a_strategy_of_nothing_is_refused_where_it_is_made(draw):
    with pytest.raises(BillingError):
        draw()


def test_what_a_function_under_test_raises_is_the_cause():
    def broken(*_):
        raise KeyError("price")

    with pytest.raises(InvalidValueError, match=r"credit .*it raised KeyError") as caught:
        credit_never_grows_later(broken, Money(100, "EUR"), JANUARY, MID_JANUARY)
    assert isinstance(caught.value.__cause__, KeyError)
    with pytest.raises(InvalidTypeError, match="boundary must be a function"):
        boundaries_increase(None, SCHEDULE, 1)
