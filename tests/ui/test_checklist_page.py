"""The Checklist page over a real workspace: keys, menus, panel, filters; what is typed is never lost."""

from datetime import date

import pytest
from checklist_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from shiboken6 import delete

from readiness.domain.evidence import EvidenceDraft
from readiness.domain.filters import ItemFilter
from readiness.domain.views import AreaDraft, ItemDraft, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, Priority
from readiness.services import evidence, inspections, items
from ui.dialogs.area_dialog import AreaDialog
from ui.dialogs.item_dialog import ItemDialog
from ui.dialogs.removed_dialog import RemovedDialog, name_of
from ui.models.item_columns import NUMBERS
from ui.models.item_rows import AreaHead, InspectionHead
from ui.pages.checklist import ChecklistPage
from ui.widgets.item_editors import DateEditor

Key, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
DUE, OWNER = NUMBERS["due"], NUMBERS["owner"]


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(qtbot, tmp_path)
    yield made
    made.close()


def test_that_a_figure_sets_the_status_of_every_selected_item_in_one_step(desk):
    desk.select("RV-A01", "RV-A02", "RV-A03")
    with desk.qtbot.waitSignal(desk.operations.changed) as told, desk.written():
        desk.press(Key.Key_4)
    assert [desk.item(each).status for each in ("RV-A01", "RV-A02", "RV-A03")] == [ItemStatus.CHECKED] * 3
    assert told.args[0].label == "Set status of 3 items to Checked"
    with desk.written():
        desk.press(Key.Key_0)
    assert desk.item("RV-A02").status is ItemStatus.NOT_APPLICABLE
    assert desk.selected() == ["RV-A01", "RV-A02", "RV-A03"]


def test_that_an_edit_in_a_cell_goes_to_all_selected_items(desk):
    desk.select("RV-A01", "RV-A03", column="owner")
    desk.do("edit")
    editor = desk.page.grid.indexWidget(desk.page.grid.currentIndex())
    editor.setEditText("SEND Data Analyst")
    with desk.written():
        desk.press(Key.Key_Return, widget=editor)
    assert desk.item("RV-A01").owner == desk.item("RV-A03").owner == "SEND Data Analyst"
    assert desk.item("RV-A02").owner == "Head of SEND"


def test_that_an_editor_left_untouched_stores_nothing(desk):
    desk.select("RV-A01", "RV-A03", column="owner")
    desk.do("edit")
    with desk.qtbot.assertNotEmitted(desk.operations.changed, wait=100):
        desk.press(Key.Key_Return, widget=desk.page.grid.indexWidget(desk.page.grid.currentIndex()))
    assert not desk.page.grid.is_editing


def test_that_a_title_is_never_given_to_several(desk):
    desk.select("RV-A01", "RV-A02", column="item")
    desk.do("edit")
    editor = desk.page.grid.indexWidget(desk.page.grid.currentIndex())
    editor.setText("Call-day plan")
    with desk.written():
        desk.press(Key.Key_Return, widget=editor)
    assert (desk.item("RV-A01").title, desk.item("RV-A02").title) == ("Call-day plan", "Item 2 of A")


def test_that_a_bad_date_stays_open_with_its_cure_until_it_is_right(desk):
    desk.select("RV-A01", column="due")
    desk.do("edit")
    editor = desk.page.grid.indexWidget(desk.page.grid.currentIndex())
    assert isinstance(editor, DateEditor)
    assert editor.placeholderText() == "30 Apr 2021"
    QTest.keyClicks(editor, "31 Apr 2021")
    desk.press(Key.Key_Return, widget=editor)
    assert desk.page.grid.is_editing
    assert editor._wrong.text() == "Apr 2021 has no day 31. Write the date as 13 Sep 2021."
    editor.clear()
    QTest.keyClicks(editor, "29 Apr 2021")
    with desk.written():
        desk.press(Key.Key_Return, widget=editor)
    assert desk.item("RV-A01").due_override == date(2021, 4, 29)


def test_that_escape_restores_a_cell(desk):
    desk.select("RV-A01", column="due")
    desk.do("edit")
    editor = desk.page.grid.indexWidget(desk.page.grid.currentIndex())
    QTest.keyClicks(editor, "nonsense")
    desk.press(Key.Key_Escape, widget=editor)
    assert not desk.page.grid.is_editing
    assert desk.item("RV-A01").due_override is None


