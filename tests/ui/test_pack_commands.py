"""Packs in the window: asked for with everything said beforehand, made beside the work, remembered, seen again."""

import stat
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QProgressDialog
from pytestqt.qtbot import QtBot
from test_access import focusable, nameless
from windows import DAY

from readiness.domain.errors import PackFaulty
from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, PackRow
from readiness.domain.filters import ItemFilter
from readiness.domain.vocabulary import Audience
from readiness.services import pack_making
from readiness.services.boards import read_board
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import attach_evidence, remove_evidence
from readiness.services.packs import PackBasis, read_basis, read_packs
from readiness.storage.files import FileStore
from readiness.storage.opening import open_workspace
from ui.app import App
from ui.dialogs.pack_dialog import PackDialog
from ui.dialogs.packs_dialog import PacksDialog
from ui.pack_commands import BUSY

OK = QDialogButtonBox.StandardButton.Ok


@pytest.fixture
def app(opened, council: Path) -> Iterator[App]:
    """The example with three files and no others: for inspectors in both inspections, and one that is internal."""
    with open_workspace(council, at_risk=True) as workspace:
        workspace.run(remove_evidence, [row.id for row in workspace.read(read_evidence)])
        store, board = FileStore(council), workspace.read(read_board, DAY)
        first = {row.inspection_id: row for row in reversed(board.items)}
        items = [first[row.id] for row in board.inspections]
        for name, item, audience in (
            ("Audit", items[0], Audience.INSPECTORS),
            ("Plan", items[1], Audience.INSPECTORS),
            ("Minutes", items[1], Audience.INTERNAL),
        ):
            stored = store.keep(name.encode())
            file = AttachmentDraft(f"{name}.pdf", stored.sha256, stored.size)
            workspace.run(attach_evidence, [item.id], EvidenceDraft(name, audience=audience), [file])
    return opened(council)


def basis_of(app: App) -> PackBasis:
    found: list[PackBasis] = []
    app.operations.do(found.append, lambda workspace: read_basis(workspace, DAY))
    app.operations.settle()
    return found[0]


def packs_of(app: App) -> tuple[PackRow, ...]:
    found: list[tuple[PackRow, ...]] = []
    app.operations.ask(found.append, read_packs)
    app.operations.settle()
    return found[0]


def said(app: App) -> str:
    frame = app.window.frame
    return str(getattr(frame.stack.currentWidget(), "foot", frame.foot).notice)


@pytest.fixture
def dialog(qtbot: QtBot, app: App) -> PackDialog:
    made = PackDialog(app.themes.theme, basis_of(app), parent=app.window)
    qtbot.addWidget(made)
    return made


def test_that_every_change_is_answered_with_what_goes_and_what_stays(qtbot: QtBot, dialog: PackDialog):
    assert dialog.summary.text() == "2 files, 9 bytes; 1 piece is left out: internal only."
    assert "no evidence in this pack" in dialog.notes.text()
    dialog.audience.setCurrentIndex(0)
    assert dialog.summary.text() == "3 files, 16 bytes."
    dialog.inspection.setCurrentIndex(1)
    assert dialog.summary.text() == "1 file, 5 bytes."
    dialog.areas.setFocus()
    dialog.areas.setCurrentRow(0)
    qtbot.keyClick(dialog.areas, Qt.Key.Key_Space)
    assert dialog.summary.text() == "No files."
    assert dialog.request().choice.areas
    dialog.areas.tick_only(frozenset())
    assert not dialog.buttons.button(OK).isEnabled()
    assert dialog.buttons.button(OK).toolTip() == "Tick an area first."


def test_that_all_areas_of_one_inspection_are_no_choice_of_areas(dialog: PackDialog):
    assert (dialog.request().choice.inspections, dialog.request().choice.areas) == (frozenset(), frozenset())
    assert ":" in dialog.areas.item(0).text()  # which inspection's
    dialog.inspection.setCurrentIndex(1)
    choice = dialog.request().choice
    assert (len(choice.inspections), choice.areas) == (1, frozenset())


def test_that_what_the_checklist_shows_can_be_all_that_goes(qtbot: QtBot, app: App):
    basis = basis_of(app)
    seen = [row.id for row in basis.dossier.board.items[:2]]
    dialog = PackDialog(app.themes.theme, basis, seen=seen, parent=app.window)
    qtbot.addWidget(dialog)
    dialog.only_seen.setChecked(True)
    assert [item.item.id for item in dialog.plan.items] == seen


def test_that_controls_have_names(qtbot: QtBot, app: App, dialog: PackDialog):
    dialog.show()
    assert focusable(dialog)
    assert nameless(dialog) == []


@pytest.fixture
def asked(app: App, monkeypatch: pytest.MonkeyPatch) -> list[PackDialog]:
    """Packs are asked for and accepted as they are offered."""
    shown: list[PackDialog] = []

    def accept(dialog: PackDialog) -> int:
        shown.append(dialog)
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(PackDialog, "exec", accept)
    return shown


