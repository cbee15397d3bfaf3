"""Documents of a change: the charge and the credit apart, the very lines of the computation, and prices with tax in them."""

from datetime import date

import attrs
import pytest

from billingcore.changes import Cart, OutcomeKind, add, alter, quote_change
from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger import Applied, Credited, Issued
from billingcore.lines import ChargeLine, CreditLine
from billingcore.plans import FlatPrice, Plan, PriceMode
from billingcore.proration import (
    Change,
    Clock,
    CreditOf,
    DayOwner,
    Measure,
    ProrationPolicy,
    Sale,
    Settlement,
    Side,
    prorate_change,
)
from billingcore.records import from_record, to_record
from billingcore.subscriptions import Item
from billingcore.vendors import rulebook
from samples import (
    APRIL,
    ESTONIAN,
    FRENCH,
    LARGE_60,
    MAIN,
    MID_APRIL,
    PAID_IN_APRIL,
    POLICIES,
    SMALL,
    SWISS,
    VAT_20,
    billed,
    bought,
    changed,
    ended,
    flat,
    in_currency,
    money,
    policy,
    renewed,
    started_in_april,
    with_credit,
)

APART = attrs.evolve(ProrationPolicy.keep_dates(), settlement=Settlement.APART)
LATER = attrs.evolve(ProrationPolicy.keep_dates(), settlement=Settlement.NEXT_INVOICE)
WITH_TAX = Plan("Small", FlatPrice(money("36.00"), PriceMode.INCLUSIVE), SMALL.cadence)


def quoted(rules, plan=LARGE_60, day=MID_APRIL, running=None, account=PAID_IN_APRIL, **more):
    """Quote a change of the subscription that started in April; the first document is I-1, a second one C-1."""
    running = running or started_in_april()
    return changed(account, running, plan, 1, day, rules, number="I-1", credit_number="C-1", **more)


# Settled apart


def test_the_charge_is_an_invoice_and_the_credit_a_note_of_that_day():
    """60.00 × 15/30 and 20 % are charged, 30.00 × 15/30 and 20 % paid out; nothing is netted."""
    quote = quoted(APART, account=with_credit(PAID_IN_APRIL, "5.00"))
    assert (type(quote.documents[0]), quote.documents[0].number, quote.documents[0].issued_on) == (
        Invoice,
        "I-1",
        MID_APRIL,
    )
    note = quote.documents[1]
    assert (type(note), note.number, note.issued_on, note.invoice_number) == (CreditNote, "C-1", MID_APRIL, None)
    assert (quote.documents[0].subtotal, quote.documents[0].total) == (money("30.00"), money("36.00"))
    assert (note.net, note.tax, note.total, quote.to_refund) == tuple(map(money, ("15.00", "3.00", "18.00", "18.00")))
    # earlier credit pays for the invoice; the credit of the change stands apart until it is paid back
    assert (quote.documents[0].prepaid, quote.due_now, quote.credit_left) == tuple(
        map(money, ("5.00", "31.00", "18.00"))
    )
    assert quote.entries == (
        Issued("I-1", MID_APRIL, money("36.00")),
        Applied("I-1", MID_APRIL, money("5.00"), "CN-0", "I-1"),
        Credited("C-1", MID_APRIL, money("18.00"), apart=True),
    )
    assert (note.seller, note.buyer) == (quote.documents[0].seller, quote.documents[0].buyer)
    old, new = quote.subscription.billed
    assert (old.credit_given, new.net) == (money("15.00"), money("30.00"))
    text = quote.explain()
    assert text.index("Invoice I-1 of 2026-04-16") < text.index("Credit note C-1 of 2026-04-16")
    assert "  to be paid back 18.00 EUR" in text
    assert from_record(to_record(quote)) == quote


def test_apple_and_fastspring_settle_apart():
    apple = quoted(rulebook("apple"))
    assert (apple.documents[0].subtotal, apple.documents[1].net) == (money("60.00"), money("15.00"))
    assert apple.next_bill_on == date(2026, 5, 16)
    fast = quoted(rulebook("fastspring"))
    assert (fast.documents[0].subtotal, fast.documents[1].net) == (money("60.00"), money("30.00"))


