# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore.tax_ids._checks import (
    TaxIdProblem as TaxIdProblem,
)
from billingcore.tax_ids._numbers import (
    Malformed as Malformed,
    TaxId as TaxId,
    TaxIdState as TaxIdState,
    check_tax_id as check_tax_id,
    is_valid_tax_id as is_valid_tax_id,
    parse_tax_id as parse_tax_id,
)

__all__ = [
    "Malformed",
    "TaxId",
    "TaxIdProblem",
    "TaxIdState",
    "check_tax_id",
    "is_valid_tax_id",
    "parse_tax_id",
]
