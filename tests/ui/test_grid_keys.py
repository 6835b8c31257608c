"""The keys of the checklist's grid: what is selected is what has the ring, and letters write as in a spreadsheet."""

import pytest
from checklist_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from readiness.domain.vocabulary import ItemStatus
from ui.models.item_columns import NUMBERS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no window manager

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(qtbot, tmp_path)
    yield made
    made.close()


def editor_of(desk):
    return desk.page.grid.indexWidget(desk.page.grid.currentIndex())


def test_that_ctrl_and_end_select_the_last_row_which_the_next_key_sets(desk):
    desk.select("RV-A01")
    desk.press(Key.Key_End, CTRL)
    assert desk.selected() == ["RV-B03"]
    with desk.written():
        desk.press(Key.Key_2)
    assert desk.item("RV-B03").status is ItemStatus.GATHERING
    assert desk.item("RV-A01").status is ItemStatus.NOT_STARTED


@pytest.mark.parametrize(("key", "row"), [(Key.Key_Up, "RV-A01"), (Key.Key_Down, "RV-A03")])
def test_that_ctrl_and_an_arrow_select_what_they_move_to(desk, key, row):
    desk.select("RV-A02")
    desk.press(key, CTRL)
    assert desk.selected() == [row]


def test_that_moving_along_a_row_keeps_the_selected_rows(desk):
    desk.select("RV-A01", column="status")
    desk.press(Key.Key_Down, SHIFT)
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Right)
    assert desk.page.grid.currentIndex().column() == NUMBERS["owner"]
    assert desk.selected() == ["RV-A01", "RV-A02"]
    desk.press(Key.Key_Left)
    desk.press(Key.Key_Home)
    assert desk.selected() == ["RV-A01", "RV-A02"]
    desk.press(Key.Key_Down)
    assert desk.selected() == ["RV-A03"]


@pytest.mark.parametrize(("column", "text"), [("item", "Item 1 of A"), ("owner", "Head of SEND")])
def test_that_a_text_opens_with_the_cursor_at_its_end(desk, column, text):
    desk.select("RV-A01", column=column)
    desk.press(Key.Key_F2)
    line = editor_of(desk) if column == "item" else editor_of(desk).lineEdit()
    QTest.keyClicks(line, "!")
    assert line.text() == f"{text}!"


@pytest.mark.parametrize("column", ["item", "owner"])
def test_that_a_letter_writes_over_a_text_and_escape_puts_it_back(desk, column):
    desk.select("RV-A01", column=column)
    desk.press(Key.Key_R)
    assert editor_of(desk).text() == "r"
    desk.press(Key.Key_Escape, widget=editor_of(desk))
    assert not desk.page.grid.is_editing
    assert (desk.item("RV-A01").title, desk.item("RV-A01").owner) == ("Item 1 of A", "Head of SEND")


def test_that_a_letter_does_nothing_where_words_are_chosen(desk):
    desk.select("RV-A01", column="status")
    desk.press(Key.Key_R)
    assert not desk.page.grid.is_editing
