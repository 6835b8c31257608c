"""What tests of evidence in the window share: files, what is dragged and pasted, and dialogs that answer themselves."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from readiness.domain.evidence import AttachmentDraft, EvidenceDraft, EvidenceRow
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import attach_evidence
from readiness.storage.files import FileStore
from readiness.storage.workspace import Workspace

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
GIVE_UP_MS = 20_000


def paper(folder: Path, name: str = "EHC plan audit grades, March 2021.xlsx", content: bytes = b"grades") -> Path:
    """Make a file that somebody has."""
    path = folder / name
    path.write_bytes(content)
    return path


def files_mime(*paths: Path) -> QMimeData:
    made = QMimeData()
    made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return made


def text_mime(text: str) -> QMimeData:
    made = QMimeData()
    made.setText(text)
    return made


def drag(widget: QWidget, mime: QMimeData, place: QPoint) -> bool:
    """Drag something into a widget and to a place; return whether it may be dropped there."""
    enter = QDragEnterEvent(place, COPY, mime, LEFT, NO_KEYS)
    QCoreApplication.sendEvent(widget, enter)
    move = QDragMoveEvent(place, COPY, mime, LEFT, NO_KEYS)
    QCoreApplication.sendEvent(widget, move)
    return move.isAccepted()


def leave(widget: QWidget) -> None:
    QCoreApplication.sendEvent(widget, QDragLeaveEvent())


def drop(widget: QWidget, mime: QMimeData, place: QPoint) -> bool:
    """Drag something to a place and drop it; return whether it was taken."""
    if not drag(widget, mime, place):
        return False
    event = QDropEvent(QPointF(place), COPY, mime, LEFT, NO_KEYS)
    QCoreApplication.sendEvent(widget, event)
    return event.isAccepted()


def copy(mime: QMimeData) -> None:
    """Put something on the clipboard; text as text, for Qt frees what Python made too late, and then crashes."""
    if mime.hasText() and not mime.hasUrls():
        QGuiApplication.clipboard().setText(mime.text())
    else:
        QGuiApplication.clipboard().setMimeData(mime)


def answer(act: Callable[[Any], object], kind: type[QDialog] = QDialog) -> list[str]:
    """As soon as a dialog of a kind stands, let hands do something in it; return its title when it did."""
    met: list[str] = []
    timer = QTimer(QApplication.instance())
    timer.setInterval(10)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and dialog.isActiveWindow():
            timer.stop()
            met.append(dialog.windowTitle())
            act(dialog)

    timer.timeout.connect(look)
    QTimer.singleShot(GIVE_UP_MS, timer, timer.stop)
    timer.start()
    return met


def library(workspace: Workspace) -> dict[str, EvidenceRow]:
    """Return the library by title."""
    return {row.title: row for row in workspace.read(read_evidence)}


def keep(workspace: Workspace, title: str, items: list[str], name: str = "", content: bytes = b"", **draft: Any) -> str:
    """Attach evidence with a kept file, or without one, and return its id."""
    files = []
    if content:
        stored = FileStore(workspace.folder).keep(content)
        files = [AttachmentDraft(name or f"{title}.pdf", stored.sha256, stored.size)]
    workspace.run(attach_evidence, items, EvidenceDraft(title, **draft), files)
    return library(workspace)[title].id
