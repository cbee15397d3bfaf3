"""The parts behind `billingcore.collections`: contacts, dunning."""
