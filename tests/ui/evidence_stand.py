"""A stand for tests of the evidence page: a small real workspace of two inspections, its page, and what hands do."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from checklist_desk import DAY, framework
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, EvidenceRow
from readiness.domain.views import InspectionDraft, ItemRow
from readiness.services import boards, inspections
from readiness.services.evidence import attach_evidence
from readiness.storage.files import FileStore
from readiness.storage.opening import create_workspace
from ui.board import BoardSource
from ui.evidence_desk import EvidenceDesk
from ui.library import LibrarySource
from ui.operations import Operations
from ui.pages.evidence import EvidencePage
from ui.settings import Settings
from ui.theme import make_theme


class EvidenceStand:
    """The page over a workspace; `piece` reads from the library as the page has it."""

    def __init__(self, qtbot: Any, folder: Path, monkeypatch: Any) -> None:
        self.qtbot = qtbot
        self.workspace = create_workspace(folder / "workspace", at_risk=True)
        drafts = [InspectionDraft(framework(name, "A"), ready_by=date(2021, 4, 30)) for name in ("RV", "SC")]
        self.workspace.run(inspections.start_inspections, tuple(drafts))
        self.store = FileStore(self.workspace.folder)
        self.operations = Operations(self.workspace)
        self.failures: list[Exception] = []
        self.operations.failed.connect(self.failures.append)
        self.source = BoardSource(self.operations, DAY)
        self.source.show(self.workspace.read(boards.read_board, DAY))
        theme = make_theme(False, QApplication.font())
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.library = LibrarySource(self.operations)
        self.desk = EvidenceDesk(self.operations, self.source, theme, Settings(None), self.window)
        self.page = EvidencePage(self.operations, self.source, self.library, self.desk, theme, Settings(None))
        qtbot.addWidget(self.page)
        self.said: list[str] = []
        for teller in (self.page.notice, self.page.refused):
            teller.connect(self.said.append)
        self.urls: list[QUrl] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: self.urls.append(url) or True)

    def show(self) -> None:
        """Open the page and wait until it shows the library."""
        self.page.resize(1300, 900)
        self.page.show()
        self.page.activateWindow()
        self.wait(lambda: self.library.rows is not None and self.page.isActiveWindow())

    def close(self) -> None:
        self.desk.close()
        self.page.close_down(self.operations.patience)
        self.operations.finish()
        assert not self.failures

    def item(self, reference: str) -> ItemRow:
        return next(item for item in self.source.board.items if item.reference == reference)

    def add(
        self, title: str, *references: str, content: bytes = b"", url: str = "", name: str = "", **draft: Any
    ) -> str:
        """Add evidence, as another laptop did before the page was opened or while it stands; return its id."""
        files = []
        if content:
            stored = self.store.keep(content)
            files = [AttachmentDraft(name or f"{title}.txt", stored.sha256, stored.size, url)]
        elif url:
            files = [AttachmentDraft("", url=url)]
        ids = [self.item(each).id for each in references]
        made = []
        self.operations.do(
            lambda changes: (made.append(changes), self.operations.changed.emit(changes)),
            lambda workspace: workspace.run(attach_evidence, ids, EvidenceDraft(title, **draft), files),
        )
        self.wait(lambda: bool(made))
        (id_,) = made[0].of("evidence")
        self.wait(lambda: self.library.rows is None or self.library.row(id_) is not None)
        return id_

    def piece(self, title: str) -> EvidenceRow:
        return next(row for row in self.library.rows or () if row.title == title)

    def shown(self) -> list[str]:
        return [line.row.title for line in self.page.table.rows]

    def select(self, *titles: str) -> None:
        self.page.grid.picks.select([self.piece(title).id for title in titles])
        self.page.grid.setFocus()

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Wait until a step was written and the library shows it."""
        with self.qtbot.waitSignal(self.library.refreshed, timeout=5_000):
            yield

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier, widget: QWidget | None = None) -> None:
        target = widget or self.page.grid
        target.setFocus()
        QTest.keyClick(target, key, modifier)

    def do(self, key: str) -> None:
        action = self.page.actions_of.by_key[key]
        assert action.isEnabled()
        action.trigger()

    def wait(self, holds: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=5_000)

    def place(self, title: str) -> QPoint:
        grid = self.page.grid
        return QPoint(200, grid.rowViewportPosition(self.page.table.place_of(self.piece(title).id)) + 5)
