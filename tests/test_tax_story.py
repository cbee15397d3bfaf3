"""The chapters of the story that are about North America."""

import pytest

from billingcore import _story
from billingcore.tax import Charged, Exempt, NoteCode

TOLD = {chapter.title: _story.tell(chapter) for chapter in _story.CHAPTERS}


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
    assert document.due.amount == due


def test_a_certificate_exempts_in_its_state_alone():
    exempt, charged = (
        TOLD[title].first.document.lines[0].ruling
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
