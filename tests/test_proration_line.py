"""A line of proration is its terms: rounded where the policy says so, and every number in its words is the one that is used."""

from datetime import UTC, date, datetime
from fractions import Fraction

import attrs
import pytest

from billingcore.cycles import Period
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.proration import (
    Balance,
    Change,
    Clock,
    CreditOf,
    Early,
    Measure,
    ProrationLine,
    ProrationPolicy,
    RoundStep,
    Sale,
    Side,
    Stage,
    fold_changes,
    prorate_change,
)
from billingcore.vendors import RULEBOOKS
from samples import (
    APRIL,
    DAY_KEEP,
    DIFFERENCE,
    FROM_10_JANUARY,
    HALF_UP,
    KEEP,
    LARGE,
    MID_APRIL,
    POLICIES,
    SMALL,
    TWENTIETH,
    TWENTY_FOURTH,
    UNTAXED,
    UPGRADE,
    XL,
    billed,
    flat,
    money,
    policy,
    running_after,
    seats,
)

LINE = ProrationLine(Side.CREDIT, SMALL, 1, money("30.00"), 17, 31, UNTAXED, HALF_UP, "days", "sale")
NET = policy("zuora_actual_days", stage=Stage.NET)
NET_30 = policy("zuora_30_days", stage=Stage.NET)


def figures(result):
    return [(line.side.value, line.amount.amount) for line in result.lines]


def sums(rule, change, *lines):
    return [line.explain() for line in prorate_change(rule, change, lines).lines]


def test_a_rate_is_rounded_in_major_units():
    rule = policy("rounded_daily_rate")
    assert prorate_change(rule, Change.cancel(date(2026, 1, 24)), [billed(SMALL)]).credit == money("16.49")  # 0.97 × 17
    dinars = billed(flat("30.000", currency="KWD"))
    assert prorate_change(rule, Change.cancel(date(2026, 1, 24)), [dinars]).credit == money("16.490", "KWD")
    line = prorate_change(rule, UPGRADE, [billed(SMALL)]).lines[0]
    assert "the rate rounded first to 2 decimals half up" in line.explain()


def test_paddle_multiplies_the_rounded_fraction_also_of_a_part():
    rule = POLICIES["paddle"]
    first = prorate_change(rule, Change.to(date(2026, 1, 24), LARGE), [billed(SMALL)])
    (running,) = running_after(first)
    second = prorate_change(rule, Change.cancel(date(2026, 2, 1)), [running])
    assert second.credit == money("14.52")  # 27.42 × 0.29032 / 0.54839


def test_units_are_rounded_before_they_are_multiplied():
    rule = policy("recurly_rebill", stage=Stage.UNIT)
    result = prorate_change(rule, Change.to(date(2026, 1, 24), seats("1.01"), 7), [billed(seats("0.99"), quantity=5)])
    assert (result.credit, result.charge) == (money("2.70"), money("3.85"))  # 0.54 × 5, 0.55 × 7
    assert "for each of 5" in result.explain()
    price = prorate_change(
        POLICIES["recurly_only_changed"],
        Change.to(date(2026, 1, 24), seats("1.99"), 5),
        [billed(seats("0.99"), quantity=5)],
    )
    assert price.charge == money("2.75")  # 1.00 × 17/31 → 0.55, × 5
    both = prorate_change(
        POLICIES["recurly_only_changed"],
        Change.to(date(2026, 1, 24), seats("1.99"), 6),
        [billed(seats("0.99"), quantity=5)],
    )
    assert both.charge == money("3.83")  # (11.94 - 4.95) × 17/31
    gone = prorate_change(
        POLICIES["recurly_only_changed"], Change.cancel(date(2026, 1, 24)), [billed(seats("0.99"), quantity=5)]
    )
    assert gone.credit == money("2.70")
    added = prorate_change(
        POLICIES["recurly_only_changed"],
        Change.add(date(2026, 1, 24), seats("0.99"), 5, ruling=UNTAXED),
        running=FROM_10_JANUARY,
    )
    assert added.charge == money("2.70")


def test_a_net_is_rounded_once():
    rule = NET
    quarter = Change.to(date(2026, 4, 23), flat("0.05"))  # 8 of 30 days
    result = prorate_change(rule, quarter, [billed(flat("0.03"), APRIL)])
    assert (result.credit, result.charge, result.net) == (money("0.01"), money("0.02"), money("0.01"))  # 0.0053 → 0.01
    assert "adjusted by 0.01" in result.explain()
    capped = prorate_change(rule, quarter, [billed(flat("30.00"), APRIL, given=money("29.99"))])
    assert capped.credit == money("0.01")


