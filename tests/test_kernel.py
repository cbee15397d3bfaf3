"""The rounding kernel against exact fractions, over whole small domains and all seven modes."""

import decimal
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore import _kernel
from billingcore._kernel import ROUND_MAGNITUDE, Rounding, round_share
from billingcore.errors import InvalidTypeError

MODES = list(Rounding)
ODD_MODES = [mode for mode in MODES if mode not in {Rounding.CEILING, Rounding.FLOOR}]
modes = st.sampled_from(MODES)


def by_fractions(exact: Fraction, mode: Rounding) -> int:
    """Round by definition: compare the distance to the two neighbours."""
    floor, ceiling = math.floor(exact), math.ceil(exact)
    towards_zero, away = (floor, ceiling) if exact >= 0 else (ceiling, floor)
    to_floor, to_ceiling = exact - floor, ceiling - exact
    nearest = floor if to_floor < to_ceiling else ceiling
    tie = to_floor == to_ceiling and floor != ceiling
    even = floor if floor % 2 == 0 else ceiling
    return {
        Rounding.UP: away,
        Rounding.DOWN: towards_zero,
        Rounding.CEILING: ceiling,
        Rounding.FLOOR: floor,
        Rounding.HALF_UP: away if tie else nearest,
        Rounding.HALF_DOWN: towards_zero if tie else nearest,
        Rounding.HALF_EVEN: even if tie else nearest,
    }[mode]


@pytest.mark.parametrize("mode", MODES)
def test_every_small_share(mode):
    wrong = [
        (amount, num, den)
        for amount in range(-25, 26)
        for den in range(1, 13)
        for num in range(16)  # also above 1
        if round_share(amount, num, den, mode) != by_fractions(Fraction(amount * num, den), mode)
    ]
    assert wrong == []


@given(st.integers(), st.integers(min_value=0), st.integers(min_value=1), modes)
def test_any_share(amount, num, den, mode):
    assert round_share(amount, num, den, mode) == by_fractions(Fraction(amount * num, den), mode)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6), modes)
def test_the_names_mean_what_decimal_means(amount, den, mode):
    with decimal.localcontext(decimal.Context(prec=60)):
        doubled = Decimal(amount) * 2 / den  # exact comparison needs a finite expansion: keep to 2 and 5
        if (2 * amount) % den == 0:
            expected = (doubled / 2).quantize(Decimal(1), rounding=f"ROUND_{mode.name}")
            assert round_share(amount, 1, den, mode) == int(expected)


# -1.5, -0.5, 0.5, 1.5, 2.5: ties, by hand
@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        (Rounding.HALF_UP, [-2, -1, 1, 2, 3]),
        (Rounding.HALF_DOWN, [-1, 0, 0, 1, 2]),
        (Rounding.HALF_EVEN, [-2, 0, 0, 2, 2]),
        (Rounding.UP, [-2, -1, 1, 2, 3]),
        (Rounding.DOWN, [-1, 0, 0, 1, 2]),
        (Rounding.CEILING, [-1, 0, 1, 2, 3]),
        (Rounding.FLOOR, [-2, -1, 0, 1, 2]),
    ],
)
def test_a_tie_goes_where_its_mode_says(mode, rounded):
    assert [round_share(amount, 1, 2, mode) for amount in (-3, -1, 1, 3, 5)] == rounded


@given(st.integers(), st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from(ODD_MODES))
def test_a_mode_is_odd(amount, num, den, mode):
    assert round_share(-amount, num, den, mode) == -round_share(amount, num, den, mode)


@given(st.integers(), st.integers(0, 10**9), st.integers(1, 10**9))
def test_ceiling_and_floor_mirror_each_other(amount, num, den):
    assert round_share(-amount, num, den, Rounding.CEILING) == -round_share(amount, num, den, Rounding.FLOOR)


@given(st.integers(), st.integers(), st.integers(0, 10**9), st.integers(1, 10**9), modes)
def test_a_mode_is_monotone(one, other, num, den, mode):
    low, high = sorted((one, other))
    assert round_share(low, num, den, mode) <= round_share(high, num, den, mode)


@given(st.integers(), st.integers(1, 10**9), modes)
def test_whole_units_stay(amount, den, mode):
    assert round_share(amount, den, den, mode) == amount
    assert round_share(amount * den, 1, den, mode) == amount


@given(st.integers(), st.integers(0, 10**9), st.integers(1, 10**9), modes)
def test_a_mode_stays_near(amount, num, den, mode):
    off = abs(round_share(amount, num, den, mode) - Fraction(amount * num, den))
    assert off <= Fraction(1, 2) if mode.name.startswith("HALF") else off < 1


class Bounded(int):
    """An int that fails where a signed 64-bit column would."""

    def _checked(self, value):
        assert -(2**63) <= value < 2**63, value
        return Bounded(value)

    def __add__(self, other):
        return self._checked(int(self) + int(other))

    def __sub__(self, other):
        return self._checked(int(self) - int(other))

    def __mul__(self, other):
        return self._checked(int(self) * int(other))

    def __floordiv__(self, other):
        return self._checked(int(self) // int(other))

    def __neg__(self):
        return self._checked(-int(self))

    __radd__ = __add__
    __rmul__ = __mul__


@given(st.integers(-(2**62), 2**62), st.integers(1, 2**30), st.data(), modes)
def test_no_intermediate_leaves_64_bits(amount, den, data, mode):
    num = data.draw(st.integers(0, den))
    rounded = round_share(Bounded(amount), Bounded(num), Bounded(den), mode)
    assert rounded == by_fractions(Fraction(amount * num, den), mode)


def test_the_table_holds_the_modes_that_do_not_look_at_the_sign():
    assert set(ROUND_MAGNITUDE) == set(ODD_MODES)
    assert set(_kernel._TOWARDS) == {Rounding.CEILING, Rounding.FLOOR}


@pytest.mark.parametrize("mode", ["half_up", None, 1, "ROUND_HALF_UP", decimal.ROUND_HALF_UP])
def test_an_unknown_mode_is_refused(mode):
    with pytest.raises(InvalidTypeError, match=r"rounding must be a Rounding, such as Rounding\.HALF_UP"):
        round_share(1, 1, 2, mode)


def test_the_words_of_a_mode():
    assert [mode.words for mode in MODES] == [
        "half up",
        "half down",
        "half even",
        "up",
        "down",
        "ceiling",
        "floor",
    ]


@pytest.mark.parametrize("junk", [None, "half_up", 1, [], {}, Rounding])
def test_what_is_not_a_mode_is_refused_by_one_of_our_errors(junk):
    with pytest.raises(InvalidTypeError, match="rounding must be a Rounding"):
        round_share(100, 1, 3, junk)
