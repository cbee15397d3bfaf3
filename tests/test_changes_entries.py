"""What a quote does in the ledger: what it issues, uses and credits, and what it says is to be paid back."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger import (
    Agreed,
    Applied,
    Credited,
    Issued,
    Ledger,
    Received,
    Refunded,
    Reversed,
    WrittenOff,
)
from billingcore.money import Money
from billingcore.proration import ProrationPolicy, Settlement
from samples import SMALL, SMALL_31, SWISS, day, flat, in_currency, money, paid

CARRIED = ProrationPolicy.keep_dates()
REFUNDED = attrs.evolve(CARRIED, settlement=Settlement.REFUND)
APART = attrs.evolve(CARRIED, settlement=Settlement.APART)
LARGE = flat("62.00", "Large")
LARGE_50 = flat("50.00", "Large")
HALF = day(17)  # 31.00 × 15/31 = 15.00 is unused from here


def received(reference, on, amount, pays=()):
    return Received(reference, on, money(amount), pays)


def credited(reference, on, amount, **more):
    return Credited(reference, on, money(amount), **more)


def bought(customer=SWISS, plan=SMALL_31):
    """Give the quote of a start on 1 January."""
    return bought(customer, plan, 1, day(1), number="S-1")


def moved(quote):
    """Give the entries of a quote in short."""
    return [
        (type(each).__name__, each.amount.amount, getattr(each, "source", each.reference)) for each in quote.entries
    ]


def after(customer, quote):
    return customer.with_entries(*quote.entries)


# What is used


def test_an_invoice_is_issued_and_credit_is_used_before_money_the_oldest_first():
    """31.00 of 5.00 + 6.00 + 4.00 credit and 20.00 + 20.00 money: 15.00 credit, 16.00 of the older payment."""
    rich = SWISS.with_entries(
        received("late", date(2025, 12, 20), "20.00"), received("early", date(2025, 12, 10), "20.00"),
        credited("C-3", date(2025, 12, 9), "4.00"), credited("C-2", date(2025, 12, 8), "6.00"), credited("C-1", date(2025, 12, 8), "5.00"),
    )  # fmt: skip
    quote = bought(rich)
    assert moved(quote) == [
        ("Issued", "31.00", "S-1"), ("Applied", "5.00", "C-1"), ("Applied", "6.00", "C-2"), ("Applied", "4.00", "C-3"),
        ("Applied", "16.00", "early"),
    ]  # fmt: skip
    assert {(each.reference, each.to, each.on) for each in quote.entries[1:]} == {("S-1", "S-1", day(1))}
    assert (quote.document.prepaid, quote.due_now) == (money("31.00"), money("0.00"))
    assert quote.credit_left == money("24.00")  # 4.00 of the older payment and 20.00 of the other
    assert after(rich, quote).ledger.position(day(1)).money == money("24.00")


def test_an_overpayment_pays_one_further_invoice_and_not_two():
    """30.00 too much: the next invoice of 31.00 asks for 1.00, and the one after it for all of its 31.00."""
    first = bought()
    over = after(SWISS, first).with_entries(received("wire", day(2), "61.00", "S-1"))
    second = renewed(over, first.subscription, number="S-2")
    assert (second.document.prepaid, second.due_now) == (money("30.00"), money("1.00"))
    again = after(over, second)
    third = renewed(again, second.subscription, number="S-3")
    assert (third.document.prepaid, third.due_now, third.credit_left) == (None, money("31.00"), money("0.00"))
    assert after(again, second) == again  # delivered again it changes nothing


def test_an_account_with_nothing_has_nothing_used():
    quote = bought()
    assert moved(quote) == [("Issued", "31.00", "S-1")]
    assert (quote.document.prepaid, quote.credit_left, quote.to_refund) == (None, money("0.00"), money("0.00"))
    assert quote.entries[0].instalments[0].due_on == day(1)


def test_what_comes_after_the_day_is_not_there_yet():
    later = SWISS.with_entries(credited("C-1", day(2), "5.00"))
    assert bought(later).document.prepaid is None
    assert bought(later).credit_left == money("0.00")


def test_what_a_later_entry_uses_is_not_used_again():
    """10.00 of credit, of which 4.00 paid an invoice on 20 January: 6.00 are left for one of 1 January."""
    used = SWISS.with_entries(
        credited("C-1", date(2025, 12, 1), "10.00"), Issued("X", day(20), money("4.00")),
        Applied("x", day(20), money("4.00"), "C-1", "X"),
    )  # fmt: skip
    quote = bought(used)
    assert (quote.document.prepaid, quote.credit_left) == (money("6.00"), money("4.00"))
    assert after(used, quote).ledger.position(day(20)).unapplied == ()


def test_what_was_recorded_later_was_not_known_and_is_not_used():
    """A payment of 1 December that became known on 5 January cannot have paid an invoice of 1 January."""
    late = SWISS.with_entries(attrs.evolve(received("wire", date(2025, 12, 1), "10.00"), recorded_on=day(5)))
    quote = bought(late)
    assert (quote.document.prepaid, quote.credit_left) == (None, money("10.00"))
    assert bought(late, SMALL_31, 1, day(5)).document.prepaid == money("10.00")
    assert after(late, quote).ledger.position(day(5)).money == money("10.00")


def test_a_payment_that_bounces_later_pays_nothing():
    bounced = SWISS.with_entries(
        received("wire", date(2025, 12, 1), "10.00"), Reversed("b", day(9), money("10.00"), "wire")
    )
    quote = bought(bounced)
    assert quote.document.prepaid is None
    assert after(bounced, quote).ledger.balance_on(day(9)) == money("31.00")


# What is credited and paid back


def test_a_credit_note_is_credited_on_its_day_whatever_came_later():
    first = bought()
    customer = paid(SWISS, first).with_entries(received("later", day(25), "3.00"))
    quote = ended(customer, first.subscription, HALF, CARRIED, number="C-1")
    assert quote.entries == (credited("C-1", HALF, "15.00"),)
    assert (quote.credit_left, quote.to_refund) == (money("15.00"), money("0.00"))
    assert after(customer, quote).ledger.position(day(25)).unapplied[0].on == HALF


def test_money_that_never_came_is_not_paid_back():
    """An unpaid invoice of 31.00 under a rule that refunds: 15.00 goes back as credit, and nothing in money."""
    first = bought()
    quote = ended(after(SWISS, first), first.subscription, HALF, REFUNDED)
    assert (quote.document.total, quote.to_refund, quote.credit_left) == (money("15.00"), money("0.00"), money("15.00"))
    assert quote.entries[0].apart
    assert "paid back" not in quote.explain()
    new = ended(SWISS, first.subscription, HALF, REFUNDED)  # nor where nothing is on record
    assert (new.to_refund, new.credit_left) == (money("0.00"), money("15.00"))


@pytest.mark.parametrize(
    ("entries", "refund"),
    [
        ([received("card", day(1), "31.00", "S-1")], "15.00"),  # paid in full: all that the rule gives
        ([received("card", day(1), "20.00", "S-1")], "4.00"),  # 11.00 of 31.00 is open: 15.00 - 11.00
        ([received("card", day(1), "31.00", "S-1"), Issued("X", day(2), money("5.00"))], "10.00"),  # 5.00 is owed elsewhere
        ([received("card", day(1), "31.00", "S-1"), Issued("X", day(18), money("5.00"))], "15.00"),  # but not yet
        ([credited("P", day(1), "31.00"), Applied("a", day(1), money("31.00"), "P", "S-1")], "0.00"),  # paid with credit
        (
            [received("card", day(1), "31.00", "S-1"), Refunded("r", day(2), money("25.00"), "card", "S-1"), credited("P", day(2), "25.00")],
            "6.00",  # 31.00 - 25.00 was kept
        ),
        ([received("card", day(1), "31.00", "S-1"), Reversed("b", day(20), money("31.00"), "card")], "0.00"),  # charged back later
        ([received("card", day(1), "31.00"), WrittenOff("w", day(2), money("31.00"), "S-1")], "15.00"),
    ],
)  # fmt: skip
def test_what_is_paid_back_was_received_and_is_not_owed(entries, refund):
    first = bought()
    customer = after(SWISS, first).with_entries(*entries)
    quote = ended(customer, first.subscription, HALF, REFUNDED, number="C-1")
    assert quote.to_refund == money(refund)
    assert (
        quote.credit_left == after(customer, quote).ledger.position(HALF).credit + customer.ledger.position(HALF).money
    )
    if quote.to_refund:
        back = Refunded("back", HALF, quote.to_refund, "C-1")
        assert (
            after(customer, quote).with_entries(back).ledger.position(HALF).credit
            == quote.credit_left - quote.to_refund - customer.ledger.position(HALF).money
        )


def test_charge_and_credit_apart_are_entries_of_both():
    """62.00 × 15/31 = 30.00 is charged and uses 2.00 of credit; 15.00 is paid back: the new invoice does not stand against it."""
    first = bought()
    customer = paid(SWISS, first).with_entries(credited("P", day(2), "2.00"))
    quote = changed(customer, first.subscription, LARGE, 1, HALF, APART, number="U-1", credit_number="C-1")
    assert moved(quote) == [("Issued", "30.00", "U-1"), ("Applied", "2.00", "P"), ("Credited", "15.00", "C-1")]
    assert (quote.due_now, quote.to_refund, quote.credit_left) == (money("28.00"), money("15.00"), money("15.00"))
    assert quote.entries[2].apart
    position = after(customer, quote).ledger.position(HALF)
    assert (position.open, position.credit) == (money("28.00"), money("15.00"))
    unpaid = changed(after(SWISS, first), first.subscription, LARGE, 1, HALF, APART, number="U-1")
    assert (unpaid.to_refund, unpaid.credit_left) == (money("0.00"), money("15.00"))


def test_credit_that_the_new_invoice_uses_does_not_stand_against_what_is_owed():
    """12.00 is owed, and 2.00 of credit goes to the new invoice: of the 15.00 credited 3.00 are paid back, not 5.00."""
    first = bought()
    owing = paid(SWISS, first).with_entries(Issued("X", day(2), money("12.00")), credited("P", day(2), "2.00"))
    quote = changed(owing, first.subscription, LARGE, 1, HALF, APART, number="U-1", credit_number="C-1")
    assert (quote.document.prepaid, quote.to_refund) == (money("2.00"), money("3.00"))  # 15.00 - 12.00


@pytest.mark.parametrize(
    ("credit", "came", "owed", "first", "second"),
    [
        ("20.00", "10.00", "0", "10.00", "0.00"),  # 10.97 stands apart of the 10.00 that came: nothing of it is left
        ("18.00", "12.00", "0", "10.97", "1.03"),  # 12.00 - 10.97
        ("0", "30.00", "0", "10.97", "5.48"),  # 30.00 came: 10.97 + 5.48
        ("0", "30.00", "5.00", "5.97", "5.48"),  # 10.97 - 5.00 is owed; 5.00 of the first credit pays that
        ("18.00", "12.00", "5.00", "5.97", "5.48"),  # 12.00 - 5.97 = 6.03 is more than 5.48
        ("0", "30.00", "12.00", "0.00", "4.45"),  # 10.97 + 5.48 - 12.00
    ],
)
def test_money_that_is_to_be_paid_back_is_not_promised_again(credit, came, owed, first, second):
    """30.00 from 10 January, down to 10.00 on the 24th: 16.45 - 5.48 = 10.97 goes back; then it ends: 10.00 × 17/31 = 5.48."""
    customer = SWISS.with_entries(*([credited("gift", day(1), credit)] if credit != "0" else []))
    begun = bought(customer, SMALL, 1, day(10), number="S-1")
    customer = after(customer, begun).with_entries(received("card", day(10), came, "S-1"))
    if owed != "0":
        customer = customer.with_entries(Issued("X", day(11), money(owed)))
    down = changed(customer, begun.subscription, flat("10.00", "Tiny"), 1, day(24), REFUNDED, number="C-1")
    assert (down.document.total, down.to_refund) == (money("10.97"), money(first))
    customer = after(customer, down)
    end = ended(customer, down.subscription, day(24), REFUNDED, number="C-2")
    assert (end.document.total, end.to_refund) == (money("5.48"), money(second))
    if down.to_refund:  # once the first is paid back, the second is what it was
        customer = customer.with_entries(Refunded("back", day(24), down.to_refund, "C-1"))
    assert ended(customer, down.subscription, day(24), REFUNDED, number="C-2").to_refund == end.to_refund


def test_credit_apart_that_is_used_or_was_paid_back_is_not_to_be_paid_back():
    """30.00 paid with 10.00 of credit and 20.00 in money, and 10.97 apart: an invoice of 27.42 uses that, or it was paid back."""
    customer = SWISS.with_entries(credited("gift", day(1), "10.00"))
    begun = bought(customer, SMALL, 1, day(10), number="S-1")
    customer = after(customer, begun).with_entries(received("card", day(10), "20.00", "S-1"))
    customer = customer.with_entries(credited("old", day(12), "10.97", apart=True))
    rich = customer.with_entries(credited("new", day(13), "30.00"))
    quote = changed(rich, begun.subscription, LARGE_50, 1, day(24), APART, number="U-1", credit_number="C-1")
    assert (quote.document.total, quote.document.prepaid) == (money("27.42"), money("27.42"))  # 50.00 × 17/31
    assert (quote.credit_note.total, quote.to_refund) == (money("16.45"), money("16.45"))  # of 20.00 that came
    back = customer.with_entries(Refunded("back", day(26), money("10.97"), "old"))
    end = ended(back, begun.subscription, day(24), REFUNDED, number="C-2")
    assert (end.document.total, end.to_refund) == (money("16.45"), money("9.03"))  # 20.00 - 10.97, taken off once


# What the ledger does not take


def test_a_quote_without_a_number_is_a_preview_that_no_account_takes():
    """Two previews have one number: handed in, the second would count as the first."""
    first = bought(SWISS, SMALL_31, 1, day(1))
    with pytest.raises(
        InvalidValueError, match=r"issued draft.*a quote without a number is a preview; quote it again with number=…"
    ):
        SWISS.with_entries(*first.entries)
    customer = paid(SWISS, bought())
    end = ended(customer, first.subscription, HALF, CARRIED)
    with pytest.raises(InvalidValueError, match=r"credited draft.*quote it again with number=…"):
        after(customer, end)
    apart = changed(customer, first.subscription, LARGE, 1, HALF, APART, number="U-1")
    assert [each.reference for each in apart.entries] == ["U-1", "draft-credit"]
    with pytest.raises(InvalidValueError, match=r"credited draft-credit.*quote it again with credit_number=…"):
        after(customer, apart)
    # a payment is not numbered by us; a ledger itself asks for nothing
    assert SWISS.with_entries(received("draft", day(1), "1.00")).ledger.entries
    assert SWISS.ledger.with_entries(*first.entries).has_document("draft")


def test_two_documents_of_a_quote_have_two_numbers():
    running = bought().subscription
    told = "the invoice beside it has this number; give it its own"
    for number in ("S-2", "draft", "draft-credit"):
        with pytest.raises(InvalidValueError, match=f"^credit_number '{number}': {told}"):
            changed(SWISS, running, LARGE, 1, HALF, APART, number=number, credit_number=number)
    with pytest.raises(InvalidValueError, match=f"^credit_number 'draft-credit': {told}"):
        changed(SWISS, running, LARGE, 1, HALF, APART, number="draft-credit")
    preview = changed(SWISS, running, LARGE, 1, HALF, APART)
    assert (preview.document.number, preview.credit_note.number) == ("draft", "draft-credit")
    note = attrs.evolve(preview.credit_note, number="draft")
    entries = (preview.entries[0], attrs.evolve(preview.entries[1], reference="draft"))
    with pytest.raises(InvalidValueError, match=f"^credit_note 'draft': {told}"):
        attrs.evolve(preview, credit_note=note, entries=entries)


def test_a_number_of_a_credit_note_that_is_on_record_is_named_as_such():
    first = bought()
    customer = paid(SWISS, first).with_entries(credited("C-1", day(2), "1.00"))
    told = "^credit_number 'C-1': the account's ledger has a document of this number"
    with pytest.raises(InvalidValueError, match=told):
        changed(customer, first.subscription, LARGE, 1, HALF, APART, number="U-1", credit_number="C-1")


def test_a_number_is_used_once():
    first = bought()
    customer = paid(SWISS, first)
    for call in (
        lambda number: renewed(customer, first.subscription, number=number),
        lambda number: ended(customer, first.subscription, HALF, CARRIED, number=number),
        lambda number: changed(customer, first.subscription, LARGE, 1, HALF, APART, credit_number=number),
    ):
        with pytest.raises(InvalidValueError, match=r"number .*the account's ledger has a document of this number"):
            call("S-1")
        assert call("S-2").document is not None
    folded = attrs.evolve(customer, ledger=customer.ledger.closed_before(date(2026, 6, 1), chargeback_days=0))
    assert folded.ledger.entries == ()
    with pytest.raises(InvalidValueError, match=r"number .*the account's ledger has a document of this number"):
        bought(folded, SMALL_31, 1, date(2026, 7, 1), number="S-1")


def test_a_credit_note_does_not_have_the_reference_of_a_payment():
    first = bought()
    customer = paid(SWISS, first)
    with pytest.raises(InvalidValueError, match="a credit note and a payment need their own"):
        ended(customer, first.subscription, HALF, CARRIED, number="card-S-1")


def test_a_balance_that_was_agreed_stays():
    customer = SWISS.with_entries(Agreed("g", day(31), money("0.00")))
    with pytest.raises(InvalidValueError, match=r"0\.00 EUR was agreed"):
        bought(customer)
    assert bought(customer, SMALL_31, 1, date(2026, 2, 1)).due_now == money("31.00")


@pytest.mark.parametrize("entries", [(), (credited("P", day(10), "1.00"),)])
def test_no_document_is_older_than_the_ledger(entries):
    ledger = Ledger.opened("EUR", day(10)).with_entries(*entries)
    customer, first = attrs.evolve(SWISS, ledger=ledger), bought()
    for call in (
        lambda: bought(customer),
        lambda: ended(customer, first.subscription, day(9), CARRIED),
        lambda: ended(customer, first.subscription, day(9), ProrationPolicy.nothing()),
    ):
        with pytest.raises(InvalidValueError, match=r"day .*the ledger starts on 2026-01-10"):
            call()
    assert ended(customer, first.subscription, day(10), CARRIED).document is not None


def test_every_quote_is_in_the_currency_of_the_ledger():
    subscription, dollars = bought().subscription, in_currency(SWISS, "USD")
    for call in (
        lambda: bought(dollars),
        lambda: renewed(dollars, subscription),
        lambda: changed(dollars, subscription, LARGE, 1, HALF, CARRIED),
        lambda: ended(dollars, subscription, HALF, CARRIED),
        lambda: ended(dollars, subscription, HALF, ProrationPolicy.nothing()),
    ):
        told = "cannot combine USD with EUR: the account's ledger is in USD; a customer has a ledger for each currency"
        with pytest.raises(CurrencyMismatchError, match=f"^{told}$"):
            call()


def test_an_account_has_a_ledger():
    with pytest.raises(TypeError, match="ledger"):
        type(SWISS)(SWISS.seller, SWISS.buyer)
    with pytest.raises(InvalidTypeError, match="entries must be"):
        SWISS.with_entries(1)
    assert SWISS.with_entries() == SWISS


# Whatever the account holds

DAYS = st.integers(0, 60).map(lambda days: day(1) + timedelta(days))
AMOUNTS = st.integers(1, 8000).map(lambda minor: Money(minor, "EUR"))


@st.composite
def accounts(draw):
    """An account with up to a dozen entries from 1 January on; what its ledger refuses is left out."""
    customer = paid(SWISS, bought()) if draw(st.booleans()) else after(SWISS, bought())
    invoices, payments, sources = ["S-1"], ["card-S-1"], ["card-S-1"]
    for at in range(draw(st.integers(0, 12))):
        on, amount, name = draw(DAYS), draw(AMOUNTS), f"e-{at}"
        invoice, payment, source = (draw(st.sampled_from(names)) for names in (invoices, payments, sources))
        known = {"recorded_on": on + timedelta(draw(st.integers(0, 20)))} if draw(st.booleans()) else {}
        entry = draw(
            st.sampled_from(
                [
                    Issued(name, on, amount, **known), Credited(name, on, amount, **known),
                    Credited(name, on, amount, invoice, **known), Received(name, on, amount, **known),
                    Received(name, on, amount, invoice, **known), Applied(name, on, amount, source, invoice, **known),
                    Refunded(name, on, amount, source, **known), Reversed(name, on, amount, payment, **known),
                    WrittenOff(name, on, amount, source, over=True, **known),
                ]
            )
        )  # fmt: skip
        try:
            customer = customer.with_entries(entry)
        except InvalidValueError:
            continue
        invoices += [name] if isinstance(entry, Issued) else []
        payments += [name] if isinstance(entry, Received) else []
        sources += [name] if isinstance(entry, Received | Credited) else []
    return customer


@given(accounts(), st.integers(0, 30), st.integers(0, 120), st.sampled_from([CARRIED, REFUNDED, APART]), st.booleans())
def test_the_account_that_was_quoted_takes_the_entries(customer, days, price, rules, ends):
    """They are accepted, say what they come to, and what is to be paid back can be; on no day is anything given twice."""
    subscription, on = bought().subscription, day(1) + timedelta(days)
    if ends:
        quote = ended(customer, subscription, on, rules, number="Q")
    else:
        quote = changed(customer, subscription, flat(str(price)), 1, on, rules, number="Q", credit_number="CQ")
    before, now = customer.ledger.position(on), after(customer, quote).ledger.position(on)
    assert now.credit + now.money == quote.credit_left
    notes = [each for each in (quote.document, getattr(quote, "credit_note", None)) if isinstance(each, CreditNote)]
    given_back = sum(each.total.amount_minor for each in notes)
    charged = quote.document.total if isinstance(quote.document, Invoice) else money(0)
    assert now.balance == before.balance + charged - Money(given_back, "EUR")
    assert now.open == before.open + quote.due_now
    assert money(0) <= quote.to_refund <= min(Money(given_back, "EUR"), customer.ledger.refundable_on(on))
    if quote.to_refund:
        back = Refunded("back", on, quote.to_refund, notes[-1].number)
        repaid = after(customer, quote).with_entries(back).ledger.position(on)
        assert repaid.balance <= quote.due_now  # nothing is paid out while the customer owes it


@given(accounts(), st.integers(0, 30), st.integers(1, 3))
def test_no_money_is_promised_twice(customer, days, count):
    """Credit after credit that a rule pays out, none paid back yet: together no more than came, whatever the account holds."""
    subscription, on = bought().subscription, day(1) + timedelta(days)
    promised = 0
    for at in range(count):
        quote = ended(customer, subscription, on, REFUNDED, number=f"Q-{at}")
        promised += quote.to_refund.amount_minor
        customer = after(customer, quote)
    assert promised <= customer.ledger.refundable_on(on).amount_minor
    assert promised <= max(-customer.ledger.balance_on(on).amount_minor, 0)


@given(accounts(), st.integers(1, 4))
def test_nothing_is_used_twice(customer, count):
    """Bill after bill on one day: together they use what could be used, once."""
    subscription = bought().subscription
    on = subscription.paid_until
    could = sum(amount.amount_minor for _, amount in customer.ledger.uses_for(Money.of("1000000.00", "EUR"), on))
    used = 0
    for at in range(count):
        quote = renewed(customer, subscription, number=f"R-{at}")
        used += 0 if quote.document.prepaid is None else quote.document.prepaid.amount_minor
        customer = after(customer, quote)
    assert used == min(could, count * 3100)
