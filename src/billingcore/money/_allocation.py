"""Splitting an amount so that nothing is lost: the integer half."""

from collections.abc import Sequence
from typing import Final

from billingcore._checks import asked, collected, refuse
from billingcore._choices import Choice
from billingcore.errors import InvalidTypeError, InvalidValueError

MAX_PARTS: Final = 1_000_000


class Allocation(Choice):
    """Who gets the minor units that are left when an amount is split and every share is rounded down.

    Both keep the whole, give nothing to a weight of zero, mirror for negative
    amounts, and keep every share less than a minor unit from its exact value.
    0.05 over the weights 3 and 7 (exactly 1.5 and 3.5) is 0.02 + 0.03 either way;
    1.00 over 2, 3 and 1 (33.33, 50, 16.67) is where they part:

    >>> from billingcore.money import Money
    >>> hundred = Money(100, "EUR")
    >>> [[share.amount_minor for share in hundred.allocate((2, 3, 1), method)] for method in Allocation]
    [[33, 50, 17], [34, 50, 16]]
    """

    LARGEST_REMAINDER = "largest_remainder"
    """To the shares that lost most; ties go to the earlier share (Hamilton's method)."""
    FIRST = "first"
    """To the earliest shares that lost anything."""


def check_weights(weights: Sequence[int]) -> tuple[int, ...]:
    if isinstance(weights, str | bytes) or not isinstance(weights, Sequence):
        raise InvalidTypeError("weights", weights, "a sequence of ints")
    plain = type(weights) in {tuple, list}  # else a class of the caller's, which may raise anything
    if not 0 < (len(weights) if plain else asked("weights", len, weights)) <= MAX_PARTS:
        raise InvalidValueError("weights", weights, f"an amount is split over 1 to {MAX_PARTS} weights")
    read = tuple(weights) if plain else collected("weights", weights, int, words="a sequence of ints")
    for weight in read:
        if type(weight) is not int:
            refuse("weights", weight, int, words="a sequence of ints")
        if weight < 0:
            raise InvalidValueError("weights", weight, "a weight cannot be negative")
    if not any(read):
        raise InvalidValueError("weights", read, "at least one weight must be above 0")
    return read


def allocate_minor(amount_minor: int, weights: tuple[int, ...], method: Allocation) -> list[int]:
    """Split a number by checked weights: the integer half of `Money.allocate`."""
    magnitude = abs(amount_minor)
    whole = sum(weights)
    shares = [magnitude * weight // whole for weight in weights]
    left = magnitude - sum(shares)
    if left:
        lost = [magnitude * weight % whole for weight in weights]
        if method is Allocation.LARGEST_REMAINDER:
            order = sorted(range(len(weights)), key=lost.__getitem__, reverse=True)  # stable: ties stay in order
        else:
            order = [at for at, remainder in enumerate(lost) if remainder]
        for at in order[:left]:
            shares[at] += 1
    return shares if amount_minor >= 0 else [-share for share in shares]