def test_used_and_unused_rounded_apart_may_lose_a_cent():
    line = billed(flat("0.01"), APRIL)
    together = prorate_change(KEEP, Change.to(MID_APRIL, flat("0.01")), [line])
    apart = prorate_change(policy("chargebee", balance=Balance.INDEPENDENT), Change.to(MID_APRIL, flat("0.01")), [line])
    assert (together.credit, together.used) == (money("0.01"), money("0.00"))
    assert (apart.credit, apart.used) == (money("0.01"), money("0.01"))


def test_a_reversal_with_a_complement_takes_the_credit_as_it_is():
    rule = policy("microsoft_csp", balance=Balance.COMPLEMENT)
    result = prorate_change(rule, Change.to(MID_APRIL, flat("0.01")), [billed(flat("0.01"), APRIL)])
    assert [line.net for line in result.lines] == [money("-0.01"), money("0.00"), money("0.01")]
    assert prorate_change(
        POLICIES["microsoft_csp"], Change.to(MID_APRIL, flat("0.01")), [billed(flat("0.01"), APRIL)]
    ).credit == money("0.00")


def test_a_line_explains_its_sum():
    assert LINE.explain() == "credit for Small × 1: 30.00 EUR × 17/31 days = 16.45161… → 16.45 half up (sale)"
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
        ("base", money("-1.00"), InvalidValueError), ("at_most", money("1.00", "USD"), CurrencyMismatchError),
        ("adjustment", 1, InvalidTypeError), ("early", 5, InvalidTypeError), ("ruling", None, InvalidTypeError),
        ("counted", "a\nb", InvalidValueError), ("quantity", 0, InvalidValueError), ("num", 10**30, OutOfRangeError),
        ("base_tax", money("1.00"), InvalidValueError), ("plan", None, InvalidTypeError), ("den", 1.5, InvalidTypeError),
        ("units", 1.5, InvalidTypeError), ("base", 30, InvalidTypeError), ("decided_by", "", InvalidValueError),
        ("counted", 1, InvalidTypeError), ("counted", " ", InvalidValueError), ("rounding", "half up", InvalidTypeError),
    ],
)  # fmt: skip
def test_a_line_is_checked(field, value, error):
    with pytest.raises(error):
        attrs.evolve(LINE, **{field: value})


def test_a_fraction_that_is_rounded_first_is_taken_back_out_of_a_part():
    rule = policy("difference_remaining", early=RoundStep(2, HALF_UP))
    steps = [Change.to(TWENTIETH, LARGE), Change.to(TWENTIETH, XL)]
    # 21/31 = 0.68: 20.00 × 0.68 = 13.60, then 10.00 × 0.68 = 6.80; at once 30.00 × 0.68
    assert fold_changes(rule, [billed(SMALL)], steps).net == money("20.40")
    assert prorate_change(rule, steps[1], [billed(SMALL)]).net == money("20.40")


def stub(start, amount):
    """Give the last days of a period, as they were billed."""
    period = Period(start, FROM_10_JANUARY.end, FROM_10_JANUARY)
    return attrs.evolve(billed(SMALL, period), charge=money(amount))


@pytest.mark.parametrize(
    ("digits", "start", "amount", "cancelled_on", "credit"),
    [
        (2, date(2026, 1, 31), "9.60", date(2026, 2, 5), "4.80"),  # 5/31 → 0.16 of 10/31 → 0.32
        (1, date(2026, 2, 9), "0.97", date(2026, 2, 9), "0.00"),  # 1/31 → 0.0 of 1/31 → 0.0
    ],
)
def test_the_share_of_a_part_is_rounded_on_both_sides(digits, start, amount, cancelled_on, credit):
    rule = policy("chargebee", early=RoundStep(digits, HALF_UP))
    assert prorate_change(rule, Change.cancel(cancelled_on), (stub(start, amount),)).credit == money(credit)


