"""The presets by name."""

from types import MappingProxyType
from typing import Final

import attrs

from billingcore._checks import check
from billingcore.errors import InvalidValueError
from billingcore.presets._data import ROWS
from billingcore.presets._preset import Preset
from billingcore.proration import DirectionalPolicy, ProrationPolicy

PRESETS: Final = MappingProxyType({row.name: row for row in ROWS})
"""Every preset by its name."""


def preset(name: str) -> Preset:
    """Return a preset by its name.

    Raises:
        InvalidTypeError: not a str.
        InvalidValueError: no such preset.

    >>> preset("polar").policy.describe()
    'the defaults'
    """
    check("name", name, str, words="a str, the name of a preset")
    found = PRESETS.get(name)
    if found is None:
        raise InvalidValueError("name", name, f"give one of {', '.join(PRESETS)}")
    return found


def policies_of(*names: str) -> dict[str, ProrationPolicy]:
    """Return the policies of some presets by name, or of all of them: what `compare` takes.

    Raises:
        InvalidTypeError: not a str.
        InvalidValueError: no such preset.
    """
    return {name: preset(name).policy for name in names or PRESETS}


_LAGO: Final = PRESETS["lago"].policy
_DEFERRED: Final = PRESETS["store_deferred"].policy

DIRECTIONAL_PRESETS: Final = MappingProxyType(
    {
        # getlago/lago-docs @502a9e785: upgrades at once, equal prices among them; downgrades at the period's end
        "lago": DirectionalPolicy(_LAGO, _DEFERRED, _LAGO, _DEFERRED, _LAGO),
        # killbill catalogue rules: an upgrade IMMEDIATE, a downgrade END_OF_TERM
        "killbill_default": attrs.evolve(
            DirectionalPolicy.of(PRESETS["killbill"].policy), on_downgrade=_DEFERRED, on_cancel=_DEFERRED
        ),
    }
)
"""Vendors that do one thing on the way up and another on the way down."""
