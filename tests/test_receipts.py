"""Printed documents: the words are ours, the shape is Babel's, the digits are ISO 4217's."""

from datetime import date, datetime
from decimal import ROUND_UP, localcontext
from fractions import Fraction

import attrs
import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from billingcore import testing as laws
from billingcore._facts.receipt_words import KEYS, WORDS
from billingcore.cycles import MONTHLY
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.invoices import Invoice, credit_in_full, credit_in_part, issue_document
from billingcore.ledger import Applied, Credited, Issued, Ledger, Received, Refunded, Released, WrittenOff
from billingcore.lines import OneOffLine
from billingcore.money import Money, minor_digits
from billingcore.parties import Buyer
from billingcore.places import Address
from billingcore.plans import FlatPrice, Plan
from billingcore.profiles import GOTO_RESCUE
from billingcore.proration import CreditOf, ProrationPolicy, Sale
from billingcore.receipts import LANGUAGES, format_date, format_money, format_rate, render_html, render_text
from samples import DUBLIN, GERMAN, MONTHLY_30, MONTHLY_60, SWISS, account, bought, changed, flat, with_credit

PARISIAN = account(DUBLIN, Buyer("Marie", Address("FR", "FR-75C", "75002")))


def upgraded(customer):
    first = bought(customer, MONTHLY_30, 1, date(2026, 1, 31), discount=Money.of("5.00", "EUR"), number="1")
    second = changed(customer, first.subscription, MONTHLY_60, 1, date(2026, 2, 15), GOTO_RESCUE.rules, number="2")
    return first.document, second.document


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


DAY = date(2026, 2, 28)
PAID = (
    Received("a", date(2026, 2, 16), Money.of("47.00", "EUR"), "2"),
    Received("b", date(2026, 2, 17), Money.of("4.00", "EUR"), "2"),
)


def prepaid():
    """Give the invoice of 58.07 on which a credit of 8.07 was spent, and the ledger after its issue."""
    rich = with_credit(PARISIAN, "8.07")
    first = bought(PARISIAN, MONTHLY_30, 1, date(2026, 1, 31), discount=Money.of("5.00", "EUR"), number="1")
    rules = GOTO_RESCUE.rules
    quote = changed(rich, first.subscription, MONTHLY_60, 1, date(2026, 2, 15), rules, number="2")
    return quote.document, rich.with_entries(*quote.entries).ledger


def end_of(text):
    """Give the last lines of a document as pairs of words and amounts."""
    lines = [line for line in text.rstrip().split("\n") if not line.startswith("-")]
    lines = [squeeze(line) for line in lines]
    return lines[lines.index("Total €58.07") + 1 :]


def test_a_document_alone_shows_what_is_prepaid_and_what_is_payable():
    document, _ = prepaid()
    assert end_of(render_text(document, "en")) == ["Prepaid -€8.07", "Amount due €50.00"]  # 58.07 - 8.07


def test_a_paid_invoice_is_a_receipt():
    document, ledger = prepaid()
    part = ledger.with_entries(PAID[0]).position(DAY)
    assert render_text(document, "en", part).startswith("INVOICE")
    assert end_of(render_text(document, "en", part))[2:] == [
        "Paid on February 16, 2026 -€47.00",
        "Open on February 28, 2026 €3.00",  # 50.00 - 47.00
    ]
    whole = ledger.with_entries(*PAID).position(DAY)
    assert render_text(document, "en", whole).startswith("RECEIPT")
    assert "<h1>Receipt</h1>" in render_html(document, "en", whole)
    assert end_of(render_text(document, "en", whole)) == [
        "Prepaid -€8.07",
        "Amount due €50.00",
        "Paid on February 16, 2026 -€47.00",
        "Paid on February 17, 2026 -€3.00",  # 1.00 of the 4.00 was too much: it is no matter of this invoice
        "Open on February 28, 2026 €0.00",
    ]
    before = ledger.with_entries(*PAID).position(date(2026, 2, 16))
    assert render_text(document, "en", before) == render_text(document, "en", part).replace("28", "16")


