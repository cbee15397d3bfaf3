"""Subscriptions: one class for each state, and the transitions between them.

A state holds what it needs and nothing else, so a suspended subscription always
owes something and a cancelled one has no renewal date.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_subscriptions.states": ("Active", "Cancelled", "Limited", "Paused", "Subscription", "Trialing"),
        "_subscriptions.transitions": (
            "cancel_subscription", "change_trial", "convert_trial", "extend_trial", "limit_subscription",
            "pause_subscription", "record_credit", "renew_subscription", "restore_subscription",
            "resume_subscription", "start_subscription", "start_trial",
        ),
    },
)  # fmt: skip
