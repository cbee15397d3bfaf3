"""Printed documents: amounts, dates, invoices, receipts and credit notes as people read them, in seven languages.

This is the one module that asks Babel. It asks for the shape alone: the amount has
been rounded long before, and its digits are those of the currency, not of CLDR. A
locale is always an argument, checked before Babel sees it.
"""

import html
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

import attrs

from billingcore._checks import check, check_date, check_share
from billingcore._doors import own_door
from billingcore._facts.receipt_words import WORDS
from billingcore.billed import BilledPeriod
from billingcore.cycles import Period
from billingcore.errors import InvalidValueError
from billingcore.invoices import CreditedLine, CreditNote, Invoice
from billingcore.ledger import Position
from billingcore.lines import ChargeLine, CreditLine, Line, OneOffLine
from billingcore.money import Money, minor_digits, total
from billingcore.money._amounts import check_money
from billingcore.parties import Buyer, Seller
from billingcore.places import COUNTRIES
from billingcore.proration import Side
from billingcore.tax import ReverseCharge, Ruling, TaxComponent

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

__all__ = ["LANGUAGES", "format_date", "format_money", "format_rate", "render_html", "render_text"]

LANGUAGES: Final = tuple(WORDS)
"""The languages of printed documents."""

_WIDE: Final = Context(prec=60)
"""Babel computes in the ambient decimal context; a narrow one would round, or raise."""
_WIDTH: Final = 78
_MOST_RATE: Final = 10**6
_STYLE: Final = (
    "table{border-collapse:collapse;width:100%}td,th{padding:.25em .5em;text-align:left;vertical-align:top}"
    "td.amount,th.amount{text-align:right;white-space:nowrap}tr.sum td{border-top:1px solid}"
)


@cache  # bounded: seven languages, with the 249 countries or without
def _locale(name: str) -> "Locale":
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only who prints pays for Babel

    try:
        return Locale.parse(name)
    except UnknownLocaleError:
        raise InvalidValueError(
            "locale", name, "this language is not described for that country; use the language alone"
        ) from None


def _check_locale(locale: str) -> "Locale":
    """Return Babel's locale, after our own check: no other text reaches a file name."""
    check("locale", locale, str, words="a str such as 'fr' or 'fr_CA'")
    language, _, country = locale[:6].partition("_")
    if language not in WORDS or (
        locale != language and (locale != f"{language}_{country}" or country not in COUNTRIES)
    ):
        known = ", ".join(LANGUAGES)
        raise InvalidValueError("locale", locale, f"use one of {known}, alone or with a country, such as 'fr_CA'")
    return _locale(locale)


