"""Write ``docs/reference``: a page for each subject with its public names, and the index of the pages.

Usage: ``python scripts/generate_reference.py [--check]``; with ``--check`` it says which pages are stale and writes nothing.

Everything comes from the source, which is read and not run: signatures as they are written, the docstrings, and the texts
below members of enums, fields and constants. Examples stay in the docstrings, where they run.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path  # noqa: TID251 - a maintainer script reads and writes files
from typing import NamedTuple

from generate_stubs import table_of

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "billingcore"
OUT = ROOT / "docs" / "reference"
HEADER = "<!-- Written by scripts/generate_reference.py from the docstrings; do not edit by hand. -->\n"
WIDTH = 100

GUIDES = {
    "billed": "concepts", "changes": "subscriptions", "collections": "collections", "cycles": "billing-time",
    "daycounts": "billing-time", "deadlines": "billing-time", "disputes": "documents", "errors": "concepts",
    "invoices": "documents", "ledger": "ledger", "lines": "documents", "money": "money", "parties": "tax", "payments": "collections", "places": "tax",
    "plans": "prices", "profiles": "concepts", "proration": "proration",
    "receipts": "documents", "records": "documents", "sourced": "concepts", "subscriptions": "subscriptions",
    "tax": "tax", "tax_ids": "tax", "testing": "testing", "vendors": "reproduce-your-vendor",
}  # fmt: skip
"""Which page of docs/ explains a subject."""

Function = ast.FunctionDef
SECTION = re.compile(r"(Args|Raises|Returns|Yields|Source[\w ]*):(?: (.*))?$")


class Found(NamedTuple):
    """A definition: in which file it stands, and the text below it where it is an assignment."""

    path: Path
    node: ast.stmt
    text: str = ""

    @property
    def body(self) -> list[ast.stmt]:
        """What stands in a class; nothing for another definition."""
        return self.node.body if isinstance(self.node, ast.ClassDef) else []

    @property
    def kind(self) -> str:
        """Under which title it stands on its page."""
        if isinstance(self.node, ast.ClassDef):
            return "Choices" if is_choice(self) else "Types"
        if isinstance(self.node, ast.FunctionDef):
            return "Functions"
        is_union = isinstance(self.node, ast.Assign) and isinstance(self.node.value, ast.BinOp)
        return "Types" if is_union and "|" in ast.unparse(self.node) else "Constants"


class Docstring(NamedTuple):
    """What a docstring says: its first paragraph, and its sections by title, as pairs of a name and a text."""

    summary: str
    sections: dict[str, list[tuple[str, str]]]


# Where a name is defined.


def file_of(module: str) -> Path:
    """Return the file of a module, given by its dotted name in the package."""
    path = PACKAGE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Read the whole package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


TREES = dict(trees())


def assigned(node: ast.stmt) -> str | None:
    """Return the name that an assignment gives a value to."""
    target = (
        node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) else None
    )
    return target.id if isinstance(target, ast.Name) else None


def definitions(body: list[ast.stmt], path: Path) -> dict[str, Found]:
    """Return what a module or a class defines, by name; of overloads the last one, which takes them all."""
    found: dict[str, Found] = {}
    for at, node in enumerate(body):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found[node.name] = Found(path, node)
        elif name := assigned(node):
            below = body[at + 1] if at + 1 < len(body) else None
            is_text = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
            text = below.value.value if is_text else ""  # type: ignore[union-attr] # an expression: it is a text
            found[name] = Found(path, node, " ".join(str(text).split()))
    return found


def find(path: Path, name: str) -> Found | None:
    """Find the definition of a name that a file defines or imports from the package."""
    if path not in TREES:
        return None
    if name in (own := definitions(TREES[path].body, path)):
        return own[name]
    for node in TREES[path].body:
        if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}:
            inner = (node.module or "").removeprefix("billingcore.")
            return find(file_of(inner), name)
    for home, names in (table_of(ast.unparse(TREES[path])) or {}).items():
        if name in names:
            return find(file_of(home), name)
    return None


def names_of(subject: str) -> dict[str, list[str]]:
    """Return the public names of a subject, or of the root, by the module that hands them to it."""
    tree = TREES[file_of(subject)]
    table = table_of(ast.unparse(tree))
    if table is not None:
        return {home: list(names) for home, names in table.items()}
    listed = definitions(tree.body, PACKAGE)["__all__"].node
    return {subject: ast.literal_eval(listed.value)}  # type: ignore[attr-defined] # an assignment


def subjects() -> tuple[str, ...]:
    """Return the public modules."""
    listed = definitions(TREES[file_of("_doors")].body, PACKAGE)["SUBJECTS"].node
    found: tuple[str, ...] = ast.literal_eval(listed.value)  # type: ignore[attr-defined] # an assignment
    return found


def bases(found: Found) -> list[Found]:
    """Return the classes of the package that a class is made from, and theirs: the nearest first."""
    above: list[Found] = []
    for base in found.node.bases if isinstance(found.node, ast.ClassDef) else ():
        inner = find(found.path, ast.unparse(base))
        if inner is not None:
            above += [inner, *bases(inner)]
    return above


def is_choice(found: Found) -> bool:
    """Say whether a class is an enum."""
    return any(isinstance(each.node, ast.ClassDef) and each.node.name == "Choice" for each in bases(found))


# What a docstring says.


def parse(text: str | None) -> Docstring:
    """Take a docstring apart: the summary ends at the first blank line; a section where an unindented line begins."""
    paragraphs = re.split(r"\n\s*\n", text or "", maxsplit=1)
    sections: dict[str, list[tuple[str, str]]] = {}
    current: list[tuple[str, str]] | None = None
    for line in (paragraphs[1] if paragraphs[1:] else "").split("\n"):
        if opened := SECTION.match(line):
            current = sections.setdefault(opened[1], [])
            if opened[2]:
                current.append(("", opened[2]))
        elif current is None or not line.strip():
            continue
        elif not line.startswith(" "):
            if not (current and not current[-1][0]) or line.startswith(">>>"):
                current = None
            else:  # a text that began on the line of its title goes on
                current[-1] = ("", f"{current[-1][1]} {line}")
        elif (entry := re.match(r"    (\*{0,2}\w+): (.*)", line)) and "Source" not in list(sections)[-1]:
            current.append((entry[1], entry[2]))
        else:
            before = current.pop() if current else ("", "")
            current.append((before[0], f"{before[1]} {line.strip()}".strip()))
    return Docstring(" ".join(paragraphs[0].split()), sections)


def docstring(node: ast.stmt) -> str:
    """Return the docstring of a definition, or an empty text."""
    return (ast.get_docstring(node) or "") if isinstance(node, ast.ClassDef | ast.FunctionDef) else ""


def prose(text: str) -> str:
    """Return a text of a docstring as CommonMark: what is code stays code, and nothing else is markup."""
    parts = re.split(r"(``.+?``|`[^`]+`)", text)
    return "".join(
        f"`{part.strip('`')}`" if at % 2 else re.sub(r"([\\*<\[\]])", r"\\\1", part) for at, part in enumerate(parts)
    )


# How a definition is written.


def signature(name: str, node: Function, *, is_bound: bool, width: int = WIDTH) -> str:
    """Return a function with its arguments and what it returns, on one line if it fits."""
    arguments = node.args
    listed = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(listed) - len(arguments.defaults)) + list(arguments.defaults)
    parts = [argument(each, default) for each, default in zip(listed, defaults, strict=True)]
    if is_bound or (parts and any("composite" in ast.unparse(each) for each in node.decorator_list)):
        parts = parts[1:]  # Hypothesis gives a composite strategy its first argument
    if arguments.posonlyargs[int(is_bound) :]:
        parts.insert(len(arguments.posonlyargs) - int(is_bound), "/")
    if arguments.vararg:
        parts.append(f"*{argument(arguments.vararg, None)}")
    elif arguments.kwonlyargs:
        parts.append("*")
    parts += [argument(*each) for each in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    if arguments.kwarg:
        parts.append(f"**{argument(arguments.kwarg, None)}")
    return call(name, parts, annotation(node.returns) if node.name != "__init__" else "", width)


def source(node: ast.expr) -> str:
    """Return an expression as ruff formats it: texts in double quotes, no blanks around the sign of a power."""
    text = re.sub(r"(\d) \*\* (\d)", r"\1**\2", ast.unparse(node))
    return text if '"' in text else text.replace("'", '"')


def annotation(node: ast.expr | None) -> str:
    """Return an annotation as it is written, without the quotes of one that is not known yet."""
    return re.sub(r"'([\w.\[\] |]+)'", r"\1", ast.unparse(node)) if node is not None else ""


def argument(arg: ast.arg, default: ast.expr | None) -> str:
    """Return an argument with its annotation and its default."""
    return parameter(arg.arg, annotation(arg.annotation), default)


def parameter(name: str, kind: str, default: ast.expr | None) -> str:
    """Return a name with its annotation and its default; one that is not public is not shown."""
    shown = "" if default is None else source(default)
    shown = "…" if re.search(r"\b_[a-zA-Z]", shown) else shown
    return f"{name}: {kind}{f' = {shown}' if shown else ''}" if kind else f"{name}{f'={shown}' if shown else ''}"


def call(name: str, parts: list[str], returned: str, width: int = WIDTH) -> str:
    """Lay out a signature: an argument on a line of its own each, where it is longer than a line."""
    end = f" -> {returned}" if returned else ""
    line = f"{name}({', '.join(parts)}){end}"
    return line if len(line) <= width else "\n".join([f"{name}(", *[f"    {part}," for part in parts], f"){end}"])


def fields(found: Found) -> Iterator[tuple[str, str, ast.expr | None, bool]]:
    """Return the fields that a class is made with: name, annotation, default, and whether it is given by name only."""
    own: dict[str, tuple[str, ast.expr | None, bool]] = {}
    for each in reversed([found, *bases(found)]):
        for node in each.body:
            name = assigned(node)
            if (
                not isinstance(node, ast.AnnAssign)
                or name is None
                or annotation(node.annotation).startswith("ClassVar")
            ):
                continue
            default, named = node.value, False
            if isinstance(default, ast.Call) and ast.unparse(default.func) == "attrs.field":
                options = {each.arg: each.value for each in default.keywords}
                if "init" in options or name.startswith("_"):
                    continue
                default, named = options.get("default"), "kw_only" in options
            if not name.startswith("_"):
                own[name] = (annotation(node.annotation), default, named)
    for name, rest in sorted(own.items(), key=lambda field: field[1][2]):
        yield name, *rest


def constructor(name: str, found: Found) -> str:
    """Return how a value of a class is made."""
    for each in [found, *bases(found)]:
        init = definitions(each.body, each.path).get("__init__")
        if init is not None and isinstance(init.node, ast.FunctionDef):
            return signature(name, init.node, is_bound=True)
    listed = list(fields(found))
    parts = [parameter(field, kind, default) for field, kind, default, _ in listed]
    first_named = next((at for at, (_, _, _, named) in enumerate(listed) if named), None)
    if first_named is not None:
        parts.insert(first_named, "*")
    return call(name, parts, "") if parts else name


def decorators(node: Function) -> set[str]:
    """Return how a function is decorated."""
    return {ast.unparse(each) for each in node.decorator_list}


def members(found: Found) -> Iterator[str]:
    """Return a line for each public method, property and derived field of a class, with what it says of itself."""
    seen: set[str] = set()
    for each in [found, *bases(found)]:
        for name, own in definitions(each.body, each.path).items():
            if name.startswith("_") or name in seen:
                continue
            seen.add(name)
            node = own.node
            if isinstance(node, ast.FunctionDef):
                summary = parse(docstring(node)).summary
                if decorators(node) & {"property", "cached_property", "functools.cached_property"}:
                    shown = f"{name}: {annotation(node.returns)}"
                else:
                    shown = signature(name, node, is_bound="staticmethod" not in decorators(node), width=sys.maxsize)
                    shown = shown if "classmethod" not in decorators(node) else f"{found.node.name}.{shown}"  # type: ignore[attr-defined] # a class
                yield f"- `{shown}`: {prose(summary)}"
            elif isinstance(node, ast.AnnAssign) and node.value is not None and "init=False" in ast.unparse(node.value):
                yield f"- `{name}: {annotation(node.annotation)}`" + (f": {prose(own.text)}" if own.text else "")


def tabled(found: Found) -> dict[str, str]:
    """Return what the tables of its file say of the members of an enum: the first text beside each."""
    told: dict[str, str] = {}
    for node in TREES[found.path].body:
        table = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        for key, value in zip(table.keys, table.values, strict=True) if isinstance(table, ast.Dict) else ():
            texts = [each.value for each in ast.walk(value) if isinstance(each, ast.Constant)]
            owner, _, member = ast.unparse(key).partition(".") if key is not None else ("", "", "")
            if owner == found.node.name and texts and isinstance(texts[0], str):  # type: ignore[attr-defined] # a class
                told.setdefault(member, texts[0])
    return told


def choices(found: Found) -> Iterator[str]:
    """Return a line for each member of an enum; what it means stands below it, in its class, or in a table of the file."""
    spans = re.split(r"((?:``[A-Z][A-Z_0-9]*``(?:, | and )?)+): ", " ".join(docstring(found.node).split()))
    listed = {
        name: text.strip()
        for names, text in zip(spans[1::2], spans[2::2], strict=True)
        for name in re.findall(r"\w+", names)
    }
    defined = definitions(found.body, found.path).items()
    values = {name: own for name, own in defined if isinstance(own.node, ast.Assign) and not name.startswith("_")}
    tables = tabled(found)
    meanings = {name: own.text or listed.get(name, tables.get(name, "")) for name, own in values.items()}
    shown = {name: source(own.node.value) for name, own in values.items()}  # type: ignore[attr-defined] # an assignment
    says_it = not any(meanings.values()) and any(value.strip('"') != name.lower() for name, value in shown.items())
    for name, meaning in meanings.items():
        yield (
            f"- `{name} = {shown[name]}`"
            if says_it
            else f"- `{name}`{bool(meaning) * ': '}{prose(meaning[:1].upper() + meaning[1:])}"
        )


# Pages.


def entry(name: str, found: Found, at_root: set[str]) -> str:
    """Return what a page says of a name."""
    blocks = [f"### {name}", "Also in `billingcore`." if name in at_root else ""]
    if isinstance(found.node, ast.ClassDef):
        head, text = "" if is_choice(found) else constructor(name, found), docstring(found.node)
    elif isinstance(found.node, ast.FunctionDef):
        head, text = signature(name, found.node, is_bound=False), docstring(found.node)
    else:
        head, text = constant(name, found), found.text
    if head:
        blocks.append(f"```python\n{head}\n```")
    said = parse(text)
    blocks.append(prose(said.summary))
    if isinstance(found.node, ast.ClassDef):
        above = [ast.unparse(base) for base in found.node.bases]
        if known := [f"`{base}`" for base in above if base.endswith("Error")]:
            blocks.append(f"Caught as {' or '.join(known)} too.")
        if is_choice(found):
            blocks.append("\n".join(choices(found)))
    order = ("Args", "Returns", "Yields", "Raises")
    for title, lines in sorted(said.sections.items(), key=lambda item: (*order, item[0]).index(item[0])):
        if len(lines) == 1 and not lines[0][0]:
            blocks.append(f"{title}: {prose(lines[0][1])}")
        else:
            blocks.append("\n".join([f"{title}:\n", *[f"- `{name}`: {prose(text)}" for name, text in lines]]))
    if isinstance(found.node, ast.ClassDef) and (own := list(members(found))):
        blocks.append("\n".join(["It has:\n", *own]))
    return "\n\n".join(block for block in blocks if block)


def constant(name: str, found: Found) -> str:
    """Return a constant or a union of types with its value, unless that is long or made of what is not public."""
    kind = annotation(found.node.annotation) if isinstance(found.node, ast.AnnAssign) else ""
    kind = kind.removeprefix("Final[").removesuffix("]") if kind.startswith("Final[") else kind.removeprefix("Final")
    value = source(found.node.value)  # type: ignore[attr-defined] # an assignment
    head = f"{name}: {kind}" if kind else name
    short = len(value) <= WIDTH - len(head) - 3 and not re.search(r"\b_[a-zA-Z]", value)
    return f"{head} = {value}" if short else head


def page(subject: str, at_root: set[str]) -> str:
    """Return the page of a subject."""
    said = parse(ast.get_docstring(TREES[file_of(subject)]))
    guide = GUIDES[subject]
    blocks = [
        f"{HEADER}\n# billingcore.{subject}",
        prose(said.summary),
        f"The guide is [{title_of(guide)}](../{guide}.md).",
    ]
    grouped: dict[str, list[str]] = {"Types": [], "Choices": [], "Functions": [], "Constants": []}
    for home, names in names_of(subject).items():
        found = {name: find(file_of(home), name) for name in names}
        for name, own in sorted(found.items(), key=lambda item: item[1].node.lineno if item[1] else 0):
            if own is None:
                raise SystemExit(f"billingcore.{subject}.{name} is not found in its source")
            grouped[own.kind].append(entry(name, own, at_root))
    for title, entries in grouped.items():
        if entries:
            blocks += [f"## {title}", *entries]
    return "\n\n".join(blocks) + "\n"


def title_of(guide: str) -> str:
    """Return the title of a guide."""
    return (ROOT / "docs" / f"{guide}.md").read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")


def pages() -> dict[Path, str]:
    """Return the text of every page by its path."""
    root = {name for names in names_of("").values() for name in names}
    found = {OUT / f"{subject}.md": page(subject, root) for subject in subjects()}
    rows = [
        f"| [{subject}]({subject}.md) | {prose(parse(ast.get_docstring(TREES[file_of(subject)])).summary)} "
        f"| [{title_of(GUIDES[subject])}](../{GUIDES[subject]}.md) | {sum(map(len, names_of(subject).values()))} |"
        for subject in subjects()
    ]
    found[OUT / "README.md"] = (
        "\n".join(
            [
                f"{HEADER}\n# Reference\n",
                "Every public name, with its signature and what its docstring says; examples stand in the docstrings.",
                f"{len(root)} of the names are in `billingcore` too: those that are needed every day.\n",
                "| subject | what it answers | the guide | names |",
                "|---|---|---|---|",
                *rows,
            ]
        )
        + "\n"
    )
    return found


def main() -> None:
    """Write the pages, or say which are stale; a page without a subject is stale too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    texts = pages()
    stale = [path for path, text in texts.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    stale += [path for path in sorted(OUT.glob("*.md")) if path not in texts]
    OUT.mkdir(exist_ok=True)
    for path in stale:
        print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check and path in texts:
            path.write_text(texts[path], encoding="utf-8")
        elif not check:
            path.unlink()
    if check and stale:
        sys.exit(1)


if __name__ == "__main__":
    main()
