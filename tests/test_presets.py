"""The presets as data, and what the vendors charge."""

import importlib.util
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest
from billingcore.presets import DIRECTIONAL_PRESETS, PRESETS, compare, policies_of, preset

from billingcore.cycles import ANNUAL, Period
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.profiles import GOTO_RESCUE
from billingcore.proration import Change, prorate_change
from billingcore.sourced import Confidence
from samples import SMALL, SPAN, UPGRADE_AT, billed, flat, money

ROOT = Path(__file__).parents[1]
SECONDS = ("16.21", "27.02", "10.81", "2026-02-10")
DAYS = ("16.45", "27.42", "10.97", "2026-02-10")


TABLE = {
    # 30.00 × 16.75/31 and 50.00 × 16.75/31: exact time
    **dict.fromkeys(
        ("stripe_classic", "stripe_flexible", "polar", "recurly_rebill", "chargify_keep_period", "paddle"), SECONDS
    ),
    # × 17/31: the day of the change to the new plan
    **dict.fromkeys(
        ("chargebee_day", "zoho", "lago", "killbill", "microsoft_csp", "zuora_actual_days", "nadles", "paddle_classic"),
        DAYS,
    ),
    "braintree": ("0.00", "10.32", "10.32", "2026-02-10"),  # 20.00 × 16/31
    "zuora_30_days": ("17.00", "28.33", "11.33", "2026-02-10"),  # × 17/30
    "shopify": ("0.00", "11.33", "11.33", "2026-02-10"),  # 20.00 × 17/30
    "samsung_prorated_charge": ("16.00", "26.67", "10.67", "2026-02-10"),  # × 16/30
    "unibee": ("0.00", "10.40", "10.40", "2026-02-10"),  # 20.00 / 31 = 0.645 → 0.65, × 16
    "chargify_migration": ("16.21", "50.00", "33.79", "2026-02-24"),
    "goto_meeting": ("16.45", "50.00", "33.55", "2026-02-24"),
    "samsung_prorated_date": ("16.00 as time", "0.00", "0.00", "2026-02-03"),  # 16.00 / (50.00 / 30) = 9.6 → 10 days
    "google_charge_full_price": ("16.45 as time", "50.00", "50.00", "2026-03-06"),  # 16.4516 / (50.00 / 31) = 10.2 days
    "store_without_proration": ("0.00", "0.00", "0.00", "2026-02-10"),
    "store_deferred": ("0.00", "0.00", "0.00", "2026-02-10"),
    "none": ("0.00", "0.00", "0.00", "2026-02-10"),
}


@pytest.mark.parametrize("name", TABLE)
def test_one_upgrade_costs_by_family_what_the_vendors_charge(name):
    compared = compare(UPGRADE_AT, policies_of(name), [billed(SMALL, span=SPAN)], zone=UTC)
    cells = compared.rows[0].cells()
    assert (*cells[:4], cells[5]) == (name, *TABLE[name])


def test_the_default_of_the_reference_profile_is_the_preset_of_goto():
    assert GOTO_RESCUE.rules == PRESETS["goto_meeting"].policy


def test_every_preset_says_where_it_was_read_and_what_is_inferred():
    assert len(PRESETS) == 36
    for name, each in PRESETS.items():
        assert (each.name, preset(name)) == (name, each)
        assert each.source
        assert each.explain().startswith(f"{each.title} ({name})\n  {each.policy.describe()}\n")
        assert (each.inference in each.explain()) is True
    assert all(each.inference for each in PRESETS.values() if each.confidence is Confidence.LOW)


def test_an_unknown_preset_is_refused_with_the_known_ones():
    with pytest.raises(InvalidValueError, match="give one of stripe_classic, stripe_flexible"):
        preset("paypal")
    with pytest.raises(InvalidTypeError):
        preset(None)
    assert list(policies_of()) == list(PRESETS)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", None, InvalidTypeError), ("name", "Stripe", InvalidValueError), ("title", " ", InvalidValueError),
        ("source", "", InvalidValueError), ("inference", "a\nb", InvalidValueError), ("policy", None, InvalidTypeError),
        ("confidence", "high", InvalidTypeError), ("checked_on", "2026-11-23", InvalidTypeError),
        ("title", "x" * 501, InvalidValueError),
    ],
)  # fmt: skip
def test_a_preset_is_checked(field, value, error):
    with pytest.raises(error, match=field):
        attrs.evolve(PRESETS["polar"], **{field: value})


def test_a_zone_that_a_policy_names_is_kept():
    own = PRESETS["chargebee_day"].policy.in_zone(UTC)
    row = compare(UPGRADE_AT, {"own": own}, [billed(SMALL, span=SPAN)], zone=SPAN.start_at.tzinfo).rows[0]
    assert row.result.policy is own


def test_google_turns_a_yearly_price_into_a_month_of_the_running_period():
    """2.00 a month from 1 April, on the 16th 36.00 a year: 3.00 a month, half of each."""
    april = Period(date(2026, 4, 1), date(2026, 5, 1))
    change = Change.to(date(2026, 4, 16), flat("36.00", cadence=ANNUAL))
    result = prorate_change(PRESETS["google_charge_prorated_price"].policy, change, [billed(flat("2.00"), april)])
    assert (result.credit, result.charge, result.net) == (money("1.00"), money("1.50"), money("0.50"))
    assert result.next_bill_on == date(2026, 5, 1)
    full = prorate_change(PRESETS["google_charge_full_price"].policy, change, [billed(flat("2.00"), april)])
    assert (full.net, full.next_bill_on) == (money("36.00"), date(2027, 4, 26))  # 1.00 / (36.00 / 365) = 10.1 days


def test_the_pages_of_the_documentation_are_those_of_the_data():
    spec = importlib.util.spec_from_file_location("pages", ROOT / "scripts/generate_preset_pages.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for name, text in script.pages().items():
        assert (ROOT / "docs/presets" / name).read_text(encoding="utf-8") == text
    assert {path.name for path in (ROOT / "docs/presets").iterdir()} == set(script.pages())


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
def test_one_scenario_comes_to_the_figures_of_each_engine(name, at, cancels, expected):
    line = billed(SMALL, Period(date(2024, 1, 1), date(2024, 2, 1)))
    change = Change.cancel(at) if cancels else Change.to(at, flat("60.00"))
    result = prorate_change(PRESETS[name].policy.in_zone(UTC), change, [line])
    assert (result.credit.amount, result.charge.amount, result.net.amount) == expected
    assert result.next_bill_on == (
        None if cancels else date(2024, 2, 16) if name == "goto_meeting" else date(2024, 2, 1)
    )


def test_pages_name_every_policy_by_direction_and_what_is_not_checked(pytestconfig):
    text = (pytestconfig.rootpath / "docs/proration.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in DIRECTIONAL_PRESETS)
    assert "not checked here" in PRESETS["google_charge_prorated_price"].inference
