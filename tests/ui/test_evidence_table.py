"""The library as a Qt model: what a test of models says of it, what cells and tooltips say, what stays on a refresh."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from readiness.domain.calendar import WorkingDays
from readiness.domain.evidence import AttachmentRow, EvidenceRow, LinkRow, RevisionRow
from readiness.domain.evidence_filters import Around, line_of
from readiness.domain.vocabulary import Audience, EvidenceSource, Strength
from ui.models.evidence_columns import EVIDENCE_COLUMNS
from ui.models.evidence_table import EvidenceTable
from ui.models.evidence_words import Judge

DAY = date(2021, 4, 26)
JUDGE = Judge.on(DAY, WorkingDays())
AROUND = Around({"a": "one", "b": "two"}, DAY, JUDGE.lapsing, held=set())
NUMBERS = {column.key: number for number, column in enumerate(EVIDENCE_COLUMNS)}
FILE = AttachmentRow("f", "Audit.xlsx", "ab" * 32, 30_000, "")


def piece(id_="e", **other) -> EvidenceRow:
    row = EvidenceRow(
        id_, f"Audit {id_}", "Plans are good", EvidenceSource.AUDIT, Strength.OUTCOME, Audience.PARTNERS, None, None,
        None, None, None, (RevisionRow("r", 1, "", datetime(2021, 4, 1, tzinfo=UTC), "", (FILE,)),),
        (LinkRow("1", "a", id_, None, date(2021, 5, 14)), LinkRow("2", "b", id_, None, None)),
    )  # fmt: skip
    return replace(row, **other)


@pytest.fixture
def table(qapp):
    made = EvidenceTable()
    made.names = {"a": "RV-A01 Plans", "b": "SC-A01 Help"}
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


def lines(*rows):
    return [line_of(row, AROUND) for row in rows]


def texts(table, number=0, role=Qt.ItemDataRole.DisplayRole):
    return {key: table.index(number, column).data(role) for key, column in NUMBERS.items()}


def test_that_cells_say_what_a_piece_is(table):
    table.show_lines(lines(piece()), JUDGE)
    assert texts(table) == {
        "title": "Audit e", "source": "Audit", "strength": "3 of 4", "currency": "Due to lapse",
        "until": "14 May 2021", "used": "2 items", "audience": "Partners", "file": "xlsx, 30 KB", "version": "1",
    }  # fmt: skip
    table.show_lines(lines(piece(links=(), revisions=())), JUDGE)
    assert {key: texts(table)[key] for key in ("until", "used", "file", "version")} == dict.fromkeys(
        ("until", "used", "file", "version"), "–"
    )


def test_that_tooltips_say_what_cells_cannot(table):
    table.show_lines(lines(piece(), piece("x", links=(), revisions=())), JUDGE)
    tips = texts(table, role=Qt.ItemDataRole.ToolTipRole)
    assert tips["title"] == "Audit e\nPlans are good"
    assert tips["strength"] == "3  Shows outcome"
    assert tips["currency"] == "Lapses 14 May 2021\nRV-A01 Plans: lapses 14 May 2021\nSC-A01 Help: current"
    assert tips["used"] == "RV-A01 Plans\nSC-A01 Help"
    assert tips["file"] == "Audit.xlsx – not on this laptop"
    bare = texts(table, 1, Qt.ItemDataRole.ToolTipRole)
    assert (bare["used"], bare["file"]) == ("Not used for any item", "1 piece of evidence without a file or link")
    many = tuple(LinkRow(str(number), "a", "e", None, None) for number in range(20))
    table.show_lines(lines(piece(links=many)), JUDGE)
    assert texts(table, role=Qt.ItemDataRole.ToolTipRole)["used"].endswith("and 8 more")


def test_that_a_screen_reader_hears_all_of_a_line(table):
    table.show_lines(lines(piece()), JUDGE)
    said = texts(table, role=Qt.ItemDataRole.AccessibleTextRole)
    assert said["title"].startswith("Audit e, Audit, strength 3 of 4")
    assert said["title"].endswith("xlsx, 30 KB, 1 missing")
    assert said["until"].startswith("Valid until 14 May 2021, Audit e")


def test_that_headings_say_what_they_mean(table):
    heads = [table.headerData(number, Qt.Orientation.Horizontal) for number in range(table.columnCount())]
    assert heads[:4] == ["Evidence", "Source", "Strength", "Currency"]
    assert "lapses first" in table.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)


def test_that_the_same_pieces_are_painted_again_and_others_reset(table, qtbot):
    table.show_lines(lines(piece("a"), piece("b")), JUDGE)
    changed, resets = [], []
    table.dataChanged.connect(lambda first, last, _roles: changed.append((first.row(), last.row())))
    table.modelReset.connect(lambda: resets.append(True))
    table.show_lines(lines(piece("a"), piece("b", title="Other")), JUDGE)
    assert (changed, resets) == ([(1, 1)], [])
    table.show_lines(lines(piece("b", title="Other")), JUDGE)
    assert (changed, resets) == ([(1, 1)], [True])
    assert (table.place_of("b"), table.place_of("a"), table.row_at(5)) == (0, None, None)
    assert not table.flags(table.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
