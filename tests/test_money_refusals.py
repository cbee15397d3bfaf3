"""Money refuses what it cannot hold: amounts, currencies, texts, factors, shares."""

from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore._facts import currencies
from billingcore.errors import (
    BillingError,
    InexactAmountError,
    InvalidTypeError,
    InvalidValueError,
    OutOfRangeError,
    UnknownCurrencyError,
)
from billingcore.money import ExactAmount, Money, Rounding, minor_digits, total
from billingcore.money._amounts import check_money
from samples import OPERATIONS, cents

EXPONENTS = ["JPY", "EUR", "KWD", "CLF"]  # 0, 2, 3, 4 digits
codes = st.sampled_from(EXPONENTS)


class Code(str):
    __slots__ = ()


class Number(int):
    pass


BAD_MINOR = [1.0, float("nan"), True, False, None, "100", b"100", Decimal(100), Fraction(100), Number(100), (100,)]
NOT_MONEY = [0, 1, 1.5, True, None, "1.00 EUR", Decimal(1), Fraction(1), cents(1).exact()]


class Amount(Decimal):
    pass


BAD_AMOUNTS = [
    # (amount, error, a part of the message)
    (9.99, InvalidTypeError, "a str, an int or a Decimal of major units"),
    (1.0, InvalidTypeError, "not 1.0 (float)"),
    (float("nan"), InvalidTypeError, "not nan (float)"),
    (float("inf"), InvalidTypeError, "not inf (float)"),
    (True, InvalidTypeError, "not True (bool)"),
    (False, InvalidTypeError, "not False (bool)"),
    (None, InvalidTypeError, "not None (NoneType)"),
    (b"1.00", InvalidTypeError, "(bytes)"),
    (Fraction(1, 3), InvalidTypeError, "(Fraction)"),
    ((1, 2), InvalidTypeError, "(tuple)"),
    ([1], InvalidTypeError, "(list)"),
    (1j, InvalidTypeError, "(complex)"),
    (Number(1), InvalidTypeError, "(Number)"),
    (Amount(1), InvalidTypeError, "(Amount)"),
    (Code("1.00"), InvalidTypeError, "(Code)"),
    (Decimal("NaN"), InvalidValueError, "finite"),
    (Decimal("sNaN"), InvalidValueError, "finite"),
    (Decimal("-NaN123"), InvalidValueError, "finite"),
    (Decimal("Infinity"), InvalidValueError, "finite"),
    (Decimal("-Infinity"), InvalidValueError, "finite"),
    (Decimal("1E+999999999"), OutOfRangeError, "limited to 10**18"),
    (Decimal("-1E+999999999999999999"), OutOfRangeError, "limited to 10**18"),
    (Decimal("1E-999999999"), InexactAmountError, "EUR has 2 decimal digits"),
    (Decimal("0.001"), InexactAmountError, "EUR has 2 decimal digits; round first, with a mode that you name"),
    (Decimal("1.005"), InexactAmountError, "EUR has 2 decimal digits"),
    (Decimal("1E+20"), OutOfRangeError, "limited to 10**18"),
    (Decimal("1" + "0" * 5000), OutOfRangeError, "limited to 10**18"),
    (Decimal("0." + "0" * 5000 + "1"), InexactAmountError, "EUR has 2 decimal digits"),
    (Decimal("1." + "0" * 5000 + "1"), InexactAmountError, "EUR has 2 decimal digits"),
    ("1.005", InexactAmountError, "EUR has 2 decimal digits"),
    ("1.000", InexactAmountError, "EUR has 2 decimal digits"),  # it may well mean a thousand
    *[
        (text, InvalidValueError, "write plain digits with one point, such as '1234.50'")
        for text in (
            *("", " ", "abc", "NaN", "nan", "sNaN", "Infinity", "-inf", "1e5", "1E+999999999", "0x10", "1_000"),
            *("1,000.00", "1.000,00", "1.2.3", ".5", "5.", "--5", "-", "-.5", "- 5", " 5", "5 ", "5\n", "\t5"),
            *("5\u00a0", "\u0665", "\uff15", "5\u0660", "1\u066b5", "\u22125", "5\x00", "\ud800", "\u202e5", "€5"),
            *(
                "5 EUR",
                "<b>5</b>",
                "=1+1",
                "1/3",
                "½",
                "\uff15.\uff10\uff10",
                "9" * 41,
                "0" * 100,
                "0." + "0" * 41,
                "9" * 10**6,
            ),
        )
    ],
]


