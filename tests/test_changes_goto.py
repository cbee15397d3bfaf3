"""Quotes under the reference vendor's policy: the published figures, the laws of a change, and what is refused."""

import itertools
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from billingcore.changes import Cart, Quote, Refused, RefusedReason, alter, quote_change, quote_renewal, quote_start
from billingcore.cycles import ANNUAL, Cadence, Unit
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.lines import ChargeLine, CreditLine
from billingcore.money import Money, Rounding
from billingcore.plans import PerSeatPrice, Plan
from billingcore.profiles import GOTO_RESCUE
from billingcore.proration import ProrationPolicy
from billingcore.subscriptions import Item
from samples import (
    AMERICAN,
    ESTONIAN,
    FRENCH,
    GERMAN,
    MAIN,
    MARI,
    MONTHLY_30,
    MONTHLY_60,
    SWISS,
    bought,
    changed,
    downgrade,
    ended,
    flat,
    in_currency,
    money,
    renewed,
    upgrade,
    with_credit,
)

POLICY = GOTO_RESCUE.rules
YEN = in_currency(SWISS, "JPY")


def started_at(price, start_on=date(2026, 1, 31), account=SWISS, **more):
    return bought(account, flat(price, **more), 1, start_on)


def changed_to(subscription, price, change_on, account=SWISS, name="Next", **more):
    """Another plan: the one that runs, asked for again, is refused."""
    return changed(account, subscription, flat(price, name, **more), 1, change_on, POLICY)


def signed(quote):
    """What a document moves: due is positive, a credit note negative; without one, nothing moves."""
    if not quote.documents:
        return Money.zero(quote.currency)
    return -quote.document.total if isinstance(quote.document, CreditNote) else quote.document.total


# The figures


def test_the_french_upgrade_comes_to_the_published_figures():
    """30.00 from 31 January, upgraded on 15 February: 13 of 28 days, 13.93; 46.07; 55.28 with 20 %."""
    _, quote = upgrade()
    bill = quote.document
    charge, credit = bill.lines
    assert (type(charge), charge.net) == (ChargeLine, money("60.00"))
    assert (type(credit), credit.credit) == (CreditLine, money("13.93"))
    assert (credit.line.fraction, credit.line.base + credit.net) == (Fraction(13, 28), money("16.07"))
    assert (bill.subtotal, bill.tax, bill.total, quote.due_now) == tuple(
        map(money, ("46.07", "9.21", "55.28", "55.28"))
    )
    assert quote.next_bill_on == date(2026, 3, 15)  # a new cycle from the change day
    assert quote.subscription.billed[0].remaining == money("16.07")
    assert "  payable 55.28 EUR\n  next bill on 2026-03-15\n  this rule is inferred: " in quote.explain()


def test_the_estonian_upgrade_keeps_the_rate_of_what_it_credits():
    """1200.00 at 22 %, 184 of 365 days unused: 604.93 with 133.08; 2400.00 at 24 %: 576.00. Net tax 442.92."""
    first = bought(ESTONIAN, flat("1200.00", cadence=ANNUAL), 1, date(2025, 1, 1))
    quote = changed(ESTONIAN, first.subscription, flat("2400.00", cadence=ANNUAL), 1, date(2025, 7, 1), POLICY)
    by_rate = {group.ruling.rate: (group.net, group.tax) for group in quote.document.taxes}
    assert by_rate == {
        Fraction(22, 100): (money("-604.93"), money("-133.08")),
        Fraction(24, 100): (money("2400.00"), money("576.00")),
    }
    assert (quote.document.tax, quote.document.subtotal, quote.due_now) == tuple(
        map(money, ("442.92", "1795.07", "2237.99"))
    )
    assert money("1795.07").share(24, 100, Rounding.HALF_UP) == money(
        "430.82"
    )  # what netting first would charge: too little


def test_reverse_charge_is_kept_through_a_change():
    first = bought(GERMAN, MONTHLY_30, 1, date(2026, 3, 10))
    quote = changed(GERMAN, first.subscription, MONTHLY_60, 1, date(2026, 3, 25), POLICY)
    assert quote.document.tax == money("0.00")
    assert quote.due_now == money("44.52")  # 60.00 - 30.00 x 16/31 = 60.00 - 15.483…
    assert {type(line.ruling).__name__ for line in quote.document.lines} == {"ReverseCharge"}


def test_a_reset_cycle_charges_the_full_price_less_the_credit():
    """github.com/polarsource/polar/issues/10445: a reset cycle pays the full price minus the credit: 60 - 30 = 30."""
    first = started_at("60.00", date(2026, 4, 1))
    quote = changed_to(first.subscription, "60.00", date(2026, 4, 16))  # 15 of 30 days
    assert quote.due_now == money("30.00")


