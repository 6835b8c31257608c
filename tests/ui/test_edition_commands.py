"""Moving to another edition and pinning from the menu, and what the checklist then asks about again."""

import pytest
from PySide6.QtCore import Qt
from windows import DAY

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.items import edit_items
from ui.app import App
from ui.dialogs.removed_dialog import RemovedDialog


@pytest.fixture
def app(qtbot, opened, council) -> App:
    made = opened(council)
    made.window.switch.choose(next(row.id for row in made.source.board.inspections if row.framework == "ilacs-2018"))
    return made


def act(app, name):
    action = app.window.actions_by_name[name]
    assert action.isEnabled()
    action.trigger()


def dialog_of(qtbot, app):
    editions = app.commands.editions
    act(app, "move_edition")
    qtbot.waitUntil(lambda: editions.dialog is not None)
    qtbot.waitUntil(lambda: editions.dialog.summary.text().endswith("."))
    return editions.dialog


def row_of(app):
    return app.window.switch.row()


def moved(qtbot, app):
    dialog = dialog_of(qtbot, app)
    with qtbot.waitSignal(app.source.refreshed):
        dialog.accept()
    return [item for item in app.source.board.items if item.inspection_id == row_of(app).id]


def test_that_an_inspection_moves_and_undo_brings_all_back(qtbot, app):
    before = app.source.board
    dialog = dialog_of(qtbot, app)
    assert dialog.choice.itemText(0) == "Social care inspection (ILACS), from April 2026"
    assert dialog.choice.itemText(dialog.choice.count() - 1).endswith("2018 to 2022 (the one it follows)")
    with qtbot.waitSignal(app.source.refreshed):
        dialog.accept()
    assert row_of(app).edition == "from April 2026"
    items = [item for item in app.source.board.items if item.inspection_id == row_of(app).id]
    kept = {item.id: item for item in before.items}
    assert sum(item.id in kept and item.status is kept[item.id].status for item in items) > 40
    assert sum(item.confirm for item in items) > 20
    with qtbot.waitSignal(app.source.refreshed):
        act(app, "undo")
    assert [(row.id, row.reference, row.status) for row in app.source.board.items] == [
        (row.id, row.reference, row.status) for row in before.items
    ]


def test_that_thinking_better_of_it_changes_nothing(qtbot, app):
    before = app.source.board
    dialog_of(qtbot, app).reject()
    qtbot.waitUntil(lambda: app.operations.is_idle)
    assert app.source.board == before
    assert app.commands.editions.dialog is None


def test_that_a_pinned_inspection_says_how_it_is_let_go(qtbot, app):
    pin = app.window.actions_by_name["pin_edition"]
    with qtbot.waitSignal(app.source.refreshed):
        act(app, "pin_edition")
    assert row_of(app).pinned
    assert pin.isChecked()
    act(app, "move_edition")
    assert app.commands.editions.dialog is None
    assert app.window.frame.foot.notice == (
        "Social Care is pinned to its edition. Unpin it first (Ctrl+Shift+G), then move it."
    )
    app.window.switch.choose(next(row.id for row in app.source.board.inspections if not row.pinned))
    assert not pin.isChecked()
    app.window.switch.choose(next(row.id for row in app.source.board.inspections if row.pinned))
    with qtbot.waitSignal(app.source.refreshed):
        act(app, "pin_edition")
    assert not row_of(app).pinned
    assert not pin.isChecked()


def test_that_one_inspection_must_be_chosen(qtbot, app):
    app.window.switch.choose(None)
    for name in ("move_edition", "pin_edition"):
        act(app, name)
        assert "Choose one inspection" in app.window.frame.foot.notice
    assert not app.window.actions_by_name["pin_edition"].isChecked()


