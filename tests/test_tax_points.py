"""Tax points of a period that spans a change: dated slices that add up to the whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.cycles import Period
from billingcore.errors import InvalidTypeError
from billingcore.money import Money, Rounding, total
from billingcore.tax import (
    TaxGroup,
    assess_tax,
    slice_at_earlier_of_invoice_and_payment,
    slice_at_end,
    slice_at_invoice,
    slice_at_payment,
    slice_at_start,
    slice_by_day,
    tax_changes,
)
from samples import DUBLIN, ONE_DAY, buyer, decide, seller

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
NET = Money.of("1200.00", "EUR")
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("slices", "day"),
    [
        (slice_at_invoice(YEAR, NET, BEFORE), BEFORE),
        (slice_at_payment(YEAR, NET, AFTER), AFTER),
        (slice_at_start(YEAR, NET), date(2025, 1, 1)),
        (slice_at_end(YEAR, NET), date(2025, 12, 31)),
        (slice_at_earlier_of_invoice_and_payment(YEAR, NET, AFTER, BEFORE), BEFORE),
        (slice_at_earlier_of_invoice_and_payment(YEAR, NET, BEFORE, AFTER), BEFORE),
        (slice_at_earlier_of_invoice_and_payment(YEAR, NET, AFTER, None), AFTER),
    ],
)
def test_one_day_decides_about_the_whole(slices, day):
    (only,) = slices
    assert (only.tax_point, only.period, only.net) == (day, YEAR, NET)


def test_nova_scotia_takes_the_earlier_day():
    # Invoice on 2025-03-28, paid in April: 15 %, though the rate is 14 % since 2025-04-01.
    (part,) = slice_at_earlier_of_invoice_and_payment(YEAR, NET, date(2025, 3, 28), date(2025, 4, 10))
    halifax = buyer("CA", "CA-NS")
    assert decide(seller("US", "CA"), halifax, part.tax_point).rate * 100 == 15


def test_finland_at_the_end_of_the_period():
    # A period from 15 August to 14 September 2024 is completed at 25.5 %.
    (part,) = slice_at_end(Period(date(2024, 8, 15), date(2024, 9, 15)), NET)
    assert decide(DUBLIN, buyer("FI"), part.tax_point).rate * 1000 == 255


def test_manitoba_leaves_untaxed_what_was_paid_before_2026():
    (part,) = slice_at_payment(Period(date(2025, 12, 1), date(2026, 12, 1)), NET, date(2025, 12, 1))
    assert [
        each.name for each in decide(seller("US", "CA", "CA-MB"), buyer("CA", "CA-MB"), part.tax_point).components
    ] == ["GST"]


def test_a_change_of_rate_splits_an_estonian_year_by_its_days():
    # 181 days at 22 %, 184 at 24 %: 1200.00 × 181/365 = 595.068… and the rest.
    mari = buyer("EE")
    parts = slice_by_day(YEAR, NET, tax_changes(DUBLIN, mari, YEAR.start, YEAR.end))
    assert [(each.tax_point, each.period.days, each.net.amount) for each in parts] == [
        (date(2025, 1, 1), 181, "595.07"),
        (date(2025, 7, 1), 184, "604.93"),
    ]
    groups = assess_tax([(each.net, decide(DUBLIN, mari, each.tax_point)) for each in parts], "EUR")
    assert sorted(group.tax.amount for group in groups) == ["130.92", "145.18"]  # 130.9154, 145.1832
    assert parts[0].period.full == YEAR


def test_changes_outside_the_period_do_not_matter():
    outside = [YEAR.start, YEAR.start - ONE_DAY, YEAR.end, YEAR.end + ONE_DAY]
    assert slice_by_day(YEAR, NET, outside) == slice_at_start(YEAR, NET)


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.integers(1, 400),
    st.integers(-(10**9), 10**9),
    st.lists(st.integers(-5, 405), max_size=6),
    st.sampled_from(Rounding),
)
def test_slices_add_up_to_the_whole_and_touch(start, days, net, cuts, mode):
    whole = Period(start, start + days * ONE_DAY)
    parts = slice_by_day(whole, Money(net, "EUR"), [start + cut * ONE_DAY for cut in cuts], mode)
    assert total((each.net for each in parts), "EUR") == Money(net, "EUR")
    assert [each.period.start for each in parts[1:]] == [each.period.end for each in parts[:-1]]
    assert (parts[0].period.start, parts[-1].period.end) == (whole.start, whole.end)
    assert all(each.tax_point == each.period.start for each in parts)
    for part in parts:
        assert abs(part.net.amount_minor - net * part.period.days / days) < 2


def test_arguments_of_another_type_are_refused():
    for call in (
        lambda: slice_at_start("2025", NET),
        lambda: slice_at_end(YEAR, 1200),
        lambda: slice_at_invoice(YEAR, NET, "2025-01-01"),
        lambda: slice_at_payment(YEAR, NET, None),
        lambda: slice_at_earlier_of_invoice_and_payment(YEAR, NET, BEFORE, "x"),
        lambda: slice_by_day(YEAR, NET, ["x"]),
        lambda: slice_by_day(None, NET, []),
        lambda: TaxGroup(NET, None),
    ):
        with pytest.raises(InvalidTypeError):
            call()
