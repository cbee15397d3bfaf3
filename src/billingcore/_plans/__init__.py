"""What outgrew ``billingcore.plans``: the price models and the coupons behind that face."""