def test_a_part_that_was_billed_without_a_discount_has_none():
    current = policy("chargebee", credit_of=CreditOf.PRICE_NOW)
    result = prorate_change(current, Change.cancel(date(2026, 2, 8)), (stub(date(2026, 2, 7), "2.90"),))
    # 30.00 × 2/31 = 1.9354 → 1.94; 2.90 × 31/3 = 29.97, and 3 cents less of the price would give 1.93
    assert figures(result) == [("credit", "1.94")]


def test_a_flat_price_has_one_unit_whatever_the_quantity():
    units = attrs.evolve(DIFFERENCE, stage=Stage.UNIT)
    result = prorate_change(units, Change.to(TWENTY_FOURTH, SMALL, 3), (billed(SMALL, discount=money("10.00")),))
    assert [(line.units, line.amount.amount) for line in result.lines] == [(1, "5.48")]  # 10.00 × 17/31 = 5.4838


def test_no_more_is_billed_again_than_was_left():
    reversal = policy("microsoft_csp", balance=Balance.INDEPENDENT)
    result = prorate_change(
        reversal, Change.cancel(TWENTY_FOURTH), (billed(SMALL, given=money("25.00")),), purchased_on=date(2025, 1, 10)
    )
    # 30.00 × 14/31 = 13.55 was used, 5.00 is left
    assert figures(result) == [("reversal", "5.00"), ("rebill", "5.00")]
    assert result.credit == money("0.00")


def test_one_line_is_its_own_net():
    early = policy("chargebee", early=RoundStep(2, HALF_UP), stage=Stage.NET)
    assert figures(prorate_change(early, Change.cancel(TWENTY_FOURTH), (billed(SMALL),))) == [
        ("credit", "16.50"),  # 17/31 = 0.548 → 0.55
    ]


def test_the_cent_of_a_net_goes_to_the_last_line_that_has_room():
    rule = attrs.evolve(DAY_KEEP, stage=Stage.NET)
    lines = (billed(SMALL, given=money("29.00")), billed(SMALL), billed(SMALL))
    result = prorate_change(rule, Change.cancel(date(2026, 2, 3)), lines)
    # 30.00 × 7/31 = 6.774 twice, and 1.00 that is left: 14.548 → 14.55, not 6.77 + 6.77 + 1.00 = 14.54
    assert figures(result) == [("credit", "6.77"), ("credit", "6.78"), ("credit", "1.00")]


@pytest.mark.parametrize("name", ["zuora_30_days", "zuora_actual_days", "zuora_strict_30_360"])
def test_zuora_rounds_each_line(name):
    """5 → 3 seats at 30.00 on the 24th: 17 of 31 days, and 49.36 as the net of exact lines."""
    line = billed(seats("30.00"), quantity=5)
    result = prorate_change(RULEBOOKS[name], Change.to(TWENTY_FOURTH, seats("30.00"), 3), [line])
    expected = {
        "zuora_actual_days": ("82.26", "49.35", "-32.91"),  # 150.00 × 17/31 = 82.258; 90.00 × 17/31 = 49.3548
        "zuora_30_days": ("85.00", "51.00", "-34.00"),  # × 17/30
        "zuora_strict_30_360": ("80.00", "48.00", "-32.00"),  # × 16/30
    }[name]
    assert (result.credit, result.charge, result.net) == tuple(money(each) for each in expected)
    assert "adjusted" not in result.explain()


@pytest.mark.parametrize("capped", [0, 1, 2])
def test_a_rounded_net_goes_to_a_line_that_has_room(capped):
    lines = [billed(flat("10.00", f"Plan {at}")) for at in range(3)]
    lines[capped] = lines[capped].with_credit_given(money("4.52"))  # 5.48 is left
    result = prorate_change(NET, Change.cancel(date(2026, 1, 24)), lines)
    assert result.credit == money("16.45")  # 10.00 × 17/31 = 5.4839 twice, and 5.48: 16.4477
    assert [line.rounded.amount for line in result.lines] == ["5.48"] * 3


@pytest.mark.parametrize(
    ("prices", "credit"),
    [
        (("10.00",), "5.48"),  # 10.00 × 17/31 = 5.4839
        (("10.00", "10.00", "10.00"), "16.45"),  # 30.00 × 17/31 = 16.4516, not 3 × 5.48
        (("0.01", "0.01", "0.01"), "0.02"),  # 0.03 × 17/31 = 0.0165, not 3 × 0.01
        (("10.00", "25.00"), "19.19"),  # 35.00 × 17/31 = 19.1935
    ],
)
def test_the_net_of_a_cancellation_is_rounded_once(prices, credit):
    lines = [billed(flat(price, f"Plan {at}")) for at, price in enumerate(prices)]
    result = prorate_change(NET, Change.cancel(TWENTY_FOURTH), lines)
    assert result.credit == money(credit)
    assert sum(line.net.amount_minor for line in result.lines) == -result.credit_minor
    assert sum(line.credit_given.amount_minor for line in result.billed_after) == result.credit_minor