def test_the_day_of_the_documents_is_that_of_the_change_whoever_owns_it():
    old_day = attrs.evolve(APART, measure=Measure(Clock.DAY, change_day=DayOwner.OLD))
    quote = quoted(old_day)
    assert (quote.documents[0].issued_on, quote.documents[1].issued_on) == (MID_APRIL, MID_APRIL)
    assert quote.documents[1].net == money("14.00")  # 30.00 × 14/30: the 16th stays paid


def test_what_belongs_to_the_credit_stands_on_the_note():
    """Of 30.00 less 10.00 half goes back: 15.00, and of the discount 5.00; a used part that is billed again too."""
    gross = quoted(attrs.evolve(APART, credit_of=CreditOf.GROSS), running=started_in_april(discount=money("10.00")))
    assert [line.net for line in gross.documents[1].lines] == [money("15.00"), money("-5.00")]
    assert [type(line) for line in gross.documents[0].lines] == [ChargeLine]
    reversed_ = quoted(attrs.evolve(APART, sale=Sale.REVERSE_AND_REBILL))
    assert [line.net for line in reversed_.documents[1].lines] == [money("30.00"), money("-15.00")]
    assert (reversed_.documents[0].subtotal, reversed_.to_refund) == (money("30.00"), money("18.00"))


@pytest.mark.parametrize("settlement", [Settlement.APART, Settlement.REFUND])
def test_a_credit_without_a_charge_is_paid_out(settlement):
    rule = ProrationPolicy(Sale.CREDIT_ONLY, Measure(Clock.DAY), settlement=settlement)
    quote = quoted(rule)
    assert (quote.to_refund, quote.credit_left, quote.due_now) == (money("18.00"), money("18.00"), money("0.00"))
    back = ended(PAID_IN_APRIL, started_in_april(), MID_APRIL, rule)
    assert (type(back.document), back.to_refund, back.credit_left) == (CreditNote, money("18.00"), money("18.00"))


def test_a_difference_of_prices_is_one_amount_and_one_document():
    """The document shows 15.00 back and 30.00 charged, but 15.00 is all that is sold; what is below nothing is paid out."""
    rule = attrs.evolve(ProrationPolicy.difference(), settlement=Settlement.APART)
    up = quoted(rule)
    assert (len(up.documents), up.document.subtotal, up.to_refund) == (1, money("15.00"), money("0.00"))
    down = quoted(rule, flat("10.00"))
    assert (len(down.documents), type(down.document), down.to_refund) == (1, CreditNote, money("12.00"))


def test_where_nothing_goes_back_there_is_no_note():
    free = started_in_april(flat("0.00", "Free"))
    quote = quoted(APART, running=free)
    assert (len(quote.documents), quote.to_refund, quote.document.subtotal) == (1, money("0.00"), money("30.00"))
    assert [line.net for line in quote.document.lines] == [money("30.00"), money("0.00")]


def test_what_waited_stands_where_it_belongs():
    first = changed(FRENCH, started_in_april(), LARGE_60, 1, date(2026, 4, 11), LATER)
    assert (first.documents, first.outcomes[0].outcome) == ((), OutcomeKind.GATHERED)
    quote = quoted(APART, flat("90.00"), running=first.subscription)
    assert quote.documents[0].subtotal == money("85.00")  # 90.00 × 15/30 + 60.00 × 20/30
    assert quote.documents[1].net == money("50.00")  # 60.00 × 15/30 + 30.00 × 20/30
    assert quote.subscription.waiting == ()


INVOICE, NOTE = quoted(APART).documents


