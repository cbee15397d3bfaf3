"""How the property tests run.

``default`` is for everybody who runs the suite: random, and quick. ``ci`` draws the same
examples on every run, so that a red gate is red for everybody. ``nightly`` searches long.
Choose with ``--hypothesis-profile=ci``.
"""

from hypothesis import HealthCheck, settings

# A deadline would measure the machine, not the code; the tests that promise a time measure it themselves.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("default", max_examples=60, **_COMMON)
settings.register_profile("ci", max_examples=200, derandomize=True, print_blob=True, **_COMMON)
settings.register_profile("nightly", max_examples=20_000, print_blob=True, **_COMMON)
settings.load_profile("default")
