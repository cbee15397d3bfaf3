"""Print the shape of the library, one figure a line, with its goal where it has one.

Usage: ``python scripts/shape.py``. It is a mirror, not a gate: the exit code is 0 whatever the figures are. What is
behind a figure (files, pairs, functions, names) stands indented below it.

- A **public name** stands in the ``__all__`` of the root or of a public module; one object under one name counts once,
  however many modules hand it out. A subject is a public module.
- A name is **on a page** where it stands as a word in README.md or docs/*.md, as written by hand: the reference, which
  has every name, would make the figure always 0. What else is generated (facts, presets, performance) and the decisions
  do not count either.
- Two files **import each other** also where only a type checker follows one of the imports.
- ``_facts`` holds tables, and no figure but those of names looks at it.
"""

import ast
import importlib
import pkgutil
import re
import sys
import textwrap
from collections.abc import Iterator
from itertools import chain
from pathlib import Path  # noqa: TID251 - a maintainer script reads files
from types import ModuleType

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src"
PACKAGE = SRC / "billingcore"
GENERATED = {"facts.md", "performance.md"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
EXTRAS = {"testing", "frames"}  # they need Hypothesis, and a data frame library
LAW = re.compile(r"^\s*def (test_[a-z]{1,2}\d{1,2}_\w*)", re.MULTILINE)
Names = dict[str, dict[str, int]]
"""Subject -> public name -> which object it is."""


def files() -> dict[str, Path]:
    """Name the files of the library by their module, without the tables of facts."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        if parts[1] != "_facts":
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def handed_out(module: ModuleType) -> dict[str, int]:
    """List what a module hands out, with which object each name is; lazy ones are loaded for that."""
    return {name: id(getattr(module, name)) for name in module.__all__}


def written_out(path: Path) -> dict[str, int]:
    """Read the ``__all__`` of a module that is not to be imported, as it needs another library than the package does."""
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return dict.fromkeys(ast.literal_eval(node.value), 0)
    return {}


def public_names(modules: dict[str, Path]) -> Names:
    """List the public names of the root and of each subject."""
    root = importlib.import_module(PACKAGE.name)
    found = {"": handed_out(root)}
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda info: info.name):
        if not info.name.startswith("_"):
            name = f"{PACKAGE.name}.{info.name}"
            if info.name in EXTRAS:
                found[info.name] = written_out(modules[name])
            else:
                found[info.name] = handed_out(importlib.import_module(name))
    return found


def on_no_page(names: set[str]) -> list[str]:
    """List the names that no page has."""
    pages = [ROOT / "README.md", *(page for page in (ROOT / "docs").glob("*.md") if page.name not in GENERATED)]
    words = set(chain.from_iterable(re.findall(r"\w+", page.read_text("utf-8")) for page in pages))
    return sorted(names - words)


def imported(tree: ast.Module, package: str, modules: dict[str, Path]) -> Iterator[str]:
    """List what a file imports, for type checkers too; a module taken from its package is not the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{module}.{alias.name}"
                yield inner if inner in modules else module


def pairs(modules: dict[str, Path], trees: dict[str, ast.Module]) -> list[str]:
    """List the files that import each other."""
    targets = {
        name: set(imported(trees[name], name if path.name == "__init__.py" else name.rpartition(".")[0], modules))
        for name, path in modules.items()
    }
    return [f"{a} and {b}" for a in targets for b in targets if a < b and b in targets[a] and a in targets[b]]


def long_functions(modules: dict[str, Path], trees: dict[str, ast.Module]) -> list[str]:
    """List the functions that do not fit a screen, docstring included."""
    return [
        f"{modules[name].relative_to(ROOT).as_posix()}:{node.lineno} {node.name}: {lines}"
        for name in modules
        for node in ast.walk(trees[name])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def figure(name: str, value: int, goal: str = "", parts: list[str] | None = None) -> None:
    """Print a figure, its goal, and what is behind it."""
    print(f"{name + ':':<42}{value:>7,}{f'   (goal: {goal})' if goal else ''}")
    for part in parts or ():
        print(f"    {part}")


def main() -> None:
    """Print all figures."""
    sys.path.insert(0, str(SRC))
    modules = files()
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in modules.values()}
    trees = {name: ast.parse(path.read_bytes()) for name, path in modules.items()}
    names = public_names(modules)
    every = {pair for found in names.values() for pair in found.items() if not pair[0].startswith("_")}
    nowhere = on_no_page({name for name, _ in every})
    long_files = [f"{path.relative_to(ROOT).as_posix()}: {n}" for path, n in lines.items() if n > LONGEST_FILE]
    mutual = pairs(modules, trees)
    functions = long_functions(modules, trees)
    laws = [law for path in sorted((ROOT / "tests").glob("*.py")) for law in LAW.findall(path.read_text("utf-8"))]

    figure("lines of src, without _facts", sum(lines.values()), "at most 26,000")
    figure("public names in all", len(every), "about 320")
    figure("public names at the root", len(names.pop("")), "at most 100")
    for subject, found in names.items():
        figure(f"  names of {subject}", len(found), "about 50 at most" if len(found) > 50 else "")  # noqa: PLR2004
    figure("names on no page", len(nowhere), "none", textwrap.wrap(", ".join(nowhere), 112))
    figure(f"files over {LONGEST_FILE} lines", len(long_files), "none but tables", long_files)
    figure("pairs of files that import each other", len(mutual), "none", mutual)
    figure(f"functions over {LONGEST_FUNCTION} lines", len(functions), "", functions)
    figure("tests that carry a law's code", len(laws))


if __name__ == "__main__":
    main()
