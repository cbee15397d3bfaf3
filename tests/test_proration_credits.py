"""Credits: what they are taken from, their limits, their discounts, their tax, and full refunds within a window."""

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from billingcore.presets import PRESETS

from billingcore import MONTHLY, FlatPrice, Money, Plan
from billingcore.cycles import ANNUAL
from billingcore.errors import CurrencyMismatchError
from billingcore.proration import (
    Change,
    ChangeKind,
    Charge,
    Clock,
    Credit,
    CreditBasis,
    CreditCap,
    DiscountReversal,
    Measure,
    OnSwitch,
    ProrationPolicy,
    Side,
    Sides,
    TaxOrder,
    Timing,
    prorate_change,
)
from samples import (
    APRIL,
    BILLED_31,
    DAY_RESET,
    DIFFERENCE,
    HALF_UP,
    KEEP,
    LARGE,
    LARGE_62,
    MID_APRIL,
    POLICIES,
    SMALL,
    SMALL_31,
    SPAN,
    VAT_20,
    YEAR,
    billed,
    change,
    day,
    flat,
    given_back,
    money,
    policy,
    running_after,
    seats,
    started_untaxed,
)

KEPT = Timing(interval_change=OnSwitch.KEEP)


def with_a_window(credit, charge):
    return ProrationPolicy(
        Measure(clock=Clock.DAY), sides=Sides(credit=credit, charge=charge, full_refund_days=7), timing=KEPT
    )


DEAR = flat("100.00", "Large")
DOLLARS = Plan("Small", FlatPrice(Money.of("30.00", "USD")), MONTHLY)


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
    (running,) = running_after(first)
    assert (running.net, running.credit_consumed) == (money("998.00"), money("466.19"))
    second = prorate_change(DAY_RESET, Change.to(date(2026, 2, 22), flat("1497.00", cadence=ANNUAL)), [running])
    assert second.credit == money("921.44")  # 998.00 × 337/365, not 531.81 × 337/365 = 491.01
    assert second.net == money("575.56")


def test_a_period_that_cost_nothing_gives_nothing_back():
    """stripe/stripe-dotnet 3103: a coupon of 100 %."""
    line = billed(flat("30.00"), APRIL, discount=money("30.00"))
    assert prorate_change(KEEP, Change.cancel(MID_APRIL), [line]).credit == money("0.00")
    assert prorate_change(PRESETS["stripe_flexible"].policy, Change.cancel(MID_APRIL), [line]).credit == money("0.00")


def test_a_discounted_period_gives_its_discounted_share_back():
    line = billed(flat("30.00"), APRIL, discount=money("10.00"))
    assert prorate_change(KEEP, Change.cancel(MID_APRIL), [line]).credit == money("10.00")  # 20.00 / 2


def test_credit_given_already_is_not_given_again():
    """getlago/lago-api 1778, 4805: credits above what was paid."""
    line = billed(flat("30.00"), APRIL, given=money("20.00"))
    result = prorate_change(KEEP, Change.cancel(MID_APRIL), [line])
    assert result.credit == money("10.00")
    assert "no more than the 10.00 that is left" in result.explain()


def test_todays_price_is_credited_whatever_was_billed():
    rule, line = PRESETS["stripe_classic"].policy, billed(flat("20.00"), APRIL)
    dearer = Change(MID_APRIL, flat("50.00"), price_now=flat("24.00"))
    assert prorate_change(rule, dearer, [line]).credit == money("12.00")
    assert prorate_change(rule, Change(MID_APRIL, flat("50.00"), price_now=flat("80.00")), [line]).credit == money(
        "40.00"
    )
    capped = policy("stripe_classic", sides={"credit_cap": CreditCap.BILLED})
    result = prorate_change(capped, Change(MID_APRIL, flat("50.00"), price_now=flat("80.00")), [line])
    assert result.credit == money("20.00")
    assert result.billed_after[0].credit_given == money("20.00")
    over = prorate_change(rule, Change(MID_APRIL, flat("50.00"), price_now=flat("80.00")), [line])
    assert over.billed_after[0].credit_given == money("20.00")  # no more is on record than was billed
    full = policy("stripe_classic", sides={"credit": Credit.FULL, "charge": Charge.FULL})
    assert prorate_change(full, dearer, [line]).credit == money("24.00")


