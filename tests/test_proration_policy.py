"""A policy of proration is a value: the types of its fields, and its words."""

from datetime import UTC

import attrs
import pytest
from billingcore.presets import PRESETS

from billingcore.errors import InvalidTypeError
from billingcore.proration import (
    Charge,
    Credit,
    Cycle,
    FixedDays,
    Measure,
    MoneyRounding,
    ProrationPolicy,
    RoundStep,
    Sides,
    Timing,
)
from samples import DAY_RESET, HALF_UP


@pytest.mark.parametrize(
    "part", [Measure(), MoneyRounding(), Sides(), Timing(), ProrationPolicy(), FixedDays(30), RoundStep(2, HALF_UP)]
)
def test_every_field_of_a_policy_has_its_type(part):
    for field in attrs.fields(type(part)):
        if field.init:
            with pytest.raises(InvalidTypeError):
                attrs.evolve(part, **{field.name: 1.5})


def test_a_policy_names_what_differs_from_the_defaults():
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