def test_that_rows_wait_while_a_cell_is_being_typed_in(desk):
    desk.page.show_filter(ItemFilter(statuses=(ItemStatus.NOT_STARTED,)))
    desk.select("RV-A01", column="due")
    desk.do("edit")
    editor = desk.page.grid.indexWidget(desk.page.grid.currentIndex())
    QTest.keyClicks(editor, "29 Apr")
    with desk.written():
        other = ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)
        desk.operations.change(items.edit_items, [desk.item("RV-A02").id], [other])
    assert desk.page.grid.is_editing
    assert editor.text() == "29 Apr"
    assert "RV-A02" in desk.shown()
    desk.press(Key.Key_Escape, widget=editor)
    desk.wait(lambda: "RV-A02" not in desk.shown())


def test_that_removed_items_leave_their_place_to_the_next_and_come_back(desk, monkeypatch):
    desk.select("RV-A02")
    with desk.written():
        desk.press(Key.Key_Delete)
    assert "RV-A02" not in desk.shown()
    assert desk.selected() == ["RV-A03"]
    monkeypatch.setattr(RemovedDialog, "ask", lambda theme, rows, parent: rows)
    with desk.written():
        desk.do("restore")
    assert desk.shown()[:3] == ["RV-A01", "RV-A02", "RV-A03"]


def test_that_a_removed_inspection_comes_back_whole_even_while_another_is_shown(desk, monkeypatch):
    gone = desk.source.board.inspections[1].id
    with desk.written():
        desk.operations.change(inspections.remove_inspection, gone)
    assert [each.id for each in desk.source.board.inspections] == [desk.page.scope.inspection_id]
    monkeypatch.setattr(RemovedDialog, "ask", lambda theme, rows, parent: rows)
    with desk.written():
        desk.do("restore")
    assert gone in [each.id for each in desk.source.board.inspections]
    assert desk.item("SC-A01").inspection_id == gone


def test_that_removed_evidence_comes_back_from_the_same_list(desk, monkeypatch):
    with desk.written():
        desk.operations.change(evidence.attach_evidence, [desk.item("RV-A01").id], EvidenceDraft("Audit"))
    (link,) = desk.item("RV-A01").proof.links
    with desk.written():
        desk.operations.change(evidence.remove_evidence, [link.evidence_id])
    assert desk.item("RV-A01").unproven
    shown = []
    monkeypatch.setattr(RemovedDialog, "ask", lambda theme, rows, parent: shown.extend(rows) or rows)
    with desk.written():
        desk.do("restore")
    assert [name_of(row) for row in shown] == ["Evidence  Audit"]
    assert desk.item("RV-A01").proof.links == (link,)


def test_that_answers_that_come_after_the_page_is_gone_are_dropped(desk):
    page = ChecklistPage(desk.operations, desk.source, desk.page.panel.theme, (), desk.settings)
    page.areas.restore()
    page.grid.picks.select([desk.item("RV-A01").id])  # its details are under way
    assert not desk.operations.is_idle
    delete(page)
    desk.operations.settle()  # a late answer that is not dropped raises here
    assert desk.operations.is_idle


def test_that_copied_rows_carry_headings_and_come_back_as_they_went(desk):
    desk.select("RV-A01", "RV-A02")
    desk.press(Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:4] == ["Reference", "Item", "Status", "Rating"]
    assert lines[1].split("\t")[0] == "RV-A01"
    assert "Performance & Data" in lines[1]
    desk.press(Key.Key_V, CTRL)
    assert desk.notices[-1] == "What was pasted stands there already."


def test_that_one_copied_value_goes_into_all_selected_rows(desk):
    QGuiApplication.clipboard().setText("Engagement Lead\n")
    desk.select("RV-A01", "RV-A02", column="owner")
    with desk.written():
        desk.press(Key.Key_V, CTRL)
    assert {desk.item("RV-A01").owner, desk.item("RV-A02").owner} == {"Engagement Lead"}


def test_that_a_block_from_excel_is_pasted_from_the_current_cell_on(desk):
    QGuiApplication.clipboard().setText("Lead A\tSEND\t29/4/2021\r\nLead B\tEducation\t\r\n")
    desk.select("RV-A01", column="owner")
    with desk.written():
        desk.press(Key.Key_V, CTRL)
    first, second = desk.item("RV-A01"), desk.item("RV-A02")
    assert (first.owner, first.service, first.due_override) == ("Lead A", "SEND", date(2021, 4, 29))
    assert (second.owner, second.service, second.due_override) == ("Lead B", "Education", None)