@pytest.mark.parametrize(("amount", "error", "said"), BAD_AMOUNTS, ids=lambda value: ascii(value)[:30])
def test_an_amount_that_is_refused(quickly, amount, error, said):
    def attempt():
        with pytest.raises(error) as caught:
            Money.of(amount, "EUR")
        return caught.value

    refused = quickly(attempt)
    assert said in str(refused)
    assert refused.value is amount or refused.value == amount
    assert len(str(refused)) < 250


@pytest.mark.parametrize("amount_minor", BAD_MINOR, ids=repr)
def test_minor_units_that_are_not_an_int(amount_minor):
    with pytest.raises(InvalidTypeError, match=r"for major units use Money\.of\('30\.00', 'EUR'\)"):
        Money(amount_minor, "EUR")


BAD_CURRENCIES = [
    (None, InvalidTypeError, "currency must be an ISO 4217 code such as 'EUR', not None"),
    (978, InvalidTypeError, "currency must be an ISO 4217 code"),
    (b"EUR", InvalidTypeError, "currency must be an ISO 4217 code"),
    (True, InvalidTypeError, "currency must be an ISO 4217 code"),
    (["EUR"], InvalidTypeError, "currency must be an ISO 4217 code"),
    (Code("EUR"), InvalidTypeError, "currency must be an ISO 4217 code"),
    ("eur", UnknownCurrencyError, "did you mean 'EUR'?"),
    ("Eur", UnknownCurrencyError, "did you mean 'EUR'?"),
    ("EUR ", UnknownCurrencyError, "did you mean 'EUR'?"),
    ("EUR\n", UnknownCurrencyError, "did you mean 'EUR'?"),
    ("EURO", UnknownCurrencyError, "did you mean 'EUR'?"),
    ("EURCENT", UnknownCurrencyError, "did you mean 'EUR'?"),
    ("EUROCENT", UnknownCurrencyError, "use three capital letters"),
    ("", UnknownCurrencyError, "use three capital letters"),
    ("XXX", UnknownCurrencyError, "ISO 4217 defines no minor unit for it"),
    ("XAU", UnknownCurrencyError, "ISO 4217 defines no minor unit for it"),
    ("XTS", UnknownCurrencyError, "ISO 4217 defines no minor unit for it"),
    ("BTC", UnknownCurrencyError, "not an ISO 4217 code"),
    ("ZZZ", UnknownCurrencyError, "not an ISO 4217 code"),
    ("€", UnknownCurrencyError, "not an ISO 4217 code"),
    ("978", UnknownCurrencyError, "not an ISO 4217 code"),
    ("\uff25\uff35\uff32", UnknownCurrencyError, "not an ISO 4217 code"),
    ("EUR" * 10**5, UnknownCurrencyError, "use three capital letters"),
    ("<b>", UnknownCurrencyError, "not an ISO 4217 code"),
]


@pytest.mark.parametrize(("currency", "error", "said"), BAD_CURRENCIES, ids=lambda value: ascii(value)[:30])
@pytest.mark.parametrize(
    "build",
    [
        lambda code: Money(100, code),
        lambda code: Money.of("1", code),
        Money.zero,
        minor_digits,
        lambda code: ExactAmount(Fraction(1), code),
        lambda code: total([], code),
    ],
)
def test_a_currency_that_is_refused(quickly, build, currency, error, said):
    def attempt():
        with pytest.raises(error) as caught:
            build(currency)
        return str(caught.value)

    assert said in quickly(attempt)


def test_a_withdrawn_currency_whose_digits_are_not_known():
    code = min(currencies.WITHDRAWN_UNKNOWN)
    with pytest.raises(UnknownCurrencyError, match="withdrawn, and its number of digits is not known"):
        minor_digits(code)


def test_a_withdrawn_currency_whose_digits_are_known_still_bills_its_past():
    assert Money.of("1.50", "DEM").format() == "1.50 DEM"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (None, InvalidTypeError),
        (5, InvalidTypeError),
        (b"1.00 EUR", InvalidTypeError),
        (Code("1.00 EUR"), InvalidTypeError),
        ("", InvalidValueError),
        ("1.00", InvalidValueError),
        ("EUR", InvalidValueError),
        ("1.00EUR", InvalidValueError),
        ("EUR 1.00", InvalidValueError),
        (" 1.00 EUR", InvalidValueError),
        ("1.00  EUR", UnknownCurrencyError),
        ("1.00 EUR ", UnknownCurrencyError),
        ("1.00 EUR\n", UnknownCurrencyError),
        ("1.00\u00a0EUR", InvalidValueError),
        ("1.000 EUR", InexactAmountError),
        ("1.00 eur", UnknownCurrencyError),
        ("1 " * 10**6, InvalidValueError),
        ("1" * 10**6 + " EUR", InvalidValueError),
    ],
)
def test_a_text_that_is_refused(quickly, text, error):
    def attempt():
        with pytest.raises(error):
            Money.parse(text)

    quickly(attempt)


