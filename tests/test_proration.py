"""Proration: the kernel, the policy, the engine; with the defects that others reported as regression cases."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import attrs
import pytest

from billing_samples import UNKNOWN, UNTAXED, VAT_20, charged, invoice
from billingcore import proration
from billingcore._kernel import Rounding
from billingcore._proration.measuring import time_left
from billingcore.cycles import ANNUAL, MONTHLY, WEEKLY, Cadence, InstantPeriod, Period, Trial, TrialChange
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.invoices import credit_in_part
from billingcore.money import Money, total
from billingcore.presets import DIRECTIONAL_PRESETS, PRESETS
from billingcore.proration import (
    Balance,
    Basis,
    Change,
    ChangeKind,
    Charge,
    ChargeRate,
    Clock,
    Collection,
    Credit,
    CreditBasis,
    CreditCap,
    Cycle,
    DayOwner,
    Direction,
    DirectionalPolicy,
    DirectionBy,
    DiscountReversal,
    Effective,
    ExtensionRounding,
    FixedDays,
    Form,
    InstantProration,
    Leftover,
    Measure,
    MoneyRounding,
    OnSwitch,
    ProrationLine,
    ProrationPolicy,
    ProrationResult,
    RoundStep,
    Side,
    Sides,
    SmallAmount,
    Stage,
    TaxOrder,
    Timing,
    TracedCredit,
    TraceOrder,
    credit_billed,
    direction_of,
    fold_changes,
    prorate,
    prorate_change,
    settle_small,
    trace_credit,
)
from billingcore.records import from_record, to_record
from proration_samples import (
    DAY_RESET,
    JANUARY,
    LARGE,
    SMALL,
    SPAN,
    UPGRADE,
    YEAR,
    billed,
    flat,
    money,
    policy,
    seats,
)

HALF_UP = Rounding.HALF_UP
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))
MIDDLE = date(2026, 4, 16)
KEEP = PRESETS["chargebee_day"].policy
DIFFERENCE = PRESETS["difference_remaining"].policy


def after(result):
    """What still runs after a change."""
    return [line for line in result.billed_after if line.ended_on is None]


# What others reported


@pytest.mark.parametrize(
    ("name", "at", "cancels", "expected"),
    [  # 30.00 for 1 January to 1 February 2024, changed to 60.00, or cancelled: by engine
        ("killbill", date(2024, 1, 16), False, ("15.48", "30.97", "15.49")),
        ("lago", date(2024, 1, 16), False, ("15.48", "30.97", "15.49")),
        ("lago", date(2024, 1, 16), True, ("14.52", "0.00", "-14.52")),  # the day of a cancellation stays paid
        ("killbill", date(2024, 1, 16), True, ("15.48", "0.00", "-15.48")),
        ("polar", datetime(2024, 1, 16, 12, tzinfo=UTC), False, ("15.00", "30.00", "15.00")),
        ("polar", datetime(2024, 1, 16, 12, tzinfo=UTC), True, ("15.00", "0.00", "-15.00")),
        (
            "killbill_fixed_30",
            date(2024, 1, 16),
            False,
            ("15.00", "30.00", "15.00"),
        ),  # 15 of 30: 16 days over a month's end
        ("goto_meeting", date(2024, 1, 16), False, ("15.48", "60.00", "44.52")),
    ],
)
def test_one_scenario_by_engine(name, at, cancels, expected):
    line = billed(SMALL, Period(date(2024, 1, 1), date(2024, 2, 1)))
    change = Change.cancel(at) if cancels else Change.to(at, flat("60.00"))
    result = prorate_change(PRESETS[name].policy.in_zone(UTC), change, [line])
    assert (result.credit.amount, result.charge.amount, result.net.amount) == expected
    assert result.next_bill_on == (
        None if cancels else date(2024, 2, 16) if name == "goto_meeting" else date(2024, 2, 1)
    )


@pytest.mark.parametrize(
    ("price", "left", "of", "new", "credit", "due"),
    [  # antiwork/gumroad 6077: 921.93 + 575.08 are printed, which do not sum to 1,497.00
        ("998.00", 49004, 53047, "1497.00", "921.94", "575.06"),
        ("80.00", 1795, 2014, "100.00", "71.30", "28.70"),  # restrictcontentpro 1301: 17.95 was offered
    ],
)
def test_a_second_upgrade_credits_the_value_of_the_period_and_not_the_last_payment(price, left, of, new, credit, due):
    found = money(price).share(left, of, HALF_UP)
    assert (found, money(new) - found) == (money(credit), money(due))


def test_the_second_upgrade_of_a_year_credits_what_was_billed_however_it_was_paid():
    first = prorate_change(
        DAY_RESET,
        Change.to(date(2026, 1, 25), flat("998.00", cadence=ANNUAL)),
        [billed(flat("499.00", cadence=ANNUAL), YEAR)],
    )
    assert (first.credit, first.net) == (money("466.19"), money("531.81"))  # 499.00 × 341/365
    (running,) = after(first)
    assert (running.net, running.credit_consumed) == (money("998.00"), money("466.19"))
    second = prorate_change(DAY_RESET, Change.to(date(2026, 2, 22), flat("1497.00", cadence=ANNUAL)), [running])
    assert second.credit == money("921.44")  # 998.00 × 337/365, not 531.81 × 337/365 = 491.01
    assert second.net == money("575.56")


def test_the_half_cent_of_the_last_day_goes_up():
    """12.15 × 1/30 is 0.405 exactly; a fraction of nine digits gives 0.40."""
    assert prorate(money("12.15"), APRIL, date(2026, 4, 30)).credit == money("0.41")
    nine = policy("killbill", measure={"fraction_rounding": RoundStep(9, HALF_UP)})
    change = Change.cancel(date(2026, 4, 30))
    assert prorate_change(nine, change, [billed(flat("12.15"), APRIL)]).credit == money("0.40")
    assert prorate_change(KEEP, change, [billed(flat("12.15"), APRIL)]).credit == money("0.41")


def test_a_period_that_cost_nothing_gives_nothing_back():
    """stripe/stripe-dotnet 3103: a coupon of 100 %."""
    line = billed(flat("30.00"), APRIL, discount=money("30.00"))
    assert prorate_change(KEEP, Change.cancel(MIDDLE), [line]).credit == money("0.00")
    assert prorate_change(PRESETS["stripe_flexible"].policy, Change.cancel(MIDDLE), [line]).credit == money("0.00")


def test_a_discounted_period_gives_its_discounted_share_back():
    line = billed(flat("30.00"), APRIL, discount=money("10.00"))
    assert prorate_change(KEEP, Change.cancel(MIDDLE), [line]).credit == money("10.00")  # 20.00 / 2


def test_credit_given_already_is_not_given_again():
    """getlago/lago-api 1778, 4805: credits above what was paid."""
    line = billed(flat("30.00"), APRIL, given=money("20.00"))
    result = prorate_change(KEEP, Change.cancel(MIDDLE), [line])
    assert result.credit == money("10.00")
    assert "no more than the 10.00 that is left" in result.explain()


def test_a_team_that_grows_on_a_cheaper_plan_is_an_upgrade():
    """pointfreeco/pointfreeco 193: the quantity was forgotten."""
    assert (
        direction_of((seats("18.00"), 1), (seats("16.00", "Team"), 5), DirectionBy.PRICE_PER_DAY) is Direction.UPGRADE
    )


def test_four_credit_notes_come_to_the_cent_of_their_invoice():
    """getlago/lago-api 2643: 334.99 was invoiced and 335.00 credited."""
    bill = invoice("68.33", "68.33", "57.50", "85.00", ruling=charged("20"))
    notes = []
    for at, line in enumerate(bill.lines, 1):
        notes.append(credit_in_part(bill, {at: line.net}, f"C-{at}", date(2026, 3, 1), tuple(notes)))
    assert bill.total == total([note.total for note in notes], "EUR") == money("334.99", "EUR")


def test_a_reset_with_and_without_credit_are_two_switches():
    """polarsource/polar 10445 wants 60 - 30 = 30; useautumn/autumn 2723 wants no remainder taken off."""
    line, change = billed(flat("30.00"), APRIL), Change.to(APRIL.start, flat("60.00"))
    assert prorate_change(DAY_RESET, change, [line]).net == money("30.00")
    without = ProrationPolicy.simple(Credit.NONE, Charge.FULL, Cycle.RESET)
    assert prorate_change(without, change, [line]).net == money("60.00")


def test_yen_have_no_cents():
    line = billed(flat("1000", currency="JPY"), JANUARY)
    result = prorate_change(KEEP, Change.cancel(date(2026, 1, 31)), [line])
    assert result.credit == Money(323, "JPY")  # 1000 × 10/31


def test_a_half_is_exact():
    """getlago/lago-api: floats turned 499.5 into 499."""
    assert prorate(Money(999, "JPY"), APRIL, MIDDLE).credit == Money(500, "JPY")


# The kernel


def test_an_instant_is_measured_in_utc():
    zones = (UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-5)))
    found = {
        prorate(money("30.00"), SPAN, datetime(2026, 1, 24, 18, tzinfo=UTC).astimezone(zone)).credit for zone in zones
    }
    assert found == {money("16.21")}  # C11: 30.00 × 16.75/31


def test_the_terms_of_a_proration_of_instants():
    found = prorate(money("30.00"), SPAN, SPAN.start_at)
    assert (found.credit, found.used, found.fraction, found.exact.round(HALF_UP)) == (
        money("30.00"),
        money("0.00"),
        1,
        money("30.00"),
    )
    assert found.explain().endswith("1 unused from 2026-01-10 12:00:00+00:00: 30.00")
    half = prorate(money("30.01"), SPAN, SPAN.start_at + timedelta(days=15.5))
    assert half.explain().endswith("15.005 → 15.01 half up")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((None, SPAN, SPAN.start_at), InvalidTypeError),
        ((money("1.00"), None, SPAN.start_at), InvalidTypeError),
        ((money("1.00"), SPAN, date(2026, 1, 24)), InvalidTypeError),
        ((money("1.00"), SPAN, datetime(2026, 1, 24)), InvalidTypeError),  # noqa: DTZ001 - a naive one is refused
        ((money("1.00"), SPAN, SPAN.start_at - timedelta(seconds=1)), InvalidValueError),
        ((money("1.00"), SPAN, SPAN.end_at + timedelta(seconds=1)), InvalidValueError),
        ((money("-1.00"), SPAN, SPAN.start_at), InvalidValueError),
        ((money("1.00"), SPAN, SPAN.start_at, "half up"), InvalidTypeError),
    ],
)
def test_what_a_proration_of_instants_refuses(arguments, error):
    with pytest.raises(error):
        prorate(*arguments)
    with pytest.raises(error):
        InstantProration(*(arguments if len(arguments) == 4 else (*arguments, HALF_UP)))


def test_what_was_credited_before_limits_the_kernel():
    line = billed(SMALL, given=money("20.00"))
    found = credit_billed(line, date(2026, 1, 24))
    assert (found.credit, found.is_capped) == (money("10.00"), True)
    assert "20.00 USD was credited before: 10.00 USD is left" in found.explain()
    with pytest.raises(InvalidTypeError, match="billed"):
        credit_billed(None, date(2026, 1, 24))
    for junk in ((None, JANUARY, JANUARY.start), (money("1.00"), JANUARY, None)):
        with pytest.raises(InvalidTypeError):
            prorate(*junk)
    with pytest.raises(InvalidTypeError, match="period"):
        proration.Proration(money("1.00"), None, JANUARY.start, HALF_UP)
    with pytest.raises(InvalidValueError, match="given"):
        proration.Proration(money("1.00"), JANUARY, JANUARY.start, HALF_UP, money("2.00"))
    for bad in ((money("1.00"), JANUARY, date(2026, 3, 1)), (money("-1.00"), JANUARY, JANUARY.start)):
        with pytest.raises(InvalidValueError):
            prorate(*bad)


def test_the_face_names_what_it_has():
    assert set(dir(proration)) == set(proration.__all__)
    assert all(hasattr(proration, name) for name in proration.__all__)
    with pytest.raises(AttributeError, match="no attribute 'prorata'"):
        _ = proration.prorata


# The policy refuses what has no meaning


@pytest.mark.parametrize(
    ("part", "fields", "problem"),
    [
        (Measure, {"change_day": DayOwner.OLD}, "only a day clock has a day to own"),
        (Measure, {"clock": Clock.MONTH, "cancel_day": DayOwner.OLD}, "only a day clock"),
        (Measure, {"fraction_rounding": RoundStep(5, HALF_UP), "clock": Clock.DAY, "rate_rounding": RoundStep(2, HALF_UP)}, "not both"),
        (Measure, {"rate_rounding": RoundStep(2, HALF_UP)}, "no payable decimals"),
        (Measure, {"basis": Basis.CALENDAR_MONTH}, "use the day clock"),
        (Measure, {"basis": FixedDays(30, trimmed=True)}, "use the day clock"),
        (Measure, {"clock": Clock.MONTH, "basis": FixedDays(30)}, "not divided by days"),
        (Sides, {"charge": Charge.DIFFERENCE_FULL}, "one line for both sides"),
        (Sides, {"credit": Credit.DIFFERENCE_FULL, "charge": Charge.DIFFERENCE_REMAINING}, "one line for both sides"),
        (Sides, {"discount_reversal": DiscountReversal.LEAST_FIRST}, "gross amount"),
        (Sides, {"charge": Charge.FULL, "charge_rate": ChargeRate.MONTH_EQUIVALENT}, "rest of that period"),
        (Sides, {"form": Form.REVERSE_AND_REBILL, "charge": Charge.FULL}, "credit unused and charge remaining"),
        (Sides, {"minimum_credit_minor": -1}, "give 0 to 1"),
        (Sides, {"full_refund_days": -1}, "give 0 to 3"),
        (Timing, {"anchor": Cycle.EXPLICIT}, "both or neither"),
        (Timing, {"anchor_on": date(2026, 1, 1)}, "both or neither"),
        (Timing, {"anchor": Cycle.EXTEND}, "only there"),
        (Timing, {"extension_rounding": ExtensionRounding.UP_TO_DAY}, "only there"),
        (Timing, {"anchor": Cycle.EXTEND, "extension_rounding": ExtensionRounding.UP_TO_DAY, "leftover": Leftover.REFUND}, "nothing is left"),
        (Timing, {"effective": Effective.PERIOD_END, "anchor": Cycle.RESET}, "moves no bill date"),
        (RoundStep, {"digits": 13, "mode": HALF_UP}, "0 to 12"),
        (FixedDays, {"days": 0}, "1 to 366"),
    ],
)  # fmt: skip
def test_a_part_without_meaning_is_refused(part, fields, problem):
    with pytest.raises(InvalidValueError, match=problem):
        part(**fields)


EXTENDING = {"extension_rounding": ExtensionRounding.UP_TO_DAY}


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"timing": Timing(anchor=Cycle.RESET)}, "no remaining share"),
        ({"timing": Timing(anchor=Cycle.EXTEND, **EXTENDING)}, "nothing else is charged"),
        ({"timing": Timing(anchor=Cycle.RESET_PLUS_EXTEND, **EXTENDING)}, "charged in full"),
        ({"timing": Timing(effective=Effective.TERM_END)}, "no rest to credit or charge"),
        ({"rounding": MoneyRounding(stage=Stage.NET), "sides": Sides(form=Form.REVERSE_AND_REBILL)}, "round each line"),
        ({"sides": Sides(charge_rate=ChargeRate.MONTH_EQUIVALENT)}, "period kept"),
    ],
)
def test_a_combination_without_meaning_is_refused(parts, problem):
    with pytest.raises(InvalidValueError, match=problem):
        ProrationPolicy(**parts)


@pytest.mark.parametrize(
    "part", [Measure(), MoneyRounding(), Sides(), Timing(), ProrationPolicy(), FixedDays(30), RoundStep(2, HALF_UP)]
)
def test_every_field_of_a_policy_has_its_type(part):
    for field in attrs.fields(type(part)):
        if field.init:
            with pytest.raises(InvalidTypeError):
                attrs.evolve(part, **{field.name: 1.5})


def test_a_policy_in_words():
    assert ProrationPolicy().describe() == "the defaults"
    assert (
        PRESETS["paddle"].policy.describe()
        == "clock minute; fraction rounding 5 decimals half up; tax order gross then split"
    )
    assert PRESETS["killbill_fixed_30"].policy.describe() == "clock day; basis fixed 30 days every month, trimmed"
    zoned = ProrationPolicy.simple(Credit.UNUSED, Charge.FULL, Cycle.RESET, zone=UTC)
    assert zoned.differences(DAY_RESET) == (("measure", "zone", "UTC"),)
    assert DAY_RESET.in_zone(UTC) == zoned
    assert DAY_RESET.differences(zoned) == (("measure", "zone", "none"),)


# A change is checked


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((None, SMALL), InvalidTypeError),
        ((date(2026, 1, 1), 1), InvalidTypeError),
        ((date(2026, 1, 1), None), InvalidValueError),
        ((date(2026, 1, 1), SMALL, 0), InvalidValueError),
        ((date(2026, 1, 1), SMALL, 1, ChangeKind.CANCEL), InvalidValueError),
        ((date(2026, 1, 1), SMALL, 1, "replace"), InvalidTypeError),
        ((date(2026, 1, 1), SMALL, 1, ChangeKind.ADD, 1), InvalidTypeError),
        ((date(2026, 1, 1), SMALL, 1, ChangeKind.ADD, None, money("30.01")), InvalidValueError),
        ((date(2026, 1, 1), None, 1, ChangeKind.REMOVE, None, money("1.00")), InvalidValueError),
        ((date(2026, 1, 1), SMALL, 1, ChangeKind.ADD, None, None, 1), InvalidTypeError),
    ],
)
def test_what_a_change_refuses(arguments, error):
    with pytest.raises(error):
        Change(*arguments)


def test_a_change_in_words():
    day = date(2026, 2, 15)
    found = [
        each.describe()
        for each in (Change.to(day, SMALL), Change.add(day, SMALL, 2), Change.remove(day), Change.cancel(day))
    ]
    assert found == [
        "changed to Small × 1 at 2026-02-15",
        "added Small × 2 at 2026-02-15",
        "removed at 2026-02-15",
        "cancelled at 2026-02-15",
    ]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((None, UPGRADE, (billed(SMALL),)), InvalidTypeError),
        ((KEEP, None, (billed(SMALL),)), InvalidTypeError),
        ((KEEP, UPGRADE, [billed(SMALL)]), InvalidTypeError),
        ((KEEP, UPGRADE, (1,)), InvalidTypeError),
        ((KEEP, UPGRADE, (), 1), InvalidTypeError),
        ((KEEP, Change.cancel(date(2026, 1, 24)), ()), InvalidValueError),
        ((KEEP, UPGRADE, ()), InvalidValueError),  # the rest of no period
        ((DIFFERENCE, UPGRADE, ()), InvalidValueError),
        ((KEEP, Change.to(date(2026, 2, 10), LARGE), (billed(SMALL),)), InvalidValueError),
        ((KEEP, Change.to(date(2026, 1, 24), flat("1.00", currency="EUR")), (billed(SMALL),)), CurrencyMismatchError),
        ((KEEP, Change.to(SPAN.start_at, LARGE), (billed(SMALL),)), InvalidTypeError),  # which civil day is it?
        ((PRESETS["polar"].policy, Change.to(SPAN.start_at, LARGE), (billed(SMALL),)), InvalidTypeError),
        ((KEEP, UPGRADE, (billed(SMALL).replaced_on(date(2026, 1, 20), money("0.00")),)), InvalidValueError),
        ((PRESETS["paddle_months"].policy, Change.to(date(2026, 1, 12), LARGE), (billed(SMALL, Period(date(2026, 1, 10), date(2026, 1, 17))),)), InvalidValueError),
        ((policy("zuora_30_days", measure={"basis": FixedDays(30, WEEKLY)}), UPGRADE, (billed(SMALL),)), InvalidValueError),
        ((PRESETS["store_deferred"].policy, UPGRADE, ()), InvalidValueError),
        ((PRESETS["samsung_prorated_date"].policy, Change.to(date(2026, 1, 24), flat("0.00")), (billed(SMALL),)), InvalidValueError),
    ],
)  # fmt: skip
def test_what_a_result_refuses(arguments, error):
    with pytest.raises(error):
        ProrationResult(*arguments)


def test_a_change_before_a_later_one_is_refused():
    later = prorate_change(DIFFERENCE, UPGRADE, [billed(SMALL)])
    with pytest.raises(InvalidValueError, match="in their order"):
        prorate_change(DIFFERENCE, Change.to(date(2026, 1, 20), flat("70.00")), later.billed_after)


def test_a_back_dated_change_is_one_of_its_day():
    early = Change.to(date(2026, 1, 11), LARGE)
    assert prorate_change(KEEP, early, [billed(SMALL)]).credit == money("29.03")  # 30.00 × 30/31


def test_the_first_and_the_last_day():
    first, last = (
        prorate_change(KEEP, Change.to(day, LARGE), [billed(SMALL)]) for day in (date(2026, 1, 10), date(2026, 2, 9))
    )
    assert (first.credit, first.charge, first.period) == (money("30.00"), money("50.00"), JANUARY)
    assert (last.credit, last.charge) == (money("0.97"), money("1.61"))
    old = prorate_change(PRESETS["samsung_prorated_charge"].policy, Change.to(date(2026, 2, 9), LARGE), [billed(SMALL)])
    assert (old.net, old.period, old.next_bill_on) == (money("0.00"), None, date(2026, 2, 10))
    assert len(old.billed_after) == 1


# Clocks and bases


def shares(measure, at, period=JANUARY, plan=SMALL):
    result = prorate_change(
        ProrationPolicy(measure), Change.to(at, flat("50.00", cadence=plan.cadence)), [billed(plan, period)]
    )
    return result.fraction


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure(Clock.DAY), Fraction(17, 31)),
        (Measure(Clock.SECOND), Fraction(17, 31)),  # midnights, without a zone: every day has its 24 hours
        (Measure(Clock.MINUTE, UTC), Fraction(17, 31)),
        (Measure(Clock.DAY, basis=FixedDays(30)), Fraction(17, 30)),
        (Measure(Clock.DAY, basis=FixedDays(360, ANNUAL)), Fraction(17, 30)),
        (Measure(Clock.SECOND, UTC, FixedDays(30)), Fraction(17, 30)),
        (Measure(Clock.DAY, basis=FixedDays(30, trimmed=True)), Fraction(16, 30)),
        (Measure(Clock.DAY, basis=Basis.STRICT_30_360), Fraction(16, 30)),
        (Measure(Clock.DAY, basis=Basis.MONTHS_THEN_DAYS), Fraction(17, 31)),
        (Measure(Clock.DAY, basis=Basis.NOMINAL_PERIOD), Fraction(17, 31)),
        (Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH), Fraction(17, 31)),
        (Measure(Clock.MONTH), Fraction(1)),  # a month that has begun is used when it is over
    ],
)
def test_one_day_by_clock_and_basis(measure, expected):
    assert shares(measure, date(2026, 1, 24)) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [  # 15 March of a year from 1 January: 292 of 365 days; nine months and 17 of 31 days
        (Measure(Clock.DAY), Fraction(292, 365)),
        (Measure(Clock.DAY, basis=Basis.MONTHS_THEN_DAYS), Fraction(9 * 31 + 17, 12 * 31)),
        (Measure(Clock.DAY, basis=FixedDays(30)), Fraction(292, 360)),
        (Measure(Clock.DAY, basis=FixedDays(365, ANNUAL)), Fraction(292, 365)),
        (Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH), Fraction(292, 365)),
        (Measure(Clock.MONTH), Fraction(10, 12)),
    ],
)
def test_one_day_of_a_year(measure, expected):
    assert shares(measure, date(2026, 3, 15), YEAR, flat("360.00", cadence=ANNUAL)) == expected


def test_a_postponed_period_credits_more_than_its_price_up_to_the_cap():
    """Recurly divides by the plan's own period: 40 of 31 days are left."""
    longer = Period(date(2026, 1, 10), date(2026, 2, 28))
    change = Change.to(date(2026, 1, 19), LARGE)
    capped = prorate_change(PRESETS["recurly_rebill"].policy, change, [billed(SMALL, longer)])
    assert (capped.credit, capped.charge) == (money("30.00"), money("64.52"))  # 50.00 × 40/31
    free = prorate_change(
        policy("recurly_rebill", sides={"credit_cap": CreditCap.NONE}), change, [billed(SMALL, longer)]
    )
    assert free.credit == money("38.71")  # 30.00 × 40/31
    exact = InstantPeriod(datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC))
    span = prorate_change(
        PRESETS["recurly_rebill"].policy,
        Change.to(datetime(2026, 1, 19, tzinfo=UTC), LARGE),
        [billed(SMALL, longer, span=exact)],
    )
    assert span.charge == money("64.52")
    midnight = prorate_change(PRESETS["recurly_rebill"].policy.in_zone(UTC), change, [billed(SMALL, longer)])
    assert midnight.charge == money("64.52")


