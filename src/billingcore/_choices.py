"""The base of every closed set of values of the library."""

from enum import Enum


class Choice(Enum):
    """A closed set of values, cheap to look up.

    A member is the only one of its kind, so it hashes by identity; `Enum` hashes its name, in Python, at every look-up.
    """

    __hash__ = object.__hash__
