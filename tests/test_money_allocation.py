"""Allocation: parts that make the whole, to a minor unit, whatever the method."""

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.money import MAX_AMOUNT_MINOR, Allocation, total
from samples import cents

LIMIT = MAX_AMOUNT_MINOR
in_range = st.integers(-LIMIT, LIMIT)
methods = st.sampled_from(Allocation)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


SMALL_WEIGHTS = [parts for size in (1, 2, 3) for parts in itertools.product(range(5), repeat=size) if any(parts)]
L, F = Allocation.LARGEST_REMAINDER, Allocation.FIRST


def exact_shares(amount, parts):
    return [Fraction(amount * part, sum(parts)) for part in parts]


@pytest.mark.parametrize("method", Allocation)
def test_allocation_keeps_its_laws_on_a_whole_small_domain(method):
    for amount in range(-24, 25):
        for parts in SMALL_WEIGHTS:
            shares = [share.amount_minor for share in cents(amount).allocate(parts, method)]
            assert sum(shares) == amount  # nothing is lost
            exact = exact_shares(amount, parts)
            assert all(abs(share - each) < 1 for share, each in zip(shares, exact, strict=True))
            for (one, w), (other, v) in itertools.combinations(zip(shares, parts, strict=True), 2):
                if w == v:  # equal weights
                    assert abs(one - other) <= 1
                    assert abs(one) >= abs(other)  # a tie goes to the earlier
                elif method is Allocation.LARGEST_REMAINDER:  # not FIRST: 1 over 1 and 3 is 1 + 0 there
                    assert (abs(one) >= abs(other)) == (w > v) or one == other
            assert all(share == 0 for share, weight in zip(shares, parts, strict=True) if not weight)
            scaled = cents(amount).allocate([7 * part for part in parts], method)
            assert [share.amount_minor for share in scaled] == shares  # the scale of the weights does not matter
            mirrored = cents(-amount).allocate(parts, method)
            assert [-share.amount_minor for share in mirrored] == shares  # the sign is mirrored


@given(in_range, weights, methods, st.integers(1, 10**9))
def test_allocation_keeps_its_laws_at_large(amount, parts, method, scale):
    shares = cents(amount).allocate(parts, method)
    assert total(shares, "EUR") == cents(amount)
    for share, exact, weight in zip(shares, exact_shares(amount, parts), parts, strict=True):
        assert abs(share.amount_minor - exact) < 1
        assert weight or not share
    assert cents(amount).allocate([scale * part for part in parts], method) == shares
    assert cents(-amount).allocate(parts, method) == tuple(-share for share in shares)


@given(in_range, weights)
def test_a_larger_weight_never_gets_less(amount, parts):
    shares = [abs(share.amount_minor) for share in cents(amount).allocate(parts)]
    for (one, w), (other, v) in itertools.combinations(zip(shares, parts, strict=True), 2):
        if w > v:
            assert one >= other
        elif w < v:
            assert one <= other


@given(in_range, st.integers(1, 50))
def test_split_is_even_and_the_first_carry_the_rest(amount, parts):
    shares = cents(amount).split(parts)
    sizes = [abs(share.amount_minor) for share in shares]
    assert total(shares, "EUR") == cents(amount)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] - sizes[-1] <= 1


