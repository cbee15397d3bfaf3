"""Credits: what they are taken from, their limits, their discounts, and full refunds within a window."""

from datetime import UTC, date, datetime, timedelta, timezone

import attrs
import pytest

from billingcore import MONTHLY, FlatPrice, Money, Plan
from billingcore.cycles import ANNUAL, Period
from billingcore.errors import CurrencyMismatchError, InvalidValueError
from billingcore.proration import (
    Change,
    ChangeKind,
    CreditOf,
    OnSwitch,
    ProrationPolicy,
    Sale,
    Settlement,
    Side,
    fold_changes,
    prorate_change,
)
from billingcore.vendors import rulebook
from samples import (
    APRIL,
    BILLED_31,
    DAY_KEEP,
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

FIRST = date(2026, 1, 10)


def with_a_window(sale):
    return attrs.evolve(DAY_KEEP, sale=sale, full_refund_days=7, interval_change=OnSwitch.KEEP)


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
    assert running.net == money("998.00")
    second = prorate_change(DAY_RESET, Change.to(date(2026, 2, 22), flat("1497.00", cadence=ANNUAL)), [running])
    assert second.credit == money("921.44")  # 998.00 × 337/365, not 531.81 × 337/365 = 491.01
    assert second.net == money("575.56")


def test_a_period_that_cost_nothing_gives_nothing_back():
    """stripe/stripe-dotnet 3103: a coupon of 100 %."""
    line = billed(flat("30.00"), APRIL, discount=money("30.00"))
    assert prorate_change(KEEP, Change.cancel(MID_APRIL), [line]).credit == money("0.00")
    assert prorate_change(POLICIES["stripe"], Change.cancel(MID_APRIL), [line]).credit == money("0.00")


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
    rule, line = POLICIES["stripe_classic"], billed(flat("20.00"), APRIL)
    dearer = Change(MID_APRIL, flat("50.00"), price_now=flat("24.00"))
    assert prorate_change(rule, dearer, [line]).credit == money("12.00")
    assert prorate_change(rule, Change(MID_APRIL, flat("50.00"), price_now=flat("80.00")), [line]).credit == money(
        "40.00"
    )
    capped = policy("stripe_classic", credit_of=CreditOf.PLAN_PRICE)
    assert prorate_change(capped, dearer, [line]).credit == money("10.00")  # its plan's 20.00: today's is not asked for
    dear = billed(flat("80.00"), APRIL, discount=money("60.00"))
    assert prorate_change(capped, Change.cancel(MID_APRIL), [dear]).credit == money("10.00")  # 80.00 - 60.00, × 15/30
    over = prorate_change(rule, Change(MID_APRIL, flat("50.00"), price_now=flat("80.00")), [line])
    assert over.billed_after[0].credit_given == money("20.00")  # no more is on record than was billed
    full = policy("stripe_classic", sale=Sale.IN_FULL)
    assert prorate_change(full, dearer, [line]).credit == money("24.00")


def test_a_gross_credit_takes_its_discount_back():
    rule = policy("chargebee", credit_of=CreditOf.GROSS)
    line = billed(flat("30.00"), APRIL, discount=money("10.00"))
    result = prorate_change(rule, Change.cancel(MID_APRIL), [line])
    assert [(each.side, each.net) for each in result.lines] == [
        (Side.CREDIT, money("-15.00")),
        (Side.DISCOUNT, money("5.00")),
    ]
    assert result.credit == money("10.00")


def test_the_units_without_a_discount_go_first():
    even = policy("recurly_only_changed", credit_of=CreditOf.GROSS)
    kind = POLICIES["recurly_only_changed"]
    plain, cheap = billed(seats("10.00"), APRIL, 3), billed(seats("10.00"), APRIL, 2, discount=money("10.00"))
    lines = [plain, attrs.evolve(cheap, quantity=5)]  # five seats: three at 10.00, then two at 5.00
    change = Change.to(MID_APRIL, seats("10.00"), 3)  # two go: 20.00, half of the time
    assert prorate_change(even, change, lines).credit == money("5.00")  # the newest two: 10.00 less 5.00 of discount
    assert prorate_change(kind, change, lines).credit == money("10.00")


FIVE_SEATS = {"plan": seats("10.00"), "period": APRIL, "quantity": 5}


@pytest.mark.parametrize(
    ("credit_of", "discount", "removed", "credit"),
    [
        # Recurly's "as little discount as possible": the 30.00 that stay bear 30.00 of 35.00; (20.00 - 5.00) / 2
        (CreditOf.GROSS_LEAST_DISCOUNT, "35.00", 2, "7.50"),
        (CreditOf.GROSS, "35.00", 2, "3.00"),  # the even split of its other page: (20.00 - 35.00 × 20/50) / 2
        (CreditOf.GROSS_LEAST_DISCOUNT, "10.00", 2, "10.00"),  # what stays bears all of it: 20.00 / 2
        (CreditOf.GROSS, "10.00", 2, "8.00"),  # (20.00 - 10.00 × 20/50) / 2
        (CreditOf.GROSS_LEAST_DISCOUNT, "30.00", 2, "10.00"),  # exactly what stays can bear
        (CreditOf.GROSS_LEAST_DISCOUNT, "30.01", 2, "9.99"),  # (20.00 - 0.01) / 2 = 9.995, the 0.01 / 2 up to 0.01
        (CreditOf.GROSS_LEAST_DISCOUNT, "45.00", 4, "2.50"),  # (40.00 - 35.00) / 2: 10.00 stay
        (CreditOf.GROSS_LEAST_DISCOUNT, "50.00", 2, "0.00"),  # a free period gives nothing back: (20.00 - 20.00) / 2
    ],
)
def test_of_a_discount_goes_back_what_the_two_published_readings_say(credit_of, discount, removed, credit):
    rule = attrs.evolve(DIFFERENCE, credit_of=credit_of)
    line = billed(**FIVE_SEATS, discount=money(discount))
    new = Change.to(MID_APRIL, seats("10.00"), 5 - removed)
    assert prorate_change(rule, new, [line]).credit == money(credit)


def test_a_discount_that_stays_has_no_line():
    line = billed(**FIVE_SEATS, discount=money("10.00"))
    rule = attrs.evolve(DIFFERENCE, credit_of=CreditOf.GROSS_LEAST_DISCOUNT)
    result = prorate_change(rule, Change.to(MID_APRIL, seats("10.00"), 3), [line])
    assert [each.side for each in result.lines] == [Side.CREDIT]


def test_a_traced_credit_is_no_more_than_what_is_left():
    line = billed(flat("20.00"), APRIL, given=money("15.00"))
    change = Change.to(MID_APRIL, flat("4.00"))
    assert prorate_change(DIFFERENCE, change, [line]).credit == money("5.00")  # 8.00, but 5.00 is left
    assert prorate_change(POLICIES["dodo"], change, [line]).credit == money("5.00")


def test_a_full_refund_within_the_window_counts_days_from_the_purchase():
    rule = policy("polar", full_refund_days=7)
    for days, expected in ((7, "30.00"), (8, "22.26")):  # 30.00 × 23/31
        at = SPAN.start_at + timedelta(days=days)
        result = prorate_change(rule, Change.cancel(at), [billed(SMALL, span=SPAN)], purchased_on=FIRST)
        assert result.credit == money(expected)
    now = prorate_change(rule, Change.cancel(SPAN.start_at), [billed(SMALL, span=SPAN)], purchased_on=FIRST)
    assert "(full_refund_days)" in now.explain()
    classic = policy("stripe_classic", full_refund_days=7)
    ended = prorate_change(classic, Change.cancel(date(2026, 1, 12)), [billed(SMALL)], purchased_on=FIRST)
    assert ended.credit == money("30.00")


def test_the_day_of_a_cancellation_in_the_window_is_that_of_the_zone():
    at = datetime(2026, 1, 17, 23, 30, tzinfo=UTC)  # the 18th in Berlin
    rule = policy("polar", full_refund_days=7)
    line = billed(SMALL, span=SPAN)
    east = rule.in_zone(timezone(timedelta(hours=1)))
    assert prorate_change(rule.in_zone(UTC), Change.cancel(at), [line], purchased_on=FIRST).credit == money("30.00")
    assert prorate_change(east, Change.cancel(at), [line], purchased_on=FIRST).credit < money("30.00")


def test_a_renewal_does_not_open_the_window_again():
    """4.00 a month from 13 January 2018, renewed on 13 February, cancelled on 1 March: 4.00 came back."""
    rule = rulebook("microsoft_csp")
    month = billed(flat("4.00"), Period(date(2018, 2, 13), date(2018, 3, 13)))
    change, bought = Change.cancel(date(2018, 3, 1)), date(2018, 1, 13)
    assert prorate_change(rule, change, [month], purchased_on=bought).credit == money("1.71")  # 4.00 × 12/28
    early = prorate_change(rule, change, [month], purchased_on=date(2018, 2, 13))
    assert early.credit == money("4.00")  # 16 days after the purchase


def test_a_change_of_quantity_does_not_open_the_window_again():
    """48.00 a year a seat from 13 January 2018, one more on 1 December, cancelled on the 20th: 11.31 came back."""
    rule, bought = rulebook("microsoft_csp"), date(2018, 1, 13)
    year = billed(seats("48.00", cadence=ANNUAL), Period(bought, date(2019, 1, 13)))
    changes = [Change.to(date(2018, 12, 1), seats("48.00", cadence=ANNUAL), 2), Change.cancel(date(2018, 12, 20))]
    more, ended = fold_changes(rule, [year], changes, purchased_on=bought).steps
    # 43 days are left on 1 December: 48.00 × 43/365 = 5.65, and 96.00 × 43/365 = 11.31 for two
    assert (more.credit, more.charge) == (money("5.65"), money("11.31"))
    assert ended.credit == money("6.31")  # 96.00 × 24/365, which is 11.31 × 24/43


def test_a_policy_with_a_window_has_to_know_the_purchase():
    rule, line = with_a_window(Sale.PRORATE), [billed(SMALL)]
    with pytest.raises(InvalidValueError, match="gives all back within days of the purchase; pass purchased_on"):
        prorate_change(rule, Change.cancel(date(2026, 1, 12)), line)
    assert prorate_change(rule, Change.to(date(2026, 1, 12), SMALL), line).net == money("0.00")  # no cancellation


@pytest.mark.parametrize(
    ("sale", "inside", "after"),
    [
        (Sale.NOTHING, "30.00", "0.00"),
        (Sale.PRORATE, "30.00", "16.45"),  # 30.00 × 17/31
        (Sale.REVERSE_AND_REBILL, "30.00", "16.45"),
        (Sale.DIFFERENCE_REMAINING, "30.00", "16.45"),
        (Sale.DIFFERENCE_FULL, "30.00", "30.00"),
        (Sale.IN_FULL, "30.00", "30.00"),
        (Sale.BUY_TIME, "30.00", "16.45"),
        (Sale.RESTART_WITHOUT_CREDIT, "30.00", "0.00"),
    ],
)
def test_a_cancellation_in_the_window_gives_everything_back(sale, inside, after):
    rule = with_a_window(sale)
    for on, expected in ((date(2026, 1, 12), inside), (date(2026, 1, 17), inside), (date(2026, 1, 24), after)):
        result = prorate_change(rule, Change.cancel(on), [billed(SMALL)], purchased_on=FIRST)
        assert (result.credit, result.billed_after[0].credit_given) == (money(expected), money(expected))
        assert result.converted == money("0.00")  # nothing follows that time could be bought of


def test_only_a_cancellation_has_a_window():
    rule = with_a_window(Sale.NOTHING)
    assert prorate_change(rule, Change.to(date(2026, 1, 12), LARGE), [billed(SMALL)]).credit == money("0.00")
    assert prorate_change(rule, Change.remove(date(2026, 1, 12)), [billed(SMALL)]).credit == money("0.00")


def test_every_line_is_refunded_in_the_window():
    lines = [billed(SMALL), billed(flat("12.00", "Extra"), given=money("2.00"))]
    result = prorate_change(with_a_window(Sale.NOTHING), Change.cancel(date(2026, 1, 12)), lines, purchased_on=FIRST)
    assert result.credit == money("40.00")  # 30.00 + 10.00


def test_a_line_that_a_change_made_has_no_window_of_its_own():
    """The window was that of each line: the newer one came back whole, the older one in part."""
    rule = attrs.evolve(DIFFERENCE, full_refund_days=7)
    lines = prorate_change(rule, Change.to(date(2026, 1, 24), LARGE), (billed(SMALL),)).billed_after
    late = prorate_change(rule, Change.cancel(date(2026, 1, 26)), lines, purchased_on=FIRST)
    # 16 days after the purchase: of the newer line 20.00 × 17/31 = 10.97, × 15/17 = 9.679…; 30.00 × 15/31 = 14.516…
    assert [line.amount.amount for line in late.lines] == ["9.68", "14.52"]
    soon = prorate_change(rule, Change.cancel(date(2026, 1, 26)), lines, purchased_on=date(2026, 1, 20))
    assert [line.amount.amount for line in soon.lines] == ["10.97", "30.00"]  # all of both
    assert {line.decided_by for line in soon.lines} == {"full_refund_days"}


@pytest.mark.parametrize(
    ("name", "then"),
    [("difference_remaining", "stripe_classic"), ("difference_remaining", "chargebee"), ("dodo", "chargebee")],
)
@pytest.mark.parametrize(
    ("to", "on", "off"), [(flat("31.00", "Alike"), 31, 31), (LARGE_62, 11, 21), (LARGE_62, 2, 2), (LARGE_62, 31, 31)]
)
def test_after_a_difference_a_quote_gives_back_what_the_engine_does(name, then, to, on, off):
    """31.00 came back on the last day, as the whole of it had been moved to a line of one day."""
    quoted = given_back(change(started_untaxed(), to, day(on), name).subscription, day(off), then)
    paid = prorate_change(POLICIES[name], Change.to(day(on), to), BILLED_31).billed_after
    assert abs(quoted.amount_minor - prorate_change(POLICIES[then], Change.cancel(day(off)), paid).credit_minor) <= 1


def test_after_a_whole_difference_todays_price_is_that_of_the_line_on_record():
    """A quote shows the new plan as one line, and today's price is of that; the engine keeps the difference on record."""
    quote = change(started_untaxed(), LARGE_62, day(11), "dodo")
    assert given_back(quote.subscription, day(21), "stripe_classic") == money("22.00")  # 62.00 × 11/31
    paid = prorate_change(POLICIES["dodo"], Change.to(day(11), LARGE_62), BILLED_31).billed_after
    ended = prorate_change(POLICIES["stripe_classic"], Change.cancel(day(21)), paid)
    # 31.00 × 11/31 of the old plan, and of the difference of 31.00, paid for 21 days, 11/21
    assert [line.amount.amount for line in ended.lines] == ["16.24", "11.00"]
    assert [line.decided_by for line in ended.lines] == ["sale", "credit_of"]


def test_the_used_part_of_the_old_plan_is_worth_nothing_any_more():
    quote = change(started_untaxed(), LARGE_62, day(11), "dodo")
    assert [line.net for line in quote.document.lines] == [
        money("52.00"),
        money("-21.00"),
    ]  # 31 × 21/31, and 31.00 more
    assert given_back(quote.subscription, day(21), "chargebee") == money("27.24")  # 52 × 11/21


def test_a_difference_that_gives_back_more_than_is_unused_gives_all_of_it_back():
    small = change(started_untaxed(LARGE_62), SMALL_31, day(21), "dodo")
    assert small.credit_left == money("31.00")
    assert small.subscription.billed[-1].remaining >= money("0.00")


@pytest.mark.parametrize("hour", [0, 12])
def test_todays_price_counts_whatever_the_hour_of_the_change_was(hour):
    """A line of 20.5 days is recorded as one of 21, and was taken for one with a price of its own."""
    stripe = POLICIES["stripe_classic"].in_zone(UTC)
    paid = prorate_change(stripe, Change.to(datetime(2026, 1, 11, hour, tzinfo=UTC), LARGE_62), BILLED_31).billed_after
    ended = Change(datetime(2026, 1, 21, hour, tzinfo=UTC), None, kind=ChangeKind.CANCEL, price_now=DEAR)
    assert prorate_change(stripe, ended, paid).credit == money(
        "35.48" if hour == 0 else "33.87"
    )  # 100 × 11/31, 10.5/31


@pytest.mark.parametrize("name", ["stripe_classic", "chargebee"])
@pytest.mark.parametrize("to", [None, LARGE_62])
def test_todays_price_is_in_the_currency_that_was_billed(name, to):
    kind = ChangeKind.CANCEL if to is None else ChangeKind.REPLACE
    with pytest.raises(CurrencyMismatchError):
        prorate_change(POLICIES[name], Change(day(24), to, 1, kind, price_now=DOLLARS), BILLED_31)


@pytest.mark.parametrize(
    ("credit_of", "credit"),
    [
        (CreditOf.GROSS, "16.00"),  # 20.00 - 10.00 × 20/50
        (CreditOf.GROSS_LEAST_DISCOUNT, "20.00"),  # three seats of 30.00 bear the 10.00
    ],
)
def test_within_one_line_a_discount_goes_back_in_proportion_or_as_little_as_can_be(credit_of, credit):
    rule = ProrationPolicy(Sale.DIFFERENCE_FULL, credit_of=credit_of)
    line = billed(seats("10.00"), quantity=5, discount=money("10.00"))
    result = prorate_change(rule, Change.to(date(2026, 1, 24), seats("10.00"), 3), [line])
    assert result.credit == money(credit)


# The price of today


@pytest.mark.parametrize(
    ("rule", "change", "said"),
    [
        (KEEP, Change.cancel(MID_APRIL, price_now=DEAR), "credit_of"),
        (DIFFERENCE, Change.to(MID_APRIL, LARGE, price_now=DEAR), "credit_of"),
        (policy("stripe_classic", sale=Sale.NOTHING), Change.cancel(MID_APRIL, price_now=DEAR), "sale"),
        (policy("stripe_classic", zone=UTC), Change.cancel(MID_APRIL, price_now=DEAR), None),
        (policy("stripe_classic", sale=Sale.DIFFERENCE_REMAINING), Change.to(MID_APRIL, DEAR, price_now=DEAR), None),
        (KEEP, Change.cancel(MID_APRIL), None),
    ],
)
def test_a_price_of_today_that_plays_no_part_is_named(rule, change, said):
    """It was taken, and had no effect, without a word."""
    text = prorate_change(rule, change, [billed(SMALL, APRIL)]).explain()
    assert ("plays no part" in text) is (said is not None)
    assert said is None or f"  today's price of {DEAR.name} plays no part ({said})\n" in text


ON_THE_12TH = Change.cancel(date(2026, 1, 12), price_now=flat("12.00", "Small"))
"""20 of the 31 days of January are left."""


@pytest.mark.parametrize(
    ("change", "credit"),
    [
        (ON_THE_12TH, "7.74"),  # 12.00 × 20/31
        (Change.remove(date(2026, 1, 12), price_now=flat("12.00", "Small")), "7.74"),
        (Change.to(date(2026, 1, 12), LARGE, price_now=flat("12.00", "Small")), "7.74"),
        (Change.cancel(date(2026, 1, 12)), "6.45"),  # 10.00 × 20/31: its plan's price, as no other is known
    ],
)
def test_todays_price_counts_for_a_line_that_was_billed_at_another(change, credit):
    """10.00, billed at 8.71, now 12.00: 5.62 of 8.71 came back."""
    line = attrs.evolve(
        billed(flat("10.00", "Small"), Period(date(2026, 1, 1), date(2026, 2, 1))), charge=money("8.71")
    )
    result = prorate_change(POLICIES["stripe_classic"], change, [line])
    assert result.credit == money(credit)
    assert result.lines[0].decided_by == "credit_of"


def test_todays_price_is_that_of_the_newest_plan():
    extra = billed(flat("3.10", "Extra"))
    lines = [extra, billed(SMALL)]
    result = prorate_change(
        POLICIES["stripe_classic"], Change.cancel(date(2026, 1, 24), price_now=flat("62.00", "Small")), lines
    )
    assert [line.amount.amount for line in result.lines] == ["34.00", "1.70"]  # 62.00 × 17/31; 3.10 × 17/31


@pytest.mark.parametrize("on", [date(2026, 3, 3)])
def test_lago_credits_the_price_of_the_plan_where_a_part_was_billed(on):
    """9.99 from 2 March: 30 of 31 days cost 9.67; cancelled on the 3rd, which stays paid: 9.03 came back."""
    march = Period(date(2026, 3, 1), date(2026, 4, 1))
    fee = billed(flat("9.99"), Period(date(2026, 3, 2), march.end, march))
    assert fee.net == money("9.67")  # 9.99 × 30/31 = 9.6677
    result = prorate_change(rulebook("lago"), Change.cancel(on), [fee])
    assert result.credit == money("9.02")  # 9.99 × 28/31 = 9.0232
    first = prorate_change(policy("lago", cancel_day=None), Change.cancel(date(2026, 3, 2)), [fee])
    assert first.credit == money("9.67")  # 9.99 × 30/31, and no more than the fee


def test_the_price_of_the_plan_is_credited_up_to_what_was_billed():
    line = attrs.evolve(billed(flat("30.00"), APRIL), charge=money("8.71"))
    rule = policy("chargebee", credit_of=CreditOf.PLAN_PRICE)
    assert prorate_change(rule, Change.cancel(MID_APRIL), [line]).credit == money("8.71")  # 15.00
    assert prorate_change(rule, Change.cancel(date(2026, 4, 28)), [line]).credit == money("3.00")  # 30.00 × 3/30


# What is lost, and what is given


def test_a_cancellation_that_forfeits_records_nothing():
    """A credit that nobody got was on record as given."""
    rule = policy("polar", settlement=Settlement.FORFEIT, zone=UTC)
    result = prorate_change(rule, Change.cancel(MID_APRIL), [billed(SMALL, APRIL)])
    assert (result.credit, result.leftover, result.refund, result.carried) == (
        money("15.00"), money("15.00"), money("0.00"), money("0.00"),
    )  # fmt: skip
    (line,) = result.billed_after
    assert (line.credit_given, line.ended_on) == (money("0.00"), MID_APRIL)
    assert "15.00 EUR of the credit is lost (settlement)" in result.explain()


@pytest.mark.parametrize(
    ("price", "given"),
    [
        ("10.00", "5.00"),  # 15.00 back, 5.00 charged: 10.00 are lost, 5.00 paid for the new plan
        ("30.00", "15.00"),
        ("50.00", "15.00"),
        ("0.00", "0.00"),
    ],
)
def test_of_a_change_that_forfeits_what_paid_for_the_charge_is_on_record(price, given):
    rule = policy("chargebee", settlement=Settlement.FORFEIT)
    result = prorate_change(rule, Change.to(MID_APRIL, flat(price, "New")), [billed(SMALL, APRIL)])
    assert result.billed_after[0].credit_given == money(given)


def test_of_two_lines_the_newer_one_loses_first():
    rule = policy("chargebee", settlement=Settlement.FORFEIT)
    lines = [billed(SMALL, APRIL), billed(flat("12.00", "Extra"), APRIL)]
    result = prorate_change(rule, Change.to(MID_APRIL, flat("20.00", "New")), lines)
    # 15.00 and 6.00 back, 10.00 charged: 11.00 are lost, all of the newer 6.00 and 5.00 of the older 15.00
    assert [line.credit_given for line in result.billed_after] == [money("10.00"), money("0.00"), money("0.00")]
    assert result.leftover == money("11.00")


def test_the_net_of_a_gross_credit_is_what_is_left():
    """The price that goes back is cut so that, less its discount, no more comes back than what is left."""
    rule = ProrationPolicy(Sale.DIFFERENCE_FULL, DAY_KEEP.measure, CreditOf.GROSS)
    line = billed(seats("10.00"), APRIL, 5, discount=money("20.00"), given=money("25.00"))
    result = prorate_change(rule, Change.to(MID_APRIL, seats("10.00"), 1), [line])
    # 40.00 of 50.00 go, and 5.00 are left, 25.00 with the discount: of that 20.00 × 25/50 = 10.00 goes back
    assert [(each.side, each.amount) for each in result.lines] == [
        (Side.CREDIT, money("15.00")), (Side.DISCOUNT, money("10.00")),
    ]  # fmt: skip
    assert (result.credit, result.billed_after[0].remaining) == (money("5.00"), money("0.00"))


def test_a_purchase_after_the_cancellation_is_refused():
    rule = attrs.evolve(DAY_KEEP, full_refund_days=14)
    with pytest.raises(InvalidValueError, match="purchased_on 2030-02-10: a purchase comes before its cancellation"):
        prorate_change(rule, Change.cancel(MID_APRIL), [billed(SMALL, APRIL)], purchased_on=date(2030, 2, 10))


@pytest.mark.parametrize("credit_of", [CreditOf.PRICE_NOW, CreditOf.PLAN_PRICE])
@pytest.mark.parametrize(
    ("sale", "expected"),
    [  # 30.00 is billed for April and half of it unused; the line after the change is worth what the credit was
        (Sale.CREDIT_ONLY, "0.00"),
        (Sale.BUY_TIME, "15.00"),
        (Sale.RESTART_LONGER, "75.00"),  # 15.00, and the 60.00 that was charged
    ],
)
def test_what_credit_bought_is_worth_that_credit_whatever_its_price(credit_of, sale, expected):
    rule = attrs.evolve(DAY_KEEP, sale=sale, credit_of=credit_of)
    changes = [Change.to(MID_APRIL, flat("60.00", "L")), Change.cancel(MID_APRIL)]
    assert fold_changes(rule, [billed(SMALL, APRIL)], changes).steps[-1].credit == money(expected)


@pytest.mark.parametrize("credit_of", CreditOf)
def test_all_that_goes_back_within_a_window_is_what_was_billed(credit_of):
    rule = attrs.evolve(DAY_KEEP, credit_of=credit_of, full_refund_days=30)
    added = prorate_change(rule, Change.add(MID_APRIL, flat("10.00", "A")), [billed(SMALL, APRIL)])
    ended = prorate_change(rule, Change.cancel(date(2026, 4, 20)), added.billed_after, purchased_on=APRIL.start)
    assert ended.credit == money("35.00")  # 30.00, and half of 10.00


def test_an_add_on_for_a_part_of_the_period_has_the_price_of_today():
    """9.30 × 24/31 = 7.20 was billed from 17 January, its plan's price: 62.00 × 17/31 = 34.00 goes back, today's."""
    full = Period(date(2026, 1, 10), date(2026, 2, 10))
    extra = billed(flat("9.30", "Extra"), Period(date(2026, 1, 17), full.end, full))
    assert extra.net == money("7.20")
    change = Change.cancel(date(2026, 1, 24), price_now=flat("62.00", "Extra"))
    rule = attrs.evolve(DAY_KEEP, credit_of=CreditOf.PRICE_NOW)
    given = [line.amount for line in prorate_change(rule, change, [billed(SMALL), extra]).lines]
    assert given == [money("34.00"), money("16.45")]
    # not at its plan's price: the difference of two, of which what was billed goes back, 7.30 × 17/24 = 5.1708…
    other = attrs.evolve(extra, charge=money("7.30"))
    assert prorate_change(rule, change, [billed(SMALL), other]).lines[0].amount == money("5.17")


def test_a_gross_credit_stops_at_what_is_left_where_no_discount_goes_back():
    """Two of five seats, half way: 20.00 / 2 = 10.00, all of the discount is borne by what stays; 9.00 is left."""
    rule = attrs.evolve(DIFFERENCE, credit_of=CreditOf.GROSS_LEAST_DISCOUNT)
    plan = seats("10.00")
    line = billed(plan, APRIL, 5, discount=money("10.00"), given=money("31.00"))
    result = prorate_change(rule, Change.to(MID_APRIL, plan, 3, discount=money("10.00")), [line])
    assert [each.amount for each in result.lines] == [money("9.00")]
