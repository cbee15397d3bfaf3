"""What Hypothesis loads by its entry point: kept tiny, as an error here would break ``import hypothesis`` for everybody.

It runs while Hypothesis is imported, perhaps by `billingcore.testing`, which is half made then. So it names the types
only, and takes their strategies from there when the first of them is asked for.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy


def register() -> None:
    """Register the strategies of `billingcore.testing` for ``st.from_type``, without loading it yet."""
    from hypothesis import strategies as st  # noqa: PLC0415 - Hypothesis calls this, so it is there

    from billingcore.cycles import Cadence, Period, Schedule  # noqa: PLC0415 - for whoever uses Hypothesis only
    from billingcore.money import ExactAmount, Money  # noqa: PLC0415

    for kind in (Cadence, ExactAmount, Money, Period, Schedule):
        st.register_type_strategy(kind, _strategy_of(kind))


def _strategy_of(kind: type[object]) -> "Callable[[type[object]], SearchStrategy[object]]":
    # Hypothesis passes the type that was asked for, which may be a base of ours.
    def strategy(_asked: type[object]) -> "SearchStrategy[object]":
        from billingcore import testing  # noqa: PLC0415 - complete by the time that anybody draws

        return testing.STRATEGIES[kind]()

    return strategy
