"""The doors of the library: one list of names for the root and for each subject, loaded on first use."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

Door = tuple[list[str], Callable[[str], object], Callable[[], list[str]]]

SUBJECTS = (
    "billed", "changes", "collections", "cycles", "daycounts", "deadlines", "disputes", "errors", "invoices", "money",
    "parties", "payments", "places", "plans", "profiles", "proration", "receipts", "records", "sourced",
    "subscriptions", "tax", "tax_ids", "vendors",
    "testing",
)  # fmt: skip
"""The public modules. `testing` needs Hypothesis, so nothing but its own name loads it."""


def door(face: str, homes: Mapping[str, tuple[str, ...]]) -> Door:
    """Return ``__all__``, ``__getattr__`` and ``__dir__`` of a module that hands out the names of others.

    A name is loaded from its home when it is first asked for, and kept; so importing a
    subject costs what is used of it. Type checkers read the stub beside the module,
    which ``scripts/generate_stubs.py`` writes from the same table.

    Args:
        face: the module's ``__name__``.
        homes: the names by the module that defines them, as it is called within the package.

    >>> names, load, _ = door("billingcore.collections", {"_collections.contacts": ("ARContact",)})
    >>> names, load("ARContact")
    (['ARContact'], <class 'billingcore._collections.contacts.ARContact'>)
    """
    home_of = {name: home for home, names in homes.items() for name in names}

    def load(name: str) -> object:
        if name in home_of:
            value: object = getattr(import_module(f"billingcore.{home_of[name]}"), name)
        elif face == "billingcore" and name in SUBJECTS:
            return import_module(f"billingcore.{name}")
        else:
            raise AttributeError(_missing(face, name, list(home_of)), name=name)
        setattr(sys.modules[face], name, value)  # the next look-up does not come here
        return value

    def names() -> list[str]:
        return sorted([*home_of, *(SUBJECTS if face == "billingcore" else ())])

    return list(home_of), load, names


def _missing(face: str, name: str, known: list[str]) -> str:
    """Say that a door does not have a name; and, unless it is a private one, which name was meant or who has it."""
    said = f"module {face!r} has no attribute {name!r}"
    if name.startswith("_"):  # asked for by tools, which do not read the answer
        return said
    from difflib import get_close_matches  # noqa: PLC0415 - on a mistake only

    near = get_close_matches(name, known, 3)
    elsewhere = {} if near else {each: subject for subject in SUBJECTS[:-1] for each in _names_of(subject)}
    if name in elsewhere:
        return f"{said}; import it from billingcore.{elsewhere[name]}"
    if not near:
        near = [f"billingcore.{elsewhere[each]}.{each}" for each in get_close_matches(name, elsewhere, 3)]
    return f"{said}; did you mean {' or '.join(near)}?" if near else said


def _names_of(subject: str) -> list[str]:
    names: list[str] = import_module(f"billingcore.{subject}").__all__
    return names
