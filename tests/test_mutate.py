"""The runner of mutants: which changes it makes, which of them it leaves alone, and what it reports."""

import importlib
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"
pytestmark = pytest.mark.skipif(not SCRIPTS.is_dir(), reason="the scripts are not part of an installation")


@pytest.fixture
def scripts(monkeypatch):
    """Import the scripts by name, as they import each other."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module


@pytest.fixture
def changes(scripts):
    """List what the lines of a source become."""

    def find(source):
        return sorted(mutant.becomes for mutant in scripts("mutants").mutants_of("room.py", source.encode()))

    return find


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("a = b < c", ["a = b <= c", "a = b >= c"]),
        ("a = b <= c", ["a = b < c", "a = b > c"]),
        ("a = b > c", ["a = b <= c", "a = b >= c"]),
        ("a = b >= c", ["a = b < c", "a = b > c"]),
        ("a = b == c", ["a = b != c"]),
        ("a = b != c", ["a = b == c"]),
        ("a = b is c", ["a = b is not c"]),
        ("a = b is not c", ["a = b is c"]),
        ("a = b in c", ["a = b not in c"]),
        ("a = b not in c", ["a = b in c"]),
        ("a = b and c and d", ["a = b and c or d", "a = b or c and d"]),
        ("a = b or c", ["a = b and c"]),
        ("a = not b", ["a = b"]),
        ("a = not(b)", ["a = (b)"]),
        ("a = -b", ["a = b"]),
        ("a = b + c", ["a = b - c"]),
        ("a = b - c", ["a = b + c"]),
        ("a = b * c", ["a = b + c"]),
        ("a = b / c", ["a = b * c"]),
        ("a = b // c", ["a = b * c"]),
        ("a = b % c", ["a = b // c"]),
        ("a = b**c", ["a = b*c"]),
        ("a += b", ["a -= b"]),
        ("a = (b) < (c)", ["a = (b) <= (c)", "a = (b) >= (c)"]),
        ("a = 'é' < c", ["a = 'é' <= c", "a = 'é' >= c"]),  # columns count bytes
        ("a = 1", ["a = 0", "a = 2"]),
        ("a = 0", ["a = -1", "a = 1"]),
        ("a = True", ["a = False"]),
        ("a = False", ["a = True"]),
        ("a = min(b)", ["a = max(b)"]),
        ("a = any(b)", ["a = all(b)"]),
        ("a = b if c else d", ["a = b if (not (c)) else d"]),
        ("a = [b for b in c if d]", ["a = [b for b in c if (not (d))]"]),
        ("check(a)", ["pass"]),
        ("raise a", ["pass"]),
        ("while a: break", ["while (not (a)): break", "while a: continue"]),
        ("for a in b: continue", ["for a in b: break"]),
    ],
)
def test_what_a_line_becomes(changes, line, becomes):
    assert changes(line) == becomes


def test_an_operator_is_found_behind_a_comment(changes):
    source = "a = (\n    b  # and so on\n    and c\n)"
    assert changes(source) == ["or c"]


def test_a_function_that_answers_yes_or_no_answers_the_contrary(changes):
    assert changes("def f(a) -> bool:\n    return a.b()") == ["return (not (a.b()))"]
    assert changes("def f(a) -> str:\n    return a.b()") == []


def test_a_statement_of_several_lines_is_dropped_as_a_whole(changes):
    assert changes("if a:\n    raise E(\n        b,\n    )") == ["if (not (a)):", "pass"]


@pytest.mark.parametrize(
    "source",
    [
        '"""Words."""',
        "f'{a + 1}'",
        "a = 'b' + c",
        "a: Literal[1]",
        "def f(a: Literal[1] = b) -> Literal[2]: ...",
        "if TYPE_CHECKING:\n    a = 1",
        "__all__ = [1]",
        "assert_never(a)",
        "@overload\ndef f(a=1): return 2",
    ],
)
def test_what_has_no_mutants(changes, source):
    assert changes(f"a = {source}" if source.startswith("f'") else source) == []


@pytest.mark.parametrize(
    ("source", "hidden"),
    [
        ("def f():\n    return 1", False),
        ("@cache\ndef f():\n    return 1", True),
        ("@cache\ndef f():\n    def g():\n        return 1", True),
        ("class A:\n    a = 1", True),
        ("def f(a=1): ...", True),
    ],
)
def test_what_runs_on_import_or_is_cached_is_marked(scripts, source, hidden):
    mutants = scripts("mutants").mutants_of("room.py", source.encode())
    assert [mutant.hidden for mutant in mutants] == [hidden] * 2


def test_a_condition_looks_for_its_tests_at_its_own_lines(scripts):
    source = "def f(a, b):\n    if (\n        a\n        < b\n    ):\n        return a\n"
    assert {mutant.lines for mutant in scripts("mutants").mutants_of("room.py", source.encode())} == {
        frozenset({2, 3, 4, 5})
    }


ROOM = '''
"""A room."""

import functools


def larger(a, b):
    return a if a > b else b


@functools.cache
def limit():
    return 3


def within(a):
    return a <= limit()
'''

TESTS = """
from hypothesis import settings

