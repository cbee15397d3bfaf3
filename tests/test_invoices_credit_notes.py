"""Credit notes: never beyond their invoice, never drifting from its tax, in full its mirror."""

from datetime import UTC, date, datetime
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import BillingError, CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import (
    CreditedLine,
    CreditedTax,
    CreditNote,
    Invoice,
    credit_in_full,
    credit_in_part,
    issue_document,
)
from billingcore.lines import OneOffLine
from billingcore.money import Money, Rounding, total
from billingcore.parties import Scheme
from billingcore.profiles import GOTO_RESCUE
from billingcore.tax import Charged, TaxComponent
from samples import (
    DUBLIN,
    FRENCH,
    JUNK,
    MARIE,
    MONTHLY_30,
    REVERSED,
    UNKNOWN,
    UNTAXED,
    VAT_20,
    bought,
    changed,
    charged,
    downgrade,
    fields_of,
    flat,
    invoice,
    items,
    money,
    sample,
    upgrade,
)

DAY = date(2026, 3, 1)
PRINTABLE = [each for each in JUNK if type(each) is str and each == "\N{FULLWIDTH DIGIT ONE}"]
FOUR = ("68.33", "68.33", "57.50", "85.00")
NOTE = credit_in_full(invoice("10.00"), "C-1", DAY)


def notes_line_by_line(bill, order=None):
    """One credit note for each line, in some order."""
    notes = ()
    for at in order or range(1, len(bill.lines) + 1):
        notes += (credit_in_part(bill, {at: bill.lines[at - 1].net}, f"C-{at}", DAY, notes),)
    return notes


RULINGS = (VAT_20, charged("5.5"), charged("25.5", "FI"), UNTAXED, REVERSED)
bills = st.lists(st.tuples(st.integers(1, 10**6), st.sampled_from(RULINGS)), min_size=1, max_size=5)
modes = st.sampled_from([Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.HALF_DOWN, Rounding.UP, Rounding.DOWN])


def test_four_credit_notes_come_to_the_cent_of_their_invoice():
    """getlago/lago-api 2643: 334.99 was invoiced and 335.00 credited."""
    bill = invoice("68.33", "68.33", "57.50", "85.00", ruling=charged("20"))
    notes = []
    for at, line in enumerate(bill.lines, 1):
        notes.append(credit_in_part(bill, {at: line.net}, f"C-{at}", date(2026, 3, 1), tuple(notes)))
    assert bill.total == total([note.total for note in notes], "EUR") == money("334.99")


# Regression cases


def test_four_notes_add_up_to_their_invoice():
    """github.com/getlago/lago-api/pull/2643: 334.99 billed, four notes of 335.00 refused.

    Tax at 20 % on 68.33, 136.66, 194.16, 279.16 is 13.666, 27.332, 38.832, 55.832: 13.67, 27.33, 38.83, 55.83.
    The steps are 13.67, 13.66, 11.50, 17.00.
    """
    bill = invoice(*FOUR)
    notes = notes_line_by_line(bill)
    assert [str(note.tax.amount) for note in notes] == ["13.67", "13.66", "11.50", "17.00"]
    assert total((note.total for note in notes), "EUR") == bill.total == money("334.99")


def test_halves_of_a_line_do_not_gain_a_cent():
    """github.com/spree/spree/pull/14467: 1.03 given back in two became 0.52 + 0.52."""
    bill = invoice("1.00", ruling=charged("3"))
    one = credit_in_part(bill, {1: money("0.50")}, "C-1", DAY)  # 0.015 -> 0.02
    two = credit_in_part(bill, {1: money("0.50")}, "C-2", DAY, (one,))  # 0.03 - 0.02
    assert (one.total, two.total) == (money("0.52"), money("0.51"))
    assert one.total + two.total == bill.total == money("1.03")


