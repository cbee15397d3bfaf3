"""The credit for what was really billed."""

from datetime import date

from billingcore._checks import check
from billingcore._kernel import Rounding
from billingcore._proration.kernel import Proration
from billingcore.billed import BilledPeriod


def credit_billed(billed: BilledPeriod, change_on: date, rounding: Rounding = Rounding.HALF_UP) -> Proration:
    """Return the credit for the unused days of what was really billed, never above what is left of it.

    Raises:
        InvalidTypeError: not a BilledPeriod; else as `Proration`.
    """
    check("billed", billed, BilledPeriod)
    return Proration(billed.net, billed.period, change_on, rounding, billed.credit_given)
