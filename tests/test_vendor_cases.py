"""Every worked example that we hold of a vendor's documentation: the printed figure, from the vendor's own rule."""

import json
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from billingcore._kernel import Rounding
from billingcore._plans.prices import share_of_sale
from billingcore._proration.time_left import stepped, time_left
from billingcore.collections import DunningCase, DunningPolicy, FinalAction, recover_schedule
from billingcore.cycles import (
    ANNUAL,
    MONTHLY,
    WEEKLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    InstantPeriod,
    Period,
    Schedule,
    Trial,
    Weekday,
    move_bill_date,
)
from billingcore.deadlines import MonthEndPlus
from billingcore.disputes import dispute_window
from billingcore.invoices import credit_in_part
from billingcore.ledger import Credited, Issued, Received
from billingcore.money import ExactAmount, total
from billingcore.plans import (
    Coupon,
    FlatPrice,
    PackagePrice,
    Plan,
    PriceMode,
    Stacking,
    Tier,
    TieredPrice,
    TierMode,
    take_off,
)
from billingcore.profiles import GOTO_RESCUE
from billingcore.proration import (
    Basis,
    Change,
    ChangeKind,
    Clock,
    CreditOf,
    DayOwner,
    FixedDays,
    Measure,
    PlanOrder,
    ProrationPolicy,
    RoundStep,
    Sale,
    Side,
    fold_changes,
    monthly_equivalent,
    prorate,
    prorate_change,
)
from billingcore.tax import assess_tax
from billingcore.vendors import rulebook
from samples import FRENCH, SWISS, UNTAXED, billed, bought, charged, flat, invoice, money, policy, seats

CASES = {
    case["id"]: case for case in json.loads((Path(__file__).parent / "data/vendor_cases.json").read_text())["cases"]
}
EXECUTABLE = [case for case in CASES.values() if "executable" in case]


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if "T" in text else date.fromisoformat(text)


def period_of(case):
    start, end = moment(case["period_start"]), moment(case["period_end"])
    return InstantPeriod(start, end) if isinstance(start, datetime) else Period(start, end)


def cadence_of(text):
    count, unit = text.split()
    return Cadence.monthly(int(count)) if unit.startswith("month") else Cadence.yearly(int(count))


def plan_of(line, name, period):
    long = (period.end - period.start).days > 31 if type(period) is Period else False
    cadence = cadence_of(line["interval"]) if "interval" in line else ANNUAL if long else MONTHLY
    return seats(line["price"], name, cadence)


def rules_of(case):
    """The rulebook of an example: what happens decides, unless it names its rule or what is sold."""
    book = rulebook(case["rulebook"])
    if "rule" in case:
        return getattr(book, case["rule"]).policy
    return attrs.evolve(book.upgrade.policy, sale=Sale(case["sale"])) if "sale" in case else book


def result_of(case):
    """What the engine makes of an example: its old line as billed, its new line, its rulebook."""
    period, at = period_of(case), moment(case["at"])
    lines = []
    if "old" in case:
        old = case["old"]
        plan = plan_of(old, "Old", period)
        price = plan.charge_for(old["quantity"])
        off = price - money(old["billed"]) if "billed" in old else None
        span = period if type(period) is InstantPeriod else None
        days = Period(period.start_at.date(), period.end_at.date()) if span else period
        lines = [billed(plan, days, old["quantity"], discount=off, span=span)]
    if "new" not in case:
        change = Change.cancel(at)
    elif lines:
        new = plan_of(case["new"], "New", period)
        same = (new.price, new.cadence) == (plan.price, plan.cadence)  # another quantity, and nothing else
        change = Change.to(at, plan if same else new, case["new"]["quantity"])
    else:
        change = Change.add(at, plan_of(case["new"], "New", period), case["new"]["quantity"], ruling=UNTAXED)
    return prorate_change(rules_of(case), change, lines, running=None if lines else period)


