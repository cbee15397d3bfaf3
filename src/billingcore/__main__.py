"""Print a complete worked story of billing: ``python -m billingcore [--json]``."""

import sys

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


def answer(options: list[str]) -> tuple[str, int]:
    """Return what the command prints for some options, and its exit code: 2 for an option that it does not know."""
    if options in (["-h"], ["--help"]):
        return USAGE, 0
    if options and options != ["--json"]:
        return f"{USAGE}\nerror: cannot use {' '.join(options)}\n", _BAD_USAGE
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
    stream.buffer.write(text.encode())  # UTF-8 whatever the terminal says: the output never depends on the environment
    stream.flush()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