@pytest.mark.parametrize(
    ("first_price", "second_price", "third_price", "left", "total_days", "credit", "due"),
    [
        # github.com/antiwork/gumroad/pull/6077: credited 490.04 of the 530.47 that the last charge was, not of its 998.00.
        ("499.00", "998.00", "1497.00", 49004, 53047, "921.94", "575.06"),
        # github.com/restrictcontentpro/restrict-content-pro/issues/1301: 80 x 17.95 / 20.14.
        ("60.00", "80.00", "100.00", 1795, 2014, "71.30", "28.70"),
    ],
)
def test_a_second_upgrade_is_credited_from_the_whole_period(
    first_price, second_price, third_price, left, total_days, credit, due
):
    """The value of the period counts, not what was charged for it after an earlier credit.

    The threads print amounts; a period of as many days as the last charge had cents has the same exact share.
    """
    cadence = Cadence(total_days, Unit.DAY)
    first = bought(SWISS, flat(first_price, cadence=cadence), 1, date(2016, 1, 1))
    second = changed(SWISS, first.subscription, flat(second_price, cadence=cadence), 1, date(2016, 1, 2), POLICY)
    assert second.due_now < second.subscription.billed[-1].net == money(second_price)
    day = date(2016, 1, 2) + timedelta(total_days - left)
    third = changed(SWISS, second.subscription, flat(third_price, cadence=cadence), 1, day, POLICY)
    assert third.document.lines[1].credit == money(credit)
    assert third.due_now == money(due)


def test_credit_is_never_above_what_was_paid_after_several_upgrades():
    """github.com/getlago/lago-api/pull/1778: the credit of consecutive upgrades on one day exceeded the payments."""
    first = started_at("30.00")
    day = date(2026, 2, 15)
    second = changed_to(first.subscription, "60.00", day)
    third = changed_to(second.subscription, "90.00", day, name="Last")
    assert third.document.lines[1].credit == money("60.00")  # all of the second, on its first day
    assert signed(second) + signed(third) == money("76.07")  # 90.00 - 13.93, as in one step


@pytest.mark.parametrize(
    ("currency", "old", "new", "credit", "due"),
    [
        ("JPY", "3000", "6000", "1393", "4607"),  # 3000 x 13/28 = 1392.857…
        ("KWD", "30.000", "60.000", "13.929", "46.071"),  # 13.92857…
        ("EUR", "12.15", "24.30", "5.64", "18.66"),  # 5.641…
    ],
)
def test_every_currency_has_its_own_digits(currency, old, new, credit, due):
    account = in_currency(SWISS, currency)
    first = started_at(old, account=account, currency=currency)
    quote = changed_to(first.subscription, new, date(2026, 2, 15), account, currency=currency)
    assert quote.document.lines[1].credit == money(credit, currency)
    assert quote.due_now == money(due, currency)


def test_a_tie_at_an_everyday_price_is_exact():
    """12.15 x 1/30 = 0.405: exactly half up 0.41; a fraction cut after nine digits gives 0.40."""
    first = started_at("12.15", date(2026, 4, 1))
    assert changed_to(first.subscription, "12.15", date(2026, 4, 30)).document.lines[1].credit == money("0.41")


def test_a_quantity_is_a_change_like_any_other():
    """github.com/pointfreeco/pointfreeco/pull/193: more seats of one plan are an upgrade."""
    seats = Plan("Rescue", PerSeatPrice(money("10.00")), flat().cadence)
    first = bought(SWISS, seats, 3, date(2026, 1, 31))
    quote = changed(SWISS, first.subscription, seats, 5, date(2026, 2, 15), POLICY)
    assert quote.due_now == money("36.07")  # 50.00 - 30.00 x 13/28
    assert quote.subscription.main.quantity == 5


def test_another_cadence_starts_with_the_cycle():
    first = started_at("30.00")
    quote = changed(SWISS, first.subscription, flat("300.00", cadence=ANNUAL), 1, date(2026, 2, 15), POLICY)
    assert (quote.due_now, quote.next_bill_on) == (money("286.07"), date(2027, 2, 15))


# Balances


def test_leftover_credit_is_carried_to_the_next_document():
    quote = downgrade()
    assert isinstance(quote.document, CreditNote)
    assert (quote.due_now, quote.credit_left) == (money("0.00"), money("30.85"))
    assert "  credit left 30.85 EUR" in quote.explain()
    account = FRENCH.with_entries(*quote.entries)
    renewal = renewed(account, quote.subscription, number="2026-002")
    assert (renewal.document.total, renewal.document.prepaid, renewal.due_now) == tuple(
        map(money, ("36.00", "30.85", "5.15"))
    )
    assert renewal.credit_left == money("0.00")
    assert account.with_entries(*renewal.entries).ledger.balance_on(renewal.document.issued_on) == money("5.15")
    assert renewal.document.tax == money("6.00")  # credit is gross: spent after tax, never taxed again


