"""Pre-flight in the window: one page that answers, mends what it can, and stays usable while it looks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot
from test_access import focusable, nameless
from windows import DAY

from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.preflight import Light, LinkFact, PreflightFacts, judge
from readiness.services import preflight as service
from readiness.services.boards import read_board
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import attach_evidence, remove_evidence
from readiness.storage.files import FileStore
from readiness.storage.opening import open_workspace
from ui.app import App
from ui.dialogs.fetch_dialog import FetchDialog
from ui.dialogs.preflight_dialog import PreflightDialog

NOW = datetime(2021, 4, 26, 9, 30).astimezone()
FACTS = PreflightFacts(
    NOW, "0.1.0", 3, 9_000_000, (), (), 0, (), 9_000_000_000, (), 0, 2, (), NOW, NOW, "Head of SEND", 0
)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "Scan.pdf").write_bytes(b"scanned")
    return tmp_path / "share"


@pytest.fixture
def app(opened, council: Path, share: Path) -> Iterator[App]:
    """The example with one file and no others, one link to a file that is there, and one to a file that is not."""
    with open_workspace(council, at_risk=True) as workspace:
        workspace.run(remove_evidence, [row.id for row in workspace.read(read_evidence)])
        item = workspace.read(read_board, DAY).items[0]
        stored = FileStore(council).keep(b"audit")
        attached = (
            AttachmentDraft("Audit.pdf", stored.sha256, stored.size),
            AttachmentDraft("Scan", url=(share / "Scan.pdf").as_uri()),
            AttachmentDraft("Gone", url=(share / "Gone.pdf").as_uri()),
        )
        workspace.run(attach_evidence, [item.id], EvidenceDraft("Audits"), attached)
    return opened(council)


def opened_page(qtbot: QtBot, app: App) -> PreflightDialog:
    app.window.actions_by_name["preflight"].trigger()
    page = app.commands.preflights.dialog
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.list.count()))
    return page


def light(page: PreflightDialog, key: str) -> Light:
    return next(line.light for line in page.list.lines() if line.key == key)


def test_that_the_page_answers_line_by_line(qtbot: QtBot, app: App):
    page = opened_page(qtbot, app)
    assert page.head.text() == "Not ready to go offline: 1 thing to put right."
    assert light(page, "backup") is Light.BAD
    assert light(page, "files") is Light.GOOD
    assert light(page, "links") is Light.WARNING
    assert page.fetch.isVisible()
    assert focusable(page)
    assert nameless(page) == []


def test_that_a_line_is_said_whole_to_a_screen_reader(qtbot: QtBot, app: App):
    page = opened_page(qtbot, app)
    rows = QAccessible.queryAccessibleInterface(page.list)
    texts = [rows.child(number).text(QAccessible.Text.Name) for number in range(rows.childCount())]
    assert any(
        text == "Backup, To be put right: No backup of this workspace was made yet. Back up now (Ctrl+B)."
        for text in texts
    )


def test_that_a_backup_from_the_page_turns_its_line(qtbot: QtBot, app: App):
    page = opened_page(qtbot, app)
    page.backup.click()
    assert not page.backup.isEnabled()
    qtbot.waitUntil(lambda: light(page, "backup") is Light.GOOD)
    assert page.backup.isHidden()
    assert page.head.text() == "Ready to go offline, with 1 thing to know."


def test_that_copies_are_fetched_of_what_is_ticked_and_the_rest_is_named(qtbot: QtBot, app: App, monkeypatch):
    page = opened_page(qtbot, app)
    asked: list[FetchDialog] = []
    monkeypatch.setattr(FetchDialog, "exec", lambda dialog: asked.append(dialog) or 1)
    with qtbot.waitSignal(app.operations.changed) as changed:
        page.fetch.click()
    assert changed.args[0].label == "Keep a copy of “Scan”"
    assert [row.name for row in asked[0].chosen()] == ["Scan", "Gone"]
    qtbot.waitUntil(lambda: "1 link has no copy" in page.list.lines()[1].said)
    assert page.note.text() == "“Gone.pdf” is not there any more. Look where it was moved to, and choose it there."
    page.again.click()
    assert page.note.isHidden()


def test_that_nothing_is_fetched_when_somebody_thinks_better_of_it(qtbot: QtBot, app: App, monkeypatch):
    page = opened_page(qtbot, app)
    monkeypatch.setattr(FetchDialog, "exec", lambda _dialog: 0)
    page.fetch.click()
    assert app.operations.is_idle
    assert page.again.isEnabled()


def test_that_looking_can_be_stopped_and_begun_again(qtbot: QtBot, app: App, monkeypatch):
    page = opened_page(qtbot, app)
    looked, stopping = service._looked_through, [True]

    def slow(record, store, told, cancelled):
        told("Reading the evidence files", 1, 2)
        if stopping[0]:
            page.progress.cancel.clicked.emit()
            while not cancelled():
                pass
        return looked(record, store, told, cancelled)

    monkeypatch.setattr(service, "_looked_through", slow)
    page.again.click()
    qtbot.waitUntil(lambda: page.head.text() == "The check was stopped.")
    stopping[0] = False
    page.again.click()
    qtbot.waitUntil(lambda: page.head.text().startswith("Not ready"))


def test_that_closing_the_page_stops_looking_and_it_opens_again(qtbot: QtBot, app: App):
    app.window.actions_by_name["preflight"].trigger()
    first = app.commands.preflights.dialog
    app.window.actions_by_name["preflight"].trigger()
    assert app.commands.preflights.dialog is first  # one page at a time
    first.close()
    assert app.commands.preflights.dialog is None
    assert opened_page(qtbot, app).head.text().startswith("Not ready")


def test_that_the_window_closes_while_the_page_looks(qtbot: QtBot, app: App):
    app.window.actions_by_name["preflight"].trigger()
    app.window.close()
    assert not app.operations.has_workspace


def test_that_stopping_while_the_record_is_read_counts_too(qtbot: QtBot, app: App):
    page = opened_page(qtbot, app)
    page.list.clear()
    page.again.click()
    page.progress.cancel.click()  # the worker has not answered yet
    assert page.head.text() == "The check was stopped."
    app.operations.settle()
    assert not app.commands.preflights._background.is_running


def test_that_what_cannot_be_read_is_said_on_the_page(qtbot: QtBot, app: App, monkeypatch):
    page = opened_page(qtbot, app)
    usage = service.shutil.disk_usage

    def gone(_folder):
        raise FileNotFoundError

    monkeypatch.setattr(service.shutil, "disk_usage", gone)
    page.again.click()
    qtbot.waitUntil(lambda: page.note.text().endswith("Check that its drive is still connected."))
    monkeypatch.setattr(service.shutil, "disk_usage", usage)
    page.again.click()
    qtbot.waitUntil(lambda: page.head.text().startswith("Not ready"))


def test_that_lines_grow_with_their_words(qtbot: QtBot, app: App):
    page = PreflightDialog(app.themes.theme, app.window)
    qtbot.addWidget(page)
    page.resize(820, 600)
    page.show()
    page.show_lines(judge(FACTS), can_fetch=False)
    short = page.list.sizeHintForRow(0)
    page.show_lines(
        judge(replace(FACTS, missing=tuple(f"A long name of a file, number {n}.pdf" for n in range(9)))), False
    )
    assert page.list.sizeHintForRow(0) > short
    assert page.head.text() == "Not ready to go offline: 1 thing to put right."


def test_that_fetching_waits_for_a_tick(qtbot: QtBot, app: App):
    links = [LinkFact("a", "Scan", "file:///S:/a.pdf", "S:/a.pdf"), LinkFact("b", "Plan", r"\\s\b", r"\\s\b")]
    dialog = FetchDialog(app.themes.theme, links, app.window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
    ok = dialog.buttons.buttons()[0]
    assert ok.text() == "Fetch 2 copies"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert ok.text() == "Fetch 1 copy"
    assert dialog.chosen() == (links[1],)
    qtbot.mouseClick(
        dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=dialog.list.visualItemRect(dialog.list.item(1)).center()
    )
    assert not ok.isEnabled()
    assert ok.toolTip() == "Tick a link first."