@pytest.mark.parametrize(
    ("name", "junk", "error"),
    [
        ("documents", (INVOICE, 1), InvalidTypeError),
        ("documents", (INVOICE, quoted(APART, day=date(2026, 4, 17)).documents[1]), InvalidValueError),
        ("documents", (INVOICE, quoted(APART, account=SWISS).documents[1]), InvalidValueError),
        ("documents", (quoted(policy("chargebee"), flat("10.00")).document, NOTE), InvalidValueError),
        ("documents", (INVOICE, attrs.evolve(INVOICE, number="I-2")), InvalidValueError),
        ("documents", (INVOICE,), InvalidValueError),
        ("documents", (NOTE, INVOICE), InvalidValueError),
        ("documents", (INVOICE, NOTE, attrs.evolve(NOTE, number="C-2")), InvalidValueError),
        ("to_refund", None, InvalidTypeError),
        ("to_refund", money("18.01"), InvalidValueError),
        ("to_refund", money("18.00", "USD"), CurrencyMismatchError),
        ("credit_before", money("-0.01"), InvalidValueError),
    ],
)
def test_a_forged_note_is_refused(name, junk, error):
    quote = quoted(APART)
    with pytest.raises(error) as caught:
        attrs.evolve(quote, **{name: junk})
    assert caught.value.name in {name, "entries", "currency"}
    if error is not InvalidTypeError:
        parts = [to_record(each) for each in junk] if type(junk) is tuple else to_record(junk)
        with pytest.raises(error):
            from_record(to_record(quote) | {name: parts})


def test_a_note_in_another_currency_is_refused():
    abroad = in_currency(FRENCH, "USD")
    running = started_in_april(flat("30.00", currency="USD"), account=abroad)
    dollars = quoted(APART, flat("60.00", currency="USD"), running=running, account=abroad)
    with pytest.raises(CurrencyMismatchError):
        attrs.evolve(quoted(APART), documents=(INVOICE, dollars.documents[1]))


def test_a_note_keeps_the_tax_decision_of_what_it_credits():
    """1200.00 from 1 January 2025 with 22 %, changed on 1 July, when 24 % is charged."""
    yearly = {"cadence": attrs.evolve(SMALL.cadence, count=12)}
    running = bought(ESTONIAN, flat("1200.00", **yearly), 1, date(2025, 1, 1)).subscription
    quote = quoted(APART, flat("2400.00", **yearly), date(2025, 7, 1), running, ESTONIAN)
    assert (quote.documents[1].net, quote.documents[1].tax) == (money("604.93"), money("133.08"))  # × 184/365; 22 %
    assert (quote.documents[0].subtotal, quote.documents[0].tax) == (money("1209.86"), money("290.37"))  # 24 %


@pytest.mark.parametrize(
    ("numbers", "error"),
    [
        (("I-1", 7), InvalidTypeError), (("I-1", None), InvalidTypeError), (("I-1", ""), InvalidValueError),
        (("I-1", "C\n1"), InvalidValueError), (("I-1",), InvalidValueError), ((), InvalidValueError),
        (("I-1", "I-1"), InvalidValueError), (("I-1", "C-1", "C-2"), InvalidValueError),
    ],
)  # fmt: skip
def test_each_document_has_a_number_of_its_own(numbers, error):
    preview = quote_change(
        PAID_IN_APRIL, started_in_april(), Cart(MID_APRIL, alter(MAIN, plan=LARGE_60)), APART
    ).granted()
    with pytest.raises(error, match="number"):
        preview.numbered(*numbers)
    assert [each.number for each in preview.numbered("I-1", "C-1").documents] == ["I-1", "C-1"]


# Categories that may not stand on one document


def test_where_a_buyer_moved_the_credit_is_a_note_that_the_invoice_uses():
    """30.00 × 15/30 and 20 % go back to a buyer who is billed 60.00 × 15/30 outside the tax now: 30.00 - 18.00."""
    quote = quoted(POLICIES["chargebee"], account=SWISS)
    note, invoice = quote.documents
    assert (type(note), note.net, note.tax, note.total) == (CreditNote, *map(money, ("15.00", "3.00", "18.00")))
    assert (invoice.total, invoice.prepaid, quote.due_now) == tuple(map(money, ("30.00", "18.00", "12.00")))
    assert (quote.credit_left, quote.to_refund) == (money("0.00"), money("0.00"))
    assert quote.entries == (
        Credited("I-1", MID_APRIL, money("18.00")),
        Issued("C-1", MID_APRIL, money("30.00")),
        Applied("C-1", MID_APRIL, money("18.00"), "I-1", "C-1"),
    )
    assert SWISS.with_entries(*quote.entries).ledger.balance_on(MID_APRIL) == money("12.00")
    assert quote.subscription.billed[1].document.number == "C-1"
    assert from_record(to_record(quote)) == quote


