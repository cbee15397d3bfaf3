"""Money and exact amounts: their laws, their texts, and that nothing around them changes a result."""

import copy
import decimal
import pickle
import threading
from decimal import Decimal
from fractions import Fraction
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore import money as module
from billingcore._checks import MAX_ITEMS
from billingcore.errors import BillingError, CurrencyMismatchError, InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.money import MAX_AMOUNT_MINOR, ExactAmount, Money, Rounding, minor_digits, total
from billingcore.money._amounts import check_money
from samples import OPERATIONS, cents

LIMIT = MAX_AMOUNT_MINOR
EXPONENTS = ["JPY", "EUR", "KWD", "CLF"]  # 0, 2, 3, 4 digits
codes = st.sampled_from(EXPONENTS)
small = st.integers(-(10**12), 10**12)
in_range = st.integers(-LIMIT, LIMIT)
modes = st.sampled_from(Rounding)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


def golden():
    """Print every path that a Decimal takes."""
    amounts = [
        Money.of("1234567.89", "EUR") + Money.of("0.01", "EUR"),
        Money.of(Decimal("1234567.89"), "EUR") * 3,
        Money.of(Decimal("9999999999999999.99"), "EUR"),
        Money.of(Decimal("-0.00"), "EUR"),
        Money.of(Decimal("12345.678900"), "CLF"),
        cents(3000).share(13, 28, Rounding.HALF_UP),
        cents(1215).share(1, 30, Rounding.HALF_EVEN),
        *cents(100).split(3),
    ]
    lines = [f"{each} {each!r} {each.to_decimal()} {each.exact().to_text()}" for each in amounts]
    for bad in ("NaN", "sNaN", "Infinity", "1E+999999999", "1E-999999999", "1.005"):
        try:
            Money.of(Decimal(bad), "EUR")
        except BillingError as error:
            # The repr of the caller's own Decimal follows `capitals` of the context: 1e+5 for 1E+5.
            lines.append(str(error).replace("e+", "E+").replace("e-", "E-"))
    return "\n".join(lines)


EXPECTED = golden()
ROUNDINGS = [name for name in vars(decimal) if name.startswith("ROUND_")]


# Laws of money


@given(small, small, small, codes)
def test_addition_is_associative_and_commutative(a, b, c, code):
    x, y, z = Money(a, code), Money(b, code), Money(c, code)
    assert (x + y) + z == x + (y + z) == Money(a + b + c, code)
    assert x + y == y + x
    assert x + Money.zero(code) == x
    assert x + -x == Money.zero(code)
    assert x - y == x + -y
    assert abs(x) in {x, -x}
    assert abs(x).amount_minor >= 0


@given(small, small, st.integers(-1000, 1000), weights, codes, modes)
def test_results_keep_the_currency_and_hold_ints(a, b, n, parts, code, mode):
    x, y = Money(a, code), Money(b, code)
    results = [x + y, x - y, -x, abs(x), x * n, n * x, x.share(1, 3, mode), total([x, y], code)]
    results += [*x.allocate(parts), *x.split(3), (x * Fraction(1, 3)).round(mode), x.exact().round(mode)]
    for result in results:
        assert type(result) is Money
        assert type(result.amount_minor) is int
        assert result.currency == code


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(("a", "b"), [(100, 100), (0, 100), (100, 0), (0, 0)])
def test_two_currencies_never_meet(operation, a, b):
    with pytest.raises(CurrencyMismatchError, match=r"^cannot combine EUR with USD: convert one of them first$"):
        operation(Money(a, "EUR"), Money(b, "USD"))
    assert Money(a, "EUR") != Money(b, "USD")
    assert Money(a, "EUR").exact() != Money(b, "USD").exact()


@given(in_range, codes)
def test_minor_units_survive_their_text(amount, code):
    x = Money(amount, code)
    assert Money.of(x.amount, code) == x
    assert Money.parse(x.format()) == x
    assert Money.of(x.to_decimal(), code) == x
    assert x.to_decimal() == Decimal(x.amount)
    assert len(x.amount.partition(".")[2]) == minor_digits(code)
    assert eval(repr(x).replace("Money(", "Money.of("), {"Money": Money}) == x


