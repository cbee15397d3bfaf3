"""Subscription billing arithmetic that is exact, explained and tested.

Immutable values and pure functions, without I/O: what is owed, when, why, and
what comes next. Everything public is here, so users write
``from billingcore import Money`` and never name a module. Names are loaded on
first use, so ``import billingcore`` stays cheap.

>>> from billingcore import Money, Rounding
>>> Money.of("30.00", "EUR").share(13, 28, Rounding.HALF_UP)
Money('13.93', 'EUR')
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

# A new name stands in three lists, each grouped by storey: the imports (for type checkers), `__all__` (for people)
# and `_LAZY` (for the interpreter). tests/test_front_door.py says which of them lacks it.

# fmt: off
__all__ = [  # noqa: RUF022 - grouped by storey, from the ground up
    "__version__",
    # errors
    "BillingError", "CurrencyMismatchError", "InexactAmountError", "InvalidTypeError", "InvalidValueError",
    "NoRateForDateError", "OutOfRangeError", "UnknownCountryError", "UnknownCurrencyError", "UnknownSubdivisionError",
    # facts with a date and a source
    "Confidence", "History", "Sourced",
    # money
    "Allocation", "ExactAmount", "Money", "Rounding", "minor_digits", "total",
    # time
    "ANNUAL", "MONTHLY", "Cadence", "Period", "Schedule", "Unit",
]

_LAZY: Final = {
    "BillingError": "errors", "CurrencyMismatchError": "errors", "InexactAmountError": "errors",
    "InvalidTypeError": "errors", "InvalidValueError": "errors", "NoRateForDateError": "errors",
    "OutOfRangeError": "errors", "UnknownCountryError": "errors", "UnknownCurrencyError": "errors",
    "UnknownSubdivisionError": "errors",

    "Confidence": "sourced", "History": "sourced", "Sourced": "sourced",

    "Allocation": "money", "ExactAmount": "money", "Money": "money", "Rounding": "money", "minor_digits": "money",
    "total": "money",

    "ANNUAL": "cycles", "MONTHLY": "cycles", "Cadence": "cycles", "Period": "cycles", "Schedule": "cycles",
    "Unit": "cycles",
}
# fmt: on

__version__ = "0.1.0"

if TYPE_CHECKING:
    from billingcore.cycles import ANNUAL, MONTHLY, Cadence, Period, Schedule, Unit
    from billingcore.errors import (
        BillingError,
        CurrencyMismatchError,
        InexactAmountError,
        InvalidTypeError,
        InvalidValueError,
        NoRateForDateError,
        OutOfRangeError,
        UnknownCountryError,
        UnknownCurrencyError,
        UnknownSubdivisionError,
    )
    from billingcore.money import Allocation, ExactAmount, Money, Rounding, minor_digits, total
    from billingcore.sourced import Confidence, History, Sourced
else:  # hidden from type checkers, which would otherwise accept every misspelt name

    def __getattr__(name: str) -> object:
        module = _LAZY.get(name)
        if module is None:
            # With the module at hand, the interpreter suggests the name that was meant.
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])
        value = getattr(import_module(f"billingcore.{module}"), name)
        globals()[name] = value  # the next look-up does not come here
        return value

def __dir__() -> list[str]:
    return sorted(__all__)
