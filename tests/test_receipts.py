"""Printed documents: the words are ours, the shape is Babel's, the digits are ISO 4217's."""

from datetime import date, datetime
from decimal import ROUND_UP, localcontext
from fractions import Fraction

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from billingcore import testing as laws
from billingcore._facts.receipt_words import KEYS, WORDS
from billingcore.changes import Account, quote_change, quote_start
from billingcore.cycles import MONTHLY
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.invoices import Invoice, ItemLine, Payment, apply_credit, credit_in_full, record_payment
from billingcore.money import Money, minor_digits
from billingcore.parties import Buyer
from billingcore.places import Address
from billingcore.plans import FlatPrice, Plan
from billingcore.profiles import GOTO_RESCUE
from billingcore.receipts import LANGUAGES, format_date, format_money, format_rate, render_html, render_text
from samples import DUBLIN, GERMAN, MONTHLY_30, MONTHLY_60

PARISIAN = Account(DUBLIN, Buyer("Marie", Address("FR", "FR-75C", "75002")))


def upgraded(account):
    bought = quote_start(account, MONTHLY_30, 1, date(2026, 1, 31), discount=Money.of("5.00", "EUR"), number="1")
    changed = quote_change(
        account, bought.subscription, MONTHLY_60, 1, date(2026, 2, 15), GOTO_RESCUE.rules, number="2"
    )
    return bought.document, changed.document


def squeeze(text):
    """Fold spaces and apostrophes: which ones Babel writes changes with its data (Swiss thousands did in Babel 2.19)."""
    return " ".join(text.split()).replace("’", "'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language):
    assert tuple(WORDS[language]) == KEYS
    assert all(word.strip() for word in WORDS[language].values())


def test_an_upgrade_in_french_as_text():
    _, invoice = upgraded(PARISIAN)
    text = squeeze(render_text(invoice, "fr"))
    # 25.00 net × 13/28 = 11.607… → 11.61; 60.00 - 11.61 = 48.39; × 20 % = 9.678 → 9.68
    for part in (
        "FACTURE Numéro: 2 Date: 15 février 2026",
        "Client: Marie, 75002, FR-75C, FR",
        "Rescue Plus × 1, 15 février 2026 - 14 mars 2026 60,00 €",
        "Avoir pour Rescue × 1, non utilisé à partir du 15 février 2026 -11,61 €",
        "Sous-total 48,39 €",
        "TVA 20 % (FR), 48,39 € 9,68 €",
        "Total 58,07 €",
        "Montant dû 58,07 €",
    ):
        assert part in text


def test_a_discount_has_a_row_of_its_own():
    invoice, _ = upgraded(PARISIAN)
    assert "Rabatt -5,00 €" in squeeze(render_text(invoice, "de"))


def test_reverse_charge_says_the_words_of_the_law_and_the_tax_id():
    _, invoice = upgraded(GERMAN)
    text = squeeze(render_text(invoice, "de"))
    assert "ohne Steuer: Steuerschuldnerschaft des Leistungsempfängers" in text
    assert "DE123456788" in text


def test_a_paid_invoice_is_a_receipt():
    _, invoice = upgraded(PARISIAN)
    settled = apply_credit(invoice, Money.of("8.07", "EUR")).invoice
    part = record_payment(settled, Payment("a", Money.of("49.00", "EUR"), date(2026, 2, 16)))
    whole = record_payment(part, Payment("b", Money.of("2.00", "EUR"), date(2026, 2, 17)))
    assert render_text(part, "en").startswith("INVOICE")
    text = squeeze(render_text(whole, "en"))
    for words in (
        "RECEIPT",
        "Credit applied -€8.07",
        "Paid on February 17, 2026 -€2.00",
        "Amount due €0.00",
        "Overpaid €1.00",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("account", "tax"), [(PARISIAN, "TVA 20 % (FR), €48.39 €9.68"), (GERMAN, "€48.39 without tax: Reverse charge")]
)
def test_a_credit_note_shows_what_goes_back(account, tax):
    _, invoice = upgraded(account)
    text = squeeze(render_text(credit_in_full(invoice, "CN-1", date(2026, 3, 1)), "en"))
    assert text.startswith("CREDIT NOTE Number: CN-1 Date: March 1, 2026 For invoice: 2 ")
    assert tax in text


def test_a_credit_of_a_change_has_no_invoice():
    cheap = Plan("Small", FlatPrice(Money.of("1.00", "EUR")), MONTHLY)
    bought = quote_start(PARISIAN, MONTHLY_60, 1, date(2026, 1, 31))
    note = quote_change(PARISIAN, bought.subscription, cheap, 1, date(2026, 2, 1), GOTO_RESCUE.rules).document
    text = render_text(note, "en")
    assert text.startswith("CREDIT NOTE")
    assert "For invoice" not in text


def test_html_escapes_every_text_once():
    first, _ = upgraded(PARISIAN)
    ruling = first.lines[0].ruling
    nasty = '<script>alert("x")</script> & Söhne'
    buyer = Buyer(nasty, Address("FR"))
    line = ItemLine(nasty, 2, Money.of("1.00", "EUR"), ruling)
    page = render_html(Invoice("<1>", date(2026, 1, 1), DUBLIN, buyer, (line,)), "en")
    assert "<script>" not in page
    assert page.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Söhne") == 2
    assert '<article lang="en">' in page
    assert '<tr class="sum">' in page
    assert "&lt;1&gt;" in page


def test_a_long_line_wraps_and_keeps_its_amount():
    first, _ = upgraded(PARISIAN)
    line = ItemLine("long " * 30, 1, Money.of("1.00", "EUR"), first.lines[0].ruling)
    text = render_text(Invoice("1", date(2026, 1, 1), DUBLIN, PARISIAN.buyer, (line,)), "en")
    assert max(map(len, text.split("\n"))) <= 78
    assert [row for row in text.split("\n") if row.startswith("long")][-1].endswith("€1.00")


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        ("1234.50", "EUR", "de", "1.234,50 €"),
        ("1234.50", "EUR", "fr", "1 234,50 €"),
        ("-1234.50", "USD", "en_US", "-$1,234.50"),
        ("1234", "JPY", "en", "¥1,234"),
        ("1.234", "KWD", "en", "KWD1.234"),
        ("1.234", "IQD", "en", "IQD1.234"),  # CLDR would print 1
        ("12.34", "RSD", "en", "RSD12.34"),  # CLDR would print 12
        ("1234.50", "CHF", "de_CH", "CHF 1’234.50"),
    ],
)
def test_an_amount_has_the_digits_of_iso_4217(amount, currency, locale, text):
    assert squeeze(format_money(Money.of(amount, currency), locale)) == squeeze(text)


