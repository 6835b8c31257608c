"""What people say of evidence: tidied, or refused in one sentence."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.describing import (
    DAYS,
    LONGEST_NAME,
    WORDS,
    check_link_day,
    checked_attachment,
    checked_evidence,
    checked_field,
    parse_evidence_field,
    title_from,
)
from readiness.domain.editing import LINE_LIMIT, TEXT_LIMIT, shown, shown_code
from readiness.domain.errors import BadValue
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.steps import stored
from readiness.domain.vocabulary import Audience, EvidenceField, EvidenceSource, Strength

HASH = "ab" * 32
CASES = [(field, word) for field, words in WORDS.items() for word in words]
days = st.none() | st.dates(date(2020, 1, 1), date(2022, 12, 31))


def test_that_every_field_of_a_draft_is_one_that_people_edit():
    assert {str(field.value) for field in EvidenceField} == {field.name for field in fields(EvidenceDraft)}


@pytest.mark.parametrize(("field", "word"), CASES)
def test_that_words_are_known_by_label_and_code_and_shown_by_label(field, word):
    for text in (word.label, word.label.upper(), str(word.value)):
        assert parse_evidence_field(field, text) is word
    assert shown_code(str(field.value), stored(word), "evidence") == word.label == shown(word)


@pytest.mark.parametrize("field", WORDS)
@pytest.mark.parametrize("text", ["", "strong", "5"])
def test_that_other_words_are_refused_with_those_there_are(field, text):
    with pytest.raises(BadValue) as refused:
        parse_evidence_field(field, text)
    assert all(word.label in str(refused.value) for word in WORDS[field])


def test_that_days_are_read_and_cleared():
    for field in DAYS:
        assert parse_evidence_field(field, "13 Sep 2021") == date(2021, 9, 13)
        assert parse_evidence_field(field, " ") is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (EvidenceField.TITLE, " \n ", "needs a title"),
        (EvidenceField.TITLE, "x" * (LINE_LIMIT + 1), "301 characters"),
        (EvidenceField.TITLE, None, "is text"),
        (EvidenceField.SHOWS, "x" * (TEXT_LIMIT + 1), "200,001 characters"),
        (EvidenceField.SOURCE, "data", "Choose one of: Data"),
        (EvidenceField.STRENGTH, Audience.PUBLIC, "Choose one of: Says it"),
        (EvidenceField.AUDIENCE, None, "Choose one of: Internal"),
        (EvidenceField.DATED, "2021-09-13", "13 Sep 2021"),
        (EvidenceField.VALID_UNTIL, date(9999, 1, 1), "beyond the calendar"),
    ],
)
def test_that_what_a_field_cannot_hold_is_refused(field, value, said):
    with pytest.raises(BadValue, match=said):
        checked_field(field, value)


def test_that_a_draft_is_tidied():
    draft = EvidenceDraft("  Audit\n March  2021 ", " Two\nlines ", EvidenceSource.AUDIT, Strength.OUTCOME)
    assert checked_evidence(draft) == EvidenceDraft(
        "Audit March 2021", "Two\nlines", EvidenceSource.AUDIT, Strength.OUTCOME
    )


@given(days, days, days, days)
def test_that_days_out_of_order_and_no_others_are_refused(dated, until, covers_from, covers_to):
    draft = EvidenceDraft("Audit", dated=dated, valid_until=until, covers_from=covers_from, covers_to=covers_to)
    wrong = bool(covers_from and covers_to and covers_to < covers_from) or bool(dated and until and until < dated)
    if wrong:
        with pytest.raises(BadValue, match="Change one of the two days") as refused:
            checked_evidence(draft)
        assert str(refused.value).count(".") == 2
    else:
        assert checked_evidence(draft) == draft


def test_that_a_link_cannot_end_before_its_evidence_began():
    check_link_day(None, date(2021, 3, 1))
    check_link_day(date(2021, 3, 1), None)
    check_link_day(date(2021, 3, 1), date(2021, 3, 1))
    with pytest.raises(BadValue, match="dated 1 Mar 2021 cannot be valid until 28 Feb 2021"):
        check_link_day(date(2021, 2, 28), date(2021, 3, 1))
    with pytest.raises(BadValue, match="calendar"):
        check_link_day(date(1066, 1, 1), None)


def test_that_files_and_links_get_a_name():
    assert checked_attachment(AttachmentDraft("Audit.xlsx", HASH, 5)) == AttachmentDraft("Audit.xlsx", HASH, 5)
    assert checked_attachment(AttachmentDraft("", HASH, 5)).name == HASH[:12]
    link = checked_attachment(AttachmentDraft(" ", url=" https://www.gov.uk/send "))
    assert link == AttachmentDraft("send", url="https://www.gov.uk/send")
    both = AttachmentDraft("send", HASH, 5, "https://www.gov.uk/send")
    assert checked_attachment(both) == both
    assert checked_attachment(AttachmentDraft("a\nb\u202e", HASH, 5)).name == "a?b\u202e"


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (AttachmentDraft("Audit.xlsx"), "link is empty"),
        (AttachmentDraft("Audit.xlsx", "ab", 5), "copy of “Audit.xlsx” was not taken"),
        (AttachmentDraft("Audit.xlsx", HASH.upper(), 5), "was not taken"),
        (AttachmentDraft("Audit.xlsx", HASH, 0), "was not taken"),
        (AttachmentDraft("Audit.xlsx", HASH, -1), "was not taken"),
        (AttachmentDraft("n" * 300, HASH, 5), "name of 300 characters"),
        (AttachmentDraft("Page", url="somewhere"), "is not a link"),
    ],
)
def test_that_what_is_neither_file_nor_link_is_refused(draft, said):
    with pytest.raises(BadValue, match=said) as refused:
        checked_attachment(draft)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Audit_of_plans__March.xlsx", "Audit of plans March"),
        ("Minutes 12.3.21 board", "Minutes 12.3.21 board"),
        (".htaccess", ".htaccess"),
        ("archive.tar.gz", "archive.tar"),
        ("___.pdf", "___.pdf"),
        ("n" * 400 + ".pdf", "n" * LINE_LIMIT),
    ],
)
def test_that_a_files_name_suggests_a_title(name, title):
    assert title_from(name) == title
    assert checked_field(EvidenceField.TITLE, title_from(name))


def test_that_the_longest_name_is_what_systems_take():
    assert checked_attachment(AttachmentDraft("n" * LONGEST_NAME, HASH, 5)).name == "n" * LONGEST_NAME