def test_a_week_is_divided_by_its_days():
    week = Period(date(2026, 1, 5), date(2026, 1, 12))
    plan = flat("70.00", cadence=WEEKLY)
    for basis in (Basis.CALENDAR_MONTH, Basis.MONTHS_THEN_DAYS, Basis.STRICT_30_360, FixedDays(7, WEEKLY)):
        rule = ProrationPolicy(Measure(Clock.DAY, basis=basis))
        assert prorate_change(rule, Change.cancel(date(2026, 1, 8)), [billed(plan, week)]).credit == money("40.00")


def test_months_then_days_stop_at_a_day_that_was_passed():
    measure = Measure(Clock.DAY, basis=Basis.MONTHS_THEN_DAYS)
    quarter = Period(date(2026, 1, 31), date(2026, 4, 30))
    assert shares(measure, date(2026, 3, 31), quarter, flat("90.00", cadence=Cadence.monthly(3))) == Fraction(30, 93)


def test_a_long_stub_counts_each_day_over_its_own_month():
    joined = Period(
        date(2026, 1, 10),
        date(2026, 3, 1),
        Period(date(2026, 1, 1), date(2026, 2, 1)),
        joined=Period(date(2026, 2, 1), date(2026, 3, 1)),
    )
    line = attrs.evolve(billed(flat("31.00"), joined), charge=money("53.00"))  # 22.00 + 31.00
    result = prorate_change(KEEP, Change.to(date(2026, 2, 1), flat("62.00")), [line])
    assert (result.credit, result.charge) == (money("31.00"), money("62.00"))
    assert str(result.period) == "2026-02-01 to 2026-03-01"