def test_a_full_note_is_the_mirror_of_its_invoice():
    """github.com/PrestaShop/PrestaShop/issues/23821: the credit note was not what the invoice had been."""
    for bill in (
        invoice(*FOUR),
        invoice("0.03", "0.03", "0.03", ruling=charged("17.5")),
        invoice("1055", ruling=charged("10"), currency="JPY"),
        invoice("10.001", "0.007", ruling=charged("5"), currency="KWD"),
        upgrade()[1].document,
    ):
        note = credit_in_full(bill, "C-1", DAY, ())
        assert (note.net, note.tax, note.total) == (bill.subtotal, bill.tax, bill.total)
        assert [(each.net, each.tax) for each in note.taxes] == [(each.net, each.tax) for each in bill.taxes]
        assert [each.net for each in note.lines] == [each.net for each in bill.lines]
        assert (note.seller, note.buyer, note.invoice_number) == (bill.seller, bill.buyer, bill.number)


# Laws


def bill_of(parts, rounding=Rounding.HALF_UP):
    lines = tuple(OneOffLine(f"item {at}", 1, Money(net, "EUR"), ruling) for at, (net, ruling) in enumerate(parts))
    return Invoice("2026-001", date(2026, 2, 15), DUBLIN, MARIE, lines, rounding)


@given(bills, modes, st.data())
def test_a_series_never_exceeds_and_ends_exactly(parts, rounding, data):
    """Partial notes in any cut stay within the invoice, line, rate and total; the last one takes the rest to the cent."""
    bill = bill_of(parts, rounding)
    left = {at: line.net.amount_minor for at, line in enumerate(bill.lines, 1)}
    notes = ()
    for step in range(data.draw(st.integers(0, 4))):
        some = {at: net for at, net in left.items() if net and data.draw(st.booleans())}
        cut = {at: Money(data.draw(st.integers(1, net)), "EUR") for at, net in some.items()}
        if not cut:
            continue
        note = credit_in_part(bill, cut, f"C-{step}", DAY, notes)
        for at, net in cut.items():
            left[at] -= net.amount_minor
        notes += (note,)
        given_back = total((each.total for each in notes), "EUR")
        assert given_back <= bill.total
        cumulative = Fraction()
        for group in bill.taxes:
            nets = [each for each in notes for each in each.taxes if each.ruling == group.ruling]
            assert total((each.net for each in nets), "EUR") <= group.net
            assert total((each.tax for each in nets), "EUR") <= group.tax
            cumulative += abs(sum(n.tax.amount_minor - n.net.amount_minor * n.ruling.rate for n in nets))
        assert cumulative < len(bill.taxes)  # no drift: less than a cent for each rate, however many notes
    if any(left.values()):
        notes += (credit_in_full(bill, "C-last", DAY, notes),)
    assert total((note.total for note in notes), "EUR") == bill.total
    assert total((note.tax for note in notes), "EUR") == bill.tax
    with pytest.raises(InvalidValueError, match="nothing is left to credit of invoice 2026-001"):
        credit_in_full(bill, "C-more", DAY, notes)


@given(st.permutations([1, 2, 3, 4]), st.permutations([0, 1, 2]))
def test_the_order_of_notes_and_of_earlier_ones_loses_nothing(order, shuffle):
    bill = invoice(*FOUR)
    notes = notes_line_by_line(bill, order)
    assert total((note.total for note in notes), "EUR") == bill.total
    shuffled = tuple(notes[at] for at in shuffle)
    last = order[-1]
    assert credit_in_part(bill, {last: bill.lines[last - 1].net}, f"C-{last}", DAY, shuffled) == notes[3]


def test_two_components_are_credited_each_by_its_own_rounding():
    parts = (TaxComponent("GST", "CA", Fraction(5, 100)), TaxComponent("QST", "CA-QC", Fraction(9975, 100_000)))
    bill = invoice("0.10", "0.10", "0.10", ruling=Charged("CA-QC", parts, Scheme.LOCAL, (), "2026"))
    notes = notes_line_by_line(bill)
    # GST on 0.10, 0.20, 0.30: 0.005, 0.01, 0.015 -> 0.01, 0.01, 0.02; QST 0.009975, 0.01995, 0.029925 -> 0.01, 0.02, 0.03
    assert [note.tax.amount for note in notes] == ["0.02", "0.01", "0.02"]
    assert total((note.tax for note in notes), "EUR") == bill.tax == money("0.05")


