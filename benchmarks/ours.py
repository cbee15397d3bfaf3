"""This library on what takes more than a sum: changes, quotes, documents, records, receivables.

``CONTESTANTS`` has these beside those of `floor_adapter`, in the same form.
"""

import datetime as dt
import json

import floor_adapter

import billingcore as bc
from billingcore import Money
from billingcore.ledger import Issued

_SELLER, _BUYER, _ISSUED = floor_adapter._IRISH, floor_adapter._CONSUMER, floor_adapter._ISSUED
_UNTAXED = bc.OutsideScope("CH", (), "2026-11-23")
_USUAL = bc.ProrationPolicy.keep_dates()


def _plans(paid, start, end):
    """Return the plan that was billed, and one that costs 20.00 more."""
    cadence = bc.ANNUAL if (end - start).days > 31 else bc.MONTHLY
    return [
        bc.Plan(name, bc.FlatPrice(Money(paid + more, "USD")), cadence)
        for name, more in (("Small", 0), ("Large", 2000))
    ]


def _prepare_change(paid, start, end, day):
    small, large = _plans(paid, start, end)
    return bc.Change.to(day, large), (bc.BilledPeriod.of_plan(small, 1, bc.Period(start, end), _UNTAXED),)


def _changed_by(policy):
    def change(change, billed):
        """Every figure and every line: both sides, the net, the period, the next bill."""
        result = bc.prorate_change(policy, change, billed)
        return result.credit_minor, result.charge_minor, result.net_minor, result.period, result.next_bill

    return change


def _figures(found):
    credit, charge, net, period, next_bill = found
    return credit, charge, net, (period.start, period.end), next_bill


