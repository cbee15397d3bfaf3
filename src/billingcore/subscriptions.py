"""Subscriptions: one class for each state, their items, what waits, and what comes next.

A state is a value that can be stored alone. What bills, credits, pauses, resumes or
ends it is a quote of `billingcore.changes`; here stand the values, and the few
transitions that move no money.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_subscriptions.items": ("Item", "PriceStep"),
        "_subscriptions.pending": (
            "MEETINGS", "Asked", "Meanwhile", "Meeting", "NextPause", "NextSale", "PauseCredit", "PauseTerms", "Waits",
        ),
        "_subscriptions.active": ("Active", "ClosedPeriods", "Unbilled"),
        "_subscriptions.states": ("Cancelled", "Limited", "Paused", "Subscription"),
        "_subscriptions.transitions": (
            "closed_before", "extend_trial", "limit_subscription", "restore_subscription", "take_back",
        ),
    },
)  # fmt: skip