def test_what_is_settled_without_money_is_no_receipt():
    document, ledger = prepaid()
    credit = ledger.with_entries(
        Credited("CN-9", date(2026, 2, 20), Money.of("50.00", "EUR")),
        Applied("x", date(2026, 2, 21), Money.of("50.00", "EUR"), "CN-9", "2"),
    ).position(DAY)
    assert render_text(document, "en", credit).startswith("INVOICE")
    assert end_of(render_text(document, "en", credit))[2:] == [
        "Credit applied -€50.00",
        "Open on February 28, 2026 €0.00",
    ]
    off = ledger.with_entries(PAID[0], WrittenOff("w", date(2026, 2, 20), Money.of("3.00", "EUR"), "2")).position(DAY)
    assert render_text(document, "en", off).startswith("INVOICE")
    assert end_of(render_text(document, "en", off))[3:] == ["Other entries -€3.00", "Open on February 28, 2026 €0.00"]


def test_a_prepayment_that_was_taken_back_is_shown():
    """The advance of 8.07 bounces: the invoice shows it as it was issued, and what became of it below."""
    document, ledger = prepaid()
    advance = ledger.with_entries(Released("u", date(2026, 2, 20), Money.of("8.07", "EUR"), "CN-0", "2")).position(DAY)
    assert end_of(render_text(document, "en", advance)) == [
        "Prepaid -€8.07",
        "Amount due €50.00",
        "Other entries €8.07",
        "Open on February 28, 2026 €58.07",
    ]


def test_what_came_after_the_issue_is_not_taken_for_what_was_prepaid():
    """An advance of 8.07 in money, and a credit note of 10.00 for the invoice later: credit comes first, but not here."""
    first = bought(PARISIAN, MONTHLY_30, 1, date(2026, 1, 31), number="1")
    advance = Received("wire", date(2026, 1, 30), Money.of("8.07", "EUR"))
    quote = bought(PARISIAN.with_entries(advance), MONTHLY_30, 1, date(2026, 1, 31), number="1")
    assert (first.document.prepaid, quote.document.prepaid) == (None, Money.of("8.07", "EUR"))
    note = credit_in_part(quote.document, {1: Money.of("10.00", "EUR")}, "CN-1", date(2026, 2, 3), ())
    ledger = PARISIAN.with_entries(advance, *quote.entries, Credited.of_note(note)).ledger
    text = squeeze(render_text(quote.document, "en", ledger.position(DAY)))
    assert "Prepaid -€8.07" in text
    assert "Credit applied -€12.00 " in text  # 10.00 and 20 % of it
    assert "Paid on" not in text
    assert text.endswith("Open on February 28, 2026 €15.93")  # 36.00 - 8.07 - 12.00


def test_what_came_after_the_issue_never_stands_for_what_was_prepaid():
    """13.16 prepaid by c; 5.00 of c is paid back on the 29th, and 5.00 comes on the 30th: both are printed."""
    came = Received("c", date(2026, 1, 9), Money.of("13.16", "EUR"))
    customer = SWISS.with_entries(came)
    quote = bought(customer, flat("13.16", "Small"), 1, date(2026, 1, 10), number="S-1")
    assert quote.document.prepaid == Money.of("13.16", "EUR")
    ledger = customer.with_entries(
        *quote.entries,
        Refunded("back", date(2026, 1, 29), Money.of("5.00", "EUR"), "c", "S-1"),
        Received("x", date(2026, 1, 30), Money.of("5.00", "EUR"), "S-1"),
    ).ledger
    lines = [squeeze(line) for line in render_text(quote.document, "en", ledger.position(DAY)).split("\n")]
    after = [line for line in lines[lines.index("Prepaid -€13.16") :] if line and not line.startswith("-")]
    assert after == [
        "Prepaid -€13.16",
        "Amount due €0.00",
        "Paid on January 30, 2026 -€5.00",
        "Other entries €5.00",
        "Open on February 28, 2026 €0.00",
    ]


def test_an_invoice_that_was_brought_forward_with_less_is_printed_alone():
    document, _ = prepaid()
    carried = Ledger.opened(
        "EUR", date(2026, 2, 20), carried=(Issued("2", date(2026, 2, 15), Money.of("8.07", "EUR")),)
    )
    told = "8.07 EUR of 2026-02-15; print one that was brought forward without a position"
    with pytest.raises(InvalidValueError, match=f"invoice 2 is on record there with {told}"):
        render_text(document, "en", carried.position(DAY))