def _prepare_fold(paid, start, end, _day):
    plan = bc.Plan("Seats", bc.PerSeatPrice(Money(paid, "USD")), _plans(paid, start, end)[0].cadence)
    step = (end - start).days
    changes = [bc.Change.to(start + dt.timedelta(at * step // 21), plan, at % 7 + 2) for at in range(1, 21)]
    return (bc.BilledPeriod.of_plan(plan, 1, bc.Period(start, end), _UNTAXED),), changes


def _fold(billed, changes):
    return bc.proration.fold_changes(_USUAL, billed, changes)


def _account():
    return bc.Account(_SELLER, bc.Buyer("Consumer", bc.Address("CH")), bc.Ledger.opened("USD", dt.date(2000, 1, 1)))


def _prepare_start(paid, start, end, _day):
    return _account(), start, bc.Item("plan", _plans(paid, start, end)[0])


def _bought(paid, start, end):
    account = _account()
    return account, bc.quote_start(account, start, bc.Item("plan", _plans(paid, start, end)[0])).subscription


def _prepare_quote(paid, start, end, day):
    return (*_bought(paid, start, end), _plans(paid, start, end)[1], day)


def _quote(account, subscription, plan, day):
    return bc.quote_change(account, subscription, bc.Cart(day, bc.alter("plan", plan=plan)), _USUAL)


def _cancel(account, subscription, day):
    return bc.quote_cancellation(account, subscription, day, _USUAL)


def _read_quote(quote):
    credit = -sum([min(line.net.amount_minor, 0) for line in quote.document.lines])
    return credit, quote.document.total_minor, quote.due_now.amount_minor, quote.next_bill_on


def _read_billed(quote):
    return quote.document.total_minor, quote.due_now.amount_minor, quote.next_bill_on


def _read_cancelled(quote):
    credit = quote.document.total if quote.document else Money.zero("USD")
    return credit.amount_minor, quote.credit_left.amount_minor


def _invoice(raw, *_):
    return floor_adapter._invoice_lines(raw, bc.decide_tax(_SELLER, _BUYER, _ISSUED))


_TWO = bc.decide_tax(_SELLER, _BUYER, _ISSUED), bc.ReverseCharge("DE", (), "2026-11-23")


def _two_rulings(raw):
    lines = [
        bc.OneOffLine("item", quantity, Money(unit, "EUR"), _TWO[at % 2]) for at, (quantity, unit) in enumerate(raw)
    ]
    return bc.Invoice("draft", _ISSUED, _SELLER, _BUYER, tuple(lines))


def _totals(document):
    return document.subtotal.amount_minor, document.tax.amount_minor, document.total.amount_minor


def _credit(invoice):
    return bc.credit_in_full(invoice, "C-1", _ISSUED)


def _credited(note):
    return note.net.amount_minor, note.tax.amount_minor, note.total.amount_minor


def _prepare_payment(raw, *_):
    invoice = _invoice(raw)
    ledger = bc.Ledger.opened("EUR", _ISSUED).with_entries(Issued.of(invoice))
    return ledger, bc.Received("P-1", _ISSUED, Money(invoice.total_minor // 2, "EUR"), invoice.number)


def _pay(ledger, payment):
    return ledger.with_entries(payment).open_on(_ISSUED)


def _write(invoice):
    return json.dumps(bc.to_record(invoice))


def _read(text):
    return bc.from_record(json.loads(text))


def _receivables(amounts, days, on):
    return [bc.ledger.OpenItem("1", Money(amount, "EUR"), days[at]) for at, amount in enumerate(amounts)], on


def _age(items, on):
    return bc.ledger.age_items(items, on, "EUR")


_IN_STATE = bc.Buyer("Consumer", bc.Address("US", subdivision="US-PA", postal_code="15001"))
_FROM_STATE = bc.Seller(
    "Seller",
    bc.Address("US", subdivision="US-PA"),
    (bc.Registration("US", bc.Scheme.LOCAL, dt.date(2000, 1, 1), subdivision="US-PA"),),
)


def _tax(seller, buyer, day, net):
    return bc.TaxGroup(net, bc.decide_tax(seller, buyer, day))


def _tax_new(country, day, net):
    return _tax(_SELLER, bc.Buyer("Consumer", bc.Address(country)), day, net)


def _tax_minor(group):
    return group.tax.amount_minor


CONTESTANTS = {
    **floor_adapter.CONTESTANTS,
    "money_of": (None, lambda text: Money.of(text, "EUR"), lambda money: money.amount_minor),
    "total_100": (
        lambda amounts: ([Money(amount, "EUR") for amount in amounts],),
        lambda amounts: bc.total(amounts, "EUR"),
        lambda money: money.amount_minor,
    ),
    "tax_new_buyer": (lambda country, day, net: (country, day, Money(net, "EUR")), _tax_new, _tax_minor),
    "tax_us": (lambda day, net: (_FROM_STATE, _IN_STATE, day, Money(net, "USD")), _tax, _tax_minor),
    "change": (_prepare_change, _changed_by(_USUAL), _figures),
    "fold_20": (_prepare_fold, _fold, lambda history: (history.credit.amount_minor, history.charge.amount_minor)),
    "quote_start": (_prepare_start, bc.quote_start, _read_billed),
    "quote_renewal": (
        lambda paid, start, end, _day: _bought(paid, start, end),
        bc.quote_renewal,
        _read_billed,
    ),
    "quote": (_prepare_quote, _quote, _read_quote),
    "quote_cancellation": (lambda paid, start, end, day: (*_bought(paid, start, end), day), _cancel, _read_cancelled),
    "invoice_rulings": (None, _two_rulings, _totals),
    "credit_in_full": (lambda raw: (_invoice(raw),), _credit, _credited),
    "pay": (_prepare_payment, _pay, lambda still_open: still_open.amount_minor),
    "write_record": (lambda raw: (_invoice(raw),), _write, None),
    "read_record": (lambda raw: (_write(_invoice(raw)),), _read, bc.to_record),
    "age_100": (_receivables, _age, lambda ageing: tuple([bucket.amount.amount_minor for bucket in ageing.buckets])),
    "decide_dispute": (
        lambda raw, day: (_invoice(raw), day, bc.GOTO_RESCUE.disputes),
        bc.decide_dispute,
        lambda decision: type(decision) is bc.DisputeAllowed,
    ),
}
