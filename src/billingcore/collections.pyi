# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.

from billingcore._collections.contacts import (
    ARContact as ARContact,
    ARDirectory as ARDirectory,
)
from billingcore._collections.dunning import (
    DunningCase as DunningCase,
    DunningPolicy as DunningPolicy,
    DunningState as DunningState,
    FinalAction as FinalAction,
    InGrace as InGrace,
    ServiceEnded as ServiceEnded,
    ServiceLimited as ServiceLimited,
    Settled as Settled,
    dunning_state as dunning_state,
    recover_schedule as recover_schedule,
)

__all__ = [
    "ARContact",
    "ARDirectory",
    "DunningCase",
    "DunningPolicy",
    "DunningState",
    "FinalAction",
    "InGrace",
    "ServiceEnded",
    "ServiceLimited",
    "Settled",
    "dunning_state",
    "recover_schedule",
]
