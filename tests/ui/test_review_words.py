"""Words of review: what is offered for a claim, and what was signed beside what stands there now."""

from datetime import UTC, datetime

import pytest

from readiness.domain.evidence import ReviewRow
from readiness.domain.review import Became, Claim, ReviewVerb, SignedChange
from readiness.domain.vocabulary import ItemStatus, ReviewKind
from ui.models.changed_html import changed_html, changed_text, said_of, title_of
from ui.models.review_words import WORDS, fitting, review_line
from ui.models.step_html import DiffColours

SUBMIT, CHECK, SIGN, RETURN, WITHDRAW = ReviewVerb
COLOURS = DiffColours("#a00", "#fdd", "#0a0", "#dfd", "#666")
AT = datetime(2021, 3, 12, 12, tzinfo=UTC)


def claim(status: ItemStatus, **more) -> Claim:
    return Claim("A01", status, **more)


@pytest.mark.parametrize(
    ("found", "verbs"),
    [
        (claim(ItemStatus.NOT_APPLICABLE), ()),
        (claim(ItemStatus.GATHERING), (SUBMIT, CHECK)),
        (claim(ItemStatus.DRAFTED, last=ReviewKind.SUBMITTED), (CHECK, RETURN)),
        (claim(ItemStatus.DRAFTED, last=ReviewKind.RETURNED), (SUBMIT, CHECK)),
        (claim(ItemStatus.CHECKED), (SIGN, RETURN)),
        (claim(ItemStatus.SIGNED_OFF, signed=True), (RETURN, WITHDRAW)),
        (claim(ItemStatus.SIGNED_OFF, signed=True, lapsed=True), (SIGN, RETURN, WITHDRAW)),
        (claim(ItemStatus.SIGNED_OFF), (SIGN, RETURN, WITHDRAW)),
    ],
)
def test_that_what_is_next_is_offered(found, verbs):
    assert fitting(found) == verbs


def test_that_every_verb_has_its_words_and_keys_of_its_own():
    assert WORDS.keys() == set(ReviewVerb)
    assert len({words.key for words in WORDS.values()}) == len({words.letter for words in WORDS.values()}) == 5


def test_that_a_review_is_told_in_a_line_with_its_note_below():
    row = ReviewRow("1", "i", ReviewKind.RETURNED, "Director of Education", "", AT, "Not yet", None)
    assert review_line(row) == "12 Mar 2021 · Director of Education · Returned\nNot yet"


POSITION = SignedChange("Position", Became.CHANGED, "Known to every team", "Known to every school", at=AT, by="Head")
REVISED = SignedChange("Evidence", Became.REVISED, "revision 1", "revision 2: April.xlsx", "e1", "Audit <March>")


def test_that_each_side_shows_its_own_words_and_marks_what_differs():
    html = changed_html([POSITION], COLOURS, "#ccc")
    before, after = html.split('<tr valign="top">')[1].split("</td>")[:2]
    assert "team" in before
    assert "team" not in after
    assert "school" in after
    assert "line-through" in before
    assert "underline" in after


def test_that_evidence_is_told_by_its_title_and_nothing_in_it_is_markup():
    html = changed_html([REVISED], COLOURS, "#ccc")
    assert "Evidence: Audit &lt;March&gt;" in html
    assert "<March>" not in html
    added = SignedChange("Evidence", Became.ADDED, "", "revision 1", "e2", "Minutes")
    assert "not used for this item" in changed_html([added], COLOURS, "#ccc")


def test_that_an_empty_text_is_said_to_be_empty():
    gone = SignedChange("Gap", Became.CHANGED, "Something", "")
    assert ">empty<" in changed_html([gone], COLOURS, "#ccc")


def test_that_changes_are_said_in_plain_words_too():
    assert title_of(REVISED) == "Evidence: Audit <March>"
    assert said_of(POSITION) == "changed on 12 Mar 2021 by Head"
    assert changed_text([POSITION]) == (
        "Position, changed on 12 Mar 2021 by Head: “Known to every team” was signed, now “Known to every school”"
    )
