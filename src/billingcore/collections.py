"""Collections: whom to contact in accounts receivable, and what non-payment leads to.

Paying restores; a failure that is delivered again changes nothing; every country has exactly one contact.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "_collections.contacts": ("ARContact", "ARDirectory"),
        "_collections.dunning": (
            "DunningCase", "DunningPolicy", "DunningState", "FinalAction", "InGrace", "ServiceEnded",
            "ServiceLimited", "Settled", "dunning_state", "recover_schedule",
        ),
    },
)  # fmt: skip