@pytest.mark.parametrize("case", EXECUTABLE, ids=lambda case: case["id"])
def test_an_executable_example_comes_to_its_figures(case):
    run = case["executable"]
    if "old" not in run and "new" not in run:  # only a fraction is printed
        found = rulebook(run["rulebook"]).upgrade.policy.measure
        num, den = stepped(found.fraction, *time_left(found, period_of(run), moment(run["at"])))
        assert Fraction(num, den) == Fraction(run["expect"]["fraction"])
        return
    result = result_of(run)
    found = {
        "credit": result.credit.amount, "charge": result.charge.amount, "net": result.net.amount,
        "next_bill": str(result.next_bill_on),
    }  # fmt: skip
    assert {key: found[key] for key in run["expect"]} == run["expect"]
    assert sum([line.net.amount_minor for line in result.lines]) == result.net_minor


def half(old, new, name="stripe_classic"):
    """A change in the middle of a month of 30 days."""
    april = Period(date(2026, 4, 1), date(2026, 5, 1))
    return prorate_change(rulebook(name), Change.to(date(2026, 4, 16), flat(new)), [billed(flat(old), april)])


def case_stripe_005():
    april = Period(date(2026, 4, 1), date(2026, 5, 1))  # the whole coupon of 5.00 stands on the item that goes
    line = billed(flat("10.00"), april, discount=money("5.00"))
    result = prorate_change(rulebook("stripe_classic").removal.policy, Change.cancel(date(2026, 4, 16)), [line])
    assert result.credit == money("2.50")  # (10.00 - 5.00) / 2


def case_stripe_008():
    for anchor, expected in (
        (date(2023, 1, 31), ("2023-02-28", "2023-03-31", "2023-04-30")),
        (date(2024, 1, 31), ("2024-02-29",)),
    ):
        schedule = Schedule(anchor, MONTHLY)
        assert tuple(str(schedule.boundary(n)) for n in range(1, len(expected) + 1)) == expected


def case_stripe_010():
    schedule = Schedule(date(2022, 6, 3), WEEKLY)
    assert Weekday.of(schedule.boundary(0)) is Weekday.FRIDAY
    assert [str(schedule.boundary(n)) for n in (1, 2)] == ["2022-06-10", "2022-06-17"]


def case_stripe_012():
    trial = Trial.lasting(date(2026, 1, 15), Cadence.daily(7))
    aligned = AlignedSchedule.by_rule(trial.first_paid_on, DayOfMonth(1), MONTHLY)
    assert trial.first_paid_on.day == 22
    assert str(aligned.period(0)) == "2026-01-22 to 2026-02-01"
    assert aligned.period(0).is_stub
    assert not aligned.period(1).is_stub


def case_stripe_014():
    result = half("25.00", "10.00")
    assert (result.credit, result.charge, result.net) == (money("12.50"), money("5.00"), money("-7.50"))
    assert result.next_invoice == money("2.50")  # 10.00 - 7.50


def case_stripe_015():
    result = half("10.00", "20.00")
    assert (result.net, result.next_invoice) == (money("5.00"), money("25.00"))  # 20.00 + 5.00


def case_recurly_016():
    may = Period(date(2026, 4, 1), date(2026, 5, 3))  # 32 days, 8 left: a quarter
    first, second = billed(seats("10.00"), may, 5), billed(flat("20.00"), may)  # 7 seats by now, on two invoices
    newest = attrs.evolve(second, plan=seats("10.00"), quantity=7)
    change = Change.to(date(2026, 4, 25), seats("10.00"), 4)
    rule = policy("recurly_only_changed", basis=Basis.ACTUAL_PERIOD)
    result = prorate_change(rule, change, [first, newest])
    given = [line.amount for line in result.lines if line.side is Side.CREDIT]
    assert given == [money("5.00"), money("2.50")]  # 20.00 / 4 of the newest, then 10.00 / 4
    assert result.credit == money("7.50")


def five_to_three(rule):
    """5 seats at 10.00 less 35.00, two removed half way."""
    line = billed(seats("10.00"), Period(date(2026, 4, 1), date(2026, 5, 1)), 5, discount=money("35.00"))
    return prorate_change(rule, Change.to(date(2026, 4, 16), seats("10.00"), 3), [line]).credit


def case_recurly_018():
    assert five_to_three(rulebook("recurly")) == money("7.50")  # the 30.00 that stay bear 30.00: (20.00 - 5.00) / 2
    even = policy("recurly_only_changed", credit_of=CreditOf.GROSS)
    assert five_to_three(even) == money("3.00")  # 10.00 less 70 % of it: what the page did not choose


