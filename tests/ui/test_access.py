"""Access: every control that takes focus says what it is; every action has a key of its own and stands in a menu."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu, QWidget
from pytestqt.qtbot import QtBot

from readiness.domain.identifiers import Identifier
from readiness.domain.plan import Planner
from readiness.domain.review import Claim, ReviewState
from readiness.domain.sightings import ScanResult, Sighting
from readiness.domain.views import Board, Identity, RemovedRow
from readiness.domain.vocabulary import ItemStatus
from readiness.frameworks.shipped import shipped_frameworks
from readiness.services.checklist_files import ChecklistFile
from readiness.services.schemes import names_of
from ui.app import App
from ui.dialogs.action_dialog import ActionDialog
from ui.dialogs.area_dialog import AreaDialog
from ui.dialogs.call_dialog import CallDialog
from ui.dialogs.closures_dialog import ClosuresDialog
from ui.dialogs.crash_dialog import CrashDialog
from ui.dialogs.edition_dialog import EditionDialog
from ui.dialogs.event_dialog import EventDialog
from ui.dialogs.finding_dialog import FindingDialog
from ui.dialogs.framework_dialog import FrameworkDialog
from ui.dialogs.framework_preview import FrameworkPreview
from ui.dialogs.guard_dialog import GuardDialog
from ui.dialogs.help_dialog import HelpDialog, KeysDialog
from ui.dialogs.inspection_dialog import InspectionDialog
from ui.dialogs.item_dialog import ItemDialog
from ui.dialogs.preferences_dialog import PreferencesDialog
from ui.dialogs.reason_dialog import ReasonDialog
from ui.dialogs.removed_dialog import RemovedDialog
from ui.dialogs.scheme_names_dialog import SchemeNamesDialog
from ui.dialogs.what_changed_dialog import WhatChangedDialog
from ui.dialogs.why_dialog import WhyDialog
from ui.framework_commands import FileRead
from ui.models.places import places_of

PAGES = ("overview", "checklist", "evidence", "actions", "findings", "scrutiny", "week", "checks", "history", "share",
         "conflicts")  # fmt: skip


@pytest.fixture
def app(qtbot: QtBot, opened, council) -> Iterator[App]:
    return opened(council)


def focusable(root: QWidget) -> list[QWidget]:
    """Return everything under a widget that the keyboard can reach now."""
    return [
        each
        for each in (root, *root.findChildren(QWidget))
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisibleTo(root)
        and each.focusProxy() is None
        and each.objectName() != "qt_spinbox_lineedit"
    ]


def spoken_name(widget: QWidget) -> str:
    """Return what a screen reader says first of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(each).__name__} {each.objectName()} in {type(each.parent()).__name__}"
        for each in focusable(root)
        if not spoken_name(each).strip()
    ]


def test_that_every_control_of_every_page_has_a_name(qtbot: QtBot, app: App) -> None:
    for key in PAGES:
        app.window.show_page(key)
        qtbot.waitUntil(lambda: app.operations.is_idle)
        assert focusable(app.window), key
        assert nameless(app.window) == [], key


def test_that_tab_goes_through_everything_of_every_page_from_its_top(qtbot: QtBot, app: App) -> None:
    app.window.activateWindow()
    for key in PAGES:
        app.window.show_page(key)
        qtbot.waitUntil(lambda: app.operations.is_idle)
        page = app.window.stack.page(key)
        wanted = [each for each in focusable(page) if each.isEnabled() and each is not page]
        app.window.header.search.setFocus()
        reached: list[QWidget] = []
        while (focused := QApplication.focusWidget()) not in reached:
            reached.append(focused)
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        missed = [f"{type(each).__name__} {spoken_name(each)}" for each in wanted if each not in reached]
        assert (key, missed) == (key, [])


def test_that_every_control_of_the_first_run_has_a_name(qtbot: QtBot, opened) -> None:
    app = opened(None)
    assert nameless(app.first_run) == []


def board_of(app: App) -> Board:
    assert app.source.board is not None
    return app.source.board


