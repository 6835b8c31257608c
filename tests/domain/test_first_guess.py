"""What a piece of evidence is taken for before anybody said so: modest, and never later than today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.describing import checked_evidence
from readiness.domain.evidence import AttachmentDraft
from readiness.domain.first_guess import date_in, first_guess, guess_of_all, guessed_source
from readiness.domain.vocabulary import Audience, EvidenceSource, Strength

TODAY = date(2021, 4, 26)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("EHC plan audit grades, March.xlsx", EvidenceSource.AUDIT),
        ("Moderation_report.docx", EvidenceSource.AUDIT),
        ("Parent survey 2021.pdf", EvidenceSource.VOICE),
        ("Supervision records overview.docx", EvidenceSource.PRACTITIONER),
        ("CCG pathway.pdf", EvidenceSource.PARTNER),
        ("Short breaks strategy.pdf", EvidenceSource.POLICY),
        ("Timeliness dashboard.pdf", EvidenceSource.DATA),
        ("Minutes.docx", EvidenceSource.POLICY),
        ("Book1.xlsx", EvidenceSource.DATA),
        ("Pasted picture 13 Sep 2021.png", EvidenceSource.DATA),
        ("Auditorium hire.pdf", EvidenceSource.POLICY),
    ],
)
def test_that_a_name_tells_where_proof_comes_from(name, source):
    assert guessed_source(name) is source


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Grades 2021-03-12.xlsx", date(2021, 3, 12)),
        ("20210312_grades.xlsx", date(2021, 3, 12)),
        ("Grades_12_March_2021.xlsx", date(2021, 3, 12)),
        ("Minutes of 3rd Feb 2021.docx", date(2021, 2, 3)),
        ("Minutes 03-02-2021.docx", date(2021, 2, 3)),
        ("Grades, March 2021.xlsx", date(2021, 3, 31)),
        ("Grades Feb 2020.xlsx", date(2020, 2, 29)),
        ("Grades 2021-02.xlsx", date(2021, 2, 28)),
        ("Grades 31 June 2021.xlsx", date(2021, 6, 30)),
        ("Contract 4471-2231.pdf", None),
        ("Report 2021.pdf", None),
        ("Mayor 2021.pdf", None),
        ("Grades.xlsx", None),
    ],
)
def test_that_a_day_is_found_in_a_name(name, day):
    assert date_in(name) == day


def test_that_a_guess_is_modest_and_dated_by_the_name_then_the_file_then_today():
    guess = first_guess(AttachmentDraft("Parent_survey, March 2021.xlsx"), TODAY, date(2021, 4, 1))
    assert (guess.title, guess.source, guess.dated, guess.received) == (
        "Parent survey, March 2021", EvidenceSource.VOICE, date(2021, 3, 31), TODAY,
    )  # fmt: skip
    assert (guess.strength, guess.audience, guess.valid_until) == (Strength.SAYS, Audience.INTERNAL, None)
    assert first_guess(AttachmentDraft("Survey.pdf"), TODAY, date(2021, 4, 1)).dated == date(2021, 4, 1)
    assert first_guess(AttachmentDraft("Survey.pdf"), TODAY).dated == TODAY
    assert first_guess(AttachmentDraft("Survey April 2021.pdf"), TODAY).dated == TODAY


def test_that_several_files_of_one_piece_are_named_by_the_first_and_dated_by_the_latest():
    files = [AttachmentDraft("Audit tool.xlsx"), AttachmentDraft("Grades 2021-03-12.xlsx")]
    guess = guess_of_all(files, TODAY, [date(2021, 1, 5), None])
    assert (guess.title, guess.source, guess.dated) == ("Audit tool", EvidenceSource.AUDIT, date(2021, 3, 12))


@given(st.text(min_size=1, max_size=80).filter(str.strip), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_that_every_guess_can_be_recorded(name, today):
    made = checked_evidence(first_guess(AttachmentDraft(name), today))
    assert made.dated is not None
    assert made.dated <= today
