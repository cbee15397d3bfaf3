"""The command: every figure of the story, as text and as records, the same bytes in every environment."""

import json
import os
import re
import runpy
import subprocess
import sys
from datetime import date

import attrs
import pytest

from billingcore import __main__ as command
from billingcore import _story
from billingcore.errors import InvalidValueError
from billingcore.records import from_record, to_record
from billingcore.tax import Charged, Exempt, NoteCode
from samples import AMERICAN

TEXT, TEXT_CODE = command.answer([])
JSON, JSON_CODE = command.answer(["--json"])
RECORD = json.loads(JSON)
PARTS = re.split(r"\n\n(?=\d+\. )", TEXT)[1:]


def run(*options, switches=(), **environment):
    """The command in a process of its own, as a user runs it."""
    known = ("PATH", "PYTHONPATH", "SYSTEMROOT", "HOME")
    bare = {name: os.environ[name] for name in known if name in os.environ}
    line = [sys.executable, *switches, "-m", "billingcore", *options]
    return subprocess.run(line, capture_output=True, check=False, env={**bare, **environment}, timeout=60)


TOLD = {chapter.title: _story.tell(chapter) for chapter in _story.CHAPTERS}


# Every figure that is promised


def squeezed(text):
    return " ".join(text.split())


CHAPTERS = {
    "A consumer in France": (
        "2025-01-31 to 2025-02-28: 30.00 EUR",
        "renews on 2025-02-28, 2025-03-31, 2025-04-30, 2025-05-31",
        "30.00 EUR × 13/28 days = 13.92857… → 13.93 half up",
        "unused from 2026-02-15: -13.93 EUR",
        "subtotal 46.07 EUR",
        "TVA 20 % in FR: 46.07 × 20 % = 9.214 → 9.21 half up",
        "total 46.07 + 9.21 tax = 55.28 EUR",
        "payable 55.28 EUR",
        "next bill on 2026-03-15",
        "Directive 2006/112/EC Art. 58",
        "15 days after 2026-02-15, the last one included: 2026-03-02 is the last day",
        "France: ar-ie@goto.com, +33 0 800 918 519 (France)",
    ),
    "A company in Germany with a verified VAT ID": (
        "reverse charge",
        "subtotal 40.00 EUR",
        "total 40.00 + 0.00 tax = 40.00 EUR",
        "the invoice must say: Steuerschuldnerschaft des Leistungsempfängers (Reverse charge)",
        "Art. 44 and 196",
        "Germany: ar-ie@goto.com, + 49 800 181 1942 (Germany)",
    ),
    "A company in Ireland with a verified VAT ID": (
        "23 % in IE: 40.00 × 23 % = 9.20",
        "payable 49.20 EUR",
        "Ireland: ar-ie@goto.com, +1 866 956 4634 (Rest of the world)",
    ),
    "A consumer in Estonia, billed before and after a rate change": (
        "1200.00 × 22 % = 264.00",
        "× 184/365 days = 604.93150… → 604.93 half up",
        "-604.93 × 22 % = -133.0846 → -133.08 half up",
        "2400.00 × 24 % = 576.00",
        "total 1795.07 + 442.92 tax = 2237.99 EUR",
        "net tax 442.92 EUR; the difference taxed at the new rate alone would be 430.82 EUR, 12.10 EUR short",
    ),
    "A consumer in the United Kingdom, seller in the United Kingdom, 3 January 2011": (
        "VAT 17.5 % in GB: 25.00 × 17.5 % = 4.375 → 4.38 half up",
        "payable 29.38 GBP",
        "15 days after 2011-01-03, the last one included: 2011-01-18 is the last day",
        "United Kingdom: ar-uk@goto.com, +44 800 031 4765 (United Kingdom)",
    ),
    "The same consumer and seller, 4 January 2011": ("VAT 20 % in GB: 25.00 × 20 % = 5.00", "payable 30.00 GBP"),
    "A consumer in the United Kingdom, seller in Ireland, 3 January 2011": (
        "21 % in IE: 30.00 × 21 % = 6.30",
        "payable 36.30 EUR",
        "until 2014-12-31",
    ),
}


@pytest.mark.parametrize("title", CHAPTERS)
def test_the_text_shows_every_figure(title):
    chapter = next(squeezed(part) for part in PARTS if squeezed(part).split(". ", 1)[1].startswith(f"{title} ="))
    for figure in CHAPTERS[title]:
        assert squeezed(figure) in chapter


def test_the_irish_seller_does_not_mind_the_british_change():
    last = squeezed(PARTS[-1])
    assert "2011-01-04 to Oliver" in last
    assert "21 % in IE: 30.00 × 21 % = 6.30" in last