def test_the_zone_says_which_day_an_instant_is():
    at = datetime(2026, 1, 24, 23, 30, tzinfo=UTC)
    east = KEEP.in_zone(timezone(timedelta(hours=1)))
    assert prorate_change(KEEP.in_zone(UTC), Change.to(at, LARGE), [billed(SMALL)]).credit == money("16.45")
    assert prorate_change(east, Change.to(at, LARGE), [billed(SMALL)]).credit == money("15.48")  # the 25th: 16 days


def test_days_of_a_span_are_those_of_the_zone():
    result = prorate_change(
        KEEP.in_zone(UTC), Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), LARGE), [billed(SMALL, span=SPAN)]
    )
    assert str(result.period) == "2026-01-24 to 2026-02-10"
    assert result.period.full == JANUARY
    (running,) = after(result)
    again = prorate_change(KEEP.in_zone(UTC), Change.cancel(datetime(2026, 1, 24, 19, tzinfo=UTC)), [running])
    assert again.credit == result.charge
    short = InstantPeriod(SPAN.start_at, SPAN.start_at + timedelta(hours=6))
    with pytest.raises(InvalidValueError, match="no whole day"):
        prorate_change(KEEP.in_zone(UTC), Change.add(SPAN.start_at, LARGE, ruling=UNTAXED), running=short)


