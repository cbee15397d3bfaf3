"""The rulebooks by name."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from billingcore._checks import check
from billingcore.errors import InvalidValueError
from billingcore.proration import Rulebook
from billingcore.vendors._data import ALIASES
from billingcore.vendors._data import RULEBOOKS as _ROWS

RULEBOOKS: Final[Mapping[str, Rulebook]] = MappingProxyType(_ROWS)
"""Every rulebook by its name."""


def rulebook(name: str) -> Rulebook:
    """Return the rules of a seller or billing system by name; some have several names.

    Raises:
        InvalidTypeError: not a str.
        InvalidValueError: no such rulebook; the error names those that are near.

    >>> rulebook("polar").upgrade.policy.describe()
    'the defaults'
    >>> rulebook("stripe_flexible") is rulebook("stripe")
    True
    """
    check("name", name, str)
    found = RULEBOOKS.get(ALIASES.get(name, name))
    if found is None:
        known = [*RULEBOOKS, *ALIASES]
        near = [each for each in known if name and each.startswith(name)] or get_close_matches(name, known)
        raise InvalidValueError("name", name, f"give one of {', '.join(sorted(near) or RULEBOOKS)}")
    return found


def rulebooks_of(*names: str) -> dict[str, Rulebook]:
    """Return some rulebooks by name, or all of them: what `compare` takes.

    Raises:
        InvalidTypeError: not a str.
        InvalidValueError: no such rulebook.
    """
    return {name: rulebook(name) for name in names or RULEBOOKS}