def test_that_one_bad_cell_refuses_the_whole_paste_and_is_named(desk):
    QGuiApplication.clipboard().setText("Drafted\nDone\n")
    desk.select("RV-A01")
    desk.press(Key.Key_V, CTRL)
    assert desk.notices[-1].startswith("RV-A02, Status: “Done” is not a status.")
    assert desk.notices[-1].endswith("Nothing was pasted.")
    assert desk.item("RV-A01").status is ItemStatus.NOT_STARTED


def test_that_fill_down_takes_the_first_selected_value_or_the_one_above(desk):
    desk.select("RV-A03", column="owner")
    with desk.written():
        desk.press(Key.Key_D, CTRL)
    assert desk.item("RV-A03").owner == "Head of SEND"
    desk.select("RV-A01", column="rating")
    desk.press(Key.Key_D, CTRL)
    assert desk.notices[-1].startswith("Rating cannot be filled down")


def test_that_alt_and_arrows_move_items_and_on_into_the_next_area(desk):
    desk.select("RV-A02")
    with desk.written():
        desk.press(Key.Key_Up, ALT)
    assert desk.shown()[:3] == ["RV-A02", "RV-A01", "RV-A03"]
    assert desk.selected() == ["RV-A02"]
    desk.select("RV-A03")
    with desk.written():
        desk.press(Key.Key_Down, ALT)
    assert desk.item("RV-A03").area_id == desk.item("RV-B01").area_id
    assert desk.shown()[2:4] == ["RV-A03", "RV-B01"]


def test_that_an_area_moves_and_folds_with_the_keys(desk):
    table, grid = desk.page.table, desk.page.grid
    head = next(row for row in table.rows if isinstance(row, AreaHead))
    grid.picks.select([head.id])
    desk.press(Key.Key_Left)
    assert desk.shown() == ["RV-B01", "RV-B02", "RV-B03"]
    desk.press(Key.Key_Right)
    with desk.written():
        desk.press(Key.Key_Down, ALT)
    assert desk.shown()[:3] == ["RV-B01", "RV-B02", "RV-B03"]
    assert grid.picks.current().id == head.id


def test_that_a_heading_is_renamed_and_removed_with_the_keys_of_a_row(desk, monkeypatch):
    head = next(row for row in desk.page.table.rows if isinstance(row, AreaHead))
    desk.page.grid.picks.select([head.id])
    monkeypatch.setattr(AreaDialog, "ask", lambda *args, **kwargs: AreaDraft("Z", "Last"))
    with desk.written():
        desk.press(Key.Key_F2)
    assert desk.page.table.rows[0].area.code == "Z"
    with desk.written():
        desk.press(Key.Key_Delete)
    assert desk.shown() == ["RV-B01", "RV-B02", "RV-B03"]


def test_that_what_could_not_be_written_is_not_shown_as_if_it_were(desk):
    desk.select("RV-A01")
    combo = desk.page.panel.fields.status_combo()
    combo.setCurrentIndex(4)
    with desk.qtbot.waitSignal(desk.operations.failed):
        desk.operations.change(items.edit_items, ["no such item"], [ItemEdit(ItemField.OWNER, "x")])
    assert combo.word is ItemStatus.NOT_STARTED
    desk.failures.clear()


def test_that_a_new_item_stands_below_the_current_one_and_becomes_current(desk, monkeypatch):
    def ask(theme, board, areas, area_id, known, parent):
        return next(area for area in areas if area.id == area_id), ItemDraft("RV-A09", "Something new")

    monkeypatch.setattr(ItemDialog, "ask", ask)
    desk.select("RV-A01")
    with desk.written():
        desk.press(Key.Key_Insert)
    assert desk.shown()[:3] == ["RV-A01", "RV-A09", "RV-A02"]
    assert desk.selected() == ["RV-A09"]


def test_that_areas_are_added_renamed_and_removed(desk, monkeypatch):
    desk.select("RV-A01")
    monkeypatch.setattr(AreaDialog, "ask", lambda *args, **kwargs: AreaDraft("C", "Third"))
    with desk.written():
        desk.do("add_area")
    assert [row.area.title for row in desk.page.table.rows if isinstance(row, AreaHead)] == [
        "Area of A", "Third", "Area of B",
    ]  # fmt: skip
    monkeypatch.setattr(AreaDialog, "ask", lambda *args, **kwargs: AreaDraft("A", "First"))
    with desk.written():
        desk.do("rename_area")
    assert desk.page.table.rows[0].area.title == "First"
    with desk.written():
        desk.do("remove_area")
    assert desk.shown() == ["RV-B01", "RV-B02", "RV-B03"]


