"""The model of actions and findings: what it shows and says, and that it writes nothing itself."""

from dataclasses import replace
from datetime import date

import pytest
from action_rows import action, finding
from checklist_boards import DAY, board, item
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from readiness.domain.actions import action_lines, finding_lines
from readiness.domain.vocabulary import ActionField, ActionSource, ActionStatus, FindingStatus, ImpactLevel
from ui.models.action_table import ActionTable
from ui.models.register_columns import (
    ACTION_COLUMNS,
    FINDING_COLUMNS,
    SCRUTINY_COLUMNS,
    chip_word,
    full_place,
    rating_of,
    spoken,
    where,
)

BOARD = board([item(1), item(1, "i1-B")], "A", "B")
ROWS = action_lines(
    [
        action("x1", item_id="i1-A-1", due=date(2021, 4, 16), title="Read plans twice"),
        action("x2", area_id="i1-B", status=ActionStatus.DONE, impact_level=ImpactLevel.CLEAR),
        action("x3", inspection_id="", due=None, owner="", source=ActionSource.SCRUTINY,
               origin="Scrutiny commission, 12 Mar 2021, minute 45"),
    ],
    BOARD,
)  # fmt: skip
POINTS = finding_lines([finding("f1", area_id="i1-A"), finding("f2", status=FindingStatus.CLOSED)], ROWS, BOARD)


def model_of(columns, lines):
    model = ActionTable(columns)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_lines(lines, BOARD.day, BOARD.calendar)
    return model


@pytest.fixture
def table(qtbot):
    return model_of(ACTION_COLUMNS, ROWS)


def cells(model, row, role=Qt.ItemDataRole.DisplayRole):
    return [model.index(row, column).data(role) for column in range(model.columnCount())]


def test_that_a_line_says_where_it_belongs_how_it_stands_and_by_when(table):
    assert cells(table, 0) == [
        "RV-A01 Read plans twice", "Overdue", "In hand", "Head of SEND", "None yet", "Self-assessment", "16 Apr 2021",
    ]  # fmt: skip
    assert cells(table, 2)[0] == "All Action x3"
    assert cells(table, 2)[-1] == "–"


def test_that_scrutiny_shows_the_meeting_in_its_parts(qtbot):
    model = model_of(SCRUTINY_COLUMNS, ROWS[2:])
    keys = [column.key for column in SCRUTINY_COLUMNS]
    shown = dict(zip(keys, cells(model, 0), strict=True))
    assert (shown["meeting"], shown["held"], shown["minute"]) == ("Scrutiny commission", "12 Mar 2021", "45")


def test_that_findings_say_what_answers_them(qtbot):
    answered = finding_lines([finding("f1")], action_lines([action("x1", finding_id="f1")], BOARD), BOARD)
    model = model_of(FINDING_COLUMNS, (*answered, *POINTS[1:]))
    keys = [column.key for column in FINDING_COLUMNS]
    assert dict(zip(keys, cells(model, 0), strict=True))["actions"] == "1 action, 1 due soon"
    tips = dict(zip(keys, cells(model, 1, Qt.ItemDataRole.ToolTipRole), strict=True))
    assert tips["actions"] == "No action answers it yet"
    assert tips["standing"] == "Complete: closed, but nothing is written that proves it"


def test_that_a_chip_explains_itself(table):
    assert cells(table, 0, Qt.ItemDataRole.ToolTipRole)[1] == "Overdue: 6 working days late, in hand"
    assert (chip_word(ROWS[0]), rating_of(ROWS[0]).label) == ("Overdue", "Off track")


def test_that_a_screen_reader_hears_the_whole_line(table):
    said = cells(table, 0, Qt.ItemDataRole.AccessibleTextRole)
    assert said[0] == "RV-A01, Read plans twice, Overdue, In hand, Head of SEND, due 16 Apr 2021, impact none yet"
    assert said[3].startswith("Owner Head of SEND, RV-A01")
    assert spoken(POINTS[0]).endswith("Local area inspection 2018, no actions")


def test_that_a_changed_line_is_painted_again_without_losing_the_others(table):
    reset, changed = QSignalSpy(table.modelReset), QSignalSpy(table.dataChanged)
    other = action_lines([replace(ROWS[0].action, status=ActionStatus.DONE)], BOARD)
    table.show_lines((*other, *ROWS[1:]), BOARD.day, BOARD.calendar)
    assert (reset.count(), changed.count()) == (0, 1)
    table.show_lines(ROWS[1:], BOARD.day, BOARD.calendar)
    assert (reset.count(), table.rowCount(), table.place_of("x3"), table.place_of("x1")) == (1, 2, 1, None)


def test_that_no_line_comes_or_goes_while_somebody_types(table):
    table.hold(True)
    table.show_lines(ROWS[:1], BOARD.day, BOARD.calendar)
    assert table.rowCount() == 3
    table.hold(False)
    assert table.rowCount() == 1


def test_that_an_edit_is_asked_for_and_not_made(table):
    asked = QSignalSpy(table.edit_requested)
    assert table.setData(table.index(0, 2), ActionStatus.DONE)
    assert asked.at(0) == [("x1",), ActionField.STATUS, ActionStatus.DONE]
    assert not table.setData(table.index(0, 1), "Done")  # the delivery is worked out
    assert table.rows[0].action.status is ActionStatus.IN_HAND
    assert not table.index(0, 1).flags() & Qt.ItemFlag.ItemIsEditable
    assert table.index(0, 0).data(Qt.ItemDataRole.EditRole) == "Read plans twice"


def test_that_places_have_a_short_and_a_full_name():
    assert [where(line) for line in ROWS] == ["RV-A01", "B", "All"]
    assert [full_place(line) for line in ROWS] == ["RV-A01 Item 1 of A", "Area B  Area of B", "All inspections"]
    assert full_place(POINTS[1]) == "Inspection 1"
    assert BOARD.day == DAY


def test_that_many_changed_lines_are_one_signal(qtbot):
    rows = [action(f"x{number}", item_id="i1-A-1") for number in range(1_800)]
    model = model_of(ACTION_COLUMNS, action_lines(rows, BOARD))
    reset, changed = QSignalSpy(model.modelReset), QSignalSpy(model.dataChanged)
    done = [replace(row, status=ActionStatus.DONE) for row in rows]
    model.show_lines(action_lines(done, BOARD), BOARD.day, BOARD.calendar)
    assert (reset.count(), changed.count()) == (0, 1)
