"""How the property tests run.

``default`` is for everybody who runs the suite: random, and quick. ``ci`` draws the same
examples on every run, so that a red gate is red for everybody; ``mutants`` too, but stops at
the first one that fails. ``long`` and ``nightly`` search long.
Choose with ``--hypothesis-profile=ci``.
"""

import time

import pytest
from hypothesis import HealthCheck, Phase, settings

# A deadline would measure the machine, not the code; the tests that promise a time measure it themselves.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("default", max_examples=60, **_COMMON)
settings.register_profile("ci", max_examples=200, derandomize=True, print_blob=True, **_COMMON)
settings.register_profile(
    "mutants", settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate]
)  # scripts/mutate.py asks whether a test fails, not for its smallest example
settings.register_profile("long", max_examples=10_000, print_blob=True, **_COMMON)
settings.register_profile("nightly", max_examples=20_000, print_blob=True, **_COMMON)
settings.load_profile("default")


@pytest.fixture(scope="session")
def quickly():
    """Call a function that must answer within 10 ms; the best of five, so that a busy machine does not fail it."""

    def call(function, limit=0.01):
        best = float("inf")
        for _ in range(5):
            started = time.perf_counter()
            answer = function()
            best = min(best, time.perf_counter() - started)
            if best <= limit:
                return answer
        raise AssertionError(f"took {best * 1000:.1f} ms, more than {limit * 1000:.0f} ms")

    return call