def test_that_a_filter_shows_its_rows_alone_and_says_how_many(desk):
    desk.page.show_filter(ItemFilter(owners=("Headteacher",)))
    assert desk.shown() == ["RV-A03", "RV-B03"]
    assert desk.page.head.count.text() == "2 of 6 items"
    assert desk.page.current_filter().inspections == (desk.source.board.inspections[0].id,)
    assert [item.reference for item in desk.page.visible_items()] == ["RV-A03", "RV-B03"]
    desk.do("clear")
    assert desk.page.head.count.text() == "6 items"


def test_that_typing_in_the_filter_box_finds_and_keeps_what_is_selected(desk):
    desk.select("RV-B02")
    desk.do("filter")
    QTest.keyClicks(desk.page.head.filters.box, "b02")
    desk.wait(lambda: desk.shown() == ["RV-B02"])
    assert desk.selected() == ["RV-B02"]
    QTest.keyClick(desk.page.head.filters.box, Key.Key_Escape)
    desk.wait(lambda: len(desk.shown()) == 6)
    assert desk.selected() == ["RV-B02"]


def test_that_an_item_that_leaves_the_filter_stays_in_the_panel(desk):
    desk.page.show_filter(ItemFilter(statuses=(ItemStatus.NOT_STARTED,)))
    desk.select("RV-A01")
    with desk.written():
        desk.press(Key.Key_3)
    assert "RV-A01" not in desk.shown()
    assert desk.selected() == []
    assert desk.page.panel.item_id == desk.item("RV-A01").id
    assert desk.page.view.astray.isVisible()
    assert desk.page.view.astray.text() == "Not in the list as filtered"
    desk.do("panel")
    assert not desk.page.view.astray.isVisible()
    desk.do("panel")
    assert desk.page.view.astray.isVisible()
    desk.do("clear")
    assert not desk.page.view.astray.isVisible()
    desk.page.table.open_all(False)
    assert not desk.page.view.astray.isVisible()


def test_that_going_to_an_item_clears_what_hides_it(desk):
    desk.page.show_filter(ItemFilter(owners=("Headteacher",)))
    desk.page.table.open_all(False)
    desk.page.select_item(desk.item("RV-A01").id)
    assert desk.selected() == ["RV-A01"]


def test_that_where_nothing_matches_the_page_says_so_and_clears(desk):
    desk.page.show_filter(ItemFilter(text="no such thing"))
    assert not desk.page.view.empty.isHidden()
    desk.page.view.empty.acted.emit()
    assert len(desk.shown()) == 6
    assert desk.page.view.empty.isHidden()


def test_that_all_inspections_stand_together_and_each_alone(desk):
    desk.page.set_inspection(None)
    assert len(desk.shown()) == 12
    assert sum(isinstance(row, InspectionHead) for row in desk.page.table.rows) == 2
    desk.page.show_filter(ItemFilter(areas=(desk.item("RV-A01").area_id,)))
    desk.page.set_inspection(desk.source.board.inspections[1].id)
    assert desk.shown()[0] == "SC-A01"
    assert desk.page.current_filter().areas == ()


def test_that_every_action_stands_in_a_menu_with_its_words_and_no_key_twice(desk):
    made = desk.page.page_actions()
    assert set(made) == {"Item", "View"}
    plain = [action for actions in made.values() for action in actions if not action.isSeparator()]
    everything = [*plain, *desk.page._actions.statuses.values()]
    keys = [key.toString() for action in everything for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert {"1", "5", "0", "F2", "Del", "Ins", "Ctrl+F", "Ctrl+D", "Alt+Up", "Return"} <= set(keys)
    assert all(action.text() and action.statusTip() for action in everything if action.menu() is None)


def test_that_undo_shows_in_the_grid_and_keeps_the_place(desk):
    desk.checked_by_another("RV-B01")
    desk.select("RV-B01")
    with desk.written():
        desk.press(Key.Key_5)
    assert desk.item("RV-B01").status is ItemStatus.SIGNED_OFF
    with desk.written():
        desk.page.foot.undo_asked.emit()
    assert desk.item("RV-B01").status is ItemStatus.CHECKED
    assert desk.selected() == ["RV-B01"]


def test_that_several_items_are_set_at_once_in_the_panel(desk):
    desk.select("RV-A01", "RV-B01")
    combo = desk.page.panel.fields._words[ItemField.PRIORITY]
    combo.setCurrentIndex(2)
    with desk.written():
        combo.activated.emit(2)
    assert desk.item("RV-A01").priority is desk.item("RV-B01").priority is Priority.SUPPORTING