@cache  # bounded by the locales, and by the four numbers of digits that currencies have
def _currency_pattern(locale: str, digits: int) -> "NumberPattern":
    from copy import copy  # noqa: PLC0415

    pattern: NumberPattern = copy(_check_locale(locale).currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    return pattern


def format_money(money: Money, locale: str) -> str:
    r"""Return an amount as it is written in a locale, with exactly the digits of its currency by ISO 4217.

    Args:
        money: the amount.
        locale: one of the seven languages, alone or with a country: ``"fr"``, ``"fr_CA"``.

    Raises:
        InvalidTypeError: not Money, not a str.
        InvalidValueError: a locale that is not known.

    >>> format_money(Money.of("-1234.50", "EUR"), "de"), format_money(Money.of("1234.567", "BHD"), "en_US")
    ('-1.234,50\xa0€', 'BHD1,234.567')
    """
    check_money("money", money)
    if type(locale) is not str:
        _check_locale(locale)
    pattern = _currency_pattern(locale, minor_digits(money.currency))
    with localcontext(_WIDE):
        text: str = pattern.apply(
            money.to_decimal(),
            _locale(locale),
            currency=money.currency,
            currency_digits=False,
            decimal_quantization=False,
        )
    return text


def format_date(day: date, locale: str) -> str:
    """Return a civil date as it is written in a locale, with the month as a word.

    Args:
        day: the date.
        locale: the language, or language and country, such as ``fr`` or ``fr_CA``.

    Raises:
        InvalidTypeError: not a civil date, not a str.
        InvalidValueError: a locale that is not known.

    >>> format_date(date(2026, 2, 15), "fr")
    '15 février 2026'
    """
    from babel.dates import format_date as babel_date  # noqa: PLC0415

    check_date("day", day)
    return babel_date(day, "long", locale=_check_locale(locale))


def format_rate(rate: Fraction, locale: str) -> str:
    """Return a rate in percent as it is written in a locale; digits after the sixth are left out, whatever they are.

    Args:
        rate: the rate as a share: a fifth is 20 %.
        locale: the language, or language and country, such as ``fr`` or ``fr_CA``.

    Raises:
        InvalidTypeError: not a Fraction, not a str.
        InvalidValueError: a locale that is not known; a rate beyond a million times the amount, either way.
        OutOfRangeError: a numerator or denominator of more than 400 digits.

    >>> format_rate(Fraction(255, 1000), "de"), format_rate(Fraction(20, 100), "en")
    ('25,5 %', '20 %')
    """
    from babel.numbers import format_decimal  # noqa: PLC0415

    check_share("rate", rate, -_MOST_RATE, _MOST_RATE)
    known = _check_locale(locale)
    magnitude = abs(rate.numerator) * 10**8 // rate.denominator
    millionths = magnitude if rate > 0 else -magnitude
    with localcontext(_WIDE):
        text = format_decimal(Decimal(millionths).scaleb(-6), "#,##0.######", locale=known, decimal_quantization=False)
    return f"{text} %"


@attrs.frozen
class _Row:
    """One printed row: words, an amount or none, and whether a sum begins here."""

    words: str
    amount: str
    is_sum: bool = False


@attrs.frozen
class _Settled:
    """What settled an invoice by a day, beside what it shows as prepaid: payable - credit - payments - otherwise = left."""

    day: date
    credit: Money
    payments: tuple[tuple[date, Money], ...]
    otherwise: Money
    left: Money
    is_receipt: bool

    @classmethod
    def of(cls, document: Invoice | CreditNote, position: Position) -> "_Settled":
        """Return it from what a ledger comes to on a day.

        What was there at the issue is prepaid, and not printed twice: credit before money, the oldest first, as a quote uses it.
        """
        if isinstance(document, CreditNote):
            raise InvalidValueError("position", position.day, "a credit note is not paid; print it without a position")
        found = position.invoice(document.number)
        if (found.issued_on, found.amount) != (document.issued_on, document.total):
            there = f"invoice {found.number} is on record there with {found.amount} of {found.issued_on}"
            problem = f"{there}; print one that was brought forward without a position"
            raise InvalidValueError("position", position.day, problem)
        nothing, at_issue = Money.zero(document.currency), document.issued_on
        prepaid, credit, payments = document.prepaid or nothing, nothing, []
        for use in sorted(found.uses, key=lambda use: (use.on > at_issue, not use.is_credit, use.on, use.source)):
            shown = min(prepaid, use.amount) if use.on <= at_issue else nothing
            prepaid, rest = prepaid - shown, use.amount - shown
            if use.is_credit:
                credit += rest
            elif rest:
                payments.append((use.on, rest))
        used = total((use.amount for use in found.uses), document.currency)
        otherwise = document.total - used - found.open
        by_money = any(not use.is_credit for use in found.uses)
        return cls(
            position.day, credit, tuple(payments), otherwise - prepaid, found.open,
            is_receipt=found.is_paid and by_money and not otherwise,
        )  # fmt: skip


class _Printer:
    """What text and HTML share: a document as a heading, facts about it, and rows, in the words of a locale."""

    def __init__(self, document: Invoice | CreditNote, locale: str, position: Position | None) -> None:
        check("document", document, Invoice, CreditNote)
        check("position", position, Position, None)
        self.settled = None if position is None else _Settled.of(document, position)
        self.language = _check_locale(locale).language
        self.locale = locale
        self.words = WORDS[self.language]
        self.document = document

    def title(self) -> str:
        if isinstance(self.document, CreditNote):
            return self.words["credit_note"]
        return self.words["receipt" if self.settled is not None and self.settled.is_receipt else "invoice"]

    def heads(self) -> list[tuple[str, str]]:
        document, words = self.document, self.words
        heads = [(words["number"], document.number), (words["date"], format_date(document.issued_on, self.locale))]
        if isinstance(document, CreditNote) and document.invoice_number is not None:
            heads.append((words["for_invoice"], document.invoice_number))
        for role, party in (("seller", document.seller), ("buyer", document.buyer)):
            heads.append((words[role], self._party(party)))
        return heads

    def _party(self, party: Seller | Buyer) -> str:
        parts = [party.name, party.address.postal_code, party.address.subdivision, party.address.country]
        text = ", ".join(part for part in parts if part)
        return text if party.tax_id is None else f"{text} ({self.words['tax_id']}: {party.tax_id.format()})"

    def rows(self) -> list[_Row]:
        document = self.document
        return self._invoice_rows(document) if isinstance(document, Invoice) else self._note_rows(document)

    def _invoice_rows(self, invoice: Invoice) -> list[_Row]:
        rows = []
        for line in invoice.lines:
            rows += self._line_rows(line)
        rows.append(self._row(self.words["subtotal"], invoice.subtotal, is_sum=True))
        for group in invoice.taxes:
            rows += [self._row(self._tax(each, group.net), tax) for each, tax in group.component_taxes()]
            rows += self._untaxed(group.ruling, group.net)
        rows.append(self._row(self.words["total"], invoice.total, is_sum=True))
        if invoice.prepaid:
            rows.append(self._row(self.words["prepaid"], -invoice.prepaid))
        rows.append(self._row(self.words["payable"], invoice.payable, is_sum=True))
        return rows if self.settled is None else rows + self._settled_rows(self.settled)

    def _settled_rows(self, settled: "_Settled") -> list[_Row]:
        words = self.words
        rows = [self._row(words["credit_applied"], -settled.credit)] if settled.credit else []
        for on, amount in settled.payments:
            rows.append(self._row(f"{words['paid_on']} {format_date(on, self.locale)}", -amount))
        if settled.otherwise:
            rows.append(self._row(words["otherwise"], -settled.otherwise))
        day = format_date(settled.day, self.locale)
        return [*rows, self._row(f"{words['open_on']} {day}", settled.left, is_sum=True)]

    def _line_rows(self, line: Line, sign: int = 1) -> list[_Row]:
        if not isinstance(line, ChargeLine) or not line.billed.discount:
            return [self._row(self._words(line), line.net * sign)]
        rows = [self._row(self._words(line), line.billed.charge * sign)]
        return [*rows, self._row(self.words["discount"], -line.billed.discount * sign)]

    def _words(self, line: Line) -> str:
        if isinstance(line, ChargeLine):
            return self._plan(line.billed, line.billed.period)
        if isinstance(line, OneOffLine):
            return f"{line.description} × {line.quantity}"
        billed, day, side = line.billed, line.change_on, line.line.side
        if side is Side.REBILL and day > billed.period.start:
            return self._plan(billed, Period(billed.period.start, day))
        of = f"{self.words['discount']}:" if side is Side.DISCOUNT else self.words["credit_for"]
        unused = f"{self.words['unused_from']} {format_date(day, self.locale)}"
        return f"{of} {billed.plan.name} × {billed.quantity}, {unused}"

    def _credited_rows(self, credited: CreditedLine) -> list[_Row]:
        """Return a line of a credit note: one of a change as an invoice prints it, with its sign turned."""
        line = credited.line
        if line is None:
            return [self._row(credited.description, credited.net)]
        if credited.net == -line.net:
            return self._line_rows(line, -1)
        what = "" if isinstance(line, CreditLine) else f"{self.words['credit_for']} "
        return [self._row(what + self._words(line), credited.net)]

    def _note_rows(self, note: CreditNote) -> list[_Row]:
        rows = [row for line in note.lines for row in self._credited_rows(line)]
        rows.append(self._row(self.words["subtotal"], note.net, is_sum=True))
        for part in note.taxes:
            components = part.ruling.components
            if components:
                names = " + ".join(self._tax_name(each) for each in components)
                rows.append(self._row(f"{names}, {format_money(part.net, self.locale)}", part.tax))
            rows += self._untaxed(part.ruling, part.net)
        rows.append(self._row(self.words["total"], note.total, is_sum=True))
        return rows

    def _plan(self, billed: BilledPeriod, period: Period) -> str:
        last = period.end - timedelta(1)  # people read the last day of a period, not the day after
        start, end = format_date(period.start, self.locale), format_date(last, self.locale)
        return f"{billed.plan.name} × {billed.quantity}, {start} - {end}"

    def _tax_name(self, component: TaxComponent) -> str:
        taxed = "" if component.base == 1 else f" × {format_rate(component.base, self.locale)}"
        return f"{component.name} {format_rate(component.rate, self.locale)}{taxed} ({component.place})"

    def _tax(self, component: TaxComponent, net: Money) -> str:
        return f"{self._tax_name(component)}, {format_money(net, self.locale)}"

    def _untaxed(self, ruling: Ruling, net: Money) -> list[_Row]:
        if ruling.components:
            return []
        why = ruling.mention(self.language) if isinstance(ruling, ReverseCharge) else ruling.place
        return [_Row(f"{format_money(net, self.locale)} {self.words['without_tax']}: {why}", "")]

    def _row(self, words: str, amount: Money, *, is_sum: bool = False) -> _Row:
        return _Row(words, format_money(amount, self.locale), is_sum)


def render_text(document: Invoice | CreditNote, locale: str, position: Position | None = None) -> str:
    """Return a document as plain text, 78 characters wide.

    With the position of a ledger it is the invoice with its entries: credit used, each payment with its day, and what is
    open on that day. Where nothing is open, and nothing but money and credit settled it, money among them, it is titled
    as a receipt.

    Args:
        document: the invoice or the credit note.
        locale: one of the seven languages, alone or with a country.
        position: what the customer's ledger comes to on a day, ``ledger.position(day)``; None for the document alone.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a locale that is not known; a position without that invoice, or with another one of its number;
            a position for a credit note.
    """
    printer = _Printer(document, locale, position)
    lines = [printer.title().upper()]
    lines += [f"{name}: {value}" for name, value in printer.heads()]
    lines.append("-" * _WIDTH)
    for row in printer.rows():
        if row.is_sum:
            lines.append("-" * _WIDTH)
        room = _WIDTH - len(row.amount) - 1
        words = _wrap(row.words, room)
        lines += words[:-1]
        lines.append(words[-1].ljust(room) + " " + row.amount if row.amount else words[-1])
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _wrap(words: str, room: int) -> Sequence[str]:
    from textwrap import wrap  # noqa: PLC0415

    return wrap(words, room) or [""]


def render_html(document: Invoice | CreditNote, locale: str, position: Position | None = None) -> str:
    """Return a document as one HTML article with its style; every text in it is escaped.

    With a position it shows what `render_text` shows.

    Args:
        document: the invoice or the credit note.
        locale: one of the seven languages, alone or with a country.
        position: what the customer's ledger comes to on a day, ``ledger.position(day)``; None for the document alone.

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a locale that is not known; a position without that invoice, or with another one of its number;
            a position for a credit note.
    """
    printer = _Printer(document, locale, position)
    text: Callable[[str], str] = html.escape
    heads = "".join(f"<tr><th>{text(name)}</th><td>{text(value)}</td></tr>" for name, value in printer.heads())
    rows = []
    for row in printer.rows():
        kind = ' class="sum"' if row.is_sum else ""
        rows.append(f'<tr{kind}><td>{text(row.words)}</td><td class="amount">{text(row.amount)}</td></tr>')
    title, words = text(printer.title()), printer.words
    columns = f'<tr><th>{text(words["description"])}</th><th class="amount">{text(words["amount"])}</th></tr>'
    return (
        f'<article lang="{printer.language}"><style>{_STYLE}</style><h1>{title}</h1><table>{heads}</table>'
        f"<table><thead>{columns}</thead><tbody>{''.join(rows)}</tbody></table></article>"
    )


own_door(__name__)
