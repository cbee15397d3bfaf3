"""The rulebooks as data, and what the vendors charge."""

from datetime import UTC, date, datetime

import pytest

from billingcore.cycles import ANNUAL, Period
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.plans import Plan
from billingcore.profiles import GOTO_RESCUE
from billingcore.proration import Change, Coverage, Happening, Sale, Settlement, prorate_change
from billingcore.sourced import Confidence
from billingcore.vendors import RULEBOOKS, compare, rulebook, rulebooks_of
from samples import (
    APRIL,
    FROM_10_JANUARY,
    LARGE,
    MID_APRIL,
    SMALL,
    SPAN,
    UPGRADE,
    UPGRADE_AT,
    billed,
    flat,
    money,
    seats,
)

SECONDS = ("16.21", "27.02", "10.81", "2026-02-10")
DAYS = ("16.45", "27.42", "10.97", "2026-02-10")


TABLE = {
    # 30.00 × 16.75/31 and 50.00 × 16.75/31: exact time
    **dict.fromkeys(
        (
            "stripe_classic",
            "stripe",
            "polar",
            "recurly",
            "recurly_rebill",
            "maxio_keep_period",
            "maxio_components",
            "paddle",
        ),
        SECONDS,
    ),
    # × 17/31: the day of the change to the new plan
    **dict.fromkeys(
        ("chargebee", "zoho", "lago", "killbill", "microsoft_csp", "zuora_actual_days", "nadles", "paddle_classic"),
        DAYS,
    ),
    "braintree": ("0.00", "10.32", "10.32", "2026-02-10"),  # 20.00 × 16/31
    "zuora_30_days": ("17.00", "28.33", "11.33", "2026-02-10"),  # × 17/30
    "shopify": ("0.00", "11.33", "11.33", "2026-02-10"),  # 20.00 × 17/30
    "samsung_prorated_charge": ("16.00", "26.67", "10.67", "2026-02-10"),  # × 16/30
    "unibee": ("0.00", "10.40", "10.40", "2026-02-10"),  # 20.00 / 31 = 0.645 → 0.65, × 16
    "maxio_migration": ("16.21", "50.00", "33.79", "2026-02-24"),
    "goto": ("16.45", "50.00", "33.55", "2026-02-24"),
    "samsung_prorated_date": ("16.00 as time", "0.00", "0.00", "2026-02-03"),  # 16.00 / (50.00 / 30) = 9.6 → 10 days
    "google_charge_full_price": ("16.45 as time", "50.00", "50.00", "2026-03-06"),  # 16.4516 / (50.00 / 31) = 10.2 days
    "google_without_proration": ("0.00", "0.00", "0.00", "2026-02-10"),
    "google_deferred": ("0.00", "0.00", "0.00", "2026-02-10"),
    "none": ("0.00", "0.00", "0.00", "2026-02-10"),
    # all of it back, all of it charged
    "recurly_full": ("30.00", "50.00", "20.00", "2026-02-10"),
    "dodo": ("0.00", "20.00", "20.00", "2026-02-10"),
    # the whole month is not over: nothing of it is used
    "fastspring": ("30.00", "50.00", "20.00", "2026-02-10"),
    "paddle_months": ("30.00", "50.00", "20.00", "2026-02-10"),
    "apple": ("16.21", "50.00", "33.79", "2026-02-24"),
    "google_time_proration": ("16.45 as time", "0.00", "0.00", "2026-02-03"),  # 16.4516 / (50.00 / 31) = 10.2 days
    "rounded_daily_rate": ("16.49", "27.37", "10.88", "2026-02-10"),  # 0.97 × 17, 1.61 × 17
    "salesforce": ("16.45", "27.42", "10.97", "2026-02-10"),  # × 0.5484
    "killbill_fixed_30": ("16.00", "26.67", "10.67", "2026-02-10"),  # × 16/30: a month's end is crossed
    "zuora_strict_30_360": ("16.00", "26.67", "10.67", "2026-02-10"),  # from the 24th to the 10th: 16 of 30
    "samsung_no_proration": ("0.00", "0.00", "0.00", "2026-02-10"),
    "samsung_deferred": ("0.00", "0.00", "0.00", "2026-02-10"),
}