def test_an_exact_change_leaves_an_exact_period():
    result = prorate_change(
        PRESETS["polar"].policy, Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), LARGE), [billed(SMALL, span=SPAN)]
    )
    (running,) = after(result)
    assert running.span == result.period == InstantPeriod(datetime(2026, 1, 24, 18, tzinfo=UTC), SPAN.end_at, SPAN)
    assert running.period == Period(date(2026, 1, 24), date(2026, 2, 10))
    back = prorate_change(PRESETS["polar"].policy, Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), SMALL), [running])
    assert back.net == -result.net
    later = prorate_change(PRESETS["polar"].policy, Change.cancel(datetime(2026, 2, 1, 18, tzinfo=UTC)), [running])
    assert later.credit == money("14.11")  # 27.02 × 210/402 hours
    first = prorate_change(PRESETS["polar"].policy, Change.to(SPAN.start_at, LARGE), [billed(SMALL, span=SPAN)])
    assert first.period == SPAN
    reset = prorate_change(
        PRESETS["chargify_migration"].policy, Change.to(SPAN.start_at, LARGE), [billed(SMALL, span=SPAN)]
    )
    assert reset.next_bill == SPAN.end_at
    assert reset.next_bill_on == date(2026, 2, 10)
    zoned = PRESETS["chargify_migration"].policy.in_zone(timezone(timedelta(hours=13)))
    assert prorate_change(zoned, Change.to(SPAN.start_at, LARGE), [billed(SMALL, span=SPAN)]).next_bill_on == date(
        2026, 2, 11
    )
    assert after(prorate_change(zoned, Change.to(SPAN.start_at, LARGE), [billed(SMALL, span=SPAN)]))[
        0
    ].period == Period(date(2026, 1, 11), date(2026, 2, 11))


def test_a_period_of_hours_has_its_one_day():
    hours = InstantPeriod(SPAN.start_at, SPAN.start_at + timedelta(hours=6))
    result = prorate_change(PRESETS["polar"].policy, Change.add(SPAN.start_at, LARGE, ruling=UNTAXED), running=hours)
    assert after(result)[0].period.days == 1


def test_a_span_whose_change_comes_as_a_day():
    line = billed(SMALL, span=SPAN)
    assert prorate_change(KEEP.in_zone(UTC), UPGRADE, [line]).credit == money("16.45")
    assert prorate_change(PRESETS["polar"].policy.in_zone(UTC), UPGRADE, [line]).credit == money("16.94")  # 17.5/31
    minutes = prorate_change(
        PRESETS["paddle"].policy, Change.to(datetime(2026, 1, 24, 18, 0, 59, tzinfo=UTC), LARGE), [line]
    )
    assert "24120/44640 minutes" in minutes.explain()


# Early roundings, stages, balances


def test_a_rate_is_rounded_in_major_units():
    rule = policy("rounded_daily_rate")
    assert prorate_change(rule, Change.cancel(date(2026, 1, 24)), [billed(SMALL)]).credit == money("16.49")  # 0.97 × 17
    dinars = billed(flat("30.000", currency="KWD"))
    assert prorate_change(rule, Change.cancel(date(2026, 1, 24)), [dinars]).credit == money("16.490", "KWD")
    line = prorate_change(rule, UPGRADE, [billed(SMALL)]).lines[0]
    assert "the rate rounded first to 2 decimals half up" in line.explain()


def test_paddle_multiplies_the_rounded_fraction_also_of_a_part():
    rule = PRESETS["paddle"].policy
    first = prorate_change(rule, Change.to(date(2026, 1, 24), LARGE), [billed(SMALL)])
    (running,) = after(first)
    second = prorate_change(rule, Change.cancel(date(2026, 2, 1)), [running])
    assert second.credit == money("14.52")  # 27.42 × 0.29032 / 0.54839


def test_units_are_rounded_before_they_are_multiplied():
    rule = policy("recurly_rebill", rounding={"stage": Stage.UNIT})
    result = prorate_change(rule, Change.to(date(2026, 1, 24), seats("1.01"), 7), [billed(seats("0.99"), quantity=5)])
    assert (result.credit, result.charge) == (money("2.70"), money("3.85"))  # 0.54 × 5, 0.55 × 7
    assert "for each of 5" in result.explain()
    price = prorate_change(
        PRESETS["recurly_only_changed"].policy,
        Change.to(date(2026, 1, 24), seats("1.99"), 5),
        [billed(seats("0.99"), quantity=5)],
    )
    assert price.charge == money("2.75")  # 1.00 × 17/31 → 0.55, × 5
    both = prorate_change(
        PRESETS["recurly_only_changed"].policy,
        Change.to(date(2026, 1, 24), seats("1.99"), 6),
        [billed(seats("0.99"), quantity=5)],
    )
    assert both.charge == money("3.83")  # (11.94 - 4.95) × 17/31
    gone = prorate_change(
        PRESETS["recurly_only_changed"].policy, Change.cancel(date(2026, 1, 24)), [billed(seats("0.99"), quantity=5)]
    )
    assert gone.credit == money("2.70")
    added = prorate_change(
        PRESETS["recurly_only_changed"].policy,
        Change.add(date(2026, 1, 24), seats("0.99"), 5, ruling=UNTAXED),
        running=JANUARY,
    )
    assert added.charge == money("2.70")


def test_a_net_is_rounded_once():
    rule = PRESETS["zuora_actual_days"].policy
    quarter = Change.to(date(2026, 4, 23), flat("0.05"))  # 8 of 30 days
    result = prorate_change(rule, quarter, [billed(flat("0.03"), APRIL)])
    assert (result.credit, result.charge, result.net) == (money("0.01"), money("0.02"), money("0.01"))  # 0.0053 → 0.01
    assert "adjusted by 0.01" in result.explain()
    capped = prorate_change(rule, quarter, [billed(flat("30.00"), APRIL, given=money("29.99"))])
    assert capped.credit == money("0.01")


def test_used_and_unused_rounded_apart_may_lose_a_cent():
    line = billed(flat("0.01"), APRIL)
    together = prorate_change(KEEP, Change.to(MIDDLE, flat("0.01")), [line])
    apart = prorate_change(
        policy("chargebee_day", rounding={"balance": Balance.INDEPENDENT}), Change.to(MIDDLE, flat("0.01")), [line]
    )
    assert (together.credit, together.used) == (money("0.01"), money("0.00"))
    assert (apart.credit, apart.used) == (money("0.01"), money("0.01"))


def test_a_reversal_with_a_complement_takes_the_credit_as_it_is():
    rule = policy("microsoft_csp", rounding={"balance": Balance.COMPLEMENT})
    result = prorate_change(rule, Change.to(MIDDLE, flat("0.01")), [billed(flat("0.01"), APRIL)])
    assert [line.net for line in result.lines] == [money("-0.01"), money("0.00"), money("0.01")]
    assert prorate_change(
        PRESETS["microsoft_csp"].policy, Change.to(MIDDLE, flat("0.01")), [billed(flat("0.01"), APRIL)]
    ).credit == money("0.00")