def test_a_fraction_that_is_rounded_first_is_shown():
    # 24120 / 44640 = 0.540322…: 0.54032 of 10000.00
    to = Change.to(datetime(2026, 1, 24, 6, tzinfo=UTC), flat("20000.00", "Huge"))
    found = sums(POLICIES["paddle"].in_zone(UTC), to, billed(flat("10000.00", "Big")))
    assert found[0] == (
        "credit for Big × 1: 10000.00 EUR × 24120/44640 minutes (16 d 18 h of 31 d), the fraction rounded first to 5 decimals half up: "
        "0.54032 = 5403.20 (sale)"
    )


@pytest.mark.parametrize(
    ("currency", "price", "told"),
    [
        # 10000.00 / 31 = 322.5806… a day, × 17 = 5483.86; 20.005 / 31 = 0.6453…; 2005 / 31 = 64.677…
        ("EUR", "10000.00", "10000.00 EUR × 17/31 days, the rate rounded first to 2 decimals half up: 322.58 × 17 = 5483.86"),
        ("KWD", "20.005", "20.005 KWD × 17/31 days, the rate rounded first to 2 decimals half up: 0.65 × 17 = 11.050"),
        (
            "JPY", "2005",
            "2005 JPY × 17/31 days, the rate rounded first to 2 decimals half up: 64.68 × 17 = 1099.56 → 1100 half up",
        ),
    ],
)  # fmt: skip
def test_a_daily_rate_that_is_rounded_first_is_shown(currency, price, told):
    old, new = flat(price, "Old", currency=currency), flat(price, "New", currency=currency)
    found = sums(POLICIES["rounded_daily_rate"], Change.to(TWENTY_FOURTH, new), billed(old))
    assert found == [f"credit for Old × 1: {told} (sale)", f"charge for New × 1: {told} (sale)"]


def test_units_that_are_rounded_apart_are_shown_apart():
    rule = attrs.evolve(DAY_KEEP, stage=Stage.UNIT)
    found = sums(rule, Change.to(TWENTY_FOURTH, seats("9.99"), 4), billed(seats("7.77"), quantity=4))
    assert found == [  # 7.77 × 17/31 = 4.2609…, and 9.99 × 17/31 = 5.4783…
        "credit for Seats × 4: 31.08 EUR, 7.77 for each of 4 × 17/31 days = 4.26096… → 4.26 half up, × 4 = 17.04 (sale)",
        "charge for Seats × 4: 39.96 EUR, 9.99 for each of 4 × 17/31 days = 5.47838… → 5.48 half up, × 4 = 21.92 (sale)",
    ]


def test_a_discount_beside_a_difference_counts_money_not_days():
    rule = ProrationPolicy(Sale.DIFFERENCE_FULL, Measure(Clock.DAY), CreditOf.GROSS)
    line = billed(seats("10.00"), quantity=5, discount=money("10.00"))
    found = sums(rule, Change.to(TWENTY_FOURTH, seats("10.00"), 3), line)
    assert found[1] == (  # 20.00 of 50.00 go back, and so do 2/5 of the discount
        "discount taken back on Seats × 5: 10.00 EUR × 2000/5000 minor units of the price that go back = 4.00 (credit_of)"
    )


def test_a_net_that_is_rounded_once_says_so():
    # 10000.00 × 17/30 = 5666.666… on either side of 20000.00 × 17/30 = 11333.333…: net 5666.67, not 5666.66
    found = sums(NET_30, Change.to(TWENTY_FOURTH, flat("20000.00", "B")), billed(flat("10000.00", "A")))
    assert found[1] == (
        "charge for B × 1: 20000.00 EUR × 17/30 days = 11333.33333… → 11333.33 half up, adjusted by 0.01 so that the "
        "lines come to the rounded net = 11333.34 (sale, stage)"
    )


