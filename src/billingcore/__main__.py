"""Print a complete worked story of billing: ``python -m billingcore [--json]``."""

import sys
from contextlib import suppress

USAGE = """\
usage: python -m billingcore [--json]

Print a worked story for the profile of LogMeIn Rescue: first invoice, renewals, an
upgrade in mid-period, credit, tax, dispute deadline and accounts-receivable contact,
for several customers. Everything comes from constants.

options:
  --json      print the same as JSON; each object with a type loads with from_record
  -h, --help  show this help and exit
"""
_BAD_USAGE = 2
_SHOWN = 80


def answer(options: list[str]) -> tuple[str, int]:
    """Return what the command prints for some options, and its exit code: 2 for an option that it does not know."""
    for option in options:
        if option not in ("--json", "-h", "--help"):
            # Quoted and cut: no byte that the shell let through reaches the terminal as it is.
            return f"{USAGE}\nerror: unknown option {ascii(option)[:_SHOWN]}\n", _BAD_USAGE
    if any(option != "--json" for option in options):
        return USAGE, 0
    # The help costs nothing: what bills is loaded when it is asked for.
    from billingcore import _story  # noqa: PLC0415

    if not options:
        return _story.story_text(), 0
    import json  # noqa: PLC0415

    return json.dumps(_story.story_record(), ensure_ascii=False, indent=2) + "\n", 0


def main() -> int:
    """Run the command."""
    text, code = answer(sys.argv[1:])
    stream = sys.stderr if code else sys.stdout
    try:
        stream.buffer.write(text.encode())  # UTF-8 whatever the terminal says: the output depends on no environment
        stream.flush()
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        with suppress(BrokenPipeError):
            stream.close()  # else the interpreter writes the rest again when it ends
    return code


if __name__ == "__main__":
    raise SystemExit(main())