@pytest.mark.parametrize(
    ("amount", "parts", "method", "shares"),
    [
        # 5 * 3/10 = 1.5 and 5 * 7/10 = 3.5: a tie, to the earlier
        (5, (3, 7), L, (2, 3)),
        (5, (3, 7), F, (2, 3)),
        (5, (7, 3), L, (4, 1)),
        (5, (7, 3), F, (4, 1)),
        # moneyphp gives (-3, -2) for the next: its largest remainder is not mirrored (its PR 492 is about that place)
        (-5, (7, 3), L, (-4, -1)),
        (-5, (7, 3), F, (-4, -1)),
        # 33.33 + 50 + 16.67
        (100, (2, 3, 1), L, (33, 50, 17)),
        (100, (2, 3, 1), F, (34, 50, 16)),
        # 2.25 + 0.75
        (3, (75, 25), L, (2, 1)),
        (3, (75, 25), F, (3, 0)),
        # rusty_money issue 103: the rest must not go to a share of nothing
        (5, (0, 1, 1), L, (0, 3, 2)),
        (5, (0, 1, 1), F, (0, 3, 2)),
        # three friends and one euro (Fowler's foemmel conundrum is 5 over 3 and 7, above)
        (100, (1, 1, 1), L, (34, 33, 33)),
        (-100, (1, 1, 1), L, (-34, -33, -33)),
        # 10000 over 130: 2307.69 + 1538.46 + 3076.92 + 3076.92; three cents to .69, .92 and .92
        (10_000, (30, 20, 40, 40), L, (2308, 1538, 3077, 3077)),
        (0, (1, 2), L, (0, 0)),
        (7, (1,), F, (7,)),
    ],
)
def test_an_allocation_gives_the_parts_of_the_table(amount, parts, method, shares):
    assert tuple(share.amount_minor for share in cents(amount).allocate(parts, method)) == shares
    assert tuple(share.amount_minor for share in cents(amount).allocate(list(parts), method)) == shares


@pytest.mark.parametrize(
    ("parts", "error", "said"),
    [
        ((), InvalidValueError, "split over 1 to 1000000 weights"),
        ((0, 0), InvalidValueError, "at least one weight must be above 0"),
        ((1, -1), InvalidValueError, "weights -1: a weight cannot be negative"),
        ((1, 1.0), InvalidTypeError, "weights must be a sequence of ints, not 1.0"),
        ((1, True), InvalidTypeError, "weights must be a sequence of ints, not True"),
        ((1, None), InvalidTypeError, "weights must be a sequence of ints"),
        ((Decimal(1),), InvalidTypeError, "weights must be a sequence of ints"),
        ("12", InvalidTypeError, "weights must be a sequence of ints"),
        (b"12", InvalidTypeError, "weights must be a sequence of ints"),
        ({1, 2}, InvalidTypeError, "weights must be a sequence of ints"),
        (None, InvalidTypeError, "weights must be a sequence of ints"),
        (3, InvalidTypeError, "weights must be a sequence of ints"),
        (range(10**9), InvalidValueError, "split over 1 to 1000000 weights"),
    ],
)
def test_weights_that_are_refused(quickly, parts, error, said):
    def attempt():
        with pytest.raises(error, match=said):
            cents(100).allocate(parts)

    quickly(attempt)


@pytest.mark.parametrize("method", [None, "first", 0, True])
def test_a_method_that_is_unknown_is_refused(method):
    with pytest.raises(InvalidTypeError, match=r"method must be an Allocation, such as Allocation\.LARGEST_REMAINDER"):
        cents(100).allocate((1,), method)


@pytest.mark.parametrize("parts", [0, -1, 1_000_001, 10**30])
def test_a_number_of_parts_that_is_refused(parts):
    with pytest.raises(InvalidValueError, match="an amount is split into 1 to 1000000 parts"):
        cents(100).split(parts)


def test_an_allocation_has_its_most_parts():
    shares = cents(-1).split(1_000_000)
    assert (len(shares), shares[0], shares[-1]) == (1_000_000, cents(-1), cents(0))


@pytest.mark.parametrize("parts", [1.0, True, "3", None])
def test_parts_that_are_not_a_number(parts):
    with pytest.raises(InvalidTypeError, match="parts must be an int of 1 or more"):
        cents(100).split(parts)


def test_weights_that_cannot_be_read_are_our_error():
    class Broken(list):
        def __iter__(self):
            raise OSError("gone")

    with pytest.raises(InvalidValueError, match="it raised OSError while it was read; pass a sequence of ints"):
        cents(100).allocate(Broken([1]))
