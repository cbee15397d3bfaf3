"""The words of stored records: a renamed member or another default would change what old records say, without an error.

The table was written once. A new member or field is added to it by hand; a line that differs breaks stored records.
"""

import json
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import attrs

import billingcore

TABLE = json.loads((Path(__file__).parent / "data" / "words_on_the_wire.json").read_text(encoding="utf-8"))


def public():
    """Give every public class once, by its name."""
    modules = [each.name for each in iter_modules(billingcore.__path__) if not each.name.startswith("_")]
    found = {}
    for module in [import_module(f"billingcore.{name}") for name in modules if name not in ("testing", "frames")]:
        for name in module.__all__:
            member = getattr(module, name)
            if isinstance(member, type):
                assert found.setdefault(name, member) is member, f"two classes are called {name}"
    return dict(sorted(found.items()))


def members():
    kinds = {name: kind for name, kind in public().items() if issubclass(kind, Enum)}
    return {name: {member.name: member.value for member in kind} for name, kind in kinds.items()}


def defaults():
    """Give what stands for a field that a record leaves out."""
    found = {}
    for name, kind in public().items():
        for field in attrs.fields(kind) if attrs.has(kind) else ():
            if field.init and field.default is not attrs.NOTHING and type(field.default) is not attrs.Factory:
                found[f"{name}.{field.name}"] = repr(field.default)
    return found


def test_the_members_of_every_choice_keep_their_words():
    assert members() == TABLE["members"]


def test_what_a_record_leaves_out_keeps_its_meaning():
    assert defaults() == TABLE["defaults"]


def test_the_table_is_whole():
    assert sum(map(len, TABLE["members"].values())) > 250
    assert TABLE["defaults"]["TaxComponent.source"] == "'given by the caller'"
    assert TABLE["members"]["Allocation"]["FIRST"] == "first"