from tiny import room

settings.register_profile("ci")
settings.register_profile("mutants")


def test_larger():
    assert room.larger(2, 1) == 2


def test_within():
    assert room.within(3)
    assert not room.within(5)
"""

SAME = """
[[equivalent]]
file = "src/tiny/room.py"
line = "return a if a > b else b"
becomes = "return a if a >= b else b"
reason = "equal numbers are one number"

[[equivalent]]
file = "src/tiny/room.py"
line = "return a if a > c else b"
becomes = "return a if a >= c else b"
reason = "this line was there once"
"""


@pytest.fixture
def tree(tmp_path):
    """A library of one room, its tests, and one mutant that is known to change nothing."""
    for name, text in {
        "pyproject.toml": '[tool.coverage.run]\nsource = ["tiny"]\n',
        "src/tiny/__init__.py": "",
        "src/tiny/room.py": ROOM,
        "tests/conftest.py": "\n".join(line for line in TESTS.splitlines() if "settings" in line),
        "tests/test_room.py": "\n".join(line for line in TESTS.splitlines() if "settings" not in line),
        "scripts/mutants_equivalent.toml": SAME,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_the_report_names_what_no_test_notices(scripts, tree, capsys):
    room = tree / "src/tiny/room.py"
    before = room.read_bytes(), room.stat().st_mtime_ns // 10**9
    options = ["--root", str(tree), "--sample", "2", "--seed", "9", "--jobs", "1", "--at-least", "51"]
    assert scripts("mutate").main(["room", *options]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "no longer there, take it off the list: src/tiny/room.py: return a if a > c else b -> return a if a >= c else b",
        "room: 5 mutants, and 1 that change nothing",
        "a sample of 2, seed 9",
        "survived: src/tiny/room.py:13: return 3 -> return 4",  # a cache hides it from the test of its line
        "2 mutants, 1 killed (0 hung), 1 survived: 50.0 % killed",
    ]
    assert (room.read_bytes(), room.stat().st_mtime_ns // 10**9) == before


def test_a_sample_is_drawn_by_its_seed_and_stands_in_order(scripts, tree, capsys):
    def listed(*options):
        assert scripts("mutate").main(["room", "--root", str(tree), "--list", *options]) == 0
        return capsys.readouterr().out.splitlines()[2:]

    whole = listed()
    assert whole == [
        "src/tiny/room.py:8: return a if a > b else b -> return a if a <= b else b",
        "src/tiny/room.py:13: return 3 -> return 2",
        "src/tiny/room.py:13: return 3 -> return 4",
        "src/tiny/room.py:17: return a <= limit() -> return a < limit()",
        "src/tiny/room.py:17: return a <= limit() -> return a > limit()",
    ]
    first = listed("--sample", "3", "--seed", "1")[1:]
    assert first == listed("--sample", "3", "--seed", "1")[1:] == sorted(first, key=whole.index)
    assert len(first) == 3
    assert any(listed("--sample", "3", "--seed", str(seed))[1:] != first for seed in range(2, 9))


def test_a_mutant_that_changes_nothing_needs_a_reason(scripts, tree):
    listed = tree / "scripts/mutants_equivalent.toml"
    listed.write_text(SAME.replace("equal numbers are one number", ""), "utf-8")
    with pytest.raises(SystemExit, match="without a reason"):
        scripts("mutate").main(["room", "--root", str(tree), "--list"])


def test_a_room_is_its_module_its_package_and_the_private_package_of_its_name(scripts, tmp_path):
    names = [
        "__init__.py",
        "tax.py",
        "_tax/us.py",
        "_tax/eu/vat.py",
        "taxes.py",
        "places/__init__.py",
        "places/_tax.py",
    ]
    for name in names:
        path = tmp_path / "src/tiny" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    def found(room):
        return [
            path.relative_to(tmp_path / "src/tiny").as_posix() for path in scripts("mutate").files_of(tmp_path, room)
        ]

    assert found("tax") == ["_tax/eu/vat.py", "_tax/us.py", "tax.py"]
    assert found("_tax") == ["_tax/eu/vat.py", "_tax/us.py"]
    assert found("_tax/us") == ["_tax/us.py"]
    assert found("places") == ["places/__init__.py", "places/_tax.py"]


def test_a_room_that_is_not_there(scripts, tree):
    with pytest.raises(SystemExit, match="there is no package or module hall in src"):
        scripts("mutate").main(["hall", "--root", str(tree), "--list"])


def test_a_test_that_hangs_is_ended(scripts, tree, monkeypatch):
    mutate = scripts("mutate")
    monkeypatch.setattr(mutate, "GRACE", 1.0)
    (tree / "tests/test_room.py").write_text("def test_it():\n    while True: pass\n", "utf-8")

    class Quick:
        def time(self, test):
            return 0

    assert mutate.Runner(Quick(), []).tests_pass(tree, ["tests/test_room.py"]) is None
