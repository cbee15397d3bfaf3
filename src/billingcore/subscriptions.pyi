# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._subscriptions.states import (
    Active as Active,
    Cancelled as Cancelled,
    Limited as Limited,
    Paused as Paused,
    Subscription as Subscription,
    Trialing as Trialing,
)
from billingcore._subscriptions.transitions import (
    cancel_subscription as cancel_subscription,
    change_trial as change_trial,
    convert_trial as convert_trial,
    extend_trial as extend_trial,
    limit_subscription as limit_subscription,
    pause_subscription as pause_subscription,
    record_credit as record_credit,
    renew_subscription as renew_subscription,
    restore_subscription as restore_subscription,
    resume_subscription as resume_subscription,
    start_subscription as start_subscription,
    start_trial as start_trial,
)

__all__ = [
    "Active",
    "Cancelled",
    "Limited",
    "Paused",
    "Subscription",
    "Trialing",
    "cancel_subscription",
    "change_trial",
    "convert_trial",
    "extend_trial",
    "limit_subscription",
    "pause_subscription",
    "record_credit",
    "renew_subscription",
    "restore_subscription",
    "resume_subscription",
    "start_subscription",
    "start_trial",
]
