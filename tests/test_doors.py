"""`billingcore/__init__.py` and the faces of the subjects: what they hand out, and what a misspelt name is told."""

import importlib
import importlib.metadata
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import billingcore
from billingcore._doors import SUBJECTS, door

PACKAGE = Path(billingcore.__file__).parent
SCRIPT = PACKAGE.parent.parent / "scripts" / "generate_stubs.py"
MODULES = {"billingcore": billingcore} | {name: importlib.import_module(f"billingcore.{name}") for name in SUBJECTS}
TABLES = sorted(path.with_suffix("") for path in PACKAGE.rglob("*.pyi"))
MOST_AT_THE_ROOT = 100
MOST_OF_A_SUBJECT = 52


def test_the_subjects_are_the_public_modules():
    public = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert {name for name in public if not name.startswith("_")} == set(SUBJECTS)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_door_hands_out_each_name_once_and_not_too_many(name):
    names = MODULES[name].__all__
    assert len(set(names)) == len(names)
    assert len(names) <= (MOST_AT_THE_ROOT if name == "billingcore" else MOST_OF_A_SUBJECT)


def test_a_name_stands_on_the_face_of_one_subject():
    faces = [(each, subject) for subject in SUBJECTS for each in MODULES[subject].__all__]
    assert len(dict(faces)) == len(faces)


@pytest.mark.parametrize("name", sorted(billingcore.__all__))
def test_a_name_of_the_root_is_the_one_of_its_subject(name):
    subject = next(subject for subject in SUBJECTS if name in MODULES[subject].__all__)
    assert getattr(billingcore, name) is getattr(MODULES[subject], name)
    assert getattr(billingcore, name) is vars(billingcore)[name]  # kept: the second look-up is plain


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_a_face_hands_out_its_own_parts_and_documents_them(name):
    for each in MODULES[name].__all__:
        value = getattr(MODULES[name], each)
        home = getattr(value, "__module__", f"billingcore.{name}")
        assert home.removeprefix("billingcore.").lstrip("_").split(".")[0] in {name, "kernel", "types", "typing"}, each
        assert not callable(value) or value.__doc__, each


@pytest.mark.parametrize("name", ["billingcore", *SUBJECTS])
def test_dir_shows_the_public_names(name):
    module = MODULES[name]
    assert set(module.__all__) <= set(dir(module))


def test_dir_of_the_root_shows_the_subjects_too():
    assert dir(billingcore) == sorted([*billingcore.__all__, *SUBJECTS])


def test_star_import_brings_every_name():
    namespace: dict[str, object] = {}
    exec("from billingcore import *", namespace)
    assert set(billingcore.__all__) <= set(namespace)


def test_a_subject_is_loaded_when_it_is_asked_for():
    script = (
        "import billingcore, sys; assert 'billingcore.tax' not in sys.modules; print(billingcore.tax.SAAS.category)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "SupplyCategory.SAAS\n"


@pytest.mark.parametrize(
    ("module", "name", "told"),
    [
        ("billingcore", "quote_chage", "did you mean quote_change?"),
        ("billingcore", "Measure", "import it from billingcore.proration"),
        ("billingcore", "Mesure", "did you mean billingcore.proration.Measure?"),
        ("proration", "Mesure", "did you mean Measure?"),
        ("proration", "Mony", "did you mean billingcore.money.Money?"),
        ("cycles", "Settlement", "import it from billingcore.proration"),
        ("billingcore", "mesure", "did you mean billingcore.proration.Measure?"),
        ("parties", "Selller", "did you mean Seller?"),
        ("parties", "TaxID", "did you mean billingcore.tax_ids.TaxId?"),
        ("parties", "Money", "import it from billingcore.money"),
    ],
)
def test_a_misspelt_name_is_told_the_near_ones(module, name, told):
    with pytest.raises(AttributeError) as caught:
        getattr(MODULES[module], name)
    assert told.removesuffix("?") in str(caught.value)
    assert caught.value.name == name


@pytest.mark.parametrize("name", ["_private", "wholly_unknown_name"])
def test_a_name_that_nothing_is_near_to_is_an_attribute_error(name):
    with pytest.raises(AttributeError, match=f"module 'billingcore' has no attribute '{name}'$"):
        getattr(billingcore, name)
    with pytest.raises(ImportError, match=f"cannot import name '{name}'"):
        exec(f"from billingcore import {name}")


def test_a_name_beyond_all_length_is_cut():
    with pytest.raises(AttributeError) as caught:
        getattr(billingcore, "x" * 10_000)
    assert str(caught.value) == f"module 'billingcore' has no attribute '{'x' * 80}…'"


def test_dir_of_a_module_shows_its_public_names_only():
    parties = MODULES["parties"]
    assert dir(parties) == sorted(parties.__all__)


NO_HYPOTHESIS = """
import sys, inspect
sys.modules["hypothesis"] = None
import billingcore
assert not hasattr(billingcore, "testing")
inspect.getmembers(billingcore)
try:
    billingcore.testing
except AttributeError as error:
    print(error)
"""


def test_without_hypothesis_the_module_of_laws_says_what_to_install():
    ran = subprocess.run([sys.executable, "-c", NO_HYPOTHESIS], capture_output=True, text=True, check=True)
    assert ran.stdout == "billingcore.testing needs Hypothesis: pip install 'billingcore[test]'\n"


@pytest.mark.parametrize(
    ("missing", "error"), [("hypothesis", AttributeError), ("billingcore._facts.currencies", ModuleNotFoundError)]
)
def test_only_a_missing_hypothesis_hides_the_module_of_laws(monkeypatch, missing, error):
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "billingcore.testing")
    monkeypatch.delattr(billingcore, "testing")
    with pytest.raises(error, match="needs Hypothesis" if error is AttributeError else missing):
        billingcore.testing  # noqa: B018


def test_asking_for_a_private_name_loads_nothing():
    script = (
        "import billingcore, sys; hasattr(billingcore, '_x'); print([n for n in sys.modules if 'billingcore.' in n])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "['billingcore._doors']\n"


def test_a_door_refuses_a_home_that_lacks_the_name():
    _, load, _ = door("billingcore.collections", {"_collections.contacts": ("ARContract",)})
    with pytest.raises(AttributeError, match="ARContract"):
        load("ARContract")


def test_the_stubs_are_those_of_the_tables():
    ran = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"run scripts/generate_stubs.py:\n{ran.stdout}{ran.stderr}"


def test_classes_from_the_front_door_pickle_in_a_fresh_process():
    blob = pickle.dumps(billingcore.Money.of("13.93", "EUR"))
    script = f"import pickle; print(pickle.loads({blob!r}))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "13.93 EUR\n"


def test_the_version_is_the_one_of_the_distribution():
    assert billingcore.__version__ == importlib.metadata.version("billingcore")


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").is_file()