# What reduced the invoice


def test_a_line_goes_back_together_with_what_reduced_it():
    """Upgrade: 60.00 - 13.93 = 46.07 billed. Giving back the 60.00 alone would exceed the invoice by the old credit."""
    bill = upgrade()[1].document
    with pytest.raises(
        InvalidValueError, match=r"60.00.*VAT|TVA 20 % in FR invoice 2026-002 billed 46.07 EUR, reductions included"
    ):
        credit_in_part(bill, {1: money("60.00")}, "C-1", DAY, ())
    some = credit_in_part(bill, {1: money("46.07")}, "C-1", DAY, ())
    assert some.total == bill.total == money("55.28")
    with pytest.raises(InvalidValueError, match=r"nets .*47\.07.*billed 46\.07 EUR, reductions included"):
        credit_in_part(bill, {1: money("1.00")}, "C-2", DAY, (some,))
    with pytest.raises(InvalidValueError, match=r"of line 1 at most 13\.93 EUR is left to credit"):
        credit_in_part(bill, {1: money("13.94")}, "C-2", DAY, (some,))
    both = credit_in_part(bill, {1: money("60.00"), 2: money("-13.93")}, "C-1", DAY, ())
    assert both.total == money("55.28")
    rest = credit_in_full(bill, "C-2", DAY, (some,))  # 13.93 and -13.93: nothing more goes back
    assert (rest.net, rest.tax, rest.total) == (money("0.00"), money("0.00"), money("0.00"))


def test_two_rates_of_which_one_was_a_reduction():
    """Estonia: 2400.00 at 24 % and -604.93 at 22 % are 2237.99; the first line alone would give back 2976.00."""
    lines = (*items("2400.00", ruling=charged("24", "EE")), *items("-604.93", ruling=charged("22", "EE")))
    bill = Invoice("2025-002", date(2025, 7, 1), DUBLIN, MARIE, lines)
    with pytest.raises(
        InvalidValueError, match=r"2976\.00.*of invoice 2025-002 2237\.99 EUR is left to credit, tax included"
    ):
        credit_in_part(bill, {1: money("2400.00")}, "C-1", DAY)
    some = credit_in_part(bill, {1: money("1000.00")}, "C-0", DAY)  # 1240.00 with its tax; 997.99 are left
    with pytest.raises(InvalidValueError, match=r"1116\.00.*of invoice 2025-002 997\.99 EUR is left to credit"):
        credit_in_part(bill, {1: money("900.00")}, "C-1", DAY, (some,))
    assert credit_in_part(bill, {1: money("800.00")}, "C-1", DAY, (some,)).total == money("992.00")
    with pytest.raises(InvalidValueError, match="below 0 it is an invoice"):
        credit_in_part(bill, {2: money("-604.93")}, "C-1", DAY)
    full = credit_in_full(bill, "C-1", DAY)
    assert (full.net, full.tax, full.total) == (money("1795.07"), money("442.92"), money("2237.99"))


# What is refused


