"""Nothing here does I/O: three guards, and a planted fault for each.

1. Imports: the contracts under ``[tool.importlinter]``, and a reader of the syntax tree for what they cannot say.
2. The lint ban (``banned-api`` in pyproject.toml), and the same reader for calls that look innocent to the linter.
3. At run time: every documented example is run twice in a process whose audit hook refuses files, sockets and
   processes the second time. The first run warms lazy imports and the data that pycountry and Babel bundle.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

import billingcore

PACKAGE = Path(billingcore.__file__).parent
ROOT = Path(__file__).parent.parent
SOURCES = sorted(PACKAGE.rglob("*.py"))

# Who alone may import what (with the package of that name, if the module grew into one).
RESERVED = {
    "babel": ("receipts",),
    "pycountry": ("places",),
    "hypothesis": ("testing", "_hypothesis"),
    "narwhals": ("frames",),
    "numpy": ("frames",),
    "pandas": ("frames",),
    "polars": ("frames",),
    "pyarrow": ("frames",),
}
WORLD = {
    *("asyncio", "configparser", "ctypes", "getpass", "glob", "http", "io", "locale", "logging", "mmap"),
    *("multiprocessing", "os", "pathlib", "platform", "random", "secrets", "select", "selectors", "shutil", "signal"),
    *("socket", "sqlite3", "ssl", "subprocess", "tempfile", "time", "urllib", "uuid", "zoneinfo"),
}
CLOCK = {"today", "now", "utcnow", "fromtimestamp", "utcfromtimestamp", "getcontext", "setcontext", "gettz", "tzlocal"}
BUILTINS = {"open", "input", "print", "exec", "eval", "__import__", "breakpoint"}


def impurities(source: str, module: str) -> list[str]:
    """Read one module's syntax tree and name what it must not do."""
    nodes = list(ast.walk(ast.parse(source)))
    return [f for node in nodes for f in (*_wrong_imports(node, module), *_wrong_uses(node, module))]


def _wrong_imports(node: ast.AST, module: str) -> Iterator[str]:
    for imported in _imported(node):
        top = imported.partition(".")[0]
        if top in WORLD:
            yield f"imports {imported}"
        if top in RESERVED and module.partition(".")[0] not in RESERVED[top]:
            yield f"imports {imported}, which is for {' and '.join(RESERVED[top])}"
        if imported == "billingcore" and module != "__init__":
            yield "imports the package root"


def _wrong_uses(node: ast.AST, module: str) -> Iterator[str]:
    match node:
        case ast.Assert() if module != "testing":
            yield "asserts"
        case ast.Attribute(attr=name) if name in CLOCK:
            yield f"uses .{name}"
        case ast.Name(id=name) if name in BUILTINS and (name, module) != ("print", "__main__"):
            yield f"uses {name}"
        case ast.Name(id="import_module") if module != "_doors":
            yield "uses import_module"
        case ast.Constant(value=float()):
            yield f"writes the float {node.value}"
        case ast.Name(id="float") if module != "frames":
            yield "uses float"


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom(module="billingcore"):  # a submodule is a module, a name is the front door
            known = {path.stem for path in PACKAGE.iterdir()} - {"__init__"}
            return [f"billingcore.{alias.name}" if alias.name in known else "billingcore" for alias in node.names]
        case ast.ImportFrom(module=str(name), level=0):
            return [name]
        case ast.ImportFrom():
            return ["billingcore"]  # relative: not the house style, and it could be the root
    return []


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_a_module_is_pure_by_its_syntax(path):
    assert impurities(path.read_text(encoding="utf-8"), module_name(path)) == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("import os", "imports os"),
        ("import os.path as p", "imports os.path"),
        ("def f():\n    from urllib.request import urlopen", "imports urllib.request"),
        ("import socket", "imports socket"),
        ("from time import time", "imports time"),
        ("import babel.numbers", "imports babel.numbers, which is for receipts"),
        ("def f():\n    import pycountry", "imports pycountry, which is for places"),
        ("if TYPE_CHECKING:\n    import pandas", "imports pandas, which is for frames"),
        ("import billingcore", "imports the package root"),
        ("from billingcore import Money", "imports the package root"),
        ("from . import money", "imports the package root"),
        ("assert x", "asserts"),
        ("from datetime import date\ndate.today()", "uses .today"),
        ("def f(cls):\n    return type(cls).now()", "uses .now"),
        ("decimal.getcontext().prec = 6", "uses .getcontext"),
        ("open('x')", "uses open"),
        ("print('x')", "uses print"),
        ("rate = 0.2", "writes the float 0.2"),
        ("float(x)", "uses float"),
        ("import_module('o' + 's')", "uses import_module"),
    ],
)
def test_the_reader_names_a_planted_fault(fault, said):
    assert impurities(fault, "money") == [said]


