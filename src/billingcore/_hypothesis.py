"""What Hypothesis loads by its entry point: kept tiny, as an error here would break ``import hypothesis`` for everybody."""


def register() -> None:
    """Register the strategies of `billingcore.testing` for ``st.from_type``."""
    from billingcore import testing  # noqa: PLC0415 - nothing of ours is loaded before it is asked for

    testing.register()