@pytest.mark.parametrize(
    ("nets", "error", "words"),
    [
        ({}, InvalidValueError, "nothing is left"),
        ({3: money("1.00")}, InvalidValueError, r"invoice 2026-001 has the lines 1 to 2"),
        ({0: money("1.00")}, InvalidValueError, "has the lines 1 to 2"),
        ({True: money("1.00")}, InvalidValueError, "has the lines 1 to 2"),
        ({"1": money("1.00")}, InvalidValueError, "has the lines 1 to 2"),
        ({1: money("10.01")}, InvalidValueError, r"of line 1 at most 10\.00 EUR is left to credit"),
        ({1: money("0.00")}, InvalidValueError, "give some of it"),
        ({1: money("-1.00")}, InvalidValueError, "of line 1 at most"),
        ({1: money("1.00", "USD")}, CurrencyMismatchError, "cannot combine EUR with USD"),
        ({1: "1.00"}, InvalidTypeError, "nets must be Money"),
        ({1: 1.0}, InvalidTypeError, "nets must be Money"),
        ([money("1.00")], InvalidTypeError, "nets must be a mapping"),
        (None, InvalidTypeError, "nets must be a mapping"),
    ],
)
def test_what_cannot_be_credited(nets, error, words):
    with pytest.raises(error, match=words):
        credit_in_part(invoice("10.00", "5.00"), nets, "C-1", DAY)


def test_earlier_notes_are_counted_once_and_are_of_this_invoice():
    bill = invoice("10.00", "5.00")
    one = credit_in_part(bill, {1: money("4.00")}, "C-1", DAY)
    other = credit_in_full(invoice("10.00", number="2026-009"), "C-9", DAY)
    foreign = credit_in_full(invoice("1.00", "1.00", "1.00"), "C-3", DAY)  # the same number, another document
    beyond = credit_in_full(invoice("99.00"), "C-4", DAY)
    dollars = credit_in_full(invoice("1.00", currency="USD"), "C-5", DAY)
    for earlier, error, words in (
        ((one, one), InvalidValueError, "number 'C-1': a credit note has this number already"),
        ((other,), InvalidValueError, "earlier 'C-9': it does not credit invoice 2026-001"),
        ((foreign,), InvalidValueError, "earlier 'C-3': invoice 2026-001 has no line 3"),
        ((beyond,), InvalidValueError, r"99\.00.*line 1 of invoice 2026-001 billed less than that"),
        ((dollars,), CurrencyMismatchError, "EUR"),
        ((downgrade().document,), InvalidValueError, "it does not credit invoice 2026-001"),
        ((bill,), InvalidTypeError, "earlier must be a (collection|tuple or list) of CreditNote values"),
        ((each for each in (one,)), InvalidTypeError, "earlier must be a tuple or list"),
        ({one}, InvalidTypeError, "earlier must be a tuple or list"),
        ("C-1", InvalidTypeError, "earlier must be a (collection|tuple or list) of CreditNote values"),
    ):
        with pytest.raises(error, match=words):
            credit_in_full(bill, "C-2", DAY, earlier)
    with pytest.raises(InvalidValueError, match="number 'C-1': a credit note has this number already"):
        credit_in_part(bill, {2: money("1.00")}, "C-1", DAY, [one])
    assert credit_in_full(bill, "C-2", DAY, [one]).total == money("13.20")  # 18.00 - 4.80


@pytest.mark.parametrize(
    "function", [credit_in_full, lambda *rest: credit_in_part(rest[0], {1: money("1.00")}, *rest[1:])]
)
def test_a_note_needs_its_invoice_a_number_and_a_day(function):
    bill = invoice("10.00")
    for junk in JUNK:
        with pytest.raises(InvalidTypeError, match="invoice must be an Invoice"):
            function(junk, "C-1", DAY)
        if not any(junk is each for each in PRINTABLE):
            with pytest.raises(BillingError, match="number"):
                function(bill, junk, DAY)
        with pytest.raises(BillingError, match="issued_on"):
            function(bill, "C-1", junk)
    with pytest.raises(InvalidValueError, match=r"issued_on .*invoice 2026-001 is of 2026-02-15; credit it later"):
        function(bill, "C-1", date(2026, 2, 14))
    assert function(bill, "C-1", bill.issued_on).issued_on == bill.issued_on


def test_an_invoice_of_nothing_has_nothing_to_credit():
    with pytest.raises(InvalidValueError, match="nothing is left to credit"):
        credit_in_full(invoice("0.00"), "C-1", DAY)