@pytest.mark.parametrize(
    ("innocent", "module"),
    [
        ("from billingcore import money", "tax"),
        ("from billingcore.money import Money", "tax"),
        ("import babel", "receipts"),
        ("from babel.numbers import x", "receipts.text"),
        ("import pycountry", "places"),
        ("def f():\n    from hypothesis import strategies", "_hypothesis"),
        ("print('x')", "__main__"),
        ("assert x", "testing"),
    ],
)
def test_the_reader_lets_the_permitted_pass(innocent, module):
    assert impurities(innocent, module) == []


# Guard 1, as the gate runs it


def copy_of_the_package(tmp_path: Path, **faults: str) -> Path:
    package = tmp_path / "billingcore"
    for path in SOURCES:
        target = package / path.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for module, fault in faults.items():
        with (package / f"{module}.py").open("a", encoding="utf-8") as file:
            file.write(f"\n{fault}\n")
    return tmp_path


def lint_imports(directory: Path) -> subprocess.CompletedProcess[str]:
    script = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; c()"
    (directory / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    command = [sys.executable, "-c", script, "--no-cache"]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)


needs_import_linter = pytest.mark.skipif(find_spec("importlinter") is None, reason="import-linter is in the extra dev")


@needs_import_linter
def test_the_contracts_are_kept(tmp_path):
    ran = lint_imports(copy_of_the_package(tmp_path))
    assert ran.returncode == 0, ran.stdout + ran.stderr


@needs_import_linter
@pytest.mark.parametrize(
    ("module", "fault", "said"),
    [
        ("money", "import socket", "Nothing can reach files"),
        ("sourced", "def f():\n    from pathlib import Path", "Nothing can reach files"),
        ("money", "import babel", "Babel is imported by receipts alone"),
        ("cycles", "import pycountry", "pycountry is imported by places alone"),
        ("cycles", "import hypothesis", "Hypothesis is imported by testing alone"),
        ("errors", "import numpy", "Data frames are known to frames alone"),
        ("money", "from billingcore.cycles import Period", "A module imports only from lower floors"),
        ("errors", "from billingcore import money", "A module imports only from lower floors"),
        (
            "sourced",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from billingcore.money import Money",
            "A module imports only from lower floors",
        ),
        ("unheard_of", "from billingcore.money import Money", "A module imports only from lower floors"),
    ],
)
def test_the_contracts_catch_a_planted_fault(tmp_path, module, fault, said):
    ran = lint_imports(copy_of_the_package(tmp_path, **{module: fault}))
    assert ran.returncode == 1, ran.stdout + ran.stderr
    broken = " ".join(line for line in ran.stdout.splitlines() if not line.endswith("KEPT"))
    assert said in broken


# Guard 2, as the gate runs it