@given(small, small, codes, codes)
def test_equal_amounts_have_the_same_hash(a, b, one, other):
    x, y = Money(a, one), Money(b, other)
    assert (x == y) == ((a, one) == (b, other))
    if x == y:
        assert hash(x) == hash(y)
    assert hash(x) == hash(Money(a, one))


def test_one_value_however_it_is_written():
    written = [
        Money.of("1", "EUR"),
        Money.of("1.0", "EUR"),
        Money.of("1.00", "EUR"),
        Money.of(1, "EUR"),
        Money.of(Decimal("1.000"), "EUR"),
        Money.of(Decimal("1E+0"), "EUR"),
        cents(100),
    ]
    assert len(set(written)) == 1


@pytest.mark.parametrize("other", [0, 100, 1.0, True, False, None, "1.00", "1.00 EUR", Decimal(1), (100, "EUR")])
def test_an_amount_never_equals_a_bare_value(other):
    for x in (cents(0), cents(1), cents(100), cents(100).exact()):
        assert x != other
        assert other != x
    assert cents(100) != cents(100).exact()


@given(small, small, small)
def test_amounts_are_ordered_like_their_minor_units(a, b, c):
    x, y, z = cents(a), cents(b), cents(c)
    assert (x < y, x <= y, x > y, x >= y) == (a < b, a <= b, a > b, a >= b)
    assert sorted([x, y, z]) == [cents(each) for each in sorted([a, b, c])]


@pytest.mark.parametrize("code", EXPONENTS)
def test_there_is_one_zero(code):
    zero = Money.zero(code)
    digits = minor_digits(code)
    written = "0" + ("." + "0" * digits if digits else "")
    zeros = [-zero, abs(zero), zero * -1, Money.of("-0", code), Money.of("-" + written, code), Money.of("000", code)]
    zeros += [Money.of(Decimal(text), code) for text in ("-0", "-0.00000", "0E+1000000", "0E-1000000")]
    zeros += [Money(-1, code).share(1, 3, Rounding.HALF_UP), Money(1, code) - Money(1, code)]
    for each in zeros:
        assert each == zero
        assert hash(each) == hash(zero)
        assert each.amount == written
        assert not each
    assert Money(1, code)


@given(small, st.integers(-50, 50), st.integers(-50, 50))
def test_multiplying_is_repeated_adding(a, m, n):
    x = cents(a)
    assert x * n == total([x if n >= 0 else -x] * abs(n), "EUR")
    assert (x * m) * n == x * (m * n) == n * (m * x)


@given(in_range, st.integers(0, 10**4), st.integers(1, 10**4), modes)
def test_a_share_is_the_exact_amount_rounded_once(a, num, den, mode):
    x = cents(a)
    if num <= den:
        share = x.share(num, den, mode)
        assert (x * Fraction(num, den)).round(mode) == share
        off = abs(share.amount_minor - Fraction(a * num, den))
        assert off <= Fraction(1, 2) if mode.name.startswith("HALF") else off < 1


@pytest.mark.parametrize(
    "beyond",
    [
        lambda: cents(LIMIT + 1),
        lambda: cents(-LIMIT - 1),
        lambda: cents(LIMIT) + cents(1),
        lambda: cents(-LIMIT) - cents(1),
        lambda: cents(LIMIT) * 2,
        lambda: 2 * cents(LIMIT),
        lambda: cents(LIMIT).share(2, 1, Rounding.DOWN),
        lambda: total([cents(LIMIT), cents(LIMIT)], "EUR"),
        lambda: (cents(LIMIT) * Fraction(3, 2)).round(Rounding.DOWN),
        lambda: Money.of(LIMIT, "EUR"),
        lambda: Money.of("10000000000000000.01", "EUR"),
        lambda: Money.of(Decimal("10000000000000000.01"), "EUR"),
        lambda: Money.of("9" * 40, "JPY"),
        lambda: cents(10**10_000),
        lambda: Money.of(10**10_000, "EUR"),
    ],
)
def test_whatever_goes_beyond_the_limit_is_refused_at_once(quickly, beyond):
    def attempt():
        with pytest.raises(OutOfRangeError, match=r"amounts are limited to 10\*\*18 minor units either way"):
            beyond()

    quickly(attempt)