def case_recurly_019():
    line = billed(seats("1.00"), Period(date(2026, 4, 1), date(2026, 5, 1)), 10, discount=money("2.00"))
    even = policy("recurly_only_changed", credit_of=CreditOf.GROSS, sale=Sale.DIFFERENCE_FULL)
    result = prorate_change(even, Change.to(date(2026, 4, 16), seats("1.00"), 7), [line])
    assert [(each.side, each.amount) for each in result.lines] == [
        (Side.CREDIT, money("3.00")),
        (Side.DISCOUNT, money("0.60")),  # 2.00 × 3.00/10.00
    ]
    assert result.credit == money("2.40")


def case_recurly_031():
    coupons = (Coupon("A", percent=Fraction(10)), Coupon("B", percent=Fraction(50)))
    taken = take_off(money("100.00"), coupons, Stacking.EACH_ON_FULL)
    assert taken == (money("10.00"), money("50.00"))
    assert money("100.00") - total(taken, "EUR") == money("40.00")


def case_recurly_033():
    ends = MonthEndPlus(0).deadline(date(2026, 6, 6)).last_on
    assert ends == date(2026, 6, 30)
    assert Schedule(ends, Cadence.daily()).boundary(1) == date(2026, 7, 1)  # and 24 hours more


def case_microsoft_002():
    rules, bought = rulebook("microsoft_csp"), date(2018, 1, 13)
    first = billed(flat("4.00"), Period(bought, date(2018, 2, 13)))
    for day in (date(2018, 2, 1), date(2018, 2, 12)):  # the window is 30 days, the last one included
        assert prorate_change(rules, Change.cancel(day), [first], purchased_on=bought).credit == money("4.00")
    short = attrs.evolve(rules.cancellation.policy, full_refund_days=18)
    cut = prorate_change(short, Change.cancel(date(2018, 2, 1)), [first], purchased_on=bought)
    assert cut.credit == money("1.55")  # 12 of 31 days
    second = billed(flat("4.00"), Period(date(2018, 2, 13), date(2018, 3, 13)))
    late = prorate_change(rules, Change.cancel(date(2018, 3, 1)), [first, second], purchased_on=bought)
    assert late.credit == money("1.71")  # 47 days after the purchase: 4.00 × 12/28 = 1.714…


def case_microsoft_011():
    line = billed(seats("11.00"), Period(date(2018, 7, 15), date(2018, 8, 15)), 15)
    changes = [
        Change.to(date(2018, month, day), seats("11.00"), count)
        for month, day, count in ((7, 20, 12), (7, 31, 18), (8, 10, 10))
    ]
    history = fold_changes(rulebook("microsoft_csp"), [line], changes)
    used = [each.amount for each in history.lines if each.side is Side.REBILL]
    assert used == [money("26.61"), money("46.84"), money("63.87")]  # 165.00 × 5/31, then of what was left each time
    assert history.lines[0].net == money("-165.00")
    assert history.steps[-1].charge == money("17.74")  # 110.00 × 5/31
    assert history.steps[-1].next_price == money("110.00")
    assert line.net + history.net == total([*used, history.steps[-1].charge], "EUR") == money("155.06")


def case_microsoft_013():
    trial = Trial.lasting(date(2019, 6, 10), MONTHLY)
    assert trial.first_paid_on == date(2019, 7, 10)
    free = bought(SWISS, flat("2.00"), 1, trial.first_paid_on)
    assert (free.document.issued_on, free.due_now) == (date(2019, 7, 10), money("2.00"))


def case_chargebee_004():
    schedule = Schedule(date(2026, 1, 1), MONTHLY)
    shorter = move_bill_date(schedule, 0, date(2026, 1, 25))
    credit = prorate(money("31.00"), shorter.before, shorter.after.end).credit
    assert credit == money("7.00")  # 31.00 / 31 days of the term × 7 days
    longer = Change(date(2026, 2, 15), flat("28.00"), kind=ChangeKind.ADD, next_bill_on=date(2026, 3, 1))
    extended = prorate_change(rulebook("chargebee"), longer)
    assert extended.charge == money("14.00")  # 28.00 / 28 days of a period × 14 days
    assert extended.next_bill_on == date(2026, 3, 1)


