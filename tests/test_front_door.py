"""`billingcore/__init__.py`: its three lists agree with each other and with the modules."""

import ast
import importlib
import importlib.metadata
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import billingcore

FRONT_DOOR = Path(billingcore.__file__)


def imports_for_type_checkers() -> dict[str, str]:
    """Name -> module, as the block under TYPE_CHECKING has it."""
    found: dict[str, str] = {}
    for node in ast.parse(FRONT_DOOR.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for statement in node.body:
                assert isinstance(statement, ast.ImportFrom), ast.unparse(statement)
                assert statement.module is not None
                for alias in statement.names:
                    assert alias.asname is None, f"{alias.name} is renamed"
                    found[alias.name] = statement.module.removeprefix("billingcore.")
    return found


def test_the_three_lists_agree():
    lazy, typed = dict(billingcore._LAZY), imports_for_type_checkers()
    public = set(billingcore.__all__) - {"__version__"}
    assert not public - set(lazy), "in __all__, not in _LAZY"
    assert not set(lazy) - public, "in _LAZY, not in __all__"
    assert not set(lazy) - set(typed), "in _LAZY, not imported under TYPE_CHECKING"
    assert not set(typed) - set(lazy), "imported under TYPE_CHECKING, not in _LAZY"
    assert lazy == typed


def test_no_name_stands_twice():
    assert len(set(billingcore.__all__)) == len(billingcore.__all__)
    literal = next(
        node.value
        for node in ast.parse(FRONT_DOOR.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "_LAZY"
    )
    assert isinstance(literal, ast.Dict)
    assert len(literal.keys) == len(billingcore._LAZY)


@pytest.mark.parametrize("name", sorted(billingcore._LAZY))
def test_a_name_is_the_one_of_its_module(name):
    module = importlib.import_module(f"billingcore.{billingcore._LAZY[name]}")
    assert getattr(billingcore, name) is getattr(module, name)
    assert getattr(billingcore, name) is vars(billingcore)[name]  # kept: the second look-up is plain
    if hasattr(module, "__all__"):
        assert name in module.__all__, f"{module.__name__} does not call {name} public"


def test_public_objects_are_documented():
    for name in billingcore._LAZY:
        value = getattr(billingcore, name)
        if callable(value):
            assert value.__doc__, name


def test_dir_shows_the_public_names_alone():
    assert dir(billingcore) == sorted(billingcore.__all__)


def test_star_import_brings_every_name():
    namespace: dict[str, object] = {}
    exec("from billingcore import *", namespace)
    assert set(billingcore.__all__) <= set(namespace)


def test_an_unknown_name_is_an_attribute_error_that_knows_its_module():
    with pytest.raises(AttributeError, match="module 'billingcore' has no attribute 'Mony'") as caught:
        _ = billingcore.Mony
    assert caught.value.name == "Mony"
    assert caught.value.obj is billingcore
    with pytest.raises(ImportError, match="cannot import name 'Mony'"):
        exec("from billingcore import Mony")


def test_the_interpreter_suggests_the_name_that_was_meant():
    ran = subprocess.run(
        [sys.executable, "-c", "import billingcore; billingcore.Mony"], capture_output=True, text=True, check=False
    )
    assert "Did you mean: 'Money'?" in ran.stderr


def test_classes_from_the_front_door_pickle_in_a_fresh_process():
    blob = pickle.dumps(billingcore.Money.of("13.93", "EUR"))
    script = f"import pickle; print(pickle.loads({blob!r}))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "13.93 EUR\n"


def test_the_version_is_the_one_of_the_distribution():
    assert billingcore.__version__ == importlib.metadata.version("billingcore")


def test_the_package_says_that_it_is_typed():
    assert (FRONT_DOOR.parent / "py.typed").is_file()
