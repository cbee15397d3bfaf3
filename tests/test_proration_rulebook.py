"""A seller's rules by what happens; what is up and what is down; and what a result says of its rule."""

from datetime import UTC, date

import attrs
import pytest

from billingcore._kernel import Rounding
from billingcore.cycles import ANNUAL, WEEKLY, Cadence
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.proration import (
    Change,
    ChangeRule,
    Coverage,
    DirectionBy,
    Happening,
    PlanOrder,
    ProrationPolicy,
    ProrationResult,
    Rulebook,
    Sale,
    fold_changes,
    monthly_equivalent,
    prorate_change,
)
from billingcore.sourced import Confidence
from billingcore.vendors import RULEBOOKS, rulebook
from samples import APRIL, KEEP, LARGE, MID_APRIL, POLAR, SMALL, TWENTY_FOURTH, billed, flat, money, seats

PER_DAY, ABSOLUTE = PlanOrder(), PlanOrder(DirectionBy.ABSOLUTE)
MARKED = {each: attrs.evolve(KEEP, full_refund_days=at) for at, each in enumerate(Happening)}
MARKS = Rulebook.of("marked", KEEP, **{each.value: policy for each, policy in MARKED.items()})
TWO_SEATS = [billed(seats("10.00"), APRIL, 2)]


# Up and down


def test_a_team_that_grows_on_a_cheaper_plan_is_an_upgrade():
    """pointfreeco/pointfreeco 193: the quantity was forgotten."""
    assert PER_DAY.leads_up((seats("18.00"), 1), (seats("16.00", "Team"), 5))


@pytest.mark.parametrize(
    ("old", "new", "order", "up"),
    [
        (flat("30.00"), flat("300.00", cadence=ANNUAL), PER_DAY, False),
        (flat("30.00"), flat("300.00", cadence=ANNUAL), ABSOLUTE, True),
        (flat("7.00", cadence=WEEKLY), flat("30.00"), PER_DAY, False),  # 7.00 × 30.4375/7 = 30.44 a month
        (flat("6.90", cadence=WEEKLY), flat("30.00"), PER_DAY, False),  # 6.90 × 30.4375/7 = 30.0027
        (flat("6.89", cadence=WEEKLY), flat("30.00"), PER_DAY, True),  # 29.9592
        (flat("30.00"), flat("30.00", "Other"), PER_DAY, True),
        (flat("30.00"), flat("30.00", "Other"), PlanOrder(equal_is_up=False), False),
        (flat("30.00"), flat("30.01"), PlanOrder(equal_is_up=False), True),
        (flat("30.00"), flat("29.99"), PER_DAY, False),
    ],
)
def test_what_is_up_and_what_is_down(old, new, order, up):
    assert order.leads_up((old, 1), (new, 1)) is up


def test_the_price_of_a_month_is_exact():
    assert monthly_equivalent(flat("300.00", cadence=ANNUAL), 1).to_text() == "25.00"
    assert monthly_equivalent(seats("10.00"), 3) == money("30.00").exact()
    assert monthly_equivalent(flat("7.00", cadence=WEEKLY), 1) * 336 == money("10227.00").exact()  # 7.00 × 1461/48/7
    assert monthly_equivalent(flat("90.00", cadence=Cadence.monthly(3)), 1) == money("30.00").exact()


def test_ranks_are_the_sellers_own():
    basic, pro = (flat("30.00", "Basic"), 1), (flat("10.00", "Pro"), 1)
    assert PlanOrder(DirectionBy.RANK, ("Basic", "Pro")).leads_up(basic, pro)
    assert not PlanOrder(DirectionBy.RANK, ("Basic", "Pro")).leads_up(pro, basic)
    with pytest.raises(InvalidValueError, match="rank"):
        PlanOrder(DirectionBy.RANK, ("Basic",)).leads_up(basic, pro)


@pytest.mark.parametrize(
    ("arguments", "error", "field"),
    [
        (("rank",), InvalidTypeError, "by"), ((DirectionBy.RANK, ["a"]), InvalidTypeError, "ranks"),
        ((DirectionBy.RANK, ("a",), 1), InvalidTypeError, "equal_is_up"), ((DirectionBy.ABSOLUTE, ("a",)), InvalidValueError, "ranks"),
        ((DirectionBy.RANK,), InvalidValueError, "ranks"), ((DirectionBy.RANK, ("a", "a")), InvalidValueError, "ranks"),
        ((DirectionBy.RANK, (1,)), InvalidTypeError, "ranks"),
    ],
)  # fmt: skip
def test_an_order_is_checked(arguments, error, field):
    with pytest.raises(error, match=field):
        PlanOrder(*arguments)


def test_a_name_has_one_rank():
    with pytest.raises(InvalidValueError, match="a plan has one rank; list each name once"):
        PlanOrder(DirectionBy.RANK, ("Small", "Small"))


# What happens


