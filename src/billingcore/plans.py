"""What is sold: a plan, its price and its cadence; and what is taken off the price."""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_plans.coupons": ("Coupon", "Stacking", "take_off"),
        "_plans.plans": ("Billing", "Plan"),
        "_plans.prices": ("FlatPrice", "PackagePrice", "PerSeatPrice", "Price", "PriceMode", "Tier", "TierMode", "TieredPrice"),
    },
)  # fmt: skip
