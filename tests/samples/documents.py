"""Tax rulings, lines, invoices, and subscriptions as quotes leave them."""

from datetime import date
from fractions import Fraction

import attrs

from billingcore.changes import Account
from billingcore.invoices import Invoice
from billingcore.ledger import Credited, Ledger, Received
from billingcore.lines import OneOffLine
from billingcore.parties import Buyer, Scheme, Seller
from billingcore.places import Address
from billingcore.profiles import GOTO_RESCUE
from billingcore.tax import Charged, ReverseCharge, TaxComponent, Undetermined, UndeterminedReason
from samples.life import bought, changed, ended
from samples.parties import DUBLIN, MARI, MARIE, MUSTER
from samples.plans import (
    APRIL,
    EDITION,
    JANUARY,
    LARGE_60,
    MID_APRIL,
    MONTHLY_30,
    MONTHLY_60,
    POLICIES,
    SMALL,
    SMALL_31,
    billed,
    money,
    policy,
)


def charged(percent, place="FR", name="VAT"):
    """Give a decision that charges a rate, such as "20" or "17.5"."""
    component = TaxComponent(name, place, Fraction(percent) / 100)
    return Charged(place, (component,), Scheme.LOCAL, (), EDITION)


REVERSED = ReverseCharge("DE", (), EDITION)
UNKNOWN = Undetermined(
    "US", (), EDITION, UndeterminedReason.PLACE_NOT_COVERED, "the tax of that place is not known here"
)
VAT_20 = charged("20")

OPENED = date(2000, 1, 1)
"""The first day of the ledgers below: none of these customers has been billed anything."""


def account(seller, buyer, *entries, currency="EUR", facts=None):
    """Give the account of a customer with some entries, or with an empty ledger."""
    return Account(seller, buyer, Ledger.opened(currency, OPENED), facts).with_entries(*entries)


def in_currency(known, currency):
    """Give an account as it is, with an empty ledger of another currency."""
    return attrs.evolve(known, ledger=Ledger.opened(currency, OPENED))


def with_credit(known, amount, on=OPENED):
    """Give an account to which a credit note was given."""
    return known.with_entries(Credited("CN-0", on, money(amount)))


def paid(known, quote):
    """Give an account once a quote was accepted and what it asked for was paid, on the day of the document."""
    document = quote.document
    money_in = Received(f"card-{document.number}", document.issued_on, quote.due_now, pays=document.number)
    return known.with_entries(*quote.entries, *([money_in] if quote.due_now else []))


FRENCH = account(DUBLIN, MARIE)
ESTONIAN = account(DUBLIN, MARI)
GERMAN = account(DUBLIN, MUSTER)
AMERICAN = account(DUBLIN, Buyer("Joe", Address("US", "US-TX")))
SWISS = account(Seller("Seller", Address("CH")), Buyer("Buyer", Address("CH")))
"""Without tax."""


def items(*nets, ruling=VAT_20, currency="EUR"):
    """Give lines of one unit each, by their nets."""
    return tuple(OneOffLine(f"item {at}", 1, money(net, currency), ruling) for at, net in enumerate(nets, 1))


def invoice(*nets, number="2026-001", issued_on=date(2026, 2, 15), ruling=VAT_20, currency="EUR", **more):
    return Invoice(number, issued_on, DUBLIN, MARIE, items(*nets, ruling=ruling, currency=currency), **more)


def day(number, month=1):
    """Give a day of 2026."""
    return date(2026, month, number)


def started(plan=SMALL, on=date(2026, 1, 10), quantity=1, account=FRENCH, **more):
    """Give a subscription that started on a day."""
    return bought(account, plan, quantity, on, **more).subscription


def started_untaxed(plan=SMALL_31, quantity=1, **more):
    """Give a subscription of the Swiss account that started on 1 January 2026."""
    return started(plan, day(1), quantity, SWISS, **more)


def started_in_april(plan=SMALL, quantity=1, account=FRENCH, discount=None):
    """Give a subscription that started on 1 April 2026."""
    return started(plan, APRIL.start, quantity, account, discount=discount)


def changed_in_april(name, plan=LARGE_60, day=MID_APRIL, account=FRENCH, **parts):
    """Quote its change on 16 April under a preset, with some fields of its parts replaced."""
    return changed(account, started_in_april(), plan, 1, day, policy(name, **parts), number="Q-1")


PAID_IN_APRIL = paid(FRENCH, bought(FRENCH, SMALL, 1, APRIL.start, number="A-1"))
"""The French account that was billed 36.00 for `started_in_april`, and has paid it."""

BILLED_31 = (billed(SMALL_31, JANUARY),)
"""What such a subscription was billed first."""


def change(subscription, to, on, name="none", quantity=1):
    """Quote a change of the Swiss account under a preset."""
    return changed(SWISS, subscription, to, quantity, on, POLICIES[name])


def given_back(subscription, on, name):
    """Give the credit of a cancellation of the Swiss account under a preset."""
    return ended(SWISS, subscription, on, POLICIES[name]).credit_left


def upgrade(account=FRENCH, change_on=date(2026, 2, 15), new=MONTHLY_60):
    """Quote the story's first customer: 30.00 from 31 January 2026, 60.00 from 15 February."""
    first = bought(account, MONTHLY_30, 1, date(2026, 1, 31), number="2026-001")
    return first, changed(account, first.subscription, new, 1, change_on, GOTO_RESCUE.rules, number="2026-002")


def downgrade():
    """Quote 60.00 from 31 January, 30.00 from 2 February: more credit than charge, so a credit note."""
    first = bought(FRENCH, MONTHLY_60, 1, date(2026, 1, 31), number="2026-001")
    return changed(FRENCH, first.subscription, MONTHLY_30, 1, date(2026, 2, 2), GOTO_RESCUE.rules, number="C-1")