@pytest.mark.parametrize(
    ("change", "lines", "expected"),
    [
        (Change.to(MID_APRIL, flat("50.00")), TWO_SEATS, Happening.UPGRADE),
        (Change.to(MID_APRIL, flat("5.00")), TWO_SEATS, Happening.DOWNGRADE),
        (Change.to(MID_APRIL, flat("20.00")), TWO_SEATS, Happening.UPGRADE),  # an equal total
        (Change.to(MID_APRIL, seats("10.00"), 3), TWO_SEATS, Happening.MORE),
        (Change.to(MID_APRIL, seats("10.00"), 1), TWO_SEATS, Happening.FEWER),
        (Change.to(MID_APRIL, seats("10.00"), 2), TWO_SEATS, Happening.UPGRADE),  # the same again
        (Change.to(MID_APRIL, seats("9.00", "Seats"), 3), TWO_SEATS, Happening.UPGRADE),  # another price: another plan
        (Change.to(MID_APRIL, flat("1.00", cadence=ANNUAL)), TWO_SEATS, Happening.LONGER_INTERVAL),  # whatever it costs
        (Change.to(MID_APRIL, seats("10.00", cadence=ANNUAL), 9), TWO_SEATS, Happening.LONGER_INTERVAL),
        (Change.to(MID_APRIL, flat("90.00", cadence=WEEKLY)), TWO_SEATS, Happening.SHORTER_INTERVAL),
        (Change.to(MID_APRIL, flat("5.00")), [], Happening.ADD_ON),  # nothing was sold before
        (Change.add(MID_APRIL, LARGE), TWO_SEATS, Happening.ADD_ON),
        (Change.remove(MID_APRIL), TWO_SEATS, Happening.REMOVAL),
        (Change.cancel(MID_APRIL), TWO_SEATS, Happening.CANCELLATION),
    ],
)
def test_the_first_that_applies_is_what_happens(change, lines, expected):
    assert MARKS.happening(change, lines) is expected
    assert MARKS.rule_for(change, lines).policy is MARKED[expected]
    if lines:
        assert prorate_change(MARKS, change, lines, purchased_on=APRIL.start).policy is MARKED[expected]


def test_the_newest_line_is_compared():
    lines = [billed(flat("100.00"), APRIL), *TWO_SEATS]
    assert MARKS.happening(Change.to(MID_APRIL, flat("30.00")), lines) is Happening.UPGRADE


def test_your_own_rules_are_one_policy_and_exceptions():
    ours = Rulebook.of("ours", KEEP, cancellation=ProrationPolicy.at_period_end(), fewer=ProrationPolicy.nothing())
    assert [each for each, rule in ours.rules() if rule.policy is not KEEP] == [
        Happening.FEWER, Happening.CANCELLATION,
    ]  # fmt: skip
    assert ours.upgrade == ChangeRule(KEEP, Coverage.DOCUMENTED, "given by the caller", None)
    assert ours.order == PlanOrder()
    with pytest.raises(InvalidTypeError, match="fewer must be a ProrationPolicy"):
        Rulebook.of("ours", KEEP, fewer=5)


def test_the_zone_the_rounding_and_the_order_are_the_callers():
    lago = rulebook("lago")
    zoned, rounded = lago.in_zone(UTC), lago.rounded(Rounding.HALF_EVEN)
    assert {rule.policy.measure.zone for _, rule in zoned.rules()} == {UTC}
    assert {rule.policy.rounding for _, rule in rounded.rules()} == {Rounding.HALF_EVEN}
    for changed in (zoned, rounded):  # and nothing else differs
        assert [rule.source for _, rule in changed.rules()] == [rule.source for _, rule in lago.rules()]
        assert [rule.policy.sale for _, rule in changed.rules()] == [rule.policy.sale for _, rule in lago.rules()]
    equal = Change.to(TWENTY_FOURTH, flat("30.00", "Other"))
    assert lago.happening(equal, [billed(SMALL)]) is Happening.UPGRADE
    assert lago.ordered(PlanOrder(equal_is_up=False)).happening(equal, [billed(SMALL)]) is Happening.DOWNGRADE
    for call, field in ((lambda: lago.rounded("half up"), "rounding"), (lambda: lago.ordered("rank"), "order")):
        with pytest.raises(InvalidTypeError, match=field):
            call()
    with pytest.raises(InvalidTypeError, match="zone"):
        lago.in_zone("UTC")


def test_an_addition_leads_up_and_a_removal_down():
    up, down = KEEP, ProrationPolicy.at_period_end()
    rules = Rulebook.of("ours", up, downgrade=down, fewer=down, removal=down)
    added, removed = Change.add(TWENTY_FOURTH, flat("5.00", "Extra")), Change.remove(TWENTY_FOURTH)
    assert prorate_change(rules, added, [billed(SMALL)]).policy is up
    assert prorate_change(rules, removed, [billed(SMALL)]).policy is down


