"""The four sides of the checklist in the window: reached by keys, by the switch, and from each other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from readiness.services.undo import undo


@pytest.fixture
def app(qtbot, opened, council):
    return opened(council)


def side(app) -> str:
    return app.window.stack.current_key


@pytest.mark.parametrize(
    ("key", "page"), [(Qt.Key.Key_2, "actions"), (Qt.Key.Key_3, "findings"), (Qt.Key.Key_4, "scrutiny")]
)
def test_that_a_key_opens_each_side_and_the_rail_stays_on_checklist(qtbot, app, key, page):
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    QTest.keyClick(app.window, key, Qt.KeyboardModifier.AltModifier)
    assert side(app) == page
    assert app.window.rail._pages["checklist"].isChecked()
    qtbot.waitUntil(lambda: app.window.stack.page(page).table.rowCount() > 0)
    QTest.keyClick(app.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert side(app) == "checklist"


def test_that_the_switch_goes_from_side_to_side(qtbot, app):
    app.window.show_page("checklist")
    app.window.stack.page("checklist").head.switch.buttons[1].click()
    assert side(app) == "actions"
    app.window.stack.page("actions").view.switch.buttons[0].click()
    assert side(app) == "checklist"
    assert app.window.stack.page("checklist").head.switch.current == "checklist"


def test_that_an_action_leads_to_its_item_and_back(qtbot, app):
    stack = app.window.stack
    app.window.show_page("actions")
    page = stack.page("actions")
    qtbot.waitUntil(lambda: page.table.rowCount() > 0)
    line = next(line for line in page.table.rows if line.item is not None)
    page.grid.picks.select([line.id])
    page.actions_of.by_key["to_item"].trigger()
    assert side(app) == "checklist"
    panel = stack.page("checklist").panel
    qtbot.waitUntil(lambda: panel.item_id == line.item.id and bool(panel.item_actions.rows.buttons))
    next(row for row in panel.item_actions.rows.buttons if row.line.id == line.id).click()
    assert side(app) == "actions"
    assert [row.id for row in page.grid.picks.rows()] == [line.id]


def test_that_the_inspection_switch_and_undo_reach_every_side(qtbot, app):
    app.window.show_page("scrutiny")
    page = app.window.stack.page("scrutiny")
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)
    second = app.source.board.inspections[1].id
    app.window.switch.choose(second)
    assert page.table.rowCount() == 0
    app.window.switch.choose(None)
    with qtbot.waitSignal(app.operations.changed) as changed:
        page.actions_of.by_key["remove"].trigger()
    assert changed.args[0].label.startswith("Remove action “")
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)
    assert app.window.frame.stack.currentWidget().foot.notice.startswith("Remove action")
    page.foot.undo_asked.emit()
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)


def test_that_another_workspace_brings_its_own_actions(qtbot, app, tmp_path, example):
    app.window.show_page("actions")
    page = app.window.stack.page("actions")
    qtbot.waitUntil(lambda: page.table.rowCount() == 12)
    with qtbot.waitSignal(app.operations.changed):
        app.operations.change(undo)
    app.window.begin(app.source.board, app.window.identity)
    app.window.show_page("findings")
    again = app.window.stack.page("findings")
    qtbot.waitUntil(lambda: again.table.rowCount() == 5)
    assert again.grid.hasFocus() or app.window.focusWidget() is not None


def test_that_the_sides_follow_another_look(qtbot, app):
    for page in ("actions", "findings", "scrutiny"):
        app.window.show_page(page)
    page = app.window.stack.page("scrutiny")
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)
    app.window.actions_by_name["look_dark"].trigger()
    dark = app.themes.theme
    assert dark.dark
    assert page.grid.delegate.theme is page.panel.theme is page.verbs.theme is dark
    assert page.grid.columns.theme is dark