# The document


def test_a_change_that_credits_more_than_it_charges_is_a_credit_note():
    """60.00, 26 of 28 days unused: 55.714… -> 55.71; 30.00 charged; 25.71 go back, with 5.14 of tax."""
    note = downgrade().document
    assert note.invoice_number is None
    assert [(line.line_number, line.net) for line in note.lines] == [(1, money("-30.00")), (2, money("55.71"))]
    assert (note.net, note.tax, note.total) == (money("25.71"), money("5.14"), money("30.85"))
    text = note.explain()
    assert text.startswith("Credit note C-1 of 2026-02-02 for invoice 2026-001 of 2026-01-31 to Marie\n")
    assert text.endswith("credit 25.71 + 5.14 tax = 30.85 EUR")


def test_a_note_explains_its_numbers():
    assert NOTE.explain().split("\n") == [
        "Credit note C-1 of 2026-03-01 for invoice 2026-001 of 2026-02-15 to Marie",
        "  Credit of item 1: 10.00 EUR",
        "  VAT 20 % in FR: 10.00 × 20 % = 2.00",
        "  credit 10.00 + 2.00 tax = 12.00 EUR",
    ]


@pytest.mark.parametrize(
    ("field", "value", "error", "words"),
    [
        ("lines", (), InvalidValueError, "at least one line"),
        ("lines", [*NOTE.lines], InvalidTypeError, "lines must be a tuple of CreditedLine values"),
        ("lines", (None,), InvalidTypeError, "lines must be a tuple of CreditedLine values"),
        ("taxes", (), InvalidValueError, "the nets of the taxes must be those of the lines"),
        ("taxes", NOTE.taxes * 2, InvalidValueError, "the nets of the taxes must be those of the lines"),
        ("taxes", [*NOTE.taxes], InvalidTypeError, "taxes must be a tuple of CreditedTax values"),
        ("invoice_number", "", InvalidValueError, "1 to 60 printable characters"),
        ("seller", MARIE, InvalidTypeError, "seller must be a Seller"),
        ("buyer", DUBLIN, InvalidTypeError, "buyer must be a Buyer"),
        ("issued_on", datetime(2026, 3, 1, tzinfo=UTC), InvalidTypeError, "issued_on must be"),
    ],
)
def test_a_note_whose_parts_disagree_is_refused(field, value, error, words):
    with pytest.raises(error, match=words):
        CreditNote(**{**fields_of(NOTE), field: value})


def test_a_note_gives_something_back():
    lines = (CreditedLine(1, "more", money("-1.00"), VAT_20),)
    taxes = (CreditedTax(VAT_20, money("-1.00"), money("-0.20")),)
    with pytest.raises(InvalidValueError, match=r"-1\.20.*below 0 it is an invoice"):
        attrs.evolve(NOTE, lines=lines, taxes=taxes)


def test_currencies_are_not_mixed_in_a_note():
    dollar = money("1.00", "USD")
    lines = (*NOTE.lines, CreditedLine(2, "more", dollar, UNTAXED))
    taxes = (*NOTE.taxes, CreditedTax(UNTAXED, dollar, money("0.00", "USD")))
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(NOTE, lines=lines, taxes=taxes)


@pytest.mark.parametrize(
    ("ruling", "net", "tax", "fits"),
    [
        (VAT_20, "10.00", "2.00", True),
        (VAT_20, "10.00", "2.02", True),  # what earlier notes may have left
        (VAT_20, "10.00", "2.03", False),
        (VAT_20, "10.00", "1.97", False),
        (VAT_20, "10.00", "0.00", False),
        (VAT_20, "10.00", "-2.00", False),
        (VAT_20, "-10.00", "-2.00", True),
        (REVERSED, "10.00", "0.00", True),
        (REVERSED, "10.00", "0.01", False),  # under reverse charge nothing was charged
        (UNTAXED, "10.00", "-0.01", False),
        (UNKNOWN, "10.00", "0.00", False),
    ],
)
def test_a_tax_that_goes_back_follows_from_its_net(ruling, net, tax, fits):
    if fits:
        assert CreditedTax(ruling, money(net), money(tax)).tax == money(tax)
        return
    with pytest.raises(InvalidValueError, match=r"(tax|ruling) "):
        CreditedTax(ruling, money(net), money(tax))


