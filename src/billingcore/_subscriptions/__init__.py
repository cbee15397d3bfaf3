"""The parts behind `billingcore.subscriptions`: states, and the transitions between them."""