def test_where_a_buyer_moved_what_waited_is_billed_apart_from_the_renewal():
    """60.00 × 15/30 - 30.00 × 15/30 and 20 % waited; the renewal of 60.00 is outside the tax now. 20.00 of credit is used once."""
    waits = changed(FRENCH, started_in_april(), LARGE_60, 1, MID_APRIL, LATER).subscription
    quote = renewed(with_credit(SWISS, "20.00"), waits, number="R-1")
    taxed, free = quote.documents
    assert (taxed.subtotal, taxed.tax, taxed.prepaid, taxed.payable) == tuple(
        map(money, ("15.00", "3.00", "18.00", "0.00"))
    )
    assert (free.total, free.prepaid, quote.due_now) == tuple(map(money, ("60.00", "2.00", "58.00")))  # 20.00 - 18.00
    assert quote.credit_left == money("0.00")
    assert [each.document.number for each in quote.subscription.billed[1:]] == ["R-1", "R-1-C"]
    assert from_record(to_record(quote)) == quote
    assert "category O stands beside" not in quote.explain()


def test_where_a_buyer_moved_an_end_gives_back_two_notes():
    """Half of 60.00 that was billed outside the tax, and all of an add-on of 10.00 × 15/30 and 20 %: 30.00 and 6.00."""
    running = started_in_april(LARGE_60, account=SWISS)
    extra = Cart(MID_APRIL, add(Item("extra", flat("10.00", "Extra"))))
    both = quote_change(FRENCH, running, extra, POLICIES["chargebee"]).granted().subscription
    quote = ended(FRENCH, both, MID_APRIL, POLICIES["chargebee"], number="C-1")
    assert [type(each) for each in quote.documents] == [CreditNote, CreditNote]
    assert [each.total for each in quote.documents] == [money("30.00"), money("6.00")]
    assert quote.credit_left == money("36.00")
    assert from_record(to_record(quote)) == quote


# Prices that contain tax


def test_a_document_of_a_price_that_contains_tax_is_refused():
    told = "a document of prices that contain tax is not made yet; prorate_change has its figures"
    with pytest.raises(InvalidValueError, match=told):
        bought(FRENCH, WITH_TAX, 1, APRIL.start)
    line = attrs.evolve(billed(WITH_TAX, APRIL, ruling=VAT_20), key=MAIN)
    running = started_in_april()
    running = attrs.evolve(running, items=(attrs.evolve(running.main, plan=WITH_TAX),), billed=(line,))
    larger = attrs.evolve(WITH_TAX, name="Large", price=FlatPrice(money("60.00"), PriceMode.INCLUSIVE))
    for call in (
        lambda: changed(FRENCH, running, larger, 1, MID_APRIL, POLICIES["chargebee"]),
        lambda: changed(FRENCH, running, larger, 1, MID_APRIL, POLICIES["shopify"]),
        lambda: changed(FRENCH, running, larger, 1, MID_APRIL, LATER),
        lambda: ended(FRENCH, running, MID_APRIL, POLICIES["chargebee"]),
        lambda: ChargeLine(line),
        lambda: CreditLine(line, MID_APRIL, prorate_change(APART, Change.cancel(MID_APRIL), [line]).lines[0]),
    ):
        with pytest.raises(InvalidValueError, match=told):
            call()
    result = prorate_change(POLICIES["chargebee"], Change.to(MID_APRIL, larger), [line])
    assert [(each.amount, each.tax) for each in result.lines] == [
        (money("18.00"), money("3.00")),
        (money("30.00"), money("5.00")),
    ]
    # what makes no document is possible
    waits = changed(FRENCH, running, larger, 1, MID_APRIL, ProrationPolicy.at_period_end())
    assert waits.subscription.next[0].item.plan == larger
    ends = ended(FRENCH, running, MID_APRIL, ProrationPolicy.nothing())
    assert ends.document is None


