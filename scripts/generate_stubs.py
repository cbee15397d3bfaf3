"""Write the stub of each door of the library, for type checkers, from the table in the module itself.

Usage: ``python scripts/generate_stubs.py [--check]``; with ``--check`` it says which stubs are stale and writes nothing.
"""

import argparse
import ast
import sys
from pathlib import Path  # noqa: TID251 - a maintainer script writes files

PACKAGE = Path(__file__).parent.parent / "src" / "billingcore"
HEADER = "# Written by scripts/generate_stubs.py from the table in the module beside it; do not edit by hand.\n"


def table_of(source: str) -> dict[str, tuple[str, ...]] | None:
    """Return the names by home that a module hands to `door`, or None where it is no door."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "door":
            table: dict[str, tuple[str, ...]] = ast.literal_eval(node.value.args[1])
            return table
    return None


def stub_of(source: str, subjects: tuple[str, ...]) -> str | None:
    """Return the stub of a module's source, or None where it is no door; the root names its subjects too."""
    table = table_of(source)
    if table is None:
        return None
    lines = [HEADER]
    for home, names in sorted(table.items()):
        lines.append(f"from billingcore.{home} import (")
        lines += [f"    {name} as {name}," for name in sorted(names)]
        lines.append(")")
    if "__version__" in source:
        lines[1:1] = [f"from billingcore import {subject} as {subject}" for subject in subjects]
        lines.append("\n__version__: str")
    names = sorted(name for names in table.values() for name in names)
    lines += ["\n__all__ = [", *(f'    "{name}",' for name in names), "]"]
    return "\n".join(lines) + "\n"


def stubs() -> dict[Path, str]:
    """Return the text of every stub by its path."""
    doors = (PACKAGE / "_doors.py").read_text(encoding="utf-8")
    assigned = next(
        node
        for node in ast.parse(doors).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SUBJECTS"
    )
    subjects = ast.literal_eval(assigned.value)
    modules = [*PACKAGE.glob("*.py"), *PACKAGE.glob("[a-z]*/__init__.py")]
    texts = {path: stub_of(path.read_text(encoding="utf-8"), subjects) for path in sorted(modules)}
    return {path.with_suffix(".pyi"): text for path, text in texts.items() if text is not None}


def main() -> None:
    """Write the stubs, or say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = [path for path, text in stubs().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{'stale' if check else 'written'}: {path.relative_to(PACKAGE.parent.parent)}")
        if not check:
            path.write_text(stubs()[path], encoding="utf-8")
    if check and stale:
        sys.exit(1)


if __name__ == "__main__":
    main()
