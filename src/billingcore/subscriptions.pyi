# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._subscriptions.active import (
    Active as Active,
    ClosedPeriods as ClosedPeriods,
    Unbilled as Unbilled,
)
from billingcore._subscriptions.items import (
    Item as Item,
    PriceStep as PriceStep,
)
from billingcore._subscriptions.pending import (
    Asked as Asked,
    MEETINGS as MEETINGS,
    Meanwhile as Meanwhile,
    Meeting as Meeting,
    NextPause as NextPause,
    NextSale as NextSale,
    PauseCredit as PauseCredit,
    PauseTerms as PauseTerms,
    Waits as Waits,
)
from billingcore._subscriptions.states import (
    Cancelled as Cancelled,
    Limited as Limited,
    Paused as Paused,
    Subscription as Subscription,
)
from billingcore._subscriptions.transitions import (
    closed_before as closed_before,
    extend_trial as extend_trial,
    limit_subscription as limit_subscription,
    restore_subscription as restore_subscription,
    take_back as take_back,
)

__all__ = [
    "Active",
    "Asked",
    "Cancelled",
    "ClosedPeriods",
    "Item",
    "Limited",
    "MEETINGS",
    "Meanwhile",
    "Meeting",
    "NextPause",
    "NextSale",
    "PauseCredit",
    "PauseTerms",
    "Paused",
    "PriceStep",
    "Subscription",
    "Unbilled",
    "Waits",
    "closed_before",
    "extend_trial",
    "limit_subscription",
    "restore_subscription",
    "take_back",
]
