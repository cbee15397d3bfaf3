"""The doors of the library: one list of names for the root and for each subject, loaded on first use."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

Door = tuple[list[str], Callable[[str], object], Callable[[], list[str]]]

SUBJECTS = (
    "billed", "changes", "collections", "cycles", "daycounts", "deadlines", "disputes", "errors", "invoices", "ledger", "lines",
    "money",
    "parties", "payments", "places", "plans", "profiles", "proration", "receipts", "records", "sourced",
    "subscriptions", "tax", "tax_ids", "vendors",
    "testing",
)  # fmt: skip
"""The public modules. `testing` needs Hypothesis, so nothing but its own name loads it."""

_SHOWN = 80
"""Characters of a name that an error shows; no name of the library is longer."""


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
            return _subject(name)
        else:
            raise _missing(face, name, list(home_of))
        setattr(sys.modules[face], name, value)  # the next look-up does not come here
        return value

    def names() -> list[str]:
        return sorted([*home_of, *(SUBJECTS if face == "billingcore" else ())])

    return list(home_of), load, names


def own_door(face: str) -> None:
    """Let a module that defines its public names itself answer as a face does: `dir`, and what a misspelt name meant.

    Type checkers do not see this, so that to them a misspelt name stays an error.
    """
    module = sys.modules[face]
    names: list[str] = module.__all__

    def load(name: str) -> object:
        raise _missing(face, name, names)

    vars(module).update(__getattr__=load, __dir__=lambda: sorted(names))


def _subject(name: str) -> object:
    try:
        return import_module(f"billingcore.{name}")
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        # An AttributeError: who looks through all names (`help`, `inspect`) goes on to the next.
        problem = "billingcore.testing needs Hypothesis: pip install 'billingcore[test]'"
        raise AttributeError(problem, name=name) from error


def _missing(face: str, name: str, own: list[str]) -> AttributeError:
    """Say that a door does not have a name; and, unless it is a private one, which name was meant or who has it."""
    said = f"module {face!r} has no attribute {name if len(name) <= _SHOWN else name[:_SHOWN] + '…'!r}"
    if name.startswith("_") or len(name) > _SHOWN:  # asked for by tools, which do not read the answer
        return AttributeError(said, name=name)
    known = {each: each for each in own}
    for subject in SUBJECTS[:-1]:
        names: list[str] = import_module(f"billingcore.{subject}").__all__
        for each in names:
            known.setdefault(each, f"billingcore.{subject}.{each}")
    if name in known:
        return AttributeError(f"{said}; import it from {known[name].rpartition('.')[0]}", name=name)
    near = [known[each] for each in _near(name, known)]
    return AttributeError(f"{said}; did you mean {' or '.join(near)}?" if near else said, name=name)


def _near(name: str, known: Mapping[str, str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - on a mistake only

    folded: dict[str, list[str]] = {}
    for each in known:
        folded.setdefault(each.casefold(), []).append(each)
    return [each for near in get_close_matches(name.casefold(), folded, 3) for each in folded[near]][:3]