@pytest.mark.parametrize("other", NOT_MONEY, ids=repr)
@pytest.mark.parametrize(
    "operation",
    [
        *OPERATIONS[:6],
        lambda x, y: y + x,
        lambda x, y: y - x,
        lambda x, y: y < x,
        lambda x, y: y >= x,
        lambda x, y: total([x, y], "EUR"),
        lambda _, y: check_money("price", y),
    ],
)
def test_money_meets_money_alone(operation, other):
    with pytest.raises(InvalidTypeError):
        operation(cents(100), other)


def test_the_sum_of_the_language_is_answered_with_a_hint():
    with pytest.raises(InvalidTypeError, match=r"billingcore\.total\(amounts, currency\)"):
        sum([cents(1), cents(2)])


@pytest.mark.parametrize("factor", [1.5, True, None, "2", Decimal(2), cents(1), Number(2)], ids=repr)
def test_a_factor_that_is_refused(factor):
    for x in (cents(100), cents(100).exact()):
        with pytest.raises(InvalidTypeError):
            x * factor
        with pytest.raises(InvalidTypeError):
            factor * x


def test_division_is_not_offered():
    with pytest.raises(TypeError):
        cents(100) / 3
    with pytest.raises(TypeError):
        cents(100) // 3
    with pytest.raises(TypeError):
        float(cents(100))


@pytest.mark.parametrize(
    ("num", "den", "mode", "error"),
    [
        (1.0, 2, Rounding.UP, InvalidTypeError),
        (1, 2.0, Rounding.UP, InvalidTypeError),
        (True, 2, Rounding.UP, InvalidTypeError),
        (1, True, Rounding.UP, InvalidTypeError),
        (Fraction(1, 2), 1, Rounding.UP, InvalidTypeError),
        (1, 2, "half_up", InvalidTypeError),
        (1, 2, None, InvalidTypeError),
        (-1, 2, Rounding.UP, InvalidValueError),
        (1, 0, Rounding.UP, InvalidValueError),
        (1, -2, Rounding.UP, InvalidValueError),
    ],
)
def test_a_share_that_is_refused(num, den, mode, error):
    with pytest.raises(error):
        cents(100).share(num, den, mode)
    if type(mode) is not Rounding:
        with pytest.raises(error):
            cents(100).exact().round(mode)


@pytest.mark.parametrize("amount", [1, 1.0, True, None, "1", Decimal(1), (1, 2)], ids=repr)
def test_an_exact_amount_is_a_fraction(amount):
    with pytest.raises(InvalidTypeError, match="amount_minor must be a Fraction of minor units"):
        ExactAmount(amount, "EUR")


@pytest.mark.parametrize("other", [0, 1, Fraction(1), None, cents(1)], ids=repr)
def test_exact_meets_exact_alone(other):
    with pytest.raises(InvalidTypeError, match=r"money\.exact\(\) makes one"):
        cents(1).exact() + other
    with pytest.raises(InvalidTypeError):
        cents(1).exact() - other


@pytest.mark.parametrize("amounts", [None, 5, cents(1)], ids=repr)
def test_a_total_of_what_is_not_a_series(amounts):
    with pytest.raises(InvalidTypeError, match="amounts must be Money values to add"):
        total(amounts, "EUR")


@given(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.decimals() | st.fractions(),
    st.none() | st.text(max_size=5) | codes,
)
def test_any_value_is_accepted_or_refused_by_our_errors(amount, currency):
    for build in (Money, Money.of, ExactAmount):
        try:
            said = build(amount, currency).currency
        except BillingError as error:
            said = str(error)
        assert said == currency or 0 < len(said) < 400


def test_disabled_validators_of_attrs_change_nothing():
    attrs.validators.set_disabled(True)
    try:
        for amount, error, _ in BAD_AMOUNTS:
            with pytest.raises(error):
                Money.of(amount, "EUR")
        for amount_minor in BAD_MINOR:
            with pytest.raises(InvalidTypeError):
                Money(amount_minor, "EUR")
        for currency, error, _ in BAD_CURRENCIES:
            with pytest.raises(error):
                Money(1, currency)
            with pytest.raises(error):
                ExactAmount(Fraction(1), currency)
        with pytest.raises(InvalidTypeError):
            ExactAmount(1, "EUR")
    finally:
        attrs.validators.set_disabled(False)


def test_a_currency_written_first_is_told_the_order():
    with pytest.raises(InvalidValueError, match="an amount, one space and a currency are needed"):
        Money.parse("EUR 1.00")