def test_credit_beyond_the_total_is_kept():
    """github.com/flexprice/flexprice/pull/1668: what exceeded the opening invoice was dropped."""
    quote = bought(with_credit(FRENCH, "100.00"), MONTHLY_30, 1, date(2026, 1, 31))
    assert (quote.document.prepaid, quote.due_now, quote.credit_left) == tuple(map(money, ("36.00", "0.00", "64.00")))


@pytest.mark.parametrize("currency", ["USD", "JPY"])
def test_a_ledger_of_another_currency_is_refused(currency):
    with pytest.raises(CurrencyMismatchError):
        bought(in_currency(FRENCH, currency), MONTHLY_30, 1, date(2026, 1, 31))


# Laws

prices = st.integers(0, 10**6).map(str)
starts = st.dates(date(2016, 1, 1), date(2030, 1, 1))


@st.composite
def changes(draw):
    """A first period, and a day of it."""
    first = bought(YEN, flat(draw(prices), currency="JPY"), 1, draw(starts))
    period = first.subscription.billed[-1].period
    return first, period.start + timedelta(draw(st.integers(0, period.days - 1)))


@given(changes(), prices)
def test_due_and_credit_are_the_new_price(first_and_day, new):
    first, day = first_and_day
    quote = changed_to(first.subscription, new, day, YEN, currency="JPY")
    period = first.subscription.billed[-1].period
    paid = first.subscription.billed[-1].net.amount_minor
    exact = Fraction(paid * (period.end - day).days, period.days)
    credit = quote.subscription.billed[0].credit_given
    assert credit.amount_minor == int(exact + Fraction(1, 2))
    if quote.documents:
        line = quote.document.lines[1]
        assert (line.net if isinstance(quote.document, CreditNote) else line.credit) == credit
    assert signed(quote).amount_minor == int(new) - credit.amount_minor
    # Nothing is created: what was paid is what was used, the value of the new period, and what is left.
    used = paid - credit.amount_minor
    assert paid + quote.due_now.amount_minor == used + int(new) + quote.credit_left.amount_minor
    assert quote.next_bill_on > day


@given(changes(), prices, prices)
def test_two_changes_at_one_instant_equal_the_last_one(first_and_day, second, third):
    first, day = first_and_day
    step = changed_to(first.subscription, second, day, YEN, currency="JPY")
    twice = changed_to(step.subscription, third, day, YEN, "Last", currency="JPY")
    once = changed_to(first.subscription, third, day, YEN, "Last", currency="JPY")
    assert signed(step) + signed(twice) == signed(once)
    assert twice.next_bill_on == once.next_bill_on
    assert twice.subscription.billed[-1].net == once.subscription.billed[-1].net


@given(changes(), prices)
def test_credit_never_grows_as_the_change_gets_later(first_and_day, new):
    first, day = first_and_day
    assume(day > first.subscription.billed[-1].period.start)
    earlier = changed_to(first.subscription, new, day - timedelta(1), YEN, currency="JPY")
    later = changed_to(first.subscription, new, day, YEN, currency="JPY")
    assert signed(earlier) <= signed(later)


@given(changes(), st.lists(st.tuples(prices, st.integers(0, 40)), max_size=6))
def test_credits_never_exceed_what_was_billed(first_and_day, steps):
    subscription = first_and_day[0].subscription
    for at, (price, days) in enumerate(steps):
        period = subscription.billed[-1].period
        day = min(period.start + timedelta(days), period.end - timedelta(1))
        subscription = changed_to(subscription, price, day, YEN, f"Plan {at}", currency="JPY").subscription
    assert all(Money.zero("JPY") <= each.credit_given <= each.net for each in subscription.billed)
    starts_and_ends = [(each.period.start, each.served_until) for each in subscription.billed]
    assert all(one[1] == two[0] for one, two in itertools.pairwise(starts_and_ends))


@given(changes(), prices)
def test_a_preview_is_the_invoice(first_and_day, new):
    first, day = first_and_day
    preview, real = (changed_to(first.subscription, new, day, YEN, currency="JPY") for _ in range(2))
    assert preview == real
    assert preview.explain() == real.explain()
    assert len(first.subscription.billed) == 1  # asking changed nothing


# Refusals and errors


def test_where_the_tax_is_not_known_the_answer_is_a_refusal():
    for answer in (
        bought(AMERICAN, MONTHLY_30, 1, date(2026, 1, 31)),
        renewed(AMERICAN, upgrade()[0].subscription),
        changed(AMERICAN, upgrade()[0].subscription, MONTHLY_60, 1, date(2026, 2, 15), POLICY),
    ):
        if type(answer) is Quote:  # a place that the tables have come to cover
            continue
        assert type(answer) is Refused
        assert answer.reason is RefusedReason.TAX_UNDETERMINED
        assert answer.explain().startswith("no document: tax is undetermined in US")