def test_that_the_panel_shows_the_words_that_changed_and_confirms_them(qtbot, app):
    items = moved(qtbot, app)
    app.window.show_page("checklist")
    page = app.window.stack.page("checklist")
    item = next(item for item in items if item.confirm)
    app.window.stack.open_item(item.id)
    strip = page.panel.reworded
    qtbot.waitUntil(lambda: not strip.isHidden())
    assert strip.said.text() == "The words changed with edition “from April 2026”. Read them again."
    assert "line-through" in strip.diff.text()
    with qtbot.waitSignal(app.source.refreshed):
        strip.button.click()
    assert not next(row for row in app.source.board.items if row.id == item.id).confirm
    qtbot.waitUntil(strip.isHidden)
    assert page.panel.item_id == item.id
    quiet = next(item for item in items if not item.confirm)
    app.window.stack.open_item(quiet.id)
    qtbot.waitUntil(lambda: app.operations.is_idle)
    assert strip.isHidden()


def test_that_what_waits_can_be_filtered_and_confirmed_together(qtbot, app):
    items = moved(qtbot, app)
    app.window.show_page("checklist")
    page = app.window.stack.page("checklist")
    chip = page.head.filters.confirm
    qtbot.waitUntil(lambda: not chip.isHidden())
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    waiting = [item.id for item in items if item.confirm]
    assert chip.said() == f"Confirm again {len(waiting)}"
    assert [item.id for item in page.visible_items()] == waiting
    assert chip.isChecked()
    page.head.filters.chips["statuses"]._on_popup_chosen((ItemStatus.DRAFTED,))
    assert {item.status for item in page.visible_items()} == {ItemStatus.DRAFTED}
    assert page.current_filter().confirm
    page.head.filters.chips["statuses"].clear()
    page.grid.picks.select(waiting)
    assert page.panel.reworded.button.text() == f"Confirm {len(waiting)}"
    action = page._actions.by_key["confirm"]
    assert action.isEnabled()
    with qtbot.waitSignal(app.source.refreshed):
        action.trigger()
    assert not any(item.confirm for item in app.source.board.items)
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    assert not page.current_filter().confirm
    assert chip.isHidden()
    assert app.source.day == DAY


def test_that_confirming_is_offered_only_where_something_waits(qtbot, app):
    app.window.show_page("checklist")
    page = app.window.stack.page("checklist")
    page.grid.picks.select([page.visible_items()[0].id])
    assert not page._actions.by_key["confirm"].isEnabled()
    assert page.head.filters.confirm.isHidden()


def test_that_the_grid_marks_what_waits_to_the_eye_and_to_the_ear(qtbot, app):
    items = moved(qtbot, app)
    app.window.show_page("checklist")
    page = app.window.stack.page("checklist")
    item = next(item for item in items if item.confirm)
    app.window.stack.open_item(item.id)
    place = page.table.place_of(item.id)
    spoken = page.table.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "confirm again" in spoken
    assert not page.grid.viewport().grab().isNull()


def test_that_parked_items_show_what_they_hold(qtbot, app, monkeypatch):
    item = next(item for item in app.source.board.items if item.reference == "I21-C03")
    with qtbot.waitSignal(app.source.refreshed):
        app.operations.change(edit_items, [item.id], [ItemEdit(ItemField.GAP, "No moderation\nsince <December>")])
    moved(qtbot, app)
    shown = []
    monkeypatch.setattr(RemovedDialog, "exec", lambda dialog: shown.append(dialog) or 0)
    app.window.show_page("checklist")
    app.window.stack.page("checklist").areas.restore()
    qtbot.waitUntil(lambda: bool(shown))
    dialog = shown[0]
    place = next(number for number in range(dialog.list.count()) if "I21-C03" in dialog.list.item(number).text())
    assert "Parked: not in edition “from April 2026” · Head of SEND" in dialog.list.item(place).text()
    assert dialog.held.toPlainText() == "Choose something to see what it holds."
    dialog.list.setCurrentRow(place)
    assert "Gap\nNo moderation\nsince <December>" in dialog.held.toPlainText()
    assert f"Status\n{item.status.label}" in dialog.held.toPlainText()
    dialog.list.selectAll()
    assert dialog.held.toPlainText() == f"{dialog.list.count()} are chosen."