def test_every_chapter_tells_the_whole_course():
    assert len(PARTS) == len(_story.CHAPTERS) == len(RECORD["chapters"]) >= 8
    for part, chapter in zip(PARTS, _story.CHAPTERS, strict=True):
        headings = ["First invoice", "Subscription", "Tax", "Dispute", "Accounts receivable"]
        headings += ["Renewal invoice"] if chapter.renewal_on else []
        headings += [f"Upgrade on {chapter.upgrade_on}"] if chapter.upgrade_on else []
        lines = part.split("\n")
        assert all(heading in lines for heading in headings)
    assert sum("Renewal invoice" in part and "Upgrade on" in part for part in PARTS) >= 3


def test_the_records_show_every_figure():
    by_title = {chapter["title"]: chapter for chapter in RECORD["chapters"]}
    french = by_title["A consumer in France"]["upgrade"]
    assert french["due_now"]["amount"] == "55.28"
    assert french["documents"][0]["subtotal"]["amount"] == "46.07"
    assert french["documents"][0]["lines"][1]["credit"]["amount"] == "13.93"
    estonian = by_title["A consumer in Estonia, billed before and after a rate change"]["upgrade"]["documents"][0]
    assert sorted(group["tax"]["amount"] for group in estonian["taxes"]) == ["-133.08", "576.00"]
    assert (estonian["tax"]["amount"], estonian["lines"][1]["credit"]["amount"]) == ("442.92", "604.93")
    german = by_title["A company in Germany with a verified VAT ID"]
    assert german["upgrade"]["documents"][0]["tax"]["amount"] == "0.00"
    assert any("Steuerschuldnerschaft des Leistungsempfängers" in line for line in german["tax"])
    assert any("430.82" in line for line in by_title[next(iter(k for k in by_title if "Estonia" in k))]["tax"])
    rates = [
        component["rate"]
        for chapter in RECORD["chapters"]
        for group in chapter["first"]["documents"][0]["taxes"]
        for component in group["ruling"].get("components", [])
    ]
    assert {"7/40", "1/5", "21/100"} <= set(rates)  # 17.5 %, 20 %, 21 %


def typed(part):
    """Every record in the output, the inner ones among them."""
    if isinstance(part, dict):
        if "type" in part:
            yield part
        for each in part.values():
            yield from typed(each)
    elif isinstance(part, list):
        for each in part:
            yield from typed(each)


def test_each_typed_object_loads_again_and_is_the_same():
    loaded = 0
    for record in typed(RECORD):
        if record["type"] in ("History", "Sourced"):  # parts of tables, which load as a whole
            continue
        value = from_record(record)
        assert to_record(value) == record
        loaded += 1
    assert loaded > 500


def test_the_records_are_the_values_that_the_text_shows():
    for chapter, record in zip(_story.CHAPTERS, RECORD["chapters"], strict=True):
        told = _story.tell(chapter)
        assert from_record(record["account"]) == chapter.account
        assert from_record(record["dispute_window"]) == told.window
        assert from_record(record["ar_contact"]) == told.contact
        for name in ("first", "renewal", "upgrade"):
            quote = getattr(told, name)
            assert (from_record(record[name]) if name in record else None) == quote
        assert record["explanation"] == told.last.explain().split("\n")
        assert all(line.strip() in TEXT for line in record["tax"])
    assert from_record(RECORD["profile"]) == _story.GOTO_RESCUE


def floats(part):
    if isinstance(part, dict):
        return any(floats(each) for each in part.values())
    if isinstance(part, list):
        return any(floats(each) for each in part)
    return isinstance(part, float)


def test_there_is_no_float_in_the_json():
    assert not floats(RECORD)


# The command


def test_the_command_prints_the_story():
    done = run()
    assert (done.returncode, done.stderr) == (TEXT_CODE, b"") == (0, b"")
    assert done.stdout.decode() == TEXT
    done = run("--json")
    assert (done.returncode, done.stderr) == (JSON_CODE, b"") == (0, b"")
    assert done.stdout.decode() == JSON


ENVIRONMENTS = [
    {"TZ": "Pacific/Kiritimati"},
    {"TZ": "America/New_York", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    {"COLUMNS": "20", "LINES": "5", "TERM": "dumb"},
    {"NO_COLOR": "1", "FORCE_COLOR": "1"},
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "4294967295"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "utf-16"},
    {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"},
]


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda each: ",".join(f"{k}={v}" for k, v in each.items()))
@pytest.mark.parametrize(("options", "expected"), [((), TEXT), (("--json",), JSON)], ids=["text", "json"])
def test_the_bytes_do_not_depend_on_the_environment(environment, options, expected):
    done = run(*options, **environment)
    assert done.stderr == b""
    assert done.stdout == expected.encode()


@pytest.mark.parametrize(
    "switches", [("-O",), ("-OO",), ("-W", "error"), ("-X", "dev"), ("-B", "-s"), ("-u",)], ids=" ".join
)
def test_the_bytes_do_not_depend_on_the_interpreters_switches(switches):
    done = run(switches=switches)
    assert done.stderr == b""
    assert done.stdout == TEXT.encode()


