"""Which billed lines a change touches: one item of several, additions, removals; the others stay as they were."""

from datetime import UTC, date

import attrs
import pytest

from billingcore.billed import BilledPeriod
from billingcore.cycles import Period
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.proration import Change, ChangeKind, DayOwner, ProrationResult, Sale, fold_changes, prorate_change
from billingcore.records import from_record, to_record
from billingcore.vendors import RULEBOOKS
from samples import (
    APRIL,
    BILLED_31,
    FROM_10_JANUARY,
    JANUARY,
    KEEP,
    LARGE,
    LARGE_62,
    MID_APRIL,
    POLAR,
    POLICIES,
    SMALL,
    SPAN,
    TWENTIETH,
    UNTAXED,
    UPGRADE,
    VAT_20,
    billed,
    flat,
    money,
    policy,
)

ADDON, BIGGER = flat("12.00", "Addon"), flat("24.00", "Bigger addon")
BASE = BilledPeriod.of_plan(SMALL, 1, FROM_10_JANUARY, UNTAXED)
ADDED_ON, LATER = date(2026, 1, 20), date(2026, 1, 24)


def with_addon(rule=POLAR):
    return prorate_change(rule, Change.add(ADDED_ON, ADDON, ruling=UNTAXED), [BASE])


def test_an_addition_and_a_removal():
    added = prorate_change(KEEP, Change.add(MID_APRIL, flat("10.00", "Extra"), ruling=VAT_20), running=APRIL)
    assert (added.charge, added.credit, added.next_bill_on) == (money("5.00"), money("0.00"), APRIL.end)
    (line,) = added.billed_after
    assert (line.net, line.ruling, line.period.full) == (money("5.00"), VAT_20, APRIL)
    removed = prorate_change(KEEP, Change.remove(date(2026, 4, 21)), [line])
    assert removed.credit == money("3.33")  # 5.00 × 10/15
    assert (removed.next_bill, removed.next_price, removed.next_invoice) == (None, money("0.00"), money("0.00"))
    assert removed.billed_after[0].ended_on == date(2026, 4, 21)
    beside = prorate_change(KEEP, Change.add(MID_APRIL, flat("10.00", "Extra")), [billed(SMALL, APRIL)])
    assert [each.ended_on for each in beside.billed_after] == [None, None]
    nothing = prorate_change(POLICIES["none"], Change.add(MID_APRIL, flat("10.00"), ruling=VAT_20))
    assert (nothing.period, nothing.next_bill, nothing.billed_after) == (None, None, ())


def test_periods_that_are_over_are_not_touched():
    past = billed(SMALL, Period(date(2025, 12, 10), date(2026, 1, 10)))
    result = prorate_change(KEEP, UPGRADE, [past, billed(SMALL)])
    assert result.credit == money("16.45")
    assert result.billed_after[0] is past


@pytest.mark.parametrize("lines", [["Small"], ("Small",)])
def test_an_item_is_looked_for_among_billed_periods_only(lines):
    with pytest.raises(InvalidTypeError, match="BilledPeriod"):
        prorate_change(POLICIES["polar"], Change.remove(TWENTIETH, item="Small"), lines)


def test_an_addon_is_removed_and_the_base_stays():
    added = with_addon()
    removed = prorate_change(POLAR, Change.remove(LATER, item="Addon"), added.billed_after)
    assert (added.net, removed.net) == (money("8.13"), money("-6.58"))  # 12.00 × 21/31; 8.13 × 17/21
    assert removed.billed_after[0] == BASE
    assert [line.ended_on for line in removed.billed_after] == [None, LATER]
    assert removed.next_bill == date(2026, 2, 10)
    assert removed.explain().split("\n")[0] == "removed Addon at 2026-01-24"
    assert "next bill on 2026-02-10, for what stays" in removed.explain()
    assert from_record(to_record(removed)) == removed


def test_without_an_item_every_line_is_removed():
    removed = prorate_change(POLAR, Change.remove(LATER), with_addon().billed_after)
    assert removed.net == money("-23.03")  # 6.58 + 16.45
    assert removed.next_bill is None


