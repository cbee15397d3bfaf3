"""How credit and payments settle an invoice."""

import attrs

from billingcore._checks import check
from billingcore._invoices.documents import Invoice, Payment
from billingcore.errors import InvalidValueError
from billingcore.money import Money
from billingcore.money._amounts import check_money


@attrs.frozen
class CreditApplied:
    """An invoice after credit was spent on it: how much was, and how much of the balance is left.

    applied + left == the balance before, always.

    Args:
        invoice: after the credit.
        applied: what was spent on it now.
        left: the balance that remains.

    Raises:
        InvalidTypeError: a field of another type.
        CurrencyMismatchError: two currencies.
        InvalidValueError: a negative amount, or more applied than the invoice shows.
    """

    invoice: Invoice
    applied: Money
    left: Money

    def __attrs_post_init__(self) -> None:
        check("invoice", self.invoice, Invoice)
        for name in ("applied", "left"):
            amount = check_money(name, getattr(self, name), self.invoice.currency)
            if amount.amount_minor < 0:
                raise InvalidValueError(name, amount, "a balance is 0 or more; what the buyer owes is an invoice")
        shown = self.invoice.credit_applied or Money.zero(self.invoice.currency)
        if self.applied > shown:
            raise InvalidValueError("applied", self.applied, f"invoice {self.invoice.number} shows {shown} applied")


def apply_credit(invoice: Invoice, balance: Money) -> CreditApplied:
    """Spend a balance on an invoice, after tax, up to what is due; the rest stays a balance.

    Args:
        invoice: what is settled.
        balance: the gross credit of the buyer, 0 or more.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: a balance in another currency.
        InvalidValueError: a negative balance.
    """
    check("invoice", invoice, Invoice)
    if check_money("balance", balance, invoice.currency).amount_minor < 0:
        raise InvalidValueError("balance", balance, "a balance is 0 or more; what the buyer owes is an invoice")
    applied = min(balance, invoice.due) if balance else balance
    if not applied:
        return CreditApplied(invoice, applied, balance)
    before = invoice.credit_applied or Money.zero(invoice.currency)
    return CreditApplied(attrs.evolve(invoice, credit_applied=before + applied), applied, balance - applied)


def record_payment(invoice: Invoice, payment: Payment) -> Invoice:
    """Return the invoice with a payment on it; a payment that is delivered again changes nothing.

    Args:
        invoice: what is paid.
        payment: what was received; beyond what is due it shows as ``overpaid``.

    Raises:
        InvalidTypeError: an argument of another type.
        CurrencyMismatchError: another currency.
        InvalidValueError: a known reference with another amount or day.
    """
    check("invoice", invoice, Invoice)
    check("payment", payment, Payment)
    for known in invoice.payments:
        if known.reference == payment.reference:
            if known == payment:
                return invoice
            problem = f"a payment of {known.amount} on {known.paid_on} has this reference already"
            raise InvalidValueError("payment", payment.reference, problem)
    return attrs.evolve(invoice, payments=(*invoice.payments, payment))