@pytest.mark.parametrize("options", [("--help",), ("-h",), ("--json", "--help"), ("--help", "--json")], ids=" ".join)
def test_help_is_printed(options):
    assert command.answer([*options]) == (command.USAGE, 0)
    done = run(*options)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, command.USAGE, b"")


@pytest.mark.parametrize(
    "options", [("--yaml",), ("story",), ("--json", "x"), ("--help", "x"), ("",), ("--JSON",), ("-j",)], ids=repr
)
def test_an_unknown_option_exits_with_2(options):
    text, code = command.answer([*options])
    assert code == 2
    assert text.startswith(command.USAGE)
    unknown = options[-1]
    assert text.endswith(f"error: unknown option {unknown!r}\n")
    done = run(*options)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == text


@pytest.mark.parametrize("option", ["\udcff", "\x1b[31m", "x" * 10_000, "a\nb"], ids=ascii)
def test_an_option_cannot_reach_the_terminal_as_it_is(option):
    done = run(option.encode("utf-8", "surrogateescape"))
    assert done.returncode == 2
    assert done.stderr.isascii()
    assert b"\x1b" not in done.stderr
    assert len(done.stderr) < len(command.USAGE) + 150


def test_a_reader_that_stops_early_is_no_error():
    """`python -m billingcore --json | head -1` must not end in a traceback."""
    line = [sys.executable, "-m", "billingcore", "--json"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_main_writes_bytes_to_the_stream_that_fits(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "argv", ["billingcore", "--nonsense"])
    assert command.main() == 2
    written = capfdbinary.readouterr()
    assert (written.out, written.err) == (b"", command.answer(["--nonsense"])[0].encode())
    monkeypatch.setattr(sys, "argv", ["billingcore"])
    monkeypatch.delitem(sys.modules, "billingcore.__main__")  # it runs as if it was never imported
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("billingcore", run_name="__main__")
    assert ended.value.code == 0
    assert capfdbinary.readouterr().out == TEXT.encode()


def test_main_bears_a_closed_pipe(monkeypatch):
    closed = []

    class Stream:
        buffer = property(lambda self: self)

        def write(self, _):
            raise BrokenPipeError

        def close(self):
            closed.append(self)
            raise BrokenPipeError

    monkeypatch.setattr(sys, "argv", ["billingcore"])
    monkeypatch.setattr(sys, "stdout", Stream())
    assert command.main() == 0
    assert closed == [sys.stdout]


def test_a_story_of_what_cannot_be_billed_is_refused():
    unbillable = attrs.evolve(_story.CHAPTERS[0], account=AMERICAN, start_on=date(1990, 1, 31))
    refused = attrs.evolve(unbillable, renewal_on=None, upgrade_to=None, upgrade_on=None)
    with pytest.raises(InvalidValueError, match=r"chapter .*no document: tax is undetermined"):
        _story.tell(refused)


@pytest.mark.parametrize(
    ("title", "taxes", "due"),
    [
        # 1000.00 × 80 % = 800.00: 6.25 % is 50.00, 1 % twice is 8.00 and 8.00.
        ("A business in Texas", ["50.00", "8.00", "8.00"], "1066.00"),
        ("A school in Texas with a certificate of Texas", [], "1000.00"),
        ("The same school with a certificate of Oklahoma", ["50.00", "8.00", "8.00"], "1066.00"),
        # 100.00 at 5 % is 5.00, at 9.975 % 9.975, which becomes 9.98.
        ("A consumer in Quebec", ["5.00", "9.98"], "114.98"),
    ],
)
def test_the_figures_of_north_america(title, taxes, due):
    document = TOLD[title].first.document
    (group,) = document.taxes
    assert [tax.amount for _, tax in group.component_taxes()] == taxes
    assert document.payable.amount == due


def test_a_certificate_exempts_in_its_state_alone():
    exempt, charged = (
        TOLD[title].first.documents[0].lines[0].ruling
        for title in ("A school in Texas with a certificate of Texas", "The same school with a certificate of Oklahoma")
    )
    assert (type(exempt), type(charged)) == (Exempt, Charged)
    assert NoteCode.CERTIFICATE_OTHER_STATE in [note.code for note in charged.notes]
    text = _story.story_text()
    assert "certificate OK-7 is of US-OK: it does not count in US-TX" in text
    assert "exempt in US-TX: certificate TX-7" in text


def test_the_chapters_are_a_constant_that_is_built_when_it_is_read():
    assert _story.CHAPTERS is _story.CHAPTERS
    assert len(_story.CHAPTERS) == 12
    with pytest.raises(AttributeError, match="OTHERS"):
        _ = _story.OTHERS