def case_zuora_003():
    aligned = AlignedSchedule(date(2018, 1, 1), Schedule.by_rule(date(2018, 1, 1), Weekday.WEDNESDAY, WEEKLY))
    rule = policy("zuora_actual_days", basis=FixedDays(7, WEEKLY))
    week = flat("100.00", cadence=WEEKLY)
    stub = prorate_change(rule, Change.add(date(2018, 1, 1), week), running=aligned.period(0)).charge
    assert stub == money("28.57")  # 100.00 × 2/7
    assert stub + week.charge_for(1) * 5 == money("528.57")


def case_zuora_005():
    days = Period(date(2021, 2, 27), date(2021, 3, 1))  # both ends included there: 27 and 28 February
    bases = (Basis.CALENDAR_MONTH, FixedDays(30), Basis.STRICT_30_360)
    found = [time_left(Measure(Clock.DAY, basis=basis), days, days.start, MONTHLY) for basis in bases]
    assert found == [(2, 28), (2, 30), (4, 30)]


def case_lago_005():
    january = Period(date(2024, 1, 1), date(2024, 2, 1))
    old = prorate(money("100.00"), january, date(2024, 1, 15))
    assert (old.used, old.total - old.left) == (money("45.16"), 14)
    line = billed(flat("100.00"), january)
    new = prorate_change(rulebook("lago"), Change.to(date(2024, 1, 15), flat("200.00")), [line])
    assert new.charge == money("109.68")  # 200.00 × 17/31
    assert new.used == money("45.16")


def case_lago_008():
    monthly, yearly = (flat("20.00"), 1), (flat("300.00", cadence=ANNUAL), 1)
    assert monthly_equivalent(*yearly).to_text() == "25.00"
    assert PlanOrder().leads_up(monthly, yearly)


def case_lago_010():
    assert PackagePrice(money("5.00"), 100, free=100).charge_for(201) == money("10.00")  # 101 paid units: two packages


def case_lago_012():
    assert share_of_sale(money("50.00"), Fraction(6, 5), money("0.10")) == money("0.70")  # 0.60 + 0.10


def case_lago_014():
    bill = invoice("0.17", "4.46", ruling=charged("20"), currency="EUR")
    assert bill.total == money("5.56")  # 4.63 + 0.926 → 0.93
    by_line = [assess_tax([(line.net, line.ruling)], "EUR", Rounding.HALF_UP)[0].tax for line in bill.lines]
    assert bill.subtotal + total(by_line, "EUR") == money("5.55")  # 0.03 + 0.89: what line by line would give


def case_lago_016():
    bill = invoice("50.00", "20.00", "-10.00", "-30.00", ruling=charged("10"), currency="EUR")
    assert (bill.subtotal, bill.tax, bill.total) == (money("30.00"), money("3.00"), money("33.00"))


def case_killbill_011():
    steps = (Tier(1000, money("1.50")), Tier(None, money("2.00")))
    assert TieredPrice(TierMode.GRADUATED, steps).charge_for(1200) + money("30.00") == money("1930.00")


def case_killbill_014():
    price = TieredPrice(
        TierMode.GRADUATED, (Tier(100, money("1.00")), Tier(None, ExactAmount(Fraction(50), "EUR"))), block=10
    )
    assert price.charge_for(400) + money("30.00") == money("70.00")  # 40 blocks × 1.00
    assert price.charge_for(1200) + money("30.00") == money("140.00")  # 100 × 1.00 + 20 × 0.50


def case_killbill_017():
    bill = invoice("100.00", ruling=charged("0"), currency="EUR")
    note = credit_in_part(bill, {1: money("10.00")}, "C-1", date(2026, 3, 2))
    paid = Received("p-1", date(2026, 3, 1), money("100.00"), bill.number)
    position = FRENCH.ledger.with_entries(Issued.of(bill), paid, Credited.of_note(note)).position(date(2026, 3, 2))
    assert (bill.total - note.total, position.credit, position.open) == (money("90.00"), money("10.00"), money("0.00"))


def case_maxio_006():
    asked = date(2026, 2, 28) + timedelta(days=2)  # 30 February: the day that the customer asks for rolls on
    assert asked == date(2026, 3, 2)
    change = Change(date(2026, 1, 30), flat("10.00"), kind=ChangeKind.ADD, next_bill_on=asked)
    assert prorate_change(rulebook("maxio_keep_period"), change).next_bill_on == asked
    clamped = prorate_change(rulebook("maxio_migration"), Change.add(date(2026, 1, 30), flat("10.00")))
    assert clamped.next_bill_on == date(2026, 2, 28)


