"""The first example of each page, pasted into a console line by line as a reader does, gives what the page shows."""

import code
import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"^```python\n(>>> .*?)^```", re.DOTALL | re.MULTILINE)
PAGES = [
    page
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    if FENCE.search(page.read_text("utf-8"))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_first_example_of_a_page_can_be_pasted(page):
    console, printed, shown = code.InteractiveConsole({"__name__": "__console__"}), io.StringIO(), []
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        for line in FENCE.search(page.read_text("utf-8"))[1].splitlines():
            prompt, pasted = line[:3], line[4:]
            assert prompt != ">>>" or not console.buffer, (
                f"close the statement before this line with a bare '...': {line}"
            )
            if prompt == ">>>" or (prompt == "..." and console.buffer):
                console.push(pasted)
            else:
                shown.append(line)
    answers = [line for line in shown if line and not line.startswith(("Traceback", "...", "billingcore.errors."))]
    assert printed.getvalue().split("\n") == [*answers, ""]
