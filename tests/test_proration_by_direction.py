"""What is an upgrade and what a downgrade, and a policy for each direction."""

import attrs
import pytest
from billingcore.presets import DIRECTIONAL_PRESETS, PRESETS

from billingcore.cycles import ANNUAL, WEEKLY
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.proration import Change, Direction, DirectionalPolicy, DirectionBy, direction_of, prorate_change
from samples import APRIL, KEEP, LARGE, MID_APRIL, SMALL, TWENTY_FOURTH, billed, flat, seats


def test_a_team_that_grows_on_a_cheaper_plan_is_an_upgrade():
    """pointfreeco/pointfreeco 193: the quantity was forgotten."""
    assert (
        direction_of((seats("18.00"), 1), (seats("16.00", "Team"), 5), DirectionBy.PRICE_PER_DAY) is Direction.UPGRADE
    )


@pytest.mark.parametrize(
    ("old", "new", "by", "expected"),
    [
        ((flat("30.00"), 1), (flat("300.00", cadence=ANNUAL), 1), DirectionBy.PRICE_PER_DAY, Direction.DOWNGRADE),
        ((flat("30.00"), 1), (flat("300.00", cadence=ANNUAL), 1), DirectionBy.ABSOLUTE, Direction.UPGRADE),
        ((flat("7.00", cadence=WEEKLY), 1), (flat("30.00"), 1), DirectionBy.MONTHLY_EQUIVALENT, Direction.DOWNGRADE),
        ((seats("9.00"), 2), (seats("9.00"), 3), DirectionBy.ABSOLUTE, Direction.QUANTITY_UP),
        ((seats("9.00"), 2), (seats("9.00"), 1), DirectionBy.ABSOLUTE, Direction.QUANTITY_DOWN),
        ((flat("30.00"), 1), (flat("30.00", "Other"), 1), DirectionBy.ABSOLUTE, Direction.LATERAL),
    ],
)
def test_what_is_up_and_what_is_down(old, new, by, expected):
    assert direction_of(old, new, by) is expected


def test_ranks_are_the_sellers_own():
    basic, pro = (flat("30.00", "Basic"), 1), (flat("10.00", "Pro"), 1)
    assert direction_of(basic, pro, DirectionBy.RANK, ("Basic", "Pro")) is Direction.UPGRADE
    with pytest.raises(InvalidValueError, match="rank"):
        direction_of(basic, pro, DirectionBy.RANK, ("Basic",))
    with pytest.raises(InvalidTypeError, match="by"):
        direction_of(basic, pro, "rank")


def test_a_policy_for_each_direction():
    marks = [attrs.evolve(KEEP, sides=attrs.evolve(KEEP.sides, full_refund_days=at)) for at in range(5)]
    rule, line = DirectionalPolicy(*marks), [billed(seats("10.00"), APRIL, 2)]
    changes = (
        Change.to(MID_APRIL, flat("50.00")), Change.to(MID_APRIL, flat("5.00")), Change.to(MID_APRIL, seats("10.00"), 3),
        Change.to(MID_APRIL, seats("10.00"), 1), Change.cancel(MID_APRIL),
    )  # fmt: skip
    assert [prorate_change(rule, change, line).policy for change in changes] == marks
    assert rule.choose(Change.remove(MID_APRIL), line) is marks[3]
    assert rule.choose(Change.add(MID_APRIL, LARGE), []) is marks[0]
    lateral = Change.to(MID_APRIL, flat("20.00"))
    assert rule.choose(lateral, line) is marks[0]
    assert attrs.evolve(rule, lateral_is_upgrade=False).choose(lateral, line) is marks[1]
    assert DIRECTIONAL_PRESETS["lago"].direction(lateral, line) is Direction.UPGRADE
    assert DirectionalPolicy.of(KEEP).on_cancel is KEEP


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("on_upgrade", None, InvalidTypeError), ("direction_by", "rank", InvalidTypeError), ("ranks", ["a"], InvalidTypeError),
        ("lateral_is_upgrade", 1, InvalidTypeError), ("ranks", ("a",), InvalidValueError), ("direction_by", DirectionBy.RANK, InvalidValueError),
    ],
)  # fmt: skip
def test_a_policy_by_direction_is_checked(field, value, error):
    with pytest.raises(error, match="ranks" if error is InvalidValueError else field):
        attrs.evolve(DirectionalPolicy.of(KEEP), **{field: value})


def test_an_addition_leads_up_and_a_removal_down():
    up, down = PRESETS["polar"].policy, PRESETS["store_deferred"].policy
    policy = DirectionalPolicy(up, down, up, down, up)
    added, removed = Change.add(TWENTY_FOURTH, flat("5.00", "Extra")), Change.remove(TWENTY_FOURTH)
    assert (policy.direction(added, [billed(SMALL)]), policy.choose(added, [billed(SMALL)])) == (Direction.UPGRADE, up)
    assert policy.direction(removed, [billed(SMALL)]) is Direction.QUANTITY_DOWN  # as documented: on_quantity_down
    assert policy.choose(removed, [billed(SMALL)]) is down
