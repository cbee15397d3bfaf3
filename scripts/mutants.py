"""The small changes that ``mutate.py`` makes: which there are in a file, and where.

A comparison changes at its boundary and as a whole; ``and`` becomes ``or``; a sum becomes a difference; a number is one
more and one less; a condition is negated; a check, an error or another statement that is called for its effect is dropped.
Words, annotations and what only a type checker reads stay.
"""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

# What stands for an operator, and what is written in its place. An order changes at its boundary and as a whole.
SWAPS: dict[type[ast.AST], tuple[str, tuple[str, ...]]] = {
    ast.Lt: (r"<", ("<=", ">=")),
    ast.LtE: (r"<=", ("<", ">")),
    ast.Gt: (r">", (">=", "<=")),
    ast.GtE: (r">=", (">", "<")),
    ast.Eq: (r"==", ("!=",)),
    ast.NotEq: (r"!=", ("==",)),
    ast.Is: (r"is", ("is not",)),
    ast.IsNot: (r"is\s+not", ("is",)),
    ast.In: (r"in", ("not in",)),
    ast.NotIn: (r"not\s+in", ("in",)),
    ast.And: (r"and", ("or",)),
    ast.Or: (r"or", ("and",)),
    ast.Add: (r"\+", ("-",)),
    ast.Sub: (r"-", ("+",)),
    ast.Mult: (r"\*", ("+",)),
    ast.Div: (r"/", ("*",)),
    ast.FloorDiv: (r"//", ("*",)),
    ast.Mod: (r"%", ("//",)),
    ast.Pow: (r"\*\*", ("*",)),
}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, order=True)
class Mutant:
    """One change: the bytes from `start` to `end` of a file become `text`."""

    file: str
    start: int
    end: int
    text: str
    line: int
    source: str  # the changed lines, before and after, without their indentation
    becomes: str
    lines: frozenset[int]  # where to look for tests
    hidden: bool  # runs on import, or below a cache

    def __str__(self) -> str:
        """Name the mutant as reports do."""
        return f"{self.file}:{self.line}: {self.source} -> {self.becomes}"