def test_the_limit_itself_is_an_amount():
    assert Money.of("10000000000000000.00", "EUR") == cents(LIMIT) == -cents(-LIMIT)
    assert Money.of(Decimal("-1E+18"), "JPY") == Money(-LIMIT, "JPY")
    assert total([cents(LIMIT), cents(1), cents(-1)], "EUR") == cents(LIMIT)  # only the sum is bounded


# Exact amounts


@given(small, small, st.fractions(), codes, modes)
def test_exact_arithmetic_is_that_of_fractions(a, b, factor, code, mode):
    x, y = Money(a, code).exact(), ExactAmount(Fraction(b, 7), code)
    assert (x + y).amount_minor == a + Fraction(b, 7)
    assert (x - y).amount_minor == a - Fraction(b, 7)
    assert (-y).amount_minor == Fraction(-b, 7)
    assert (y * factor).amount_minor == (factor * y).amount_minor == Fraction(b, 7) * factor
    assert (y * 3).amount_minor == Fraction(3 * b, 7)
    assert x.round(mode) == Money(a, code)
    assert Money(a, code) * Fraction(1, 7) == ExactAmount(Fraction(a, 7), code)


@pytest.mark.parametrize(
    ("amount_minor", "code", "digits", "text"),
    [
        (Fraction(39000, 28), "EUR", 5, "13.92857…"),  # 1392.857142… cents
        (Fraction(-39000, 28), "EUR", 5, "-13.92857…"),
        (Fraction(1500), "EUR", 5, "15.00"),
        (Fraction(0), "EUR", 5, "0.00"),
        (Fraction(1, 2), "EUR", 5, "0.005"),
        (Fraction(1, 3), "EUR", 5, "0.00333…"),
        (Fraction(1, 10**6), "EUR", 5, "0.00000…"),
        (Fraction(9999999, 1000), "EUR", 2, "99.99…"),  # cut, not rounded
        (Fraction(1, 3), "EUR", 0, "0.00…"),  # never fewer than the currency has
        (Fraction(1), "JPY", 5, "1"),
        (Fraction(1, 3), "JPY", 0, "0…"),
        (Fraction(4, 3), "JPY", 3, "1.333…"),
        (Fraction(1), "CLF", 5, "0.0001"),
        (Fraction(1, 2), "KWD", 5, "0.0005"),
    ],
)
def test_an_exact_amount_as_text(amount_minor, code, digits, text):
    assert ExactAmount(amount_minor, code).to_text(digits) == text


def test_the_most_digits_that_a_text_shows():
    assert ExactAmount(Fraction(1, 3), "JPY").to_text(1000) == f"0.{'3' * 1000}…"


@given(st.fractions(), codes, st.integers(0, 12))
def test_the_text_of_an_exact_amount_is_cut_and_says_so(amount_minor, code, digits):
    exact = ExactAmount(amount_minor, code)
    text = exact.to_text(digits)
    shown = Fraction(text.rstrip("…")) * 10 ** minor_digits(code)
    if text.endswith("…"):
        assert abs(shown) < abs(amount_minor)
        assert abs(amount_minor - shown) < Fraction(10 ** minor_digits(code), 10**digits)
    else:
        assert shown == amount_minor


@pytest.mark.parametrize("digits", [-1, 1001, 1.0, True, None, "5", 10**9], ids=repr)
def test_a_number_of_digits_that_is_refused(quickly, digits):
    def attempt():
        with pytest.raises(BillingError, match="digits"):
            cents(1).exact().to_text(digits)

    quickly(attempt)


# Values


@given(in_range, codes)
def test_money_survives_pickle_and_copies(amount, code):
    for x in (Money(amount, code), ExactAmount(Fraction(amount, 7), code)):
        for again in (copy.copy(x), copy.deepcopy(x), *(pickle.loads(pickle.dumps(x, p)) for p in range(2, 6))):
            assert again == x
            assert hash(again) == hash(x)
            assert repr(again) == repr(x)