AT_ONCE = [
    name
    for name, each in POLICIES.items()
    if each.sale not in {Sale.AT_PERIOD_END, Sale.BUY_TIME}  # no credit buys no time of an add-on
]


@pytest.mark.parametrize("name", AT_ONCE)
def test_to_add_and_to_remove_on_one_day_touches_only_the_addon(name):
    rule = POLICIES[name]
    added = with_addon(rule)
    alone = prorate_change(rule, Change.remove(ADDED_ON), added.billed_after[1:])
    removed = prorate_change(rule, Change.remove(ADDED_ON, item="Addon"), added.billed_after)
    assert removed.lines == alone.lines
    assert removed.billed_after == (BASE, *alone.billed_after)
    assert removed.next_bill == BASE.period.end


def test_the_base_changes_and_the_addon_stays():
    added = with_addon()
    changed = prorate_change(POLAR, Change.to(LATER, LARGE, item="Small", ruling=UNTAXED), added.billed_after)
    assert (changed.credit, changed.charge) == (money("16.45"), money("27.42"))  # 30.00 × 17/31, 50.00 × 17/31
    assert [(line.plan.name, line.ended_on) for line in changed.billed_after] == [
        ("Addon", None), ("Small", LATER), ("Large", None),
    ]  # fmt: skip
    assert changed.change.describe() == "changed Small to Large × 1 at 2026-01-24"
    ended = prorate_change(POLAR, Change.cancel(LATER), changed.billed_after)
    assert ended.net == money("-34.00")  # 27.42 + 6.58: what is in force


def test_the_direction_is_that_of_the_item():
    """From 12.00 to 24.00 is an upgrade, although the base costs 30.00."""
    lines = (BilledPeriod.of_plan(ADDON, 1, FROM_10_JANUARY, UNTAXED), BASE)
    changed = prorate_change(RULEBOOKS["lago"], Change.to(LATER, BIGGER, item="Addon"), lines)
    assert changed.policy == RULEBOOKS["lago"].upgrade.policy
    assert not changed.is_waiting


def test_what_waits_leaves_every_line():
    lines = with_addon().billed_after
    removed = prorate_change(POLICIES["google_deferred"], Change.remove(LATER, item="Addon"), lines)
    assert set(removed.billed_after) == set(lines)
    assert removed.next_bill == date(2026, 2, 10)


def test_a_history_keeps_the_items_apart():
    changes = [
        Change.add(ADDED_ON, ADDON, ruling=UNTAXED), Change.to(ADDED_ON, LARGE, item="Small"),
        Change.remove(ADDED_ON, item="Addon"),
    ]  # fmt: skip
    history = fold_changes(POLAR, [BASE], changes)
    assert history.net == money("13.55")  # 8.13 + (33.87 - 20.32) - 8.13
    assert [line.plan.name for line in history.billed_after if line.ended_on is None] == ["Large"]


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: Change.remove(LATER, item=1), InvalidTypeError, "item"),
        (lambda: Change.remove(LATER, item=""), InvalidValueError, "item"),
        (
            lambda: Change(LATER, None, 1, ChangeKind.CANCEL, item="Small"),
            InvalidValueError,
            "a cancellation ends it all",
        ),
        (lambda: Change(LATER, ADDON, 1, ChangeKind.ADD, item="Small"), InvalidValueError, "what is added is new"),
        (
            lambda: prorate_change(POLAR, Change.remove(LATER, item="Other"), [BASE]),
            InvalidValueError,
            "item 'Other': it was not billed; Small was",
        ),
        (lambda: prorate_change(POLAR, Change.remove(LATER, item="Other")), InvalidValueError, "nothing was"),
        (lambda: prorate_change(POLAR, Change.remove(LATER, item="Other"), [1]), InvalidTypeError, "billed"),
        (
            lambda: ProrationResult(POLAR, Change.remove(LATER, item="Addon"), (BASE,)),
            InvalidValueError,
            "another item",
        ),
        (
            lambda: ProrationResult(POLAR, Change.remove(LATER), (BASE,), untouched=(BASE,)),
            InvalidValueError,
            "name its item",
        ),
        (
            lambda: ProrationResult(POLAR, Change.remove(LATER, item="Small"), (BASE,), untouched=[BASE]),
            InvalidTypeError,
            "untouched",
        ),
    ],
)
def test_a_change_of_an_item_refuses_what_it_cannot_find_or_mean(make, error, text):
    with pytest.raises(error, match=text):
        make()