def test_that_a_pack_is_made_and_remembered(qtbot: QtBot, app: App, asked, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    app.window.actions_by_name["pack"].trigger()
    qtbot.waitUntil(lambda: said(app).startswith("Wrote"))
    assert said(app) == "Wrote out.zip: 2 files, 9 bytes, read back and remembered."
    with ZipFile(tmp_path / "out.zip") as made:
        assert sum("/" in name for name in made.namelist()) == 2
    (kept,) = packs_of(app)
    assert kept.audience is Audience.INSPECTORS
    assert app.settings.get("pack_folder") == str(tmp_path)


def test_that_a_pack_can_be_a_folder_beside_an_older_one(qtbot: QtBot, app: App, asked, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    monkeypatch.setattr(PackDialog, "request", _as_folder(PackDialog.request))
    (tmp_path / "Evidence pack inspectors 2021-04-26").mkdir()
    app.window.actions_by_name["pack"].trigger()
    qtbot.waitUntil(lambda: said(app).startswith("Wrote"))
    assert (tmp_path / "Evidence pack inspectors 2021-04-26 (2)" / "index.html").is_file()


def _as_folder(request):
    def asked(dialog: PackDialog):
        dialog.as_folder.setChecked(True)
        return request(dialog)

    return asked


def test_that_nothing_is_made_when_no_place_is_chosen(qtbot: QtBot, app: App, asked, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    app.window.actions_by_name["pack"].trigger()
    qtbot.waitUntil(lambda: bool(asked))
    app.operations.settle()
    assert packs_of(app) == ()


def test_that_a_missing_file_is_said_before_and_the_pack_goes_without(
    qtbot: QtBot, app: App, asked, tmp_path, monkeypatch
):
    path = next(each for each in FileStore(tmp_path / "council").copies() if each.read_bytes() == b"Audit")
    path.chmod(stat.S_IWRITE | stat.S_IREAD)
    path.unlink()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.zip"), ""))
    monkeypatch.setattr(PackDialog, "request", _for_all(PackDialog.request))
    app.window.actions_by_name["pack"].trigger()
    qtbot.waitUntil(lambda: said(app).startswith("Wrote"))
    assert "1 file is missing or altered in the store and cannot go: Audit.pdf." in asked[0].notes.text()
    assert said(app).startswith("Wrote out.zip: 2 files")


def _for_all(request):
    def asked(dialog: PackDialog):
        dialog.audience.setCurrentIndex(0)
        return request(dialog)

    return asked


def test_that_an_altered_file_is_named_and_the_choice_comes_again(qtbot: QtBot, app: App, asked, tmp_path, monkeypatch):
    store = FileStore(tmp_path / "council")
    path = next(path for path in store.copies() if path.read_bytes() == b"Plan")
    path.chmod(stat.S_IWRITE | stat.S_IREAD)
    path.write_bytes(b"plan")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.zip"), ""))
    with qtbot.waitSignal(app.operations.failed) as failed:
        app.window.actions_by_name["pack"].trigger()
    assert isinstance(failed.args[0], PackFaulty)
    qtbot.waitUntil(lambda: said(app).startswith("Wrote"))
    assert len(asked) == 2
    assert "cannot go: Plan.pdf" in asked[1].notes.text()
    assert said(app).startswith("Wrote out.zip: 1 file")
    assert len(packs_of(app)) == 1


def test_that_a_pack_is_cancelled_from_its_progress(qtbot: QtBot, app: App, asked, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.zip"), ""))
    sizes, reached, go_on = pack_making._sizes, Event(), Event()

    def cancelling(plan, store):  # in the worker, which must not touch the window
        reached.set()
        go_on.wait(10)
        return sizes(plan, store)

    monkeypatch.setattr(pack_making, "_sizes", cancelling)
    app.window.actions_by_name["pack"].trigger()
    qtbot.waitUntil(reached.is_set)
    (progress,) = app.window.findChildren(QProgressDialog)
    progress.canceled.emit()
    go_on.set()
    qtbot.waitUntil(lambda: said(app) == "The pack was cancelled; nothing of it was kept.")
    assert not (tmp_path / "out.zip").exists()
    assert app.window.findChildren(QProgressDialog) == [] or not app.commands.packs.is_making


def test_that_one_pack_is_made_at_a_time(qtbot: QtBot, app: App, monkeypatch):
    monkeypatch.setattr(type(app.commands.packs), "is_making", property(lambda _commands: True))
    app.window.actions_by_name["pack"].trigger()
    assert said(app) == BUSY


def test_that_a_filter_on_the_checklist_is_offered(qtbot: QtBot, app: App, asked, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    item = app.source.board.items[0]
    app.window.stack.open_items(ItemFilter(text=item.reference))
    app.operations.settle()
    app.window.actions_by_name["pack"].trigger()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0].only_seen.text() == "Only what the &Checklist shows now (1 item)"


def test_that_earlier_packs_show_what_went_out(qtbot: QtBot, app: App, asked, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.zip"), ""))
    app.window.actions_by_name["pack"].trigger()
    qtbot.waitUntil(lambda: said(app).startswith("Wrote"))
    dialog = PacksDialog(app.themes.theme, packs_of(app), app.window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
    assert dialog.about.text().startswith("2 files, 9 bytes, made for inspectors by ")
    files = [dialog.files.topLevelItem(row).text(0) for row in range(dialog.files.topLevelItemCount())]
    assert [path.rpartition("/")[2] for path in files] == ["Audit.pdf", "Plan.pdf"]
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == packs_of(app)[0].manifest
    opened: list[PacksDialog] = []
    monkeypatch.setattr(PacksDialog, "exec", lambda each: opened.append(each) or 0)
    again = PackDialog(app.themes.theme, basis_of(app), parent=app.window)
    qtbot.addWidget(again)
    again.earlier.click()
    assert opened