# Credit bases, discounts, taxes, guards


def test_todays_price_is_credited_whatever_was_billed():
    rule, line = PRESETS["stripe_classic"].policy, billed(flat("20.00"), APRIL)
    dearer = Change(MIDDLE, flat("50.00"), price_now=flat("24.00"))
    assert prorate_change(rule, dearer, [line]).credit == money("12.00")
    assert prorate_change(rule, Change(MIDDLE, flat("50.00"), price_now=flat("80.00")), [line]).credit == money("40.00")
    capped = policy("stripe_classic", sides={"credit_cap": CreditCap.BILLED})
    result = prorate_change(capped, Change(MIDDLE, flat("50.00"), price_now=flat("80.00")), [line])
    assert result.credit == money("20.00")
    assert result.billed_after[0].credit_given == money("20.00")
    over = prorate_change(rule, Change(MIDDLE, flat("50.00"), price_now=flat("80.00")), [line])
    assert over.billed_after[0].credit_given == money("20.00")  # no more is on record than was billed
    full = policy("stripe_classic", sides={"credit": Credit.FULL, "charge": Charge.FULL})
    assert prorate_change(full, dearer, [line]).credit == money("24.00")


def test_a_gross_credit_takes_its_discount_back():
    rule = policy("chargebee_day", sides={"credit_basis": CreditBasis.BILLED_GROSS})
    line = billed(flat("30.00"), APRIL, discount=money("10.00"))
    result = prorate_change(rule, Change.cancel(MIDDLE), [line])
    assert [(each.side, each.net) for each in result.lines] == [
        (Side.CREDIT, money("-15.00")),
        (Side.DISCOUNT, money("5.00")),
    ]
    assert result.credit == money("10.00")
    free = attrs.evolve(rule, sides=attrs.evolve(rule.sides, credit_cap=CreditCap.NONE))
    assert prorate_change(free, Change.cancel(MIDDLE), [line]).credit == money("10.00")


def test_the_units_without_a_discount_go_first():
    even = policy("recurly_only_changed", sides={"discount_reversal": DiscountReversal.PROPORTIONAL})
    kind = policy("recurly_only_changed", sides={"discount_reversal": DiscountReversal.LEAST_FIRST})
    plain, cheap = billed(seats("10.00"), APRIL, 3), billed(seats("10.00"), APRIL, 2, discount=money("10.00"))
    lines = [plain, attrs.evolve(cheap, quantity=5)]  # five seats: three at 10.00, then two at 5.00
    change = Change.to(MIDDLE, seats("10.00"), 3)  # two go: 20.00, half of the time
    assert prorate_change(even, change, lines).credit == money("5.00")  # the newest two: 10.00 less 5.00 of discount
    assert prorate_change(kind, change, lines).credit == money("10.00")


def test_a_traced_credit_goes_beyond_only_where_nothing_caps_it():
    capped, free = DIFFERENCE, policy("difference_remaining", sides={"credit_cap": CreditCap.NONE})
    line = billed(flat("20.00"), APRIL, given=money("15.00"))
    change = Change.to(MIDDLE, flat("4.00"))
    assert prorate_change(capped, change, [line]).credit == money("5.00")  # 8.00, but 5.00 is left
    assert prorate_change(free, change, [line]).credit == money("8.00")
    whole = PRESETS["difference_now"].policy
    assert prorate_change(whole, change, [line]).credit == money("5.00")


def test_a_discount_of_the_new_plan_is_prorated_with_it():
    result = prorate_change(
        KEEP, Change(MIDDLE, flat("60.00"), discount=money("20.00")), [billed(flat("30.00"), APRIL)]
    )
    assert (result.charge, result.next_price) == (money("20.00"), money("40.00"))
    reset = prorate_change(
        DAY_RESET, Change(MIDDLE, flat("60.00"), discount=money("20.00")), [billed(flat("30.00"), APRIL)]
    )
    (running,) = after(reset)
    assert (running.charge, running.discount, running.net) == (money("60.00"), money("20.00"), money("40.00"))
    gross = PRESETS["recurly_only_changed"].policy
    assert prorate_change(
        gross, Change(MIDDLE, flat("60.00"), discount=money("20.00")), [billed(flat("30.00"), APRIL)]
    ).charge == money("15.00")


def test_the_old_price_of_a_part_is_that_of_its_plan_less_its_discount():
    rule = DIFFERENCE
    part = Period(MIDDLE, APRIL.end, APRIL)
    line = attrs.evolve(billed(flat("40.00"), part, discount=money("5.00")), charge=money("20.00"))  # 40.00 less 10.00
    result = prorate_change(rule, Change.to(date(2026, 4, 21), flat("60.00")), [line])
    assert result.charge == money("10.00")  # (60.00 - 30.00) × 10/30
    gross = policy("recurly_only_changed")
    assert prorate_change(gross, Change.to(date(2026, 4, 21), flat("60.00")), [line]).charge == money(
        "6.67"
    )  # 20.00 / 3


@pytest.mark.parametrize(
    ("order", "net", "tax"),
    [
        (TaxOrder.TAX_AFTER, "5.00", None),
        (TaxOrder.PRORATE_TAX, "5.00", "1.00"),
        (TaxOrder.GROSS_THEN_SPLIT, "5.00", "1.00"),  # 12.00 / 2, then 6.00 / 1.2
    ],
)
def test_the_tax_of_a_credit_by_its_order(order, net, tax):
    rule = policy("chargebee_day", rounding={"tax_order": order})
    result = prorate_change(rule, Change.to(MIDDLE, flat("20.00")), [billed(flat("10.00"), APRIL, ruling=VAT_20)])
    credit, charge = result.lines
    assert (credit.amount, credit.tax, charge.tax) == (money(net), None if tax is None else money(tax), None)
    assert credit.ruling == charge.ruling == VAT_20
    assert result.ruling == VAT_20
    early = policy("paddle", rounding={"tax_order": order})
    assert prorate_change(early, Change.cancel(MIDDLE), [billed(flat("10.00"), APRIL, ruling=VAT_20)]).lines[
        0
    ].amount == money(net)


def test_small_credits_and_charges_are_not_made():
    rule = policy("chargebee_day", sides={"minimum_credit_minor": 100, "minimum_charge_minor": 200})
    result = prorate_change(rule, Change.to(MIDDLE, flat("3.98")), [billed(flat("1.98"), APRIL)])
    assert (result.lines, result.net) == ((), money("0.00"))
    due = prorate_change(rule, Change.to(MIDDLE, flat("4.00")), [billed(flat("2.00"), APRIL)])
    assert (due.charge, due.credit) == (money("1.00"), money("1.00"))  # 2.00 - 1.00 would be less than 2.00
    assert prorate_change(rule, Change.to(MIDDLE, flat("6.00")), [billed(flat("2.00"), APRIL)]).net == money("2.00")
    apart = policy("difference_remaining", sides={"minimum_credit_minor": 100, "minimum_charge_minor": 200})
    for price in ("1.98", "0.02"):
        assert prorate_change(apart, Change.to(MIDDLE, flat(price)), [billed(flat("1.00"), APRIL)]).lines == ()


def test_a_full_refund_within_the_window_counts_days_from_the_start():
    rule = policy("polar", sides={"full_refund_days": 7})
    for days, expected in ((7, "30.00"), (8, "22.26")):  # 30.00 × 23/31
        at = SPAN.start_at + timedelta(days=days)
        assert prorate_change(rule, Change.cancel(at), [billed(SMALL, span=SPAN)]).credit == money(expected)
    assert (
        "(sides.full_refund_days)"
        in prorate_change(rule, Change.cancel(SPAN.start_at), [billed(SMALL, span=SPAN)]).explain()
    )
    classic = policy("stripe_classic", sides={"full_refund_days": 7})
    assert prorate_change(classic, Change.cancel(date(2026, 1, 12)), [billed(SMALL)]).credit == money("30.00")


# Kinds of change, and what follows


def test_an_addition_and_a_removal():
    added = prorate_change(KEEP, Change.add(MIDDLE, flat("10.00", "Extra"), ruling=VAT_20), running=APRIL)
    assert (added.charge, added.credit, added.next_bill_on) == (money("5.00"), money("0.00"), APRIL.end)
    (line,) = added.billed_after
    assert (line.net, line.ruling, line.period.full) == (money("5.00"), VAT_20, APRIL)
    removed = prorate_change(KEEP, Change.remove(date(2026, 4, 21)), [line])
    assert removed.credit == money("3.33")  # 5.00 × 10/15
    assert (removed.next_bill, removed.next_price, removed.next_invoice) == (None, money("0.00"), money("0.00"))
    assert removed.billed_after[0].ended_on == date(2026, 4, 21)
    beside = prorate_change(KEEP, Change.add(MIDDLE, flat("10.00", "Extra")), [billed(SMALL, APRIL)])
    assert [each.ended_on for each in beside.billed_after] == [None, None]
    nothing = prorate_change(PRESETS["none"].policy, Change.add(MIDDLE, flat("10.00"), ruling=VAT_20))
    assert (nothing.period, nothing.next_bill, nothing.billed_after) == (None, None, ())


