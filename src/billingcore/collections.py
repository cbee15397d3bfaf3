"""Collections: whom to contact in accounts receivable, what is open for how long, and what non-payment leads to.

Paying restores; a failure that is delivered again changes nothing; every country has exactly one contact.
"""

from billingcore._collections.ageing import USUAL_BOUNDS, Ageing, AgeingBucket, Receivable, age_receivables
from billingcore._collections.contacts import ARContact, ARDirectory
from billingcore._collections.dunning import (
    DunningCase,
    DunningPolicy,
    DunningState,
    FinalAction,
    InGrace,
    ServiceEnded,
    ServiceLimited,
    Settled,
    dunning_state,
    recover_schedule,
)

__all__ = [
    "USUAL_BOUNDS",
    "ARContact",
    "ARDirectory",
    "Ageing",
    "AgeingBucket",
    "DunningCase",
    "DunningPolicy",
    "DunningState",
    "FinalAction",
    "InGrace",
    "Receivable",
    "ServiceEnded",
    "ServiceLimited",
    "Settled",
    "age_receivables",
    "dunning_state",
    "recover_schedule",
]