def test_a_limit_is_told_after_the_rounding_that_it_limits():
    found = sums(POLICIES["polar"], Change.to(TWENTY_FOURTH, LARGE), billed(SMALL, given=money("20.00")))
    assert found[0] == (
        "credit for Small × 1: 30.00 EUR × 17/31 days = 16.45161… → 16.45 half up, no more than the 10.00 that is left of "
        "what was billed (sale)"
    )


@pytest.mark.parametrize(
    ("clock", "at", "counted"),
    [
        (Clock.SECOND, datetime(2026, 1, 24, 6, tzinfo=UTC), "1447200/2678400 seconds (16 d 18 h of 31 d)"),
        (Clock.SECOND, datetime(2026, 1, 24, tzinfo=UTC), "1468800/2678400 seconds (17 d of 31 d)"),
        (
            Clock.SECOND,
            datetime(2026, 1, 24, 6, 0, 1, tzinfo=UTC),
            "1447199/2678400 seconds (16 d 17 h and more of 31 d)",
        ),
        (Clock.MINUTE, datetime(2026, 2, 9, 23, 59, tzinfo=UTC), "1/44640 minutes (0 d and more of 31 d)"),
        (Clock.DAY, datetime(2026, 1, 24, 6, tzinfo=UTC), "17/31 days"),
    ],
)
def test_seconds_read_as_days_and_hours_too(clock, at, counted):
    (line,) = prorate_change(ProrationPolicy.keep_dates(clock, UTC), Change.cancel(at), [billed(SMALL)]).lines
    assert f"30.00 EUR × {counted} = " in line.explain()


def test_days_are_named_where_midnights_are_meant():
    (line,) = prorate_change(POLICIES["polar"], Change.cancel(TWENTY_FOURTH), [billed(SMALL)]).lines
    assert line.sum_in_words == "30.00 EUR × 17/31 days = 16.45161… → 16.45 half up"


def test_a_share_of_a_long_stub_names_its_full_periods():
    """Of many the whole ones are a number."""

    def month(at):
        return Period(date(2026, at, 1), date(2026, at + 1, 1))

    two = Period(date(2026, 1, 10), date(2026, 3, 1), month(1), joined=month(2))
    (line,) = prorate_change(KEEP, Change.cancel(date(2026, 1, 20)), [billed(SMALL, two)]).lines
    assert "of full periods (12/31 + 28/28 left of 22/31 + 28/28)" in line.sum_in_words
    many = Period(date(2026, 1, 10), date(2026, 6, 1), month(1), joined=(month(2), month(3), month(4), month(5)))
    (line,) = prorate_change(KEEP, Change.cancel(date(2026, 1, 20)), [billed(SMALL, many)]).lines
    assert "of full periods (12/31 + 4 whole ones left of 22/31 + 4 whole ones)" in line.sum_in_words


@pytest.mark.parametrize(
    ("early", "credit"),
    [
        (RoundStep(2, HALF_UP), "16.50"),  # 17/31 → 0.55, × 30.00
        (RoundStep(2, HALF_UP, Early.RATE), "16.49"),  # 30.00 / 31 → 0.97, × 17
        (None, "16.45"),
    ],
)
def test_a_net_is_that_of_the_lines_with_their_early_rounding(early, credit):
    """A net of the exact shares undid the rounding of the fraction or the rate."""
    rule = policy("chargebee", early=early, stage=Stage.NET)
    result = prorate_change(rule, UPGRADE, [billed(SMALL)])
    assert result.credit == money(credit)
    assert sum(line.signed_minor for line in result.lines) == result.net_minor
    assert "adjusted" not in result.explain()


def test_a_line_beyond_the_largest_amount_is_refused():
    with pytest.raises(OutOfRangeError):
        attrs.evolve(LINE, num=10**20, den=1)


def test_what_newer_lines_gave_back_is_told():
    assert attrs.evolve(LINE, adjustment=money("-1.00")).sum_in_words == (
        "30.00 EUR × 17/31 days = 16.45161… → 16.45 half up, adjusted by -1.00 = 15.45"
    )


def test_a_net_of_less_than_a_minor_unit_keeps_its_sign():
    """Half of 0.02 goes back, half of 0.01 is charged: the net is -0.005, half up -0.01."""
    rule = attrs.evolve(DAY_KEEP, stage=Stage.NET)
    found = prorate_change(rule, Change.to(MID_APRIL, flat("0.01", "Tiny")), [billed(flat("0.02"), APRIL)])
    assert found.net == money("-0.01")