def test_a_charge_without_a_tax_decision_has_no_line():
    result = prorate_change(KEEP, Change.add(MIDDLE, flat("10.00")), running=APRIL)
    assert result.charge == money("5.00")
    with pytest.raises(InvalidTypeError, match="ruling"):
        _ = result.lines


def test_another_interval_restarts_or_keeps():
    yearly = Change.to(MIDDLE, flat("365.00", cadence=ANNUAL))
    restart = prorate_change(KEEP, yearly, [billed(flat("30.00"), APRIL)])
    assert (restart.credit, restart.charge, restart.next_bill_on) == (
        money("15.00"),
        money("365.00"),
        date(2027, 4, 16),
    )
    assert "a new period starts (timing.interval_change)" in restart.explain()
    kept = prorate_change(
        policy("chargebee_day", timing={"interval_change": OnSwitch.KEEP}), yearly, [billed(flat("30.00"), APRIL)]
    )
    assert (kept.charge, kept.next_bill_on) == (money("15.00"), APRIL.end)  # 365.00 × 15/365
    fixed = policy(
        "shopify",
        sides={"credit": Credit.UNUSED, "charge": Charge.REMAINING},
        timing={"interval_change": OnSwitch.KEEP},
    )
    assert prorate_change(fixed, yearly, [billed(flat("30.00"), APRIL)]).charge == money("15.21")  # × 15/360
    months = policy("fastspring", timing={"interval_change": OnSwitch.KEEP})
    assert prorate_change(months, yearly, [billed(flat("30.00"), APRIL)]).charge == money("30.42")  # 1 of 12 months
    differ = prorate_change(DIFFERENCE, yearly, [billed(flat("30.00"), APRIL)])
    assert (differ.credit, differ.charge) == (money("15.00"), money("365.00"))
    assert len(differ.billed_after) == 2


def test_free_to_paid_starts_a_new_period_where_the_vendor_says_so():
    free, paid = billed(flat("0.00"), APRIL), Change.to(MIDDLE, flat("30.00"))
    assert prorate_change(PRESETS["stripe_flexible"].policy, paid, [free]).next_bill_on == date(2026, 5, 16)
    assert prorate_change(PRESETS["polar"].policy, paid, [free]).net == money("15.00")
    still = prorate_change(PRESETS["stripe_flexible"].policy, Change.to(MIDDLE, flat("0.00", "Other")), [free])
    assert still.next_bill_on == APRIL.end


def test_a_change_during_a_trial_moves_no_money():
    trial = Trial(date(2026, 4, 1), date(2026, 4, 15))
    change = Change.to(date(2026, 4, 10), LARGE)
    result = prorate_change(KEEP, change, trial=trial)
    assert (result.lines, result.net, result.next_bill_on, result.next_price) == (
        (),
        money("0.00"),
        date(2026, 4, 15),
        money("50.00"),
    )
    assert result.is_waiting
    assert result.billed_after == ()
    assert "during the trial" in result.explain()
    restarted = policy("chargebee_day", timing={"trial": TrialChange.RESTART})
    longer = prorate_change(restarted, change, trial=trial, trial_length=Cadence.daily(30))
    assert longer.next_bill_on == date(2026, 5, 10)
    ended = prorate_change(KEEP, Change.cancel(date(2026, 4, 10)), [billed(flat("0.00"), APRIL)], trial=trial)
    assert (ended.next_bill, ended.credit) == (None, money("0.00"))
    assert "nothing is billed" in ended.explain()
    with pytest.raises(InvalidTypeError, match="trial"):
        prorate_change(KEEP, change, trial=1)


def test_a_change_may_wait_for_the_end_of_the_period_or_of_the_term():
    deferred = PRESETS["store_deferred"].policy
    result = prorate_change(deferred, Change.to(MIDDLE, LARGE), [billed(SMALL, APRIL)])
    assert (result.effective_at, result.next_bill_on, result.period) == (APRIL.end, APRIL.end, APRIL)
    assert (result.next_invoice, result.billed_after) == (money("50.00"), result.billed)
    assert "takes effect on 2026-05-01, at the period end" in result.explain()
    span = prorate_change(deferred, Change.to(SPAN.start_at, LARGE, ruling=UNTAXED), running=SPAN)
    assert span.next_bill == SPAN.end_at
    term = policy("store_deferred", timing={"effective": Effective.TERM_END})
    late = prorate_change(term, Change.cancel(MIDDLE), [billed(SMALL, APRIL)], term_end=date(2027, 4, 1))
    assert (late.effective_at, late.next_bill) == (date(2027, 4, 1), date(2026, 5, 1))  # it renews until then
    with pytest.raises(InvalidTypeError, match="term_end"):
        prorate_change(term, Change.cancel(MIDDLE), [billed(SMALL, APRIL)])


def test_an_explicit_bill_date_is_charged_until_then():
    explicit = policy("chargebee_day", timing={"anchor": Cycle.EXPLICIT, "anchor_on": date(2026, 4, 26)})
    shorter = prorate_change(explicit, Change.to(MIDDLE, flat("30.00")), [billed(flat("30.00"), APRIL)])
    assert (shorter.credit, shorter.charge, shorter.next_bill_on) == (money("15.00"), money("10.00"), date(2026, 4, 26))
    assert "the policy names the day" in shorter.explain()
    later = policy("chargebee_day", timing={"anchor": Cycle.EXPLICIT, "anchor_on": date(2026, 7, 10)})
    longer = prorate_change(later, Change.to(MIDDLE, flat("30.00")), [billed(flat("30.00"), APRIL)])
    assert longer.charge == money("85.00")  # 15 days of April, 31 + 30 + 9 more, each 1/30 of the price
    assert "30.00 USD × 85/30 days = 85.00" in longer.explain()
    assert from_record(to_record(longer)) == longer
    with pytest.raises(InvalidValueError, match="after the change"):
        prorate_change(explicit, Change.to(date(2026, 4, 26), LARGE), [billed(SMALL, APRIL)])


def test_bought_time_stays_on_the_calendar():
    rule = PRESETS["samsung_prorated_date"].policy
    with pytest.raises(OutOfRangeError):
        prorate_change(rule, Change.to(MIDDLE, flat("0.01")), [billed(flat("900000.00"), APRIL)])
    none = prorate_change(rule, Change.to(date(2026, 4, 30), flat("50.00")), [billed(flat("30.00"), APRIL)])
    assert (none.period, none.next_bill_on) == (None, date(2026, 5, 1))  # 30 April is paid: nothing is left to exchange
    last = Period(date(9999, 12, 1), date(9999, 12, 31))
    with pytest.raises(OutOfRangeError):
        prorate_change(PRESETS["braintree"].policy, Change.to(date(9999, 12, 31), LARGE), [billed(SMALL, last)])


def test_days_bought_are_a_share_of_the_real_period_where_no_month_is_fixed():
    rule = policy("google_charge_full_price", measure={"zone": UTC})
    result = prorate_change(rule, Change.to(datetime(2026, 1, 24, 18, tzinfo=UTC), LARGE), [billed(SMALL, span=SPAN)])
    assert str(result.period) == "2026-01-24 to 2026-03-06"
    assert after(result)[0].net == money("66.45")  # 50.00 and the credit that lengthens it


def test_what_becomes_of_credit_that_is_left():
    down = Change.to(MIDDLE, flat("10.00"))
    for leftover, carried, refund, words in (
        (Leftover.CARRY, "10.00", "0.00", "is carried to later bills"),
        (Leftover.REFUND, "0.00", "10.00", "is paid out"),
        (Leftover.FORFEIT, "0.00", "0.00", "is lost"),
    ):
        result = prorate_change(
            policy("chargebee_day", timing={"leftover": leftover}), down, [billed(flat("30.00"), APRIL)]
        )
        assert (result.leftover, result.carried, result.refund) == (money("10.00"), money(carried), money(refund))
        assert (result.applied, result.due_now) == (money("5.00"), money("0.00"))
        assert words in result.explain()
    assert prorate_change(KEEP, down, [billed(flat("30.00"), APRIL)]).next_invoice == money("0.00")  # 10.00 - 10.00
    gathered = prorate_change(
        PRESETS["nadles"].policy, Change.to(MIDDLE, flat("60.00")), [billed(flat("30.00"), APRIL)]
    )
    assert (gathered.due_now, gathered.next_invoice) == (money("0.00"), money("75.00"))


