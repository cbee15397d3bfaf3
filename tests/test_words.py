"""Words on documents: what prints is taken, what would break a line or turn it is not."""

import pytest

from billingcore._checks import check_words
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.parties import Buyer
from billingcore.places import Address


@pytest.mark.parametrize(
    "words",
    [
        "Rescue",
        "Société\u00a0Générale",  # a space that does not break
        "1\u202f000 sièges",
        "می\u200cخواهم",  # a joiner of Persian
        "क्\u200dष",
        "株式会社",
    ],
)
def test_what_prints_is_taken(words):
    assert check_words("name", words) == words
    assert Buyer(words, Address("FR")).name == words


@pytest.mark.parametrize(
    "words",
    ["", " ", "\u00a0", "\u200c", "\u200c \u00a0", "a\nb", "a\tb", "a\0", "a\u202eb", "a\u200fb", "\ud800", "x" * 201],
)
def test_what_would_break_a_line_is_refused(words):
    with pytest.raises(InvalidValueError, match="give 1 to 200 printable characters"):
        check_words("name", words)


@pytest.mark.parametrize("junk", [None, 1, b"name", ["name"]])
def test_what_is_not_a_text_is_refused(junk):
    with pytest.raises(InvalidTypeError):
        check_words("name", junk)