@pytest.mark.parametrize("day", [date(2026, 1, 30), date(2026, 2, 28), date(2027, 1, 1)])
def test_a_change_lies_within_its_period(day):
    with pytest.raises(InvalidValueError, match=r"^on .*2026-01-31 to 2026-02-28"):
        changed(FRENCH, upgrade()[0].subscription, MONTHLY_60, 1, day, POLICY)


@pytest.mark.parametrize("day", [None, "2026-02-15", datetime(2026, 2, 15, tzinfo=UTC), 20260215])
def test_a_day_is_a_civil_date(day):
    subscription = upgrade()[0].subscription
    with pytest.raises(InvalidTypeError, match=r"must be a datetime\.date"):
        changed(FRENCH, subscription, MONTHLY_60, 1, day, POLICY)
    with pytest.raises(InvalidTypeError):
        bought(FRENCH, MONTHLY_30, 1, day)


def test_a_plan_in_another_currency_is_refused():
    with pytest.raises(CurrencyMismatchError, match="cannot combine EUR with USD: convert one of them first"):
        changed(FRENCH, upgrade()[0].subscription, flat("60.00", currency="USD"), 1, date(2026, 2, 15), POLICY)


def test_each_argument_has_its_type():
    subscription = upgrade()[0].subscription
    whole = (FRENCH, subscription, Cart(date(2026, 2, 15), alter(MAIN, plan=MONTHLY_60)), POLICY)
    names = ("account", "subscription", "cart", "rules")
    for at, name in enumerate(names):
        for junk in (None, 1.5, "x", []):
            arguments = [*whole]
            arguments[at] = junk
            with pytest.raises(InvalidTypeError, match=f"{name} must be"):
                quote_change(*arguments)
    for junk in (1.5, "x", []):
        with pytest.raises(InvalidTypeError, match="plan must be"):
            alter(MAIN, plan=junk)
        with pytest.raises(InvalidTypeError, match="quantity must be"):
            alter(MAIN, quantity=junk)
    for junk in (None, 1.5, "x", []):
        with pytest.raises(InvalidTypeError, match="account must be an Account"):
            quote_start(junk, date(2026, 1, 31), Item(MAIN, MONTHLY_30))
        with pytest.raises(InvalidTypeError, match="subscription must be an Active"):
            quote_renewal(FRENCH, junk)
        for name in ("seller", "buyer", "ledger", "facts"):
            if junk is None and name == "facts":
                continue
            with pytest.raises(InvalidTypeError, match=f"{name} must be"):
                attrs.evolve(FRENCH, **{name: junk})


def test_a_discount_is_taken_off_before_tax_and_off_later_credit():
    first = bought(FRENCH, MONTHLY_30, 1, date(2026, 1, 31), discount=money("10.00"))
    assert (first.document.subtotal, first.document.tax, first.due_now) == tuple(map(money, ("20.00", "4.00", "24.00")))
    quote = changed(FRENCH, first.subscription, MONTHLY_60, 1, date(2026, 2, 15), POLICY)
    assert quote.document.lines[1].credit == money("9.29")  # 20.00 x 13/28 = 9.2857…
    free = bought(FRENCH, MONTHLY_30, 1, date(2026, 1, 31), discount=money("30.01"))  # no more than the price
    assert (free.due_now, free.documents, free.subscription.billed[-1].net) == (money("0.00"), (), money("0.00"))
    assert renewed(FRENCH, free.subscription).due_now == money("36.00")  # once, and not again


def test_a_subscription_that_ends_can_change_and_still_ends():
    """It is cancelled for 28 February; the change starts a period that is paid until 15 March, and there it ends."""
    ending = ended(FRENCH, upgrade()[0].subscription, date(2026, 2, 1), ProrationPolicy.at_period_end()).subscription
    quote = changed(FRENCH, ending, MONTHLY_60, 1, date(2026, 2, 15), POLICY)
    assert quote.next_bill_on is None
    assert "\n  does not renew; ends on 2026-03-15\n" in quote.explain()
    for each in (ending, quote.subscription):
        assert quote_renewal(FRENCH, each).reason is RefusedReason.ENDS


def test_a_renewal_is_billed_on_its_day_with_the_rate_of_that_day():
    first = bought(ESTONIAN, flat("100.00"), 1, date(2025, 6, 15))
    renewal = renewed(ESTONIAN, first.subscription, number="2025-002")
    assert isinstance(renewal.document, Invoice)
    assert (renewal.document.issued_on, renewal.document.number) == (date(2025, 7, 15), "2025-002")
    assert (first.document.tax, renewal.document.tax) == (money("22.00"), money("24.00"))
    assert renewal.document.buyer == MARI
