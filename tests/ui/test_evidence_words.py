"""Evidence in words: shapes with their words, sizes, what the grid says of proof."""

from dataclasses import replace
from datetime import date

import pytest
from checklist_boards import item

from readiness.domain.calendar import WorkingDays
from readiness.domain.evidence import AttachmentRow, EvidenceRow, LinkRow, RevisionRow
from readiness.domain.proof import NO_PROOF, Proof, ProofLink
from readiness.domain.vocabulary import Audience, Currency, EvidenceSource, Kind, Rating, Strength
from ui.models.evidence_words import (
    RATING_OF,
    Judge,
    ending,
    file_words,
    icon_of,
    line_words,
    proof_count,
    proof_mark,
    proof_tip,
    size_words,
    spoken,
)

DAY = date(2021, 4, 26)
JUDGE = Judge.on(DAY, WorkingDays())


def piece(*files: AttachmentRow) -> EvidenceRow:
    return EvidenceRow(
        "e", "Audit", "", EvidenceSource.AUDIT, Strength.OUTCOME, Audience.PARTNERS, None, None, None, None, None,
        (RevisionRow("r", 1, "", None, "", files),) if files else (), (LinkRow("l", "i", "e", None, None),),
    )  # fmt: skip


FILE = AttachmentRow("f", "Audit March.XLSX", "ab", 1_440_000, "")
PAGE = AttachmentRow("p", "Page", "", 0, "https://www.gov.uk/")


@pytest.mark.parametrize(
    ("until", "currency", "said"),
    [
        (None, Currency.CURRENT, "current"),
        (date(2021, 9, 4), Currency.CURRENT, "current until 4 Sep 2021"),
        (date(2021, 5, 14), Currency.DUE_TO_LAPSE, "lapses 14 May 2021"),
        (DAY, Currency.DUE_TO_LAPSE, "lapses 26 Apr 2021"),
        (date(2021, 4, 25), Currency.OUT_OF_DATE, "lapsed 25 Apr 2021"),
    ],
)
def test_that_a_last_good_day_is_judged_in_a_word_and_a_shape(until, currency, said):
    assert JUDGE.currency(until) is currency
    assert JUDGE.said(until) == said
    assert line_words(piece(), until, JUDGE) == f"Audit · {said}"
    assert len(set(RATING_OF.values())) == 3
    assert RATING_OF[Currency.OUT_OF_DATE] is Rating.OFF_TRACK


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "1 byte"), (999, "999 bytes"), (30_000, "30 KB"), (999_400, "999 KB"), (999_600, "1.0 MB"),
     (1_440_000, "1.4 MB"), (23_000_000, "23 MB"), (4_000_000_000, "4.0 GB")],
)  # fmt: skip
def test_that_sizes_are_short(size, said):
    assert size_words(size) == said


def test_that_files_are_said_by_kind_and_number():
    assert file_words(piece(FILE)) == "xlsx, 1.4 MB"
    assert file_words(piece(PAGE)) == "link"
    assert file_words(piece(replace(PAGE, sha256="cd", size=30_000))) == "link, 30 KB copy"
    assert file_words(piece(FILE, FILE)) == "2 files, 2.9 MB"
    assert file_words(piece(FILE, PAGE)) == "2 files and links, 1.4 MB"
    assert file_words(piece()) == "–"
    assert [icon_of(piece(*files)) for files in ((FILE,), (PAGE,), ())] == ["spreadsheet", "link", "evidence"]
    assert [ending(name) for name in ("a.XLSX", "a", ".a", "a.b c", "a.toolong")] == ["xlsx", "", "", "", ""]


def test_that_a_screen_reader_hears_all_of_a_piece():
    assert spoken(piece(FILE), date(2021, 5, 14), JUDGE) == (
        "Audit, Audit, strength 3 of 4, shows outcome, Due to lapse, lapses 14 May 2021, used for 1 item, for "
        "partners, xlsx, 1.4 MB"
    )
    assert spoken(piece(), None, JUDGE).endswith("no file or link yet")


def test_that_the_grid_counts_pieces_and_warns_when_they_lapse():
    links = [
        ProofLink("a", EvidenceSource.DATA, Strength.SAYS, date(2021, 4, 1)),
        ProofLink("b", EvidenceSource.AUDIT, Strength.SAYS, date(2021, 5, 14)),
        ProofLink("c", EvidenceSource.VOICE, Strength.SAYS, None),
    ]
    rows = [replace(item(1), proof=Proof(tuple(links[:count]))) for count in range(4)]
    assert [proof_count(row) for row in rows] == ["–", "1", "2", "3"]
    assert [proof_mark(row, JUDGE) for row in rows] == [None, Currency.OUT_OF_DATE, Currency.DUE_TO_LAPSE, None]
    assert proof_tip(rows[0], JUDGE).startswith("No evidence yet. E attaches a file")
    assert proof_tip(rows[1], JUDGE) == (
        "1 piece of evidence: 1 out of date\nNone of it counts today\nThe last of it lapsed 1 Apr 2021"
    )
    assert proof_tip(rows[3], JUDGE) == (
        "3 pieces of evidence: 1 current, 1 due to lapse, 1 out of date\nSources: Audit, Voice"
    )
    meeting = replace(rows[0], kind=Kind.INTERVIEW, proof=NO_PROOF)
    assert proof_tip(meeting, JUDGE) == "No evidence; this kind of item needs none"