def test_a_plan_of_the_other_mode_has_no_document_yet():
    with pytest.raises(InvalidValueError, match="a document of prices that contain tax is not made yet"):
        changed(FRENCH, started_in_april(), WITH_TAX, 1, MID_APRIL, POLICIES["chargebee"])


# The very lines


@pytest.mark.parametrize("name", ["chargebee", "apple", "maxio_migration", "lago"])
def test_documents_hold_the_lines_of_the_result(name):
    change = Change.to(MID_APRIL, LARGE_60, ruling=FRENCH.decide(MID_APRIL))
    result = prorate_change(rulebook(name), change, [started_in_april().billed[-1]])
    quote = quoted(rulebook(name))
    invoice, *notes = quote.documents
    shown = [line.line for line in (*invoice.lines, *[each.line for note in notes for each in note.lines])]
    assert sorted(shown, key=lambda line: line.side.value) == sorted(result.lines, key=lambda line: line.side.value)
    assert {line.side for line in shown} == {Side.CREDIT, Side.CHARGE}


def test_a_charge_shows_its_sum_where_it_has_one():
    charge, credit = quoted(policy("chargebee")).document.lines
    assert charge.explain() == "Large × 1, 2026-04-16 to 2026-05-01: 30.00 EUR\n  60.00 EUR × 15/30 days = 30.00"
    assert credit.explain().endswith("\n  30.00 EUR × 15/30 days = 15.00")
    in_full = quoted(policy("goto")).document.lines[0]
    assert in_full.line.net == money("60.00")
    assert in_full.explain() == "Large × 1, 2026-04-16 to 2026-05-16: 60.00 EUR"
    longer = quoted(policy("google_charge_full_price")).document.lines[0]
    assert longer.line is None  # the credit bought time of it too: what is worth 75.00 was not charged as one sum
    assert "75.00 EUR" in longer.explain()
    with pytest.raises(InvalidValueError, match=r"line .*the sum of a line comes to what it bills, 30\.00 EUR"):
        attrs.evolve(charge, line=in_full.line)
    with pytest.raises(InvalidTypeError, match="line"):
        attrs.evolve(charge, line="30.00")
    assert from_record(to_record(charge)) == charge


@pytest.mark.parametrize("sale", [Sale.BUY_TIME, Sale.RESTART_LONGER])
def test_credit_that_buys_time_is_on_one_document(sale):
    """The credit buys time, so nothing is paid out, on the document as in the result."""
    rule = attrs.evolve(POLICIES["chargebee"], sale=sale, settlement=Settlement.APART)
    running, cheaper = started_in_april(), flat("10.00", "Cheaper")
    result = prorate_change(rule, Change.to(MID_APRIL, cheaper, ruling=FRENCH.decide(MID_APRIL)), [running.billed[-1]])
    quote = changed(FRENCH, running, cheaper, 1, MID_APRIL, rule)
    assert (len(quote.documents), quote.to_refund, result.refund) == (1, money("0.00"), money("0.00"))
    assert sum(line.net.amount_minor for line in quote.document.lines) == result.due_now.amount_minor


@pytest.mark.parametrize(
    "quote",
    [
        lambda rule: ended(FRENCH, started_in_april(), MID_APRIL, rule),
        lambda rule: changed(FRENCH, started_in_april(), flat("10.00", "Cheaper"), 1, MID_APRIL, rule),
    ],
)
def test_a_quote_does_not_know_what_was_paid(quote):
    with pytest.raises(InvalidValueError, match="it pays out what was paid in money, which a quote does not know"):
        quote(attrs.evolve(POLICIES["chargebee"], settlement=Settlement.REFUND_PAID))