def test_a_result_without_a_period_has_no_share():
    result = prorate_change(PRESETS["goto_meeting"].policy, Change.add(MIDDLE, LARGE, ruling=UNTAXED))
    assert result.next_bill_on == date(2026, 5, 16)
    with pytest.raises(InvalidValueError, match="no period runs"):
        _ = result.fraction


def test_a_difference_keeps_what_was_billed_and_its_tax_decisions():
    line = billed(flat("10.00"), APRIL, ruling=VAT_20)
    up = prorate_change(DIFFERENCE, Change.to(MIDDLE, flat("30.00"), ruling=UNTAXED), [line])
    assert [each.ruling for each in up.billed_after] == [VAT_20, UNTAXED]
    down = prorate_change(DIFFERENCE, Change.to(MIDDLE, flat("4.00"), ruling=UNTAXED), up.billed_after)
    assert [(each.amount, each.ruling) for each in down.lines] == [(money("10.00"), UNTAXED), (money("3.00"), VAT_20)]
    assert sum(each.remaining.amount_minor for each in after(down)) == 200  # 4.00 × 15/30
    same = prorate_change(DIFFERENCE, Change.to(MIDDLE, flat("10.00", "Other")), [line])
    assert (same.lines, after(same)[-1].plan.name) == ((), "Other")
    ended = prorate_change(DIFFERENCE, Change.cancel(MIDDLE), up.billed_after)
    assert ended.credit == money("15.00")
    old = prorate_change(PRESETS["braintree"].policy, Change.to(date(2026, 4, 30), flat("4.00")), [line])
    assert (old.credit, old.billed_after) == (money("0.00"), (line,))


def test_a_whole_difference_with_a_new_period_carries_the_value_over():
    rule = policy("difference_now", timing={"anchor": Cycle.RESET})
    result = prorate_change(rule, Change.to(MIDDLE, flat("50.00")), [billed(flat("30.00"), APRIL)])
    assert (result.net, result.next_bill_on) == (money("20.00"), date(2026, 5, 16))
    assert [each.remaining for each in result.billed_after] == [money("0.00"), money("50.00")]


# Directions, tracing, small amounts, folds


@pytest.mark.parametrize(
    ("old", "new", "by", "expected"),
    [
        ((flat("30.00"), 1), (flat("300.00", cadence=ANNUAL), 1), DirectionBy.PRICE_PER_DAY, Direction.DOWNGRADE),
        ((flat("30.00"), 1), (flat("300.00", cadence=ANNUAL), 1), DirectionBy.ABSOLUTE, Direction.UPGRADE),
        ((flat("7.00", cadence=WEEKLY), 1), (flat("30.00"), 1), DirectionBy.MONTHLY_EQUIVALENT, Direction.DOWNGRADE),
        ((seats("9.00"), 2), (seats("9.00"), 3), DirectionBy.ABSOLUTE, Direction.QUANTITY_UP),
        ((seats("9.00"), 2), (seats("9.00"), 1), DirectionBy.ABSOLUTE, Direction.QUANTITY_DOWN),
        ((flat("30.00"), 1), (flat("30.00", "Other"), 1), DirectionBy.ABSOLUTE, Direction.LATERAL),
    ],
)
def test_what_is_up_and_what_is_down(old, new, by, expected):
    assert direction_of(old, new, by) is expected


def test_ranks_are_the_sellers_own():
    basic, pro = (flat("30.00", "Basic"), 1), (flat("10.00", "Pro"), 1)
    assert direction_of(basic, pro, DirectionBy.RANK, ("Basic", "Pro")) is Direction.UPGRADE
    with pytest.raises(InvalidValueError, match="rank"):
        direction_of(basic, pro, DirectionBy.RANK, ("Basic",))
    with pytest.raises(InvalidTypeError, match="by"):
        direction_of(basic, pro, "rank")


def test_a_policy_for_each_direction():
    marks = [attrs.evolve(KEEP, sides=attrs.evolve(KEEP.sides, full_refund_days=at)) for at in range(5)]
    rule, line = DirectionalPolicy(*marks), [billed(seats("10.00"), APRIL, 2)]
    changes = (
        Change.to(MIDDLE, flat("50.00")), Change.to(MIDDLE, flat("5.00")), Change.to(MIDDLE, seats("10.00"), 3),
        Change.to(MIDDLE, seats("10.00"), 1), Change.cancel(MIDDLE),
    )  # fmt: skip
    assert [prorate_change(rule, change, line).policy for change in changes] == marks
    assert rule.choose(Change.remove(MIDDLE), line) is marks[3]
    assert rule.choose(Change.add(MIDDLE, LARGE), []) is marks[0]
    lateral = Change.to(MIDDLE, flat("20.00"))
    assert rule.choose(lateral, line) is marks[0]
    assert attrs.evolve(rule, lateral_is_upgrade=False).choose(lateral, line) is marks[1]
    assert DIRECTIONAL_PRESETS["lago"].direction(lateral, line) is Direction.UPGRADE
    assert DirectionalPolicy.of(KEEP).on_cancel is KEEP


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("on_upgrade", None, InvalidTypeError), ("direction_by", "rank", InvalidTypeError), ("ranks", ["a"], InvalidTypeError),
        ("lateral_is_upgrade", 1, InvalidTypeError), ("ranks", ("a",), InvalidValueError), ("direction_by", DirectionBy.RANK, InvalidValueError),
    ],
)  # fmt: skip
def test_a_policy_by_direction_is_checked(field, value, error):
    with pytest.raises(error, match="ranks" if error is InvalidValueError else field):
        attrs.evolve(DirectionalPolicy.of(KEEP), **{field: value})


def test_a_credit_is_traced_to_its_lines():
    lines = [billed(flat("50.00"), ruling=VAT_20), billed(flat("20.00"), given=money("5.00"))]
    newest = trace_credit(lines, money("25.00"))
    assert [(each.credit, each.ruling) for each in newest] == [(money("15.00"), UNTAXED), (money("10.00"), VAT_20)]
    even = trace_credit(lines, money("13.00"), TraceOrder.PRO_RATA)
    assert [each.credit for each in even] == [money("10.00"), money("3.00")]
    assert trace_credit(lines, money("0.00")) == ()
    assert [each.credit for each in trace_credit(lines, money("3.00"))] == [money("3.00")]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (([billed(SMALL)], money("30.01")), InvalidValueError),
        (([billed(SMALL)], money("-0.01")), InvalidValueError),
        (([billed(SMALL)], money("1.00", "EUR")), CurrencyMismatchError),
        (([1], money("1.00")), InvalidTypeError),
        (([billed(SMALL)], 1), InvalidTypeError),
        (([billed(SMALL)], money("1.00"), "newest"), InvalidTypeError),
    ],
)
def test_what_tracing_refuses(arguments, error):
    with pytest.raises(error):
        trace_credit(*arguments)


def test_a_traced_credit_is_checked():
    with pytest.raises(InvalidTypeError, match="billed"):
        TracedCredit(1, money("1.00"))
    for amount in ("30.01", "-0.01"):
        with pytest.raises(InvalidValueError, match="credit"):
            TracedCredit(billed(SMALL), money(amount))


@pytest.mark.parametrize(
    ("amount", "action", "expected"),
    [  # modrinth/code 3851 waives below 0.30, Flagsmith 2961 defers below 0.50
        ("0.45", SmallAmount.COLLECT, ("0.45", "0.00", "0.00")),
        ("0.45", SmallAmount.DEFER, ("0.00", "0.45", "0.00")),
        ("0.45", SmallAmount.WAIVE, ("0.00", "0.00", "0.45")),
        ("0.50", SmallAmount.WAIVE, ("0.50", "0.00", "0.00")),
        ("0.00", SmallAmount.DEFER, ("0.00", "0.00", "0.00")),
    ],
)
def test_small_amounts(amount, action, expected):
    found = settle_small(money(amount), money("0.50"), action)
    assert (found.collected.amount, found.deferred.amount, found.waived.amount) == expected
    assert found.explain().startswith(f"{amount} USD is ")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((money("-0.01"), money("0.50"), SmallAmount.DEFER), InvalidValueError),
        ((money("0.01"), money("-0.50"), SmallAmount.DEFER), InvalidValueError),
        ((money("0.01"), money("0.50", "EUR"), SmallAmount.DEFER), CurrencyMismatchError),
        ((money("0.01"), money("0.50"), "defer"), InvalidTypeError),
    ],
)
def test_what_a_small_amount_refuses(arguments, error):
    with pytest.raises(error):
        Collection(*arguments)


