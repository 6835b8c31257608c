"""The foot of the Checklist: refusals look like refusals, and Undo undoes what the notice names or is not there."""

from datetime import date

import pytest
from checklist_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services import items
from ui.models.item_columns import NUMBERS
from ui.models.item_rows import AreaHead, InspectionHead

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(qtbot, tmp_path)
    made.operations.changed.connect(lambda changes: made.page.foot.show_notice(changes.label, undo=True))
    yield made
    made.close()


def position(desk):
    return desk.page.panel.texts.narratives[ItemField.POSITION]


def can_undo(desk) -> bool:
    return not desk.page.foot._undo.isHidden()


def test_that_undo_at_the_foot_goes_as_soon_as_something_else_is_typed(desk):
    desk.select("RV-A01")
    desk.wait(position(desk).isEnabled)
    with desk.written():
        desk.press(Key.Key_2)
    assert can_undo(desk)
    position(desk).setFocus()
    QTest.keyClicks(position(desk), "T")
    assert not can_undo(desk)
    assert desk.page.foot.notice == "Set status of RV-A01 to Gathering"


def test_that_undo_at_the_foot_stays_while_others_are_looked_at(desk):
    desk.select("RV-A01")
    with desk.written():
        desk.press(Key.Key_2)
    desk.select("RV-A02")
    desk.wait(position(desk).isEnabled)
    assert can_undo(desk)


def test_that_undo_at_the_foot_never_undoes_what_was_typed_after(desk):
    desk.select("RV-A01")
    with desk.written():
        desk.press(Key.Key_2)
    desk.select("RV-A01", column="owner")
    desk.do("edit")
    editor = desk.page.grid.indexWidget(desk.page.grid.currentIndex())
    editor.setEditText("Headteacher")
    with desk.written():
        desk.page.foot._undo.click()
    desk.wait(lambda: desk.operations.is_idle)
    assert (desk.item("RV-A01").owner, desk.item("RV-A01").status) == ("Headteacher", ItemStatus.GATHERING)


def test_that_after_undo_the_keyboard_is_in_the_grid(desk):
    desk.select("RV-A01")
    desk.wait(position(desk).isEnabled)
    with desk.written():
        desk.press(Key.Key_2)
    position(desk).setFocus()
    with desk.written():
        desk.qtbot.mouseClick(desk.page.foot._undo, Qt.MouseButton.LeftButton)
    assert desk.page.grid.hasFocus()
    assert desk.item("RV-A01").status is ItemStatus.NOT_STARTED


def test_that_a_refused_paste_looks_like_a_refusal(desk):
    QGuiApplication.clipboard().setText("Bad\n")
    desk.select("RV-A01", column="due")
    desk.press(Key.Key_V, CTRL)
    assert desk.page.foot.notice.endswith("Nothing was pasted.")
    assert desk.page.foot.property("surface") == "refusal"


def test_that_fill_down_of_a_day_from_a_rule_fills_the_rule(desk):
    by_hand = [ItemEdit(ItemField.DUE, date(2021, 5, 3))]
    with desk.written():
        desk.operations.change(items.edit_items, [desk.item("RV-A03").id], by_hand)
    desk.select("RV-A02", "RV-A03", column="due")
    with desk.written():
        desk.press(Key.Key_D, CTRL)
    filled = desk.item("RV-A03")
    assert (filled.due_override, filled.due_rule, filled.due) == (None, "day 3", desk.item("RV-A02").due)
    assert desk.page.foot.notice == "Set due of RV-A03 as in RV-A02"


def test_that_fill_down_of_a_day_set_by_hand_fills_the_day(desk):
    with desk.written():
        by_hand = [ItemEdit(ItemField.DUE, date(2021, 5, 3))]
        desk.operations.change(items.edit_items, [desk.item("RV-A01").id], by_hand)
    desk.select("RV-A01", "RV-A02", column="due")
    with desk.written():
        desk.press(Key.Key_D, CTRL)
    assert (desk.item("RV-A02").due_override, desk.item("RV-A02").due_rule) == (date(2021, 5, 3), "day 3")


@pytest.mark.parametrize("rows", [("RV-A01",), ("RV-A01", "RV-A03")])
def test_that_fill_down_says_when_there_is_nothing_to_fill(desk, rows):
    desk.select(*rows, column="due")
    desk.press(Key.Key_D, CTRL)
    assert desk.page.foot.notice.startswith("Nothing to fill: ")


def test_that_what_is_worked_out_says_that_it_cannot_be_edited(desk):
    desk.select("RV-A01", column="rating")
    desk.press(Key.Key_F2)
    assert desk.page.foot.notice == "Rating is worked out and cannot be set."


def test_that_the_heading_of_an_inspection_offers_no_editing(desk):
    desk.page.set_inspection(None)
    head = next(row for row in desk.page.table.rows if isinstance(row, InspectionHead))
    desk.page.grid.picks.select([head.id], NUMBERS["item"])
    actions = desk.page._actions.by_key
    assert not actions["edit"].isEnabled()
    assert not actions["remove_area"].isEnabled()
    desk.press(Key.Key_F2)  # a warning of Qt would fail this test
    area = next(row for row in desk.page.table.rows if isinstance(row, AreaHead))
    desk.page.grid.picks.select([area.id])
    assert actions["edit"].isEnabled()


def test_that_an_area_is_removed_only_where_one_is_chosen(desk):
    desk.select("RV-B01")
    action = desk.page._actions.by_key["remove_area"]
    assert action.isEnabled()
    desk.page.grid.clearSelection()
    assert not action.isEnabled()
