"""What importing costs: nothing that is not needed yet."""

import subprocess
import sys
from pathlib import Path

import pytest

import billingcore

HEAVY = (
    "attr",
    "attrs",
    "babel",
    "dateutil",
    "decimal",
    "hypothesis",
    "narwhals",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pycountry",
    "pytest",
)
NEEDED_BY_VALUES = {"attr", "attrs", "decimal"}
# These exist for what the others must not load.
BY_THEIR_NATURE = {"testing", "frames"}

PACKAGE = Path(billingcore.__file__).parent
MODULES = sorted(
    path.stem
    for path in PACKAGE.iterdir()
    if (path.suffix == ".py" or (path / "__init__.py").is_file()) and path.stem not in {"__init__", "__main__"}
)


def loaded_after(statements: str) -> set[str]:
    script = f"{statements}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_after("import billingcore").isdisjoint(HEAVY)


def test_the_check_sees_a_heavy_import():
    assert "babel" in loaded_after("import billingcore, babel")


@pytest.mark.parametrize("module", [module for module in MODULES if module not in BY_THEIR_NATURE])
def test_a_module_loads_no_optional_library(module):
    loaded = loaded_after(f"import billingcore.{module}")
    assert loaded.isdisjoint(set(HEAVY) - NEEDED_BY_VALUES)


def test_all_calculating_modules_together_load_no_optional_library():
    everything = "; ".join(f"import billingcore.{module}" for module in MODULES if module not in BY_THEIR_NATURE)
    loaded = loaded_after(f"{everything}; from billingcore import *")
    assert loaded.isdisjoint(set(HEAVY) - NEEDED_BY_VALUES)


def test_the_list_of_modules_is_not_empty():
    assert {"money", "cycles", "errors", "_facts"} <= set(MODULES)