def test_the_parts_of_a_note_have_their_types():
    with pytest.raises(CurrencyMismatchError):
        CreditedTax(VAT_20, money("1.00"), money("0.20", "USD"))
    with pytest.raises(InvalidValueError, match="line_number 0: lines are counted from 1 to 1000000"):
        attrs.evolve(sample(CreditedLine), line_number=0)
    assert [attrs.evolve(sample(CreditedLine), line_number=at).line_number for at in (1, 10**6)] == [1, 10**6]
    assert attrs.evolve(sample(CreditedLine), description="x" * 600).description == "x" * 600
    with pytest.raises(InvalidValueError, match="1 to 600 printable characters"):
        attrs.evolve(sample(CreditedLine), description="x" * 601)
    for number in (True, "1", 1.0):
        with pytest.raises(InvalidTypeError, match="line_number must be an int, counted from 1"):
            attrs.evolve(sample(CreditedLine), line_number=number)


def test_a_document_of_exactly_nothing_is_an_invoice():
    even = issue_document("1", DAY, DUBLIN, MARIE, items("5.00", "-5.00"))
    assert type(even) is Invoice
    assert (even.total, even.payable) == (money("0.00"), money("0.00"))


def test_a_note_for_a_change_keeps_the_terms_of_its_credit():
    large = flat("60.00")
    first = bought(FRENCH, large, 1, date(2026, 2, 15))
    quote = changed(FRENCH, first.subscription, MONTHLY_30, 1, date(2026, 2, 16), GOTO_RESCUE.rules)
    assert quote.document.explain().split("\n")[1:] == [
        "  Rescue × 1, 2026-02-16 to 2026-03-16 (charged): -30.00 EUR",
        "  Credit for Rescue × 1, unused from 2026-02-16: 57.86 EUR",
        ("    60.00 EUR × 27/28 days = 57.85714… → 57.86 half up"),
        "  TVA 20 % in FR: 27.86 × 20 % = 5.572 → 5.57",
        "  credit 27.86 + 5.57 tax = 33.43 EUR",
    ]


def test_a_part_says_of_what_and_a_series_says_that_it_is_one():
    bill = invoice("0.03", "0.03", "0.03")  # 0.09 × 20 % = 0.018 → 0.02
    notes = []
    for at in (1, 2, 3):
        notes.append(credit_in_part(bill, {at: money("0.03")}, f"C-{at}", date(2026, 3, 1), notes))
    assert [note.tax for note in notes] == [money("0.01"), money("0.00"), money("0.01")]  # 0.006, 0.012, 0.018
    assert "(the series adds up to the rounded tax on all that is credited)" in notes[1].explain()
    part = credit_in_part(invoice("10.00"), {1: money("4.00")}, "C-1", date(2026, 3, 1))
    assert "Credit of item 1: 4.00 EUR of 10.00 EUR" in part.explain()


def test_a_credited_line_is_taxed_as_the_line_was():
    with pytest.raises(InvalidValueError, match="taxed under another decision"):
        CreditedLine(1, "it", money("1.00"), UNTAXED, invoice("10.00").lines[0])
    with pytest.raises(InvalidTypeError, match="lines must be"):
        CreditedLine(1, "it", money("1.00"), UNTAXED, "line")


def test_what_was_billed_without_tax_goes_back_without_it():
    note = credit_in_full(invoice("10.00", ruling=REVERSED), "C-1", date(2026, 3, 1))
    assert "reverse charge: the customer accounts for the tax in DE: 10.00 EUR without tax" in note.explain()
