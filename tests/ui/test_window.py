"""The window as a whole: set up, edit, undo, close, reopen; what goes wrong is said and loses nothing."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from windows import DAY, Opened

from readiness.domain.errors import DiskFull, RiskyPlace, WorkspaceLocked
from readiness.domain.filters import ItemFilter
from readiness.domain.views import Identity, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.boards import read_board, read_narratives
from readiness.services.items import edit_items
from readiness.services.people import set_identity
from readiness.services.queries import read_steps
from readiness.storage.opening import open_workspace
from readiness.storage.workspace import driver_cursor
from ui.app import App
from ui.dialogs.crash_dialog import CrashDialog
from ui.dialogs.inspection_dialog import InspectionDialog
from ui.settings import Settings
from ui.widgets.notice_strip import Severity


def settled(qtbot: QtBot, app: App) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: app.operations.is_idle, timeout=20_000)


def test_that_the_first_run_sets_a_laptop_up(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    app = opened(None)
    app.first_run.name.setText("")
    app.first_run.role.setText("Head of SEND")
    app.first_run.set_folder(str(tmp_path / "mine"))
    with qtbot.waitSignal(app.window.filled, timeout=20_000):
        app.first_run.start_requested.emit(app.first_run.answers)
    board = app.source.board
    assert board is not None
    assert [row.short_title for row in board.inspections] == ["SEN re-visit", "Social Care"]
    assert len(board.items) == 116
    assert app.window.identity.signature == "Head of SEND"
    assert app.settings.recent() == [tmp_path / "mine"]


def test_that_what_was_changed_is_there_after_reopening(qtbot: QtBot, opened: Opened, council: Path) -> None:
    app = opened(council)
    assert app.source.board is not None
    item = next(row for row in app.source.board.items if row.status is ItemStatus.CHECKED)  # by a director
    with qtbot.waitSignal(app.source.refreshed):
        app.operations.change(edit_items, [item.id], [ItemEdit(ItemField.STATUS, ItemStatus.SIGNED_OFF)])
    app.window.stack.open_item(item.id)
    settled(qtbot, app)
    position = app.window.stack.page("checklist").panel.texts.narratives[ItemField.POSITION]
    qtbot.keyClicks(position, "Seen by the board. ")
    app.window.close()
    with open_workspace(council) as workspace:
        found = next(row for row in workspace.read(read_board, DAY).items if row.id == item.id)
        assert found.status is ItemStatus.SIGNED_OFF
        assert "Seen by the board." in workspace.read(read_narratives, [item.id])[item.id].position


def test_that_undo_names_its_step_and_survives_a_restart(qtbot: QtBot, opened: Opened, council: Path) -> None:
    app = opened(council)
    assert app.source.board is not None
    item = app.source.board.items[0]
    with qtbot.waitSignal(app.source.refreshed):
        app.operations.change(edit_items, [item.id], [ItemEdit(ItemField.OWNER, "Head of Early Help")])
    settled(qtbot, app)
    app.window.close()
    again = opened(council)
    undo = again.window.actions_by_name["undo"]
    qtbot.waitUntil(undo.isEnabled)
    assert undo.text() == f"Undo: Set owner of {item.reference} to Head of Early Help"
    with qtbot.waitSignal(again.source.refreshed):
        undo.trigger()
    settled(qtbot, again)
    assert again.source.board is not None
    assert again.source.board.items[0].owner == item.owner
    assert again.window.actions_by_name["redo"].isEnabled()


def test_that_a_full_disk_keeps_the_change_and_can_be_tried_again(qtbot: QtBot, opened: Opened, council: Path) -> None:
    app = opened(council)
    assert app.source.board is not None
    workspace = app.operations._workspace
    assert workspace is not None
    cursor = driver_cursor(workspace._write_gate().connection)
    (pages,) = cursor.execute("PRAGMA page_count").fetchone()
    cursor.execute(f"PRAGMA max_page_count = {pages}")
    item = app.source.board.items[0]
    long_text = "A sentence that needs room. " * 5_000
    with qtbot.waitSignal(app.operations.failed):
        app.operations.change(edit_items, [item.id], [ItemEdit(ItemField.POSITION, long_text)])
    assert "Not saved yet" in app.window.frame.notice.words
    app.window.close()
    assert app.window.isVisible()  # it stays open rather than lose the text
    cursor.execute("PRAGMA max_page_count = 1073741823")
    with qtbot.waitSignal(app.operations.changed):
        app.window.frame.notice.acted.emit()
    settled(qtbot, app)
    assert app.operations.unwritten == 0


def test_that_a_second_window_is_told_who_has_the_workspace(qtbot: QtBot, opened: Opened, council: Path) -> None:
    with open_workspace(council) as holder:
        holder.sign_lock("Head of SEND")
        app = App(QApplication.instance(), Settings(None), DAY)  # type: ignore[arg-type]
        qtbot.addWidget(app.window)
        app.start(council)
        qtbot.waitUntil(lambda: app.first_run is not None, timeout=20_000)
        assert "Head of SEND has this workspace open" in app.first_run.notice.words
        app.window.close()


def test_that_a_risky_folder_is_opened_only_when_somebody_insists(
    qtbot: QtBot, opened: Opened, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(council)
    asked: list[str] = []
    risky = council.parent / "OneDrive - Council"
    council_copy = risky / "council"
    shutil.copytree(council, council_copy, ignore=shutil.ignore_patterns("*.lock", "*.json"))

    def refuse(sentence: str) -> bool:
        asked.append(sentence)
        return False

    monkeypatch.setattr(app.opening, "insists", refuse)
    with qtbot.waitSignal(app.opening.failed, timeout=20_000) as failed:
        app.open(council_copy)
    assert isinstance(failed.args[0], RiskyPlace)
    assert "OneDrive" in asked[0]
    monkeypatch.setattr(app.opening, "insists", lambda _sentence: True)
    with qtbot.waitSignal(app.window.filled, timeout=20_000):
        app.open(council_copy)


def test_that_the_workspaces_opened_last_are_offered(
    qtbot: QtBot, opened: Opened, council: Path, example: Path
) -> None:
    other = Path(shutil.copytree(example, council.parent / "other"))
    app = opened(council)
    with qtbot.waitSignal(app.window.filled, timeout=20_000):
        app.open(other)
    (action,) = app.window.recent.actions()
    assert action.text().startswith("council")
    with qtbot.waitSignal(app.window.filled, timeout=20_000):
        action.trigger()
    assert app.settings.recent() == [council, other]


def test_that_the_risk_box_offers_the_safe_way_first(
    qtbot: QtBot, opened: Opened, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(council)
    shown: list[QMessageBox] = []

    def leave(box: QMessageBox) -> int:
        shown.append(box)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", leave)
    assert app.opening.insists("It is at risk.") is False
    assert shown[0].defaultButton().text() == "Choose a local folder"


def test_that_every_page_opens_by_its_key(qtbot: QtBot, opened: Opened, council: Path) -> None:
    app = opened(council)
    for number, key in enumerate(("overview", "checklist", "evidence", "week", "checks", "history"), start=1):
        qtbot.keyClick(app.window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        assert app.window.stack.current_key == key
        settled(qtbot, app)


def test_that_searching_shows_the_matching_items(qtbot: QtBot, opened: Opened, council: Path) -> None:
    app = opened(council)
    app.window.actions_by_name["search"].trigger()
    qtbot.keyClicks(app.window.header.search, "mediation")
    settled(qtbot, app)
    assert app.window.stack.current_key == "checklist"
    assert [item.reference for item in app.window.stack.page("checklist").visible_items()] == ["RV-C08"]


def test_that_export_everything_and_what_i_see_both_write(
    qtbot: QtBot, opened: Opened, council: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(council)
    targets = iter([tmp_path / "all.xlsx", tmp_path / "seen"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(next(targets)), ""))
    for name, items in (("export_all", 116), ("export_seen", 12)):
        if name == "export_seen":
            app.window.stack.open_items(ItemFilter(statuses=(ItemStatus.DRAFTED,)))
            settled(qtbot, app)
            items = len(app.window.stack.page("checklist").visible_items())
        app.window.actions_by_name[name].trigger()
        exporting = app.commands.exporting
        assert exporting is not None
        with qtbot.waitSignal(exporting.exported, timeout=30_000) as done:
            pass
        assert done.args[0].items == items
    assert (tmp_path / "all.xlsx").exists()
    assert (tmp_path / "seen.xlsx").exists()


def test_that_a_bug_shows_a_report_that_names_nothing_typed(
    qtbot: QtBot, opened: Opened, council: Path, crashes: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    app = opened(council)

    def broken(_session: object) -> None:
        raise KeyError("a sentence somebody typed")

    with qtbot.waitSignal(app.operations.failed):
        app.operations.change(broken)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(crashes))
    report = crashes.pop()
    assert "KeyError" in report
    assert "typed" not in report + caplog.text
    caplog.clear()


def test_that_a_report_can_be_copied(qtbot: QtBot) -> None:
    dialog = CrashDialog("what happened")
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QApplication.clipboard().text() == "what happened"


def test_that_what_waits_is_written_in_order(qtbot: QtBot, opened: Opened, council: Path) -> None:
    app = opened(council)
    workspace = app.operations._workspace
    assert workspace is not None
    assert app.source.board is not None
    item = app.source.board.items[0]
    refuses = iter([True, False, False])
    run = workspace.run

    def sometimes(*args: object, **kwargs: object) -> object:
        if next(refuses, False):
            raise DiskFull("There is no room left.")
        return run(*args, **kwargs)  # type: ignore[arg-type]

    workspace.run = sometimes  # type: ignore[method-assign]
    for text in ("first", "first and much more"):
        with qtbot.waitSignal(app.operations.failed):
            app.operations.change(edit_items, [item.id], [ItemEdit(ItemField.POSITION, text)])
    assert app.operations.unwritten == 2
    assert "first and much more" in app.operations.unwritten_words()
    with qtbot.waitSignal(app.opening.failed):  # nothing is left behind in a workspace that is gone
        app.open(council.parent / "elsewhere")
    app.window.frame.notice.acted.emit()
    settled(qtbot, app)
    assert app.operations.unwritten == 0
    assert workspace.read(read_narratives, [item.id])[item.id].position == "first and much more"


def test_that_closing_asks_before_it_loses_what_is_not_saved(
    qtbot: QtBot, opened: Opened, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(council)
    workspace = app.operations._workspace
    assert workspace is not None
    assert app.source.board is not None

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise DiskFull("There is no room left.")

    workspace.run = refuse  # type: ignore[assignment, method-assign]
    with qtbot.waitSignal(app.operations.failed):
        app.operations.change(edit_items, [app.source.board.items[0].id], [ItemEdit(ItemField.GAP, "Nobody knows yet")])
    answers = iter([False, True])
    monkeypatch.setattr(app.window.keeping, "gives_up", lambda: next(answers))
    for closes in (False, False, True):  # told, asked and kept, asked and given up
        assert app.window.close() is closes


def test_that_a_failed_refresh_is_made_good_by_the_next(qtbot: QtBot, opened: Opened, council: Path) -> None:
    app = opened(council)
    workspace = app.operations._workspace
    assert workspace is not None
    assert app.source.board is not None
    first, second = app.source.board.items[:2]
    read = workspace.read

    def locked(*_args: object, **_kwargs: object) -> None:
        raise WorkspaceLocked("Another program is using it.")

    workspace.read = locked  # type: ignore[assignment, method-assign]
    with qtbot.waitSignal(app.operations.failed):
        app.operations.change(edit_items, [first.id], [ItemEdit(ItemField.OWNER, "Head of Finance")])
    settled(qtbot, app)
    workspace.read = read  # type: ignore[method-assign]
    with qtbot.waitSignal(app.source.refreshed):
        app.operations.change(edit_items, [second.id], [ItemEdit(ItemField.OWNER, "Head of Finance")])
    settled(qtbot, app)
    assert [item.owner for item in app.source.board.items[:2]] == ["Head of Finance", "Head of Finance"]


def test_that_undoing_a_change_of_name_changes_the_window_too(qtbot: QtBot, opened: Opened, council: Path) -> None:
    app = opened(council)
    with qtbot.waitSignal(app.operations.changed):
        app.operations.change(set_identity, Identity("", "Director of Education", "Education"))
    qtbot.waitUntil(lambda: app.window.identity.role == "Director of Education")
    settled(qtbot, app)
    app.window.undoing.undo()
    qtbot.waitUntil(lambda: app.window.identity.role == "Head of SEND")


def test_that_the_example_keeps_the_time_of_day(qtbot: QtBot, opened: Opened) -> None:
    app = opened(None)
    with qtbot.waitSignal(app.window.filled, timeout=20_000):
        app.first_run.example_requested.emit()
    assert app.source.board is not None
    with qtbot.waitSignal(app.operations.changed) as changed:
        app.operations.change(edit_items, [app.source.board.items[0].id], [ItemEdit(ItemField.GAP, "Seen today")])
    steps = app.operations._workspace.read(read_steps, 1)  # type: ignore[union-attr]
    assert steps[0].id == changed.args[0].step_id
    assert abs((datetime.now(UTC) - steps[0].at).total_seconds()) < 3600


def test_that_an_empty_checklist_offers_to_track_an_inspection(
    qtbot: QtBot, opened: Opened, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(council)
    for _ in range(2):
        assert app.source.board is not None
        app.window.switch.choose(app.source.board.inspections[0].id)
        with qtbot.waitSignal(app.source.refreshed):
            app.window.actions_by_name["remove_inspection"].trigger()
        settled(qtbot, app)
    asked: list[object] = []
    monkeypatch.setattr(InspectionDialog, "ask_new", lambda *args: asked.append(args))
    app.window.show_page("checklist")
    settled(qtbot, app)
    app.window.stack.page("checklist").inspection_wanted.emit()
    qtbot.waitUntil(lambda: bool(asked))


def test_that_clearing_the_filters_clears_the_search_too(qtbot: QtBot, opened: Opened, council: Path) -> None:
    app = opened(council)
    qtbot.keyClicks(app.window.header.search, "annual")
    settled(qtbot, app)
    page = app.window.stack.page("checklist")
    assert page.current_filter().text == "annual"
    page.scope.clear()
    assert app.window.header.search.text() == ""
    assert len(page.visible_items()) == 116


def test_that_a_copy_says_once_that_it_counts_as_another_laptop(qtbot: QtBot, opened: Opened, council: Path) -> None:
    first = opened(council)
    qtbot.waitUntil(lambda: first.operations.is_idle)
    assert first.window.frame.notice.words == ""
    first.window.close()
    copy = Path(shutil.copytree(council, council.with_name("copy")))
    app = opened(copy)
    qtbot.waitUntil(lambda: app.window.frame.notice.words != "")
    said = app.window.frame.notice.words
    assert said.startswith("This workspace counts as another laptop from now on: it is a copy of the one in ")
    assert app.window.frame.notice.severity is Severity.WARNING
    app.window.frame.note("Something else")
    assert app.window.frame.notice.words == said  # one thing at a time
    app.window.frame.notice.acted.emit()
    assert app.window.frame.notice.words == ""
    app.window.close()
    again = opened(copy)
    qtbot.waitUntil(lambda: again.operations.is_idle)
    assert again.window.frame.notice.words == ""
