# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._plans.coupons import (
    Coupon as Coupon,
    Stacking as Stacking,
    take_off as take_off,
)
from billingcore._plans.plans import (
    Billing as Billing,
    Plan as Plan,
)
from billingcore._plans.prices import (
    FlatPrice as FlatPrice,
    PackagePrice as PackagePrice,
    PerSeatPrice as PerSeatPrice,
    Price as Price,
    PriceMode as PriceMode,
    Tier as Tier,
    TierMode as TierMode,
    TieredPrice as TieredPrice,
)

__all__ = [
    "Billing",
    "Coupon",
    "FlatPrice",
    "PackagePrice",
    "PerSeatPrice",
    "Plan",
    "Price",
    "PriceMode",
    "Stacking",
    "Tier",
    "TierMode",
    "TieredPrice",
    "take_off",
]
