"""The parts behind `billingcore.changes`: what a quote holds, and the lines of a change."""