def test_an_untouched_line_that_was_replaced_has_no_next_bill():
    gone = BASE.replaced_on(LATER, money("0.00"))
    addon = attrs.evolve(BASE, plan=ADDON, charge=money("12.00"))
    removed = prorate_change(policy("polar"), Change.remove(LATER, item="Addon"), [gone, addon])
    assert removed.next_bill is None


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2026, 2, 2)])
def test_an_addition_lies_within_the_running_period(on):
    """After the end of what was billed, an addition cost nothing and had its next bill in the past."""
    with pytest.raises(InvalidValueError, match="an addition lies within the running period"):
        prorate_change(POLICIES["chargebee"], Change.add(on, LARGE_62), BILLED_31)
    with pytest.raises(InvalidValueError, match="an addition lies within the running period"):
        prorate_change(POLICIES["chargebee"], Change.add(on, LARGE_62, ruling=UNTAXED), running=JANUARY)


def test_an_addition_on_the_last_day_is_within_the_period_by_one_of_its_days():
    kept = policy("chargebee", change_day=DayOwner.OLD)
    added = prorate_change(kept, Change.add(date(2026, 2, 9), LARGE), (billed(SMALL),))
    assert [line.amount for line in added.lines] == [money("0.00")]  # the day stays with what was before: none is left
    with pytest.raises(InvalidValueError, match="an addition lies within the running period"):
        prorate_change(kept, Change.add(date(2026, 2, 11), LARGE), (billed(SMALL),))


@pytest.mark.parametrize("name", AT_ONCE)
@pytest.mark.parametrize("line", [BASE, billed(SMALL, span=SPAN)])
def test_an_addition_on_the_periods_end_costs_what_a_change_does(name, line):
    """The one was refused, the other cost nothing: what starts a new period is charged for it, all else for no time."""
    rule, at = POLICIES[name].in_zone(UTC), line.span.end_at if line.span else line.period.end

    def found(change):
        try:
            result = prorate_change(rule, change, [line])
        except InvalidValueError as error:
            return str(error).partition("could be charged")[2]  # in full, for no time
        return result.charge, result.next_bill

    added, changed = found(Change.add(at, LARGE)), found(Change.to(at, LARGE))
    assert added == changed
    if rule.sale in {Sale.PRORATE, Sale.DIFFERENCE_REMAINING}:
        assert added[0] == money("0.00")


def test_the_last_civil_day_of_a_period_of_instants_is_within_it():
    by_day = policy("chargebee", zone=UTC)
    ended = prorate_change(by_day, Change.cancel(date(2026, 2, 10)), (billed(SMALL, span=SPAN),))
    assert ended.credit == money("0.00")
    with pytest.raises(InvalidValueError):
        prorate_change(by_day, Change.cancel(date(2026, 2, 11)), (billed(SMALL, span=SPAN),))


def test_an_older_line_is_credited_where_nothing_is_left_of_the_newest():
    difference = POLICIES["difference_remaining"]
    first, second = prorate_change(difference, Change.to(date(2026, 1, 15), LARGE), (billed(SMALL),)).billed_after
    used_up = second.with_credit_given(second.remaining)
    down = prorate_change(difference, Change.to(LATER, flat("5.00", "Tiny")), (first, used_up))
    # 45.00 × 17/31 = 24.68 is more than is unused of the first line: 30.00 × 17/31 = 16.4516 → 16.45
    assert [line.amount for line in down.lines] == [money("16.45")]


@pytest.mark.parametrize("day", [date(2026, 1, 9), date(2026, 2, 11)])
def test_a_single_change_on_another_day_is_told_what_to_pass(day):
    """It was told to give changes in the order of time, as if there were others."""
    with pytest.raises(InvalidValueError, match=r"\(2026-01-10 to 2026-02-10\); pass what was billed for that day"):
        prorate_change(KEEP, Change.to(day, BIGGER), [BASE])