def test_a_position_is_that_of_the_invoice():
    document, ledger = prepaid()
    other = attrs.evolve(document, issued_on=date(2026, 2, 16))
    for render in (render_text, render_html):
        with pytest.raises(InvalidValueError, match="no invoice of that number is on record on 2026-02-14"):
            render(document, "en", ledger.position(date(2026, 2, 14)))
        with pytest.raises(InvalidValueError, match=r"invoice 2 is on record there with 58.07 EUR of 2026-02-15"):
            render(other, "en", ledger.position(DAY))
        with pytest.raises(InvalidValueError, match="a credit note is not paid"):
            render(credit_in_full(document, "CN-1", DAY, ()), "en", ledger.position(DAY))
        with pytest.raises(InvalidTypeError, match="position must be a Position, or None"):
            render(document, "en", ledger)


@pytest.mark.parametrize(
    ("customer", "tax"), [(PARISIAN, "TVA 20 % (FR), €48.39 €9.68"), (GERMAN, "€48.39 without tax: Reverse charge")]
)
def test_a_credit_note_shows_what_goes_back(customer, tax):
    _, invoice = upgraded(customer)
    text = squeeze(render_text(credit_in_full(invoice, "CN-1", date(2026, 3, 1), ()), "en"))
    assert text.startswith("CREDIT NOTE Number: CN-1 Date: March 1, 2026 For invoice: 2 ")
    assert tax in text


def test_a_credit_of_a_change_has_no_invoice():
    cheap = Plan("Small", FlatPrice(Money.of("1.00", "EUR")), MONTHLY)
    first = bought(PARISIAN, MONTHLY_60, 1, date(2026, 1, 31))
    note = changed(PARISIAN, first.subscription, cheap, 1, date(2026, 2, 1), GOTO_RESCUE.rules).document
    text = render_text(note, "en")
    assert text.startswith("CREDIT NOTE")
    assert "For invoice" not in text


def rows_of(note, locale):
    """Give what stands above the subtotal of a credit note."""
    lines = [squeeze(line) for line in render_text(note, locale).split("\n")]
    rules = [at for at, line in enumerate(lines) if line.startswith("---")]
    return lines[rules[0] + 1 : rules[1]]


def settled_apart(plan, day, rules, **more):
    """Give the documents of a change of 30.00 from 10 January, without tax."""
    state = bought(SWISS, flat("30.00", "Small"), 1, date(2026, 1, 10), number="S-1", **more).subscription
    state = state.evolved(
        items=(attrs.evolve(state.main, coupon=None, coupon_used=0),)
    )  # the new price has no discount
    return changed(SWISS, state, plan, 1, day, rules, number="S-2")


@pytest.mark.parametrize(
    ("locale", "credit", "charge"),
    [
        ("de", "Gutschrift für Small × 1, ungenutzt ab 24. Januar 2026 16,45 €", "Tiny × 1, 24. Januar 2026 - 9. Februar 2026 -5,48 €"),
        ("fr", "Avoir pour Small × 1, non utilisé à partir du 24 janvier 2026 16,45 €", "Tiny × 1, 24 janvier 2026 - 9 février 2026 -5,48 €"),
        ("en", "Credit for Small × 1, unused from January 24, 2026 €16.45", "Tiny × 1, January 24, 2026 - February 9, 2026 -€5.48"),
    ],
)  # fmt: skip
def test_a_credit_note_of_a_change_prints_its_lines_as_the_invoice_does(locale, credit, charge):
    """30.00 × 17/31 = 16.45 goes back, 10.00 × 17/31 = 5.48 is charged: the note turns the signs."""
    note = settled_apart(flat("10.00", "Tiny"), date(2026, 1, 24), ProrationPolicy.keep_dates()).document
    assert rows_of(note, locale) == [charge, credit]
    page = squeeze(render_html(note, locale))
    assert all(line.rpartition(" 2026 ")[0] in page for line in (credit, charge))