@pytest.mark.parametrize("value", [cents(100), cents(100).exact()], ids=repr)
def test_a_value_cannot_change(value):
    for name in ("amount_minor", "currency", "new"):
        with pytest.raises(AttributeError):
            setattr(value, name, 1)
    with pytest.raises(AttributeError):
        del value.currency
    assert not hasattr(value, "__dict__")


def test_an_amount_prints_all_its_digits_and_its_currency():
    assert str(cents(1393)) == cents(1393).format() == "13.93 EUR"
    assert repr(cents(-5)) == "Money.of('-0.05', 'EUR')"
    assert Money(5, "CLF").amount == "0.0005"
    assert Money(-1234567, "JPY").format() == "-1234567 JPY"
    assert repr(ExactAmount(Fraction(81, 2), "EUR")) == "ExactAmount(81/2, 'EUR')"
    assert f"{cents(100)}" == "1.00 EUR"


def test_an_amount_of_the_currency_that_is_wanted_is_given_back():
    assert check_money("price", cents(1)) == cents(1)


# Nothing depends on the decimal context, nor touches it


@pytest.mark.parametrize("precision", [1, 2, 3, 4, 5, 6, 28])
@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize("traps", ["none", "all", "default"])
def test_no_result_depends_on_the_decimal_context(precision, rounding, traps):
    context = decimal.Context(prec=precision, rounding=rounding, Emin=-1, Emax=1, capitals=0, clamp=1)
    if traps == "none":
        context.clear_traps()
    elif traps != "default":
        for signal in context.traps:
            context.traps[signal] = True
    with decimal.localcontext(context) as inside:
        inside.clear_flags()
        before = copy.deepcopy(inside)
        assert golden() == EXPECTED
        assert repr(inside) == repr(before)  # its settings and its flags


def test_threads_agree():
    texts = []

    def run(precision):
        decimal.getcontext().prec = precision
        texts.append(golden())

    threads = [threading.Thread(target=run, args=(1 + number % 6,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(texts) == {EXPECTED}
    assert len(texts) == 12


def test_the_module_names_what_is_public():
    assert all(hasattr(module, name) for name in module.__all__)


@pytest.mark.parametrize("divide", [lambda m: m / 2, lambda m: m // 2, lambda m: 2 / m])
def test_money_is_not_divided_and_the_error_says_what_to_do(divide):
    with pytest.raises(InvalidTypeError, match=r"money \* Fraction\(1, 2\) is exact, money.split\(2\) keeps the whole"):
        divide(Money(100, "EUR"))


def test_money_is_aligned_like_the_text_that_it_prints():
    assert f"{Money(100, 'EUR'):>10}|{Money(-5, 'EUR')}" == "  1.00 EUR|-0.05 EUR"


def test_a_million_amounts_are_added_and_no_more():
    cent = Money(1, "EUR")
    assert total(repeat(cent, MAX_ITEMS), "EUR") == Money(MAX_ITEMS, "EUR")
    with pytest.raises(OutOfRangeError, match="more than 1000000 amounts; add them in parts"):
        total(repeat(cent), "EUR")
    with pytest.raises(InvalidTypeError, match="amounts must be Money values to add"):
        total("", "EUR")


def test_an_exact_amount_has_four_hundred_digits_at_most():
    longest = 10**400 - 1
    assert repr(ExactAmount(Fraction(-longest, 7), "EUR")).startswith("ExactAmount(-999")
    assert len(ExactAmount(Fraction(longest), "EUR").to_text(1000)) == 400 + 1
    for share in (Fraction(10**400), Fraction(-(10**400)), Fraction(1, 10**400)):
        with pytest.raises(OutOfRangeError, match="limited to 400 digits"):
            ExactAmount(share, "EUR")
        with pytest.raises(OutOfRangeError, match="limited to 400 digits"):
            Money(1, "EUR") * share


def test_money_is_laid_out_as_a_text_is():
    assert f"{Money(1, 'EUR'):>10}" == "  0.01 EUR"
    with pytest.raises(InvalidValueError, match=r"spec '\.2f': no format of a text"):
        format(Money(1, "EUR"), ".2f")
    with pytest.raises(InvalidTypeError, match="spec must be a str such as '>12'"):
        Money(1, "EUR").__format__(5)
