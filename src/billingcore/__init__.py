"""Subscription billing arithmetic: immutable values and pure functions, no I/O."""