@given(laws.moneys("USD"))
def test_dollars_are_written_as_babel_writes_them(money):
    assert format_money(money, "en_US") == format_currency(money.to_decimal(), "USD", locale="en_US")


@given(laws.moneys(), st.sampled_from(LANGUAGES))
def test_every_amount_shows_its_digits_whatever_the_decimal_context(money, locale):
    text = format_money(money, locale)
    with localcontext(prec=2, rounding=ROUND_UP):
        assert format_money(money, locale) == text
    digits = "".join(character for character in text if character.isdigit())
    assert digits.lstrip("0") == str(abs(money.amount_minor)).lstrip("0")
    assert len(digits) > minor_digits(money.currency)


def test_dates_and_rates_are_written_as_the_language_writes_them():
    assert [format_date(date(2026, 2, 15), language) for language in ("en", "de", "nl")] == [
        "February 15, 2026",
        "15. Februar 2026",
        "15 februari 2026",
    ]
    assert format_rate(Fraction(9975, 100_000), "fr") == "9,975 %"
    assert format_rate(Fraction(1, 3), "en") == "33.333333 %"
    assert format_rate(Fraction(-2, 3), "en") == "-66.666666 %"  # as above zero: what is left out is nearer to it
    assert format_rate(Fraction(-1, 10**9), "en") == "0 %"


BAD_LOCALES = [
    "",
    "xx",
    "ja",
    "en_",
    "en_XX",
    "en_us",
    "EN",
    "../en",
    "en\n",
    "en_US_POSIX",
    "de" * 50_000,
    "d\0",
    "ｅｎ",
    "fr_JP",
]


@pytest.mark.parametrize("locale", BAD_LOCALES)
def test_a_locale_that_is_not_known_never_reaches_babel_or_is_refused_by_it(locale):
    invoice, _ = upgraded(PARISIAN)
    for ask in (
        lambda: format_money(Money(1, "EUR"), locale),
        lambda: format_date(date(2026, 1, 1), locale),
        lambda: render_text(invoice, locale),
        lambda: render_html(invoice, locale),
    ):
        with pytest.raises(InvalidValueError):
            ask()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: format_money(1, "en"),
        lambda: format_money(Money(1, "EUR"), None),
        lambda: format_date(datetime(2026, 1, 1), "en"),  # noqa: DTZ001 - a naive instant is what is refused
        lambda: format_date("2026-01-01", "en"),
        lambda: format_rate(0.2, "en"),
        lambda: format_rate(Fraction(1, 5), 5),
        lambda: render_text("invoice", "en"),
        lambda: render_html(None, "en"),
    ],
)
def test_another_type_is_refused(ask):
    with pytest.raises(InvalidTypeError):
        ask()


def test_a_rate_is_printed_up_to_a_million_times_the_amount():
    assert format_rate(Fraction(10**6), "en") == "100,000,000 %"
    with pytest.raises(InvalidValueError, match=r"rate .*give -1000000 to 1000000"):
        format_rate(Fraction(10**52), "en")
