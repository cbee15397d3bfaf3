"""Check the types of what users read: the examples of README.md, of the pages in docs/ and of the docstrings.

Usage: ``python scripts/check_examples.py``, with the extra ``dev``. The exit code is 1 where anything is wrong; it is told
with its page and line.

The examples of a page share their names, and those of a docstring have the names of its module, as doctest runs them: each
page or docstring becomes one file in a temporary directory. They pass ``mypy --strict`` and basedpyright as the package
does, but for two things. Functions of pages stand for a user's own code, and need no annotations. And an example that
shows what happens to a wrong type, which is one that ends with an `InvalidTypeError` or, for a wrong name, an `AttributeError`, may be wrong.
"""

import ast
import doctest
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
# What an example ends with that shows a wrong type; any other error is one that a type checker does not see.
MISUSE = ("billingcore.errors.InvalidTypeError:", "InvalidTypeError:", "AttributeError:")

MYPY = """[mypy]
strict = True
disallow_untyped_defs = False
disallow_incomplete_defs = False
disallow_untyped_calls = False
warn_unreachable = True
mypy_path = {source}
follow_imports = silent
"""
PYRIGHT = {
    "include": ["."],
    "pythonVersion": "3.11",
    "typeCheckingMode": "standard",
    "reportUnusedExpression": False,  # an example shows the value of an expression
}


@attrs.frozen
class Text:
    """A page or a docstring with examples: where it stands, and what its examples can name from the start."""

    path: Path
    first_line: int
    text: str
    before: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the place of the text."""
        return f"{self.path.relative_to(ROOT)}:{self.first_line}"


@attrs.frozen
class Line:
    """A line of a file to be checked, and the line of the page that it comes from."""

    code: str
    number: int = 0
    is_misuse: bool = False


def texts() -> Iterator[Text]:
    """Find every page and every docstring."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        yield Text(page, 1, page.read_text(encoding="utf-8"))
    for module in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
                docstring = node.body[0].value  # type: ignore[attr-defined] # an expression: it is a docstring
                yield Text(module, docstring.lineno, docstring.value, tuple(names_of(tree, module)))


def names_of(tree: ast.Module, path: Path) -> Iterator[str]:
    """Write the imports that give an example the names of its module: its own imports, and what it defines."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield ast.unparse(node)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield f"from {module} import {node.name}"
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name) and name.id != "__all__":
                        yield f"from {module} import {name.id}"


def lines_of(text: Text) -> Iterator[Line]:
    """Write the examples as a module; what is meant to raise is kept from ending it."""
    examples = doctest.DocTestParser().get_examples(text.text, str(text))
    used = set(re.findall(r"\w+", "\n".join(each.source for each in examples)))
    yield Line("from contextlib import suppress as _may_raise")
    for statement in text.before:
        if used.intersection(re.split(r"\W+", statement.partition("import ")[2])):
            yield Line(statement)
    for example in examples:
        indent = ""
        number = text.first_line + example.lineno
        is_misuse = (example.exc_msg or "").startswith(MISUSE)
        yield Line(f"# {text.path.relative_to(ROOT)}:{number}")
        if example.exc_msg is not None:
            yield Line("with _may_raise(Exception):", number)
            indent = "    "
        for offset, code in enumerate(example.source.rstrip("\n").split("\n")):
            yield Line(indent + code, number + offset, is_misuse)


def mypy(directory: Path) -> Iterator[tuple[str, int, str]]:
    """Run mypy; yield file, line and what is wrong."""
    (directory / "mypy.ini").write_text(MYPY.format(source=SOURCE), encoding="utf-8")
    for line in run("mypy", "--config-file", "mypy.ini", "--output", "json", ".", directory=directory).splitlines():
        found: dict[str, Any] = json.loads(line)
        if found["severity"] == "error":  # and not a note to one
            yield found["file"], found["line"], f"mypy: {found['message']} [{found['code']}]"


def pyright(directory: Path) -> Iterator[tuple[str, int, str]]:
    """Run basedpyright; yield file, line and what is wrong."""
    config = PYRIGHT | {"extraPaths": [str(SOURCE)]}
    (directory / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    answer = run("basedpyright", "--pythonpath", sys.executable, "--outputjson", directory=directory)
    for found in json.loads(answer)["generalDiagnostics"]:
        if found["severity"] != "information":
            line = found["range"]["start"]["line"] + 1
            yield Path(found["file"]).name, line, f"pyright: {found['message']} [{found.get('rule')}]"


def run(tool: str, *arguments: str, directory: Path) -> str:
    """Return what a tool of this environment prints; it ends with 1 where it found something."""
    command = [str(Path(sys.executable).with_name(tool)), *arguments]
    ran = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    if ran.returncode not in {0, 1}:
        raise SystemExit(f"{tool} failed: {ran.stdout}{ran.stderr}")
    return ran.stdout


def errors_in(found: Iterable[Text]) -> list[str]:
    """Check the examples of some texts; return what is wrong with them."""
    files: dict[str, tuple[Text, list[Line]]] = {}
    with tempfile.TemporaryDirectory() as made:
        directory = Path(made)
        for text in found:
            name = re.sub(r"\W", "_", str(text)) + ".py"
            files[name] = text, list(lines_of(text))
            code = "\n".join(each.code for each in files[name][1])
            (directory / name).write_text(code + "\n", encoding="utf-8")
        wrong = []
        for name, number, message in (*mypy(directory), *pyright(directory)):
            text, lines = files[name]
            line = lines[number - 1]
            if not line.is_misuse:
                wrong.append(f"{text.path.relative_to(ROOT)}:{line.number}: {message}")
    return sorted(wrong)


def main() -> None:
    """Check every example, print what is wrong, and end with 1 if anything is."""
    found = [text for text in texts() if ">>> " in text.text]
    wrong = errors_in(found)
    print(*wrong, f"{len(wrong)} errors in the examples of {len(found)} pages and docstrings", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