def test_a_history_takes_the_rule_of_each_change():
    rules = Rulebook.of("ours", KEEP, cancellation=ProrationPolicy.nothing())
    history = fold_changes(rules, [billed(SMALL)], [Change.to(TWENTY_FOURTH, LARGE), Change.cancel(TWENTY_FOURTH)])
    assert [step.policy.sale for step in history.steps] == [Sale.PRORATE, Sale.NOTHING]
    assert [step.net for step in history.steps] == [money("10.97"), money("0.00")]  # (50.00 - 30.00) × 17/31


# What is known of a rule


@pytest.mark.parametrize(
    ("coverage", "told"),
    [
        (Coverage.DOCUMENTED, None),
        (Coverage.INFERRED, "this rule is inferred: the guide, read on 2026-11-23; one example"),
        (Coverage.NOT_DOCUMENTED, "this rule is not documented: the guide, read on 2026-11-23; one example"),
    ],
)
def test_a_result_says_where_its_rule_is_not_documented(coverage, told):
    rule = ChangeRule(POLAR, coverage, "the guide", date(2026, 11, 23), Confidence.LOW, "one example")
    rules = attrs.evolve(Rulebook.of("ours", KEEP), upgrade=rule)
    result = prorate_change(rules, Change.to(TWENTY_FOURTH, LARGE), [billed(SMALL)])
    assert result.rule is rule
    last = result.explain().split("\n")[-1]
    assert last == (f"  {told}" if told else "  next bill on 2026-02-10: the bill dates are kept (sale)")


def test_a_vendor_whose_documentation_is_silent_says_so():
    silent = prorate_change(rulebook("polar"), Change.add(TWENTY_FOURTH, LARGE), [billed(SMALL)])
    assert silent.rule.coverage is Coverage.NOT_DOCUMENTED
    assert "  this rule is not documented: polarsource/polar" in silent.explain()
    said = prorate_change(rulebook("polar"), Change.to(TWENTY_FOURTH, LARGE), [billed(SMALL)])
    assert said.rule.coverage is Coverage.DOCUMENTED
    assert "this rule is" not in said.explain()
    own = prorate_change(POLAR, Change.add(TWENTY_FOURTH, LARGE), [billed(SMALL)])
    assert (own.rule, own.net) == (None, silent.net)


def test_a_result_has_the_policy_of_its_rule():
    rule = Rulebook.of("ours", KEEP).upgrade
    lines, change = (billed(SMALL),), Change.to(TWENTY_FOURTH, LARGE)
    assert ProrationResult(KEEP, change, lines, rule=rule).rule is rule
    with pytest.raises(InvalidValueError, match="the policy is that of the rule; pass both alike"):
        ProrationResult(POLAR, change, lines, rule=rule)


def test_rules_explain_themselves_and_equal_ones_share_a_line():
    ours = Rulebook.of("ours", KEEP, removal=ProrationPolicy.nothing(), cancellation=ProrationPolicy.nothing())
    assert ours.explain() == (
        "ours\n"
        "  upgrade, downgrade, more, fewer, longer interval, shorter interval, add on: clock day\n"
        "    documented: given by the caller\n"
        "  removal, cancellation: sale nothing; clock day; interval change keep\n"
        "    documented: given by the caller"
    )


@pytest.mark.parametrize("name", RULEBOOKS)
def test_a_named_rulebook_explains_every_rule(name):
    text = RULEBOOKS[name].explain()
    assert text.startswith(RULEBOOKS[name].name)
    for happening, rule in RULEBOOKS[name].rules():
        assert happening.words in text
        assert rule.explain() in text


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "", InvalidValueError), ("name", 1, InvalidTypeError), ("order", None, InvalidTypeError),
        *[(each.value, KEEP, InvalidTypeError) for each in Happening],
    ],
)  # fmt: skip
def test_a_rulebook_is_checked(field, value, error):
    with pytest.raises(error, match=field):
        attrs.evolve(MARKS, **{field: value})


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("policy", None, InvalidTypeError), ("coverage", "documented", InvalidTypeError), ("source", "", InvalidValueError),
        ("source", 1, InvalidTypeError), ("read_on", "2026-11-23", InvalidTypeError), ("confidence", 1, InvalidTypeError),
        ("remark", None, InvalidTypeError), ("remark", "a\nb", InvalidValueError),
    ],
)  # fmt: skip
def test_a_rule_is_checked(field, value, error):
    with pytest.raises(error, match=field):
        attrs.evolve(MARKS.upgrade, **{field: value})


def test_a_rule_of_ones_own_was_read_nowhere():
    assert MARKS.upgrade.explain() == "documented: given by the caller"


def test_a_source_and_a_remark_have_up_to_500_characters():
    rule = ChangeRule(KEEP, Coverage.INFERRED, "s" * 500, None, remark="r" * 500)
    assert (len(rule.source), len(rule.remark)) == (500, 500)
    for field in ("source", "remark"):
        with pytest.raises(InvalidValueError, match=f"{field} .*give 1 to 500 printable characters"):
            attrs.evolve(rule, **{field: "x" * 501})