@pytest.mark.skipif(find_spec("ruff") is None, reason="ruff is in the extra dev")
@pytest.mark.parametrize(
    "fault",
    [
        "from datetime import date\n\nTODAY = date.today()",
        "import datetime\n\nTODAY = datetime.date.today()",
        "from datetime import datetime\n\nNOW = datetime.now()",
        "from datetime import datetime as stamp\n\nNOW = stamp.utcnow()",
        "from datetime import datetime\n\nNOW = datetime.today()",
        "import time",
        "from random import random",
        "import secrets",
        "from os import environ",
        "import os.path",
        "import logging",
        "from pathlib import Path",
        "import socket",
        "from urllib.request import urlopen",
        "from zoneinfo import ZoneInfo",
    ],
)
def test_the_lint_ban_catches_a_planted_fault(tmp_path, fault):
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select=TID251", "--output-format=concise"]
    command += ["--config", str(ROOT / "pyproject.toml"), "--stdin-filename", str(PACKAGE / "planted.py"), "-"]
    ran = subprocess.run(command, input=fault, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "TID251" in ran.stdout, ran.stdout + ran.stderr
    assert ran.returncode == 1


# Guard 3

WATCHED = r"""
import contextlib, doctest, importlib, io, os, pkgutil, sys, time

REFUSED = ("open", "os.", "socket.", "subprocess.", "shutil.", "glob.", "urllib.", "http.", "time.sleep", "tempfile.",
           "sqlite3.", "ctypes.", "pathlib.", "syslog.", "import", "signal.", "mmap.")
SKIPPED = ("testing", "frames", "__main__")  # Hypothesis and data frames are theirs to test; the story is run below
happened = []
armed = False

def hook(event, args):
    if armed and (event in REFUSED or event.startswith(tuple(each for each in REFUSED if each.endswith(".")))):
        happened.append(f"{event} {args!r:.200}")
        raise RuntimeError(f"not pure: {event}")

def clock(name):
    true = getattr(time, name)
    def read(*args):
        if armed:
            happened.append(f"time.{name}")
        return true(*args)
    return read

for name in ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "strftime"):
    setattr(time, name, clock(name))

class Environment(dict):
    def __getitem__(self, key):
        if armed:
            happened.append(f"os.environ[{key!r}]")
        return super().__getitem__(key)
    def get(self, key, default=None):
        if armed:
            happened.append(f"os.environ.get({key!r})")
        return super().get(key, default)
    def __contains__(self, key):
        if armed:
            happened.append(f"{key!r} in os.environ")
        return super().__contains__(key)

os.environ = Environment(os.environ)
sys.addaudithook(hook)

def examples():
    finder = doctest.DocTestFinder(exclude_empty=True)
    package = importlib.import_module(sys.argv[1])
    names = [package.__name__]
    names += [each.name for each in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
    for name in names:
        if name.split(".")[1:2] and name.split(".")[1] in SKIPPED:
            continue
        yield from finder.find(importlib.import_module(name))

def story():
    if importlib.util.find_spec(sys.argv[1] + ".__main__") is None:
        return lambda: None
    answer = importlib.import_module(sys.argv[1] + ".__main__").answer
    return lambda: (answer([]), answer(["--json"]))

def codes(tests):
    for test in tests:
        names = dict(vars(sys.modules[test.globs["__name__"]]))
        for example in test.examples:  # doctest's own runner opens files
            yield compile(example.source, test.name, "single"), names, example.exc_msg is not None

def run(examples, tell):
    with contextlib.redirect_stdout(io.StringIO()):
        for code, names, raises in examples:
            try:
                exec(code, names)
            except Exception as error:
                if not raises or isinstance(error, RuntimeError):
                    raise
        tell()

sys.displayhook = repr
examples, tell = list(codes(examples())), story()
run(examples, tell)
armed = True
try:
    run(examples, tell)
finally:
    armed = False
    print(len(examples))
    if happened:
        sys.exit("\n".join(happened))
"""


def run_watched(package: str, directory: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(directory)!r})\n{WATCHED}", package]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_no_example_touches_the_world_once_warm(tmp_path):
    ran = run_watched("billingcore", tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > 30  # the examples were found


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return len(open(__file__).read())", "open"),
        ("import socket; return socket.socket().close()", "socket.__new__"),
        ("import os; return os.listdir('.')", "os.listdir"),
        ("import subprocess; return subprocess.run(['true']).returncode", "subprocess.Popen"),
        ("import os; return os.environ.get('TZ')", "os.environ.get('TZ')"),
        ("import os; return 'TZ' in os.environ", "'TZ' in os.environ"),
        ("import os; return os.environ['PATH']", "os.environ['PATH']"),
        ("import time; return time.time()", "time.time"),
        ("from zoneinfo import ZoneInfo; return ZoneInfo.no_cache('Europe/Paris')", "open"),
    ],
)
def test_the_watch_catches_a_planted_fault(tmp_path, body, said):
    package = tmp_path / "planted"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    lines = ["def f():", '    """Look innocent.', "", "    >>> _ = f()", '    """', f"    {body}", ""]
    (package / "faulty.py").write_text("\n".join(lines), encoding="utf-8")
    ran = run_watched("planted", tmp_path)
    assert ran.returncode == 1
    assert said in ran.stderr


def test_the_watch_lets_a_warm_import_pass(tmp_path):
    package = tmp_path / "planted"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    lines = ["def f():", '    """Load on first use.', "", "    >>> f()", '    """', "    import colorsys", ""]
    (package / "lazy.py").write_text("\n".join(lines), encoding="utf-8")
    assert run_watched("planted", tmp_path).returncode == 0