def test_a_history_of_changes():
    changes = [Change.to(date(2026, 4, 11), flat("60.00")), Change.to(date(2026, 4, 21), flat("30.00", "Back"))]
    history = fold_changes(KEEP, [billed(flat("30.00"), APRIL)], changes)
    assert (history.credit, history.charge, history.net) == (money("40.00"), money("50.00"), money("10.00"))
    assert [each.ended_on for each in history.billed_after] == [date(2026, 4, 11), date(2026, 4, 21), None]
    assert history.next_bill == APRIL.end
    assert history.explain().endswith("together 50.00 - 40.00: net 10.00 USD")
    empty = fold_changes(KEEP, [billed(SMALL)], [])
    assert (empty.net, empty.next_bill, empty.lines) == (money("0.00"), JANUARY.end, ())


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((KEEP, (), ()), InvalidValueError),
        ((KEEP, (1,), ()), InvalidTypeError),
        ((KEEP, (billed(SMALL),), (1,)), InvalidTypeError),
    ],
)
def test_what_a_history_refuses(arguments, error):
    with pytest.raises(error):
        proration.ChangeHistory(*arguments)


# A line is its terms


LINE = ProrationLine(Side.CREDIT, SMALL, 1, money("30.00"), 17, 31, UNTAXED, HALF_UP, "days", "sides.credit")


def test_a_line_explains_its_sum():
    assert LINE.explain() == "credit for Small × 1: 30.00 USD × 17/31 days = 16.45161… → 16.45 half up (sides.credit)"
    assert (LINE.net, LINE.fraction, LINE.exact.amount_minor) == (
        money("-16.45"),
        Fraction(17, 31),
        Fraction(51000, 31),
    )


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("side", "credit", InvalidTypeError), ("num", True, InvalidTypeError), ("num", -1, InvalidValueError),
        ("den", 0, InvalidValueError), ("den", 10**41, InvalidValueError), ("units", 0, InvalidValueError),
        ("base", money("-1.00"), InvalidValueError), ("at_most", money("1.00", "EUR"), CurrencyMismatchError),
        ("adjustment", 1, InvalidTypeError), ("fraction_rounding", 5, InvalidTypeError), ("ruling", None, InvalidTypeError),
        ("counted", "a\nb", InvalidValueError), ("quantity", 0, InvalidValueError), ("num", 10**30, OutOfRangeError),
        ("tax_order", "after", InvalidTypeError),
    ],
)  # fmt: skip
def test_a_line_is_checked(field, value, error):
    with pytest.raises(error):
        attrs.evolve(LINE, **{field: value})


def test_a_tax_that_is_not_known_is_not_prorated():
    with pytest.raises(InvalidValueError, match="ruling"):
        attrs.evolve(LINE, ruling=UNKNOWN, tax_order=TaxOrder.PRORATE_TAX)
    assert attrs.evolve(LINE, ruling=UNKNOWN).tax is None


# The corners


def test_periods_that_are_over_are_not_touched():
    past = billed(SMALL, Period(date(2025, 12, 10), date(2026, 1, 10)))
    result = prorate_change(KEEP, UPGRADE, [past, billed(SMALL)])
    assert result.credit == money("16.45")
    assert result.billed_after[0] is past


def test_a_span_and_a_day_without_a_zone():
    with pytest.raises(InvalidTypeError, match="zone"):
        prorate_change(PRESETS["polar"].policy, Change.add(date(2026, 1, 24), LARGE, ruling=UNTAXED), running=SPAN)


def test_whole_months_from_their_own_day():
    measure = Measure(Clock.DAY, basis=Basis.MONTHS_THEN_DAYS)
    assert shares(measure, date(2026, 3, 1), YEAR, flat("360.00", cadence=ANNUAL)) == Fraction(10, 12)


def test_a_week_may_start_again():
    week = billed(flat("7.00", cadence=WEEKLY), Period(date(2026, 1, 5), date(2026, 1, 12)))
    result = prorate_change(DAY_RESET, Change.to(date(2026, 1, 8), flat("14.00", cadence=WEEKLY)), [week])
    assert (result.credit, result.charge, result.next_bill_on) == (money("4.00"), money("14.00"), date(2026, 1, 15))


def test_a_day_that_counts_as_none_is_worth_nothing():
    """A month of 31 days is 30: its 31st day is charged and credited with 0."""
    january = billed(SMALL, Period(date(2026, 1, 1), date(2026, 2, 1)))
    history = fold_changes(
        PRESETS["killbill_fixed_30"].policy,
        [january],
        [Change.to(date(2026, 1, 31), LARGE), Change.cancel(date(2026, 1, 31))],
    )
    assert [step.net for step in history.steps] == [money("0.00"), money("0.00")]


def test_a_price_that_is_not_charged_in_full_on_the_first_instant():
    weeks = InstantPeriod(SPAN.start_at, SPAN.start_at + timedelta(days=28))
    rule = policy("polar", measure={"basis": FixedDays(30)})
    result = prorate_change(
        rule,
        Change.to(SPAN.start_at, flat("30.00")),
        [billed(SMALL, Period(date(2026, 1, 10), date(2026, 2, 7)), span=weeks)],
    )
    (running,) = after(result)
    assert (running.net, running.span.full) == (money("28.00"), weeks)
    assert prorate_change(rule, Change.cancel(SPAN.start_at), [running]).credit == money("28.00")


def test_a_day_that_a_month_does_not_have_may_run_on():
    rolls = policy("chargify_migration", timing={"month_end": proration.MonthOverflow.ROLL_FORWARD})
    at = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
    assert prorate_change(rolls, Change.add(at, LARGE)).next_bill == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
    assert prorate_change(rolls, Change.add(date(2026, 1, 15), LARGE)).next_bill == date(2026, 2, 15)
    assert prorate_change(rolls, Change.add(date(2026, 1, 15), flat("1.00", cadence=WEEKLY))).next_bill == date(
        2026, 1, 22
    )
    with pytest.raises(OutOfRangeError):
        prorate_change(rolls, Change.add(date(9999, 12, 15), LARGE))


@pytest.mark.parametrize("name", ["difference_remaining", "recurly_only_changed", "difference_now"])
def test_many_differences_are_put_together_and_keep_their_worth(name):
    plans = [flat(f"{30 + at}.00", f"Plan {at}") for at in range(1, 41)]
    up = [Change.to(date(2026, 1, 11 + at // 10), plan) for at, plan in enumerate(plans)]
    history = fold_changes(PRESETS[name].policy, [billed(SMALL)], [*up, Change.cancel(date(2026, 1, 14))])
    running = history.steps[39].billed_after
    assert sum(line.ended_on is None for line in running) == 12
    whole = sum(line.remaining.amount_minor for line in running if line.ended_on is None)
    assert history.credit.amount_minor <= whole <= 3000 + history.charge.amount_minor
    assert (
        abs(history.steps[-1].credit - money("70.00" if name == "difference_now" else "60.97")).amount_minor <= 40
    )  # × 27/31


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2024, 2, 29), date(2024, 3, 30), 30),  # an anchor on the 30th: its own 30 days, not the 29 to 29 March
        (date(2025, 2, 28), date(2025, 3, 31), 31),  # an anchor on the 31st
        (date(2025, 1, 31), date(2025, 2, 28), 28),
        (date(2025, 1, 10), date(2025, 2, 10), 31),
        (date(2025, 1, 10), date(2025, 2, 15), 31),  # postponed by five days: the month from 10 January
    ],
)
@pytest.mark.parametrize("zone", [None, UTC])
def test_the_nominal_length_of_a_clamped_period_is_its_own(start, end, days, zone):
    measure = Measure(Clock.SECOND, zone, Basis.NOMINAL_PERIOD)
    left, length = time_left(measure, Period(start, end), start, MONTHLY)
    unit = 1 if zone is None else 86_400
    assert (left, length) == ((end - start).days * unit, days * unit)


def test_the_nominal_length_of_a_clamped_period_of_instants_is_its_own():
    measure = Measure(Clock.SECOND, UTC, Basis.NOMINAL_PERIOD)
    start, end = datetime(2024, 2, 29, 12, tzinfo=UTC), datetime(2024, 3, 30, 12, tzinfo=UTC)
    assert time_left(measure, InstantPeriod(start, end), start, MONTHLY) == (30 * 86_400, 30 * 86_400)
    later = datetime(2024, 4, 2, 12, tzinfo=UTC)
    assert time_left(measure, InstantPeriod(start, later), start, MONTHLY) == (33 * 86_400, 29 * 86_400)


def test_when_a_day_begins_is_asked_of_a_zone():
    noon = datetime(2024, 2, 29, 12, tzinfo=UTC)
    with pytest.raises(InvalidTypeError, match="when a day begins depends on the zone"):
        time_left(Measure(Clock.SECOND), Period(date(2024, 2, 29), date(2024, 3, 30)), noon)


def test_a_clamped_month_is_whole_by_the_calendar_too():
    measure = Measure(Clock.DAY, basis=Basis.CALENDAR_MONTH)
    assert time_left(measure, Period(date(2024, 2, 29), date(2024, 3, 30)), date(2024, 3, 15), MONTHLY) == (15, 30)