def test_what_a_credit_note_takes_back_is_no_credit():
    """Of 30.00 - 10.00 half goes back, and half of the discount with it; of a reversal the used part is billed again."""
    day, keep, tiny = date(2026, 1, 24), ProrationPolicy.keep_dates(), flat("1.00", "Tiny")
    gross = settled_apart(tiny, day, attrs.evolve(keep, credit_of=CreditOf.GROSS), discount=Money.of("10.00", "EUR"))
    assert rows_of(gross.document, "de")[1:] == [
        "Gutschrift für Small × 1, ungenutzt ab 24. Januar 2026 16,45 €",  # 30.00 × 17/31
        "Rabatt: Small × 1, ungenutzt ab 24. Januar 2026 -5,48 €",  # 10.00 × 17/31
    ]
    again = settled_apart(tiny, day, attrs.evolve(keep, sale=Sale.REVERSE_AND_REBILL))
    assert rows_of(again.document, "de")[1:] == [
        "Gutschrift für Small × 1, ungenutzt ab 24. Januar 2026 30,00 €",
        "Small × 1, 10. Januar 2026 - 23. Januar 2026 -13,55 €",  # 30.00 - 16.45
    ]


def test_a_discount_on_a_credit_note_has_its_row_with_the_sign_turned():
    invoice = bought(SWISS, flat("30.00", "Small"), 1, date(2026, 1, 10), discount=Money.of("5.00", "EUR")).document
    less = OneOffLine("Setup", 1, Money.of("-100.00", "EUR"), invoice.lines[0].ruling)
    note = issue_document("2", DAY, SWISS.seller, SWISS.buyer, (*invoice.lines, less))
    assert rows_of(note, "de") == [
        "Small × 1, 10. Januar 2026 - 9. Februar 2026 -30,00 €",
        "Rabatt 5,00 €",
        "Setup × 1 100,00 €",
    ]


def test_a_credit_note_for_an_invoice_says_which_of_its_lines_go_back_in_the_words_of_the_language():
    rules = ProrationPolicy.keep_dates()
    invoice = settled_apart(flat("50.00", "Large"), date(2026, 1, 24), rules).document
    assert rows_of(credit_in_full(invoice, "CN-1", DAY, ()), "de") == [
        "Gutschrift für Large × 1, 24. Januar 2026 - 9. Februar 2026 27,42 €",
        "Gutschrift für Small × 1, ungenutzt ab 24. Januar 2026 -16,45 €",  # it had reduced the invoice
    ]
    first = bought(SWISS, flat("30.00", "Small"), 1, date(2026, 1, 10), discount=Money.of("5.00", "EUR"), number="1")
    part = credit_in_part(first.document, {1: Money.of("10.00", "EUR")}, "CN-2", DAY, ())
    assert rows_of(part, "de") == ["Gutschrift für Small × 1, 10. Januar 2026 - 9. Februar 2026 10,00 €"]
    item = OneOffLine("Setup", 2, Money.of("7.00", "EUR"), first.document.lines[0].ruling)
    setup = Invoice("2", date(2026, 1, 1), SWISS.seller, SWISS.buyer, (item,))
    assert rows_of(credit_in_full(setup, "CN-3", DAY, ()), "de") == ["Gutschrift für Setup × 2 14,00 €"]
    bare = attrs.evolve(part, lines=(attrs.evolve(part.lines[0], line=None, description="Goodwill"),))
    assert rows_of(bare, "de") == ["Goodwill 10,00 €"]


def test_html_escapes_every_text_once():
    first, _ = upgraded(PARISIAN)
    ruling = first.lines[0].ruling
    nasty = '<script>alert("x")</script> & Söhne'
    buyer = Buyer(nasty, Address("FR"))
    line = OneOffLine(nasty, 2, Money.of("1.00", "EUR"), ruling)
    page = render_html(Invoice("<1>", date(2026, 1, 1), DUBLIN, buyer, (line,)), "en")
    assert "<script>" not in page
    assert page.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Söhne") == 2
    assert '<article lang="en">' in page
    assert '<tr class="sum">' in page
    assert "&lt;1&gt;" in page


def test_a_long_line_wraps_and_keeps_its_amount():
    first, _ = upgraded(PARISIAN)
    line = OneOffLine("long " * 30, 1, Money.of("1.00", "EUR"), first.lines[0].ruling)
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