def test_a_gross_credit_takes_its_discount_back():
    rule = policy("chargebee_day", sides={"credit_basis": CreditBasis.BILLED_GROSS})
    line = billed(flat("30.00"), APRIL, discount=money("10.00"))
    result = prorate_change(rule, Change.cancel(MID_APRIL), [line])
    assert [(each.side, each.net) for each in result.lines] == [
        (Side.CREDIT, money("-15.00")),
        (Side.DISCOUNT, money("5.00")),
    ]
    assert result.credit == money("10.00")
    free = attrs.evolve(rule, sides=attrs.evolve(rule.sides, credit_cap=CreditCap.NONE))
    assert prorate_change(free, Change.cancel(MID_APRIL), [line]).credit == money("10.00")


def test_the_units_without_a_discount_go_first():
    even = policy("recurly_only_changed", sides={"discount_reversal": DiscountReversal.PROPORTIONAL})
    kind = policy("recurly_only_changed", sides={"discount_reversal": DiscountReversal.LEAST_FIRST})
    plain, cheap = billed(seats("10.00"), APRIL, 3), billed(seats("10.00"), APRIL, 2, discount=money("10.00"))
    lines = [plain, attrs.evolve(cheap, quantity=5)]  # five seats: three at 10.00, then two at 5.00
    change = Change.to(MID_APRIL, seats("10.00"), 3)  # two go: 20.00, half of the time
    assert prorate_change(even, change, lines).credit == money("5.00")  # the newest two: 10.00 less 5.00 of discount
    assert prorate_change(kind, change, lines).credit == money("10.00")


def test_a_traced_credit_goes_beyond_only_where_nothing_caps_it():
    capped, free = DIFFERENCE, policy("difference_remaining", sides={"credit_cap": CreditCap.NONE})
    line = billed(flat("20.00"), APRIL, given=money("15.00"))
    change = Change.to(MID_APRIL, flat("4.00"))
    assert prorate_change(capped, change, [line]).credit == money("5.00")  # 8.00, but 5.00 is left
    assert prorate_change(free, change, [line]).credit == money("8.00")
    whole = PRESETS["difference_now"].policy
    assert prorate_change(whole, change, [line]).credit == money("5.00")


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
    result = prorate_change(rule, Change.to(MID_APRIL, flat("20.00")), [billed(flat("10.00"), APRIL, ruling=VAT_20)])
    credit, charge = result.lines
    assert (credit.amount, credit.tax, charge.tax) == (money(net), None if tax is None else money(tax), None)
    assert credit.ruling == charge.ruling == VAT_20
    assert result.ruling == VAT_20
    early = policy("paddle", rounding={"tax_order": order})
    assert prorate_change(early, Change.cancel(MID_APRIL), [billed(flat("10.00"), APRIL, ruling=VAT_20)]).lines[
        0
    ].amount == money(net)


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


@pytest.mark.parametrize(
    ("credit", "charge", "inside", "after"),
    [
        (Credit.NONE, Charge.NONE, "30.00", "0.00"),
        (Credit.UNUSED, Charge.REMAINING, "30.00", "16.45"),  # 30.00 × 17/31
        (Credit.DIFFERENCE_REMAINING, Charge.DIFFERENCE_REMAINING, "30.00", "16.45"),
        (Credit.DIFFERENCE_FULL, Charge.DIFFERENCE_FULL, "30.00", "30.00"),
        (Credit.FULL, Charge.FULL, "30.00", "30.00"),
    ],
)
def test_a_cancellation_in_the_window_gives_everything_back(credit, charge, inside, after):
    policy = with_a_window(credit, charge)
    for on, expected in ((date(2026, 1, 12), inside), (date(2026, 1, 17), inside), (date(2026, 1, 24), after)):
        result = prorate_change(policy, Change.cancel(on), [billed(SMALL)])
        assert (result.credit, result.billed_after[0].credit_given) == (money(expected), money(expected))