class Finder(ast.NodeVisitor):
    """Finds the mutants of one file."""

    def __init__(self, file: str, source: bytes) -> None:
        self.file, self.source = file, source
        self.starts = [0, *(found.end() for found in re.finditer(rb"\n", source))]
        self.found: dict[tuple[int, int, str], Mutant] = {}
        self.lines: range = range(0)
        self.depth = 0
        self.cached = False
        self.predicate = False  # whether the function at hand returns a bool

    def place(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.place(node.lineno, node.col_offset), self.place(node.end_lineno, node.end_col_offset)

    def change(self, start: int, end: int, text: str) -> None:
        """Keep a change, if what it gives is a program, and another one."""
        changed = self.source[:start] + text.encode() + self.source[end:]
        try:
            compile(changed, self.file, "exec", ast.PyCF_ONLY_AST)
        except SyntaxError:
            return
        first = self.source.rfind(b"\n", 0, start) + 1
        last = len(self.source[:end] + self.source[end:].partition(b"\n")[0])
        line, last_line = (self.source.count(b"\n", 0, place) + 1 for place in (start, end))
        before, after = (
            " ".join((self.source[first:start] + middle + self.source[end:last]).decode().split())
            for middle in (self.source[start:end], text.encode())
        )
        lines = frozenset({*self.lines, *range(line, last_line + 1)})
        hidden = self.cached or not self.depth
        self.found[start, end, text] = Mutant(self.file, start, end, text, line, before, after, lines, hidden)

    def swap(self, operator: ast.AST, left: ast.expr, right: ast.expr) -> None:
        """Change the operator between two operands: they may stand in parentheses, with comments between."""
        if type(operator) in SWAPS:
            pattern, others = SWAPS[type(operator)]
            between = re.compile(rb"#[^\n]*|(" + pattern.encode() + rb")")
            for token in between.finditer(self.source, self.span(left)[1], self.span(right)[0]):
                if token[1]:
                    for other in others:
                        self.change(*token.span(1), other)
                    return

    def negate(self, test: ast.expr) -> None:
        """Negate a condition that has no operator to change."""
        if not isinstance(test, ast.Compare | ast.BoolOp | ast.Constant) and not is_not(test):
            start, end = self.span(test)
            self.change(start, end, f"(not ({self.source[start:end].decode()}))")

    def visit(self, node: ast.AST) -> None:
        """Remember which lines a statement has before its body."""
        before = self.lines
        if isinstance(node, ast.stmt):
            end = node.end_lineno or node.lineno
            if body := getattr(node, "body", None):
                end = max(body[0].lineno - 1, node.lineno)
            elif isinstance(node, ast.Match):
                end = node.lineno
            self.lines = range(node.lineno, end + 1)
        super().visit(node)
        self.lines = before

    def all_of(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if any(ast.unparse(decorator) == "overload" for decorator in node.decorator_list):
            return
        self.all_of([*node.decorator_list, *node.args.defaults, *node.args.kw_defaults])
        before = self.depth, self.cached, self.predicate
        self.depth += 1
        self.cached |= any("cache" in ast.unparse(decorator) for decorator in node.decorator_list)
        self.predicate = node.returns is not None and ast.unparse(node.returns) == "bool"
        self.all_of(node.body)
        self.depth, self.cached, self.predicate = before

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave the words alone; CPython 3.11 does not say where the parts of such a string stand."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.all_of([node.value])

    def visit_Assign(self, node: ast.Assign) -> None:
        if ast.unparse(node.targets[0]) != "__all__":
            self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if ast.unparse(node.test) == "TYPE_CHECKING":
            self.all_of(node.orelse)
        else:
            self.visit_IfExp(node)

    def visit_IfExp(self, node: ast.If | ast.IfExp | ast.While) -> None:
        self.negate(node.test)
        self.generic_visit(node)

    visit_While = visit_IfExp  # noqa: N815 - as above

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.negate(test)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        operands = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, operands, node.comparators, strict=False):
            self.swap(operator, left, right)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.swap(node.op, left, right)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if not (is_text(node.left) or is_text(node.right)):
            self.swap(node.op, node.left, node.right)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if not is_text(node.value):
            self.swap(node.op, node.target, node.value)
        self.all_of([node.value])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.USub):
            start, end = self.span(node)
            token = re.compile(rb"not\b\s*|-").match(self.source, start)
            assert token is not None
            self.change(start, end, self.source[token.end() : end].decode())
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if type(node.value) is bool:
            self.change(*self.span(node), str(not node.value))
        elif type(node.value) is int:
            self.change(*self.span(node), str(node.value + 1))
            self.change(*self.span(node), str(node.value - 1))

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in CALLS:
            self.change(*self.span(node.func), CALLS[node.func.id])
        self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        self.change(*self.span(node), "break")

    def visit_Break(self, node: ast.Break) -> None:
        self.change(*self.span(node), "continue")

    def visit_Return(self, node: ast.Return) -> None:
        if self.predicate and node.value is not None:
            self.negate(node.value)
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self.change(*self.span(node), "pass")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant) or ast.unparse(node.value).startswith("assert_never("):
            return
        self.change(*self.span(node), "pass")
        self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> None:
        """Leave annotations alone."""


def is_not(node: ast.expr) -> bool:
    """Whether an expression is a negation."""
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def is_text(node: ast.expr) -> bool:
    """Whether an expression is plainly a text."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and type(node.value) is str)


def mutants_of(file: str, source: bytes) -> list[Mutant]:
    """Find the mutants of one file, in the order in which they stand there."""
    finder = Finder(file, source)
    finder.visit(ast.parse(source))
    return sorted(finder.found.values(), key=lambda mutant: (mutant.start, mutant.end, mutant.text))
