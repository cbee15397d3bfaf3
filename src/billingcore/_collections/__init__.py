"""The parts behind `billingcore.collections`: contacts, ageing, dunning."""
