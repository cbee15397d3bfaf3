"""The parts behind `billingcore.tax`: outcomes, rules, facts by date, the decision, the computation."""