@pytest.mark.parametrize("name", TABLE)
def test_one_upgrade_costs_by_family_what_the_vendors_charge(name):
    compared = compare(UPGRADE_AT, rulebooks_of(name), [billed(SMALL, span=SPAN)], zone=UTC)
    cells = compared.rows[0].cells()
    assert (*cells[:4], cells[5]) == (name, *TABLE[name])


# The names, and what a rulebook says of itself


def test_the_default_of_the_reference_profile_is_the_rulebook_of_goto():
    assert GOTO_RESCUE.rules is rulebook("goto")


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("stripe_flexible", "stripe"), ("goto_meeting", "goto"), ("goto_rescue", "goto"), ("recurly_only_changed", "recurly"),
        ("chargify", "maxio_migration"), ("chargebee_day", "chargebee"), ("app_store", "apple"),
    ],
)  # fmt: skip
def test_a_rulebook_has_other_names(alias, name):
    assert rulebook(alias) is RULEBOOKS[name]
    assert alias not in RULEBOOKS


def test_the_vendors_that_are_looked_for_are_there():
    for vendor in (
        "stripe", "chargebee", "recurly", "zuora", "maxio", "paddle", "apple", "google", "shopify", "samsung", "microsoft",
        "killbill", "lago", "polar", "zoho", "braintree", "unibee", "salesforce", "goto",
    ):  # fmt: skip
        assert any(name.startswith(vendor) for name in RULEBOOKS), vendor
    assert list(rulebooks_of()) == list(RULEBOOKS)
    assert rulebooks_of("stripe_flexible", "polar") == {
        "stripe_flexible": RULEBOOKS["stripe"], "polar": RULEBOOKS["polar"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "google_",
            ", ".join(
                f"google_{mode}"
                for mode in ("charge_full_price", "charge_prorated_price", "deferred", "time_proration", "without_proration")
            ),
        ),
        ("strpe", "stripe"),
        ("zuora", "zuora_30_days, zuora_actual_days, zuora_strict_30_360"),
        ("app", "app_store, apple"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_told_the_near_ones(name, told):
    with pytest.raises(InvalidValueError) as caught:
        rulebook(name)
    assert str(caught.value) == f"name {name!r}: give one of {told}"


@pytest.mark.parametrize("name", ["qqq", ""])
def test_a_name_that_is_near_nothing_is_told_all_of_them(name):
    with pytest.raises(InvalidValueError) as caught:
        rulebook(name)
    assert str(caught.value) == f"name {name!r}: give one of {', '.join(RULEBOOKS)}"


def test_a_name_is_a_text():
    for call in (rulebook, rulebooks_of):
        with pytest.raises(InvalidTypeError, match="name"):
            call(None)
    with pytest.raises(TypeError):
        RULEBOOKS["ours"] = RULEBOOKS["polar"]


@pytest.mark.parametrize("name", RULEBOOKS)
def test_every_rule_says_where_it_was_read_and_what_it_covers(name):
    book = RULEBOOKS[name]
    text = book.explain()
    assert text.startswith(f"{book.name}\n  ")
    for happening, rule in book.rules():
        assert rule.source
        assert date(2026, 11, 1) <= rule.read_on <= date(2026, 12, 31)
        assert isinstance(rule.confidence, Confidence)
        assert happening.words in text
        assert rule.explain() in text
        if rule.coverage is Coverage.NOT_DOCUMENTED:
            assert rule.confidence is Confidence.LOW
    covered = {rule.coverage for _, rule in book.rules()}
    assert covered & {Coverage.DOCUMENTED, Coverage.INFERRED}


def test_a_low_confidence_has_its_reason():
    for book in RULEBOOKS.values():
        for _, rule in book.rules():
            documented = rule.coverage is not Coverage.NOT_DOCUMENTED
            assert not documented or rule.confidence is not Confidence.LOW or rule.remark


def test_what_is_not_documented_is_said():
    """Braintree's examples are of plans; what it does with quantities is not published."""
    seat = seats("10.00")
    change = Change.to(MID_APRIL, seat, 3)
    text = prorate_change(rulebook("braintree"), change, [billed(seat, APRIL)]).explain()
    assert text.endswith(f"\n  this rule is {rulebook('braintree').more.explain()}")
    assert "\n  this rule is not documented: a merchant's help centre, two examples that agree, read on" in text
    assert "this rule" not in prorate_change(rulebook("braintree"), UPGRADE, [billed(SMALL)]).explain()
    assert "this rule is inferred: " in prorate_change(rulebook("goto"), UPGRADE, [billed(SMALL)]).explain()
    own = prorate_change(rulebook("braintree").upgrade.policy, change, [billed(seat, APRIL)])
    assert "this rule" not in own.explain()


def test_a_zone_that_a_policy_names_is_kept():
    own = rulebook("chargebee").upgrade.policy.in_zone(UTC)
    row = compare(UPGRADE_AT, {"own": own}, [billed(SMALL, span=SPAN)], zone=SPAN.start_at.tzinfo).rows[0]
    assert row.result.policy is own


# Google, Apple, FastSpring


TO_YEARLY = Change.to(MID_APRIL, flat("36.00", cadence=ANNUAL))
TWO_A_MONTH = [billed(flat("2.00"), APRIL)]


def test_google_turns_a_yearly_price_into_a_month_of_the_running_period():
    """2.00 a month from 1 April, on the 16th 36.00 a year: 3.00 a month, half of each."""
    result = prorate_change(rulebook("google_charge_prorated_price"), TO_YEARLY, TWO_A_MONTH)
    assert (result.credit, result.charge, result.net) == (money("1.00"), money("1.50"), money("0.50"))
    assert result.next_bill_on == date(2026, 5, 1)


def test_google_lengthens_a_full_price_by_what_is_left():
    full = prorate_change(rulebook("google_charge_full_price"), TO_YEARLY, TWO_A_MONTH)
    assert (full.net, full.next_bill_on) == (money("36.00"), date(2027, 4, 26))  # 1.00 / (36.00 / 365) = 10.1 days


def test_google_with_time_proration_buys_days_of_the_new_plan():
    """1.00 is left; a day of 36.00 a year costs 36/365: 365/36 = 10.14 days, from 16 April to 26 April."""
    result = prorate_change(rulebook("google_time_proration"), TO_YEARLY, TWO_A_MONTH)
    assert (result.credit, result.converted, result.charge, result.net) == tuple(
        map(money, ("1.00", "1.00", "0.00", "0.00"))
    )
    assert (result.next_bill_on, result.next_price) == (date(2026, 4, 26), money("36.00"))
    assert "next bill on 2026-04-26: the credit buys the time until then (sale)" in result.explain()


def test_google_defers_and_leaves_the_price_alone_where_it_is_told_to():
    waits = prorate_change(rulebook("google_deferred"), TO_YEARLY, TWO_A_MONTH)
    assert (waits.is_waiting, waits.next_bill_on) == (True, date(2026, 5, 1))
    keeps = prorate_change(rulebook("google_without_proration"), TO_YEARLY, TWO_A_MONTH)
    assert (keeps.moves_nothing, keeps.next_bill_on) == (True, date(2026, 5, 1))


def test_fastspring_charges_and_refunds_apart():
    """Six of twelve months are left: 100.00 × 6/12 is charged, 50.00 × 6/12 comes back, each for itself."""
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    old, new = flat("50.00", "Old", ANNUAL), flat("100.00", "New", ANNUAL)
    result = prorate_change(rulebook("fastspring"), Change.to(date(2026, 7, 1), new), [billed(old, year)])
    assert (result.charge, result.due_now, result.refund) == (money("50.00"), money("50.00"), money("25.00"))
    assert (result.carried, result.applied, result.leftover) == (money("0.00"), money("0.00"), money("25.00"))
    assert "50.00 EUR is charged and 25.00 EUR paid out, each on a document of its own (settlement)" in result.explain()


def test_apple_sells_a_new_period_in_full_and_refunds_the_unused_part_apart():
    result = prorate_change(rulebook("apple"), Change.to(MID_APRIL, LARGE), [billed(SMALL, APRIL)])
    assert (result.due_now, result.refund, result.next_bill_on) == (money("50.00"), money("15.00"), date(2026, 5, 16))
    assert result.rule.coverage is Coverage.DOCUMENTED
    for slower in (flat("10.00"), flat("300.00", cadence=ANNUAL)):  # a downgrade, another interval
        waits = prorate_change(rulebook("apple"), Change.to(MID_APRIL, slower), [billed(SMALL, APRIL)])
        assert (waits.is_waiting, waits.effective_at) == (True, date(2026, 5, 1))


# What happens


CANCELLED = Change.cancel(UPGRADE.at)  # 17 of 31 days are left


@pytest.mark.parametrize(
    ("name", "credit", "ends"),
    [
        *[(name, "0.00", UPGRADE.at) for name in ("stripe", "stripe_classic", "shopify")],  # at once, unless asked
        *[
            (name, "0.00", FROM_10_JANUARY.end)
            for name in RULEBOOKS
            if name == "paddle" or name.startswith(("google_", "killbill", "apple"))
        ],
        ("chargebee", "16.45", UPGRADE.at),
        ("lago", "15.48", date(2026, 1, 25)),  # its day stays paid: 16 of 31
    ],
)
def test_a_cancellation_follows_the_rule_of_the_vendor(name, credit, ends):
    result = prorate_change(rulebook(name), CANCELLED, [billed(SMALL)])
    assert (result.credit.amount, result.effective_at) == (credit, ends)
    assert result.rule is rulebook(name).cancellation
    assert result.rule.coverage is not Coverage.NOT_DOCUMENTED
    assert result.next_bill_on is None


@pytest.mark.parametrize("name", ["unibee", "lago", "apple", "killbill", "killbill_fixed_30"])
def test_a_downgrade_waits_where_the_vendor_lets_it_wait(name):
    result = prorate_change(rulebook(name), Change.to(UPGRADE.at, flat("10.00")), [billed(SMALL)])
    assert (result.is_waiting, result.net, result.next_bill_on) == (True, money("0.00"), date(2026, 2, 10))
    assert result.rule.coverage is Coverage.DOCUMENTED
    assert not prorate_change(rulebook(name), UPGRADE, [billed(SMALL)]).is_waiting


def test_recurly_bills_a_plan_in_full_and_of_quantities_the_difference():
    """Silver 50.00 to Gold 70.00 half way: 25.00 back, 35.00 charged; 5 to 7 seats: two at 5.00."""
    silver, gold = flat("50.00", "Silver"), flat("70.00", "Gold")
    plan = prorate_change(rulebook("recurly"), Change.to(MID_APRIL, gold), [billed(silver, APRIL)])
    assert (plan.credit, plan.charge) == (money("25.00"), money("35.00"))
    seat = seats("10.00")
    more = prorate_change(rulebook("recurly"), Change.to(MID_APRIL, seat, 7), [billed(seat, APRIL, 5)])
    assert (more.credit, more.charge) == (money("0.00"), money("10.00"))


def test_zuora_rounds_each_line():
    """5 to 3 seats at 30.00 on 24 January: 90.00 × 17/31 = 49.354…, 150.00 × 17/31 = 82.258…; not 49.36 for the net's sake."""
    seat = Plan("Seats", seats("30.00").price, SMALL.cadence)
    result = prorate_change(rulebook("zuora_actual_days"), Change.to(UPGRADE.at, seat, 3), [billed(seat, quantity=5)])
    assert (result.charge, result.credit, result.net) == (money("49.35"), money("82.26"), money("-32.91"))


def test_lago_credits_the_price_of_the_plan_and_no_more_than_the_fee():
    """9.99 from 2 March, cancelled on the 3rd: 9.99 × 28/31 = 9.0232…, where 9.67 × 28/30 = 9.0253… would be 9.03."""
    march = Period(date(2026, 3, 2), date(2026, 4, 1), Period(date(2026, 3, 1), date(2026, 4, 1)))
    line = billed(flat("9.99"), march)
    assert line.net == money("9.67")  # 9.99 × 30/31
    result = prorate_change(rulebook("lago"), Change.cancel(date(2026, 3, 3)), [line])
    assert result.credit == money("9.02")
    assert prorate_change(rulebook("lago"), Change.cancel(march.start), [line]).credit == money("9.35")  # 29 of 31


def test_microsoft_counts_its_window_from_the_purchase():
    """48.00 a year from 13 January 2018, a second seat on 1 December, cancelled on the 20th: 96.00 × 24/365 = 6.312…"""
    seat = seats("48.00", cadence=ANNUAL)
    bought = date(2018, 1, 13)
    rules = rulebook("microsoft_csp")
    line = billed(seat, Period(bought, date(2019, 1, 13)))
    after = prorate_change(rules, Change.to(date(2018, 12, 1), seat, 2), [line]).billed_after
    result = prorate_change(rules, Change.cancel(date(2018, 12, 20)), after, purchased_on=bought)
    assert result.credit == money("6.31")
    with pytest.raises(InvalidValueError, match="within days of the purchase; pass purchased_on"):
        prorate_change(rules, Change.cancel(date(2018, 12, 20)), after)


@pytest.mark.parametrize("name", RULEBOOKS)
@pytest.mark.parametrize("happening", Happening)
def test_every_rule_can_be_used(name, happening):
    """Nothing that a rulebook says is refused on an ordinary month, and money moves only where its sale says so."""
    seat = seats("10.00", "Seats")
    change = {
        Happening.UPGRADE: Change.to(MID_APRIL, LARGE), Happening.DOWNGRADE: Change.to(MID_APRIL, flat("10.00")),
        Happening.MORE: Change.to(MID_APRIL, seat, 4), Happening.FEWER: Change.to(MID_APRIL, seat, 2),
        Happening.LONGER_INTERVAL: Change.to(MID_APRIL, flat("300.00", cadence=ANNUAL)),
        Happening.SHORTER_INTERVAL: Change.to(MID_APRIL, LARGE), Happening.ADD_ON: Change.add(MID_APRIL, LARGE),
        Happening.REMOVAL: Change.remove(MID_APRIL), Happening.CANCELLATION: Change.cancel(MID_APRIL),
    }[happening]  # fmt: skip
    old = billed(seat, APRIL, 3) if happening in {Happening.MORE, Happening.FEWER} else billed(SMALL, APRIL)
    if happening is Happening.SHORTER_INTERVAL:
        old = billed(flat("300.00", cadence=ANNUAL), Period(APRIL.start, date(2027, 4, 1)))
    result = prorate_change(rulebook(name), change, [old], purchased_on=APRIL.start)
    assert result.rule is dict(rulebook(name).rules())[happening]
    if result.policy.sale in {Sale.AT_PERIOD_END, Sale.NOTHING}:
        assert not result.net
    if result.policy.settlement is Settlement.APART:
        assert result.refund == result.credit


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
        ("goto", date(2024, 1, 16), False, ("15.48", "60.00", "44.52")),
    ],
)
def test_one_scenario_comes_to_the_figures_of_each_engine(name, at, cancels, expected):
    line = billed(SMALL, Period(date(2024, 1, 1), date(2024, 2, 1)))
    change = Change.cancel(at) if cancels else Change.to(at, flat("60.00"))
    result = prorate_change(rulebook(name).upgrade.policy.in_zone(UTC), change, [line])
    assert (result.credit.amount, result.charge.amount, result.net.amount) == expected
    assert result.next_bill_on == (None if cancels else date(2024, 2, 16) if name == "goto" else date(2024, 2, 1))