def case_dodo_002():
    assert half("50.00", "20.00", "dodo").carried == money("30.00")


def case_salesforce_004():
    measure = Measure(Clock.DAY, basis=FixedDays(365, ANNUAL))
    term = Period(date(2020, 1, 1), date(2022, 4, 10))
    assert term.days == 830
    num, den = stepped(RoundStep(4, Rounding.HALF_UP), term.days, time_left(measure, term, term.start, ANNUAL)[1])
    assert Fraction(num, den) == Fraction("2.2740")


def case_revenuecat_003():
    unpaid = DunningCase(money("30.00"), frozenset({date(2025, 2, 1)}))
    course = DunningPolicy((), 14, 30, FinalAction.CANCEL)
    after = recover_schedule(unpaid, date(2025, 2, 20), course, Schedule(date(2025, 1, 1), MONTHLY))
    assert str(after.period(0)) == "2025-02-20 to 2025-03-20"


def case_goto_001():
    window = dispute_window(date(2026, 3, 1), GOTO_RESCUE.disputes)
    assert window.last_on == date(2026, 3, 16)
    assert GOTO_RESCUE.disputes.payment.deadline(date(2026, 3, 20)).last_on == date(2026, 4, 4)  # 15 days to pay


def case_goto_004():
    july = Period(date(2025, 7, 1), date(2025, 8, 1))
    rule = ProrationPolicy(measure=Measure(Clock.DAY, change_day=DayOwner.OLD))
    result = prorate_change(rule, Change.add(date(2025, 7, 15), flat("31.00")), running=july)
    assert result.charge == money("16.00")  # 16 of 31 days: the day of the start is not counted
    counted = prorate_change(rulebook("chargebee"), Change.add(date(2025, 7, 15), flat("31.00")), running=july)
    assert counted.charge == money("17.00")


def case_paddle_006():
    rate = 99993
    lines = [
        money("1500.00").share(rate, 100_000, Rounding.HALF_UP),
        money("285.00").share(rate, 100_000, Rounding.HALF_UP),
    ]
    assert lines == [money("1499.90"), money("284.98")]  # the exact 41757/41760 would give 1499.89
    tax = charged("8.875", "US-NY")
    taxes = [assess_tax([(line, tax)], "EUR", Rounding.DOWN)[0].tax for line in lines]
    assert taxes == [money("133.11"), money("25.29")]  # cut off, not rounded
    assert total([*lines, *taxes], "EUR") == money("1943.28")


def case_paddle_007():
    """Billed with 8.875 % in the price, and that tax cut off: 326.62 × 0.99993 = 326.597…, of it 26.62/326.62 is tax."""
    case = CASES["paddle-007"]
    period = period_of(case["inputs"])
    days = Period(period.start_at.date(), period.end_at.date())
    at = moment(case["inputs"]["at"])
    found = []
    for each in case["inputs"]["billed"]:
        plan = Plan("Item", FlatPrice(money(each["total"]), PriceMode.INCLUSIVE), MONTHLY)
        line = attrs.evolve(billed(plan, days, span=period, ruling=charged("8.875", "US-NY")), tax=money(each["tax"]))
        (credit,) = prorate_change(rulebook("paddle").removal.policy, Change.cancel(at), [line]).lines
        assert credit.net + credit.amount == credit.tax
        found.append({"total": credit.amount.amount, "subtotal": (-credit.net).amount, "tax": credit.tax.amount})
    printed = case["printed"]
    assert found == printed["items"]
    for name in ("total", "subtotal", "tax"):
        assert total([money(each[name]) for each in found], "EUR") == money(printed[name])


OTHERS = {
    name.removeprefix("case_").replace("_", "-"): check for name, check in globals().items() if name.startswith("case_")
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_example_comes_to_its_figures(name):
    assert name in CASES
    OTHERS[name]()


def test_no_example_is_left_out():
    assert len(CASES) == 54
    assert {case["id"] for case in EXECUTABLE} | set(OTHERS) == set(CASES)
    assert all(case["source"]["ref"] and case["source"]["locator"] for case in CASES.values())