def test_only_a_cancellation_has_a_window():
    policy = with_a_window(Credit.NONE, Charge.NONE)
    assert prorate_change(policy, Change.to(date(2026, 1, 12), LARGE), [billed(SMALL)]).credit == money("0.00")
    assert prorate_change(policy, Change.remove(date(2026, 1, 12)), [billed(SMALL)]).credit == money("0.00")


def test_every_line_in_the_window_is_refunded():
    lines = [billed(SMALL), billed(flat("12.00", "Extra"), given=money("2.00"))]
    policy = with_a_window(Credit.NONE, Charge.NONE)
    assert prorate_change(policy, Change.cancel(date(2026, 1, 12)), lines).credit == money("40.00")  # 30.00 + 10.00


@pytest.mark.parametrize("then", ["stripe_classic", "chargebee_day"])
@pytest.mark.parametrize("name", ["difference_now", "difference_remaining"])
@pytest.mark.parametrize(
    ("to", "on", "off"), [(SMALL_31, 31, 31), (LARGE_62, 11, 21), (LARGE_62, 2, 2), (LARGE_62, 31, 31)]
)
def test_after_a_difference_a_quote_gives_back_what_the_engine_does(name, then, to, on, off):
    """31.00 came back on the last day, as the whole of it had been moved to a line of one day."""
    quoted = given_back(change(started_untaxed(), to, day(on), name).subscription, day(off), then)
    paid = prorate_change(POLICIES[name], Change.to(day(on), to), BILLED_31).billed_after
    assert abs(quoted.amount_minor - prorate_change(POLICIES[then], Change.cancel(day(off)), paid).credit_minor) <= 1


def test_the_used_part_of_the_old_plan_is_worth_nothing_any_more():
    quote = change(started_untaxed(), LARGE_62, day(11), "difference_now")
    assert [line.net for line in quote.document.lines] == [
        money("52.00"),
        money("-21.00"),
    ]  # 31 × 21/31, and 31.00 more
    assert given_back(quote.subscription, day(21), "chargebee_day") == money("27.24")  # 52 × 11/21


def test_a_difference_that_gives_back_more_than_is_unused_gives_all_of_it_back():
    small = change(started_untaxed(LARGE_62), SMALL_31, day(21), "difference_now")
    assert small.credit_left == money("31.00")
    assert small.subscription.current.remaining >= money("0.00")


@pytest.mark.parametrize("hour", [0, 12])
def test_todays_price_counts_whatever_the_hour_of_the_change_was(hour):
    """A line of 20.5 days is recorded as one of 21, and was taken for one with a price of its own."""
    stripe = POLICIES["stripe_classic"].in_zone(UTC)
    paid = prorate_change(stripe, Change.to(datetime(2026, 1, 11, hour, tzinfo=UTC), LARGE_62), BILLED_31).billed_after
    ended = Change(datetime(2026, 1, 21, hour, tzinfo=UTC), None, kind=ChangeKind.CANCEL, price_now=DEAR)
    assert prorate_change(stripe, ended, paid).credit == money(
        "35.48" if hour == 0 else "33.87"
    )  # 100 × 11/31, 10.5/31


@pytest.mark.parametrize("name", ["stripe_classic", "chargebee_day"])
@pytest.mark.parametrize("to", [None, LARGE_62])
def test_todays_price_is_in_the_currency_that_was_billed(name, to):
    kind = ChangeKind.CANCEL if to is None else ChangeKind.REPLACE
    with pytest.raises(CurrencyMismatchError):
        prorate_change(POLICIES[name], Change(day(24), to, 1, kind, price_now=DOLLARS), BILLED_31)


@pytest.mark.parametrize("reversal", DiscountReversal)
def test_within_one_line_a_discount_goes_back_in_proportion(reversal):
    sides = Sides(
        Credit.DIFFERENCE_FULL, CreditBasis.BILLED_GROSS, discount_reversal=reversal, charge=Charge.DIFFERENCE_FULL
    )
    line = billed(seats("10.00"), quantity=5, discount=money("10.00"))
    result = prorate_change(ProrationPolicy(sides=sides), Change.to(date(2026, 1, 24), seats("10.00"), 3), [line])
    assert result.credit == money("16.00")  # 20.00 - 10.00 × 20/50