def test_that_every_control_of_every_dialog_has_a_name(qtbot: QtBot, app: App) -> None:
    board, theme = board_of(app), app.themes.theme
    area = board.areas[0]
    scheme = shipped_frameworks()[0]
    removed = RemovedRow("x", "item", area.inspection_id, "RV-A99", "Gone", datetime.now(UTC), "Head of SEND")
    plan = Planner(board.inspections[0], board.items, None, board.calendar).plan()
    assert plan is not None
    dialogs = [
        CrashDialog("report", app.window),
        HelpDialog(app.window),
        KeysDialog([("File", action) for action in app.window.actions_by_name.values()], app.window),
        PreferencesDialog(Identity("", "Head of SEND", "SEND"), "Council", app.window),
        ReasonDialog("Return RV-A01", "What is to be done?", "Return", app.window),
        WhatChangedDialog(theme, "RV-A01", ReviewState("i", Claim("RV-A01", ItemStatus.SIGNED_OFF), {}), app.window),
        InspectionDialog(app.themes.theme, shipped_frameworks(), None, None, app.window),
        InspectionDialog(app.themes.theme, (), board.inspections[0], None, app.window),
        AreaDialog(theme, (), area, parent=app.window),
        ActionDialog(theme, places_of(board), "", {}, promised=True, parent=app.window),
        ActionDialog(theme, places_of(board), "", {}, parent=app.window),
        FindingDialog(theme, places_of(board), "", {}, app.window),
        ItemDialog(theme, board, board.areas, area.id, {}, app.window),
        RemovedDialog(theme, [removed], app.window),
        EditionDialog(theme, board.inspections[1], shipped_frameworks()[1:3], None, app.window),
        FrameworkDialog(theme, scheme, app.window),
        FrameworkPreview(theme, FileRead(Path("x.toml"), ChecklistFile("x.toml", scheme), (), frozenset()), app.window),
        FrameworkPreview(theme, FileRead(Path("x.toml"), None, ("line 1: Wrong.",), frozenset()), app.window),
        SchemeNamesDialog(theme, names_of(scheme), app.window),
        WhyDialog(theme, board.inspections, board.items, board.inspections[0].id, app.window),
        GuardDialog(theme, ScanResult("a file", (Sighting(Identifier.UPN, 1, "line 1"),)), "Left out.", app.window),
        CallDialog(theme, board.inspections[0], shipped_frameworks()[0], board.calendar, board.day, app.window),
        EventDialog(theme, plan, board.day, None, app.window),
        ClosuresDialog(theme, [board.day], app.window),
    ]
    for dialog in dialogs:
        dialog.show()
        assert focusable(dialog), type(dialog).__name__
        assert nameless(dialog) == [], type(dialog).__name__
        dialog.close()


def actions_of(menu: QMenu, path: str = "") -> Iterator[tuple[str, QAction]]:
    for action in menu.actions():
        if action.menu() is not None:
            yield from actions_of(action.menu(), f"{path}/{menu.title()}")
        elif not action.isSeparator():
            yield f"{path}/{menu.title()}", action


@pytest.mark.parametrize("key", PAGES)
def test_that_every_action_stands_in_a_menu_and_has_a_key_of_its_own(qtbot: QtBot, app: App, key: str) -> None:
    app.window.show_page(key)
    qtbot.waitUntil(lambda: app.operations.is_idle)
    listed = [found for top in app.window.menuBar().actions() for found in actions_of(top.menu())]
    standing = {id(action) for _, action in listed}
    own = [
        *app.window.actions_by_name.values(),
        *app.window.page_actions,
        *(action for actions in app.window.stack.page(key).page_actions().values() for action in actions),
    ]
    doing = [action for action in own if not action.isSeparator() and action.menu() is None]
    assert [action.text() for action in doing if id(action) not in standing] == []
    assert [action.text() for _, action in listed if action.shortcut().isEmpty()] == []
    keys = [shortcut.toString() for _, action in listed if action.isEnabled() for shortcut in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_that_dialogs_say_why_ok_waits(qtbot: QtBot, app: App) -> None:
    dialog = PreferencesDialog(Identity("", "", ""), "Council", app.window)
    qtbot.addWidget(dialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    assert "name or your role" in ok.toolTip()
    dialog.role.setText("Head of SEND")
    assert ok.isEnabled()


def test_that_an_inspection_dialog_refuses_a_call_before_ready(qtbot: QtBot, app: App) -> None:
    dialog = InspectionDialog(app.themes.theme, (), board_of(app).inspections[0], None, app.window)
    qtbot.addWidget(dialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isEnabled()
    dialog.expected_from.setText("1 Jan 2020")
    assert not ok.isEnabled()
    assert "before everything" in ok.toolTip()
    assert dialog.fault.text() == ok.toolTip()
    dialog.expected_from.setText("31 April 2021")
    assert not ok.isEnabled()


def test_that_two_inspections_cannot_be_called_the_same(qtbot: QtBot, app: App) -> None:
    frameworks, taken = shipped_frameworks(), ("SEN re-visit", "Social Care")
    dialog = InspectionDialog(app.themes.theme, frameworks[1:2], None, None, app.window, frameworks[3:], taken=taken)
    qtbot.addWidget(dialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert dialog.short_title.text() == "Social Care 2018"
    assert ok.isEnabled()
    dialog.framework.setCurrentIndex(2)
    assert dialog.short_title.text() == "Social Care 2024"
    dialog.short_title.setText(" social care ")
    assert not ok.isEnabled()
    assert dialog.fault.text().startswith("Another inspection is called “social care” already. Give this one another")


def test_that_an_inspection_takes_its_short_title(qtbot: QtBot, app: App) -> None:
    dialog = InspectionDialog(app.themes.theme, shipped_frameworks(), None, None, app.window)
    qtbot.addWidget(dialog)
    dialog.title.setText("SEND re-visit of the north")
    dialog.short_title.setText("North")
    draft = dialog.draft()
    assert (draft.title, draft.short_title) == ("SEND re-visit of the north", "North")


def test_that_an_earlier_value_can_be_put_back_by_keyboard(qtbot: QtBot, app: App) -> None:
    checklist = app.window.stack.page("checklist")
    app.window.stack.open_item(next(row.id for row in board_of(app).items if row.reference == "RV-C02"))
    qtbot.waitUntil(lambda: any(spoken_name(each).startswith("Put back Status") for each in focusable(checklist.panel)))
