"""What documents and their parts refuse at the border, and the words of a tie."""

from datetime import date
from fractions import Fraction

import pytest

from billingcore.errors import InvalidTypeError, InvalidValueError, OutOfRangeError
from billingcore.invoices import CreditedTax, Invoice
from billingcore.lines import OneOffLine
from billingcore.money import Money
from billingcore.parties import Buyer, Scheme, Seller
from billingcore.places import Address
from billingcore.receipts import render_html, render_text
from billingcore.tax import Charged, Disputed, LocalRate, TaxComponent, Undetermined, UndeterminedReason, decide_tax
from samples import VAT_20, charged, day, registrations, started_untaxed

TEN = Money.of("10.00", "EUR")


@pytest.mark.parametrize("quantity", [1, 10**9])
def test_a_quantity_has_its_limits(quantity):
    assert OneOffLine("Setup", quantity, Money(1, "EUR"), VAT_20).net == Money(quantity, "EUR")


@pytest.mark.parametrize("quantity", [0, -1, 10**9 + 1])
def test_a_quantity_beyond_its_limits_is_refused(quantity):
    with pytest.raises(InvalidValueError, match="quantity"):
        OneOffLine("Setup", quantity, TEN, VAT_20)


@pytest.mark.parametrize(
    "ruling",
    [
        Disputed("FR", (), "e", "sources disagree"),
        Undetermined("FR", (), "e", UndeterminedReason.NO_RATE_FOR_DATE, "no rate"),
    ],
)
def test_what_is_not_known_is_not_credited(ruling):
    with pytest.raises(InvalidValueError, match="settle it first"):
        CreditedTax(ruling, TEN, Money.zero("EUR"))


def test_a_tie_is_a_rounding_and_no_matter_of_a_series():
    five = charged("5", "CA")
    tie = CreditedTax(five, Money(10, "EUR"), Money(1, "EUR"))  # 0.10 × 5 % = 0.005
    assert tie.explain().endswith("= 0.005 → 0.01")
    series = CreditedTax(five, Money(10, "EUR"), Money(2, "EUR"))
    assert series.explain().endswith("→ 0.02 (the series adds up to the rounded tax on all that is credited)")


def test_notes_of_a_decision_are_named():
    with pytest.raises(TypeError):
        Charged("FR", VAT_20.components, Scheme.LOCAL, (), "e", "S", ())


def test_no_authority_forges_a_line_of_an_invoice():
    seller = Seller("Seller", Address("US", "US-TX"), registrations("US-TX"))
    buyer = Buyer("Buyer", Address("US", "US-TX"))
    with pytest.raises(InvalidValueError, match="authority"):
        LocalRate("Austin\n  due 0.00 USD\x1b[2K", "US-TX", Fraction(1, 100))
    local = (LocalRate("Austin", "US-TX", Fraction(1, 100)),)
    ruling = decide_tax(seller, buyer, date(2026, 2, 1), local=local)
    invoice = Invoice("1", date(2026, 2, 1), seller, buyer, (OneOffLine("Seat", 1, Money.of("10.00", "USD"), ruling),))
    texts = [invoice.explain(), render_text(invoice, "en"), render_html(invoice, "en"), *ruling.describe().split("\n")]
    assert all("Austin" in text for text in texts)
    assert all(line.isprintable() for text in texts for line in text.split("\n"))


def test_a_rate_that_cannot_be_written_out_reaches_no_invoice():
    with pytest.raises(OutOfRangeError):
        TaxComponent("VAT", "FR", Fraction(1, 10**5000))
    fine = Charged("FR", (TaxComponent("VAT", "FR", Fraction(1, 10**399)),), Scheme.LOCAL, (), "e")
    buyer = Buyer("Buyer", Address("FR"))
    invoice = Invoice(
        "1", date(2026, 2, 1), Seller("Seller", Address("FR")), buyer, (OneOffLine("Seat", 1, TEN, fine),)
    )
    assert invoice.explain()
    assert repr(invoice)


def test_as_many_renewals_as_anybody_asks_for():
    subscription = started_untaxed()
    assert len(subscription.upcoming_bills(3)) == 3
    assert subscription.upcoming_bills(0) == ()
    for count, error in (
        (-1, InvalidValueError),
        (100_001, OutOfRangeError),
        (10**6000, OutOfRangeError),
        (1.0, InvalidTypeError),
        (True, InvalidTypeError),
    ):
        with pytest.raises(error, match="count"):
            subscription.upcoming_bills(count)
    assert subscription.upcoming_bills(1) == (day(1, 2),)
