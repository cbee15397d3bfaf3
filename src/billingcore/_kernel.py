"""The one integer kernel that does every rounding of the library.

It works on magnitudes with ``+ - * //`` alone, so the same expressions serve an
``int`` and a column of integers; the sign is handled around it. The amount is
taken apart first (``amount = whole * den + rest``), so that no intermediate grows
past the amount or past ``num * den``: a 64-bit column cannot overflow while the
amount stays within 2**62 and ``num <= den``.
"""

from collections.abc import Callable

from billingcore._checks import check
from billingcore._choices import Choice


class Rounding(Choice):
    """How an exact amount becomes whole minor units.

    The names are those of ``decimal`` and ``java.math``. "Up" is away from zero
    and "down" is towards it, so a credit of -0.5 behaves like a charge of 0.5.
    Invoices use ``HALF_UP``; nothing in the library rounds without naming a mode.

    >>> [round_share(-5, 1, 2, mode) for mode in Rounding]
    [-3, -2, -2, -3, -2, -2, -3]
    """

    HALF_UP = "half_up"
    """To the nearest; half a unit goes away from zero: 0.5 to 1, -0.5 to -1."""
    HALF_DOWN = "half_down"
    """To the nearest; half a unit goes towards zero: 0.5 to 0."""
    HALF_EVEN = "half_even"
    """To the nearest; half a unit goes to the even neighbour: 0.5 to 0, 1.5 to 2."""
    UP = "up"
    """Away from zero, whatever the fraction: 0.1 to 1, -0.1 to -1."""
    DOWN = "down"
    """Towards zero: 0.9 to 0, -0.9 to 0."""
    CEILING = "ceiling"
    """To the greater neighbour: 0.1 to 1, -0.9 to 0."""
    FLOOR = "floor"
    """To the lesser neighbour: 0.9 to 0, -0.1 to -1."""

    @property
    def words(self) -> str:
        """The mode as it is written in an explanation: ``half up``."""
        return self.value.replace("_", " ")


def _half_up(whole: int, rest: int, den: int) -> int:
    return whole + 2 * rest // den


def _half_down(whole: int, rest: int, den: int) -> int:
    return whole + 2 * rest // (den + 1)


def _half_even(whole: int, rest: int, den: int) -> int:
    odd = whole - whole // 2 * 2
    return whole + (2 * rest + odd) // (den + 1)


def _up(whole: int, rest: int, den: int) -> int:
    return whole + (rest + den - 1) // den


def _down(whole: int, rest: int, den: int) -> int:  # noqa: ARG001 - one signature for all modes
    return whole


ROUND_MAGNITUDE: dict[Rounding, Callable[[int, int, int], int]] = {
    Rounding.HALF_UP: _half_up,
    Rounding.HALF_DOWN: _half_down,
    Rounding.HALF_EVEN: _half_even,
    Rounding.UP: _up,
    Rounding.DOWN: _down,
}
"""``(whole, rest, den) -> rounded`` for magnitudes, where the exact value is ``whole + rest / den``."""

_TOWARDS = {  # the two modes that look at the sign: what they do to a magnitude
    Rounding.CEILING: (_up, _down),
    Rounding.FLOOR: (_down, _up),
}


def _towards(rounding: Rounding, *, positive: bool) -> Callable[[int, int, int], int]:
    """Return what a mode that looks at the sign does to a magnitude, or refuse what is no mode."""
    check("rounding", rounding, Rounding)
    return _TOWARDS[rounding][0 if positive else 1]


def round_share(amount: int, num: int, den: int, rounding: Rounding) -> int:
    """Round ``amount * num / den`` once, to a whole number.

    Args:
        amount: any int; its sign is the sign of the result.
        num: 0 or more.
        den: 1 or more.
        rounding: the mode.

    >>> round_share(3000, 13, 28, Rounding.HALF_UP)  # 1392.857… minor units
    1393
    >>> round_share(1215, 1, 30, Rounding.HALF_UP)  # 40.5: a tie, away from zero
    41
    """
    magnitude = amount if amount >= 0 else -amount
    if magnitude < den:  # where time is measured in microseconds, nearly always: nothing to take apart
        rest = magnitude * num
        whole = rest // den
        rest -= whole * den
    else:
        whole = magnitude // den
        rest = (magnitude - whole * den) * num
        carried = rest // den
        whole = whole * num + carried
        rest -= carried * den
    try:
        mode = ROUND_MAGNITUDE[rounding]
    except Exception:  # noqa: BLE001 - it is no mode, and may raise anything when it is looked up
        mode = _towards(rounding, positive=amount >= 0)
    rounded = mode(whole, rest, den)
    return rounded if amount >= 0 else -rounded
